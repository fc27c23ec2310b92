//! `timeline`: acts, memberships, offices and events in order, each with its bounds.

use foedera_reason::mechanism::timeline::timeline as mechanism;
use foedera_reason::proof::Node;
use foedera_world::terms::*;
use foedera_world::time::Moment;
use serde_json::json;

use crate::answer::Found;
use crate::ask::cites_of;
use crate::basis::{Basis, moment};
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
pub(super) fn timeline(
    dossier: &Dossier,
    ids: &[String],
    from: Option<&str>,
    to: Option<&str>,
    request: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, request)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let keys = ids
        .iter()
        .map(|i| names::one(world, i, Want::Any).map(|n| names::key(world, n).to_owned()))
        .collect::<Result<Vec<_>, _>>()?;
    let bound = |flag: &str, text: Option<&str>, open: Moment| match text {
        None => Ok(open),
        Some(t) => moment(flag, t, &request.today),
    };
    let (begin, end) = (bound("--from", from, Moment::OPEN_START)?, bound("--to", to, Moment::OPEN_END)?);
    let entries = mechanism(&view, &keys, begin, end);
    let items: Vec<_> = entries
        .iter()
        .map(|e| {
            json!({
                "on": e.written.clone().unwrap_or_else(|| foedera_reason::mechanism::casus::moment(e.on)),
                "earliest": e.on.earliest.to_string(),
                "latest": e.on.latest.to_string(),
                "kind": e.kind,
                "id": e.id,
                "says": e.text,
                "mode": e.mode.map(Mode::word),
                "confidence": if e.possible { "possible" } else { "certain" },
                "cites": cites_of(world, &[e.evidence]),
            })
        })
        .collect();
    let of: Vec<&str> = keys.iter().map(|k| world.name_of(k)).collect();
    let of = if of.is_empty() { "everything".to_owned() } else { of.join(", ") };
    let text = match (entries.first(), entries.last()) {
        (Some(a), Some(b)) => format!(
            "{} dated entries on {of}, from {} to {}",
            entries.len(),
            foedera_reason::mechanism::casus::moment(a.on),
            foedera_reason::mechanism::casus::moment(b.on)
        ),
        _ => format!("nothing dated is told of {of}"),
    };
    let proof = Node::new("timeline", text);
    let empty = items.is_empty();
    let silence =
        empty.then(|| basis.silence(dossier, |later| !mechanism(later, &keys, begin, end).is_empty()));
    let found = Found {
        question: json!({ "verb": "timeline", "ids": keys, "from": from, "to": to }),
        verdict: if empty { Verdict::NotInSources } else { Verdict::Yes },
        items,
        proof,
        silence,
        cited: entries.iter().map(|e| e.evidence).collect(),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
