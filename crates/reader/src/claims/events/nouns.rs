//! Events told by a noun: `the visit of`, `an attack on`.
//!
//! In: a place in the sentence, the events its verbs tell. Out: an event, or nothing where a verb tells it already. What always holds: a noun tells an event only
//! where something makes it one that happened: an article of its own, a doer, a verb that lends it its subject.

use super::super::Scene;
use super::EventDraft;
use crate::actors::Actor;
use crate::clauses::{Region, Tense};
use crate::frames::Frame;
use crate::lexicon::singular;
use crate::modality::Verdict;
use crate::tagging::Tag;

impl Scene<'_> {
    /// An event carried by a noun: `the talks between Peru and Chile`, `Peru's invasion of Chile`.
    pub(super) fn noun_event(&self, i: usize, verbs: &[EventDraft]) -> Option<EventDraft> {
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
    pub(super) fn noun_stands(
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

    pub(super) fn noun_words(&self, rest: &[Vec<String>], from: usize) -> Option<usize> {
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
