//! What changed from one year-end to the next (W5): links that began and links that ended.
//!
//! In: a [`World`] and a [`Grid`] whose dates follow each other. Out: counts and a checksum over (clause, debtor, beneficiary). What
//! always holds: nothing is compared state by state; a link's dates are one word, and a change is where it differs from itself
//! moved on by one.

use crate::checksum::{Checksum, f, times};
use crate::grid::{Bits, Grid};
use crate::world::World;

/// What changed, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Links that hold at a date and did not at the one before.
    pub added: u64,
    /// Links that do not hold at a date and did at the one before.
    pub removed: u64,
    /// Σ f(((y 2 + sign) 4096 + A) 4096 + B) f(clause), sign 1 if added.
    pub checksum: Checksum,
}

/// Compares each date but the first with the one before it; the first date is the end of `first_year`.
pub fn diff(world: &World, grid: &Grid, first_year: i32) -> Summary {
    let mut out = Summary::default();
    let compared = Bits::range(1, grid.dates.len());
    let mut owes = Vec::new();
    let mut owed = Vec::new();
    for (i, c) in world.clauses.iter().enumerate() {
        let stands = grid.clause[i];
        if stands.is_empty() {
            continue;
        }
        owes.clear();
        owed.clear();
        for p in c.party_range() {
            let state = u64::from(world.party_state[p]);
            owes.push((state, grid.owes(world, c, p).and(stands)));
            owed.push((state, grid.owed(world, c, p)));
        }
        let of_clause = f(u64::from(c.id));
        for (a, debtor) in &owes {
            if debtor.is_empty() {
                continue;
            }
            for (b, beneficiary) in &owed {
                let link = debtor.and(*beneficiary);
                if a == b || link.is_empty() {
                    continue;
                }
                let before = link.later();
                let mut change = |bits: Bits, sign: u64| {
                    let mut n = 0;
                    bits.and(compared).each(|date| {
                        let year = (first_year + date as i32) as u64;
                        out.checksum.add(times(f(((year * 2 + sign) * 4096 + a) * 4096 + b), of_clause));
                        n += 1;
                    });
                    n
                };
                let added = change(link.but(before), 1);
                let removed = change(before.but(link), 0);
                out.added += added;
                out.removed += removed;
            }
        }
    }
    out
}
