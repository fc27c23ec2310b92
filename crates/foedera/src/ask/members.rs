//! `members`: who belongs to an organisation, bloc or class, or is party to an instrument.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::members::{Of, members as mechanism};
use foedera_reason::proof::Node;
use foedera_world::terms::*;
use foedera_world::world::Named;
use serde_json::json;

use crate::answer::{Found, proof_view};
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub fn members(dossier: &Dossier, of: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(world);
    let (what, key) = target(&view, of)?;
    let list = mechanism(&view, what, basis.on);
    let items: Vec<_> = list
        .iter()
        .map(|m| {
            json!({
                "actor": world.actor_key(m.actor),
                "name": world.records.actors[m.actor.ix()].name,
                "role": m.role.word(),
                "since": moment(m.since),
                "confidence": m.confidence.word(),
                "proof": proof_view(world, &m.proof),
            })
        })
        .collect();
    let count = |c: Confidence| list.iter().filter(|m| m.role == Role::Member && m.confidence == c).count();
    let (sure, perhaps) = (count(Confidence::Certain), count(Confidence::Possible));
    let also = if perhaps == 0 { String::new() } else { format!(", and possibly {perhaps} more") };
    let mut proof = Node::new("members", format!("{key} has {sure} members on that day{also}"));
    proof.children = list.iter().map(|m| m.proof.clone()).collect();
    let verdict = if sure > 0 {
        Verdict::Yes
    } else if perhaps > 0 {
        Verdict::Possible
    } else {
        Verdict::NotInSources
    };
    let found = Found {
        question: json!({ "verb": "members", "of": key, "count": sure, "possible": perhaps }),
        verdict,
        items,
        proof,
        assumptions: Vec::new(),
        dissent: Vec::new(),
        silence: list.is_empty().then_some(Silence::NotLooked),
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

/// An organisation with rows of its own, else the instrument of that name.
fn target(view: &foedera_world::View<'_>, of: &str) -> Result<(Of, String), AskError> {
    let world = view.world;
    let actor = world.named(of).iter().find_map(|n| match n {
        Named::Actor(a) if !view.members_of(*a).is_empty() => Some(*a),
        _ => None,
    });
    if let Some(a) = actor {
        return Ok((Of::Actor(a), world.actor_key(a).to_owned()));
    }
    let instrument = world.named(of).iter().find_map(|n| match n {
        Named::Instrument(i) => Some(*i),
        _ => None,
    });
    match instrument {
        Some(i) => Ok((Of::Instrument(i), world.instrument_key(i).to_owned())),
        None => {
            let a = names::actor(world, of)?;
            Ok((Of::Actor(a), world.actor_key(a).to_owned()))
        }
    }
}
