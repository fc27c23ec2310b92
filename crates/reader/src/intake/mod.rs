//! Intake: from the bytes of a file to one text, with a map back to the bytes.
//!
//! In: bytes and the file's name. Out: [`Text`]. What always holds: text that is plain UTF-8 is taken as it is, so that a span is a place
//! in the file; where something was decoded or left out, an [`OffsetMap`] says where each piece stood; what cannot be text is refused with
//! the reason; nothing is read but the bytes given, and the work is bounded by their number.

mod html;
mod pdf;

/// A text and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where its pieces stood in the file, if the file is not the text itself.
    pub original: Option<OffsetMap>,
    /// What was skipped or decoded, and why.
    pub warnings: Vec<String>,
}

/// A file that gives no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeError {
    /// Kebab-case code.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// How to mend it.
    pub help: &'static str,
}

/// From places in a text to places in the file it was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// Text byte, file byte: from here on the two run side by side.
    marks: Vec<(usize, usize)>,
}

impl OffsetMap {
    /// Says that the text from here on stood there. Marks come in order.
    pub(crate) fn mark(&mut self, text: usize, file: usize) {
        match self.marks.last_mut() {
            Some(last) if last.0 == text => last.1 = file,
            Some(last) if file >= last.1 && file - last.1 == text - last.0 => {}
            _ => self.marks.push((text, file)),
        }
    }

    /// Where a byte of the text stood in the file.
    pub fn to_file(&self, text: usize) -> usize {
        let at = self.marks.partition_point(|(t, _)| *t <= text).saturating_sub(1);
        self.marks.get(at).map_or(text, |(t, f)| f + text.saturating_sub(*t))
    }

    /// Where a run of the text stood: from its first byte to after its last.
    pub fn span_to_file(&self, start: usize, end: usize) -> (usize, usize) {
        if end <= start {
            let at = self.to_file(start);
            return (at, at);
        }
        (self.to_file(start), self.to_file(end - 1) + 1)
    }
}

/// The most text one file may give, in bytes.
pub(crate) const MOST_TEXT: usize = 16 << 20;

/// Whether taking a file apart can go wrong in ways that only a process of its own survives.
pub fn needs_fence(bytes: &[u8]) -> bool {
    is_pdf(bytes)
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-")
}

/// Takes the text out of a file.
///
/// # Errors
/// A file that is no text, or gives more than the limit.
pub fn text_of(name: &str, bytes: &[u8]) -> Result<Text, IntakeError> {
    if is_pdf(bytes) {
        return pdf::text(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Err(IntakeError {
            code: "packed-document",
            message: format!("`{name}` is a packed file (docx, odt, zip); those are not read"),
            help: "save it as text, HTML or PDF",
        });
    }
    let decoded = decode(name, bytes)?;
    if decoded.text.len() > MOST_TEXT {
        return Err(too_much(name));
    }
    let lower = name.to_ascii_lowercase();
    let head: String = decoded.text.chars().take(2048).collect::<String>().to_ascii_lowercase();
    let by_name = lower.ends_with(".html") || lower.ends_with(".htm") || lower.ends_with(".xhtml");
    if by_name || head.trim_start().starts_with("<!doctype html") || head.contains("<html") {
        return Ok(html::text(&decoded));
    }
    Ok(decoded)
}

pub(crate) fn too_much(name: &str) -> IntakeError {
    IntakeError {
        code: "too-large",
        message: format!("`{name}` gives more than {MOST_TEXT} bytes of text, the limit"),
        help: "cut it into parts",
    }
}

/// Bytes to text. UTF-8 stays; a byte-order mark says UTF-16; bytes that are no UTF-8 are read as Windows-1252, one letter each.
fn decode(name: &str, bytes: &[u8]) -> Result<Text, IntakeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(utf16(rest, u16::from_be_bytes));
    }
    let control =
        bytes.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\n' | b'\r' | b'\t' | 0x0c | 0x1b)).count();
    if bytes.contains(&0) || control * 20 > bytes.len() {
        return Err(IntakeError {
            code: "not-text",
            message: format!("`{name}` is not text: it holds {control} control bytes among {}", bytes.len()),
            help: "text, Markdown, HTML and PDF are read",
        });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Text { text: text.to_owned(), original: None, warnings: Vec::new() });
    }
    let mut out = Text { original: Some(OffsetMap::default()), ..Text::default() };
    let map = out.original.get_or_insert_with(OffsetMap::default);
    let (mut at, mut odd, mut first) = (0, 0_usize, None);
    while at < bytes.len() {
        let (good, bad) = match std::str::from_utf8(&bytes[at..]) {
            Ok(s) => (s, 0),
            Err(e) => {
                let good = std::str::from_utf8(&bytes[at..at + e.valid_up_to()]).unwrap_or("");
                (good, e.error_len().unwrap_or(bytes.len() - at - e.valid_up_to()))
            }
        };
        map.mark(out.text.len(), at);
        out.text.push_str(good);
        at += good.len();
        for b in &bytes[at..at + bad] {
            map.mark(out.text.len(), at);
            out.text.push(windows_1252(*b));
            first.get_or_insert(at);
            odd += 1;
            at += 1;
        }
    }
    let first = first.unwrap_or(0);
    out.warnings.push(format!("{odd} bytes are not UTF-8 (the first at byte {first}); read as Windows-1252"));
    Ok(out)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Text {
    let mut out = Text::default();
    let mut map = OffsetMap::default();
    let units = bytes.chunks_exact(2).map(|c| unit([c[0], c[1]]));
    let mut at = 2;
    for c in char::decode_utf16(units) {
        map.mark(out.text.len(), at);
        let c = c.unwrap_or('\u{fffd}');
        out.text.push(c);
        at += 2 * c.len_utf16();
    }
    out.warnings.push("the file is UTF-16; its bytes are counted as they stand".to_owned());
    out.original = Some(map);
    out
}

fn windows_1252(b: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match b {
        0x80..=0x9f => HIGH[usize::from(b - 0x80)],
        _ => char::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_taken_as_it_is() {
        let t = text_of("a.txt", "Perú met Chile.".as_bytes()).expect("is text");
        assert_eq!((t.text.as_str(), t.original), ("Perú met Chile.", None));
    }

    #[test]
    fn odd_bytes_are_decoded_and_keep_their_places() {
        let bytes = b"Per\xfa met Chile.";
        let t = text_of("a.txt", bytes).expect("is text");
        assert_eq!(t.text, "Perú met Chile.");
        let chile = t.text.find("Chile").expect("is there");
        let (a, b) = t.original.expect("a map").span_to_file(chile, chile + 5);
        assert_eq!(&bytes[a..b], b"Chile");
        assert_eq!(t.warnings.len(), 1);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for (bytes, code) in [(&b"\x00\x01\x02"[..], "not-text"), (&b"PK\x03\x04rest"[..], "packed-document")]
        {
            assert_eq!(text_of("x", bytes).expect_err("is no text").code, code);
        }
        assert_eq!(text_of("x", b"").expect("empty is empty").text, "");
    }

    #[test]
    fn utf_16_says_so() {
        let t = text_of("x", b"\xff\xfeP\0e\0r\0u\0").expect("is text");
        assert_eq!(t.text, "Peru");
    }
}
