//! Panels: states, pairs and directed pairs by year or day, from ATOP's member rows.
//!
//! In: [`Atop`] and, if given, system membership. Out: CSV with one documented row form each. What always holds: years after coverage
//! are written with `covered` 0 and empty cells, never zeros; a pair is a row of a year if its rows of one phase overlap.
//!
//! Two rules of reconstruction. `atop` is that of ATOP's own files: two members are a pair in each year from the later entry to
//! the earlier exit, both years included, if they share more than one day (or strictly: the later entry lies before the
//! earlier exit); if two phases of one alliance meet in a year, the later one's obligations count; member 8152 (Annam), which
//! has no COW number, is left out. `day` asks for one *day* of the year on which a pledge holds, as W3 does, and adds up all phases.

mod ids;
mod pairs;
mod rows;

use foedera_bulk::{Day, day_of};

use crate::atop::{Atop, OBLIGATIONS, Spell};

pub use ids::{IdScheme, Ids};
pub(crate) use pairs::by_alliance;
pub use pairs::{Directed, directed, directed_on};

/// Which rows a panel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A state in a year.
    StateYear,
    /// A pair in a year, the smaller number first; a pledge counts if either owes it.
    DyadYear,
    /// A directed pair in a year: what the first owes the second.
    DirectedDyadYear,
    /// A directed pair on the days of an extent on which nothing changes.
    DyadDay,
}

/// How years are made of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// As ATOP's own files.
    Atop,
    /// One day of the year on which the pledge holds.
    Day,
}

/// What a panel is made from, beside ATOP.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// First year.
    pub from: i32,
    /// Last year; later than coverage gives uncovered rows.
    pub to: i32,
    /// The rule.
    pub rule: Rule,
    /// System membership: COW number, first day, first day no longer. Empty: not given.
    pub system: &'a [(u32, Day, Day)],
    /// Other ids of the states, in columns of their own.
    pub ids: Option<&'a Ids<'a>>,
}

/// The COW number ATOP gives Annam, which is no member of the COW system: ATOP's own panels leave it out.
const ANNAM: u32 = 8152;

/// A panel as CSV, with how many rows it has.
pub fn panel(atop: &Atop, unit: Unit, frame: &Frame<'_>) -> (String, usize) {
    match unit {
        Unit::StateYear => rows::state_years(atop, frame),
        Unit::DirectedDyadYear => rows::dyad_years(atop, frame, true),
        Unit::DyadYear => rows::dyad_years(atop, frame, false),
        Unit::DyadDay => rows::dyad_days(atop, frame),
    }
}

fn year_bounds(year: i32) -> (Day, Day) {
    let date = |m, d| day_of(year, m, d).expect("years of a panel lie between 1 and 9999");
    (date(1, 1), date(12, 31))
}

/// Whether a state belongs to the system on some day of a year; empty text if the system is not given.
fn in_system(frame: &Frame<'_>, state: u32, year: i32) -> &'static str {
    if frame.system.is_empty() {
        return "";
    }
    let (first, last) = year_bounds(year);
    let there = frame.system.iter().any(|(s, from, to)| *s == state && *from <= last && first < *to);
    if there { "1" } else { "0" }
}

fn counts(s: &Spell, rule: Rule) -> bool {
    rule == Rule::Day || s.member != ANNAM
}

/// The columns of a panel, for its manifest: name and meaning.
pub fn columns(unit: Unit, ids: &[IdScheme]) -> Vec<(&'static str, &'static str)> {
    let mut out = match unit {
        Unit::StateYear => vec![("year", "calendar year"), ("state", "COW state number")],
        Unit::DyadYear => {
            vec![
                ("year", "calendar year"),
                ("state_a", "COW state number, the smaller"),
                ("state_b", "COW state number"),
            ]
        }
        Unit::DirectedDyadYear => {
            vec![
                ("year", "calendar year"),
                ("state_a", "COW state number: who owes"),
                ("state_b", "COW state number: to whom"),
            ]
        }
        Unit::DyadDay => {
            vec![("state_a", "COW state number: who owes"), ("state_b", "COW state number: to whom")]
        }
    };
    if unit != Unit::DyadDay {
        out.push(("covered", "1 if the release covers the year; 0: nothing is known, cells are empty"));
        out.push(("in_system", "1 if all states of the row belong to the system on some day of the year; empty if no list was given"));
    }
    out.push(("first_day", "first day of the row's extent on which they are fellow members"));
    out.push(("last_day", "last day of it, included"));
    if unit == Unit::DyadDay {
        out.push(("open", "1 if still in force when coverage ends"));
    }
    out.extend(OBLIGATIONS.iter().map(|(column, word, _)| (*column, *word)));
    out.extend(ids.iter().flat_map(|scheme| scheme.columns(unit)));
    out
}
