//! Conditions 6 to 12: what happened, and by whom.
//!
//! In: the clause, the pair, the scene. Out: whether what happens is the clause's occasion, by an adversary it means, supported
//! and numbered as it needs, of a kind it covers, unprovoked where it must be. What always holds: an attack inside the alliance
//! has no automatic side.

use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{Arg, FactRef, HoldKind};
use foedera_world::world::ActorId;

use super::Look;
use super::booking::{Run, Test, told};
use crate::mechanism::casus::words::article;
use crate::proof::Trace;

impl Look<'_> {
    /// 6. What happened is an occasion for the clause.
    pub(super) fn occasion<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let when = self.clause.when;
        let attacked = self.scene.targets.contains(&self.beneficiary);
        let attacks = self.scene.attackers.contains(&self.beneficiary);
        let third = self.clause.any_victim || self.clause.victims.is_some();
        match when {
            When::Always => run.book(Condition::Occasion, Test::Yes, || {
                told("a standing commitment: no occasion is needed").on([self.clause.evidence])
            }),
            When::Attack | When::Threat if third => {
                let hit = self.clause.any_victim
                    || self
                        .clause
                        .victims
                        .as_ref()
                        .is_some_and(|v| self.scene.targets.iter().any(|t| v.contains(t)));
                run.book(
                    Condition::Occasion,
                    if hit { Test::Yes } else { Test::No(Reason::NotTheTrigger) },
                    || {
                        told(format!(
                            "the clause speaks of an attack on {}",
                            self.clause.victims.as_ref().map_or("any state".to_owned(), |v| self.names(v))
                        ))
                        .on([self.clause.evidence])
                    },
                )
            }
            When::Attack | When::Threat if attacked => run.book(Condition::Occasion, Test::Yes, || {
                told(format!("{} is the one attacked", self.name(self.beneficiary))).assuming(
                    "scenario",
                    format!(
                        "{} attacks {}",
                        self.names(&self.scene.attackers),
                        self.names(&self.scene.targets)
                    ),
                )
            }),
            When::Attack | When::Threat if attacks => self.ally_attacks(run),
            When::War if attacked || attacks => run.book(Condition::Occasion, Test::Yes, || {
                told(format!(
                    "{} is in the war, and the clause does not ask who began it",
                    self.name(self.beneficiary)
                ))
                .on([self.clause.evidence])
            }),
            When::Mobilisation => self.mobilisation(run),
            When::Breach if attacked || attacks => {
                let fact =
                    FactRef { kind: FactKind::Breached, args: vec![Arg::Instrument(self.clause.instrument)] };
                let (test, known) = self.fact(&fact);
                run.book(Condition::Occasion, test, || self.fact_told(&fact, known))
            }
            _ => run.book(Condition::Occasion, Test::No(Reason::NotTheTrigger), || {
                told(format!("an attack is not the occasion `{}` of the clause", when))
                    .on([self.clause.evidence])
            }),
        }
    }

    /// The party to be helped is itself the attacker.
    fn ally_attacks<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let on = self.scene.question.on;
        let own_soil = self.place().0.is_some_and(|p| {
            let sovereign = self.view.holders(p, HoldKind::Sovereign, on);
            let holds = sovereign.iter().any(|(h, _)| h.by == self.beneficiary && h.disputed.is_none());
            let rows = self.view.holders(p, HoldKind::Administered, on);
            holds && rows.iter().any(|(h, _)| h.by != self.beneficiary)
        });
        let reason = if self.row.trigger.aggressor_rule.is_some() {
            Reason::ProvokedOrAggressor
        } else {
            Reason::AllyIsAttacker
        };
        let test = if own_soil { Test::Contested(Some(reason)) } else { Test::No(reason) };
        run.book(Condition::Occasion, test, || {
            let ally = self.name(self.beneficiary);
            let text = if own_soil {
                format!("{ally} attacks, but on its own recognised territory held by another: who is the one attacked is contested")
            } else if let Some(rule) = &self.row.trigger.aggressor_rule {
                format!("{ally} used force first, and {} makes it the aggressor", article(rule))
            } else {
                format!("the clause needs {ally} to be attacked, and {ally} is the attacker")
            };
            told(text).on([self.clause.evidence])
        })
    }

    /// A state the clause names mobilises.
    fn mobilisation<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let named = &self.clause.adversary.only;
        let attacker = self.scene.attackers.iter().find(|a| named.contains(a));
        let said = self.scene.question.facts.iter().find(|f| {
            f.holds
                && f.fact.kind == FactKind::Mobilised
                && matches!(f.fact.args.as_slice(), [Arg::Actor(a)] if named.contains(a))
        });
        let test = match (said, attacker) {
            (Some(f), _) if f.holder.is_some() => Test::Contested(Some(Reason::NotTheTrigger)),
            (Some(_), _) | (None, Some(_)) => Test::Yes,
            _ => Test::No(Reason::NotTheTrigger),
        };
        run.book(Condition::Occasion, test, || match (said, attacker) {
            (None, Some(a)) => told(format!("{} has mobilised", self.name(*a)))
                .assuming("attacker-has-mobilised", "a state that attacks has mobilised"),
            (Some(_), _) => told("mobilisation").assuming("scenario", "asserted in the question"),
            _ => told(format!("none of {} has mobilised", self.names(named))).on([self.clause.evidence]),
        })
    }

    /// Those on the other side of the beneficiary.
    fn adversaries(&self) -> &[ActorId] {
        let attacks = self.scene.attackers.contains(&self.beneficiary);
        if attacks { &self.scene.targets } else { &self.scene.attackers }
    }

    /// 7. The adversary is not itself a party, unless the clause reaches parties.
    pub(super) fn outside_alliance<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let reaches = self.row.trigger.against_parties;
        let concerned = (self.clause.act.fights() || self.clause.act == Act::Neutrality)
            && reaches != AgainstParties::Covered;
        let inside = if concerned {
            let on = self.scene.question.on;
            self.adversaries()
                .iter()
                .map(|a| self.view.party_on(self.clause.instrument, *a, on).0)
                .min()
                .unwrap_or(Tv::Not)
        } else {
            Tv::Not
        };
        let test = match (inside, reaches) {
            (Tv::Not, _) => Test::Yes,
            (_, AgainstParties::Disputed) => Test::Contested(Some(Reason::IntraAlliance)),
            (Tv::Possible, _) => Test::Maybe,
            _ => Test::No(Reason::IntraAlliance),
        };
        run.book(Condition::OutsideAlliance, test, || {
            let who = self.names(self.adversaries());
            told(match inside {
                Tv::Not if concerned => format!("{who} is not a party"),
                Tv::Not => "whether the adversary is a party does not matter here".to_owned(),
                _ => format!("{who} is itself a party: an attack inside the alliance has no automatic side"),
            })
            .on([self.clause.evidence])
        })
    }

    /// 8. The adversary is one the clause means.
    pub(super) fn adversary<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        if self.clause.when == When::Mobilisation {
            return false;
        }
        let a = &self.clause.adversary;
        let on = self.scene.question.on;
        let them = self.adversaries();
        let class = |classes: &[ActorId], who: ActorId| {
            classes.iter().map(|c| self.view.member_on(*c, who, on).0).max().unwrap_or(Tv::Not)
        };
        let mut test = Test::Yes;
        if !a.only.is_empty() && !them.iter().any(|t| a.only.contains(t)) {
            test = Test::No(Reason::AdversaryNotNamed);
            if !a.collaborating_with.is_empty() {
                let helps = self.scene.question.with.iter().any(|w| a.collaborating_with.contains(w));
                test = if helps { Test::Yes } else { self.collaboration(them) };
            }
        } else if !a.except.is_empty() && them.iter().all(|t| a.except.contains(t)) {
            test = Test::No(Reason::AdversaryNotNamed);
        } else if !a.member_of.is_empty() {
            let tv = them.iter().map(|t| class(&a.member_of, *t)).max().unwrap_or(Tv::Not);
            test = Test::of(tv, Reason::AdversaryNotNamed);
        }
        if matches!(test, Test::Yes) && !a.not_member_of.is_empty() {
            let tv = them.iter().map(|t| class(&a.not_member_of, *t)).min().unwrap_or(Tv::Not);
            test = Test::of(tv.not(), Reason::AdversaryNotNamed);
        }
        run.book(Condition::Adversary, test, || {
            let who = self.names(them);
            let mut said: Vec<String> = Vec::new();
            let mut list = |word: &str, l: &[ActorId]| {
                if !l.is_empty() {
                    said.push(format!("{word} {}", self.names(l)));
                }
            };
            list("only", &a.only);
            list("or whoever collaborates with", &a.collaborating_with);
            list("except", &a.except);
            list("a member of", &a.member_of);
            list("not a member of", &a.not_member_of);
            let clause = if said.is_empty() { "any adversary".to_owned() } else { said.join(", ") };
            told(format!("the clause means {clause}; the adversary is {who}")).on([self.clause.evidence])
        })
    }

    fn collaboration(&self, them: &[ActorId]) -> Test {
        let mut open = None;
        for t in them {
            for w in &self.clause.adversary.collaborating_with {
                let fact =
                    FactRef { kind: FactKind::Collaborating, args: vec![Arg::Actor(*t), Arg::Actor(*w)] };
                match self.fact(&fact).0 {
                    Test::Yes => return Test::Yes,
                    Test::Contested(_) => return Test::Contested(Some(Reason::AdversaryNotNamed)),
                    Test::Hangs(f) if open.is_none() => open = Some(f),
                    _ => {}
                }
            }
        }
        open.map_or(Test::No(Reason::AdversaryNotNamed), Test::Hangs)
    }

    /// 9. Somebody the clause names supports the adversary.
    pub(super) fn support<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let need = &self.clause.adversary.supported_by;
        if need.is_empty() {
            return false;
        }
        let there = need.iter().any(|n| self.supporters().contains(n));
        run.book(Condition::Support, if there { Test::Yes } else { Test::No(Reason::SupportMissing) }, || {
            let t = told(format!("the adversary must be supported by {}", self.names(need)))
                .on([self.clause.evidence]);
            if there { t.assuming("scenario", "support asserted in the question") } else { t }
        })
    }

    /// Who supports the adversary, by the question's word.
    fn supporters(&self) -> Vec<ActorId> {
        let them = self.adversaries();
        let mut out: Vec<ActorId> = if them == self.scene.attackers.as_slice() {
            self.scene.question.with.clone()
        } else {
            Vec::new()
        };
        for f in &self.scene.question.facts {
            if let (FactKind::Supports, true, [Arg::Actor(x), Arg::Actor(y)]) =
                (f.fact.kind, f.holds, f.fact.args.as_slice())
                && them.contains(y)
            {
                out.push(*x);
            }
        }
        out
    }

    /// 10. Enough powers on the other side.
    pub(super) fn powers<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let need = self.clause.adversary.powers;
        if need < 2 {
            return false;
        }
        let mut them = self.adversaries().to_vec();
        them.extend(self.supporters());
        them.sort_unstable();
        them.dedup();
        let enough = them.len() >= need as usize;
        run.book(Condition::Powers, if enough { Test::Yes } else { Test::No(Reason::NumberOfPowers) }, || {
            told(format!(
                "the clause needs {need} adversaries; there are {}: {}",
                them.len(),
                self.names(&them)
            ))
            .on([self.clause.evidence])
        })
    }

    /// 11. The kind of attack is covered.
    pub(super) fn kind<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        if self.clause.when != When::Attack {
            return false;
        }
        let kind = self.scene.question.kind;
        let t = &self.row.trigger;
        let test = if t.kinds.contains(&kind) {
            Test::Yes
        } else if t.kinds_disputed.contains(&kind) {
            Test::Contested(Some(Reason::KindNotCovered))
        } else {
            Test::No(Reason::KindNotCovered)
        };
        run.book(Condition::Kind, test, || {
            let words: Vec<&str> = t.kinds.iter().map(|k| k.word()).collect();
            told(format!("the attack is {kind}; the clause covers {}", words.join(", ")))
                .on([self.clause.evidence])
        })
    }

    /// 12. The party attacked did not provoke it.
    pub(super) fn unprovoked<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        if !self.row.trigger.unprovoked {
            return false;
        }
        let (provoked, said) = self.scene.question.provoked;
        let test = match provoked {
            Provoked::No => Test::Yes,
            Provoked::Unknown => Test::Maybe,
            Provoked::Yes => Test::No(Reason::ProvokedOrAggressor),
        };
        run.book(Condition::Unprovoked, test, || {
            let t = told(match provoked {
                Provoked::No => "the attack is unprovoked",
                Provoked::Unknown => {
                    "whether the attack was provoked is not known, and the clause needs that it was not"
                }
                Provoked::Yes => "the attack was provoked, and the clause needs that it was not",
            })
            .on([self.clause.evidence]);
            if said {
                t.assuming("scenario", "said in the question")
            } else {
                t.assuming("unprovoked", "the attack is unprovoked; ask with --provoked yes or unknown")
            }
        })
    }
}
