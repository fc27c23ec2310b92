#![doc = include_str!("../../../../docs/checks/circular-reference.md")]

use std::collections::BTreeMap;

use foedera_world::record::AreaExpr;
use foedera_world::{Finding, Severity};

use super::Context;
use crate::draft::Draft;
use crate::source::Shelf;

/// Most steps from a named area to the named areas within it.
const STEPS: usize = 64;

/// A row that comes back to itself over one of its references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loop {
    /// Position of the row in its list.
    pub(crate) row: usize,
    /// The id that leads back.
    pub(crate) to: String,
    /// Whether it comes back, or only goes on too long.
    pub(crate) closed: bool,
}

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let file = |file: u32| cx.shelf.files[file as usize].name;
    let mut out = Vec::new();
    let mut loops = |what: &str,
                     field: &str,
                     found: Vec<Loop>,
                     row: &dyn Fn(usize) -> (String, u32, std::ops::Range<usize>)| {
        for l in found {
            let (id, number, span) = row(l.row);
            let message = if l.closed {
                format!("{what} `{id}` comes back to itself over `{}`", l.to)
            } else {
                format!("{what} `{id}` refers to others over more than {STEPS} steps")
            };
            let help = format!("leave `{}` out of its `{field}`", l.to);
            out.push(
                Finding::new("circular-reference", Severity::Error, message, file(number), span).help(help),
            );
        }
    };
    loops("the place", "within", place_loops(cx.draft), &|i| {
        let p = &cx.draft.places[i];
        (p.row.id.clone(), p.marks.file, p.marks.field("within"))
    });
    loops("the actor", "succeeds", actor_loops(cx.draft), &|i| {
        let a = &cx.draft.actors[i];
        (a.row.id.clone(), a.marks.file, a.marks.field("succeeds"))
    });
    out
}

/// Cuts every closed loop at the reference that closes it, so that nothing built on the rows runs in circles.
pub(crate) fn cut(draft: &mut Draft) {
    for l in place_loops(draft) {
        draft.places[l.row].row.within.retain(|to| *to != l.to);
    }
    for l in actor_loops(draft) {
        draft.actors[l.row].row.succeeds.retain(|s| s.actor != l.to);
    }
}

/// Findings for areas: reported before the rows are read again without them.
pub(crate) fn of_areas(shelf: &Shelf<'_>, draft: &Draft) -> Vec<Finding> {
    let finding = |l: Loop| {
        let area = &draft.areas[l.row];
        let message = if l.closed {
            format!("the area `{}` comes back to itself over `{}`", area.row.id, l.to)
        } else {
            format!("the area `{}` refers to others over more than {STEPS} steps", area.row.id)
        };
        Finding::new(
            "circular-reference",
            Severity::Error,
            message,
            shelf.files[area.marks.file as usize].name,
            area.marks.field("is"),
        )
        .help(format!("write out what `{}` covers", l.to))
    };
    endless_areas(draft).into_iter().map(finding).collect()
}

/// Areas that name each other in a circle, or over too many steps.
pub(crate) fn endless_areas(draft: &Draft) -> Vec<Loop> {
    let ids = draft.areas.iter().map(|a| a.row.id.as_str()).collect();
    loops(ids, STEPS, |i| {
        let mut named = Vec::new();
        areas_in(&draft.areas[i].row.is, &mut named);
        named
    })
}

fn areas_in<'a>(area: &'a AreaExpr, out: &mut Vec<&'a str>) {
    match area {
        AreaExpr::Named(id, _) => out.push(id),
        AreaExpr::Any(parts) | AreaExpr::All(parts) => parts.iter().for_each(|p| areas_in(p, out)),
        AreaExpr::Not(part) => areas_in(part, out),
        AreaExpr::Place(..) | AreaExpr::TerritoryOf(..) | AreaExpr::AdministeredBy(..) => {}
    }
}

fn place_loops(draft: &Draft) -> Vec<Loop> {
    let ids = draft.places.iter().map(|p| p.row.id.as_str()).collect();
    loops(ids, usize::MAX, |i| draft.places[i].row.within.iter().map(String::as_str).collect())
}

fn actor_loops(draft: &Draft) -> Vec<Loop> {
    let ids = draft.actors.iter().map(|a| a.row.id.as_str()).collect();
    loops(ids, usize::MAX, |i| draft.actors[i].row.succeeds.iter().map(|s| s.actor.as_str()).collect())
}

/// The references that close a circle, found by walking depth first in the order of the rows, without recursion.
fn loops<'a>(ids: Vec<&'a str>, most: usize, next: impl Fn(usize) -> Vec<&'a str>) -> Vec<Loop> {
    let at: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; ids.len()];
    let mut depth = vec![0usize; ids.len()];
    let mut out = Vec::new();
    for start in 0..ids.len() {
        if seen[start] != Seen::Not {
            continue;
        }
        seen[start] = Seen::Open;
        let mut path: Vec<(usize, Vec<&str>, usize)> = vec![(start, next(start), 0)];
        while let Some((row, to, step)) = path.last_mut() {
            let Some(id) = to.get(*step) else {
                seen[*row] = Seen::Done;
                let done = *row;
                if depth[done] >= most {
                    out.push(Loop {
                        row: done,
                        to: to.first().copied().unwrap_or_default().to_owned(),
                        closed: false,
                    });
                }
                path.pop();
                if let Some((above, _, _)) = path.last() {
                    depth[*above] = depth[*above].max(depth[done] + 1);
                }
                continue;
            };
            *step += 1;
            let (row, id) = (*row, *id);
            let Some(&target) = at.get(id) else { continue };
            match seen[target] {
                Seen::Open => out.push(Loop { row, to: id.to_owned(), closed: true }),
                Seen::Done => depth[row] = depth[row].max(depth[target] + 1),
                Seen::Not => {
                    seen[target] = Seen::Open;
                    path.push((target, next(target), 0));
                }
            }
        }
    }
    out
}
