//! Laws of time, held to random values, to a naive day-by-day model and to the dates of the five texts.

use foedera_world::time::{Day, Edtf, Moment, Period, Shape, Span, Tv};
use jiff::civil;
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::Path;

/// Days whose year the civil library reaches, and a few far away and at the ends of time.
fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        8 => (-4_371_000i32..2_932_000).prop_map(Day::from_number),
        1 => (-1_825_000_000i32..1_825_000_000).prop_map(Day::from_number),
        1 => prop_oneof![Just(Day::MIN), Just(Day::MAX)],
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    (day(), day()).prop_map(|(a, b)| Moment { earliest: a.min(b), latest: a.max(b) })
}

fn period() -> impl Strategy<Value = Period> {
    (moment(), moment())
        .prop_filter_map("a period has a day", |(a, b)| Period::new(a, b).or_else(|| Period::new(b, a)))
}

fn tv() -> impl Strategy<Value = Tv> {
    prop_oneof![Just(Tv::Not), Just(Tv::Possible), Just(Tv::Certain)]
}

fn span() -> impl Strategy<Value = Span> {
    let count = || prop_oneof![4 => -400i32..400, 1 => any::<i32>()];
    (count(), count(), count()).prop_map(|(years, months, days)| Span { years, months, days })
}

/// Days of a small world, so that every case of a law is met.
fn near() -> impl Strategy<Value = Day> {
    (0i32..12).prop_map(Day::from_number)
}

fn near_moment() -> impl Strategy<Value = Moment> {
    (near(), near()).prop_map(|(a, b)| Moment { earliest: a.min(b), latest: a.max(b) })
}

fn near_period() -> impl Strategy<Value = Period> {
    (near_moment(), near_moment()).prop_filter_map("a period has a day", |(a, b)| Period::new(a, b))
}

/// One date of EDTF; most are valid.
fn date_text() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        "[0-9]{4}",
        "-[0-9]{3}[1-9]",
        "[0-9]{4}-(0[1-9]|1[0-2])",
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
        "[0-9]{4}-2[1-4]",
        "[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX|[0-9]{4}-0[1-9]-XX|[0-9]{4}-XX-XX",
        "Y-?[1-4][0-9]{4,6}",
    ];
    ("(julian:)?", plain, "[?~%]?").prop_map(|(calendar, date, mark)| format!("{calendar}{date}{mark}"))
}

fn edtf_text() -> impl Strategy<Value = String> {
    let end = || prop_oneof![4 => date_text(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    prop_oneof![
        3 => date_text(),
        2 => (end(), end()).prop_map(|(a, b)| format!("{a}/{b}")),
        1 => (date_text(), date_text()).prop_map(|(a, b)| format!("[{a}..{b}]")),
        1 => prop::collection::vec(date_text(), 1..4).prop_map(|all| format!("[{}]", all.join(","))),
        1 => "[0-9]{4}-0[1-9]-[0-2][1-8]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-]0[0-9](:[0-5]0)?)?",
    ]
}

/// Texts of the characters EDTF uses, in no order, and texts of any characters.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9XYTZQjulianse:.,/?~%+ {}–é\\[\\]-]{0,24}", "\\PC{0,140}", ".{0,12}", edtf_text()]
}

fn ordered(m: Moment) -> bool {
    m.earliest <= m.latest
}

proptest! {
    #[test]
    fn a_date_prints_as_it_was_read(text in edtf_text()) {
        if let Ok(date) = Edtf::parse(&text) {
            prop_assert_eq!(date.to_string(), text.as_str());
            prop_assert_eq!(Edtf::parse(date.text()), Ok(date));
        }
    }

    #[test]
    fn bounds_are_ordered_and_the_extent_has_a_day(text in any_text()) {
        if let Ok(date) = Edtf::parse(&text) {
            let (m, p) = (date.moment(), date.period());
            prop_assert!(ordered(m) && ordered(p.begin) && ordered(p.end), "{}: {} {}", text, m, p);
            prop_assert!(p == Period::ALWAYS || Period::new(p.begin, p.end) == Some(p), "{}: {}", text, p);
            prop_assert!(p.begin.earliest >= m.earliest && p.end.latest <= m.latest.next());
        }
    }

    #[test]
    fn no_text_panics_and_every_fault_has_a_place(text in any_text()) {
        if let Err(error) = Edtf::parse(&text) {
            prop_assert!(text.get(error.at..error.at + error.len).is_some(), "{:?}", error);
            prop_assert!(!error.to_string().ends_with('.') && !error.help().is_empty());
        }
        if let Err(error) = Span::parse(&text) {
            prop_assert!(text.get(error.at..error.at + error.len).is_some(), "{:?}", error);
        }
    }

    /// What a help offers as a date is one.
    #[test]
    fn unpadded_dates_are_mended(y in 1000i32..3000, m in 1u8..=12, d in 1u8..=28) {
        if m < 10 || d < 10 {
            let error = Edtf::parse(&format!("{y}-{m}-{d}")).expect_err("not padded");
            let help = error.help();
            let offered = help.split('`').nth(1).expect("a quotation");
            prop_assert_eq!(Some(Edtf::parse(offered).expect("a date").moment()), Day::from_ymd(y, m, d).map(Moment::exact));
        }
    }

    #[test]
    fn a_day_is_written_and_read(d in day()) {
        let text = Edtf::from_day(d);
        let expected = if d == Day::MIN || d == Day::MAX { Moment::UNKNOWN } else { Moment::exact(d) };
        prop_assert_eq!(text.moment(), expected);
    }

    #[test]
    fn days_agree_with_the_civil_library(number in -4_371_000i32..2_932_000) {
        let date = civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(number)).expect("within the library's years");
        let (y, m, d) = Day::from_number(number).ymd();
        prop_assert_eq!((y, m, d), (i32::from(date.year()), date.month() as u8, date.day() as u8));
        prop_assert_eq!(Day::from_ymd(y, m, d), Some(Day::from_number(number)));
        prop_assert_eq!(Day::from_number(number).to_string(), if y >= 0 { date.to_string() } else {
            format!("-{:04}-{m:02}-{d:02}", -y)
        });
    }

    #[test]
    fn days_survive_both_calendars(number in -1_825_000_000i32..1_825_000_000) {
        let day = Day::from_number(number);
        let (y, m, d) = day.ymd();
        prop_assert_eq!(Day::from_ymd(y, m, d), Some(day));
        let (y, m, d) = day.julian_ymd();
        prop_assert_eq!(Day::from_julian(y, m, d), Some(day));
        let (y, m, d) = (day.next().julian_ymd(), day.julian_ymd(), day.prev().julian_ymd());
        prop_assert!(y > m && m > d);
    }

    /// From March 1900 to February 2100 the Julian calendar is thirteen days behind.
    #[test]
    fn the_julian_calendar_is_thirteen_days_behind_today(number in -25_500i32..47_500) {
        let (y, m, d) = Day::from_number(number).ymd();
        prop_assert_eq!(Day::from_julian(y, m, d), Some(Day::from_number(number + 13)));
    }

    #[test]
    fn no_date_is_made_up(y in any::<i32>(), m in any::<u8>(), d in any::<u8>()) {
        if let Some(day) = Day::from_ymd(y, m, d) {
            prop_assert_eq!(day.ymd(), (y, m, d));
        }
        if let Some(day) = Day::from_julian(y, m, d) {
            prop_assert_eq!(day.julian_ymd(), (y, m, d));
        }
    }

    #[test]
    fn spans_print_as_they_read(s in span()) {
        prop_assert_eq!(Span::parse(&s.to_string()), Ok(s));
    }

    #[test]
    fn a_span_keeps_the_order_of_days(a in day(), b in day(), s in span()) {
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(a.plus(s) <= b.plus(s));
        let window = Moment { earliest: a, latest: b };
        prop_assert!(ordered(window.plus(s)));
        prop_assert!(a.plus(Span::ZERO) == a && a.plus(s) < Day::MAX || a == Day::MAX);
    }

    #[test]
    fn spans_agree_with_the_civil_library(number in -700_000i32..700_000, y in 0i32..500, m in 0i32..500, d in 0i32..9000) {
        let day = Day::from_number(number).plus(Span { years: y, months: m, days: d });
        let expected = civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(number)).expect("within the library's years")
            .checked_add(jiff::Span::new().years(y).months(m).days(d)).expect("within the library's years");
        prop_assert_eq!(day.to_string(), expected.to_string());
    }

    #[test]
    fn next_and_prev_are_inverse_within_time(d in day()) {
        if d != Day::MIN && d != Day::MAX {
            prop_assert_eq!(d.next().prev(), d);
            prop_assert!(d.prev() < d && d < d.next() && d.next() < Day::MAX && d.prev() > Day::MIN);
        } else {
            prop_assert_eq!((d.next(), d.prev()), (d, d));
        }
    }

    #[test]
    fn three_values_are_a_de_morgan_lattice(a in tv(), b in tv(), c in tv()) {
        prop_assert_eq!(a.and(b).not(), a.not().or(b.not()));
        prop_assert_eq!(a.or(b).not(), a.not().and(b.not()));
        prop_assert_eq!(a.not().not(), a);
        prop_assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
        prop_assert_eq!(a.and(a.or(b)), a);
        prop_assert!(a > b || (a.and(c) <= b.and(c) && a.or(c) <= b.or(c) && a.not() >= b.not()));
    }

    /// What is said of windows is what is true of all, some or none of the days in them.
    #[test]
    fn order_of_moments_is_that_of_their_days(a in near_moment(), b in near_moment()) {
        prop_assert_eq!(a.before(b), over(&[a, b], |d| d[0] < d[1]));
        prop_assert_eq!(a.after(b), over(&[a, b], |d| d[0] > d[1]));
        prop_assert_eq!(a.at_or_before(b), over(&[a, b], |d| d[0] <= d[1]));
    }

    #[test]
    fn holding_is_that_of_the_days(p in near_period(), on in near_moment()) {
        prop_assert_eq!(p.holds(on), over(&[p.begin, p.end, on], |d| d[0] <= d[2] && d[2] < d[1]));
    }

    #[test]
    fn holding_is_sound_when_only_real_extents_are_meant(p in near_period(), on in near_moment()) {
        // An extent of no day was not meant; leaving those out can only make the answer surer.
        let meant = over_some(&[p.begin, p.end, on], |d| d[0] < d[1], |d| d[0] <= d[2] && d[2] < d[1]);
        prop_assert!(meant == p.holds(on) || p.holds(on) == Tv::Possible);
    }

    #[test]
    fn overlap_is_that_of_the_days(p in near_period(), q in near_period()) {
        let meant = over_some(
            &[p.begin, p.end, q.begin, q.end],
            |d| d[0] < d[1] && d[2] < d[3],
            |d| d[0].max(d[2]) < d[1].min(d[3]),
        );
        prop_assert_eq!(p.overlaps(q), meant);
        prop_assert_eq!(p.overlaps(q), q.overlaps(p));
        prop_assert_eq!(p.overlaps(q) == Tv::Not, p.intersect(q).is_none());
    }

    #[test]
    fn adjacent_periods_share_no_day(a in day(), b in day(), c in day(), on in day()) {
        let mut days = [a, b, c];
        days.sort();
        let [a, b, c] = days.map(Moment::exact);
        if let (Some(first), Some(second)) = (Period::new(a, b), Period::new(b, c)) {
            prop_assert_eq!(first.overlaps(second), Tv::Not);
            prop_assert_eq!(first.intersect(second), None);
            let on = Moment::exact(on);
            prop_assert_eq!(first.holds(on).and(second.holds(on)), Tv::Not);
            let whole = Period::new(a, c).expect("longer than its parts");
            prop_assert_eq!(first.holds(on).or(second.holds(on)), whole.holds(on));
        }
    }

    #[test]
    fn intersection_is_a_semilattice(p in period(), q in period(), r in period()) {
        let with = |a: Option<Period>, b: Option<Period>| a.zip(b).and_then(|(a, b)| a.intersect(b));
        prop_assert_eq!(p.intersect(p), Some(p));
        prop_assert_eq!(p.intersect(q), q.intersect(p));
        prop_assert_eq!(with(p.intersect(q), Some(r)), with(Some(p), q.intersect(r)));
        prop_assert_eq!(p.intersect(Period::ALWAYS), Some(p));
    }

    #[test]
    fn an_intersection_holds_when_both_do(p in near_period(), q in near_period(), on in near()) {
        let on = Moment::exact(on);
        let both = p.intersect(q).map_or(Tv::Not, |b| b.holds(on));
        prop_assert_eq!(both, p.holds(on).and(q.holds(on)));
    }

    /// A more precise question or a more precise period never turns a sure answer round.
    #[test]
    fn sure_answers_stay_under_refinement(p in near_period(), on in near_moment(), day in near()) {
        if on.earliest <= day && day <= on.latest && p.holds(on) != Tv::Possible {
            prop_assert_eq!(p.holds(Moment::exact(day)), p.holds(on));
        }
    }
}

/// Whether something is true of all, some or none of the days the moments can have been.
fn over(moments: &[Moment], so: impl Fn(&[i32]) -> bool) -> Tv {
    over_some(moments, |_| true, so)
}

/// The same, of those choices of days that can have been meant.
fn over_some(moments: &[Moment], can_be: impl Fn(&[i32]) -> bool, so: impl Fn(&[i32]) -> bool) -> Tv {
    let mut choices = vec![Vec::new()];
    for m in moments {
        choices = choices
            .iter()
            .flat_map(|before: &Vec<i32>| {
                (m.earliest.number()..=m.latest.number()).map(move |day| [before.as_slice(), &[day]].concat())
            })
            .collect();
    }
    let answers: HashSet<bool> = choices.iter().filter(|c| can_be(c)).map(|c| so(c)).collect();
    match (answers.contains(&true), answers.contains(&false)) {
        (true, true) => Tv::Possible,
        (true, false) => Tv::Certain,
        (false, _) => Tv::Not,
    }
}

/// `holds`, counted day by day for the dates people write.
#[test]
fn written_extents_hold_on_the_days_they_name() {
    let on = |text: &str, day: &str| {
        let read = |t| Edtf::parse(t).expect("a date");
        read(text).period().holds(read(day).moment())
    };
    let mut inside = 0;
    for number in 19_000..20_000 {
        let day = Day::from_number(number);
        let (year, ..) = day.ymd();
        let holds = Edtf::parse("2023").expect("a date").period().holds(Moment::exact(day));
        assert_eq!(holds, Tv::from(year == 2023), "{day}");
        inside += u32::from(holds == Tv::Certain);
    }
    assert_eq!(inside, 365);
    assert_eq!(on("2023-07-11/2023-07-12", "2023-07-12"), Tv::Certain);
    assert_eq!(on("2023-07-11/2023-07-12", "2023-07-13"), Tv::Not);
    assert_eq!(on("2022-02/..", "2022-02-10"), Tv::Possible);
    assert_eq!(on("2022-02/..", "2022-02-28"), Tv::Certain);
    assert_eq!(on("2010/", "2024-01-01"), Tv::Possible);
    assert_eq!(on("2010/..", "2024-01-01"), Tv::Certain);
    assert_eq!(on("../2017", "1900"), Tv::Certain);
    assert_eq!(on("../2017", "2018"), Tv::Not);
    assert_eq!(on("2023", "2023"), Tv::Certain);
    assert_eq!(on("201X", "2013-05-01"), Tv::Possible);
    assert_eq!(on("[1914-08-01..1914-08-03]", "1914-08-02"), Tv::Possible);
    assert_eq!(on("[1914-08-01..1914-08-03]", "1914-08-04"), Tv::Not);
}

/// Date, first and last day as a moment, and the bounds of beginning and end as an extent, worked out by hand.
const BY_HAND: [(&str, [&str; 6]); 18] = [
    (
        "2023-07-11/2023-07-12",
        ["2023-07-11", "2023-07-12", "2023-07-11", "2023-07-11", "2023-07-13", "2023-07-13"],
    ),
    ("2022-02/..", ["2022-02-01", "..", "2022-02-01", "2022-02-28", "..", ".."]),
    ("2013/2014", ["2013-01-01", "2014-12-31", "2013-01-01", "2013-12-31", "2014-01-02", "2015-01-01"]),
    ("../2017", ["..", "2017-12-31", "..", "..", "2017-01-02", "2018-01-01"]),
    ("2023-05?", ["2023-05-01", "2023-05-31", "2023-05-01", "2023-05-01", "2023-06-01", "2023-06-01"]),
    ("2024-07~", ["2024-07-01", "2024-07-31", "2024-07-01", "2024-07-01", "2024-08-01", "2024-08-01"]),
    ("2024-07-11", ["2024-07-11", "2024-07-11", "2024-07-11", "2024-07-11", "2024-07-12", "2024-07-12"]),
    ("2022-12", ["2022-12-01", "2022-12-31", "2022-12-01", "2022-12-01", "2023-01-01", "2023-01-01"]),
    ("2023", ["2023-01-01", "2023-12-31", "2023-01-01", "2023-01-01", "2024-01-01", "2024-01-01"]),
    ("../..", ["..", "..", "..", "..", "..", ".."]),
    ("2022-02/2023-07", ["2022-02-01", "2023-07-31", "2022-02-01", "2022-02-28", "2023-07-02", "2023-08-01"]),
    ("../2021-11~", ["..", "2021-11-30", "..", "..", "2021-11-02", "2021-12-01"]),
    ("2013~/2023", ["2013-01-01", "2023-12-31", "2013-01-01", "2013-12-31", "2023-01-02", "2024-01-01"]),
    (
        "2024-06~/2024-07-08",
        ["2024-06-01", "2024-07-08", "2024-06-01", "2024-06-30", "2024-07-09", "2024-07-09"],
    ),
    ("2023-07?/..", ["2023-07-01", "..", "2023-07-01", "2023-07-31", "..", ".."]),
    (
        "2023-05-19/2023-05-21",
        ["2023-05-19", "2023-05-21", "2023-05-19", "2023-05-19", "2023-05-22", "2023-05-22"],
    ),
    ("2023/2024-07", ["2023-01-01", "2024-07-31", "2023-01-01", "2023-12-31", "2024-07-02", "2024-08-01"]),
    ("2023-05-10?", ["2023-05-10", "2023-05-10", "2023-05-10", "2023-05-10", "2023-05-11", "2023-05-11"]),
];

#[test]
fn dates_of_the_texts_have_the_bounds_read_by_hand() {
    for (text, expected) in BY_HAND {
        let date = Edtf::parse(text).expect(text);
        let (m, p) = (date.moment(), date.period());
        let bounds = [m.earliest, m.latest, p.begin.earliest, p.begin.latest, p.end.earliest, p.end.latest];
        assert_eq!(bounds.map(|d| d.to_string()), expected, "{text}");
        assert_eq!(date.shape() == Shape::Throughout, text.contains('/'));
        assert_eq!((date.is_uncertain(), date.is_approximate()), (text.contains('?'), text.contains('~')));
    }
}

/// Every date of the inventory of the five texts, as it stands there.
#[test]
#[allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test reads its data and says when it has none"
)]
fn every_date_of_the_inventory_reads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/mission/inventory.tsv");
    let Ok(table) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared not present");
        return;
    };
    let mut rows = table.lines();
    let header = rows.next().expect("a header");
    let column = header.split('\t').position(|name| name == "date_or_interval").expect("the column");
    let mut seen = HashSet::new();
    for row in rows {
        let id = row.split('\t').next().unwrap_or_default();
        let text = row.split('\t').nth(column).expect("a date column");
        let date = Edtf::parse(text).unwrap_or_else(|e| panic!("{id}: {text}: {e}"));
        let (m, p) = (date.moment(), date.period());
        assert!(ordered(m) && ordered(p.begin) && ordered(p.end), "{id}: {text}");
        assert_eq!(Period::new(p.begin, p.end), Some(p), "{id}: {text}");
        assert_eq!(date.has_open_end(), text.ends_with("/.."), "{id}: {text}");
        assert_eq!(date.has_open_start(), text.starts_with("../"), "{id}: {text}");
        seen.insert(text.to_owned());
    }
    assert!(seen.len() > 50, "{} different dates", seen.len());
    for (text, _) in BY_HAND {
        assert!(seen.contains(text), "{text} is not in the inventory any more");
    }
}
