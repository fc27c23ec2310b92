//! `/api/v1/…`: every verb for programs, in the envelope every face uses.
//!
//! In: the rest of the path, the pairs of the query. Out: JSON, or an error that becomes problem details. What always holds: the
//! body is byte for byte what `foedera VERB … --format json` prints; parameters nobody takes are refused.

use foedera::{AskError, VERBS, ask, question, verb};
use serde_json::{Value, json};

use crate::asked::{Asked, wrong};
use crate::desk::Desk;
use crate::openapi;
use crate::page::Reply;

/// Answers.
pub(crate) fn answer(
    desk: &Desk,
    rest: &str,
    path: &str,
    pairs: &[(String, String)],
    today: &str,
) -> Result<Reply, AskError> {
    if matches!(rest, "openapi.json" | "schema/answer.json" | "") {
        if let Some((k, _)) = pairs.first() {
            let shown: String = k.chars().take(64).collect();
            return Err(wrong("unknown-parameter", format!("`{path}` takes no `{shown}`"), None));
        }
        return Ok(json_file(&match rest {
            "openapi.json" => openapi::document(),
            "schema/answer.json" => foedera::answer_schema(),
            _ => index(),
        }));
    }
    let Some(verb) = verb(rest) else {
        let all: Vec<&str> = VERBS.iter().map(|v| v.name).collect();
        let shown: String = rest.chars().take(64).collect();
        return Err(wrong(
            "unknown-verb",
            format!("`{shown}` is no verb"),
            Some(format!("expected one of {}; the contract is at /api/v1/openapi.json", all.join(", "))),
        ));
    };
    let fields: Vec<&str> = verb.fields.iter().map(|f| f.name).collect();
    let asked = Asked::new(path, pairs, &fields, today);
    if let Some(fault) = asked.fault {
        return Err(fault);
    }
    let envelope = ask(&desk.dossier, &question(verb.name, &asked.fields)?, &asked.basis)?;
    let value = serde_json::to_value(&envelope)
        .map_err(|e| wrong("internal", format!("the answer cannot be written: {e}"), None))?;
    Ok(json_file(&value))
}

fn index() -> Value {
    let verbs: Vec<Value> = VERBS
        .iter()
        .map(|v| json!({ "verb": v.name, "says": v.says, "href": format!("/api/v1/{}", v.name) }))
        .collect();
    json!({ "openapi": "/api/v1/openapi.json", "answer_schema": "/api/v1/schema/answer.json", "verbs": verbs })
}

/// JSON as the command line prints it.
pub(crate) fn json_file(value: &Value) -> Reply {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    Reply::file("application/json", None, text)
}
