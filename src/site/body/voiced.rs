//! `:words[Croeso i bawb]{lang=cy}` -> words of another language, marked so that they are read aloud in it.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::escape;
use crate::language::Language;
use crate::markdown::Directive;
use crate::source::Spanned;

impl Resolver<'_, '_, '_> {
    pub(super) fn voiced(&mut self, directive: &Directive, label: &Spanned<String>) {
        self.keys(directive, &["lang"]);
        let Some(lang) = directive.get("lang") else {
            self.push(
                Diagnostic::new(Code::MissingKey, directive.span, "`:words` does not say which language")
                    .help("write its code in braces: :words[Croeso i bawb]{lang=cy}"),
            );
            return;
        };
        let Some(language) = Language::read(&lang.value) else {
            self.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    lang.span,
                    format!("`{}` is not a language code", lang.value),
                )
                .help("write two letters: en for English, cy for Welsh"),
            );
            return;
        };
        let dir = match (language.is_right_to_left(), self.language.is_right_to_left()) {
            (true, false) => " dir=\"rtl\"",
            (false, true) => " dir=\"ltr\"",
            _ => "",
        };
        self.html(&format!("<span lang=\"{}\"{dir}>{}</span>", language.code(), escape(label.value.trim())));
    }
}
