//! What a model answered, as JSON that was asked for or as nothing.
//!
//! In: the body of an OpenAI-compatible answer. Out: proposed claims, their words not yet looked for. What always holds: a field or a word
//! that is not in the published lists makes the claim unreadable, whatever it says.

use serde::Deserialize;
use serde_json::Value;

use crate::AskError;

/// A claim as a model proposes it: words that are still to be found in the text.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Proposed {
    Event {
        #[serde(rename = "type")]
        sort: String,
        quote: String,
        trigger: String,
        #[serde(default)]
        source: Vec<String>,
        #[serde(default)]
        target: Vec<String>,
        date: Option<String>,
        attribution: Option<String>,
        modality: Option<String>,
        #[serde(default)]
        negated: bool,
    },
    Position {
        quote: String,
        trigger: String,
        holder: String,
        stance: String,
        object: String,
        attribution: Option<String>,
    },
    Expectation {
        quote: String,
        trigger: String,
        holder: Option<String>,
        subject: String,
        content: String,
        due: Option<String>,
        certainty: String,
        #[serde(default)]
        negated: bool,
    },
}

/// The claims of an answer, each still as it came: one that is ill-formed costs itself only.
pub(super) fn claims(body: &str) -> Result<Vec<Value>, AskError> {
    let bad = |what: String| {
        AskError::new("bad-model-answer", what)
            .help("expected choices[0].message.content with {\"claims\": […]}; nothing of it was used")
    };
    let envelope: Value = serde_json::from_str(body)
        .map_err(|e| bad(format!("the model's server did not answer in JSON: {e}")))?;
    let choice = &envelope["choices"][0];
    let Some(content) = choice["message"]["content"].as_str() else {
        return Err(bad("the answer of the model's server has no message".to_owned()));
    };
    let content = content.trim();
    let inner = content
        .strip_prefix("```json")
        .or_else(|| content.strip_prefix("```"))
        .and_then(|t| t.strip_suffix("```"))
        .unwrap_or(content);
    let cut = if choice["finish_reason"] == "length" { "; the server says it was cut off" } else { "" };
    let parsed: Value =
        serde_json::from_str(inner).map_err(|e| bad(format!("the model's message is not JSON: {e}{cut}")))?;
    match parsed {
        Value::Object(mut o) => match o.remove("claims") {
            Some(Value::Array(list)) => Ok(list),
            _ => Err(bad("the model's message has no list `claims`".to_owned())),
        },
        _ => Err(bad("the model's message is not a JSON object".to_owned())),
    }
}

/// One claim, or why it is none.
pub(super) fn claim(value: Value) -> Result<Proposed, String> {
    serde_json::from_value(value).map_err(|e| format!("not a claim as asked for: {e}"))
}
