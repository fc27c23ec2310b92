#![doc = include_str!("../../../../docs/mechanisms/expect.md")]
//!
//! In: a view, a claim that expects, facts assumed. Out: a [`Ledger`] entry: its fate for this state of knowledge, part by
//! part and member by member, with the evidence. What always holds: the fate is computed, never stored; silence leaves it
//! open; a due date that has passed without evidence is told as that and not as a failure.

use foedera_world::View;
use foedera_world::record::{Claim, Expects, Part, Pattern};
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment, Tv};
use foedera_world::world::{ActorId, ClaimId};

use super::casus::{Asserted, moment};
use crate::pattern::{Match, Search, certainly_no_member, matches, words};
use crate::proof::{Assumption, Node};
use crate::told;

/// One part, for one member.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Name of the part.
    pub name: Option<String>,
    /// The member.
    pub member: Option<ActorId>,
    /// Its fate.
    pub fate: Fate,
    /// Only possibly so: what shows it is only possibly known.
    pub possible: bool,
    /// How well the evidence shows it.
    pub strength: Option<Bearing>,
    /// What shows it.
    pub evidence: Vec<Match>,
    /// What it would take and hangs on facts nobody asserted.
    pub hangs: Vec<Match>,
    /// What it waits for, in words.
    pub awaits: Vec<String>,
}

/// An expectation and what became of it.
#[derive(Clone, Debug)]
pub struct Ledger<'w> {
    /// Which.
    pub claim: ClaimId,
    /// Its row.
    pub row: &'w Claim,
    /// Its content.
    pub expects: &'w Expects,
    /// When it was uttered.
    pub uttered: Moment,
    /// Whether it had been uttered by then.
    pub seen: Tv,
    /// Its fate.
    pub fate: Fate,
    /// How surely.
    pub confidence: Confidence,
    /// How well the evidence shows it, at worst.
    pub strength: Option<Bearing>,
    /// Parts.
    pub parts: Vec<Judged>,
    /// Evidence beside the point.
    pub related: Vec<Match>,
    /// Premises used.
    pub assumptions: Vec<Assumption>,
    /// Proof.
    pub proof: Node,
}

/// Every expectation of the dossier, in order of id.
pub fn ledger<'w>(view: &View<'w>, facts: &[Asserted]) -> Vec<Ledger<'w>> {
    let claims = view.world.records.claims.iter().enumerate();
    claims
        .filter(|(_, c)| c.expects.is_some() && c.row.withdrawn.is_none())
        .filter_map(|(i, _)| expectation(view, ClaimId(i as u32), facts))
        .collect()
}

/// What became of one expectation; none if the claim expects nothing.
pub fn expectation<'w>(view: &View<'w>, claim: ClaimId, facts: &[Asserted]) -> Option<Ledger<'w>> {
    let row: &'w Claim = &view.world.records.claims[claim.ix()];
    let expects = row.expects.as_ref()?;
    let seen = told::visible(view, claim);
    let uttered = told::uttered(view, claim);
    if seen == Tv::Not {
        let proof = Node::new("expect", format!("{}: not uttered in any source that counts", row.id));
        return Some(Ledger {
            claim,
            row,
            expects,
            uttered,
            seen,
            fate: Fate::NotYetUttered,
            confidence: Confidence::Certain,
            strength: None,
            parts: Vec::new(),
            related: Vec::new(),
            assumptions: Vec::new(),
            proof,
        });
    }
    let due = expects.due.as_ref().map(due_bounds);
    let passed = due.is_some_and(|d| d.latest < view.knowledge.known.earliest);
    let members: Vec<Option<ActorId>> = if expects.each.is_empty() {
        vec![None]
    } else {
        let split = told::actors(view, &expects.each, uttered);
        split.into_iter().filter(|a| !told::collective(view, *a)).map(Some).collect()
    };
    let mut parts = Vec::new();
    let mut related: Vec<Match> = Vec::new();
    for part in &expects.part {
        for member in &members {
            let search =
                Search { view, after: Some(uttered), due, member: *member, facts, claim: Some(claim) };
            parts.push(judge(&search, part, expects.negated, passed, *member));
            let more = part.related.iter().flat_map(|p| matches(&Search { due: None, ..search }, p));
            for m in more {
                if !related.iter().any(|r| r.claim == m.claim && r.evidence == m.evidence) {
                    related.push(m);
                }
            }
        }
    }
    let fate = combine(&parts);
    let possible = parts.iter().any(|p| p.possible) || seen == Tv::Possible;
    let strength = parts.iter().filter(|p| p.fate == Fate::Fulfilled).filter_map(|p| p.strength).max();
    let mut assumptions: Vec<Assumption> =
        parts.iter().flat_map(|p| p.evidence.iter().flat_map(|e| e.assumptions.iter().cloned())).collect();
    assumptions.sort();
    assumptions.dedup();

    let due_words = expects.due.as_ref().map_or("no due date".to_owned(), |d| format!("due {}", d.text()));
    let holder =
        if row.holder.is_empty() { String::new() } else { format!(" (held by {})", row.holder.join(", ")) };
    let mut proof = Node::new(
        "expect",
        format!(
            "{}: {fate}; uttered {}, {due_words}, {}{holder}",
            row.says.trim_end_matches('.'),
            moment(uttered),
            expects.strength
        ),
    )
    .on(view.world.claim_evidence(claim));
    for p in &parts {
        let who = p.member.map_or(String::new(), |a| format!("{}: ", view.world.records.actors[a.ix()].name));
        let name = p.name.as_ref().map_or(String::new(), |n| format!("{n}: "));
        let mut node =
            Node::new("part", format!("{who}{name}{}; waits for: {}", p.fate, p.awaits.join(" or ")));
        for e in p.evidence.iter().chain(&p.hangs) {
            let hangs = match (e.hangs.is_empty(), e.possible) {
                (false, _) => format!(" (hangs on {})", e.hangs.join(", ")),
                (true, true) => " (only possibly known or so: decides nothing yet)".to_owned(),
                (true, false) => String::new(),
            };
            let mut leaf = Node::new("evidence", format!("{} [{}]{hangs}", e.text, e.strength));
            leaf.evidence.clone_from(&e.evidence);
            leaf.assumption = e.assumptions.first().cloned();
            node.children.push(leaf);
        }
        proof.children.push(node);
    }
    for r in &related {
        let mut leaf = Node::new("related", format!("{} (shown, not counted)", r.text));
        leaf.evidence.clone_from(&r.evidence);
        proof.children.push(leaf);
    }
    let confidence = if possible { Confidence::Possible } else { Confidence::Certain };
    Some(Ledger {
        claim,
        row,
        expects,
        uttered,
        seen,
        fate,
        confidence,
        strength,
        parts,
        related,
        assumptions,
        proof,
    })
}

/// The days by which it is due. An approximate due date has not certainly passed until as much time again has gone by.
fn due_bounds(due: &Edtf) -> Moment {
    let m = due.moment();
    if due.has_open_end() || due.has_unknown_end() {
        return Moment { earliest: m.earliest, latest: Moment::OPEN_END.latest };
    }
    if !due.is_approximate() {
        return m;
    }
    let days = m.latest.number() - m.earliest.number() + 1;
    let latest = (0..days.min(3660)).fold(m.latest, |d, _| d.next());
    Moment { earliest: m.earliest, latest }
}

fn judge(s: &Search<'_, '_>, part: &Part, negated: bool, passed: bool, member: Option<ActorId>) -> Judged {
    let all = |patterns: &[Pattern]| -> (Vec<Match>, Vec<Match>) {
        patterns.iter().flat_map(|p| matches(s, p)).partition(|m| m.hangs.is_empty())
    };
    let (met, met_hangs) = all(&part.awaits);
    let (against, against_hangs) = all(&part.against);
    let (mut failing, fails_hangs) = all(&part.fails);
    failing.extend(part.awaits.iter().filter_map(|p| certainly_no_member(s, p)));
    let mut hangs: Vec<Match> = met_hangs.into_iter().chain(against_hangs).chain(fails_hangs).collect();
    // What is only possibly known decides nothing yet.
    let mut sure = |list: Vec<Match>| -> Vec<Match> {
        let (maybe, certain): (Vec<Match>, Vec<Match>) = list.into_iter().partition(|m| m.possible);
        hangs.extend(maybe);
        certain
    };
    let (met, against, failing) = (sure(met), sure(against), sure(failing));
    let best = met.iter().map(|m| (m.strength, m.possible)).min();
    let (fate, evidence) = match (negated, best) {
        (true, Some(_)) => (Fate::Contradicted, met),
        (true, None) if !against.is_empty() => (Fate::Contradicted, against),
        (true, None) => (Fate::Open, Vec::new()),
        // Direct evidence that it came true outweighs a report that speaks against it; indirect evidence does not.
        (false, Some((strength, _))) if against.is_empty() || strength == Bearing::Direct => {
            (Fate::Fulfilled, met)
        }
        (false, _) if !against.is_empty() => (Fate::Contradicted, against),
        (false, _) if !failing.is_empty() && (passed || s.due.is_none()) => (Fate::NotFulfilled, failing),
        (false, _) if part.untestable => (Fate::Untestable, Vec::new()),
        (false, _) if passed => (Fate::DuePassed, Vec::new()),
        (false, _) => (Fate::Open, Vec::new()),
    };
    let possible = hangs.iter().any(|m| m.possible && m.hangs.is_empty()) && evidence.is_empty();
    let strength = evidence.iter().map(|m| m.strength).min();
    let awaits = if part.untestable && part.awaits.is_empty() {
        vec!["nothing that could be observed".to_owned()]
    } else {
        part.awaits.iter().map(|p| words(s.view, p)).collect()
    };
    Judged { name: part.name.clone(), member, fate, possible, strength, evidence, hangs, awaits }
}

fn combine(parts: &[Judged]) -> Fate {
    let any = |f: Fate| parts.iter().any(|p| p.fate == f);
    let all = |f: Fate| parts.iter().all(|p| p.fate == f);
    if all(Fate::Fulfilled) {
        Fate::Fulfilled
    } else if any(Fate::Fulfilled) {
        Fate::Partly
    } else {
        [Fate::Contradicted, Fate::NotFulfilled, Fate::DuePassed, Fate::Open]
            .into_iter()
            .find(|f| any(*f))
            .unwrap_or(Fate::Untestable)
    }
}
