//! The conditions of a casus foederis, in the order they are tested; the only code that decides.
//!
//! In: a scene, a clause, a debtor and a beneficiary, and a trace that watches. Out: a [`Judgement`]: the first condition
//! that fails, or how surely all hold. What always holds: the order is [`Condition::ALL`]; a contested or unknown
//! condition never becomes a plain yes or a plain no. The tests stand in five files, in that order: the bond, the attack, its
//! reach, the facts, the effect.

mod attack;
mod bond;
mod booking;
mod effect;
mod facts;
mod reach;

use foedera_world::View;
use foedera_world::record::Provision;
use foedera_world::terms::*;
use foedera_world::view::{Clause, FactRef};
use foedera_world::world::ActorId;

use super::Scene;
use crate::proof::Trace;
use booking::Run;

/// What evaluating one clause for one pair found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judgement {
    /// The first condition that fails, and its reason.
    pub fails: Option<(Condition, Reason)>,
    /// Some condition holds only possibly.
    pub possible: bool,
    /// Contested conditions, and the reason each would give if it failed.
    pub disputed: Vec<(Condition, Option<Reason>)>,
    /// Facts nobody has asserted.
    pub open: Vec<FactRef>,
    /// How many conditions were passed before the first failure.
    pub passed: u32,
    /// All conditions that fail; empty unless the trace asks for all.
    pub failures: Vec<(Condition, Reason)>,
}

impl Judgement {
    /// How surely the clause applies; none if it does not.
    pub fn confidence(&self) -> Option<Confidence> {
        if self.fails.is_some() {
            None
        } else if !self.disputed.is_empty() {
            Some(Confidence::Disputed)
        } else if self.possible || !self.open.is_empty() {
            Some(Confidence::Possible)
        } else {
            Some(Confidence::Certain)
        }
    }
}

/// Evaluates one clause for one pair: does `debtor` owe it to `beneficiary` in this scene?
pub fn evaluate<T: Trace>(
    view: &View<'_>,
    scene: &Scene<'_>,
    clause: &Clause,
    debtor: ActorId,
    beneficiary: ActorId,
    trace: &mut T,
) -> Judgement {
    let mut run = Run { judgement: Judgement::default(), trace };
    let look = Look { view, scene, clause, debtor, beneficiary, row: view.provision(clause) };
    look.all(&mut run);
    run.judgement
}

/// The clause, the pair and the scene being looked at.
struct Look<'a> {
    view: &'a View<'a>,
    scene: &'a Scene<'a>,
    clause: &'a Clause,
    debtor: ActorId,
    beneficiary: ActorId,
    row: &'a Provision,
}

impl Look<'_> {
    fn all<T: Trace>(&self, run: &mut Run<'_, T>) {
        let _ = self.in_force(run)
            || self.clause_applies(run)
            || self.party(run, self.debtor, Condition::DebtorBound)
            || self.party(run, self.beneficiary, Condition::BeneficiaryBound)
            || self.not_lifted(run)
            || self.occasion(run)
            || self.outside_alliance(run)
            || self.adversary(run)
            || self.support(run)
            || self.powers(run)
            || self.kind(run)
            || self.unprovoked(run)
            || self.area(run)
            || self.object_area(run)
            || self.requires(run)
            || self.unless(run)
            || self.unstated(run)
            || self.binding(run)
            || self.uncontested(run);
    }

    fn name(&self, actor: ActorId) -> &str {
        &self.view.world.records.actors[actor.ix()].name
    }

    fn names(&self, actors: &[ActorId]) -> String {
        let names: Vec<&str> = actors.iter().map(|a| self.name(*a)).collect();
        names.join(", ")
    }

    fn instrument(&self) -> &str {
        &self.view.world.records.instruments[self.clause.instrument.ix()].name
    }

    fn article(&self) -> &str {
        &self.row.article
    }

    fn day(&self) -> String {
        let on = self.scene.question.on;
        if on.is_exact() {
            on.earliest.to_string()
        } else {
            format!("a day in {}..{}", on.earliest, on.latest)
        }
    }
}
