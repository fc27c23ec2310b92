//! Finding a frame's pattern at a verb.
//!
//! In: a scene, the frames, a group of verbs. Out: the pattern that fits best, and where its words end. What always holds: the words of a pattern stand in order,
//! with gaps only where it has them; a pattern that needs a subject or object of a kind fits none other.

use super::super::Scene;
use crate::clauses::Region;
use crate::frames::{Frame, Frames, GAP, Pattern};
use crate::lexicon::{Class, Use, singular};
use crate::tagging::Tag;

/// A pattern found: where its words end, and the places of those words.
pub(crate) struct Match<'f> {
    pub(crate) frame: &'f Frame,
    pub(crate) end: usize,
    /// In a passive clause, part of the pattern stood in the subject.
    pub(crate) in_subject: bool,
    /// The denial is the act: `would not allow` is a refusal, and one that is made.
    pub(crate) refusal: bool,
}
impl Scene<'_> {
    /// The frame a verb group carries.
    pub(crate) fn verb_match<'f>(&self, frames: &'f Frames, n: usize) -> Option<Match<'f>> {
        let g = &self.groups[n];
        let tokens = self.c.tokens;
        // `stayed isolated`, `became united`: a state, not an act.
        let copula = g.first == g.main
            && g.first > self.c.s.first
            && self.groups[..n].last().is_some_and(|h| {
                h.end == g.first
                    && matches!(
                        h.lemma.as_str(),
                        "stay" | "remain" | "become" | "seem" | "appear" | "get" | "feel"
                    )
            });
        if copula && matches!(self.c.tags[g.main], Tag::Verb(f) if f.participle) {
            return None;
        }
        let mut best: Option<(usize, Match<'f>)> = None;
        let mut offer = |length: usize, m: Match<'f>, constrained: bool| {
            let weight = 2 * length + usize::from(constrained);
            if best.as_ref().is_none_or(|(w, _)| weight > *w) {
                best = Some((weight, m));
            }
        };
        let mut try_list = |list: &'f [Pattern], from: usize| {
            for p in list {
                let frame = frames.get(p);
                if !self.stands_before(&p.before, g.main) {
                    continue;
                }
                let says = frame.by_user || self.c.v.speech.contains_key(&g.lemma);
                let (end, in_subject) = match self.follow(&p.rest, from, says) {
                    Some(end) => (end, false),
                    None if g.passive && !p.rest.is_empty() && self.in_subject(&p.rest, n) => (g.end, true),
                    None => continue,
                };
                if !self.fits(frame, n, end, in_subject) {
                    continue;
                }
                let constrained = frame.objects_actor
                    || frame.object_thing
                    || frame.object_person
                    || frame.needs_agent
                    || !frame.needs.is_empty();
                offer(p.length(), Match { frame, end, in_subject, refusal: false }, constrained);
            }
        };
        if g.lemma == "be" {
            try_list(frames.of_verb("be"), g.end);
        } else {
            try_list(frames.of_verb(&g.lemma), g.end);
            if g.passive {
                try_list(frames.of_verb("be"), g.main);
            }
        }
        if g.negated && !g.infinitive {
            for first in ["will", "would", "not"] {
                let word = g.modal.map_or("", |m| tokens[m].norm.as_str());
                if first != "not" && !(word == first || (word == "wo" && first == "will")) {
                    continue;
                }
                for p in frames.of_verb(first) {
                    let Some(list) = p.rest.last() else { continue };
                    if list.contains(&g.lemma) {
                        offer(
                            3,
                            Match { frame: frames.get(p), end: g.end, in_subject: false, refusal: true },
                            true,
                        );
                    }
                }
            }
        }
        best.map(|(_, m)| m)
    }

    /// Whether the words a pattern asks for before its verb are there, in order.
    pub(super) fn stands_before(&self, words: &[Vec<String>], verb: usize) -> bool {
        let mut at = verb;
        words.iter().rev().all(|list| {
            let found = (self.c.s.first..at)
                .rev()
                .take(GAP + 1)
                .take_while(|j| !matches!(self.c.tags[*j], Tag::Stop | Tag::Comma))
                .find(|j| list.iter().any(|w| self.is_word(*j, w)));
            at = found.unwrap_or(at);
            found.is_some()
        })
    }

    /// Follows the words of a pattern from a token on.
    pub(super) fn follow(&self, rest: &[Vec<String>], from: usize, across_verbs: bool) -> Option<usize> {
        let mut at = from;
        for (k, words) in rest.iter().enumerate() {
            // `~with`: other phrases may come between.
            let loose = words.iter().any(|w| w.starts_with('~'));
            let is_particle =
                |w: &String| matches!(self.c.v.class(w), Some(Class::Prep | Class::Adverb)) || w == "that";
            let particle = k == 0 && !loose && words.iter().all(|w| w == "to" || is_particle(w));
            let reach = if loose || words.iter().all(|w| w == "to") {
                8
            } else if particle {
                1
            } else {
                GAP
            };
            let mut j = at;
            let mut found = None;
            while j < self.c.s.end && j <= at + reach {
                if words.iter().any(|w| self.is_word(j, w.trim_start_matches('~'))) {
                    found = Some(j);
                    break;
                }
                let tag = self.c.tags[j];
                let auxiliary =
                    matches!(tag, Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Subord | Tag::To);
                let finite = matches!(tag, Tag::Verb(f) if !f.participle && !f.ing);
                let other_phrase = tag == Tag::Prep
                    && !loose
                    && !matches!(self.c.tokens[j].norm.as_str(), "of" | "in" | "worth");
                // `complete, full diplomatic ties`
                let between_adjectives = tag == Tag::Comma
                    && j > at
                    && self.c.tags[j - 1] == Tag::Adjective
                    && self.c.tags.get(j + 1) == Some(&Tag::Adjective);
                let comma = tag == Tag::Comma
                    && !between_adjectives
                    && (j == at || k == 0 && self.c.tags.get(j + 1).is_some_and(|t| *t == Tag::Subord));
                let stop =
                    tag == Tag::Stop || (!across_verbs && (auxiliary || finite || other_phrase || comma));
                if stop || (particle && !matches!(tag, Tag::Adverb | Tag::Neg) && reach == 1) {
                    break;
                }
                j += 1;
            }
            at = found? + 1;
        }
        Some(at)
    }

    /// Whether a token is a word of a pattern: itself, in the singular, or as a form of a verb.
    pub(super) fn is_word(&self, i: usize, word: &str) -> bool {
        let norm = self.c.tokens[i].norm.as_str();
        norm == word
            || singular(norm) == word
            || (matches!(self.c.tags[i], Tag::Verb(_))
                && self.c.v.verb_forms.get(norm).is_some_and(|(l, _)| l == word))
    }

    pub(super) fn in_subject(&self, rest: &[Vec<String>], n: usize) -> bool {
        let Some(r) = self.groups[n].subject else { return false };
        let things = rest.iter().any(|words| words.iter().any(|w| self.c.v.class(w).is_none()));
        things && rest.iter().all(|words| (r.first..r.end).any(|i| words.iter().any(|w| self.is_word(i, w))))
    }

    /// What a frame asks of the clause beyond its words.
    pub(super) fn fits(&self, frame: &Frame, n: usize, end: usize, in_subject: bool) -> bool {
        let g = &self.groups[n];
        let object = || self.object_after(n, end);
        if frame.objects_actor
            && !(g.passive && g.subject.is_some_and(|r| self.c.has_actor(r)))
            && !self.c.has_actor(object())
        {
            return false;
        }
        if (frame.object_thing || frame.object_person) && !g.passive {
            // Things are welcomed, guests are received: the first noun of the object says which.
            let r = object();
            let mut head = None;
            for i in r.first..r.end {
                let next_phrase =
                    head.is_some() && matches!(self.c.tags[i], Tag::Det | Tag::Possessive | Tag::Number);
                if matches!(self.c.tags[i], Tag::Prep | Tag::Comma) || next_phrase {
                    break;
                }
                if matches!(self.c.tags[i], Tag::Noun | Tag::Name)
                    || matches!(self.c.tags[i], Tag::Verb(f) if f.ing)
                {
                    head = Some(i);
                }
            }
            let person = head.is_some_and(|h| {
                self.c.tags[h] == Tag::Name || self.c.v.agents.contains_key(&self.c.tokens[h].norm)
            });
            if head.is_none() || person == frame.object_thing {
                return false;
            }
        }
        if frame.needs_agent {
            let plural = |i: usize| {
                self.c.names.of(i).is_some_and(|m| m.usage == Use::Demonym)
                    && self.c.tokens[i].norm.ends_with('s')
            };
            let people = |r: Region| {
                (r.first..r.end)
                    .any(|i| (self.c.tags[i] == Tag::Noun && is_crowd(&self.c.tokens[i].norm)) || plural(i))
            };
            let subject = g.subject.is_some_and(people);
            if !subject && !in_subject {
                return false;
            }
        }
        match frame.needs.as_str() {
            "infinitive" => self.groups.get(n + 1).is_some_and(|h| h.infinitive && h.governor == Some(n)),
            "actor-infinitive" => {
                self.groups.get(n + 1).is_some_and(|h| h.infinitive) && self.c.has_actor(object())
            }
            _ => true,
        }
    }

    /// The bare object of a group after its pattern's words.
    pub(super) fn object_after(&self, n: usize, end: usize) -> Region {
        let (segments, _) = self.c.segments(end, self.groups.get(n + 1..).unwrap_or(&[]));
        segments.first().map_or(Region { first: end, end }, |s| s.region)
    }
}

/// Nouns for people who protest.
fn is_crowd(norm: &str) -> bool {
    const CROWDS: &[&str] = &[
        "protesters",
        "protestors",
        "demonstrators",
        "workers",
        "strikers",
        "students",
        "villagers",
        "residents",
        "people",
        "crowds",
        "crowd",
        "activists",
        "dissidents",
        "prisoners",
        "farmers",
        "miners",
        "teachers",
        "doctors",
        "journalists",
        "citizens",
        "voters",
        "detainees",
        "inmates",
        "migrants",
        "refugees",
        "settlers",
        "supporters",
        "opponents",
        "members",
        "thousands",
        "hundreds",
        "dozens",
        "tens",
        "union",
        "unions",
        "women",
        "men",
        "youths",
        "youth",
        "mob",
        "mobs",
        "civilians",
        "rioters",
        "lawyers",
        "nurses",
        "drivers",
        "truckers",
        "fishermen",
        "relatives",
        "families",
        "monks",
        "priests",
        "clerics",
        "opposition",
        "party",
        "nationalists",
        "leftists",
        "islamists",
        "militants",
        "rebels",
        "followers",
        "group",
        "groups",
        "leader",
        "leaders",
        "politician",
        "politicians",
        "exiles",
        "parents",
        "victims",
        "protester",
        "movement",
        "employees",
        "staff",
        "soldiers",
        "police",
        "guards",
        "veterans",
        "hunger",
        "separatists",
        "extremists",
        "community",
        "muslims",
        "christians",
        "kurds",
        "tamils",
        "tibetans",
        "palestinians",
    ];
    CROWDS.contains(&norm)
}
