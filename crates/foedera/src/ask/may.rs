//! `may`: may A pass protected information, admit forces, transfer arms to B?

use foedera_reason::mechanism::casus::{fact_words, moment};
use foedera_reason::mechanism::may::{Deed, Question, may as mechanism};
use foedera_reason::proof::Node;
use foedera_world::terms::*;
use serde_json::json;

use crate::answer::{Found, proof_view};
use crate::ask::casus::facts;
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
#[allow(clippy::too_many_arguments, reason = "the arguments of the verb, one by one")]
pub(super) fn may(
    dossier: &Dossier,
    deed: &str,
    from: &str,
    to: &str,
    class: Option<&str>,
    onward: Option<&str>,
    assume: &[String],
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let kind = match deed {
        "inform" => Deed::Inform,
        "admit" => Deed::Admit,
        "transfer" => Deed::Transfer,
        other => {
            return Err(AskError::new(
                "unknown-word",
                format!("`{other}` is not one of inform, admit, transfer"),
            ));
        }
    };
    let assumed = facts(world, assume)?;
    let q = Question {
        deed: kind,
        from: names::actor(world, from)?,
        to: names::actor(world, to)?,
        class: class.map(|c| names::thing(world, c, Want::Domain)).transpose()?,
        onward: onward.map(|o| names::actor(world, o)).transpose()?,
        on: basis.on,
        facts: &assumed,
    };
    if q.from == q.to {
        let message = format!("`{}` stands on both sides", world.actor_key(q.from));
        return Err(AskError::new("incomplete-question", message).help("name two: --from JPN --to nato"));
    }
    let view = basis.view(dossier);
    let a = mechanism(&view, &q);
    let items = a
        .bases
        .iter()
        .map(|b| {
            json!({
                "effect": b.effect.word(),
                "instrument": b.instrument.map(|i| world.instrument_key(i)),
                "claim": b.claim.map(|c| world.records.claims[c.ix()].id.clone()),
                "article": b.article,
                "act": b.act.map(Act::word),
                "modality": b.modality.map(Modality::word),
                "layer": b.modality.map(|m| m.layer().word()),
                "since": b.since.map(moment),
                "classes": b.classes,
                "onward": b.onward.map_or("not-stated", Onward::word),
                "open": b.open.iter().map(|f| fact_words(&view, f)).collect::<Vec<_>>(),
                "confidence": b.confidence.word(),
                "says": b.proof.text,
                "proof": proof_view(world, &b.proof),
            })
        })
        .collect();
    let mut proof = Node::new("may", a.text.clone());
    proof.children = a.bases.iter().map(|b| b.proof.clone()).collect();
    let found = Found {
        question: json!({
            "verb": "may", "deed": deed, "from": world.actor_key(q.from), "to": world.actor_key(q.to),
            "class": q.class.map(|c| world.records.things[c.ix()].id.clone()),
            "onward": q.onward.map(|o| world.actor_key(o)),
        }),
        verdict: a.verdict,
        items,
        proof,
        silence: a.silence,
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
