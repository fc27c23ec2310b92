//! Event tables in the form of ICEWS: a claim for each row.
//!
//! In: a checked raw table. Out: the files of a dossier. What always holds: one row is one sentence of the news, and one happening may be many rows; a
//! country the gazetteer does not know by its name is counted in the notes and the event kept without it.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{days, done, making, published};
use crate::actors::Actors;
use crate::dossier::{frame, list, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// Events: a claim for each row.
pub(crate) fn events(raw: &Raw, actors: &Actors, options: &Options<'_>) -> Result<Imported, Box<Refusal>> {
    let on = || (0..raw.rows()).map(|r| raw.get(r, "Event Date"));
    let day = |found: Option<&str>| found.unwrap_or("1995-01-01").to_owned();
    let (first, last) = (day(on().min()), day(on().max()));
    let files = frame(
        DataSet::Icews,
        "icews",
        &format!("to {last}"),
        &published(options, &last),
        &days(&first, &last),
        "Machine-coded from news: one row is one sentence, and one happening may be many rows. Published: not before the last event.",
    );
    let mut text = String::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for row in 0..raw.rows() {
        making(options, row, raw);
        let mut about = BTreeSet::new();
        for column in ["Source Country", "Target Country"] {
            let name = raw.get(row, column);
            match actors.named(name) {
                Some(id) => {
                    about.insert(id);
                }
                None if name == "NA" || name.is_empty() => {}
                None => *unknown.entry(name).or_insert(0) += 1,
            }
        }
        let about = if about.is_empty() { String::new() } else { format!("about = {}\n", list(about)) };
        text.push_str(&format!(
            "[[claim]]\nid = \"icews-line-{}\"\nkind = \"event\"\n{about}says = {}\non = \"{}\"\nmode = \"reported\"\nby = {}\ncite = [{}]\n\n",
            raw.line(row),
            quoted(&format!("{}: CAMEO {} toward {}", raw.get(row, "Source Name"), raw.get(row, "CAMEO Code"), raw.get(row, "Target Name"))),
            raw.get(row, "Event Date"),
            quoted(raw.get(row, "Publisher")),
            quoted(&format!("icews event {} story {}", raw.get(row, "Event ID"), raw.get(row, "Story ID")))
        ));
    }
    let mut out = done(files, "events", &text, actors, &BTreeSet::new());
    for (name, times) in unknown {
        out.notes.push(format!(
            "{}: the gazetteer has no `{name}` ({times} times); the event is kept without it",
            raw.file
        ));
    }
    Ok(out)
}
