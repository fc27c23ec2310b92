//! An answer for a terminal: the answer in one sentence first, then who, why, why not, on what, from where.

use std::collections::BTreeMap;

use serde_json::Value;

use super::csv::plain;
use crate::{Envelope, ProofView};
use foedera_reason::proof::counted;
use foedera_world::terms::Reason;

/// The whole answer.
pub fn text(e: &Envelope) -> String {
    let mut out = String::new();
    let verb = e.question["verb"].as_str();
    out.push_str(&format!("{}\n", headline(e)));
    section(&mut out, "gates before any duty", e.gates.iter().map(gate));
    match verb {
        Some("casus") => casus(e, &mut out),
        Some("status") if e.items[0]["facility"].is_null() => status(e, &mut out),
        Some("show") => fields(&e.items[0], 0, &mut out),
        Some("decide") => decide(&e.items[0], &mut out),
        _ => table(e, &mut out),
    }
    let many = e.items.len() > 1;
    let proved = match verb {
        Some("show" | "search" | "claims" | "timeline" | "coverage" | "diff" | "impact") => false,
        Some("expect" | "conflicts") => !many,
        _ => true,
    };
    if proved {
        out.push_str("\nproof\n");
        for line in proof_tree(&e.proof).lines() {
            out.push_str(&format!("  {line}\n"));
        }
    }
    section(&mut out, "assumptions", e.assumptions.iter().map(|a| format!("{}: {}", a.name, a.text)));
    section(&mut out, "dissent", e.dissent.iter().cloned());
    section(&mut out, "warnings", e.warnings.iter().cloned());
    if let Some(s) = &e.silence {
        out.push_str(&format!("\nsilence: {s}\n"));
    }
    // The sources the proof above rests on; those behind the why-nots are counted, and stand in JSON.
    let mut named: Vec<&str> = Vec::new();
    sources_of(&e.proof, &mut named);
    let casus = matches!(verb, Some("casus" | "why-not"));
    let (shown, rest): (Vec<_>, Vec<_>) =
        e.cites.iter().partition(|c| !casus || named.contains(&c.source.as_str()));
    let more =
        (!rest.is_empty()).then(|| format!("… and {} more behind the why-nots (--format json)", rest.len()));
    let lines = shown.iter().map(|c| {
        let grade = c.grade.as_deref().unwrap_or("ungraded");
        format!("{} [{grade}] {} ({})", c.source, c.title, c.published)
    });
    section(&mut out, "sources", lines.chain(more));
    let newest = e.basis.newest_source.as_deref().map_or(String::new(), |n| format!(" (newest source {n})"));
    let basis = [
        format!("asked  {}", question(e)),
        format!(
            "on     {}, as known {}{newest}, using {}",
            e.basis.on,
            e.basis.known,
            e.basis.using.join(", ")
        ),
    ];
    section(&mut out, "basis", basis.into_iter());
    out
}

/// The whole proof, of one item if it is named, with everything that stands under it.
pub fn why(e: &Envelope, item: Option<usize>) -> String {
    let mut out = format!("{}\n\n", headline(e));
    let told = |v: &Value| serde_json::from_value::<ProofView>(v.clone()).ok();
    match item {
        Some(n) => {
            let i = &e.items[n - 1];
            match told(&i["proof"]) {
                Some(p) => whole(&p, 0, &mut out),
                None => fields(i, 0, &mut out),
            }
        }
        None => {
            whole(&e.proof, 0, &mut out);
            for (n, i) in e.items.iter().enumerate() {
                if let Some(p) = told(&i["proof"]).filter(|p| *p != e.proof) {
                    out.push_str(&format!("\nitem {}\n", n + 1));
                    whole(&p, 0, &mut out);
                }
            }
        }
    }
    section(&mut out, "assumptions", e.assumptions.iter().map(|a| format!("{}: {}", a.name, a.text)));
    out
}

/// A proof without cuts.
fn whole(p: &ProofView, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    line(p, out);
    p.children.iter().for_each(|c| whole(c, depth + 1, out));
}

fn gate(g: &Value) -> String {
    let opens = if g["opens_with"].as_array().is_some_and(|a| !a.is_empty()) {
        format!("; would open with {}", words(&g["opens_with"]))
    } else {
        String::new()
    };
    format!("{} {}: {}{opens}", words(&g["actor"]), words(&g["state"]), words(&g["says"]))
}

fn decide(i: &Value, out: &mut String) {
    let rows = [
        ("stands in its way", "blockers"),
        ("has consented", "consenting"),
        ("has promised", "promising"),
        ("is in favour", "favouring"),
        ("doubts or wavers", "doubting"),
        ("has no say", "without_a_say"),
    ];
    for (title, key) in rows {
        for p in i[key].as_array().into_iter().flatten() {
            let on = if p["on"].is_null() { String::new() } else { format!(", {}", words(&p["on"])) };
            let line = format!(
                "{title:18} {} ({}{on}) [{}]",
                words(&p["actor"]),
                words(&p["stance"]),
                words(&p["cites"])
            );
            out.push_str(&format!("  {line}\n"));
        }
    }
    for b in i["barred_by"].as_array().into_iter().flatten() {
        out.push_str(&format!("  {:18} {} [{}]\n", "a rule bars it", words(&b["says"]), words(&b["cites"])));
    }
    let unknown = i["unknown"].as_array().map_or(0, Vec::len);
    let done = i["settled"] == true;
    let list = match (unknown, i["deciders_complete"] == true) {
        (n, _) if done && n > 0 => {
            let others = counted(n, "other", "others");
            format!("how {others} consented is not told; it was carried out")
        }
        (0, true) => "nobody".to_owned(),
        (0, false) => "the deciders these sources do not name".to_owned(),
        (n, true) => format!("{n}: {}", words(&i["unknown"])),
        (n, false) => format!("{n} named ({}), and those these sources do not name", words(&i["unknown"])),
    };
    out.push_str(&format!("  {:18} {list}\n", "unknown"));
    out.push_str(&format!("  {:18} {} of {}\n", "procedure", words(&i["procedure"]), words(&i["body"])));
    out.push_str(&format!("  {:18} {}\n", "next", words(&i["next"])));
    if let Some(f) = flip(i) {
        out.push_str(&format!("  {:18} {f}\n", "would change it"));
    }
}

/// What would change a decision, as tried.
fn flip(i: &Value) -> Option<String> {
    let f = &i["would_flip"];
    let assume = f["assume"].as_array()?;
    let options: Vec<String> = assume.iter().map(|a| format!("--assume {}", words(a))).collect();
    Some(format!("{}: then {} (tried)", options.join(" "), words(&f["outcome"])))
}

/// Why an answer is not otherwise: what fails, what is open, what it waits for, what would change it.
pub fn why_not(e: &Envelope) -> String {
    let mut out = format!("{}\n", headline(e));
    let mut unmet = Vec::new();
    gather_unmet(&e.proof, &mut unmet);
    for i in &e.items {
        if let Ok(p) = serde_json::from_value::<ProofView>(i["proof"].clone()) {
            gather_unmet(&p, &mut unmet);
        }
    }
    unmet.dedup();
    section(&mut out, "what fails or is open", unmet.into_iter());
    let waits = e.items.iter().flat_map(|i| {
        let parts = i["parts"].as_array().cloned().unwrap_or_default();
        parts.into_iter().filter(|p| p["verdict"] != "fulfilled").map(|p| {
            let who =
                if p["member"].is_null() { String::new() } else { format!("{}: ", words(&p["member"])) };
            format!("{who}{}: waits for {}", words(&p["verdict"]), words(&p["awaits"]))
        })
    });
    section(&mut out, "what it waits for", waits);
    let nexts = e.items.iter().flat_map(|i| {
        let listed = i["next"].as_array().cloned().unwrap_or_default();
        listed.into_iter().map(|n| format!("{} {}", words(&n["on"]), words(&n["what"])))
    });
    section(&mut out, "what comes next", nexts);
    section(&mut out, "what would change it", e.items.iter().filter_map(flip));
    section(&mut out, "assumptions", e.assumptions.iter().map(|a| format!("{}: {}", a.name, a.text)));
    section(&mut out, "warnings", e.warnings.iter().cloned());
    if let Some(s) = &e.silence {
        out.push_str(&format!("\nsilence: {s}\n"));
    }
    out
}

fn gather_unmet(p: &ProofView, out: &mut Vec<String>) {
    if matches!(p.outcome.as_str(), "fails" | "open" | "possible" | "disputed") || p.rule == "unknown" {
        let cites = if p.cites.is_empty() { String::new() } else { format!(" [{}]", p.cites.join("; ")) };
        let mark = if p.outcome.is_empty() { "unknown" } else { &p.outcome };
        out.push(format!("{mark}: {}{cites}", p.text));
    }
    p.children.iter().for_each(|c| gather_unmet(c, out));
}

/// What verifying found.
pub fn verified(r: &crate::verify::Report) -> String {
    use crate::verify::Anchor;
    let words = [
        (Anchor::Found, "found"),
        (Anchor::Moved, "moved"),
        (Anchor::Altered, "altered"),
        (Anchor::Missing, "missing"),
        (Anchor::QuoteMissing, "quotation missing"),
        (Anchor::NoFingerprint, "no fingerprint"),
        (Anchor::TextAbsent, "text absent"),
    ];
    let counts: Vec<String> =
        words.iter().filter(|(a, _)| r.count(*a) > 0).map(|(a, w)| format!("{} {w}", r.count(*a))).collect();
    let mut out = format!(
        "{}: {}\n\n",
        counted(r.citations.len(), "citation of a paragraph", "citations of paragraphs"),
        counts.join(", ")
    );
    for (source, copy) in &r.copies {
        out.push_str(&format!(
            "  {source}: {}\n",
            copy.as_deref().unwrap_or("no copy among the texts given")
        ));
    }
    for c in r.citations.iter().filter(|c| !matches!(c.anchor, Anchor::Found | Anchor::TextAbsent)) {
        let word = words.iter().find(|(a, _)| *a == c.anchor).map_or("", |(_, w)| w);
        let now = c.now.as_deref().map_or(String::new(), |n| format!(" (now {n})"));
        out.push_str(&format!("  {word}: {} {} cited by {}{now}\n", c.source, c.locator, c.of));
    }
    out
}

fn sources_of<'p>(p: &'p ProofView, out: &mut Vec<&'p str>) {
    out.extend(p.cites.iter().filter_map(|c| c.split(' ').next()));
    p.children.iter().for_each(|c| sources_of(c, out));
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n{title}\n"));
        lines.iter().for_each(|l| out.push_str(&format!("  {l}\n")));
    }
}

fn words(v: &Value) -> String {
    plain(v).replace("; ", ", ")
}

/// The question as a sentence.
fn question(e: &Envelope) -> String {
    let q = &e.question;
    let opt = |k: &str, before: &str| {
        if q[k].is_null() || words(&q[k]).is_empty() {
            String::new()
        } else {
            format!("{before}{}", words(&q[k]))
        }
    };
    match q["verb"].as_str() {
        Some("casus") => format!(
            "if {} attacks {}{}{}{}{}: who must act?",
            words(&q["attacker"]),
            words(&q["target"]),
            opt("place", " at "),
            opt("with", " with the support of "),
            if q["kind"] == "armed" { String::new() } else { opt("kind", ", an attack of kind ") },
            opt("assume", ", assuming "),
        ),
        Some("why-not") => format!(
            "why is {} not bound, if {} attacks {}{}?",
            words(&q["actor"]),
            words(&q["attacker"]),
            words(&q["target"]),
            opt("place", " at ")
        ),
        Some("status") => format!("status of {}{}", words(&q["instrument"]), opt("party", " for ")),
        Some("ties") => format!("what ties {}{}?", words(&q["a"]), opt("b", " and ")),
        Some("members") => format!("members of {}", words(&q["of"])),
        Some("search") => format!("search: {}", words(&q["words"])),
        Some("decide") => format!("what has become of {}?", words(&q["matter"])),
        Some("may") => format!(
            "may {} {}{} {}{}?",
            words(&q["from"]),
            match q["deed"].as_str() {
                Some("inform") => "pass protected information",
                Some("admit") => "admit forces",
                _ => "transfer arms",
            },
            opt("class", " of class "),
            if q["deed"] == "admit" {
                format!("of {}", words(&q["to"]))
            } else {
                format!("to {}", words(&q["to"]))
            },
            opt("onward", ", and on to "),
        ),
        Some("expect") => {
            format!("what became of what was expected{}{}?", opt("ids", ": "), opt("by", " by "))
        }
        Some("conflicts") => {
            format!("where do the sources disagree{}{}?", opt("about", " about "), opt("ids", " on "))
        }
        Some("claims") => {
            format!("what do the sources say{}{}?", opt("about", " about "), opt("words", " with the words "))
        }
        Some("measure") => format!("how much is {}?", words(&q["measures"])),
        Some("timeline") => {
            format!("what happened{}{}{}", opt("ids", " to "), opt("from", " from "), opt("to", " to "))
        }
        Some("diff") => format!(
            "what changed from {} (as known {}{}) to {} (as known {}{}){}?",
            words(&q["from_on"]),
            words(&q["from_known"]),
            opt("from_using", ", by "),
            words(&q["to_on"]),
            words(&q["to_known"]),
            opt("to_using", ", by "),
            opt("ids", " of ")
        ),
        Some("impact") => format!("what falls without {}?", words(&q["of"])),
        Some("coverage") => "what does the dossier hold of what it sets out to hold?".to_owned(),
        _ => opt("id", "show "),
    }
}

/// The answer in one sentence, with the verdict's word behind it where the sentence does not carry it.
pub(super) fn headline(e: &Envelope) -> String {
    match e.question["verb"].as_str() {
        Some("casus" | "search" | "claims" | "timeline" | "show" | "coverage") => e.answer.clone(),
        _ => format!("{} [{}]", e.answer, e.verdict),
    }
}

fn casus(e: &Envelope, out: &mut String) {
    for role in ["bound", "entitled", "consult", "refrain", "breach"] {
        let items: Vec<&Value> = e.items.iter().filter(|i| i["role"] == role).collect();
        out.push_str(&format!("\n{role} ({})\n", items.len()));
        // One line for all who stand alike.
        let mut alike: BTreeMap<(u64, String), Vec<String>> = BTreeMap::new();
        for i in items {
            let mut line = format!(
                "toward {} by {} {} ({}, {}",
                words(&i["toward"]),
                words(&i["instrument"]),
                words(&i["article"]),
                words(&i["act"]),
                words(&i["strength"])
            );
            if i["discretion"] != "none" {
                line.push_str(&format!(", {}", words(&i["discretion"])));
            }
            line.push(')');
            if i["confidence"] != "certain" {
                line.push_str(&format!(" {}", words(&i["confidence"])));
            }
            if i["open"].as_array().is_some_and(|a| !a.is_empty()) {
                line.push_str(&format!(", if {}", words(&i["open"])));
            }
            let round = i["round"].as_u64().unwrap_or(1);
            if round > 1 {
                line.push_str(&format!(" in round {round}"));
            }
            alike.entry((round, line)).or_default().push(words(&i["actor"]));
        }
        for ((_, line), who) in alike {
            out.push_str(&format!("  {} {line}\n", who.join(", ")));
        }
    }
    let targets = e.question["target"].as_array().cloned().unwrap_or_default();
    let mut by_reason: BTreeMap<(bool, bool, String, String, String), Vec<String>> = BTreeMap::new();
    let mut left_out = 0;
    for i in e.items.iter().filter(|i| i["role"] == "not-bound") {
        let other_side = !targets.contains(&i["toward"]);
        // That nobody is allied to the attacker is seldom asked: JSON has it, the terminal counts it.
        if other_side && (i["reason"] == "NO_TREATY" || i["reason"] == "BENEFICIARY_NOT_PARTY") {
            left_out += 1;
            continue;
        }
        let base = if i["instrument"].is_null() {
            String::new()
        } else {
            format!("{} {}", words(&i["instrument"]), words(&i["article"]))
        };
        let mut reason = words(&i["reason"]);
        let far = !Reason::parse(&reason).is_some_and(Reason::is_near_miss);
        if i["confidence"] == "disputed" {
            reason.push_str(" (disputed)");
        }
        let list = by_reason.entry((other_side, far, reason, words(&i["toward"]), base)).or_default();
        let who = words(&i["actor"]);
        if !list.contains(&who) {
            list.push(who);
        }
    }
    out.push_str("\nnot bound, by the first condition that fails\n");
    for ((_, _, reason, toward, base), who) in by_reason {
        let names = if who.len() > 12 {
            format!("{} … ({} in all)", who[..12].join(", "), who.len())
        } else {
            who.join(", ")
        };
        let base = if base.is_empty() { String::new() } else { format!(" by {base}") };
        out.push_str(&format!("  {reason} toward {toward}{base}: {names}\n"));
    }
    if left_out > 0 {
        out.push_str(&format!("  … and {left_out} more toward the attacker (--format json has them all)\n"));
    }
}

fn status(e: &Envelope, out: &mut String) {
    let i = &e.items[0];
    out.push_str(&format!("\n  stage    {}", words(&i["stage"])));
    if !i["since"].is_null() {
        out.push_str(&format!(" since {}", words(&i["since"])));
    }
    if i["confidence"] != "certain" {
        out.push_str(&format!(" ({})", words(&i["confidence"])));
    }
    out.push('\n');
    for (k, label) in [("version", "text"), ("lifted", "lifted")] {
        if !words(&i[k]).is_empty() {
            out.push_str(&format!("  {label:8} {}\n", words(&i[k])));
        }
    }
    let list = |key: &str, f: &dyn Fn(&Value) -> String| -> Vec<String> {
        i[key].as_array().map(|a| a.iter().map(f).collect()).unwrap_or_default()
    };
    let next = list("next", &|n| format!("{} {}", words(&n["on"]), words(&n["what"])));
    if !next.is_empty() {
        out.push_str(&format!("  next     {}\n", next.join("; ")));
    }
    let chain = list("supersession", &|s| {
        format!(
            "{} {} {}",
            if s["replaces"] == true { "replaced" } else { "was replaced by" },
            words(&s["instrument"]),
            words(&s["on"])
        )
    });
    for c in chain {
        out.push_str(&format!("  chain    {c}\n"));
    }
    let parties = list("parties", &|p| {
        if p["confidence"] == "certain" { words(&p["actor"]) } else { format!("{}?", words(&p["actor"])) }
    });
    if !parties.is_empty() {
        out.push_str(&format!("  parties  {} ({})\n", parties.join(", "), parties.len()));
    }
}

fn table(e: &Envelope, out: &mut String) {
    for i in &e.items {
        let line = if let Some(line) = of_verb(e.question["verb"].as_str(), i) {
            line
        } else if i["says"].is_string() {
            let confidence = if i["confidence"].is_null() || i["confidence"] == "certain" {
                String::new()
            } else {
                format!(" — {}", words(&i["confidence"]))
            };
            let layer =
                if i["layer"].is_null() { String::new() } else { format!("{:12}", words(&i["layer"])) };
            format!("{layer}{}{confidence}", words(&i["says"]))
        } else {
            let map = i.as_object();
            map.map(|m| {
                m.iter()
                    .filter(|(k, v)| *k != "proof" && !v.is_null())
                    .map(|(_, v)| words(v))
                    .collect::<Vec<_>>()
                    .join("  ")
            })
            .unwrap_or_default()
        };
        out.push_str(&format!("  {line}\n"));
    }
}

/// One item of a verb that has a line of its own.
fn of_verb(verb: Option<&str>, i: &Value) -> Option<String> {
    let cites =
        || if words(&i["cites"]).is_empty() { String::new() } else { format!(" [{}]", words(&i["cites"])) };
    Some(match verb? {
        "expect" if i["score"].is_null() => {
            let strength = match i["evidence_strength"].as_str() {
                None | Some("direct") => String::new(),
                Some(s) => format!(" ({s})"),
            };
            let said = i["says"].as_str().unwrap_or("not uttered in a source that counts");
            format!("{:8} {}{strength}: {said}{}", words(&i["id"]), words(&i["verdict"]), cites())
        }
        "conflicts" => {
            let held = if i["shows"].is_null() {
                String::new()
            } else {
                format!("\n      held: {}", words(&i["shows"]))
            };
            let record = match i["record"]["says"].as_str() {
                None => String::new(),
                Some(r) => format!("\n      record: {r} [{}]", words(&i["record"]["cites"])),
            };
            let differ: String = i["differences"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|d| {
                    let told = |n: usize| {
                        format!("{} {}", words(&d["told"][n]["teller"]), words(&d["told"][n]["has"]))
                    };
                    format!("\n      {}: {} | {}", words(&d["says"]), told(0), told(1))
                })
                .collect();
            format!(
                "{} ({}; {}): {}{held}{record}{differ}{}",
                words(&i["id"]),
                words(&i["kinds"]),
                words(&i["found"]),
                words(&i["says"]),
                cites()
            )
        }
        "claims" => format!("{} ({}): {}{}", words(&i["id"]), words(&i["mode"]), words(&i["says"]), cites()),
        "search" => format!("{:11} {}: {}", words(&i["table"]), words(&i["id"]), words(&i["name"])),
        "measure" if i["sum"].is_null() => {
            let scope =
                if i["scope"].is_null() { String::new() } else { format!(", {}", words(&i["scope"])) };
            format!(
                "{}: {} {} as of {}{scope} ({}){}",
                words(&i["measure"]),
                words(&i["value"]),
                words(&i["unit"]),
                words(&i["as_of"]),
                words(&i["mode"]),
                cites()
            )
        }
        "timeline" => format!(
            "{:24} {:10} {}: {}{}",
            words(&i["on"]),
            words(&i["mode"]),
            words(&i["id"]),
            words(&i["says"]),
            cites()
        ),
        "diff" => format!("{:9} {}{}", words(&i["change"]), words(&i["says"]), cites()),
        "impact" => format!("{:9} {} {}", words(&i["effect"]), words(&i["id"]), words(&i["says"])),
        "may" => format!("{:12} {}", words(&i["effect"]), words(&i["says"])),
        "status" => {
            let since =
                if i["since"].is_null() { String::new() } else { format!(", {}", words(&i["since"])) };
            format!("stage     {}{since} ({})", words(&i["stage"]), words(&i["confidence"]))
        }
        _ => return None,
    })
}

fn fields(v: &Value, depth: usize, out: &mut String) {
    let Value::Object(map) = v else { return };
    let pad = "  ".repeat(depth + 1);
    for (k, v) in map {
        match v {
            Value::Array(list) if list.iter().any(Value::is_object) => {
                out.push_str(&format!("{pad}{k}\n"));
                for item in list {
                    let parts: Vec<String> = item
                        .as_object()
                        .map(|m| {
                            m.iter()
                                .filter(|(_, v)| !words(v).is_empty())
                                .map(|(k, v)| format!("{k}={}", words(v)))
                                .collect()
                        })
                        .unwrap_or_default();
                    out.push_str(&format!("{pad}  {}\n", parts.join("  ")));
                }
            }
            v if !words(v).is_empty() => out.push_str(&format!("{pad}{k:12} {}\n", words(v))),
            _ => {}
        }
    }
}

/// The proof as an indented tree; leaves end in their citations or their named assumption.
pub fn proof_tree(proof: &ProofView) -> String {
    let mut out = String::new();
    line(proof, &mut out);
    branches(proof, "", &mut out);
    out
}

fn line(p: &ProofView, out: &mut String) {
    let mark = match p.outcome.as_str() {
        "" => String::new(),
        "holds" => format!("{}: ", p.rule),
        other => format!("{} ({other}): ", p.rule),
    };
    out.push_str(&format!("{mark}{}", p.text));
    if !p.cites.is_empty() {
        out.push_str(&format!(" [{}]", p.cites.join("; ")));
    }
    if let Some(a) = &p.assumption {
        out.push_str(&format!(" {{assuming {}}}", a.name));
    }
    out.push('\n');
}

fn branches(p: &ProofView, indent: &str, out: &mut String) {
    // Clauses that prove the same thing for many are told once for each; a long list is cut in text, never in JSON.
    const MOST: usize = 40;
    let shown = p.children.len().min(MOST);
    for (n, c) in p.children.iter().take(shown).enumerate() {
        let last = n + 1 == p.children.len();
        out.push_str(indent);
        out.push_str(if last { "└─ " } else { "├─ " });
        line(c, out);
        branches(c, &format!("{indent}{}", if last { "   " } else { "│  " }), out);
    }
    if p.children.len() > shown {
        out.push_str(&format!(
            "{indent}└─ … and {} more (--format json has them all)\n",
            p.children.len() - shown
        ));
    }
}
