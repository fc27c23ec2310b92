//! Claims, the things and matters they are about, and how they disagree.
//!
//! In: an opened table. Out: its row, unless something in it was wrong. What always holds: one function per table,
//! reading each of its fields once; a pattern that cannot be read costs the row it stands in, since what is left of an
//! expectation would ask for something else.

use foedera_world::record::*;
use foedera_world::terms::*;

use super::Placed;
use super::fields::{Fields, Loss};
use super::instruments::facts;
use super::reader::Reader;
use crate::grammar::{EXPECTS, Kind, ON_RECORD, PART, PATTERN, TELLS, Table};

pub(crate) fn event(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Thing>> {
    let kind = f.word(r, "kind", EventKind::parse).unwrap_or(EventKind::Meeting);
    let on = f.extent_text(r, "on");
    let of = f.keys(r, "of", Kind::Actor, Loss::Bearable);
    let place = f.key(r, "place", Kind::Place);
    let part_of = f.key(r, "part-of", Kind::Event);
    thing(r, f, ThingDetail::Event { kind, on }, of, place, part_of)
}

pub(crate) fn facility(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Thing>> {
    let of = f.keys(r, "of", Kind::Actor, Loss::Bearable);
    let place = f.key(r, "place", Kind::Place);
    let within = f.key(r, "within", Kind::Facility);
    thing(r, f, ThingDetail::Facility, of, place, within)
}

pub(crate) fn domain(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Thing>> {
    let part_of = f.key(r, "part-of", Kind::Domain);
    thing(r, f, ThingDetail::Domain, Vec::new(), None, part_of)
}

pub(crate) fn measure(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Thing>> {
    let of = f.key(r, "of", Kind::Actor).into_iter().collect();
    let unit = f.text(r, "unit");
    let kind = f.word(r, "kind", MeasureKind::parse).unwrap_or(MeasureKind::Amount);
    let part_of = f.key(r, "part-of", Kind::Measure);
    let apart_from = f.keys(r, "apart-from", Kind::Measure, Loss::Bearable);
    thing(r, f, ThingDetail::Measure { unit, kind, apart_from }, of, None, part_of)
}

fn thing(
    r: &mut Reader<'_>,
    mut f: Fields<'_>,
    detail: ThingDetail,
    of: Vec<Key>,
    place: Option<Key>,
    part_of: Option<Key>,
) -> Option<Placed<Thing>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let aka = f.texts(r, "aka");
    let row = f.row(r);
    f.placed(id.map(|id| Thing { id, detail, name, aka, of, place, part_of, row }))
}

pub(crate) fn matter(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Matter>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let aka = f.texts(r, "aka");
    let question = f.text(r, "question");
    let body = f.key(r, "body", Kind::Actor);
    let deciders = f.keys(r, "deciders", Kind::Actor, Loss::Fatal);
    let procedure = f.word(r, "procedure", Procedure::parse).unwrap_or(Procedure::ConsentOfAll);
    let about = f.keys(r, "about", Kind::Thing, Loss::Bearable);
    let presumes = f.text(r, "presumes");
    let settled = whole(&mut f, r, "settled", &PATTERN, pattern);
    let row = f.row(r);
    f.placed(id.map(|id| Matter {
        id,
        name,
        aka,
        question,
        body,
        deciders,
        procedure,
        about,
        presumes,
        settled,
        row,
    }))
}

pub(crate) fn claim(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Claim>> {
    let id = f.id(r, Some(false));
    let kind = f.word(r, "kind", ClaimKind::parse).unwrap_or(ClaimKind::Statement);
    let about = f.keys(r, "about", Kind::Thing, Loss::Bearable);
    let says = f.text(r, "says").unwrap_or_default();
    let on = f.extent_text(r, "on");
    let mode = f.word(r, "mode", Mode::parse).unwrap_or(Mode::Reported);
    let by = f.text(r, "by");
    let holder = f.keys(r, "holder", Kind::Actor, Loss::Bearable);
    let quote = f.text(r, "quote");
    let likelihood = f.text(r, "likelihood");
    let yardstick = f.word(r, "yardstick", Yardstick::parse).unwrap_or(Yardstick::Unstated);
    let tells = whole(&mut f, r, "tells", &TELLS, tells);
    let expects = f.one(r, "expects", &EXPECTS).and_then(|mut e| {
        let expects = expects(r, &mut e);
        f.broken |= e.broken;
        f.marks.parts.push(("expects", vec![e.marks]));
        expects
    });
    let row = f.row(r);
    f.placed(id.map(|id| Claim {
        id,
        kind,
        about,
        says,
        on,
        mode,
        by,
        holder,
        quote,
        likelihood,
        yardstick,
        tells,
        expects,
        row,
    }))
}

fn tells(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Tells>> {
    let what = f.word(r, "what", Telling::parse);
    let who = f.keys(r, "who", Kind::Actor, Loss::Fatal);
    let whom = f.keys(r, "whom", Kind::Actor, Loss::Fatal);
    let thing = f.key(r, "thing", Kind::Thing);
    let domain = f.keys(r, "domain", Kind::Domain, Loss::Fatal);
    let place = f.key(r, "place", Kind::Place);
    let rank = f.word(r, "rank", Delegate::parse);
    let value = f.scalar(r, "value");
    let as_of = f.extent_text(r, "as-of");
    let (scope, method) = (f.text(r, "scope"), f.text(r, "method"));
    let act = f.word(r, "act", Act::parse);
    let degree = f.word(r, "degree", Degree::parse);
    let list = f.word(r, "list", Listing::parse).unwrap_or(Listing::Open);
    let on = f.extent_text(r, "on");
    f.placed(what.map(|what| Tells {
        what,
        who,
        whom,
        thing,
        domain,
        place,
        rank,
        value,
        as_of,
        scope,
        method,
        act,
        degree,
        list,
        on,
    }))
}

fn expects(r: &mut Reader<'_>, f: &mut Fields<'_>) -> Option<Expects> {
    let due = f.extent_text(r, "due");
    let strength = f.word(r, "strength", Firmness::parse).unwrap_or(Firmness::Plain);
    let negated = f.flag(r, "negated").unwrap_or(false);
    let each = f.keys(r, "each", Kind::Actor, Loss::Fatal);
    let also = f.keys(r, "also", Kind::Claim, Loss::Bearable);
    let part = whole(f, r, "part", &PART, part);
    (!part.is_empty()).then_some(Expects { due, strength, negated, each, also, part })
}

fn part(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Part>> {
    let name = f.text(r, "name");
    let untestable = f.flag(r, "untestable").unwrap_or(false);
    let [awaits, against, fails, related] =
        ["awaits", "against", "fails", "related"].map(|list| whole(&mut f, r, list, &PATTERN, pattern));
    f.placed(Some(Part { name, untestable, awaits, against, fails, related }))
}

fn pattern(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Pattern>> {
    let pattern = Pattern {
        what: f.word(r, "what", Telling::parse),
        acted: f.word(r, "acted", Action::parse),
        who: f.keys(r, "who", Kind::Actor, Loss::Fatal),
        whom: f.keys(r, "whom", Kind::Actor, Loss::Fatal),
        thing: f.key(r, "thing", Kind::Thing),
        domain: f.keys(r, "domain", Kind::Domain, Loss::Fatal),
        place: f.key(r, "place", Kind::Place),
        rank: f.word(r, "rank", Delegate::parse),
        value: f.scalar(r, "value"),
        at_least: number(&mut f, r, "at-least"),
        at_most: number(&mut f, r, "at-most"),
        rises: f.flag(r, "rises").unwrap_or(false),
        exactly: f.flag(r, "exactly").unwrap_or(false),
        requires: facts(&mut f, r, "requires", "state the fact that must hold, without `not`"),
        strength: f.word(r, "strength", Bearing::parse),
        because: f.text(r, "because"),
    };
    f.placed(Some(pattern))
}

fn number(f: &mut Fields<'_>, r: &mut Reader<'_>, name: &'static str) -> Option<f64> {
    let text = f.scalar(r, name)?;
    let number = text.replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite());
    if number.is_none() {
        f.broken = true;
        let span = f.marks.field(name);
        r.error("wrong-type", format!("`{name}` is `{text}`; expected a number"), span, "write `7.1e9`");
    }
    number
}

/// A list of tables none of which may be lost.
fn whole<'t, T>(
    f: &mut Fields<'t>,
    r: &mut Reader<'_>,
    name: &'static str,
    def: &'static Table,
    read: impl FnMut(&mut Reader<'_>, Fields<'t>) -> Option<Placed<T>>,
) -> Vec<T> {
    let written = f.written_items(name);
    let rows = f.many(r, name, def, read);
    f.broken |= rows.len() < written;
    rows
}

pub(crate) fn conflict(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Conflict>> {
    let id = f.id(r, Some(false));
    let kind = f.words(r, "kind", ConflictKind::parse);
    let about = f.keys(r, "about", Kind::Thing, Loss::Bearable);
    let claims = f.keys(r, "claims", Kind::Claim, Loss::Bearable);
    let says = f.text(r, "says").unwrap_or_default();
    let shows = f.text(r, "shows").unwrap_or_default();
    let sets_aside = f.keys(r, "sets-aside", Kind::Claim, Loss::Fatal);
    let compatible = f.flag(r, "compatible").unwrap_or(false);
    let record = f.one(r, "record", &ON_RECORD).map(|mut o| {
        let record = OnRecord { says: o.text(r, "says").unwrap_or_default(), cite: o.cites(r, "cite") };
        f.broken |= o.broken;
        record
    });
    let row = f.row(r);
    f.placed(id.map(|id| Conflict {
        id,
        kind,
        about,
        claims,
        says,
        shows,
        sets_aside,
        compatible,
        record,
        row,
    }))
}

pub(crate) fn checklist(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Checklist>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let of = f.word(r, "of", ChecklistOf::parse).unwrap_or(ChecklistOf::Claim);
    let ids = f.texts(r, "ids");
    let row = f.row(r);
    f.placed(id.map(|id| Checklist { id, name, of, ids, row }))
}
