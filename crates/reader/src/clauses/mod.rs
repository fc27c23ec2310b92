//! Clauses: verb groups, their subjects, objects and prepositional phrases.
//!
//! In: a sentence's tokens, tags and names. Out: [`Group`]s from left to right. What always holds: a region is a run of tokens of the
//! sentence; a group without words of its own for a subject takes that of the group that governs it, and says so.

mod attach;
mod groups;
mod segments;

use crate::lexicon::{Use, Vocabulary};
use crate::names::Names;
use crate::tagging::Tag;
use crate::tokens::{Sentence, Token};

/// A run of tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Region {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Region {
    pub(crate) fn is_empty(self) -> bool {
        self.first >= self.end
    }

    pub(crate) fn holds(self, i: usize) -> bool {
        self.first <= i && i < self.end
    }
}

/// When a verb group says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
}

/// What stands between a group and the one that governs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Link {
    None,
    Infinitive,
    Ing,
    /// Same subject, joined by `and`, `or`, a comma.
    Joined,
}

/// A part of a clause after its verb: the bare object first, then one for each preposition.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The preposition; nothing for the object.
    pub(crate) prep: Option<usize>,
    pub(crate) region: Region,
}

/// A verb with its auxiliaries and what hangs on it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) first: usize,
    pub(crate) main: usize,
    pub(crate) end: usize,
    pub(crate) lemma: String,
    pub(crate) finite: bool,
    pub(crate) infinitive: bool,
    pub(crate) ing: bool,
    pub(crate) passive: bool,
    pub(crate) perfect: bool,
    pub(crate) progressive: bool,
    pub(crate) modal: Option<usize>,
    pub(crate) negated: bool,
    pub(crate) tense: Tense,
    /// The subject's words; those of the governor if `inherited`.
    pub(crate) subject: Option<Region>,
    pub(crate) inherited: bool,
    pub(crate) governor: Option<usize>,
    pub(crate) link: Link,
    pub(crate) segments: Vec<Segment>,
    /// Where the clause's words end.
    pub(crate) close: usize,
}

pub(crate) struct Clauses<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) tags: &'a [Tag],
    pub(crate) names: &'a Names,
    pub(crate) v: &'a Vocabulary,
    pub(crate) s: Sentence,
}

impl Clauses<'_> {
    pub(crate) fn groups(&self) -> Vec<Group> {
        let mut out: Vec<Group> = Vec::new();
        let mut i = self.s.first;
        while i < self.s.end {
            match self.group_at(i) {
                Some(g) => {
                    i = g.end;
                    out.push(g);
                }
                None => i += 1,
            }
        }
        for n in 0..out.len() {
            let (segments, close) = self.segments(out[n].end, out.get(n + 1..).unwrap_or(&[]));
            out[n].segments = segments;
            out[n].close = close;
            self.attach(&mut out, n);
        }
        out
    }

    /// Whether a region names an actor or somebody who can act.
    pub(crate) fn has_actor(&self, r: Region) -> bool {
        (r.first..r.end.min(self.s.end)).any(|i| {
            self.names.of(i).is_some_and(|m| is_actor(m.usage, m.metonym))
                || (matches!(self.tags[i], Tag::Noun) && self.v.agents.contains_key(&self.tokens[i].norm))
                || (self.tags[i] == Tag::Pronoun
                    && matches!(
                        self.tokens[i].norm.as_str(),
                        "it" | "they" | "them" | "him" | "her" | "he" | "she" | "us"
                    ))
        })
    }
}

/// Whether a mention can act: a capital only where it stands for its government.
pub(crate) fn is_actor(usage: Use, metonym: bool) -> bool {
    usage != Use::Seat || metonym
}
