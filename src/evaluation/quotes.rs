//! `quotes.yaml` -> quotations that their speakers agreed to.
//!
//! Only a quotation with consent becomes a [`Quotation`]. Whether its group is large enough is for the policy of the
//! edition that prints it; whether its words give somebody away is looked at once more on the finished site.

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Fields, Form, Format, Holds, Node, key, required};
use std::collections::BTreeMap;

/// What somebody said, in her own words.
#[derive(Clone, Debug)]
pub struct Quotation {
    /// Its id.
    pub id: String,
    /// The whole entry.
    pub span: Span,
    /// The question it answers.
    pub question: String,
    /// The wave, where the survey has several.
    pub wave: String,
    /// The group of who said it: all that is said of her.
    pub group: String,
    /// The edition it is from.
    pub edition: String,
    /// The words.
    pub text: Spanned<String>,
    /// They were changed: shortened, or made less telling in [square brackets].
    pub edited: bool,
    /// Rules of the filter that do not hold for it, each with a reason.
    pub waived: BTreeMap<String, String>,
}

/// The rules of the filter that looks for words that tell who said something.
pub(super) const RULES: [&str; 13] = [
    "name",
    "e-mail",
    "phone",
    "address",
    "orcid",
    "handle",
    "postcode",
    "institution",
    "date",
    "duration",
    "title",
    "unique",
    "sensitive",
];

/// One of `quotes.yaml`.
pub static QUOTATION: Format = Format {
    what: "a quotation",
    keys: &[
        required(key("id", Holds::Like(Form::Id), "q1", "Its id.")),
        required(key("question", Holds::Text, "why", "The question that it answers.")),
        required(key("group", Holds::Text, "mentee", "The group of who said it.")),
        required(key("text", Holds::Text, "\"It [the visit] helped.\"", "The words.")),
        required(key("consent", Holds::Boolean, "true", "Whether its speaker agreed to be quoted.")),
        key("wave", Holds::Text, "six_months", "The wave, where the question was asked in several."),
        key("edition", Holds::Text, "2022-23", "The edition it is from, where there are several."),
        key("source", Holds::Text, "questionnaire", "Where it was said; not shown."),
        key("edited", Holds::Boolean, "true", "Whether it was shortened or changed."),
        key(
            "waive",
            Holds::List(&Holds::Map(&WAIVER)),
            "[{rule: date, reason: The day is public}]",
            "Rules of the filter that are not to hold for it, each with a reason.",
        ),
    ],
};

/// One of a quotation's `waive`.
static WAIVER: Format = Format {
    what: "a waiver",
    keys: &[
        required(key("rule", Holds::Word(&RULES), "date", "The rule.")),
        required(key("reason", Holds::Text, "The day is public", "Why.")),
    ],
};

/// Reads the quotations of a survey that has these editions.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    survey: &Survey,
    editions: &[&str],
    found: &mut Diagnostics,
) -> Vec<Quotation> {
    let length = sources.file(file).text.len();
    let Some(node) = yaml::parse(sources, file, 0..length, found) else { return Vec::new() };
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut quotations = Vec::new();
    for item in yaml::items(&node, found) {
        let Some(quotation) = quotation(item, survey, editions, found) else { continue };
        if let Some(other) = first.get(&quotation.id) {
            found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    quotation.span,
                    format!("two quotations have the id `{}`", quotation.id),
                )
                .related(*other, "first here")
                .help("give one of them another id"),
            );
            continue;
        }
        first.insert(quotation.id.clone(), quotation.span);
        quotations.push(quotation);
    }
    quotations
}

/// The edition that a quotation is from: it must say so where there are several.
fn edition(node: &Node, fields: &Fields, editions: &[&str], found: &mut Diagnostics) -> Option<String> {
    let Some(typed) = fields.get("edition").and_then(|node| yaml::text(node, found)) else {
        if editions.len() > 1 {
            let message = "this quotation does not say which edition it is from";
            let help = format!("add `edition:` with one of {}", editions.join(", "));
            found.push(Diagnostic::new(Code::MissingKey, node.span, message).help(help));
            return None;
        }
        return Some(editions.first().copied().unwrap_or_default().to_owned());
    };
    if editions.contains(&typed.value.as_str()) {
        return Some(typed.value);
    }
    let message = format!("the survey has no edition `{}`", typed.value);
    let help = one_of(&typed.value, editions.iter().copied());
    found.push(Diagnostic::new(Code::EditionDiffers, typed.span, message).help(help));
    None
}

fn quotation(node: &Node, survey: &Survey, editions: &[&str], found: &mut Diagnostics) -> Option<Quotation> {
    let fields = QUOTATION.read(node, found)?;
    let id = fields.need("id", found).and_then(|node| yaml::id(node, found));
    let question = fields.need("question", found).and_then(|node| yaml::text(node, found));
    let group = fields.need("group", found).and_then(|node| yaml::text(node, found));
    let text = fields.need("text", found).and_then(|node| yaml::text(node, found));
    let consent =
        fields.need("consent", found).and_then(|node| Some((node.span, yaml::boolean(node, found)?)));
    let edition = edition(node, &fields, editions, found);
    let edited = fields.get("edited").and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
    if let Some(node) = fields.get("source") {
        yaml::text(node, found);
    }
    let mut waived = BTreeMap::new();
    for item in fields.get("waive").map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some(waiver) = WAIVER.read(item, found) else { continue };
        let rule = waiver.need("rule", found).and_then(|node| yaml::text(node, found));
        let reason = waiver.need("reason", found).and_then(|node| yaml::text(node, found));
        let (Some(rule), Some(reason)) = (rule, reason) else { continue };
        if RULES.contains(&rule.value.as_str()) {
            waived.insert(rule.value, reason.value);
        } else {
            let message = format!("the filter has no rule `{}`", rule.value);
            found.push(
                Diagnostic::new(Code::UnknownValue, rule.span, message).help(one_of(&rule.value, RULES)),
            );
        }
    }
    let (id, question, group, text) = (id?, question?, group?, text?);
    let asked = survey.questions.iter().find(|known| known.id == question.value);
    let Some(asked) = asked else {
        let known: Vec<&str> = survey.questions.iter().map(|known| known.id.as_str()).collect();
        let message = format!("the survey has no question `{}`", question.value);
        found.push(
            Diagnostic::new(Code::UnknownQuestion, question.span, message)
                .help(one_of(&question.value, known.iter().copied())),
        );
        return None;
    };
    if !asked.asked_of.contains(&group.value) {
        let message = format!("`{}` was not asked of `{}`", question.value, group.value);
        found.push(
            Diagnostic::new(Code::UnknownGroup, group.span, message)
                .help(one_of(&group.value, asked.asked_of.iter().map(String::as_str))),
        );
        return None;
    }
    let wave = match (fields.get("wave").and_then(|node| yaml::text(node, found)), &asked.waves[..]) {
        (None, []) => String::new(),
        (None, [only]) => only.clone(),
        (Some(wave), waves) if waves.contains(&wave.value) => wave.value,
        (wave, waves) => {
            let typed = wave.as_ref().map_or("", |wave| wave.value.as_str());
            let span = wave.as_ref().map_or(node.span, |wave| wave.span);
            let message = format!("the wave in which `{}` was asked must be named", question.value);
            found.push(
                Diagnostic::new(Code::UnknownWave, span, message)
                    .help(one_of(typed, waves.iter().map(String::as_str))),
            );
            return None;
        }
    };
    let (place, consent) = consent?;
    if !consent {
        found.push(
            Diagnostic::new(Code::QuoteWithoutConsent, place, format!("`{}` has no consent", id.value))
                .note("a quotation is published only if its speaker agreed to that")
                .help("take it out of the file; nothing of it is published"),
        );
        return None;
    }
    let (id, question, group) = (id.value, question.value, group.value);
    Some(Quotation { id, span: node.span, question, wave, group, edition: edition?, text, edited, waived })
}
