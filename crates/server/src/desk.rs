//! The desk: what every request shares and nobody changes.
//!
//! In: an opened dossier, copies of texts, how today is known, perhaps a review. Out: answers, names, kinds. What always holds:
//! nothing here changes after it is made but the cache of finished pages, which changes no byte of an answer, and the review, which
//! changes the folder; a desk over the changed folder is a new one.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use foedera::verify::{Report, paragraphs, verify};
use foedera::{AskError, BasisRequest, Dossier, Entry, Envelope, Question, ask, catalogue, question};

use foedera::read::store::Store;

use crate::asked::Asked;
use crate::door::Response;
use crate::pages::review::Review;

/// How today is known.
#[derive(Clone, Debug)]
pub enum Today {
    /// From the clock, in UTC.
    Clock,
    /// Always this day.
    Day(String),
}

/// Shared by all requests.
pub struct Desk {
    /// The dossier.
    pub(crate) dossier: Dossier,
    /// Everything with a name.
    pub(crate) entries: Vec<Entry>,
    /// Where an id stands in `entries`: one for each kind it has.
    by_id: BTreeMap<String, Vec<usize>>,
    /// Names that several things of one kind share.
    doubled: BTreeSet<(&'static str, String)>,
    /// The reader's own copies: source → paragraphs; none if no texts were given.
    pub(crate) copies: Option<BTreeMap<String, Vec<String>>>,
    /// What became of each citation in those copies.
    pub(crate) report: Report,
    /// What may be decided on here; none = nothing is ever written.
    pub(crate) review: Option<Arc<Review>>,
    today: Today,
    /// The texts given, for a desk made anew after a decision.
    texts: Option<Arc<[(String, String)]>>,
    cache: Mutex<Cache>,
}

impl Desk {
    /// A desk over a dossier, with the reader's own texts (name, content) if given.
    pub fn new(dossier: Dossier, texts: Option<Vec<(String, String)>>, today: Today) -> Desk {
        Desk::laid(dossier, texts.map(Arc::from), today)
    }

    fn laid(dossier: Dossier, texts: Option<Arc<[(String, String)]>>, today: Today) -> Desk {
        let all = BasisRequest { today: "2000-01-01".to_owned(), ..BasisRequest::default() };
        let entries = catalogue(&dossier, &all).unwrap_or_default();
        let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, e) in entries.iter().enumerate() {
            by_id.entry(e.id.clone()).or_default().push(n);
        }
        // Sorted by kind and name: those that share one stand side by side.
        let pairs = entries.windows(2).filter(|w| w[0].kind == w[1].kind && w[0].name == w[1].name);
        let doubled = pairs.map(|w| (w[0].kind, w[0].name.clone())).collect();
        let report = texts.as_ref().map(|t| verify(&dossier, t)).unwrap_or_default();
        let copies = texts.as_ref().map(|texts| {
            let of = |name: &String| texts.iter().find(|(n, _)| n == name).map(|(_, t)| paragraphs(t));
            let found = report.copies.iter();
            found.filter_map(|(source, copy)| Some((source.clone(), of(copy.as_ref()?)?))).collect()
        });
        let cache = Mutex::default();
        Desk { dossier, entries, by_id, doubled, copies, report, review: None, today, texts, cache }
    }

    /// The desk with proposals that may be decided on, and who judges if that is said.
    #[must_use]
    pub fn reviewing(self, store: Store, by: Option<String>) -> Desk {
        Desk { review: Some(Arc::new(Review { store: Mutex::new(store), by })), ..self }
    }

    /// A desk over the dossier as it is on disk now, if a decision changed it since this one was made.
    pub(crate) fn renewed(&self) -> Option<Desk> {
        let review = self.review.as_ref()?;
        let dossier = Dossier::open(&self.dossier.names).ok()?;
        let changed = dossier.hash != self.dossier.hash;
        changed.then(|| Desk {
            review: Some(Arc::clone(review)),
            ..Desk::laid(dossier, self.texts.clone(), self.today.clone())
        })
    }

    /// Today.
    pub(crate) fn today(&self) -> String {
        match &self.today {
            Today::Day(d) => d.clone(),
            Today::Clock => {
                let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
                foedera::day_of(seconds / 86_400)
            }
        }
    }

    /// The answer to a verb asked with the fields of an address.
    ///
    /// # Errors
    /// A fault of the address, or what the façade does not understand.
    pub(crate) fn answer(&self, asked: &Asked, verb: &str) -> Result<Envelope, AskError> {
        self.answer_of(asked, verb, &asked.fields)
    }

    /// The same with other fields.
    pub(crate) fn answer_of(
        &self,
        asked: &Asked,
        verb: &str,
        fields: &[(String, String)],
    ) -> Result<Envelope, AskError> {
        if let Some(fault) = &asked.fault {
            return Err(fault.clone());
        }
        ask(&self.dossier, &question(verb, fields)?, &asked.basis)
    }

    /// An answer to a question made by a page itself.
    pub(crate) fn put(&self, asked: &Asked, question: &Question) -> Result<Envelope, AskError> {
        if let Some(fault) = &asked.fault {
            return Err(fault.clone());
        }
        ask(&self.dossier, question, &asked.basis)
    }

    /// The things of that id, one for each kind it has.
    pub(crate) fn things(&self, id: &str) -> impl Iterator<Item = &Entry> {
        self.by_id.get(id).into_iter().flatten().map(|n| &self.entries[*n])
    }

    /// The thing of that id and kind.
    pub(crate) fn thing(&self, kind: &str, id: &str) -> Option<&Entry> {
        self.things(id).find(|e| e.kind == kind)
    }

    /// The name of an id, of the first kind it has; the id itself if it has none.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.things(id).next().map_or(id, |e| e.name.as_str())
    }

    /// Whether the name of a thing is no other's of its kind.
    pub(crate) fn alone(&self, e: &Entry) -> bool {
        !self.doubled.contains(&(e.kind, e.name.clone()))
    }

    /// The name of an actor.
    pub(crate) fn actor<'a>(&'a self, id: &'a str) -> &'a str {
        self.thing("actor", id).map_or(id, |e| e.name.as_str())
    }

    /// Everything of one kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |e| e.kind == kind)
    }

    /// How many sources the basis hides that count today.
    pub(crate) fn hidden(&self, asked: &Asked) -> usize {
        let seen = |basis: &BasisRequest| {
            let all = catalogue(&self.dossier, basis).unwrap_or_default();
            all.iter().filter(|e| e.kind == "source").count()
        };
        let mut today = asked.basis.clone();
        today.known = None;
        seen(&today).saturating_sub(seen(&asked.basis))
    }

    /// A finished answer made before.
    pub(crate) fn kept(&self, key: &str) -> Option<Arc<Response>> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).map.get(key).cloned()
    }

    /// Keeps a finished answer.
    pub(crate) fn keep(&self, key: String, response: &Arc<Response>) {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).put(key, response);
    }
}

/// Finished answers, the oldest leaving first; bounded in bytes.
#[derive(Default)]
struct Cache {
    map: HashMap<String, Arc<Response>>,
    order: VecDeque<String>,
    bytes: usize,
}

/// The most bytes of finished answers kept.
const KEPT: usize = 32 << 20;

impl Cache {
    fn put(&mut self, key: String, response: &Arc<Response>) {
        let size = response.body.len() + key.len();
        if size > KEPT / 8 || self.map.contains_key(&key) {
            return;
        }
        self.bytes += size;
        self.order.push_back(key.clone());
        self.map.insert(key, Arc::clone(response));
        while self.bytes > KEPT {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(gone) = self.map.remove(&oldest) {
                self.bytes -= gone.body.len() + oldest.len();
            }
        }
    }
}
