//! `themes/<name>/` over the default theme -> templates, assets and interface strings, file by file.
//!
//! Templates are only listed here; [`crate::render`] is where they are compiled. Interface strings are read and
//! checked: a language of the site without one of the default theme's English strings is a finding naming its key.

mod builtin;
mod interface;
mod stylesheet;

pub use builtin::{FILES, THEMES};
pub use interface::{Count, Interface};
pub use stylesheet::{Declaration, Mode, Properties, Rule, named, rules};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::language::Language;
use crate::source::{FileId, Sources, Spanned};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The name of the theme that comes with the program.
pub const DEFAULT: &str = "default";

/// A site's look, as files.
#[derive(Debug)]
pub struct Theme {
    /// Template name (`base.html`) to its file.
    pub templates: BTreeMap<String, FileId>,
    /// Asset path (`theme.css`) to its file.
    pub assets: BTreeMap<String, FileId>,
    interfaces: BTreeMap<Language, Arc<Interface>>,
}

impl Theme {
    /// Puts a theme together for the languages of a site. The default theme's files must be among the sources
    /// ([`FILES`]).
    pub fn assemble(
        sources: &Sources,
        name: Option<&Spanned<String>>,
        languages: &[Language],
        found: &mut Diagnostics,
    ) -> Theme {
        let chosen = name.map_or(DEFAULT, |name| name.value.as_str());
        if let Some(name) = name
            && sources.below(&format!("themes/{}/", name.value)).next().is_none()
        {
            let themes: BTreeSet<&str> =
                sources.below("themes/").filter_map(|(_, file)| file.path.split('/').nth(1)).collect();
            found.push(
                Diagnostic::new(
                    Code::UnknownTheme,
                    name.span,
                    format!("there is no folder themes/{}/", name.value),
                )
                .help(one_of(&name.value, themes.iter().copied())),
            );
        }
        let layer = |part: &str| {
            let mut files = BTreeMap::new();
            for theme in [DEFAULT, chosen] {
                let folder = format!("themes/{theme}/{part}/");
                for (id, file) in sources.below(&folder) {
                    files.insert(file.path[folder.len()..].to_owned(), id);
                }
            }
            files
        };
        let (templates, strings) = (layer("templates"), layer("i18n"));
        let interfaces = interface::read_all(sources, &strings, &templates, languages, found);
        Theme { templates, assets: layer("assets"), interfaces }
    }

    /// The stylesheets that every page has, as one: a theme's own rules may stand behind the default ones in a file of their own.
    pub const LOOK: [&str; 2] = ["theme.css", "extra.css"];

    /// The rules of what every page has.
    pub fn stylesheet<'s>(&self, sources: &'s Sources) -> Vec<Rule<'s>> {
        let files = Theme::LOOK.iter().filter_map(|name| self.assets.get(*name));
        files.flat_map(|file| rules(*file, &sources.file(*file).text)).collect()
    }

    /// The interface strings of a language of the site.
    pub fn interface(&self, language: &Language) -> &Arc<Interface> {
        self.interfaces
            .get(language)
            .or_else(|| self.interfaces.values().next())
            .expect("assemble makes an interface for each language, and for English where there is none")
    }

    /// The interfaces of all languages.
    pub fn interfaces(&self) -> &BTreeMap<Language, Arc<Interface>> {
        &self.interfaces
    }
}

#[cfg(test)]
mod tests {
    /// A file that lies in the folder and is not compiled in would work here and nowhere else.
    #[test]
    fn every_file_of_the_themes_is_compiled_in() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
        let mut on_disk: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| format!("themes/{}", entry.path().strip_prefix(&root).expect("below").display()))
            .collect();
        on_disk.sort();
        let compiled: Vec<String> = super::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(on_disk, compiled);
    }
}
