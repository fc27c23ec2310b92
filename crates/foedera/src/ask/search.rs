//! `search`: names, other names and ids, case, accents and dashes folded, words in any order.

use foedera_reason::proof::Node;
use foedera_world::terms::{Silence, Verdict};
use foedera_world::world::Named;
use serde_json::json;

use crate::answer::Found;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// Answers with at most 50 names, and with claims whose words match.
pub fn search(dossier: &Dossier, words: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let hits = names::search(world, words, 50);
    let items: Vec<_> = hits
        .iter()
        .map(|(name, n)| {
            let (table, title) = match n {
                Named::Actor(a) => ("actor", &world.records.actors[a.ix()].name),
                Named::Instrument(i) => ("instrument", &world.records.instruments[i.ix()].name),
                Named::Place(p) => ("place", &world.records.places[p.ix()].name),
                Named::Source(s) => ("source", &world.records.sources[s.ix()].title),
                Named::Area(a) => ("area", &world.records.areas[a.ix()].name),
            };
            json!({ "table": table, "id": names::key(world, *n), "name": title, "matched": name })
        })
        .collect();
    let empty = items.is_empty();
    let found = Found {
        question: json!({ "verb": "search", "words": words }),
        verdict: if empty { Verdict::NotInSources } else { Verdict::Yes },
        proof: Node::new("search", format!("{} names match", items.len())),
        items,
        assumptions: Vec::new(),
        dissent: Vec::new(),
        silence: empty.then_some(Silence::NotLooked),
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}
