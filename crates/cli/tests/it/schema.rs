//! Outputs against the schemas the program itself publishes, by a checker of the few keywords they use. A keyword it does not know fails.

use std::fs;

use serde_json::Value;

use crate::run::{Scratch, foedera};

/// What is wrong with a value, if anything.
fn fault(schema: &Value, root: &Value, v: &Value, at: &str) -> Option<String> {
    let map = schema.as_object()?;
    let items = |list: &Value| list.as_array().cloned().unwrap_or_default();
    for (key, rule) in map {
        let wrong = match key.as_str() {
            "$schema" | "title" | "$defs" | "description" => None,
            "$ref" => {
                let name = rule.as_str().and_then(|r| r.strip_prefix("#/$defs/")).expect("a local reference");
                let def = root["$defs"].get(name).unwrap_or_else(|| panic!("no $defs/{name}"));
                fault(def, root, v, at)
            }
            "anyOf" => {
                let all: Vec<_> = items(rule).iter().map(|s| fault(s, root, v, at)).collect();
                (!all.iter().any(Option::is_none)).then(|| format!("{at}: none of {all:?}"))
            }
            "type" => {
                let is = |t: &str| match t {
                    "object" => v.is_object(),
                    "array" => v.is_array(),
                    "string" => v.is_string(),
                    "integer" => v.is_u64() || v.is_i64(),
                    "number" => v.is_number(),
                    "boolean" => v.is_boolean(),
                    "null" => v.is_null(),
                    other => panic!("no such type: {other}"),
                };
                let so = match rule {
                    Value::String(t) => is(t),
                    list => items(list).iter().filter_map(Value::as_str).any(is),
                };
                (!so).then(|| format!("{at}: {v} is no {rule}"))
            }
            "enum" => (!items(rule).contains(v)).then(|| format!("{at}: {v} is none of {rule}")),
            "required" => items(rule)
                .iter()
                .filter_map(Value::as_str)
                .find(|k| v.get(k).is_none())
                .map(|k| format!("{at}: no `{k}`")),
            "properties" => v
                .as_object()
                .and_then(|o| o.iter().find_map(|(k, x)| fault(rule.get(k)?, root, x, &format!("{at}/{k}")))),
            "additionalProperties" => v.as_object().and_then(|o| {
                let extra = o.keys().find(|k| schema["properties"].get(k.as_str()).is_none())?;
                (*rule == Value::Bool(false)).then(|| format!("{at}: `{extra}` is not in the schema"))
            }),
            "items" => {
                items(v).iter().enumerate().find_map(|(n, x)| fault(rule, root, x, &format!("{at}/{n}")))
            }
            "minItems" => {
                (items(v).len() < rule.as_u64().map_or(0, |n| n as usize)).then(|| format!("{at}: too short"))
            }
            "maxItems" => {
                (items(v).len() > rule.as_u64().map_or(0, |n| n as usize)).then(|| format!("{at}: too long"))
            }
            "minimum" => (v.as_f64() < rule.as_f64()).then(|| format!("{at}: {v} is too small")),
            other => panic!("the checker does not know `{other}`"),
        };
        if wrong.is_some() {
            return wrong;
        }
    }
    None
}

const TEXT: &str = "Harbour News\n\nBy: A. Writer\n\nPeru and Chile signed a fisheries agreement in Lima on 4 March 1987. Bolivia \
    condemned Chile for the blockade. Peru is expected to open a new port by 1990. Peru opposes the sale of 12 ships for 40 million \
    dollars. President Juan Lopez of Peru said that Chile may attack Bolivia.\n";

#[test]
fn outputs_are_as_their_schemas_say() {
    let s = Scratch::new("schemas");
    let json = |words: &[&str]| -> Value {
        let out = foedera(words, &s.0);
        let text = String::from_utf8_lossy(&out.stdout);
        serde_json::from_str(&text)
            .unwrap_or_else(|e| panic!("{words:?}: {e}: {text}{}", String::from_utf8_lossy(&out.stderr)))
    };
    fs::write(s.0.join("a.txt"), TEXT).expect("a file");
    fs::write(s.0.join("b.html"), "<html><body><p>Bolivia condemned Chile.</p></body></html>")
        .expect("a file");
    foedera(&["new", "d"], &s.0);
    foedera(&["read", "a.txt", "--date", "1987-03-10", "--into", "d"], &s.0);
    foedera(&["review", "d", "--accept", "E1", "--reject", "E2"], &s.0);
    for folder in ["gold", "out"] {
        fs::create_dir(s.0.join(folder)).expect("a folder");
        let out = foedera(&["read", "a.txt", "--date", "1987-03-10", "--format", "json"], &s.0);
        fs::write(s.0.join(folder).join("a.json"), out.stdout).expect("a file");
    }
    let kept = fs::read_to_string(s.0.join("d/proposals/a.json")).expect("is there");
    let kept: Value = serde_json::from_str(&kept).expect("is JSON");
    let judged =
        kept["proposals"].as_array().into_iter().flatten().filter(|p| p["judged"][0]["n"].is_u64()).count();
    assert_eq!(judged, 2, "something was judged: {kept}");
    let outputs = [
        ("read", json(&["read", "a.txt", "--date", "1987-03-10", "--format", "json"])),
        ("read", json(&["read", "a.txt", "b.html", "--format", "json"])),
        ("score", json(&["score", "gold", "out", "--format", "json"])),
        ("proposals", kept),
    ];
    for (name, output) in &outputs {
        let schema = json(&["schema", name]);
        assert_eq!(fault(&schema, &schema, output, name), None);
        // The schema is not of the kind that anything satisfies: each property that is always there is missed when it is gone.
        let Some(object) = output.as_object() else { continue };
        for key in object.keys().filter(|k| *k != "doc_date_rule" && *k != "warnings") {
            let mut less = object.clone();
            less.remove(key);
            assert!(fault(&schema, &schema, &Value::Object(less), name).is_some(), "{name} without {key}");
        }
        let mut more = object.clone();
        more.insert("another".to_owned(), Value::Null);
        assert!(fault(&schema, &schema, &Value::Object(more), name).is_some(), "{name} with another");
    }
}
