//! Codings: what data sets tell of one instrument, each by itself, and where they differ.
//!
//! In: a world, an instrument, a state of knowledge. Out: the data sets that code it ([`Coder`]), and one list of spells made of theirs. What always
//! holds: a data set is a source that says which days it covers; after the last of them it says nothing new; a time that one has and
//! another that covers it has not is contested, and names who is against; nothing is decided by order or by number.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// The sources that visible rows of an instrument cite; `None` if one of them cites nothing, and so rests on no data set.
fn cited(world: &World, id: InstrumentId, k: &Knowledge) -> Option<BTreeSet<SourceId>> {
    let acts = world.acts.start[id.ix()] as usize..world.acts.start[id.ix() + 1] as usize;
    let rows = acts
        .map(|i| world.acts.evidence[i])
        .chain(world.provision_evidence[id.ix()].iter().copied())
        .chain([world.instrument_evidence[id.ix()]]);
    let mut out = BTreeSet::new();
    for ev in rows.filter(|ev| !k.without_rows.contains(ev)) {
        let cites = &world.evidence[ev.ix()].cites;
        if cites.is_empty() {
            return None;
        }
        out.extend(cites.iter().map(|c| c.0).filter(|s| world.source_visible(*s, k) != Tv::Not));
    }
    Some(out)
}

/// The data sets that code an instrument, and the first day of which nothing is known of it; no such day if anything else tells of
/// it, or if one of the data sets has no end.
pub(super) fn coders(world: &World, id: InstrumentId, k: &Knowledge) -> (Vec<Coder>, Option<Day>) {
    if world.sources.covers.iter().all(Option::is_none) {
        return (Vec::new(), None);
    }
    let Some(sources) = cited(world, id, k) else { return (Vec::new(), None) };
    let covers = |s: &SourceId| world.sources.covers[s.ix()];
    let coders: Vec<Coder> =
        sources.iter().filter_map(|s| Some(Coder { source: *s, until: covers(s)?.1 })).collect();
    let only = coders.len() == sources.len() && coders.iter().all(|c| c.until.is_some());
    let until = coders.iter().filter_map(|c| c.until).max().filter(|_| only);
    (coders, until)
}

/// The sources of an instrument that are no data sets.
pub(super) fn plain(world: &World, id: InstrumentId, k: &Knowledge) -> Vec<SourceId> {
    let sources = cited(world, id, k).unwrap_or_default();
    sources.into_iter().filter(|s| world.sources.covers[s.ix()].is_none()).collect()
}

/// The same state of knowledge without the other data sets.
pub(super) fn alone(k: &Knowledge, coders: &[Coder], one: SourceId) -> Knowledge {
    let others = coders.iter().map(|c| c.source).filter(|s| *s != one);
    Knowledge { without: k.without.iter().copied().chain(others).collect(), ..k.clone() }
}

/// One data set's word on one party at one time.
#[derive(Clone, Copy)]
enum Word {
    Bound(Spell),
    NotBound,
    Nothing,
}

type Key2 = (Day, Day);

fn key(m: Moment) -> Key2 {
    (m.earliest, m.latest)
}

/// Makes one list of what several data sets have.
pub(super) fn agree(coders: &[Coder], each: Vec<Vec<Spell>>) -> Vec<Spell> {
    let mut by_party: BTreeMap<ActorId, Vec<Vec<Spell>>> = BTreeMap::new();
    for (at, spells) in each.into_iter().enumerate() {
        for s in spells {
            by_party.entry(s.party).or_insert_with(|| vec![Vec::new(); coders.len()])[at].push(s);
        }
    }
    by_party.values().flat_map(|told| of_party(coders, told)).collect()
}

/// The spells of one party: between two days on which anything changes for any data set, either all who speak agree or it is contested.
fn of_party(coders: &[Coder], told: &[Vec<Spell>]) -> Vec<Spell> {
    // Where anything but the data sets tells of it, all of them are held to it at any time.
    let limited = told.iter().flatten().all(|s| s.until.is_some());
    let until = told.iter().flatten().filter_map(|s| s.until).max().filter(|_| limited);
    let ends = |c: &Coder| c.until.filter(|_| limited);
    let mut cuts: Vec<Moment> = told.iter().flatten().flat_map(|s| [s.period.begin, s.period.end]).collect();
    cuts.extend(coders.iter().filter_map(ends).map(Moment::exact));
    cuts.retain(|m| *m != Moment::OPEN_END);
    cuts.sort_by_key(|m| key(*m));
    cuts.dedup();
    let mut out: Vec<Spell> = Vec::new();
    let mut joined = false;
    for (at, from) in cuts.iter().enumerate() {
        let to = cuts.get(at + 1).copied().unwrap_or(Moment::OPEN_END);
        let word = |(c, spells): (&Coder, &Vec<Spell>)| {
            let there =
                spells.iter().find(|s| key(s.period.begin) <= key(*from) && key(to) <= key(s.period.end));
            let after = ends(c).is_some_and(|day| from.earliest >= day);
            let last_open = spells.last().is_none_or(|s| s.period.end == Moment::OPEN_END);
            match there {
                _ if after && last_open => Word::Nothing,
                Some(s) => Word::Bound(*s),
                None => Word::NotBound,
            }
        };
        let words: Vec<Word> = coders.iter().zip(told).map(word).collect();
        let bound = words.iter().find_map(|w| if let Word::Bound(s) = w { Some(*s) } else { None });
        let against =
            coders.iter().zip(&words).find(|(_, w)| matches!(w, Word::NotBound)).map(|(c, _)| c.source);
        let Some(s) = bound else {
            // Where nobody speaks any more, what was open stays open.
            if let (true, Some(last)) = (words.iter().all(|w| matches!(w, Word::Nothing)), out.last_mut())
                && joined
                && last.left.is_none()
            {
                last.period.end = Moment::OPEN_END;
            }
            joined = false;
            continue;
        };
        let Some(period) = Period::new(*from, to) else { continue };
        let spell = Spell {
            period,
            against,
            disputed: s.disputed || against.is_some(),
            until,
            left: s.left.filter(|_| to == s.period.end),
            ..s
        };
        match out.last_mut() {
            Some(last)
                if joined
                    && (last.against, last.disputed, last.provisional)
                        == (spell.against, spell.disputed, spell.provisional) =>
            {
                last.period.end = period.end;
                last.left = spell.left;
            }
            _ => out.push(spell),
        }
        joined = true;
    }
    out
}
