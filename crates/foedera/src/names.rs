//! From written names to numbers, with "did you mean".

use foedera_world::World;
use foedera_world::record::ThingDetail;
use foedera_world::world::{ActorId, ClaimId, InstrumentId, MatterId, Named, PlaceId, ThingId, fold};

use crate::AskError;

/// What kind of thing a question expects, in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Want {
    Actor,
    Instrument,
    Place,
    Matter,
    Facility,
    Measure,
    Domain,
    Claim,
    Source,
    /// A source or a claim: what rows rest on.
    Withdrawable,
    /// Of the table of that word.
    Table(&'static str),
    Any,
}

impl Want {
    fn word(self) -> &'static str {
        match self {
            Want::Actor => "actor",
            Want::Instrument => "instrument",
            Want::Place => "place",
            Want::Matter => "matter to be decided",
            Want::Facility => "facility",
            Want::Measure => "measure",
            Want::Domain => "domain or class of goods",
            Want::Claim => "claim",
            Want::Source => "source",
            Want::Withdrawable => "source or claim",
            Want::Table(word) => word,
            Want::Any => {
                "actor, instrument, place, area, source, office, event, facility, domain, measure, matter, claim or conflict"
            }
        }
    }

    fn fits(self, world: &World, n: &Named) -> bool {
        let thing = |n: &Named, is: fn(&ThingDetail) -> bool| match n {
            Named::Thing(t) => is(&world.records.things[t.ix()].detail),
            _ => false,
        };
        match self {
            Want::Matter => matches!(n, Named::Matter(_)),
            Want::Facility => thing(n, |d| matches!(d, ThingDetail::Facility)),
            Want::Measure => thing(n, |d| matches!(d, ThingDetail::Measure { .. })),
            Want::Domain => thing(n, |d| matches!(d, ThingDetail::Domain)),
            Want::Claim => matches!(n, Named::Claim(_)),
            Want::Source => matches!(n, Named::Source(_)),
            Want::Withdrawable => matches!(n, Named::Source(_) | Named::Claim(_)),
            Want::Table(word) => table(world, *n) == word,
            Want::Actor => matches!(n, Named::Actor(_)),
            Want::Instrument => matches!(n, Named::Instrument(_)),
            Want::Place => matches!(n, Named::Place(_)),
            Want::Any => true,
        }
    }
}

pub(crate) fn actor(world: &World, text: &str) -> Result<ActorId, AskError> {
    match one(world, text, Want::Actor)? {
        Named::Actor(a) => Ok(a),
        _ => Err(unknown(world, text, Want::Actor)),
    }
}

pub(crate) fn actors(world: &World, texts: &[String]) -> Result<Vec<ActorId>, AskError> {
    let mut out = Vec::new();
    for t in texts.iter().flat_map(|t| t.split(',')).map(str::trim).filter(|t| !t.is_empty()) {
        let a = actor(world, t)?;
        if !out.contains(&a) {
            out.push(a);
        }
    }
    Ok(out)
}

pub(crate) fn instrument(world: &World, text: &str) -> Result<InstrumentId, AskError> {
    match one(world, text, Want::Instrument)? {
        Named::Instrument(i) => Ok(i),
        _ => Err(unknown(world, text, Want::Instrument)),
    }
}

pub(crate) fn place(world: &World, text: &str) -> Result<PlaceId, AskError> {
    match one(world, text, Want::Place)? {
        Named::Place(p) => Ok(p),
        _ => Err(unknown(world, text, Want::Place)),
    }
}

pub(crate) fn one(world: &World, text: &str, want: Want) -> Result<Named, AskError> {
    let fits: Vec<Named> = world.named(text).iter().copied().filter(|n| want.fits(world, n)).collect();
    match fits.as_slice() {
        [n] => Ok(*n),
        [] => Err(unknown(world, text, want)),
        many => {
            // An exact id beats a shared name.
            let exact = many.iter().find(|n| key(world, **n) == text);
            exact.copied().ok_or_else(|| {
                let keys: Vec<&str> = many.iter().map(|n| key(world, *n)).collect();
                AskError::new("ambiguous-name", format!("`{text}` can mean {}", keys.join(" or ")))
                    .help("use one of these ids")
            })
        }
    }
}

/// The tables things with a name stand in.
pub(crate) const TABLES: &[&str] = &[
    "actor",
    "instrument",
    "place",
    "area",
    "source",
    "office",
    "event",
    "facility",
    "domain",
    "measure",
    "matter",
    "claim",
    "conflict",
];

/// The table a named thing stands in.
pub(crate) fn table(world: &World, n: Named) -> &'static str {
    match n {
        Named::Actor(_) => "actor",
        Named::Instrument(_) => "instrument",
        Named::Place(_) => "place",
        Named::Source(_) => "source",
        Named::Area(_) => "area",
        Named::Thing(t) => world.records.things[t.ix()].detail.word(),
        Named::Matter(_) => "matter",
        Named::Office(_) => "office",
        Named::Claim(_) => "claim",
        Named::Conflict(_) => "conflict",
    }
}

/// The id of a named thing.
pub(crate) fn key(world: &World, n: Named) -> &str {
    let r = &world.records;
    match n {
        Named::Actor(a) => &r.actors[a.ix()].id,
        Named::Instrument(i) => &r.instruments[i.ix()].id,
        Named::Place(p) => &r.places[p.ix()].id,
        Named::Source(s) => &r.sources[s.ix()].id,
        Named::Area(a) => &r.areas[a.ix()].id,
        Named::Thing(t) => &r.things[t.ix()].id,
        Named::Matter(m) => &r.matters[m.ix()].id,
        Named::Office(o) => &r.offices[o.ix()].id,
        Named::Claim(c) => &r.claims[c.ix()].id,
        Named::Conflict(c) => &r.conflicts[c.ix()].id,
    }
}

/// The matter of that name; a part of its name will do if it is of no other matter.
pub(crate) fn matter(world: &World, text: &str) -> Result<MatterId, AskError> {
    match loosely(world, text, Want::Matter)? {
        Named::Matter(m) => Ok(m),
        _ => Err(unknown(world, text, Want::Matter)),
    }
}

/// The facility, measure or domain of that name, likewise.
pub(crate) fn thing(world: &World, text: &str, want: Want) -> Result<ThingId, AskError> {
    match loosely(world, text, want)? {
        Named::Thing(t) => Ok(t),
        _ => Err(unknown(world, text, want)),
    }
}

/// The claim with that id.
pub(crate) fn claim(world: &World, text: &str) -> Result<ClaimId, AskError> {
    match one(world, text, Want::Claim)? {
        Named::Claim(c) => Ok(c),
        _ => Err(unknown(world, text, Want::Claim)),
    }
}

/// By name, else by words all of which stand in some name of one thing only.
fn loosely(world: &World, text: &str, want: Want) -> Result<Named, AskError> {
    let exact = one(world, text, want);
    if exact.is_ok() {
        return exact;
    }
    let words: Vec<String> = fold(text).split('-').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let mut hits: Vec<Named> = Vec::new();
    for (name, what) in world.all_names() {
        let parts: Vec<&str> = name.split('-').collect();
        if !words.is_empty() && words.iter().all(|w| parts.iter().any(|p| p.starts_with(w.as_str()))) {
            hits.extend(what.iter().filter(|n| want.fits(world, n)));
        }
    }
    hits.sort_unstable();
    hits.dedup();
    match hits.as_slice() {
        [one] => Ok(*one),
        [] => exact,
        many => {
            let keys: Vec<&str> = many.iter().take(8).map(|n| key(world, *n)).collect();
            let message = format!("`{text}` can mean {}", keys.join(" or "));
            Err(AskError::new("ambiguous-name", message).help("use one of these ids"))
        }
    }
}

fn unknown(world: &World, text: &str, want: Want) -> AskError {
    let shown: String = text.chars().take(64).collect();
    let e = AskError::new("unknown-name", format!("`{shown}` names no {} in this dossier", want.word()));
    match nearest(world, text, want) {
        Some(near) => e.help(format!("did you mean `{near}`?")),
        None => e.help("`foedera search WORDS` looks through all names"),
    }
}

/// The nearest written name of the wanted kind, if one is near enough.
pub(crate) fn nearest(world: &World, text: &str, want: Want) -> Option<String> {
    let text: String = fold(text).chars().take(64).collect();
    let limit = (text.chars().count() / 3).clamp(1, 4);
    world
        .all_names()
        .filter(|(name, _)| name.len() < 96)
        .filter_map(|(name, what)| {
            let fit = what.iter().find(|n| want.fits(world, n))?;
            let d = distance(&text, name);
            // Of two equally near, the one with the same letters is the likelier slip.
            (d <= limit).then(|| (d, !same_letters(&text, name), key(world, *fit).to_owned()))
        })
        .min()
        .map(|(_, _, k)| k)
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |s: &str| {
        let mut c: Vec<char> = s.chars().collect();
        c.sort_unstable();
        c
    };
    sorted(a) == sorted(b)
}

/// Edit distance with swaps of neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = (0..=a.len()).map(|i| (i..=i + b.len()).collect()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut d = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = d;
        }
    }
    rows[a.len()][b.len()]
}

/// Names near to words, for search.
pub(crate) fn search(world: &World, words: &str, limit: usize) -> Vec<(String, Named)> {
    let wanted: Vec<String> = fold(words).split('-').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(usize, usize, String, Named)> = Vec::new();
    for (name, what) in world.all_names() {
        let parts: Vec<&str> = name.split('-').collect();
        let score: usize = wanted
            .iter()
            .map(|w| {
                if parts.contains(&w.as_str()) {
                    0
                } else if parts.iter().any(|p| p.starts_with(w.as_str())) {
                    1
                } else if name.contains(w.as_str()) {
                    2
                } else {
                    100
                }
            })
            .sum();
        if score < 100 {
            hits.extend(what.iter().map(|n| (score, name.len(), name.to_owned(), *n)));
        }
    }
    hits.sort_by(|a, b| (a.0, a.1, &a.2, a.3).cmp(&(b.0, b.1, &b.2, b.3)));
    let mut out: Vec<(String, Named)> = Vec::new();
    for (_, _, name, n) in hits {
        if !out.iter().any(|(_, m)| *m == n) {
            out.push((name, n));
        }
    }
    out.truncate(limit);
    out
}
