//! What a page may load and run -> its Content-Security-Policy, in the page itself and in a header of the host.

/// What pages of one kind may do. The same holds in the page (`meta`) and, where the host sends headers, in the header.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Policy {
    /// No script, no frame, nothing from elsewhere.
    Still,
    /// The one script of the directory.
    Scripted,
    /// The shortlist, whose script reads profiles, and the search, whose script reads its index.
    Reading,
}

const STILL: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const SCRIPTED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const READING: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

impl Policy {
    /// That of a kind of page.
    pub(super) fn of_kind(kind: &str) -> Policy {
        match kind {
            "mentors" | "mentor" => Policy::Scripted,
            "shortlist" | "search" => Policy::Reading,
            _ => Policy::Still,
        }
    }

    /// As it stands in a page.
    pub fn text(self) -> &'static str {
        match self {
            Policy::Still => STILL,
            Policy::Scripted => SCRIPTED,
            Policy::Reading => READING,
        }
    }

    /// As a header: the same, and that no other site shows the page in a frame, which a page cannot say itself.
    pub fn header(self) -> String {
        format!("{}; frame-ancestors 'none'", self.text())
    }
}
