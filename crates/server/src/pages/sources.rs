//! Sources: what each says, how it is graded, what else repeats it, what would fall without it; the reader's own copy beside it.
//!
//! In: the library, one source, filters of claims. Out: lists and cards. What always holds: the reader's own paragraph is shown
//! only after its fingerprint was compared, with what the comparison found.

use std::collections::BTreeMap;

use foedera::{BasisRequest, Entry, Envelope, catalogue, counted};
use maud::{Markup, html};
use serde_json::Value;

use super::{answered, caption, fields, refused, start};
use crate::asked::{Asked, wrong};
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, spaced, text, texts};

/// The library at the basis: what it hides is not there.
fn library(desk: &Desk, basis: &BasisRequest) -> Result<Vec<Entry>, Refusal> {
    Ok(catalogue(&desk.dossier, basis)?.into_iter().filter(|e| e.kind == "source").collect())
}

/// `/sources`.
pub(crate) fn list(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! { "Which sources count" (form::clocks(asked, "on")) };
    let sentence = form::sentence(asked, "/sources", "Show", parts);
    let (all, said) = match (library(desk, &asked.basis), desk.answer_of(asked, "claims", &[])) {
        (Ok(all), Ok(said)) => (all, said),
        (Err(e), _) | (_, Err(e)) => return Ok(refused(asked, "sources", sentence, &e)),
    };
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for i in &said.items {
        let mut of: Vec<&str> = texts(&i["cites"]).map(|c| c.split(' ').next().unwrap_or(c)).collect();
        of.dedup();
        of.into_iter().for_each(|s| *count.entry(s).or_insert(0) += 1);
    }
    let packs = desk.dossier.packs();
    let body = html! {
        h1 { "Sources" }
        p { (counted(all.len(), "source counts", "sources count")) " " (super::when(&said.basis)) ", with " (counted(said.items.len(), "statement", "statements")) ". "
            "Grades are the Admiralty code: two symbols, never one number. Sources of one independence group repeat one origin and confirm once. "
            a href=(asked.to("/coverage", &[])) { "What the dossier covers" } " · " a href=(asked.to("/claims", &[])) { "All statements" } }
        @for (pack, title) in &packs {
            @let mine: Vec<&Entry> = all.iter().filter(|e| e.source.as_ref().is_some_and(|s| s.pack == *pack)).collect();
            @if !mine.is_empty() {
                section {
                    h2 { (title) " (" (pack) ", " (mine.len()) ")" }
                    div.wide tabindex="0" role="region" aria-label=(title) {
                        table.table {
                            thead { tr { th scope="col" { "Source" } th scope="col" { "Published" } th scope="col" { "Kind" } th scope="col" { "Grade" } th scope="col" { "Group" } th scope="col" { "Statements" } th scope="col" { "Without it" } } }
                            tbody {
                                @for e in mine { @if let Some(s) = &e.source {
                                    tr {
                                        td { a href=(asked.to(&parts::path_in("source", "", &e.id), &[])) { (e.name) } @if desk.copies.as_ref().is_some_and(|c| c.contains_key(&e.id)) { " " span.state data-state="copy" { "your copy" } } }
                                        td { (dated(&s.published)) }
                                        td { (spaced(e.sort)) }
                                        td { @if let Some(g) = &s.grade { (parts::badge("grade", g)) } @else { "ungraded" } }
                                        td { (s.group.as_deref().unwrap_or("–")) }
                                        td { @let n = count.get(e.id.as_str()).copied().unwrap_or(0); @if n > 0 { a href=(asked.to("/claims", &[("by", &e.id)])) { (n) } } @else { "0" } }
                                        td { a href=(asked.to("/impact", &[("of", &e.id)])) { "what would fall" } }
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
    };
    let mut page =
        Page::new("sources", format!("Which sources count {}", super::when(&said.basis)), sentence, body);
    page.basis = Some(said.basis.clone());
    Ok(page.into())
}

/// `/source/{id}`.
pub(crate) fn one(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let Some(entry) = library(desk, &asked.basis)?.into_iter().find(|e| e.id == id) else {
        let there = desk.thing("source", id).is_some();
        let help = if there {
            "it was published later, or is not for the chosen clearance"
        } else {
            "the list is at /sources"
        };
        let message = format!("no source `{}` counts here", id.chars().take(64).collect::<String>());
        return Err(wrong("not-found", message, Some(help.to_owned())));
    };
    let show = desk.answer_of(asked, "show", &fields(&[("id", id), ("table", "source")]))?;
    let said = desk.answer_of(asked, "claims", &fields(&[("by", id)]))?;
    let item = &show.items[0];
    let group = text(&item["group"]);
    let kin: Vec<Entry> = library(desk, &asked.basis)?
        .into_iter()
        .filter(|e| {
            e.id != id
                && !group.is_empty()
                && e.source.as_ref().is_some_and(|s| s.group.as_deref() == Some(group))
        })
        .collect();
    let places = by_locator(&said.items, id);
    // Places no statement cites: acts, articles and memberships rest on them.
    let rows: Vec<&Value> = item["places"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|p| !places.iter().any(|(l, _)| l == text(&p["locator"])))
        .collect();
    let body = html! {
        h1 { (entry.name) }
        p.small-print {
            (capital(&spaced(entry.sort))) ", published " (dated(text(&item["published"]))) " "
            @if let Some(g) = item["grade"].as_str() { (parts::badge("grade", g)) " " }
            @if let Some(why) = item["grade_why"].as_str() { (why) }
        }
        (parts::facts(desk, asked, item, &["table", "id", "title", "kind", "published", "grade", "grade_why", "cited_by", "places", "group"]))
        section {
            h2 { "Independence" }
            @if group.is_empty() { p { "It belongs to no independence group: it counts as a voice of its own." } }
            @else { p { "Group " strong { (group) } ": sources of it repeat one origin and confirm once. " @for (n, k) in kin.iter().enumerate() { @if n > 0 { ", " } (parts::link(desk, asked, &k.id)) } @if kin.is_empty() { "No other source of the group is in this dossier." } } }
        }
        section {
            h2 { "What would fall without it" }
            p { a href=(asked.to("/impact", &[("of", id)])) { "Statements, ties and conclusions that rest on it" } " (computed: takes a moment)" }
        }
        section {
            h2 { "What it says (" (said.items.len()) ")" }
            (copy_of(desk, id))
            @for (locator, claims) in &places {
                div #(parts::element("at", locator)) class=(if desk.copies.is_some() { "two place" } else { "place" }) {
                    div.aside {
                        h3 { (if locator.is_empty() { "Without a place" } else { locator }) }
                        (paragraph(desk, id, locator))
                    }
                    ul.cards.beside { @for c in claims { li.card { (said_here(asked, c)) } } }
                }
            }
        }
        @if !rows.is_empty() {
            section {
                h2 { "What else rests on it" }
                @for p in &rows {
                    div.place #(parts::element("at", text(&p["locator"]))) {
                        h3 { (if text(&p["locator"]).is_empty() { "Without a place" } else { text(&p["locator"]) }) }
                        (paragraph(desk, id, text(&p["locator"])))
                        p.small-print { "Rows of the dossier: " @for (n, at) in texts(&p["rows"]).enumerate() { @if n > 0 { ", " } code { (at) } } }
                    }
                }
            }
        }
    };
    let mut page = Page::new("sources", entry.name.clone(), html! {}, body);
    page.basis = Some(show.basis.clone());
    Ok(page.into())
}

/// Claims by the place in the source they cite; numbered places in their order.
fn by_locator<'v>(items: &'v [Value], source: &str) -> Vec<(String, Vec<&'v Value>)> {
    let mut out: BTreeMap<(usize, String), Vec<&Value>> = BTreeMap::new();
    for i in items {
        for c in texts(&i["cites"]) {
            let (s, locator) = c.split_once(' ').unwrap_or((c, ""));
            if s == source {
                let digits: String = locator.chars().filter(char::is_ascii_digit).take(9).collect();
                out.entry((digits.parse().unwrap_or(0), locator.to_owned())).or_default().push(i);
            }
        }
    }
    out.into_iter().map(|((_, l), v)| (l, v)).collect()
}

/// Whether the reader has a copy of a source, said before its places.
fn copy_of(desk: &Desk, source: &str) -> Markup {
    let says = match (&desk.copies, desk.report.copies.get(source)) {
        (None, _) => {
            return html! {
                p.note data-copy="not-given" { "Only what is said of this source stands here, not its words. Started with " code { "--texts DIR" } ", the paragraphs of your own copy stand beside the statements, each compared with its fingerprint." }
            };
        }
        (Some(_), Some(Some(name))) => {
            return html! {
                p.note data-copy="there" { "Your copy: " code { (name) } ". The paragraph a citation leads to is framed; words that are quoted are marked." }
            };
        }
        (Some(_), Some(None)) => {
            "None of the texts in your folder is a copy of this source: its words cannot be shown."
        }
        (Some(_), None) => {
            "The dossier has no fingerprints of this source: no text can be told to be its copy, and its words are not shown."
        }
    };
    html! { p.note data-copy="absent" { (says) } }
}

/// The reader's own paragraph with what is quoted of it marked, and what the comparison of its fingerprint found.
fn paragraph(desk: &Desk, source: &str, locator: &str) -> Markup {
    use foedera::verify::Anchor;
    let Some(copies) = &desk.copies else { return html! {} };
    let here = desk.report.citations.iter().filter(|c| c.source == source && c.locator == locator);
    let here: Vec<_> = here.collect();
    // A quotation that is missing is one claim's trouble; the paragraph is there.
    let of_place = here.iter().find(|c| c.anchor != Anchor::QuoteMissing).or(here.first());
    let (anchor, now) = of_place.map_or((Anchor::NoFingerprint, None), |c| (c.anchor, c.now.as_deref()));
    let word =
        serde_json::to_value(anchor).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let place = now.unwrap_or(locator);
    let number = place.strip_prefix('p').and_then(|n| n.parse::<usize>().ok());
    let words = number.and_then(|n| copies.get(source)?.get(n.checked_sub(1)?)).filter(|_| !here.is_empty());
    let says = match anchor {
        Anchor::Found | Anchor::QuoteMissing => "Your copy, found as it was",
        Anchor::Moved => "Your copy, moved: the same words stand elsewhere",
        Anchor::Altered => "Your copy has other words here than the dossier was written from",
        Anchor::Missing => "Your copy has no such paragraph",
        Anchor::NoFingerprint => {
            "This place has no fingerprint: it cannot be compared, and its words are not shown"
        }
        Anchor::TextAbsent => "Your folder has no copy of this source: its words cannot be shown",
    };
    let mut quotes: Vec<&str> = here.iter().filter_map(|c| c.quote.as_deref()).collect();
    quotes.sort_unstable();
    quotes.dedup();
    html! {
        @if let Some(words) = words { blockquote.paragraph data-anchor=(word) { (marked(words, &quotes)) } }
        p.note data-anchor=(word) { (says) @if now.is_some() { " (" (place) ")" } "." }
        @for c in here.iter().filter(|c| c.anchor == Anchor::QuoteMissing) {
            p.note data-anchor="quote-missing" { "What " (c.of) " quotes does not stand in this paragraph of your copy." }
        }
    }
}

/// A paragraph with the quotations that stand in it marked; white space counts as one space, as it does when they are compared.
fn marked(words: &str, quotes: &[&str]) -> Markup {
    let squeezed = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = squeezed(words);
    let quotes: Vec<String> = quotes.iter().map(|q| squeezed(q)).filter(|q| !q.is_empty()).collect();
    let mut spans: Vec<(usize, usize)> =
        quotes.iter().filter_map(|q| text.find(q.as_str()).map(|at| (at, at + q.len()))).collect();
    spans.sort_unstable();
    let mut at = 0;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for (from, to) in spans.into_iter().filter(|s| s.1 > s.0) {
        let from = from.max(at);
        if from < to {
            parts.push((&text[at..from], false));
            parts.push((&text[from..to], true));
            at = to;
        }
    }
    parts.push((&text[at..], false));
    html! { @for (part, quoted) in parts { @if quoted { mark { (part) } } @else { (part) } } }
}

/// The reader's own paragraphs an answer cites.
pub(crate) fn beside(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    let Some(copies) = &desk.copies else { return html! {} };
    let places: Vec<(&str, &str)> = e
        .cites
        .iter()
        .filter(|c| copies.contains_key(&c.source))
        .flat_map(|c| c.locators.iter().map(|l| (c.source.as_str(), l.as_str())))
        .take(12)
        .collect();
    html! {
        @if !places.is_empty() {
            section.beside-proof aria-labelledby="beside" {
                h2 #beside { "The source beside the proof" }
                @for (source, locator) in places {
                    div { h3 { (parts::cite(desk, asked, &format!("{source} {locator}"))) } (paragraph(desk, source, locator)) }
                }
            }
        }
    }
}

/// A statement with its sources.
pub(crate) fn said(desk: &Desk, asked: &Asked, c: &Value) -> Markup {
    html! { (said_here(asked, c)) " " (parts::item_cites(desk, asked, c)) }
}

fn said_here(asked: &Asked, c: &Value) -> Markup {
    let aside = &c["set_aside_by"];
    html! {
        (parts::claim(asked, text(&c["id"]))) " " (parts::badge("mode", text(&c["mode"]))) " "
        @if aside.is_string() { s { (text(&c["says"])) } " set aside by " a href=(asked.to(&parts::path_in("conflict", "", text(aside)), &[])) { (text(aside)) } } @else { (text(&c["says"])) }
        @if let Some(l) = c["likelihood"]["says"].as_str() { " (" (l) ")" }
        " " (parts::badge("confidence", text(&c["confidence"])))
    }
}

/// `/claims`.
pub(crate) fn claims(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let verb = foedera::verb("claims");
    let of = |name: &str| -> Vec<(&str, &str)> {
        let words = verb.and_then(|v| v.fields.iter().find(|f| f.name == name)).map(|f| f.kind);
        let Some(foedera::FieldKind::Word(words)) = words else { return Vec::new() };
        std::iter::once(("", "any")).chain(words.iter().map(|w| (*w, *w))).collect()
    };
    let parts = html! {
        "What do the sources say about " (form::name(desk, "any", "about", "about", &asked.all("about"), "anything"))
        " with the words " (form::words("words", "words", asked.get("words"), "any words"))
        " in " (form::name(desk, "source", "by", "source", asked.get("by"), "any source"))
        details.more open[["kind", "what", "who", "mode"].iter().any(|f| !asked.get(f).is_empty())] {
            summary { "kind, mode, who" }
            " of kind " (form::word("kind", "kind of statement", asked.get("kind"), &of("kind")))
            " telling " (form::word("what", "what it tells", asked.get("what"), &of("what")))
            " of " (form::name(desk, "actor", "who", "who does or is it", asked.get("who"), "anybody"))
            " said as " (form::word("mode", "how it is said", asked.get("mode"), &of("mode")))
        }
        (form::clocks(asked, "on"))
    };
    let sentence = html! { (form::sentence(asked, "/claims", "Show", parts)) (form::lists(desk, &["any", "source", "actor"])) };
    Ok(answered(
        desk,
        asked,
        "sources",
        "claims",
        sentence,
        || html! {},
        |e| {
            html! {
                (caption(desk, e))
                (parts::headline(e))
                ul.cards { @for c in &e.items { li.card { (said(desk, asked, c)) } } }
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}

/// `/impact`.
pub(crate) fn impact(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What would fall without " (form::name(desk, "source", "of", "source or claim", asked.get("of"), "which source?"))
        (form::clocks(asked, "on"))
    };
    let sentence =
        html! { (form::sentence(asked, "/impact", "Answer", parts)) (form::lists(desk, &["source"])) };
    Ok(answered(
        desk,
        asked,
        "sources",
        "impact",
        sentence,
        || start::questions(desk, asked, "impact"),
        |e| {
            let mut effects: Vec<&str> = Vec::new();
            for i in &e.items {
                let x = text(&i["effect"]);
                if !effects.contains(&x) {
                    effects.push(x);
                }
            }
            html! {
                (caption(desk, e))
                (parts::headline(e))
                @for effect in &effects {
                    @let list: Vec<&Value> = e.items.iter().filter(|i| i["effect"] == *effect).collect();
                    section { (fallen(desk, asked, effect, &list)) }
                }
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}

/// What one effect of withdrawing a source comes to: statements as cards, rows by their place, conclusions before and after.
fn fallen(desk: &Desk, asked: &Asked, effect: &str, list: &[&Value]) -> Markup {
    let heading = match effect {
        "falls" => "Falls with it",
        "weakened" => "Stands, with one support less",
        "changes" => "Conclusions that change",
        other => other,
    };
    let statements: Vec<&Value> = list.iter().copied().filter(|i| i["mode"].is_string()).collect();
    let rows: Vec<&str> = list.iter().filter_map(|i| i["row"].as_str()).collect();
    let conclusions: Vec<&Value> = list.iter().copied().filter(|i| i["of"].is_string()).collect();
    html! {
        h2 { (heading) " (" (list.len()) ")" }
        @if !statements.is_empty() {
            ul.cards { @for c in &statements { li.card { (said(desk, asked, c)) @if c["last_support"] == true { " " span.state data-state="last" { "one independent voice left" } } } } }
        }
        @if !rows.is_empty() {
            details { summary { h3 { (counted(rows.len(), "other row", "other rows")) " of the dossier" } } ul.columns { @for r in &rows { li { code { (r) } } } } }
        }
        @if !conclusions.is_empty() {
            div.wide tabindex="0" role="region" aria-label=(heading) {
                table.table {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Of" } th scope="col" { "With it" } th scope="col" { "Without it" } } }
                    tbody { @for c in &conclusions {
                        @let (kind, of) = text(&c["of"]).split_once(' ').unwrap_or((text(&c["of"]), ""));
                        tr {
                            td { (capital(&spaced(kind))) }
                            td { @for (n, id) in of.split_whitespace().enumerate() { @if n > 0 { ", " } (parts::claim_or(desk, asked, id)) } }
                            td { (parts::value(desk, asked, "value", &c["before"])) }
                            td { (parts::value(desk, asked, "value", &c["after"])) }
                        }
                    } }
                }
            }
        }
    }
}

/// `/coverage`.
pub(crate) fn coverage(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts =
        html! { "What does the dossier hold of what it sets out to hold" (form::clocks(asked, "on")) };
    let sentence = form::sentence(asked, "/coverage", "Show", parts);
    Ok(answered(
        desk,
        asked,
        "sources",
        "coverage",
        sentence,
        || html! {},
        |e| {
            html! {
                (caption(desk, e))
                (parts::headline(e))
                (parts::table(desk, asked, "What is held of what is set out", &e.items, &["says"]))
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}
