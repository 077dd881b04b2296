//! What a build came to -> what browsers on this machine see.

use super::answer::answer;
use super::finding::{Finding, Told};
use super::shared::Shared;
use crate::failure::Failure;
use crate::output::{Bytes, Output};
use axum::Router;
use axum::serve::ListenerExt;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;

/// A server on the loopback.
pub struct Preview {
    shared: Arc<Shared>,
    /// Until it is started.
    listeners: Vec<TcpListener>,
}

impl Preview {
    /// Takes a port of the loopback, for both of its addresses where there are two; 0 is any that is free. Requests wait
    /// until it is [started](Preview::start).
    ///
    /// # Errors
    /// The port is taken, or is not for us.
    pub fn bind(port: u16) -> Result<Preview, Failure> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refused(port, &error))?;
        let port = listener.local_addr().map_err(|error| refused(port, &error))?.port();
        let mut listeners = vec![listener];
        // `localhost` may be either; a machine without the other is no matter.
        listeners.extend(TcpListener::bind((Ipv6Addr::LOCALHOST, port)));
        Ok(Preview { shared: Arc::new(Shared::new(port)), listeners })
    }

    /// Begins to answer, on a thread of its own; `interrupted` is called when the user or the system asks the program to end.
    ///
    /// # Errors
    /// The system refuses what a server needs.
    pub fn start(&mut self, interrupted: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
        let port = self.shared.port;
        let failed = move |error: io::Error| refused(port, &error);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let router = Router::new().fallback(answer).with_state(Arc::clone(&self.shared));
        for listener in self.listeners.drain(..) {
            listener.set_nonblocking(true).map_err(failed)?;
            let _context = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
            let router = router.clone();
            // The last piece of a page must not wait until the first has been acknowledged.
            let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
            // It ends with the program alone.
            runtime.spawn(async move { drop(axum::serve(listener, router).await) });
        }
        let serve = move || {
            runtime.block_on(ended());
            interrupted();
        };
        std::thread::Builder::new().name("preview".to_owned()).spawn(serve).map_err(failed)?;
        Ok(())
    }

    /// Where the home page is: `http://127.0.0.1:4000/medicine/`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.shared.port, self.shared.shown.borrow().home())
    }

    /// Shows a whole site. `base` is the path of its base: empty, or `/medicine`.
    pub fn show(&self, output: Output, base: &str, warnings: Vec<Finding>) {
        let before = self.shared.shown.borrow().clone();
        let shown = before.with_site(Arc::new(output), base.to_owned(), Told::of(false, warnings));
        let last = self.shared.shown.send_replace(shown);
        // Nobody need wait until ten thousand pages are given back.
        rayon::spawn(move || drop((before, last)));
    }

    /// Shows pages of the site to come before the rest of it is ready, by their paths in the output. Findings that are shown
    /// stay until it is.
    pub fn show_ahead(&self, pages: BTreeMap<String, Bytes>) {
        self.shared.shown.send_modify(|shown| shown.ahead = Arc::new(pages));
    }

    /// Shows why the site cannot be built, over the last one that could.
    pub fn show_findings(&self, findings: Vec<Finding>) {
        let told = Arc::new(Told::of(true, findings));
        self.shared.shown.send_modify(|shown| {
            shown.ahead = Arc::default();
            shown.told = told;
        });
    }

    /// The files, by their paths in the output, of pages that somebody looks at now.
    pub fn looked_at(&self) -> BTreeSet<String> {
        self.shared.looked_at()
    }
}

fn refused(port: u16, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure::refused(
            format!("port {port} is taken by another program, perhaps by another preview"),
            "name another, --port 4001, or let the system choose one: --port 0",
        ),
        io::ErrorKind::PermissionDenied => Failure::refused(
            format!("the system does not give port {port} to this program"),
            "name another above 1023: --port 4000",
        ),
        _ => Failure::refused(
            format!("cannot serve on port {port}: {error}"),
            "name another, or let the system choose one: --port 0",
        ),
    }
}

/// Until Ctrl-C, or until the system asks the program to end.
async fn ended() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        let interrupt = std::pin::pin!(tokio::signal::ctrl_c());
        let terminate = std::pin::pin!(terminated.recv());
        futures_util::future::select(interrupt, terminate).await;
        return;
    }
    // Where the system cannot tell, the program ends as any other does.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
