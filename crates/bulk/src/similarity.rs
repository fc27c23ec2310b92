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

use crate::checksum::{Checksum, f, times};
use crate::grid::Grid;
use crate::sweep::clauses_by_date;
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
    let by_date = clauses_by_date(world, grid, |c| c.pledge != Pledge::Offense);
    let mut out = Summary::default();
    let mut year = OneYear::default();
    let nothing = vec![0; world.states];
    for (date, clauses) in by_date.iter().enumerate() {
        let y = first_year + date as i32;
        let caps = world.capabilities(y).unwrap_or(&nothing);
        year.lay(world, grid, date, clauses, caps);
        year.pairs(y as u64, &mut out);
    }
    out
}

/// One year's matrix of ties and what is derived from it. States have ranks: their order among those in the system.
#[derive(Default)]
struct OneYear {
    /// State by rank.
    state: Vec<u16>,
    rank: Vec<u16>,
    /// v, a row of N for each rank.
    tie: Vec<u8>,
    cap: Vec<u32>,
    total_cap: u64,
    /// For each rank: those it has ties with, in three runs for ties of 3, 2 and 1, each ascending.
    ties: Vec<u16>,
    /// For each rank and tie (rank × 3 + 3 − tie): where its run begins; one more at the end.
    run: Vec<u32>,
    /// Where the part of each run begins that lies above the present rank.
    above: Vec<u32>,
    /// Σ v, Σ v², Σ cap v by rank.
    own: Vec<[u32; 3]>,
    common: Vec<u64>,
}

impl OneYear {
    fn lay(&mut self, world: &World, grid: &Grid, date: usize, clauses: &[u32], caps: &[u32]) {
        self.state.clear();
        self.rank.clear();
        self.rank.resize(world.states, u16::MAX);
        for s in 0..world.states.min(STATES) {
            if grid.system[s].has(date) {
                self.rank[s] = self.state.len() as u16;
                self.state.push(s as u16);
            }
        }
        let n = self.state.len();
        self.tie.clear();
        self.tie.resize(n * n, 0);
        for i in 0..n {
            self.tie[i * n + i] = 3;
        }
        let mut debtors: Vec<usize> = Vec::new();
        let mut beneficiaries: Vec<usize> = Vec::new();
        for clause in clauses {
            let c = &world.clauses[*clause as usize];
            let value = match c.pledge {
                Pledge::Defense => 3,
                Pledge::Neutrality | Pledge::Nonaggression => 2,
                Pledge::Consultation => 1,
                Pledge::Offense => continue,
            };
            debtors.clear();
            beneficiaries.clear();
            for p in c.party_range() {
                let z = world.party_state[p];
                let rank = self.rank[usize::from(z)];
                if rank == u16::MAX || !grid.active[p].has(date) {
                    continue;
                }
                if world.admits(c, 0, z) && !world.reserved(c, z, grid.dates[date]) {
                    debtors.push(usize::from(rank));
                }
                if world.admits(c, 1, z) {
                    beneficiaries.push(usize::from(rank));
                }
            }
            for a in &debtors {
                for b in &beneficiaries {
                    let there = &mut self.tie[a * n + b];
                    *there = (*there).max(value);
                    let back = &mut self.tie[b * n + a];
                    *back = (*back).max(value);
                }
            }
        }
        self.cap.clear();
        self.cap.extend(self.state.iter().map(|s| caps[usize::from(*s)]));
        self.total_cap = self.cap.iter().map(|c| u64::from(*c)).sum();
        self.index(n);
    }

    fn index(&mut self, n: usize) {
        self.ties.clear();
        self.run.clear();
        self.own.clear();
        let mut runs: [Vec<u16>; 3] = Default::default();
        for i in 0..n {
            let row = &self.tie[i * n..(i + 1) * n];
            let mut own = [0_u32; 3];
            for (k, v) in row.iter().enumerate() {
                if *v > 0 {
                    runs[3 - usize::from(*v)].push(k as u16);
                    let v = u32::from(*v);
                    own[0] += v;
                    own[1] += v * v;
                    own[2] += v * self.cap[k];
                }
            }
            for run in &mut runs {
                self.run.push(self.ties.len() as u32);
                self.ties.append(run);
            }
            self.own.push(own);
        }
        self.run.push(self.ties.len() as u32);
        self.above.clear();
        self.above.extend_from_slice(&self.run[..n * 3]);
    }

    fn pairs(&mut self, year: u64, out: &mut Summary) {
        let n = self.state.len();
        let count = n as f64;
        let of_s = 2.0 / (3.0 * count);
        let of_sw = 2.0 / (3.0 * self.total_cap as f64);
        self.common.clear();
        self.common.resize(n.max(1), 0);
        for i in 0..n {
            self.add_common(i);
            let [s_i, q_i, w_i] = self.own[i];
            let base = (year * 4096 + u64::from(self.state[i])) * 4096;
            let (s_i, q_i) = (f64::from(s_i), f64::from(q_i));
            let mut sums = [0_u64; 3];
            let mut checksum = 0;
            let mut measures = [0.0_f64; 4];
            let above = self.common[i + 1..n].iter_mut().zip(&self.own[i + 1..n]).zip(&self.state[i + 1..n]);
            for ((common, [s_j, q_j, w_j]), j) in above {
                let packed = std::mem::take(common);
                let l1 = self.own[i][0].wrapping_add(*s_j).wrapping_sub(2 * (packed >> 32 & 0xffff) as u32);
                let l2 = self.own[i][1].wrapping_add(*q_j).wrapping_sub(2 * (packed >> 48) as u32);
                let l1w = w_i.wrapping_add(*w_j).wrapping_sub((packed as u32).wrapping_mul(2));
                sums[0] = sums[0].wrapping_add(u64::from(l1));
                sums[1] = sums[1].wrapping_add(u64::from(l2));
                sums[2] = sums[2].wrapping_add(u64::from(l1w));
                let key = (u64::from(l1) * 32_768 + u64::from(l2)) * 4_194_304 + u64::from(l1w);
                checksum += times(f(base + u64::from(*j)), f(key));
                let (s_j, q_j, square) = (f64::from(*s_j), f64::from(*q_j), f64::from(l2));
                measures[0] += 1.0 - of_s * f64::from(l1);
                measures[1] += 1.0 - of_sw * f64::from(l1w);
                measures[2] += scott(count, square, s_i, s_j, q_i, q_j);
                measures[3] += haege(count, square, s_i, s_j, q_i, q_j);
            }
            out.n += (n - i - 1) as u64;
            out.l1 += sums[0];
            out.l2 += sums[1];
            out.l1w += sums[2];
            out.checksum.add(checksum);
            out.s += measures[0];
            out.sw += measures[1];
            out.pi += measures[2];
            out.kappa += measures[3];
        }
    }

    /// Adds up, for each rank above i, Σ cap min, Σ min and Σ product over the ties it has in common with i.
    fn add_common(&mut self, i: usize) {
        let (run, above, ties, common) = (&self.run, &mut self.above, &self.ties, &mut self.common);
        for of_i in 0..3_u64 {
            let v_i = 3 - of_i;
            for at in run[i * 3 + of_i as usize]..run[i * 3 + of_i as usize + 1] {
                let k = usize::from(ties[at as usize]);
                // Ties are mutual, so i stands in this run of k, at the front of what is left of it: pass it.
                above[k * 3 + of_i as usize] += 1;
                let cap = u64::from(self.cap[k]);
                for of_j in 0..3_u64 {
                    let v_j = 3 - of_j;
                    let min = v_i.min(v_j);
                    let add = (v_i * v_j) << 48 | min << 32 | (cap * min);
                    let from = above[k * 3 + of_j as usize] as usize;
                    let to = run[k * 3 + of_j as usize + 1] as usize;
                    for j in &ties[from..to] {
                        let slot = &mut common[usize::from(*j)];
                        *slot = slot.wrapping_add(add);
                    }
                }
            }
        }
    }
}

/// Scott's pi with squared distances; 1 if nothing is expected by chance.
#[inline]
fn scott(n: f64, l2: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    let both = s_i + s_j;
    let chance = 2.0 * n * (q_i + q_j) - both * both;
    if chance == 0.0 { 1.0 } else { 1.0 - 2.0 * n * l2 / chance }
}

/// Häge's kappa: Cohen's, weighted by squared distances; 1 if nothing is expected by chance.
#[inline]
fn haege(n: f64, l2: f64, s_i: f64, s_j: f64, q_i: f64, q_j: f64) -> f64 {
    let chance = n * (q_i + q_j) - 2.0 * s_i * s_j;
    if chance == 0.0 { 1.0 } else { 1.0 - n * l2 / chance }
}
