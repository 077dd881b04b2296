//! `releases/*.yaml` of a survey -> [`Edition`]s: each release judged, with the corrections that replaced it.
//!
//! A correction is a whole release of its own, `<edition>.<n>.yaml`. Every file of an edition is judged, whether it is in
//! force or not; what is published is the last one whose day has come. Where any file up to it has findings nothing is:
//! the figures before it are known to be wrong.

use super::disclosure::{Judged, judge};
use super::published::{Correction, Published, Stated, changed};
use super::release::{self, Release};
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::path::file_name;
use crate::source::{FileId, Sources, Span};
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

/// Reads and judges the releases of a survey for a day.
pub(super) fn read(
    sources: &Sources,
    survey: &Survey,
    date: Date,
    found: &mut Diagnostics,
) -> BTreeMap<String, Edition> {
    let waves: Vec<String> = survey.waves.iter().map(|wave| wave.id.clone()).collect();
    let folder = format!("content/evaluations/{}/releases/", survey.id);
    let files: Vec<(FileId, &str)> = sources
        .below(&folder)
        .filter(|(_, file)| file.path.ends_with(".yaml"))
        .map(|(id, file)| (id, file_name(&file.path).trim_end_matches(".yaml")))
        .collect();
    let stems: BTreeSet<&str> = files.iter().map(|(_, stem)| *stem).collect();
    let mut chains: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for (id, stem) in files {
        let mut own = Diagnostics::new();
        // One that cannot be read stands in its place all the same: nothing is published past it.
        let is_text = sources.file(id).unreadable.is_none();
        let release = if is_text { release::read(sources, id, &waves, &mut own) } else { None };
        let claims = release.as_ref().is_some_and(|release| release.claims_to_correct);
        let place = numbered(stem).filter(|(edition, _)| claims || stems.contains(edition));
        if let Some(release) = &release {
            name_fits(release, stem, place, &stems, &mut own);
        }
        let (edition, number) = place.unwrap_or((stem, 1));
        let file = File { id, number, release, found: own };
        chains.entry(edition.to_owned()).or_default().push(file);
    }
    let mut editions = BTreeMap::new();
    for (name, mut chain) in chains {
        chain.sort_by_key(|file| file.number);
        in_order(&mut chain);
        let has_first = chain.first().is_some_and(|file| file.number == 1);
        let edition = edition(sources, survey, &name, chain, date, found);
        if has_first {
            editions.insert(name, edition);
        }
    }
    editions
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
        if let Some((edition, _)) = place.filter(|_| !release.claims_to_correct) {
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

/// A file of an edition, judged.
struct JudgedFile {
    id: FileId,
    judged: Option<Judged>,
    correction: Option<(Date, String)>,
}

fn edition(
    sources: &Sources,
    survey: &Survey,
    name: &str,
    chain: Vec<File>,
    date: Date,
    found: &mut Diagnostics,
) -> Edition {
    let last = chain.len().saturating_sub(1);
    let judged = chain.into_iter().enumerate().map(|(at, File { id, release, found: mut own, .. })| {
        let correction = release.as_ref().and_then(|release| release.correction.as_ref());
        let correction = correction.map(|known| (known.date.value, known.reason.clone()));
        // What the office knows of an edition agrees with the last word on it.
        let judged = release.and_then(|release| judge(survey, name, release, at == last, &mut own));
        // A file with any finding is not published, whichever step found it.
        let judged = judged.filter(|_| !own.has_errors());
        found.extend(own);
        JudgedFile { id, judged, correction }
    });
    let judged: Vec<JudgedFile> = judged.collect();
    let is_coming = |file: &JudgedFile| file.correction.as_ref().is_some_and(|(day, _)| *day > date);
    let in_force = judged.iter().position(is_coming).unwrap_or(judged.len());
    let coming = judged[in_force..].iter().filter_map(|file| file.correction.as_ref()).map(|(day, _)| *day);
    let coming = coming.collect();
    let files: Vec<FileId> = judged[..in_force].iter().map(|file| file.id).collect();
    let published = publish(sources, survey, name, judged.into_iter().take(in_force));
    Edition { files, coming, published }
}

/// The figures of the last of some releases, with what each of them corrected; nothing where one did not pass.
fn publish(
    sources: &Sources,
    survey: &Survey,
    name: &str,
    releases: impl Iterator<Item = JudgedFile>,
) -> Option<Published> {
    let mut corrections = Vec::new();
    let mut last: Option<(FileId, Judged)> = None;
    for JudgedFile { id, judged, correction } in releases {
        let judged = judged?;
        if let (Some((_, before)), Some((date, reason))) = (&last, correction) {
            corrections.push(Correction { date, reason, changed: changed(survey, before, &judged) });
        }
        last = Some((id, judged));
    }
    let (id, judged) = last?;
    let stated = Stated { edition: name.to_owned(), sha256: sources.sha256(id), corrections };
    Some(Published::new(survey, judged, stated))
}
