//! About: how answers are made, what they refuse to say, the yardsticks; one page a mechanism.
//!
//! In: the pages of `docs/`, embedded. Out: the same as HTML. What always holds: the text is the documentation's, not a second
//! one; every mechanism a proof names has its page.

use maud::{Markup, html};

use crate::asked::{Asked, wrong};
use crate::desk::Desk;
use crate::page::{Page, Refusal, Reply};
use crate::prose;

macro_rules! method {
    ($($name:literal),+) => { &[$(($name, include_str!(concat!("../../../../docs/mechanisms/", $name, ".md")))),+] };
}

/// The pages of the mechanisms.
const METHOD: &[(&str, &str)] = method![
    "casus",
    "status",
    "facility",
    "ties",
    "members",
    "decide",
    "may",
    "expect",
    "conflicts",
    "measure",
    "timeline",
    "diff",
    "impact"
];

const DISPUTED: &str = include_str!("../../../../docs/disputed-territory.md");

/// `/about`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    if let Some(fault) = &asked.fault {
        return Err(fault.clone());
    }
    let body = html! {
        h1 { "How answers are made" }
        p { "Everything shown here is asked of one program on this machine. Nothing leaves it, nothing is stored, and nothing is guessed: what the sources do not tell is said to be unknown." }
        section {
            h2 #clocks { "Two clocks" }
            p { strong { "In force on" } ": what held in the world that day. " strong { "As known on" } ": using only what the sources had told by that day. An agreement kept secret is in force at once and known later." }
        }
        section {
            h2 #silences { "Four silences" }
            @for s in ["none-in-force", "outside-our-coverage", "not-yet-known", "we-have-not-looked"] { (crate::parts::silence(s)) }
        }
        section {
            h2 #mechanisms { "How each kind of question is answered" }
            ul { @for (name, text) in METHOD { li { a href=(asked.to(&format!("/method/{name}"), &[])) { (heading(text)) } } } }
        }
        section {
            h2 #review { "Claims from texts of your own" }
            p { "Texts that " code { "foedera read" } " has read wait for a person under " a href="/review" { "Review" } ". Nothing of them is in any answer before it is accepted." }
        }
        section {
            h2 #grades { "Grades and independence" }
            p { "A source carries the Admiralty grade its dossier gives it, with the reason: a letter for the reliability of the source (A to E; F: cannot be judged) and a digit for the credibility of the report (1 to 5; 6: cannot be judged). They are two symbols and never one number. Sources of one independence group repeat one origin; they confirm once." }
        }
        (yardsticks())
        section #disputed { (prose::page(DISPUTED)) }
        section {
            h2 #programs { "For programs" }
            p { "Every question has an address under " a href="/api/v1/" { "/api/v1/" } ", described in " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } "; answers follow the " a href="/api/v1/schema/answer.json" { "schema of answers" } "." }
        }
        section {
            h2 #dossier { "This dossier" }
            p { (desk.dossier.title()) " (" (desk.dossier.names.join(", ")) "), " code { (desk.dossier.hash) } "." }
            ul { @for (id, title) in desk.dossier.packs() { li { code { (id) } ": " (title) } } }
            p { a href=(asked.to("/coverage", &[])) { "What it covers" } }
        }
    };
    Ok(Page::new("about", "How answers are made", html! {}, body).into())
}

/// Words of likelihood and what each yardstick gives them.
fn yardsticks() -> Markup {
    html! {
        section {
            h2 #likelihood { "Words of likelihood" }
            p { "A word of likelihood is read under the yardstick its source names, and under no other; where none is named, there is no number. A likelihood is never a confidence." }
            @for (name, words) in foedera::yardsticks() {
                @if !words.is_empty() {
                    h3 { (name) }
                    ul { @for (word, low, high) in words { li { (word) ": " (low) "–" (high) " %" } } }
                }
            }
        }
    }
}

/// The first heading of a page.
fn heading(text: &str) -> &str {
    text.lines().find_map(|l| l.strip_prefix("# ")).unwrap_or("Method")
}

/// `/method/{name}`.
pub(crate) fn method(_: &Desk, asked: &Asked, name: &str) -> Result<Reply, Refusal> {
    if let Some(fault) = &asked.fault {
        return Err(fault.clone());
    }
    let Some((_, text)) = METHOD.iter().find(|(n, _)| *n == name) else {
        return Err(wrong(
            "not-found",
            "there is no such mechanism".to_owned(),
            Some("they are listed at /about".to_owned()),
        ));
    };
    let rest = text.split_once('\n').map_or("", |(_, r)| r);
    let body = html! { h1 { (heading(text)) } (prose::page(rest)) p { a href=(asked.to("/about", &[])) { "All mechanisms" } } };
    Ok(Page::new("about", heading(text), html! {}, body).into())
}
