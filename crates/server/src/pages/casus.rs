//! Ask: if X attacks Y at P on D, who must act; and why somebody need not.
//!
//! In: the scenario. Out: the answer in one sentence, the ladder of duty with its empty rungs, gates, who is not bound by first
//! failing condition, the proofs, what would change the answer. What always holds: an actor stands on each rung once; who stands
//! on no rung stands once under the condition that failed where the clause came nearest.

use std::collections::{BTreeMap, BTreeSet};

use foedera::Envelope;
use maud::{Markup, html};
use serde_json::Value;

use super::words::{ATTACKS, LADDER, REASONS, reason, rung};
use super::{answered, caption, joined};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::form;
use crate::page::{Refusal, Reply};
use crate::parts::{self, capital, spaced, text, texts};

/// `/ask`.
pub(crate) fn ask(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! { "If " (scenario(desk, asked)) };
    let sentence =
        html! { (form::sentence(asked, "/ask", "Answer", parts)) (form::lists(desk, &["actor", "place"])) };
    Ok(answered(
        desk,
        asked,
        "ask",
        "casus",
        sentence,
        || super::start::questions(desk, asked, "casus"),
        |e| body(desk, asked, e),
    ))
}

/// The words of a scenario.
pub(crate) fn scenario(desk: &Desk, asked: &Asked) -> Markup {
    html! {
        (form::name(desk, "actor", "attacker", "attacker", &asked.all("attacker"), "who?"))
        " " (form::word("kind", "kind of attack", or(asked.get("kind"), "armed"), ATTACKS))
        " " (form::name(desk, "actor", "target", "target", &asked.all("target"), "whom?"))
        " at " (form::name(desk, "place", "place", "where the attack falls", asked.get("place"), "its own territory"))
        (form::clocks(asked, "on"))
        details.more open[["provoked", "with", "rounds"].iter().any(|f| !asked.get(f).is_empty())] {
            summary { "provoked, supporters, rounds" }
            " provoked: " (form::word("provoked", "whether it was provoked", asked.get("provoked"),
                &[("", "no (assumed)"), ("no", "no"), ("yes", "yes"), ("unknown", "unknown")]))
            " supported by " (form::name(desk, "actor", "with", "who supports the attacker", &asked.all("with"), "nobody"))
            " rounds " (form::word("rounds", "rounds of the cascade", asked.get("rounds"),
                &[("", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("8", "8")]))
        }
    }
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

/// The items of each rung: actor → numbers of its items.
pub(crate) type Standing = BTreeMap<&'static str, BTreeMap<String, Vec<usize>>>;

/// Who stands on which rung.
pub(crate) fn standing(e: &Envelope) -> Standing {
    let mut out: Standing = BTreeMap::new();
    for (n, i) in e.items.iter().enumerate() {
        if let Some(r) = rung(i) {
            out.entry(r).or_default().entry(text(&i["actor"]).to_owned()).or_default().push(n);
        }
    }
    out
}

/// How telling a reason is: an ally of the attacker first, then clauses that promise help, then lesser promises, then that no
/// treaty links the two, then what binds everybody alike.
fn telling(i: &Value, targets: &[&str]) -> (u8, u64) {
    let aimed = targets.contains(&text(&i["toward"]));
    let rank = match text(&i["reason"]) {
        "ALLY_IS_ATTACKER" => 5,
        _ if !aimed => 0,
        "RECOMMENDATION_ONLY" => 1,
        "NO_TREATY" => 2,
        "RIGHT_NOT_DUTY" | "CONSULT_ONLY" | "NEUTRALITY_ONLY" | "NONAGGRESSION_ONLY" | "NOT_BINDING" => 3,
        _ => 4,
    };
    (rank, i["passed"].as_u64().unwrap_or(0))
}

/// Who stands on no rung: for each actor the item that tells most, the nearest clause of several, by reason.
fn unbound<'e>(e: &'e Envelope, standing: &Standing) -> BTreeMap<&'e str, BTreeMap<&'e str, &'e Value>> {
    let on: BTreeSet<&str> = standing.values().flat_map(|r| r.keys().map(String::as_str)).collect();
    let targets: Vec<&str> = texts(&e.question["target"]).collect();
    let mut nearest: BTreeMap<&str, &Value> = BTreeMap::new();
    for i in e.items.iter().filter(|i| i["role"] == "not-bound" && !on.contains(text(&i["actor"]))) {
        let slot = nearest.entry(text(&i["actor"])).or_insert(i);
        if telling(i, &targets) > telling(slot, &targets) {
            *slot = i;
        }
    }
    let mut out: BTreeMap<&str, BTreeMap<&str, &Value>> = BTreeMap::new();
    for (actor, i) in nearest {
        out.entry(text(&i["reason"])).or_default().insert(actor, i);
    }
    out
}

fn body(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    let standing = standing(e);
    let unbound = unbound(e, &standing);
    let counts: Vec<String> = LADDER
        .iter()
        .filter_map(|r| standing.get(r.key).map(|s| format!("{} {}", s.len(), short(r.key))))
        .collect();
    let none: usize = unbound.values().map(BTreeMap::len).sum();
    html! {
        (caption(desk, e))
        (parts::headline(e))
        p.counts {
            @if counts.is_empty() { "Nobody is bound, entitled or held back" } @else { (counts.join(" · ")) }
            " · " (none) " not bound."
        }
        (gates(desk, asked, e))
        div.two {
            div.aside {
                (ladder(desk, e, &standing))
                (not_bound(desk, asked, e, &unbound))
            }
            div.beside {
                (proofs(desk, asked, e, &standing))
                (flips(desk, asked, e, &unbound))
            }
        }
        (parts::foundations(desk, asked, e))
        (super::sources::beside(desk, asked, e))
    }
}

fn short(key: &str) -> &'static str {
    match key {
        "must-fight" => "must fight",
        "must-assist" => "must assist",
        "must-act" => "must act",
        "must-consult" => "must consult",
        "must-abstain" => "must stay out",
        "breach" => "would break their word",
        "may" => "may act",
        _ => "committed politically",
    }
}

fn gates(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    html! {
        @if !e.gates.is_empty() {
            section.gates {
                h2 { "Before any duty: what an actor's own law allows" }
                @for g in &e.gates {
                    div.gate data-state=(text(&g["state"])) {
                        p {
                            (parts::actor(desk, asked, text(&g["actor"]))) ": " (parts::badge("state", text(&g["state"]))) " "
                            (text(&g["says"])) " "
                            (parts::instrument(desk, asked, text(&g["instrument"]), text(&g["article"])))
                        }
                        @let opens: Vec<&str> = texts(&g["opens_with"]).collect();
                        @if !opens.is_empty() {
                            p { "It would open with " @for (n, f) in opens.iter().enumerate() { @if n > 0 { ", " } a href=(asked.assuming(f)) { (super::words::fact(desk, f)) } } }
                        }
                        @if let Some(p) = parts::item_proof(g) { (parts::proof(desk, asked, &p, 0)) }
                    }
                }
            }
        }
    }
}

fn ladder(desk: &Desk, e: &Envelope, standing: &Standing) -> Markup {
    html! {
        section.ladder aria-labelledby="who-must" {
            h2 #who-must { "Who must act" }
            @for r in LADDER {
                @let actors = standing.get(r.key);
                @let count = actors.map_or(0, BTreeMap::len);
                details.rung data-strength=(r.key) data-count=(count) open[(1..=60).contains(&count)] {
                    summary { span.rung-name { (r.name) } " " span.count { (count) } }
                    @if let Some(actors) = actors {
                        ul.chips {
                            @for (actor, items) in actors {
                                @let first = items[0];
                                @let confidence = best(e, items);
                                li { a.chip href=(format!("#why-{}", element(r.key, actor))) data-confidence=(confidence) {
                                    (desk.actor(actor))
                                    @match confidence { "certain" => {}, "disputed" => { " ⚑" span.quiet { " disputed" } }, _ => { " ?" span.quiet { " possible" } } }
                                    @if e.items[first]["round"].as_u64().unwrap_or(1) > 1 { span.round { " round " (e.items[first]["round"]) } }
                                } }
                            }
                        }
                    } @else { p { (r.says) " Nobody here." } }
                }
            }
        }
    }
}

fn element(rung: &str, actor: &str) -> String {
    parts::element(rung, actor)
}

/// The surest confidence among items.
fn best<'e>(e: &'e Envelope, items: &[usize]) -> &'e str {
    let all: Vec<&str> = items.iter().map(|n| text(&e.items[*n]["confidence"])).collect();
    ["certain", "possible", "disputed"].into_iter().find(|c| all.contains(c)).unwrap_or("possible")
}

/// The question as fields, from its echo.
pub(crate) fn scenario_fields(q: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for k in ["attacker", "target", "place", "kind", "provoked", "with", "rounds"] {
        let v = if q[k].is_number() { q[k].to_string() } else { joined(&q[k]) };
        let default =
            matches!((k, v.as_str()), ("kind", "armed") | ("provoked", "assumed-no") | ("rounds", "1"));
        if !v.is_empty() && !default {
            out.push((k.to_owned(), v));
        }
    }
    out
}

fn not_bound(
    desk: &Desk,
    asked: &Asked,
    e: &Envelope,
    unbound: &BTreeMap<&str, BTreeMap<&str, &Value>>,
) -> Markup {
    let scenario = scenario_fields(&e.question);
    let why = |actor: &str| {
        let mut fields = vec![("actor", actor)];
        fields.extend(scenario.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        asked.to("/why-not", &fields)
    };
    html! {
        section.not-bound aria-labelledby="not-bound" {
            h2 #not-bound { "Not bound, and why" }
            @for (code, words) in REASONS {
                @if let Some(actors) = unbound.get(code) {
                    details.reason data-reason=(code) data-count=(actors.len()) {
                        summary { span.rung-name { (words) } " " span.count { (actors.len()) } }
                        ul.chips {
                            @for (actor, i) in actors {
                                li { a.chip href=(why(actor)) title=(text(&i["says"])) { (desk.actor(actor)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The proofs of everybody on a rung: the first stands open, the others open where they are asked for.
fn proofs(desk: &Desk, asked: &Asked, e: &Envelope, standing: &Standing) -> Markup {
    let mut first = true;
    let mut open = || std::mem::replace(&mut first, false);
    html! {
        section.proof aria-labelledby="why" {
            h2 #why { "Why" }
            @if standing.is_empty() { (parts::proof(desk, asked, &e.proof, 2)) }
            @for r in LADDER {
                @if let Some(actors) = standing.get(r.key) {
                    h3 { (r.name) " (" (actors.len()) ")" }
                    @for (actor, items) in actors {
                        @let open = open();
                        details.item open[open] {
                            summary { (desk.actor(actor)) @for (k, n) in items.iter().enumerate() { (if k == 0 { ": " } else { "; " }) (named(desk, &e.items[*n])) } }
                            // The place a chip leads to lies inside, so that a browser opens it.
                            div #(format!("why-{}", element(r.key, actor))) tabindex="-1" {
                                @for n in items { (because(desk, asked, &e.items[*n], open)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text an item rests on, in short.
fn named(desk: &Desk, i: &Value) -> String {
    let instrument =
        desk.thing("instrument", text(&i["instrument"])).map_or(text(&i["instrument"]), |e| e.name.as_str());
    format!("{instrument}{}", parts::of_article(text(&i["article"])))
}

/// One item: its text, what it hangs on, its proof.
fn because(desk: &Desk, asked: &Asked, i: &Value, open: bool) -> Markup {
    let hangs: Vec<&str> = texts(&i["open"]).collect();
    let contested: Vec<&str> = texts(&i["disputed"]).collect();
    html! {
        p.under {
            (parts::actor(desk, asked, text(&i["actor"]))) " · "
            (parts::instrument(desk, asked, text(&i["instrument"]), text(&i["article"])))
            " · " (spaced(text(&i["act"]))) " · " (spaced(text(&i["strength"])))
            @if !text(&i["discretion"]).is_empty() && i["discretion"] != "none" { " · discretion: " (spaced(text(&i["discretion"]))) }
            " " (parts::badge("confidence", text(&i["confidence"])))
        }
        @if !hangs.is_empty() { p { "Hangs on whether " @for (n, f) in hangs.iter().enumerate() { @if n > 0 { " and " } a href=(asked.assuming(f)) { (super::words::fact(desk, f)) } } "." } }
        @if !contested.is_empty() { p { "⚑ Contested: " (contested.join("; ")) } }
        @if let Some(p) = parts::item_proof(i) { (parts::proof(desk, asked, &p, if open { 2 } else { 1 })) }
    }
}

/// The most actors tried for a change that would bind them.
const TRIED: usize = 3;

/// One change of the question: whom it is to bind, in words, where it leads, whether it does.
struct Flip<'a> {
    actor: &'a str,
    line: String,
    address: Option<String>,
    binds: bool,
}

/// Changes of the question that change the answer, tried before they are offered.
fn flips(
    desk: &Desk,
    asked: &Asked,
    e: &Envelope,
    unbound: &BTreeMap<&str, BTreeMap<&str, &Value>>,
) -> Markup {
    let scenario = scenario_fields(&e.question);
    let passed = |v: &Value| v["passed"].as_u64().unwrap_or(0);
    // One actor a reason, the nearest first: others under the same reason flip alike.
    let mut near: Vec<(&str, &Value)> = unbound
        .iter()
        .filter(|(r, _)| !matches!(**r, "NO_TREATY" | "ALLY_IS_ATTACKER" | "RECOMMENDATION_ONLY"))
        .filter_map(|(_, actors)| actors.iter().max_by_key(|(_, i)| passed(i)).map(|(a, i)| (*a, *i)))
        .collect();
    near.sort_by_key(|(a, i)| (std::cmp::Reverse(passed(i)), *a));
    near.truncate(TRIED);
    let mut out: Vec<Flip<'_>> = Vec::new();
    for (actor, i) in near {
        let mut fields = vec![("actor".to_owned(), actor.to_owned())];
        fields.extend(scenario.clone());
        let Ok(why) = desk.answer_of(asked, "why-not", &fields) else { continue };
        let Some(item) = why.items.first() else { continue };
        let changes: Vec<&Value> = item["changes"].as_array().into_iter().flatten().collect();
        let says: Vec<String> = changes.iter().map(|c| change(desk, c)).collect();
        let other = changed(asked, "/ask", &scenario, &changes);
        // What the verb tried is promised; a supposition of rows takes a dossier of its own to try, and is offered as a beginning.
        let binds = item["tried"] == true && other.is_some();
        let needs = if binds { "would be bound if" } else { "would be bound only if, at least," };
        let line = format!(
            "{} ({}) {needs} {}",
            desk.actor(actor),
            reason(text(&i["reason"])).to_lowercase(),
            says.join(" and ")
        );
        out.push(Flip { actor, line, address: other.map(|o| o.same_at("/ask")), binds });
    }
    html! {
        section.flips aria-labelledby="flips" {
            h2 #flips { "What would change this answer?" }
            @if out.is_empty() { p { "No change of the question was found that would bind another actor." } }
            ul {
                @for f in &out {
                    li data-binds=[f.binds.then_some(f.actor)] {
                        (f.line) ". "
                        @match (&f.address, f.binds) {
                            (Some(a), true) => { a href=(a) { "See it" } ": tried, and it does." },
                            (Some(a), false) => { a href=(a) { "Suppose it" } ", and see what else stands in the way." },
                            (None, _) => "It takes a change of the world, not of the question.",
                        }
                    }
                }
                @for (fact, hangs) in open_facts(e) {
                    @let other = { let mut other = asked.clone(); other.basis.assume.push(fact.to_owned()); other };
                    li { (hangs) @if hangs == 1 { " commitment hangs" } @else { " commitments hang" } " on whether " (super::words::fact(desk, fact)) ". "
                        a href=(super::what_if::address(&other, "casus")) { "Suppose it" } }
                }
                @if e.question["provoked"] == "assumed-no" {
                    li { "That it was not provoked is assumed. " a href=(asked.with("provoked", "yes")) { "Suppose it was" } " or " a href=(asked.with("provoked", "unknown")) { "leave it unknown" } "." }
                }
            }
            (super::what_if::adding(desk, asked, "casus", &scenario))
        }
    }
}

/// The most open facts offered.
const OFFERED: usize = 6;

/// Facts that commitments of the answer hang on, and how many hang on each; those that most hang on first.
fn open_facts(e: &Envelope) -> Vec<(&str, usize)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let bound = e.items.iter().filter(|i| i["role"] != "not-bound");
    bound.flat_map(|i| texts(&i["open"])).for_each(|f| *count.entry(f).or_default() += 1);
    let mut out: Vec<(&str, usize)> = count.into_iter().collect();
    out.sort_by_key(|(f, n)| (std::cmp::Reverse(*n), *f));
    out.truncate(OFFERED);
    out
}

/// A change in words: facts as sentences.
fn change(desk: &Desk, c: &Value) -> String {
    let fact = c["option"].as_str().and_then(|o| o.strip_prefix("--assume "));
    fact.map_or_else(|| text(&c["text"]).to_owned(), |f| super::words::fact(desk, f.trim_matches('\'')))
}

/// The question with changes, each given as an option of the command line; none if one is no option.
fn changed(asked: &Asked, path: &str, scenario: &[(String, String)], changes: &[&Value]) -> Option<Asked> {
    let mut other = asked.clone();
    path.clone_into(&mut other.path);
    other.fields = scenario.to_vec();
    for c in changes {
        let option = c["option"].as_str()?;
        let (flag, value) = option.strip_prefix("--")?.split_once([' ', '='])?;
        let value = value.trim().trim_matches(['\'', '"']).to_owned();
        match flag {
            "on" => other.basis.on = Some(value),
            "assume" => other.basis.assume.push(value),
            "attacker" | "target" | "place" | "kind" | "provoked" | "with" => {
                other.fields.retain(|(k, _)| k != flag);
                other.fields.push((flag.to_owned(), value));
            }
            _ => return None,
        }
    }
    Some(other)
}

/// `/why-not`.
pub(crate) fn why_not(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "Why is " (form::name(desk, "actor", "actor", "whose not being bound is to be explained", asked.get("actor"), "who?"))
        " not bound if " (scenario(desk, asked))
    };
    let sentence = html! { (form::sentence(asked, "/why-not", "Explain", parts)) (form::lists(desk, &["actor", "place"])) };
    Ok(answered(
        desk,
        asked,
        "ask",
        "why-not",
        sentence,
        || super::start::questions(desk, asked, "why-not"),
        |e| {
            let scenario = scenario_fields(&e.question);
            let pairs: Vec<(&str, &str)> = scenario.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            html! {
                (caption(desk, e))
                (parts::headline(e))
                p { a href=(asked.to("/ask", &pairs)) { "Who must act in this case" } }
                @for i in &e.items {
                    section.proof {
                        h2 { (parts::instrument(desk, asked, text(&i["instrument"]), text(&i["article"]))) ": " (reason(text(&i["reason"]))) }
                        @let changes: Vec<&Value> = i["changes"].as_array().into_iter().flatten().collect();
                        @if !changes.is_empty() {
                            div.flips {
                                h3 { "What would change it" }
                                ul { @for c in &changes { li { (capital(&change(desk, c))) } } }
                                @if let Some(a) = changed(asked, "/ask", &scenario, &changes).map(|o| o.same_at("/ask")) {
                                    p { @if i["tried"] == true { a href=(a) { "See it" } ": tried, and it does." } @else { a href=(a) { "Suppose it" } ", and see what else stands in the way." } }
                                }
                            }
                        }
                        @if let Some(p) = parts::item_proof(i) { (parts::proof(desk, asked, &p, 1)) }
                    }
                }
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}
