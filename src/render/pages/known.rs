//! A mentor who agreed to it -> what machines are told of her: structured data and a line for search engines, and
//! the card that stands where a link to her profile is shared.
//!
//! Each needs its own consent, and says nothing that her page does not show.

use super::{Renderer, Voice};
use crate::config::Facet;
use crate::directory::{Profile, Purpose};
use crate::language::Language;
use crate::render::view;
use serde_json::{Map, Value, json};

impl<'s> Renderer<'s> {
    /// `ProfilePage` of schema.org as JSON on one line, in which `<` is `\u003c`; not for a page that asks search engines
    /// to leave it out.
    pub(super) fn linked_data(&self, profile: &Profile, voice: Voice, page: &view::Page) -> Option<String> {
        if page.noindex || !profile.allows(Purpose::Search) {
            return None;
        }
        let institution = self.label(Facet::Institution, profile.institution(), voice).label;
        let mut person = Map::new();
        person.insert("@type".to_owned(), json!("Person"));
        person.insert("name".to_owned(), json!(profile.name()));
        person.insert("jobTitle".to_owned(), json!(voice.text(profile.post())));
        person.insert("affiliation".to_owned(), json!({"@type": "Organization", "name": institution}));
        let languages: Vec<&str> = profile.languages().iter().map(Language::code).collect();
        if !languages.is_empty() {
            person.insert("knowsLanguage".to_owned(), json!(languages));
        }
        let links: Vec<&str> = profile.links().iter().map(|(_, href)| href.as_str()).collect();
        if !links.is_empty() {
            person.insert("sameAs".to_owned(), json!(links));
        }
        let data = json!({
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "url": page.address,
            "inLanguage": voice.language.code(),
            "mainEntity": Value::Object(person),
        });
        Some(data.to_string().replace('<', "\\u003c"))
    }

    /// The tags of her card, in words alone; none without her consent.
    /// A line about her for search engines: her post and institution.
    pub(super) fn description(&self, profile: &Profile, voice: Voice, page: &view::Page) -> Option<String> {
        (!page.noindex && profile.allows(Purpose::Search)).then(|| self.who(profile, voice))
    }

    fn who(&self, profile: &Profile, voice: Voice) -> String {
        let institution = self.label(Facet::Institution, profile.institution(), voice).label;
        format!("{}, {institution}", voice.text(profile.post()))
    }

    pub(super) fn card(&self, profile: &Profile, voice: Voice, page: &view::Page) -> Vec<view::CardTag> {
        if !profile.allows(Purpose::Social) {
            return Vec::new();
        }
        self.shared("profile", profile.name(), Some(&self.who(profile, voice)), &page.address, voice)
    }
}
