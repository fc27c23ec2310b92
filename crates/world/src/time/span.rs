//! A distance in calendar time, as treaties write it: `1 year`, `6 months`, `30 days`.
//!
//! In: text. Out: years, months and days, which [`Day::plus`](super::Day::plus) adds.
//!
//! What always holds: what is printed can be read again and is equal; a month is never turned into days.

use super::edtf::{DateError, DateProblem};
use std::fmt;
use std::str::FromStr;

/// A distance in years, months and days. Each may be negative, and none is converted into another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// Years.
    pub years: i32,
    /// Months.
    pub months: i32,
    /// Days.
    pub days: i32,
}

/// The longest text read, in bytes.
const LIMIT: usize = 64;

impl Span {
    /// No distance.
    pub const ZERO: Span = Span { years: 0, months: 0, days: 0 };

    /// A number of years.
    pub const fn years(years: i32) -> Span {
        Span { years, ..Span::ZERO }
    }

    /// A number of months.
    pub const fn months(months: i32) -> Span {
        Span { months, ..Span::ZERO }
    }

    /// A number of days.
    pub const fn days(days: i32) -> Span {
        Span { days, ..Span::ZERO }
    }

    /// Reads `1 year`, `6 months`, `30 days`, `2 years 6 months`: whole numbers, each with a unit, the larger unit
    /// first and each unit once. Words are separated by spaces; singular and plural are the same.
    ///
    /// # Errors
    /// [`DateProblem::Span`] at the word that does not fit, [`DateProblem::TooLong`] beyond 64 bytes.
    pub fn parse(text: &str) -> Result<Span, DateError> {
        if text.len() > LIMIT {
            return Err(DateError::new(text, 0..text.len(), DateProblem::TooLong { limit: LIMIT }));
        }
        let mut words = words(text);
        let mut span = Span::ZERO;
        let mut units_left: &[&str] = &["year", "month", "day"];
        let fault = |at: std::ops::Range<usize>| DateError::new(text, at, DateProblem::Span);
        if text.trim().is_empty() {
            return Err(fault(0..text.len()));
        }
        while let Some((at, word)) = words.next() {
            let here = at..at + word.len();
            let digits = word.strip_prefix('-').unwrap_or(word);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(fault(here));
            }
            let Ok(count) = word.parse::<i32>() else { return Err(fault(here)) };
            let Some((at, unit)) = words.next() else { return Err(fault(here)) };
            let name = unit.strip_suffix('s').unwrap_or(unit);
            let Some(place) = units_left.iter().position(|u| *u == name) else {
                return Err(fault(at..at + unit.len()));
            };
            match units_left[place] {
                "year" => span.years = count,
                "month" => span.months = count,
                _ => span.days = count,
            }
            units_left = &units_left[place + 1..];
        }
        Ok(span)
    }
}

/// The words of a text with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(' ').filter_map(move |word| {
        let here = at;
        at += word.len() + 1;
        (!word.is_empty()).then_some((here, word))
    })
}

impl FromStr for Span {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Span, DateError> {
        Span::parse(text)
    }
}

impl fmt::Display for Span {
    /// `2 years 6 months`; no distance is `0 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.years, "year"), (self.months, "month"), (self.days, "day")];
        let mut words = Vec::new();
        for (count, unit) in parts {
            if count != 0 {
                words.push(format!("{count} {unit}{}", if count.abs_diff(0) == 1 { "" } else { "s" }));
            }
        }
        f.pad(if words.is_empty() { "0 days".to_owned() } else { words.join(" ") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_treaties_write_them() {
        assert_eq!(Span::parse("1 year"), Ok(Span::years(1)));
        assert_eq!(Span::parse("6 months"), Ok(Span::months(6)));
        assert_eq!(Span::parse("30 days"), Ok(Span::days(30)));
        let both = Span { years: 2, months: 6, days: 0 };
        assert_eq!(Span::parse("2 years 6 months"), Ok(both));
        assert_eq!(both.to_string(), "2 years 6 months");
        assert_eq!(Span::years(1).to_string(), "1 year");
        assert_eq!(Span::parse("0 days"), Ok(Span::ZERO));
    }

    #[test]
    fn what_is_no_span_is_shown_where_it_fails() {
        for (text, found, at) in [
            ("", "", 0),
            ("one year", "one", 0),
            ("1 fortnight", "fortnight", 2),
            ("6 months 1 year", "year", 11),
            ("1 year 1 year", "year", 9),
            ("2 years 6", "6", 8),
            ("99999999999 days", "99999999999", 0),
            ("+1 year", "+1", 0),
        ] {
            let error = Span::parse(text).expect_err(text);
            assert_eq!((error.found.as_str(), error.at, error.len), (found, at, found.len()), "{text}");
            assert_eq!(error.problem, DateProblem::Span);
        }
        assert!(Span::parse(&"1 year ".repeat(99)).is_err());
    }
}
