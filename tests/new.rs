//! `mentorpress new`: each kind of site builds at once as a draft, holds nothing half-filled back but in words, is complete once
//! its gaps are filled, and is built by its hosts as its files say.

mod support;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::preview::Preview;
use support::{Run, Site, TODAY, assert_file, run_in, tree};

const KINDS: [&str; 3] = ["aimms", "reverse", "reciprocal"];

/// A folder with a new site in `my-scheme`, made with nothing but the kind.
fn begun(kind: &str) -> (Site, Run) {
    let outer = Site::empty(&format!("new-{kind}"));
    let run = run_in(outer.root(), &["new", "my-scheme", "--scheme", kind, "--date", TODAY]);
    assert_eq!(run.code, 0, "{}", run.console());
    (outer, run)
}

/// A copy of the site in it, where the fluent helper wants it.
fn site(kind: &str) -> Site {
    let (outer, _) = begun(kind);
    Site::copy_of(kind, &outer.root().join("my-scheme"))
}

/// Where `[TODO: …]` begins and ends in a text.
fn gaps(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices("[TODO").map(|(at, _)| at);
    starts.map(|at| (at, at + text[at..].find(']').expect("a gap that ends") + 1)).collect()
}

fn text_files(site: &Site) -> BTreeMap<String, String> {
    let files = tree(&site.root().join("content"));
    files
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// What a committee does on its first day, as a script: every gap is filled, the samples become people, and the site and the
/// information sheet are drafts no longer. Returns in how many lines of each file it had to write words of its own.
fn fill(site: &Site) -> BTreeMap<String, usize> {
    let mut typed: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in text_files(site) {
        let mut out = Vec::new();
        for line in text.lines() {
            let Some((start, end)) = gaps(line).first().copied() else {
                // Nothing is typed to delete a line.
                if line != "draft: true" && !line.starts_with("# Every page says that it is a draft") {
                    out.push(line.to_owned());
                }
                continue;
            };
            let filled = if path == "content/site.yaml" {
                let value = match line.trim().split(':').next().expect("a key") {
                    "title" => "The Lantern Circle",
                    "organisation" => "Sample University",
                    "base_url" => "https://lantern.example.org/",
                    "email" => "lantern@example.org",
                    other => panic!("{other} waits in site.yaml"),
                };
                format!("{}: \"{value}\"", line.split(':').next().expect("a key"))
            } else if path.starts_with("content/mentors/") {
                // The samples are deleted in truth; here they become people.
                out.push("seeks: A colleague one step behind.".to_owned());
                continue;
            } else if line.starts_with("[TODO") || line.starts_with('#') {
                // A paragraph that asks for a reading, and is deleted after it.
                continue;
            } else if path == "content/contact.md" {
                line[..start].trim_end().replace("scheme@example.org", "lantern@example.org")
            } else if line[..start].trim_end().ends_with('.') {
                // Sentences that had to be confirmed: the words behind them are deleted.
                out.push(line[..start].trim_end().to_owned());
                continue;
            } else {
                let words = "the [Sample Office](https://www.example.org/office), number 12345";
                format!("{}{words}{}", &line[..start], &line[end..])
            };
            assert!(gaps(&filled).is_empty(), "{path}: {line}");
            *typed.entry(path.clone()).or_default() += 1;
            out.push(filled);
        }
        site.write(&path, &(out.join("\n") + "\n"));
    }
    typed
}

#[test]
fn each_kind_builds_at_once_and_names_what_waits_for_words() {
    for kind in KINDS {
        let (outer, run) = begun(kind);
        assert!(run.stdout.lines().count() <= 5 && run.stderr.is_empty(), "{}", run.console());
        assert_file(&run.console(), &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/new").join(kind));
        let site = Site::copy_of(kind, &outer.root().join("my-scheme"));
        let first = site.run(&["build", "--format", "json"]).expect_code(0);
        let outcome: Value = serde_json::from_str(&first.stdout).expect("JSON");
        assert_eq!(outcome["draft"], json!(true));
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for finding in outcome["findings"].as_array().expect("findings") {
            assert_eq!(finding["code"], "placeholder-shown", "{finding}");
            let path = finding["path"].as_str().expect("a path").to_owned();
            named.entry(path).or_default().push(finding["line"].as_u64().expect("a line") as usize);
        }
        let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (path, text) in text_files(&site) {
            for (number, line) in text.lines().enumerate() {
                for (start, end) in gaps(line) {
                    waiting.entry(path.clone()).or_default().push(number + 1);
                    let knows = [
                        "committee",
                        "officer",
                        "office",
                        "team",
                        "lead",
                        "chair",
                        "service",
                        "whoever",
                        "of site.yaml",
                    ];
                    let gap = &line[start..end];
                    assert!(knows.iter().any(|who| gap.contains(who)), "{path}: who knows? {gap}");
                }
            }
        }
        assert_eq!(named, waiting, "{kind}");
        let count: usize = waiting.values().map(Vec::len).sum();
        assert!(run.stdout.contains(&format!("\n{count} places wait for your words: ")), "{}", run.stdout);
        for (path, lines) in &waiting {
            assert!(run.stdout.contains(&format!("{path} ({})", lines.len())), "{path} {}", run.stdout);
        }
    }
}

#[test]
fn a_draft_says_so_on_every_page_and_search_engines_stay_away() {
    for kind in KINDS {
        let site = site(kind);
        site.run(&["build"]).expect_code(0).expect("A draft: every page says so");
        let pages: Vec<(String, Vec<u8>)> =
            site.public().into_iter().filter(|(path, _)| path.ends_with(".html")).collect();
        assert!(pages.len() > 8, "{kind}");
        for (path, bytes) in pages {
            let page = String::from_utf8(bytes).expect("UTF-8");
            assert!(page.contains("Review copy, not published."), "{kind}: {path}");
            assert!(page.contains(r#"<meta name="robots" content="noindex">"#), "{kind}: {path}");
        }
        assert!(site.page("robots.txt").contains("Disallow: /\n"), "{}", site.page("robots.txt"));
        assert!(!site.page("sitemap.xml").contains("<loc>"), "{}", site.page("sitemap.xml"));
    }
}

#[test]
fn nothing_half_filled_goes_public() {
    for kind in KINDS {
        let site = site(kind);
        let draft = site.build();
        let before = site.public();
        site.edit("content/site.yaml", "\ndraft: true\n", "\n");
        let run = site.run(&["build"]).expect_code(1);
        let errors = run.stderr.matches("error[placeholder]").count();
        // But for those of the sheet that stays a draft for itself.
        assert_eq!(errors, draft.stderr.matches("warning[placeholder-shown]").count() - 4, "{}", run.stderr);
        assert_eq!(site.public(), before, "the old site is left as it was");
        // One gap is as many as all of them.
        fill(&site);
        site.edit("content/about.md", "\n## ", "\n[TODO: who]\n\n## ");
        site.run(&["build"]).expect_code(1).expect("error[placeholder]: `[TODO: who]` still waits for words");
        assert_eq!(site.public(), before);
    }
}

#[test]
fn each_kind_is_complete_once_its_gaps_are_filled() {
    for kind in KINDS {
        let site = site(kind);
        let waiting: usize = text_files(&site).values().map(|text| gaps(text).len()).sum();
        let typed = fill(&site);
        // What the options of `new` would have said, and what can wait until the scheme is evaluated.
        let facts = typed["content/site.yaml"] + typed["content/contact.md"];
        let later = typed["content/policies/participant-information.md"];
        let others = typed.values().sum::<usize>() - facts - later;
        let row = format!("| `{kind}` | {waiting} | {} | {others} |", waiting - facts);
        assert!(include_str!("../docs/new.md").contains(&row), "docs/new.md should say {row}");
        let built = site.build();
        assert_eq!(built.stderr, "", "{kind}");
        assert!(!built.stdout.contains("A draft"), "{}", built.stdout);
        let checked = site.run(&["check"]).expect_code(0);
        assert_eq!(checked.stderr, "", "{kind}");
        site.run(&["check", "--deny-warnings"]).expect_code(0);
        for (path, bytes) in site.public() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("TODO"), "{kind}: {path}");
            assert!(!text.contains("Review copy"), "{kind}: {path}");
            assert!(!text.contains("scheme@example.org"), "{kind}: {path}");
            assert!(!text.contains("scheme.example.org"), "{kind}: {path}");
        }
        for page in [
            "policies/privacy",
            "policies/code-of-conduct",
            "policies/accessibility",
            "policies/participant-information",
            "policies/consent-v1",
            "about",
            "contact",
            "for-mentors",
            "for-mentees",
            "news/welcome",
        ] {
            assert!(site.has(&format!("{page}/index.html")), "{kind}: {page}");
        }
        // Nobody is told who mentors in a reverse scheme.
        assert_eq!(site.has("mentors/index.html"), kind != "reverse");
        assert_eq!(site.has("mentors/sample-one/index.html"), kind != "reverse");
    }
}

#[test]
fn facts_that_are_given_need_not_be_filled_in() {
    let site = Site::empty("facts");
    let facts = [
        "--title",
        "The \"Lantern\": #1 <b>Circle</b> @email@ \\ @people@",
        "--organisation",
        "Prifysgol Sampl – Tŷ’r Lamp & Co",
        "--email",
        "lantern@example.org",
        "--base-url",
        "https://www.example.org/lantern",
    ];
    for kind in KINDS {
        let arguments = [&["new", kind, "--scheme", kind, "--date", TODAY], &facts[..]].concat();
        let run = run_in(site.root(), &arguments).expect_code(0);
        assert!(!run.stdout.contains("site.yaml") && !run.stdout.contains("contact.md"), "{}", run.stdout);
        let new = Site::copy_of(kind, &site.root().join(kind));
        new.build();
        let home = new.page("index.html");
        for words in [
            "The &quot;Lantern&quot;: #1 &lt;b&gt;Circle&lt;/b&gt; @email@ \\ @people@",
            "Prifysgol Sampl – Tŷ’r Lamp &amp; Co",
            "mailto:lantern@example.org",
            "https://www.example.org/lantern/",
        ] {
            let plain = home.replace("&#34;", "&quot;").replace("&#x22;", "&quot;");
            assert!(plain.contains(words), "{kind}: no {words} in {home}");
        }
        assert!(new.source("hosting/crontab").contains("\nMAILTO=lantern@example.org\n"));
        assert!(
            new.source("README.md").starts_with("# The \"Lantern\": #1 <b>Circle</b> @email@ \\ @people@\n")
        );
    }
}

#[test]
fn the_same_words_make_the_same_bytes() {
    for kind in KINDS {
        let (one, _) = begun(kind);
        let (other, _) = begun(kind);
        assert_eq!(tree(one.root()), tree(other.root()), "{kind}");
        // Nothing lies beside the new folder, or within it, that is not of the site.
        assert!(tree(one.root()).keys().all(|path| path.starts_with("my-scheme/")), "{kind}");
        for (path, bytes) in tree(one.root()) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let is_gap = |at: usize| {
                let name: String =
                    text[at + 1..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                text[at + 1 + name.len()..].starts_with('@')
            };
            assert!(
                !text.match_indices('@').any(|(at, _)| is_gap(at)),
                "{path} has a gap that nothing fills"
            );
        }
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let site = Site::empty("held").file("my-scheme/notes.txt", "mine").file("my-scheme/.git/HEAD", "ref");
    let before = tree(site.root());
    let run = run_in(site.root(), &["new", "my-scheme", "--scheme", "aimms"]).expect_code(2);
    assert_eq!(
        run.stderr,
        "error: my-scheme is not empty: it holds .git, notes.txt\n  help: name a folder that is not there yet, or an empty one; nothing was written\n"
    );
    for n in 0..9 {
        site.write(&format!("many/{n}.md"), "");
    }
    run_in(site.root(), &["new", "many", "--scheme", "aimms"])
        .expect_code(2)
        .expect("it holds 0.md, 1.md, 2.md, 3.md, 4.md and 4 more");
    run_in(site.root(), &["new", "my-scheme/notes.txt", "--scheme", "aimms"])
        .expect_code(2)
        .expect("error: my-scheme/notes.txt is a file");
    run_in(site.root(), &["new", "my-scheme/notes.txt/below", "--scheme", "aimms"]).expect_code(2);
    let after = tree(site.root());
    assert_eq!(
        after.into_iter().filter(|(path, _)| !path.starts_with("many/")).collect::<BTreeMap<_, _>>(),
        before
    );
}

#[test]
fn what_cannot_be_used_is_said_and_nothing_is_written() {
    let site = Site::empty("refused");
    let long = "x".repeat(201);
    let cases: [(&[&str], &str); 9] = [
        (
            &["new", "a/b", "--scheme", "reverze"],
            "error: `reverze` is no kind of scheme\n  help: did you mean `reverse`?\n",
        ),
        (
            &["new", "a/b", "--scheme", "formal"],
            "error: `formal` is no kind of scheme\n  help: use one of `aimms`, `reverse`, `reciprocal`\n",
        ),
        (
            &["new", "--scheme", "reverse"],
            "error: the new site needs a folder\n  help: name one that is not there yet: mentorpress new my-scheme --scheme reverse\n",
        ),
        (
            &["new", "a/b", "--scheme", "aimms", "--email", "scheme"],
            "error: `scheme` is not an e-mail address\n  help: write the scheme's own address: --email scheme@example.org\n",
        ),
        (
            &["new", "a/b", "--scheme", "aimms", "--base-url", "www.example.org"],
            "error: `www.example.org` is not the address of a site\n  help: write it in full: --base-url https://www.example.org/mentoring/\n",
        ),
        (
            &["new", "a/b", "--scheme", "aimms", "--title", "Two\nlines"],
            "error: `Two\u{FFFD}lines` cannot be the scheme's name\n  help: write it in one line, in at most 200 letters: --title \"The Lantern Circle\"\n",
        ),
        (
            &["new", "a/b", "--scheme", "aimms", "--organisation", "  "],
            "error: `` cannot be the name of the organisation that runs the scheme\n  help: write it in one line, in at most 200 letters: --organisation \"The Lantern Circle\"\n",
        ),
        (&["new", "a/b", "--scheme", "aimms", "--title", &long], "xxx… cannot be the scheme's name"),
        (&["new", "/", "--scheme", "aimms"], "error: / is not empty: it holds "),
    ];
    for (arguments, words) in cases {
        let run = run_in(site.root(), arguments).expect_code(2);
        assert!(
            run.stderr.replace('`', "").contains(&words.replace('`', "")),
            "{arguments:?}\n{}",
            run.console()
        );
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert_eq!(fs::read_dir(site.root()).expect("the folder").count(), 0, "{arguments:?}");
    }
}

#[test]
fn without_a_kind_the_kinds_are_explained() {
    let site = Site::empty("kinds");
    let run = run_in(site.root(), &["new"]).expect_code(2);
    assert_file(&run.console(), &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/new/kinds"));
    run_in(site.root(), &["new", "lantern"]).expect_code(2).expect("mentorpress new lantern --scheme aimms");
    assert_eq!(fs::read_dir(site.root()).expect("the folder").count(), 0);
}

#[test]
fn an_empty_folder_is_filled_and_folders_above_are_made() {
    let site = Site::empty("empty");
    fs::create_dir(site.root().join("here")).expect("a folder");
    // What a run that was killed left there is no obstacle.
    site.write("here/.mentorpress-new/content/index.md", "half");
    let run = run_in(&site.root().join("here"), &["new", ".", "--scheme", "reverse", "--date", TODAY])
        .expect_code(0);
    assert!(run.stdout.contains("Next: mentorpress serve --open,"), "{}", run.stdout);
    run_in(&site.root().join("here"), &["build", "--date", TODAY]).expect_code(0);
    run_in(site.root(), &["new", "far/away/there", "--scheme", "reverse", "--date", TODAY]).expect_code(0);
    let (here, there) = (tree(&site.root().join("here")), tree(&site.root().join("far/away/there")));
    for (path, bytes) in &there {
        // Its own name is the folder's.
        if path != "hosting/crontab" {
            assert_eq!(here.get(path), Some(bytes), "{path}");
        }
    }
    assert!(!here.keys().any(|path| path.starts_with(".mentorpress-new")), "{:?}", here.keys());
    let run = run_in(site.root(), &["new", "with a blank", "--scheme", "reverse"]).expect_code(0);
    assert!(run.stdout.contains("mentorpress serve --site \"with a blank\" --open,"), "{}", run.stdout);
    assert!(site.source("with a blank/hosting/crontab").contains("\nSITE=/srv/with-a-blank\n"));
}

/// Each `mentorpress …` in the new site's README, as it stands there.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let quoted = readme.split('`').skip(1).step_by(2).filter(|words| words.starts_with("mentorpress "));
    quoted.map(|words| words.split_whitespace().skip(1).map(str::to_owned).collect()).collect()
}

#[test]
fn the_readme_names_what_there_is() {
    for kind in KINDS {
        let site = site(kind);
        let readme = site.source("README.md");
        for word in ["cargo", "rust", "compile", "toolchain", "npm", "crate", "static site"] {
            assert!(!readme.to_lowercase().contains(word), "{kind}: {word}");
        }
        let rows = readme.lines().filter(|line| line.starts_with("| `"));
        let mut named = 0;
        for path in rows.flat_map(|row| row.split('|').nth(1).expect("a cell").split('`').skip(1).step_by(2))
        {
            let is_made_later = matches!(path, "public/" | "private/");
            assert!(is_made_later || site.root().join(path).exists(), "{kind}: no {path}");
            named += 1;
        }
        assert!(named > 9, "{kind}: {named}");
        fill(&site);
        if kind != "reverse" {
            let sample = site.source("content/mentors/sample-one.yaml").replace("Mentor One", "Amara");
            site.write("content/mentors/amara.yaml", &sample);
        }
        site.build();
        let commands = commands(&readme);
        assert!(commands.len() > 5, "{commands:?}");
        for command in commands {
            let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            let copy = Site::copy_of("readme", site.root());
            if arguments[0] == "serve" {
                // Without --open: nobody is here to look.
                assert_eq!(arguments, ["serve", "--open"]);
                assert_eq!(Preview::of(&copy, &[]).get("/").status, 200, "{kind}");
                continue;
            }
            // A subcommand that is named as such is no order.
            let is_order = !(kind == "reverse" && arguments[0] == "mentors");
            if is_order {
                let run = copy.run(&arguments);
                assert_eq!(run.code, 0, "{kind}: {arguments:?}\n{}", run.console());
            }
        }
    }
}

#[cfg(unix)]
mod hosted {
    use super::*;
    use mentorpress::diagnostic::Diagnostics;
    use mentorpress::source::Sources;
    use mentorpress::yaml::{Kind, Node, parse};

    /// YAML as JSON, every scalar a text.
    fn yaml(site: &Site, path: &str) -> Value {
        fn value(node: &Node) -> Value {
            match &node.kind {
                Kind::Null => Value::Null,
                Kind::Scalar { text, .. } => json!(text),
                Kind::List(items) => items.iter().map(value).collect(),
                Kind::Map(entries) => {
                    entries.iter().map(|entry| (entry.key.value.clone(), value(&entry.value))).collect()
                }
            }
        }
        let mut sources = Sources::read(site.root()).expect("the site");
        let text = site.source(path);
        sources.add_builtin(path, &text);
        let (file, source) = sources.find(path).expect("the file");
        let mut found = Diagnostics::new();
        let node = parse(&sources, file, 0..source.text.len(), &mut found);
        assert!(found.is_empty(), "{path}: {found:?}");
        value(&node.expect("YAML"))
    }

    /// A folder of programs: this one, and those of the system, but nothing that could fetch or compile another.
    fn programs(site: &Site) -> PathBuf {
        let folder = site.root().join(".programs");
        fs::create_dir_all(&folder).expect("a folder");
        let program = folder.join("mentorpress");
        if !program.exists() {
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_mentorpress"), program).expect("a link");
        }
        for name in ["cargo", "rustup", "curl"] {
            let path = folder.join(name);
            fs::write(&path, "#!/bin/sh\necho \"$0 was asked\" >&2\nexit 99\n").expect("a program");
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            fs::set_permissions(&path, mode).expect("a program");
        }
        folder
    }

    fn shell(
        site: &Site,
        folder: &Path,
        shell: &[&str],
        script: &str,
        variables: &BTreeMap<String, String>,
    ) -> Run {
        let path = format!("{}:/usr/bin:/bin", programs(site).display());
        let output = Command::new(shell[0])
            .args(&shell[1..])
            .arg(script)
            .current_dir(folder)
            .env_clear()
            .env("HOME", site.root().join(".home"))
            .envs(variables)
            .env("PATH", path)
            .output()
            .expect("a shell");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// A site whose gaps are filled, but for what the day of the machine decides: it is built for today there.
    fn ready(kind: &str) -> Site {
        let outer = Site::empty("hosted");
        run_in(outer.root(), &["new", "my-scheme", "--scheme", kind]).expect_code(0);
        let site = Site::copy_of(kind, &outer.root().join("my-scheme"));
        fill(&site);
        site
    }

    fn variables(of: &Value, inputs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let map = of.as_object().cloned().unwrap_or_default();
        let evaluated = |text: &str| {
            let Some(inner) = text.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
                assert!(!text.contains("${{"), "{text}");
                return text.to_owned();
            };
            // The one form that is used here: input && 'then' || 'else'.
            let (name, rest) = inner.split_once(" && '").expect("a choice");
            let (then, rest) = rest.split_once("' || '").expect("a choice");
            let name = name.strip_prefix("inputs.").expect("an input");
            let is_set = inputs.iter().any(|(input, value)| *input == name && *value == "true");
            if is_set { then.to_owned() } else { rest.strip_suffix('\'').expect("its end").to_owned() }
        };
        map.into_iter().map(|(key, value)| (key, evaluated(value.as_str().expect("a text")))).collect()
    }

    /// The steps of the workflow's job that run something, one after the other as the runner does it.
    fn run_job(site: &Site, job: &Value, inputs: &[(&str, &str)]) -> Run {
        let mut last = Run { code: 0, stdout: String::new(), stderr: String::new() };
        let mut count = 0;
        for step in job["steps"].as_array().expect("steps") {
            let Some(script) = step["run"].as_str() else { continue };
            assert!(!script.contains("${{"), "a value in a script is a door: {script}");
            let mut all = variables(&job["env"], inputs);
            all.extend(variables(&step["env"], inputs));
            all.insert("GITHUB_WORKSPACE".to_owned(), site.root().display().to_string());
            last = shell(site, site.root(), &["bash", "-e", "-c"], script, &all);
            count += 1;
            if last.code != 0 {
                break;
            }
        }
        assert!(count > 0);
        last
    }

    #[test]
    fn the_workflow_builds_the_site_and_publishes_what_it_built() {
        for kind in KINDS {
            let site = ready(kind);
            let workflow = yaml(&site, ".github/workflows/website.yml");
            let on = &workflow["on"];
            assert_eq!(on["push"]["branches"], json!(["main"]));
            let cron = on["schedule"][0]["cron"].as_str().expect("a time");
            assert!(is_daily(cron), "{cron}");
            assert_eq!(on["workflow_dispatch"]["inputs"]["takedown"]["default"], "false");
            assert_eq!(workflow["permissions"], json!({"contents": "read"}));
            let (build, publish) = (&workflow["jobs"]["build"], &workflow["jobs"]["publish"]);
            assert_eq!(build["permissions"], Value::Null);
            assert_eq!(publish["permissions"], json!({"pages": "write", "id-token": "write"}));
            assert_eq!(publish["needs"], "build");
            let mut used = Vec::new();
            for step in [build, publish].iter().flat_map(|job| job["steps"].as_array().expect("steps")) {
                let Some(action) = step["uses"].as_str() else { continue };
                let (name, version) = action.split_once('@').expect("a version");
                assert!(name.starts_with("actions/"), "{action} is not GitHub's own");
                let major = version.strip_prefix('v').expect("a version");
                assert!(major.parse::<u32>().is_ok(), "{action} is not pinned by its major version");
                used.push((name.to_owned(), step["with"].clone()));
            }
            let with = |action: &str| &used.iter().find(|(name, _)| name == action).expect("the action").1;
            assert_eq!(with("actions/checkout")["persist-credentials"], "false");
            assert_eq!(build["env"]["VERSION"], env!("CARGO_PKG_VERSION"));

            let run = run_job(&site, build, &[]).expect_code(0);
            assert!(run.stdout.starts_with("::notice title=mentorpress::"), "{}", run.console());
            let published = with("actions/upload-pages-artifact")["path"].as_str().expect("a folder");
            assert!(site.root().join(published).join("index.html").is_file());

            // A page with an error: nothing is published, unless somebody has to come off the site.
            site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[Nowhere](nowhere.md)\n");
            let run = run_job(&site, build, &[("takedown", "false")]).expect_code(1);
            assert!(
                run.stdout.contains("::error file=content/broken.md,line=5,col=11,title=link-to-nowhere::"),
                "{}",
                run.console()
            );
            assert!(!site.has("broken/index.html"));
            run_job(&site, build, &[("takedown", "true")]).expect_code(0).expect("Left out because");
            assert!(site.has("index.html") && !site.has("broken/index.html"));
        }
    }

    #[test]
    fn without_the_program_the_workflow_asks_for_this_version_of_it() {
        let site = ready("reverse");
        let workflow = yaml(&site, ".github/workflows/website.yml");
        programs(&site);
        let program = site.root().join(".programs/mentorpress");
        fs::remove_file(&program).expect("the program");
        // As cargo would: it puts the program where the path leads, if it was asked as it must be.
        let cargo = format!(
            "#!/bin/sh\n[ \"$*\" = \"install --locked mentorpress --version {}\" ] && ln -s '{}' '{}'\n",
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_BIN_EXE_mentorpress"),
            program.display()
        );
        let script = "cp .cargo-stand-in .programs/cargo; ";
        site.write(".cargo-stand-in", &cargo);
        let mut build = workflow["jobs"]["build"].clone();
        for step in build["steps"].as_array_mut().expect("steps") {
            if let Some(run) = step["run"].as_str() {
                let away = if run.contains("cargo install") { "rm .programs/mentorpress; " } else { "" };
                let run = format!("{script}{away}{run}");
                step["run"] = json!(run);
            }
        }
        run_job(&site, &build, &[]).expect_code(0);
        assert!(site.has("index.html"));
    }

    #[test]
    fn netlify_builds_the_site() {
        for kind in KINDS {
            let site = ready(kind);
            let config: toml::Table = site.source("netlify.toml").parse().expect("TOML");
            let build = &config["build"];
            let command = build["command"].as_str().expect("a command");
            let environment = build["environment"].as_table().expect("variables");
            let mut variables: BTreeMap<String, String> = environment
                .iter()
                .map(|(key, value)| (key.clone(), value.as_str().expect("a text").to_owned()))
                .collect();
            assert_eq!(variables["VERSION"], env!("CARGO_PKG_VERSION"));
            shell(&site, site.root(), &["bash", "-c"], command, &variables).expect_code(0);
            let publish = build["publish"].as_str().expect("a folder");
            assert!(site.root().join(publish).join("index.html").is_file());
            site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[Nowhere](nowhere.md)\n");
            shell(&site, site.root(), &["bash", "-c"], command, &variables).expect_code(1);
            variables.insert("TAKEDOWN".to_owned(), "yes".to_owned());
            shell(&site, site.root(), &["bash", "-c"], command, &variables)
                .expect_code(0)
                .expect("Left out because");
        }
    }

    #[test]
    fn the_cron_line_builds_the_site() {
        for kind in KINDS {
            let site = ready(kind);
            let mut variables = BTreeMap::new();
            let mut jobs = Vec::new();
            for line in site.source("hosting/crontab").lines().filter(|line| !line.starts_with('#')) {
                // As crontab(5) has it: a name and a value, or five fields and a command.
                match line.split_once('=').filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase())) {
                    Some((name, value)) => drop(variables.insert(name.to_owned(), value.to_owned())),
                    None => jobs.push(line.to_owned()),
                }
            }
            assert_eq!(variables["SITE"], "/srv/my-scheme");
            assert_eq!(variables["PATH"], "/usr/local/bin:/usr/bin:/bin");
            let [job] = &jobs[..] else { panic!("{jobs:?}") };
            let fields: Vec<&str> = job.splitn(6, ' ').collect();
            assert!(is_daily(&fields[..5].join(" ")), "{job}");
            let command = fields[5];
            assert!(!command.contains('%'), "cron takes % for the end of a line");
            variables.insert("SITE".to_owned(), site.root().display().to_string());
            // cron begins in the home of its owner, wherever that is.
            shell(&site, Path::new("/"), &["sh", "-c"], command, &variables).expect_code(0);
            assert!(site.has("index.html"));
        }
    }

    /// Five fields: a minute, an hour, every day.
    fn is_daily(cron: &str) -> bool {
        let fields: Vec<&str> = cron.split(' ').collect();
        let below = |field: &str, most: u32| field.parse::<u32>().is_ok_and(|number| number < most);
        matches!(fields[..], [minute, hour, "*", "*", "*"] if below(minute, 60) && below(hour, 24))
    }

    #[test]
    fn what_the_program_makes_is_not_in_git() {
        let site = ready("aimms");
        let git = |arguments: &[&str]| {
            let output = Command::new("git").args(arguments).current_dir(site.root()).output().expect("git");
            assert!(output.status.success(), "{arguments:?}");
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        git(&["init", "-q"]);
        run_in(site.root(), &["build"]).expect_code(0);
        run_in(site.root(), &["mentors", "withdraw", "sample-one"]).expect_code(0);
        site.write("private/addresses.yaml", "");
        let seen = git(&["status", "--porcelain", "--untracked-files=all"]);
        for hidden in ["public", "private", ".mentorpress/", "lock"] {
            assert!(!seen.contains(hidden), "{hidden}\n{seen}");
        }
        assert!(
            seen.contains("content/site.yaml") && seen.contains(".github/workflows/website.yml"),
            "{seen}"
        );
    }
}
