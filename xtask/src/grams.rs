//! Finds runs of words that one text shares with others.
//!
//! In: texts to guard, texts to look through. Out: for a text, its first run of [`RUN`] words that stands in a guarded
//! one. What always holds: only ASCII letters, digits and the apostrophe make a word; case and punctuation do not count.

use std::collections::HashMap;

/// How many words in a row make a copied sentence.
pub(crate) const RUN: usize = 9;

/// Every run of [`RUN`] words in some texts, and the text it stands in.
#[derive(Default)]
pub(crate) struct Runs(HashMap<String, String>);

impl Runs {
    /// Guards a text under a name.
    pub(crate) fn add(&mut self, name: &str, text: &str) {
        for run in words(text).windows(RUN) {
            self.0.entry(run.join(" ")).or_insert_with(|| name.into());
        }
    }

    /// Returns the first run that a text shares, and the name of the guarded text it stands in.
    pub(crate) fn first_in(&self, text: &str) -> Option<(String, &str)> {
        words(text).windows(RUN).find_map(|run| {
            let run = run.join(" ");
            self.0.get(&run).map(|name| (run, name.as_str()))
        })
    }
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '\'';
    lower.split(|c| !inside(c)).filter(|word| !word.is_empty()).map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUARDED: &str = "The quick brown fox jumps over the lazy dog, twice.";

    fn runs() -> Runs {
        let mut runs = Runs::default();
        runs.add("fox", GUARDED);
        runs
    }

    #[test]
    fn finds_a_run_whatever_its_case_and_line_breaks() {
        let runs = runs();
        let (run, name) =
            runs.first_in("so: QUICK brown\nfox; jumps over the lazy dog twice!").expect("nine words shared");
        assert_eq!((run.as_str(), name), ("quick brown fox jumps over the lazy dog twice", "fox"));
    }

    #[test]
    fn eight_words_are_no_run() {
        assert!(runs().first_in("brown fox jumps over the lazy dog twice").is_none());
        assert!(runs().first_in("the quick brown fox jumped over the lazy dog twice").is_none());
    }

    #[test]
    fn a_text_shorter_than_a_run_guards_nothing() {
        let mut runs = Runs::default();
        runs.add("short", "eight words are too few for a run");
        assert!(runs.first_in("eight words are too few for a run").is_none());
    }
}
