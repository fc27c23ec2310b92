//! The data sets other than ATOP, one file each.
//!
//! In: a checked raw table, whom codes mean, what the user says. Out: the files of a dossier. What always holds: a date keeps its precision; the end of
//! coverage is no end; what has no word in the language stays in the raw table and is named in `docs/data.md`.

mod dcad;
mod disputes;
mod events;
mod rows;
mod states;
mod wars;

pub(crate) use dcad::dcad;
pub(crate) use disputes::disputes;
pub(crate) use events::events;
pub(crate) use states::{spells, states};
pub(crate) use wars::wars;
