//! What was probably meant by a text that is not EDTF.
//!
//! In: a text, or one date of it, that the reader refused. Out: a problem whose help shows how to write it, or nothing.
//!
//! What always holds: nothing here makes a text acceptable; it only says more about why it is not. A guess is offered
//! only where the form is a common one: slashes and dots, month names, quarters, decades, centuries, *circa*, ranges
//! with a dash, digits run together, and the words of the 2012 draft of EDTF.

use super::error::DateProblem;
use crate::time::Day;

/// Names of months; the first three letters are enough.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A whole text: forms that span more than one date.
pub(super) fn whole(text: &str) -> Option<DateProblem> {
    if text.trim() != text {
        return meant(format!("leave out the space around it: `{}`", text.trim()));
    }
    if text.starts_with('{') {
        return meant(
            "a set of *all* its days is not read; write one row for each, or `[1913,1914]` for one of them"
                .into(),
        );
    }
    if let Some((a, b)) = text.split_once(['–', '—', '‑', '−'])
        && is_date_like(a.trim())
        && is_date_like(b.trim())
    {
        let (a, b) = (a.trim(), b.trim());
        return meant(format!("write `{a}/{b}` (throughout) or `[{a}..{b}]` (one day within)"));
    }
    if let Some((a, b)) = text.split_once("..")
        && is_date_like(a)
        && is_date_like(b)
    {
        return meant(format!("write `[{a}..{b}]` (one day within) or `{a}/{b}` (throughout)"));
    }
    date(text)
}

/// One date.
pub(super) fn date(text: &str) -> Option<DateProblem> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "today" | "now" | "yesterday" | "tomorrow" | "present" | "current" | "ongoing" | "latest" => {
            return Some(DateProblem::Moving);
        }
        "open" => return meant("write `..` for an open end: `2010/..`".into()),
        "unknown" | "?" | "n/a" | "none" => {
            return meant("leave an unknown end empty (`2010/`), and an unknown date out".into());
        }
        _ => {}
    }
    circa(&lower)
        .or_else(|| both_qualifiers(text))
        .or_else(|| quarter(&lower))
        .or_else(|| decade_or_century(&lower))
        .or_else(|| years_with_hyphen(text))
        .or_else(|| run_together(text))
        .or_else(|| three_numbers(text))
        .or_else(|| month_name(&lower))
        .or_else(|| old_unspecified(text))
}

fn meant(help: String) -> Option<DateProblem> {
    Some(DateProblem::NotEdtf { help })
}

fn write_as(date: &str) -> Option<DateProblem> {
    meant(format!("write `{date}`"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits, hyphens and qualifiers that begin with four digits.
fn is_date_like(text: &str) -> bool {
    text.get(..4).is_some_and(is_digits) && text.bytes().all(|b| b.is_ascii_digit() || b"-?~%X".contains(&b))
}

/// `c. 1920`, `ca 1920`, `circa 1920`, `about 1920`.
fn circa(lower: &str) -> Option<DateProblem> {
    let word = ["circa ", "about ", "around ", "ca. ", "ca ", "c. ", "c.", "c ", "~"];
    let rest = word.iter().find_map(|w| lower.strip_prefix(w))?;
    is_date_like(rest).then(|| write_as(&format!("{}~", rest.trim_end_matches(['?', '~', '%']))))?
}

/// `1984?~`, which is `1984%` since 2019.
fn both_qualifiers(text: &str) -> Option<DateProblem> {
    let date = text.strip_suffix("?~").or_else(|| text.strip_suffix("~?"))?;
    write_as(&format!("{date}%"))
}

/// `Q1 2023`, `2023-Q1`, `2023Q1`.
fn quarter(lower: &str) -> Option<DateProblem> {
    let words: Vec<&str> = lower.split([' ', '-', '/']).collect();
    let (year, quarter) = match words[..] {
        [a, b] if a.starts_with('q') => (b, a),
        [a, b] => (a, b),
        [one] => (one.get(..4)?, one.get(4..)?),
        _ => return None,
    };
    if year.len() != 4 || !is_digits(year) {
        return None;
    }
    let (from, until) = match quarter {
        "q1" => ("01", "03"),
        "q2" => ("04", "06"),
        "q3" => ("07", "09"),
        "q4" => ("10", "12"),
        _ => return None,
    };
    meant(format!(
        "write `[{year}-{from}..{year}-{until}]` (one day within) or `{year}-{from}/{year}-{until}` (throughout)"
    ))
}

/// `1920s`, `19th century`.
fn decade_or_century(lower: &str) -> Option<DateProblem> {
    if let Some(decade) = lower.strip_suffix('s').or_else(|| lower.strip_suffix("'s"))
        && decade.len() == 4
        && is_digits(decade)
        && decade.ends_with('0')
    {
        return write_as(&format!("{}X", &decade[..3]));
    }
    let ordinal = lower.strip_suffix(" century")?;
    let number = ordinal.get(..ordinal.len().checked_sub(2)?)?;
    let century: u8 = number.parse().ok().filter(|n| (1..=99).contains(n))?;
    write_as(&format!("{:02}XX", century - 1))
}

/// `1914-1918`, which reads as a year and a month of four digits.
fn years_with_hyphen(text: &str) -> Option<DateProblem> {
    let (a, b) = text.split_once('-')?;
    let (a, b) = (a.trim(), b.trim());
    let years = a.len() == 4 && b.len() == 4 && is_digits(a) && is_digits(b);
    years.then(|| meant(format!("write `{a}/{b}` (throughout) or `[{a}..{b}]` (one day within)")))?
}

/// `20230711`.
fn run_together(text: &str) -> Option<DateProblem> {
    if text.len() != 8 || !is_digits(text) {
        return None;
    }
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..]);
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    write_as(&format!("{year}-{month}-{day}"))
}

/// `12/07/2023`, `12.07.2023`, `7-12-2023`, `2023/07/12`, `07/2023`, `2023/07`.
fn three_numbers(text: &str) -> Option<DateProblem> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    if !parts.iter().all(|p| is_digits(p) && p.len() <= 4) {
        return None;
    }
    let valid = |y: &str, m: &str, d: &str| {
        let (year, month, day) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
        Day::from_ymd(year, month, day).map(|day| day.to_string())
    };
    match parts[..] {
        [y, m, d] if y.len() == 4 && text.contains(['/', '.']) => write_as(&valid(y, m, d)?),
        [a, b, y] if y.len() == 4 => match (valid(y, b, a), valid(y, a, b)) {
            (Some(day_first), Some(month_first)) if day_first != month_first => meant(format!(
                "write the year first, then the month: `{day_first}` if the day came first, `{month_first}` if the month did"
            )),
            (Some(day), _) | (_, Some(day)) => write_as(&day),
            (None, None) => None,
        },
        [m, y] if y.len() == 4 && m.len() <= 2 => {
            let month: u8 = m.parse().ok().filter(|m| (1..=12).contains(m))?;
            write_as(&format!("{y}-{month:02}"))
        }
        [y, m] if y.len() == 4 && m.len() <= 2 && text.contains('/') => {
            let month: u8 = m.parse().ok().filter(|m| (1..=12).contains(m))?;
            write_as(&format!("{y}-{month:02}"))
        }
        _ => None,
    }
}

/// `12 July 2023`, `July 12, 2023`, `Jul 2023`.
fn month_name(lower: &str) -> Option<DateProblem> {
    let words: Vec<&str> = lower.split([' ', ',', '.', '-']).filter(|w| !w.is_empty()).collect();
    let month_of = |word: &str| match word {
        "sept" => Some(9),
        _ if word.len() >= 3 => MONTHS.iter().position(|m| m.starts_with(word)).map(|at| at + 1),
        _ => None,
    };
    let day_of = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u8>().ok()
    };
    let (day, month, year) = match words[..] {
        [a, y] => (None, month_of(a)?, y),
        [a, b, y] => match (month_of(a), month_of(b)) {
            (Some(month), _) => (Some(day_of(b)?), month, y),
            (None, Some(month)) => (Some(day_of(a)?), month, y),
            (None, None) => return None,
        },
        _ => return None,
    };
    if year.len() != 4 || !is_digits(year) {
        return None;
    }
    match day {
        None => write_as(&format!("{year}-{month:02}")),
        Some(day) => write_as(&Day::from_ymd(year.parse().ok()?, month as u8, day)?.to_string()),
    }
}

/// `199u`, `2004-uu`, `199x`: `X` since 2019.
fn old_unspecified(text: &str) -> Option<DateProblem> {
    let like = text.bytes().all(|b| b.is_ascii_digit() || b"-uxX?~%".contains(&b));
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_digit());
    (like && starts && text.contains(['u', 'x'])).then(|| write_as(&text.replace(['u', 'x'], "X")))?
}
