//! How alike states' portfolios of alliances are, from ATOP: which ties, which states, which weights, and the measures of all pairs.
//!
//! In: [`Atop`] and the choices that published numbers leave unsaid. Out: a table of pairs, and every choice in words. What always holds: a missing
//! weight is an error and never 0; a year the release does not cover is refused; the measures themselves are the bulk world's.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use foedera_bulk::portfolio::Portfolios;
use foedera_bulk::{Day, day_of, iso, year_of};

use crate::atop::Atop;
use crate::panel::{self, Rule};
use crate::{Raw, Refusal};

/// Weights by state (COW number) and year.
pub type Weights = BTreeMap<(u32, i32), f64>;

/// System membership: COW number, first day, first day no longer.
pub type Spells = [(u32, Day, Day)];

/// Reads weights: a table with the columns `ccode`, `year`, and `weight`, or `cinc` as National Material Capabilities has it.
///
/// # Errors
/// A column that is not there, a cell that is no number or less than 0 (`-9` is a missing value), two weights of one state and year.
pub fn weights(raw: &Raw) -> Result<Weights, Box<Refusal>> {
    let value = if raw.column("weight").is_some() { "weight" } else { "cinc" };
    for column in ["ccode", "year", value] {
        if raw.column(column).is_none() {
            return Err(Box::new(Refusal {
                file: raw.file.clone(),
                line: 1,
                column: column.to_owned(),
                cell: String::new(),
                expected: "the columns ccode, year, and weight or cinc".to_owned(),
            }));
        }
    }
    let mut out = Weights::new();
    for row in 0..raw.rows() {
        let number = |c: &str| raw.get(row, c).parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        let whole =
            |c: &str| raw.get(row, c).parse::<u32>().map_err(|_| raw.refuse(row, c, "a whole number"));
        let weight = number(value).ok_or_else(|| {
            raw.refuse(row, value, "a weight of 0 or more; leave a row out whose value is missing")
        })?;
        if out.insert((whole("ccode")?, whole("year")? as i32), weight).is_some() {
            return Err(raw.refuse(row, "ccode", "one weight of each state in each year"));
        }
    }
    Ok(out)
}

/// The choices a number depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The value of each obligation, in the order of [`crate::atop::OBLIGATIONS`], 0 to 3; the highest counts.
    pub order: [u8; 5],
    /// The value of a state's tie with itself.
    pub diagonal: u8,
    /// Whether a pledge counts for both sides, whoever owes it.
    pub undirected: bool,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { order: [3, 3, 2, 1, 2], diagonal: 3, undirected: false }
    }
}

/// A comparison of all pairs.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// The release.
    pub atop: &'a Atop,
    /// One day, or (none) any day of the year.
    pub day: Option<Day>,
    /// The states compared: those in this list, or (none) the members of some alliance; with the list's name.
    pub system: Option<(&'a Spells, &'a str)>,
    /// Weights, with their name.
    pub weights: Option<(&'a Weights, &'a str)>,
    /// The choices.
    pub choices: Choices,
}

/// What could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The release does not cover the year.
    NotCovered(i32),
    /// A state has no weight in a year.
    NoWeight(u32, i32),
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Gap::NotCovered(year) => {
                write!(f, "{year} is not covered by the release; nothing is known of it")
            }
            Gap::NoWeight(state, year) => {
                write!(f, "state {state} has no weight in {year}; a missing weight is not taken for 0")
            }
        }
    }
}

impl Comparison<'_> {
    /// The portfolios of one year.
    ///
    /// # Errors
    /// A year that is not covered, or a weight that is missing.
    pub fn portfolios(&self, year: i32) -> Result<Portfolios, Gap> {
        let date = |m, d| day_of(year, m, d).ok_or(Gap::NotCovered(year));
        if !(1815..=year_of(self.atop.coverage)).contains(&year) {
            return Err(Gap::NotCovered(year));
        }
        let (first, last) = match self.day {
            Some(d) => (d, d),
            None => (date(1, 1)?, date(12, 31)?),
        };
        let ties = match self.day {
            Some(d) => panel::directed_on(self.atop, d),
            None => panel::directed(self.atop, Rule::Atop, year, year),
        };
        let mut states: Vec<u32> = match self.system {
            Some((list, _)) => {
                list.iter().filter(|(_, from, to)| *from <= last && first < *to).map(|s| s.0).collect()
            }
            None => ties.iter().map(|d| d.a).collect(),
        };
        states.sort_unstable();
        states.dedup();
        let rank: BTreeMap<u32, usize> = states.iter().enumerate().map(|(i, s)| (*s, i)).collect();
        let n = states.len();
        let mut matrix = vec![0_u8; n * n];
        let order = self.choices.order;
        for d in &ties {
            let (Some(i), Some(j)) = (rank.get(&d.a), rank.get(&d.b)) else { continue };
            let value = (0..5).filter(|bit| d.owes >> bit & 1 == 1).map(|bit| order[bit]).max().unwrap_or(0);
            let slot = &mut matrix[i * n + j];
            *slot = (*slot).max(value);
            if self.choices.undirected {
                let back = &mut matrix[j * n + i];
                *back = (*back).max(value);
            }
        }
        for i in 0..n {
            matrix[i * n + i] = self.choices.diagonal;
        }
        let weight = |state: &u32| match self.weights {
            None => Ok(1.0),
            Some((w, _)) => w.get(&(*state, year)).copied().ok_or(Gap::NoWeight(*state, year)),
        };
        let weights = states.iter().map(weight).collect::<Result<Vec<f64>, Gap>>()?;
        Ok(Portfolios { states, ties: matrix, weights })
    }

    /// The measures of all pairs of some years, as CSV without remarks, and how many rows it has.
    ///
    /// # Errors
    /// A year that is not covered, or a weight that is missing.
    pub fn table(&self, years: &[i32]) -> Result<(String, usize), Gap> {
        let names: Vec<&str> = COLUMNS.iter().map(|c| c.0).collect();
        let mut out = names.join(",") + "\n";
        let mut rows = 0;
        for year in years {
            let p = self.portfolios(*year)?;
            let mut pairs = p.measures().into_iter().zip(p.ranked());
            for (i, a) in p.states.iter().enumerate() {
                for (b, (m, r)) in p.states[i + 1..].iter().zip(&mut pairs) {
                    let weighted = self.weights.map_or(String::new(), |_| m.s_weighted.to_string());
                    let tau = if r.tau_b.is_nan() { String::new() } else { r.tau_b.to_string() };
                    let (s, pi, kappa, rank) = (m.s, m.pi, m.kappa, r.kappa_rank);
                    let _ = writeln!(out, "{year},{a},{b},{s},{weighted},{pi},{kappa},{rank},{tau}");
                    rows += 1;
                }
            }
        }
        Ok((out, rows))
    }

    /// Every choice, a line each.
    pub fn said(&self) -> Vec<String> {
        let [d, o, n, a, c] = self.choices.order;
        let rows = match self.choices.undirected {
            true => "undirected, a pledge of either side counts for both",
            false => "directed, what the row's state owes",
        };
        let states = self.system.map_or("members of some alliance in the year".to_owned(), |(_, name)| {
            format!("in the system by {name}, on some day of the year")
        });
        let toward = match (&self.atop.toward, self.atop.spells.iter().any(|s| s.varies)) {
            (_, false) => "every member owes the same to all",
            (Some(_), true) => {
                "by the directed dyad-years where members owe different things to different members"
            }
            (None, true) => {
                "members that owe different things to different members count as owing all of it to all"
            }
        };
        vec![
            format!("release: ATOP {}", self.atop.release),
            match self.day {
                Some(d) => format!("ties: those that hold on {}", iso(d)),
                None => "ties: those of any day of the year, as in ATOP's own directed dyad-years".to_owned(),
            },
            format!("toward whom: {toward}"),
            format!(
                "order: defence {d}, offence {o}, neutrality {n}, nonaggression {a}, consultation {c}; the highest counts"
            ),
            format!("rows: {rows}"),
            format!("diagonal: {}", self.choices.diagonal),
            format!("states: {states}"),
            format!("weights: {}", self.weights.map_or("none", |(_, name)| name)),
            "s: absolute distance, largest 3 (Signorino and Ritter 1999)".to_owned(),
            "pi, kappa: squared distance of values (Scott 1955, Cohen 1968, as Häge 2011)".to_owned(),
            "kappa_rank: squared distance of ranks among the values that occur in the pair".to_owned(),
            "tau_b: Kendall's, with ties; empty if a row has one value only".to_owned(),
        ]
    }
}

/// The columns of a table: name and meaning.
pub const COLUMNS: [(&str, &str); 9] = [
    ("year", "calendar year"),
    ("state_a", "COW state number, the smaller"),
    ("state_b", "COW state number"),
    ("s", "Signorino and Ritter's S, from -1 to 1, unweighted"),
    ("s_weighted", "the same weighted by states; empty if no weights were given"),
    ("pi", "Scott's pi with squared distances"),
    ("kappa", "Cohen's kappa with squared distances of values (Häge 2011)"),
    ("kappa_rank", "Cohen's kappa with squared distances of ranks among the values that occur in the pair"),
    ("tau_b", "Kendall's tau-b; empty if a row has one value only"),
];
