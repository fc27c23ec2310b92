//! Booking: one test's result into the judgement, and into words only when somebody watches.
//!
//! In: a condition, its [`Test`], how to tell it. Out: the judgement one condition further, and whether to stop. What always
//! holds: a contested or unknown condition never becomes a plain yes or a plain no; nothing is put into words unwatched.

use foedera_world::terms::{Condition, Reason};
use foedera_world::time::Tv;
use foedera_world::view::FactRef;
use foedera_world::world::{EvidenceId, SourceId};

use super::Judgement;
use crate::proof::{Assumption, Outcome, Step, Trace};

/// The result of one test, before it is told.
pub(super) enum Test {
    Yes,
    Maybe,
    Contested(Option<Reason>),
    Hangs(FactRef),
    No(Reason),
}

impl Test {
    pub(super) fn of(tv: Tv, reason: Reason) -> Test {
        match tv {
            Tv::Certain => Test::Yes,
            Tv::Possible => Test::Maybe,
            Tv::Not => Test::No(reason),
        }
    }
}

/// What a test rests on, put into words only when somebody watches.
#[derive(Default)]
pub(super) struct Told {
    pub(super) text: String,
    pub(super) evidence: Vec<EvidenceId>,
    pub(super) cites: Vec<(SourceId, String)>,
    pub(super) assumption: Option<Assumption>,
}

pub(super) fn told(text: impl Into<String>) -> Told {
    Told { text: text.into(), ..Told::default() }
}

impl Told {
    pub(super) fn on(mut self, evidence: impl IntoIterator<Item = EvidenceId>) -> Told {
        self.evidence.extend(evidence);
        self
    }

    /// Where nothing is recorded: as [`Assumption::force_recorded`] says, unless the acts are declared complete.
    pub(super) fn assuming_recorded(mut self, complete: bool) -> Told {
        self.assumption = (!complete).then(Assumption::force_recorded);
        self
    }

    pub(super) fn assuming(mut self, name: &'static str, text: impl Into<String>) -> Told {
        self.assumption = Some(Assumption { name, text: text.into() });
        self
    }
}

/// One evaluation under way.
pub(super) struct Run<'a, T: Trace> {
    pub(super) judgement: Judgement,
    pub(super) trace: &'a mut T,
}

impl<T: Trace> Run<'_, T> {
    /// Books a test. Returns whether to stop.
    pub(super) fn book(&mut self, condition: Condition, test: Test, tell: impl FnOnce() -> Told) -> bool {
        let j = &mut self.judgement;
        let outcome = match test {
            Test::Yes => Outcome::Holds,
            Test::Maybe => {
                j.possible = true;
                Outcome::Possible
            }
            Test::Contested(reason) => {
                j.disputed.push((condition, reason));
                Outcome::Disputed
            }
            Test::Hangs(fact) => {
                if !j.open.contains(&fact) {
                    j.open.push(fact.clone());
                }
                Outcome::Open(fact)
            }
            Test::No(reason) => {
                if j.fails.is_none() {
                    j.fails = Some((condition, reason));
                }
                if T::ALL {
                    j.failures.push((condition, reason));
                }
                Outcome::Fails(reason)
            }
        };
        if j.fails.is_none() {
            j.passed += 1;
        }
        let failed = matches!(outcome, Outcome::Fails(_));
        self.trace.step(|| {
            let t = tell();
            Step {
                condition,
                outcome,
                text: t.text,
                evidence: t.evidence,
                cites: t.cites,
                assumption: t.assumption,
            }
        });
        failed && !T::ALL
    }
}
