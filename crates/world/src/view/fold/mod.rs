//! Folding: from dated acts to who was bound when.
//!
//! In: a world and a state of knowledge. Out: a [`Folded`]: the spells of each party, what lifts commitments, when the whole was in
//! force. What always holds: an act only possibly known widens bounds and never narrows them; where all that is told of something
//! comes from data sets, an open end is open no longer than they cover; where two data sets tell of one instrument, each
//! is folded by itself and what only one of them has is contested.

mod acts;
mod codings;
mod liftings;
mod spells;

use super::*;
use crate::record::{Hold, Key};
use acts::Acts;

impl Folded {
    /// Folds the world's acts as known.
    pub fn new(world: &World, knowledge: Knowledge) -> Folded {
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

        let mut out = Folded {
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
            outsiders: Vec::new(),
            coders: Vec::new(),
            until: Vec::new(),
            knowledge: knowledge.clone(),
        };
        for i in 0..r.instruments.len() {
            out.fold(world, InstrumentId(i as u32), &list);
        }
        out.clause_start.push(out.clauses.len() as u32);
        out.third_party = out.clauses.iter().filter(|c| c.third_party()).map(|c| c.instrument).collect();
        out.third_party.dedup();
        out.index(world);
        out
    }

    /// Sorts the columns and builds the two indexes.
    fn index(&mut self, world: &World) {
        let s = &mut self.spells;
        s.rows.sort_by_key(|r| (r.instrument, r.party, r.period.begin.earliest, r.period.begin.latest));
        let n = world.records.instruments.len();
        s.by_instrument = vec![0; n + 1];
        for r in &s.rows {
            s.by_instrument[r.instrument.ix() + 1] += 1;
        }
        for i in 0..n {
            s.by_instrument[i + 1] += s.by_instrument[i];
        }
        let actors = world.records.actors.len();
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

    /// Folds one instrument's acts into spells, liftings and clauses.
    fn fold(&mut self, world: &World, id: InstrumentId, list: &dyn Fn(&[Key]) -> Vec<ActorId>) {
        let row = world.instrument_evidence(id);
        let all = Acts::known(world, id, &self.knowledge);
        let (coders, until) = codings::coders(world, id, &self.knowledge);
        let mut force = all.force();
        let spells = if coders.len() < 2 {
            all.spells(&self.exists)
        } else {
            let alone = |c: &Coder| {
                let acts = Acts::known(world, id, &codings::alone(&self.knowledge, &coders, c.source));
                (acts.force(), acts.spells(&self.exists))
            };
            let (forces, each): (Vec<Vec<Force>>, Vec<Vec<Spell>>) = coders.iter().map(alone).unzip();
            // The whole lasted from the earliest beginning that a data set has to the latest end.
            let latest = |f: &&Force| (f.0.end.latest, f.0.end.earliest);
            if let (Some(f), Some(last)) = (force.first_mut(), forces.iter().flatten().max_by_key(latest)) {
                (f.0.end, f.2) = (last.0.end, last.2);
            }
            codings::agree(&coders, each)
        };
        if let Some(day) = until {
            for (period, _, end) in force.iter_mut().filter(|f| f.0.end == Moment::OPEN_END) {
                if period.begin.latest < day {
                    period.end = Moment { earliest: day, latest: Moment::OPEN_END.latest };
                    *end = Some((row, EndedBy::NotCovered));
                }
            }
        }
        self.spells.rows.extend(spells.into_iter().map(|mut s| {
            s.close_for_want_of_coverage(row);
            s
        }));
        self.clause_start.push(self.clauses.len() as u32);
        self.compile(world, id, &world.records.instruments[id.ix()], list);
        self.liftings.push(all.liftings());
        self.force.push(force);
        self.made.push(all.made);
        self.outsiders.push(all.outsiders());
        for a in &all.linked {
            self.instruments_of[a.ix()].push(id);
        }
        self.linked.push(all.linked);
        self.coders.push(coders);
        self.until.push(until);
    }
}

impl View<'_> {
    /// The spells of an instrument as one teller has them: a data set that codes it, or (none) everything that is no data set. An open
    /// end is open, whatever is covered.
    pub fn spells_told_by(&self, id: InstrumentId, teller: Option<SourceId>) -> Vec<Spell> {
        let others = self.coders[id.ix()].iter().map(|c| c.source).filter(|s| Some(*s) != teller);
        let mut without = self.knowledge.without.clone();
        without.extend(others);
        if teller.is_some() {
            without.extend(codings::plain(self.world, id, &self.knowledge));
        }
        let k = Knowledge { without, ..self.knowledge.clone() };
        Acts::known(self.world, id, &k).spells(&self.exists)
    }
}
