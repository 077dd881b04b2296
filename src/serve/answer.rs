//! A request -> a file of what is shown.

use super::events::events;
use super::media::{is_page, media_type};
use super::page::{RESERVED, SCRIPT, STYLE, waiting, with_script};
use super::shared::Shared;
use super::shown::Answer;
use crate::output::Bytes;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Sent with everything: no guessing of types, and nothing for pages of other sites, which could else show drafts in
/// pictures, frames or windows of theirs.
const GUARDS: [(HeaderName, &str); 5] = [
    (HeaderName::from_static("x-frame-options"), "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("referrer-policy"), "same-origin"),
];

/// What changes at any moment is asked for anew each time; the script has a name of its own for each version.
const FRESH: &str = "no-store";
const KEPT: &str = "max-age=31536000, immutable";

/// Answers a request.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let mut response = match refusal(&shared, &request) {
        Some(refusal) => refusal,
        None => found(&shared, request.uri()),
    };
    for (name, value) in GUARDS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if *request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Who asks by another name than this machine's own may be a page of somebody else's; and nothing here can be changed.
fn refusal(shared: &Shared, request: &Request) -> Option<Response> {
    if !is_own(shared, request.headers(), request.uri()) {
        let text = format!("This preview answers only at http://127.0.0.1:{}/\n", shared.port);
        return Some(plain(StatusCode::FORBIDDEN, text));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD\n".to_owned());
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    None
}

fn is_own(shared: &Shared, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_name = |host: &str| {
        let (name, port) = match host.rsplit_once(':') {
            // The colons of [::1] are its own.
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(shared.port)
            && (matches!(name, "127.0.0.1" | "[::1]") || name.eq_ignore_ascii_case("localhost"))
    };
    host.to_str().is_ok_and(is_name) && uri.authority().is_none_or(|authority| is_name(authority.as_str()))
}

/// What is at an address.
fn found(shared: &Arc<Shared>, uri: &Uri) -> Response {
    let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else {
        return plain(StatusCode::NOT_FOUND, "There is nothing at this address\n".to_owned());
    };
    if let Some(own) = path.strip_prefix(RESERVED) {
        return match own {
            "preview.js" => {
                send(StatusCode::OK, "text/javascript; charset=utf-8", KEPT, SCRIPT.as_bytes().to_vec())
            }
            "preview.css" => {
                send(StatusCode::OK, "text/css; charset=utf-8", FRESH, STYLE.as_bytes().to_vec())
            }
            _ => match own.strip_prefix("events") {
                Some(page) if page.starts_with('/') => events(shared, page).into_response(),
                _ => plain(StatusCode::NOT_FOUND, "There is nothing at this address\n".to_owned()),
            },
        };
    }
    let shown = shared.shown.borrow().clone();
    let page = |status, bytes: &[u8]| {
        send(status, "text/html; charset=utf-8", FRESH, with_script(bytes, &shown.state(&path)))
    };
    match shown.at(&path) {
        Answer::File(at, bytes) if is_page(&at) => page(StatusCode::OK, &bytes.whole()),
        Answer::File(at, bytes) => send(StatusCode::OK, media_type(&at), FRESH, bytes.whole().into_owned()),
        Answer::Elsewhere(mut address) => {
            if let Some(query) = uri.query() {
                address = format!("{address}?{query}");
            }
            let mut response = plain(StatusCode::FOUND, String::new());
            match HeaderValue::try_from(address) {
                Ok(address) => drop(response.headers_mut().insert(LOCATION, address)),
                Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
            }
            response
        }
        Answer::Nothing(missing) => {
            page(StatusCode::NOT_FOUND, &missing.map(Bytes::whole).unwrap_or_default())
        }
        Answer::Waiting => {
            let text = waiting(&shown.told, &shown.state(&path));
            send(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", FRESH, text.into_bytes())
        }
    }
}

fn plain(status: StatusCode, text: String) -> Response {
    send(status, "text/plain; charset=utf-8", FRESH, text.into_bytes())
}

fn send(status: StatusCode, media: &'static str, cache: &'static str, body: Vec<u8>) -> Response {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(CONTENT_LENGTH, length);
    response
}
