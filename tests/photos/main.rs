//! Photos of people: what comes out of every kind of file, and of whom nothing does.
//!
//! Pictures are drawn here (`pictures.rs`); whatever goes into them in words has [`MARK`] in it, so that it can be searched
//! for. `hostile` is about files that are no portraits, `cache` about what is kept between builds.

mod cache;
mod hostile;
mod pictures;
#[path = "../support/mod.rs"]
mod support;

use image::{ExtendedColorType, RgbImage};
use mentorpress::photo::SIZES;
use pictures::*;
use std::collections::BTreeMap;
use support::{Site, mentor, tree};

/// In every text that a picture carries along.
const MARK: &str = "ZEBRA";

/// Two sample mentors; amara has agreed to a photo of this name, the bytes of which are yet to be put there.
fn site(name: &str, file: &str) -> Site {
    let site = Site::with_people(name);
    site.write("content/mentors/amara.yaml", &with_photo("Dr Sample Amara", file));
    site
}

fn with_photo(name: &str, file: &str) -> String {
    mentor(name, &format!("photo: {{file: {file}}}\n")).replace(
        "{profile: {given: 2026-01-10, wording: v1}}",
        "{profile: {given: 2026-01-10, wording: v1}, photo: {given: 2026-01-10, wording: v1}}",
    )
}

fn put(site: &Site, file: &str, bytes: &[u8]) {
    site.bytes(&format!("content/mentors/photos/{file}"), bytes);
}

/// The portraits of the built site.
fn portraits(site: &Site) -> BTreeMap<String, Vec<u8>> {
    tree(&site.root().join("public/photos"))
}

/// The larger portrait of a site that has one.
#[track_caller]
fn portrait(site: &Site) -> RgbImage {
    let files = portraits(site);
    assert_eq!(files.len(), 2, "{:?}", files.keys());
    let large = files.iter().find(|(name, _)| name.ends_with("-320.jpg")).expect("the larger one");
    image::load_from_memory(large.1).expect("a JPEG").into_rgb8()
}

/// What was made of one picture, without a word.
#[track_caller]
fn made_of(file: &str, bytes: &[u8]) -> RgbImage {
    let site = site("made", file);
    put(&site, file, bytes);
    let run = site.build();
    assert_eq!(run.stderr, "", "{file}");
    portrait(&site)
}

#[track_caller]
fn assert_near(picture: &RgbImage, (x, y): (u32, u32), colour: [u8; 3]) {
    let found = picture.get_pixel(x, y).0;
    let far = found.iter().zip(colour).any(|(a, b)| a.abs_diff(b) > 12);
    assert!(!far, "{found:?} instead of {colour:?} at {x}, {y}");
}

#[test]
fn a_portrait_stands_in_place_of_initials() {
    let site = site("portrait", "amara.jpg");
    site.edit("content/mentors/amara.yaml", "file: amara.jpg", "file: amara.jpg, credit: Sample & Studio");
    put(&site, "amara.jpg", &jpeg(&drawing(900, 700, 1)));
    let run = site.build();
    assert_eq!(run.stderr, "");
    let files = portraits(&site);
    assert_eq!(files.len(), 2);
    for ((name, bytes), size) in files.iter().zip(SIZES) {
        let picture = image::load_from_memory(bytes).expect("a JPEG");
        assert_eq!((picture.width(), picture.height()), (size, size), "{name}");
        assert!(name.ends_with(&format!("-{size}.jpg")) && !name.contains("amara"), "{name}");
    }
    let (small, large) = (files.keys().next().expect("one"), files.keys().next_back().expect("two"));
    let list = site.page("mentors/index.html");
    let shown = format!(
        "<img class=\"portrait\" src=\"/photos/{small}\" srcset=\"/photos/{small} 1x, /photos/{large} 2x\" \
         width=\"160\" height=\"160\" alt=\"\" loading=\"lazy\" decoding=\"async\">"
    );
    assert!(list.contains(&shown), "{list}");
    assert_eq!(list.matches("class=\"initials\"").count(), 1, "bina has no photo\n{list}");
    let profile = site.page("mentors/amara/index.html");
    assert!(
        profile.contains(&format!("src=\"/photos/{large}\"")) && profile.contains("width=\"320\""),
        "{profile}"
    );
    assert!(
        profile.contains("Photo: Sample &amp; Studio") && !profile.contains("class=\"initials\""),
        "{profile}"
    );
    // Below a path every address begins with it.
    site.run(&["build", "--base-url", "https://example.org/medicine/"]).expect_code(0);
    let list = site.page("mentors/index.html");
    assert!(
        list.contains(&format!("srcset=\"/medicine/photos/{small} 1x, /medicine/photos/{large} 2x\"")),
        "{list}"
    );
}

#[test]
fn committee_people_have_portraits_too() {
    let site = site("committee", "amara.png");
    put(&site, "amara.png", &png(&drawing(400, 400, 1)));
    site.edit("content/mentors/amara.yaml", "roles: [mentor]\ncapacity: 2", "roles: [committee]");
    site.edit("content/index.md", "Welcome.", "::people{role=committee}");
    site.build();
    assert!(site.page("index.html").contains("<img class=\"portrait\""), "{}", site.page("index.html"));
    site.edit("content/mentors/amara.yaml", ", photo: {given: 2026-01-10, wording: v1}", "");
    site.build().expect("warning[photo-without-consent]");
    assert!(!site.page("index.html").contains("portrait") && portraits(&site).is_empty());
}

/// Every picture with something to tell, by file name.
fn telling() -> Vec<(&'static str, Vec<u8>)> {
    let picture = drawing(480, 640, 3);
    let plain = jpeg(&picture);
    let words = |what: &str| format!("{MARK} {what}").into_bytes();
    let thumbnail = with_segments(&jpeg(&drawing(160, 120, 3)), &[(0xFE, words("in the thumbnail"))]);
    let exif = exif(1, MARK, &thumbnail);
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".to_vec(), xmp_packet()].concat();
    let iptc =
        [b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x12\x1c\x02\x78\0\x0b".to_vec(), words("iptc")].concat();
    let profile = [b"ICC_PROFILE\0\x01\x01".to_vec(), icc()].concat();
    let mut told = with_segments(
        &plain,
        &[
            (0xE1, [b"Exif\0\0".to_vec(), exif.clone()].concat()),
            (0xE1, xmp),
            (0xED, iptc),
            (0xE2, profile),
            (0xEC, words("Ducky")),
            (0xFE, words("comment")),
        ],
    );
    told.extend(words("after the end"));
    let text = |name: &[u8; 4], rest: &[u8]| chunk(name, &[MARK.as_bytes(), b" key\0", rest].concat());
    let chunks = [
        chunk(b"iCCP", &[b"ZEBRA profile\0\0".to_vec(), zlib(&icc())].concat()),
        text(b"tEXt", &words("plain")),
        text(b"zTXt", &[&[0], &zlib(&words("compressed"))[..]].concat()),
        text(b"iTXt", &[b"\0\0en\0\0".to_vec(), words("international")].concat()),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), xmp_packet()].concat()),
        chunk(b"eXIf", &exif),
        chunk(b"prVt", &words("private")),
    ];
    let mut told_png = with_chunks(&png(&picture), &chunks);
    told_png.extend(words("after the end"));
    let told_webp = with_webp_chunks(
        &webp(&picture),
        0b0010_1100,
        (480, 640),
        &[(b"ICCP", icc()), (b"EXIF", exif), (b"XMP ", xmp_packet()), (b"ZBRA", words("private"))],
    );
    vec![("told.jpg", told), ("told.png", told_png), ("told.webp", told_webp)]
}

fn xmp_packet() -> Vec<u8> {
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:creator=\"{MARK} creator\"/>\
         </rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

/// A colour profile of RGB whose description is words; what it lacks makes it of no use.
fn icc() -> Vec<u8> {
    let words = format!("{MARK} profile made by a sample");
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend([0, 0, 0, 1]);
    profile.extend(b"desc");
    profile.extend(144u32.to_be_bytes());
    profile.extend((words.len() as u32).to_be_bytes());
    profile.extend(words.as_bytes());
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

#[test]
fn nothing_but_the_picture_goes_through() {
    for (file, bytes) in telling() {
        assert!(bytes.windows(MARK.len()).filter(|window| *window == MARK.as_bytes()).count() >= 5, "{file}");
        let site = site("told", file);
        put(&site, file, &bytes);
        let run = site.build();
        assert_eq!(run.stderr, "", "{file}");
        let cached = tree(&site.root().join(".mentorpress"));
        for (path, bytes) in site.public().iter().chain(&cached) {
            let text = String::from_utf8_lossy(bytes);
            for word in [MARK, "Exif", "adobe", "ICC_PROFILE", "8BIM", "GPS"] {
                assert!(!text.contains(word), "{word} of {file} is in {path}");
            }
        }
        for bytes in portraits(&site).values() {
            assert_eq!(segments(bytes), [0xE0, 0xC0, 0xC4, 0xDB, 0xDA], "{file}");
        }
    }
}

/// Which kinds of segments a JPEG has, each once: the first three bytes of JFIF, frame, tables and scan are all there are.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let mut kinds = Vec::new();
    let mut at = 2;
    while at < jpeg.len() {
        assert_eq!(jpeg[at], 0xFF, "a segment at {at}");
        let kind = jpeg[at + 1];
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
        if kind == 0xDA {
            break;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    assert!(jpeg.ends_with(b"\xFF\xD9"));
    kinds[1..].sort_unstable();
    let scan = kinds.iter().position(|kind| *kind == 0xDA).expect("a scan");
    let scan = kinds.remove(scan);
    kinds.push(scan);
    kinds
}

/// What exiftool finds in a portrait, where it is installed: `apt-get install libimage-exiftool-perl`.
#[test]
fn exiftool_finds_no_metadata() {
    let Ok(version) = std::process::Command::new("exiftool").arg("-ver").output() else { return };
    assert!(version.status.success());
    for (file, bytes) in telling() {
        let site = site("exiftool", file);
        put(&site, file, &bytes);
        site.build();
        let groups = |folder: &str| {
            let output = std::process::Command::new("exiftool")
                .args(["-q", "-G0", "-s", "-a", "-u", folder])
                .current_dir(site.root())
                .output()
                .expect("exiftool runs");
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let group = |line: &str| Some(line.strip_prefix('[')?.split_once(']')?.0.to_owned());
            text.lines().filter_map(group).collect::<std::collections::BTreeSet<_>>()
        };
        assert!(groups("content/mentors/photos").contains("EXIF"), "the test's own pictures can be read");
        // The last is what exiftool works out itself.
        let made = groups("public/photos");
        let own = ["ExifTool", "File", "JFIF", "Composite"];
        assert!(
            made.contains("JFIF") && made.iter().all(|group| own.contains(&group.as_str())),
            "{file}: {made:?}"
        );
    }
}

#[test]
fn every_orientation_ends_upright() {
    let shown = [
        ((20, 20), [220, 30, 30]),
        ((300, 20), [30, 200, 30]),
        ((20, 300), [30, 30, 220]),
        ((300, 300), [128; 3]),
    ];
    for orientation in 1..=8 {
        let exif = exif(orientation, "", &[]);
        let block = [b"Exif\0\0".to_vec(), exif.clone()].concat();
        let picture = turned(400, orientation);
        let files = [
            ("turned.jpg", with_segments(&jpeg(&picture), &[(0xE1, block)])),
            ("turned.png", with_chunks(&png(&picture), &[chunk(b"eXIf", &exif)])),
            ("turned.webp", with_webp_chunks(&webp(&picture), 0b1000, (400, 400), &[(b"EXIF", exif)])),
        ];
        // The three read it by different ways; one of them is enough for each value but the first.
        for (file, bytes) in files.iter().take(if orientation < 3 { 3 } else { 1 }) {
            let made = made_of(file, bytes);
            for (place, colour) in shown {
                assert_near(&made, place, colour);
            }
        }
    }
}

#[test]
fn the_square_is_in_the_middle_and_a_little_above() {
    // Bands of a broad picture from left to right, and of a high one from the top.
    let bands = |at: u32| {
        image::Rgb(if at < 200 {
            [250, 0, 0]
        } else if at < 800 {
            [0, 250, 0]
        } else {
            [0, 0, 250]
        })
    };
    let broad = made_of("broad.png", &png(&RgbImage::from_fn(1000, 600, |x, _| bands(x))));
    assert_near(&broad, (3, 100), [0, 250, 0]);
    assert_near(&broad, (316, 100), [0, 250, 0]);
    // Of 600 pixels that are cut, 200 are at the top.
    let high = made_of("high.png", &png(&RgbImage::from_fn(600, 1200, |_, y| bands(y))));
    assert_near(&high, (100, 3), [0, 250, 0]);
    assert_near(&high, (100, 316), [0, 250, 0]);
}

#[test]
fn every_kind_of_pixel_is_read() {
    let grey: Vec<u8> = (0..400 * 400).map(|at| (at % 400 / 2) as u8).collect();
    let size = (400, 400);
    let cases = [
        (raw_png(&grey, size, ExtendedColorType::L8), [100; 3]),
        (
            raw_png(&[grey.clone(), vec![0; 400 * 400]].concat()[..320_000], size, ExtendedColorType::La8),
            [255; 3],
        ),
        (raw_png(&[0, 0, 200, 0].repeat(400 * 400), size, ExtendedColorType::Rgba8), [255; 3]),
        (raw_png(&[0, 0, 200, 128].repeat(400 * 400), size, ExtendedColorType::Rgba8), [127, 127, 227]),
        (raw_png(&200u16.to_ne_bytes().repeat(3 * 400 * 400), size, ExtendedColorType::Rgb16), [0; 3]),
        (raw_png(&51_400u16.to_ne_bytes().repeat(4 * 400 * 400), size, ExtendedColorType::Rgba16), [211; 3]),
    ];
    for (at, (bytes, colour)) in cases.iter().enumerate() {
        // What is transparent shows white paper; where grey and alpha stand in pairs the second half is transparent.
        let place = if at == 1 { (160, 300) } else { (160, 160) };
        assert_near(&made_of("pixels.png", bytes), place, *colour);
    }
    let picture = drawing(401, 403, 5);
    let same = made_of("rows.png", &png(&picture));
    assert_eq!(made_of("passes.png", &interlaced(&picture)), same);
    let mut grey_jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut grey_jpeg)
        .encode(&grey, 400, 400, ExtendedColorType::L8)
        .expect("a JPEG");
    assert_near(&made_of("grey.jpg", &grey_jpeg), (160, 160), [100; 3]);
}

/// Telephones save colours that sRGB names otherwise: without its profile a picture would look pale.
#[test]
fn colours_are_brought_to_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    // The red of sRGB as Display P3 writes it.
    let picture = RgbImage::from_pixel(400, 400, image::Rgb([234, 51, 35]));
    let segment = [b"ICC_PROFILE\0\x01\x01".to_vec(), profile.clone()].concat();
    let packed = [b"P3\0\0".to_vec(), zlib(&profile)].concat();
    let files = [
        ("red.jpg", with_segments(&jpeg(&picture), &[(0xE2, segment)])),
        ("red.png", with_chunks(&png(&picture), &[chunk(b"iCCP", &packed)])),
        ("red.webp", with_webp_chunks(&webp(&picture), 0b10_0000, (400, 400), &[(b"ICCP", profile)])),
    ];
    for (file, bytes) in &files {
        assert_near(&made_of(file, bytes), (160, 160), [255, 0, 0]);
    }
    assert_near(&made_of("plain.jpg", &jpeg(&picture)), (160, 160), [234, 51, 35]);
}

/// Portraits are named by their bytes. A processor that makes others fails here, and docs/guarantees.md has to say so; who
/// changes how they are made changes the recipe in the cache's keys too.
#[test]
fn the_bytes_of_portraits_are_the_same_on_every_processor() {
    let picture = drawing(901, 703, 7);
    let files = [("amara.jpg", jpeg(&picture)), ("amara.png", png(&picture)), ("amara.webp", webp(&picture))];
    let names = files.map(|(file, bytes)| {
        let site = site("bytes", file);
        put(&site, file, &bytes);
        site.build();
        portraits(&site).into_keys().next().expect("a portrait")
    });
    // The other two lose nothing on their way in.
    let lossless = "6f12d411b36c871daea1-160.jpg";
    assert_eq!(names, ["1aaa763d1ae33af7c3ce-160.jpg", lossless, lossless]);
}

/// A photo of another's is not taken for hers.
#[test]
fn a_photo_of_two_is_shown_of_neither_unless_both_are_public() {
    let site = site("shared", "amara.jpg");
    let bytes = jpeg(&drawing(400, 400, 1));
    put(&site, "amara.jpg", &bytes);
    site.write("content/mentors/bina.yaml", &with_photo("Dr Sample Bina", "amara.jpg"));
    site.build().expect("warning[photo-shared]: `bina` and `amara` are shown with the same photo");
    assert_eq!(portraits(&site).len(), 2);
    // The same file, then another with the same bytes.
    for file in ["amara.jpg", "bina.jpg"] {
        put(&site, file, &bytes);
        let withdrawn = with_photo("Dr Sample Bina", file).replace("status: listed", "status: paused");
        site.write("content/mentors/bina.yaml", &withdrawn);
        site.build().expect("the photo of `amara` is left out: it is also that of `bina`, who is paused");
        assert!(portraits(&site).is_empty() && site.has("mentors/amara/index.html"));
    }
}

#[test]
fn small_photos_and_wrong_endings_are_shown_and_remarked_on() {
    let site = site("small", "amara.png");
    put(&site, "amara.png", &jpeg(&drawing(300, 200, 1)));
    for _ in 0..2 {
        // The second time from the cache.
        site.build()
            .expect("warning[photo-small]: amara.png has only 200 pixels on its shorter side")
            .expect("warning[photo-ending]: the name of amara.png does not say what it is: a JPEG")
            .expect("rename it to amara.jpg");
        assert_eq!(portraits(&site).len(), 2);
    }
}

#[test]
fn photos_of_nobody_are_told_once_a_folder() {
    let site = Site::with_people("unnamed");
    for number in 1..=51 {
        put(&site, &format!("{number}.jpeg"), b"\xFF\xD8\xFF");
    }
    let run = site.build();
    assert_eq!(run.stderr.matches("warning[photo-unnamed]").count(), 1, "{}", run.console());
    run.expect("1.jpeg, 10.jpeg, 11.jpeg").expect("and 43 more");
    // A record that cannot be read may name any of them.
    site.edit("content/mentors/bina.yaml", "capacity: 2", "capacity: two");
    let run = site.run(&["build"]).expect_code(1);
    assert!(!run.stderr.contains("photo-unnamed"), "{}", run.console());
}

#[test]
fn photos_of_nobody_are_told_wherever_they_lie() {
    let site = site("anywhere", "2026/amara.jpg");
    put(&site, "2026/amara.jpg", &jpeg(&drawing(400, 400, 1)));
    site.write("content/mentors/notes.txt", "Whom to ask.");
    site.bytes("content/files/team.jpg", b"\xFF\xD8\xFF");
    assert_eq!(site.build().stderr, "");
    put(&site, "2026/old.jpeg", b"\xFF\xD8\xFF");
    put(&site, "a/b/older.txt", b"");
    site.bytes("content/mentors/amara.jpg", b"\xFF\xD8\xFF");
    site.bytes("content/mentors/leeds/Bina.HEIC", b"");
    site.bytes("content/mentors/Photos/chen.webp", b"");
    let run = site.build();
    for said in [
        "nobody's record names these photos in content/mentors/photos: 2026/old.jpeg, a/b/older.txt",
        "delete each, or name each in the record of the person it shows: `photo: {file: 2026/old.jpeg}`",
        "nobody's record names this photo in content/mentors: amara.jpg",
        "delete it; or move it to content/mentors/photos/, and name it in the record of the person it shows: `photo: {file: amara.jpg}`",
        "nobody's record names this photo in content/mentors/leeds: Bina.HEIC",
        "nobody's record names this photo in content/mentors/Photos: chen.webp",
    ] {
        assert!(run.stderr.contains(said), "no `{said}` in\n{}", run.console());
    }
    assert_eq!(run.stderr.matches("warning[photo-unnamed]").count(), 4, "{}", run.console());
}

#[test]
fn the_photo_of_somebody_who_withdrew_is_told_while_it_lies_there() {
    let site = site("left", "amara.jpg");
    let photo = jpeg(&drawing(400, 400, 1));
    put(&site, "amara.jpg", &photo);
    site.edit("content/mentors/amara.yaml", "status: listed", "status: withdrawn");
    site.build()
        .expect("warning[photo-unnamed]: the photo of `amara`, who has withdrawn, is still there: content/mentors/photos/amara.jpg")
        .expect("delete it, and the line `photo:` of her record");
    // Somebody else's too: what is to be said is that two have one photo.
    site.write("content/mentors/bina.yaml", &with_photo("Dr Sample Bina", "amara.jpg"));
    let run = site.build().expect("warning[photo-shared]");
    assert!(!run.stderr.contains("photo-unnamed"), "{}", run.console());
    // People's files have moved out of the site, and the photos were left.
    let moved = Site::empty("moved")
        .file("people/bina.yaml", &mentor("Dr Sample Bina", ""))
        .file("site/content/site.yaml", &format!("{}directory: {{mentors: ../people}}\n", support::SITE))
        .file("site/content/index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
        .file("site/content/vocabulary.yaml", support::VOCABULARY);
    moved.bytes("site/content/mentors/photos/amara.jpg", &photo);
    moved.bytes("people/amara.jpg", &photo);
    support::run_in(&moved.root().join("site"), &["build", "--date", support::TODAY])
        .expect_code(0)
        .expect("nobody's record names this photo in content/mentors/photos: amara.jpg")
        .expect("nobody's record names this photo in ../people: amara.jpg")
        .expect("move it to ../people/photos/, and name it");
}
