#![doc = include_str!("../../../../docs/mechanisms/diff.md")]
//!
//! In: two views of one world and two days. Out: what changed in the world between the days, and what changed only in what is
//! known. What always holds: the two are told apart: a change of the world is seen with the later knowledge on both days, a
//! change of knowledge on the earlier day with both; what is the same is not told.

use std::collections::BTreeMap;

use foedera_world::View;
use foedera_world::record::ThingDetail;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId, MatterId, OfficeId, ThingId};

use super::casus::moment;
use super::decide::decide;
use super::expect::ledger;
use super::facility::facility;
use super::measure::values;
use super::status::status;
use crate::told;

/// A fact of the state of things: what, of which subject, and the rows it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// In words.
    pub value: String,
    /// The ids it touches.
    pub ids: Vec<String>,
    /// Rows.
    pub evidence: Vec<EvidenceId>,
}

/// What is so on a day, as known, by key (`stage japan-nato-itpp-2023`).
pub type State = BTreeMap<String, Fact>;

/// A change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Of the world (else of knowledge only).
    pub world: bool,
    /// What.
    pub key: String,
    /// Ids it touches.
    pub ids: Vec<String>,
    /// Before; none = nothing.
    pub before: Option<String>,
    /// After; none = nothing.
    pub after: Option<String>,
    /// Rows of either side.
    pub evidence: Vec<EvidenceId>,
}

/// What is so on a day, as known.
pub fn state(view: &View<'_>, on: Moment) -> State {
    let world = view.world;
    let mut out = State::new();
    let key_of = |a: ActorId| world.actor_key(a).to_owned();
    for (n, ins) in world.records.instruments.iter().enumerate() {
        let id = InstrumentId(n as u32);
        if view.made[n].is_none() {
            continue;
        }
        let s = status(view, id, None, on);
        if s.stage != Stage::None {
            let version = s.version.as_ref().map_or(String::new(), |v| format!(", text {v}"));
            let mut ids: Vec<String> = view.linked[n].iter().map(|a| key_of(*a)).collect();
            ids.push(ins.id.clone());
            // The act that made it so, which its status tells first.
            let evidence = s.proof.children.first().map_or_else(Vec::new, |first| first.evidence.clone());
            out.insert(
                format!("stage {}", ins.id),
                Fact { value: format!("{}{version}", s.stage), ids, evidence },
            );
        }
        for (a, tv) in view.parties_on(id, on) {
            let sure = if tv == Tv::Certain { "bound" } else { "possibly bound" };
            let evidence = view.party_on(id, a, on).1.map(|s| s.entered).into_iter().collect();
            let ids = vec![ins.id.clone(), key_of(a)];
            out.insert(
                format!("party {} {}", ins.id, key_of(a)),
                Fact { value: sure.to_owned(), ids, evidence },
            );
        }
    }
    for m in &view.members {
        if m.period.holds(on) != Tv::Not {
            let ids = vec![key_of(m.of), key_of(m.member)];
            let key = format!("member {} {}", ids[0], ids[1]);
            out.insert(key, Fact { value: m.role.word().to_owned(), ids, evidence: vec![m.evidence] });
        }
    }
    for (n, o) in world.records.offices.iter().enumerate() {
        let holders = view.holders_of(OfficeId(n as u32), on);
        if !holders.is_empty() {
            let mut ids: Vec<String> = holders.iter().map(|h| key_of(h.0)).collect();
            let value = ids.join(", ");
            ids.push(o.id.clone());
            let evidence = holders.iter().map(|h| h.3).collect();
            out.insert(format!("office {}", o.id), Fact { value, ids, evidence });
        }
    }
    for (n, t) in world.records.things.iter().enumerate() {
        let id = ThingId(n as u32);
        match &t.detail {
            ThingDetail::Facility => {
                let life = facility(view, id, on);
                if life.stage != FacilityStage::None {
                    let evidence = life.proof.children.iter().flat_map(|c| c.evidence.clone()).collect();
                    let ids = vec![t.id.clone()];
                    let value = life.stage.word().to_owned();
                    out.insert(format!("facility {}", t.id), Fact { value, ids, evidence });
                }
            }
            ThingDetail::Measure { .. } => {
                if let Some(v) = values(view, id, on).last() {
                    let value =
                        format!("{} ({})", v.said.tells.value.as_deref().unwrap_or("?"), moment(v.as_of));
                    let mut ids = t.of.clone();
                    ids.push(t.id.clone());
                    ids.push(v.said.row.id.clone());
                    out.insert(
                        format!("measure {}", t.id),
                        Fact { value, ids, evidence: vec![v.said.evidence] },
                    );
                }
            }
            _ => {}
        }
    }
    for (n, m) in world.records.matters.iter().enumerate() {
        let d = decide(view, MatterId(n as u32), on);
        if d.told || d.settled {
            let blockers: Vec<String> = d
                .positions
                .iter()
                .filter(|p| p.decides && matches!(p.stance, Telling::Objects | Telling::WithholdsConsent))
                .map(|p| key_of(p.actor))
                .collect();
            let by = if blockers.is_empty() { String::new() } else { format!(" by {}", blockers.join(", ")) };
            let mut ids = m.about.clone();
            ids.push(m.id.clone());
            let evidence = d.positions.iter().map(|p| p.said.evidence).collect();
            out.insert(
                format!("matter {}", m.id),
                Fact { value: format!("{}{by}", d.outcome), ids, evidence },
            );
        }
        for p in decide(view, MatterId(n as u32), on).positions {
            let ids = vec![m.id.clone(), key_of(p.actor), p.said.row.id.clone()];
            let key = format!("position {} {}", m.id, ids[1]);
            out.insert(key, Fact { value: p.stance.word().to_owned(), ids, evidence: vec![p.said.evidence] });
        }
    }
    for s in told::said(view).filter(|s| s.tells.what.is_event() && s.counts(view)) {
        if s.on().is_some() && s.moment().earliest <= on.latest {
            let sure = if s.moment().latest <= on.latest { "happened" } else { "may have happened" };
            let mut ids = s.row.about.clone();
            ids.extend(s.tells.thing.clone());
            ids.push(s.row.id.clone());
            out.insert(
                format!("event {}", s.row.id),
                Fact { value: format!("{sure}: {}", s.row.says), ids, evidence: vec![s.evidence] },
            );
        }
    }
    out
}

/// What is known: claims and what became of expectations. It does not depend on the day asked about.
pub fn known(view: &View<'_>) -> State {
    let mut out = State::new();
    for (id, c, seen) in told::claims(view) {
        let sure = if seen == Tv::Certain { "" } else { "possibly " };
        let mut ids = c.about.clone();
        ids.push(c.id.clone());
        let evidence = vec![view.world.claim_evidence(id)];
        out.insert(
            format!("claim {}", c.id),
            Fact { value: format!("{sure}known: {}", c.says), ids, evidence },
        );
    }
    for l in ledger(view, &[]) {
        let mut ids = l.row.about.clone();
        ids.push(l.row.id.clone());
        let evidence = vec![view.world.claim_evidence(l.claim)];
        out.insert(
            format!("expectation {}", l.row.id),
            Fact { value: l.fate.word().to_owned(), ids, evidence },
        );
    }
    out
}

/// The differences of two states.
pub fn between(before: &State, after: &State, world: bool) -> Vec<Changed> {
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter_map(|k| {
            let (b, a) = (before.get(k), after.get(k));
            if b.map(|f| &f.value) == a.map(|f| &f.value) {
                return None;
            }
            let mut ids: Vec<String> = b.into_iter().chain(a).flat_map(|f| f.ids.clone()).collect();
            ids.sort();
            ids.dedup();
            let evidence = b.into_iter().chain(a).flat_map(|f| f.evidence.clone()).collect();
            Some(Changed {
                world,
                key: k.clone(),
                ids,
                before: b.map(|f| f.value.clone()),
                after: a.map(|f| f.value.clone()),
                evidence,
            })
        })
        .collect()
}

/// What changed from one basis to another: in the world with the later knowledge, in knowledge on the earlier day.
pub fn diff(from: &View<'_>, on_from: Moment, to: &View<'_>, on_to: Moment) -> Vec<Changed> {
    let mut out = between(&state(to, on_from), &state(to, on_to), true);
    if from.knowledge != to.knowledge {
        out.extend(between(&state(from, on_from), &state(to, on_from), false));
        out.extend(between(&known(from), &known(to), false));
    }
    out
}
