//! The reader: from an article to proposed claims, each tied to the words it came from.
//!
//! In: a text, the document's date if it is known, a [`Lexicon`] of names the caller knows. Out: a [`Document`] of mentions and claims.
//! What always holds: every span points at the text as given, in bytes and in code points; a slot holds words of the text or a name
//! reached by a named rule, or nothing; the same input gives the same bytes; no clock, disk or environment is looked at.
//!
//! Stages, one file each: `zones`, `tokens`, `names`, `tagging`, `dates`, `quantities`, `clauses`, `claims/…`, `merge`.

mod actors;
mod attribution;
mod claims;
mod clauses;
mod dates;
pub mod dictionary;
mod document;
mod frames;
pub mod intake;
mod lexicon;
mod merge;
mod modality;
mod names;
pub mod plover;
mod quantities;
pub mod score;
mod tagging;
mod tokens;
mod zones;

pub use dates::DocDate;
pub use document::{
    AgreementOut, Document, EventOut, ExpectationOut, MeasureOut, MentionOut, OfficeOut, PositionOut, Span,
};
pub use lexicon::{Known, KnownInstrument, Lexicon, Sort};

use document::Places;
use lexicon::{Use, Vocabulary};

/// A stretch of the text that is known to name an actor, for callers who have found actors themselves.
#[derive(Clone, Debug)]
pub struct GivenName {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it refers to.
    pub refers: String,
}

/// A reader with its vocabulary.
pub struct Reader {
    vocabulary: Vocabulary,
}

impl Reader {
    /// Builds the vocabulary once; reading then only looks things up.
    pub fn new(added: &Lexicon) -> Reader {
        Reader { vocabulary: Vocabulary::build(added) }
    }

    /// Reads a text.
    pub fn read(&self, text: &str, date: Option<DocDate>) -> Document {
        self.read_given(text, date, &[])
    }

    /// Reads a text in which some stretches (in bytes) are known to name an actor.
    pub fn read_given(&self, text: &str, date: Option<DocDate>, given: &[GivenName]) -> Document {
        let v = &self.vocabulary;
        let paragraphs = zones::paragraphs(text);
        let (tokens, sentences) = tokens::sentences(text, &paragraphs);
        let dates: Vec<Vec<dates::DateHit>> = sentences.iter().map(|s| dates::find(&tokens, s)).collect();
        let (date, date_rule) = match date {
            Some(d) => (Some(d), None),
            None => date_in_text(&sentences, &dates),
        };
        let year = date
            .map(|d| d.year)
            .or_else(|| dates.iter().flatten().filter_map(dates::DateHit::year).filter(|y| *y <= 2100).max());
        let mut names = names::find(
            text,
            &tokens,
            &sentences,
            v,
            year,
            date.map(|d| (d.year, d.month.unwrap_or(1), d.day.unwrap_or(1))),
            given,
        );
        let mut tags = vec![tagging::Tag::Stop; tokens.len()];
        for s in &sentences {
            tagging::tag(&tokens, s, &names, v, &mut tags);
        }
        names::settle_places(&tokens, &sentences, &mut names);
        let places = Places::new(text);
        let state_of = |refers: &str| v.persons.iter().find(|p| p.refers == refers && !p.state.is_empty());
        let person_states = names
            .mentions
            .iter()
            .filter(|m| m.sort == Sort::Person)
            .filter_map(|m| state_of(&m.refers).map(|p| (m.refers.clone(), p.state.clone())))
            .collect();
        let mut doc = Document {
            doc_date: date.map(|d| d.iso()),
            doc_date_rule: date_rule.map(str::to_owned),
            chars: text.chars().count(),
            bytes: text.len(),
            offsets: "code points; byte_* are UTF-8",
            sentences: sentences.len(),
            person_states,
            ..Document::default()
        };
        for m in &names.mentions {
            if m.usage == Use::Seat && !m.metonym {
                continue;
            }
            let span = places.span(tokens[m.first].start, tokens[m.end - 1].end);
            doc.mentions.push(MentionOut {
                surface: span.quote,
                start: span.start,
                end: span.end,
                byte_start: span.byte_start,
                byte_end: span.byte_end,
                original: None,
                refers: m.refers.clone(),
                sort: m.sort.word(),
                form: (m.usage == Use::Demonym).then_some("demonym"),
                metonym: m.metonym,
                place_use: m.place_use,
                rule: m.rule,
                flag: m.flag.clone(),
            });
        }
        for o in &names.offices {
            let span = places.span(tokens[o.first].start, tokens[o.end - 1].end);
            let office = text[tokens[o.title.0].start..tokens[o.title.1 - 1].end].to_owned();
            let id = format!("O{}", doc.offices.len() + 1);
            doc.offices.push(OfficeOut {
                id,
                person: o.person.clone(),
                office,
                of: o.of.clone(),
                status: o.status,
                span,
                rule: o.rule,
            });
        }
        let mut acronyms = claims::agreements::acronyms(&tokens, &v.instruments.heads);
        acronyms.extend(v.instrument_acronyms.iter().cloned());
        let mut found = merge::Found::default();
        let mut before = actors::Discourse::default();
        for (s, hits) in sentences.iter().zip(&dates) {
            let clauses = clauses::Clauses { tokens: &tokens, tags: &tags, names: &names, v, s: *s };
            if s.zone == zones::Zone::Chrome || s.repeated {
                continue;
            }
            if s.zone.is_read() {
                let groups = clauses.groups();
                let said = clauses.said(&groups, &before);
                let scene =
                    claims::Scene { c: clauses, text, groups, said, dates: hits, doc: date, before: &before };
                found.take(&scene, &acronyms);
                let quantities = quantities::find(&tokens, s, &names, hits, v);
                found.measures.extend(quantities.into_iter().map(|q| (q, *s)));
                before = scene.discourse_after(&before);
            } else {
                let all = clauses.named(clauses::Region { first: s.first, end: s.end });
                before.hear(&all);
            }
        }
        found.write(text, &tokens, &places, &mut doc);
        doc
    }
}

/// A full date standing in what comes before the body: a stamp, a byline, a dateline.
fn date_in_text(
    sentences: &[tokens::Sentence],
    dates: &[Vec<dates::DateHit>],
) -> (Option<DocDate>, Option<&'static str>) {
    for (s, hits) in sentences.iter().zip(dates) {
        let rule = match s.zone {
            zones::Zone::Byline => "byline",
            zones::Zone::Title | zones::Zone::Chrome => "stamp",
            _ => continue,
        };
        if let Some(d) = hits.iter().find_map(dates::DateHit::full) {
            return (Some(d), Some(rule));
        }
    }
    (None, None)
}

/// The date that words of a text tell, and the rule that resolved them, if they are one date and nothing else. A relative one needs the
/// document's date; `future` says where a bare month or weekday is looked for.
pub fn date_of(words: &str, doc: Option<DocDate>, future: bool) -> Option<(String, &'static str)> {
    let (tokens, sentences) = tokens::sentences(words, &zones::paragraphs(words));
    let mut hits = sentences.iter().flat_map(|s| dates::find(&tokens, s));
    let (hit, other) = (hits.next()?, hits.next());
    let led = hit.first == 0 || hit.first == 1 && (tokens[0].is("on") || tokens[0].is("in"));
    (led && hit.end == tokens.len() && other.is_none()).then(|| hit.resolve(doc, future))?
}

/// Of a sentence's events, the one between two actors: with both, else with one, else the first.
pub fn best_event<'a>(doc: &'a Document, source: &str, target: &str) -> Option<&'a EventOut> {
    let has = |list: &[String], who: &str| list.iter().any(|a| a == who);
    let rank = |e: &EventOut| {
        let ordered = has(&e.source, source) && has(&e.target, target);
        let together = (has(&e.source, source) || has(&e.target, source))
            && (has(&e.source, target) || has(&e.target, target));
        let one = has(&e.source, source);
        let other = has(&e.target, target);
        (ordered, together, one, other)
    };
    doc.events.iter().reduce(|best, e| if rank(e) > rank(best) { e } else { best })
}
