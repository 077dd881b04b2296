//! The finished site, and what stands on the web -> what a host has to do, and what it has not done.
//!
//! `bundle` packs the site for a web team and says what is new in it; `purge` lists what caches must forget; `live` asks a
//! host for everything that was ever published; `elsewhere` follows links to other hosts, with `answers` that are remembered.

mod answers;
mod bundle;
mod elsewhere;
mod live;
mod purge;

pub use bundle::{Bundle, Bundled, outside};
pub use elsewhere::{Elsewhere, Link, Verdict, follow, gather};
pub use live::{Advice, Live, Report, Trouble, ask, previous};
pub use purge::remember;

/// Whether a file of the site is there for readers. Others are read by the host itself.
pub fn is_served(path: &str) -> bool {
    !["_headers", "_redirects", ".htaccess", ".nojekyll", "CNAME"].contains(&path)
}
