//! Edits of texts in every form -> the texts that come of them, to the letter.

use super::*;
use proptest::prelude::*;

/// The start of the record: the whole file's map, or the item of a list.
fn record(text: &str, at: usize) -> Range<usize> {
    let root = read(text).expect("YAML").root;
    match root.kind {
        Kind::List(items) => items[at].span.range(),
        _ => root.span.range(),
    }
}

#[track_caller]
fn edited(text: &str, at: usize, changes: &[(&str, Option<&str>)]) -> String {
    let changes: Vec<Change> = changes.iter().map(|(key, value)| (*key, value.map(str::to_owned))).collect();
    set(text, record(text, at), &changes).expect("an edit that reads back")
}

#[test]
fn one_line_changes_and_the_rest_stays() {
    let text = "# Hers.\nname: Dr Sample   # as she writes it\ntaken: 1   # since May\nconsent:\n  taken: {given: 2026-01-01}\nbio: |\n  taken: not this\n\nstatus: listed\n";
    assert_eq!(edited(text, 0, &[("taken", Some("2"))]), text.replace("taken: 1 ", "taken: 2 "));
    assert_eq!(
        edited(text, 0, &[("status", Some("paused")), ("until", Some("2027-02-01"))]),
        text.replace("status: listed\n", "status: paused\nuntil: 2027-02-01\n")
    );
    assert_eq!(edited(text, 0, &[("taken", None)]), text.replace("taken: 1   # since May\n", ""));
    // The indented keys of the same name are the consent's.
    assert_eq!(
        edited(text, 0, &[("consent", None)]),
        text.replace("consent:\n  taken: {given: 2026-01-01}\n", "")
    );
}

#[test]
fn a_new_key_comes_where_its_order_says() {
    let text = "name: A\nstatus: listed   # now\n# The last line.\nreview_by: 2027-01-01\n";
    let changes = [("until", Some("2027-02-01".to_owned())), ("status", Some("paused".to_owned()))];
    assert_eq!(
        set_in_order(text, 0..1, &changes, &["name", "status", "until", "review_by"]).as_deref(),
        Some("name: A\nstatus: paused   # now\nuntil: 2027-02-01\n# The last line.\nreview_by: 2027-01-01\n")
    );
    assert_eq!(
        set(text, 0..1, &[("taken", Some("1".to_owned()))]).as_deref(),
        Some("name: A\nstatus: listed   # now\n# The last line.\nreview_by: 2027-01-01\ntaken: 1\n")
    );
}

#[test]
fn blocks_give_way_and_come() {
    let text = "bio: |  # hers\n  One.\n\n  Two.\n\n# next\noffers:   # what\n  # first\n  - grants   # yes\n  - promotion\npost: x # y\n";
    assert_eq!(
        edited(text, 0, &[("bio", Some("Short."))]),
        text.replace("bio: |  # hers\n  One.\n\n  Two.\n\n", "bio: Short.  # hers\n\n")
    );
    assert_eq!(
        edited(text, 0, &[("offers", Some("[grants]"))]),
        text.replace(
            "offers:   # what\n  # first\n  - grants   # yes\n  - promotion",
            "offers: [grants]   # what\n  # first"
        )
    );
    assert_eq!(
        edited(text, 0, &[("post", Some("|\n  a\n  b"))]),
        text.replace("post: x # y", "post: | # y\n  a\n  b")
    );
    assert_eq!(edited(text, 0, &[("bio", Some("|\n  New.\n"))]).matches("New.").count(), 1);
    assert_eq!(
        edited(text, 0, &[("post", Some("\n- a\n- b"))]),
        text.replace("post: x # y", "post:  # y\n- a\n- b")
    );
    // Empty lines at the end that count are kept.
    let keeping = "bio: |+\n  One.\n\n\npost: x\n";
    assert_eq!(
        edited(keeping, 0, &[("post", None), ("taken", Some("1"))]),
        "bio: |+\n  One.\n\n\ntaken: 1\n"
    );
    assert_eq!(edited(keeping, 0, &[("bio", None)]), "post: x\n");
    assert_eq!(edited(keeping, 0, &[("bio", Some("y"))]), "bio: y\npost: x\n");
}

#[test]
fn people_in_lists() {
    let text = "# People.\n- id: a\n  taken: 1\n  # after a\n\n- id: b\n  bio: |\n    Text.\n- {id: c, taken: 1, post: 'x, y'}\n-   id: d\n    taken: 0";
    assert_eq!(edited(text, 0, &[("taken", Some("2"))]), text.replacen("taken: 1", "taken: 2", 1));
    assert_eq!(
        edited(text, 1, &[("taken", Some("2"))]),
        text.replace("    Text.\n", "    Text.\n  taken: 2\n")
    );
    assert_eq!(edited(text, 1, &[("id", None)]), text.replace("- id: b\n  bio", "- bio"));
    assert_eq!(edited(text, 2, &[("taken", Some("2"))]), text.replace("taken: 1, post", "taken: 2, post"));
    assert_eq!(edited(text, 2, &[("taken", None)]), text.replace("taken: 1, post", "post"));
    assert_eq!(edited(text, 2, &[("post", None)]), text.replace(", post: 'x, y'", ""));
    assert_eq!(
        edited(text, 2, &[("post", None), ("taken", None)]),
        text.replace(", taken: 1, post: 'x, y'", "")
    );
    assert_eq!(
        edited(text, 2, &[("post", Some("x [y]")), ("seeks", Some("|\n  two\n  lines\n"))]),
        text.replace("'x, y'", "\"x [y]\", seeks: \"two\\nlines\\n\"")
    );
    assert_eq!(edited(text, 3, &[("taken", Some("2"))]), text.replace("taken: 0", "taken: 2"));
    assert_eq!(edited(text, 3, &[("bio", Some("|\n  x"))]), format!("{text}\n    bio: |\n      x"));
}

#[test]
fn records_give_way_whole() {
    let text = "# People.\n- id: a\n  name: A\n  # call A\n\n# next\n- id: b\n  bio: |\n    Text.\n\n- {id: c, taken: 1}\n- id: d\n  name: D # hm";
    let gone = "id: a\nstatus: withdrawn\non: 2026-11-22\n";
    assert_eq!(
        replace(text, record(text, 0), gone).as_deref(),
        Some(
            text.replace(
                "# People.\n- id: a\n  name: A\n  # call A\n",
                "- id: a\n  status: withdrawn\n  on: 2026-11-22\n"
            )
            .as_str()
        )
    );
    assert_eq!(
        replace(text, record(text, 1), &gone.replace("id: a", "id: b")).as_deref(),
        Some(
            text.replace("# next\n", "")
                .replace("bio: |\n    Text.\n", "status: withdrawn\n  on: 2026-11-22\n")
                .as_str()
        )
    );
    assert_eq!(
        replace(text, record(text, 2), &gone.replace("id: a", "id: c")).as_deref(),
        Some(text.replace("taken: 1", "status: withdrawn, on: 2026-11-22").as_str())
    );
    assert_eq!(
        replace(text, record(text, 3), &gone.replace("id: a", "id: d")).as_deref(),
        Some(text.replace("name: D # hm", "status: withdrawn\n  on: 2026-11-22").as_str())
    );
    assert_eq!(replace("name: A\ntaken: 1\n# end\n", 0..1, gone).as_deref(), Some(gone));
    assert_eq!(replace("{name: A}\n", 0..1, "a: 1\n").as_deref(), Some("{a: 1}\n"));
}

#[test]
fn comments_above_a_record_go_with_it_and_no_others() {
    let gone = "id: b\nstatus: withdrawn\n";
    let end = "- id: b\n  status: withdrawn\n";
    for (before, after) in [
        // Behind an empty line, at the end of another record, for an editor: not hers.
        ("# x\n\n# y\n# z\n", "# x\n\n"),
        ("- id: a\n  # y\n# z\n", "- id: a\n  # y\n"),
        ("- id: a\n# y\n\n", "- id: a\n# y\n\n"),
        ("# yaml-language-server: $schema=x\n# z\n", "# yaml-language-server: $schema=x\n"),
        // A text is no comment, whatever it looks like.
        ("- id: a\n  bio: |\n    # y\n# z\n", "- id: a\n  bio: |\n    # y\n"),
        ("- id: a\n  bio: |\n\n    x\n    # y\n", "- id: a\n  bio: |\n\n    x\n    # y\n"),
    ] {
        let text = format!("{before}- id: b\n  name: B\n# c\n- id: c\n");
        let at = before.matches("- id").count();
        let expected = format!("{after}{end}# c\n- id: c\n");
        assert_eq!(replace(&text, record(&text, at), gone), Some(expected), "{text}");
    }
    // Between the hyphen and the first key, and of a map in braces.
    assert_eq!(
        replace("# y\n-   # z\n    # z\n    id: b\n    name: B\n", 24..24, gone).as_deref(),
        Some("-\n    id: b\n    status: withdrawn\n")
    );
    assert_eq!(
        replace("- a: 1\n# z\n- {id: b, name: B}\n", 13..13, gone).as_deref(),
        Some("- a: 1\n- {id: b, status: withdrawn}\n")
    );
}

#[test]
fn flow_maps_over_several_lines() {
    let text = "{\n  name: A, # hers\n  taken: 1, # now\n  status: listed # last\n}\n";
    assert_eq!(edited(text, 0, &[("taken", Some("2"))]), text.replace("taken: 1", "taken: 2"));
    assert_eq!(edited(text, 0, &[("status", None)]), "{\n  name: A, # hers\n  taken: 1 # now\n # last\n}\n");
    assert_eq!(edited(text, 0, &[("until", Some("x"))]), text.replace("listed #", "listed, until: x #"));
    assert_eq!(edited("{a: 1, }\n", 0, &[("b", Some("2"))]), "{a: 1, b: 2, }\n");
    assert_eq!(edited("{a: }\n", 0, &[("a", Some("2"))]), "{a: 2 }\n");
    assert_eq!(edited("{a: 1}\n", 0, &[("a", None), ("b", Some("2"))]), "{b: 2}\n");
}

#[test]
fn odd_keys_and_ends() {
    assert_eq!(
        edited("\"taken\": 1\n'a b': 2", 0, &[("taken", Some("2")), ("a b", Some("3"))]),
        "\"taken\": 2\n'a b': 3"
    );
    assert_eq!(edited("a:\nb:   # c\n", 0, &[("a", Some("1")), ("b", Some("2"))]), "a: 1\nb: 2   # c\n");
    assert_eq!(edited("a: ~\n", 0, &[("a", Some("1"))]), "a: 1\n");
    assert_eq!(edited("a: one\n  two # c\nb: 1\n", 0, &[("a", Some("x"))]), "a: x # c\nb: 1\n");
    assert_eq!(edited("a:\n  one\nb: 1\n", 0, &[("a", Some("x"))]), "a: x\nb: 1\n");
    assert_eq!(edited("---\na: 1\n...\n", 0, &[("b", Some("2"))]), "---\na: 1\nb: 2\n...\n");
    assert_eq!(edited("a: \"|\"\nb: '# x'\n", 0, &[("b", Some("1"))]), "a: \"|\"\nb: 1\n");
    assert_eq!(
        edited("a: |\n  \"x\"\n\n\nb: 1\n", 0, &[("c", Some("1")), ("b", None)]),
        "a: |\n  \"x\"\nc: 1\n\n\n"
    );
}

#[test]
fn what_would_not_read_back_is_refused() {
    for (text, value) in [
        ("a: 1\n", "x: y"),
        ("a: 1\n", "\"open"),
        ("a: 1\n", "two\nlines: 1"),
        ("a: 1\n", "*alias"),
        ("a: 1\n", ""),
        ("a: 1\n", "# only a comment"),
    ] {
        let changes = [("a", Some(value.to_owned()))];
        assert_eq!(set(text, record(text, 0), &changes), None, "{text}{value}");
    }
    assert_eq!(set("a: 1\n", 3..4, &[("a", Some("2".into()))]), None, "no record begins there");
    assert_eq!(set("a: [\n", 0..1, &[("a", Some("2".into()))]), None, "it cannot be read");
    assert_eq!(set("a: 1\n", 0..1, &[("a", None)]), None, "a record of nothing");
}

#[test]
fn texts_are_quoted_where_they_must_be() {
    for plain in
        ["Reader in x", "a, b [c]", "2", "2026-01-01", "yes", "it's", "a:b", "x#y", "Ó Néill", "-5", "مرحبا"]
    {
        assert_eq!(scalar(plain), plain);
    }
    for odd in [
        "Reader: x",
        "a #b",
        "",
        " a",
        "a ",
        "null",
        "~",
        "true",
        "- a",
        "[a",
        "{",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "'a",
        "\"a",
        "| a",
        "> a",
        "? a",
        "# a",
        "a\nb",
        "a\tb ",
        "\0",
        "“a”",
        "a:",
        "---",
    ] {
        assert!(scalar(odd).starts_with('"') || odd == "---", "{odd:?}: {}", scalar(odd));
    }
    assert_eq!(block("One.\n\nTwo.\n"), "|\n  One.\n\n  Two.");
    assert_eq!(block("One.\nTwo."), "|-\n  One.\n  Two.");
    assert_eq!(block("  One.\nTwo.\n"), "|2\n    One.\n  Two.");
    assert_eq!(block("One.\nTwo.\n\n"), "\"One.\\nTwo.\\n\\n\"");
    assert_eq!(list(["grants", "a, b", "2"]), "[grants, \"a, b\", 2]");
}

proptest! {
    #[test]
    fn every_text_reads_back(text in "(?s).{0,40}") {
        for written in [scalar(&text), block(&text)] {
            let whole = format!("k: {written}\n");
            let root = read(&whole).expect("YAML").root;
            let Kind::Map(entries) = root.kind else { panic!("{whole}") };
            let Kind::Scalar { text: back, .. } = &entries[0].value.kind else { panic!("{whole}") };
            prop_assert_eq!(back, &text);
        }
        let listed = format!("k: {}\n", list([text.as_str(), "b"]));
        let root = read(&listed).expect("YAML").root;
        let Kind::Map(entries) = root.kind else { panic!("{listed}") };
        let Kind::List(items) = &entries[0].value.kind else { panic!("{listed}") };
        prop_assert_eq!(items.len(), 2);
    }

    #[test]
    fn every_text_can_be_set(text in "(?s).{0,40}", at in 0usize..3) {
        let file = "- id: a\n  bio: |\n    x\n  post: y # z\n- {id: b, post: y}\n- id: c\n  post:\n    - y\n";
        let changes = [("post", Some(block(&text))), ("seeks", Some(scalar(&text)))];
        prop_assert!(set(file, record(file, at), &changes).is_some());
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-?:,\\[\\]{}#&*!|>'\"%@ \nab1+]{0,60}", key in "[ab1 ]{1,2}") {
        if let Some(document) = read(&text) {
            let starts = match &document.root.kind {
                Kind::List(items) => items.iter().map(|item| item.span.range()).collect(),
                _ => vec![document.root.span.range()],
            };
            for range in starts {
                let _ = set(&text, range.clone(), &[(&key, Some("x".into())), ("z", Some("|\n  y".into()))]);
                let _ = set(&text, range.clone(), &[(&key, None)]);
                let _ = replace(&text, range, "id: a\nstatus: withdrawn\n");
            }
        }
    }
}
