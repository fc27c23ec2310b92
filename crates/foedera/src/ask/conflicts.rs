//! `conflicts`: where sources disagree, with each other, with themselves, with the record.

use foedera_reason::mechanism::codings::{Coded, Difference};
use foedera_reason::mechanism::conflicts::{Disagreement, conflicts as mechanism};
use foedera_reason::proof::{Node, counted};
use foedera_world::View;
use foedera_world::terms::*;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::{cites_of, claim_view};
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
pub(super) fn conflicts(
    dossier: &Dossier,
    ids: &[String],
    about: Option<&str>,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let all = mechanism(&view);
    let about = about
        .map(|a| names::one(world, a, Want::Any).map(|n| names::key(world, n).to_owned()))
        .transpose()?;
    let mut wanted: Vec<String> = Vec::new();
    for id in ids {
        let found = all.iter().any(|d| d.id == *id) || world.conflict(id).is_some();
        wanted.push(if found {
            id.clone()
        } else {
            names::key(world, names::one(world, id, Want::Any)?).to_owned()
        });
    }
    let touches = |d: &Disagreement<'_>, key: &String| {
        d.id == *key
            || d.about.contains(key)
            || d.claims.iter().any(|c| {
                let c = &world.records.claims[c.ix()];
                c.id == *key || c.about.contains(key)
            })
    };
    let list: Vec<&Disagreement<'_>> = all
        .iter()
        .filter(|d| wanted.is_empty() || wanted.iter().any(|k| touches(d, k)))
        .filter(|d| about.as_ref().is_none_or(|a| touches(d, a)))
        .collect();
    let items: Vec<Value> = list.iter().map(|d| item(&view, d)).collect();
    let declared = list.iter().filter(|d| d.declared.is_some()).count();
    let text = match list.as_slice() {
        [one] => format!("{}: {}", one.id, one.shows.as_ref().unwrap_or(&one.says)),
        _ => format!(
            "{}: {declared} declared by a reader, {} computed only",
            counted(list.len(), "disagreement", "disagreements"),
            list.len() - declared
        ),
    };
    let mut proof = Node::new("conflicts", text);
    proof.children = list
        .iter()
        .map(|d| {
            let mut node = Node::new(d.found.word(), format!("{}: {}", d.id, d.says));
            node.evidence.clone_from(&d.evidence);
            node.cites.clone_from(&d.paragraphs);
            if let Some((says, cites)) = &d.record {
                node.children.push(Node { cites: cites.clone(), ..Node::new("record", *says) });
            }
            node
        })
        .collect();
    let empty = list.is_empty();
    let hidden = empty && wanted.iter().any(|k| world.conflict(k).is_some());
    let found = Found {
        question: json!({ "verb": "conflicts", "ids": wanted, "about": about }),
        verdict: if empty { Verdict::NotInSources } else { Verdict::Yes },
        items,
        proof,
        silence: empty.then_some(if hidden { Silence::NotYetKnown } else { Silence::NotLooked }),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}

fn item(view: &View<'_>, d: &Disagreement<'_>) -> Value {
    let world = view.world;
    let record = d.record.as_ref().map(|(says, cites)| {
        let cites: Vec<String> = cites
            .iter()
            .map(|(s, l)| format!("{} {l}", world.records.sources[s.ix()].id).trim_end().to_owned())
            .collect();
        json!({ "says": says, "cites": cites })
    });
    json!({
        "id": d.id,
        "kinds": d.kinds.iter().map(|k| k.word()).collect::<Vec<_>>(),
        "found": d.found.word(),
        "about": d.about,
        "says": d.says,
        "shows": d.shows,
        "sets_aside": d.declared.map(|c| c.sets_aside.clone()).unwrap_or_default(),
        "compatible": d.declared.is_some_and(|c| c.compatible),
        "record": record,
        "independent_voices": d.voices,
        "claims": d.claims.iter().map(|c| claim_view(view, *c)).collect::<Vec<_>>(),
        "differences": d.coded.as_ref().map(|c| differences(view, c)),
        "cites": cites_of(world, &d.evidence),
    })
}

/// The differences of two codings: in what, of whom, and what each teller has.
fn differences(view: &View<'_>, c: &Coded) -> Vec<Value> {
    let records = &view.world.records;
    let label = |n: usize| {
        let t = c.tellers[n];
        let source = t.data_set.map_or("texts", |s| records.sources[s.ix()].id.as_str());
        json!({ "teller": source, "instrument": records.instruments[t.instrument.ix()].id })
    };
    let told = |n: usize, text: &str| {
        let mut v = label(n);
        v["has"] = json!(text);
        v
    };
    let one = |d: &Difference| json!({ "what": d.what, "of": d.of, "says": d.words(), "told": [told(0, &d.told[0]), told(1, &d.told[1])] });
    c.differences.iter().map(one).collect()
}
