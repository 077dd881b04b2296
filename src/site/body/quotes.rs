//! `::quotes` and `::quote` -> quotations in a numbered box, or one in the text.

use super::Resolver;
use super::numbered::{self, Kind};
use super::survey::Missing;
use super::written::split_survey;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Published, Quotation};
use crate::markdown::Directive;
use crate::source::{Span, Spanned};

/// Quotations to be shown.
pub struct Quotes {
    /// Id, label and caption of the box; none where a quotation stands in the text.
    pub frame: Option<(String, String, String)>,
    /// The quotations in the order of the file.
    pub quotes: Vec<Quote>,
}

/// A quotation as it is shown.
pub struct Quote {
    /// The words.
    pub text: String,
    /// Who said it, as far as the policy allows: the label of her group, as a rule. It may be empty.
    pub credit: String,
    /// It was edited.
    pub edited: bool,
}

impl<'p> Resolver<'_, 'p, '_> {
    /// `::quotes{question=… group=… caption="…"}`.
    pub(super) fn quotes(&mut self, directive: &Directive) -> Result<Quotes, Missing> {
        self.keys(directive, &["question", "wave", "group", "id", "caption", "edition"]);
        let (Some(question), Some(caption)) = (directive.get("question"), directive.get("caption")) else {
            let message = "`::quotes` needs `question` and `caption`";
            self.push(
                Diagnostic::new(Code::MissingKey, directive.span, message)
                    .help("::quotes{question=expected group=mentee caption=\"…\"}"),
            );
            return Err(Missing::Said);
        };
        let (published, all, name) = self.quotations(directive, question)?;
        let value = |key: &str| directive.get(key).map(|value| value.value.as_str());
        let chosen: Vec<&Quotation> = all
            .iter()
            .filter(|quote| {
                quote.question == name
                    && quote.edition == published.edition()
                    && value("wave").is_none_or(|wave| quote.wave == wave)
                    && value("group").is_none_or(|group| quote.group == group)
            })
            .collect();
        if chosen.is_empty() {
            let of_edition = all.iter().filter(|quote| quote.edition == published.edition());
            let known = of_edition.map(|quote| quote.question.as_str());
            let message = format!("quotes.yaml has nothing of `{name}` that fits");
            self.push(Diagnostic::new(Code::UnknownQuote, question.span, message).help(one_of(&name, known)));
            return Err(Missing::Said);
        }
        let id = numbered::id(directive).ok_or(Missing::Said)?;
        let label = self.label(Kind::Box, &id.value).unwrap_or_default();
        let frame = Some((format!("box-{}", id.value), label, caption.value.clone()));
        let quotes = chosen.into_iter().filter_map(|quote| self.quote_of(published, quote, directive.span));
        let quotes = quotes.collect();
        Ok(Quotes { frame, quotes })
    }

    /// `::quote{id=…}`.
    pub(super) fn quote(&mut self, directive: &Directive) -> Result<Quotes, Missing> {
        self.keys(directive, &["id", "edition"]);
        let Some(id) = directive.get("id") else {
            let message = "`::quote` needs the `id` of a quotation";
            self.push(Diagnostic::new(Code::MissingKey, directive.span, message).help("::quote{id=q1}"));
            return Err(Missing::Said);
        };
        let (published, all, name) = self.quotations(directive, id)?;
        let Some(quote) = all.iter().find(|quote| quote.id == name) else {
            let known = all.iter().map(|quote| quote.id.as_str());
            let message = format!("quotes.yaml has no quotation `{name}`");
            self.push(Diagnostic::new(Code::UnknownQuote, id.span, message).help(one_of(&name, known)));
            return Err(Missing::Said);
        };
        if quote.edition != published.edition() {
            let message =
                format!("the quotation `{name}` is from {}, not from {}", quote.edition, published.edition());
            let help = format!("take it out, or say so: ::quote{{id={name} edition={}}}", quote.edition);
            self.push(Diagnostic::new(Code::EditionDiffers, id.span, message).help(help));
            return Err(Missing::Said);
        }
        let quotes = self.quote_of(published, quote, directive.span).into_iter().collect();
        Ok(Quotes { frame: None, quotes })
    }

    /// The edition, the quotations of its survey, and what is asked for without the survey's name.
    fn quotations(
        &mut self,
        directive: &Directive,
        label: &Spanned<String>,
    ) -> Result<(&'p Published, &'p [Quotation], String), Missing> {
        let (survey, rest) = split_survey(label);
        let published = self.release(directive, label)?;
        let name = self.survey_name(survey.as_ref());
        let file = format!("content/evaluations/{}/quotes.yaml", name.unwrap_or_default());
        let file = self.context.sources.find(&file).map(|(file, _)| file);
        if file.is_some_and(|file| self.context.left_out.files.contains(&file)) {
            // One quotation that must not stand keeps all of its file from the page.
            return Err(Missing::NotToday);
        }
        let quotes = name.and_then(|name| self.context.project.evaluations.get(name));
        Ok((published, quotes.map_or(&[][..], |evaluation| &evaluation.quotes[..]), rest.value))
    }

    /// A quotation, if the policy of the edition allows it.
    fn quote_of(&mut self, published: &Published, quote: &Quotation, place: Span) -> Option<Quote> {
        if let Err((answered, needed)) = published.may_quote(&quote.question, &quote.wave, &quote.group) {
            self.push(
                Diagnostic::new(
                    Code::PolicyQuote,
                    quote.span,
                    format!(
                        "`{}` quotes somebody of `{}`, and {answered} answered `{}`",
                        quote.id, quote.group, quote.question
                    ),
                )
                .related(place, "printed here")
                .note(format!(
                    "rule: quotations from groups of {needed} or more (policy {})",
                    published.policy().name.name()
                ))
                .help("take the quotation out"),
            );
            return None;
        }
        Some(Quote {
            text: quote.text.value.trim().to_owned(),
            credit: published.credit(&quote.wave, &quote.group, self.interface, self.context.first()),
            edited: quote.edited,
        })
    }
}
