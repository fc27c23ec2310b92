//! Timeline: acts, memberships, offices and events in order, by year.
//!
//! In: things, a range. Out: a list by year; each entry says how sure its day is. What always holds: nothing is dated more
//! precisely than its source.

use maud::{Markup, html};
use serde_json::Value;

use super::{answered, caption};
use crate::asked::Asked;
use crate::days::dated;
use crate::desk::Desk;
use crate::form;
use crate::page::{Refusal, Reply};
use crate::parts::{self, text};

/// The most entries a page shows; the others are in the data.
const MOST: usize = 1_500;

/// `/timeline`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let parts = html! {
        "What happened with " (form::name(desk, "any", "ids", "things", &asked.all("ids"), "everything"))
        " from " (form::date("from", "from", asked.get("from"))) " to " (form::date("to", "to", asked.get("to")))
        " as known " (form::known(asked))
        @if let Some(on) = &asked.basis.on { input type="hidden" name="on" value=(on); }
    };
    let sentence =
        html! { (form::sentence(asked, "/timeline", "Show", parts)) (form::lists(desk, &["any"])) };
    Ok(answered(
        desk,
        asked,
        "timeline",
        "timeline",
        sentence,
        || html! {},
        |e| {
            html! {
                (caption(desk, e))
                (parts::headline(e))
                (lanes(desk, asked, &e.items))
                (parts::foundations(desk, asked, e))
            }
        },
    ))
}

/// The year an entry begins in, for the headings; of one without a beginning, that it happened by then.
fn year(i: &Value) -> String {
    let cut = |t: &str| {
        let end = t.char_indices().skip(1).find(|(_, c)| *c == '-').map_or(t.len(), |(n, _)| n);
        t[..end].to_owned()
    };
    match (text(&i["earliest"]), text(&i["latest"])) {
        ("" | "..", "" | "..") => "Without a day".to_owned(),
        ("" | "..", latest) => format!("By {}", cut(latest)),
        (earliest, _) => cut(earliest),
    }
}

/// What an entry says, what it is about linked where it is named, after it where it is not.
fn told(desk: &Desk, asked: &Asked, i: &Value) -> Markup {
    let says = text(&i["says"]);
    let Some(id) = i["id"].as_str() else { return dated(says) };
    let name = desk.name(id);
    match says.rsplit_once(name).filter(|_| name != id) {
        Some((before, after)) => html! { (dated(before)) (parts::link(desk, asked, id)) (dated(after)) },
        None if name == id => html! { (dated(says)) " " (parts::claim_or(desk, asked, id)) },
        None => html! { (dated(says)) " " (parts::link(desk, asked, id)) },
    }
}

/// Entries by year.
pub(crate) fn lanes(desk: &Desk, asked: &Asked, items: &[Value]) -> Markup {
    let shown = &items[..items.len().min(MOST)];
    html! {
        @for group in shown.chunk_by(|a, b| year(a) == year(b)) {
            section.year {
                h2 { (year(&group[0])) }
                ol.lanes {
                    @for i in group {
                        li.moment data-kind=(text(&i["kind"])) {
                            span.on { (dated(text(&i["on"]))) } " "
                            span.kind { (parts::spaced(text(&i["kind"]))) } " "
                            (told(desk, asked, i)) " "
                            (parts::badge("mode", text(&i["mode"]))) " " (parts::badge("confidence", text(&i["confidence"]))) " "
                            (parts::item_cites(desk, asked, i))
                        }
                    }
                }
            }
        }
        @if items.len() > MOST { p { "Cut here: " (items.len() - MOST) " later entries stand in the data (JSON, CSV)." } }
    }
}
