//! Links from what a document names to what the dossier knows.
//!
//! In: a dossier, a document read. Out: a [`Link`] for each reference, a [`Check`] for each claim the dossier can say something to. What
//! always holds: a name is linked by itself or another name of the thing, an acronym by itself or as a probable slip that is flagged;
//! where two instruments share a name, the parties decide, and where they do not, nothing is linked.

use std::collections::BTreeSet;

use foedera_reader::{AgreementOut, Document, OfficeOut};
use foedera_world::World;
use foedera_world::record::{DateRule, Instrument};
use foedera_world::time::Edtf;
use foedera_world::world::Named;
use serde::Serialize;

use crate::Dossier;

/// What a reference is in the dossier.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Link {
    /// As the reader refers to it.
    #[serde(rename = "ref")]
    pub refers: String,
    /// The dossier's id; none = new.
    pub id: Option<String>,
    /// By which rule.
    pub how: &'static str,
    /// How often it is named.
    pub count: usize,
}

/// What the dossier says to a claim.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Check {
    /// The claim's id in the document.
    pub claim: String,
    /// The instrument or office in the dossier; none = new.
    pub id: Option<String>,
    /// By which rule it was found.
    pub how: &'static str,
    /// confirms, conflicts-with, new, known (the dossier has the thing but not this).
    pub verdict: &'static str,
    /// What the dossier has, in words.
    pub with: String,
}

pub(super) fn link(d: &Dossier, doc: &Document) -> (Vec<Link>, Vec<Check>) {
    let w = &d.world;
    let mut links: Vec<Link> = Vec::new();
    for m in &doc.mentions {
        if let Some(l) = links.iter_mut().find(|l| l.refers == m.refers) {
            l.count += 1;
            continue;
        }
        let (id, how) = actor_of(w, &m.refers);
        links.push(Link { refers: m.refers.clone(), id, how, count: 1 });
    }
    let mut checks = Vec::new();
    for a in &doc.agreements {
        checks.push(agreement(w, a));
    }
    for o in &doc.offices {
        checks.extend(office(w, o, doc.doc_date.as_deref()));
    }
    (links, checks)
}

/// The dossier's id of an actor the reader refers to.
pub(super) fn actor_of(w: &World, refers: &str) -> (Option<String>, &'static str) {
    let plain = refers.split_once(':').map_or(refers, |(_, n)| n);
    if let Some(id) = one_actor(w, plain) {
        return (Some(id), "name");
    }
    // An organ of a state is linked to the organ if the dossier has it, and otherwise to nothing.
    if let Some((state, organ)) = refers.split_once('.')
        && state.len() == 3
        && state.bytes().all(|b| b.is_ascii_uppercase())
    {
        let wanted = match organ {
            "SDF" => {
                one_actor(w, "Self-Defense Forces").or_else(|| one_actor(w, "Japan Self-Defense Forces"))
            }
            _ => None,
        };
        return match wanted {
            Some(id) => (Some(id), "organ"),
            None => (w.actor(state).map(|_| state.to_owned()), "state-of-organ"),
        };
    }
    let dashed = plain.replace('-', " ");
    if dashed != plain
        && let Some(id) = one_actor(w, &dashed)
    {
        return (Some(id), "name");
    }
    (None, "new")
}

fn one_actor(w: &World, name: &str) -> Option<String> {
    let mut found = w.named(name).iter().filter_map(|n| match n {
        Named::Actor(a) => Some(w.actor_key(*a).to_owned()),
        _ => None,
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Words of a name that tell it from others: no articles, one spelling of *programme*, singular.
fn telling(name: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] =
        &["the", "a", "an", "of", "on", "and", "for", "between", "to", "with", "new", "in"];
    let lower = name.to_lowercase().replace(['’', '\''], " ");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !EMPTY.contains(w));
    words
        .map(|w| {
            w.replace("programme", "program").replace("defence", "defense").trim_end_matches('s').to_owned()
        })
        .collect()
}

/// Acronyms in a name: words of capitals.
fn acronyms(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let found = words.filter(|w| w.len() >= 3 && w.chars().filter(|c| c.is_ascii_uppercase()).count() >= 3);
    found.map(|w| w.trim_end_matches('s').to_owned()).collect()
}

/// Whether two acronyms differ by one slip of the hand: two letters changed about, or one letter wrong.
fn slipped(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() || a.len() < 4 || a == b {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match differ.as_slice() {
        [_] => true,
        [i, j] => j - i == 1 && a[*i] == b[*j] && a[*j] == b[*i],
        _ => false,
    }
}

/// The instruments a name can mean, best rule first.
fn instruments<'w>(w: &'w World, name: &str) -> (Vec<&'w Instrument>, &'static str) {
    let all = &w.records.instruments;
    let names = |i: &'w Instrument| std::iter::once(&i.name).chain(&i.aka);
    let exact: Vec<_> = all.iter().filter(|i| names(i).any(|n| telling(n) == telling(name))).collect();
    if !exact.is_empty() {
        return (exact, "name");
    }
    let own = acronyms(name);
    let by_acronym: Vec<_> =
        all.iter().filter(|i| names(i).any(|n| acronyms(n).iter().any(|a| own.contains(a)))).collect();
    if !by_acronym.is_empty() {
        return (by_acronym, "acronym");
    }
    let by_slip: Vec<_> = all
        .iter()
        .filter(|i| names(i).any(|n| acronyms(n).iter().any(|a| own.iter().any(|o| slipped(a, o)))))
        .collect();
    if !by_slip.is_empty() {
        return (by_slip, "probable-slip");
    }
    // All telling words of the text's name in the dossier's: `Joint Political Declaration` in a longer title.
    let wanted = telling(name);
    let within: Vec<_> =
        all.iter().filter(|i| wanted.len() >= 2 && names(i).any(|n| wanted.is_subset(&telling(n)))).collect();
    (within, "words-of-name")
}

fn agreement(w: &World, a: &AgreementOut) -> Check {
    let parties: Vec<String> = a.parties.iter().filter_map(|p| actor_of(w, p).0).collect();
    let (found, how) = instruments(w, &a.name);
    let among = |i: &&&Instrument| {
        let all: BTreeSet<String> = i
            .parties
            .iter()
            .map(ToString::to_string)
            .chain(i.action.iter().flat_map(|x| x.by.iter().map(ToString::to_string)))
            .collect();
        !parties.is_empty() && parties.iter().all(|p| all.contains(p))
    };
    let fitting: Vec<&&Instrument> = found.iter().filter(among).collect();
    let chosen = match (fitting.as_slice(), found.as_slice()) {
        ([one], _) => Some(**one),
        ([], [one]) if how != "words-of-name" && parties.len() < 2 => Some(*one),
        _ => None,
    };
    let Some(i) = chosen else {
        let with = match found.len() {
            0 => String::new(),
            n => format!("{n} instruments of such a name, none with just these parties"),
        };
        return Check { claim: a.id.clone(), id: None, how: "new", verdict: "new", with };
    };
    let acts: &[&str] = match a.stage.as_str() {
        "signed" => &["signed", "concluded"],
        "adopted" | "concluded" => &["concluded", "announced", "signed"],
        "ratified" => &["ratified"],
        "in_force" | "existing" => &["entered-into-force", "concluded"],
        "ended" => &["terminated", "withdrew", "expired"],
        "negotiating" => &["negotiating"],
        "proposed" => &["proposed"],
        _ => &[],
    };
    let mut verdict = "known";
    let mut with = i.name.clone();
    for act in i.action.iter().filter(|x| acts.contains(&x.act.word())) {
        let DateRule::On(on) = &act.on else { continue };
        with = format!("{}: {} {}", i.name, act.act.word(), on.text());
        match a.date.as_deref().and_then(|d| Edtf::parse(d).ok()) {
            Some(said) if apart(&said, on) => {
                if verdict != "confirms" {
                    verdict = "conflicts-with";
                }
            }
            _ => {
                verdict = "confirms";
                break;
            }
        }
    }
    Check { claim: a.id.clone(), id: Some(i.id.to_string()), how, verdict, with }
}

/// Whether two dates cannot be the same day.
fn apart(a: &Edtf, b: &Edtf) -> bool {
    let (a, b) = (a.moment(), b.moment());
    a.latest < b.earliest || b.latest < a.earliest
}

/// Offices: the dossier has the person in such an office, or somebody else on that day.
fn office(w: &World, o: &OfficeOut, on: Option<&str>) -> Option<Check> {
    let (of, _) = actor_of(w, &o.of);
    let of = of?;
    let (person, _) = actor_of(w, &format!("PER:{}", o.person));
    let title = telling(&o.office);
    let held: Vec<_> = w
        .records
        .offices
        .iter()
        .filter(|x| *x.of == *of && title.iter().any(|t| telling(&x.name).contains(t)))
        .collect();
    let full: Vec<_> = held.iter().filter(|x| title.is_subset(&telling(&x.name))).collect();
    let x = full.first().copied().or(held.first())?;
    let has = person.as_ref().is_some_and(|p| x.holder.iter().any(|h| *h.person == **p));
    if has {
        return Some(Check {
            claim: o.id.clone(),
            id: Some(x.id.to_string()),
            how: "office-and-person",
            verdict: "confirms",
            with: x.name.clone(),
        });
    }
    let day = on.and_then(|d| Edtf::parse(d).ok())?;
    let other = x.holder.iter().find(|h| {
        let from = h.extent.from.as_ref().is_some_and(|f| f.moment().latest <= day.moment().earliest);
        let to = h.extent.to.as_ref().is_none_or(|t| t.moment().earliest > day.moment().latest);
        from && to
    })?;
    let current = o.status == "current" && full.contains(&x);
    current.then(|| Check {
        claim: o.id.clone(),
        id: Some(x.id.to_string()),
        how: "office-and-date",
        verdict: "conflicts-with",
        with: format!("{}: {}", x.name, other.person),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_or_two_changed_about() {
        assert!(slipped("ITTP", "ITPP"));
        assert!(slipped("GSOIMA", "GSOMIA"));
        assert!(!slipped("IPCP", "ITPP"));
        assert!(!slipped("RAA", "RAB"), "three letters are too few to tell");
    }

    #[test]
    fn telling_words_have_one_spelling() {
        assert_eq!(telling("The Defence Programmes of the North"), telling("defense program, north"));
    }
}
