//! What is written of the languages that a person speaks -> their codes.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::yaml::{self, Fields, Kind, Node};

/// Languages that people write by name, with their codes.
const NAMES: [(&str, &str); 38] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("urdu", "ur"),
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("cantonese", "yue"),
    ("chinese", "zh"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("gujarati", "gu"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("igbo", "ig"),
    ("irish", "ga"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("malayalam", "ml"),
    ("mandarin", "zh"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("sinhala", "si"),
    ("somali", "so"),
    ("spanish", "es"),
    ("tamil", "ta"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("yoruba", "yo"),
];

/// The languages of a person.
pub(super) fn languages(fields: &Fields, found: &mut Diagnostics) -> Vec<Language> {
    if let Some(node) = fields.get("languages")
        && let Some(codes) = graded(node)
    {
        let line = match codes {
            Some(codes) => fields.change("languages", &format!("[{}]", codes.join(", "))),
            None => "write each by its code: en for English, cy for Welsh, ur for Urdu".to_owned(),
        };
        found.push(
            Diagnostic::new(
                Code::WrongType,
                node.span,
                "only the languages can stand here, not how well she speaks them",
            )
            .help(format!("leave out one that she would not mentor in; then {line}")),
        );
        return Vec::new();
    }
    let mut languages = Vec::new();
    for item in fields.list("languages", code, found) {
        let Some(typed) = yaml::text(item, found) else { continue };
        let help = match (Language::read(&typed.value), code(&typed.value)) {
            (Some(language), _) => {
                languages.push(language);
                continue;
            }
            (None, Some(meant)) if meant == typed.value.to_lowercase() => {
                format!("write `{meant}`, in small letters")
            }
            (None, Some(meant)) => format!("write `{meant}` in its place"),
            (None, None) => "write two letters: en for English, cy for Welsh, ur for Urdu".to_owned(),
        };
        let message = format!("`{}` is not a language code", typed.value);
        found.push(Diagnostic::new(Code::UnknownValue, typed.span, message).help(help));
    }
    languages
}

/// The code of a language by its code or its name.
fn code(word: &str) -> Option<String> {
    let word = word.trim().to_lowercase();
    match NAMES.iter().find(|(name, _)| *name == word) {
        Some((_, code)) => Some((*code).to_owned()),
        None => Language::read(&word).map(|language| language.code().to_owned()),
    }
}

/// The codes of languages of which it is said how well she speaks them; `Some(None)` where a language is not known, `None`
/// where nothing of the kind is said.
fn graded(node: &Node) -> Option<Option<Vec<String>>> {
    let of_entries = |node: &Node| match &node.kind {
        Kind::Map(entries) => Some(
            entries
                .iter()
                .map(|entry| (entry.key.value.clone(), entry.value.kind != Kind::Null))
                .collect::<Vec<_>>(),
        ),
        _ => None,
    };
    let words: Vec<(String, bool)> = match &node.kind {
        Kind::Map(_) => of_entries(node)?,
        Kind::List(items) => items
            .iter()
            .flat_map(|item| match yaml::scalar(item) {
                Some(text) => vec![part(text)],
                None => of_entries(item).unwrap_or_default(),
            })
            .collect(),
        Kind::Scalar { text, .. } => text.split([',', ';']).map(part).collect(),
        Kind::Null => return None,
    };
    let is_graded = words.iter().any(|(_, graded)| *graded);
    is_graded.then(|| words.iter().map(|(word, _)| code(word)).collect())
}

/// A language without what stands behind it, and whether anything does: `Welsh (some)`.
fn part(text: &str) -> (String, bool) {
    let end = text.find(['(', ':', '–']).or_else(|| text.find(" - ")).unwrap_or(text.len());
    (text[..end].trim().to_owned(), end < text.len())
}
