//! The preview: a real process, real connections, files saved as editors save them.

mod support;

use mentorpress::pipeline::{Changed, Request, Workshop};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};
use support::preview::Preview;
use support::{Site, TODAY, mentor};

const PEOPLE: &str = "content/mentors";

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{text}\n")
}

#[test]
fn the_site_is_served_from_memory() {
    let site = Site::with_people("memory")
        .file("content/files/form.pdf", "%PDF")
        .file("content/about.md", &page("About", "Us."));
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.base, "/");
    let home = preview.get("/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(home.body.contains("Welcome.") && home.body.contains("<script src=\"/.mentorpress/preview.js?"));
    assert_eq!(home.header("cache-control"), "no-store");
    assert_eq!(home.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(home.header("access-control-allow-origin"), "");
    assert_eq!(preview.get("/about/index.html").status, 200);
    assert_eq!(preview.get("/files/form.pdf").header("content-type"), "application/pdf");
    assert_eq!(preview.get("/files/form.pdf").body, "%PDF");
    assert_eq!(preview.get("/sitemap.xml").header("content-type"), "application/xml; charset=utf-8");
    let script = preview.get("/.mentorpress/preview.js");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(!script.body.contains("\"STYLE\""), "the style is in the script");
    let folder = preview.get("/mentors/amara?list=bina");
    assert_eq!((folder.status, folder.header("location")), (302, "/mentors/amara/?list=bina"));
    let missing = preview.get("/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("Page not found") && missing.body.contains("preview.js"));
    let head = preview.ask("HEAD", "/");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), home.body.len().to_string());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let refused = preview.ask(method, "/");
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert!(!site.root().join("public").exists(), "nothing is written");
}

#[test]
fn what_is_sent_is_what_a_build_writes_and_the_script() {
    let site = Site::with_people("bytes").file("content/about.md", &page("About", "Us."));
    let preview = Preview::of(&site, &[]);
    site.run(&["build", "--drafts"]).expect_code(0);
    let quoted = |text: &str| text.replace("&#39;", "'");
    let policies = [
        ("; script-src 'self'; style-src", "; style-src"),
        ("; script-src 'self'", ""),
        ("; connect-src 'self'", ""),
    ];
    for (path, bytes) in site.public().into_iter().filter(|(path, _)| path != ".mentorpress") {
        let sent = preview.get(&format!("/{path}"));
        assert_eq!(sent.status, 200, "{path}");
        let written = String::from_utf8_lossy(&bytes).into_owned();
        if !path.ends_with(".html") {
            assert_eq!(sent.body, written, "{path}");
            continue;
        }
        let (before, script) = sent.body.rsplit_once("<script src=\"/.mentorpress/").expect("the script");
        assert!(script.ends_with(" async></script>"));
        let plain =
            |text: &str| policies.iter().fold(quoted(text), |text, (from, to)| text.replace(from, to));
        assert_eq!(plain(before), plain(&written), "{path}");
    }
}

#[test]
fn nothing_but_the_site_is_served() {
    let site = Site::with_people("outside")
        .file("private/addresses.yaml", "amara: a@example.org\n")
        .file("secret.txt", "secret");
    let preview = Preview::of(&site, &[]);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/mentors/../../secret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/secret.txt%00.html",
        "/private/addresses.yaml",
        "/content/site.yaml",
        "/content/mentors/amara.yaml",
        "/.mentorpress/../secret.txt",
        "/.mentorpress/",
        "/.mentorpress/events",
        "/.mentorpress",
        "/%ff%fe",
        "/etc/passwd",
        "//etc/passwd",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret") && !answer.body.contains("@example.org\n"), "{path}");
    }
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let site = Site::small("host");
    let preview = Preview::of(&site, &[]);
    let port = preview.port;
    let ask = |hosts: &[String]| {
        let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
        preview.send(&format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).status
    };
    for name in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        assert_eq!(ask(&[format!("{name}:{port}")]), 200, "{name}");
    }
    for host in [
        "evil.example",
        "127.0.0.1",
        "localhost",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::1]",
        "",
    ] {
        assert_eq!(ask(&[host.to_owned()]), 403, "{host}");
        assert_eq!(ask(&[format!("{host}:1")]), 403, "{host}:1");
    }
    assert_eq!(ask(&[format!("evil.example:{port}")]), 403);
    assert_eq!(ask(&[format!("localhost:{port}"), "evil.example".to_owned()]), 403, "two");
    assert_eq!(ask(&[]), 403, "none");
    let absolute =
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.send(&absolute).status, 403);
    // A page of somebody else's that got there by another name learns nothing of what is shown.
    let events = "GET /.mentorpress/events/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.send(events).status, 403);
}

#[test]
fn links_work_below_the_path_of_the_base() {
    let site = Site::with_people("based").file("content/about.md", &page("About", "[Home](index.md)"));
    site.edit("content/site.yaml", "https://example.org/", "https://example.org/medicine/aimms/");
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.base, "/medicine/aimms/");
    for path in ["/", "/medicine/aimms"] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, "/medicine/aimms/"), "{path}");
    }
    assert!(preview.get("/medicine/aimms/about/").body.contains("href=\"/medicine/aimms/\""));
    assert_eq!(preview.get("/medicine/aimms/about").header("location"), "/medicine/aimms/about/");
    assert_eq!(preview.get("/about/").status, 404);
    assert_eq!(preview.get("/medicine/").status, 404);
    // Moved while it is shown.
    site.edit("content/site.yaml", "/medicine/aimms/", "/");
    preview.until("/about/", |answer| answer.status == 200);
}

#[test]
fn an_edit_is_shown_and_told() {
    let site = Site::with_people("edit");
    let preview = Preview::of(&site, &[]);
    let mut events = preview.listen("/mentors/amara/");
    let mut others = preview.listen("/");
    let before = events.next();
    let home = others.next();
    assert_eq!((&before["failed"], &before["errors"]), (&false.into(), &0.into()));
    assert!(
        preview
            .get("/mentors/amara/")
            .body
            .contains(&format!("data-state=\"{}\"", before["state"].as_str().expect("a text")))
    );
    site.edit(&format!("{PEOPLE}/amara.yaml"), "post: Lecturer", "post: Senior Lecturer");
    let after = events.until(|event| event["state"] != before["state"]);
    assert!(
        preview
            .until_text("/mentors/amara/", "Senior Lecturer")
            .body
            .contains(after["state"].as_str().expect("a text"))
    );
    // A page that shows nothing of it need not be loaded again.
    site.edit("content/index.md", "Welcome.", "Good morning.");
    let changed = others.next();
    assert_ne!(changed["state"], home["state"]);
    assert!(preview.get("/").body.contains("Good morning."));
}

#[test]
fn findings_are_told_until_they_are_mended_and_the_last_site_stays() {
    let site = Site::with_people("break");
    let preview = Preview::of(&site, &[]);
    let mut events = preview.listen("/mentors/amara/");
    let before = events.next();
    let record = format!("{PEOPLE}/amara.yaml");
    site.edit(&record, "capacity: 2", "capacity: two");
    let broken = events.next();
    assert_eq!((&broken["failed"], &broken["errors"]), (&true.into(), &1.into()));
    assert_eq!(broken["state"], before["state"], "the last site that could be built is shown");
    let finding = &broken["findings"][0];
    assert_eq!(finding["code"], "wrong-type");
    assert_eq!(finding["place"], "content/mentors/amara.yaml:7:11");
    assert_eq!(finding["message"], "a whole number is due here, not `two`");
    assert_eq!(finding["help"], "change the whole line to: capacity: 2");
    assert!(preview.get("/mentors/amara/").body.contains("Sample Amara"));
    // The terminal says what a build says.
    let said = preview.until_said("1 error and 0 warnings: the last site that could be built is shown.");
    let build = site.run(&["build", "--drafts"]).expect_code(1);
    let (findings, _) = build.stderr.split_once("1 error and").expect("a count");
    assert!(said.contains(findings.trim_end()), "{said}\n{findings}");
    site.edit(&record, "capacity: two", "capacity: 3");
    let mended = events.until(|event| event["failed"] == false && event["state"] != before["state"]);
    assert_eq!((&mended["errors"], &mended["warnings"]), (&0.into(), &0.into()));
    preview.until_text("/mentors/amara/", "3 places");
}

#[test]
fn warnings_are_told_and_keep_nothing_from_being_shown() {
    let site = Site::with_people("warn");
    let preview = Preview::of(&site, &[]);
    let mut events = preview.listen("/");
    events.next();
    site.edit(&format!("{PEOPLE}/amara.yaml"), "review_by: 2027-01-10", "review_by: 2026-11-01");
    let warned = events.next();
    assert_eq!(
        (&warned["failed"], &warned["errors"], &warned["warnings"]),
        (&false.into(), &0.into(), &1.into())
    );
    assert_eq!(warned["findings"][0]["code"], "review-due");
}

#[test]
fn a_site_that_cannot_be_built_at_first_is_waited_for() {
    let site = Site::small("waiting").file("content/about.md", "---\ntitel: <About>\n---\n");
    let preview = Preview::of(&site, &[]);
    preview.until_said("there is nothing to show yet");
    for path in ["/", "/about/", "/nowhere"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 503, "{path}");
        assert!(
            answer.body.contains("content/about.md:") && answer.body.contains("there is nothing to show yet")
        );
        assert!(answer.body.contains("did you mean") || answer.body.contains("title"), "{}", answer.body);
    }
    let mut events = preview.listen("/about/");
    let waiting = events.next();
    assert!(preview.get("/about/").body.contains(waiting["state"].as_str().expect("a text")));
    site.write("content/about.md", &page("About", "Us."));
    assert_ne!(events.next()["state"], waiting["state"]);
    preview.until_text("/about/", "Us.");
}

#[test]
fn files_come_and_go() {
    let site = Site::with_people("files");
    let preview = Preview::of(&site, &[]);
    let root = site.root();
    // As many editors save: another file, renamed over the old one.
    let record = root.join(format!("{PEOPLE}/amara.yaml"));
    let temporary = root.join(format!("{PEOPLE}/.amara.yaml.swp"));
    fs::write(&temporary, mentor("Dr Sample Amara", "pronouns: she/her\n")).expect("saved");
    fs::rename(&temporary, &record).expect("renamed");
    preview.until_text("/mentors/amara/", "she/her");
    // As others do: the old one moved away, a new one written, the old one removed.
    fs::rename(&record, root.join(format!("{PEOPLE}/amara.yaml~"))).expect("moved");
    fs::write(&record, mentor("Dr Sample Amara", "pronouns: they/them\n")).expect("saved");
    fs::remove_file(root.join(format!("{PEOPLE}/amara.yaml~"))).expect("removed");
    preview.until_text("/mentors/amara/", "they/them");
    // A new folder, and a page in it.
    site.write("content/guides/first/index.md", &page("First", "In a new folder."));
    preview.until_text("/guides/first/", "In a new folder.");
    site.edit("content/guides/first/index.md", "In a new folder.", "And changed there.");
    preview.until_text("/guides/first/", "And changed there.");
    fs::rename(root.join("content/guides"), root.join("content/guidance")).expect("renamed");
    preview.until("/guides/first/", |answer| answer.status == 404);
    preview.until_text("/guidance/first/", "And changed there.");
    site.edit("content/guidance/first/index.md", "And changed there.", "In the renamed folder.");
    preview.until_text("/guidance/first/", "In the renamed folder.");
    // Somebody renamed, and somebody gone.
    fs::rename(&record, root.join(format!("{PEOPLE}/zola.yaml"))).expect("renamed");
    preview.until("/mentors/amara/", |answer| answer.status == 404);
    preview.until_text("/mentors/zola/", "Sample Amara");
    site.remove(&format!("{PEOPLE}/zola.yaml"));
    preview.until("/mentors/zola/", |answer| answer.status == 404);
    assert!(!preview.get("/mentors/").body.contains("Sample Amara"));
    // A theme of the site's own, in a folder that was not there.
    site.write(
        "themes/own/templates/missing.html",
        "{% extends \"base.html\" %}{% block main %}<h1>Lost</h1>{% endblock main %}\n",
    );
    site.edit("content/site.yaml", "languages:", "theme: own\nlanguages:");
    preview.until("/nowhere", |answer| answer.body.contains("<h1>Lost</h1>"));
    site.edit("themes/own/templates/missing.html", "Lost", "Nothing here");
    preview.until("/nowhere", |answer| answer.body.contains("<h1>Nothing here</h1>"));
}

#[test]
fn the_content_may_go_and_come_back() {
    let site = Site::with_people("gone");
    let preview = Preview::of(&site, &[]);
    let mut events = preview.listen("/");
    events.next();
    fs::rename(site.root().join("content"), site.root().join("elsewhere")).expect("renamed");
    let failed = events.until(|event| event["failed"] == true);
    assert!(
        failed["findings"][0]["message"].as_str().is_some_and(|text| text.contains("no content/ folder"))
    );
    assert_eq!(preview.get("/mentors/amara/").status, 200, "the last site stays");
    fs::rename(site.root().join("elsewhere"), site.root().join("content")).expect("renamed");
    events.until(|event| event["failed"] == false);
    site.edit("content/index.md", "Welcome.", "Back again.");
    preview.until_text("/", "Back again.");
}

#[test]
fn people_outside_the_site_are_watched() {
    let site = Site::with_people("private");
    let people = Site::empty("private-people");
    for id in ["amara", "bina"] {
        let path = format!("content/mentors/{id}.yaml");
        people.write(&format!("{id}.yaml"), &site.source(&path));
        site.remove(&path);
    }
    let folder = people.root().display().to_string().replace('\\', "/");
    let folder = format!("../{}", folder.rsplit('/').next().expect("a name"));
    site.edit("content/site.yaml", "languages:", &format!("directory: {{mentors: {folder}}}\nlanguages:"));
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.get("/mentors/amara/").status, 200);
    people.edit("amara.yaml", "post: Lecturer", "post: Reader");
    preview.until_text("/mentors/amara/", "Reader");
    people.remove("bina.yaml");
    preview.until("/mentors/bina/", |answer| answer.status == 404);
}

#[test]
fn two_hundred_saves_in_a_second_end_with_the_last() {
    let site = Site::with_people("saves");
    let preview = Preview::of(&site, &[]);
    let before = preview.builds();
    let start = Instant::now();
    for save in 1..=200 {
        site.write("content/about.md", &page("About", &format!("Saved {save} times.")));
        std::thread::sleep((Duration::from_millis(5) * save).saturating_sub(start.elapsed()));
    }
    preview.until_text("/about/", "Saved 200 times.");
    let builds = preview.builds() - before;
    // One each quarter of a second, with what a slow machine adds.
    let most = start.elapsed().as_millis() / 250 + 4;
    assert!(builds as u128 <= most, "{builds} builds in {:?}", start.elapsed());
}

#[test]
fn what_reads_the_same_is_not_built_again() {
    let site = Site::with_people("same");
    let preview = Preview::of(&site, &[]);
    let before = preview.builds();
    let path = format!("{PEOPLE}/amara.yaml");
    for _ in 0..3 {
        site.write(&path, &site.source(&path));
        site.write("content/.hidden", "not of the site");
        std::thread::sleep(Duration::from_millis(100));
    }
    // The end of the waiting: a change that is one.
    site.edit("content/index.md", "Welcome.", "Changed.");
    preview.until_text("/", "Changed.");
    preview.until_said("built in");
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(preview.builds() - before, 1, "{}", preview.said());
}

#[test]
fn drafts_are_shown_and_marked() {
    let site =
        Site::small("drafts").file("content/plan.md", "---\ntitle: Plan\ndraft: true\n---\n\nNot yet.\n");
    let preview = Preview::of(&site, &[]);
    let draft = preview.until_text("/plan/", "Not yet.");
    assert!(draft.body.contains("class=\"banner draft\""), "{}", draft.body);
    assert!(!preview.get("/").body.contains("class=\"banner draft\""));
}

#[test]
fn folders_without_events_are_looked_at() {
    let site = Site::with_people("poll");
    let preview = Preview::of(&site, &["--poll"]);
    let before = preview.builds();
    site.edit(&format!("{PEOPLE}/amara.yaml"), "post: Lecturer", "post: Reader");
    preview.until_text("/mentors/amara/", "Reader");
    site.write("content/new/index.md", &page("New", "A new folder."));
    preview.until_text("/new/", "A new folder.");
    // Whoever looks from time to time may see a file half written, and once more when it is whole.
    std::thread::sleep(Duration::from_secs(1));
    let after = preview.builds();
    assert!((2..=4).contains(&(after - before)), "{}", preview.said());
    // Two seconds without a change are without a build.
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(preview.builds(), after, "{}", preview.said());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let site = Site::small("port");
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let run = site.run(&["serve", "--port", &port.to_string()]).expect_code(2);
    assert_eq!(
        run.stderr,
        format!(
            "error: port {port} is taken by another program, perhaps by another preview\n  help: name another, --port 4001, or let the system choose one: --port 0\n"
        )
    );
}

#[test]
fn where_no_site_is_there_is_no_preview() {
    let site = Site::empty("none");
    site.run(&["serve", "--port", "0"]).expect_code(2).expect("there is no content/ folder");
}

#[test]
fn nobody_else_on_the_network_is_answered() {
    let site = Site::small("loopback");
    let preview = Preview::of(&site, &[]);
    // Any other address of this machine's own, where it has one.
    let Ok(socket) = std::net::UdpSocket::bind("0.0.0.0:0") else { return };
    let own = socket.connect("192.0.2.1:9").and_then(|()| socket.local_addr());
    if let Ok(own) = own
        && !own.ip().is_loopback()
    {
        assert!(std::net::TcpStream::connect((own.ip(), preview.port)).is_err(), "{own}");
    }
    assert!(std::net::TcpStream::connect(("127.0.0.1", preview.port)).is_ok());
}

#[test]
#[cfg(unix)]
fn it_ends_when_it_is_asked_to() {
    for signal in ["-INT", "-TERM"] {
        let site = Site::small("end");
        let preview = Preview::of(&site, &[]);
        let mut events = preview.listen("/");
        events.next();
        assert_eq!(preview.interrupt(signal), Some(0), "{signal}");
    }
}

#[test]
fn help_names_every_option() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_mentorpress")).args(["serve", "--help"]).output().expect("help");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    for option in ["--site", "--date", "--port", "--open", "--poll", "Ctrl-C"] {
        assert!(help.contains(option), "{option}");
    }
}

/// What a build came to, as far as anybody can see it.
struct Seen {
    files: Option<BTreeMap<String, Vec<u8>>>,
    found: mentorpress::diagnostic::Diagnostics,
    ahead: BTreeMap<String, Vec<u8>>,
}

fn build(workshop: &mut Workshop, date: &str, changed: &Changed, wanted: &BTreeSet<String>) -> Option<Seen> {
    let mut ahead = BTreeMap::new();
    let mut show = |pages: BTreeMap<String, mentorpress::output::Bytes>| {
        ahead.extend(pages.into_iter().map(|(path, bytes)| (path, bytes.whole().into_owned())));
    };
    let date = date.parse().expect("a date");
    let built = workshop.build(date, changed, wanted, &mut show).expect("no trouble of the machine's")?;
    let files = built.output.map(|output| {
        output.iter().map(|(path, file)| (path.to_owned(), file.bytes.whole().into_owned())).collect()
    });
    let found = built.outcome.found.clone();
    Some(Seen { files, found, ahead })
}

fn workshop(site: &Site) -> Workshop {
    let today = TODAY.parse().expect("a date");
    Workshop::new(Request { drafts: true, ..Request::look(site.root().to_path_buf(), today) })
}

/// Numbers that look random, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn record(dice: &mut Dice, name: &str) -> String {
    let offers = ["[]", "[grants]", "[promotion]", "[grants, promotion]"][dice.below(4)];
    let discipline = ["public-health", "cancer"][dice.below(2)];
    let bios = [
        "Plain.",
        "See [Bina](/mentors/bina/) and [about](/about/).",
        "## Work\n  \n  - one\n  - *two*",
        "“Quoted” -- text.",
    ];
    let status = ["listed", "listed", "listed", "paused", "registered"][dice.below(5)];
    let more = format!("offers: {offers}\nbio: |\n  {}\n", bios[dice.below(4)]);
    mentor(name, &more)
        .replace("status: listed", &format!("status: {status}"))
        .replace("[public-health]", &format!("[{discipline}]"))
        .replace("capacity: 2", &format!("capacity: {}", dice.below(3)))
}

#[test]
fn what_is_kept_between_builds_changes_nothing() {
    const STEPS: usize = 40;
    let ids = ["bina", "chidi", "dalia", "efua", "fatima", "gwen", "hina", "ife"];
    let site = Site::with_survey("kept").file("content/vocabulary.yaml", support::VOCABULARY);
    site.write("content/about.md", &page("About", "Us, and [Bina](/mentors/bina/)."));
    let mut dice = Dice(20);
    for id in ids {
        site.write(&format!("{PEOPLE}/{id}.yaml"), &record(&mut dice, &format!("Dr Sample {id}")));
    }
    site.write(&format!("{PEOPLE}/bina.yaml"), &mentor("Dr Sample Bina", ""));
    let picture = image::RgbImage::from_fn(400, 400, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut photo = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut photo, image::ImageFormat::Jpeg).expect("a JPEG");
    site.bytes("content/mentors/photos/bina.jpg", &photo.into_inner());
    let mut kept = workshop(&site);
    let wanted: BTreeSet<String> = [
        "mentors/bina/index.html",
        "mentors/index.html",
        "about/index.html",
        "404.html",
        "mentors/chidi/index.html",
        "mentors/offer/grants/index.html",
        "index.html",
        "mentors/shortlist/index.html",
    ]
    .map(str::to_owned)
    .into();
    let (mut sound, mut ahead, mut unchanged) = (0, 0, 0);
    let mut date = TODAY;
    let mut broken: Vec<(String, String)> = Vec::new();
    for step in 0..STEPS {
        // A finding stays for a step or two.
        if dice.below(3) > 0 {
            broken.drain(..).for_each(|(path, text)| site.write(&path, &text));
        }
        let id = ids[dice.below(ids.len())];
        let path = format!("{PEOPLE}/{id}.yaml");
        let mut touched = path.clone();
        match dice.below(14) {
            0..=3 => site.write(&path, &record(&mut dice, &format!("Dr Sample {id}"))),
            4 => {
                let text = mentor("Dr Sample Mended", "");
                site.write(&path, &text.replace("capacity: 2", "capacity: two"));
                broken.push((path.clone(), text));
            }
            5 => {
                drop(fs::remove_file(site.root().join(&path)));
                touched = format!("{PEOPLE}/new-{id}.yaml");
                site.write(&touched, &record(&mut dice, &format!("Dr New {id}")));
            }
            6 => {
                for id in ids {
                    drop(fs::remove_file(site.root().join(format!("{PEOPLE}/new-{id}.yaml"))));
                }
            }
            7 => {
                touched = "content/vocabulary.yaml".to_owned();
                site.write(
                    &touched,
                    &support::VOCABULARY.replace("Grant applications", &format!("Grants {step}")),
                );
            }
            8 => {
                touched = "content/about.md".to_owned();
                let text = page("About", &format!("Us {step}, and [Bina](/mentors/bina/)."));
                site.write(&touched, &text.replace("/mentors/bina/", "nowhere.md"));
                broken.push((touched.clone(), text));
            }
            9 => {
                touched = "content/about.md".to_owned();
                site.write(&touched, &page("About", &format!("Us at step {step}, and :person[bina].")));
            }
            10 => {
                touched = "content/site.yaml".to_owned();
                site.write(&touched, &support::SITE.replace("A scheme", &format!("Scheme {step}")));
            }
            11 => {
                touched = "content/files/notes.txt".to_owned();
                site.write(&touched, &format!("{step}"));
            }
            12 => {
                touched = format!("{PEOPLE}/bina.yaml");
                let consent = [
                    "photo: {file: bina.jpg}\n",
                    "photo: {file: bina.jpg}\nnoindex: true\n",
                    "pronouns: she/her\n",
                ][dice.below(3)];
                let text = mentor("Dr Sample Bina", consent);
                site.write(
                    &touched,
                    &text.replace("{profile:", "{photo: {given: 2026-01-10, wording: v1}, profile:"),
                );
            }
            _ => date = ["2026-11-21", "2026-12-24", "2027-02-01"][dice.below(3)],
        }
        // As old as the others, to a system that tells the time so.
        if dice.below(2) == 0 && site.root().join(&touched).exists() {
            let file = fs::File::options().append(true).open(site.root().join(&touched)).expect("a file");
            let age = Duration::from_secs(60);
            file.set_modified(std::time::SystemTime::now() - age).expect("a time");
        }
        // As the system tells it, less, or not at all.
        let changed = match dice.below(8) {
            0 => Changed::Anything,
            1 | 2 => Changed::Something,
            _ => Changed::Files(BTreeSet::from([site.root().join(&touched)])),
        };
        let Some(warm) = build(&mut kept, date, &changed, &wanted) else {
            unchanged += 1;
            continue;
        };
        let cold =
            build(&mut workshop(&site), date, &Changed::Something, &BTreeSet::new()).expect("a first build");
        assert_eq!(warm.found, cold.found, "step {step}");
        let paths = |seen: &Seen| seen.files.as_ref().map(|files| files.keys().cloned().collect::<Vec<_>>());
        assert_eq!(paths(&warm), paths(&cold), "step {step}");
        assert!(warm.files == cold.files, "step {step}: other bytes");
        let Some(files) = warm.files else { continue };
        sound += 1;
        ahead += usize::from(!warm.ahead.is_empty());
        for (path, bytes) in &warm.ahead {
            assert!(files.get(path) == Some(bytes), "step {step}: {path} is not as it was shown ahead");
        }
        if !warm.ahead.is_empty() {
            let made = wanted.iter().filter(|path| files.contains_key(*path));
            let missing: Vec<&String> = made.filter(|path| !warm.ahead.contains_key(*path)).collect();
            assert!(missing.is_empty(), "step {step}: {missing:?} were not shown ahead");
        }
    }
    assert!(
        sound > STEPS / 2 && sound < STEPS && ahead * 10 > sound * 8,
        "{sound} sound, {ahead} shown ahead"
    );
    assert!(unchanged < STEPS / 3, "{unchanged} steps changed nothing");
}
