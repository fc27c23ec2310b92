//! Persons: names in full, family names alone, and whom they mean.
//!
//! In: tokens, the people met so far. Out: mentions of persons. What always holds: a family name goes to the person the document names in
//! full before it goes to one the lexicon knows; namesakes of other states stay apart.

use super::words::*;
use super::*;

impl Finder<'_> {
    /// Remembers a person the document names in full.
    pub(super) fn meet(&mut self, refers: &str, first: usize, end: usize, of: &str) {
        let words: Vec<String> = self.name_words(first, end);
        let known = self.v.persons.iter().find(|p| p.refers == refers);
        let state = known.map_or(of, |p| p.state.as_str()).to_owned();
        let of = if of.is_empty() { state.clone() } else { of.to_owned() };
        if let Some(p) = self.people.iter_mut().find(|p| p.refers == refers) {
            if p.of.is_empty() {
                p.of = of;
            }
            return;
        }
        let canonical = refers.trim_start_matches("PER:");
        let family = if known.is_some() {
            let families = self
                .v
                .by_family
                .iter()
                .filter(|(_, ids)| ids.iter().any(|i| self.v.persons[*i as usize].refers == refers));
            families
                .map(|(f, _)| f.clone())
                .min_by_key(|f| (!words.contains(f), f.clone()))
                .unwrap_or_default()
        } else if FAMILY_FIRST.contains(&state.as_str()) && words.len() >= 2 {
            words[0].clone()
        } else {
            words.last().cloned().unwrap_or_else(|| crate::tokens::fold(canonical))
        };
        let full = words.len() > 1;
        self.people.push(Person { refers: refers.to_owned(), words, family, of, title: String::new(), full });
    }

    pub(super) fn name_words(&self, first: usize, end: usize) -> Vec<String> {
        let words = self.tokens[first..end]
            .iter()
            .filter(|t| t.kind == Kind::Word && t.norm != "jr." && t.norm != "jr");
        words.map(|t| t.norm.clone()).collect()
    }

    /// A person's name that begins at token `i`: where it ends.
    pub(super) fn name_run(&self, i: usize, end: usize) -> usize {
        let mut at = i;
        let mut words = 0;
        while at < end && words < 5 {
            let t = &self.tokens[at];
            if at > i && (t.norm == "'s" || t.norm == "'") {
                break;
            }
            if let Some(m) = self.out.of(at) {
                if m.sort == Sort::Person && m.first == at {
                    return if at == i { m.end } else { at };
                }
                break;
            }
            if t.kind == Kind::Word && t.cap && !MONTHS_AND_DAYS.contains(&t.norm.as_str()) {
                if self.v.class(&t.norm).is_some_and(|c| !matches!(c, Class::Adjective | Class::Modal))
                    && t.norm.len() > 1
                {
                    break;
                }
                words += 1;
                at += 1;
            } else if t.kind == Kind::Hyphen
                && at > i
                && at + 1 < end
                && t.start == self.tokens[at - 1].end
                && t.end == self.tokens[at + 1].start
            {
                at += 2;
            } else if t.kind == Kind::Word
                && PARTICLES.contains(&t.norm.as_str())
                && at + 1 < end
                && (self.tokens[at + 1].cap
                    || self.tokens[at + 1].kind == Kind::Hyphen
                    || PARTICLES.contains(&self.tokens[at + 1].norm.as_str()))
            {
                at += 1;
            } else {
                break;
            }
        }
        if words == 0 { i } else { at }
    }

    /// What a name refers to.
    pub(super) fn resolve(
        &mut self,
        first: usize,
        end: usize,
        of: &str,
        title: &str,
    ) -> (String, &'static str, Option<String>) {
        if let Some(m) = self.out.of(first)
            && m.sort == Sort::Person
        {
            return (m.refers.clone(), "listed", None);
        }
        let words = self.name_words(first, end);
        let name = self.piece(first, end).split_whitespace().collect::<Vec<_>>().join(" ");
        let last = words.last().cloned().unwrap_or_default();
        if let Some(p) = self.people.iter().find(|p| p.words == words) {
            return (p.refers.clone(), "named-before", None);
        }
        let same_family =
            |p: &&Person| p.family == last || (words.len() == 1 && p.words.last() == Some(&last));
        if words.len() == 1 {
            if let Some(p) = self.people.iter().rev().filter(|p| p.full).find(same_family) {
                return (p.refers.clone(), "family-name-of-person-in-text", None);
            }
            if let Some(r) = self.known_family(&last, of) {
                return (r, "family-name-of-listed-person", None);
            }
            return (format!("PER:{name}"), "title-and-name", None);
        }
        // Another given name, the same family name and the same office: a slip sooner than a namesake.
        let slip = self.people.iter().rev().find(|p| {
            p.family == last && !p.of.is_empty() && p.of == of && !p.title.is_empty() && p.title == title
        });
        if let Some(p) = slip {
            let flag = format!(
                "the text says \"{name}\"; same family name and office as {}",
                p.refers.trim_start_matches("PER:")
            );
            return (p.refers.clone(), "probable-slip-same-family-and-office", Some(flag));
        }
        let listed = self.known_family(&last, of).filter(|_| !title.is_empty());
        if let Some(r) = listed
            && self
                .people
                .iter()
                .any(|p| p.refers == r && p.of == of && (p.title.is_empty() || p.title == title))
        {
            let flag = format!(
                "the text says \"{name}\"; same family name and state as {}",
                r.trim_start_matches("PER:")
            );
            return (r, "probable-slip-same-family-and-office", Some(flag));
        }
        (format!("PER:{name}"), "title-and-name", None)
    }

    /// The one listed person with this family name, by state and year.
    pub(super) fn known_family(&self, family: &str, of: &str) -> Option<String> {
        let ids = self.v.by_family.get(family)?;
        let persons = || ids.iter().map(|i| &self.v.persons[*i as usize]);
        let in_year =
            |p: &&crate::lexicon::Person| self.year.is_none_or(|y| p.years.0 <= y && y <= p.years.1);
        let one = |list: Vec<&crate::lexicon::Person>| {
            let first = list.first()?;
            list.iter().all(|p| p.refers == first.refers).then(|| first.refers.clone())
        };
        if !of.is_empty() {
            let state = of.split('.').next().unwrap_or(of);
            let of_state: Vec<_> = persons().filter(|p| p.state == state).collect();
            if !of_state.is_empty() {
                let now: Vec<_> = of_state.iter().copied().filter(|p| in_year(p)).collect();
                return one(if now.is_empty() { of_state } else { now });
            }
            if !of.starts_with("ORG:") {
                return None;
            }
        }
        one(persons().filter(in_year).collect()).or_else(|| {
            // Of several, the one whose state the text speaks of.
            one(persons().filter(in_year).filter(|p| self.states_seen.contains_key(&p.state)).collect())
        })
    }

    /// Two or three capitalised words that begin with a given name.
    pub(super) fn given_names(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i + 1 < s.end {
            let t = &self.tokens[i];
            let given = t.cap
                && t.kind == Kind::Word
                && self.out.at[i].is_none()
                && GIVEN.split(' ').any(|g| g == t.norm);
            if !given {
                i += 1;
                continue;
            }
            let end = self.name_run(i, s.end);
            if end > i + 1 && end - i <= 5 && self.free(i, end) {
                let (refers, rule, flag) = self.resolve(i, end, "", "");
                self.meet(&refers, i, end, "");
                self.add(
                    i,
                    end,
                    &refers,
                    Sort::Person,
                    Use::Name,
                    if rule == "title-and-name" { "given-name-and-name" } else { rule },
                );
                self.out.mentions.last_mut().expect("just added").flag = flag;
            }
            i = end.max(i + 1);
        }
    }

    /// Family names that stand alone.
    pub(super) fn family_names(&mut self, s: &Sentence) {
        for i in s.first..s.end {
            let t = &self.tokens[i];
            if self.out.at[i].is_some() || t.kind != Kind::Word || !t.cap || t.norm.len() < 2 {
                continue;
            }
            let beside = |at: usize| {
                at >= s.first
                    && at < s.end
                    && self.tokens[at].cap
                    && self.tokens[at].kind == Kind::Word
                    && self.out.at[at].is_none()
            };
            let in_text = self.people.iter().rev().find(|p| {
                p.full
                    && (p.family == t.norm
                        || (p.words.len() == 2 && p.words.contains(&t.norm) && p.words[1] == t.norm))
            });
            if let Some(p) = in_text {
                if beside(i + 1) && !self.v.verb_forms.contains_key(&self.tokens[i + 1].norm) && i != s.first
                {
                    continue;
                }
                let refers = p.refers.clone();
                self.add(i, i + 1, &refers, Sort::Person, Use::Name, "family-name-of-person-in-text");
                continue;
            }
            let common = self.v.class(&t.norm).is_some()
                || (self.v.verb_forms.contains_key(&t.norm) && i == s.first)
                || MONTHS_AND_DAYS.contains(&t.norm.as_str());
            let lonely = (i == s.first || !beside(i - 1)) && !beside(i + 1);
            if common || !lonely || t.upper {
                continue;
            }
            if let Some(r) = self.known_family(&t.norm, "") {
                let family_only = self.v.persons.iter().any(|p| p.refers == r && p.years.1 != 9999);
                if family_only && self.person_like(i, s) {
                    self.add(i, i + 1, &r, Sort::Person, Use::Name, "family-name-of-listed-person");
                }
            }
        }
    }

    /// Whether a lone capitalised word stands where persons stand: not first in a title, not after `the`.
    pub(super) fn person_like(&self, i: usize, s: &Sentence) -> bool {
        let before = (i > s.first).then(|| &self.tokens[i - 1]);
        !before.is_some_and(|t| matches!(t.norm.as_str(), "the" | "a" | "in" | "at" | "near"))
            || (i + 1 < s.end
                && (self.tokens[i + 1].norm == "administration" || self.tokens[i + 1].norm == "government"))
    }
}
