//! The verdict over all items: what follows from them, what it assumes, what contests it, what to take note of.
//!
//! In: the items of every round. Out: an [`Answer`]. What always holds: *yes* needs one actor certainly bound to defend the
//! attacked; *no* rests on clauses that do not reach, or on the named assumption that no other treaty links the two.

use std::collections::BTreeSet;

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Day, Moment, Tv};
use foedera_world::world::{ActorId, SourceId};

use super::answer::{Answer, Item, sentence};
use super::{Question, in_play};
use crate::proof::{Assumption, Node, counted};

/// Alliances of the attacked that are told of without a term: whether they bind here is not in the sources.
fn allied_without_terms(view: &View<'_>, q: &Question) -> Vec<String> {
    let mut out = Vec::new();
    for said in crate::told::said(view).filter(|s| s.tells.what == Telling::Allied && s.counts(view)) {
        let sides: Vec<ActorId> = said.who(view).into_iter().chain(said.whom(view)).collect();
        if said.moment().earliest > q.on.latest || !sides.iter().any(|a| q.targets.contains(a)) {
            continue;
        }
        let helpers = sides.iter().filter(|a| !q.targets.contains(a) && !q.attackers.contains(a));
        let terms = |a: ActorId| {
            view.instruments_of[a.ix()].iter().any(|i| {
                let both = q.targets.iter().any(|t| view.linked[i.ix()].binary_search(t).is_ok());
                both && view.clauses_of(*i).iter().any(|c| in_play(c) && c.act.fights())
            })
        };
        if helpers.into_iter().any(|a| !terms(*a)) {
            out.push(format!(
                "{}: on which terms is not in the sources that count",
                said.row.says.trim_end_matches('.')
            ));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Whether an item certainly says no to helping the attacked, by a clause and not for want of one.
fn certain_no(q: &Question, i: &Item) -> bool {
    i.role == CasusRole::NotBound
        && i.confidence == Confidence::Certain
        && q.targets.contains(&i.toward)
        && i.reason.is_some_and(|r| r != Reason::NoTreaty)
}

/// Whether a text that promised the attacked help was made and is not in force.
fn ended(q: &Question, i: &Item) -> bool {
    let gone = [Reason::NotInForce, Reason::Terminated, Reason::NotInForceForParty];
    i.act.is_some_and(Act::fights)
        && q.targets.contains(&i.toward)
        && i.reason.is_some_and(|r| gone.contains(&r))
}

/// Sorts the items and draws the conclusion.
pub(super) fn conclude(view: &View<'_>, q: &Question, mut items: Vec<Item>) -> Answer {
    items.sort_by(|a, b| {
        let key = |i: &Item| {
            (i.round, i.role, i.strength, i.actor, i.toward, i.instrument, i.article.clone(), i.reason)
        };
        key(a).cmp(&key(b))
    });
    items.dedup_by(|a, b| {
        (a.round, a.actor, a.role, a.toward, a.instrument, &a.article, a.reason, a.act)
            == (b.round, b.actor, b.role, b.toward, b.instrument, &b.article, b.reason, b.act)
            && a.confidence == b.confidence
    });
    let defends = |i: &&Item| {
        i.role == CasusRole::Bound
            && i.act.is_some_and(Act::fights)
            && i.round == 1
            && !q.attackers.contains(&i.toward)
    };
    let allied = allied_without_terms(view, q);
    let best = items.iter().filter(defends).map(|i| i.confidence).min();
    let verdict = match best {
        Some(Confidence::Certain) => Verdict::Yes,
        Some(Confidence::Possible) => Verdict::Possible,
        Some(Confidence::Disputed) => Verdict::Disputed,
        // A choice of packs leaves sources out on purpose: then only a rule that certainly fails says no.
        None if !allied.is_empty() || !view.covers(q.on) => Verdict::NotInSources,
        None if view.knowledge.packs.is_some() && !items.iter().any(|i| certain_no(q, i)) => {
            Verdict::NotInSources
        }
        None if items.iter().any(|i| i.reason.is_some()) => Verdict::No,
        None => Verdict::NotInSources,
    };
    let mut assumptions: BTreeSet<Assumption> = BTreeSet::new();
    for i in items.iter().filter(|i| i.role != CasusRole::NotBound) {
        collect(&i.proof, &mut assumptions);
    }
    for i in items.iter().filter(|i| i.role == CasusRole::NotBound) {
        let last = i.proof.children.last().and_then(|n| n.assumption.clone());
        assumptions.extend(last.filter(|a| a.name != "scenario" && a.name != "party-list-complete"));
    }
    let mut dissent: BTreeSet<String> = items.iter().flat_map(|i| i.disputed.iter().cloned()).collect();
    dissent.extend(conflicting_duties(view, q, &items));
    let mut warnings = warnings(view, q);
    warnings.extend(allied.into_iter().map(|text| ("terms-unstated", text)));
    let name = |l: &[ActorId]| {
        l.iter().map(|a| view.world.records.actors[a.ix()].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut proof = Node::new(
        "casus-foederis",
        match verdict {
            Verdict::Yes => {
                let mut who: Vec<ActorId> = items
                    .iter()
                    .filter(defends)
                    .filter(|i| i.confidence == Confidence::Certain)
                    .map(|i| i.actor)
                    .collect();
                who.sort_unstable();
                who.dedup();
                let verb = if who.len() == 1 { "is" } else { "are" };
                let told = if who.len() > 3 { format!("{} states", who.len()) } else { name(&who) };
                let whom: Vec<ActorId> = items.iter().filter(defends).map(|i| i.toward).take(1).collect();
                let whom =
                    if whom.iter().all(|w| q.targets.contains(w)) { name(&q.targets) } else { name(&whom) };
                format!("yes: {told} {verb} bound to help defend {whom}")
            }
            Verdict::Possible => format!(
                "possibly: whether anyone is bound to help defend {} hangs on a fact or date not known",
                name(&q.targets)
            ),
            Verdict::Disputed => {
                format!("disputed: whether anyone is bound to help defend {} is contested", name(&q.targets))
            }
            Verdict::No => format!("no: nobody in the dossier is bound to help defend {}", name(&q.targets)),
            Verdict::NotInSources => {
                "not in the sources: no commitment that could bear on this is recorded".to_owned()
            }
        },
    );
    let acts = items.iter().filter(|i| i.role != CasusRole::NotBound).map(|i| i.proof.clone());
    proof.children = match verdict {
        Verdict::No => nearest_misses(q, &items).into_iter().chain(acts).collect(),
        _ => acts.collect(),
    };
    let silence = match verdict {
        Verdict::NotInSources => Some(silence(view, q)),
        Verdict::No if items.iter().any(|i| ended(q, i)) => Some(Silence::NoneInForce),
        _ => None,
    };
    Answer {
        verdict,
        items,
        assumptions: assumptions.into_iter().collect(),
        dissent: dissent.into_iter().collect(),
        warnings,
        silence,
        proof,
    }
}

/// Why nobody is bound to help: for each clause and reason one proof, nearest first, and how many stand alike.
fn nearest_misses(q: &Question, items: &[Item]) -> Vec<Node> {
    let missed = |i: &&Item| {
        i.role == CasusRole::NotBound && i.act.is_some_and(Act::fights) && q.targets.contains(&i.toward)
    };
    let key = |i: &Item| (i.instrument, i.article.clone(), i.toward, i.reason);
    let mut list: Vec<&Item> = items.iter().filter(missed).collect();
    let near = |i: &Item| i.reason.is_some_and(Reason::is_near_miss);
    list.sort_by_key(|i| (std::cmp::Reverse((near(i), i.passed)), key(i)));
    let alike = list.chunk_by(|a, b| a.passed == b.passed && key(a) == key(b));
    let told = alike.map(|group| {
        let mut node = group[0].proof.clone();
        if group.len() > 1 {
            node.text.push_str(&format!("; {} alike", counted(group.len() - 1, "other", "others")));
        }
        node
    });
    told.collect()
}

/// Tells *not yet known* from *we have not looked*.
fn silence(view: &View<'_>, q: &Question) -> Silence {
    if view.world.newest_source().is_some_and(|n| q.on.earliest > n.latest) || !view.covers(q.on) {
        return Silence::OutsideCoverage;
    }
    let hidden = view.knowledge.known != Moment::OPEN_END;
    let later = hidden
        && q.targets.iter().any(|t| {
            view.world
                .records
                .instruments
                .iter()
                .any(|i| i.parties.contains(&view.world.records.actors[t.ix()].id))
        });
    if later { Silence::NotYetKnown } else { Silence::NotLooked }
}

fn collect(node: &Node, out: &mut BTreeSet<Assumption>) {
    out.extend(node.assumption.clone());
    for c in &node.children {
        collect(c, out);
    }
}

/// An actor that owes help or abstention to both sides is told so.
fn conflicting_duties(view: &View<'_>, q: &Question, items: &[Item]) -> Vec<String> {
    let mut out = Vec::new();
    let owes = |i: &&Item| {
        i.role == CasusRole::Bound || (i.role == CasusRole::Refrain && i.act == Some(Act::Neutrality))
    };
    for a in items.iter().filter(owes).filter(|i| q.targets.contains(&i.toward)) {
        for b in items.iter().filter(owes).filter(|i| i.actor == a.actor && q.attackers.contains(&i.toward)) {
            out.push(format!("conflicting duties: {} / {}", sentence(view, a), sentence(view, b)));
        }
    }
    out
}

fn warnings(view: &View<'_>, q: &Question) -> Vec<(&'static str, String)> {
    use foedera_world::view::HoldKind;
    let mut out = Vec::new();
    let name = |a: ActorId| view.world.records.actors[a.ix()].id.as_str();
    if let Some(p) = q.place {
        let place = &view.world.records.places[p.ix()];
        let mut holders = view.holders(p, HoldKind::Administered, q.on);
        if holders.is_empty() {
            holders = view.holders(p, HoldKind::Sovereign, q.on);
        }
        let others: Vec<ActorId> =
            holders.iter().map(|(h, _)| h.by).filter(|h| !q.targets.contains(h)).collect();
        if !others.is_empty() && holders.iter().all(|(h, _)| !q.targets.contains(&h.by)) {
            let who: Vec<&str> = others.iter().map(|o| name(*o)).collect();
            out.push((
                "place-held-by-another",
                format!("{} is held by {} on that day: an attack there is also an attack on territory it holds; ask with --target {}", place.name, who.join(", "), who.join(",")),
            ));
        }
        for (h, _) in view.holders(p, HoldKind::Sovereign, q.on) {
            if let Some(d) = &h.disputed {
                out.push((
                    "sovereignty-disputed",
                    format!("sovereignty over {} is disputed: {d}", place.name),
                ));
            }
        }
        let claimed = view.holders(p, HoldKind::Claimed, q.on);
        if !claimed.is_empty() {
            let who: Vec<&str> = claimed.iter().map(|(h, _)| name(h.by)).collect();
            out.push(("place-claimed", format!("{} is claimed by {}", place.name, who.join(", "))));
        }
    }
    if let Some(newest) = view.world.newest_source().filter(|n| q.on.earliest > n.latest) {
        out.push((
            "after-coverage",
            format!(
                "the newest source is of {}: what has happened since is not in the answer",
                newest.latest
            ),
        ));
    }
    let mut over: Vec<(SourceId, Day)> = view
        .coders
        .iter()
        .flatten()
        .filter_map(|c| Some((c.source, c.until.filter(|day| *day <= q.on.earliest)?)))
        .collect();
    over.sort_unstable();
    over.dedup();
    for (source, day) in over {
        let title = &view.world.records.sources[source.ix()].title;
        let text = format!("{title} covers no day from {day} on: what was open then is possible only");
        out.push(("after-coverage", text));
    }
    for a in q.targets.iter().chain(&q.attackers) {
        if view.exists[a.ix()].holds(q.on) == Tv::Not {
            out.push((
                "actor-not-existing",
                format!("{} does not exist on that day; check the id and its successors", name(*a)),
            ));
        }
    }
    out
}
