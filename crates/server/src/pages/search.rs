//! Search: names and statements; words that do not stand together are looked for one by one, and that is said.
//!
//! In: words. Out: links by kind. What always holds: nothing is guessed silently.

use foedera::Envelope;
use maud::{Markup, html};

use super::{fields, refused};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::form;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, capital, text};

/// `/search`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let q = asked.get("q");
    let parts = html! { "Search for " (form::words("q", "words", q, "actor, treaty, words of a statement")) @if let Some(on) = &asked.basis.on { input type="hidden" name="on" value=(on); } @if let Some(k) = &asked.basis.known { input type="hidden" name="known" value=(k); } };
    let sentence = form::sentence(asked, "/search", "Search", parts);
    if q.is_empty() && asked.fault.is_none() {
        return Ok(Page::new(
            "search",
            "Search",
            sentence,
            html! { h1 { "Search" } p { "Names in any spelling, accents folded; words of statements." } },
        )
        .into());
    }
    let e = match desk.answer_of(asked, "search", &fields(&[("words", q)])) {
        Ok(e) => e,
        Err(e) => return Ok(refused(asked, "search", sentence, &e)),
    };
    let words: Vec<&str> = q.split_whitespace().filter(|w| w.chars().count() > 2).take(6).collect();
    let single = e.items.is_empty() && words.len() > 1;
    let each: Vec<(&str, Envelope)> = if single {
        words
            .iter()
            .filter_map(|w| Some((*w, desk.answer_of(asked, "search", &fields(&[("words", w)])).ok()?)))
            .collect()
    } else {
        Vec::new()
    };
    let body = html! {
        h1.answer { (e.answer) }
        @if single {
            p { "All the words together stand nowhere. Word by word:" }
            @for (w, e) in &each { section { h2 { "“" (w) "”: " (e.answer) } (hits(desk, asked, e)) } }
        } @else { (hits(desk, asked, &e)) }
        @if e.items.is_empty() && !single { (parts::silence("we-have-not-looked")) }
        @for w in &e.warnings { p.note { (w) } }
    };
    let mut page = Page::new("search", format!("Search: {q}"), sentence, body);
    page.basis = Some(e.basis.clone());
    Ok(page.into())
}

fn hits(desk: &Desk, asked: &Asked, e: &Envelope) -> Markup {
    let mut tables: Vec<&str> = Vec::new();
    for i in &e.items {
        if !tables.contains(&text(&i["table"])) {
            tables.push(text(&i["table"]));
        }
    }
    html! {
        @for table in tables {
            section {
                h3 { (capital(table)) }
                ul.hits {
                    @for i in e.items.iter().filter(|i| i["table"] == table) {
                        @let id = text(&i["id"]);
                        @let sort = desk.thing(table, id).map_or("", |x| x.sort);
                        li { a href=(asked.to(&parts::path_in(table, sort, id), &[])) { (text(&i["name"])) } " " span.under { (id) } " " (parts::item_cites(desk, asked, i)) }
                    }
                }
            }
        }
    }
}
