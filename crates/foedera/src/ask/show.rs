//! `show`: one thing with everything the dossier says of it, and where.

use foedera_reason::proof::Node;
use foedera_reason::told;
use foedera_world::record::{Cite, Code, Extent, Row, ThingDetail};
use foedera_world::terms::Verdict;
use foedera_world::time::Tv;
use foedera_world::world::Named;
use serde_json::{Value, json};

use crate::answer::Found;
use crate::ask::claim_view;
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

/// Other instruments that are the same text by a number they share.
fn also_coded(world: &foedera_world::World, id: &str, codes: &[Code]) -> Vec<String> {
    let shares = |other: &[Code]| {
        codes.iter().any(|c| other.iter().any(|o| (&o.scheme, &o.value) == (&c.scheme, &c.value)))
    };
    let others = world.records.instruments.iter().filter(|i| i.id != id && shares(&i.code));
    others.map(|i| i.id.clone()).collect()
}

/// Answers.
pub(super) fn show(
    dossier: &Dossier,
    id: &str,
    table: Option<&str>,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let view = basis.view(dossier);
    let want = match table {
        None => Want::Any,
        Some(t) => match names::TABLES.iter().find(|x| **x == t) {
            Some(x) => Want::Table(x),
            None => {
                let message = format!("--table: `{t}` is not one of {}", names::TABLES.join(", "));
                return Err(AskError::new("unknown-word", message));
            }
        },
    };
    let what = names::one(world, id, want)?;
    let r = &world.records;
    let key = names::key(world, what).to_owned();
    // A row none of whose sources counts at the basis is not there; a part may rest on the citations of the whole.
    let seen = |row: &Row, whole: &Row| {
        let cites = if row.cite.is_empty() { &whole.cite } else { &row.cite };
        world.cites_visible(&world.written_cites(cites), &basis.knowledge) != Tv::Not
    };
    let none = Row::default();
    let holds = |list: &[foedera_world::record::Hold]| -> Vec<Value> {
        list.iter().filter(|h| seen(&h.row, &none)).map(|h| json!({ "by": h.by, "extent": extent(&h.extent), "disputed": h.disputed, "cite": cites(&h.row.cite) })).collect()
    };
    let item = match what {
        Named::Actor(a) => {
            let x = &r.actors[a.ix()];
            json!({
                "table": "actor", "id": x.id, "name": x.name, "kind": x.kind.word(), "aka": x.aka, "home": x.home,
                "exists": x.exists.as_ref().map(|e| e.text().to_owned()),
                "code": x.code.iter().map(|c| json!({ "scheme": c.scheme, "value": c.value, "extent": extent(&c.extent) })).collect::<Vec<_>>(),
                "succeeds": x.succeeds.iter().map(|s| json!({ "actor": s.actor, "on": s.on.text(), "how": s.how.word() })).collect::<Vec<_>>(),
                "memberships": r.memberships.iter().filter(|m| m.member == x.id && seen(&m.row, &none)).map(|m| json!({ "of": m.of, "role": m.role.word(), "extent": extent(&m.extent), "cite": cites(&m.row.cite) })).collect::<Vec<_>>(),
                "instruments": view.instruments_of[a.ix()].iter().map(|i| world.instrument_key(*i).to_owned()).collect::<Vec<_>>(),
                "claims": said_of(&view, &x.id),
                "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Instrument(i) => {
            let x = &r.instruments[i.ix()];
            json!({
                "table": "instrument", "id": x.id, "name": x.name, "kind": x.kind.word(), "binding": x.binding, "aka": x.aka,
                "code": x.code.iter().map(|c| json!({ "scheme": c.scheme, "value": c.value })).collect::<Vec<_>>(),
                "also_coded_as": also_coded(world, &x.id, &x.code),
                "parties": x.parties, "parties_complete": x.parties_complete.as_ref().map(|e| e.text().to_owned()),
                "secret": x.secret, "depositary": x.depositary, "languages": x.languages,
                "term": x.term.as_ref().map(|t| json!({ "length": t.length.map(|s| s.to_string()), "renewal": t.renewal.word(), "notice": t.notice.map(|s| s.to_string()) })),
                "versions": x.version.iter().map(|v| json!({ "id": v.id, "name": v.name, "extent": extent(&v.extent) })).collect::<Vec<_>>(),
                "actions": x.action.iter().filter(|a| seen(&a.row, &x.row)).map(|a| json!({
                    "act": a.act.word(), "by": a.by, "toward": a.toward, "provision": a.provision,
                    "on": match &a.on { foedera_world::record::DateRule::On(e) => e.text().to_owned(), foedera_world::record::DateRule::After { act, nth, plus } => format!("{plus} after {act} {nth}") },
                    "text": a.text, "disputed": a.disputed, "cite": cites(&a.row.cite), "at": at(&a.row) })).collect::<Vec<_>>(),
                "provisions": x.provision.iter().filter(|p| seen(&p.row, &x.row)).map(|p| json!({
                    "article": p.article, "act": p.act.word(), "modality": p.modality.word(), "strength": p.strength.word(),
                    "discretion": p.discretion.word(), "content_unknown": p.content_unknown.iter().map(|c| c.word()).collect::<Vec<_>>(), "version": p.version, "secret": p.secret, "disputed": p.disputed,
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
            if x.marking > basis.knowledge.clearance {
                let message = format!("`{id}` is not for this clearance");
                return Err(AskError::new("not-known", message).help("widen --clearance"));
            }
            json!({
                "table": "source", "id": x.id, "title": x.title, "kind": x.kind.word(), "pack": x.pack, "published": x.published.text(),
                "publisher": x.publisher, "author": x.author, "url": x.url, "grade": x.grade.map(|(a, b)| format!("{a}{b}")),
                "grade_why": x.grade_why, "group": x.group, "marking": x.marking.word(), "at": at(&x.row),
                "covers": x.covers.as_ref().map(|e| e.text().to_owned()),
                "places": places(world, s),
                "cited_by": world.evidence.iter().filter(|e| e.cites.iter().any(|c| c.0 == s)).map(|e| format!("{}:{}", e.origin.file, e.origin.line)).collect::<Vec<_>>(),
            })
        }
        Named::Area(a) => {
            let x = &r.areas[a.ix()];
            json!({ "table": "area", "id": x.id, "name": x.name, "cite": cites(&x.row.cite), "note": x.row.note, "at": at(&x.row) })
        }
        Named::Thing(t) => {
            let x = &r.things[t.ix()];
            let mut v = json!({
                "table": x.detail.word(), "id": x.id, "name": x.name, "aka": x.aka, "of": x.of, "place": x.place,
                "part_of": x.part_of, "cite": cites(&x.row.cite), "claims": said_of(&view, &x.id),
                "note": x.row.note, "at": at(&x.row),
            });
            match &x.detail {
                ThingDetail::Event { kind, on } => {
                    v["kind"] = json!(kind.word());
                    v["on"] = json!(on.as_ref().map(|e| e.text().to_owned()));
                }
                ThingDetail::Measure { unit, kind, apart_from } => {
                    v["kind"] = json!(kind.word());
                    v["unit"] = json!(unit);
                    v["apart_from"] = json!(apart_from);
                }
                ThingDetail::Facility | ThingDetail::Domain => {}
            }
            v
        }
        Named::Matter(m) => {
            let x = &r.matters[m.ix()];
            json!({
                "table": "matter", "id": x.id, "name": x.name, "aka": x.aka, "question": x.question, "body": x.body,
                "deciders": x.deciders, "procedure": x.procedure.word(), "about": x.about, "presumes": x.presumes,
                "cite": cites(&x.row.cite), "claims": said_of(&view, &x.id), "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Office(o) => {
            let x = &r.offices[o.ix()];
            json!({
                "table": "office", "id": x.id, "name": x.name, "of": x.of,
                "holders": x.holder.iter().filter(|h| seen(&h.row, &x.row)).map(|h| json!({ "person": h.person, "extent": extent(&h.extent), "cite": cites(&h.row.cite) })).collect::<Vec<_>>(),
                "note": x.row.note, "at": at(&x.row),
            })
        }
        Named::Claim(c) => {
            if told::visible(&view, c) == Tv::Not {
                let message = format!("`{id}` rests on no source that counts at this basis");
                return Err(AskError::new("not-known", message).help("widen --known, --using or --clearance"));
            }
            let row = &r.claims[c.ix()];
            let mut v = claim_view(&view, c);
            v["table"] = json!("claim");
            v["note"] = json!(row.row.note);
            v["recorded"] = json!(row.row.recorded.as_ref().map(|x| json!({
                "on": x.on.as_ref().map(|e| e.text().to_owned()), "by": x.by, "why": x.why,
            })));
            v["rivals"] = json!(rivals(world, &row.id));
            v["at"] = json!(at(&row.row));
            v
        }
        Named::Conflict(c) => {
            let x = &r.conflicts[c.ix()];
            json!({
                "table": "conflict", "id": x.id, "kinds": x.kind.iter().map(|k| k.word()).collect::<Vec<_>>(), "about": x.about,
                "claims": x.claims, "says": x.says, "shows": x.shows, "sets_aside": x.sets_aside, "compatible": x.compatible,
                "cite": cites(&x.row.cite), "note": x.row.note, "at": at(&x.row),
            })
        }
    };
    let name = world.name_of(&key);
    let proof = Node::new(
        "show",
        if name == key {
            format!("{key} as the dossier has it")
        } else {
            format!("{name} ({key}) as the dossier has it")
        },
    );
    let found = Found {
        answer: String::new(),
        gates: Vec::new(),
        question: match table {
            None => json!({ "verb": "show", "id": key }),
            Some(t) => json!({ "verb": "show", "id": key, "table": t }),
        },
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
/// The places of a source that rows rest on: each locator with the rows that cite it, as file and line.
fn places(world: &foedera_world::World, source: foedera_world::world::SourceId) -> Vec<Value> {
    let mut by: std::collections::BTreeMap<&str, Vec<String>> = std::collections::BTreeMap::new();
    for e in &world.evidence {
        for (_, locator) in e.cites.iter().filter(|(s, _)| *s == source) {
            let at = format!("{}:{}", e.origin.file, e.origin.line);
            let rows = by.entry(locator).or_default();
            if !rows.contains(&at) {
                rows.push(at);
            }
        }
    }
    by.into_iter().map(|(locator, rows)| json!({ "locator": locator, "rows": rows })).collect()
}

/// The claims about something that can be seen.
fn said_of(view: &foedera_world::View<'_>, id: &String) -> Vec<Value> {
    told::claims(view)
        .filter(|(_, c, _)| c.about.contains(id) || c.tells.iter().any(|t| t.thing.as_ref() == Some(id)))
        .map(|(_, c, _)| json!({ "id": c.id, "kind": c.kind.word(), "mode": c.mode.word(), "says": c.says }))
        .collect()
}
