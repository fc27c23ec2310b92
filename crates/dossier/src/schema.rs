//! The JSON Schema (2020-12) of a dossier file, for completion and hints in editors.
//!
//! In: the tables of [`crate::grammar`], which the reader uses too. Out: JSON, the same bytes every time. What always
//! holds: a field the reader knows is in the schema and no other; the schema is the looser of the two, since it cannot
//! look up an id or read a date.

use crate::grammar::{AFTER, EXPRESSION, Field, Shape, TABLES, Table};

/// The schema as JSON text.
pub(crate) fn json_schema() -> String {
    let mut out = Json::default();
    out.open('{');
    out.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    out.text("$id", "https://example.org/foedera/dossier.schema.json");
    out.text("title", "Foedera dossier");
    out.text("description", "A file of a dossier; docs/language.md is the grammar.");
    out.text("type", "object");
    out.key("additionalProperties").raw("false");
    out.key("properties").open('{');
    for table in TABLES {
        out.key(table.name).open('{');
        if table.name == "dossier" {
            out.text("$ref", &reference(table));
        } else {
            out.text("description", table.doc);
            out.text("type", "array");
            out.key("items").open('{');
            out.text("$ref", &reference(table));
            out.close('}');
        }
        out.close('}');
    }
    out.close('}');
    out.key("$defs").open('{');
    for table in every_table() {
        definition(&mut out, table);
    }
    out.close('}');
    out.close('}');
    out.text.push('\n');
    out.text
}

/// The tables and all tables within them, each once, outer ones first.
fn every_table() -> Vec<&'static Table> {
    let mut all: Vec<&'static Table> = TABLES.to_vec();
    let mut i = 0;
    while i < all.len() {
        for field in all[i].all() {
            let inner = match field.shape {
                Shape::One(table) | Shape::Many(table) | Shape::IdsOrMany(_, table) => table,
                Shape::Area | Shape::Areas => &EXPRESSION,
                Shape::DateRule => &AFTER,
                _ => continue,
            };
            if !all.iter().any(|t| t.name == inner.name) {
                all.push(inner);
            }
        }
        i += 1;
    }
    all
}

fn definition(out: &mut Json, table: &'static Table) {
    out.key(&slug(table)).open('{');
    out.text("description", table.doc);
    out.text("type", "object");
    out.key("additionalProperties").raw("false");
    out.key("required").open('[');
    // A row that adds to one of an included dossier needs only its id.
    let continues =
        table.all().any(|f| matches!(f.shape, Shape::Id)) && TABLES.iter().any(|t| t.name == table.name);
    for field in table.all().filter(|f| f.required && (!continues || f.name == "id")) {
        out.item(field.name);
    }
    out.close(']');
    out.key("properties").open('{');
    for field in table.all() {
        property(out, field);
    }
    out.close('}');
    out.close('}');
}

fn property(out: &mut Json, field: &Field) {
    out.key(field.name).open('{');
    out.text("description", field.doc);
    match field.shape {
        Shape::Flag => out.text("type", "boolean"),
        Shape::Count => {
            out.text("type", "integer");
            out.key("minimum").raw("1");
        }
        Shape::Scalar => {
            out.key("type").open('[');
            ["string", "number", "boolean"].into_iter().for_each(|t| out.item(t));
            out.close(']');
        }
        Shape::Id
        | Shape::Text
        | Shape::Extent
        | Shape::Length
        | Shape::Fact
        | Shape::Whose
        | Shape::Date => {
            out.text("type", "string");
        }
        Shape::Ref(kind) => {
            out.text("type", "string");
            out.text("$comment", &format!("the id of {}", kind.a()));
        }
        Shape::Grade => {
            out.text("type", "string");
            out.text("pattern", "^[A-F][1-6]$");
        }
        Shape::Word(words) => enumeration(out, words),
        Shape::Words(words) => {
            out.text("type", "array");
            out.key("items").open('{');
            enumeration(out, words);
            out.close('}');
        }
        Shape::Texts | Shape::Cites | Shape::Facts => strings(out),
        Shape::Refs(kind) => {
            strings(out);
            out.text("$comment", &format!("ids, each of {}", kind.a()));
        }
        Shape::RefOrRefs(kind) => {
            either(out, |out| out.text("type", "string"), strings);
            out.text("$comment", &format!("the id of {}, or several", kind.a()));
        }
        Shape::Side(words) => either(out, |out| enumeration(out, words), strings),
        Shape::At => {
            out.text("type", "array");
            out.key("items").open('{');
            out.text("type", "number");
            out.close('}');
            out.key("minItems").raw("2");
            out.key("maxItems").raw("2");
        }
        Shape::DateRule => {
            either(out, |out| out.text("type", "string"), |out| out.text("$ref", &reference(&AFTER)))
        }
        Shape::Area => out.text("$ref", &reference(&EXPRESSION)),
        Shape::Areas => rows(out, &EXPRESSION),
        Shape::One(table) => out.text("$ref", &reference(table)),
        Shape::Many(table) => rows(out, table),
        Shape::IdsOrMany(kind, table) => {
            either(out, strings, |out| rows(out, table));
            out.text("$comment", &format!("ids of {}, or rows", kind.a()));
        }
    }
    out.close('}');
}

fn reference(table: &Table) -> String {
    format!("#/$defs/{}", slug(table))
}

fn slug(table: &Table) -> String {
    table.name.replace([' ', '.'], "-")
}

fn enumeration(out: &mut Json, words: &[&str]) {
    out.key("enum").open('[');
    words.iter().for_each(|w| out.item(w));
    out.close(']');
}

fn strings(out: &mut Json) {
    out.text("type", "array");
    out.key("items").open('{');
    out.text("type", "string");
    out.close('}');
}

fn rows(out: &mut Json, table: &Table) {
    out.text("type", "array");
    out.key("items").open('{');
    out.text("$ref", &reference(table));
    out.close('}');
}

fn either(out: &mut Json, one: impl FnOnce(&mut Json), other: impl FnOnce(&mut Json)) {
    out.key("anyOf").open('[');
    out.comma();
    out.open('{');
    one(out);
    out.close('}');
    out.comma();
    out.open('{');
    other(out);
    out.close('}');
    out.close(']');
}

/// JSON being written, indented, with its commas.
#[derive(Default)]
struct Json {
    text: String,
    depth: usize,
}

impl Json {
    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
        self.line();
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.text.ends_with(['{', '[']) {
            self.line();
        }
        self.text.push(bracket);
    }

    fn key(&mut self, key: &str) -> &mut Json {
        self.comma();
        self.quoted(key);
        self.text.push_str(": ");
        self
    }

    fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key).quoted(value);
    }

    fn item(&mut self, value: &str) {
        self.comma();
        self.quoted(value);
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        for c in value.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                c if c.is_control() => self.text.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_has_its_definition_and_brackets_close() {
        let schema = json_schema();
        for part in schema.split("\"#/$defs/").skip(1) {
            let name = part.split('"').next().expect("a reference ends with a quote");
            assert!(schema.contains(&format!("\"{name}\": {{")), "{name}");
        }
        let count = |c| schema.matches(c).count();
        assert_eq!((count('{'), count('[')), (count('}'), count(']')));
        assert!(schema.contains("\"entered-into-force\""));
    }
}
