//! `show`: one thing with everything the dossier says of it, and where.

use foedera_reason::proof::Node;
use foedera_world::record::{Cite, Extent, Row};
use foedera_world::terms::Verdict;
use foedera_world::world::Named;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::status::rivals;
use crate::basis::Basis;
use crate::names::{self, Want};
use crate::{AskError, BasisRequest, Dossier, Envelope};

fn cites(list: &[Cite]) -> Vec<String> {
    list.iter()
        .map(|c| if c.locator.is_empty() { c.source.clone() } else { format!("{} {}", c.source, c.locator) })
        .collect()
}

fn at(row: &Row) -> String {
    format!("{}:{}", row.origin.file, row.origin.line)
}

fn extent(e: &Extent) -> Value {
    json!({ "from": e.from.as_ref().map(|x| x.text().to_owned()), "to": e.to.as_ref().map(|x| x.text().to_owned()) })
}

/// Answers.
pub fn show(dossier: &Dossier, id: &str, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    if let Some(c) = world.records.claims.iter().find(|c| c.id == id) {
        return Ok(claim(world, basis, c));
    }
    let what = names::one(world, id, Want::Any)?;
    let r = &world.records;
    let key = names::key(world, what).to_owned();
    let holds = |list: &[foedera_world::record::Hold]| -> Vec<Value> {
        list.iter().map(|h| json!({ "by": h.by, "extent": extent(&h.extent), "disputed": h.disputed, "cite": cites(&h.row.cite) })).collect()
    };
    let item = match what {
        Named::Actor(a) => {
            let x = &r.actors[a.ix()];
            json!({
                "table": "actor", "id": x.id, "name": x.name, "kind": x.kind.word(), "aka": x.aka, "home": x.home,
                "exists": x.exists.as_ref().map(|e| e.text().to_owned()),
                "code": x.code.iter().map(|c| json!({ "scheme": c.scheme, "value": c.value, "extent": extent(&c.extent) })).collect::<Vec<_>>(),
                "succeeds": x.succeeds.iter().map(|s| json!({ "actor": s.actor, "on": s.on.text(), "how": s.how.word() })).collect::<Vec<_>>(),
                "memberships": r.memberships.iter().filter(|m| m.member == x.id).map(|m| json!({ "of": m.of, "role": m.role.word(), "extent": extent(&m.extent), "cite": cites(&m.row.cite) })).collect::<Vec<_>>(),
                "instruments": basis.view(world).instruments_of[a.ix()].iter().map(|i| world.instrument_key(*i).to_owned()).collect::<Vec<_>>(),
                "claims": r.claims.iter().filter(|c| c.about.contains(&x.id)).map(|c| json!({ "id": c.id, "kind": c.kind.word(), "mode": c.mode.word(), "says": c.says })).collect::<Vec<_>>(),
                "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Instrument(i) => {
            let x = &r.instruments[i.ix()];
            json!({
                "table": "instrument", "id": x.id, "name": x.name, "kind": x.kind.word(), "binding": x.binding, "aka": x.aka,
                "parties": x.parties, "parties_complete": x.parties_complete.as_ref().map(|e| e.text().to_owned()),
                "secret": x.secret, "depositary": x.depositary, "languages": x.languages,
                "term": x.term.as_ref().map(|t| json!({ "length": t.length.map(|s| s.to_string()), "renewal": t.renewal.word(), "notice": t.notice.map(|s| s.to_string()) })),
                "versions": x.version.iter().map(|v| json!({ "id": v.id, "name": v.name, "extent": extent(&v.extent) })).collect::<Vec<_>>(),
                "actions": x.action.iter().map(|a| json!({
                    "act": a.act.word(), "by": a.by, "toward": a.toward, "provision": a.provision,
                    "on": match &a.on { foedera_world::record::DateRule::On(e) => e.text().to_owned(), foedera_world::record::DateRule::After { act, nth, plus } => format!("{plus} after {act} {nth}") },
                    "text": a.text, "disputed": a.disputed, "cite": cites(&a.row.cite), "at": at(&a.row) })).collect::<Vec<_>>(),
                "provisions": x.provision.iter().map(|p| json!({
                    "article": p.article, "act": p.act.word(), "modality": p.modality.word(), "strength": p.strength.word(),
                    "discretion": p.discretion.word(), "version": p.version, "secret": p.secret, "disputed": p.disputed,
                    "note": p.row.note, "cite": cites(&p.row.cite), "at": at(&p.row) })).collect::<Vec<_>>(),
                "rivals": rivals(world, &x.id), "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Place(p) => {
            let x = &r.places[p.ix()];
            json!({
                "table": "place", "id": x.id, "name": x.name, "aka": x.aka, "within": x.within, "at_lat_lon": x.at,
                "sovereign": holds(&x.sovereign), "administered": holds(&x.administered), "claimed": holds(&x.claimed),
                "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Source(s) => {
            let x = &r.sources[s.ix()];
            json!({
                "table": "source", "id": x.id, "title": x.title, "kind": x.kind.word(), "pack": x.pack, "published": x.published.text(),
                "publisher": x.publisher, "author": x.author, "url": x.url, "grade": x.grade.map(|(a, b)| format!("{a}{b}")),
                "grade_why": x.grade_why, "group": x.group, "marking": x.marking.word(), "at": at(&x.row),
                "cited_by": world.evidence.iter().filter(|e| e.cites.iter().any(|c| c.0 == s)).map(|e| format!("{}:{}", e.origin.file, e.origin.line)).collect::<Vec<_>>(),
            })
        }
        Named::Area(a) => {
            let x = &r.areas[a.ix()];
            json!({ "table": "area", "id": x.id, "name": x.name, "cite": cites(&x.row.cite), "note": x.row.note, "at": at(&x.row) })
        }
    };
    let proof = Node::new("show", format!("{key}: as the dossier has it"));
    let found = Found {
        question: json!({ "verb": "show", "id": key }),
        verdict: Verdict::Yes,
        items: vec![item],
        proof,
        assumptions: Vec::new(),
        dissent: rivals(world, &key),
        silence: None,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

/// A claim with its citations.
fn claim(world: &foedera_world::World, basis: Basis, c: &foedera_world::record::Claim) -> Envelope {
    let item = json!({
        "table": "claim", "id": c.id, "kind": c.kind.word(), "mode": c.mode.word(), "says": c.says, "about": c.about,
        "on": c.on.as_ref().map(|e| e.text().to_owned()), "by": c.by, "cite": cites(&c.row.cite), "note": c.row.note,
        "rivals": rivals(world, &c.id), "at": at(&c.row),
    });
    let found = Found {
        question: json!({ "verb": "show", "id": c.id }),
        verdict: Verdict::Yes,
        items: vec![item],
        proof: Node::new("show", format!("{}: as the dossier has it", c.id)),
        assumptions: Vec::new(),
        dissent: rivals(world, &c.id),
        silence: None,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Envelope::new(world, basis, found)
}
