//! `ties`: all that binds an actor, or two, by layer.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::ties::ties as mechanism;
use foedera_reason::proof::{Node, counted};
use foedera_reason::told::{self, Said};
use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Moment;
use foedera_world::world::ActorId;
use serde_json::json;

use crate::answer::{Found, proof_view};
use crate::ask::cites_of;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub(super) fn ties(
    dossier: &Dossier,
    a: &str,
    b: Option<&str>,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let first = names::actor(world, a)?;
    let second = b.map(|b| names::actor(world, b)).transpose()?;
    let view = basis.view(dossier);
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
    let beside = beside(&view, first, second, basis.on);
    let practised = beside.iter().filter(|s| s.layer == Some(Layer::Practice) || s.says == "allied").count();
    for b in &beside {
        items.push(json!({
            "layer": b.layer.map(Layer::word),
            "limit": b.layer.is_none() && b.says == "limit",
            "allied": b.says == "allied",
            "by": b.by.map(|x| world.actor_key(x)),
            "to": b.to.map(|x| world.actor_key(x)),
            "act": b.said.tells.what.word(),
            "claim": b.said.row.id,
            "domain": b.said.tells.domain,
            "since": b.said.on().map(|e| e.text().to_owned()),
            "mode": b.said.row.mode.word(),
            "confidence": if b.said.seen == foedera_world::time::Tv::Certain { "certain" } else { "possible" },
            "in_force": null,
            "says": b.said.row.says,
            "cites": cites_of(world, &[b.said.evidence]),
        }));
    }
    let names = |x| world.records.actors[foedera_world::world::ActorId::ix(x)].name.clone();
    let whom = second.map_or("anyone".to_owned(), names);
    let mut proof = Node::new(
        "ties",
        format!("{} of {} with {whom} in force", counted(list.len(), "tie", "ties"), names(first)),
    );
    proof.children = list.iter().map(|t| t.proof.clone()).collect();
    if practised > 0 {
        proof.text = format!(
            "{}; {practised} more told as practice or alliance, which bind nobody by themselves",
            proof.text
        );
    }
    proof.children.extend(beside.iter().map(|b| {
        let layer = b.layer.map_or(b.says, Layer::word);
        Node::new(layer, b.said.row.says.clone()).on(b.said.evidence)
    }));
    let verdict = if list.iter().any(|t| t.confidence == Confidence::Certain) {
        Verdict::Yes
    } else if let Some(t) = list.first() {
        if t.confidence == Confidence::Disputed { Verdict::Disputed } else { Verdict::Possible }
    } else if practised > 0 {
        Verdict::Yes
    } else {
        Verdict::NotInSources
    };
    let silence = match (list.is_empty() && practised == 0, loose.is_empty()) {
        (false, _) => None,
        (true, false) => Some(Silence::NoneInForce),
        (true, true) => Some(basis.silence(dossier, |later| {
            let (list, loose) = mechanism(later, first, second, basis.on);
            !list.is_empty() || !loose.is_empty() || !self::beside(later, first, second, basis.on).is_empty()
        })),
    };
    let found = Found {
        answer: String::new(),
        gates: Vec::new(),
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

/// What is told beside commitments: practice, what is expected or planned, an alliance whose terms are not told, limits.
struct Beside<'w> {
    layer: Option<Layer>,
    says: &'static str,
    by: Option<ActorId>,
    to: Option<ActorId>,
    said: Said<'w>,
}

fn beside<'w>(view: &View<'w>, a: ActorId, b: Option<ActorId>, on: Moment) -> Vec<Beside<'w>> {
    let mut out = Vec::new();
    for said in told::said(view) {
        let practice = matches!(
            said.tells.what,
            Telling::Seconded
                | Telling::Exercised
                | Telling::Operated
                | Telling::Cooperates
                | Telling::Supplied
        );
        let allied = said.tells.what == Telling::Allied;
        let limit = matches!(said.tells.what, Telling::Cannot | Telling::Limits);
        let early = said.moment().earliest > on.latest;
        if !(practice || allied || limit) || early || told::aside(view, said.claim).is_some() {
            continue;
        }
        let (who, whom) = (said.who(view), said.whom(view));
        let sides: Vec<ActorId> = who.iter().chain(&whom).copied().collect();
        let touches = sides.contains(&a)
            && match b {
                Some(b) => sides.contains(&b),
                None => whom.iter().any(|x| *x != a) || who.iter().any(|x| *x != a) || limit,
            };
        if !touches {
            continue;
        }
        let (layer, says) = match (said.row.mode, limit, allied) {
            (Mode::Denied, ..) => continue,
            (_, true, _) => (None, "limit"),
            (Mode::Judged, ..) => continue,
            (Mode::Planned | Mode::Expected, ..) => (Some(Layer::Expectation), "expected"),
            (_, _, true) => (None, "allied"),
            _ => (Some(Layer::Practice), "practice"),
        };
        let one = |list: &[ActorId], others: &[ActorId]| -> Option<ActorId> {
            list.iter()
                .find(|x| Some(**x) == b || **x == a)
                .or(list.first())
                .copied()
                .filter(|x| !others.contains(x) || others.is_empty())
        };
        let by = one(&who, &[]);
        let to = one(&whom, &[])
            .or_else(|| who.iter().find(|x| Some(**x) != by && (Some(**x) == b || **x == a)).copied());
        out.push(Beside { layer, says, by, to, said });
    }
    out
}
