//! A day: the smallest piece of time there is here.
//!
//! In: a year, a month and a day in the Gregorian or Julian calendar. Out: a day number, and back.
//!
//! What always holds: [`Day::MIN`] lies before every date and [`Day::MAX`] after every date; they stand for open ends
//! and stay where they are under every operation; arithmetic stops at the last date instead of wrapping.

use super::Span;
use jiff::civil;
use std::fmt;

/// A day, counted from 1970-01-01 in the proleptic Gregorian calendar. The order is the order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(i32);

/// The Julian day number of 1970-01-01 (Gregorian).
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

impl Day {
    /// The beginning of time: an open start. Before every date.
    pub const MIN: Day = Day(i32::MIN);
    /// The end of time: an open end. Strictly after every date.
    pub const MAX: Day = Day(i32::MAX);
    /// The largest year, before and after year 0, in which a day can be named.
    pub(super) const YEAR_LIMIT: i32 = 5_000_000;
    /// The first day that has a date, -5000000-01-01.
    const FIRST: Day = Day(days_from_civil(-Day::YEAR_LIMIT as i64, 1, 1) as i32);
    /// The last day that has a date, 5000000-12-31.
    const LAST: Day = Day(days_from_civil(Day::YEAR_LIMIT as i64, 12, 31) as i32);

    /// Days since 1970-01-01, negative before.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day this many days after 1970-01-01.
    pub const fn from_number(number: i32) -> Day {
        Day(number)
    }

    /// The day of a Gregorian date (astronomical years: 0 is 1 BC), or `None` if there is no such date, or its year is
    /// more than 5 000 000 away from year 0.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        if !is_year(year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        Some(match in_jiff(year, month, day) {
            Some(date) => Day(days_of(date)),
            None => Day(days_from_civil(year as i64, month as i64, day as i64) as i32),
        })
    }

    /// The day of a Julian calendar date, or `None` if that calendar has no such date or its year is more than
    /// 5 000 000 away from year 0.
    ///
    /// The formula is algorithm 3 of E. G. Richards, "Calendars", in the *Explanatory Supplement to the Astronomical
    /// Almanac* (3rd ed., 2013), section 15.11.3, with floored division so that it also holds before the epoch.
    pub fn from_julian(year: i32, month: u8, day: u8) -> Option<Day> {
        if !is_year(year) || day == 0 || day > days_in_julian_month(year, month)? {
            return None;
        }
        let h = i64::from(month) - 2;
        let g = i64::from(year) + 4716 - (12 - h) / 12;
        let f = (h - 1 + 12).rem_euclid(12);
        let e = (1461 * g).div_euclid(4) + i64::from(day) - 1 - 1401;
        Some(Day((e + (153 * f + 2).div_euclid(5) - EPOCH_JULIAN_DAY) as i32))
    }

    /// Year, month and day in the Gregorian calendar.
    pub fn ymd(self) -> (i32, u8, u8) {
        match jiff_date(self) {
            Some(date) => (i32::from(date.year()), date.month() as u8, date.day() as u8),
            None => civil_from_days(i64::from(self.0)),
        }
    }

    /// Year, month and day in the Julian calendar: the inverse of [`Day::from_julian`], by algorithm 4 of the same
    /// source.
    pub fn julian_ymd(self) -> (i32, u8, u8) {
        let f = i64::from(self.0) + EPOCH_JULIAN_DAY + 1401;
        let e = 4 * f + 3;
        let g = e.rem_euclid(1461) / 4;
        let h = 5 * g + 2;
        let day = (h % 153) / 5 + 1;
        let month = (h / 153 + 2) % 12 + 1;
        let year = e.div_euclid(1461) - 4716 + (12 + 2 - month) / 12;
        (year as i32, month as u8, day as u8)
    }

    /// The day after; [`Day::MIN`] and [`Day::MAX`] stay.
    pub fn next(self) -> Day {
        if self == Day::MIN { self } else { Day(self.0.saturating_add(1)) }
    }

    /// The day before; [`Day::MIN`] and [`Day::MAX`] stay.
    pub fn prev(self) -> Day {
        if self == Day::MAX { self } else { Day(self.0.saturating_sub(1)) }
    }

    /// The day a span later. Years and months are added first, and a day the month does not have becomes the month's
    /// last (31 January + 1 month is 28 or 29 February; 29 February + 1 year is 28 February); then days are added.
    /// Stops at the first and the last day that have a date; [`Day::MIN`] and [`Day::MAX`] stay.
    pub fn plus(self, span: Span) -> Day {
        if self == Day::MIN || self == Day::MAX {
            return self;
        }
        let months = i64::from(span.years) * 12 + i64::from(span.months);
        let moved = if months == 0 { i64::from(self.0) } else { plus_months(self, months) };
        let days = moved + i64::from(span.days);
        Day(days.clamp(i64::from(Day::FIRST.0), i64::from(Day::LAST.0)) as i32)
    }
}

impl fmt::Display for Day {
    /// `1960-06-23`; `-0044-03-15` before year 0; `Y12026-01-01` beyond four digits; `..` for an open end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Day::MIN || *self == Day::MAX {
            return f.pad("..");
        }
        let (year, month, day) = self.ymd();
        let prefix = if year.abs() > 9999 { "Y" } else { "" };
        let sign = if year < 0 { "-" } else { "" };
        f.pad(&format!("{prefix}{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs()))
    }
}

/// How many days a month of the Gregorian calendar has; `None` if there is no such month.
pub(super) fn days_in_month(year: i32, month: u8) -> Option<u8> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    month_length(month, leap)
}

/// How many days a month of the Julian calendar has, in which every fourth year is a leap year; `None` if there is no
/// such month.
pub(super) fn days_in_julian_month(year: i32, month: u8) -> Option<u8> {
    month_length(month, year % 4 == 0)
}

fn month_length(month: u8, leap: bool) -> Option<u8> {
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

fn is_year(year: i32) -> bool {
    (-Day::YEAR_LIMIT..=Day::YEAR_LIMIT).contains(&year)
}

/// The day number a whole number of months away from a day, with the day of the month clamped; of any size.
fn plus_months(day: Day, months: i64) -> i64 {
    let (year, month, day) = day.ymd();
    let count = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    // Leap years repeat every 400.
    let last = days_in_month(year.rem_euclid(400) as i32, month as u8)
        .expect("a remainder by 12, plus 1, is a month");
    days_from_civil(year, month, i64::from(day.min(last)))
}

/// The date as the civil library has it, if it is within its years (-9999 to 9999).
fn in_jiff(year: i32, month: u8, day: u8) -> Option<civil::Date> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    civil::Date::new(year, month, day).ok()
}

fn days_of(date: civil::Date) -> i32 {
    (date.duration_since(civil::date(1970, 1, 1)).as_hours() / 24) as i32
}

fn jiff_date(day: Day) -> Option<civil::Date> {
    let days = jiff::Span::new().try_days(day.0).ok()?;
    civil::date(1970, 1, 1).checked_add(days).ok()
}

/// Day number of a Gregorian date of any year: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `days_from_civil`. For years the civil library does not reach; a property test holds the two to the same answers.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Gregorian date of a day number of any size: the same source, `civil_from_days`.
fn civil_from_days(number: i64) -> (i32, u8, u8) {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).expect("a date")
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day(1970, 1, 1).number(), 0);
        assert_eq!(day(1969, 12, 31).number(), -1);
        assert_eq!(day(1960, 6, 23).number(), -3479);
        assert_eq!(day(1960, 6, 23).to_string(), "1960-06-23");
        assert_eq!(day(-44, 3, 15).to_string(), "-0044-03-15");
        assert_eq!(day(12026, 1, 1).to_string(), "Y12026-01-01");
        assert_eq!((Day::MIN.to_string(), Day::MAX.to_string()), ("..".into(), "..".into()));
    }

    #[test]
    fn there_is_no_30_february() {
        assert_eq!(Day::from_ymd(2023, 2, 29), None);
        assert_eq!(Day::from_ymd(2023, 13, 1), None);
        assert_eq!(Day::from_ymd(2023, 1, 0), None);
        assert_eq!(Day::from_ymd(5_000_001, 1, 1), None);
        assert_eq!(Day::from_julian(1900, 2, 30), None);
        assert!(Day::from_julian(1900, 2, 29).is_some() && Day::from_ymd(1900, 2, 29).is_none());
    }

    /// The first day of the Gregorian calendar, the October revolution, and day 0 of the Julian day count.
    #[test]
    fn julian_dates_convert() {
        assert_eq!(Day::from_julian(1582, 10, 5), Some(day(1582, 10, 15)));
        assert_eq!(Day::from_julian(1917, 10, 25), Some(day(1917, 11, 7)));
        assert_eq!(Day::from_julian(1914, 7, 15), Some(day(1914, 7, 28)));
        assert_eq!(Day::from_julian(-4712, 1, 1).map(Day::number), Some(-2_440_588));
        assert_eq!(day(1917, 11, 7).julian_ymd(), (1917, 10, 25));
    }

    #[test]
    fn both_formulas_agree_where_the_library_reaches() {
        for year in [-9999, -401, -400, -5, -4, -1, 0, 1, 4, 1600, 1900, 1970, 2000, 2024, 9999] {
            for month in 1..=12 {
                let here = day(year, month, 1);
                let formula = days_from_civil(year.into(), month.into(), 1);
                assert_eq!(i64::from(here.number()), formula);
                assert_eq!(here.ymd(), civil_from_days(formula));
            }
        }
        assert_eq!(Day::FIRST, day(-5_000_000, 1, 1));
        assert_eq!(Day::LAST.ymd(), (5_000_000, 12, 31));
    }

    #[test]
    fn ends_of_time_stay() {
        for end in [Day::MIN, Day::MAX] {
            assert_eq!((end.next(), end.prev()), (end, end));
            assert_eq!(end.plus(Span { years: 1, months: 1, days: -400 }), end);
        }
        let far = Span { years: i32::MAX, months: i32::MAX, days: i32::MAX };
        assert_eq!(day(2024, 1, 1).plus(far), Day::LAST);
        assert_eq!(
            day(2024, 1, 1).plus(Span { years: i32::MIN, months: i32::MIN, days: i32::MIN }),
            Day::FIRST
        );
    }

    #[test]
    fn a_day_the_month_lacks_becomes_its_last() {
        let (month, year) = (Span { months: 1, ..Span::ZERO }, Span { years: 1, ..Span::ZERO });
        assert_eq!(day(2023, 1, 31).plus(month), day(2023, 2, 28));
        assert_eq!(day(2024, 1, 31).plus(month), day(2024, 2, 29));
        assert_eq!(day(2024, 2, 29).plus(year), day(2025, 2, 28));
        assert_eq!(day(1960, 6, 23).plus(Span { years: 10, ..Span::ZERO }), day(1970, 6, 23));
        assert_eq!(day(2024, 12, 31).plus(Span { days: 30, ..Span::ZERO }), day(2025, 1, 30));
    }
}
