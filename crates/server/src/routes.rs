//! Which address is answered by what.
//!
//! In: a request. Out: a finished response with its headers. What always holds: every address is in [`SCREENS`] or in
//! [`answer`]'s short list; a screen names its fields, so an unknown parameter is refused; responses are the same for the same
//! address, dossier and day, which is what the cache and the tags rest on.

use std::sync::Arc;

use axum::body::Bytes;
use foedera::AskError;
use maud::html;

use crate::address::{self, decoded};
use crate::asked::{Asked, wrong};
use crate::assets;
use crate::desk::Desk;
use crate::door::{Request, Response};
use crate::page::{self, Page, Refusal, Reply};
use crate::{api, explore, pages, refusal};

/// A screen.
pub(crate) struct Screen {
    /// Its path; `{}` stands for an id.
    pub(crate) path: &'static str,
    /// The fields it takes beside the basis.
    pub(crate) fields: &'static [&'static str],
    /// What draws it; the id is empty if its path has none.
    pub(crate) draw: fn(&Desk, &Asked, &str) -> Result<Reply, Refusal>,
}

/// The content-security policy: nothing but what this program itself serves, no inline script or style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The screen of a path and the id in it.
fn screen(path: &str) -> Option<(&'static Screen, String)> {
    let all = || pages::SCREENS.iter().chain(explore::SCREENS);
    if let Some(s) = all().find(|s| s.path == path) {
        return Some((s, String::new()));
    }
    let (room, id) = path.rsplit_once('/')?;
    let id = decoded(id, false)?;
    let s = all().find(|s| s.path.strip_suffix("/{}") == Some(room))?;
    (!id.is_empty()).then_some((s, id))
}

/// What a finished answer is kept under: the day, the form, the whole address.
fn key(desk: &Desk, request: &Request) -> String {
    format!("{} {} {}", desk.today(), u8::from(request.gzip), request.target)
}

/// Whether a request asks for what may be kept.
fn plain(request: &Request) -> bool {
    let reads = request.method == "GET" || request.method == "HEAD";
    // The review changes while it is looked at.
    reads && ours(&request.host) && !request.target.starts_with("/review")
}

/// The answer to a request if it was made before.
pub(crate) fn ready(desk: &Desk, request: &Request) -> Option<Arc<Response>> {
    if !plain(request) {
        return None;
    }
    desk.kept(&key(desk, request)).map(|done| tagged(request, done))
}

/// Answers one request.
pub(crate) fn answer(desk: &Desk, request: &Request) -> Arc<Response> {
    if let Some(done) = ready(desk, request) {
        return done;
    }
    let mut done = fresh(desk, request, &desk.today());
    if request.gzip {
        pack(&mut done);
    }
    let done = Arc::new(done);
    if plain(request) && done.status == 200 {
        desk.keep(key(desk, request), &done);
    }
    tagged(request, done)
}

/// The answer, or that it has not changed since the reader had it.
fn tagged(request: &Request, done: Arc<Response>) -> Arc<Response> {
    let tag = done.header("etag");
    let same = |held: &String| tag.is_some_and(|t| held.split(',').any(|h| h.trim() == t || h.trim() == "*"));
    if done.status == 200 && request.if_none_match.as_ref().is_some_and(same) {
        let headers =
            done.headers.iter().filter(|(k, _)| !matches!(*k, "content-type" | "content-disposition"));
        return Arc::new(Response { status: 304, headers: headers.cloned().collect(), body: Bytes::new() });
    }
    done
}

/// Whether a host is this machine's.
fn ours(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |h| h.0),
    };
    matches!(name, "" | "localhost" | "127.0.0.1" | "::1")
}

fn fresh(desk: &Desk, request: &Request, today: &str) -> Response {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let machine = path.starts_with("/api/");
    let fail = |e: AskError| failed(desk, path, &e, machine, today);
    if !ours(&request.host) {
        let message = format!("`{}` is not this machine", request.host.chars().take(64).collect::<String>());
        return fail(wrong(
            "foreign-host",
            message,
            Some("open it as http://127.0.0.1 with its port".into()),
        ));
    }
    if request.method == "POST" && path == "/review" && desk.review.is_some() {
        return decided(desk, request, today);
    }
    if request.method != "GET" && request.method != "HEAD" {
        let message =
            "this program only answers GET and HEAD: nothing can be written but decisions of a review";
        return fail(wrong("method", message.into(), None));
    }
    if let Some(rest) = path.strip_prefix("/assets/") {
        return match assets::find(rest) {
            Some(a) => {
                let mut r = finish(200, a.kind, a.bytes.to_vec(), None);
                r.headers.retain(|(k, _)| *k != "cache-control");
                r.headers.push(("cache-control", "public, max-age=31536000, immutable".to_owned()));
                r
            }
            None => fail(wrong("not-found", "there is no such asset".into(), None)),
        };
    }
    let Some(pairs) = address::pairs(query) else {
        let limit = format!(
            "the query cannot be read: the limit is {} bytes and {} parameters, percent-encoded UTF-8",
            address::LONGEST,
            address::MOST
        );
        return fail(wrong("too-long", limit, None));
    };
    if let Some(rest) = path.strip_prefix("/api/v1/") {
        return match api::answer(desk, rest, path, &pairs, today) {
            Ok(reply) => finished(desk, &Asked::new(path, &[], &[], today), reply),
            Err(e) => failed(desk, &request.target, &e, true, today),
        };
    }
    let Some((screen, id)) = screen(path) else {
        return fail(wrong("not-found", "there is no page at this address".into(), None));
    };
    let asked = Asked::new(path, &pairs, screen.fields, today);
    match (screen.draw)(desk, &asked, &id) {
        Ok(reply) => finished(desk, &asked, reply),
        Err(e) => {
            let page =
                Page::new("", "This cannot be answered as asked", html! {}, refusal::shown(&asked, &e));
            finished(desk, &asked, page.status(refusal::status(&e)).into())
        }
    }
}

/// A decision of a review: on to the next proposal.
fn decided(desk: &Desk, request: &Request, today: &str) -> Response {
    if !request.same_origin {
        let message = "a decision comes from this program's own page, not from another one";
        return failed(desk, "/review", &wrong("foreign-origin", message.into(), None), false, today);
    }
    let fields = address::pairs(&request.body).unwrap_or_default();
    match pages::review::decide(desk, &fields) {
        Ok(next) => {
            let mut r = finish(303, "text/plain; charset=utf-8", Vec::new(), None);
            r.headers.push(("location", next));
            r
        }
        Err(e) => failed(desk, "/review", &e, false, today),
    }
}

/// A reply with its headers.
fn finished(desk: &Desk, asked: &Asked, reply: Reply) -> Response {
    match reply {
        Reply::Page(p) => {
            let text = page::framed(desk, asked, &p);
            finish(p.status, "text/html; charset=utf-8", text.into_bytes(), None)
        }
        Reply::File { kind, name, body } => finish(200, kind, body.into_bytes(), name),
    }
}

/// A response: strict headers, a tag of its bytes.
fn finish(status: u16, kind: &str, body: Vec<u8>, name: Option<String>) -> Response {
    let mut headers = vec![
        ("content-type", kind.to_owned()),
        ("content-security-policy", POLICY.to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("referrer-policy", "no-referrer".to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-resource-policy", "same-origin".to_owned()),
        ("x-frame-options", "DENY".to_owned()),
        ("vary", "accept-encoding".to_owned()),
    ];
    if status == 200 {
        let print = assets::hash(body.iter().copied());
        headers.push(("etag", format!("\"{print:016x}-{}\"", body.len())));
        headers.push(("cache-control", "no-cache".to_owned()));
    } else {
        headers.push(("cache-control", "no-store".to_owned()));
    }
    if status == 405 {
        headers.push(("allow", "GET, HEAD".to_owned()));
    }
    if let Some(name) = name {
        let safe: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' })
            .collect();
        headers.push(("content-disposition", format!("attachment; filename=\"{safe}\"")));
    }
    Response { status, headers, body: body.into() }
}

/// Packs a body that is worth it; the tag tells the two forms apart.
fn pack(r: &mut Response) {
    use std::io::Write as _;
    if r.body.len() < 1_000 {
        return;
    }
    let mut out =
        flate2::write::GzEncoder::new(Vec::with_capacity(r.body.len() / 6), flate2::Compression::new(3));
    let packed = out.write_all(&r.body).and_then(|()| out.finish());
    if let Ok(body) = packed {
        r.body = body.into();
        r.headers.push(("content-encoding", "gzip".to_owned()));
        if let Some((_, tag)) = r.headers.iter_mut().find(|(k, _)| *k == "etag") {
            *tag = format!("{}-gz\"", tag.trim_end_matches('"'));
        }
    }
}

/// A refusal for people or for programs.
fn failed(desk: &Desk, path: &str, e: &AskError, machine: bool, today: &str) -> Response {
    let status = refusal::status(e);
    if machine {
        let mut text = serde_json::to_string_pretty(&refusal::problem(e, path)).unwrap_or_default();
        text.push('\n');
        return finish(status, "application/problem+json", text.into_bytes(), None);
    }
    let asked = Asked::new("/", &[], &[], today);
    let body = html! {
        (refusal::shown(&asked, e))
        p { a href="/" { "The start page" } " · " a href="/search" { "Search" } " · " a href="/about" { "What this is" } }
    };
    finished(desk, &asked, Page::new("", "Not answered", html! {}, body).status(status).into())
}

/// The response when the program itself failed.
pub(crate) fn broken(why: &str) -> Response {
    let text = html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Not answered · Foedera" } }
            body { main { h1 { "Not answered" } p { (capital(why)) "." } p { "The program goes on; other questions are answered." } p { a href="/" { "The start page" } } } }
        }
    };
    finish(500, "text/html; charset=utf-8", text.into_string().into_bytes(), None)
}

fn capital(text: &str) -> String {
    crate::parts::capital(text)
}
