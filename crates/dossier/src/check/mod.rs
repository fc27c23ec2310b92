//! The checks: one file, one page and one case file for each fault.
//!
//! In: a [`Context`]: merged rows with their marks, names, and what reading left behind. Out: findings in any order.
//! What always holds: a check looks and reports, it changes nothing; its code is its file's name; its severity stands
//! in the one table below. Faults that stop a field from being read are found while reading, and are listed here too.
//!
//! To add one: a file here, a line in the table, docs/checks/CODE.md, cases/checks/CODE.md.

pub(crate) mod circular_reference;
mod defense_without_area;
mod directed_duty_without_sides;
mod duplicate_id;
mod empty_area;
mod force_before_signature;
mod impossible_interval;
mod member_after_end;
mod ratified_not_a_party;
mod relative_date_unresolved;
mod slip_prone_blank;
mod uncited_claim;
mod unknown_reference;
mod unused_source;
mod withdrawal_without_effect;
mod year_as_january_first;

use std::collections::BTreeMap;
use std::ops::Range;

use foedera_world::record::{DateRule, Instrument};
use foedera_world::terms::Action;
use foedera_world::time::Moment;
use foedera_world::{Finding, Severity};

use crate::CheckInfo;
use crate::draft::{Draft, Marks, Reading};
use crate::resolve::Names;
use crate::source::Shelf;

/// What a check looks at.
pub(crate) struct Context<'a> {
    /// The texts.
    pub(crate) shelf: &'a Shelf<'a>,
    /// All names, of lost rows too.
    pub(crate) names: &'a Names<'a>,
    /// One row per id.
    pub(crate) draft: &'a Draft,
    /// What reading each file left behind.
    pub(crate) left: &'a [Reading],
}

macro_rules! table {
    ($($code:literal $severity:ident $summary:literal $(= $module:ident)?;)+) => {
        /// Every check, by code.
        pub(crate) static CHECKS: &[CheckInfo] =
            &[$(CheckInfo { code: $code, severity: Severity::$severity, summary: $summary }),+];

        /// Those that look at the rows.
        static RUN: &[fn(&Context<'_>) -> Vec<Finding>] = &[$($($module::check,)?)+];
    };
}

table! {
    "bad-area" Error "an area expression has no key, or several, or a date where none can stand";
    "bad-citation" Error "a citation is not `SOURCE-ID LOCATOR`";
    "bad-date" Error "a text is not a date, or is an extent where one day is meant";
    "bad-fact" Error "a text is not a scenario fact, or not one that can stand here";
    "bad-grade" Error "a grade is not an Admiralty grade";
    "bad-id" Error "an id is not of the form of its kind";
    "bad-syntax" Error "a file is not TOML";
    "circular-reference" Error "a place, area or actor comes back to itself" = circular_reference;
    "defense-without-area" Advice "a defence clause of a treaty names no area" = defense_without_area;
    "directed-duty-without-sides" Error "a commitment is owed by nobody, to nobody, or to oneself" = directed_duty_without_sides;
    "duplicate-id" Error "an id is declared twice in one dossier" = duplicate_id;
    "empty-area" Error "an area expression covers nothing" = empty_area;
    "force-before-signature" Error "an instrument enters into force before it is signed" = force_before_signature;
    "impossible-interval" Error "something ends before it begins" = impossible_interval;
    "member-after-end" Warning "somebody joins or acts under what has ended" = member_after_end;
    "missing-field" Error "a row lacks a field it needs";
    "not-utf8" Error "a file is not UTF-8 text";
    "ratified-not-a-party" Warning "who ratified what is in force is bound on no day" = ratified_not_a_party;
    "relative-date-unresolved" Warning "a date is counted from an act that never happens" = relative_date_unresolved;
    "rival-values" Warning "two dossiers give different values for one field";
    "slip-prone-blank" Warning "a field is blank whose blank says more than is usually meant" = slip_prone_blank;
    "too-deep" Error "arrays, tables or references nest too deeply";
    "too-large" Error "a file, or all files together, are too large";
    "too-many" Error "there are too many files, entries or findings";
    "uncited-claim" Warning "something is said without a source" = uncited_claim;
    "unknown-field" Error "a table has no such field";
    "unknown-reference" Error "a name stands for nothing, or for several things" = unknown_reference;
    "unknown-table" Error "the language has no such table";
    "unknown-word" Error "a word is not in its closed vocabulary";
    "unused-source" Advice "a source is never cited" = unused_source;
    "withdrawal-without-effect" Warning "a withdrawal takes effect at once although notice is needed" = withdrawal_without_effect;
    "wrong-type" Error "a field holds another kind of value";
    "year-as-january-first" Advice "a data set's year was written as its first of January" = year_as_january_first;
}

/// Runs every check.
pub(crate) fn run(cx: &Context<'_>) -> Vec<Finding> {
    RUN.iter().flat_map(|check| check(cx)).collect()
}

impl Context<'_> {
    /// A finding at a field of a row (at its header, if the field was not written), of the severity in the table.
    fn at(&self, code: &'static str, marks: &Marks, field: &str, message: String) -> Finding {
        self.finding(code, marks.file, marks.field(field), message)
    }

    fn finding(&self, code: &'static str, file: u32, span: Range<usize>, message: String) -> Finding {
        let info = CHECKS.iter().find(|c| c.code == code);
        debug_assert!(info.is_some(), "`{code}` stands in the table");
        let severity = info.map_or(Severity::Error, |c| c.severity);
        Finding::new(code, severity, message, self.shelf.files[file as usize].name, span)
    }

    fn file(&self, marks: &Marks) -> &str {
        self.shelf.files[marks.file as usize].name
    }
}

/// Rows of a list beside their marks.
fn with_marks<'a, T>(rows: &'a [T], marks: &'a [Marks]) -> impl Iterator<Item = (&'a T, &'a Marks)> {
    debug_assert_eq!(rows.len(), marks.len(), "marks are kept beside every list of rows");
    rows.iter().zip(marks)
}

/// The days of an instrument's acts. Each kind of act that dates are counted from is resolved once, so that no chain of
/// relative dates takes longer than its rows.
struct Days<'a> {
    instrument: &'a Instrument,
    /// Of each kind of act: its days in order, each with how many did it; `None` if counted from itself.
    of: BTreeMap<Action, Option<Vec<(Moment, usize)>>>,
}

impl<'a> Days<'a> {
    fn of(instrument: &'a Instrument) -> Days<'a> {
        let mut days = Days { instrument, of: BTreeMap::new() };
        for action in &instrument.action {
            for rule in [Some(&action.on), action.effective.as_ref()].into_iter().flatten() {
                if let DateRule::After { act, .. } = rule {
                    days.resolve(*act, &mut Vec::new());
                }
            }
        }
        days
    }

    fn resolve(&mut self, act: Action, open: &mut Vec<Action>) {
        if self.of.contains_key(&act) || open.contains(&act) {
            return;
        }
        open.push(act);
        let mut days = Some(Vec::new());
        for action in self.instrument.action.iter().filter(|a| a.act == act) {
            if let DateRule::After { act, .. } = &action.on {
                self.resolve(*act, open);
            }
            match (self.day(&action.on), &mut days) {
                (Some(day), Some(days)) => days.push((day, action.by.len().max(1))),
                _ => days = None,
            }
        }
        if let Some(days) = &mut days {
            days.sort_by_key(|(m, _)| (m.earliest, m.latest));
        }
        open.pop();
        self.of.insert(act, days);
    }

    /// The bounds of a date; `None` if it is counted from an act that never happens, or from itself.
    fn day(&self, rule: &DateRule) -> Option<Moment> {
        let (act, nth, plus) = match rule {
            DateRule::On(date) => return Some(date.moment()),
            DateRule::After { act, nth, plus } => (act, *nth, *plus),
        };
        let mut left = nth.max(1) as usize;
        for (moment, times) in self.of.get(act)?.as_ref()? {
            if left <= *times {
                return Some(moment.plus(plus));
            }
            left -= times;
        }
        None
    }
}
