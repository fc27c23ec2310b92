//! Names and offices.
//!
//! In: tokens, sentences, vocabulary, the document's year if there is one. Out: [`Mention`]s and [`Office`]s. What always holds: a
//! mention is a run of tokens of one sentence; two mentions do not overlap; what it refers to is reached by a rule whose name it
//! carries; a family name goes to the person the document names in full before it goes to one the lexicon knows.

mod offices;
mod organisations;
mod organs;
mod persons;
mod places;
mod words;

use std::collections::HashMap;

use crate::lexicon::{Class, Sort, Use, Vocabulary, singular};
use crate::tokens::{Kind, Sentence, Token};

pub(crate) use places::settle_places;

/// One occurrence of a name.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) refers: String,
    pub(crate) sort: Sort,
    pub(crate) usage: Use,
    /// How the reference was reached.
    pub(crate) rule: &'static str,
    /// A capital that stands for the government.
    pub(crate) metonym: bool,
    /// The name only says where something is.
    pub(crate) place_use: bool,
    /// The state of an office that belongs to a person: not an actor beside that person.
    pub(crate) absorbed: bool,
    /// What a person should look at.
    pub(crate) flag: Option<String>,
}

/// Somebody in an office.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) person: String,
    pub(crate) title: (usize, usize),
    pub(crate) of: String,
    pub(crate) status: &'static str,
    pub(crate) rule: &'static str,
}

/// Everything named in a document.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) offices: Vec<Office>,
    /// For each token, the mention it belongs to.
    pub(crate) at: Vec<Option<u32>>,
}

impl Names {
    pub(crate) fn of(&self, token: usize) -> Option<&Mention> {
        self.at.get(token).copied().flatten().map(|m| &self.mentions[m as usize])
    }
}

/// A person as the document came to name them.
struct Person {
    refers: String,
    words: Vec<String>,
    family: String,
    of: String,
    title: String,
    full: bool,
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    v: &'a Vocabulary,
    year: Option<i32>,
    day: Option<(i32, u8, u8)>,
    out: Names,
    people: Vec<Person>,
    states_seen: HashMap<String, u32>,
}

/// Finds names and offices.
pub(crate) fn find(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    v: &Vocabulary,
    year: Option<i32>,
    day: Option<(i32, u8, u8)>,
    given: &[crate::GivenName],
) -> Names {
    let mut f = Finder {
        text,
        tokens,
        v,
        year,
        day,
        out: Names { at: vec![None; tokens.len()], ..Names::default() },
        people: Vec::new(),
        states_seen: HashMap::new(),
    };
    for g in given {
        let first = tokens.partition_point(|t| t.start < g.start);
        let end = tokens.partition_point(|t| t.start < g.end);
        if first < end {
            f.add(first, end, &g.refers, Sort::Organisation, Use::Name, "given");
        }
    }
    for s in sentences {
        f.listed(s);
        f.organisations(s);
    }
    for s in sentences {
        // A year told in the sentence says better than the document's who is meant by a family name.
        f.year = year_in(tokens, s).or(year);
        f.titled(s);
    }
    f.year = year;
    // A repeated paragraph and a menu name people and give no second office.
    for s in sentences.iter().filter(|s| s.repeated) {
        f.out.offices.retain(|o| !(s.first <= o.first && o.first < s.end));
    }
    for s in sentences {
        f.given_names(s);
    }
    for s in sentences {
        f.family_names(s);
        f.organs(s);
    }
    f.settle()
}

/// A year written out in a sentence.
fn year_in(tokens: &[Token], s: &Sentence) -> Option<i32> {
    let years = tokens[s.first..s.end].iter().filter(|t| t.kind == Kind::Number && t.norm.len() == 4);
    years.filter_map(|t| t.norm.parse::<i32>().ok()).find(|y| (1850..=2100).contains(y))
}

impl Finder<'_> {
    fn piece(&self, first: usize, end: usize) -> &str {
        &self.text[self.tokens[first].start..self.tokens[end - 1].end]
    }

    fn put(&mut self, m: Mention) {
        let id = self.out.mentions.len() as u32;
        for at in &mut self.out.at[m.first..m.end] {
            *at = Some(id);
        }
        if m.sort == Sort::Country && m.usage != Use::Seat {
            *self.states_seen.entry(m.refers.clone()).or_default() += 1;
        }
        self.out.mentions.push(m);
    }

    fn add(&mut self, first: usize, end: usize, refers: &str, sort: Sort, usage: Use, rule: &'static str) {
        self.put(Mention {
            first,
            end,
            refers: refers.to_owned(),
            sort,
            usage,
            rule,
            metonym: false,
            place_use: false,
            absorbed: false,
            flag: None,
        });
    }

    fn free(&self, first: usize, end: usize) -> bool {
        self.out.at[first..end].iter().all(Option::is_none)
    }

    /// Names of the lexicon, leftmost and longest.
    fn listed(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i < s.end {
            match self.v.names.longest(self.tokens, i, s.end) {
                Some((end, _)) if !self.free(i, end) => i += 1,
                Some((end, e)) => {
                    let user = self.v.entities[e as usize].refers.starts_with('@');
                    let mut entity = self.v.entities[e as usize].clone();
                    if let Some(n) = entity.refers.strip_prefix('@').and_then(|n| n.parse::<usize>().ok()) {
                        match self.v.dictionaries.actors[n].code(self.day) {
                            Some(code) => entity.refers = code.to_owned(),
                            None => {
                                i = end;
                                continue;
                            }
                        }
                    }
                    if entity.usage != Use::Mask {
                        if entity.sort == Sort::Person {
                            self.meet(&entity.refers, i, end, "");
                        }
                        self.add(
                            i,
                            end,
                            &entity.refers,
                            entity.sort,
                            entity.usage,
                            if user { "dictionary" } else { "listed" },
                        );
                    }
                    i = end;
                }
                None => i += 1,
            }
        }
    }

    /// Drops what was emptied, puts the rest in order.
    fn settle(mut self) -> Names {
        self.out.mentions.retain(|m| m.end > m.first);
        self.out.mentions.sort_by_key(|m| m.first);
        self.out.at = vec![None; self.tokens.len()];
        for (id, m) in self.out.mentions.iter().enumerate() {
            for at in &mut self.out.at[m.first..m.end] {
                *at = Some(id as u32);
            }
        }
        self.out.offices.sort_by_key(|o| (o.first, o.end));
        self.out
    }
}
