//! Disagreements: where sources differ with each other, with themselves or with the record, and what is held here.
//!
//! In: ids or a thing. Out: a card each with both readings and their sources. What always holds: every reading keeps its
//! citations; what is set aside says by what.

use maud::{Markup, html};
use serde_json::Value;

use super::{answered, caption};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::form;
use crate::page::{Refusal, Reply};
use crate::parts::{self, spaced, text, texts};

/// `/disagreements`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "Where do the sources disagree about " (form::name(desk, "any", "about", "thing", asked.get("about"), "anything"))
        @for (k, v) in &asked.fields { @if k == "ids" { input type="hidden" name="ids" value=(v); } }
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/disagreements", "Show", parts)) (form::lists(desk, &["any"])) };
    Ok(answered(
        desk,
        asked,
        "disagreements",
        "conflicts",
        sentence,
        || html! {},
        |e| {
            html! {
                (caption(desk, e))
                (parts::headline(e))
                ul.cards { @for i in &e.items { li.card #(parts::element("c", text(&i["id"]))) { (card(desk, asked, i)) } } }
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}

/// One disagreement with its readings.
pub(crate) fn card(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let claims: Vec<&Value> = i["claims"].as_array().into_iter().flatten().collect();
    let about: Vec<&str> = texts(&i["about"]).collect();
    html! {
        h3 {
            span aria-hidden="true" { "⚑ " }
            @if let Some(id) = i["id"].as_str() { @if desk.thing("conflict", id).is_some() { a href=(asked.to(&parts::path_in("conflict", "", id), &[])) { (id) } } @else { (id) } ": " }
            (text(&i["says"]))
        }
        p.under {
            @for k in texts(&i["kinds"]) { (parts::badge("state", k)) " " }
            "found " (spaced(text(&i["found"])))
            @if let Some(n) = i["independent_voices"].as_u64() { " · " (n) @if n == 1 { " independent voice" } @else { " independent voices" } }
            @if !about.is_empty() { " · about " @for (n, a) in about.iter().enumerate() { @if n > 0 { ", " } (parts::claim_or(desk, asked, a)) } }
        }
        @if let Some(shows) = i["shows"].as_str().filter(|s| !s.is_empty()) { p { strong { "Held here: " } (shows) } }
        @if let Some(record) = i["record"]["says"].as_str() { p { strong { "The record: " } (record) " " (parts::item_cites(desk, asked, &i["record"])) } }
        @let differ: Vec<&Value> = i["differences"].as_array().into_iter().flatten().collect();
        @if let Some(first) = differ.first() {
            table.table {
                thead { tr { th scope="col" { "What" } @for t in 0..2 { th scope="col" { (text(&first["told"][t]["teller"])) } } } }
                tbody { @for d in &differ {
                    tr { td { (text(&d["says"])) } @for t in 0..2 { td { (text(&d["told"][t]["has"])) } } }
                } }
            }
        }
        @let aside: Vec<&str> = texts(&i["sets_aside"]).collect();
        @if !aside.is_empty() { p { "Set aside: " @for (n, c) in aside.iter().enumerate() { @if n > 0 { ", " } (parts::claim(asked, c)) } } }
        @if !claims.is_empty() {
            details.step {
                summary { "The readings (" (claims.len()) ")" }
                ul { @for c in &claims { li { (super::sources::said(desk, asked, c)) } } }
            }
        }
    }
}
