//! Events in the field's own form: PLOVER types and CAMEO codes.
//!
//! In: a [`Document`]. Out: one [`Coded`] line for each event the field would code. What always holds: by the field's rules what is only
//! announced is an agreement if it is kind and a threat if it is not, and what is told by the way is coded only where nothing else is.

use serde::Serialize;

use crate::document::{Document, EventOut};

/// An event as the field writes it.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Coded {
    /// The claim it comes from.
    pub id: String,
    /// PLOVER type.
    pub event: String,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who.
    pub source: Vec<String>,
    /// Toward whom.
    pub target: Vec<String>,
    /// When.
    pub date: Option<String>,
}

/// The PLOVER type of an act that is only announced or possible.
pub fn announced(kind: &str) -> &str {
    match kind {
        "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "CONCEDE" | "RETREAT" => "AGREE",
        "SANCTION" | "COERCE" | "ASSAULT" | "PROTEST" => "THREATEN",
        other => other,
    }
}

/// The CAMEO code of an act that is only announced: `03` with the act's own root where CAMEO has it, `13` for harm.
fn announced_code(kind: &str, code: &str) -> String {
    match kind {
        "CONSULT" => "036".to_owned(),
        "SUPPORT" | "COOPERATE" => "031".to_owned(),
        "AID" => "033".to_owned(),
        "CONCEDE" | "RETREAT" => "035".to_owned(),
        "SANCTION" => "131".to_owned(),
        "PROTEST" => "133".to_owned(),
        "COERCE" | "ASSAULT" => "138".to_owned(),
        _ => code.to_owned(),
    }
}

/// The events of a document in the field's form.
pub fn code(doc: &Document) -> Vec<Coded> {
    let main = doc.events.iter().any(|e| e.told == "main");
    let verbs = doc.events.iter().any(|e| e.told != "noun");
    let counts = |e: &&EventOut| if main { e.told == "main" } else { !verbs || e.told != "noun" };
    let mut out: Vec<Coded> = Vec::new();
    for e in doc.events.iter().filter(counts) {
        let future = matches!(
            e.modality,
            "planned" | "intended" | "expected" | "possible" | "conditional" | "obligated"
        );
        let negated = e.polarity == "negated";
        let (event, cameo) = match (future, negated) {
            // What is not done is refused if it is a kindness, and otherwise no event.
            (_, true)
                if matches!(
                    e.kind.as_str(),
                    "AID" | "CONCEDE" | "RETREAT" | "SUPPORT" | "COOPERATE" | "CONSULT" | "AGREE"
                ) =>
            {
                ("REJECT".to_owned(), "120".to_owned())
            }
            (true, _) => (announced(&e.kind).to_owned(), announced_code(&e.kind, &e.cameo)),
            _ => (e.kind.clone(), e.cameo.clone()),
        };
        let coded = Coded {
            id: e.id.clone(),
            event,
            cameo,
            mode: e.mode.clone(),
            source: e.source.clone(),
            target: e.target.clone(),
            date: e.date.clone(),
        };
        if !out.iter().any(|o| o.event == coded.event && o.source == coded.source && o.target == coded.target)
        {
            out.push(coded);
        }
    }
    out
}
