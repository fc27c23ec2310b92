//! `coverage`: what the dossier holds of what it sets out to hold, and which paragraphs of its sources no row cites.

use std::collections::BTreeSet;

use foedera_reason::proof::{Node, counted};
use foedera_world::terms::*;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// Answers.
pub(super) fn coverage(dossier: &Dossier, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let r = &world.records;
    let mut items: Vec<Value> = Vec::new();
    let mut told = Vec::new();
    let mut whole = true;
    for list in &r.checklists {
        let ids: Vec<String> = list.ids.iter().flat_map(|t| expand(t)).collect();
        let has = |id: &String| match list.of {
            ChecklistOf::Claim => world.claim(id).is_some(),
            ChecklistOf::Conflict => world.conflict(id).is_some(),
            ChecklistOf::Expectation => world.claim(id).is_some_and(|c| r.claims[c.ix()].expects.is_some()),
            ChecklistOf::System => false,
        };
        if list.of == ChecklistOf::System {
            // What runs is shown by the cases, not by rows.
            items.push(json!({
                "checklist": list.id, "name": list.name, "of": list.of.word(), "total": ids.len(), "held": Value::Null,
                "missing": [], "says": format!("{}: {}, each with a case under cases/mission/systems", list.name, ids.len()),
            }));
            continue;
        }
        let missing: Vec<&String> = ids.iter().filter(|id| !has(id)).collect();
        whole &= missing.is_empty();
        let says = format!("{}: {} of {}", list.name, ids.len() - missing.len(), ids.len());
        told.push(says.clone());
        items.push(json!({
            "checklist": list.id, "name": list.name, "of": list.of.word(), "total": ids.len(),
            "held": ids.len() - missing.len(), "missing": missing, "says": says,
        }));
    }
    let view = basis.view(dossier);
    for (i, s) in r.sources.iter().enumerate() {
        let Some(n) = s.paragraphs else { continue };
        let id = foedera_world::world::SourceId(i as u32);
        if world.source_visible(id, &view.knowledge) == foedera_world::time::Tv::Not {
            continue;
        }
        let cited: BTreeSet<&str> = world
            .evidence
            .iter()
            .flat_map(|e| &e.cites)
            .filter(|(c, _)| *c == id)
            .map(|(_, l)| l.as_str())
            .collect();
        let all: Vec<String> = (1..=n).map(|p| format!("p{p}")).collect();
        let open: Vec<&String> =
            all.iter().filter(|p| !cited.contains(p.as_str()) && !s.uncited.contains(p)).collect();
        let beyond: Vec<&&str> =
            cited.iter().filter(|l| !l.is_empty() && !all.iter().any(|p| p == *l)).collect();
        whole &= open.is_empty() && beyond.is_empty();
        let says = format!(
            "{}: {} of {} cited, {} left out on purpose, {} open",
            s.id,
            all.iter().filter(|p| cited.contains(p.as_str())).count(),
            counted(all.len(), "paragraph", "paragraphs"),
            s.uncited.len(),
            open.len()
        );
        items.push(json!({
            "source": s.id, "title": s.title, "paragraphs": n, "uncited_on_purpose": s.uncited, "open": open,
            "no_such_paragraph": beyond, "says": says,
        }));
    }
    let empty = items.is_empty();
    if empty {
        told.push(
            "this dossier sets out nothing to be counted against (no `[[checklist]]`, no `paragraphs`)"
                .to_owned(),
        );
    }
    let found = Found {
        question: json!({ "verb": "coverage" }),
        verdict: match (empty, whole) {
            (true, _) => Verdict::NotInSources,
            (false, true) => Verdict::Yes,
            (false, false) => Verdict::No,
        },
        items,
        proof: Node::new("coverage", told.join("; ")),
        silence: empty.then_some(Silence::NotLooked),
        ..Found::default()
    };
    Ok(Envelope::new(world, basis, found))
}

/// `as001..as029` as its ids; anything else as it is.
fn expand(text: &str) -> Vec<String> {
    let Some((first, last)) = text.split_once("..") else { return vec![text.to_owned()] };
    let split = |t: &str| {
        let at = t.find(|c: char| c.is_ascii_digit()).unwrap_or(t.len());
        (t[..at].to_owned(), t[at..].to_owned())
    };
    let ((stem, a), (other, b)) = (split(first), split(last));
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(from), Ok(to)) if stem == other && from <= to && to - from < 100_000 => {
            (from..=to).map(|n| format!("{stem}{n:0width$}", width = a.len())).collect()
        }
        _ => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn ranges_keep_their_zeros() {
        assert_eq!(expand("as001..as003"), ["as001", "as002", "as003"]);
        assert_eq!(expand("co008"), ["co008"]);
        assert_eq!(expand("a1..b2"), ["a1..b2"]);
        assert_eq!(expand("01..03"), ["01", "02", "03"]);
    }
}
