//! `members`: who belongs to an organisation, bloc or class, or is party to an instrument.

use foedera_reason::mechanism::casus::moment;
use foedera_reason::mechanism::members::{Of, members as mechanism};
use foedera_reason::proof::{Node, counted};
use foedera_reason::told;
use foedera_world::View;
use foedera_world::record::ThingDetail;
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment, Tv};
use foedera_world::world::{Named, OfficeId};
use serde_json::{Value, json};

use crate::answer::{Found, proof_view};
use crate::ask::cites_of;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers.
pub(super) fn members(dossier: &Dossier, of: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    if let Some(Named::Office(o)) = world.named(of).iter().find(|n| matches!(n, Named::Office(_))) {
        return Ok(holders(&view, *o, basis));
    }
    let (what, key) = target(&view, of)?;
    let list = mechanism(&view, what, basis.on);
    let items: Vec<Value> = list
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
    let stated = stated(&view, &key, basis.on);
    let mut items: Vec<Value> = items;
    for s in &stated {
        let value = s.tells.value.as_deref().and_then(told::number);
        items.push(json!({
            "stated": value, "says": s.row.says, "claim": s.row.id, "mode": s.row.mode.word(),
            "agrees": value.map(|v| v == sure as f64), "cites": cites_of(world, &[s.evidence]),
        }));
    }
    let differ = stated
        .iter()
        .find(|s| s.tells.value.as_deref().and_then(told::number).is_some_and(|v| v != sure as f64));
    let dissent = differ
        .map(|s| format!("a source counts otherwise: {} ({})", s.row.says, s.row.id))
        .into_iter()
        .collect();
    let also = if perhaps == 0 { String::new() } else { format!(", and possibly {perhaps} more") };
    let complete = match what {
        Of::Actor(a) => view.members_complete(a),
        Of::Instrument(i) => view.parties_complete(i),
    };
    let whole = complete.is_some_and(|c| c.earliest >= basis.on.latest);
    let (name, on) = (world.name_of(&key), &basis.echo.on);
    let count_told = stated.iter().find_map(|s| s.tells.value.as_deref().and_then(told::number));
    let members = counted(sure, "member", "members");
    let text = match (whole, count_told) {
        (true, Some(n)) if n == sure as f64 => {
            format!("{name} has {members} on {on}{also}, as sources count too")
        }
        (true, _) => format!("{name} has {members} on {on}{also}"),
        (false, Some(n)) => {
            format!("{name} has {n} members on {on} as sources count them; they name {sure}{also}")
        }
        (false, None) => {
            format!("{name} has {members} on {on} that the sources name{also}; the list is open")
        }
    };
    let mut proof = Node::new("members", text);
    proof.children = list.iter().map(|m| m.proof.clone()).collect();
    for s in &stated {
        proof.children.push(Node::new("stated", s.row.says.clone()).on(s.evidence));
    }
    let verdict = if sure > 0 {
        Verdict::Yes
    } else if perhaps > 0 {
        Verdict::Possible
    } else {
        Verdict::NotInSources
    };
    let found = Found {
        answer: String::new(),
        gates: Vec::new(),
        question: json!({ "verb": "members", "of": key, "count": sure, "possible": perhaps }),
        verdict,
        items,
        proof,
        assumptions: Vec::new(),
        dissent,
        silence: list
            .is_empty()
            .then(|| basis.silence(dossier, |later| !mechanism(later, what, basis.on).is_empty())),
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

/// What sources count the members at, on that day.
fn stated<'w>(view: &View<'w>, of: &str, on: Moment) -> Vec<told::Said<'w>> {
    let world = view.world;
    told::said(view)
        .filter(|s| s.tells.what == Telling::Measures && s.counts(view))
        .filter(|s| {
            let thing =
                s.tells.thing.as_ref().and_then(|k| world.thing(k)).map(|t| &world.records.things[t.ix()]);
            thing.is_some_and(|t| {
                let count = matches!(t.detail, ThingDetail::Measure { kind: MeasureKind::Count, .. });
                count && t.id == format!("{of}-member-count")
            })
        })
        .filter(|s| {
            let at = s.tells.as_of.as_ref().map_or(s.moment(), Edtf::moment);
            at.earliest <= on.latest && on.earliest <= at.latest
        })
        .collect()
}

/// Who holds an office on the day.
fn holders(view: &View<'_>, office: OfficeId, basis: Basis) -> Envelope {
    let world = view.world;
    let o = &world.records.offices[office.ix()];
    let list = view.holders_of(office, basis.on);
    let items = list
        .iter()
        .map(|(a, period, tv, row)| {
            json!({
                "actor": world.actor_key(*a), "name": world.records.actors[a.ix()].name, "role": "holder",
                "office": o.id, "since": moment(period.begin),
                "confidence": if *tv == Tv::Certain { "certain" } else { "possible" },
                "cites": cites_of(world, &[*row]),
            })
        })
        .collect();
    let names: Vec<&str> = list.iter().map(|(a, ..)| world.records.actors[a.ix()].name.as_str()).collect();
    let text = match names.as_slice() {
        [] => format!("who held the office of {} on that day is not in the sources", o.name),
        names => format!("{}: {}", o.name, names.join(", ")),
    };
    let mut proof = Node::new("office", text);
    proof.children = list
        .iter()
        .map(|(a, period, _, row)| {
            let name = &world.records.actors[a.ix()].name;
            Node::new("holder", format!("{name}, shown in office from {}", moment(period.begin))).on(*row)
        })
        .collect();
    let verdict = match list.iter().map(|l| l.2).max() {
        None => Verdict::NotInSources,
        Some(Tv::Certain) => Verdict::Yes,
        Some(_) => Verdict::Possible,
    };
    let found = Found {
        question: json!({ "verb": "members", "of": o.id, "count": list.len(), "possible": 0 }),
        verdict,
        items,
        proof,
        silence: list.is_empty().then_some(Silence::NotLooked),
        ..Found::default()
    };
    Envelope::new(world, basis, found)
}

/// An organisation with rows of its own, else the instrument of that name.
fn target(view: &foedera_world::View<'_>, of: &str) -> Result<(Of, String), AskError> {
    let world = view.world;
    let actor = world.named(of).iter().find_map(|n| match n {
        Named::Actor(a) if !view.members_of(*a).is_empty() || view.constituent(*a).is_some() => Some(*a),
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
