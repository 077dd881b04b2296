//! What is published as it lies gives nobody away: metadata of pictures, names in documents, scripts that remember, and
//! addresses in pages.

#[path = "photos/pictures.rs"]
mod pictures;
mod support;

use mentorpress::archive::pack;
use pictures::{chunk, drawing, exif, jpeg, png, webp, with_chunks, with_segments, with_webp_chunks};
use support::Site;

/// A site with one file in `files/`.
fn with(name: &str, bytes: &[u8]) -> Site {
    let site = Site::small("carried");
    site.bytes(&format!("content/files/{name}"), bytes);
    site
}

#[test]
fn pictures_carry_nothing_but_the_picture() {
    let picture = drawing(64, 48, 1);
    let (jpeg, png, webp) = (jpeg(&picture), png(&picture), webp(&picture));
    let exif = |start: &[u8]| [start, &exif(1, "sample", &[])].concat();
    let segment = |marker: u8, data: &[u8]| with_segments(&jpeg, &[(marker, data.to_vec())]);
    for (name, bytes, carried) in [
        ("clean.jpg", jpeg.clone(), ""),
        ("profile.jpg", segment(0xE2, b"ICC_PROFILE\0\x01\x01sample"), ""),
        ("exif.jpg", segment(0xE1, &exif(b"Exif\0\0")), "EXIF, a place"),
        ("xmp.jpg", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), "XMP"),
        ("iptc.jpg", segment(0xED, b"Photoshop 3.0\0sample"), "IPTC"),
        ("comment.jpg", segment(0xFE, b"by Ann Sample"), "a comment"),
        ("clean.png", png.clone(), ""),
        ("text.png", with_chunks(&png, &[chunk(b"tEXt", b"Author\0Ann Sample")]), "a text"),
        ("exif.png", with_chunks(&png, &[chunk(b"eXIf", &exif(b""))]), "EXIF, a place"),
        ("xmp.png", with_chunks(&png, &[chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>")]), "XMP"),
        ("clean.webp", webp.clone(), ""),
        ("exif.webp", with_webp_chunks(&webp, 8, (64, 48), &[(b"EXIF", exif(b""))]), "EXIF, a place"),
        ("cut.jpg", segment(0xE1, &exif(b"Exif\0\0"))[..40].to_vec(), ""),
        ("misnamed.txt", segment(0xFE, b"by Ann Sample"), "a comment"),
    ] {
        let run = with(name, &bytes).run(&["check"]);
        match carried {
            "" => assert_eq!(run.code, 0, "{name}: {}", run.console()),
            carried => {
                let message = format!(
                    "error[picture-metadata]: the picture {name} carries more than the picture: {carried}\n"
                );
                assert!(run.stderr.contains(&message), "{name}: {}", run.console());
            }
        }
    }
}

#[test]
fn documents_name_nobody() {
    let office = |creator: &str| {
        let core = format!("<cp:coreProperties><dc:creator>{creator}</dc:creator></cp:coreProperties>");
        pack(&[("docProps/core.xml", core), ("word/document.xml", "<w:document/>".to_owned())])
            .expect("packed")
    };
    with("agreement.docx", &office("Ann Sample")).run(&["check"]).expect_code(1).expect(
        "error[document-names]: the properties of agreement.docx name somebody: the author is \"Ann Sample\"",
    );
    for nobody in ["", "A scheme", "A university"] {
        with("agreement.docx", &office(nobody)).run(&["check"]).expect_code(0);
    }
    with("a.pdf", b"%PDF-1.4\n1 0 obj << /Author (Ann Sample) >> endobj")
        .run(&["check"])
        .expect("\"Ann Sample\"");
    with("a.pdf", b"%PDF-1.4\n1 0 obj << /Title (x) >> endobj").run(&["check"]).expect_code(0);
}

#[test]
fn the_files_that_the_build_makes_itself_pass() {
    Site::demonstration("own-files").run(&["build"]).expect_code(0);
}

#[test]
fn nothing_that_is_published_remembers_a_reader_or_asks_another_host() {
    for (name, text, code) in [
        ("a.js", "localStorage.setItem('a', 1)", "output-storage"),
        (
            "a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>document.cookie</script></svg>",
            "output-storage",
        ),
        ("a.css", "@import url(https://example.com/a.css);", "output-request"),
        (
            "a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://example.com/a.png\"/></svg>",
            "output-request",
        ),
        ("a.txt", "localStorage and https://example.com/", ""),
        ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>", ""),
    ] {
        let run = with(name, text.as_bytes()).run(&["check"]);
        let is_right =
            if code.is_empty() { run.code == 0 } else { run.stderr.contains(&format!("error[{code}]")) };
        assert!(is_right, "{name} {text}: {}", run.console());
    }
}

#[test]
fn no_address_but_the_schemes_stands_in_a_page() {
    for (text, address) in [
        ("Write to Ann at ann@leeds.ac.uk.", Some("ann@leeds.ac.uk")),
        ("Write to [Ann](mailto:ann@leeds.ac.uk?subject=Hello).", Some("ann@leeds.ac.uk")),
        ("Write to scheme@example.org or [us](mailto:Scheme@example.org).", None),
        ("Follow @scheme, at 2 @ 3.", None),
    ] {
        let site = Site::small("addresses");
        site.edit("content/index.md", "Welcome.", text);
        let run = site.run(&["check"]);
        match address {
            None => assert_eq!(run.code, 0, "{text}: {}", run.console()),
            Some(address) => {
                let message = format!("error[e-mail-in-page]: `{address}` is not an address of the scheme's");
                assert!(
                    run.stderr.contains(&message) && run.stderr.contains("content/index.md:5:"),
                    "{text}: {}",
                    run.console()
                );
                site.edit(
                    "content/site.yaml",
                    "email: scheme@example.org",
                    &format!("email: scheme@example.org, also: [{address}]"),
                );
                site.run(&["check"]).expect_code(0);
            }
        }
    }
    let site = Site::small("addresses");
    site.write("themes/own/templates/footer.html", "<p>Made by ann@leeds.ac.uk</p>\n");
    site.edit("content/site.yaml", "contact:", "theme: own\ncontact:");
    site.run(&["check"]).expect_code(1).expect("themes/own/templates/footer.html:1:12");
    let site = Site::small("addresses");
    site.edit("content/index.md", "Welcome.", "Write to sceme@example.org.");
    site.run(&["check"]).expect_code(1).expect("did you mean scheme@example.org?");
    site.edit("content/site.yaml", "email: scheme@example.org", "email: scheme@example.org, also: [office]");
    site.run(&["check"]).expect_code(1).expect("`office` is not an e-mail address");
}
