//! An extent of time: from its beginning until the day on which it no longer holds.
//!
//! In: two moments. Out: whether it holds on a day, what it has in common with another.
//!
//! What always holds: half-open, so on the day of the end it no longer holds, and two periods of which one ends as the
//! other begins share no day; a period made by [`Period::new`] or [`Period::intersect`] can have lasted a day.

use super::{Moment, Tv};
use std::fmt;

/// An extent, half-open: `[begin, end)`. Its ends are events, each on some one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Period {
    /// The first day on which it holds.
    pub begin: Moment,
    /// The first day on which it no longer holds.
    pub end: Moment,
}

impl Period {
    /// From the beginning to the end of time.
    pub const ALWAYS: Period = Period { begin: Moment::OPEN_START, end: Moment::OPEN_END };

    /// The extent between two events; `None` if it certainly has no day, the end being at or before the beginning.
    pub fn new(begin: Moment, end: Moment) -> Option<Period> {
        if end.latest <= begin.earliest { None } else { Some(Period { begin, end }) }
    }

    /// Whether it holds on a day: *certain* if it has certainly begun by then and certainly not ended, *not* if it has
    /// certainly not begun or certainly ended.
    pub fn holds(self, on: Moment) -> Tv {
        self.begin.at_or_before(on).and(on.before(self.end))
    }

    /// The extent in which both hold: the later beginning and the earlier end, bound by bound. `None` if they certainly
    /// share no day.
    pub fn intersect(self, other: Period) -> Option<Period> {
        let begin = Moment {
            earliest: self.begin.earliest.max(other.begin.earliest),
            latest: self.begin.latest.max(other.begin.latest),
        };
        let end = Moment {
            earliest: self.end.earliest.min(other.end.earliest),
            latest: self.end.latest.min(other.end.latest),
        };
        Period::new(begin, end)
    }

    /// Whether there is a day on which both hold, given that each of them holds on some day.
    pub fn overlaps(self, other: Period) -> Tv {
        let (a, b) = (self.as_lasting(), other.as_lasting());
        a.begin.before(b.end).and(b.begin.before(a.end))
    }

    /// The same extent without the bounds it cannot have if it holds on some day at all.
    fn as_lasting(self) -> Period {
        let Period { mut begin, mut end } = self;
        begin.latest = begin.latest.min(end.latest.prev());
        end.earliest = end.earliest.max(begin.earliest.next());
        Period { begin, end }
    }
}

impl fmt::Display for Period {
    /// `[1960-06-23, ..)`: half-open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {})", self.begin, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;

    fn window(earliest: i32, latest: i32) -> Moment {
        Moment { earliest: Day::from_number(earliest), latest: Day::from_number(latest) }
    }

    fn period(begin: (i32, i32), end: (i32, i32)) -> Period {
        Period::new(window(begin.0, begin.1), window(end.0, end.1)).expect("a period")
    }

    #[test]
    fn on_the_day_of_the_end_it_no_longer_holds() {
        let known = period((10, 10), (20, 20));
        let on = |day| known.holds(window(day, day));
        assert_eq!([on(9), on(10), on(19), on(20)], [Tv::Not, Tv::Certain, Tv::Certain, Tv::Not]);
        assert_eq!(known.holds(window(5, 12)), Tv::Possible);
        assert_eq!(known.holds(window(19, 20)), Tv::Possible);
        assert_eq!(known.overlaps(period((20, 20), (30, 30))), Tv::Not);
        assert_eq!(known.intersect(period((20, 20), (30, 30))), None);
    }

    #[test]
    fn what_has_no_day_is_no_period() {
        assert_eq!(Period::new(window(5, 9), window(3, 5)), None);
        assert!(Period::new(window(5, 9), window(3, 6)).is_some());
        assert_eq!(Period::ALWAYS.holds(window(0, 0)), Tv::Certain);
    }

    #[test]
    fn uncertain_ends_give_possible() {
        let loose = period((0, 10), (20, 30));
        let on = |day| loose.holds(window(day, day));
        assert_eq!([on(-1), on(0), on(9), on(10)], [Tv::Not, Tv::Possible, Tv::Possible, Tv::Certain]);
        assert_eq!([on(19), on(20), on(29), on(30)], [Tv::Certain, Tv::Possible, Tv::Possible, Tv::Not]);
        assert_eq!(loose.overlaps(period((25, 25), (40, 40))), Tv::Possible);
        assert_eq!(loose.overlaps(period((15, 15), (40, 40))), Tv::Certain);
        assert_eq!(loose.to_string(), "[[1970-01-01..1970-01-11], [1970-01-21..1970-01-31])");
    }
}
