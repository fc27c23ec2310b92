//! The examples of the specification of the Library of Congress (4 February 2019), and the faults people make.

use super::{DateProblem, Edtf, Shape};
use crate::time::{Day, Moment};

fn read(text: &str) -> Edtf {
    Edtf::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// `earliest latest`.
fn moment(text: &str) -> String {
    let moment = read(text).moment();
    format!("{} {}", moment.earliest, moment.latest)
}

/// `earliest latest | earliest latest` of beginning and end.
fn period(text: &str) -> String {
    let period = read(text).period();
    format!(
        "{} {} | {} {}",
        period.begin.earliest, period.begin.latest, period.end.earliest, period.end.latest
    )
}

#[test]
fn level_0_dates() {
    assert_eq!(moment("1985-04-12"), "1985-04-12 1985-04-12");
    assert_eq!(moment("1985-04"), "1985-04-01 1985-04-30");
    assert_eq!(moment("1985"), "1985-01-01 1985-12-31");
    assert_eq!(moment("0000"), "0000-01-01 0000-12-31");
    assert_eq!(moment("2024-02"), "2024-02-01 2024-02-29");
    assert_eq!(moment("1900-02"), "1900-02-01 1900-02-28");
}

#[test]
fn level_0_times_of_day_are_kept_in_the_text() {
    for text in [
        "1985-04-12T23:20:30",
        "1985-04-12T23:20:30Z",
        "1985-04-12T23:20:30-04",
        "1985-04-12T23:20:30+04:30",
        "1985-04-12T23:59:60Z",
    ] {
        assert_eq!(moment(text), "1985-04-12 1985-04-12");
        assert_eq!(read(text).to_string(), text);
        assert_eq!(read(text).shape(), Shape::Date);
    }
}

#[test]
fn level_0_intervals() {
    assert_eq!(moment("1964/2008"), "1964-01-01 2008-12-31");
    assert_eq!(period("1964/2008"), "1964-01-01 1964-12-31 | 2008-01-02 2009-01-01");
    assert_eq!(period("2004-06/2006-08"), "2004-06-01 2004-06-30 | 2006-08-02 2006-09-01");
    assert_eq!(period("2004-02-01/2005-02-08"), "2004-02-01 2004-02-01 | 2005-02-09 2005-02-09");
    assert_eq!(period("2004-02-01/2005-02"), "2004-02-01 2004-02-01 | 2005-02-02 2005-03-01");
    assert_eq!(period("2004-02-01/2005"), "2004-02-01 2004-02-01 | 2005-01-02 2006-01-01");
    assert_eq!(period("2005/2006-02"), "2005-01-01 2005-12-31 | 2006-02-02 2006-03-01");
    assert_eq!(period("2005/2005"), "2005-01-01 2005-12-31 | 2005-01-02 2006-01-01");
}

#[test]
fn level_1_long_and_negative_years() {
    assert_eq!(moment("-1985"), "-1985-01-01 -1985-12-31");
    assert_eq!(moment("-0012-02"), "-0012-02-01 -0012-02-29");
    assert_eq!(moment("Y12026"), "Y12026-01-01 Y12026-12-31");
    assert_eq!(moment("Y-170002"), "Y-170002-01-01 Y-170002-12-31");
    assert_eq!(moment("Y5000000"), "Y5000000-01-01 Y5000000-12-31");
    for text in ["Y170000002", "Y-170000002", "Y5000001", "Y99999999999999999999"] {
        let error = Edtf::parse(text).expect_err(text);
        assert_eq!(error.problem, DateProblem::YearLimit);
        assert!(error.help().contains("5000000"), "{}", error.help());
    }
    assert_eq!(Edtf::parse("-0000").expect_err("no year -0").problem, DateProblem::Year);
}

#[test]
fn level_1_seasons_are_meteorological() {
    assert_eq!(moment("2001-21"), "2001-03-01 2001-05-31");
    assert_eq!(moment("2001-22"), "2001-06-01 2001-08-31");
    assert_eq!(moment("2001-23"), "2001-09-01 2001-11-30");
    assert_eq!(moment("2003-24"), "2003-12-01 2004-02-29");
    assert_eq!(moment("2001-21~"), "2001-03-01 2001-05-31");
    assert_eq!(Edtf::parse("2001-25").expect_err("level 2").problem, DateProblem::Month);
    assert_eq!(Edtf::parse("2001-21-01").expect_err("no days").problem, DateProblem::SeasonDay);
    assert_eq!(Edtf::parse("Y5000000-24").expect_err("ends past the limit").problem, DateProblem::YearLimit);
}

#[test]
fn level_1_qualifiers_do_not_widen() {
    for (text, uncertain, approximate, days) in [
        ("1984?", true, false, "1984-01-01 1984-12-31"),
        ("2004-06~", false, true, "2004-06-01 2004-06-30"),
        ("2004-06-11%", true, true, "2004-06-11 2004-06-11"),
        ("1984~/2004-06", false, true, "1984-01-01 2004-06-30"),
        ("1984-06-02?/2004-08-08~", true, true, "1984-06-02 2004-08-08"),
        ("2004-06-11%/..", true, true, "2004-06-11 .."),
        ("1984", false, false, "1984-01-01 1984-12-31"),
    ] {
        let date = read(text);
        assert_eq!((date.is_uncertain(), date.is_approximate()), (uncertain, approximate), "{text}");
        assert_eq!(moment(text), days);
    }
}

#[test]
fn level_1_unspecified_digits_are_one_unit_within() {
    assert_eq!(moment("201X"), "2010-01-01 2019-12-31");
    assert_eq!(moment("20XX"), "2000-01-01 2099-12-31");
    assert_eq!(moment("-012X"), "-0129-01-01 -0120-12-31");
    assert_eq!(moment("2004-XX"), "2004-01-01 2004-12-31");
    assert_eq!(moment("1985-04-XX"), "1985-04-01 1985-04-30");
    assert_eq!(moment("1985-XX-XX"), "1985-01-01 1985-12-31");
    assert_eq!(period("201X"), "2010-01-01 2019-01-01 | 2011-01-01 2020-01-01");
    assert_eq!(period("2004-XX"), "2004-01-01 2004-12-01 | 2004-02-01 2005-01-01");
    assert_eq!(period("1985-04-XX"), "1985-04-01 1985-04-30 | 1985-04-02 1985-05-01");
    for text in ["2XXX", "XXXX", "20X1", "X123", "201X-05", "1985-XX-05", "1985-1X", "1985-04-1X", "Y1234X"] {
        assert_eq!(Edtf::parse(text).expect_err(text).problem, DateProblem::Unspecified, "{text}");
    }
}

#[test]
fn level_1_open_and_unknown_ends_are_different() {
    assert_eq!(period("1985-04-12/.."), "1985-04-12 1985-04-12 | .. ..");
    assert_eq!(read("1985-04-12/..").period().end, Moment::OPEN_END);
    assert_eq!(read("../1985-04-12").period().begin, Moment::OPEN_START);
    assert_eq!(period("1985-04-12/"), "1985-04-12 1985-04-12 | 1985-04-13 ..");
    assert_eq!(read("1985/").period().end, Moment { earliest: day(1985, 1, 2), latest: Day::MAX });
    assert_eq!(read("/2027").period().begin, Moment { earliest: Day::MIN, latest: day(2027, 12, 31) });
    let ends = |text| {
        let date = read(text);
        (date.has_open_start(), date.has_unknown_start(), date.has_open_end(), date.has_unknown_end())
    };
    assert_eq!(ends("../.."), (true, false, true, false));
    assert_eq!(ends("/"), (false, true, false, true));
    assert_eq!(ends("../"), (true, false, false, true));
    assert_eq!(ends("/.."), (false, true, true, false));
    assert_eq!(ends("1984/"), (false, false, false, true));
    assert_eq!(ends("1984"), (false, false, false, false));
    assert_eq!(ends("[1984..]"), (false, false, false, true));
}

#[test]
fn level_2_one_of_sets_are_one_day_within() {
    assert_eq!(moment("[1667,1668, 1670..1672]"), "1667-01-01 1672-12-31");
    assert_eq!(moment("[..1760-12-03]"), ".. 1760-12-03");
    assert_eq!(moment("[1760-12..]"), "1760-12-01 ..");
    assert_eq!(moment("[1760-01,1760-02,1760-12..]"), "1760-01-01 ..");
    assert_eq!(moment("[1667,1760-12]"), "1667-01-01 1760-12-31");
    assert_eq!(moment("[..1984]"), ".. 1984-12-31");
    assert_eq!(moment("[1914,1913]"), "1913-01-01 1914-12-31");
    assert_eq!(period("[1914-08-01..1914-08-03]"), "1914-08-01 1914-08-03 | 1914-08-02 1914-08-04");
    assert_eq!(read("[1913,1914]").shape(), Shape::OneOf);
    for text in [
        "[",
        "]",
        "[]",
        "[..]",
        "[1913",
        "[1913,..1915]",
        "[1913..,1915]",
        "[1913,]",
        "[1913/1914]",
        "[..1984",
    ] {
        assert!(Edtf::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_whole_date_is_an_exact_extent() {
    assert_eq!(period("2013"), "2013-01-01 2013-01-01 | 2014-01-01 2014-01-01");
    assert_eq!(period("2024-07~"), "2024-07-01 2024-07-01 | 2024-08-01 2024-08-01");
    assert_eq!(period("1985-04-12"), "1985-04-12 1985-04-12 | 1985-04-13 1985-04-13");
}

#[test]
fn julian_dates_are_converted() {
    assert_eq!(moment("julian:1914-07-15"), "1914-07-28 1914-07-28");
    assert_eq!(moment("julian:1917-10"), "1917-10-14 1917-11-13");
    assert_eq!(moment("julian:1917"), "1917-01-14 1918-01-13");
    assert_eq!(moment("julian:1900-02-29"), "1900-03-13 1900-03-13");
    assert_eq!(moment("julian:1917-10-25/1918-03-03"), "1917-11-07 1918-03-03");
    assert!(read("[julian:1914-07-15?..1914-08]").is_julian() && !read("1914").is_julian());
    assert_eq!(Edtf::parse("hebrew:5674").expect_err("not read").problem, DateProblem::Calendar);
    let error = Edtf::parse("julian:1914-02-29").expect_err("no leap year");
    assert_eq!(error.problem, DateProblem::Day { last: "1914-02-28".into() });
}

#[test]
fn a_fault_is_shown_where_it_is_with_a_way_to_mend_it() {
    for (text, found, help) in [
        ("", "", "1960-06-23"),
        ("2023-13", "13", "year, month, day"),
        ("2023-00-01", "00", "01 to 12"),
        ("2023-33", "33", "2023-01/2023-03"),
        ("2023-02-30", "30", "2023-02-28"),
        ("1914/2023-04-31", "31", "2023-04-30"),
        ("2023-04-00", "00", "2023-04-30"),
        ("1914-8-1", "8", "1914-08-01"),
        ("-0014-08-1", "1", "-0014-08-01"),
        ("12/07/2023", "12/07/2023", "2023-07-12"),
        ("12/07/2023", "12/07/2023", "2023-12-07"),
        ("31.12.2023", "31.12.2023", "`2023-12-31`"),
        ("2023/07/12", "2023/07/12", "2023-07-12"),
        ("7/2023", "7/2023", "2023-07"),
        ("20230711", "20230711", "2023-07-11"),
        ("Q1 2023", "Q1 2023", "2023-01/2023-03"),
        ("2023-Q4", "2023-Q4", "[2023-10..2023-12]"),
        ("TODAY", "TODAY", "`..`"),
        ("2023-01/today", "today", "`..`"),
        ("1914-1918", "1914-1918", "1914/1918"),
        ("1914–1918", "1914–1918", "1914/1918"),
        ("1914..1918", "1914..1918", "[1914..1918]"),
        ("12 July 2023", "12 July 2023", "2023-07-12"),
        ("July 12th, 2023", "July 12th, 2023", "2023-07-12"),
        ("Sept. 2023", "Sept. 2023", "2023-09"),
        ("c. 1920", "c. 1920", "1920~"),
        ("1920s", "1920s", "192X"),
        ("19th century", "19th century", "18XX"),
        ("1984?~", "1984?~", "1984%"),
        ("199u", "199u", "199X"),
        ("unknown", "unknown", "empty"),
        ("2010/open", "open", "`..`"),
        ("{1913,1914}", "{1913,1914}", "[1913,1914]"),
        (" 1914", " 1914", "`1914`"),
        ("914", "914", "four digits"),
        ("12026", "12026", "`Y12026`"),
        ("Y1914", "1914", "four digits"),
        ("1985-04?-12", "?-12", "after the date"),
        ("1985-04-12T25:00:00", "25:00:00", "23:20:30"),
        ("1985T10:00:00", "1985", "whole days"),
        ("1985-04-12T10:00:00/1986", "10:00:00", "whole days"),
        ("1985-04-12-13", "-13", "note"),
        ("1918/1914", "1918/1914", "1914/1918"),
        ("[1918..1914]", "1918..1914", "1914..1918"),
        ("1914/1918/1939", "1914/1918/1939", "`..`"),
        ("the war", "the war", "four digits"),
    ] {
        let error = Edtf::parse(text).expect_err(text);
        let line = error.to_string();
        assert_eq!(error.found, found, "{text}: {line}");
        assert_eq!(text.get(error.at..error.at + error.len), Some(found), "{text}");
        assert!(error.help().contains(help), "{text}: {}", error.help());
        assert!(line.starts_with("found ") && !line.ends_with('.'), "{line}");
    }
}

#[test]
fn long_texts_are_refused_with_the_limit() {
    let set = |count| format!("[{}1914]", "1914,".repeat(count));
    assert!(Edtf::parse(&set(24)).is_ok());
    let error = Edtf::parse(&set(25)).expect_err("131 bytes");
    assert_eq!(error.problem, DateProblem::TooLong { limit: 128 });
    assert_eq!(error.to_string(), "found 131 bytes, expected at most 128");
    assert!(error.found.len() < 50);
}

#[test]
fn every_day_can_be_written() {
    for date in [day(1960, 6, 23), day(-44, 3, 15), day(0, 1, 1), day(12026, 2, 28), day(-5_000_000, 1, 1)] {
        assert_eq!(Edtf::from_day(date).moment(), Moment::exact(date));
    }
    assert_eq!(Edtf::from_day(Day::MAX).text(), "../..");
    assert_eq!(Edtf::from_day(Day::from_number(i32::MAX - 1)).text(), "../..");
}

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).expect("a date")
}
