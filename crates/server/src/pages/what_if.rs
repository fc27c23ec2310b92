//! What-if: the same question without and with what is supposed, side by side.
//!
//! In: a question, suppositions, perhaps one more put together from its parts. Out: both answers; for a casus the ladder of both
//! and who joins or leaves each rung. What always holds: what is supposed is named in the title, in the band and over its column;
//! the other column supposes nothing; nothing is stored.

use std::collections::BTreeSet;

use foedera::{Envelope, VERBS};
use maud::{Markup, html};

use super::casus::{scenario, standing};
use super::words::{self, LADDER};
use super::{caption, refused, start};
use crate::asked::{Asked, wrong};
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts;

/// The parameters of the screen beside those of the question.
const OWN: &[&str] = &["verb", "suppose_who", "suppose_does", "suppose_what"];

/// What may be supposed of somebody, as its fact, its words, and of what kind the thing is.
const DEEDS: &[(&str, &str)] = &[
    ("party", "is a party to"),
    ("member", "is a member of"),
    ("consents", "consents to"),
    ("objects", "objects to"),
    ("requested", "asks for help"),
    ("acts", "takes part"),
    ("agreed", "agrees"),
    ("supports", "supports"),
    ("at-war", "is at war with"),
    ("mobilised", "has mobilised"),
];

/// The deeds of one alone.
const ALONE: &[&str] = &["requested", "acts", "agreed", "mobilised"];

/// Whether a verb can be asked with and without.
pub(crate) fn asks(verb: &str) -> bool {
    matches!(verb, "casus" | "why-not" | "decide" | "may" | "status" | "ties" | "members")
}

/// The address that compares an answer with and without what it supposes.
pub(crate) fn address(asked: &Asked, verb: &str) -> String {
    let mut fields: Vec<(&str, &str)> = vec![("verb", verb)];
    fields.extend(asked.fields.iter().filter(|(k, _)| k != "verb").map(|(k, v)| (k.as_str(), v.as_str())));
    asked.to("/what-if", &fields)
}

/// A small form that adds one supposition to a question.
pub(crate) fn adding(desk: &Desk, asked: &Asked, verb: &str, fields: &[(String, String)]) -> Markup {
    let b = &asked.basis;
    html! {
        form.suppose action="/what-if" method="get" {
            input type="hidden" name="verb" value=(verb);
            @for (k, v) in fields.iter().filter(|(k, _)| !OWN.contains(&k.as_str())) { input type="hidden" name=(k) value=(v); }
            @if let Some(on) = &b.on { input type="hidden" name="on" value=(on); }
            @if let Some(known) = &b.known { input type="hidden" name="known" value=(known); }
            @for u in &b.using { input type="hidden" name="using" value=(u); }
            @if let Some(c) = &b.clearance { input type="hidden" name="clearance" value=(c); }
            @for a in &b.assume { input type="hidden" name="assume" value=(a); }
            "Suppose that " (pickers(desk, asked)) " " button { "What if?" }
        }
    }
}

/// Who, does, what: as they were given, if they were not understood.
fn pickers(desk: &Desk, asked: &Asked) -> Markup {
    let [who, does, what] = ["suppose_who", "suppose_does", "suppose_what"].map(|f| asked.get(f));
    html! {
        (form::name(desk, "actor", "suppose_who", "of whom something is supposed", who, "who?"))
        " " (form::word("suppose_does", "what is supposed of it", if does.is_empty() { "party" } else { does }, DEEDS))
        " " (form::name(desk, "any", "suppose_what", "treaty, body, matter or actor", what, "what?"))
        (form::lists(desk, &["any"]))
    }
}

/// The fact put together from its three parts; none if none is given.
fn composed(desk: &Desk, asked: &Asked) -> Result<Option<String>, Refusal> {
    let [who, does, what] = ["suppose_who", "suppose_does", "suppose_what"].map(|f| asked.get(f));
    if who.is_empty() && what.is_empty() {
        return Ok(None);
    }
    let missing = |m: &str, help: &str| wrong("incomplete-supposition", m.to_owned(), Some(help.to_owned()));
    if who.is_empty() {
        return Err(missing("it is not said of whom something is supposed", "name an actor: Finland"));
    }
    let id = |text: &str, kinds: &[&str]| {
        let named = |e: &&foedera::Entry| (e.id == text || e.name == text) && kinds.contains(&e.kind);
        desk.entries.iter().find(named).map_or(text.to_owned(), |e| e.id.clone())
    };
    let who = id(who, &["actor"]);
    if ALONE.contains(&does) {
        return Ok(Some(format!("{does}:{who}")));
    }
    if what.is_empty() {
        return Err(missing(
            "it is not said to what this is supposed",
            "name a treaty, a body, a matter or an actor: North Atlantic Treaty",
        ));
    }
    let kinds: &[&str] = match does {
        "party" => &["instrument"],
        "consents" | "objects" => &["matter"],
        _ => &["actor"],
    };
    Ok(Some(format!("{}:{who}/{}", if does.is_empty() { "party" } else { does }, id(what, kinds))))
}

/// `/what-if`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let verb = if asked.get("verb").is_empty() { "casus" } else { asked.get("verb") };
    let mut with = asked.clone();
    with.fields.retain(|(k, _)| !OWN.contains(&k.as_str()));
    let more = composed(desk, asked);
    if let Ok(Some(fact)) = &more
        && !with.basis.assume.contains(fact)
    {
        with.basis.assume.push(fact.clone());
    }
    if let Err(e) = more {
        let sentence = html! { (sentence(desk, &with, verb)) (adding(desk, asked, verb, &with.fields)) };
        return Ok(refused(&with, "ask", sentence, &e));
    }
    let sentence = html! { (sentence(desk, &with, verb)) (adding(desk, &with, verb, &with.fields)) };
    let Some(verb) = VERBS.iter().find(|v| v.name == verb && asks(v.name)) else {
        let shown: String = verb.chars().take(40).collect();
        let e = wrong(
            "unknown-word",
            format!("`{shown}` cannot be asked with and without a supposition"),
            Some("ask casus, why-not, decide, may, status, ties or members".to_owned()),
        );
        return Ok(refused(&with, "ask", sentence, &e));
    };
    if with.basis.assume.is_empty() || with.fields.is_empty() {
        let body = html! {
            h1 { "What if?" }
            p.next { "The same question twice: as the sources tell it, and supposing something they do not. Give the question and a supposition: that somebody is a party to a treaty, consents to a matter, asks for help. Nothing is stored." }
            (start::suppositions(desk, asked))
        };
        return Ok(Page::new("ask", "What if?", sentence, body).into());
    }
    let mut without = with.clone();
    without.basis.assume.clear();
    let answers = desk.answer(&without, verb.name).and_then(|a| Ok((a, desk.answer(&with, verb.name)?)));
    let (plain, supposed) = match answers {
        Ok(both) => both,
        Err(e) => return Ok(refused(&with, "ask", sentence, &e)),
    };
    let title = super::title(desk, &supposed.question, &supposed.basis);
    let body = html! {
        (caption(desk, &supposed))
        h1.answer data-verdict=(supposed.verdict) { (supposed.answer) }
        p.counts data-changed=(plain.verdict != supposed.verdict) {
            @if plain.verdict == supposed.verdict { "The verdict is the same without it: " (parts::badge("verdict", &plain.verdict)) }
            @else { "Without it the verdict is " (parts::badge("verdict", &plain.verdict)) ", with it " (parts::badge("verdict", &supposed.verdict)) "." }
        }
        @if verb.name == "casus" { (ladders(desk, &plain, &supposed)) }
        div.two.sides {
            (side(desk, &without, verb.name, &plain, "As the sources tell"))
            (side(desk, &with, verb.name, &supposed, &format!("Supposing {}", words::scenario(desk, &supposed.basis))))
        }
    };
    Ok(Page::new("ask", title, sentence, body).of(&supposed, verb.name).into())
}

/// The sentence: the question, then what is supposed, each supposition with a way to drop it.
fn sentence(desk: &Desk, asked: &Asked, verb: &str) -> Markup {
    let parts = html! {
        input type="hidden" name="verb" value=(verb);
        @if verb == "casus" { "If " (scenario(desk, asked)) (form::lists(desk, &["actor", "place"])) }
        @else {
            @for (k, v) in &asked.fields { input type="hidden" name=(k) value=(v); }
            "The question " em { (parts::spaced(verb)) " " (asked.fields.iter().map(|(_, v)| desk.name(v)).collect::<Vec<_>>().join(", ")) }
            (form::clocks(asked, "on"))
        }
    };
    html! { (form::sentence(asked, "/what-if", "Compare", parts)) (suppositions(desk, asked, verb)) }
}

/// What is supposed now, each with a link that drops it.
fn suppositions(desk: &Desk, asked: &Asked, verb: &str) -> Markup {
    let mut shown = asked.clone();
    "/what-if".clone_into(&mut shown.path);
    shown.fields.insert(0, ("verb".to_owned(), verb.to_owned()));
    html! {
        @if !asked.basis.assume.is_empty() {
            ul.supposed-list aria-label="Supposed" {
                @for (n, fact) in asked.basis.assume.iter().enumerate() {
                    @let rest = { let mut rest = shown.clone(); rest.basis.assume.remove(n); rest };
                    li { "Supposed: " strong { (words::fact(desk, fact)) } " " a.drop href=(rest.same_at("/what-if")) { "Drop it" } }
                }
            }
        }
    }
}

/// Who stands on each rung without and with.
fn ladders(desk: &Desk, plain: &Envelope, supposed: &Envelope) -> Markup {
    let (before, after) = (standing(plain), standing(supposed));
    let on = |s: &super::casus::Standing, key: &str| -> BTreeSet<String> {
        s.get(key).map(|r| r.keys().cloned().collect()).unwrap_or_default()
    };
    let named = |list: Vec<&String>| list.iter().map(|a| desk.actor(a)).collect::<Vec<_>>().join(", ");
    html! {
        div.wide tabindex="0" role="region" aria-label="The ladder without and with" {
            table.table.ladders {
                caption { "Who stands on each rung of the ladder, without and with what is supposed" }
                thead { tr { th scope="col" { "Rung" } th scope="col" { "Without" } th scope="col" { "With" } th scope="col" { "Joins" } th scope="col" { "Leaves" } } }
                tbody {
                    @for r in LADDER {
                        @let (a, b) = (on(&before, r.key), on(&after, r.key));
                        tr data-strength=(r.key) {
                            th scope="row" { (r.name) }
                            td { (a.len()) } td { (b.len()) }
                            td { (named(b.difference(&a).collect())) }
                            td { (named(a.difference(&b).collect())) }
                        }
                    }
                }
            }
        }
    }
}

/// One of the two answers, with its reasons folded and the way to the whole of it.
fn side(desk: &Desk, asked: &Asked, verb: &str, e: &Envelope, name: &str) -> Markup {
    let pairs: Vec<(&str, &str)> = asked.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let whole = asked.to(start::screen_of(verb), &pairs);
    html! {
        section.side data-supposed=(!asked.basis.assume.is_empty()) {
            h2 { (name) }
            p { (parts::badge("verdict", &e.verdict)) " " (dated(&e.answer)) }
            @if e.items.len() == 1 && verb == "decide" { p { "Outcome: " (parts::spaced(parts::text(&e.items[0]["outcome"]))) } }
            p.no-print { a href=(whole) { "The whole answer" } }
            details { summary { "Its reasons" } (parts::proof(desk, asked, &e.proof, 1)) }
        }
    }
}
