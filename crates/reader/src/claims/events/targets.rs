//! To whom, against whom, where: what an event was done to.
//!
//! In: the segments around a pattern. Out: actors. What always holds: what is not found in the clause is looked for beside it in a set order, and is left out
//! rather than guessed.

use super::super::Scene;
use crate::actors::Actor;
use crate::clauses::{Region, Segment};
use crate::frames::Frame;
use crate::lexicon::Use;
use crate::tagging::Tag;

impl Scene<'_> {
    pub(super) fn is_prep(&self, s: &Segment, word: &str) -> bool {
        s.prep.is_some_and(|p| self.c.tokens[p].norm == word)
    }

    /// The words of a preposition with the `of` phrases that follow it: `between the leaders of Peru and Chile`.
    pub(crate) fn phrase(&self, segments: &[Segment], k: usize) -> Region {
        let mut end = segments[k].region.end;
        for s in &segments[k + 1..] {
            if !self.is_prep(s, "of") {
                break;
            }
            end = s.region.end;
        }
        Region { first: segments[k].region.first, end }
    }

    /// The actors at the first place of a frame's list that has any: names before people without one.
    pub(super) fn targets(
        &self,
        frame: &Frame,
        after: &[Segment],
        inner: Region,
        n: usize,
        source: &[Actor],
    ) -> Vec<Actor> {
        if frame.by_user
            && let Some(found) = self.governed_subject(n).filter(|f| !f.is_empty())
        {
            return found;
        }
        for named in [true, false] {
            for place in &frame.target {
                let mut found = self.at_place(place, after, inner);
                found.retain(|a| (a.is_named() || !named) && !source.iter().any(|s| s.refers == a.refers));
                if !found.is_empty() {
                    return found;
                }
            }
            if let Some(found) = self.elsewhere(frame, after, inner, n).filter(|f| named && !f.is_empty()) {
                return found;
            }
        }
        Vec::new()
    }

    /// The subject of the clause a verb governs: `believes (that) Peru and Chile can cope`.
    pub(super) fn governed_subject(&self, n: usize) -> Option<Vec<Actor>> {
        let g = &self.groups[n];
        let h = self.groups.get(n + 1).filter(|h| h.finite && !h.inherited)?;
        let r = h.subject.filter(|r| r.first >= g.end)?;
        let that = |i: usize| self.c.tokens[i].is("that") && self.c.tags[i] == Tag::Subord;
        let opens = (g.end..r.first).any(that)
            || (r.first <= g.end + 1 && !(r.first..r.end).any(|i| matches!(self.c.tags[i], Tag::Subord)));
        let relative = h.first.checked_sub(1).is_some_and(|i| self.c.tags[i] == Tag::Subord);
        if !opens || relative {
            return None;
        }
        let found = self.c.named(r);
        if !found.is_empty() || !(g.end..r.first).any(that) {
            return Some(found);
        }
        // Nobody we know: the first whom the clause names.
        let rest = self.c.named(Region { first: h.end, end: h.close });
        Some(rest.into_iter().take(1).collect())
    }

    /// The actors of one place: `object`, or a preposition.
    pub(super) fn at_place(&self, place: &str, after: &[Segment], inner: Region) -> Vec<Actor> {
        if place != "object" {
            let at: Vec<usize> = (0..after.len()).filter(|k| self.is_prep(&after[*k], place)).collect();
            return at.into_iter().flat_map(|k| self.c.actors(self.phrase(after, k), self.before)).collect();
        }
        let direct = after.first().map(|s| self.c.actors(s.region, self.before)).unwrap_or_default();
        if direct.iter().any(Actor::is_named) {
            return direct;
        }
        // `the removal of the king`, `an attack by rebels`: whose a thing is stands for it.
        let of = after
            .get(1)
            .filter(|s| self.is_prep(s, "of") || self.is_prep(s, "by"))
            .map(|s| self.c.actors(s.region, self.before))
            .unwrap_or_default();
        let of = if of.is_empty() { self.made_by(after) } else { of };
        let of = if of.is_empty() { self.c.named(inner) } else { of };
        if of.is_empty() { direct } else { of }
    }

    /// `a proposal made by Peru`: who did what the object's participle says.
    pub(super) fn made_by(&self, after: &[Segment]) -> Vec<Actor> {
        let Some(object) = after.first().map(|s| s.region).filter(|r| !r.is_empty()) else {
            return Vec::new();
        };
        let made = self.groups.iter().find(|g| g.first == object.end && g.passive && !g.finite);
        let by = made.and_then(|g| g.segments.iter().find(|s| self.is_prep(s, "by")));
        by.map(|s| self.c.named(s.region)).unwrap_or_default()
    }

    /// Those the clause is about though no place of the frame names them.
    pub(super) fn elsewhere(
        &self,
        frame: &Frame,
        after: &[Segment],
        inner: Region,
        n: usize,
    ) -> Option<Vec<Actor>> {
        if frame.kind == "CONSULT" {
            let host = self.c.actors(inner, self.before);
            if !host.is_empty() {
                return Some(host);
            }
        }
        // `opened an office in Lima`, `flew to Lima`: the state whose seat that is.
        if matches!(frame.kind.as_str(), "CONSULT" | "AGREE" | "RETREAT" | "MOBILIZE" | "ASSAULT") {
            let there = after.iter().filter(|s| {
                s.prep.is_none_or(|p| {
                    matches!(
                        self.c.tokens[p].norm.as_str(),
                        "to" | "in" | "into" | "at" | "on" | "from" | "near"
                    )
                })
            });
            let seat = there
                .flat_map(|s| s.region.first..s.region.end)
                .find_map(|i| self.c.names.of(i).filter(|m| m.usage == Use::Seat));
            if let Some(m) = seat {
                return Some(vec![Actor {
                    refers: m.refers.clone(),
                    at: Some((m.first, m.end)),
                    rule: "seat-of-state",
                    sort: Some(m.sort),
                }]);
            }
        }
        // `signed an accord to supply Peru with wheat`: whom the purpose names.
        if frame.id == "sign" || frame.by_user {
            let to = self.groups.get(n + 1).filter(|h| h.infinitive && h.governor == Some(n));
            let object = to.and_then(|h| h.segments.first()).map(|s| self.c.named(s.region));
            if let Some(found) = object.filter(|f| !f.is_empty()) {
                return Some(found);
            }
        }
        // What the governed clause is about: `demanded that Peru withdraw`.
        if frame.swallow
            && let Some(h) = self.groups.get(n + 1)
            && h.first <= after.iter().map(|s| s.region.end).max().unwrap_or(0) + 9
        {
            let apart = |r: &Region| r.first > self.c.s.first && self.c.tags[r.first - 1] == Tag::Comma;
            if let Some(r) = h.subject.filter(|r| !h.inherited && r.first >= self.groups[n].end && !apart(r))
            {
                let found = self.c.named(r);
                if !found.is_empty() {
                    return Some(found);
                }
            }
            if h.governor == Some(n) {
                let all: Vec<Actor> = h.segments.iter().flat_map(|s| self.c.named(s.region)).collect();
                return all.into_iter().next().map(|first| vec![first]);
            }
        }
        None
    }
}
