//! What is made for hosts: links with and without `index.html`, files that hosts read, compressed files, archives.

mod support;

use mentorpress::compression::Coding;
use mentorpress::html::decode;
use mentorpress::output::there;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use support::web::Server;
use support::{Site, TODAY, run_in, tree};

const STILL: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// A site with a page that had another address.
fn site(name: &str, hosting: &str) -> Site {
    let site = Site::with_people(name)
        .file("content/about.md", "---\ntitle: About\naliases: [/about-us/, /old.html]\n---\n\n[Home](/)\n");
    let config = site.source("content/site.yaml");
    site.file(
        "content/site.yaml",
        &format!("{config}menu: [about.md, {{label: Mentors, link: /mentors/}}]\n{hosting}"),
    )
}

/// The policy that a page carries itself.
fn policy(page: &str) -> String {
    let (_, rest) = page.split_once("Content-Security-Policy\" content=\"").expect("a policy");
    decode(rest.split_once('"').expect("its end").0).into_owned()
}

#[test]
fn links_are_written_for_hosts_without_directory_index() {
    let site = site("index", "hosting: {links: index}\n");
    site.build();
    let mut links = 0;
    for (path, bytes) in site.public().iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!link.split('#').next().unwrap_or_default().ends_with('/'), "{path}: {link}");
            if let Some(inner) = link.strip_prefix('/') {
                assert!(site.has(inner.split('#').next().unwrap_or_default()), "{path}: {link}");
                links += 1;
            }
        }
    }
    assert!(links > 50, "{links}");
    let about = site.page("about/index.html");
    assert!(
        about.contains("<link rel=\"canonical\" href=\"https://example.org/about/index.html\">"),
        "{about}"
    );
    // The entry of the menu that the page belongs to is marked all the same.
    assert!(
        site.page("mentors/amara/index.html")
            .contains("<a href=\"/mentors/index.html\" aria-current=\"true\">")
    );
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/mentors/amara/index.html</loc>"), "{sitemap}");
    assert!(!sitemap.contains("/</loc>"), "{sitemap}");
    assert!(site.page("about-us/index.html").contains("url=/about/index.html"));
    // The directory's script knows the folder, and what links to profiles go on with.
    assert!(
        site.page("mentors/index.html").contains("data-directory=\"/mentors/\" data-index=\"index.html\"")
    );
    // A link to nowhere is still one.
    site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[x](/none/)\n");
    site.run(&["build"]).expect_code(1).expect("link-to-nowhere");
}

#[test]
fn what_is_wrong_with_hosting_is_said() {
    let site = site(
        "wrong",
        "hosting:\n  link: index\n  links: folders\n  for: [nginx, netlify, cloudflare, netlify]\n  compress: yes\n",
    );
    let console = site.run(&["build"]).expect_code(1).console();
    for said in [
        "hosting has no key `link`",
        "did you mean `links`?",
        "`folders` is not a way of writing links",
        "did you mean `folder`?",
        "what to put there is printed by `mentorpress hosting nginx`",
        "`netlify` and `cloudflare` read files of the same names in different ways",
        "`netlify` is named twice",
        "`true` or `false` is due here, not `yes`",
    ] {
        assert!(console.contains(said), "no `{said}` in\n{console}");
    }
    // A file of one's own in the place of the program's.
    let site = self::site("own", "hosting: {for: netlify}\n").file("content/root/_headers", "/*\n  X: y\n");
    site.run(&["build"])
        .expect_code(1)
        .expect("error[address-taken]: the program makes _headers for netlify");
}

#[test]
fn hosts_find_their_files() {
    let site = site("files", "");
    site.build();
    let plain = site.public();
    for name in ["_headers", "_redirects", ".htaccess", ".nojekyll"] {
        assert!(!plain.contains_key(name), "{name}");
    }
    let config = site.source("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}hosting: {{for: [netlify, apache, github-pages]}}\n"));
    site.build();
    assert_eq!(site.page(".nojekyll"), "");
    let redirects = site.page("_redirects");
    for line in
        ["/about-us/ /about/ 301!\n", "/about-us/index.html /about/ 301!\n", "/old.html /about/ 301!\n"]
    {
        assert!(redirects.contains(line), "{redirects}");
    }
    // Each page matches one rule with a policy, and it is its own; but that of the directory lets the shortlist read.
    let rules = headers(&site.page("_headers"));
    for (path, bytes) in site.public().iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for address in [format!("/{path}"), format!("/{}", path.trim_end_matches("index.html"))] {
            let policies: Vec<&String> = rules
                .iter()
                .filter(|(pattern, _)| match pattern.strip_suffix('*') {
                    Some(folder) => address.starts_with(folder),
                    None => address == **pattern,
                })
                .filter_map(|(_, headers)| headers.get("Content-Security-Policy"))
                .collect();
            let own = policy(&page);
            let expected = if own.contains("script-src") && !own.contains("connect-src") {
                own.replace("script-src 'self'", "script-src 'self'; connect-src 'self'")
            } else {
                own
            };
            let is_asked = address.ends_with(".html") || address.ends_with('/');
            let expected = [format!("{expected}; frame-ancestors 'none'")];
            assert!(
                !is_asked || policies.iter().map(|policy| (*policy).clone()).eq(expected),
                "{address}: {policies:?}"
            );
        }
    }
    assert_eq!(rules["/*"]["X-Content-Type-Options"], "nosniff");
    assert_eq!(rules["/assets/*"]["Cache-Control"], "public, max-age=31536000, immutable");
    let apache = site.page(".htaccess");
    assert!(apache.contains("RedirectMatch 301 \"^/old\\.html$\" \"/about/\"\n"), "{apache}");
    assert!(apache.contains("ErrorDocument 404 /404.html\n"), "{apache}");
    site.edit("content/site.yaml", "[netlify, apache, github-pages]", "cloudflare");
    site.build();
    assert!(site.page("_redirects").contains("/old.html /about/ 301\n"));
    assert!(!site.has(".htaccess") && !site.has(".nojekyll"));
}

/// The rules of a `_headers` file.
fn headers(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rules: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ").and_then(|header| header.split_once(": ")) {
            Some((name, value)) => {
                let before = rules.entry(last.clone()).or_default().insert(name.to_owned(), value.to_owned());
                assert_eq!(before, None, "{last} has {name} twice");
            }
            None => {
                assert!(!rules.contains_key(line), "{line} is there twice");
                last = line.to_owned();
            }
        }
    }
    rules
}

#[test]
fn texts_are_compressed_where_that_is_smaller() {
    let site =
        site("compressed", "").file("content/files/tiny.txt", "a").file("content/files/some.pdf", "%PDF-1.4");
    let run = site.run(&["build", "--compress", "--timings"]).expect_code(0).expect("compress ");
    let all = site.public();
    let mut packed = 0;
    for (path, bytes) in &all {
        for (_, ending, coding) in Coding::ALL {
            let Some(beside) = all.get(&format!("{path}.{ending}")) else { continue };
            assert!(beside.len() < bytes.len(), "{path}");
            assert_eq!(coding.unpack(beside, 1 << 24).expect("packed"), *bytes, "{path}");
            packed += 1;
        }
    }
    assert!(packed >= 20, "{packed}");
    assert!(
        all.contains_key("index.html.gz")
            && all.contains_key("index.html.br")
            && all.contains_key("sitemap.xml.br")
    );
    for path in ["files/tiny.txt.gz", "files/some.pdf.gz", "files/some.pdf.br"] {
        assert!(!all.contains_key(path), "{path}");
    }
    assert!(
        run.stdout.contains(&format!("{} files in", all.len() - 1)),
        "the marker is no file of the site: {}",
        run.stdout
    );
    // The same again, on one thread.
    site.run(&["build", "--compress"]).expect_code(0).expect("nothing has changed");
    // Another program can read them.
    let gzip =
        std::process::Command::new("gzip").arg("-dc").arg(site.root().join("public/index.html.gz")).output();
    if let Ok(gzip) = gzip {
        assert_eq!(gzip.stdout, all["index.html"]);
    }
    // Without the option they go, so that no old one is served; site.yaml keeps them for every build.
    site.build();
    assert!(!site.has("index.html.gz") && !site.has("index.html.br"));
    let config = site.source("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}hosting: {{compress: true}}\n"));
    site.build();
    assert_eq!(site.public(), all);
}

#[test]
fn an_archive_is_the_site_and_says_what_is_new() {
    let site = site("zip", "");
    site.run(&["build", "--zip", "site.zip"])
        .expect_code(0)
        .expect("Packed into site.zip: there was none before it.");
    let first = fs::read(site.root().join("site.zip")).expect("the archive");
    assert_eq!(unpacked(&first), without_marker(&site));
    let list = site.source("site.zip.changes.txt");
    assert!(
        list.starts_with("# There was no archive before this one")
            && list.contains("\nadded about/index.html\n"),
        "{list}"
    );
    // The same site gives the same bytes, and leaves both files as they are.
    site.run(&["build", "--zip", "other.zip"]).expect_code(0);
    assert_eq!(fs::read(site.root().join("other.zip")).expect("the archive"), first);
    site.run(&["build", "--zip", "site.zip"])
        .expect_code(0)
        .expect("is the same as before; nothing was written");
    assert_eq!(site.source("site.zip.changes.txt"), list);
    // Builds without an archive do not count: what matters is what the web team was given.
    site.remove("content/mentors/bina.yaml");
    site.build();
    site.write("content/more.md", "---\ntitle: More\n---\n\nMore.\n");
    let run = site.run(&["build", "--zip", "site.zip"]).expect_code(0);
    let list = site.source("site.zip.changes.txt");
    for line in ["removed mentors/bina/index.html", "added more/index.html", "changed mentors/index.html"] {
        assert!(list.lines().any(|other| other == line), "no {line} in {list}");
    }
    assert!(!list.contains("about/index.html"), "what is the same is not listed: {list}");
    run.expect("1 added");
    assert!(!String::from_utf8_lossy(&fs::read(site.root().join("site.zip")).expect("it")).contains("bina"));
    // Against an earlier one that is named.
    fs::write(site.root().join("first.zip"), &first).expect("written");
    site.run(&["build", "--zip", "third.zip", "--previous", "first.zip"]).expect_code(0);
    assert_eq!(site.source("third.zip.changes.txt"), list);
    let unzip = std::process::Command::new("unzip").arg("-tq").arg(site.root().join("site.zip")).output();
    if let Ok(unzip) = unzip {
        assert!(unzip.status.success(), "{unzip:?}");
    }
}

#[test]
fn an_archive_that_cannot_be_is_refused_and_nothing_is_written() {
    let site = site("no-zip", "");
    site.build();
    let before = site.public();
    site.write("content/index.md", "---\ntitle: Home\n---\n\nChanged.\n");
    site.write("text.zip", "not an archive");
    let cases = [
        ("public/site.zip", "would lie in the website"),
        ("content/files/site.zip", "would lie in content/"),
        ("text.zip", "text.zip is not a ZIP archive"),
        ("none/site.zip", "cannot write"),
    ];
    for (file, said) in cases {
        site.run(&["build", "--zip", file]).expect_code(2).expect(said);
        assert_eq!(site.public(), before, "{file}");
    }
    site.run(&["build", "--purge", "public/purge.txt"]).expect_code(2).expect("would lie in the website");
    assert_eq!(site.source("text.zip"), "not an archive");
    // Findings: nothing is packed either.
    site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[x](/none/)\n");
    site.run(&["build", "--zip", "site.zip", "--remember", "--purge", "purge.txt"]).expect_code(1);
    for path in ["site.zip", "private", "purge.txt"] {
        assert!(!site.root().join(path).exists(), "{path}");
    }
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    mentorpress::archive::members(bytes).into_iter().collect()
}

fn without_marker(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.public().into_iter().filter(|(path, _)| path != ".mentorpress").collect()
}

#[test]
fn caches_are_told_what_to_forget_until_somebody_has_told_them() {
    let site = site("purge", "");
    site.run(&["build", "--purge", "purge.txt"]).expect_code(0);
    assert_eq!(site.source("purge.txt"), "", "what is new is in no cache");
    site.remove("content/mentors/bina.yaml");
    site.run(&["build", "--purge", "purge.txt", "--compress"]).expect_code(0).expect("To be purged");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let first = lines(&site.source("purge.txt"));
    for line in [
        "https://example.org/mentors/bina/",
        "https://example.org/mentors/bina/index.html",
        "https://example.org/mentors/",
        "https://example.org/sitemap.xml",
    ] {
        assert!(first.iter().any(|other| other == line), "no {line} in {first:?}");
    }
    assert!(!first.iter().any(|line| line.contains("about") || line.ends_with(".gz")), "{first:?}");
    // A second build before anybody has purged forgets nothing.
    site.edit("content/about.md", "[Home]", "[Back]");
    site.run(&["build", "--purge", "purge.txt"]).expect_code(0);
    let second = lines(&site.source("purge.txt"));
    assert!(
        first.iter().all(|line| second.contains(line))
            && second.contains(&"https://example.org/about/".to_owned())
    );
}

#[test]
fn what_was_published_is_remembered_where_nobody_publishes_it() {
    let site = site("remembered", "hosting: {for: apache}\n");
    site.build();
    site.remove("content/mentors/bina.yaml");
    // The first build that remembers knows what stood there before it.
    site.run(&["build", "--remember"]).expect_code(0).expect("Remembered in private/addresses.txt: ");
    let text = site.source("private/addresses.txt");
    let addresses: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    for address in ["/", "/about/", "/mentors/bina/", "/mentors/amara/", "/atom.xml"] {
        assert_eq!(addresses.contains(&address), address != "/atom.xml", "{address} in {text}");
    }
    assert!(!text.contains(".htaccess"), "{text}");
    assert!(addresses.is_sorted());
    site.remove("content/mentors/amara.yaml");
    site.edit("content/site.yaml", ", {label: Mentors, link: /mentors/}", "");
    site.run(&["build", "--remember"]).expect_code(0);
    assert_eq!(site.source("private/addresses.txt"), text);
    assert!(
        there(&site.root().join("public")).expect("the site").iter().all(|path| !path.contains("private"))
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let meta = fs::metadata(site.root().join("private/addresses.txt")).expect("the file");
        assert_eq!(meta.permissions().mode() & 0o077, 0);
    }
    // Where git would take it, nothing is remembered, and nothing published.
    let site = self::site("remembered-git", "");
    fs::create_dir(site.root().join(".git")).expect("a folder");
    site.run(&["build", "--remember"]).expect_code(2).expect("add a line /private/ to");
    assert!(!site.root().join("public").exists() && !site.root().join("private").exists());
    site.run(&["build", "--remember", "--drafts"]).expect_code(2).expect("cannot be used with");
}

#[test]
fn nginx_serves_what_it_is_told() {
    let site = Site::demonstration("nginx");
    for base in ["", "/medicine/aimms"] {
        let url = format!("https://www.example.org{base}/");
        let out = format!("www{base}");
        site.run(&["build", "--compress", "--base-url", &url, "--out", &out]).expect_code(0);
        let config = site.run(&["hosting", "nginx", "--base-url", &url]).expect_code(0).stdout;
        // What site.yaml would say with `compress: true`.
        let config = config.replace("index index.html;", "index index.html;\n    gzip_static on;");
        let Some(nginx) = Server::nginx(&site.root().join("www"), &config) else { return };
        let assets = serves_the_site(&nginx, &site, base, &out);
        let (name, _) = assets.iter().find(|(name, _)| name.ends_with(".css")).expect("the stylesheet");
        let (_, headers, body) = nginx.get(&format!("{base}/assets/{name}"), &[("Accept-Encoding", "gzip")]);
        assert_eq!(headers["content-encoding"], "gzip");
        assert_eq!(Some(&body), assets.get(&format!("{name}.gz")));
    }
}

#[test]
fn apache_serves_what_it_finds() {
    let site = Site::demonstration("apache");
    let config = site.source("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}\nhosting: {{for: apache}}\n"));
    for base in ["", "/medicine/aimms"] {
        let url = format!("https://www.example.org{base}/");
        let out = format!("www{base}");
        site.run(&["build", "--base-url", &url, "--out", &out]).expect_code(0);
        let Some(apache) = Server::apache(&site.root().join("www")) else { return };
        serves_the_site(&apache, &site, base, &out);
    }
}

/// Every page with the headers that it should have, a former address, a missing page, an asset; the assets are returned.
fn serves_the_site(server: &Server, site: &Site, base: &str, out: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = site.root().join(out);
    let mut redirects = 0;
    for (path, bytes) in tree(&folder).iter().filter(|(path, _)| path.ends_with("index.html")) {
        // Below the root of a host the first site lies beside the second.
        if base.is_empty() && path.starts_with("medicine/") {
            continue;
        }
        let address = format!("{base}/{}", path.trim_end_matches("index.html"));
        let (status, headers, body) = server.get(&address, &[]);
        if path == "about-us/index.html" {
            assert_eq!(status, 301);
            assert!(headers["location"].ends_with(&format!("{base}/about/")), "{headers:?}");
            redirects += 1;
            continue;
        }
        assert_eq!((status, &body == bytes), (200, true), "{address}");
        let page = String::from_utf8_lossy(bytes);
        let expected = format!("{}; frame-ancestors 'none'", policy(&page));
        assert_eq!(headers["content-security-policy"], expected, "{address}");
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-cache");
    }
    assert_eq!(redirects, 1);
    let (status, headers, body) = server.get(&format!("{base}/nothing/here/"), &[]);
    assert_eq!(status, 404);
    assert_eq!(body, fs::read(folder.join("404.html")).expect("the page"));
    assert_eq!(headers["content-security-policy"], format!("{STILL}; frame-ancestors 'none'"));
    let assets = tree(&folder.join("assets"));
    let (name, bytes) = assets.iter().find(|(name, _)| name.ends_with(".css")).expect("the stylesheet");
    let (status, headers, body) = server.get(&format!("{base}/assets/{name}"), &[]);
    assert_eq!((status, &body), (200, bytes));
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let (status, headers, _) = server.get(&format!("{base}/about"), &[]);
    assert_eq!(status, 301);
    assert!(headers["location"].ends_with(&format!("{base}/about/")), "{headers:?}");
    assets
}

#[test]
fn servers_are_told_in_a_file_too() {
    let site = site("told", "hosting: {compress: true}\n");
    let printed = site.run(&["hosting", "nginx"]).expect_code(0).stdout;
    assert!(
        printed.contains("    gzip_static on;\n")
            && printed.contains("location = /old.html { return 301 /about/; }"),
        "{printed}"
    );
    site.run(&["hosting", "nginx", "--out", "nginx.conf"]).expect_code(0);
    assert_eq!(site.source("nginx.conf"), printed);
    assert!(!site.root().join("public").exists());
    let headers = site.run(&["hosting", "headers"]).expect_code(0).stdout;
    assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'none'"), "{headers}");
    let base = ["hosting", "apache", "--base-url", "https://example.org/a.b/c/"];
    let apache = site.run(&base).expect_code(0).stdout;
    assert!(
        apache.contains("RedirectMatch 301 \"^/a\\.b/c/about\\-us/$\"")
            || apache.contains("\"^/a\\.b/c/about-us/$\" \"/a.b/c/about/\""),
        "{apache}"
    );
    site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[x](/none/)\n");
    site.run(&["hosting", "nginx"]).expect_code(1).expect("link-to-nowhere");
    run_in(site.root(), &["hosting", "lighttpd", "--date", TODAY]).expect_code(2);
    let mut text = String::new();
    fs::File::open(site.root().join("nginx.conf")).expect("it").read_to_string(&mut text).expect("text");
    assert_eq!(text, printed, "what was written stays");
}
