//! `claims`: what sources say, filtered: by words, by what it is about, by who says it, by what it tells.

use foedera_reason::proof::{Node, counted};
use foedera_reason::told;
use foedera_world::terms::*;
use foedera_world::world::{ClaimId, Named, fold};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer::Found;
use crate::ask::casus::word;
use crate::ask::claim_view;
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Which claims.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ClaimsRequest {
    /// Words all of which must stand in the claim.
    #[serde(default)]
    pub words: String,
    /// Anything it must be about.
    #[serde(default)]
    pub about: Vec<String>,
    /// Kind of claim.
    pub kind: Option<String>,
    /// What it tells.
    pub what: Option<String>,
    /// Who does, is or holds it.
    pub who: Option<String>,
    /// Source that says it.
    pub by: Option<String>,
    /// How it is said.
    pub mode: Option<String>,
}

/// Answers.
pub(super) fn claims(
    dossier: &Dossier,
    r: &ClaimsRequest,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let key = |text: &String| names::one(world, text, Want::Any).map(|n| names::key(world, n).to_owned());
    let about = r.about.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    let kind =
        r.kind.as_deref().map(|k| word("--kind", k, ClaimKind::parse, ClaimKind::WORDS)).transpose()?;
    let what = r.what.as_deref().map(|k| word("--what", k, Telling::parse, Telling::WORDS)).transpose()?;
    let mode = r.mode.as_deref().map(|k| word("--mode", k, Mode::parse, Mode::WORDS)).transpose()?;
    let who = r.who.as_deref().map(|w| names::actor(world, w)).transpose()?;
    let by = match r.by.as_ref().map(|b| names::one(world, b, Want::Source)).transpose()? {
        None => None,
        Some(Named::Source(s)) => Some(s),
        Some(_) => {
            let message = format!("--by: `{}` is not a source", r.by.as_deref().unwrap_or_default());
            return Err(AskError::new("unknown-name", message).help("name a source of the dossier: --by s1"));
        }
    };
    let mut list: Vec<ClaimId> = Vec::new();
    for (id, c, _) in told::claims(&view) {
        let tells = |t: &foedera_world::record::Tells| {
            what.is_none_or(|w| t.what == w)
                && who.is_none_or(|w| {
                    told::actors(&view, &t.who, foedera_world::time::Moment::UNKNOWN).contains(&w)
                })
        };
        let touches = |k: &String| {
            c.about.contains(k)
                || c.holder.contains(k)
                || c.tells.iter().any(|t| {
                    t.who.contains(k)
                        || t.whom.contains(k)
                        || t.thing.as_ref() == Some(k)
                        || t.domain.contains(k)
                })
        };
        let held = who.is_some_and(|w| c.holder.iter().any(|h| world.actor(h) == Some(w)));
        let told_so =
            (what.is_none() && who.is_none()) || c.tells.iter().any(tells) || (what.is_none() && held);
        let cited = by.is_none_or(|s| {
            world.evidence[world.claim_evidence(id).ix()].cites.iter().any(|(t, _)| {
                *t == s && world.source_visible(s, &view.knowledge) != foedera_world::time::Tv::Not
            })
        });
        if kind.is_none_or(|k| c.kind == k)
            && mode.is_none_or(|m| c.mode == m)
            && about.iter().all(touches)
            && told_so
            && cited
            && has_words(&c.says, &r.words)
        {
            list.push(id);
        }
    }
    let items: Vec<_> = list.iter().map(|c| claim_view(&view, *c)).collect();
    let text = match items.as_slice() {
        [one] => one["says"].as_str().unwrap_or_default().to_owned(),
        _ => counted(items.len(), "statement", "statements"),
    };
    let mut proof = Node::new("claims", text);
    proof.children = list
        .iter()
        .map(|c| Node::new("claim", world.records.claims[c.ix()].says.clone()).on(world.claim_evidence(*c)))
        .collect();
    let empty = list.is_empty();
    let found = Found {
        question: json!({
            "verb": "claims", "words": r.words, "about": about, "kind": kind.map(ClaimKind::word),
            "what": what.map(Telling::word), "who": who.map(|w| world.actor_key(w)),
            "by": by.map(|s| world.records.sources[s.ix()].id.clone()), "mode": mode.map(Mode::word),
        }),
        verdict: if empty { Verdict::NotInSources } else { Verdict::Yes },
        items,
        proof,
        silence: empty.then_some(Silence::NotLooked),
        warnings: list
            .iter()
            .map(|c| &world.records.claims[c.ix()])
            .filter_map(|c| Some((c, c.likelihood.as_ref().filter(|_| c.yardstick == Yardstick::Unstated)?)))
            .map(|(c, w)| {
                format!("no-yardstick: “{w}” in {} is its source's own word; no number follows", c.id)
            })
            .collect(),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}

/// Whether every word begins some word of a text, accents, dashes and case folded, in any order.
pub(crate) fn has_words(text: &str, words: &str) -> bool {
    let text = fold(text);
    let parts: Vec<&str> = text.split('-').collect();
    fold(words).split('-').filter(|w| !w.is_empty()).all(|w| parts.iter().any(|p| p.starts_with(w)))
}
