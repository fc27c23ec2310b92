//! `import`, `export`, `panel`, `similarity`: whole data sets from the user's own download.
//!
//! In: files and folders. Out: a new folder, a table, a file with its manifest beside it. What always holds: a folder appears whole or not at
//! all (it is written beside its place and renamed); a panel in a file has a manifest and a citation beside it; every choice a
//! number depends on is printed with it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use foedera::Dossier;
use foedera_bulk::portfolio::Portfolios;
use foedera_bulk::{Day, day_of, iso, parse_iso, sha256, year_of};
use foedera_intake::atop::Atop;
use foedera_intake::panel::{self, Frame, Rule, Unit};
use foedera_intake::{Actors, DataSet, Mend, Options, Raw};

use crate::args::Format;
use crate::files::write_atomically;
use crate::run::print;

/// `import`.
#[derive(clap::Args, Debug)]
pub(crate) struct Import {
    /// Which data set.
    #[arg(value_parser = data_set)]
    kind: DataSet,
    /// Its file as downloaded: a zip, a CSV or a table by tabs.
    path: PathBuf,
    /// The folder to make.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// When the release was published, in EDTF. Without it: what its codebook says.
    #[arg(long, value_name = "EDTF")]
    published: Option<String>,
    /// Put a value into one cell before reading: LINE:COLUMN=VALUE. Stands in the manifest. May be given again.
    #[arg(long, value_name = "CELL", value_parser = mend)]
    mend: Vec<Mend>,
}

/// `export`.
#[derive(clap::Args, Debug)]
pub(crate) struct Export {
    /// Which data set.
    #[arg(value_parser = data_set)]
    kind: DataSet,
    /// A folder `import` made.
    dir: PathBuf,
}

/// `releases`.
#[derive(clap::Args, Debug)]
pub(crate) struct Releases {
    /// Which data set.
    #[arg(value_parser = data_set)]
    kind: DataSet,
    /// The older: a folder `import` made, or its makers' file.
    old: PathBuf,
    /// The newer.
    new: PathBuf,
    /// Only rows whose first key (of ATOP: the alliance) is this.
    #[arg(long, value_name = "ID")]
    only: Option<String>,
}

/// `panel`.
#[derive(clap::Args, Debug)]
pub(crate) struct Panel {
    /// What a row is.
    #[arg(value_enum)]
    unit: PanelUnit,
    /// ATOP: a folder `import` made, or the member file itself.
    atop: PathBuf,
    /// A list of states (folder or file, COW), for `in_system` and the rows after coverage.
    #[arg(long, value_name = "STATES")]
    system: Option<PathBuf>,
    /// Years, both included. Without it: all the release covers.
    #[arg(long, value_name = "FROM-TO", value_parser = years)]
    years: Option<(i32, i32)>,
    /// How a year is made of days: as ATOP's own files, or one day on which the pledge holds.
    #[arg(long, value_enum, default_value_t = PanelRule::Atop)]
    rule: PanelRule,
    /// A file to write, with a manifest and a citation beside it. Without it: the table is printed. A name that ends in
    /// .parquet needs a program built with the feature `parquet`.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Write a folder of Parquet files instead, one for each value of this column.
    #[arg(long, value_name = "COLUMN", requires = "into")]
    partition_by: Option<String>,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PanelUnit {
    StateYear,
    DyadYear,
    DirectedDyadYear,
    DyadDay,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PanelRule {
    Atop,
    Day,
}

/// `similarity`.
#[derive(clap::Args, Debug)]
pub(crate) struct Similarity {
    /// ATOP: a folder `import` made, or the member file itself.
    atop: PathBuf,
    /// One year. Without it and without --on: every year the release covers.
    #[arg(long, value_name = "YEAR", conflicts_with = "day")]
    year: Option<i32>,
    /// One day, rather than any day of a year.
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    /// The states compared: a list of states (folder or file, COW). Without it: the members of some alliance that year.
    #[arg(long, value_name = "STATES")]
    system: Option<PathBuf>,
    /// Weights of states: CSV with the columns ccode, year and weight or cinc. Without it: all weigh the same.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// How pledges are ordered: values for defence, offence, neutrality, nonaggression, consultation.
    #[arg(long, value_name = "D,O,N,A,C", default_value = "3,3,2,1,2", value_parser = order)]
    order: [u8; 5],
    /// A state's tie with itself.
    #[arg(long, value_name = "0-3", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=3))]
    diagonal: u8,
    /// Count a pledge for both sides, whoever owes it.
    #[arg(long)]
    undirected: bool,
}

fn data_set(word: &str) -> Result<DataSet, String> {
    let found = DataSet::WORDS.iter().find(|(_, w)| *w == word);
    let words: Vec<&str> = DataSet::WORDS.iter().map(|(_, w)| *w).collect();
    found.map(|(d, _)| *d).ok_or_else(|| format!("expected one of {}", words.join(", ")))
}

fn mend(text: &str) -> Result<Mend, String> {
    let parts =
        text.split_once(':').and_then(|(line, rest)| Some((line.parse().ok()?, rest.split_once('=')?)));
    let (line, (column, value)) = parts.ok_or("expected LINE:COLUMN=VALUE, as 444:warendyr=1918")?;
    Ok(Mend { line, column: column.to_owned(), value: value.to_owned() })
}

fn years(text: &str) -> Result<(i32, i32), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let year = |t: &str| t.parse::<i32>().ok().filter(|y| (1..=9999).contains(y));
    match (year(from), year(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err("expected years, as 1816-2018".to_owned()),
    }
}

fn order(text: &str) -> Result<[u8; 5], String> {
    let values: Option<Vec<u8>> = text.split(',').map(|v| v.parse().ok().filter(|v| *v <= 3)).collect();
    values
        .and_then(|v| v.try_into().ok())
        .ok_or_else(|| "expected five values from 0 to 3, as 3,3,2,1,2".to_owned())
}

/// The largest file read, in bytes.
const LARGEST: u64 = 512 << 20;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", path.display());
    let size = fs::metadata(path).map_err(cannot)?.len();
    if size > LARGEST {
        return Err(format!(
            "error[too-large]: `{}` has more than {LARGEST} bytes, the limit",
            path.display()
        ));
    }
    fs::read(path).map_err(cannot)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "file".to_owned(), |n| n.to_string_lossy().into_owned())
}

fn refused(e: impl std::fmt::Display) -> String {
    format!("error[refused]: {e}\n  nothing was written")
}

/// Reads a data set from a folder an import made, or from its makers' file.
fn table(set: DataSet, path: &Path) -> Result<Raw, String> {
    let raw = path.join("raw");
    let file = if raw.is_dir() {
        let inside =
            fs::read_dir(&raw).map_err(|e| format!("error[unreadable]: `{}`: {e}", raw.display()))?;
        let mut files: Vec<PathBuf> = inside.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        files.into_iter().next().ok_or_else(|| format!("error[unreadable]: `{}` is empty", raw.display()))?
    } else {
        path.to_owned()
    };
    let (raw, _) =
        foedera_intake::read(set, &name_of(&file), read(&file)?, &Options::default()).map_err(refused)?;
    Ok(raw)
}

/// Imports; the folder appears whole or not at all.
pub(crate) fn import(args: &Import) -> Result<u8, String> {
    if args.into.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            args.into.display()
        ));
    }
    let gazetteer = Dossier::open(&["gazetteer".to_owned()]).map_err(|e| format!("error[dossier]: {e}"))?;
    let options = Options { published: args.published.clone(), mends: args.mend.clone() };
    let imported = foedera_intake::import(
        args.kind,
        &name_of(&args.path),
        read(&args.path)?,
        &Actors::of(&gazetteer),
        &options,
    )
    .map_err(refused)?;
    write_folder(&args.into, &imported.files)?;
    let shown = 12;
    let mut out = format!("{} rows of {} into {}\n", imported.rows, args.kind.word(), args.into.display());
    for n in imported.notes.iter().take(shown) {
        let _ = writeln!(out, "note: {n}");
    }
    if imported.notes.len() > shown {
        let _ = writeln!(out, "… and {} more notes in manifest.json", imported.notes.len() - shown);
    }
    print(&out)?;
    Ok(0)
}

fn write_folder(into: &Path, files: &[(String, Vec<u8>)]) -> Result<(), String> {
    let cannot = |e: std::io::Error| format!("error[unwritable]: cannot write `{}`: {e}", into.display());
    let parent = into.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = parent.join(format!(".{}.{}.tmp", name_of(into), std::process::id()));
    let write = || -> std::io::Result<()> {
        for (name, bytes) in files {
            let path = temporary.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&temporary))?;
            fs::write(&path, bytes)?;
        }
        fs::rename(&temporary, into)
    };
    write().map_err(|e| {
        let _ = fs::remove_dir_all(&temporary);
        cannot(e)
    })
}

/// Writes the raw table of an import back, cell for cell.
pub(crate) fn export(args: &Export) -> Result<u8, String> {
    print(&foedera_intake::export(&table(args.kind, &args.dir)?))?;
    Ok(0)
}

/// What names a row across releases, and columns that differ by their nature. Entry dates are no part of it: a release may correct them.
fn keys(set: DataSet) -> (&'static [&'static str], &'static [&'static str]) {
    match set {
        DataSet::Atop => (&["atopid", "phase", "member"], &["version"]),
        DataSet::CowStates => (&["ccode"], &["version"]),
        DataSet::GwStates => (&["gwcode"], &[]),
        DataSet::Dcad => (&["DCAid"], &[]),
        DataSet::Mid => (&["dispnum", "ccode"], &["version"]),
        DataSet::CowWars => (&["WarNum", "ccode", "Side"], &["Version"]),
        DataSet::Icews => (&["Event ID", "Story ID", "Sentence Number"], &[]),
    }
}

/// Prints what a release changed: a table of rows and cells.
pub(crate) fn releases(args: &Releases) -> Result<u8, String> {
    use foedera_intake::releases::{Change, compare};
    let (old, new) = (table(args.kind, &args.old)?, table(args.kind, &args.new)?);
    let (key, leave_out) = keys(args.kind);
    let mut out = format!("change,{},column,old,new\n", key.join(","));
    let (mut removed, mut added, mut cells) = (0, 0, 0);
    for change in compare(&old, &new, key, leave_out) {
        let (word, of, rest) = match &change {
            Change::Removed(key) => ("removed", key, [""; 3]),
            Change::Added(key) => ("added", key, [""; 3]),
            Change::Cell { key, column, old, new } => ("cell", key, [column.as_str(), old, new]),
        };
        if args.only.as_ref().is_some_and(|only| of.first() != Some(only)) {
            continue;
        }
        *match change {
            Change::Removed(_) => &mut removed,
            Change::Added(_) => &mut added,
            Change::Cell { .. } => &mut cells,
        } += 1;
        let cells: Vec<String> = of.iter().map(String::as_str).chain(rest).map(csv_cell).collect();
        let _ = writeln!(out, "{word},{}", cells.join(","));
    }
    print(&out)?;
    // Standard output is the table; how much it is goes beside it.
    let _ = std::io::Write::write_fmt(
        &mut anstream::stderr(),
        format_args!("{removed} rows removed, {added} added, {cells} cells changed\n"),
    );
    Ok(0)
}

/// A cell as CSV; one that a spreadsheet would take for a formula is kept from it.
fn csv_cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// System membership from a list of states: the last day of the list is no end.
fn system(path: &Path) -> Result<Vec<(u32, Day, Day)>, String> {
    let raw = table(DataSet::CowStates, path)?;
    foedera_intake::system(&raw).map_err(refused)
}

/// An imported ATOP as a bulk world's tables, every state in the system from 1815 on.
pub(crate) fn atop_tables(dir: &Path) -> Result<foedera_bulk::Tables, String> {
    let raw = table(DataSet::Atop, dir)?;
    Ok(Atop::new(&raw).map_err(refused)?.tables(&[], &[]))
}

/// Portfolios of a year with the choices `similarity` makes by itself.
pub(crate) fn portfolios_of(dir: &Path, year: i32) -> Result<Portfolios, String> {
    let atop = Atop::new(&table(DataSet::Atop, dir)?).map_err(refused)?;
    portfolios(
        &atop,
        year,
        None,
        None,
        None,
        &Choices { order: [3, 3, 2, 1, 2], diagonal: 3, undirected: false },
    )
}

/// Makes a panel.
pub(crate) fn panel(args: &Panel) -> Result<u8, String> {
    let raw = table(DataSet::Atop, &args.atop)?;
    let atop = Atop::new(&raw).map_err(refused)?;
    let system = args.system.as_deref().map(system).transpose()?.unwrap_or_default();
    let (from, to) = args.years.unwrap_or((1815, year_of(atop.coverage)));
    if from < 1815 || to > year_of(atop.coverage) + 100 {
        return Err(format!(
            "error[not-covered]: ATOP {} covers 1815 to {}; a panel may go a hundred years beyond, with empty cells",
            atop.release,
            iso(atop.coverage)
        ));
    }
    let (unit, unit_word) = match args.unit {
        PanelUnit::StateYear => (Unit::StateYear, "state-year"),
        PanelUnit::DyadYear => (Unit::DyadYear, "dyad-year"),
        PanelUnit::DirectedDyadYear => (Unit::DirectedDyadYear, "directed-dyad-year"),
        PanelUnit::DyadDay => (Unit::DyadDay, "dyad-day"),
    };
    let (rule, rule_word) = match args.rule {
        PanelRule::Atop => (Rule::Atop, "atop"),
        PanelRule::Day => (Rule::Day, "day"),
    };
    let (csv, rows) = panel::panel(&atop, unit, &Frame { from, to, rule, system: &system });
    let Some(into) = &args.into else {
        print(&csv)?;
        return Ok(0);
    };
    let columns: serde_json::Map<String, serde_json::Value> =
        panel::columns(unit).into_iter().map(|(name, what)| (name.to_owned(), what.into())).collect();
    let manifest = serde_json::json!({
        "panel": unit_word,
        "data_set": "atop",
        "release": atop.release,
        "coverage_ends": iso(atop.coverage),
        "rule": rule_word,
        "years": [from, to],
        "system": args.system.as_deref().map(name_of),
        "rows": rows,
        "sha256": sha256(csv.as_bytes()),
        "source_sha256": sha256(raw.to_text().as_bytes()),
        "made_by": concat!("foedera ", env!("CARGO_PKG_VERSION")),
        "columns": columns,
        "cite": "the .bib file beside this one; the data are their makers'",
    });
    let beside = |end: &str| into.with_extension(end);
    let manifest = serde_json::to_string_pretty(&manifest).map_err(|e| format!("error: {e}"))?;
    write_table(args, into, &csv, unit)?;
    write_atomically(&beside("manifest.json"), &format!("{manifest}\n"))?;
    write_atomically(&beside("bib"), foedera_intake::bibtex(DataSet::Atop))?;
    print(&format!(
        "{rows} rows of {unit_word}, ATOP {}, rule {rule_word}, into {}\n",
        atop.release,
        into.display()
    ))?;
    Ok(0)
}

/// Writes a panel as CSV or Parquet, by the file's name.
fn write_table(args: &Panel, into: &Path, csv: &str, unit: Unit) -> Result<(), String> {
    let is_parquet = into.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
    if !is_parquet && args.partition_by.is_none() {
        return write_atomically(into, csv);
    }
    #[cfg(feature = "parquet")]
    {
        let meanings = panel::columns(unit);
        let bad = |e: String| format!("error[parquet]: {e}");
        let table = foedera_columns::Table::from_csv(csv, &meanings).map_err(bad)?;
        let bytes = |t: &foedera_columns::Table| {
            foedera_columns::parquet(t, concat!("foedera ", env!("CARGO_PKG_VERSION"))).map_err(bad)
        };
        let Some(by) = &args.partition_by else {
            let temporary = into.with_extension(format!("{}.tmp", std::process::id()));
            let done = fs::write(&temporary, bytes(&table)?).and_then(|()| fs::rename(&temporary, into));
            return done.map_err(|e| format!("error[unwritable]: cannot write `{}`: {e}", into.display()));
        };
        let mut files = Vec::new();
        for (value, part) in table.partition(by).map_err(bad)? {
            files.push((format!("{by}={value}/part-0.parquet"), bytes(&part)?));
        }
        if into.exists() {
            return Err(format!(
                "error[exists]: `{}` is there already; name a folder that is not",
                into.display()
            ));
        }
        write_folder(into, &files)
    }
    #[cfg(not(feature = "parquet"))]
    {
        let _ = unit;
        Err(format!(
            "error[no-parquet]: `{}` would be Parquet, and this program was built without it\n  help: name a file that ends in .csv, or build with `--features parquet`",
            into.display()
        ))
    }
}

/// Weights by state and year.
fn weights(path: &Path) -> Result<std::collections::BTreeMap<(u32, i32), f64>, String> {
    let raw = Raw::parse(&name_of(path), &read(path)?, b',').map_err(refused)?;
    // National Material Capabilities has its share under the name `cinc`.
    let value = if raw.column("weight").is_some() { "weight" } else { "cinc" };
    for column in ["ccode", "year", value] {
        if raw.column(column).is_none() {
            return Err(format!(
                "error[refused]: {}: no column `{column}`; expected ccode, year, weight (or cinc)",
                path.display()
            ));
        }
    }
    let mut out = std::collections::BTreeMap::new();
    for row in 0..raw.rows() {
        let cell = |c: &str| raw.get(row, c);
        let bad = |c: &str| {
            format!(
                "error[refused]: {}:{}: column `{c}`: `{}` is no number",
                raw.file,
                raw.line(row),
                cell(c)
            )
        };
        let weight: f64 = cell(value).parse().map_err(|_| bad(value))?;
        let place = (
            cell("ccode").parse().map_err(|_| bad("ccode"))?,
            cell("year").parse().map_err(|_| bad("year"))?,
        );
        if out.insert(place, weight).is_some() {
            return Err(format!(
                "error[refused]: {}:{}: state {} has two weights in {}",
                raw.file,
                raw.line(row),
                place.0,
                place.1
            ));
        }
    }
    Ok(out)
}

/// Compares portfolios.
pub(crate) fn similarity(args: &Similarity, format: Format) -> Result<u8, String> {
    let raw = table(DataSet::Atop, &args.atop)?;
    let atop = Atop::new(&raw).map_err(refused)?;
    let system = args.system.as_deref().map(system).transpose()?;
    let weights = args.weights.as_deref().map(weights).transpose()?;
    let day = match &args.day {
        Some(text) => Some(
            parse_iso(text.as_bytes())
                .ok_or_else(|| format!("error[bad-date]: `{text}` is no date, as 1914-07-28"))?,
        ),
        None => None,
    };
    let last = year_of(atop.coverage);
    let years: Vec<i32> = match (args.year, day) {
        (Some(y), _) => vec![y],
        (None, Some(d)) => vec![year_of(d)],
        (None, None) => (1815..=last).collect(),
    };
    if years.iter().any(|y| *y > last || *y < 1815) {
        return Err(format!(
            "error[not-covered]: ATOP {} covers 1815 to {}; nothing is known of other years",
            atop.release,
            iso(atop.coverage)
        ));
    }
    let choices = Choices { order: args.order, diagonal: args.diagonal, undirected: args.undirected };
    let header = "year,state_a,state_b,s,s_weighted,pi,kappa,kappa_rank,tau_b\n";
    let mut out = String::from(header);
    for year in &years {
        let p = portfolios(&atop, *year, day, system.as_deref(), weights.as_ref(), &choices)?;
        let (measures, ranked) = (p.measures(), p.ranked());
        let mut at = 0;
        for (i, a) in p.states.iter().enumerate() {
            for b in &p.states[i + 1..] {
                let (m, r) = (measures[at], ranked[at]);
                let weighted = if weights.is_some() { m.s_weighted.to_string() } else { String::new() };
                let tau = if r.tau_b.is_nan() { String::new() } else { r.tau_b.to_string() };
                let _ = writeln!(
                    out,
                    "{year},{a},{b},{},{weighted},{},{},{},{tau}",
                    m.s, m.pi, m.kappa, r.kappa_rank
                );
                at += 1;
            }
        }
    }
    let said = [
        format!("release: ATOP {}", atop.release),
        match day {
            Some(d) => format!("ties: those that hold on {}", iso(d)),
            None => "ties: those of any day of the year, as in ATOP's own directed dyad-years".to_owned(),
        },
        format!(
            "order: defence {}, offence {}, neutrality {}, nonaggression {}, consultation {}; the highest counts",
            args.order[0], args.order[1], args.order[2], args.order[3], args.order[4]
        ),
        format!(
            "rows: {}",
            if args.undirected {
                "undirected, a pledge of either side counts for both"
            } else {
                "directed, what the row's state owes"
            }
        ),
        format!("diagonal: {}", args.diagonal),
        format!(
            "states: {}",
            args.system.as_deref().map_or("members of some alliance in the year".to_owned(), |p| format!(
                "in the system by {}, on some day of the year",
                name_of(p)
            ))
        ),
        format!("weights: {}", args.weights.as_deref().map_or("none".to_owned(), name_of)),
        "s: absolute distance, largest 3 (Signorino and Ritter 1999)".to_owned(),
        "pi, kappa: squared distance of values (Scott 1955, Cohen 1968, as Häge 2011)".to_owned(),
        "kappa_rank: squared distance of ranks among the values that occur in the pair".to_owned(),
        "tau_b: Kendall's, with ties; empty if a row has one value only".to_owned(),
    ];
    if format == Format::Json {
        let json = serde_json::json!({ "choices": said, "columns": header.trim_end(), "csv": out });
        print(&format!("{}\n", serde_json::to_string_pretty(&json).map_err(|e| format!("error: {e}"))?))?;
    } else {
        // The choices stand before the numbers, as remarks that readers of tables skip.
        let remarks: String = said.iter().map(|c| format!("# {c}\n")).collect();
        print(&format!("{remarks}{out}"))?;
    }
    Ok(0)
}

/// What a matrix of ties depends on beside the data.
struct Choices {
    order: [u8; 5],
    diagonal: u8,
    undirected: bool,
}

fn portfolios(
    atop: &Atop,
    year: i32,
    day: Option<Day>,
    system: Option<&[(u32, Day, Day)]>,
    weights: Option<&std::collections::BTreeMap<(u32, i32), f64>>,
    choices: &Choices,
) -> Result<Portfolios, String> {
    let date = |m, d| day_of(year, m, d).expect("a year of the release");
    let (first, last) = day.map_or((date(1, 1), date(12, 31)), |d| (d, d));
    let ties = match day {
        Some(d) => panel::directed_on(atop, d),
        None => panel::directed(atop, Rule::Atop, year, year),
    };
    let mut states: Vec<u32> = match system {
        Some(list) => list.iter().filter(|(_, from, to)| *from <= last && first < *to).map(|s| s.0).collect(),
        None => ties.iter().map(|d| d.a).collect(),
    };
    states.sort_unstable();
    states.dedup();
    let rank: std::collections::BTreeMap<u32, usize> =
        states.iter().enumerate().map(|(i, s)| (*s, i)).collect();
    let n = states.len();
    let mut matrix = vec![0_u8; n * n];
    for d in &ties {
        let (Some(i), Some(j)) = (rank.get(&d.a), rank.get(&d.b)) else { continue };
        let value =
            (0..5).filter(|bit| d.owes >> bit & 1 == 1).map(|bit| choices.order[bit]).max().unwrap_or(0);
        let slot = &mut matrix[i * n + j];
        *slot = (*slot).max(value);
        if choices.undirected {
            let back = &mut matrix[j * n + i];
            *back = (*back).max(value);
        }
    }
    for i in 0..n {
        matrix[i * n + i] = choices.diagonal;
    }
    let mut each = vec![1.0; n];
    if let Some(w) = weights {
        for (slot, state) in each.iter_mut().zip(&states) {
            *slot = *w.get(&(*state, year)).ok_or_else(|| {
                format!("error[no-weight]: state {state} has no weight in {year}; a missing weight is not taken for 0")
            })?;
        }
    }
    Ok(Portfolios { states, ties: matrix, weights: each })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_to_mend_is_read() {
        let m = mend("444:warendyr=1918").expect("well formed");
        assert_eq!((m.line, m.column.as_str(), m.value.as_str()), (444, "warendyr", "1918"));
        assert!(mend("warendyr=1918").is_err() && mend("x:a=1").is_err());
    }

    #[test]
    fn years_and_orders_are_read() {
        assert_eq!(years("1816-2018"), Ok((1816, 2018)));
        assert_eq!(years("1914"), Ok((1914, 1914)));
        assert!(years("2018-1816").is_err() && years("19118").is_err());
        assert_eq!(order("3,3,2,1,2"), Ok([3, 3, 2, 1, 2]));
        assert!(order("3,3,2,1").is_err() && order("4,3,2,1,2").is_err());
    }
}
