//! The workloads by the letter of `docs/bench.md`: loops over rows, no index, no sharing, nothing of the engine but its row types.
//!
//! In: [`Tables`] and, for the test of the tests, a [`Mistake`]. Out: plain sets and sums. What always holds: without a mistake this
//! is the definition; it is written to be read beside the page, not to be fast.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::{ClauseRow, Dates, Day, LATEST, OPEN, Query, Role, Side, Tables, day_of};

/// One of the fifteen mistakes an engine could make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mistake {
    ClosedMembers,
    ClosedPhases,
    ClosedStatehood,
    NoReservations,
    NoIntraRule,
    NoRegions,
    FlatRegions,
    NoExceptions,
    NoOnlyLists,
    NoObligorLists,
    NoBeneficiaryLists,
    NoKnowledgeTime,
    SupersededCount,
    NoSystem,
    NoAnyTrigger,
}

pub(crate) const MISTAKES: [Mistake; 15] = [
    Mistake::ClosedMembers,
    Mistake::ClosedPhases,
    Mistake::ClosedStatehood,
    Mistake::NoReservations,
    Mistake::NoIntraRule,
    Mistake::NoRegions,
    Mistake::FlatRegions,
    Mistake::NoExceptions,
    Mistake::NoOnlyLists,
    Mistake::NoObligorLists,
    Mistake::NoBeneficiaryLists,
    Mistake::NoKnowledgeTime,
    Mistake::SupersededCount,
    Mistake::NoSystem,
    Mistake::NoAnyTrigger,
];

/// Which columns decide, as in W8.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bounds {
    Canonical,
    Certain,
    Possible,
}

pub(crate) struct Naive<'t> {
    pub(crate) t: &'t Tables,
    pub(crate) mistake: Option<Mistake>,
    pub(crate) bounds: Bounds,
    /// An instrument that is not there.
    pub(crate) without: Option<u32>,
}

pub(crate) const P: u64 = 2_147_483_647;

pub(crate) fn f(k: u64) -> u64 {
    let m = u128::from(k % P);
    ((m * m + 48_271 * m + 1) % u128::from(P)) as u64
}

pub(crate) type Row = (u32, u32, u32, u32);

impl<'t> Naive<'t> {
    pub(crate) fn new(t: &'t Tables) -> Naive<'t> {
        Naive { t, mistake: None, bounds: Bounds::Canonical, without: None }
    }

    fn errs(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    fn holds(begin: Day, end: Day, day: Day, closed: bool) -> bool {
        begin <= day && (end == OPEN || day < end || (closed && day == end))
    }

    fn within(d: &Dates, bounds: Bounds, day: Day, closed: bool) -> bool {
        match bounds {
            Bounds::Canonical => Self::holds(d.begin, d.end, day, closed),
            Bounds::Certain => d.begin_hi <= day && (d.end == OPEN || day < d.end_lo),
            Bounds::Possible => d.begin_lo <= day && (d.end == OPEN || day < d.end_hi),
        }
    }

    fn known(&self, from: Day, to: Day, known: Day) -> bool {
        let known = if self.errs(Mistake::NoKnowledgeTime) { LATEST } else { known };
        if self.errs(Mistake::SupersededCount) {
            return known == LATEST || from <= known;
        }
        if known == LATEST { to == OPEN } else { from <= known && (to == OPEN || known < to) }
    }

    pub(crate) fn system(&self, s: u32, day: Day) -> bool {
        self.errs(Mistake::NoSystem)
            || self
                .t
                .spells
                .iter()
                .any(|(sid, b, e)| *sid == s && Self::holds(*b, *e, day, self.errs(Mistake::ClosedStatehood)))
    }

    fn member_by(&self, i: u32, s: u32, day: Day, known: Day, bounds: Bounds) -> bool {
        self.t.members.iter().any(|m| {
            m.instr == i
                && m.sid == s
                && self.known(m.known_from, m.known_to, known)
                && Self::within(&m.dates, bounds, day, self.errs(Mistake::ClosedMembers))
        })
    }

    fn member(&self, i: u32, s: u32, day: Day, known: Day) -> bool {
        self.member_by(i, s, day, known, self.bounds)
    }

    /// Whether the attacker is a member: for what is certain, "not possibly"; for what is possible, "not certainly".
    fn attacking_member(&self, i: u32, s: u32, day: Day, known: Day) -> bool {
        let bounds = match self.bounds {
            Bounds::Canonical => Bounds::Canonical,
            Bounds::Certain => Bounds::Possible,
            Bounds::Possible => Bounds::Certain,
        };
        self.member_by(i, s, day, known, bounds)
    }

    fn in_force(&self, c: &ClauseRow, day: Day) -> bool {
        self.t.phases.iter().any(|p| {
            p.phase == c.phase && Self::within(&p.dates, self.bounds, day, self.errs(Mistake::ClosedPhases))
        })
    }

    fn listed(&self, c: &ClauseRow, role: Role, s: u32) -> bool {
        let ignored = match role {
            Role::Obligor => Mistake::NoObligorLists,
            Role::Beneficiary => Mistake::NoBeneficiaryLists,
        };
        let mut own = self.t.parties.iter().filter(|(k, r, _)| *k == c.clause && *r == role).peekable();
        self.errs(ignored) || own.peek().is_none() || own.any(|(.., sid)| *sid == s)
    }

    fn reserved(&self, c: &ClauseRow, s: u32, day: Day) -> bool {
        !self.errs(Mistake::NoReservations)
            && self
                .t
                .reservations
                .iter()
                .any(|(k, sid, w)| *k == c.clause && *sid == s && (*w == OPEN || day < *w))
    }

    fn against(&self, c: &ClauseRow, e: u32) -> bool {
        let of = |side: Side| self.t.adversaries.iter().filter(move |(k, d, _)| *k == c.clause && *d == side);
        let only = of(Side::Only).next().is_none()
            || of(Side::Only).any(|(.., s)| *s == e)
            || self.errs(Mistake::NoOnlyLists);
        let spared = of(Side::Except).any(|(.., s)| *s == e) && !self.errs(Mistake::NoExceptions);
        only && !spared
    }

    fn reaches(&self, c: &ClauseRow, place: u32) -> bool {
        let own: Vec<u32> =
            self.t.clause_regions.iter().filter(|(k, _)| *k == c.clause).map(|(_, r)| *r).collect();
        if own.is_empty() || self.errs(Mistake::NoRegions) {
            return true;
        }
        let mut at = place;
        while at != 0 {
            if own.contains(&at) {
                return true;
            }
            if self.errs(Mistake::FlatRegions) {
                return false;
            }
            at = self.t.regions.iter().find(|r| r.region == at).map_or(0, |r| r.parent);
        }
        false
    }

    fn intra(&self, c: &ClauseRow) -> bool {
        c.intra || self.errs(Mistake::NoIntraRule)
    }

    pub(crate) fn link(&self, c: &ClauseRow, z: u32, b: u32, day: Day, known: Day) -> bool {
        self.without != Some(c.instr)
            && self.known(c.known_from, c.known_to, known)
            && self.in_force(c, day)
            && z != b
            && self.member(c.instr, z, day, known)
            && self.member(c.instr, b, day, known)
            && self.system(z, day)
            && self.system(b, day)
            && self.listed(c, Role::Obligor, z)
            && self.listed(c, Role::Beneficiary, b)
            && !self.reserved(c, z, day)
    }

    fn applies(&self, c: &ClauseRow, e: u32, place: u32, day: Day, known: Day) -> bool {
        (self.intra(c) || !self.attacking_member(c.instr, e, day, known))
            && self.against(c, e)
            && self.reaches(c, place)
    }

    fn home(&self, s: u32) -> u32 {
        self.t.states.iter().find(|r| r.sid == s).map_or(0, |r| r.home)
    }

    /// W1: rows (round, kind, state, clause).
    pub(crate) fn casus(&self, q: &Query) -> BTreeSet<Row> {
        let (x, y, p, d, k) = (q.attacker, q.target, q.region, q.date, q.known);
        let mut rows = BTreeSet::new();
        for c in &self.t.clauses {
            for s in &self.t.states {
                let z = s.sid;
                let to_y = self.link(c, z, y, d, k);
                if z == x && c.pledge == b'A' && to_y {
                    rows.insert((1, 6, z, c.clause));
                }
                if z == x || z == y {
                    continue;
                }
                let against_x = self.applies(c, x, p, d, k);
                let any = c.any && !self.errs(Mistake::NoAnyTrigger);
                let neutral =
                    (to_y && against_x) || (any && self.link(c, z, x, d, k) && self.applies(c, y, p, d, k));
                match c.pledge {
                    b'N' if neutral => rows.insert((1, 3, z, c.clause)),
                    b'C' if to_y && against_x => rows.insert((1, 4, z, c.clause)),
                    b'A' if to_y => rows.insert((1, 5, z, c.clause)),
                    _ => false,
                };
            }
        }
        let (mut a, mut t, mut frozen) = (BTreeSet::from([x]), BTreeSet::from([y]), BTreeSet::new());
        for round in 1..=q.depth {
            let mut called: BTreeMap<u32, (bool, bool)> = BTreeMap::new();
            for s in &self.t.states {
                let z = s.sid;
                if a.contains(&z) || t.contains(&z) || frozen.contains(&z) {
                    continue;
                }
                for c in &self.t.clauses {
                    for attacker in &a {
                        for target in &t {
                            let place = if *target == y { p } else { self.home(*target) };
                            if c.pledge == b'D'
                                && self.link(c, z, *target, d, k)
                                && self.applies(c, *attacker, place, d, k)
                            {
                                rows.insert((round, 1, z, c.clause));
                                called.entry(z).or_default().0 = true;
                            }
                            if c.pledge == b'O'
                                && self.link(c, z, *attacker, d, k)
                                && self.applies(c, *target, place, d, k)
                            {
                                rows.insert((round, 2, z, c.clause));
                                called.entry(z).or_default().1 = true;
                            }
                        }
                    }
                }
            }
            for (z, sides) in called {
                match sides {
                    (true, false) => t.insert(z),
                    (false, true) => a.insert(z),
                    _ => frozen.insert(z),
                };
            }
        }
        rows
    }

    /// W7: reasons by state.
    pub(crate) fn why_not(&self, q: &Query) -> BTreeMap<u32, u32> {
        let (x, y, p, d, k) = (q.attacker, q.target, q.region, q.date, q.known);
        let ever = |i: u32, s: u32| self.t.members.iter().any(|m| m.instr == i && m.sid == s);
        let mut reasons = BTreeMap::new();
        for s in &self.t.states {
            let z = s.sid;
            if z == x || z == y || !self.system(z, d) {
                continue;
            }
            let mut reason = 0;
            for c in &self.t.clauses {
                if c.pledge != b'D'
                    || !ever(c.instr, z)
                    || !ever(c.instr, y)
                    || !self.listed(c, Role::Obligor, z)
                    || !self.listed(c, Role::Beneficiary, y)
                {
                    continue;
                }
                let first = if !self.known(c.known_from, c.known_to, k) {
                    1
                } else if !self.in_force(c, d) {
                    2
                } else if !self.member(c.instr, z, d, k) {
                    3
                } else if !self.member(c.instr, y, d, k) {
                    4
                } else if self.reserved(c, z, d) {
                    5
                } else if !self.intra(c) && self.member(c.instr, x, d, k) {
                    6
                } else if !self.against(c, x) {
                    7
                } else if !self.reaches(c, p) {
                    8
                } else {
                    9
                };
                reason = reason.max(first);
            }
            reasons.insert(z, reason);
        }
        reasons
    }

    /// W2 at one day: (attacker, target, state, clause), and the number of pairs.
    pub(crate) fn sweep(&self, day: Day, known: Day) -> (u64, BTreeSet<Row>) {
        let states: Vec<u32> = self.t.states.iter().map(|s| s.sid).filter(|s| self.system(*s, day)).collect();
        let mut rows = BTreeSet::new();
        for x in &states {
            for y in states.iter().filter(|y| *y != x) {
                for c in self.t.clauses.iter().filter(|c| c.pledge == b'D') {
                    if !self.applies(c, *x, self.home(*y), day, known) {
                        continue;
                    }
                    for z in states.iter().filter(|z| *z != x && *z != y) {
                        if self.link(c, *z, *y, day, known) {
                            rows.insert((*x, *y, *z, c.clause));
                        }
                    }
                }
            }
        }
        (states.len() as u64 * (states.len() as u64).saturating_sub(1), rows)
    }

    /// All links at a day: (clause, debtor, beneficiary).
    pub(crate) fn links(&self, day: Day) -> BTreeSet<(u32, u32, u32)> {
        let mut links = BTreeSet::new();
        for c in &self.t.clauses {
            for a in &self.t.states {
                for b in &self.t.states {
                    if self.link(c, a.sid, b.sid, day, LATEST) {
                        links.insert((c.clause, a.sid, b.sid));
                    }
                }
            }
        }
        links
    }

    fn pledge(&self, clause: u32) -> usize {
        let row = self.t.clauses.iter().find(|c| c.clause == clause).expect("a clause of the table");
        b"DONAC".iter().position(|l| *l == row.pledge).expect("a letter of DONAC")
    }

    /// W3 for one year, day by day.
    pub(crate) fn flags(&self, year: i32) -> BTreeMap<(u32, u32), [bool; 5]> {
        let mut flags: BTreeMap<(u32, u32), [bool; 5]> = BTreeMap::new();
        let (first, last) = (day_of(year, 1, 1).expect("a date"), day_of(year, 12, 31).expect("a date"));
        for day in first..=last {
            for (c, a, b) in self.links(day) {
                flags.entry((a, b)).or_default()[self.pledge(c)] = true;
            }
        }
        flags
    }

    /// W4 at a year's end: L1, L2, L1w and the four measures of each pair.
    pub(crate) fn similarity(&self, year: i32, day: Day) -> BTreeMap<(u32, u32), ([u64; 3], [f64; 4])> {
        let states: Vec<u32> = self.t.states.iter().map(|s| s.sid).filter(|s| self.system(*s, day)).collect();
        let links = self.links(day);
        let v = |i: u32, j: u32| -> i64 {
            if i == j {
                return 3;
            }
            let between = links.iter().filter(|(_, a, b)| (*a, *b) == (i, j) || (*a, *b) == (j, i));
            between.map(|(c, ..)| [3, 0, 2, 2, 1][self.pledge(*c)]).max().unwrap_or(0)
        };
        let cap = |s: u32| {
            let row = self.t.capabilities.iter().find(|c| c.sid == s && c.year == year);
            row.map_or(0, |c| i64::from(c.cap))
        };
        let n = states.len() as f64;
        let mut out = BTreeMap::new();
        for i in &states {
            for j in states.iter().filter(|j| *j > i) {
                let (mut l1, mut l2, mut l1w, mut caps) = (0, 0, 0, 0);
                let (mut si, mut sj, mut qi, mut qj) = (0, 0, 0, 0);
                for k in &states {
                    let (a, b, w) = (v(*i, *k), v(*j, *k), cap(*k));
                    l1 += (a - b).abs();
                    l2 += (a - b).pow(2);
                    l1w += w * (a - b).abs();
                    caps += w;
                    si += a;
                    sj += b;
                    qi += a * a;
                    qj += b * b;
                }
                let (sum, q) = ((si + sj) as f64, (qi + qj) as f64);
                let pi = 2.0 * n * q - sum * sum;
                let kappa = n * q - (2 * si * sj) as f64;
                let ratio = |above: f64, below: f64| if below == 0.0 { 1.0 } else { 1.0 - above / below };
                out.insert(
                    (*i, *j),
                    (
                        [l1 as u64, l2 as u64, l1w as u64],
                        [
                            1.0 - 2.0 * l1 as f64 / (3.0 * n),
                            1.0 - 2.0 * l1w as f64 / (3.0 * caps as f64),
                            ratio(2.0 * n * l2 as f64, pi),
                            ratio(n * l2 as f64, kappa),
                        ],
                    ),
                );
            }
        }
        out
    }
}
