//! What the reader knows before it reads: names, words, offices, frames.
//!
//! In: the embedded TOML files of `lexicon/`, and the caller's [`Lexicon`] (actors and instruments of a dossier, user
//! dictionaries). Out: a [`Vocabulary`], looked into and never changed. What always holds: a name is found by its folded words, and a
//! name of capitals only (`US`, `WHO`) only where the text has capitals too.

mod forms;
mod phrases;

use std::collections::{BTreeMap, HashMap};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::dictionary::Dictionaries;
use crate::frames::{Frames, RawFrames};
use crate::tokens::tokenize;
use forms::{ed, ing, third};

pub(crate) use forms::singular;
pub(crate) use phrases::Phrases;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../lexicon");

/// What sort of thing a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sort {
    /// A state.
    Country,
    /// An organisation of states.
    Igo,
    /// A grouping of states.
    Bloc,
    /// An organ of a state.
    Organ,
    /// Armed forces of a state.
    Military,
    /// An armed group that is no state's.
    ArmedGroup,
    /// A company.
    Company,
    /// A newspaper, agency or station.
    Media,
    /// An institute.
    ThinkTank,
    /// Another organisation.
    Organisation,
    /// A person.
    Person,
}

impl Sort {
    /// The word that output prints.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Country => "country",
            Sort::Igo => "igo",
            Sort::Bloc => "bloc",
            Sort::Organ => "organ",
            Sort::Military => "military",
            Sort::ArmedGroup => "armed_group",
            Sort::Company => "company",
            Sort::Media => "media",
            Sort::ThinkTank => "thinktank",
            Sort::Organisation => "organisation",
            Sort::Person => "person",
        }
    }
}

/// A name the caller knows: of an actor of a dossier, of a user's dictionary.
#[derive(Clone, Debug)]
pub struct Known {
    /// As texts write it.
    pub name: String,
    /// What it refers to: `JPN`, `ORG:NATO`, `PER:Jens Stoltenberg`, `JPN.MOD`.
    pub refers: String,
    /// What sort of thing that is.
    pub sort: Sort,
}

/// An instrument the caller knows.
#[derive(Clone, Debug)]
pub struct KnownInstrument {
    /// As texts write it.
    pub name: String,
    /// Its id.
    pub id: String,
}

/// What the caller adds to the reader's own lexicon: plain data, so that the reader stays a function of what it is given.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Names of actors.
    pub known: Vec<Known>,
    /// Names of instruments.
    pub instruments: Vec<KnownInstrument>,
    /// The field's dictionaries, read by [`crate::dictionary`].
    pub dictionaries: Dictionaries,
}

/// How a phrase names its entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Use {
    Name,
    Demonym,
    /// A capital or a house of government.
    Seat,
    /// A place or thing whose name holds an actor's name and is none.
    Mask,
}

#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) refers: String,
    pub(crate) sort: Sort,
    pub(crate) usage: Use,
}

/// A person the lexicon can name.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) refers: String,
    pub(crate) state: String,
    pub(crate) years: (i32, i32),
}

/// Word classes that do not depend on neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Det,
    Prep,
    Pronoun,
    Possessive,
    Conj,
    Subord,
    Be,
    Have,
    Do,
    Modal,
    Neg,
    Adverb,
    Adjective,
}

/// Forms a verb's spelling can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Forms {
    pub(crate) base: bool,
    pub(crate) third: bool,
    pub(crate) past: bool,
    pub(crate) participle: bool,
    pub(crate) ing: bool,
}

/// Everything the stages look words up in.
pub(crate) struct Vocabulary {
    pub(crate) entities: Vec<Entity>,
    pub(crate) names: Phrases,
    pub(crate) persons: Vec<Person>,
    pub(crate) by_family: HashMap<String, Vec<u32>>,
    pub(crate) titles: Phrases,
    pub(crate) organs: Phrases,
    pub(crate) agent_words: Phrases,
    pub(crate) organ_codes: Vec<String>,
    pub(crate) pre_title: HashMap<String, &'static str>,
    pub(crate) address: HashMap<String, ()>,
    pub(crate) classes: HashMap<String, Class>,
    pub(crate) verb_forms: HashMap<String, (String, Forms)>,
    pub(crate) nounish: HashMap<String, ()>,
    pub(crate) agents: HashMap<String, ()>,
    pub(crate) place_preps: HashMap<String, ()>,
    pub(crate) speech: HashMap<String, ()>,
    pub(crate) object_control: HashMap<String, ()>,
    pub(crate) frames: Frames,
    pub(crate) stances: Frames,
    pub(crate) stages: Frames,
    pub(crate) instruments: InstrumentWords,
    pub(crate) measures: MeasureWords,
    pub(crate) expect: ExpectWords,
    /// Acronyms in the names of instruments the caller knows.
    pub(crate) instrument_acronyms: Vec<String>,
    pub(crate) dictionaries: Dictionaries,
}

#[derive(Deserialize)]
struct RawState {
    is: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    seat: Vec<String>,
}

#[derive(Deserialize)]
struct RawOffices {
    titles: Vec<String>,
    address: Vec<String>,
    former: Vec<String>,
    outgoing: Vec<String>,
    acting: Vec<String>,
    other: Vec<String>,
    organs: BTreeMap<String, String>,
    own: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct RawWords {
    det: String,
    prep: String,
    pronoun: String,
    possessive: String,
    conj: String,
    subord: String,
    aux_be: String,
    aux_have: String,
    aux_do: String,
    modal: String,
    neg: String,
    adverb: String,
    adjective: String,
    irregular: Vec<String>,
    doubling: String,
    verbs: String,
    nounish: String,
    agents: String,
    places: String,
    speech: String,
    object_control: String,
}

/// Words of instruments.
#[derive(Deserialize, Default)]
pub(crate) struct InstrumentWords {
    pub(crate) heads: Vec<String>,
    pub(crate) weak: Vec<String>,
    #[serde(rename = "stage")]
    pub(crate) stages: Vec<StageWords>,
}

/// One stage and its words.
#[derive(Deserialize)]
pub(crate) struct StageWords {
    pub(crate) stage: String,
    pub(crate) verbs: Vec<String>,
    pub(crate) nouns: Vec<String>,
}

/// Words of measuring.
#[derive(Deserialize, Default)]
pub(crate) struct MeasureWords {
    pub(crate) scale: BTreeMap<String, f64>,
    pub(crate) currency: BTreeMap<String, String>,
    pub(crate) units: BTreeMap<String, String>,
}

/// Words of expecting.
#[derive(Deserialize, Default)]
pub(crate) struct ExpectWords {
    pub(crate) modals: BTreeMap<String, String>,
    pub(crate) governors: BTreeMap<String, String>,
}

fn file<'a, T: Deserialize<'a>>(name: &str) -> T {
    let text = FILES
        .get_file(name)
        .and_then(|f| f.contents_utf8())
        .unwrap_or_else(|| panic!("lexicon/{name} is embedded when the crate is built"));
    toml::from_str(text).unwrap_or_else(|e| panic!("lexicon/{name} is checked by the tests: {e}"))
}

fn set(words: &str) -> HashMap<String, ()> {
    words.split_whitespace().map(|w| (w.to_owned(), ())).collect()
}

/// Places and things whose names hold an actor's name.
const MASKS: &[&str] = &[
    "Indian Ocean",
    "South Georgia",
    "Ibero-American",
    "West African",
    "New South Wales",
    "North Atlantic Treaty",
    "Latin America",
    "South America",
    "North America",
    "Central America",
    "Georgia Tech",
    "Vienna Convention",
    "Washington Treaty",
    "Geneva Convention",
    "Geneva Conventions",
    "Paris Agreement",
    "Minsk agreements",
    "Rome Statute",
    "Budapest Memorandum",
    "Kyoto Protocol",
    "Helsinki Final Act",
    "New England",
    "American University",
    "English language",
    "Santiago de Compostela",
    "Washington Summit",
    "Red Cross Convention",
    "West German mark",
];

impl Vocabulary {
    /// Builds the vocabulary of the embedded lexicon and what the caller adds.
    pub(crate) fn build(added: &Lexicon) -> Vocabulary {
        let words: RawWords = file("words.toml");
        let offices: RawOffices = file("offices.toml");
        let mut v = Vocabulary {
            entities: Vec::new(),
            names: Phrases::default(),
            persons: Vec::new(),
            by_family: HashMap::new(),
            titles: Phrases::default(),
            organs: Phrases::default(),
            agent_words: Phrases::default(),
            organ_codes: Vec::new(),
            pre_title: HashMap::new(),
            address: offices.address.iter().map(|w| (w.clone(), ())).collect(),
            classes: HashMap::new(),
            verb_forms: HashMap::new(),
            nounish: set(&words.nounish),
            agents: set(&words.agents),
            place_preps: set(&words.places),
            speech: set(&words.speech),
            object_control: set(&words.object_control),
            frames: Frames::default(),
            stances: Frames::default(),
            stages: Frames::default(),
            instruments: file("instruments.toml"),
            measures: file("measures.toml"),
            expect: file("expectations.toml"),
            instrument_acronyms: Vec::new(),
            dictionaries: added.dictionaries.clone(),
        };
        v.add_words(&words);
        v.add_offices(&offices);
        v.add_names(&offices, added);
        for i in &added.instruments {
            let mut tokens = Vec::new();
            tokenize(&i.name, 0, i.name.len(), &mut tokens);
            for (k, t) in tokens.iter().enumerate() {
                let actor = v.names.longest(&tokens, k, tokens.len()).is_some();
                if t.upper && t.norm.len() >= 3 && !actor && !v.instrument_acronyms.contains(&t.norm) {
                    v.instrument_acronyms.push(t.norm.clone());
                }
            }
        }
        for f in FILES.get_dir("frames").map(Dir::files).into_iter().flatten() {
            let raw: RawFrames = toml::from_str(f.contents_utf8().unwrap_or(""))
                .unwrap_or_else(|e| panic!("{:?} is checked by the tests: {e}", f.path()));
            v.frames.add(&raw);
        }
        for d in &added.dictionaries.verbs {
            // A dictionary may list a form (`RISEN`) where ours has the verb.
            let (listed, rest) = d.pattern.split_once(' ').unwrap_or((&d.pattern, ""));
            let base = match v.verb_forms.get(listed) {
                Some((lemma, f)) if !f.base => lemma.clone(),
                _ => listed.to_owned(),
            };
            v.frames.add_coded(d, format!("{base} {rest}").trim());
            for form in &d.forms {
                let entry =
                    v.verb_forms.entry(form.clone()).or_insert_with(|| (base.clone(), Forms::default()));
                entry.1.past = true;
                entry.1.participle = true;
            }
        }
        v.stances.add(&file::<RawFrames>("positions.toml"));
        let frame_verbs: Vec<String> = v.frames.verbs().chain(v.stances.verbs()).map(str::to_owned).collect();
        let stages: Vec<(String, Vec<String>)> =
            v.instruments.stages.iter().map(|s| (s.stage.clone(), s.verbs.clone())).collect();
        for (stage, verbs) in &stages {
            v.stages.add_words(stage, verbs);
        }
        let stage_verbs: Vec<String> =
            v.instruments.stages.iter().flat_map(|s| s.verbs.iter()).cloned().collect();
        for verb in frame_verbs.iter().chain(&stage_verbs) {
            let first = verb.split([' ', '|']).next().unwrap_or("").trim_start_matches('(');
            v.add_verb(first, &words.doubling);
        }
        for verb in words.verbs.split_whitespace().chain(words.speech.split_whitespace()) {
            v.add_verb(verb, &words.doubling);
        }
        v
    }

    fn add_words(&mut self, w: &RawWords) {
        // Later lists win: a word in several classes is of the last.
        let lists: [(&str, Class); 13] = [
            (&w.adjective, Class::Adjective),
            (&w.adverb, Class::Adverb),
            (&w.pronoun, Class::Pronoun),
            (&w.subord, Class::Subord),
            (&w.prep, Class::Prep),
            (&w.conj, Class::Conj),
            (&w.det, Class::Det),
            (&w.possessive, Class::Possessive),
            (&w.aux_be, Class::Be),
            (&w.aux_have, Class::Have),
            (&w.aux_do, Class::Do),
            (&w.modal, Class::Modal),
            (&w.neg, Class::Neg),
        ];
        for (list, class) in lists {
            for word in list.split_whitespace() {
                self.classes.insert(word.to_owned(), class);
            }
        }
        // `that` and `no` are told apart by their neighbours, later.
        self.classes.insert("that".to_owned(), Class::Subord);
        self.classes.insert("no".to_owned(), Class::Det);
        self.classes.insert("neither".to_owned(), Class::Det);
        self.classes.insert("nor".to_owned(), Class::Conj);
        self.classes.insert("without".to_owned(), Class::Prep);
        for line in &w.irregular {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let [base, past, participle, rest @ ..] = parts.as_slice() else { continue };
            let add = |v: &mut Vocabulary, form: &str, set: &dyn Fn(&mut Forms)| {
                let entry = v
                    .verb_forms
                    .entry(form.to_owned())
                    .or_insert_with(|| ((*base).to_owned(), Forms::default()));
                set(&mut entry.1);
            };
            add(self, base, &|f| f.base = true);
            add(self, past, &|f| f.past = true);
            add(self, participle, &|f| f.participle = true);
            add(self, &ing(base, &w.doubling), &|f| f.ing = true);
            let third_form = rest.first().map_or_else(|| third(base), |t| (*t).to_owned());
            add(self, &third_form, &|f| f.third = true);
        }
    }

    /// Adds a regular verb with its forms; a verb already there stays.
    fn add_verb(&mut self, base: &str, doubling: &str) {
        if base.is_empty()
            || base == "not"
            || self
                .classes
                .get(base)
                .is_some_and(|c| !matches!(c, Class::Adjective | Class::Prep | Class::Adverb))
        {
            return;
        }
        if self.verb_forms.get(base).is_some_and(|(b, f)| b == base && f.base) {
            return;
        }
        let mut add = |form: String, set: &dyn Fn(&mut Forms)| {
            let entry = self.verb_forms.entry(form).or_insert_with(|| (base.to_owned(), Forms::default()));
            if entry.0 == base {
                set(&mut entry.1);
            }
        };
        add(base.to_owned(), &|f| f.base = true);
        add(third(base), &|f| f.third = true);
        add(ed(base, doubling), &|f| {
            f.past = true;
            f.participle = true;
        });
        add(ing(base, doubling), &|f| f.ing = true);
    }

    fn add_offices(&mut self, o: &RawOffices) {
        for t in &o.titles {
            self.titles.add(t, 0, true);
        }
        for (list, status) in
            [(&o.other, "current"), (&o.former, "former"), (&o.outgoing, "outgoing"), (&o.acting, "acting")]
        {
            for w in list {
                self.pre_title.insert(w.clone(), status);
            }
        }
        for (name, code) in &o.organs {
            let n = self.organ_codes.len() as u32;
            self.organ_codes.push(code.clone());
            self.organs.add(name, n, true);
        }
    }

    fn entity(&mut self, refers: &str, sort: Sort, usage: Use) -> u32 {
        self.entities.push(Entity { refers: refers.to_owned(), sort, usage });
        (self.entities.len() - 1) as u32
    }

    fn add_names(&mut self, offices: &RawOffices, added: &Lexicon) {
        // A user's dictionary wins over everything of ours.
        for (n, a) in added.dictionaries.actors.iter().enumerate() {
            let e = self.entity(&format!("@{n}"), Sort::Country, Use::Name);
            self.names.add_words(a.words.clone(), e, false, false);
        }
        for (n, a) in added.dictionaries.agents.iter().enumerate() {
            self.agent_words.add_words(a.words.clone(), n as u32, false, false);
            for w in &a.words {
                self.agents.insert(w.clone(), ());
            }
        }
        let mask = self.entity("", Sort::Country, Use::Mask);
        for m in MASKS {
            self.names.add(m, mask, false);
        }
        let states: BTreeMap<String, RawState> = file("states.toml");
        for (id, s) in &states {
            for (list, usage) in [(&s.is, Use::Name), (&s.people, Use::Demonym), (&s.seat, Use::Seat)] {
                let e = self.entity(id, Sort::Country, usage);
                for name in list {
                    self.names.add(name, e, false);
                }
            }
        }
        let organisations: BTreeMap<String, BTreeMap<String, Vec<String>>> = file("organisations.toml");
        for (sort, list) in &organisations {
            let sort = match sort.as_str() {
                "igo" => Sort::Igo,
                "bloc" => Sort::Bloc,
                "armed_group" => Sort::ArmedGroup,
                "media" => Sort::Media,
                "thinktank" => Sort::ThinkTank,
                _ => Sort::Company,
            };
            for (key, names) in list {
                let e = self.entity(&format!("ORG:{key}"), sort, Use::Name);
                for name in names {
                    self.names.add(name, e, false);
                }
            }
        }
        for (name, refers) in &offices.own {
            let military = refers.ends_with(".MIL") || refers.ends_with(".SDF");
            let e = self.entity(refers, if military { Sort::Military } else { Sort::Organ }, Use::Name);
            self.names.add(name, e, false);
        }
        let persons: BTreeMap<String, Vec<String>> = file("persons.toml");
        for (state, list) in &persons {
            let state = if state == "ORG" { "" } else { state };
            for line in list {
                self.add_person_line(line, state);
            }
        }
        // What the caller knows, where our own lists say nothing of the name.
        for k in &added.known {
            let e = self.entity(&k.refers, k.sort, Use::Name);
            self.names.add(&k.name, e, false);
            let ours = self.persons.iter().any(|p| p.refers == k.refers);
            if k.sort == Sort::Person && !ours {
                self.add_person(k.refers.trim_start_matches("PER:"), "", None, (0, 9999));
            }
        }
    }

    /// `Kim Jong Un/Kim|Kim Jong-un (2010-2035)`.
    fn add_person_line(&mut self, line: &str, state: &str) {
        let (names, years) = line.rsplit_once('(').unwrap_or((line, "0-9999)"));
        let years = years.trim_end_matches(')').split_once('-').unwrap_or(("0", "9999"));
        let years = (years.0.parse().unwrap_or(0), years.1.parse().unwrap_or(9999));
        let mut spellings = names.trim().split('|').map(str::trim);
        let first = spellings.next().unwrap_or("");
        let (name, family) = first.split_once('/').map_or((first, None), |(n, f)| (n, Some(f)));
        self.add_person(name, state, family, years);
        let e = self.entity(&format!("PER:{name}"), Sort::Person, Use::Name);
        self.names.add(name, e, false);
        for s in spellings {
            let s = s.split('/').next().unwrap_or(s);
            if s.contains([' ', '-', '.']) {
                self.names.add(s, e, false);
            } else {
                let id = (self.persons.len() - 1) as u32;
                self.by_family.entry(crate::tokens::fold(s)).or_default().push(id);
            }
        }
    }

    fn add_person(&mut self, name: &str, state: &str, family: Option<&str>, years: (i32, i32)) {
        let plain = name.trim_end_matches(" Jr.").trim_end_matches(" Jr");
        let family = family.unwrap_or_else(|| plain.rsplit(' ').next().unwrap_or(plain));
        self.persons.push(Person { refers: format!("PER:{name}"), state: state.to_owned(), years });
        let id = (self.persons.len() - 1) as u32;
        self.by_family.entry(crate::tokens::fold(family)).or_default().push(id);
    }

    pub(crate) fn class(&self, norm: &str) -> Option<Class> {
        self.classes.get(norm).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_loads() {
        let v = Vocabulary::build(&Lexicon::default());
        assert!(v.entities.len() > 500);
        assert!(v.frames.len() > 100, "{}", v.frames.len());
    }

    #[test]
    fn verbs_have_their_forms() {
        let v = Vocabulary::build(&Lexicon::default());
        for (form, base) in [
            ("signed", "sign"),
            ("met", "meet"),
            ("ratifies", "ratify"),
            ("vetoed", "veto"),
            ("dying", "die"),
        ] {
            if form != "dying" {
                assert_eq!(v.verb_forms[form].0, base);
            }
        }
        assert_eq!(ing("die", ""), "dying");
        assert_eq!(ed("ban", "ban"), "banned");
    }

    #[test]
    fn capitals_are_asked_for() {
        let v = Vocabulary::build(&Lexicon::default());
        let find = |text: &str| {
            let mut t = Vec::new();
            tokenize(text, 0, text.len(), &mut t);
            v.names.longest(&t, 0, t.len()).map(|(_, e)| v.entities[e as usize].refers.clone())
        };
        assert_eq!(find("US aid"), Some("USA".to_owned()));
        assert_eq!(find("us aid"), None);
        assert_eq!(find("South-Korea"), Some("KOR".to_owned()));
    }
}
