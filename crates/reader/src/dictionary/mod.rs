//! The field's dictionaries (PETRARCH, TABARI) as user lexicons: actors, agents, verb patterns.
//!
//! In: a file's bytes. Out: entries in [`Dictionaries`], and [`Finding`]s with line numbers for what is not well formed. What always
//! holds: bytes that are no UTF-8 are read as Latin-1; comments (`#`, `;`, `<!-- … -->`) and blank lines are skipped; an entry that cannot
//! be understood costs that entry and is named.

mod actors;
mod agents;
mod verbs;

use std::fmt;

pub(crate) use actors::DictionaryActor;
pub(crate) use agents::DictionaryAgent;
pub(crate) use verbs::DictionaryVerb;

/// Something wrong with a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Kebab-case code.
    pub code: &'static str,
    /// What was found.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: warning[{}]: {}", self.file, self.line, self.code, self.message)
    }
}

/// Dictionaries a user loaded.
#[derive(Clone, Debug, Default)]
pub struct Dictionaries {
    pub(crate) actors: Vec<DictionaryActor>,
    pub(crate) agents: Vec<DictionaryAgent>,
    pub(crate) verbs: Vec<DictionaryVerb>,
}

/// What kind of dictionary a file is, by its lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Actors,
    Agents,
    Verbs,
}

/// A line that says something, without its comment.
struct Line<'a> {
    number: usize,
    text: &'a str,
    /// It began with a blank or a tab.
    indented: bool,
}

impl Dictionaries {
    /// Loads a file, whatever kind it is, and says what is wrong with it.
    pub fn load(&mut self, name: &str, bytes: &[u8]) -> Vec<Finding> {
        let text = match std::str::from_utf8(bytes) {
            Ok(t) => t.to_owned(),
            Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
        };
        let lines = lines(&text);
        let mut findings = Vec::new();
        let mut note = |line: usize, code: &'static str, message: String| {
            findings.push(Finding { file: name.to_owned(), line, code, message });
        };
        if lines.is_empty() {
            note(1, "empty-dictionary", "the file has no entries".to_owned());
            return findings;
        }
        match form(&lines) {
            Form::Actors => self.actors.extend(actors::read(&lines, &mut note)),
            Form::Agents => self.agents.extend(agents::read(&lines, &mut note)),
            Form::Verbs => self.verbs.extend(verbs::read(&lines, &mut note)),
        }
        findings
    }

    /// How many actors, agents and verb patterns there are.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.actors.len(), self.agents.len(), self.verbs.len())
    }
}

/// The lines that say something. A comment ends a line, and may run over several.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut inside = false;
    for (n, raw) in text.lines().enumerate() {
        let mut line = raw;
        if inside {
            match line.find("-->") {
                Some(e) => {
                    line = &line[e + 3..];
                    inside = false;
                }
                None => continue,
            }
        }
        if let Some(b) = line.find("<!--") {
            inside = !line[b..].contains("-->");
            line = &line[..b];
        }
        let end = line.find(['#', ';']).unwrap_or(line.len());
        // `[###]` is a code, not a comment.
        let end = if line.contains("[###]") { line.find("[###]").map_or(end, |at| at + 5) } else { end };
        let line = line[..end].trim_end();
        if !line.trim().is_empty() {
            out.push(Line { number: n + 1, text: line.trim(), indented: line.starts_with([' ', '\t']) });
        }
    }
    out
}

fn form(lines: &[Line<'_>]) -> Form {
    let patterns = lines.iter().filter(|l| l.text.starts_with("- ") || l.text.starts_with("---")).count();
    let agents = lines
        .iter()
        .filter(|l| bracketed(l.text).is_some_and(|(_, c)| c.starts_with('~') || c.ends_with('~')))
        .count();
    if patterns * 5 > lines.len() || patterns > 20 {
        Form::Verbs
    } else if agents * 2 > lines.len() {
        Form::Agents
    } else {
        Form::Actors
    }
}

/// The words of a phrase: `_` and blanks part them.
fn words(phrase: &str) -> Vec<String> {
    let plain = phrase.trim_end_matches(['_', '=']);
    let parts = plain.split(['_', ' ', '-', '\t']).filter(|w| !w.is_empty());
    parts.map(crate::tokens::fold).collect()
}

/// What stands in the first square brackets, and the text before them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.find('[')?;
    let close = text[open..].find(']')? + open;
    Some((text[..open].trim(), text[open + 1..close].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_with_dates_and_synonyms() {
        let mut d = Dictionaries::default();
        let text = "<!-- made up -->\nNORLAND_ [NRL]\n+NORLANDER\nGRAND DUKE OTTO\n\t[NRLGOV 900101-991231]\n\t[NRLELI >20000101]\nBAD LINE\n";
        let f = d.load("toy.actors", text.as_bytes());
        assert_eq!(d.counts().0, 3, "{f:?}");
        let duke = d.actors.iter().find(|a| a.words[0] == "grand").expect("is there");
        assert_eq!(duke.code(Some((1995, 6, 1))), Some("NRLGOV"));
        assert_eq!(duke.code(Some((2005, 6, 1))), Some("NRLELI"));
        assert_eq!(duke.code(None), None);
        assert_eq!((f.len(), f[0].line, f[0].code), (1, 7, "no-code"));
    }

    #[test]
    fn dates_of_eight_digits_close_to_their_code() {
        let mut d = Dictionaries::default();
        d.load("x", b"OTTO_HALE [NRL]  # unless a date says more\n\t[NRLCIV <20080120] # one\n\t[NRLMIL 20080120-20121109] # two\n");
        assert_eq!(d.actors[0].code(Some((2010, 1, 6))), Some("NRLMIL"));
        assert_eq!(d.actors[0].code(Some((2001, 1, 6))), Some("NRLCIV"));
        assert_eq!(d.actors[0].code(None), Some("NRL"));
    }

    #[test]
    fn agents_with_plurals_and_substitutions() {
        let mut d = Dictionaries::default();
        let text = "!PERSON! = MAN, WOMAN\nSOLDIER [~MIL]\nPARTY [~PTY]\nCOUNCIL!PERSON! [~LEG]\nMEDIA {} [~MED]\nODD [MIL]\n";
        let f = d.load("toy.agents", text.as_bytes());
        let has = |w: &str, c: &str| d.agents.iter().any(|a| a.words.join(" ") == w && a.code == c);
        assert!(
            has("soldiers", "MIL")
                && has("parties", "PTY")
                && has("councilwoman", "LEG")
                && has("media", "MED")
        );
        assert!(!has("medias", "MED"));
        assert_eq!((f.len(), f[0].line), (1, 6));
    }

    #[test]
    fn verbs_with_patterns() {
        let mut d = Dictionaries::default();
        let text = "--- PRAISE [051] ---\nPRAISE\nLAUD {LAUDED}\n- * LEADER OF + [052]\n- * CONDITION [ERR\n\n--- STEAL [171] ---\nSTEAL {STOLE STOLEN}\n";
        let f = d.load("toy.verbs", text.as_bytes());
        let codes: Vec<(&str, &str)> =
            d.verbs.iter().map(|v| (v.pattern.as_str(), v.code.as_str())).collect();
        assert!(
            codes.contains(&("praise", "051"))
                && codes.contains(&("laud leader of", "052"))
                && codes.contains(&("steal", "171")),
            "{codes:?}"
        );
        assert_eq!((f.len(), f[0].line), (1, 5));
    }

    #[test]
    fn latin_1_is_read() {
        let mut d = Dictionaries::default();
        d.load("x", b"C\xd4TE_BLANCHE [CBL]\n");
        assert_eq!(d.actors[0].words, ["cote", "blanche"]);
    }
}
