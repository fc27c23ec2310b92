//! The world as tables: what a dossier says and what was folded from it, for programs that read tables.
//!
//! In: a dossier and a basis. Out: [`WorldTable`]s with stable names, meanings and units. What always holds: only rows that count at the basis are there;
//! a day within bounds has two columns, earliest and latest; an end that is not known is never a lone gap: a word beside it says whether the
//! thing still holds as far as the sources tell, or is not covered any more; lists of ids are set apart by spaces.

use foedera_columns::{Column, Table, Values};
use foedera_world::View;
use foedera_world::record::{Side, ThingDetail};
use foedera_world::time::{Day, Edtf, Moment, Period, Tv};
use foedera_world::view::EndedBy;
use foedera_world::world::{EvidenceId, InstrumentId};

use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier};

/// One table of the world.
pub struct WorldTable {
    /// Its name, also that of its file.
    pub name: &'static str,
    /// What one of its rows is.
    pub says: &'static str,
    /// Columns and rows.
    pub table: Table,
}

/// What a column holds, beside text: whole numbers, or days.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Number,
    Day,
}

type Spec = (&'static str, Holds, &'static str);

/// A cell.
enum Cell {
    Text(String),
    Number(i32),
    Day(Day),
    None,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        Cell::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Cell {
        Cell::Number(i32::from(flag))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::None, Into::into)
    }
}

/// A list of ids.
fn list(ids: &[String]) -> Cell {
    if ids.is_empty() { Cell::None } else { Cell::Text(ids.join(" ")) }
}

/// A table under construction.
struct Sheet {
    columns: Vec<Column>,
}

impl Sheet {
    fn new(specs: &[Spec]) -> Sheet {
        let column = |(name, holds, meaning): &Spec| Column {
            name: (*name).to_owned(),
            meaning: (*meaning).to_owned(),
            values: match holds {
                Holds::Text => Values::Text(Vec::new()),
                Holds::Number => Values::Int(Vec::new()),
                Holds::Day => Values::Day(Vec::new()),
            },
        };
        Sheet { columns: specs.iter().map(column).collect() }
    }

    /// Adds a row; a cell of another type than its column is a gap.
    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut cells = cells.into_iter();
        for c in &mut self.columns {
            match (&mut c.values, cells.next().unwrap_or(Cell::None)) {
                (Values::Text(v), Cell::Text(t)) => v.push(Some(t)),
                (Values::Text(v), _) => v.push(None),
                (Values::Int(v), Cell::Number(n)) => v.push(Some(n)),
                (Values::Int(v), _) => v.push(None),
                (Values::Day(v), Cell::Day(d)) => v.push(Some(d.number())),
                (Values::Day(v), _) => v.push(None),
                (Values::Float(v), _) => v.push(None),
            }
        }
    }

    fn named(self, name: &'static str, says: &'static str) -> WorldTable {
        WorldTable { name, says, table: Table { columns: self.columns } }
    }
}

/// A bound of a day; none if it is open.
fn bound(day: Day) -> Cell {
    if day == Day::MIN || day == Day::MAX { Cell::None } else { Cell::Day(day) }
}

fn bounds(m: Option<Moment>) -> [Cell; 2] {
    m.map_or([Cell::None, Cell::None], |m| [bound(m.earliest), bound(m.latest)])
}

/// Begin and end of a period, with a word for the end.
fn extent(p: Period, not_covered: bool) -> [Cell; 5] {
    let [a, b] = bounds(Some(p.begin));
    let [c, d] = bounds(Some(p.end));
    let word = match (p.end, not_covered) {
        (_, true) => "not-covered",
        (Moment::OPEN_END, _) => "still",
        (end, _) if end.is_exact() => "day",
        _ => "bounded",
    };
    [a, b, c, d, word.into()]
}

const BEGINS: [Spec; 2] = [
    ("begin_earliest", Holds::Day, "first day on which it may have begun; empty: always was"),
    ("begin_latest", Holds::Day, "last day on which it may have begun"),
];
const ENDS: [Spec; 3] = [
    ("end_earliest", Holds::Day, "first day on which it may hold no longer"),
    ("end_latest", Holds::Day, "last day on which it may still have held; empty: see end_is"),
    (
        "end_is",
        Holds::Text,
        "day: known to the day; bounded: between the two; still: no end is told; not-covered: from end_earliest on nothing is known",
    ),
];
const CITES: Spec = ("cites", Holds::Text, "sources with locators, set apart by `; `");

/// All tables of a dossier at a basis.
///
/// # Errors
/// A basis, or a fact supposed, that is not understood.
pub fn tables(dossier: &Dossier, basis: &BasisRequest) -> Result<Vec<WorldTable>, AskError> {
    let (layered, _) = dossier.supposing(&basis.assume, &basis.suppose, basis)?;
    let dossier = layered.as_deref().unwrap_or(dossier);
    let basis = Basis::resolve(dossier, basis)?;
    let view = basis.view(dossier);
    let w = Making { view: &view };
    Ok(vec![
        w.sources(),
        w.actors(),
        w.codes(),
        w.memberships(),
        w.instruments(),
        w.acts(),
        w.parties(),
        w.provisions(),
        w.holds(),
        w.things(),
        w.matters(),
        w.claims(),
        w.tellings(),
    ])
}

struct Making<'a> {
    view: &'a View<'a>,
}

impl Making<'_> {
    fn seen(&self, row: EvidenceId) -> bool {
        self.view.world.visible(row, &self.view.knowledge) != Tv::Not
    }

    fn cites(&self, row: EvidenceId) -> Cell {
        let world = self.view.world;
        let cites = world.evidence[row.ix()].cites.iter();
        let counted = cites.filter(|(s, _)| world.source_visible(*s, &self.view.knowledge) != Tv::Not);
        let words: Vec<String> = counted
            .map(|(s, l)| format!("{} {l}", world.records.sources[s.ix()].id).trim_end().to_owned())
            .collect();
        if words.is_empty() { Cell::None } else { words.join("; ").into() }
    }

    fn sources(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("source", Holds::Text, "id"),
            ("title", Holds::Text, "title"),
            ("kind", Holds::Text, "what it is"),
            ("pack", Holds::Text, "the layer it belongs to"),
            ("published", Holds::Text, "as written, in EDTF"),
            ("published_earliest", Holds::Day, "first day on which it may have come out"),
            ("published_latest", Holds::Day, "from this day on it is certainly known"),
            ("covers_first", Holds::Day, "of a data set: the first day it covers"),
            ("covers_until", Holds::Day, "of a data set: the first day it no longer covers"),
            (
                "grade",
                Holds::Text,
                "Admiralty grade: a letter and a digit, never one number; empty: ungraded",
            ),
            ("marking", Holds::Text, "TLP 2.0"),
        ]);
        let world = self.view.world;
        for (i, s) in world.records.sources.iter().enumerate() {
            let id = foedera_world::world::SourceId(i as u32);
            if world.source_visible(id, &self.view.knowledge) == Tv::Not {
                continue;
            }
            let covers = world.sources.covers[i];
            let [from, to] = bounds(Some(s.published.moment()));
            out.row([
                (&s.id).into(),
                (&s.title).into(),
                s.kind.word().into(),
                (&s.pack).into(),
                s.published.text().into(),
                from,
                to,
                covers.map_or(Cell::None, |c| bound(c.0)),
                covers.and_then(|c| c.1).map_or(Cell::None, bound),
                s.grade.map(|(a, b)| format!("{a}{b}")).into(),
                s.marking.word().into(),
            ]);
        }
        out.named("sources", "a source that counts at the basis")
    }

    fn actors(&self) -> WorldTable {
        let specs = [
            ("actor", Holds::Text, "id; states have ISO 3166 alpha-3 or a house id"),
            ("name", Holds::Text, "name"),
            ("kind", Holds::Text, "what it is"),
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS].concat());
        for (a, life) in self.view.world.records.actors.iter().zip(&self.view.exists) {
            out.row(
                [(&a.id).into(), (&a.name).into(), a.kind.word().into()]
                    .into_iter()
                    .chain(extent(*life, false)),
            );
        }
        out.named("actors", "a state, organisation, body, group, person or class, with its life")
    }

    fn codes(&self) -> WorldTable {
        let specs = [
            ("of", Holds::Text, "id of the actor or instrument"),
            ("table", Holds::Text, "actor or instrument"),
            ("scheme", Holds::Text, "cow, gw, atop, …"),
            ("value", Holds::Text, "the number as written"),
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS].concat());
        let r = &self.view.world.records;
        let actors = r.actors.iter().map(|a| (&a.id, "actor", &a.code));
        for (id, table, codes) in actors.chain(r.instruments.iter().map(|i| (&i.id, "instrument", &i.code))) {
            for c in codes {
                let day = |e: &Option<Edtf>, open: Moment| e.as_ref().map_or(open, Edtf::moment);
                let from = day(&c.extent.from, Moment::OPEN_START);
                let period = Period::new(from, day(&c.extent.to, Moment::OPEN_END)).unwrap_or(Period::ALWAYS);
                let id: Cell = id.into();
                out.row(
                    [id, table.into(), (&c.scheme).into(), (&c.value).into()]
                        .into_iter()
                        .chain(extent(period, false)),
                );
            }
        }
        out.named("codes", "a number of another scheme; identity is dated")
    }

    fn memberships(&self) -> WorldTable {
        let specs = [
            ("member", Holds::Text, "id of the actor"),
            ("of", Holds::Text, "id of the organisation, bloc or class"),
            ("role", Holds::Text, "as what"),
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS, &[CITES]].concat());
        let world = self.view.world;
        for m in &self.view.members {
            let until = world.covered(m.evidence, &self.view.knowledge);
            let gone = until.is_some_and(|day| m.period.end == Moment { earliest: day, latest: Day::MAX });
            out.row(
                [world.actor_key(m.member).into(), world.actor_key(m.of).into(), m.role.word().into()]
                    .into_iter()
                    .chain(extent(m.period, gone))
                    .chain([self.cites(m.evidence)]),
            );
        }
        out.named("memberships", "a membership, as known")
    }

    fn instruments(&self) -> WorldTable {
        let specs = [
            ("instrument", Holds::Text, "id"),
            ("name", Holds::Text, "name"),
            ("kind", Holds::Text, "treaty, agreement, declaration, …"),
            ("binding", Holds::Number, "1: binds in law"),
            ("secret", Holds::Number, "1: kept secret when made"),
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS, &[CITES]].concat());
        let world = self.view.world;
        for (i, x) in world.records.instruments.iter().enumerate() {
            let row = world.instrument_evidence(InstrumentId(i as u32));
            if !self.seen(row) {
                continue;
            }
            let force = self.view.force[i].first();
            let life = match force {
                Some((p, _, end)) => extent(*p, end.is_some_and(|e| e.1 == EndedBy::NotCovered)),
                None => [Cell::None, Cell::None, Cell::None, Cell::None, "never-in-force".into()],
            };
            out.row(
                [(&x.id).into(), (&x.name).into(), x.kind.word().into(), x.binding.into(), x.secret.into()]
                    .into_iter()
                    .chain(life)
                    .chain([self.cites(row)]),
            );
        }
        out.named(
            "instruments",
            "an instrument and when the whole was in force (end_is `never-in-force`: not, as known)",
        )
    }

    fn acts(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("instrument", Holds::Text, "id"),
            ("act", Holds::Text, "signed, entered-into-force, acceded, …"),
            (
                "year",
                Holds::Number,
                "year of the first day on which it may have been done; empty: no day is known",
            ),
            ("on_earliest", Holds::Day, "first day on which it may have been done"),
            ("on_latest", Holds::Day, "last day"),
            ("effective_earliest", Holds::Day, "first day on which it may have taken effect"),
            ("effective_latest", Holds::Day, "last day"),
            ("by", Holds::Text, "who did it; empty: all original parties"),
            ("toward", Holds::Text, "toward whom; empty: all others"),
            ("provision", Holds::Text, "if it touches one article only"),
            ("disputed", Holds::Text, "why its effect is contested"),
            CITES,
        ]);
        let world = self.view.world;
        let acts = &world.acts;
        for i in 0..acts.act.len() {
            let x = &world.records.instruments[acts.instrument[i].ix()];
            let a = &x.action[acts.row[i] as usize];
            if a.row.withdrawn.is_some() || !self.seen(acts.evidence[i]) {
                continue;
            }
            let [on, on_latest] = bounds(Some(acts.on[i]));
            let [effective, effective_latest] = bounds(Some(acts.effective[i]));
            let year = if let Cell::Day(d) = on { Cell::Number(d.ymd().0) } else { Cell::None };
            out.row([
                (&x.id).into(),
                a.act.word().into(),
                year,
                on,
                on_latest,
                effective,
                effective_latest,
                list(&a.by),
                list(&a.toward),
                a.provision.as_ref().into(),
                a.disputed.as_ref().into(),
                self.cites(acts.evidence[i]),
            ]);
        }
        out.named("acts", "something that happened to an instrument or to a party under it")
    }

    fn parties(&self) -> WorldTable {
        let specs = [
            ("instrument", Holds::Text, "id"),
            ("party", Holds::Text, "id of the actor bound"),
            ("provisional", Holds::Number, "1: applied provisionally only"),
            ("disputed", Holds::Number, "1: contested, or one data set has it and another has not"),
            ("against", Holds::Text, "the data set that has it not"),
        ];
        let tail = [
            ("left_by", Holds::Text, "how it ended: withdrew, terminated, expired, superseded, extinct"),
            CITES,
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS, &tail].concat());
        let world = self.view.world;
        for s in &self.view.spells.rows {
            let how = s.left.map(|l| l.1);
            let word = how.and_then(|how| match how {
                EndedBy::Withdrew => Some("withdrew"),
                EndedBy::Terminated => Some("terminated"),
                EndedBy::Expired => Some("expired"),
                EndedBy::Superseded => Some("superseded"),
                EndedBy::Extinct => Some("extinct"),
                EndedBy::NotCovered => None,
            });
            out.row(
                [
                    world.instrument_key(s.instrument).into(),
                    world.actor_key(s.party).into(),
                    s.provisional.into(),
                    s.disputed.into(),
                    s.against.map(|a| &world.records.sources[a.ix()].id).into(),
                ]
                .into_iter()
                .chain(extent(s.period, how == Some(EndedBy::NotCovered)))
                .chain([word.into(), self.cites(s.entered)]),
            );
        }
        out.named(
            "parties",
            "a spell in which an actor is bound by an instrument, folded from the acts as known",
        )
    }

    fn provisions(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("instrument", Holds::Text, "id"),
            ("article", Holds::Text, "article"),
            ("act", Holds::Text, "what is owed, allowed or planned"),
            (
                "modality",
                Holds::Text,
                "duty, right, permission, recommendation, policy, programme, prohibition",
            ),
            ("strength", Holds::Text, "how strongly it obliges"),
            ("discretion", Holds::Text, "what it leaves open"),
            ("by", Holds::Text, "who owes; `parties`: every party"),
            ("to", Holds::Text, "to whom; `other-parties`, `any`"),
            ("when", Holds::Text, "the occasion"),
            ("only_against", Holds::Text, "adversaries named"),
            ("not_against", Holds::Text, "adversaries left out"),
            ("area", Holds::Number, "1: it holds in an area only"),
            ("unprovoked", Holds::Number, "1: only if the party attacked did not provoke it"),
            ("requires", Holds::Text, "facts that must hold"),
            ("unless", Holds::Text, "facts that lift it"),
            ("content_unknown", Holds::Text, "conditions the source says there are, without saying which"),
            ("in_force", Holds::Text, "its own life, in EDTF, if shorter than its instrument's"),
            ("disputed", Holds::Text, "why its reach is contested"),
            CITES,
        ]);
        let (view, world) = (self.view, self.view.world);
        let side = |s: &Side| match s {
            Side::Parties => "parties".into(),
            Side::OtherParties => "other-parties".into(),
            Side::AnyActor => "any".into(),
            Side::These(keys) => list(keys),
        };
        let facts = |facts: &[foedera_world::record::Fact]| {
            list(&facts.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        for c in &view.clauses {
            let p = view.provision(c);
            let unknown: Vec<String> = p.content_unknown.iter().map(|c| c.word().to_owned()).collect();
            out.row([
                world.instrument_key(c.instrument).into(),
                (&p.article).into(),
                p.act.word().into(),
                p.modality.word().into(),
                p.strength.word().into(),
                p.discretion.word().into(),
                side(&p.by),
                side(&p.to),
                p.trigger.when.word().into(),
                list(&p.trigger.by.only),
                list(&p.trigger.by.except),
                (p.area.is_some() || p.object_area.is_some()).into(),
                p.trigger.unprovoked.into(),
                facts(&p.requires),
                facts(&p.unless),
                list(&unknown),
                p.in_force.as_ref().map(|e| e.text().to_owned()).into(),
                p.disputed.as_ref().into(),
                self.cites(c.evidence),
            ]);
        }
        out.named("provisions", "a directed commitment in an article")
    }

    fn holds(&self) -> WorldTable {
        let specs = [
            ("place", Holds::Text, "id"),
            ("hold", Holds::Text, "sovereign, administered, claimed"),
            ("by", Holds::Text, "id of the actor"),
            ("disputed", Holds::Text, "why it is contested"),
        ];
        let mut out = Sheet::new(&[&specs[..], &BEGINS, &ENDS, &[CITES]].concat());
        let world = self.view.world;
        for (place, holds) in world.records.places.iter().zip(&self.view.holds) {
            for (kind, rows) in ["sovereign", "administered", "claimed"].into_iter().zip(holds) {
                for h in rows {
                    out.row(
                        [
                            (&place.id).into(),
                            kind.into(),
                            world.actor_key(h.by).into(),
                            h.disputed.as_ref().into(),
                        ]
                        .into_iter()
                        .chain(extent(h.period, false))
                        .chain([self.cites(h.evidence)]),
                    );
                }
            }
        }
        out.named("holds", "sovereignty over a place, its administration, a claim to it")
    }

    fn things(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("thing", Holds::Text, "id"),
            ("table", Holds::Text, "event, facility, domain, measure"),
            ("name", Holds::Text, "name"),
            ("kind", Holds::Text, "of events and measures"),
            ("unit", Holds::Text, "of measures; empty: a rank"),
            ("of", Holds::Text, "whose it is"),
            ("place", Holds::Text, "where"),
            ("on", Holds::Text, "of events: when, in EDTF"),
        ]);
        for t in &self.view.world.records.things {
            let (kind, unit, on): (Cell, Cell, Cell) = match &t.detail {
                ThingDetail::Event { kind, on } => {
                    (kind.word().into(), Cell::None, on.as_ref().map(|e| e.text().to_owned()).into())
                }
                ThingDetail::Measure { kind, unit, .. } => {
                    (kind.word().into(), unit.as_ref().into(), Cell::None)
                }
                ThingDetail::Facility | ThingDetail::Domain => (Cell::None, Cell::None, Cell::None),
            };
            out.row([
                (&t.id).into(),
                t.detail.word().into(),
                (&t.name).into(),
                kind,
                unit,
                list(&t.of),
                t.place.as_ref().into(),
                on,
            ]);
        }
        out.named("things", "an event, facility, domain or measure; what happened to it stands in tellings")
    }

    fn matters(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("matter", Holds::Text, "id"),
            ("name", Holds::Text, "name"),
            ("body", Holds::Text, "whose members decide"),
            ("deciders", Holds::Text, "who decides, if not all of them"),
            ("procedure", Holds::Text, "how"),
            ("about", Holds::Text, "what it is about"),
        ]);
        for m in &self.view.world.records.matters {
            let body: Cell = m.body.as_ref().into();
            out.row([
                (&m.id).into(),
                (&m.name).into(),
                body,
                list(&m.deciders),
                m.procedure.word().into(),
                list(&m.about),
            ]);
        }
        out.named("matters", "something to be decided")
    }

    fn claims(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("claim", Holds::Text, "id"),
            ("kind", Holds::Text, "statement, judgement, expectation, position, event, measure, …"),
            ("mode", Holds::Text, "reported, planned, expected, judged, denied, quoted"),
            ("about", Holds::Text, "what it is about"),
            ("says", Holds::Text, "in our words"),
            ("on", Holds::Text, "the day or extent it speaks of, in EDTF"),
            ("on_earliest", Holds::Day, "first day it may speak of"),
            ("on_latest", Holds::Day, "last day it may speak of"),
            ("by", Holds::Text, "attribution, in words"),
            ("holder", Holds::Text, "whose position, expectation or words; empty: the source's own"),
            ("likelihood", Holds::Text, "the source's own word"),
            ("yardstick", Holds::Text, "what that word is read under; unstated: no number"),
            CITES,
        ]);
        let view = self.view;
        for (id, c, _) in foedera_reason::told::claims(view) {
            let [from, to] = bounds(c.on.as_ref().map(Edtf::moment));
            out.row([
                (&c.id).into(),
                c.kind.word().into(),
                c.mode.word().into(),
                list(&c.about),
                (&c.says).into(),
                c.on.as_ref().map(|e| e.text().to_owned()).into(),
                from,
                to,
                c.by.as_ref().into(),
                list(&c.holder),
                c.likelihood.as_ref().into(),
                c.yardstick.word().into(),
                self.cites(view.world.claim_evidence(id)),
            ]);
        }
        out.named(
            "claims",
            "what a source says; a claim judged, planned, expected or denied shows nothing happened",
        )
    }

    fn tellings(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("claim", Holds::Text, "id of the claim that tells it"),
            ("what", Holds::Text, "what is told"),
            ("who", Holds::Text, "who did it, is it, holds it"),
            ("whom", Holds::Text, "with, to, against whom"),
            ("thing", Holds::Text, "what about"),
            ("domain", Holds::Text, "in which fields, which goods"),
            ("place", Holds::Text, "where"),
            ("value", Holds::Text, "of measures and names, as written; the unit stands with the measure"),
            ("as_of", Holds::Text, "the day the value speaks of, in EDTF"),
            ("scope", Holds::Text, "what is counted"),
            ("on", Holds::Text, "when, in EDTF; empty: the claim's"),
        ]);
        for (_, c, _) in foedera_reason::told::claims(self.view) {
            for t in &c.tells {
                out.row([
                    (&c.id).into(),
                    t.what.word().into(),
                    list(&t.who),
                    list(&t.whom),
                    t.thing.as_ref().into(),
                    list(&t.domain),
                    t.place.as_ref().into(),
                    t.value.as_ref().into(),
                    t.as_of.as_ref().map(|e| e.text().to_owned()).into(),
                    t.scope.as_ref().into(),
                    t.on.as_ref().map(|e| e.text().to_owned()).into(),
                ]);
            }
        }
        out.named("tellings", "the same as a claim, as data")
    }
}
