//! Events told by a verb.
//!
//! In: a pattern found at a group of verbs. Out: an event, or nothing where the words tell a state, a habit or a wish. What always holds: who did it comes
//! from the clause's own subject, or from the phrase that names the doer of a passive.

use super::super::Scene;
use super::{EventDraft, Match};
use crate::actors::Actor;
use crate::clauses::Region;
use crate::frames::Frame;
use crate::modality::Verdict;
use crate::tagging::Tag;

impl Scene<'_> {
    pub(super) fn verb_event(&self, n: usize, m: &Match<'_>, trigger: Region) -> Option<EventDraft> {
        let g = &self.groups[n];
        let frame = m.frame;
        let later = self.groups.get(n + 1..).unwrap_or(&[]);
        let (after, close) = self.c.segments(trigger.end, later);
        // The pattern's own words may hold actors too: `imposed Russian oil sanctions`, `took part in NATO drills`.
        let own_prep =
            (g.end..trigger.end).rev().find(|j| self.c.tags[*j] == Tag::Prep && *j + 1 < trigger.end);
        let inner = Region { first: own_prep.map_or(g.end, |j| j + 1).min(trigger.end), end: trigger.end };
        let subject = g.subject.map(|r| self.c.actors(r, self.before)).unwrap_or_default();
        let mut by: Vec<Actor> = Vec::new();
        for s in after.iter().chain(&g.segments).filter(|s| self.is_prep(s, "by")) {
            for a in self.c.actors(s.region, self.before) {
                if !by.contains(&a) {
                    by.push(a);
                }
            }
        }
        let (mut source, mut target) = if g.passive && !(m.in_subject && frame.mutual) {
            let target =
                if m.in_subject { self.targets(frame, &after, inner, n, &[]) } else { subject.clone() };
            let target = if target.is_empty() && m.in_subject { Vec::new() } else { target };
            let source = if by.is_empty() && m.in_subject {
                subject.iter().filter(|a| !target.contains(a)).cloned().collect()
            } else {
                by
            };
            (source, target)
        } else {
            {
                let target = self.targets(frame, &after, inner, n, &subject);
                (subject, target)
            }
        };
        // `be concerned`, `be united`: a state of the subject, not something done to it.
        if g.passive && source.is_empty() && trigger.first == g.main && self.is_stative(n, m) {
            source = std::mem::take(&mut target);
            target = self.targets(frame, &after, inner, n, &source);
        }
        if frame.reversed {
            std::mem::swap(&mut source, &mut target);
        }
        if frame.mutual {
            let others = std::mem::take(&mut target);
            // `agreed that Peru would join`, `agreed not to ask Peru`: those are spoken of, not parties.
            let governed = later
                .first()
                .map_or(usize::MAX, |h| h.subject.filter(|_| !h.inherited).map_or(h.first, |r| r.first));
            let promise = frame.kind == "AGREE" && !frame.by_user && g.close < self.c.s.end;
            for a in others {
                if promise && a.at.is_some_and(|(first, _)| first >= governed) {
                    target.push(a);
                } else if !source.iter().any(|s| s.refers == a.refers) {
                    source.push(a);
                }
            }
        } else {
            target.retain(|t| !source.iter().any(|s| s.refers == t.refers));
        }
        let crowd = frame.needs_agent && !source.is_empty();
        if !crowd && !source.iter().chain(&target).any(Actor::is_named) {
            return None;
        }
        let stative = matches!(frame.kind.as_str(), "COOPERATE" | "AID" | "MOBILIZE" | "ASSAULT" | "COERCE");
        let mut verdict = self.c.verdict(&self.groups, n, stative);
        verdict.negated &= !m.refusal;
        // Somebody did it, or it was done to somebody and the sentence is about that.
        let suffered = g.passive
            && g.finite
            && matches!(
                frame.kind.as_str(),
                "ASSAULT" | "COERCE" | "ACCUSE" | "SANCTION" | "RETREAT" | "THREATEN"
            );
        // `a roadside bomb killed two Peruvians`: a thing did it.
        let by_thing = frame.kind == "ASSAULT"
            && !g.passive
            && target.iter().any(Actor::is_named)
            && g.subject
                .is_some_and(|r| (r.first..r.end).any(|i| HARMS.contains(&self.c.tokens[i].norm.as_str())));
        if source.is_empty() && !suffered && !by_thing {
            return None;
        }
        if self.only_a_state(n, frame, &verdict, &source, &target) {
            return None;
        }
        let span = Region { first: self.span_of(n).first, end: close.max(trigger.end) };
        let date = self.date(g.main, span, &verdict, g.tense).or_else(|| {
            let h = g.governor.filter(|_| g.inherited || g.infinitive)?;
            self.date(g.main, self.span_of(h), &verdict, self.groups[h].tense)
        });
        let date = date
            .or_else(|| if frame.kind == "CONSULT" { self.meeting_date(span) } else { None })
            .or_else(|| self.done_at_meeting(span, &source));
        let location = after
            .iter()
            .filter(|s| {
                s.prep.is_some_and(|p| matches!(self.c.tokens[p].norm.as_str(), "in" | "at" | "near"))
            })
            .find_map(|s| self.c.place(s.region));
        Some(EventDraft {
            frame: frame.id.clone(),
            kind: frame.kind.clone(),
            cameo: frame.cameo.clone(),
            mode: frame.mode.clone(),
            stance: frame.stance.clone(),
            source,
            target,
            date,
            location,
            verdict,
            attribution: self.said.by(g.main).to_owned(),
            span,
            trigger,
            object: Region { first: trigger.end, end: close.max(trigger.end) },
            group: Some(n),
        })
    }

    /// Ties, abilities and purposes: not events, though an event's words carry them.
    pub(super) fn only_a_state(
        &self,
        n: usize,
        frame: &Frame,
        verdict: &Verdict,
        source: &[Actor],
        target: &[Actor],
    ) -> bool {
        let g = &self.groups[n];
        let soft = matches!(frame.kind.as_str(), "SUPPORT" | "COOPERATE" | "AID" | "AGREE");
        // `could support`, `can help`: what may be is an expectation.
        let intent = frame.id == "express-intent-cooperate";
        if soft && !intent && matches!(verdict.modality, "possible" | "conditional") && g.modal.is_some() {
            return true;
        }
        // `met to discuss …`: the purpose of an act that is told already.
        if soft
            && verdict.modality == "obligated"
            && g.modal.is_none_or(|m| !self.c.tokens[m].is("will"))
            && frame.kind != "AGREE"
        {
            return true;
        }
        // `will continue to work with`: how things will be, not what will be done.
        if frame.id == "cooperate" && g.infinitive && verdict.modality == "planned" {
            return true;
        }
        if frame.id == "promise" && g.passive {
            return true;
        }
        let purpose = g.infinitive
            && verdict.modality == "actual"
            && g.governor.is_some_and(|h| self.groups[h].end + 1 < g.first && !self.first_to(h, g.first));
        if purpose && (soft || frame.kind == "CONSULT" || frame.kind == "ASSAULT") {
            return true;
        }
        soft && frame.mutual
            && source.len() + target.len() < 2
            && !matches!(
                frame.id.as_str(),
                "sign" | "ratify" | "agree" | "intent-meet" | "plan-jointly" | "allow-in" | "agree-expand"
            )
    }

    /// `became the first to sign`, `managed to sign`.
    pub(super) fn first_to(&self, h: usize, infinitive: usize) -> bool {
        self.groups[h].lemma == "vote"
            || (self.groups[h].end..infinitive).any(|j| {
                matches!(self.c.tokens[j].norm.as_str(), "first" | "only" | "last" | "second" | "enough")
            })
    }

    /// A pattern that begins with `be`.
    pub(super) fn is_stative(&self, n: usize, m: &Match<'_>) -> bool {
        let g = &self.groups[n];
        self.c.v.frames.of_verb("be").iter().any(|p| {
            self.c.v.frames.get(p).id == m.frame.id
                && p.rest.first().is_some_and(|w| w.iter().any(|w| self.c.tokens[g.main].norm == *w))
        })
    }
}

/// Things that kill without saying who used them.
const HARMS: &[&str] = &[
    "bomb",
    "bombs",
    "bombing",
    "bombings",
    "explosion",
    "explosions",
    "blast",
    "blasts",
    "mine",
    "minefield",
    "rocket",
    "rockets",
    "missile",
    "missiles",
    "shell",
    "shells",
    "attack",
    "attacks",
    "strike",
    "strikes",
    "airstrike",
    "airstrikes",
    "raid",
    "raids",
    "drone",
    "drones",
    "ambush",
    "shelling",
    "gunfire",
    "shooting",
];
