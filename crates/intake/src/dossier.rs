//! The text of an imported dossier: quoting, the files every import has, the manifest and how to cite.
//!
//! In: what an importer found. Out: TOML, JSON and BibTeX. What always holds: nothing here names a path or a day that is not in the data;
//! the raw table lies under `raw/`, in UTF-8 with LF, with the same cells.

use crate::{DataSet, Imported, Raw};

/// A text in quotes, as TOML and JSON both read it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list of texts in brackets.
pub(crate) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let inner: Vec<String> = texts.into_iter().map(quoted).collect();
    format!("[{}]", inner.join(", "))
}

/// What a data set is called and how its makers ask to be cited.
pub(crate) struct Citation {
    pub(crate) title: &'static str,
    pub(crate) author: &'static str,
    pub(crate) bibtex: &'static str,
}

/// The citation of a data set.
pub(crate) fn citation(set: DataSet) -> Citation {
    let (title, author, bibtex) = match set {
        DataSet::Atop | DataSet::AtopDirected => (
            "Alliance Treaty Obligations and Provisions",
            "Leeds, Ritter, Mitchell and Long",
            "@article{leeds2002alliance,\n  author  = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},\n  title   = {Alliance Treaty Obligations and Provisions, 1815--1944},\n  journal = {International Interactions},\n  volume  = {28},\n  pages   = {237--260},\n  year    = {2002}\n}\n",
        ),
        DataSet::CowStates => (
            "Correlates of War: State System Membership",
            "Correlates of War Project",
            "@misc{cow-states,\n  author = {{Correlates of War Project}},\n  title  = {State System Membership List},\n  note   = {cite the version in the manifest}\n}\n",
        ),
        DataSet::GwStates => (
            "Gleditsch and Ward: independent states",
            "Gleditsch and Ward",
            "@article{gleditsch1999interstate,\n  author  = {Gleditsch, Kristian S. and Ward, Michael D.},\n  title   = {A Revised List of Independent States since the Congress of Vienna},\n  journal = {International Interactions},\n  volume  = {25},\n  pages   = {393--413},\n  year    = {1999}\n}\n",
        ),
        DataSet::Dcad => (
            "Defense Cooperation Agreement Dataset",
            "Kinne",
            "@article{kinne2020defense,\n  author  = {Kinne, Brandon J.},\n  title   = {The Defense Cooperation Agreement Dataset (DCAD)},\n  journal = {Journal of Conflict Resolution},\n  year    = {2020}\n}\n",
        ),
        DataSet::Mid => (
            "Correlates of War: Militarized Interstate Disputes",
            "Palmer and others",
            "@misc{cow-mid,\n  author = {{Correlates of War Project}},\n  title  = {Militarized Interstate Disputes},\n  note   = {cite the version in the manifest}\n}\n",
        ),
        DataSet::CowWars => (
            "Correlates of War: Inter-State Wars",
            "Sarkees and Wayman",
            "@book{sarkees2010resort,\n  author    = {Sarkees, Meredith Reid and Wayman, Frank Whelon},\n  title     = {Resort to War, 1816--2007},\n  publisher = {CQ Press},\n  year      = {2010}\n}\n",
        ),
        DataSet::Icews => (
            "ICEWS Coded Event Data",
            "Boschee and others",
            "@misc{icews,\n  author = {Boschee, Elizabeth and Lautenschlager, Jennifer and O'Brien, Sean and Shellman, Steve and Starz, James and Ward, Michael},\n  title  = {{ICEWS} Coded Event Data},\n  publisher = {Harvard Dataverse},\n  doi    = {10.7910/DVN/28075}\n}\n",
        ),
    };
    Citation { title, author, bibtex }
}

/// The days a data set covers, both included.
pub(crate) struct Coverage {
    pub(crate) first: String,
    pub(crate) last: String,
}

/// `dossier.toml` and `sources.toml` of an import.
pub(crate) fn frame(
    set: DataSet,
    id: &str,
    release: &str,
    published: &str,
    covers: &Coverage,
    note: &str,
) -> Vec<(String, Vec<u8>)> {
    let c = citation(set);
    let title = format!("{} {release}", c.title);
    let dossier = format!(
        "[dossier]\nname = {}\ntitle = {}\nincludes = [\"gazetteer\"]\n\n[[pack]]\nid = {}\ntitle = {}\n",
        quoted(id),
        quoted(&format!("Imported: {title}")),
        quoted(id),
        quoted(&title)
    );
    let sources = format!(
        "[[source]]\nid = {}\ntitle = {}\nkind = \"data-set\"\npack = {}\npublished = {}\ncovers = {}\nauthor = {}\nnote = {}\n",
        quoted(id),
        quoted(&title),
        quoted(id),
        quoted(published),
        quoted(&format!("{}/{}", covers.first, covers.last)),
        quoted(c.author),
        quoted(note)
    );
    vec![("dossier.toml".to_owned(), dossier.into_bytes()), ("sources.toml".to_owned(), sources.into_bytes())]
}

/// Adds the raw table, the manifest and the citation.
pub(crate) fn finish(out: &mut Imported, set: DataSet, form: &str, raw: &Raw, digest: &str) {
    let text = raw.to_text();
    let kept = format!("raw/{form}.csv");
    let notes: Vec<String> = out.notes.iter().map(|n| format!("    {}", quoted(n))).collect();
    let c = citation(set);
    let manifest = format!(
        "{{\n  \"data_set\": {},\n  \"title\": {},\n  \"read_from\": {},\n  \"sha256\": {},\n  \"rows\": {},\n  \"columns\": {},\n  \"raw_table\": {},\n  \"raw_sha256\": {},\n  \"importer\": {},\n  \"terms\": {},\n  \"cite\": {},\n  \"notes\": [\n{}\n  ]\n}}\n",
        quoted(set.word()),
        quoted(c.title),
        quoted(&raw.file),
        quoted(digest),
        raw.rows(),
        raw.header.len(),
        quoted(&kept),
        quoted(&foedera_bulk::sha256(text.as_bytes())),
        quoted(concat!("foedera ", env!("CARGO_PKG_VERSION"))),
        quoted("the data are their makers'; cite them and do not pass them on without leave"),
        quoted("cite.bib"),
        notes.join(",\n")
    );
    out.files.push((kept, text.into_bytes()));
    out.files.push(("manifest.json".to_owned(), manifest.into_bytes()));
    out.files.push(("cite.bib".to_owned(), c.bibtex.as_bytes().to_vec()));
}
