//! What is shown -> a stream that tells an open page which state of it is shown now, and what was found.
//!
//! A page compares that with the state it was loaded in. So nothing is lost while it was not listening, and it is
//! right after a restart of the server too.

use super::shared::Shared;
use super::shown::Shown;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;

/// A page that somebody looks at.
struct Open {
    path: String,
    shared: Arc<Shared>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.shared.closed(&self.path);
    }
}

struct Listener {
    shown: Receiver<Shown>,
    last: String,
    open: Open,
}

/// The stream for a page at a path, decoded.
pub(super) fn events(
    shared: &Arc<Shared>,
    path: &str,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    shared.opened(path);
    let open = Open { path: path.to_owned(), shared: Arc::clone(shared) };
    let mut shown = shared.shown.subscribe();
    shown.mark_changed();
    let stream = unfold(Listener { shown, last: String::new(), open }, async |mut listener| {
        loop {
            listener.shown.changed().await.ok()?;
            let message = message(&listener.shown.borrow_and_update(), &listener.open.path);
            if message != listener.last {
                listener.last.clone_from(&message);
                return Some((Ok(Event::default().data(message)), listener));
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn message(shown: &Shown, path: &str) -> String {
    let told = &shown.told;
    json!({
        "state": shown.state(path),
        "failed": told.failed,
        "errors": told.errors,
        "warnings": told.warnings,
        "findings": told.findings,
        "more": told.more(),
    })
    .to_string()
}
