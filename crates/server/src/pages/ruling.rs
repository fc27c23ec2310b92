//! Decide, May, Status, Members, Measure, Ties: questions with one ruling and its proof.
//!
//! In: the fields of each. Out: the sentence, the ruling, what it rests on. What always holds: what the sources leave unknown is
//! listed as unknown and never as no.

use foedera::Envelope;
use maud::{Markup, html};
use serde_json::Value;

use super::{answered, caption, start};
use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Refusal, Reply};
use crate::parts::{self, capital, spaced, text, texts};

/// Headline, the verb's own part, proof, foundations.
fn ruled(desk: &Desk, asked: &Asked, e: &Envelope, own: Markup, open: usize) -> Markup {
    html! {
        (caption(desk, e))
        (parts::headline(e))
        div.two {
            div.aside { (own) }
            div.beside { section.proof aria-labelledby="why" { h2 #why { "Why" } (parts::proof(desk, asked, &e.proof, open)) } }
        }
        (parts::foundations(desk, asked, e))
        (super::sources::beside(desk, asked, e))
    }
}

/// `/decide`.
pub(crate) fn decide(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What has become of " (form::name(desk, "matter", "matter", "matter to be decided", asked.get("matter"), "which matter?"))
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/decide", "Answer", parts)) (form::lists(desk, &["matter"])) };
    let all = || {
        html! {
            (start::questions(desk, asked, "decide"))
            h2 { "Matters in this dossier" }
            ul { @for m in desk.of_kind("matter") { li { a href=(asked.to("/decide", &[("matter", &m.id)])) { (m.name) } " (" (spaced(m.sort)) ")" } } }
        }
    };
    Ok(answered(desk, asked, "decide", "decide", sentence, all, |e| {
        ruled(desk, asked, e, decided(desk, asked, &e.items[0]), 2)
    }))
}

/// Who stands where on a matter.
fn decided(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let rows = [
        ("Stands in its way", "blockers"),
        ("Has consented", "consenting"),
        ("Has promised", "promising"),
        ("Is in favour", "favouring"),
        ("Doubts or wavers", "doubting"),
        ("Speaks without a say", "without_a_say"),
    ];
    let unknown: Vec<&str> = texts(&i["unknown"]).collect();
    html! {
        section.ladder aria-labelledby="stances" {
            h2 #stances { "Who stands where" }
            @for (name, key) in rows {
                @let list: Vec<&Value> = i[key].as_array().into_iter().flatten().collect();
                details.rung data-strength=(key) data-count=(list.len()) open[!list.is_empty()] {
                    summary { span.rung-name { (name) } " " span.count { (list.len()) } }
                    ul {
                        @for p in &list {
                            li {
                                (parts::actor(desk, asked, text(&p["actor"]))) " " (text(&p["stance"]))
                                @if let Some(on) = p["on"].as_str() { ", " (dated(on)) } ": " (text(&p["says"])) " "
                                @if let Some(c) = p["claim"].as_str() { (parts::claim(asked, c)) " " }
                                (parts::item_cites(desk, asked, p))
                            }
                        }
                    }
                }
            }
            details.rung data-strength="unknown" data-count=(unknown.len()) {
                summary { span.rung-name { "Unknown: no source says how they stand" } " " span.count { (unknown.len()) } }
                ul.chips { @for a in &unknown { li { (parts::actor(desk, asked, a)) } } }
            }
            (unblocking(desk, asked, &i["would_flip"]))
            @if i["deciders_complete"] == false { p { "The sources do not name all who decide." } }
        }
        h2 { "The matter" }
        (parts::facts(desk, asked, i, &["name", "blockers", "consenting", "promising", "favouring", "doubting", "without_a_say", "unknown", "deciders_complete", "would_flip"]))
    }
}

/// What would let the matter pass, tried by the mechanism, and the way to see it.
fn unblocking(desk: &Desk, asked: &Asked, flip: &Value) -> Markup {
    let facts: Vec<&str> = texts(&flip["assume"]).collect();
    let mut other = asked.clone();
    other.basis.assume.extend(
        facts.iter().filter(|f| !asked.basis.assume.iter().any(|a| a == *f)).map(|f| (*f).to_owned()),
    );
    html! {
        @if !facts.is_empty() {
            div.flips {
                h3 { "What would change this answer?" }
                p {
                    "If " (facts.iter().map(|f| super::words::fact(desk, f)).collect::<Vec<_>>().join(" and "))
                    ", the matter would be " strong { (spaced(text(&flip["outcome"]))) } ". Tried: " (dated(text(&flip["says"]))) ". "
                    a href=(super::what_if::address(&other, "decide")) { "See it with and without" }
                }
            }
        }
    }
}

const DEEDS: &[(&str, &str)] = &[
    ("inform", "pass protected information to"),
    ("admit", "admit forces of"),
    ("transfer", "transfer arms to"),
];

/// `/may`.
pub(crate) fn may(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "May " (form::name(desk, "actor", "from", "who", asked.get("from"), "who?"))
        " " (form::word("deed", "what", if asked.get("deed").is_empty() { "inform" } else { asked.get("deed") }, DEEDS))
        " " (form::name(desk, "actor", "to", "to whom", asked.get("to"), "whom?"))
        (form::clocks(asked, "on"))
        details.more open[!asked.get("class").is_empty() || !asked.get("onward").is_empty()] {
            summary { "class of goods, passing on" }
            " of class " (form::name(desk, "domain", "class", "class of goods or information", asked.get("class"), "any"))
            " and on to " (form::name(desk, "actor", "onward", "passed on to", asked.get("onward"), "nobody"))
        }
    };
    let sentence =
        html! { (form::sentence(asked, "/may", "Answer", parts)) (form::lists(desk, &["actor", "domain"])) };
    Ok(answered(
        desk,
        asked,
        "may",
        "may",
        sentence,
        || start::questions(desk, asked, "may"),
        |e| {
            let own = html! {
                section aria-labelledby="bases" {
                    h2 #bases { "Bases and bars" }
                    ul.cards {
                        @for i in &e.items {
                            li.card data-effect=(text(&i["effect"])) {
                                h3 {
                                    (parts::badge("layer", text(&i["layer"]))) " " (capital(&spaced(text(&i["effect"])))) ": "
                                    @if let Some(c) = i["claim"].as_str() { (parts::claim(asked, c)) }
                                    @if let Some(x) = i["instrument"].as_str() { (parts::instrument(desk, asked, x, text(&i["article"]))) }
                                }
                                p { (text(&i["says"])) " " (parts::item_cites(desk, asked, i)) }
                                (parts::facts(desk, asked, i, &["effect", "instrument", "article", "says", "layer", "cites", "claim"]))
                            }
                        }
                    }
                }
            };
            ruled(desk, asked, e, own, 2)
        },
    ))
}

/// `/status`.
pub(crate) fn status(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What has become of " (form::name(desk, "status", "instrument", "instrument or facility", asked.get("instrument"), "which treaty?"))
        " for " (form::name(desk, "actor", "party", "party", asked.get("party"), "everybody"))
        (form::clocks(asked, "on"))
    };
    let sentence = html! { (form::sentence(asked, "/status", "Answer", parts)) (form::lists(desk, &["status", "actor"])) };
    let all = || {
        html! {
            (start::questions(desk, asked, "status"))
            h2 { "Instruments in this dossier" }
            ul.columns { @for m in desk.of_kind("instrument") { li { a href=(asked.to("/status", &[("instrument", &m.id)])) { (m.name) } " (" (spaced(m.sort)) ")" } } }
        }
    };
    Ok(answered(desk, asked, "status", "status", sentence, all, |e| {
        ruled(desk, asked, e, stage(desk, asked, &e.items[0]), 2)
    }))
}

/// The stage of an instrument or facility, its history, what comes next.
pub(crate) fn stage(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let history: Vec<&Value> = i["history"].as_array().into_iter().flatten().collect();
    let parties: Vec<&Value> = i["parties"].as_array().into_iter().flatten().collect();
    html! {
        section aria-labelledby="stage" {
            h2 #stage { (parts::badge("state", text(&i["stage"]))) @if let Some(s) = i["since"].as_str() { " since " (s) } " " (parts::badge("confidence", text(&i["confidence"]))) }
            @if let Some(next) = i["next"].as_array().filter(|n| !n.is_empty()) {
                h3 { "What comes next" }
                ul { @for n in next { li { a href=(asked.with("on", text(&n["on"]))) { (text(&n["on"])) } ": " (text(&n["what"])) } } }
            }
            @if !history.is_empty() {
                h3 { "What happened" }
                ol.history {
                    @for h in &history {
                        li {
                            @if let Some(on) = h["on"].as_str() { a href=(asked.with("on", on)) { (dated(on)) } " " }
                            (spaced(text(&h["act"])))
                            @if let Some(says) = h["says"].as_str() { ": " (says) }
                            @let by: Vec<&str> = texts(&h["by"]).collect();
                            @if !by.is_empty() && by.len() <= 40 { ": " @for (n, a) in by.iter().enumerate() { @if n > 0 { ", " } (parts::actor(desk, asked, a)) } }
                            @if h["effective"].is_string() && h["effective"] != h["on"] { ", effective " (dated(text(&h["effective"]))) }
                            " " (parts::item_cites(desk, asked, h))
                        }
                    }
                }
            }
            @if !parties.is_empty() {
                h3 { "Parties (" (parties.len()) ")" }
                ul.chips { @for p in &parties { li data-confidence=(text(&p["confidence"])) { (parts::actor(desk, asked, text(&p["actor"]))) @if p["confidence"] != "certain" { " ?" } } } }
            }
        }
        (parts::facts(desk, asked, i, &["instrument", "facility", "name", "stage", "since", "history", "next", "parties", "confidence"]))
    }
}

/// `/members`.
pub(crate) fn members(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "Who belongs to " (form::name(desk, "body", "of", "organisation, instrument or office", asked.get("of"), "which body?"))
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/members", "Answer", parts)) (form::lists(desk, &["body"])) };
    Ok(answered(
        desk,
        asked,
        "members",
        "members",
        sentence,
        || start::questions(desk, asked, "members"),
        |e| {
            let mut roles: Vec<&str> = e.items.iter().map(|i| text(&i["role"])).collect();
            roles.dedup();
            let own = html! {
                @for role in &roles {
                    section {
                        h2 { (capital(&spaced(role))) " (" (e.items.iter().filter(|i| i["role"] == *role).count()) ")" }
                        div.wide tabindex="0" role="region" aria-label=(role) {
                            table.table {
                                thead { tr { th scope="col" { "Actor" } th scope="col" { "Since" } th scope="col" { "How sure" } } }
                                tbody {
                                    @for i in e.items.iter().filter(|i| i["role"] == *role) {
                                        tr { td { (parts::actor(desk, asked, text(&i["actor"]))) } td { (text(&i["since"])) } td { (text(&i["confidence"])) } }
                                    }
                                }
                            }
                        }
                    }
                }
            };
            ruled(desk, asked, e, own, 1)
        },
    ))
}

/// `/measure`.
pub(crate) fn measure(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "How much is " (form::name(desk, "measured", "measures", "measure or actor", &asked.all("measures"), "which measure?"))
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/measure", "Answer", parts)) (form::lists(desk, &["measured"])) };
    let all = || {
        html! {
            (start::questions(desk, asked, "measure"))
            h2 { "Measures in this dossier" }
            ul { @for m in desk.of_kind("measure") { li { a href=(asked.to("/measure", &[("measures", &m.id)])) { (m.name) } } } }
        }
    };
    Ok(answered(desk, asked, "measure", "measure", sentence, all, |e| {
        html! {
            (caption(desk, e))
            (parts::headline(e))
            (parts::table(desk, asked, "Values as told", &e.items, &["number", "bounds", "name"]))
            section.proof { h2 { "Why" } (parts::proof(desk, asked, &e.proof, 1)) }
            (parts::foundations(desk, asked, e))
        }
    }))
}

/// The layers, strongest claim on an actor first, and what stands beside them.
pub(crate) const LAYERS: &[(&str, &str)] = &[
    ("duty", "Duties"),
    ("right", "Rights"),
    ("permission", "Permissions"),
    ("programme", "Programmes"),
    ("practice", "Practice"),
    ("expectation", "Expected or planned"),
];

/// Ties by layer, each with its citation and why; then what is not in force, and limits.
pub(crate) fn layered(desk: &Desk, asked: &Asked, items: &[Value]) -> Markup {
    let rest: Vec<&Value> = items.iter().filter(|i| i["layer"].is_null()).collect();
    html! {
        @for (layer, name) in LAYERS {
            @let list: Vec<&Value> = items.iter().filter(|i| i["layer"] == *layer).collect();
            section.layer-ties data-layer=(layer) {
                h3 { (parts::badge("layer", layer)) " " (name) " (" (list.len()) ")" }
                @if list.is_empty() { p.none { "None told." } } @else { (rows(desk, asked, name, &list)) }
            }
        }
        @if !rest.is_empty() {
            section.layer-ties data-layer="none" {
                h3 { "Not in force, limits, alliances without terms (" (rest.len()) ")" }
                (rows(desk, asked, "Not in force, limits, alliances without terms", &rest))
            }
        }
    }
}

/// Ties as a table: who, whom, what, by which text, since when, why.
fn rows(desk: &Desk, asked: &Asked, caption: &str, list: &[&Value]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table.table.ties {
                thead { tr { th scope="col" { "Who" } th scope="col" { "Toward" } th scope="col" { "What" } th scope="col" { "By" } th scope="col" { "Since" } th scope="col" { "Why" } } }
                tbody { @for i in list {
                    tr {
                        td { @if let Some(by) = i["by"].as_str() { (parts::actor(desk, asked, by)) } }
                        td { @if let Some(to) = i["to"].as_str() { (parts::actor(desk, asked, to)) } @else if i["by"].is_string() && i["instrument"].is_string() { "the other parties" } }
                        td {
                            @if let Some(act) = i["act"].as_str() { strong { (spaced(act)) } " " }
                            (parts::badge("state", text(&i["stage"]))) " " (parts::badge("mode", text(&i["mode"]))) " " (parts::badge("confidence", text(&i["confidence"])))
                        }
                        td {
                            @if let Some(x) = i["instrument"].as_str() { (parts::instrument(desk, asked, x, text(&i["article"]))) }
                            @if let Some(c) = i["claim"].as_str() { (text(&i["says"])) " " (parts::claim(asked, c)) }
                        }
                        td { @if i["since"] == "/" { "not told" } @else { (text(&i["since"])) } }
                        td {
                            (parts::item_cites(desk, asked, i))
                            @if let Some(p) = parts::item_proof(i) { details.step { summary { "why?" } (parts::proof(desk, asked, &p, 9)) } }
                        }
                    }
                } }
            }
        }
    }
}

/// `/ties`.
pub(crate) fn ties(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What ties " (form::name(desk, "actor", "a", "actor", asked.get("a"), "whom?"))
        " and " (form::name(desk, "actor", "b", "with whom", asked.get("b"), "anybody"))
        (form::clocks(asked, "in force on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/ties", "Answer", parts)) (form::lists(desk, &["actor"])) };
    Ok(answered(
        desk,
        asked,
        "explore",
        "ties",
        sentence,
        || start::questions(desk, asked, "ties"),
        |e| {
            html! {
                (caption(desk, e))
                (parts::headline(e))
                (layered(desk, asked, &e.items))
                section.proof aria-labelledby="why" { h2 #why { "Why: every step" } (parts::proof(desk, asked, &e.proof, 1)) }
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}
