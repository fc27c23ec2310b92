#![doc = include_str!("../../../../docs/mechanisms/may.md")]
//!
//! In: a view, a kind of act, from whom to whom, a class of goods or information, a third party, a day. Out: [`May`]: bases
//! that permit it, rules that forbid it, programmes and practice beside them. What always holds: a permission is no
//! practice and a practice no permission; only a rule forbids; without a base nothing is forbidden, it is not in the
//! sources; a base not in force on the day is told and permits nothing.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::view::{Clause, FactRef, Sides};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId, ThingId};

use super::casus::{Asserted, article, fact_words, moment};
use super::status::status;
use crate::proof::Node;
use crate::told;

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// Pass protected information.
    Inform,
    /// Admit forces.
    Admit,
    /// Transfer arms.
    Transfer,
}

impl Deed {
    /// Acts of commitments that bear on it.
    fn acts(self) -> &'static [Act] {
        match self {
            Deed::Inform => &[Act::Inform, Act::ProtectInformation],
            Deed::Admit => &[Act::AdmitForces, Act::UseFacilities],
            Deed::Transfer => &[Act::TransferArms, Act::Supply],
        }
    }

    /// Domains in which practice of it is told.
    fn tellings(self) -> &'static [Telling] {
        match self {
            Deed::Inform => &[Telling::Cooperates, Telling::Announced],
            Deed::Admit => &[Telling::Exercised, Telling::Hosted],
            Deed::Transfer => &[Telling::Supplied],
        }
    }
}

/// The question.
#[derive(Clone, Debug)]
pub struct Question<'f> {
    /// What.
    pub deed: Deed,
    /// From whom.
    pub from: ActorId,
    /// To whom.
    pub to: ActorId,
    /// Which goods or information.
    pub class: Option<ThingId>,
    /// Passed on to whom.
    pub onward: Option<ActorId>,
    /// The day.
    pub on: Moment,
    /// Facts assumed.
    pub facts: &'f [Asserted],
}

/// What a row does to the question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// A rule forbids it.
    Forbids,
    /// A base in force permits it.
    Permits,
    /// A base exists, not in force on the day.
    NotInForce,
    /// A programme plans it.
    Programme,
    /// It is told to be done, or announced.
    Practice,
    /// It is told not to be done.
    NotDone,
}

impl Effect {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Effect::Forbids => "forbids",
            Effect::Permits => "permits",
            Effect::NotInForce => "not-in-force",
            Effect::Programme => "programme",
            Effect::Practice => "practice",
            Effect::NotDone => "not-done",
        }
    }
}

/// One row of the answer.
#[derive(Clone, Debug)]
pub struct Base {
    /// What it does.
    pub effect: Effect,
    /// By which instrument.
    pub instrument: Option<InstrumentId>,
    /// By which claim.
    pub claim: Option<foedera_world::world::ClaimId>,
    /// Article.
    pub article: String,
    /// Act.
    pub act: Option<Act>,
    /// Force.
    pub modality: Option<Modality>,
    /// Since when.
    pub since: Option<Moment>,
    /// Goods or information it speaks of; empty = all.
    pub classes: Vec<String>,
    /// Whether what was received may be passed on.
    pub onward: Option<Onward>,
    /// Facts it hangs on.
    pub open: Vec<FactRef>,
    /// How surely.
    pub confidence: Confidence,
    /// Proof.
    pub proof: Node,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct May {
    /// Verdict.
    pub verdict: Verdict,
    /// Rows, what forbids first.
    pub bases: Vec<Base>,
    /// In words.
    pub text: String,
    /// Which silence, if nothing permits or forbids.
    pub silence: Option<Silence>,
}

/// May `from` do the deed toward `to`?
pub fn may(view: &View<'_>, q: &Question<'_>) -> May {
    let mut bases = Vec::new();
    let mut seen: Vec<InstrumentId> = view.instruments_of[q.from.ix()].clone();
    seen.extend(&view.instruments_of[q.to.ix()]);
    seen.sort_unstable();
    seen.dedup();
    for i in seen {
        under(view, q, i, &mut bases);
    }
    practice(view, q, &mut bases);
    bases.sort_by_key(|b| (b.effect, b.confidence, b.instrument, b.article.clone(), b.claim));
    let sure = |e: Effect| bases.iter().any(|b| b.effect == e && b.confidence == Confidence::Certain);
    let any = |e: Effect| bases.iter().any(|b| b.effect == e);
    let name = |a: ActorId| view.world.records.actors[a.ix()].name.as_str();
    let deed = match q.deed {
        Deed::Inform => "pass protected information to",
        Deed::Admit => "admit forces of",
        Deed::Transfer => "transfer arms to",
    };
    let (giver, rest) = (name(q.from), format!("{deed} {}", name(q.to)));
    let what = q.class.map_or(String::new(), |c| format!(" ({})", view.world.records.things[c.ix()].name));
    let whole = format!("{giver} may {rest}{what}");
    let not = format!("{giver} may not {rest}{what}");
    let whether = format!("whether {giver} may {rest}{what} is not in the sources");
    let by = |e: Effect| {
        let mut list: Vec<&str> = bases
            .iter()
            .filter(|b| b.effect == e)
            .filter_map(|b| b.instrument.map(|i| view.world.records.instruments[i.ix()].name.as_str()))
            .collect();
        list.dedup();
        list.join("; ")
    };
    let (mut verdict, mut text) = if sure(Effect::Forbids) {
        (Verdict::No, format!("{not}: {} forbids it", by(Effect::Forbids)))
    } else if sure(Effect::Permits) {
        (
            Verdict::Yes,
            format!("{whole}: {} is a base for it, which permits and does not oblige", by(Effect::Permits)),
        )
    } else if any(Effect::Forbids) && any(Effect::Permits) {
        (Verdict::Disputed, format!("{whole} by one rule that may apply, and may not by another"))
    } else if any(Effect::Permits) {
        (Verdict::Possible, format!("perhaps {whole}: {} may be a base for it", by(Effect::Permits)))
    } else if any(Effect::Forbids) {
        (Verdict::Possible, format!("perhaps {not}: {} may forbid it", by(Effect::Forbids)))
    } else if any(Effect::NotInForce) {
        let text = format!("{whether}: {} was made but is not in force on that day", by(Effect::NotInForce));
        (Verdict::NotInSources, text)
    } else {
        (Verdict::NotInSources, format!("{whether}: no base is known, which is not a prohibition"))
    };
    let silence = (verdict == Verdict::NotInSources)
        .then(|| if any(Effect::NotInForce) { Silence::NoneInForce } else { Silence::NotLooked });
    if let (Some(third), Verdict::Yes | Verdict::Possible) = (q.onward, verdict) {
        let agreed = q.facts.iter().any(|f| {
            f.holds
                && f.fact.kind == FactKind::Agreed
                && f.fact.args == [foedera_world::view::Arg::Actor(q.from)]
        });
        let rule = bases.iter().filter(|b| b.effect == Effect::Permits).find_map(|b| b.onward);
        let third = name(third);
        (verdict, text) = match (rule, agreed) {
            (Some(Onward::Forbidden), _) => {
                (Verdict::No, format!("{whole}, but not on to {third}: forbidden"))
            }
            (Some(Onward::WithConsent), false) => {
                let from = name(q.from);
                (Verdict::No, format!("{whole}, but not on to {third} without the consent of {from}"))
            }
            (Some(Onward::WithConsent), true) => {
                (Verdict::Yes, format!("{whole}, and on to {third}: {} is taken to consent", name(q.from)))
            }
            (Some(Onward::Free), _) => (Verdict::Yes, format!("{whole}, and on to {third}")),
            (None, _) => (
                Verdict::NotInSources,
                format!("{whole}; whether it may be passed on to {third} is not stated"),
            ),
        };
    }
    May { verdict, bases, text, silence }
}

fn in_lists(clause: &Clause, from: ActorId, to: ActorId) -> bool {
    let owes = match &clause.by {
        Sides::These(l) => l.contains(&from),
        _ => true,
    };
    let owed = match &clause.to {
        Sides::These(l) => l.contains(&to),
        _ => true,
    };
    owes && owed
}

fn under(view: &View<'_>, q: &Question<'_>, i: InstrumentId, out: &mut Vec<Base>) {
    let world = view.world;
    let ins = &world.records.instruments[i.ix()];
    for clause in view.clauses_of(i).iter().filter(|c| q.deed.acts().contains(&c.act)) {
        let p = view.provision(clause);
        // A state's own rule may name whom it speaks of; they need not be bound by it.
        let named = matches!(&clause.to, Sides::These(l) if l.contains(&q.to));
        let own = view.linked[i.ix()].as_slice() == [q.from];
        let anyone = clause.to == Sides::Anyone || (named && own);
        if !in_lists(clause, q.from, q.to) {
            continue;
        }
        let applies =
            clause.periods.iter().map(|x| x.holds(q.on)).max().unwrap_or(Tv::Not).min(clause.visible);
        let force = view.force[i.ix()].iter().map(|f| f.0.holds(q.on)).max().unwrap_or(Tv::Not);
        let (from, from_spell) = view.party_on(i, q.from, q.on);
        let (to, to_spell) = if anyone { (Tv::Certain, None) } else { view.party_on(i, q.to, q.on) };
        let linked = |a: &ActorId| view.linked[i.ix()].binary_search(a).is_ok();
        if !linked(&q.from) || (!anyone && !linked(&q.to)) {
            continue;
        }
        let classes: Vec<String> = p.classes.clone();
        let asked = q.class.map(|c| world.records.things[c.ix()].id.as_str());
        // A rule on some goods speaks of a class inside them; of a wider class it speaks only in part.
        let (covers, partly) = match (classes.is_empty(), asked) {
            (true, _) => (true, false),
            (false, None) => (true, true),
            (false, Some(asked)) => (classes.iter().any(|c| told::within(view, asked, c)), false),
        };
        if !covers {
            continue;
        }
        let mut open: Vec<FactRef> = clause.requires.clone();
        open.retain(|f| !q.facts.iter().any(|a| a.holds && a.fact == *f));
        let lifted = clause.unless.iter().any(|f| q.facts.iter().any(|a| a.holds && a.fact == *f));
        if lifted {
            continue;
        }
        let tv = applies.min(force).min(from).min(to);
        let effect = match (clause.modality, tv) {
            (_, Tv::Not) => {
                let begun = status(view, i, None, q.on).stage != Stage::None;
                if !begun || applies == Tv::Not && force != Tv::Not {
                    continue;
                }
                Effect::NotInForce
            }
            (Modality::Prohibition, _) => Effect::Forbids,
            (Modality::Programme | Modality::Policy | Modality::Recommendation, _) => Effect::Programme,
            _ => Effect::Permits,
        };
        let sure = tv == Tv::Certain && open.is_empty() && !partly && p.unstated.is_empty();
        let confidence = match (p.disputed.is_some(), sure) {
            (true, _) => Confidence::Disputed,
            (false, true) => Confidence::Certain,
            // What is not in force is so for certain.
            (false, false) if effect == Effect::NotInForce => Confidence::Certain,
            _ => Confidence::Possible,
        };
        let since = from_spell.map(|s| s.period.begin);
        let stage = status(view, i, None, q.on);
        let when = match (effect, since) {
            (Effect::NotInForce, _) => format!("{} on that day", stage.stage),
            (_, Some(s)) => format!("in force from {}", moment(s)),
            _ => "in force".to_owned(),
        };
        let goods = if classes.is_empty() {
            String::new()
        } else {
            let names: Vec<&str> = classes.iter().map(|c| world.name_of(c)).collect();
            format!(", of {}", names.join(", "))
        };
        let hangs = if open.is_empty() {
            String::new()
        } else {
            let facts: Vec<String> = open.iter().map(|f| fact_words(view, f)).collect();
            format!("; hangs on {}", facts.join(", "))
        };
        let text = format!(
            "{}, {}: {} ({}){goods}, {when}{hangs}",
            ins.name,
            article(&p.article),
            p.act,
            p.modality
        );
        let mut proof = Node::new(effect.word(), text).on(clause.evidence);
        let bound = |s: Option<&foedera_world::view::Spell>| -> Option<(String, EvidenceId)> {
            s.map(|s| {
                (
                    format!(
                        "{} is bound from {}",
                        world.records.actors[s.party.ix()].name,
                        moment(s.period.begin)
                    ),
                    s.entered,
                )
            })
        };
        for (text, row) in [bound(from_spell), bound(to_spell)].into_iter().flatten() {
            proof.children.push(Node::new("party", text).on(row));
        }
        if effect == Effect::NotInForce {
            proof.children.push(stage.proof);
        }
        out.push(Base {
            effect,
            instrument: Some(i),
            claim: None,
            article: p.article.clone(),
            act: Some(p.act),
            modality: Some(p.modality),
            since,
            classes,
            onward: p.onward,
            open,
            confidence,
            proof,
        });
    }
}

/// What is told to be done or announced, beside any base.
fn practice(view: &View<'_>, q: &Question<'_>, out: &mut Vec<Base>) {
    let world = view.world;
    let asked = q.class.map(|c| world.records.things[c.ix()].id.clone());
    for s in told::said(view).filter(|s| q.deed.tellings().contains(&s.tells.what)) {
        if s.moment().earliest > q.on.latest || told::aside(view, s.claim).is_some() {
            continue;
        }
        let (who, whom) = (s.who(view), s.whom(view));
        let mutual = matches!(s.tells.what, Telling::Cooperates | Telling::Exercised | Telling::Announced);
        let pair =
            |a: ActorId, b: ActorId| who.contains(&a) && (whom.contains(&b) || (mutual && who.contains(&b)));
        if !(pair(q.from, q.to) || (mutual && pair(q.to, q.from))) {
            continue;
        }
        let domains: &[&str] = match q.deed {
            Deed::Inform => &["classified-information", "information-exchange"],
            Deed::Admit | Deed::Transfer => &[],
        };
        let fits = match (&asked, domains.is_empty()) {
            (Some(class), _) => {
                s.tells.domain.iter().any(|d| told::within(view, d, class) || told::within(view, class, d))
            }
            (None, true) => true,
            (None, false) => s.tells.domain.iter().any(|d| domains.iter().any(|x| told::within(view, d, x))),
        };
        if !fits {
            continue;
        }
        let effect = if s.row.mode == Mode::Denied { Effect::NotDone } else { Effect::Practice };
        let sure =
            matches!(s.row.mode, Mode::Reported | Mode::Quoted | Mode::Denied) && s.seen == Tv::Certain;
        out.push(Base {
            effect,
            instrument: None,
            claim: Some(s.claim),
            article: String::new(),
            act: None,
            modality: None,
            since: s.on().map(|_| s.moment()),
            classes: s.tells.domain.clone(),
            onward: None,
            open: Vec::new(),
            confidence: if sure { Confidence::Certain } else { Confidence::Possible },
            proof: Node::new(effect.word(), format!("{} ({})", s.row.says, s.row.mode)).on(s.evidence),
        });
    }
}
