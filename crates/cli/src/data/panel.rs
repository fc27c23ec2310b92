//! `panel`: states, pairs and directed pairs by year or day.
//!
//! In: an imported ATOP and perhaps a list of states. Out: a table, or a file with its manifest and citation beside it. What always holds: every choice
//! the numbers depend on stands in the manifest.

use std::path::PathBuf;

use foedera_bulk::{iso, sha256, year_of};
use foedera_intake::DataSet;
use foedera_intake::panel::{self, Frame, IdScheme, Ids, Rule, Unit};

use super::columns::{Delivery, Place};
use super::{atop, name_of, system};
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
    /// Other ids of the states in columns of their own, by comma: iso3, gw. Identity is dated: each is that of the row's first day.
    #[arg(long, value_enum, value_name = "IDS", value_delimiter = ',')]
    ids: Vec<PanelIds>,
    #[command(flatten)]
    place: Place,
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

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PanelIds {
    Iso3,
    Gw,
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
    args.place.form()?;
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
    let schemes: Vec<IdScheme> = args
        .ids
        .iter()
        .map(|i| match i {
            PanelIds::Iso3 => IdScheme::Iso3,
            PanelIds::Gw => IdScheme::Gw,
        })
        .collect();
    let actors = if schemes.is_empty() { None } else { Some(super::actors()?) };
    let ids = actors.as_ref().map(|a| Ids::new(a, &schemes));
    let frame = Frame { from, to, rule, system: &system, ids: ids.as_ref() };
    let (csv, rows) = panel::panel(&atop, unit, &frame);
    let Some(into) = &args.place.into else {
        print(&csv)?;
        return Ok(0);
    };
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
        "source_sha256": sha256(raw.to_text().as_bytes()),
    });
    let delivery = Delivery {
        csv: &csv,
        columns: &panel::columns(unit, &schemes),
        manifest,
        bibtex: foedera_intake::bibtex(DataSet::Atop),
    };
    args.place.deliver(into, delivery)?;
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
