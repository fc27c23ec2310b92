//! The reader on news texts of our own, of many regions and decades, annotated by the same guide as the other articles.
//!
//! In: `tests/articles/*.toml`. Out: the table of `docs/reader.md` for them, printed, and a failure where a figure falls below its floor.
//! What always holds: every text is ours and about real actors; the annotations were written before the reader saw the text; a
//! quotation that does not stand in its text fails the test.

use std::fs;
use std::path::{Path, PathBuf};

use foedera_reader::score::Table;
use foedera_reader::{DocDate, Lexicon, Reader};
use serde::Deserialize;
use serde_json::{Value, json};

/// A text and what it must give, one line a claim, its fields parted by `|`.
#[derive(Deserialize)]
struct Article {
    date: String,
    text: String,
    mentions: String,
    offices: Vec<String>,
    events: Vec<String>,
    agreements: Vec<String>,
    positions: Vec<String>,
    expectations: Vec<String>,
    measures: Vec<String>,
}

/// From a line's fields: the claim without its place, and which fields are its quotation and its trigger.
type Make<'m> = dyn Fn(&[&str]) -> (Value, usize, Option<usize>) + 'm;

/// Where a quotation stands in a text, from a byte on.
fn place(text: &str, quote: &str, from: usize, article: &Path) -> (usize, Value) {
    let at = text[from..]
        .find(quote)
        .map(|n| n + from)
        .unwrap_or_else(|| panic!("{}: `{quote}` does not stand in the text", article.display()));
    let start = text[..at].chars().count();
    let end = at + quote.len();
    let span = json!({
        "quote": quote, "start": start, "end": start + quote.chars().count(), "byte_start": at, "byte_end": end,
    });
    (end, span)
}

fn fields(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

fn names(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|n| !n.is_empty()).collect()
}

fn some(field: &str) -> Option<&str> {
    Some(field).filter(|f| !f.is_empty())
}

impl Article {
    /// The annotation in the shape that is scored.
    fn gold(&self, path: &Path) -> Value {
        let with = |mut fields: Value, quote: &str, trigger: Option<&str>| -> Value {
            let (_, span) = place(&self.text, quote, 0, path);
            let from = usize::try_from(span["byte_start"].as_u64().unwrap_or(0)).expect("fits");
            if let Some(t) = trigger {
                fields["trigger"] = place(&self.text, t, from, path).1;
            }
            for (k, v) in span.as_object().into_iter().flatten() {
                fields[k] = v.clone();
            }
            fields
        };
        let mut at = 0;
        let mut mentions = Vec::new();
        for m in self.mentions.split(';').map(str::trim).filter(|m| !m.is_empty()) {
            let (surface, refers) = m.split_once('=').expect("a mention is `words=reference`");
            let (end, mut span) = place(&self.text, surface, at, path);
            at = end;
            span["surface"] = json!(surface);
            span["ref"] = json!(refers);
            mentions.push(span);
        }
        let each = |lines: &[String], make: &Make<'_>| -> Vec<Value> {
            lines
                .iter()
                .map(|l| {
                    let f = fields(l);
                    let (value, quote, trigger) = make(&f);
                    with(value, f[quote], trigger.map(|t| f[t]))
                })
                .collect()
        };
        json!({
            "mentions": mentions,
            "offices": each(&self.offices, &|f| {
                (json!({ "person": f[0], "office": f[1], "of": f[2], "status": "current" }), 3, None)
            }),
            "events": each(&self.events, &|f| {
                let who = json!({
                    "type": f[0], "source": names(f[1]), "target": names(f[2]), "date": some(f[3]),
                    "modality": f[4], "polarity": f[5],
                });
                (who, 6, Some(7))
            }),
            "agreements": each(&self.agreements, &|f| {
                let what = json!({ "name": f[0], "parties": names(f[1]), "stage": f[2], "date": some(f[3]) });
                (what, 4, Some(5))
            }),
            "positions": each(&self.positions, &|f| {
                (json!({ "holder": names(f[0]), "stance": f[1], "object": f[2] }), 3, Some(4))
            }),
            "expectations": each(&self.expectations, &|f| {
                let what = json!({ "holder": f[0], "subject": f[1], "content": f[2], "certainty": f[3] });
                (what, 4, Some(5))
            }),
            "measures": each(&self.measures, &|f| {
                (json!({ "value": f[0].parse::<f64>().expect("a number"), "unit": f[1] }), 2, None)
            }),
        })
    }
}

#[test]
fn news_of_many_regions() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the articles are in the repository")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 10, "{} articles in {}", paths.len(), folder.display());
    let reader = Reader::new(&Lexicon::default());
    let mut table = Table::default();
    for path in &paths {
        let raw = fs::read_to_string(path).expect("a file of the repository");
        let article: Article = toml::from_str(&raw).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let doc = reader.read(&article.text, DocDate::parse(&article.date));
        let (gold, ours) = (article.gold(path), serde_json::to_value(&doc).expect("plain data"));
        table.add(&gold, &ours, false);
        // For looking at single claims: both sides, where a folder is named.
        if let Some(out) = std::env::var_os("FOEDERA_SHOW_INTO") {
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            for (side, value) in [("gold", &gold), ("read", &ours)] {
                let to = PathBuf::from(&out).join(side);
                fs::create_dir_all(&to).expect("the folder can be made");
                fs::write(to.join(format!("{stem}.json")), value.to_string())
                    .expect("the file can be written");
            }
        }
    }
    println!("\n{} news texts of our own, of many regions\n{}", paths.len(), table.text());
    let floors = [
        ("mentions", 0.95),
        ("offices", 0.85),
        ("agreements", 0.45),
        ("events", 0.75),
        ("positions", 0.68),
        ("expectations", 0.55),
        ("measures", 0.85),
    ];
    for (kind, floor) in floors {
        let f1 = table.kinds[kind].f1();
        assert!(f1 >= floor, "{kind}: F1 {f1:.3} is below {floor}");
    }
}
