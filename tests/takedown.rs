//! Withdrawal withdraws: nothing of somebody who is not public is in the output, and nobody's half-written page
//! stands in its way.

mod support;

use mentorpress::html::text;
use support::{Site, VOCABULARY, mentor};

const NAME: &str = "Dr Siân O'Brien-Ng";

fn site() -> Site {
    let record = mentor(NAME, "offers: [promotion, grants]\nbio: |\n  She studies birth cohorts.\n")
        .replace("name: Dr Siân O'Brien-Ng", "name: \"Dr Siân O'Brien-Ng\"");
    Site::small("takedown")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/mentors/sian.yaml", &record)
        .file("content/mentors/bina.yaml", &mentor("Dr Sample Bina", ""))
        .file("content/thanks.md", "---\ntitle: Thanks\n---\n\nWe thank :person[sian] for her time.\n")
}

/// Files whose decoded text or raw bytes name her or hold her id as a path segment.
fn naming(site: &Site) -> Vec<String> {
    let raw = ["Siân", "O'Brien", "O’Brien", "Brien-Ng", "/sian/", "sian."];
    let names = |path: &str, bytes: &[u8]| {
        let source = String::from_utf8_lossy(bytes);
        let decoded = text(&source);
        path.contains("/sian/")
            || raw.iter().any(|word| source.contains(word) || decoded.contains(word))
            || decoded.contains("birth cohorts")
    };
    site.public().iter().filter(|(path, bytes)| names(path, bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn her_name_is_found_in_word_files_too() {
    let site = site();
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    // Word breaks a name where its spelling checker looked at it.
    let runs = "<w:p><w:r><w:t>by Siân O’Brien</w:t></w:r><w:r><w:t>-Ng</w:t></w:r></w:p><w:p><w:r><w:t>Next</w:t></w:r></w:p>";
    let document = mentorpress::archive::pack(&[("word/document.xml", runs.to_owned())]).expect("a document");
    site.bytes("content/files/handbook.docx", &document);
    let run = site.run(&["build"]).expect_code(0);
    assert!(
        run.stderr.contains("warning[named-elsewhere]: this names somebody who is not public: `sian` is withdrawn\n --> content/files/handbook.docx"),
        "{}",
        run.console()
    );
    // What was written with another program is read too.
    let runs = "<text:p>by <text:span>Siân O’Brien</text:span>-Ng</text:p><text:p>Next</text:p>";
    let text = mentorpress::archive::pack(&[("content.xml", runs.to_owned())]).expect("a document");
    site.bytes("content/files/rules.odt", &text);
    site.remove("content/files/handbook.docx");
    site.build().expect("warning[named-elsewhere]").expect("--> content/files/rules.odt");
}

#[test]
fn withdrawal_leaves_nothing_while_a_colleague_s_draft_is_broken() {
    let site = site();
    site.build();
    let before = naming(&site);
    // Index, profile, offers twice, discipline, institution, stage, the page that thanks her, the sitemap.
    assert!(before.len() >= 6, "{before:?}");
    assert!(
        before.contains(&"mentors/sian/index.html".to_owned())
            && before.contains(&"thanks/index.html".to_owned())
    );

    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    site.write("content/plans.md", "---\ntitle: Plans\n---\n\nHalf a :::note\n\n[nowhere](nowhere.md) <b>\n");
    let failed = site.run(&["build"]).expect_code(1);
    assert!(
        failed.stderr.starts_with("The site that stands still shows what is no longer allowed: /mentors/sian/ (withdrawn). To take it down now: mentorpress build --takedown\n"),
        "{}",
        failed.console()
    );
    assert_eq!(naming(&site), before, "a failed build leaves the old site as it was");

    let taken = site.run(&["build", "--takedown"]).expect_code(0);
    assert!(
        taken.stderr.contains("Left out because of the findings above: content/plans.md."),
        "{}",
        taken.console()
    );
    assert_eq!(naming(&site), Vec::<String>::new());
    assert!(
        site.page("thanks/index.html").contains("<span class=\"absent\">a former mentor</span>"),
        "{}",
        site.page("thanks/index.html")
    );
    assert!(site.has("mentors/bina/index.html") && !site.has("plans/index.html"));
}

#[test]
fn her_name_in_others_words_is_listed_until_it_is_allowed() {
    let site = site();
    site.write(
        "content/news/prize.md",
        "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nThe prize went to Siân  O'Brien-Ng.\n",
    );
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    let run = site.build();
    assert!(
        run.stderr.contains("warning[named-elsewhere]") && run.stderr.contains("content/news/prize.md:7:19"),
        "{}",
        run.console()
    );
    site.edit(
        "content/mentors/sian.yaml",
        "status: withdrawn",
        "status: withdrawn\nnamed_elsewhere: [author]",
    );
    assert!(!site.build().stderr.contains("named-elsewhere"));
}

#[test]
fn every_state_that_is_not_public_leaves_nothing() {
    let states = [
        ("status: listed", "status: registered"),
        ("status: listed", "status: paused"),
        ("status: listed", "status: paused\nuntil: 2027-01-01"),
        ("given: 2026-01-10", "given: 2026-01-10, withdrawn: 2026-11-20"),
        ("given: 2026-01-10", "given: 2026-12-01"),
        ("review_by: 2027-01-10", "review_by: 2026-09-01"),
    ];
    let site = site();
    let listed = site.source("content/mentors/sian.yaml");
    for (from, to) in states {
        site.write("content/mentors/sian.yaml", &listed);
        site.build();
        assert!(naming(&site).len() >= 6);
        site.edit("content/mentors/sian.yaml", from, to);
        site.build();
        assert_eq!(naming(&site), Vec::<String>::new(), "{to}");
    }
    site.write("content/mentors/sian.yaml", "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
    site.build();
    assert_eq!(naming(&site), Vec::<String>::new());
}

#[test]
fn a_pause_ends_on_its_day() {
    let site = site();
    site.edit("content/mentors/sian.yaml", "status: listed", "status: paused\nuntil: 2027-01-01");
    let run = site.build().expect("Next change by date: 2027-01-01: sian is listed again after a pause.");
    drop(run);
    site.run(&["build", "--date", "2026-12-31"]).expect_code(0);
    assert!(naming(&site).is_empty());
    site.run(&["build", "--date", "2027-01-01"]).expect_code(0);
    assert!(!naming(&site).is_empty());
}

#[test]
fn drafts_and_expired_pages_leave_nothing_and_links_become_text() {
    let site = Site::small("pages")
        .file("content/plans.md", "---\ntitle: Plans\n---\n\nA zebra crossing.\n")
        .file("content/about.md", "---\ntitle: About\n---\n\nSee [our plans](plans.md).\n");
    site.edit("content/site.yaml", "contact:", "menu: [about.md, plans.md]\ncontact:");
    site.build();
    assert!(
        site.page("about/index.html").contains("<a href=\"/plans/\">our plans</a>"),
        "{}",
        site.page("about/index.html")
    );
    for hidden in ["draft: true", "expires: 2026-11-21", "publish: 2026-11-22"] {
        site.write("content/plans.md", &format!("---\ntitle: Plans\n{hidden}\n---\n\nA zebra crossing.\n"));
        let run = site.build();
        assert_eq!(
            run.stderr.matches("warning[link-not-public]").count(),
            2,
            "menu and text\n{}",
            run.console()
        );
        let about = site.page("about/index.html");
        assert!(about.contains("See our plans.") && !about.contains("/plans/"), "{about}");
        assert!(
            site.public().values().all(|bytes| !String::from_utf8_lossy(bytes).contains("zebra")),
            "{hidden}"
        );
        assert!(!site.has("plans"));
    }
    site.run(&["build", "--drafts"]).expect_code(0);
    assert!(
        site.page("plans/index.html").contains("zebra") && site.page("plans/index.html").contains("noindex")
    );
}

#[test]
fn a_report_that_is_left_out_gives_no_number_anywhere() {
    let site = Site::with_survey("report");
    site.edit("content/index.md", "Welcome.", "Advice was hoped for by :n[aimms/wanted.advice]{group=mentee as=of}. [The report](/reports/aimms/2023/).");
    site.build();
    assert!(site.page("index.html").contains("by 7 of 12"));
    site.edit("content/evaluations/aimms/releases/2023.yaml", "contacts: few", "contacts: 2");
    site.run(&["build"]).expect_code(3);
    let run = site.run(&["build", "--takedown"]).expect_code(0);
    assert!(run.stderr.contains("error[policy-band]"), "{}", run.console());
    let home = site.page("index.html");
    assert!(
        home.contains("by not available today")
            && home.contains("The report.")
            && !home.contains("/reports/"),
        "{home}"
    );
    assert!(!site.has("reports"));
}

#[test]
fn nothing_that_can_be_left_out_blocks() {
    let site = site();
    site.edit(
        "content/site.yaml",
        "contact:",
        "menu: [{label: News, link: /news/}, {label: Reports, link: /reports/aimms/}]\ncontact:",
    );
    site.write("content/news/prize.md", "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nSoon.\n");
    site.write("content/evaluations/aimms/survey.yaml", support::SURVEY);
    site.write("content/evaluations/aimms/releases/2023.yaml", support::RELEASE);
    site.write("content/evaluations/aimms/reports/2023.md", support::REPORT);
    site.build();
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    // The home page, the only news, the only report, a file with the wrong name, and a second record of one id.
    site.edit("content/index.md", "Welcome.", "[nowhere](nowhere.md)");
    site.edit("content/news/prize.md", "Soon.", "<b>Soon</b>");
    site.edit("content/evaluations/aimms/reports/2023.md", "title: Evaluation 2023", "title: [Evaluation]");
    site.write("content/mentors/chen.yaml.txt", "name: x\n");
    site.write("content/mentors/team.yaml", "- {id: bina, status: registered}\n");
    site.run(&["build"]).expect_code(1);
    let run = site.run(&["build", "--takedown"]).expect_code(0);
    assert_eq!(naming(&site), Vec::<String>::new());
    assert!(!site.has("news") && !site.has("reports") && !site.has("mentors/bina"), "{}", run.console());
    let home = site.page("index.html");
    assert!(
        home.contains("<h1>Home</h1>") && !home.contains("nowhere") && !home.contains("/news/"),
        "{home}"
    );
    assert!(run.stderr.contains("content/index.md, "), "{}", run.console());
}

#[test]
fn a_list_of_nothing_public_is_not_public() {
    let site = Site::with_survey("draft-report");
    site.edit("content/evaluations/aimms/reports/2023.md", "kind: report", "kind: report\ndraft: true");
    site.edit("content/index.md", "Welcome.", "[All reports](/reports/aimms/)");
    let run = site.build();
    assert!(
        run.stderr.contains("warning[link-not-public]: `/reports/aimms/` is not public today (a draft)"),
        "{}",
        run.console()
    );
}

#[test]
fn a_name_that_no_line_shows_is_told_and_does_not_block() {
    let site = site();
    site.write("content/files/minutes.txt", "Present: Siân O'Brien-Ng\n");
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    let run = site.build();
    assert!(
        run.stderr.contains("warning[named-elsewhere]") && run.stderr.contains("content/files/minutes.txt"),
        "{}",
        run.console()
    );
    site.remove("content/files/minutes.txt");
    site.write("content/news/prize.md", "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nIt went to Siân **O'Brien-Ng**. [A namesake](https://www.example.com/mentors/sian/)\n");
    let run = site.build();
    assert!(
        run.stderr.contains("warning[named-elsewhere]") && run.stderr.contains("content/news/prize.md"),
        "{}",
        run.console()
    );
}

#[test]
fn what_is_left_empty_is_taken_for_the_safer_answer() {
    let site =
        Site::with_people("empty").file("content/plans.md", "---\ntitle: Plans\ndraft:\n---\n\nSoon.\n");
    site.run(&["build"]).expect_code(1).expect("`draft` has no value");
    site.remove("content/plans.md");
    site.edit("content/mentors/amara.yaml", "roles: [mentor]", "roles: [mentee]");
    site.build();
    assert!(!site.has("mentors/amara"));
    site.edit("content/mentors/amara.yaml", "roles: [mentee]", "roles: []");
    site.run(&["build"]).expect_code(1).expect("`roles` names no role");
}

#[test]
fn a_file_of_ones_own_cannot_take_the_place_of_a_page() {
    let site = site().file("content/root/index.html", "<p>Mine.</p>\n");
    site.run(&["build"]).expect_code(1).expect("error[address-taken]");
    // Nor does it keep anybody waiting.
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    site.run(&["build", "--takedown"]).expect_code(0).expect("content/root/index.html");
    assert_eq!(naming(&site), Vec::<String>::new());
    assert!(!site.page("index.html").contains("Mine."));
}

#[test]
fn findings_in_the_site_s_own_file_still_fail() {
    let site = site();
    site.edit("content/site.yaml", "title: A scheme", "title: A scheme\ntagline: [one, two]");
    site.run(&["build", "--takedown"]).expect_code(1).expect("error[wrong-type]");
}

#[test]
fn a_broken_record_is_left_out_and_the_rest_published() {
    let site = site();
    site.build();
    site.edit("content/mentors/sian.yaml", "capacity: 2", "capacity: two");
    site.run(&["build", "--takedown"]).expect_code(0).expect("sian (content/mentors/sian.yaml:1)");
    assert_eq!(naming(&site), Vec::<String>::new());
    // A file that is not YAML at all gives nobody; what links to her is not at fault.
    site.write("content/mentors/sian.yaml", "name: [\n");
    site.run(&["build", "--takedown"]).expect_code(0);
    assert!(site.page("thanks/index.html").contains("somebody in the scheme"));
}

#[test]
fn figures_of_a_report_that_is_not_public_have_no_file_to_lead_to() {
    let site = Site::with_survey("table-elsewhere");
    site.edit("content/index.md", "Welcome.", "::table{questions=\"aimms/wanted\"}");
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("href=\"/reports/aimms/2023/data/wanted.csv\""), "{home}");
    site.edit("content/evaluations/aimms/reports/2023.md", "## Hopes", "<b>Half</b>");
    site.run(&["build"]).expect_code(1);
    let run = site.run(&["build", "--takedown"]).expect_code(0);
    assert!(run.stderr.contains("content/evaluations/aimms/reports/2023.md"), "{}", run.console());
    assert!(!site.page("index.html").contains("/data/") && !site.has("reports"));
    // It blocks no ordinary build either.
    site.edit("content/evaluations/aimms/reports/2023.md", "<b>Half</b>", "## Hopes");
    site.edit("content/evaluations/aimms/reports/2023.md", "kind: report\n", "kind: report\ndraft: true\n");
    site.build();
    assert!(!site.page("index.html").contains("/data/") && !site.has("reports"));
}

#[test]
fn what_refers_to_a_block_that_is_not_available_still_leads_to_its_place() {
    let blocks = [
        ("table-gained", "::table{questions=\"aimms/wanted\" id=gained}"),
        ("figure-gained", "::figure{question=\"aimms/wanted\" kind=bars id=gained}"),
        ("figure-gained", "::figure{question=\"aimms/wanted.advice\" group=mentee kind=trend id=gained}"),
        ("box-said", "::quotes{question=\"aimms/why\" id=said caption=Why}"),
        ("table-actions", "::actions{survey=aimms}"),
    ];
    for (fragment, directive) in blocks {
        let site = Site::with_survey("places");
        site.write("content/evaluations/aimms/actions.yaml", "- {suggestion: More time, status: done}\n");
        site.edit("content/evaluations/aimms/survey.yaml", "title: An", "title: [An]\nnote: An");
        site.edit("content/index.md", "Welcome.", &format!("See :ref[{fragment}].\n\n{directive}"));
        let run = site.run(&["build", "--takedown"]).expect_code(0);
        let home = site.page("index.html");
        assert!(
            home.contains(&format!("href=\"#{fragment}\""))
                && home.contains(&format!("<div id=\"{fragment}\"><p>not available today")),
            "{home}{}",
            run.console()
        );
    }
}

#[test]
fn an_error_in_the_record_of_somebody_who_is_out_keeps_nobody_waiting() {
    let site = site();
    let listed = site.source("content/mentors/bina.yaml");
    let wrong = [
        (listed.replace("status: listed", "status: paused").replace("capacity: 2", "capacity: two"), "`two`"),
        (listed.replace("status: listed", "status: paused\nphoto: {file: gone.jpg}"), "gone.jpg"),
        (listed.replace("status: listed", "status: registered\npst: Reader"), "`pst`"),
        (listed.replace("status: listed", "status: pausd"), "`pausd`"),
        (listed.replace("status: listed", "status: withdrawn\non: yesterday"), "`yesterday`"),
        (listed.replace("given: 2026-01-10", "given: 12.1.2026"), "12.1.2026"),
        (listed.replace("roles: [mentor]", "roles: [Mentorr]"), "`Mentorr`"),
    ];
    for (record, said) in wrong {
        site.write("content/mentors/bina.yaml", &listed);
        site.build();
        assert!(!naming(&site).is_empty());
        site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
        site.write("content/mentors/bina.yaml", &record);
        site.run(&["build"]).expect_code(1);
        site.run(&["build", "--takedown"]).expect_code(0).expect("error[").expect(said);
        assert_eq!(naming(&site), Vec::<String>::new(), "{said}");
        assert!(!site.has("mentors/bina"), "{said}");
        site.edit("content/mentors/sian.yaml", "status: withdrawn", "status: listed");
    }
}

#[test]
fn a_list_with_one_error_is_not_told_as_a_person() {
    let site = site();
    site.write(
        "content/mentors/committee.yaml",
        "- {id: cara, name: Sample Cara, roles: [committee], status: paused, capacity: two}\n",
    );
    site.edit("content/mentors/sian.yaml", "capacity: 2", "capacity: two");
    let run = site.run(&["build", "--takedown"]).expect_code(0).expect("sian (content/mentors/sian.yaml:1)");
    assert!(!run.console().contains("committee ("), "{}", run.console());
}

#[test]
fn a_link_in_a_copied_page_leaves_that_page_out() {
    let site = site().file("content/files/old.html", "<p><a href=\"/mentors/sian/\">Our mentor</a></p>\n");
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    site.run(&["build", "--takedown"]).expect_code(0).expect("content/files/old.html");
    assert_eq!(naming(&site), Vec::<String>::new());
    assert!(!site.has("files/old.html"));
}

#[test]
fn a_wording_that_is_not_there_keeps_nobody_waiting() {
    let site = site();
    site.edit(
        "content/site.yaml",
        "contact:",
        "consent: {profile: {current: v1, text: consnt.md}}\ncontact:",
    );
    site.edit("content/mentors/sian.yaml", "status: listed", "status: withdrawn");
    site.run(&["build"]).expect_code(1).expect("there is no page `consnt.md`");
    site.run(&["build", "--takedown"]).expect_code(0);
    assert_eq!(naming(&site), Vec::<String>::new());
}

#[test]
fn a_withdrawal_in_a_misnamed_file_outside_the_site_is_told_and_left_out() {
    let outside = Site::empty("outside")
        .file("people/sian.yaml", &mentor("Sample Sian", ""))
        .file("people/README.md", "Who is who.\n")
        .file("site/content/site.yaml", &format!("{}directory: {{mentors: ../people}}\n", support::SITE))
        .file("site/content/index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
        .file("site/content/vocabulary.yaml", VOCABULARY);
    let build = |more: &[&str]| {
        let mut arguments = vec!["build", "--date", support::TODAY];
        arguments.extend(more);
        support::run_in(&outside.root().join("site"), &arguments)
    };
    build(&[]).expect_code(0);
    outside.write("people/jaya.yml", "id: jaya\nstatus: withdrawn\n");
    build(&[]).expect_code(1).expect("error[stray-file]: jaya.yml is not read").expect("rename it jaya.yaml");
    build(&["--takedown"]).expect_code(0).expect("../people/jaya.yml");
    outside.remove("people/jaya.yml");
    outside.bytes("people/jaya.yaml", b"\xFF\xFEn\0a\0");
    build(&[]).expect_code(1).expect("jaya.yaml is saved as UTF-16");
}

#[test]
fn people_s_files_lie_in_no_folder_that_is_open_to_everybody() {
    for (folder, said) in [
        ("content/files/people", "what lies in content/files is open to everybody"),
        ("content/../content/root", "what lies in content/root is open to everybody"),
        ("content", "`content` holds content/files"),
        ("public", "what lies in public is open to everybody"),
    ] {
        let site = site();
        site.edit("content/site.yaml", "contact:", &format!("directory: {{mentors: {folder}}}\ncontact:"));
        site.write("content/files/people/jaya.yaml", &mentor("Sample Jaya", ""));
        site.write("content/root/jaya.yaml", &mentor("Sample Jaya", ""));
        site.run(&["build", "--takedown"]).expect_code(1).expect(said).expect("take the line out");
        assert!(!site.has(""), "{folder}");
    }
    // From the root of the disk too.
    let site = site();
    let folder = site.root().join("content/files/people");
    site.edit(
        "content/site.yaml",
        "contact:",
        &format!("directory: {{mentors: {}}}\ncontact:", folder.display()),
    );
    site.write("content/files/people/jaya.yaml", &mentor("Sample Jaya", ""));
    site.run(&["build"]).expect_code(2).expect("of directory.mentors is content/files");
    assert!(!site.has(""));
}

#[test]
fn a_name_is_found_whether_its_accents_are_one_character_or_two() {
    let site = site();
    let registered = |name: &str| mentor(name, "").replace("status: listed", "status: registered");
    site.write("content/mentors/rene.yaml", &registered("Dr Ana René"));
    site.write("content/mentors/zoe.yaml", &registered("Dr Zoe\u{308} Small"));
    site.write(
        "content/prize.md",
        "---\ntitle: Prize\n---\n\nFor Ana Rene\u{301}, with thanks.\n\nE\u{301}lan of Zoë Small.\n",
    );
    site.run(&["build"])
        .expect("warning[named-elsewhere]: this names somebody who is not public: `rene` is registered")
        .expect("content/prize.md:5:5")
        .expect("warning[named-elsewhere]: this names somebody who is not public: `zoe` is registered")
        .expect("content/prize.md:7:10");
}
