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
mod rows;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::record::{Extent, Provision, Version};
use crate::terms::*;
use crate::time::{Day, Edtf, Moment, Period, Tv};
use crate::world::*;

use compile::area_ref;
pub use compile::fact_ref;
pub use rows::{
    Adversaries, Area, Arg, Clause, Coder, EndedBy, FactRef, Folded, Force, HoldKind, HoldRef, Knowledge,
    KnownFact, Lifting, MemberRef, Owner, Part, Sides, Spell, SpellColumns,
};

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

    /// The day up to which the list of parties is complete, as known: declared, or the last day covered by a data set that codes the
    /// instrument, since a data set lists every member of what it lists; none if the list is open.
    pub fn parties_complete(&self, id: InstrumentId) -> Option<Moment> {
        let world = self.world;
        let seen = world.visible(world.instrument_evidence(id), &self.knowledge) == Tv::Certain;
        let declared = world.records.instruments[id.ix()].parties_complete.as_ref().map(Edtf::moment);
        let covered = self.coders[id.ix()].iter().filter_map(|c| c.until).max();
        declared
            .into_iter()
            .chain(covered.map(|day| Moment::exact(day.prev())))
            .max_by_key(|m| m.latest)
            .filter(|_| seen)
    }

    /// Whether the list, with the acts that made it, is complete for the whole of that day; a list as of a year reaches to that year's first day only.
    pub fn parties_complete_on(&self, id: InstrumentId, on: Moment) -> bool {
        self.parties_complete(id).is_some_and(|c| c.earliest >= on.latest)
    }

    /// A data set that codes the instrument of a clause on that day and has no such clause for the pair, or has it on other
    /// conditions. A clause that anything but data sets tells of is not doubted so.
    pub fn coded_otherwise(&self, clause: &Clause, by: ActorId, to: ActorId, on: Moment) -> Option<SourceId> {
        let coders = &self.coders[clause.instrument.ix()];
        if coders.len() < 2 {
            return None;
        }
        let told_by =
            |c: &Clause, s: SourceId| self.world.evidence[c.evidence.ix()].cites.iter().any(|x| x.0 == s);
        let other_sources = self.world.evidence[clause.evidence.ix()].cites.iter().any(|c| {
            self.world.source_visible(c.0, &self.knowledge) != Tv::Not
                && !coders.iter().any(|d| d.source == c.0)
        });
        if other_sources {
            return None;
        }
        let alike = |c: &Clause| {
            let (p, q) = (self.provision(c), self.provision(clause));
            (p.act, p.modality, &p.trigger, &p.area, &p.requires, &p.unless, &p.content_unknown)
                == (q.act, q.modality, &q.trigger, &q.area, &q.requires, &q.unless, &q.content_unknown)
                && c.owed_by(by)
                && c.owed_to(to)
                && c.periods.iter().any(|p| p.holds(on) != Tv::Not)
        };
        let silent = |d: &&Coder| {
            d.until.is_none_or(|day| on.earliest < day)
                && !self.clauses_of(clause.instrument).iter().any(|c| told_by(c, d.source) && alike(c))
        };
        coders.iter().find(silent).map(|d| d.source)
    }

    /// Whether a day is one of which the sources of the instruments speak at all: not, where all of them are data sets whose days are
    /// over by then, or had not begun.
    pub fn covers(&self, on: Moment) -> bool {
        let coded = |i: &usize| {
            self.until[*i].is_some_and(|day| day <= on.earliest)
                || !self.coders[*i].is_empty()
                    && self.coders[*i].iter().all(|c| {
                        self.world.sources.covers[c.source.ix()].is_some_and(|(first, _)| on.latest < first)
                    })
        };
        let mut known = (0..self.made.len()).filter(|i| self.made[*i].is_some()).peekable();
        known.peek().is_none() || !known.all(|i| coded(&i))
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
        self.parties_complete(self.constituent(of)?)
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
    let period = extent_known(world, k, extent, world.visible(row, k))?;
    // What is open is open no longer than the data sets cover that tell of it.
    match world.covered(row, k).filter(|_| period.end == Moment::OPEN_END) {
        Some(day) if period.begin.latest < day => {
            Period::new(period.begin, Moment { earliest: day, latest: Moment::OPEN_END.latest })
        }
        _ => Some(period),
    }
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
