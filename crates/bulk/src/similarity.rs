//! How alike two states' portfolios of alliances are (W4): S, weighted S, Scott's pi and Häge's kappa, all pairs, all years.
//!
//! In: a [`World`], a [`Grid`] of year-ends and the capabilities of the same years. Out: sums and a checksum over all pairs i < j.
//! What always holds: v(i,i) = 3; v(i,j) is 3 if a defence clause links the two in either direction, else 2 for neutrality or
//! nonaggression, else 1 for consultation, else 0; sums run over all N states of the system, the two included.
//!
//! With L1 = Σ|v_ik − v_jk|, L2 = Σ(v_ik − v_jk)², L1w = Σ cap_k |v_ik − v_jk|, s_x = Σ v_xk, q_x = Σ v_xk²:
//! S = 1 − 2 L1 / 3N (Signorino and Ritter 1999, absolute distance); Sw = 1 − 2 L1w / 3 Σcap;
//! pi = 1 − 2N L2 / (2N(q_i + q_j) − (s_i + s_j)²) (Scott 1955, squared distance, by Häge 2011);
//! kappa = 1 − N L2 / (N(q_i + q_j) − 2 s_i s_j) (Cohen 1968, squared distance, by Häge 2011).
//!
//! Only common ties are ever looked at: |x − y| = x + y − 2 min(x, y) and (x − y)² = x² + y² − 2xy, and min and product vanish
//! where either is 0. Three sums travel in one word: Σ cap min in the low half, Σ min and Σ product above it.

use crate::checksum::{B, Checksum, P, reduce};
use crate::grid::{Bits, Grid};
use crate::world::{Pledge, World};

/// What all pairs of all years add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Pairs.
    pub n: u64,
    /// Σ L1.
    pub l1: u64,
    /// Σ L2.
    pub l2: u64,
    /// Σ L1w, in parts per million.
    pub l1w: u64,
    /// Σ f((y 4096 + i) 4096 + j) f((L1 2¹⁵ + L2) 2²² + L1w).
    pub checksum: Checksum,
    /// Σ S.
    pub s: f64,
    /// Σ Sw.
    pub sw: f64,
    /// Σ pi.
    pub pi: f64,
    /// Σ kappa.
    pub kappa: f64,
}

/// The most states the packed sums allow: 9 N fits 16 bits.
const STATES: usize = 4096;

/// Adds up all pairs at all dates of a grid whose first date is the end of `first_year` and whose others follow year by year.
pub fn all_years(world: &World, grid: &Grid, first_year: i32) -> Summary {
    let ties = ties_by_date(world, grid);
    let mut out = Summary::default();
    let mut year = OneYear::default();
    let nothing = vec![0; world.states];
    for (date, ties) in ties.iter().enumerate() {
        let y = first_year + date as i32;
        let caps = world.capabilities(y).unwrap_or(&nothing);
        year.lay(world, grid, date, ties, caps);
        year.pairs(y as u64, &mut out);
    }
    out
}

/// A tie of two states, the first with the smaller number: v in bits 24 and 25, the states in 12 bits each below.
type Tie = u32;

/// All ties at each date, in the order of their states. A pair's ties are worked out once for all dates, as bits.
fn ties_by_date(world: &World, grid: &Grid) -> Vec<Vec<Tie>> {
    let mut by_date = vec![Vec::new(); grid.dates.len()];
    // For one state a: the dates of each tie with each b above it, strongest first; and which b have any.
    let mut of_pair = vec![[Bits::default(); 3]; world.states];
    let mut touched: Vec<u16> = Vec::new();
    for a in 0..world.states.min(STATES) as u16 {
        for pledge in [Pledge::Defense, Pledge::Neutrality, Pledge::Nonaggression, Pledge::Consultation] {
            let strength = match pledge {
                Pledge::Defense => 0,
                Pledge::Consultation => 2,
                _ => 1,
            };
            for entry in world.clauses_of(a, pledge) {
                let c = &world.clauses[entry.clause as usize];
                let stands = grid.clause[entry.clause as usize];
                if stands.is_empty() {
                    continue;
                }
                let plain = c.lists[0] == 0 && c.lists[1] == 0 && c.reservations.0 == c.reservations.1;
                let a_owes = grid.owes(world, c, entry.party as usize).and(stands);
                let a_owed = grid.owed(world, c, entry.party as usize).and(stands);
                if a_owes.is_empty() && a_owed.is_empty() {
                    continue;
                }
                for q in c.party_range() {
                    let b = world.party_state[q];
                    if b <= a {
                        continue;
                    }
                    let b_owed = grid.owed(world, c, q);
                    let link = if plain {
                        a_owes.and(b_owed)
                    } else {
                        a_owes.and(b_owed).or(a_owed.and(grid.owes(world, c, q)))
                    };
                    if link.is_empty() {
                        continue;
                    }
                    let slot = &mut of_pair[usize::from(b)];
                    if *slot == [Bits::default(); 3] {
                        touched.push(b);
                    }
                    slot[strength] = slot[strength].or(link);
                }
            }
        }
        touched.sort_unstable();
        for b in touched.drain(..) {
            let [three, two, one] = std::mem::take(&mut of_pair[usize::from(b)]);
            let pair = u32::from(a) << 12 | u32::from(b);
            three.each(|date| by_date[date].push(3 << 24 | pair));
            two.but(three).each(|date| by_date[date].push(2 << 24 | pair));
            one.but(three).but(two).each(|date| by_date[date].push(1 << 24 | pair));
        }
    }
    by_date
}

/// One year's ties and what is derived from them. States have ranks: their order among those in the system.
#[derive(Default)]
struct OneYear {
    /// State by rank.
    state: Vec<u16>,
    rank: Vec<u16>,
    cap: Vec<u32>,
    total_cap: u64,
    /// For each rank: those it has ties with, itself included, ascending: rank in the low 12 bits, v above.
    ties: Vec<u16>,
    /// Where each rank's ties begin; one more at the end.
    start: Vec<u32>,
    /// Where the part of each rank's ties begins that lies above the present rank.
    above: Vec<u32>,
    /// Σ v, Σ v², Σ cap v by rank, and the first two as floats.
    own_s: Vec<u32>,
    own_q: Vec<u32>,
    own_w: Vec<u32>,
    float_s: Vec<f64>,
    float_q: Vec<f64>,
    /// Σ cap min, Σ min and Σ product with the present rank, packed, by rank.
    common: Vec<u64>,
    /// L1, L2 and L1w of the present rank with those above it.
    l1: Vec<u32>,
    l2: Vec<u32>,
    l1w: Vec<u32>,
}

/// Low 12 bits of a tie: a state or a rank.
const LOW: u32 = 0xfff;

impl OneYear {
    fn lay(&mut self, world: &World, grid: &Grid, date: usize, ties: &[Tie], caps: &[u32]) {
        self.state.clear();
        self.rank.clear();
        self.rank.resize(STATES, 0);
        for s in 0..world.states.min(STATES) {
            if grid.system[s].has(date) {
                self.rank[s] = self.state.len() as u16;
                self.state.push(s as u16);
            }
        }
        let n = self.state.len();
        self.cap.clear();
        self.cap.extend(self.state.iter().map(|s| caps[usize::from(*s)]));
        self.total_cap = self.cap.iter().map(|c| u64::from(*c)).sum();
        // Each rank has a tie of 3 with itself, and each tie stands with both its ranks.
        self.own_s.clear();
        self.own_s.resize(n, 3);
        self.own_q.clear();
        self.own_q.resize(n, 9);
        self.own_w.clear();
        self.own_w.extend(self.cap.iter().map(|c| 3 * c));
        self.start.clear();
        self.start.resize(n + 1, 1);
        for tie in ties {
            let (a, b) = (self.rank_of(tie >> 12), self.rank_of(*tie));
            self.start[a] += 1;
            self.start[b] += 1;
            let v = tie >> 24;
            for (one, other) in [(a, b), (b, a)] {
                self.own_s[one] += v;
                self.own_q[one] += v * v;
                self.own_w[one] += v * self.cap[other];
            }
        }
        let mut at = 0;
        for start in &mut self.start {
            let length = *start;
            *start = at;
            at += length;
        }
        self.ties.clear();
        self.ties.resize(self.start[n] as usize, 0);
        // In the order of the smaller rank: what lies below a rank comes before itself, and itself before what lies above.
        self.above.clear();
        self.above.extend_from_slice(&self.start[..n]);
        let mut rest = ties.iter().peekable();
        for i in 0..n {
            self.push(i, i as u32 | 3 << 12);
            while let Some(tie) = rest.next_if(|tie| self.rank_of(**tie >> 12) == i) {
                let (v, b) = (tie >> 24, self.rank_of(*tie));
                self.push(i, b as u32 | v << 12);
                self.push(b, i as u32 | v << 12);
            }
        }
        self.above.copy_from_slice(&self.start[..n]);
        self.float_s.clear();
        self.float_s.extend(self.own_s.iter().map(|s| f64::from(*s)));
        self.float_q.clear();
        self.float_q.extend(self.own_q.iter().map(|q| f64::from(*q)));
    }

    #[inline]
    fn rank_of(&self, state: u32) -> usize {
        usize::from(self.rank[(state & LOW) as usize])
    }

    #[inline]
    fn push(&mut self, rank: usize, tie: u32) {
        let at = &mut self.above[rank];
        self.ties[*at as usize] = tie as u16;
        *at += 1;
    }

    fn pairs(&mut self, year: u64, out: &mut Summary) {
        let n = self.state.len();
        let count = n as f64;
        let of_s = 2.0 / (3.0 * count);
        let of_sw = 2.0 / (3.0 * self.total_cap as f64);
        self.common.resize(STATES, 0);
        for i in 0..n {
            self.add_common(i);
            let [l1, l2, l1w] = self.distances(i, n);
            let above = (n - i - 1) as u64;
            out.n += above;
            out.l1 += l1;
            out.l2 += l2;
            out.l1w += l1w;
            let base = (year * 4096 + u64::from(self.state[i])) * 4096;
            out.checksum.add(self.checksum(i, base));
            // S and Sw are linear in L1 and L1w, so their sums are too.
            out.s += above as f64 - of_s * l1 as f64;
            out.sw += above as f64 - of_sw * l1w as f64;
            let (pi, kappa) = self.corrected(i, count);
            out.pi += pi;
            out.kappa += kappa;
        }
    }

    /// Unpacks what rank i has in common with those above it into distances, and adds those up.
    fn distances(&mut self, i: usize, n: usize) -> [u64; 3] {
        let (s_i, q_i, w_i) = (self.own_s[i], self.own_q[i], self.own_w[i]);
        let own = self.own_s[i + 1..n].iter().zip(&self.own_q[i + 1..n]).zip(&self.own_w[i + 1..n]);
        let common = self.common[i + 1..n].iter_mut();
        let m = n - i - 1;
        self.l1.resize(m, 0);
        self.l2.resize(m, 0);
        self.l1w.resize(m, 0);
        let into = self.l1.iter_mut().zip(&mut self.l2).zip(&mut self.l1w);
        let mut sums = [0_u64; 3];
        // None of this can wrap: a distance is a sum of at most 4096 terms of at most 9, or of shares that fit by `World::build`.
        for (((s_j, q_j), w_j), (common, ((l1, l2), l1w))) in own.zip(common.zip(into)) {
            let packed = std::mem::take(common);
            *l1 = s_i.wrapping_add(*s_j).wrapping_sub((packed >> 31 & 0x1_fffe) as u32);
            *l2 = q_i.wrapping_add(*q_j).wrapping_sub((packed >> 47 & 0x1_fffe) as u32);
            *l1w = w_i.wrapping_add(*w_j).wrapping_sub((packed as u32).wrapping_mul(2));
            sums[0] = sums[0].wrapping_add(u64::from(*l1));
            sums[1] = sums[1].wrapping_add(u64::from(*l2));
            sums[2] = sums[2].wrapping_add(u64::from(*l1w));
        }
        sums
    }

    /// Σ f(base + j) f(key of the distances) over those above rank i. Remainders are taken only as far as the next product needs.
    fn checksum(&self, i: usize, base: u64) -> u64 {
        let fold = |x: u64| (x & P).wrapping_add(x >> 31);
        // Both factors are below 2³²: said so that one multiplication does, in vectors too.
        let product = |a: u64, b: u64| u64::from(a as u32).wrapping_mul(u64::from(b as u32));
        let start = reduce(base);
        let mut sum = 0_u64;
        let distances = self.l1.iter().zip(&self.l2).zip(&self.l1w);
        for (j, ((l1, l2), l1w)) in self.state[i + 1..].iter().zip(distances) {
            let m = start.wrapping_add(u64::from(*j));
            let pair = fold(fold(product(m, m.wrapping_add(B)).wrapping_add(1)));
            let key = u64::from(*l1) << 37 | u64::from(*l2) << 22;
            let k = fold(key.wrapping_add(u64::from(*l1w)));
            let value = fold(fold(product(k, k.wrapping_add(B)).wrapping_add(1)));
            sum = sum.wrapping_add(fold(product(pair, value)));
        }
        sum
    }

    /// Σ pi and Σ kappa over those above rank i, in four sums each so that they do not wait for one another.
    fn corrected(&self, i: usize, n: f64) -> (f64, f64) {
        let (s_i, q_i) = (self.float_s[i], self.float_q[i]);
        let mut pi = [0.0_f64; 4];
        let mut kappa = [0.0_f64; 4];
        let (l2, s, q) = (&self.l2[..], &self.float_s[i + 1..], &self.float_q[i + 1..]);
        for ((l2, s), q) in l2.chunks_exact(4).zip(s.chunks_exact(4)).zip(q.chunks_exact(4)) {
            for lane in 0..4 {
                // Distances are below 2¹⁶, and signed numbers become floats in one step.
                let l2 = f64::from(l2[lane] as i32);
                pi[lane] += 2.0 * n * l2 / scott_chance(n, s_i, s[lane], q_i, q[lane]);
                kappa[lane] += n * l2 / haege_chance(n, s_i, s[lane], q_i, q[lane]);
            }
        }
        let done = l2.len() / 4 * 4;
        for j in done..l2.len() {
            let l2 = f64::from(l2[j]);
            pi[0] += 2.0 * n * l2 / scott_chance(n, s_i, s[j], q_i, q[j]);
            kappa[0] += n * l2 / haege_chance(n, s_i, s[j], q_i, q[j]);
        }
        let (pi, kappa) = (pi.iter().sum::<f64>(), kappa.iter().sum::<f64>());
        let pairs = l2.len() as f64;
        if pi.is_nan() || kappa.is_nan() {
            // Some pair cannot differ by chance. Rare (all tied alike to all), so it is looked at only where it shows.
            return self.corrected_one_by_one(i, n);
        }
        (pairs - pi, pairs - kappa)
    }

    fn corrected_one_by_one(&self, i: usize, n: f64) -> (f64, f64) {
        let (s, q) = (&self.float_s, &self.float_q);
        let mut sums = (0.0, 0.0);
        for (j, l2) in (i + 1..).zip(&self.l2) {
            sums.0 += scott(n, f64::from(*l2), s[i], s[j], q[i], q[j]);
            sums.1 += haege(n, f64::from(*l2), s[i], s[j], q[i], q[j]);
        }
        sums
    }

    /// Adds up, for each rank above i, Σ cap min, Σ min and Σ product over the ties it has in common with i.
    fn add_common(&mut self, i: usize) {
        let (start, above, ties) = (&self.start, &mut self.above, &self.ties);
        let common: &mut [u64; STATES] = self.common.first_chunk_mut().expect("`pairs` made it this long");
        for tie in &ties[start[i] as usize..start[i + 1] as usize] {
            let k = usize::from(tie & LOW as u16);
            let v_i = u64::from(tie >> 12);
            // Ties are mutual, so i stands at the front of what is left of k's: pass it.
            above[k] += 1;
            let cap = u64::from(self.cap[k]);
            // What a tie of v with k adds, for each v.
            let add: [u64; 4] = std::array::from_fn(|v_j| {
                let min = v_i.min(v_j as u64);
                v_i.wrapping_mul(v_j as u64) << 48 | min << 32 | cap.wrapping_mul(min)
            });
            for tie in &ties[above[k] as usize..start[k + 1] as usize] {
                let slot = &mut common[usize::from(tie & LOW as u16)];
                *slot = slot.wrapping_add(add[usize::from(tie >> 12 & 3)]);
            }
        }
    }
}

/// 2N times what Scott's pi expects by chance of squared distances.
#[inline]
fn scott_chance(n: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    let both = s_i + s_j;
    2.0 * n * (q_i + q_j) - both * both
}

/// N times what Cohen's kappa expects by chance of squared distances.
#[inline]
fn haege_chance(n: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    n * (q_i + q_j) - 2.0 * s_i * s_j
}

/// Scott's pi with squared distances; 1 if nothing is expected by chance.
pub(crate) fn scott(n: f64, l2: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    let chance = scott_chance(n, s_i, s_j, q_i, q_j);
    if chance == 0.0 { 1.0 } else { 1.0 - 2.0 * n * l2 / chance }
}

/// Häge's kappa: Cohen's, weighted by squared distances; 1 if nothing is expected by chance.
pub(crate) fn haege(n: f64, l2: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    let chance = haege_chance(n, s_i, s_j, q_i, q_j);
    if chance == 0.0 { 1.0 } else { 1.0 - n * l2 / chance }
}
