//! The sentence with pickers: a plain GET form that reads as the question.
//!
//! In: parts (words, pickers) of a screen. Out: the form. What always holds: it works without a script; names are shown as
//! people write them and kept as they were typed if they are not understood; suppositions and packs travel along.

use foedera::Entry;
use maud::{Markup, html};

use crate::asked::Asked;
use crate::desk::Desk;

/// The sentence: parts, the two clocks, the button.
pub(crate) fn sentence(asked: &Asked, action: &str, button: &str, parts: Markup) -> Markup {
    let b = &asked.basis;
    html! {
        form.sentence action=(action) method="get" {
            (parts)
            @for u in &b.using { input type="hidden" name="using" value=(u); }
            @if let Some(c) = &b.clearance { input type="hidden" name="clearance" value=(c); }
            @for a in &b.assume { input type="hidden" name="assume" value=(a); }
            " " button.go { (button) }
        }
    }
}

/// `in force on [day] as known [day]`.
pub(crate) fn clocks(asked: &Asked, on: &str) -> Markup {
    let b = &asked.basis;
    html! {
        " " (on) " " (date("on", "in force on", b.on.as_deref().unwrap_or(&b.today)))
        " as known " (known(asked))
    }
}

/// The day of knowledge: `today` for all that is known.
pub(crate) fn known(asked: &Asked) -> Markup {
    date("known", "as known on", asked.basis.known.as_deref().filter(|k| *k != "latest").unwrap_or("today"))
}

/// A day, in EDTF.
pub(crate) fn date(name: &str, label: &str, value: &str) -> Markup {
    html! {
        span.pick {
            label.quiet for=(format!("f-{name}")) { (label) }
            input.date #(format!("f-{name}")) name=(name) value=(value) placeholder="a day" size="11" maxlength="60"
                title="A date such as 2024-07-11, 2024-07, 2024, [2023-05-10..2023-05-13]";
        }
    }
}

/// Something with a name, from a list. Several by comma.
pub(crate) fn name(desk: &Desk, kind: &str, field: &str, label: &str, value: &str, empty: &str) -> Markup {
    let shown: Vec<String> =
        value.split(',').map(str::trim).filter(|p| !p.is_empty()).map(|p| named(desk, kind, p)).collect();
    let shown = if shown.is_empty() { value.to_owned() } else { shown.join(", ") };
    let size =
        shown.chars().count().clamp(if empty.is_empty() { 8 } else { empty.chars().count().max(8) }, 34);
    html! {
        span.pick {
            label.quiet for=(format!("f-{field}")) { (label) }
            input #(format!("f-{field}")) name=(field) value=(shown) placeholder=(empty) list=(list_of(kind)) size=(size) maxlength="400" autocomplete="off";
        }
    }
}

/// The name of an id if it means that thing alone and can stand in a list by comma; else the id.
fn named(desk: &Desk, kind: &str, id: &str) -> String {
    let found = match kind {
        "any" => desk.entries.iter().find(|e| e.id == id && offered("any", e)),
        kind => desk.thing(kind, id),
    };
    let Some(e) = found else { return id.to_owned() };
    if desk.alone(e) && !e.name.contains(',') && e.name.len() < 80 { e.name.clone() } else { id.to_owned() }
}

/// One of a few words.
pub(crate) fn word(field: &str, label: &str, value: &str, options: &[(&str, &str)]) -> Markup {
    html! {
        span.pick {
            label.quiet for=(format!("f-{field}")) { (label) }
            select #(format!("f-{field}")) name=(field) {
                @if !value.is_empty() && !options.iter().any(|o| o.0 == value) { option value=(value) selected { (value) } }
                @for (v, shown) in options { option value=(v) selected[*v == value] { (shown) } }
            }
        }
    }
}

/// Free words.
pub(crate) fn words(field: &str, label: &str, value: &str, empty: &str) -> Markup {
    html! {
        span.pick {
            label.quiet for=(format!("f-{field}")) { (label) }
            input #(format!("f-{field}")) type="search" name=(field) value=(value) placeholder=(empty) size="24" maxlength="200";
        }
    }
}

/// The name of the list a kind is picked from.
fn list_of(kind: &str) -> String {
    format!("{kind}s")
}

/// The lists named, once a page.
pub(crate) fn lists(desk: &Desk, kinds: &[&str]) -> Markup {
    html! {
        @for kind in kinds {
            datalist #(list_of(kind)) {
                @for e in desk.entries.iter().filter(|e| offered(kind, e)) {
                    @let shown = named(desk, e.kind, &e.id);
                    @if shown == e.id { option value=(e.id) { (e.name) } } @else { option value=(shown) {} }
                }
            }
        }
    }
}

/// Whether a list offers a thing.
fn offered(list: &str, e: &Entry) -> bool {
    match list {
        "actor" => e.kind == "actor" && !matches!(e.sort, "person" | "class"),
        "any" => {
            matches!(e.kind, "actor" | "instrument" | "matter" | "facility" | "event" | "measure")
                && e.sort != "class"
        }
        "body" => {
            (e.kind == "actor" && !matches!(e.sort, "state" | "person"))
                || matches!(e.kind, "instrument" | "office")
        }
        "status" => matches!(e.kind, "instrument" | "facility"),
        "measured" => e.kind == "measure",
        kind => e.kind == kind,
    }
}
