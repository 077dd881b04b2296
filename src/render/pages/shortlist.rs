//! Where mentees put up to three names in order -> a page without names, and the bar that leads to it. The names are in
//! the address alone, and the theme's script reads them from there.

use super::{Rendered, Renderer, Sheet, Voice};
use crate::config::Form;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{prefixed, shortlist_address};

/// Hosts whose forms want an answer in quotation marks.
const QUOTING: [&str; 3] = ["forms.office.com", "forms.microsoft.com", "forms.cloud.microsoft"];

impl<'s> Renderer<'s> {
    pub(super) fn shortlist(&self, language: &'s Language) -> Rendered {
        let voice = self.voice(language);
        let address = shortlist_address(language, voice.first);
        let whole = prefixed(language, voice.first, &["mentors"]);
        let title = voice.interface.say("shortlist.title", &[]);
        let trail = [
            (voice.interface.say("nav.home", &[]), Some(prefixed(language, voice.first, &[]))),
            (voice.interface.say("mentors.title", &[]), Some(whole.clone())),
            (title.clone(), None),
        ];
        let mut page = self.made(&title, "shortlist", &address, language, &trail);
        // A tool of hers who has names in the address: nothing to be found.
        page.noindex = true;
        page = page.in_languages(self.of_made(language, |other| shortlist_address(other, voice.first)));
        let mut slots = Slots::default();
        let view = view::Shortlist {
            page,
            all: self.href(&whole),
            form: self.site.project.site.contact.form.as_ref().map(form),
            bar: self.bar(voice, &mut slots)?,
        };
        self.finish(Sheet::made("shortlist.html", &address), voice, &view.page, &view, slots)
    }

    /// What a page of the directory prints for the bar.
    pub(super) fn bar(&self, voice: Voice, slots: &mut Slots) -> Result<String, Diagnostics> {
        let base = &self.site.project.site.base;
        let directory = prefixed(voice.language, voice.first, &["mentors"]);
        let bar = view::Bar {
            directory: format!("{}{directory}", base.path()),
            index: base.ending(&directory),
            shortlist: self.href(&shortlist_address(voice.language, voice.first)),
        };
        Ok(slots.put(self.part("bar.html", voice, &bar)?))
    }
}

fn form(form: &Form) -> view::Form<'_> {
    let host =
        form.link.trim_start_matches("https://").split(['/', '?', '#', ':']).next().unwrap_or_default();
    view::Form {
        href: &form.link,
        first: form.fields.first.as_deref(),
        second: form.fields.second.as_deref(),
        third: form.fields.third.as_deref(),
        all: form.fields.all.as_deref(),
        quoted: QUOTING.contains(&host.to_ascii_lowercase().as_str()),
    }
}
