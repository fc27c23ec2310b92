//! Conditions 15 and 16: the facts a clause hangs on and those that lift it, and how a fact is looked up.
//!
//! In: facts as the clause writes them. Out: each held, open, contested or unmet. What always holds: the question's word comes
//! before what the scene implies, and that before what the sources tell; a fact nobody asserts stays open and is never *no*.

use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{Arg, FactRef, KnownFact};

use super::Look;
use super::booking::{Run, Test, Told, told};
use crate::mechanism::casus::words;
use crate::proof::Trace;

impl Look<'_> {
    /// 15. The facts the clause hangs on.
    pub(super) fn requires<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        for f in &self.clause.requires {
            let (test, known) = self.fact(f);
            if run.book(Condition::Requires, test, || self.fact_told(f, known)) {
                return true;
            }
        }
        false
    }

    /// 16. The facts that lift it.
    pub(super) fn unless<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        for f in &self.clause.unless {
            let (found, known) = self.fact(f);
            let reason =
                if f.kind == FactKind::AtWar { Reason::WarInProgressExcluded } else { Reason::CarvedOut };
            let silent = matches!(found, Test::Hangs(_));
            let test = match found {
                Test::Yes => Test::No(reason),
                Test::Maybe => Test::Maybe,
                Test::Contested(_) => Test::Contested(Some(reason)),
                Test::Hangs(_) | Test::No(_) => Test::Yes,
            };
            let stop = run.book(Condition::Unless, test, || {
                if silent {
                    told(format!("the carve-out `{}` is not met", self.fact_words(f)))
                        .assuming("no-carve-out", format!("not {}", self.fact_words(f)))
                } else {
                    self.fact_told(f, known)
                }
            });
            if stop {
                return true;
            }
        }
        false
    }

    fn arg(&self, a: Arg) -> Arg {
        match a {
            Arg::Beneficiary => Arg::Actor(self.beneficiary),
            Arg::Debtor => Arg::Actor(self.debtor),
            a => a,
        }
    }

    /// Looks a fact up: in the question, in what the scene itself implies, then in what the sources tell.
    pub(super) fn fact(&self, f: &FactRef) -> (Test, Option<&KnownFact>) {
        let args: Vec<Arg> = f.args.iter().map(|a| self.arg(*a)).collect();
        let same = |other: &[Arg]| {
            other == args.as_slice()
                || (matches!(f.kind, FactKind::AtWar | FactKind::Collaborating)
                    && other.len() == 2
                    && args.len() == 2
                    && other[0] == args[1]
                    && other[1] == args[0])
        };
        let reason = if f.kind == FactKind::Requested { Reason::NoRequest } else { Reason::ConditionUnmet };
        let q = self.scene.question;
        if let Some(said) = q.facts.iter().find(|a| a.fact.kind == f.kind && same(&a.fact.args)) {
            return match (said.holds, said.holder) {
                (true, None) => (Test::Yes, None),
                (false, None) => (Test::No(reason), None),
                (_, Some(_)) => (Test::Contested(Some(reason)), None),
            };
        }
        let implied = match (f.kind, args.as_slice()) {
            (FactKind::NuclearUsed, _) => q.kind == AttackKind::Nuclear,
            (FactKind::Mobilised, [Arg::Actor(a)]) => self.scene.attackers.contains(a),
            (FactKind::Acts, [Arg::Actor(a)]) => self.scene.joined.contains(a),
            (FactKind::Supports, [Arg::Actor(a), Arg::Actor(b)]) => {
                q.with.contains(a) && self.scene.attackers.contains(b)
            }
            (FactKind::Holds, [Arg::Claim(c)]) => crate::told::stands(self.view, *c) == Tv::Certain,
            (FactKind::Party, [Arg::Actor(a), Arg::Instrument(i)]) => {
                self.view.party_on(*i, *a, q.on).0 == Tv::Certain
            }
            (FactKind::Member, [Arg::Actor(a), Arg::Actor(of)]) => {
                self.view.member_on(*of, *a, q.on).0 == Tv::Certain
            }
            _ => false,
        };
        if implied {
            return (Test::Yes, None);
        }
        let mut best: Option<(Tv, &KnownFact)> = None;
        for k in self.view.facts.iter().filter(|k| k.fact.kind == f.kind && same(&k.fact.args)) {
            let tv = k.period.holds(q.on);
            if tv != Tv::Not && best.is_none_or(|b| tv > b.0) {
                best = Some((tv, k));
            }
        }
        match best {
            Some((_, k)) if k.disputed.is_some() => (Test::Contested(Some(reason)), Some(k)),
            Some((Tv::Certain, k)) => (Test::Yes, Some(k)),
            Some((_, k)) => (Test::Maybe, Some(k)),
            None => (Test::Hangs(FactRef { kind: f.kind, args }), None),
        }
    }

    fn fact_words(&self, f: &FactRef) -> String {
        words::fact_words(
            self.view,
            &FactRef { kind: f.kind, args: f.args.iter().map(|a| self.arg(*a)).collect() },
        )
    }

    pub(super) fn fact_told(&self, f: &FactRef, known: Option<&KnownFact>) -> Told {
        let words = self.fact_words(f);
        match known {
            Some(k) => {
                let why = k.disputed.as_ref().map_or(String::new(), |d| format!("; contested: {d}"));
                told(format!("`{words}`{why}")).on([k.evidence])
            }
            None => {
                let q = self.scene.question;
                let args: Vec<Arg> = f.args.iter().map(|a| self.arg(*a)).collect();
                let said = q.facts.iter().any(|a| a.fact.kind == f.kind && a.fact.args == args);
                if said {
                    told(format!("`{words}`")).assuming("scenario", format!("{words}: as the question says"))
                } else {
                    told(format!("hangs on `{words}`, which nobody has asserted")).on([self.clause.evidence])
                }
            }
        }
    }
}
