//! The scene: which ends and ties a view of the atlas shows, and how each stands on the day.
//!
//! In: an atlas, whom it is about, which layer. Out: [`Scene`]: nodes and ties by small numbers, for every day, with what holds
//! on the day asked about. What always holds: network, map, tiles and table are drawn from the one scene; nothing in it
//! depends on the day but what [`Scene::held`], [`Scene::nodes_on`] and their like compute.

use std::collections::{BTreeMap, BTreeSet};

use foedera::atlas::{Atlas, AtlasEnd, AtlasTie, Held};

/// The six layers in their order, which is the order of strength.
pub(super) const LAYERS: [&str; 6] = ["duty", "right", "permission", "programme", "practice", "expectation"];

/// What the six words mean, for the legend.
pub(super) const MEANS: [&str; 6] = [
    "owed by a text",
    "may act by a text",
    "allowed by a text",
    "planned together",
    "done, as sources tell",
    "foreseen, as sources tell",
];

/// How strongly a text obliges, strongest first; what a source merely tells comes last.
const STRENGTHS: [&str; 8] = [
    "must-fight",
    "must-assist",
    "must-act",
    "must-abstain",
    "must-consult",
    "may",
    "political",
    "recommended",
];

/// An instrument with more parties is shown with their number, not with their names.
const CROWD: usize = 40;

/// A tie in the scene.
pub(super) struct SceneTie {
    /// Its ends, as nodes of the scene.
    pub(super) a: usize,
    pub(super) b: usize,
    /// Number of its layer.
    pub(super) layer: usize,
    /// Where it stands in the atlas.
    pub(super) tie: usize,
    /// Of another party under the same instrument: the ties of the focus it hangs on.
    pub(super) via: Vec<usize>,
}

/// One line of the picture: all ties of one layer between two nodes.
pub(super) struct Line {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) layer: usize,
    /// Ties of the scene.
    pub(super) ties: Vec<usize>,
    /// Which of how many lines between the two.
    pub(super) lane: (usize, usize),
}

/// How a node stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stand {
    /// The strongest layer it is tied in.
    pub(super) layer: usize,
    /// How surely.
    pub(super) held: Held,
}

/// What is shown.
pub(super) struct Scene {
    pub(super) atlas: Atlas,
    /// Whom it is about; none = everyone.
    pub(super) focus: Option<usize>,
    /// Ends of the atlas, by node.
    pub(super) nodes: Vec<usize>,
    pub(super) ties: Vec<SceneTie>,
    pub(super) lines: Vec<Line>,
    /// Nodes with more parties than are shown, and how many.
    pub(super) crowds: Vec<(usize, usize)>,
    /// Ties known today that the chosen knowledge hides.
    pub(super) later: Vec<(AtlasTie, String)>,
}

impl Scene {
    /// Picks what concerns an end (an index of the atlas), in one layer or all.
    pub(super) fn new(
        atlas: Atlas,
        about: Option<usize>,
        layer: Option<usize>,
        latest: Option<&Atlas>,
    ) -> Scene {
        let number = |t: &AtlasTie| LAYERS.iter().position(|l| *l == t.layer).unwrap_or(0);
        let wanted = |t: &AtlasTie| layer.is_none_or(|l| l == number(t));
        let parties = hubs(&atlas);
        let touches = |t: &AtlasTie, e: usize| t.a == e || t.b == e;
        let hangs = |t: &AtlasTie, hub: usize| {
            touches(t, hub) && t.instrument.is_some() && t.instrument == atlas.ends[hub].hub
        };
        let crowd = |e: usize| parties.get(&e).is_some_and(|n| *n > CROWD);
        let mut own: Vec<usize> = Vec::new();
        let mut others: Vec<(usize, usize)> = Vec::new();
        let mut crowds: BTreeSet<usize> = BTreeSet::new();
        for (n, t) in atlas.ties.iter().enumerate().filter(|(_, t)| wanted(t)) {
            match about {
                Some(f) if touches(t, f) => {
                    // What hangs on a crowd the question is about is told by number.
                    if hangs(t, f) && crowd(f) {
                        crowds.insert(f);
                        continue;
                    }
                    own.push(n);
                    let other = if t.a == f { t.b } else { t.a };
                    if hangs(t, other) && crowd(other) {
                        crowds.insert(other);
                    }
                }
                Some(_) => {}
                None => match [t.a, t.b].into_iter().find(|e| hangs(t, *e) && crowd(*e)) {
                    Some(hub) => {
                        crowds.insert(hub);
                    }
                    None => own.push(n),
                },
            }
        }
        if let Some(f) = about {
            let mine: BTreeSet<usize> = own
                .iter()
                .map(|n| &atlas.ties[*n])
                .flat_map(|t| [t.a, t.b].into_iter().filter(|e| *e != f && hangs(t, *e) && !crowd(*e)))
                .collect();
            for (n, t) in atlas.ties.iter().enumerate().filter(|(_, t)| wanted(t) && !touches(t, f)) {
                if let Some(hub) = [t.a, t.b].into_iter().find(|e| mine.contains(e) && hangs(t, *e)) {
                    others.push((n, hub));
                }
            }
        }
        // What a reader looks for first comes first: layer, strength, name of the other end.
        own.sort_by_key(|n| {
            let t = &atlas.ties[*n];
            let strength = t.acts.first().and_then(|a| STRENGTHS.iter().position(|s| *s == a.strength));
            let arms = t.acts.first().is_none_or(|a| a.act != "defense");
            let other = if about == Some(t.a) { t.b } else { t.a };
            (number(t), strength.unwrap_or(STRENGTHS.len()), arms, atlas.ends[other].name.clone(), *n)
        });
        let mut nodes: Vec<usize> = about.into_iter().collect();
        let mut of_end: BTreeMap<usize, usize> = about.map(|f| (f, 0)).into_iter().collect();
        let mut node = |e: usize| {
            *of_end.entry(e).or_insert_with(|| {
                nodes.push(e);
                nodes.len() - 1
            })
        };
        let mut ties: Vec<SceneTie> = Vec::new();
        for n in own {
            let t = &atlas.ties[n];
            ties.push(SceneTie { a: node(t.a), b: node(t.b), layer: number(t), tie: n, via: Vec::new() });
        }
        let firsts = ties.len();
        for (n, hub) in others {
            let t = &atlas.ties[n];
            let (a, b, h) = (node(t.a), node(t.b), node(hub));
            let via: Vec<usize> = (0..firsts)
                .filter(|i| {
                    (ties[*i].a == h || ties[*i].b == h)
                        && atlas.ties[ties[*i].tie].instrument == t.instrument
                })
                .collect();
            ties.push(SceneTie { a, b, layer: number(t), tie: n, via });
        }
        let focus = about.map(|_| 0);
        let crowds = crowds.into_iter().map(|e| (e, parties.get(&e).copied().unwrap_or(0))).collect();
        let later = latest.map_or_else(Vec::new, |all| later(&atlas, all, about, &wanted));
        let lines = lines(&ties);
        Scene { atlas, focus, nodes, ties, lines, crowds, later }
    }

    /// The end a node stands for.
    pub(super) fn end(&self, node: usize) -> &AtlasEnd {
        &self.atlas.ends[self.nodes[node]]
    }

    /// A tie of the scene as the atlas has it.
    pub(super) fn tie(&self, n: usize) -> &AtlasTie {
        &self.atlas.ties[self.ties[n].tie]
    }

    /// How surely a tie holds on the day asked about; those of other parties only while the focus is a party itself.
    pub(super) fn held(&self, n: usize) -> Held {
        let t = &self.ties[n];
        let on = self.atlas.on;
        let held = self.tie(n).held(on);
        if t.via.is_empty() {
            return held;
        }
        held.min(t.via.iter().map(|v| self.tie(*v).held(on)).max().unwrap_or(Held::Not))
    }

    /// How surely a line is there.
    pub(super) fn line_held(&self, line: &Line) -> Held {
        line.ties.iter().map(|t| self.held(*t)).max().unwrap_or(Held::Not)
    }

    /// How each node stands on the day.
    pub(super) fn nodes_on(&self) -> Vec<Option<Stand>> {
        let mut out: Vec<Option<Stand>> = vec![None; self.nodes.len()];
        for (n, t) in self.ties.iter().enumerate() {
            let held = self.held(n);
            if held == Held::Not {
                continue;
            }
            for node in [t.a, t.b] {
                let stand = Stand { layer: t.layer, held };
                let better =
                    |s: &Stand| (t.layer, std::cmp::Reverse(held)) < (s.layer, std::cmp::Reverse(s.held));
                if out[node].as_ref().is_none_or(better) {
                    out[node] = Some(stand);
                }
            }
        }
        out
    }

    /// Ties of the question itself (not those of other parties) that hold on the day.
    pub(super) fn own_held(&self) -> usize {
        (0..self.ties.len()).filter(|n| self.ties[*n].via.is_empty() && self.held(*n) != Held::Not).count()
    }

    /// Days on which one of the question's own ties begins or ends, sorted: every bound of every span.
    pub(super) fn days(&self) -> Vec<i32> {
        let mut out: Vec<i32> = Vec::new();
        for t in self.ties.iter().filter(|t| t.via.is_empty()) {
            for s in &self.atlas.ties[t.tie].spans {
                out.extend(
                    [s.from_earliest, s.from_latest, s.to_earliest, s.to_latest].into_iter().flatten(),
                );
            }
        }
        out.retain(|d| *d != i32::MAX && *d != i32::MIN);
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// How many parties hang on each hub.
fn hubs(atlas: &Atlas) -> BTreeMap<usize, usize> {
    let mut parties: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for t in &atlas.ties {
        for (hub, other) in [(t.a, t.b), (t.b, t.a)] {
            if t.instrument.is_some() && atlas.ends[hub].hub == t.instrument {
                parties.entry(hub).or_default().insert(other);
            }
        }
    }
    parties.into_iter().map(|(h, p)| (h, p.len())).collect()
}

fn lines(ties: &[SceneTie]) -> Vec<Line> {
    let mut by: BTreeMap<(usize, usize), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (n, t) in ties.iter().enumerate() {
        by.entry((t.a.min(t.b), t.a.max(t.b))).or_default().entry(t.layer).or_default().push(n);
    }
    let mut out = Vec::new();
    for ((a, b), layers) in by {
        let many = layers.len();
        for (lane, (layer, ties)) in layers.into_iter().enumerate() {
            out.push(Line { a, b, layer, ties, lane: (lane, many) });
        }
    }
    out
}

/// Ties known today that are not in an atlas of earlier knowledge, or not with the same spans; with the names of their ends.
fn later(
    now: &Atlas,
    all: &Atlas,
    about: Option<usize>,
    wanted: &dyn Fn(&AtlasTie) -> bool,
) -> Vec<(AtlasTie, String)> {
    let known: BTreeMap<String, &AtlasTie> = now.ties.iter().map(|t| (t.key(now), t)).collect();
    let focus = about.map(|f| now.ends[f].id.as_str());
    let touches = |t: &AtlasTie| focus.is_none_or(|f| all.ends[t.a].id == f || all.ends[t.b].id == f);
    let new = all.ties.iter().filter(|t| wanted(t) && touches(t));
    new.filter(|t| known.get(&t.key(all)).is_none_or(|k| k.spans != t.spans))
        .map(|t| {
            let (a, b) = (&all.ends[t.a], &all.ends[t.b]);
            let other = if focus == Some(a.id.as_str()) { b } else { a };
            let name = match focus {
                Some(_) => format!("{} ({})", other.name, t.says),
                None => format!("{} – {} ({})", a.name, b.name, t.says),
            };
            (t.clone(), name)
        })
        .collect()
}
