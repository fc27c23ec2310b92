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
            out.extend([leak(&answer), bare(&answer)].into_iter().flatten().map(|m| fail(ask.line, m)));
            for (line, text) in &ask.expect {
                if let Err(m) = expect(&answer, text.trim(), &words, s, face) {
                    out.push(fail(*line, format!("expected `{}`: {m}", text.trim())));
                }
            }
        }
    }
}

/// Every leaf of a proof is a cited row or a named assumption, of the answer and of each of its items. What counts items is proved by
/// the items; silence told as silence (`not-in-sources`, `unknown`, an expectation that waits) needs no row.
fn bare(answer: &Value) -> Option<String> {
    let (verb, verdict) = (text(&answer["question"]["verb"]), text(&answer["verdict"]));
    let counts = ["timeline", "search", "impact", "expect"].contains(&verb.as_str());
    if counts {
        return None;
    }
    let own = (verdict != "not-in-sources").then(|| bare_leaf(&answer["proof"])).flatten();
    let mut items =
        answer["items"].as_array().into_iter().flatten().map(|i| &i["proof"]).filter(|p| !p.is_null());
    own.or_else(|| items.find_map(bare_leaf))
}

fn bare_leaf(step: &Value) -> Option<String> {
    let filled = |field: &str| step[field].as_array().is_some_and(|l| !l.is_empty());
    if filled("children") {
        return step["children"].as_array().into_iter().flatten().find_map(bare_leaf);
    }
    let (rule, said) = (text(&step["rule"]), text(&step["text"]));
    let rests = filled("cites") || !step["assumption"].is_null() || rule == "unknown";
    (!rests).then(|| format!("`{said}` ({rule}) rests on nothing: no citation, no assumption"))
}

/// Every answer, whatever it says, cites only sources of the packs that count and only what it lists under `cites`.
fn leak(answer: &Value) -> Option<String> {
    let using = text_list(&answer["basis"]["using"]);
    let mut known: Vec<String> = Vec::new();
    for c in answer["cites"].as_array().into_iter().flatten() {
        let (source, pack) = (text(&c["source"]), text(&c["pack"]));
        if pack != "supposed" && !using.contains(&pack) {
            return Some(format!("cites {source} of pack {pack}, which does not count"));
        }
        known.push(source);
    }
    // A casus lists the sources of what binds; those behind single why-nots stand in their items.
    if matches!(answer["question"]["verb"].as_str(), Some("casus" | "why-not")) {
        return None;
    }
    let mut stack = vec![&answer["items"]];
    while let Some(v) = stack.pop() {
        match v {
            Value::Array(list) => stack.extend(list),
            Value::Object(map) => {
                let ids = text_list(&map.get("cites").cloned().unwrap_or_default());
                let mut ids = ids.iter().filter_map(|c| c.split(' ').next());
                if let Some(id) = ids.find(|id| !known.iter().any(|k| k == id)) {
                    return Some(format!("{id} is cited in an item and not listed under `cites`"));
                }
                stack.extend(map.iter().filter(|(k, _)| *k != "proof").map(|(_, v)| v));
            }
            _ => {}
        }
    }
    None
}

const ROLES: [&str; 6] = ["bound", "entitled", "consult", "refrain", "breach", "not-bound"];
/// Lines of a decision and where they look.
const DECIDED: [(&str, &str); 5] = [
    ("blocker", "blockers"),
    ("consenting", "consenting"),
    ("promising", "promising"),
    ("doubting", "doubting"),
    ("unknown", "unknown"),
];
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
        ("count", 2) => {
            let told = &answer["question"]["count"];
            let n = if told.is_null() { list("items").len().to_string() } else { told.to_string() };
            same("count", &Value::String(n), &words[1])
        }
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
        ("says", n) if n >= 2 => {
            let wanted = fold(&words[1..].join(" "));
            let said = fold(&text(&answer["answer"]));
            said.contains(&wanted).then_some(()).ok_or(format!("it says: {}", text(&answer["answer"])))
        }
        (line, 2) if DECIDED.iter().any(|(w, _)| *w == line) || line == "no-blocker" => {
            let key = DECIDED.iter().find(|(w, _)| *w == line).map_or("blockers", |(_, k)| k);
            let all: Vec<String> = answer["items"][0][key]
                .as_array()
                .into_iter()
                .flatten()
                .map(|p| if p.is_string() { text(p) } else { text(&p["actor"]) })
                .collect();
            (all.contains(&words[1]) != (line == "no-blocker"))
                .then_some(())
                .ok_or(format!("{key} are {}", all.join(", ")))
        }
        ("outcome", 2) => same("outcome", &answer["items"][0]["outcome"], &words[1]),
        ("effect", 2) | ("effect", 4) => {
            let by = words.get(3).cloned();
            any(answer, "effects", "effect", &words[1], |i| {
                by.as_ref().is_none_or(|b| i["instrument"] == b.as_str() || i["claim"] == b.as_str())
            })
        }
        ("onward", 2) => any(answer, "onward rules", "onward", &words[1], |_| true),
        ("expectation", 3) => by_id(answer, "id", &words[1], "verdict", &words[2]),
        ("strength", 3) => by_id(answer, "id", &words[1], "evidence_strength", &words[2]),
        ("part", 4) => {
            let parts = entry(answer, "id", &words[1])?["parts"].as_array().cloned().unwrap_or_default();
            let of = |p: &Value| text(&p["member"]) == words[2] || fold(&text(&p["name"])) == fold(&words[2]);
            match parts.iter().find(|p| of(p)) {
                None => Err(format!("`{}` is no part of it", words[2])),
                Some(p) => same("the part's verdict", &p["verdict"], &words[3]),
            }
        }
        ("premise", n) if n >= 3 => {
            let all = text_list(&entry(answer, "id", &words[1])?["premises"]);
            let wanted = fold(&words[2..].join(" "));
            all.iter()
                .any(|p| fold(p).contains(&wanted))
                .then_some(())
                .ok_or(format!("premises are {}", all.join("; ")))
        }
        ("score", 4) => by_id(answer, "score", &words[1], &words[2].replace('-', "_"), &words[3]),
        ("conflict", 2) => entry(answer, "id", &words[1]).map(|_| ()),
        ("kind", 3) => {
            let all = text_list(&entry(answer, "id", &words[1])?["kinds"]);
            all.contains(&words[2]).then_some(()).ok_or(format!("kinds are {}", all.join(", ")))
        }
        ("found", 3) => by_id(answer, "id", &words[1], "found", &words[2]),
        ("compatible", 2) => by_id(answer, "id", &words[1], "compatible", "true"),
        ("record", 2) => {
            let record = &entry(answer, "id", &words[1])?["record"];
            (!record.is_null()).then_some(()).ok_or("no record is shown".to_owned())
        }
        ("sets-aside", 2) => {
            let all: Vec<String> = list("items").iter().flat_map(|i| text_list(&i["sets_aside"])).collect();
            all.contains(&words[1]).then_some(()).ok_or(format!("set aside are {}", all.join(", ")))
        }
        ("claim", 2) => any(answer, "claims", "id", &words[1], |_| true),
        ("absent-claim", 2) => match any(answer, "claims", "id", &words[1], |_| true) {
            Ok(()) => Err("it is there".to_owned()),
            Err(_) => Ok(()),
        },
        ("value", 2) | ("value", 4) => {
            let wanted: Option<f64> = words[1].parse().ok();
            let all = list("items");
            let fits = |i: &Value| {
                (i["value"] == words[1].as_str() || (wanted.is_some() && i["number"].as_f64() == wanted))
                    && words.get(3).is_none_or(|d| i["as_of"] == d.as_str())
            };
            let said: Vec<String> =
                all.iter().map(|i| format!("{} ({})", text(&i["value"]), text(&i["as_of"]))).collect();
            all.iter().any(fits).then_some(()).ok_or(format!("values are {}", said.join(", ")))
        }
        ("sum", 2) => any(answer, "sums", "sum", &words[1], |_| true),
        ("entry", 3) => any(answer, "entries", "id", &words[2], |i| text(&i["on"]).starts_with(&words[1])),
        ("changed", 3) => {
            let touches = |i: &&Value| i["of"].as_str().is_some_and(|o| o.split(' ').any(|w| w == words[2]));
            let all = list("items");
            all.iter().filter(touches).any(|i| i["change"] == words[1].as_str()).then_some(()).ok_or(format!(
                "no such change; {} change",
                all.iter().map(|i| text(&i["of"])).collect::<Vec<_>>().join(", ")
            ))
        }
        ("unchanged", 2) => {
            let touches = |i: &&Value| i["of"].as_str().is_some_and(|o| o.split(' ').any(|w| w == words[1]));
            match list("items").iter().find(touches) {
                None => Ok(()),
                Some(i) => Err(format!("it changes: {}", text(&i["says"]))),
            }
        }
        ("falls" | "weakened", 2) => any(answer, "effects", "id", &words[1], |i| i["effect"] == first),
        ("stated", 2) => {
            let wanted: Option<f64> = words[1].parse().ok();
            let all = list("items");
            let said: Vec<String> =
                all.iter().filter(|i| !i["stated"].is_null()).map(|i| text(&i["stated"])).collect();
            all.iter()
                .any(|i| wanted.is_some() && i["stated"].as_f64() == wanted)
                .then_some(())
                .ok_or(format!("stated are {}", said.join(", ")))
        }
        ("gate", 3) | ("gate", 5) => {
            let gates = list("gates");
            let fits = |g: &Value| {
                g["actor"] == words[1].as_str()
                    && g["state"] == words[2].as_str()
                    && words.get(4).is_none_or(|b| g["instrument"] == b.as_str())
            };
            let said: Vec<String> =
                gates.iter().map(|g| format!("{} {}", text(&g["actor"]), text(&g["state"]))).collect();
            gates.iter().any(fits).then_some(()).ok_or(format!("gates are {}", said.join(", ")))
        }
        ("not-assumes", 2) => {
            let all: Vec<String> = list("assumptions").iter().map(|a| text(&a["name"])).collect();
            (!all.contains(&words[1])).then_some(()).ok_or("it is assumed".to_owned())
        }
        ("not-cites", 2) => {
            let all: Vec<String> = list("cites").iter().map(|c| text(&c["source"])).collect();
            (!all.contains(&words[1])).then_some(()).ok_or("it is cited".to_owned())
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

fn text_list(v: &Value) -> Vec<String> {
    v.as_array().into_iter().flatten().map(text).collect()
}

/// Lower case without accents, for comparing sentences.
fn fold(t: &str) -> String {
    t.to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'î' | 'ï' => 'i',
            'ó' | 'ô' | 'ö' => 'o',
            'ú' | 'û' | 'ü' => 'u',
            '–' | '—' => '-',
            c => c,
        })
        .collect()
}

/// The item whose field has a value.
fn entry(answer: &Value, key: &str, id: &str) -> Result<Value, String> {
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let found = items.iter().find(|i| i[key] == id).cloned();
    found.ok_or_else(|| {
        let all: Vec<String> =
            items.iter().map(|i| text(&i[key])).filter(|t| !t.is_empty()).take(30).collect();
        format!("no `{id}`; there are {}", all.join(", "))
    })
}

fn by_id(answer: &Value, key: &str, id: &str, field: &str, wanted: &str) -> Result<(), String> {
    same(field, &entry(answer, key, id)?[field], wanted)
}

/// Some item has the value and fits.
fn any(
    answer: &Value,
    what: &str,
    key: &str,
    wanted: &str,
    fits: impl Fn(&Value) -> bool,
) -> Result<(), String> {
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    if items.iter().any(|i| text(&i[key]) == wanted && fits(i)) {
        return Ok(());
    }
    let all: Vec<String> = items.iter().map(|i| text(&i[key])).filter(|t| !t.is_empty()).take(30).collect();
    Err(format!("the {what} are {}", all.join(", ")))
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
    let claim = |i: &Value, b: &String| i["instrument"] == b.as_str() || i["claim"] == b.as_str();
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let fits = |i: &Value| {
        i["by"] == words[0].as_str()
            && text(&i["to"]) == words[1]
            && i["act"] == words[2].as_str()
            && layer.is_none_or(|l| i["layer"] == l.as_str())
            && by.is_none_or(|b| claim(i, b))
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
