//! The tables of a bulk world, as CSV and as rows.
//!
//! In: each file named in [`TABLES`], as bytes that come in pieces. Out: [`Tables`], rows in file order, or a [`Refusal`] that names file, line,
//! column and cell. What always holds: the header must be exactly the one documented; a row has exactly its columns; a number, a
//! date or a word that is none is refused; nothing is repaired. Cells are never quoted in this format.

mod read;
mod scan;

use std::fmt;

use crate::day::Day;

pub use read::{Open, queries};

/// The files of a bulk world.
pub const TABLES: [&str; 12] = [
    "regions",
    "states",
    "state_spells",
    "capabilities",
    "instruments",
    "phases",
    "members",
    "clauses",
    "clause_parties",
    "clause_adversaries",
    "clause_regions",
    "reservations",
];

/// A cell that cannot be read: where it stands, what it holds and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file, as named by the caller.
    pub file: String,
    /// Counted from 1, the header being line 1; 0 if the fault is the file's as a whole.
    pub line: usize,
    /// The column's name, empty if the row as a whole is at fault.
    pub column: String,
    /// What stands there.
    pub cell: String,
    /// What was expected, in words.
    pub expected: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ": column `{}`", self.column)?;
        }
        write!(f, ": found `{}`, expected {}", self.cell, self.expected)
    }
}

impl std::error::Error for Refusal {}

/// When a thing holds: a canonical interval and the bounds of its ends. All half-open, in days; [`OPEN`] ends are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The canonical first day.
    pub begin: Day,
    /// The earliest the true first day can be.
    pub begin_lo: Day,
    /// The latest the true first day can be.
    pub begin_hi: Day,
    /// The canonical first day on which it no longer holds.
    pub end: Day,
    /// The earliest the true end can be.
    pub end_lo: Day,
    /// The latest the true end can be.
    pub end_hi: Day,
}

impl Dates {
    /// Ends that are known to the day.
    pub fn exact(begin: Day, end: Day) -> Dates {
        Dates { begin, begin_lo: begin, begin_hi: begin, end, end_lo: end, end_hi: end }
    }
}

/// A region; `parent` is 0 for the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRow {
    /// Its number.
    pub region: u32,
    /// The region it lies in.
    pub parent: u32,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// Its number, 1 to 4095.
    pub sid: u32,
    /// Its abbreviation.
    pub abb: String,
    /// The region its territory lies in.
    pub home: u32,
}

/// A state's share of the world's capabilities at the end of a year, in parts per million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapabilityRow {
    /// The state.
    pub sid: u32,
    /// The year.
    pub year: i32,
    /// Parts per million.
    pub cap: u32,
}

/// An instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstrumentRow {
    /// Its number.
    pub instr: u32,
}

/// A phase: a stretch of an instrument's life in which its text did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseRow {
    /// Its number.
    pub phase: u32,
    /// The instrument.
    pub instr: u32,
    /// When it was in force.
    pub dates: Dates,
}

/// A spell of being party, with the extent in which it was believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Its number.
    pub mid: u32,
    /// The instrument.
    pub instr: u32,
    /// The party.
    pub sid: u32,
    /// When it was party.
    pub dates: Dates,
    /// From when on this was known.
    pub known_from: Day,
    /// Until when it was believed; [`OPEN`] if it still is.
    pub known_to: Day,
}

/// A clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseRow {
    /// Its number, below 2¹⁸.
    pub clause: u32,
    /// The phase it stands in.
    pub phase: u32,
    /// The instrument.
    pub instr: u32,
    /// What is promised: a letter of `DONAC`.
    pub pledge: u8,
    /// Whether it covers a partner's attack as well (`any`) or only an attack on it (`attacked`).
    pub any: bool,
    /// Whether it also holds against another party.
    pub intra: bool,
    /// From when on it was known.
    pub known_from: Day,
    /// Until when it was believed.
    pub known_to: Day,
}

/// Which side of a clause a list narrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who owes.
    Obligor,
    /// To whom.
    Beneficiary,
}

/// How a clause names adversaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It holds against these alone.
    Only,
    /// It holds against all but these.
    Except,
}

/// All tables of a bulk world, rows in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The tree of regions.
    pub regions: Vec<RegionRow>,
    /// The states.
    pub states: Vec<StateRow>,
    /// When each state was a member of the state system: state, first day, first day no longer.
    pub spells: Vec<(u32, Day, Day)>,
    /// Capabilities.
    pub capabilities: Vec<CapabilityRow>,
    /// The instruments.
    pub instruments: Vec<InstrumentRow>,
    /// Their phases.
    pub phases: Vec<PhaseRow>,
    /// Their parties.
    pub members: Vec<MemberRow>,
    /// Their clauses.
    pub clauses: Vec<ClauseRow>,
    /// Lists that narrow a side of a clause.
    pub parties: Vec<(u32, Role, u32)>,
    /// Adversaries a clause names.
    pub adversaries: Vec<(u32, Side, u32)>,
    /// Regions a clause is limited to.
    pub clause_regions: Vec<(u32, u32)>,
    /// Reservations: clause, state, first day on which it no longer holds.
    pub reservations: Vec<(u32, u32, Day)>,
}

/// A question of W1 or W7: `attacker` attacks `target` in `region` on `date`, as known on `known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its number, below 2²⁰.
    pub qid: u32,
    /// The day.
    pub date: Day,
    /// Who attacks.
    pub attacker: u32,
    /// Who is attacked.
    pub target: u32,
    /// Where.
    pub region: u32,
    /// The state of knowledge; [`crate::LATEST`] if the cell is empty.
    pub known: Day,
    /// How many rounds, 1 to 7.
    pub depth: u32,
}
