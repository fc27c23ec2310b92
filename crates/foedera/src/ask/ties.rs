//! `ties`: all that binds an actor, or two, by layer.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::ties::ties as mechanism;
use foedera_reason::proof::Node;
use foedera_world::terms::*;
use serde_json::json;

use crate::answer::{Found, proof_view};
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub fn ties(dossier: &Dossier, a: &str, b: Option<&str>, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let first = names::actor(world, a)?;
    let second = b.map(|b| names::actor(world, b)).transpose()?;
    let view = basis.view(world);
    let (list, loose) = mechanism(&view, first, second, basis.on);
    let mut items: Vec<_> = list
        .iter()
        .map(|t| {
            json!({
                "layer": t.layer.word(),
                "by": world.actor_key(t.by),
                "to": t.to.map(|x| world.actor_key(x)),
                "act": t.act.word(),
                "modality": t.modality.word(),
                "strength": t.strength.word(),
                "instrument": world.instrument_key(t.instrument),
                "article": t.article,
                "since": moment(t.since),
                "confidence": t.confidence.word(),
                "in_force": true,
                "says": t.proof.text,
                "proof": proof_view(world, &t.proof),
            })
        })
        .collect();
    for l in &loose {
        let since = l.since.map_or(String::new(), |s| format!(" since {}", moment(s)));
        items.push(json!({
            "layer": null,
            "instrument": world.instrument_key(l.instrument),
            "stage": l.stage.word(),
            "since": l.since.map(moment),
            "in_force": false,
            "says": format!("{}: {}{since}", world.records.instruments[l.instrument.ix()].name, l.stage),
        }));
    }
    let names = |x| world.records.actors[foedera_world::world::ActorId::ix(x)].name.clone();
    let whom = second.map_or("anyone".to_owned(), names);
    let mut proof =
        Node::new("ties", format!("{} ties of {} with {whom} in force", list.len(), names(first)));
    proof.children = list.iter().map(|t| t.proof.clone()).collect();
    let verdict = if list.iter().any(|t| t.confidence == Confidence::Certain) {
        Verdict::Yes
    } else if let Some(t) = list.first() {
        if t.confidence == Confidence::Disputed { Verdict::Disputed } else { Verdict::Possible }
    } else {
        Verdict::NotInSources
    };
    let silence = match (list.is_empty(), loose.is_empty()) {
        (false, _) => None,
        (true, false) => Some(Silence::NoneInForce),
        (true, true) => Some(Silence::NotLooked),
    };
    let found = Found {
        question: json!({ "verb": "ties", "a": world.actor_key(first), "b": second.map(|x| world.actor_key(x)) }),
        verdict,
        items,
        proof,
        assumptions: Vec::new(),
        dissent: Vec::new(),
        silence,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}
