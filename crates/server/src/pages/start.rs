//! The first page: what can be asked, with worked examples, and where things are.
//!
//! In: the dossier. Out: questions with their answers, asked now. What always holds: an example is shown only if this dossier
//! can answer it; no answer is written here.

use maud::{Markup, html};

use super::title;
use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};

/// An example: verb, screen, fields, basis.
struct Example {
    verb: &'static str,
    path: &'static str,
    fields: &'static [(&'static str, &'static str)],
    on: &'static str,
    known: &'static str,
    /// Shown on the first page too.
    first: bool,
}

const fn example(
    verb: &'static str,
    path: &'static str,
    fields: &'static [(&'static str, &'static str)],
    on: &'static str,
    known: &'static str,
    first: bool,
) -> Example {
    Example { verb, path, fields, on, known, first }
}

/// Questions worth asking of the shipped dossiers; another dossier shows those it can answer.
const EXAMPLES: &[Example] = &[
    example("casus", "/ask", &[("attacker", "PRK"), ("target", "JPN")], "2024-07-11", "", true),
    example("casus", "/ask", &[("attacker", "RUS"), ("target", "EST")], "2022-02-24", "", true),
    example(
        "casus",
        "/ask",
        &[("attacker", "PRK"), ("target", "USA"), ("place", "guam")],
        "2024-07-11",
        "",
        false,
    ),
    example(
        "casus",
        "/ask",
        &[("attacker", "CHN"), ("target", "JPN"), ("place", "senkaku")],
        "2024-07-11",
        "",
        false,
    ),
    example("casus", "/ask", &[("attacker", "DEU"), ("target", "POL")], "1939-09-01", "", false),
    example(
        "why-not",
        "/why-not",
        &[("actor", "GBR"), ("attacker", "PRK"), ("target", "USA"), ("place", "guam")],
        "2024-07-11",
        "",
        true,
    ),
    example(
        "why-not",
        "/why-not",
        &[("actor", "USA"), ("attacker", "CHN"), ("target", "TWN")],
        "2024-07-11",
        "",
        false,
    ),
    example("ties", "/ties", &[("a", "JPN"), ("b", "USA")], "2024-07-11", "", true),
    example("ties", "/ties", &[("a", "JPN"), ("b", "nato")], "2024-07-11", "", false),
    example(
        "status",
        "/status",
        &[("instrument", "north-atlantic-treaty"), ("party", "FIN")],
        "2023-04-03",
        "",
        true,
    ),
    example("status", "/status", &[("instrument", "nato-office-tokyo")], "2024-07-11", "", false),
    example("members", "/members", &[("of", "nato")], "2023-07-12", "", false),
    example("members", "/members", &[("of", "ip4")], "2023-07-12", "", false),
    example("decide", "/decide", &[("matter", "tokyo-office-decision")], "2023-07-10", "", true),
    example("decide", "/decide", &[("matter", "sweden-nato-accession")], "2023-05-13", "2023-05-31", false),
    example("may", "/may", &[("deed", "inform"), ("from", "JPN"), ("to", "nato")], "2012-01-01", "", true),
    example("may", "/may", &[("deed", "admit"), ("from", "JPN"), ("to", "USA")], "2024-07-11", "", false),
    example("expect", "/expectations", &[("ids", "ex007")], "", "2023-07-10", true),
    example("conflicts", "/disagreements", &[("about", "nato-office-tokyo")], "", "", true),
    example("measure", "/measure", &[("measures", "japan-aid-to-ukraine")], "", "", false),
    example(
        "diff",
        "/compare",
        &[("from_on", "2023-06-01"), ("to_on", "2023-08-01"), ("ids", "nato")],
        "",
        "",
        true,
    ),
    example(
        "diff",
        "/compare",
        &[("from_known", "2023-05-31"), ("to_known", "2024-07-31"), ("ids", "nato-office-tokyo")],
        "2023-07-12",
        "",
        false,
    ),
    example("impact", "/impact", &[("of", "s4")], "", "", false),
];

/// The examples of a verb that this dossier can answer, with their answers.
pub(crate) fn questions(desk: &Desk, asked: &Asked, verb: &str) -> Markup {
    listed(desk, asked, |x| x.verb == verb)
}

fn listed(desk: &Desk, asked: &Asked, which: impl Fn(&Example) -> bool) -> Markup {
    let some = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let worked: Vec<(String, String, String)> = EXAMPLES
        .iter()
        .filter(|x| which(x))
        .filter_map(|x| {
            let mut other = asked.clone();
            other.fault = None;
            other.path = x.path.to_owned();
            other.basis.on = some(x.on);
            other.basis.known = some(x.known);
            other.fields = super::fields(x.fields);
            let e = desk
                .answer(&other, x.verb)
                .ok()
                .filter(|e| e.silence.is_none() && e.verdict != "not-in-sources")?;
            Some((title(desk, &e.question, &e.basis), other.same_at(x.path), e.answer))
        })
        .collect();
    html! {
        @if !worked.is_empty() {
            ul.examples { @for (question, address, answer) in &worked { li { a href=(address) { (dated(question)) } p { (dated(answer)) } } } }
        }
    }
}

/// A supposition worth trying.
struct Supposed {
    verb: &'static str,
    fields: &'static [(&'static str, &'static str)],
    fact: &'static str,
}

const SUPPOSITIONS: &[Supposed] = &[
    Supposed {
        verb: "casus",
        fields: &[("attacker", "RUS"), ("target", "UKR")],
        fact: "party:UKR/north-atlantic-treaty",
    },
    Supposed {
        verb: "decide",
        fields: &[("matter", "tokyo-office-decision")],
        fact: "consents:FRA/tokyo-office-decision",
    },
];

/// The day of those.
const SUPPOSED_ON: &str = "2024-07-11";

/// What-ifs this dossier can answer, with their answers.
pub(crate) fn suppositions(desk: &Desk, asked: &Asked) -> Markup {
    let worked: Vec<(String, String, String)> = SUPPOSITIONS
        .iter()
        .filter_map(|x| {
            let mut other = asked.clone();
            other.fault = None;
            other.basis.on = Some(SUPPOSED_ON.to_owned());
            other.basis.known = None;
            other.basis.assume = vec![x.fact.to_owned()];
            other.fields = super::fields(x.fields);
            let e = desk.answer(&other, x.verb).ok().filter(|e| e.silence.is_none())?;
            let address = super::what_if::address(&other, x.verb);
            Some((title(desk, &e.question, &e.basis), address, e.answer))
        })
        .collect();
    html! {
        @if !worked.is_empty() {
            h2 { "Worked examples" }
            ul.examples { @for (question, address, answer) in &worked { li { a href=(address) { (dated(question)) } p { (dated(answer)) } } } }
        }
    }
}

/// The screen of a verb.
pub(crate) fn screen_of(verb: &str) -> &'static str {
    EXAMPLES.iter().find(|x| x.verb == verb).map_or("/", |x| x.path)
}

/// `/`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    if let Some(fault) = &asked.fault {
        return Err(fault.clone());
    }
    let ask = html! {
        "If " (form::name(desk, "actor", "attacker", "attacker", "", "who?")) " "
        (form::word("kind", "kind of attack", "armed", super::words::ATTACKS)) " "
        (form::name(desk, "actor", "target", "target", "", "whom?"))
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/ask", "Who must act?", ask)) (form::lists(desk, &["actor"])) };
    let rooms = [
        ("/explore", "Explore", "who is tied to whom, as network, map, tiles and table"),
        ("/ask", "Ask", "if X attacks Y: who must act, who need not, and exactly why not"),
        ("/what-if", "What if", "the same question with and without something supposed, side by side"),
        ("/decide", "Decide", "who blocks a decision, and what would unblock it"),
        ("/may", "May", "who may pass information, forces, arms to whom"),
        ("/status", "Status", "what has become of a treaty, a party, a facility"),
        ("/timeline", "Timeline", "what happened, in order, each day as sure as its source"),
        ("/compare", "Compare", "what changed between two days, in the world or only in what is known"),
        ("/expectations", "Expectations", "which came true"),
        ("/disagreements", "Disagreements", "where the sources differ, and what is held here"),
        ("/sources", "Sources", "what each says, its grade, what would fall without it"),
    ];
    let body = html! {
        h1 { "Who is bound to whom, on any day, as known on any day, with the proof" }
        p { "Dossier: " strong { (desk.dossier.title()) } " (" (desk.dossier.names.join(", ")) "). "
            (desk.of_kind("actor").count()) " actors, " (desk.of_kind("instrument").count()) " instruments, " (desk.of_kind("source").count()) " sources." }
        h2 { "Worked examples" }
        (listed(desk, asked, |x| x.first))
        h2 { "Where to go" }
        ul.rooms { @for (path, name, says) in rooms { li { a href=(asked.to(path, &[])) { (name) } ": " (says) } } }
        p { a href=(asked.to("/about", &[])) { "How answers are made, the policy on disputed territory, grades and words of likelihood" } " · " a href="/api/v1/" { "For programs" } }
    };
    Ok(Page::new("start", "Who is bound to whom", sentence, body).into())
}
