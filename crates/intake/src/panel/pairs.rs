//! Pairs: who owes whom what in which year, by one alliance or by all.
//!
//! In: [`Atop`], a rule, years. Out: [`Directed`] rows, sorted. What always holds: a pair is a row of a year if its rows of one phase overlap by the
//! rule; with ATOP's rule the later phase of one alliance counts, and several alliances are added up.

use std::collections::BTreeMap;

use foedera_bulk::{Day, year_of};

use super::{Rule, counts, year_bounds};
use crate::atop::{Atop, Spell};

/// Rows of each phase of each alliance, and of each alliance its phases in order.
pub(super) fn phases(atop: &Atop, rule: Rule) -> BTreeMap<u32, BTreeMap<u32, Vec<&Spell>>> {
    let mut out: BTreeMap<u32, BTreeMap<u32, Vec<&Spell>>> = BTreeMap::new();
    for s in atop.spells.iter().filter(|s| counts(s, rule)) {
        out.entry(s.alliance).or_default().entry(s.phase).or_default().push(s);
    }
    out
}

/// A directed pair in a year: year, who owes, to whom, what as bits, first and last day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directed {
    /// The year.
    pub year: i32,
    /// Who owes, by COW number.
    pub a: u32,
    /// To whom.
    pub b: u32,
    /// What, as bits in the order of [`OBLIGATIONS`].
    pub owes: u8,
    /// The first day of the year on which they are fellow members.
    pub first: Day,
    /// The last.
    pub last: Day,
    /// By which alliance; of a row made of several, the first.
    pub alliance: u32,
    /// By which phase of it; of a row made of several, the last.
    pub phase: u32,
}

impl Directed {
    pub(super) fn key(&self) -> (i32, u32, u32) {
        (self.year, self.a, self.b)
    }

    /// Takes in another row of the same pair and year; what is owed is that of both, or of the other alone.
    pub(super) fn widen(&mut self, other: &Directed, replace: bool) {
        self.owes = if replace { other.owes } else { self.owes | other.owes };
        self.phase = if replace { other.phase } else { self.phase };
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// Merges neighbours of the same pair and year in sorted rows.
fn merge(rows: &mut Vec<Directed>, replace: bool) {
    rows.dedup_by(|next, kept| {
        let same = next.key() == kept.key();
        if same {
            kept.widen(next, replace);
        }
        same
    });
}

/// What each directed pair owes in each year, sorted by year and pair.
pub fn directed(atop: &Atop, rule: Rule, from: i32, to: i32) -> Vec<Directed> {
    let mut all: Vec<Directed> = Vec::new();
    by_alliance(atop, rule, (from, to), |rows| all.append(rows));
    // One word for a row's place, in 12, 13 and 13 bits, so that hundreds of thousands sort quickly.
    all.sort_unstable_by_key(|d| (d.year as u64) << 26 | u64::from(d.a) << 13 | u64::from(d.b));
    merge(&mut all, false);
    all
}

/// What each directed pair owes in each year by one alliance after another; with the rule of ATOP's own files a pair has one row a year
/// in each.
pub(crate) fn by_alliance(
    atop: &Atop,
    rule: Rule,
    (from, to): (i32, i32),
    mut take: impl FnMut(&mut Vec<Directed>),
) {
    let mut of_alliance: Vec<Directed> = Vec::new();
    let bounds: Vec<(Day, Day)> = (from..=to).map(year_bounds).collect();
    for (alliance, by_phase) in phases(atop, rule) {
        for (phase, rows) in &by_phase {
            for a in rows {
                for b in rows.iter().filter(|b| b.member != a.member) {
                    let (begin, end) = (a.entry.max(b.entry), a.exit.min(b.exit));
                    let shared = if rule == Rule::Atop { begin < end } else { begin <= end };
                    let owes = atop.owes(a, b);
                    if !shared || (rule == Rule::Day && owes == 0) {
                        continue;
                    }
                    for year in year_of(begin).max(from)..=year_of(end).min(to) {
                        let (first, last) = bounds[(year - from) as usize];
                        of_alliance.push(Directed {
                            year,
                            a: a.member,
                            b: b.member,
                            owes,
                            first: begin.max(first),
                            last: end.min(last),
                            alliance,
                            phase: *phase,
                        });
                    }
                }
            }
        }
        if rule == Rule::Atop && by_phase.len() > 1 {
            // Phases come in order, and this sort keeps it: the last of a pair is that of the later phase.
            of_alliance.sort_by_key(Directed::key);
            merge(&mut of_alliance, true);
        }
        take(&mut of_alliance);
        of_alliance.clear();
    }
}

/// What each directed pair owes on one day; the year of a row is the day's.
pub fn directed_on(atop: &Atop, day: Day) -> Vec<Directed> {
    let mut out = Vec::new();
    for by_phase in phases(atop, Rule::Atop).values() {
        for rows in by_phase.values() {
            let there: Vec<&&Spell> = rows.iter().filter(|s| s.entry <= day && day <= s.exit).collect();
            for a in &there {
                for b in there.iter().filter(|b| b.member != a.member) {
                    out.push(Directed {
                        year: year_of(day),
                        a: a.member,
                        b: b.member,
                        owes: atop.owes(a, b),
                        first: day,
                        last: day,
                        alliance: a.alliance,
                        phase: a.phase,
                    });
                }
            }
        }
    }
    out.sort_by_key(Directed::key);
    merge(&mut out, false);
    out
}
