//! Claims proposed by a language model: what it is asked, and what of its answer is kept.
//!
//! In: a [`Reading`], the bytes a model answered. Out: the request as text; the reading with the model's claims beside its own, and a
//! [`ModelUse`] that says which model, which request, which answer, and why each claim left out was left out. What always holds: nothing is
//! sent from here; a kept claim stands at words that occur exactly once in the text, and each of its slots at words inside them; no word of
//! the model's own is kept but those of closed lists; a claim with a field that was not asked for (`decision`) is dropped whole.

mod answer;
mod ground;

use serde::Serialize;
use serde_json::json;

use super::{DossierReader, Reading, fingerprint};
use crate::AskError;
use ground::Ground;

/// The longest text sent to a model, in bytes.
const LONGEST_SENT: usize = 48 << 10;
/// The most claims of one answer that are looked at.
const MOST_CLAIMS: usize = 200;

const TASK: &str = include_str!("task.txt");

/// What a model was used for: enough to find the exchange again.
#[derive(Clone, Debug, Serialize)]
pub struct ModelUse {
    /// The model's name, as it was asked for.
    pub name: String,
    /// Fingerprint of the request.
    pub request: String,
    /// Fingerprint of the answer.
    pub answer: String,
    /// How many claims it proposed.
    pub proposed: usize,
    /// How many were kept.
    pub kept: usize,
    /// Those left out.
    pub dropped: Vec<Dropped>,
}

/// A claim of a model that was left out.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Dropped {
    /// Its number in the answer, from 1.
    pub n: usize,
    /// Why.
    pub why: String,
}

/// The request for a reading, as an OpenAI-compatible server takes it.
///
/// # Errors
/// A text too long to be sent whole.
pub fn request(r: &Reading, name: &str) -> Result<String, AskError> {
    if r.text.len() > LONGEST_SENT {
        let message = format!(
            "`{}` has {} bytes of text; a model is given at most {LONGEST_SENT}",
            r.doc,
            r.text.len()
        );
        return Err(AskError::new("too-large-for-model", message)
            .help("cut it into parts, or read it without --model-endpoint"));
    }
    let date = r.document.doc_date.as_deref().unwrap_or("not known");
    let body = json!({
        "model": name,
        "temperature": 0,
        "stream": false,
        "messages": [
            { "role": "system", "content": TASK },
            { "role": "user", "content": format!("Date of the article: {date}\nArticle:\n{}", r.text) },
        ],
    });
    Ok(body.to_string())
}

impl DossierReader<'_> {
    /// Takes what a model answered to a [`request`] into a reading, as far as it stands in the text.
    ///
    /// # Errors
    /// An answer that is not the JSON asked for; the reading is then as it was.
    pub fn take_model(
        &self,
        r: &mut Reading,
        name: &str,
        request: &str,
        answer: &str,
    ) -> Result<(), AskError> {
        let claims = answer::claims(answer)?;
        let mut made = ModelUse {
            name: ground::plain(name),
            request: fingerprint(request),
            answer: fingerprint(answer),
            proposed: claims.len(),
            kept: 0,
            dropped: Vec::new(),
        };
        let rule = format!("model {}, request {}, answer {}", made.name, made.request, made.answer);
        let mut ground = Ground::new(&r.text, &rule);
        for (i, value) in claims.into_iter().enumerate() {
            let n = i + 1;
            let taken = if n > MOST_CLAIMS {
                Err(format!("only the first {MOST_CLAIMS} claims of an answer are looked at"))
            } else {
                answer::claim(value).and_then(|c| ground.take(&mut r.document, c))
            };
            match taken {
                Ok(()) => made.kept += 1,
                Err(why) => made.dropped.push(Dropped { n, why: ground::plain(&why) }),
            }
        }
        if let Some(map) = &r.original {
            r.document.place_in_file(map);
        }
        (r.links, r.checks) = super::link::link(self.dossier, &r.document);
        r.model = Some(made);
        Ok(())
    }
}
