//! The JSON Schema of an answer, made from the same closed vocabularies the answers use.

use foedera_world::terms::*;
use serde_json::{Value, json};

fn words(list: &[&str], nullable: bool) -> Value {
    let mut all: Vec<Value> = list.iter().map(|w| json!(w)).collect();
    if nullable {
        all.push(Value::Null);
    }
    json!({ "enum": all })
}

/// The schema (JSON Schema 2020-12) of the envelope, with the item shapes of each verb under `$defs`.
pub fn answer_schema() -> Value {
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let maybe = json!({ "type": ["string", "null"] });
    let difference = json!({
        "type": ["array", "null"],
        "description": "of two codings of one text: in what, of whom, and what each teller has",
        "items": {
            "type": "object",
            "required": ["what", "of", "told"],
            "properties": {
                "what": { "enum": ["party", "from", "to", "act", "conditions"] },
                "of": texts,
                "says": text,
                "told": {
                    "type": "array",
                    "items": { "type": "object", "properties": { "teller": text, "instrument": text, "has": text } }
                }
            }
        }
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An answer of Foedera",
        "type": "object",
        "required": ["question", "basis", "answer", "verdict", "items", "proof", "assumptions", "dissent", "silence", "cites", "warnings"],
        "additionalProperties": false,
        "properties": {
            "question": { "type": "object", "required": ["verb"], "description": "the question with every default filled in" },
            "basis": {
                "type": "object",
                "required": ["on", "known", "using", "dossier_hash", "engine"],
                "properties": {
                    "on": { "type": "string", "description": "EDTF (ISO 8601-2): the day asked about" },
                    "known": { "type": "string", "description": "EDTF or `latest`: only sources published by then count" },
                    "newest_source": maybe, "using": texts, "clearance": words(Marking::WORDS, false),
                    "dossier": text, "dossier_hash": text, "engine": text,
                    "assume": texts, "hypothetical": { "type": "array", "items": text, "description": "rows supposed beyond the dossier, in words" }
                }
            },
            "answer": { "type": "string", "description": "the answer in one plain sentence" },
            "verdict": words(Verdict::WORDS, false),
            "gates": { "type": "array", "items": { "$ref": "#/$defs/gate" }, "description": "of a casus: what an actor's own law forbids, before any duty" },
            "items": { "type": "array", "items": { "type": "object" } },
            "proof": { "$ref": "#/$defs/proof" },
            "assumptions": { "type": "array", "items": { "$ref": "#/$defs/assumption" } },
            "dissent": texts,
            "silence": words(Silence::WORDS, true),
            "cites": { "type": "array", "items": { "$ref": "#/$defs/cite" } },
            "warnings": texts
        },
        "$defs": {
            "proof": {
                "type": "object",
                "required": ["rule", "text"],
                "properties": {
                    "rule": { "type": "string", "description": "a rule name, or one of the conditions of `casus`" },
                    "text": text,
                    "outcome": { "enum": ["holds", "possible", "disputed", "open", "fails", ""] },
                    "cites": texts,
                    "assumption": { "anyOf": [{ "$ref": "#/$defs/assumption" }, { "type": "null" }] },
                    "children": { "type": "array", "items": { "$ref": "#/$defs/proof" } }
                }
            },
            "assumption": { "type": "object", "required": ["name", "text"], "properties": { "name": text, "text": text } },
            "cite": {
                "type": "object",
                "required": ["source", "title", "published", "pack"],
                "properties": { "source": text, "title": text, "locators": texts, "published": text, "pack": text, "grade": maybe, "group": maybe, "url": maybe }
            },
            "casus_item": {
                "type": "object",
                "required": ["actor", "role", "toward", "act", "instrument", "article", "strength", "confidence", "reason"],
                "properties": {
                    "actor": text, "role": words(CasusRole::WORDS, false), "toward": text,
                    "act": words(Act::WORDS, true), "instrument": maybe, "article": maybe,
                    "modality": words(Modality::WORDS, true), "strength": words(Strength::WORDS, true),
                    "discretion": words(Discretion::WORDS, true), "confidence": words(Confidence::WORDS, false),
                    "reason": words(Reason::WORDS, true), "round": { "type": "integer", "minimum": 1 },
                    "passed": { "type": "integer", "description": "conditions passed before the first that fails" },
                    "open": texts, "disputed": texts, "says": text, "proof": { "$ref": "#/$defs/proof" }
                }
            },
            "gate": {
                "type": "object",
                "required": ["actor", "instrument", "state"],
                "properties": {
                    "actor": text, "instrument": text, "article": text, "state": { "enum": ["closed", "unknown", "open"] },
                    "opens_with": texts, "says": text, "proof": { "$ref": "#/$defs/proof" }
                }
            },
            "decide_item": {
                "type": "object",
                "required": ["matter", "outcome", "procedure", "blockers", "consenting", "unknown"],
                "properties": {
                    "matter": text, "outcome": words(DecisionOutcome::WORDS, false), "procedure": words(Procedure::WORDS, false),
                    "confidence": words(Confidence::WORDS, false), "blockers": { "type": "array", "items": { "$ref": "#/$defs/position" } },
                    "consenting": { "type": "array", "items": { "$ref": "#/$defs/position" } },
                    "unknown": texts, "deciders": { "type": "integer" }, "deciders_complete": { "type": "boolean" }
                }
            },
            "position": {
                "type": "object",
                "required": ["actor", "stance"],
                "properties": { "actor": text, "stance": words(Telling::WORDS, false), "on": maybe, "decides": { "type": "boolean" }, "says": text, "claim": text, "cites": texts }
            },
            "may_item": {
                "type": "object",
                "required": ["effect", "confidence"],
                "properties": {
                    "effect": { "enum": ["forbids", "permits", "not-in-force", "programme", "practice", "not-done"] },
                    "instrument": maybe, "claim": maybe, "article": text, "act": words(Act::WORDS, true),
                    "modality": words(Modality::WORDS, true), "since": maybe, "classes": texts,
                    "onward": { "enum": ["forbidden", "with-consent", "free", "not-stated"] }, "confidence": words(Confidence::WORDS, false)
                }
            },
            "expect_item": {
                "type": "object",
                "description": "an entry of the ledger, or, with `score`, how a source's expectations fared",
                "properties": {
                    "id": text, "says": maybe, "verdict": words(Fate::WORDS, false), "evidence_strength": words(Bearing::WORDS, true),
                    "confidence": words(Confidence::WORDS, false), "uttered": maybe, "due": maybe, "firmness": words(Firmness::WORDS, false),
                    "premises": texts, "cites": texts, "score": text
                }
            },
            "conflict_item": {
                "type": "object",
                "required": ["id", "kinds", "found", "says"],
                "properties": {
                    "id": text, "kinds": { "type": "array", "items": words(ConflictKind::WORDS, false) },
                    "found": { "enum": ["declared", "computed", "both"] }, "says": text, "shows": maybe, "sets_aside": texts,
                    "compatible": { "type": "boolean" }, "independent_voices": { "type": "integer" }, "cites": texts,
                    "differences": difference
                }
            },
            "claim_item": {
                "type": "object",
                "required": ["id", "kind", "mode", "says"],
                "properties": {
                    "id": text, "kind": words(ClaimKind::WORDS, false), "mode": words(Mode::WORDS, false), "says": text,
                    "about": texts, "on": maybe, "by": maybe, "holder": texts, "set_aside_by": maybe, "cites": texts
                }
            },
            "facility_stage": words(FacilityStage::WORDS, false),
            "conditions_in_order": words(Condition::WORDS, false),
            "stage": words(Stage::WORDS, false),
            "layer": words(Layer::WORDS, false)
        }
    })
}
