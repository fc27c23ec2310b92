//! Claims: what a sentence says, from its clauses.
//!
//! In: one sentence made into clauses, what was spoken of before. Out: drafts of claims with their places in tokens. What always holds:
//! a draft's slots are actors the sentence names, or earlier ones reached by a named rule; a slot nobody fills stays empty.

pub(crate) mod agreements;
pub(crate) mod events;
pub(crate) mod expectations;
pub(crate) mod positions;

use crate::actors::Discourse;
use crate::attribution::Said;
use crate::clauses::{Clauses, Group, Region, Tense};
use crate::dates::{DateHit, DocDate};
use crate::modality::Verdict;
use crate::tagging::Tag;

/// A sentence with all that the claims are made from.
pub(crate) struct Scene<'a> {
    pub(crate) c: Clauses<'a>,
    pub(crate) text: &'a str,
    pub(crate) groups: Vec<Group>,
    pub(crate) said: Said,
    pub(crate) dates: &'a [DateHit],
    pub(crate) doc: Option<DocDate>,
    pub(crate) before: &'a Discourse,
}

impl Scene<'_> {
    /// What the next sentence may point back to.
    pub(crate) fn discourse_after(&self, before: &Discourse) -> Discourse {
        let mut d = before.clone();
        let whole = Region { first: self.c.s.first, end: self.c.s.end };
        let all = self.c.named(whole);
        if let Some(first) = all.iter().find(|a| a.sort.is_some_and(|s| s != crate::lexicon::Sort::Person)) {
            d.single = Some(first.clone());
        }
        d.hear(&all.iter().filter(|a| matches!(a.sort, Some(crate::lexicon::Sort::Person | crate::lexicon::Sort::Igo | crate::lexicon::Sort::Bloc))).take(1).cloned().collect::<Vec<_>>());
        for g in &self.groups {
            if let Some(r) = g.subject.filter(|_| g.finite && !g.inherited) {
                d.hear(&self.c.named(r));
            }
        }
        d
    }

    /// The words of a stretch, blanks folded to one.
    pub(crate) fn words(&self, r: Region) -> String {
        if r.is_empty() {
            return String::new();
        }
        let raw = &self.text[self.c.tokens[r.first].start..self.c.tokens[r.end - 1].end];
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The date of something at a trigger: of its own clause, else of the sentence's opening phrase.
    pub(crate) fn date(&self, trigger: usize, span: Region, verdict: &Verdict, tense: Tense) -> Option<(String, &'static str)> {
        let future = tense == Tense::Future || matches!(verdict.modality, "planned" | "intended" | "expected" | "possible" | "conditional");
        let near = |h: &&DateHit| span.holds(h.first) || span.holds(h.end - 1);
        let distance = |h: &&DateHit| h.first.abs_diff(trigger);
        let own = self.dates.iter().filter(near).filter(|h| !self.names_a_period(h)).min_by_key(distance);
        let opening = || {
            let first = self.dates.iter().find(|h| h.first < self.c.s.first + 5 && !self.names_a_period(h))?;
            let opens = matches!(self.c.tags.get(self.c.s.first), Some(Tag::Prep | Tag::Adjective | Tag::Adverb | Tag::Number | Tag::Det)) || first.first == self.c.s.first;
            let alone = (self.c.s.first..first.first).all(|j| !matches!(self.c.tags[j], Tag::Comma)) && self.c.tokens.get(first.end).is_some_and(|t| t.is(","));
            (opens && alone).then_some(first)
        };
        own.or_else(opening)?.resolve(self.doc, future)
    }

    /// `since 2010`, `until 2014`, `before 1990`: a bound, not the day of the act.
    fn names_a_period(&self, h: &DateHit) -> bool {
        let lead = h.first.checked_sub(1).filter(|j| *j >= self.c.s.first);
        lead.is_some_and(|j| matches!(self.c.tokens[j].norm.as_str(), "since" | "until" | "till" | "before" | "through"))
    }

    /// The whole of a clause: from its subject, if that stands before it, to where its words end.
    pub(crate) fn span_of(&self, n: usize) -> Region {
        let g = &self.groups[n];
        let first = match g.subject.filter(|_| !g.inherited) {
            Some(r) if r.end <= g.first => r.first,
            _ => g.first,
        };
        Region { first, end: g.close.max(g.end) }
    }
}
