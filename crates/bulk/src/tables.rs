//! The tables of a bulk world, as CSV bytes and as rows.
//!
//! In: the bytes of each file named in [`TABLES`]. Out: [`Tables`], rows in file order, or a [`Refusal`] that names file, line, column
//! and cell. What always holds: the header must be exactly the one documented; a row has exactly its columns; a number, a
//! date or a word that is none is refused; nothing is repaired. Cells are never quoted in this format.

use std::fmt;

use crate::day::{Day, OPEN, parse_iso};

/// The files of a bulk world.
pub const TABLES: [&str; 12] = [
    "regions",
    "states",
    "state_spells",
    "capabilities",
    "instruments",
    "phases",
    "members",
    "clauses",
    "clause_parties",
    "clause_adversaries",
    "clause_regions",
    "reservations",
];

/// A cell that cannot be read: where it stands, what it holds and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file, as named by the caller.
    pub file: String,
    /// Counted from 1, the header being line 1; 0 if the fault is the file's as a whole.
    pub line: usize,
    /// The column's name, empty if the row as a whole is at fault.
    pub column: String,
    /// What stands there.
    pub cell: String,
    /// What was expected, in words.
    pub expected: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ": column `{}`", self.column)?;
        }
        write!(f, ": found `{}`, expected {}", self.cell, self.expected)
    }
}

impl std::error::Error for Refusal {}

/// When a thing holds: a canonical interval and the bounds of its ends. All half-open, in days; [`OPEN`] ends are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The canonical first day.
    pub begin: Day,
    /// The earliest the true first day can be.
    pub begin_lo: Day,
    /// The latest the true first day can be.
    pub begin_hi: Day,
    /// The canonical first day on which it no longer holds.
    pub end: Day,
    /// The earliest the true end can be.
    pub end_lo: Day,
    /// The latest the true end can be.
    pub end_hi: Day,
}

impl Dates {
    /// Ends that are known to the day.
    pub fn exact(begin: Day, end: Day) -> Dates {
        Dates { begin, begin_lo: begin, begin_hi: begin, end, end_lo: end, end_hi: end }
    }
}

/// A region; `parent` is 0 for the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRow {
    /// Its number.
    pub region: u32,
    /// The region it lies in.
    pub parent: u32,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// Its number, 1 to 4095.
    pub sid: u32,
    /// Its abbreviation.
    pub abb: String,
    /// The region its territory lies in.
    pub home: u32,
}

/// A state's share of the world's capabilities at the end of a year, in parts per million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapabilityRow {
    /// The state.
    pub sid: u32,
    /// The year.
    pub year: i32,
    /// Parts per million.
    pub cap: u32,
}

/// An instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstrumentRow {
    /// Its number.
    pub instr: u32,
}

/// A phase: a stretch of an instrument's life in which its text did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseRow {
    /// Its number.
    pub phase: u32,
    /// The instrument.
    pub instr: u32,
    /// When it was in force.
    pub dates: Dates,
}

/// A spell of being party, with the extent in which it was believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Its number.
    pub mid: u32,
    /// The instrument.
    pub instr: u32,
    /// The party.
    pub sid: u32,
    /// When it was party.
    pub dates: Dates,
    /// From when on this was known.
    pub known_from: Day,
    /// Until when it was believed; [`OPEN`] if it still is.
    pub known_to: Day,
}

/// A clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseRow {
    /// Its number, below 2¹⁸.
    pub clause: u32,
    /// The phase it stands in.
    pub phase: u32,
    /// The instrument.
    pub instr: u32,
    /// What is promised: a letter of `DONAC`.
    pub pledge: u8,
    /// Whether it covers a partner's attack as well (`any`) or only an attack on it (`attacked`).
    pub any: bool,
    /// Whether it also holds against another party.
    pub intra: bool,
    /// From when on it was known.
    pub known_from: Day,
    /// Until when it was believed.
    pub known_to: Day,
}

/// Which side of a clause a list narrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who owes.
    Obligor,
    /// To whom.
    Beneficiary,
}

/// How a clause names adversaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It holds against these alone.
    Only,
    /// It holds against all but these.
    Except,
}

/// All tables of a bulk world, rows in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The tree of regions.
    pub regions: Vec<RegionRow>,
    /// The states.
    pub states: Vec<StateRow>,
    /// When each state was a member of the state system: state, first day, first day no longer.
    pub spells: Vec<(u32, Day, Day)>,
    /// Capabilities.
    pub capabilities: Vec<CapabilityRow>,
    /// The instruments.
    pub instruments: Vec<InstrumentRow>,
    /// Their phases.
    pub phases: Vec<PhaseRow>,
    /// Their parties.
    pub members: Vec<MemberRow>,
    /// Their clauses.
    pub clauses: Vec<ClauseRow>,
    /// Lists that narrow a side of a clause.
    pub parties: Vec<(u32, Role, u32)>,
    /// Adversaries a clause names.
    pub adversaries: Vec<(u32, Side, u32)>,
    /// Regions a clause is limited to.
    pub clause_regions: Vec<(u32, u32)>,
    /// Reservations: clause, state, first day on which it no longer holds.
    pub reservations: Vec<(u32, u32, Day)>,
}

/// A question of W1 or W7: `attacker` attacks `target` in `region` on `date`, as known on `known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its number, below 2²⁰.
    pub qid: u32,
    /// The day.
    pub date: Day,
    /// Who attacks.
    pub attacker: u32,
    /// Who is attacked.
    pub target: u32,
    /// Where.
    pub region: u32,
    /// The state of knowledge; [`crate::LATEST`] if the cell is empty.
    pub known: Day,
    /// How many rounds, 1 to 7.
    pub depth: u32,
}

impl Tables {
    /// Reads all tables. `bytes` holds one entry for each name in [`TABLES`], in that order.
    ///
    /// # Errors
    /// The first cell that cannot be read. References between tables are checked by [`crate::World::build`].
    pub fn read(bytes: &[Vec<u8>; 12]) -> Result<Tables, Box<Refusal>> {
        let mut t = Tables::default();
        let mut s = Scan::open("regions.csv", &bytes[0], "region,name,parent")?;
        while s.row() {
            let region = s.number()?;
            s.text()?;
            t.regions.push(RegionRow { region, parent: s.number_or(0)? });
        }
        let mut s = Scan::open("states.csv", &bytes[1], "sid,abb,name,home")?;
        while s.row() {
            let sid = s.number()?;
            let abb = s.text()?.to_owned();
            s.text()?;
            t.states.push(StateRow { sid, abb, home: s.number()? });
        }
        let mut s = Scan::open("state_spells.csv", &bytes[2], "sid,begin,end")?;
        while s.row() {
            t.spells.push((s.number()?, s.date()?, s.date_or(OPEN)?));
        }
        let mut s = Scan::open("capabilities.csv", &bytes[3], "sid,year,cap")?;
        t.capabilities.reserve(bytes[3].len() / 14);
        while s.row() {
            t.capabilities.push(CapabilityRow {
                sid: s.number()?,
                year: s.number()?.try_into().unwrap_or(i32::MAX),
                cap: s.number()?,
            });
        }
        let mut s = Scan::open("instruments.csv", &bytes[4], "instr,title,begin,end,bilateral")?;
        t.instruments.reserve(bytes[4].len() / 40);
        while s.row() {
            let instr = s.number()?;
            s.text()?;
            s.date_or(OPEN)?;
            s.date_or(OPEN)?;
            s.flag()?;
            t.instruments.push(InstrumentRow { instr });
        }
        let mut s =
            Scan::open("phases.csv", &bytes[5], "phase,instr,no,begin,begin_lo,begin_hi,end,end_lo,end_hi")?;
        t.phases.reserve(bytes[5].len() / 70);
        while s.row() {
            let (phase, instr) = (s.number()?, s.number()?);
            s.number()?;
            t.phases.push(PhaseRow { phase, instr, dates: s.dates()? });
        }
        let mut s = Scan::open(
            "members.csv",
            &bytes[6],
            "mid,instr,sid,begin,begin_lo,begin_hi,end,end_lo,end_hi,known_from,known_to",
        )?;
        t.members.reserve(bytes[6].len() / 80);
        while s.row() {
            t.members.push(MemberRow {
                mid: s.number()?,
                instr: s.number()?,
                sid: s.number()?,
                dates: s.dates()?,
                known_from: s.date()?,
                known_to: s.date_or(OPEN)?,
            });
        }
        let mut s = Scan::open(
            "clauses.csv",
            &bytes[7],
            "clause,phase,instr,article,pledge,trigger,intra,known_from,known_to",
        )?;
        t.clauses.reserve(bytes[7].len() / 45);
        while s.row() {
            let (clause, phase, instr) = (s.number()?, s.number()?, s.number()?);
            s.text()?;
            t.clauses.push(ClauseRow {
                clause,
                phase,
                instr,
                pledge: b"DONAC"[s.word(&["D", "O", "N", "A", "C"])?],
                any: s.word(&["attacked", "any"])? == 1,
                intra: s.flag()?,
                known_from: s.date()?,
                known_to: s.date_or(OPEN)?,
            });
        }
        let mut s = Scan::open("clause_parties.csv", &bytes[8], "clause,role,sid")?;
        while s.row() {
            let clause = s.number()?;
            let role = [Role::Obligor, Role::Beneficiary][s.word(&["obligor", "beneficiary"])?];
            t.parties.push((clause, role, s.number()?));
        }
        let mut s = Scan::open("clause_adversaries.csv", &bytes[9], "clause,sid,kind")?;
        while s.row() {
            let (clause, sid) = (s.number()?, s.number()?);
            let side = [Side::Only, Side::Except][s.word(&["only", "except"])?];
            t.adversaries.push((clause, side, sid));
        }
        let mut s = Scan::open("clause_regions.csv", &bytes[10], "clause,region")?;
        while s.row() {
            t.clause_regions.push((s.number()?, s.number()?));
        }
        let mut s = Scan::open("reservations.csv", &bytes[11], "clause,sid,withdrawn")?;
        while s.row() {
            t.reservations.push((s.number()?, s.number()?, s.date_or(OPEN)?));
        }
        Ok(t)
    }
}

/// Reads a file of questions.
///
/// # Errors
/// The first cell that cannot be read.
pub fn queries(file: &str, bytes: &[u8]) -> Result<Vec<Query>, Box<Refusal>> {
    let mut s = Scan::open(file, bytes, "qid,date,attacker,target,region,known,depth")?;
    let mut out = Vec::new();
    while s.row() {
        let from = s.at;
        let qid = s.number()?;
        if qid >= 1 << 20 {
            s.column -= 1;
            return Err(s.refusal(from, "a number below 1048576"));
        }
        let (date, attacker, target, region) = (s.date()?, s.number()?, s.number()?, s.number()?);
        let known = s.date_or(crate::day::LATEST)?;
        let from = s.at;
        let depth = s.number()?;
        if !(1..=7).contains(&depth) {
            s.column -= 1;
            return Err(s.refusal(from, "1 to 7 rounds"));
        }
        out.push(Query { qid, date, attacker, target, region, known, depth });
    }
    Ok(out)
}

/// A cursor over the rows of one file. A cell is read together with the separator behind it, so every byte is seen once.
struct Scan<'a> {
    file: &'a str,
    text: &'a str,
    bytes: &'a [u8],
    header: &'static str,
    columns: usize,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Scan<'a> {
    fn open(file: &'a str, bytes: &'a [u8], header: &'static str) -> Result<Scan<'a>, Box<Refusal>> {
        let end = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
        let columns = header.matches(',').count() + 1;
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            let cell =
                String::from_utf8_lossy(&bytes[e.valid_up_to()..bytes.len().min(e.valid_up_to() + 20)])
                    .into_owned();
            Box::new(Refusal {
                file: file.to_owned(),
                line,
                column: String::new(),
                cell,
                expected: "UTF-8".to_owned(),
            })
        })?;
        let scan = Scan {
            file,
            text,
            bytes,
            header,
            columns,
            at: (end + 1).min(bytes.len()),
            line: 1,
            column: columns,
        };
        if bytes[..end] != *header.as_bytes() {
            return Err(Box::new(Refusal {
                file: file.to_owned(),
                line: 1,
                column: String::new(),
                cell: String::from_utf8_lossy(&bytes[..end.min(200)]).into_owned(),
                expected: format!("the header `{header}`"),
            }));
        }
        if bytes.last() != Some(&b'\n') {
            return Err(scan.refusal(
                bytes.len().saturating_sub(20),
                "a line end after the last row (is the file cut off?)",
            ));
        }
        Ok(scan)
    }

    /// Steps to the next row, if there is one.
    #[inline]
    fn row(&mut self) -> bool {
        self.line += 1;
        self.column = 0;
        self.at < self.bytes.len()
    }

    #[cold]
    fn refusal(&self, from: usize, expected: &str) -> Box<Refusal> {
        let rest = &self.bytes[from.min(self.bytes.len())..];
        let end = rest.iter().position(|b| matches!(b, b',' | b'\n')).unwrap_or(rest.len()).min(80);
        Box::new(Refusal {
            file: self.file.to_owned(),
            line: self.line,
            column: self.header.split(',').nth(self.column).unwrap_or_default().to_owned(),
            cell: String::from_utf8_lossy(&rest[..end]).into_owned(),
            expected: expected.to_owned(),
        })
    }

    /// Steps over the separator at `end`: a comma, or a line end behind the last column.
    #[inline]
    fn close(&mut self, end: usize, expected: &str) -> Result<(), Box<Refusal>> {
        let want = if self.column + 1 == self.columns { b'\n' } else { b',' };
        if self.bytes.get(end) != Some(&want) {
            return Err(self.refusal(self.at, expected));
        }
        self.at = end + 1;
        self.column += 1;
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> Result<u32, Box<Refusal>> {
        const WHAT: &str = "a whole number, then the next column";
        let mut value = 0_u32;
        let mut end = self.at;
        while let Some(digit) = self.bytes.get(end).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
            // Nine digits fit.
            if end - self.at == 9 {
                return Err(self.refusal(self.at, WHAT));
            }
            value = value * 10 + u32::from(digit);
            end += 1;
        }
        if end == self.at {
            return Err(self.refusal(self.at, WHAT));
        }
        self.close(end, WHAT)?;
        Ok(value)
    }

    /// Whether the cell is empty; then it is stepped over.
    #[inline]
    fn empty(&mut self) -> Result<bool, Box<Refusal>> {
        let empty = matches!(self.bytes.get(self.at), Some(b',' | b'\n'));
        if empty {
            self.close(self.at, "no further column, or all of them")?;
        }
        Ok(empty)
    }

    fn number_or(&mut self, default: u32) -> Result<u32, Box<Refusal>> {
        if self.empty()? { Ok(default) } else { self.number() }
    }

    #[inline]
    fn date(&mut self) -> Result<Day, Box<Refusal>> {
        const WHAT: &str = "a date, as 1914-07-28, then the next column";
        let end = self.at + 10;
        match self.bytes.get(self.at..end).and_then(parse_iso) {
            Some(day) => {
                self.close(end, WHAT)?;
                Ok(day)
            }
            None => Err(self.refusal(self.at, WHAT)),
        }
    }

    /// A date and its two bounds, all of them empty or none.
    #[inline]
    fn three_dates(&mut self) -> Result<[Day; 3], Box<Refusal>> {
        // Most often the three are the same, and one reading does.
        if let Some(cells) = self.bytes.get(self.at..self.at + 32)
            && cells[..10] == cells[11..21]
            && cells[..10] == cells[22..]
            && let Some(day) = parse_iso(&cells[..10])
        {
            const WHAT: &str = "a date, then the next column";
            for _ in 0..3 {
                self.close(self.at + 10, WHAT)?;
            }
            return Ok([day; 3]);
        }
        Ok([self.date_or(OPEN)?, self.date_or(OPEN)?, self.date_or(OPEN)?])
    }

    #[inline]
    fn date_or(&mut self, default: Day) -> Result<Day, Box<Refusal>> {
        if self.empty()? { Ok(default) } else { self.date() }
    }

    #[inline]
    fn dates(&mut self) -> Result<Dates, Box<Refusal>> {
        let from = self.at;
        let [begin, begin_lo, begin_hi] = self.three_dates()?;
        if begin == OPEN || begin_lo == OPEN || begin_hi == OPEN {
            self.column -= 3;
            return Err(self.refusal(from, "a first day with both its bounds"));
        }
        let [end, end_lo, end_hi] = self.three_dates()?;
        Ok(Dates { begin, begin_lo, begin_hi, end, end_lo, end_hi })
    }

    /// The rest of the cell, whatever it holds.
    #[inline]
    fn text(&mut self) -> Result<&'a str, Box<Refusal>> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| matches!(b, b',' | b'\n')).unwrap_or(rest.len());
        let from = self.at;
        self.close(from + length, "all columns of the row")?;
        Ok(&self.text[from..from + length])
    }

    /// One of a few words: which.
    #[inline]
    fn word(&mut self, words: &[&str]) -> Result<usize, Box<Refusal>> {
        let from = self.at;
        let text = self.text()?;
        words.iter().position(|w| *w == text).ok_or_else(|| {
            self.column -= 1;
            self.refusal(from, &format!("one of {}", words.join(", ")))
        })
    }

    #[inline]
    fn flag(&mut self) -> Result<bool, Box<Refusal>> {
        Ok(self.word(&["0", "1"])? == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(name: &str, text: &str) -> Result<Tables, Box<Refusal>> {
        let heads = [
            "region,name,parent",
            "sid,abb,name,home",
            "sid,begin,end",
            "sid,year,cap",
            "instr,title,begin,end,bilateral",
            "phase,instr,no,begin,begin_lo,begin_hi,end,end_lo,end_hi",
            "mid,instr,sid,begin,begin_lo,begin_hi,end,end_lo,end_hi,known_from,known_to",
            "clause,phase,instr,article,pledge,trigger,intra,known_from,known_to",
            "clause,role,sid",
            "clause,sid,kind",
            "clause,region",
            "clause,sid,withdrawn",
        ];
        let bytes = std::array::from_fn(|i| {
            let body = if TABLES[i] == name { text } else { "" };
            format!("{}\n{body}", heads[i]).into_bytes()
        });
        Tables::read(&bytes)
    }

    #[test]
    fn a_row_is_read() {
        let t = tables("state_spells", "3,1815-01-01,\n4,1900-02-28,1901-01-01\n").unwrap();
        assert_eq!(t.spells, [(3, -56_613, OPEN), (4, -25_509, -25_202)]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (table, text, said) in [
            ("state_spells", "3,1815-24-01,\n", "state_spells.csv:2: column `begin`: found `1815-24-01`"),
            ("state_spells", "3,19118-01-01,\n", "state_spells.csv:2: column `begin`: found `19118-01-01`"),
            ("state_spells", "3,1815-01-01,\r\n", "state_spells.csv:2: column `end`"),
            ("state_spells", "3,1815-01-01\n", "state_spells.csv:2: column `begin`: found `1815-01-01`"),
            ("state_spells", "3,1815-01-01,,\n", "state_spells.csv:2: column `end`"),
            ("state_spells", "x,1815-01-01,\n", "column `sid`: found `x`"),
            ("state_spells", "3,1815-01-01,", "is the file cut off?"),
            (
                "clause_adversaries",
                "3,1,never\n",
                "clause_adversaries.csv:2: column `kind`: found `never`, expected one of only, except",
            ),
            ("capabilities", "3,1815,12345678901\n", "column `cap`"),
        ] {
            let refusal = tables(table, text).expect_err(text).to_string();
            assert!(refusal.contains(said), "{refusal}");
        }
    }

    #[test]
    fn questions_that_checksums_cannot_pack_are_refused() {
        let head = "qid,date,attacker,target,region,known,depth\n";
        let read = |row: &str| queries("q.csv", format!("{head}{row}\n").as_bytes());
        assert_eq!(read("1,1914-07-28,3,4,1,,2").map(|q| q[0].depth), Ok(2));
        for (row, column) in [
            ("1048576,1914-07-28,3,4,1,,2", "qid"),
            ("1,1914-07-28,3,4,1,,8", "depth"),
            ("1,1914-07-28,3,4,1,,0", "depth"),
        ] {
            assert_eq!(read(row).expect_err(row).column, column);
        }
    }

    #[test]
    fn another_header_is_refused() {
        let refusal = queries("queries.csv", b"qid,day\n").expect_err("refused").to_string();
        assert!(refusal.contains("queries.csv:1"), "{refusal}");
    }
}
