//! A YAML file of one person or a list of people -> [`Record`]s.

use super::{Consent, Pathway, Purpose, Record, Role, Status};
use crate::config::{Facet, Vocabulary};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::directory::{Photo, personal};
use crate::language::{Language, Localised};
use crate::markdown::{self, Document, Piece};
use crate::path::{file_name, is_id};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

const KEYS: [&str; 27] = [
    "id",
    "name",
    "sort_name",
    "pronouns",
    "post",
    "institution",
    "stage",
    "pathway",
    "disciplines",
    "interests",
    "offers",
    "seeks",
    "languages",
    "roles",
    "capacity",
    "taken",
    "bio",
    "photo",
    "links",
    "status",
    "until",
    "on",
    "consent",
    "review_by",
    "noindex",
    "waive",
    "named_elsewhere",
];

const STATUSES: [(&str, Status); 4] = [
    ("registered", Status::Registered),
    ("listed", Status::Listed),
    ("paused", Status::Paused),
    ("withdrawn", Status::Withdrawn),
];

/// Reads the records of a file.
pub(in crate::directory) fn read(
    sources: &Sources,
    file: FileId,
    vocabulary: &Vocabulary,
    found: &mut Diagnostics,
) -> Vec<Record> {
    let source = sources.file(file);
    let Some(node) = yaml::parse(sources, file, 0..source.text.len(), found) else { return Vec::new() };
    let reader = Reader { sources, file, vocabulary };
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(|item| reader.record(item, None, found)).collect(),
        _ => {
            let stem = file_name(&source.path).trim_end_matches(".yaml").to_owned();
            reader.record(&node, Some(stem), found).into_iter().collect()
        }
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    file: FileId,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn record(&self, node: &Node, stem: Option<String>, found: &mut Diagnostics) -> Option<Record> {
        let fields = yaml::fields(node, "a person", &KEYS, found)?;
        let id = self.id(&fields, stem, found)?;
        let status = match fields.filled("status", found) {
            // A status that cannot be read must not put anybody online.
            Some(node) => yaml::word(node, "a status", &STATUSES, found).unwrap_or(Status::Registered),
            None => Status::Registered,
        };
        let mut record = Record {
            span: node.span,
            id,
            name: None,
            sort_name: None,
            pronouns: None,
            post: None,
            institution: None,
            stage: None,
            pathway: None,
            disciplines: Vec::new(),
            interests: Vec::new(),
            offers: Vec::new(),
            seeks: None,
            languages: Vec::new(),
            roles: Vec::new(),
            capacity: None,
            taken: None,
            bio: None,
            photo: None,
            links: Vec::new(),
            status,
            until: fields.filled("until", found).and_then(|node| yaml::date(node, found)),
            consent: BTreeMap::new(),
            review_by: None,
            noindex: false,
            named_elsewhere: self.named_elsewhere(&fields, found),
        };
        if let Some(on) = fields.get("on") {
            yaml::date(on, found);
        }
        if status == Status::Withdrawn {
            // What withdrawal leaves may be the id alone; a record that still has more is held to nothing else.
            record.name = fields.get("name").and_then(|node| yaml::text(node, found));
            record.photo = self.photo(&fields, &mut Diagnostics::new());
            return Some(record);
        }
        self.about(&fields, &mut record, found);
        self.places(&fields, &mut record, found);
        self.permission(&fields, &mut record, found);
        personal::look_at_all(self.sources, &fields, found);
        Some(record)
    }

    fn id(&self, fields: &Fields, stem: Option<String>, found: &mut Diagnostics) -> Option<Spanned<String>> {
        match (fields.get("id"), stem) {
            (Some(node), None) => yaml::id(node, found),
            (Some(node), Some(stem)) => {
                let id = yaml::id(node, found)?;
                if id.value != stem {
                    found.push(
                        Diagnostic::new(
                            Code::BadId,
                            id.span,
                            format!("the id `{}` is not the file's name `{stem}`", id.value),
                        )
                        .help("take the line out: a file of one person has its name as id"),
                    );
                }
                Some(id)
            }
            (None, Some(stem)) => {
                let whole = self.sources.whole(self.file);
                if !is_id(&stem) {
                    found.push(yaml::bad_id(&stem, whole));
                }
                Some(Spanned::new(stem, whole))
            }
            (None, None) => {
                fields.need("id", found);
                None
            }
        }
    }

    fn about(&self, fields: &Fields, record: &mut Record, found: &mut Diagnostics) {
        let optional = |key: &str, found: &mut Diagnostics| {
            fields.get(key).and_then(|node| yaml::text(node, found)).map(|text| text.value)
        };
        record.name = fields.need("name", found).and_then(|node| yaml::text(node, found));
        record.sort_name = optional("sort_name", found);
        record.pronouns = optional("pronouns", found);
        record.post = fields.need("post", found).and_then(|node| yaml::localised(node, found));
        record.institution =
            fields.need("institution", found).and_then(|node| self.term(node, Facet::Institution, found));
        record.stage = fields.need("stage", found).and_then(|node| self.term(node, Facet::Stage, found));
        let pathways = [("clinical", Pathway::Clinical), ("non-clinical", Pathway::NonClinical)];
        record.pathway =
            fields.get("pathway").and_then(|node| yaml::word(node, "a pathway", &pathways, found));
        record.disciplines = self.terms(fields, Facet::Discipline, found);
        record.offers = self.terms(fields, Facet::Offer, found);
        if let Some(node) = fields.get("interests") {
            record.interests = yaml::items(node, found)
                .iter()
                .filter_map(|item| yaml::text(item, found))
                .map(|text| text.value)
                .collect();
        }
        record.seeks = fields.get("seeks").and_then(|node| yaml::localised(node, found));
        for item in fields.get("languages").map(|node| yaml::items(node, found)).unwrap_or_default() {
            let Some(code) = yaml::text(item, found) else { continue };
            match Language::read(&code.value) {
                Some(language) => record.languages.push(language),
                None => found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        code.span,
                        format!("`{}` is not a language code", code.value),
                    )
                    .help("write two letters: en for English, cy for Welsh, ur for Urdu"),
                ),
            }
        }
        record.bio = fields.get("bio").and_then(|node| self.bio(node, found));
        record.photo = self.photo(fields, found);
        record.links = fields.get("links").map(|node| links(node, found)).unwrap_or_default();
    }

    fn term(&self, node: &Node, facet: Facet, found: &mut Diagnostics) -> Option<String> {
        let typed = yaml::text(node, found)?;
        let terms = self.vocabulary.terms(facet);
        if terms.get(&typed.value).is_some() {
            return Some(typed.value);
        }
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                typed.span,
                format!("`{}` is not among the {} of vocabulary.yaml", typed.value, facet.list()),
            )
            .help(terms.suggest(&typed.value)),
        );
        None
    }

    fn terms(&self, fields: &Fields, facet: Facet, found: &mut Diagnostics) -> Vec<String> {
        let Some(node) = fields.get(facet.list()) else { return Vec::new() };
        let mut terms: Vec<String> = Vec::new();
        for item in yaml::items(node, found) {
            match self.term(item, facet, found) {
                Some(term) if terms.contains(&term) => found.push(
                    Diagnostic::new(Code::DuplicateId, item.span, format!("`{term}` is named twice"))
                        .help("keep one"),
                ),
                Some(term) => terms.push(term),
                None => {}
            }
        }
        terms
    }

    /// A biography is Markdown without directives: it is shown where its owner cannot see what they bind.
    fn bio(&self, node: &Node, found: &mut Diagnostics) -> Option<Localised<Document>> {
        let texts = yaml::localised(node, found)?;
        Some(texts.map(|text| {
            let document = markdown::parse(&markdown::Text::of_value(self.sources, text), found);
            for piece in &document.pieces {
                let (Piece::Inline(directive) | Piece::Leaf(directive) | Piece::Container(directive)) = piece else { continue };
                found.push(
                    Diagnostic::new(Code::DirectiveMisplaced, directive.span, "a biography has no directives")
                        .help("write it as plain text; to show a colon and a bracket, put a backslash before the colon"),
                );
            }
            document
        }))
    }

    fn photo(&self, fields: &Fields, found: &mut Diagnostics) -> Option<Photo> {
        let fields = yaml::fields(fields.get("photo")?, "photo", &["file", "credit"], found)?;
        let credit = fields.get("credit").and_then(|node| yaml::text(node, found));
        let named = fields.need("file", found).and_then(|node| yaml::text(node, found))?;
        let here = &self.sources.file(self.file).path;
        let path = format!("{}/photos/{}", crate::path::folder(here), named.value);
        let file = self.sources.find(&path).map(|(file, _)| file);
        if file.is_none() {
            let folder = format!("{}/photos/", crate::path::folder(here));
            let there: Vec<&str> =
                self.sources.below(&folder).map(|(_, file)| &file.path[folder.len()..]).collect();
            found.push(
                Diagnostic::new(Code::MissingImage, named.span, format!("there is no photo {path}"))
                    .help(one_of(&named.value, there.iter().copied())),
            );
        }
        Some(Photo { path, file, span: named.span, credit: credit.map(|credit| credit.value) })
    }

    fn places(&self, fields: &Fields, record: &mut Record, found: &mut Diagnostics) {
        let roles = [("mentor", Role::Mentor), ("mentee", Role::Mentee), ("committee", Role::Committee)];
        for item in fields.need("roles", found).map(|node| yaml::items(node, found)).unwrap_or_default() {
            record.roles.extend(yaml::word(item, "a role", &roles, found));
        }
        if record.roles.is_empty()
            && let Some(node) =
                fields.get("roles").filter(|node| matches!(&node.kind, Kind::List(items) if items.is_empty()))
        {
            found.push(
                Diagnostic::new(Code::MissingKey, node.span, "`roles` names no role")
                    .help("write roles: [mentor], [mentee] or [committee]"),
            );
        }
        let number = |key: &str, found: &mut Diagnostics| {
            fields
                .get(key)
                .and_then(|node| yaml::number(node, found).map(|value| Spanned::new(value, node.span)))
        };
        if record.roles.contains(&Role::Mentor) {
            fields.need("capacity", found);
        }
        record.capacity = number("capacity", found);
        record.taken = number("taken", found);
        if let (Some(capacity), Some(taken)) = (&record.capacity, &record.taken)
            && taken.value > capacity.value
        {
            found.push(
                Diagnostic::new(
                    Code::TakenAboveCapacity,
                    taken.span,
                    format!("{} mentees are taken, and there are places for {}", taken.value, capacity.value),
                )
                .related(capacity.span, "places")
                .help(format!("write `capacity: {}` if she took one more, or correct `taken`", taken.value)),
            );
        }
    }

    fn permission(&self, fields: &Fields, record: &mut Record, found: &mut Diagnostics) {
        if let Some(node) = fields.need("review_by", found) {
            record.review_by = yaml::date(node, found).map(|date| Spanned::new(date, node.span));
        }
        record.noindex =
            fields.filled("noindex", found).and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
        let names = Purpose::ALL.map(|(name, _)| name);
        let Some(consent) =
            fields.need("consent", found).and_then(|node| yaml::fields(node, "consent", &names, found))
        else {
            return;
        };
        consent.need("profile", found);
        for (name, purpose) in Purpose::ALL {
            let Some(given) = consent
                .get(name)
                .and_then(|node| yaml::fields(node, "a consent", &["given", "wording", "withdrawn"], found))
            else {
                continue;
            };
            let entry = Consent {
                given: given.need("given", found).and_then(|node| yaml::date(node, found)),
                wording: given.get("wording").and_then(|node| yaml::text(node, found)),
                withdrawn: given.filled("withdrawn", found).and_then(|node| yaml::date(node, found)),
            };
            record.consent.insert(purpose, entry);
        }
    }

    fn named_elsewhere(&self, fields: &Fields, found: &mut Diagnostics) -> bool {
        let Some(node) = fields.get("named_elsewhere") else { return false };
        let words = [("author", ()), ("founder", ()), ("news", ())];
        yaml::items(node, found)
            .iter()
            .filter_map(|item| yaml::word(item, "a reason to be named", &words, found))
            .count()
            > 0
    }
}

/// `{orcid: …, profile: https://…}`: the label's key and the address.
fn links(node: &Node, found: &mut Diagnostics) -> Vec<(String, String)> {
    let Some(fields) = yaml::fields(node, "links", &["orcid", "profile"], found) else { return Vec::new() };
    let mut links = Vec::new();
    if let Some(orcid) = fields.get("orcid").and_then(|node| yaml::text(node, found)) {
        let shaped = orcid.value.len() == 19
            && orcid.value.bytes().enumerate().all(|(at, b)| {
                if at % 5 == 4 { b == b'-' } else { b.is_ascii_digit() || (at == 18 && b == b'X') }
            });
        if shaped {
            links.push(("orcid".to_owned(), format!("https://orcid.org/{}", orcid.value)));
        } else {
            found.push(
                Diagnostic::new(
                    Code::BadAddress,
                    orcid.span,
                    format!("`{}` is not an ORCID iD", orcid.value),
                )
                .help("write its four groups of four, 0000-0000-0000-0000, without the address before them"),
            );
        }
    }
    if let Some(profile) = fields.get("profile").and_then(|node| yaml::text(node, found)) {
        if profile.value.starts_with("https://") || profile.value.starts_with("http://") {
            links.push(("profile".to_owned(), profile.value));
        } else {
            found.push(
                Diagnostic::new(
                    Code::BadAddress,
                    profile.span,
                    format!("`{}` is not the address of a web page", profile.value),
                )
                .help("write it in full, beginning with https://"),
            );
        }
    }
    links
}
