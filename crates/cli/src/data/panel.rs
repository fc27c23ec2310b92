//! `panel`: states, pairs and directed pairs by year or day.
//!
//! In: an imported ATOP and perhaps a list of states. Out: a table, or a file with its manifest and citation beside it. What always holds: every choice
//! the numbers depend on stands in the manifest.

use std::path::PathBuf;

use foedera_bulk::{iso, sha256, year_of};
use foedera_columns::Table;
use foedera_intake::DataSet;
use foedera_intake::panel::{self, Frame, Rule, Unit};

use super::columns::{self, Form};
use super::{atop, name_of, system};
use crate::files::write_atomically;
use crate::run::print;

/// `panel`.
#[derive(clap::Args, Debug)]
pub(crate) struct Panel {
    /// What a row is.
    #[arg(value_enum)]
    unit: PanelUnit,
    /// ATOP: a folder `import` made, or the member file itself.
    atop: PathBuf,
    /// A list of states (folder or file, COW), for `in_system` and the rows after coverage.
    #[arg(long, value_name = "STATES")]
    system: Option<PathBuf>,
    /// Years, both included. Without it: all the release covers.
    #[arg(long, value_name = "FROM-TO", value_parser = years)]
    years: Option<(i32, i32)>,
    /// How a year is made of days: as ATOP's own files, or one day on which the pledge holds.
    #[arg(long, value_enum, default_value_t = PanelRule::Atop)]
    rule: PanelRule,
    /// A file to write, with a manifest and a citation beside it: .csv, .parquet or .arrow by its name. Without it: the table
    /// is printed.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// The form, if it does not follow from the name.
    #[arg(long = "as", value_enum, value_name = "FORM", requires = "into")]
    form: Option<Form>,
    /// Write a folder of files instead, one for each value of this column; as Parquet, if --as does not say otherwise.
    #[arg(long, value_name = "COLUMN", requires = "into")]
    partition_by: Option<String>,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PanelUnit {
    StateYear,
    DyadYear,
    DirectedDyadYear,
    DyadDay,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PanelRule {
    Atop,
    Day,
}

fn years(text: &str) -> Result<(i32, i32), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let year = |t: &str| t.parse::<i32>().ok().filter(|y| (1..=9999).contains(y));
    match (year(from), year(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err("expected years, as 1816-2018".to_owned()),
    }
}

/// Makes a panel.
pub(crate) fn panel(args: &Panel) -> Result<u8, String> {
    let form = args.form.or_else(|| Form::of(args.into.as_deref()?));
    let form = form.unwrap_or(if args.partition_by.is_some() { Form::Parquet } else { Form::Csv });
    form.check()?;
    let (raw, atop) = atop(&args.atop)?;
    let system = args.system.as_deref().map(system).transpose()?.unwrap_or_default();
    let (from, to) = args.years.unwrap_or((1815, year_of(atop.coverage)));
    if from < 1815 || to > year_of(atop.coverage) + 100 {
        return Err(format!(
            "error[not-covered]: ATOP {} covers 1815 to {}; a panel may go a hundred years beyond, with empty cells",
            atop.release,
            iso(atop.coverage)
        ));
    }
    let (unit, unit_word) = match args.unit {
        PanelUnit::StateYear => (Unit::StateYear, "state-year"),
        PanelUnit::DyadYear => (Unit::DyadYear, "dyad-year"),
        PanelUnit::DirectedDyadYear => (Unit::DirectedDyadYear, "directed-dyad-year"),
        PanelUnit::DyadDay => (Unit::DyadDay, "dyad-day"),
    };
    let (rule, rule_word) = match args.rule {
        PanelRule::Atop => (Rule::Atop, "atop"),
        PanelRule::Day => (Rule::Day, "day"),
    };
    let (csv, rows) = panel::panel(&atop, unit, &Frame { from, to, rule, system: &system });
    let Some(into) = &args.into else {
        print(&csv)?;
        return Ok(0);
    };
    let columns: serde_json::Map<String, serde_json::Value> =
        panel::columns(unit).into_iter().map(|(name, what)| (name.to_owned(), what.into())).collect();
    let manifest = serde_json::json!({
        "panel": unit_word,
        "data_set": "atop",
        "release": atop.release,
        "coverage_ends": iso(atop.coverage),
        "rule": rule_word,
        "toward": match (&atop.toward, atop.spells.iter().any(|s| s.varies)) {
            (_, false) => "every member owes the same to all",
            (Some(_), true) => "members that owe different things to different members: by the directed dyad-years",
            (None, true) => "members that owe different things to different members are counted as owing all of it to all: import with --directed",
        },
        "years": [from, to],
        "system": args.system.as_deref().map(name_of),
        "rows": rows,
        "sha256": sha256(csv.as_bytes()),
        "source_sha256": sha256(raw.to_text().as_bytes()),
        "made_by": concat!("foedera ", env!("CARGO_PKG_VERSION")),
        "columns": columns,
        "cite": "the .bib file beside this one; the data are their makers'",
    });
    let beside = |end: &str| into.with_extension(end);
    let manifest = serde_json::to_string_pretty(&manifest).map_err(|e| format!("error: {e}"))?;
    if form == Form::Csv && args.partition_by.is_none() {
        write_atomically(into, &csv)?;
    } else {
        let table = Table::from_csv(&csv, &panel::columns(unit)).map_err(|e| format!("error: {e}"))?;
        match &args.partition_by {
            Some(by) => columns::write_parts(&table, into, by, form)?,
            None => columns::write(&table, into, form)?,
        }
    }
    write_atomically(&beside("manifest.json"), &format!("{manifest}\n"))?;
    write_atomically(&beside("bib"), foedera_intake::bibtex(DataSet::Atop))?;
    print(&format!(
        "{rows} rows of {unit_word}, ATOP {}, rule {rule_word}, into {}\n",
        atop.release,
        into.display()
    ))?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read() {
        assert_eq!(years("1816-2018"), Ok((1816, 2018)));
        assert_eq!(years("1914"), Ok((1914, 1914)));
        assert!(years("2018-1816").is_err() && years("19118").is_err());
    }
}
