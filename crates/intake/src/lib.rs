//! Importers: from a data set's file, as its makers publish it, to a dossier with citations and a raw table beside it.
//!
//! In: the bytes of a CSV or a zip, and which data set it is ([`DataSet`]). Out: [`Imported`]: the files of a dossier that `foedera check`
//! accepts, the raw table for the way back, and notes on everything odd that was kept; or a [`Refusal`] that names file, line,
//! column and cell. Also [`panel`]s, [`similar`]ity, and ATOP as a bulk world ([`atop::Atop::tables`]).
//!
//! What always holds: every column is used, kept raw or refused; a column or value the codebook does not have stops the import; nothing
//! is repaired silently; a user's own correction ([`Mend`]) stands in the manifest. Nothing here reads or writes a file.

mod actors;
pub mod atop;
mod columns;
mod dossier;
mod packed;
pub mod panel;
mod raw;
pub mod releases;
mod sets;
pub mod similar;

pub use actors::{Actors, Scheme};
pub use foedera_bulk::Refusal;
pub use packed::unpack;
pub use raw::{Encoding, LineEnd, Raw};

use columns::Columns;

/// The data sets there are importers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataSet {
    /// Alliance Treaty Obligations and Provisions, the member-level file.
    Atop,
    /// Correlates of War, the list of states.
    CowStates,
    /// Gleditsch and Ward, the list of states.
    GwStates,
    /// Kinne's Defense Cooperation Agreements, the treaty-level file.
    Dcad,
    /// Militarized Interstate Disputes: disputes (MIDA) or participants (MIDB).
    Mid,
    /// COW inter-state wars, participants.
    CowWars,
    /// Event tables in the form of ICEWS.
    Icews,
    /// ATOP, the directed dyad-years: read beside the member file, never by themselves.
    AtopDirected,
}

impl DataSet {
    /// All, with the word on the command line.
    pub const WORDS: [(DataSet, &'static str); 7] = [
        (DataSet::Atop, "atop"),
        (DataSet::CowStates, "cow-states"),
        (DataSet::GwStates, "gw-states"),
        (DataSet::Dcad, "dcad"),
        (DataSet::Mid, "mid"),
        (DataSet::CowWars, "cow-wars"),
        (DataSet::Icews, "icews"),
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(d, _)| *d == self).map_or("", |(_, w)| w)
    }

    /// The forms its files come in.
    fn forms(self) -> impl Iterator<Item = &'static Form> {
        FORMS.iter().filter(move |f| f.set == self)
    }
}

/// Every form there is: whose, its name, its table of columns in `data/`, and what separates its cells.
static FORMS: [Form; 10] = [
    Form::new(DataSet::Atop, "atop", include_str!("../data/atop.tsv"), b','),
    Form::new(DataSet::CowStates, "cow-states", include_str!("../data/cow-states.tsv"), b','),
    Form::new(DataSet::GwStates, "gw-states", include_str!("../data/gw-states.tsv"), b','),
    Form::new(DataSet::Dcad, "dcad", include_str!("../data/dcad.tsv"), b','),
    Form::new(DataSet::Mid, "mida", include_str!("../data/mida.tsv"), b','),
    Form::new(DataSet::Mid, "midb", include_str!("../data/midb.tsv"), b','),
    Form::new(DataSet::CowWars, "cow-wars", include_str!("../data/cow-wars.tsv"), b','),
    Form::new(DataSet::CowWars, "cow-dyadic-wars", include_str!("../data/cow-dyadic-wars.tsv"), b','),
    Form::new(DataSet::Icews, "icews", include_str!("../data/icews.tsv"), b'\t'),
    Form::new(DataSet::AtopDirected, "atop-directed", include_str!("../data/atop-directed.tsv"), b','),
];

/// One form of a data set's file.
struct Form {
    set: DataSet,
    name: &'static str,
    columns: &'static str,
    separator: u8,
}

impl Form {
    const fn new(set: DataSet, name: &'static str, columns: &'static str, separator: u8) -> Form {
        Form { set, name, columns, separator }
    }
}

/// A correction the user makes to one cell, by line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The line, counted from 1, the header being line 1.
    pub line: usize,
    /// The column's name.
    pub column: String,
    /// What shall stand there.
    pub value: String,
}

/// How far a long import is, for whoever wants to know.
#[derive(Clone, Copy, Default)]
pub struct Progress<'a>(Option<&'a dyn Fn(Stage, usize, usize)>);

impl<'a> Progress<'a> {
    /// Tells `watch` of each stage how much of how much is done.
    pub fn new(watch: &'a dyn Fn(Stage, usize, usize)) -> Progress<'a> {
        Progress(Some(watch))
    }

    fn tell(self, stage: Stage, done: usize, of: usize) {
        if let Some(watch) = self.0 {
            watch(stage, done, of);
        }
    }
}

impl std::fmt::Debug for Progress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(watched)" } else { "Progress" })
    }
}

/// A stage of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Cells are read; counted in bytes of the unpacked file.
    Reading,
    /// Cells are held to the codebook; counted in columns.
    Checking,
    /// Rows of the dossier are made; counted in rows of the file.
    Making,
}

/// What the user may say about an import.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// When the release was published, in EDTF; without it, what the codebook says, where it is known here.
    pub published: Option<String>,
    /// Corrections.
    pub mends: Vec<Mend>,
    /// Of ATOP: the name and bytes of its directed dyad-years, which say toward whom a member owes what where that differs.
    pub directed: Option<(String, Vec<u8>)>,
    /// Who is told how far it is.
    pub progress: Progress<'a>,
}

/// The outcome of an import: files to be written together, and what the user should know.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Paths within the dossier's folder, with contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// Oddities that were kept, and what was assumed.
    pub notes: Vec<String>,
    /// How many rows the file has.
    pub rows: usize,
}

/// Reads the file of a data set: out of its zip if it is in one, checked column by column and cell by cell.
///
/// # Errors
/// What cannot be read, by file, line, column and cell.
pub fn read(
    set: DataSet,
    name: &str,
    bytes: Vec<u8>,
    options: &Options<'_>,
) -> Result<(Raw, &'static str), Box<Refusal>> {
    let forms: Vec<(&Form, Columns)> = set.forms().map(|f| (f, Columns::parse(f.columns))).collect();
    let fits = |inner: &str, bytes: &[u8]| {
        let of = |(at, (form, columns)): (usize, &(&Form, Columns))| {
            let header = raw::header_of(inner, bytes, form.separator)?;
            Some((columns.fit(&header)?, at))
        };
        forms.iter().enumerate().filter_map(of).max().map(|(_, at)| at)
    };
    let (file, content) = unpack(name, bytes, &|inner, bytes| fits(inner, bytes).is_some())?;
    let (form, columns) = &forms[fits(&file, &content).expect("`unpack` hands out what fits")];
    columns.check_header(&file, &raw::header_of(&file, &content, form.separator).unwrap_or_default())?;
    let progress = options.progress;
    let mut raw = Raw::watched(&file, &content, form.separator, progress)?;
    raw.mend(&options.mends)?;
    columns.check(&mut raw, progress)?;
    Ok((raw, form.name))
}

/// Imports a file of a data set.
///
/// # Errors
/// What cannot be read, by file, line, column and cell; no file is handed out then.
pub fn import(
    set: DataSet,
    name: &str,
    bytes: Vec<u8>,
    actors: &Actors,
    options: &Options<'_>,
) -> Result<Imported, Box<Refusal>> {
    let digest = foedera_bulk::sha256(&bytes);
    let (raw, form) = read(set, name, bytes, options)?;
    let mut out = match form {
        "atop" => {
            let mut atop = atop::Atop::new(&raw)?;
            let directed =
                options.directed.as_ref().map(|(name, bytes)| directed(&atop, name, bytes)).transpose()?;
            atop.toward = directed.as_ref().map(|d| d.0.clone());
            let mut out = atop.dossier(&raw, actors, options)?;
            if let Some((toward, note)) = directed {
                out.files.push((DIRECTED.to_owned(), toward.to_csv().into_bytes()));
                out.notes.push(note);
            }
            out
        }
        "cow-states" | "gw-states" => sets::states(&raw, form, actors, options)?,
        "dcad" => sets::dcad(&raw, actors, options)?,
        "mida" | "midb" => sets::disputes(&raw, form, actors, options)?,
        "cow-wars" | "cow-dyadic-wars" => sets::wars(&raw, form, actors, options)?,
        _ => sets::events(&raw, actors, options)?,
    };
    out.rows = raw.rows();
    out.notes.splice(0..0, raw.notes.iter().cloned());
    for m in &options.mends {
        out.notes.push(format!("line {}, column `{}`: `{}` put in by the user", m.line, m.column, m.value));
    }
    dossier::finish(&mut out, set, form, &raw, &digest);
    Ok(out)
}

/// Where an import of ATOP keeps what its directed dyad-years say.
pub const DIRECTED: &str = "toward/atop-obvary.csv";

/// Reads ATOP's directed dyad-years beside the member file.
fn directed(atop: &atop::Atop, name: &str, bytes: &[u8]) -> Result<(atop::Toward, String), Box<Refusal>> {
    let (table, _) = read(DataSet::AtopDirected, name, bytes.to_vec(), &Options::default())?;
    let toward = atop::Toward::new(atop, &table)?;
    let digest = foedera_bulk::sha256(bytes);
    let note = format!(
        "{}: {} directed dyad-years (sha256 {digest}); they say toward whom {} pairs of members are bound where that differs",
        table.file,
        table.rows(),
        toward.pairs()
    );
    Ok((toward, note))
}

/// Writes a raw table back as its makers' file had it: the same cells, in the same order, comma or tab as it came.
pub fn export(raw: &Raw) -> String {
    raw.to_text()
}

/// System membership from a list of states that was read: number, first day, first day no longer. The last day of the list is the
/// end of its coverage: who is in then has no end.
///
/// # Errors
/// A date that is none, or an end before its beginning.
pub fn system(raw: &Raw) -> Result<Vec<(u32, foedera_bulk::Day, foedera_bulk::Day)>, Box<Refusal>> {
    let cow = raw.column("ccode").is_some();
    let spells = sets::spells(raw, cow)?;
    let coverage = spells.iter().map(|(_, _, end)| *end).max().unwrap_or(0);
    let code = |row: usize| raw.get(row, if cow { "ccode" } else { "gwcode" }).parse().unwrap_or(0);
    let end = |last| if last == coverage { foedera_bulk::OPEN } else { last + 1 };
    Ok(spells.into_iter().map(|(row, begin, last)| (code(row), begin, end(last))).collect())
}

/// How the makers of a data set ask to be cited, as BibTeX.
pub fn bibtex(set: DataSet) -> &'static str {
    dossier::citation(set).bibtex
}
