//! Zip files: the one table an importer looks for, out of a zip, or out of a zip in a zip.
//!
//! In: a name, bytes, and a test for the table wanted. Out: its name within the archive and its bytes. What always holds: sizes and
//! depth are bounded; a checksum that does not fit is refused; nothing but the format's `stored` and `deflate` is read (PKWARE,
//! APPNOTE.TXT 6.3); if several tables fit, none is guessed.

use crate::Refusal;

/// The most bytes of one unpacked file.
const LARGEST: usize = 512 << 20;
/// How deep zips may lie in zips.
const DEEPEST: u32 = 3;

fn refuse(file: &str, cell: impl Into<String>, expected: &str) -> Box<Refusal> {
    Box::new(Refusal {
        file: file.to_owned(),
        line: 0,
        column: String::new(),
        cell: cell.into(),
        expected: expected.to_owned(),
    })
}

/// The table that fits, from the bytes themselves or from the zip they are.
///
/// # Errors
/// No table fits, more than one does, or the archive is broken.
pub fn unpack(
    name: &str,
    bytes: Vec<u8>,
    fits: &dyn Fn(&str, &[u8]) -> bool,
) -> Result<(String, Vec<u8>), Box<Refusal>> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    look(name, bytes, fits, 0, &mut seen, &mut found)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(refuse(
            name,
            seen.join(", "),
            "a table with the columns of this data set (none of these files has them)",
        )),
        _ => {
            let names: Vec<&str> = found.iter().map(|(n, _)| n.as_str()).collect();
            Err(refuse(
                name,
                names.join(", "),
                "one table of this data set (take the one you mean out of the zip)",
            ))
        }
    }
}

fn look(
    name: &str,
    bytes: Vec<u8>,
    fits: &dyn Fn(&str, &[u8]) -> bool,
    depth: u32,
    seen: &mut Vec<String>,
    found: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Box<Refusal>> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        seen.push(name.to_owned());
        if fits(name, &bytes) {
            found.push((name.to_owned(), bytes));
        }
        return Ok(());
    }
    if depth == DEEPEST {
        return Err(refuse(name, "zip", "zips at most three deep"));
    }
    for entry in entries(name, &bytes)? {
        // Folders, and the shadow files one operating system adds.
        if entry.name.ends_with('/')
            || entry.name.split('/').any(|part| part.starts_with("._") || part == "__MACOSX")
        {
            continue;
        }
        let inner = format!("{name}/{}", entry.name);
        let content = entry.content(&inner, &bytes)?;
        look(&inner, content, fits, depth + 1, seen, found)?;
    }
    Ok(())
}

/// An entry of a zip's central directory.
struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    at: usize,
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(field.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
}

fn entries(name: &str, bytes: &[u8]) -> Result<Vec<Entry>, Box<Refusal>> {
    let cut = || refuse(name, "zip", "a whole zip file (is it cut off?)");
    // The end record is 22 bytes and a comment of at most 65535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end =
        bytes[from..].windows(4).rposition(|w| w == b"PK\x05\x06").map(|at| from + at).ok_or_else(cut)?;
    let count = number(bytes, end + 10, 2).ok_or_else(cut)?;
    let mut at = number(bytes, end + 16, 4).ok_or_else(cut)?;
    let mut out = Vec::new();
    for _ in 0..count {
        let field = |offset: usize, length: usize| number(bytes, at + offset, length).ok_or_else(cut);
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(cut());
        }
        let (name_length, extra, comment) = (field(28, 2)?, field(30, 2)?, field(32, 2)?);
        let entry_name = bytes.get(at + 46..at + 46 + name_length).ok_or_else(cut)?;
        let entry = Entry {
            name: String::from_utf8_lossy(entry_name).into_owned(),
            method: field(10, 2)? as u16,
            crc: field(16, 4)? as u32,
            packed: field(20, 4)?,
            size: field(24, 4)?,
            at: field(42, 4)?,
        };
        if field(8, 2)? & 1 == 1 {
            return Err(refuse(name, entry.name, "a file that is not encrypted"));
        }
        out.push(entry);
        at += 46 + name_length + extra + comment;
    }
    Ok(out)
}

impl Entry {
    fn content(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Box<Refusal>> {
        let cut = || refuse(name, "zip entry", "whole contents (is the zip cut off?)");
        if self.size > LARGEST {
            return Err(refuse(name, self.size.to_string(), "at most 512 MiB"));
        }
        if bytes.get(self.at..self.at + 4) != Some(b"PK\x03\x04") {
            return Err(cut());
        }
        let name_length = number(bytes, self.at + 26, 2).ok_or_else(cut)?;
        let extra = number(bytes, self.at + 28, 2).ok_or_else(cut)?;
        let from = self.at + 30 + name_length + extra;
        let packed = bytes.get(from..from + self.packed).ok_or_else(cut)?;
        let content = match self.method {
            0 => packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, LARGEST).map_err(|_| cut())?,
            other => return Err(refuse(name, format!("method {other}"), "stored or deflated contents")),
        };
        if content.len() != self.size || crc32(&content) != self.crc {
            return Err(refuse(name, "zip entry", "contents that fit their checksum"));
        }
        Ok(content)
    }
}

/// CRC-32 as zip uses it (ISO 3309), a byte at a time from a table.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|i| {
        (0..8).fold(i as u32, |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    });
    !bytes.iter().fold(u32::MAX, |c, b| table[((c ^ u32::from(*b)) & 0xff) as usize] ^ (c >> 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
