//! Whether a place lies in an area, on a day, as known.
//!
//! In: an [`Area`] expression, the place of the attack, the sides. Out: yes, perhaps or no, whether that is contested,
//! and the rows it rests on. What always holds: contested sovereignty never gives a plain yes or a plain no; nesting
//! of named areas is bounded.

use crate::time::{Moment, Tv};
use crate::view::{Area, HoldKind, HoldRef, Owner, Part, View};
use crate::world::{ActorId, EvidenceId, InstrumentId, PlaceId, SourceId};

/// Who is who when an area is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// The party attacked.
    pub beneficiary: ActorId,
    /// The party that owes.
    pub debtor: ActorId,
    /// Whose parties `parties` means.
    pub instrument: InstrumentId,
    /// The day.
    pub on: Moment,
    /// Administration asserted or denied in the scenario: actor, place, holds.
    pub administration: &'a [(ActorId, PlaceId, bool)],
}

/// The result of looking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inside {
    /// Yes, perhaps, no.
    pub tv: Tv,
    /// Contested, and why.
    pub disputed: Option<String>,
    /// Rows that carried the result.
    pub evidence: Vec<EvidenceId>,
    /// Citations of parts of the area expression itself.
    pub cites: Vec<(SourceId, String)>,
    /// The scenario's own word decided.
    pub assumed: bool,
}

impl Inside {
    fn plain(tv: Tv) -> Inside {
        Inside { tv, disputed: None, evidence: Vec::new(), cites: Vec::new(), assumed: false }
    }

    /// How good a result is: a contested no is more than a plain no, a contested yes less than a plain yes.
    fn rank(&self) -> (Tv, bool) {
        (self.tv, self.disputed.is_none() == (self.tv != Tv::Not))
    }

    fn merge_support(mut self, other: Inside) -> Inside {
        self.evidence.extend(other.evidence);
        self.cites.extend(other.cites);
        self.disputed = self.disputed.or(other.disputed);
        self.assumed |= other.assumed;
        self
    }
}

impl View<'_> {
    /// Whether `place` lies in `area`.
    pub fn inside(&self, area: &Area, place: PlaceId, sight: &Sight<'_>) -> Inside {
        self.look(area, place, sight, 0)
    }

    fn look(&self, area: &Area, place: PlaceId, s: &Sight<'_>, depth: u32) -> Inside {
        if depth > 16 {
            return Inside::plain(Tv::Not);
        }
        match area {
            Area::Place(p, part) => {
                let there = self.ancestors[place.ix()].contains(p);
                self.dated(Inside::plain(if there { Tv::Certain } else { Tv::Not }), part, s.on)
            }
            Area::Named(a, part) => {
                let mut inner = self.look(&self.areas[a.ix()], place, s, depth + 1);
                inner.evidence.push(self.world.area_evidence[a.ix()]);
                self.dated(inner, part, s.on)
            }
            Area::TerritoryOf(owner, part) => {
                let inner = self.held(place, HoldKind::Sovereign, *owner, s);
                self.dated(inner, part, s.on)
            }
            Area::AdministeredBy(owner, part) => {
                let said = s.administration.iter().find(|(who, p, _)| {
                    self.ancestors[place.ix()].contains(p) && self.is_owner(*owner, *who, s) != Tv::Not
                });
                let inner = match said {
                    Some((_, _, holds)) => {
                        let mut i = Inside::plain(if *holds { Tv::Certain } else { Tv::Not });
                        i.assumed = true;
                        i
                    }
                    None => {
                        let own = self.held(place, HoldKind::Administered, *owner, s);
                        let nobody = self.holders(place, HoldKind::Administered, s.on).is_empty();
                        // Where nobody else is said to administer it, the sovereign does.
                        if nobody { self.held(place, HoldKind::Sovereign, *owner, s) } else { own }
                    }
                };
                self.dated(inner, part, s.on)
            }
            Area::Any(list) => list
                .iter()
                .map(|a| self.look(a, place, s, depth + 1))
                .reduce(|a, b| if b.rank() > a.rank() { b } else { a })
                .unwrap_or(Inside::plain(Tv::Not)),
            Area::All(list) => {
                let mut all: Option<Inside> = None;
                for a in list {
                    let one = self.look(a, place, s, depth + 1);
                    if one.tv == Tv::Not && one.disputed.is_none() {
                        return one;
                    }
                    all = Some(match all {
                        None => one,
                        Some(was) => {
                            let tv = was.tv.min(one.tv);
                            Inside { tv, ..was.merge_support(one) }
                        }
                    });
                }
                all.unwrap_or(Inside::plain(Tv::Not))
            }
            Area::Not(inner) => {
                let i = self.look(inner, place, s, depth + 1);
                Inside { tv: i.tv.not(), ..i }
            }
        }
    }

    fn dated(&self, mut i: Inside, part: &Part, on: Moment) -> Inside {
        if i.tv != Tv::Not {
            i.tv = i.tv.min(part.period.holds(on));
        }
        i.cites.extend(part.cites.iter().cloned());
        i
    }

    fn is_owner(&self, owner: Owner, who: ActorId, s: &Sight<'_>) -> Tv {
        let same = |a: ActorId| if a == who { Tv::Certain } else { Tv::Not };
        match owner {
            Owner::Actor(a) => same(a),
            Owner::Beneficiary => same(s.beneficiary),
            Owner::Debtor => same(s.debtor),
            Owner::Parties => self.party_on(s.instrument, who, s.on).0,
        }
    }

    /// Whether the owner holds the place. Rows of others that contest it make the result contested.
    fn held(&self, place: PlaceId, kind: HoldKind, owner: Owner, s: &Sight<'_>) -> Inside {
        let mut best = Inside::plain(Tv::Not);
        for (h, tv) in self.holders(place, kind, s.on) {
            let owns = self.is_owner(owner, h.by, s).min(tv);
            if owns > Tv::Not && (best.tv == Tv::Not || (owns, h.disputed.is_none()) > best.rank()) {
                best = Inside {
                    tv: owns,
                    disputed: h.disputed.clone(),
                    evidence: vec![h.evidence],
                    cites: Vec::new(),
                    assumed: false,
                };
            }
        }
        if best.tv == Tv::Not && kind == HoldKind::Sovereign {
            // A claimant is not a sovereign, but its claim keeps the answer from being a plain no.
            let contested = self.holders(place, kind, s.on).iter().any(|(h, _)| h.disputed.is_some());
            let claim: Option<(&HoldRef, Tv)> = self
                .holders(place, HoldKind::Claimed, s.on)
                .into_iter()
                .find(|(h, _)| self.is_owner(owner, h.by, s) != Tv::Not);
            if let (true, Some((h, _))) = (contested, claim) {
                best.evidence = vec![h.evidence];
                best.disputed = Some("claimed, not held".to_owned());
            }
        }
        best
    }
}
