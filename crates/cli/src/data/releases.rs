//! `releases`: what a release of a data set changed, row by row and cell by cell.
//!
//! In: two folders an import made, or the makers' files. Out: a table on standard output, and how much it is beside it. What always holds: rows are
//! matched by their key; entry dates are no part of it, since a release may correct them.

use std::fmt::Write as _;
use std::path::PathBuf;

use foedera::render::csv_cell;
use foedera_intake::DataSet;
use foedera_intake::releases::{Change, compare};

use super::{data_set, table};
use crate::run::print;

/// `releases`.
#[derive(clap::Args, Debug)]
pub(crate) struct Releases {
    /// Which data set.
    #[arg(value_parser = data_set)]
    kind: DataSet,
    /// The older: a folder `import` made, or its makers' file.
    old: PathBuf,
    /// The newer.
    new: PathBuf,
    /// Only rows whose first key (of ATOP: the alliance) is this.
    #[arg(long, value_name = "ID")]
    only: Option<String>,
}

/// What names a row across releases, and columns that differ by their nature. Entry dates are no part of it: a release may correct them.
fn keys(set: DataSet) -> (&'static [&'static str], &'static [&'static str]) {
    match set {
        DataSet::Atop => (&["atopid", "phase", "member"], &["version"]),
        DataSet::AtopDirected => (&["ddyad", "year"], &["version"]),
        DataSet::CowStates => (&["ccode"], &["version"]),
        DataSet::GwStates => (&["gwcode"], &[]),
        DataSet::Dcad => (&["DCAid"], &[]),
        DataSet::Mid => (&["dispnum", "ccode"], &["version"]),
        DataSet::CowWars => (&["WarNum", "ccode", "Side"], &["Version"]),
        DataSet::Icews => (&["Event ID", "Story ID", "Sentence Number"], &[]),
    }
}

/// Prints what a release changed: a table of rows and cells.
pub(crate) fn releases(args: &Releases) -> Result<u8, String> {
    let (old, new) = (table(args.kind, &args.old)?, table(args.kind, &args.new)?);
    let (key, leave_out) = keys(args.kind);
    let mut out = format!("change,{},column,old,new\n", key.join(","));
    let (mut removed, mut added, mut cells) = (0, 0, 0);
    for change in compare(&old, &new, key, leave_out) {
        let (word, of, rest) = match &change {
            Change::Removed(key) => ("removed", key, [""; 3]),
            Change::Added(key) => ("added", key, [""; 3]),
            Change::Cell { key, column, old, new } => ("cell", key, [column.as_str(), old, new]),
        };
        if args.only.as_ref().is_some_and(|only| of.first() != Some(only)) {
            continue;
        }
        *match change {
            Change::Removed(_) => &mut removed,
            Change::Added(_) => &mut added,
            Change::Cell { .. } => &mut cells,
        } += 1;
        let cells: Vec<String> = of.iter().map(String::as_str).chain(rest).map(csv_cell).collect();
        let _ = writeln!(out, "{word},{}", cells.join(","));
    }
    print(&out)?;
    // Standard output is the table; how much it is goes beside it.
    let _ = std::io::Write::write_fmt(
        &mut anstream::stderr(),
        format_args!("{removed} rows removed, {added} added, {cells} cells changed\n"),
    );
    Ok(0)
}
