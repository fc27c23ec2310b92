//! Tables as files: CSV, and with their features Parquet and Arrow; one file, or one for each value of a column.
//!
//! In: a table, a path, a form. Out: a file, or a folder of files that readers take for one table; beside it a manifest and a citation. What
//! always holds: a file appears whole or not at all, and a folder is never written into one that is there; the form follows from the
//! file's name unless it is said.

use std::path::{Path, PathBuf};

use foedera_bulk::sha256;
use foedera_columns::Table;
use serde_json::Value;

use super::write_folder;
use crate::files::write_atomically;

/// Where a table goes, and in which form.
#[derive(clap::Args, Debug)]
pub(crate) struct Place {
    /// A file to write, with a manifest and a citation beside it: .csv, .parquet or .arrow by its name. Without it: the table
    /// is printed.
    #[arg(long, value_name = "FILE")]
    pub(super) into: Option<PathBuf>,
    /// The form, if it does not follow from the name.
    #[arg(long = "as", value_enum, value_name = "FORM", requires = "into")]
    form: Option<Form>,
    /// Write a folder of files instead, one for each value of this column; as Parquet, if --as does not say otherwise.
    #[arg(long, value_name = "COLUMN", requires = "into")]
    partition_by: Option<String>,
}

/// A table as it is made, and what stands beside it.
pub(super) struct Delivery<'a> {
    pub(super) csv: &'a str,
    /// What each column means.
    pub(super) columns: &'a [(&'static str, &'static str)],
    /// What the numbers depend on.
    pub(super) manifest: Value,
    pub(super) bibtex: &'a str,
}

impl Place {
    /// The form asked for, refused if this program was built without it.
    pub(super) fn form(&self) -> Result<Form, String> {
        let named = self.form.or_else(|| Form::of(self.into.as_deref()?));
        let form = named.unwrap_or(if self.partition_by.is_some() { Form::Parquet } else { Form::Csv });
        form.check()?;
        Ok(form)
    }

    /// Writes the table, its manifest and its citation.
    pub(super) fn deliver(&self, into: &Path, d: Delivery<'_>) -> Result<(), String> {
        let form = self.form()?;
        if form == Form::Csv && self.partition_by.is_none() {
            write_atomically(into, d.csv)?;
        } else {
            let table = Table::from_csv(d.csv, d.columns).map_err(|e| format!("error: {e}"))?;
            match &self.partition_by {
                Some(by) => write_parts(&table, into, by, form)?,
                None => write(&table, into, form)?,
            }
        }
        let mut manifest = d.manifest;
        let meanings: serde_json::Map<String, Value> =
            d.columns.iter().map(|(name, what)| ((*name).to_owned(), (*what).into())).collect();
        manifest["sha256"] = sha256(d.csv.as_bytes()).into();
        manifest["made_by"] = MADE_BY.into();
        manifest["columns"] = meanings.into();
        manifest["cite"] = "the .bib file beside this one; the data are their makers'".into();
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| format!("error: {e}"))?;
        write_atomically(&into.with_extension("manifest.json"), &format!("{text}\n"))?;
        write_atomically(&into.with_extension("bib"), d.bibtex)
    }
}

/// The form of a table.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Csv,
    Parquet,
    Arrow,
}

impl Form {
    /// The form a file's name asks for; none if it asks for none of these.
    fn of(path: &Path) -> Option<Form> {
        let end = path.extension()?.to_string_lossy().to_lowercase();
        match end.as_str() {
            "csv" => Some(Form::Csv),
            "parquet" => Some(Form::Parquet),
            "arrow" | "feather" | "ipc" => Some(Form::Arrow),
            _ => None,
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Parquet => "parquet",
            Form::Arrow => "arrow",
        }
    }

    /// Refuses a form this program was built without.
    pub(super) fn check(self) -> Result<(), String> {
        let (there, name) = match self {
            Form::Csv => (true, "csv"),
            Form::Parquet => (cfg!(feature = "parquet"), "parquet"),
            Form::Arrow => (cfg!(feature = "arrow"), "arrow"),
        };
        if there {
            return Ok(());
        }
        Err(format!(
            "error[no-{name}]: this program was built without {name}\n  help: write csv, or build with `cargo build --release -p foedera-cli --features parquet,arrow`"
        ))
    }
}

/// The bytes of a table in a form.
pub(super) fn bytes(table: &Table, form: Form) -> Result<Vec<u8>, String> {
    form.check()?;
    match form {
        Form::Csv => Ok(table.to_csv().into_bytes()),
        #[cfg(feature = "parquet")]
        Form::Parquet => foedera_columns::parquet(table, MADE_BY).map_err(|e| format!("error[parquet]: {e}")),
        #[cfg(feature = "arrow")]
        Form::Arrow => foedera_columns::arrow(table, MADE_BY).map_err(|e| format!("error[arrow]: {e}")),
        #[cfg(not(all(feature = "parquet", feature = "arrow")))]
        _ => Err("error: this program was built without that form".to_owned()),
    }
}

const MADE_BY: &str = concat!("foedera ", env!("CARGO_PKG_VERSION"));

/// The files of a table, one for each value of a column: `COLUMN=VALUE/part-0.EXTENSION`.
pub(super) fn parts(table: &Table, by: &str, form: Form) -> Result<Vec<(String, Vec<u8>)>, String> {
    let parts = table.partition(by).map_err(|e| format!("error[partition]: {e}"))?;
    parts
        .iter()
        .map(|(value, part)| Ok((format!("{by}={value}/part-0.{}", form.extension()), bytes(part, form)?)))
        .collect()
}

/// Writes a table as one file.
fn write(table: &Table, into: &Path, form: Form) -> Result<(), String> {
    foedera::replace_file(into, bytes(table, form)?)
        .map_err(|e| format!("error[unwritable]: cannot write `{}`: {e}", into.display()))
}

/// Writes a table as a folder of files.
fn write_parts(table: &Table, into: &Path, by: &str, form: Form) -> Result<(), String> {
    if into.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            into.display()
        ));
    }
    write_folder(into, &parts(table, by, form)?)
}
