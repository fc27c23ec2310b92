//! What follows a group of verbs: objects and prepositional phrases, one after the other.
//!
//! In: a place behind a group, the groups behind it. Out: [`Segment`]s. What always holds: segments end where the next clause begins; a list goes on over its
//! commas.

use super::{Clauses, Group, Region, Segment};
use crate::tagging::Tag;

impl Clauses<'_> {
    /// The parts after a verb, and where the clause ends.
    pub(crate) fn segments(&self, from: usize, later: &[Group]) -> (Vec<Segment>, usize) {
        let mut out = vec![Segment { prep: None, region: Region { first: from, end: from } }];
        let mut i = from;
        let mut close = from;
        let mut brackets = 0_i32;
        while i < self.s.end {
            let tag = self.tags[i];
            let norm = self.tokens[i].norm.as_str();
            if norm == "(" || norm == "[" {
                brackets += 1;
            } else if norm == ")" || norm == "]" {
                brackets -= 1;
            } else if brackets == 0 {
                let group = later.iter().find(|g| g.first == i);
                let stop = match tag {
                    // `the roads leading into Peru`: a participle behind its noun goes on with the phrase.
                    Tag::Verb(_)
                        if group.is_some_and(|g| g.ing)
                            && i > from
                            && matches!(self.tags[i - 1], Tag::Noun) =>
                    {
                        false
                    }
                    Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::To => group.is_some(),
                    Tag::Subord => {
                        !(norm == "as"
                            || norm == "than"
                            || norm == "since"
                            || norm == "after"
                            || norm == "before"
                            || norm == "until")
                            || later.iter().any(|g| g.first > i && g.first < i + 6 && g.finite)
                    }
                    Tag::Stop => !matches!(norm, "(" | ")" | "[" | "]" | "&" | "/"),
                    Tag::Comma => !self.list_goes_on(i, later),
                    Tag::Conj => !self.between_pair(&out, i) && self.clause_follows(i, later),
                    _ => false,
                };
                if stop {
                    break;
                }
                let prep_like = tag == Tag::Prep
                    || (tag == Tag::Subord && matches!(norm, "as" | "since" | "after" | "before" | "until"));
                if prep_like {
                    out.push(Segment { prep: Some(i), region: Region { first: i + 1, end: i + 1 } });
                    i += 1;
                    close = i;
                    continue;
                }
            }
            i += 1;
            close = i;
            if let Some(last) = out.last_mut() {
                last.region.end = i;
            }
        }
        (out, close)
    }

    /// `between the leaders of Peru and Chile`: the first `and` belongs to the pair.
    pub(super) fn between_pair(&self, segments: &[Segment], conj: usize) -> bool {
        let Some(k) = segments.iter().rposition(|s| s.prep.is_some_and(|p| !self.tokens[p].is("of"))) else {
            return false;
        };
        let between = segments[k].prep.is_some_and(|p| self.tokens[p].is("between"));
        between && !(segments[k].region.first..conj).any(|j| self.tags[j] == Tag::Conj)
    }

    /// A comma within a list: `Peru, Chile and Bolivia`, or around a short aside.
    pub(super) fn list_goes_on(&self, comma: usize, later: &[Group]) -> bool {
        let next = comma + 1;
        if next >= self.s.end {
            return false;
        }
        let next_group = later.iter().find(|g| g.first >= comma).map_or(self.s.end, |g| g.first);
        let stop = next_group.min(comma + 14).min(self.s.end);
        if !(self.tags[next].is_nominal() || self.tags[next] == Tag::Conj) {
            return false;
        }
        let conj = (next..stop)
            .find(|j| self.tags[*j] == Tag::Conj && matches!(self.tokens[*j].norm.as_str(), "and" | "or"));
        match conj {
            // What follows the conjunction must not be a new clause.
            Some(c) => {
                !self.clause_follows(c, later)
                    && (next..c).all(|j| {
                        self.tags[j].is_nominal()
                            || self.tags[j] == Tag::Comma
                            || self.tags[j] == Tag::Prep
                            || matches!(self.tags[j], Tag::Verb(_))
                    })
            }
            None => false,
        }
    }

    /// Whether a conjunction joins clauses: a verb comes before the next stop or comma.
    pub(super) fn clause_follows(&self, conj: usize, later: &[Group]) -> bool {
        let mut j = conj + 1;
        while j < self.s.end && j < conj + 12 {
            if let Some(g) = later.iter().find(|g| g.first == j) {
                return g.finite || g.infinitive || j == conj + 1;
            }
            match self.tags[j] {
                Tag::Comma | Tag::Stop | Tag::Subord | Tag::Conj => return false,
                Tag::Prep if j > conj + 1 => {}
                _ => {}
            }
            j += 1;
        }
        false
    }
}
