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
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

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
        view_page.noindex |= profile.noindex() || self.site.project.site.directory_noindex;
        view_page = view_page.in_languages(
            self.of_made(page.language, |language| profile_address(language, voice.first, profile.id())),
        );
        view_page.summary = self.description(profile, voice, &view_page).map(Cow::Owned);
        view_page.card = self.card(profile, voice, &view_page);
        let mail = |subject: &str| {
            let subject = voice.interface.say(subject, &[("name", profile.name())]);
            format!("mailto:{}?subject={}", self.site.project.site.contact.email, encode_query(&subject))
        };
        let links_of = |facet: Facet, ids: &'s [String]| {
            ids.iter().map(|id| self.term_link(facet, id, voice)).collect::<Vec<_>>()
        };
        let (post, post_lang) = voice.text_in(profile.post());
        let (seeks, seeks_lang) = profile.seeks().map(|seeks| voice.text_in(seeks)).unzip();
        let bio_lang = profile.bio().and_then(|bio| voice.other(bio.get_in(voice.language, voice.first).1));
        let bio = page.bio.as_ref().map(|bio| self.body(bio, voice)).transpose()?;
        let photo = self.portrait(profile, 1);
        let person = view::Profile {
            name: profile.name(),
            pronouns: profile.pronouns(),
            initials: profile.initials(),
            credit: profile.photo().filter(|_| photo.is_some()).and_then(|photo| photo.credit.as_deref()),
            photo,
            post,
            post_lang,
            institution: self.term_link(Facet::Institution, profile.institution(), voice),
            stage: self.term_link(Facet::Stage, profile.stage(), voice),
            pathway: profile.pathway().map(|pathway| voice.interface.say(&format!("pathway.{pathway}"), &[])),
            disciplines: links_of(Facet::Discipline, profile.disciplines()),
            interests: profile.interests(),
            offers: links_of(Facet::Offer, profile.offers()),
            seeks,
            seeks_lang: seeks_lang.flatten(),
            languages: voice.languages(profile.languages()),
            places: voice.places(profile.state()),
            bio,
            bio_lang,
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
        let mut slots = Slots::default();
        let likeness = |other: &&Profile| self.likenesses.get(&(voice.language, other.id())).cloned();
        let view = view::Mentor {
            person,
            similar: page.similar.iter().filter_map(likeness).map(|part| slots.put(part)).collect(),
            linked_data: self.linked_data(profile, voice, &view_page),
            bar: self.bar(voice, &mut slots)?,
            page: view_page,
        };
        self.finish(sheet, voice, &view.page, &view, slots)
    }

    /// Renders the entry of each mentor who stands in a list.
    pub(super) fn entries(&self, voice: Voice<'s>) -> Result<Entries<'s>, Diagnostics> {
        let lists = self.site.lists.iter().filter(|list| list.language == voice.language);
        let listed: HashSet<&str> = lists.flat_map(|list| &list.people).map(|profile| profile.id()).collect();
        let mentors = self.site.project.directory.mentors();
        let mentors: Vec<&'s Profile> = mentors.filter(|profile| listed.contains(profile.id())).collect();
        let entry = |profile: &&'s Profile| {
            let view = view::Listed { person: self.person(profile, voice, Shown::Listed), heading: "h3" };
            let part = Part::new(&self.html("person.html", voice, &view, None)?);
            Ok(((voice.language, profile.id()), part))
        };
        mentors.par_iter().map(entry).collect()
    }

    /// Renders what the page of another mentor shows of each who is like her.
    pub(super) fn likenesses(&self, voice: Voice<'s>) -> Result<Entries<'s>, Diagnostics> {
        let profiles = self.site.profiles.iter().filter(|page| page.language == voice.language);
        let named: BTreeMap<&'s str, &'s Profile> =
            profiles.flat_map(|page| &page.similar).map(|profile| (profile.id(), *profile)).collect();
        let likeness = |profile: &&'s Profile| {
            let view = view::Likeness { person: self.person(profile, voice, Shown::Briefly) };
            let part = Part::new(&self.html("similar.html", voice, &view, None)?);
            Ok(((voice.language, profile.id()), part))
        };
        let named: Vec<&'s Profile> = named.into_values().collect();
        named.par_iter().map(likeness).collect()
    }

    pub(super) fn person<'a>(
        &'a self,
        profile: &'a Profile,
        voice: Voice<'a>,
        shown: Shown,
    ) -> view::Person<'a> {
        let is_mentor = profile.has_role(Role::Mentor);
        let listed = shown == Shown::Listed;
        let offers = if listed { profile.offers() } else { &[] };
        let (post, post_lang) = voice.text_in(profile.post());
        view::Person {
            name: profile.name(),
            href: is_mentor.then(|| self.href(&profile_address(voice.language, voice.first, profile.id()))),
            initials: profile.initials(),
            photo: self.portrait(profile, 0),
            pronouns: profile.pronouns(),
            post,
            post_lang,
            institution: self.label(Facet::Institution, profile.institution(), voice),
            offers: offers.iter().map(|offer| self.label(Facet::Offer, offer, voice)).collect(),
            languages: if listed { voice.languages(profile.languages()) } else { Vec::new() },
            places: (is_mentor && shown != Shown::Named).then(|| voice.places(profile.state())),
            terms: listed.then(|| terms(profile)),
            interests: if listed { profile.interests() } else { &[] },
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

    pub(super) fn label<'a>(&'a self, facet: Facet, id: &'a str, voice: Voice<'a>) -> view::Label<'a> {
        let term = self.site.project.vocabulary.terms(facet).get(id);
        let (label, lang) = term.map_or((id, None), |term| voice.text_in(&term.label));
        view::Label { label, lang }
    }

    pub(super) fn term_link<'a>(&'a self, facet: Facet, id: &'a str, voice: Voice<'a>) -> view::Term<'a> {
        let address = prefixed(voice.language, voice.first, &["mentors", facet.name(), id]);
        let view::Label { label, lang } = self.label(facet, id, voice);
        view::Term { label, lang, href: self.href(&address) }
    }
}

/// How much a list shows of somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All that the directory's lists show.
    Listed,
    /// Who she is, and whether she has places.
    Briefly,
    /// Who she is.
    Named,
}

/// Everything a mentor is listed by, as the ends of the lists' addresses: `offer/grants stage/reader`.
fn terms(profile: &Profile) -> String {
    let places: Vec<String> =
        profile.places().map(|place| format!("{}/{}", place.facet.name(), place.term)).collect();
    places.join(" ")
}
