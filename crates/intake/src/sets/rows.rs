//! What the importers of several data sets share: dates, who a code means, files cut between rows.
//!
//! In: cells of a checked raw table. Out: values with the precision the file gives them. What always holds: a day that is not known leaves the
//! month; a last day becomes the first day no longer; no file is longer than the language reads.

use std::collections::BTreeSet;

use foedera_bulk::{Day, day_of, iso};

use crate::actors::{Actors, Scheme};
use crate::dossier::Coverage;
use crate::{Imported, Options, Raw, Refusal};

/// A day or a month as a file has it: its first day, and as EDTF.
pub(super) fn date(
    raw: &Raw,
    row: usize,
    year: &str,
    month: &str,
    day: &str,
) -> Result<(Day, String), Box<Refusal>> {
    let number = |column: &str| raw.get(row, column).parse::<u32>().unwrap_or(0);
    let (y, m) = (number(year), number(month));
    let cell = raw.get(row, day);
    if cell.is_empty() || cell == "-9" {
        let first = day_of(y as i32, m, 1).ok_or_else(|| raw.refuse(row, month, "a month"))?;
        return Ok((first, format!("{y:04}-{m:02}")));
    }
    let exact = day_of(y as i32, m, number(day))
        .ok_or_else(|| raw.refuse(row, day, format!("a day of {y:04}-{m:02}")))?;
    Ok((exact, iso(exact)))
}

/// The day after the last day a file names: ends are the first day no longer. A month stays a month: some day in it is the last.
pub(super) fn after(last: Day, text: &str) -> String {
    if text.len() == 10 { iso(last + 1) } else { text.to_owned() }
}

/// Who a code means, with a note where the gazetteer does not date it to the day.
pub(super) fn who(
    raw: &Raw,
    actors: &Actors,
    scheme: Scheme,
    row: usize,
    column: &str,
    day: Day,
    used: &mut BTreeSet<String>,
) -> Result<String, Box<Refusal>> {
    let found = actors
        .find(scheme, raw.get(row, column), day)
        .ok_or_else(|| raw.refuse(row, column, "a number the gazetteer or data/extinct.tsv has"))?;
    used.insert(found.id.to_owned());
    Ok(found.id.to_owned())
}

pub(super) fn published(options: &Options<'_>, known: &str) -> String {
    options.published.clone().unwrap_or_else(|| known.to_owned())
}

/// Says how far the making of rows is.
pub(super) fn making(options: &Options<'_>, row: usize, raw: &Raw) {
    if row.is_multiple_of(1 << 12) {
        options.progress.tell(crate::Stage::Making, row, raw.rows());
    }
}

/// The days a data set covers.
pub(super) fn days(first: &str, last: &str) -> Coverage {
    Coverage { first: first.to_owned(), last: last.to_owned() }
}

/// The most bytes of one file that is written: the language reads no file of more than 4 MiB.
const FILE_BYTES: usize = 2 << 20;

/// Puts the text of an import into as many files as it needs, cut between rows.
pub(super) fn done(
    mut files: Vec<(String, Vec<u8>)>,
    name: &str,
    text: &str,
    actors: &Actors,
    used: &BTreeSet<String>,
) -> Imported {
    let mut rest = text;
    let mut part = 1;
    while rest.len() > FILE_BYTES {
        let most = (0..=FILE_BYTES).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
        let Some(cut) = rest[..most].rfind("\n\n[[").map(|at| at + 2) else { break };
        files.push((format!("{name}-{part:04}.toml"), rest.as_bytes()[..cut].to_vec()));
        rest = &rest[cut..];
        part += 1;
    }
    let last = if part == 1 { format!("{name}.toml") } else { format!("{name}-{part:04}.toml") };
    files.push((last, rest.as_bytes().to_vec()));
    let rows = actors.rows(used);
    if !rows.is_empty() {
        files.push((
            "actors.toml".to_owned(),
            format!("# States the gazetteer does not hold.\n\n{rows}").into_bytes(),
        ));
    }
    Imported { files, notes: Vec::new(), rows: 0 }
}
