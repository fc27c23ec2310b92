//! Who says so.
//!
//! In: a sentence's groups, what was spoken of before. Out: for each token of the sentence the speaker of what it is part of, or the
//! author. What always holds: only words in the scope of a verb of saying, of `according to`, or inside quotation marks are anybody's but
//! the author's.

use crate::actors::{Actor, Discourse};
use crate::clauses::{Clauses, Group, Region};
use crate::tagging::Tag;

/// Stretches of a sentence with their speakers.
pub(crate) struct Said {
    parts: Vec<(Region, String)>,
}

impl Said {
    /// The speaker of a token: a reference, the words of a description, or `author`.
    pub(crate) fn by(&self, token: usize) -> &str {
        self.parts.iter().rev().find(|(r, _)| r.holds(token)).map_or("author", |(_, who)| who)
    }
}

impl Clauses<'_> {
    pub(crate) fn said(&self, groups: &[Group], d: &Discourse) -> Said {
        let mut parts = Vec::new();
        let s = self.s;
        for (n, g) in groups.iter().enumerate() {
            if !self.v.speech.contains_key(&g.lemma) || g.passive || g.infinitive {
                continue;
            }
            let (who, at) = self.speaker(groups, n, d);
            let Some(who) = who else { continue };
            // `…, X said on Friday.`: what stands before; otherwise what follows.
            let follows = g.end < s.end
                && (matches!(
                    self.tags[g.end],
                    Tag::Subord
                        | Tag::Name
                        | Tag::Det
                        | Tag::Pronoun
                        | Tag::Noun
                        | Tag::Possessive
                        | Tag::Quote
                        | Tag::Adjective
                ) || groups
                    .get(n + 1)
                    .is_some_and(|h| h.finite && !(g.end..h.first).any(|j| self.tags[j] == Tag::Stop)));
            let inverted = at.is_some_and(|(first, _)| first >= g.end);
            let start = at.map_or(g.first, |(first, _)| first.min(g.first));
            let before_comma = start > s.first && (matches!(self.tags[start - 1], Tag::Comma | Tag::Quote));
            if (inverted || !follows || before_comma) && start > s.first + 2 {
                parts.push((Region { first: s.first, end: start }, who.refers.clone()));
            } else {
                parts.push((Region { first: g.end, end: s.end }, who.refers.clone()));
            }
        }
        for i in s.first..s.end.saturating_sub(2) {
            if self.tokens[i].is("according") && self.tokens[i + 1].is("to") {
                let end =
                    (i + 2..s.end).find(|j| matches!(self.tags[*j], Tag::Comma | Tag::Stop)).unwrap_or(s.end);
                if let Some(a) = self.actors(Region { first: i + 2, end }, d).into_iter().next() {
                    parts.push((s_region(s.first, s.end), a.refers));
                }
            }
        }
        Said { parts }
    }

    /// The subject of a verb of saying, before or after it.
    fn speaker(&self, groups: &[Group], n: usize, d: &Discourse) -> (Option<Actor>, Option<(usize, usize)>) {
        let g = &groups[n];
        if let Some(r) = g.subject.filter(|_| !g.inherited)
            && let Some(a) = self.actors(r, d).into_iter().next()
        {
            return (Some(a), Some((r.first, r.end)));
        }
        let after = g.segments.first().map(|s| s.region).unwrap_or(Region { first: g.end, end: g.end });
        let opens = g.first > self.s.first && matches!(self.tags[g.first - 1], Tag::Comma | Tag::Quote);
        if opens && let Some(a) = self.named(after).into_iter().next() {
            return (Some(a), Some((after.first, after.end)));
        }
        match g.subject {
            Some(r) => (self.actors(r, d).into_iter().next(), None),
            None => (None, None),
        }
    }
}

fn s_region(first: usize, end: usize) -> Region {
    Region { first, end }
}
