//! Claims: what a sentence says, from its clauses.
//!
//! In: one sentence made into clauses, what was spoken of before. Out: drafts of claims with their places in tokens. What always holds:
//! a draft's slots are actors the sentence names, or earlier ones reached by a named rule; a slot nobody fills stays empty.

pub(crate) mod agreements;
pub(crate) mod events;
pub(crate) mod expectations;
pub(crate) mod positions;

use crate::actors::{Actor, Discourse};
use crate::attribution::Said;
use crate::clauses::{Clauses, Group, Region, Tense};
use crate::dates::{DateHit, DocDate};
use crate::lexicon::singular;
use crate::modality::Verdict;
use crate::tagging::Tag;

/// Nouns for meetings that have a date.
const MEETINGS: &[&str] = &["summit", "meeting", "conference", "session", "forum"];

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
        if let Some(date) = self.told_meeting() {
            d.meeting = Some(date);
        }
        let whole = Region { first: self.c.s.first, end: self.c.s.end };
        let all = self.c.named(whole);
        if let Some(first) = all.iter().find(|a| a.sort.is_some_and(|s| s != crate::lexicon::Sort::Person)) {
            d.single = Some(first.clone());
        }
        d.hear(
            &all.iter()
                .filter(|a| {
                    matches!(
                        a.sort,
                        Some(
                            crate::lexicon::Sort::Person
                                | crate::lexicon::Sort::Igo
                                | crate::lexicon::Sort::Bloc
                        )
                    )
                })
                .take(1)
                .cloned()
                .collect::<Vec<_>>(),
        );
        for g in &self.groups {
            if let Some(r) = g.subject.filter(|_| g.finite && !g.inherited) {
                d.hear(&self.c.named(r));
            }
        }
        d
    }

    /// The date of a meeting that this sentence tells.
    fn told_meeting(&self) -> Option<String> {
        let noun =
            (self.c.s.first..self.c.s.end).find(|i| MEETINGS.contains(&singular(&self.c.tokens[*i].norm)))?;
        let past = self.groups.iter().any(|g| g.finite && g.tense == Tense::Past);
        let future = self.groups.iter().any(|g| g.tense == Tense::Future)
            || (self.c.s.first..noun)
                .any(|j| matches!(self.c.tokens[j].norm.as_str(), "forthcoming" | "upcoming"));
        let other = (self.c.s.first..self.c.s.end).any(|j| self.c.tokens[j].is("trilateral"));
        let hit = self
            .dates
            .iter()
            .filter(|h| h.first.abs_diff(noun) < 16 && !self.names_a_period(h))
            .min_by_key(|h| h.first.abs_diff(noun))?;
        let found = hit.resolve(self.doc, future || !past)?.0;
        // A year alone does not tell which day of a meeting is meant.
        // Of a meeting of several days, what was done there is known to the month.
        let found = if hit.lasts { found.get(..7).map(str::to_owned)? } else { found };
        (!other && found.len() > 4).then_some(found)
    }

    /// The words of a stretch, blanks folded to one.
    pub(crate) fn words(&self, r: Region) -> String {
        if r.is_empty() {
            return String::new();
        }
        let raw = &self.text[self.c.tokens[r.first].start..self.c.tokens[r.end - 1].end];
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The date of something at a trigger, by the first of these that there is: in its clause; right after it, with nothing but names
    /// between; right before its subject; in a relative clause of beginning; in the sentence's opening phrase; in the clause it is joined
    /// to.
    pub(crate) fn date(
        &self,
        trigger: usize,
        span: Region,
        verdict: &Verdict,
        tense: Tense,
    ) -> Option<(String, &'static str)> {
        let future = tense == Tense::Future
            || matches!(verdict.modality, "planned" | "intended" | "expected" | "possible" | "conditional");
        let hits: Vec<&DateHit> = self.dates.iter().filter(|h| !self.names_a_period(h)).collect();
        let inside = |h: &&&DateHit| span.holds(h.first) || span.holds(h.end - 1);
        let own = hits.iter().filter(inside).min_by_key(|h| h.first.abs_diff(trigger));
        let tail_end =
            self.groups.iter().map(|g| g.first).filter(|f| *f >= span.end).min().unwrap_or(self.c.s.end);
        let tail = || {
            let h = hits.iter().find(|h| h.first >= span.end && h.first < tail_end)?;
            let plain = (span.end..h.first).all(|j| {
                matches!(
                    self.c.tags[j],
                    Tag::Comma
                        | Tag::Name
                        | Tag::Prep
                        | Tag::Noun
                        | Tag::Adjective
                        | Tag::Adverb
                        | Tag::Number
                        | Tag::Det
                )
            });
            // `…, on 11 July, Peru met`: it opens the next clause.
            let next = self
                .groups
                .iter()
                .any(|g| !g.inherited && g.subject.is_some_and(|r| r.first >= h.end && r.first <= h.end + 1));
            (plain && !next && h.first - span.end < 14).then_some(h)
        };
        let lead = || {
            let h = hits.iter().rev().find(|h| h.end <= span.first)?;
            (h.end..span.first).all(|j| self.c.tags[j] == Tag::Comma).then_some(h)
        };
        let relative = || {
            let that = span.end;
            let g = self.groups.iter().find(|g| g.first > that && g.first <= that + 2)?;
            let starts = self.c.tags.get(that) == Some(&Tag::Subord)
                || self.c.tags.get(that + 1) == Some(&Tag::Subord);
            let begins =
                matches!(g.lemma.as_str(), "start" | "begin" | "hold" | "take" | "open" | "schedule");
            hits.iter().find(|h| starts && begins && h.first >= g.end && h.first < g.close.max(g.end) + 2)
        };
        let opening = || {
            let first = hits.iter().find(|h| h.first < self.c.s.first + 5)?;
            let opens = matches!(
                self.c.tags.get(self.c.s.first),
                Some(Tag::Prep | Tag::Adjective | Tag::Adverb | Tag::Number | Tag::Det)
            ) || first.first == self.c.s.first;
            let alone = (self.c.s.first..first.first).all(|j| !matches!(self.c.tags[j], Tag::Comma))
                && self.c.tokens.get(first.end).is_some_and(|t| t.is(","));
            (opens && alone && first.end <= trigger).then_some(first)
        };
        let joined = || {
            let and =
                span.first.checked_sub(1).filter(|j| *j > self.c.s.first && self.c.tags[*j] == Tag::Conj)?;
            let h = self.groups.iter().rev().find(|g| g.end <= and && g.finite)?;
            hits.iter().find(|d| d.first >= h.end && d.first < and)
        };
        let hit = own.or_else(tail).or_else(lead).or_else(relative).or_else(opening).or_else(joined)?;
        // `In 2023, on 11 July`: the year stands apart from the day.
        let beside = hits.iter().find(|h| {
            h.first != hit.first
                && (h.end + 3 >= hit.first && h.end <= hit.first
                    || hit.end + 3 >= h.first && hit.end <= h.first)
        });
        if let Some(whole) = beside.and_then(|other| hit.with_year_of(other)) {
            return Some((whole, "day-and-year-apart"));
        }
        hit.resolve(self.doc, future)
    }

    /// The meeting a stretch of words speaks of as known (`the NATO summit`), if its date was told.
    pub(crate) fn meeting_date(&self, r: Region) -> Option<(String, &'static str)> {
        let noun = (r.first..r.end).find(|i| MEETINGS.contains(&self.c.tokens[*i].norm.as_str()))?;
        let near = || (r.first.max(noun.saturating_sub(4))..noun).map(|i| self.c.tokens[i].norm.as_str());
        let known = near().any(|w| matches!(w, "the" | "this"));
        let another = near()
            .any(|w| matches!(w, "a" | "an" | "trilateral" | "bilateral" | "another" | "last" | "previous"));
        // `the summit with Peru`: a meeting of its own.
        let own = self.c.tokens.get(noun + 1).is_some_and(|t| t.is("with") || t.is("between"));
        if !known || another || own {
            return None;
        }
        self.before.meeting.clone().map(|d| (d, "date-of-that-meeting"))
    }

    /// The date of the meeting at which something was done: `signed at the summit`, `the communique condemned`.
    pub(crate) fn done_at_meeting(&self, r: Region, source: &[Actor]) -> Option<(String, &'static str)> {
        if source.iter().any(|a| a.rule == "text-to-body-that-made-it") {
            return self.before.meeting.clone().map(|d| (d, "date-of-that-meeting"));
        }
        let at = (r.first..r.end).find(|i| {
            let end = (*i + 6).min(r.end);
            let lead = matches!(self.c.tokens[*i].norm.as_str(), "at" | "during")
                || self.c.tokens[*i].is("of") && *i > r.first && self.c.tokens[*i - 1].is("sidelines");
            lead && (*i + 1..end).any(|j| MEETINGS.contains(&self.c.tokens[j].norm.as_str()))
        })?;
        self.meeting_date(Region { first: at, end: (at + 6).min(r.end) })
    }

    /// `since 2010`, `until 2014`, `before 1990`: a bound, not the day of the act.
    fn names_a_period(&self, h: &DateHit) -> bool {
        let lead = h.first.checked_sub(1).filter(|j| *j >= self.c.s.first);
        lead.is_some_and(|j| {
            matches!(self.c.tokens[j].norm.as_str(), "since" | "until" | "till" | "before" | "through")
        })
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
