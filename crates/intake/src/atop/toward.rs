//! Toward whom: what the directed dyad-years say of members that owe different things to different members (`obvary`).
//!
//! In: [`Atop`] and a checked table of its directed dyad-years, of the same release. Out: [`Toward`]: for each such member, fellow and
//! obligation whether it is owed, is not, or cannot be told. What always holds: the table is compared with the member file row by row
//! before anything is taken from it, and what differs otherwise than by `obvary` is refused; a pair that another alliance ties by the
//! same obligation in every year tells nothing, and that is said.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foedera_bulk::year_of;

use super::{Atop, OBLIGATIONS, Spell};
use crate::panel::{Directed, Rule, by_alliance};
use crate::{Raw, Refusal};

/// Whether a member owes something to a fellow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The directed dyad-years cannot tell: another alliance ties the two by the same.
    Unknown,
}

/// Alliance, phase, who owes, to whom.
type Pair = (u32, u32, u32, u32);

/// What is known of one pair, as bits in the order of [`OBLIGATIONS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known {
    owed: u8,
    not_owed: u8,
}

/// Toward whom members owe what where that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toward {
    pairs: BTreeMap<Pair, Known>,
}

/// The words of a kept table for owed, not owed, cannot be told.
const WORDS: [&str; 3] = ["1", "0", "?"];

impl Toward {
    /// Reads the directed dyad-years of the same release.
    ///
    /// # Errors
    /// A row the member file does not give, one it gives that is not there, or an obligation that differs for another reason than
    /// `obvary`: then the two files are not of one release.
    pub fn new(atop: &Atop, table: &Raw) -> Result<Toward, Box<Refusal>> {
        let last = year_of(atop.coverage);
        let rows = rows(atop, table)?;
        let varying: BTreeSet<(u32, u32)> =
            atop.spells.iter().filter(|s| s.varies).map(|s| (s.alliance, s.member)).collect();
        let mut expected: HashMap<(i32, u32, u32), Vec<Directed>> = HashMap::new();
        by_alliance(atop, Rule::Atop, (1815, last), |of| {
            for d in of.iter() {
                expected.entry((d.year, d.a, d.b)).or_default().push(*d);
            }
        });
        let mut out = Toward::default();
        for (place, found) in &rows {
            let Some(alliances) = expected.remove(place) else {
                let (year, a, b) = place;
                let said = format!("only pairs the member file has; it has no {a} with {b} in {year}");
                return Err(table.refuse(found.0, "ddyad", said));
            };
            out.take(table, *found, &alliances, &varying)?;
        }
        match expected.into_keys().min() {
            None => Ok(out),
            Some((year, a, b)) => Err(Box::new(Refusal {
                file: table.file.clone(),
                line: 1,
                column: "ddyad".to_owned(),
                cell: (a * 1000 + b).to_string(),
                expected: format!("a row for {a} with {b} in {year}, as the member file has; there is none"),
            })),
        }
    }

    /// Takes in one row: what it says of each alliance in which the first of the pair owes different things to different members.
    fn take(
        &mut self,
        table: &Raw,
        (row, found): (usize, u8),
        alliances: &[Directed],
        varying: &BTreeSet<(u32, u32)>,
    ) -> Result<(), Box<Refusal>> {
        let varies = |d: &&Directed| varying.contains(&(d.alliance, d.a));
        let all = alliances.iter().fold(0, |bits, d| bits | d.owes);
        let fixed = alliances.iter().filter(|d| !varies(d)).fold(0, |bits, d| bits | d.owes);
        if let Some(bit) = (0..OBLIGATIONS.len()).find(|bit| (found & !all | fixed & !found) >> bit & 1 == 1)
        {
            let expected = format!("{}, as the member file has it", all >> bit & 1);
            return Err(table.refuse(row, OBLIGATIONS[bit].0, expected));
        }
        for d in alliances.iter().filter(varies) {
            let others =
                alliances.iter().filter(|o| o.alliance != d.alliance).fold(0, |bits, o| bits | o.owes);
            let known = self.pairs.entry((d.alliance, d.phase, d.a, d.b)).or_default();
            known.not_owed |= d.owes & !found;
            known.owed |= d.owes & found & !others;
            if let Some(bit) =
                (0..OBLIGATIONS.len()).find(|bit| (known.owed & known.not_owed) >> bit & 1 == 1)
            {
                let expected = "the same in every year of a phase";
                return Err(table.refuse(row, OBLIGATIONS[bit].0, expected));
            }
        }
        Ok(())
    }

    /// Whether a member owes an obligation (an index into [`OBLIGATIONS`]) to a fellow, of those its row has.
    pub fn owed(&self, alliance: u32, phase: u32, a: u32, b: u32, obligation: usize) -> Owed {
        let known = self.pairs.get(&(alliance, phase, a, b)).copied().unwrap_or_default();
        match (known.owed >> obligation & 1, known.not_owed >> obligation & 1) {
            (1, _) => Owed::Yes,
            (_, 1) => Owed::No,
            _ => Owed::Unknown,
        }
    }

    /// How many pairs it speaks of.
    pub fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// As a table, to be kept beside a dossier.
    pub fn to_csv(&self) -> String {
        let columns: Vec<&str> = OBLIGATIONS.iter().map(|o| o.0).collect();
        let mut out = format!("atopid,phase,statea,stateb,{}\n", columns.join(","));
        for (alliance, phase, a, b) in self.pairs.keys() {
            let cells = (0..OBLIGATIONS.len()).map(|bit| match self.owed(*alliance, *phase, *a, *b, bit) {
                Owed::Yes => WORDS[0],
                Owed::No => WORDS[1],
                Owed::Unknown => WORDS[2],
            });
            out.push_str(&format!("{alliance},{phase},{a},{b},{}\n", cells.collect::<Vec<_>>().join(",")));
        }
        out
    }

    /// Reads what [`Toward::to_csv`] wrote.
    ///
    /// # Errors
    /// A cell that is neither a number nor one of its words.
    pub fn from_csv(table: &Raw) -> Result<Toward, Box<Refusal>> {
        let mut out = Toward::default();
        for row in 0..table.rows() {
            let number = |column: &str| {
                table.get(row, column).parse::<u32>().map_err(|_| table.refuse(row, column, "a number"))
            };
            let pair = (number("atopid")?, number("phase")?, number("statea")?, number("stateb")?);
            let mut known = Known::default();
            for (bit, (column, ..)) in OBLIGATIONS.iter().enumerate() {
                match table.get(row, column) {
                    "1" => known.owed |= 1 << bit,
                    "0" => known.not_owed |= 1 << bit,
                    "?" => {}
                    _ => return Err(table.refuse(row, column, format!("one of {}", WORDS.join(", ")))),
                }
            }
            out.pairs.insert(pair, known);
        }
        Ok(out)
    }
}

/// The rows of a table of directed dyad-years, by place: their position and what is owed.
#[expect(
    clippy::type_complexity,
    reason = "a map from a place to a position and bits is said best by its parts"
)]
fn rows(atop: &Atop, table: &Raw) -> Result<BTreeMap<(i32, u32, u32), (usize, u8)>, Box<Refusal>> {
    let mut out = BTreeMap::new();
    for row in 0..table.rows() {
        let number = |column: &str| table.get(row, column).parse::<u32>().unwrap_or(0);
        let (a, b) = (number("statea"), number("stateb"));
        if number("ddyad") != a * 1000 + b {
            return Err(table.refuse(row, "ddyad", format!("{}, from the two states", a * 1000 + b)));
        }
        if !atop.is_version(table.get(row, "version")) {
            return Err(table.refuse(
                row,
                "version",
                format!("release {}, as the member file", atop.release),
            ));
        }
        let owes = OBLIGATIONS
            .iter()
            .enumerate()
            .fold(0, |bits, (bit, (column, ..))| bits | u8::from(table.get(row, column) == "1") << bit);
        out.insert((number("year") as i32, a, b), (row, owes));
    }
    Ok(out)
}

impl Atop {
    /// What a member owes a fellow, as bits: all its row has, but what the directed dyad-years say it does not owe this one.
    pub fn owes(&self, a: &Spell, b: &Spell) -> u8 {
        match &self.toward {
            Some(known) if a.varies => {
                a.owes
                    & !known.pairs.get(&(a.alliance, a.phase, a.member, b.member)).map_or(0, |k| k.not_owed)
            }
            _ => a.owes,
        }
    }
}
