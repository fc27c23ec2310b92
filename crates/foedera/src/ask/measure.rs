//! `measure`: dated values as told; whether they may be added.

use foedera_reason::mechanism::measure::{Sum, sum, values};
use foedera_reason::proof::Node;
use foedera_world::record::ThingDetail;
use foedera_world::terms::*;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::{cites_of, moment_view};
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// A number as it is read aloud: `7.1 billion`; nothing is rounded.
fn amount(n: f64) -> String {
    let scaled = |by: f64, word: &str| {
        let x = n / by;
        ((x * 1000.0).round() == x * 1000.0).then(|| format!("{x} {word}"))
    };
    let large = if n.abs() >= 1e9 {
        scaled(1e9, "billion")
    } else if n.abs() >= 1e6 {
        scaled(1e6, "million")
    } else {
        None
    };
    large.unwrap_or_else(|| n.to_string())
}

/// The day a value speaks of, as written.
fn day(v: &foedera_reason::mechanism::measure::Valued<'_>) -> String {
    let written = v.said.tells.as_of.as_ref().or(v.said.on());
    match written {
        Some(e) if e.text().starts_with('/') => format!("by {}", e.text().trim_start_matches('/')),
        Some(e) => e.text().to_owned(),
        None => "undated".to_owned(),
    }
}

/// Answers.
pub(super) fn measure(
    dossier: &Dossier,
    measures: &[String],
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let mut ids = Vec::new();
    for text in measures {
        // An actor stands for all that is measured of it.
        match names::thing(world, text, Want::Measure) {
            Ok(t) => ids.push(t),
            Err(e) => {
                let actor = names::actor(world, text).map_err(|_| e)?;
                let own = world.records.things.iter().enumerate().filter(|(_, t)| {
                    matches!(t.detail, ThingDetail::Measure { .. })
                        && t.of.iter().any(|o| world.actor(o) == Some(actor))
                });
                ids.extend(own.map(|(i, _)| foedera_world::world::ThingId(i as u32)));
            }
        }
    }
    ids.dedup();
    let mut items: Vec<Value> = Vec::new();
    let mut proof = Node::new("measure", String::new());
    let mut told = Vec::new();
    for id in &ids {
        let t = &world.records.things[id.ix()];
        let ThingDetail::Measure { unit, kind, .. } = &t.detail else { continue };
        let list = values(&view, *id, basis.on);
        for v in &list {
            let aside = foedera_reason::told::aside(&view, v.said.claim);
            items.push(json!({
                "measure": t.id,
                "name": t.name,
                "value": v.said.tells.value,
                "number": v.number,
                "unit": unit,
                "kind": kind.word(),
                "as_of": v.said.tells.as_of.as_ref().or(v.said.on()).map(|e| e.text().to_owned()),
                "bounds": moment_view(v.as_of),
                "scope": v.said.tells.scope,
                "method": v.said.tells.method,
                "mode": v.said.row.mode.word(),
                "says": v.said.row.says,
                "claim": v.said.row.id,
                "set_aside_by": aside.map(|c| world.records.conflicts[c.ix()].id.clone()),
                "cites": cites_of(world, &[v.said.evidence]),
            }));
            proof.children.push(Node::new("value", v.said.row.says.clone()).on(v.said.evidence));
        }
        if *kind == MeasureKind::Total && list.len() > 1 {
            let says = "one running total: a later value contains the earlier ones";
            items.push(json!({ "sum": Sum::Overlap.word(), "of": [t.id], "says": says }));
        }
        let unit = unit.as_deref().unwrap_or("");
        let counted: Vec<_> = list.iter().filter(|v| v.said.counts(&view)).collect();
        let value = |v: &foedera_reason::mechanism::measure::Valued<'_>| {
            let text = v.said.tells.value.as_deref().unwrap_or("?");
            v.number.map_or(text.to_owned(), amount)
        };
        told.push(match counted.as_slice() {
            [] => format!("{}: no value is told", t.name),
            [one] => format!("{}: {} {unit} ({})", t.name, value(one), day(one)),
            many => {
                let each: Vec<String> =
                    many.iter().map(|v| format!("{} {unit} ({})", value(v), day(v))).collect();
                let change = match (
                    kind,
                    many.first().and_then(|v| v.number),
                    many.last().and_then(|v| v.number),
                ) {
                    (MeasureKind::Total, Some(a), Some(b)) => {
                        format!(
                            "; a change of about {} {unit} in one running total, which is not to be added up",
                            amount(b - a)
                        )
                    }
                    _ => String::new(),
                };
                format!("{}: {}{change}", t.name, each.join(", then "))
            }
        });
    }
    let (mut sums, mut added) = (Vec::new(), Vec::new());
    for (i, a) in ids.iter().enumerate() {
        for b in &ids[i + 1..] {
            let s = sum(&view, *a, *b);
            let (x, y) = (&world.records.things[a.ix()], &world.records.things[b.ix()]);
            let why = match s {
                Sum::Apart => "declared not to overlap",
                Sum::Overlap => "one is inside the other",
                Sum::NotStated => "no source says whether one is inside the other",
                Sum::NoSum => "not things that add up",
            };
            let may = if s == Sum::Apart { "may be added" } else { "are not to be added" };
            added.push(format!("{} and {} {may}: {why}", x.name, y.name));
            sums.push(s);
            items.push(json!({ "sum": s.word(), "of": [x.id, y.id], "says": why }));
        }
    }
    // Of two measures the question is whether they add up; of one, how much it is.
    let answer = if added.is_empty() { told.join("; ") } else { added.join("; ") };
    proof.text = told.join("; ");
    let verdict = match sums.as_slice() {
        [Sum::Apart] => Verdict::Yes,
        [_] => Verdict::No,
        _ if items.is_empty() => Verdict::NotInSources,
        _ => Verdict::Yes,
    };
    let keys: Vec<&str> = ids.iter().map(|i| world.records.things[i.ix()].id.as_str()).collect();
    let found = Found {
        question: json!({ "verb": "measure", "measures": keys }),
        verdict,
        answer,
        items,
        proof,
        silence: (verdict == Verdict::NotInSources).then_some(Silence::NotLooked),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}
