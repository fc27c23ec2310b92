//! The catalogue: everything with a name, for pickers, links and lists.
//!
//! In: a dossier and a basis. Out: [`Entry`] per thing, sorted by kind and name. What always holds: what the basis hides (a
//! source not yet published, a marking above the reader's) has no entry.

use foedera_world::record::ThingDetail;
use foedera_world::time::Tv;
use foedera_world::world::{ConflictId, InstrumentId, MatterId, SourceId, ThingId};
use serde::Serialize;

use crate::answer::cite_view;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, CiteView, Dossier};

/// One thing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// `actor`, `instrument`, `place`, `area`, `source`, `office`, `event`, `facility`, `domain`, `measure`, `matter`, `conflict`.
    pub kind: &'static str,
    /// Id.
    pub id: String,
    /// Name or title.
    pub name: String,
    /// What it is within its kind: `state`, `treaty`, …; empty if nothing.
    pub sort: &'static str,
    /// Of a source: publication, pack, grade, group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<CiteView>,
}

/// Everything with a name at a basis.
///
/// # Errors
/// A basis that cannot be read.
pub fn catalogue(dossier: &Dossier, basis: &BasisRequest) -> Result<Vec<Entry>, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let r = &world.records;
    let seen = |e| world.visible(e, &basis.knowledge) != Tv::Not;
    let mut out: Vec<Entry> = Vec::new();
    let mut put = |kind, id: &str, name: &str, sort| {
        out.push(Entry { kind, id: id.to_owned(), name: name.to_owned(), sort, source: None });
    };
    for a in &r.actors {
        put("actor", &a.id, &a.name, a.kind.word());
    }
    for (n, i) in r.instruments.iter().enumerate() {
        if seen(world.instrument_evidence(InstrumentId(n as u32))) {
            put("instrument", &i.id, &i.name, i.kind.word());
        }
    }
    r.places.iter().for_each(|p| put("place", &p.id, &p.name, ""));
    r.areas.iter().for_each(|a| put("area", &a.id, &a.name, ""));
    r.offices.iter().for_each(|o| put("office", &o.id, &o.name, ""));
    for (n, t) in r.things.iter().enumerate() {
        if seen(world.thing_evidence(ThingId(n as u32))) {
            let sort = if let ThingDetail::Event { kind, .. } = &t.detail { kind.word() } else { "" };
            put(t.detail.word(), &t.id, &t.name, sort);
        }
    }
    for (n, m) in r.matters.iter().enumerate() {
        if seen(world.matter_evidence(MatterId(n as u32))) {
            put("matter", &m.id, &m.name, m.procedure.word());
        }
    }
    for (n, c) in r.conflicts.iter().enumerate() {
        if seen(world.conflict_evidence(ConflictId(n as u32))) {
            put("conflict", &c.id, &c.says, c.kind.first().map_or("", |k| k.word()));
        }
    }
    for (n, s) in r.sources.iter().enumerate() {
        let id = SourceId(n as u32);
        if world.source_visible(id, &basis.knowledge) != Tv::Not {
            out.push(Entry {
                kind: "source",
                id: s.id.clone(),
                name: s.title.clone(),
                sort: s.kind.word(),
                source: Some(cite_view(world, id, Vec::new())),
            });
        }
    }
    out.sort_by(|a, b| (a.kind, &a.name, &a.id).cmp(&(b.kind, &b.name, &b.id)));
    Ok(out)
}
