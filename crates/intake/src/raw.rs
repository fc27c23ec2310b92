//! A raw table: the cells of a file exactly as they stand, with the lines they stand on.
//!
//! In: bytes as published: UTF-8 or Windows-1252, with or without a byte order mark, lines ended by LF, CRLF or CR alone, cells quoted or not.
//! Out: a [`Raw`] table, with a note for each of these that is not plain; or a refusal with line and column. What always holds: line
//! ends of two kinds in one file, a row with too few or too many cells and a stray quote are refused; cells are not
//! trimmed, and [`Raw::to_text`] gives back the same cells.

use std::collections::HashMap;

use crate::{Mend, Progress, Refusal, Stage};

/// How a file's lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r` alone, as old Macintosh programs wrote it.
    Cr,
}

/// How a file's letters are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// Windows-1252, of which the letters of Latin-1 are a part.
    Windows1252,
}

/// A table of text cells.
#[derive(Clone, Debug)]
pub struct Raw {
    /// The file, as the user named it; within a zip, with its path there.
    pub file: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// What is odd about the file and was kept, in words.
    pub notes: Vec<String>,
    /// How its lines end.
    pub line_end: LineEnd,
    /// How its letters are encoded.
    pub encoding: Encoding,
    separator: u8,
    /// The whole text, and behind it what cells have that differ from it.
    text: String,
    cells: Vec<Span>,
    lines: Vec<u32>,
    /// Places of the columns, by name in lower case.
    index: HashMap<String, usize>,
}

/// A cell: where it begins in the text, and its length in bytes.
type Span = (u32, u32);

/// The letters of Windows-1252 that differ from Latin-1, from 0x80; five have none.
const WINDOWS: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

fn refusal(
    file: &str,
    line: usize,
    column: &str,
    cell: impl Into<String>,
    expected: impl Into<String>,
) -> Box<Refusal> {
    Box::new(Refusal {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        cell: cell.into(),
        expected: expected.into(),
    })
}

/// The text of a file, what it is encoded in, and whether a mark came before it.
fn decode(file: &str, bytes: &[u8]) -> Result<(String, Encoding, bool), Box<Refusal>> {
    let (rest, mark) = bytes.strip_prefix(b"\xef\xbb\xbf").map_or((bytes, false), |rest| (rest, true));
    if rest.starts_with(b"\xff\xfe") || rest.starts_with(b"\xfe\xff") {
        return Err(refusal(file, 1, "", "UTF-16", "UTF-8 or Windows-1252"));
    }
    match std::str::from_utf8(rest) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8, mark)),
        Err(e) => {
            let line = rest[..e.valid_up_to()].iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
            let mut text = String::with_capacity(rest.len() + 64);
            for b in rest {
                let letter = match b {
                    0x80..=0x9f => WINDOWS[usize::from(b - 0x80)].filter(|_| !mark).ok_or_else(|| {
                        refusal(file, line, "", format!("byte {b:#04x}"), "UTF-8 or Windows-1252")
                    })?,
                    b => char::from(*b),
                };
                text.push(letter);
            }
            Ok((text, Encoding::Windows1252, mark))
        }
    }
}

/// The header of a file, if it has a first line that can be read.
pub(crate) fn header_of(file: &str, bytes: &[u8], separator: u8) -> Option<Vec<String>> {
    let end = bytes.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len());
    let raw = Raw::parse(file, &bytes[..end], separator).ok()?;
    Some(raw.header)
}

impl Raw {
    /// Reads a table.
    ///
    /// # Errors
    /// What stands in the way, by line and column.
    pub fn parse(file: &str, bytes: &[u8], separator: u8) -> Result<Raw, Box<Refusal>> {
        Raw::watched(file, bytes, separator, Progress::default())
    }

    /// Reads a table and says how far it is.
    pub(crate) fn watched(
        file: &str,
        bytes: &[u8],
        separator: u8,
        progress: Progress<'_>,
    ) -> Result<Raw, Box<Refusal>> {
        let (text, encoding, mark) = decode(file, bytes)?;
        if u32::try_from(text.len()).is_err() {
            return Err(refusal(file, 1, "", format!("{} bytes", text.len()), "less than 4 GiB"));
        }
        let mut reader =
            Reader { file, text: &text, more: String::new(), at: 0, line: 1, end: None, separator };
        let mut first = Vec::new();
        if !reader.row(&mut first)? {
            return Err(refusal(file, 1, "", "", "a header line"));
        }
        let header: Vec<String> = first.iter().map(|span| reader.cell(*span).to_owned()).collect();
        let mut index = HashMap::new();
        for (i, name) in header.iter().enumerate() {
            if index.insert(name.to_lowercase(), i).is_some() {
                return Err(refusal(file, 1, name, name.as_str(), "each column once"));
            }
        }
        let (mut cells, mut lines) = (Vec::new(), Vec::new());
        loop {
            let (line, before) = (reader.line, cells.len());
            if !reader.row(&mut cells)? {
                break;
            }
            let found = cells.len() - before;
            if found != header.len() {
                let last = cells.last().map_or(String::new(), |span| reader.cell(*span).to_owned());
                let column = header.get(found.saturating_sub(1)).cloned().unwrap_or_default();
                let hint = if reader.at == text.len() { " (is the file cut off?)" } else { "" };
                let expected = format!("{} cells in the row, not {found}{hint}", header.len());
                return Err(refusal(file, line, &column, last, expected));
            }
            lines.push(line as u32);
            if lines.len().is_multiple_of(1 << 14) {
                progress.tell(Stage::Reading, reader.at, text.len());
            }
        }
        let mut notes = Vec::new();
        if mark {
            notes.push(format!("{file}:1: begins with a byte order mark, left out"));
        }
        if encoding == Encoding::Windows1252 {
            notes.push(format!("{file}: is not UTF-8; read as Windows-1252"));
        }
        let line_end = reader.end.unwrap_or(LineEnd::Lf);
        match line_end {
            LineEnd::Lf => {}
            LineEnd::CrLf => notes.push(format!("{file}:1: lines end with CR LF")),
            LineEnd::Cr => notes.push(format!("{file}:1: lines end with CR alone")),
        }
        if !lines.is_empty() && !text.ends_with(['\n', '\r']) {
            let last = cells.last().map_or("", |span| reader.cell(*span));
            let line = reader.line;
            notes.push(format!("{file}:{line}: no line end after the last cell, `{last}`; if the file was cut off, it was cut there"));
        }
        let more = reader.more;
        let text = text + &more;
        Ok(Raw {
            file: file.to_owned(),
            header,
            notes,
            line_end,
            encoding,
            separator,
            text,
            cells,
            lines,
            index,
        })
    }

    /// How many rows, the header not counted.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The line a row begins on.
    pub fn line(&self, row: usize) -> usize {
        self.lines[row] as usize
    }

    /// The place of a column, if there is one of that name, in whatever case.
    pub fn column(&self, name: &str) -> Option<usize> {
        match name.bytes().any(|b| b.is_ascii_uppercase()) {
            true => self.index.get(&name.to_lowercase()).copied(),
            false => self.index.get(name).copied(),
        }
    }

    /// A cell by row and place of the column.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.of(self.cells[row * self.header.len() + column])
    }

    fn of(&self, (start, length): Span) -> &str {
        &self.text[start as usize..(start + length) as usize]
    }

    /// A cell by row and name; empty if there is no such column.
    pub fn get(&self, row: usize, column: &str) -> &str {
        self.column(column).map_or("", |c| self.cell(row, c))
    }

    /// Says what is wrong with a cell.
    pub(crate) fn refuse(&self, row: usize, column: &str, expected: impl Into<String>) -> Box<Refusal> {
        refusal(&self.file, self.line(row), column, self.get(row, column), expected)
    }

    /// Puts in the user's own corrections.
    pub(crate) fn mend(&mut self, mends: &[Mend]) -> Result<(), Box<Refusal>> {
        for m in mends {
            let row = self.lines.iter().position(|l| *l as usize == m.line);
            let (Some(row), Some(column)) = (row, self.column(&m.column)) else {
                let expected = "a line and a column of the file, to be mended";
                return Err(refusal(&self.file, m.line, &m.column, m.value.as_str(), expected));
            };
            let at = row * self.header.len() + column;
            self.cells[at] = (self.text.len() as u32, m.value.len() as u32);
            self.text.push_str(&m.value);
        }
        Ok(())
    }

    /// The table as text: the same cells, quoted only where they must be, lines ended by LF.
    pub fn to_text(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let separator = char::from(self.separator);
        let width = self.header.len().max(1);
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        let rows = self.cells.chunks(width).map(|row| row.iter().map(|span| self.of(*span)).collect());
        for row in std::iter::once(header).chain(rows) {
            for (i, cell) in row.into_iter().enumerate() {
                if i > 0 {
                    out.push(separator);
                }
                if cell.contains([separator, '"', '\n', '\r']) {
                    out.push('"');
                    out.push_str(&cell.replace('"', "\"\""));
                    out.push('"');
                } else {
                    out.push_str(cell);
                }
            }
            out.push('\n');
        }
        out
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// What cells have that does not stand in the text so: quotes that were doubled.
    more: String,
    at: usize,
    line: usize,
    end: Option<LineEnd>,
    separator: u8,
}

impl Reader<'_> {
    fn cell(&self, (start, length): Span) -> &str {
        let (from, to) = (start as usize, (start + length) as usize);
        match from.checked_sub(self.text.len()) {
            Some(behind) => &self.more[behind..behind + length as usize],
            None => &self.text[from..to],
        }
    }

    /// Reads one row onto `out`; `false` at the end of the text.
    fn row(&mut self, out: &mut Vec<Span>) -> Result<bool, Box<Refusal>> {
        if self.at >= self.text.len() {
            return Ok(false);
        }
        let bytes = self.text.as_bytes();
        loop {
            if bytes.get(self.at) == Some(&b'"') {
                out.push(self.quoted()?);
            } else {
                let rest = &bytes[self.at..];
                let length = rest
                    .iter()
                    .position(|b| *b == self.separator || matches!(b, b'\n' | b'\r'))
                    .unwrap_or(rest.len());
                out.push((self.at as u32, length as u32));
                self.at += length;
            }
            match bytes.get(self.at) {
                Some(b) if *b == self.separator => self.at += 1,
                None => return Ok(true),
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => return self.ended(LineEnd::CrLf, 2),
                Some(b'\r') => return self.ended(LineEnd::Cr, 1),
                Some(b'\n') => return self.ended(LineEnd::Lf, 1),
                Some(_) => {
                    let cell = out.last().map_or("", |span| self.cell(*span));
                    let expected = "nothing between a closing quote and the next cell";
                    return Err(refusal(self.file, self.line, "", cell, expected));
                }
            }
        }
    }

    fn ended(&mut self, how: LineEnd, length: usize) -> Result<bool, Box<Refusal>> {
        if *self.end.get_or_insert(how) != how {
            let expected =
                format!("line ends of one kind: {:?} above, {how:?} here", self.end.unwrap_or(how));
            return Err(refusal(self.file, self.line, "", "line end", expected));
        }
        self.at += length;
        self.line += 1;
        Ok(true)
    }

    fn quoted(&mut self) -> Result<Span, Box<Refusal>> {
        let start = self.line;
        self.at += 1;
        let begin = self.at;
        let mut doubled = false;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find('"') else {
                let shown: String = rest.chars().take(40).collect();
                return Err(refusal(self.file, start, "", shown, "a closing quote (is the file cut off?)"));
            };
            self.line += rest[..length].matches('\n').count();
            self.at += length + 1;
            if self.text.as_bytes().get(self.at) == Some(&b'"') {
                doubled = true;
                self.at += 1;
                continue;
            }
            let inner = &self.text[begin..self.at - 1];
            if !doubled {
                return Ok((begin as u32, inner.len() as u32));
            }
            let (at, plain) = (self.text.len() + self.more.len(), inner.replace("\"\"", "\""));
            self.more.push_str(&plain);
            return Ok((at as u32, plain.len() as u32));
        }
    }
}
