//! Inter-state wars: the circumstance `at-war:X/Y` for each pair on opposite sides, while both fought.
//!
//! In: a checked raw table of participants or of directed pairs. Out: the files of a dossier. What always holds: the last day of fighting is a day of war; a state that
//! changed sides is left out, since against whom it fought when is not in the file.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::Day;

use super::rows::{after, date, days, done, published, who};
use crate::actors::{Actors, Scheme};
use crate::dossier::{frame, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// Wars: the circumstance `at-war:X/Y` for each pair on opposite sides, while both fought.
pub(crate) fn wars(
    raw: &Raw,
    form: &str,
    actors: &Actors,
    options: &Options<'_>,
) -> Result<Imported, Box<Refusal>> {
    let id = form.to_owned();
    let dyadic = form == "cow-dyadic-wars";
    let files = frame(
        DataSet::CowWars,
        &id,
        if dyadic { "directed dyads" } else { "4.0" },
        &published(options, if dyadic { "2018-05" } else { "[2008-01-01..2010-12-31]" }),
        &days("1816-01-01", "2007-12-31"),
        "The last day of fighting is a day of war; the day after is the first without.",
    );
    let mut used = BTreeSet::new();
    // Pairs with their extents: (war, X, Y) and first day, last day, both as text.
    let mut pairs: BTreeSet<(String, String, String, String, String)> = BTreeSet::new();
    if dyadic {
        for row in 0..raw.rows() {
            let (begin, from) = date(raw, row, "warstrtyr", "warstrtmnth", "warstrtday")?;
            let (last, until) = date(raw, row, "warendyr", "warendmnth", "warenday")?;
            let mut sides = [
                who(raw, actors, Scheme::Cow, row, "statea", begin, &mut used)?,
                who(raw, actors, Scheme::Cow, row, "stateb", begin, &mut used)?,
            ];
            sides.sort();
            let [a, b] = sides;
            pairs.insert((raw.get(row, "warnum").to_owned(), a, b, from, after(last, &until)));
        }
    } else {
        let mut fought: BTreeMap<&str, Vec<Fought>> = BTreeMap::new();
        for row in 0..raw.rows() {
            for spell in ["1", "2"] {
                if let Some(f) = fighting(raw, actors, row, spell, &mut used)? {
                    fought.entry(raw.get(row, "WarNum")).or_default().push(f);
                }
            }
        }
        for (war, all) in fought {
            for (i, a) in all.iter().enumerate() {
                for b in &all[i + 1..] {
                    // Side 3 fought on one side and then on the other: against whom when, the file does not say.
                    if a.side == b.side || a.who == b.who || a.side == "3" || b.side == "3" {
                        continue;
                    }
                    let from = if a.begin >= b.begin { &a.from } else { &b.from };
                    let (last, to) = if a.last <= b.last { (a.last, &a.to) } else { (b.last, &b.to) };
                    if a.begin.max(b.begin) > last {
                        continue;
                    }
                    let (x, y) = if a.who < b.who { (&a.who, &b.who) } else { (&b.who, &a.who) };
                    pairs.insert((war.to_owned(), x.clone(), y.clone(), from.clone(), to.clone()));
                }
            }
        }
    }
    let mut text = String::new();
    for (war, a, b, from, to) in pairs {
        let to = if to == ".." { String::new() } else { format!("to = \"{to}\"\n") };
        text.push_str(&format!(
            "[[circumstance]]\nfact = \"at-war:{a}/{b}\"\nfrom = \"{from}\"\n{to}cite = [{}]\n\n",
            quoted(&format!("{id} war {war}"))
        ));
    }
    Ok(done(files, "wars", &text, actors, &used))
}

/// One state's spell of fighting.
struct Fought {
    who: String,
    side: String,
    begin: Day,
    last: Day,
    from: String,
    to: String,
}

fn fighting(
    raw: &Raw,
    actors: &Actors,
    row: usize,
    spell: &str,
    used: &mut BTreeSet<String>,
) -> Result<Option<Fought>, Box<Refusal>> {
    let name = |part: &str| format!("{part}{spell}");
    if raw.get(row, &name("StartYear")) == "-8" {
        return Ok(None);
    }
    let (begin, from) = date(raw, row, &name("StartYear"), &name("StartMonth"), &name("StartDay"))?;
    let (last, to) = if raw.get(row, &name("EndYear")) == "-7" {
        (Day::MAX, "..".to_owned())
    } else {
        let (last, until) = date(raw, row, &name("EndYear"), &name("EndMonth"), &name("EndDay"))?;
        (last, after(last, &until))
    };
    if last < begin {
        return Err(raw.refuse(row, &name("EndYear"), "an end after the beginning"));
    }
    let who = who(raw, actors, Scheme::Cow, row, "ccode", begin, used)?;
    Ok(Some(Fought { who, side: raw.get(row, "Side").to_owned(), begin, last, from, to }))
}
