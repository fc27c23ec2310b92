//! Dates as sources write them: EDTF, the Extended Date/Time Format of ISO 8601-2.
//!
//! In: text of at most 128 bytes. Out: the same text, with the days it can mean.
//!
//! What always holds: the text is kept as written and printed as written; the bounds are ordered and contain every day
//! the text can mean, so a date is never made more precise than its source; an open end (`..`), an unknown end (nothing)
//! and a known end stay three different things.
//!
//! Supported, of the specification of the Library of Congress (4 February 2019, <https://www.loc.gov/standards/datetime/>):
//! level 0 and level 1 in full, and of level 2 the one-of sets (`[A..B]`, `[A,B]`, `[..B]`, `[A..]`). Beyond it:
//!
//! - `julian:` before a date marks that one date as a Julian calendar date; in an interval each end has its own mark.
//! - Seasons may be qualified and may stand in intervals. 21 to 24 are the meteorological seasons of the northern
//!   hemisphere: spring is March to May, summer June to August, autumn September to November, and winter December of the
//!   year named to the end of February of the next.
//! - A year written with `Y` may have a month and a day, so that every [`Day`] can be written. Years reach from
//!   -5000000 to 5000000.
//! - A time of day is checked and kept in the text; the day is the one written, whatever the zone.
//!
//! `?`, `~` and `%` are kept and told, and do not widen the bounds: nobody says by how much.

mod error;
mod mend;
mod parse;
#[cfg(test)]
mod tests;

pub use error::{DateError, DateProblem};

use super::{Day, Moment, Period};
use std::fmt;
use std::str::FromStr;

/// A date, an interval or a one-of set, as written, with the days it can mean.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Edtf {
    text: String,
    shape: Shape,
    moment: Moment,
    period: Period,
    start: End,
    end: End,
    marks: Marks,
}

/// What a text says about time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Shape {
    /// A date of some precision: `1922`, `2023-07-11`.
    Date,
    /// Throughout: `1914/1918`.
    Throughout,
    /// One day within: `[1914-08-01..1914-08-03]`, `[1913,1914]`.
    OneOf,
}

/// One end of an interval or a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
enum End {
    Dated,
    Open,
    Unknown,
}

/// Qualifiers and calendar, of any date in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
struct Marks {
    approximate: bool,
    uncertain: bool,
    julian: bool,
}

impl Edtf {
    /// The longest text read, in bytes.
    pub const LIMIT: usize = 128;

    /// Reads a date.
    ///
    /// # Errors
    /// What was found where, what was expected, and ([`DateError::help`]) how to mend it.
    pub fn parse(text: &str) -> Result<Edtf, DateError> {
        parse::edtf(text)
    }

    /// The text, as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A date, an interval or a set.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// As an event on some one day: the first and the last day it can have been. For an interval, from the first day of
    /// its start to the last day of its end.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// As an extent, half-open.
    ///
    /// - A date is the whole of it: `2013` begins on 2013-01-01 and no longer holds on 2014-01-01. With unspecified
    ///   digits it is one unit within (`201X` one of ten years, `1985-04-XX` one of thirty days), so both ends are
    ///   uncertain.
    /// - An interval begins on some day of its start and no longer holds on the day after some day of its end (in ISO
    ///   8601 the last day belongs to the interval). An open end is [`Day::MIN`] or [`Day::MAX`]. An unknown start lies
    ///   anywhere until the last day of the end; an unknown end anywhere after the first day of the start, or never.
    /// - A set is one day within.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The exact day, as text. [`Day::MIN`] and [`Day::MAX`] have no date and become `../..`, which says nothing; so does
    /// a day beyond the year 5000000.
    pub fn from_day(day: Day) -> Edtf {
        parse::edtf(&day.to_string())
            .or_else(|_| parse::edtf("../.."))
            .expect("an interval open at both ends is a date text")
    }

    /// Whether some date in it is qualified as approximate (`~` or `%`).
    pub fn is_approximate(&self) -> bool {
        self.marks.approximate
    }

    /// Whether some date in it is qualified as uncertain (`?` or `%`).
    pub fn is_uncertain(&self) -> bool {
        self.marks.uncertain
    }

    /// Whether some date in it is a Julian calendar date.
    pub fn is_julian(&self) -> bool {
        self.marks.julian
    }

    /// Whether it is an interval that was always so: `../1960`.
    pub fn has_open_start(&self) -> bool {
        self.start == End::Open
    }

    /// Whether it is an interval that has not ended: `1960/..`.
    pub fn has_open_end(&self) -> bool {
        self.end == End::Open
    }

    /// Whether the first day is not known: `/2027`, `[..2027]`.
    pub fn has_unknown_start(&self) -> bool {
        self.start == End::Unknown
    }

    /// Whether the last day is not known: `2010/`, `[2010..]`.
    pub fn has_unknown_end(&self) -> bool {
        self.end == End::Unknown
    }
}

impl fmt::Display for Edtf {
    /// The text, as written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for Edtf {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Edtf, DateError> {
        Edtf::parse(text)
    }
}
