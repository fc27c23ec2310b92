//! Proposals: what was read, waiting for a person's decision, and the rows that accepted ones become.
//!
//! In: a [`Reading`], decisions. Out: [`Proposals`] that serialise, and dossier text for what was accepted. What always holds: nothing is a
//! row before a person accepted it; a row cites the source and the place; deciding again replaces the earlier decision.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Reading, show};
use crate::Dossier;

/// What a person said to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing yet.
    #[default]
    Open,
    /// It becomes a claim.
    Accepted,
    /// It does not.
    Rejected,
    /// Looked at, and left.
    Unsure,
}

impl Decision {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Decision::Open => "open",
            Decision::Accepted => "accepted",
            Decision::Rejected => "rejected",
            Decision::Unsure => "unsure",
        }
    }
}

/// One decision taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Its number among the decisions on the document: the last is the one to take back first.
    pub n: u64,
    /// What was said.
    pub decision: Decision,
    /// The day.
    pub on: String,
    /// Who judged; none = not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// One proposed claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The claim's id in the document: `E3`.
    pub id: String,
    /// The kind of row it becomes.
    pub kind: String,
    /// How the text says it: reported, planned, expected, judged, denied.
    pub mode: String,
    /// Ids in the dossier of those it is about.
    pub about: Vec<String>,
    /// Those it is about that the dossier does not have.
    pub unknown: Vec<String>,
    /// What it says, in the program's words.
    pub says: String,
    /// When.
    pub on: Option<String>,
    /// Who says so.
    pub by: String,
    /// The sentence, marked.
    pub shown: String,
    /// Where it stands, in code points.
    pub at: (usize, usize),
    /// The very words it rests on.
    #[serde(default)]
    pub quote: String,
    /// The rules, and what the dossier says to it.
    pub notes: String,
    /// Whether a person put it into other words.
    #[serde(default)]
    pub edited: bool,
    /// Decisions taken, the last one last.
    #[serde(default)]
    pub judged: Vec<Judgement>,
    /// What a person said.
    #[serde(default)]
    pub decision: Decision,
}

/// Proposals of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposals {
    /// The source's id in the dossier.
    pub source: String,
    /// Its title.
    pub title: String,
    /// The file it was read from.
    pub file: String,
    /// The fingerprint of the text.
    pub fingerprint: String,
    /// When it was published.
    pub published: Option<String>,
    /// The claims.
    pub proposals: Vec<Proposal>,
}

impl Proposals {
    /// The proposals of a reading.
    pub fn of(r: &Reading) -> Proposals {
        let title = r.text.lines().map(str::trim).find(|l| l.chars().count() > 12).unwrap_or(&r.doc);
        let title: String = title.chars().take(120).collect();
        let mut proposals = Vec::new();
        for row in show::rows(r) {
            let (kind, mode, about, on, by) = facts(r, row.id);
            let (known, unknown) = split(r, &about);
            let checks = r.checks.iter().filter(|c| c.claim == row.id);
            let notes: Vec<String> = row
                .notes
                .iter()
                .cloned()
                .chain(checks.map(|c| {
                    format!("dossier {} {}", c.verdict, c.id.as_deref().unwrap_or("")).trim_end().to_owned()
                }))
                .collect();
            let says = row
                .head
                .split_once(' ')
                .map_or(row.head.as_str(), |(_, rest)| rest.trim_start())
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            proposals.push(Proposal {
                id: row.id.to_owned(),
                kind,
                mode,
                about: known,
                unknown,
                says,
                on,
                by,
                shown: show::underlined(&r.text, row.span, row.trigger),
                at: (row.span.start, row.span.end),
                quote: r.text[row.span.byte_start..row.span.byte_end].to_owned(),
                notes: notes.join("; "),
                edited: false,
                judged: Vec::new(),
                decision: Decision::Open,
            });
        }
        let stem = r.doc.rsplit(['/', '\\']).next().unwrap_or(&r.doc);
        let stem = stem.rsplit_once('.').map_or(stem, |(s, _)| s);
        Proposals {
            source: kebab(stem),
            title,
            file: r.doc.clone(),
            fingerprint: r.fingerprint.clone(),
            published: r.document.doc_date.clone(),
            proposals,
        }
    }

    /// Whether the name of the source is one this program makes: letters, digits and hyphens, so that a file named after it lies
    /// beside the others.
    pub(super) fn named_safely(&self) -> bool {
        !self.source.is_empty() && kebab(&self.source) == self.source
    }

    /// Takes over the decisions of an earlier reading of the same text. Whether the text is another one now: then none is taken over.
    pub fn carry_over(&mut self, earlier: &Proposals) -> bool {
        if earlier.fingerprint != self.fingerprint {
            return true;
        }
        for p in &mut self.proposals {
            let same = |o: &&Proposal| o.at == p.at && o.kind == p.kind && (o.says == p.says || o.edited);
            if let Some(old) = earlier.proposals.iter().find(same) {
                p.decision = old.decision;
                p.judged.clone_from(&old.judged);
                if old.edited {
                    (p.edited, p.says, p.on, p.about) =
                        (true, old.says.clone(), old.on.clone(), old.about.clone());
                }
            }
        }
        false
    }

    /// The file of what was accepted, as dossier text, made anew from the decisions each time; a checksum tells whether somebody
    /// wrote into it.
    pub fn rows(&self, pack: &str) -> String {
        let body = self.body(pack);
        format!(
            "# Claims accepted from `{}`; made by `foedera review`. Fingerprint of the text: {}\n{CHECKSUM}{}\n{body}",
            self.file,
            self.fingerprint,
            super::fingerprint(&body)
        )
    }

    fn body(&self, pack: &str) -> String {
        let mut out = String::new();
        let accepted: Vec<&Proposal> =
            self.proposals.iter().filter(|p| p.decision == Decision::Accepted).collect();
        if accepted.is_empty() {
            return out;
        }
        let _ = write!(
            out,
            "\n[[source]]\nid = {}\ntitle = {}\nkind = \"article\"\npack = {}\n",
            quoted(&self.source),
            quoted(&self.title),
            quoted(pack)
        );
        if let Some(p) = &self.published {
            let _ = writeln!(out, "published = {}", quoted(p));
        }
        for p in accepted {
            let about = p.about.iter().map(|a| quoted(a)).collect::<Vec<_>>().join(", ");
            let _ = write!(
                out,
                "\n[[claim]]\nid = {}\nkind = {}\nabout = [{about}]\nsays = {}\n",
                quoted(&format!("{}-{}", self.source, p.id.to_lowercase())),
                quoted(&p.kind),
                quoted(&p.says),
            );
            if let Some(on) = &p.on {
                let _ = writeln!(out, "on = {}", quoted(on));
            }
            let _ = write!(
                out,
                "mode = {}\nby = {}\ncite = [{}]\n",
                quoted(&p.mode),
                quoted(&p.by),
                quoted(&format!("{} c{}-{}", self.source, p.at.0, p.at.1))
            );
            let edited = if p.edited { "; put into these words by the reviewer" } else { "" };
            let also = if p.unknown.is_empty() {
                String::new()
            } else {
                format!("; also about {}", p.unknown.join(", "))
            };
            let _ = writeln!(out, "note = {}", quoted(&format!("{}{also}{edited}", p.notes)));
        }
        out
    }
}

/// The beginning of the line that says what the rest of a file of accepted claims was when it was made.
const CHECKSUM: &str =
    "# Made anew at each decision: write your own rows into another file. Checksum of the rest: ";

/// Whether a file of accepted claims is as it was made: nobody wrote into it.
pub(super) fn untouched(text: &str) -> bool {
    let mut lines = text.splitn(3, '\n');
    let (_, second, rest) = (lines.next(), lines.next(), lines.next());
    second
        .and_then(|l| l.strip_prefix(CHECKSUM))
        .is_some_and(|sum| super::fingerprint(rest.unwrap_or("")) == sum)
}

/// The first pack of a dossier, for the sources of accepted claims.
pub(super) fn first_pack(d: &Dossier) -> Option<String> {
    d.world.records.packs.first().map(|p| p.id.to_string())
}

/// Kind, mode, those it is about, date and speaker of a claim.
fn facts(r: &Reading, id: &str) -> (String, String, Vec<String>, Option<String>, String) {
    let d = &r.document;
    let mode = |modality: &str, polarity: &str| {
        let word = match modality {
            _ if polarity == "negated" => "denied",
            "planned" | "intended" => "planned",
            "expected" | "possible" | "conditional" => "expected",
            "obligated" => "judged",
            _ => "reported",
        };
        word.to_owned()
    };
    if let Some(o) = d.offices.iter().find(|o| o.id == id) {
        return (
            "statement".into(),
            "reported".into(),
            vec![format!("PER:{}", o.person), o.of.clone()],
            d.doc_date.clone(),
            "author".into(),
        );
    }
    if let Some(a) = d.agreements.iter().find(|a| a.id == id) {
        return (
            "statement".into(),
            mode(a.modality, a.polarity),
            a.parties.clone(),
            a.date.clone(),
            a.attribution.clone(),
        );
    }
    if let Some(e) = d.events.iter().find(|e| e.id == id) {
        let about = e.source.iter().chain(&e.target).cloned().collect();
        return ("event".into(), mode(e.modality, e.polarity), about, e.date.clone(), e.attribution.clone());
    }
    if let Some(p) = d.positions.iter().find(|p| p.id == id) {
        return (
            "position".into(),
            "reported".into(),
            vec![p.holder.clone()],
            d.doc_date.clone(),
            p.attribution.clone(),
        );
    }
    if let Some(x) = d.expectations.iter().find(|x| x.id == id) {
        let inside = d.mentions.iter().filter(|m| x.span.start <= m.start && m.end <= x.span.end);
        let mut about: Vec<String> = Vec::new();
        for m in inside {
            if !about.contains(&m.refers) {
                about.push(m.refers.clone());
            }
        }
        return ("expectation".into(), "expected".into(), about, x.due.clone(), x.holder.clone());
    }
    ("measure".into(), "reported".into(), Vec::new(), None, "author".into())
}

/// Those the dossier has, by its ids, and the others.
fn split(r: &Reading, about: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut known, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for a in about {
        match r.links.iter().find(|l| l.refers == *a).and_then(|l| l.id.clone()) {
            Some(id) if !known.contains(&id) => known.push(id),
            Some(_) => {}
            None => unknown.push(a.clone()),
        }
    }
    (known, unknown)
}

/// A lower-case id of letters, digits and hyphens.
fn kebab(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "source".to_owned() } else { out.to_owned() }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_strings_are_safe() {
        assert_eq!(kebab("My File (2)"), "my-file-2");
        assert_eq!(kebab("…"), "source");
        assert_eq!(quoted("a \"b\" \\ \n"), "\"a \\\"b\\\" \\\\ \\u000A\"");
    }
}
