//! The theme's templates -> pages. The only file that knows Tera.

use super::minify::minify;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::site::Site;
use crate::source::{FileId, Sources, Span};
use crate::theme::Interface;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera, Value};

/// Compiled templates, with the interface of each language.
pub(super) struct Templates<'s> {
    by_language: BTreeMap<Language, Tera>,
    /// As they were written, with the lines that messages speak of.
    as_written: Tera,
    site: &'s Site<'s>,
    sources: &'s Sources,
}

/// A view's values, converted once and shared by all pages that show them.
#[derive(Clone)]
pub(super) struct Shared(Value);

impl Shared {
    pub(super) fn new<T: Serialize>(value: &T) -> Shared {
        Shared(Value::from_serializable(value))
    }
}

impl<'s> Templates<'s> {
    /// Compiles the theme; what is wrong with it is reported, and `None` returned.
    pub(super) fn new(
        site: &'s Site,
        sources: &'s Sources,
        found: &mut Diagnostics,
    ) -> Option<Templates<'s>> {
        let files = &site.project.theme.templates;
        let before = found.len();
        let texts: Vec<(&str, &str)> = files
            .iter()
            .filter(|(_, id)| sources.file(**id).unreadable.is_none())
            .map(|(name, id)| (name.as_str(), sources.file(*id).text.as_str()))
            .collect();
        // Each alone first, so that every broken template is named and not only the first.
        for (name, text) in &texts {
            let mut alone = Tera::new();
            if let Err(error) = alone.add_raw_template(name, text)
                && let tera::ErrorKind::SyntaxError(report) = error.kind()
            {
                let at = (report.span().start_line, report.span().start_col);
                found.push(template_finding(sources, files, name, at, report.message()));
            }
        }
        if found.len() > before {
            return None;
        }
        let compile = |texts: Vec<(&str, String)>| {
            let mut tera = Tera::new();
            tera.register_function("t", |_: Kwargs, _: &State| String::new());
            tera.add_raw_templates(texts).map(|()| tera)
        };
        let smaller = texts.iter().map(|(name, text)| (*name, minify(text))).collect();
        let as_written = texts.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
        let compiled = compile(as_written).and_then(|as_written| Ok((as_written, compile(smaller)?)));
        let (as_written, smaller) =
            compiled.map_err(|error| found.extend(explain(sources, files, &error))).ok()?;
        let by_language = site
            .project
            .theme
            .interfaces()
            .iter()
            .map(|(language, interface)| (language.clone(), speaking(&smaller, interface)))
            .collect();
        Some(Templates { by_language, as_written, site, sources })
    }

    /// Renders a template with a view and the values that many pages share.
    pub(super) fn render<T: Serialize>(
        &self,
        template: &str,
        language: &Language,
        view: &T,
        shared: &[(&'static str, Shared)],
    ) -> Result<String, Diagnostics> {
        let explain = |error: &tera::Error| explain(self.sources, &self.site.project.theme.templates, error);
        let mut context = Context::from_serialize(view).map_err(|error| explain(&error))?;
        context.insert("lang", language.code());
        context.insert("dir", if language.is_right_to_left() { "rtl" } else { "ltr" });
        for (name, value) in shared {
            context.insert_value(*name, value.0.clone());
        }
        let missing = || tera::Error::message(format!("no interface strings for {language}"));
        let tera = self.by_language.get(language).ok_or_else(|| explain(&missing()))?;
        tera.render(template, &context).map_err(|error| {
            // Once more, for the line that the author of the template knows.
            let as_written = speaking(&self.as_written, self.site.project.theme.interface(language));
            explain(&as_written.render(template, &context).err().unwrap_or(error))
        })
    }
}

/// Templates that say interface strings in a language.
fn speaking(templates: &Tera, interface: &Arc<Interface>) -> Tera {
    let mut tera = templates.clone();
    let interface = Arc::clone(interface);
    tera.register_function("t", move |arguments: Kwargs, _: &State| say(&interface, &arguments));
    tera
}

/// `t(key="…", n=…, name=…)`.
fn say(interface: &Interface, arguments: &Kwargs) -> Result<String, tera::Error> {
    let key: &str = arguments.must_get("key")?;
    if !interface.has(key) {
        return Err(tera::Error::message(format!(
            "there is no interface string `{key}` in {}",
            interface.language()
        )));
    }
    let mut places: Vec<(String, String)> = Vec::new();
    let mut count = None;
    for (name, value) in arguments.iter() {
        match name.as_str() {
            Some("key") | None => {}
            Some("n") => {
                count = value.as_u64().and_then(|n| usize::try_from(n).ok());
                if count.is_none() {
                    places.push(("n".to_owned(), value.to_string()));
                }
            }
            Some(name) => places.push((name.to_owned(), value.to_string())),
        }
    }
    let places: Vec<(&str, &str)> =
        places.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(match count {
        Some(n) => interface.count(key, n, &places),
        None => interface.say(key, &places),
    })
}

fn explain(sources: &Sources, files: &BTreeMap<String, FileId>, error: &tera::Error) -> Diagnostics {
    use tera::ErrorKind::{RenderingError, SyntaxError};
    match error.kind() {
        SyntaxError(report) | RenderingError(report) => {
            let at = (report.span().start_line, report.span().start_col);
            Diagnostics::from_iter([template_finding(
                sources,
                files,
                report.filename(),
                at,
                report.message(),
            )])
        }
        _ => several(sources, files, &error.to_string()),
    }
}

/// The package joins several errors into one text: `error: …` and ` --> file:line:column` for each.
fn several(sources: &Sources, files: &BTreeMap<String, FileId>, text: &str) -> Diagnostics {
    let mut seen = BTreeSet::new();
    let mut found = Diagnostics::new();
    for part in text.split("error: ").filter(|part| !part.trim().is_empty()) {
        let message = part.lines().next().unwrap_or_default().trim();
        let place = part.lines().find_map(|line| line.trim().strip_prefix("--> "));
        let mut numbers = place.unwrap_or_default().rsplitn(3, ':');
        let column = numbers.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let line = numbers.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let name = numbers.next().unwrap_or("base.html");
        if seen.insert((name.to_owned(), line, column, message.to_owned())) {
            found.push(template_finding(sources, files, name, (line, column.saturating_sub(1)), message));
        }
    }
    found
}

/// The byte of a line counted from one and a column counted from nought.
fn offset(text: &str, (line, column): (usize, usize)) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(0, |(at, _)| at)
}

fn template_finding(
    sources: &Sources,
    files: &BTreeMap<String, FileId>,
    name: &str,
    at: (usize, usize),
    message: &str,
) -> Diagnostic {
    let id = files.get(name).or_else(|| files.values().next());
    let span = match id {
        Some(id) => {
            let start = offset(&sources.file(*id).text, at);
            Span::new(*id, start..start + 1)
        }
        None => Span::new(sources.iter().next().map(|(id, _)| id).expect("a site has files"), 0..0),
    };
    let message = message.trim().trim_end_matches('.');
    Diagnostic::new(Code::TemplateError, span, format!("the template {name} cannot be used: {message}"))
        .help("correct the template; docs/themes.md lists what each may use, and without the file the default one serves")
}
