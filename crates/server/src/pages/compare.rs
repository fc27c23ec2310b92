//! Compare: two bases side by side. The world changed, or only what is known of it.
//!
//! In: two days, or two days of knowledge. Out: what began, ended and changed. What always holds: changes in the world and
//! changes in knowledge stand in separate lists.

use foedera::Envelope;
use maud::{Markup, html};
use serde_json::Value;

use super::{answered, caption, start};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::explore;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, spaced, text, texts};

/// `/compare`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What changed about " (form::name(desk, "any", "ids", "things", &asked.all("ids"), "anything"))
        " in the world between " (form::date("from_on", "the earlier day", asked.get("from_on")))
        " and " (form::date("to_on", "the later day", asked.get("to_on")))
        " and in what is known between " (form::date("from_known", "the earlier knowledge", asked.get("from_known")))
        " and " (form::date("to_known", "the later knowledge", asked.get("to_known")))
        ", and by the packs " (form::words("from_using", "the packs of the first side", asked.get("from_using"), "that count"))
        " and " (form::words("to_using", "the packs of the second side", asked.get("to_using"), "that count"))
    };
    let sentence =
        html! { (form::sentence(asked, "/compare", "Compare", parts)) (form::lists(desk, &["any"])) };
    if asked.fields.is_empty() && asked.fault.is_none() {
        let body = html! {
            h1 { "Compare" }
            p { "Two days: the world changed. Two days of knowledge, the same day: only what is known changed." }
            (start::questions(desk, asked, "diff"))
        };
        return Ok(
            Page::new("compare", "Compare two days, or two states of knowledge", sentence, body).into()
        );
    }
    Ok(answered(desk, asked, "compare", "diff", sentence, || html! {}, |e| body(desk, asked, e)))
}

fn body(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    let lists = [("world", "Changed in the world"), ("knowledge", "Changed only in what is known")];
    let swap = (!asked.get("from_on").is_empty() && !asked.get("to_on").is_empty()).then(|| {
        let mut other = asked.clone();
        for (k, v) in &mut other.fields {
            match k.as_str() {
                "from_on" => asked.get("to_on").clone_into(v),
                "to_on" => asked.get("from_on").clone_into(v),
                _ => {}
            }
        }
        other.same_at("/compare")
    });
    let others: Vec<&Value> =
        e.items.iter().filter(|i| !lists.iter().any(|(k, _)| i["change"] == *k)).collect();
    html! {
        (caption(desk, e))
        (parts::headline(e))
        @if let Some(swap) = swap { p.no-print { a href=(swap) { "Swap the two days" } } }
        @match explore::between(desk, asked, e) { Ok(ties) => (ties), Err(e) => p.note { (capital(&e.message)) "." } }
        @for (key, name) in lists {
            @let list: Vec<&Value> = e.items.iter().filter(|i| i["change"] == key).collect();
            section.changes data-change=(key) {
                h2 { (name) " (" (list.len()) ")" }
                @if list.is_empty() { p.none { "Nothing." } }
                @for (word, says) in HOW {
                    @let part: Vec<&Value> = list.iter().copied().filter(|i| how(i) == word).collect();
                    @if !part.is_empty() {
                        details data-how=(word) open[part.len() <= 40] {
                            summary { h3 { (says) " (" (part.len()) ")" } }
                            (changes(desk, asked, &format!("{name}: {says}"), &part))
                        }
                    }
                }
            }
        }
        @if !others.is_empty() { section.changes { h2 { "Other changes (" (others.len()) ")" } (changes(desk, asked, "Other changes", &others)) } }
        (parts::foundations(desk, asked, e))
    }
}

/// How something changed: a word, the heading of its list.
const HOW: [(&str, &str); 3] = [("new", "New"), ("gone", "No longer"), ("other", "Otherwise than before")];

/// Which of them a change is.
fn how(i: &Value) -> &'static str {
    match (i["before"].is_null(), i["after"].is_null()) {
        (true, _) => "new",
        (false, true) => "gone",
        (false, false) => "other",
    }
}

fn changes(desk: &Desk, asked: &Asked, name: &str, list: &[&Value]) -> Markup {
    let some = |key: &str| list.iter().any(|i| !i[key].is_null());
    let sides: Vec<(&str, &str)> =
        [("before", "Before"), ("after", "After")].into_iter().filter(|s| some(s.0)).collect();
    html! {
        div.wide tabindex="0" role="region" aria-label=(name) {
            table.table {
                thead { tr { th scope="col" { "What" } th scope="col" { "Of" } @for s in &sides { th scope="col" { (s.1) } } th scope="col" { "Sources" } } }
                tbody {
                    @for i in list {
                        tr {
                            td { (capital(&spaced(text(&i["kind"])))) }
                            td { (of(desk, asked, i)) }
                            @for s in &sides { td { (parts::value(desk, asked, "value", &i[s.0])) } }
                            td { (parts::item_cites(desk, asked, i)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whom or what a change concerns: the thing itself; for a statement what it is about, then the statement.
fn of(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let of = text(&i["of"]);
    let about: Vec<&str> = texts(&i["ids"]).filter(|id| *id != of).collect();
    html! {
        @if desk.dossier.has_claim(of) && parts::path_of(desk, of).is_none() {
            @for (n, id) in about.iter().take(4).enumerate() { @if n > 0 { ", " } (parts::link(desk, asked, id)) }
            @if about.len() > 4 { " and " (about.len() - 4) " more" }
            " " span.soft { "(" (parts::claim(asked, of)) ")" }
        } @else {
            @for (n, id) in of.split(' ').enumerate() { @if n > 0 { ", " } (parts::claim_or(desk, asked, id)) }
        }
    }
}
