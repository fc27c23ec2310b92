//! What everything else stands on: sources, actors, their numbers and memberships, places held, things and matters.
//!
//! In: a view. Out: a table each. What always holds: only what counts at the basis is there.

use foedera_world::record::ThingDetail;
use foedera_world::time::{Day, Edtf, Moment, Period, Tv};

use super::sheet::{BEGINS, CITES, Cell, ENDS, Holds, Sheet, bound, bounds, extent, list};
use super::{Making, WorldTable};

impl Making<'_> {
    pub(super) fn sources(&self) -> WorldTable {
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

    pub(super) fn actors(&self) -> WorldTable {
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

    pub(super) fn codes(&self) -> WorldTable {
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

    pub(super) fn memberships(&self) -> WorldTable {
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

    pub(super) fn holds(&self) -> WorldTable {
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

    pub(super) fn things(&self) -> WorldTable {
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

    pub(super) fn matters(&self) -> WorldTable {
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
}
