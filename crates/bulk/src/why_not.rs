//! Why a state is not bound (W7): for each state, the test that stopped the clause that came nearest.
//!
//! In: a [`World`] and a [`Query`], whose depth does not matter. Out: a reason for each state of the system but the two sides. What
//! always holds: tests are taken in one order, the first that fails is the clause's reason, and a state's reason is the latest of
//! all its clauses'.

use crate::checksum::{Checksum, f};
use crate::tables::Query;
use crate::world::{Pledge, World};

/// Reasons by number, as in the checksum; 0 means that no clause links the two.
pub const REASONS: [&str; 10] = [
    "no clause",
    "clause not known",
    "phase not in force",
    "not a member",
    "beneficiary not a member",
    "reservation",
    "attacker is a member",
    "adversary not covered",
    "place not covered",
    "bound",
];

/// Answers questions of one world, one after the other, reusing its memory.
pub struct WhyNot<'w> {
    world: &'w World,
    reason: Vec<u8>,
}

impl<'w> WhyNot<'w> {
    /// An asker of a world.
    pub fn new(world: &'w World) -> WhyNot<'w> {
        WhyNot { world, reason: vec![0; world.states] }
    }

    /// Hands each state of the system but the two sides, with its reason, to `out`.
    pub fn ask(&mut self, q: &Query, mut out: impl FnMut(u16, u8)) {
        let w = self.world;
        if q.attacker as usize >= w.states || q.target as usize >= w.states {
            return;
        }
        let (x, y, day, known) = (q.attacker as u16, q.target as u16, q.date, q.known);
        let place = w.lineage_of(q.region);
        self.reason.fill(0);
        for entry in w.clauses_of(y, Pledge::Defense) {
            let c = &w.clauses[entry.clause as usize];
            if !w.admits(c, 1, y) {
                continue;
            }
            // The reason that does not depend on the debtor: before its own tests, or after them.
            let before = if !c.known(known) {
                1
            } else if !c.in_force(day) {
                2
            } else {
                0
            };
            let mut target_active = true;
            let mut after = 9;
            if before == 0 {
                target_active = w.active(entry.party as usize, day, known).is_some();
                after = if !c.intra && w.member(c, x, day, known) {
                    6
                } else if !w.against(c, x) {
                    7
                } else if !c.reaches(place) {
                    8
                } else {
                    9
                };
            }
            for p in c.party_range() {
                let z = w.party_state[p];
                let slot = usize::from(z);
                // A clause whose best outcome is no later than what stands changes nothing.
                let best = if before != 0 { before } else { after.max(5) };
                if self.reason[slot] >= best || !w.admits(c, 0, z) {
                    continue;
                }
                let reason = if before != 0 {
                    before
                } else if w.active(p, day, known).is_none() {
                    3
                } else if !target_active {
                    4
                } else if w.reserved(c, z, day) {
                    5
                } else {
                    after
                };
                self.reason[slot] = self.reason[slot].max(reason);
            }
        }
        for z in 0..w.states as u16 {
            if z != x && z != y && w.in_system(z, day).is_some() {
                out(z, self.reason[usize::from(z)]);
            }
        }
    }
}

/// The answer to a set of questions, as W7 states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// States by reason.
    pub reasons: [u64; 10],
    /// Σ f((qid 4096 + state) 16 + reason).
    pub checksum: Checksum,
}

impl Summary {
    /// Adds one state's reason.
    #[inline]
    pub fn add(&mut self, qid: u32, state: u16, reason: u8) {
        self.reasons[usize::from(reason)] += 1;
        self.checksum.add(f((u64::from(qid) * 4096 + u64::from(state)) * 16 + u64::from(reason)));
    }
}
