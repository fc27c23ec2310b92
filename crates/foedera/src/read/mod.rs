//! Reading documents against an open dossier: proposed claims, linked to what the dossier knows.
//!
//! In: a dossier, a text, its date if it is known. Out: a [`Reading`]: the reader's document, a link for everything it names, and for each
//! claim whether the dossier confirms it, conflicts with it or has nothing. What always holds: nothing read enters an answer; a link says
//! by which rule it was made; what the dossier does not know is called new and never fitted to something else.

mod link;
pub mod model;
mod propose;
mod schema;
mod show;
pub mod store;

use foedera_reader::intake::OffsetMap;
use foedera_reader::{DocDate, Document, Known, KnownInstrument, Lexicon, Reader, Sort};
use foedera_world::terms::ActorKind;
use serde::Serialize;

pub use foedera_reader::intake::Text;
pub use foedera_reader::plover::Coded;
pub use foedera_reader::score::{KINDS as SCORED_KINDS, Table as ScoreTable};
pub use link::{Check, Link};
pub use propose::{Decision, Judgement, Proposal, Proposals};
pub use schema::{proposals_schema, read_schema, score_schema};
pub use show::reading as show_reading;

use crate::{AskError, Dossier};

/// The longest text read, in bytes.
pub const LONGEST_TEXT: usize = 16 << 20;

/// A document read against a dossier.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The file's name, as given.
    pub doc: String,
    /// A fingerprint of the text: a source whose text changed asks to be read again.
    pub fingerprint: String,
    /// Mentions and claims.
    #[serde(flatten)]
    pub document: Document,
    /// What the names are in the dossier.
    pub links: Vec<Link>,
    /// What the dossier says to the claims.
    pub checks: Vec<Check>,
    /// The model that proposed claims too, if one was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<model::ModelUse>,
    /// Where the text stood in its file, if it is not the file itself.
    #[serde(skip)]
    original: Option<OffsetMap>,
    /// The text itself, for underlining; not part of the output.
    #[serde(skip)]
    pub text: String,
}

/// A reader that knows a dossier's names.
pub struct DossierReader<'d> {
    dossier: &'d Dossier,
    reader: Reader,
}

impl<'d> DossierReader<'d> {
    /// Builds the vocabulary once for any number of texts.
    pub fn new(dossier: &'d Dossier) -> DossierReader<'d> {
        DossierReader { dossier, reader: Reader::new(&lexicon(dossier)) }
    }

    /// The same with dictionaries of the field (name and bytes of each file), and what is wrong with them, a line each.
    pub fn with_dictionaries(
        dossier: &'d Dossier,
        files: &[(String, Vec<u8>)],
    ) -> (DossierReader<'d>, Vec<String>) {
        let mut lexicon = lexicon(dossier);
        let mut findings = Vec::new();
        for (name, bytes) in files {
            findings.extend(lexicon.dictionaries.load(name, bytes).iter().map(ToString::to_string));
        }
        (DossierReader { dossier, reader: Reader::new(&lexicon) }, findings)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// A date that is none, a text longer than [`LONGEST_TEXT`].
    pub fn read(&self, name: &str, source: Text, date: Option<&str>) -> Result<Reading, AskError> {
        let text = source.text;
        if text.len() > LONGEST_TEXT {
            let message =
                format!("`{name}` has {} bytes of text, more than the limit of {LONGEST_TEXT}", text.len());
            return Err(AskError::new("too-large", message).help("cut it into parts"));
        }
        let date = match date {
            None => None,
            Some(d) => Some(DocDate::parse(d).ok_or_else(|| {
                AskError::new("bad-date", format!("`{d}` is not a date"))
                    .help("EDTF: 2024-07-08, 2024-07, 2024")
            })?),
        };
        let mut document = self.reader.read(&text, date);
        document.warnings.extend(source.warnings);
        if let Some(map) = &source.original {
            document.place_in_file(map);
        }
        for m in document.mentions.iter_mut().filter(|m| m.sort == "person" && m.flag.is_none()) {
            m.flag = other_name(&m.surface, m.refers.trim_start_matches("PER:"));
        }
        if document.chars == 0 {
            document.warnings.push("the text is empty".to_owned());
        }
        let (links, checks) = link::link(self.dossier, &document);
        Ok(Reading {
            doc: name.to_owned(),
            fingerprint: fingerprint(&text),
            document,
            links,
            checks,
            model: None,
            original: source.original,
            text,
        })
    }
}

impl Reading {
    /// The events in the field's form.
    pub fn coded(&self) -> Vec<Coded> {
        foedera_reader::plover::code(&self.document)
    }
}

/// Whether a file is to be taken apart in a process of its own.
pub fn needs_fence(bytes: &[u8]) -> bool {
    foedera_reader::intake::needs_fence(bytes)
}

/// The text of a file.
///
/// # Errors
/// A file that is no text.
pub fn text_of(name: &str, bytes: &[u8]) -> Result<Text, AskError> {
    foedera_reader::intake::text_of(name, bytes).map_err(|e| AskError::new(e.code, e.message).help(e.help))
}

/// A note where a full name has a word the person's own name has not: another name, or a slip.
fn other_name(surface: &str, name: &str) -> Option<String> {
    let words = |t: &str| -> Vec<String> {
        let plain = foedera_world::world::fold(t);
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1).map(str::to_owned).collect()
    };
    let (said, own) = (words(surface), words(name));
    let strange =
        said.len() > 1 && said.iter().any(|w| !own.contains(w)) && said.iter().any(|w| own.contains(w));
    strange.then(|| format!("the text says \"{surface}\", taken as another name of {name}"))
}

/// The names of a dossier as the reader takes them.
fn lexicon(d: &Dossier) -> Lexicon {
    let mut out = Lexicon::default();
    for a in &d.world.records.actors {
        let (sort, prefix) = match a.kind {
            ActorKind::State | ActorKind::UnrecognisedState => (Sort::Country, ""),
            ActorKind::ArmedGroup => (Sort::ArmedGroup, "ORG:"),
            ActorKind::Organisation => (Sort::Igo, "ORG:"),
            ActorKind::Bloc => (Sort::Bloc, "ORG:"),
            ActorKind::Body => (Sort::Organisation, "ORG:"),
            ActorKind::Person => (Sort::Person, "PER:"),
            ActorKind::Class => continue,
        };
        let shown = if prefix.is_empty() { a.id.to_string() } else { format!("{prefix}{}", a.name) };
        for name in std::iter::once(&a.name).chain(&a.aka) {
            // `the Alliance` is a description, and a small word is no name.
            let named = name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 1;
            if named {
                out.known.push(Known { name: name.clone(), refers: shown.clone(), sort });
            }
        }
    }
    for i in &d.world.records.instruments {
        for name in std::iter::once(&i.name).chain(&i.aka) {
            out.instruments.push(KnownInstrument { name: name.clone(), id: i.id.to_string() });
        }
    }
    out
}

/// FNV-1a over the bytes, twice with different beginnings: stable across machines, and not meant to keep anybody out.
pub(crate) fn fingerprint(text: &str) -> String {
    let fnv =
        |seed: u64| text.bytes().fold(seed, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{:016x}{:016x}", fnv(0xcbf2_9ce4_8422_2325), fnv(0x9e37_79b9_7f4a_7c15))
}

/// Scores a system's documents against annotated ones: pairs of JSON texts with the names they came from.
///
/// # Errors
/// A text that is not JSON.
pub fn score(pairs: &[(String, String, String)], bytes: bool) -> Result<ScoreTable, AskError> {
    let mut table = ScoreTable::default();
    for (name, gold, system) in pairs {
        let parse = |what: &str, text: &str| {
            serde_json::from_str::<serde_json::Value>(text)
                .map_err(|e| AskError::new("bad-json", format!("the {what} of `{name}` is not JSON: {e}")))
        };
        table.add(&parse("annotation", gold)?, &parse("output", system)?, bytes);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_given_name_is_noted() {
        assert!(other_name("Peter Kilonzo", "Amos Kilonzo").is_some());
        assert_eq!(other_name("Kilonzo Amos", "Amos Kilonzo"), None);
        assert_eq!(other_name("Kilonzo", "Amos Kilonzo"), None);
    }
}
