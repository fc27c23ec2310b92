//! The world as known: dated acts folded into who was bound by what, and when.
//!
//! In: a [`World`] and a state of [`Knowledge`] (known by when, which packs, which markings). Out: a [`View`]: columns of
//! party spells, suspensions and clauses with uncertainty bounds, indexed by instrument and by actor.
//!
//! What always holds: spells are half-open and one party's spells under one instrument never overlap; an act that is
//! only possibly known widens a spell's bounds and never narrows them; adding a source published later than `known`
//! changes nothing here.

use std::collections::BTreeMap;

use crate::record::*;
use crate::terms::*;
use crate::time::{Edtf, Moment, Period, Tv};
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
}

impl Knowledge {
    /// Everything, by now.
    pub fn latest() -> Knowledge {
        Knowledge { known: Moment::OPEN_END, packs: None, clearance: Marking::Red }
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

/// One party's entering or leaving, while its spells are being folded.
#[derive(Clone, Copy)]
struct Entry {
    at: Moment,
    evidence: EvidenceId,
    provisional: bool,
    disputed: bool,
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

/// The world as known.
#[derive(Clone, Debug)]
pub struct View<'w> {
    /// The world.
    pub world: &'w World,
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
        let k = &knowledge;
        let r = &world.records;
        let actor = |key: &Key| world.actor(key);
        let list = |keys: &[Key]| -> Vec<ActorId> { keys.iter().filter_map(actor).collect() };

        let exists: Vec<Period> =
            r.actors.iter().map(|a| a.exists.as_ref().map_or(Period::ALWAYS, Edtf::period)).collect();
        let home = r.actors.iter().map(|a| a.home.as_ref().and_then(|h| world.place(h))).collect();
        let ancestors = (0..r.places.len()).map(|i| ancestors(world, PlaceId(i as u32))).collect();

        let members: Vec<MemberRef> = r
            .memberships
            .iter()
            .zip(&world.membership_evidence)
            .filter(|(m, _)| m.row.withdrawn.is_none())
            .filter_map(|(m, ev)| {
                let period = extent_as_known(world, k, &m.extent, *ev)?;
                Some(MemberRef {
                    member: actor(&m.member)?,
                    of: actor(&m.of)?,
                    role: m.role,
                    period,
                    evidence: *ev,
                })
            })
            .collect();
        let mut member_start: BTreeMap<ActorId, (u32, u32)> = BTreeMap::new();
        for (i, m) in members.iter().enumerate() {
            let e = member_start.entry(m.of).or_insert((i as u32, i as u32));
            e.1 = i as u32 + 1;
        }

        let holds = r
            .places
            .iter()
            .zip(&world.hold_evidence)
            .map(|(p, ev)| {
                let one = |holds: &[Hold], ev: &[EvidenceId]| -> Vec<HoldRef> {
                    holds
                        .iter()
                        .zip(ev)
                        .filter(|(h, _)| h.row.withdrawn.is_none())
                        .filter_map(|(h, ev)| {
                            let period = extent_as_known(world, k, &h.extent, *ev)?;
                            Some(HoldRef {
                                by: actor(&h.by)?,
                                period,
                                disputed: h.disputed.clone(),
                                evidence: *ev,
                            })
                        })
                        .collect()
                };
                [one(&p.sovereign, &ev[0]), one(&p.administered, &ev[1]), one(&p.claimed, &ev[2])]
            })
            .collect();

        let facts = r
            .circumstances
            .iter()
            .zip(&world.circumstance_evidence)
            .filter(|(c, _)| c.row.withdrawn.is_none())
            .filter_map(|(c, ev)| {
                let period = extent_as_known(world, k, &c.extent, *ev)?;
                let disputed =
                    c.disputed.clone().or_else(|| c.held_by.as_ref().map(|h| format!("according to {h}")));
                Some(KnownFact { fact: fact_ref(world, &c.fact)?, period, disputed, evidence: *ev })
            })
            .collect();

        let areas =
            r.areas.iter().map(|a| area_ref(world, k, &a.is).unwrap_or(Area::Any(Vec::new()))).collect();

        let mut view = View {
            world,
            spells: SpellColumns::default(),
            liftings: Vec::new(),
            clauses: Vec::new(),
            clause_start: Vec::new(),
            force: Vec::new(),
            linked: Vec::new(),
            made: Vec::new(),
            holds,
            members,
            member_start,
            facts,
            areas,
            exists,
            home,
            ancestors,
            third_party: Vec::new(),
            instruments_of: vec![Vec::new(); r.actors.len()],
            knowledge: knowledge.clone(),
        };
        for i in 0..r.instruments.len() {
            view.fold(InstrumentId(i as u32), &list);
        }
        view.clause_start.push(view.clauses.len() as u32);
        view.third_party = view.clauses.iter().filter(|c| c.third_party()).map(|c| c.instrument).collect();
        view.third_party.dedup();
        view.index();
        view
    }

    /// Folds one instrument's acts, in order of effect, into spells, liftings and clauses.
    fn fold(&mut self, id: InstrumentId, list: &dyn Fn(&[Key]) -> Vec<ActorId>) {
        let world = self.world;
        let ins = &world.records.instruments[id.ix()];
        let acts = &world.acts;
        let originals = list(&ins.parties);
        let (from, to) = (acts.start[id.ix()] as usize, acts.start[id.ix() + 1] as usize);
        // (row, day it took effect as known, evidence)
        let mut seen: Vec<(&ActionRow, Moment, Moment, EvidenceId, Tv)> = (from..to)
            .filter_map(|i| {
                let row = &ins.action[acts.row[i] as usize];
                if row.row.withdrawn.is_some() {
                    return None;
                }
                match world.visible(acts.evidence[i], &self.knowledge) {
                    Tv::Not => None,
                    tv => Some((row, acts.on[i], acts.effective[i], acts.evidence[i], tv)),
                }
            })
            .collect();
        // An act told twice, once within wider bounds, is one act: the narrower telling counts, if it is certainly known.
        let told = seen.clone();
        seen.retain(|(row, on, eff, _, _)| {
            !told.iter().any(|(other, o, e, _, tv)| {
                *tv == Tv::Certain
                    && (other.act, &other.by, &other.toward, &other.provision)
                        == (row.act, &row.by, &row.toward, &row.provision)
                    && o.earliest >= on.earliest
                    && o.latest <= on.latest
                    && e.earliest >= eff.earliest
                    && e.latest <= eff.latest
                    && (o != on || e != eff)
            })
        });
        seen.sort_by_key(|(_, _, eff, _, _)| (eff.earliest, eff.latest));
        let doubt = |m: Moment, tv: Tv| {
            if tv == Tv::Certain {
                m
            } else {
                Moment { earliest: m.earliest, latest: Moment::OPEN_END.latest }
            }
        };

        let mut linked: Vec<ActorId> = originals.clone();
        for (row, ..) in &seen {
            if !matches!(row.act, Action::Objected | Action::Declared) {
                linked.extend(list(&row.by));
            }
        }
        linked.sort_unstable();
        linked.dedup();
        let made = seen.iter().map(|s| s.1).min_by_key(|m| (m.earliest, m.latest));

        // When the whole began and ended.
        let ends_whole = |row: &ActionRow| row.by.is_empty() || row.by.len() >= linked.len();
        let mut begin: Option<(Moment, EvidenceId, bool)> = None;
        let mut end: Option<(Moment, EvidenceId, EndedBy)> = None;
        for (row, _, eff, ev, tv) in &seen {
            match row.act {
                Action::EnteredIntoForce | Action::Concluded => {
                    let replaces = begin.as_ref().is_none_or(|b| b.2);
                    if replaces {
                        begin = Some((doubt(*eff, *tv), *ev, false));
                    }
                }
                Action::ProvisionallyApplied if begin.is_none() => {
                    begin = Some((doubt(*eff, *tv), *ev, true))
                }
                Action::Terminated | Action::Expired if ends_whole(row) && end.is_none() => {
                    let how = if row.act == Action::Expired { EndedBy::Expired } else { EndedBy::Terminated };
                    end = Some((doubt(*eff, *tv), *ev, how));
                }
                _ => {}
            }
        }
        if end.is_none() {
            end = self.notice_end(ins, &seen, linked.len());
        }
        for newer in &world.records.instruments {
            for (s, ev) in newer.supersedes.iter().zip(self.supersession_evidence(newer)) {
                let known = world.visible(*ev, &self.knowledge);
                // A text that ends on the day another replaces it was replaced.
                let first = end.as_ref().is_none_or(|e| s.on.moment().earliest <= e.0.earliest);
                if s.instrument == ins.id && first && known != Tv::Not {
                    end = Some((doubt(s.on.moment(), known), *ev, EndedBy::Superseded));
                }
            }
        }
        let whole_end = end.as_ref().map_or(Moment::OPEN_END, |e| e.0);
        let force = begin
            .as_ref()
            .and_then(|b| Period::new(b.0, whole_end).map(|p| (p, b.1, end.as_ref().map(|e| (e.1, e.2)))))
            .into_iter()
            .collect();

        // Each party's entries and exits.
        for party in &linked {
            let mut open: Option<Entry> = None;
            let mut out: Vec<Spell> = Vec::new();
            let mut events: Vec<(Entry, Option<EndedBy>)> = Vec::new();
            let original = originals.contains(party);
            let own = |row: &ActionRow| list(&row.by).contains(party);
            let entry = |at: Moment, evidence: EvidenceId, provisional: bool, row: Option<&ActionRow>| {
                Entry { at, evidence, provisional, disputed: row.is_some_and(|r| r.disputed.is_some()) }
            };
            let own_entry = seen
                .iter()
                .any(|(row, ..)| row.act == Action::EnteredIntoForce && !row.by.is_empty() && own(row));
            let late = seen.iter().find(|(row, _, eff, _, _)| {
                row.act == Action::Ratified
                    && !row.by.is_empty()
                    && own(row)
                    && begin.as_ref().is_some_and(|b| eff.after(b.0) == Tv::Certain)
            });
            if let (true, false, Some(b)) = (original, own_entry, &begin) {
                events.push(match late {
                    Some((row, _, eff, ev, tv)) => (entry(doubt(*eff, *tv), *ev, false, Some(row)), None),
                    None => (entry(b.0, b.1, b.2, None), None),
                });
            }
            for (row, _, eff, ev, tv) in &seen {
                let at = doubt(*eff, *tv);
                match row.act {
                    Action::EnteredIntoForce if !row.by.is_empty() && own(row) => {
                        events.push((entry(at, *ev, false, Some(row)), None));
                    }
                    Action::Concluded if !row.by.is_empty() && own(row) && !original => {
                        events.push((entry(at, *ev, false, Some(row)), None));
                    }
                    Action::ProvisionallyApplied if own(row) && !original => {
                        events.push((entry(at, *ev, true, Some(row)), None));
                    }
                    // Acceding before the whole is in force binds from then.
                    Action::Acceded | Action::Succeeded if own(row) => {
                        if let Some(b) = &begin {
                            let start = if at.before(b.0) == Tv::Certain { b.0 } else { at };
                            events.push((entry(start, *ev, false, Some(row)), None));
                        }
                    }
                    Action::Withdrew if own(row) => {
                        events.push((entry(at, *ev, false, Some(row)), Some(EndedBy::Withdrew)));
                    }
                    Action::Terminated | Action::Expired if !ends_whole(row) && own(row) => {
                        events.push((entry(at, *ev, false, Some(row)), Some(EndedBy::Terminated)));
                    }
                    _ => {}
                }
            }
            events.sort_by_key(|e| (e.0.at.earliest, e.1.is_none(), e.0.at.latest));
            let mut close = |open: &mut Option<Entry>, at: Moment, left: Option<(EvidenceId, EndedBy)>| {
                if let Some(e) = open.take()
                    && let Some(period) = Period::new(e.at, at)
                {
                    out.push(Spell {
                        instrument: id,
                        party: *party,
                        period,
                        provisional: e.provisional,
                        disputed: e.disputed,
                        entered: e.evidence,
                        left,
                    });
                }
            };
            for (event, exit) in events {
                match (exit, &open) {
                    (None, None) => open = Some(event),
                    (None, Some(was)) if was.provisional && !event.provisional => {
                        close(&mut open, event.at, None);
                        open = Some(event);
                    }
                    (Some(how), Some(_)) => close(&mut open, event.at, Some((event.evidence, how))),
                    _ => {}
                }
            }
            close(&mut open, whole_end, end.as_ref().map(|e| (e.1, e.2)));
            for mut spell in out {
                if spell.period.end.earliest > whole_end.earliest {
                    let left = end.as_ref().map(|e| (e.1, e.2));
                    match Period::new(spell.period.begin, whole_end) {
                        Some(p) => (spell.period, spell.left) = (p, left),
                        None => continue,
                    }
                }
                let life = self.exists[party.ix()];
                if spell.period.end.earliest > life.end.latest {
                    spell.period.end = life.end;
                    spell.left = Some((world.instrument_evidence[id.ix()], EndedBy::Extinct));
                    if spell.period.end.latest <= spell.period.begin.earliest {
                        continue;
                    }
                }
                self.spells.rows.push(spell);
            }
        }

        // Directed liftings.
        let mut liftings: Vec<Lifting> = Vec::new();
        for (row, _, eff, ev, tv) in &seen {
            let reservation = row.act == Action::Reserved;
            match row.act {
                Action::Suspended | Action::Reserved => {
                    if reservation && row.provision.is_none() {
                        continue; // a reservation to the whole is shown, not computed with
                    }
                    let Some(period) = Period::new(doubt(*eff, *tv), Moment::OPEN_END) else { continue };
                    let by = if row.by.is_empty() { linked.clone() } else { list(&row.by) };
                    liftings.push(Lifting {
                        by,
                        toward: list(&row.toward),
                        provision: row.provision.clone(),
                        period,
                        reservation,
                        disputed: row.disputed.clone(),
                        evidence: *ev,
                    });
                }
                Action::Resumed | Action::ReservationWithdrawn => {
                    let lifted_reservation = row.act == Action::ReservationWithdrawn;
                    let by = if row.by.is_empty() { linked.clone() } else { list(&row.by) };
                    for l in liftings.iter_mut().filter(|l| l.reservation == lifted_reservation) {
                        let same = l.by.iter().any(|b| by.contains(b))
                            && (row.provision.is_none() || row.provision == l.provision)
                            && l.period.end == Moment::OPEN_END;
                        if same && let Some(p) = Period::new(l.period.begin, doubt(*eff, *tv)) {
                            l.period = p;
                        }
                    }
                }
                _ => {}
            }
        }

        self.clause_start.push(self.clauses.len() as u32);
        self.compile(id, ins, list);
        self.liftings.push(liftings);
        self.force.push(force);
        self.made.push(made);
        for a in &linked {
            self.instruments_of[a.ix()].push(id);
        }
        self.linked.push(linked);
    }

    /// The end that a notice brings about when no later act records it: notice plus the term's notice period, unless
    /// it was withdrawn. One party's notice ends an instrument of two.
    fn notice_end(
        &self,
        ins: &Instrument,
        seen: &[(&ActionRow, Moment, Moment, EvidenceId, Tv)],
        parties: usize,
    ) -> Option<(Moment, EvidenceId, EndedBy)> {
        let term = ins.term.as_ref()?;
        let recorded = seen
            .iter()
            .any(|(r, ..)| matches!(r.act, Action::Withdrew | Action::Terminated | Action::Expired));
        if recorded || parties > 2 {
            return None;
        }
        let (row, on, eff, ev, tv) = seen.iter().rfind(|(r, ..)| r.act == Action::NoticeGiven)?;
        let taken_back =
            seen.iter().any(|(r, w, ..)| r.act == Action::NoticeWithdrawn && w.before(*on) != Tv::Certain);
        if taken_back {
            return None;
        }
        let at = if row.effective.is_some() { *eff } else { on.plus(term.notice?) };
        let at = if *tv == Tv::Certain {
            at
        } else {
            Moment { earliest: at.earliest, latest: Moment::OPEN_END.latest }
        };
        Some((at, *ev, EndedBy::Terminated))
    }

    fn supersession_evidence(&self, newer: &Instrument) -> &'w [EvidenceId] {
        self.world.instrument(&newer.id).map_or(&[], |i| &self.world.supersession_evidence[i.ix()])
    }

    /// Turns provisions into clauses: names to numbers, versions to periods.
    fn compile(&mut self, id: InstrumentId, ins: &Instrument, list: &dyn Fn(&[Key]) -> Vec<ActorId>) {
        let world = self.world;
        let k = &self.knowledge;
        let versions: Vec<(&Version, Option<Period>)> = ins
            .version
            .iter()
            .zip(&world.version_evidence[id.ix()])
            .map(|(v, ev)| (v, extent_as_known(world, k, &v.extent, *ev)))
            .collect();
        let mut starts: Vec<Moment> = versions.iter().filter_map(|(_, p)| p.map(|p| p.begin)).collect();
        starts.sort_by_key(|m| (m.earliest, m.latest));
        let life = |v: &Version, p: &Period| -> Option<Period> {
            let next = starts.iter().find(|s| s.earliest > p.begin.earliest);
            match (&v.extent.to, next) {
                (None, Some(n)) => Period::new(p.begin, *n),
                _ => Some(*p),
            }
        };
        let sides = |s: &Side| match s {
            Side::Parties => Sides::Parties,
            Side::OtherParties => Sides::OtherParties,
            Side::AnyActor => Sides::Anyone,
            Side::These(keys) => Sides::These(list(keys)),
        };
        for (row, p) in ins.provision.iter().enumerate() {
            let evidence = world.provision_evidence[id.ix()][row];
            let visible = world.visible(evidence, k);
            if visible == Tv::Not || p.row.withdrawn.is_some() {
                continue;
            }
            let own = p.in_force.as_ref().map_or(Period::ALWAYS, Edtf::period);
            let periods: Vec<Period> = if p.version.is_empty() {
                vec![own]
            } else {
                versions
                    .iter()
                    .filter(|(v, _)| p.version.contains(&v.id))
                    .filter_map(|(v, period)| life(v, period.as_ref()?).and_then(|p| p.intersect(own)))
                    .collect()
            };
            let b = &p.trigger.by;
            self.clauses.push(Clause {
                instrument: id,
                row: row as u32,
                act: p.act,
                modality: p.modality,
                when: p.trigger.when,
                periods,
                by: sides(&p.by),
                to: sides(&p.to),
                adversary: Adversaries {
                    only: list(&b.only),
                    except: list(&b.except),
                    member_of: list(&b.member_of),
                    not_member_of: list(&b.not_member_of),
                    supported_by: list(&b.supported_by),
                    collaborating_with: list(&b.collaborating_with),
                    powers: b.powers,
                },
                victims: match &p.trigger.on {
                    Victim::These(keys) => Some(list(keys)),
                    _ => None,
                },
                any_victim: p.trigger.on == Victim::Any,
                area: p.area.as_ref().and_then(|a| area_ref(world, k, a)),
                object_area: p.object_area.as_ref().and_then(|a| area_ref(world, k, a)),
                requires: p.requires.iter().filter_map(|f| fact_ref(world, f)).collect(),
                unless: p.unless.iter().filter_map(|f| fact_ref(world, f)).collect(),
                evidence,
                visible,
            });
        }
    }

    /// Sorts the columns and builds the two indexes.
    fn index(&mut self) {
        let s = &mut self.spells;
        s.rows.sort_by_key(|r| (r.instrument, r.party, r.period.begin.earliest, r.period.begin.latest));
        let n = self.world.records.instruments.len();
        s.by_instrument = vec![0; n + 1];
        for r in &s.rows {
            s.by_instrument[r.instrument.ix() + 1] += 1;
        }
        for i in 0..n {
            s.by_instrument[i + 1] += s.by_instrument[i];
        }
        let actors = self.world.records.actors.len();
        s.by_actor_start = vec![0; actors + 1];
        for r in &s.rows {
            s.by_actor_start[r.party.ix() + 1] += 1;
        }
        for i in 0..actors {
            s.by_actor_start[i + 1] += s.by_actor_start[i];
        }
        let mut order: Vec<u32> = (0..s.rows.len() as u32).collect();
        order.sort_by_key(|i| (s.rows[*i as usize].party, *i));
        s.by_actor = order;
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

    /// The rows of an organisation, bloc or class.
    pub fn members_of(&self, of: ActorId) -> &[MemberRef] {
        self.member_start.get(&of).map_or(&[], |(a, b)| &self.members[*a as usize..*b as usize])
    }

    /// Whether an actor belongs to an organisation, bloc or class on a day.
    pub fn member_on(&self, of: ActorId, actor: ActorId, on: Moment) -> (Tv, Option<&MemberRef>) {
        let mut best = (Tv::Not, None);
        for m in self.members_of(of).iter().filter(|m| m.member == actor && m.role == Role::Member) {
            let tv = m.period.holds(on);
            if tv > best.0 {
                best = (tv, Some(m));
            }
        }
        best
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

/// A fact in numbers; none if an argument names nothing.
pub fn fact_ref(world: &World, fact: &Fact) -> Option<FactRef> {
    let args = fact
        .args
        .iter()
        .map(|a| match a.as_str() {
            "beneficiary" => Some(Arg::Beneficiary),
            "debtor" => Some(Arg::Debtor),
            key => world
                .actor(key)
                .map(Arg::Actor)
                .or_else(|| world.instrument(key).map(Arg::Instrument))
                .or_else(|| world.place(key).map(Arg::Place)),
        })
        .collect::<Option<Vec<Arg>>>()?;
    Some(FactRef { kind: fact.kind, args })
}

fn area_ref(world: &World, k: &Knowledge, expr: &AreaExpr) -> Option<Area> {
    let part = |d: &Dated| -> Option<Part> {
        let cites = world.written_cites(&d.cite);
        let seen = world.cites_visible(&cites, k);
        let period = extent_known(world, k, &d.extent, seen)?;
        Some(Part { period, cites })
    };
    let owner = |w: &Whose| -> Option<Owner> {
        Some(match w {
            Whose::Actor(a) => Owner::Actor(world.actor(a)?),
            Whose::Beneficiary => Owner::Beneficiary,
            Whose::Debtor => Owner::Debtor,
            Whose::Parties => Owner::Parties,
        })
    };
    Some(match expr {
        AreaExpr::Place(p, d) => Area::Place(world.place(p)?, part(d)?),
        AreaExpr::Named(a, d) => Area::Named(world.area(a)?, part(d)?),
        AreaExpr::TerritoryOf(w, d) => Area::TerritoryOf(owner(w)?, part(d)?),
        AreaExpr::AdministeredBy(w, d) => Area::AdministeredBy(owner(w)?, part(d)?),
        AreaExpr::Any(list) => Area::Any(list.iter().filter_map(|e| area_ref(world, k, e)).collect()),
        AreaExpr::All(list) => {
            // A part not known yet makes the whole unknowable: keep it as "nowhere".
            Area::All(list.iter().map(|e| area_ref(world, k, e).unwrap_or(Area::Any(Vec::new()))).collect())
        }
        AreaExpr::Not(e) => Area::Not(Box::new(area_ref(world, k, e)?)),
    })
}
