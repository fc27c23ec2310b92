//! The frame of every page: head, screens, the sentence, the body, the foot.
//!
//! In: a [`Page`]. Out: HTML. What always holds: one `h1`; the title is the sentence; no inline script or style; text is
//! escaped by maud, and nothing from a dossier or a request goes in any other way.

use foedera::{AskError, BasisView, Envelope};
use maud::{DOCTYPE, Markup, html};

use crate::asked::Asked;
use crate::assets;
use crate::desk::Desk;
use crate::pages;

/// A page before it is framed.
pub(crate) struct Page {
    /// Title, caption: the question as a sentence.
    pub(crate) title: String,
    /// The screen it belongs to (`ask`), for the navigation.
    pub(crate) screen: &'static str,
    /// The sentence with pickers; may be empty.
    pub(crate) sentence: Markup,
    /// The basis of the answer shown, echoed at the foot.
    pub(crate) basis: Option<BasisView>,
    /// Whether the same stands as JSON, CSV, Markdown and as a brief.
    pub(crate) verb: Option<&'static str>,
    /// Everything else.
    pub(crate) body: Markup,
    /// HTTP status.
    pub(crate) status: u16,
}

impl Page {
    /// A page of a screen.
    pub(crate) fn new(
        screen: &'static str,
        title: impl Into<String>,
        sentence: Markup,
        body: Markup,
    ) -> Page {
        Page { title: title.into(), screen, sentence, basis: None, verb: None, body, status: 200 }
    }

    /// The page of an answer: its basis at the foot, its twins.
    pub(crate) fn of(mut self, e: &Envelope, verb: &'static str) -> Page {
        self.basis = Some(e.basis.clone());
        self.verb = Some(verb);
        self
    }

    /// The page with another status.
    pub(crate) fn status(mut self, status: u16) -> Page {
        self.status = status;
        self
    }
}

/// What a screen answers.
pub(crate) enum Reply {
    /// A page, to be framed.
    Page(Box<Page>),
    /// Anything else, finished.
    File {
        /// Content type.
        kind: &'static str,
        /// Name to save it under, if it is to be saved.
        name: Option<String>,
        /// Content.
        body: String,
    },
}

impl From<Page> for Reply {
    fn from(page: Page) -> Reply {
        Reply::Page(Box::new(page))
    }
}

impl Reply {
    /// A file.
    pub(crate) fn file(kind: &'static str, name: Option<String>, body: String) -> Reply {
        Reply::File { kind, name, body }
    }
}

/// Why a screen cannot answer.
pub(crate) type Refusal = AskError;

/// The screens of the navigation: path, name.
const SCREENS: &[(&str, &str, &str)] = &[
    ("explore", "/explore", "Explore"),
    ("ask", "/ask", "Ask"),
    ("decide", "/decide", "Decide"),
    ("may", "/may", "May"),
    ("status", "/status", "Status"),
    ("timeline", "/timeline", "Timeline"),
    ("compare", "/compare", "Compare"),
    ("expectations", "/expectations", "Expectations"),
    ("disagreements", "/disagreements", "Disagreements"),
    ("sources", "/sources", "Sources"),
    ("review", "/review", "Review"),
    ("about", "/about", "About"),
];

/// The whole document.
pub(crate) fn framed(desk: &Desk, asked: &Asked, page: &Page) -> String {
    let basis = page.basis.as_ref();
    let markup = html! {
        (DOCTYPE)
        html lang="en" data-screen=(page.screen) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.title) " · Foedera" }
                link rel="icon" href=(assets::at("icon.svg")) type="image/svg+xml";
                @for name in assets::STYLES { link rel="stylesheet" href=(assets::at(name)); }
                @for name in assets::SCRIPTS { script type="module" src=(assets::at(name)) {} }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.brand href=(asked.to("/", &[])) { "Foedera" }
                    nav.screens aria-label="Screens" {
                        @for (screen, path, name) in SCREENS.iter().filter(|s| s.0 != "review" || desk.review.is_some() || page.screen == "review") {
                            a href=(asked.to(path, &[])) aria-current=[(*screen == page.screen).then_some("page")] { (name) }
                        }
                    }
                    form.find role="search" action="/search" method="get" {
                        label.quiet for="find" { "Search actors, instruments, claims" }
                        input #find type="search" name="q" placeholder="Search…" maxlength="200";
                        (clocks(asked))
                        button { "Search" }
                    }
                    div.tools data-tools {}
                }
                @if let Some(faults) = &desk.dossier.faults { p.band.faults role="note" { (faults) "." } }
                @if let Some(b) = basis { (band(desk, asked, b, page.verb)) }
                main #main tabindex="-1" {
                    (page.sentence)
                    (page.body)
                    @if let Some(verb) = page.verb.filter(|_| page.status == 200) { (twins(asked, verb)) }
                }
                footer.foot { (foot(desk, asked, basis)) }
                div #live .quiet role="status" aria-live="polite" {}
            }
        }
    };
    markup.into_string()
}

/// The basis as hidden inputs, for forms that do not ask for it.
pub(crate) fn clocks(asked: &Asked) -> Markup {
    let b = &asked.basis;
    html! {
        @if let Some(on) = &b.on { input type="hidden" name="on" value=(on); }
        @if let Some(known) = &b.known { input type="hidden" name="known" value=(known); }
        @for u in &b.using { input type="hidden" name="using" value=(u); }
        @if let Some(c) = &b.clearance { input type="hidden" name="clearance" value=(c); }
    }
}

/// What the chosen knowledge hides, what is supposed: said on every page, printed with it.
fn band(desk: &Desk, asked: &Asked, b: &BasisView, verb: Option<&str>) -> Markup {
    let hidden = if b.known == "latest" { 0 } else { desk.hidden(asked) };
    let all = desk.dossier.packs();
    let partial = b.using.len() < all.len();
    html! {
        @if b.known != "latest" {
            p.band.known role="note" {
                "You are looking with the knowledge of " strong { (b.known) } ". "
                @match hidden {
                    0 => "Nothing known today is hidden.",
                    1 => "1 source published later is hidden, with what rests on it alone.",
                    n => (format!("{n} sources published later are hidden, with what rests on them alone.")),
                }
                " " a href=(asked.with("known", "")) { @if hidden > 0 { "Show them: back" } @else { "Back" } " to what is known today" }
            }
        }
        @if partial {
            p.band.using role="note" {
                "Only these packs of sources count: " strong { (b.using.join(", ")) } ". "
                a href=(asked.with("using", "")) { "Count all" }
            }
        }
        @let scenario = pages::words::scenario(desk, b);
        @if !scenario.is_empty() {
            p.band.supposed role="note" {
                "A what-if. Supposed, not told by any source: " strong { (scenario) } ". "
                @if let Some(verb) = verb.filter(|v| pages::what_if::asks(v) && asked.path != "/what-if") {
                    a href=(pages::what_if::address(asked, verb)) { "Compare with and without" } " · "
                }
                a href=(asked.with("assume", "")) { "Suppose nothing" }
            }
        }
    }
}

/// The same answer in other forms.
fn twins(asked: &Asked, verb: &str) -> Markup {
    html! {
        nav.twins.no-print aria-label="This answer in other forms" {
            span { "This answer" }
            a.brief href=(asked.same_at(&format!("/brief/{verb}"))) { "Brief (print)" }
            a.twin href=(asked.same_at(&format!("/tree/{verb}"))) { "Proof as a tree" }
            a.twin href=(asked.same_at(&format!("/api/v1/{verb}"))) { "JSON" }
            a.twin href=(asked.same_at(&format!("/brief/{verb}.md"))) { "Markdown" }
            a.twin href=(asked.same_at(&format!("/brief/{verb}.csv"))) { "CSV" }
            a.twin href=(asked.same_at(&format!("/brief/{verb}.csl.json"))) { "Cite (CSL-JSON)" }
            a.twin href=(asked.same_at(&format!("/brief/{verb}.bib"))) { "Cite (BibTeX)" }
        }
    }
}

/// The foot: on what the page rests, and an address that will show the same next year.
fn foot(desk: &Desk, asked: &Asked, basis: Option<&BasisView>) -> Markup {
    let Some(b) = basis else {
        return html! {
            p { "Dossier " (desk.dossier.names.join(", ")) " · " code { (desk.dossier.hash) } " · foedera " (env!("CARGO_PKG_VERSION"))
                ", on this machine only" }
        };
    };
    let address = asked.fixed(&b.on, &b.known);
    html! {
        dl.basis {
            div { dt { "In force on" } dd { (b.on) } }
            div { dt { "As known on" } dd {
                @if b.known == "latest" { "today" @if let Some(n) = &b.newest_source { " (newest source " (n) ")" } } @else { (b.known) }
            } }
            div { dt { "Packs" } dd { (b.using.join(", ")) } }
            div { dt { "Dossier" } dd { (b.dossier) " " code { (b.dossier_hash) } } }
            div { dt { "Program" } dd { (b.engine) } }
            div { dt { "Address" } dd { a.permalink href=(address) { (address) } } }
        }
    }
}
