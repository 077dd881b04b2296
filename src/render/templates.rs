//! The theme's templates -> pages. The only file that knows Tera.

use super::assets::Assets;
use super::minify::minify;
use super::template_findings::{Names, Trouble};
use super::variables::variables;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::site::Site;
use crate::source::Sources;
use crate::theme::Interface;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera, Value};

/// Compiled templates, with the interface of each language.
pub(super) struct Templates<'s> {
    by_language: BTreeMap<Language, Tera>,
    /// As they were written, with the lines that messages speak of.
    as_written: Tera,
    site: &'s Site<'s>,
    names: Names<'s>,
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
        assets: &Assets,
        found: &mut Diagnostics,
    ) -> Option<Templates<'s>> {
        let theme = &site.project.theme;
        let files = &theme.templates;
        let words = theme.interface(site.project.first_language()).keys();
        let names = Names { sources, templates: files, assets: &theme.assets, words };
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
                let place = report.span().range.clone();
                found.push(names.explain(&Trouble { template: name, place, message: report.message() }));
            }
        }
        if found.len() == before {
            variables(&names, found);
        }
        if found.len() > before {
            return None;
        }
        let hrefs: Arc<BTreeMap<String, String>> = Arc::new(assets.hrefs(&site.project.site.base));
        let compile = |texts: Vec<(&str, String)>| {
            let mut tera = Tera::new();
            tera.register_function("t", |_: Kwargs, _: &State| String::new());
            let hrefs = Arc::clone(&hrefs);
            tera.register_function("asset", move |arguments: Kwargs, _: &State| asset(&hrefs, &arguments));
            tera.add_raw_templates(texts).map(|()| tera)
        };
        let smaller = texts.iter().map(|(name, text)| (*name, minify(text))).collect();
        let as_written = texts.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
        let compiled = compile(as_written).and_then(|as_written| Ok((as_written, compile(smaller)?)));
        let (as_written, smaller) = compiled.map_err(|error| found.extend(explain(&names, &error))).ok()?;
        let by_language = site
            .project
            .theme
            .interfaces()
            .iter()
            .map(|(language, interface)| (language.clone(), speaking(&smaller, interface)))
            .collect();
        Some(Templates { by_language, as_written, site, names })
    }

    /// Renders a template with a view and the values that many pages share.
    pub(super) fn render<T: Serialize>(
        &self,
        template: &str,
        language: &Language,
        view: &T,
        shared: &[(&'static str, Shared)],
    ) -> Result<String, Diagnostics> {
        let explain = |error: &tera::Error| explain(&self.names, error);
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
        return Err(tera::Error::message(format!("no interface string `{key}` in {}", interface.language())));
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

/// `asset(name="…")`: the href of a file of the theme.
fn asset(hrefs: &BTreeMap<String, String>, arguments: &Kwargs) -> Result<String, tera::Error> {
    let name: &str = arguments.must_get("name")?;
    hrefs.get(name).cloned().ok_or_else(|| tera::Error::message(format!("no asset `{name}` in the theme")))
}

/// What the engine says of several templates at once, or of one.
fn explain(names: &Names, error: &tera::Error) -> Diagnostics {
    use tera::ErrorKind::{CircularExtend, CircularInclude, MissingParent, RenderingError, SyntaxError};
    let one = |template: &str, place: Range<usize>, message: &str| {
        Diagnostics::from_iter([names.explain(&Trouble { template, place, message })])
    };
    match error.kind() {
        SyntaxError(report) | RenderingError(report) => {
            one(report.filename(), report.span().range.clone(), report.message())
        }
        MissingParent { current, parent } => {
            one(current, names.place_of(current, parent), &format!("Unknown template `{parent}`"))
        }
        CircularExtend { tpl, .. } => one(tpl, names.place_of(tpl, "extends"), "it extends itself"),
        CircularInclude { tpl, .. } => one(tpl, names.place_of(tpl, "include"), "it includes itself"),
        _ => several(names, &error.to_string()),
    }
}

/// The package joins several errors into one text: `error: …` and ` --> file:line:column` for each.
fn several(names: &Names, text: &str) -> Diagnostics {
    let mut seen = BTreeSet::new();
    let mut found = Diagnostics::new();
    for part in text.split("error: ").filter(|part| !part.trim().is_empty()) {
        let message = part.lines().next().unwrap_or_default().trim();
        let place = part.lines().find_map(|line| line.trim().strip_prefix("--> "));
        let mut numbers = place.unwrap_or_default().rsplitn(3, ':');
        let column = numbers.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let line = numbers.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let template = numbers.next().unwrap_or("base.html");
        if seen.insert((template.to_owned(), line, column, message.to_owned())) {
            let place = names.word_at(template, line, column.saturating_sub(1));
            found.push(names.explain(&Trouble { template, place, message }));
        }
    }
    found
}
