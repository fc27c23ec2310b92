//! A release of ATOP as a bulk world.
//!
//! In: [`Atop`], and lists of system membership and capabilities if there are any. Out: [`Tables`]. What always holds: COW numbers become
//! state numbers in ascending order; each phase is an instrument of its own; conditions are not in it, since their content is
//! not known.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::{
    CapabilityRow, ClauseRow, Dates, Day, InstrumentRow, MemberRow, OPEN, PhaseRow, RegionRow, Role,
    StateRow, Tables, day_of,
};

use super::{Atop, OBLIGATIONS, Spell};

impl Atop {
    /// The alliances as a bulk world: COW numbers become state numbers in ascending order (`abb` keeps them); system membership and
    /// capabilities are taken from elsewhere if given, or every state counts from 1815 on. A clause for each phase and obligation; its
    /// obligors are listed where not all members owe it. Conditions are not in it: their content is not known.
    pub fn tables(&self, spells: &[(u32, Day, Day)], capabilities: &[(u32, i32, u32)]) -> Tables {
        let codes: BTreeSet<u32> =
            self.spells.iter().map(|s| s.member).chain(spells.iter().map(|s| s.0)).collect();
        let sid: BTreeMap<u32, u32> = codes.iter().zip(1..).map(|(code, sid)| (*code, sid)).collect();
        let mut t = Tables { regions: vec![RegionRow { region: 1, parent: 0 }], ..Tables::default() };
        for (code, sid) in &sid {
            t.states.push(StateRow { sid: *sid, abb: code.to_string(), home: 1 });
        }
        if spells.is_empty() {
            let from = day_of(1815, 1, 1).expect("a date");
            t.spells.extend(sid.values().map(|s| (*s, from, OPEN)));
        } else {
            t.spells.extend(spells.iter().map(|(code, from, to)| (sid[code], *from, *to)));
        }
        for (code, year, cap) in capabilities {
            if let Some(sid) = sid.get(code) {
                t.capabilities.push(CapabilityRow { sid: *sid, year: *year, cap: *cap });
            }
        }
        for (alliance, rows) in self.alliances() {
            // The phases of one alliance are instruments of their own: a member's row belongs to one phase.
            let mut phases: BTreeMap<u32, Vec<&Spell>> = BTreeMap::new();
            rows.iter().for_each(|s| phases.entry(s.phase).or_default().push(s));
            for (phase, rows) in phases {
                let instr = alliance * 10 + phase;
                let end = |s: &Spell| if s.open { OPEN } else { s.exit + 1 };
                let begin = rows.iter().map(|s| s.entry).min().unwrap_or(0);
                let last = rows.iter().map(|s| end(s)).max().unwrap_or(OPEN);
                t.instruments.push(InstrumentRow { instr });
                t.phases.push(PhaseRow { phase: instr, instr, dates: Dates::exact(begin, last) });
                for s in &rows {
                    t.members.push(MemberRow {
                        mid: s.row as u32 + 1,
                        instr,
                        sid: sid[&s.member],
                        dates: Dates::exact(s.entry, end(s)),
                        known_from: s.entry,
                        known_to: OPEN,
                    });
                }
                for (bit, (.., letter)) in OBLIGATIONS.iter().enumerate() {
                    let owing: Vec<&&Spell> = rows.iter().filter(|s| s.owes >> bit & 1 == 1).collect();
                    // Those who owe it to all the others make one clause; whoever owes it to some only, one of their own.
                    let mut groups: BTreeMap<Vec<u32>, BTreeSet<u32>> = BTreeMap::new();
                    for s in &owing {
                        let owed = |o: &&&Spell| o.member != s.member && self.owes(s, o) >> bit & 1 == 1;
                        let to: Vec<u32> = rows.iter().filter(owed).map(|o| sid[&o.member]).collect();
                        let others = rows.iter().filter(|o| o.member != s.member).count();
                        let to = if to.len() == others { Vec::new() } else { to };
                        groups.entry(to).or_default().insert(sid[&s.member]);
                    }
                    for (to, by) in groups {
                        let clause = t.clauses.len() as u32 + 1;
                        t.clauses.push(ClauseRow {
                            clause,
                            phase: instr,
                            instr,
                            pledge: *letter,
                            any: false,
                            intra: false,
                            known_from: begin,
                            known_to: OPEN,
                        });
                        if rows.iter().any(|s| !by.contains(&sid[&s.member])) {
                            t.parties.extend(by.iter().map(|s| (clause, Role::Obligor, *s)));
                        }
                        t.parties.extend(to.iter().map(|s| (clause, Role::Beneficiary, *s)));
                    }
                }
            }
        }
        t
    }
}
