//! Groups of verbs: where they begin and end, their tense, whether they are passive.
//!
//! In: tokens with their tags. Out: [`Group`]s from left to right, without subjects. What always holds: a participle after a noun is a group only where its
//! phrase reads as a passive.

use super::{Clauses, Group, Link, Tense};
use crate::tagging::Tag;

impl Clauses<'_> {
    pub(super) fn group_at(&self, i: usize) -> Option<Group> {
        let (tags, end) = (self.tags, self.s.end);
        if !(tags[i].is_verb() || tags[i] == Tag::To) {
            return None;
        }
        let mut g = Group {
            first: i,
            main: i,
            end: i + 1,
            lemma: String::new(),
            finite: true,
            infinitive: tags[i] == Tag::To,
            ing: false,
            passive: false,
            perfect: false,
            progressive: false,
            modal: None,
            negated: false,
            tense: Tense::Present,
            subject: None,
            inherited: false,
            governor: None,
            link: Link::None,
            segments: Vec::new(),
            close: i + 1,
        };
        let mut j = i;
        let mut last: Option<Tag> = None;
        let mut main = None;
        while j < end {
            match tags[j] {
                Tag::To if j == i => last = Some(Tag::To),
                Tag::Modal if main.is_none() && !matches!(last, Some(Tag::Be | Tag::Have)) => {
                    g.modal = Some(j);
                    g.negated |= self.tokens[j].is("cannot");
                    last = Some(Tag::Modal);
                    main = Some(j);
                }
                Tag::Be | Tag::Have | Tag::Do
                    if !matches!(
                        (last, tags[j]),
                        (Some(Tag::Be), Tag::Be | Tag::Have)
                            | (Some(Tag::Have | Tag::Do), Tag::Have | Tag::Do)
                    ) || (last == Some(Tag::Be) && self.tokens[j].is("being")) =>
                {
                    if tags[j] == Tag::Have && last != Some(Tag::Be) {
                        g.perfect = true;
                    }
                    if !matches!(last, Some(Tag::Modal | Tag::To | Tag::Have | Tag::Be)) {
                        g.tense = if matches!(self.tokens[j].norm.as_str(), "was" | "were" | "had" | "did") {
                            Tense::Past
                        } else {
                            Tense::Present
                        };
                    }
                    last = Some(tags[j]);
                    main = Some(j);
                }
                Tag::Adverb => {}
                Tag::Neg => g.negated = true,
                Tag::Adjective if last == Some(Tag::Be) && self.tokens[j].is("busy") => {}
                Tag::Comma if matches!(last, Some(Tag::Have | Tag::Be | Tag::Modal)) => {
                    match self.after_aside(j) {
                        Some(k) => {
                            j = k;
                            continue;
                        }
                        None => break,
                    }
                }
                Tag::Verb(f) => {
                    let fits = match last {
                        None => true,
                        Some(Tag::Be) => f.participle || f.ing,
                        Some(Tag::Have) => f.participle || f.past,
                        Some(Tag::Modal | Tag::To | Tag::Do) => f.base,
                        _ => false,
                    };
                    if fits {
                        g.passive = last == Some(Tag::Be) && f.participle && !f.ing;
                        g.progressive = last == Some(Tag::Be) && f.ing;
                        if last.is_none() {
                            g.ing = f.ing;
                            g.tense = if f.past && !f.third { Tense::Past } else { Tense::Present };
                        }
                        if last == Some(Tag::Have) || (g.perfect && g.tense == Tense::Present) {
                            g.perfect = true;
                        }
                        main = Some(j);
                    }
                    break;
                }
                _ => break,
            }
            j += 1;
        }
        let m = main?;
        g.main = m;
        g.end = m + 1;
        g.lemma = match tags[m] {
            Tag::Be => "be".to_owned(),
            Tag::Have => "have".to_owned(),
            Tag::Do => "do".to_owned(),
            Tag::Modal => "be".to_owned(),
            _ => self.lemma(m),
        };
        if tags[m] == Tag::Have {
            g.perfect = false;
        }
        // `never` right before.
        let lead = (self.s.first..i)
            .rev()
            .take_while(|j| matches!(tags[*j], Tag::Neg | Tag::Adverb))
            .any(|j| tags[j] == Tag::Neg);
        g.negated |= lead;
        // `not` right after a copula.
        let mut k = g.end;
        while k < end && matches!(tags[k], Tag::Neg | Tag::Adverb) && k < g.end + 3 {
            g.negated |= tags[k] == Tag::Neg && matches!(g.lemma.as_str(), "be" | "have");
            k += 1;
        }
        g.finite = !g.infinitive && !g.ing;
        if g.modal.is_some_and(|m| matches!(self.tokens[m].norm.as_str(), "will" | "'ll" | "shall" | "wo")) {
            g.tense = Tense::Future;
        }
        if g.perfect && g.tense == Tense::Present {
            g.tense = Tense::Past;
        }
        if self.reduced_passive(&g) {
            g.passive = true;
            g.finite = false;
        }
        Some(g)
    }

    pub(super) fn lemma(&self, i: usize) -> String {
        let norm = &self.tokens[i].norm;
        self.v.verb_forms.get(norm).map_or_else(|| norm.clone(), |(l, _)| l.clone())
    }

    /// The token after `, … ,` that interrupts a verb group.
    pub(super) fn after_aside(&self, comma: usize) -> Option<usize> {
        let close = (comma + 1..self.s.end.min(comma + 9)).find(|j| self.tags[*j] == Tag::Comma)?;
        let next = close + 1;
        (next < self.s.end && matches!(self.tags[next], Tag::Be | Tag::Verb(_) | Tag::Adverb)).then_some(next)
    }

    /// `a treaty signed by …`: a participle without auxiliary behind a thing.
    pub(super) fn reduced_passive(&self, g: &Group) -> bool {
        let Tag::Verb(f) = self.tags[g.main] else { return false };
        if g.first != g.main || !f.participle || g.main == self.s.first {
            return false;
        }
        let next = (g.end < self.s.end).then(|| &self.tokens[g.end]);
        let before = g.main - 1;
        if !f.past {
            return matches!(self.tags[before], Tag::Noun | Tag::Name | Tag::Comma | Tag::Stop);
        }
        // `the treaty, signed in Lima in 1951`
        let set_off = self.tags[before] == Tag::Comma
            && before > self.s.first
            && matches!(self.tags[before - 1], Tag::Noun)
            && matches!(
                g.lemma.as_str(),
                "sign" | "conclude" | "adopt" | "ratify" | "negotiate" | "establish" | "create"
            )
            && next.is_some_and(|t| matches!(t.norm.as_str(), "in" | "on" | "at" | "between" | "last"));
        if set_off {
            return true;
        }
        if next.is_some_and(|t| t.is("by")) && !matches!(g.lemma.as_str(), "stand" | "abide") {
            return true;
        }
        let prep_next = next.is_some_and(|t| {
            matches!(
                t.norm.as_str(),
                "between"
                    | "in"
                    | "on"
                    | "at"
                    | "under"
                    | "for"
                    | "from"
                    | "to"
                    | "against"
                    | "during"
                    | "into"
            )
        });
        let thing = self.tags[before] == Tag::Noun
            && !self.v.agents.contains_key(&self.tokens[before].norm)
            && !crate::dates::is_time_word(&self.tokens[before].norm);
        let intransitive = matches!(
            g.lemma.as_str(),
            "meet"
                | "agree"
                | "appeal"
                | "protest"
                | "talk"
                | "arrive"
                | "come"
                | "go"
                | "begin"
                | "start"
                | "fall"
                | "rise"
                | "collapse"
                | "happen"
                | "lead"
                | "return"
                | "clash"
                | "erupt"
                | "continue"
                | "end"
                | "call"
                | "result"
                | "run"
                | "refer"
                | "demonstrate"
                | "rally"
                | "march"
                | "fight"
                | "retreat"
                | "resign"
                | "vote"
                | "cooperate"
                | "negotiate"
                | "consult"
                | "travel"
                | "fly"
                | "respond"
                | "react"
                | "insist"
                | "participate"
                | "object"
                | "complain"
                | "apologize"
                | "apologise"
                | "gather"
                | "threaten"
        );
        prep_next && thing && !intransitive
    }
}
