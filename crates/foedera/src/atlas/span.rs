//! When a tie holds: spans with uncertain ends, and how surely one holds on a day.
//!
//! In: periods of the view; a clause and a party's spell under it. Out: [`Span`]s in day numbers, for a page that redraws by itself.
//! What always holds: `Span::held` is the one rule, repeated by `time.js`; two spans become one only where the days on which each
//! certainly holds meet.

use foedera_world::View;
use foedera_world::time::{Day, Moment, Period};
use foedera_world::view::{Clause, Lifting, Spell};
use foedera_world::world::ActorId;
use serde::Serialize;

/// A half-open span with uncertain ends, in day numbers from 1970-01-01; none = open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Span {
    /// The first day on which it may have begun.
    pub from_earliest: Option<i32>,
    /// The day by which it had begun.
    pub from_latest: Option<i32>,
    /// The first day on which it may have ended.
    pub to_earliest: Option<i32>,
    /// The day by which it had ended.
    pub to_latest: Option<i32>,
    /// Whether it is contested.
    pub disputed: bool,
}

/// How surely something holds on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Held {
    /// It does not.
    Not,
    /// Its dates leave it open.
    Possible,
    /// It does, but that is contested.
    Disputed,
    /// It does.
    Certain,
}

impl Held {
    /// `certain`, `possible`, `disputed`, `not`.
    pub fn word(self) -> &'static str {
        match self {
            Held::Not => "not",
            Held::Possible => "possible",
            Held::Disputed => "disputed",
            Held::Certain => "certain",
        }
    }
}

impl Span {
    pub(super) fn of(p: Period, disputed: bool) -> Span {
        let day = |d: Day| (d != Day::MIN && d != Day::MAX).then(|| d.number());
        // A beginning that may never have come, an end that may never come: `latest` is open.
        Span {
            from_earliest: day(p.begin.earliest),
            from_latest: if p.begin.latest == Day::MAX { Some(i32::MAX) } else { day(p.begin.latest) },
            to_earliest: if p.end.earliest == Day::MIN { Some(i32::MIN) } else { day(p.end.earliest) },
            to_latest: day(p.end.latest),
            disputed,
        }
    }

    /// The two as one, where the days on which each certainly holds meet, and both are contested or neither is.
    pub(super) fn with(&self, other: &Span) -> Option<Span> {
        let begun = |s: &Span| s.from_latest.unwrap_or(i32::MIN);
        let lasts = |s: &Span| s.to_earliest.unwrap_or(i32::MAX);
        let meet = begun(self).max(begun(other)) <= lasts(self).min(lasts(other));
        let first = |x: Option<i32>, y: Option<i32>| Some(x?.min(y?));
        let last = |x: Option<i32>, y: Option<i32>| Some(x?.max(y?));
        (meet && self.disputed == other.disputed).then(|| Span {
            from_earliest: first(self.from_earliest, other.from_earliest),
            from_latest: first(self.from_latest, other.from_latest),
            to_earliest: last(self.to_earliest, other.to_earliest),
            to_latest: last(self.to_latest, other.to_latest),
            disputed: self.disputed,
        })
    }

    /// Whether it holds on a day known to lie between two.
    pub fn held(&self, on: (i32, i32)) -> Held {
        let begun = self.from_latest.is_none_or(|d| d <= on.0);
        let may_have_begun = self.from_earliest.is_none_or(|d| d <= on.1);
        let lasts = self.to_earliest.is_none_or(|d| on.1 < d);
        let may_last = self.to_latest.is_none_or(|d| on.0 < d);
        match (may_have_begun && may_last, self.disputed, begun && lasts) {
            (false, ..) => Held::Not,
            (_, true, _) => Held::Disputed,
            (.., true) => Held::Certain,
            _ => Held::Possible,
        }
    }
}
/// When one party owes one clause: its spell within the clause's life, less what is lifted.
pub(super) fn spans(
    view: &View<'_>,
    clause: &Clause,
    spell: &Spell,
    to: Option<ActorId>,
    liftings: &[Lifting],
    disputed: bool,
) -> Vec<Span> {
    let article = &view.provision(clause).article;
    let lifts: Vec<&Lifting> = liftings
        .iter()
        .filter(|l| {
            l.by.contains(&spell.party)
                && l.provision.as_ref().is_none_or(|p| p == article)
                && to.is_none_or(|t| l.toward.is_empty() || l.toward.contains(&t))
                && (to.is_some() || l.toward.is_empty())
        })
        .collect();
    let mut pieces: Vec<(Period, bool)> = Vec::new();
    for life in &clause.periods {
        // As in `ties`: the clause's uncertain ends do not make the tie uncertain, the party's do.
        let s = spell.period;
        let begin = Moment {
            earliest: s.begin.earliest.max(life.begin.earliest),
            latest: s.begin.latest.max(life.begin.earliest),
        };
        let end = Moment {
            earliest: s.end.earliest.min(life.end.latest),
            latest: s.end.latest.min(life.end.latest),
        };
        pieces.extend(Period::new(begin, end).map(|p| (p, disputed)));
    }
    for l in lifts {
        pieces = pieces.into_iter().flat_map(|(p, d)| without(p, d, l)).collect();
    }
    pieces.into_iter().map(|(p, d)| Span::of(p, d)).collect()
}

/// A period less a lifting; where the lifting is contested the time stays, marked.
fn without(p: Period, disputed: bool, l: &Lifting) -> Vec<(Period, bool)> {
    let (from, to) = (l.period.begin.earliest, l.period.end.latest);
    let upto = |m: Moment, d: Day| Moment { earliest: m.earliest.min(d), latest: m.latest.min(d) };
    let since = |m: Moment, d: Day| Moment { earliest: m.earliest.max(d), latest: m.latest.max(d) };
    let before = Period::new(p.begin, upto(p.end, from)).map(|p| (p, disputed));
    let after = Period::new(since(p.begin, to), p.end).map(|p| (p, disputed));
    let during =
        l.disputed.is_some().then(|| Period::new(since(p.begin, from), upto(p.end, to)).map(|p| (p, true)));
    [before, during.flatten(), after].into_iter().flatten().collect()
}
