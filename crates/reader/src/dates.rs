//! Dates in running text.
//!
//! In: tokens, the document's date if it is known. Out: [`DateHit`]s, and what each means in a past or a coming clause, in ISO form as
//! precise as the text is, with the name of the rule. What always holds: nothing relative is resolved without a document date; a
//! month's name counts only with a number or a preposition beside it.

use foedera_world::time::{Day, Edtf, Span};

use crate::tokens::{Kind, Sentence, Token};

/// A document's date, as precise as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DocDate {
    /// Year.
    pub year: i32,
    /// Month.
    pub month: Option<u8>,
    /// Day.
    pub day: Option<u8>,
}

impl DocDate {
    /// Reads `2024`, `2024-07`, `2024-07-08`, or another EDTF date, of which the first day counts.
    pub fn parse(text: &str) -> Option<DocDate> {
        let edtf = Edtf::parse(text.trim()).ok()?;
        let mut parts = text.trim().trim_matches(['[', ']', '?', '~', '%']).splitn(3, '-');
        let year: Option<i32> = parts.next().and_then(|y| y.parse().ok());
        let month: Option<u8> = parts.next().and_then(|m| m.parse().ok()).filter(|m| (1..=12).contains(m));
        let day: Option<u8> =
            parts.next().and_then(|d| d.get(..2)?.parse().ok()).filter(|d| (1..=31).contains(d));
        match year {
            Some(year) => Some(DocDate { year, month, day: month.and(day) }),
            None => {
                let (year, month, day) = edtf.moment().earliest.ymd();
                Some(DocDate { year, month: Some(month), day: Some(day) })
            }
        }
    }

    /// In ISO form.
    pub fn iso(&self) -> String {
        iso(self.year, self.month, self.day)
    }

    fn full(&self) -> Option<Day> {
        Day::from_ymd(self.year, self.month?, self.day?)
    }
}

/// What an expression of time says, before it is put against the document's date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meaning {
    Absolute {
        year: i32,
        month: Option<u8>,
        day: Option<u8>,
    },
    /// `July`, `July 11`: the year is open.
    Month {
        month: u8,
        day: Option<u8>,
        which: i32,
    },
    /// `Tuesday`; which: -1 last, 0 open, 1 next.
    Weekday {
        day: u8,
        which: i32,
    },
    /// `last year`, `two months ago`.
    Years(i32),
    Months(i32),
    Days(i32),
    Weeks(i32),
}

/// An expression of time in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateHit {
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// `July 11-12`: it lasts; what was done then was done on one of those days.
    pub(crate) lasts: bool,
    meaning: Meaning,
}

impl DateHit {
    /// The date and the rule that gave it; nothing where it would be a guess.
    pub(crate) fn resolve(&self, doc: Option<DocDate>, future: bool) -> Option<(String, &'static str)> {
        let meaning = self.meaning;
        if let Meaning::Absolute { year, month, day } = meaning {
            return Some((iso(year, month, day), "written-out"));
        }
        let doc = doc?;
        match meaning {
            Meaning::Absolute { .. } => None,
            Meaning::Month { month, day, which } => {
                let here = doc.month.unwrap_or(month);
                let before =
                    month < here || (month == here && day.is_some() && doc.day.is_some() && day < doc.day);
                let after =
                    month > here || (month == here && day.is_some() && doc.day.is_some() && day > doc.day);
                let year = match which {
                    -1 => doc.year - i32::from(!before),
                    1 => doc.year + i32::from(!after),
                    _ if future => doc.year + i32::from(before),
                    _ => doc.year - i32::from(after),
                };
                Some((
                    iso(year, Some(month), day),
                    if future { "next-such-month" } else { "last-such-month" },
                ))
            }
            Meaning::Weekday { day, which } => {
                let base = doc.full()?;
                let today = weekday(base);
                let ahead = (i32::from(day) - i32::from(today)).rem_euclid(7);
                let behind = (i32::from(today) - i32::from(day)).rem_euclid(7);
                let forward = which == 1 || (which == 0 && future);
                let shift = if forward {
                    if ahead == 0 { 7 * i32::from(which == 1) } else { ahead }
                } else if which == -1 && behind == 0 {
                    -7
                } else {
                    -behind
                };
                Some((shifted(base, shift), if forward { "next-such-weekday" } else { "last-such-weekday" }))
            }
            Meaning::Years(n) => Some((iso(doc.year + n, None, None), "years-from-document")),
            Meaning::Months(n) => {
                let month = i32::from(doc.month?) - 1 + n;
                let year = doc.year + month.div_euclid(12);
                Some((iso(year, u8::try_from(month.rem_euclid(12) + 1).ok(), None), "months-from-document"))
            }
            Meaning::Days(n) => Some((shifted(doc.full()?, n), "days-from-document")),
            Meaning::Weeks(n) => {
                let full = Day::from_number(doc.full()?.number() + 7 * n);
                let (year, month, _) = full.ymd();
                Some((iso(year, Some(month), None), "weeks-from-document"))
            }
        }
    }

    /// A day and month without year, with the year another expression gives.
    pub(crate) fn with_year_of(&self, other: &DateHit) -> Option<String> {
        match (self.meaning, other.meaning) {
            (Meaning::Month { month, day, .. }, Meaning::Absolute { year, month: None, .. })
            | (Meaning::Absolute { year, month: None, .. }, Meaning::Month { month, day, .. }) => {
                Some(iso(year, Some(month), day))
            }
            _ => None,
        }
    }

    /// The year, where the text says it.
    pub(crate) fn year(&self) -> Option<i32> {
        match self.meaning {
            Meaning::Absolute { year, .. } => Some(year),
            _ => None,
        }
    }

    /// Whether it says day, month and year.
    pub(crate) fn full(&self) -> Option<DocDate> {
        match self.meaning {
            Meaning::Absolute { year, month: Some(month), day: Some(day) } => {
                Some(DocDate { year, month: Some(month), day: Some(day) })
            }
            _ => None,
        }
    }
}

fn iso(year: i32, month: Option<u8>, day: Option<u8>) -> String {
    match (month, day) {
        (Some(m), Some(d)) => format!("{year:04}-{m:02}-{d:02}"),
        (Some(m), None) => format!("{year:04}-{m:02}"),
        _ => format!("{year:04}"),
    }
}

fn shifted(day: Day, by: i32) -> String {
    let moved = day.plus(Span { years: 0, months: 0, days: by });
    let (y, m, d) = moved.ymd();
    iso(y, Some(m), Some(d))
}

/// 0 is Monday.
fn weekday(day: Day) -> u8 {
    u8::try_from((i64::from(day.number()) + 3).rem_euclid(7)).expect("a remainder of seven fits")
}

fn month_of(norm: &str) -> Option<u8> {
    const MONTHS: &[&[&str]] = &[
        &["january", "jan", "jan."],
        &["february", "feb", "feb."],
        &["march", "mar."],
        &["april", "apr", "apr."],
        &["may"],
        &["june", "jun", "jun."],
        &["july", "jul", "jul."],
        &["august", "aug", "aug."],
        &["september", "sep", "sept", "sept.", "sep."],
        &["october", "oct", "oct."],
        &["november", "nov", "nov."],
        &["december", "dec", "dec."],
    ];
    let at = MONTHS.iter().position(|names| names.contains(&norm))?;
    u8::try_from(at + 1).ok()
}

fn weekday_of(norm: &str) -> Option<u8> {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().position(|d| *d == norm).and_then(|d| u8::try_from(d).ok())
}

/// A word for a day, month or stretch of time: never what a participle behind it is said of.
pub(crate) fn is_time_word(norm: &str) -> bool {
    const STRETCHES: &[&str] =
        &["week", "month", "year", "weekend", "morning", "afternoon", "evening", "night"];
    weekday_of(norm).is_some() || month_of(norm).is_some() || STRETCHES.contains(&norm)
}

fn year_number(t: &Token) -> Option<i32> {
    if t.kind != Kind::Number || t.norm.len() != 4 {
        return None;
    }
    t.norm.parse().ok().filter(|y| (1000..=2150).contains(y))
}

/// `11`, `11th`.
fn day_number(t: &Token) -> Option<u8> {
    if t.kind != Kind::Number {
        return None;
    }
    let digits: &str = t.norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &t.norm[digits.len()..];
    if !matches!(tail, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The number a word says.
pub(crate) fn small_number(norm: &str) -> Option<i32> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[(&str, i32)] = &[
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    WORDS
        .iter()
        .position(|w| *w == norm)
        .and_then(|n| i32::try_from(n).ok())
        .or_else(|| TENS.iter().find(|(w, _)| *w == norm).map(|(_, n)| *n))
}

/// Finds expressions of time in a sentence.
pub(crate) fn find(tokens: &[Token], s: &Sentence) -> Vec<DateHit> {
    let mut out = Vec::new();
    let mut i = s.first;
    while i < s.end {
        match at(tokens, i, s) {
            Some(mut hit) => {
                let words = &tokens[hit.first..hit.end];
                let joined = words.iter().any(|t| t.kind == Kind::Hyphen || t.is("and"));
                hit.lasts = joined && words.first().and_then(year_number).is_none();
                i = hit.end;
                out.push(hit);
            }
            None => i += 1,
        }
    }
    out
}

fn at(tokens: &[Token], i: usize, s: &Sentence) -> Option<DateHit> {
    let get = |j: usize| (j < s.end).then(|| &tokens[j]);
    let t = &tokens[i];
    let prev = (i > s.first).then(|| tokens[i - 1].norm.as_str());
    let hit = |end: usize, meaning: Meaning| Some(DateHit { first: i, end, lasts: false, meaning });
    // 2024-07-11
    if let (Some(y), Some(h1), Some(m), Some(h2), Some(d)) =
        (year_number(t), get(i + 1), get(i + 2), get(i + 3), get(i + 4))
        && h1.kind == Kind::Hyphen
        && h2.kind == Kind::Hyphen
        && let (Some(month), Some(day)) = (day_number(m).filter(|m| *m <= 12), day_number(d))
    {
        return hit(i + 5, Meaning::Absolute { year: y, month: Some(month), day: Some(day) });
    }
    // 11 July 2023; the 11th and 12th of July
    if let Some(day) = day_number(t) {
        let mut j = i + 1;
        if get(j).is_some_and(|t| t.is("and") || t.kind == Kind::Hyphen)
            && get(j + 1).and_then(day_number).is_some()
        {
            j += 2;
        }
        if get(j).is_some_and(|t| t.is("of")) {
            j += 1;
        }
        if let Some(month) = get(j).filter(|t| t.cap).and_then(|t| month_of(&t.norm)) {
            let comma = usize::from(get(j + 1).is_some_and(|t| t.is(",")));
            if let Some(year) = get(j + 1 + comma).and_then(year_number) {
                return hit(j + 2 + comma, Meaning::Absolute { year, month: Some(month), day: Some(day) });
            }
            return hit(j + 1, Meaning::Month { month, day: Some(day), which: 0 });
        }
    }
    if let Some(month) = month_of(&t.norm).filter(|_| t.cap) {
        // July 11(-12)(, 2023)
        if let Some(day) = get(i + 1).and_then(day_number) {
            let mut j = i + 2;
            if get(j).is_some_and(|t| t.kind == Kind::Hyphen || t.is("and"))
                && get(j + 1).and_then(day_number).is_some()
            {
                j += 2;
            }
            let comma = usize::from(get(j).is_some_and(|t| t.is(",")));
            if let Some(year) = get(j + comma).and_then(year_number) {
                return hit(j + comma + 1, Meaning::Absolute { year, month: Some(month), day: Some(day) });
            }
            return hit(j, Meaning::Month { month, day: Some(day), which: 0 });
        }
        let of = usize::from(get(i + 1).is_some_and(|t| t.is("of") || t.is(",")));
        if let Some(year) = get(i + 1 + of).and_then(year_number) {
            return hit(i + 2 + of, Meaning::Absolute { year, month: Some(month), day: None });
        }
        let which = match prev {
            Some("last" | "previous") => -1,
            Some("next") => 1,
            _ => 0,
        };
        let leaned = matches!(
            prev,
            Some(
                "in" | "by"
                    | "since"
                    | "until"
                    | "from"
                    | "during"
                    | "last"
                    | "next"
                    | "this"
                    | "early"
                    | "late"
                    | "mid"
                    | "the"
                    | "of"
                    | "before"
                    | "after"
            )
        );
        let fit = leaned && !(t.is("may") && matches!(prev, Some("the" | "this" | "of")));
        return fit.then_some(DateHit {
            first: i,
            end: i + 1,
            lasts: false,
            meaning: Meaning::Month { month, day: None, which },
        });
    }
    if let Some(day) = weekday_of(&t.norm).filter(|_| t.cap) {
        let which = match prev {
            Some("last" | "previous") => -1,
            Some("next") => 1,
            _ => 0,
        };
        // `Thursday, July 11, 2024`: the fuller date follows.
        let fuller = get(i + 1).is_some_and(|t| t.is(","))
            && get(i + 2).is_some_and(|t| month_of(&t.norm).is_some() || day_number(t).is_some());
        return if fuller { None } else { hit(i + 1, Meaning::Weekday { day, which }) };
    }
    if let Some(year) = year_number(t) {
        let leaned = matches!(
            prev,
            Some(
                "in" | "since"
                    | "by"
                    | "until"
                    | "from"
                    | "during"
                    | "of"
                    | "early"
                    | "late"
                    | "mid"
                    | "around"
                    | "before"
                    | "after"
                    | "the"
                    | "and"
                    | "to"
                    | "("
                    | "-"
                    | "for"
                    | "through"
                    | "between"
                    | "till"
                    | "next"
                    | "about"
            )
        );
        let unit_next = get(i + 1).is_some_and(|t| {
            t.kind == Kind::Word
                && !t.cap
                && (t.norm.ends_with('s')
                    && !matches!(t.norm.as_str(), "was" | "is" | "has" | "sees" | "talks" | "elections"))
                && !matches!(t.norm.as_str(), "this")
        });
        let money = prev == Some("$");
        return (leaned && !unit_next && !money && year >= 1600).then_some(DateHit {
            first: i,
            end: i + 1,
            lasts: false,
            meaning: Meaning::Absolute { year, month: None, day: None },
        });
    }
    relative(tokens, i, s)
}

fn relative(tokens: &[Token], i: usize, s: &Sentence) -> Option<DateHit> {
    let get = |j: usize| (j < s.end).then(|| tokens[j].norm.as_str());
    let hit = |end: usize, meaning: Meaning| Some(DateHit { first: i, end, lasts: false, meaning });
    let unit = |j: usize, n: i32| {
        Some(match get(j)? {
            "year" | "years" => Meaning::Years(n),
            "month" | "months" => Meaning::Months(n),
            "week" | "weeks" => Meaning::Weeks(n),
            "day" | "days" => Meaning::Days(n),
            "decade" | "decades" => Meaning::Years(10 * n),
            _ => return None,
        })
    };
    match get(i)? {
        "yesterday" => hit(i + 1, Meaning::Days(-1)),
        "today" | "tonight" => hit(i + 1, Meaning::Days(0)),
        "tomorrow" => hit(i + 1, Meaning::Days(1)),
        "last" if !matches!(get(i + 1), Some("decade" | "decades" | "years" | "few")) => {
            hit(i + 2, unit(i + 1, -1)?)
        }
        "next" if !matches!(get(i + 1), Some("decade" | "years")) => hit(i + 2, unit(i + 1, 1)?),
        "this" => hit(i + 2, unit(i + 1, 0)?),
        word => {
            // `two years ago`, `a month earlier`
            let n = if matches!(word, "a" | "an") {
                1
            } else {
                small_number(word)
                    .or_else(|| tokens[i].norm.parse().ok().filter(|n| (1..1000).contains(n)))?
            };
            (get(i + 2) == Some("ago")).then_some(())?;
            hit(i + 3, unit(i + 1, -n)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenize;
    use crate::zones::Zone;

    fn dates(text: &str, doc: Option<&str>, future: bool) -> Vec<Option<String>> {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        let s = Sentence { first: 0, end: tokens.len(), zone: Zone::Body, repeated: false };
        find(&tokens, &s)
            .iter()
            .map(|h| h.resolve(doc.and_then(DocDate::parse), future).map(|(d, _)| d))
            .collect()
    }

    #[test]
    fn written_out() {
        assert_eq!(
            dates("on March 3, 1984 and in May 1985", None, false),
            [Some("1984-03-03".into()), Some("1985-05".into())]
        );
        assert_eq!(
            dates("on the 4th and 5th of June", Some("2010-09-01"), false),
            [Some("2010-06-04".into())]
        );
        assert_eq!(dates("in 1907 it cost $1907", None, false), [Some("1907".into())]);
    }

    #[test]
    fn relative_dates_need_a_document_date() {
        assert_eq!(dates("last year, on Tuesday", None, false), [None, None]);
        assert_eq!(
            dates("last year, on Tuesday", Some("2024-07-08"), true),
            [Some("2023".into()), Some("2024-07-09".into())]
        );
        assert_eq!(dates("on Tuesday", Some("2024-07-08"), false), [Some("2024-07-02".into())]);
        assert_eq!(
            dates("last month, two weeks ago", Some("2024-01-10"), false),
            [Some("2023-12".into()), Some("2023-12".into())]
        );
        assert_eq!(dates("in December", Some("2023-08"), false), [Some("2022-12".into())]);
    }

    #[test]
    fn may_and_march_alone_are_no_months() {
        assert_eq!(
            dates("Chad may march on, and May said so", Some("2020-01-01"), false),
            Vec::<Option<String>>::new()
        );
    }
}
