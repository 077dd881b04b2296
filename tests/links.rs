//! `links`: links to other hosts, followed on a host of this machine.

mod support;

use std::time::Duration;
use support::web::{Asked, Host, Reply};
use support::{Run, Site};

fn answer(asked: &Asked) -> Reply {
    let to = |status, location: &str| (status, vec![("Location", location.to_owned())], Vec::new());
    let plain = |status| (status, Vec::new(), b"x".to_vec());
    match (asked.method.as_str(), asked.path.as_str()) {
        (_, "/ok" | "/ok?q=a&b=%C3%A9") => plain(200),
        ("HEAD", "/no-head") => plain(405),
        ("GET", "/no-head") => plain(200),
        (_, "/moved") => to(301, "/moved-again"),
        (_, "/moved-again") => to(308, "new/address"),
        (_, "/new/address") => plain(200),
        (_, "/see") => to(302, "/ok"),
        (_, "/see-nothing") => to(302, "/gone"),
        (_, "/round") => to(302, "/round"),
        (_, "/mail") => to(302, "mailto:a@example.org"),
        (_, "/forbidden") => plain(403),
        (_, "/busy") => plain(429),
        (_, "/down") => plain(503),
        (_, "/broken") => plain(500),
        (_, "/silent") => plain(0),
        (_, "/removed") => plain(410),
        _ => plain(404),
    }
}

fn links(site: &Site, more: &[&str]) -> Run {
    site.run(&[&["links", "--pause", "0", "--timeout", "5"], more].concat())
}

#[test]
fn what_is_dead_is_told_from_what_only_seems_so() {
    let host = Host::answering(answer);
    let url = host.url.trim_end_matches('/');
    let names = [
        "ok#part",
        "ok?q=a&b=é",
        "no-head",
        "moved",
        "see",
        "see-nothing",
        "round",
        "mail",
        "forbidden",
        "busy",
        "down",
        "broken",
        "silent",
        "removed",
        "gone",
    ];
    let text: String = names.iter().map(|name| format!("[x]({url}/{name})\n")).collect();
    let site = Site::small("links")
        .file(
            "content/about.md",
            &format!("---\ntitle: About\n---\n\n{text}\n[mail](mailto:scheme@example.org) [home](/)\n"),
        )
        .file("content/more.md", &format!("---\ntitle: More\n---\n\n[again]({url}/gone) [draft](draft.md)\n"))
        .file(
            "content/draft.md",
            &format!("---\ntitle: Draft\ndraft: true\n---\n\n[not asked]({url}/secret)\n"),
        );
    let config = site.source("content/site.yaml");
    site.write(
        "content/site.yaml",
        &format!("{config}footer: [{{label: Dead, link: \"{url}/in-footer\"}}]\n"),
    );
    let said = links(&site, &[]).expect_code(1).stdout.replace(url, "HOST");
    assert_eq!(
        said,
        "\
Dead: correct the link, or take it out.
  HOST/gone
    the host answers 404: there is no such page
    in content/about.md:19, content/more.md:5
  HOST/in-footer
    the host answers 404: there is no such page
    in content/site.yaml:6
  HOST/removed
    the host answers 410: there is no such page
    in content/about.md:18
  HOST/see-nothing
    the host answers 404 where it leads: there is no such page
    in content/about.md:10
Moved for good: write the new address.
  HOST/moved
    now HOST/new/address
    in content/about.md:8
Nobody can tell: look yourself, or ask again later.
  HOST/broken
    the host answers 500: it is in trouble
    in content/about.md:16
  HOST/busy
    the host answers 429: it asks to come later
    in content/about.md:14
  HOST/down
    the host answers 503: it asks to come later
    in content/about.md:15
  HOST/forbidden
    the host answers 403: it may refuse programs; look yourself
    in content/about.md:13
  HOST/mail
    the host answers 302, and not where it leads
    in content/about.md:12
  HOST/round
    it leads on and on
    in content/about.md:11
  HOST/silent
    SILENCE
    in content/about.md:17
16 links to other hosts: 4 lead somewhere, 1 moved, 4 dead, 7 unclear.
"
        .replace("SILENCE", silence(&said))
    );
    let asked = host.asked();
    assert!(asked.iter().all(|asked| !asked.path.contains("secret") && !asked.path.contains('#')));
    assert!(asked.iter().all(|asked| asked.headers["user-agent"].starts_with("Mentorpress/")));
    let of = |method: &str, path: &str| {
        asked.iter().filter(|asked| asked.method == method && asked.path == path).count()
    };
    assert_eq!((of("HEAD", "/ok"), of("GET", "/ok")), (2, 0), "by itself, and where /see leads");
    assert_eq!(
        (of("HEAD", "/gone"), of("GET", "/gone")),
        (2, 2),
        "once for two places, and where another leads"
    );
    assert_eq!(
        (of("HEAD", "/busy"), of("GET", "/busy")),
        (1, 0),
        "who asks to come later is not asked twice"
    );

    let json = links(&site, &["--format", "json"]).expect_code(1).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let all = json["links"].as_array().expect("a list");
    let moved = all.iter().find(|link| link["verdict"] == "moved").expect("one that moved");
    assert_eq!(moved["why"], format!("{url}/new/address"));
    assert_eq!(moved["places"][0], "content/about.md:8");
}

/// The words for a connection that ends without an answer, which are the package's.
fn silence(said: &str) -> &str {
    let (_, rest) = said.split_once("HOST/silent\n    ").expect("the silent one");
    let line = rest.lines().next().expect("a line");
    assert!(!line.is_empty());
    line
}

#[test]
fn what_led_somewhere_is_not_asked_again_for_a_week() {
    let host = Host::answering(answer);
    let url = host.url.trim_end_matches('/');
    let page = |names: &[&str]| {
        let links: String = names.iter().map(|name| format!("[x]({url}/{name}) ")).collect();
        format!("---\ntitle: About\n---\n\n{links}\n")
    };
    let site = Site::small("again").file("content/about.md", &page(&["ok", "moved", "gone"]));
    let paths = |from: usize| {
        let mut paths: Vec<String> = host.asked()[from..].iter().map(|asked| asked.path.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    };
    links(&site, &[]).expect_code(1);
    assert_eq!(paths(0), ["/gone", "/moved", "/moved-again", "/new/address", "/ok"]);
    assert_eq!(site.source(".mentorpress/.gitignore"), "*\n");
    let mut before = host.asked().len();
    links(&site, &["--date", "2026-11-27"]).expect_code(1).expect("now ").expect("1 moved, 1 dead");
    assert_eq!(
        paths(before),
        ["/gone", "/moved", "/moved-again", "/new/address"],
        "what is to be mended is asked for every time"
    );
    before = host.asked().len();
    links(&site, &["--date", "2026-11-28"]).expect_code(1);
    assert_eq!(paths(before).len(), 5, "after seven days");
    before = host.asked().len();
    links(&site, &["--date", "2026-11-28", "--again"]).expect_code(1);
    assert_eq!(paths(before).len(), 5);
    // No address is kept, only its hash, and of what the site does not link to any more not even that: it may have been on
    // the page of somebody who withdrew.
    let kept = site.source(".mentorpress/links.json");
    assert!(
        kept.contains("\"2026-11-28\"") && !kept.contains("127.0.0.1") && !kept.contains("/ok"),
        "{kept}"
    );
    site.write("content/about.md", &page(&["no-head"]));
    links(&site, &["--date", "2026-11-29"]).expect_code(0).expect("1 link to other hosts: 1 lead somewhere");
    let kept = site.source(".mentorpress/links.json");
    assert!(kept.contains("\"2026-11-29\"") && !kept.contains("\"2026-11-28\""), "{kept}");
    // What cannot be read is asked for again.
    site.write(".mentorpress/links.json", "{");
    links(&site, &["--date", "2026-11-28"]).expect_code(0);
    // A warning is an error for who wants it so.
    site.write("content/about.md", &page(&["moved"]));
    links(&site, &["--date", "2026-11-28"]).expect_code(0);
    links(&site, &["--date", "2026-11-28", "--deny-warnings"]).expect_code(1);
}

#[test]
fn a_host_is_left_in_peace_between_two_questions() {
    let host = Host::answering(answer);
    let other = Host::answering(answer);
    let url = host.url.trim_end_matches('/');
    let text: String = ["ok", "no-head", "see"].iter().map(|name| format!("[x]({url}/{name}) ")).collect();
    let site = Site::small("pause")
        .file("content/about.md", &format!("---\ntitle: About\n---\n\n{text} [y]({}ok)\n", other.url));
    site.run(&["links", "--pause", "0.3"]).expect_code(0);
    for host in [&host, &other] {
        let asked = host.asked();
        for pair in asked.windows(2) {
            let between = pair[1].at - pair[0].at;
            assert!(between >= Duration::from_millis(280), "{between:?} between {pair:?}");
        }
    }
    assert_eq!(host.asked().len(), 5, "three links, one asked for twice, one that leads on");
}

#[test]
fn trouble_is_told() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it").port();
    let site = Site::small("nothing")
        .file("content/about.md", &format!("---\ntitle: About\n---\n\n[x](http://127.0.0.1:{closed}/)\n"));
    links(&site, &[]).expect_code(2).expect("none of the 1 hosts answers").expect("on the network?");
    site.write("content/about.md", "---\ntitle: About\n---\n\nNo links.\n");
    links(&site, &[]).expect_code(0).expect("0 links to other hosts");
    site.write("content/about.md", "---\ntitle: About\n---\n\n[x](/none/)\n");
    links(&site, &[]).expect_code(1).expect("link-to-nowhere");
    site.run(&["links", "--pause", "100"]).expect_code(2).expect("from 0 to 60");
}

/// What a template prints has the line of the file that has the address.
#[test]
fn links_of_templates_have_their_line() {
    let host = Host::answering(|_| (404, Vec::new(), Vec::new()));
    let site = Site::with_people("made");
    let vocabulary = site.source("content/vocabulary.yaml");
    let leeds = format!("leeds: {{label: University of Leeds, website: \"{}university\"}}", host.url);
    site.write(
        "content/vocabulary.yaml",
        &format!("# Lists\n{}", vocabulary.replace("leeds: University of Leeds", &leeds)),
    );
    links(&site, &[]).expect_code(1).expect("in content/vocabulary.yaml:2\n");
}
