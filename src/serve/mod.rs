//! [`Output`](crate::output::Output) -> answers to a browser on the same machine: the preview's server, which writes nothing.
//!
//! 1. `watch` tells that something in the site's folders may have changed, once it has been quiet for a moment;
//! 2. whoever builds puts what came of it into a [`Preview`]: a whole site, pages of it that are ready before the rest, or
//!    findings, over the last site that could be built. `shown` is what there is to see at one moment, `finding` what is
//!    told of a finding;
//! 3. `answer` turns a request into a file of that, `media` says what kind of file it is, and `page` puts the script that
//!    loads a page again into pages, and nowhere else. `policy` lets it run;
//! 4. `events` tells open pages when theirs has changed.
//!
//! Nothing but files of the output is ever sent: no folder of the disk is known here. The server listens on the loopback
//! alone and answers only to its names, so that no page of another site can read it by a name of its own (DNS rebinding).

mod answer;
mod events;
mod finding;
mod media;
mod page;
mod policy;
mod preview;
mod shared;
mod shown;
mod watch;

pub use finding::Finding;
pub use preview::Preview;
pub use watch::{Change, Watch};
