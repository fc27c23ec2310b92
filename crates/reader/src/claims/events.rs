//! Events: who did what to whom, by the frames.
//!
//! In: a [`Scene`]. Out: [`EventDraft`]s. What always holds: an event has its trigger in the text, and a source or a target; what a
//! frame of saying, asking, refusing or threatening governs is part of it and no event of its own.

use super::Scene;
use crate::actors::Actor;
use crate::clauses::{Link, Region, Segment, Tense};
use crate::frames::{Frame, Frames, GAP, Pattern};
use crate::lexicon::{Class, Use, singular};
use crate::modality::Verdict;
use crate::tagging::Tag;

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
    fn obligated_by_speech(&self, n: usize) -> bool {
        self.groups[n]
            .modal
            .is_some_and(|m| matches!(self.c.tokens[m].norm.as_str(), "must" | "should" | "ought"))
    }

    /// `Peru said Chile must withdraw`: a request, by a rule rather than a frame.
    fn told_to(&self, swallowed: &mut Vec<Region>, used: &[Region]) -> Vec<EventDraft> {
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
    fn complement_end(&self, n: usize) -> usize {
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
    fn stands_before(&self, words: &[Vec<String>], verb: usize) -> bool {
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
    fn follow(&self, rest: &[Vec<String>], from: usize, across_verbs: bool) -> Option<usize> {
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
    fn is_word(&self, i: usize, word: &str) -> bool {
        let norm = self.c.tokens[i].norm.as_str();
        norm == word
            || singular(norm) == word
            || (matches!(self.c.tags[i], Tag::Verb(_))
                && self.c.v.verb_forms.get(norm).is_some_and(|(l, _)| l == word))
    }

    fn in_subject(&self, rest: &[Vec<String>], n: usize) -> bool {
        let Some(r) = self.groups[n].subject else { return false };
        let things = rest.iter().any(|words| words.iter().any(|w| self.c.v.class(w).is_none()));
        things && rest.iter().all(|words| (r.first..r.end).any(|i| words.iter().any(|w| self.is_word(i, w))))
    }

    /// What a frame asks of the clause beyond its words.
    fn fits(&self, frame: &Frame, n: usize, end: usize, in_subject: bool) -> bool {
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
    fn object_after(&self, n: usize, end: usize) -> Region {
        let (segments, _) = self.c.segments(end, self.groups.get(n + 1..).unwrap_or(&[]));
        segments.first().map_or(Region { first: end, end }, |s| s.region)
    }

    fn verb_event(&self, n: usize, m: &Match<'_>, trigger: Region) -> Option<EventDraft> {
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
    fn only_a_state(
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
    fn first_to(&self, h: usize, infinitive: usize) -> bool {
        self.groups[h].lemma == "vote"
            || (self.groups[h].end..infinitive).any(|j| {
                matches!(self.c.tokens[j].norm.as_str(), "first" | "only" | "last" | "second" | "enough")
            })
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

    /// A pattern that begins with `be`.
    fn is_stative(&self, n: usize, m: &Match<'_>) -> bool {
        let g = &self.groups[n];
        self.c.v.frames.of_verb("be").iter().any(|p| {
            self.c.v.frames.get(p).id == m.frame.id
                && p.rest.first().is_some_and(|w| w.iter().any(|w| self.c.tokens[g.main].norm == *w))
        })
    }

    fn is_prep(&self, s: &Segment, word: &str) -> bool {
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
    fn targets(
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
    fn governed_subject(&self, n: usize) -> Option<Vec<Actor>> {
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
    fn at_place(&self, place: &str, after: &[Segment], inner: Region) -> Vec<Actor> {
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
    fn made_by(&self, after: &[Segment]) -> Vec<Actor> {
        let Some(object) = after.first().map(|s| s.region).filter(|r| !r.is_empty()) else {
            return Vec::new();
        };
        let made = self.groups.iter().find(|g| g.first == object.end && g.passive && !g.finite);
        let by = made.and_then(|g| g.segments.iter().find(|s| self.is_prep(s, "by")));
        by.map(|s| self.c.named(s.region)).unwrap_or_default()
    }

    /// Those the clause is about though no place of the frame names them.
    fn elsewhere(&self, frame: &Frame, after: &[Segment], inner: Region, n: usize) -> Option<Vec<Actor>> {
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

    /// An event carried by a noun: `the talks between Peru and Chile`, `Peru's invasion of Chile`.
    fn noun_event(&self, i: usize, verbs: &[EventDraft]) -> Option<EventDraft> {
        let c = &self.c;
        if !matches!(c.tags[i], Tag::Noun | Tag::Adjective)
            || c.names.at[i].is_some()
            || c.tokens[i].cap && i != c.s.first
        {
            return None;
        }
        let patterns = c.v.frames.of_noun(singular(&c.tokens[i].norm));
        let (p, end) = patterns.iter().find_map(|p| self.noun_words(&p.rest, i + 1).map(|end| (p, end)))?;
        let frame = c.v.frames.get(p);
        let prep = (end > i + 1 && c.tags[end - 1] == Tag::Prep).then(|| end - 1);
        let head_end = prep.unwrap_or(end);
        let from = prep.unwrap_or(end);
        let later: Vec<_> = self.groups.iter().filter(|g| g.first >= from).cloned().collect();
        let (segments, close) = c.segments(from, &later);
        let np = self.phrase_before(i);
        let mut source = c.named(np);
        let at = |word: &str| -> Vec<Actor> {
            let places = (0..segments.len()).filter(|k| self.is_prep(&segments[*k], word));
            places.flat_map(|k| c.actors(self.phrase(&segments, k), self.before)).collect()
        };
        let by = at("by");
        if !by.is_empty() {
            source = by;
        }
        let owner = (np.first..np.end).any(|j| c.tags[j] == Tag::Possessive);
        if source.is_empty() && owner {
            source = c.actors(np, self.before);
        }
        let mut target = Vec::new();
        let own_prep = prep.map(|q| c.tokens[q].norm.clone());
        if let Some(word) = own_prep.as_deref().filter(|w| *w != "by") {
            let found = at(word);
            if word == "from" {
                source = if source.is_empty() { found } else { source }
            } else {
                target = found
            }
        }
        if target.is_empty() {
            for place in frame.target.iter().filter(|p| *p != "object" && *p != "by") {
                if place == "in" && !matches!(frame.kind.as_str(), "ASSAULT" | "PROTEST" | "COERCE") {
                    continue;
                }
                target = at(place);
                if !target.is_empty() {
                    break;
                }
            }
            if target.is_empty()
                && matches!(frame.kind.as_str(), "ASSAULT" | "COERCE" | "RETREAT" | "CONCEDE")
            {
                target = at("of");
            }
        }
        let between = at("between");
        // `made an attack on`: whoever did the making.
        let light = self.groups.iter().enumerate().rev().find(|(_, g)| {
            g.end <= np.first.max(c.s.first)
                && g.segments.first().is_some_and(|s| s.region.first <= i && i < s.region.end)
        });
        if source.is_empty()
            && between.is_empty()
            && let Some((_, g)) = light
            && LIGHT.contains(&g.lemma.as_str())
            && let Some(r) = g.subject
        {
            source = c.actors(r, self.before);
        }
        if frame.mutual || frame.kind == "CONSULT" {
            let mut all = between;
            if frame.mutual {
                all.extend(source.iter().cloned());
                all.extend(std::mem::take(&mut target));
                source.clear();
            }
            for a in all {
                if !source.iter().any(|s| s.refers == a.refers) {
                    source.push(a);
                }
            }
        } else if source.is_empty() && !between.is_empty() {
            source = between;
        }
        target.retain(|t| !source.iter().any(|s| s.refers == t.refers));
        let span_end = close.max(head_end);
        let span = Region { first: np.first, end: span_end };
        let governing =
            self.groups.iter().position(|g| g.subject.is_some_and(|r| !g.inherited && r.holds(i)));
        let coming = (np.first..i).any(|j| {
            matches!(
                c.tokens[j].norm.as_str(),
                "forthcoming" | "upcoming" | "planned" | "future" | "next" | "proposed" | "scheduled"
            )
        });
        let future_tense = governing.is_some_and(|n| self.groups[n].tense == Tense::Future);
        let modality = if coming || future_tense {
            "planned"
        } else if (np.first..i)
            .any(|j| matches!(c.tokens[j].norm.as_str(), "ongoing" | "continuing" | "current"))
        {
            "ongoing"
        } else if (np.first..i)
            .any(|j| matches!(c.tokens[j].norm.as_str(), "possible" | "potential" | "likely"))
        {
            "possible"
        } else {
            "actual"
        };
        let verdict =
            Verdict { modality, words: Vec::new(), negated: (np.first..i).any(|j| c.tokens[j].is("no")) };
        let date =
            self.date(i, span, &verdict, if modality == "planned" { Tense::Future } else { Tense::Past });
        let deepening = (np.first..i).any(|j| {
            matches!(
                c.tokens[j].norm.as_str(),
                "deepening" | "growing" | "increasing" | "increased" | "joint" | "closer" | "expanding"
            )
        });
        let cooperating = frame.id == "cooperate" && deepening && source.len() >= 2;
        let exact = date.as_ref().is_some_and(|(d, _)| d.len() > 4);
        let date = date.or_else(|| if frame.kind == "CONSULT" { self.meeting_date(span) } else { None });
        if !cooperating && !self.noun_stands(frame, &source, &target, exact, coming) {
            return None;
        }
        // The same act already told by a verb of this sentence.
        let told = verbs.iter().any(|e| {
            e.kind == frame.kind
                && e.span.holds(i)
                && (frame.mutual || e.target.iter().any(|t| target.contains(t)) || target.is_empty())
        });
        if told {
            return None;
        }
        let location = segments
            .iter()
            .filter(|s| s.prep.is_some_and(|q| matches!(c.tokens[q].norm.as_str(), "in" | "at" | "near")))
            .find_map(|s| c.place(s.region));
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
            attribution: self.said.by(i).to_owned(),
            span,
            trigger: Region { first: i, end: head_end },
            object: Region { first: from, end: span_end },
            group: None,
        })
    }

    /// Whether a noun's event has enough about it to be told.
    fn noun_stands(
        &self,
        frame: &Frame,
        source: &[Actor],
        target: &[Actor],
        dated: bool,
        coming: bool,
    ) -> bool {
        let named = source.iter().chain(target).filter(|a| a.is_named()).count();
        match frame.kind.as_str() {
            "CONSULT" => named >= 1 && (source.len() + target.len() >= 2 || dated || coming),
            "COOPERATE" if frame.id == "cooperate" => false,
            "COOPERATE" | "AGREE" | "SUPPORT" => source.len() + target.len() >= 2 && named >= 1,
            "ASSAULT" | "COERCE" | "PROTEST" | "SANCTION" => named >= 1 && !source.is_empty(),
            "MOBILIZE" => source.iter().any(Actor::is_named),
            _ => !source.is_empty() && !target.is_empty() && named >= 1,
        }
    }

    fn noun_words(&self, rest: &[Vec<String>], from: usize) -> Option<usize> {
        let mut at = from;
        for words in rest {
            let is_prep = words.iter().all(|w| self.c.v.class(w).is_some());
            let reach = if is_prep { 0 } else { 2 };
            let found =
                (at..self.c.s.end.min(at + reach + 1)).find(|j| words.iter().any(|w| self.is_word(*j, w)))?;
            if (at..found).any(|j| {
                !matches!(self.c.tags[j], Tag::Adjective | Tag::Noun | Tag::Name | Tag::Det | Tag::Comma)
            }) {
                return None;
            }
            at = found + 1;
        }
        Some(at)
    }

    /// The noun phrase in front of a noun.
    pub(crate) fn phrase_before(&self, i: usize) -> Region {
        let mut first = i;
        while first > self.c.s.first {
            let tag = self.c.tags[first - 1];
            let inside_group = self.groups.iter().any(|g| g.first < first && first <= g.end);
            let joined = tag == Tag::Conj
                && first >= self.c.s.first + 2
                && self.c.tags[first - 2] == Tag::Name
                && self.c.tags[first] == Tag::Name
                && self.c.tokens[first - 1].is("and");
            if (tag.is_nominal() || joined) && !inside_group {
                first -= 1;
            } else {
                break;
            }
        }
        Region { first, end: i }
    }
}

/// Verbs that lend a noun its subject.
const LIGHT: &[&str] = &[
    "make", "issue", "launch", "carry", "express", "voice", "hold", "give", "conduct", "begin", "start",
    "stage", "offer", "send", "provide", "continue", "pay", "have", "lead", "order", "announce", "deliver",
    "mount", "condemn", "suspend", "receive",
];

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
