//! `releases/*.yaml` of a survey -> [`Edition`]s: each release judged and audited, with the corrections that replaced it.
//!
//! A correction is a whole release of its own, `<edition>.<n>.yaml`. Every file of an edition is judged, whether it is in
//! force or not; what is published is the last one whose day has come. Where any file up to it has findings nothing is:
//! the figures before it are known to be wrong.

use super::audit::{Audited, Report, audit, report};
use super::disclosure::judge;
use super::published::{Correction, Published, Stated, changed};
use super::quotes::Quotation;
use super::release::{self, Release};
use super::seal;
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::path::file_name;
use crate::source::{FileId, SourceFile, Sources, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One edition: its release and the corrections of it, judged.
#[derive(Debug)]
pub struct Edition {
    /// The release's file, and those of the corrections in force.
    pub files: Vec<FileId>,
    /// Days on which further corrections take effect.
    pub coming: Vec<Date>,
    /// What may be published of it; `None` where there were findings.
    pub published: Option<Published>,
}

impl Edition {
    /// Whether a file that its figures stand on is among those left out.
    pub fn is_left_out(&self, files: &BTreeSet<FileId>) -> bool {
        self.files.iter().any(|file| files.contains(file))
    }
}

/// A file of an edition on its way: what was read, and what is wrong with it.
struct File {
    id: FileId,
    /// 1 for the first release, from 2 on for corrections.
    number: u32,
    release: Option<Release>,
    found: Diagnostics,
}

/// The number that a correction's file is named by: `2022-23.2` is the second release of `2022-23`.
fn numbered(stem: &str) -> Option<(&str, u32)> {
    let (edition, number) = stem.rsplit_once('.')?;
    let plain = !edition.is_empty() && !number.starts_with('0');
    number.parse().ok().filter(|_| plain && number.bytes().all(|b| b.is_ascii_digit())).map(|n| (edition, n))
}

/// The files of a survey's editions, read.
pub(super) struct Releases {
    chains: BTreeMap<String, Vec<File>>,
    strays: Vec<About>,
}

impl Releases {
    /// The editions there are.
    pub(super) fn editions(&self) -> Vec<&str> {
        let first = |chain: &Vec<File>| chain.first().is_some_and(|file| file.number == 1);
        self.chains.iter().filter(|(_, chain)| first(chain)).map(|(name, _)| name.as_str()).collect()
    }
}

/// Reads the releases of a survey.
pub(super) fn files(sources: &Sources, survey: &Survey) -> Releases {
    let waves: Vec<String> = survey.waves.iter().map(|wave| wave.id.clone()).collect();
    let folder = format!("content/evaluations/{}/releases/", survey.id);
    let files: Vec<(FileId, &str)> = sources
        .below(&folder)
        .filter(|(_, file)| file.path.ends_with(".yaml"))
        .map(|(id, file)| (id, file_name(&file.path).trim_end_matches(".yaml")))
        .collect();
    let strays = strays(sources, &folder, &waves);
    let stems: BTreeSet<&str> = files.iter().map(|(_, stem)| *stem).collect();
    let mut chains: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for (id, stem) in files {
        let mut own = Diagnostics::new();
        // One that cannot be read stands in its place all the same: nothing is published past it.
        let is_text = sources.file(id).unreadable.is_none();
        let release = if is_text { release::read(sources, id, &waves, &mut own) } else { None };
        let claims = release.as_ref().is_some_and(|release| release.claim.is_some());
        let place = numbered(stem).filter(|(edition, _)| claims || stems.contains(edition));
        if let Some(seal) = release.as_ref().and_then(|release| release.seal.as_ref()) {
            seal::check(sources, id, seal, &mut own);
        }
        if let Some(release) = &release {
            name_fits(release, stem, place, &stems, &mut own);
        }
        let (edition, number) = place.unwrap_or((stem, 1));
        let file = File { id, number, release, found: own };
        chains.entry(edition.to_owned()).or_default().push(file);
    }
    let released = chains.keys().map(String::as_str).chain(survey.editions.keys().map(String::as_str));
    let known: BTreeSet<String> = released.map(str::to_owned).collect();
    for (name, chain) in &mut chains {
        chain.sort_by_key(|file| file.number);
        in_order(chain);
        chain.iter_mut().for_each(|file| includes(file, name, &known));
    }
    Releases { chains, strays }
}

/// Judges and audits releases for a day; `quotes` are what people were quoted with, of all editions.
pub(super) fn read(
    sources: &Sources,
    survey: &Survey,
    Releases { chains, strays }: Releases,
    quotes: &[Quotation],
    date: Date,
    found: &mut Diagnostics,
) -> BTreeMap<String, Edition> {
    let included: BTreeSet<String> = chains
        .values()
        .flatten()
        .filter_map(|file| file.release.as_ref())
        .flat_map(|release| release.includes.iter().map(|edition| edition.value.clone()))
        .collect();
    let mut judged: BTreeMap<String, Vec<JudgedFile>> = BTreeMap::new();
    for (name, chain) in chains {
        let files = judge_chain(sources, &survey.at(&name), &name, chain, quotes, found);
        judged.insert(name, files);
    }
    let of_chains = judged.values().flatten().filter(|file| file.judged.is_none()).map(|file| &file.about);
    let doubts: Vec<About> = of_chains.cloned().chain(strays).filter(|about| !about.is_ahead(date)).collect();
    let mut editions = BTreeMap::new();
    for (name, chain) in judged {
        if chain.first().is_some_and(|file| file.number == 1) {
            let is_in_doubt = doubts.iter().any(|about| about.speaks_of(&name));
            let is_included = included.contains(&name);
            let mut edition = edition(sources, &survey.at(&name), &name, chain, is_included, date);
            edition.published = edition.published.filter(|_| !is_in_doubt);
            editions.insert(name, edition);
        }
    }
    editions
}

/// What the audit finds in each release, by the name of its file; of those that the judge let pass.
pub(super) fn reports(
    sources: &Sources,
    survey: &Survey,
    Releases { chains, .. }: Releases,
    quotes: &[Quotation],
    found: &mut Diagnostics,
) -> Vec<(String, Option<Report>)> {
    let mut reports = Vec::new();
    for (name, chain) in chains {
        let survey = &survey.at(&name);
        let last = chain.len().saturating_sub(1);
        for (at, File { id, release, found: mut own, .. }) in chain.into_iter().enumerate() {
            let stem = file_name(&sources.file(id).path).trim_end_matches(".yaml").to_owned();
            let judged = release.and_then(|release| judge(survey, &name, release, at == last, &mut own));
            let judged = judged.filter(|_| !own.has_errors());
            found.extend(own);
            let report = judged.map(|judged| {
                let report = report(survey, &name, &judged, quotes);
                audit(survey, &name, judged, quotes, found);
                report
            });
            reports.push((stem, report));
        }
    }
    reports
}

/// An edition includes earlier ones, and none that there is not.
fn includes(file: &mut File, name: &str, known: &BTreeSet<String>) {
    for included in file.release.iter().flat_map(|release| &release.includes) {
        let earlier = known.iter().map(String::as_str).filter(|edition| *edition < name);
        let message = match included.value.as_str() {
            other if other == name => format!("the edition `{name}` includes itself"),
            other if !known.contains(other) => format!("there is no edition `{other}` to be included"),
            other if other > name => {
                format!("the edition `{other}` is later than `{name}`, which includes it")
            }
            _ => continue,
        };
        let help = match earlier.clone().next() {
            Some(_) => one_of(&included.value, earlier),
            None => "write `includes: none`: no edition is earlier than this one".to_owned(),
        };
        file.found.push(
            Diagnostic::new(Code::EditionDiffers, included.span, message)
                .note("editions are compared by name, as text")
                .help(help),
        );
    }
}

/// What a file says that it is about, by its name and by what it corrects; and from which day on.
#[derive(Clone)]
struct About {
    /// The file's name, without an ending that is read.
    name: String,
    corrects: Option<String>,
    date: Option<Date>,
}

impl About {
    fn of(name: &str, release: Option<&Release>) -> About {
        let claim = release.and_then(|release| release.claim.as_ref());
        About {
            name: name.to_owned(),
            corrects: claim.and_then(|claim| claim.corrects.clone()),
            date: claim.and_then(|claim| claim.date),
        }
    }

    /// Whether its day is still to come; one that says no day may hold already.
    fn is_ahead(&self, date: Date) -> bool {
        self.date.is_some_and(|day| day > date)
    }

    /// `2025.02`, or anything that corrects `2025` or `2025.2`, speaks of `2025`.
    fn speaks_of(&self, edition: &str) -> bool {
        let is_of = |name: &str| {
            name.strip_prefix(edition).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        is_of(&self.name) || self.corrects.as_deref().is_some_and(|corrects| is_of(corrects.trim()))
    }
}

/// Releases by their place and content, whose names keep them from being read: that is a finding of the site
/// (`stray-file`), and what they correct is in doubt.
fn strays(sources: &Sources, folder: &str, waves: &[String]) -> Vec<About> {
    const ENDINGS: [&str; 4] = [".yml", ".yaml.txt", ".yml.txt", ".YAML"];
    let files = sources.below(folder);
    let files = files.filter(|(_, file)| ENDINGS.iter().any(|ending| file.path.ends_with(ending)));
    let about = |(id, file): (FileId, &SourceFile)| {
        let is_text = !file.text.is_empty();
        // What is wrong in them is told once they are named as they should be.
        let release = is_text.then(|| release::read(sources, id, waves, &mut Diagnostics::new())).flatten();
        About::of(file_name(&file.path), release.as_ref())
    };
    files.map(about).collect()
}

/// A correction is named after what it corrects, and nothing else is named so.
fn name_fits(
    release: &Release,
    stem: &str,
    place: Option<(&str, u32)>,
    stems: &BTreeSet<&str>,
    found: &mut Diagnostics,
) {
    let Some(correction) = &release.correction else {
        if let Some((edition, _)) = place.filter(|_| release.claim.is_none()) {
            found.push(
                Diagnostic::new(
                    Code::MissingKey,
                    release.edition.span,
                    format!("`{stem}` is named as a correction of `{edition}`, and does not say so"),
                )
                .help(format!(
                    "add `corrects: {edition}`, `date:` and `reason:`, or give the file another name"
                )),
            );
        }
        return;
    };
    let corrects = &correction.corrects;
    if !stems.contains(corrects.value.as_str()) {
        let known = stems.iter().copied().filter(|other| *other != stem);
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                corrects.span,
                format!("there is no release `{}` to correct", corrects.value),
            )
            .help(one_of(&corrects.value, known)),
        );
    } else if place.is_none_or(|(edition, number)| edition != corrects.value || number < 2) {
        let name = &corrects.value;
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                corrects.span,
                format!("a correction of `{name}` is not named `{stem}`"),
            )
            .help(format!("name the file {name}.2.yaml, the next correction {name}.3.yaml, and so on")),
        );
    }
}

/// Corrections are numbered without gaps, and none is dated before the one that it follows.
fn in_order(chain: &mut [File]) {
    let mut last: Option<(u32, Option<Date>)> = None;
    for file in chain {
        let Some(correction) = file.release.as_ref().and_then(|release| release.correction.as_ref()) else {
            last = Some((file.number, None));
            continue;
        };
        let span: Span = correction.date.span;
        let collected = file.release.as_ref().and_then(|release| release.collected.last());
        if let Some(collected) =
            collected.filter(|collected| is_before(correction.date.value, &collected.value))
        {
            file.found.push(
                Diagnostic::new(
                    Code::EditionDiffers,
                    span,
                    format!(
                        "a correction of {}, and answers were collected until {}",
                        correction.date.value, collected.value
                    ),
                )
                .related(collected.span, "collected")
                .help("correct one of the two dates"),
            );
        }
        if let Some((number, day)) = last {
            let name = &correction.corrects.value;
            if file.number > number + 1 {
                let missing = number + 1;
                file.found.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        correction.corrects.span,
                        format!("there is no {name}.{missing}.yaml before {name}.{}.yaml", file.number),
                    )
                    .help(format!(
                        "corrections are numbered from 2 without gaps: name the file {name}.{missing}.yaml"
                    )),
                );
            }
            if let Some(day) = day.filter(|day| *day > correction.date.value) {
                file.found.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        span,
                        format!("the correction before this one is dated {day}, which is later"),
                    )
                    .help("correct one of the two dates"),
                );
            }
        }
        last = Some((file.number, Some(correction.date.value)));
    }
}

/// Whether a day comes before another as written, or before a month as written.
fn is_before(day: Date, written: &str) -> bool {
    day.to_string().chars().take(written.len()).lt(written.chars())
}

/// A file of an edition, judged.
struct JudgedFile {
    id: FileId,
    number: u32,
    about: About,
    judged: Option<Audited>,
    correction: Option<(Date, String)>,
}

fn judge_chain(
    sources: &Sources,
    survey: &Survey,
    name: &str,
    chain: Vec<File>,
    quotes: &[Quotation],
    found: &mut Diagnostics,
) -> Vec<JudgedFile> {
    let last = chain.len().saturating_sub(1);
    let judge = |(at, File { id, number, release, found: mut own }): (usize, File)| {
        let stem = file_name(&sources.file(id).path).trim_end_matches(".yaml");
        let about = About::of(stem, release.as_ref());
        let correction = release.as_ref().and_then(|release| release.correction.as_ref());
        let correction = correction.map(|known| (known.date.value, known.reason.clone()));
        // What the office knows of an edition agrees with the last word on it.
        let judged = release.and_then(|release| judge(survey, name, release, at == last, &mut own));
        // A file with any finding is not published, whichever step found it.
        let judged = judged.filter(|_| !own.has_errors());
        // What does not pass the judge is not put into equations.
        let judged = judged.and_then(|judged| audit(survey, name, judged, quotes, &mut own));
        found.extend(own);
        JudgedFile { id, number, about, judged, correction }
    };
    chain.into_iter().enumerate().map(judge).collect()
}

fn edition(
    sources: &Sources,
    survey: &Survey,
    name: &str,
    chain: Vec<JudgedFile>,
    is_included: bool,
    date: Date,
) -> Edition {
    let (ahead, in_force): (Vec<_>, Vec<_>) = chain.into_iter().partition(|file| file.about.is_ahead(date));
    let coming = ahead.iter().filter_map(|file| file.about.date).collect();
    let files: Vec<FileId> = in_force.iter().map(|file| file.id).collect();
    // Two releases about the same people are not set against each other yet.
    let is_alone = !is_included && in_force.len() == 1;
    let published = publish(sources, survey, name, in_force.into_iter(), is_alone);
    Edition { files, coming, published }
}

/// The figures of the last of some releases, with what each of them corrected; nothing where one did not pass.
fn publish(
    sources: &Sources,
    survey: &Survey,
    name: &str,
    releases: impl Iterator<Item = JudgedFile>,
    is_alone: bool,
) -> Option<Published> {
    let mut corrections = Vec::new();
    let mut last: Option<(FileId, Audited)> = None;
    for JudgedFile { id, judged, correction, .. } in releases {
        let judged = judged?;
        if let (Some((_, before)), Some((date, reason))) = (&last, correction) {
            corrections.push(Correction {
                date,
                reason,
                changed: changed(survey, before.judged(), judged.judged()),
            });
        }
        last = Some((id, judged));
    }
    let (id, judged) = last?;
    let is_alone = is_alone && judged.judged().release().includes.is_empty();
    let stated = Stated { edition: name.to_owned(), sha256: sources.sha256(id), corrections, is_alone };
    Some(Published::new(survey, judged, stated))
}
