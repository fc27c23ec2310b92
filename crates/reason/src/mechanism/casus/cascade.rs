//! Later rounds: who is drawn in by those drawn in before.
//!
//! In: the first round's items. Out: items of rounds two and on. What always holds (the bench's W1): a candidate stands
//! outside both sides; it joins the side it is bound to; one bound to both is frozen and told so by its two items.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::world::ActorId;

use super::answer::{Item, sentence};
use super::conditions::evaluate;
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
                    if let Some(confidence) = j.confidence() {
                        now.push(item(view, clause, *debtor, *s, confidence, &j.open, round, trace));
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

#[allow(clippy::too_many_arguments, reason = "the parts of one item, gathered once")]
fn item(
    view: &View<'_>,
    clause: &foedera_world::view::Clause,
    actor: ActorId,
    toward: ActorId,
    confidence: Confidence,
    open: &[foedera_world::view::FactRef],
    round: u32,
    trace: Recorded,
) -> Item {
    let p = view.provision(clause);
    let disputed = trace
        .0
        .iter()
        .filter(|t| t.outcome == crate::proof::Outcome::Disputed)
        .map(|t| t.text.clone())
        .collect();
    let mut item = Item {
        actor,
        role: role_of(clause, false),
        toward,
        act: Some(p.act),
        instrument: Some(clause.instrument),
        article: Some(p.article.clone()),
        modality: Some(p.modality),
        strength: Some(p.strength),
        discretion: Some(p.discretion),
        confidence,
        reason: None,
        passed: trace.0.len() as u32,
        round,
        open: open.to_vec(),
        disputed,
        proof: Node::default(),
    };
    let mut proof = Node::new(format!("round-{round}"), sentence(view, &item));
    proof.children = trace.0.into_iter().map(Node::from).collect();
    item.proof = proof;
    item
}
