//! The engine against the definition, on small random worlds, for every workload.

use std::collections::BTreeMap;

use foedera_bulk::casus::{Asker, Hit, Proven};
use foedera_bulk::why_not::WhyNot;
use foedera_bulk::{
    FIRST_YEAR, Grid, LAST_YEAR, LATEST, Query, Reading, Tables, World, diff, dyad_years, overlay,
    similarity, sweep, year_ends,
};

use crate::naive::{Bounds, Naive, P, Row, f};
use crate::sample;

fn build(t: &Tables) -> World {
    World::build(t).expect("the sample is well formed")
}

/// The engine's rows for a question, which must not repeat.
pub(crate) fn rows(asker: &mut Asker<'_>, q: &Query) -> Vec<Row> {
    let mut hits: Vec<Hit> = Vec::new();
    asker.hits(q, &mut hits);
    let mut rows: Vec<Row> =
        hits.iter().map(|h| (u32::from(h.round), h.kind as u32, u32::from(h.state), h.clause)).collect();
    rows.sort_unstable();
    rows
}

pub(crate) fn reasons(asker: &mut WhyNot<'_>, q: &Query) -> BTreeMap<u32, u32> {
    let mut out = BTreeMap::new();
    asker.ask(q, |state, reason| {
        out.insert(u32::from(state), u32::from(reason));
    });
    out
}

#[test]
fn single_questions_w1_and_w7() {
    let mut kinds = [0; 7];
    for seed in 0..60 {
        let t = sample::world(seed);
        let w = build(&t);
        let (mut asker, mut why) = (Asker::new(&w), WhyNot::new(&w));
        let naive = Naive::new(&t);
        for q in sample::queries(&t, seed, 40) {
            let found = rows(&mut asker, &q);
            let expected: Vec<Row> = naive.casus(&q).into_iter().collect();
            assert_eq!(found, expected, "seed {seed}, {q:?}");
            expected.iter().for_each(|r| kinds[r.1 as usize] += 1);
            assert_eq!(reasons(&mut why, &q), naive.why_not(&q), "seed {seed}, {q:?}");
        }
    }
    assert!(kinds[1..].iter().all(|n| *n > 20), "each kind of duty is met often: {kinds:?}");
}

#[test]
fn evidence_names_rows_that_pass_the_tests() {
    let mut seen = 0;
    for seed in 0..20 {
        let t = sample::world(seed);
        let w = build(&t);
        let mut asker = Asker::new(&w);
        for q in sample::queries(&t, seed, 40) {
            let mut proven = Proven::default();
            asker.hits_with_evidence(&q, &mut proven);
            let hits = &proven.hits;
            let bare = rows(&mut asker, &q);
            assert_eq!(hits.len(), bare.len());
            for (h, e) in hits {
                let facts = w.evidence(e, &proven.grounds[e.ground as usize]);
                let row = |mid: u32| t.members.iter().find(|m| m.mid == mid).expect("a row of the table");
                let clause =
                    t.clauses.iter().find(|c| c.clause == facts.clause).expect("a clause of the table");
                assert_eq!((facts.clause, clause.phase), (h.clause, facts.phase));
                let (debtor, beneficiary) = (row(facts.debtor_row), row(facts.beneficiary_row));
                assert_eq!(debtor.sid, u32::from(h.state));
                for m in [debtor, beneficiary] {
                    assert_eq!(m.instr, clause.instr);
                    assert!(m.dates.begin <= q.date && q.date < m.dates.end);
                    assert!(m.known_from <= q.known && q.known < m.known_to);
                }
                for (sid, (begin, end)) in
                    [(debtor.sid, facts.debtor_spell), (beneficiary.sid, facts.beneficiary_spell)]
                {
                    assert!(t.spells.contains(&(sid, begin, end)) && begin <= q.date && q.date < end);
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn sweeps_w2_w8_w9() {
    let ends = year_ends(FIRST_YEAR, LAST_YEAR);
    for seed in 0..12 {
        let t = sample::world(seed);
        let w = build(&t);
        for (reading, bounds) in [
            (Reading::Latest, Bounds::Canonical),
            (Reading::Certain, Bounds::Certain),
            (Reading::Possible, Bounds::Possible),
            (Reading::AsKnownThen, Bounds::Canonical),
        ] {
            let naive = Naive { bounds, ..Naive::new(&t) };
            let mut expected = sweep::Summary::default();
            let mut sums = [0_u64; 2];
            for (i, day) in ends.iter().enumerate() {
                // Where nothing ever changes any more, one year stands for all: the pairs still differ by year.
                let known = if reading == Reading::AsKnownThen { *day } else { LATEST };
                let (pairs, rows) = naive.sweep(*day, known);
                expected.pairs += pairs;
                expected.bindings += rows.len() as u64;
                let pair =
                    |x: u32, y: u32| f(((1815 + i as u64) * 4096 + u64::from(x)) * 4096 + u64::from(y));
                let mut last = None;
                for (x, y, z, c) in rows {
                    sums[1] = (sums[1] + pair(x, y) * f(u64::from(z) * 262_144 + u64::from(c)) % P) % P;
                    if last.replace((x, y, z)) != Some((x, y, z)) {
                        expected.bound += 1;
                        sums[0] = (sums[0] + pair(x, y) * f(u64::from(z)) % P) % P;
                    }
                }
            }
            let grid = Grid::new(&w, &ends, reading);
            let found = sweep::sweep(&w, &grid, FIRST_YEAR, true);
            let bare = sweep::sweep(&w, &grid, FIRST_YEAR, false);
            assert_eq!(
                (found.pairs, found.bound, found.bindings),
                (expected.pairs, expected.bound, expected.bindings)
            );
            assert_eq!([found.checksum.value(), found.checksum_c.value()], sums, "seed {seed}, {reading:?}");
            assert_eq!((bare.pairs, bare.bound, bare.checksum), (found.pairs, found.bound, found.checksum));
            assert!(found.bound > 0);
        }
    }
}

#[test]
fn directed_dyad_years_w3() {
    for seed in 0..2 {
        let t = sample::world(seed);
        let naive = Naive::new(&t);
        let mut expected = String::from(dyad_years::HEADER);
        // Before and after these years nothing begins or ends, so one year stands for those beyond.
        let before = naive.flags(1903);
        let after = naive.flags(1913);
        let mut rows = 0;
        for year in FIRST_YEAR..=LAST_YEAR {
            let flags = match year {
                ..1904 => before.clone(),
                1904..1913 => naive.flags(year),
                _ => after.clone(),
            };
            for ((a, b), p) in flags {
                let cells: Vec<&str> = p.iter().map(|flag| if *flag { "1" } else { "0" }).collect();
                expected.push_str(&format!("{year},{a},{b},{}\n", cells.join(",")));
                rows += 1;
            }
        }
        let mut found = Vec::new();
        let summary = dyad_years::write(&build(&t), &mut found);
        assert_eq!(String::from_utf8(found).expect("ASCII"), expected);
        assert_eq!(summary.rows, rows);
    }
}

#[test]
fn similarity_w4() {
    let ends = year_ends(1904, 1913);
    for seed in 0..12 {
        let t = sample::world(seed);
        let naive = Naive::new(&t);
        let w = build(&t);
        let found = similarity::all_years(&w, &Grid::new(&w, &ends, Reading::Latest), 1904);
        let (mut n, mut sums, mut checksum, mut measures) = (0, [0; 3], 0, [0.0; 4]);
        for (i, day) in ends.iter().enumerate() {
            let year = 1904 + i as u64;
            for ((a, b), (l, m)) in naive.similarity(year as i32, *day) {
                n += 1;
                (0..3).for_each(|k| sums[k] += l[k]);
                (0..4).for_each(|k| measures[k] += m[k]);
                let pair = f((year * 4096 + u64::from(a)) * 4096 + u64::from(b));
                checksum = (checksum + pair * f((l[0] * 32_768 + l[1]) * 4_194_304 + l[2]) % P) % P;
            }
        }
        assert_eq!((found.n, [found.l1, found.l2, found.l1w]), (n, sums), "seed {seed}");
        assert_eq!(found.checksum.value(), checksum, "seed {seed}");
        for (a, b) in [found.s, found.sw, found.pi, found.kappa].iter().zip(measures) {
            assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "seed {seed}: {a} {b}");
        }
    }
}

#[test]
fn diffs_w5() {
    let ends = year_ends(FIRST_YEAR, LAST_YEAR);
    for seed in 0..20 {
        let t = sample::world(seed);
        let naive = Naive::new(&t);
        let (mut added, mut removed, mut checksum) = (0, 0, 0);
        let mut before = naive.links(ends[0]);
        for (i, day) in ends.iter().enumerate().skip(1) {
            let now = naive.links(*day);
            for (sign, changed) in [(1, now.difference(&before)), (0, before.difference(&now))] {
                for (c, a, b) in changed {
                    *if sign == 1 { &mut added } else { &mut removed } += 1;
                    let key = (((1815 + i as u64) * 2 + sign) * 4096 + u64::from(*a)) * 4096 + u64::from(*b);
                    checksum = (checksum + f(key) * f(u64::from(*c)) % P) % P;
                }
            }
            before = now;
        }
        let w = build(&t);
        let found = diff::diff(&w, &Grid::new(&w, &ends, Reading::Latest), FIRST_YEAR);
        assert_eq!(
            (found.added, found.removed, found.checksum.value()),
            (added, removed, checksum),
            "seed {seed}"
        );
        assert!(added > 0 && removed > 0);
    }
}

#[test]
fn denunciations_w10() {
    let ends = year_ends(2018, 2018);
    let mut total = 0;
    for seed in 0..20 {
        let t = sample::world(seed);
        let pairs = |without: Option<u32>| {
            let naive = Naive { without, ..Naive::new(&t) };
            let (_, rows) = naive.sweep(ends[0], LATEST);
            rows.into_iter().map(|(x, y, z, _)| (x, y, z)).collect::<std::collections::BTreeSet<_>>()
        };
        let all = pairs(None);
        let expected: Vec<(u32, u64)> = t
            .instruments
            .iter()
            .map(|i| (i.instr, all.difference(&pairs(Some(i.instr))).count() as u64))
            .filter(|(_, n)| *n > 0)
            .collect();
        let w = build(&t);
        let found = overlay::denounced(&w, &Grid::new(&w, &ends, Reading::Latest));
        assert_eq!(found.lost, expected, "seed {seed}");
        total += found.total();
    }
    assert!(total > 0);
}
