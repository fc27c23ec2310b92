//! What if one treaty were denounced (W10): for each instrument, the bindings that rest on it alone.
//!
//! In: a [`World`] and a [`Grid`] of one date. Out: for each instrument with any, how many (X, Y, Z) of the sweep vanish without it.
//! What always holds: the base is not copied and nothing is swept again for each instrument: a binding is counted for the one
//! instrument that supports it, where there is only one.

use crate::checksum::{Checksum, f, times};
use crate::grid::Grid;
use crate::sweep::clauses_by_date;
use crate::world::{Pledge, World};

/// The instruments on which something rests alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Instrument number and how many bound (X, Y, Z) vanish without it, where any do, by number.
    pub lost: Vec<(u32, u64)>,
}

impl Summary {
    /// Σ lost.
    pub fn total(&self) -> u64 {
        self.lost.iter().map(|(_, n)| n).sum()
    }

    /// Σ f(instrument) f(lost).
    pub fn checksum(&self) -> Checksum {
        let mut sum = Checksum::default();
        for (instrument, n) in &self.lost {
            sum.add(times(f(u64::from(*instrument)), f(*n)));
        }
        sum
    }
}

/// A clause on the date, for one target.
struct Standing<'w> {
    clause: &'w crate::world::Clause,
    /// Stretch of the pool: those who owe.
    debtors: (usize, usize),
}

/// Counts what rests on each instrument alone at the grid's first date.
pub fn denounced(world: &World, grid: &Grid) -> Summary {
    let by_date = clauses_by_date(world, grid, |c| c.pledge == Pledge::Defense);
    let (Some(clauses), Some(day)) = (by_date.first(), grid.dates.first()) else { return Summary::default() };
    let n = world.states;
    let in_system: Vec<u16> = (0..n as u16).filter(|z| grid.system[usize::from(*z)].has(0)).collect();
    let mut pool: Vec<u16> = Vec::new();
    let mut covering: Vec<Vec<Standing<'_>>> = (0..n).map(|_| Vec::new()).collect();
    for i in clauses {
        let c = &world.clauses[*i as usize];
        let from = pool.len();
        for p in c.party_range() {
            let z = world.party_state[p];
            if grid.active[p].has(0)
                && grid.system[usize::from(z)].has(0)
                && world.admits(c, 0, z)
                && !world.reserved(c, z, *day)
            {
                pool.push(z);
            }
        }
        let debtors = (from, pool.len());
        for p in c.party_range() {
            let y = world.party_state[p];
            if grid.owed(world, c, p).has(0) && c.reaches(world.home[usize::from(y)]) {
                covering[usize::from(y)].push(Standing { clause: c, debtors });
            }
        }
    }
    let mut lost = vec![0_u64; world.clauses.iter().map(|c| c.instrument as usize + 1).max().unwrap_or(0)];
    let mut per_state = PerState { support: vec![0; n], touched: Vec::new() };
    let mut special = vec![false; n];
    for y in &in_system {
        let covering = &covering[usize::from(*y)];
        let mut names: Vec<u16> = Vec::new();
        let mut note = |x: u16| {
            if x != *y
                && grid.system[usize::from(x)].has(0)
                && !std::mem::replace(&mut special[usize::from(x)], true)
            {
                names.push(x);
            }
        };
        for s in covering {
            let c = s.clause;
            c.party_range().filter(|p| grid.attacking()[*p].has(0)).for_each(|p| note(world.party_state[p]));
            world.list(c, 2).iter().chain(world.list(c, 3)).for_each(|x| note(*x));
            pool[s.debtors.0..s.debtors.1].iter().for_each(|x| note(*x));
        }
        let ordinary = in_system.len() as u64 - 1 - names.len() as u64;
        per_state.count(
            covering.iter().filter(|s| s.clause.lists[2] == 0),
            &pool,
            *y,
            *y,
            ordinary,
            &mut lost,
        );
        for x in names {
            special[usize::from(x)] = false;
            let holds = covering.iter().filter(|s| {
                let c = s.clause;
                let member =
                    || c.party_range().any(|p| world.party_state[p] == x && grid.attacking()[p].has(0));
                world.against(c, x) && (c.intra || !member())
            });
            per_state.count(holds, &pool, *y, x, 1, &mut lost);
        }
    }
    let lost = lost.into_iter().enumerate().filter(|(_, n)| *n > 0).map(|(i, n)| (i as u32, n)).collect();
    Summary { lost }
}

/// Which single instrument supports each state: 0 none, its number plus one, or [`SEVERAL`].
struct PerState {
    support: Vec<u32>,
    touched: Vec<u16>,
}

const SEVERAL: u32 = u32::MAX;

impl PerState {
    /// Adds to each instrument the states it alone binds, `times` over.
    fn count<'a, 'w: 'a>(
        &mut self,
        clauses: impl Iterator<Item = &'a Standing<'w>>,
        pool: &[u16],
        y: u16,
        x: u16,
        times: u64,
        lost: &mut [u64],
    ) {
        for s in clauses {
            let own = s.clause.instrument + 1;
            for z in &pool[s.debtors.0..s.debtors.1] {
                if *z == y || *z == x {
                    continue;
                }
                let support = &mut self.support[usize::from(*z)];
                if *support == 0 {
                    self.touched.push(*z);
                    *support = own;
                } else if *support != own {
                    *support = SEVERAL;
                }
            }
        }
        for z in self.touched.drain(..) {
            let support = std::mem::take(&mut self.support[usize::from(z)]);
            if support != SEVERAL {
                lost[support as usize - 1] += times;
            }
        }
    }
}
