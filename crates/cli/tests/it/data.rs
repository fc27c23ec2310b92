//! `import`, `export`, `panel`, `similarity`, `releases` and `bench` as their users see them.

use std::path::Path;

use crate::run::{Scratch, foedera, root};

const STATES: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nFRN,220,France,1816,1,1,2016,12,31,2016\nSPN,230,Spain,1816,1,1,2016,12,31,2016\n";

/// A member file of two alliances, of our own making, in the makers' form.
fn atop(version: &str, renounce: &str) -> String {
    let table = include_str!("../../../intake/data/atop.tsv");
    let names: Vec<&str> = table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("key "))
        .filter_map(|l| l.split('\t').next())
        .filter(|n| !n.ends_with('?'))
        .collect();
    let mut text = format!("{}\n", names.join(","));
    for (id, member, year, pledge) in [
        ("3990", "220", "1950", "defense"),
        ("3990", "230", "1950", "defense"),
        ("3992", "220", "1960", "consul"),
        ("3992", "235", "1960", "consul"),
    ] {
        let cell = |name: &&str| match *name {
            "atopid" => id,
            "member" => member,
            "yrent" => year,
            "moent" | "dayent" | "cowsys" | "estmode" | "source" | "ineffect" => "1",
            "cowid" | "cow4id" => "",
            "renounce" => renounce,
            "version" => version,
            n if n == pledge => "1",
            _ => "0",
        };
        text.push_str(&format!("{}\n", names.iter().map(cell).collect::<Vec<_>>().join(",")));
    }
    text
}

/// Runs with exit code 0 and gives what was printed.
fn done(words: &[&str], folder: &Path) -> String {
    let out = foedera(words, folder);
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    assert_eq!(out.status.code(), Some(0), "{words:?}: {text}{}", String::from_utf8_lossy(&out.stderr));
    text
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the scratch folder is there")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What a dossier says, as tables: an open end has a word, a partition has its folders, and nothing is written over.
#[test]
fn a_dossier_as_tables() {
    let scratch = Scratch::new("tables");
    let at = scratch.0.as_path();
    let out = done(&["tables", "--dossier", "world", "--into", "t"], at);
    assert!(out.contains("parties"), "{out}");
    let parties = std::fs::read_to_string(at.join("t/parties.csv")).expect("written");
    let head: Vec<&str> = parties.lines().next().expect("a header").split(',').collect();
    assert_eq!(head[..2], ["instrument", "party"]);
    let finland =
        parties.lines().find(|l| l.starts_with("north-atlantic-treaty,FIN,")).expect("Finland is a party");
    assert!(finland.contains("2023-04-04,2023-04-04,,,still,"), "{finland}");
    let manifest: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(at.join("t/manifest.json")).expect("written"))
            .expect("JSON");
    assert_eq!(manifest["tables"]["parties"]["rows"].as_u64(), Some(parties.lines().count() as u64 - 1));
    assert_eq!(foedera(&["tables", "--into", "t"], at).status.code(), Some(2));
    // As known before, fewer rows; and what is past coverage is said to be so.
    done(
        &["tables", "--dossier", "world", "--known", "1950-01-01", "--into", "old", "--only", "parties"],
        at,
    );
    let old = std::fs::read_to_string(at.join("old/parties.csv")).expect("written");
    assert!(old.lines().count() < parties.lines().count() && !old.contains("north-atlantic-treaty,FIN,"));
    std::fs::write(at.join("m.csv"), atop("5.1", "1")).expect("written");
    done(&["import", "atop", "m.csv", "--into", "five"], at);
    done(
        &["tables", "--dossier", "./five", "--into", "f", "--only", "parties,acts", "--partition-by", "year"],
        at,
    );
    let five = std::fs::read_to_string(at.join("f/parties.csv")).expect("written");
    assert!(five.lines().skip(1).all(|l| l.contains(",2019-01-01,,not-covered,")), "{five}");
    assert_eq!(names(&at.join("f/acts")), ["year=1950", "year=1960"]);
    let none = foedera(&["tables", "--into", "x", "--only", "partis"], at);
    assert!(String::from_utf8_lossy(&none.stderr).contains("parties"), "{none:?}");
}

/// Ids of a pair on the day; similarity as a file with every choice beside it; a missing weight is no 0.
#[test]
fn ids_and_choices_stand_with_the_numbers() {
    let scratch = Scratch::new("choices");
    let at = scratch.0.as_path();
    std::fs::write(at.join("m.csv"), atop("5.1", "1")).expect("written");
    let panel =
        done(&["panel", "directed-dyad-year", "m.csv", "--years", "1950-1950", "--ids", "iso3,gw"], at);
    let mut lines = panel.lines();
    assert!(lines.next().is_some_and(|l| l.ends_with(",consul,iso3_a,iso3_b,gw_a,gw_b")), "{panel}");
    assert!(panel.contains("1950,220,230,1,,1950-01-01,1950-12-31,1,0,0,0,0,FRA,ESP,220,230\n"), "{panel}");
    done(&["similarity", "m.csv", "--year", "1970", "--into", "s.csv"], at);
    let manifest = std::fs::read_to_string(at.join("s.manifest.json")).expect("written");
    for choice in ["release: ATOP 5.1", "order: defence 3", "diagonal: 3", "weights: none", "kappa_rank"] {
        assert!(manifest.contains(choice), "{choice}: {manifest}");
    }
    let table = std::fs::read_to_string(at.join("s.csv")).expect("written");
    assert_eq!(table.lines().count(), 4, "three states have three pairs: {table}");
    for (weights, said) in [
        ("ccode,year,cinc\n220,1970,0.1\n230,1970,-9\n235,1970,0.1\n", "column `cinc`: found `-9`"),
        ("ccode,year,cinc\n220,1970,0.1\n", "state 230 has no weight in 1970"),
        ("ccode,year,size\n", "expected the columns ccode, year, and weight or cinc"),
    ] {
        std::fs::write(at.join("w.csv"), weights).expect("written");
        let out = foedera(&["similarity", "m.csv", "--year", "1970", "--weights", "w.csv"], at);
        let text = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && text.contains(said), "{text}");
    }
}

/// Two releases side by side: what one has and the other has not is disputed, told by `conflicts` and by `diff`; `--using` chooses.
#[test]
fn releases_side_by_side() {
    let scratch = Scratch::new("side-by-side");
    let at = scratch.0.as_path();
    std::fs::write(at.join("old.csv"), atop("4.01", "1")).expect("written");
    // The newer has a third member of 3990.
    let newer = atop("5.1", "1");
    let row = newer.lines().nth(1).expect("a row");
    let third = row.replacen(",220,", ",235,", 1).replacen(",1950,", ",1955,", 1);
    std::fs::write(at.join("new.csv"), format!("{newer}{third}\n")).expect("written");
    done(&["import", "atop", "old.csv", "--into", "four"], at);
    done(&["import", "atop", "new.csv", "--into", "five"], at);
    let both = ["--dossier", "./four", "--dossier", "./five"];
    let ask = |words: &[&str]| done(&[words, &both[..]].concat(), at);
    let casus = ["casus", "--attacker", "ITA", "--target", "PRT", "--on", "1980-01-01"];
    assert!(ask(&casus).starts_with("Disputed"), "{}", ask(&casus));
    let by = |pack: &str| ask(&[&casus[..], &["--using", pack]].concat());
    assert!(by("atop-5-1,gazetteer").starts_with("Yes"), "{}", by("atop-5-1,gazetteer"));
    assert!(!by("atop-4-01,gazetteer").starts_with("Yes"));
    let conflicts = ask(&["conflicts"]);
    assert!(conflicts.contains("atop-3990@atop-4-01+atop-5-1 (coding; computed)"), "{conflicts}");
    assert!(
        conflicts.contains("PRT as a party: atop-4-01 no party | atop-5-1 from 1955-01-01"),
        "{conflicts}"
    );
    let diff = ask(&["diff", "--from-using", "atop-4-01", "--to-using", "atop-5-1", "--on", "1980-01-01"]);
    assert!(diff.contains("Portugal: new"), "{diff}");
}

#[test]
fn from_a_download_to_answers() {
    let scratch = Scratch::new("data");
    let at = scratch.0.as_path();
    let file = atop("5.1", "1");
    std::fs::write(at.join("m.csv"), file.replace('\n', "\r\n")).expect("written");
    std::fs::write(at.join("states.csv"), STATES).expect("written");
    done(&["import", "atop", "m.csv", "--into", "five"], at);
    assert!(done(&["check", "./five"], at).contains("0 errors, 0 warnings"));
    assert_eq!(done(&["export", "atop", "five"], at), file);
    let casus = done(
        &["casus", "--dossier", "./five", "--attacker", "PRT", "--target", "ESP", "--on", "1970-01-01"],
        at,
    );
    assert!(casus.contains("FRA toward ESP by atop-3990 defense"), "{casus}");

    let said =
        done(&["panel", "directed-dyad-year", "five", "--system", "states.csv", "--into", "p.csv"], at);
    let panel = std::fs::read_to_string(at.join("p.csv")).expect("written");
    assert_eq!(panel.lines().count() - 1, 2 * 69 + 2 * 59, "{said}");
    let manifest = std::fs::read_to_string(at.join("p.manifest.json")).expect("written");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["rows"], 2 * 69 + 2 * 59);
    assert_eq!(manifest["release"], "5.1");
    assert_eq!(manifest["sha256"], foedera_bulk::sha256(panel.as_bytes()));
    assert!(std::fs::read_to_string(at.join("p.bib")).expect("written").contains("leeds2002alliance"));
    // The file itself does as well as the folder, and gives the same table.
    assert_eq!(done(&["panel", "directed-dyad-year", "m.csv", "--system", "states.csv"], at), panel);
    // After coverage a row says that nothing is known.
    let after = done(&["panel", "state-year", "five", "--system", "states.csv", "--years", "2018-2019"], at);
    assert!(after.contains("2018,220,1,1,") && after.contains("\n2019,220,0,1,,,,,,,\n"), "{after}");

    let alike = done(&["similarity", "five", "--year", "1970"], at);
    for choice in [
        "# release: ATOP 5.1",
        "# order: defence 3",
        "# diagonal: 3",
        "# weights: none",
        "# states: members of some alliance",
    ] {
        assert!(alike.contains(choice), "{choice}: {alike}");
    }
    assert!(alike.contains("\n1970,220,230,"));
    let refused = foedera(&["similarity", "five", "--year", "2019"], at);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not-covered"));

    std::fs::write(at.join("old.csv"), atop("4.01", "2")).expect("written");
    let changed = done(&["releases", "atop", "old.csv", "five", "--only", "3990"], at);
    assert!(changed.contains("cell,3990,0,220,renounce,2,1\n"), "{changed}");
    done(&["import", "atop", "old.csv", "--into", "four"], at);
    let both = done(&["show", "atop-3990", "--dossier", "./four", "--dossier", "./five"], at);
    assert!(both.contains("atop-4-01") && both.contains("atop-5-1"), "{both}");

    let bench = done(&["bench", "five", "--runs", "1", "--format", "json"], at);
    let bench: serde_json::Value = serde_json::from_str(&bench).expect("JSON");
    assert_eq!(bench["w3"]["rows"], 2 * 69 + 2 * 59);
}

#[test]
fn a_refused_import_leaves_nothing_behind() {
    let scratch = Scratch::new("refused");
    let at = scratch.0.as_path();
    std::fs::write(at.join("s.csv"), STATES.replace("1816,1,1", "1816,24,1")).expect("written");
    let out = foedera(&["import", "cow-states", "s.csv", "--into", "out"], at);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        said.contains("s.csv:2: column `stmonth`: found `24`") && said.contains("nothing was written"),
        "{said}"
    );
    assert_eq!(names(at), ["s.csv"]);
    let mended = foedera(
        &["import", "cow-states", "s.csv", "--into", "out", "--mend", "2:stmonth=1", "--mend", "3:stmonth=1"],
        at,
    );
    assert_eq!(mended.status.code(), Some(0), "{}", String::from_utf8_lossy(&mended.stderr));
    let again = foedera(&["import", "cow-states", "s.csv", "--into", "out"], at);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("error[exists]"));
    assert_eq!(names(at), ["out", "s.csv"]);
}

/// The generator is the owner's and lies beside the repository, or not. Nothing, and a word why, where a world cannot be made.
fn generator() -> Option<std::path::PathBuf> {
    use std::io::Write as _;
    let shared = root().join("../shared/bench");
    let python =
        std::process::Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if python && shared.join("gen.py").is_file() {
        return Some(shared);
    }
    let why = if python { "the generator is not beside the repository" } else { "there is no python3" };
    let _ = writeln!(std::io::stderr(), "NOT CHECKED: answers on the generated world: {why}");
    None
}

/// What a Python script prints, run in a folder.
fn python(script: &Path, words: &[&str], at: &Path) -> String {
    let run = std::process::Command::new("python3").arg(script).args(words).current_dir(at).output();
    let run = run.expect("python3 starts");
    assert!(run.status.success(), "{} {words:?}: {}", script.display(), String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[test]
fn the_workloads_answer_what_other_engines_answered() {
    let Some(shared) = generator() else { return };
    let scratch = Scratch::new("bench");
    python(&shared.join("gen.py"), &["--scale", "1", "--seed", "1815", "--out", "x1"], &scratch.0);
    python(&shared.join("edge.py"), &["x1"], &scratch.0);
    let expected = shared.join("expected_seed1815.json").to_string_lossy().into_owned();
    let out = done(&["bench", "x1", "--runs", "1", "--expect", &expected, "--key", "x1"], &scratch.0);
    assert!(out.ends_with("all answers are those expected\n"), "{out}");
    // The comparison itself has teeth.
    let other = foedera(
        &["bench", "x1", "--runs", "1", "--only", "w5", "--expect", &expected, "--key", "x10"],
        &scratch.0,
    );
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stdout).contains("w5: added is 20579, expected 288653"));
}

/// Every workload on worlds of these seeds and sizes, held to what `bench/check.py` answers; questions are cut to `edge` of the second file.
fn agrees_with_the_page(seeds: &[&str], size: &[&str], edge: usize) {
    let Some(shared) = generator() else { return };
    let scratch = Scratch::new(&format!("seeds-{edge}"));
    let at = scratch.0.as_path();
    for seed in seeds {
        let mut words = vec!["--seed", seed, "--out", "world"];
        words.extend(size);
        python(&shared.join("gen.py"), &words, at);
        python(&shared.join("edge.py"), &["world"], at);
        let file = at.join("world/queries_edge.csv");
        let all = std::fs::read_to_string(&file).expect("written by edge.py");
        let kept: String = all.split_inclusive('\n').take(1 + edge).collect();
        std::fs::write(&file, kept).expect("written");
        let answers = python(&root().join("bench/check.py"), &["world"], at);
        std::fs::write(at.join("expected.json"), &answers).expect("written");
        let answers: serde_json::Value = serde_json::from_str(&answers).expect("JSON");
        for name in ["w1", "w1e", "w2", "w3", "w4", "w5", "w7", "w7e", "w8c", "w8p", "w9", "w10"] {
            assert!(answers[name].is_object(), "the page's answers lack {name}");
        }
        assert!(answers["w1e"]["rows"].as_u64() > Some(0) && answers["w2"]["bound"].as_u64() > Some(0));
        let out = done(&["bench", "world", "--runs", "1", "--expect", "expected.json"], at);
        assert!(out.ends_with("all answers are those expected\n"), "seed {seed}: {out}");
    }
}

#[test]
fn small_worlds_of_any_seed_answer_what_the_page_says() {
    let size = ["--states", "30", "--alliances", "60", "--queries", "60"];
    agrees_with_the_page(&["7", "42", "1914"], &size, 200);
}

/// Minutes: `cargo test -p foedera-cli --test it -- --ignored whole_worlds`.
#[test]
#[ignore = "takes minutes: a plain Python evaluator over three whole worlds"]
fn whole_worlds_of_any_seed_answer_what_the_page_says() {
    agrees_with_the_page(&["7", "42", "1914"], &[], 2000);
}

/// Read back by the programs it is for, where Python has them.
#[cfg(feature = "parquet")]
#[test]
fn parquet_is_read_by_duckdb_and_polars() {
    use std::io::Write as _;
    let scratch = Scratch::new("parquet");
    let at = scratch.0.as_path();
    std::fs::write(at.join("m.csv"), atop("5.1", "1")).expect("written");
    done(&["panel", "directed-dyad-year", "m.csv", "--into", "p.parquet"], at);
    done(&["panel", "directed-dyad-year", "m.csv", "--into", "parts", "--partition-by", "year"], at);
    assert_eq!(names(&at.join("parts")).len(), 69);
    for (module, code) in [
        (
            "duckdb",
            "import duckdb as d; print(*d.sql(\"select count(*), count(in_system), sum(defense), min(first_day) from 'p.parquet'\").fetchall()[0], d.sql(\"select count(*) from read_parquet('parts/*/*.parquet', hive_partitioning=true) where year = 1950\").fetchall()[0][0])",
        ),
        (
            "polars",
            "import polars as p; t = p.read_parquet('p.parquet'); print(t.height, t['in_system'].count(), t['defense'].sum(), t['first_day'].min(), p.scan_parquet('parts', hive_partitioning=True).filter(p.col('year') == 1950).collect().height)",
        ),
    ] {
        let python = std::env::var("FOEDERA_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let run =
            |code: &str| std::process::Command::new(&python).args(["-c", code]).current_dir(at).output();
        if !run(&format!("import {module}")).is_ok_and(|o| o.status.success()) {
            let _ = writeln!(
                std::io::stderr(),
                "NOT CHECKED: Parquet read by {module}: {python} does not have it"
            );
            continue;
        }
        let out = run(code).expect("python runs");
        assert_eq!(
            String::from_utf8_lossy(&out.stdout).trim(),
            "256 0 138 1950-01-01 2",
            "{module}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_without_its_feature_is_refused_with_help() {
    let scratch = Scratch::new("parquet");
    std::fs::write(scratch.0.join("m.csv"), atop("5.1", "1")).expect("written");
    let out = foedera(&["panel", "state-year", "m.csv", "--into", "p.parquet"], &scratch.0);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("--features parquet"));
    assert_eq!(names(&scratch.0), ["m.csv"]);
}
