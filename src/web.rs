//! An address of the web -> what its host answers, or why it does not. The only file that knows the package `ureq`.
//!
//! Certificates are judged as the machine judges them: universities have authorities of their own. Redirects are told and
//! not followed, cookies are not kept, and no host is asked for anything but what was wanted.

use crate::html::encode_url;
use crate::path::join;
use std::fmt;
use std::io::Read;
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

/// How the program names itself to hosts.
const NAME: &str =
    concat!("Mentorpress/", env!("CARGO_PKG_VERSION"), " (checks a website on behalf of its owner)");
/// How Linux, macOS and Windows say that a name belongs to no host. A network that is down is said otherwise.
const NO_HOST: [&str; 4] = [
    "Name or service not known",
    "No address associated with hostname",
    "nodename nor servname provided",
    "No such host is known",
];
const CONNECT: Duration = Duration::from_secs(10);

/// What is wanted of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Whether something is there.
    Head,
    /// What is there.
    Get,
}

/// Somebody who asks.
pub struct Client {
    agent: Agent,
}

/// What a host answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 200, 404 and so on.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The first bytes of what was sent, as many as were wanted.
    pub body: Vec<u8>,
}

impl Answer {
    /// All values of a header, named in small letters.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let all = self.headers.iter().filter(|(other, _)| other == name);
        all.map(|(_, value)| value.as_str()).collect()
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Where it leads instead, in full; `url` is what was asked for.
    pub fn leads_to(&self, url: &str) -> Option<String> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        resolve(url, self.header("location")?)
    }
}

/// Why there was no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Silence {
    /// There is no host of this name.
    NoSuchHost,
    /// It took too long.
    Timeout,
    /// The address cannot be asked for.
    BadAddress,
    /// Anything else, in the words of the system or the package.
    Other(String),
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Silence::NoSuchHost => f.write_str("there is no host of this name"),
            Silence::Timeout => f.write_str("it took too long to answer"),
            Silence::BadAddress => f.write_str("that is not an address that can be asked for"),
            Silence::Other(reason) => f.write_str(reason),
        }
    }
}

impl Client {
    /// Somebody who waits so long for an answer.
    pub fn new(patience: Duration) -> Client {
        let config = Agent::config_builder()
            .user_agent(NAME)
            .accept("*/*")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .timeout_connect(Some(CONNECT.min(patience)))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Client { agent: Agent::new_with_config(config) }
    }

    /// Asks for an address. `codings` are the ways of compressing that are understood, as in `Accept-Encoding`; of the
    /// answer so many bytes are read at most.
    ///
    /// # Errors
    /// There was no answer.
    pub fn ask(&self, method: Method, url: &str, codings: &str, most: u64) -> Result<Answer, Silence> {
        let url = encode_url(url.split('#').next().unwrap_or_default());
        let request = match method {
            Method::Head => self.agent.head(url),
            Method::Get => self.agent.get(url),
        };
        let answer = request.header("Accept-Encoding", codings).call().map_err(silence)?;
        let status = answer.status().as_u16();
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers =
            answer.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let mut body = Vec::new();
        if method == Method::Get && most > 0 {
            let mut reader = answer.into_body().into_reader().take(most);
            reader.read_to_end(&mut body).map_err(unread)?;
        }
        Ok(Answer { status, headers, body })
    }
}

fn silence(error: Error) -> Silence {
    match error {
        Error::HostNotFound => Silence::NoSuchHost,
        Error::Timeout(_) => Silence::Timeout,
        Error::BadUri(_) | Error::Http(_) => Silence::BadAddress,
        Error::Io(error) => unread(error),
        other => Silence::Other(other.to_string()),
    }
}

fn unread(error: std::io::Error) -> Silence {
    if error.kind() == std::io::ErrorKind::TimedOut {
        return Silence::Timeout;
    }
    let reason = error.to_string();
    if NO_HOST.iter().any(|words| reason.contains(words)) {
        return Silence::NoSuchHost;
    }
    match error.downcast::<Error>() {
        Ok(Error::Timeout(_)) => Silence::Timeout,
        Ok(other) => Silence::Other(other.to_string()),
        Err(error) => Silence::Other(error.to_string()),
    }
}

/// Scheme with host and port, and the rest from its first slash on. `None` for what is no address of the web.
pub fn split(url: &str) -> Option<(&str, &str)> {
    let after = url.find("://").filter(|at| matches!(&url[..*at], "http" | "https"))? + 3;
    let end = url[after..].find(['/', '?', '#']).map_or(url.len(), |at| after + at);
    let host = &url[after..end];
    (!host.is_empty() && !host.contains(['@', ' '])).then_some((&url[..end], &url[end..]))
}

/// A reference as a host writes it, in full. `None` where it leads out of the web.
pub fn resolve(url: &str, reference: &str) -> Option<String> {
    let reference = reference.trim();
    let (host, rest) = split(url)?;
    let scheme = host.split_once("//")?.0;
    let whole = if reference.starts_with("//") {
        format!("{scheme}{reference}")
    } else if reference.starts_with('/') {
        format!("{host}{reference}")
    } else if reference.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        // An address with a scheme of its own, be it one of the web or not.
        reference.to_owned()
    } else {
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (reference, query) = match reference.find(['?', '#']) {
            Some(at) => reference.split_at(at),
            None => (reference, ""),
        };
        format!("{host}/{}{query}", join(folder, reference)?)
    };
    split(&whole).is_some().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let at = |reference| resolve("https://example.org/a/b/?q#f", reference);
        assert_eq!(at("/c/").as_deref(), Some("https://example.org/c/"));
        assert_eq!(at("c/").as_deref(), Some("https://example.org/a/b/c/"));
        assert_eq!(at("../c?x=1").as_deref(), Some("https://example.org/a/c?x=1"));
        assert_eq!(at("//www.example.org/").as_deref(), Some("https://www.example.org/"));
        assert_eq!(at("http://example.com").as_deref(), Some("http://example.com"));
        for reference in
            ["ftp://example.org/", "https:///x", "../../../x", "https://a@b/", "mailto:a@example.org"]
        {
            assert_eq!(at(reference), None, "{reference}");
        }
        assert_eq!(split("https://example.org:8080?x"), Some(("https://example.org:8080", "?x")));
        assert_eq!(split("mailto:a@example.org"), None);
    }
}
