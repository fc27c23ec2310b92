//! PDF: the text of its pages, as far as it is written as text.
//!
//! In: the file's bytes. Out: its text, lines as they are set, a blank line between blocks and pages. What always holds: the work is bounded
//! by limits on objects, streams and text; a stream that unpacks to more than its limit is left out and named; encrypted files, scans and
//! filters we do not know give an error or a warning, never a guess.

mod fonts;
mod layout;
mod objects;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::{IntakeError, MOST_TEXT, Text};
use objects::{File, PAGES, find};

pub(super) fn text(bytes: &[u8]) -> Result<Text, IntakeError> {
    let mut file = File { bytes, objects: BTreeMap::new(), unpacked: 0, warnings: BTreeSet::new() };
    file.scan();
    if file.objects.is_empty() {
        return Err(IntakeError {
            code: "broken-document",
            message: "the PDF has no objects that can be read".to_owned(),
            help: "save it anew, or as text",
        });
    }
    if find(bytes, b"/Encrypt", 0).is_some() {
        return Err(IntakeError {
            code: "encrypted-document",
            message: "the PDF is encrypted".to_owned(),
            help: "save it without a password",
        });
    }
    file.open_packed();
    let pages = file.pages();
    let mut out = String::new();
    for page in pages.iter().take(PAGES) {
        file.page(page, &mut out);
        if out.len() > MOST_TEXT {
            return Err(super::too_much("the PDF"));
        }
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push_str("\n\n");
        }
    }
    let mut warnings: Vec<String> = file.warnings.into_iter().collect();
    if out.trim().is_empty() {
        warnings.push(format!(
            "the PDF has {} pages and no text that can be read; it may be a scan",
            pages.len()
        ));
    }
    Ok(Text { text: tidy(&out), original: None, warnings })
}

/// Hyphens at the ends of lines are undone, and blanks folded.
fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut lines = raw.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let next_small = lines.peek().is_some_and(|n| n.trim_start().starts_with(char::is_lowercase));
        match line.strip_suffix('-') {
            Some(stem) if next_small && stem.ends_with(char::is_lowercase) => out.push_str(stem),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::objects::STREAM;
    use super::*;

    /// A file with one page and this content.
    fn file(content: &[u8], filter: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 >>\nendobj\n".to_vec();
        out.extend_from_slice(
            format!("4 0 obj\n<< /Length {} {filter} >>\nstream\n", content.len()).as_bytes(),
        );
        out.extend_from_slice(content);
        out.extend_from_slice(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
        out
    }

    const PAGE: &[u8] = b"BT /F1 12 Tf 14 TL 72 700 Td (Peru and Chile) Tj T* (signed a pact.) Tj 0 -40 Td [(It to) -20 (ok) -300 (effect.)] TJ ET";

    #[test]
    fn words_and_lines() {
        let t = text(&file(PAGE, "")).expect("is a PDF");
        assert_eq!(t.text.trim(), "Peru and Chile\nsigned a pact.\n\nIt took effect.");
    }

    #[test]
    fn packed_streams() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(PAGE, 6);
        let t = text(&file(&packed, "/Filter /FlateDecode")).expect("is a PDF");
        assert!(t.text.contains("signed a pact."));
    }

    #[test]
    fn a_bomb_is_left_out_and_named() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; STREAM + 1000], 9);
        let t = text(&file(&bomb, "/Filter /FlateDecode")).expect("is a PDF");
        assert_eq!(t.text.trim(), "");
        assert!(t.warnings.iter().any(|w| w.contains("unpacks to more")), "{:?}", t.warnings);
    }

    #[test]
    fn broken_files_end() {
        let whole = file(PAGE, "");
        for cut in (0..whole.len()).step_by(7) {
            let _ = text(&whole[..cut]);
        }
        for junk in [
            &b"%PDF-"[..],
            b"%PDF-1.4 1 0 obj <<<<<<<<<<",
            b"%PDF-1.4 1 0 obj [[[[[[[[",
            b"%PDF 9999999999 0 obj ((",
        ] {
            let _ = text(junk);
        }
        let mut looped = b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [2 0 R 2 0 R] >> endobj".to_vec();
        looped.extend_from_slice(&b"[".repeat(5000));
        let _ = text(&looped);
    }

    #[test]
    fn an_encrypted_file_says_so() {
        let mut f = file(PAGE, "");
        f.extend_from_slice(b"trailer << /Encrypt 9 0 R >>");
        assert_eq!(text(&f).expect_err("is encrypted").code, "encrypted-document");
    }
}
