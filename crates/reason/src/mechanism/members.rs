#![doc = include_str!("../../../../docs/mechanisms/members.md")]
//!
//! In: a view, an organisation, bloc, class or instrument, a day. Out: who belongs, as what, since when, how surely.
//! Counts are computed from the rows, never read from a text.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::world::{ActorId, InstrumentId};

use super::casus::moment;
use crate::proof::Node;

/// Whose members.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// An organisation, bloc or class.
    Actor(ActorId),
    /// The parties to an instrument.
    Instrument(InstrumentId),
}

/// One member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub actor: ActorId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: Moment,
    /// How surely on the day.
    pub confidence: Confidence,
    /// Proof.
    pub proof: Node,
}

/// Who belongs on a day.
pub fn members(view: &View<'_>, of: Of, on: Moment) -> Vec<Member> {
    let name = |a: ActorId| view.world.records.actors[a.ix()].name.as_str();
    let sure = |tv: Tv| if tv == Tv::Certain { Confidence::Certain } else { Confidence::Possible };
    let parties = |i: InstrumentId| -> Vec<Member> {
        view.parties_on(i, on)
            .into_iter()
            .filter_map(|(a, tv)| {
                let s = view.party_on(i, a, on).1?;
                Some(Member {
                    actor: a,
                    role: Role::Member,
                    since: s.period.begin,
                    confidence: sure(tv),
                    proof: Node::new("party", format!("{}: bound from {}", name(a), moment(s.period.begin)))
                        .on(s.entered),
                })
            })
            .collect()
    };
    let mut out: Vec<Member> = match of {
        Of::Actor(a) => view
            .members_of(a)
            .iter()
            .filter(|m| m.period.holds(on) != Tv::Not)
            .map(|m| Member {
                actor: m.member,
                role: m.role,
                since: m.period.begin,
                confidence: sure(m.period.holds(on)),
                proof: Node::new(
                    "member",
                    format!("{}: {} from {}", name(m.member), m.role, moment(m.period.begin)),
                )
                .on(m.evidence),
            })
            // The parties to the treaty that constitutes an organisation are its members.
            .chain(view.constituent(a).into_iter().flat_map(parties))
            .collect(),
        Of::Instrument(i) => parties(i),
    };
    // One membership told by several rows is one member: the surest and narrowest telling stands.
    out.sort_by_key(|m| (m.actor, m.role, m.confidence, std::cmp::Reverse(m.since.earliest)));
    out.dedup_by_key(|m| (m.actor, m.role));
    out.sort_by_key(|m| (m.role, m.since.earliest, m.actor));
    out
}
