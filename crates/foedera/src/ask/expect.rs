//! `expect`: the ledger: what became of what was expected, as known, part by part; scores per source.

use std::collections::BTreeMap;

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::expect::{Ledger, expectation, ledger};
use foedera_reason::proof::{Node, counted};
use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::world::Named;
use serde_json::{Value, json};

use crate::answer::{Found, proof_view};
use crate::ask::casus::facts;
use crate::ask::{cites_of, claim_view, match_view};
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
pub(super) fn expect(
    dossier: &Dossier,
    ids: &[String],
    by: Option<&str>,
    assume: &[String],
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let assumed = facts(world, assume)?;
    let view = basis.view(dossier);
    let source = match by.map(|b| names::one(world, b, Want::Source)).transpose()? {
        None => None,
        Some(Named::Source(s)) => Some(s),
        Some(_) => {
            let message = format!("`{}` is not a source", by.unwrap_or_default());
            return Err(
                AskError::new("unknown-name", message).help("`--by s1` names a source of the dossier")
            );
        }
    };
    let mut entries: Vec<Ledger<'_>> = Vec::new();
    if ids.is_empty() {
        entries = ledger(&view, &assumed);
    }
    for id in ids {
        let c = names::claim(world, id)?;
        // A claim judged together with another is answered by that one.
        let whole =
            world.records.claims.iter().find(|x| {
                x.expects.as_ref().is_some_and(|e| e.also.contains(&world.records.claims[c.ix()].id))
            });
        let c = whole.and_then(|x| world.claim(&x.id)).unwrap_or(c);
        match expectation(&view, c, &assumed) {
            Some(l) => entries.push(l),
            None => {
                let message = format!("`{id}` expects nothing that is held as data");
                return Err(AskError::new("not-an-expectation", message)
                    .help(format!("`foedera show {id}` tells what it says")));
            }
        }
    }
    if let Some(s) = source {
        entries.retain(|l| world.evidence[world.claim_evidence(l.claim).ix()].cites.iter().any(|c| c.0 == s));
    }
    let mut items: Vec<Value> = entries.iter().map(|l| entry(&view, l)).collect();
    if ids.is_empty() {
        items.extend(scores(&view, &entries));
    }
    let count = |f: Fate| entries.iter().filter(|l| l.fate == f).count();
    let told: Vec<String> =
        Fate::ALL.iter().filter(|f| count(**f) > 0).map(|f| format!("{} {f}", count(*f))).collect();
    let (proof, answer, verdict) = match entries.as_slice() {
        [one] => {
            let verdict = match (one.fate, one.confidence) {
                (Fate::Fulfilled, Confidence::Certain) => Verdict::Yes,
                (Fate::NotFulfilled | Fate::Contradicted, Confidence::Certain) => Verdict::No,
                (Fate::NotYetUttered, _) => Verdict::NotInSources,
                (Fate::Open | Fate::DuePassed, Confidence::Possible) => Verdict::Possible,
                (Fate::Fulfilled | Fate::NotFulfilled | Fate::Contradicted | Fate::Partly, _) => {
                    Verdict::Possible
                }
                _ => Verdict::NotInSources,
            };
            (one.proof.clone(), String::new(), verdict)
        }
        _ => {
            let fates = if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) };
            let number = counted(entries.len(), "expectation", "expectations");
            let mut proof = Node::new("expect", format!("{number}{fates}"));
            proof.children = entries.iter().map(|l| l.proof.clone()).collect();
            let verdict = if entries.is_empty() { Verdict::NotInSources } else { Verdict::Yes };
            (proof, String::new(), verdict)
        }
    };
    let silence = (verdict == Verdict::NotInSources).then(|| match entries.first().map(|l| l.fate) {
        Some(Fate::NotYetUttered) => Silence::NotYetKnown,
        _ => Silence::NotLooked,
    });
    let mut assumptions: Vec<_> = entries.iter().flat_map(|l| l.assumptions.iter().cloned()).collect();
    assumptions.sort();
    assumptions.dedup();
    let ids: Vec<&str> =
        if ids.is_empty() { Vec::new() } else { entries.iter().map(|l| l.row.id.as_str()).collect() };
    let found = Found {
        question: json!({
            "verb": "expect", "ids": ids, "by": source.map(|s| world.records.sources[s.ix()].id.clone()),
        }),
        verdict,
        answer,
        items,
        proof,
        assumptions,
        silence,
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}

fn entry(view: &View<'_>, l: &Ledger<'_>) -> Value {
    let world = view.world;
    let parts: Vec<Value> = l
        .parts
        .iter()
        .map(|p| {
            json!({
                "name": p.name,
                "member": p.member.map(|a| world.actor_key(a)),
                "verdict": p.fate.word(),
                "strength": p.strength.map(Bearing::word),
                "awaits": p.awaits,
                "evidence": p.evidence.iter().map(|e| match_view(view, e)).collect::<Vec<_>>(),
                "hangs_on": p.hangs.iter().map(|e| match_view(view, e)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut v = json!({
        "id": l.row.id,
        "says": l.row.says,
        "verdict": l.fate.word(),
        "evidence_strength": l.strength.map(Bearing::word),
        "confidence": l.confidence.word(),
        "uttered": if l.seen == Tv::Not { Value::Null } else { json!(moment(l.uttered)) },
        "uttered_by_then": match l.seen { Tv::Certain => "yes", Tv::Possible => "possible", Tv::Not => "no" },
        "due": l.expects.due.as_ref().map(|d| d.text().to_owned()),
        "firmness": l.expects.strength.word(),
        "negated": l.expects.negated,
        "also": l.expects.also,
        "parts": parts,
        "related": l.related.iter().map(|e| match_view(view, e)).collect::<Vec<_>>(),
        "premises": premises(l),
        "cites": cites_of(world, &[world.claim_evidence(l.claim)]),
        "proof": proof_view(world, &l.proof),
    });
    // What was not uttered by then is not told.
    if l.seen == Tv::Not {
        v["says"] = Value::Null;
    } else {
        let c = claim_view(view, l.claim);
        for k in ["mode", "by", "holder", "likelihood"] {
            v[k] = c[k].clone();
        }
    }
    v
}

/// What the verdict takes as given: premises assumed and premises known.
fn premises(l: &Ledger<'_>) -> Vec<String> {
    let mut out: Vec<String> = l.assumptions.iter().map(|a| a.text.clone()).collect();
    for given in l.parts.iter().flat_map(|p| &p.evidence).flat_map(|e| &e.given) {
        if !out.contains(given) {
            out.push(given.clone());
        }
    }
    out
}

/// How each source's expectations fared, with the open and void ones beside any share.
fn scores(view: &View<'_>, entries: &[Ledger<'_>]) -> Vec<Value> {
    let world = view.world;
    let mut by: BTreeMap<&str, BTreeMap<Fate, usize>> = BTreeMap::new();
    for l in entries.iter().filter(|l| l.fate != Fate::NotYetUttered) {
        let mut seen: Vec<&str> = Vec::new();
        for (s, _) in &world.evidence[world.claim_evidence(l.claim).ix()].cites {
            let id = world.records.sources[s.ix()].id.as_str();
            if !seen.contains(&id) && world.source_visible(*s, &view.knowledge) != Tv::Not {
                seen.push(id);
                *by.entry(id).or_default().entry(l.fate).or_default() += 1;
            }
        }
    }
    by.into_iter()
        .map(|(source, fates)| {
            let n = |f: Fate| fates.get(&f).copied().unwrap_or(0);
            let decided = n(Fate::Fulfilled) + n(Fate::Partly) + n(Fate::NotFulfilled) + n(Fate::Contradicted);
            let total: usize = fates.values().sum();
            json!({
                "score": source,
                "expectations": total,
                "decided": decided,
                "fulfilled": n(Fate::Fulfilled),
                "partly": n(Fate::Partly),
                "not_fulfilled": n(Fate::NotFulfilled),
                "contradicted": n(Fate::Contradicted),
                "due_passed_without_evidence": n(Fate::DuePassed),
                "open": n(Fate::Open),
                "untestable": n(Fate::Untestable),
                "says": format!(
                    "{source}: {} of {decided} decided came true; {} open, {} past due without evidence, {} void, of {total}",
                    n(Fate::Fulfilled), n(Fate::Open), n(Fate::DuePassed), n(Fate::Untestable)
                ),
            })
        })
        .collect()
}
