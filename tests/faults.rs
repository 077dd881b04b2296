//! Faults that are put into the program on purpose, each in a file of `tests/faults/`: what would be wrong, the text that is
//! replaced, and the test that has to fail. Here each is looked at; what comes of it when it is made is for
//! `cargo test --test faults -- --ignored --nocapture`, which makes one after the other in a copy of the program and takes
//! a quarter of an hour. `FAULTS=ledger` makes those whose name has that in it.

#![allow(clippy::print_stdout, reason = "what came of each fault is told to who asks for it")]

use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Those that are always among them.
const EXPECTED: [&str; 6] = [
    "half-rounded-down",
    "at-most-for-below",
    "not-asked-as-0",
    "ledger-dropped",
    "rows-sorted-by-value",
    "display-by-the-data",
];

/// A fault as it is written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    #[serde(skip)]
    name: String,
    /// What would be wrong.
    means: String,
    /// The file that it is in.
    file: PathBuf,
    /// The text that is replaced.
    replace: String,
    by: String,
    /// A file of `tests/`, or `lib`.
    test: String,
    /// The test in it that has to fail.
    fails: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn faults() -> Vec<Fault> {
    let mut faults = Vec::new();
    for entry in fs::read_dir(root().join("tests/faults")).expect("the faults") {
        let path = entry.expect("a fault").path();
        let text = fs::read_to_string(&path).expect("UTF-8");
        let fault: Fault =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        faults.push(Fault { name, ..fault });
    }
    faults.sort_by(|one, other| one.name.cmp(&other.name));
    faults
}

impl Fault {
    /// The file with the fault in it.
    fn made(&self) -> Result<String, String> {
        let text = fs::read_to_string(root().join(&self.file)).map_err(|error| error.to_string())?;
        match text.matches(&self.replace).count() {
            1 => Ok(text.replacen(&self.replace, &self.by, 1)),
            found => Err(format!("the text that it replaces is there {found} times")),
        }
    }

    /// Where its test is written.
    fn source(&self) -> PathBuf {
        match self.test.as_str() {
            "lib" => {
                let module = self.fails.split("::tests::").next().unwrap_or_default().replace("::", "/");
                let own = self.fails.split("::tests::").nth(1).unwrap_or_default();
                match own.rsplit_once("::") {
                    Some((file, _)) => {
                        root().join(format!("src/{module}/tests/{}.rs", file.replace("::", "/")))
                    }
                    None => root().join(format!("src/{module}.rs")),
                }
            }
            file => root().join(format!("tests/{file}.rs")),
        }
    }

    /// What is wrong with how it is written down.
    fn troubles(&self) -> Vec<String> {
        let mut troubles = Vec::new();
        match self.made() {
            Err(trouble) => troubles.push(trouble),
            Ok(_) if self.replace == self.by => troubles.push("it changes nothing".to_owned()),
            Ok(_) => {}
        }
        for pair in ["()", "[]", "{}"] {
            let open = |text: &str| {
                let of = |sign: usize| text.matches(&pair[sign..=sign]).count();
                of(0).cast_signed() - of(1).cast_signed()
            };
            if open(&self.replace) != open(&self.by) {
                troubles.push(format!("it leaves {pair} open"));
            }
        }
        let name = self.fails.rsplit("::").next().unwrap_or_default();
        let test = fs::read_to_string(self.source()).unwrap_or_default();
        if !test.contains(&format!("#[test]\n    fn {name}()"))
            && !test.contains(&format!("#[test]\nfn {name}()"))
        {
            troubles.push(format!("there is no test `{name}` in {}", self.source().display()));
        }
        if self.means.trim().is_empty() || !self.means.ends_with('.') {
            troubles.push("it does not say what would be wrong".to_owned());
        }
        troubles
    }
}

#[test]
fn each_fault_can_be_made_and_has_a_test() {
    let faults = faults();
    let mut wrong = Vec::new();
    for fault in &faults {
        wrong.extend(fault.troubles().into_iter().map(|trouble| format!("{}: {trouble}", fault.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let names: BTreeSet<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
    for name in EXPECTED {
        assert!(names.contains(name), "{name} is gone");
    }
}

/// A copy of the program in which faults are made.
struct Tree {
    root: PathBuf,
    /// Shared by all of them.
    target: PathBuf,
}

/// What came of a fault.
enum Outcome {
    /// Its test failed, with what it said.
    Found(String),
    /// Its test passed.
    Missed,
    /// It was no fault of the program but of its spelling, or the test did not run.
    Void(String),
}

impl Tree {
    /// Of what git has, as it is now.
    fn new() -> Tree {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults");
        let tree = Tree { root: folder.join("program"), target: folder.join("target") };
        let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git");
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        let listed = String::from_utf8(listed.stdout).expect("UTF-8");
        let files: BTreeSet<&str> = listed.split('\0').filter(|path| root().join(path).is_file()).collect();
        for old in walkdir::WalkDir::new(&tree.root).into_iter().filter_map(Result::ok) {
            let path = old.path().strip_prefix(&tree.root).expect("below").to_string_lossy();
            if old.file_type().is_file() && !files.contains(path.as_ref()) {
                fs::remove_file(old.path()).expect("removed");
            }
        }
        for path in files {
            tree.write(Path::new(path), &fs::read(root().join(path)).expect("a file"));
        }
        tree
    }

    /// Only what differs: the rest need not be compiled again.
    fn write(&self, path: &Path, bytes: &[u8]) {
        let path = self.root.join(path);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    fn cargo(&self, fault: &Fault, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command.args(["test", "--quiet"]).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        match fault.test.as_str() {
            "lib" => command.arg("--lib"),
            file => command.args(["--test", file]),
        };
        command.args(more).env("RUST_BACKTRACE", "0").output().expect("cargo")
    }

    /// Runs a fault's test on the program as it is in the copy.
    fn run(&self, fault: &Fault) -> Outcome {
        let built = self.cargo(fault, &["--no-run"]);
        if !built.status.success() {
            return Outcome::Void(format!("does not compile\n{}", String::from_utf8_lossy(&built.stderr)));
        }
        let run = self.cargo(fault, &["--", "--exact", &fault.fails]);
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        let is_run = said.contains("running 1 test");
        let after = said.lines().skip_while(|line| !line.contains("panicked at")).skip(1);
        let assertion = after.map(str::trim).find(|line| !line.is_empty());
        match (run.status.success(), assertion) {
            _ if !is_run => Outcome::Void(format!("its test did not run\n{said}")),
            (true, _) => Outcome::Missed,
            (false, Some(assertion)) => Outcome::Found(assertion.chars().take(90).collect()),
            (false, None) => Outcome::Void(format!("its test ended without an assertion\n{said}")),
        }
    }
}

#[test]
#[ignore = "builds the program once for each fault: run with --ignored --nocapture"]
fn each_fault_breaks_its_test() {
    let wanted = std::env::var("FAULTS").unwrap_or_default();
    let tree = Tree::new();
    let faults: Vec<Fault> = faults().into_iter().filter(|fault| fault.name.contains(&wanted)).collect();
    assert!(!faults.is_empty(), "no fault is named so");
    let mut passed: BTreeSet<(&str, &str)> = BTreeSet::new();
    for fault in &faults {
        // Without the fault its test passes, or it would fail for another reason.
        if passed.insert((&fault.test, &fault.fails)) {
            assert!(matches!(tree.run(fault), Outcome::Missed), "{} fails without a fault", fault.fails);
        }
    }
    let mut missed = Vec::new();
    for fault in &faults {
        tree.write(&fault.file, fault.made().expect("looked at").as_bytes());
        let outcome = tree.run(fault);
        tree.write(&fault.file, &fs::read(root().join(&fault.file)).expect("a file"));
        let (word, said) = match &outcome {
            Outcome::Found(said) => ("found", said.as_str()),
            Outcome::Missed => ("MISSED", ""),
            Outcome::Void(why) => ("VOID", why.as_str()),
        };
        println!(
            "{word:6} {:30} {}::{}\n       {}\n       {said}",
            fault.name, fault.test, fault.fails, fault.means
        );
        if !matches!(outcome, Outcome::Found(_)) {
            missed.push(fault.name.as_str());
        }
    }
    println!("{} faults, {} found", faults.len(), faults.len() - missed.len());
    assert!(missed.is_empty(), "not found: {}", missed.join(", "));
}
