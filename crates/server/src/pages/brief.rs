//! Brief: any answer as a printable page with numbered notes, as Markdown, CSV, and as a citation.
//!
//! In: a verb with an ending (`casus`, `casus.md`, `casus.csl.json`) and its fields. Out: the page or the file. What always
//! holds: every note is a source and a place in it; the steps of the proof are all there; nothing is a control.

use foedera::{Envelope, ProofView, VERBS, render};
use maud::{Markup, html};

use super::{fields, title};
use crate::asked::{Asked, wrong};
use crate::days::dated;
use crate::desk::Desk;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, text};
use crate::{api, cite, refusal};

/// Every field any verb takes: which of them this verb takes is tested when it is asked.
pub(crate) const FIELDS: &[&str] = &[
    "attacker",
    "target",
    "place",
    "kind",
    "provoked",
    "with",
    "rounds",
    "actor",
    "instrument",
    "party",
    "a",
    "b",
    "of",
    "matter",
    "deed",
    "from",
    "to",
    "class",
    "onward",
    "ids",
    "by",
    "about",
    "words",
    "what",
    "who",
    "mode",
    "measures",
    "from_on",
    "to_on",
    "from_known",
    "to_known",
    "from_using",
    "to_using",
    "id",
];

/// `/brief/{verb}` and its files.
pub(crate) fn draw(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let (name, ending) = id.split_once('.').unwrap_or((id, ""));
    let Some(verb) = VERBS.iter().find(|v| v.name == name) else {
        return Err(wrong("not-found", "there is no such brief".to_owned(), None));
    };
    let e = desk.answer(asked, verb.name)?;
    let said = title(desk, &e.question, &e.basis);
    let mut whole = asked.clone();
    whole.path = format!("/brief/{name}");
    let address = whole.fixed(&e.basis.on, &e.basis.known);
    let file = |ending: &str| Some(format!("foedera-{name}-{}.{ending}", e.basis.on));
    Ok(match ending {
        "" => {
            let mut page = Page::new("brief", said.clone(), html! {}, body(desk, asked, &e, &said));
            page.basis = Some(e.basis.clone());
            page.into()
        }
        "md" => Reply::file(
            "text/markdown; charset=utf-8",
            file("md"),
            format!("{}\nAsked: {said}\n\nAddress: {address}\n", render::markdown(&e)),
        ),
        "csv" => Reply::file("text/csv; charset=utf-8", file("csv"), render::csv(&e)),
        "json" => api::json_file(&serde_json::to_value(&e).unwrap_or_default()),
        "bib" => Reply::file(
            "application/x-bibtex; charset=utf-8",
            file("bib"),
            cite::answer_bib(&e, &said, &address, &asked.basis.today),
        ),
        "csl.json" => json(file("csl.json"), &cite::answer_csl(&e, &said, &address, &asked.basis.today)),
        _ => {
            return Err(wrong(
                "not-found",
                "a brief ends in .md, .csv, .json, .bib or .csl.json, or in nothing".to_owned(),
                None,
            ));
        }
    })
}

fn json(name: Option<String>, value: &serde_json::Value) -> Reply {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    Reply::file("application/vnd.citationstyles.csl+json", name, text)
}

/// Notes in the order in which the text needs them.
#[derive(Default)]
struct Notes {
    list: Vec<String>,
}

impl Notes {
    fn number(&mut self, cite: &str) -> usize {
        match self.list.iter().position(|c| c == cite) {
            Some(n) => n + 1,
            None => {
                self.list.push(cite.to_owned());
                self.list.len()
            }
        }
    }

    /// References to notes, numbered.
    fn refs<'a>(&mut self, cites: impl Iterator<Item = &'a str>) -> Markup {
        let numbers: Vec<usize> = cites.map(|c| self.number(c)).collect();
        html! { @for n in numbers { " " sup.ref { a href=(format!("#note-{n}")) { (n) } } } }
    }
}

fn body(desk: &Desk, asked: &Asked, e: &Envelope, said: &str) -> Markup {
    let mut notes = Notes::default();
    let items = listed(desk, e, &mut notes);
    let proof = prose(&e.proof, &mut notes, "");
    html! {
        article.brief {
            p.caption { (said) }
            h1.answer data-verdict=(e.verdict) { (dated(&e.answer)) }
            p.small-print { "Verdict: " (parts::spaced(&e.verdict)) "." }
            @if let Some(s) = &e.silence { (parts::silence(s)) }
            (items)
            section { h2 { "Reasons" } (proof) }
            @if !e.assumptions.is_empty() { section { h2 { "Assumed" } ul { @for a in &e.assumptions { li { (a.text) } } } } }
            @if !e.dissent.is_empty() { section { h2 { "Contested" } ul { @for d in &e.dissent { li { (d) } } } } }
            @if !e.warnings.is_empty() { section { h2 { "Take note" } ul { @for w in &e.warnings { li { (w) } } } } }
            (numbered(desk, asked, &notes))
            (summary(e))
        }
    }
}

/// The items in a sentence each, with their notes; those without one as fields.
fn listed(desk: &Desk, e: &Envelope, notes: &mut Notes) -> Markup {
    let verb = text(&e.question["verb"]);
    let shown: Vec<&serde_json::Value> = e
        .items
        .iter()
        .filter(|i| i["role"] != "not-bound" && !text(&i["says"]).is_empty() && verb != "show")
        .collect();
    let left = e.items.iter().filter(|i| i["role"] == "not-bound").count();
    html! {
        @if !shown.is_empty() {
            section {
                h2 { "Findings" }
                ol.findings {
                    @for i in shown.iter().take(400) {
                        li {
                            (dated(text(&i["says"])))
                            (notes.refs(parts::texts(&i["cites"]).chain(parts::texts(&i["cite"]))))
                            @if let Some(p) = parts::item_proof(i) { (notes.refs(leaves(&p).into_iter())) }
                        }
                    }
                }
                @if shown.len() > 400 { p { (shown.len() - 400) " more findings stand in the data." } }
            }
        }
        @if left > 0 { p { (left) " clauses do not bind; each with its reason in the data and on the screen." } }
        @if verb == "members" { p { (e.items.iter().map(|i| desk.actor(text(&i["actor"])).to_owned()).collect::<Vec<_>>().join(", ")) "." } }
    }
}

/// All citations of a proof.
fn leaves(p: &ProofView) -> Vec<&str> {
    let mut out: Vec<&str> = p.cites.iter().map(String::as_str).collect();
    for c in p.children.iter().flat_map(leaves) {
        if !out.contains(&c) {
            out.push(c);
        }
    }
    out
}

/// A proof as numbered prose: every step with its number, its word and its notes. `number` is empty for the conclusion.
fn prose(p: &ProofView, notes: &mut Notes, number: &str) -> Markup {
    let (_, word) = parts::mark(p);
    let step = html! {
        @if number.is_empty() { (p.text) } @else { span.number { (number) } " " span.quiet { (word) ": " } (p.text) }
        @if p.assumption.is_some() { " (assumed)" }
        (notes.refs(p.cites.iter().map(String::as_str)))
    };
    let premises: Vec<Markup> = p
        .children
        .iter()
        .enumerate()
        .map(|(n, c)| {
            prose(
                c,
                notes,
                &if number.is_empty() { format!("{}", n + 1) } else { format!("{number}.{}", n + 1) },
            )
        })
        .collect();
    html! {
        @if number.is_empty() { p data-step data-outcome=(p.outcome) { (step) } } @else { span data-step data-outcome=(p.outcome) { (step) } }
        @if !premises.is_empty() { ul.premises { @for c in &premises { li { (c) } } } }
    }
}

fn numbered(desk: &Desk, asked: &Asked, notes: &Notes) -> Markup {
    html! {
        @if !notes.list.is_empty() {
            section {
                h2 { "Notes" }
                ol.notes {
                    @for (n, c) in notes.list.iter().enumerate() {
                        @let (source, locator) = c.split_once(' ').unwrap_or((c, ""));
                        li #(format!("note-{}", n + 1)) {
                            @match desk.thing("source", source) {
                                Some(s) => {
                                    a href=(asked.to(&parts::path_in("source", "", source), &[])) { (s.name) }
                                    @if let Some(v) = &s.source { ", " (dated(&v.published)) @if let Some(g) = &v.grade { " [" (g) "]" } }
                                },
                                None => (source),
                            }
                            @if !locator.is_empty() { ", " (locator) } "."
                        }
                    }
                }
            }
        }
    }
}

/// How many sources, of which grade, of how many origins.
fn summary(e: &Envelope) -> Markup {
    let mut grades: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    e.cites.iter().for_each(|c| *grades.entry(c.grade.as_deref().unwrap_or("ungraded")).or_insert(0) += 1);
    let mut groups: Vec<&str> = e.cites.iter().map(|c| c.group.as_deref().unwrap_or(&c.source)).collect();
    groups.sort_unstable();
    groups.dedup();
    html! {
        section.source-summary {
            h2 { "Sources in short" }
            p {
                (e.cites.len()) @if e.cites.len() == 1 { " source" } @else { " sources" } " of " (groups.len()) " independent origins"
                @if !grades.is_empty() { ": " (grades.iter().map(|(g, n)| format!("{n} × {g}")).collect::<Vec<_>>().join(", ")) } "."
            }
        }
    }
}

/// `/cite/{instrument}.bib` and `.csl.json`.
pub(crate) fn instrument(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let (id, ending) = id.split_once('.').unwrap_or((id, "bib"));
    if desk.thing("instrument", id).is_none() {
        return Err(wrong(
            "not-found",
            format!("no instrument `{}`", id.chars().take(64).collect::<String>()),
            None,
        ));
    }
    let e = desk.answer_of(asked, "show", &fields(&[("id", id), ("table", "instrument")]))?;
    let item = &e.items[0];
    let parties: Vec<String> = parts::texts(&item["parties"]).map(|p| desk.actor(p).to_owned()).collect();
    Ok(match ending {
        "bib" => Reply::file(
            "application/x-bibtex; charset=utf-8",
            Some(format!("{id}.bib")),
            cite::instrument_bib(item, &parties),
        ),
        "csl.json" => json(Some(format!("{id}.csl.json")), &cite::instrument_csl(item, &parties)),
        _ => return Err(refusal::nowhere()),
    })
}
