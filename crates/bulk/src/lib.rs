//! The columnar world: whole data sets, held as sorted columns of small integers, and the questions put to all of them.
//!
//! In: tables as bytes ([`Tables`]), or rows an importer made. Out: a [`World`], and answers over every pair and every
//! year: who is bound ([`casus`], [`sweep`]), why not ([`why_not`]), what changed ([`diff`]), how alike portfolios are
//! ([`similarity`]), directed dyad-years ([`dyad_years`]), what if a treaty were denounced ([`overlay`]).
//!
//! What always holds: every interval is half-open; a clause has one compiled form ([`Clause`]) which every question reads;
//! the same bytes give the same world and the same answers; nothing here reads a file, a clock or the environment.
//!
//! Two evaluators stand over the one clause: goal-directed (from the state attacked to those who owe it something: [`casus`],
//! [`why_not`]) and set-at-a-time (all year-ends at once as bits of a [`Grid`]: [`sweep`], [`diff`], [`similarity`]). The tests
//! hold each to the other and both to a slow interpreter that shares no code with them.
//!
//! `docs/bench.md` defines the questions W1 to W10 that `foedera bench` puts.

pub mod casus;
mod checksum;
mod day;
pub mod diff;
pub mod dyad_years;
mod grid;
pub mod overlay;
pub mod portfolio;
mod sha256;
pub mod similarity;
pub mod sweep;
mod tables;
pub mod why_not;
mod world;

pub use checksum::{Checksum, P, f};
pub use day::{Day, FIRST_YEAR, LAST_YEAR, LATEST, OPEN, day_of, iso, parse_iso, year_ends, year_of};
pub use grid::{Bits, Grid, Reading};
pub use sha256::sha256;
pub use tables::{
    CapabilityRow, ClauseRow, Dates, InstrumentRow, MemberRow, Open, PhaseRow, Query, Refusal, RegionRow,
    Role, Side, StateRow, TABLES, Tables, queries,
};
pub use world::{Clause, Facts, Pledge, World};
