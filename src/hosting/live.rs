//! The site as it is built, addresses that were ever published, and a host that answers -> what the host has not done yet.
//!
//! 1. Something that nobody has is asked for, to learn how the host says that;
//! 2. everything that the build makes is asked for as browsers do, and compared byte for byte;
//! 3. everything that was ever published and is not made any more is asked for, in every spelling, plain and compressed;
//! 4. where an answer is wrong it is asked for once more past caches, to tell a cache's copy from the host's.
//!
//! Only the host that is named is asked, over few connections.

use crate::archive;
use crate::compression::Coding;
use crate::config::Host;
use crate::failure::Failure;
use crate::output::OutputFile;
use crate::path::{Address, Base};
use crate::pipeline::Finished;
use crate::render::{PLAIN_HEADERS, POLICY_HEADER, Policy};
use crate::source::read_text;
use crate::web::{Answer, Client, Method, Silence};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const CONNECTIONS: usize = 4;
/// So many requests without any answer, and the rest is not asked for.
const SILENCES: usize = 5;
/// A host that says "later" is waited for so long, once.
const LONGEST_WAIT: u64 = 30;
/// Pages that caches may keep for longer than this keep whoever withdrew for as long.
const LONG_KEPT: u64 = 24 * 60 * 60;
const NOBODY: &str = "/mentorpress-asks-for-what-is-not-there/";
const PLAIN: &str = "identity";
const COMPRESSED: &str = "gzip, br";

/// What is asked.
pub struct Live<'a> {
    /// Where the site stands on the web.
    pub url: Base,
    /// What should be there.
    pub finished: &'a Finished,
    /// Addresses that were published at any time: `/about/`.
    pub remembered: BTreeSet<String>,
}

/// What is wrong with an answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Trouble {
    /// It should be gone and is served; `from_cache` if only by a cache.
    Still {
        /// The host itself says that it is gone.
        from_cache: bool,
    },
    /// It should be there; with the status.
    Missing(u16),
    /// Something else is there than this build makes; `from_cache` if only in a cache.
    Other {
        /// The host itself has what this build makes.
        from_cache: bool,
    },
    /// It leads there.
    Leads(String),
    /// Nobody can tell, because of this.
    Unclear(String),
}

/// A header that the host should send, or send otherwise.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Advice {
    /// The header.
    pub header: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// An address where it was seen.
    pub address: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// Where.
    pub url: String,
    /// How many addresses should be there.
    pub present: usize,
    /// How many should be gone.
    pub gone: usize,
    /// What is wrong, by whole address.
    pub troubles: BTreeMap<String, Trouble>,
    /// Headers.
    pub advice: Vec<Advice>,
    /// The host sends none of the headers, and its kind cannot.
    pub is_without_headers: bool,
    /// What else there is to know.
    pub notes: Vec<String>,
}

impl Report {
    /// Whether the host has what it should have and nothing else.
    pub fn is_sound(&self) -> bool {
        self.troubles.is_empty()
    }
}

enum Task<'a> {
    Present { path: &'a str, file: &'a OutputFile, is_sample: bool },
    Gone,
}

/// Addresses of an earlier build: an archive that `build --zip` made, or a list of addresses, one a line.
///
/// # Errors
/// It is neither, or the system refuses.
pub fn previous(file: &Path, url: &Base) -> Result<BTreeSet<String>, Failure> {
    let bytes = std::fs::read(file).map_err(Failure::system("read", file))?;
    if archive::is_archive(&bytes) {
        let names = archive::compare(&bytes, |_| None).unwrap_or_default();
        return Ok(names.keys().map(|path| Address::file(path).to_string()).collect());
    }
    let text = read_text(file)?.unwrap_or_default();
    let mut addresses = BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let address = url.relative(line).unwrap_or(line);
        if !address.starts_with('/') || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Failure::refused(
                format!("line {} of {} is not an address of this site", at + 1, file.display()),
                "write one address a line, from the first slash on: /about/",
            ));
        }
        addresses.insert(Address::file(address).to_string());
    }
    Ok(addresses)
}

/// Asks for everything. `progress` is told how many of how many have been asked for.
///
/// # Errors
/// The host does not answer.
pub fn ask(
    live: &Live,
    patience: Duration,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report, Failure> {
    let host = Asking { live, client: Client::new(patience), soft: None };
    let nobody = host
        .patiently(NOBODY, PLAIN, 1 << 20)
        .map_err(|silence| unreachable(&live.url.absolute(&Address::page([])), &silence))?;
    let mut notes = Vec::new();
    let soft = match nobody.status {
        200 => {
            notes.push("For an address that never was the host answers 200, as if there were a page: tell it to answer 404. Until then an address may be named below although it is gone.".to_owned());
            Some(nobody.body.clone())
        }
        404 | 410 => {
            let own = live.finished.output.get("404.html").map(|file| file.bytes.whole());
            if own.is_some_and(|own| *own != *nobody.body) {
                notes.push("For what is not there the host does not answer with the site's own page: tell it to use /404.html.".to_owned());
            }
            None
        }
        status => {
            notes.push(format!("For an address that never was the host answers {status}, not 404."));
            None
        }
    };
    let host = Asking { soft, ..host };
    let tasks = host.tasks();
    let asked = AtomicUsize::new(0);
    let silences = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    let troubles = Mutex::new(BTreeMap::new());
    let samples = Mutex::new(vec![(NOBODY.to_owned(), Policy::Still, nobody)]);
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                while let Some((address, task)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if silences.load(Ordering::Relaxed) >= SILENCES {
                        return;
                    }
                    let (trouble, sample) = match task {
                        Task::Present { path, file, is_sample } => {
                            let (trouble, answer) = host.present(address, file);
                            (trouble, answer.filter(|_| *is_sample && !path.is_empty()))
                        }
                        Task::Gone => (host.gone(address), None),
                    };
                    if matches!(&trouble, Some(Trouble::Unclear(reason)) if reason.starts_with(NO_ANSWER)) {
                        silences.fetch_add(1, Ordering::Relaxed);
                    }
                    if let (Some(trouble), Ok(mut troubles)) = (trouble, troubles.lock()) {
                        troubles.insert(host.url(address), trouble);
                    }
                    if let (Some(answer), Ok(mut samples)) = (sample, samples.lock()) {
                        samples.push((address.clone(), live.finished.rules.policy(address), answer));
                    }
                    progress(asked.fetch_add(1, Ordering::Relaxed) + 1, tasks.len());
                }
            });
        }
    });
    if silences.load(Ordering::Relaxed) >= SILENCES {
        return Err(Failure::refused(
            format!("{} has stopped answering", live.url.host()),
            "try again later; nothing was found out about the addresses that are left",
        ));
    }
    let mut samples = samples.into_inner().unwrap_or_default();
    samples.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let (advice, is_without_headers) = advice(&host, &samples);
    let present = tasks.iter().filter(|(_, task)| matches!(task, Task::Present { .. })).count();
    Ok(Report {
        url: live.url.permanent(&Address::page([])),
        present,
        gone: tasks.len() - present,
        troubles: troubles.into_inner().unwrap_or_default(),
        advice,
        is_without_headers,
        notes,
    })
}

const NO_ANSWER: &str = "no answer: ";

fn unreachable(url: &str, silence: &Silence) -> Failure {
    Failure::refused(
        format!("{url} does not answer: {silence}"),
        "is the address right, and is this machine on the network?",
    )
}

/// Somebody who asks one host.
struct Asking<'a> {
    live: &'a Live<'a>,
    client: Client,
    /// What the host answers with 200 for what is not there.
    soft: Option<Vec<u8>>,
}

impl<'a> Asking<'a> {
    fn url(&self, address: &str) -> String {
        format!("{}{}{address}", self.live.url.host(), self.live.url.path())
    }

    /// Asks, and once more where the host says when.
    fn patiently(&self, address: &str, codings: &str, most: u64) -> Result<Answer, Silence> {
        let ask = || self.client.ask(Method::Get, &self.url(address), codings, most);
        let answer = ask()?;
        let wait = answer.header("retry-after").and_then(|wait| wait.trim().parse::<u64>().ok());
        match wait {
            Some(wait) if matches!(answer.status, 429 | 503) && wait <= LONGEST_WAIT => {
                std::thread::sleep(Duration::from_secs(wait));
                ask()
            }
            _ => Ok(answer),
        }
    }

    /// What is to be asked for: what should be there, then what should be gone.
    fn tasks(&self) -> Vec<(String, Task<'a>)> {
        let Finished { output, rules, .. } = self.live.finished;
        let mut sampled: BTreeSet<(bool, Policy)> = BTreeSet::new();
        let mut tasks = Vec::new();
        let mut made: BTreeSet<String> = BTreeSet::new();
        for (path, file) in output.iter() {
            let address = Address::file(path);
            made.insert(address.to_string());
            let is_packed = path.ends_with(".gz") || path.ends_with(".br");
            if !super::is_served(path) || path == "404.html" || is_packed {
                continue;
            }
            let is_page = path.ends_with(".html") && rules.redirect(address.as_str()).is_none();
            let is_kind = is_page || path.starts_with("assets/");
            let is_sample = is_kind && sampled.insert((is_page, rules.policy(address.as_str())));
            let asked = format!("{address}{}", rules.base().ending(&address));
            tasks.push((asked, Task::Present { path, file, is_sample }));
        }
        // What browsers get in the place of a page that is there was compared with the page.
        let is_beside = |address: &str| {
            let beside = address.strip_suffix(".gz").or_else(|| address.strip_suffix(".br"));
            beside.is_some_and(|page| made.contains(Address::file(page).as_str()))
        };
        let is_gone = |address: &&String| !made.contains(*address) && !is_beside(address);
        for address in self.live.remembered.iter().filter(is_gone) {
            tasks.push((address.clone(), Task::Gone));
            if address.ends_with('/') {
                tasks.push((format!("{address}index.html"), Task::Gone));
            }
        }
        tasks
    }

    /// Whether what should be there is there; with the answer.
    fn present(&self, address: &str, file: &OutputFile) -> (Option<Trouble>, Option<Answer>) {
        let expected = file.bytes.whole();
        let most = 2 * expected.len() as u64 + (64 << 10);
        let answer = match self.patiently(address, COMPRESSED, most) {
            Ok(answer) => answer,
            Err(silence) => return (Some(no_answer(&silence)), None),
        };
        let at = address.strip_suffix("index.html").unwrap_or(address);
        let is_same = |answer: &Answer| {
            answer.status == 200
                && content(answer, expected.len() as u64).is_some_and(|body| body == *expected)
        };
        let trouble = match answer.status {
            _ if is_same(&answer) => None,
            200 => {
                let again = self.past_caches(address, COMPRESSED, most);
                Some(Trouble::Other { from_cache: again.is_some_and(|again| is_same(&again)) })
            }
            404 | 410 => Some(Trouble::Missing(answer.status)),
            _ => match answer.leads_to(&self.url(address)) {
                Some(to) if self.is_redirect(at, &to) => None,
                Some(to) => Some(Trouble::Leads(to)),
                None => Some(Trouble::Unclear(format!("the host answers {}", answer.status))),
            },
        };
        (trouble, Some(answer))
    }

    /// Whether a former address leads where it should, be it by the host or by the page that lies there.
    fn is_redirect(&self, address: &str, to: &str) -> bool {
        let rules = &self.live.finished.rules;
        let Some(wanted) = rules.redirect(address) else { return false };
        let wanted = rules.base().inner(&wanted).unwrap_or(&wanted);
        self.live.url.relative(to) == Some(wanted)
    }

    /// Whether what should be gone is gone: for those who take it as it is, and for browsers, who take it compressed.
    fn gone(&self, address: &str) -> Option<Trouble> {
        for codings in [PLAIN, COMPRESSED] {
            let answer = match self.patiently(address, codings, 1 << 20) {
                Ok(answer) => answer,
                Err(silence) => return Some(no_answer(&silence)),
            };
            match answer.status {
                404 | 410 => {}
                200..=299 if self.is_soft(&answer) => {}
                200..=299 => {
                    let again = self.past_caches(address, codings, 1 << 20);
                    let is_gone = |again: &Answer| matches!(again.status, 404 | 410) || self.is_soft(again);
                    return Some(Trouble::Still { from_cache: again.is_some_and(|again| is_gone(&again)) });
                }
                _ => match answer.leads_to(&self.url(address)) {
                    // Where it leads within the site is asked for by itself.
                    Some(to) if self.live.url.relative(&to).is_some() => {}
                    Some(to) => return Some(Trouble::Leads(to)),
                    None => return Some(Trouble::Unclear(format!("the host answers {}", answer.status))),
                },
            }
        }
        None
    }

    fn is_soft(&self, answer: &Answer) -> bool {
        let body = content(answer, 1 << 20);
        self.soft.as_ref().is_some_and(|soft| body.is_some_and(|body| body == *soft))
    }

    /// The same from behind caches, which know an address with another query as another.
    fn past_caches(&self, address: &str, codings: &str, most: u64) -> Option<Answer> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        self.patiently(&format!("{address}?mentorpress={}", now.as_millis()), codings, most).ok()
    }
}

fn no_answer(silence: &Silence) -> Trouble {
    Trouble::Unclear(format!("{NO_ANSWER}{silence}"))
}

/// What was sent, as it was before it was compressed; `None` where it cannot be told.
fn content(answer: &Answer, most: u64) -> Option<Vec<u8>> {
    match answer.header("content-encoding").map(str::trim) {
        None | Some("" | PLAIN) => Some(answer.body.clone()),
        Some(name) => {
            let (_, _, coding) = Coding::ALL.into_iter().find(|(known, ..)| *known == name)?;
            coding.unpack(&answer.body, most).ok()
        }
    }
}

/// What is wrong with the headers of a few answers, and whether the host cannot send any.
fn advice(host: &Asking, samples: &[(String, Policy, Answer)]) -> (Vec<Advice>, bool) {
    let mut advice: Vec<Advice> = Vec::new();
    let mut tell = |header, what: String, address: &str| {
        if !advice.iter().any(|other: &Advice| other.header == header && other.what == what) {
            advice.push(Advice { header, what, address: host.url(address) });
        }
    };
    let missing = "is not sent";
    for (address, policy, answer) in samples {
        let sent = answer.headers("content-security-policy");
        // Hosts that know rules by folders alone send the whole directory the policy of its shortlist.
        let fits = |header: &str| match policy {
            Policy::Still => header == policy.header(),
            _ => header == policy.header() || header == Policy::Reading.header(),
        };
        if sent.is_empty() {
            tell(POLICY_HEADER, missing.to_owned(), address);
        } else if !sent.iter().all(|header| fits(header)) {
            tell(POLICY_HEADER, format!("is not `{}`", policy.header()), address);
        }
        for (name, value) in PLAIN_HEADERS {
            match answer.header(&name.to_ascii_lowercase()) {
                None => tell(name, missing.to_owned(), address),
                Some(other) if !other.eq_ignore_ascii_case(value) => {
                    tell(name, format!("is `{other}`, not `{value}`"), address);
                }
                Some(_) => {}
            }
        }
        let kept = answer.header("cache-control").unwrap_or_default();
        if address.starts_with("/assets/") {
            if !kept.contains("max-age=31536000") {
                tell(
                    "Cache-Control",
                    "lets browsers ask again for files that never change".to_owned(),
                    address,
                );
            }
        } else if let Some(seconds) = kept_for(kept).filter(|seconds| *seconds > LONG_KEPT) {
            let days = seconds / LONG_KEPT;
            tell(
                "Cache-Control",
                format!("lets caches keep pages for {days} days, and whoever withdrew with them"),
                address,
            );
        }
        if answer.header("set-cookie").is_some() {
            tell("Set-Cookie", "sets a cookie, which the site itself never does".to_owned(), address);
        }
    }
    let only_pages = !host.live.finished.hosts.is_empty()
        && host.live.finished.hosts.iter().all(|host| *host == Host::GithubPages);
    let all_missing = advice.iter().filter(|one| one.what == missing).count() == 1 + PLAIN_HEADERS.len();
    (advice, only_pages && all_missing)
}

/// For how many seconds a header lets somebody keep a page.
fn kept_for(header: &str) -> Option<u64> {
    let parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    parts
        .filter(|(name, _)| matches!(*name, "max-age" | "s-maxage"))
        .filter_map(|(_, value)| value.parse().ok())
        .max()
}
