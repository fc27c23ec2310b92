//! `decide`: what has become of a matter: approved, pending, blocked; by whom; who is unknown.

use foedera_reason::mechanism::decide::{Decision, Position, decide as mechanism};
use foedera_world::terms::*;
use serde_json::{Value, json};

use crate::answer::{Found, proof_view};
use crate::ask::{cites_of, claim_view};
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// The smallest change that takes away what stands in the way, tried: who would have to consent, and what follows.
fn would_flip(
    dossier: &Dossier,
    matter: &str,
    d: &Decision<'_>,
    request: &BasisRequest,
) -> Result<Value, AskError> {
    let stops = |p: &&Position<'_>| {
        p.decides && !matches!(p.stance, Telling::Consents) && d.outcome != DecisionOutcome::Approved
    };
    let assume: Vec<String> = d
        .positions
        .iter()
        .filter(stops)
        .map(|p| format!("consents:{}/{matter}", dossier.world.actor_key(p.actor)))
        .collect();
    if assume.is_empty() {
        return Ok(Value::Null);
    }
    let (layered, _) = dossier.supposing(&assume, &[], request)?;
    let Some(layered) = layered else { return Ok(Value::Null) };
    let basis = Basis::resolve(&layered, request)?;
    let view = basis.view(&layered);
    let id = names::matter(&layered.world, matter)?;
    let after = mechanism(&view, id, basis.on);
    let presumed = after.assumptions.iter().map(|a| a.name).collect::<Vec<_>>();
    Ok(json!({
        "assume": assume,
        "outcome": after.outcome.word(),
        "assumptions": presumed,
        "tried": true,
        "says": after.proof.text,
    }))
}

/// Answers.
pub(super) fn decide(dossier: &Dossier, matter: &str, request: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, request)?;
    let world = &dossier.world;
    let id = names::matter(world, matter)?;
    let view = basis.view(dossier);
    let d = mechanism(&view, id, basis.on);
    let m = &world.records.matters[id.ix()];
    let position = |p: &&Position<'_>| {
        json!({
            "actor": world.actor_key(p.actor),
            "stance": p.stance.word(),
            "on": p.said.on().map(|e| e.text().to_owned()),
            "decides": p.decides,
            "says": p.said.row.says,
            "claim": p.said.row.id,
            "cites": cites_of(world, &[p.said.evidence]),
        })
    };
    let of = |stances: &[Telling], decides: bool| -> Vec<Value> {
        d.positions
            .iter()
            .filter(|p| p.decides == decides && stances.contains(&p.stance))
            .map(|p| position(&p))
            .collect()
    };
    let flip = would_flip(dossier, &m.id, &d, request)?;
    let next = match d.outcome {
        DecisionOutcome::Approved if d.settled => "carried out",
        DecisionOutcome::Approved => "carrying it out is a further act",
        _ => "nothing follows from it yet; lifting an objection decides nothing and opens nothing",
    };
    let item = json!({
        "matter": m.id,
        "name": m.name,
        "question": m.question,
        "outcome": d.outcome.word(),
        "confidence": d.confidence.word(),
        "procedure": m.procedure.word(),
        "body": m.body,
        "about": m.about,
        "blockers": of(&[Telling::Objects, Telling::WithholdsConsent], true),
        "consenting": of(&[Telling::Consents], true),
        "promising": of(&[Telling::PromisesConsent], true),
        "favouring": of(&[Telling::Favours], true),
        "doubting": of(&[Telling::Doubts, Telling::Undecided], true),
        "without_a_say": of(Telling::ALL, false),
        "unknown": d.unknown.iter().map(|a| world.actor_key(*a)).collect::<Vec<_>>(),
        "deciders": d.deciders,
        "deciders_complete": d.deciders_complete,
        "presumes": m.presumes,
        "barred_by": d.barred.iter().map(|s| claim_view(&view, s.claim)).collect::<Vec<_>>(),
        "settled": d.settled,
        "next": next,
        "would_flip": flip,
        "proof": proof_view(world, &d.proof),
    });
    let verdict = match (d.outcome, d.confidence) {
        (DecisionOutcome::Approved, Confidence::Certain) => Verdict::Yes,
        (DecisionOutcome::Approved, _) => Verdict::Possible,
        (DecisionOutcome::Undecided, _) if d.positions.iter().any(|p| p.decides) => Verdict::Possible,
        (DecisionOutcome::Undecided, _) => Verdict::NotInSources,
        _ => Verdict::No,
    };
    let silence = (verdict == Verdict::NotInSources).then(|| {
        let later =
            world.records.claims.iter().any(|c| c.tells.iter().any(|t| t.thing.as_ref() == Some(&m.id)));
        if d.told {
            Silence::NoneInForce
        } else if later {
            Silence::NotYetKnown
        } else {
            Silence::NotLooked
        }
    });
    let found = Found {
        question: json!({ "verb": "decide", "matter": m.id }),
        verdict,
        items: vec![item],
        proof: d.proof,
        assumptions: d.assumptions,
        silence,
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
