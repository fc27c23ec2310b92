//! The grid: what holds at each of up to 256 dates, as bits, for every state, party and clause at once.
//!
//! In: a [`World`], sorted dates, and a [`Reading`]. Out: a [`Grid`] of 256-bit words, bit n for date n. What always holds: a bit is
//! set exactly if the goal-directed tests would say yes on that date; the four readings differ in which columns are read and in
//! nothing else, so that certain and possible answers, and answers as known then, cost what an ordinary one costs.

use crate::day::{Day, LATEST};
use crate::world::{Clause, Rows, World};

/// A bit for each date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bits(pub [u64; 4]);

impl Bits {
    /// Bits from one index up to, not including, another.
    #[inline]
    pub fn range(from: usize, to: usize) -> Bits {
        Bits(std::array::from_fn(|word| {
            let low = from.saturating_sub(word * 64).min(64);
            let high = to.saturating_sub(word * 64).min(64);
            let below = |n: usize| if n == 64 { u64::MAX } else { (1 << n) - 1 };
            below(high) & !below(low)
        }))
    }

    /// Bits of both.
    #[inline]
    pub fn and(self, other: Bits) -> Bits {
        Bits(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// Bits of either.
    #[inline]
    pub fn or(self, other: Bits) -> Bits {
        Bits(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Bits of this and not of the other.
    #[inline]
    pub fn but(self, other: Bits) -> Bits {
        Bits(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    /// Each bit moved to the next index.
    #[inline]
    pub fn later(self) -> Bits {
        let mut out = [0; 4];
        let mut carry = 0;
        for (to, from) in out.iter_mut().zip(self.0) {
            *to = (from << 1) | carry;
            carry = from >> 63;
        }
        Bits(out)
    }

    /// Whether a bit is set.
    #[inline]
    pub fn has(self, index: usize) -> bool {
        self.0[(index >> 6) & 3] >> (index & 63) & 1 == 1
    }

    /// Whether none is set.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 4]
    }

    /// Calls for each bit set, in order.
    #[inline]
    pub fn each(self, mut call: impl FnMut(usize)) {
        for (word, mut bits) in self.0.into_iter().enumerate() {
            while bits != 0 {
                call(word * 64 + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }
}

/// Which columns decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Canonical dates, current knowledge.
    Latest,
    /// Canonical dates, as known on each date itself.
    AsKnownThen,
    /// What holds whatever the uncertain dates are, current knowledge.
    Certain,
    /// What holds for some of them, current knowledge.
    Possible,
}

/// What holds at each date. Indexes are the world's.
pub struct Grid {
    /// The dates, ascending.
    pub dates: Vec<Day>,
    /// States in the system.
    pub(crate) system: Vec<Bits>,
    /// Parties that are active.
    pub(crate) active: Vec<Bits>,
    /// Parties that are active for the purpose of the test on the attacker, where that differs: what is certain of a clause
    /// needs that the attacker is not even possibly a member.
    attacking: Option<Vec<Bits>>,
    /// Clauses that are known and in force.
    pub(crate) clause: Vec<Bits>,
}

/// Number of dates before each day, by a table over years rather than a search: it is asked a million times.
struct Ruler<'a> {
    dates: &'a [Day],
    first: Day,
    /// For each stretch of 256 days from `first`: how many dates lie before it.
    before: Vec<u16>,
}

impl<'a> Ruler<'a> {
    fn new(dates: &'a [Day]) -> Ruler<'a> {
        let first = dates.first().copied().unwrap_or(0);
        let length = dates.last().map_or(0, |last| ((i64::from(*last) - i64::from(first)) >> 8) as usize + 2);
        let before = (0..length)
            .map(|i| dates.partition_point(|d| i64::from(*d) < i64::from(first) + ((i as i64) << 8)) as u16)
            .collect();
        Ruler { dates, first, before }
    }

    /// How many dates lie before a day.
    #[inline]
    fn index(&self, day: Day) -> usize {
        if day <= self.first {
            return 0;
        }
        let Some(n) = self.before.get((day.wrapping_sub(self.first) as u32 >> 8) as usize) else {
            return self.dates.len();
        };
        let mut n = usize::from(*n);
        while self.dates.get(n).is_some_and(|d| *d < day) {
            n += 1;
        }
        n
    }

    #[inline]
    fn range(&self, begin: Day, end: Day) -> Bits {
        let (from, to) = (self.index(begin), self.index(end));
        Bits::range(from, to.max(from))
    }
}

impl Grid {
    /// Lays a world over dates, ascending and at most 256; more are left out.
    pub fn new(world: &World, dates: &[Day], reading: Reading) -> Grid {
        let dates = dates[..dates.len().min(256)].to_vec();
        let ruler = Ruler::new(&dates);
        let system = (0..world.states)
            .map(|s| {
                let spells = world.spell_at[s] as usize..world.spell_at[s + 1] as usize;
                spells.fold(Bits::default(), |all, i| {
                    all.or(ruler.range(world.spell_begin[i], world.spell_end[i]))
                })
            })
            .collect();
        let of_parties = |reading: Reading| -> Vec<Bits> {
            let of_row = Self::of_row(&world.rows, &ruler, reading);
            world
                .party_rows
                .windows(2)
                .map(|w| (w[0] as usize..w[1] as usize).fold(Bits::default(), |all, row| all.or(of_row(row))))
                .collect()
        };
        let attacking = match reading {
            Reading::Latest | Reading::AsKnownThen => None,
            Reading::Certain => Some(of_parties(Reading::Possible)),
            Reading::Possible => Some(of_parties(Reading::Certain)),
        };
        let active = of_parties(reading);
        let clause = world.clauses.iter().map(|c| Self::of_clause(world, c, &ruler, reading)).collect();
        Grid { system, active, attacking, clause, dates }
    }

    fn of_row<'a>(r: &'a Rows, ruler: &'a Ruler<'a>, reading: Reading) -> impl Fn(usize) -> Bits + 'a {
        move |i| {
            let known = ruler_known(ruler, r.known_from[i], r.known_to[i], reading);
            let holds = match reading {
                Reading::Latest | Reading::AsKnownThen => ruler.range(r.begin[i], r.end[i]),
                Reading::Certain => ruler.range(r.begin_hi[i], r.end_lo[i]),
                Reading::Possible => ruler.range(r.begin_lo[i], r.end_hi[i]),
            };
            holds.and(known)
        }
    }

    fn of_clause(world: &World, c: &Clause, ruler: &Ruler<'_>, reading: Reading) -> Bits {
        let [begin_lo, begin_hi, end_lo, end_hi] = world.phase_bounds[c.phase as usize];
        let known = ruler_known(ruler, c.known_from, c.known_to, reading);
        let holds = match reading {
            Reading::Latest | Reading::AsKnownThen => ruler.range(c.begin, c.end),
            Reading::Certain => ruler.range(begin_hi, end_lo),
            Reading::Possible => ruler.range(begin_lo, end_hi),
        };
        holds.and(known)
    }

    /// Dates on which a party counts as a member when it is the attacker.
    #[inline]
    pub(crate) fn attacking(&self) -> &[Bits] {
        self.attacking.as_deref().unwrap_or(&self.active)
    }

    /// Dates on which a state has a reservation to a clause.
    #[inline]
    pub(crate) fn reserved(&self, world: &World, c: &Clause, state: u16) -> Bits {
        let own = &world.reservations[c.reservations.0 as usize..c.reservations.1 as usize];
        own.iter().filter(|(s, _)| *s == state).fold(Bits::default(), |all, (_, withdrawn)| {
            all.or(Bits::range(0, self.dates.partition_point(|d| d < withdrawn)))
        })
    }

    /// Dates on which a party owes under a clause, whoever the beneficiary.
    #[inline]
    pub(crate) fn owes(&self, world: &World, c: &Clause, party: usize) -> Bits {
        let state = world.party_state[party];
        if !world.admits(c, 0, state) {
            return Bits::default();
        }
        let both = self.active[party].and(self.system[usize::from(state)]);
        if c.reservations.0 == c.reservations.1 { both } else { both.but(self.reserved(world, c, state)) }
    }

    /// Dates on which a party is owed under a clause, whoever the debtor.
    #[inline]
    pub(crate) fn owed(&self, world: &World, c: &Clause, party: usize) -> Bits {
        let state = world.party_state[party];
        if !world.admits(c, 1, state) {
            return Bits::default();
        }
        self.active[party].and(self.system[usize::from(state)])
    }
}

/// Dates on which a row counts as known.
#[inline]
fn ruler_known(ruler: &Ruler<'_>, from: Day, to: Day, reading: Reading) -> Bits {
    if reading == Reading::AsKnownThen {
        return ruler.range(from, to);
    }
    let counts = from <= LATEST && LATEST < to;
    Bits::range(0, if counts { ruler.dates.len() } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_the_bits_between_and_no_others() {
        for (from, to) in [(0, 0), (0, 64), (63, 65), (10, 204), (64, 128), (0, 256), (255, 256), (200, 200)]
        {
            let bits = Bits::range(from, to);
            for i in 0..256 {
                assert_eq!(bits.has(i), (from..to).contains(&i), "{from}..{to} at {i}");
                assert_eq!(bits.later().has(i), i > 0 && bits.has(i - 1));
            }
            let mut seen = Vec::new();
            bits.each(|i| seen.push(i));
            assert_eq!(seen, (from..to).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_ruler_counts_the_dates_before_a_day() {
        let dates = crate::day::year_ends(1815, 2018);
        let ruler = Ruler::new(&dates);
        for day in (-60_000..20_000).chain([Day::MIN, crate::day::OPEN, LATEST]) {
            assert_eq!(ruler.index(day), dates.partition_point(|d| *d < day), "{day}");
        }
    }
}
