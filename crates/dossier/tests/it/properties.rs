//! Laws: no bytes panic; layout is idempotent, keeps meaning and comments.

use foedera_dossier::{SourceFile, Volume, checks, compile, format, includes, parse_fact};
use proptest::prelude::*;

const SHARDS: &[&str] = &[
    "[[instrument]]\n",
    "[[instrument.action]]\n",
    "[[instrument.provision]]\n",
    "[[actor]]\n",
    "[[area]]\n",
    "[[place]]\n",
    "[dossier]\n",
    "id = \"a\"\n",
    "id = \"JPN\"\n",
    "name = \"n\"\n",
    "kind = \"state\"\n",
    "act = \"signed\"\n",
    "on = \"1922\"\n",
    "on = { after = \"signed\" }\n",
    "is = { any = [ { area = \"a\" } ] }\n",
    "within = [\"a\"]\n",
    "cite = [\"s p1\"]\n",
    "# c\n",
    "\n",
    "  ",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\r\n",
    "a.b.c = 1\n",
    "a = [ # x\n 1,\n]\n",
    "'k y' = 2 # t\n",
    "é",
    "\\",
    "x = '''\n y # no\n'''\n",
    "[a.b]\n",
    "[[a.b]]\n",
    "\"q\" . r = 3\n",
];

const VALUES: &[&str] = &[
    "1",
    "1.5",
    "true",
    "'x'",
    "\"y # no\"",
    "[1,2 , 3]",
    "[ ]",
    "{a=1,b = [ 'c' ]}",
    "{ }",
    "[\n 1, # one\n\n 2\n]",
    "\"\"\"\n# no\n\"\"\"",
    "1979-05-27",
    "[ { a = 1 }, {b=2}, ]",
    "'''a'''",
    "0xff",
    "inf",
    "\"\\u00e9\\n\"",
];
const SPACES: &[&str] = &["", " ", "   ", "\t"];
const ENDS: &[&str] = &["", " # why", "# glued", "  "];
const FILLERS: &[&str] = &["\n", "\n\n\n", "# note\n", "   # in\n", "\r\n", "#\n"];
const HEADS: &[&str] = &["[[t]]", "[[t.u]]", "  [[t.u]] # h", "[[t.u.w]]", " [[s]]  "];

/// TOML, laid out at random.
fn toml() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<[u8; 6]>(), 0..25).prop_map(|pieces| {
        let pick = |from: &[&'static str], n: u8| from[usize::from(n) % from.len()];
        let mut text = String::new();
        for (i, [what, a, b, c, value, end]) in pieces.into_iter().enumerate() {
            match what % 6 {
                0..=2 => {
                    let (a, b, c) = (pick(SPACES, a), pick(SPACES, b), pick(SPACES, c));
                    let key = if value % 9 == 0 { std::format!("'k{i}'") } else { std::format!("k{i}") };
                    text += &std::format!("{a}{key}{b}={c}{}{}\n", pick(VALUES, value), pick(ENDS, end));
                }
                3 | 4 => text += pick(FILLERS, a),
                _ => text += &std::format!("{}\n", pick(HEADS, a)),
            }
        }
        text
    })
}

fn one(text: impl Into<Vec<u8>>) -> Volume {
    Volume {
        name: "v".to_owned(),
        files: vec![SourceFile { name: "v/a.toml".to_owned(), text: text.into() }],
    }
}

fn comments(text: &str) -> Vec<String> {
    // The generator puts `no` only into texts, and `#` into nothing else but comments.
    let lines = text.lines().filter(|l| !l.contains("# no\"") && *l != "# no" && *l != " y # no");
    let behind = |l: &str| l.find('#').map(|at| l[at..].trim_end().to_owned());
    lines.filter_map(behind).collect()
}

proptest! {
    #[test]
    fn no_bytes_panic(text in prop::collection::vec(any::<u8>(), 0..400)) {
        let volume = one(text);
        let _ = includes(&volume);
        prop_assert_eq!(compile(std::slice::from_ref(&volume)), compile(&[volume]));
    }

    #[test]
    fn no_shards_panic(shards in prop::collection::vec(prop::sample::select(SHARDS), 0..40)) {
        let text = shards.concat();
        let volume = one(text.as_str());
        let compiled = compile(&[volume.clone(), volume]);
        for finding in &compiled.findings {
            prop_assert!(text.get(finding.primary.span.clone()).is_some(), "{finding:?}");
            let listed = checks().iter().any(|c| c.code == finding.code && c.severity == finding.severity);
            prop_assert!(listed, "{finding:?}");
        }
        if let Ok(once) = format("a.toml", &text) {
            prop_assert_eq!(format("a.toml", &once), Ok(once.clone()));
        }
    }

    #[test]
    fn layout_is_idempotent_and_keeps_meaning_and_comments(text in toml()) {
        let Ok(before) = toml::Table::from_text(&text) else { return Ok(()) };
        let once = format("a.toml", &text).expect("it parsed");
        prop_assert_eq!(format("a.toml", &once), Ok(once.clone()));
        prop_assert_eq!(toml::Table::from_text(&once).expect("it still parses"), before);
        prop_assert_eq!(comments(&once), comments(&text));
        // And it was laid out, not given back: no line but of a broken list or text ends in space.
        prop_assert!(!once.contains("\n\n\n") && !once.starts_with('\n'), "{once}");
    }

    #[test]
    fn no_fact_panics(text in "[a-z@:/ é-]{0,30}|not [a-z-]{1,12}:[A-Z/@]{0,9}") {
        let _ = parse_fact(&text, &|name| (!name.is_empty()).then(|| name.to_owned()));
    }
}

/// Parsing without spans, so that two layouts compare equal.
mod toml {
    /// What a text means: its spanned tree printed without spans.
    #[derive(PartialEq, Debug)]
    pub(super) struct Table(String);

    impl Table {
        pub(super) fn from_text(text: &str) -> Result<Table, ()> {
            let table = ::toml::de::DeTable::parse(text).map_err(|_| ())?;
            let mut out = String::new();
            print(&::toml::de::DeValue::Table(table.into_inner()), &mut out);
            Ok(Table(out))
        }
    }

    fn print(value: &::toml::de::DeValue<'_>, out: &mut String) {
        use ::toml::de::DeValue;
        match value {
            DeValue::Array(items) => {
                out.push('[');
                for item in items.iter() {
                    print(item.get_ref(), out);
                    out.push(',');
                }
                out.push(']');
            }
            DeValue::Table(table) => {
                out.push('{');
                for (key, value) in table.iter() {
                    out.push_str(&format!("{:?}:", key.get_ref()));
                    print(value.get_ref(), out);
                    out.push(',');
                }
                out.push('}');
            }
            scalar => out.push_str(&format!("{scalar:?}")),
        }
    }
}
