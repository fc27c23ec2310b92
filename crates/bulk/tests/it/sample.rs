//! Small random worlds and questions on their boundary days.
//!
//! In: a seed. Out: [`Tables`] and [`Query`]s. What always holds: the same seed gives the same world; dates come from few days, so
//! that ends and beginnings meet; questions stand on a boundary, a day before or a day after it.

use foedera_bulk::{
    CapabilityRow, ClauseRow, Dates, Day, InstrumentRow, LATEST, MemberRow, OPEN, PhaseRow, Query, RegionRow,
    Role, Side, StateRow, Tables, day_of,
};

/// Numbers that look random: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1815)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

const STATES: u32 = 9;
const REGIONS: u32 = 6;

/// The days on which things begin and end: some turns of years and the days beside them among others.
fn days() -> Vec<Day> {
    let mut days = Vec::new();
    for year in [1905, 1906, 1908, 1911] {
        for (month, day) in [(1, 1), (6, 15), (12, 30), (12, 31)] {
            days.push(day_of(year, month, day).expect("a date"));
        }
    }
    days
}

fn interval(dice: &mut Dice, open: u64) -> (Day, Day) {
    let days = days();
    let from = dice.below(days.len() as u64 - 1) as usize;
    let end = if dice.chance(open) { OPEN } else { dice.one(&days[from + 1..]) };
    (days[from], end)
}

fn dates(dice: &mut Dice, open: u64) -> Dates {
    let (begin, end) = interval(dice, open);
    let mut d = Dates::exact(begin, end);
    if dice.chance(25) {
        (d.begin_lo, d.begin_hi) = (begin - 20, begin + 1);
    }
    if dice.chance(25) && end != OPEN && end > begin + 30 {
        (d.end_lo, d.end_hi) = (end - 10, end + 200);
    }
    d
}

/// A world of nine states and a dozen instruments.
pub(crate) fn world(seed: u64) -> Tables {
    let mut dice = Dice::new(seed);
    let dice = &mut dice;
    let mut t = Tables {
        regions: vec![
            RegionRow { region: 1, parent: 0 },
            RegionRow { region: 2, parent: 1 },
            RegionRow { region: 3, parent: 1 },
            RegionRow { region: 4, parent: 2 },
            RegionRow { region: 5, parent: 3 },
            RegionRow { region: 6, parent: 3 },
        ],
        ..Tables::default()
    };
    let known = days();
    for sid in 1..=STATES {
        t.states.push(StateRow { sid, abb: format!("S{sid}"), home: 4 + sid % 3 });
        if dice.chance(60) {
            t.spells.push((sid, day_of(1815, 1, 1).expect("a date"), OPEN));
        } else {
            let (begin, end) = interval(dice, 30);
            t.spells.push((sid, begin, end));
            if end != OPEN && dice.chance(60) {
                t.spells.push((sid, end + dice.below(3) as Day, OPEN));
            }
        }
        for year in 1815..=2018 {
            t.capabilities.push(CapabilityRow { sid, year, cap: 1000 + dice.below(90_000) as u32 });
        }
    }
    for instr in 1..=12 {
        t.instruments.push(InstrumentRow { instr });
        let members: Vec<u32> = (1..=STATES).filter(|_| dice.chance(45)).collect();
        for sid in members {
            let dates = dates(dice, 50);
            let known_from = dice.one(&known);
            let superseded = dice.chance(25);
            let known_to = if superseded { known_from + 1 + dice.below(800) as Day } else { OPEN };
            let mid = t.members.len() as u32 + 1;
            t.members.push(MemberRow { mid, instr, sid, dates, known_from, known_to });
            if superseded && dice.chance(70) {
                let dates = self::dates(dice, 50);
                t.members.push(MemberRow {
                    mid: mid + 1,
                    instr,
                    sid,
                    dates,
                    known_from: known_to,
                    known_to: OPEN,
                });
            }
        }
        for _ in 0..=dice.below(2) {
            let phase = t.phases.len() as u32 + 1;
            t.phases.push(PhaseRow { phase, instr, dates: dates(dice, 60) });
            for _ in 0..=dice.below(3) {
                clause(&mut t, dice, phase, instr, &known);
            }
        }
    }
    t
}

fn clause(t: &mut Tables, dice: &mut Dice, phase: u32, instr: u32, known: &[Day]) {
    let clause = t.clauses.len() as u32 + 1;
    let known_from = dice.one(known);
    t.clauses.push(ClauseRow {
        clause,
        phase,
        instr,
        pledge: dice.one(b"DDDDONNAC"),
        any: dice.chance(50),
        intra: dice.chance(40),
        known_from,
        known_to: if dice.chance(10) { known_from + 700 } else { OPEN },
    });
    let state = |dice: &mut Dice| 1 + dice.below(u64::from(STATES)) as u32;
    for (chance, role) in [(20, Role::Obligor), (20, Role::Beneficiary)] {
        if dice.chance(chance) {
            for sid in (1..=STATES).filter(|_| dice.chance(60)) {
                t.parties.push((clause, role, sid));
            }
        }
    }
    if dice.chance(25) {
        let sid = state(dice);
        t.adversaries.push((clause, Side::Only, sid));
        if dice.chance(50) {
            t.adversaries.push((clause, Side::Only, sid % STATES + 1));
        }
    }
    if dice.chance(20) {
        t.adversaries.push((clause, Side::Except, state(dice)));
    }
    if dice.chance(30) {
        t.clause_regions.push((clause, 1 + dice.below(u64::from(REGIONS)) as u32));
    }
    if dice.chance(30) {
        let withdrawn = if dice.chance(50) { OPEN } else { dice.one(known) };
        t.reservations.push((clause, state(dice), withdrawn));
    }
}

/// Questions on the boundary days of a world.
pub(crate) fn queries(t: &Tables, seed: u64, count: u32) -> Vec<Query> {
    let mut dice = Dice::new(seed ^ 0xed6e);
    let dice = &mut dice;
    let mut ends: Vec<Day> = Vec::new();
    ends.extend(t.members.iter().flat_map(|m| [m.dates.begin, m.dates.end]));
    ends.extend(t.phases.iter().flat_map(|p| [p.dates.begin, p.dates.end]));
    ends.extend(t.spells.iter().flat_map(|s| [s.1, s.2]));
    ends.extend(t.reservations.iter().map(|r| r.2));
    ends.retain(|d| *d != OPEN);
    let mut moments: Vec<Day> = Vec::new();
    moments.extend(t.members.iter().flat_map(|m| [m.known_from, m.known_to]));
    moments.extend(t.clauses.iter().flat_map(|c| [c.known_from, c.known_to]));
    moments.retain(|d| *d != OPEN);
    (1..=count)
        .map(|qid| {
            let attacker = 1 + dice.below(u64::from(STATES)) as u32;
            let target = 1 + (u64::from(attacker) + dice.below(u64::from(STATES) - 1)) as u32 % STATES;
            Query {
                qid,
                date: dice.one(&ends) - dice.below(2) as Day,
                attacker,
                target,
                region: 1 + dice.below(u64::from(REGIONS)) as u32,
                known: if dice.chance(40) { LATEST } else { dice.one(&moments) - dice.below(2) as Day },
                depth: 1 + qid % 3,
            }
        })
        .collect()
}
