//! Dates as written: EDTF (ISO 8601-2), levels 0 and 1, and of level 2 the one-of sets.
//!
//! In: text. Out: an [`Edtf`] that keeps the text and knows its bounds, or a [`DateError`] that says where and how to mend
//! it. What always holds: bounds are never narrower than what was written; an open end (`..`), an unknown end (empty)
//! and a written end stay three things.

use super::{Day, Moment, Period};

/// The longest date text accepted, in bytes.
pub const LONGEST: usize = 128;

/// A date, an extent or a choice of days, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edtf {
    text: String,
    shape: Shape,
    from: End,
    to: End,
    approximate: bool,
    uncertain: bool,
    julian: bool,
}

/// What kind of date it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `1922`, `1922-03`, `1922-03-05`.
    Date,
    /// `A/B`: throughout.
    Throughout,
    /// `[A..B]`, `[A,B]`: on one day within.
    OneOf,
}

/// One end of an extent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Known(Day, Day),
    Open,
    Unknown,
}

/// What is wrong with a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateProblem {
    /// Nothing there.
    Empty,
    /// Longer than [`LONGEST`].
    TooLong,
    /// Not a date of any kind.
    NotADate,
    /// A month that is not 01–12 or a season 21–24.
    NoSuchMonth,
    /// A day its month does not have.
    NoSuchDay,
    /// A part with too few digits.
    NotPadded,
    /// Written the other way round, with slashes or dots.
    NotIso,
    /// A year outside -9999 to 9999.
    YearOutOfRange,
    /// The end lies before the beginning.
    Backwards,
    /// A bracket that is not closed or holds nothing.
    BadSet,
}

/// A text that is not a date: what, where, why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateError {
    /// The part that is wrong.
    pub found: String,
    /// Where it starts in the text, in bytes.
    pub at: usize,
    /// How long it is, in bytes.
    pub len: usize,
    /// What is wrong.
    pub problem: DateProblem,
}

impl std::fmt::Display for DateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let found = &self.found;
        match self.problem {
            DateProblem::Empty => write!(f, "an empty date; expected EDTF such as `1960-06-23`, `1922` or `..`"),
            DateProblem::TooLong => write!(f, "a date of more than {LONGEST} bytes"),
            DateProblem::NotADate => write!(f, "`{found}` is not a date; expected EDTF such as `1960-06-23`, `1922` or `1914/1918`"),
            DateProblem::NoSuchMonth => write!(f, "there is no month `{found}`; expected 01 to 12, or a season 21 to 24"),
            DateProblem::NoSuchDay => write!(f, "there is no day `{found}` in that month"),
            DateProblem::NotPadded => write!(f, "`{found}` has too few digits; expected four for a year, two for a month or day"),
            DateProblem::NotIso => write!(f, "`{found}` is not in the order year-month-day"),
            DateProblem::YearOutOfRange => write!(f, "the year `{found}` is out of range; expected -9999 to 9999"),
            DateProblem::Backwards => write!(f, "`{found}` ends before it begins"),
            DateProblem::BadSet => write!(f, "`{found}` is not a one-of set; expected `[1914-08-01..1914-08-03]` or `[1913,1914]`"),
        }
    }
}

impl std::error::Error for DateError {}

impl DateError {
    /// How to mend it.
    pub fn help(&self) -> String {
        match self.problem {
            DateProblem::NotPadded => "pad with zeros: `1914-08-01`".to_owned(),
            DateProblem::NotIso => "write the year first, then the month: `2023-07-12`".to_owned(),
            DateProblem::NoSuchDay => "check the length of the month; if the day is not known, leave it out: `2023-02`".to_owned(),
            DateProblem::NoSuchMonth => "if the month is not known, leave it out: `2023`".to_owned(),
            DateProblem::Backwards => "swap the two ends, or use an open end: `2022-02-24/..`".to_owned(),
            DateProblem::BadSet => "use `[A..B]` for one day within, `A/B` for throughout".to_owned(),
            DateProblem::TooLong | DateProblem::YearOutOfRange => "write a civil date".to_owned(),
            DateProblem::Empty | DateProblem::NotADate => {
                "write as much as the source says: `2023`, `2023-07`, `2023-07-12`; `..` for still open".to_owned()
            }
        }
    }
}

impl Edtf {
    /// Reads a date.
    pub fn parse(text: &str) -> Result<Edtf, DateError> {
        let error = |problem, at: usize, found: &str| DateError { found: found.chars().take(64).collect(), at, len: found.len(), problem };
        if text.len() > LONGEST {
            return Err(error(DateProblem::TooLong, 0, text));
        }
        if text.trim().is_empty() {
            return Err(error(DateProblem::Empty, 0, text));
        }
        let (body, at, julian) = match text.strip_prefix("julian:") {
            Some(rest) => (rest, "julian:".len(), true),
            None => (text, 0, false),
        };
        let mut reader = Reader { julian, approximate: false, uncertain: false };
        let (shape, from, to) = if body.starts_with('[') {
            let inner = body
                .strip_prefix('[')
                .and_then(|b| b.strip_suffix(']'))
                .filter(|b| !b.is_empty())
                .ok_or_else(|| error(DateProblem::BadSet, at, body))?;
            let (from, to) = reader.set(inner, at + 1)?;
            (Shape::OneOf, from, to)
        } else if let Some((a, b)) = body.split_once('/') {
            let plain = |s: &str| s.chars().all(|c| c.is_ascii_digit());
            if plain(a) && a.len() <= 2 && !a.is_empty() && b.contains('/') {
                return Err(error(DateProblem::NotIso, at, body));
            }
            let from = reader.end(a, at)?;
            let to = reader.end(b, at + a.len() + 1)?;
            (Shape::Throughout, from, to)
        } else if body == ".." {
            (Shape::Throughout, End::Open, End::Open)
        } else {
            let known = reader.date(body, at)?;
            (Shape::Date, known, known)
        };
        if let (End::Known(a, _), End::Known(_, b)) = (from, to)
            && b < a
        {
            return Err(error(DateProblem::Backwards, at, body));
        }
        Ok(Edtf {
            text: text.to_owned(),
            shape,
            from,
            to,
            approximate: reader.approximate,
            uncertain: reader.uncertain,
            julian,
        })
    }

    /// A known day.
    pub fn from_day(day: Day) -> Edtf {
        Edtf {
            text: day.to_string(),
            shape: Shape::Date,
            from: End::Known(day, day),
            to: End::Known(day, day),
            approximate: false,
            uncertain: false,
            julian: false,
        }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What kind of date it is.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// As the day something happened: its bounds, both inclusive. An open or unknown end has none.
    pub fn moment(&self) -> Moment {
        let earliest = match self.from {
            End::Known(a, _) => a,
            End::Open | End::Unknown => Day::MIN,
        };
        let latest = match self.to {
            End::Known(_, b) => b,
            End::Open | End::Unknown => Day::MAX,
        };
        Moment { earliest, latest }
    }

    /// As an extent. The last day written still belongs to it (ISO 8601 intervals include both ends), so the half-open end is
    /// the day after.
    pub fn period(&self) -> Period {
        let begin = match (self.from, self.to) {
            (End::Known(a, b), _) if self.shape == Shape::Throughout => Moment { earliest: a, latest: b },
            (End::Known(a, _), _) => Moment::exact(a),
            (End::Open, _) => Moment::OPEN_START,
            (End::Unknown, End::Known(_, b)) => Moment { earliest: Day::MIN, latest: b },
            (End::Unknown, _) => Moment { earliest: Day::MIN, latest: Day::MAX },
        };
        let end = match (self.to, self.from) {
            (End::Known(a, b), _) if self.shape == Shape::Throughout => Moment { earliest: a.next(), latest: b.next() },
            (End::Known(_, b), _) => Moment::exact(b.next()),
            (End::Open, _) => Moment::OPEN_END,
            (End::Unknown, End::Known(a, _)) => Moment { earliest: a.next(), latest: Day::MAX },
            (End::Unknown, _) => Moment { earliest: Day::MIN, latest: Day::MAX },
        };
        Period { begin, end }
    }

    /// Marked approximate (`~`, `%`).
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Marked uncertain (`?`, `%`).
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Written in the Julian calendar.
    pub fn is_julian(&self) -> bool {
        self.julian
    }

    /// Ends in `..`.
    pub fn has_open_end(&self) -> bool {
        self.to == End::Open
    }

    /// Ends in nothing: the end is not known.
    pub fn has_unknown_end(&self) -> bool {
        self.to == End::Unknown
    }
}

impl std::fmt::Display for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

struct Reader {
    julian: bool,
    approximate: bool,
    uncertain: bool,
}

impl Reader {
    fn end(&mut self, text: &str, at: usize) -> Result<End, DateError> {
        match text {
            ".." => Ok(End::Open),
            "" => Ok(End::Unknown),
            _ => self.date(text, at),
        }
    }

    /// `A..B`, `..B`, `A..`, `A,B,C`, and mixtures.
    fn set(&mut self, text: &str, at: usize) -> Result<(End, End), DateError> {
        let mut from: Option<End> = None;
        let mut to: Option<End> = None;
        let low = |a: End, b: End| match (a, b) {
            (End::Known(x, y), End::Known(z, _)) if x <= z => End::Known(x, y),
            (End::Known(..), End::Known(z, w)) => End::Known(z, w),
            _ => End::Open,
        };
        let high = |a: End, b: End| match (a, b) {
            (End::Known(x, y), End::Known(_, w)) if y >= w => End::Known(x, y),
            (End::Known(..), End::Known(z, w)) => End::Known(z, w),
            _ => End::Open,
        };
        let mut offset = at;
        for item in text.split(',') {
            let trimmed = item.trim();
            let start = offset + (item.len() - item.trim_start().len());
            let (a, b) = match trimmed.split_once("..") {
                Some((a, b)) => {
                    let left = if a.is_empty() { End::Open } else { self.date(a, start)? };
                    let right = if b.is_empty() { End::Open } else { self.date(b, start + a.len() + 2)? };
                    (left, right)
                }
                None => {
                    let d = self.date(trimmed, start)?;
                    (d, d)
                }
            };
            if let (End::Known(x, _), End::Known(_, y)) = (a, b)
                && y < x
            {
                return Err(DateError { found: trimmed.to_owned(), at: start, len: trimmed.len(), problem: DateProblem::Backwards });
            }
            from = Some(from.map_or(a, |f| low(f, a)));
            to = Some(to.map_or(b, |t| high(t, b)));
            offset += item.len() + 1;
        }
        let missing = DateError { found: text.to_owned(), at, len: text.len(), problem: DateProblem::BadSet };
        match (from, to) {
            (Some(f), Some(t)) => Ok((f, t)),
            _ => Err(missing),
        }
    }

    /// One date: digits, `X` for unspecified digits, a qualifier, perhaps a time of day.
    fn date(&mut self, text: &str, at: usize) -> Result<End, DateError> {
        let fail = |problem, from: usize, found: &str| DateError { found: found.to_owned(), at: at + from, len: found.len().max(1), problem };
        if !text.is_ascii() || text.is_empty() {
            return Err(fail(DateProblem::NotADate, 0, text));
        }
        let bare = text.trim_end_matches(['?', '~', '%']);
        for q in text[bare.len()..].chars() {
            self.approximate |= q != '?';
            self.uncertain |= q != '~';
        }
        if text.len() > bare.len() + 1 {
            return Err(fail(DateProblem::NotADate, 0, text));
        }
        // A time of day is accepted and kept in the text only.
        let day_part = match bare.split_once('T') {
            Some((d, t)) if t.len() >= 8 && t.as_bytes()[2] == b':' && d.len() >= 10 => d,
            Some(_) => return Err(fail(DateProblem::NotADate, 0, text)),
            None => bare,
        };
        let (negative, digits, skip) = match day_part.strip_prefix('-') {
            Some(rest) => (true, rest, 1),
            None => (false, day_part, 0),
        };
        if digits.contains('.') || digits.contains('/') {
            return Err(fail(DateProblem::NotIso, 0, text));
        }
        let parts: Vec<&str> = digits.split('-').collect();
        let (year, long) = match parts[0].strip_prefix('Y') {
            Some(y) => (y, true),
            None => (parts[0], false),
        };
        let number_like = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || c == 'X');
        if !parts.iter().skip(1).all(|p| number_like(p)) || !(number_like(year) || long) || parts.len() > 3 {
            return Err(fail(DateProblem::NotADate, 0, text));
        }
        if long {
            let y = year.strip_prefix('-').unwrap_or(year);
            let found = if number_like(y) { DateProblem::YearOutOfRange } else { DateProblem::NotADate };
            return Err(fail(found, 0, text));
        }
        if year.len() != 4 {
            let problem = match (year.len(), parts.len()) {
                (1 | 2, 3) if parts[2].len() == 4 => DateProblem::NotIso,
                (1..=3, _) => DateProblem::NotPadded,
                _ => DateProblem::NotADate,
            };
            return Err(fail(problem, skip, if problem == DateProblem::NotIso { text } else { year }));
        }
        let (y_lo, y_hi) = range(year, 0, 9999).ok_or_else(|| fail(DateProblem::NotADate, skip, year))?;
        let (y_lo, y_hi) = if negative { (-y_hi, -y_lo) } else { (y_lo, y_hi) };
        let month = parts.get(1).copied();
        let month_at = skip + 5;
        let (m_lo, m_hi, y_hi) = match month {
            None => (1, 12, y_hi),
            Some(m) if m.len() != 2 => return Err(fail(DateProblem::NotPadded, month_at, m)),
            // Seasons of the northern hemisphere, by calendar months; winter runs into the next year.
            Some("21") => (3, 5, y_hi),
            Some("22") => (6, 8, y_hi),
            Some("23") => (9, 11, y_hi),
            Some("24") => (12, 2, y_hi + 1),
            Some(m) => {
                let (lo, hi) = range(m, 1, 12).ok_or_else(|| fail(DateProblem::NoSuchMonth, month_at, m))?;
                (lo, hi, y_hi)
            }
        };
        let season = month.is_some_and(|m| m.starts_with('2'));
        let day_at = month_at + 3;
        let (d_lo, d_hi) = match parts.get(2) {
            None => (1, 31),
            Some(d) if season => return Err(fail(DateProblem::NoSuchDay, day_at, d)),
            Some(d) if d.len() != 2 => return Err(fail(DateProblem::NotPadded, day_at, d)),
            Some(d) => range(d, 1, 31).ok_or_else(|| fail(DateProblem::NoSuchDay, day_at, d))?,
        };
        let make = |y: i32, m: i32, d: i32| -> Option<Day> {
            if self.julian { Day::from_julian(y, m as u8, d as u8) } else { Day::from_ymd(y, m as u8, d as u8) }
        };
        let exact_day = parts.get(2).is_some_and(|d| !d.contains('X'));
        let earliest = make(y_lo, m_lo, d_lo);
        let latest = (1..=d_hi).rev().find_map(|d| make(y_hi, m_hi, d));
        match (earliest, latest) {
            (Some(a), Some(b)) if !exact_day || a == b || y_lo != y_hi || m_lo != m_hi => Ok(End::Known(a, b.max(a))),
            _ => Err(fail(DateProblem::NoSuchDay, day_at, parts.get(2).copied().unwrap_or(text))),
        }
    }
}

/// The numbers a part with `X` for unspecified digits can be, within limits.
fn range(part: &str, least: i32, most: i32) -> Option<(i32, i32)> {
    let lo: i32 = part.replace('X', "0").parse().ok()?;
    let hi: i32 = part.replace('X', "9").parse().ok()?;
    let (lo, hi) = (lo.max(least), hi.min(most));
    let exact = !part.contains('X');
    let given: i32 = part.replace('X', "0").parse().ok()?;
    (lo <= hi && (!exact || given >= least)).then_some((lo, hi))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> String {
        let m = Edtf::parse(text).expect(text).moment();
        format!("{} {}", m.earliest, m.latest)
    }

    #[test]
    fn moments_have_the_bounds_of_what_was_written() {
        for (text, expected) in [
            ("1960-06-23", "1960-06-23 1960-06-23"),
            ("1922", "1922-01-01 1922-12-31"),
            ("2023-02", "2023-02-01 2023-02-28"),
            ("2024-02?", "2024-02-01 2024-02-29"),
            ("2024-07~", "2024-07-01 2024-07-31"),
            ("201X", "2010-01-01 2019-12-31"),
            ("1985-04-XX", "1985-04-01 1985-04-30"),
            ("1985-XX-XX", "1985-01-01 1985-12-31"),
            ("2001-24", "2001-12-01 2002-02-28"),
            ("[2023-05-10..2023-05-13]", "2023-05-10 2023-05-13"),
            ("[1913,1914]", "1913-01-01 1914-12-31"),
            ("[..2023-05-13]", ".. 2023-05-13"),
            ("2013/2014", "2013-01-01 2014-12-31"),
            ("-0044-03-15", "-0044-03-15 -0044-03-15"),
            ("1985-04-12T23:20:30Z", "1985-04-12 1985-04-12"),
            ("julian:1917-10-25", "1917-11-07 1917-11-07"),
            ("julian:1917", "1917-01-14 1918-01-13"),
        ] {
            assert_eq!(bounds(text), expected, "{text}");
        }
    }

    #[test]
    fn extents_include_their_last_day() {
        let p = Edtf::parse("2023-07-11/2023-07-12").expect("a date").period();
        assert_eq!((p.begin.earliest.to_string(), p.end.earliest.to_string()), ("2023-07-11".into(), "2023-07-13".into()));
        let open = Edtf::parse("2022-02/..").expect("a date");
        assert_eq!(open.period().end, Moment::OPEN_END);
        let unknown = Edtf::parse("2010/").expect("a date");
        assert!(unknown.has_unknown_end() && !unknown.has_open_end());
        assert_eq!(unknown.period().end.latest, Day::MAX);
        assert_ne!(unknown.period().end, Moment::OPEN_END);
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, problem, at) in [
            ("", DateProblem::Empty, 0),
            ("today", DateProblem::NotADate, 0),
            ("2023-13-01", DateProblem::NoSuchMonth, 5),
            ("2023-02-30", DateProblem::NoSuchDay, 8),
            ("1914-8-1", DateProblem::NotPadded, 5),
            ("12/07/2023", DateProblem::NotIso, 0),
            ("12.07.2023", DateProblem::NotIso, 0),
            ("Y17E7", DateProblem::NotADate, 0),
            ("2023-07-12/2023-07-11", DateProblem::Backwards, 0),
            ("[2023", DateProblem::BadSet, 0),
            ("2022/2023-13", DateProblem::NoSuchMonth, 10),
        ] {
            let e = Edtf::parse(text).expect_err(text);
            assert_eq!((e.problem, e.at), (problem, at), "{text}");
        }
    }
}
