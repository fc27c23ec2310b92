//! ATOP, the member-level file: one row for each alliance, phase and spell of a member.
//!
//! In: a checked raw table. Out: [`Atop`], rows with their dates and obligations; from it a dossier, or a bulk world. What always holds: the
//! date of entry is that of *signature*, and 0 as an exit is *still in force when coverage ends*; a phase that goes on the
//! same day in the next is no exit; a member whose state merely changed its COW number has neither left nor come back.
//!
//! ATOP says *that* there is a condition and not *which*: adversary, place, conflict, number, demand and other conditions are
//! *present, content unknown*, so that an answer is *possible* and names what has to be judged. Non-provocation and
//! consultation on request have words of their own in the language.

mod dossier;
mod stays;
mod tables;
mod toward;

use std::collections::BTreeMap;

use foedera_bulk::{Day, day_of, iso};

use crate::{Raw, Refusal};

pub use toward::{Owed, Toward};

/// The five obligations, with ATOP's column, the word of the language and the letter of the bulk world.
pub const OBLIGATIONS: [(&str, &str, u8); 5] = [
    ("defense", "defense", b'D'),
    ("offense", "offense", b'O'),
    ("neutral", "neutrality", b'N'),
    ("nonagg", "nonaggression", b'A'),
    ("consul", "consultation", b'C'),
];

/// A condition column: its obligation (an index, 5 = all but nonaggression), and the fact it becomes, if any.
const CONDITIONS: [(&str, usize, Becomes); 23] = [
    ("defcoadv", 0, Becomes::Judged("adversary")),
    ("defcoloc", 0, Becomes::Judged("place")),
    ("defcocon", 0, Becomes::Judged("conflict")),
    ("defconum", 0, Becomes::Judged("number")),
    ("defcodem", 0, Becomes::Judged("demand")),
    ("defconpr", 0, Becomes::Unprovoked),
    ("offcoadv", 1, Becomes::Judged("adversary")),
    ("offcoloc", 1, Becomes::Judged("place")),
    ("offcocon", 1, Becomes::Judged("conflict")),
    ("offconum", 1, Becomes::Judged("number")),
    ("offcodem", 1, Becomes::Judged("demand")),
    ("neucoadv", 2, Becomes::Judged("adversary")),
    ("neucoloc", 2, Becomes::Judged("place")),
    ("neucocon", 2, Becomes::Judged("conflict")),
    ("neuconum", 2, Becomes::Judged("number")),
    ("neucodem", 2, Becomes::Judged("demand")),
    ("neuconpr", 2, Becomes::Unprovoked),
    ("neucoatt", 2, Becomes::IfAttacked),
    ("concoadv", 4, Becomes::Judged("adversary")),
    ("concoloc", 4, Becomes::Judged("place")),
    ("concocon", 4, Becomes::Judged("conflict")),
    ("concoreq", 4, Becomes::OnRequest),
    ("olimob", 5, Becomes::Judged("other")),
];

/// What a condition column becomes in the language: a condition of that kind whose content is not known, or a condition there is a word for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Judged(&'static str),
    Unprovoked,
    OnRequest,
    IfAttacked,
}

/// A release: what its `version` column says, our name, where coverage ends, when it was published, and why we think so.
struct Release {
    versions: &'static [&'static str],
    name: &'static str,
    coverage: (i32, u32, u32),
    published: &'static str,
    why: &'static str,
}

const RELEASES: [Release; 3] = [
    Release {
        versions: &["5.1", "5.0999999"],
        name: "5.1",
        coverage: (2018, 12, 31),
        published: "2022-08-09",
        why: "published: the codebook's date; coverage: the codebook",
    },
    Release {
        versions: &["5", "5.0"],
        name: "5.0",
        coverage: (2018, 12, 31),
        published: "[2019-01-01..2022-08-08]",
        why: "published: after coverage ended and before release 5.1",
    },
    Release {
        versions: &["4", "4.0", "4.01", "4.0100002"],
        name: "4.01",
        coverage: (2016, 12, 31),
        published: "[2017-01-01..2022-08-08]",
        why: "coverage: the last year in which anything begins or ends in the file; published: after that and before 5.1",
    },
];

/// One row: a member's spell in a phase.
#[derive(Clone, Debug)]
pub struct Spell {
    /// The row of the raw table.
    pub row: usize,
    /// The alliance.
    pub alliance: u32,
    /// The phase, 0 if there is one only.
    pub phase: u32,
    /// The member, by COW number.
    pub member: u32,
    /// The day of signature; the first of the month where the day is not known.
    pub entry: Day,
    /// The last day; the last of the month where the day is not known; the end of coverage where it has not ended.
    pub exit: Day,
    /// Whether it is still in force when coverage ends.
    pub open: bool,
    /// Obligations as bits, in the order of [`OBLIGATIONS`].
    pub owes: u8,
    entry_text: String,
    exit_text: String,
    /// How the member left, 0 if it has not.
    mode: u8,
    /// Whether the member owes different things to different members.
    pub varies: bool,
    conditions: Vec<usize>,
}

/// A release of ATOP.
pub struct Atop {
    /// The release: `5.1`.
    pub release: &'static str,
    /// The last day covered.
    pub coverage: Day,
    /// The rows, in the file's order.
    pub spells: Vec<Spell>,
    /// To whom members owe what where that differs, if the directed dyad-years were given.
    pub toward: Option<Toward>,
    published: &'static str,
    why: &'static str,
}

impl Atop {
    /// Reads the rows.
    ///
    /// # Errors
    /// A date that is none, a year after the end of coverage, an exit before the entry, or a column that disagrees with those it sums up.
    pub fn new(raw: &Raw) -> Result<Atop, Box<Refusal>> {
        let version = if raw.rows() > 0 { raw.get(0, "version") } else { "5.1" };
        let release = RELEASES
            .iter()
            .find(|r| r.versions.contains(&version))
            .ok_or_else(|| raw.refuse(0, "version", "a release known here"))?;
        let (y, m, d) = release.coverage;
        let coverage = day_of(y, m, d).expect("the table of releases has dates");
        let mut spells = Vec::with_capacity(raw.rows());
        for row in 0..raw.rows() {
            if !release.versions.contains(&raw.get(row, "version")) {
                return Err(raw.refuse(row, "version", format!("one release in the file, {}", release.name)));
            }
            spells.push(Self::spell(raw, row, coverage)?);
        }
        Ok(Atop {
            release: release.name,
            coverage,
            spells,
            toward: None,
            published: release.published,
            why: release.why,
        })
    }

    fn spell(raw: &Raw, row: usize, coverage: Day) -> Result<Spell, Box<Refusal>> {
        let number = |column: &str| raw.get(row, column).parse::<u32>().unwrap_or(0);
        let date = |part: &str| -> Result<(Day, Day, String), Box<Refusal>> {
            let (year, month) = (number(&format!("yr{part}")), number(&format!("mo{part}")));
            let column = format!("day{part}");
            let day = raw.get(row, &column);
            let first = day_of(year as i32, month, if day.is_empty() { 1 } else { number(&column) })
                .ok_or_else(|| raw.refuse(row, &column, format!("a day of {year:04}-{month:02}")))?;
            if !day.is_empty() {
                return Ok((first, first, iso(first)));
            }
            let last = (28..=31).rev().find_map(|d| day_of(year as i32, month, d)).unwrap_or(first);
            Ok((first, last, format!("{year:04}-{month:02}")))
        };
        let (entry, _, entry_text) = date("ent")?;
        let open = raw.get(row, "yrexit") == "0";
        if open != (raw.get(row, "ineffect") == "1") {
            return Err(raw.refuse(row, "ineffect", "1 exactly where yrexit is 0"));
        }
        let (exit, exit_text) = if open {
            if (raw.get(row, "moexit"), raw.get(row, "dayexit")) != ("0", "0") {
                return Err(raw.refuse(row, "moexit", "0, and dayexit 0, where yrexit is 0"));
            }
            (coverage, String::new())
        } else {
            let (_, last, text) = date("exit")?;
            (last, text)
        };
        if entry > exit || exit > coverage {
            return Err(raw.refuse(row, "yrexit", "an exit after the entry and within coverage"));
        }
        let mut owes = 0;
        for (bit, (column, ..)) in OBLIGATIONS.iter().enumerate() {
            owes |= u8::from(raw.get(row, column) == "1") << bit;
        }
        let conditions: Vec<usize> =
            (0..CONDITIONS.len()).filter(|i| raw.get(row, CONDITIONS[*i].0) == "1").collect();
        for (obligation, summary) in [(0, "defcon"), (1, "offcon"), (2, "neucon"), (4, "concon")] {
            let any = conditions.iter().any(|i| CONDITIONS[*i].1 == obligation);
            if any != (raw.get(row, summary) == "1") {
                return Err(raw.refuse(row, summary, "1 exactly where one of its conditions is"));
            }
        }
        Ok(Spell {
            row,
            alliance: number("atopid"),
            phase: number("phase"),
            member: number("member"),
            entry,
            exit,
            open,
            owes,
            entry_text,
            exit_text,
            mode: number("termmode") as u8,
            varies: raw.get(row, "obvary") == "1",
            conditions,
        })
    }

    /// Whether a cell of a column `version` names this release.
    fn is_version(&self, cell: &str) -> bool {
        RELEASES.iter().any(|r| r.name == self.release && r.versions.contains(&cell))
    }

    /// Rows of each alliance, in the file's order.
    fn alliances(&self) -> BTreeMap<u32, Vec<&Spell>> {
        let mut out: BTreeMap<u32, Vec<&Spell>> = BTreeMap::new();
        for s in &self.spells {
            out.entry(s.alliance).or_default().push(s);
        }
        out
    }
}
