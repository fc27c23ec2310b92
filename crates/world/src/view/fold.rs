//! Folding: from dated acts to who was bound when.
//!
//! In: a world and a state of knowledge; each instrument's acts as known, in order of effect. Out: a [`Folded`]: the spells of each party, what lifts commitments, when the whole was in force. What
//! always holds: acts that end a spell come after those that begin it on the same day; an act only possibly known
//! widens bounds and never narrows them.

use super::*;
use crate::record::{ActionRow, Hold, Instrument, Key};

/// One party's entering or leaving, while its spells are being folded.
#[derive(Clone, Copy)]
struct Entry {
    at: Moment,
    evidence: EvidenceId,
    provisional: bool,
    disputed: bool,
}

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

    /// Folds one instrument's acts, in order of effect, into spells, liftings and clauses.
    fn fold(&mut self, world: &World, id: InstrumentId, list: &dyn Fn(&[Key]) -> Vec<ActorId>) {
        let ins = &world.records.instruments[id.ix()];
        let acts = &world.acts;
        let every_original = list(&ins.parties);
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

        // Who the original parties are is known from the instrument's own row, or from an act told of all of them.
        let row_seen = world.visible(world.instrument_evidence(id), &self.knowledge) != Tv::Not;
        let originals = if row_seen || seen.iter().any(|(row, ..)| row.by.is_empty()) {
            every_original
        } else {
            Vec::new()
        };
        let mut linked: Vec<ActorId> = originals.clone();
        for (row, ..) in &seen {
            if !matches!(row.act, Action::Objected | Action::Declared | Action::NotAParty) {
                linked.extend(list(&row.by));
            }
        }
        linked.sort_unstable();
        linked.dedup();
        let made = seen
            .iter()
            .filter(|s| s.0.act != Action::NotAParty)
            .map(|s| s.1)
            .min_by_key(|m| (m.earliest, m.latest));

        // When the whole began and ended.
        let ends_whole = |row: &ActionRow| row.by.is_empty() || row.by.len() >= linked.len();
        let mut begin: Option<(Moment, EvidenceId, bool)> = None;
        let mut end: Option<(Moment, EvidenceId, EndedBy)> = None;
        // What binds the original parties: an entry into force that names nobody, or all of them.
        let mut begin_all: Option<(Moment, EvidenceId, bool)> = None;
        let of_all = |row: &ActionRow| {
            row.by.is_empty()
                || !originals.is_empty()
                    && originals.iter().all(|o| row.by.iter().any(|k| world.actor(k) == Some(*o)))
        };
        for (row, _, eff, ev, tv) in &seen {
            if matches!(row.act, Action::EnteredIntoForce | Action::Concluded)
                && of_all(row)
                && begin_all.as_ref().is_none_or(|b| b.2)
            {
                begin_all = Some((doubt(*eff, *tv), *ev, false));
            }
            if row.act == Action::ProvisionallyApplied && of_all(row) && begin_all.is_none() {
                begin_all = Some((doubt(*eff, *tv), *ev, true));
            }
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
            end = notice_end(ins, &seen, linked.len());
        }
        for newer in &world.records.instruments {
            for (s, ev) in newer.supersedes.iter().zip(supersession_evidence(world, newer)) {
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
            if let (true, false, Some(b)) = (original, own_entry, &begin_all) {
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

        let outside = seen.iter().filter(|(row, ..)| row.act == Action::NotAParty);
        self.outsiders.push(
            outside
                .flat_map(|(row, on, _, ev, _)| list(&row.by).into_iter().map(|a| (a, *on, *ev)))
                .collect(),
        );
        self.clause_start.push(self.clauses.len() as u32);
        self.compile(world, id, ins, list);
        self.liftings.push(liftings);
        self.force.push(force);
        self.made.push(made);
        for a in &linked {
            self.instruments_of[a.ix()].push(id);
        }
        self.linked.push(linked);
    }
}

/// The end that a notice brings about when no later act records it: notice plus the term's notice period, unless
/// it was withdrawn. One party's notice ends an instrument of two.
fn notice_end(
    ins: &Instrument,
    seen: &[(&ActionRow, Moment, Moment, EvidenceId, Tv)],
    parties: usize,
) -> Option<(Moment, EvidenceId, EndedBy)> {
    let term = ins.term.as_ref()?;
    let recorded =
        seen.iter().any(|(r, ..)| matches!(r.act, Action::Withdrew | Action::Terminated | Action::Expired));
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

fn supersession_evidence<'w>(world: &'w World, newer: &Instrument) -> &'w [EvidenceId] {
    world.instrument(&newer.id).map_or(&[], |i| &world.supersession_evidence[i.ix()])
}
