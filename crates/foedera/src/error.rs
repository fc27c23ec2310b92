//! A question that cannot be asked: what was found, what was expected, how to mend it.

/// Why a question could not be asked. Faces exit with 2.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskError {
    /// Kebab-case code (`unknown-name`, `bad-date`).
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl AskError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> AskError {
        AskError { code, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> AskError {
        self.help = Some(text.into());
        self
    }
}

impl std::fmt::Display for AskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AskError {}
