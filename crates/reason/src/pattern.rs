//! Patterns: whether sources, acts and memberships as known show what an expectation or a matter waits for.
//!
//! In: a [`Search`] (the view, by when it had to happen, which sources are later, facts assumed) and a pattern. Out: every
//! [`Match`], with the rows it rests on.
//!
//! What always holds: actors and kind must agree; a telling counts only if its source is later than the utterance and it is
//! told as a fact; a bloc's telling counts for its members; what is not told matches nothing.

use foedera_world::View;
use foedera_world::record::{Claim, DateRule, Key, Pattern};
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment, Tv};
use foedera_world::world::{ActorId, ClaimId, EvidenceId};

use crate::mechanism::casus::{Asserted, fact_words, moment};
use crate::proof::Assumption;
use crate::told::{self, Said, number, within};

/// What is searched, and within which bounds.
#[derive(Clone, Copy, Debug)]
pub struct Search<'v, 'w> {
    /// The world as known.
    pub view: &'v View<'w>,
    /// When the waiting began: only sources published later can show what came of it; none = any source.
    pub after: Option<Moment>,
    /// By when it had to happen.
    pub due: Option<Moment>,
    /// The member for whom it is asked; stands for a missing `who`.
    pub member: Option<ActorId>,
    /// Facts assumed.
    pub facts: &'v [Asserted],
    /// The claim that waits, which shows nothing itself.
    pub claim: Option<ClaimId>,
}

/// Something that matches.
#[derive(Clone, Debug)]
pub struct Match {
    /// In words.
    pub text: String,
    /// The claim that tells it; none = an act or a membership.
    pub claim: Option<ClaimId>,
    /// Rows.
    pub evidence: Vec<EvidenceId>,
    /// How well it shows it.
    pub strength: Bearing,
    /// Only possibly: known or dated imprecisely.
    pub possible: bool,
    /// Assumptions it needs.
    pub assumptions: Vec<Assumption>,
    /// Premises that are known, in words.
    pub given: Vec<String>,
    /// Facts it would need and nobody has asserted: then it does not count.
    pub hangs: Vec<String>,
}

/// Everything that matches a pattern.
pub fn matches(s: &Search<'_, '_>, p: &Pattern) -> Vec<Match> {
    let mut out = Vec::new();
    match (p.what, p.acted) {
        (Some(Telling::Member), _) => {
            member(s, p, &mut out);
            tellings(s, p, &mut out);
        }
        (_, Some(act)) => acted(s, p, act, &mut out),
        (Some(Telling::Measures), _) => measured(s, p, &mut out),
        (None, None) if p.at_least.is_some() || p.at_most.is_some() || p.rises || p.value.is_some() => {
            measured(s, p, &mut out);
        }
        _ => tellings(s, p, &mut out),
    }
    let strength = p.strength.unwrap_or(Bearing::Direct);
    let Premises { assumptions, given, hangs } = premises(s, p);
    for m in &mut out {
        m.evidence.extend(given.iter().filter_map(|g| g.1));
        m.given = given.iter().map(|g| g.0.clone()).collect();
        m.strength = strength;
        m.assumptions.extend(assumptions.iter().cloned());
        m.hangs.clone_from(&hangs);
        if let Some(because) = &p.because {
            m.text = format!("{}; {because}", m.text);
        }
    }
    out.sort_by_key(|m| m.possible);
    out
}

/// What a pattern waits for, in words.
pub fn words(view: &View<'_>, p: &Pattern) -> String {
    let names = |keys: &[Key]| keys.iter().map(|k| view.world.name_of(k)).collect::<Vec<_>>().join(", ");
    let mut out = Vec::new();
    if !p.who.is_empty() {
        out.push(names(&p.who));
    }
    out.push(match (p.what, p.acted) {
        (_, Some(a)) => a.word().to_owned(),
        (Some(w), _) => w.word().to_owned(),
        _ => "measures".to_owned(),
    });
    if !p.whom.is_empty() {
        out.push(format!("with {}", names(&p.whom)));
    }
    if let Some(t) = &p.thing {
        out.push(view.world.name_of(t).to_owned());
    }
    if !p.domain.is_empty() {
        out.push(format!("in {}", names(&p.domain)));
    }
    if let Some(v) = &p.value {
        out.push(format!("= {v}"));
    }
    if let Some(n) = p.at_least {
        out.push(format!("at least {n}"));
    }
    if let Some(n) = p.at_most {
        out.push(format!("at most {n}"));
    }
    if p.rises {
        out.push("rises".to_owned());
    }
    if p.exactly {
        out.push("and nobody else".to_owned());
    }
    out.join(" ")
}

/// The premises of a pattern, sorted by what is known of them.
#[derive(Default)]
struct Premises {
    assumptions: Vec<Assumption>,
    given: Vec<(String, Option<EvidenceId>)>,
    hangs: Vec<String>,
}

/// The premises a pattern names: those assumed become assumptions, those nobody asserted are what it hangs on.
fn premises(s: &Search<'_, '_>, p: &Pattern) -> Premises {
    let Premises { mut assumptions, mut given, mut hangs } = Premises::default();
    for fact in &p.requires {
        let Some(fact) = foedera_world::view::fact_ref(s.view.world, fact) else { continue };
        let words = fact_words(s.view, &fact);
        if s.facts.iter().any(|f| f.fact == fact && f.holds) {
            let says = match fact.args.as_slice() {
                [foedera_world::view::Arg::Claim(c)] => s.view.world.records.claims[c.ix()].says.clone(),
                _ => words,
            };
            assumptions.push(Assumption { name: "scenario", text: format!("{says} (as the question says)") });
            continue;
        }
        let known = match (fact.kind, fact.args.as_slice()) {
            (FactKind::Holds, [foedera_world::view::Arg::Claim(c)]) => {
                (told::stands(s.view, *c) == Tv::Certain).then(|| {
                    (s.view.world.records.claims[c.ix()].says.clone(), Some(s.view.world.claim_evidence(*c)))
                })
            }
            _ => {
                let told = s.view.facts.iter().find(|f| f.fact == fact && f.disputed.is_none());
                told.map(|f| (words.clone(), Some(f.evidence)))
            }
        };
        match known {
            Some(known) => given.push(known),
            None => hangs.push(words),
        }
    }
    Premises { assumptions, given, hangs }
}

fn found(text: String, evidence: Vec<EvidenceId>, claim: Option<ClaimId>, possible: bool) -> Match {
    Match {
        text,
        claim,
        evidence,
        strength: Bearing::Direct,
        possible,
        assumptions: Vec::new(),
        given: Vec::new(),
        hangs: Vec::new(),
    }
}

/// Whether a claim is told by a source later than the waiting.
fn later(s: &Search<'_, '_>, claim: ClaimId) -> bool {
    let Some(after) = s.after else { return true };
    let world = s.view.world;
    let own: &[_] = s.claim.map_or(&[], |c| &world.evidence[world.claim_evidence(c).ix()].cites);
    let cites = &world.evidence[world.claim_evidence(claim).ix()].cites;
    s.claim != Some(claim)
        && cites.iter().any(|(src, _)| {
            !own.iter().any(|(o, _)| o == src)
                && world.source_visible(*src, &s.view.knowledge) != Tv::Not
                && world.sources.published[src.ix()].latest > after.latest
        })
}

/// Whether something dated so can have happened by the due date.
fn in_time(s: &Search<'_, '_>, on: Moment) -> bool {
    s.due.is_none_or(|due| on.earliest <= due.latest)
}

/// Whether something dated so certainly happened by the due date; what bears no date is not doubted for that.
fn surely_in_time(s: &Search<'_, '_>, on: Moment) -> bool {
    on.latest == Moment::UNKNOWN.latest || s.due.is_none_or(|due| on.latest <= due.latest)
}

fn wanted(s: &Search<'_, '_>, keys: &[Key]) -> Vec<ActorId> {
    let mut out: Vec<ActorId> = keys.iter().filter_map(|k| s.view.world.actor(k)).collect();
    if out.is_empty() {
        out.extend(s.member);
    }
    out
}

/// Tellings in which both sides stand alike.
fn mutual(what: Telling) -> bool {
    use Telling::*;
    matches!(what, Met | Exercised | Cooperates | Allied | MovedCloser | Disputes | Operated)
}

fn tellings(s: &Search<'_, '_>, p: &Pattern, out: &mut Vec<Match>) {
    for said in told::said(s.view) {
        if p.what != Some(said.tells.what) || !said.counts(s.view) || !later(s, said.claim) {
            continue;
        }
        if !tells(s, p, &said) {
            continue;
        }
        let dated = said.tells.what.is_event() || said.tells.what == Telling::Member;
        if dated && !in_time(s, said.moment()) {
            continue;
        }
        let possible = said.seen != Tv::Certain || (dated && !surely_in_time(s, said.moment()));
        out.push(found(said.row.says.clone(), vec![said.evidence], Some(said.claim), possible));
    }
}

/// Whether a telling has the actors, thing, domain, place and rank a pattern asks for.
fn tells(s: &Search<'_, '_>, p: &Pattern, said: &Said<'_>) -> bool {
    let view = s.view;
    let (mut who, mut whom) = (said.who(view), said.whom(view));
    if mutual(said.tells.what) {
        let all: Vec<ActorId> = who.iter().chain(&whom).copied().collect();
        (who, whom) = (all.clone(), all);
    }
    let asked = wanted(s, &p.who);
    let asked_whom: Vec<ActorId> = p.whom.iter().filter_map(|k| view.world.actor(k)).collect();
    if !asked.iter().all(|a| who.contains(a)) || !asked_whom.iter().all(|a| whom.contains(a)) {
        return false;
    }
    if p.exactly {
        let kind = |a: &ActorId| view.world.records.actors[a.ix()].kind;
        let kinds: Vec<ActorKind> = asked.iter().chain(&asked_whom).map(kind).collect();
        let others = who.iter().chain(&whom).filter(|a| kinds.contains(&kind(a)));
        if others.into_iter().any(|a| !asked.contains(a) && !asked_whom.contains(a)) {
            return false;
        }
    }
    let same = |asked: &Option<Key>, has: &Option<Key>| asked.is_none() || asked == has;
    let thing = same(&p.thing, &said.tells.thing)
        || p.thing.as_ref().is_some_and(|t| said.tells.thing.as_ref().is_some_and(|h| inside(view, h, t)));
    thing
        && same(&p.place, &said.tells.place)
        && (p.rank.is_none() || p.rank == said.tells.rank)
        && (p.value.is_none() || p.value == said.tells.value)
        && (p.domain.is_empty()
            || said.tells.domain.iter().any(|d| p.domain.iter().any(|asked| within(view, d, asked))))
}

/// Whether a thing is part of another.
fn inside(view: &View<'_>, inner: &str, outer: &str) -> bool {
    let part = view.world.thing(inner).and_then(|t| view.world.records.things[t.ix()].part_of.as_ref());
    part.is_some_and(|p| p == outer)
}

fn member(s: &Search<'_, '_>, p: &Pattern, out: &mut Vec<Match>) {
    let Some(of) = p.thing.as_ref().and_then(|t| s.view.world.actor(t)) else { return };
    let on = s.due.map_or(s.view.knowledge.known, |d| Moment { earliest: d.latest, latest: d.latest });
    let on = if on == Moment::OPEN_END {
        Moment { earliest: on.latest.prev(), latest: on.latest.prev() }
    } else {
        on
    };
    let mut evidence = Vec::new();
    let mut sure = Tv::Certain;
    for a in wanted(s, &p.who) {
        let (tv, row) = s.view.member_on(of, a, on);
        sure = sure.min(tv);
        evidence.extend(row);
    }
    if sure != Tv::Not && !evidence.is_empty() {
        let names: Vec<&str> =
            wanted(s, &p.who).iter().map(|a| s.view.world.records.actors[a.ix()].name.as_str()).collect();
        let text = format!("{}: member of {}", names.join(", "), s.view.world.records.actors[of.ix()].name);
        out.push(found(text, evidence, None, sure == Tv::Possible));
    }
}

/// Whether a membership a pattern waits for is certainly absent on the due day: the list of members is declared
/// complete for that day and does not have it.
pub fn certainly_no_member(s: &Search<'_, '_>, p: &Pattern) -> Option<Match> {
    if p.what != Some(Telling::Member) {
        return None;
    }
    let view = s.view;
    let of = p.thing.as_ref().and_then(|t| view.world.actor(t))?;
    let due = s.due?;
    let day = Moment { earliest: due.latest, latest: due.latest };
    let complete = view.members_complete(of)?;
    let absent = wanted(s, &p.who).into_iter().find(|a| view.member_on(of, *a, day).0 == Tv::Not)?;
    let treaty = view.constituent(of)?;
    (complete.earliest >= due.latest).then(|| {
        let r = &view.world.records;
        let text = format!(
            "{} is not among the members of {} on {}; the list is complete",
            r.actors[absent.ix()].name,
            r.actors[of.ix()].name,
            day.latest
        );
        found(text, vec![view.world.instrument_evidence(treaty)], None, false)
    })
}

fn acted(s: &Search<'_, '_>, p: &Pattern, act: Action, out: &mut Vec<Match>) {
    let view = s.view;
    let world = view.world;
    let Some(id) = p.thing.as_ref().and_then(|t| world.instrument(t)) else { return };
    let ins = &world.records.instruments[id.ix()];
    let acts = &world.acts;
    for i in acts.start[id.ix()] as usize..acts.start[id.ix() + 1] as usize {
        let row = &ins.action[acts.row[i] as usize];
        let seen = world.visible(acts.evidence[i], &view.knowledge);
        if row.act != act || seen == Tv::Not || row.row.withdrawn.is_some() || !in_time(s, acts.on[i]) {
            continue;
        }
        let by: Vec<ActorId> = if row.by.is_empty() { &ins.parties } else { &row.by }
            .iter()
            .filter_map(|k| world.actor(k))
            .collect();
        if !wanted(s, &p.who).iter().all(|a| by.contains(a)) {
            continue;
        }
        let relative = matches!(row.on, DateRule::After { .. });
        let text = format!("{}: {act} {}", ins.name, moment(acts.on[i]));
        out.push(found(
            text,
            vec![acts.evidence[i]],
            None,
            seen != Tv::Certain || relative || !surely_in_time(s, acts.on[i]),
        ));
    }
}

fn measured(s: &Search<'_, '_>, p: &Pattern, out: &mut Vec<Match>) {
    let view = s.view;
    let values: Vec<(Said<'_>, f64)> = told::said(view)
        .filter(|t| t.tells.what == Telling::Measures && t.counts(view))
        .filter(|t| p.thing.is_none() || p.thing == t.tells.thing)
        .filter_map(|t| Some((t, number(t.tells.value.as_deref()?)?)))
        .collect();
    let as_of = |t: &Said<'_>| t.tells.as_of.as_ref().map_or(t.moment(), Edtf::moment);
    for (t, n) in &values {
        if !later(s, t.claim) || !in_time(s, as_of(t)) {
            continue;
        }
        let mut evidence = vec![t.evidence];
        if p.rises {
            let earlier = values.iter().find(|(o, m)| {
                m < n
                    && o.claim != t.claim
                    && as_of(o).latest <= as_of(t).latest
                    && !later_than(view, o.row, t.row)
            });
            let Some((o, m)) = earlier else { continue };
            evidence.push(o.evidence);
            let text = format!("from {m} ({}) to {n} ({})", o.row.says, t.row.says);
            out.push(found(text, evidence, Some(t.claim), t.seen != Tv::Certain));
            continue;
        }
        let fits = p.value.as_ref().is_none_or(|v| number(v) == Some(*n))
            && p.at_least.is_none_or(|least| *n >= least)
            && p.at_most.is_none_or(|most| *n <= most);
        if fits {
            out.push(found(t.row.says.clone(), evidence, Some(t.claim), t.seen != Tv::Certain));
        }
    }
}

/// Whether one claim's first source is later than another's.
fn later_than(view: &View<'_>, a: &Claim, b: &Claim) -> bool {
    let first = |c: &Claim| view.world.claim(&c.id).map(|id| told::uttered(view, id));
    match (first(a), first(b)) {
        (Some(a), Some(b)) => a.earliest > b.latest,
        _ => false,
    }
}
