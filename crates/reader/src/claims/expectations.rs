//! Expectations: what is said to be coming, by whom.
//!
//! In: a [`Scene`] and its events. Out: [`ExpectationDraft`]s. What always holds: there is a word of expecting in the text; a plan that is
//! told as an event is not told again, unless the text says that it is expected.

use super::Scene;
use super::events::EventDraft;
use super::positions::PositionDraft;
use crate::clauses::{Link, Region};
use crate::tagging::Tag;

/// An expectation before output.
#[derive(Clone, Debug)]
pub(crate) struct ExpectationDraft {
    pub(crate) holder: String,
    pub(crate) subject: Region,
    pub(crate) content: Region,
    pub(crate) due: Option<String>,
    pub(crate) certainty: String,
    pub(crate) negated: bool,
    pub(crate) span: Region,
    pub(crate) trigger: Region,
    pub(crate) rule: &'static str,
    pub(crate) inherited: bool,
}

impl Scene<'_> {
    pub(crate) fn expectations(
        &self,
        events: &[EventDraft],
        positions: &[PositionDraft],
    ) -> Vec<ExpectationDraft> {
        let mut out: Vec<ExpectationDraft> = Vec::new();
        for n in 0..self.groups.len() {
            if let Some(x) = self.expected(n).or_else(|| self.modal(n, events)) {
                let held = x.rule == "modal" && positions.iter().any(|p| p.object.holds(x.trigger.first));
                let again = held || out.iter().any(|o| o.span.holds(x.trigger.first));
                if !again {
                    out.push(x);
                }
            }
        }
        out
    }

    /// `is expected to`, `it is likely that`, `we can expect Chile to`.
    fn expected(&self, n: usize) -> Option<ExpectationDraft> {
        let c = &self.c;
        let g = &self.groups[n];
        let governors = &c.v.expect.governors;
        let (word, at) = match governors.get(&g.lemma) {
            Some(certainty) => (certainty.clone(), g.main),
            None if g.lemma == "be" => {
                let at =
                    (g.end..c.s.end.min(g.end + 3)).find(|j| governors.contains_key(&c.tokens[*j].norm))?;
                (governors[&c.tokens[at].norm].clone(), at)
            }
            None => return None,
        };
        let next = self.groups.get(n + 1);
        let it = g.subject.is_some_and(|r| r.end - r.first == 1 && c.tokens[r.first].is("it"));
        let that = (at + 1..c.s.end.min(at + 3)).any(|j| c.tags[j] == Tag::Subord);
        let infinitive = next.is_some_and(|h| h.infinitive && h.first < at + 14);
        if !(infinitive || that || it) {
            return None;
        }
        let speaker = if it || g.passive {
            "unnamed".to_owned()
        } else {
            let own = g.subject.map(|r| c.actors(r, self.before)).unwrap_or_default();
            own.first().filter(|_| g.lemma != "be").map_or_else(|| "author".to_owned(), |a| a.refers.clone())
        };
        let end = self.complement_of(n).max(at + 1);
        let inner = next.filter(|h| h.first < end);
        let subject = match inner.and_then(|h| h.subject).filter(|_| that || it || !g.passive) {
            Some(r) if r.first > at => r,
            _ => g.subject.unwrap_or(Region { first: g.first, end: g.first }),
        };
        let content = Region { first: inner.map_or(at + 1, |h| h.main), end };
        let first = if it { g.first.saturating_sub(1).max(c.s.first) } else { self.span_of(n).first };
        let span = Region { first, end };
        let unlikely =
            matches!(c.tokens[at].norm.as_str(), "unlikely" | "inconceivable" | "unrealistic" | "doubtful");
        let negated = g.negated || unlikely || inner.is_some_and(|h| h.negated);
        Some(ExpectationDraft {
            holder: if g.lemma == "be" { "author".to_owned() } else { speaker },
            subject,
            content,
            due: self.due(span),
            certainty: word,
            negated,
            span,
            trigger: Region { first: at, end: at + 1 },
            rule: "governor-of-expecting",
            inherited: g.inherited,
        })
    }

    /// `will`, `could`, `may` with a verb that is no event of its own.
    fn modal(&self, n: usize, events: &[EventDraft]) -> Option<ExpectationDraft> {
        let c = &self.c;
        let g = &self.groups[n];
        let m = g.modal?;
        let word = c.tokens[m].norm.as_str();
        let word = if word == "wo" {
            "will"
        } else if word == "ca" || word == "cannot" {
            "can"
        } else {
            word
        };
        let certainty = c.v.expect.modals.get(word)?.clone();
        let told = events.iter().any(|e| {
            e.group.is_some_and(|k| {
                k == n
                    || (self.groups[k].governor == Some(n)
                        && matches!(self.groups[k].link, Link::Infinitive | Link::Ing))
            }) && e.source.iter().any(crate::actors::Actor::is_named)
        });
        if told {
            return None;
        }
        let subject = g.subject?;
        // Questions, `that must be`, and what somebody said in general terms.
        let opens = c.tokens.get(c.s.end - 1).is_some_and(|t| t.is("?"));
        let existential = c.tokens[subject.first].is("there");
        let one = subject.end - subject.first == 1
            && matches!(
                c.tokens[subject.first].norm.as_str(),
                "you" | "i" | "one" | "that" | "which" | "who" | "what"
            );
        if opens || existential || one {
            return None;
        }
        // The claim must be about somebody or something with a name.
        let about = self.c.named(subject);
        let pronoun = subject.end - subject.first == 1 && c.tags[subject.first] == Tag::Pronoun;
        let points = pronoun && matches!(c.tokens[subject.first].norm.as_str(), "he" | "she" | "they");
        let owned = (subject.first..subject.end).any(|j| c.tags[j] == Tag::Possessive);
        let any_name = (subject.first..subject.end).any(|j| c.names.at[j].is_some());
        if (about.is_empty() && !any_name && !points && !owned && !c.has_actor(subject))
            || (pronoun && !points)
        {
            return None;
        }
        // What must and should be done is advice unless an actor is to do it.
        if certainty == "should" && !c.has_actor(subject) {
            return None;
        }
        let end = self.complement_of(n);
        let span = Region { first: self.span_of(n).first, end };
        Some(ExpectationDraft {
            holder: self.said.by(m).to_owned(),
            subject,
            content: Region { first: g.main, end },
            due: self.due(span),
            certainty,
            negated: g.negated,
            span,
            trigger: Region { first: m, end: m + 1 },
            rule: "modal",
            inherited: g.inherited,
        })
    }

    fn due(&self, span: Region) -> Option<String> {
        let hit = self.dates.iter().find(|h| span.holds(h.first))?;
        hit.resolve(self.doc, true).map(|(d, _)| d)
    }
}
