//! The files handed in, on a shelf: bounded, decoded, with their lines counted.
//!
//! In: names and bytes the caller read (this crate reads no disk). Out: a [`Shelf`] of texts safe to parse, and a
//! finding for each file that is not. What always holds: every limit has a name and is named in the finding; a file
//! over a limit never reaches a parser, so neither depth nor size can exhaust the stack or the clock.

use foedera_world::{Finding, Severity};

use crate::{SourceFile, Volume};

/// Largest file, in bytes.
pub(crate) const FILE_BYTES: usize = 4 * 1024 * 1024;
/// Largest sum of all files, in bytes.
pub(crate) const TOTAL_BYTES: usize = 64 * 1024 * 1024;
/// Most files.
pub(crate) const FILES: usize = 20_000;
/// Deepest nesting of arrays, tables and dotted keys.
pub(crate) const NESTING: usize = 64;
/// Most entries of arrays and tables in one file.
pub(crate) const ENTRIES: usize = 200_000;

/// One text that kept to the limits.
#[derive(Debug)]
pub(crate) struct File<'a> {
    /// As `dossier/path.toml`.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// Position of its dossier among the volumes.
    pub(crate) volume: u32,
    lines: Vec<u32>,
}

impl File<'_> {
    /// The 1-based line of a byte.
    pub(crate) fn line(&self, at: usize) -> u32 {
        self.lines.partition_point(|&start| start as usize <= at) as u32
    }
}

/// Every file that may be parsed, in order.
#[derive(Debug, Default)]
pub(crate) struct Shelf<'a> {
    /// The files.
    pub(crate) files: Vec<File<'a>>,
}

impl Shelf<'_> {
    /// How much there is to read.
    pub(crate) fn bytes(&self) -> usize {
        self.files.iter().map(|f| f.text.len()).sum()
    }
}

/// The files of all dossiers up to the limits on their number and sum, each with the position of its dossier.
pub(crate) fn within_sum<'a>(
    volumes: &'a [Volume],
    findings: &mut Vec<Finding>,
) -> Vec<(u32, &'a SourceFile)> {
    let mut taken = Vec::new();
    let mut total = 0usize;
    for (volume, v) in volumes.iter().enumerate() {
        for file in &v.files {
            total = total.saturating_add(file.text.len());
            if taken.len() >= FILES {
                findings.push(limit(
                    "too-many",
                    &file.name,
                    format!("more than {FILES} files"),
                    "split the dossier",
                ));
                return taken;
            }
            if total > TOTAL_BYTES {
                let found = format!("the dossiers hold more than {} MiB together", TOTAL_BYTES >> 20);
                findings.push(limit(
                    "too-large",
                    &file.name,
                    found,
                    "leave out what the question does not need",
                ));
                return taken;
            }
            taken.push((volume as u32, file));
        }
    }
    taken
}

impl<'a> File<'a> {
    /// Decodes a file, unless it is over a limit.
    pub(crate) fn from_source(volume: u32, file: &'a SourceFile) -> Result<File<'a>, Box<Finding>> {
        let text = admit(file)?;
        Ok(File { name: &file.name, text, volume, lines: line_starts(text) })
    }
}

/// The text of a file, if it keeps to every limit.
pub(crate) fn admit(file: &SourceFile) -> Result<&str, Box<Finding>> {
    let bytes = file.text.len();
    if bytes > FILE_BYTES {
        let found = format!("this file has {bytes} bytes; expected at most {FILE_BYTES} (4 MiB)");
        return Err(Box::new(limit("too-large", &file.name, found, "split it into several files")));
    }
    let text = std::str::from_utf8(&file.text).map_err(|e| {
        let at = e.valid_up_to();
        let byte = file.text.get(at).copied().unwrap_or(0);
        let message = format!("byte {byte:#04x} at offset {at} is not UTF-8 text");
        // The span ends where the readable text ends, so a face can show the text before it.
        let finding = Finding::new("not-utf8", Severity::Error, message, file.name.as_str(), at..at);
        Box::new(finding.help("save the file as UTF-8"))
    })?;
    measure(text).map_err(|(code, at, found, help)| {
        Box::new(Finding::new(code, Severity::Error, found, file.name.as_str(), at..at + 1).help(help))
    })?;
    Ok(text)
}

fn limit(code: &'static str, name: &str, found: String, help: &str) -> Finding {
    Finding::new(code, Severity::Error, found, name, 0..0).help(help)
}

fn line_starts(text: &str) -> Vec<u32> {
    let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1);
    std::iter::once(0).chain(breaks).collect()
}

type OverLimit = (&'static str, usize, String, &'static str);

/// Walks the text once, outside strings and comments, and counts nesting and entries. Needs no stack: the depth is a
/// number, and each open bracket remembers only how many dotted key parts stood before it.
fn measure(text: &str) -> Result<(), OverLimit> {
    let bytes = text.as_bytes();
    let (mut i, mut entries, mut dots, mut fresh_line) = (0usize, 0usize, 0usize, true);
    let mut open: Vec<usize> = Vec::new();
    let mut outer = 0usize;
    let mut header = false;
    while i < bytes.len() {
        let b = bytes[i];
        match b {
            b'a'..=b'z' => {
                fresh_line = false;
                i += 1;
                continue;
            }
            b'#' => {
                i = line_end(bytes, i);
                continue;
            }
            b'"' | b'\'' => {
                i = string_end(bytes, i);
                fresh_line = false;
                continue;
            }
            b'\n' => {
                if header {
                    // A header closes with its line, whatever its brackets say.
                    open.clear();
                    outer = 0;
                    header = false;
                }
                dots = 0;
                fresh_line = true;
            }
            b'[' | b'{' => {
                header |= b == b'[' && fresh_line && open.is_empty();
                open.push(dots);
                outer += dots;
                dots = 0;
                fresh_line = false;
            }
            b']' | b'}' => {
                outer -= open.pop().unwrap_or(0);
                dots = 0;
                fresh_line = false;
            }
            b',' => {
                entries += 1;
                dots = 0;
            }
            b'=' => {
                entries += 1;
                fresh_line = false;
            }
            b'.' => dots += 1,
            b' ' | b'\t' | b'\r' => {}
            _ => fresh_line = false,
        }
        if open.len() + outer + dots > NESTING {
            let found = format!("nesting deeper than {NESTING} levels of arrays, tables and dotted keys");
            return Err(("too-deep", i, found, "name the inner parts and refer to them by id"));
        }
        if entries > ENTRIES {
            let found = format!("more than {ENTRIES} entries of arrays and tables in one file");
            return Err(("too-many", i, found, "split it into several files"));
        }
        i += 1;
    }
    Ok(())
}

pub(crate) fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| from + n)
}

/// One past the string that begins here; an unclosed one-line string ends with its line.
pub(crate) fn string_end(bytes: &[u8], from: usize) -> usize {
    let quote = bytes[from];
    let long = bytes[from..].starts_with(&[quote; 3]);
    let escape = if quote == b'"' { b'\\' } else { quote };
    let line_end = if long { quote } else { b'\n' };
    let mut i = from + if long { 3 } else { 1 };
    while let Some(n) = bytes
        .get(i..)
        .and_then(|rest| rest.iter().position(|b| *b == quote || *b == escape || *b == line_end))
    {
        i += n;
        if bytes[i] == quote {
            if !long {
                return i + 1;
            }
            if bytes[i..].starts_with(&[quote; 3]) {
                // Up to two more quotes belong to the string.
                let more = bytes[i + 3..].iter().take(2).take_while(|b| **b == quote).count();
                return i + 3 + more;
            }
            i += 1;
        } else if bytes[i] == escape {
            i += if bytes.get(i + 1) == Some(&b'\n') && !long { 1 } else { 2 };
        } else {
            return i;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        measure(text).err().map(|e| e.0)
    }

    #[test]
    fn nesting_is_counted_outside_strings_and_comments() {
        assert_eq!(code(&format!("a = {}", "[".repeat(10_000))), Some("too-deep"));
        assert_eq!(code(&format!("a = {}", "{ a = ".repeat(10_000))), Some("too-deep"));
        assert_eq!(code(&format!("a{} = 1", ".a".repeat(100_000))), Some("too-deep"));
        assert_eq!(code(&format!("[a{}]", ".a".repeat(5_000))), Some("too-deep"));
        assert_eq!(code(&format!("a = \"{}\"", "[".repeat(10_000))), None);
        assert_eq!(code(&format!("# {}\na = '''{}'''", "[".repeat(500), "[\n".repeat(500))), None);
        assert_eq!(code(&"[[broken\n".repeat(1_000)), None);
        assert_eq!(code("a = [[1.5, 2.5], [3.5]]\nb = 1.0"), None);
    }

    #[test]
    fn entries_are_counted() {
        assert_eq!(code(&format!("a = [{}]", "1,".repeat(1_000_000))), Some("too-many"));
    }

    #[test]
    fn lines_are_one_based() {
        let file = File { name: "a.toml", text: "a\nb\n", volume: 0, lines: line_starts("a\nb\n") };
        assert_eq!([file.line(0), file.line(1), file.line(2), file.line(4)], [1, 1, 2, 3]);
    }
}
