//! `replay`: asks the question of an earlier answer again on the same basis and compares.

use serde_json::Value;

use crate::ask::{Question, ask};
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// The same question asked again: the new answer, and the fields that differ.
pub fn replay(dossier: &Dossier, earlier: &Envelope) -> Result<(Envelope, Vec<String>), AskError> {
    let (question, basis) = asked_again(earlier)?;
    let again = ask(dossier, &question, &basis)?;
    let to = |e: &Envelope| serde_json::to_value(e).unwrap_or(Value::Null);
    let (old, new) = (to(earlier), to(&again));
    let mut differs = Vec::new();
    if let (Value::Object(a), Value::Object(b)) = (&old, &new) {
        for (k, v) in a {
            if b.get(k) != Some(v) {
                differs.push(k.clone());
            }
        }
    }
    Ok((again, differs))
}

/// The question and the basis of an earlier answer.
///
/// # Errors
/// The answer does not carry all it supposed, or its question cannot be asked.
pub(crate) fn asked_again(earlier: &Envelope) -> Result<(Question, BasisRequest), AskError> {
    let b = &earlier.basis;
    if b.hypothetical.iter().any(|h| h.starts_with("what ")) {
        let message = "the answer supposes a file of hypothetical rows, which it does not carry";
        return Err(
            AskError::new("bad-answer-file", message).help("ask it again with `foedera what-if FILE -- …`")
        );
    }
    let basis = BasisRequest {
        on: Some(b.on.clone()),
        known: Some(b.known.clone()),
        using: b.using.clone(),
        clearance: Some(b.clearance.clone()),
        today: b.on.clone(),
        assume: b.assume.clone(),
        suppose: Vec::new(),
    };
    let question: Question = serde_json::from_value(question_of(earlier)).map_err(|e| {
        AskError::new("bad-answer-file", format!("its question cannot be asked: {e}"))
            .help("an answer written by --format json holds the question under `question`")
    })?;
    Ok((question, basis))
}

/// The question as it is asked: what was assumed is asked as left unsaid.
fn question_of(earlier: &Envelope) -> Value {
    let mut q = earlier.question.clone();
    if q["provoked"] == "assumed-no" {
        q["provoked"] = Value::Null;
    }
    q
}
