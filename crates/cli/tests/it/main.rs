//! The command line as its users see it: one test binary.
//!
//! `cases` holds the binary to every Markdown case; `hostile` feeds it bad input; `help` and `readme` keep its texts.

mod cases;
mod data;
mod fence;
mod help;
mod hostile;
mod model;
mod read;
mod readme;
mod run;
mod schema;
mod verbs;
