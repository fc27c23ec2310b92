//! `diff`: what changed in the world between two days, and what changed only in what is known.

use foedera_reason::mechanism::diff::{Changed, diff as mechanism};
use foedera_reason::proof::Node;
use foedera_world::terms::*;
use serde_json::json;

use crate::answer::Found;
use crate::ask::cites_of;
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers. Sides: from-on, to-on, from-known, to-known, from-using, to-using; a missing one is the basis's own.
pub(super) fn diff(
    dossier: &Dossier,
    sides: [Option<&str>; 6],
    ids: &[String],
    request: &BasisRequest,
) -> Result<Envelope, AskError> {
    if sides.iter().all(Option::is_none) {
        return Err(AskError::new("incomplete-question", "a comparison needs two days, two states of knowledge or two choices of packs")
            .help("for example: diff --from-on 2023-06-01 --to-on 2023-08-01, or --from-known 2023-05-31 --to-known 2023-07-10, or --from-using atop-4-01 --to-using atop-5-1"));
    }
    let [from_on, to_on, from_known, to_known, from_using, to_using] = sides;
    let world = &dossier.world;
    let with = |on: Option<&str>, known: Option<&str>, using: Option<&str>| {
        let mut r = request.clone();
        if let Some(packs) = using {
            r.using = vec![packs.to_owned()];
        }
        r.on = on.map(str::to_owned).or(r.on);
        r.known = known.map(str::to_owned).or(r.known);
        Basis::resolve(dossier, &r)
    };
    let (before, after) = (with(from_on, from_known, from_using)?, with(to_on, to_known, to_using)?);
    let keys = ids
        .iter()
        .map(|i| names::one(world, i, Want::Any).map(|n| names::key(world, n).to_owned()))
        .collect::<Result<Vec<_>, _>>()?;
    let (from, to) = (before.view(dossier), after.view(dossier));
    let mut changes: Vec<Changed> = mechanism(&from, before.on, &to, after.on);
    changes.retain(|c| keys.is_empty() || keys.iter().any(|k| c.ids.contains(k)));
    let items: Vec<_> = changes
        .iter()
        .map(|c| {
            let (kind, of) = c.key.split_once(' ').unwrap_or((&c.key, ""));
            json!({
                "change": if c.world { "world" } else { "knowledge" },
                "kind": kind,
                "of": of,
                "ids": c.ids,
                "before": c.before,
                "after": c.after,
                "says": told(world, c),
                "cites": cites_of(world, &c.evidence),
            })
        })
        .collect();
    let of_world = changes.iter().filter(|c| c.world).count();
    let number = |n: usize| match n {
        0 => "nothing changed".to_owned(),
        1 => "one thing changed".to_owned(),
        n => format!("{n} things changed"),
    };
    let packs = |b: &Basis| b.echo.using.join(", ");
    let text = match (before.echo.on == after.echo.on, before.echo.known == after.echo.known) {
        (true, true) => format!(
            "{} from what {} tell to what {} tell; no time passes in the world",
            number(changes.len() - of_world),
            packs(&before),
            packs(&after)
        ),
        (true, _) => format!(
            "{} in what is known from {} to {}; no time passes in the world",
            number(changes.len() - of_world),
            before.echo.known,
            after.echo.known
        ),
        (false, true) => {
            format!("{} in the world from {} to {}", number(of_world), before.echo.on, after.echo.on)
        }
        (false, false) => format!(
            "{} in the world from {} to {}, and {} in what is known from {} to {}",
            number(of_world),
            before.echo.on,
            after.echo.on,
            number(changes.len() - of_world),
            before.echo.known,
            after.echo.known
        ),
    };
    let mut proof = Node::new("diff", text);
    proof.children = changes
        .iter()
        .map(|c| {
            let mut n = Node::new(if c.world { "world" } else { "knowledge" }, told(world, c));
            n.evidence.clone_from(&c.evidence);
            n
        })
        .collect();
    let found = Found {
        question: json!({
            "verb": "diff", "from_on": before.echo.on, "to_on": after.echo.on, "from_known": before.echo.known,
            "to_known": after.echo.known, "from_using": from_using, "to_using": to_using, "ids": keys,
        }),
        verdict: if changes.is_empty() { Verdict::No } else { Verdict::Yes },
        items,
        proof,
        ..Found::default()
    };
    Ok(Envelope::new(world, after, found))
}

fn told(world: &foedera_world::World, c: &Changed) -> String {
    let named: Vec<&str> = c.key.split(' ').skip(1).map(|k| world.name_of(k)).collect();
    let kind = c.key.split(' ').next().unwrap_or_default();
    match (&c.before, &c.after) {
        (None, Some(a)) => format!("{kind} of {}: new: {a}", named.join(", ")),
        (Some(b), None) => format!("{kind} of {}: no longer: {b}", named.join(", ")),
        (Some(b), Some(a)) => format!("{kind} of {}: {b} → {a}", named.join(", ")),
        (None, None) => named.join(", "),
    }
}
