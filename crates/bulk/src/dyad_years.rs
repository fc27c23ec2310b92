//! Directed dyad-years (W3): A owes B a pledge in a year if on some day of that year it does.
//!
//! In: a [`World`], current knowledge. Out: the rows `year,a,b,d,o,n,na,c` as CSV, sorted, with a header line and LF line ends. What
//! always holds: a flag stands for one *day* on which phase, both memberships and both statehoods hold together; overlaps of
//! different days do not add up to one.

use crate::day::{Day, FIRST_YEAR, LAST_YEAR, LATEST, OPEN, year_of};
use crate::world::World;

/// What the rows add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows with at least one flag.
    pub rows: u64,
    /// Rows by pledge: defence, offence, neutrality, nonaggression, consultation.
    pub per: [u64; 5],
}

/// A flag that stands from one year to another, both included.
#[derive(Clone, Copy)]
struct Stretch {
    last: u16,
    a: u16,
    b: u16,
    flag: u8,
}

/// The header line.
pub const HEADER: &str = "year,a,b,d,o,n,na,c\n";

/// Appends all rows of the years 1815 to 2018 to `out`.
pub fn write(world: &World, out: &mut Vec<u8>) -> Summary {
    let by_first_year = stretches(world);
    let n = world.states;
    let names: Vec<Padded> = (0..n).map(|s| Padded::number(s as u32, b",")).collect();
    let flags: Vec<[u8; 16]> = (0..32_u8)
        .map(|bits| {
            let mut cells = *b"0,0,0,0,0\n\0\0\0\0\0\0";
            for pledge in 0..5 {
                cells[pledge * 2] += bits >> pledge & 1;
            }
            cells
        })
        .collect();
    let mut summary = Summary::default();
    let mut per_bits = [0_u64; 32];
    // One year's flags, a row of bytes for each debtor, in words so that empty stretches are passed quickly.
    let words = n.div_ceil(8);
    let mut matrix = vec![0_u64; n * words];
    let mut rows_used = vec![false; n];
    let mut running: Vec<Stretch> = Vec::new();
    out.extend_from_slice(HEADER.as_bytes());
    for (i, first) in by_first_year.iter().enumerate() {
        let year = i as u16;
        running.retain(|s| s.last >= year);
        running.extend(first);
        for s in &running {
            let a = usize::from(s.a);
            rows_used[a] = true;
            let b = usize::from(s.b);
            matrix[a * words + b / 8] |= u64::from(s.flag) << (b % 8 * 8);
        }
        let year = Padded::number((FIRST_YEAR + i as i32) as u32, b",");
        for a in 0..n {
            if !std::mem::replace(&mut rows_used[a], false) {
                continue;
            }
            let prefix = year.then(&names[a]);
            let row = &mut matrix[a * words..(a + 1) * words];
            // Room for the longest rows, cut back afterwards: a row is written with copies of fixed size.
            let mut at = out.len();
            out.resize(at + n * 26 + 32, 0);
            for (w, word) in row.iter_mut().enumerate() {
                let mut rest = std::mem::take(word);
                while rest != 0 {
                    let byte = rest.trailing_zeros() / 8;
                    let bits = (rest >> (byte * 8) & 0xff) as u8;
                    rest &= !(0xff << (byte * 8));
                    let b = &names[w * 8 + byte as usize];
                    out[at..at + 16].copy_from_slice(&prefix.bytes);
                    at += prefix.length;
                    out[at..at + 16].copy_from_slice(&b.bytes);
                    at += b.length;
                    out[at..at + 16].copy_from_slice(&flags[usize::from(bits)]);
                    at += 10;
                    per_bits[usize::from(bits)] += 1;
                }
            }
            out.truncate(at);
        }
    }
    for (bits, count) in per_bits.iter().enumerate() {
        summary.rows += count;
        for pledge in 0..5 {
            summary.per[pledge] += count * (bits as u64 >> pledge & 1);
        }
    }
    summary
}

/// A number and what follows it, in a field of 16 bytes.
struct Padded {
    bytes: [u8; 16],
    length: usize,
}

impl Padded {
    fn number(n: u32, after: &[u8]) -> Padded {
        let text = n.to_string();
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        bytes[text.len()..text.len() + after.len()].copy_from_slice(after);
        Padded { bytes, length: text.len() + after.len() }
    }

    fn then(&self, other: &Padded) -> Padded {
        let mut bytes = self.bytes;
        bytes[self.length..self.length + other.length].copy_from_slice(&other.bytes[..other.length]);
        Padded { bytes, length: self.length + other.length }
    }
}

/// Every flag of every directed pair, by the year it begins in, counted from [`FIRST_YEAR`].
fn stretches(world: &World) -> Vec<Vec<Stretch>> {
    let years = (LAST_YEAR - FIRST_YEAR + 1) as usize;
    let mut by_first_year = vec![Vec::new(); years];
    let pieces = Pieces::of(world);
    for c in &world.clauses {
        if !c.known(LATEST) {
            continue;
        }
        for p in c.party_range() {
            let a = world.party_state[p];
            if !world.admits(c, 0, a) {
                continue;
            }
            let own = &world.reservations[c.reservations.0 as usize..c.reservations.1 as usize];
            let free_from = own.iter().filter(|(s, _)| *s == a).map(|(_, w)| *w).max().unwrap_or(Day::MIN);
            for q in c.party_range() {
                let b = world.party_state[q];
                if q == p || !world.admits(c, 1, b) {
                    continue;
                }
                for (a_begin, a_end) in pieces.of_party(p) {
                    for (b_begin, b_end) in pieces.of_party(q) {
                        let begin = c.begin.max(*a_begin).max(*b_begin).max(free_from);
                        let end = c.end.min(*a_end).min(*b_end);
                        if begin >= end {
                            continue;
                        }
                        let first = year_of(begin).max(FIRST_YEAR);
                        let last = if end == OPEN { LAST_YEAR } else { year_of(end - 1).min(LAST_YEAR) };
                        if first <= last {
                            by_first_year[(first - FIRST_YEAR) as usize].push(Stretch {
                                last: (last - FIRST_YEAR) as u16,
                                a,
                                b,
                                flag: 1 << c.pledge as u8,
                            });
                        }
                    }
                }
            }
        }
    }
    by_first_year
}

/// For each party, the extents on which it is both a member, as known now, and in the system.
struct Pieces {
    at: Vec<u32>,
    extents: Vec<(Day, Day)>,
}

impl Pieces {
    fn of(world: &World) -> Pieces {
        let mut pieces = Pieces { at: vec![0], extents: Vec::new() };
        for (p, rows) in world.party_rows.windows(2).enumerate() {
            let s = usize::from(world.party_state[p]);
            for row in rows[0] as usize..rows[1] as usize {
                if world.rows.known_from[row] > LATEST || world.rows.known_to[row] != OPEN {
                    continue;
                }
                for spell in world.spell_at[s] as usize..world.spell_at[s + 1] as usize {
                    let begin = world.rows.begin[row].max(world.spell_begin[spell]);
                    let end = world.rows.end[row].min(world.spell_end[spell]);
                    if begin < end {
                        pieces.extents.push((begin, end));
                    }
                }
            }
            pieces.at.push(pieces.extents.len() as u32);
        }
        pieces
    }

    fn of_party(&self, party: usize) -> &[(Day, Day)] {
        &self.extents[self.at[party] as usize..self.at[party + 1] as usize]
    }
}
