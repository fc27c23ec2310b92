//! Text to tree, with syntax errors in our own words.
//!
//! In: one file. Out: its tree and a `bad-syntax` finding for each place where it is not TOML. What always holds: spans
//! lie within the text; at most [`SHOWN`] errors of one file are shown, since one lost quote can make thousands.

use std::ops::Range;

use foedera_world::{Finding, Severity};
use toml::de::DeTable;

use super::Tree;
use crate::source::File;

/// Most syntax errors shown for one file.
const SHOWN: usize = 20;

/// Parses a file, recovering where it can.
pub(crate) fn from_text<'a>(file: &File<'a>, findings: &mut Vec<Finding>) -> Tree<'a> {
    let (root, errors) = DeTable::parse_recoverable(file.text);
    for error in errors.iter().take(SHOWN) {
        let span = within(file.text, error.span().unwrap_or(0..0));
        findings.push(in_our_words(file, error.message(), span));
    }
    if errors.len() > SHOWN {
        let message = format!("{} more syntax errors follow in this file", errors.len() - SHOWN);
        findings.push(Finding::new(
            "bad-syntax",
            Severity::Error,
            message,
            file.name,
            file.text.len()..file.text.len(),
        ));
    }
    Tree { file: 0, root: root.into_inner(), whole: errors.is_empty() }
}

/// The span, moved to lie in the text and on character borders.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = border(span.start);
    start..border(span.end).max(start)
}

fn in_our_words(file: &File<'_>, message: &str, span: Range<usize>) -> Finding {
    let found: String = file.text[span.clone()].chars().take(40).collect();
    let (words, help) = match message {
        m if m.starts_with("duplicate key") => (
            format!("`{found}` is written twice in the same table"),
            "keep one, or begin a new row with `[[…]]`",
        ),
        m if m.starts_with("invalid basic string") || m.starts_with("invalid literal string") => (
            "this text has no closing quote".to_owned(),
            "close it on the same line, or use `\"\"\"` for several lines",
        ),
        m if m.starts_with("string values must be quoted") => {
            (format!("`{found}` is not quoted"), "put texts and dates in quotes: `name = \"Japan\"`")
        }
        m if m.contains("missing value") || m.contains("string values must be quoted") => {
            ("a value is missing after `=`".to_owned(), "write a value, or delete the line")
        }
        m if m.starts_with("unclosed array") => ("this list is not closed".to_owned(), "close it with `]`"),
        m if m.starts_with("unclosed inline table") => {
            ("this inline table is not closed".to_owned(), "close it with `}`")
        }
        m if m.starts_with("unclosed table") || m.starts_with("unclosed array table") => {
            ("this header is not closed".to_owned(), "close it: `[dossier]`, `[[instrument]]`")
        }
        m if m.starts_with("cannot extend value") => {
            (format!("`{found}` is not a table that more can be added to"), "begin a row with `[[…]]` first")
        }
        m if m.contains("recurs") => {
            ("nested too deeply".to_owned(), "name the inner parts and refer to them by id")
        }
        m => (format!("not TOML: {}", lower(m)), "see the example of this table in docs/language.md"),
    };
    Finding::new("bad-syntax", Severity::Error, words, file.name, span)
        .label("nothing of this file is used until it is mended")
        .help(help)
}

fn lower(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
