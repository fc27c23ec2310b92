//! What cannot be answered, told to people as a page and to programs as problem details (RFC 9457).
//!
//! In: an [`AskError`]. Out: a part of a page that says what was found, what was expected and offers the repair as a link; or
//! JSON. What always holds: the form stays as it was filled in; nothing is guessed.

use foedera::AskError;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::{Asked, BASIS};

/// The HTTP status of a refusal.
pub(crate) fn status(e: &AskError) -> u16 {
    match e.code {
        "not-found" | "unknown-verb" => 404,
        "too-long" => 414,
        "foreign-host" | "foreign-origin" => 403,
        "unknown-source" | "unknown-proposal" => 404,
        "method" => 405,
        "internal" => 500,
        _ => 400,
    }
}

/// As problem details.
pub(crate) fn problem(e: &AskError, instance: &str) -> Value {
    let status = status(e);
    let mut out = json!({
        "type": format!("urn:foedera:problem:{}", e.code),
        "title": title(e.code),
        "status": status,
        "code": e.code,
        "detail": e.message,
        "instance": instance,
    });
    if let Some(help) = &e.help {
        out["help"] = json!(help);
    }
    out
}

/// A code in words.
fn title(code: &str) -> String {
    let words = code.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// As part of a page: what, why, what to do.
pub(crate) fn shown(asked: &Asked, e: &AskError) -> Markup {
    let repairs = repairs(asked, e);
    html! {
        section.refusal data-code=(e.code) role="alert" {
            h1 { "This cannot be answered as asked" }
            p { (said(&e.message)) }
            @if let Some(help) = &e.help { p.help { (said(help)) } }
            @if !repairs.is_empty() {
                ul.repairs { @for (name, address) in &repairs { li { a href=(address) { "Ask with " (name) } } } }
            }
        }
    }
}

/// The façade writes for a terminal: options lose their dashes, back-ticks become quotation marks.
fn said(text: &str) -> String {
    let plain = text
        .replace("--from-", "from_")
        .replace("--to-", "to_")
        .replace("--", "")
        .replace("`foedera search WORDS`", "Search");
    let mut out = String::new();
    for (n, part) in plain.split('`').enumerate() {
        if n > 0 {
            out.push(if n % 2 == 1 { '“' } else { '”' });
        }
        out.push_str(part);
    }
    let mut chars = out.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// What the help proposes, as addresses: each quoted proposal put where the fault is.
fn repairs(asked: &Asked, e: &AskError) -> Vec<(String, String)> {
    let quoted =
        |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let field = || -> Option<(String, String)> {
        if let Some((flag, _)) = e.message.strip_prefix("--").and_then(|m| m.split_once(':')) {
            let name = flag.replace('-', "_");
            let value = match name.as_str() {
                "on" => asked.basis.on.clone(),
                "known" => asked.basis.known.clone(),
                _ => Some(asked.get(&name).to_owned()),
            };
            return Some((name, value.unwrap_or_default()));
        }
        let wrong = quoted(&e.message);
        let given = asked.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        let hit =
            given.flat_map(|(k, v)| v.split(',').map(move |p| (k, v, p.trim()))).find(|(_, _, part)| {
                let cut: String = part.chars().take(64).collect();
                wrong.contains(&cut)
            });
        hit.map(|(k, v, _)| (k.to_owned(), v.to_owned()))
    };
    match e.code {
        "unknown-parameter" => vec![("what is understood".to_owned(), asked.same_at(&asked.path))],
        "bad-date" | "unknown-name" | "ambiguous-name" | "unknown-word" | "unknown-pack" => {
            let Some((name, value)) = field() else { return Vec::new() };
            let text =
                if e.code == "ambiguous-name" { &e.message } else { e.help.as_ref().unwrap_or(&e.message) };
            let mut proposals = quoted(text);
            if e.code == "ambiguous-name" {
                // `x` can mean a or b or c
                proposals = e
                    .message
                    .split_once(" can mean ")
                    .map_or(Vec::new(), |(_, l)| l.split(" or ").map(str::to_owned).collect());
            }
            let wrong = quoted(&e.message);
            proposals.retain(|p| !value.is_empty() && *p != value && p.len() < 100);
            proposals.truncate(6);
            let place = |p: &String| {
                let parts: Vec<&str> = value
                    .split(',')
                    .map(|part| if wrong.iter().any(|w| w == part.trim()) { p.as_str() } else { part })
                    .collect();
                if value.contains(',') && !BASIS.contains(&name.as_str()) {
                    parts.join(",")
                } else {
                    p.clone()
                }
            };
            proposals.iter().map(|p| (p.clone(), asked.with(&name, &place(p)))).collect()
        }
        _ => Vec::new(),
    }
}

/// Nothing stands at this address.
pub(crate) fn nowhere() -> AskError {
    AskError { code: "not-found", message: "there is no page at this address".to_owned(), help: None }
}
