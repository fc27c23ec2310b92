//! `search`: names, other names, ids and statements; case, accents and dashes folded, words in any order.

use foedera_reason::proof::Node;
use foedera_reason::told;
use foedera_world::terms::{Silence, Verdict};
use foedera_world::world::Named;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::claim_view;
use crate::ask::claims::has_words;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// `1 name`, `2 names`.
fn number(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// The most names, and the most statements, an answer holds.
const MOST: usize = 50;

/// Answers with names first, then statements.
pub(super) fn search(dossier: &Dossier, words: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let hits = names::search(world, words, MOST);
    let mut items: Vec<Value> = hits
        .iter()
        .filter(|(_, n)| !matches!(n, Named::Claim(c) if told::visible(&view, *c) == foedera_world::time::Tv::Not))
        .map(|(name, n)| {
            let r = &world.records;
            let (table, title) = match n {
                Named::Actor(a) => ("actor", &r.actors[a.ix()].name),
                Named::Instrument(i) => ("instrument", &r.instruments[i.ix()].name),
                Named::Place(p) => ("place", &r.places[p.ix()].name),
                Named::Source(s) => ("source", &r.sources[s.ix()].title),
                Named::Area(a) => ("area", &r.areas[a.ix()].name),
                Named::Thing(t) => (r.things[t.ix()].detail.word(), &r.things[t.ix()].name),
                Named::Matter(m) => ("matter", &r.matters[m.ix()].name),
                Named::Office(o) => ("office", &r.offices[o.ix()].name),
                Named::Claim(c) => ("claim", &r.claims[c.ix()].says),
                Named::Conflict(c) => ("conflict", &r.conflicts[c.ix()].says),
            };
            json!({ "table": table, "id": names::key(world, *n), "name": title, "matched": name })
        })
        .collect();
    let named = items.len();
    let mut more = 0;
    for (id, c, _) in told::claims(&view) {
        if has_words(&c.says, words) && !items.iter().any(|i| i["id"] == json!(c.id)) {
            if items.len() - named == MOST {
                more += 1;
                continue;
            }
            let v = claim_view(&view, id);
            items.push(json!({
                "table": "claim", "id": c.id, "name": c.says, "matched": "says", "mode": v["mode"], "cites": v["cites"],
            }));
        }
    }
    let empty = items.is_empty();
    let told = items.len() - named;
    let found = Found {
        question: json!({ "verb": "search", "words": words }),
        verdict: if empty { Verdict::NotInSources } else { Verdict::Yes },
        proof: Node::new(
            "search",
            format!("{} and {} match", number(named, "name"), number(told + more, "statement")),
        ),
        items,
        silence: empty.then_some(Silence::NotLooked),
        warnings: if more == 0 {
            Vec::new()
        } else {
            vec![format!("cut-short: {more} more statements match")]
        },
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
