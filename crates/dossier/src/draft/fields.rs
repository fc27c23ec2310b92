//! A table being read field by field, each field by its shape.
//!
//! In: a tree's table and its place in the grammar. Out: values; findings for what has another shape. What always
//! holds: reading a field that the grammar does not list is a bug and stops the tests; a table that had any error is
//! `broken`, and [`Fields::placed`] then gives no row.

use std::ops::Range;

use foedera_world::record::*;
use foedera_world::time::{Edtf, Shape as DateShape, Span};
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, clip};
use super::{Marks, Placed};
use crate::grammar::{Kind, RECORDED, Shape, Table};
use crate::resolve::nearest;
use crate::tree::kind_of;

/// A table being read.
pub(crate) struct Fields<'t> {
    pub(crate) def: &'static Table,
    /// The fields that were written.
    written: Vec<(&'static str, &'t Spanned<DeValue<'t>>)>,
    pub(crate) marks: Marks,
    pub(crate) broken: bool,
}

/// Whether a list may lose references that resolve to nothing and still mean the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// What is left is still true: parties, wider places, things a claim is about.
    Bearable,
    /// What is left would say something else: exceptions, sides, adversaries.
    Fatal,
}

impl<'t> Fields<'t> {
    /// Opens a table: reports fields it does not have and fields it needs. With `continues`, the row adds to one of the
    /// same id in an earlier dossier and may leave out everything but its id.
    pub(crate) fn open(
        r: &mut Reader<'_>,
        def: &'static Table,
        value: &'t Spanned<DeValue<'t>>,
        continues: bool,
    ) -> Option<Fields<'t>> {
        let at = value.span();
        let Some(table) = value.get_ref().as_table() else {
            let found = kind_of(value.get_ref());
            r.error("wrong-type", format!("`{}` is {found}; expected a table", def.name), at, "");
            return None;
        };
        let marks = Marks { file: r.number, at: at.clone(), ..Marks::default() };
        let mut fields = Fields { def, written: Vec::with_capacity(table.len()), marks, broken: false };
        for (key, value) in table.iter() {
            match def.field(key.get_ref()) {
                Some(field) => fields.written.push((field.name, value)),
                None => {
                    fields.broken = true;
                    unknown_field(r, def, key.get_ref(), key.span());
                }
            }
        }
        fields.marks.fields.reserve_exact(fields.written.len());
        for field in def.fields.iter().filter(|f| f.required && !(continues && f.name != "id")) {
            if fields.value(field.name).is_none() {
                fields.broken = true;
                let message = format!("this {} has no `{}`", def.name, field.name);
                r.error("missing-field", message, at.clone(), format!("add `{}`: {}", field.name, field.doc));
            }
        }
        Some(fields)
    }

    /// The written value of a field, marked.
    pub(crate) fn get(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        debug_assert!(self.def.field(name).is_some(), "`{}` has no field `{name}`", self.def.name);
        let value = self.value(name)?;
        self.marks.fields.push((name, value.span()));
        Some(value)
    }

    fn value(&self, name: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.written.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }

    /// Notes a value of another kind.
    pub(super) fn wrong(
        &mut self,
        r: &mut Reader<'_>,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
    ) {
        self.broken = true;
        let found = kind_of(value.get_ref());
        let help = match value.get_ref() {
            DeValue::Datetime(_) => {
                format!("put the date in quotes: `{name} = \"{}\"`", &r.file.text[value.span()])
            }
            DeValue::String(s) if expected.starts_with("a list") => {
                format!("put it in brackets: `[\"{}\"]`", clip(s))
            }
            DeValue::Integer(i) if expected.starts_with("a text") => {
                format!("put it in quotes: `\"{}\"`", i.as_str())
            }
            DeValue::Integer(i) if expected.starts_with("a date") => {
                format!("put the date in quotes: `\"{}\"`", i.as_str())
            }
            _ => String::new(),
        };
        r.error("wrong-type", format!("`{name}` is {found}; expected {expected}"), value.span(), help);
    }

    fn str(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        expected: &str,
    ) -> Option<(&'t str, Range<usize>)> {
        let value = self.get(name)?;
        match value.get_ref() {
            DeValue::String(s) => Some((s, value.span())),
            _ => {
                self.wrong(r, name, value, expected);
                None
            }
        }
    }

    fn list(&mut self, r: &mut Reader<'_>, name: &'static str, expected: &str) -> &'t [Spanned<DeValue<'t>>] {
        match self.get(name) {
            None => &[],
            Some(value) => match value.get_ref() {
                DeValue::Array(items) => items,
                _ => {
                    self.wrong(r, name, value, expected);
                    &[]
                }
            },
        }
    }

    fn strings(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        expected: &str,
    ) -> Vec<(&'t str, Range<usize>)> {
        let mut out = Vec::new();
        for item in self.list(r, name, expected) {
            match item.get_ref() {
                DeValue::String(s) => out.push((&**s, item.span())),
                _ => self.wrong(r, name, item, "a text"),
            }
        }
        out
    }

    /// A text.
    pub(crate) fn text(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<String> {
        let (text, span) = self.str(r, name, "a text in quotes")?;
        if text.trim().is_empty() && self.def.field(name).is_some_and(|f| f.required) {
            self.broken = true;
            r.error("missing-field", format!("`{name}` is empty"), span, "");
        }
        Some(text.to_owned())
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, r: &mut Reader<'_>, name: &'static str) -> Vec<String> {
        self.strings(r, name, "a list of texts").into_iter().map(|(s, _)| s.to_owned()).collect()
    }

    /// A truth value.
    pub(crate) fn flag(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<bool> {
        let value = self.get(name)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(r, name, value, "`true` or `false`");
        }
        flag
    }

    /// A whole number of at least one.
    pub(crate) fn count(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<u32> {
        let value = self.get(name)?;
        let count = match value.get_ref() {
            DeValue::Integer(i) => {
                u32::from_str_radix(i.as_str(), i.radix()).ok().filter(|n| (1..=10_000).contains(n))
            }
            _ => None,
        };
        if count.is_none() {
            self.wrong(r, name, value, "a whole number from 1 to 10000");
        }
        count
    }

    /// A text, number or truth value as written.
    pub(crate) fn scalar(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<String> {
        let value = self.get(name)?;
        match value.get_ref() {
            DeValue::String(s) => Some(s.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
                Some(r.file.text[value.span()].to_owned())
            }
            _ => {
                self.wrong(r, name, value, "a text or a number");
                None
            }
        }
    }

    /// A word of a closed vocabulary.
    pub(crate) fn word<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (found, span) = self.str(r, name, "a word in quotes")?;
        let term = parse(found);
        if term.is_none() {
            self.broken = true;
            r.unknown_word(name, found, self.words_of(name), span);
        }
        term
    }

    /// A list of words of a closed vocabulary.
    pub(crate) fn words<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut out = Vec::new();
        for (found, span) in self.strings(r, name, "a list of words") {
            match parse(found) {
                Some(term) => out.push(term),
                None => {
                    self.broken = true;
                    r.unknown_word(name, found, self.words_of(name), span);
                }
            }
        }
        out
    }

    fn words_of(&self, name: &str) -> &'static [&'static str] {
        match self.def.field(name).map(|f| f.shape) {
            Some(Shape::Word(words) | Shape::Words(words) | Shape::Side(words)) => words,
            _ => &[],
        }
    }

    /// An EDTF date or extent, as written.
    pub(crate) fn extent_text(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<Edtf> {
        let (text, span) = self.str(r, name, "a date in quotes")?;
        self.edtf(r, text, span)
    }

    /// An EDTF date: one day, however vaguely known.
    pub(crate) fn date(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<Edtf> {
        let (text, span) = self.str(r, name, "a date in quotes")?;
        self.day(r, name, text, span)
    }

    pub(crate) fn day(
        &mut self,
        r: &mut Reader<'_>,
        name: &str,
        text: &str,
        span: Range<usize>,
    ) -> Option<Edtf> {
        let edtf = self.edtf(r, text, span.clone())?;
        let bounded =
            edtf.shape() == DateShape::Throughout && !edtf.has_open_end() && !edtf.has_unknown_end();
        if bounded && !text.starts_with('/') && !text.starts_with("..") {
            self.broken = true;
            let message = format!("`{text}` is an extent; expected the one day `{name}` fell on");
            let window = text.split_once('/').map(|(a, b)| format!("[{a}..{b}]")).unwrap_or_default();
            r.error("bad-date", message, span, format!("write `{window}` for one day within"));
            return None;
        }
        Some(edtf)
    }

    fn edtf(&mut self, r: &mut Reader<'_>, text: &str, span: Range<usize>) -> Option<Edtf> {
        match Edtf::parse(text) {
            Ok(edtf) => Some(edtf),
            Err(e) => {
                self.broken = true;
                let part = r.part(text, &span, e.at, e.len);
                r.error("bad-date", e.to_string(), part, e.help());
                None
            }
        }
    }

    /// A length of time.
    pub(crate) fn length(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<Span> {
        let (text, span) = self.str(r, name, "a length of time in quotes")?;
        match text.parse::<Span>() {
            Ok(length) => Some(length),
            Err(e) => {
                self.broken = true;
                r.error("bad-date", e.to_string(), span, "write `1 year`, `6 months`, `30 days`");
                None
            }
        }
    }

    /// `from`, `to` and `end-cite`. An open `..` is the same as leaving it out.
    pub(crate) fn extent(&mut self, r: &mut Reader<'_>) -> Extent {
        let written = |e: Option<Edtf>| e.filter(|e| e.text() != "..");
        let from = self.date(r, "from");
        let to = self.date(r, "to");
        Extent { from: written(from), to: written(to), end_cite: self.cites(r, "end-cite") }
    }

    /// The id of something.
    pub(crate) fn key(&mut self, r: &mut Reader<'_>, name: &'static str, kind: Kind) -> Option<Key> {
        let (text, span) = self.str(r, name, "an id in quotes")?;
        let key = r.key(kind, text, span);
        self.broken |= key.is_none();
        key
    }

    /// A list of ids; with one id alone allowed if the grammar says so.
    pub(crate) fn keys(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        kind: Kind,
        loss: Loss,
    ) -> Vec<Key> {
        let one = || matches!(self.def.field(name).map(|f| f.shape), Some(Shape::RefOrRefs(_)));
        let written = match self.value(name).map(|v| (v.get_ref(), v.span())) {
            None => return Vec::new(),
            Some((DeValue::String(s), span)) if one() => {
                self.marks.fields.push((name, span.clone()));
                vec![(&**s, span)]
            }
            _ => self.strings(r, name, "a list of ids"),
        };
        let all = written.len();
        let keys: Vec<Key> = written.into_iter().filter_map(|(text, span)| r.key(kind, text, span)).collect();
        self.broken |= keys.len() < all && (loss == Loss::Fatal || keys.is_empty());
        keys
    }

    /// One of some words, or a list of actors.
    pub(crate) fn side(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
    ) -> Option<Result<&'static str, Vec<Key>>> {
        let words = self.words_of(name);
        match self.value(name).map(|v| (v.get_ref(), v.span())) {
            Some((DeValue::String(s), span)) => {
                self.marks.fields.push((name, span.clone()));
                let word = words.iter().find(|w| **w == s.as_ref());
                if word.is_none() {
                    self.broken = true;
                    match r.names.resolve(Kind::Actor, s) {
                        Ok(id) => {
                            let message = format!(
                                "`{name}` is a text; expected {} or a list of actors",
                                super::reader::list(words)
                            );
                            r.error("wrong-type", message, span, format!("put it in brackets: `[\"{id}\"]`"));
                        }
                        Err(_) => r.unknown_word(name, s, words, span),
                    }
                }
                word.map(|w| Ok(*w))
            }
            Some(_) => Some(Err(self.keys(r, name, Kind::Actor, Loss::Fatal))),
            None => None,
        }
    }

    /// Citations.
    pub(crate) fn cites(&mut self, r: &mut Reader<'_>, name: &'static str) -> Vec<Cite> {
        if self.value(name).is_none() {
            return Vec::new();
        }
        let written = self.strings(r, name, "a list of citations");
        let all = written.len();
        let mut cites = Vec::with_capacity(all);
        for (text, span) in written {
            let (id, locator) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
            if id.is_empty() || id.ends_with([',', ':', ';']) {
                self.broken = true;
                let message = format!("`{}` is not a citation; expected `SOURCE-ID LOCATOR`", clip(text));
                r.error(
                    "bad-citation",
                    message,
                    span,
                    "write the source's id, a space, then the place in it",
                );
                continue;
            }
            let part = r.part(text, &span, 0, id.len());
            if let Some(source) = r.key(Kind::Source, id, part) {
                if !r.left.cited.contains(&source) {
                    r.left.cited.insert(source.clone());
                }
                cites.push(Cite { source, locator: locator.trim().to_owned() });
            }
        }
        // A row all of whose citations resolve to nothing would count as uncited, which is always known.
        self.broken |= all > 0 && cites.is_empty();
        cites
    }

    /// A table within.
    pub(crate) fn one(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        def: &'static Table,
    ) -> Option<Fields<'t>> {
        let value = self.get(name)?;
        if value.get_ref().as_table().is_none() {
            self.wrong(r, name, value, "a table");
            return None;
        }
        let fields = Fields::open(r, def, value, false);
        self.broken |= fields.as_ref().is_none_or(|f| f.broken);
        fields
    }

    /// The rows of a list of tables, each read on its own.
    pub(crate) fn many<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        def: &'static Table,
        mut read: impl FnMut(&mut Reader<'_>, Fields<'t>) -> Option<Placed<T>>,
    ) -> Vec<T> {
        let items = self.list(r, name, "a list of tables");
        if items.is_empty() {
            return Vec::new();
        }
        let mut rows = Vec::with_capacity(items.len());
        let mut marks = Vec::with_capacity(items.len());
        for item in items {
            if let Some(placed) = Fields::open(r, def, item, false).and_then(|f| read(r, f)) {
                rows.push(placed.row);
                marks.push(placed.marks);
            }
        }
        self.marks.parts.push((name, marks));
        rows
    }

    /// What every row has.
    pub(crate) fn row(&mut self, r: &mut Reader<'_>) -> Row {
        let own_supersedes = self.def.fields.iter().any(|f| f.name == "supersedes");
        Row {
            origin: r.origin(self.marks.at.start),
            cite: if self.def.field("cite").is_some() { self.cites(r, "cite") } else { Vec::new() },
            note: self.text(r, "note"),
            recorded: self.recorded(r, "recorded"),
            withdrawn: self.recorded(r, "withdrawn"),
            supersedes: if own_supersedes {
                Vec::new()
            } else {
                self.keys(r, "supersedes", Kind::Thing, Loss::Bearable)
            },
        }
    }

    fn recorded(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<Recorded> {
        let mut fields = self.one(r, name, &RECORDED)?;
        let recorded =
            Recorded { on: fields.date(r, "on"), by: fields.text(r, "by"), why: fields.text(r, "why") };
        self.broken |= fields.broken;
        Some(recorded)
    }

    /// The stable id this row declares.
    pub(crate) fn id(&mut self, r: &mut Reader<'_>, upper: Option<bool>) -> Option<Key> {
        let (id, span) = self.str(r, "id", "an id in quotes")?;
        if let Some(expected) = bad_id(id, upper) {
            self.broken = true;
            let message = format!("`{}` is not an id; expected {expected}", clip(id));
            r.error("bad-id", message, span, "put other spellings in `aka`");
        }
        Some(id.to_owned())
    }

    /// The row with its marks, unless something in it was wrong.
    pub(crate) fn placed<T>(self, row: Option<T>) -> Option<Placed<T>> {
        if self.broken { None } else { row.map(|row| Placed { row, marks: self.marks }) }
    }

    /// Whether a field was written as a list of texts.
    pub(crate) fn holds_texts(&self, name: &str) -> bool {
        let list = self.value(name).and_then(|v| v.get_ref().as_array());
        list.is_some_and(|items| items.iter().any(|i| i.get_ref().as_str().is_some()))
    }

    /// How many items a list has as written.
    pub(crate) fn written_items(&self, name: &str) -> usize {
        self.value(name).and_then(|v| v.get_ref().as_array()).map_or(0, |items| items.len())
    }

    /// The list of a field whose items have a shape of their own.
    pub(crate) fn items(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        expected: &str,
    ) -> &'t [Spanned<DeValue<'t>>] {
        self.list(r, name, expected)
    }

    /// The text of a field whose content has a shape of its own.
    pub(crate) fn raw(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<(&'t str, Range<usize>)> {
        self.str(r, name, "a text in quotes")
    }

    /// The texts of a field whose content has a shape of its own.
    pub(crate) fn raws(&mut self, r: &mut Reader<'_>, name: &'static str) -> Vec<(&'t str, Range<usize>)> {
        self.strings(r, name, "a list of texts")
    }
}

fn unknown_field(r: &mut Reader<'_>, def: &'static Table, found: &str, span: Range<usize>) {
    let message = format!("`{}` is not a field of `{}`", clip(found), def.name);
    r.report("unknown-field", message, span, |f| match nearest(found, def.all().map(|f| f.name)) {
        Some(name) => f.help(format!("did you mean `{name}`?")),
        None => {
            let known: Vec<&str> = def.all().map(|f| f.name).collect();
            f.help(format!("its fields are {}", super::reader::list(&known)))
        }
    });
}

/// What was expected of an id, if it is not that. `upper`: a state's; lower-case otherwise; `None`: either.
fn bad_id(id: &str, upper: Option<bool>) -> Option<&'static str> {
    let state = id.len() == 3 && id.bytes().all(|b| b.is_ascii_uppercase());
    let kebab = id.len() <= 100
        && id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    match upper {
        Some(true) if !state => Some("three upper-case letters for a state (`JPN`)"),
        Some(false) if !kebab => Some("lower-case words joined by dashes (`us-japan-security-1960`)"),
        None if !state && !kebab => {
            Some("lower-case words joined by dashes, or three upper-case letters for a state")
        }
        _ => None,
    }
}
