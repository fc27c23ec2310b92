//! The immutable world: everything a dossier says, numbered, sorted and indexed.
//!
//! In: [`Records`] in any order. Out: a [`World`] whose rows are sorted by id, whose dated rows have an evidence number, and
//! whose sources and acts lie in columns with their bounds. What always holds: the same records give the same bytes
//! ([`World::dump`]); nothing is dropped silently (a row that names an unknown key was refused by the dossier's
//! checks before it came here, and panics nowhere: it is simply not linked).

use std::collections::BTreeMap;

use crate::record::*;
use crate::terms::*;
use crate::time::{Day, Edtf, Moment, Tv};
use crate::view::Knowledge;

macro_rules! ids {
    ($($(#[$m:meta])* $name:ident),+) => { $(
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);
        impl $name {
            /// As a position in its column.
            pub fn ix(self) -> usize { self.0 as usize }
        }
    )+ };
}

ids! {
    /// An actor's number.
    ActorId,
    /// A source's number.
    SourceId,
    /// A place's number.
    PlaceId,
    /// A named area's number.
    AreaId,
    /// An instrument's number.
    InstrumentId,
    /// The number of an event, facility, domain or measure.
    ThingId,
    /// A matter's number.
    MatterId,
    /// An office's number.
    OfficeId,
    /// A claim's number.
    ClaimId,
    /// A declared disagreement's number.
    ConflictId,
    /// The number of a dated row with its citations.
    EvidenceId
}

/// The citations of one dated row, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Source and locator.
    pub cites: Vec<(SourceId, String)>,
    /// Where the row stands.
    pub origin: Origin,
}

/// Columns of the sources: what knowledge time needs.
#[derive(Clone, Debug, Default)]
pub struct SourceColumns {
    /// Publication bounds.
    pub published: Vec<Moment>,
    /// Pack number.
    pub pack: Vec<u16>,
    /// Marking.
    pub marking: Vec<Marking>,
    /// Of a data set: the first day it covers, and the first it no longer covers (none = it has no end).
    pub covers: Vec<Option<(Day, Option<Day>)>>,
}

/// Columns of the dated acts, sorted by instrument and day: the ground truth status is folded from.
#[derive(Clone, Debug, Default)]
pub struct ActColumns {
    /// Which instrument.
    pub instrument: Vec<InstrumentId>,
    /// Position of the row in its instrument.
    pub row: Vec<u32>,
    /// What happened.
    pub act: Vec<Action>,
    /// Bounds of the day it was done.
    pub on: Vec<Moment>,
    /// Bounds of the day it took effect.
    pub effective: Vec<Moment>,
    /// Bounds of the day it became known.
    pub known: Vec<Moment>,
    /// Its evidence.
    pub evidence: Vec<EvidenceId>,
    /// First row of each instrument, and one past the last.
    pub start: Vec<u32>,
}

/// Everything a dossier and its includes say.
#[derive(Clone, Debug)]
pub struct World {
    /// The rows, sorted by id.
    pub records: Records,
    /// Source columns.
    pub sources: SourceColumns,
    /// Act columns.
    pub acts: ActColumns,
    /// Evidence by number.
    pub evidence: Vec<Evidence>,
    pub(crate) provision_evidence: Vec<Vec<EvidenceId>>,
    pub(crate) version_evidence: Vec<Vec<EvidenceId>>,
    pub(crate) supersession_evidence: Vec<Vec<EvidenceId>>,
    pub(crate) instrument_evidence: Vec<EvidenceId>,
    pub(crate) membership_evidence: Vec<EvidenceId>,
    pub(crate) circumstance_evidence: Vec<EvidenceId>,
    pub(crate) hold_evidence: Vec<[Vec<EvidenceId>; 3]>,
    pub(crate) area_evidence: Vec<EvidenceId>,
    claim_evidence: Vec<EvidenceId>,
    conflict_evidence: Vec<EvidenceId>,
    matter_evidence: Vec<EvidenceId>,
    thing_evidence: Vec<EvidenceId>,
    holder_evidence: Vec<Vec<EvidenceId>>,
    /// Declared disagreements that set a claim aside, by claim.
    aside: BTreeMap<ClaimId, Vec<ConflictId>>,
    actors: BTreeMap<Key, ActorId>,
    instruments: BTreeMap<Key, InstrumentId>,
    places: BTreeMap<Key, PlaceId>,
    areas: BTreeMap<Key, AreaId>,
    source_ids: BTreeMap<Key, SourceId>,
    things: BTreeMap<Key, ThingId>,
    matters: BTreeMap<Key, MatterId>,
    offices: BTreeMap<Key, OfficeId>,
    claims: BTreeMap<Key, ClaimId>,
    conflicts: BTreeMap<Key, ConflictId>,
    names: BTreeMap<String, Vec<Named>>,
}

/// What a written name can stand for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Named {
    /// An actor.
    Actor(ActorId),
    /// An instrument.
    Instrument(InstrumentId),
    /// A place.
    Place(PlaceId),
    /// A source.
    Source(SourceId),
    /// A named area.
    Area(AreaId),
    /// An event, facility, domain or measure.
    Thing(ThingId),
    /// A matter to be decided.
    Matter(MatterId),
    /// An office.
    Office(OfficeId),
    /// A claim, by its id.
    Claim(ClaimId),
    /// A declared disagreement, by its id.
    Conflict(ConflictId),
}

impl World {
    /// Numbers, sorts and indexes the rows.
    pub fn build(mut records: Records) -> World {
        records.sources.sort_by(|a, b| a.id.cmp(&b.id));
        records.actors.sort_by(|a, b| a.id.cmp(&b.id));
        records.places.sort_by(|a, b| a.id.cmp(&b.id));
        records.areas.sort_by(|a, b| a.id.cmp(&b.id));
        records.instruments.sort_by(|a, b| a.id.cmp(&b.id));
        records
            .memberships
            .sort_by(|a, b| (&a.of, &a.member, &a.row.origin).cmp(&(&b.of, &b.member, &b.row.origin)));
        records.circumstances.sort_by(|a, b| (&a.fact, &a.row.origin).cmp(&(&b.fact, &b.row.origin)));
        records.things.sort_by(|a, b| a.id.cmp(&b.id));
        records.matters.sort_by(|a, b| a.id.cmp(&b.id));
        records.claims.sort_by(|a, b| a.id.cmp(&b.id));
        records.conflicts.sort_by(|a, b| a.id.cmp(&b.id));
        records.checklists.sort_by(|a, b| a.id.cmp(&b.id));
        records.offices.sort_by(|a, b| a.id.cmp(&b.id));
        records.rivals.sort_by(|a, b| (&a.of, &a.field, &a.value).cmp(&(&b.of, &b.field, &b.value)));

        let actors = numbered(records.actors.iter().map(|r| &r.id), ActorId);
        let instruments = numbered(records.instruments.iter().map(|r| &r.id), InstrumentId);
        let places = numbered(records.places.iter().map(|r| &r.id), PlaceId);
        let areas = numbered(records.areas.iter().map(|r| &r.id), AreaId);
        let source_ids = numbered(records.sources.iter().map(|r| &r.id), SourceId);
        let things = numbered(records.things.iter().map(|r| &r.id), ThingId);
        let matters = numbered(records.matters.iter().map(|r| &r.id), MatterId);
        let offices = numbered(records.offices.iter().map(|r| &r.id), OfficeId);
        let claims = numbered(records.claims.iter().map(|r| &r.id), ClaimId);
        let conflicts = numbered(records.conflicts.iter().map(|r| &r.id), ConflictId);

        let pack = |s: &Source| {
            records.packs.iter().position(|p| p.id == s.pack).unwrap_or(usize::from(u16::MAX)) as u16
        };
        let sources = SourceColumns {
            published: records.sources.iter().map(|s| s.published.moment()).collect(),
            pack: records.sources.iter().map(pack).collect(),
            marking: records.sources.iter().map(|s| s.marking).collect(),
            covers: records.sources.iter().map(|s| s.covers.as_ref().map(coverage)).collect(),
        };

        let mut evidence: Vec<Evidence> = Vec::new();
        let mut add = |row: &Row, fallback: &[Cite]| -> EvidenceId {
            let cites = if row.cite.is_empty() { fallback } else { &row.cite };
            let cites = cites
                .iter()
                .filter_map(|c| source_ids.get(&c.source).map(|s| (*s, c.locator.clone())))
                .collect();
            evidence.push(Evidence { cites, origin: row.origin.clone() });
            EvidenceId((evidence.len() - 1) as u32)
        };

        let mut acts = ActColumns::default();
        let mut provision_evidence = Vec::new();
        let mut version_evidence = Vec::new();
        let mut supersession_evidence = Vec::new();
        let mut instrument_evidence = Vec::new();
        for (i, ins) in records.instruments.iter().enumerate() {
            instrument_evidence.push(add(&ins.row, &[]));
            acts.start.push(acts.act.len() as u32);
            let mut rows: Vec<(Moment, Moment, u32)> =
                days_of(ins).into_iter().enumerate().map(|(r, (on, eff))| (on, eff, r as u32)).collect();
            rows.sort_by_key(|(on, eff, r)| (on.earliest, eff.earliest, on.latest, *r));
            for (on, effective, r) in rows {
                let a = &ins.action[r as usize];
                let ev = add(&a.row, &ins.row.cite);
                acts.instrument.push(InstrumentId(i as u32));
                acts.row.push(r);
                acts.act.push(a.act);
                acts.on.push(on);
                acts.effective.push(effective);
                acts.evidence.push(ev);
            }
            provision_evidence.push(ins.provision.iter().map(|p| add(&p.row, &ins.row.cite)).collect());
            version_evidence.push(ins.version.iter().map(|v| add(&v.row, &ins.row.cite)).collect());
            supersession_evidence.push(ins.supersedes.iter().map(|s| add(&s.row, &ins.row.cite)).collect());
        }
        acts.start.push(acts.act.len() as u32);
        let membership_evidence = records.memberships.iter().map(|m| add(&m.row, &[])).collect();
        let circumstance_evidence = records.circumstances.iter().map(|m| add(&m.row, &[])).collect();
        let hold_evidence = records
            .places
            .iter()
            .map(|p| {
                [&p.sovereign, &p.administered, &p.claimed]
                    .map(|holds| holds.iter().map(|h| add(&h.row, &p.row.cite)).collect::<Vec<_>>())
            })
            .collect();
        let area_evidence = records.areas.iter().map(|a| add(&a.row, &[])).collect();
        let claim_evidence = records.claims.iter().map(|c| add(&c.row, &[])).collect();
        let conflict_evidence = records.conflicts.iter().map(|c| add(&c.row, &[])).collect();
        let matter_evidence = records.matters.iter().map(|m| add(&m.row, &[])).collect();
        let thing_evidence = records.things.iter().map(|t| add(&t.row, &[])).collect();
        let holder_evidence = records
            .offices
            .iter()
            .map(|o| o.holder.iter().map(|h| add(&h.row, &o.row.cite)).collect())
            .collect();
        let mut aside: BTreeMap<ClaimId, Vec<ConflictId>> = BTreeMap::new();
        for (i, c) in records.conflicts.iter().enumerate().filter(|(_, c)| c.row.withdrawn.is_none()) {
            for claim in c.sets_aside.iter().filter_map(|k| claims.get(k)) {
                aside.entry(*claim).or_default().push(ConflictId(i as u32));
            }
        }
        acts.known = acts
            .evidence
            .iter()
            .map(|e| {
                evidence[e.ix()]
                    .cites
                    .iter()
                    .map(|(s, _)| sources.published[s.ix()])
                    .min_by_key(|m| (m.latest, m.earliest))
                    .unwrap_or(Moment::OPEN_START)
            })
            .collect();

        let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        let mut name = |text: &str, what: Named| {
            let list = names.entry(fold(text)).or_default();
            if !list.contains(&what) {
                list.push(what);
            }
        };
        for (i, a) in records.actors.iter().enumerate() {
            let what = Named::Actor(ActorId(i as u32));
            name(&a.id, what);
            name(&a.name, what);
            a.aka.iter().for_each(|n| name(n, what));
        }
        for (i, a) in records.instruments.iter().enumerate() {
            let what = Named::Instrument(InstrumentId(i as u32));
            name(&a.id, what);
            name(&a.name, what);
            a.aka.iter().for_each(|n| name(n, what));
        }
        for (i, a) in records.places.iter().enumerate() {
            let what = Named::Place(PlaceId(i as u32));
            name(&a.id, what);
            name(&a.name, what);
            a.aka.iter().for_each(|n| name(n, what));
        }
        for (i, s) in records.sources.iter().enumerate() {
            name(&s.id, Named::Source(SourceId(i as u32)));
        }
        for (i, a) in records.areas.iter().enumerate() {
            name(&a.id, Named::Area(AreaId(i as u32)));
        }
        for (i, t) in records.things.iter().enumerate() {
            let what = Named::Thing(ThingId(i as u32));
            name(&t.id, what);
            name(&t.name, what);
            t.aka.iter().for_each(|n| name(n, what));
        }
        for (i, m) in records.matters.iter().enumerate() {
            let what = Named::Matter(MatterId(i as u32));
            name(&m.id, what);
            name(&m.name, what);
            m.aka.iter().for_each(|n| name(n, what));
        }
        for (i, o) in records.offices.iter().enumerate() {
            let what = Named::Office(OfficeId(i as u32));
            name(&o.id, what);
            name(&o.name, what);
        }
        for (i, c) in records.claims.iter().enumerate() {
            name(&c.id, Named::Claim(ClaimId(i as u32)));
        }
        for (i, c) in records.conflicts.iter().enumerate() {
            name(&c.id, Named::Conflict(ConflictId(i as u32)));
        }

        World {
            records,
            sources,
            acts,
            evidence,
            provision_evidence,
            version_evidence,
            supersession_evidence,
            instrument_evidence,
            membership_evidence,
            circumstance_evidence,
            hold_evidence,
            area_evidence,
            claim_evidence,
            conflict_evidence,
            matter_evidence,
            thing_evidence,
            holder_evidence,
            aside,
            actors,
            instruments,
            places,
            areas,
            source_ids,
            things,
            matters,
            offices,
            claims,
            conflicts,
            names,
        }
    }

    /// The actor with this id.
    pub fn actor(&self, key: &str) -> Option<ActorId> {
        self.actors.get(key).copied()
    }

    /// The instrument with this id.
    pub fn instrument(&self, key: &str) -> Option<InstrumentId> {
        self.instruments.get(key).copied()
    }

    /// The place with this id.
    pub fn place(&self, key: &str) -> Option<PlaceId> {
        self.places.get(key).copied()
    }

    /// The named area with this id.
    pub fn area(&self, key: &str) -> Option<AreaId> {
        self.areas.get(key).copied()
    }

    /// The source with this id.
    pub fn source(&self, key: &str) -> Option<SourceId> {
        self.source_ids.get(key).copied()
    }

    /// The event, facility, domain or measure with this id.
    pub fn thing(&self, key: &str) -> Option<ThingId> {
        self.things.get(key).copied()
    }

    /// The matter with this id.
    pub fn matter(&self, key: &str) -> Option<MatterId> {
        self.matters.get(key).copied()
    }

    /// The office with this id.
    pub fn office(&self, key: &str) -> Option<OfficeId> {
        self.offices.get(key).copied()
    }

    /// The claim with this id.
    pub fn claim(&self, key: &str) -> Option<ClaimId> {
        self.claims.get(key).copied()
    }

    /// The declared disagreement with this id.
    pub fn conflict(&self, key: &str) -> Option<ConflictId> {
        self.conflicts.get(key).copied()
    }

    /// The evidence of a claim.
    pub fn claim_evidence(&self, id: ClaimId) -> EvidenceId {
        self.claim_evidence[id.ix()]
    }

    /// The evidence of a declared disagreement.
    pub fn conflict_evidence(&self, id: ConflictId) -> EvidenceId {
        self.conflict_evidence[id.ix()]
    }

    /// The evidence of a matter's rule.
    pub fn matter_evidence(&self, id: MatterId) -> EvidenceId {
        self.matter_evidence[id.ix()]
    }

    /// The evidence of a thing's own row.
    pub fn thing_evidence(&self, id: ThingId) -> EvidenceId {
        self.thing_evidence[id.ix()]
    }

    /// The evidence of the memberships, in the order of their rows.
    pub fn membership_rows(&self) -> &[EvidenceId] {
        &self.membership_evidence
    }

    /// The evidence of an instrument's texts, by its position, in the order of its rows.
    pub fn version_evidence(&self, instrument: usize) -> &[EvidenceId] {
        &self.version_evidence[instrument]
    }

    /// The evidence of an office's holders, in the order of its rows.
    pub fn holder_evidence(&self, id: OfficeId) -> &[EvidenceId] {
        &self.holder_evidence[id.ix()]
    }

    /// The declared disagreements that set a claim aside.
    pub fn aside(&self, id: ClaimId) -> &[ConflictId] {
        self.aside.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The name of anything with an id; the id itself if it has none.
    pub fn name_of<'a>(&'a self, key: &'a str) -> &'a str {
        let r = &self.records;
        self.actor(key)
            .map(|i| r.actors[i.ix()].name.as_str())
            .or_else(|| self.instrument(key).map(|i| r.instruments[i.ix()].name.as_str()))
            .or_else(|| self.thing(key).map(|i| r.things[i.ix()].name.as_str()))
            .or_else(|| self.matter(key).map(|i| r.matters[i.ix()].name.as_str()))
            .or_else(|| self.place(key).map(|i| r.places[i.ix()].name.as_str()))
            .or_else(|| self.office(key).map(|i| r.offices[i.ix()].name.as_str()))
            .unwrap_or(key)
    }

    /// The evidence of an instrument's own row.
    pub fn instrument_evidence(&self, id: InstrumentId) -> EvidenceId {
        self.instrument_evidence[id.ix()]
    }

    /// The written id of an actor.
    pub fn actor_key(&self, id: ActorId) -> &str {
        &self.records.actors[id.ix()].id
    }

    /// The written id of an instrument.
    pub fn instrument_key(&self, id: InstrumentId) -> &str {
        &self.records.instruments[id.ix()].id
    }

    /// Everything a written name can stand for: ids, names and other names, case and accents folded.
    pub fn named(&self, text: &str) -> &[Named] {
        self.names.get(&fold(text)).map_or(&[], Vec::as_slice)
    }

    /// Every name that can be written, folded, for "did you mean".
    pub fn all_names(&self) -> impl Iterator<Item = (&str, &[Named])> {
        self.names.iter().map(|(k, v)| (k.as_str(), v.as_slice()))
    }

    /// Whether an evidence row counts at a state of knowledge: *certain* if one of its sources was certainly
    /// published, *possible* if one may have been. A row without citations always counts.
    pub fn visible(&self, evidence: EvidenceId, k: &Knowledge) -> Tv {
        if k.without_rows.contains(&evidence) {
            return Tv::Not;
        }
        self.cites_visible(&self.evidence[evidence.ix()].cites, k)
    }

    /// Whether one of some citations counts; without any, it does.
    pub fn cites_visible(&self, cites: &[(SourceId, String)], k: &Knowledge) -> Tv {
        if cites.is_empty() {
            return Tv::Certain;
        }
        cites.iter().map(|(s, _)| self.source_visible(*s, k)).max().unwrap_or(Tv::Not)
    }

    /// The first day of which a row says nothing any more: where all its sources that count are data sets with an end, the day after
    /// the last that one of them covers.
    pub fn covered(&self, evidence: EvidenceId, k: &Knowledge) -> Option<Day> {
        let cites = &self.evidence[evidence.ix()].cites;
        let seen = cites.iter().map(|c| c.0).filter(|s| self.source_visible(*s, k) != Tv::Not);
        let ends: Option<Vec<Day>> = seen.map(|s| self.sources.covers[s.ix()].and_then(|c| c.1)).collect();
        ends?.into_iter().max()
    }

    /// Citations in numbers.
    pub fn written_cites(&self, cites: &[Cite]) -> Vec<(SourceId, String)> {
        cites.iter().filter_map(|c| self.source(&c.source).map(|s| (s, c.locator.clone()))).collect()
    }

    /// Whether a source counts at a state of knowledge.
    pub fn source_visible(&self, source: SourceId, k: &Knowledge) -> Tv {
        let i = source.ix();
        if k.without.contains(&source) {
            return Tv::Not;
        }
        if k.packs.as_ref().is_some_and(|p| !p.contains(&self.sources.pack[i]))
            || self.sources.marking[i] > k.clearance
        {
            return Tv::Not;
        }
        let published = self.sources.published[i];
        if published.latest <= k.known.earliest {
            Tv::Certain
        } else if published.earliest <= k.known.latest {
            Tv::Possible
        } else {
            Tv::Not
        }
    }

    /// The newest publication day of all sources, for echoing what `latest` means.
    pub fn newest_source(&self) -> Option<Moment> {
        self.sources.published.iter().copied().max_by_key(|m| (m.latest, m.earliest))
    }

    /// A deterministic text of the columns: the same rows give the same bytes.
    pub fn dump(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for i in 0..self.acts.act.len() {
            let a = &self.acts;
            let _ = writeln!(
                out,
                "{}\t{}\t{}..{}\t{}..{}\t{}..{}",
                self.instrument_key(a.instrument[i]),
                a.act[i],
                a.on[i].earliest,
                a.on[i].latest,
                a.effective[i].earliest,
                a.effective[i].latest,
                a.known[i].earliest,
                a.known[i].latest,
            );
        }
        out
    }
}

/// The days of a coverage, whose last day is covered: the first, and the first no longer covered.
fn coverage(covers: &Edtf) -> (Day, Option<Day>) {
    let period = covers.period();
    let open = period.end.latest == Moment::OPEN_END.latest;
    (period.begin.earliest, (!open).then_some(period.end.latest))
}

/// Keys in the order of their rows, each with its number.
fn numbered<'k, I>(keys: impl Iterator<Item = &'k Key>, id: fn(u32) -> I) -> BTreeMap<Key, I> {
    keys.enumerate().map(|(i, k)| (k.clone(), id(i as u32))).collect()
}

/// Any day: the bounds of a date nothing is known of.
const ANY: Moment = Moment { earliest: Moment::OPEN_START.earliest, latest: Moment::OPEN_END.latest };

/// How many acts may be dated from one another in a row.
const STEPS: usize = 16;

/// The bounds of each act's day and of its taking effect. Relative dates are resolved from the acts they count from, in
/// rounds; one that counts from an act that never happens, or from itself, is unknown: any day.
fn days_of(ins: &Instrument) -> Vec<(Moment, Moment)> {
    let relative = |r: &DateRule| matches!(r, DateRule::After { .. });
    let start = |r: &DateRule| if let DateRule::On(e) = r { Some(e.moment()) } else { None };
    let mut on: Vec<Option<Moment>> = ins.action.iter().map(|a| start(&a.on)).collect();
    let mut by_act: BTreeMap<Action, Vec<Moment>> = BTreeMap::new();
    let gather = |on: &[Option<Moment>]| {
        let mut all: BTreeMap<Action, Vec<Moment>> = BTreeMap::new();
        for (a, day) in ins.action.iter().zip(on) {
            let each = all.entry(a.act).or_default();
            each.extend(day.iter().flat_map(|d| std::iter::repeat_n(*d, a.by.len().max(1))));
        }
        all.values_mut().for_each(|v| v.sort_by_key(|m| (m.earliest, m.latest)));
        all
    };
    let resolve = |rule: &DateRule, days: &BTreeMap<Action, Vec<Moment>>| match rule {
        DateRule::On(e) => Some(e.moment()),
        DateRule::After { act, nth, plus } => {
            let day = days.get(act)?.get((*nth).max(1) as usize - 1)?;
            Some(day.plus(*plus))
        }
    };
    for _ in 0..STEPS {
        by_act = gather(&on);
        let next: Vec<Option<Moment>> = ins.action.iter().map(|a| resolve(&a.on, &by_act)).collect();
        if next == on || !ins.action.iter().any(|a| relative(&a.on)) {
            break;
        }
        on = next;
    }
    ins.action
        .iter()
        .zip(on)
        .map(|(a, day)| {
            let day = day.unwrap_or(ANY);
            let effective = a.effective.as_ref().map_or(day, |e| resolve(e, &by_act).unwrap_or(ANY));
            (day, effective)
        })
        .collect()
}

/// Folds a name for comparison: lower case, accents off for Latin letters, runs of space, dash and punctuation as one dash.
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => 'a',
            'ç' | 'č' | 'ć' => 'c',
            'è' | 'é' | 'ê' | 'ë' | 'ē' => 'e',
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
            'ñ' | 'ń' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
            'š' | 'ś' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ł' => 'l',
            'ý' => 'y',
            '\u{300}'..='\u{36f}' => continue,
            c => c,
        };
        if plain.is_alphanumeric() {
            out.push(plain);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}
