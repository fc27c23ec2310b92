//! Expectations: the ledger. What was expected, what became of it as known, and how each source fared.
//!
//! In: expectations or a source, a state to filter by. Out: totals, a row an expectation, scores. What always holds: fulfilled
//! and contradicted entries show their evidence; totals add up to the ledger.

use std::collections::BTreeMap;

use foedera::Envelope;
use maud::{Markup, html};
use serde_json::Value;

use super::{caption, refused, title};
use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, spaced, text};

/// `/expectations`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let fields: Vec<(String, String)> = asked.fields.iter().filter(|(k, _)| k != "state").cloned().collect();
    let answer = desk.answer_of(asked, "expect", &fields);
    let mut states: Vec<(&str, String)> = vec![("", "anything".to_owned())];
    if let Ok(e) = &answer {
        states.extend(totals(e).keys().map(|s| (*s, spaced(s))));
    }
    let options: Vec<(&str, &str)> = states.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let parts = html! {
        "What became of what was expected by " (form::name(desk, "source", "by", "source", asked.get("by"), "any source"))
        ", showing " (form::word("state", "state", asked.get("state"), &options))
        @for (k, v) in &asked.fields { @if k == "ids" { input type="hidden" name="ids" value=(v); } }
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/expectations", "Show", parts)) (form::lists(desk, &["source"])) };
    let e = match answer {
        Ok(e) => e,
        Err(e) => return Ok(refused(asked, "expectations", sentence, &e)),
    };
    let body = body(desk, asked, &e);
    let mut page =
        Page::new("expectations", title(desk, &e.question, &e.basis), sentence, body).of(&e, "expect");
    // The twins know no filter by state.
    if !asked.get("state").is_empty() {
        page.verb = None;
    }
    Ok(page.into())
}

/// The entries; scores of sources have no id.
fn entries(e: &Envelope) -> impl Iterator<Item = &Value> {
    e.items.iter().filter(|i| i["id"].is_string())
}

fn totals(e: &Envelope) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    entries(e).for_each(|i| *out.entry(text(&i["verdict"])).or_insert(0) += 1);
    out
}

fn body(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    let scores: Vec<Value> = e.items.iter().filter(|i| !i["id"].is_string()).cloned().collect();
    let state = asked.get("state");
    let shown: Vec<&Value> =
        entries(e).filter(|i| uttered(i) && (state.is_empty() || i["verdict"] == state)).collect();
    let later = entries(e).filter(|i| !uttered(i)).count();
    html! {
        (caption(desk, e))
        (parts::headline(e))
        ul.chips.totals {
            @for (s, n) in totals(e) { li { a.chip data-state=(s) href=(asked.with("state", if state == s { "" } else { s })) aria-current=[(state == s).then_some("true")] { (spaced(s)) " " (n) } } }
        }
        @if !scores.is_empty() {
            section { h2 { "How each source fared" } (parts::table(desk, asked, "Scores of the sources", &scores, &["says"])) }
        }
        section {
            h2 { "The ledger (" (shown.len()) ")" }
            @if later > 0 { p.note { (later) " more were not yet uttered on the chosen day of knowledge." } }
            ul.cards.ledger {
                @for i in &shown { li.card #(parts::element("x", text(&i["id"]))) { (entry(desk, asked, i)) } }
            }
        }
        (parts::foundations(desk, asked, e))
    }
}

/// Whether an expectation had been uttered: one that had not is counted and not told.
fn uttered(i: &Value) -> bool {
    i["verdict"] != "not-yet-uttered"
}

/// One expectation with its evidence.
pub(crate) fn entry(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let parts: Vec<&Value> = i["parts"].as_array().into_iter().flatten().collect();
    html! {
        h3 { (mark(text(&i["verdict"]))) " " (parts::badge("state", text(&i["verdict"]))) " " (text(&i["says"])) }
        p.under {
            (parts::claim(asked, text(&i["id"]))) " · uttered " (dated(text(&i["uttered"])))
            @if let Some(by) = i["by"].as_str() { " by " (by) }
            " · " @if let Some(due) = i["due"].as_str() { "due " (dated(due)) } @else { "no due date" }
            " · said " (spaced(text(&i["firmness"]))) " "
            (parts::badge("mode", text(&i["mode"]))) " " (parts::item_cites(desk, asked, i))
        }
        @for p in &parts {
            @let evidence: Vec<&Value> = p["evidence"].as_array().into_iter().flatten().collect();
            @let awaits: Vec<&str> = parts::texts(&p["awaits"]).collect();
            details.step data-state=(text(&p["verdict"])) {
                summary {
                    @if let Some(n) = p["name"].as_str() { (capital(n)) ": " } @if let Some(m) = p["member"].as_str() { (desk.actor(m)) ": " }
                    (spaced(text(&p["verdict"]))) " (" (evidence.len()) @if evidence.len() == 1 { " piece" } @else { " pieces" } " of evidence)"
                }
                @if !awaits.is_empty() { p { "Waits for: " (awaits.join("; or ")) "." } }
                ul {
                    @for x in &evidence {
                        li {
                            (text(&x["says"])) " (" (text(&x["strength"])) ") " (parts::badge("confidence", text(&x["confidence"]))) " "
                            @if let Some(c) = x["claim"].as_str() { (parts::claim(asked, c)) " " } (parts::item_cites(desk, asked, x))
                        }
                    }
                }
            }
        }
    }
}

/// A mark that goes with the word of a state.
pub(crate) fn mark(state: &str) -> Markup {
    let m = match state {
        "fulfilled" => "✓",
        "contradicted" | "not-fulfilled" => "✗",
        "partly" => "◐",
        "due-passed-without-evidence" => "◔",
        _ => "○",
    };
    html! { span.step-mark aria-hidden="true" { (m) } }
}
