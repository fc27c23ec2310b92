//! Gates: what an actor's own law forbids it to do, listed before duties.
//!
//! In: a view, a question, the actors of interest. Out: a [`Gate`] for each whose own rule forbids to fight for others. What
//! always holds: a gate says nothing of duties and changes no item; it is open only if a fact that opens it is known or
//! assumed, closed only if each is denied or none is known, and unknown in between.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{FactRef, Sides};
use foedera_world::world::{ActorId, InstrumentId};

use super::words::{article, fact_words};
use super::{Asserted, Question};
use crate::proof::Node;

/// Whether a gate lets through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GateState {
    /// Nothing known opens it, or what would is denied.
    Closed,
    /// What would open it is neither known nor denied.
    Unknown,
    /// It is open.
    Open,
}

impl GateState {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            GateState::Closed => "closed",
            GateState::Unknown => "unknown",
            GateState::Open => "open",
        }
    }
}

/// A domestic rule before a duty.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Whose.
    pub actor: ActorId,
    /// By which instrument.
    pub instrument: InstrumentId,
    /// Article.
    pub article: String,
    /// Its state.
    pub state: GateState,
    /// Facts that would open it.
    pub opens_with: Vec<String>,
    /// Proof.
    pub proof: Node,
}

/// The gates of some actors, those attacked left out: to defend oneself is not to fight for others.
pub fn gates(view: &View<'_>, q: &Question, actors: &[ActorId]) -> Vec<Gate> {
    let mut out = Vec::new();
    for actor in actors.iter().filter(|a| !q.targets.contains(a) && !q.attackers.contains(a)) {
        for i in &view.instruments_of[actor.ix()] {
            for clause in view.clauses_of(*i) {
                let own = matches!(&clause.by, Sides::These(l) if l.contains(actor))
                    || view.linked[i.ix()].as_slice() == [*actor];
                if clause.modality != Modality::Prohibition || !clause.act.fights() || !own {
                    continue;
                }
                let applies = clause.periods.iter().any(|p| p.holds(q.on) != Tv::Not);
                if !applies || view.party_on(*i, *actor, q.on).0 == Tv::Not {
                    continue;
                }
                let p = view.provision(clause);
                let mut proof = Node::new(
                    "gate",
                    format!(
                        "{} {}: {} is forbidden to {}",
                        view.world.records.instruments[i.ix()].name,
                        article(&p.article),
                        p.act,
                        view.world.records.actors[actor.ix()].name
                    ),
                )
                .on(clause.evidence);
                let mut ways: Vec<(Vec<FactRef>, Option<Node>)> =
                    clause.unless.iter().map(|f| (vec![f.clone()], None)).collect();
                ways.extend(openers(view, q, *actor));
                let state = ways
                    .iter()
                    .map(|(facts, _)| {
                        facts.iter().map(|f| known(view, q, f)).min().unwrap_or(GateState::Open)
                    })
                    .max()
                    .unwrap_or(GateState::Closed);
                let mut opens_with: Vec<String> =
                    ways.iter().flat_map(|(facts, _)| facts.iter().map(|f| fact_words(view, f))).collect();
                opens_with.sort();
                opens_with.dedup();
                proof.children.extend(ways.into_iter().filter_map(|(_, node)| node));
                proof.outcome = match state {
                    GateState::Closed => "fails",
                    GateState::Unknown => "open",
                    GateState::Open => "holds",
                };
                out.push(Gate {
                    actor: *actor,
                    instrument: *i,
                    article: p.article.clone(),
                    state,
                    opens_with,
                    proof,
                });
            }
        }
    }
    out
}

/// Permissions of the actor's own law to do what the gate forbids, and what they require.
fn openers(view: &View<'_>, q: &Question, actor: ActorId) -> Vec<(Vec<FactRef>, Option<Node>)> {
    let mut out = Vec::new();
    for i in &view.instruments_of[actor.ix()] {
        let own = view.linked[i.ix()].as_slice() == [actor];
        for clause in view.clauses_of(*i).iter().filter(|c| own && c.act.fights()) {
            let permits = matches!(clause.modality, Modality::Permission | Modality::Right);
            let applies = clause.periods.iter().any(|p| p.holds(q.on) != Tv::Not)
                && view.party_on(*i, actor, q.on).0 != Tv::Not;
            if permits && applies {
                let p = view.provision(clause);
                let facts: Vec<String> = clause.requires.iter().map(|f| fact_words(view, f)).collect();
                let text = format!(
                    "{} {} permits it if {}",
                    view.world.records.instruments[i.ix()].name,
                    article(&p.article),
                    facts.join(", ")
                );
                out.push((clause.requires.clone(), Some(Node::new("opener", text).on(clause.evidence))));
            }
        }
    }
    out
}

fn known(view: &View<'_>, q: &Question, f: &FactRef) -> GateState {
    let said = |a: &&Asserted| a.fact == *f && a.holder.is_none();
    if let Some(a) = q.facts.iter().find(said) {
        return if a.holds { GateState::Open } else { GateState::Closed };
    }
    let told = view
        .facts
        .iter()
        .any(|k| k.fact == *f && k.disputed.is_none() && k.period.holds(q.on) == Tv::Certain);
    if told { GateState::Open } else { GateState::Unknown }
}
