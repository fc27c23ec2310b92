#![doc = include_str!("../../../../docs/mechanisms/facility.md")]
//!
//! In: a view, a facility, a day. Out: its [`Life`]: proposed, decided, open or closed, since when, and the claims that say
//! otherwise. What always holds: a plan, a hope or a decision opens nothing; only a report of opening does, and not one a
//! declared disagreement sets aside; a facility no later source mentions has not been dropped.

use foedera_world::View;
use foedera_world::record::ThingDetail;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::world::{SourceId, ThingId};

use super::casus::moment;
use crate::proof::Node;
use crate::told::{self, Said};

/// What has become of a facility.
#[derive(Clone, Debug)]
pub struct Life<'w> {
    /// Its stage.
    pub stage: FacilityStage,
    /// Since when.
    pub since: Option<Moment>,
    /// How surely.
    pub confidence: Confidence,
    /// Claims that say otherwise and do not count.
    pub contrary: Vec<Said<'w>>,
    /// The last source that speaks of it, and how many later ones that count do not.
    pub last: Option<(SourceId, usize)>,
    /// Known to open only later: then it is certainly not open on the day.
    pub opens_later: bool,
    /// Proof.
    pub proof: Node,
}

/// What has become of a facility on a day.
pub fn facility<'w>(view: &View<'w>, id: ThingId, on: Moment) -> Life<'w> {
    let world = view.world;
    let thing = &world.records.things[id.ix()];
    debug_assert!(matches!(thing.detail, ThingDetail::Facility), "asked of facilities only");
    let about: Vec<Said<'w>> = told::said(view)
        .filter(|s| s.tells.thing.as_ref() == Some(&thing.id) && s.tells.what.is_life())
        .collect();
    let stage_of = |t: Telling| match t {
        Telling::Proposed => FacilityStage::Proposed,
        Telling::Decided => FacilityStage::Decided,
        Telling::Opened | Telling::Established => FacilityStage::Open,
        _ => FacilityStage::Closed,
    };
    let mut best: Option<(&Said<'w>, FacilityStage)> = None;
    for s in about.iter().filter(|s| s.counts(view) && s.moment().earliest <= on.latest) {
        let stage = stage_of(s.tells.what);
        if best.is_none_or(|(_, b)| stage > b) {
            best = Some((s, stage));
        }
    }
    // An expected opening shows at least that it has been proposed.
    if best.is_none() {
        let hoped = about.iter().find(|s| {
            matches!(s.row.mode, Mode::Planned | Mode::Expected)
                && told::uttered(view, s.claim).earliest <= on.latest
        });
        best = hoped.map(|s| (s, FacilityStage::Proposed));
    }
    let stage = best.map_or(FacilityStage::None, |b| b.1);
    let contrary: Vec<Said<'w>> =
        about.iter().filter(|s| stage_of(s.tells.what) > stage && !s.counts(view)).copied().collect();
    let since = best.and_then(|(s, _)| s.on().map(|_| s.moment()));
    let confidence = match best {
        Some((s, FacilityStage::Open | FacilityStage::Closed))
            if s.seen != Tv::Certain || s.moment().at_or_before(on) != Tv::Certain =>
        {
            Confidence::Possible
        }
        _ => Confidence::Certain,
    };
    let mut sources: Vec<SourceId> = told::claims(view)
        .filter(|(_, c, _)| {
            c.about.contains(&thing.id) || c.tells.iter().any(|t| t.thing.as_ref() == Some(&thing.id))
        })
        .flat_map(|(c, ..)| world.evidence[world.claim_evidence(c).ix()].cites.iter().map(|(s, _)| *s))
        .filter(|s| world.source_visible(*s, &view.knowledge) != Tv::Not)
        .collect();
    sources.sort_by_key(|s| (world.sources.published[s.ix()].latest, *s));
    sources.dedup();
    let last = sources.last().map(|s| {
        let kind = world.records.sources[s.ix()].kind;
        let pack = world.sources.pack[s.ix()];
        let later = (0..world.records.sources.len()).filter(|i| {
            world.records.sources[*i].kind == kind
                && world.sources.pack[*i] == pack
                && world.source_visible(SourceId(*i as u32), &view.knowledge) != Tv::Not
                && world.sources.published[*i].earliest > world.sources.published[s.ix()].latest
        });
        (*s, later.count())
    });
    let opens_later = stage < FacilityStage::Open
        && about.iter().any(|s| {
            s.counts(view)
                && s.seen == Tv::Certain
                && stage_of(s.tells.what) == FacilityStage::Open
                && s.moment().earliest > on.latest
        });
    let text = match (stage, since) {
        (FacilityStage::None, _) if opens_later => format!("{} opened only later", thing.name),
        (FacilityStage::None, _) => format!("no source that counts tells of {}", thing.name),
        (stage, Some(s)) => format!("{}: {stage}, {}", thing.name, moment(s)),
        (stage, None) => format!("{}: {stage}, undated", thing.name),
    };
    let mut proof = Node::new("facility", text);
    for s in about.iter().filter(|s| s.counts(view)) {
        proof.children.push(Node::new(s.tells.what.word(), s.row.says.clone()).on(s.evidence));
    }
    for s in about.iter().filter(|s| !s.counts(view)) {
        let why = match told::aside(view, s.claim) {
            Some(c) => format!("set aside by {}", world.records.conflicts[c.ix()].id),
            None => format!("{}: shows no act", s.row.mode),
        };
        let node = Node::new(s.tells.what.word(), format!("{} ({why})", s.row.says)).on(s.evidence);
        proof.children.push(Node { outcome: "fails", ..node });
    }
    Life { stage, since, confidence, contrary, last, opens_later, proof }
}
