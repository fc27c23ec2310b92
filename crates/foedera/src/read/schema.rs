//! The JSON Schemas of what `read` and `score` print and of a proposals file.
//!
//! In: nothing. Out: schemas (JSON Schema 2020-12). What always holds: no property is left out of them, and none else is allowed, so that
//! an output with a new one fails its test until the schema says it.

use foedera_world::terms::Mode;
use serde_json::{Map, Value, json};

use super::SCORED_KINDS;

/// An object: properties always there, properties that may be left out, nothing else.
fn object(always: &[(&str, Value)], sometimes: &[(&str, Value)]) -> Value {
    let all: Map<String, Value> =
        always.iter().chain(sometimes).map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
    let required: Vec<&str> = always.iter().map(|(k, _)| *k).collect();
    json!({ "type": "object", "required": required, "properties": all, "additionalProperties": false })
}

fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn titled(title: &str, mut schema: Value, defs: Value) -> Value {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema["$defs"] = defs;
    schema
}

/// The schema of what `read --format json` prints: one document, or a list of them.
pub fn read_schema() -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let number = json!({ "type": "integer", "minimum": 0 });
    let flag = json!({ "type": "boolean" });
    let texts = list(&text);
    let place: Vec<(&str, Value)> = vec![
        ("start", number.clone()),
        ("end", number.clone()),
        ("byte_start", number.clone()),
        ("byte_end", number.clone()),
    ];
    let original = ("original", json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2 }));
    let span_ref = json!({ "$ref": "#/$defs/span" });
    let span: Vec<(&str, Value)> = [("quote", text.clone())].into_iter().chain(place.clone()).collect();
    // Claims have an id, their place, and what is their own.
    let claim = |own: &[(&'static str, Value)], sometimes: &[(&'static str, Value)]| {
        let always: Vec<(&str, Value)> = [("id", text.clone()), ("rule", text.clone())]
            .into_iter()
            .chain(span.clone())
            .chain(own.iter().cloned())
            .collect();
        let sometimes: Vec<(&str, Value)> =
            [original.clone()].into_iter().chain(sometimes.iter().cloned()).collect();
        object(&always, &sometimes)
    };
    let told_twice = [
        ("date_rule", text.clone()),
        ("resolved", flag.clone()),
        ("also", list(&span_ref)),
        ("contradicts", texts.clone()),
    ];
    let resolved = [("resolved", flag.clone())];
    let polarity = json!({ "enum": ["affirmed", "negated"] });
    let mention: Vec<(&str, Value)> = [("surface", text.clone())]
        .into_iter()
        .chain(place)
        .chain([("ref", text.clone()), ("type", text.clone()), ("rule", text.clone())])
        .collect();
    let defs = json!({
        "span": object(&span, std::slice::from_ref(&original)),
        "mention": object(&mention, &[original.clone(), ("form", text.clone()), ("metonym", flag.clone()), ("place_use", flag.clone()), ("flag", text.clone())]),
        "office": claim(&[("person", text.clone()), ("office", text.clone()), ("of", text.clone()), ("status", text.clone())], &[]),
        "agreement": claim(&[
            ("name", text.clone()), ("parties", texts.clone()), ("stage", text.clone()), ("date", maybe.clone()), ("modality", text.clone()),
            ("polarity", polarity.clone()), ("attribution", text.clone()), ("trigger", span_ref.clone()),
        ], &told_twice),
        "event": claim(&[
            ("type", text.clone()), ("cameo", text.clone()), ("source", texts.clone()), ("target", texts.clone()), ("date", maybe.clone()),
            ("modality", text.clone()), ("polarity", polarity.clone()), ("attribution", text.clone()), ("told", text.clone()), ("trigger", span_ref.clone()),
        ], &[told_twice.as_slice(), &[("mode", text.clone()), ("location", text.clone()), ("modality_words", text.clone())]].concat()),
        "position": claim(&[
            ("holder", text.clone()), ("stance", text.clone()), ("object", text.clone()), ("attribution", text.clone()), ("trigger", span_ref.clone()),
        ], &resolved),
        "expectation": claim(&[
            ("holder", text.clone()), ("subject", text.clone()), ("content", text.clone()), ("due", maybe.clone()), ("certainty", text.clone()),
            ("polarity", polarity), ("trigger", span_ref),
        ], &resolved),
        "measure": claim(&[
            ("kind", text.clone()), ("value", json!({ "type": "number" })), ("unit", text.clone()), ("of", text.clone()),
        ], &[("approx", flag)]),
        "link": object(&[("ref", text.clone()), ("id", maybe.clone()), ("how", text.clone()), ("count", number.clone())], &[]),
        "check": object(&[
            ("claim", text.clone()), ("id", maybe.clone()), ("how", text.clone()),
            ("verdict", json!({ "enum": ["confirms", "conflicts-with", "new", "known"] })), ("with", text.clone()),
        ], &[]),
    });
    let all = |name: &str| list(&json!({ "$ref": format!("#/$defs/{name}") }));
    let document = object(
        &[
            ("doc", text.clone()),
            ("fingerprint", text.clone()),
            ("doc_date", maybe),
            ("chars", number.clone()),
            ("bytes", number.clone()),
            ("offsets", text.clone()),
            ("sentences", number),
            ("mentions", all("mention")),
            ("offices", all("office")),
            ("agreements", all("agreement")),
            ("events", all("event")),
            ("positions", all("position")),
            ("expectations", all("expectation")),
            ("measures", all("measure")),
            ("links", all("link")),
            ("checks", all("check")),
        ],
        &[("doc_date_rule", text), ("warnings", texts)],
    );
    let mut defs = defs;
    defs["document"] = document;
    let one = json!({ "$ref": "#/$defs/document" });
    titled("What Foedera reads in a document", json!({ "anyOf": [one, list(&one)] }), defs)
}

/// The schema of what `score --format json` prints.
pub fn score_schema() -> Value {
    let number = json!({ "type": "integer", "minimum": 0 });
    let counts = object(
        &[
            ("gold", number.clone()),
            ("system", number.clone()),
            ("located", number.clone()),
            ("correct", number.clone()),
            ("f1", json!({ "type": "number" })),
        ],
        &[],
    );
    let kinds: Vec<(&str, Value)> =
        SCORED_KINDS.iter().map(|k| (*k, json!({ "$ref": "#/$defs/counts" }))).collect();
    let pair = json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2, "description": "agreeing, of how many" });
    let fields: Vec<(&str, Value)> =
        ["modality", "date", "polarity"].into_iter().map(|f| (f, pair.clone())).collect();
    let schema = object(
        &[("documents", number), ("kinds", object(&kinds, &[])), ("on_correct_events", object(&[], &fields))],
        &[],
    );
    titled("Scores of read documents", schema, json!({ "counts": counts }))
}

/// The schema of a proposals file, as `read --into` writes it and `review` goes on with it.
pub fn proposals_schema() -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let texts = list(&text);
    let number = json!({ "type": "integer", "minimum": 0 });
    let decision = json!({ "enum": ["open", "accepted", "rejected", "unsure"] });
    let judgement = object(
        &[("n", number.clone()), ("decision", decision.clone()), ("on", text.clone())],
        &[("by", text.clone())],
    );
    let place = json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2, "description": "code points" });
    let proposal = object(
        &[
            ("id", text.clone()),
            ("kind", text.clone()),
            ("mode", json!({ "enum": Mode::WORDS })),
            ("about", texts.clone()),
            ("unknown", texts),
            ("says", text.clone()),
            ("on", maybe.clone()),
            ("by", text.clone()),
            ("shown", text.clone()),
            ("at", place),
            ("notes", text.clone()),
        ],
        &[
            ("quote", text.clone()),
            ("decision", decision),
            ("edited", json!({ "type": "boolean" })),
            ("judged", list(&json!({ "$ref": "#/$defs/judgement" }))),
        ],
    );
    let schema = object(
        &[
            ("source", json!({ "type": "string", "description": "lower-case letters, digits, hyphens" })),
            ("title", text.clone()),
            ("file", text.clone()),
            ("fingerprint", text),
            ("published", maybe),
            ("proposals", list(&json!({ "$ref": "#/$defs/proposal" }))),
        ],
        &[],
    );
    let defs = json!({ "proposal": proposal, "judgement": judgement });
    titled("Proposals of a document, and what was decided", schema, defs)
}
