//! Review: the text left, what the reader proposes right, one decision at a time.
//!
//! In: the review store, if the server was started with one. Out: the page; decisions come in as forms. What always holds: a click
//! on a suggestion only moves, a button decides; everything works without a script; a decision is on disk before it is shown;
//! suggestions are on this page and in no answer, map or export.

use std::sync::Mutex;

use foedera::AskError;
use foedera::read::store::{Copy, Effect, Place, Queue, Store};
use foedera::read::{Decision, Proposal};
use maud::{Markup, html};

use crate::address::address;
use crate::asked::{Asked, wrong};
use crate::desk::Desk;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital};

/// The review a server was started with.
pub(crate) struct Review {
    /// The store; one decision at a time.
    pub(crate) store: Mutex<Store>,
    /// Who judges, if that was said.
    pub(crate) by: Option<String>,
}

/// The fields of the screen.
pub(crate) const FIELDS: &[&str] = &["source", "at", "show", "refused"];

/// The page of a source, at a proposal.
fn here(source: &str, at: Option<&str>, show: &str) -> String {
    let anchor = at.map_or(String::new(), |id| format!("#{}", parts::element("card", id)));
    format!("{}{anchor}", address("/review", &[("source", source), ("at", at.unwrap_or("")), ("show", show)]))
}

/// `/review`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    if let Some(fault) = &asked.fault {
        return Err(fault.clone());
    }
    let Some(review) = &desk.review else {
        return Ok(Page::new("review", "Review", html! {}, nothing()).into());
    };
    let store = review.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let source = asked.get("source");
    let queue = match store.queue(source) {
        Some(q) => q,
        None if source.is_empty() => store
            .queues()
            .iter()
            .find(|q| q.next(None).is_some())
            .or(store.queues().first())
            .ok_or_else(|| wrong("not-found", "no document waits for review".to_owned(), None))?,
        None => {
            let there: Vec<&str> = store.queues().iter().map(|q| q.proposals.source.as_str()).collect();
            let message =
                format!("no proposals of a source `{}` wait", source.chars().take(64).collect::<String>());
            return Err(wrong("not-found", message, Some(format!("there are {}", there.join(", ")))));
        }
    };
    let at = asked.get("at");
    let current = queue.proposals.proposals.iter().find(|p| p.id == at).or_else(|| queue.next(None));
    let effect = current.map(|p| store.effect(&queue.proposals.source, &p.id));
    let view = View { queue, current, all: asked.get("show") == "all", refused: asked.get("refused") };
    let body = html! {
        h1 { "Review: " (queue.proposals.title) }
        p.small-print { "Read from " code { (queue.proposals.file) } @if let Some(p) = &queue.proposals.published { ", published " (p) } ". "
            "What is accepted here is written into " code { (store.dir().join(format!("read-{}.toml", queue.proposals.source)).display()) } "; what is not stays out of every answer." }
        (documents(store.queues(), queue))
        (tally(&view))
        (changed(&view))
        @if !view.refused.is_empty() { p.refusal role="alert" { (view.refused) } }
        div.two.review {
            div.aside { (reading(&view)) }
            div.beside { (cards(desk, asked, &view, effect.as_ref())) }
        }
    };
    let mut page = Page::new("review", format!("Review: {}", queue.proposals.title), html! {}, body);
    page.basis = None;
    Ok(page.into())
}

struct View<'s> {
    queue: &'s Queue,
    current: Option<&'s Proposal>,
    /// Rejected ones are shown too.
    all: bool,
    /// Why the last form was refused.
    refused: &'s str,
}

impl View<'_> {
    fn source(&self) -> &str {
        &self.queue.proposals.source
    }

    fn show(&self) -> &'static str {
        if self.all { "all" } else { "" }
    }

    fn is_current(&self, p: &Proposal) -> bool {
        self.current.is_some_and(|c| c.id == p.id)
    }
}

fn nothing() -> Markup {
    html! {
        h1 { "Review" }
        p.next { "Here the claims that " code { "foedera read" } " proposes are accepted or rejected, beside the text they come from. This server was started without anything to review." }
        ol {
            li { "Make a dossier of your own: " code { "foedera new my-dossier" } }
            li { "Read texts into it: " code { "foedera read ARTICLE… --into my-dossier" } }
            li { "Serve it: " code { "foedera serve --review my-dossier" } }
        }
        p { "The same in a terminal: " code { "foedera review my-dossier" } "." }
    }
}

/// The documents that wait.
fn documents(queues: &[Queue], here: &Queue) -> Markup {
    html! {
        @if queues.len() > 1 {
            nav.documents aria-label="Documents" {
                ul.chips {
                    @for q in queues {
                        @let n = q.counts();
                        li { a.chip href=(self::here(&q.proposals.source, None, "")) aria-current=[(q.proposals.source == here.proposals.source).then_some("true")] {
                            (q.proposals.title) " " span.count { (n["open"]) " open" }
                        } }
                    }
                }
            }
        }
    }
}

fn tally(v: &View<'_>) -> Markup {
    let n = v.queue.counts();
    html! {
        p.counts {
            span data-count="open" { (n["open"]) " open" } " · " span data-count="accepted" { (n["accepted"]) " accepted" } " · "
            span data-count="unsure" { (n["unsure"]) " unsure" } " · " span data-count="rejected" { (n["rejected"]) " rejected" } " · "
            @if v.all { a href=(here(v.source(), v.current.map(|p| p.id.as_str()), "")) { "Hide the rejected" } }
            @else { a href=(here(v.source(), v.current.map(|p| p.id.as_str()), "all")) { "Show the rejected too" } }
        }
    }
}

/// What became of the text since it was read, and which proposals no longer stand in it.
fn changed(v: &View<'_>) -> Markup {
    let of = |want: fn(&Place) -> bool| -> Vec<&Proposal> {
        v.queue.proposals.proposals.iter().filter(|p| want(&v.queue.place(p))).collect()
    };
    html! {
        @match &v.queue.copy {
            Copy::Same(_) => {},
            Copy::Missing(why) => p.band.known role="note" { "The text is not there: " (why) ". The sentences stand in the cards." },
            Copy::Changed(_) => {
                @let (moved, lost) = (of(|p| matches!(p, Place::Moved(..))), of(|p| *p == Place::Unplaced));
                section.unplaced role="note" {
                    p { strong { "The text changed since it was read." } " " (lost.len()) " of " (v.queue.proposals.proposals.len()) " proposals cannot be placed"
                        @if !moved.is_empty() { ", " (moved.len()) " stand elsewhere" } ". They ask for review again: read it again with " code { "foedera read " (v.queue.proposals.file) " --into …" } "." }
                    @if !lost.is_empty() { ul { @for p in &lost { li { a href=(here(v.source(), Some(&p.id), v.show())) { (p.id) } ": “" (p.quote) "”" } } } }
                }
            },
        }
    }
}

/// The text with what is proposed underlined.
fn reading(v: &View<'_>) -> Markup {
    let text = match &v.queue.copy {
        Copy::Same(t) | Copy::Changed(t) => t,
        Copy::Missing(_) => return html! { h2 { "The text" } p.none { "Not there." } },
    };
    let mut spans: Vec<(usize, usize, &Proposal)> = v
        .queue
        .proposals
        .proposals
        .iter()
        .filter(|p| v.all || p.decision != Decision::Rejected)
        .filter_map(|p| match v.queue.place(p) {
            Place::At(a, b) | Place::Moved(a, b) => Some((a, b, p)),
            _ => None,
        })
        .collect();
    spans.sort_by_key(|(a, b, p)| (*a, std::cmp::Reverse(*b), p.id.clone()));
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        let to = from + line.chars().count();
        if !line.trim().is_empty() {
            lines.push((from, to, line));
        }
        from = to + 1;
    }
    html! {
        h2 #the-text { "The text" }
        article.reading aria-labelledby="the-text" {
            @for (from, to, line) in lines { p { (marked(v, line, from, to, &spans)) } }
        }
    }
}

/// A line, cut where spans begin and end. Where several overlap, the shortest is the link; the numbers of those that begin follow it.
fn marked(v: &View<'_>, line: &str, from: usize, to: usize, spans: &[(usize, usize, &Proposal)]) -> Markup {
    let chars: Vec<char> = line.chars().collect();
    let inside: Vec<&(usize, usize, &Proposal)> =
        spans.iter().filter(|(a, b, _)| *a < to && *b > from).collect();
    let mut cuts: Vec<usize> = inside.iter().flat_map(|(a, b, _)| [(*a).max(from), (*b).min(to)]).collect();
    cuts.extend([from, to]);
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for pair in cuts.windows(2) {
            @let (a, b) = (pair[0], pair[1]);
            @let words: String = chars[a - from..b - from].iter().collect();
            @let over: Vec<&&(usize, usize, &Proposal)> = inside.iter().filter(|(x, y, _)| *x <= a && b <= *y).collect();
            @match over.iter().min_by_key(|(x, y, _)| y - x) {
                None => (words),
                Some((_, _, p)) => {
                    @for (_, _, q) in over.iter().filter(|(x, _, _)| *x == a) {
                        sup.number { a href=(here(v.source(), Some(&q.id), v.show())) aria-label=(format!("Proposal {}", q.id)) { (q.id) } }
                    }
                    a.span data-decision=(p.decision.word()) data-of=(p.id) aria-current=[v.is_current(p).then_some("true")]
                        href=(here(v.source(), Some(&p.id), v.show())) title=(format!("{} {}: {}", p.id, p.decision.word(), p.says)) { (words) }
                },
            }
        }
    }
}

fn cards(desk: &Desk, asked: &Asked, v: &View<'_>, effect: Option<&Result<Effect, AskError>>) -> Markup {
    let shown: Vec<&Proposal> = v
        .queue
        .proposals
        .proposals
        .iter()
        .filter(|p| v.all || p.decision != Decision::Rejected || v.is_current(p))
        .collect();
    html! {
        h2 { "What is proposed (" (shown.len()) ")" }
        @if v.queue.next(None).is_none() { p.next { "Everything here is decided." } }
        ol.cards.proposals {
            @for p in shown { (card(desk, asked, v, p, if v.is_current(p) { effect } else { None })) }
        }
    }
}

fn card(
    desk: &Desk,
    asked: &Asked,
    v: &View<'_>,
    p: &Proposal,
    effect: Option<&Result<Effect, AskError>>,
) -> Markup {
    let current = v.is_current(p);
    let button = |word: &str, name: &str, key: &str| {
        html! { button name="do" value=(word) data-key=(key) { (name) " " kbd aria-hidden="true" { (key) } } }
    };
    html! {
        li.card #(parts::element("card", &p.id)) data-id=(p.id) data-decision=(p.decision.word()) aria-current=[current.then_some("true")] tabindex="-1" {
            h3 { a href=(here(v.source(), Some(&p.id), v.show())) { (p.id) } " " (capital(&parts::spaced(&p.kind))) " " (parts::badge("state", p.decision.word())) @if p.edited { " " span.assumed { "edited" } } }
            p.says { (p.says) }
            dl.facts {
                @if !p.about.is_empty() { div { dt { "About" } dd { @for (n, a) in p.about.iter().enumerate() { @if n > 0 { ", " } (parts::link(desk, asked, a)) } } } }
                @if !p.unknown.is_empty() { div { dt { "Not in the dossier" } dd { (p.unknown.join(", ")) } } }
                @if let Some(on) = &p.on { div { dt { "When" } dd { (on) } } }
                div { dt { "Said by" } dd { (p.by) ", as " (p.mode) } }
                @if !p.notes.is_empty() { div { dt { "Rules" } dd { (p.notes) } } }
                @match v.queue.place(p) {
                    Place::Unplaced => div { dt { "Place" } dd { "not found in the text as it is now" } },
                    Place::Moved(..) => div { dt { "Place" } dd { "the very words stand elsewhere now" } },
                    _ => {},
                }
                @for j in &p.judged { div { dt { "Judged" } dd.judged { (j.decision.word()) " on " (j.on) @if let Some(by) = &j.by { " by " (by) } } } }
            }
            @if !p.quote.is_empty() { blockquote { (p.quote) } }
            @if current { (would(effect)) }
            form.decide method="post" action="/review" {
                input type="hidden" name="source" value=(v.source());
                input type="hidden" name="id" value=(p.id);
                input type="hidden" name="show" value=(v.show());
                (button("accept", "Accept", "a")) (button("reject", "Reject", "r")) (button("unsure", "Unsure", "u"))
                @if current { (button("undo", "Undo the last", "z")) }
            }
            @if current {
                details.edit {
                    summary data-key="e" { "Put it into other words " kbd aria-hidden="true" { "e" } }
                    form method="post" action="/review" {
                        input type="hidden" name="source" value=(v.source());
                        input type="hidden" name="id" value=(p.id);
                        input type="hidden" name="show" value=(v.show());
                        label { "What it says" textarea name="says" rows="3" maxlength="2000" required { (p.says) } }
                        label { "When (EDTF; empty = not told)" input name="on" value=(p.on.as_deref().unwrap_or("")) maxlength="60"; }
                        label { "About whom (ids or names, by comma)" input name="about" value=(p.about.join(", ")) maxlength="600"; }
                        button name="do" value="edit" { "Keep these words" }
                    }
                }
            }
        }
    }
}

/// What accepting would do to the saved answers.
fn would(effect: Option<&Result<Effect, AskError>>) -> Markup {
    html! {
        @match effect {
            None => {},
            Some(Err(e)) => p.effect { "Accepting it as it is would not do: " (e.message) "." },
            Some(Ok(e)) if e.saved == 0 => p.effect.quiet-print { "No saved answers to compare: JSON answers put into the folder " code { "saved" } " of the dossier are asked again here." },
            Some(Ok(e)) => div.effect {
                p { strong { (e.changes.len()) " of " (e.saved) @if e.saved == 1 { " saved answer" } @else { " saved answers" } " would change" } " if it is accepted." }
                @if !e.changes.is_empty() || !e.failed.is_empty() {
                    ul {
                        @for c in &e.changes {
                            li { (c.answer) " " code { (c.file) } ": "
                                @match c.what {
                                    "verdict" => { (c.verdict.0) " becomes " (c.verdict.1) },
                                    "items" => { (c.items.0) " items become " (c.items.1) },
                                    _ => "only its citations",
                                }
                            }
                        }
                        @for (file, why) in &e.failed { li { code { (file) } " cannot be asked again: " (why) } }
                    }
                }
            },
        }
    }
}

/// A decision that came in as a form: where to go next.
///
/// # Errors
/// Nothing to review here, or a form that cannot be read.
pub(crate) fn decide(desk: &Desk, fields: &[(String, String)]) -> Result<String, AskError> {
    let Some(review) = &desk.review else {
        let e = wrong("method", "this server was started without anything to review".to_owned(), None);
        return Err(e);
    };
    let get = |name: &str| fields.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let (source, id, show) = (get("source"), get("id"), get("show"));
    let mut store = review.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let today = desk.today();
    let by = review.by.as_deref();
    let judged = |store: &mut Store, d: Decision| {
        store.judge(source, id, d, &today, by)?;
        Ok(store.queue(source).and_then(|q| q.next(Some(id))).map(|p| p.id.clone()))
    };
    let next: Result<Option<String>, AskError> = match get("do") {
        "accept" => judged(&mut store, Decision::Accepted),
        "reject" => judged(&mut store, Decision::Rejected),
        "unsure" => judged(&mut store, Decision::Unsure),
        "undo" => store.undo(source).map(|undone| undone.or_else(|| Some(id.to_owned()))),
        "edit" => {
            let about: Vec<String> = get("about").split(',').map(str::to_owned).collect();
            store.edit(source, id, get("says"), Some(get("on")), &about).map(|()| Some(id.to_owned()))
        }
        other => {
            let shown: String = other.chars().take(40).collect();
            return Err(wrong(
                "unknown-word",
                format!("`{shown}` is no decision"),
                Some("accept, reject, unsure, undo or edit".to_owned()),
            ));
        }
    };
    match next {
        Ok(at) => Ok(here(source, at.as_deref(), show)),
        // The form is kept open at the same proposal, with the reason.
        Err(e) if store.queue(source).is_some() => {
            let help = e.help.as_deref().map_or(String::new(), |h| format!(" {}.", capital(h)));
            let said = format!("{}.{help}", capital(&e.message));
            Ok(address("/review", &[("source", source), ("at", id), ("show", show), ("refused", &said)]))
        }
        Err(e) => Err(e),
    }
}
