//! `mentorpress schema` says of each kind of file what the build says of it.

mod support;

use boon::{Compiler, SchemaIndex, Schemas};
use mentorpress::diagnostic::Diagnostics;
use mentorpress::source::Sources;
use mentorpress::yaml::{self, Kind, Node};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use support::{RELEASE, Site, VOCABULARY, mentor};

/// A compiled schema.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn of(site: &Site) -> Schema {
        Schema::of_kind(site, "mentors")
    }

    fn of_kind(site: &Site, kind: &str) -> Schema {
        let run = site.run(&["schema", kind]).expect_code(0);
        let text: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.add_resource("https://example.org/mentors.json", text).expect("a resource");
        let index = compiler.compile("https://example.org/mentors.json", &mut schemas).expect("a schema");
        Schema { schemas, index }
    }

    fn allows(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.index).is_ok()
    }
}

/// What an editor makes of YAML: plain words of its core schema are numbers, booleans and nothing.
fn json(node: &Node) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Scalar { text, plain: true } => match text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            text if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') => {
                let whole = text.parse::<i64>().map(Value::from);
                whole.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or_else(|_| text.into())
            }
            text => text.into(),
        },
        Kind::Scalar { text, .. } => text.as_str().into(),
        Kind::List(items) => items.iter().map(json).collect(),
        Kind::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.value.clone(), json(&entry.value))).collect())
        }
    }
}

/// The kind of a file by its place, and its YAML: of a page what stands between the hyphens.
fn kind_of(path: &str, text: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    let whole = 0..text.len();
    let kind = match path {
        "content/site.yaml" => "site",
        "content/vocabulary.yaml" => "vocabulary",
        _ if path.ends_with("/survey.yaml") => "survey",
        _ if path.ends_with("/quotes.yaml") => "quotes",
        _ if path.ends_with("/actions.yaml") => "actions",
        _ if path.contains("/releases/") => "release",
        _ if path.ends_with(".md") => {
            let end = text.strip_prefix("---\n")?.find("\n---\n")?;
            return Some(("page", 4..4 + end + 1));
        }
        _ => return None,
    };
    Some((kind, whole))
}

/// The files of a site that have a schema which is the same in all sites, each with its kind.
fn files(site: &Site) -> Vec<(String, &'static str, Value)> {
    let sources = Sources::read(site.root()).expect("a site");
    let mut found = Diagnostics::new();
    sources
        .iter()
        .filter_map(|(id, file)| {
            let (kind, range) = kind_of(&file.path, &file.text)?;
            let node = yaml::parse(&sources, id, range, &mut found)?;
            Some((file.path.clone(), kind, json(&node)))
        })
        .collect()
}

/// The people's files of a site.
fn people(site: &Site) -> Vec<(String, Value)> {
    let sources = Sources::read(site.root()).expect("a site");
    let mut found = Diagnostics::new();
    sources
        .below("content/mentors/")
        .filter(|(_, file)| file.path.ends_with(".yaml"))
        .map(|(id, file)| {
            let node = yaml::parse(&sources, id, 0..file.text.len(), &mut found).expect("YAML");
            (file.path.clone(), json(&node))
        })
        .collect()
}

#[test]
fn every_sample_file_is_allowed() {
    let site = Site::demonstration("schema");
    let schema = Schema::of(&site);
    let people = people(&site);
    assert!(people.len() > 20);
    for (path, value) in people {
        if let Err(error) = schema.schemas.validate(&value, schema.index) {
            panic!("{path}: {error}");
        }
    }
}

#[test]
fn what_the_build_refuses_the_schema_refuses() {
    let site = Site::with_people("broken");
    let schema = Schema::of(&site);
    let whole = mentor("Dr Sample Amara", "");
    let edit = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1)
    };
    for record in [
        edit("institution: leeds\n", "institution: Leeds\n"),
        edit("institution: leeds\n", ""),
        edit("[public-health]", "[grants]"),
        edit("[public-health]", "public-health"),
        edit("[public-health]", "[public-health, public-health]"),
        edit("roles: [mentor]", "roles: [Mentor]"),
        edit("roles: [mentor]", "roles: []"),
        edit("capacity: 2\n", ""),
        edit("capacity: 2", "capacity: two"),
        edit("capacity: 2", "capacity: -2"),
        edit("status: listed", "status: Listed"),
        edit("2027-01-10", "10/01/2027"),
        edit("{given: 2026-01-10, wording: v1}", "2026-01-10"),
        edit("given: 2026-01-10", "gven: 2026-01-10"),
        edit("profile:", "profil:"),
        format!("{whole}marched: true\n"),
        format!("{whole}noindex: no\n"),
        format!("{whole}pathway: medical\n"),
        format!("{whole}languages: [English]\n"),
        format!("{whole}links: {{orcid: 0000-0000}}\n"),
        format!("{whole}photo: amara.jpg\n"),
        format!("{whole}waive: [{{field: bio, rule: anything, reason: Because}}]\n"),
        format!("{whole}named_elsewhere: [friend]\n"),
        format!("- {}", whole.trim_end().replace('\n', "\n  ")),
    ] {
        let site = Site::small("one")
            .file("content/vocabulary.yaml", VOCABULARY)
            .file("content/mentors/amara.yaml", &record);
        assert!(people(&site).iter().all(|(_, value)| !schema.allows(value)), "the schema allows\n{record}");
        site.run(&["build"]).expect_code(1);
    }
}

#[test]
fn lists_languages_and_withdrawals_are_allowed() {
    let site = Site::with_people("allowed");
    let schema = Schema::of(&site);
    site.write(
        "content/mentors/others.yaml",
        "- {id: uma, status: withdrawn, on: 2026-11-21}
- id: wanda
  name: Dr Sample Wanda
  post: {en: Lecturer, cy: Darlithydd}
  institution: leeds
  stage: lecturer
  roles: [mentee]
  languages: [en, pt-br]
  consent: {profile: {given: 2026-01-10}, code: {given: 2026-01-10, withdrawn: 2026-02-10}}
  review_by: 2027-01-10
",
    );
    site.build();
    for (path, value) in people(&site) {
        assert!(schema.allows(&value), "{path}");
    }
}

#[test]
fn the_schema_is_written_to_a_file_and_needs_lists_that_can_be_read() {
    let site = Site::with_people("out");
    let printed = site.run(&["schema", "mentors"]).expect_code(0).stdout;
    assert!(printed.contains("\"University of Leeds\""), "{printed}");
    site.run(&["schema", "mentors", "--out", "mentors.schema.json"]).expect_code(0);
    assert_eq!(site.source("mentors.schema.json"), printed);
    site.write("content/vocabulary.yaml", "institutions: [leeds]\n");
    site.run(&["schema", "mentors"]).expect_code(1).expect("error[wrong-type]");
    Site::empty("nothing").run(&["schema", "mentors"]).expect_code(2);
}

#[test]
fn the_schema_of_the_demonstration_is_current() {
    let site = Site::demonstration("current");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("mentors.schema.json");
    support::assert_file(&site.run(&["schema", "mentors"]).expect_code(0).stdout, &path);
}

const KINDS: [&str; 8] =
    ["site", "page", "vocabulary", "survey", "release", "quotes", "actions", "registration"];

/// Whatever builds is allowed: the demonstration, and the sites that tests build.
#[test]
fn every_file_that_builds_is_allowed() {
    let nowhere = Site::empty("kinds");
    let schemas: BTreeMap<&str, Schema> =
        KINDS.into_iter().map(|kind| (kind, Schema::of_kind(&nowhere, kind))).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut all = vec![("content".to_owned(), Site::demonstration("all"))];
    for entry in std::fs::read_dir(sites).expect("tests/sites") {
        let folder = entry.expect("a site").path();
        let site = Site::copy_of("one", &folder.join("in"));
        if site.run(&["build"]).code == 0 {
            all.push((folder.display().to_string(), site));
        }
    }
    for (name, site) in &all {
        for (path, kind, value) in files(site) {
            let Schema { schemas, index } = &schemas[kind];
            if let Err(error) = schemas.validate(&value, *index) {
                panic!("{name}: {path}: {error:#}");
            }
            *count.entry(kind).or_default() += 1;
        }
    }
    for kind in ["site", "vocabulary", "survey", "release", "quotes", "actions"] {
        assert!(count.get(kind).is_some_and(|count| *count >= 1), "no {kind} among {count:?}");
    }
    assert!(count["page"] > 40 && count["site"] > 3, "{count:?}");
}

/// One slip at a time, in each map of each kind of file: the schema refuses it, and so does the build.
#[test]
fn slips_are_refused_by_schema_and_build() {
    const HEAD: &str = "---\ntitle: A page\nkind: publication\npublication:\n  authors: [{family: Author}]\n  journal: A Journal\n  published: 2025-04-29\n  repository: {name: A repository}\n---\n\nText.\n";
    const WHOLE: &str = "title: A scheme
base_url: https://example.org/
languages: [en]
organisation: A university
contact: {email: scheme@example.org, form: {link: \"https://forms.example.org/a\", fields: {first: r1}}}
menu: [index.md, {label: Home, link: /}]
colours: {accent: \"#5b2a86\"}
directory: {grace_days: 30}
hosting: {links: folder, for: [netlify]}
";
    const SCALED: &str = "title: An evaluation
groups: {mentee: {label: Mentees}, mentor: Mentors}
scales: {agreement: {points: [no, {id: sure, label: Sure}], tops: {agreed: [sure]}}}
questions:
  - {id: helpful, ask: Does it help?, type: scale, scale: agreement, show: agreed}
  - {id: why, ask: Why?, type: text, themes: [{id: time, label: Time}]}
  - {id: wanted, ask: What?, type: choose-all, options: [{id: advice, label: Advice}], since: \"2023\"}
editions: {\"2023\": {tallies: {universities: 22}}}
disclosure: {policy: small-survey, means: {min_n: 8}}
report: {authors: [{family: Author, given: Sample}]}
";
    const QUOTE: &str = "- {id: q1, question: wanted, group: mentee, text: It helped., consent: true}\n";
    const ACTION: &str = "- {suggestion: Training, status: done, date: 2024-01}\n";
    let survey = "content/evaluations/aimms/survey.yaml";
    let release = "content/evaluations/aimms/releases/2023.yaml";
    let quotes = "content/evaluations/aimms/quotes.yaml";
    let actions = "content/evaluations/aimms/actions.yaml";
    let slips = [
        ("content/site.yaml", WHOLE, "organisation:", "organization:"),
        ("content/site.yaml", WHOLE, "title: A scheme\n", ""),
        ("content/site.yaml", WHOLE, "https://example.org/\n", "example.org\n"),
        ("content/site.yaml", WHOLE, "[en]", "en"),
        ("content/site.yaml", WHOLE, "{email:", "{e-mail:"),
        ("content/site.yaml", WHOLE, "link: \"https", "url: \"https"),
        ("content/site.yaml", WHOLE, "first:", "fist:"),
        ("content/site.yaml", WHOLE, "label: Home", "text: Home"),
        ("content/site.yaml", WHOLE, "\"#5b2a86\"", "violet"),
        ("content/site.yaml", WHOLE, "grace_days: 30", "grace_days: a month"),
        ("content/site.yaml", WHOLE, "links: folder", "links: folders"),
        ("content/site.yaml", WHOLE, "[netlify]", "[heroku]"),
        ("content/vocabulary.yaml", VOCABULARY, "disciplines:", "discipline:"),
        ("content/vocabulary.yaml", VOCABULARY, "cardiff: Cardiff University", "cardiff: {lable: Cardiff}"),
        ("content/vocabulary.yaml", VOCABULARY, "{lecturer: Lecturer, professor: Professor}", "[lecturer]"),
        ("content/paper.md", HEAD, "title:", "titel:"),
        ("content/paper.md", HEAD, "kind: publication", "kind: article"),
        ("content/paper.md", HEAD, "journal:", "journl:"),
        ("content/paper.md", HEAD, "2025-04-29", "29 April 2025"),
        ("content/paper.md", HEAD, "family:", "surname:"),
        ("content/paper.md", HEAD, "{name:", "{title:"),
        ("content/paper.md", HEAD, "---\ntitle", "---\ndraft: yes\ntitle"),
        (survey, SCALED, "groups:", "group:"),
        (survey, SCALED, "{label: Mentees}", "{label: Mentees, parts: women}"),
        (survey, SCALED, "points:", "point:"),
        (survey, SCALED, "{id: sure, label", "{id: sure, lable"),
        (survey, SCALED, "ask: Does it help?", "asks: Does it help?"),
        (survey, SCALED, "type: scale", "type: scales"),
        (survey, SCALED, "{id: time, label", "{id: time, label: Time, lavel"),
        (survey, SCALED, "{id: advice, label", "{id: advice, other: maybe, label"),
        (survey, SCALED, "{tallies:", "{tally:"),
        (survey, SCALED, "policy: small-survey", "policy: tiny-survey"),
        (survey, SCALED, "min_n:", "min:"),
        (survey, SCALED, "given:", "name:"),
        (release, RELEASE, "edition:", "editon:"),
        (release, RELEASE, "collected: 2023-07", "collected: July"),
        (release, RELEASE, "includes: none\n", ""),
        (release, RELEASE, "{answered: 12}", "{answerd: 12}"),
        (release, RELEASE, "answered: 10", "answered: ten"),
        (release, RELEASE, "{counts: {advice", "{count: {advice"),
        (release, RELEASE, "contacts: few", "contacts: a few"),
        (release, RELEASE, "contacts: few", "contacts: {rounded: 5}"),
        (quotes, QUOTE, "question:", "questions:"),
        (quotes, QUOTE, ", consent: true", ""),
        (quotes, QUOTE, "consent: true", "consent: yes"),
        (actions, ACTION, "status: done", "status: finished"),
        (actions, ACTION, "suggestion:", "suggested:"),
        (actions, ACTION, "date: 2024-01", "date: last year"),
    ];
    let mut last = None;
    for (path, whole, from, to) in slips {
        assert!(whole.contains(from), "no {from} in {path}");
        let site = |text: &str| {
            let needs_survey = path.contains("/aimms/") && path != survey;
            let site = if needs_survey { Site::with_survey("slip") } else { Site::small("slip") };
            site.file(path, text)
        };
        let find = |site: &Site| files(site).into_iter().find(|file| file.0 == path).expect("the file");
        let (_, kind, value) = find(&site(whole));
        let schema = Schema::of_kind(&site(whole), kind);
        if let Err(error) = schema.schemas.validate(&value, schema.index) {
            panic!("{path} as it should be: {error:#}");
        }
        let built = site(whole);
        if last != Some(whole) {
            built.build();
            last = Some(whole);
        }
        let slip = site(&whole.replacen(from, to, 1));
        assert!(!schema.allows(&find(&slip).2), "the schema of {path} allows `{to}`");
        let run = slip.run(&["build"]);
        assert!(matches!(run.code, 1 | 3) && run.stderr.contains(path), "{path}, {to}:\n{}", run.console());
    }
}

#[test]
fn the_registration_of_the_documentation_is_allowed_and_a_slip_is_not() {
    let docs = include_str!("../docs/formats.md");
    let (_, rest) = docs.split_once("\n## Registrations\n").expect("the chapter");
    let yaml = rest.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("its example");
    let read = |text: &str| {
        let site = Site::small("registration").file("content/registration.yaml", text);
        let sources = Sources::read(site.root()).expect("a site");
        let (file, source) = sources.find("content/registration.yaml").expect("the file");
        json(&yaml::parse(&sources, file, 0..source.text.len(), &mut Diagnostics::new()).expect("YAML"))
    };
    let schema = Schema::of_kind(&Site::empty("registration"), "registration");
    assert!(schema.allows(&read(yaml)), "{yaml}");
    for (from, to) in [
        ("  email: Email2", "  e_mail: Email2"),
        ("columns:", "column:"),
        ("  mentee: [A mentee]", "  mentees: [A mentee]"),
        ("    no: [I do not agree]", "    not: [I do not agree]"),
        ("otherwise: {stage", "otherwise: {bio"),
        ("  institution: {Univ", "  university: {Univ"),
    ] {
        assert!(yaml.contains(from), "{from}");
        let slip = yaml.replacen(from, to, 1);
        assert!(!schema.allows(&read(&slip)), "{slip}");
    }
}

/// A schema tells people what each key is: no key without a sentence and an example.
#[test]
fn every_key_of_a_schema_says_what_it_is() {
    fn look(value: &Value, path: &str, count: &mut usize) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            let told = |inner: &Value| inner.get("description").is_some();
            // Keys that all hold the same are named by the map that they stand in.
            let are_alike = properties.values().all(|inner| !told(inner));
            for (name, inner) in properties {
                let about = inner.get("description").and_then(Value::as_str).unwrap_or_default();
                assert!(
                    are_alike || about.contains(&format!(". Example: {name}: ")),
                    "{path}.{name}: {about}"
                );
                *count += 1;
            }
        }
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(key, inner)| look(inner, &format!("{path}.{key}"), count));
            }
            Value::Array(items) => items.iter().for_each(|inner| look(inner, path, count)),
            _ => {}
        }
    }
    let mut count = 0;
    for kind in mentorpress::cli::Kind::ALL {
        if let Some(schema) = kind.schema() {
            look(&schema, kind.name, &mut count);
        }
    }
    assert!(count > 200, "{count}");
}
