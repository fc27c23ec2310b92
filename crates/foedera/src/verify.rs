//! `verify`: finds each cited paragraph again in the reader's own copies of the texts.
//!
//! In: a dossier whose sources carry fingerprints, and texts (name and content). Out: a [`Report`]: per source which text is its
//! copy, and per citation whether its paragraph was found, has been altered, moved, is missing, or no text was given.
//!
//! What always holds: a citation is never moved to a similar paragraph silently: a paragraph that stands elsewhere is told as
//! *moved*, a similar one as *altered*, and neither counts as found. Fingerprints say nothing of the words they stand for.
//!
//! A text is split at blank lines (a line of white space is blank), blocks are trimmed, empty ones dropped, numbered from 1.

use std::collections::BTreeMap;

use foedera_world::world::{ClaimId, SourceId};
use serde::Serialize;

use crate::Dossier;

/// What became of one citation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// The paragraph stands where it was.
    Found,
    /// The same paragraph stands at another number.
    Moved,
    /// A similar paragraph stands there: its words have changed.
    Altered,
    /// The copy has no such paragraph.
    Missing,
    /// A quotation does not stand in the paragraph.
    QuoteMissing,
    /// The source has no fingerprint of that place.
    NoFingerprint,
    /// No text given is a copy of the source.
    TextAbsent,
}

/// One citation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Checked {
    /// Claim, or the row's place for other rows.
    pub of: String,
    /// Source.
    pub source: String,
    /// Locator.
    pub locator: String,
    /// What became of it.
    pub anchor: Anchor,
    /// Where it stands now, if elsewhere.
    pub now: Option<String>,
    /// The words the claim quotes, if it quotes any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// What verifying found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    /// The copy of each source that has fingerprints.
    pub copies: BTreeMap<String, Option<String>>,
    /// Every citation of a paragraph.
    pub citations: Vec<Checked>,
}

impl Report {
    /// How many citations became so.
    pub fn count(&self, anchor: Anchor) -> usize {
        self.citations.iter().filter(|c| c.anchor == anchor).count()
    }

    /// Whether every citation whose text was given was found.
    pub fn whole(&self) -> bool {
        let bad = [Anchor::Moved, Anchor::Altered, Anchor::Missing, Anchor::QuoteMissing];
        bad.iter().all(|a| self.count(*a) == 0)
    }
}

/// The paragraphs of a text.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut block = String::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            out.push(std::mem::take(&mut block));
        } else {
            block.push_str(line);
            block.push('\n');
        }
    }
    out.push(block);
    out.into_iter().map(|b| b.trim().to_owned()).filter(|b| !b.is_empty()).collect()
}

/// The fingerprint of a paragraph: `HASH SKETCH`, each 16 hexadecimal digits. The hash is FNV-1a of its words with one
/// space between; the sketch a 64-bit simhash of its groups of three words (Charikar 2002), near for near texts.
pub fn fingerprint(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    format!("{:016x} {:016x}", fnv(words.join(" ").as_bytes()), sketch(&words))
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

fn sketch(words: &[&str]) -> u64 {
    let mut weight = [0i32; 64];
    let folded: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let groups = if folded.len() < 3 {
        vec![folded.join(" ")]
    } else {
        folded.windows(3).map(|w| w.join(" ")).collect()
    };
    for g in groups {
        // FNV's high bits move little on short inputs: one more round spreads them.
        let h = fnv(g.as_bytes()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let h = h ^ (h >> 29);
        for (bit, w) in weight.iter_mut().enumerate() {
            *w += if h >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    weight.iter().enumerate().fold(0, |s, (bit, w)| if *w > 0 { s | 1 << bit } else { s })
}

/// Most bits in which the sketches of two versions of one paragraph differ.
const NEAR: u32 = 16;

/// A fingerprint as written: locator, hash, sketch.
fn parts(written: &str) -> Option<(&str, &str, u64)> {
    let mut p = written.split(' ');
    let (locator, hash, sketch) = (p.next()?, p.next()?, p.next()?);
    Some((locator, hash, u64::from_str_radix(sketch, 16).ok()?))
}

/// One text given: its name and its paragraphs with hash and sketch.
struct Copy {
    name: String,
    text: Vec<(String, String, u64)>,
}

/// Finds every citation of a paragraph again.
pub fn verify(dossier: &Dossier, texts: &[(String, String)]) -> Report {
    let world = &dossier.world;
    let copies: Vec<Copy> = texts
        .iter()
        .map(|(name, text)| Copy {
            name: name.clone(),
            text: paragraphs(text)
                .into_iter()
                .filter_map(|p| {
                    let print = format!("p {}", fingerprint(&p));
                    let (_, hash, sketch) = parts(&print)?;
                    Some((p, hash.to_owned(), sketch))
                })
                .collect(),
        })
        .collect();
    let mut report = Report::default();
    let mut copy_of: BTreeMap<SourceId, Option<usize>> = BTreeMap::new();
    for (i, s) in world.records.sources.iter().enumerate().filter(|(_, s)| !s.fingerprint.is_empty()) {
        let prints: Vec<_> = s.fingerprint.iter().filter_map(|f| parts(f)).collect();
        let like = |c: &Copy| {
            let near = |p: &(&str, &str, u64)| {
                c.text.iter().any(|(_, h, k)| h == p.1 || (k ^ p.2).count_ones() <= NEAR)
            };
            prints.iter().filter(|p| near(p)).count()
        };
        // A copy has at least a third of the source's paragraphs, as they were or nearly.
        let best = copies
            .iter()
            .enumerate()
            .map(|(n, c)| (like(c), n))
            .max_by_key(|(l, n)| (*l, std::cmp::Reverse(*n)));
        let best = best.filter(|(l, _)| *l * 3 >= prints.len()).map(|(_, n)| n);
        report.copies.insert(s.id.clone(), best.map(|n| copies[n].name.clone()));
        copy_of.insert(SourceId(i as u32), best);
    }
    for (i, c) in world.records.claims.iter().enumerate() {
        let row = world.claim_evidence(ClaimId(i as u32));
        for (s, locator) in &world.evidence[row.ix()].cites {
            let Some(copy) = copy_of.get(s) else { continue };
            let source = &world.records.sources[s.ix()];
            let (anchor, now) =
                anchor(&source.fingerprint, locator, copy.map(|n| &copies[n]), c.quote.as_deref());
            report.citations.push(Checked {
                of: c.id.clone(),
                source: source.id.clone(),
                locator: locator.clone(),
                anchor,
                now,
                quote: c.quote.clone(),
            });
        }
    }
    report
}

fn anchor(
    prints: &[String],
    locator: &str,
    copy: Option<&Copy>,
    quote: Option<&str>,
) -> (Anchor, Option<String>) {
    let Some((_, hash, sketch)) = prints.iter().filter_map(|f| parts(f)).find(|p| p.0 == locator) else {
        return (Anchor::NoFingerprint, None);
    };
    let Some(copy) = copy else { return (Anchor::TextAbsent, None) };
    let place = |n: usize| format!("p{}", n + 1);
    let here = copy.text.iter().enumerate().find(|(n, _)| place(*n) == locator);
    if let Some((_, (text, h, _))) = here
        && h == hash
    {
        let squeeze = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        let stands = quote.is_none_or(|q| squeeze(text).contains(&squeeze(q)));
        return (if stands { Anchor::Found } else { Anchor::QuoteMissing }, None);
    }
    if let Some(n) = copy.text.iter().position(|(_, h, _)| h == hash) {
        return (Anchor::Moved, Some(place(n)));
    }
    let near = copy.text.iter().enumerate().map(|(n, (_, _, k))| ((k ^ sketch).count_ones(), n)).min();
    match near {
        Some((bits, n)) if bits <= NEAR => (Anchor::Altered, (place(n) != locator).then(|| place(n))),
        _ => (Anchor::Missing, None),
    }
}

/// The `fingerprint` lines of a source, made from a text: what `verify --write` puts into a dossier.
pub fn fingerprints(text: &str) -> Vec<String> {
    paragraphs(text).iter().enumerate().map(|(n, p)| format!("p{} {}", n + 1, fingerprint(p))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ministers met in the old harbour town and signed two papers.\n\n  \n\
        Neither of the two papers says who pays for the new lighthouse on the northern cape.\nIt is tall.\n\n\
        A third paper, on fishing rights, was left for the spring.\n";

    fn dossier(prints: &[String], quote: &str) -> Dossier {
        let prints: Vec<String> = prints.iter().map(|p| format!("\"{p}\"")).collect();
        let text = format!(
            "[[pack]]\nid = \"p\"\ntitle = \"P\"\n[[source]]\nid = \"s\"\ntitle = \"S\"\nkind = \"article\"\npack = \"p\"\n\
             published = \"2020\"\nfingerprint = [{}]\n[[claim]]\nid = \"c\"\nkind = \"statement\"\nsays = \"x\"\n{quote}\
             cite = [\"s p2\"]\n",
            prints.join(", ")
        );
        Dossier::from_files("d", vec![("a.toml".to_owned(), text)]).expect("it opens")
    }

    fn of(text: &str, quote: &str) -> Anchor {
        let d = dossier(&fingerprints(TEXT), quote);
        let report = verify(&d, &[("copy.txt".to_owned(), text.to_owned())]);
        report.citations[0].anchor
    }

    #[test]
    fn found_moved_altered_missing_absent() {
        assert_eq!(paragraphs(TEXT).len(), 3);
        assert_eq!(of(TEXT, ""), Anchor::Found);
        assert_eq!(of(&TEXT.replace("in the old", "in   the\nold"), ""), Anchor::Found);
        assert_eq!(of(&format!("A new headline.\n\n{TEXT}"), ""), Anchor::Moved);
        assert_eq!(of(&TEXT.replace("northern", "southern"), ""), Anchor::Altered);
        let gone = TEXT.replace(
            "Neither of the two papers says who pays for the new lighthouse on the northern cape.",
            "Silence.",
        );
        assert_eq!(of(&gone, ""), Anchor::Missing);
        assert_eq!(of("Something else altogether.\n\nAnd more of it.", ""), Anchor::TextAbsent);
    }

    #[test]
    fn a_quotation_must_stand_word_for_word() {
        assert_eq!(of(TEXT, "quote = \"who pays for the new lighthouse\"\n"), Anchor::Found);
        assert_eq!(of(TEXT, "quote = \"who pays for the old lighthouse\"\n"), Anchor::QuoteMissing);
    }
}
