//! `tables`: everything a dossier says and what follows from it, as tables that other programs read.
//!
//! In: a dossier and a basis. Out: a folder with a file for each table and a manifest. What always holds: the manifest has the basis, what each column
//! means and each file's hash; the folder appears whole or not at all.

use std::path::PathBuf;

use foedera::{BasisRequest, Dossier};
use foedera_bulk::sha256;
use serde_json::json;

use super::columns::{self, Form};
use super::write_folder;
use crate::run::print;

/// `tables`.
#[derive(clap::Args, Debug)]
pub(crate) struct Tables {
    /// The folder to make.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Their form. Parquet and Arrow need a program built with these features.
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Csv)]
    form: Form,
    /// Only these, by comma: acts, parties, … Without it: all.
    #[arg(long, value_name = "TABLE,…", value_delimiter = ',')]
    only: Vec<String>,
    /// A folder for each table that has this column, with a file for each of its values: `COLUMN=VALUE/part-0.…`.
    #[arg(long, value_name = "COLUMN")]
    partition_by: Option<String>,
}

/// Writes the tables.
pub(crate) fn tables(args: &Tables, dossier: &Dossier, basis: &BasisRequest) -> Result<u8, String> {
    args.form.check()?;
    if args.into.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            args.into.display()
        ));
    }
    let all = foedera::tables(dossier, basis).map_err(|e| format!("error[{}]: {}", e.code, e.message))?;
    if let Some(unknown) = args.only.iter().find(|o| !all.iter().any(|t| t.name == o.as_str())) {
        let names: Vec<&str> = all.iter().map(|t| t.name).collect();
        return Err(format!("error[unknown-table]: no table `{unknown}`; there are {}", names.join(", ")));
    }
    let mut files = Vec::new();
    let mut listed = serde_json::Map::new();
    let mut out = String::new();
    for t in all.iter().filter(|t| args.only.is_empty() || args.only.iter().any(|o| o == t.name)) {
        let by = args.partition_by.as_deref().filter(|by| t.table.columns.iter().any(|c| c.name == *by));
        let parts = match by {
            Some(by) => {
                columns::parts(&t.table, by, args.form).map_err(|e| format!("{e} (in `{}`)", t.name))?
            }
            None => vec![(String::new(), columns::bytes(&t.table, args.form)?)],
        };
        let names = parts.iter().map(|(part, _)| match part.as_str() {
            "" => format!("{}.{}", t.name, args.form.extension()),
            part => format!("{}/{part}", t.name),
        });
        let names: Vec<String> = names.collect();
        let hashes: serde_json::Map<String, serde_json::Value> =
            names.iter().zip(&parts).map(|(n, (_, bytes))| (n.clone(), sha256(bytes).into())).collect();
        let meanings: serde_json::Map<String, serde_json::Value> =
            t.table.columns.iter().map(|c| (c.name.clone(), c.meaning.clone().into())).collect();
        listed.insert(
            t.name.to_owned(),
            json!({ "row": t.says, "rows": t.table.rows(), "columns": meanings, "files": hashes }),
        );
        out.push_str(&format!("{:12} {:7} rows  {}\n", t.name, t.table.rows(), t.says));
        files.extend(names.into_iter().zip(parts.into_iter().map(|p| p.1)));
    }
    if let (Some(by), false) = (&args.partition_by, files.iter().any(|(n, _)| n.contains('='))) {
        return Err(format!("error[partition]: none of these tables has a column `{by}`"));
    }
    let manifest = json!({
        "dossier": dossier.names.join(","),
        "dossier_hash": dossier.hash,
        "known": basis.known.as_deref().unwrap_or("latest"),
        "using": basis.using,
        "clearance": basis.clearance,
        "made_by": concat!("foedera ", env!("CARGO_PKG_VERSION")),
        "lists": "ids in one cell are set apart by spaces",
        "tables": listed,
    });
    let manifest = serde_json::to_string_pretty(&manifest).map_err(|e| format!("error: {e}"))?;
    files.push(("manifest.json".to_owned(), format!("{manifest}\n").into_bytes()));
    write_folder(&args.into, &files)?;
    print(&out)?;
    Ok(0)
}
