//! Lists of states (COW, Gleditsch and Ward): dated memberships of the class `cow-system` or `gw-system`.
//!
//! In: a checked raw table. Out: the files of a dossier; spells. What always holds: the last day of the list is where its coverage ends, and no end
//! of a state; the list is complete as of that day.

use std::collections::BTreeSet;

use foedera_bulk::{Day, iso, parse_iso};

use super::rows::{date, done, published, who};
use crate::actors::{Actors, Scheme};
use crate::dossier::{Coverage, frame, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// A list of states: dated memberships of the class `cow-system` or `gw-system`.
pub(crate) fn states(
    raw: &Raw,
    form: &str,
    actors: &Actors,
    options: &Options<'_>,
) -> Result<Imported, Box<Refusal>> {
    let cow = form == "cow-states";
    let (scheme, code, set) = if cow {
        (Scheme::Cow, "ccode", DataSet::CowStates)
    } else {
        (Scheme::Gw, "gwcode", DataSet::GwStates)
    };
    let spells = spells(raw, cow)?;
    let coverage = spells.iter().map(|(_, _, end)| *end).max().unwrap_or(0);
    let first = spells.iter().map(|(_, begin, _)| *begin).min().unwrap_or(coverage);
    let release =
        if cow && raw.rows() > 0 { raw.get(0, "version").to_owned() } else { iso(coverage)[..4].to_owned() };
    let id = form.to_owned();
    // A list cannot have come out before the last day it covers; when exactly, the file does not say.
    let files = frame(
        set,
        &id,
        &release,
        &published(options, &iso(coverage)),
        &Coverage { first: iso(first), last: iso(coverage) },
        "Whoever is in the system when coverage ends has no end here. Published: not before that day.",
    );
    let system = if cow { "cow-system" } else { "gw-system" };
    let title = if cow {
        "The state system as the Correlates of War has it"
    } else {
        "The state system as Gleditsch and Ward have it"
    };
    let mut text = format!(
        "[[actor]]\nid = \"{system}\"\nkind = \"class\"\nname = {}\nmembers-complete = \"{}\"\n\n",
        quoted(title),
        iso(coverage)
    );
    let mut used = BTreeSet::new();
    let mut notes = Vec::new();
    for (row, begin, end) in spells {
        let member = who(raw, actors, scheme, row, code, begin, &mut used)?;
        let exact = actors.find(scheme, raw.get(row, code), begin).is_some_and(|f| f.exact);
        if !exact {
            notes.push(format!(
                "{}:{}: the gazetteer does not date {} {} to {}; taken for {member}, the nearest in time",
                raw.file,
                raw.line(row),
                form,
                raw.get(row, code),
                iso(begin)
            ));
        }
        let to = if end == coverage { String::new() } else { format!("to = \"{}\"\n", iso(end + 1)) };
        text.push_str(&format!(
            "[[membership]]\nmember = \"{member}\"\nof = \"{system}\"\nfrom = \"{}\"\n{to}cite = [{}]\n\n",
            iso(begin),
            quoted(&format!("{id} {} {}", code, raw.get(row, code)))
        ));
    }
    let mut out = done(files, "system", &text, actors, &used);
    out.notes = notes;
    Ok(out)
}

/// Spells of a list of states: row, first day, last day.
pub(crate) fn spells(raw: &Raw, cow: bool) -> Result<Vec<(usize, Day, Day)>, Box<Refusal>> {
    let mut out = Vec::with_capacity(raw.rows());
    for row in 0..raw.rows() {
        let (begin, end) = if cow {
            let (begin, _) = date(raw, row, "styear", "stmonth", "stday")?;
            (begin, date(raw, row, "endyear", "endmonth", "endday")?.0)
        } else {
            let day = |column: &str| {
                parse_iso(raw.get(row, column).as_bytes()).ok_or_else(|| raw.refuse(row, column, "a date"))
            };
            (day("start")?, day("end")?)
        };
        if end < begin {
            return Err(raw.refuse(row, if cow { "endyear" } else { "end" }, "an end after the beginning"));
        }
        out.push((row, begin, end));
    }
    Ok(out)
}
