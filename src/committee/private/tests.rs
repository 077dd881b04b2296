//! What is kept in private/ -> what is there afterwards, and what is refused.

use super::*;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("mentorpress-private-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join("private").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn source(&self, name: &str) -> String {
        fs::read_to_string(self.0.join("private").join(name)).expect("a file")
    }

    fn read(&self) -> Private {
        Private::read(&self.0).expect("a sound folder")
    }

    fn refusal(&self) -> String {
        Private::read(&self.0).expect_err("a refusal").to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

#[test]
fn whoever_is_forgotten_is_recognised_and_nothing_of_her_is_left() {
    let folder = Folder::new("forget");
    let mut private = folder.read();
    private.write().expect("nothing to write");
    assert!(!folder.0.join("private").exists(), "nothing is made before it is needed");
    private.remember_address("amara", " A.Sample@Leeds.ac.uk ");
    private.set_imported(
        "amara",
        Fields::from([("post".into(), "Reader: x".into()), ("bio".into(), "One.\n\nTwo.\n".into())]),
    );
    private.set_imported("bina", Fields::new());
    private.write().expect("written");

    let mut private = folder.read();
    assert_eq!(private.address_of("amara"), Some("A.Sample@Leeds.ac.uk"));
    assert_eq!(private.id_of("a.sample@leeds.ac.uk\n"), Some("amara"));
    assert_eq!(
        private.imported("amara").and_then(|fields| fields.get("bio")).map(String::as_str),
        Some("One.\n\nTwo.\n")
    );
    assert_eq!(private.imported("bina"), Some(&Fields::new()));
    assert_eq!(private.is_withdrawn("a.sample@leeds.ac.uk"), None);
    assert!(private.forget("amara", day("2026-11-22")).expect("a key"));
    assert!(!private.forget("nobody", day("2026-11-22")).expect("a key"));
    private.write().expect("written");

    let private = folder.read();
    assert_eq!(private.is_withdrawn(" a.sample@LEEDS.ac.uk"), Some(day("2026-11-22")));
    assert_eq!(private.is_withdrawn("b.sample@leeds.ac.uk"), None);
    assert_eq!((private.address_of("amara"), private.imported("amara")), (None, None));
    for name in [ADDRESSES, IMPORTED, WITHDRAWN, KEY] {
        let text = folder.source(name);
        assert!(!text.to_lowercase().contains("leeds") && !text.contains("amara"), "{name}: {text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&private.folder().join(name)), 0o600, "{name}");
            assert_eq!(mode(&private.folder()), 0o700);
        }
    }
}

#[test]
fn the_hash_is_hmac_sha_256() {
    let folder = Folder::new("hmac");
    folder.write(KEY, &format!("{}\n", "0b".repeat(32)));
    // Computed with `openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b…` of the address.
    let hash = folder.read().hash("Hi@There ").expect("a key");
    assert_eq!(hash, "c63d9a1cdf7a254bbd923ca1abe16e800e07aca4679b6245c2536fa049d5e5be");
}

#[test]
fn comments_in_the_file_of_addresses_stay() {
    let folder = Folder::new("comments");
    folder.write(ADDRESSES, "# Ours.\nbina: b@x.org   # work\n\n# Her new one.\namara: a@x.org\n");
    let mut private = folder.read();
    private.remember_address("bina", "b2@x.org");
    private.remember_address("chen", "c@x.org");
    private.forget("amara", day("2026-11-22")).expect("a key");
    private.write().expect("written");
    assert_eq!(
        folder.source(ADDRESSES),
        "# Ours.\nbina: b2@x.org   # work\nchen: c@x.org\n\n# Her new one.\n"
    );
}

#[test]
fn comments_stay_when_the_last_address_goes_and_before_the_first_comes() {
    let ours = "# Ours.\n\n# Ask the office.\n";
    for (before, after) in [
        ("# Ours.\namara: a@x.org   # work\n\n# Hers.\n", "# Ours.\n\n# Hers.\n"),
        ("# Ours.\namara: a@x.org", "# Ours.\n"),
        ("# Ours.\n{amara: a@x.org}  # all\n", "# Ours.\n{}  # all\n"),
    ] {
        let folder = Folder::new("last");
        folder.write(ADDRESSES, before);
        let mut private = folder.read();
        private.forget("amara", day("2026-11-22")).expect("a key");
        private.write().expect("written");
        assert_eq!(folder.source(ADDRESSES), after, "{before}");
        let mut private = folder.read();
        private.remember_address("bina", "b@x.org");
        private.write().expect("written");
        assert_eq!(folder.read().address_of("bina"), Some("b@x.org"), "{}", folder.source(ADDRESSES));
    }
    let folder = Folder::new("first");
    folder.write(ADDRESSES, ours);
    let mut private = folder.read();
    private.remember_address("bina", "b@x.org");
    private.write().expect("written");
    assert_eq!(folder.source(ADDRESSES), format!("{ours}bina: b@x.org\n"));
    let mut private = folder.read();
    private.remember_address("chen", "c@x.org");
    private.forget("bina", day("2026-11-22")).expect("a key");
    private.write().expect("written");
    assert_eq!(folder.source(ADDRESSES), format!("{ours}chen: c@x.org\n"));
}

#[test]
fn what_is_no_id_is_refused() {
    for name in [ADDRESSES, IMPORTED] {
        let folder = Folder::new("ids");
        folder.write(name, if name == ADDRESSES { "../../evil: a@x.org\n" } else { "../../evil: {}\n" });
        let said = folder.refusal();
        assert!(
            said.contains("line 1: what stands before the colon is no id") && !said.contains("evil"),
            "{said}"
        );
    }
}

#[test]
fn one_address_is_one_however_it_is_typed() {
    for typed in [
        " A.Sample@Leeds.ac.uk.",
        "mailto:a.sample@leeds.ac.uk",
        "<MAILTO:a.sample@leeds.ac.uk>",
        "“a.sample@leeds.ac.uk”.",
        "a.sa\u{200B}mple@leeds.ac.uk\u{FEFF}",
        "ａ.sample＠leeds.ac.uk",
    ] {
        assert_eq!(normalised(typed), "a.sample@leeds.ac.uk", "{typed}");
    }
}

#[test]
fn everything_wrong_is_said_at_once_and_no_value_is() {
    let folder = Folder::new("wrong");
    folder.write(ADDRESSES, "a: secret\nb: x@secret.org\nc: X@secret.org\nd: [x]\nd: y@secret.org\n");
    folder.write(IMPORTED, "a: secret\nb: {x: [secret]}\n");
    folder.write(WITHDRAWN, "- {hash: secret, on: 2026-01-01}\n");
    folder.write(KEY, "secret\n");
    let said = folder.refusal();
    assert_eq!(
        said,
        "private/addresses.yaml, line 5: this cannot be read (duplicate-key)
private/addresses.yaml, line 1: an e-mail address is due after the colon
private/addresses.yaml, line 4: an e-mail address is due after the colon
private/imported.yaml, line 1: a map of fields is due
private/imported.yaml, line 2: a text is due after the colon
private/withdrawn.yaml, line 1: a hash of 64 digits and a date are due: {hash: …, on: 2027-01-10}
private/withdrawn.key is not a key: 64 hexadecimal digits are due
private/addresses.yaml: `b` and `c` have the same address
  help: mend these lines, or put the files back as they were; nothing was changed"
    );
    assert!(!said.contains("secret"));
    folder.write(ADDRESSES, "a: a@x.org\n");
    folder.write(IMPORTED, "");
    folder.write(WITHDRAWN, &format!("- {{hash: {}, on: 2026-01-01}}\n", "ab".repeat(32)));
    fs::remove_file(folder.0.join("private").join(KEY)).expect("removed");
    assert!(folder.refusal().contains("private/withdrawn.key is gone"));
}

#[test]
fn a_folder_that_git_would_take_is_refused() {
    let folder = Folder::new("git");
    fs::create_dir(folder.0.join(".git")).expect("a folder");
    let mut private = folder.read();
    private.remember_address("amara", "a@x.org");
    let refusal = private.write().expect_err("a refusal").to_string();
    assert!(refusal.contains("add a line /private/ to") && !refusal.contains("a@x.org"), "{refusal}");
    assert!(!folder.0.join("private").exists());
    fs::write(folder.0.join(".gitignore"), "/target\n/private/\n").expect("written");
    private.write().expect("written");
    assert_eq!(folder.read().address_of("amara"), Some("a@x.org"));
    fs::remove_file(folder.0.join(".gitignore")).expect("removed");
    assert!(folder.refusal().contains("git would keep private/"));
}
