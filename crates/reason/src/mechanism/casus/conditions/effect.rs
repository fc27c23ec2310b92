//! Conditions 17 and 18: what the clause amounts to when all else is met.
//!
//! In: the instrument and the clause. Out: whether it binds in law, what its sources leave unsaid, whether it covers such a case
//! at all, whether a second data set codes it so. What always holds: none of these makes a plain *no*.

use foedera_world::terms::*;

use super::Look;
use super::booking::{Run, Test, told};
use crate::proof::Trace;

impl Look<'_> {
    /// 16b. A condition the source leaves unsaid is not taken for absent.
    pub(super) fn unstated<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        for condition in &self.row.unstated {
            let stop = run.book(*condition, Test::Maybe, || {
                told(format!("the sources that count do not state its {condition}"))
                    .on([self.clause.evidence])
                    .assuming(
                        "unstated-condition",
                        format!("the {condition} of {} is met", self.instrument()),
                    )
            });
            if stop {
                return true;
            }
        }
        false
    }

    /// 17. The instrument binds in law, where it promises armed help.
    pub(super) fn binding<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let ins = &self.view.world.records.instruments[self.clause.instrument.ix()];
        if ins.binding || !self.clause.act.fights() || self.clause.modality == Modality::Recommendation {
            return false;
        }
        run.book(Condition::Binding, Test::Contested(Some(Reason::NotBinding)), || {
            told(format!(
                "{} is a {}, not a treaty: whether it obliges is contested",
                self.instrument(),
                ins.kind
            ))
            .on([self.clause.evidence])
        })
    }

    /// 18. Whether the clause covers such a case at all is not contested.
    pub(super) fn uncontested<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        if let Some(why) = &self.row.disputed {
            let tell = || told(format!("contested: {why}")).on([self.clause.evidence]);
            if run.book(Condition::Uncontested, Test::Contested(None), tell) {
                return true;
            }
        }
        let on = self.scene.question.on;
        match self.view.coded_otherwise(self.clause, self.debtor, self.beneficiary, on) {
            None => false,
            Some(other) => run.book(Condition::Uncontested, Test::Contested(None), || {
                let title = &self.view.world.records.sources[other.ix()].title;
                told(format!("contested: {title} codes it otherwise, or not at all"))
                    .on([self.clause.evidence])
            }),
        }
    }
}
