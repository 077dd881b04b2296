//! What is bound to data: numbers in the prose, and tables.

use super::numbered::{self, Kind};
use super::{Part, ReportTable, Resolver, Segment};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Link, Manner, Published, PublishedTable, Reference, Style, Unresolved, Words};
use crate::html::escape;
use crate::markdown::Directive;
use crate::output::WrittenLink;
use crate::site::directory;
use crate::source::{Span, Spanned};

impl<'p> Resolver<'_, 'p, '_> {
    /// The survey and edition that a directive speaks of. `Err` where a finding was made, or where the release has
    /// findings of its own that are enough.
    fn published(
        &mut self,
        survey: Option<&Spanned<String>>,
        edition: Option<&Spanned<String>>,
    ) -> Result<&'p Published, Missing> {
        let project = self.context.project;
        let name = survey.map(|survey| survey.value.as_str()).or(self.report.map(|(survey, _)| survey));
        let Some(name) = name else { return Err(Missing::NoSurvey) };
        let Some(evaluation) = project.evaluations.get(name) else {
            let unread =
                self.context.sources.find(&format!("content/evaluations/{name}/survey.yaml")).is_some();
            if unread {
                return Err(Missing::NotToday);
            }
            if let Some(survey) = survey {
                let help = one_of(name, project.evaluations.ids());
                self.push(
                    Diagnostic::new(Code::UnknownSurvey, survey.span, format!("there is no survey `{name}`"))
                        .help(help),
                );
            }
            return Err(Missing::Said);
        };
        let wanted = self.edition(name, edition.map(|edition| edition.value.as_str()));
        let found = wanted.and_then(|wanted| evaluation.editions.get(wanted));
        let Some(found) = found else {
            if let Some(edition) = edition {
                let help = one_of(&edition.value, evaluation.editions.keys().map(String::as_str));
                self.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        edition.span,
                        format!("the survey has no edition `{}`", edition.value),
                    )
                    .help(help),
                );
                return Err(Missing::Said);
            }
            return Err(Missing::NotToday);
        };
        let left_out = found.is_left_out(&self.context.left_out.files)
            || self.context.left_out.files.contains(&evaluation.survey.file);
        found.published.as_ref().filter(|_| !left_out).ok_or(Missing::NotToday)
    }

    /// The edition of a survey that is meant: the one named, or else the report's own, or else the latest.
    pub(super) fn edition<'s>(&'s self, survey: &str, named: Option<&'s str>) -> Option<&'s str> {
        match (named, self.report) {
            (Some(edition), _) => Some(edition),
            (None, Some((own, edition))) if own == survey => Some(edition),
            _ => {
                let evaluation = self.context.project.evaluations.get(survey)?;
                evaluation.editions.keys().next_back().map(String::as_str)
            }
        }
    }

    pub(super) fn number(&mut self, directive: &Directive, label: &Spanned<String>) {
        match self.number_words(directive, label) {
            Ok(words) => self.text(words.as_str()),
            Err(Missing::Said) => {}
            Err(Missing::NotToday) => {
                let words = self.interface.say("value.unavailable", &[]);
                self.text(&words);
            }
            Err(Missing::NoSurvey) => {
                let surveys: Vec<&str> = self.context.project.evaluations.ids().collect();
                let help = match surveys.first() {
                    Some(survey) => format!(
                        "put the survey in front: :{}[{survey}/{}]",
                        directive.name.value, label.value
                    ),
                    None => "this site has no evaluations".to_owned(),
                };
                self.push(
                    Diagnostic::new(
                        Code::UnknownSurvey,
                        label.span,
                        "this page is not a report, so the survey must be named",
                    )
                    .help(help),
                );
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
        let (survey, rest) = split_survey(label);
        let published = self.published(survey.as_ref(), directive.get("edition"))?;
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

    /// What stands for a block of a report that is not public today.
    pub(super) fn not_today(&mut self) {
        let words = escape(&self.interface.say("value.unavailable", &[])).into_owned();
        self.html(&format!("<p>{words}</p>\n"));
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

    pub(super) fn unresolved(
        &mut self,
        directive: &Directive,
        label: &Spanned<String>,
        unresolved: Unresolved,
    ) {
        let at = |key: &str| directive.get(key).map_or(directive.span, |value| value.span);
        let finding = match unresolved {
            Unresolved::Question(help) => {
                let question = label.value.split(['.', ':']).next().unwrap_or_default();
                Diagnostic::new(
                    Code::UnknownQuestion,
                    label.span,
                    format!("the survey has no question `{question}`"),
                )
                .help(help)
            }
            Unresolved::Option(help) => {
                Diagnostic::new(Code::UnknownOption, label.span, format!("there is no `{}`", label.value))
                    .help(help)
            }
            Unresolved::Group(help) => {
                let message = match directive.get("group") {
                    Some(group) => format!("there is no group `{}` here", group.value),
                    None => "the group must be named".to_owned(),
                };
                Diagnostic::new(Code::UnknownGroup, at("group"), message).help(help)
            }
            Unresolved::Wave(help) => {
                let span = if directive.name.value == "respondents" { label.span } else { at("wave") };
                Diagnostic::new(Code::UnknownWave, span, "the wave must be named, and be one of the survey's")
                    .help(help)
            }
            Unresolved::Noun(forms) => {
                Diagnostic::new(Code::UnknownValue, at("noun"), "the noun has another number of forms than the language")
                    .help(match forms {
                        1 => "write the one form there is: noun=…".to_owned(),
                        2 => "write the form for one and that for several: noun=\"mentee|mentees\"".to_owned(),
                        n => format!("write one form, or {n} with | between them, in the order zero, one, two, few, many, other (those the language has)"),
                    })
            }
            Unresolved::Value(reason) => {
                Diagnostic::new(Code::NotPublished, directive.span, "the release does not give this number")
                    .note(reason)
                    .help("bind a number that the tables of the report show")
            }
            Unresolved::Kind(help) => {
                let kind = directive.get("kind").map_or("", |kind| kind.value.as_str());
                let message = format!("`{}` cannot be drawn as `{kind}`", label.value);
                Diagnostic::new(Code::FigureKind, at("kind"), message).help(help)
            }
        };
        self.push(finding);
    }

    /// The release that a table or figure takes its numbers from. Without one a finding was made, or the page says why.
    pub(super) fn release(
        &mut self,
        directive: &Directive,
        questions: &Spanned<String>,
    ) -> Option<&'p Published> {
        let (survey, rest) = split_survey(questions);
        match self.published(survey.as_ref(), directive.get("edition")) {
            Ok(published) => Some(published),
            Err(Missing::Said) => None,
            Err(Missing::NotToday) => {
                self.not_today();
                None
            }
            Err(Missing::NoSurvey) => {
                let help = match self.context.project.evaluations.ids().next() {
                    Some(survey) => format!("put the survey in front: \"{survey}/{}\"", rest.value),
                    None => "this site has no evaluations".to_owned(),
                };
                self.push(
                    Diagnostic::new(
                        Code::UnknownSurvey,
                        questions.span,
                        "this page is not a report, so the survey must be named",
                    )
                    .help(help),
                );
                None
            }
        }
    }

    pub(super) fn table(&mut self, directive: &Directive) {
        self.keys(directive, &["questions", "id", "caption", "edition", "show"]);
        let Some(questions) = directive.get("questions") else {
            self.push(Diagnostic::new(Code::MissingKey, directive.span, "`::table` needs `questions`").help(
                "name one or more: ::table{questions=\"personal professional\" id=developed caption=\"…\"}",
            ));
            return;
        };
        let (survey, rest) = split_survey(questions);
        let Some(published) = self.release(directive, questions) else { return };
        let survey =
            survey.as_ref().map(|survey| survey.value.as_str()).or(self.report.map(|(survey, _)| survey));
        let parts = ["reports", survey.unwrap_or_default(), published.edition()];
        let report = directory::prefixed(self.language, self.context.first(), &parts);
        let Some(id) = numbered::id(directive) else { return };
        let label = self.label(Kind::Table, &id.value).unwrap_or_default();
        let wanted: Vec<&str> = rest.value.split_whitespace().collect();
        let show = self.show(directive, published, &wanted);
        let mut tables: Vec<PublishedTable> = Vec::new();
        for question in wanted {
            match published.tables(question, show, self.interface, self.context.first()) {
                Some(more) => tables.extend(more),
                None => {
                    let at = rest.span.start as usize + rest.value.find(question).unwrap_or(0);
                    let span = Span::new(rest.span.file, at..at + question.len());
                    let typed = Spanned::new(question.to_owned(), span);
                    let unresolved = published.unknown(question, published.table_ids());
                    self.unresolved(directive, &typed, unresolved);
                }
            }
        }
        let several = tables.len() > 1;
        let table_id = format!("table-{}", id.value);
        let letters = ('a'..='z').map(String::from).chain((27..).map(|n: usize| format!("-{n}")));
        let caption = directive.get("caption").map(|caption| caption.value.clone());
        let themes = |id: &str| published.themes_caption(id, self.interface, self.context.first());
        let caption = caption
            .or_else(|| themes(rest.value.split_whitespace().next()?))
            .or_else(|| tables.first().map(|table| table.title.clone()))
            .unwrap_or_default();
        let parts: Vec<Part> = tables
            .into_iter()
            .zip(letters)
            .enumerate()
            .map(|(at, (table, letter))| Part {
                id: if several { format!("{table_id}-{}", at + 1) } else { table_id.clone() },
                label: several.then(|| self.part_label(Kind::Table, &id.value, &letter)).flatten(),
                csv: Some(directory::data_address(&report, &table.id)),
                table,
            })
            .collect();
        let table = ReportTable::new(table_id, label, caption, parts);
        let links = table.notes.iter().map(|note| format!("#{}", note.id));
        self.body.links.extend(links.map(|href| WrittenLink { href, span: directive.span }));
        self.body.segments.push(Segment::Table(table));
    }
}

/// Why there is no release to take a number from.
enum Missing {
    /// A finding was made.
    Said,
    /// The release has findings of its own, or was left out: the page says "not available today".
    NotToday,
    /// No survey was named, and the page is not a report.
    NoSurvey,
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

/// The first question that a table or figure shows: its id where it has none of its own.
pub(super) fn first_question(directive: &Directive) -> Option<Spanned<String>> {
    let questions = directive.get("questions").or_else(|| directive.get("question"))?;
    let (_, rest) = split_survey(questions);
    let first = rest.value.split_whitespace().next()?;
    // Of a trend, what of the question is drawn is not a part of its id.
    Some(Spanned::new(linked(first).0.to_owned(), rest.span))
}

/// `wanted.advice` -> question and option, `helpful:agreed` -> question and top.
pub(super) fn linked(label: &str) -> (&str, Option<Link<'_>>) {
    match (label.split_once('.'), label.split_once(':')) {
        (Some((question, option)), _) => (question, Some(Link::Option(option))),
        (None, Some((question, top))) => (question, Some(Link::Top(top))),
        (None, None) => (label, None),
    }
}

/// `aimms/wanted.advice` -> survey and the rest.
pub(super) fn split_survey(label: &Spanned<String>) -> (Option<Spanned<String>>, Spanned<String>) {
    match label.value.split_once('/') {
        Some((survey, rest)) => {
            let start = label.span.start as usize;
            let cut = start + survey.len();
            let file = label.span.file;
            (
                Some(Spanned::new(survey.to_owned(), Span::new(file, start..cut))),
                Spanned::new(rest.to_owned(), Span::new(file, cut + 1..cut + 1 + rest.len())),
            )
        }
        None => (None, label.clone()),
    }
}
