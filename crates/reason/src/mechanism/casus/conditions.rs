//! The conditions of a casus foederis, in the order they are tested; the only code that decides.
//!
//! In: a scene, a clause, a debtor and a beneficiary, and a trace that watches. Out: a [`Judgement`]: the first condition
//! that fails, or how surely all hold. What always holds: the order is [`Condition::ALL`]; a contested or unknown
//! condition never becomes a plain yes or a plain no.

use foedera_world::View;
use foedera_world::area::{Inside, Sight};
use foedera_world::record::Provision;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{Area, Arg, Clause, EndedBy, FactRef, HoldKind, KnownFact};
use foedera_world::world::{ActorId, EvidenceId, PlaceId, SourceId};

use super::Scene;
use crate::proof::{Assumption, Outcome, Step, Trace};

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

/// The result of one test, before it is told.
enum Test {
    Yes,
    Maybe,
    Contested(Option<Reason>),
    Hangs(FactRef),
    No(Reason),
}

impl Test {
    fn of(tv: Tv, reason: Reason) -> Test {
        match tv {
            Tv::Certain => Test::Yes,
            Tv::Possible => Test::Maybe,
            Tv::Not => Test::No(reason),
        }
    }
}

/// What a test rests on, put into words only when somebody watches.
#[derive(Default)]
struct Told {
    text: String,
    evidence: Vec<EvidenceId>,
    cites: Vec<(SourceId, String)>,
    assumption: Option<Assumption>,
}

fn told(text: impl Into<String>) -> Told {
    Told { text: text.into(), ..Told::default() }
}

impl Told {
    fn on(mut self, evidence: impl IntoIterator<Item = EvidenceId>) -> Told {
        self.evidence.extend(evidence);
        self
    }

    fn assuming(mut self, name: &'static str, text: impl Into<String>) -> Told {
        self.assumption = Some(Assumption { name, text: text.into() });
        self
    }
}

/// One evaluation under way.
struct Run<'a, T: Trace> {
    judgement: Judgement,
    trace: &'a mut T,
}

impl<T: Trace> Run<'_, T> {
    /// Books a test. Returns whether to stop.
    fn book(&mut self, condition: Condition, test: Test, tell: impl FnOnce() -> Told) -> bool {
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

    /// 1. The instrument is in force on the day.
    fn in_force<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let on = self.scene.question.on;
        let force = &self.view.force[self.clause.instrument.ix()];
        let best = force.iter().map(|f| (f.0.holds(on), f)).max_by_key(|(tv, _)| *tv);
        let (test, row) = match best {
            None => (Test::No(Reason::NotInForce), None),
            Some((Tv::Not, f)) => {
                let over = f.0.end.latest <= on.earliest;
                (Test::No(if over { Reason::Terminated } else { Reason::NotInForce }), Some(f))
            }
            Some((tv, f)) => (Test::of(tv, Reason::NotInForce), Some(f)),
        };
        run.book(Condition::InstrumentInForce, test, || match row {
            None => told(format!("{} had no recorded entry into force by {}", self.instrument(), self.day()))
                .on([self.view.world.instrument_evidence(self.clause.instrument)]),
            Some((p, ev, end)) => {
                let since = moment(p.begin);
                let text = match end {
                    Some((_, how)) => {
                        let how = match how {
                            EndedBy::Superseded => "superseded",
                            EndedBy::Expired => "expired",
                            _ => "ended",
                        };
                        format!("{}: in force from {since}, {how} {}", self.instrument(), moment(p.end))
                    }
                    None => format!("{}: in force from {since}", self.instrument()),
                };
                told(text).on([*ev]).on(end.iter().map(|e| e.0))
            }
        })
    }

    /// 2. The text with this clause applies on the day.
    fn clause_applies<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let on = self.scene.question.on;
        let tv =
            self.clause.periods.iter().map(|p| p.holds(on)).max().unwrap_or(Tv::Not).min(self.clause.visible);
        let over = self.clause.periods.iter().all(|p| p.end.latest <= on.earliest);
        let reason = if over { Reason::Terminated } else { Reason::NotInForce };
        run.book(Condition::ClauseApplies, Test::of(tv, reason), || {
            let secret = if self.row.secret { " (secret when made)" } else { "" };
            told(format!("{} {}: {}{secret}", self.instrument(), article(self.article()), describe(self.row)))
                .on([self.clause.evidence])
        })
    }

    /// 3 and 4. The party is bound on the day.
    fn party<T: Trace>(&self, run: &mut Run<'_, T>, who: ActorId, condition: Condition) -> bool {
        use foedera_world::view::Sides;
        let on = self.scene.question.on;
        let i = self.clause.instrument;
        if condition == Condition::BeneficiaryBound && self.clause.to == Sides::Anyone {
            return run.book(condition, Test::Yes, || {
                told(format!("{} is owed to any state", article(self.article()))).on([self.clause.evidence])
            });
        }
        let (tv, spell) = self.view.party_on(i, who, on);
        let spells = self.view.spells_under(i, who);
        let linked = self.view.linked[i.ix()].binary_search(&who).is_ok();
        let not_party =
            if condition == Condition::DebtorBound { Reason::NotParty } else { Reason::BeneficiaryNotParty };
        let test = match tv {
            Tv::Certain | Tv::Possible if spell.is_some_and(|s| s.disputed) => {
                Test::Contested(Some(Reason::NotInForceForParty))
            }
            Tv::Certain => Test::Yes,
            Tv::Possible => Test::Maybe,
            Tv::Not if !spells.is_empty() && spells.iter().all(|s| s.period.end.latest <= on.earliest) => {
                Test::No(Reason::Terminated)
            }
            Tv::Not if linked => Test::No(Reason::NotInForceForParty),
            Tv::Not => Test::No(not_party),
        };
        run.book(condition, test, || match spell.or(spells.last()) {
            Some(s) => {
                let until = s.left.map_or(String::new(), |_| format!(" until {}", moment(s.period.end)));
                told(format!("{} is a party from {}{until}", self.name(who), moment(s.period.begin)))
                    .on([s.entered])
                    .on(s.left.iter().map(|l| l.0))
            }
            None if linked => {
                told(format!("{} signed or was invited, but is not bound on {}", self.name(who), self.day()))
                    .on([self.view.world.instrument_evidence(i)])
            }
            None => {
                let world = self.view.world;
                let seen = world.visible(world.instrument_evidence(i), &self.view.knowledge) == Tv::Certain;
                let complete = seen && world.records.instruments[i.ix()].parties_complete.is_some();
                let outsider = self.view.outsider_on(i, who, on);
                let t = told(format!("{} is not a party", self.name(who)));
                let t = match outsider {
                    Some(row) => t.on([row]),
                    None if seen => t.on([world.instrument_evidence(i)]),
                    None => t,
                };
                match complete || outsider.is_some() {
                    true => t,
                    false => t.assuming(
                        "party-list-complete",
                        format!("the dossier's list of parties to {} leaves nobody out", self.instrument()),
                    ),
                }
            }
        })
    }

    /// 5. Not suspended or reserved by the debtor toward the beneficiary.
    fn not_lifted<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        let on = self.scene.question.on;
        let lift = self.view.liftings[self.clause.instrument.ix()]
            .iter()
            .filter(|l| l.by.contains(&self.debtor))
            .filter(|l| l.toward.is_empty() || l.toward.contains(&self.beneficiary))
            .filter(|l| l.provision.as_ref().is_none_or(|p| *p == self.row.article))
            .map(|l| (l.period.holds(on), l))
            .filter(|(tv, _)| *tv != Tv::Not)
            .max_by_key(|(tv, l)| (*tv, l.disputed.is_none()));
        let Some((tv, l)) = lift else {
            return run.book(Condition::NotLifted, Test::Yes, || {
                let n = self.view.liftings[self.clause.instrument.ix()].len();
                told(format!(
                    "{n} suspensions and reservations searched, none by {} toward {}",
                    self.name(self.debtor),
                    self.name(self.beneficiary)
                ))
                .assuming(
                    "acts-complete",
                    "the dossier holds every suspension and reservation of the instruments it names",
                )
            });
        };
        let reason = if l.reservation { Reason::Reserved } else { Reason::Suspended };
        let test = match (tv, &l.disputed) {
            (_, Some(_)) => Test::Contested(Some(reason)),
            (Tv::Possible, None) => Test::Maybe,
            _ => Test::No(reason),
        };
        run.book(Condition::NotLifted, test, || {
            let what = if l.reservation { "reserved" } else { "suspended" };
            let toward = if l.toward.is_empty() {
                String::new()
            } else {
                format!(" toward {}", self.names(&l.toward))
            };
            let why = l.disputed.as_ref().map_or(String::new(), |d| format!("; contested: {d}"));
            told(format!("{} {what}{toward} from {}{why}", self.name(self.debtor), moment(l.period.begin)))
                .on([l.evidence])
        })
    }

    /// 6. What happened is an occasion for the clause.
    fn occasion<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn outside_alliance<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn adversary<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn support<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn powers<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn kind<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    fn unprovoked<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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

    /// Where the attack happens, and whether that is the question's word.
    fn place(&self) -> (Option<PlaceId>, bool) {
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
    fn area<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        match &self.clause.area {
            None => false,
            Some(a) => self.in_area(run, a, Condition::Area),
        }
    }

    /// 14. The thing attacked lies where the clause reaches.
    fn object_area<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
        use foedera_world::view::Owner;
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

    /// 15. The facts the clause hangs on.
    fn requires<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        for f in &self.clause.requires {
            let (test, known) = self.fact(f);
            if run.book(Condition::Requires, test, || self.fact_told(f, known)) {
                return true;
            }
        }
        false
    }

    /// 16. The facts that lift it.
    fn unless<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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

    /// 17. The instrument binds in law, where it promises armed help.
    fn binding<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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

    /// 17b. A condition the source leaves unsaid is not taken for absent.
    fn unstated<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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

    /// 18. Whether the clause covers such a case at all is not contested.
    fn uncontested<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
        match &self.row.disputed {
            None => false,
            Some(why) => run.book(Condition::Uncontested, Test::Contested(None), || {
                told(format!("contested: {why}")).on([self.clause.evidence])
            }),
        }
    }

    fn arg(&self, a: Arg) -> Arg {
        match a {
            Arg::Beneficiary => Arg::Actor(self.beneficiary),
            Arg::Debtor => Arg::Actor(self.debtor),
            a => a,
        }
    }

    /// Looks a fact up: in the question, in what the scene itself implies, then in what the sources tell.
    fn fact(&self, f: &FactRef) -> (Test, Option<&KnownFact>) {
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
        fact_words(self.view, &FactRef { kind: f.kind, args: f.args.iter().map(|a| self.arg(*a)).collect() })
    }

    fn fact_told(&self, f: &FactRef, known: Option<&KnownFact>) -> Told {
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

/// A fact as it is written.
pub fn fact_words(view: &View<'_>, f: &FactRef) -> String {
    let r = &view.world.records;
    let args: Vec<&str> = f
        .args
        .iter()
        .map(|a| match a {
            Arg::Beneficiary => "beneficiary",
            Arg::Debtor => "debtor",
            Arg::Actor(a) => &r.actors[a.ix()].id,
            Arg::Place(p) => &r.places[p.ix()].id,
            Arg::Instrument(i) => &r.instruments[i.ix()].id,
            Arg::Matter(m) => &r.matters[m.ix()].id,
            Arg::Claim(c) => &r.claims[c.ix()].id,
        })
        .collect();
    if args.is_empty() { f.kind.word().to_owned() } else { format!("{}:{}", f.kind, args.join("/")) }
}

/// A moment in words, never more precise than it is.
pub fn moment(m: foedera_world::time::Moment) -> String {
    use foedera_world::time::Day;
    let ((y, mo, d), (y2, mo2, d2)) = (m.earliest.ymd(), m.latest.ymd());
    let bounded = m.earliest != Day::MIN && m.latest != Day::MAX && (1000..=9999).contains(&y);
    let month_ends = m.latest.next().ymd().2 == 1;
    // A whole year or month is written as such: `2018`, `2018-06`.
    if bounded && y == y2 && (mo, d, mo2, d2) == (1, 1, 12, 31) {
        format!("{y}")
    } else if bounded && (y, mo) == (y2, mo2) && d == 1 && month_ends && !m.is_exact() {
        format!("{y}-{mo:02}")
    } else {
        m.to_string()
    }
}

/// `V` becomes `Art. V`; what already says what it is stays.
pub fn article(a: &str) -> String {
    let plain = a.chars().next().is_some_and(|c| c.is_ascii_digit() || "IVXLC".contains(c))
        && a.chars().take_while(|c| c.is_alphabetic()).all(|c| "IVXLC".contains(c));
    if plain { format!("Art. {a}") } else { a.to_owned() }
}

/// A provision's commitment in a few words.
pub fn describe(p: &Provision) -> String {
    let discretion =
        if p.discretion == Discretion::None { String::new() } else { format!(", {}", p.discretion) };
    format!("{} ({}, {}{discretion})", p.act, p.modality, p.strength)
}
