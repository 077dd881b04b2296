//! The guides in `manual/`, the documents in `docs/`, the schemas, `--help` and the stored findings -> the folder of a
//! site, the manual, that `mentorpress build` makes:
//!
//! ```sh
//! cargo run --release --example manual -- --out target/manual
//! cargo run --release -- build --site target/manual
//! ```
//!
//! Nothing of the reference is written by hand a second time: what is not in its source is not in the manual.

#![allow(clippy::print_stderr, reason = "it is a program of its own")]
#![allow(dead_code, unreachable_pub, reason = "a test includes it and has no use for its main")]

use mentorpress::cli::{self, Kind};
use mentorpress::diagnostic::{Class, Code, Severity};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The documents in `docs/`, in the order in which the manual lists them, each with what it is.
const DOCUMENTS: [(&str, &str); 11] = [
    ("formats", "Every file that is read, what it does, and Markdown with its directives."),
    ("commands", "Every command and option."),
    ("diagnostics", "Every finding, why it is one, and what to do."),
    ("policies", "What law and guidance ask a scheme to publish, and what the build looks for."),
    ("disclosure", "What may be shown of an evaluation, and the arithmetic behind it."),
    ("hosting", "What each host needs, and what a withdrawal means there."),
    ("new", "What a new site has in it, and how it is published."),
    ("preview", "How the website is shown while it is written."),
    ("themes", "A look of your own."),
    ("variables", "Every variable that a template sees."),
    ("guarantees", "What is promised, how each promise is tested, and where it ends."),
];

/// The chapter of `docs/formats.md` on each kind of file.
const CHAPTERS: [(&str, &str); 9] = [
    ("mentors", "people"),
    ("site", "siteyaml"),
    ("page", "pages"),
    ("vocabulary", "vocabularyyaml"),
    ("survey", "surveys"),
    ("release", "releases"),
    ("quotes", "quotations"),
    ("actions", "what-came-of-suggestions"),
    ("registration", "registrations"),
];

/// Says that a folder is ours to write anew.
const MARK: &str = ".mentorpress-manual";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match &arguments[..] {
        [option, out] if option == "--out" => write(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(out))
            .map(|()| {
                eprintln!("The manual is in {out}. Build it: mentorpress build --site {out}");
            }),
        _ => Err("write the folder that the manual goes to: --out DIR".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::from(2)
        }
    }
}

/// Writes the site of the manual.
///
/// # Errors
/// What cannot be read or written; a folder that holds something else; a source that is not in its usual form.
pub fn write(repository: &Path, out: &Path) -> Result<(), String> {
    let is_empty = fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
    if !is_empty && !out.join(MARK).exists() {
        return Err(format!("{} holds something else: name a folder that is absent or empty", out.display()));
    }
    let content = out.join("content");
    if content.exists() {
        fs::remove_dir_all(&content).map_err(|error| format!("{}: {error}", content.display()))?;
    }
    let mut site = Manual { repository, out };
    site.put(MARK, "Made by examples/manual.rs, which writes this folder anew.\n")?;
    site.guides()?;
    site.documents()?;
    site.findings()?;
    site.files()?;
    site.help()?;
    site.contents()
}

struct Manual<'a> {
    repository: &'a Path,
    out: &'a Path,
}

impl Manual<'_> {
    fn read(&self, path: &str) -> Result<String, String> {
        fs::read_to_string(self.repository.join(path)).map_err(|error| format!("{path}: {error}"))
    }

    fn put(&mut self, path: &str, text: &str) -> Result<(), String> {
        let file = self.out.join(path);
        let trouble = |error: std::io::Error| format!("{}: {error}", file.display());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(trouble)?;
        }
        fs::write(&file, text).map_err(trouble)
    }

    fn page(&mut self, path: &str, title: &str, summary: &str, body: &str) -> Result<(), String> {
        let head = format!("---\ntitle: {}\nsummary: {}\n---\n\n", quoted(title), quoted(summary));
        self.put(&format!("content/{path}"), &format!("{head}{}\n", body.trim()))
    }

    /// What is written for the manual alone.
    fn guides(&mut self) -> Result<(), String> {
        let root = self.repository.join("manual");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let trouble = |error: std::io::Error| format!("{}: {error}", folder.display());
            for entry in fs::read_dir(&folder).map_err(trouble)? {
                let path: PathBuf = entry.map_err(trouble)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(name) = path.strip_prefix(&root) {
                    let text = fs::read_to_string(&path).map_err(trouble)?;
                    self.put(&name.to_string_lossy().replace('\\', "/"), &text)?;
                }
            }
        }
        Ok(())
    }

    /// `docs/<name>.md` -> `reference/<name>.md`, but for the findings, which have pages of their own.
    fn documents(&mut self) -> Result<(), String> {
        let docs = self.repository.join("docs");
        for entry in fs::read_dir(&docs).map_err(|error| format!("docs: {error}"))? {
            let name = entry.map_err(|error| format!("docs: {error}"))?.file_name();
            let name = name.to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".md") else { continue };
            let Some((_, about)) = DOCUMENTS.iter().find(|(other, _)| *other == stem) else {
                return Err(format!("docs/{name} has no place in the manual: name it in examples/manual.rs"));
            };
            if stem != "diagnostics" {
                let (title, body) = document(&self.read(&format!("docs/{name}"))?)?;
                self.page(&format!("reference/{stem}.md"), &title, about, &body)?;
            }
        }
        Ok(())
    }

    /// `docs/diagnostics.md` and what the tests saw printed -> a page of all codes, and one for each chapter.
    fn findings(&mut self) -> Result<(), String> {
        let (title, text) = document(&self.read("docs/diagnostics.md")?)?;
        let mut chapters = text.split("\n## ");
        let mut contents = format!("{}\n", chapters.next().unwrap_or_default().trim_end());
        let mut told = Vec::new();
        for chapter in chapters {
            let (heading, rest) = chapter.split_once('\n').unwrap_or((chapter, ""));
            let (words, id) = heading
                .split_once(" {#")
                .map(|(words, id)| (words, id.trim_end_matches('}')))
                .ok_or_else(|| format!("docs/diagnostics.md: {heading} has no id"))?;
            let about = rest.split("\n| code |").next().unwrap_or_default().trim();
            let rows: Vec<Row> = rest.lines().filter_map(Row::read).collect();
            write_to(&mut contents, format_args!("\n## {heading}\n\n{about}\n\n"));
            let mut page = format!("{} [All findings](../diagnostics.md).\n", below(about));
            for row in &rows {
                let Row { code, why, remedy } = row;
                let severity = severity(*code);
                let name = code.name();
                write_to(&mut contents, format_args!("- [`{name}`](findings/{id}.md#{name}), {severity}\n"));
                let why = below(why);
                let remedy = below(remedy);
                let example = self.example(*code)?;
                write_to(
                    &mut page,
                    format_args!(
                        "\n## {name} {{#{name}}}\n\n**{}.** {why}\n\n**What to do:** {remedy}\n\n{example}\n",
                        capital(severity)
                    ),
                );
                told.push(*code);
            }
            let summary = format!("Findings: {}", words.to_lowercase());
            self.page(
                &format!("reference/findings/{id}.md"),
                &summary,
                "What is said, why, and what to do, each with an example.",
                &page,
            )?;
        }
        if let Some(code) = Code::ALL.iter().find(|code| !told.contains(code)) {
            return Err(format!("docs/diagnostics.md does not explain {}", code.name()));
        }
        let about = DOCUMENTS.iter().find(|(name, _)| *name == "diagnostics").map_or("", |(_, about)| about);
        self.page("reference/diagnostics.md", &title, about, &contents)
    }

    /// What was printed of the smallest site that has the finding.
    fn example(&self, code: Code) -> Result<String, String> {
        let path = format!("tests/diagnostics/{}/console", code.name());
        let printed = self.read(&path)?;
        let is_it = |block: &&str| {
            block.split_once('[').is_some_and(|(_, rest)| rest.starts_with(&format!("{}]", code.name())))
        };
        let block =
            printed.split("\n\n").find(is_it).ok_or_else(|| format!("{path} does not have the finding"))?;
        Ok(format!("````\n{}\n````", block.trim_end()))
    }

    /// The schemas -> a page for each kind of file.
    fn files(&mut self) -> Result<(), String> {
        for kind in Kind::ALL {
            let schema = match kind.schema() {
                Some(schema) => schema,
                // Of the demonstration: the words of a vocabulary are a site's own.
                None => {
                    let path = format!("{}.schema.json", kind.name);
                    serde_json::from_str(&self.read(&path)?).map_err(|error| format!("{path}: {error}"))?
                }
            };
            let chapter = CHAPTERS.iter().find(|(name, _)| *name == kind.name).map(|(_, chapter)| chapter);
            let chapter = chapter.ok_or_else(|| format!("no chapter on {}", kind.name))?;
            let mut keys = Keys { root: &schema, parts: Vec::new() };
            keys.collect(&schema, "");
            let mut body = format!(
                "The file is `{}`. [Formats](../formats.md#{chapter}) says how it works. For an editor that completes and checks it: `mentorpress schema {}`. [All files](../index.md).\n",
                kind.path, kind.name
            );
            for part in &keys.parts {
                body.push_str(&keys.section(part));
            }
            let title = format!("Keys: {}", kind.path);
            self.page(
                &format!("reference/files/{}.md", kind.name),
                &title,
                &format!("{}.", kind.about),
                &body,
            )?;
        }
        Ok(())
    }

    /// What each command says of itself.
    fn help(&mut self) -> Result<(), String> {
        let mut body =
            "This is what `--help` prints. [Commands](commands.md) says what each is for.\n".to_owned();
        for (command, text) in cli::help() {
            let id = command.replace(' ', "-");
            let text: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
            write_to(
                &mut body,
                format_args!("\n## mentorpress {command} {{#{id}}}\n\n````\n{}\n````\n", text.join("\n")),
            );
        }
        self.page("reference/help.md", "Help of every command", "Every command with its options.", &body)
    }

    fn contents(&mut self) -> Result<(), String> {
        let mut body = "## Files and keys\n\n".to_owned();
        for kind in Kind::ALL {
            let Kind { name, path, about, .. } = kind;
            write_to(&mut body, format_args!("- [`{path}`](files/{name}.md): {}.\n", small(about)));
        }
        body.push_str("\n## All the rest\n\n");
        for (name, about) in DOCUMENTS {
            let title = document(&self.read(&format!("docs/{name}.md"))?)?.0;
            write_to(&mut body, format_args!("- [{title}]({name}.md): {}\n", small(about)));
        }
        body.push_str("- [Help of every command](help.md): what `--help` prints.\n");
        let about = "Every file, every key, every command and every finding.";
        self.page("reference/index.md", "Reference", about, &body)
    }
}

/// A row of a table in `docs/diagnostics.md`.
struct Row<'t> {
    code: Code,
    why: &'t str,
    remedy: &'t str,
}

impl Row<'_> {
    fn read(line: &str) -> Option<Row<'_>> {
        let cells: Vec<&str> = line.strip_prefix("| `")?.strip_suffix(" |")?.split(" | ").collect();
        let [name, _, why, remedy] = cells[..] else { return None };
        Some(Row { code: Code::find(name.trim_end_matches('`'))?, why, remedy })
    }
}

fn severity(code: Code) -> &'static str {
    match (code.severity(), code.class()) {
        (Severity::Warning, _) => "a warning",
        (Severity::Error, Class::Findings) => "an error",
        (Severity::Error, Class::Policy) => "a breach of the policy",
    }
}

/// A document as a page: its title, and the text with an id on each heading, by which links of code hosts find it.
fn document(text: &str) -> Result<(String, String), String> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let title = first.strip_prefix("# ").ok_or_else(|| format!("no title: {first}"))?;
    let mut body = String::new();
    let mut in_code = false;
    for line in rest.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        if line.starts_with('#') && !in_code {
            let id = slug(line);
            write_to(&mut body, format_args!("{line} {{#{id}}}\n"));
        } else if in_code {
            write_to(&mut body, format_args!("{line}\n"));
        } else {
            // What the README tells of these, the guides tell.
            let line = line.replace("](../README.md#for-authors-ten-minutes)", "](../authors.md)");
            write_to(&mut body, format_args!("{line}\n"));
        }
    }
    Ok((title.to_owned(), body.trim().to_owned()))
}

/// A heading's fragment as code hosts make it.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Links of a page in `reference/` as they stand one folder below.
fn below(text: &str) -> String {
    let mut out = String::new();
    let mut pieces = text.split("](");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_file = piece.split(')').next().is_some_and(|to| to.contains(".md") && !to.contains("://"));
        out.push_str(if is_file { "](../" } else { "](" });
        out.push_str(piece);
    }
    out
}

/// A map in a file, or a value with a name of its own, as the file's schema has it.
struct Part<'s> {
    /// The keys that lead to it, as in `contact.form`; nothing for the file itself.
    paths: Vec<String>,
    id: String,
    /// What it is called, where that is not the name of its key.
    title: Option<&'s str>,
    schema: &'s Value,
}

struct Keys<'s> {
    root: &'s Value,
    parts: Vec<Part<'s>>,
}

impl<'s> Keys<'s> {
    /// A schema, or the one that it refers to where that is a map.
    fn resolved(&self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some("#/$defs/person") => &self.root["$defs"]["person"],
            _ => schema,
        }
    }

    /// What makes a schema the same as another: its keys or choices, whatever was said of the key that holds it.
    fn same(one: &Value, other: &Value) -> bool {
        ["properties", "anyOf"].iter().all(|name| one.get(name) == other.get(name))
    }

    fn part(&self, schema: &Value) -> Option<&Part<'s>> {
        self.parts.iter().find(|part| Keys::same(part.schema, schema))
    }

    /// All maps and named values in a schema, each once.
    fn collect(&mut self, schema: &'s Value, path: &str) {
        let schema = self.resolved(schema);
        let properties = schema.get("properties").and_then(Value::as_object);
        let is_file = path.is_empty();
        let last = path.rsplit('.').next().unwrap_or_default();
        let title = schema.get("title").and_then(Value::as_str).filter(|title| !is_file && *title != last);
        let title = title.filter(|title| *title != path);
        let is_map = properties.is_some_and(|properties| !is_alike(properties));
        if is_map || (title.is_some() && schema.get("anyOf").is_some()) {
            if let Some(known) = self.parts.iter_mut().find(|part| Keys::same(part.schema, schema)) {
                if !known.paths.iter().any(|other| other == path) {
                    known.paths.push(path.to_owned());
                }
                return;
            }
            let mut id = slug(title.unwrap_or(&path.replace('.', " ")));
            if self.parts.iter().any(|part| part.id == id) {
                id = format!("{id}-{}", slug(&path.replace('.', " ")));
            }
            self.parts.push(Part { paths: vec![path.to_owned()], id, title, schema });
        }
        for (key, inner) in properties.into_iter().flatten() {
            match (is_map, is_file) {
                (false, _) => self.collect(inner, path),
                (true, true) => self.collect(inner, key),
                (true, false) => self.collect(inner, &format!("{path}.{key}")),
            }
        }
        for name in ["anyOf", "oneOf", "allOf"] {
            for inner in schema.get(name).and_then(Value::as_array).into_iter().flatten() {
                self.collect(inner, path);
            }
        }
        for name in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(name).filter(|inner| inner.is_object()) {
                self.collect(inner, path);
            }
        }
    }

    /// What there is to say of a part: a table of keys, those that must be there first, or a list of choices.
    fn section(&self, part: &Part<'s>) -> String {
        let mut out = String::new();
        let path = part.paths.first().map(String::as_str).unwrap_or_default();
        match part.title {
            _ if path.is_empty() => {}
            Some(title) => {
                let paths: Vec<String> = part.paths.iter().map(|path| format!("`{path}`")).collect();
                let heading = format!("\n## {} {{#{}}}\n", capital(title), part.id);
                write_to(&mut out, format_args!("{heading}\nIn {}.\n", paths.join(", ")));
            }
            None => write_to(&mut out, format_args!("\n## `{path}` {{#{}}}\n", part.id)),
        }
        if let Some(all) = part.schema.get("anyOf").and_then(Value::as_array) {
            out.push('\n');
            for choice in all {
                write_to(&mut out, format_args!("- {}\n", self.words(choice)));
            }
            return out;
        }
        out.push_str("\n| key | holds | what it is |\n|---|---|---|\n");
        let required: Vec<&str> = [&part.schema["required"], &part.schema["else"]["required"]]
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let is_required = |key: &str| required.contains(&key);
        let properties = part.schema["properties"].as_object().into_iter().flatten();
        let (first, then): (Vec<_>, Vec<_>) = properties.partition(|(key, _)| is_required(key));
        for (key, schema) in first.into_iter().chain(then) {
            let about = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            let (about, example) = about.split_once(" Example: ").unwrap_or((about, ""));
            let must = if is_required(key) { ", required" } else { "" };
            let holds = self.words(schema);
            write_to(
                &mut out,
                format_args!("| `{key}`{must} | {holds} | {} `{}` |\n", plain(about), cell(example)),
            );
        }
        out
    }

    /// What a schema allows, in words.
    fn words(&self, schema: &Value) -> String {
        if let Some(part) = self.part(schema) {
            return format!("[{}](#{})", part.title.unwrap_or("map"), part.id);
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            return match name.trim_start_matches("#/$defs/") {
                "localised" => "text by language",
                "decimal" => "number as it is printed",
                "day-or-month" => "day or month",
                "moment" => "day, with a time or without",
                "address" => "address in full",
                "language" => "language code",
                name => name,
            }
            .to_owned();
        }
        if schema.get("enumDescriptions").is_some() {
            return "id of `vocabulary.yaml`".to_owned();
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            let words = words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`"));
            return words.collect::<Vec<_>>().join(", ");
        }
        if let Some(all) = schema.get("anyOf").and_then(Value::as_array) {
            let mut words: Vec<String> = Vec::new();
            for inner in all.iter().map(|inner| self.words(inner)) {
                if !words.contains(&inner) {
                    words.push(inner);
                }
            }
            return words.join(", or ");
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            if is_alike(properties) {
                let keys: Vec<String> = properties.keys().map(|key| format!("`{key}`")).collect();
                let inner = properties.values().next().map(|inner| self.words(inner)).unwrap_or_default();
                return format!("map from {} to {inner}", keys.join(", "));
            }
            return "map".to_owned();
        }
        if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) {
            return format!("map from ids to {}", self.words(inner));
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => format!("list of {}", self.words(&schema["items"])),
            Some("integer") => "whole number".to_owned(),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("string") => "text".to_owned(),
            _ => "not looked at".to_owned(),
        }
    }
}

/// Whether keys all hold the same, and are told of together.
fn is_alike(properties: &serde_json::Map<String, Value>) -> bool {
    properties.values().all(|inner| inner.get("description").is_none())
}

/// Plain words as Markdown that prints them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '<' | '[' | ']' | '`' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Code in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A text as a value of YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn write_to(out: &mut String, arguments: std::fmt::Arguments) {
    // Writing to a text does not fail.
    let _ = out.write_fmt(arguments);
}
