//! Explore: who is tied to whom on a day, as network, map, tiles and table, with the two clocks.
//!
//! In: an actor (or everyone), a layer, a way of looking, a basis. Out: one page, and the same as SVG and CSV. What always
//! holds: every view shows the same ties, those of one [`Scene`]; the page is right for the day in its address without any script;
//! the script only sets what is shown for another day, from the table in the page.

mod between;
mod clocks;
mod data;
mod figure;
mod layout;
mod panel;
mod scene;

use foedera::atlas::{Atlas, AtlasEnd, Held, atlas};
use foedera::{Envelope, Question};
use maud::{Markup, html};

use crate::asked::Asked;
use crate::desk::Desk;
use crate::page::{Page, Refusal, Reply};
use crate::routes::Screen;
use crate::{form, parts, refusal};

pub(crate) use between::between;
pub(crate) use figure::file;
use scene::{LAYERS, MEANS, Scene};

/// The parameters of the screen.
pub(crate) const FIELDS: &[&str] = &["actor", "layer", "view"];

/// Its addresses.
pub(crate) const SCREENS: &[Screen] = &[
    Screen { path: "/explore", fields: FIELDS, draw: page },
    Screen { path: "/explore.svg", fields: FIELDS, draw: svg },
    Screen { path: "/explore.csv", fields: FIELDS, draw: csv },
];

/// The ways of looking: word, name, what it is.
const VIEWS: [(&str, &str, &str); 4] = [
    ("network", "Network", "who is tied to whom"),
    ("map", "Map", "where they are"),
    ("tiles", "Tiles", "every state of one size"),
    ("table", "Table", "the same in words"),
];

/// Written for everyone instead of one actor.
const EVERYONE: &str = "everyone";

/// What is to be drawn.
struct View {
    scene: Scene,
    view: &'static str,
    layer: Option<usize>,
    /// The key of the actor; none = everyone.
    actor: Option<String>,
    /// Its name.
    name: String,
    /// The sentence.
    title: String,
    /// What the verb `ties` answers about the actor.
    answer: Option<Envelope>,
}

/// The page.
fn page(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    match view(desk, asked) {
        Ok(v) => {
            let body = body(desk, asked, &v);
            let mut page = Page::new(
                "explore",
                v.title.clone(),
                sentence(desk, asked, v.actor.as_deref(), v.layer, v.view),
                body,
            );
            page.basis = Some(v.scene.atlas.basis.clone());
            Ok(page.into())
        }
        Err(e) => {
            let actor = asked.get("actor");
            let actor = if actor == EVERYONE { None } else { Some(actor) };
            let form = sentence(desk, asked, actor, None, "network");
            Ok(Page::new("explore", "Who is tied to whom?", form, refusal::shown(asked, &e))
                .status(refusal::status(&e))
                .into())
        }
    }
}

/// The figure as a file.
fn svg(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let v = view(desk, asked)?;
    let drawn = drawn(desk, asked, &v).unwrap_or_else(|| figure::network(asked, &v.scene, &v.title));
    let style = include_str!("../../assets/figure.css");
    let markup =
        drawn.0.split("</svg>").next().map(|s| maud::PreEscaped(format!("{s}</svg>"))).unwrap_or_default();
    let body = figure::file(&markup, style);
    Ok(Reply::file("image/svg+xml", Some(file_name(&v, "svg")), body))
}

/// The ties as CSV; cells that a spreadsheet would compute are made plain.
fn csv(desk: &Desk, asked: &Asked, _: &str) -> Result<Reply, Refusal> {
    let v = view(desk, asked)?;
    let mut out = String::from(
        "one,other,layer,way,acts,instrument,claim,since,until,confidence,cites,sentence,dossier_hash,scenario\r\n",
    );
    let scenario = v.scene.atlas.basis.scenario().join("; ");
    for n in (0..v.scene.ties.len()).filter(|n| v.scene.held(*n) != Held::Not) {
        let t = v.scene.tie(n);
        let span = t.span(v.scene.atlas.on);
        let acts: Vec<String> = t.acts.iter().map(panel::act).collect();
        let cells = [
            v.scene.atlas.ends[t.a].id.clone(),
            v.scene.atlas.ends[t.b].id.clone(),
            t.layer.to_owned(),
            t.way.to_owned(),
            acts.join("; "),
            t.instrument.map(|i| v.scene.atlas.instruments[i].id.clone()).unwrap_or_default(),
            t.claim.clone().unwrap_or_default(),
            span.map(|s| panel::bound(s.from_earliest, s.from_latest)).unwrap_or_default(),
            span.map(|s| panel::bound(s.to_earliest, s.to_latest)).unwrap_or_default(),
            v.scene.held(n).word().to_owned(),
            t.cites.join("; "),
            v.title.clone(),
            v.scene.atlas.basis.dossier_hash.clone(),
            scenario.clone(),
        ];
        let line: Vec<String> = cells.iter().map(|c| cell(c)).collect();
        out.push_str(&line.join(","));
        out.push_str("\r\n");
    }
    Ok(Reply::file("text/csv; charset=utf-8", Some(file_name(&v, "csv")), out))
}

/// A cell: quoted, and no formula.
fn cell(text: &str) -> String {
    format!("\"{}\"", foedera::render::no_formula(text).replace('"', "\"\""))
}

fn file_name(v: &View, end: &str) -> String {
    let who = v.actor.as_deref().unwrap_or(EVERYONE);
    format!("ties-{who}-{}.{end}", v.scene.atlas.basis.on)
}

/// Works out what is to be drawn.
fn view(desk: &Desk, asked: &Asked) -> Result<View, Refusal> {
    if let Some(fault) = &asked.fault {
        return Err(fault.clone());
    }
    let layer = match asked.get("layer") {
        "" | "any" => None,
        word => {
            Some(LAYERS.iter().position(|l| *l == word).ok_or_else(|| not_a_word("layer", word, &LAYERS))?)
        }
    };
    let words: Vec<&str> = VIEWS.iter().map(|v| v.0).collect();
    let view = match asked.get("view") {
        "" => VIEWS[0].0,
        word => VIEWS.iter().find(|v| v.0 == word).ok_or_else(|| not_a_word("view", word, &words))?.0,
    };
    let mut all = atlas(&desk.dossier, &asked.basis)?;
    let wanted = match asked.get("actor") {
        EVERYONE => None,
        "" => first(&all),
        text => Some(text.to_owned()),
    };
    let answer = match &wanted {
        None => None,
        Some(a) => Some(desk.put(asked, &Question::Ties { a: a.clone(), b: None })?),
    };
    let actor = answer.as_ref().and_then(|e| e.question["a"].as_str()).map(str::to_owned);
    let end = actor.as_ref().map(|key| {
        all.ends.iter().position(|e| e.id == *key).unwrap_or_else(|| {
            // Nothing ties it: it still stands in the middle of its own picture.
            let sort = desk.thing("actor", key).map_or("", |e| e.sort);
            all.ends.push(AtlasEnd {
                id: key.clone(),
                name: desk.actor(key).to_owned(),
                kind: sort.to_owned(),
                exists: foedera::atlas::Span::default(),
                hub: None,
            });
            all.ends.len() - 1
        })
    });
    let latest = match all.basis.known.as_str() {
        "latest" => None,
        _ => {
            let mut today = asked.basis.clone();
            today.known = None;
            Some(atlas(&desk.dossier, &today)?)
        }
    };
    let name = actor.as_ref().map_or("everyone".to_owned(), |a| desk.actor(a).to_owned());
    let whom = if actor.is_some() { name.as_str() } else { "whom" };
    let by = layer.map_or("any tie".to_owned(), |l| format!("any {}", LAYERS[l]));
    let known = if all.basis.known == "latest" { "today".to_owned() } else { on_day(&all.basis.known) };
    let scenario = all.basis.scenario();
    let supposing =
        if scenario.is_empty() { String::new() } else { format!(", supposing {}", scenario.join("; ")) };
    let title = format!(
        "Who is tied to {whom} by {by}, in force on {}, as known {known}{supposing}",
        on_day(&all.basis.on)
    );
    let scene = Scene::new(all, end, layer, latest.as_ref());
    Ok(View { scene, view, layer, actor, name, title, answer })
}

fn not_a_word(field: &str, word: &str, words: &[&str]) -> Refusal {
    let shown: String = word.chars().take(64).collect();
    let message = format!("--{field}: `{shown}` is not one of {}", words.join(", "));
    crate::asked::wrong("unknown-word", message, None)
}

/// Whom the screen is about before anyone is picked: Japan, or who has the most ties.
fn first(all: &Atlas) -> Option<String> {
    if all.ends.iter().any(|e| e.id == "JPN") {
        return Some("JPN".to_owned());
    }
    let mut count = vec![0usize; all.ends.len()];
    for t in &all.ties {
        count[t.a] += 1;
        count[t.b] += 1;
    }
    let states = (0..all.ends.len()).filter(|e| all.ends[*e].kind == "state");
    states.max_by_key(|e| (count[*e], std::cmp::Reverse(*e))).map(|e| all.ends[e].id.clone())
}

/// A day as people write it: `12 Jul 2023`; other dates as they stand.
pub(super) fn on_day(text: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = text.split('-').collect();
    if let [y, m, d] = parts[..]
        && let (4, Ok(m), Ok(d)) = (y.len(), m.parse::<usize>(), d.parse::<usize>())
        && (1..=12).contains(&m)
    {
        return format!("{d} {} {y}", MONTHS[m - 1]);
    }
    text.to_owned()
}

/// The sentence with pickers.
fn sentence(desk: &Desk, asked: &Asked, actor: Option<&str>, layer: Option<usize>, view: &str) -> Markup {
    let mut layers: Vec<(&str, &str)> = vec![("any", "any tie")];
    let names: Vec<String> = LAYERS.iter().zip(MEANS).map(|(l, m)| format!("{l}: {m}")).collect();
    layers.extend(LAYERS.iter().zip(&names).map(|(l, n)| (*l, n.as_str())));
    let chosen = layer.map_or("any", |l| LAYERS[l]);
    let parts = html! {
        "Who is tied to "
        (form::name(desk, "actor", "actor", "whose ties", actor.unwrap_or(EVERYONE), "an actor, or everyone"))
        " by "
        (form::word("layer", "which ties", chosen, &layers))
        (form::clocks(asked, "in force on"))
        @if view != VIEWS[0].0 { input type="hidden" name="view" value=(view); }
        (form::lists(desk, &["actor"]))
    };
    form::sentence(asked, "/explore", "Show", parts)
}

/// The figure of a view; none for the table.
fn drawn(desk: &Desk, asked: &Asked, v: &View) -> Option<Markup> {
    match v.view {
        "network" => Some(figure::network(asked, &v.scene, &v.title)),
        "map" => Some(figure::map(desk, asked, &v.scene, &v.title)),
        "tiles" => Some(figure::tiles(desk, asked, &v.scene, &v.title)),
        _ => None,
    }
}

fn body(desk: &Desk, asked: &Asked, v: &View) -> Markup {
    let held = v.scene.own_held();
    html! {
        h1.explore-title #explore-title { (headline(v, held)) }
        (hidden(asked, v))
        div.explore {
            section.stage aria-label="The picture" {
                div.stage-bar {
                    nav.views aria-label="Ways of looking" {
                        @for (word, name, says) in VIEWS {
                            a href=(asked.with("view", if word == VIEWS[0].0 { "" } else { word })) title=(says)
                                aria-current=[(word == v.view).then_some("true")] data-view=(word) { (name) }
                        }
                    }
                    (legend(asked, v))
                }
                @if let Some(figure) = drawn(desk, asked, v) {
                    figure.drawing {
                        (figure)
                        figcaption { span #caption { (v.title) } ". " span.soft { (note(v)) } }
                    }
                } @else {
                    (panel::table(desk, asked, &v.scene, &v.title))
                }
                nav.twins.no-print aria-label="This view as a file" {
                    span { "This view" }
                    a.twin href=(asked.same_at("/explore.csv")) { "CSV" }
                    a.twin href=(asked.same_at("/explore.svg")) { "SVG" }
                    @if let Some(a) = &v.actor { a.twin href=(asked.to("/api/v1/ties", &[("a", a)])) { "JSON" } a.twin href=(asked.to("/brief/ties", &[("a", a)])) { "Brief (print)" } }
                }
            }
            (panel::panel(desk, asked, v))
            (clocks::clocks(desk, asked, v))
        }
        @if v.view != "table" {
            details.as-table open[v.actor.is_some()] {
                summary { h2 { "The same as a table" } }
                (panel::table(desk, asked, &v.scene, &v.title))
            }
        }
        (data::island(asked, v))
    }
}

/// The answer in one line, with its number.
fn headline(v: &View, held: usize) -> Markup {
    let ties = if held == 1 { "tie" } else { "ties" };
    html! {
        span #count { (held) } " " span #count-word { (ties) } @if v.actor.is_some() { " of " (v.name) } " in force on "
        time #count-day { (on_day(&v.scene.atlas.basis.on)) }
    }
}

/// What the chosen day of knowledge hides.
fn hidden(asked: &Asked, v: &View) -> Markup {
    if v.scene.atlas.basis.known == "latest" {
        return html! {};
    }
    let on = v.scene.atlas.on;
    let held: Vec<bool> = v.scene.later.iter().map(|(t, _)| t.held(on) != Held::Not).collect();
    let count = held.iter().filter(|h| **h).count();
    html! {
        section.hidden-ties #hidden-ties aria-label="What this day of knowledge hides" {
            p { strong { span #hidden-count { (count) } " of the ties known today to hold on that day" } " were not known, or not so, on " (on_day(&v.scene.atlas.basis.known)) ". "
                a href=(asked.with("known", "")) { "Back to what is known today" } }
            ul { @for (n, (_, name)) in v.scene.later.iter().enumerate() { li data-later=(n) hidden[!held[n]] { (name) } } }
        }
    }
}

/// What the picture leaves out, and how to read it.
fn note(v: &View) -> Markup {
    html! {
        @for (end, parties) in &v.scene.crowds {
            (v.scene.atlas.ends[*end].name) " has " (parties) " parties, told by number and not drawn. "
        }
        "Positions never move with the date. A dot is a state, a square an organisation, a diamond a text with several parties."
    }
}

/// The six layers: word, line, surface; each a link that asks for it alone.
fn legend(asked: &Asked, v: &View) -> Markup {
    html! {
        ul.legend aria-label="Layers" {
            @for (n, l) in LAYERS.iter().enumerate() {
                @let there = v.scene.ties.iter().any(|t| t.layer == n) || v.layer == Some(n);
                li data-layer=(l) data-none=[(!there).then_some("true")] {
                    a href=(asked.with("layer", if v.layer == Some(n) { "" } else { l })) title=(MEANS[n]) aria-current=[(v.layer == Some(n)).then_some("true")] {
                        (figure::sample(n)) (l) span.quiet { ": " (MEANS[n]) @if !there { "; none here" } }
                    }
                }
            }
            li.soft.how { span aria-hidden="true" { "– ? –" } " possible or disputed" }
        }
    }
}

/// A citation list.
pub(super) fn cites(desk: &Desk, asked: &Asked, list: &[String]) -> Markup {
    parts::cites(desk, asked, list.iter().map(String::as_str))
}
