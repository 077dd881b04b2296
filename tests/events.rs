//! Events and cohorts go by date: what is coming up, what has been, and what calendars are told.

mod support;

use support::Site;

const EVENT: &str = "---\ntitle: A meeting, in spring; online\nsummary: An hour.\nkind: event\nstarts: 2027-06-04 12:30\nends: 13:30\nplace: Online\n---\n\nCome.\n";

/// A PNG of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\x88\xd6j\x03\x00\x01\xef\x01\x0c?%\xfc\xbe\x00\x00\x00\x00IEND\xaeB`\x82";

fn site() -> Site {
    Site::small("events")
        .file("content/events/meeting.md", EVENT)
        .file(
            "content/events/winter.md",
            "---\ntitle: In winter\nkind: event\nstarts: 2027-01-14 09:05\n---\n\nText.\n",
        )
        .file(
            "content/events/days.md",
            "---\ntitle: Two days\nkind: event\nstarts: 2026-12-30\nends: 2027-01-01\n---\n\nText.\n",
        )
}

/// The parts of the list of events: what is coming up, and what has been.
fn lists(site: &Site) -> (String, String) {
    let page = site.page("events/index.html");
    let main = page.split("<main").nth(1).expect("a main part").to_owned();
    match main.split_once("Past events") {
        Some((coming, past)) => (coming.to_owned(), past.to_owned()),
        None => (main, String::new()),
    }
}

#[test]
fn an_event_leaves_what_is_coming_up_the_day_after_its_last() {
    let site = site();
    let run = |date: &str| {
        site.run(&["build", "--date", date]).expect_code(0);
        lists(&site)
    };
    let (coming, past) = run("2026-12-01");
    let places: Vec<usize> = ["Two days", "In winter", "A meeting"]
        .iter()
        .map(|title| coming.find(title).expect("listed"))
        .collect();
    assert!(places.is_sorted() && past.is_empty(), "{coming}");
    let (coming, past) = run("2027-01-01");
    assert!(coming.contains("Two days") && past.is_empty(), "{coming}");
    let (coming, past) = run("2027-01-02");
    assert!(!coming.contains("Two days") && past.contains("Two days"), "{past}");
    let (coming, past) = run("2027-06-05");
    assert!(coming.contains("Nothing is planned"), "{coming}");
    let places: Vec<usize> = ["A meeting", "In winter", "Two days"]
        .iter()
        .map(|title| past.find(title).expect("listed"))
        .collect();
    assert!(places.is_sorted(), "the latest first: {past}");
    // Its page stays, and says so; who was there may still want it in her calendar.
    let page = site.page("events/days/index.html");
    assert!(
        page.contains("This event is over.") && page.contains("href=\"/events/days/event.ics\""),
        "{page}"
    );
}

#[test]
fn times_are_those_of_the_scheme_s_clocks() {
    let site = site();
    site.run(&["build", "--date", "2026-12-01"])
        .expect_code(0)
        .expect("Next change by date: 2027-01-02: \"Two days\" is over.");
    let said = |path: &str| {
        let page = site.page(path);
        let time = page.split("<time datetime=\"").nth(1).and_then(|rest| rest.split("</time>").next());
        time.expect("a time").replace("\">", " ")
    };
    assert_eq!(said("events/meeting/index.html"), "2027-06-04T12:30 4 June 2027, 12:30 to 13:30 (BST)");
    assert_eq!(said("events/winter/index.html"), "2027-01-14T09:05 14 January 2027, 09:05 (GMT)");
    assert_eq!(said("events/days/index.html"), "2026-12-30 30 December 2026 to 1 January 2027");
    let lines = |path: &str| String::from_utf8(site.public()[path].clone()).expect("text");
    // Summer time is an hour ahead of UTC.
    assert_eq!(
        lines("events/meeting/event.ics"),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mentorpress//Mentorpress//EN\r\nCALSCALE:GREGORIAN\r\n\
         BEGIN:VEVENT\r\nUID:https://example.org/events/meeting/\r\nDTSTAMP:20270604T000000Z\r\n\
         DTSTART:20270604T113000Z\r\nDTEND:20270604T123000Z\r\nSUMMARY:A meeting\\, in spring\\; online\r\n\
         DESCRIPTION:An hour.\r\nLOCATION:Online\r\nURL:https://example.org/events/meeting/\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let days = lines("events/days/event.ics");
    assert!(days.contains("DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270102\r\n"), "{days}");
    let all = lines("events.ics");
    assert!(all.matches("BEGIN:VEVENT").count() == 3 && all.contains("NAME:A scheme"), "{all}");
    site.edit("content/site.yaml", "contact:", "time_zone: America/New_York\ncontact:");
    site.build();
    assert!(lines("events/meeting/event.ics").contains("DTSTART:20270604T163000Z"));
    site.edit("content/site.yaml", "America/New_York", "Europe/Londn");
    site.run(&["check"])
        .expect_code(1)
        .expect("`Europe/Londn` is not a time zone")
        .expect("did you mean `Europe/London`?");
}

#[test]
fn an_event_that_is_not_public_is_in_no_list_and_no_calendar() {
    let site = site();
    site.edit("content/events/meeting.md", "kind: event", "kind: event\nexpires: 2026-12-01");
    site.run(&["build", "--date", "2026-12-01"]).expect_code(0);
    for (path, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!path.contains("meeting") && !text.contains("A meeting"), "{path}");
    }
    for name in ["winter", "days"] {
        site.remove(&format!("content/events/{name}.md"));
    }
    site.edit("content/index.md", "Welcome.", "[Events](/events/)");
    site.run(&["build", "--date", "2026-12-01"]).expect_code(0).expect("is not public today");
    assert!(!site.public().keys().any(|path| path.contains("events")));
}

#[test]
fn what_cannot_be_is_told() {
    for (from, to, told) in [
        ("starts: 2027-06-04 12:30\nends: 13:30\n", "", "front matter needs `starts`"),
        ("12:30\n", "25:30\n", "`2027-06-04 25:30` is not a day with the time on it"),
        ("12:30\n", "half past twelve\n", "is not a day with the time on it"),
        ("ends: 13:30", "ends: 11:30", "the event would end before it begins"),
        ("ends: 13:30", "ends: 2027-06-05", "the event begins at a time, and ends on a day"),
        ("starts: 2027-06-04 12:30", "starts: 2027-06-04", "the event begins on a day, and ends at a time"),
        ("kind: event", "kind: page", "only a page of kind `event` has `starts`, `ends` and `place`"),
    ] {
        let site = site();
        site.edit("content/events/meeting.md", from, to);
        site.run(&["check"]).expect_code(1).expect(told).expect("content/events/meeting.md:");
    }
}

#[test]
fn cohorts_say_whether_one_can_still_apply() {
    let site = Site::small("cohorts");
    site.edit("content/index.md", "Welcome.", "::cohorts");
    site.run(&["check"]).expect_code(1).expect("site.yaml names no cohorts");
    site.edit(
        "content/site.yaml",
        "contact:",
        "scheme:\n  cohorts:\n    - {start: 2026-02, end: 2026-07, pairs: 14}\n    - {start: 2027-02, end: 2027-07, apply_by: 2027-01-15, next: 2027-09}\ncontact:",
    );
    let said = |date: &str| {
        site.run(&["build", "--date", date]).expect_code(0);
        let page = site.page("index.html");
        let list = page.split("<ul class=\"cohorts\">").nth(1).and_then(|rest| rest.split("</ul>").next());
        let items = list
            .expect("a list")
            .split("<li>")
            .skip(1)
            .map(|item| item.replace("</li>", "").trim().to_owned());
        items.collect::<Vec<_>>()
    };
    let (first, second) = ("February 2026 to July 2026", "February 2027 to July 2027");
    assert_eq!(
        said("2026-07-31"),
        [
            format!("{first}: under way; 14 pairs"),
            format!("{second}: applications until 15 January 2027; the next begins in September 2027"),
        ]
    );
    let after = said("2026-08-01");
    assert!(after[0].starts_with(second) && after[1] == format!("{first}: over; 14 pairs"), "{after:?}");
    assert!(said("2027-01-15")[0].contains("applications until 15 January 2027"));
    assert!(said("2027-01-16")[0].contains("applications are closed"));
    site.run(&["build", "--date", "2027-01-10"])
        .expect("Next change by date: 2027-01-16: applications for the cohort of 2027-02 are closed.");
    site.edit("content/site.yaml", "apply_by: 2027-01-15", "apply_by: 2027-05");
    site.run(&["check"]).expect_code(1).expect("applications would be open after the cohort has begun");
}

#[test]
fn where_a_link_is_shared_it_has_a_card_with_its_picture() {
    let site = site();
    site.bytes("content/files/meeting.png", PIXEL);
    site.edit("content/events/meeting.md", "kind: event", "kind: event\nimage: /files/meeting.png");
    site.build();
    let page = site.page("events/meeting/index.html");
    for tag in [
        "property=\"og:type\" content=\"article\"",
        "property=\"og:title\" content=\"A meeting, in spring; online\"",
        "property=\"og:description\" content=\"An hour.\"",
        "property=\"og:url\" content=\"https://example.org/events/meeting/\"",
        "property=\"og:image\" content=\"https://example.org/files/meeting.png\"",
    ] {
        assert!(page.contains(tag), "no {tag} in {page}");
    }
    site.run(&["build", "--drafts"]).expect_code(0);
    assert!(!site.page("events/meeting/index.html").contains("og:title"), "a review copy is not shared");
}
