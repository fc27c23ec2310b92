//! Phrases: names and terms of several words, found by their folded words.
//!
//! In: names with what they stand for. Out: the longest that begins at a token. What always holds: a name of capitals only (`US`, `WHO`) is found only where the
//! text has capitals too.

use std::collections::HashMap;

use crate::tokens::{Kind, Token, tokenize};

#[derive(Clone, Debug)]
struct Phrase {
    rest: Vec<String>,
    entity: u32,
    /// The text must have it in capitals.
    capitals: bool,
    /// The text must have its first letter as a capital.
    capital: bool,
}

/// Phrases looked up by their words, the longest first. Hyphens between words do not matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    by_first: HashMap<String, Vec<Phrase>>,
}

impl Phrases {
    pub(crate) fn add(&mut self, name: &str, entity: u32, any_case: bool) {
        let mut tokens = Vec::new();
        tokenize(name, 0, name.len(), &mut tokens);
        let capitals = !any_case && tokens.len() == 1 && tokens[0].upper && tokens[0].norm.len() <= 5;
        let capital = !any_case && tokens.first().is_some_and(|t| t.cap);
        let words = tokens.into_iter().filter(|t| t.kind != Kind::Hyphen).map(|t| t.norm);
        self.add_words(words.collect(), entity, capitals, capital);
    }

    pub(crate) fn add_words(&mut self, mut words: Vec<String>, entity: u32, capitals: bool, capital: bool) {
        if words.is_empty() {
            return;
        }
        let first = words.remove(0);
        let list = self.by_first.entry(first).or_default();
        if list.iter().any(|p| p.rest == words && p.capitals == capitals) {
            return;
        }
        let at = list.iter().position(|p| p.rest.len() < words.len()).unwrap_or(list.len());
        list.insert(at, Phrase { rest: words, entity, capitals, capital });
    }

    /// The longest phrase that begins at token `i`: where it ends, and its entity.
    pub(crate) fn longest(&self, tokens: &[Token], i: usize, end: usize) -> Option<(usize, u32)> {
        let t = &tokens[i];
        let list = self.by_first.get(&t.norm)?;
        list.iter().find_map(|p| {
            if (p.capitals && !t.upper && t.norm.len() > 1) || (p.capital && !t.cap) {
                return None;
            }
            let mut at = i + 1;
            for word in &p.rest {
                if at < end && tokens[at].kind == Kind::Hyphen && tokens[at].norm != *word {
                    at += 1;
                }
                if at >= end || tokens[at].norm != *word {
                    return None;
                }
                at += 1;
            }
            Some((at, p.entity))
        })
    }
}
