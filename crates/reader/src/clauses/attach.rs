//! Subjects, and which group governs which.
//!
//! In: groups from left to right. Out: the same with subjects and links. What always holds: a group without words of its own for a subject takes that of
//! the group that governs it, and says so.

use super::{Clauses, Group, Link, Region};
use crate::lexicon::Sort;
use crate::tagging::Tag;

impl Clauses<'_> {
    /// Finds the subject of group `n`.
    pub(super) fn attach(&self, groups: &mut [Group], n: usize) {
        let g = &groups[n];
        let mut p = g.first;
        while p > self.s.first && matches!(self.tags[p - 1], Tag::Adverb | Tag::Neg | Tag::Quote) {
            p -= 1;
        }
        let take = |groups: &mut [Group], from: Option<usize>, link: Link| {
            if let Some(h) = from {
                groups[n].subject = groups[h].subject;
                groups[n].inherited = true;
                groups[n].governor = Some(h);
                groups[n].link = link;
            }
        };
        let before = n.checked_sub(1);
        if g.infinitive {
            let Some(h) = before else {
                groups[n].subject = self.phrase_left(p, groups, n);
                return;
            };
            let between = Region { first: groups[h].end, end: p };
            let clean =
                (between.first..between.end).all(|j| !matches!(self.tags[j], Tag::Stop | Tag::Subord));
            take(groups, Some(h), Link::Infinitive);
            let joined = p > self.s.first && self.tags[p - 1] == Tag::Conj;
            if joined {
                groups[n].link = Link::Joined;
                groups[n].governor = groups[h].governor.or(Some(h));
                return;
            }
            let object = groups[h].segments.first().map(|s| s.region);
            let actor_object = object.is_some_and(|r| self.has_actor(r));
            let control = self.v.object_control.contains_key(&groups[h].lemma);
            if control && !groups[h].passive && clean && actor_object {
                groups[n].subject = object;
                groups[n].inherited = false;
            } else if control && !groups[h].passive && clean && !actor_object {
                // `call on Chad to`: the phrase of the preposition.
                let other = groups[h]
                    .segments
                    .iter()
                    .skip(1)
                    .find(|s| {
                        self.has_actor(s.region)
                            && s.region.end <= p
                            && s.prep.is_some_and(|q| {
                                matches!(self.tokens[q].norm.as_str(), "on" | "upon" | "to" | "with" | "for")
                            })
                    })
                    .map(|s| s.region);
                if let Some(r) = other {
                    groups[n].subject = Some(r);
                    groups[n].inherited = false;
                }
            }
            return;
        }
        if g.ing {
            let prev = (p > self.s.first).then(|| p - 1);
            let direct = prev.filter(|q| matches!(self.tags[*q], Tag::Noun | Tag::Name)).is_some();
            if direct {
                groups[n].subject = self.phrase_left(p, groups, n);
                groups[n].governor = before;
                groups[n].link = Link::Ing;
                return;
            }
            let of = prev.filter(|q| {
                self.tokens[*q].is("of") || self.tokens[*q].is("from") || self.tokens[*q].is("for")
            });
            if let (Some(_), Some(h)) = (of, before) {
                let object = groups[h].segments.first().map(|s| s.region).filter(|r| self.has_actor(*r));
                take(groups, Some(h), Link::Ing);
                if let Some(r) = object.filter(|_| {
                    matches!(
                        groups[h].lemma.as_str(),
                        "accuse"
                            | "suspect"
                            | "prevent"
                            | "stop"
                            | "ban"
                            | "bar"
                            | "blame"
                            | "thank"
                            | "criticize"
                            | "criticise"
                            | "condemn"
                            | "prohibit"
                    )
                }) {
                    groups[n].subject = Some(r);
                    groups[n].inherited = false;
                }
                return;
            }
            if before.is_some() {
                take(groups, before, Link::Ing);
            }
            return; // at the beginning of a sentence: filled in from the group that follows, below
        }
        if p == self.s.first {
            return;
        }
        let prev = p - 1;
        match self.tags[prev] {
            Tag::Subord if matches!(self.tokens[prev].norm.as_str(), "which" | "that" | "who" | "whom") => {
                let mut q = prev;
                while q > self.s.first && matches!(self.tags[q - 1], Tag::Comma | Tag::Prep) {
                    q -= 1;
                }
                groups[n].subject = self.phrase_left(q, groups, n);
            }
            Tag::Conj => {
                let same = (0..n)
                    .rev()
                    .find(|h| groups[*h].finite == groups[n].finite && groups[*h].subject.is_some())
                    .or(before);
                take(groups, same, Link::Joined);
            }
            Tag::Comma => {
                groups[n].subject = self.before_aside(prev, groups, n);
                if groups[n].subject.is_none() {
                    take(groups, before, Link::Joined);
                }
            }
            _ => {
                groups[n].subject = self.phrase_left(p, groups, n);
                if groups[n].subject.is_none() {
                    take(groups, before, Link::Joined);
                }
            }
        }
        // A participle clause at the beginning takes the subject of the first finite verb.
        if groups[n].finite && groups[n].subject.is_some() {
            for h in 0..n {
                if groups[h].ing && groups[h].subject.is_none() {
                    groups[h].subject = groups[n].subject;
                    groups[h].inherited = true;
                    groups[h].governor = Some(n);
                    groups[h].link = Link::Ing;
                }
            }
        }
    }

    /// `Peru, for its part, signed`: the phrase before the aside that ends at this comma.
    pub(super) fn before_aside(&self, comma: usize, groups: &[Group], n: usize) -> Option<Region> {
        let open = (self.s.first..comma).rev().take(24).find(|j| self.tags[*j] == Tag::Comma)?;
        if open == self.s.first {
            return None;
        }
        let finite_inside = groups[..n].iter().any(|g| {
            g.first > open && g.first < comma && g.finite && !matches!(self.tags[open + 1], Tag::Subord)
        });
        if finite_inside {
            return None;
        }
        let before = self.phrase_left(open, groups, n)?;
        // `Chad's envoy, Ali Moussa, met`: the name in the aside is who is meant.
        let named = self.names.of(open + 1).is_some_and(|m| m.sort == Sort::Person);
        Some(if named { Region { first: before.first, end: comma } } else { before })
    }

    /// The noun phrase that ends before token `p`.
    pub(super) fn phrase_left(&self, p: usize, groups: &[Group], n: usize) -> Option<Region> {
        // `said on Friday they would`: a pronoun of the subject is all of it.
        let alone = p.checked_sub(1).filter(|j| {
            *j > self.s.first
                && matches!(self.tokens[*j].norm.as_str(), "he" | "she" | "it" | "they" | "we" | "i")
                && self.tags[*j - 1] != Tag::Conj
        });
        if let Some(j) = alone {
            return Some(Region { first: j, end: p });
        }
        let mut i = p;
        let mut brackets = 0_i32;
        let mut last_conj = None;
        let mut hit_verb = false;
        while i > self.s.first {
            let j = i - 1;
            let norm = self.tokens[j].norm.as_str();
            match norm {
                ")" | "]" => brackets += 1,
                "(" | "[" => brackets -= 1,
                _ if brackets > 0 => {}
                _ => {
                    let inside_group = groups[..n].iter().find(|g| g.first <= j && j < g.end);
                    if let Some(g) = inside_group {
                        // A participle inside the phrase (`the leaders gathered in Lima said`, `the doctors working in Chad
                        // said`) does not end it.
                        let reduced = g.ing
                            && g.first > self.s.first
                            && self.tags[g.first - 1] == Tag::Noun
                            && self.v.agents.contains_key(&self.tokens[g.first - 1].norm);
                        if g.finite || !(g.passive || reduced) {
                            hit_verb = true;
                            break;
                        }
                    }
                    match self.tags[j] {
                        Tag::Conj => {
                            if matches!(norm, "but" | "yet") {
                                break;
                            }
                            last_conj.get_or_insert(j);
                        }
                        Tag::Comma if !self.list_left(j, p) => break,
                        Tag::Subord | Tag::Stop | Tag::Quote => break,
                        // `asked for help after Chad shelled`: with a verb behind its noun it opens a clause.
                        Tag::Prep
                            if groups[n].finite
                                && j > self.s.first
                                && matches!(
                                    norm,
                                    "after" | "before" | "since" | "until" | "because" | "while"
                                )
                                && groups[..n].iter().any(|g| g.finite && g.end <= j) =>
                        {
                            break;
                        }
                        _ => {}
                    }
                }
            }
            i = j;
        }
        if hit_verb && let Some(c) = last_conj {
            let h = groups[..n].iter().rev().find(|g| g.end <= i);
            let speaks = h.is_some_and(|h| self.v.speech.contains_key(&h.lemma));
            if !speaks {
                i = c + 1;
            }
        }
        while i < p && matches!(self.tags[i], Tag::Adverb | Tag::Conj | Tag::Comma) {
            i += 1;
        }
        let r = Region { first: i, end: p };
        (!r.is_empty()
            && (r.first..r.end).any(|j| {
                matches!(self.tags[j], Tag::Name | Tag::Noun | Tag::Pronoun | Tag::Number | Tag::Det)
            }))
        .then_some(r)
    }

    /// Whether a comma left of a verb stands in a list of subjects.
    pub(super) fn list_left(&self, comma: usize, p: usize) -> bool {
        let conj_after = (comma..p).any(|j| self.tags[j] == Tag::Conj);
        let begin = (self.s.first..comma)
            .rev()
            .find(|j| matches!(self.tags[*j], Tag::Comma | Tag::Stop | Tag::Subord))
            .map_or(self.s.first, |j| j + 1);
        let prep_start = matches!(self.tags[begin], Tag::Prep | Tag::Adverb | Tag::Subord);
        let short = comma - begin <= 6;
        let name = (begin..comma).any(|j| matches!(self.tags[j], Tag::Name));
        conj_after && short && name && !prep_start
    }
}
