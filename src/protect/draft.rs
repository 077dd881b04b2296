//! Exports of forms -> a first `survey.yaml`, to be looked through: questions by their headers, types by what was answered.
//!
//! It is written into `private/`, since its options come from answers. Only what two people or more chose is taken for an
//! option; what one alone wrote may be her own words, and is counted and not repeated.

use super::watch::{self, Progress};
use crate::failure::Failure;
use crate::forms::{self, Column, Content, Kind, Wanted, latin, plain, tidy};
use crate::git::{self, PRIVATE};
use crate::path::is_id;
use crate::source::{Access, write_whole};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// So many different answers are looked at before a question is taken for one of free text.
const MOST_OPTIONS: usize = 60;
/// An option is no longer than that, in characters.
const LONGEST_OPTION: usize = 120;
/// A verbal scale in its usual words.
const AGREEMENT: [&str; 5] = ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"];

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Init {
    /// The site's folder.
    pub site: PathBuf,
    /// The survey's id.
    pub survey: String,
    /// The exports.
    pub exports: Vec<PathBuf>,
}

/// What became of it.
#[derive(Debug)]
pub enum Drafted {
    /// A draft was written.
    Written {
        /// The draft.
        path: PathBuf,
        /// Questions in it.
        questions: usize,
        /// Answers that one person alone gave, of closed questions: an option, or words of her own.
        alone: usize,
    },
    /// Nothing was written: why exports could not be read, each of them.
    Unread(Vec<Failure>),
}

/// Drafts a survey; `watch` is told how far it is.
///
/// # Errors
/// Git would take `private/` in, there is a draft already, or the system refuses.
pub fn init(wanted: &Init, watch: &mut dyn FnMut(Progress)) -> Result<Drafted, Failure> {
    git::refuse_private(&wanted.site)?;
    if !is_id(&wanted.survey) {
        return Err(Failure::refused(
            format!("`{}` cannot be the id of a survey", wanted.survey),
            "write lower-case letters, digits and hyphens: --survey evaluation",
        ));
    }
    let folder = wanted.site.join(PRIVATE).join("evaluations").join(&wanted.survey);
    let path = folder.join("survey.yaml");
    if path.exists() {
        return Err(Failure::refused(
            format!("{} is there already", path.display()),
            "move it away to begin again; a draft is never written over",
        ));
    }
    let mut questions: Vec<Seen> = Vec::new();
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for export in &wanted.exports {
        match look(export, &mut questions, watch) {
            Ok(name) => files.push(name),
            Err(failure) => unread.push(failure),
        }
    }
    if !unread.is_empty() {
        return Ok(Drafted::Unread(unread));
    }
    let mut alone = 0;
    let text = text(&wanted.survey, &files, &questions, &mut alone);
    std::fs::create_dir_all(&folder).map_err(Failure::system("make", &folder))?;
    write_whole(&path, text.as_bytes(), Access::Owner)?;
    Ok(Drafted::Written { path, questions: questions.len(), alone })
}

/// A question, as far as its answers tell.
struct Seen {
    header: String,
    files: Vec<String>,
    answers: usize,
    /// Some answer has several parts, or ends as those do.
    is_several: bool,
    /// All are whole numbers.
    is_number: bool,
    ends: Option<(i64, i64)>,
    /// Answers or their parts, made comparable, with how they were first written and how often.
    said: BTreeMap<String, (String, usize)>,
    has_too_many: bool,
}

/// Reads an export for what was answered; returns its name.
fn look(
    export: &Path,
    questions: &mut Vec<Seen>,
    watch: &mut dyn FnMut(Progress),
) -> Result<String, Failure> {
    let name = export.file_name().unwrap_or_default().to_string_lossy();
    watch(Progress { file: &name, rows: 0, bytes: None });
    let mut opened = forms::open(export)?;
    let columns: Vec<Column> =
        opened.columns.iter().filter(|column| column.kind == Kind::Question).cloned().collect();
    let wanted = columns.iter().try_fold(Wanted::default(), Wanted::answers)?;
    let mut places = Vec::new();
    for column in &columns {
        let same = questions.iter().position(|seen| plain(&seen.header) == plain(&column.header));
        let at = same.unwrap_or_else(|| {
            questions.push(Seen::new(&column.header));
            questions.len() - 1
        });
        questions[at].files.push(opened.name.clone());
        places.push(at);
    }
    let mut rows = opened.answers.rows(&wanted)?;
    watch::each(&opened.name, &mut rows, watch, &mut |row| {
        for (column, at) in columns.iter().zip(&places) {
            let cell = row.cell(column);
            if cell.content() != Content::Empty {
                questions[*at].add(&cell.text());
            }
        }
    })?;
    drop(rows);
    Ok(opened.name)
}

impl Seen {
    fn new(header: &str) -> Seen {
        Seen {
            header: header.to_owned(),
            files: Vec::new(),
            answers: 0,
            is_several: false,
            is_number: true,
            ends: None,
            said: BTreeMap::new(),
            has_too_many: false,
        }
    }

    fn add(&mut self, text: &str) {
        self.answers += 1;
        self.is_several |= text.trim_end().ends_with(';');
        match text.trim().parse::<i64>() {
            Ok(number) => {
                let (low, high) = self.ends.unwrap_or((number, number));
                self.ends = Some((low.min(number), high.max(number)));
            }
            Err(_) => self.is_number = false,
        }
        for part in text.split(';').map(tidy).filter(|part| !part.is_empty()) {
            let is_known = self.said.contains_key(&plain(&part));
            if !is_known && (self.said.len() >= MOST_OPTIONS || part.chars().count() > LONGEST_OPTION) {
                self.has_too_many = true;
                continue;
            }
            self.said.entry(plain(&part)).or_insert((part, 0)).1 += 1;
        }
    }

    /// What more than one chose, in the order of how often.
    fn options(&self) -> Vec<&str> {
        let mut options: Vec<&(String, usize)> = self.said.values().filter(|(_, count)| *count > 1).collect();
        options.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        options.into_iter().map(|(said, _)| said.as_str()).collect()
    }

    fn alone(&self) -> usize {
        self.said.values().filter(|(_, count)| *count == 1).count()
    }

    fn is_agreement(&self) -> bool {
        !self.said.is_empty() && self.said.keys().all(|said| AGREEMENT.contains(&said.as_str()))
    }

    /// A few answers that many gave. What is written in sentences was not chosen from a list.
    fn is_closed(&self) -> bool {
        let sentences = self.said.values().filter(|(said, _)| said.ends_with(['.', '!', '?'])).count();
        if 2 * sentences > self.said.len() {
            return false;
        }
        let repeats = self.said.values().filter(|(_, count)| *count > 1).count();
        !self.has_too_many && repeats > 0 && self.alone() <= repeats
    }
}

fn text(survey: &str, files: &[String], questions: &[Seen], alone: &mut usize) -> String {
    let mut text = format!(
        "# A draft of content/evaluations/{survey}/survey.yaml, made from the headers and answers of {} exports. It is private:\n\
         # look through it before it leaves this folder. Options that nobody chose, or one person alone, are not in it: add them\n\
         # by hand, from the form. Say in `show` what will be public before you look at any answer.\n\
         title: TODO\n",
        files.len()
    );
    let names = Names::of(files);
    let map = |ids: &[String]| ids.iter().map(|id| format!("{id}: TODO")).collect::<Vec<_>>().join(", ");
    _ = writeln!(text, "groups: {{{}}}", map(&names.groups));
    if names.waves.len() > 1 {
        _ = writeln!(text, "waves: {{{}}}", map(&names.waves));
    }
    if questions.iter().any(Seen::is_agreement) {
        let points = AGREEMENT.map(|point| point.replace(' ', "-")).join(", ");
        _ = writeln!(
            text,
            "scales:\n  agreement: {{points: [{points}], middle: neutral, tops: {{agreed: [agree, strongly-agree]}}}}"
        );
    }
    text.push_str("questions:\n");
    let mut ids: Vec<String> = Vec::new();
    for seen in questions {
        let id = unique(&id_of(&seen.header), &mut ids);
        let header = quoted(&seen.header);
        _ = writeln!(text, "  # in {}; {} answers", seen.files.join(", "), seen.answers);
        _ = writeln!(text, "  - id: {id}\n    ask: {header}\n    column: {header}");
        let (waves, groups) = names.asked(&seen.files);
        if names.waves.len() > 1 {
            _ = writeln!(text, "    waves: [{}]", waves.join(", "));
        }
        if groups.len() < names.groups.len() {
            _ = writeln!(text, "    asked_of: [{}]", groups.join(", "));
        }
        question(&mut text, seen, alone);
    }
    text.push_str("forms:\n");
    for file in files {
        let (wave, group) = names.of_file(file);
        let wave = if names.waves.len() > 1 { format!("wave: {wave}, ") } else { String::new() };
        _ = writeln!(text, "  - {{{wave}group: {group}, file: {}}}", quoted(file));
    }
    text.push_str(
        "editions:\n  TODO: {collected: [TODO, TODO], includes: none}\ndisclosure: {policy: small-survey}\n",
    );
    text
}

/// What the names of files tell: `baseline-mentee.xlsx` is of the wave `baseline` and the group `mentee`.
struct Names {
    waves: Vec<String>,
    groups: Vec<String>,
    /// By file: wave and group.
    of: BTreeMap<String, (String, String)>,
}

impl Names {
    fn of(files: &[String]) -> Names {
        let parts = |file: &String| {
            let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
            let (wave, group) = stem.rsplit_once(['-', '_', ' '])?;
            let (wave, group) = (latin(wave).replace('-', "_"), latin(group));
            (is_id(&wave) && is_id(&group)).then(|| (file.clone(), (wave, group)))
        };
        let of: Option<BTreeMap<String, (String, String)>> = files.iter().map(parts).collect();
        let several = |names: &BTreeSet<String>| names.len() > 1;
        let (mut waves, mut groups) = (BTreeSet::new(), BTreeSet::new());
        for (wave, group) in of.iter().flat_map(BTreeMap::values) {
            waves.insert(wave.clone());
            groups.insert(group.clone());
        }
        match of {
            Some(of) if several(&groups) && waves.len() * groups.len() >= files.len() => {
                Names { waves: waves.into_iter().collect(), groups: groups.into_iter().collect(), of }
            }
            _ => Names { waves: Vec::new(), groups: vec!["respondent".to_owned()], of: BTreeMap::new() },
        }
    }

    fn of_file(&self, file: &str) -> (&str, &str) {
        self.of.get(file).map_or(("", "respondent"), |(wave, group)| (wave, group))
    }

    /// The waves and groups that a question of some files was asked in.
    fn asked(&self, files: &[String]) -> (Vec<&str>, Vec<&str>) {
        let is_asked = |wave: &&String, at: fn(&(String, String)) -> &String| {
            files.iter().any(|file| self.of.get(file).is_some_and(|of| at(of) == *wave))
        };
        let waves = self.waves.iter().filter(|wave| is_asked(wave, |of| &of.0)).map(String::as_str).collect();
        let groups = self.groups.iter().filter(|group| self.of.is_empty() || is_asked(group, |of| &of.1));
        (waves, groups.map(String::as_str).collect())
    }
}

/// The type of a question, and what belongs to it.
fn question(text: &mut String, seen: &Seen, alone: &mut usize) {
    let mut options = |text: &mut String, kind: &str| {
        _ = writeln!(text, "    type: {kind}\n    options:");
        let mut ids = Vec::new();
        for option in seen.options() {
            let id = unique(&id_of(option), &mut ids);
            _ = writeln!(text, "      - {{id: {}, label: {}}}", word(&id), quoted(option));
        }
        if seen.alone() > 0 {
            _ = writeln!(
                text,
                "      # {} more, of one person each: options of the form, or words of their own (other: true)",
                seen.alone()
            );
            *alone += seen.alone();
        }
        text.push_str("    show: counts\n");
    };
    match seen.ends.filter(|_| seen.is_number && seen.answers > 0) {
        Some((low, high)) if low >= 0 && high <= 10 => {
            let (from, to) = if high <= 5 && low >= 1 { (1, 5) } else { (0, 10) };
            let kind = if to == 5 { "stars" } else { "score" };
            _ = writeln!(
                text,
                "    type: {kind}        # or score, or number\n    from: {from}\n    to: {to}\n    show: mean"
            );
        }
        Some(_) => text.push_str("    type: number\n    show: nothing\n"),
        None if seen.is_agreement() => {
            text.push_str("    type: scale\n    scale: agreement\n    show: agreed\n");
        }
        None if seen.is_several => options(text, "choose-all"),
        None if seen.is_closed() => options(text, "choose-one"),
        None => text.push_str("    type: text\n"),
    }
}

/// The first words of a text as an id.
fn id_of(text: &str) -> String {
    const WORDS: usize = 4;
    let words: Vec<String> = latin(text).split('-').take(WORDS).map(str::to_owned).collect();
    let id = words.join("-");
    if is_id(&id) { id } else { "question".to_owned() }
}

fn unique(id: &str, ids: &mut Vec<String>) -> String {
    let mut own = id.to_owned();
    let mut number = 2;
    while ids.contains(&own) {
        own = format!("{id}-{number}");
        number += 1;
    }
    ids.push(own.clone());
    own
}

/// An id that YAML reads as a text.
fn word(id: &str) -> String {
    let is_other = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"].contains(&id);
    if is_other || id.bytes().all(|b| b.is_ascii_digit()) { format!("\"{id}\"") } else { id.to_owned() }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", tidy(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where the draft goes when it has been looked through.
pub fn destination(survey: &str) -> PathBuf {
    Path::new("content/evaluations").join(survey).join("survey.yaml")
}
