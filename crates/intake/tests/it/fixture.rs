//! Small files in the forms of the data sets, and zips around them.
//!
//! In: what a test wants to be different. Out: bytes. What always holds: nothing here is a row of anyone's data.

use foedera::Dossier;
use foedera_intake::{Actors, DataSet, Imported, Options, Refusal, import};

const ATOP_COLUMNS: &str = include_str!("../../data/atop.tsv");

/// The columns of the member file, those of release 5 included.
pub(crate) fn columns() -> Vec<&'static str> {
    let lines = ATOP_COLUMNS.lines().filter(|l| !l.starts_with('#') && !l.starts_with("key "));
    let names = lines.filter_map(|l| l.split('\t').next());
    names.map(|n| n.trim_end_matches('?')).filter(|n| !["new4", "rev4"].contains(n)).collect()
}

/// One row of the member file: what is named, all else 0 or its usual value.
pub(crate) fn row(cells: &[(&str, &str)]) -> String {
    let usual = |column: &str| match column {
        "cowid" | "cow4id" => "",
        "cowsys" | "estmode" | "source" => "1",
        "version" => "5.1",
        "dayexit" | "moexit" | "yrexit" => "0",
        "ineffect" => "1",
        "length" | "renewlgt" => "120",
        _ => "0",
    };
    let cell =
        |column: &&str| cells.iter().find(|(c, _)| c == column).map_or_else(|| usual(column), |(_, v)| *v);
    columns().iter().map(cell).collect::<Vec<_>>().join(",")
}

/// A member's row that began on one day and, if `exit` is given, ended on another.
pub(crate) fn spell(
    id: &str,
    phase: &str,
    member: &str,
    entry: [&str; 3],
    exit: Option<[&str; 3]>,
    more: &[(&str, &str)],
) -> String {
    let mut cells = vec![
        ("atopid", id),
        ("phase", phase),
        ("member", member),
        ("yrent", entry[0]),
        ("moent", entry[1]),
        ("dayent", entry[2]),
    ];
    if let Some([y, m, d]) = exit {
        cells.extend([("yrexit", y), ("moexit", m), ("dayexit", d), ("ineffect", "0"), ("termmode", "3")]);
    }
    // What comes first counts.
    let mut all = more.to_vec();
    all.extend(cells);
    row(&all)
}

/// A file of the member level.
pub(crate) fn atop(rows: &[String]) -> String {
    format!("{}\n{}\n", columns().join(","), rows.join("\n"))
}

/// Imports bytes under a name.
pub(crate) fn bring(set: DataSet, name: &str, bytes: impl Into<Vec<u8>>) -> Result<Imported, Box<Refusal>> {
    static ACTORS: std::sync::LazyLock<Actors> = std::sync::LazyLock::new(|| {
        Actors::of(&Dossier::open(&["gazetteer".to_owned()]).expect("the gazetteer is embedded"))
    });
    import(set, name, bytes.into(), &ACTORS, &Options::default())
}

/// An imported dossier, opened over the gazetteer, which must have no error.
pub(crate) fn open(imported: &Imported) -> Dossier {
    layered(&[("imported", imported)])
}

/// Several imports, one over the other, which must have no error.
pub(crate) fn layered(imports: &[(&str, &Imported)]) -> Dossier {
    let files = |imported: &Imported| {
        let toml = imported.files.iter().filter(|(name, _)| name.ends_with(".toml"));
        toml.map(|(n, b)| (n.clone(), String::from_utf8(b.clone()).expect("UTF-8"))).collect()
    };
    let dossiers = imports.iter().map(|(name, imported)| ((*name).to_owned(), files(imported)));
    let d = Dossier::layered(dossiers.collect()).expect("they open");
    let errors: Vec<_> = d.findings.iter().filter(|f| f.severity == foedera::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    d
}

/// The text of one of the files that came out.
pub(crate) fn text(imported: &Imported, name: &str) -> String {
    let (_, bytes) = imported.files.iter().find(|(n, _)| n == name).expect("a file of that name");
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// A zip of some files, deflated or stored.
pub(crate) fn zip(files: &[(&str, Vec<u8>)], deflate: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let packed =
            if deflate { miniz_oxide::deflate::compress_to_vec(content, 6) } else { content.clone() };
        let at = out.len() as u32;
        let mut fields = Vec::new();
        fields.extend([20, 0, 0, 0, if deflate { 8 } else { 0 }, 0, 0, 0, 0, 0]);
        fields.extend(crc(content).to_le_bytes());
        fields.extend((packed.len() as u32).to_le_bytes());
        fields.extend((content.len() as u32).to_le_bytes());
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, length) = (out.len() as u32, directory.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// CRC-32, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut c = u32::MAX;
    for b in bytes {
        c ^= u32::from(*b);
        for _ in 0..8 {
            c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
        }
    }
    !c
}
