//! Shipped text, broken in thousands of small ways: dates, dossier files and scenario facts are parsed or refused, and
//! never make the program panic.
//!
//! In: the files of `dossiers/`, dates and facts as the language's page writes them. Out: nothing but a test that
//! passes. What always holds: the same mutations in every run (the seed is fixed, the number bounded), so a failure
//! comes back; `fuzz/` goes further where there is time.

use std::path::Path;

use foedera_world::time::Edtf;

const DATES: &[&str] = &[
    "1960-06-23",
    "1922",
    "2023-01~",
    "2024-07?",
    "1914/1918",
    "[1914-08-01..1914-08-03]",
    "2010/",
    "/2027",
    "../1960",
    "1960/..",
    "julian:1914-07-15",
    "1868/..",
    "2024-02-29",
    "-0044-03-15",
    "9999-12-31",
];

const FACTS: &[&str] = &[
    "requested:ARM",
    "requested:ARM@BLR",
    "not requested:ARM",
    "mobilised:DEU",
    "at-war:RUS/JPN",
    "nuclear-used",
    "administers:JPN/senkaku",
    "determined:un-security-council",
    "breached:dual-alliance-1879",
];

/// Pieces that mean something to one parser or another.
const PIECES: &[&str] = &[
    "[[",
    "]]",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'",
    "=",
    ",",
    "..",
    "/",
    "-",
    "~",
    "?",
    "%",
    "@",
    ":",
    "\n",
    "\0",
    "\u{feff}",
    "é",
    "日",
    "julian:",
    "not ",
    "99999999999999999999",
    "0000-00-00",
    "[[instrument]]\n",
    "[[place]]\n",
    "within = [\"japan\"]\n",
    "is = { not = { area = \"a\" } }\n",
    "id = \"JPN\"\n",
    "includes = [\"..\"]\n",
    "{ after = \"signed\", nth = 5, plus = \"1000000 years\" }",
    "-9223372036854775808",
    "parties",
];

/// Xorshift: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    /// A place in a text where a character begins, or its end.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A text with one thing done to it: a piece put in, a stretch taken out, doubled or moved, or the rest cut off.
    fn mutated(&mut self, text: &str) -> String {
        let (a, b) = (self.place(text), self.place(text));
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 200));
        let end = (start..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
        let (head, stretch, tail) = (&text[..start], &text[start..end], &text[end..]);
        match self.below(6) {
            0 => format!("{head}{tail}"),
            1 => format!("{head}{stretch}{stretch}{tail}"),
            2 => format!("{tail}{stretch}{head}"),
            3 => head.to_owned(),
            4 => format!("{head}{}{tail}", PIECES[self.below(PIECES.len())]),
            _ => format!("{head}{}{stretch}{tail}", PIECES[self.below(PIECES.len())]),
        }
    }
}

/// Runs a parser on texts with one to four mutations each.
fn mutate(seeds: &[String], rounds: usize, mut parse: impl FnMut(&str)) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..rounds {
        let mut text = seeds[dice.below(seeds.len())].clone();
        for _ in 0..=dice.below(4) {
            text = dice.mutated(&text);
        }
        parse(&text);
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The shipped files, each its first 120 lines, sorted by path.
fn shipped() -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the repository has its dossiers") {
            let path = entry.expect("a listed entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    let text = |path| std::fs::read_to_string(path).expect("a shipped file is text");
    files
        .iter()
        .map(text)
        .map(|text| text.lines().take(120).map(|line| format!("{line}\n")).collect())
        .collect()
}

#[test]
fn dates() {
    let mut parsed = 0;
    mutate(&owned(DATES), 20_000, |text| {
        if let Ok(date) = Edtf::parse(text) {
            let again = Edtf::parse(date.text()).expect("a date's own text is a date");
            assert_eq!(again.moment(), date.moment(), "{text}");
            parsed += 1;
        }
    });
    assert!(parsed > 100, "only {parsed} mutations were dates: they do not reach past the first letter");
}

#[test]
fn facts() {
    let mut parsed = 0;
    mutate(&owned(FACTS), 20_000, |text| parsed += usize::from(foedera::parse_fact(text)));
    assert!(parsed > 100, "only {parsed} mutations were facts: they do not reach past the first letter");
}

#[test]
fn dossier_files() {
    let mut reached = 0;
    mutate(&shipped(), 600, |text| reached += usize::from(foedera::check_text("mutated.toml", text) > 0));
    assert!(reached > 100, "only {reached} mutations had a row or a finding in them");
}

/// Whole questions, each field a mutated word: answered or refused with a code, never a panic; an answer is never empty-handed.
#[test]
fn questions() {
    use foedera::{BasisRequest, CasusRequest, Dossier, Question, ask};

    let dossier = Dossier::open(&["world".to_owned()]).expect("the embedded dossier opens");
    let mut dice = Dice(0x5851_f42d_4c95_7f2d);
    let (mut answered, mut refused) = (0, 0);
    for _ in 0..300 {
        // A word that fits its field, one time in eight broken.
        let mut word = |fitting: &[&str]| {
            let text = fitting[dice.below(fitting.len())].to_owned();
            if dice.below(8) == 0 { dice.mutated(&text) } else { text }
        };
        let actors = ["PRK", "JPN", "USA", "RUS,CHN", "North Korea", "nato", "al-qaida"];
        let days = ["2024-07-11", "[2023-01..2024-02]", "1922", "2040", "today", "1962-08"];
        let request = CasusRequest {
            attacker: vec![word(&actors)],
            target: vec![word(&["KOR", "PHL", "FIN", "UKR,POL", "Japan"])],
            place: Some(word(&["okinawa", "guam", "crimea", "algiers", "falklands"])),
            kind: Some(word(&["armed", "cyber", "nuclear", "hybrid"])),
            provoked: Some(word(&["yes", "no", "unknown"])),
            with: vec![word(&["", "RUS", "IRN", "PRK"])],
            assume: vec![word(&["requested:JPN", "not mobilised:RUS", "at-war:RUS/UKR@UKR", "nuclear-used"])],
            rounds: Some(1 + word(&["a", "bb", "ccc"]).len() as u32 % 4),
        };
        let basis = BasisRequest {
            on: Some(word(&days)),
            known: Some(word(&["latest", "2023", "1963-01-16", "../1950"])),
            using: vec![word(&["primary", "primary,secondary", ""])],
            clearance: Some(word(&["TLP:GREEN", "red", "clear"])),
            today: "2026-01-01".to_owned(),
            ..BasisRequest::default()
        };
        match ask(&dossier, &Question::Casus(request.clone()), &basis) {
            Ok(answer) => {
                assert!(!answer.proof.text.is_empty());
                answered += 1;
            }
            Err(e) => {
                assert!(!e.code.is_empty() && !e.message.is_empty());
                refused += 1;
            }
        }
    }
    assert!(
        answered > 20 && refused > 20,
        "{answered} answered, {refused} refused: the words do not reach both"
    );
}
