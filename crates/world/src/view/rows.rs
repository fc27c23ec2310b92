//! What folding gives, row by row: spells, liftings, clauses, facts, holds, memberships, and [`Folded`], which keeps them all.
//!
//! In: nothing; these are plain data in numbers. Out: the columns a [`View`](super::View) is asked through. What always holds:
//! every row carries the evidence it rests on; a period carries its bounds.

use std::collections::BTreeMap;

use crate::terms::*;
use crate::time::{Day, Moment, Period, Tv};
use crate::world::*;

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
    /// Nothing is known of what follows: no source covers it.
    NotCovered,
}

/// A data set that codes an instrument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coder {
    /// The data set, a source that says which days it covers.
    pub source: SourceId,
    /// The first day it no longer covers; none = it has no end.
    pub until: Option<Day>,
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
    /// Whether the act that began it is contested, or one data set has it and another has not.
    pub disputed: bool,
    /// The data set that has it not.
    pub against: Option<SourceId>,
    /// The first day of which its sources, all of them data sets, say nothing any more.
    pub until: Option<Day>,
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
    pub(super) by_instrument: Vec<u32>,
    pub(super) by_actor: Vec<u32>,
    pub(super) by_actor_start: Vec<u32>,
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
    /// A condition that is coded without its content.
    Coded(CodedCondition),
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
    /// Whether an actor is among those who owe it, if it is a party.
    pub fn owed_by(&self, actor: ActorId) -> bool {
        !matches!(&self.by, Sides::These(list) if !list.contains(&actor))
    }

    /// Whether an actor is among those it is owed to, if it is a party.
    pub fn owed_to(&self, actor: ActorId) -> bool {
        !matches!(&self.to, Sides::These(list) if !list.contains(&actor))
    }

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
    pub(super) clause_start: Vec<u32>,
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
    pub(super) member_start: BTreeMap<ActorId, (u32, u32)>,
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
    /// The data sets that code each instrument.
    pub coders: Vec<Vec<Coder>>,
    /// The first day of which nothing is known, of each instrument that only data sets tell of.
    pub until: Vec<Option<Day>>,
}

/// Which of the three holds on a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the three words of the gazetteer")]
pub enum HoldKind {
    Sovereign = 0,
    Administered = 1,
    Claimed = 2,
}
