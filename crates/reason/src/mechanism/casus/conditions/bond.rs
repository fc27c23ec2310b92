//! Conditions 1 to 5: the bond itself.
//!
//! In: the clause, the pair, the day. Out: whether the instrument is in force, its text with this clause applies, both are
//! parties, and nothing lifts the commitment between them. What always holds: a spell whose beginning is contested is contested
//! and not absent; who is not on a list that is not declared complete is left out by a named assumption.

use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{EndedBy, Sides};
use foedera_world::world::ActorId;

use super::Look;
use super::booking::{Run, Test, told};
use crate::mechanism::casus::words::{article, describe, moment};
use crate::proof::{Trace, counted};

impl Look<'_> {
    /// 1. The instrument is in force on the day.
    pub(super) fn in_force<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
                .on([self.view.world.instrument_evidence(self.clause.instrument)])
                .assuming_recorded(self.acts_complete()),
            Some((p, ev, end)) => {
                let since = moment(p.begin);
                let text = match end {
                    Some((_, EndedBy::NotCovered)) => {
                        let since = format!("{}: in force from {since}", self.instrument());
                        format!("{since}; nothing is known from {} on", p.end.earliest)
                    }
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

    /// Whether the instrument's parties and acts are declared complete as of the day.
    fn acts_complete(&self) -> bool {
        self.view.parties_complete_on(self.clause.instrument, self.scene.question.on)
    }

    /// 2. The text with this clause applies on the day.
    pub(super) fn clause_applies<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
    pub(super) fn party<T: Trace>(&self, run: &mut Run<'_, T>, who: ActorId, condition: Condition) -> bool {
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
                let until = match s.left {
                    None => String::new(),
                    Some((_, EndedBy::NotCovered)) => {
                        format!("; nothing is known from {} on", s.period.end.earliest)
                    }
                    Some(_) => format!(" until {}", moment(s.period.end)),
                };
                let against = s.against.map_or(String::new(), |d| {
                    format!("; not by {}", self.view.world.records.sources[d.ix()].title)
                });
                told(format!("{} is a party from {}{until}{against}", self.name(who), moment(s.period.begin)))
                    .on([s.entered])
                    .on(s.left.iter().map(|l| l.0))
            }
            None if linked => {
                told(format!("{} signed or was invited, but is not bound on {}", self.name(who), self.day()))
                    .on([self.view.world.instrument_evidence(i)])
                    .assuming_recorded(!spells.is_empty() || self.acts_complete())
            }
            None => {
                let world = self.view.world;
                let seen = world.visible(world.instrument_evidence(i), &self.view.knowledge) == Tv::Certain;
                let complete = self.acts_complete();
                let outsider = self.view.outsider_on(i, who, on);
                // The list is the instrument's own row: one that cites nothing proves nothing.
                let row = outsider.or_else(|| seen.then(|| world.instrument_evidence(i)));
                let row = row.filter(|r| !world.evidence[r.ix()].cites.is_empty());
                let t = told(format!("{} is not a party", self.name(who))).on(row);
                match row.is_some() && (complete || outsider.is_some()) {
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
    pub(super) fn not_lifted<T: Trace>(&self, run: &mut Run<'_, T>) -> bool {
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
                    "{} searched, none by {} toward {}",
                    counted(n, "suspension or reservation", "suspensions and reservations"),
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
}
