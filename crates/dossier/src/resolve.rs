//! Names: which id a written name stands for, by kind, and what was meant when it stands for none.
//!
//! In: the trees of all files. Out: [`Names`], and rows declared twice. What always holds: an id wins over another
//! name; a name shared by two things of a kind stands for neither; suggestions depend only on the names, so they are
//! the same on every run.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use foedera_world::world::fold;

use crate::grammar::Kind;
use crate::source::Shelf;
use crate::tree::{Tree, text_of};

/// A row that can be named, as declared: file and where its id stands.
pub(crate) type Place = (u32, usize);

/// Where an id is declared.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) file: u32,
    pub(crate) volume: u32,
    pub(crate) span: Range<usize>,
}

/// An id declared twice in one dossier.
#[derive(Clone, Debug)]
pub(crate) struct Twice<'t> {
    pub(crate) kind: Kind,
    pub(crate) id: &'t str,
    pub(crate) first: Declared,
    pub(crate) second: Declared,
}

/// Why a name stands for nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Unresolved {
    /// Nothing is called that.
    Nobody,
    /// Several things of that kind are.
    Several(Vec<String>),
    /// Something is, but it is of this other kind.
    Other(Kind),
}

#[derive(Debug, Default)]
struct Register<'t> {
    ids: BTreeMap<&'t str, Vec<Declared>>,
    aka: BTreeMap<&'t str, Vec<&'t str>>,
    /// Usual names and the ids they belong to, in the order of the files.
    names: Vec<(&'t str, &'t str)>,
}

/// All names of all dossiers.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    registers: BTreeMap<Kind, Register<'t>>,
    versions: BTreeSet<(&'t str, &'t str)>,
    /// Ids declared twice in one dossier.
    pub(crate) twice: Vec<Twice<'t>>,
    /// The second of each such pair.
    pub(crate) ignored: BTreeSet<Place>,
}

impl<'t> Names<'t> {
    /// Gathers ids and other names, leaving out the rows that are known to be lost.
    pub(crate) fn from_trees(trees: &'t [Tree<'_>], shelf: &Shelf<'_>, lost: &BTreeSet<Place>) -> Names<'t> {
        let mut names = Names::default();
        for tree in trees {
            let volume = shelf.files[tree.file as usize].volume;
            for kind in Kind::DECLARED {
                for row in tree.rows(kind.word()) {
                    let Some((id, span)) = text_of(row, "id") else { continue };
                    let declared = Declared { file: tree.file, volume, span };
                    if lost.contains(&(declared.file, declared.span.start)) {
                        continue;
                    }
                    names.declare(kind, id, declared);
                    let register = names.registers.entry(kind).or_default();
                    let Some(table) = row.get_ref().as_table() else { continue };
                    if let Some(list) = table.get("aka").and_then(|v| v.get_ref().as_array()) {
                        for other in list.iter().filter_map(|v| v.get_ref().as_str()) {
                            let ids = register.aka.entry(other).or_default();
                            if !ids.contains(&id) {
                                ids.push(id);
                            }
                        }
                    }
                    if let Some((name, _)) = text_of(row, "name") {
                        register.names.push((name, id));
                    }
                    if kind == Kind::Instrument
                        && let Some(list) = table.get("version").and_then(|v| v.get_ref().as_array())
                    {
                        names.versions.extend(list.iter().filter_map(|v| Some((id, text_of(v, "id")?.0))));
                    }
                }
            }
            for row in tree.rows("actor") {
                let lost_actor =
                    text_of(row, "id").is_none_or(|(_, span)| lost.contains(&(tree.file, span.start)));
                let home = row.get_ref().as_table().and_then(|t| t.get("home"));
                let Some((id, span)) = home.and_then(|h| text_of(h, "id")) else { continue };
                if !lost_actor {
                    let places = names.registers.entry(Kind::Place).or_default();
                    places.ids.entry(id).or_default().push(Declared { file: tree.file, volume, span });
                }
            }
        }
        names
    }

    fn declare(&mut self, kind: Kind, id: &'t str, declared: Declared) {
        let earlier = self.registers.entry(kind).or_default().ids.entry(id).or_default();
        if let Some(first) = earlier.iter().find(|d| d.volume == declared.volume) {
            self.ignored.insert((declared.file, declared.span.start));
            self.twice.push(Twice { kind, id, first: first.clone(), second: declared });
        } else {
            earlier.push(declared);
        }
    }

    /// Whether the same id of that kind was declared by an earlier dossier: then this row adds to that one.
    pub(crate) fn continues(&self, kind: Kind, id: &str, volume: u32) -> bool {
        let register = self.registers.get(&kind);
        register.and_then(|r| r.ids.get(id)).is_some_and(|all| all.iter().any(|d| d.volume < volume))
    }

    /// Whether an instrument has a version of that id.
    pub(crate) fn has_version(&self, instrument: &str, version: &str) -> bool {
        self.versions.contains(&(instrument, version))
    }

    /// The versions of an instrument.
    pub(crate) fn versions_of(&self, instrument: &str) -> Vec<&'t str> {
        let own = self.versions.range((instrument, "")..);
        own.take_while(|(i, _)| *i == instrument).map(|(_, v)| *v).collect()
    }

    /// The id a written name stands for.
    pub(crate) fn resolve(&self, kind: Kind, written: &str) -> Result<&'t str, Unresolved> {
        if kind == Kind::Thing {
            let mut found = Kind::DECLARED.iter().map(|k| self.of_kind(*k, written));
            return found.find_map(Result::ok).ok_or(Unresolved::Nobody);
        }
        self.of_kind(kind, written).map_err(|several| match several {
            several if !several.is_empty() => {
                Unresolved::Several(several.into_iter().map(str::to_owned).collect())
            }
            _ => Kind::DECLARED
                .into_iter()
                .find(|k| *k != kind && self.of_kind(*k, written).is_ok())
                .map_or(Unresolved::Nobody, Unresolved::Other),
        })
    }

    fn of_kind(&self, kind: Kind, written: &str) -> Result<&'t str, Vec<&'t str>> {
        let register = self.registers.get(&kind).ok_or_else(Vec::new)?;
        if let Some((id, _)) = register.ids.get_key_value(written) {
            return Ok(id);
        }
        match register.aka.get(written).map(Vec::as_slice) {
            Some([one]) => Ok(one),
            Some(several) => Err(several.to_vec()),
            None => Err(Vec::new()),
        }
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.registers.values().map(|r| r.ids.len() + r.aka.len() + r.names.len()).sum()
    }

    /// What was probably meant: a thing called that, or the nearest spelling.
    pub(crate) fn nearest(&self, kind: Kind, written: &str) -> Option<String> {
        let kinds = if kind == Kind::Thing { &Kind::DECLARED[..] } else { std::slice::from_ref(&kind) };
        let folded = fold(written);
        let registers = || kinds.iter().filter_map(|k| self.registers.get(k));
        let called = registers().flat_map(|r| r.names.iter()).find(|(name, _)| fold(name) == folded);
        called.map(|(_, id)| (*id).to_owned()).or_else(|| {
            let words = registers().flat_map(|r| r.ids.keys().chain(r.aka.keys()).copied());
            nearest(written, words).map(str::to_owned)
        })
    }
}

/// The word nearest to what was written, if it is near enough to have been meant.
pub(crate) fn nearest<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let folded = fold(written);
    let allowed = match written.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    if written.len() > 128 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        // Folding drops accents and marks, so lengths in bytes may differ by more than the slips allowed.
        if word.len().abs_diff(written.len()) > 2 * allowed + 4 {
            continue;
        }
        let far = if fold(word) == folded { 0 } else { 1 + distance(written, word, allowed) };
        if far <= allowed + 1 && best.is_none_or(|(b, _)| far < b) && (far == 0 || allowed > 0) {
            best = Some((far, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Edit distance with swaps of neighbours counted once; anything above `most` is `most + 1`.
fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()].min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_forgives_slips_and_case() {
        let words = ["signed", "ratified", "entered-into-force", "JPN"];
        let near = |w| nearest(w, words.into_iter());
        assert_eq!(near("singed"), Some("signed"));
        assert_eq!(near("jpn"), Some("JPN"));
        assert_eq!(near("entered-in-force"), Some("entered-into-force"));
        assert_eq!(near("entered into force"), Some("entered-into-force"));
        assert_eq!(near("objected"), None);
        assert_eq!(near(""), None);
    }
}
