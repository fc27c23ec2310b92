//! The rows of each panel as CSV.
//!
//! In: [`Atop`] and a frame. Out: CSV and how many rows it has. What always holds: cells stand in the order of [`super::columns`]; years after
//! coverage have empty cells, never zeros.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use foedera_bulk::{Day, iso, year_of};

use super::pairs::{Directed, directed, phases};
use super::{Frame, Rule, Unit, counts, in_system, year_bounds};
use crate::atop::Atop;

/// First day, last day, what is owed as bits.
type Stretch = (Day, Day, u8);

/// The header of a panel.
fn header(unit: Unit, frame: &Frame<'_>) -> String {
    let names: Vec<&str> =
        super::columns(unit, frame.ids.map_or(&[], |i| i.schemes())).iter().map(|c| c.0).collect();
    names.join(",") + "\n"
}

fn cells(owes: u8) -> String {
    (0..5).map(|bit| if owes >> bit & 1 == 1 { ",1" } else { ",0" }).collect()
}

/// Ends a row: other ids of its states, where they are wanted.
fn end(frame: &Frame<'_>, states: &[u32], day: Day, out: &mut String) {
    if let Some(ids) = frame.ids {
        ids.cells(states, day, out);
    }
    out.push('\n');
}

pub(super) fn state_years(atop: &Atop, frame: &Frame<'_>) -> (String, usize) {
    let mut owes: BTreeMap<(i32, u32), (u8, Day, Day)> = BTreeMap::new();
    for s in atop.spells.iter().filter(|s| counts(s, frame.rule)) {
        for year in year_of(s.entry)..=year_of(s.exit) {
            let (first, last) = year_bounds(year);
            let (from, to) = (s.entry.max(first), s.exit.min(last));
            let slot = owes.entry((year, s.member)).or_insert((0, from, to));
            *slot = (slot.0 | s.owes, slot.1.min(from), slot.2.max(to));
        }
    }
    let mut out = header(Unit::StateYear, frame);
    let mut rows = 0;
    for ((year, state), (bits, from, to)) in owes {
        if (frame.from..=frame.to).contains(&year) {
            let _ = write!(
                out,
                "{year},{state},1,{},{},{}{}",
                in_system(frame, state, year),
                iso(from),
                iso(to),
                cells(bits)
            );
            end(frame, &[state], from, &mut out);
            rows += 1;
        }
    }
    uncovered(atop, frame, &mut out, &mut rows, 1);
    (out, rows)
}

/// Years after coverage: a row for each state of the system, or for none that is named, without a value.
fn uncovered(atop: &Atop, frame: &Frame<'_>, out: &mut String, rows: &mut usize, states: usize) {
    let last = year_of(atop.coverage);
    for year in frame.from.max(last + 1)..=frame.to {
        let there: BTreeSet<u32> =
            frame.system.iter().map(|s| s.0).filter(|s| in_system(frame, *s, year) == "1").collect();
        if states == 1 {
            for s in there {
                let _ = write!(out, "{year},{s},0,1,,,,,,,");
                end(frame, &[s], year_bounds(year).0, out);
                *rows += 1;
            }
        } else {
            for a in &there {
                for b in there.iter().filter(|b| if states == 3 { *b > a } else { *b != a }) {
                    let _ = write!(out, "{year},{a},{b},0,1,,,,,,,");
                    end(frame, &[*a, *b], year_bounds(year).0, out);
                    *rows += 1;
                }
            }
        }
    }
}

/// Appends a number in decimal.
fn push_number(out: &mut String, n: u32) {
    if n >= 10 {
        push_number(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

pub(super) fn dyad_years(atop: &Atop, frame: &Frame<'_>, is_directed: bool) -> (String, usize) {
    let directed = directed(atop, frame.rule, frame.from, frame.to);
    let mut out = header(if is_directed { Unit::DirectedDyadYear } else { Unit::DyadYear }, frame);
    out.reserve(directed.len() * 56);
    let mut rows = 0;
    let mut system: BTreeMap<(i32, u32), &'static str> = BTreeMap::new();
    let mut line = |d: &Directed, out: &mut String| {
        let mut of =
            |state: u32| *system.entry((d.year, state)).or_insert_with(|| in_system(frame, state, d.year));
        let both = if frame.system.is_empty() {
            ""
        } else if of(d.a) == "1" && of(d.b) == "1" {
            "1"
        } else {
            "0"
        };
        for n in [d.year as u32, d.a, d.b] {
            push_number(out, n);
            out.push(',');
        }
        out.push_str("1,");
        out.push_str(both);
        for day in [d.first, d.last] {
            // Most rows are whole years.
            out.push(',');
            push_number(out, d.year as u32);
            match year_bounds(d.year) {
                (first, _) if first == day => out.push_str("-01-01"),
                (_, last) if last == day => out.push_str("-12-31"),
                _ => out.push_str(&iso(day)[4..]),
            }
        }
        for bit in 0..5 {
            out.push_str(if d.owes >> bit & 1 == 1 { ",1" } else { ",0" });
        }
        end(frame, &[d.a, d.b], d.first, out);
        rows += 1;
    };
    for d in &directed {
        if is_directed {
            line(d, &mut out);
            continue;
        }
        let back =
            directed.binary_search_by_key(&(d.year, d.b, d.a), Directed::key).ok().map(|at| directed[at]);
        let mut both = *d;
        match back {
            // The other direction tells of the pair.
            Some(_) if d.a > d.b => continue,
            Some(back) => both.widen(&back, false),
            None if d.a > d.b => (both.a, both.b) = (d.b, d.a),
            None => {}
        }
        line(&both, &mut out);
    }
    uncovered(atop, frame, &mut out, &mut rows, if is_directed { 2 } else { 3 });
    (out, rows)
}

/// Stretches of days on which what one owes another does not change. Several alliances are added up.
pub(super) fn dyad_days(atop: &Atop, frame: &Frame<'_>) -> (String, usize) {
    let mut by_pair: BTreeMap<(u32, u32), Vec<Stretch>> = BTreeMap::new();
    for by_phase in phases(atop, frame.rule).values() {
        for rows in by_phase.values() {
            for a in rows {
                for b in rows.iter().filter(|b| b.member != a.member) {
                    let (begin, end) = (a.entry.max(b.entry), a.exit.min(b.exit));
                    let shared = if frame.rule == Rule::Atop { begin < end } else { begin <= end };
                    if shared {
                        by_pair.entry((a.member, b.member)).or_default().push((begin, end, atop.owes(a, b)));
                    }
                }
            }
        }
    }
    let mut out = header(Unit::DyadDay, frame);
    let mut rows = 0;
    let bounds = (year_bounds(frame.from).0, year_bounds(frame.to).1);
    for ((a, b), extents) in by_pair {
        let mut cuts: BTreeSet<Day> = BTreeSet::new();
        for (begin, end, _) in &extents {
            cuts.extend([*begin, *end + 1]);
        }
        let cuts: Vec<Day> = cuts.into_iter().collect();
        let mut pieces: Vec<Stretch> = Vec::new();
        for window in cuts.windows(2) {
            let (first, last) = (window[0], window[1] - 1);
            let there: Vec<u8> =
                extents.iter().filter(|(b, e, _)| *b <= first && last <= *e).map(|(.., o)| *o).collect();
            if there.is_empty() {
                continue;
            }
            let owes = there.iter().fold(0, |all, o| all | o);
            match pieces.last_mut().filter(|p| p.1 + 1 == first && p.2 == owes) {
                Some(piece) => piece.1 = last,
                None => pieces.push((first, last, owes)),
            }
        }
        for (first, last, owes) in pieces {
            if first > bounds.1 || last < bounds.0 {
                continue;
            }
            let open = u8::from(last == atop.coverage);
            let (first, last) = (first.max(bounds.0), last.min(bounds.1));
            let _ = write!(out, "{a},{b},{},{},{open}{}", iso(first), iso(last), cells(owes));
            end(frame, &[a, b], first, &mut out);
            rows += 1;
        }
    }
    (out, rows)
}
