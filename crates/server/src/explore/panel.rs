//! The panel beside the figure and the table under it: the ties in words, each with its citation and a way to its proof.
//!
//! In: a view. Out: markup. What always holds: every tie of the scene has one row in the table and, if it is the actor's own, one
//! card in the panel; those that do not hold on the day are there and hidden, so that the script only shows and hides.

use foedera::Question;
use foedera::atlas::{AtlasAct, Held, date_of, ymd};
use maud::{Markup, html};
use serde_json::Value;

use super::figure::{leads, short};
use super::scene::{LAYERS, MEANS, Scene};
use super::{View, cites, on_day};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::parts;

/// The most changes listed, and kept in the page.
const CHANGES: usize = 5;
const KEPT: usize = 300;
/// The most open expectations listed.
const OPEN: usize = 6;

/// An act in words: `must assist: defense, art. 5`.
pub(super) fn act(a: &AtlasAct) -> String {
    let strength =
        if a.strength.is_empty() { String::new() } else { format!("{}: ", parts::spaced(a.strength)) };
    // A data set names an obligation by what it is.
    let article = if a.article == a.act { String::new() } else { parts::of_article(&a.article) };
    format!("{strength}{}{article}", parts::spaced(a.act))
}

/// A bound of a span: a day, or the window it lies in; empty if open.
pub(super) fn bound(earliest: Option<i32>, latest: Option<i32>) -> String {
    let plain = |d: i32| d != i32::MIN && d != i32::MAX;
    match (earliest.filter(|d| plain(*d)), latest.filter(|d| plain(*d))) {
        (Some(a), Some(b)) if a == b => date_of(a),
        (Some(a), Some(b)) if whole(a, b).is_some() => whole(a, b).unwrap_or_default(),
        (Some(a), Some(b)) => format!("between {} and {}", date_of(a), date_of(b)),
        (Some(a), None) => format!("{} or later", date_of(a)),
        (None, Some(b)) => format!("by {}", date_of(b)),
        (None, None) => String::new(),
    }
}

/// A whole month or year as such: `2014-01`, `2014`.
fn whole(a: i32, b: i32) -> Option<String> {
    let ((y, m, d), (y2, m2, d2)) = (ymd(a), ymd(b));
    let ends = ymd(b.saturating_add(1)).2 == 1;
    if y != y2 || d != 1 || !ends {
        return None;
    }
    match (m, m2, d2) {
        (1, 12, 31) => Some(format!("{y}")),
        _ if m == m2 => Some(format!("{y}-{m:02}")),
        _ => None,
    }
}

/// The other end of a tie, seen from the focus.
fn other(scene: &Scene, n: usize) -> usize {
    let t = &scene.ties[n];
    if scene.focus == Some(t.a) { t.b } else { t.a }
}

/// Where a tie is proved: the verb `ties` between its two ends, or of the one that is an actor, or the claim.
fn why(asked: &Asked, scene: &Scene, n: usize) -> String {
    let t = scene.tie(n);
    if let Some(claim) = &t.claim {
        return asked.to(&format!("/claim/{}", crate::address::encoded(claim)), &[]);
    }
    let (a, b) = (&scene.atlas.ends[t.a], &scene.atlas.ends[t.b]);
    let focus = scene.focus.map(|f| scene.end(f).id.clone());
    let hub = |e: &foedera::atlas::AtlasEnd| e.hub.is_some() && e.hub == t.instrument;
    match (hub(a), hub(b)) {
        (true, _) => asked.to("/ties", &[("a", &b.id)]),
        (_, true) => asked.to("/ties", &[("a", &a.id)]),
        _ if focus.as_ref() == Some(&b.id) => asked.to("/ties", &[("a", &b.id), ("b", &a.id)]),
        _ => asked.to("/ties", &[("a", &a.id), ("b", &b.id)]),
    }
}

fn instrument(desk: &Desk, asked: &Asked, scene: &Scene, n: usize) -> Markup {
    let t = scene.tie(n);
    match (t.instrument, &t.claim) {
        (Some(i), _) => parts::link(desk, asked, &scene.atlas.instruments[i].id),
        (None, Some(_)) => html! { (t.says) },
        _ => html! {},
    }
}

fn sure(held: Held) -> Markup {
    html! { span.sure data-held=(held.word()) { (held.word()) } }
}

/// The panel.
pub(super) fn panel(desk: &Desk, asked: &Asked, v: &View) -> Markup {
    let s = &v.scene;
    let own: Vec<usize> = (0..s.ties.len()).filter(|n| s.ties[*n].via.is_empty()).collect();
    let held = s.own_held();
    html! {
        aside.focus-panel aria-label=(format!("Ties of {}", v.name)) {
            @match &v.actor {
                Some(key) => {
                    h2.focus-name { (parts::actor(desk, asked, key)) }
                    p.soft { (parts::spaced(desk.thing("actor", key).map_or("actor", |e| e.sort))) " · "
                        a href=(asked.with("actor", "everyone")) { "see everyone" } }
                },
                None => {
                    h2.focus-name { "Everyone" }
                    p { "The overview. Pick an actor in the sentence above, or follow a node, to see its ties with their sources." }
                },
            }
            @if v.actor.is_some() {
                h3 { "In force on " span.say-day { (on_day(&s.atlas.basis.on)) } }
                @for (layer, word) in LAYERS.iter().enumerate() {
                    @let rows: Vec<usize> = own.iter().copied().filter(|n| s.ties[*n].layer == layer).collect();
                    @if !rows.is_empty() {
                        @let count = rows.iter().filter(|n| s.held(**n) != Held::Not).count();
                        section.layer data-layer=(word) data-group hidden[count == 0] {
                            h4 title=(MEANS[layer]) { (parts::capital(word)) " " span.count data-group-count { (count) } " " span.soft.means { (MEANS[layer]) } }
                            ul.ties {
                                @for n in &rows { (card(desk, asked, s, *n)) }
                            }
                        }
                    }
                }
                p.silence #silence data-silence=[v.answer.as_ref().and_then(|e| e.silence.clone())] hidden[held > 0] {
                    (silence(v))
                }
            }
            (question(asked, v))
            (changes(desk, asked, s))
            (expectations(desk, asked, v))
        }
    }
}

/// Why nothing is in force.
fn silence(v: &View) -> Markup {
    let dated = v.scene.ties.iter().any(|t| t.via.is_empty());
    html! {
        strong { "No tie in force." } " "
        @if dated {
            "Ties of other days are known: the steps under the picture lead to them."
        } @else {
            @match v.answer.as_ref().and_then(|e| e.silence.as_deref()) {
                Some("not-yet-known") => "Not known on the chosen day of knowledge.",
                Some("outside-our-coverage") => "This lies outside what the dossier covers.",
                Some("none-in-force") => "Texts were made, and none is in force.",
                _ => "No source in this dossier speaks of it: we have not looked, and nothing follows from that.",
            }
        }
    }
}

fn card(desk: &Desk, asked: &Asked, s: &Scene, n: usize) -> Markup {
    let held = s.held(n);
    let t = s.tie(n);
    let end = s.end(other(s, n));
    let span = t.span(s.atlas.on).or(t.spans.first());
    let since = span.map(|p| bound(p.from_earliest, p.from_latest)).unwrap_or_default();
    let strongest = t.acts.first().map(act).unwrap_or_default();
    let more = t.acts.len().saturating_sub(1);
    html! {
        li.tie data-row=(n) data-held=(held.word()) hidden[held == Held::Not] {
            a.tie-with href=(leads(asked, &end.kind, &end.id)) { (short(&end.name, 60)) }
            " " (sure(held))
            div.tie-what { (strongest) @if more > 0 { span.soft { " and " (more) " more" } } }
            @if end.kind != "instrument" { div.tie-by { (instrument(desk, asked, s, n)) } }
            div.tie-foot {
                @if !since.is_empty() { span.soft { "since " span data-since { (since) } } " " }
                (cites(desk, asked, &t.cites[..t.cites.len().min(1)])) @if t.cites.len() > 1 { span.soft { "+" (t.cites.len() - 1) } }
                " " a.why href=(why(asked, s, n)) aria-label=(format!("Why: {}", end.name)) { "why? ›" }
            }
        }
    }
}

/// The question people come for, filled in.
fn question(asked: &Asked, v: &View) -> Markup {
    let Some(key) = &v.actor else { return html! {} };
    html! {
        section.ask-next {
            h3 { "Ask" }
            form method="get" action="/ask" {
                label for="ask-attacker" { "If " }
                input #ask-attacker name="attacker" list="actors" placeholder="an attacker" required maxlength="200" size="16" autocomplete="off";
                " attacks " strong { (v.name) } " on " span.say-day { (on_day(&v.scene.atlas.basis.on)) } ", who must act? "
                input type="hidden" name="target" value=(key);
                input type="hidden" name="on" value=(v.scene.atlas.basis.on) data-on;
                @if let Some(k) = &asked.basis.known { input type="hidden" name="known" value=(k); }
                button.go { "Answer ›" }
            }
        }
    }
}

/// The last dated acts before the day; more are kept in the page for other days.
fn changes(desk: &Desk, asked: &Asked, s: &Scene) -> Markup {
    let ours: std::collections::BTreeSet<usize> = match s.focus {
        Some(f) => std::iter::once(s.nodes[f]).collect(),
        None => s.nodes.iter().copied().collect(),
    };
    let all: Vec<_> = s.atlas.changes.iter().filter(|c| c.ends.iter().any(|e| ours.contains(e))).collect();
    let kept = &all[all.len().saturating_sub(KEPT)..];
    let before = kept.iter().filter(|c| c.day <= s.atlas.on.1).count();
    html! {
        @if !kept.is_empty() {
            section.changes {
                h3 { "Last changes before this day" }
                ol #changes {
                    @for (n, c) in kept.iter().enumerate() {
                        li data-day=(c.day) hidden[!(n < before && n + CHANGES >= before)] {
                            time { (c.on) } " " (changed(desk, asked, c))
                        }
                    }
                }
                p #no-changes .soft hidden[before > 0] { "None that the dossier knows of." }
            }
        }
    }
}

fn changed(desk: &Desk, asked: &Asked, c: &foedera::atlas::AtlasChange) -> Markup {
    match parts::path_of(desk, &c.id) {
        Some(path) => html! { a href=(asked.to(&path, &[])) { (short(&c.says, 110)) } },
        None => html! { (short(&c.says, 110)) },
    }
}

/// What is still expected that concerns the actor.
fn expectations(desk: &Desk, asked: &Asked, v: &View) -> Markup {
    let Ok(answer) = desk.put(asked, &Question::Expect { ids: Vec::new(), by: None }) else {
        return html! {};
    };
    let concerns = |i: &Value| {
        v.actor.as_deref().is_none_or(|key| {
            let text = i.to_string();
            text.contains(&format!("\"{key}\"")) || i["says"].as_str().is_some_and(|s| s.contains(&v.name))
        })
    };
    let open: Vec<&Value> = answer
        .items
        .iter()
        .filter(|i| i["verdict"] == "open" && i["says"].is_string() && concerns(i))
        .collect();
    html! {
        @if !open.is_empty() {
            section.open-expectations {
                h3 { "Open expectations " span.count { (open.len()) } }
                ul {
                    @for i in open.iter().take(OPEN) {
                        li { (parts::badge("state", "open")) " "
                            a href=(asked.to(&format!("/claim/{}", crate::address::encoded(parts::text(&i["id"]))), &[])) { (short(parts::text(&i["says"]), 120)) }
                            @if let Some(due) = i["due"].as_str() { span.soft { " · due " (due) } }
                        }
                    }
                }
                @if open.len() > OPEN { p { a href=(asked.to("/expectations", &[("state", "open")])) { "All " (open.len()) " ›" } } }
            }
        }
    }
}

/// The table: every tie of the scene, own ones first.
pub(super) fn table(desk: &Desk, asked: &Asked, s: &Scene, caption: &str) -> Markup {
    let groups = [true, false]
        .map(|own| (0..s.ties.len()).filter(|n| s.ties[*n].via.is_empty() == own).collect::<Vec<usize>>());
    html! {
        div.wide tabindex="0" role="region" aria-label="Ties as a table" {
            table.table #ties-table {
                caption { span #table-caption { (caption) } }
                thead { tr {
                    th scope="col" { "Layer" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "By" }
                    th scope="col" { "Since" } th scope="col" { "Until" } th scope="col" { "How sure" } th scope="col" { "Sources" } th scope="col" { span.quiet { "Proof" } }
                } }
                @for (g, rows) in groups.iter().enumerate() {
                    @if !rows.is_empty() {
                        tbody data-own=(g == 0) {
                            @if g == 1 { tr.group { th colspan="9" scope="colgroup" { "Others bound by the same texts" } } }
                            @for n in rows { (row(desk, asked, s, *n)) }
                        }
                    }
                }
            }
        }
    }
}

fn row(desk: &Desk, asked: &Asked, s: &Scene, n: usize) -> Markup {
    let held = s.held(n);
    let t = s.tie(n);
    let (a, b) = (&s.atlas.ends[t.a], &s.atlas.ends[t.b]);
    let span = t.span(s.atlas.on).or(t.spans.first());
    let own = s.ties[n].via.is_empty();
    let between = |x: &foedera::atlas::AtlasEnd| html! { a href=(leads(asked, &x.kind, &x.id)) { (short(&x.name, 48)) } };
    html! {
        tr data-row=(n) data-held=(held.word()) hidden[held == Held::Not] {
            td { (parts::badge("layer", t.layer)) }
            td { @if s.focus.is_some() && own { (between(s.end(other(s, n)))) } @else { (between(a)) " – " (between(b)) } }
            td { @for (i, x) in t.acts.iter().take(4).enumerate() { @if i > 0 { br; } (act(x)) } @if t.acts.len() > 4 { br; span.soft { "and " (t.acts.len() - 4) " more" } } }
            td { (instrument(desk, asked, s, n)) }
            td { @if let Some(p) = span { time data-since { (bound(p.from_earliest, p.from_latest)) } } }
            td { @if let Some(p) = span { @let until = bound(p.to_earliest, p.to_latest); time data-until { (if until.is_empty() { "open" } else { &until }) } } }
            td { (sure(held)) }
            td { (cites(desk, asked, &t.cites[..t.cites.len().min(if own { 4 } else { 2 })])) }
            td { a.why href=(why(asked, s, n)) aria-label=(format!("Why: {} – {}", short(&a.name, 60), short(&b.name, 60))) { "why?" } }
        }
    }
}
