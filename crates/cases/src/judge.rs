//! The judge: does an answer say what the case expects?
//!
//! In: a case file and a face. Out: failures. What always holds: only fields of the machine contract are looked at.

use serde_json::Value;

use crate::parse::{Ask, CaseFile, Scenario, shell_words};

/// A way to run a command line: the words after `foedera`, and the files of a dossier in memory if the case has its own.
pub trait Face {
    /// Runs it and returns the JSON it printed, or what went wrong.
    fn run(&self, words: &[String], files: &[(String, String)]) -> Result<Value, String>;
}

/// Something that did not come out as expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The heading.
    pub heading: String,
    /// The line in the case file.
    pub line: usize,
    /// What was expected and found.
    pub message: String,
}

/// Holds a face to a case file.
pub fn judge(file: &CaseFile, face: &dyn Face) -> Vec<Failure> {
    let mut out = Vec::new();
    let expects: usize = file
        .scenarios
        .iter()
        .map(|s| s.findings.is_some() as usize + s.asks.iter().map(|a| a.expect.len()).sum::<usize>())
        .sum();
    if expects == 0 {
        out.push(Failure {
            heading: file.title.clone(),
            line: 1,
            message: "the file expects nothing".to_owned(),
        });
    }
    for s in &file.scenarios {
        for ask in &s.asks {
            judge_ask(s, ask, face, &mut out);
        }
        if let Some(expected) = &s.findings {
            judge_findings(file, s, expected, face, &mut out);
        }
    }
    out
}

fn judge_ask(s: &Scenario, ask: &Ask, face: &dyn Face, out: &mut Vec<Failure>) {
    let fail = |line: usize, message: String| Failure { heading: s.heading.clone(), line, message };
    let words = shell_words(&ask.command);
    let words: Vec<String> = words.into_iter().skip_while(|w| w == "foedera").collect();
    if ask.expect.is_empty() {
        out.push(fail(ask.line, "a question without an expectation".to_owned()));
    }
    match face.run(&words, &s.files) {
        Err(e) => out.push(fail(ask.line, format!("could not be asked: {e}"))),
        Ok(answer) => {
            for (line, text) in &ask.expect {
                if let Err(m) = expect(&answer, text.trim(), &words, s, face) {
                    out.push(fail(*line, format!("expected `{}`: {m}", text.trim())));
                }
            }
        }
    }
}

const ROLES: [&str; 6] = ["bound", "entitled", "consult", "refrain", "breach", "not-bound"];
const CONFIDENCE: [&str; 3] = ["certain", "possible", "disputed"];

fn expect(
    answer: &Value,
    line: &str,
    command: &[String],
    s: &Scenario,
    face: &dyn Face,
) -> Result<(), String> {
    let words = shell_words(line);
    let first = words.first().map(String::as_str).unwrap_or_default();
    let list = |key: &str| answer[key].as_array().cloned().unwrap_or_default();
    match (first, words.len()) {
        ("verdict", 2) => same("verdict", &answer["verdict"], &words[1]),
        ("silence", 2) => same("silence", &answer["silence"], &words[1]),
        ("stage", 2) | ("stage", 4) => {
            let item = &answer["items"][0];
            same("stage", &item["stage"], &words[1])?;
            if words.len() == 4 { same("since", &item["since"], &words[3]) } else { Ok(()) }
        }
        ("version", 2) => same("version", &answer["items"][0]["version"], &words[1]),
        ("count", 2) => same("count", &Value::String(answer["question"]["count"].to_string()), &words[1]),
        ("assumes", 2) => {
            let names: Vec<String> = list("assumptions").iter().map(|a| text(&a["name"])).collect();
            names.contains(&words[1]).then_some(()).ok_or(format!("the assumptions are {}", names.join(", ")))
        }
        ("warns", 2) => {
            let all: Vec<String> = list("warnings").iter().map(text).collect();
            all.iter()
                .any(|w| w.starts_with(&format!("{}:", words[1])))
                .then_some(())
                .ok_or(format!("the warnings are {}", all.join("; ")))
        }
        ("dissents", n) if n >= 2 => {
            let all: Vec<String> = list("dissent").iter().map(text).collect();
            let wanted = words[1..].join(" ");
            all.iter()
                .any(|d| d.contains(&wanted))
                .then_some(())
                .ok_or(format!("the dissent is {}", all.join("; ")))
        }
        ("cites", 2) => {
            let all: Vec<String> = list("cites").iter().map(|c| text(&c["source"])).collect();
            all.contains(&words[1]).then_some(()).ok_or(format!("the sources are {}", all.join(", ")))
        }
        ("member", 2) => {
            let all: Vec<String> = list("items").iter().map(|c| text(&c["actor"])).collect();
            all.contains(&words[1]).then_some(()).ok_or("no such member".to_owned())
        }
        ("tie", n) if n >= 4 => tie(answer, &words[1..]),
        ("change", n) if n >= 3 => change(answer, &words[1..]),
        ("absent", n) if n >= 3 => match item(answer, &words[1..], command, s, face)? {
            None => Ok(()),
            Some(missing) if !missing.is_empty() => Ok(()),
            Some(_) => Err("there is such an item".to_owned()),
        },
        (_, n) if n >= 2 && ROLES.contains(&words[1].as_str()) => {
            match item(answer, &words, command, s, face)? {
                Some(missing) if missing.is_empty() => Ok(()),
                Some(missing) => {
                    Err(format!("none for {}; {}", missing.join(", "), near(answer, &missing[0])))
                }
                None => Err("nobody to look for".to_owned()),
            }
        }
        _ => Err("not a line of the case grammar".to_owned()),
    }
}

fn text(v: &Value) -> String {
    v.as_str().map_or_else(|| if v.is_null() { String::new() } else { v.to_string() }, str::to_owned)
}

fn same(what: &str, found: &Value, wanted: &str) -> Result<(), String> {
    let found = text(found);
    if found == wanted { Ok(()) } else { Err(format!("{what} is `{found}`")) }
}

/// What the answer says of an actor, for the message.
fn near(answer: &Value, actor: &str) -> String {
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let said: Vec<String> = items
        .iter()
        .filter(|i| i["actor"] == actor)
        .map(|i| {
            format!(
                "{} toward {} by {} {} {} {}",
                text(&i["role"]),
                text(&i["toward"]),
                text(&i["instrument"]),
                text(&i["article"]),
                text(&i["confidence"]),
                text(&i["reason"])
            )
        })
        .collect();
    if said.is_empty() { "nothing is said of it".to_owned() } else { format!("found: {}", said.join(" | ")) }
}

/// `ACTOR ROLE toward X [by INSTRUMENT [ARTICLE]] [CONFIDENCE|REASON]…`: the actors for which no item fits.
fn item(
    answer: &Value,
    words: &[String],
    command: &[String],
    s: &Scenario,
    face: &dyn Face,
) -> Result<Option<Vec<String>>, String> {
    let actors = match words[0].strip_prefix('@') {
        None => vec![words[0].clone()],
        Some(i) => parties(i, answer, command, s, face)?,
    };
    if actors.is_empty() {
        return Ok(None);
    }
    let role = &words[1];
    let (mut toward, mut by, mut article, mut confidence, mut reason, mut round) =
        (None, None, None, None, None, None);
    let mut n = 2;
    while n < words.len() {
        let next = words.get(n + 1);
        match words[n].as_str() {
            "toward" => {
                toward = next;
                n += 2;
            }
            "by" => {
                by = next;
                n += 2;
                let plain =
                    |w: &&String| !CONFIDENCE.contains(&w.as_str()) && !is_reason(w) && w.as_str() != "round";
                if let Some(a) = words.get(n).filter(plain) {
                    article = Some(a);
                    n += 1;
                }
            }
            "round" => {
                round = next;
                n += 2;
            }
            w if CONFIDENCE.contains(&w) => {
                confidence = Some(&words[n]);
                n += 1;
            }
            w if is_reason(w) => {
                reason = Some(&words[n]);
                n += 1;
            }
            other => return Err(format!("`{other}` is not part of the case grammar")),
        }
    }
    let fits = |i: &Value, actor: &str| {
        let eq = |key: &str, want: Option<&String>| want.is_none_or(|w| text(&i[key]) == *w);
        i["actor"] == actor
            && i["role"] == role.as_str()
            && eq("toward", toward)
            && eq("instrument", by)
            && eq("article", article)
            && eq("confidence", confidence)
            && eq("reason", reason)
            && eq("round", round)
    };
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    Ok(Some(actors.into_iter().filter(|a| !items.iter().any(|i| fits(i, a))).collect()))
}

fn is_reason(w: &str) -> bool {
    w.len() > 4
        && w.contains(|c: char| c == '_' || c.is_ascii_uppercase())
        && w.chars().all(|c| c == '_' || c.is_ascii_uppercase())
        && (w.contains('_') || ["SUSPENDED", "TERMINATED", "RESERVED"].contains(&w))
}

/// The parties to an instrument on the question's day, without the sides of the question.
fn parties(
    instrument: &str,
    answer: &Value,
    command: &[String],
    s: &Scenario,
    face: &dyn Face,
) -> Result<Vec<String>, String> {
    let mut words = vec!["members".to_owned(), instrument.to_owned()];
    let keep = ["--dossier", "--on", "--known", "--using"];
    for pair in command.windows(2).filter(|p| keep.contains(&p[0].as_str())) {
        words.extend(pair.iter().cloned());
    }
    let members = face.run(&words, &s.files)?;
    let sides: Vec<Value> = ["attacker", "target"]
        .iter()
        .flat_map(|k| answer["question"][k].as_array().cloned().unwrap_or_default())
        .collect();
    Ok(members["items"]
        .as_array()
        .cloned()
        .unwrap_or_default()
        .iter()
        .map(|m| m["actor"].clone())
        .filter(|a| !sides.contains(a))
        .map(|a| text(&a))
        .collect())
}

/// `tie BY TO ACT [LAYER] by INSTRUMENT`.
fn tie(answer: &Value, words: &[String]) -> Result<(), String> {
    let by = words.iter().position(|w| w == "by").and_then(|p| words.get(p + 1));
    let layer = words.get(3).filter(|w| *w != "by");
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let fits = |i: &Value| {
        i["by"] == words[0].as_str()
            && text(&i["to"]) == words[1]
            && i["act"] == words[2].as_str()
            && layer.is_none_or(|l| i["layer"] == l.as_str())
            && by.is_none_or(|b| i["instrument"] == b.as_str())
    };
    items.iter().any(fits).then_some(()).ok_or("no such tie".to_owned())
}

/// `change OPTION VALUE by INSTRUMENT tried`: a why-not item that says so.
fn change(answer: &Value, words: &[String]) -> Result<(), String> {
    let by = words.iter().position(|w| w == "by").unwrap_or(words.len());
    let option = words[..by].join(" ");
    let instrument = words.get(by + 1);
    let tried = words.last().is_some_and(|w| w == "tried");
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let fits = |i: &Value| {
        let changes = i["changes"].as_array().cloned().unwrap_or_default();
        changes.iter().any(|c| c["option"] == option.as_str())
            && instrument.is_none_or(|x| i["instrument"] == x.as_str())
            && (!tried || i["tried"] == true)
    };
    let said: Vec<String> = items.iter().map(|i| text(&i["says"])).collect();
    items.iter().any(fits).then_some(()).ok_or(format!("the answer says: {}", said.join(" | ")))
}

/// Findings: `name.toml:LINE severity code`. In a file `cases/checks/CODE.md` only findings of that code are compared.
fn judge_findings(
    file: &CaseFile,
    s: &Scenario,
    expected: &[(usize, String)],
    face: &dyn Face,
    out: &mut Vec<Failure>,
) {
    let fail = |line: usize, message: String| Failure { heading: s.heading.clone(), line, message };
    let code = file.title.trim_matches('`').to_owned();
    let found = match face.run(&["check".to_owned()], &s.files) {
        Ok(v) => v,
        Err(e) => {
            out.push(fail(s.line, format!("could not be checked: {e}")));
            return;
        }
    };
    let mut lines: Vec<String> = found["findings"]
        .as_array()
        .cloned()
        .unwrap_or_default()
        .iter()
        .filter(|f| f["code"] == code.as_str())
        .map(|f| {
            let path = text(&f["at"]["file"]);
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            format!("{name}:{} {} {}", f["at"]["line"], text(&f["severity"]), text(&f["code"]))
        })
        .collect();
    lines.sort();
    let mut wanted: Vec<String> = expected.iter().map(|(_, t)| t.trim().to_owned()).collect();
    wanted.sort();
    if lines != wanted {
        let line = expected.first().map_or(s.line, |e| e.0);
        out.push(fail(line, format!("expected findings {wanted:?}, found {lines:?}")));
    }
}
