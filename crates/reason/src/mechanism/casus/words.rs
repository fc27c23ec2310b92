//! The words of a casus: facts, days, articles, commitments as proofs and answers write them.
//!
//! In: plain data of the view. Out: short texts. What always holds: a day is never written more precisely than it is known; a fact
//! is written as a dossier and `--assume` write it.

use foedera_world::View;
use foedera_world::record::Provision;
use foedera_world::terms::Discretion;
use foedera_world::view::{Arg, FactRef};

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
    let discretion =
        if p.discretion == Discretion::None { String::new() } else { format!(", {}", p.discretion) };
    format!("{} ({}, {}{discretion})", p.act, p.modality, p.strength)
}
