//! The two clocks: what held on a day, and what was known by a day. Two rails that do not look alike.
//!
//! In: a view. Out: the panel under the figure. What always holds: every step is a link and the day can be typed, so nothing needs a script or
//! dragging; the sliders are native controls that the script shows; the histogram counts the bounds of the same ties as
//! the figure.

use foedera::atlas::{date_of, day_number, day_numbers, ymd};
use maud::{Markup, html};

use super::{View, on_day};
use crate::asked::Asked;
use crate::desk::Desk;

/// Width of the drawing; the rails are as wide.
const WIDTH: f64 = 1000.0;

/// The first and last day of the rail: the years of the ties, at least the last thirty, this year included.
pub(super) fn range(v: &View, today: i32) -> (i32, i32) {
    let days = v.scene.days();
    let on = v.scene.atlas.on.0;
    let first = days.first().copied().unwrap_or(today).min(on);
    let last = days.last().copied().unwrap_or(today).max(today).max(on);
    let start = ymd(first).0.max(1500).min(ymd(today).0 - 30);
    let end = ymd(last).0.min(ymd(today).0 + 40);
    (day_number(start, 1, 1).unwrap_or(first), day_number(end, 12, 31).unwrap_or(last))
}

/// The panel.
pub(super) fn clocks(desk: &Desk, asked: &Asked, v: &View) -> Markup {
    let s = &v.scene;
    let today_text = &asked.basis.today;
    let today = day_numbers(today_text, today_text).map_or(0, |d| d.0);
    let (min, max) = range(v, today);
    let on = s.atlas.on;
    let x = |day: i32| f64::from(day.clamp(min, max) - min) / f64::from((max - min).max(1)) * WIDTH;
    let days = s.days();
    let previous = days.iter().rev().find(|d| **d < on.0).map(|d| date_of(*d));
    let next = days.iter().find(|d| **d > on.1).map(|d| date_of(*d));
    let step = |id: &str, day: Option<&String>, before: &str, after: &str| {
        html! {
            @match day {
                Some(d) => a.button id=(id) href=(asked.with("on", d)) { (before) span.step-day { (on_day(d)) } (after) },
                None => a.button id=(id) aria-disabled="true" { (before) span.step-day { "none" } (after) },
            }
        }
    };
    let known = &s.atlas.basis.known;
    let sources: Vec<i32> = desk
        .of_kind("source")
        .filter_map(|e| day_numbers(&e.source.as_ref()?.published, today_text).ok())
        .map(|d| d.1)
        .filter(|d| (-200_000..=today).contains(d))
        .collect();
    let earliest = sources.iter().copied().min().unwrap_or(min).max(min);
    let known_day = day_numbers(known, today_text).map_or(today, |d| d.1).clamp(earliest, today);
    html! {
        section.clocks #clocks aria-label="The two clocks" {
            div.clock-bar {
                strong.now-day { time #now-day { (on_day(&s.atlas.basis.on)) } }
                div.steps {
                    (step("previous", previous.as_ref(), "◂ previous change: ", ""))
                    (step("next", next.as_ref(), "next change: ", " ▸"))
                    button #play type="button" hidden aria-pressed="false" { "▷ Play" }
                    a.button #to-today href=(asked.with("on", today_text)) { "Today" }
                }
                form.typed method="get" action="/explore" {
                    @for (k, value) in &asked.fields { input type="hidden" name=(k) value=(value); }
                    @if let Some(k) = &asked.basis.known { input type="hidden" name="known" value=(k); }
                    @for u in &asked.basis.using { input type="hidden" name="using" value=(u); }
                    @if let Some(c) = &asked.basis.clearance { input type="hidden" name="clearance" value=(c); }
                    @for a in &asked.basis.assume { input type="hidden" name="assume" value=(a); }
                    label for="type-day" { "or type a day" }
                    input.date #type-day name="on" value=(s.atlas.basis.on) maxlength="60" size="11" autocomplete="off";
                    button { "Go" }
                }
            }
            div.rails {
                div.rail-name aria-hidden="true" { "ties begin ▲" br; "ties end ▼" }
                (histogram(v, min, max, &x))
                label.rail-name.on for="rail-on" { "In force on" }
                div.rail.on {
                    input #rail-on type="range" min=(min) max=(max) step="1" value=(on.0) hidden
                        aria-valuetext=(format!("{}, {} ties", on_day(&s.atlas.basis.on), s.own_held()));
                    span.rail-still { "what held in the world on that day" }
                }
                label.rail-name.known for="rail-known" { "◇ As known on" }
                div.rail.known {
                    svg.ticks viewBox=(format!("0 0 {WIDTH} 12")) preserveAspectRatio="none" aria-hidden="true" {
                        @for d in &sources { @if *d >= earliest {
                            @let at = f64::from(d - earliest) / f64::from((today - earliest).max(1)) * WIDTH;
                            line x1=(format!("{at:.1}")) x2=(format!("{at:.1}")) y1="1" y2="11" {}
                        } }
                    }
                    input #rail-known type="range" min=(earliest) max=(today) step="1" value=(known_day) hidden
                        aria-valuetext=(if known == "latest" { "today: everything counts".to_owned() } else { on_day(known) });
                    span.rail-still { "using only what sources had told by " (if known == "latest" { "today".to_owned() } else { on_day(known) }) }
                    output.known-day #known-day for="rail-known" { (if known == "latest" { "today".to_owned() } else { on_day(known) }) }
                }
            }
            p.rail-help.soft {
                strong { "In force on" } ": what held in the world that day. " strong { "As known on" } ": using only what our sources had told by that day. A mark on the second rail is a source being published."
            }
        }
    }
}

/// Beginnings above, endings below, by year.
fn histogram(v: &View, min: i32, max: i32, x: &dyn Fn(i32) -> f64) -> Markup {
    let (first, last) = (ymd(min).0, ymd(max).0);
    let years = usize::try_from(last - first + 1).unwrap_or(1);
    let mut begin = vec![0u32; years];
    let mut end = vec![0u32; years];
    let slot = |day: i32| usize::try_from(ymd(day).0 - first).ok().filter(|i| *i < years);
    for (n, _) in v.scene.ties.iter().enumerate().filter(|(_, t)| t.via.is_empty()) {
        for s in &v.scene.tie(n).spans {
            if let Some(i) = s.from_earliest.and_then(slot) {
                begin[i] += 1;
            }
            if let Some(i) = s.to_latest.and_then(slot) {
                end[i] += 1;
            }
        }
    }
    let most = begin.iter().chain(&end).copied().max().unwrap_or(1).max(1);
    let tall = |n: u32| (f64::from(n) / f64::from(most)).sqrt() * 34.0;
    let wide = (WIDTH / years as f64).max(0.8);
    let gap = [1, 2, 5, 10, 20, 25, 50, 100]
        .into_iter()
        .find(|g| years as f64 / f64::from(*g) <= 16.0)
        .unwrap_or(100);
    let (total_begin, total_end): (u32, u32) = (begin.iter().sum(), end.iter().sum());
    html! {
        svg.histogram viewBox=(format!("0 0 {WIDTH} 72")) preserveAspectRatio="none" role="img"
            aria-label=(format!("{total_begin} beginnings and {total_end} endings of ties, {first} to {last}, by year")) {
            line.base x1="0" x2=(WIDTH) y1="38" y2="38" {}
            @for i in 0..years {
                @let left = x(day_number(first + i as i32, 1, 1).unwrap_or(min));
                @if begin[i] > 0 { rect.begin x=(format!("{left:.1}")) y=(format!("{:.1}", 38.0 - tall(begin[i]))) width=(format!("{:.1}", (wide - 0.8).max(0.6))) height=(format!("{:.1}", tall(begin[i]))) {} }
                @if end[i] > 0 { rect.end x=(format!("{left:.1}")) y="38" width=(format!("{:.1}", (wide - 0.8).max(0.6))) height=(format!("{:.1}", tall(end[i]))) {} }
            }
            line.cursor #cursor x1=(format!("{:.1}", x(v.scene.atlas.on.0))) x2=(format!("{:.1}", x(v.scene.atlas.on.0))) y1="0" y2="72" {}
        }
        div.rail-name aria-hidden="true" {}
        ol.years aria-hidden="true" {
            @for i in 0..years {
                @let year = first + i as i32;
                @if year % gap == 0 {
                    @let left = x(day_number(year, 1, 1).unwrap_or(min)) / WIDTH * 100.0;
                    li data-left=(format!("{left:.0}")) class=(format!("at-{left:.0}")) { (year) }
                }
            }
        }
    }
}
