//! A YAML file of one person or a list of people -> [`Record`]s.

use super::keys::{CONSENT, GIVEN, KEYS, LINKS, NAMED_ELSEWHERE, PATHWAYS, PHOTO};
use super::languages::languages;
use super::links::links;
use super::{Consent, Record, Role, Status};
use crate::config::{Facet, Purpose, Vocabulary};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::directory::{Photo, is_title, personal};
use crate::forms::latin;
use crate::language::Localised;
use crate::markdown::{self, Document, Piece};
use crate::path::{file_name, is_id};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use jiff::civil::Date;
use std::sync::Arc;

/// What the ids of headings in a biography begin with: the page has ids of its own.
const BIO: &str = "bio-";

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

pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) file: FileId,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn record(&self, node: &Node, stem: Option<String>, found: &mut Diagnostics) -> Option<Record> {
        let fields = yaml::keyed(node, "a person", &KEYS, found)?;
        let name = ["name", "id"].iter().find_map(|key| fields.get(key).and_then(yaml::scalar));
        let name = name.or(stem.as_deref()).unwrap_or("a person").trim().to_owned();
        let fields = fields.of(self.sources, &name, stem.is_some());
        let id = self.id(&fields, stem, found)?;
        let status = match fields.filled("status", found) {
            // A status that cannot be read must not put anybody online.
            Some(_) => fields.word("status", "a status", &Status::ALL, found).unwrap_or(Status::Registered),
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
            until: day_of(&fields, "until", found),
            on: fields.date("on", found).map(|date| date.value),
            consent: Vec::new(),
            review_by: None,
            noindex: false,
            named_elsewhere: self.named_elsewhere(&fields, found),
        };
        if status == Status::Withdrawn {
            // What withdrawal leaves may be the id alone; a record that still has more is held to nothing else.
            record.name = fields.get("name").and_then(|node| yaml::text(node, found));
            let roles = fields.get("roles").map(|node| yaml::items(node, found)).unwrap_or_default();
            record.roles.extend(roles.iter().filter_map(|item| Role::find(yaml::scalar(item)?)));
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
                if fields.get("name").is_none() {
                    found.push(
                        Diagnostic::new(Code::MissingKey, fields.span, "this entry has neither `id` nor `name`")
                            .help("if it belongs to the person above, write two spaces in the place of its hyphen; if it is somebody else's, write her `id` and her `name` into it"),
                    );
                    return None;
                }
                match fields.get("name").and_then(yaml::scalar).and_then(id_of) {
                    Some(made) => {
                        let fill = "(made of her name; take another if somebody has this one)";
                        fields.need_as("id", &made, fill, found)
                    }
                    None => fields.need("id", found),
                };
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
        record.institution = self.one_term(fields, Facet::Institution, found);
        record.stage = self.one_term(fields, Facet::Stage, found);
        record.pathway = fields.word("pathway", "a pathway", &PATHWAYS, found);
        record.disciplines = self.terms(fields, Facet::Discipline, found);
        record.offers = self.terms(fields, Facet::Offer, found);
        let as_typed = |word: &str| Some(word.to_owned());
        record.interests = fields
            .list("interests", as_typed, found)
            .iter()
            .filter_map(|item| yaml::text(item, found))
            .map(|text| text.value)
            .collect();
        record.seeks = fields.get("seeks").and_then(|node| yaml::localised(node, found));
        record.languages = languages(fields, found);
        record.bio = fields.get("bio").and_then(|node| self.bio(node, found)).map(Arc::new);
        record.photo = self.photo(fields, found);
        record.links =
            fields.map("links", "links", &LINKS, found).map(|map| links(&map, found)).unwrap_or_default();
    }

    /// A biography is Markdown without directives: it is shown where its owner cannot see what they bind.
    fn bio(&self, node: &Node, found: &mut Diagnostics) -> Option<Localised<Document>> {
        let texts = yaml::localised(node, found)?;
        Some(texts.map(|text| {
            let document = markdown::parse_within(&markdown::Text::of_value(self.sources, text), BIO, found);
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
        let fields = fields.map("photo", "photo", &PHOTO, found)?;
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
        let fill = "with mentor, mentee or committee in place of …, or several with commas between";
        fields.need_as("roles", "[…]", fill, found);
        let items = fields.list("roles", |word| role(word).map(str::to_owned), found);
        for item in items {
            if yaml::scalar(item).is_some_and(is_both) {
                let message = format!("`{}` is not a role", yaml::scalar(item).unwrap_or_default());
                found.push(
                    Diagnostic::new(Code::UnknownValue, item.span, message)
                        .help(fields.change("roles", &format!("[{}]", both(items)))),
                );
                continue;
            }
            record.roles.extend(yaml::word(item, "a role", &Role::ALL, found));
        }
        if record.roles.is_empty()
            && let Some(node) =
                fields.get("roles").filter(|node| matches!(&node.kind, Kind::List(items) if items.is_empty()))
        {
            found.push(
                Diagnostic::new(Code::MissingKey, node.span, "`roles` names no role")
                    .help("write between the brackets what she does in the scheme: mentor, mentee or committee, or several with commas between"),
            );
        }
        if record.roles.contains(&Role::Mentor) {
            fields.need("capacity", found);
        }
        record.capacity = fields.number("capacity", found);
        record.taken = fields.number("taken", found);
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
                .help(format!(
                    "if she has places for {} in all, correct the line `capacity`: {}; if not, correct `taken`",
                    taken.value,
                    fields.change("capacity", &taken.value.to_string())
                )),
            );
        }
    }

    fn permission(&self, fields: &Fields, record: &mut Record, found: &mut Diagnostics) {
        fields.need("review_by", found);
        record.review_by = fields.date("review_by", found);
        fields.filled("noindex", found);
        record.noindex = fields.boolean("noindex", found).unwrap_or(false);
        fields.need("consent", found);
        let Some(consent) = fields.map("consent", "consent", &CONSENT, found) else { return };
        let whose = format!("the consent of {}", fields.whose());
        let consent = consent.of(self.sources, &whose, true);
        consent.need("profile", found);
        for (name, purpose) in Purpose::ALL {
            let Some(given) = consent.map(name, "a consent", &GIVEN, found) else { continue };
            let whose = format!("the consent of {} to `{name}`", fields.whose());
            let given = given.of(self.sources, &whose, true);
            given.need("given", found);
            let consent = Consent {
                purpose,
                given: given.date("given", found).map(|date| date.value),
                wording: given.get("wording").and_then(|node| yaml::text(node, found)),
                withdrawn: day_of(&given, "withdrawn", found),
            };
            if let (Some(first), Some(last), Some(node)) =
                (consent.given, consent.withdrawn, given.get("withdrawn"))
                && last < first
            {
                let message = format!("the consent was withdrawn on {last}, before it was given on {first}");
                found.push(
                    Diagnostic::new(Code::BadDate, node.span, message)
                        .help("correct one of the two; if she agreed again later, take `withdrawn` out"),
                );
            }
            record.consent.push(consent);
        }
    }

    fn named_elsewhere(&self, fields: &Fields, found: &mut Diagnostics) -> bool {
        let as_typed = |word: &str| Some(word.to_owned());
        fields
            .list("named_elsewhere", as_typed, found)
            .iter()
            .filter_map(|item| yaml::word(item, "a reason to be named", &NAMED_ELSEWHERE, found))
            .count()
            > 0
    }
}

/// A date whose key may be left out, but not left empty.
fn day_of(fields: &Fields, key: &str, found: &mut Diagnostics) -> Option<Date> {
    fields.filled(key, found);
    fields.date(key, found).map(|date| date.value)
}

fn is_both(word: &str) -> bool {
    word.trim().eq_ignore_ascii_case("both")
}

/// The items of a list with "both" among them, each role once.
fn both(items: &[Node]) -> String {
    let mut roles = vec!["mentor", "mentee"];
    for word in items.iter().filter_map(yaml::scalar).filter(|word| !is_both(word)) {
        let word = nearest(word, Role::ALL.map(|(name, _)| name)).unwrap_or(word);
        if !roles.contains(&word) {
            roles.push(word);
        }
    }
    roles.join(", ")
}

/// An id made of a name, without titles: `Dr Sample Chen` is `sample-chen`.
fn id_of(name: &str) -> Option<String> {
    let letters = latin(name);
    let words: Vec<&str> = letters.split('-').skip_while(|word| is_title(word)).collect();
    let id = words.join("-");
    is_id(&id).then_some(id)
}

/// The role, or roles, that a word was meant to be.
fn role(word: &str) -> Option<&'static str> {
    if is_both(word) {
        return Some("mentor, mentee");
    }
    nearest(word, Role::ALL.map(|(name, _)| name))
}
