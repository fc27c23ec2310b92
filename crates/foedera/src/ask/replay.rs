//! `replay`: asks the question of an earlier answer again on the same basis and compares.

use serde_json::Value;

use crate::ask::{casus, members, search, show, status, ties, why_not};
use crate::{AskError, BasisRequest, CasusRequest, Dossier, Envelope};

/// The same question asked again: the new answer, and the fields that differ.
pub fn replay(dossier: &Dossier, earlier: &Envelope) -> Result<(Envelope, Vec<String>), AskError> {
    let b = &earlier.basis;
    let basis = BasisRequest {
        on: Some(b.on.clone()),
        known: Some(b.known.clone()),
        using: b.using.clone(),
        clearance: Some(b.clearance.clone()),
        today: b.on.clone(),
    };
    let q = &earlier.question;
    let text = |k: &str| q[k].as_str().map(str::to_owned);
    let need = |k: &str| {
        text(k).ok_or_else(|| AskError::new("bad-answer-file", format!("the question has no `{k}`")))
    };
    let list = |k: &str| -> Vec<String> {
        q[k].as_array()
            .map(|a| a.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
            .unwrap_or_default()
    };
    let request = || CasusRequest {
        attacker: list("attacker"),
        target: list("target"),
        place: text("place"),
        provoked: text("provoked").filter(|p| p != "assumed-no"),
        kind: text("kind"),
        with: list("with"),
        assume: list("assume"),
        rounds: q["rounds"].as_u64().map(|r| r as u32),
    };
    let again = match need("verb")?.as_str() {
        "casus" => casus::casus(dossier, &request(), &basis)?,
        "why-not" => why_not::why_not(dossier, &need("actor")?, &request(), &basis)?,
        "status" => status::status(dossier, &need("instrument")?, text("party").as_deref(), &basis)?,
        "ties" => ties::ties(dossier, &need("a")?, text("b").as_deref(), &basis)?,
        "members" => members::members(dossier, &need("of")?, &basis)?,
        "show" => show::show(dossier, &need("id")?, &basis)?,
        "search" => search::search(dossier, &need("words")?, &basis)?,
        other => {
            return Err(AskError::new(
                "bad-answer-file",
                format!("`{other}` is not a verb this version can replay"),
            ));
        }
    };
    let to = |e: &Envelope| serde_json::to_value(e).unwrap_or(Value::Null);
    let (old, new) = (to(earlier), to(&again));
    let mut differs = Vec::new();
    if let (Value::Object(a), Value::Object(b)) = (&old, &new) {
        for (k, v) in a {
            if b.get(k) != Some(v) {
                differs.push(k.clone());
            }
        }
    }
    Ok((again, differs))
}
