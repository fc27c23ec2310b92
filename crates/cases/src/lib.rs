//! The Markdown cases: prose an analyst reads, questions, expected answers; and a judge that holds any face to them.
//!
//! In: the text of a case file and a function that runs one command line through a face and returns its JSON. Out: what
//! did not come out as expected, with line numbers. What always holds: an unknown line in an `expect` block is a failure,
//! never ignored; a file without any expectation is a failure.
//!
//! The grammar is in CONTRIBUTING.md, "How to write a case".

mod judge;
mod parse;

pub use judge::{Face, Failure, judge};
pub use parse::{Ask, CaseFile, Scenario, parse, shell_words};
