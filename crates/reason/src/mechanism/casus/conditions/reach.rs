//! Conditions 13 and 14: where it happens.
//!
//! In: the clause's areas, the place of the attack. Out: whether the attack, and the thing attacked, lie where the clause
//! reaches. What always holds: without a place in the question the attack falls on the home territory, by a named assumption;
//! a place that several claim is contested.

use foedera_world::area::{Inside, Sight};
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{Area, Owner};
use foedera_world::world::PlaceId;

use super::Look;
use super::booking::{Run, Test, told};
use crate::mechanism::casus::words::article;
use crate::proof::Trace;

impl Look<'_> {
    /// Where the attack happens, and whether that is the question's word.
    pub(super) fn place(&self) -> (Option<PlaceId>, bool) {
        let q = self.scene.question;
        let original =
            q.targets.contains(&self.beneficiary) || !self.scene.targets.contains(&self.beneficiary);
        match q.place {
            Some(p) if original => (Some(p), true),
            _ => {
                let victim = if self.scene.targets.contains(&self.beneficiary) {
                    Some(self.beneficiary)
                } else {
                    self.scene.targets.first().copied()
                };
                (victim.and_then(|v| self.view.home[v.ix()]), false)
            }
        }
    }

    /// 13. The attack happens where the clause reaches.
    pub(super) fn area<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        match &self.clause.area {
            None => false,
            Some(a) => self.in_area(run, a, Condition::Area),
        }
    }

    /// 14. The thing attacked lies where the clause reaches.
    pub(super) fn object_area<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        match &self.clause.object_area {
            None => false,
            Some(a) => self.in_area(run, a, Condition::ObjectArea),
        }
    }

    fn in_area<T: Trace>(&self, run: &mut Run<'_, T>, area: &Area, condition: Condition) -> bool {
        let (place, said) = self.place();
        let Some(place) = place else {
            return run.book(condition, Test::Maybe, || {
                told("the dossier has no place for this attack")
                    .assuming("attack-in-area", "the attack happens within the clause's area")
            });
        };
        let sight = Sight {
            beneficiary: self.beneficiary,
            debtor: self.debtor,
            instrument: self.clause.instrument,
            on: self.scene.question.on,
            administration: &self.scene.administration,
        };
        let inside: Inside = self.view.inside(area, place, &sight);
        let reason = match (condition, area) {
            (Condition::ObjectArea, _) => Reason::OutOfAreaTarget,
            (_, Area::TerritoryOf(..)) => Reason::TerritoryNotCovered,
            _ => Reason::OutOfArea,
        };
        let test = match (inside.tv, &inside.disputed) {
            (_, Some(_)) => Test::Contested(Some(reason)),
            (tv, None) => Test::of(tv, reason),
        };
        run.book(condition, test, || {
            let p = &self.view.world.records.places[place.ix()].name;
            let verb = if inside.tv == Tv::Not { "is outside" } else { "lies within" };
            let why = inside.disputed.as_ref().map_or(String::new(), |d| format!("; contested: {d}"));
            let text =
                format!("{p} {verb} the area of {}: {}{why}", article(self.article()), self.area_words(area));
            let mut t = told(text).on([self.clause.evidence]).on(inside.evidence.iter().copied());
            t.cites = inside.cites.clone();
            if inside.assumed {
                t.assuming("scenario", "administration as the question says")
            } else if said {
                t
            } else {
                t.assuming("attack-at-home", "the attack falls on the home territory; ask with --place")
            }
        })
    }

    fn area_words(&self, area: &Area) -> String {
        let owner = |o: &Owner| match o {
            Owner::Actor(a) => self.name(*a).to_owned(),
            Owner::Beneficiary => format!("the party attacked ({})", self.name(self.beneficiary)),
            Owner::Debtor => self.name(self.debtor).to_owned(),
            Owner::Parties => "a party".to_owned(),
        };
        let r = &self.view.world.records;
        let join = |l: &[Area], w: &str| l.iter().map(|a| self.area_words(a)).collect::<Vec<_>>().join(w);
        match area {
            Area::Place(p, _) => r.places[p.ix()].name.clone(),
            Area::Named(a, _) => r.areas[a.ix()].name.clone(),
            Area::TerritoryOf(o, _) => format!("territory of {}", owner(o)),
            Area::AdministeredBy(o, _) => format!("places administered by {}", owner(o)),
            Area::Any(l) => join(l, ", or "),
            Area::All(l) => format!("({})", join(l, " and ")),
            Area::Not(a) => format!("not {}", self.area_words(a)),
        }
    }
}
