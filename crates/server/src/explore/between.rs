//! Between two bases: the ties that were added, ended or changed, as lists and as a picture.
//!
//! In: the answer to `diff`, which names both days and both states of knowledge. Out: markup for the comparison. What always holds: the
//! ties are those of [`Scene`] on either side, so the lists are the difference of the two tables Explore gives as CSV; a
//! change is told by a sign and a word, never by colour alone.

use std::collections::{BTreeMap, BTreeSet};

use foedera::atlas::{AtlasAct, Held, atlas};
use foedera::{Envelope, counted};
use maud::{Markup, html};

use super::figure::{mark, short};
use super::layout::{Plan, Point, layout};
use super::scene::{LAYERS, Scene};
use super::{EVERYONE, cites, panel};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::page::Refusal;
use crate::parts::{self, text, texts};

/// More ends than this are no picture any more.
const DRAWN: usize = 90;

/// One end of a tie.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    name: String,
    id: String,
    kind: String,
}

/// A tie as one side has it.
struct Tie {
    ends: [End; 2],
    layer: usize,
    held: Held,
    acts: Vec<AtlasAct>,
    instrument: Option<String>,
    claim: Option<String>,
    says: String,
    cites: Vec<String>,
}

/// What became of a tie: its sign, its word, the heading of its list.
const CHANGES: [(&str, &str, &str); 3] =
    [("+", "added", "Ties added"), ("−", "ended", "Ties ended"), ("≠", "changed", "Ties changed")];

/// A tie that is not the same on both sides.
struct Changed<'t> {
    key: &'t str,
    what: usize,
    tie: &'t Tie,
    /// As it was, if it was and is.
    before: Option<&'t Tie>,
}

/// The ties that differ between the two sides of a comparison.
///
/// # Errors
/// A basis that is not understood.
pub(crate) fn between(desk: &Desk, asked: &Asked, e: &Envelope) -> Result<Markup, Refusal> {
    let q = &e.question;
    let ids: Vec<&str> = texts(&q["ids"]).collect();
    let about = match ids[..] {
        [one] if desk.thing("actor", one).is_some() => Some(one),
        _ => None,
    };
    let sides = [("from_on", "from_known", "from_using"), ("to_on", "to_known", "to_using")].map(
        |(on, known, using)| {
            let mut side = asked.clone();
            side.basis.on = Some(text(&q[on]).to_owned());
            side.basis.known = Some(text(&q[known]).to_owned());
            if let Some(packs) = q[using].as_str() {
                side.basis.using = vec![packs.to_owned()];
            }
            side
        },
    );
    let before = ties(desk, &sides[0], about, &ids)?;
    let after = ties(desk, &sides[1], about, &ids)?;
    let all = changes(&before, &after);
    // Asked about something that ties nobody: no section that says so twice.
    if before.is_empty() && after.is_empty() {
        return Ok(html! {});
    }
    let csv = |side: &Asked| side.to("/explore.csv", &[("actor", about.unwrap_or(EVERYONE))]);
    Ok(html! {
        section.between aria-labelledby="between" {
            h2 #between { "Ties in force" @if let Some(a) = about { " of " (desk.actor(a)) } ": " (told(&all)) }
            p {
                (counted(before.len(), "tie", "ties")) " on the first side, " (after.len()) " on the second."
                @if ids.is_empty() || about.is_some() {
                    span.no-print { " The whole lists as CSV: " a.side-csv href=(csv(&sides[0])) { "first" } " · " a.side-csv href=(csv(&sides[1])) { "second" } }
                }
            }
            (picture(asked, &all))
            @for (n, (sign, word, heading)) in CHANGES.iter().enumerate() {
                @let list: Vec<&Changed<'_>> = all.iter().filter(|c| c.what == n).collect();
                @if !list.is_empty() {
                    details.tie-changes data-change=(word) open[list.len() <= 40] {
                        summary { h3 { span aria-hidden="true" { (sign) " " } (heading) " (" (list.len()) ")" } }
                        (listed(desk, asked, heading, &list))
                    }
                }
            }
        }
    })
}

/// `3 added, 1 ended`.
fn told(all: &[Changed<'_>]) -> String {
    let counts: Vec<String> = (0..CHANGES.len())
        .map(|n| (all.iter().filter(|c| c.what == n).count(), CHANGES[n].1))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if counts.is_empty() { "the same".to_owned() } else { counts.join(", ") }
}

/// The ties of one side that concern what is asked about, by what makes them the same on the other side.
fn ties(
    desk: &Desk,
    side: &Asked,
    about: Option<&str>,
    ids: &[&str],
) -> Result<BTreeMap<String, Tie>, Refusal> {
    let all = atlas(&desk.dossier, &side.basis)?;
    let end = about.map(|a| all.ends.iter().position(|e| e.id == a));
    // Nothing ties it at all.
    if end == Some(None) {
        return Ok(BTreeMap::new());
    }
    let scene = Scene::new(all, end.flatten(), None, None);
    let mut out = BTreeMap::new();
    for n in (0..scene.ties.len()).filter(|n| scene.held(*n) != Held::Not) {
        let t = scene.tie(n);
        let ends = [t.a, t.b].map(|e| {
            let e = &scene.atlas.ends[e];
            End { name: e.name.clone(), id: e.id.clone(), kind: e.kind.clone() }
        });
        let instrument = t.instrument.map(|i| scene.atlas.instruments[i].id.clone());
        let concerned = about.is_some()
            || ids.is_empty()
            || ids.iter().any(|i| ends.iter().any(|e| e.id == *i) || instrument.as_deref() == Some(i));
        if !concerned {
            continue;
        }
        let key = [
            &ends[0].id,
            &ends[1].id,
            t.layer,
            t.way,
            instrument.as_deref().unwrap_or(""),
            t.claim.as_deref().unwrap_or(""),
        ]
        .join("|");
        let tie = Tie {
            ends,
            layer: scene.ties[n].layer,
            held: scene.held(n),
            acts: t.acts.clone(),
            instrument,
            claim: t.claim.clone(),
            says: t.says.clone(),
            cites: t.cites.clone(),
        };
        out.insert(key, tie);
    }
    Ok(out)
}

fn changes<'t>(before: &'t BTreeMap<String, Tie>, after: &'t BTreeMap<String, Tie>) -> Vec<Changed<'t>> {
    let mut out: Vec<Changed<'t>> = Vec::new();
    for (key, tie) in after {
        match before.get(key) {
            None => out.push(Changed { key, what: 0, tie, before: None }),
            Some(b) if b.held != tie.held || b.acts != tie.acts => {
                out.push(Changed { key, what: 2, tie, before: Some(b) });
            }
            Some(_) => {}
        }
    }
    for (key, tie) in before.iter().filter(|(k, _)| !after.contains_key(*k)) {
        out.push(Changed { key, what: 1, tie, before: None });
    }
    out.sort_by(|a, b| (a.what, a.tie.layer, &a.tie.ends).cmp(&(b.what, b.tie.layer, &b.tie.ends)));
    out
}

/// How a tie is held and what it says, where the two sides differ.
fn otherwise(before: &Tie, after: &Tie) -> String {
    let acts = |t: &Tie| t.acts.iter().map(panel::act).collect::<Vec<_>>().join("; ");
    let mut out = Vec::new();
    if before.held != after.held {
        out.push(format!("{} → {}", before.held.word(), after.held.word()));
    }
    if before.acts != after.acts {
        out.push(format!("{} → {}", acts(before), acts(after)));
    }
    out.join("; ")
}

fn listed(desk: &Desk, asked: &Asked, caption: &str, list: &[&Changed<'_>]) -> Markup {
    let differs = list.iter().any(|c| c.before.is_some());
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table.table {
                thead { tr { th scope="col" { "Layer" } th scope="col" { "One" } th scope="col" { "Other" } th scope="col" { "By" } @if differs { th scope="col" { "Before → after" } } th scope="col" { "Sources" } } }
                tbody {
                    @for c in list {
                        tr data-key=(c.key) {
                            td { (parts::badge("layer", LAYERS[c.tie.layer])) " " @if c.before.is_none() { (parts::badge("confidence", c.tie.held.word())) } }
                            @for end in &c.tie.ends { td { (parts::link(desk, asked, &end.id)) } }
                            td {
                                @if let Some(i) = &c.tie.instrument { (parts::instrument(desk, asked, i, "")) }
                                @else { (c.tie.says) @if let Some(id) = &c.tie.claim { " " (parts::claim(asked, id)) } }
                            }
                            @if differs { td { @if let Some(b) = c.before { (otherwise(b, c.tie)) } } }
                            td { (cites(desk, asked, &c.tie.cites)) }
                        }
                    }
                }
            }
        }
    }
}

/// The changed ties as a picture: a line for each layer between two ends, with the sign of what became of it.
fn picture(asked: &Asked, all: &[Changed<'_>]) -> Markup {
    let ends: Vec<&End> =
        all.iter().flat_map(|c| &c.tie.ends).collect::<BTreeSet<&End>>().into_iter().collect();
    if ends.len() > DRAWN {
        return html! { p.note { (ends.len()) " actors and texts are concerned, too many for a picture; asked about one of them it is drawn." } };
    }
    if ends.is_empty() {
        return html! {};
    }
    let at_of = |e: &End| ends.binary_search(&e).unwrap_or(0);
    let lines: BTreeSet<(usize, usize, usize, usize)> =
        all.iter().map(|c| (at_of(&c.tie.ends[0]), at_of(&c.tie.ends[1]), c.tie.layer, c.what)).collect();
    let size = (960.0, (220.0 + ends.len() as f64 * 9.0).min(760.0));
    let labels: Vec<String> = ends.iter().map(|e| short(&e.name, 24)).collect();
    let room: Vec<Point> =
        labels.iter().map(|l| ((l.chars().count() as f64 * 6.6 / 2.0 + 8.0).max(14.0), 19.0)).collect();
    let links: Vec<(usize, usize, f64)> = lines.iter().map(|l| (l.0, l.1, 150.0)).collect();
    let at = layout(&Plan { room: &room, links: &links, middle: None, size });
    let number = |x: f64| format!("{x:.1}");
    let pairs = |a: usize, b: usize| lines.iter().filter(move |l| (l.0, l.1) == (a, b));
    html! {
        figure.drawing {
            div.canvas {
                svg.network.between viewBox=(format!("0 0 {} {}", size.0, size.1)) role="group" aria-labelledby="between-title" {
                    title #between-title { "Ties between the two sides: " (told(all)) }
                    g.lines {
                        @for l in &lines {
                            @let lane = (pairs(l.0, l.1).position(|o| o == l).unwrap_or(0), pairs(l.0, l.1).count());
                            @let (p, q) = super::figure::beside(at[l.0], at[l.1], lane);
                            g.line data-layer=(LAYERS[l.2]) data-held="possible" data-change=(CHANGES[l.3].1) {
                                line x1=(number(p.0)) y1=(number(p.1)) x2=(number(q.0)) y2=(number(q.1)) {}
                                text.mark x=(number((p.0 + q.0) / 2.0)) y=(number((p.1 + q.1) / 2.0 + 5.0)) aria-hidden="true" { (CHANGES[l.3].0) }
                            }
                        }
                    }
                    g.nodes {
                        @for (n, (x, y)) in at.iter().enumerate() {
                            @let end = ends[n];
                            @let path = if end.kind == "instrument" { asked.to(&parts::path_in("instrument", "", &end.id), &[]) } else { asked.to("/explore", &[("actor", &end.id)]) };
                            a.node href=(path) data-kind=(end.kind) data-held="certain" transform=(format!("translate({} {})", number(*x), number(*y))) {
                                title { (end.name) }
                                circle.hit r="13" {}
                                (mark(&end.kind, false))
                                text.label y="17" text-anchor="middle" { (labels[n]) }
                            }
                        }
                    }
                }
            }
            figcaption { "What changed between the two sides, and nothing else: " @for (sign, word, _) in CHANGES { strong { (sign) } " " (word) " · " } "colour and line are those of the layer." }
        }
    }
}
