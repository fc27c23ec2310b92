//! Answers as text, Markdown and CSV. One rendering for every face; colour is the face's.
//!
//! In: an [`Envelope`]. Out: text. What always holds: nothing is computed here that the envelope does not say;
//! spreadsheet cells cannot start a formula.

mod csv;
mod markdown;
mod text;

pub use csv::{csv, csv_cell, no_formula};
pub use markdown::markdown;
pub use text::{proof_tree, text, verified, why, why_not};
