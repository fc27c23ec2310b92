//! Who a code means, on a day: COW and Gleditsch–Ward numbers to the ids of the gazetteer.
//!
//! In: the gazetteer as a dossier, and `data/extinct.tsv` for states it does not hold. Out: an id for a scheme's code on a day. What always
//! holds: identity is dated: 255 and 260 are one Germany, 345 is Serbia, Yugoslavia, Serbia and Montenegro and Serbia again, 678 and
//! 679 are one Yemen; where a code's dates in the gazetteer do not reach the day, the nearest in time is taken and that is said.

use std::collections::{BTreeMap, BTreeSet};

use foedera::Dossier;
use foedera_bulk::{Day, OPEN};

/// Whose numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Correlates of War.
    Cow,
    /// Gleditsch and Ward.
    Gw,
}

impl Scheme {
    fn word(self) -> &'static str {
        match self {
            Scheme::Cow => "cow",
            Scheme::Gw => "gw",
        }
    }
}

/// One actor a code may mean, with the days between which it does.
#[derive(Clone, Debug)]
struct Meaning {
    id: String,
    from: Day,
    to: Day,
}

/// A state the gazetteer does not hold.
#[derive(Clone, Debug)]
struct Extinct {
    id: &'static str,
    kind: &'static str,
    name: &'static str,
    why: &'static str,
}

/// The actors codes mean.
pub struct Actors {
    by_code: BTreeMap<(Scheme, String), Vec<Meaning>>,
    extinct: BTreeMap<String, (Extinct, Vec<(Scheme, String)>)>,
    names: BTreeMap<String, String>,
}

/// What a code means.
pub(crate) struct Found<'a> {
    pub(crate) id: &'a str,
    /// Whether the gazetteer dates the code to the day asked for.
    pub(crate) exact: bool,
}

impl Actors {
    /// Reads the codes of a dossier, most often the gazetteer.
    pub fn of(gazetteer: &Dossier) -> Actors {
        let mut by_code: BTreeMap<(Scheme, String), Vec<Meaning>> = BTreeMap::new();
        let mut names = BTreeMap::new();
        for actor in &gazetteer.world.records.actors {
            let id = actor.id.to_string();
            for name in std::iter::once(&actor.name).chain(&actor.aka) {
                names.entry(name.to_lowercase()).or_insert_with(|| id.clone());
            }
            let life = actor.exists.as_ref().map_or((Day::MIN, OPEN), |e| {
                let p = e.period();
                (p.begin.earliest.number(), p.end.latest.number())
            });
            for code in &actor.code {
                let scheme = match code.scheme.as_str() {
                    "cow" => Scheme::Cow,
                    "gw" => Scheme::Gw,
                    _ => continue,
                };
                let from = code.extent.from.as_ref().map(|d| d.moment().earliest.number());
                let to = code.extent.to.as_ref().map(|d| d.moment().latest.number());
                // A code's own dates say when it is used; where it has none, the state's life does.
                let meaning =
                    Meaning { id: id.clone(), from: from.unwrap_or(life.0), to: to.unwrap_or(life.1) };
                by_code.entry((scheme, code.value.clone())).or_default().push(meaning);
            }
        }
        let mut extinct: BTreeMap<String, (Extinct, Vec<(Scheme, String)>)> = BTreeMap::new();
        for line in include_str!("../data/extinct.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or_default();
            let scheme = if next() == "cow" { Scheme::Cow } else { Scheme::Gw };
            let code = next().to_owned();
            let state = Extinct { id: next(), kind: next(), name: next(), why: next() };
            let meanings = by_code.entry((scheme, code.clone())).or_default();
            // What the gazetteer has come to hold is the gazetteer's.
            if meanings.is_empty() {
                meanings.push(Meaning { id: state.id.to_owned(), from: Day::MIN, to: OPEN });
                extinct
                    .entry(state.id.to_owned())
                    .or_insert_with(|| (state, Vec::new()))
                    .1
                    .push((scheme, code));
            }
        }
        Actors { by_code, extinct, names }
    }

    /// Who a code means on a day; `None` if the scheme has no such code.
    pub(crate) fn find(&self, scheme: Scheme, code: &str, day: Day) -> Option<Found<'_>> {
        let meanings = self.by_code.get(&(scheme, code.to_owned()))?;
        let distance = |m: &Meaning| {
            let before = i64::from(m.from) - i64::from(day);
            let after = i64::from(day) - i64::from(m.to);
            // An end is the first day no longer; on it, the successor is meant where there is one.
            before.max(after + 1).max(0)
        };
        let nearest = meanings.iter().min_by_key(|m| (distance(m), std::cmp::Reverse(m.from)))?;
        Some(Found { id: &nearest.id, exact: distance(nearest) == 0 })
    }

    /// The code of an actor in a scheme on a day, if it has one then.
    pub(crate) fn code_of(&self, id: &str, scheme: Scheme, day: Day) -> Option<&str> {
        let of_scheme = self.by_code.iter().filter(|((s, _), _)| *s == scheme);
        let mut meant =
            of_scheme.filter(|(_, list)| list.iter().any(|m| m.id == id && m.from <= day && day < m.to));
        meant.next().map(|((_, code), _)| code.as_str())
    }

    /// The id of a code on a day, as text.
    pub fn id(&self, scheme: Scheme, code: &str, day: Day) -> Option<&str> {
        self.find(scheme, code, day).map(|f| f.id)
    }

    /// The actor of a name, as the gazetteer has it.
    pub(crate) fn named(&self, name: &str) -> Option<&str> {
        self.names.get(&name.to_lowercase()).map(String::as_str)
    }

    /// Rows for those of these ids that the gazetteer does not hold.
    pub(crate) fn rows(&self, ids: &BTreeSet<String>) -> String {
        let mut out = String::new();
        for (id, (state, codes)) in self.extinct.iter().filter(|(id, _)| ids.contains(*id)) {
            let codes: Vec<String> = codes
                .iter()
                .map(|(scheme, code)| format!("{{ scheme = \"{}\", value = \"{code}\" }}", scheme.word()))
                .collect();
            out.push_str(&format!(
                "[[actor]]\nid = \"{id}\"\nkind = \"{}\"\nname = \"{}\"\ncode = [{}]\nnote = \"House id: {}.\"\n\n",
                state.kind,
                state.name,
                codes.join(", "),
                state.why
            ));
        }
        out
    }
}
