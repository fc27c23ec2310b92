//! Panels: states, pairs and directed pairs by year or day, from ATOP's member rows.
//!
//! In: [`Atop`] and, if given, system membership. Out: CSV with one documented row form each. What always holds: years after coverage
//! are written with `covered` 0 and empty cells, never zeros; a pair is a row of a year if its rows of one phase overlap.
//!
//! Two rules of reconstruction. `atop` is that of ATOP's own files: two members are a pair in each year from the later entry to
//! the earlier exit, both years included, if they share more than one day (or strictly: the later entry lies before the
//! earlier exit); if two phases of one alliance meet in a year, the later one's obligations count; member 8152 (Annam), which
//! has no COW number, is left out. `day` asks for one *day* of the year on which a pledge holds, as W3 does, and adds up all phases.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use foedera_bulk::{Day, day_of, iso, year_of};

use crate::atop::{Atop, OBLIGATIONS, Spell};

/// Which rows a panel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A state in a year.
    StateYear,
    /// A pair in a year, the smaller number first; a pledge counts if either owes it.
    DyadYear,
    /// A directed pair in a year: what the first owes the second.
    DirectedDyadYear,
    /// A directed pair on the days of an extent on which nothing changes.
    DyadDay,
}

/// How years are made of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// As ATOP's own files.
    Atop,
    /// One day of the year on which the pledge holds.
    Day,
}

/// What a panel is made from, beside ATOP.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// First year.
    pub from: i32,
    /// Last year; later than coverage gives uncovered rows.
    pub to: i32,
    /// The rule.
    pub rule: Rule,
    /// System membership: COW number, first day, first day no longer. Empty: not given.
    pub system: &'a [(u32, Day, Day)],
}

/// First day, last day, what is owed as bits.
type Stretch = (Day, Day, u8);

/// The COW number ATOP gives Annam, which is no member of the COW system: ATOP's own panels leave it out.
const ANNAM: u32 = 8152;

/// A panel as CSV, with how many rows it has.
pub fn panel(atop: &Atop, unit: Unit, frame: &Frame<'_>) -> (String, usize) {
    match unit {
        Unit::StateYear => state_years(atop, frame),
        Unit::DirectedDyadYear => dyad_years(atop, frame, true),
        Unit::DyadYear => dyad_years(atop, frame, false),
        Unit::DyadDay => dyad_days(atop, frame),
    }
}

fn year_bounds(year: i32) -> (Day, Day) {
    let date = |m, d| day_of(year, m, d).expect("years of a panel lie between 1 and 9999");
    (date(1, 1), date(12, 31))
}

/// Whether a state belongs to the system on some day of a year; empty text if the system is not given.
fn in_system(frame: &Frame<'_>, state: u32, year: i32) -> &'static str {
    if frame.system.is_empty() {
        return "";
    }
    let (first, last) = year_bounds(year);
    let there = frame.system.iter().any(|(s, from, to)| *s == state && *from <= last && first < *to);
    if there { "1" } else { "0" }
}

fn counts(s: &Spell, rule: Rule) -> bool {
    rule == Rule::Day || s.member != ANNAM
}

fn cells(owes: u8) -> String {
    (0..5).map(|bit| if owes >> bit & 1 == 1 { ",1" } else { ",0" }).collect()
}

fn state_years(atop: &Atop, frame: &Frame<'_>) -> (String, usize) {
    let mut owes: BTreeMap<(i32, u32), (u8, Day, Day)> = BTreeMap::new();
    for s in atop.spells.iter().filter(|s| counts(s, frame.rule)) {
        for year in year_of(s.entry)..=year_of(s.exit) {
            let (first, last) = year_bounds(year);
            let (from, to) = (s.entry.max(first), s.exit.min(last));
            let slot = owes.entry((year, s.member)).or_insert((0, from, to));
            *slot = (slot.0 | s.owes, slot.1.min(from), slot.2.max(to));
        }
    }
    let mut out = String::from(
        "year,state,covered,in_system,first_day,last_day,defense,offense,neutral,nonagg,consul\n",
    );
    let mut rows = 0;
    for ((year, state), (bits, from, to)) in owes {
        if (frame.from..=frame.to).contains(&year) {
            let _ = writeln!(
                out,
                "{year},{state},1,{},{},{}{}",
                in_system(frame, state, year),
                iso(from),
                iso(to),
                cells(bits)
            );
            rows += 1;
        }
    }
    uncovered(atop, frame, &mut out, &mut rows, 1);
    (out, rows)
}

/// Years after coverage: a row for each state of the system, or for none that is named, without a value.
fn uncovered(atop: &Atop, frame: &Frame<'_>, out: &mut String, rows: &mut usize, states: usize) {
    let end = year_of(atop.coverage);
    for year in frame.from.max(end + 1)..=frame.to {
        let there: BTreeSet<u32> =
            frame.system.iter().map(|s| s.0).filter(|s| in_system(frame, *s, year) == "1").collect();
        if states == 1 {
            for s in there {
                let _ = writeln!(out, "{year},{s},0,1,,,,,,,");
                *rows += 1;
            }
        } else {
            for a in &there {
                for b in there.iter().filter(|b| if states == 3 { *b > a } else { *b != a }) {
                    let _ = writeln!(out, "{year},{a},{b},0,1,,,,,,,");
                    *rows += 1;
                }
            }
        }
    }
}

/// Rows of each phase of each alliance, and of each alliance its phases in order.
fn phases(atop: &Atop, rule: Rule) -> BTreeMap<u32, BTreeMap<u32, Vec<&Spell>>> {
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
    fn key(&self) -> (i32, u32, u32) {
        (self.year, self.a, self.b)
    }

    /// Takes in another row of the same pair and year; what is owed is that of both, or of the other alone.
    fn widen(&mut self, other: &Directed, replace: bool) {
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

/// Appends a number in decimal.
fn push_number(out: &mut String, n: u32) {
    if n >= 10 {
        push_number(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

fn dyad_years(atop: &Atop, frame: &Frame<'_>, is_directed: bool) -> (String, usize) {
    let directed = directed(atop, frame.rule, frame.from, frame.to);
    let mut out = String::from(
        "year,state_a,state_b,covered,in_system,first_day,last_day,defense,offense,neutral,nonagg,consul\n",
    );
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
        out.push('\n');
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
fn dyad_days(atop: &Atop, frame: &Frame<'_>) -> (String, usize) {
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
    let mut out =
        String::from("state_a,state_b,first_day,last_day,open,defense,offense,neutral,nonagg,consul\n");
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
            let _ = writeln!(out, "{a},{b},{},{},{open}{}", iso(first), iso(last), cells(owes));
            rows += 1;
        }
    }
    (out, rows)
}

/// The columns of a panel, for its manifest: name and meaning.
pub fn columns(unit: Unit) -> Vec<(&'static str, &'static str)> {
    let mut out = match unit {
        Unit::StateYear => vec![("year", "calendar year"), ("state", "COW state number")],
        Unit::DyadYear => {
            vec![
                ("year", "calendar year"),
                ("state_a", "COW state number, the smaller"),
                ("state_b", "COW state number"),
            ]
        }
        Unit::DirectedDyadYear => {
            vec![
                ("year", "calendar year"),
                ("state_a", "COW state number: who owes"),
                ("state_b", "COW state number: to whom"),
            ]
        }
        Unit::DyadDay => {
            vec![("state_a", "COW state number: who owes"), ("state_b", "COW state number: to whom")]
        }
    };
    if unit != Unit::DyadDay {
        out.push(("covered", "1 if the release covers the year; 0: nothing is known, cells are empty"));
        out.push(("in_system", "1 if all states of the row belong to the system on some day of the year; empty if no list was given"));
    }
    out.push(("first_day", "first day of the row's extent on which they are fellow members"));
    out.push(("last_day", "last day of it, included"));
    if unit == Unit::DyadDay {
        out.push(("open", "1 if still in force when coverage ends"));
    }
    out.extend(OBLIGATIONS.iter().map(|(column, word, _)| (*column, *word)));
    out
}
