//! A length of time as treaties give it: years, months, days.
//!
//! In: `1 year`, `30 days`, `2 years 6 months`. Out: three numbers, kept apart because a month is not thirty days.

use std::fmt;
use std::str::FromStr;

/// A length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Span {
    /// Whole years.
    pub years: i32,
    /// Whole months.
    pub months: i32,
    /// Days.
    pub days: i32,
}

/// A text that is not a length of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpanError {
    /// What was found.
    pub found: String,
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a length of time; expected something like `1 year`, `6 months` or `30 days`", self.found)
    }
}

impl std::error::Error for SpanError {}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Span, SpanError> {
        let error = || SpanError { found: text.chars().take(64).collect() };
        let mut span = Span::default();
        let mut words = text.split_whitespace();
        let mut any = false;
        while let Some(number) = words.next() {
            let n: i32 = number.parse().map_err(|_| error())?;
            if !(0..=100_000).contains(&n) {
                return Err(error());
            }
            let slot = match words.next().ok_or_else(error)?.trim_end_matches(',') {
                "year" | "years" => &mut span.years,
                "month" | "months" => &mut span.months,
                "day" | "days" => &mut span.days,
                _ => return Err(error()),
            };
            *slot = n;
            any = true;
        }
        if any { Ok(span) } else { Err(error()) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (n, word) in [(self.years, "year"), (self.months, "month"), (self.days, "day")] {
            match n {
                0 => {}
                1 => parts.push(format!("1 {word}")),
                n => parts.push(format!("{n} {word}s")),
            }
        }
        if parts.is_empty() { f.write_str("0 days") } else { f.write_str(&parts.join(" ")) }
    }
}
