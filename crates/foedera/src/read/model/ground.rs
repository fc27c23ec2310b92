//! From words a model gives to places in the text.
//!
//! In: a text, a document, proposed claims. Out: claims of the document, with ids `L1`, `L2`, … What always holds: a quotation is found
//! letter by letter, at the edges of words, and once; an actor is a name the reader found at that very place, or the words themselves in
//! quotation marks; a date is what the reader's own rules make of its words, or open.

use foedera_reader::{DocDate, Document, EventOut, ExpectationOut, PositionOut, Span, date_of};

use super::answer::Proposed;

/// PLOVER types, with the CAMEO code of each at its root: a model gives no finer one.
const TYPES: &[(&str, &str)] = &[
    ("AGREE", "030"),
    ("CONSULT", "040"),
    ("SUPPORT", "050"),
    ("COOPERATE", "060"),
    ("AID", "070"),
    ("CONCEDE", "080"),
    ("RETREAT", "087"),
    ("REQUEST", "100"),
    ("ACCUSE", "110"),
    ("REJECT", "120"),
    ("THREATEN", "130"),
    ("PROTEST", "140"),
    ("MOBILIZE", "150"),
    ("SANCTION", "160"),
    ("COERCE", "170"),
    ("ASSAULT", "180"),
];
const MODALITIES: &[&str] =
    &["actual", "ongoing", "planned", "intended", "expected", "possible", "conditional", "obligated"];
const STANCES: &[&str] = &["supports", "opposes", "concerned", "neutral"];
const CERTAINTIES: &[&str] = &["will", "expected", "likely", "possible", "should"];

/// The text under the claims of one answer.
pub(super) struct Ground<'t> {
    text: &'t str,
    rule: &'t str,
    kept: usize,
}

/// Bytes of a stretch of the text.
type Place = (usize, usize);

impl<'t> Ground<'t> {
    pub(super) fn new(text: &'t str, rule: &'t str) -> Ground<'t> {
        Ground { text, rule, kept: 0 }
    }

    /// Adds a claim to a document, or says why not; then the document is as it was.
    pub(super) fn take(&mut self, doc: &mut Document, c: Proposed) -> Result<(), String> {
        let id = format!("L{}", self.kept + 1);
        match c {
            Proposed::Event {
                sort,
                quote,
                trigger,
                source,
                target,
                date,
                attribution,
                modality,
                negated,
            } => {
                let at = self.quote(&quote)?;
                let (kind, cameo) = *TYPES
                    .iter()
                    .find(|(t, _)| *t == sort)
                    .ok_or_else(|| format!("`{sort}` is no type of event"))?;
                let modality = one_of(MODALITIES, modality.as_deref().unwrap_or("actual"), "modality")?;
                let trigger = self.inside(at, &trigger, "trigger")?;
                let actors = |list: &[String], slot: &str| {
                    list.iter().map(|w| self.actor(doc, at, w, slot)).collect::<Result<Vec<_>, _>>()
                };
                let (source, target) = (actors(&source, "source")?, actors(&target, "target")?);
                if source.is_empty() && target.is_empty() {
                    return Err("an event of nobody".to_owned());
                }
                let (date, date_rule) = self.date(doc, at, date.as_deref(), modality != "actual", "date")?;
                let attribution = self.speaker(doc, at, attribution.as_deref(), "attribution")?;
                let (span, trigger) = (self.span(at), self.span(trigger));
                let same = |e: &&EventOut| {
                    let polarity = if negated { "negated" } else { "affirmed" };
                    e.kind == kind
                        && e.source == source
                        && e.target == target
                        && e.polarity == polarity
                        && e.trigger.byte_start < span.byte_end
                        && span.byte_start < e.trigger.byte_end
                };
                if let Some(e) = doc.events.iter().find(same) {
                    return Err(format!("already read as {}", e.id));
                }
                doc.events.push(EventOut {
                    id,
                    kind: kind.to_owned(),
                    cameo: cameo.to_owned(),
                    source,
                    target,
                    date,
                    date_rule,
                    mode: None,
                    location: None,
                    modality,
                    modality_words: String::new(),
                    polarity: polarity(negated),
                    attribution,
                    told: "main",
                    span,
                    trigger,
                    resolved: false,
                    rule: self.rule.to_owned(),
                    also: Vec::new(),
                    contradicts: Vec::new(),
                });
            }
            Proposed::Position { quote, trigger, holder, stance, object, attribution } => {
                let at = self.quote(&quote)?;
                let stance = one_of(STANCES, &stance, "stance")?;
                let trigger = self.inside(at, &trigger, "trigger")?;
                let holder = self.actor(doc, at, &holder, "holder")?;
                let object = self.words(at, &object, "object")?;
                let attribution = self.speaker(doc, at, attribution.as_deref(), "attribution")?;
                let (span, trigger) = (self.span(at), self.span(trigger));
                let same = |p: &&PositionOut| p.holder == holder && p.stance == stance && p.object == object;
                if let Some(p) = doc.positions.iter().find(same) {
                    return Err(format!("already read as {}", p.id));
                }
                doc.positions.push(PositionOut {
                    id,
                    holder,
                    stance: stance.to_owned(),
                    object,
                    attribution,
                    span,
                    trigger,
                    resolved: false,
                    rule: self.rule.to_owned(),
                });
            }
            Proposed::Expectation { quote, trigger, holder, subject, content, due, certainty, negated } => {
                let at = self.quote(&quote)?;
                let certainty = one_of(CERTAINTIES, &certainty, "certainty")?;
                let trigger = self.inside(at, &trigger, "trigger")?;
                let holder = self.speaker(doc, at, holder.as_deref(), "holder")?;
                let subject = self.actor(doc, at, &subject, "subject")?;
                let content = self.words(at, &content, "content")?;
                let (due, _) = self.date(doc, at, due.as_deref(), true, "due")?;
                let (span, trigger) = (self.span(at), self.span(trigger));
                let same = |x: &&ExpectationOut| {
                    x.subject == subject && x.trigger == trigger && x.polarity == polarity(negated)
                };
                if let Some(x) = doc.expectations.iter().find(same) {
                    return Err(format!("already read as {}", x.id));
                }
                doc.expectations.push(ExpectationOut {
                    id,
                    holder,
                    subject,
                    content,
                    due,
                    certainty: certainty.to_owned(),
                    polarity: polarity(negated),
                    span,
                    trigger,
                    resolved: false,
                    rule: self.rule.to_owned(),
                });
            }
        }
        self.kept += 1;
        Ok(())
    }

    /// Where a claim's words stand, if they stand in the text once.
    fn quote(&self, words: &str) -> Result<Place, String> {
        let mut found = self.places((0, self.text.len()), words);
        match (found.next(), found.next()) {
            (None, _) => Err(format!("the quote `{}` is not in the text", short(words))),
            (Some(at), None) => Ok(at),
            _ => Err(format!("the quote `{}` stands in several places", short(words))),
        }
    }

    /// The first place of a slot's words inside a claim's.
    fn inside(&self, within: Place, words: &str, slot: &str) -> Result<Place, String> {
        let found = self.places(within, words).next();
        found.ok_or_else(|| format!("its {slot} `{}` is not in its quote", short(words)))
    }

    /// All places of some words in a stretch: letter by letter, never a part of a word.
    fn places(&self, within: Place, words: &str) -> impl Iterator<Item = Place> {
        let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (starts, ends) = (inner(words.chars().next()), inner(words.chars().next_back()));
        let text = self.text;
        let found =
            if words.trim().is_empty() { None } else { Some(text[within.0..within.1].match_indices(words)) };
        found.into_iter().flatten().map(move |(i, w)| (within.0 + i, within.0 + i + w.len())).filter(
            move |(a, b)| {
                !(starts && inner(text[..*a].chars().next_back()) || ends && inner(text[*b..].chars().next()))
            },
        )
    }

    /// A slot's words, blanks folded.
    fn words(&self, within: Place, words: &str, slot: &str) -> Result<String, String> {
        let (a, b) = self.inside(within, words, slot)?;
        Ok(self.text[a..b].split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Who some words are: a name found at that very place, or the words.
    fn actor(&self, doc: &Document, within: Place, words: &str, slot: &str) -> Result<String, String> {
        let plain = self.words(within, words, slot)?;
        let name = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        let named = self.places(within, words).find_map(|(a, b)| {
            let short = b - name.len();
            doc.mentions.iter().find(|m| (m.byte_start == a || m.byte_start == short) && m.byte_end == b)
        });
        Ok(named.map_or_else(|| format!("“{plain}”"), |m| m.refers.clone()))
    }

    fn speaker(
        &self,
        doc: &Document,
        within: Place,
        words: Option<&str>,
        slot: &str,
    ) -> Result<String, String> {
        words.map_or(Ok("author".to_owned()), |w| self.actor(doc, within, w, slot))
    }

    /// The date some words tell. Words the reader's rules make nothing of leave it open.
    fn date(
        &self,
        doc: &Document,
        within: Place,
        words: Option<&str>,
        future: bool,
        slot: &str,
    ) -> Result<(Option<String>, Option<String>), String> {
        let Some(words) = words else { return Ok((None, None)) };
        let (a, b) = self.inside(within, words, slot)?;
        let from = doc.doc_date.as_deref().and_then(DocDate::parse);
        let found = date_of(&self.text[a..b], from, future);
        Ok(found.map_or((None, None), |(date, rule)| (Some(date), Some(rule.to_owned()))))
    }

    fn span(&self, (byte_start, byte_end): Place) -> Span {
        let start = self.text[..byte_start].chars().count();
        let quote = self.text[byte_start..byte_end].to_owned();
        Span { start, end: start + quote.chars().count(), quote, byte_start, byte_end, original: None }
    }
}

fn polarity(negated: bool) -> &'static str {
    if negated { "negated" } else { "affirmed" }
}

fn one_of(list: &[&'static str], word: &str, what: &str) -> Result<&'static str, String> {
    list.iter().find(|w| **w == word).copied().ok_or_else(|| format!("`{}` is no {what}", short(word)))
}

fn short(words: &str) -> String {
    words.chars().take(60).collect()
}

/// A model's words as they may be shown: no control characters, and not many of them.
pub(super) fn plain(words: &str) -> String {
    words.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
