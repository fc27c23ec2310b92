//! The EDTF reader.
//!
//! In: text. Out: an [`Edtf`] whose bounds are computed, or the first fault with its place.
//!
//! What always holds: no panic on any text; the text is cut only at ASCII characters; every date read lies within the
//! years a [`Day`] can name. A part that fails is looked at once more ([`mend`]) for what was probably meant.

use super::error::{DateError, DateProblem};
use super::{Edtf, End, Marks, Shape, mend};
use crate::time::day::{days_in_julian_month, days_in_month};
use crate::time::{Day, Moment, Period};
use std::ops::Range;

/// Bytes at fault and the kind of fault.
type Fault = (Range<usize>, DateProblem);

/// A piece of the text and where it begins.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Piece<'t> {
    fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    /// The bytes from `from` to `to` of this piece, which are ends of ASCII characters in it.
    fn part(self, from: usize, to: usize) -> Piece<'t> {
        Piece { text: &self.text[from..to], at: self.at + from }
    }

    fn split_once(self, mark: &str) -> Option<(Piece<'t>, Piece<'t>)> {
        let found = self.text.find(mark)?;
        Some((self.part(0, found), self.part(found + mark.len(), self.text.len())))
    }

    /// The pieces between the marks; there is always one.
    fn split(self, mark: char) -> impl Iterator<Item = Piece<'t>> {
        let mut at = self.at;
        self.text.split(mark).map(move |text| {
            let piece = Piece { text, at };
            at += text.len() + mark.len_utf8();
            piece
        })
    }

    fn trim(self) -> Piece<'t> {
        let start = self.text.len() - self.text.trim_start().len();
        Piece { text: self.text.trim(), at: self.at + start }
    }

    fn fault(self, problem: DateProblem) -> Fault {
        (self.range(), problem)
    }
}

/// The days a dated piece can mean: its whole units, from the first one it can be to the last. They differ only if
/// digits are unspecified.
#[derive(Clone, Copy)]
struct Dated {
    first: Unit,
    last: Unit,
    marks: Marks,
}

/// A whole year, season, month or day: its first and last day.
#[derive(Clone, Copy)]
struct Unit {
    from: Day,
    until: Day,
}

impl Dated {
    fn moment(self) -> Moment {
        Moment { earliest: self.first.from, latest: self.last.until }
    }
}

/// One end of an interval or a range.
#[derive(Clone, Copy)]
enum Bound {
    Dated(Dated),
    Open,
    Unknown,
}

impl Bound {
    fn end(self) -> End {
        match self {
            Bound::Dated(_) => End::Dated,
            Bound::Open => End::Open,
            Bound::Unknown => End::Unknown,
        }
    }

    fn dated(self) -> Option<Dated> {
        match self {
            Bound::Dated(date) => Some(date),
            Bound::Open | Bound::Unknown => None,
        }
    }
}

/// Reads a text.
pub(super) fn edtf(text: &str) -> Result<Edtf, DateError> {
    let whole = Piece { text, at: 0 };
    let fault = |(range, problem): Fault| DateError::new(text, range, problem);
    if text.is_empty() {
        return Err(fault(whole.fault(DateProblem::Empty)));
    }
    if text.len() > Edtf::LIMIT {
        return Err(fault(whole.fault(DateProblem::TooLong { limit: Edtf::LIMIT })));
    }
    let read = if text.starts_with('[') {
        one_of(whole)
    } else if text.contains('/') {
        interval(whole)
    } else {
        date(whole, true).map(single)
    };
    match read {
        Ok(read) => Ok(Edtf { text: text.to_owned(), ..read }),
        Err(first) => Err(fault(mend::whole(text).map_or(first, |problem| whole.fault(problem)))),
    }
}

/// A lone date. The text is filled in by the caller, here and below.
fn single(date: Dated) -> Edtf {
    let begin = Moment { earliest: date.first.from, latest: date.last.from };
    let end = Moment { earliest: date.first.until.next(), latest: date.last.until.next() };
    Edtf {
        text: String::new(),
        shape: Shape::Date,
        moment: date.moment(),
        period: Period { begin, end },
        start: End::Dated,
        end: End::Dated,
        marks: date.marks,
    }
}

/// `A/B`.
fn interval(whole: Piece<'_>) -> Result<Edtf, Fault> {
    let Some((a, b)) = whole.split_once("/").filter(|(_, b)| !b.text.contains('/')) else {
        return Err(whole.fault(DateProblem::Interval));
    };
    let (start, end) = (bound(a)?, bound(b)?);
    in_order(start, end, whole, (a, b), "/")?;
    let begins = match (start, end) {
        (Bound::Dated(a), _) => a.moment(),
        (Bound::Open, _) => Moment::OPEN_START,
        (Bound::Unknown, Bound::Dated(b)) => Moment { earliest: Day::MIN, latest: b.moment().latest },
        (Bound::Unknown, _) => Moment::UNKNOWN,
    };
    let ends = match (start, end) {
        (_, Bound::Dated(b)) => after_last(b.moment()),
        (_, Bound::Open) => Moment::OPEN_END,
        (Bound::Dated(a), Bound::Unknown) => {
            Moment { earliest: a.moment().earliest.next(), latest: Day::MAX }
        }
        (_, Bound::Unknown) => Moment::UNKNOWN,
    };
    Ok(Edtf {
        text: String::new(),
        shape: Shape::Throughout,
        moment: outer(start, end),
        period: Period { begin: begins, end: ends },
        start: start.end(),
        end: end.end(),
        marks: marks(start).or(marks(end)),
    })
}

fn bound(piece: Piece<'_>) -> Result<Bound, Fault> {
    match piece.text {
        "" => Ok(Bound::Unknown),
        ".." => Ok(Bound::Open),
        _ => date(piece, false).map(Bound::Dated),
    }
}

/// `[A..B]`, `[A,B]`, `[..B]`, `[A..]` and their mixtures: one day within.
fn one_of(whole: Piece<'_>) -> Result<Edtf, Fault> {
    if whole.text.len() < 2 || !whole.text.ends_with(']') {
        return Err(whole.fault(DateProblem::Set));
    }
    let inside = whole.part(1, whole.text.len() - 1);
    let count = inside.split(',').count();
    let mut all: Option<Edtf> = None;
    for (nth, piece) in inside.split(',').enumerate() {
        let piece = piece.trim();
        let (start, end) = match piece.split_once("..") {
            None => {
                let date = Bound::Dated(date(piece, false)?);
                (date, date)
            }
            Some((a, b)) => {
                let start = if a.text.is_empty() { Bound::Unknown } else { Bound::Dated(date(a, false)?) };
                let end = if b.text.is_empty() { Bound::Unknown } else { Bound::Dated(date(b, false)?) };
                let misplaced = (start.dated().is_none() && (nth > 0 || end.dated().is_none()))
                    || (end.dated().is_none() && nth + 1 < count);
                if misplaced {
                    return Err(piece.fault(DateProblem::Set));
                }
                in_order(start, end, piece, (a, b), "..")?;
                (start, end)
            }
        };
        let mut moment = outer(start, end);
        let mut element_marks = marks(start).or(marks(end));
        let (mut starts, mut ends) = (start.end(), end.end());
        if let Some(before) = all.take() {
            moment.earliest = moment.earliest.min(before.moment.earliest);
            moment.latest = moment.latest.max(before.moment.latest);
            element_marks = element_marks.or(before.marks);
            (starts, ends) = (before.start, if before.end == End::Unknown { End::Unknown } else { ends });
        }
        all = Some(Edtf {
            text: String::new(),
            shape: Shape::OneOf,
            moment,
            period: Period { begin: moment, end: after_last(moment) },
            start: starts,
            end: ends,
            marks: element_marks,
        });
    }
    all.ok_or_else(|| whole.fault(DateProblem::Set))
}

/// From the first day of one bound to the last day of the other; an end that is not dated is the end of time.
fn outer(start: Bound, end: Bound) -> Moment {
    Moment {
        earliest: start.dated().map_or(Day::MIN, |d| d.moment().earliest),
        latest: end.dated().map_or(Day::MAX, |d| d.moment().latest),
    }
}

/// The first day on which what lasted until a moment no longer holds.
fn after_last(moment: Moment) -> Moment {
    Moment { earliest: moment.earliest.next(), latest: moment.latest.next() }
}

fn marks(bound: Bound) -> Marks {
    bound.dated().map(|d| d.marks).unwrap_or_default()
}

impl Marks {
    fn or(self, other: Marks) -> Marks {
        Marks {
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
            julian: self.julian || other.julian,
        }
    }
}

/// Refuses an end that certainly lies before its start.
fn in_order(
    start: Bound,
    end: Bound,
    whole: Piece<'_>,
    (a, b): (Piece<'_>, Piece<'_>),
    between: &str,
) -> Result<(), Fault> {
    match (start.dated(), end.dated()) {
        (Some(first), Some(last)) if last.moment().latest < first.moment().earliest => {
            Err(whole.fault(DateProblem::Reversed { write: format!("{}{between}{}", b.text, a.text) }))
        }
        _ => Ok(()),
    }
}

#[derive(Clone, Copy)]
enum Calendar {
    Gregorian,
    Julian,
}

impl Calendar {
    fn day(self, year: i32, month: u8, day: u8) -> Option<Day> {
        match self {
            Calendar::Gregorian => Day::from_ymd(year, month, day),
            Calendar::Julian => Day::from_julian(year, month, day),
        }
    }

    fn last_of(self, year: i32, month: u8) -> Option<u8> {
        match self {
            Calendar::Gregorian => days_in_month(year, month),
            Calendar::Julian => days_in_julian_month(year, month),
        }
    }

    /// The whole months from one to another.
    fn months(self, from: (i32, u8), until: (i32, u8)) -> Option<Unit> {
        let last = self.last_of(until.0, until.1)?;
        Some(Unit { from: self.day(from.0, from.1, 1)?, until: self.day(until.0, until.1, last)? })
    }
}

/// One date, with its calendar, its qualifier and (where it stands alone) its time of day.
fn date(piece: Piece<'_>, alone: bool) -> Result<Dated, Fault> {
    read_date(piece, alone)
        .map_err(|first| mend::date(piece.text).map_or(first, |problem| piece.fault(problem)))
}

fn read_date(piece: Piece<'_>, alone: bool) -> Result<Dated, Fault> {
    if piece.text.is_empty() {
        return Err(piece.fault(DateProblem::Empty));
    }
    let mut marks = Marks::default();
    let mut rest = piece;
    let mut calendar = Calendar::Gregorian;
    if let Some((name, after)) = piece.split_once(":")
        && name.text.bytes().all(|b| b.is_ascii_alphabetic())
    {
        if name.text != "julian" {
            return Err(name.fault(DateProblem::Calendar));
        }
        marks.julian = true;
        (rest, calendar) = (after, Calendar::Julian);
    }
    if let Some(mark) = rest.text.bytes().next_back().filter(|b| b"?~%".contains(b)) {
        marks.uncertain = mark != b'~';
        marks.approximate = mark != b'?';
        rest = rest.part(0, rest.text.len() - 1);
    }
    if let Some(misplaced) = rest.text.find(['?', '~', '%']) {
        return Err(rest.part(misplaced, rest.text.len()).fault(DateProblem::Qualifier));
    }
    let mut timed = false;
    if let Some((day, time)) = rest.split_once("T")
        && day.text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    {
        if !alone || !is_time(time.text) || marks.uncertain || marks.approximate {
            return Err(time.fault(DateProblem::Time));
        }
        (rest, timed) = (day, true);
    }
    let (first, last) = units(rest, calendar, timed)?;
    Ok(Dated { first, last, marks })
}

/// Year, month and day as written.
fn units(whole: Piece<'_>, calendar: Calendar, needs_day: bool) -> Result<(Unit, Unit), Fault> {
    let (body, long) = match whole.text.strip_prefix('Y') {
        Some(_) => (whole.part(1, whole.text.len()), true),
        None => (whole, false),
    };
    let sign = usize::from(body.text.starts_with('-'));
    let mut parts = body.part(sign, body.text.len()).split('-');
    let year_part = parts.next().unwrap_or(body);
    let (month_part, day_part, more) = (parts.next(), parts.next(), parts.next());
    if let Some(more) = more {
        return Err((more.at.saturating_sub(1)..whole.range().end, DateProblem::Trailing));
    }
    let signed =
        Piece { text: body.text.get(..sign + year_part.text.len()).unwrap_or(body.text), at: body.at };
    let (low, high) = year(signed, year_part, sign == 1, long)?;
    if low != high && month_part.is_some() {
        return Err(signed.fault(DateProblem::Unspecified));
    }
    if needs_day && day_part.is_none() {
        return Err(whole.fault(DateProblem::Time));
    }
    // A winter reaches into the next year; the last year that can be named has none.
    let limit = || signed.fault(DateProblem::YearLimit);
    let year_of = |y| calendar.months((y, 1), (y, 12)).ok_or_else(limit);
    let Some(month_part) = month_part else { return Ok((year_of(low)?, year_of(high)?)) };
    let padded = || {
        let pad = |p: Piece<'_>| format!("-{:0>2}", p.text);
        format!(
            "{}{}{}{}",
            if long { "Y" } else { "" },
            signed.text,
            pad(month_part),
            day_part.map(pad).unwrap_or_default()
        )
    };
    let month = match (two(month_part, padded)?, day_part) {
        (Two::Unspecified, None) => {
            let month = |m| calendar.months((low, m), (low, m)).ok_or_else(limit);
            return Ok((month(1)?, month(12)?));
        }
        (Two::Unspecified, Some(day)) if day.text == "XX" => {
            let day = |m, d| calendar.day(low, m, d).map(|d| Unit { from: d, until: d }).ok_or_else(limit);
            return Ok((day(1, 1)?, day(12, 31)?));
        }
        (Two::Unspecified, Some(_)) => return Err(month_part.fault(DateProblem::Unspecified)),
        (Two::Digits(season @ 21..=24), None) => {
            let from = (season - 21) * 3 + 3;
            let until = if season == 24 { (low + 1, 2) } else { (low, from + 2) };
            let unit = calendar.months((low, from), until).ok_or_else(limit)?;
            return Ok((unit, unit));
        }
        (Two::Digits(21..=24), Some(day)) => return Err(day.fault(DateProblem::SeasonDay)),
        (Two::Digits(month @ 1..=12), _) => month,
        (Two::Digits(_), _) => return Err(month_part.fault(DateProblem::Month)),
    };
    let whole_month = calendar.months((low, month), (low, month)).ok_or_else(limit)?;
    let Some(day_part) = day_part else { return Ok((whole_month, whole_month)) };
    match two(day_part, padded)? {
        Two::Unspecified => {
            let day = |d| Unit { from: d, until: d };
            Ok((day(whole_month.from), day(whole_month.until)))
        }
        Two::Digits(day) => match calendar.day(low, month, day) {
            Some(day) => Ok((Unit { from: day, until: day }, Unit { from: day, until: day })),
            None => {
                let last = calendar.last_of(low, month).unwrap_or(31);
                let year = if long { format!("Y{}", signed.text) } else { signed.text.to_owned() };
                Err(day_part.fault(DateProblem::Day { last: format!("{year}-{month:02}-{last:02}") }))
            }
        },
    }
}

/// The first and last year a year part can mean.
fn year(signed: Piece<'_>, digits: Piece<'_>, negative: bool, long: bool) -> Result<(i32, i32), Fault> {
    let text = digits.text;
    let known = text.trim_end_matches('X');
    let unknown = text.len() - known.len();
    if !known.bytes().all(|b| b.is_ascii_digit()) {
        // `X` among the digits or in front of them is level 2; anything else is no year.
        let letters = known.bytes().all(|b| b.is_ascii_digit() || b == b'X');
        return Err(signed.fault(if letters { DateProblem::Unspecified } else { DateProblem::Year }));
    }
    if long {
        // `Y` is for years beyond four digits, which have no zero in front.
        if unknown > 0 {
            return Err(signed.fault(DateProblem::Unspecified));
        }
        if text.len() < 5 || text.starts_with('0') {
            return Err(signed.fault(DateProblem::Year));
        }
        let limit = || signed.fault(DateProblem::YearLimit);
        let year = text.parse::<i32>().map_err(|_| limit())?;
        if year > Day::YEAR_LIMIT {
            return Err(limit());
        }
        let year = if negative { -year } else { year };
        return Ok((year, year));
    }
    if text.len() != 4 {
        return Err(signed.fault(DateProblem::Year));
    }
    if unknown > 2 {
        return Err(signed.fault(DateProblem::Unspecified));
    }
    let fill = |digit: u8| {
        known
            .bytes()
            .chain(std::iter::repeat_n(b'0' + digit, unknown))
            .fold(0, |n, b| n * 10 + i32::from(b - b'0'))
    };
    match (negative, fill(0), fill(9)) {
        (true, _, 0) => Err(signed.fault(DateProblem::Year)),
        (true, near, far) => Ok((-far, -near)),
        (false, first, last) => Ok((first, last)),
    }
}

/// A month or a day.
enum Two {
    Digits(u8),
    Unspecified,
}

fn two(piece: Piece<'_>, padded: impl Fn() -> String) -> Result<Two, Fault> {
    match piece.text.as_bytes() {
        b"XX" => Ok(Two::Unspecified),
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok(Two::Digits((a - b'0') * 10 + (b - b'0'))),
        [b'1'..=b'9'] => Err(piece.fault(DateProblem::Unpadded { write: padded() })),
        [b'0'..=b'9' | b'X', b'0'..=b'9' | b'X'] => Err(piece.fault(DateProblem::Unspecified)),
        [] => Err(piece.fault(DateProblem::Trailing)),
        [b'0'..=b'9', b'0'..=b'9', rest, ..] if !rest.is_ascii_digit() && piece.text.is_char_boundary(2) => {
            Err(piece.part(2, piece.text.len()).fault(DateProblem::Trailing))
        }
        _ => Err(piece.fault(DateProblem::Month)),
    }
}

/// `hh:mm:ss`, then nothing, `Z`, `+hh` or `+hh:mm`. A minute may have a leap second.
fn is_time(text: &str) -> bool {
    let (Some(clock), Some(zone)) = (text.get(..8), text.get(8..)) else { return false };
    let number = |text: &str, limit: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|n| n <= limit)
    };
    let mut parts = clock.split(':');
    let mut next = |limit| parts.next().is_some_and(|p| number(p, limit));
    let clocked = next(23) && next(59) && next(60) && parts.next().is_none();
    let zoned = match zone.strip_prefix(['+', '-']) {
        Some(offset) => match offset.split_once(':') {
            Some((hours, minutes)) => number(hours, 23) && number(minutes, 59),
            None => number(offset, 23),
        },
        None => zone.is_empty() || zone == "Z",
    };
    clocked && zoned
}
