//! The fast path against the slow one, folding against a naive day-by-day replay, and what knowledge may not change.
//!
//! Worlds are the shipped dossiers; questions are made by a fixed pseudo-random sequence, so a failure repeats.

use std::collections::BTreeSet;

use foedera::Dossier;
use foedera_reason::mechanism::casus::{Question, Scene, answer, decide};
use foedera_world::record::{DateRule, Records};
use foedera_world::terms::*;
use foedera_world::time::{Day, Moment, Tv};
use foedera_world::world::{ActorId, InstrumentId, PlaceId};
use foedera_world::{Knowledge, View, World};

fn shipped() -> Dossier {
    Dossier::open(&["history".to_owned()]).expect("the embedded dossier opens")
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, fixed, good enough to pick questions.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// States with commitments, and all days on which anything begins or ends, each with its neighbours.
fn stage(view: &View<'_>) -> (Vec<ActorId>, Vec<i32>) {
    let actors: BTreeSet<ActorId> = view.spells.rows.iter().map(|s| s.party).collect();
    let mut days: BTreeSet<i32> = BTreeSet::new();
    for s in &view.spells.rows {
        for d in [s.period.begin.earliest, s.period.begin.latest, s.period.end.earliest, s.period.end.latest]
        {
            if d != Day::MIN && d != Day::MAX {
                days.extend([d.number() - 1, d.number(), d.number() + 1]);
            }
        }
    }
    (actors.into_iter().collect(), days.into_iter().collect())
}

fn question(view: &View<'_>, seq: &mut Sequence, actors: &[ActorId], days: &[i32]) -> Option<Question> {
    let attacker = actors[seq.below(actors.len())];
    let target = actors[seq.below(actors.len())];
    if attacker == target {
        return None;
    }
    let places = view.ancestors.len();
    Some(Question {
        attackers: vec![attacker],
        targets: vec![target],
        place: (seq.below(2) == 0).then(|| PlaceId(seq.below(places) as u32)),
        provoked: ([Provoked::No, Provoked::Unknown, Provoked::Yes][seq.below(3)], true),
        kind: AttackKind::ALL[seq.below(AttackKind::ALL.len())],
        with: (seq.below(3) == 0)
            .then(|| actors[seq.below(actors.len())])
            .into_iter()
            .filter(|w| *w != target && *w != attacker)
            .collect(),
        on: Moment::exact(Day::from_number(days[seq.below(days.len())])),
        facts: Vec::new(),
        rounds: 1,
    })
}

#[test]
fn the_fast_path_and_the_explained_one_agree() {
    let dossier = shipped();
    let view = View::new(&dossier.world, Knowledge::latest());
    let (actors, days) = stage(&view);
    let mut seq = Sequence(1815);
    let (mut asked, mut concluded) = (0, 0);
    for _ in 0..3000 {
        let Some(q) = question(&view, &mut seq, &actors, &days) else { continue };
        asked += 1;
        type Row = (ActorId, ActorId, InstrumentId, String, CasusRole, Confidence);
        let fast: BTreeSet<Row> = decide(&view, &Scene::new(&q))
            .iter()
            .filter(|c| c.role != CasusRole::NotBound)
            .map(|c| {
                let clause = &view.clauses[c.clause as usize];
                (
                    c.debtor,
                    c.beneficiary,
                    clause.instrument,
                    view.provision(clause).article.clone(),
                    c.role,
                    c.confidence,
                )
            })
            .collect();
        let slow: BTreeSet<Row> = answer(&view, &q)
            .items
            .into_iter()
            .filter(|i| i.role != CasusRole::NotBound)
            .map(|i| {
                (
                    i.actor,
                    i.toward,
                    i.instrument.expect("a role has a clause"),
                    i.article.unwrap_or_default(),
                    i.role,
                    i.confidence,
                )
            })
            .collect();
        // The explained answer speaks of states that exist on the day; the fast one of every party.
        assert_eq!(fast, slow, "{q:?}");
        concluded += fast.len();
    }
    assert!(
        asked > 2500 && concluded > 2000,
        "{asked} questions, {concluded} conclusions: too few to mean anything"
    );
}

/// Replays an instrument's acts day by day, knowing nothing of spells.
fn naive_party(world: &World, i: InstrumentId, party: ActorId, day: Day) -> Option<bool> {
    let ins = &world.records.instruments[i.ix()];
    let key = world.actor_key(party);
    let day_of = |r: &DateRule| match r {
        DateRule::On(e) => e.moment().is_exact().then(|| e.moment().earliest),
        DateRule::After { .. } => None,
    };
    let mut acts = Vec::new();
    for a in &ins.action {
        let done = day_of(&a.on)?;
        let at = a.effective.as_ref().map_or(Some(done), day_of)?;
        acts.push((at, a));
    }
    acts.sort_by_key(|a| a.0);
    let simple = [
        Action::Signed,
        Action::Ratified,
        Action::EnteredIntoForce,
        Action::Acceded,
        Action::Withdrew,
        Action::Terminated,
        Action::Expired,
        Action::Proposed,
        Action::Announced,
        Action::Negotiating,
        Action::Invited,
        Action::Declared,
        Action::Concluded,
        Action::Suspended,
        Action::Reserved,
        Action::Prolonged,
        Action::Objected,
    ];
    if ins.term.is_some() && ins.action.iter().any(|a| a.act == Action::NoticeGiven) {
        return None;
    }
    if acts.iter().any(|(_, a)| !simple.contains(&a.act))
        || world.records.instruments.iter().any(|n| n.supersedes.iter().any(|s| s.instrument == ins.id))
    {
        return None;
    }
    let (mut whole, mut own, mut acceded, mut ended) =
        (false, ins.parties.iter().any(|p| p == key), false, false);
    let named_entry =
        ins.action.iter().any(|a| a.act == Action::EnteredIntoForce && a.by.iter().any(|b| b == key));
    let general =
        acts.iter().find(|(_, a)| matches!(a.act, Action::EnteredIntoForce | Action::Concluded)).map(|a| a.0);
    let late = acts
        .iter()
        .find(|(at, a)| {
            a.act == Action::Ratified && a.by.iter().any(|b| b == key) && general.is_some_and(|g| *at > g)
        })
        .map(|a| a.0);
    own &= !named_entry;
    let mut left = false;
    for (at, a) in acts.iter().filter(|(at, _)| *at <= day) {
        let mine = a.by.iter().any(|b| b == key);
        match a.act {
            Action::EnteredIntoForce | Action::Concluded => {
                whole = true;
                if mine && a.act == Action::EnteredIntoForce {
                    (acceded, left) = (true, false);
                }
            }
            Action::Acceded if mine => (acceded, left) = (true, false),
            Action::Withdrew if mine => (acceded, left) = (false, true),
            Action::Terminated | Action::Expired if a.by.is_empty() => ended = true,
            Action::Terminated | Action::Expired if mine => return None,
            _ => {}
        }
        let _ = at;
    }
    let original = own && !left && late.is_none_or(|l| l <= day);
    Some(whole && !ended && (original || acceded))
}

#[test]
fn folding_agrees_with_a_day_by_day_replay() {
    let dossier = shipped();
    let world = &dossier.world;
    let view = View::new(world, Knowledge::latest());
    let mut compared = 0;
    for i in 0..world.records.instruments.len() as u32 {
        let i = InstrumentId(i);
        let mut days: BTreeSet<i32> = BTreeSet::new();
        for a in &world.records.instruments[i.ix()].action {
            for r in [Some(&a.on), a.effective.as_ref()].into_iter().flatten() {
                if let DateRule::On(e) = r {
                    let d = e.moment().earliest;
                    if d != Day::MIN {
                        days.extend([d.number() - 1, d.number(), d.number() + 1]);
                    }
                }
            }
        }
        for party in &view.linked[i.ix()] {
            for n in &days {
                let day = Day::from_number(*n);
                let exists = view.exists[party.ix()];
                let Some(naive) = naive_party(world, i, *party, day) else { continue };
                if exists.holds(Moment::exact(day)) != Tv::Certain {
                    continue;
                }
                let folded = view.party_on(i, *party, Moment::exact(day)).0;
                let expected = if naive { Tv::Certain } else { Tv::Not };
                assert_eq!(
                    folded,
                    expected,
                    "{} {} on {day}",
                    world.instrument_key(i),
                    world.actor_key(*party)
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "only {compared} days compared");
}

/// What a later source says never changes an answer at an earlier state of knowledge: the view as known on a day is the
/// view of a world that never held the later sources.
#[test]
fn later_sources_change_nothing_earlier() {
    let dossier = shipped();
    let world = &dossier.world;
    for year in [1888, 1914, 1939, 1949, 1962, 1963, 1990, 2023] {
        let day = Day::from_ymd(year, 6, 30).expect("a day");
        let known = Knowledge { known: Moment::exact(day), ..Knowledge::latest() };
        let full = View::new(world, known.clone());
        let cut = World::build(without_later(&world.records, day));
        let alone = View::new(&cut, known);
        let spells = |v: &View<'_>| -> Vec<String> {
            v.spells
                .rows
                .iter()
                .map(|s| {
                    format!(
                        "{} {} {:?}",
                        v.world.instrument_key(s.instrument),
                        v.world.actor_key(s.party),
                        s.period
                    )
                })
                .collect()
        };
        assert_eq!(spells(&full), spells(&alone), "as known on {day}");
    }
}

/// The records without acts that rest only on sources certainly published after the day.
fn without_later(records: &Records, day: Day) -> Records {
    let mut r = records.clone();
    let early: BTreeSet<String> =
        r.sources.iter().filter(|s| s.published.moment().earliest <= day).map(|s| s.id.clone()).collect();
    for i in &mut r.instruments {
        let fallback = i.row.cite.clone();
        let seen = |cites: &[foedera_world::record::Cite]| {
            let cites = if cites.is_empty() { &fallback } else { cites };
            cites.is_empty() || cites.iter().any(|c| early.contains(&c.source))
        };
        i.action.retain(|a| seen(&a.row.cite));
        i.supersedes.retain(|a| seen(&a.row.cite));
    }
    r
}

#[test]
fn the_same_rows_in_another_order_give_the_same_world() {
    let dossier = shipped();
    let mut shuffled = dossier.world.records.clone();
    shuffled.instruments.reverse();
    shuffled.actors.reverse();
    shuffled.sources.reverse();
    shuffled.memberships.reverse();
    assert_eq!(World::build(shuffled).dump(), dossier.world.dump());
}
