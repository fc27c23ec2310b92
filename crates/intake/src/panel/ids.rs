//! Other ids of the states of a panel, each on the day its row begins.
//!
//! In: the gazetteer's codes. Out: cells. What always holds: identity is dated: 255 in 1914 and in 1991 may have other ids, and 260 and 255 one; what
//! the gazetteer does not hold has no cell.

use std::cell::RefCell;
use std::collections::BTreeMap;

use foedera_bulk::Day;

use super::Unit;
use crate::actors::{Actors, Scheme};

/// Whose ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdScheme {
    /// ISO 3166 alpha-3, or the gazetteer's house id of a historical state.
    Iso3,
    /// Gleditsch and Ward's number.
    Gw,
}

impl IdScheme {
    /// Its columns: one, or one for each of a pair.
    pub(super) fn columns(self, unit: Unit) -> Vec<(&'static str, &'static str)> {
        const ISO: &str = "ISO 3166 alpha-3 on the first day of the row, or a house id of a historical state";
        const GW: &str =
            "Gleditsch and Ward's number on the first day of the row; empty if that list has none";
        match (self, unit) {
            (IdScheme::Iso3, Unit::StateYear) => vec![("iso3", ISO)],
            (IdScheme::Gw, Unit::StateYear) => vec![("gw", GW)],
            (IdScheme::Iso3, _) => vec![("iso3_a", ISO), ("iso3_b", ISO)],
            (IdScheme::Gw, _) => vec![("gw_a", GW), ("gw_b", GW)],
        }
    }
}

/// Looks ids up, and remembers them.
pub struct Ids<'a> {
    actors: &'a Actors,
    schemes: Vec<IdScheme>,
    known: RefCell<BTreeMap<(IdScheme, u32, Day), String>>,
}

impl<'a> Ids<'a> {
    /// Ids of these schemes, by these actors.
    pub fn new(actors: &'a Actors, schemes: &[IdScheme]) -> Ids<'a> {
        Ids { actors, schemes: schemes.to_vec(), known: RefCell::default() }
    }

    /// Of which schemes.
    pub fn schemes(&self) -> &[IdScheme] {
        &self.schemes
    }

    /// Appends the cells of some states on a day, each after a comma.
    pub(super) fn cells(&self, states: &[u32], day: Day, out: &mut String) {
        let mut known = self.known.borrow_mut();
        for scheme in &self.schemes {
            for state in states {
                out.push(',');
                let cell =
                    known.entry((*scheme, *state, day)).or_insert_with(|| self.look(*scheme, *state, day));
                out.push_str(cell);
            }
        }
    }

    fn look(&self, scheme: IdScheme, state: u32, day: Day) -> String {
        let found = self.actors.find(Scheme::Cow, &state.to_string(), day);
        let Some(id) = found.map(|f| f.id) else { return String::new() };
        match scheme {
            IdScheme::Iso3 => id.to_owned(),
            IdScheme::Gw => self.actors.code_of(id, Scheme::Gw, day).unwrap_or_default().to_owned(),
        }
    }
}

impl std::fmt::Debug for Ids<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ids({:?}, {} known)", self.schemes, self.known.borrow().len())
    }
}
