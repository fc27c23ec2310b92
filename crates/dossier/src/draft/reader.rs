//! One file being read: what it may refer to, and what was noticed on the way.
//!
//! In: names and a file. Out: a [`Reading`] per file: findings, references that resolve to nothing, sources cited, rows
//! lost. What always holds: at most [`SHOWN`] findings of one file are kept, and the last one says so.

use std::collections::BTreeSet;
use std::ops::Range;

use foedera_world::record::{Key, Origin};
use foedera_world::{Finding, Severity};

use crate::grammar::Kind;
use crate::resolve::{Names, Unresolved, nearest};
use crate::source::File;

/// Most findings of one file.
const SHOWN: usize = 500;

/// A reference that resolves to nothing.
#[derive(Clone, Debug)]
pub(crate) struct Dangling {
    pub(crate) kind: Kind,
    pub(crate) written: String,
    pub(crate) why: Unresolved,
    pub(crate) file: u32,
    pub(crate) span: Range<usize>,
}

/// An area expression that covers nothing.
#[derive(Clone, Debug)]
pub(crate) struct EmptyArea {
    pub(crate) file: u32,
    pub(crate) span: Range<usize>,
    pub(crate) key: &'static str,
}

/// What reading one file left behind beside its rows.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) findings: Vec<Finding>,
    pub(crate) dangling: Vec<Dangling>,
    pub(crate) empty_areas: Vec<EmptyArea>,
    /// Ids of sources that were cited.
    pub(crate) cited: BTreeSet<String>,
    /// Where the ids of rows stand that could not be read.
    pub(crate) lost: Vec<usize>,
}

/// A file being read.
pub(crate) struct Reader<'a> {
    pub(crate) names: &'a Names<'a>,
    pub(crate) file: &'a File<'a>,
    pub(crate) number: u32,
    pub(crate) left: Reading,
}

impl Reader<'_> {
    /// Notes an error in the text.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        message: String,
        span: Range<usize>,
        help: impl Into<String>,
    ) {
        let help = help.into();
        self.report(code, message, span, |f| if help.is_empty() { f } else { f.help(help) });
    }

    /// Notes an error, with more to say about it.
    pub(crate) fn report(
        &mut self,
        code: &'static str,
        message: String,
        span: Range<usize>,
        more: impl FnOnce(Finding) -> Finding,
    ) {
        match self.left.findings.len() {
            n if n < SHOWN => {
                self.left.findings.push(more(Finding::new(
                    code,
                    Severity::Error,
                    message,
                    self.file.name,
                    span,
                )));
            }
            SHOWN => {
                let message = format!("more than {SHOWN} findings in this file; the rest is not shown");
                self.left.findings.push(Finding::new(
                    "too-many",
                    Severity::Error,
                    message,
                    self.file.name,
                    span,
                ));
            }
            _ => {}
        }
    }

    /// The id a written name stands for; if none, it is noted as dangling.
    pub(crate) fn key(&mut self, kind: Kind, written: &str, span: Range<usize>) -> Option<Key> {
        match self.names.resolve(kind, written) {
            Ok(id) => Some(id.to_owned()),
            Err(why) => {
                if self.left.dangling.len() < SHOWN {
                    let written = written.to_owned();
                    self.left.dangling.push(Dangling { kind, written, why, file: self.number, span });
                }
                None
            }
        }
    }

    /// A row's place, for proofs.
    pub(crate) fn origin(&self, at: usize) -> Origin {
        Origin { file: self.file.name.to_owned(), line: self.file.line(at) }
    }

    /// The bytes of a part of a text value: exact if the value has no escapes, else the whole value.
    pub(crate) fn part(&self, value: &str, span: &Range<usize>, at: usize, len: usize) -> Range<usize> {
        let raw = self.file.text.get(span.clone()).unwrap_or_default();
        if raw.len() == value.len() + 2 && raw.get(1..=value.len()) == Some(value) && at <= value.len() {
            let start = span.start + 1 + at;
            start..start + len.min(value.len() - at)
        } else {
            span.clone()
        }
    }

    /// A word outside its closed vocabulary.
    pub(crate) fn unknown_word(
        &mut self,
        field: &str,
        found: &str,
        words: &[&'static str],
        span: Range<usize>,
    ) {
        let message = format!("`{}` is not a word `{field}` knows; expected {}", clip(found), list(words));
        self.report("unknown-word", message, span, |f| match nearest(found, words.iter().copied()) {
            Some(word) => f.help(format!("did you mean `{word}`?")),
            None => f.help("use one of the words listed; docs/language.md says what each means"),
        });
    }
}

/// A written value short enough for a message.
pub(crate) fn clip(text: &str) -> String {
    if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text.to_owned() }
}

/// Words as a list: "`a`, `b` or `c`".
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
