//! Instruments: their lives, acts, parties and provisions.
//!
//! In: a view. Out: a table each. What always holds: parties are spells folded at the basis, and no list of names.

use foedera_world::record::Side;
use foedera_world::view::EndedBy;
use foedera_world::world::InstrumentId;

use super::sheet::{BEGINS, CITES, Cell, ENDS, Holds, Sheet, bounds, extent, list};
use super::{Making, WorldTable};

impl Making<'_> {
    pub(super) fn instruments(&self) -> WorldTable {
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

    pub(super) fn acts(&self) -> WorldTable {
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

    pub(super) fn parties(&self) -> WorldTable {
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

    pub(super) fn provisions(&self) -> WorldTable {
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
}
