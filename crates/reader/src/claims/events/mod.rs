//! Events: who did what to whom, by the frames.
//!
//! In: a [`Scene`]. Out: [`EventDraft`]s. What always holds: an event has its trigger in the text, and a source or a target; what a
//! frame of saying, asking, refusing or threatening governs is part of it and no event of its own. A pattern is found (`matching`),
//! made an event by its verb (`verbs`) or its noun (`nouns`), and given those it was done to (`targets`).

mod matching;
mod nouns;
mod targets;
mod verbs;

use super::Scene;
use crate::actors::Actor;
use crate::clauses::{Link, Region};
use crate::modality::Verdict;
use crate::tagging::Tag;

pub(crate) use matching::Match;

/// An event before merging.
#[derive(Clone, Debug)]
pub(crate) struct EventDraft {
    pub(crate) frame: String,
    pub(crate) kind: String,
    pub(crate) cameo: String,
    pub(crate) mode: String,
    pub(crate) stance: String,
    pub(crate) source: Vec<Actor>,
    pub(crate) target: Vec<Actor>,
    pub(crate) date: Option<(String, &'static str)>,
    pub(crate) location: Option<(usize, usize)>,
    pub(crate) verdict: Verdict,
    pub(crate) attribution: String,
    pub(crate) span: Region,
    pub(crate) trigger: Region,
    pub(crate) object: Region,
    pub(crate) group: Option<usize>,
}

/// Where in its sentence an event is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    Main,
    Subordinate,
    Noun,
}

impl Scene<'_> {
    /// All events of the sentence.
    pub(crate) fn events(&self) -> Vec<EventDraft> {
        let mut out: Vec<EventDraft> = Vec::new();
        let mut swallowed: Vec<Region> = Vec::new();
        let mut used: Vec<Region> = Vec::new();
        for n in 0..self.groups.len() {
            let Some(m) = self.verb_match(&self.c.v.frames, n) else { continue };
            let g = &self.groups[n];
            let trigger = Region { first: g.main, end: m.end.max(g.end) };
            // `decided to allow`: the second verb is a word of the first one's pattern.
            let part = used.iter().any(|r| r.holds(g.main));
            used.push(trigger);
            if part || swallowed.iter().any(|r| r.holds(g.main)) {
                continue;
            }
            if m.frame.swallow {
                swallowed.push(Region { first: g.end, end: self.complement_end(n) });
            }
            if let Some(e) = self.verb_event(n, &m, trigger) {
                out.push(e);
            }
        }
        out.extend(self.told_to(&mut swallowed, &used));
        out.retain(|e| {
            e.frame == "say-must"
                || !(swallowed.iter().any(|r| r.first > e.span.first && r.holds(e.trigger.first))
                    && e.group.is_some_and(|n| self.obligated_by_speech(n)))
        });
        let taken: Vec<Region> = used;
        let mut i = self.c.s.first;
        while i < self.c.s.end {
            let inside = taken.iter().any(|r| r.holds(i)) || swallowed.iter().any(|r| r.holds(i));
            if !inside && let Some(e) = self.noun_event(i, &out) {
                i = e.trigger.end;
                out.push(e);
            } else {
                i += 1;
            }
        }
        out.sort_by_key(|e| (e.trigger.first, e.trigger.end));
        out
    }

    /// Whether a group is `must` or `should` in what somebody said.
    pub(super) fn obligated_by_speech(&self, n: usize) -> bool {
        self.groups[n]
            .modal
            .is_some_and(|m| matches!(self.c.tokens[m].norm.as_str(), "must" | "should" | "ought"))
    }

    /// `Peru said Chile must withdraw`: a request, by a rule rather than a frame.
    pub(super) fn told_to(&self, swallowed: &mut Vec<Region>, used: &[Region]) -> Vec<EventDraft> {
        let mut out = Vec::new();
        for m in 0..self.groups.len() {
            let told = &self.groups[m];
            if !self.obligated_by_speech(m) || told.negated {
                continue;
            }
            let Some(subject) = told.subject.filter(|_| !told.inherited) else { continue };
            let target = self.c.actors(subject, self.before);
            // The nearest verb of saying before it, with nothing but the subject between.
            let Some(n) = (0..m)
                .rev()
                .find(|n| self.c.v.speech.contains_key(&self.groups[*n].lemma) && !self.groups[*n].passive)
            else {
                continue;
            };
            let g = &self.groups[n];
            let clear = !(g.end..told.first).any(|j| matches!(self.c.tags[j], Tag::Stop));
            if !clear || used.iter().any(|r| r.holds(told.first)) {
                continue;
            }
            let source = g.subject.map(|r| self.c.actors(r, self.before)).unwrap_or_default();
            let apart = !target.iter().any(|t| source.iter().any(|s| s.refers == t.refers));
            if source.is_empty()
                || target.is_empty()
                || !apart
                || !source.iter().chain(&target).any(Actor::is_named)
            {
                continue;
            }
            let end = self.complement_of(m);
            let verdict = self.c.verdict(&self.groups, n, false);
            let span = Region { first: self.span_of(n).first, end };
            swallowed.push(Region { first: told.first, end });
            out.push(EventDraft {
                frame: "say-must".to_owned(),
                kind: "REQUEST".to_owned(),
                cameo: "100".to_owned(),
                mode: String::new(),
                stance: String::new(),
                source,
                target,
                date: self.date(g.main, span, &verdict, g.tense),
                location: None,
                verdict,
                attribution: self.said.by(g.main).to_owned(),
                span,
                trigger: Region { first: told.first, end: told.end },
                object: Region { first: told.first, end },
                group: Some(n),
            });
        }
        out
    }

    /// How far what a frame governs goes: to the end of the clauses that hang on it.
    pub(super) fn complement_end(&self, n: usize) -> usize {
        let g = &self.groups[n];
        let mut end = g.close;
        let that = g.close < self.c.s.end && self.c.tags[g.close] == Tag::Subord;
        for (k, h) in self.groups.iter().enumerate().skip(n + 1) {
            let hangs = h.governor == Some(n) && matches!(h.link, Link::Infinitive | Link::Ing);
            let chained = h.governor.is_some_and(|p| p > n && self.groups[p].first < end)
                && h.first <= end + 2
                && matches!(h.link, Link::Infinitive | Link::Ing | Link::Joined);
            let in_clause = that
                && (n + 1..=k).all(|x| self.groups[x].first < end + 14)
                && !matches!(
                    self.c.tokens[g.close].norm.as_str(),
                    "after"
                        | "before"
                        | "while"
                        | "when"
                        | "because"
                        | "as"
                        | "since"
                        | "although"
                        | "who"
                        | "which"
                );
            if hangs || chained || in_clause {
                end = end.max(h.close);
            }
        }
        end
    }

    /// Whether an event is what the sentence is about, or told by the way.
    pub(crate) fn told(&self, e: &EventDraft) -> Told {
        let Some(n) = e.group else { return Told::Noun };
        let g = &self.groups[n];
        if !g.finite && !g.infinitive && g.passive {
            return Told::Subordinate;
        }
        // `went to Lima to sign`: what for, behind what.
        let apart = |h: usize| self.groups[h].end + 1 < g.first && !self.first_to(h, g.first);
        if g.infinitive && g.governor.is_some_and(apart) {
            return Told::Subordinate;
        }
        // `resigned yesterday to allow`: the purpose of an act that is told itself.
        let purpose = |h: usize| {
            let above = &self.groups[h];
            !above.infinitive
                && e.verdict.modality == "actual"
                && !self.first_to(h, g.first)
                && self.verb_match(&self.c.v.frames, h).is_some_and(|m| !m.frame.swallow && m.end <= g.first)
        };
        if g.infinitive && g.governor.is_some_and(purpose) {
            return Told::Subordinate;
        }
        let participle =
            g.ing && !(g.first > self.c.s.first && self.groups[..n].iter().any(|h| h.end == g.first));
        let mut at = n;
        for _ in 0..6 {
            let h = &self.groups[at];
            let from = at.checked_sub(1).map_or(self.c.s.first, |k| self.groups[k].end);
            let lead = (from..h.first).rev().take_while(|j| !matches!(self.c.tags[*j], Tag::Stop)).any(|j| {
                matches!(
                    self.c.tokens[j].norm.as_str(),
                    "which"
                        | "who"
                        | "whose"
                        | "whom"
                        | "because"
                        | "after"
                        | "while"
                        | "when"
                        | "although"
                        | "though"
                        | "where"
                        | "if"
                        | "unless"
                        | "since"
                        | "before"
                        | "until"
                        | "despite"
                ) && (self.c.tags[j] == Tag::Subord || self.c.tags[j] == Tag::Prep)
            });
            // `the force that killed`: that right before the verb is a relative.
            let relative = h.first > self.c.s.first && self.c.tokens[h.first - 1].is("that") && h.finite;
            if lead || relative {
                return Told::Subordinate;
            }
            match h.governor {
                Some(k) if k < at && h.inherited => at = k,
                _ => break,
            }
        }
        if participle { Told::Subordinate } else { Told::Main }
    }
}
