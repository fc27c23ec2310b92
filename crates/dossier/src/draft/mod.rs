//! What each file says, as rows that remember where every field stands.
//!
//! In: trees and names. Out: a [`Draft`], whose rows are those of `foedera_world::record` beside their [`Marks`]; and
//! findings for what could not be read. What always holds: an unknown field, a wrong type or a word outside its
//! vocabulary costs the row it stands in (a typo in `area` must not widen a duty), and no other; defaults are those of
//! docs/language.md and are not marked.

mod area;
mod claims;
pub(crate) mod fact;
mod fields;
mod from_tree;
mod instruments;
mod reader;
mod things;

use std::ops::Range;

use foedera_world::record::*;

pub(crate) use from_tree::from_tree;
pub(crate) use reader::{Dangling, EmptyArea, Reading, clip};

/// Where a row and its parts stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// Position of the file on the shelf.
    pub(crate) file: u32,
    /// The row's header.
    pub(crate) at: Range<usize>,
    /// The fields that were written.
    pub(crate) fields: Vec<(&'static str, Range<usize>)>,
    /// Rows within the row, in the order of the record's list of that name.
    pub(crate) parts: Vec<(&'static str, Vec<Marks>)>,
}

impl Marks {
    /// Where a field stands; the header if it was not written.
    pub(crate) fn field(&self, name: &str) -> Range<usize> {
        self.written(name).unwrap_or(&self.at).clone()
    }

    /// Where a field stands, if it was written.
    pub(crate) fn written(&self, name: &str) -> Option<&Range<usize>> {
        self.fields.iter().find(|(n, _)| *n == name).map(|(_, r)| r)
    }

    /// The marks of the rows in a list.
    pub(crate) fn list(&self, name: &str) -> &[Marks] {
        self.parts.iter().find(|(n, _)| *n == name).map_or(&[], |(_, m)| m)
    }
}

/// A row and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    /// The row.
    pub(crate) row: T,
    /// Where it stands.
    pub(crate) marks: Marks,
}

/// The rows of all files, not yet merged.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "one list per table of docs/language.md, named like it")]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) packs: Vec<Placed<Pack>>,
    pub(crate) sources: Vec<Placed<Source>>,
    pub(crate) actors: Vec<Placed<Actor>>,
    pub(crate) memberships: Vec<Placed<Membership>>,
    pub(crate) offices: Vec<Placed<Office>>,
    pub(crate) places: Vec<Placed<Place>>,
    pub(crate) areas: Vec<Placed<Area>>,
    pub(crate) instruments: Vec<Placed<Instrument>>,
    pub(crate) circumstances: Vec<Placed<Circumstance>>,
    pub(crate) things: Vec<Placed<Thing>>,
    pub(crate) matters: Vec<Placed<Matter>>,
    pub(crate) claims: Vec<Placed<Claim>>,
    pub(crate) conflicts: Vec<Placed<Conflict>>,
    pub(crate) rivals: Vec<Placed<Rival>>,
    pub(crate) checklists: Vec<Placed<Checklist>>,
}
