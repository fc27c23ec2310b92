//! The façade: open a dossier, ask a question, get an answer with its proof.
//!
//! In: dossier names or folders, questions in words. Out: plain views that serialise ([`Envelope`]) and texts. Every face (command
//! line, cases, later HTTP) translates this crate and computes nothing itself.
//!
//! What always holds: an answer echoes its whole basis; the same dossier, question and basis give the same bytes; the clock is
//! never read here (`today` is the caller's).

mod answer;
mod ask;
pub mod atlas;
mod basis;
mod catalogue;
mod disk;
mod error;
mod kept;
mod names;
pub mod read;
pub mod render;
mod schema;
mod shelf;
mod suppose;
mod tables;
mod verbs;
pub mod verify;

pub use answer::{AssumptionView, BasisView, CiteView, Envelope, ProofView};
pub use ask::{CasusRequest, ClaimsRequest, Question, ask, replay};
pub use basis::BasisRequest;
pub use catalogue::{Entry, catalogue};
pub use disk::replace_file;
pub use error::AskError;
pub use foedera_dossier::{CheckInfo, checks, format as format_text, json_schema as dossier_schema};
pub use foedera_reason::proof::counted;
pub use foedera_world::{Finding, Label, Severity};
pub use schema::answer_schema;
pub use serde::Serialize;
pub use shelf::{Dossier, EMBEDDED, OpenError, TextOf};
pub use tables::{WorldTable, tables};
pub use verbs::{Field, FieldKind, VERBS, Verb, question, verb};

/// Compiles one text as a dossier of its own and counts its findings. For fuzzing: must never panic.
pub fn check_text(name: &str, text: &str) -> usize {
    let volume = foedera_dossier::Volume {
        name: "text".to_owned(),
        files: vec![foedera_dossier::SourceFile { name: name.to_owned(), text: text.as_bytes().to_vec() }],
    };
    let compiled = foedera_dossier::compile(&[volume]);
    let findings = compiled.findings.len();
    let world = foedera_world::World::build(compiled.records);
    let view = foedera_world::View::new(&world, foedera_world::Knowledge::latest());
    findings + view.spells.rows.len()
}

/// Reads a scenario fact without resolving its names. For fuzzing: must never panic.
pub fn parse_fact(text: &str) -> bool {
    foedera_dossier::parse_fact(text, &|name| Some(name.to_owned())).is_ok()
}

/// Words of likelihood and the range in per cent each yardstick gives them.
pub fn yardsticks() -> Vec<(&'static str, &'static [foedera_reason::yardstick::Range])> {
    let all = foedera_world::terms::Yardstick::ALL.iter();
    all.map(|y| (y.word(), foedera_reason::yardstick::words(*y))).collect()
}

/// The day so many days after 1970-01-01, as EDTF.
pub fn day_of(days: u64) -> String {
    foedera_world::time::Day::from_number(i32::try_from(days).unwrap_or(0)).to_string()
}
