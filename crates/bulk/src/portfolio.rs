//! Similarity of portfolios on one date, pair by pair, with every choice left to the caller.
//!
//! In: N states, an N × N matrix of ties (row i, column k: how strongly i is tied to k, 0 to 3), and a weight for each column. Out: for
//! each pair of rows S, weighted S, Scott's pi, two kappas and tau-b. What always holds: whole rows are compared, the two states'
//! own columns included; nothing is symmetrised, ordered or filled in here.
//!
//! S: Signorino and Ritter, "Tau-b or Not Tau-b" (1999), absolute distance. pi: Scott (1955); kappa: Cohen (1960, weighted 1968), both
//! with squared distances as Häge, "Choice or Circumstance" (2011), proposes. The *rank* kappa is what common software gives for
//! valued data: weights by the rank of the values that occur in the pair, so that a pair without the value 2 counts 1 and 3 as neighbours.
//! tau-b: Kendall (1938), with ties.

use crate::similarity::{haege, scott};

/// A matrix of ties with the states it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolios {
    /// State numbers by rank.
    pub states: Vec<u32>,
    /// Ties, 0 to 3, a row of N for each state.
    pub ties: Vec<u8>,
    /// A weight for each column; all 1 for no weights.
    pub weights: Vec<f64>,
}

/// The measures of one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// S, unweighted.
    pub s: f64,
    /// S with the columns' weights.
    pub s_weighted: f64,
    /// Scott's pi.
    pub pi: f64,
    /// Cohen's kappa as Häge has it: squared distances of values.
    pub kappa: f64,
}

/// The measures of one pair that need all its values counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Kappa with squared distances of ranks among the values that occur.
    pub kappa_rank: f64,
    /// Kendall's tau-b; not a number if a row has one value only.
    pub tau_b: f64,
}

/// The most ranks compared.
const RANKS: usize = 4096;

impl Portfolios {
    /// How many states.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Measures of all pairs, first rank before second, in that order; only ties two rows have in common are looked at. Ranks from
    /// 4096 on are left out.
    pub fn measures(&self) -> Vec<Measures> {
        let n = self.len().min(RANKS);
        let count = n as f64;
        let total: f64 = self.weights.iter().sum();
        // Ties by column, ascending: who is tied to k in the low 12 bits, how strongly above.
        let mut columns: Vec<Vec<u16>> = vec![Vec::new(); n];
        let mut own = vec![[0.0_f64; 3]; n];
        for (i, row) in self.ties.chunks_exact(self.len().max(1)).take(n).enumerate() {
            for (k, v) in row[..n].iter().enumerate().filter(|(_, v)| **v > 0) {
                columns[k].push(i as u16 | u16::from(*v) << 12);
                let value = f64::from(*v);
                own[i][0] += value;
                own[i][1] += value * value;
                own[i][2] += value * self.weights[k];
            }
        }
        // What a tie of v with k adds to a pair whose other tie with k is w: by k and v, then w.
        let adds: Vec<[[f64; 2]; 4]> = (0..n * 4)
            .map(|at| {
                let (v, weight) = ((at & 3) as f64, self.weights[at >> 2]);
                std::array::from_fn(|w| {
                    let w = w as f64;
                    [v.min(w) + 65_536.0 * v * w, weight * v.min(w)]
                })
            })
            .collect();
        let mut passed = vec![0_usize; n];
        // Σ min + Σ product × 2¹⁶ in one float, which holds them exactly, and Σ weight × min in the other: one addition of two.
        let mut common = vec![[0.0_f64; 2]; RANKS];
        let common: &mut [[f64; 2]; RANKS] = common.first_chunk_mut().expect("it was made this long");
        let mut out = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        for (i, row) in self.ties.chunks_exact(self.len().max(1)).take(n).enumerate() {
            for (k, v) in row[..n].iter().enumerate().filter(|(_, v)| **v > 0) {
                passed[k] += 1;
                let add = &adds[k * 4 + usize::from(*v & 3)];
                for tie in &columns[k][passed[k]..] {
                    let slot = &mut common[usize::from(tie & 0xfff)];
                    let add = add[usize::from(tie >> 12 & 3)];
                    *slot = [slot[0] + add[0], slot[1] + add[1]];
                }
            }
            let [s_i, q_i, w_i] = own[i];
            for (slot, [s_j, q_j, w_j]) in common[i + 1..].iter_mut().zip(&own[i + 1..]) {
                let [packed, shared] = std::mem::take(slot);
                let packed = packed as u64;
                let l1 = s_i + s_j - 2.0 * (packed & 0xffff) as f64;
                let l2 = q_i + q_j - 2.0 * (packed >> 16) as f64;
                let l1w = w_i + w_j - 2.0 * shared;
                out.push(Measures {
                    s: 1.0 - 2.0 * l1 / (3.0 * count),
                    s_weighted: 1.0 - 2.0 * l1w / (3.0 * total),
                    pi: scott(count, l2, s_i, *s_j, q_i, *q_j),
                    kappa: haege(count, l2, s_i, *s_j, q_i, *q_j),
                });
            }
        }
        out
    }

    /// Rank kappa and tau-b of all pairs, in the same order.
    pub fn ranked(&self) -> Vec<Ranked> {
        let n = self.len();
        let rows: Vec<&[u8]> = self.ties.chunks_exact(n.max(1)).collect();
        let mut out = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        for (i, a) in rows.iter().enumerate() {
            for b in &rows[i + 1..] {
                // Four tables, so that equal neighbours do not wait for each other's count.
                let mut counts = [[0_u16; 16]; 4];
                let (heads, rest) = (a.chunks_exact(4).zip(b.chunks_exact(4)), n / 4 * 4);
                for (a, b) in heads {
                    for lane in 0..4 {
                        counts[lane][usize::from((a[lane] << 2 | b[lane]) & 15)] += 1;
                    }
                }
                for k in rest..n {
                    counts[0][usize::from((a[k] << 2 | b[k]) & 15)] += 1;
                }
                let joint: [u32; 16] = std::array::from_fn(|c| counts.iter().map(|t| u32::from(t[c])).sum());
                out.push(Ranked { kappa_rank: rank_kappa(&joint), tau_b: tau_b(&joint) });
            }
        }
        out
    }
}

/// How often each value occurs in the first and in the second row of a 4 × 4 table of joint counts.
fn margins(joint: &[u32; 16]) -> ([f64; 4], [f64; 4]) {
    let (mut first, mut second) = ([0.0; 4], [0.0; 4]);
    for (cell, n) in joint.iter().enumerate() {
        first[cell >> 2] += f64::from(*n);
        second[cell & 3] += f64::from(*n);
    }
    (first, second)
}

fn rank_kappa(joint: &[u32; 16]) -> f64 {
    let (first, second) = margins(joint);
    let mut rank = [0.0_f64; 4];
    let mut next = 0.0;
    for value in 0..4 {
        if first[value] + second[value] > 0.0 {
            rank[value] = next;
            next += 1.0;
        }
    }
    let n: f64 = first.iter().sum();
    let (mut seen, mut chance) = (0.0, 0.0);
    for (cell, count) in joint.iter().enumerate() {
        let d = rank[cell >> 2] - rank[cell & 3];
        seen += d * d * f64::from(*count);
        chance += d * d * first[cell >> 2] * second[cell & 3] / n;
    }
    if chance == 0.0 { 1.0 } else { 1.0 - seen / chance }
}

fn tau_b(joint: &[u32; 16]) -> f64 {
    let (first, second) = margins(joint);
    let (mut concordant, mut discordant) = (0.0, 0.0);
    for a in 0..4 {
        for b in 0..4 {
            let here = f64::from(joint[a << 2 | b]);
            if here == 0.0 {
                continue;
            }
            for above in a + 1..4 {
                for other in 0..4 {
                    let there = f64::from(joint[above << 2 | other]);
                    if other > b {
                        concordant += here * there;
                    } else if other < b {
                        discordant += here * there;
                    }
                }
            }
        }
    }
    let n: f64 = first.iter().sum();
    let pairs = n * (n - 1.0) / 2.0;
    let tied = |counts: [f64; 4]| counts.iter().map(|c| c * (c - 1.0) / 2.0).sum::<f64>();
    (concordant - discordant) / ((pairs - tied(first)) * (pairs - tied(second))).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(n: usize, seed: u64) -> Portfolios {
        let mut x = seed | 1;
        let mut next = || {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x
        };
        let ties = (0..n * n)
            .map(|i| if i % (n + 1) == 0 { 3 } else { [0, 0, 0, 1, 2, 3][(next() % 6) as usize] })
            .collect();
        let weights = (0..n).map(|_| (next() % 1000) as f64).collect();
        Portfolios { states: (0..n as u32).collect(), ties, weights }
    }

    /// Every measure from its definition, one pair at a time.
    #[test]
    fn measures_are_those_of_the_definitions() {
        for (n, seed) in [(7, 3), (22, 5), (41, 9)] {
            let p = sample(n, seed);
            let (measures, ranked) = (p.measures(), p.ranked());
            let mut at = 0;
            for i in 0..n {
                for j in i + 1..n {
                    let row = |r: usize| {
                        p.ties[r * n..(r + 1) * n].iter().map(|v| f64::from(*v)).collect::<Vec<_>>()
                    };
                    let (a, b) = (row(i), row(j));
                    let pairs = || a.iter().zip(&b);
                    let l1: f64 = pairs().map(|(x, y)| (x - y).abs()).sum();
                    let l1w: f64 = pairs().zip(&p.weights).map(|((x, y), w)| w * (x - y).abs()).sum();
                    let total: f64 = p.weights.iter().sum();
                    let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-12, "{x} {y}");
                    let m = measures[at];
                    close(m.s, 1.0 - 2.0 * l1 / (3.0 * n as f64));
                    close(m.s_weighted, 1.0 - 2.0 * l1w / (3.0 * total));
                    // Disagreement seen, by that expected if values were drawn from both rows' margins.
                    let seen: f64 = pairs().map(|(x, y)| (x - y).powi(2)).sum::<f64>() / n as f64;
                    let by_kappa: f64 =
                        a.iter().flat_map(|x| b.iter().map(move |y| (x - y).powi(2))).sum::<f64>()
                            / (n * n) as f64;
                    let pooled: Vec<f64> = a.iter().chain(&b).copied().collect();
                    let by_pi: f64 =
                        pooled.iter().flat_map(|x| pooled.iter().map(move |y| (x - y).powi(2))).sum::<f64>()
                            / (4 * n * n) as f64;
                    close(m.kappa, 1.0 - seen / by_kappa);
                    close(m.pi, 1.0 - seen / by_pi);
                    let (mut up, mut down, mut only_a, mut only_b) = (0.0, 0.0, 0.0, 0.0);
                    for k in 0..n {
                        for l in k + 1..n {
                            let (x, y) = (a[k] - a[l], b[k] - b[l]);
                            if x * y > 0.0 {
                                up += 1.0;
                            } else if x * y < 0.0 {
                                down += 1.0;
                            } else if x != 0.0 {
                                only_a += 1.0;
                            } else if y != 0.0 {
                                only_b += 1.0;
                            }
                        }
                    }
                    let below: f64 = (up + down + only_a) * (up + down + only_b);
                    close(ranked[at].tau_b, (up - down) / below.sqrt());
                    // With all four values there, ranks are values.
                    if (0..4).all(|v| pooled.contains(&f64::from(v))) {
                        close(ranked[at].kappa_rank, m.kappa);
                    }
                    at += 1;
                }
            }
            assert_eq!((at, at), (measures.len(), ranked.len()));
        }
    }

    #[test]
    fn a_rank_is_not_a_value() {
        // Without the value 2, a 3 and a 1 are neighbours by rank.
        let p = Portfolios {
            states: vec![1, 2, 3],
            ties: vec![3, 1, 0, 1, 3, 0, 0, 0, 3],
            weights: vec![1.0; 3],
        };
        let (m, r) = (p.measures()[0], p.ranked()[0]);
        // By value: seen 8/3, by chance 2·(1/9)(4+1+4+9)... = 28/9; by rank: 2/3 and 12/9.
        assert!((m.kappa - (1.0 - (8.0 / 3.0) / (28.0 / 9.0))).abs() < 1e-12, "{m:?}");
        assert!((r.kappa_rank - (1.0 - (2.0 / 3.0) / (12.0 / 9.0))).abs() < 1e-12, "{r:?}");
    }
}
