//! Files are read back by the programs they are for: DuckDB and Polars, where Python has them. `cargo xtask columns` installs both.
#![cfg(all(feature = "parquet", feature = "arrow"))]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test that hands files to other programs writes them and starts those programs"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use foedera_columns::{Column, Table, Values, arrow, parquet};

/// 300 rows: years, days with gaps, decimals, texts with commas, quotes and gaps.
fn table() -> Table {
    let rows = 0..300;
    let column =
        |name: &str, values| Column { name: name.into(), meaning: format!("{name}, as told"), values };
    Table {
        columns: vec![
            column("year", Values::Int(rows.clone().map(|i| Some(1900 + i % 3)).collect())),
            column("first_day", Values::Day(rows.clone().map(|i| (i % 5 > 0).then_some(i - 150)).collect())),
            column(
                "s",
                Values::Float(rows.clone().map(|i| (i % 7 > 0).then(|| f64::from(i) / 8.0)).collect()),
            ),
            column(
                "who",
                Values::Text(rows.map(|i| (i % 11 > 0).then(|| format!("a \"b\", {}", i % 4))).collect()),
            ),
        ],
    }
}

/// What a reader is asked to print: rows, counts of what is there, the least day, the sum, the most frequent text's length, a partition's rows.
const EXPECTED: &str = "300 240 257 272 1969-08-05 4816.125 8 100";

fn asked(python: &str, module: &str, code: &str, at: &Path) {
    let run = |code: &str| Command::new(python).args(["-c", code]).current_dir(at).output();
    if !run(&format!("import {module}")).is_ok_and(|o| o.status.success()) {
        let _ =
            writeln!(std::io::stderr(), "NOT CHECKED: tables read by {module}: {python} does not have it");
        return;
    }
    let out = run(code).expect("python runs");
    let (text, fault) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    let mut lines = text.lines().peekable();
    assert!(lines.peek().is_some(), "{module}: {fault}");
    for line in lines {
        assert_eq!(line, EXPECTED, "{module}: {fault}");
    }
    let _ = writeln!(std::io::stderr(), "checked: tables read by {module}");
}

#[test]
fn duckdb_and_polars_read_what_was_written() {
    let at = std::env::temp_dir().join(format!("foedera-columns-{}", std::process::id()));
    let table = table();
    std::fs::create_dir_all(at.join("parts")).expect("a folder");
    std::fs::write(at.join("t.parquet"), parquet(&table, "a test").expect("written")).expect("written");
    std::fs::write(at.join("t.arrow"), arrow(&table, "a test").expect("written")).expect("written");
    for (value, part) in table.partition("year").expect("whole numbers") {
        let folder = at.join("parts").join(format!("year={value}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("part-0.parquet"), parquet(&part, "a test").expect("written"))
            .expect("written");
    }
    let python = std::env::var("FOEDERA_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let duckdb = "import duckdb as d
a = d.sql(\"select count(*), count(first_day), count(s), count(who), min(first_day), sum(s), max(length(who)) from 't.parquet'\").fetchall()[0]
b = d.sql(\"select count(*) from read_parquet('parts/*/*.parquet', hive_partitioning=true) where year = 1901\").fetchall()[0]
print(*a, *b)";
    let polars = "import polars as p
n = p.scan_parquet('parts', hive_partitioning=True).filter(p.col('year') == 1901).collect().height
for t in (p.read_parquet('t.parquet'), p.read_ipc('t.arrow')):
    print(t.height, t['first_day'].count(), t['s'].count(), t['who'].count(), t['first_day'].min(), t['s'].sum(), t['who'].str.len_chars().max(), n)";
    asked(&python, "duckdb", duckdb, &at);
    asked(&python, "polars", polars, &at);
    std::fs::remove_dir_all(&at).expect("removed");
}
