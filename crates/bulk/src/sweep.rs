//! The sweep of all ordered pairs (W2, W8, W9): if X attacks Y at home, who is bound to defend Y; for every X, Y and date.
//!
//! In: a [`World`] and a [`Grid`]. Out: counts and checksums over all (date, X, Y, Z), and over clauses too if wanted. What always
//! holds: the answer is that of asking `casus` once for every pair; the tests compare the two.
//!
//! How it is factored. For one date and one Y the clauses that cover Y bind the same states whoever X is, except that X itself
//! never counts, that most clauses do not hold against a party, and that some name adversaries. So there is one default set, and
//! for each X that is *special* the clauses it changes, its signature. States with one signature (the other members of one
//! alliance, say) share one set, computed once. The pairs with ordinary attackers are never walked: their checksum is a sum of
//! the polynomial `f` over an arithmetic family, in closed form from Σ1, ΣX and ΣX².

use crate::checksum::{B, Checksum, P, f, reduce, times};
use crate::grid::Grid;
use crate::world::{Clause, Pledge, World};

/// What the sweep adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Ordered pairs of states in the system, over all dates.
    pub pairs: u64,
    /// Sizes of the sets of states bound, added up.
    pub bound: u64,
    /// Σ f((y 4096 + X) 4096 + Y) f(Z).
    pub checksum: Checksum,
    /// The same with each clause counted; 0 if not asked for.
    pub bindings: u64,
    /// Σ f((y 4096 + X) 4096 + Y) f(Z 2¹⁸ + clause); 0 if not asked for.
    pub checksum_c: Checksum,
}

/// What a set of clauses binds, added up: states, Σ f(Z), bindings, Σ f(Z 2¹⁸ + clause).
#[derive(Clone, Copy, Default)]
struct Total {
    bound: u64,
    sum: u64,
    bindings: u64,
    sum_c: u64,
}

/// A clause on one date: stretches of the day's pools.
#[derive(Clone, Copy)]
struct Standing {
    clause: u32,
    /// Those who owe.
    debtors: (u32, u32),
    /// Those who, attacking, are members.
    members: (u32, u32),
    /// Whether it names adversaries it alone holds against.
    only: bool,
    intra: bool,
}

/// A signature already worked out for the present target.
struct Known {
    signature: (u32, u32),
    total: Total,
    /// The next one with the same first clause, an index plus one.
    next: u32,
}

/// Reusable memory of a sweep, and its tables that do not depend on the date.
struct Sweep<'a, const CLAUSES: bool> {
    world: &'a World,
    /// f(Z) for each state.
    of_state: Vec<u64>,
    debtors: Vec<u16>,
    members: Vec<u16>,
    standing: Vec<Standing>,
    /// Clauses that cover each state, as indexes into `standing`.
    covering: Vec<Vec<u32>>,
    covered: Vec<u16>,
    count: Vec<u32>,
    special: Vec<u16>,
    is_special: Vec<bool>,
    /// For each special state: the positions of the clauses it changes.
    signature: Vec<Vec<u16>>,
    /// For each special state: bindings of its own that remain, and their sum.
    own: Vec<(u32, u64)>,
    /// The position at which a state was last found to change a clause, plus one.
    changed_at: Vec<u32>,
    /// Σ f(Z 2¹⁸ + clause) and the number of bindings of each covering clause, by position.
    of_position: Vec<(u32, u64)>,
    known: Vec<Known>,
    first_known: Vec<u32>,
    signatures: Vec<u16>,
}

/// Sweeps all pairs at all dates of a grid whose first date is the end of `first_year` and whose others follow year by year.
/// `clauses` says whether bindings by clause are added up as well.
pub fn sweep(world: &World, grid: &Grid, first_year: i32, clauses: bool) -> Summary {
    // Two compiled forms, made here, so that what is not asked for is not there to be paid for.
    if clauses { run::<true>(world, grid, first_year) } else { run::<false>(world, grid, first_year) }
}

fn run<const CLAUSES: bool>(world: &World, grid: &Grid, first_year: i32) -> Summary {
    let n = world.states;
    let mut s = Sweep::<CLAUSES> {
        world,
        of_state: (0..n as u64).map(f).collect(),
        debtors: Vec::new(),
        members: Vec::new(),
        standing: Vec::new(),
        covering: vec![Vec::new(); n],
        covered: Vec::new(),
        count: vec![0; n],
        special: Vec::new(),
        is_special: vec![false; n],
        signature: vec![Vec::new(); n],
        own: vec![(0, 0); n],
        changed_at: vec![0; n],
        of_position: Vec::new(),
        known: Vec::new(),
        first_known: Vec::new(),
        signatures: Vec::new(),
    };
    let by_date = clauses_by_date(world, grid, |c| c.pledge == Pledge::Defense);
    let mut out = Summary::default();
    for (date, clauses) in by_date.iter().enumerate() {
        let year = (first_year + date as i32) as u64;
        let in_system: Vec<u16> = (0..n as u16).filter(|z| grid.system[usize::from(*z)].has(date)).collect();
        s.stand(grid, date, clauses);
        let family = Family::of(&in_system);
        out.pairs += family.count * family.count.saturating_sub(1);
        for y in &in_system {
            if !s.covering[usize::from(*y)].is_empty() {
                s.target(grid, date, year, *y, &family, &mut out);
            }
        }
    }
    out
}

/// Clauses of interest that stand at each date, in the world's order.
pub(crate) fn clauses_by_date(world: &World, grid: &Grid, wanted: impl Fn(&Clause) -> bool) -> Vec<Vec<u32>> {
    let mut by_date = vec![Vec::new(); grid.dates.len()];
    for (i, c) in world.clauses.iter().enumerate() {
        if wanted(c) {
            grid.clause[i].each(|date| by_date[date].push(i as u32));
        }
    }
    by_date
}

/// The states of the system on a date, as the sums the closed form needs, mod P.
struct Family {
    count: u64,
    sum: u64,
    squares: u64,
}

impl Family {
    fn of(states: &[u16]) -> Family {
        let each = |power: u32| states.iter().map(|x| u64::from(*x).pow(power)).sum::<u64>();
        Family { count: states.len() as u64, sum: reduce(each(1)), squares: reduce(each(2)) }
    }

    /// Σ over the family of f(base + 4096 X): f is a polynomial over the field, so the sum is one in Σ1, ΣX and ΣX².
    fn sum_of_f(&self, base: u64) -> u64 {
        let a = reduce(base);
        let constant = times(f(a), reduce(self.count));
        let linear = times(times(reduce(2 * a + B), 4096), self.sum);
        let square = times(4096 * 4096, self.squares);
        reduce(constant + linear + square)
    }
}

impl<const CLAUSES: bool> Sweep<'_, CLAUSES> {
    /// Lays out the clauses that stand on a date, and which states each covers.
    fn stand(&mut self, grid: &Grid, date: usize, clauses: &[u32]) {
        let w = self.world;
        self.debtors.clear();
        self.members.clear();
        self.standing.clear();
        for y in self.covered.drain(..) {
            self.covering[usize::from(y)].clear();
        }
        let mut parties = (u32::MAX, u32::MAX);
        let (mut everyone, mut members) = ((0, 0), (0, 0));
        for clause in clauses {
            let c = &w.clauses[*clause as usize];
            // All clauses of an instrument come together: its parties are looked up once.
            if c.parties != parties {
                parties = c.parties;
                everyone.0 = self.debtors.len() as u32;
                members.0 = self.members.len() as u32;
                for p in c.party_range() {
                    let z = w.party_state[p];
                    let system = grid.system[usize::from(z)].has(date);
                    if system && grid.active[p].has(date) {
                        self.debtors.push(z);
                    }
                    if system && grid.attacking()[p].has(date) {
                        self.members.push(z);
                    }
                }
                everyone.1 = self.debtors.len() as u32;
                members.1 = self.members.len() as u32;
            }
            let mut debtors = everyone;
            if c.lists[0] > 0 || c.reservations.0 < c.reservations.1 {
                debtors.0 = self.debtors.len() as u32;
                for i in everyone.0..everyone.1 {
                    let z = self.debtors[i as usize];
                    if w.admits(c, 0, z) && !w.reserved(c, z, grid.dates[date]) {
                        self.debtors.push(z);
                    }
                }
                debtors.1 = self.debtors.len() as u32;
            }
            let at = self.standing.len() as u32;
            self.standing.push(Standing {
                clause: *clause,
                debtors,
                members,
                only: c.lists[2] > 0,
                intra: c.intra,
            });
            for i in everyone.0..everyone.1 {
                let y = self.debtors[i as usize];
                if w.admits(c, 1, y) && c.reaches(w.home[usize::from(y)]) {
                    let covering = &mut self.covering[usize::from(y)];
                    if covering.is_empty() {
                        self.covered.push(y);
                    }
                    covering.push(at);
                }
            }
        }
    }

    fn key(&self, state: u16, clause: u32) -> u64 {
        f(u64::from(state) * 262_144 + u64::from(self.world.clauses[clause as usize].id))
    }

    /// All pairs with one target.
    fn target(&mut self, grid: &Grid, date: usize, year: u64, y: u16, family: &Family, out: &mut Summary) {
        let covering = std::mem::take(&mut self.covering[usize::from(y)]);
        let default = self.default_set(&covering, y);
        self.find_special(grid, date, &covering, y);
        let base = year * 4096 * 4096 + u64::from(y);
        // Ordinary attackers: all but the target and the special ones.
        let ordinary = family.count - 1 - self.special.len() as u64;
        let mut walked = f(base + 4096 * u64::from(y));
        for i in 0..self.special.len() {
            let x = self.special[i];
            let pair = f(base + 4096 * u64::from(x));
            walked += pair;
            let total = self.total_for(&covering, x, y, default);
            let (own_n, own_sum) = std::mem::take(&mut self.own[usize::from(x)]);
            let own = u64::from(own_n > 0);
            out.bound += total.bound - own;
            out.checksum.add(times(pair, reduce(total.sum - own * self.of_state[usize::from(x)])));
            if CLAUSES {
                out.bindings += total.bindings - u64::from(own_n);
                out.checksum_c.add(times(pair, reduce(total.sum_c - own_sum)));
            }
            self.is_special[usize::from(x)] = false;
            self.signature[usize::from(x)].clear();
        }
        let pairs = reduce(family.sum_of_f(base) + P - reduce(walked));
        out.bound += ordinary * default.bound;
        out.checksum.add(times(pairs, reduce(default.sum)));
        if CLAUSES {
            out.bindings += ordinary * default.bindings;
            out.checksum_c.add(times(pairs, reduce(default.sum_c)));
        }
        // Leave the memory as it was found.
        for at in &covering {
            let s = self.standing[*at as usize];
            for z in &self.debtors[s.debtors.0 as usize..s.debtors.1 as usize] {
                self.count[usize::from(*z)] = 0;
            }
        }
        self.special.clear();
        self.known.clear();
        self.signatures.clear();
        self.covering[usize::from(y)] = covering;
    }

    /// What binds whoever attacks, as long as nobody special does. Leaves in `count` how many clauses bind each state.
    fn default_set(&mut self, covering: &[u32], y: u16) -> Total {
        let mut total = Total::default();
        self.of_position.clear();
        self.first_known.clear();
        self.first_known.resize(covering.len(), 0);
        for at in covering {
            let s = self.standing[*at as usize];
            let (mut n, mut sum) = (0, 0);
            for i in s.debtors.0..s.debtors.1 {
                let z = self.debtors[i as usize];
                if z == y {
                    continue;
                }
                if CLAUSES {
                    n += 1;
                    sum += self.key(z, s.clause);
                }
                if !s.only {
                    let count = &mut self.count[usize::from(z)];
                    if *count == 0 {
                        total.bound += 1;
                        total.sum += self.of_state[usize::from(z)];
                    }
                    *count += 1;
                }
            }
            if !s.only {
                total.bindings += u64::from(n);
                total.sum_c += sum;
            }
            self.of_position.push((n, sum));
        }
        total
    }

    /// Finds the attackers for whom the set differs: the clauses each takes away or brings in, and what it owes itself.
    fn find_special(&mut self, grid: &Grid, date: usize, covering: &[u32], y: u16) {
        let w = self.world;
        for (position, at) in covering.iter().enumerate() {
            let s = self.standing[*at as usize];
            let c = &w.clauses[s.clause as usize];
            let mark = position as u32 + 1;
            let members = &self.members[s.members.0 as usize..s.members.1 as usize];
            let in_system = |x: &&u16| **x != y && grid.system[usize::from(**x)].has(date);
            let mut change = |x: u16| {
                let slot = usize::from(x);
                if self.changed_at[slot] != mark {
                    self.changed_at[slot] = mark;
                    self.signature[slot].push(position as u16);
                    if !self.is_special[slot] {
                        self.is_special[slot] = true;
                        self.special.push(x);
                    }
                }
            };
            if s.only {
                // It is not in the default set: those it names bring it in.
                let except = w.list(c, 3);
                for x in w.list(c, 2).iter().filter(in_system) {
                    if !except.contains(x) && (s.intra || !members.contains(x)) {
                        change(*x);
                    }
                }
            } else {
                if !s.intra {
                    members.iter().filter(|x| **x != y).for_each(|x| change(*x));
                }
                w.list(c, 3).iter().filter(in_system).for_each(|x| change(*x));
            }
            // A debtor that attacks and whom the clause does not exclude is in the set, where it does not count.
            for i in s.debtors.0..s.debtors.1 {
                let x = self.debtors[i as usize];
                let slot = usize::from(x);
                if x == y || (self.changed_at[slot] == mark) != s.only {
                    continue;
                }
                if !self.is_special[slot] {
                    self.is_special[slot] = true;
                    self.special.push(x);
                }
                let (n, sum) = self.own[slot];
                let value = if CLAUSES { self.key(x, s.clause) } else { 0 };
                self.own[slot] = (n + 1, sum + value);
            }
        }
        // Positions are marks for this target only.
        for x in &self.special {
            self.changed_at[usize::from(*x)] = 0;
        }
    }

    /// What binds if `x` attacks, itself included: worked out once for each signature.
    fn total_for(&mut self, covering: &[u32], x: u16, y: u16, default: Total) -> Total {
        let signature = std::mem::take(&mut self.signature[usize::from(x)]);
        let total = self.total_of(covering, &signature, y, default);
        self.signature[usize::from(x)] = signature;
        total
    }

    fn total_of(&mut self, covering: &[u32], signature: &[u16], y: u16, default: Total) -> Total {
        let Some(first) = signature.first() else { return default };
        let mut next = self.first_known[usize::from(*first)];
        while next > 0 {
            let known = &self.known[next as usize - 1];
            if self.signatures[known.signature.0 as usize..known.signature.1 as usize] == *signature {
                return known.total;
            }
            next = known.next;
        }
        let mut total = default;
        for position in signature {
            let s = self.standing[covering[usize::from(*position)] as usize];
            let (n, sum) = self.of_position[usize::from(*position)];
            for z in self.debtors[s.debtors.0 as usize..s.debtors.1 as usize].iter().filter(|z| **z != y) {
                let count = &mut self.count[usize::from(*z)];
                if s.only {
                    if *count == 0 {
                        total.bound += 1;
                        total.sum += self.of_state[usize::from(*z)];
                    }
                    *count += 1;
                } else {
                    *count -= 1;
                    if *count == 0 {
                        total.bound -= 1;
                        total.sum -= self.of_state[usize::from(*z)];
                    }
                }
            }
            if s.only {
                total.bindings += u64::from(n);
                total.sum_c += sum;
            } else {
                total.bindings -= u64::from(n);
                total.sum_c -= sum;
            }
        }
        for position in signature {
            let s = self.standing[covering[usize::from(*position)] as usize];
            for z in self.debtors[s.debtors.0 as usize..s.debtors.1 as usize].iter().filter(|z| **z != y) {
                let count = &mut self.count[usize::from(*z)];
                *count = if s.only { *count - 1 } else { *count + 1 };
            }
        }
        let from = self.signatures.len() as u32;
        self.signatures.extend(signature);
        let head = &mut self.first_known[usize::from(*first)];
        self.known.push(Known { signature: (from, self.signatures.len() as u32), total, next: *head });
        *head = self.known.len() as u32;
        total
    }
}
