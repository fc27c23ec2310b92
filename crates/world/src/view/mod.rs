//! The world as known: dated acts folded into who was bound by what, and when.
//!
//! In: a [`World`] and a state of [`Knowledge`] (known by when, which packs, which markings). Out: a [`View`]: columns of
//! party spells, suspensions and clauses with uncertainty bounds, indexed by instrument and by actor.
//!
//! What always holds: spells are half-open and one party's spells under one instrument never overlap; an act that is
//! only possibly known widens a spell's bounds and never narrows them; adding a source published later than `known`
//! changes nothing here.

mod compile;
mod fold;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::record::*;
use crate::terms::*;
use crate::time::{Edtf, Moment, Period, Tv};
use crate::world::*;

use compile::area_ref;
pub use compile::fact_ref;

/// A state of knowledge.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knowledge {
    /// Only sources published by then count. `Moment::OPEN_END` = latest.
    pub known: Moment,
    /// Pack numbers that count; none = all.
    pub packs: Option<Vec<u16>>,
    /// The most restricted marking the reader may see.
    pub clearance: Marking,
    /// Sources taken to be withdrawn.
    pub without: Vec<SourceId>,
    /// Rows taken to be withdrawn.
    pub without_rows: Vec<EvidenceId>,
}

impl Knowledge {
    /// Everything, by now.
    pub fn latest() -> Knowledge {
        Knowledge {
            known: Moment::OPEN_END,
            packs: None,
            clearance: Marking::Red,
            without: Vec::new(),
            without_rows: Vec::new(),
        }
    }
}

/// How a spell or an instrument ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndedBy {
    /// The party left.
    Withdrew,
    /// The whole ended.
    Terminated,
    /// Its term ran out.
    Expired,
    /// Another instrument replaced it.
    Superseded,
    /// The party ceased to exist.
    Extinct,
}

/// One party's being bound: from, to, and the rows it rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spell {
    /// Under what.
    pub instrument: InstrumentId,
    /// Who.
    pub party: ActorId,
    /// When, half-open.
    pub period: Period,
    /// Only provisionally applied.
    pub provisional: bool,
    /// Whether the act that began it is contested.
    pub disputed: bool,
    /// The act that began it.
    pub entered: EvidenceId,
    /// The act that ended it, and how.
    pub left: Option<(EvidenceId, EndedBy)>,
}

/// A directed lifting of commitments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lifting {
    /// Whose commitments.
    pub by: Vec<ActorId>,
    /// Toward whom; empty = all.
    pub toward: Vec<ActorId>,
    /// One article only.
    pub provision: Option<String>,
    /// When.
    pub period: Period,
    /// Whether it is a reservation (else a suspension).
    pub reservation: bool,
    /// Why its effect is contested.
    pub disputed: Option<String>,
    /// The act.
    pub evidence: EvidenceId,
}

/// When an instrument as a whole was in force: the period, the act that began it, the act that ended it and how.
pub type Force = (Period, EvidenceId, Option<(EvidenceId, EndedBy)>);

/// Columns of spells, sorted by instrument, party and begin.
#[derive(Clone, Debug, Default)]
pub struct SpellColumns {
    /// The rows.
    pub rows: Vec<Spell>,
    by_instrument: Vec<u32>,
    by_actor: Vec<u32>,
    by_actor_start: Vec<u32>,
}

/// Who owes or is owed, in numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sides {
    /// All parties.
    Parties,
    /// All parties but the debtor.
    OtherParties,
    /// Anyone.
    Anyone,
    /// These.
    These(Vec<ActorId>),
}

/// An argument of a scenario fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Arg {
    /// The party to be helped.
    Beneficiary,
    /// The party that owes.
    Debtor,
    /// An actor.
    Actor(ActorId),
    /// A place.
    Place(PlaceId),
    /// An instrument.
    Instrument(InstrumentId),
    /// A matter.
    Matter(MatterId),
    /// A claim.
    Claim(ClaimId),
}

/// A scenario fact in numbers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FactRef {
    /// The kind.
    pub kind: FactKind,
    /// Arguments.
    pub args: Vec<Arg>,
}

/// A fact the dossier's sources tell of.
#[derive(Clone, Debug)]
pub struct KnownFact {
    /// The fact.
    pub fact: FactRef,
    /// When.
    pub period: Period,
    /// Contested, and why; or held by one side.
    pub disputed: Option<String>,
    /// Row.
    pub evidence: EvidenceId,
}

/// Adversary lists in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "same fields as record::Adversary")]
pub struct Adversaries {
    pub only: Vec<ActorId>,
    pub except: Vec<ActorId>,
    pub member_of: Vec<ActorId>,
    pub not_member_of: Vec<ActorId>,
    pub supported_by: Vec<ActorId>,
    pub collaborating_with: Vec<ActorId>,
    pub powers: u32,
}

/// An area expression in numbers.
#[derive(Clone, Debug)]
pub enum Area {
    /// That place or within it.
    Place(PlaceId, Part),
    /// A named area.
    Named(AreaId, Part),
    /// Under somebody's sovereignty.
    TerritoryOf(Owner, Part),
    /// Administered by somebody.
    AdministeredBy(Owner, Part),
    /// At least one.
    Any(Vec<Area>),
    /// Every one.
    All(Vec<Area>),
    /// The reverse.
    Not(Box<Area>),
}

/// Whose territory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// An actor.
    Actor(ActorId),
    /// The party attacked.
    Beneficiary,
    /// The party that owes.
    Debtor,
    /// Any party.
    Parties,
}

/// When a part of an area holds, and what that rests on.
#[derive(Clone, Debug)]
pub struct Part {
    /// When; as far as known.
    pub period: Period,
    /// Its own citations; empty = the row's.
    pub cites: Vec<(SourceId, String)>,
}

/// A provision ready for evaluation.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its instrument.
    pub instrument: InstrumentId,
    /// Position of the row in its instrument.
    pub row: u32,
    /// Its act, repeated for speed.
    pub act: Act,
    /// Its force.
    pub modality: Modality,
    /// Its occasion.
    pub when: When,
    /// When the text with this clause applied (its versions and its own life); several periods possible.
    pub periods: Vec<Period>,
    /// Who owes.
    pub by: Sides,
    /// To whom.
    pub to: Sides,
    /// Adversaries.
    pub adversary: Adversaries,
    /// Third states that must be attacked; none = the beneficiary.
    pub victims: Option<Vec<ActorId>>,
    /// Any victim will do.
    pub any_victim: bool,
    /// Area of the attack.
    pub area: Option<Area>,
    /// Area of the object.
    pub object_area: Option<Area>,
    /// Facts it hangs on.
    pub requires: Vec<FactRef>,
    /// Facts that lift it.
    pub unless: Vec<FactRef>,
    /// Its evidence.
    pub evidence: EvidenceId,
    /// Known for certain at this basis.
    pub visible: Tv,
}

impl Clause {
    /// Whether it reaches beyond the two sides of a question: to third states, or to a mobilisation.
    pub fn third_party(&self) -> bool {
        self.victims.is_some() || self.any_victim || self.when == When::Mobilisation
    }
}

/// Somebody's hold on a place, as known.
#[derive(Clone, Debug)]
pub struct HoldRef {
    /// Who.
    pub by: ActorId,
    /// When.
    pub period: Period,
    /// Why it is contested.
    pub disputed: Option<String>,
    /// Row.
    pub evidence: EvidenceId,
}

/// A membership, as known.
#[derive(Clone, Copy, Debug)]
pub struct MemberRef {
    /// Who.
    pub member: ActorId,
    /// Of what.
    pub of: ActorId,
    /// As what.
    pub role: Role,
    /// When.
    pub period: Period,
    /// Row.
    pub evidence: EvidenceId,
}

/// What folding the world's acts at one state of knowledge gives: everything of a [`View`] but the world itself. It borrows
/// nothing, so that whoever owns the world may keep it.
#[derive(Debug)]
pub struct Folded {
    /// The state of knowledge.
    pub knowledge: Knowledge,
    /// Party spells.
    pub spells: SpellColumns,
    /// Suspensions and reservations, by instrument.
    pub liftings: Vec<Vec<Lifting>>,
    /// Clauses, sorted by instrument and row.
    pub clauses: Vec<Clause>,
    clause_start: Vec<u32>,
    /// When each instrument as a whole was in force.
    pub force: Vec<Vec<Force>>,
    /// Everyone ever named as a party, signatory or invitee, per instrument, sorted.
    pub linked: Vec<Vec<ActorId>>,
    /// First day each instrument existed in any way (signed, proposed …), per instrument.
    pub made: Vec<Option<Moment>>,
    /// Sovereignty, administration and claims, by place.
    pub holds: Vec<[Vec<HoldRef>; 3]>,
    /// Memberships sorted by organisation.
    pub members: Vec<MemberRef>,
    member_start: BTreeMap<ActorId, (u32, u32)>,
    /// Facts the sources tell of.
    pub facts: Vec<KnownFact>,
    /// Named areas.
    pub areas: Vec<Area>,
    /// Actors' existence.
    pub exists: Vec<Period>,
    /// Home place of each actor.
    pub home: Vec<Option<PlaceId>>,
    /// Every wider place of each place, itself included, nearest first.
    pub ancestors: Vec<Vec<PlaceId>>,
    /// Instruments with clauses that reach beyond the two sides: third states, mobilisation.
    pub third_party: Vec<InstrumentId>,
    /// Sets of one actor's linked instruments, sorted.
    pub instruments_of: Vec<Vec<InstrumentId>>,
    /// Of whom a source says that they are not bound: the day it speaks of, and the row. Per instrument.
    pub outsiders: Vec<Vec<(ActorId, Moment, EvidenceId)>>,
}

/// The world as known: what was folded, beside the world it was folded from.
#[derive(Clone, Debug)]
pub struct View<'w> {
    /// The world.
    pub world: &'w World,
    folded: Arc<Folded>,
}

impl Deref for View<'_> {
    type Target = Folded;

    fn deref(&self) -> &Folded {
        &self.folded
    }
}

/// Which of the three holds on a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the three words of the gazetteer")]
pub enum HoldKind {
    Sovereign = 0,
    Administered = 1,
    Claimed = 2,
}

impl<'w> View<'w> {
    /// Folds the world's acts as known.
    pub fn new(world: &'w World, knowledge: Knowledge) -> View<'w> {
        View::of(world, Arc::new(Folded::new(world, knowledge)))
    }

    /// The view of what was folded from this same world before.
    pub fn of(world: &'w World, folded: Arc<Folded>) -> View<'w> {
        View { world, folded }
    }

    /// What was folded, to be kept beside the world.
    pub fn folded(&self) -> Arc<Folded> {
        Arc::clone(&self.folded)
    }

    /// The text in force on a day, as known: the latest version that had begun and not ended.
    pub fn version_on(&self, id: InstrumentId, on: Moment) -> Option<&'w Version> {
        let world = self.world;
        let ins = &world.records.instruments[id.ix()];
        ins.version
            .iter()
            .zip(&world.version_evidence[id.ix()])
            .filter_map(|(v, ev)| Some((v, extent_as_known(world, &self.knowledge, &v.extent, *ev)?)))
            .filter(|(_, p)| p.holds(on) != Tv::Not)
            .max_by_key(|(_, p)| p.begin.earliest)
            .map(|(v, _)| v)
    }

    /// What an instrument replaced (`false`) and what replaced it (`true`), as known, with the days.
    pub fn supersessions(&self, id: InstrumentId) -> Vec<(InstrumentId, Moment, bool)> {
        let world = self.world;
        let mut out = Vec::new();
        for (n, newer) in world.records.instruments.iter().enumerate() {
            for (s, ev) in newer.supersedes.iter().zip(&world.supersession_evidence[n]) {
                let Some(older) = world.instrument(&s.instrument) else { continue };
                if world.visible(*ev, &self.knowledge) == Tv::Not {
                    continue;
                }
                let newer = InstrumentId(n as u32);
                if newer == id {
                    out.push((older, s.on.moment(), false));
                } else if older == id {
                    out.push((newer, s.on.moment(), true));
                }
            }
        }
        out
    }

    /// The provision row of a clause.
    pub fn provision(&self, c: &Clause) -> &'w Provision {
        &self.world.records.instruments[c.instrument.ix()].provision[c.row as usize]
    }

    /// The clauses of an instrument.
    pub fn clauses_of(&self, id: InstrumentId) -> &[Clause] {
        &self.clauses[self.clause_start[id.ix()] as usize..self.clause_start[id.ix() + 1] as usize]
    }

    /// The position of an instrument's first clause in `clauses`.
    pub fn clause_index(&self, id: InstrumentId) -> u32 {
        self.clause_start[id.ix()]
    }

    /// All spells under an instrument, sorted by party.
    pub fn spells_of(&self, id: InstrumentId) -> &[Spell] {
        let s = &self.spells;
        &s.rows[s.by_instrument[id.ix()] as usize..s.by_instrument[id.ix() + 1] as usize]
    }

    /// All spells of an actor, sorted by instrument.
    pub fn spells_by(&self, actor: ActorId) -> impl Iterator<Item = &Spell> {
        let s = &self.spells;
        let range = s.by_actor_start[actor.ix()] as usize..s.by_actor_start[actor.ix() + 1] as usize;
        s.by_actor[range].iter().map(|i| &s.rows[*i as usize])
    }

    /// An actor's spells under one instrument.
    pub fn spells_under(&self, id: InstrumentId, actor: ActorId) -> &[Spell] {
        let rows = self.spells_of(id);
        let from = rows.partition_point(|r| r.party < actor);
        let to = rows.partition_point(|r| r.party <= actor);
        &rows[from..to]
    }

    /// Whether an actor is a party on a day, and the spell that says so.
    pub fn party_on(&self, id: InstrumentId, actor: ActorId, on: Moment) -> (Tv, Option<&Spell>) {
        let mut best = (Tv::Not, None);
        for s in self.spells_under(id, actor) {
            let tv = s.period.holds(on);
            if tv > best.0 {
                best = (tv, Some(s));
            }
        }
        best
    }

    /// Everyone who is a party on a day.
    pub fn parties_on(&self, id: InstrumentId, on: Moment) -> Vec<(ActorId, Tv)> {
        let mut out: Vec<(ActorId, Tv)> = Vec::new();
        for s in self.spells_of(id) {
            let tv = s.period.holds(on);
            if tv == Tv::Not {
                continue;
            }
            match out.last_mut() {
                Some(last) if last.0 == s.party => last.1 = last.1.max(tv),
                _ => out.push((s.party, tv)),
            }
        }
        out
    }

    /// The row by which a source says, of that day or an earlier one, that an actor is not bound.
    pub fn outsider_on(&self, id: InstrumentId, actor: ActorId, on: Moment) -> Option<EvidenceId> {
        let told =
            self.outsiders[id.ix()].iter().filter(|(a, at, _)| *a == actor && at.earliest <= on.latest);
        told.max_by_key(|(_, at, _)| at.latest).map(|(.., ev)| *ev)
    }

    /// Who held an office on a day: person, period, row.
    pub fn holders_of(&self, office: OfficeId, on: Moment) -> Vec<(ActorId, Period, Tv, EvidenceId)> {
        let world = self.world;
        let rows = world.records.offices[office.ix()].holder.iter().zip(world.holder_evidence(office));
        rows.filter(|(h, _)| h.row.withdrawn.is_none())
            .filter_map(|(h, ev)| {
                let period = extent_as_known(world, &self.knowledge, &h.extent, *ev)?;
                let tv = period.holds(on);
                (tv != Tv::Not).then_some((world.actor(&h.person)?, period, tv, *ev))
            })
            .collect()
    }

    /// The rows of an organisation, bloc or class.
    pub fn members_of(&self, of: ActorId) -> &[MemberRef] {
        self.member_start.get(&of).map_or(&[], |(a, b)| &self.members[*a as usize..*b as usize])
    }

    /// Whether an actor belongs to an organisation, bloc or class on a day: by a row of its own, or as a party to the
    /// treaty that constitutes it; and the row.
    pub fn member_on(&self, of: ActorId, actor: ActorId, on: Moment) -> (Tv, Option<EvidenceId>) {
        let mut best = (Tv::Not, None);
        for m in self.members_of(of).iter().filter(|m| m.member == actor && m.role == Role::Member) {
            let tv = m.period.holds(on);
            if tv > best.0 {
                best = (tv, Some(m.evidence));
            }
        }
        if best.0 != Tv::Certain
            && let Some(treaty) = self.constituent(of)
        {
            let (tv, spell) = self.party_on(treaty, actor, on);
            if tv > best.0 {
                best = (tv, spell.map(|s| s.entered));
            }
        }
        best
    }

    /// The treaty whose parties are the members of an organisation.
    pub fn constituent(&self, of: ActorId) -> Option<InstrumentId> {
        let world = self.world;
        world.records.actors[of.ix()].constituted_by.as_ref().and_then(|i| world.instrument(i))
    }

    /// Everyone who belongs to an organisation, bloc or class on a day as a member, sorted.
    pub fn member_list(&self, of: ActorId, on: Moment) -> Vec<(ActorId, Tv)> {
        let rows = self.members_of(of).iter().filter(|m| m.role == Role::Member);
        let mut out: Vec<(ActorId, Tv)> =
            rows.map(|m| (m.member, m.period.holds(on))).filter(|(_, tv)| *tv != Tv::Not).collect();
        if let Some(treaty) = self.constituent(of) {
            out.extend(self.parties_on(treaty, on));
        }
        out.sort_by_key(|(a, tv)| (*a, std::cmp::Reverse(*tv)));
        out.dedup_by_key(|(a, _)| *a);
        out
    }

    /// The day up to which the list of members is declared complete, as known; none if it is open.
    pub fn members_complete(&self, of: ActorId) -> Option<Moment> {
        let world = self.world;
        if let Some(day) = &world.records.actors[of.ix()].members_complete {
            return Some(day.moment());
        }
        let treaty = self.constituent(of)?;
        let seen = world.visible(world.instrument_evidence(treaty), &self.knowledge) == Tv::Certain;
        let complete = world.records.instruments[treaty.ix()].parties_complete.as_ref();
        complete.filter(|_| seen).map(Edtf::moment)
    }

    /// Who holds a place on a day: the rows of the nearest place, itself first, that has any on that day.
    pub fn holders(&self, place: PlaceId, kind: HoldKind, on: Moment) -> Vec<(&HoldRef, Tv)> {
        for p in &self.ancestors[place.ix()] {
            let rows: Vec<(&HoldRef, Tv)> = self.holds[p.ix()][kind as usize]
                .iter()
                .map(|h| (h, h.period.holds(on)))
                .filter(|(_, tv)| *tv != Tv::Not)
                .collect();
            if !rows.is_empty() {
                return rows;
            }
        }
        Vec::new()
    }
}

/// When a dated part holds, as known: none if the row is not known at all; an end whose own source is not known yet
/// is open.
pub(crate) fn extent_as_known(
    world: &World,
    k: &Knowledge,
    extent: &Extent,
    row: EvidenceId,
) -> Option<Period> {
    extent_known(world, k, extent, world.visible(row, k))
}

fn extent_known(world: &World, k: &Knowledge, extent: &Extent, seen: Tv) -> Option<Period> {
    let begin = match (seen, &extent.from) {
        (Tv::Not, _) => return None,
        (Tv::Certain, Some(f)) => f.moment(),
        (Tv::Certain, None) => Moment::OPEN_START,
        (Tv::Possible, f) => Moment {
            earliest: f.as_ref().map_or(Moment::OPEN_START.earliest, |f| f.moment().earliest),
            latest: Moment::OPEN_END.latest,
        },
    };
    let end_seen = if extent.end_cite.is_empty() {
        seen
    } else {
        world.cites_visible(&world.written_cites(&extent.end_cite), k)
    };
    let end = match (end_seen, &extent.to) {
        (_, None) | (Tv::Not, _) => Moment::OPEN_END,
        (Tv::Certain, Some(t)) => t.moment(),
        (Tv::Possible, Some(t)) => Moment { earliest: t.moment().earliest, latest: Moment::OPEN_END.latest },
    };
    Period::new(begin, end)
}

/// A place and every wider one, nearest first, without repeats.
fn ancestors(world: &World, place: PlaceId) -> Vec<PlaceId> {
    let mut out = vec![place];
    let mut i = 0;
    while i < out.len() {
        for w in &world.records.places[out[i].ix()].within {
            if let Some(p) = world.place(w)
                && !out.contains(&p)
            {
                out.push(p);
            }
        }
        i += 1;
    }
    out
}
