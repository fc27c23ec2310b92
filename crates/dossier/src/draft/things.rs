//! Rows about packs, sources, actors, places, circumstances: the ground instruments and claims stand on.
//!
//! In: an opened table. Out: its row, unless something in it was wrong. What always holds: one function per table,
//! reading each of its fields once.

use std::ops::Range;

use foedera_world::record::*;
use foedera_world::terms::*;
use foedera_world::time::{Day, Edtf, Moment};
use toml::Spanned;
use toml::de::DeValue;

use super::fields::{Fields, Loss};
use super::reader::{Reader, clip};
use super::{Marks, Placed, fact};
use crate::grammar::{CODE, HOLD, HOLDER, HOME, Kind, SUCCESSION};

pub(crate) fn pack(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Pack>> {
    let (id, title) = (f.id(r, Some(false)), f.text(r, "title").unwrap_or_default());
    let row = f.row(r);
    f.placed(id.map(|id| Pack { id, title, row }))
}

pub(crate) fn source(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Source>> {
    let id = f.id(r, Some(false));
    let title = f.text(r, "title").unwrap_or_default();
    let kind = f.word(r, "kind", SourceKind::parse).unwrap_or(SourceKind::Record);
    let pack = f.key(r, "pack", Kind::Pack).unwrap_or_default();
    let published = f.date(r, "published");
    let (publisher, author, url) = (f.text(r, "publisher"), f.text(r, "author"), f.text(r, "url"));
    let grade = grade(&mut f, r);
    let (grade_why, group) = (f.text(r, "grade-why"), f.text(r, "group"));
    let marking = f.word(r, "marking", Marking::parse).unwrap_or(Marking::Clear);
    let paragraphs = f.count(r, "paragraphs");
    let (uncited, fingerprint) = (f.texts(r, "uncited"), f.texts(r, "fingerprint"));
    let covers = f.extent_text(r, "covers");
    let row = f.row(r);
    // A row that continues another need not repeat the day; the merge takes the other's.
    let published = published.or_else(|| Edtf::parse("..").ok());
    let source = id.zip(published).map(|(id, published)| Source {
        id,
        title,
        kind,
        pack,
        published,
        publisher,
        author,
        url,
        grade,
        grade_why,
        group,
        marking,
        paragraphs,
        uncited,
        fingerprint,
        covers,
        row,
    });
    f.placed(source)
}

/// A number of another coding scheme.
pub(super) fn code(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Code>> {
    let scheme = f.text(r, "scheme").unwrap_or_default();
    let value = f.scalar(r, "value").unwrap_or_default();
    let extent = f.extent(r);
    f.cites(r, "cite");
    f.text(r, "note");
    f.placed(Some(Code { scheme, value, extent }))
}

fn grade(f: &mut Fields<'_>, r: &mut Reader<'_>) -> Option<(char, char)> {
    let (text, span) = f.raw(r, "grade")?;
    let mut chars = text.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(letter @ 'A'..='F'), Some(digit @ '1'..='6'), None) => Some((letter, digit)),
        _ => {
            f.broken = true;
            let message = format!(
                "`{}` is not an Admiralty grade; expected a letter A to F and a digit 1 to 6",
                clip(text)
            );
            r.error("bad-grade", message, span, "leave it out if the source was not graded");
            None
        }
    }
}

/// An actor, and the place its home declares.
pub(crate) fn actor(r: &mut Reader<'_>, mut f: Fields<'_>) -> (Option<Placed<Actor>>, Option<Placed<Place>>) {
    let kind = f.word(r, "kind", ActorKind::parse);
    let upper = kind.map(|k| matches!(k, ActorKind::State | ActorKind::UnrecognisedState));
    let id = match upper {
        // An unrecognised state may have a house id in words.
        Some(true) if kind == Some(ActorKind::UnrecognisedState) => f.id(r, None),
        upper => f.id(r, upper),
    };
    let name = f.text(r, "name").unwrap_or_default();
    let aka = f.texts(r, "aka");
    let exists = f.extent_text(r, "exists");
    let home = f.one(r, "home", &HOME).and_then(|mut h| {
        let id = h.id(r, Some(false));
        let name = h.text(r, "name");
        let within = h.keys(r, "within", Kind::Place, Loss::Bearable);
        f.broken |= h.broken;
        id.map(|id| (id, name, within, h.marks))
    });
    let code = f.many(r, "code", &CODE, code);
    let succeeds = f.many(r, "succeeds", &SUCCESSION, |r, mut f| {
        let actor = f.key(r, "actor", Kind::Actor);
        let on = f.date(r, "on");
        let how = f.word(r, "how", SuccessionHow::parse);
        let row = f.row(r);
        let succession = (|| Some(Succession { actor: actor?, on: on?, how: how?, row }))();
        f.placed(succession)
    });
    let constituted_by = f.key(r, "constituted-by", Kind::Instrument);
    let members_complete = f.date(r, "members-complete");
    let row = f.row(r);
    let Some(id) = id else { return (None, None) };
    let place = home.as_ref().map(|(place, called, within, marks)| {
        let hold = Hold {
            by: id.clone(),
            extent: exists.as_ref().map_or_else(Extent::default, extent_of),
            disputed: None,
            row: Row { origin: row.origin.clone(), cite: row.cite.clone(), ..Row::default() },
        };
        let row = Row { origin: r.origin(marks.at.start), cite: row.cite.clone(), ..Row::default() };
        let place = Place {
            id: place.clone(),
            name: called.clone().unwrap_or_else(|| name.clone()),
            within: within.clone(),
            sovereign: vec![hold],
            row,
            ..Place::default()
        };
        let mut marks = marks.clone();
        marks
            .parts
            .push(("sovereign", vec![Marks { file: marks.file, at: marks.at.clone(), ..Marks::default() }]));
        Placed { row: place, marks }
    });
    let kind = kind.unwrap_or(ActorKind::Body);
    let actor = Actor {
        id,
        kind,
        name,
        aka,
        exists,
        home: home.map(|h| h.0),
        code,
        succeeds,
        constituted_by,
        members_complete,
        row,
    };
    let broken = f.broken;
    (f.placed(Some(actor)), if broken { None } else { place })
}

/// The two ends of an extent as dates of their own. The last day written still belongs to it, so the half-open end is
/// the day after.
fn extent_of(exists: &Edtf) -> Extent {
    let period = exists.period();
    let date = |earliest: Day, latest: Day| {
        let (first, last) = (earliest == Day::MIN, latest == Day::MAX);
        match (first, last) {
            (false, false) if earliest == latest => Some(Edtf::from_day(earliest)),
            (false, false) => Edtf::parse(&format!("[{earliest}..{latest}]")).ok(),
            (true, false) => Edtf::parse(&format!("/{latest}")).ok(),
            (false, true) => Edtf::parse(&format!("{earliest}/")).ok(),
            (true, true) => Edtf::parse("..").ok(),
        }
    };
    Extent {
        from: if period.begin == Moment::OPEN_START {
            None
        } else {
            date(period.begin.earliest, period.begin.latest)
        },
        to: if period.end == Moment::OPEN_END { None } else { date(period.end.earliest, period.end.latest) },
        end_cite: Vec::new(),
    }
}

pub(crate) fn membership(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Membership>> {
    let (member, of) = (f.key(r, "member", Kind::Actor), f.key(r, "of", Kind::Actor));
    let role = f.word(r, "role", Role::parse).unwrap_or(Role::Member);
    let extent = f.extent(r);
    let row = f.row(r);
    f.placed(member.zip(of).map(|(member, of)| Membership { member, of, role, extent, row }))
}

pub(crate) fn office(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Office>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let of = f.key(r, "of", Kind::Actor).unwrap_or_default();
    let holder = f.many(r, "holder", &HOLDER, |r, mut f| {
        let person = f.key(r, "person", Kind::Actor);
        let extent = f.extent(r);
        let row = f.row(r);
        f.placed(person.map(|person| Holder { person, extent, row }))
    });
    let row = f.row(r);
    f.placed(id.map(|id| Office { id, name, of, holder, row }))
}

pub(crate) fn place(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Place>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let aka = f.texts(r, "aka");
    let within = f.keys(r, "within", Kind::Place, Loss::Bearable);
    let at = position(&mut f, r);
    let [sovereign, administered, claimed] =
        ["sovereign", "administered", "claimed"].map(|name| f.many(r, name, &HOLD, hold));
    let row = f.row(r);
    f.placed(id.map(|id| Place { id, name, aka, within, at, sovereign, administered, claimed, row }))
}

fn hold(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Hold>> {
    let by = f.key(r, "by", Kind::Actor);
    let extent = f.extent(r);
    let disputed = f.text(r, "disputed");
    let row = f.row(r);
    f.placed(by.map(|by| Hold { by, extent, disputed, row }))
}

fn position(f: &mut Fields<'_>, r: &mut Reader<'_>) -> Option<(f64, f64)> {
    let span = f.get("at")?.span();
    let items = f.items(r, "at", "latitude and longitude: `[35.7, 139.7]`");
    let degrees = |v: &Spanned<DeValue<'_>>| match v.get_ref() {
        DeValue::Float(d) => d.as_str().parse::<f64>().ok(),
        DeValue::Integer(d) => d.as_str().parse::<f64>().ok(),
        _ => None,
    };
    let at = match items {
        [lat, lon] => degrees(lat).zip(degrees(lon)),
        _ => None,
    };
    let at = at.filter(|(lat, lon)| (-90.0..=90.0).contains(lat) && (-180.0..=180.0).contains(lon));
    if at.is_none() && !f.broken {
        f.broken = true;
        let message =
            "`at` is not a position; expected latitude -90 to 90, then longitude -180 to 180".to_owned();
        r.error("wrong-type", message, span, "write `at = [35.7, 139.7]`");
    }
    at
}

pub(crate) fn area(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Area>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").or_else(|| id.clone()).unwrap_or_default();
    let is = f.area(r, "is").unwrap_or(AreaExpr::Any(Vec::new()));
    let row = f.row(r);
    f.placed(id.map(|id| Area { id, name, is, row }))
}

pub(crate) fn circumstance(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Circumstance>> {
    let fact = match f.raw(r, "fact") {
        Some((text, span)) => f.fact(r, text, span, "leave the row out: a fact nobody asserts is unknown"),
        None => None,
    };
    let extent = f.extent(r);
    let held_by = f.key(r, "held-by", Kind::Actor);
    let disputed = f.text(r, "disputed");
    let row = f.row(r);
    f.placed(fact.map(|fact| Circumstance { fact, extent, held_by, disputed, row }))
}

pub(crate) fn rival(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Rival>> {
    let of = f.key(r, "of", Kind::Thing);
    let field = f.text(r, "field").unwrap_or_default();
    let value = f.scalar(r, "value").unwrap_or_default();
    let rank = f.word(r, "rank", Rank::parse).unwrap_or(Rank::Normal);
    let reason = f.text(r, "reason").unwrap_or_default();
    let row = f.row(r);
    f.placed(of.map(|of| Rival { of, field, value, rank, reason, row }))
}

impl Fields<'_> {
    /// A scenario fact that is asserted and has no holder.
    pub(crate) fn fact(
        &mut self,
        r: &mut Reader<'_>,
        text: &str,
        span: Range<usize>,
        denied: &str,
    ) -> Option<Fact> {
        let whole = clip(text);
        match fact::read(text) {
            Err(e) => {
                self.broken = true;
                let part = r.part(text, &span, e.at, e.len);
                r.error("bad-fact", e.message, part, e.help);
                None
            }
            Ok(written) if !written.asserted => {
                self.broken = true;
                r.error(
                    "bad-fact",
                    format!("`{whole}` denies a fact; expected one that holds"),
                    span,
                    denied,
                );
                None
            }
            Ok(written) if written.holder.is_some() => {
                self.broken = true;
                let help = "write who holds it in `held-by` of a `[[circumstance]]`";
                r.error(
                    "bad-fact",
                    format!("`{whole}` has a holder, which only `--assume` takes"),
                    span,
                    help,
                );
                None
            }
            Ok(written) => {
                let mut args = Vec::with_capacity(written.args.len());
                for (kind, arg, at) in written.args {
                    let Some(kind) = kind.filter(|_| !fact::SIDES.contains(&arg)) else {
                        args.push(arg.to_owned());
                        continue;
                    };
                    let part = r.part(text, &span, at, arg.len());
                    args.extend(r.key(kind, arg, part));
                }
                let whole = args.len() == written.kind.shape().split('/').filter(|s| !s.is_empty()).count();
                self.broken |= !whole;
                whole.then_some(Fact { kind: written.kind, args })
            }
        }
    }
}
