//! A file as a tree of tables, every key and value with its place in the text.
//!
//! In: a text from the shelf. Out: a [`Tree`]; whether the syntax was whole; findings for where it was not. What
//! always holds: there is a tree even for broken text, but only the ids of a broken tree are used (so that the rest of
//! the dossier does not drown in references to it).

mod from_text;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use from_text::from_text;

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// Position of the file on the shelf, given when it gets its place there.
    pub(crate) file: u32,
    /// Its tables.
    pub(crate) root: DeTable<'a>,
    /// Whether the syntax was whole.
    pub(crate) whole: bool,
}

impl Tree<'_> {
    /// The rows of a top-level array of tables, or the one table of that name.
    pub(crate) fn rows(&self, name: &str) -> &[Spanned<DeValue<'_>>] {
        match self.root.get(name) {
            None => &[],
            Some(value) => match value.get_ref() {
                DeValue::Array(rows) => rows,
                _ => std::slice::from_ref(value),
            },
        }
    }
}

/// The string of a field, and where it stands.
pub(crate) fn text_of<'t>(value: &'t Spanned<DeValue<'_>>, field: &str) -> Option<(&'t str, Range<usize>)> {
    let value = value.get_ref().as_table()?.get(field)?;
    Some((value.get_ref().as_str()?, value.span()))
}

/// What a value is, for messages.
pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "an unquoted date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
