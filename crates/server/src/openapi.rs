//! The contract of the HTTP API as OpenAPI 3.1, made from the verbs and the schema of answers.
//!
//! In: nothing. Out: JSON. What always holds: a path per verb, a parameter per field, the same closed words as in dossiers and
//! answers.

use foedera::{Field, FieldKind, VERBS, answer_schema};
use serde_json::{Map, Value, json};

/// The document.
pub(crate) fn document() -> Value {
    let mut paths = Map::new();
    for v in VERBS {
        let mut parameters: Vec<Value> = v.fields.iter().map(parameter).collect();
        parameters.extend(
            ["on", "known", "using", "clearance", "assume"]
                .map(|n| json!({ "$ref": format!("#/components/parameters/{n}") })),
        );
        paths.insert(
            format!("/api/v1/{}", v.name),
            json!({ "get": {
                "operationId": v.name,
                "summary": v.says,
                "parameters": parameters,
                "responses": {
                    "200": {
                        "description": "the answer",
                        "headers": { "ETag": { "schema": { "type": "string" } } },
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/answer" } } }
                    },
                    "304": { "description": "not changed since the tag in If-None-Match" },
                    "400": { "$ref": "#/components/responses/problem" },
                    "404": { "$ref": "#/components/responses/problem" }
                }
            } }),
        );
    }
    // The schema's own definitions move with it: references start at the document's root.
    let mut answer = answer_schema();
    rebase(&mut answer);
    if let Value::Object(map) = &mut answer {
        map.remove("$schema");
    }
    let basis = |name: &str, says: &str, many: bool| {
        let text = json!({ "type": "string" });
        let schema = if many { json!({ "type": "array", "items": text }) } else { text };
        json!({ "name": name, "in": "query", "required": false, "description": says, "schema": schema, "explode": many })
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Foedera",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who is bound to whom in international security: for any day, as known on any day, with the proof",
            "description": "Parameters nobody takes are refused with 400. Errors are problem details (RFC 9457). Limits: 16384 bytes of query, 200 parameters.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "parameters": {
                "on": basis("on", "the day asked about, EDTF (ISO 8601-2); without it today", false),
                "known": basis("known", "only sources published by then count, EDTF or `latest`", false),
                "using": basis("using", "packs of sources that count; without it all", true),
                "clearance": basis("clearance", "the most restricted marking the reader may see (TLP)", false),
                "assume": basis("assume", "a fact taken as given, labelled in the answer and never stored", true)
            },
            "responses": {
                "problem": {
                    "description": "why it cannot be answered, and how to mend it",
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } }
                }
            },
            "schemas": {
                "answer": answer,
                "problem": {
                    "type": "object",
                    "required": ["type", "title", "status", "code", "detail"],
                    "properties": {
                        "type": { "type": "string", "format": "uri" }, "title": { "type": "string" },
                        "status": { "type": "integer" }, "code": { "type": "string" },
                        "detail": { "type": "string" }, "instance": { "type": "string" }, "help": { "type": "string" }
                    }
                }
            }
        }
    })
}

fn parameter(f: &Field) -> Value {
    let one = match f.kind {
        FieldKind::Word(words) => json!({ "type": "string", "enum": words }),
        FieldKind::Count(most) => json!({ "type": "integer", "minimum": 1, "maximum": most }),
        FieldKind::Date => json!({ "type": "string", "description": "EDTF (ISO 8601-2)" }),
        FieldKind::Name(kind) => json!({ "type": "string", "description": format!("id or name: {kind}") }),
        FieldKind::Fact | FieldKind::Text => json!({ "type": "string" }),
    };
    let schema = if f.many { json!({ "type": "array", "items": one }) } else { one };
    json!({ "name": f.name, "in": "query", "required": f.needed, "description": f.says, "schema": schema, "explode": f.many })
}

/// Moves references into the schema of the answer.
fn rebase(v: &mut Value) {
    match v {
        Value::Object(map) => {
            for (k, x) in map.iter_mut() {
                match x {
                    Value::String(s) if k == "$ref" => {
                        if let Some(rest) = s.strip_prefix("#/") {
                            *s = format!("#/components/schemas/answer/{rest}");
                        }
                    }
                    x => rebase(x),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(rebase),
        _ => {}
    }
}
