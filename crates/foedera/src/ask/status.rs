//! `status`: what has become of an instrument, or of one party under it.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::status::status as mechanism;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use serde_json::json;

use crate::answer::Found;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub fn status(
    dossier: &Dossier,
    instrument: &str,
    party: Option<&str>,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let id = names::instrument(world, instrument)?;
    let who = party.map(|p| names::actor(world, p)).transpose()?;
    let view = basis.view(world);
    let s = mechanism(&view, id, who, basis.on);
    let ins = &world.records.instruments[id.ix()];
    let verdict = match (s.stage, s.confidence) {
        (Stage::None, _) => Verdict::NotInSources,
        (Stage::InForce | Stage::UnderNotice | Stage::Provisional, Confidence::Certain) => Verdict::Yes,
        (Stage::InForce | Stage::UnderNotice | Stage::Provisional, _) => Verdict::Possible,
        _ => Verdict::No,
    };
    let item = json!({
        "instrument": ins.id,
        "name": ins.name,
        "kind": ins.kind.word(),
        "binding": ins.binding,
        "party": who.map(|p| world.actor_key(p)),
        "stage": s.stage.word(),
        "since": s.since.map(moment),
        "confidence": s.confidence.word(),
        "version": s.version,
        "lifted": s.lifted,
        "history": s.history.iter().map(|h| json!({
            "act": h.act.word(), "on": moment(h.on), "effective": moment(h.effective), "by": h.by,
        })).collect::<Vec<_>>(),
        "next": s.next.iter().map(|(m, t)| json!({ "on": moment(*m), "what": t })).collect::<Vec<_>>(),
        "supersession": s.chain.iter().map(|(i, m, newer)| json!({
            "instrument": world.instrument_key(*i), "on": moment(*m), "replaces": !newer,
        })).collect::<Vec<_>>(),
        "parties": s.parties.iter().map(|(a, tv)| json!({
            "actor": world.actor_key(*a), "confidence": if *tv == Tv::Certain { "certain" } else { "possible" },
        })).collect::<Vec<_>>(),
        "parties_complete": ins.parties_complete.as_ref().map(|e| e.text().to_owned()),
        "rivals": rivals(world, &ins.id),
    });
    let silence = (s.stage == Stage::None).then(|| {
        let acts = world.records.instruments[id.ix()].action.len();
        if acts == 0 { Silence::NotLooked } else { Silence::NotYetKnown }
    });
    let found = Found {
        question: json!({ "verb": "status", "instrument": ins.id, "party": who.map(|p| world.actor_key(p)) }),
        verdict,
        items: vec![item],
        proof: s.proof,
        assumptions: Vec::new(),
        dissent: rivals(world, &ins.id),
        silence,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

/// Rival values of a thing's fields, told.
pub(crate) fn rivals(world: &foedera_world::World, key: &str) -> Vec<String> {
    world
        .records
        .rivals
        .iter()
        .filter(|r| r.of == key)
        .map(|r| {
            let cites: Vec<&str> = r.row.cite.iter().map(|c| c.source.as_str()).collect();
            format!(
                "{}: another value is `{}` ({}; {}; {})",
                r.field,
                r.value,
                r.rank,
                r.reason,
                cites.join(", ")
            )
        })
        .collect()
}
