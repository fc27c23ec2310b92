//! What a compiler cannot check: that pages, code and cases belong together, and that nothing private got in.
//!
//! In: the repository's files. Out: one line per fault. What always holds: the checks look only at files git does not
//! ignore; a check that cannot be made here (the articles are not beside the repository) says so.

use std::collections::BTreeSet;
use std::path::Path;

use crate::grams::{RUN, Runs};
use crate::repo::{self, Done};

/// Says what is untidy, or that nothing is.
pub(crate) fn run() -> Done {
    let files = repo::files()?;
    let mut faults = unpaired(&files, &repo::text(TABLE).unwrap_or_default());
    for name in &files {
        let Some(text) = repo::text(name) else { continue };
        faults.extend(faults_in(name, &text));
    }
    faults.extend(copied(&files)?);
    if faults.is_empty() {
        println!("tidy: {} files in order", files.len());
        return Ok(());
    }
    Err(faults.iter().map(|fault| format!("tidy: {fault}")).collect::<Vec<_>>().join("\n"))
}

/// The file whose table lists every check.
const TABLE: &str = "crates/dossier/src/check/mod.rs";

/// Codes of faults found while reading, which have no file of their own: lines `"code" Severity "summary";` of the table.
fn found_while_reading(table: &str) -> BTreeSet<String> {
    let rows = table.lines().map(str::trim).filter(|l| l.starts_with('"') && l.ends_with("\";"));
    rows.filter_map(|l| l[1..].split_once('"').map(|(code, _)| code.to_owned())).collect()
}

/// Checks without page or case, mechanisms without page, and the other way round.
fn unpaired(files: &BTreeSet<String>, table: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let reading = found_while_reading(table);
    let checks: BTreeSet<String> = [
        stems(files, "docs/checks/", ".md"),
        stems(files, "crates/dossier/src/check/", ".rs"),
        stems(files, "cases/checks/", ".md"),
    ]
    .into_iter()
    .flatten()
    .collect();
    for code in checks.union(&reading) {
        let file = code.replace('-', "_");
        let page = format!("docs/checks/{code}.md");
        let source = format!("crates/dossier/src/check/{file}.rs");
        let case = format!("cases/checks/{code}.md");
        let what = format!("check `{code}`");
        faults.extend(missing(files, &what, &[&[&page], &[&case]]));
        if !reading.contains(code) {
            faults.extend(missing(files, &what, &[&[&source]]));
        }
    }
    let mut mechanisms = stems(files, "docs/mechanisms/", ".md");
    mechanisms.extend(stems(files, "crates/reason/src/mechanism/", ".rs"));
    mechanisms.extend(stems(files, "crates/reason/src/mechanism/", "/mod.rs"));
    for name in mechanisms {
        let file = name.replace('-', "_");
        let page = format!("docs/mechanisms/{name}.md");
        let source = format!("crates/reason/src/mechanism/{file}.rs");
        let folder = format!("crates/reason/src/mechanism/{file}/mod.rs");
        faults.extend(missing(files, &format!("mechanism `{name}`"), &[&[&page], &[&source, &folder]]));
    }
    faults
}

/// The names, in kebab-case, of the files directly in a folder that end in a certain way.
fn stems(files: &BTreeSet<String>, folder: &str, end: &str) -> BTreeSet<String> {
    let inside = files.iter().filter_map(|name| name.strip_prefix(folder)?.strip_suffix(end));
    inside
        .filter(|stem| !stem.contains('/') && !["mod", "README"].contains(stem))
        .map(|stem| stem.replace('_', "-"))
        .collect()
}

/// One fault for each group of which no file is there.
fn missing(files: &BTreeSet<String>, what: &str, groups: &[&[&String]]) -> Vec<String> {
    let absent = groups.iter().filter(|group| !group.iter().any(|name| files.contains(*name)));
    absent.map(|group| format!("{what} has no {}", group[0])).collect()
}

/// What is wrong with one file by itself.
fn faults_in(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if name.ends_with(".rs") && !opens_with_words(text) {
        faults.push(format!("{name}: does not open with `//!` saying what it is"));
    }
    if let Some((line, path)) = machine_path(text) {
        faults.push(format!("{name}:{line}: names a path of one machine, `{path}`"));
    }
    if name.starts_with("dossiers/")
        && name.ends_with(".toml")
        && let Err(e) = toml::de::DeTable::parse(text)
    {
        faults.push(format!("{name}: is not TOML: {}", e.message()));
    }
    faults
}

/// The first path of a developer's machine in a text, with its line. A folder of that name inside a longer path or an
/// address is none.
fn machine_path(text: &str) -> Option<(usize, &'static str)> {
    // In pieces, so that this file does not find itself.
    let roots = [concat!("/wo", "rk/"), concat!("/fa", "rm/")];
    let starts_there =
        |at: &usize| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || "./_-".contains(c));
    let found = roots.iter().find_map(|root| {
        let at = text.match_indices(root).map(|(at, _)| at).find(starts_there)?;
        Some((at, *root))
    });
    found.map(|(at, root)| (text[..at].matches('\n').count() + 1, root))
}

/// A file opens with its own words or with the page it belongs to.
fn opens_with_words(text: &str) -> bool {
    text.starts_with("//!") || text.starts_with("#![doc = include_str!(")
}

/// Sentences that stand in one of the articles the shipped dossier paraphrases.
fn copied(files: &BTreeSet<String>) -> Result<Vec<String>, String> {
    let articles = repo::root().join("../shared/seeds");
    let Ok(folder) = std::fs::read_dir(&articles) else {
        println!("tidy: the articles are not beside this clone; copied sentences were NOT looked for");
        return Ok(Vec::new());
    };
    let mut runs = Runs::default();
    for entry in folder {
        let path = entry.map_err(|e| format!("{}: {e}", articles.display()))?.path();
        if path.extension().is_some_and(|end| end == "txt") {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            runs.add(&file_name(&path), &text);
        }
    }
    let texts = files.iter().filter_map(|name| Some((name, repo::text(name)?)));
    Ok(texts
        .filter_map(|(name, text)| {
            let (run, article) = runs.first_in(&text)?;
            Some(format!("{name}: {RUN} words in a row stand in {article}: \"{run}\"; say it in your own"))
        })
        .collect())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_check_needs_page_code_and_case() {
        let whole =
            ["docs/checks/no-place.md", "crates/dossier/src/check/no_place.rs", "cases/checks/no-place.md"];
        assert!(unpaired(&set(&whole), "").is_empty());
        for one in whole {
            assert_eq!(unpaired(&set(&[one]), "").len(), 2, "{one} alone");
        }
    }

    #[test]
    fn a_mechanism_is_a_file_or_a_folder() {
        assert!(
            unpaired(&set(&["docs/mechanisms/ties.md", "crates/reason/src/mechanism/ties.rs"]), "")
                .is_empty()
        );
        assert!(
            unpaired(&set(&["docs/mechanisms/casus.md", "crates/reason/src/mechanism/casus/mod.rs"]), "")
                .is_empty()
        );
        assert_eq!(unpaired(&set(&["docs/mechanisms/ties.md"]), "").len(), 1);
        assert_eq!(unpaired(&set(&["crates/reason/src/mechanism/casus/mod.rs"]), "").len(), 1);
    }

    #[test]
    fn indexes_and_parts_of_a_folder_need_no_page() {
        let names = [
            "crates/reason/src/mechanism/mod.rs",
            "docs/checks/README.md",
            "crates/dossier/src/check/mod.rs",
        ];
        assert!(unpaired(&set(&names), "").is_empty());
    }

    #[test]
    fn a_rust_file_opens_with_words() {
        assert_eq!(faults_in("a.rs", "use std::fs;\n").len(), 1);
        assert!(faults_in("a.rs", "//! What it is.\n").is_empty());
        assert!(faults_in("a.rs", "#![doc = include_str!(\"page.md\")]\n").is_empty());
    }

    #[test]
    fn a_machine_path_is_found_with_its_line() {
        let text = format!("one\ntwo {}\n", concat!("/wo", "rk/main"));
        assert!(faults_in("a.md", &text)[0].starts_with("a.md:2:"));
        assert!(faults_in("a.md", concat!("https://example.org/wo", "rk/page")).is_empty());
    }

    #[test]
    fn a_dossier_file_must_be_toml() {
        assert_eq!(faults_in("dossiers/a/b.toml", "[[actor]\n").len(), 1);
        assert!(faults_in("dossiers/a/b.toml", "[[actor]]\nid = \"JPN\"\n").is_empty());
    }

    #[test]
    fn a_code_found_while_reading_needs_a_page_and_a_case_but_no_file() {
        let table = "    \"bad-date\" Error \"a date that is none\";\n    \"uncited-claim\" Warning \"no citation\" = uncited_claim;\n";
        assert_eq!(found_while_reading(table), set(&["bad-date"]));
        assert!(unpaired(&set(&["docs/checks/bad-date.md", "cases/checks/bad-date.md"]), table).is_empty());
        assert_eq!(unpaired(&set(&[]), table).len(), 2);
    }
}
