//! The parts answers are drawn from: links, chips, citations, proofs, silence, fields of a thing.
//!
//! In: plain data of an envelope. Out: markup with the classes MARKUP.md names. What always holds: everything with an id is a
//! link; a proof loses no step; a mark is never told by shape or colour alone, a word goes with it.

use foedera::{Envelope, ProofView, counted};
use maud::{Markup, html};
use serde_json::Value;

use crate::address::encoded;
use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;

/// The path of a thing's page; none if nothing has that id.
pub(crate) fn path_of(desk: &Desk, id: &str) -> Option<String> {
    let e = desk.things(id).next()?;
    Some(path_in(e.kind, e.sort, id))
}

/// The path of the page of a thing of that kind.
pub(crate) fn path_in(kind: &str, sort: &str, id: &str) -> String {
    let room = if kind == "actor" && sort == "person" { "person" } else { kind };
    format!("/{room}/{}", encoded(id))
}

/// A link to a thing by its name; plain text if nothing has that id.
pub(crate) fn link(desk: &Desk, asked: &Asked, id: &str) -> Markup {
    match path_of(desk, id) {
        Some(path) => html! { a href=(asked.to(&path, &[])) { (desk.name(id)) } },
        None => html! { (id) },
    }
}

/// A link to an actor.
pub(crate) fn actor(desk: &Desk, asked: &Asked, id: &str) -> Markup {
    match desk.thing("actor", id) {
        Some(e) => html! { a href=(asked.to(&path_in("actor", e.sort, id), &[])) { (e.name) } },
        None => link(desk, asked, id),
    }
}

/// A link to a claim.
pub(crate) fn claim(asked: &Asked, id: &str) -> Markup {
    html! { a.claim href=(asked.to(&format!("/claim/{}", encoded(id)), &[])) { (id) } }
}

/// A link to anything, claims included.
pub(crate) fn claim_or(desk: &Desk, asked: &Asked, id: &str) -> Markup {
    let is_claim = desk.dossier.has_claim(id) && path_of(desk, id).is_none();
    if is_claim { claim(asked, id) } else { link(desk, asked, id) }
}

/// A link to an instrument, with its article.
pub(crate) fn instrument(desk: &Desk, asked: &Asked, id: &str, article: &str) -> Markup {
    let Some(e) = desk.thing("instrument", id) else { return html! { (id) } };
    let path = format!("{}{}", asked.to(&path_in("instrument", "", id), &[]), anchor("art", article));
    html! { a href=(path) { (e.name) (of_article(article)) } }
}

/// `, art. 5` after the name of a text; a part that goes by a word has no *art.*, the whole none at all.
pub(crate) fn of_article(article: &str) -> String {
    match article.chars().next() {
        None => String::new(),
        Some(_) if article == "whole" => String::new(),
        Some(c) if c.is_ascii_lowercase() && article.len() > 2 => format!(", {}", spaced(article)),
        Some(_) => format!(", art. {article}"),
    }
}

/// `#art-5` for an article; empty for none.
pub(crate) fn anchor(before: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("#{}", element(before, text)) }
}

/// The id of an element: letters, digits and dashes.
pub(crate) fn element(before: &str, text: &str) -> String {
    let safe: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{before}-{safe}")
}

/// `source locator` as a chip that leads to the place in the source.
pub(crate) fn cite(desk: &Desk, asked: &Asked, text: &str) -> Markup {
    let (source, locator) = text.split_once(' ').unwrap_or((text, ""));
    let Some(e) = desk.thing("source", source) else {
        return html! { span.cite { (text) } };
    };
    let path = format!("{}{}", asked.to(&path_in("source", "", source), &[]), anchor("at", locator));
    html! {
        a.cite href=(path) title=(e.name) { (source) @if !locator.is_empty() { " " (locator) } }
    }
}

/// A list of citations.
pub(crate) fn cites<'a>(desk: &Desk, asked: &Asked, list: impl Iterator<Item = &'a str>) -> Markup {
    let list: Vec<&str> = list.collect();
    html! {
        @if !list.is_empty() {
            span.cites { @for (n, c) in list.iter().enumerate() { @if n > 0 { " " } (cite(desk, asked, c)) } }
        }
    }
}

/// The texts of a JSON list.
pub(crate) fn texts(v: &Value) -> impl Iterator<Item = &str> {
    v.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// A text of JSON; empty if it is none.
pub(crate) fn text(v: &Value) -> &str {
    v.as_str().unwrap_or_default()
}

/// The citations of an item.
pub(crate) fn item_cites(desk: &Desk, asked: &Asked, item: &Value) -> Markup {
    let all = texts(&item["cites"]).chain(texts(&item["cite"]));
    cites(desk, asked, all)
}

/// A badge with a class and a datum.
pub(crate) fn badge(class: &str, word: &str) -> Markup {
    html! {
        @if !word.is_empty() {
            @match class {
                "layer" => span.layer data-layer=(word) { (word) },
                "mode" => span.mode data-mode=(word) { (word) },
                "verdict" => span.verdict data-verdict=(word) { (spaced(word)) },
                "grade" => span.grade title="Admiralty grade: reliability of the source A–F, credibility of the report 1–6" { (word) },
                "confidence" => @if word != "certain" { span.confidence data-confidence=(word) { (word) } },
                _ => span.state data-state=(word) { (spaced(word)) },
            }
        }
    }
}

/// A word of ours for people: dashes and underscores as spaces.
pub(crate) fn spaced(word: &str) -> String {
    word.replace(['-', '_'], " ").to_lowercase()
}

/// With a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// The answer in one sentence, its verdict, the small print.
pub(crate) fn headline(e: &Envelope) -> Markup {
    let sources = e.cites.len();
    let assumptions = e.assumptions.len();
    let dissent = e.dissent.len();
    html! {
        div.headline {
            h1.answer data-verdict=(e.verdict) { (dated(&e.answer)) }
            p.small-print {
                (badge("verdict", &e.verdict)) " "
                "From " @if sources > 0 { a href="#cited" { (counted(sources, "source", "sources")) } } @else { "no source" }
                @if assumptions > 0 { ", with " a href="#assumptions" { (counted(assumptions, "assumption", "assumptions")) } }
                @if dissent > 0 { "; " a href="#dissent" { (counted(dissent, "point", "points")) " contested ⚑" } }
                "."
            }
        }
        @if let Some(s) = &e.silence { (silence(s)) }
    }
}

/// Why nothing is said, in words: one of four.
pub(crate) fn silence(word: &str) -> Markup {
    let says = match word {
        "none-in-force" => "Texts were made, and none is in force on this day.",
        "outside-our-coverage" => {
            "This lies outside what this dossier covers; nothing follows from its silence."
        }
        "not-yet-known" => "Not known on the chosen day of knowledge; a later source may tell.",
        _ => "No source in this dossier speaks of it: we have not looked, and nothing follows from that.",
    };
    html! { p.silence data-silence=(word) { strong { (capital(&spaced(word))) ". " } (says) } }
}

/// Assumptions, what is contested, warnings, sources.
pub(crate) fn foundations(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    html! {
        @if !e.assumptions.is_empty() {
            section #assumptions {
                h2 { "Assumed, not told by a source" }
                ul { @for a in &e.assumptions { li { span.assumed { (spaced(&a.name)) } " " (a.text) } } }
            }
        }
        @if !e.dissent.is_empty() {
            section #dissent { h2 { "Contested ⚑" } ul { @for d in &e.dissent { li { (dated(d)) } } } }
        }
        // What is wrong with the dossier stands over every page.
        @let told = e.warnings.iter().filter(|w| !w.starts_with("faulty-dossier")).map(|w| warning(w)).collect::<Vec<_>>();
        @if !told.is_empty() {
            section #warnings { h2 { "Take note" } ul { @for w in told { li { (w) } } } }
        }
        @if !e.cites.is_empty() {
            section #cited {
                h2 { "Sources" }
                ul.sources {
                    @for c in &e.cites {
                        li {
                            a href=(asked.to(&path_in("source", "", &c.source), &[])) { (c.title) }
                            ", " (dated(&c.published)) " "
                            @if let Some(g) = &c.grade { (badge("grade", g)) } @else { span.grade { "ungraded" } }
                            @if !c.locators.is_empty() {
                                " " (cites(desk, asked, c.locators.iter().map(|l| format!("{} {l}", c.source)).collect::<Vec<_>>().iter().map(String::as_str)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A warning without its code.
fn warning(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(code, rest)| if code.contains(' ') { text } else { rest })
}

/// A proof as an outline. `open` = how many levels stand open.
pub(crate) fn proof(desk: &Desk, asked: &Asked, p: &ProofView, open: usize) -> Markup {
    let (mark, word) = mark(p);
    let head = html! {
        span.step-mark aria-hidden="true" { (mark) } span.quiet { (word) ": " }
        span.step-text { (dated(&p.text)) }
        @if let Some(a) = &p.assumption { " " span.assumed title=(a.text) { "assumed" } }
    };
    let cited = cites(desk, asked, p.cites.iter().map(String::as_str));
    html! {
        @if p.children.is_empty() {
            div.step data-step data-outcome=(p.outcome) data-rule=(p.rule) { (head) " " (cited) }
        } @else {
            details.step data-step data-outcome=(p.outcome) data-rule=(p.rule) open[open > 0] {
                summary { (head) } (cited)
                div.premises { @for c in &p.children { (proof(desk, asked, c, open.saturating_sub(1))) } }
            }
        }
    }
}

/// The mark of a step and the word for those who do not see it.
pub(crate) fn mark(p: &ProofView) -> (&'static str, &'static str) {
    if p.assumption.is_some() {
        return ("?", "assumed");
    }
    match p.outcome.as_str() {
        "holds" => ("✓", "holds"),
        "fails" => ("✗", "fails"),
        "disputed" => ("⚑", "disputed"),
        "possible" => ("?", "possible"),
        "open" => ("?", "open"),
        _ if p.children.is_empty() => ("·", "told"),
        _ => ("R", "rule"),
    }
}

/// A proof that stands in an item.
pub(crate) fn item_proof(item: &Value) -> Option<ProofView> {
    ProofView::of(&item["proof"])
}

/// Fields whose text is a word of ours and never an id.
const WORDS: &[&str] = &[
    "act",
    "article",
    "confidence",
    "discretion",
    "how",
    "kind",
    "kinds",
    "layer",
    "matched",
    "method",
    "modality",
    "mode",
    "on",
    "rank",
    "reason",
    "role",
    "says",
    "scheme",
    "scope",
    "shows",
    "sort",
    "stage",
    "strength",
    "strategy",
    "value",
    "unit",
    "url",
    "note",
    "name",
    "title",
    "procedure",
    "published",
    "marking",
    "grade",
    "from",
    "to_day",
];

/// Any plain data: ids become links, lists of citations chips, objects fields.
pub(crate) fn value(desk: &Desk, asked: &Asked, key: &str, v: &Value) -> Markup {
    match v {
        Value::Null => html! { "–" },
        Value::Bool(b) => html! { (if *b { "yes" } else { "no" }) },
        Value::Number(n) => html! { (n) },
        Value::String(s) if key == "url" && s.starts_with("https://") => {
            html! { a rel="noreferrer noopener external" href=(s) { (s) } }
        }
        Value::String(s)
            if matches!(key, "claim" | "claims" | "set_aside" | "sets_aside") && !s.contains(' ') =>
        {
            claim(asked, s)
        }
        Value::String(s) if WORDS.contains(&key) => dated(s),
        Value::String(s) => link(desk, asked, s),
        Value::Array(list) if matches!(key, "cite" | "cites") => {
            cites(desk, asked, list.iter().filter_map(Value::as_str))
        }
        Value::Array(list) if list.iter().all(|i| !i.is_object() && !i.is_array()) => html! {
            @for (n, i) in list.iter().enumerate() { @if n > 0 { ", " } (value(desk, asked, key, i)) }
        },
        Value::Array(list) => html! {
            ul.rows { @for i in list { li { (value(desk, asked, key, i)) } } }
        },
        Value::Object(map) => html! {
            @for (k, x) in map.iter().filter(|(_, x)| told(x)) {
                span.pair data-key=(k) {
                    @if matches!(k.as_str(), "says" | "text" | "id" | "cite" | "cites") {} @else { span.key { (spaced(k)) } " " }
                    @if k == "id" && key == "claims" { (claim(asked, text(x))) } @else { (value(desk, asked, k, x)) }
                }
                " "
            }
        },
    }
}

/// Whether a value says something.
pub(crate) fn told(v: &Value) -> bool {
    match v {
        Value::Null => false,
        Value::Array(a) => !a.is_empty(),
        Value::String(s) => !s.is_empty(),
        Value::Object(m) => m.values().any(told),
        _ => true,
    }
}

/// The fields of one thing, those named left out.
pub(crate) fn facts(desk: &Desk, asked: &Asked, item: &Value, but: &[&str]) -> Markup {
    let Value::Object(map) = item else { return html! {} };
    html! {
        dl.facts {
            @for (k, v) in map.iter().filter(|(k, v)| told(v) && !but.contains(&k.as_str()) && *k != "proof") {
                div { dt { (capital(&spaced(k))) } dd { (value(desk, asked, k, v)) } }
            }
        }
    }
}

/// The heading of a column.
fn heading(key: &str) -> String {
    capital(&spaced(match key {
        "score" => "source",
        other => other,
    }))
}

/// Items as a table: the columns any of them fills, those named left out.
pub(crate) fn table(desk: &Desk, asked: &Asked, caption: &str, items: &[Value], but: &[&str]) -> Markup {
    let mut columns: Vec<&str> = Vec::new();
    for item in items {
        if let Value::Object(map) = item {
            for (k, v) in map {
                if told(v) && k != "proof" && !but.contains(&k.as_str()) && !columns.contains(&k.as_str()) {
                    columns.push(k);
                }
            }
        }
    }
    html! {
        @if !items.is_empty() {
            div.wide tabindex="0" role="region" aria-label=(caption) {
                table.table {
                    caption { (caption) }
                    thead { tr { @for c in &columns { th scope="col" { (heading(c)) } } } }
                    tbody { @for i in items { tr { @for c in &columns { td { @if told(&i[*c]) { (value(desk, asked, c, &i[*c])) } } } } } }
                }
            }
        }
    }
}
