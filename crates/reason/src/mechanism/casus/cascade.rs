//! Later rounds: who is drawn in by those drawn in before.
//!
//! In: the first round's items. Out: items of rounds two and on. What always holds (the bench's W1): a candidate stands
//! outside both sides; it joins the side it is bound to; one bound to both is frozen and told so by its two items.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::Clause;
use foedera_world::world::ActorId;

use super::answer::{Item, contested, sentence};
use super::conditions::{Judgement, evaluate};
use super::{Question, Scene, in_play, may_be_owed, may_owe, role_of};
use crate::proof::{Node, Recorded};

/// Items of rounds 2 to `rounds`.
pub(super) fn later_rounds(view: &View<'_>, q: &Question, first: &[Item]) -> Vec<Item> {
    let mut scene = Scene::new(q);
    let mut frozen: Vec<ActorId> = Vec::new();
    let mut out: Vec<Item> = Vec::new();
    let mut last: Vec<Item> = first.to_vec();
    for round in 2..=q.rounds.min(8) {
        join(q, &mut scene, &mut frozen, &last);
        let mut now: Vec<Item> = Vec::new();
        for clause in view.clauses.iter().filter(|c| in_play(c) && !c.third_party()) {
            if !(clause.act.fights()
                && clause.modality != Modality::Right
                && clause.modality != Modality::Recommendation)
            {
                continue;
            }
            let parties: Vec<ActorId> = view
                .parties_on(clause.instrument, q.on)
                .into_iter()
                .filter(|(_, tv)| *tv != Tv::Not)
                .map(|p| p.0)
                .collect();
            for debtor in &parties {
                let taken = scene.targets.contains(debtor)
                    || scene.attackers.contains(debtor)
                    || frozen.contains(debtor);
                if taken || !may_owe(clause, *debtor) {
                    continue;
                }
                for s in scene.targets.iter().chain(&scene.attackers) {
                    if !parties.contains(s) || !may_be_owed(clause, *s) {
                        continue;
                    }
                    let known = first.iter().chain(&out).any(|i| {
                        i.actor == *debtor
                            && i.toward == *s
                            && i.instrument == Some(clause.instrument)
                            && i.role == CasusRole::Bound
                    });
                    if known {
                        continue;
                    }
                    let mut trace = Recorded::default();
                    let j = evaluate(view, &scene, clause, *debtor, *s, &mut trace);
                    if j.confidence().is_some() {
                        now.push(item(view, clause, (*debtor, *s), &j, round, trace));
                    }
                }
            }
        }
        if now.is_empty() {
            break;
        }
        out.extend(now.iter().cloned());
        last = now;
    }
    out
}

fn join(q: &Question, scene: &mut Scene<'_>, frozen: &mut Vec<ActorId>, items: &[Item]) {
    let bound: Vec<&Item> =
        items.iter().filter(|i| i.role == CasusRole::Bound && i.act.is_some_and(Act::fights)).collect();
    let targets = scene.targets.clone();
    let attackers = scene.attackers.clone();
    for i in &bound {
        let helps = bound.iter().any(|b| b.actor == i.actor && targets.contains(&b.toward));
        let joins = bound.iter().any(|b| b.actor == i.actor && attackers.contains(&b.toward));
        let side = match (helps, joins) {
            (true, true) => &mut *frozen,
            (true, false) => &mut scene.targets,
            (false, true) => &mut scene.attackers,
            (false, false) => continue,
        };
        if !side.contains(&i.actor) && !q.targets.contains(&i.actor) && !q.attackers.contains(&i.actor) {
            side.push(i.actor);
            scene.joined.push(i.actor);
        }
    }
}

/// An item of a later round.
fn item(
    view: &View<'_>,
    clause: &Clause,
    pair: (ActorId, ActorId),
    j: &Judgement,
    round: u32,
    trace: Recorded,
) -> Item {
    let mut item = Item::of(view, clause, pair, j);
    item.role = role_of(clause, false);
    item.confidence = j.confidence().unwrap_or(Confidence::Possible);
    item.round = round;
    item.disputed = contested(&trace);
    let mut proof = Node::new(format!("round-{round}"), sentence(view, &item));
    proof.children = trace.0.into_iter().map(Node::from).collect();
    item.proof = proof;
    item
}
