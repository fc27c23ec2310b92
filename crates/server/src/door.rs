//! The door: HTTP in, HTTP out. The only asynchronous code here.
//!
//! In: a listener and a desk. Out: answers until told to stop. What always holds: GET and HEAD, and POST for decisions of a
//! review that this server's own pages send; only this machine's names as host; a panic answers 500 and the next request is served; every response has the same strict headers.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::desk::Desk;
use crate::routes;

/// What is asked for, without the network.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The host asked for; empty = this machine.
    pub host: String,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// Whether gzip is accepted.
    pub gzip: bool,
    /// Whether the browser says that a page of this server sent it.
    pub same_origin: bool,
    /// What was sent with a POST.
    pub body: String,
}

impl Request {
    /// A GET of an address.
    pub fn get(target: &str) -> Request {
        Request { method: "GET".to_owned(), target: target.to_owned(), ..Request::default() }
    }
}

/// A finished response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Status.
    pub status: u16,
    /// Headers in order.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Bytes,
}

impl Response {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Answers one request.
pub fn answer(desk: &Desk, request: &Request) -> Arc<Response> {
    routes::answer(desk, request)
}

/// Serves until `stop` is ready; open requests are finished first.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    desk: Arc<Desk>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let hands = std::thread::available_parallelism().map_or(2, usize::from);
    let work = Work { desk: Arc::new(RwLock::new(desk)), hands: Arc::new(Semaphore::new(hands)) };
    let app = Router::new().fallback(handle).with_state(work);
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}

/// The longest an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the door works with: the desk, which a decision may renew, and as many hands as the machine has processors.
#[derive(Clone)]
struct Work {
    desk: Arc<RwLock<Arc<Desk>>>,
    hands: Arc<Semaphore>,
}

impl Work {
    fn desk(&self) -> Arc<Desk> {
        Arc::clone(&self.desk.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The longest form read, in bytes.
const FORM: usize = 16 << 10;

/// Answers when a hand is free. Whoever waited looks first whether somebody else's answer will do.
async fn worked(work: &Work, request: Request) -> Arc<Response> {
    let Ok(hand) = Arc::clone(&work.hands).acquire_owned().await else {
        return Arc::new(routes::broken("the program is stopping"));
    };
    let desk = work.desk();
    if let Some(done) = routes::ready(&desk, &request) {
        return done;
    }
    let place = Arc::clone(&work.desk);
    // The hand goes along: a question given up on keeps it until it is through.
    let done = tokio::task::spawn_blocking(move || {
        let _hand = hand;
        let done = answer(&desk, &request);
        // What was decided counts in the next answer.
        if request.method == "POST"
            && let Some(new) = desk.renewed()
        {
            *place.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        }
        done
    });
    done.await
        .unwrap_or_else(|_| Arc::new(routes::broken("the program failed on this question: a fault of ours")))
}

async fn handle(
    State(work): State<Work>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> axum::http::Response<Body> {
    let text = |name: &str| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let host = text("host").unwrap_or_default().to_owned();
    let origin = text("origin").and_then(|o| o.strip_prefix("http://"));
    let sent = match method == Method::POST {
        false => Bytes::new(),
        true => axum::body::to_bytes(body, FORM).await.unwrap_or_default(),
    };
    let request = Request {
        method: method.as_str().to_owned(),
        target: uri.path_and_query().map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned()),
        same_origin: origin == Some(host.as_str()) || text("sec-fetch-site") == Some("same-origin"),
        host,
        if_none_match: text("if-none-match").map(str::to_owned),
        body: String::from_utf8_lossy(&sent).into_owned(),
        gzip: text("accept-encoding").is_some_and(|v| v.split(',').any(|e| e.trim().starts_with("gzip"))),
    };
    let head = method == Method::HEAD;
    let done = match routes::ready(&work.desk(), &request) {
        Some(done) => done,
        None => tokio::time::timeout(PATIENCE, worked(&work, request))
            .await
            .unwrap_or_else(|_| Arc::new(routes::broken("the answer took longer than 30 seconds"))),
    };
    let mut out = axum::http::Response::new(if head { Body::empty() } else { Body::from(done.body.clone()) });
    *out.status_mut() = StatusCode::from_u16(done.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &done.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.headers_mut().insert(*name, value);
        }
    }
    if head {
        out.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(done.body.len()));
    }
    out
}
