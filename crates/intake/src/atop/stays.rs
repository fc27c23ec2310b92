//! A member's stays under an alliance, whatever its phases.
//!
//! In: the rows of one alliance, with who each member is. Out: [`Stay`]s. What always holds: rows that meet or overlap are one stay, whatever
//! their phase or COW number; a stay that has not ended when coverage does is open.

use std::collections::BTreeMap;

use foedera_bulk::Day;

use super::Spell;

/// A member's time under an alliance, whatever its phases: first day, what ended it.
pub(super) struct Stay {
    pub(super) entry: Day,
    pub(super) entry_text: String,
    pub(super) exit: Day,
    pub(super) exit_text: String,
    pub(super) open: bool,
    pub(super) mode: u8,
    pub(super) code: u32,
}

/// Each member's stays: rows that meet or overlap are one, whatever their phase or COW number.
pub(super) fn stays(rows: &[&Spell], ids: &[String]) -> BTreeMap<String, Vec<Stay>> {
    let mut sorted: Vec<(&str, &Spell)> = ids.iter().map(String::as_str).zip(rows.iter().copied()).collect();
    sorted.sort_by_key(|(id, s)| (*id, s.entry, s.exit));
    let mut out: BTreeMap<String, Vec<Stay>> = BTreeMap::new();
    for (id, s) in sorted {
        let list = out.entry(id.to_owned()).or_default();
        // A phase ends on the day the next begins, or on the day before.
        match list.last_mut().filter(|l| s.entry <= l.exit + 1 || l.open) {
            Some(last) => {
                if s.open || s.exit >= last.exit {
                    (last.exit, last.open, last.mode, last.code) =
                        (s.exit, s.open || last.open, s.mode, s.member);
                    last.exit_text.clone_from(&s.exit_text);
                }
            }
            None => list.push(Stay {
                entry: s.entry,
                entry_text: s.entry_text.clone(),
                exit: s.exit,
                exit_text: s.exit_text.clone(),
                open: s.open,
                mode: s.mode,
                code: s.member,
            }),
        }
    }
    out
}
