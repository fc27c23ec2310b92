//! Militarized disputes: a claim for each dispute (MIDA) or for each participant's part in one (MIDB).
//!
//! In: a checked raw table. Out: the files of a dossier. What always holds: `-9` for a day leaves the month; what went on when coverage ends has no end here.

use std::collections::BTreeSet;

use super::rows::{after, date, days, done, making, published, who};
use crate::actors::{Actors, Scheme};
use crate::dossier::{frame, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// Disputes: a claim for each dispute (MIDA) or for each participant's part in one (MIDB).
pub(crate) fn disputes(
    raw: &Raw,
    form: &str,
    actors: &Actors,
    options: &Options<'_>,
) -> Result<Imported, Box<Refusal>> {
    let version = if raw.rows() > 0 { raw.get(0, "version") } else { "5" };
    let id = format!("{form}-5");
    let files = frame(
        DataSet::Mid,
        &id,
        &format!("{version} ({})", if form == "mida" { "disputes" } else { "participants" }),
        // Coverage ends in 2014; the version is that of 2020 by the data set's article (Palmer and others).
        &published(options, "[2015-01-01..2020-12-31]"),
        &days("1816-01-01", "2014-12-31"),
        "What went on when coverage ends has no end here. -9 is missing and kept in the raw table.",
    );
    let mut text = String::new();
    let mut used = BTreeSet::new();
    for row in 0..raw.rows() {
        making(options, row, raw);
        let (begin, from) = date(raw, row, "styear", "stmon", "stday")?;
        let (last, until) = date(raw, row, "endyear", "endmon", "endday")?;
        let open = form == "mida" && raw.get(row, "ongo2014") == "1";
        if last < begin && until.len() == from.len() {
            return Err(raw.refuse(row, "endyear", "an end after the beginning"));
        }
        let on = if open { format!("{from}/..") } else { format!("{from}/{}", after(last, &until)) };
        let number = raw.get(row, "dispnum");
        let (key, about, says) = if form == "mida" {
            let says = format!(
                "Militarized dispute {number}: {} on side A, {} on side B; hostility level {}, outcome {}",
                raw.get(row, "numa"),
                raw.get(row, "numb"),
                raw.get(row, "hostlev"),
                raw.get(row, "outcome")
            );
            (format!("mid-{number}"), String::new(), says)
        } else {
            let actor = who(raw, actors, Scheme::Cow, row, "ccode", begin, &mut used)?;
            let side = if raw.get(row, "sidea") == "1" { "A" } else { "B" };
            let says = format!(
                "Took part in militarized dispute {number} on side {side}, {}; its hostility level {}",
                if raw.get(row, "orig") == "1" { "from the first day" } else { "joining later" },
                raw.get(row, "hostlev")
            );
            (format!("mid-{number}-line-{}", raw.line(row)), format!("about = [\"{actor}\"]\n"), says)
        };
        text.push_str(&format!(
            "[[claim]]\nid = \"{key}\"\nkind = \"dispute\"\n{about}says = {}\non = \"{on}\"\nmode = \"reported\"\ncite = [{}]\n\n",
            quoted(&says),
            quoted(&format!("{id} dispnum {number}"))
        ));
    }
    Ok(done(files, "disputes", &text, actors, &used))
}
