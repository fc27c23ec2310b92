//! Names and offices.
//!
//! In: tokens, sentences, vocabulary, the document's year if there is one. Out: [`Mention`]s and [`Office`]s. What always holds: a
//! mention is a run of tokens of one sentence; two mentions do not overlap; what it refers to is reached by a rule whose name it
//! carries; a family name goes to the person the document names in full before it goes to one the lexicon knows.

use std::collections::HashMap;

use crate::lexicon::{Class, Sort, Use, Vocabulary, singular};
use crate::tokens::{Kind, Sentence, Token};

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

/// Given names that make two capitalised words a person.
const GIVEN: &str = "aaron abdul abdullah adam ahmed alan albert alejandro alex alexander alexandra ali alice amy ana andrea andreas andrei andrew angela anna anne anthony antonio arthur barbara ben benjamin bernard bill bob brad brian bruce carl carlos carol caroline catherine charles charlotte chris christian christine christopher claire claude daniel david deborah dennis diana diego dmitry don donald douglas edward elena elizabeth emily emma eric erik ernest eva fernando francis francisco franz frank fred frederick gabriel gary george gerald giovanni giulia greg gregory hans hassan heather helen henri henry hugh hussein ian ibrahim igor irina ivan jack jacob jacques james jan jane jason javier jean jeff jeffrey jennifer jeremy jessica jim joan joe johan johannes john jon jonathan jorge jose joseph josef joshua juan julia julian julie karen karl kate katherine keith kenneth kevin kim klaus larry lars laura leo leon linda lisa louis lucas luis luke manuel marc marco margaret maria mario mark markus martin mary matt matteo matthew maurice max michael michel miguel mike mikhail mohamed mohammad mohammed monica muhammad nancy natalia nicholas nick nicolas nicole nikolai nina noah oleg olga oliver oscar otto pablo pamela patricia patrick paul pavel pedro peter phil philip philippe pierre rachel ralph raymond rebecca ricardo richard rob robert roberto roger roland ronald rosa roy ruth ryan sam samuel sandra sara sarah scott sean sebastian sergei sergey sergio simon sofia sophie stefan stephen steve steven stuart susan takashi tanaka ted teresa thomas tim timothy tom tony ursula victor viktor vincent vladimir walter wendy werner will william wolfgang xavier yuri yusuf zoe";

/// Words that end the name of an organisation.
const ORGANISATION_HEADS: &[&str] = &[
    "institute",
    "institution",
    "center",
    "centre",
    "university",
    "college",
    "council",
    "agency",
    "association",
    "organization",
    "organisation",
    "commission",
    "committee",
    "court",
    "bank",
    "fund",
    "foundation",
    "group",
    "corporation",
    "corp",
    "company",
    "industries",
    "union",
    "league",
    "party",
    "front",
    "movement",
    "army",
    "brigade",
    "ministry",
    "department",
    "bureau",
    "authority",
    "command",
    "parliament",
    "assembly",
    "forum",
    "federation",
    "society",
    "network",
    "times",
    "post",
    "tribunal",
    "secretariat",
    "brigades",
    "congress",
    "guard",
    "school",
    "airlines",
    "systems",
    "headquarters",
    "airways",
    "club",
    "church",
    "force",
    "forces",
];

const MONTHS_AND_DAYS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Small words inside a person's name.
const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "du", "da", "dos", "della",
    "ter", "as", "ad", "ar", "es", "ul",
];

/// States whose people put the family name first.
const FAMILY_FIRST: &[&str] = &["KOR", "PRK", "CHN", "TWN", "VNM", "HKG", "KHM", "SGP"];

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

    /// Remembers a person the document names in full.
    fn meet(&mut self, refers: &str, first: usize, end: usize, of: &str) {
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

    fn name_words(&self, first: usize, end: usize) -> Vec<String> {
        let words = self.tokens[first..end]
            .iter()
            .filter(|t| t.kind == Kind::Word && t.norm != "jr." && t.norm != "jr");
        words.map(|t| t.norm.clone()).collect()
    }

    /// Organisations the lexicon does not list: capitalised words around a head such as *Institute*.
    fn organisations(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i < s.end {
            if !self.starts_name(i, s) {
                i += 1;
                continue;
            }
            let (end, head) = self.capitalised_run(i, s.end);
            let long_enough = end - i >= 2;
            if let (Some(head), true) = (head, long_enough) {
                let inner: Vec<&Mention> = (i..end).filter_map(|t| self.out.of(t)).collect();
                let whole = inner.first().is_some_and(|m| m.first == i && m.end >= end);
                let person = inner.iter().any(|m| m.sort == Sort::Person);
                let head_word = self.tokens[head].norm.clone();
                let organ = matches!(
                    head_word.as_str(),
                    "ministry"
                        | "department"
                        | "parliament"
                        | "congress"
                        | "army"
                        | "force"
                        | "forces"
                        | "command"
                        | "guard"
                        | "assembly"
                );
                let covered = inner.iter().any(|m| m.first <= head && head < m.end);
                if !whole && !person && !covered && !organ {
                    self.remove(i, end);
                    let name = self.piece(i, end).split_whitespace().collect::<Vec<_>>().join(" ");
                    let short = self.acronym_after(end, s.end).unwrap_or(name);
                    let sort = match head_word.as_str() {
                        "institute" | "institution" | "center" | "centre" | "foundation" => Sort::ThinkTank,
                        "times" | "post" => Sort::Media,
                        "corporation" | "corp" | "company" | "industries" | "airlines" | "systems"
                        | "airways" => Sort::Company,
                        _ => Sort::Organisation,
                    };
                    self.add(i, end, &format!("ORG:{short}"), sort, Use::Name, "capitalised-run-with-head");
                    if let Some((f, e)) = self.acronym_span(end, s.end) {
                        let refers = format!("ORG:{short}");
                        self.add(f, e, &refers, sort, Use::Name, "acronym-in-brackets");
                    }
                }
            }
            i = end.max(i + 1);
        }
    }

    fn starts_name(&self, i: usize, s: &Sentence) -> bool {
        let t = &self.tokens[i];
        if t.kind != Kind::Word || !t.cap {
            return false;
        }
        let function_word = self.v.class(&t.norm).is_some_and(|c| !matches!(c, Class::Adjective));
        let opener = i == s.first && function_word;
        !opener && (!function_word || t.upper) && !MONTHS_AND_DAYS.contains(&t.norm.as_str())
    }

    /// A run of capitalised words, with small linking words inside, and the last head in it.
    fn capitalised_run(&self, i: usize, end: usize) -> (usize, Option<usize>) {
        let mut last = i;
        let mut head = None;
        let mut at = i;
        while at < end && at - i < 12 {
            let t = &self.tokens[at];
            let linking = matches!(t.norm.as_str(), "of" | "for" | "and" | "the" | "on" | "&")
                || t.kind == Kind::Hyphen;
            if t.kind == Kind::Word && t.cap {
                // After `and` or `on` a second name may begin: go on only when a head came before.
                if MONTHS_AND_DAYS.contains(&t.norm.as_str()) {
                    break;
                }
                let joined = at == i
                    || !self.tokens[at - 1].is("and")
                    || head.is_some_and(|h| self.tokens[h + 1..at].iter().any(|t| t.is("of") || t.is("for")));
                if !joined {
                    break;
                }
                if ORGANISATION_HEADS.contains(&t.norm.as_str()) {
                    head = Some(at);
                }
                last = at + 1;
            } else if linking && at > i && (t.kind == Kind::Hyphen || head.is_some()) {
                // Only on behind a head: `Institute of …`, not `Japan and the …`.
            } else {
                break;
            }
            at += 1;
        }
        (last.max(i + 1), head)
    }

    fn acronym_span(&self, i: usize, end: usize) -> Option<(usize, usize)> {
        let inside =
            i + 2 < end && self.tokens[i].is("(") && self.tokens[i + 1].upper && self.tokens[i + 2].is(")");
        inside.then_some((i + 1, i + 2))
    }

    fn acronym_after(&self, i: usize, end: usize) -> Option<String> {
        self.acronym_span(i, end).map(|(f, e)| self.piece(f, e).to_owned())
    }

    fn remove(&mut self, first: usize, end: usize) {
        for t in first..end {
            if let Some(id) = self.out.at[t] {
                let m = &mut self.out.mentions[id as usize];
                let (f, e) = (m.first, m.end);
                m.end = m.first; // emptied; settle() drops it
                for at in &mut self.out.at[f..e] {
                    *at = None;
                }
            }
        }
    }

    /// A person's name that begins at token `i`: where it ends.
    fn name_run(&self, i: usize, end: usize) -> usize {
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
    fn resolve(
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
    fn known_family(&self, family: &str, of: &str) -> Option<String> {
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

    /// Titles with names: `outgoing NATO Secretary-General Jens Stoltenberg`.
    fn titled(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i < s.end {
            let Some((mut end, _)) = self.v.titles.longest(self.tokens, i, s.end) else {
                if self.v.address.contains_key(&self.tokens[i].norm) && self.tokens[i].cap && i + 1 < s.end {
                    let stop = self.name_run(i + 1, s.end);
                    if stop > i + 1 && self.free(i + 1, stop) {
                        let (refers, rule, flag) = self.resolve(i + 1, stop, "", "");
                        self.meet(&refers, i + 1, stop, "");
                        self.add(i + 1, stop, &refers, Sort::Person, Use::Name, rule);
                        self.out.mentions.last_mut().expect("just added").flag = flag;
                    }
                }
                i += 1;
                continue;
            };
            if self.out.of(i).is_some_and(|m| m.sort != Sort::Organ) {
                i += 1;
                continue;
            }
            let begin = self.widen_title(i, s.first);
            let title_first = begin;
            // `Deputy Prime Minister and Defense Minister`
            while end + 1 < s.end && (self.tokens[end].is("and") || self.tokens[end].is("/")) {
                match self.v.titles.longest(self.tokens, end + 1, s.end) {
                    Some((e, _)) => end = e,
                    None => break,
                }
            }
            self.office(title_first, end, s);
            i = end;
        }
    }

    /// `trade minister`: the word before a bare *minister* belongs to the title.
    fn widen_title(&self, i: usize, from: usize) -> usize {
        let generic = matches!(
            self.tokens[i].norm.as_str(),
            "minister" | "ministers" | "secretary" | "chief" | "commissioner"
        );
        if !generic || i == from {
            return i;
        }
        let p = &self.tokens[i - 1];
        let plain = p.kind == Kind::Word && self.out.of(i - 1).is_none() && p.norm != "'s";
        let classed = self.v.class(&p.norm).is_some()
            && !matches!(p.norm.as_str(), "foreign" | "economic" | "financial");
        if plain && !classed && !self.v.pre_title.contains_key(&p.norm) { i - 1 } else { i }
    }

    /// The state or organisation before a title, and what stands between.
    fn before_title(&self, title: usize, from: usize) -> (Option<usize>, usize, &'static str) {
        let mut at = title;
        let mut status = "current";
        let mut of = None;
        let mut begin = title;
        while at > from {
            let t = &self.tokens[at - 1];
            if let Some(s) = self.v.pre_title.get(&t.norm) {
                if *s != "current" {
                    status = s;
                }
                at -= 1;
                begin = at;
            } else if matches!(t.norm.as_str(), "'s" | "'")
                && of.is_none()
                && at - 1 > from
                && self.out.of(at - 2).is_some()
            {
                at -= 1;
            } else if let Some(id) = self.out.at[at - 1] {
                let m = &self.out.mentions[id as usize];
                if of.is_some() || m.sort == Sort::Person || m.sort == Sort::Media {
                    break;
                }
                of = Some(id as usize);
                at = m.first;
                begin = at;
            } else if t.kind == Kind::Hyphen
                && at - 1 > from
                && self.v.pre_title.contains_key(&self.tokens[at - 2].norm)
            {
                at -= 1;
            } else {
                break;
            }
        }
        (of, begin, status)
    }

    fn office(&mut self, title: usize, end: usize, s: &Sentence) {
        let (of_id, begin, status) = self.before_title(title, s.first);
        // With a user's dictionary the title is an agent word of its actor, and its code says so.
        if of_id.is_some_and(|id| self.out.mentions[id].rule == "dictionary") {
            return;
        }
        let mut at = end;
        let mut of_after = None;
        // `Permanent Representative of Japan`, `President of Ukraine Volodymyr …`
        if at + 1 < s.end
            && (self.tokens[at].is("of")
                || self.tokens[at].is("to")
                || self.tokens[at].is("for")
                || self.tokens[at].is("at"))
        {
            let the = usize::from(self.tokens[at + 1].is("the"));
            if at + 1 + the < s.end
                && let Some(id) = self.out.at[at + 1 + the]
                && self.out.mentions[id as usize].sort != Sort::Person
            {
                of_after = Some(id as usize);
                at = self.out.mentions[id as usize].end;
            }
        }
        let comma = usize::from(at < s.end && self.tokens[at].is(","));
        let mut name = self.name_run(at, s.end);
        let mut from = at;
        if name == at && comma == 1 && (of_id.is_some() || of_after.is_some()) && at + 1 < s.end {
            // `Japan's foreign minister, Taro Yamada, said`: the name must be closed by a comma too.
            let stop = self.name_run(at + 1, s.end);
            if stop > at + 1 && stop < s.end && self.tokens[stop].is(",") {
                from = at + 1;
                name = stop;
            }
        }
        // `Chair Fellow`: a title is nobody's name.
        if name == from + 1 && self.v.titles.longest(self.tokens, from, s.end).is_some() {
            return;
        }
        if name > from {
            let mut stop = name;
            if of_id.is_none()
                && of_after.is_none()
                && stop + 1 < s.end
                && (self.tokens[stop].is("of") || self.tokens[stop].is("from"))
            {
                let the = usize::from(self.tokens[stop + 1].is("the"));
                if stop + 1 + the < s.end
                    && let Some(id) = self.out.at[stop + 1 + the]
                    && matches!(
                        self.out.mentions[id as usize].sort,
                        Sort::Country | Sort::Igo | Sort::Organisation
                    )
                {
                    of_after = Some(id as usize);
                    stop = self.out.mentions[id as usize].end;
                }
            }
            let title_text = crate::tokens::fold(self.piece(title, end));
            let (of, rule) = match (of_id.or(of_after), title_text.as_str()) {
                // Only one state calls its foreign and defence ministers secretaries of State and Defense.
                (None, "secretary of state" | "secretary of defense") => {
                    ("USA".to_owned(), "title-of-one-state")
                }
                (of, _) => self.holder_of(of, from, name, s),
            };
            let (refers, name_rule, flag) = self.resolve(from, name, &of, &title_text);
            let of = if of.is_empty() { self.state_of(&refers) } else { of };
            self.meet(&refers, from, name, &of);
            if let Some(p) = self.people.iter_mut().find(|p| p.refers == refers) {
                p.title = title_text;
            }
            if self.free(from, name) {
                self.add(from, name, &refers, Sort::Person, Use::Name, name_rule);
                self.out.mentions.last_mut().expect("just added").flag = flag;
            }
            for id in [of_id, of_after].into_iter().flatten() {
                self.out.mentions[id].absorbed = true;
            }
            let person = refers.trim_start_matches("PER:").to_owned();
            if !of.is_empty() {
                self.out.offices.push(Office {
                    first: begin,
                    end: stop,
                    person,
                    title: (title, end),
                    of,
                    status,
                    rule,
                });
            }
        } else {
            self.described_by(begin, title, end, at, of_id.or(of_after), status, s);
        }
    }

    fn state_of(&self, refers: &str) -> String {
        let listed = self.v.persons.iter().find(|p| p.refers == refers).map(|p| p.state.clone());
        listed
            .or_else(|| self.people.iter().find(|p| p.refers == refers).map(|p| p.of.clone()))
            .unwrap_or_default()
    }

    /// Whose office it is: the name beside the title, else what the document said of the person, else the nearest state before.
    fn holder_of(&self, of: Option<usize>, from: usize, name: usize, s: &Sentence) -> (String, &'static str) {
        if let Some(id) = of {
            let m = &self.out.mentions[id];
            return (m.refers.split('.').next().unwrap_or(&m.refers).to_owned(), "state-beside-title");
        }
        let words = self.name_words(from, name);
        let last = words.last().cloned().unwrap_or_default();
        if let Some(m) = self.out.of(from)
            && m.sort == Sort::Person
        {
            let of = self.state_of(&m.refers);
            if !of.is_empty() {
                return (of, "state-of-person-elsewhere");
            }
        }
        if let Some(p) = self.people.iter().rev().find(|p| p.full && p.family == last && !p.of.is_empty()) {
            return (p.of.clone(), "state-of-person-elsewhere");
        }
        if words.len() == 1
            && let Some(r) = self.known_family(&last, "")
        {
            return (self.state_of(&r), "state-of-listed-person");
        }
        let before = (s.first..from).rev().filter_map(|t| self.out.of(t));
        let state = before.into_iter().find(|m| m.sort == Sort::Country && m.usage != Use::Seat);
        (state.map(|m| m.refers.clone()).unwrap_or_default(), "nearest-state-before")
    }

    /// `Name, Chile's special envoy,` and `Name is a fellow at X`: an office after its holder.
    #[allow(clippy::too_many_arguments, reason = "one place calls it, with what it has just found")]
    fn described_by(
        &mut self,
        begin: usize,
        title: usize,
        end: usize,
        after: usize,
        of: Option<usize>,
        status: &'static str,
        s: &Sentence,
    ) {
        let mut at = begin;
        let mut steps = 0;
        while at > s.first
            && steps < 4
            && matches!(self.tokens[at - 1].norm.as_str(), "a" | "an" | "the" | "as")
        {
            at -= 1;
            steps += 1;
        }
        if at == s.first {
            return;
        }
        let linked = matches!(self.tokens[at - 1].norm.as_str(), "," | "is" | "was" | "became" | "becomes");
        if !linked || at < s.first + 2 {
            return;
        }
        let person_end = at - 1;
        let mut first = person_end;
        while first > s.first && person_end - first < 6 {
            let t = &self.tokens[first - 1];
            let inside = (t.kind == Kind::Word
                && t.cap
                && self.out.of(first - 1).is_none_or(|m| m.sort == Sort::Person))
                || t.kind == Kind::Hyphen;
            if !inside || MONTHS_AND_DAYS.contains(&t.norm.as_str()) {
                break;
            }
            first -= 1;
        }
        let name_end = self.name_run(first, person_end);
        if first == person_end || name_end != person_end || person_end - first < 2 {
            return;
        }
        let Some(of) = of else { return };
        let of_refers = self.out.mentions[of].refers.split('.').next().unwrap_or("").to_owned();
        let title_text = crate::tokens::fold(self.piece(title, end));
        let (refers, rule, flag) = self.resolve(first, person_end, &of_refers, &title_text);
        self.meet(&refers, first, person_end, &of_refers);
        if self.free(first, person_end) {
            self.add(first, person_end, &refers, Sort::Person, Use::Name, rule);
            self.out.mentions.last_mut().expect("just added").flag = flag;
        }
        self.out.mentions[of].absorbed = true;
        let person = refers.trim_start_matches("PER:").to_owned();
        self.out.offices.push(Office {
            first,
            end: after.max(end),
            person,
            title: (title, end),
            of: of_refers,
            status,
            rule: "office-after-name",
        });
    }

    /// Two or three capitalised words that begin with a given name.
    fn given_names(&mut self, s: &Sentence) {
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
    fn family_names(&mut self, s: &Sentence) {
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
    fn person_like(&self, i: usize, s: &Sentence) -> bool {
        let before = (i > s.first).then(|| &self.tokens[i - 1]);
        !before.is_some_and(|t| matches!(t.norm.as_str(), "the" | "a" | "in" | "at" | "near"))
            || (i + 1 < s.end
                && (self.tokens[i + 1].norm == "administration" || self.tokens[i + 1].norm == "government"))
    }

    /// `Japanese Self-Defence Forces`, `the Ministry of Defense`: organs of a state.
    fn organs(&mut self, s: &Sentence) {
        // Words that are organs only where they are written with a capital.
        const LOOSE: &[&str] = &[
            "forces",
            "troops",
            "soldiers",
            "regime",
            "administration",
            "cabinet",
            "police",
            "marines",
            "diet",
            "treasury",
            "embassy",
            "senate",
            "congress",
            "legislature",
        ];
        let mut i = s.first;
        while i < s.end {
            let Some((mut end, code)) = self.v.organs.longest(self.tokens, i, s.end) else {
                i += 1;
                continue;
            };
            let code = self.v.organ_codes[code as usize].clone();
            let t = &self.tokens[i];
            if LOOSE.contains(&t.norm.as_str()) && !t.cap {
                i = end;
                continue;
            }
            let taken = self.out.of(i).map(|m| (m.first, m.end, m.sort));
            if taken.is_some() {
                i = end;
                continue;
            }
            // A title that a name follows is an office.
            if self.v.titles.longest(self.tokens, i, s.end).is_some_and(|(e, _)| e == end)
                && end < s.end
                && (self.tokens[end].cap || self.tokens[end].is(","))
            {
                i = end;
                continue;
            }
            let mut first = i;
            let mut of = String::new();
            let mut at = i;
            if at > s.first && self.tokens[at - 1].norm == "'s" {
                at -= 1;
            }
            if at > s.first && self.tokens[at - 1].kind == Kind::Word && self.tokens[at - 1].norm == "embassy"
            {
                at -= 1;
            }
            if at > s.first && self.out.of(at - 1).is_some_and(|m| m.rule == "dictionary") {
                i = end;
                continue;
            }
            if at > s.first
                && let Some(m) = self.out.of(at - 1)
                && m.sort == Sort::Country
                && m.usage != Use::Seat
            {
                first = if at == i || self.tokens[i].cap { m.first } else { i };
                of = m.refers.clone();
                if at < i {
                    // `Japan's Self Defense Force`: two mentions in the texts we follow.
                    first = i;
                }
            }
            // `Embassy in Belgium` keeps its place.
            if end + 1 < s.end
                && code == "MOFA"
                && t.norm == "embassy"
                && self.tokens[end].is("in")
                && self.out.of(end + 1).is_some()
            {
                end = self.out.of(end + 1).map_or(end, |m| m.end);
            }
            if of.is_empty() {
                let capital = t.cap && i != s.first;
                if !capital {
                    i = end;
                    continue;
                }
                let before = (s.first.saturating_sub(60)..i).rev().filter_map(|t| self.out.of(t));
                let state = before
                    .into_iter()
                    .find(|m| m.sort == Sort::Country && m.usage != Use::Seat && !m.absorbed);
                of = state.map(|m| m.refers.clone()).unwrap_or_default();
                if of.is_empty() {
                    i = end;
                    continue;
                }
            }
            let military = matches!(code.as_str(), "MIL" | "SDF");
            self.remove(first, end);
            self.add(
                first,
                end,
                &format!("{of}.{code}"),
                if military { Sort::Military } else { Sort::Organ },
                Use::Name,
                "state-and-organ",
            );
            i = end;
        }
        self.government_of(s);
    }

    /// `the government of Kishida`.
    fn government_of(&mut self, s: &Sentence) {
        for i in s.first..s.end.saturating_sub(2) {
            if self.tokens[i].norm == "government" && self.tokens[i + 1].is("of") && self.out.at[i].is_none()
            {
                let the = usize::from(self.tokens[i + 2].is("the"));
                let Some(m) = self.tokens.get(i + 2 + the).and_then(|_| self.out.of(i + 2 + the)).cloned()
                else {
                    continue;
                };
                let state = if m.sort == Sort::Person {
                    self.state_of(&m.refers)
                } else if m.sort == Sort::Country {
                    m.refers.clone()
                } else {
                    continue;
                };
                if !state.is_empty() && m.end <= s.end {
                    self.remove(i, m.end);
                    self.add(i, m.end, &format!("{state}.GOV"), Sort::Organ, Use::Name, "government-of-name");
                }
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

/// Words after a capital's name that make it part of the name of a meeting or text held or made there.
const MADE_THERE: &[&str] = &[
    "summit",
    "communique",
    "declaration",
    "conference",
    "meeting",
    "talks",
    "agreement",
    "treaty",
    "accord",
    "process",
    "airport",
    "post",
    "times",
    "university",
    "convention",
    "protocol",
    "olympics",
    "office",
    "street",
    "suburb",
    "embassy",
    "time",
    "stadium",
];

/// Tells capitals used for governments from capitals used as places, and names that only say where.
pub(crate) fn settle_places(tokens: &[Token], sentences: &[Sentence], names: &mut Names) {
    for s in sentences {
        for i in s.first..s.end {
            let Some(id) = names.at[i] else { continue };
            let m = &names.mentions[id as usize];
            if m.first != i {
                continue;
            }
            let (first, end, usage) = (m.first, m.end, m.usage);
            let before = (first > s.first).then(|| &tokens[first - 1]);
            let before_the = before.is_some_and(|t| t.is("the")) && first - s.first >= 2;
            let prep = if before_the { Some(&tokens[first - 2]) } else { before };
            let where_prep = prep.is_some_and(|t| {
                matches!(
                    t.norm.as_str(),
                    "in" | "at"
                        | "near"
                        | "outside"
                        | "inside"
                        | "around"
                        | "across"
                        | "throughout"
                        | "within"
                )
            });
            let next = (end < s.end).then(|| &tokens[end]);
            if usage == Use::Seat {
                let building = !matches!(names.mentions[id as usize].refers.as_str(), "")
                    && matches!(
                        tokens[first].norm.as_str(),
                        "white"
                            | "kremlin"
                            | "downing"
                            | "elysee"
                            | "whitehall"
                            | "malacanang"
                            | "kasumigaseki"
                            | "zhongnanhai"
                    );
                let dateline = is_dateline(tokens, s, first, end);
                let apposed = next.is_some_and(|t| t.is(","))
                    && end + 1 < s.end
                    && names.at[end + 1].is_some_and(|n| {
                        names.mentions[n as usize].sort == Sort::Country
                            && names.mentions[n as usize].usage == Use::Name
                    })
                    && where_like(prep);
                let made = next.is_some_and(|t| {
                    MADE_THERE.contains(&singular(&t.norm)) || MADE_THERE.contains(&t.norm.as_str())
                });
                let moved_to = prep.is_some_and(|t| {
                    matches!(
                        t.norm.as_str(),
                        "to" | "from"
                            | "into"
                            | "via"
                            | "through"
                            | "toward"
                            | "towards"
                            | "for"
                            | "capital"
                            | "of"
                            | "over"
                            | "on"
                    )
                });
                let motion = moved_to
                    && (s.first..first).rev().take(8).any(|t| MOTION.contains(&tokens[t].norm.as_str()));
                let city_of = prep.is_some_and(|t| t.is("of"))
                    && first >= s.first + 2
                    && matches!(
                        tokens[first - 2].norm.as_str(),
                        "city"
                            | "capital"
                            | "streets"
                            | "outskirts"
                            | "suburb"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "port"
                    );
                let after_comma_capital = before.is_some_and(|t| t.is(","))
                    && (s.first..first).rev().take(3).any(|t| tokens[t].is("capital"));
                let held_there = before.is_some_and(|t| t.is("capital"));
                let visited = before.is_some_and(|t| MOTION.contains(&t.norm.as_str()));
                names.mentions[id as usize].metonym = building
                    || !(where_prep
                        || dateline
                        || apposed
                        || made
                        || motion
                        || city_of
                        || after_comma_capital
                        || held_there
                        || visited);
            } else if usage == Use::Name && names.mentions[id as usize].sort == Sort::Country {
                let after_place = before.is_some_and(|t| t.is(","))
                    && first >= s.first + 2
                    && tokens[first - 2].cap
                    && names.of(first - 2).is_none_or(|m| m.usage == Use::Seat && !m.metonym);
                let owner = next.is_some_and(|t| t.norm == "'s");
                names.mentions[id as usize].place_use = !owner && (where_prep || after_place);
            }
        }
    }
}

/// `LIMA, May 3 (Agency) - `: where a report was written.
fn is_dateline(tokens: &[Token], s: &Sentence, first: usize, end: usize) -> bool {
    let dash = |t: &Token| matches!(t.norm.as_str(), "-" | "–" | "—" | "--");
    let set_apart = tokens.get(end).is_some_and(|t| matches!(t.norm.as_str(), "," | "(") || dash(t));
    first == s.first
        && tokens[first].upper
        && set_apart
        && (end..s.end.min(end + 12)).any(|i| dash(&tokens[i]) && tokens[i - 1].end < tokens[i].start)
}

fn where_like(prep: Option<&Token>) -> bool {
    prep.is_none_or(|t| !matches!(t.norm.as_str(), "between" | "and"))
}

/// Verbs and nouns of going somewhere.
const MOTION: &[&str] = &[
    "visit",
    "visited",
    "visits",
    "visiting",
    "travel",
    "traveled",
    "travelled",
    "travels",
    "traveling",
    "travelling",
    "flew",
    "fly",
    "flies",
    "flying",
    "flight",
    "arrive",
    "arrived",
    "arrives",
    "arriving",
    "went",
    "go",
    "goes",
    "going",
    "trip",
    "left",
    "leave",
    "leaves",
    "leaving",
    "headed",
    "heading",
    "returned",
    "return",
    "returns",
    "returning",
    "drove",
    "came",
    "come",
    "tour",
    "bound",
    "route",
    "road",
    "train",
    "sent",
    "moved",
    "invited",
    "departed",
    "opened",
    "reached",
    "embassy",
    "toured",
    "journey",
];
