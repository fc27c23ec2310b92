//! The repository's chores, started as `cargo xtask CHORE`.
//!
//! In: the name of a chore. Out: what it found on stdout and stderr; exit 0 if all is well, 1 if the news is bad, 2 if
//! there is no such chore. What always holds: a chore changes no tracked file, and needs nothing but cargo and git
//! (`browser` and `columns` ask for more, and say so).

mod browser;
mod columns;
mod figures;
mod grams;
mod layers;
mod repo;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask CHORE

  test      everything CI runs: format, lints, layers, tidiness, tests, shipped dossiers
  layers    our crates depend on each other only as ARCHITECTURE.md says
  tidy      pages, code and cases belong together; no machine paths; no copied sentences
  browser   a real browser walks the web face; with a pattern, only the tests it fits
  columns   tables as Parquet and Arrow, read back by DuckDB and Polars
  figures   measures the figures the README quotes; with --build, how long building takes
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::run(),
        ["layers"] => layers::run(),
        ["tidy"] => tidy::run(),
        ["browser"] => browser::run(None),
        ["columns"] => columns::run(),
        ["browser", pattern] => browser::run(Some(pattern)),
        ["figures"] => figures::run(),
        ["figures", "--build"] => figures::build(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(news) => {
            eprintln!("{news}");
            ExitCode::FAILURE
        }
    }
}
