//! The reader against annotated articles and the field's own records, where a copy of them is beside the repository.
//!
//! In: `../shared/read`, if it is there. Out: the tables of `docs/reader.md`, printed, and a failure where a figure falls below its floor.
//! What always holds: nothing of the material is in the repository; where it is absent the tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use foedera_reader::score::{Table, plover_type};
use foedera_reader::{DocDate, Document, EventOut, GivenName, Lexicon, Reader, best_event, plover};
use serde_json::Value;

/// The shared material, or nothing.
fn shared() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if root.join("read/gold_seeds").is_dir() {
        return Some(root);
    }
    eprintln!(
        "ABSENT: the annotated articles are not beside the repository ({}); nothing was measured",
        root.display()
    );
    None
}

fn json(path: PathBuf) -> Value {
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{} can be read: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{} is JSON: {e}", path.display()))
}

fn lines(path: PathBuf) -> Vec<Value> {
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{} can be read: {e}", path.display()));
    text.lines()
        .map(|l| {
            serde_json::from_str(l).unwrap_or_else(|e| panic!("{} holds JSON lines: {e}", path.display()))
        })
        .collect()
}

/// The articles, each with its annotation.
fn articles(root: &std::path::Path) -> Vec<(Value, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("read/gold_seeds"))
        .expect("was there a moment ago")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "json"))
        .collect();
    files.sort();
    let read = |p: PathBuf| {
        let gold = json(p);
        let name = gold["doc"].as_str().expect("names its text").to_owned();
        let text =
            fs::read_to_string(root.join("seeds").join(name)).expect("the text is beside its annotation");
        (gold, text)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn annotated_articles() {
    let Some(root) = shared() else { return };
    let reader = Reader::new(&Lexicon::default());
    let mut table = Table::default();
    let mut sentences = 0;
    let mut unlocated = 0;
    let begun = Instant::now();
    let read: Vec<(Value, Document, String)> = articles(&root)
        .into_iter()
        .map(|(gold, text)| {
            let date = gold["doc_date"].as_str().and_then(DocDate::parse);
            let doc = reader.read(&text, date);
            (gold, doc, text)
        })
        .collect();
    let took = begun.elapsed();
    for (gold, doc, text) in &read {
        sentences += doc.sentences;
        unlocated += not_in_text(doc, text);
        table.add(gold, &serde_json::to_value(doc).expect("plain data"), false);
    }
    println!("\nfive annotated articles (the development set), document dates given\n{}", table.text());
    println!("{sentences} sentences in {took:?}; claims with a slot that is not in the text: {unlocated}\n");
    assert_eq!(unlocated, 0);
    let floors = [
        ("mentions", 0.95),
        ("offices", 0.85),
        ("agreements", 0.60),
        ("events", 0.50),
        ("positions", 0.55),
        ("expectations", 0.70),
        ("measures", 0.90),
    ];
    for (kind, floor) in floors {
        let f1 = table.kinds[kind].f1();
        assert!(f1 >= floor, "{kind}: F1 {f1:.3} is below {floor}");
    }
}

/// Spans whose quotation is not what stands there, in either counting.
fn not_in_text(doc: &Document, text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let value = serde_json::to_value(doc).expect("plain data");
    let mut bad = 0;
    for kind in ["offices", "agreements", "events", "positions", "expectations", "measures"] {
        for c in value[kind].as_array().into_iter().flatten() {
            for s in [c, &c["trigger"]] {
                let Some(quote) = s["quote"].as_str() else { continue };
                let n = |k: &str| usize::try_from(s[k].as_u64().expect("a number")).expect("fits");
                let by_chars: String = chars[n("start")..n("end")].iter().collect();
                bad += usize::from(by_chars != quote || &text[n("byte_start")..n("byte_end")] != quote);
            }
        }
    }
    bad
}

#[test]
fn the_same_bytes_twice() {
    let Some(root) = shared() else { return };
    let read = || -> Vec<String> {
        let reader = Reader::new(&Lexicon::default());
        articles(&root)
            .iter()
            .map(|(_, t)| serde_json::to_string(&reader.read(t, None)).expect("plain data"))
            .collect()
    };
    assert_eq!(read(), read());
}

#[test]
fn plover_records() {
    let Some(root) = shared() else { return };
    let reader = Reader::new(&Lexicon::default());
    let records = lines(root.join("read/cases/plover_cases.jsonl"));
    let (mut coded, mut hit, mut types) = (0, 0, 0);
    let mut by_type: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for c in &records {
        let doc = reader.read(c["sentence"].as_str().expect("a sentence"), None);
        let kinds: BTreeSet<String> = plover::code(&doc).into_iter().map(|e| e.event).collect();
        let gold = c["event_v08"].as_str().expect("a type");
        let right = kinds.contains(gold);
        coded += usize::from(!kinds.is_empty());
        hit += usize::from(right);
        types += kinds.len();
        let e = by_type.entry(gold.to_owned()).or_default();
        e.0 += usize::from(right);
        e.1 += 1;
        if (!right || kinds.len() > 1) && std::env::var_os("FOEDERA_SHOW").is_some() {
            let told: Vec<String> = doc
                .events
                .iter()
                .map(|e| format!("{} {} `{}` {}", e.kind, e.rule, e.trigger.quote, e.modality))
                .collect();
            println!("- plover {gold} | {} | coded {kinds:?} of {told:?}", c["sentence"]);
        }
    }
    let (recall, precision) = (hit as f64 / records.len() as f64, hit as f64 / types.max(1) as f64);
    println!(
        "\nPLOVER records: {} of {} coded; type recall {recall:.3} ({hit}), precision {precision:.3} ({hit} of {types} types)",
        coded,
        records.len()
    );
    println!("  {}", by_type.iter().map(|(k, (a, b))| format!("{k} {a}/{b}")).collect::<Vec<_>>().join(", "));
    assert!(recall >= 0.74 && precision >= 0.80, "recall {recall:.3}, precision {precision:.3}");
}

/// The root of the fifteen-class scheme the records use.
fn root_of(e: &EventOut) -> String {
    let future = plover_type("AID", e.modality) == "AGREE";
    let announced = plover::announced(&e.kind);
    if future && announced != e.kind {
        return announced.to_owned();
    }
    let root = match e.cameo.get(..2).unwrap_or("") {
        "08" => "YIELD",
        "16" => "SANCTION",
        _ => return e.kind.clone(),
    };
    root.to_owned()
}

#[test]
fn records_with_roles_given() {
    let Some(root) = shared() else { return };
    let reader = Reader::new(&Lexicon::default());
    let records = lines(root.join("read/cases/plv_dev.jsonl"));
    let (mut right, mut by_type) = (0, BTreeMap::<String, (usize, usize)>::new());
    for c in &records {
        let text = c["sentence"].as_str().expect("a sentence");
        let byte = |n: u64| {
            text.char_indices().nth(usize::try_from(n).expect("fits")).map_or(text.len(), |(b, _)| b)
        };
        let given: Vec<GivenName> = [("source_span", "ORG:S"), ("target_span", "ORG:T")]
            .iter()
            .filter_map(|(k, r)| {
                let s = c[*k].as_array()?;
                Some(GivenName {
                    start: byte(s[0].as_u64()?),
                    end: byte(s[1].as_u64()?),
                    refers: (*r).to_owned(),
                })
            })
            .collect();
        let doc = reader.read_given(text, None, &given);
        let gold = c["gold_root"].as_str().expect("a type");
        let ok = best_event(&doc, "ORG:S", "ORG:T").is_some_and(|e| root_of(e) == gold);
        right += usize::from(ok);
        let e = by_type.entry(gold.to_owned()).or_default();
        e.0 += usize::from(ok);
        e.1 += 1;
    }
    let accuracy = right as f64 / records.len() as f64;
    println!("\nPLV records, roles given: accuracy {accuracy:.3} ({right} of {})", records.len());
    println!("  {}", by_type.iter().map(|(k, (a, b))| format!("{k} {a}/{b}")).collect::<Vec<_>>().join(", "));
    assert!(accuracy >= 0.66, "{accuracy:.3}");
}

#[test]
fn role_tests_with_the_toy_dictionaries() {
    let Some(root) = shared() else { return };
    let dicts = root.join("read/cases/toy_dicts");
    let records = lines(root.join("read/cases/petrarch_cases.jsonl"));
    let mut readers: BTreeMap<String, Reader> = BTreeMap::new();
    let (mut right, mut all, mut exact) = (0, 0, 0);
    let mut by_suite: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for c in records.iter().filter(|c| c["role_test"] == true) {
        let wanted: Vec<String> = c["dictionaries_needed"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|d| d.as_str().map(str::to_owned))
            .collect();
        let reader = readers.entry(wanted.join("|")).or_insert_with(|| {
            let mut lexicon = Lexicon::default();
            for name in wanted.iter().filter(|n| !n.contains("discards") && !n.contains("options")) {
                if let Ok(bytes) = fs::read(dicts.join(name)) {
                    lexicon.dictionaries.load(name, &bytes);
                }
            }
            Reader::new(&lexicon)
        });
        let date = c["date"]
            .as_str()
            .filter(|d| d.len() == 8)
            .and_then(|d| DocDate::parse(&format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..])));
        let sentence = plain(c["sentence"].as_str().expect("a sentence"));
        let (story, from) = (story_before(&records, c), sentence.chars().count());
        let text = format!("{story}{sentence}");
        let from = text.chars().count() - from;
        let doc = reader.read(&text, date);
        let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
        for e in doc.events.iter().filter(|e| e.span.start >= from) {
            let code = |list: &[String]| -> Vec<String> {
                list.iter().map(|a| plover::actor_code(&doc, a)).collect()
            };
            let (source, target) = (code(&e.source), code(&e.target));
            for s in &source {
                for t in if target.is_empty() { &source } else { &target } {
                    if s != t {
                        pairs.insert((s.clone(), t.clone()));
                        // The field codes a visit both ways: who comes, who receives.
                        if e.kind == "CONSULT" {
                            pairs.insert((t.clone(), s.clone()));
                        }
                    }
                }
            }
        }
        let expected: BTreeSet<(String, String)> = c["expected"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| {
                // TABARI writes `~REB` where PETRARCH writes `---REB`.
                let side = |k: &str| e[k].as_str().unwrap_or("").replacen('~', "---", 1);
                (side("source"), side("target"))
            })
            .collect();
        let strip = |p: &(String, String)| (state(&p.0), state(&p.1));
        let ours: BTreeSet<(String, String)> = pairs.iter().map(strip).collect();
        let ok = expected.iter().all(|p| ours.contains(&strip(p)));
        all += 1;
        right += usize::from(ok);
        exact += usize::from(expected.is_subset(&pairs));
        let suite = by_suite
            .entry(format!(
                "{} {}",
                c["tier"].as_str().unwrap_or(""),
                c["id"].as_str().unwrap_or("").split('/').next().unwrap_or("")
            ))
            .or_default();
        suite.0 += usize::from(ok);
        suite.1 += 1;
        if !ok && std::env::var_os("FOEDERA_SHOW").is_some() {
            println!("- {} {} | {} | wanted {expected:?} got {pairs:?}", c["id"], c["date"], c["sentence"]);
        }
    }
    println!(
        "\nrole tests with the suites' own dictionaries: {right} of {all} have the actors' pair ({:.3}), {exact} with the agents' codes ({:.3})",
        right as f64 / all as f64,
        exact as f64 / all as f64
    );
    println!(
        "  {}",
        by_suite.iter().map(|(k, (a, b))| format!("{k} {a}/{b}")).collect::<Vec<_>>().join(", ")
    );
    assert!(right * 100 >= all * 80, "{right} of {all}");
}

/// A record's sentence as text: the suites join the words of some names with `_`, which their programs take for a blank.
fn plain(sentence: &str) -> String {
    sentence.replace('_', " ")
}

/// The sentences before a record in its story: `FRWD-001-002` is the second of `FRWD-001`, and its pronouns look back.
fn story_before(records: &[Value], c: &Value) -> String {
    let id = |c: &Value| c["id"].as_str().unwrap_or("").to_owned();
    let here = id(c);
    let story = match here.rsplit_once('-') {
        Some((story, n)) if n.len() == 3 && story.contains("FRWD") => format!("{story}-"),
        _ => return String::new(),
    };
    let earlier = records.iter().filter(|r| id(r).starts_with(&story) && id(r) < here);
    earlier.map(|r| format!("{} ", plain(r["sentence"].as_str().unwrap_or("")))).collect()
}

/// An actor's first code: `GONMIL` is of Gondor.
fn state(code: &str) -> String {
    let code = code.trim_start_matches("ORG:");
    code.get(..3).unwrap_or(code).to_owned()
}
