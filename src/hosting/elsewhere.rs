//! Links of the finished site to other hosts -> which lead somewhere, which have moved, and which are dead, each with the
//! line that wrote it.
//!
//! Hosts are asked one at a time, in turn, with a pause before the same one is asked again: first whether there is
//! something (`HEAD`), and where that is answered with an error, for the thing itself, because many hosts know no `HEAD`. What
//! may be a host's refusal of programs, or its bad day, is told apart from what is gone.

use super::answers::Answers;
use crate::failure::Failure;
use crate::html::{Token, decode, tokens};
use crate::output::{Origin, OutputFile};
use crate::path::Address;
use crate::pipeline::Finished;
use crate::source::Sources;
use crate::web::{Answer, Client, Method, Silence, split};
use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const HOPS: usize = 10;
/// So many places of one link are told.
const PLACES: usize = 3;

/// A link to another host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The whole address, without what comes after `#`.
    pub url: String,
    /// Who wrote it: `content/about.md:12`, or the page it stands on.
    pub places: Vec<String>,
}

/// What became of a link.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// It leads to nothing: 404 or 410, or a host that there is not.
    Dead(String),
    /// Nobody can tell: the host refuses programs, asks to come later, is in trouble or says nothing.
    Unclear(String),
    /// It leads somewhere, and for good to this address.
    Moved(String),
    /// It leads somewhere.
    Sound,
}

/// What is to be followed, and how.
pub struct Elsewhere {
    /// The site's folder.
    pub site: PathBuf,
    /// The day.
    pub today: Date,
    /// Ask again what was asked not long ago.
    pub again: bool,
    /// Between two questions to one host.
    pub pause: Duration,
    /// How long an answer is waited for.
    pub patience: Duration,
}

/// The links of all pages to other hosts, by address.
pub fn gather(finished: &Finished, sources: &Sources) -> Vec<Link> {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for (path, file) in finished.output.iter().filter(|(path, _)| path.ends_with(".html")) {
        for url in outward(finished, file) {
            let written = written(file, &url).map(|span| sources.place(span));
            let bare = url.split('#').next().unwrap_or_default().to_owned();
            pages.entry(bare.clone()).or_insert_with(|| format!("the page {}", Address::file(path)));
            places.entry(bare).or_default().extend(written);
        }
    }
    // What stands in a template, a record or site.yaml is looked for as it was typed there.
    let untold: Vec<&String> =
        places.iter().filter(|(_, places)| places.is_empty()).map(|(url, _)| url).collect();
    for (url, place) in typed(&untold, sources) {
        places.entry(url).or_default().insert(place);
    }
    let link = |(url, places): (String, BTreeSet<String>)| {
        let mut places: Vec<String> = places.into_iter().take(PLACES).collect();
        if places.is_empty() {
            places.extend(pages.get(&url).cloned());
        }
        Link { url, places }
    };
    places.into_iter().map(link).collect()
}

/// The addresses of other hosts that a page links to.
fn outward(finished: &Finished, file: &OutputFile) -> BTreeSet<String> {
    let bytes = file.bytes.whole();
    let text = String::from_utf8_lossy(&bytes);
    let mut urls = BTreeSet::new();
    for token in tokens(&text) {
        let Token::Open { name, attributes } = token else { continue };
        if !name.eq_ignore_ascii_case("a") && !name.eq_ignore_ascii_case("area") {
            continue;
        }
        let href = attributes.clone().find(|attribute| attribute.name.eq_ignore_ascii_case("href"));
        let Some(href) = href.map(|href| decode(href.value).trim().to_owned()) else { continue };
        if split(&href).is_some() && finished.rules.base().relative(&href).is_none() {
            urls.insert(href);
        }
    }
    urls
}

/// The place of an author's that wrote a link.
fn written(file: &OutputFile, url: &str) -> Option<crate::source::Span> {
    let Origin::Page { links, .. } = &file.origin else { return None };
    links.iter().find(|link| link.href == url).map(|link| link.span)
}

/// Where addresses stand in the sources: whole, or else what follows the host, as the identifiers of people and articles do.
fn typed(urls: &[&String], sources: &Sources) -> Vec<(String, String)> {
    let mut patterns: Vec<(&str, usize)> =
        urls.iter().enumerate().map(|(at, url)| (url.as_str(), at)).collect();
    for (at, url) in urls.iter().enumerate() {
        let rest = split(url).map(|(_, rest)| rest.trim_matches('/')).unwrap_or_default();
        // A word would be found in any text.
        if rest.len() >= 8 && rest.bytes().any(|byte| byte.is_ascii_digit()) {
            patterns.push((rest, at));
        }
    }
    let Ok(search) = AhoCorasick::new(patterns.iter().map(|(pattern, _)| *pattern)) else {
        return Vec::new();
    };
    let (mut whole, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for (_, file) in sources.iter().filter(|(_, file)| !file.text.is_empty()) {
        for hit in search.find_overlapping_iter(&file.text) {
            let pattern = hit.pattern().as_usize();
            let places: &mut BTreeMap<usize, BTreeSet<String>> =
                if pattern < urls.len() { &mut whole } else { &mut parts };
            let places = places.entry(patterns[pattern].1).or_default();
            if places.len() < PLACES {
                let line = file.text[..hit.start()].bytes().filter(|byte| *byte == b'\n').count() + 1;
                places.insert(format!("{}:{line}", file.path));
            }
        }
    }
    for (at, places) in parts {
        whole.entry(at).or_insert(places);
    }
    let named = |(at, places): (usize, BTreeSet<String>)| {
        places.into_iter().map(move |place| (urls[at].clone(), place))
    };
    whole.into_iter().flat_map(named).collect()
}

/// Follows links. `progress` is told how many of how many have been followed; the verdicts come in the order of the links.
///
/// # Errors
/// No host at all answered.
pub fn follow(
    order: &Elsewhere,
    links: &[Link],
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<(Link, Verdict)>, Failure> {
    let mut answers = Answers::open(&order.site);
    let mut walker =
        Walker { client: Client::new(order.patience), asked: HashMap::new(), pause: order.pause };
    let mut verdicts: BTreeMap<usize, Verdict> = BTreeMap::new();
    let mut due = Vec::new();
    for (at, link) in links.iter().enumerate() {
        match !order.again && answers.is_recent(&link.url, order.today) {
            true => drop(verdicts.insert(at, Verdict::Sound)),
            false => due.push(at),
        }
    }
    let mut has_answer = false;
    for (done, at) in in_turn(links, due.clone()).into_iter().enumerate() {
        progress(done, due.len());
        let url = &links[at].url;
        let (verdict, was_answered) = walker.follow(url);
        has_answer |= was_answered;
        match &verdict {
            Verdict::Sound => answers.keep(url, order.today),
            Verdict::Moved(_) | Verdict::Dead(_) | Verdict::Unclear(_) => answers.forget(url),
        }
        verdicts.insert(at, verdict);
    }
    progress(due.len(), due.len());
    if !due.is_empty() && !has_answer {
        return Err(Failure::refused(
            format!("none of the {} hosts answers", hosts(links, &due)),
            "is this machine on the network? Nothing was found out about any link",
        ));
    }
    answers.write(links.iter().map(|link| link.url.as_str()));
    Ok(links.iter().cloned().zip(verdicts.into_values()).collect())
}

fn host(url: &str) -> &str {
    split(url).map_or(url, |(host, _)| host)
}

fn hosts(links: &[Link], due: &[usize]) -> usize {
    due.iter().map(|at| host(&links[*at].url)).collect::<BTreeSet<_>>().len()
}

/// One link of each host, then a second of each, and so on: while one host has its pause another is asked.
fn in_turn(links: &[Link], due: Vec<usize>) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut turns: Vec<(usize, usize)> = due
        .into_iter()
        .map(|at| {
            let turn = seen.entry(host(&links[at].url)).or_default();
            *turn += 1;
            (*turn, at)
        })
        .collect();
    turns.sort_unstable();
    turns.into_iter().map(|(_, at)| at).collect()
}

/// Somebody who goes from one address to the next, and leaves each host in peace for a while.
struct Walker {
    client: Client,
    asked: HashMap<String, Instant>,
    pause: Duration,
}

impl Walker {
    /// What becomes of a link, and whether anybody answered at all.
    fn follow(&mut self, url: &str) -> (Verdict, bool) {
        let mut at = url.to_owned();
        // As far as hosts say that an address has moved for good.
        let mut settled = None;
        let mut is_for_good = true;
        let mut was_answered = false;
        for _ in 0..HOPS {
            let answer = match self.ask(&at) {
                Ok(answer) => answer,
                Err(silence) => return (silent(&silence, &at, url), was_answered),
            };
            was_answered = true;
            if let Some(to) = answer.leads_to(&at) {
                is_for_good &= matches!(answer.status, 301 | 308);
                if is_for_good {
                    settled = Some(to.clone());
                }
                at = to;
                continue;
            }
            return (verdict(answer.status, settled, at != url), true);
        }
        (Verdict::Unclear("it leads on and on".to_owned()), true)
    }

    fn ask(&mut self, url: &str) -> Result<Answer, Silence> {
        self.wait(url);
        let head = self.client.ask(Method::Head, url, "identity", 0);
        match head {
            Ok(answer) if answer.status < 400 => return Ok(answer),
            Err(silence @ (Silence::NoSuchHost | Silence::Timeout | Silence::BadAddress)) => {
                return Err(silence);
            }
            Ok(answer) if matches!(answer.status, 429 | 503) => return Ok(answer),
            Ok(_) | Err(Silence::Other(_)) => {}
        }
        self.wait(url);
        self.client.ask(Method::Get, url, "identity", 0)
    }

    fn wait(&mut self, url: &str) {
        let now = Instant::now();
        let due = self.asked.get(host(url)).map_or(now, |last| *last + self.pause);
        std::thread::sleep(due.saturating_duration_since(now));
        self.asked.insert(host(url).to_owned(), Instant::now());
    }
}

fn silent(silence: &Silence, at: &str, url: &str) -> Verdict {
    let what = if at == url { silence.to_string() } else { format!("it leads to {at}: {silence}") };
    match silence {
        Silence::NoSuchHost | Silence::BadAddress => Verdict::Dead(what),
        Silence::Timeout | Silence::Other(_) => Verdict::Unclear(what),
    }
}

fn verdict(status: u16, settled: Option<String>, has_moved: bool) -> Verdict {
    let after = if has_moved { " where it leads" } else { "" };
    match status {
        404 | 410 => Verdict::Dead(format!("the host answers {status}{after}: there is no such page")),
        401 | 403 | 405 | 406 | 999 => Verdict::Unclear(format!(
            "the host answers {status}{after}: it may refuse programs; look yourself"
        )),
        429 | 503 => Verdict::Unclear(format!("the host answers {status}{after}: it asks to come later")),
        400..=499 => Verdict::Unclear(format!("the host answers {status}{after}; look yourself")),
        500.. => Verdict::Unclear(format!("the host answers {status}{after}: it is in trouble")),
        300..=399 => Verdict::Unclear(format!("the host answers {status}{after}, and not where it leads")),
        _ => settled.map_or(Verdict::Sound, Verdict::Moved),
    }
}
