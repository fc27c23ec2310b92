//! `similarity`: how alike portfolios of alliances are.
//!
//! In: an imported ATOP, perhaps a list of states and weights. Out: a table of all pairs, after the choices it depends on. What always holds: every
//! choice is printed with the numbers; a missing weight is an error and never 0.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use foedera_bulk::portfolio::Portfolios;
use foedera_bulk::{Day, day_of, iso, parse_iso, year_of};
use foedera_intake::Raw;
use foedera_intake::atop::Atop;
use foedera_intake::panel::{self, Rule};

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
}

fn order(text: &str) -> Result<[u8; 5], String> {
    let values: Option<Vec<u8>> = text.split(',').map(|v| v.parse().ok().filter(|v| *v <= 3)).collect();
    values
        .and_then(|v| v.try_into().ok())
        .ok_or_else(|| "expected five values from 0 to 3, as 3,3,2,1,2".to_owned())
}

/// Portfolios of a year with the choices `similarity` makes by itself.
pub(crate) fn portfolios_of(dir: &Path, year: i32) -> Result<Portfolios, String> {
    let choices = Choices { order: [3, 3, 2, 1, 2], diagonal: 3, undirected: false };
    portfolios(&atop(dir)?.1, year, None, None, None, &choices)
}

/// Weights by state and year.
fn weights(path: &Path) -> Result<std::collections::BTreeMap<(u32, i32), f64>, String> {
    let raw = Raw::parse(&name_of(path), &read(path)?, b',').map_err(refused)?;
    // National Material Capabilities has its share under the name `cinc`.
    let value = if raw.column("weight").is_some() { "weight" } else { "cinc" };
    for column in ["ccode", "year", value] {
        if raw.column(column).is_none() {
            return Err(format!(
                "error[refused]: {}: no column `{column}`; expected ccode, year, weight (or cinc)",
                path.display()
            ));
        }
    }
    let mut out = std::collections::BTreeMap::new();
    for row in 0..raw.rows() {
        let cell = |c: &str| raw.get(row, c);
        let bad = |c: &str| {
            format!(
                "error[refused]: {}:{}: column `{c}`: `{}` is no number",
                raw.file,
                raw.line(row),
                cell(c)
            )
        };
        let weight: f64 = cell(value).parse().map_err(|_| bad(value))?;
        let place = (
            cell("ccode").parse().map_err(|_| bad("ccode"))?,
            cell("year").parse().map_err(|_| bad("year"))?,
        );
        if out.insert(place, weight).is_some() {
            return Err(format!(
                "error[refused]: {}:{}: state {} has two weights in {}",
                raw.file,
                raw.line(row),
                place.0,
                place.1
            ));
        }
    }
    Ok(out)
}

/// Compares portfolios.
pub(crate) fn similarity(args: &Similarity, format: Format) -> Result<u8, String> {
    let (_, atop) = atop(&args.atop)?;
    let system = args.system.as_deref().map(system).transpose()?;
    let weights = args.weights.as_deref().map(weights).transpose()?;
    let day = match &args.day {
        Some(text) => Some(
            parse_iso(text.as_bytes())
                .ok_or_else(|| format!("error[bad-date]: `{text}` is no date, as 1914-07-28"))?,
        ),
        None => None,
    };
    let last = year_of(atop.coverage);
    let years: Vec<i32> = match (args.year, day) {
        (Some(y), _) => vec![y],
        (None, Some(d)) => vec![year_of(d)],
        (None, None) => (1815..=last).collect(),
    };
    if years.iter().any(|y| *y > last || *y < 1815) {
        return Err(format!(
            "error[not-covered]: ATOP {} covers 1815 to {}; nothing is known of other years",
            atop.release,
            iso(atop.coverage)
        ));
    }
    let choices = Choices { order: args.order, diagonal: args.diagonal, undirected: args.undirected };
    let header = "year,state_a,state_b,s,s_weighted,pi,kappa,kappa_rank,tau_b\n";
    let mut out = String::from(header);
    for year in &years {
        let p = portfolios(&atop, *year, day, system.as_deref(), weights.as_ref(), &choices)?;
        let (measures, ranked) = (p.measures(), p.ranked());
        let mut at = 0;
        for (i, a) in p.states.iter().enumerate() {
            for b in &p.states[i + 1..] {
                let (m, r) = (measures[at], ranked[at]);
                let weighted = if weights.is_some() { m.s_weighted.to_string() } else { String::new() };
                let tau = if r.tau_b.is_nan() { String::new() } else { r.tau_b.to_string() };
                let _ = writeln!(
                    out,
                    "{year},{a},{b},{},{weighted},{},{},{},{tau}",
                    m.s, m.pi, m.kappa, r.kappa_rank
                );
                at += 1;
            }
        }
    }
    let said = [
        format!("release: ATOP {}", atop.release),
        match day {
            Some(d) => format!("ties: those that hold on {}", iso(d)),
            None => "ties: those of any day of the year, as in ATOP's own directed dyad-years".to_owned(),
        },
        format!(
            "order: defence {}, offence {}, neutrality {}, nonaggression {}, consultation {}; the highest counts",
            args.order[0], args.order[1], args.order[2], args.order[3], args.order[4]
        ),
        format!(
            "rows: {}",
            if args.undirected {
                "undirected, a pledge of either side counts for both"
            } else {
                "directed, what the row's state owes"
            }
        ),
        format!("diagonal: {}", args.diagonal),
        format!(
            "states: {}",
            args.system.as_deref().map_or("members of some alliance in the year".to_owned(), |p| format!(
                "in the system by {}, on some day of the year",
                name_of(p)
            ))
        ),
        format!("weights: {}", args.weights.as_deref().map_or("none".to_owned(), name_of)),
        "s: absolute distance, largest 3 (Signorino and Ritter 1999)".to_owned(),
        "pi, kappa: squared distance of values (Scott 1955, Cohen 1968, as Häge 2011)".to_owned(),
        "kappa_rank: squared distance of ranks among the values that occur in the pair".to_owned(),
        "tau_b: Kendall's, with ties; empty if a row has one value only".to_owned(),
    ];
    if format == Format::Json {
        let json = serde_json::json!({ "choices": said, "columns": header.trim_end(), "csv": out });
        print(&format!("{}\n", serde_json::to_string_pretty(&json).map_err(|e| format!("error: {e}"))?))?;
    } else {
        // The choices stand before the numbers, as remarks that readers of tables skip.
        let remarks: String = said.iter().map(|c| format!("# {c}\n")).collect();
        print(&format!("{remarks}{out}"))?;
    }
    Ok(0)
}

/// What a matrix of ties depends on beside the data.
struct Choices {
    order: [u8; 5],
    diagonal: u8,
    undirected: bool,
}

fn portfolios(
    atop: &Atop,
    year: i32,
    day: Option<Day>,
    system: Option<&[(u32, Day, Day)]>,
    weights: Option<&std::collections::BTreeMap<(u32, i32), f64>>,
    choices: &Choices,
) -> Result<Portfolios, String> {
    let date = |m, d| day_of(year, m, d).expect("a year of the release");
    let (first, last) = day.map_or((date(1, 1), date(12, 31)), |d| (d, d));
    let ties = match day {
        Some(d) => panel::directed_on(atop, d),
        None => panel::directed(atop, Rule::Atop, year, year),
    };
    let mut states: Vec<u32> = match system {
        Some(list) => list.iter().filter(|(_, from, to)| *from <= last && first < *to).map(|s| s.0).collect(),
        None => ties.iter().map(|d| d.a).collect(),
    };
    states.sort_unstable();
    states.dedup();
    let rank: std::collections::BTreeMap<u32, usize> =
        states.iter().enumerate().map(|(i, s)| (*s, i)).collect();
    let n = states.len();
    let mut matrix = vec![0_u8; n * n];
    for d in &ties {
        let (Some(i), Some(j)) = (rank.get(&d.a), rank.get(&d.b)) else { continue };
        let value =
            (0..5).filter(|bit| d.owes >> bit & 1 == 1).map(|bit| choices.order[bit]).max().unwrap_or(0);
        let slot = &mut matrix[i * n + j];
        *slot = (*slot).max(value);
        if choices.undirected {
            let back = &mut matrix[j * n + i];
            *back = (*back).max(value);
        }
    }
    for i in 0..n {
        matrix[i * n + i] = choices.diagonal;
    }
    let mut each = vec![1.0; n];
    if let Some(w) = weights {
        for (slot, state) in each.iter_mut().zip(&states) {
            *slot = *w.get(&(*state, year)).ok_or_else(|| {
                format!("error[no-weight]: state {state} has no weight in {year}; a missing weight is not taken for 0")
            })?;
        }
    }
    Ok(Portfolios { states, ties: matrix, weights: each })
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
