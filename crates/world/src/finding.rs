//! A finding: something about the user's text that is wrong, doubtful or could be better.
//!
//! In: what a check or the parser saw. Out: plain data a face renders. Code, severity, one sentence, the places in
//! the text, help. What always holds: byte ranges lie within the named file; codes are kebab-case and have a page.

use std::ops::Range;

/// How bad a finding is. Only `Error` makes a command exit with 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Severity {
    /// The row or file cannot be used as it stands.
    Error,
    /// It can be used, but an answer resting on it may be wrong.
    Warning,
    /// A habit worth keeping.
    Advice,
}

impl Severity {
    /// The word printed before the code.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// A place in a file and what is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The file, relative to its dossier, with `/` between parts.
    pub file: String,
    /// Bytes of the file's text.
    pub span: Range<usize>,
    /// What to say under the line; may be empty.
    pub text: String,
}

/// One finding, ready to be sorted and shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Kebab-case name of the fault (`unknown-reference`).
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower case, no full stop: what was found and what was expected.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// How to mend it, in the imperative.
    pub help: Option<String>,
}

impl Finding {
    /// A finding at one place.
    pub fn new(
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
        file: impl Into<String>,
        span: Range<usize>,
    ) -> Finding {
        let primary = Label { file: file.into(), span, text: String::new() };
        Finding { code, severity, message: message.into(), primary, related: Vec::new(), help: None }
    }

    /// Says what stands under the underlined text.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Finding {
        self.primary.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, file: impl Into<String>, span: Range<usize>, text: impl Into<String>) -> Finding {
        self.related.push(Label { file: file.into(), span, text: text.into() });
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Finding {
        self.help = Some(text.into());
        self
    }

    /// The order findings are shown in: by file, place, severity, code, message.
    pub fn sort_key(&self) -> (&str, usize, usize, Severity, &str, &str) {
        let p = &self.primary;
        (&p.file, p.span.start, p.span.end, self.severity, self.code, &self.message)
    }
}
