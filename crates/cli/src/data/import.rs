//! `import` and `export`: a data set from the user's own download to a dossier, and its raw table back.
//!
//! In: a file as downloaded, or a folder an import made. Out: a new folder; the table. What always holds: the folder appears whole or not at
//! all; a long import says how far it is, on a terminal only.

use std::fmt::Write as _;
use std::path::PathBuf;

use foedera_intake::{DataSet, Mend, Options, Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

use super::{data_set, name_of, read, refused, table, write_folder};
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
    /// Of ATOP: its directed dyad-years (`…ddyr.csv`), of the same release. They say toward whom a member owes what where that differs
    /// (`obvary`); without them such a duty is possible only.
    #[arg(long, value_name = "FILE")]
    directed: Option<PathBuf>,
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

fn mend(text: &str) -> Result<Mend, String> {
    let parts =
        text.split_once(':').and_then(|(line, rest)| Some((line.parse().ok()?, rest.split_once('=')?)));
    let (line, (column, value)) = parts.ok_or("expected LINE:COLUMN=VALUE, as 444:warendyr=1918")?;
    Ok(Mend { line, column: column.to_owned(), value: value.to_owned() })
}

/// A bar on standard error, where that is a terminal; nothing where it is not, or if the whole takes less than a moment.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Bar {
        let bar = ProgressBar::no_length();
        let style =
            ProgressStyle::with_template("{msg:10} {bar:32} {percent:>3} %  {elapsed} (about {eta} more)");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Bar(bar)
    }

    fn tell(&self, stage: Stage, done: usize, of: usize) {
        let word = match stage {
            Stage::Reading => "reading",
            Stage::Checking => "checking",
            Stage::Making => "making rows",
        };
        if self.0.message() != word {
            self.0.set_message(word);
            self.0.reset_eta();
        }
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// Imports; the folder appears whole or not at all.
pub(crate) fn import(args: &Import) -> Result<u8, String> {
    if args.into.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            args.into.display()
        ));
    }
    let actors = super::actors()?;
    if args.directed.is_some() && args.kind != DataSet::Atop {
        return Err("error[not-directed]: --directed belongs to `import atop`".to_owned());
    }
    let bar = Bar::new();
    let watch = |stage, done, of| bar.tell(stage, done, of);
    let directed = args.directed.as_deref().map(|p| Ok::<_, String>((name_of(p), read(p)?))).transpose()?;
    let options = Options {
        published: args.published.clone(),
        mends: args.mend.clone(),
        directed,
        progress: Progress::new(&watch),
    };
    let imported =
        foedera_intake::import(args.kind, &name_of(&args.path), read(&args.path)?, &actors, &options)
            .map_err(refused)?;
    bar.done();
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

/// Writes the raw table of an import back, cell for cell.
pub(crate) fn export(args: &Export) -> Result<u8, String> {
    print(&foedera_intake::export(&table(args.kind, &args.dir)?))?;
    Ok(0)
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
}
