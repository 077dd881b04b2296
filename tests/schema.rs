//! `mentorpress schema mentors` says of a person's file what the build says of it.

mod support;

use boon::{Compiler, SchemaIndex, Schemas};
use mentorpress::diagnostic::Diagnostics;
use mentorpress::source::Sources;
use mentorpress::yaml::{self, Kind, Node};
use serde_json::Value;
use support::{Site, VOCABULARY, mentor};

/// A compiled schema.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn of(site: &Site) -> Schema {
        let run = site.run(&["schema", "mentors"]).expect_code(0);
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
            text => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        },
        Kind::Scalar { text, .. } => text.as_str().into(),
        Kind::List(items) => items.iter().map(json).collect(),
        Kind::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.value.clone(), json(&entry.value))).collect())
        }
    }
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
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("mentors.schema.json");
    support::assert_file(&site.run(&["schema", "mentors"]).expect_code(0).stdout, &path);
}
