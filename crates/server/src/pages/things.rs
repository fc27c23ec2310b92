//! One thing each: actor, instrument, facility, matter, measure, claim, place, … with everything the dossier says of it.
//!
//! In: an id. Out: a page on which everything is a link. What always holds: what is computed (status, ties, members) is asked of
//! the same verbs as elsewhere, on the same basis.

use foedera::Envelope;
use maud::{Markup, html};
use serde_json::Value;

use super::{fields, ledger, ruling, sources, timeline};
use crate::asked::{Asked, wrong};
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, spaced, text, texts};

/// The thing as the dossier has it, of the kind the address names.
fn shown(desk: &Desk, asked: &Asked, id: &str, kind: &str) -> Result<Envelope, Refusal> {
    desk.answer_of(asked, "show", &fields(&[("id", id), ("table", kind)])).map_err(|e| {
        if matches!(e.code, "unknown-name" | "not-known") { wrong("not-found", e.message, e.help) } else { e }
    })
}

/// The form that changes the day of a page.
fn clocks(asked: &Asked, before: Markup) -> Markup {
    form::sentence(asked, &asked.path, "Show", html! { (before) (form::clocks(asked, "on")) })
}

fn page(asked: &Asked, e: &Envelope, screen: &'static str, name: &str, body: Markup) -> Reply {
    let sentence = clocks(asked, html! { (name) });
    let mut page = Page::new(screen, name, sentence, body);
    page.basis = Some(e.basis.clone());
    page.into()
}

/// What the sources say of a thing.
fn said(asked: &Asked, item: &Value, id: &str) -> Markup {
    let claims: Vec<&Value> = item["claims"].as_array().into_iter().flatten().collect();
    html! {
        @if !claims.is_empty() {
            section {
                h2 { "What the sources say (" (claims.len()) ")" }
                p { a href=(asked.to("/claims", &[("about", id)])) { "With their citations" } " · " a href=(asked.to("/disagreements", &[("about", id)])) { "Where they disagree" } }
                details.step open[claims.len() <= 12] {
                    summary { "Statements" }
                    ul.cards { @for c in claims { li.card { (parts::claim(asked, text(&c["id"]))) " " (parts::badge("mode", text(&c["mode"]))) " " (text(&c["says"])) } } }
                }
            }
        }
    }
}

/// A section if a verb has something to say.
fn section(title: &str, answer: Result<Envelope, Refusal>, draw: impl FnOnce(&Envelope) -> Markup) -> Markup {
    match answer {
        Ok(e) if !e.items.is_empty() => html! { section { h2 { (title) } p.says { (e.answer) } (draw(&e)) } },
        Ok(e) => {
            html! { section { h2 { (title) } p.says { (e.answer) } @if let Some(s) = &e.silence { (parts::silence(s)) } } }
        }
        Err(_) => html! {},
    }
}

/// `/actor/{id}` and `/person/{id}`.
pub(crate) fn actor(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "actor")?;
    let item = &e.items[0];
    let (id, name, kind) = (text(&item["id"]), text(&item["name"]), text(&item["kind"]));
    let person = kind == "person";
    let ask = |verb: &str, f: &[(&str, &str)]| desk.answer_of(asked, verb, &fields(f));
    let on = e.basis.on.as_str();
    let body = html! {
        h1 { (name) }
        p.small-print { (capital(&spaced(kind))) @let aka: Vec<&str> = texts(&item["aka"]).collect(); @if !aka.is_empty() { ", also " (aka.join(", ")) } "." }
        @if !person {
            nav.next aria-label="Ask about this actor" {
                a href=(asked.to("/explore", &[("actor", id)])) { "Explore its ties" } " · "
                a href=(asked.to("/timeline", &[("ids", id)])) { "Timeline" } " · "
                a href=(asked.to("/ask", &[("target", id)])) { "If it is attacked, who must act?" } " · "
                a href=(asked.to("/claims", &[("about", id)])) { "What the sources say" }
            }
            (section(&format!("Ties in force on {on}"), ask("ties", &[("a", id)]), |t| ruling::layered(desk, asked, &t.items)))
            @if kind != "state" {
                (section("Members", ask("members", &[("of", id)]), |m| html! {
                    ul.chips { @for i in &m.items { li { (parts::actor(desk, asked, text(&i["actor"]))) } } }
                }))
            }
        }
        (memberships(desk, asked, item))
        (parts::facts(desk, asked, item, &["table", "id", "name", "kind", "aka", "claims", "memberships", "instruments"]))
        @let instruments: Vec<&str> = texts(&item["instruments"]).collect();
        @if !instruments.is_empty() {
            section { h2 { "Instruments that name it (" (instruments.len()) ")" } ul.columns { @for i in &instruments { li { (parts::instrument(desk, asked, i, "")) } } } }
        }
        @if person { (section("In order", ask("timeline", &[("ids", id)]), |t| timeline::lanes(desk, asked, &t.items))) }
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "explore", name, body))
}

fn memberships(desk: &Desk, asked: &Asked, item: &Value) -> Markup {
    let list: Vec<&Value> = item["memberships"].as_array().into_iter().flatten().collect();
    html! {
        @if !list.is_empty() {
            section {
                h2 { "Belongs to" }
                ul { @for m in list {
                    li {
                        (parts::actor(desk, asked, text(&m["of"]))) ", " (spaced(text(&m["role"])))
                        @if let Some(f) = m["extent"]["from"].as_str() { " from " (f) } @if let Some(t) = m["extent"]["to"].as_str() { " to " (t) }
                        " " (parts::item_cites(desk, asked, m))
                    }
                } }
            }
        }
    }
}

/// `/instrument/{id}`.
pub(crate) fn instrument(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "instrument")?;
    let item = &e.items[0];
    let (id, name) = (text(&item["id"]), text(&item["name"]));
    let status = desk.answer_of(asked, "status", &fields(&[("instrument", id)]))?;
    let outside = text(&status.items[0]["stage"]) != "in-force";
    let began = began(item).filter(|_| outside);
    let body = html! {
        h1 { (name) }
        p.small-print { (capital(&spaced(text(&item["kind"])))) @if item["binding"] == false { ", not binding in law" } ". " (status.answer) }
        @if let Some((act, day)) = began {
            p.band.dates { "It is not in force on " (e.basis.on) "; it " (act) " on " (day) ". " a href=(asked.with("on", day)) { "Go there" } }
        }
        nav.next aria-label="Ask about this instrument" {
            a href=(asked.to("/status", &[("instrument", id)])) { "Status with proof" } " · "
            a href=(asked.to("/members", &[("of", id)])) { "Parties" } " · "
            a href=(asked.to("/timeline", &[("ids", id)])) { "Timeline" } " · "
            a href=(asked.to(&format!("/cite/{id}.bib"), &[])) { "Cite (BibTeX)" } " · "
            a href=(asked.to(&format!("/cite/{id}.csl.json"), &[])) { "Cite (CSL-JSON)" }
        }
        div.two {
            div.aside { (ruling::stage(desk, asked, &status.items[0])) }
            div.beside { (provisions(desk, asked, item)) (actions(desk, asked, item)) }
        }
        (parts::facts(desk, asked, item, &["table", "id", "name", "kind", "binding", "actions", "provisions", "parties"]))
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "status", name, body))
}

/// The act that put an instrument in force, else its first; and its day, if it is one.
fn began(item: &Value) -> Option<(String, &str)> {
    let acts = item["actions"].as_array()?;
    let act = acts.iter().find(|a| a["act"] == "entered-into-force").or(acts.first())?;
    let day = text(&act["on"]);
    let is_day = day.starts_with(|c: char| c.is_ascii_digit()) && !day.contains(' ');
    let words = match text(&act["act"]) {
        "entered-into-force" => "entered into force".to_owned(),
        other => format!("was {}", spaced(other)),
    };
    is_day.then_some((words, day))
}

fn provisions(desk: &Desk, asked: &Asked, item: &Value) -> Markup {
    let list: Vec<&Value> = item["provisions"].as_array().into_iter().flatten().collect();
    // Several rows may speak of one article: links lead to the first.
    let first = |n: usize| !list[..n].iter().any(|p| p["article"] == list[n]["article"]);
    html! {
        @if !list.is_empty() {
            section {
                h2 { "Articles (" (list.len()) ")" }
                ul.cards { @for (n, p) in list.iter().enumerate() {
                    li.card id=[first(n).then(|| parts::element("art", text(&p["article"])))] {
                        h3 { "Article " (text(&p["article"])) }
                        p { (parts::badge("layer", layer_of(text(&p["modality"])))) " " strong { (spaced(text(&p["act"]))) } ", " (spaced(text(&p["strength"]))) @if p["discretion"] != "none" { ", discretion: " (spaced(text(&p["discretion"]))) } " " (parts::item_cites(desk, asked, p)) }
                        @if let Some(n) = p["note"].as_str() { p.note { (n) } }
                        @if let Some(d) = p["disputed"].as_str() { p { "⚑ Contested: " (d) } }
                        @if p["secret"] == true { p { "Kept secret when made." } }
                    }
                } }
            }
        }
    }
}

/// The layer a modality belongs to.
fn layer_of(modality: &str) -> &str {
    match modality {
        "prohibition" => "duty",
        "policy" | "recommendation" => "programme",
        other => other,
    }
}

fn actions(desk: &Desk, asked: &Asked, item: &Value) -> Markup {
    let list: Vec<Value> = item["actions"].as_array().cloned().unwrap_or_default();
    html! {
        @if !list.is_empty() {
            section {
                h2 { "Acts as written (" (list.len()) ")" }
                details.step open[list.len() <= 12] { summary { "Every act with its source" } (parts::table(desk, asked, "Acts", &list, &["at"])) }
            }
        }
    }
}

/// `/facility/{id}`.
pub(crate) fn facility(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "facility")?;
    let item = &e.items[0];
    let (id, name) = (text(&item["id"]), text(&item["name"]));
    let status = desk.answer_of(asked, "status", &fields(&[("instrument", id)]))?;
    let body = html! {
        h1 { (name) }
        p.small-print { (status.answer) }
        p { a href=(asked.to("/status", &[("instrument", id)])) { "Status with proof" } " · " a href=(asked.to("/timeline", &[("ids", id)])) { "Timeline" } }
        (ruling::stage(desk, asked, &status.items[0]))
        (parts::facts(desk, asked, item, &["table", "id", "name", "claims"]))
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "status", name, body))
}

/// `/matter/{id}`.
pub(crate) fn matter(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "matter")?;
    let item = &e.items[0];
    let (id, name) = (text(&item["id"]), text(&item["name"]));
    let ruling = desk.answer_of(asked, "decide", &fields(&[("matter", id)]));
    let body = html! {
        h1 { (name) }
        @if let Some(q) = item["question"].as_str() { p { (q) } }
        @if let Ok(r) = &ruling { p.says { (r.answer) } }
        p { a href=(asked.to("/decide", &[("matter", id)])) { "Who stands where, with proof" } " · " a href=(asked.to("/timeline", &[("ids", id)])) { "Timeline" } }
        (parts::facts(desk, asked, item, &["table", "id", "name", "claims", "question"]))
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "decide", name, body))
}

/// `/measure/{id}`.
pub(crate) fn measure(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "measure")?;
    let item = &e.items[0];
    let (id, name) = (text(&item["id"]), text(&item["name"]));
    let body = html! {
        h1 { (name) }
        (section("Values as told", desk.answer_of(asked, "measure", &fields(&[("measures", id)])), |m| parts::table(desk, asked, "Values as told", &m.items, &["number", "bounds", "name", "measure"])))
        (parts::facts(desk, asked, item, &["table", "id", "name", "claims"]))
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "sources", name, body))
}

/// `/claim/{id}`.
pub(crate) fn claim(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let e = shown(desk, asked, id, "claim")?;
    let item = &e.items[0];
    let id = text(&item["id"]);
    let conflicts = desk.answer_of(asked, "conflicts", &fields(&[("ids", id)]));
    let expectation = item["kind"] == "expectation";
    let body = html! {
        h1 { (text(&item["says"])) }
        p.small-print { (capital(&spaced(text(&item["kind"])))) " " (parts::badge("mode", text(&item["mode"]))) " " (parts::badge("confidence", text(&item["confidence"]))) " " (parts::item_cites(desk, asked, item)) }
        @if let Some(by) = item["set_aside_by"].as_str() { p { "Set aside by " (parts::link(desk, asked, by)) "." } }
        (parts::facts(desk, asked, item, &["table", "id", "says", "mode", "kind", "confidence", "cites"]))
        @if expectation {
            (section("What became of it", desk.answer_of(asked, "expect", &fields(&[("ids", id)])), |x| html! { @for i in x.items.iter().filter(|i| i["id"] == id) { (ledger::entry(desk, asked, i)) } }))
        }
        @if let Ok(c) = &conflicts { @if !c.items.is_empty() {
            section { h2 { "Where sources disagree on it (" (c.items.len()) ")" } ul.cards { @for i in &c.items { li.card { (super::disagreements::card(desk, asked, i)) } } } }
        } }
        p { a href=(asked.to("/impact", &[("of", id)])) { "What would fall without it" } }
        (sources::beside(desk, asked, &e))
    };
    Ok(page(asked, &e, "sources", &format!("Claim {id}"), body))
}

/// Places, areas, offices, events, domains, disagreements.
pub(crate) fn other(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let room = asked.path.split('/').nth(1).unwrap_or_default();
    let e = shown(desk, asked, id, room)?;
    let item = &e.items[0];
    let (id, table) = (text(&item["id"]), text(&item["table"]));
    let named = text(&item["name"]);
    let name = if named.is_empty() { text(&item["says"]) } else { named };
    let body = html! {
        h1 { (name) }
        p.small-print { (capital(&spaced(table))) "." }
        @if table == "office" {
            (section("Who holds it", desk.answer_of(asked, "members", &fields(&[("of", id)])), |m| html! { ul.chips { @for i in &m.items { li { (parts::actor(desk, asked, text(&i["actor"]))) } } } }))
        }
        @if table == "conflict" {
            (section("Both readings", desk.answer_of(asked, "conflicts", &fields(&[("ids", id)])), |c| html! { ul.cards { @for i in &c.items { li.card { (super::disagreements::card(desk, asked, i)) } } } }))
        }
        @if table == "place" { p { a href=(asked.to("/about", &[])) { "How disputed territory is told" } } }
        (parts::facts(desk, asked, item, &["table", "id", "name", "claims"]))
        @if table == "event" { p { a href=(asked.to("/timeline", &[("ids", id)])) { "On the timeline" } } }
        (said(asked, item, id))
    };
    Ok(page(asked, &e, "explore", name, body))
}
