//! A cursor over whole rows of one file.
//!
//! In: bytes that end with a row. Out: cells, one after the other, typed as asked for; or a [`Refusal`]. What always holds: a cell is read together with
//! the separator behind it, so every byte is seen once; a row has exactly the header's columns.

use super::{Dates, Refusal};
use crate::day::{Day, OPEN, parse_iso};

/// A cursor over the rows of one file. A cell is read together with the separator behind it, so every byte is seen once.
pub(super) struct Scan<'a> {
    file: &'a str,
    bytes: &'a [u8],
    header: &'static str,
    columns: usize,
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Scan<'a> {
    /// Over whole rows of a file, the first of which is on the line after `line`.
    pub(super) fn over(file: &'a str, header: &'static str, bytes: &'a [u8], line: usize) -> Scan<'a> {
        let columns = header.matches(',').count() + 1;
        Scan { file, bytes, header, columns, at: 0, line, column: columns }
    }

    /// Steps to the next row, if there is one.
    #[inline(always)]
    pub(super) fn row(&mut self) -> bool {
        self.line += 1;
        self.column = 0;
        self.at < self.bytes.len()
    }

    #[cold]
    pub(super) fn refusal(&self, from: usize, expected: &str) -> Box<Refusal> {
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
    #[inline(always)]
    fn close(&mut self, end: usize, expected: &str) -> Result<(), Box<Refusal>> {
        let want = if self.column + 1 == self.columns { b'\n' } else { b',' };
        if self.bytes.get(end) != Some(&want) {
            return Err(self.refusal(self.at, expected));
        }
        self.at = end + 1;
        self.column += 1;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn number(&mut self) -> Result<u32, Box<Refusal>> {
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
    #[inline(always)]
    fn empty(&mut self) -> Result<bool, Box<Refusal>> {
        let empty = matches!(self.bytes.get(self.at), Some(b',' | b'\n'));
        if empty {
            self.close(self.at, "no further column, or all of them")?;
        }
        Ok(empty)
    }

    pub(super) fn number_or(&mut self, default: u32) -> Result<u32, Box<Refusal>> {
        if self.empty()? { Ok(default) } else { self.number() }
    }

    #[inline(always)]
    pub(super) fn date(&mut self) -> Result<Day, Box<Refusal>> {
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
    #[inline(always)]
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

    #[inline(always)]
    pub(super) fn date_or(&mut self, default: Day) -> Result<Day, Box<Refusal>> {
        if self.empty()? { Ok(default) } else { self.date() }
    }

    #[inline(always)]
    pub(super) fn dates(&mut self) -> Result<Dates, Box<Refusal>> {
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
    #[inline(always)]
    pub(super) fn text(&mut self) -> Result<&'a str, Box<Refusal>> {
        let from = self.at;
        self.skip()?;
        std::str::from_utf8(&self.bytes[from..self.at - 1]).map_err(|_| self.refusal(from, "UTF-8"))
    }

    /// Steps over a cell, whatever it holds.
    #[inline(always)]
    pub(super) fn skip(&mut self) -> Result<(), Box<Refusal>> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| matches!(b, b',' | b'\n')).unwrap_or(rest.len());
        self.close(self.at + length, "all columns of the row")
    }

    /// One of a few words: which.
    #[inline(always)]
    pub(super) fn word(&mut self, words: &[&str]) -> Result<usize, Box<Refusal>> {
        let from = self.at;
        self.skip()?;
        let cell = &self.bytes[from..self.at - 1];
        words.iter().position(|w| w.as_bytes() == cell).ok_or_else(|| {
            self.column -= 1;
            self.refusal(from, &format!("one of {}", words.join(", ")))
        })
    }

    #[inline(always)]
    pub(super) fn flag(&mut self) -> Result<bool, Box<Refusal>> {
        Ok(self.word(&["0", "1"])? == 1)
    }
}
