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
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, spaced, text};

/// `/compare`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What changed about " (form::name(desk, "any", "ids", "things", &asked.all("ids"), "anything"))
        " in the world between " (form::date("from_on", "the earlier day", asked.get("from_on")))
        " and " (form::date("to_on", "the later day", asked.get("to_on")))
        " and in what is known between " (form::date("from_known", "the earlier knowledge", asked.get("from_known")))
        " and " (form::date("to_known", "the later knowledge", asked.get("to_known")))
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
        @for (key, name) in lists {
            @let list: Vec<&Value> = e.items.iter().filter(|i| i["change"] == key).collect();
            section.changes data-change=(key) {
                h2 { (name) " (" (list.len()) ")" }
                (changes(desk, asked, name, &list))
            }
        }
        @if !others.is_empty() { section.changes { h2 { "Other changes (" (others.len()) ")" } (changes(desk, asked, "Other changes", &others)) } }
        (parts::foundations(desk, asked, e))
    }
}

fn changes(desk: &Desk, asked: &Asked, name: &str, list: &[&Value]) -> Markup {
    html! {
        @if list.is_empty() { p.none { "Nothing." } } @else {
            div.wide tabindex="0" role="region" aria-label=(name) {
                table.table {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Of" } th scope="col" { "Before" } th scope="col" { "After" } th scope="col" { "Sources" } } }
                    tbody {
                        @for i in list {
                            tr {
                                td { (capital(&spaced(text(&i["kind"])))) }
                                td { (parts::claim_or(desk, asked, text(&i["of"]))) }
                                td { (parts::value(desk, asked, "value", &i["before"])) }
                                td { (parts::value(desk, asked, "value", &i["after"])) }
                                td { (parts::item_cites(desk, asked, i)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
