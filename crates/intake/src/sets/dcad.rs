//! DCAD: an instrument for each defence cooperation agreement, signed and in force.
//!
//! In: a checked raw table. Out: the files of a dossier. What always holds: no provision, since the file has no duties; no end, since it has estimates only;
//! negative codes differ in meaning and stay in the raw table.

use std::collections::BTreeSet;

use foedera_bulk::{Day, day_of, iso};

use super::rows::{days, done, making, published, who};
use crate::actors::{Actors, Scheme};
use crate::dossier::{frame, list, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// DCAD: an instrument for each agreement, signed and in force; no provision, since the file has no duties.
pub(crate) fn dcad(raw: &Raw, actors: &Actors, options: &Options<'_>) -> Result<Imported, Box<Refusal>> {
    let id = "dcad-1-0";
    let files = frame(
        DataSet::Dcad,
        id,
        "1.0",
        // The article that presents the release appeared in 2020.
        &published(options, "2020"),
        &days("1980-01-01", "2010-12-31"),
        "Negative codes differ in meaning and are kept in the raw table alone. No end is written: the file has estimates only.",
    );
    let mut text = String::new();
    let mut used = BTreeSet::new();
    let mut notes = Vec::new();
    for row in 0..raw.rows() {
        making(options, row, raw);
        let number = raw.get(row, "DCAid");
        let signed = partial(raw, row, ["signYear", "signMonth", "signDay"])?;
        let force = partial(raw, row, ["EIFYear", "EIFMonth", "EIFDay"])?;
        let day = signed.as_ref().or(force.as_ref()).map_or(0, |(d, _)| *d);
        let parties = [
            who(raw, actors, Scheme::Cow, row, "ccode1", day, &mut used)?,
            who(raw, actors, Scheme::Cow, row, "ccode2", day, &mut used)?,
        ];
        // An act cannot take effect before the text is there: such a row has a slip in one of its dates, and nobody here knows which.
        let force = match (&signed, &force) {
            (Some((s, _)), Some((f, on))) if f < s && on.len() == 10 => {
                notes.push(format!(
                    "{}:{}: {number} is in force on {on}, before it is signed; that date is kept in the raw table alone",
                    raw.file,
                    raw.line(row)
                ));
                None
            }
            _ => force,
        };
        let key = format!("dcad-{}", number.trim_start_matches("DCADv1.0-").to_lowercase());
        let cite = format!("cite = [{}]\n", quoted(&format!("{id} {number}")));
        text.push_str(&format!(
            "[[instrument]]\nid = {}\nname = {}\nkind = \"agreement\"\nparties = {}\n{cite}\n",
            quoted(&key),
            quoted(&format!(
                "Defence cooperation agreement {number} ({}, {})",
                raw.get(row, "type"),
                raw.get(row, "category1").to_lowercase()
            )),
            list(parties.iter().map(String::as_str))
        ));
        for (act, at) in [("signed", &signed), ("entered-into-force", &force)] {
            if let Some((_, on)) = at {
                text.push_str(&format!("[[instrument.action]]\nact = \"{act}\"\non = \"{on}\"\n{cite}\n"));
            }
        }
    }
    let mut out = done(files, "agreements", &text, actors, &used);
    out.notes = notes;
    Ok(out)
}

/// A date of which month or day may be blank; `None` if the year is.
fn partial(raw: &Raw, row: usize, columns: [&str; 3]) -> Result<Option<(Day, String)>, Box<Refusal>> {
    let [year, month, day] = columns.map(|c| raw.get(row, c));
    if year.is_empty() {
        return Ok(None);
    }
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let y = number(year) as i32;
    let (first, text) = match (month, day) {
        ("", _) => (day_of(y, 1, 1), year.to_owned()),
        (m, "") => (day_of(y, number(m), 1), format!("{y:04}-{:02}", number(m))),
        (m, d) => {
            let exact = day_of(y, number(m), number(d));
            (exact, exact.map_or(String::new(), iso))
        }
    };
    let first = first.ok_or_else(|| raw.refuse(row, columns[2], format!("a day of {year}-{month}")))?;
    Ok(Some((first, text)))
}
