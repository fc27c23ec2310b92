//! Casus foederis, goal-directed (W1): X attacks Y; who must act, round by round, and by which clause.
//!
//! In: a [`World`] and a [`Query`]. Out: [`Hit`]s, and on request the [`Evidence`] of each. What always holds: a hit appears once;
//! evidence comes from the tests that decided and not from a second run; an [`Asker`] remembers nothing from one question to the
//! next but its allocations.
//!
//! Why a clause is visited at most twice: a defence clause binds its debtors as soon as *some* target is covered by it and
//! *some* attacker is accepted by it, and these two tests do not depend on each other. Once both hold it fires, all its
//! debtors join a side, and it has nothing left to say in later rounds.

use crate::checksum::{Checksum, f};
use crate::day::Day;
use crate::tables::Query;
use crate::world::{Clause, Entry, Pledge, World};

/// What a hit obliges to. The numbers are those of the checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Support the state attacked.
    Defend = 1,
    /// Support the attacker.
    JoinAttack = 2,
    /// Stay out.
    Neutral = 3,
    /// Consult.
    Consult = 4,
    /// Use no force against the state attacked.
    Refrain = 5,
    /// The attacker promised not to.
    Breach = 6,
}

/// One duty: in a round, of a state, by a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// The round, from 1.
    pub round: u8,
    /// What it obliges to.
    pub kind: Kind,
    /// Who is obliged.
    pub state: u16,
    /// The clause's number in the tables.
    pub clause: u32,
}

/// Why a hit holds, beside its ground: the rows that decided about the debtor, as indexes into the world's columns. 12 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its ground: a position in [`Proven::grounds`].
    pub ground: u32,
    /// The row by which the debtor is party.
    pub debtor_row: u32,
    /// The spell in which the debtor belongs to the system.
    pub debtor_spell: u32,
}

/// What all debtors of one clause share in one round: the rows that decided about the clause and the beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The clause.
    pub clause: u32,
    /// Its phase.
    pub phase: u32,
    /// The row by which the beneficiary is party.
    pub beneficiary_row: u32,
    /// The spell in which the beneficiary belongs to the system.
    pub beneficiary_spell: u32,
    /// The tests passed: bit n is test n of `docs/bench.md`.
    pub tests: u32,
}

/// Hits with the evidence of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proven {
    /// The hits, each with its evidence.
    pub hits: Vec<(Hit, Evidence)>,
    /// What several of them share.
    pub grounds: Vec<Ground>,
}

/// Takes the hits as they are found. The silent witness keeps no evidence and costs nothing.
trait Witness {
    /// Where the ground of the hits that follow will stand.
    fn next_ground(&self) -> u32;

    /// One hit: its ground, and the rows about its debtor.
    fn hit(&mut self, hit: Hit, evidence: Evidence);

    /// Takes the ground of the hits since `at` was given out, if there were any.
    fn ground(&mut self, at: u32, ground: impl FnOnce() -> Ground);
}

impl Witness for Vec<Hit> {
    #[inline]
    fn next_ground(&self) -> u32 {
        0
    }

    #[inline]
    fn hit(&mut self, hit: Hit, _: Evidence) {
        self.push(hit);
    }

    #[inline]
    fn ground(&mut self, _: u32, _: impl FnOnce() -> Ground) {}
}

impl Witness for Proven {
    #[inline]
    fn next_ground(&self) -> u32 {
        self.grounds.len() as u32
    }

    #[inline]
    fn hit(&mut self, hit: Hit, evidence: Evidence) {
        self.hits.push((hit, evidence));
    }

    #[inline]
    fn ground(&mut self, at: u32, ground: impl FnOnce() -> Ground) {
        if self.hits.last().is_some_and(|(_, e)| e.ground == at) {
            self.grounds.push(ground());
        }
    }
}

/// The beneficiary's side of a clause, found to hold.
#[derive(Clone, Copy)]
struct Covered {
    clause: u32,
    row: u32,
    spell: u32,
}

/// All tests of a link and of its application.
const ALL_TESTS: u32 = 0b11_1111_1110;
/// The tests of a link alone, for promises that do not look at the adversary.
const LINK_TESTS: u32 = 0b11_1110;

const OUTSIDE: u8 = 0;
const ATTACKING: u8 = 1;
const DEFENDING: u8 = 2;
const FROZEN: u8 = 3;

/// Answers questions of one world, one after the other, reusing its memory.
pub struct Asker<'w> {
    world: &'w World,
    /// The side of each state; reset through `touched`.
    side: Vec<u8>,
    /// What has called a candidate in this round: 1 a defence clause, 2 an offence clause.
    called: Vec<u8>,
    touched: Vec<u16>,
    candidates: Vec<u16>,
    attackers: Vec<u16>,
    targets: Vec<u16>,
    /// Whether a clause's beneficiary side has been found to hold; reset through `seen`.
    covered: Vec<bool>,
    seen: Vec<u32>,
    waiting: [Vec<Covered>; 2],
    fresh: Vec<Covered>,
}

/// What stays the same during one question.
#[derive(Clone, Copy)]
struct Setting {
    day: Day,
    known: Day,
    attacker: u16,
    target: u16,
    /// The place of the first attack and all it lies in.
    place: u64,
}

impl<'w> Asker<'w> {
    /// An asker of a world.
    pub fn new(world: &'w World) -> Asker<'w> {
        Asker {
            world,
            side: vec![OUTSIDE; world.states],
            called: vec![0; world.states],
            touched: Vec::new(),
            candidates: Vec::new(),
            attackers: Vec::new(),
            targets: Vec::new(),
            covered: vec![false; world.clauses.len()],
            seen: Vec::new(),
            waiting: [Vec::new(), Vec::new()],
            fresh: Vec::new(),
        }
    }

    /// Answers one question into `out`, which is not cleared. States the world does not have are owed nothing.
    pub fn hits(&mut self, q: &Query, out: &mut Vec<Hit>) {
        self.ask(q, out);
    }

    /// The same with the evidence of each hit.
    pub fn hits_with_evidence(&mut self, q: &Query, out: &mut Proven) {
        self.ask(q, out);
    }

    fn ask(&mut self, q: &Query, out: &mut impl Witness) {
        let known_states = self.world.states as u32;
        if q.attacker >= known_states || q.target >= known_states || q.attacker == q.target {
            return;
        }
        let at = Setting {
            day: q.date,
            known: q.known,
            attacker: q.attacker as u16,
            target: q.target as u16,
            place: self.world.lineage_of(q.region),
        };
        self.take(at.attacker, ATTACKING);
        self.take(at.target, DEFENDING);
        self.attackers.push(at.attacker);
        self.targets.push(at.target);
        self.standing(at, out);
        self.cascade(at, q.depth.min(255) as u8, out);
        for s in self.touched.drain(..) {
            self.side[usize::from(s)] = OUTSIDE;
        }
        for c in self.seen.drain(..) {
            self.covered[c as usize] = false;
        }
        self.attackers.clear();
        self.targets.clear();
        self.waiting[0].clear();
        self.waiting[1].clear();
    }

    fn take(&mut self, state: u16, side: u8) {
        self.side[usize::from(state)] = side;
        self.touched.push(state);
    }

    /// Tests 1 to 4 for the beneficiary: known, in force, party and in the system, named if the clause names any.
    #[inline]
    fn covers(&self, entry: &Entry, state: u16, at: Setting) -> Option<Covered> {
        if entry.begin > at.day || at.day >= entry.end {
            return None;
        }
        let w = self.world;
        let c = &w.clauses[entry.clause as usize];
        if !c.known(at.known) || !w.admits(c, 1, state) {
            return None;
        }
        let row = w.active(entry.party as usize, at.day, at.known)?;
        let spell = w.in_system(state, at.day)?;
        Some(Covered { clause: entry.clause, row, spell })
    }

    /// Tests 6 to 8: whether a clause holds against a state.
    #[inline]
    fn holds_against(&self, c: &Clause, enemy: u16, at: Setting) -> bool {
        let w = self.world;
        w.against(c, enemy) && (c.intra || !w.member(c, enemy, at.day, at.known))
    }

    /// Tests 3 to 5 for the debtors, each that stands outside, or the one asked for.
    #[inline]
    fn debtors(
        &mut self,
        found: Covered,
        at: Setting,
        round: u8,
        kind: Kind,
        tests: u32,
        out: &mut impl Witness,
    ) {
        let w = self.world;
        let c = &w.clauses[found.clause as usize];
        let ground = out.next_ground();
        for p in c.party_range() {
            let z = w.party_state[p];
            let wanted =
                if kind == Kind::Breach { z == at.attacker } else { self.side[usize::from(z)] == OUTSIDE };
            if !wanted || !w.admits(c, 0, z) {
                continue;
            }
            let Some(row) = w.active(p, at.day, at.known) else { continue };
            let Some(spell) = w.in_system(z, at.day) else { continue };
            if w.reserved(c, z, at.day) {
                continue;
            }
            let hit = Hit { round, kind, state: z, clause: c.id };
            out.hit(hit, Evidence { ground, debtor_row: row, debtor_spell: spell });
            if kind <= Kind::JoinAttack {
                let called = &mut self.called[usize::from(z)];
                if *called == 0 {
                    self.candidates.push(z);
                }
                *called |= kind as u8;
            }
        }
        out.ground(ground, || Ground {
            clause: found.clause,
            phase: c.phase,
            beneficiary_row: found.row,
            beneficiary_spell: found.spell,
            tests,
        });
    }

    /// What the first attack alone calls for: neutrality, consultation, restraint; and the attacker's own breach.
    fn standing(&mut self, at: Setting, out: &mut impl Witness) {
        let w = self.world;
        for entry in w.clauses_of(at.target, Pledge::Neutrality) {
            let Some(found) = self.covers(entry, at.target, at) else { continue };
            if self.spares_target(found, at) {
                self.debtors(found, at, 1, Kind::Neutral, ALL_TESTS, out);
            }
        }
        for entry in w.clauses_of(at.attacker, Pledge::Neutrality) {
            let c = &w.clauses[entry.clause as usize];
            if !c.any {
                continue;
            }
            let Some(found) = self.covers(entry, at.attacker, at) else { continue };
            if !c.reaches(at.place) || !self.holds_against(c, at.target, at) {
                continue;
            }
            // The same debtors may owe it to both sides; then the row stands already.
            let own = c.party_range().find(|p| w.party_state[*p] == at.target);
            let both = own
                .and_then(|p| self.covers(&Entry { party: p as u32, ..*entry }, at.target, at))
                .is_some_and(|target| self.spares_target(target, at));
            if !both {
                self.debtors(found, at, 1, Kind::Neutral, ALL_TESTS, out);
            }
        }
        for entry in w.clauses_of(at.target, Pledge::Consultation) {
            let Some(found) = self.covers(entry, at.target, at) else { continue };
            if self.spares_target(found, at) {
                self.debtors(found, at, 1, Kind::Consult, ALL_TESTS, out);
            }
        }
        for entry in w.clauses_of(at.target, Pledge::Nonaggression) {
            let Some(found) = self.covers(entry, at.target, at) else { continue };
            self.debtors(found, at, 1, Kind::Refrain, LINK_TESTS, out);
            self.debtors(found, at, 1, Kind::Breach, LINK_TESTS, out);
        }
    }

    /// Tests 6 to 9 of a clause that covers the target, against the attacker.
    fn spares_target(&self, found: Covered, at: Setting) -> bool {
        let c = &self.world.clauses[found.clause as usize];
        c.reaches(at.place) && self.holds_against(c, at.attacker, at)
    }

    /// Who is drawn in by those drawn in before.
    fn cascade(&mut self, at: Setting, depth: u8, out: &mut impl Witness) {
        let (mut old_attackers, mut old_targets) = (0, 0);
        for round in 1..=depth {
            if old_attackers == self.attackers.len() && old_targets == self.targets.len() {
                break;
            }
            self.fire(at, round, Kind::Defend, old_attackers, old_targets, out);
            self.fire(at, round, Kind::JoinAttack, old_attackers, old_targets, out);
            (old_attackers, old_targets) = (self.attackers.len(), self.targets.len());
            for i in 0..self.candidates.len() {
                let z = self.candidates[i];
                let side = match std::mem::take(&mut self.called[usize::from(z)]) {
                    1 => {
                        self.targets.push(z);
                        DEFENDING
                    }
                    2 => {
                        self.attackers.push(z);
                        ATTACKING
                    }
                    _ => FROZEN,
                };
                self.take(z, side);
            }
            self.candidates.clear();
        }
    }

    /// Fires the defence (or offence) clauses that a new attacker or a new target completes.
    fn fire(
        &mut self,
        at: Setting,
        round: u8,
        kind: Kind,
        old_attackers: usize,
        old_targets: usize,
        out: &mut impl Witness,
    ) {
        let w = self.world;
        let defend = kind == Kind::Defend;
        let pledge = if defend { Pledge::Defense } else { Pledge::Offense };
        // Beneficiaries not yet looked at, and the enemies a waiting clause has not been held against.
        let new = if defend { old_targets..self.targets.len() } else { old_attackers..self.attackers.len() };
        let old_enemies = if defend { old_attackers } else { old_targets };
        let slot = usize::from(!defend);
        let mut waiting = std::mem::take(&mut self.waiting[slot]);
        waiting.retain(|found| {
            let ready = self.has_enemy(*found, at, defend, old_enemies);
            if ready {
                self.debtors(*found, at, round, kind, ALL_TESTS, out);
            }
            !ready
        });
        let mut fresh = std::mem::take(&mut self.fresh);
        for i in new {
            let state = if defend { self.targets[i] } else { self.attackers[i] };
            for entry in w.clauses_of(state, pledge) {
                // The entry's own days first: most clauses a state was ever under are out of force, and need not be looked at.
                if entry.begin > at.day || at.day >= entry.end || self.covered[entry.clause as usize] {
                    continue;
                }
                let Some(found) = self.covers(entry, state, at) else { continue };
                let c = &w.clauses[entry.clause as usize];
                // In a defence clause the place is that of the attack on the beneficiary; in an offence clause that of the enemy.
                if defend && !c.reaches(self.place_of(state, at)) {
                    continue;
                }
                self.covered[entry.clause as usize] = true;
                self.seen.push(entry.clause);
                fresh.push(found);
            }
        }
        for found in fresh.drain(..) {
            if self.has_enemy(found, at, defend, 0) {
                self.debtors(found, at, round, kind, ALL_TESTS, out);
            } else {
                waiting.push(found);
            }
        }
        self.fresh = fresh;
        self.waiting[slot] = waiting;
    }

    /// Whether some enemy, from the given one on, is one the clause holds against.
    fn has_enemy(&self, found: Covered, at: Setting, defend: bool, from: usize) -> bool {
        let c = &self.world.clauses[found.clause as usize];
        let enemies = if defend { &self.attackers } else { &self.targets };
        enemies[from..]
            .iter()
            .any(|e| (defend || c.reaches(self.place_of(*e, at))) && self.holds_against(c, *e, at))
    }

    /// Where a state is attacked: the first target where the question says, all others at home.
    fn place_of(&self, state: u16, at: Setting) -> u64 {
        if state == at.target { at.place } else { self.world.home[usize::from(state)] }
    }
}

/// The answer to a set of questions, as W1 states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Distinct rows.
    pub rows: u64,
    /// Rows by kind, [`Kind::Defend`] first.
    pub kinds: [u64; 6],
    /// Σ f((((qid 8 + round) 8 + kind) 4096 + state) 2¹⁸ + clause).
    pub checksum: Checksum,
}

impl Summary {
    /// Adds one question's hits.
    pub fn add(&mut self, qid: u32, hits: &[Hit]) {
        for h in hits {
            self.rows += 1;
            self.kinds[h.kind as usize - 1] += 1;
            let key =
                ((u64::from(qid) * 8 + u64::from(h.round)) * 8 + h.kind as u64) * 4096 + u64::from(h.state);
            self.checksum.add(f(key * 262_144 + u64::from(h.clause)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_as_small_as_promised() {
        assert_eq!((size_of::<Evidence>(), size_of::<Ground>()), (12, 20));
    }
}
