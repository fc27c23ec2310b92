#![doc = include_str!("../../../../docs/mechanisms/impact.md")]
//!
//! In: a view, sources or rows taken away, a day. Out: what falls, what loses one of its supports, and what of the state of things
//! changes. What always holds: withdrawing hides exactly as knowledge time does; nothing is deleted.

use foedera_world::View;
use foedera_world::time::{Moment, Tv};
use foedera_world::world::{EvidenceId, SourceId};

use super::diff::{Changed, between, known, state};
use crate::told;

/// What withdrawing would do.
#[derive(Clone, Debug)]
pub struct Impact {
    /// Claims that rest on nothing else.
    pub falls: Vec<String>,
    /// Claims that keep another source.
    pub weakened: Vec<String>,
    /// Of those, which keep only one independent group of sources.
    pub last_support: Vec<String>,
    /// Other rows (acts, memberships, articles) that fall: file and line.
    pub rows: Vec<(EvidenceId, String)>,
    /// What of the state of things changes.
    pub changes: Vec<Changed>,
}

/// What withdrawing some sources and rows would do, on a day.
pub fn impact(view: &View<'_>, sources: &[SourceId], rows: &[EvidenceId], on: Moment) -> Impact {
    let world = view.world;
    let mut knowledge = view.knowledge.clone();
    knowledge.without.extend(sources);
    knowledge.without_rows.extend(rows);
    let without = View::new(world, knowledge);
    let (mut falls, mut weakened, mut last_support) = (Vec::new(), Vec::new(), Vec::new());
    for (id, c, _) in told::claims(view) {
        let cites = &world.evidence[world.claim_evidence(id).ix()].cites;
        if told::visible(&without, id) == Tv::Not {
            falls.push(c.id.clone());
        } else if cites.iter().any(|(s, _)| sources.contains(s)) {
            weakened.push(c.id.clone());
            if super::conflicts::voices(&without, &[id]) == 1 {
                last_support.push(c.id.clone());
            }
        }
    }
    let claims: Vec<EvidenceId> = told::claims(view).map(|(id, ..)| world.claim_evidence(id)).collect();
    let mut fallen = Vec::new();
    for i in 0..world.evidence.len() {
        let ev = EvidenceId(i as u32);
        let lost =
            world.visible(ev, &view.knowledge) != Tv::Not && world.visible(ev, &without.knowledge) == Tv::Not;
        if lost && !claims.contains(&ev) {
            let at = &world.evidence[i].origin;
            fallen.push((ev, format!("{}:{}", at.file, at.line)));
        }
    }
    let mut changes = between(&state(view, on), &state(&without, on), true);
    changes.extend(
        between(&known(view), &known(&without), false)
            .into_iter()
            .filter(|c| c.key.starts_with("expectation")),
    );
    Impact { falls, weakened, last_support, rows: fallen, changes }
}
