//! The other data sets: lists of states, DCAD, disputes, wars, events.
//!
//! In: a checked raw table. Out: the files of a dossier. What always holds: a date keeps its precision (`-9` for a day leaves the month);
//! the last day of a list of states is the end of coverage and no end; what has no word in the language stays in the raw table and is
//! named in `docs/data.md`.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::{Day, day_of, iso, parse_iso};

use crate::actors::{Actors, Scheme};
use crate::dossier::{Coverage, frame, list, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// A day or a month as a file has it: its first day, and as EDTF.
fn date(raw: &Raw, row: usize, year: &str, month: &str, day: &str) -> Result<(Day, String), Box<Refusal>> {
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
fn after(last: Day, text: &str) -> String {
    if text.len() == 10 { iso(last + 1) } else { text.to_owned() }
}

/// Who a code means, with a note where the gazetteer does not date it to the day.
fn who(
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

fn published(options: &Options<'_>, known: &str) -> String {
    options.published.clone().unwrap_or_else(|| known.to_owned())
}

/// Says how far the making of rows is.
fn making(options: &Options<'_>, row: usize, raw: &Raw) {
    if row.is_multiple_of(1 << 12) {
        options.progress.tell(crate::Stage::Making, row, raw.rows());
    }
}

/// The days a data set covers.
fn days(first: &str, last: &str) -> Coverage {
    Coverage { first: first.to_owned(), last: last.to_owned() }
}

/// The most bytes of one file that is written: the language reads no file of more than 4 MiB.
const FILE_BYTES: usize = 2 << 20;

/// Puts the text of an import into as many files as it needs, cut between rows.
fn done(
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
