//! An export -> a first `private/registration.yaml`, to be looked through by the committee.
//!
//! Each field gets the question whose words are most like its own; what is left goes under `ignore:`. It is a draft: the
//! answers that mean yes, and the wording, are the committee's to confirm.

use super::field::Field;
use super::{Setting, mapping};
use crate::directory::Purpose;
use crate::failure::Failure;
use crate::forms::{Column, Content, Export, Kind, plain};
use crate::source::{Access, write_whole};
use crate::yaml::edit;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was drafted.
#[derive(Debug)]
pub struct Draft {
    /// The file.
    pub path: PathBuf,
    /// Fields that no question was found for, although no profile is without them.
    pub missing: Vec<String>,
}

/// Writes a draft for an export.
///
/// # Errors
/// There is a `registration.yaml` already, git would take it in, the export cannot be read, or the system refuses.
pub fn draft(site: &Path, export: &Path) -> Result<Draft, Failure> {
    let path = site.join(mapping::PATH);
    if path.exists() {
        return Err(Failure::refused(
            format!("{} is there already, and is not overwritten", path.display()),
            "add new questions to it by hand, or move it away first",
        ));
    }
    let export = Export::open(export)?;
    let setting = Setting::read(site)?;
    super::super::private::make(site)?;
    let guess = Guess::of(&export);
    write_whole(&path, guess.yaml(&export, &setting).as_bytes(), Access::Owner)?;
    let missing = Field::NEEDED.into_iter().filter(|field| !guess.fields.contains_key(field));
    let email = guess.email.is_none().then(|| "email".to_owned());
    Ok(Draft { path, missing: missing.map(Field::name).chain(email).collect() })
}

/// Words of a question that speak for a field, strongest first: a group counts as often as it is long.
const SIGNS: [(Field, &[&str]); 16] = [
    (Field::SortName, &["sort name", "sorted by", "alphabet"]),
    (Field::Pronouns, &["pronoun"]),
    (Field::Name, &["full name", "your name", "name", "vorname", "nombre", "nom"]),
    (Field::Post, &["current post", "job title", "current role", "position", "post", "stelle", "title"]),
    (
        Field::Institution,
        &["institution", "university", "employer", "where do you work", "organisation", "universität"],
    ),
    (Field::Stage, &["career stage", "career level", "stage", "grade", "seniority"]),
    (Field::Pathway, &["pathway", "clinical or non", "clinical or not"]),
    (Field::Disciplines, &["discipline", "speciality", "specialty", "subject area", "field of work"]),
    (Field::Interests, &["interest", "expertise", "keywords"]),
    (
        Field::Offers,
        &["can you help", "help with", "can you offer", "offer", "support mentees with", "topics"],
    ),
    (Field::Seeks, &["ideal mentee", "who would you like to mentor", "for whom", "looking for"]),
    (Field::Languages, &["language", "sprache"]),
    (Field::Capacity, &["how many mentees", "number of mentees", "how many", "capacity", "places"]),
    (Field::Bio, &["about you", "biography", "short bio", "bio", "introduce yourself", "yourself"]),
    (Field::Orcid, &["orcid"]),
    (Field::WebPage, &["web page", "webpage", "website", "staff page", "profile page", "url", "link"]),
];

const EMAIL: [&str; 4] = ["e-mail address", "email address", "e-mail", "email"];
const ROLES: [&str; 4] = ["would like to be", "mentor or mentee", "role in the scheme", "register as"];
const CONSENT: [(Purpose, &[&str]); 5] = [
    (Purpose::Photo, &["photo", "picture", "photograph"]),
    (Purpose::Social, &["social media", "twitter", "linkedin"]),
    (Purpose::Search, &["search engine"]),
    (Purpose::Code, &["code of conduct"]),
    (Purpose::Profile, &["profile", "website", "publish", "listed", "directory"]),
];

/// What each column may be.
struct Guess<'e> {
    email: Option<&'e Column>,
    roles: Option<&'e Column>,
    consent: BTreeMap<Purpose, &'e Column>,
    fields: BTreeMap<Field, &'e Column>,
}

impl<'e> Guess<'e> {
    fn of(export: &'e Export) -> Guess<'e> {
        let mut free: Vec<&Column> =
            export.columns.iter().filter(|column| column.kind == Kind::Question).collect();
        let mut take = |score: &dyn Fn(&Column) -> usize| -> Option<&'e Column> {
            let best = free.iter().map(|column| score(column)).max().filter(|best| *best > 0)?;
            let at = free.iter().position(|column| score(column) == best)?;
            Some(free.remove(at))
        };
        let mut consent = BTreeMap::new();
        for (purpose, signs) in CONSENT {
            let column = take(&|column| {
                let asks = asks_consent(export, column);
                if asks {
                    signs_in(&column.header, signs).max(answers_with(export, column, signs))
                } else {
                    0
                }
            });
            consent.extend(column.map(|column| (purpose, column)));
        }
        let roles = take(&|column| {
            let answers = distinct(export, column);
            let is_role = answers.len() <= 6
                && answers.iter().any(|answer| plain(answer).contains("mentee"))
                && answers.iter().any(|answer| plain(answer).contains("mentor"));
            if is_role { signs_in(&column.header, &ROLES) + 1 } else { 0 }
        });
        let email = take(&|column| signs_in(&column.header, &EMAIL)).or_else(|| known(export, Kind::Email));
        let mut fields = BTreeMap::new();
        // The surest guess first, over all fields: a vague one must not take its question away.
        let mut open: Vec<(Field, &[&str])> = SIGNS.to_vec();
        while let Some((at, column)) = surest(&open, &mut take) {
            fields.insert(open.remove(at).0, column);
        }
        if let (false, Some(name)) = (fields.contains_key(&Field::Name), known(export, Kind::Name)) {
            fields.insert(Field::Name, name);
        }
        Guess { email, roles, consent, fields }
    }

    fn yaml(&self, export: &Export, setting: &Setting) -> String {
        let mut text = HEAD.to_owned();
        let header =
            |column: &Column| edit::list([column.header.as_str()]).trim_matches(['[', ']']).to_owned();
        if export.first(Kind::Completed).is_none() {
            text.push_str("\n# The column that says when an answer was sent: its day is the day of consent.\ncompleted:\n");
        }
        let has_texts = export
            .first(Kind::Completed)
            .is_some_and(|column| export.rows.iter().any(|row| row.cell(column).content() == Content::Text));
        if has_texts {
            text.push_str("\n# How dates are written in this export: mdy (7/27/26), dmy (27/07/26) or iso (2026-07-27).\n# Look at a day after the 12th to be sure.\ndates:\n");
        }
        text.push_str("\n# Field of a profile: the question, as it stands in the first row. People are known by their e-mail\n# address, which never leaves this folder.\ncolumns:\n");
        if let Some(email) = self.email {
            text.push_str(&format!("  email: {}\n", header(email)));
        }
        for (name, field) in Field::COLUMNS {
            if let Some(column) = self.fields.get(&field) {
                text.push_str(&format!("  {name}: {}\n", header(column)));
            }
        }
        text.push_str(
            "\n# Who wants what: the answers, as they stand in the form. Only mentors become profiles.\n",
        );
        match self.roles {
            Some(column) => {
                text.push_str(&format!("roles:\n  column: {}\n", header(column)));
                let answers = distinct(export, column);
                for (key, is_mentor, is_mentee) in
                    [("mentor", true, false), ("mentee", false, true), ("both", true, true)]
                {
                    let of_key = answers.iter().filter(|answer| {
                        let answer = plain(answer);
                        let both = answer.contains("both");
                        (answer.contains("mentor") || both) == is_mentor
                            && (answer.contains("mentee") || both) == is_mentee
                    });
                    text.push_str(&format!("  {key}: {}\n", edit::list(of_key.map(String::as_str))));
                }
            }
            None => text.push_str("# (No question seems to ask. If everybody who registers is a mentor, this is right.)\nroles: mentor\n"),
        }
        text.push_str("\n# What they agree to. Look at each answer: only those under `yes` give consent. `wording` is the version of\n# the words in the form; when they change, write since when each was there: {v3: 2025-09-01, v4: 2026-09-01}.\nconsent:\n");
        for (name, purpose) in Purpose::ALL {
            let Some(column) = self.consent.get(&purpose) else { continue };
            let (yes, no): (Vec<String>, Vec<String>) =
                distinct(export, column).into_iter().partition(|answer| is_yes(answer));
            text.push_str(&format!("  {name}:\n    column: {}\n", header(column)));
            text.push_str(&format!("    yes: {}\n", edit::list(yes.iter().map(String::as_str))));
            text.push_str(&format!("    no: {}\n", edit::list(no.iter().map(String::as_str))));
            text.push_str(&format!("    wording: {}\n", edit::scalar(setting.wording(purpose))));
        }
        text.push_str("\n# Answers whose words are not those of content/vocabulary.yaml, and what they stand for:\n# terms:\n#   institution: {\"Univ. of Leeds\": leeds}\n#   capacity: {\"As many as needed\": 3}\n");
        text.push_str(
            "\n# What to write where nothing was answered, or nobody is asked:\n# otherwise: {capacity: 1}\n",
        );
        let used: BTreeSet<usize> = self
            .fields
            .values()
            .chain(self.consent.values())
            .chain(&self.email)
            .chain(&self.roles)
            .map(|column| column.at)
            .collect();
        let rest: Vec<&Column> = export
            .columns
            .iter()
            .filter(|column| column.kind == Kind::Question && !used.contains(&column.at))
            .collect();
        text.push_str("\n# Questions that are knowingly not read. Whatever belongs to a profile goes up to `columns:`.\nignore:");
        if rest.is_empty() {
            text.push_str(" []");
        }
        for column in rest {
            text.push_str(&format!("\n  - {}", header(column)));
        }
        text.push('\n');
        text
    }
}

const HEAD: &str = "\
# Which question of the registration form is which part of a profile. A draft, made from an export: look through it.
# Questions are known by their words, never by their place; spaces and line breaks in them do not matter.
# docs/formats.md of the program has all that can stand here.
";

/// The field and column of the highest score among open fields.
fn surest<'e>(
    open: &[(Field, &[&str])],
    take: &mut impl FnMut(&dyn Fn(&Column) -> usize) -> Option<&'e Column>,
) -> Option<(usize, &'e Column)> {
    let column =
        take(&|column| open.iter().map(|(_, signs)| signs_in(&column.header, signs)).max().unwrap_or(0))?;
    let best = open
        .iter()
        .enumerate()
        .max_by_key(|(at, (_, signs))| (signs_in(&column.header, signs), std::cmp::Reverse(*at)))?;
    Some((best.0, column))
}

fn known(export: &Export, kind: Kind) -> Option<&Column> {
    let column = export.first(kind)?;
    let is_somebody = |text: &str| !text.is_empty() && !text.eq_ignore_ascii_case("anonymous");
    export.rows.iter().any(|row| is_somebody(row.cell(column).text().trim())).then_some(column)
}

/// How long the longest sign in a header is, as whole words.
fn signs_in(header: &str, signs: &[&str]) -> usize {
    let header = plain(header);
    let bare = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_word = |at: usize, sign: &str| {
        bare[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            && bare[at + sign.len()..].chars().take_while(|c| c.is_alphanumeric()).count() <= 2
    };
    let found = signs.iter().filter(|sign| bare.match_indices(**sign).any(|(at, sign)| is_word(at, sign)));
    found.map(|sign| sign.len()).max().unwrap_or(0)
}

fn answers_with(export: &Export, column: &Column, signs: &[&str]) -> usize {
    distinct(export, column).iter().map(|answer| signs_in(answer, signs)).max().unwrap_or(0)
}

fn asks_consent(export: &Export, column: &Column) -> bool {
    let header = plain(&column.header);
    let asks = ["agree", "consent", "permission", "happy for", "may we", "einverstanden"];
    let is_of = |text: &str| asks.iter().any(|word| text.contains(word));
    let answers = distinct(export, column);
    answers.len() <= 6 && (is_of(&header) || answers.iter().any(|answer| is_of(&plain(answer))))
}

/// The different answers of a column, each option of a choose-all question for itself. Of a free text there are many.
fn distinct(export: &Export, column: &Column) -> Vec<String> {
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    for row in &export.rows {
        for part in row.cell(column).parts() {
            answers.entry(plain(&part)).or_insert(part);
        }
        if answers.len() > 40 {
            break;
        }
    }
    answers.into_values().collect()
}

fn is_yes(answer: &str) -> bool {
    let answer = plain(answer);
    let denies = ["not", "no", "don't", "nein", "non", "decline"];
    let is_denied =
        answer.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| denies.contains(&word));
    let affirms = ["yes", "agree", "consent", "happy", "ja", "oui", "sí", "ydw", "ok"];
    !is_denied && affirms.iter().any(|word| answer.contains(word))
}
