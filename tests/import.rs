//! Registrations of a form: an export with every quirk, imported, imported again, and again after people changed their
//! minds. The diffs are held in `tests/import/`, to be read as a committee member would.

mod support;

#[path = "import/consent.rs"]
mod consent;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{Run, Site, assert_file, run_in, tree};

const HEADERS: [&str; 20] = [
    "ID",
    "Start time",
    "Completion time",
    "Email",
    "Name",
    "Last modified time",
    "Full\u{A0}name ",
    "Email2",
    "What  is your\ncurrent post?",
    "Where do you work?\u{200B}",
    "Career stage",
    "Which disciplines?",
    "What can you help with?",
    "How many mentees?",
    "I would like to be",
    "Tell us about you ",
    "ORCID iD",
    "Your profile on the website",
    "Your photo on the website",
    "Anything else?",
];

const MAPPING: &str = "\
columns:
  name: Full name
  email: Email2
  post: What is your current post?
  institution: Where do you work?
  stage: Career stage
  disciplines: Which disciplines?
  offers: What can you help with?
  capacity: How many mentees?
  bio: Tell us about you
  orcid: ORCID iD
roles:
  column: I would like to be
  mentor: [A mentor]
  mentee: [A mentee]
  both: [Both]
consent:
  profile: {column: Your profile on the website, yes: [I agree to the publication of my profile], no: [I do not agree], wording: v1}
  photo: {column: Your photo on the website, yes: [I agree], no: [I do not agree], wording: v1}
terms:
  institution: {Univ. of Leeds: leeds}
  offers: {\"Grants; how to apply\": grants}
ignore: [Anything else?]
";

/// A day after the second answers.
const LATER: &str = "2027-03-01";

const YES: &str = "I agree to the publication of my profile;";
const NO: &str = "I do not agree;";

/// One answer: what is typed, by the words of the headers above from `Full name` on.
#[derive(Clone)]
struct Answer {
    id: u32,
    sent: &'static str,
    typed: BTreeMap<usize, String>,
}

/// A mentor who agrees to her profile and not to a photo.
fn mentor(id: u32, sent: &'static str, name: &str, address: &str) -> Answer {
    let typed = [
        (6, name),
        (7, address),
        (8, "Lecturer"),
        (9, "University of Leeds"),
        (10, "Lecturer"),
        (11, "Public health;Cancer;"),
        (12, "Promotion;"),
        (13, "Two mentees"),
        (14, "A mentor"),
        (15, ""),
        (17, YES),
        (18, NO),
        (19, "not for anybody's eyes"),
    ];
    let typed = typed.into_iter().map(|(at, text)| (at, text.to_owned())).collect();
    Answer { id, sent, typed }
}

impl Answer {
    fn with(mut self, header: &str, text: &str) -> Answer {
        let at = HEADERS.iter().position(|other| other.starts_with(header)).expect("a header");
        self.typed.insert(at, text.to_owned());
        self
    }

    fn cells(&self) -> Vec<String> {
        (0..HEADERS.len())
            .map(|at| match at {
                0 => self.id.to_string(),
                2 => self.sent.to_owned(),
                3 => "anonymous".to_owned(),
                _ => self.typed.get(&at).cloned().unwrap_or_default(),
            })
            .collect()
    }
}

/// An export as Forms writes it: times as serials, an e-mail address of nobody, somebody's name in the properties.
fn workbook(answers: &[Answer]) -> Vec<u8> {
    workbook_with(answers, |_| {})
}

fn workbook_with(answers: &[Answer], more: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new().set_author("Exporter Realname");
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Form1").expect("a name");
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write(0, column, header).expect("a header");
    }
    let format = Format::new().set_num_format("m/d/yy h:mm:ss");
    for (row, answer) in (1..).zip(answers) {
        for (column, text) in (0..).zip(answer.cells()) {
            match column {
                0 => drop(sheet.write(row, column, answer.id).expect("a number")),
                2 => {
                    let sent = ExcelDateTime::parse_from_str(answer.sent).expect("a time");
                    sheet.write_with_format(row, column, &sent, &format).expect("a time");
                }
                _ if text.is_empty() => {}
                _ => drop(sheet.write(row, column, text).expect("a text")),
            }
        }
    }
    more(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

fn delimited(answers: &[Answer], delimiter: char) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |cells: Vec<String>| {
        cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&delimiter.to_string()) + "\r\n"
    };
    let mut text = line(HEADERS.iter().map(|header| (*header).to_owned()).collect());
    for answer in answers {
        text.push_str(&line(answer.cells()));
    }
    text
}

fn scheme(name: &str) -> Site {
    Site::with_people(name).file("private/registration.yaml", MAPPING)
}

impl Import for Site {}

trait Import {
    fn import(&self, bytes: &[u8], more: &[&str]) -> Run
    where
        Self: AsRoot,
    {
        fs::write(self.as_root().join("registrations.xlsx"), bytes).expect("an export");
        self.import_file("registrations.xlsx", more)
    }

    fn import_file(&self, name: &str, more: &[&str]) -> Run
    where
        Self: AsRoot,
    {
        let arguments = ["mentors", "import", name, "--date"];
        let day = if more.contains(&LATER) { &[][..] } else { &["2026-11-22"] };
        run_in(self.as_root(), &[&arguments[..], day, more].concat())
    }

    /// Everything that an import may write.
    fn files(&self) -> BTreeMap<String, Vec<u8>>
    where
        Self: AsRoot,
    {
        let files = tree(self.as_root()).into_iter();
        files.filter(|(path, _)| path.starts_with("content/") || path.starts_with("private/")).collect()
    }
}

trait AsRoot {
    fn as_root(&self) -> &Path;
}

impl AsRoot for Site {
    fn as_root(&self) -> &Path {
        self.root()
    }
}

#[track_caller]
fn assert_diff(run: &Run, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    assert_file(&run.console(), &folder.join(format!("{name}.txt")));
}

/// Nadia and Ola are mentors, Petra both, Quinn a mentee only, Rana did not agree, Sana misspells, Tara has answered twice.
fn first_answers() -> Vec<Answer> {
    let day = |day: u32| -> &'static str {
        ["2026-10-01T09:00:00", "2026-10-02T09:00:00", "2026-10-03T09:00:00"][day as usize - 1]
    };
    vec![
        mentor(1, day(1), "Dr Nadia\u{A0}Sample ", " Nadia@Example.AC.UK ")
            .with("Tell", "I came late to this.\n\n  Ask me: I have \"time\" # honestly\n")
            .with("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        mentor(2, day(1), "Prof. Ola O’Sample", "ola@example.ac.uk")
            .with("Where", "Univ. of  Leeds")
            .with("What can", "Grants; how to apply;Promotion;")
            .with("How many", "3"),
        mentor(3, day(1), "Petra Sample", "petra@example.ac.uk")
            .with("I would", "Both")
            .with("Your photo", "I agree;"),
        mentor(4, day(1), "Quinn Sample", "quinn@example.ac.uk")
            .with("I would", "A mentee")
            .with("Where", "Nowhere"),
        mentor(5, day(2), "Rana Sample", "rana@example.ac.uk").with("Your profile", NO),
        mentor(6, day(2), "Sana Sample", "sana@example.ac.uk")
            .with("Where", "Universty of Leds")
            .with("What can", "Promotion;Cooking;"),
        mentor(7, day(2), "Tara Sample", "tara@example.ac.uk").with("What  is", "Reader"),
        mentor(8, day(3), "Tara Sample", "TARA@example.ac.uk").with("What  is", "Professor"),
    ]
}

#[test]
fn a_first_import_is_shown_then_written_then_changes_nothing() {
    let site = scheme("import-first");
    let export = workbook(&first_answers());
    let before = site.files();
    assert_diff(&site.import(&export, &[]).expect_code(1), "first");
    assert_eq!(site.files(), before, "nothing is written without --write");
    site.import(&export, &["--write"]).expect_code(1).expect("Written: 4 files.");
    assert_file(
        &site.source("content/mentors/nadia-sample.yaml"),
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/nadia-sample.yaml"),
    );
    assert!(!site.root().join("content/mentors/quinn-sample.yaml").exists());
    let written = site.files();
    assert_diff(&site.import(&export, &["--write"]), "again");
    assert_eq!(site.files(), written, "a second import changes no byte");
    site.build();
}

/// The answers of a year later: Nadia has moved, Petra does not agree any more, Ola wants a mentor only, and a new one.
fn second_answers() -> Vec<Answer> {
    let mut answers = first_answers();
    answers.truncate(5);
    answers.extend([
        mentor(9, "2027-02-01T09:00:00", "Dr Nadia Sample", "nadia@example.ac.uk")
            .with("What  is", "Senior lecturer: Public Health")
            .with("Where", "Cardiff University")
            .with("Tell", "I came late to this.\n\nAsk me: I have time."),
        mentor(10, "2027-02-01T10:00:00", "Petra Sample", "petra@example.ac.uk")
            .with("Your profile", NO)
            .with("Your photo", NO)
            .with("Where", "A place that nobody need know of"),
        mentor(11, "2027-02-01T11:00:00", "Prof. Ola O’Sample", "ola@example.ac.uk")
            .with("I would", "A mentee"),
        mentor(12, "2027-02-01T12:00:00", "Tara Sample", "tara@example.ac.uk")
            .with("What  is", "Reader")
            .with("How many", "4"),
        mentor(13, "2027-02-01T13:00:00", "Vera Sample", "vera@example.ac.uk"),
    ]);
    answers
}

/// A site after the first import, with the committee's own edits: Nadia listed with pronouns, Tara's post corrected.
fn edited(name: &str) -> Site {
    let site = scheme(name);
    site.import(&workbook(&first_answers()), &["--write"]);
    site.edit(
        "content/mentors/nadia-sample.yaml",
        "status: registered",
        "status: listed  # by vote\npronouns: she/her",
    );
    site.edit("content/mentors/tara-sample.yaml", "post: Professor", "post: 'Professor of \"Medicine\"'");
    site.edit(
        "content/mentors/petra-sample.yaml",
        "disciplines: [public-health, cancer]",
        "disciplines: [cancer]",
    );
    site
}

#[test]
fn only_what_changed_in_the_form_changes_a_record() {
    let site = edited("import-second");
    let export = workbook(&second_answers());
    let before = site.files();
    assert_diff(&site.import(&export, &[LATER]), "second");
    assert_eq!(site.files(), before);
    site.import(&export, &[LATER, "--write"]).expect_code(1);
    let nadia = site.source("content/mentors/nadia-sample.yaml");
    assert!(nadia.contains("post: \"Senior lecturer: Public Health\"\n"), "{nadia}");
    assert!(
        nadia.contains("institution: cardiff\n")
            && nadia.contains("status: listed  # by vote\npronouns: she/her\n"),
        "{nadia}"
    );
    assert!(nadia.contains("given: 2027-02-01"), "{nadia}");
    let petra = site.source("content/mentors/petra-sample.yaml");
    assert_eq!(petra.matches("withdrawn: 2027-02-01").count(), 2, "{petra}");
    assert!(petra.contains("institution: leeds") && petra.contains("disciplines: [cancer]"), "{petra}");
    let ola = site.source("content/mentors/ola-osample.yaml");
    assert!(ola.contains("roles: [mentee]"), "{ola}");
    let tara = site.source("content/mentors/tara-sample.yaml");
    assert!(tara.contains("post: 'Professor of \"Medicine\"'") && tara.contains("capacity: 4"), "{tara}");
    let written = site.files();
    assert_diff(&site.import(&export, &[LATER, "--write"]), "second-again");
    assert_eq!(site.files(), written, "what is to be decided stays as it is");
}

#[test]
fn a_conflict_is_decided_for_the_record_or_for_the_form_and_stays_decided() {
    for (decision, post) in [("--keep", "Professor of"), ("--take", "Reader")] {
        let site = edited("import-decide");
        let export = workbook(&second_answers());
        site.import(&export, &[LATER, "--write", decision, "tara-sample.post"]).expect_code(0);
        assert!(site.source("content/mentors/tara-sample.yaml").contains(post));
        let written = site.files();
        let again =
            site.import(&export, &[LATER, "--write"]).expect_code(0).expect("There was nothing to write.");
        assert!(!again.stdout.contains("To decide"));
        assert_eq!(site.files(), written);
        site.import(&export, &[LATER, "--keep", "tara-sample.post"])
            .expect("nothing to decide about tara-sample.post");
        site.import(&export, &[LATER, "--keep", "tara"]).expect_code(2);
    }
}

#[test]
fn whoever_withdrew_stays_out_of_every_later_import() {
    let site = scheme("import-withdrawn");
    let export = workbook(&first_answers());
    site.import(&export, &["--write"]);
    // The command is to search a site that stands.
    site.run(&["build", "--date", "2026-12-01"]).expect_code(0);
    let order = ["mentors", "withdraw", "nadia-sample", "--date", "2026-12-01"];
    run_in(site.root(), &order).expect_code(0);
    let before = site.files();
    let private: Vec<String> = before.keys().filter(|path| path.starts_with("private/")).cloned().collect();
    for path in private {
        assert!(!String::from_utf8_lossy(&before[&path]).to_lowercase().contains("nadia"), "{path}");
    }
    let stays_out = "1 person withdrew on 2026-12-01 and stays out.";
    let run = site.import(&export, &["--write"]).expect(stays_out);
    assert!(!run.console().to_lowercase().contains("nadia"));
    assert_eq!(site.files(), before);
    // Not even when the last of her record is gone, or when she is typed otherwise.
    site.remove("content/mentors/nadia-sample.yaml");
    let mut answers = first_answers();
    answers[0] = mentor(1, "2026-10-05T09:00:00", "N. Sample", "  NADIA@example.ac.uk ");
    site.import(&workbook(&answers), &["--write"]).expect(stays_out);
    assert!(!site.root().join("content/mentors/nadia-sample.yaml").exists());
}

#[test]
fn whoever_was_taken_out_by_hand_is_asked_about() {
    let site = scheme("import-by-hand");
    let export = workbook(&first_answers());
    site.import(&export, &["--write"]);
    // What withdrawal leaves, written by hand: her address is still known.
    site.write("content/mentors/nadia-sample.yaml", "status: withdrawn\non: 2026-12-01\n");
    let before = site.files();
    site.import(&export, &["--write"]).expect("1 person withdrew on 2026-12-01 and stays out.");
    assert_eq!(site.files(), before);
    site.remove("content/mentors/nadia-sample.yaml");
    let run = site.import(&export, &["--write"]).expect("`nadia-sample` was imported before");
    assert!(run.stdout.contains("mentors withdraw nadia-sample"));
    assert!(!site.root().join("content/mentors/nadia-sample.yaml").exists());
}

/// Names and texts that would be something else in YAML, in a spreadsheet or on a terminal.
const TRAPS: [&str; 26] = [
    "yes",
    "null",
    "~",
    "true",
    "2021",
    "4.60",
    "- Sample",
    "Sample: a name",
    "Sample # not a comment",
    "#Sample",
    "'Sample'",
    "\"Sample\" \\ \"Name\"",
    "{Sample: 1}",
    "[Sample]",
    "*Sample",
    "&Sample",
    "!Sample",
    "| Sample",
    "> Sample",
    "%Sample @Name",
    "=HYPERLINK(\"https://example.org\")",
    "@SUM(1+1)",
    "أمل محمد",
    "Sample 👩🏽‍⚕️ Name",
    "--- Sample",
    "Sample\u{202E}eman",
];

fn decoded(html: &str) -> String {
    let mut text = html.to_owned();
    for (entity, letter) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

#[test]
fn every_text_reads_back_as_it_was_typed() {
    let site = scheme("import-traps");
    let answers: Vec<Answer> = (0..)
        .zip(TRAPS)
        .map(|(id, name)| {
            mentor(id, "2026-10-01T09:00:00", name, &format!("a{id}@example.ac.uk"))
                .with("What  is", name)
                .with("Tell", &format!("First.\n\n{name}\n"))
        })
        .collect();
    let run = site.import(&workbook(&answers), &["--write"]);
    assert!(!run.stdout.contains('\u{202E}'), "marks of direction do not reach a terminal");
    let ids: Vec<String> = fs::read_dir(site.root().join("content/mentors"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !matches!(name.as_str(), "amara.yaml" | "bina.yaml"))
        .collect();
    assert_eq!(ids.len(), TRAPS.len(), "{}", run.console());
    for id in ids {
        site.edit(&format!("content/mentors/{id}"), "status: registered", "status: listed");
    }
    site.build();
    let pages: Vec<String> = site
        .public()
        .into_iter()
        .filter(|(path, _)| path.starts_with("mentors/") && path.ends_with("index.html"))
        .map(|(_, bytes)| decoded(&String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    for name in TRAPS {
        assert!(pages.iter().any(|page| page.contains(&format!("{name}</bdi></h1>"))), "{name}");
    }
    let before = site.files();
    site.import(&workbook(&answers), &["--write"]).expect("There was nothing to write.");
    assert_eq!(site.files(), before);
}

#[test]
fn an_old_encoding_a_byte_order_mark_and_german_headers_are_all_the_same() {
    let answers = vec![
        mentor(1, "10/9/2026 14:03", "Dr Siân Sample", "sian@example.ac.uk"),
        mentor(2, "10/13/2026 9:03:22", "Zoë Sample", "zoe@example.ac.uk"),
    ];
    let text = delimited(&answers, ',');
    let german = delimited(&answers, ';')
        .replace("Start time", "Startzeit")
        .replace("Completion time", "Fertigstellungszeit")
        .replace("\"Email\"", "\"E-Mail\"")
        .replace("Last modified time", "Zeitpunkt der letzten Änderung");
    // The zero-width space of a header is not in Windows-1252.
    let old: Vec<u8> = text.replace('\u{200B}', "").chars().map(|c| c as u8).collect();
    let mut results = Vec::new();
    for bytes in [text.clone().into_bytes(), format!("\u{FEFF}{text}").into_bytes(), old, german.into_bytes()]
    {
        let site = scheme("import-csv");
        site.bytes("answers.csv", &bytes);
        let asked = site.import_file("answers.csv", &["--write"]).expect_code(1).expect("dates: mdy");
        assert!(asked.stdout.contains("row 2, column C") && asked.stdout.contains("this date is a text"));
        site.write("private/registration.yaml", &format!("dates: dmy\n{MAPPING}"));
        site.import_file("answers.csv", &[])
            .expect_code(1)
            .expect("row 3")
            .expect("no date with the day first");
        site.write("private/registration.yaml", &format!("dates: mdy\n{MAPPING}"));
        site.import_file("answers.csv", &["--write"]).expect_code(0);
        results.push(site.files());
    }
    let sian = String::from_utf8(results[0]["content/mentors/sian-sample.yaml"].clone()).expect("UTF-8");
    assert!(sian.contains("name: Dr Siân Sample\n") && sian.contains("given: 2026-10-09"), "{sian}");
    assert!(results.iter().all(|files| *files == results[0]));
}

#[test]
fn whatever_the_export_has_more_or_less_than_the_mapping_is_a_finding() {
    let site = scheme("import-columns");
    site.edit("private/registration.yaml", "Career stage", "Carreer stage");
    site.edit("private/registration.yaml", "ignore: [Anything else?]", "ignoer: []");
    site.edit("private/registration.yaml", "email: Email2", "email: Email");
    site.edit("private/registration.yaml", "Univ. of Leeds: leeds", "Univ. of Leeds: leads");
    let before = site.files();
    assert_diff(&site.import(&workbook(&first_answers()), &["--write"]).expect_code(1), "columns");
    assert_eq!(site.files(), before);
}

#[test]
fn a_draft_of_the_mapping_is_made_from_an_export_and_never_overwrites() {
    let site = Site::with_people("import-init");
    let export = workbook(&first_answers());
    site.import(&export, &[]).expect_code(2).expect("mentors import registrations.xlsx --init");
    site.import(&export, &["--init"]).expect_code(0).expect("A draft is in ./private/registration.yaml");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    assert_file(&site.source("private/registration.yaml"), &folder.join("draft.yaml"));
    site.import(&export, &["--init"]).expect_code(2).expect("is there already");
    // The draft is nearly right: only the answers that are no words of the vocabulary are left to say.
    site.import(&export, &["--write"]).expect_code(1).expect("Written: 3 files.");
}

#[test]
fn what_the_directory_would_not_accept_is_left_out_and_told() {
    let site = scheme("import-objections");
    let answers = vec![
        mentor(1, "2026-10-01T09:00:00", "Nadia Sample", "nadia@example.ac.uk")
            .with("Tell", "Write to me: nadia@example.ac.uk or <b>call</b>."),
        mentor(2, "2026-10-01T09:00:00", "Ola Sample", "ola@example.ac.uk")
            .with("What  is", "Ask ola@example.ac.uk"),
        mentor(3, "2026-10-01T09:00:00", "Petra Sample", "petra@example.ac.uk").with("ORCID", "none"),
    ];
    let export = workbook(&answers);
    let run = site.import(&export, &["--write"]).expect_code(1);
    assert_diff(&run, "objections");
    assert!(!run.console().contains("@example"), "no address is printed");
    let nadia = site.source("content/mentors/nadia-sample.yaml");
    assert!(!nadia.contains("bio:"), "{nadia}");
    assert!(!site.root().join("content/mentors/ola-sample.yaml").exists());
    site.edit("content/mentors/nadia-sample.yaml", "status:", "bio: Write to the scheme.\nstatus:");
    let keep = ["--write", "--keep", "nadia-sample.bio", "--keep", "petra-sample.links.orcid"];
    site.import(&export, &keep).expect_code(1);
    let run = site.import(&export, &["--write"]).expect("There was nothing to write.");
    assert!(!run.stdout.contains("nadia") && run.stdout.contains("ola-sample"), "{}", run.stdout);
}

#[test]
fn one_address_is_one_person_and_a_namesake_is_asked_about() {
    let site = scheme("import-matching");
    let export = workbook(&[
        mentor(1, "2026-10-01T09:00:00", "Dr Sample Amara", "amara@example.ac.uk").with("How many", "3"),
        mentor(2, "2026-10-01T09:00:00", "Nadia Sample", "office@example.ac.uk"),
        mentor(3, "2026-10-01T09:00:00", "Ola Other", "office@example.ac.uk"),
        mentor(4, "2026-10-01T09:00:00", "Petra Sample", "not an address"),
        mentor(5, "2026-10-01T09:00:00", "Quinn Sample", "quinn@example.ac.uk")
            .with("Your profile", "Perhaps"),
    ]);
    assert_diff(&site.import(&export, &["--write"]).expect_code(1), "matching");
    site.write("private/addresses.yaml", "amara: Amara@example.ac.uk  # by telephone\n");
    let run = site.import(&export, &["--write"]).expect_code(1);
    assert!(
        run.stdout.contains("--take amara.capacity") && run.stdout.contains("--keep amara.capacity"),
        "{}",
        run.stdout
    );
    site.import(&export, &["--write", "--take", "amara.capacity"]);
    let amara = site.source("content/mentors/amara.yaml");
    assert!(amara.contains("capacity: 3\n"), "{amara}");
    assert_eq!(site.source("private/addresses.yaml"), "amara: Amara@example.ac.uk  # by telephone\n");
}

#[test]
fn records_in_lists_braces_and_other_folders_are_changed_where_they_are() {
    let list = "\
# The committee's own file: order and comments are ours.
- {id: amara, name: Dr Sample Amara, post: Lecturer, institution: leeds, stage: lecturer, roles: [mentor], capacity: 2, consent: {profile: {given: 2026-01-10, wording: v1}}, review_by: 2027-01-10}

- id: bina  # joined in spring
  name: 'Dr Sample Bina'
  post: Lecturer
  institution: leeds
  stage: lecturer
  roles: [mentor]
  capacity: 2   # two at most
  consent:
    profile: {given: 2026-01-10, wording: v1}   # by letter
  review_by: 2027-01-10
";
    let outside = Site::empty("import-outside");
    let site = Site::small("import-lists")
        .file("content/vocabulary.yaml", support::VOCABULARY)
        .file("private/registration.yaml", MAPPING)
        .file("private/addresses.yaml", "amara: amara@example.ac.uk\nbina: bina@example.ac.uk\n");
    outside.write("people/all.yaml", &list.replace('\n', "\r\n"));
    site.edit(
        "content/site.yaml",
        "contact:",
        &format!("directory: {{mentors: {}/people}}\ncontact:", outside.root().display()),
    );
    let export = workbook(&[
        mentor(1, "2026-10-01T09:00:00", "Dr Sample Amara", "amara@example.ac.uk").with("Your profile", NO),
        mentor(2, "2026-10-01T09:00:00", "Dr Sample Bina", "bina@example.ac.uk")
            .with("What can", "Promotion;")
            .with("Your photo", "I agree;"),
        mentor(3, "2026-10-01T09:00:00", "Chen Sample", "chen@example.ac.uk"),
    ]);
    site.import(&export, &["--write", "--take", "bina.consent.profile"]).expect_code(0);
    let after = outside.source("people/all.yaml").replace("\r\n", "\n");
    let expected = list
        .replace(
            "given: 2026-01-10, wording: v1}}, review",
            "given: 2026-01-10, wording: v1, withdrawn: 2026-10-01}}, review",
        )
        .replace(
            "  stage: lecturer\n",
            "  stage: lecturer\n  disciplines: [public-health, cancer]\n  offers: [promotion]\n",
        )
        .replace(
            "    profile: {given: 2026-01-10, wording: v1}   # by letter\n",
            "    profile: {given: 2026-10-01, wording: v1}\n    photo: {given: 2026-10-01, wording: v1}\n",
        );
    assert_eq!(after, expected);
    assert_eq!(
        outside.source("people/all.yaml").matches('\n').count(),
        outside.source("people/all.yaml").matches("\r\n").count()
    );
    assert!(outside.source("people/chen-sample.yaml").contains("status: registered"));
    assert!(!site.root().join("content/mentors").exists());
}

#[test]
fn nothing_is_imported_where_git_would_take_the_addresses() {
    let site = scheme("import-git").file(".git/HEAD", "ref: refs/heads/main\n");
    let export = workbook(&first_answers());
    let before = site.files();
    site.import(&export, &["--write"]).expect_code(2).expect("/private/");
    assert_eq!(site.files(), before);
    site.write(".gitignore", "/private/\n");
    site.import(&export, &["--write"]).expect("Written: 4 files.");
}

#[test]
fn a_file_of_people_that_cannot_be_read_keeps_everything_from_being_imported() {
    let site = scheme("import-broken").file("content/mentors/chen.yaml", "name: [\n");
    let before = site.files();
    let run = site.import(&workbook(&first_answers()), &["--write"]).expect_code(1);
    assert!(run.stderr.contains("content/mentors/chen.yaml") && run.stdout.is_empty(), "{}", run.console());
    assert_eq!(site.files(), before);
}

#[test]
fn thousands_of_answers_are_imported() {
    let site = scheme("import-many");
    let answers: Vec<Answer> = (0..2_000)
        .map(|id| {
            mentor(id, "2026-10-01T09:00:00", &format!("Sample{id} Person"), &format!("p{id}@example.ac.uk"))
                .with("Tell", "Words of her own.\n\nAnd some more.")
                .with("What  is", &format!("Lecturer {id}"))
        })
        .collect();
    let export = workbook(&answers);
    site.import(&export, &["--write"]).expect_code(0).expect("Written: 2000 files.");
    site.import(&export, &["--write"]).expect_code(0).expect("2000 people have nothing new in the form.");
}
