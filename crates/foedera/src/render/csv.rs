//! Items as CSV (RFC 4180): scalar fields only, one column a field, in the order of the first items.

use serde_json::Value;

use crate::Envelope;

/// The items as CSV with a header line; the basis stands in the last columns of every row.
pub fn csv(e: &Envelope) -> String {
    let mut columns: Vec<String> = Vec::new();
    for item in &e.items {
        if let Value::Object(map) = item {
            for (k, v) in map {
                if !v.is_object() && k != "proof" && !columns.contains(k) {
                    columns.push(k.clone());
                }
            }
        }
    }
    let mut out = String::new();
    let scenario = e.basis.scenario().join("; ");
    let basis = [
        ("on", &e.basis.on),
        ("known", &e.basis.known),
        ("dossier_hash", &e.basis.dossier_hash),
        ("scenario", &scenario),
    ];
    let header: Vec<&str> = columns.iter().map(String::as_str).chain(basis.iter().map(|b| b.0)).collect();
    out.push_str(&header.join(","));
    out.push('\n');
    for item in &e.items {
        let mut cells: Vec<String> = columns.iter().map(|c| csv_cell(&plain(&item[c.as_str()]))).collect();
        cells.extend(basis.iter().map(|b| csv_cell(b.1)));
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A value in words; lists joined with semicolons.
pub(super) fn plain(v: &Value) -> String {
    match v {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        // An extent is an interval; an open end is written, never left blank to be read as "never".
        Value::Object(map) if map.len() == 2 && map.contains_key("from") && map.contains_key("to") => {
            let end = |k: &str| map[k].as_str().unwrap_or("..");
            if map.values().all(Value::is_null) {
                return String::new();
            }
            format!("{}/{}", end("from"), end("to"))
        }
        Value::Object(map) => {
            let told = map.iter().filter(|(_, v)| !v.is_null());
            told.map(|(k, v)| format!("{k} {}", plain(v))).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// A cell's text that no spreadsheet takes for a formula: a leading `=`, `+`, `-`, `@`, tab or return gets a quote before it. A negative
/// number stays a number.
pub fn no_formula(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.starts_with('-') && text.parse::<f64>().is_ok_and(f64::is_finite);
    if risky && !number { format!("'{text}") } else { text.to_owned() }
}

/// A cell: no formula, quoted where needed.
pub fn csv_cell(text: &str) -> String {
    let safe = no_formula(text);
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn an_open_end_is_written() {
        use super::plain;
        use serde_json::json;
        assert_eq!(plain(&json!({ "from": "1955-05-05", "to": null })), "1955-05-05/..");
        assert_eq!(plain(&json!({ "from": null, "to": "1945-05-09" })), "../1945-05-09");
        assert_eq!(plain(&json!({ "from": null, "to": null })), "");
        assert_eq!(plain(&json!({ "length": null, "notice": "1 year" })), "notice 1 year");
    }

    #[test]
    fn cells_cannot_carry_formulas() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("@cmd"), "'@cmd");
        assert_eq!(csv_cell("-9"), "-9");
        assert_eq!(csv_cell("-cmd"), "'-cmd");
        assert_eq!(csv_cell("-inf"), "'-inf");
        assert_eq!(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
