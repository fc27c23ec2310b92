//! What reading a document gives: mentions and claims, each with its place in the text.
//!
//! In: what the stages found, in tokens. Out: plain data that serialises in the shape of the annotated articles. What always holds:
//! `quote` is `text[byte_start..byte_end]`; `start` and `end` count code points, `byte_start` and `byte_end` bytes, half-open.

use std::collections::BTreeMap;

use serde::Serialize;

/// A place in the text.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Span {
    /// The words themselves.
    pub quote: String,
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// First byte.
    pub byte_start: usize,
    /// The byte after the last.
    pub byte_end: usize,
    /// The bytes of the file, where the text was taken out of a page or decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<(usize, usize)>,
}

/// Where code points stand in a text, for spans in both countings.
pub(crate) struct Places<'a> {
    text: &'a str,
    /// Byte and code point of every 64th character.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Places<'a> {
        let marks = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        Places { text, marks }
    }

    /// The code point at a byte.
    pub(crate) fn char_at(&self, byte: usize) -> usize {
        let mark = self.marks.partition_point(|b| *b <= byte).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        mark * STEP + self.text[from..byte].chars().count()
    }

    pub(crate) fn span(&self, byte_start: usize, byte_end: usize) -> Span {
        let start = self.char_at(byte_start);
        let quote = self.text[byte_start..byte_end].to_owned();
        let end = start + quote.chars().count();
        Span { quote, start, end, byte_start, byte_end, original: None }
    }
}

/// One occurrence of a name.
#[derive(Clone, Debug, Serialize)]
pub struct MentionOut {
    /// As it stands in the text.
    pub surface: String,
    /// First code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// First byte.
    pub byte_start: usize,
    /// The byte after the last.
    pub byte_end: usize,
    /// The bytes of the file, where the text was taken out of a page or decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<(usize, usize)>,
    /// What it refers to.
    #[serde(rename = "ref")]
    pub refers: String,
    /// Its sort.
    #[serde(rename = "type")]
    pub sort: &'static str,
    /// `demonym`, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<&'static str>,
    /// A capital used for the government.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub metonym: bool,
    /// The name only says where.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub place_use: bool,
    /// How the reference was reached.
    pub rule: &'static str,
    /// What a person should look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
}

/// Somebody in an office.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeOut {
    /// The claim's id in this document.
    pub id: String,
    /// Who.
    pub person: String,
    /// Which office, in the text's words.
    pub office: String,
    /// Of what state or organisation.
    pub of: String,
    /// current, former, outgoing, acting.
    pub status: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The rule that made the claim.
    pub rule: &'static str,
}

/// A stage of an agreement.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementOut {
    /// The claim's id in this document.
    pub id: String,
    /// Its name or description, in the text's words.
    pub name: String,
    /// Between whom.
    pub parties: Vec<String>,
    /// What has become of it.
    pub stage: String,
    /// The date of that stage.
    pub date: Option<String>,
    /// How the date was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_rule: Option<String>,
    /// actual, planned, expected …
    pub modality: &'static str,
    /// affirmed, negated.
    pub polarity: &'static str,
    /// Who says so.
    pub attribution: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words that carry it.
    pub trigger: Span,
    /// A slot was filled from outside the span, by a named rule.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
    /// The rules that made the claim.
    pub rule: String,
    /// Other places where the text says the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Span>,
    /// Ids of claims of this text that say otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<String>,
}

/// Who did what to whom.
#[derive(Clone, Debug, Serialize)]
pub struct EventOut {
    /// The claim's id in this document.
    pub id: String,
    /// PLOVER type of the act.
    #[serde(rename = "type")]
    pub kind: String,
    /// CAMEO code of the frame.
    pub cameo: String,
    /// Who acts; all parties of a mutual act.
    pub source: Vec<String>,
    /// Toward whom.
    pub target: Vec<String>,
    /// When.
    pub date: Option<String>,
    /// How the date was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_rule: Option<String>,
    /// PLOVER mode, if the frame has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Where it happened, if a capital or place stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// actual, ongoing, planned, intended, expected, possible, conditional, obligated.
    pub modality: &'static str,
    /// The words that gave the modality.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub modality_words: String,
    /// affirmed, negated.
    pub polarity: &'static str,
    /// Who says so.
    pub attribution: String,
    /// Whether the sentence is about it (`main`), or tells it by the way (`subordinate`, `noun`).
    pub told: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words that carry it.
    pub trigger: Span,
    /// A slot was filled from outside the span, by a named rule.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
    /// The rules that made the claim.
    pub rule: String,
    /// Other places where the text says the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Span>,
    /// Ids of claims of this text that say otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<String>,
}

/// Where an actor stands.
#[derive(Clone, Debug, Serialize)]
pub struct PositionOut {
    /// The claim's id in this document.
    pub id: String,
    /// Whose position.
    pub holder: String,
    /// supports, opposes, concerned, neutral.
    pub stance: String,
    /// On what, in the text's words.
    pub object: String,
    /// Who says so.
    pub attribution: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words that carry it.
    pub trigger: Span,
    /// A slot was filled from outside the span, by a named rule.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
    /// The rules that made the claim.
    pub rule: String,
}

/// What is said to be coming.
#[derive(Clone, Debug, Serialize)]
pub struct ExpectationOut {
    /// The claim's id in this document.
    pub id: String,
    /// Who expects it.
    pub holder: String,
    /// Of whom or what.
    pub subject: String,
    /// What is coming, in the text's words.
    pub content: String,
    /// By when.
    pub due: Option<String>,
    /// will, expected, likely, possible, should.
    pub certainty: String,
    /// affirmed, negated.
    pub polarity: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words that carry it.
    pub trigger: Span,
    /// A slot was filled from outside the span, by a named rule.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
    /// The rules that made the claim.
    pub rule: String,
}

/// A number that says something.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureOut {
    /// The claim's id in this document.
    pub id: String,
    /// money, percent, count, duration, distance, rank, anniversary.
    pub kind: &'static str,
    /// The number.
    pub value: f64,
    /// Of what unit.
    pub unit: String,
    /// What it measures, in the text's words.
    pub of: String,
    /// The text says about, over, nearly.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The rule that made the claim.
    pub rule: &'static str,
}

/// A document read.
#[derive(Clone, Debug, Serialize, Default)]
pub struct Document {
    /// The date relative dates were counted from.
    pub doc_date: Option<String>,
    /// It was found in the text, by this rule; absent if the caller gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_date_rule: Option<String>,
    /// How many code points the text has.
    pub chars: usize,
    /// How many bytes it has.
    pub bytes: usize,
    /// How offsets are counted.
    pub offsets: &'static str,
    /// How many sentences were read.
    pub sentences: usize,
    /// Names.
    pub mentions: Vec<MentionOut>,
    /// Offices.
    pub offices: Vec<OfficeOut>,
    /// Agreements.
    pub agreements: Vec<AgreementOut>,
    /// Events.
    pub events: Vec<EventOut>,
    /// Positions.
    pub positions: Vec<PositionOut>,
    /// Expectations.
    pub expectations: Vec<ExpectationOut>,
    /// Measures.
    pub measures: Vec<MeasureOut>,
    /// What was skipped, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The states the lexicon lists persons of this text under; used where events are written in the field's form.
    #[serde(skip)]
    pub(crate) person_states: BTreeMap<String, String>,
}

impl Document {
    /// Adds to every span where it stood in the file the text was taken from.
    pub fn place_in_file(&mut self, map: &crate::intake::OffsetMap) {
        for m in &mut self.mentions {
            m.original = Some(map.span_to_file(m.byte_start, m.byte_end));
        }
        let put = |s: &mut Span| s.original = Some(map.span_to_file(s.byte_start, s.byte_end));
        for o in &mut self.offices {
            put(&mut o.span);
        }
        for a in &mut self.agreements {
            put(&mut a.span);
            put(&mut a.trigger);
            a.also.iter_mut().for_each(put);
        }
        for e in &mut self.events {
            put(&mut e.span);
            put(&mut e.trigger);
            e.also.iter_mut().for_each(put);
        }
        for p in &mut self.positions {
            put(&mut p.span);
            put(&mut p.trigger);
        }
        for x in &mut self.expectations {
            put(&mut x.span);
            put(&mut x.trigger);
        }
        for m in &mut self.measures {
            put(&mut m.span);
        }
    }
}
