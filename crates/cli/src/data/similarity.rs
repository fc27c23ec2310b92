//! `similarity`: how alike portfolios of alliances are.
//!
//! In: an imported ATOP, perhaps a list of states and weights. Out: a table of all pairs, after the choices it depends on. What always holds: every
//! choice is printed with the numbers; a missing weight is an error and never 0.

use std::path::{Path, PathBuf};

use foedera_bulk::portfolio::Portfolios;
use foedera_bulk::{iso, parse_iso, sha256, year_of};
use foedera_intake::similar::{self, COLUMNS, Choices, Comparison, Gap, Weights};
use foedera_intake::{DataSet, Raw};
use serde_json::json;

use super::columns::{Delivery, Place};
use super::{atop, name_of, read, refused, system};
use crate::args::Format;
use crate::run::print;

/// `similarity`.
#[derive(clap::Args, Debug)]
pub(crate) struct Similarity {
    /// ATOP: a folder `import` made, or the member file itself.
    atop: PathBuf,
    /// One year. Without it and without --on: every year the release covers.
    #[arg(long, value_name = "YEAR", conflicts_with = "day")]
    year: Option<i32>,
    /// One day, rather than any day of a year.
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    /// The states compared: a list of states (folder or file, COW). Without it: the members of some alliance that year.
    #[arg(long, value_name = "STATES")]
    system: Option<PathBuf>,
    /// Weights of states: CSV with the columns ccode, year and weight or cinc. Without it: all weigh the same.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// How pledges are ordered: values for defence, offence, neutrality, nonaggression, consultation.
    #[arg(long, value_name = "D,O,N,A,C", default_value = "3,3,2,1,2", value_parser = order)]
    order: [u8; 5],
    /// A state's tie with itself.
    #[arg(long, value_name = "0-3", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=3))]
    diagonal: u8,
    /// Count a pledge for both sides, whoever owes it.
    #[arg(long)]
    undirected: bool,
    #[command(flatten)]
    place: Place,
}

fn order(text: &str) -> Result<[u8; 5], String> {
    let values: Option<Vec<u8>> = text.split(',').map(|v| v.parse().ok().filter(|v| *v <= 3)).collect();
    values
        .and_then(|v| v.try_into().ok())
        .ok_or_else(|| "expected five values from 0 to 3, as 3,3,2,1,2".to_owned())
}

/// Compares portfolios.
pub(crate) fn similarity(args: &Similarity, format: Format) -> Result<u8, String> {
    args.place.form()?;
    let (raw, atop) = atop(&args.atop)?;
    let list = args.system.as_deref().map(|p| Ok::<_, String>((system(p)?, name_of(p)))).transpose()?;
    let weights = args.weights.as_deref().map(weights).transpose()?;
    let day = match &args.day {
        Some(text) => Some(
            parse_iso(text.as_bytes())
                .ok_or_else(|| format!("error[bad-date]: `{text}` is no date, as 1914-07-28"))?,
        ),
        None => None,
    };
    let years: Vec<i32> = match (args.year, day) {
        (Some(y), _) => vec![y],
        (None, Some(d)) => vec![year_of(d)],
        (None, None) => (1815..=year_of(atop.coverage)).collect(),
    };
    let comparison = Comparison {
        atop: &atop,
        day,
        system: list.as_ref().map(|(spells, name)| (&spells[..], name.as_str())),
        weights: weights.as_ref().map(|(w, name)| (w, name.as_str())),
        choices: Choices { order: args.order, diagonal: args.diagonal, undirected: args.undirected },
    };
    let (csv, rows) = comparison.table(&years).map_err(|gap| match gap {
        Gap::NotCovered(_) => {
            format!("error[not-covered]: {gap}; ATOP {} covers 1815 to {}", atop.release, iso(atop.coverage))
        }
        Gap::NoWeight(..) => format!("error[no-weight]: {gap}"),
    })?;
    let said = comparison.said();
    if let Some(into) = &args.place.into {
        let manifest = json!({
            "table": "similarity",
            "data_set": "atop",
            "release": atop.release,
            "choices": said,
            "years": [years.first(), years.last()],
            "rows": rows,
            "source_sha256": sha256(raw.to_text().as_bytes()),
        });
        let bibtex = foedera_intake::bibtex(DataSet::Atop);
        args.place.deliver(into, Delivery { csv: &csv, columns: &COLUMNS, manifest, bibtex })?;
        print(&format!("{rows} pairs, ATOP {}, into {}\n", atop.release, into.display()))?;
    } else if format == Format::Json {
        let names: Vec<&str> = COLUMNS.iter().map(|c| c.0).collect();
        let json = json!({ "choices": said, "columns": names.join(","), "csv": csv });
        print(&format!("{}\n", serde_json::to_string_pretty(&json).map_err(|e| format!("error: {e}"))?))?;
    } else {
        // The choices stand before the numbers, as remarks that readers of tables skip.
        let remarks: String = said.iter().map(|c| format!("# {c}\n")).collect();
        print(&format!("{remarks}{csv}"))?;
    }
    Ok(0)
}

/// Weights from a table, with its name.
fn weights(path: &Path) -> Result<(Weights, String), String> {
    let raw = Raw::parse(&name_of(path), &read(path)?, b',').map_err(refused)?;
    Ok((similar::weights(&raw).map_err(refused)?, name_of(path)))
}

/// Portfolios of a year with the choices `similarity` makes by itself.
pub(crate) fn portfolios_of(dir: &Path, year: i32) -> Result<Portfolios, String> {
    let (_, atop) = atop(dir)?;
    let comparison =
        Comparison { atop: &atop, day: None, system: None, weights: None, choices: Choices::default() };
    comparison.portfolios(year).map_err(|gap| format!("error[not-covered]: {gap}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read() {
        assert_eq!(order("3,3,2,1,2"), Ok([3, 3, 2, 1, 2]));
        assert!(order("3,3,2,1").is_err() && order("4,3,2,1,2").is_err());
    }
}
