//! Claims as known: what sources tell, which of it counts as having happened, and whose voice it is.
//!
//! In: a view. Out: [`Said`], one per telling of every claim that can be seen. What always holds: a claim that is planned,
//! expected, judged or denied never shows that something happened; a claim a declared disagreement sets aside is shown
//! and never counts; a collective claim counts for each member of the bloc it speaks of.

use foedera_world::View;
use foedera_world::record::{Claim, Key, Tells, ThingDetail};
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment, Tv};
use foedera_world::world::{ActorId, ClaimId, ConflictId, EvidenceId, ThingId};

/// One telling.
#[derive(Clone, Copy, Debug)]
pub struct Said<'w> {
    /// The claim.
    pub claim: ClaimId,
    /// Its row.
    pub row: &'w Claim,
    /// What it tells.
    pub tells: &'w Tells,
    /// Whether the claim can be seen.
    pub seen: Tv,
    /// Its citations.
    pub evidence: EvidenceId,
}

impl<'w> Said<'w> {
    /// When what is told was so; none if undated.
    pub fn on(&self) -> Option<&'w Edtf> {
        self.tells.on.as_ref().or(self.row.on.as_ref())
    }

    /// The same in bounds: any day, if undated.
    pub fn moment(&self) -> Moment {
        self.on().map_or(Moment::UNKNOWN, Edtf::moment)
    }

    /// Whether it shows that something happened or is so.
    pub fn counts(&self, view: &View<'_>) -> bool {
        counts(view, self.claim)
    }

    /// Everyone in `who`, blocs split into their members at the time.
    pub fn who(&self, view: &View<'_>) -> Vec<ActorId> {
        actors(view, &self.tells.who, self.moment())
    }

    /// Everyone in `whom`, likewise.
    pub fn whom(&self, view: &View<'_>) -> Vec<ActorId> {
        actors(view, &self.tells.whom, self.moment())
    }
}

/// The claims that can be seen, in order of id.
pub fn claims<'v, 'w: 'v>(view: &'v View<'w>) -> impl Iterator<Item = (ClaimId, &'w Claim, Tv)> + 'v {
    let world = view.world;
    world.records.claims.iter().enumerate().filter_map(move |(i, row)| {
        let id = ClaimId(i as u32);
        let seen = visible(view, id);
        (seen != Tv::Not).then_some((id, row, seen))
    })
}

/// Every telling of every claim that can be seen.
pub fn said<'v, 'w: 'v>(view: &'v View<'w>) -> impl Iterator<Item = Said<'w>> + 'v {
    claims(view).flat_map(move |(claim, row, seen)| {
        let evidence = view.world.claim_evidence(claim);
        row.tells.iter().map(move |tells| Said { claim, row, tells, seen, evidence })
    })
}

/// Whether a claim can be seen.
pub fn visible(view: &View<'_>, id: ClaimId) -> Tv {
    if view.world.records.claims[id.ix()].row.withdrawn.is_some() {
        return Tv::Not;
    }
    view.world.visible(view.world.claim_evidence(id), &view.knowledge)
}

/// Whether what a claim says counts as so: seen, told as a fact, not set aside.
pub fn stands(view: &View<'_>, id: ClaimId) -> Tv {
    if counts(view, id) { visible(view, id) } else { Tv::Not }
}

/// Whether a claim can show that something happened: told as a fact, and not set aside.
pub fn counts(view: &View<'_>, id: ClaimId) -> bool {
    let mode = view.world.records.claims[id.ix()].mode;
    matches!(mode, Mode::Reported | Mode::Quoted) && aside(view, id).is_none()
}

/// The declared disagreement that sets a claim aside, as known.
pub fn aside(view: &View<'_>, id: ClaimId) -> Option<ConflictId> {
    let world = view.world;
    let seen = |c: &&ConflictId| world.visible(world.conflict_evidence(**c), &view.knowledge) != Tv::Not;
    world.aside(id).iter().find(seen).copied()
}

/// When a claim was uttered: the publication of the first of its sources that counts.
pub fn uttered(view: &View<'_>, id: ClaimId) -> Moment {
    let world = view.world;
    let cites = &world.evidence[world.claim_evidence(id).ix()].cites;
    cites
        .iter()
        .filter(|(s, _)| world.source_visible(*s, &view.knowledge) != Tv::Not)
        .map(|(s, _)| world.sources.published[s.ix()])
        .min_by_key(|m| (m.latest, m.earliest))
        .unwrap_or(Moment::UNKNOWN)
}

/// Whether an actor is a bloc, for whose members a collective claim counts.
pub fn collective(view: &View<'_>, actor: ActorId) -> bool {
    matches!(view.world.records.actors[actor.ix()].kind, ActorKind::Bloc | ActorKind::Class)
}

/// Actors by key, a bloc followed by its members on the day.
pub fn actors(view: &View<'_>, keys: &[Key], on: Moment) -> Vec<ActorId> {
    let mut out: Vec<ActorId> = Vec::new();
    for actor in keys.iter().filter_map(|k| view.world.actor(k)) {
        out.push(actor);
        if collective(view, actor) {
            out.extend(view.member_list(actor, on).into_iter().map(|(m, _)| m));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether a domain is another or lies inside it.
pub fn within(view: &View<'_>, inner: &str, outer: &str) -> bool {
    let mut at = view.world.thing(inner);
    let mut steps = 0;
    while let Some(ThingId(i)) = at {
        let thing = &view.world.records.things[i as usize];
        if thing.id == outer {
            return true;
        }
        if !matches!(thing.detail, ThingDetail::Domain) || steps > 64 {
            return false;
        }
        steps += 1;
        at = thing.part_of.as_ref().and_then(|k| view.world.thing(k));
    }
    inner == outer
}

/// A value as a number.
pub fn number(text: &str) -> Option<f64> {
    text.replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite())
}
