//! The words of a casus: facts, days, articles, commitments as proofs and answers write them.
//!
//! In: plain data of the view. Out: short texts. What always holds: a day is never written more precisely than it is known; a fact
//! is written as a dossier and `--assume` write it, and, where a reader is told of it, as a sentence.

use foedera_world::record::Provision;
use foedera_world::terms::{CodedCondition, Discretion, FactKind, Strength};
use foedera_world::view::{Arg, FactRef};
use foedera_world::{View, World};

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
            Arg::Coded(c) => c.word(),
        })
        .collect();
    if args.is_empty() { f.kind.word().to_owned() } else { format!("{}:{}", f.kind, args.join("/")) }
}

/// A fact as a sentence without its full stop: `South Korea asks for help`.
pub fn fact_sentence(world: &World, f: &FactRef) -> String {
    let r = &world.records;
    let named = |a: &Arg| match a {
        Arg::Beneficiary => "the party attacked",
        Arg::Debtor => "the party that owes",
        Arg::Actor(a) => &r.actors[a.ix()].name,
        Arg::Place(p) => &r.places[p.ix()].name,
        Arg::Instrument(i) => &r.instruments[i.ix()].name,
        Arg::Matter(m) => &r.matters[m.ix()].name,
        Arg::Claim(c) => &r.claims[c.ix()].says,
        Arg::Coded(c) => match c {
            CodedCondition::Adversary => "the adversary",
            CodedCondition::Place => "the place",
            CodedCondition::Conflict => "a conflict that goes on",
            CodedCondition::Number => "the number of adversaries",
            CodedCondition::Demand => "an unmet demand",
            CodedCondition::Other => "something else",
        },
    };
    let args: Vec<&str> = f.args.iter().map(named).collect();
    let x = args.first().copied().unwrap_or_default();
    let y = args.get(1).copied().unwrap_or_default();
    match f.kind {
        FactKind::Requested => format!("{x} asks for help"),
        FactKind::Mobilised => format!("{x} has mobilised"),
        FactKind::AtWar => format!("{x} and {y} are at war"),
        FactKind::Acts => format!("{x} takes part"),
        FactKind::ConsidersVital => format!("{x} holds its vital interests to be at stake"),
        FactKind::Breached => format!("{x} has been breached"),
        FactKind::Collaborating => format!("{x} and {y} collaborate"),
        FactKind::Supports => format!("{x} supports {y}"),
        FactKind::Determined => format!("{x} has so determined"),
        FactKind::Agreed => format!("{x} agrees"),
        FactKind::Administers => format!("{x} administers {y}"),
        FactKind::NotAdministered => format!("{x} does not administer {y}"),
        FactKind::NuclearUsed => "nuclear weapons are used".to_owned(),
        FactKind::ThreatensSurvival => format!("the survival of {x} is threatened"),
        FactKind::NoOtherMeans => format!("{x} has no other means"),
        FactKind::MinimumForce => format!("{x} uses no more force than it must"),
        FactKind::Holds => format!("it is so that: {x}"),
        FactKind::Consents => format!("{x} consents to “{y}”"),
        FactKind::Objects => format!("{x} objects to “{y}”"),
        FactKind::Party => format!("{x} is a party to {y}"),
        FactKind::Member => format!("{x} is a member of {y}"),
        FactKind::Met => format!("{x}’s condition on {y}, whose content is not known, is met"),
    }
}

/// How strongly and with what left open, in words: `must act, by its constitutional processes`.
pub fn force_words(strength: Strength, discretion: Discretion) -> String {
    let strength = match strength {
        Strength::MustFight => "must fight",
        Strength::MustAssist => "must assist",
        Strength::MustAct => "must act",
        Strength::MustAbstain => "must abstain",
        Strength::MustConsult => "must consult",
        Strength::May => "may act",
        Strength::Political => "promises politically",
        Strength::Recommended => "is recommended",
    };
    match discretion {
        Discretion::None => strength.to_owned(),
        Discretion::MeansFree => format!("{strength}, by means of its own choice"),
        Discretion::ConstitutionalProcesses => format!("{strength}, by its constitutional processes"),
        Discretion::FormToBeAgreed => format!("{strength}, in a form to be agreed"),
        Discretion::NoForceWithoutConsent => format!("{strength}, with no force unless it consents"),
        Discretion::BestEfforts => format!("{strength}, by its best efforts"),
    }
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
pub(super) fn describe(p: &Provision) -> String {
    format!("{} ({}: {})", p.act, p.modality, force_words(p.strength, p.discretion))
}
