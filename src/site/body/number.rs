//! `:n[…]` and its like -> a released number, as the words that stand for it in the sentence.

use super::survey::Missing;
use super::written::{linked, split_survey};
use super::{Resolver, Segment};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Link, Manner, Reference, Style, Words};
use crate::markdown::Directive;
use crate::source::Spanned;

impl Resolver<'_, '_, '_> {
    pub(super) fn number(&mut self, directive: &Directive, label: &Spanned<String>) {
        match self.number_words(directive, label) {
            Ok(words) => self.text(words.as_str()),
            Err(Missing::Said) => {}
            Err(Missing::NotToday) => {
                let words = self.interface.say("value.unavailable", &[]);
                self.text(&words);
            }
        }
    }

    fn number_words(&mut self, directive: &Directive, label: &Spanned<String>) -> Result<Words, Missing> {
        let name = directive.name.value.as_str();
        let known: &[&str] = match name {
            "n" => &["group", "wave", "as", "noun", "edition"],
            "mean" | "range" => &["group", "wave", "noun", "edition"],
            "most" => &["group", "wave", "as", "noun", "edition"],
            "rate" => &["group", "as", "edition"],
            "themes" => &["wave", "as", "noun", "edition"],
            "respondents" => &["group", "as", "noun", "edition"],
            _ => &["as", "noun", "edition"],
        };
        self.keys(directive, known);
        let noun = directive.get("noun").map(|noun| noun.value.split('|').map(str::trim).collect());
        let manner = Manner {
            style: self.style(directive, name),
            noun: noun.unwrap_or_default(),
            begins: self.begins_sentence(),
        };
        let (_, rest) = split_survey(label);
        let in_front = |survey: &str| format!("put the survey in front: :{name}[{survey}/{}]", label.value);
        let published = self.published(directive, label, in_front)?;
        let value = |key: &str| directive.get(key).map(|value| value.value.as_str());
        let result = match name {
            "respondents" => published.respondents(&rest.value, value("group"), &manner, self.interface),
            "rate" => published.rate(&rest.value, value("group"), &manner, self.interface),
            "flow" => published.flow(&rest.value, &manner, self.interface),
            "tally" => published.tally(&rest.value, &manner, self.interface),
            "themes" => published.theme_count(&rest.value, value("wave"), &manner, self.interface),
            _ => {
                let (question, link) = match name {
                    "mean" => (rest.value.as_str(), Some(Link::Mean)),
                    "range" => (rest.value.as_str(), Some(Link::Range)),
                    "most" => (rest.value.as_str(), Some(Link::Most)),
                    _ => linked(&rest.value),
                };
                let Some(link) = link else {
                    self.push(
                        Diagnostic::new(
                            Code::DirectiveSyntax,
                            rest.span,
                            "this names a question and not what of it",
                        )
                        .help(format!(
                            "write :n[{question}.option] for an option, :n[{question}:top] for a declared top"
                        )),
                    );
                    return Err(Missing::Said);
                };
                published.number(
                    &Reference { question, link, wave: value("wave"), group: value("group"), manner },
                    self.interface,
                )
            }
        };
        result.map_err(|unresolved| {
            self.unresolved(directive, &rest, unresolved);
            Missing::Said
        })
    }

    /// Whether what comes next is the first word of a sentence.
    fn begins_sentence(&self) -> bool {
        match self.body.segments.last() {
            Some(Segment::Html(html)) => ends_sentence(html),
            _ => true,
        }
    }

    fn style(&mut self, directive: &Directive, name: &str) -> Style {
        const STYLES: [(&str, Style); 4] = [
            ("digits", Style::Digits),
            ("words", Style::Words),
            ("of", Style::Of),
            ("percent", Style::Percent),
        ];
        let Some(typed) = directive.get("as") else { return Style::default() };
        // Only an answer, or a rate of answers, has a number of people that it is a part of.
        let known = match name {
            "n" => &STYLES[..],
            "rate" => &STYLES[2..],
            _ => &STYLES[..2],
        };
        if let Some((_, style)) = known.iter().find(|(name, _)| *name == typed.value) {
            return *style;
        }
        self.push(
            Diagnostic::new(
                Code::UnknownValue,
                typed.span,
                format!("a number cannot stand as `{}`", typed.value),
            )
            .help(one_of(&typed.value, known.iter().map(|(name, _)| *name))),
        );
        Style::default()
    }
}

/// Whether the next word after some HTML begins a sentence: at the start of a block, or after a full stop.
fn ends_sentence(html: &str) -> bool {
    const INLINE: [&str; 10] =
        ["em", "/em", "strong", "/strong", "a", "/a", "code", "/code", "span", "/span"];
    const ABBREVIATIONS: [&str; 6] = ["e.g.", "i.e.", "cf.", "vs.", "Dr.", "Prof."];
    let mut rest = html.trim_end();
    while let Some((before, tag)) = rest.strip_suffix('>').and_then(|tag| tag.rsplit_once('<')) {
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        if !INLINE.contains(&name) {
            return true;
        }
        rest = before.trim_end();
    }
    let text = rest.trim_end_matches(['“', '‘', '(', '[', '”', '’', ')']);
    text.is_empty()
        || (text.ends_with(['.', '?', '!', '…']) && !ABBREVIATIONS.iter().any(|short| text.ends_with(short)))
}
