//! Reading the tables: piece by piece, so that no file is ever in memory as a whole.
//!
//! In: readers of the files. Out: [`Tables`]; questions. What always holds: a piece ends with a row; what a refusal says of a cell does not depend on
//! where pieces end.

use std::io::Read;

use super::scan::Scan;
use super::{
    CapabilityRow, ClauseRow, InstrumentRow, MemberRow, PhaseRow, Query, Refusal, RegionRow, Role, Side,
    StateRow, TABLES, Tables,
};
use crate::day::OPEN;

/// How the rows of a table are read; gives the line after the last.
type Rows = fn(Scan<'_>, &mut Tables) -> Result<usize, Box<Refusal>>;

/// The form of a table: its header, how rows are read, and where room for so many rows is made.
type Form = (&'static str, Rows, fn(&mut Tables, usize));

/// What is done with each piece of a file; with the first it is told how many rows there may be in all. It gives the line after the last.
type Take<'a> = dyn FnMut(Scan<'_>, Option<usize>) -> Result<usize, Box<Refusal>> + 'a;

/// Of each table of [`TABLES`], in that order.
const FORMS: [Form; 12] = [
    (
        "region,name,parent",
        |mut s, t| {
            while s.row() {
                let region = s.number()?;
                s.skip()?;
                t.regions.push(RegionRow { region, parent: s.number_or(0)? });
            }
            Ok(s.line)
        },
        |_, _| {},
    ),
    (
        "sid,abb,name,home",
        |mut s, t| {
            while s.row() {
                let sid = s.number()?;
                let abb = s.text()?.to_owned();
                s.skip()?;
                t.states.push(StateRow { sid, abb, home: s.number()? });
            }
            Ok(s.line)
        },
        |_, _| {},
    ),
    (
        "sid,begin,end",
        |mut s, t| {
            while s.row() {
                t.spells.push((s.number()?, s.date()?, s.date_or(OPEN)?));
            }
            Ok(s.line)
        },
        |t, rows| t.spells.reserve(rows),
    ),
    (
        "sid,year,cap",
        |mut s, t| {
            while s.row() {
                t.capabilities.push(CapabilityRow {
                    sid: s.number()?,
                    year: s.number()?.try_into().unwrap_or(i32::MAX),
                    cap: s.number()?,
                });
            }
            Ok(s.line)
        },
        |t, rows| t.capabilities.reserve(rows),
    ),
    (
        "instr,title,begin,end,bilateral",
        |mut s, t| {
            while s.row() {
                let instr = s.number()?;
                s.skip()?;
                s.date_or(OPEN)?;
                s.date_or(OPEN)?;
                s.flag()?;
                t.instruments.push(InstrumentRow { instr });
            }
            Ok(s.line)
        },
        |t, rows| t.instruments.reserve(rows),
    ),
    (
        "phase,instr,no,begin,begin_lo,begin_hi,end,end_lo,end_hi",
        |mut s, t| {
            while s.row() {
                let (phase, instr) = (s.number()?, s.number()?);
                s.number()?;
                t.phases.push(PhaseRow { phase, instr, dates: s.dates()? });
            }
            Ok(s.line)
        },
        |t, rows| t.phases.reserve(rows),
    ),
    (
        "mid,instr,sid,begin,begin_lo,begin_hi,end,end_lo,end_hi,known_from,known_to",
        |mut s, t| {
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
            Ok(s.line)
        },
        |t, rows| t.members.reserve(rows),
    ),
    (
        "clause,phase,instr,article,pledge,trigger,intra,known_from,known_to",
        |mut s, t| {
            while s.row() {
                let (clause, phase, instr) = (s.number()?, s.number()?, s.number()?);
                s.skip()?;
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
            Ok(s.line)
        },
        |t, rows| t.clauses.reserve(rows),
    ),
    (
        "clause,role,sid",
        |mut s, t| {
            while s.row() {
                let clause = s.number()?;
                let role = [Role::Obligor, Role::Beneficiary][s.word(&["obligor", "beneficiary"])?];
                t.parties.push((clause, role, s.number()?));
            }
            Ok(s.line)
        },
        |t, rows| t.parties.reserve(rows),
    ),
    (
        "clause,sid,kind",
        |mut s, t| {
            while s.row() {
                let (clause, sid) = (s.number()?, s.number()?);
                let side = [Side::Only, Side::Except][s.word(&["only", "except"])?];
                t.adversaries.push((clause, side, sid));
            }
            Ok(s.line)
        },
        |t, rows| t.adversaries.reserve(rows),
    ),
    (
        "clause,region",
        |mut s, t| {
            while s.row() {
                t.clause_regions.push((s.number()?, s.number()?));
            }
            Ok(s.line)
        },
        |t, rows| t.clause_regions.reserve(rows),
    ),
    (
        "clause,sid,withdrawn",
        |mut s, t| {
            while s.row() {
                t.reservations.push((s.number()?, s.number()?, s.date_or(OPEN)?));
            }
            Ok(s.line)
        },
        |t, rows| t.reservations.reserve(rows),
    ),
];

/// Opens a table by its name: a reader, and its length in bytes. Not generic, so that reading is compiled here and for speed.
pub type Open<'a> = dyn FnMut(&str) -> std::io::Result<(Box<dyn Read>, u64)> + 'a;

impl Tables {
    /// Reads all tables: `open` gives a reader of each of [`TABLES`], and its length in bytes.
    ///
    /// # Errors
    /// A file that cannot be read, or the first cell that cannot. References between tables are checked by [`crate::World::build`].
    pub fn read(open: &mut Open<'_>) -> Result<Tables, Box<Refusal>> {
        let mut t = Tables::default();
        let mut buffer = Vec::new();
        for (name, (header, rows, reserve)) in TABLES.into_iter().zip(FORMS) {
            let file = format!("{name}.csv");
            let (mut reader, length) = open(name).map_err(|e| unreadable(&file, &e))?;
            pieces(&file, header, &mut *reader, length, &mut buffer, &mut |s, room| {
                if let Some(room) = room {
                    reserve(&mut t, room);
                }
                rows(s, &mut t)
            })?;
        }
        Ok(t)
    }
}

fn unreadable(file: &str, e: &std::io::Error) -> Box<Refusal> {
    refusal(file, 0, e.to_string(), "a file that can be read")
}

fn refusal(file: &str, line: usize, cell: String, expected: &str) -> Box<Refusal> {
    let (file, expected) = (file.to_owned(), expected.to_owned());
    Box::new(Refusal { file, line, column: String::new(), cell, expected })
}

/// How much is read at once: it fits the second-level cache.
const PIECE: usize = 256 << 10;

/// Reads a file by pieces of whole rows.
fn pieces(
    file: &str,
    header: &'static str,
    reader: &mut dyn Read,
    length: u64,
    buffer: &mut Vec<u8>,
    rows: &mut Take<'_>,
) -> Result<(), Box<Refusal>> {
    buffer.resize(PIECE, 0);
    let (mut held, mut line, mut over) = (0, 0, false);
    while !over {
        if held == buffer.len() {
            // A row longer than a piece.
            buffer.resize(held * 2, 0);
        }
        match reader.read(&mut buffer[held..]) {
            Ok(0) => over = true,
            Ok(more) => held += more,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(unreadable(file, &e)),
        }
        let Some(whole) = buffer[..held].iter().rposition(|b| *b == b'\n').map(|at| at + 1) else { continue };
        let mut from = 0;
        let mut room = None;
        if line == 0 {
            let end = buffer[..whole].iter().position(|b| *b == b'\n').unwrap_or(whole);
            if buffer[..end] != *header.as_bytes() {
                let cell = String::from_utf8_lossy(&buffer[..end.min(200)]).into_owned();
                return Err(refusal(file, 1, cell, &format!("the header `{header}`")));
            }
            (from, line) = (end + 1, 1);
            // The first rows tell how long a row is.
            let sample = &buffer[from..whole.min(from + 4096)];
            let rows = sample.iter().filter(|b| **b == b'\n').count() + 1;
            room = Some((rows as u64 * length / sample.len().max(1) as u64) as usize);
        }
        if let Err(e) = std::str::from_utf8(&buffer[from..whole]) {
            let at = from + e.valid_up_to();
            let line = line + 1 + buffer[from..at].iter().filter(|b| **b == b'\n').count();
            let cell = String::from_utf8_lossy(&buffer[at..whole.min(at + 20)]).into_owned();
            return Err(refusal(file, line, cell, "UTF-8"));
        }
        let next = rows(Scan::over(file, header, &buffer[from..whole], line), room)?;
        line = next - 1;
        buffer.copy_within(whole..held, 0);
        held -= whole;
    }
    if line == 0 {
        let cell = String::from_utf8_lossy(&buffer[..held.min(200)]).into_owned();
        return Err(refusal(file, 1, cell, &format!("the header `{header}`, and a line end behind it")));
    }
    if held > 0 {
        let cell = String::from_utf8_lossy(&buffer[..held.min(40)]).into_owned();
        let expected = "a line end after the last row (is the file cut off?)";
        return Err(refusal(file, line + 1, cell, expected));
    }
    Ok(())
}

/// Reads a file of questions.
///
/// # Errors
/// The first cell that cannot be read.
pub fn queries(file: &str, bytes: &[u8]) -> Result<Vec<Query>, Box<Refusal>> {
    let mut out = Vec::new();
    let header = "qid,date,attacker,target,region,known,depth";
    pieces(file, header, &mut &*bytes, bytes.len() as u64, &mut Vec::new(), &mut |mut s, _| {
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
        Ok(s.line)
    })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(name: &str, text: &str) -> Result<Tables, Box<Refusal>> {
        read_all(name, text, 1 << 20)
    }

    /// Reads one table with these rows, the others empty, in pieces of at most so many bytes.
    fn read_all(name: &str, text: &str, piece: usize) -> Result<Tables, Box<Refusal>> {
        let file = |table: &str| {
            let header = TABLES.iter().position(|t| *t == table).map(|at| FORMS[at].0);
            let body = if table == name { text } else { "" };
            format!("{}\n{body}", header.expect("a table")).into_bytes()
        };
        Tables::read(&mut |table| {
            let bytes = file(table);
            let length = bytes.len() as u64;
            Ok((Box::new(Slowly { bytes, at: 0, piece }), length))
        })
    }

    /// A reader that hands out a few bytes at a time.
    struct Slowly {
        bytes: Vec<u8>,
        at: usize,
        piece: usize,
    }

    impl Read for Slowly {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let n = into.len().min(self.piece).min(self.bytes.len() - self.at);
            into[..n].copy_from_slice(&self.bytes[self.at..self.at + n]);
            self.at += n;
            Ok(n)
        }
    }

    #[test]
    fn where_pieces_end_does_not_matter() {
        let rows: String = (1..200)
            .map(|i| format!("{i},1815-01-01,{}\n", if i % 3 == 0 { "1900-02-28" } else { "" }))
            .collect();
        let whole = tables("state_spells", &rows).unwrap();
        assert_eq!(whole.spells.len(), 199);
        let broken = format!("{rows}200,1815-13-01,\n");
        let said = tables("state_spells", &broken).unwrap_err();
        assert_eq!((said.line, said.column.as_str()), (201, "begin"));
        for piece in [1, 2, 7, 40] {
            assert_eq!(read_all("state_spells", &rows, piece).unwrap(), whole);
            assert_eq!(read_all("state_spells", &broken, piece).unwrap_err(), said);
        }
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
