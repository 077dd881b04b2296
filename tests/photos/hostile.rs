//! Files that are no portraits: each ends in a finding with its own remedy, within bounded time and memory.

use crate::pictures::*;
use crate::support::Site;
use crate::{made_of, portraits, put, site, with_photo};
use image::ExtendedColorType;
use std::time::{Duration, Instant};

/// A site with a person for each file.
fn gallery(name: &str, files: &[(String, Vec<u8>)]) -> Site {
    let site = Site::with_people(name);
    for (number, (file, bytes)) in files.iter().enumerate() {
        let person = with_photo(&format!("Dr Sample Number{number}"), file);
        site.write(&format!("content/mentors/p{number}.yaml"), &person);
        put(&site, file, bytes);
    }
    site
}

/// Each file with what is to be said of it.
#[track_caller]
fn refused(name: &str, files: Vec<(&str, Vec<u8>, &str)>) {
    let (files, words): (Vec<_>, Vec<_>) =
        files.into_iter().map(|(file, bytes, words)| ((file.to_owned(), bytes), words)).unzip();
    let site = gallery(name, &files);
    let run = site.run(&["build"]).expect_code(1);
    for ((file, _), words) in files.iter().zip(words) {
        let (code, message) = words.split_once(": ").expect("code and message");
        let wanted = format!("error[{code}]: {file} {message}");
        assert!(run.stderr.contains(&wanted), "no `{wanted}` in\n{}", run.console());
    }
    assert_eq!(run.stderr.matches("error[").count(), files.len(), "{}", run.console());
    assert!(!site.has("index.html") && !site.root().join(".mentorpress").exists());
}

#[test]
fn what_is_no_photo_is_named() {
    let ftyp = |brand: &[u8]| [b"\0\0\0\x18ftyp", brand, b"\0\0\0\0mif1", &[0; 64]].concat();
    refused(
        "formats",
        vec![
            (
                "a.svg",
                b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
                "photo-format: is a drawing (SVG)",
            ),
            ("b.jpg", ftyp(b"heic"), "photo-format: is a photo as iPhones save it (HEIC)"),
            ("c.jpg", ftyp(b"avif"), "photo-format: is an AVIF picture"),
            ("d.jpg", ftyp(b"qt  "), "photo-format: is a film"),
            ("e.gif", b"GIF89a\x01\0\x01\0".to_vec(), "photo-format: is a GIF"),
            ("f.tif", b"II*\0\x08\0\0\0".to_vec(), "photo-format: is a TIFF"),
            ("g.jpg", b"%PDF-1.7\n".to_vec(), "photo-format: is a PDF"),
            ("h.jpg", b"<!DOCTYPE html><html>".to_vec(), "photo-format: is a web page"),
            ("i.jpg", b"PK\x03\x04\x14\0".to_vec(), "photo-format: is a document or an archive"),
            (
                "j.jpg",
                b"version https://git-lfs.github.com/spec/v1\n".to_vec(),
                "photo-format: is the stand-in that git leaves",
            ),
            ("k.jpg", b"BM\x36\0\0\0".to_vec(), "photo-format: is a Windows bitmap"),
            ("l.jpg", b"just words".to_vec(), "photo-format: is no picture that can be read here"),
            ("m.jpg", Vec::new(), "photo-damaged: is empty"),
            ("n.webp", animated_webp(), "photo-format: is an animated WebP"),
            (
                "o.png",
                with_chunks(&png(&drawing(400, 400, 1)), &[chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])]),
                "photo-format: is an animated PNG",
            ),
            ("p.jpg", arithmetic_jpeg(), "photo-format: is a rare kind of JPEG"),
            ("q.jpg", parted_jpeg(), "photo-format: is a rare kind of JPEG"),
        ],
    );
}

fn animated_webp() -> Vec<u8> {
    let still = webp(&drawing(400, 400, 1));
    with_webp_chunks(&still, 0b10, (400, 400), &[(b"ANIM", vec![0; 6]), (b"ANMF", vec![0; 24])])
}

/// The first scan of a JPEG has but one of its three components.
fn parted_jpeg() -> Vec<u8> {
    let mut bytes = jpeg(&drawing(400, 400, 1));
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    bytes[scan + 4] = 1;
    bytes
}

/// The frame of a JPEG says another way of coding.
fn arithmetic_jpeg() -> Vec<u8> {
    let mut bytes = jpeg(&drawing(400, 400, 1));
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    bytes[frame + 1] = 0xC9;
    bytes
}

#[test]
fn absurd_sizes_are_refused_by_the_header_alone() {
    let header = |width: u32, height: u32| {
        let data = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        let end = [chunk(b"IDAT", &zlib(b"")), chunk(b"IEND", b"")].concat();
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &data), end].concat()
    };
    let mut heavy = jpeg(&drawing(400, 400, 1));
    heavy.resize((40 << 20) + 1, 0);
    refused(
        "sizes",
        vec![
            ("a.png", header(50_000, 50_000), "photo-size: says that it has 50000 by 50000 pixels"),
            ("b.png", header(u32::MAX >> 1, u32::MAX >> 1), "photo-size: says that it has 2147483647 by"),
            ("c.png", header(20_001, 6_000), "photo-size: says that it has 20001 by 6000 pixels"),
            (
                "d.png",
                header(8_000, 7_000),
                "photo-size: says that it has 8000 by 7000 pixels; photos may have 50 million",
            ),
            (
                "e.png",
                header(4_001, 1_000),
                "photo-size: has 4001 by 1000 pixels: a square of it would show little",
            ),
            ("f.png", header(159, 400), "photo-size: has 159 by 400 pixels, too few"),
            ("g.jpg", heavy, "photo-size: has 41 MiB; photos may have 40"),
            ("h.png", header(0, 0), "photo-damaged: is damaged: it begins as a PNG"),
            ("i.png", header(400, 400), "photo-damaged: is damaged: it begins as a PNG"),
            // All in three scans: more memory than there is for photos.
            (
                "j.jpg",
                progressive_header(7_000, 7_000),
                "photo-size: has 7000 by 7000 pixels in a form that takes too much memory",
            ),
        ],
    );
}

/// As much of a progressive JPEG as is read before it is decoded.
fn progressive_header(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&drawing(400, 400, 1));
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    bytes[frame + 1] = 0xC2;
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    for component in 0..3 {
        bytes[frame + 11 + 3 * component] = 0x11;
    }
    bytes
}

#[test]
fn what_is_cut_short_or_lies_is_refused() {
    let picture = drawing(500, 400, 2);
    let (whole_jpeg, whole_png, whole_webp) = (jpeg(&picture), png(&picture), webp(&picture));
    let mut files = Vec::new();
    for (name, whole) in [("jpg", &whole_jpeg), ("png", &whole_png), ("webp", &whole_webp)] {
        for (number, length) in [
            13,
            40,
            300,
            whole.len() / 3,
            whole.len() / 2,
            whole.len() - 2000,
            whole.len() - 2,
            whole.len() - 1,
        ]
        .into_iter()
        .enumerate()
        {
            files.push((format!("cut{number}.{name}"), whole[..length].to_vec()));
        }
    }
    let mut lies = whole_jpeg.clone();
    let frame = lies.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    lies[frame + 5..frame + 9].copy_from_slice(&[0x0B, 0xB8, 0x0B, 0xB8]);
    files.push(("lies.jpg".to_owned(), lies));
    // The data of a small picture behind the header of a larger one.
    let header = whole_png[..33].to_vec();
    let small = png(&drawing(200, 200, 1));
    files.push(("lies.png".to_owned(), [header, small[33..].to_vec()].concat()));
    let site = gallery("cut", &files);
    let run = site.run(&["build"]).expect_code(1);
    for (file, _) in &files {
        assert!(
            run.stderr.contains(&format!("error[photo-damaged]: {file} is ")),
            "{file}\n{}",
            run.console()
        );
    }
    assert_eq!(run.stderr.matches("error[photo-damaged]").count(), files.len(), "{}", run.console());
}

#[test]
fn bombs_do_not_go_off() {
    let start = Instant::now();
    // A hundred million zeros in a colour profile, in text, and behind the rows of a picture.
    let zeros = chunk_of(&raw_png(&vec![0; 100_000_000], (10_000, 10_000), ExtendedColorType::L8), b"IDAT");
    let plain = png(&drawing(400, 400, 1));
    let text = chunk(b"zTXt", &[b"a\0\0".as_slice(), &zeros].concat());
    let long = chunk(b"iTXt", &[b"a\0\x01\0\0\0".as_slice(), &zeros].concat());
    made_of("text.png", &with_chunks(&plain, &[text, long]));
    let profile = chunk(b"iCCP", &[b"a\0\0".as_slice(), &zeros].concat());
    let rows = [&plain[..33], &chunk(b"IDAT", &zeros), &chunk(b"IEND", b"")].concat();
    for (file, bytes) in [("profile.png", with_chunks(&plain, &[profile])), ("rows.png", rows)] {
        let site = site("bomb", file);
        put(&site, file, &bytes);
        let run = site.run(&["build"]);
        assert!(run.code == 0 || run.stderr.contains("error[photo-damaged]"), "{file}\n{}", run.console());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn damaged_bytes_end_in_a_finding_or_a_picture() {
    let picture = drawing(330, 320, 4);
    let wholes = [("jpg", jpeg(&picture)), ("png", png(&picture)), ("webp", webp(&picture))];
    // A generator of one line: the same damage in every run.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut files = Vec::new();
    for number in 0..150 {
        let (ending, whole) = &wholes[number % 3];
        let mut bytes = whole.clone();
        // Half of them where headers are.
        let within = if number % 2 == 0 { bytes.len() } else { bytes.len().min(700) };
        for _ in 0..1 + next(6) {
            let at = next(within);
            bytes[at] = next(256) as u8;
        }
        files.push((format!("damaged{number}.{ending}"), bytes));
    }
    let site = gallery("damaged", &files);
    let run = site.run(&["build"]);
    assert!(matches!(run.code, 0 | 1), "{}", run.console());
    let refused = run.stderr.matches("error[photo-").count();
    assert_eq!(run.stderr.matches("error[").count(), refused, "{}", run.console());
    assert!((25..150).contains(&refused), "{refused} of 150");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    use std::os::unix::fs::symlink;
    let site = site("links", "amara.jpg");
    let photos = site.root().join("content/mentors/photos");
    put(&site, "real.png", &png(&drawing(400, 400, 1)));
    symlink(photos.join("real.png"), photos.join("amara.jpg")).expect("a link");
    site.run(&["build"]).expect_code(1).expect("error[photo-damaged]: amara.jpg is a symbolic link");
    site.remove("content/mentors/photos/amara.jpg");
    // A folder of that name is no photo.
    site.write("content/mentors/photos/amara.jpg/readme.txt", "x");
    site.run(&["build"])
        .expect_code(1)
        .expect("error[missing-image]: there is no photo content/mentors/photos/amara.jpg");
    std::fs::remove_dir_all(photos.join("amara.jpg")).expect("removed");
    // Opening a pipe would wait for ever.
    let made = std::process::Command::new("mkfifo").arg(photos.join("amara.jpg")).status();
    if made.is_ok_and(|status| status.success()) {
        site.run(&["build"]).expect_code(1).expect("error[photo-damaged]: amara.jpg is no ordinary file");
    }
}

#[test]
fn a_bad_photo_does_not_block_taking_down() {
    let site = site("takedown", "amara.heic");
    put(&site, "amara.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1");
    site.run(&["build"]).expect_code(1).expect("Most Compatible");
    site.run(&["build", "--takedown"]).expect_code(0).expect("amara (content/mentors/amara.yaml:1)");
    assert!(!site.has("mentors/amara") && site.has("mentors/bina") && portraits(&site).is_empty());
}

#[test]
fn a_bad_photo_is_told_before_the_day_on_which_it_is_to_be_shown() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1".to_vec();
    let whole = jpeg(&drawing(400, 400, 1));
    let cut = whole[..whole.len() / 2].to_vec();
    let tiny = png(&drawing(100, 100, 1));
    for (bytes, said) in [
        (heic, "is a photo as iPhones save it (HEIC)"),
        (cut, "is cut short: its end is missing"),
        (tiny, "has 100 by 100 pixels, too few for a portrait"),
        (b"words".to_vec(), "is no picture that can be read here"),
        (Vec::new(), "is empty"),
    ] {
        let site = site("unready", "amara.jpg");
        put(&site, "amara.jpg", &bytes);
        let listed = site.source("content/mentors/amara.yaml");
        for (from, to, why) in [
            ("status: listed", "status: paused", "paused"),
            ("status: listed", "status: registered", "registered"),
            ("review_by: 2027-01-10", "review_by: 2026-01-10", "overdue"),
            ("profile: {given: 2026-01-10", "profile: {given: 2026-12-10", "without consent"),
            (", photo: {given: 2026-01-10, wording: v1}", "", "without consent"),
        ] {
            site.write("content/mentors/amara.yaml", &listed);
            site.edit("content/mentors/amara.yaml", from, to);
            let run = site.build();
            for part in [
                &format!("warning[photo-unready]: amara.jpg {said}"),
                "content/mentors/amara.yaml:11:15",
                &format!("it is not shown today ({why})"),
            ] {
                assert!(run.stderr.contains(part), "{why}: no `{part}` in\n{}", run.console());
            }
            site.run(&["check", "--deny-warnings"]).expect_code(1);
        }
        // Whose photo will never be shown has nothing to mend.
        for (from, to) in [("status: listed", "status: withdrawn"), ("roles: [mentor]", "roles: [mentee]")] {
            site.write("content/mentors/amara.yaml", &listed);
            site.edit("content/mentors/amara.yaml", from, to);
            let run = site.build();
            assert!(!run.stderr.contains("photo-unready"), "{}", run.console());
        }
    }
}

/// A photo whose header is sound, and which can be decoded no further.
fn spoilt() -> Vec<u8> {
    let mut bytes = jpeg(&drawing(500, 400, 2));
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    bytes[frame + 5..frame + 9].copy_from_slice(&[0x0B, 0xB8, 0x0B, 0xB8]);
    bytes
}

#[test]
fn of_whoever_is_not_shown_nothing_is_decoded() {
    let site = site("spoilt", "amara.jpg");
    put(&site, "amara.jpg", &spoilt());
    let listed = site.source("content/mentors/amara.yaml");
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    assert_eq!(site.build().stderr, "");
    // Nor of whoever is about to be left out.
    site.write("content/mentors/amara.yaml", &listed.replace("capacity: 2", "capacity: two"));
    site.run(&["build"]).expect_code(1).expect("error[photo-damaged]").expect("error[wrong-type]");
    let run =
        site.run(&["build", "--takedown"]).expect_code(0).expect("amara (content/mentors/amara.yaml:1)");
    assert!(!run.stderr.contains("photo-damaged"), "{}", run.console());
    assert!(!site.has("mentors/amara") && site.has("mentors/bina"));
    // What is wrong with it already by its header is told all the same.
    put(&site, "amara.jpg", b"words");
    site.run(&["build", "--takedown"])
        .expect_code(0)
        .expect("warning[photo-unready]: amara.jpg is no picture")
        .expect("it is not shown today (left out)");
}

#[test]
fn a_photo_that_cannot_be_read_is_known_by_its_bytes() {
    let site = site("copied", "amara.jpg");
    put(&site, "amara.jpg", &spoilt());
    site.bytes("content/files/team.jpg", &spoilt());
    // Her record is left out for her photo's sake, and so is the copy of it.
    let run = site.run(&["build", "--takedown"]).expect_code(0).expect("error[withheld-in-output]");
    assert!(!site.has("files/team.jpg"), "{}", run.console());
}

/// Whoever is root may read everything, and sees only that nothing is amiss.
#[cfg(unix)]
#[test]
fn a_photo_that_the_system_keeps_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let site = site("kept", "amara.png");
    put(&site, "amara.png", &png(&drawing(400, 400, 1)));
    let photo = site.root().join("content/mentors/photos/amara.png");
    std::fs::set_permissions(&photo, std::fs::Permissions::from_mode(0o0)).expect("permissions");
    let is_root = std::fs::read(&photo).is_ok();
    if !is_root {
        site.run(&["build"])
            .expect_code(1)
            .expect("error[photo-damaged]: amara.png cannot be read: permission denied");
        site.run(&["build", "--takedown"]).expect_code(0).expect("amara (content/mentors/amara.yaml:1)");
    }
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    site.build();
    assert!(!site.has("mentors/amara"));
}
