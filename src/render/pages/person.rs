//! A mentor -> her page, and her entry in lists.

use super::{Entries, Rendered, Renderer, Sheet, Voice};
use crate::config::Facet;
use crate::diagnostic::Diagnostics;
use crate::directory::{Profile, Role};
use crate::html::encode_query;
use crate::photo::SIZES;
use crate::render::parts::{Part, Slots};
use crate::render::view;
use crate::site::{ProfilePage, prefixed, profile_address};
use rayon::prelude::*;

impl<'s> Renderer<'s> {
    pub(super) fn profile(&self, page: &'s ProfilePage<'s>) -> Rendered {
        let voice = self.voice(page.language);
        let profile = page.profile;
        let trail = [
            (voice.interface.say("nav.home", &[]), Some(prefixed(voice.language, voice.first, &[]))),
            (
                voice.interface.say("mentors.title", &[]),
                Some(prefixed(voice.language, voice.first, &["mentors"])),
            ),
            (profile.name().to_owned(), None),
        ];
        let mut view_page = self.made(profile.name(), "mentor", &page.address, page.language, &trail);
        view_page.noindex |= profile.noindex();
        view_page.alternates = self
            .made_alternates(page.language, |language| profile_address(language, voice.first, profile.id()));
        let mail = |subject: &str| {
            let subject = voice.interface.say(subject, &[("name", profile.name())]);
            format!("mailto:{}?subject={}", self.site.project.site.contact.email, encode_query(&subject))
        };
        let links_of = |facet: Facet, ids: &'s [String]| {
            ids.iter().map(|id| self.term_link(facet, id, voice)).collect::<Vec<_>>()
        };
        let bio = page.bio.as_ref().map(|bio| self.body(bio, voice)).transpose()?;
        let photo = self.portrait(profile, 1);
        let person = view::Profile {
            name: profile.name(),
            pronouns: profile.pronouns(),
            initials: profile.initials(),
            credit: profile.photo().filter(|_| photo.is_some()).and_then(|photo| photo.credit.as_deref()),
            photo,
            post: voice.text(profile.post()),
            institution: self.term_link(Facet::Institution, profile.institution(), voice),
            stage: self.term_link(Facet::Stage, profile.stage(), voice),
            pathway: profile.pathway().map(|pathway| voice.interface.say(&format!("pathway.{pathway}"), &[])),
            disciplines: links_of(Facet::Discipline, profile.disciplines()),
            interests: profile.interests(),
            offers: links_of(Facet::Offer, profile.offers()),
            seeks: profile.seeks().map(|seeks| voice.text(seeks)),
            languages: voice.languages(profile.languages()),
            places: voice.places(profile.state()),
            bio,
            links: profile
                .links()
                .iter()
                .map(|(kind, href)| view::OwnedLink {
                    label: voice.interface.say(&format!("link.{kind}"), &[]),
                    href,
                })
                .collect(),
            ask: mail("ask.subject"),
            change: mail("change.subject"),
        };
        let sheet = Sheet {
            template: "mentor.html",
            address: &page.address,
            span: Some(profile.span()),
            links: page.bio.as_ref().map_or(&[], |bio| bio.links.as_slice()),
        };
        let view = view::Mentor { page: view_page, person };
        self.finish(sheet, voice, &view.page, &view, Slots::default())
    }

    /// Renders each mentor's entry in lists.
    pub(super) fn entries(&self, voice: Voice<'s>) -> Result<Entries<'s>, Diagnostics> {
        let mentors: Vec<&'s Profile> = self.site.project.directory.mentors().collect();
        let entry = |profile: &&'s Profile| {
            let view = view::Listed { person: self.person(profile, voice, true), heading: "h3" };
            let part = Part::new(&self.html("person.html", voice, &view, None)?);
            Ok(((voice.language, profile.id()), part))
        };
        mentors.par_iter().map(entry).collect()
    }

    /// Somebody as a list shows her: all of the directory's, or only who she is.
    pub(super) fn person<'a>(
        &'a self,
        profile: &'a Profile,
        voice: Voice<'a>,
        listed: bool,
    ) -> view::Person<'a> {
        let is_mentor = profile.has_role(Role::Mentor);
        let offers = if listed { profile.offers() } else { &[] };
        view::Person {
            name: profile.name(),
            href: is_mentor.then(|| self.href(&profile_address(voice.language, voice.first, profile.id()))),
            initials: profile.initials(),
            photo: self.portrait(profile, 0),
            pronouns: profile.pronouns(),
            post: voice.text(profile.post()),
            institution: self.term(Facet::Institution, profile.institution(), voice),
            offers: offers.iter().map(|offer| self.term(Facet::Offer, offer, voice)).collect(),
            languages: if listed { voice.languages(profile.languages()) } else { Vec::new() },
            places: (listed && is_mentor).then(|| voice.places(profile.state())),
        }
    }

    /// Her portrait, if she is shown with one; `first` of the sizes is for browsers that take no choice.
    fn portrait(&self, profile: &Profile, first: usize) -> Option<view::Portrait> {
        let addresses = self.site.portraits.get(profile.id())?.addresses();
        let [small, large] = addresses.each_ref().map(|address| self.href(address));
        Some(view::Portrait {
            src: self.href(&addresses[first]),
            srcset: format!("{small} 1x, {large} 2x"),
            width: SIZES[first],
            height: SIZES[first],
        })
    }

    pub(super) fn term<'a>(&'a self, facet: Facet, id: &'a str, voice: Voice<'a>) -> &'a str {
        self.site.project.vocabulary.terms(facet).get(id).map_or(id, |term| voice.text(&term.label))
    }

    pub(super) fn term_link<'a>(&'a self, facet: Facet, id: &'a str, voice: Voice<'a>) -> view::Link<'a> {
        let address = prefixed(voice.language, voice.first, &["mentors", facet.name(), id]);
        view::Link { label: self.term(facet, id, voice), href: self.href(&address) }
    }
}
