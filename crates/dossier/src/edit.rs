//! One layout for every dossier file.
//!
//! In: a file's text. Out: the same tables, fields, values and comments in the same order, laid out the one way: a blank
//! line before each header, parts of an instrument two spaces in, `field = value` with single spaces, at most one blank
//! line in a row. What always holds: laying out twice is laying out once; the text means the same before and after
//! and no comment is lost: where that could not be shown, the text is given back as it was.

use foedera_world::Finding;
use toml::de::{DeTable, DeValue};
use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::source::{File, line_end, string_end};
use crate::{SourceFile, tree};

/// Lays a file out, or says why it cannot be read.
#[allow(clippy::result_large_err, reason = "called once a file, and the finding is shown as it is")]
pub(crate) fn format(name: &str, text: &str) -> Result<String, Finding> {
    let file = SourceFile { name: name.to_owned(), text: text.as_bytes().to_vec() };
    let mut findings = Vec::new();
    let file = File::from_source(0, &file).map_err(|finding| *finding)?;
    tree::from_text(&file, &mut findings);
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    if let Some(first) = findings.into_iter().next() {
        return Err(first);
    }
    let Ok(mut document) = text.parse::<DocumentMut>() else { return Ok(text.to_owned()) };
    lay_out(document.as_table_mut(), 0);
    let end = format!("{}\n", document.trailing().as_str().unwrap_or_default());
    let trailing = block(Some(&end), "", After::Blank);
    document.set_trailing(trailing.trim_end());
    let mut out = document.to_string();
    let end = out.trim_end_matches(['\n', '\r', ' ', '\t']).len();
    // What a multi-line text ends with is inside its quotes, so the end of the file is only space.
    out.truncate(end);
    if !out.is_empty() {
        out.push('\n');
    }
    let start = out.len() - out.trim_start_matches('\n').len();
    out.drain(..start);
    Ok(if same_meaning(text, &out) && comments(text) == comments(&out) { out } else { text.to_owned() })
}

/// What stands before a block of comments.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// A header: no blank line.
    Header,
    /// A field: a blank line if there was one.
    Field,
    /// Another table: one blank line.
    Blank,
}

/// The comments and blank lines before something, indented; ends where that thing begins on its line.
fn block(written: Option<&str>, indent: &str, after: After) -> String {
    let written = written.unwrap_or_default();
    // The last piece is the indentation of the line itself.
    let mut lines: Vec<&str> = written.split('\n').map(str::trim).collect();
    lines.pop();
    let mut out = String::new();
    let mut blank = false;
    let mut begun = false;
    if after == After::Blank {
        out.push('\n');
    }
    for line in lines {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank && (begun || after == After::Field) {
            out.push('\n');
        }
        out.push_str(indent);
        out.push_str(line);
        out.push('\n');
        (blank, begun) = (false, true);
    }
    if blank && (begun || after == After::Field) {
        out.push('\n');
    }
    out
}

fn prefix(decor: &Decor) -> Option<&str> {
    decor.prefix().and_then(RawString::as_str)
}

/// A comment behind a value or header.
fn behind(decor: &Decor) -> String {
    let comment = decor.suffix().and_then(RawString::as_str).unwrap_or_default().trim();
    if comment.is_empty() { String::new() } else { format!(" {comment}") }
}

fn lay_out(table: &mut Table, depth: usize) {
    // Fields of a table stand as far in as its header.
    let indent = "  ".repeat(depth.saturating_sub(1));
    let mut after = if depth == 0 { After::Blank } else { After::Header };
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => {
                let before = block(prefix(key.leaf_decor()), &indent, after) + &indent;
                after = After::Field;
                // Takes quotes off a key that needs none; clears what stands around it.
                key.fmt();
                key.leaf_decor_mut().set_prefix(before);
                key.leaf_decor_mut().set_suffix(" ");
                let behind = behind(value.decor());
                lay_out_value(value);
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(behind);
            }
            Item::Table(inner) if inner.is_dotted() => {}
            Item::Table(inner) => {
                if !inner.is_implicit() {
                    header(inner, depth);
                }
                lay_out(inner, depth + 1);
            }
            Item::ArrayOfTables(rows) => {
                for row in rows.iter_mut() {
                    header(row, depth);
                    lay_out(row, depth + 1);
                }
            }
            Item::None => {}
        }
    }
}

fn header(table: &mut Table, depth: usize) {
    let indent = "  ".repeat(depth);
    let before = block(prefix(table.decor()), &indent, After::Blank) + &indent;
    let behind = behind(table.decor());
    table.decor_mut().set_prefix(before);
    table.decor_mut().set_suffix(behind);
}

/// Values on one line get single spaces; a list broken over lines stays as its author broke it.
fn lay_out_value(value: &mut Value) {
    match value {
        Value::Array(list) if !broken(&list.to_string()) => one_line_list(list),
        Value::InlineTable(table) if !broken(&table.to_string()) => one_line_table(table),
        _ => {}
    }
}

fn broken(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

fn one_line_list(list: &mut Array) {
    for (i, item) in list.iter_mut().enumerate() {
        lay_out_value(item);
        item.decor_mut().set_prefix(if i == 0 { "" } else { " " });
        item.decor_mut().set_suffix("");
    }
    list.set_trailing("");
    list.set_trailing_comma(false);
}

fn one_line_table(table: &mut InlineTable) {
    let last = table.len().saturating_sub(1);
    for (i, (mut key, item)) in table.iter_mut().enumerate() {
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        lay_out_value(item);
        item.decor_mut().set_prefix(" ");
        item.decor_mut().set_suffix(if i == last { " " } else { "" });
    }
    table.set_trailing("");
    table.set_trailing_comma(false);
}

fn same_meaning(before: &str, after: &str) -> bool {
    match (DeTable::parse(before), DeTable::parse(after)) {
        (Ok(a), Ok(b)) => same_table(a.get_ref(), b.get_ref()),
        _ => false,
    }
}

fn same_table(a: &DeTable<'_>, b: &DeTable<'_>) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b.iter())
            .all(|((k, v), (l, w))| k.get_ref() == l.get_ref() && same(v.get_ref(), w.get_ref()))
}

fn same(a: &DeValue<'_>, b: &DeValue<'_>) -> bool {
    match (a, b) {
        (DeValue::String(a), DeValue::String(b)) => a == b,
        (DeValue::Integer(a), DeValue::Integer(b)) => (a.radix(), a.as_str()) == (b.radix(), b.as_str()),
        (DeValue::Float(a), DeValue::Float(b)) => a.as_str() == b.as_str(),
        (DeValue::Boolean(a), DeValue::Boolean(b)) => a == b,
        (DeValue::Datetime(a), DeValue::Datetime(b)) => a == b,
        (DeValue::Array(a), DeValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(v, w)| same(v.get_ref(), w.get_ref()))
        }
        (DeValue::Table(a), DeValue::Table(b)) => same_table(a, b),
        _ => false,
    }
}

/// Every comment, in order.
fn comments(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let (mut i, mut out) = (0, Vec::new());
    while i < bytes.len() {
        match bytes[i] {
            b'#' => {
                let end = line_end(bytes, i);
                out.push(text[i..end].trim_end());
                i = end;
            }
            b'"' | b'\'' => i = string_end(bytes, i),
            _ => i += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(text: &str) -> String {
        format("a.toml", text).expect("the text is TOML")
    }

    #[test]
    fn one_layout() {
        let text = "# top\n\n\n[dossier]\nname     =   \"x\" # why\n\n\n\ntitle='y'\n[[instrument]]\n\nid=\"a\"\naka=[ \"b\",'c', ]\nterm={length=\"1 year\",  notice = \"1 day\"}\n# on the act\n[[instrument.action]]\nact=\"signed\"\n    # inner\n  on = \"1922\"\n[[instrument.action]]   # second\nact=\"ratified\"\n[[place]]\nat = [\n   1.0,\n   2.0, # here\n]\n# end";
        let expected = "# top\n\n[dossier]\nname = \"x\" # why\n\ntitle = 'y'\n\n[[instrument]]\nid = \"a\"\naka = [\"b\", 'c']\nterm = { length = \"1 year\", notice = \"1 day\" }\n\n  # on the act\n  [[instrument.action]]\n  act = \"signed\"\n  # inner\n  on = \"1922\"\n\n  [[instrument.action]] # second\n  act = \"ratified\"\n\n[[place]]\nat = [\n   1.0,\n   2.0, # here\n]\n\n# end\n";
        assert_eq!(laid_out(text), expected);
        assert_eq!(laid_out(expected), expected);
    }

    #[test]
    fn broken_text_is_a_finding() {
        assert_eq!(format("a.toml", "a = [").map_err(|f| f.code), Err("bad-syntax"));
        assert_eq!(
            format("a.toml", &format!("a = {}", "[".repeat(9_999))).map_err(|f| f.code),
            Err("too-deep")
        );
        assert_eq!(laid_out(""), "");
        assert_eq!(laid_out("\n\n# only\n"), "# only\n");
    }
}
