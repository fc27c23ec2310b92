//! Days as numbers.
//!
//! In: dates of the proleptic Gregorian calendar. Out: days counted from 1970-01-01, as everywhere in Foedera
//! (`foedera_world::time::Day::number`). What always holds: [`OPEN`] lies after every date and stands for an open end;
//! [`LATEST`] is the state of knowledge in which only what was never superseded counts.

/// A day: days since 1970-01-01, negative before.
pub type Day = i32;

/// The end of what has not ended: after every date.
pub const OPEN: Day = i32::MAX;

/// Knowledge without a bound: every row has begun to be known, and only one that was never superseded (its `known_to` is
/// [`OPEN`]) still is.
pub const LATEST: Day = i32::MAX - 1;

/// The first year the workloads sweep.
pub const FIRST_YEAR: i32 = 1815;

/// The last year the workloads sweep.
pub const LAST_YEAR: i32 = 2018;

const DAYS_BEFORE: [i32; 13] = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN: [u8; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The day of a date of the years 1 to 9999, or `None` if there is no such date.
#[inline]
pub fn day_of(year: i32, month: u32, day: u32) -> Option<Day> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let month = month as usize;
    let leap = is_leap(year);
    let longest = u32::from(DAYS_IN[month]) + u32::from(leap && month == 2);
    if day == 0 || day > longest {
        return None;
    }
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    // 719_162 days lie between 0001-01-01 and 1970-01-01.
    Some(years + DAYS_BEFORE[month] + i32::from(leap && month > 2) + day as i32 - 1 - 719_162)
}

/// Year, month and day of a day number, by the algorithm of Howard Hinnant's "chrono-compatible low-level date algorithms".
fn civil(day: Day) -> (i32, u32, u32) {
    let z = i64::from(day) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * of_year + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, (of_year - (153 * mp + 2) / 5 + 1) as u32)
}

/// The year a day lies in.
#[inline]
pub fn year_of(day: Day) -> i32 {
    civil(day).0
}

/// A day as `YYYY-MM-DD`; an open end is the empty text.
pub fn iso(day: Day) -> String {
    if day == OPEN {
        return String::new();
    }
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// Reads `YYYY-MM-DD`; `None` for anything else.
#[inline]
pub fn parse_iso(text: &[u8]) -> Option<Day> {
    let t: &[u8; 10] = text.try_into().ok()?;
    let digit = |i: usize| u32::from(t[i].wrapping_sub(b'0'));
    let (a, b, c, d) = (digit(0), digit(1), digit(2), digit(3));
    let (e, f, g, h) = (digit(5), digit(6), digit(8), digit(9));
    let highest = a.max(b).max(c).max(d).max(e).max(f).max(g).max(h);
    if highest > 9 || t[4] != b'-' || t[7] != b'-' {
        return None;
    }
    day_of((a * 1000 + b * 100 + c * 10 + d) as i32, e * 10 + f, g * 10 + h)
}

/// The last days of the years from one to another, both included.
pub fn year_ends(from: i32, to: i32) -> Vec<Day> {
    (from..=to).filter_map(|y| day_of(y, 12, 31)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_six_centuries_is_read_back() {
        let mut expected = day_of(1601, 1, 1).expect("a date");
        for year in 1601..2200 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(number) = day_of(year, month, day) else { continue };
                    assert_eq!(number, expected);
                    assert_eq!(civil(number), (year, month, day));
                    assert_eq!(parse_iso(iso(number).as_bytes()), Some(number));
                    expected += 1;
                }
            }
        }
        assert_eq!(day_of(1970, 1, 1), Some(0));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "1914-24-01",
            "1900-02-29",
            "19118-01-01",
            "1914-8-01",
            "1914/08/01",
            "",
            "0000-01-01",
            "191a-01-01",
        ] {
            assert_eq!(parse_iso(bad.as_bytes()), None, "{bad}");
        }
    }
}
