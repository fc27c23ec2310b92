//! The figures: network, map and tiles of one scene, as SVG.
//!
//! In: a scene and where its nodes lie. Out: markup. What always holds: every figure carries its sentence as `title`; what may change with the day is told
//! by `data-held` and `data-layer` alone, which the script sets; a node is a link; text goes in as text nodes only.

use foedera::atlas::Held;
use maud::{Markup, PreEscaped, html};

use super::layout::{Plan, Point, layout};
use super::scene::{LAYERS, Scene, Stand};
use crate::asked::Asked;
use crate::desk::Desk;
use crate::parts;

/// Size of the network.
const SIZE: Point = (960.0, 640.0);

/// One shape of the map.
pub(super) struct Shape {
    pub(super) kind: &'static str,
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) middle: Point,
    path: &'static str,
}

/// Every shape of the map, from the geometry that is shipped.
pub(super) fn shapes() -> impl Iterator<Item = Shape> {
    let text: &'static str = include_str!("../../assets/world.tsv");
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
        let mut f = l.split('\t');
        let mut next = || f.next();
        let (kind, id, name) = (next()?, next()?, next()?);
        let (x, y) = (next()?.parse().ok()?, next()?.parse().ok()?);
        Some(Shape { kind, id, name, middle: (x, y), path: next().unwrap_or_default() })
    })
}

/// What the map says of an area that is claimed by two, in neutral words; docs/disputed-territory.md is the policy.
pub(super) const DISPUTED: &[(&str, &str)] = &[
    ("crimea", "administered by Ukraine to 2014, by Russia since, in fact; claimed by both"),
    ("ESH", "administered for the most part by Morocco; claimed by Morocco and the Polisario Front"),
    ("FLK", "administered by the United Kingdom; claimed by the United Kingdom and Argentina"),
    ("XKX", "declared independence in 2008; recognised by some states; claimed by Serbia"),
    ("TWN", "administered by the authorities in Taipei; claimed by China"),
    (
        "northern-cyprus-authorities",
        "administered by Turkish Cypriot authorities; recognised by Türkiye alone; claimed by Cyprus",
    ),
    ("somaliland", "administered by authorities in Hargeisa; claimed by Somalia"),
    ("kashmir", "administered in parts by India, Pakistan and China; claimed by each"),
    ("golan", "administered by Israel since 1967; claimed by Syria and Israel"),
    (
        "southern-kurils",
        "administered by the Soviet Union, then Russia, since 1945; claimed by Japan and Russia",
    ),
    ("senkakus", "administered by Japan since 1972; claimed by Japan, China and Taiwan"),
    ("takeshima", "administered by South Korea; claimed by Japan and South Korea"),
    (
        "karabakh",
        "administered by Armenian forces and local authorities to 2020 and 2023, by Azerbaijan since",
    ),
];

/// The words of a disputed area.
fn disputed(id: &str) -> &'static str {
    DISPUTED.iter().find(|d| d.0 == id).map_or("claimed by more than one", |d| d.1)
}

/// Where a node leads: an actor becomes the new focus, an instrument opens.
pub(super) fn leads(asked: &Asked, kind: &str, id: &str) -> String {
    if kind == "instrument" {
        return asked.to(&parts::path_in("instrument", "", id), &[]);
    }
    asked.with("actor", id)
}

/// A short name for a label.
pub(super) fn short(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// The label of a node: names near the focus, codes farther off.
fn label(scene: &Scene, node: usize, near: bool) -> String {
    let end = scene.end(node);
    let code = end.id.len() == 3 && end.id.chars().all(|c| c.is_ascii_uppercase());
    let known_by_id =
        end.kind == "organisation" && end.id.len() <= 6 && end.id.chars().all(|c| c.is_ascii_lowercase());
    match (code, near) {
        (true, false) => end.id.clone(),
        _ if known_by_id => end.id.to_uppercase(),
        _ => short(&end.name, 26),
    }
}

fn held_attributes(stand: Option<Stand>) -> (&'static str, Option<&'static str>) {
    match stand {
        Some(s) => (s.held.word(), Some(LAYERS[s.layer])),
        None => (Held::Not.word(), None),
    }
}

/// The height of a figure with the mark of a what-if below it, if there is one.
fn with_mark(scene: &Scene, height: f64) -> f64 {
    if scene.atlas.basis.scenario().is_empty() { height } else { height + 36.0 }
}

/// The mark of a what-if: a hatched frame and what is supposed, in the picture itself, so that a copy of it carries both.
fn supposed(scene: &Scene, width: f64, height: f64) -> Markup {
    let scenario = scene.atlas.basis.scenario();
    let height = with_mark(scene, height);
    html! {
        @if !scenario.is_empty() {
            g.supposed {
                defs { pattern #p-supposed width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" { line x1="0" y1="0" x2="0" y2="12" stroke-width="8" {} } }
                rect.frame x="4" y="4" width=(width - 8.0) height=(height - 8.0) stroke="url(#p-supposed)" fill="none" stroke-width="8" {}
                text x="18" y=(height - 18.0) { (short(&format!("What-if, not told by any source: {}", scenario.join("; ")), 130)) }
            }
        }
    }
}

/// Patterns, so that a layer is told on a surface without its colour.
fn patterns() -> Markup {
    html! {
        defs {
            pattern #p-right width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect.bg width="6" height="6" {} line x1="0" y1="0" x2="0" y2="6" stroke-width="4" {} }
            pattern #p-permission width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" { rect.bg width="6" height="6" {} line x1="0" y1="0" x2="0" y2="6" stroke-width="3" {} }
            pattern #p-programme width="5" height="5" patternUnits="userSpaceOnUse" { rect.bg width="5" height="5" {} circle cx="2.5" cy="2.5" r="1.5" {} }
            pattern #p-practice width="5" height="5" patternUnits="userSpaceOnUse" { rect.bg width="5" height="5" {} line x1="0" y1="2.5" x2="5" y2="2.5" stroke-width="2.2" {} }
            pattern #p-expectation width="6" height="6" patternUnits="userSpaceOnUse" { rect.bg width="6" height="6" {} path d="M0 3h6M3 0v6" fill="none" stroke-width="1.2" {} }
            pattern #p-disputed width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect.bg width="5" height="5" {} line x1="0" y1="0" x2="0" y2="5" stroke-width="2" {} }
        }
    }
}

/// The network.
pub(super) fn network(asked: &Asked, scene: &Scene, caption: &str) -> Markup {
    let near = |node: usize| {
        scene.focus.is_none_or(|f| {
            scene.ties.iter().any(|t| (t.a == f && t.b == node) || (t.b == f && t.a == node)) || node == f
        })
    };
    let everyone = scene.focus.is_none();
    let labels: Vec<String> = (0..scene.nodes.len()).map(|n| label(scene, n, near(n) && !everyone)).collect();
    let size = if scene.nodes.len() > 70 { (1180.0, 820.0) } else { SIZE };
    let room: Vec<Point> =
        labels.iter().map(|l| ((l.chars().count() as f64 * 6.4 / 2.0 + 8.0).max(14.0), 19.0)).collect();
    let links: Vec<(usize, usize, f64)> = scene
        .lines
        .iter()
        .map(|l| (l.a, l.b, if scene.focus.is_some_and(|f| l.a == f || l.b == f) { 190.0 } else { 80.0 }))
        .collect();
    let at = layout(&Plan { room: &room, links: &links, middle: scene.focus, size });
    let stands = scene.nodes_on();
    let number = |x: f64| format!("{x:.1}");
    html! {
        div.canvas data-drawing {
            svg #figure .network viewBox=(format!("0 0 {} {}", size.0, with_mark(scene, size.1))) role="group" aria-labelledby="figure-title" data-figure="network" {
                title #figure-title { (caption) }
                (supposed(scene, size.0, size.1))
                g.lines {
                    @for line in &scene.lines {
                        @let (p, q) = (at[line.a], at[line.b]);
                        @let held = scene.line_held(line);
                        @let (p, q) = beside(p, q, line.lane);
                        @let co = line.ties.iter().all(|t| !scene.ties[*t].via.is_empty());
                        @let ids: Vec<String> = line.ties.iter().map(usize::to_string).collect();
                        g class=(if co { "line co" } else { "line" }) data-layer=(LAYERS[line.layer]) data-held=(held.word()) data-t=(ids.join(" ")) {
                            line x1=(number(p.0)) y1=(number(p.1)) x2=(number(q.0)) y2=(number(q.1)) {}
                            @if unsure(scene, &line.ties) {
                                text.mark x=(number(p.0 * 0.45 + q.0 * 0.55)) y=(number(p.1 * 0.45 + q.1 * 0.55 + 4.0)) aria-hidden="true" { "?" }
                            }
                        }
                    }
                }
                g.nodes {
                    @for (n, (x, y)) in at.iter().enumerate() {
                        @let end = scene.end(n);
                        @let (held, layer) = held_attributes(stands[n]);
                        @let focus = scene.focus == Some(n);
                        @let crowd = scene.crowds.iter().find(|c| c.0 == scene.nodes[n]);
                        a.node href=(leads(asked, &end.kind, &end.id)) data-n=(n) data-kind=(end.kind) data-held=(held) data-layer=[layer]
                            data-focus=[focus.then_some("true")] aria-current=[focus.then_some("true")] transform=(format!("translate({} {})", number(*x), number(*y))) {
                            title { (end.name) @if let Some(c) = crowd { ", " (c.1) " parties" } }
                            circle.hit r="13" {}
                            (mark(&end.kind, focus))
                            text.label y=(if focus { "26" } else { "17" }) text-anchor="middle" {
                                (labels[n]) @if let Some(c) = crowd { " · " (c.1) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether any tie of a line can ever be less than certain.
fn unsure(scene: &Scene, ties: &[usize]) -> bool {
    ties.iter()
        .flat_map(|t| &scene.tie(*t).spans)
        .any(|s| s.disputed || s.from_earliest != s.from_latest || s.to_earliest != s.to_latest)
}

/// The sign of a kind of end: a dot for states, a square for organisations, a diamond for texts.
pub(super) fn mark(kind: &str, focus: bool) -> Markup {
    let r = if focus { 9.0 } else { 5.0 };
    html! {
        @match kind {
            "state" | "person" => circle.dot r=(r) {},
            "instrument" => path.dot d="M0 -6.5L6.5 0L0 6.5L-6.5 0z" {},
            "unrecognised-state" | "armed-group" => path.dot d="M0 -6L6 5H-6z" {},
            _ => rect.dot x=(-r) y=(-r) width=(2.0 * r) height=(2.0 * r) {},
        }
    }
}

/// Both ends moved aside, so that lines between the same two nodes lie beside each other.
pub(super) fn beside(p: Point, q: Point, lane: (usize, usize)) -> (Point, Point) {
    let off = (lane.0 as f64 - (lane.1 as f64 - 1.0) / 2.0) * 4.5;
    let (dx, dy) = (q.0 - p.0, q.1 - p.1);
    let d = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ox, oy) = (-dy / d * off, dx / d * off);
    ((p.0 + ox, p.1 + oy), (q.0 + ox, q.1 + oy))
}

/// The map.
pub(super) fn map(desk: &Desk, asked: &Asked, scene: &Scene, caption: &str) -> Markup {
    let stands = scene.nodes_on();
    let node_of = |id: &str| (0..scene.nodes.len()).find(|n| scene.end(*n).id == id);
    let all: Vec<Shape> = shapes().collect();
    let off: Vec<usize> =
        (0..scene.nodes.len()).filter(|n| !all.iter().any(|s| s.id == scene.end(*n).id)).collect();
    html! {
        div.canvas data-drawing {
            svg #figure .map viewBox=(format!("0 0 1000 {}", with_mark(scene, 446.0))) role="group" aria-labelledby="figure-title" data-figure="map" {
                title #figure-title { (caption) }
                (patterns())
                (supposed(scene, 1000.0, 446.0))
                @for kind in ["land", "disputed", "small", "spot"] {
                    g class=(kind) {
                        @for s in all.iter().filter(|s| s.kind == kind && s.id != "ATA") {
                            (shape(desk, asked, scene, s, node_of(s.id), &stands))
                        }
                    }
                }
            }
        }
        @if !off.is_empty() {
            p.off-map { "Not on the map: "
                @for (i, n) in off.iter().enumerate() {
                    @let end = scene.end(*n);
                    @let (held, layer) = held_attributes(stands[*n]);
                    @if i > 0 { " " }
                    a.chip href=(leads(asked, &end.kind, &end.id)) data-n=(n) data-held=(held) data-layer=[layer] { (short(&end.name, 40)) }
                }
            }
        }
        details.map-notes {
            summary { "How this map is drawn: today’s borders; disputed places hatched" }
            p { "Outlines are those of today, whatever the day shown. A place claimed by more than one is a shape of its own, hatched, and takes nobody’s colour. "
                a href=(asked.to("/about", &[])) { "About this program" } " · the written policy is docs/disputed-territory.md." }
            ul { @for (id, says) in DISPUTED {
                @if let Some(s) = all.iter().find(|s| s.id == *id) { li { strong { (s.name) } ": " (says) "." } }
            } }
            p.soft { "Geometry: Natural Earth 1:110m, public domain, in the Equal Earth projection." }
        }
    }
}

fn shape(
    desk: &Desk,
    asked: &Asked,
    scene: &Scene,
    s: &Shape,
    node: Option<usize>,
    stands: &[Option<Stand>],
) -> Markup {
    let (held, layer) = held_attributes(node.and_then(|n| stands[n]));
    let focus = node.is_some() && node == scene.focus;
    let contested = s.kind == "disputed" || s.kind == "spot";
    let name = if contested { format!("{}: {}", s.name, disputed(s.id)) } else { s.name.to_owned() };
    let (x, y) = s.middle;
    let drawn = html! {
        title { (name) }
        @match s.kind {
            "small" => rect x=(format!("{:.1}", x - 2.6)) y=(format!("{:.1}", y - 2.6)) width="5.2" height="5.2" {},
            "spot" => path d=(format!("M{x:.1} {:.1}l4 4l-4 4l-4 -4z", y - 4.0)) {},
            _ => path d=(s.path) transform="scale(.2)" {},
        }
        @if focus { circle.here cx=(x) cy=(y) r="9" {} }
    };
    match (desk.thing("actor", s.id), node) {
        (Some(e), _) => html! {
            a.shape href=(leads(asked, e.sort, &e.id)) data-n=[node] data-held=(held) data-layer=[layer] data-focus=[focus.then_some("true")] data-id=(s.id) { (drawn) }
        },
        (None, _) => html! { g.shape data-held="not" data-id=(s.id) { (drawn) } },
    }
}

/// Where each state's tile lies: its place on the map, moved to the nearest free cell.
fn cells(ids: &[(String, Point)]) -> Vec<(usize, usize)> {
    let mut taken = std::collections::BTreeSet::new();
    ids.iter()
        .map(|(_, (x, y))| {
            let (cx, cy) = ((x / 1000.0 * (COLUMNS - 1) as f64), (y / 446.0 * (ROWS - 1) as f64));
            let mut best = (f64::MAX, (0, 0));
            for c in 0..COLUMNS {
                for r in 0..ROWS {
                    let d = (c as f64 - cx).powi(2) + (r as f64 - cy).powi(2) * 1.2;
                    if d < best.0 && !taken.contains(&(c, r)) {
                        best = (d, (c, r));
                    }
                }
            }
            taken.insert(best.1);
            best.1
        })
        .collect()
}

/// The code of a state, or the first letters of its name's words if it has none.
fn code(id: &str, name: &str) -> String {
    if id.len() == 3 {
        return id.to_owned();
    }
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_uppercase));
    words.filter_map(|w| w.chars().next()).take(4).collect()
}

const COLUMNS: usize = 34;
const ROWS: usize = 19;

/// The tiles: a square for every state, large and small alike, and for every organisation in the scene.
pub(super) fn tiles(desk: &Desk, asked: &Asked, scene: &Scene, caption: &str) -> Markup {
    let stands = scene.nodes_on();
    let node_of = |id: &str| (0..scene.nodes.len()).find(|n| scene.end(*n).id == id);
    let mut states: Vec<(String, Point)> = shapes()
        .filter(|s| desk.thing("actor", s.id).is_some())
        .map(|s| (s.id.to_owned(), s.middle))
        .collect();
    states.sort_by(|a, b| a.0.cmp(&b.0));
    let cells = cells(&states);
    let step = 30;
    let off: Vec<usize> =
        (0..scene.nodes.len()).filter(|n| !states.iter().any(|s| s.0 == scene.end(*n).id)).collect();
    let tile = |id: &str,
                text: &str,
                name: &str,
                href: String,
                x: usize,
                y: usize,
                width: usize,
                node: Option<usize>| {
        let (held, layer) = held_attributes(node.and_then(|n| stands[n]));
        let focus = node.is_some() && node == scene.focus;
        html! {
            a.tile href=(href) data-n=[node] data-held=(held) data-layer=[layer] data-focus=[focus.then_some("true")] data-id=(id) transform=(format!("translate({x} {y})")) {
                title { (name) }
                rect width=(width) height="28" rx="2" {}
                text x=(width / 2) y="18" text-anchor="middle" { (text) }
            }
        }
    };
    let per_row = 5;
    let height = ROWS * step + off.len().div_ceil(per_row) * step + 16;
    html! {
        div.canvas data-drawing {
            svg #figure .tiles viewBox=(format!("0 0 {} {}", COLUMNS * step, with_mark(scene, height as f64))) role="group" aria-labelledby="figure-title" data-figure="tiles" {
                title #figure-title { (caption) }
                (patterns())
                (supposed(scene, (COLUMNS * step) as f64, height as f64))
                @for ((id, _), (c, r)) in states.iter().zip(&cells) {
                    (tile(id, &code(id, desk.actor(id)), desk.actor(id), leads(asked, "state", id), c * step, r * step, 28, node_of(id)))
                }
                @for (i, n) in off.iter().enumerate() {
                    @let end = scene.end(*n);
                    @let (c, r) = (i % per_row, i / per_row);
                    (tile(&end.id, &short(&end.name, 30), &end.name, leads(asked, &end.kind, &end.id), c * 204, ROWS * step + 12 + r * step, 200, Some(*n)))
                }
            }
        }
    }
}

/// A sample of a layer's line and surface, for the legend.
pub(super) fn sample(layer: usize) -> Markup {
    html! {
        svg.sample viewBox="0 0 34 12" width="34" height="12" aria-hidden="true" {
            g.line data-layer=(LAYERS[layer]) data-held="certain" { line x1="1" y1="6" x2="33" y2="6" {} }
        }
    }
}

/// Markup of a finished SVG file: what a page draws with the style sheet, told by attributes of its own.
pub(crate) fn file(drawn: &Markup, style: &str) -> String {
    let whole = drawn.0.as_str();
    let start = whole.find("<svg ").unwrap_or(0);
    let end = whole[start..].find("</svg>").map_or(whole.len(), |e| start + e + 6);
    let text = whole[start..end].replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    let close = text.find('>').map_or(0, |i| i + 1);
    let style = html! { style { (PreEscaped(style)) } };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}{}{}\n", &text[..close], style.0, &text[close..])
}
