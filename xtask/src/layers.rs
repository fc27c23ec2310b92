//! Keeps our crates in their layers: who may depend on whom, and which crate alone may use a third-party one.
//!
//! In: `cargo metadata`. Out: each edge that is not in the tables below, with the sentence that forbids it. What always
//! holds: dev-dependencies may point anywhere; a crate under `crates/` that no table names is itself an offence.
//! ARCHITECTURE.md draws the same picture; `deny.toml` repeats the wrappers for edges inside third-party crates.

use serde_json::Value;

use crate::repo::{self, Done};

/// One of our crates: whom of ours it may use, and why no one else.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    why: &'static str,
}

const LAYERS: &[Layer] = &[
    Layer {
        name: "foedera-world",
        may_use: &[],
        why: "the world is the ground: it knows no text, no rule and no face, so everything may stand on it",
    },
    Layer {
        name: "foedera-dossier",
        may_use: &["foedera-world"],
        why: "the language turns text into a world; it draws no conclusion and answers no question",
    },
    Layer {
        name: "foedera-reason",
        may_use: &["foedera-world"],
        why: "reasoning is a function of a view; it must not be able to see where in which text a row stood",
    },
    Layer {
        name: "foedera-reader",
        may_use: &["foedera-world"],
        why: "the reader is a function of a text, a date and the names it is given; it must not see a dossier or a face",
    },
    Layer {
        name: "foedera",
        may_use: &["foedera-world", "foedera-dossier", "foedera-reader", "foedera-reason", "foedera-columns"],
        why: "the façade joins language and reasoning; it does not know who shows its views",
    },
    Layer {
        name: "foedera-bulk",
        may_use: &[],
        why: "the columnar world is a ground of its own: whole data sets as bytes in, sums out; it knows no dossier and no face",
    },
    Layer {
        name: "foedera-intake",
        may_use: &["foedera", "foedera-bulk"],
        why: "an importer writes dossier text and tables, and reads the gazetteer through the façade; there is no second way into a world",
    },
    Layer {
        name: "foedera-columns",
        may_use: &[],
        why: "a file format is nobody's business but its own: a table in, bytes out",
    },
    Layer {
        name: "foedera-server",
        may_use: &["foedera"],
        why: "a face translates the façade's views and computes nothing; what two faces need belongs in the façade",
    },
    Layer {
        name: "foedera-cli",
        may_use: &["foedera", "foedera-bulk", "foedera-columns", "foedera-intake", "foedera-server"],
        why: "a face translates the façade's views and computes nothing; what two faces need belongs in the façade",
    },
    Layer {
        name: "foedera-cases",
        may_use: &["foedera"],
        why: "the cases test what users can reach: the façade, or a face called as a program",
    },
];

/// A third-party crate, the only crates of ours that may use it, and why.
struct Wrapped {
    name: &'static str,
    by: &'static [&'static str],
    why: &'static str,
}

const TERMINAL: &str = "only the terminal's face knows arguments, colours and columns";
const HTTP: &str = "only the web's face knows HTTP and markup; the binary starts it and hands it a port";
const TOML: &str = "only the language reads and writes TOML of dossiers, and the reader its own lexicon; there is no second way into a world";

const WRAPPED: &[Wrapped] = &[
    Wrapped { name: "clap", by: &["foedera-cli"], why: TERMINAL },
    Wrapped { name: "annotate-snippets", by: &["foedera-cli"], why: TERMINAL },
    Wrapped { name: "anstream", by: &["foedera-cli"], why: TERMINAL },
    Wrapped {
        name: "include_dir",
        by: &["foedera", "foedera-reader"],
        why: "shipped dossiers are embedded once, in the façade, and the reader's lexicon in the reader; nothing else is embedded",
    },
    Wrapped {
        name: "miniz_oxide",
        by: &["foedera-intake", "foedera-reader"],
        why: "only what opens zips and PDFs unpacks",
    },
    Wrapped { name: "indicatif", by: &["foedera-cli"], why: TERMINAL },
    Wrapped { name: "arrow-ipc", by: &["foedera-columns"], why: "a heavy format stays behind its feature" },
    Wrapped { name: "parquet", by: &["foedera-columns"], why: "a heavy format stays behind its feature" },
    Wrapped { name: "toml", by: &["foedera-dossier", "foedera-reader"], why: TOML },
    Wrapped { name: "axum", by: &["foedera-server"], why: HTTP },
    Wrapped { name: "maud", by: &["foedera-server"], why: HTTP },
    Wrapped { name: "tokio", by: &["foedera-server", "foedera-cli"], why: HTTP },
    Wrapped { name: "toml_edit", by: &["foedera-dossier"], why: TOML },
];

/// Says which edges offend, or that none does.
pub(crate) fn run() -> Done {
    let offences = offences(&repo::metadata()?);
    if offences.is_empty() {
        println!("layers: every edge is one ARCHITECTURE.md allows");
        return Ok(());
    }
    Err(offences.join("\n"))
}

/// Every edge the tables forbid.
fn offences(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ours: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    packages.iter().filter(|p| p["name"] != "xtask").flat_map(|p| of_package(p, &ours)).collect()
}

fn of_package(package: &Value, ours: &[&str]) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) else {
        return vec![format!(
            "layers: `{name}` is in no layer; name it in xtask/src/layers.rs and in ARCHITECTURE.md"
        )];
    };
    let edges = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shipped = edges.iter().filter(|edge| edge["kind"] != "dev");
    shipped.filter_map(|edge| forbidden(layer, edge["name"].as_str()?, ours)).collect()
}

/// Why the edge from a layer to a crate is forbidden, if it is.
fn forbidden(from: &Layer, to: &str, ours: &[&str]) -> Option<String> {
    let why = if ours.contains(&to) {
        (!from.may_use.contains(&to)).then_some(from.why)
    } else {
        let wrapped = WRAPPED.iter().find(|wrapped| wrapped.name == to)?;
        (!wrapped.by.contains(&from.name)).then_some(wrapped.why)
    };
    why.map(|why| format!("layers: {} → {to} is not allowed: {why}", from.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn workspace(name: &str, to: &str, kind: Option<&str>) -> Value {
        json!({ "packages": [
            { "name": name, "dependencies": [{ "name": to, "kind": kind }] },
            { "name": "foedera-reason", "dependencies": [] },
            { "name": "xtask", "dependencies": [{ "name": "toml", "kind": null }] },
        ] })
    }

    #[test]
    fn an_upward_edge_is_refused_with_its_sentence() {
        let found = offences(&workspace("foedera-world", "foedera-reason", None));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("foedera-world → foedera-reason"), "{found:?}");
        assert!(found[0].contains("the world is the ground"), "{found:?}");
    }

    #[test]
    fn a_face_sees_only_the_facade() {
        assert_eq!(offences(&workspace("foedera-cli", "foedera-reason", None)).len(), 1);
        assert!(offences(&workspace("foedera", "foedera-reason", None)).is_empty());
    }

    #[test]
    fn tests_may_use_anything_but_build_scripts_may_not() {
        assert!(offences(&workspace("foedera-world", "foedera-reason", Some("dev"))).is_empty());
        assert_eq!(offences(&workspace("foedera-world", "foedera-reason", Some("build"))).len(), 1);
    }

    #[test]
    fn a_wrapped_crate_stays_in_its_wrapper() {
        assert_eq!(offences(&workspace("foedera", "clap", None)).len(), 1);
        assert!(offences(&workspace("foedera-cli", "clap", None)).is_empty());
        assert!(offences(&workspace("foedera-cli", "jiff", None)).is_empty());
    }

    #[test]
    fn a_crate_in_no_layer_is_an_offence() {
        assert!(offences(&workspace("foedera-utils", "jiff", None))[0].contains("in no layer"));
    }
}
