//! The bulk world: columns, indexes and compiled clauses.
//!
//! In: [`Tables`]. Out: a [`World`], or a [`Refusal`] that names the reference which leads nowhere. What always holds: it never
//! changes; clauses stand in the order of their instruments; the rows of one party stand together, current ones and superseded
//! ones alike; a clause carries all its tests need, so that a question reads one cache line for it.

use std::ops::Range;

use crate::day::Day;
use crate::tables::{Refusal, Role, Side, Tables};

/// What a clause promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Pledge {
    /// Support if a partner is attacked.
    Defense = 0,
    /// Support when a partner attacks.
    Offense = 1,
    /// Not to join or help a partner's adversary.
    Neutrality = 2,
    /// No force against a partner.
    Nonaggression = 3,
    /// To consult in a crisis.
    Consultation = 4,
}

impl Pledge {
    /// All, in the order of their numbers.
    pub const ALL: [Pledge; 5] =
        [Pledge::Defense, Pledge::Offense, Pledge::Neutrality, Pledge::Nonaggression, Pledge::Consultation];

    fn of_letter(letter: u8) -> Option<Pledge> {
        b"DONAC".iter().position(|l| *l == letter).map(|i| Pledge::ALL[i])
    }
}

/// A clause in its one compiled form: every question reads this and nothing else.
#[derive(Clone, Debug)]
pub struct Clause {
    /// First day of its phase.
    pub(crate) begin: Day,
    /// First day on which its phase no longer holds.
    pub(crate) end: Day,
    /// From when on it was known.
    pub(crate) known_from: Day,
    /// Until when it was believed.
    pub(crate) known_to: Day,
    /// The regions it is limited to, as bits; 0 = none.
    pub(crate) regions: u64,
    /// The parties of its instrument, in `World::party_*`.
    pub(crate) parties: (u32, u32),
    /// Where its four lists begin in `World::pool`.
    pub(crate) pool: u32,
    /// Lengths of the four lists: debtors, beneficiaries, only, except.
    pub(crate) lists: [u16; 4],
    /// Where its reservations stand in `World::reservations`.
    pub(crate) reservations: (u32, u32),
    /// Its phase, an index.
    pub(crate) phase: u32,
    /// Its number in the tables.
    pub id: u32,
    /// Its instrument's number in the tables.
    pub instrument: u32,
    /// What it promises.
    pub pledge: Pledge,
    /// Whether it covers a partner's own attack as well.
    pub(crate) any: bool,
    /// Whether it also holds against another party.
    pub(crate) intra: bool,
}

impl Clause {
    /// Whether it was known, at a state of knowledge.
    #[inline]
    pub(crate) fn known(&self, known: Day) -> bool {
        self.known_from <= known && known < self.known_to
    }

    /// Whether its phase holds on a day.
    #[inline]
    pub(crate) fn in_force(&self, day: Day) -> bool {
        self.begin <= day && day < self.end
    }

    /// The parties of its instrument, as indexes.
    #[inline]
    pub(crate) fn party_range(&self) -> Range<usize> {
        self.parties.0 as usize..self.parties.1 as usize
    }

    /// Whether its region list is empty, or holds one of these regions (a place and all it lies in).
    #[inline]
    pub(crate) fn reaches(&self, lineage: u64) -> bool {
        self.regions == 0 || self.regions & lineage != 0
    }
}

/// A clause as a state finds it: with its phase's days, so that one out of force is passed over without being looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) begin: Day,
    pub(crate) end: Day,
    /// The clause, an index.
    pub(crate) clause: u32,
    /// The state's party under its instrument, an index.
    pub(crate) party: u32,
}

/// Rows of membership, a column each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) begin: Vec<Day>,
    pub(crate) end: Vec<Day>,
    pub(crate) known_from: Vec<Day>,
    pub(crate) known_to: Vec<Day>,
    pub(crate) begin_lo: Vec<Day>,
    pub(crate) begin_hi: Vec<Day>,
    pub(crate) end_lo: Vec<Day>,
    pub(crate) end_hi: Vec<Day>,
    /// The row's number in the tables.
    pub(crate) mid: Vec<u32>,
}

/// Everything the tables hold, numbered and indexed. Immutable.
#[derive(Clone, Debug)]
pub struct World {
    /// One more than the largest state number; arrays over states have this length.
    pub(crate) states: usize,
    /// Abbreviations by state number.
    pub(crate) abb: Vec<String>,
    /// The home region of each state and all it lies in, as bits.
    pub(crate) home: Vec<u64>,
    /// Each region and all it lies in, as bits, by region number.
    pub(crate) lineage: Vec<u64>,
    /// Where each state's spells begin; one longer than `states`.
    pub(crate) spell_at: Vec<u32>,
    pub(crate) spell_begin: Vec<Day>,
    pub(crate) spell_end: Vec<Day>,
    /// The state of each party; a party is one state under one instrument, with all its rows.
    pub(crate) party_state: Vec<u16>,
    /// Where each party's rows begin; one longer than `party_state`.
    pub(crate) party_rows: Vec<u32>,
    pub(crate) rows: Rows,
    pub(crate) clauses: Vec<Clause>,
    /// States of the clauses' lists.
    pub(crate) pool: Vec<u16>,
    /// Reservations of the clauses: state, and first day on which it no longer holds.
    pub(crate) reservations: Vec<(u16, Day)>,
    /// Phases with the bounds of their ends, for clauses by index: begin_lo, begin_hi, end_lo, end_hi.
    pub(crate) phase_bounds: Vec<[Day; 4]>,
    /// The phases' numbers in the tables.
    pub(crate) phase_ids: Vec<u32>,
    /// For each state and pledge (state × 5 + pledge): where its entries in `by_state` begin.
    pub(crate) by_state_at: Vec<u32>,
    /// Clauses of instruments to which a state was ever party.
    pub(crate) by_state: Vec<Entry>,
    /// Capabilities by year from `capability_from`, then by state; 0 where the table has none.
    pub(crate) capability: Vec<Vec<u32>>,
    pub(crate) capability_from: i32,
    instruments: usize,
}

/// State numbers stay below this, so that checksums can pack them.
const STATES: u32 = 4096;
/// Clause numbers stay below this.
const CLAUSES: u32 = 1 << 18;
/// Region numbers stay below this, so that a lineage fits a word.
const REGIONS: u32 = 64;

fn refuse(file: &str, column: &str, cell: impl ToString, expected: &str) -> Box<Refusal> {
    Box::new(Refusal {
        file: format!("{file}.csv"),
        line: 0,
        column: column.to_owned(),
        cell: cell.to_string(),
        expected: expected.to_owned(),
    })
}

/// Indexes by number: dense where the numbers are, since they nearly always are.
struct Index(Vec<u32>);

impl Index {
    fn of(file: &str, column: &str, ids: impl Iterator<Item = u32>) -> Result<Index, Box<Refusal>> {
        let mut at = Vec::new();
        for (i, id) in ids.enumerate() {
            let id = id as usize;
            if id > 5_000_000 {
                return Err(refuse(file, column, id, "a number of at most 5,000,000"));
            }
            if at.len() <= id {
                at.resize(id + 1, u32::MAX);
            }
            if at[id] != u32::MAX {
                return Err(refuse(file, column, id, "each number once"));
            }
            at[id] = i as u32;
        }
        Ok(Index(at))
    }

    #[inline]
    fn get(&self, file: &str, column: &str, id: u32, of: &str) -> Result<u32, Box<Refusal>> {
        match self.0.get(id as usize) {
            Some(i) if *i != u32::MAX => Ok(*i),
            _ => Err(refuse(file, column, id, of)),
        }
    }
}

/// Where each bucket begins, from the bucket of each entry; one longer than `buckets`.
fn starts(buckets: usize, of: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut at = vec![0_u32; buckets + 1];
    for b in of {
        at[b + 1] += 1;
    }
    for b in 0..buckets {
        at[b + 1] += at[b];
    }
    at
}

impl World {
    /// Numbers, indexes and compiles the tables.
    ///
    /// # Errors
    /// A reference to a row that is not there, a number given twice, or a number too large for the checksums.
    pub fn build(t: &Tables) -> Result<World, Box<Refusal>> {
        let lineage = lineages(t)?;
        let states = t.states.iter().map(|s| s.sid).max().unwrap_or(0) as usize + 1;
        if states > STATES as usize {
            return Err(refuse("states", "sid", states - 1, "a state number below 4096"));
        }
        let state_of = Index::of("states", "sid", t.states.iter().map(|s| s.sid))?;
        let mut home = vec![0; states];
        let mut abb = vec![String::new(); states];
        for s in &t.states {
            home[s.sid as usize] = *lineage
                .get(s.home as usize)
                .filter(|l| **l != 0)
                .ok_or_else(|| refuse("states", "home", s.home, "a region of regions.csv"))?;
            abb[s.sid as usize].clone_from(&s.abb);
        }
        const A_STATE: &str = "a state of states.csv";
        for (sid, ..) in &t.spells {
            state_of.get("state_spells", "sid", *sid, A_STATE)?;
        }
        let spell_at = starts(states, t.spells.iter().map(|s| s.0 as usize));
        let mut next = spell_at.clone();
        let (mut spell_begin, mut spell_end) = (vec![0; t.spells.len()], vec![0; t.spells.len()]);
        for (sid, begin, end) in &t.spells {
            let at = &mut next[*sid as usize];
            (spell_begin[*at as usize], spell_end[*at as usize]) = (*begin, *end);
            *at += 1;
        }

        // Parties: rows bucketed by instrument, sorted by state within it.
        let instrument_of = Index::of("instruments", "instr", t.instruments.iter().map(|i| i.instr))?;
        const AN_INSTRUMENT: &str = "an instrument of instruments.csv";
        let mut bucket = Vec::with_capacity(t.members.len());
        for m in &t.members {
            bucket.push(instrument_of.get("members", "instr", m.instr, AN_INSTRUMENT)?);
            state_of.get("members", "sid", m.sid, A_STATE)?;
        }
        let instruments = t.instruments.len();
        let row_at = starts(instruments, bucket.iter().map(|b| *b as usize));
        let mut order: Vec<u32> = (0..t.members.len() as u32).collect();
        // Most tables come sorted; then nothing has to move.
        let place = |r: &u32| (bucket[*r as usize], t.members[*r as usize].sid);
        if !order.is_sorted_by_key(place) {
            order.sort_by_key(place);
        }
        let mut party_state = Vec::new();
        let mut party_rows = Vec::new();
        let mut instrument_parties = Vec::with_capacity(instruments + 1);
        for i in 0..instruments {
            instrument_parties.push(party_state.len() as u32);
            let range = row_at[i] as usize..row_at[i + 1] as usize;
            let mut last = u32::MAX;
            for at in range {
                let sid = t.members[order[at] as usize].sid;
                if sid != last {
                    party_state.push(sid as u16);
                    party_rows.push(at as u32);
                    last = sid;
                }
            }
        }
        instrument_parties.push(party_state.len() as u32);
        party_rows.push(t.members.len() as u32);
        let column = |of: fn(&crate::tables::MemberRow) -> Day| -> Vec<Day> {
            order.iter().map(|r| of(&t.members[*r as usize])).collect()
        };
        let rows = Rows {
            begin: column(|m| m.dates.begin),
            end: column(|m| m.dates.end),
            known_from: column(|m| m.known_from),
            known_to: column(|m| m.known_to),
            begin_lo: column(|m| m.dates.begin_lo),
            begin_hi: column(|m| m.dates.begin_hi),
            end_lo: column(|m| m.dates.end_lo),
            end_hi: column(|m| m.dates.end_hi),
            mid: order.iter().map(|r| t.members[*r as usize].mid).collect(),
        };

        let mut world = World {
            states,
            abb,
            home,
            lineage,
            spell_at,
            spell_begin,
            spell_end,
            party_state,
            party_rows,
            rows,
            clauses: Vec::new(),
            pool: Vec::new(),
            reservations: Vec::new(),
            phase_bounds: Vec::new(),
            phase_ids: t.phases.iter().map(|p| p.phase).collect(),
            by_state_at: Vec::new(),
            by_state: Vec::new(),
            capability: Vec::new(),
            capability_from: 0,
            instruments,
        };
        world.compile(t, &state_of, &instrument_of, &instrument_parties)?;
        world.index_by_state();
        world.weigh(t, &state_of)?;
        Ok(world)
    }

    fn compile(
        &mut self,
        t: &Tables,
        state_of: &Index,
        instrument_of: &Index,
        instrument_parties: &[u32],
    ) -> Result<(), Box<Refusal>> {
        let phase_of = Index::of("phases", "phase", t.phases.iter().map(|p| p.phase))?;
        for p in &t.phases {
            instrument_of.get("phases", "instr", p.instr, "an instrument of instruments.csv")?;
            let d = p.dates;
            self.phase_bounds.push([d.begin_lo, d.begin_hi, d.end_lo, d.end_hi]);
        }
        let clause_of = Index::of("clauses", "clause", t.clauses.iter().map(|c| c.clause))?;
        let lists = Lists::of(t, state_of, &clause_of, &self.lineage)?;
        // In the order of the instruments, so that a sweep meets all clauses of one together.
        let mut order: Vec<u32> = (0..t.clauses.len() as u32).collect();
        let place = |c: &u32| instrument_of.0.get(t.clauses[*c as usize].instr as usize);
        if !order.is_sorted_by_key(place) {
            order.sort_by_key(place);
        }
        self.clauses.reserve(order.len());
        let mut near = 0;
        for index in order {
            let row = &t.clauses[index as usize];
            if row.clause >= CLAUSES {
                return Err(refuse("clauses", "clause", row.clause, "a clause number below 262144"));
            }
            let phase = phase_of.get("clauses", "phase", row.phase, "a phase of phases.csv")?;
            let i = instrument_of.get("clauses", "instr", row.instr, "an instrument of instruments.csv")?
                as usize;
            let of_phase = &t.phases[phase as usize];
            if of_phase.instr != row.instr {
                return Err(refuse("clauses", "phase", row.phase, "a phase of the clause's own instrument"));
            }
            let pledge = Pledge::of_letter(row.pledge)
                .ok_or_else(|| refuse("clauses", "pledge", char::from(row.pledge), "a letter of DONAC"))?;
            let pool = self.pool.len() as u32;
            let mut lengths = [0_u16; 4];
            let mut regions = 0;
            let first_reservation = self.reservations.len() as u32;
            for n in lists.of_clause(index, &mut near) {
                match n.list {
                    5 => regions |= 1 << n.what,
                    4 => self.reservations.push((n.what, n.until)),
                    list => {
                        self.pool.push(n.what);
                        lengths[usize::from(list)] += 1;
                    }
                }
            }
            self.clauses.push(Clause {
                begin: of_phase.dates.begin,
                end: of_phase.dates.end,
                known_from: row.known_from,
                known_to: row.known_to,
                regions,
                parties: (instrument_parties[i], instrument_parties[i + 1]),
                pool,
                lists: lengths,
                reservations: (first_reservation, self.reservations.len() as u32),
                phase,
                id: row.clause,
                instrument: row.instr,
                pledge,
                any: row.any,
                intra: row.intra,
            });
        }
        Ok(())
    }

    fn index_by_state(&mut self) {
        let mut at = vec![0_u32; self.states * 5 + 1];
        for c in &self.clauses {
            for p in c.party_range() {
                at[usize::from(self.party_state[p]) * 5 + c.pledge as usize + 1] += 1;
            }
        }
        for b in 1..at.len() {
            at[b] += at[b - 1];
        }
        let mut next = at.clone();
        self.by_state = vec![Entry::default(); at.last().map_or(0, |n| *n as usize)];
        for (i, c) in self.clauses.iter().enumerate() {
            for p in c.party_range() {
                let slot = &mut next[usize::from(self.party_state[p]) * 5 + c.pledge as usize];
                self.by_state[*slot as usize] =
                    Entry { begin: c.begin, end: c.end, clause: i as u32, party: p as u32 };
                *slot += 1;
            }
        }
        self.by_state_at = at;
    }

    fn weigh(&mut self, t: &Tables, state_of: &Index) -> Result<(), Box<Refusal>> {
        let Some(from) = t.capabilities.iter().map(|c| c.year).min() else { return Ok(()) };
        let to = t.capabilities.iter().map(|c| c.year).max().unwrap_or(from);
        if i64::from(to) - i64::from(from) > 5000 {
            return Err(refuse("capabilities", "year", to, "years that lie at most 5000 apart"));
        }
        self.capability_from = from;
        self.capability = vec![vec![0; self.states]; (to - from) as usize + 1];
        let mut sums = vec![0_u64; self.capability.len()];
        for c in &t.capabilities {
            state_of.get("capabilities", "sid", c.sid, "a state of states.csv")?;
            let year = (c.year - from) as usize;
            self.capability[year][c.sid as usize] = c.cap;
            sums[year] += u64::from(c.cap);
            if sums[year] * 3 > u64::from(u32::MAX) {
                return Err(refuse(
                    "capabilities",
                    "cap",
                    c.cap,
                    "parts per million that add up to a million or so",
                ));
            }
        }
        Ok(())
    }

    /// How many instruments there are.
    pub fn instruments(&self) -> usize {
        self.instruments
    }

    /// How many clauses there are.
    pub fn clauses(&self) -> usize {
        self.clauses.len()
    }

    /// How many rows of membership there are, superseded ones included.
    pub fn memberships(&self) -> usize {
        self.rows.mid.len()
    }

    /// The abbreviation of a state, empty if there is no such state.
    pub fn abbreviation(&self, sid: u32) -> &str {
        self.abb.get(sid as usize).map_or("", String::as_str)
    }

    /// The list of a clause: 0 debtors, 1 beneficiaries, 2 only, 3 except.
    #[inline]
    pub(crate) fn list(&self, c: &Clause, which: usize) -> &[u16] {
        let skipped: usize = c.lists[..which].iter().map(|n| usize::from(*n)).sum();
        let from = c.pool as usize + skipped;
        &self.pool[from..from + usize::from(c.lists[which])]
    }

    /// Whether a list of a clause is empty or names a state.
    #[inline]
    pub(crate) fn admits(&self, c: &Clause, which: usize, state: u16) -> bool {
        c.lists[which] == 0 || self.list(c, which).contains(&state)
    }

    /// Whether a clause's adversary lists let it hold against a state.
    #[inline]
    pub(crate) fn against(&self, c: &Clause, state: u16) -> bool {
        self.admits(c, 2, state) && (c.lists[3] == 0 || !self.list(c, 3).contains(&state))
    }

    /// Whether a state's reservation to a clause stands on a day.
    #[inline]
    pub(crate) fn reserved(&self, c: &Clause, state: u16, day: Day) -> bool {
        let own = &self.reservations[c.reservations.0 as usize..c.reservations.1 as usize];
        own.iter().any(|(s, withdrawn)| *s == state && day < *withdrawn)
    }

    /// The spell, an index, in which a state belongs to the system on a day.
    #[inline]
    pub(crate) fn in_system(&self, state: u16, day: Day) -> Option<u32> {
        let s = usize::from(state);
        (self.spell_at[s]..self.spell_at[s + 1])
            .find(|i| self.spell_begin[*i as usize] <= day && day < self.spell_end[*i as usize])
    }

    /// The row, an index, by which a party belongs on a day as known.
    #[inline]
    pub(crate) fn active(&self, party: usize, day: Day, known: Day) -> Option<u32> {
        let r = &self.rows;
        (self.party_rows[party]..self.party_rows[party + 1]).find(|row| {
            let i = *row as usize;
            r.begin[i] <= day && day < r.end[i] && r.known_from[i] <= known && known < r.known_to[i]
        })
    }

    /// Whether a state is a member of a clause's instrument on a day as known.
    #[inline]
    pub(crate) fn member(&self, c: &Clause, state: u16, day: Day, known: Day) -> bool {
        c.party_range().any(|p| self.party_state[p] == state && self.active(p, day, known).is_some())
    }

    /// The clauses of one pledge of instruments to which a state was ever party.
    #[inline]
    pub(crate) fn clauses_of(&self, state: u16, pledge: Pledge) -> &[Entry] {
        let at = usize::from(state) * 5 + pledge as usize;
        &self.by_state[self.by_state_at[at] as usize..self.by_state_at[at + 1] as usize]
    }

    /// A region and all it lies in; 0 if there is no such region.
    #[inline]
    pub(crate) fn lineage_of(&self, region: u32) -> u64 {
        self.lineage.get(region as usize).copied().unwrap_or(0)
    }

    /// Capabilities at the end of a year by state, in parts per million; `None` if the table has no such year.
    pub(crate) fn capabilities(&self, year: i32) -> Option<&[u32]> {
        let at = usize::try_from(year.checked_sub(self.capability_from)?).ok()?;
        self.capability.get(at).map(Vec::as_slice)
    }
}

/// Each region and all it lies in, as bits by region number.
fn lineages(t: &Tables) -> Result<Vec<u64>, Box<Refusal>> {
    let mut parent = vec![None; REGIONS as usize];
    for r in &t.regions {
        let slot = parent
            .get_mut(r.region as usize)
            .filter(|_| r.region > 0)
            .ok_or_else(|| refuse("regions", "region", r.region, "a region number from 1 to 63"))?;
        if slot.replace(r.parent).is_some() {
            return Err(refuse("regions", "region", r.region, "each number once"));
        }
    }
    let mut lineage = vec![0_u64; REGIONS as usize];
    for r in &t.regions {
        let (mut at, mut bits) = (r.region, 0_u64);
        while at != 0 {
            if bits >> at & 1 == 1 {
                return Err(refuse("regions", "parent", r.parent, "a tree without circles"));
            }
            bits |= 1 << at;
            at = parent
                .get(at as usize)
                .copied()
                .flatten()
                .ok_or_else(|| refuse("regions", "parent", at, "a region of regions.csv"))?;
        }
        lineage[r.region as usize] = bits;
    }
    Ok(lineage)
}

/// One thing that narrows a clause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Narrowing {
    /// The clause, an index into the table's rows.
    clause: u32,
    /// Which list: 0 debtors, 1 beneficiaries, 2 only, 3 except, 4 reservations, 5 regions.
    list: u8,
    /// Its place in the table, so that lists keep the table's order.
    place: u32,
    /// A state or a region.
    what: u16,
    /// Of a reservation: the first day on which it no longer holds.
    until: Day,
}

/// Everything that narrows a clause, sorted by clause and list; most clauses are not narrowed.
struct Lists(Vec<Narrowing>);

impl Lists {
    fn of(t: &Tables, state_of: &Index, clause_of: &Index, lineage: &[u64]) -> Result<Lists, Box<Refusal>> {
        const A_CLAUSE: &str = "a clause of clauses.csv";
        const A_STATE: &str = "a state of states.csv";
        let mut all = Vec::with_capacity(
            t.parties.len() + t.adversaries.len() + t.clause_regions.len() + t.reservations.len(),
        );
        let mut add = |file: &str, clause: u32, list: u8, what: u32, until: Day| {
            if list < 5 {
                state_of.get(file, "sid", what, A_STATE)?;
            } else if lineage.get(what as usize).is_none_or(|l| *l == 0) {
                return Err(refuse(file, "region", what, "a region of regions.csv"));
            }
            let clause = clause_of.get(file, "clause", clause, A_CLAUSE)?;
            all.push(Narrowing { clause, list, place: all.len() as u32, what: what as u16, until });
            Ok(())
        };
        for (clause, role, sid) in &t.parties {
            add("clause_parties", *clause, u8::from(*role == Role::Beneficiary), *sid, 0)?;
        }
        for (clause, side, sid) in &t.adversaries {
            add("clause_adversaries", *clause, if *side == Side::Only { 2 } else { 3 }, *sid, 0)?;
        }
        for (clause, region) in &t.clause_regions {
            add("clause_regions", *clause, 5, *region, 0)?;
        }
        for (clause, sid, withdrawn) in &t.reservations {
            add("reservations", *clause, 4, *sid, *withdrawn)?;
        }
        all.sort_unstable();
        Ok(Lists(all))
    }

    /// What narrows one clause, by its index in the table. Clauses are best asked for in the table's order.
    fn of_clause(&self, clause: u32, near: &mut usize) -> &[Narrowing] {
        if self.0.get(*near).is_none_or(|n| n.clause > clause) || self.0[*near].clause < clause {
            *near = self.0.partition_point(|n| n.clause < clause);
        }
        let from = *near;
        while self.0.get(*near).is_some_and(|n| n.clause == clause) {
            *near += 1;
        }
        &self.0[from..*near]
    }
}

/// What an [`crate::casus::Evidence`] and its ground point at, in the tables' own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The clause.
    pub clause: u32,
    /// The instrument.
    pub instrument: u32,
    /// The phase.
    pub phase: u32,
    /// The row (`mid`) by which the debtor is party.
    pub debtor_row: u32,
    /// The row (`mid`) by which the beneficiary is party.
    pub beneficiary_row: u32,
    /// The spell in which the debtor belongs to the system: first day, first day no longer.
    pub debtor_spell: (Day, Day),
    /// The spell in which the beneficiary belongs to the system.
    pub beneficiary_spell: (Day, Day),
}

impl World {
    /// Evidence in the tables' own numbers.
    pub fn evidence(&self, e: &crate::casus::Evidence, g: &crate::casus::Ground) -> Facts {
        let c = &self.clauses[g.clause as usize];
        let spell = |i: u32| (self.spell_begin[i as usize], self.spell_end[i as usize]);
        Facts {
            clause: c.id,
            instrument: c.instrument,
            phase: self.phase_ids[g.phase as usize],
            debtor_row: self.rows.mid[e.debtor_row as usize],
            beneficiary_row: self.rows.mid[g.beneficiary_row as usize],
            debtor_spell: spell(e.debtor_spell),
            beneficiary_spell: spell(g.beneficiary_spell),
        }
    }
}
