//! Who a stretch of words means: named actors, members of an organisation, people without a name, pronouns.
//!
//! In: a region of a sentence, what the document spoke of before. Out: [`Actor`]s in order. What always holds: an actor is a mention in
//! the region, the words of the region, or one of an earlier mention reached by a rule whose name it carries.

use crate::clauses::{Clauses, Region, is_actor};
use crate::lexicon::{Sort, Use, singular};
use crate::tagging::Tag;

/// An actor in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) refers: String,
    /// The tokens that name it, if they are in the region.
    pub(crate) at: Option<(usize, usize)>,
    pub(crate) rule: &'static str,
    pub(crate) sort: Option<Sort>,
}

impl Actor {
    /// Named, not described.
    pub(crate) fn is_named(&self) -> bool {
        self.sort.is_some()
    }
}

/// What was spoken of before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discourse {
    pub(crate) person: Option<Actor>,
    pub(crate) single: Option<Actor>,
    pub(crate) many: Vec<Actor>,
    pub(crate) body: Option<Actor>,
    /// The date of the meeting the text speaks of.
    pub(crate) meeting: Option<String>,
}

impl Discourse {
    /// Takes in the actors of a clause's subject, or of a whole sentence.
    pub(crate) fn hear(&mut self, actors: &[Actor]) {
        for a in actors {
            match a.sort {
                Some(Sort::Person) => self.person = Some(a.clone()),
                Some(Sort::Igo | Sort::Bloc) => self.body = Some(a.clone()),
                _ => {}
            }
        }
        let named: Vec<&Actor> = actors.iter().filter(|a| a.is_named()).collect();
        match named.as_slice() {
            [one] if one.sort != Some(Sort::Person) => self.single = Some((*one).clone()),
            [_, _, ..] => self.many = named.into_iter().cloned().collect(),
            _ => {}
        }
    }
}

impl Clauses<'_> {
    /// The actors a region means.
    pub(crate) fn actors(&self, r: Region, d: &Discourse) -> Vec<Actor> {
        let mut out = self.named(r);
        if out.is_empty() {
            out = self.pronoun(r, d);
        }
        if out.is_empty() {
            out = self.coded_people(r);
        }
        if out.is_empty() {
            out.extend(self.described(r));
        }
        out
    }

    /// People without a name whom a user's dictionary codes: `clerics and lawmakers`. The dashes stand for the state not told.
    fn coded_people(&self, r: Region) -> Vec<Actor> {
        let mut out: Vec<Actor> = Vec::new();
        let end = r.end.min(self.s.end);
        let mut i = r.first;
        while i < end && !matches!(self.tags[i], Tag::Prep | Tag::Subord) {
            let Some((past, n)) = self.v.agent_words.longest(self.tokens, i, end) else {
                i += 1;
                continue;
            };
            let code = &self.v.dictionaries.agents[n as usize].code;
            match out.last_mut() {
                // `fundamentalist jihad`: two words for one body.
                Some(last) if last.at.is_some_and(|(_, e)| e == i) => {
                    last.refers.push_str(code);
                    last.at = last.at.map(|(first, _)| (first, past));
                }
                _ => out.push(Actor {
                    refers: format!("---{code}"),
                    at: Some((i, past)),
                    rule: "dictionary-agent",
                    sort: Some(Sort::Organ),
                }),
            }
            i = past;
        }
        out
    }

    /// Mentions of the region that stand for themselves and are not only where or whose something is.
    pub(crate) fn named(&self, r: Region) -> Vec<Actor> {
        let end = r.end.min(self.s.end);
        let (mut strong, mut weak): (Vec<Actor>, Vec<Actor>) = (Vec::new(), Vec::new());
        let mut prep: Option<&str> = None;
        let mut brackets = 0_i32;
        // Where the last actor taken ended: `lawmakers in Peru and Chile` are of both.
        let mut taken: Option<usize> = None;
        let mut i = r.first;
        while i < end {
            let norm = self.tokens[i].norm.as_str();
            match norm {
                "(" | "[" => brackets += 1,
                ")" | "]" => brackets -= 1,
                _ => {}
            }
            let Some(m) = self.names.of(i) else {
                // `at least three Peruvians`
                let at_least = matches!(norm, "at")
                    && self.tokens.get(i + 1).is_some_and(|t| t.is("least") || t.is("most"));
                if (matches!(self.tags[i], Tag::Prep) && !at_least)
                    || (self.tags[i] == Tag::Subord
                        && matches!(norm, "after" | "since" | "before" | "as")
                        && !self.well_as(i))
                {
                    prep = Some(norm);
                } else if matches!(prep, Some("in" | "on" | "at" | "by" | "since" | "during" | "until"))
                    && i > r.first
                    && matches!(self.tags[i], Tag::Det)
                    && crate::dates::is_time_word(&self.tokens[i - 1].norm)
                {
                    // `In January the bloc deployed`: the phrase of time is over.
                    prep = None;
                } else if self.tags[i] == Tag::Comma {
                    prep = prep.filter(|p| matches!(*p, "of" | "between" | "from"));
                }
                i += 1;
                continue;
            };
            let next = m.end.max(i + 1);
            let usable =
                is_actor(m.usage, m.metonym) && !m.absorbed && brackets == 0 && !self.only_modifies(next);
            if usable {
                let (mut refers, past, skip) = self.members(&m.refers, next, end);
                if m.rule == "dictionary" {
                    refers = self.with_agent(&refers, m.first, next);
                }
                if !skip {
                    let actor = Actor { refers, at: Some((m.first, past)), rule: m.rule, sort: Some(m.sort) };
                    let direct = match prep {
                        None
                        | Some("of" | "between" | "by" | "including" | "with" | "from" | "like" | "such") => {
                            true
                        }
                        // `the rebels in Darfur`: whose they are.
                        Some("in") => {
                            (i > r.first + 1 && self.after_agent(i))
                                || taken.is_some_and(|t| self.only_joined(t, i))
                        }
                        Some(_) => false,
                    };
                    if m.rule == "dictionary" && actor.refers.contains('/') {
                        // `[A/B]`: the phrase stands for several.
                        strong.extend(
                            actor.refers.split('/').map(|r| Actor { refers: r.to_owned(), ..actor.clone() }),
                        );
                        i = next;
                        continue;
                    }
                    let list = if direct && (prep != Some("with") || strong.is_empty()) {
                        &mut strong
                    } else {
                        &mut weak
                    };
                    taken = direct.then_some(next);
                    if !list.iter().any(|a| a.refers == actor.refers) {
                        list.push(actor);
                    }
                }
            }
            i = next;
        }
        if strong.is_empty() {
            weak.retain(|a| a.at.is_none_or(|(f, _)| !self.is_where(f, r)));
            return weak;
        }
        strong
    }

    /// `the Peruvian-led force`: the name says what kind, not who.
    fn only_modifies(&self, next: usize) -> bool {
        const KINDS: &[&str] = &[
            "led",
            "backed",
            "based",
            "occupied",
            "held",
            "made",
            "built",
            "controlled",
            "sponsored",
            "brokered",
            "mediated",
            "funded",
            "allied",
            "style",
            "dominated",
            "speaking",
            "born",
            "owned",
            "trained",
            "supplied",
            "linked",
            "aligned",
            "administered",
        ];
        let hyphen = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == crate::tokens::Kind::Hyphen);
        let kind = self.tokens.get(next + 1).is_some_and(|t| KINDS.contains(&t.norm.as_str()));
        hyphen(next) && kind
    }

    /// Whether nothing but `and`, commas and articles stands between two places.
    fn only_joined(&self, from: usize, to: usize) -> bool {
        from < to && (from..to).all(|j| matches!(self.tags[j], Tag::Conj | Tag::Comma | Tag::Det))
    }

    /// Whether `in` and a noun for people stand right before a name.
    fn after_agent(&self, i: usize) -> bool {
        let the = usize::from(i > 0 && self.tokens[i - 1].is("the"));
        i >= 2 + the
            && self.tokens[i - 1 - the].is("in")
            && self.v.agents.contains_key(&self.tokens[i - 2 - the].norm)
    }

    /// A dictionary's actor with the code of the people named beside it: `soldiers from Gondor`, `the Gondor army`.
    fn with_agent(&self, code: &str, first: usize, end: usize) -> String {
        let agents = &self.v.dictionaries.agents;
        let lookup = |i: usize, to: usize| {
            self.v.agent_words.longest(self.tokens, i, to).map(|(e, n)| (e, n as usize))
        };
        let mut found = None;
        let mut i = end;
        while i < self.s.end
            && i < end + 6
            && matches!(self.tags[i], Tag::Owner | Tag::Noun | Tag::Adjective | Tag::Number | Tag::Verb(_))
        {
            if let Some((_, n)) = lookup(i, self.s.end) {
                found = Some((i, n));
                break;
            }
            i += 1;
        }
        if found.is_none() && first > self.s.first {
            let mut j = first;
            while j > self.s.first && matches!(self.tags[j - 1], Tag::Det) {
                j -= 1;
            }
            if j > self.s.first && matches!(self.tokens[j - 1].norm.as_str(), "of" | "from" | "in" | "for") {
                j -= 1;
            }
            while j >= self.s.first + 2
                && self.tags[j - 1] == Tag::Conj
                && self.tags[j - 2] == Tag::Name
                && (self.s.first..j - 2).rev().take(3).any(|k| self.tokens[k].is("in"))
            {
                j = (self.s.first..j - 2).rev().find(|k| self.tokens[*k].is("in")).unwrap_or(j);
            }
            let back = j.saturating_sub(5).max(self.s.first);
            found = (back..j).rev().find_map(|k| lookup(k, j).filter(|(e, _)| *e == j).map(|(_, n)| (k, n)));
        }
        let Some((at, n)) = found else { return code.to_owned() };
        let agent = &agents[n];
        let former = (at.saturating_sub(2).max(self.s.first)..at).any(|k| self.tokens[k].is("former"));
        let added = if former { "ELI" } else { agent.code.as_str() };
        let there = code.as_bytes().chunks(3).any(|c| c == added.as_bytes());
        if there {
            code.to_owned()
        } else if agent.front {
            format!("{added}{code}")
        } else {
            format!("{code}{added}")
        }
    }

    /// `as well as` joins.
    fn well_as(&self, i: usize) -> bool {
        let well = |j: usize| self.tokens.get(j).is_some_and(|t| t.is("well"));
        well(i + 1) || (i > 0 && well(i - 1))
    }

    /// Whether the phrase a token stands in is introduced by a preposition of place or time.
    fn is_where(&self, i: usize, r: Region) -> bool {
        let prep = (r.first..i).rev().find(|j| self.tags[*j] == Tag::Prep || self.tags[*j] == Tag::Subord);
        prep.is_some_and(|j| self.v.place_preps.contains_key(&self.tokens[j].norm))
    }

    /// `NATO members` are not NATO; `NATO members Spain and Italy` are Spain and Italy.
    fn members(&self, refers: &str, next: usize, end: usize) -> (String, usize, bool) {
        let mut i = next;
        if i < end && self.tags[i] == Tag::Owner {
            i += 1;
        }
        if !refers.starts_with("ORG:") || i >= end || singular(&self.tokens[i].norm) != "member" {
            return (refers.to_owned(), next, false);
        }
        let states = i + 1 < end
            && matches!(self.tokens[i + 1].norm.as_str(), "states" | "countries" | "nations" | "governments");
        let past = i + 1 + usize::from(states);
        if past < end && self.tags[past] == Tag::Name {
            return (String::new(), past, true);
        }
        (format!("{} member states", refers.trim_start_matches("ORG:")), past, false)
    }

    /// A pronoun, or a noun that points back: `it`, `he`, `the two countries`, `the alliance`.
    fn pronoun(&self, r: Region, d: &Discourse) -> Vec<Actor> {
        let back = |a: &Option<Actor>, rule: &'static str| {
            a.iter().map(|a| Actor { at: None, rule, ..a.clone() }).collect::<Vec<_>>()
        };
        let many = |rule: &'static str| {
            d.many.iter().map(|a| Actor { at: None, rule, ..a.clone() }).collect::<Vec<_>>()
        };
        for i in r.first..r.end.min(self.s.end) {
            let norm = self.tokens[i].norm.as_str();
            if let Some(found) = self.earlier_here(norm, i) {
                return found;
            }
            match norm {
                "he" | "she" | "him" | "his" | "her" => {
                    let coded = d.single.as_ref().filter(|a| a.rule == "dictionary");
                    let who = d.person.clone().or_else(|| coded.cloned());
                    return back(&who, "pronoun-to-last-person");
                }
                "it" | "its" => return back(&d.single, "pronoun-to-last-subject"),
                "they" | "them" | "their" if !d.many.is_empty() => return many("pronoun-to-last-several"),
                "country" | "nation"
                    if i > r.first && matches!(self.tokens[i - 1].norm.as_str(), "the" | "this" | "that") =>
                {
                    return back(&d.single, "noun-to-last-subject");
                }
                "alliance" | "organization" | "organisation" | "bloc"
                    if i > r.first && (r.first..i).rev().take(2).any(|j| self.tokens[j].is("the")) =>
                {
                    return back(&d.body, "noun-to-last-body");
                }
                "communique" | "statement" | "declaration" | "summit"
                    if i > r.first && self.tags[i - 1] != Tag::Prep && i < r.first + 4 =>
                {
                    return back(&d.body, "text-to-body-that-made-it");
                }
                "countries" | "sides" | "leaders" | "nations" | "parties" | "governments" | "states"
                | "neighbours" | "neighbors" | "allies"
                    if !d.many.is_empty() && self.points_back(i, r) =>
                {
                    return many("noun-to-last-several");
                }
                "both" if i + 1 == r.end => return many("noun-to-last-several"),
                _ => {}
            }
            if self.tags[i] == Tag::Prep && i > r.first + 1 {
                break;
            }
        }
        Vec::new()
    }

    /// What a pronoun means within its own sentence: the last person, the first of the others.
    fn earlier_here(&self, norm: &str, i: usize) -> Option<Vec<Actor>> {
        let wanted = match norm {
            "he" | "she" | "him" | "his" | "her" => true,
            "it" | "its" | "they" | "them" | "their" => false,
            _ => return None,
        };
        let all = self.named(Region { first: self.s.first, end: i });
        let person = |a: &&Actor| a.sort == Some(Sort::Person);
        // `Peru and Chile … they`: who was named together is meant together.
        if matches!(norm, "they" | "them" | "their") {
            let together = all.iter().zip(all.iter().skip(1)).take_while(|(a, b)| match (a.at, b.at) {
                (Some((_, end)), Some((first, _))) => self.only_joined(end, first),
                _ => false,
            });
            let n = together.count();
            if n > 0 {
                let rule = "pronoun-to-those-named-together";
                return Some(all.iter().take(n + 1).map(|a| Actor { at: None, rule, ..a.clone() }).collect());
            }
        }
        let found = if wanted { all.iter().rev().find(person) } else { all.iter().find(|a| !person(a)) };
        // A user's dictionary does not say which of its actors are persons.
        let coded = || all.first().filter(|a| wanted && a.rule == "dictionary");
        if let Some(a) = found.or_else(coded) {
            let rule = if wanted { "pronoun-to-last-person" } else { "pronoun-to-first-in-sentence" };
            return Some(vec![Actor { at: None, rule, ..a.clone() }]);
        }
        None
    }

    fn points_back(&self, noun: usize, r: Region) -> bool {
        (r.first..noun)
            .rev()
            .take(2)
            .any(|j| matches!(self.tokens[j].norm.as_str(), "two" | "three" | "both" | "these" | "the"))
    }

    /// People or bodies without a name: the words themselves.
    fn described(&self, r: Region) -> Option<Actor> {
        let end = r.end.min(self.s.end);
        let agent = (r.first..end)
            .find(|i| self.tags[*i] == Tag::Noun && self.v.agents.contains_key(&self.tokens[*i].norm))?;
        let prep_before = (r.first..agent).rev().find(|j| self.tags[*j] == Tag::Prep);
        if prep_before.is_some_and(|j| self.v.place_preps.contains_key(&self.tokens[j].norm)) {
            return None;
        }
        let mut first = agent;
        while first > r.first
            && matches!(self.tags[first - 1], Tag::Noun | Tag::Adjective | Tag::Number | Tag::Name)
        {
            first -= 1;
        }
        let mut last = agent + 1;
        while last < end && matches!(self.tags[last], Tag::Noun) {
            last += 1;
        }
        if last + 1 < end && self.tokens[last].is("of") {
            last += 1;
            while last < end
                && (matches!(self.tags[last], Tag::Noun | Tag::Adjective | Tag::Name | Tag::Det)
                    || self.tokens[last].is("of"))
            {
                last += 1;
            }
        }
        let words: Vec<&str> = (first..last).map(|i| self.tokens[i].norm.as_str()).collect();
        Some(Actor { refers: words.join(" "), at: Some((first, last)), rule: "description", sort: None })
    }

    /// Whether a mention in a region is a seat used as a place: where something happened.
    pub(crate) fn place(&self, r: Region) -> Option<(usize, usize)> {
        (r.first..r.end.min(self.s.end)).find_map(|i| {
            let m = self.names.of(i)?;
            let seat = m.usage == Use::Seat && !m.metonym;
            (seat || m.place_use).then_some((m.first, m.end))
        })
    }
}
