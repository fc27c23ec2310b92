//! Positions: where an actor stands on something.
//!
//! In: a [`Scene`] and its events. Out: [`PositionDraft`]s. What always holds: a position has a holder the text names or describes, and an
//! object in the text's words; the author's own views are none.

use super::Scene;
use super::events::EventDraft;
use crate::actors::Actor;
use crate::clauses::Region;
use crate::lexicon::singular;
use crate::tagging::Tag;

/// A position before output.
#[derive(Clone, Debug)]
pub(crate) struct PositionDraft {
    pub(crate) holder: Actor,
    pub(crate) stance: String,
    pub(crate) object: Region,
    pub(crate) attribution: String,
    pub(crate) span: Region,
    pub(crate) trigger: Region,
    pub(crate) rule: String,
}

impl Scene<'_> {
    pub(crate) fn positions(&self, events: &[EventDraft]) -> Vec<PositionDraft> {
        let mut out: Vec<PositionDraft> = Vec::new();
        for n in 0..self.groups.len() {
            let Some(m) = self.verb_match(&self.c.v.stances, n) else { continue };
            let g = &self.groups[n];
            let trigger = Region { first: g.main, end: m.end.max(g.end) };
            let Some(subject) = g.subject else { continue };
            let mut holders = self.c.actors(subject, self.before);
            if g.passive && !m.frame.id.is_empty() && !self.starts_with_be(n, m.frame.id.as_str()) {
                let by = g.segments.iter().filter(|s| s.prep.is_some_and(|p| self.c.tokens[p].is("by")));
                holders = by.flat_map(|s| self.c.actors(s.region, self.before)).collect();
            }
            if m.frame.reversed {
                let after = self.groups[n].segments.iter().flat_map(|s| self.c.named(s.region)).collect();
                holders = after;
            }
            holders.retain(Actor::is_named);
            let end = self.complement_of(n);
            let object = Region { first: trigger.end, end };
            let guest = matches!(g.lemma.as_str(), "welcome" | "support" | "back")
                && self.c.named(object).first().is_some_and(|a| a.sort == Some(crate::lexicon::Sort::Person))
                && g.lemma == "welcome";
            if object.is_empty() || guest {
                continue;
            }
            let span = Region { first: self.span_of(n).first, end: end.max(trigger.end) };
            let verdict = self.c.verdict(&self.groups, n, false);
            let only_possible = matches!(verdict.modality, "possible" | "conditional" | "obligated");
            let purpose = g.infinitive && verdict.modality == "actual";
            if only_possible && g.modal.is_some_and(|m| !self.c.tokens[m].is("must")) || purpose {
                continue;
            }
            // What is only planned, possible or denied is no view yet, but a denied support is opposition.
            let stance = match (m.frame.stance.as_str(), verdict.negated) {
                // `has not endorsed` is silence, `does not endorse` an answer.
                ("supports", true) if g.perfect => continue,
                ("supports", true) => "opposes",
                (_, true) => continue,
                (s, false) => s,
            };
            for holder in holders {
                out.push(PositionDraft {
                    holder,
                    stance: stance.to_owned(),
                    object,
                    attribution: self.said.by(g.main).to_owned(),
                    span,
                    trigger,
                    rule: format!("stance/{}", m.frame.id),
                });
            }
        }
        self.noun_positions(&mut out);
        for e in events.iter().filter(|e| !e.stance.is_empty() && !e.verdict.negated) {
            if !matches!(e.verdict.modality, "actual" | "ongoing") {
                continue;
            }
            for holder in e.source.iter().filter(|a| a.is_named()) {
                let there = out.iter().any(|p| {
                    p.holder.refers == holder.refers
                        && (p.span.holds(e.trigger.first) || p.trigger.first == e.trigger.first)
                });
                let told = (e.object.first..e.object.end).any(|i| {
                    matches!(self.c.tags[i], Tag::Noun | Tag::Name | Tag::Number) || self.c.tags[i].is_verb()
                });
                if !there && told {
                    out.push(PositionDraft {
                        holder: holder.clone(),
                        stance: e.stance.clone(),
                        object: e.object,
                        attribution: e.attribution.clone(),
                        span: e.span,
                        trigger: e.trigger,
                        rule: format!("event/{}", e.frame),
                    });
                }
            }
        }
        out
    }

    fn starts_with_be(&self, n: usize, frame: &str) -> bool {
        let stances = &self.c.v.stances;
        let main = &self.c.tokens[self.groups[n].main].norm;
        stances
            .of_verb("be")
            .iter()
            .any(|p| stances.get(p).id == frame && p.rest.first().is_some_and(|w| w.contains(main)))
    }

    /// Where the words of a view end: with the clauses that hang on it.
    pub(crate) fn complement_of(&self, n: usize) -> usize {
        let mut end = self.groups[n].close;
        for (k, h) in self.groups.iter().enumerate().skip(n + 1) {
            let near = h.first <= end + 12
                && (end..h.first).all(|j| !matches!(self.c.tags[j], Tag::Stop | Tag::Comma));
            if near && (n..k).all(|x| self.groups[x].first < end + 1 || x == n) {
                end = end.max(h.close);
            } else {
                break;
            }
        }
        end
    }

    /// `Chile's support for the pact`, `a concern for Chile`.
    fn noun_positions(&self, out: &mut Vec<PositionDraft>) {
        let c = &self.c;
        for i in c.s.first..c.s.end.saturating_sub(1) {
            if c.tags[i] != Tag::Noun || c.names.at[i].is_some() || out.iter().any(|p| p.trigger.holds(i)) {
                continue;
            }
            let patterns = c.v.stances.of_noun(singular(&c.tokens[i].norm));
            let Some(p) = patterns
                .iter()
                .find(|p| p.rest.first().is_some_and(|w| w.iter().any(|w| c.tokens[i + 1].norm == *w)))
            else {
                continue;
            };
            let frame = c.v.stances.get(p);
            let (segments, close) =
                c.segments(i + 1, &self.groups.iter().filter(|g| g.first > i).cloned().collect::<Vec<_>>());
            let np = self.phrase_before(i);
            let after = segments.get(1).map(|s| s.region).unwrap_or(Region { first: i + 2, end: i + 2 });
            let before = c.named(np);
            // `a concern for Chile`, `the opposition of Chile`: whose it is stands behind.
            let behind = matches!(
                (singular(&c.tokens[i].norm), c.tokens[i + 1].norm.as_str()),
                ("concern" | "fear" | "worry", "for" | "of")
                    | (_, "from")
                    | ("opposition" | "objection" | "support", "of")
            );
            let copula = self
                .groups
                .iter()
                .rev()
                .find(|g| g.end <= np.first.max(g.end) && g.lemma == "be" && g.first < i && g.close > i);
            let (holders, object) = if before.is_empty() && behind {
                let object = copula.and_then(|g| g.subject).unwrap_or(np);
                (c.named(after), object)
            } else {
                let lent = self
                    .groups
                    .iter()
                    .rev()
                    .find(|g| g.end <= np.first && g.close > i)
                    .and_then(|g| g.subject);
                let holders = if before.is_empty() {
                    lent.map(|r| c.actors(r, self.before)).unwrap_or_default()
                } else {
                    before
                };
                (holders.into_iter().filter(Actor::is_named).collect(), after)
            };
            for holder in holders {
                out.push(PositionDraft {
                    holder,
                    stance: frame.stance.clone(),
                    object,
                    attribution: self.said.by(i).to_owned(),
                    span: Region {
                        first: copula.and_then(|g| g.subject).map_or(np.first, |r| r.first.min(np.first)),
                        end: close,
                    },
                    trigger: Region { first: i, end: i + 1 },
                    rule: format!("stance-noun/{}", frame.id),
                });
            }
        }
    }
}
