//! Two data sets on one instrument, against a naive reading day by day.
//!
//! In: random acts of two made-up data sets, with random ends of coverage. Out: what `ties` says of each pair on many days, compared with what a
//! person would say who reads each data set by itself. What always holds: which file comes first does not matter.

use foedera::{BasisRequest, Dossier, Question, ask};

/// A generator of numbers that gives the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const PARTIES: [&str; 3] = ["AAA", "BBB", "CCC"];

/// What one data set has: each party's spells in years, an open end as none; and the last year it covers.
#[derive(Clone, Debug)]
struct Coding {
    spells: Vec<(usize, u32, Option<u32>)>,
    last: u32,
}

fn coding(n: &mut Numbers) -> Coding {
    let last = 1960 + n.below(30) as u32;
    let mut spells = Vec::new();
    for party in 0..PARTIES.len() {
        // Everyone begins in 1900, so that the pact is concluded by all; some leave, some come back.
        let mut at = 1900;
        if n.below(5) == 0 {
            at += 5 + n.below(30) as u32;
        }
        loop {
            let end = at + 1 + n.below(70) as u32;
            if end > last || n.below(4) == 0 {
                spells.push((party, at, None));
                break;
            }
            spells.push((party, at, Some(end)));
            at = end + 1 + n.below(20) as u32;
            if n.below(3) == 0 || at > last {
                break;
            }
        }
    }
    // Somebody has to begin it.
    if !spells.iter().any(|s| s.1 == 1900) {
        spells.insert(0, (0, 1900, None));
        spells.retain({
            let mut seen = false;
            move |s| s.0 != 0 || !std::mem::replace(&mut seen, true)
        });
    }
    Coding { spells, last }
}

/// A dossier of one data set.
fn text(id: &str, c: &Coding) -> String {
    let first = c.spells.iter().map(|s| s.1).min().unwrap_or(1900);
    let mut out = format!(
        "[dossier]\nname = \"{id}\"\ntitle = \"{id}\"\n\n[[pack]]\nid = \"{id}\"\ntitle = \"{id}\"\n\n[[source]]\nid = \"{id}\"\ntitle = \"{id}\"\n\
         kind = \"data-set\"\npack = \"{id}\"\npublished = \"2000\"\ncovers = \"1900/{}\"\n\n",
        c.last
    );
    for p in PARTIES {
        out.push_str(&format!("[[actor]]\nid = \"{p}\"\nkind = \"state\"\nname = \"{p}\"\n\n"));
    }
    let originals: Vec<String> =
        c.spells.iter().filter(|s| s.1 == first).map(|s| format!("\"{}\"", PARTIES[s.0])).collect();
    let originals = originals.join(", ");
    out.push_str(&format!(
        "[[instrument]]\nid = \"pact\"\nname = \"Pact\"\nkind = \"treaty\"\nparties = [{originals}]\ncite = [\"{id}\"]\n\n\
         [[instrument.action]]\nact = \"concluded\"\non = \"{first}-01-01\"\nby = [{originals}]\ncite = [\"{id}\"]\n\n"
    ));
    for (party, from, to) in &c.spells {
        let p = PARTIES[*party];
        if *from > first {
            out.push_str(&format!(
                "[[instrument.action]]\nact = \"acceded\"\non = \"{from}-01-01\"\nby = [\"{p}\"]\ncite = [\"{id}\"]\n\n"
            ));
        }
        if let Some(to) = to {
            out.push_str(&format!(
                "[[instrument.action]]\nact = \"withdrew\"\non = \"{to}-01-01\"\nby = [\"{p}\"]\ncite = [\"{id}\"]\n\n"
            ));
        }
    }
    out.push_str(&format!(
        "[[instrument.provision]]\narticle = \"1\"\nact = \"consultation\"\ncite = [\"{id}\"]\n"
    ));
    out
}

/// What one data set says of a party on 1 July of a year: bound, not bound, or nothing, since it does not cover the year and had it open, or had it not at all.
fn word(c: &Coding, party: usize, year: u32) -> Option<bool> {
    let own: Vec<_> = c.spells.iter().filter(|s| s.0 == party).collect();
    let there = own.iter().any(|(_, from, to)| *from <= year && to.is_none_or(|to| year < to));
    let open = own.last().is_none_or(|s| s.2.is_none());
    if year > c.last && open { None } else { Some(there) }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Sure {
    Not,
    Possible,
    Disputed,
    Certain,
}

/// What both say of a party together.
fn together(codings: &[Coding], party: usize, year: u32) -> Sure {
    let words: Vec<Option<bool>> = codings.iter().map(|c| word(c, party, year)).collect();
    let (yes, no) = (words.contains(&Some(true)), words.contains(&Some(false)));
    match (yes, no) {
        (true, true) => Sure::Disputed,
        (true, false) => Sure::Certain,
        (false, true) => Sure::Not,
        // Nobody speaks of the year any more: it hangs on whether anyone had it open at last.
        (false, false) => {
            let open = codings.iter().any(|c| c.spells.iter().any(|s| s.0 == party && s.2.is_none()));
            if open { Sure::Possible } else { Sure::Not }
        }
    }
}

/// What `ties` says of the first two parties, in each year.
fn answers(files: &[(&str, String)], years: &[u32]) -> Vec<Option<String>> {
    let dossiers = files.iter().map(|(n, t)| ((*n).to_owned(), vec![("dossier.toml".to_owned(), t.clone())]));
    let d = Dossier::layered(dossiers.collect()).expect("it opens");
    let errors: Vec<_> = d.findings.iter().filter(|f| f.severity == foedera::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{files:?}");
    let q = Question::Ties { a: PARTIES[0].to_owned(), b: Some(PARTIES[1].to_owned()) };
    let one = |year: &u32| {
        let basis = BasisRequest {
            on: Some(format!("{year}-07-01")),
            today: "2026-01-01".to_owned(),
            ..BasisRequest::default()
        };
        let e = ask(&d, &q, &basis).map_err(|e| e.message).expect("an answer");
        let e: serde_json::Value = serde_json::to_value(&e).expect("it serialises");
        let items = e["items"].as_array().expect("items");
        let tie = items.iter().find(|i| i["act"] == "consultation" && i["by"] == PARTIES[0]);
        tie.map(|i| i["confidence"].as_str().unwrap_or_default().to_owned())
    };
    years.iter().map(one).collect()
}

#[test]
fn two_codings_are_read_as_a_person_would_who_reads_each_by_itself() {
    let years: Vec<u32> = (1900..2010).collect();
    let mut met = [0; 4];
    for seed in 0..40 {
        let mut n = Numbers(seed * 7919 + 1);
        let codings = [coding(&mut n), coding(&mut n)];
        let files = [("older", text("older", &codings[0])), ("newer", text("newer", &codings[1]))];
        let found = answers(&files, &years);
        let [older, newer] = files;
        assert_eq!(found, answers(&[newer, older], &years), "seed {seed}: the order of files matters");
        for (year, found) in years.iter().zip(found) {
            let [a, b] = [0, 1].map(|p| together(&codings, p, *year));
            let expected = a.min(b);
            met[expected as usize] += 1;
            let word = match expected {
                Sure::Not => None,
                Sure::Possible => Some("possible"),
                Sure::Disputed => Some("disputed"),
                Sure::Certain => Some("certain"),
            };
            assert_eq!(found.as_deref(), word, "seed {seed}, {year}: {a:?}, {b:?}; {codings:?}");
        }
    }
    assert!(met.iter().all(|n| *n > 100), "each kind of answer is met often: {met:?}");
}
