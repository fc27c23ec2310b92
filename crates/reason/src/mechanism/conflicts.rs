#![doc = include_str!("../../../../docs/mechanisms/conflicts.md")]
//!
//! In: a view. Out: every [`Disagreement`]: those a reader declared, those computed from what claims tell, and which were found
//! both ways. What always holds: two tellings of the same thing at the same time by one independence group are not two
//! voices; a planned thing and a done one do not contradict each other.

use std::collections::BTreeMap;

use foedera_world::View;
use foedera_world::record::{Conflict, ThingDetail};
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Tv};
use foedera_world::world::{ClaimId, ConflictId, EvidenceId, SourceId};

use super::codings::{Coded, codings};
use crate::told::{self, Said, number};

/// How a disagreement was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FoundBy {
    /// A reader declared it.
    Declared,
    /// The claims themselves show it.
    Computed,
    /// Both.
    Both,
}

impl FoundBy {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            FoundBy::Declared => "declared",
            FoundBy::Computed => "computed",
            FoundBy::Both => "both",
        }
    }
}

/// A disagreement.
#[derive(Clone, Debug)]
pub struct Disagreement<'w> {
    /// Id: the declared one's, or one made of the claims'.
    pub id: String,
    /// Kinds.
    pub kinds: Vec<ConflictKind>,
    /// How it was found.
    pub found: FoundBy,
    /// The declared row.
    pub declared: Option<&'w Conflict>,
    /// The claims concerned that can be seen.
    pub claims: Vec<ClaimId>,
    /// What it is about.
    pub about: Vec<String>,
    /// What stands there.
    pub says: String,
    /// What is held here.
    pub shows: Option<String>,
    /// What the record has, if its source counts.
    pub record: Option<(&'w str, Vec<(SourceId, String)>)>,
    /// Rows it rests on.
    pub evidence: Vec<EvidenceId>,
    /// Paragraphs it rests on that need no row: one printed twice.
    pub paragraphs: Vec<(SourceId, String)>,
    /// How many independent groups of sources speak in it.
    pub voices: usize,
    /// Of two codings: who tells, and where they differ.
    pub coded: Option<Coded>,
}

/// Every disagreement, the declared ones first, each in order of id.
pub fn conflicts<'w>(view: &View<'w>) -> Vec<Disagreement<'w>> {
    let world = view.world;
    let computed = compute(view);
    let mut used = vec![false; computed.len()];
    let mut out: Vec<Disagreement<'w>> = Vec::new();
    for (i, row) in world.records.conflicts.iter().enumerate().filter(|(_, c)| c.row.withdrawn.is_none()) {
        let ev = world.conflict_evidence(ConflictId(i as u32));
        if world.visible(ev, &view.knowledge) == Tv::Not {
            continue;
        }
        let claims: Vec<ClaimId> = row
            .claims
            .iter()
            .filter_map(|k| world.claim(k))
            .filter(|c| told::visible(view, *c) != Tv::Not)
            .collect();
        let mut found = FoundBy::Declared;
        for (n, c) in computed.iter().enumerate() {
            let same = c.claims.iter().filter(|x| claims.contains(x)).count();
            if same >= 2 {
                found = FoundBy::Both;
                used[n] = true;
            }
        }
        let record = row.record.as_ref().and_then(|r| {
            let cites = world.written_cites(&r.cite);
            (world.cites_visible(&cites, &view.knowledge) != Tv::Not).then_some((r.says.as_str(), cites))
        });
        out.push(Disagreement {
            id: row.id.clone(),
            kinds: row.kind.clone(),
            found,
            declared: Some(row),
            paragraphs: Vec::new(),
            voices: voices(view, &claims),
            claims,
            about: row.about.clone(),
            says: row.says.clone(),
            shows: Some(row.shows.clone()),
            record,
            evidence: vec![ev],
            coded: None,
        });
    }
    out.extend(computed.into_iter().zip(used).filter(|(_, used)| !used).map(|(c, _)| c));
    out
}

/// How many independent groups of sources tell some claims.
pub fn voices(view: &View<'_>, claims: &[ClaimId]) -> usize {
    let world = view.world;
    let mut groups: Vec<&str> = claims
        .iter()
        .flat_map(|c| &world.evidence[world.claim_evidence(*c).ix()].cites)
        .filter(|(s, _)| world.source_visible(*s, &view.knowledge) != Tv::Not)
        .map(|(s, _)| {
            let row = &world.records.sources[s.ix()];
            row.group.as_deref().unwrap_or(&row.id)
        })
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups.len()
}

/// Disagreements the claims themselves show.
fn compute<'w>(view: &View<'w>) -> Vec<Disagreement<'w>> {
    let mut out = Vec::new();
    let all: Vec<Said<'w>> = told::said(view).collect();
    measures(view, &all, &mut out);
    lives(view, &all, &mut out);
    names(view, &all, &mut out);
    dates(view, &all, &mut out);
    contraries(view, &all, &mut out);
    repeats(view, &mut out);
    coded(view, &mut out);
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

fn disagreement<'w>(
    view: &View<'w>,
    kinds: Vec<ConflictKind>,
    about: &str,
    mut claims: Vec<ClaimId>,
    says: String,
) -> Disagreement<'w> {
    claims.sort_unstable();
    claims.dedup();
    let ids: Vec<&str> = claims.iter().map(|c| view.world.records.claims[c.ix()].id.as_str()).collect();
    Disagreement {
        id: ids.join("+"),
        kinds,
        found: FoundBy::Computed,
        declared: None,
        paragraphs: Vec::new(),
        voices: voices(view, &claims),
        about: vec![about.to_owned()],
        evidence: claims.iter().map(|c| view.world.claim_evidence(*c)).collect(),
        claims,
        says,
        shows: None,
        record: None,
        coded: None,
    }
}

/// Whether two claims share a source: then a source differs from itself.
fn kind_of(view: &View<'_>, a: ClaimId, b: ClaimId) -> ConflictKind {
    let world = view.world;
    let sources = |c: ClaimId| world.evidence[world.claim_evidence(c).ix()].cites.iter().map(|(s, _)| *s);
    let pack = |c: ClaimId| sources(c).map(|s| world.records.sources[s.ix()].kind).next();
    if sources(a).any(|s| sources(b).any(|t| s == t)) {
        return ConflictKind::Own;
    }
    let record = |k: Option<SourceKind>| matches!(k, Some(SourceKind::Record | SourceKind::TreatyText));
    if record(pack(a)) != record(pack(b)) { ConflictKind::Record } else { ConflictKind::Between }
}

/// The same measure: other values at the same time differ, at other times drift.
fn measures<'w>(view: &View<'w>, all: &[Said<'w>], out: &mut Vec<Disagreement<'w>>) {
    let mut by: BTreeMap<&str, Vec<(&Said<'w>, f64)>> = BTreeMap::new();
    for s in all.iter().filter(|s| s.tells.what == Telling::Measures && s.row.mode != Mode::Denied) {
        if let (Some(thing), Some(n)) = (&s.tells.thing, s.tells.value.as_deref().and_then(number)) {
            by.entry(thing).or_default().push((s, n));
        }
    }
    let as_of = |s: &Said<'_>| s.tells.as_of.as_ref().map_or(s.moment(), Edtf::moment);
    for (thing, list) in by {
        for (i, (a, n)) in list.iter().enumerate() {
            for (b, m) in &list[i + 1..] {
                if n == m || a.claim == b.claim {
                    continue;
                }
                let (x, y) = (as_of(a), as_of(b));
                let same_time = x.earliest <= y.latest && y.earliest <= x.latest;
                let kind = if same_time { kind_of(view, a.claim, b.claim) } else { ConflictKind::Drift };
                let name = view.world.name_of(thing);
                let says = format!("{name}: {n} and {m}");
                out.push(disagreement(view, vec![kind], thing, vec![a.claim, b.claim], says));
            }
        }
    }
}

/// The life of one thing told at different stages, one telling expecting or claiming more than another grants.
fn lives<'w>(view: &View<'w>, all: &[Said<'w>], out: &mut Vec<Disagreement<'w>>) {
    let mut by: BTreeMap<&str, Vec<&Said<'w>>> = BTreeMap::new();
    for s in all.iter().filter(|s| s.tells.what.is_life()) {
        if let Some(thing) = &s.tells.thing {
            by.entry(thing).or_default().push(s);
        }
    }
    for (thing, list) in by {
        let stages: Vec<Telling> = list.iter().map(|s| s.tells.what).collect();
        let differ = stages.iter().any(|s| *s != stages[0]);
        let opened = stages.iter().any(|s| matches!(s, Telling::Opened | Telling::Established));
        let doubted = list.iter().any(|s| s.tells.what == Telling::Proposed && s.row.mode == Mode::Reported);
        if differ && opened && doubted {
            let claims: Vec<ClaimId> = list.iter().map(|s| s.claim).collect();
            let mut kinds: Vec<ConflictKind> = Vec::new();
            for (i, a) in claims.iter().enumerate() {
                for b in &claims[i + 1..] {
                    let k = kind_of(view, *a, *b);
                    if a != b && !kinds.contains(&k) {
                        kinds.push(k);
                    }
                }
            }
            kinds.sort();
            let name = view.world.name_of(thing);
            let words: Vec<String> =
                list.iter().map(|s| format!("{} ({})", s.tells.what, s.row.mode)).collect();
            out.push(disagreement(view, kinds, thing, claims, format!("{name}: {}", words.join(", "))));
        }
    }
}

/// One thing under several names, one thing with several sponsors or chairs.
fn names<'w>(view: &View<'w>, all: &[Said<'w>], out: &mut Vec<Disagreement<'w>>) {
    for what in [Telling::Named, Telling::Sponsors, Telling::Chairs] {
        let mut by: BTreeMap<&str, Vec<&Said<'w>>> = BTreeMap::new();
        // What an author calls a thing in an opinion is an epithet, not a name.
        for s in all.iter().filter(|s| s.tells.what == what && s.row.mode != Mode::Judged) {
            if let Some(thing) = &s.tells.thing {
                by.entry(thing).or_default().push(s);
            }
        }
        for (thing, list) in by {
            for (i, a) in list.iter().enumerate() {
                for b in &list[i + 1..] {
                    let differ = match what {
                        Telling::Named => a.tells.value != b.tells.value,
                        _ => a.tells.who != b.tells.who,
                    };
                    if !differ || a.claim == b.claim {
                        continue;
                    }
                    let kind = if what == Telling::Named {
                        ConflictKind::Drift
                    } else {
                        kind_of(view, a.claim, b.claim)
                    };
                    let value = |s: &Said<'_>| match what {
                        Telling::Named => s.tells.value.clone().unwrap_or_default(),
                        _ => s.tells.who.iter().map(|k| view.world.name_of(k)).collect::<Vec<_>>().join(", "),
                    };
                    let says =
                        format!("{}: {what}: {} and {}", view.world.name_of(thing), value(a), value(b));
                    out.push(disagreement(view, vec![kind], thing, vec![a.claim, b.claim], says));
                }
            }
        }
    }
}

/// One event dated differently, so that no day fits both.
fn dates<'w>(view: &View<'w>, all: &[Said<'w>], out: &mut Vec<Disagreement<'w>>) {
    let mut by: BTreeMap<(&str, Telling), Vec<&Said<'w>>> = BTreeMap::new();
    let event = |k: &str| {
        let thing = view.world.thing(k).map(|t| &view.world.records.things[t.ix()].detail);
        matches!(thing, Some(ThingDetail::Event { .. }))
    };
    for s in all.iter().filter(|s| s.tells.what.is_event() && s.on().is_some()) {
        if let Some(thing) = s.tells.thing.as_deref().filter(|k| event(k)) {
            by.entry((thing, s.tells.what)).or_default().push(s);
        }
    }
    for ((thing, _), list) in by {
        for (i, a) in list.iter().enumerate() {
            for b in &list[i + 1..] {
                let (x, y) = (a.moment(), b.moment());
                if a.claim != b.claim && (x.latest < y.earliest || y.latest < x.earliest) {
                    let kind = kind_of(view, a.claim, b.claim);
                    let text = |s: &Said<'_>| s.on().map_or(String::new(), |e| e.text().to_owned());
                    let says = format!("{}: {} and {}", view.world.name_of(thing), text(a), text(b));
                    out.push(disagreement(view, vec![kind], thing, vec![a.claim, b.claim], says));
                }
            }
        }
    }
}

/// One actor for and against one matter; the same thing told and denied.
fn contraries<'w>(view: &View<'w>, all: &[Said<'w>], out: &mut Vec<Disagreement<'w>>) {
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            if a.claim == b.claim || a.tells.who.is_empty() || a.tells.who != b.tells.who {
                continue;
            }
            let same = a.tells.thing == b.tells.thing && a.tells.whom == b.tells.whom;
            let overlap =
                a.moment().earliest <= b.moment().latest && b.moment().earliest <= a.moment().latest;
            if !same || !overlap {
                continue;
            }
            let opposed = match (a.tells.what, b.tells.what) {
                (Telling::Consents, Telling::Objects | Telling::WithholdsConsent)
                | (Telling::Objects | Telling::WithholdsConsent, Telling::Consents)
                | (Telling::Member, Telling::NotAMember)
                | (Telling::NotAMember, Telling::Member) => true,
                (x, y) if x == y && a.tells.domain == b.tells.domain => {
                    (a.row.mode == Mode::Denied) != (b.row.mode == Mode::Denied)
                        && [a, b]
                            .iter()
                            .all(|s| matches!(s.row.mode, Mode::Reported | Mode::Denied | Mode::Quoted))
                }
                _ => false,
            };
            if opposed {
                let kind = kind_of(view, a.claim, b.claim);
                let about = a.tells.thing.clone().unwrap_or_else(|| a.tells.who[0].clone());
                let says = format!("{} and: {}", a.row.says, b.row.says);
                out.push(disagreement(view, vec![kind], &about, vec![a.claim, b.claim], says));
            }
        }
    }
}

/// One paragraph printed twice: the same fingerprint at two places, and the claims that cite them.
fn repeats<'w>(view: &View<'w>, out: &mut Vec<Disagreement<'w>>) {
    let world = view.world;
    for (a, b) in repeated(view) {
        let cites = |(s, l): &(SourceId, String), id: &ClaimId| {
            world.evidence[world.claim_evidence(*id).ix()].cites.iter().any(|(t, m)| t == s && m == l)
        };
        let claims: Vec<ClaimId> =
            told::claims(view).map(|(c, ..)| c).filter(|c| cites(&a, c) || cites(&b, c)).collect();
        let id = |(s, l): &(SourceId, String)| format!("{} {l}", world.records.sources[s.ix()].id);
        let says = format!("{} repeats {}: one text, not two", id(&b), id(&a));
        let mut d =
            disagreement(view, vec![ConflictKind::Form], &world.records.sources[a.0.ix()].id, claims, says);
        d.paragraphs = vec![a.clone(), b.clone()];
        d.id = format!("{}={}", id(&a).replace(' ', "-"), id(&b).replace(' ', "-"));
        out.push(d);
    }
}

/// Pairs of paragraphs with one fingerprint, among the sources that count.
pub fn repeated(view: &View<'_>) -> Vec<((SourceId, String), (SourceId, String))> {
    let world = view.world;
    let mut by: BTreeMap<&str, Vec<(SourceId, &str)>> = BTreeMap::new();
    for (i, s) in world.records.sources.iter().enumerate() {
        let id = SourceId(i as u32);
        if world.source_visible(id, &view.knowledge) == Tv::Not {
            continue;
        }
        for f in &s.fingerprint {
            let mut parts = f.split(' ');
            if let (Some(locator), Some(hash)) = (parts.next(), parts.next()) {
                by.entry(hash).or_default().push((id, locator));
            }
        }
    }
    let mut out = Vec::new();
    for list in by.values() {
        for (i, a) in list.iter().enumerate() {
            for b in &list[i + 1..] {
                out.push(((a.0, a.1.to_owned()), (b.0, b.1.to_owned())));
            }
        }
    }
    out.sort();
    out
}

/// One text coded twice, with differences.
fn coded<'w>(view: &View<'w>, out: &mut Vec<Disagreement<'w>>) {
    let world = view.world;
    for c in codings(view).into_iter().filter(|c| !c.differences.is_empty()) {
        let label = |n: usize| match c.tellers[n].data_set {
            Some(s) => world.records.sources[s.ix()].id.as_str(),
            None => "texts",
        };
        let id = |n: usize| world.instrument_key(c.tellers[n].instrument);
        let mut kinds = vec![ConflictKind::Coding];
        if c.tellers.iter().any(|t| t.data_set.is_none()) {
            kinds.insert(0, ConflictKind::Record);
        }
        let first = &c.differences[0];
        let more = match c.differences.len() {
            1 => String::new(),
            n => format!("; {}", crate::proof::counted(n - 1, "more difference", "more differences")),
        };
        let says = format!(
            "{}: {}: {} ({}), {} ({}){more}",
            world.records.instruments[c.tellers[0].instrument.ix()].name,
            first.words(),
            first.told[0],
            label(0),
            first.told[1],
            label(1)
        );
        let mut about = vec![id(0).to_owned(), id(1).to_owned()];
        about.dedup();
        let mut d = disagreement(view, kinds, &about[0], Vec::new(), says);
        d.id = format!("{}@{}+{}", about.join("="), label(0), label(1));
        d.about = about;
        d.voices = 2;
        d.evidence.clone_from(&c.evidence);
        d.coded = Some(c);
        out.push(d);
    }
}
