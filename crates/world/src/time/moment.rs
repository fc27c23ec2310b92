//! An event on some one day, and answers with three values.
//!
//! In: the earliest and the latest day on which it can have happened. Out: whether it was before or after another.
//!
//! What always holds: `earliest <= latest`; *certain* is said only if it is true whichever days were meant, *not* only
//! if it is false whichever days were meant.

use super::{Day, Span};
use std::fmt;
use std::ops::Not;

/// A value of three: whether something is so, given dates that are not exact. The order is `Not < Possible < Certain`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tv {
    /// It is not so, whichever days were meant.
    Not,
    /// It is so for some of the days that may have been meant.
    Possible,
    /// It is so, whichever days were meant.
    Certain,
}

impl Tv {
    /// Both: the lesser.
    pub fn and(self, other: Tv) -> Tv {
        self.min(other)
    }

    /// Either: the greater.
    pub fn or(self, other: Tv) -> Tv {
        self.max(other)
    }

    /// The contrary; possible stays possible.
    #[allow(clippy::should_implement_trait, reason = "it does, and this one needs no import")]
    pub fn not(self) -> Tv {
        match self {
            Tv::Not => Tv::Certain,
            Tv::Possible => Tv::Possible,
            Tv::Certain => Tv::Not,
        }
    }
}

impl Not for Tv {
    type Output = Tv;
    fn not(self) -> Tv {
        Tv::not(self)
    }
}

impl From<bool> for Tv {
    fn from(so: bool) -> Tv {
        if so { Tv::Certain } else { Tv::Not }
    }
}

/// An event on some one day between two days, both of which it may have been.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Moment {
    /// The first day it can have been.
    pub earliest: Day,
    /// The last day it can have been; never before `earliest`.
    pub latest: Day,
}

impl Moment {
    /// The beginning of what was always so.
    pub const OPEN_START: Moment = Moment { earliest: Day::MIN, latest: Day::MIN };
    /// The end of what has not ended.
    pub const OPEN_END: Moment = Moment { earliest: Day::MAX, latest: Day::MAX };
    /// An event of which nothing is known, not even that it happened.
    pub const UNKNOWN: Moment = Moment { earliest: Day::MIN, latest: Day::MAX };

    /// An event on a known day.
    pub const fn exact(day: Day) -> Moment {
        Moment { earliest: day, latest: day }
    }

    /// The event a span later. Open and unknown bounds stay.
    pub fn plus(self, span: Span) -> Moment {
        Moment { earliest: self.earliest.plus(span), latest: self.latest.plus(span) }
    }

    /// Whether the day is known (or the end open).
    pub fn is_exact(self) -> bool {
        self.earliest == self.latest
    }

    /// Whether it was on a day strictly before the day of the other.
    pub fn before(self, other: Moment) -> Tv {
        if self.latest < other.earliest {
            Tv::Certain
        } else if self.earliest >= other.latest {
            Tv::Not
        } else {
            Tv::Possible
        }
    }

    /// Whether it was on a day strictly after the day of the other.
    pub fn after(self, other: Moment) -> Tv {
        other.before(self)
    }

    /// Whether it was on the day of the other or before.
    pub fn at_or_before(self, other: Moment) -> Tv {
        other.before(self).not()
    }
}

impl fmt::Display for Moment {
    /// `1960-06-23`, or `[1922-01-01..1922-12-31]` if the day is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_exact(), self.earliest == Day::MIN, self.latest == Day::MAX) {
            (true, ..) => self.earliest.fmt(f),
            (false, true, true) => f.pad("[..]"),
            (false, true, false) => f.pad(&format!("[..{}]", self.latest)),
            (false, false, true) => f.pad(&format!("[{}..]", self.earliest)),
            (false, false, false) => f.pad(&format!("[{}..{}]", self.earliest, self.latest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(earliest: i32, latest: i32) -> Moment {
        Moment { earliest: Day::from_number(earliest), latest: Day::from_number(latest) }
    }

    #[test]
    fn before_is_strict() {
        assert_eq!(window(1, 2).before(window(3, 4)), Tv::Certain);
        assert_eq!(window(1, 3).before(window(3, 4)), Tv::Possible);
        assert_eq!(window(3, 3).before(window(3, 3)), Tv::Not);
        assert_eq!(window(3, 3).at_or_before(window(3, 3)), Tv::Certain);
        assert_eq!(window(4, 5).at_or_before(window(1, 4)), Tv::Possible);
        assert_eq!(window(4, 5).after(window(1, 3)), Tv::Certain);
        assert_eq!(Moment::exact(Day::from_number(0)).before(Moment::OPEN_END), Tv::Certain);
    }

    #[test]
    fn windows_print_as_one_of_sets() {
        assert_eq!(window(0, 0).to_string(), "1970-01-01");
        assert_eq!(window(0, 1).to_string(), "[1970-01-01..1970-01-02]");
        assert_eq!(Moment::OPEN_END.to_string(), "..");
        assert_eq!(Moment { earliest: Day::from_number(0), latest: Day::MAX }.to_string(), "[1970-01-01..]");
        assert_eq!(!Tv::Certain, Tv::Not);
    }
}
