#![doc = include_str!("../../../../docs/mechanisms/measure.md")]
//!
//! In: a view, measures, a day. Out: their dated values as told, and whether they may be added. What always holds: a value
//! keeps its scope, method and source; values of one running total are never added; two measures are added only if they are
//! declared apart; a rough change between two dated totals is a change, not a sum.

use foedera_world::View;
use foedera_world::record::ThingDetail;
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment};
use foedera_world::world::ThingId;

use crate::told::{self, Said, number};

/// A value as told.
#[derive(Clone, Copy, Debug)]
pub struct Valued<'w> {
    /// What tells it.
    pub said: Said<'w>,
    /// As a number.
    pub number: Option<f64>,
    /// The day it speaks of.
    pub as_of: Moment,
}

/// Whether two measures may be added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sum {
    /// Declared not to overlap.
    Apart,
    /// One is declared to be inside the other, or they are one running total.
    Overlap,
    /// Nothing says whether they overlap.
    NotStated,
    /// Different units, or ranks and shares: not a sum at all.
    NoSum,
}

impl Sum {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Sum::Apart => "yes",
            Sum::Overlap => "no",
            Sum::NotStated => "not-stated",
            Sum::NoSum => "no-sum",
        }
    }
}

/// The values of a measure told by the day, in order of the day they speak of.
pub fn values<'w>(view: &View<'w>, id: ThingId, on: Moment) -> Vec<Valued<'w>> {
    let key = &view.world.records.things[id.ix()].id;
    let mut out: Vec<Valued<'w>> = told::said(view)
        .filter(|s| s.tells.what == Telling::Measures && s.tells.thing.as_ref() == Some(key))
        .map(|said| Valued {
            said,
            number: said.tells.value.as_deref().and_then(number),
            as_of: said.tells.as_of.as_ref().map_or(said.moment(), Edtf::moment),
        })
        .filter(|v| v.as_of.earliest <= on.latest)
        .collect();
    out.sort_by_key(|v| (v.as_of.latest, v.as_of.earliest, v.said.claim));
    out
}

/// Whether two measures may be added.
pub fn sum(view: &View<'_>, a: ThingId, b: ThingId) -> Sum {
    let row = |t: ThingId| &view.world.records.things[t.ix()];
    let (ra, rb) = (row(a), row(b));
    let (
        ThingDetail::Measure { unit: ua, kind: ka, apart_from: xa },
        ThingDetail::Measure { unit: ub, kind: kb, apart_from: xb },
    ) = (&ra.detail, &rb.detail)
    else {
        return Sum::NoSum;
    };
    let summable =
        |k: &MeasureKind| matches!(k, MeasureKind::Total | MeasureKind::Amount | MeasureKind::Count);
    if !summable(ka) || !summable(kb) || ua != ub {
        return Sum::NoSum;
    }
    if a == b && *ka == MeasureKind::Total {
        return Sum::Overlap;
    }
    let inside = |x: &foedera_world::record::Thing, y: &foedera_world::record::Thing| {
        x.part_of.as_ref() == Some(&y.id)
    };
    if inside(ra, rb) || inside(rb, ra) {
        Sum::Overlap
    } else if xa.contains(&rb.id) || xb.contains(&ra.id) {
        Sum::Apart
    } else {
        Sum::NotStated
    }
}
