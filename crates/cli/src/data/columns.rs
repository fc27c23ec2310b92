//! Tables as files: CSV, and with their features Parquet and Arrow; one file, or one for each value of a column.
//!
//! In: a table, a path, a form. Out: a file, or a folder of files that readers take for one table. What always holds: a file appears whole
//! or not at all, and a folder is never written into one that is there; the form follows from the file's name unless it is said.

use std::path::Path;

use foedera_columns::Table;

use super::write_folder;

/// The form of a table.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Csv,
    Parquet,
    Arrow,
}

impl Form {
    /// The form a file's name asks for; none if it asks for none of these.
    pub(super) fn of(path: &Path) -> Option<Form> {
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

#[cfg(any(feature = "parquet", feature = "arrow"))]
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
pub(super) fn write(table: &Table, into: &Path, form: Form) -> Result<(), String> {
    foedera::replace_file(into, bytes(table, form)?)
        .map_err(|e| format!("error[unwritable]: cannot write `{}`: {e}", into.display()))
}

/// Writes a table as a folder of files.
pub(super) fn write_parts(table: &Table, into: &Path, by: &str, form: Form) -> Result<(), String> {
    if into.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            into.display()
        ));
    }
    write_folder(into, &parts(table, by, form)?)
}
