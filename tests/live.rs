//! `check --live`: a host that has everything, one that was not uploaded to, caches before it, and hosts that are odd.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use support::web::{Asked, Host, Reply, Server};
use support::{Run, Site, tree};

/// Amara, Bina and a third, so that there is a directory without either.
fn site(name: &str) -> Site {
    Site::with_people(name)
        .file("content/mentors/chidi.yaml", &support::mentor("Dr Sample Chidi", ""))
        .file("content/about.md", "---\ntitle: About\naliases: [/about-us/]\n---\n\nAbout.\n")
}

fn check(site: &Site, url: &str, more: &[&str]) -> Run {
    site.run(&[&["check", "--live", url], more].concat())
}

/// What an upload that deletes makes of the folder of a host.
fn upload(site: &Site) {
    let (from, to) = (site.root().join("public"), site.root().join("www"));
    drop(fs::remove_dir_all(&to));
    for (path, bytes) in tree(&from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("uploaded");
    }
}

#[test]
fn a_withdrawal_counts_when_the_host_no_longer_serves_it() {
    let site = site("withdrawal");
    site.run(&["build", "--remember"]).expect_code(0);
    upload(&site);
    let config = site.run(&["hosting", "nginx"]).expect_code(0).stdout;
    let Some(nginx) = Server::nginx(&site.root().join("www"), &config) else { return };
    let before = check(&site, &nginx.url, &[]).expect_code(0);
    before
        .expect("that should be there and 0 addresses that should be gone.")
        .expect("Headers: as they should be.")
        .expect("The host has what this build makes, and nothing that should be gone.");

    site.run(&["mentors", "withdraw", "bina"]).expect_code(0);
    let during = check(&site, &nginx.url, &[]).expect_code(1).stdout;
    let (_, still) =
        during.split_once("\nStill served, and should be gone:\n").expect("what is still served");
    let (still, other) = still.split_once("\n\nOther content than this build makes:\n").expect("what is old");
    for address in ["mentors/bina/", "mentors/bina/index.html", "mentors/offer/grants/"] {
        assert!(
            still.lines().any(|line| line == format!("  {}{address}", nginx.url)),
            "{address} in {still}"
        );
    }
    assert!(still.contains("Upload with a tool that deletes what is gone"), "{still}");
    assert!(other.contains(&format!("  {}mentors/\n", nginx.url)), "{other}");
    assert!(!during.contains("about"), "what is as it should be is not named: {during}");

    // An upload that deletes nothing leaves her page, and takes her off the lists.
    for (path, bytes) in tree(&site.root().join("public")) {
        fs::write(site.root().join("www").join(path), bytes).expect("uploaded");
    }
    let halfway = check(&site, &nginx.url, &[]).expect_code(1).stdout;
    assert!(halfway.contains("Still served") && !halfway.contains("Other content"), "{halfway}");

    upload(&site);
    let after = check(&site, &nginx.url, &[]).expect_code(0).stdout;
    assert!(after.contains("nothing that should be gone") && !after.contains("Still served"), "{after}");
    let json = check(&site, &nginx.url, &["--format", "json"]).expect_code(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        (json["exit"].as_u64(), json["troubles"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{json}"
    );
    assert!(json["gone"].as_u64() >= Some(3), "{json}");
}

type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

fn files(folder: &Path) -> Files {
    Arc::new(Mutex::new(tree(folder)))
}

/// A file of a folder as a plain host serves it, without any header.
fn served(files: &Files, asked: &Asked) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default().trim_start_matches('/');
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let files = files.lock().expect("no panic");
    match files.get(&path) {
        Some(bytes) => (200, Vec::new(), bytes.clone()),
        None => (404, Vec::new(), files.get("404.html").cloned().unwrap_or_default()),
    }
}

#[test]
fn a_cache_is_told_from_the_host() {
    let site = site("cache");
    site.run(&["build", "--remember"]).expect_code(0);
    let old = files(&site.root().join("public"));
    site.remove("content/mentors/bina.yaml");
    site.build();
    let new = files(&site.root().join("public"));
    // It knows what it was once asked for, and asks the host for an address with another query.
    let host = Host::answering(move |asked| match asked.path.contains('?') {
        true => served(&new, asked),
        false => served(&old, asked),
    });
    let run = check(&site, &host.url, &[]).expect_code(1).stdout;
    let (_, rest) =
        run.split_once("\nGone from the host, and still served by a cache:\n").expect("the cache's pages");
    assert!(rest.starts_with(&format!("  {}mentors/bina/\n", host.url)), "{rest}");
    assert!(
        rest.contains("Other content in a cache, while the host has this build:")
            && rest.contains("Purge these"),
        "{rest}"
    );
    assert!(!run.contains("Still served, and should be gone"), "{run}");
    let asked = host.asked();
    assert!(
        asked
            .iter()
            .all(|asked| asked.method == "GET" && asked.headers["user-agent"].starts_with("Mentorpress/"))
    );
    assert!(asked.iter().any(|asked| asked.headers["accept-encoding"] == "identity"));
    assert!(asked.iter().any(|asked| asked.headers["accept-encoding"] == "gzip, br"));
}

#[test]
fn an_old_compressed_file_is_what_browsers_get() {
    let site = site("compressed");
    site.run(&["build", "--compress", "--remember"]).expect_code(0);
    let old = files(&site.root().join("public"));
    let sound = {
        let old = Arc::clone(&old);
        Host::answering(move |asked| packed(&old, asked, &served(&old, asked)))
    };
    check(&site, &sound.url, &[]).expect_code(0);
    site.remove("content/mentors/bina.yaml");
    site.build();
    let new = files(&site.root().join("public"));
    let host = Host::answering(move |asked| packed(&old, asked, &served(&new, asked)));
    let run = check(&site, &host.url, &[]).expect_code(1).stdout;
    assert!(
        run.contains(&format!("  {}mentors/bina/\n", host.url)),
        "gone for those who take it plain: {run}"
    );
    assert!(run.contains("Other content than this build makes:"), "{run}");
}

/// The compressed file beside another, where the asker takes one.
fn packed(files: &Files, asked: &Asked, plain: &Reply) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default().trim_start_matches('/');
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let files = files.lock().expect("no panic");
    let codings = &asked.headers["accept-encoding"];
    match files.get(&format!("{path}.gz")) {
        Some(bytes) if codings.contains("gzip") => {
            (200, vec![("Content-Encoding", "gzip".to_owned())], bytes.clone())
        }
        _ => plain.clone(),
    }
}

#[test]
fn odd_hosts_are_understood() {
    let site = site("odd");
    site.run(&["build", "--remember"]).expect_code(0);
    let all = files(&site.root().join("public"));
    site.remove("content/mentors/bina.yaml");
    site.build();
    let new = files(&site.root().join("public"));

    // Everything that is not there is answered with the home page and 200.
    let soft = {
        let new = Arc::clone(&new);
        Host::answering(move |asked| match served(&new, asked) {
            (404, ..) => (200, Vec::new(), b"<title>An app</title>".to_vec()),
            reply => reply,
        })
    };
    let run = check(&site, &soft.url, &[]).expect_code(0).stdout;
    assert!(run.contains("the host answers 200, as if there were a page"), "{run}");

    // Redirects: of the host's own for a former address, and to another host, which is not asked.
    let other = Host::answering(|_| (200, Vec::new(), b"elsewhere".to_vec()));
    let leading = {
        let (new, to) = (Arc::clone(&new), format!("{}there", other.url));
        Host::answering(move |asked| match asked.path.as_str() {
            "/about-us/" => (301, vec![("Location", "/about/".to_owned())], Vec::new()),
            "/about/" | "/mentors/bina/" => (302, vec![("Location", to.clone())], Vec::new()),
            "/mentors/bina/index.html" => (301, vec![("Location", "./".to_owned())], Vec::new()),
            "/mentors/chidi/" => (404, Vec::new(), Vec::new()),
            "/robots.txt" => (500, Vec::new(), Vec::new()),
            _ => served(&new, asked),
        })
    };
    let run = check(&site, &leading.url, &[]).expect_code(1).stdout;
    let (url, there) = (&leading.url, format!("{}there", other.url));
    for line in [
        format!("  {url}about/ -> {there}\n"),
        format!("  {url}mentors/bina/ -> {there}\n"),
        format!("Missing:\n  {url}mentors/chidi/ (404)\n"),
        format!("  {url}robots.txt (the host answers 500)\n"),
    ] {
        assert!(run.contains(&line), "no {line} in {run}");
    }
    assert!(!run.contains("about-us") && other.asked().is_empty(), "{run}");

    // One that wants to be asked later says when.
    let patient = {
        let (new, count) = (Arc::clone(&new), Mutex::new(0));
        Host::answering(move |asked| {
            let mut count = count.lock().expect("no panic");
            *count += 1;
            match *count {
                3 => (503, vec![("Retry-After", "1".to_owned())], Vec::new()),
                _ => served(&new, asked),
            }
        })
    };
    check(&site, &patient.url, &[]).expect_code(0);

    // One that stops answering.
    let stopping = {
        let count = Mutex::new(0);
        Host::answering(move |asked| {
            let mut count = count.lock().expect("no panic");
            *count += 1;
            if *count > 3 { (0, Vec::new(), Vec::new()) } else { served(&all, asked) }
        })
    };
    check(&site, &stopping.url, &[]).expect_code(2).expect("has stopped answering");
}

#[test]
fn headers_are_told_where_a_host_can_send_them() {
    let site = site("headers");
    site.build();
    let new = files(&site.root().join("public"));
    let bare = {
        let new = Arc::clone(&new);
        Host::answering(move |asked| served(&new, asked))
    };
    let run = check(&site, &bare.url, &[]).expect_code(0).stdout;
    for line in [
        "No address is remembered from before",
        "  Content-Security-Policy is not sent (http://",
        "  X-Content-Type-Options is not sent (http://",
        "  Referrer-Policy is not sent (http://",
        "  Cache-Control lets browsers ask again for files that never change (http://",
    ] {
        assert!(run.contains(line), "no {line} in {run}");
    }
    check(&site, &bare.url, &["--deny-warnings"]).expect_code(1);
    // GitHub Pages cannot.
    let config = site.source("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}hosting: {{for: github-pages}}\n"));
    check(&site, &bare.url, &["--deny-warnings"])
        .expect_code(0)
        .expect("GitHub Pages sends none of a site's own.");
    site.write("content/site.yaml", &config);

    let wrong = Host::answering(move |asked| {
        let (status, mut headers, body) = served(&new, asked);
        headers.extend([
            ("Content-Security-Policy", "default-src *".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "unsafe-url".to_owned()),
            ("Cache-Control", "public, max-age=604800".to_owned()),
            ("Set-Cookie", "balancer=1".to_owned()),
        ]);
        (status, headers, body)
    });
    let run = check(&site, &wrong.url, &[]).expect_code(0).stdout;
    for line in [
        "  Content-Security-Policy is not `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`",
        "  Content-Security-Policy is not `default-src 'none'; script-src 'self';",
        "  Referrer-Policy is `unsafe-url`, not `no-referrer` (",
        "  Cache-Control lets caches keep pages for 7 days, and whoever withdrew with them (",
        "  Set-Cookie sets a cookie, which the site itself never does (",
    ] {
        assert!(run.contains(line), "no {line} in {run}");
    }
    assert!(!run.contains("X-Content-Type-Options"), "{run}");
}

#[test]
fn earlier_addresses_can_be_named() {
    let site = site("previous");
    site.run(&["build", "--zip", "first.zip"]).expect_code(0);
    let old = files(&site.root().join("public"));
    site.remove("content/mentors/bina.yaml");
    site.build();
    let host = Host::answering(move |asked| served(&old, asked));
    let bina = format!("  {}mentors/bina/\n", host.url);
    assert!(!check(&site, &host.url, &[]).stdout.contains(&bina), "nobody remembers her");
    for list in ["/mentors/bina/\n".to_owned(), format!("# earlier\n{}mentors/bina/index.html\n", host.url)] {
        site.write("list.txt", &list);
        check(&site, &host.url, &["--previous", "list.txt"]).expect_code(1).expect(&bina);
    }
    check(&site, &host.url, &["--previous", "first.zip"]).expect_code(1).expect(&bina);
    site.write("list.txt", "/about/\n<html>\n");
    check(&site, &host.url, &["--previous", "list.txt"])
        .expect_code(2)
        .expect("line 2 of list.txt is not an address");
    check(&site, &host.url, &["--previous", "none.txt"]).expect_code(2).expect("cannot read none.txt");
    site.run(&["check", "--previous", "list.txt"]).expect_code(2).expect("--live");
}

#[test]
fn trouble_on_the_way_is_said_in_words() {
    let site = site("trouble");
    site.build();
    let before = site.public();
    // A port that was somebody's a moment ago.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it").port();
    let run = check(&site, &format!("http://127.0.0.1:{closed}/"), &[]).expect_code(2);
    run.expect("does not answer: ").expect("is this machine on the network?");
    check(&site, "www.example.org", &[])
        .expect_code(2)
        .expect("write it in full: --live https://www.example.org/");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", silent.local_addr().expect("it"));
    check(&site, &url, &["--timeout", "1"]).expect_code(2).expect("it took too long to answer");
    let json = check(&site, &url, &["--timeout", "1", "--format", "json"]).expect_code(2).stdout;
    assert!(json.starts_with("{\"exit\":2,\"failure\":"), "{json}");
    // A site with errors: what would be compared is not there, unless what has errors counts as gone.
    site.write("content/about.md", "---\ntitle: About\n---\n\n[x](/none/)\n");
    let old = files(&site.root().join("public"));
    let host = Host::answering(move |asked| served(&old, asked));
    check(&site, &host.url, &[]).expect_code(1).expect("nothing can be held against it");
    let run = check(&site, &host.url, &["--takedown"]).expect_code(1).stdout;
    assert!(!run.contains("about") && run.contains("Other content"), "{run}");
    assert_eq!(site.public(), before);
}
