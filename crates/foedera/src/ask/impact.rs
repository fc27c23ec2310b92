//! `impact`: what falls if a source or a claim is withdrawn, and what keeps one support less.

use foedera_reason::mechanism::impact::impact as mechanism;
use foedera_reason::proof::{Node, counted};
use foedera_world::terms::*;
use foedera_world::world::Named;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::claim_view;
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
pub(super) fn impact(dossier: &Dossier, of: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let what = names::one(world, of, Want::Withdrawable)?;
    let a = match what {
        Named::Source(s) => mechanism(&view, &[s], &[], basis.on),
        Named::Claim(c) => mechanism(&view, &[], &[world.claim_evidence(c)], basis.on),
        _ => {
            let message =
                format!("`{of}` is neither a source nor a claim; only what is cited can be withdrawn");
            return Err(AskError::new("unknown-name", message).help("for example: impact s1, impact ex007"));
        }
    };
    let key = names::key(world, what);
    let mut items: Vec<Value> = Vec::new();
    let claims = |ids: &[String], effect: &str| -> Vec<Value> {
        ids.iter()
            .filter_map(|id| {
                let mut v = claim_view(&view, world.claim(id)?);
                v["effect"] = json!(effect);
                Some(v)
            })
            .collect()
    };
    items.extend(claims(&a.falls, "falls"));
    items.extend(claims(&a.weakened, "weakened"));
    for v in &mut items {
        v["last_support"] = json!(a.last_support.iter().any(|l| v["id"] == json!(l)));
    }
    for (_, at) in &a.rows {
        items.push(
            json!({ "effect": "falls", "row": at, "says": format!("the row at {at} rests on nothing else") }),
        );
    }
    for c in &a.changes {
        items.push(json!({
            "effect": "changes", "of": c.key, "ids": c.ids, "before": c.before, "after": c.after,
            "says": format!("{}: {} → {}", c.key, c.before.as_deref().unwrap_or("nothing"), c.after.as_deref().unwrap_or("nothing")),
        }));
    }
    let name = world
        .source(key)
        .map_or(key.to_owned(), |s| format!("“{}” ({key})", world.records.sources[s.ix()].title));
    let text = format!(
        "without {name}, {} and {} fall, {} another source ({} only one independent one), {}",
        counted(a.falls.len(), "statement", "statements"),
        counted(a.rows.len(), "other row", "other rows"),
        counted(a.weakened.len(), "keeps", "keep"),
        a.last_support.len(),
        counted(a.changes.len(), "conclusion changes", "conclusions change")
    );
    let found = Found {
        question: json!({ "verb": "impact", "of": key }),
        verdict: if items.is_empty() { Verdict::No } else { Verdict::Yes },
        items,
        proof: Node::new("impact", text),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
