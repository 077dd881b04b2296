//! `--format github`: what GitHub's runner reads of it is what was found, whatever the files are called and whatever is in them.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use support::{Run, Site, TODAY};

/// A command as the runner understands it (`ActionCommand.cs`): what begins with `::` after blanks, up to the next `::`.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Understood {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

fn understood(line: &str) -> Option<Understood> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, data) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties = properties
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| {
            let value = unescaped(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
            (key.trim().to_owned(), value)
        })
        .collect();
    Some(Understood { name: name.to_owned(), properties, message: unescaped(data).replace("%25", "%") })
}

fn run(site: &Site, folder: &Path, arguments: &[&str], workspace: Option<&Path>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentorpress"));
    command.args(arguments).args(["--date", TODAY]).current_dir(site.root().join(folder));
    command.env_remove("GITHUB_WORKSPACE");
    if let Some(workspace) = workspace {
        command.env("GITHUB_WORKSPACE", workspace);
    }
    let output = command.output().expect("the program runs");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Every line as a command; a line that is none would be the site's words in the runner's hands.
#[track_caller]
fn commands(run: &Run) -> Vec<Understood> {
    assert_eq!(run.stderr, "");
    let lines = run.stdout.lines();
    lines
        .map(|line| understood(line).unwrap_or_else(|| panic!("no command: {line}\n{}", run.stdout)))
        .collect()
}

fn hostile(name: &str) -> Site {
    let site = Site::small(name)
        .file(
            "content/100%25,a=b:c\n::error::pwned\r.md",
            "---\ntitle: A\n---\n\n[x](nowhere%0A::error::y.md)\n",
        )
        .file(
            "content/about.md",
            "---\ntitle: B\nsumary: \"::warning::%0A##[error]x\"\n---\n\n[a](b,c:d.md) and [TODO: x]\n",
        )
        .file(
            "content/old.md",
            "---\ntitle: \"::set-env name=A::b\\n::stop-commands::x\"\nexpires: 2027-01-01\n---\n\nOld.\n",
        );
    site.edit("content/site.yaml", "title: A scheme", "title: \"##[error]::notice::x\"");
    site
}

#[cfg(unix)]
#[test]
fn hostile_names_and_words_stay_what_they_are() {
    let site = hostile("hostile");
    let run_github = run(&site, Path::new("."), &["check", "--format", "github"], None).expect_code(1);
    let run_json = run(&site, Path::new("."), &["check", "--format", "json"], None);
    let outcome: Value = serde_json::from_str(&run_json.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let expected: Vec<(String, String, String, String, String)> = outcome["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| {
            (
                text(&finding["severity"]).expect("a severity"),
                text(&finding["path"]).expect("a path"),
                finding["line"].to_string(),
                finding["column"].to_string(),
                text(&finding["code"]).expect("a code"),
            )
        })
        .collect();
    assert!(expected.len() > 4, "{expected:?}");
    let all = commands(&run_github);
    let (found, said): (Vec<_>, Vec<_>) =
        all.iter().partition(|command| command.properties.contains_key("file"));
    let got: Vec<(String, String, String, String, String)> = found
        .iter()
        .map(|command| {
            let of = |key: &str| command.properties[key].clone();
            (command.name.clone(), of("file"), of("line"), of("col"), of("title"))
        })
        .collect();
    assert_eq!(got, expected);
    for (command, finding) in found.iter().zip(outcome["findings"].as_array().expect("findings")) {
        // Control characters of a message are shown as such, and never obeyed.
        let plain = |text: &str| text.replace(|c: char| c.is_control() && c != '\n' && c != '\r', "\u{FFFD}");
        let message = plain(finding["message"].as_str().expect("a message"));
        assert!(command.message.starts_with(&message), "{command:?}");
        let help = plain(finding["help"].as_str().unwrap_or_default());
        assert!(command.message.contains(help.trim_end()), "{command:?}\n{help}");
    }
    let said: Vec<(&str, &str)> =
        said.iter().map(|command| (command.name.as_str(), command.properties["title"].as_str())).collect();
    assert_eq!(said, [("error", "mentorpress")], "how many errors there are");
    assert!(
        commands(&run_github).iter().all(|command| ["error", "warning", "notice"].contains(&&*command.name))
    );
}

#[test]
fn a_build_that_succeeds_is_one_notice() {
    let site = Site::small("fine")
        .file("content/old.md", "---\ntitle: \"::error::x\"\nexpires: 2027-01-01\n---\n\nOld.\n");
    let run = run(&site, Path::new("."), &["build", "--format", "github"], None).expect_code(0);
    let [notice] = &commands(&run)[..] else { panic!("{}", run.stdout) };
    assert_eq!((notice.name.as_str(), &*notice.properties["title"]), ("notice", "mentorpress"));
    assert!(notice.message.contains("files in ./public: "), "{notice:?}");
    assert!(notice.message.contains("2027-01-01: \"::error::x\" is taken down"), "{notice:?}");
}

#[test]
fn files_are_named_from_the_repository() {
    let site = Site::small("folder");
    let whole = Site::empty("repository");
    for (path, bytes) in support::tree(site.root()) {
        whole.bytes(&format!("web/site/{path}"), &bytes);
    }
    whole.write("web/site/content/about.md", "---\ntitle: A\n---\n\n[x](nowhere.md)\n");
    let file = |run: &Run| commands(run)[0].properties["file"].clone();
    let github = |folder: &str, site: &str, workspace: Option<&Path>| {
        run(&whole, Path::new(folder), &["check", "--site", site, "--format", "github"], workspace)
            .expect_code(1)
    };
    let absolute = whole.root().join("web/site").display().to_string();
    assert_eq!(file(&github(".", "web/site", None)), "web/site/content/about.md");
    assert_eq!(file(&github(".", "./web/site/", None)), "web/site/content/about.md");
    assert_eq!(file(&github("web/site", ".", None)), "content/about.md");
    assert_eq!(file(&github(".", &absolute, None)), format!("{absolute}/content/about.md"));
    // The runner says where the repository is: the step may work in a folder of it.
    for (folder, site) in [(".", "web/site"), ("web/site", "."), ("web", "site"), (".", &absolute)] {
        assert_eq!(
            file(&github(folder, site, Some(whole.root()))),
            "web/site/content/about.md",
            "{folder} {site}"
        );
    }
    assert_eq!(file(&github("web/site", ".", Some(Path::new("/nowhere")))), "content/about.md");
}

#[test]
fn what_stays_public_and_what_was_left_out_are_said_too() {
    let site = Site::with_people("takedown");
    site.build();
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    site.write("content/broken.md", "---\ntitle: A\n---\n\n[x](nowhere.md)\n");
    let failed = run(&site, Path::new("."), &["build", "--format", "github"], None).expect_code(1);
    let first = &commands(&failed)[0];
    assert_eq!(first.name, "error");
    assert!(
        first.message.starts_with("The site that stands still shows what is no longer allowed: "),
        "{first:?}"
    );
    let last = commands(&failed).pop().expect("a last line");
    assert_eq!(
        (last.name.as_str(), last.message.as_str()),
        ("error", "1 error and 0 warnings: nothing was written.")
    );
    let taken =
        run(&site, Path::new("."), &["build", "--takedown", "--format", "github"], None).expect_code(0);
    assert!(
        commands(&taken).iter().any(|command| command.name == "warning"
            && command.message == "Left out because of the findings above: content/broken.md."),
        "{}",
        taken.stdout
    );
}

#[test]
fn the_machines_trouble_is_an_error_without_a_place() {
    let site = Site::empty("nothing");
    let run = run(&site, Path::new("."), &["build", "--format", "github"], None).expect_code(2);
    let [error] = &commands(&run)[..] else { panic!("{}", run.stdout) };
    assert_eq!((error.name.as_str(), &*error.properties["title"]), ("error", "mentorpress"));
    assert!(error.message.contains("there is no content/ folder in "), "{error:?}");
}
