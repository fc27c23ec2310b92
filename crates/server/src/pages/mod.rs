//! The screens: which there are, and what they share.
//!
//! In: a desk and what was asked. Out: pages. What always holds: a screen first draws its sentence from what was asked, so a
//! refusal keeps the form; the title is the question as a sentence; it works without a script.

mod about;
mod brief;
mod casus;
mod compare;
mod disagreements;
mod ledger;
pub(crate) mod review;
mod ruling;
mod search;
mod sources;
mod start;
mod things;
mod timeline;
mod tree;
pub(crate) mod what_if;
pub(crate) mod words;

use foedera::{AskError, BasisView, Envelope};
use maud::{Markup, html};
use serde_json::Value;

use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;
use crate::page::{Page, Reply};
use crate::parts;
use crate::refusal;
use crate::routes::Screen;

pub(crate) use words::sentence as title;

const SCENARIO: &[&str] = &["attacker", "target", "place", "kind", "provoked", "with", "rounds"];
const WHY_NOT: &[&str] = &["actor", "attacker", "target", "place", "kind", "provoked", "with", "rounds"];

const WHAT_IF: &[&str] = &[
    "verb",
    "suppose_who",
    "suppose_does",
    "suppose_what",
    "actor",
    "attacker",
    "target",
    "place",
    "kind",
    "provoked",
    "with",
    "rounds",
    "matter",
    "deed",
    "from",
    "to",
    "class",
    "onward",
    "instrument",
    "party",
    "a",
    "b",
    "of",
];

/// Every screen but Explore's.
pub(crate) const SCREENS: &[Screen] = &[
    Screen { path: "/", fields: &[], draw: start::draw },
    Screen { path: "/ask", fields: SCENARIO, draw: casus::ask },
    Screen { path: "/why-not", fields: WHY_NOT, draw: casus::why_not },
    Screen { path: "/what-if", fields: WHAT_IF, draw: what_if::draw },
    Screen { path: "/decide", fields: &["matter"], draw: ruling::decide },
    Screen { path: "/may", fields: &["deed", "from", "to", "class", "onward"], draw: ruling::may },
    Screen { path: "/status", fields: &["instrument", "party"], draw: ruling::status },
    Screen { path: "/members", fields: &["of"], draw: ruling::members },
    Screen { path: "/measure", fields: &["measures"], draw: ruling::measure },
    Screen { path: "/ties", fields: &["a", "b"], draw: ruling::ties },
    Screen { path: "/coverage", fields: &[], draw: sources::coverage },
    Screen { path: "/timeline", fields: &["ids", "from", "to"], draw: timeline::draw },
    Screen {
        path: "/compare",
        fields: &["from_on", "to_on", "from_known", "to_known", "from_using", "to_using", "ids"],
        draw: compare::draw,
    },
    Screen { path: "/expectations", fields: &["ids", "by", "state"], draw: ledger::draw },
    Screen { path: "/disagreements", fields: &["ids", "about"], draw: disagreements::draw },
    Screen {
        path: "/claims",
        fields: &["words", "about", "kind", "what", "who", "by", "mode"],
        draw: sources::claims,
    },
    Screen { path: "/sources", fields: &[], draw: sources::list },
    Screen { path: "/impact", fields: &["of"], draw: sources::impact },
    Screen { path: "/source/{}", fields: &[], draw: sources::one },
    Screen { path: "/search", fields: &["q"], draw: search::draw },
    Screen { path: "/review", fields: review::FIELDS, draw: review::draw },
    Screen { path: "/about", fields: &[], draw: about::draw },
    Screen { path: "/method/{}", fields: &[], draw: about::method },
    Screen { path: "/actor/{}", fields: &[], draw: things::actor },
    Screen { path: "/person/{}", fields: &[], draw: things::actor },
    Screen { path: "/instrument/{}", fields: &[], draw: things::instrument },
    Screen { path: "/facility/{}", fields: &[], draw: things::facility },
    Screen { path: "/matter/{}", fields: &[], draw: things::matter },
    Screen { path: "/measure/{}", fields: &[], draw: things::measure },
    Screen { path: "/claim/{}", fields: &[], draw: things::claim },
    Screen { path: "/place/{}", fields: &[], draw: things::other },
    Screen { path: "/area/{}", fields: &[], draw: things::other },
    Screen { path: "/office/{}", fields: &[], draw: things::other },
    Screen { path: "/event/{}", fields: &[], draw: things::other },
    Screen { path: "/domain/{}", fields: &[], draw: things::other },
    Screen { path: "/conflict/{}", fields: &[], draw: things::other },
    Screen { path: "/brief/{}", fields: brief::FIELDS, draw: brief::draw },
    Screen { path: "/tree/{}", fields: brief::FIELDS, draw: tree::draw },
    Screen { path: "/cite/{}", fields: &[], draw: brief::instrument },
];

/// The page of a verb: the sentence, then the answer, an invitation if nothing was asked yet, or a refusal.
pub(crate) fn answered(
    desk: &Desk,
    asked: &Asked,
    screen: &'static str,
    verb: &'static str,
    sentence: Markup,
    invitation: impl FnOnce() -> Markup,
    draw: impl FnOnce(&Envelope) -> Markup,
) -> Reply {
    let nothing = asked.fields.is_empty() && asked.fault.is_none();
    let needed = foedera::verb(verb).is_some_and(|v| v.fields.iter().any(|f| f.needed));
    if nothing && needed {
        let body = html! { h1 { (parts::capital(screen)) } (invitation()) };
        return Page::new(screen, parts::capital(screen), sentence, body).into();
    }
    match desk.answer(asked, verb) {
        Ok(e) => {
            let body = draw(&e);
            Page::new(screen, title(desk, &e.question, &e.basis), sentence, body).of(&e, verb).into()
        }
        // Half a question is no mistake: the rest is asked for.
        Err(e) if e.code == "incomplete-question" && asked.fault.is_none() => {
            let body = html! { h1 { (parts::capital(screen)) } p.next { (parts::capital(&e.message)) ". " (e.help.as_deref().unwrap_or_default()) "." } (invitation()) };
            Page::new(screen, parts::capital(screen), sentence, body).into()
        }
        Err(e) => refused(asked, screen, sentence, &e),
    }
}

/// A refusal that keeps the form.
pub(crate) fn refused(asked: &Asked, screen: &'static str, sentence: Markup, e: &AskError) -> Reply {
    let page = Page::new(screen, "This cannot be answered as asked", sentence, refusal::shown(asked, e));
    page.status(refusal::status(e)).into()
}

/// The question as caption, above the answer for print and for those who cannot see the form.
pub(crate) fn caption(desk: &Desk, e: &Envelope) -> Markup {
    html! { p.caption { (dated(&title(desk, &e.question, &e.basis))) } }
}

/// `on 11 …, as known …` of a basis.
pub(crate) fn when(b: &BasisView) -> String {
    let known = if b.known == "latest" { "today" } else { b.known.as_str() };
    format!("on {}, as known {known}", b.on)
}

/// The fields of a verb from texts.
pub(crate) fn fields(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

/// The texts of a JSON list, by comma.
pub(crate) fn joined(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        _ => parts::texts(v).collect::<Vec<_>>().join(","),
    }
}
