#![doc = include_str!("../../../../docs/mechanisms/codings.md")]
//!
//! In: a view. Out: every [`Coded`]: an instrument, or instruments with one number, that two tell of, and where they differ. What always holds: each
//! teller is folded by itself; what one does not cover is no difference; the comparison says nothing of who is right.

use std::collections::{BTreeMap, BTreeSet};

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Day, Moment, Tv};
use foedera_world::view::{Clause, Spell};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId, SourceId};

use super::casus::moment;

/// Who tells of an instrument: a data set, or everything that is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Teller {
    /// The instrument as this teller has it.
    pub instrument: InstrumentId,
    /// The data set; none = the texts and records.
    pub data_set: Option<SourceId>,
}

/// One respect in which two tellings differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// In what respect: `party`, `from`, `to`, `act`, `conditions`.
    pub what: &'static str,
    /// Of whom or of what: ids of parties, or an act.
    pub of: Vec<String>,
    /// What the first and the second have.
    pub told: [String; 2],
}

impl Difference {
    /// What differs, in a few words.
    pub fn words(&self) -> String {
        let of = self.of.join(", ");
        match self.what {
            "party" => format!("{of} as a party"),
            "from" => format!("{of} bound from"),
            "to" => format!("{of} bound until"),
            "act" => format!("{of} owed by"),
            _ => format!("conditions of {of}"),
        }
    }
}

/// Differences of one kind that are told alike are one.
fn alike(list: Vec<Difference>) -> Vec<Difference> {
    let mut out: Vec<Difference> = Vec::new();
    for d in list {
        match out.iter_mut().find(|o| (o.what, &o.told) == (d.what, &d.told)) {
            Some(same) => same.of.extend(d.of),
            None => out.push(d),
        }
    }
    out
}

/// One text coded twice, with the differences.
#[derive(Clone, Debug)]
pub struct Coded {
    /// Who tells.
    pub tellers: [Teller; 2],
    /// Where they differ; empty = nowhere.
    pub differences: Vec<Difference>,
    /// Rows of both.
    pub evidence: Vec<EvidenceId>,
}

/// Every pair of tellings of one text that both are known, in order of instrument.
pub fn codings(view: &View<'_>) -> Vec<Coded> {
    let mut out = Vec::new();
    for group in groups(view) {
        let tellers: Vec<Teller> = group.iter().flat_map(|i| tellers(view, *i)).collect();
        for (n, a) in tellers.iter().enumerate() {
            for b in &tellers[n + 1..] {
                out.push(compare(view, *a, *b));
            }
        }
    }
    out
}

/// Instruments that are one text: by themselves, or by a number they share. Only those that a data set codes.
fn groups(view: &View<'_>) -> Vec<Vec<InstrumentId>> {
    if view.coders.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let instruments = &view.world.records.instruments;
    let mut by_code: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, ins) in instruments.iter().enumerate() {
        for c in &ins.code {
            by_code.entry((&c.scheme, &c.value)).or_default().push(i);
        }
    }
    let mut group: Vec<usize> = (0..instruments.len()).collect();
    // A data set that has two instruments of one number takes them for two texts.
    let one_text = |same: &&Vec<usize>| {
        let mut coders: Vec<SourceId> =
            same.iter().flat_map(|i| &view.coders[*i]).map(|c| c.source).collect();
        let all = coders.len();
        coders.sort_unstable();
        coders.dedup();
        coders.len() == all
    };
    for same in by_code.values().filter(one_text) {
        let least = same.iter().map(|i| group[*i]).min().unwrap_or(0);
        let old: BTreeSet<usize> = same.iter().map(|i| group[*i]).collect();
        group.iter_mut().filter(|g| old.contains(g)).for_each(|g| *g = least);
    }
    let mut out: BTreeMap<usize, Vec<InstrumentId>> = BTreeMap::new();
    for (i, g) in group.iter().enumerate() {
        out.entry(*g).or_default().push(InstrumentId(i as u32));
    }
    out.into_values().filter(|g| g.iter().any(|i| !view.coders[i.ix()].is_empty())).collect()
}

fn tellers(view: &View<'_>, instrument: InstrumentId) -> Vec<Teller> {
    let coders = view.coders[instrument.ix()].iter().map(|c| Teller { instrument, data_set: Some(c.source) });
    let record = Teller { instrument, data_set: None };
    let plain = view.clauses_of(instrument).iter().any(|c| tells(view, record, c.evidence))
        || !view.spells_told_by(instrument, None).is_empty();
    coders.chain(plain.then_some(record)).collect()
}

/// Whether a row is one of a teller's.
fn tells(view: &View<'_>, teller: Teller, row: EvidenceId) -> bool {
    let world = view.world;
    let cites = world.evidence[row.ix()].cites.iter().map(|c| c.0);
    let mut seen = cites.filter(|s| world.source_visible(*s, &view.knowledge) != Tv::Not);
    match teller.data_set {
        Some(source) => seen.any(|s| s == source),
        None => seen.any(|s| world.sources.covers[s.ix()].is_none()),
    }
}

/// The first day a teller no longer covers, and the first it covers.
fn covers(view: &View<'_>, t: Teller) -> (Day, Day) {
    let of = |s: SourceId| view.world.sources.covers[s.ix()];
    let (first, until) = t.data_set.and_then(of).unwrap_or((Day::MIN, None));
    (first, until.unwrap_or(Day::MAX))
}

fn compare(view: &View<'_>, a: Teller, b: Teller) -> Coded {
    let world = view.world;
    let spells = [a, b].map(|t| {
        let mut by: BTreeMap<ActorId, Vec<Spell>> = BTreeMap::new();
        for s in view.spells_told_by(t.instrument, t.data_set) {
            by.entry(s.party).or_default().push(s);
        }
        by
    });
    let (first, until) = {
        let (x, y) = (covers(view, a), covers(view, b));
        (x.0.max(y.0), x.1.min(y.1))
    };
    let mut differences = Vec::new();
    let parties: BTreeSet<ActorId> = spells.iter().flat_map(|s| s.keys().copied()).collect();
    for party in parties {
        let of = world.actor_key(party);
        let told = spells.each_ref().map(|s| s.get(&party).map_or(&[][..], Vec::as_slice));
        if told.iter().any(|t| t.is_empty()) {
            // Whoever joined when the other no longer covers, or left before it began to, is no difference.
            let met = told.iter().flat_map(|t| t.iter());
            if met.into_iter().any(|s| s.period.begin.earliest < until && s.period.end.latest > first) {
                let word = |t: &[Spell]| if t.is_empty() { "no party".to_owned() } else { extents(t) };
                differences.push(Difference { what: "party", of: vec![of.to_owned()], told: told.map(word) });
            }
            continue;
        }
        let begins = told.map(|t| t.iter().map(|s| s.period.begin).collect::<Vec<_>>());
        let shown = |list: &[Moment]| list.iter().map(|m| moment(*m)).collect::<Vec<_>>().join(", ");
        if begins[0] != begins[1] {
            let told = begins.each_ref().map(|l| shown(l));
            differences.push(Difference { what: "from", of: vec![of.to_owned()], told });
        }
        // An end that the other does not cover is open for it.
        let ends = told.map(|t| {
            let capped = |m: Moment| if m.earliest >= until { Moment::OPEN_END } else { m };
            t.iter().map(|s| capped(s.period.end)).collect::<Vec<_>>()
        });
        if ends[0] != ends[1] {
            let told = ends.each_ref().map(|l| {
                let word = |m: &Moment| if *m == Moment::OPEN_END { "still".to_owned() } else { moment(*m) };
                l.iter().map(word).collect::<Vec<_>>().join(", ")
            });
            differences.push(Difference { what: "to", of: vec![of.to_owned()], told });
        }
    }
    let acts = [a, b].map(|t| acts(view, t));
    let all: BTreeSet<Act> = acts.iter().flat_map(|m| m.keys().copied()).collect();
    for act in all {
        let told = acts.each_ref().map(|m| m.get(&act));
        let shown = |f: &dyn Fn(&Owed) -> String| told.map(|o| o.map_or("not coded".to_owned(), f));
        let by = |o: &Owed| o.by.as_ref().map_or("all parties".to_owned(), |l| names(view, l));
        let conditions = |o: &Owed| match o.conditions.len() {
            0 => "none".to_owned(),
            _ => o.conditions.iter().copied().collect::<Vec<_>>().join(", "),
        };
        if told[0].map(|o| &o.by) != told[1].map(|o| &o.by) {
            differences.push(Difference { what: "act", of: vec![act.word().to_owned()], told: shown(&by) });
        }
        if let [Some(x), Some(y)] = told
            && x.conditions != y.conditions
        {
            let told = shown(&conditions);
            differences.push(Difference { what: "conditions", of: vec![act.word().to_owned()], told });
        }
    }
    let evidence = [a, b].map(|t| world.instrument_evidence(t.instrument)).to_vec();
    Coded { tellers: [a, b], differences: alike(differences), evidence }
}

fn extents(spells: &[Spell]) -> String {
    let one = |s: &Spell| match s.period.end {
        Moment::OPEN_END => format!("from {}", moment(s.period.begin)),
        end => format!("from {} to {}", moment(s.period.begin), moment(end)),
    };
    spells.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn names(view: &View<'_>, list: &BTreeSet<ActorId>) -> String {
    list.iter().map(|a| view.world.actor_key(*a)).collect::<Vec<_>>().join(", ")
}

/// What a teller says is owed: by whom (none = by all parties), on which kinds of condition.
#[derive(Default)]
struct Owed {
    by: Option<BTreeSet<ActorId>>,
    conditions: BTreeSet<&'static str>,
}

/// The five acts that data sets code, in the layer of duties.
fn acts(view: &View<'_>, t: Teller) -> BTreeMap<Act, Owed> {
    let coded = [Act::Defense, Act::Offense, Act::Neutrality, Act::Nonaggression, Act::Consultation];
    let mut out: BTreeMap<Act, Owed> = BTreeMap::new();
    let clauses = view.clauses_of(t.instrument).iter();
    for c in clauses.filter(|c| coded.contains(&c.act) && c.modality == Modality::Duty) {
        if !tells(view, t, c.evidence) {
            continue;
        }
        let fresh = !out.contains_key(&c.act);
        let owed = out.entry(c.act).or_default();
        match (&c.by, &mut owed.by) {
            (foedera_world::view::Sides::These(list), None) if fresh => {
                owed.by = Some(list.iter().copied().collect());
            }
            (foedera_world::view::Sides::These(list), Some(by)) => by.extend(list),
            _ => owed.by = None,
        }
        owed.conditions.extend(conditions(view, c));
    }
    // Everyone who was ever a party is everyone.
    let parties: BTreeSet<ActorId> = view.linked[t.instrument.ix()].iter().copied().collect();
    for owed in out.values_mut() {
        owed.by = owed.by.take().filter(|by| *by != parties);
    }
    out
}

/// The kinds of condition a clause has, whether its content is known or not.
fn conditions(view: &View<'_>, c: &Clause) -> Vec<&'static str> {
    let row = view.provision(c);
    let adversary = &c.adversary;
    let named = [&adversary.only, &adversary.except, &adversary.member_of, &adversary.not_member_of];
    let mut out: Vec<&'static str> = row.content_unknown.iter().map(|k| k.word()).collect();
    let mut add = |there: bool, word: &'static str| out.extend(there.then_some(word));
    add(named.iter().any(|l| !l.is_empty()), "adversary");
    add(c.area.is_some() || c.object_area.is_some(), "place");
    add(adversary.powers > 0, "number");
    add(row.trigger.unprovoked || row.trigger.aggressor_rule.is_some(), "unprovoked");
    let asked = |f: &foedera_world::view::FactRef| f.kind == FactKind::Requested;
    add(c.requires.iter().any(asked), "on request");
    add(c.requires.iter().any(|f| !asked(f) && f.kind != FactKind::Met) || !c.unless.is_empty(), "other");
    out
}
