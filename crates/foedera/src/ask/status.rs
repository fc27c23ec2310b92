//! `status`: what has become of an instrument, or of one party under it.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::facility::facility as facility_life;
use foedera_reason::mechanism::status::status as mechanism;
use foedera_reason::proof::Node;
use foedera_reason::told;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::world::{SourceId, ThingId};
use serde_json::json;

use crate::answer::Found;
use crate::ask::{cites_of, claim_view};
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub(super) fn status(
    dossier: &Dossier,
    instrument: &str,
    party: Option<&str>,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let id = match names::instrument(world, instrument) {
        Ok(id) => id,
        Err(e) => {
            return match names::thing(world, instrument, names::Want::Facility) {
                Ok(t) => Ok(facility(&basis.view(dossier), t, basis)),
                Err(_) => Err(e),
            };
        }
    };
    let who = party.map(|p| names::actor(world, p)).transpose()?;
    let view = basis.view(dossier);
    let s = mechanism(&view, id, who, basis.on);
    let ins = &world.records.instruments[id.ix()];
    // A source that says so, or a complete list without it, makes *not a party* a plain no.
    let outside = who.filter(|_| s.stage == Stage::None).and_then(|w| {
        let told = view.outsider_on(id, w, basis.on);
        let complete = view.parties_complete_on(id, basis.on);
        told.or(complete.then(|| world.instrument_evidence(id)))
    });
    let mut proof = s.proof;
    let assumptions = proof.children.iter().filter_map(|n| n.assumption.clone()).collect();
    if let (Some(row), Some(w)) = (outside, who) {
        let name = &world.records.actors[w.ix()].name;
        proof = Node::new("status", format!("{name} is not a party to {}", ins.name));
        proof.children.push(Node::new("not-a-party", format!("{name} is not bound")).on(row));
    }
    let verdict = match (s.stage, s.confidence) {
        (Stage::None, _) if outside.is_some() => Verdict::No,
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
    let silence = (s.stage == Stage::None && outside.is_none()).then(|| {
        let acts = world.records.instruments[id.ix()].action.len();
        if acts == 0 { Silence::NotLooked } else { Silence::NotYetKnown }
    });
    let found = Found {
        answer: String::new(),
        gates: Vec::new(),
        question: json!({ "verb": "status", "instrument": ins.id, "party": who.map(|p| world.actor_key(p)) }),
        verdict,
        items: vec![item],
        proof,
        assumptions,
        dissent: rivals(world, &ins.id),
        silence,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

/// What has become of a facility.
fn facility(view: &foedera_world::View<'_>, id: ThingId, basis: Basis) -> Envelope {
    let world = view.world;
    let t = &world.records.things[id.ix()];
    let life = facility_life(view, id, basis.on);
    let source = |s: SourceId| world.records.sources[s.ix()].id.clone();
    let last = life.last.map(|(s, later)| {
        let note = match later {
            0 => String::new(),
            n => format!(
                "not mentioned since {} by {n} later sources of its kind; that is not a denial",
                source(s)
            ),
        };
        json!({ "source": source(s), "later_sources_silent": later, "says": note })
    });
    let item = json!({
        "facility": t.id,
        "name": t.name,
        "of": t.of,
        "place": t.place,
        "stage": life.stage.word(),
        "since": life.since.map(moment),
        "confidence": life.confidence.word(),
        "contrary": life.contrary.iter().map(|s| claim_view(view, s.claim)).collect::<Vec<_>>(),
        "last_mentioned": last,
        "history": life.proof.children.iter().map(|c| json!({ "act": c.rule, "says": c.text, "cites": cites_of(world, &c.evidence) })).collect::<Vec<_>>(),
    });
    let verdict = match (life.stage, life.confidence) {
        (FacilityStage::None, _) if !life.opens_later => Verdict::NotInSources,
        (FacilityStage::Open, Confidence::Certain) => Verdict::Yes,
        (FacilityStage::Open, _) => Verdict::Possible,
        _ => Verdict::No,
    };
    let mut dissent: Vec<String> = life
        .contrary
        .iter()
        .map(|s| match told::aside(view, s.claim) {
            Some(c) => {
                let by = &world.records.conflicts[c.ix()].id;
                format!("{} says otherwise and is set aside by {by}: {}", s.row.id, s.row.says)
            }
            None => format!("{} ({}, which shows no act): {}", s.row.id, s.row.mode, s.row.says),
        })
        .collect();
    if let Some((s, n)) = life.last.filter(|l| l.1 > 0) {
        dissent.push(format!(
            "not mentioned since {}: {n} later sources are silent, which is not a denial",
            source(s)
        ));
    }
    let found = Found {
        question: json!({ "verb": "status", "instrument": t.id, "party": null }),
        verdict,
        items: vec![item],
        proof: life.proof,
        dissent,
        silence: (verdict == Verdict::NotInSources).then_some(Silence::NotYetKnown),
        ..Found::default()
    };
    Envelope::new(world, basis, found)
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
