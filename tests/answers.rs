//! Exports of evaluation forms, read row by row: what is wanted and nothing else, in whatever file it comes; and files that
//! are refused in plain words, which never repeat an answer. Every answer here has the word `secret` in it.

mod support;

use mentorpress::archive;
use mentorpress::forms::{
    Cell, Column, Columns, Content, DateOrder, Found, NoMoment, Opened, Wanted, may_be_repeated, open,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::fs;
use std::path::PathBuf;
use support::Site;

/// A folder with one file in it.
struct File {
    _folder: Site,
    path: PathBuf,
}

fn file(name: &str, bytes: &[u8]) -> File {
    let folder = Site::empty("answers");
    let path = folder.root().join(name);
    fs::write(&path, bytes).expect("a file");
    File { _folder: folder, path }
}

fn question<'c>(columns: &'c Columns, header: &str) -> &'c Column {
    match columns.find(header) {
        Found::One(column) => column,
        _ => panic!("no column {header} in {columns:?}"),
    }
}

/// Every answer to every question, row by row, as (row, texts).
fn answers(opened: &mut Opened) -> Result<Vec<(usize, Vec<String>)>, String> {
    let questions: Vec<&Column> = opened.columns.iter().filter(|column| !column.kind.identifies()).collect();
    let wanted = questions.iter().try_fold(Wanted::default(), |wanted, column| wanted.answers(column));
    let mut rows = opened.answers.rows(&wanted.expect("questions")).map_err(|error| error.to_string())?;
    let mut read = Vec::new();
    while let Some(row) = rows.next_row().map_err(|error| error.to_string())? {
        let texts = questions.iter().map(|column| row.cell(column).text().into_owned()).collect();
        read.push((row.number, texts));
    }
    Ok(read)
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, String> {
    let file = file(name, bytes);
    let mut opened = open(&file.path).map_err(|error| error.to_string())?;
    answers(&mut opened)
}

/// The refusal of a file, which names the file and repeats no answer.
#[track_caller]
fn refusal(name: &str, bytes: &[u8], says: &str) {
    let message = read(name, bytes).expect_err("a refusal");
    assert!(message.contains(says), "no `{says}` in\n{message}");
    assert!(message.contains(name) && message.contains("help: "), "{message}");
    assert!(!message.to_lowercase().contains("secret"), "{message}");
}

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Form1").expect("a name");
    sheet.write_row(0, 0, ["ID", "Completion time", "Email", "How was it?", "Why?"]).expect("headers");
    fill(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

fn answered(sheet: &mut Worksheet, row: u32) {
    let format = Format::new().set_num_format("m/d/yy h:mm:ss");
    let sent = ExcelDateTime::parse_from_str("2026-07-27T14:03:22").expect("a time");
    sheet.write(row, 0, row).expect("a number");
    sheet.write_with_format(row, 1, &sent, &format).expect("a time");
    sheet.write_row(row, 2, ["secret@example.org", "secretly good", "a secret"]).expect("answers");
}

/// A workbook whose parts are changed as texts.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let members = archive::members(bytes);
    let files: Vec<(&str, String)> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .map(|(name, text)| (name, change(name, text)))
        .collect();
    archive::pack(&files).expect("an archive")
}

fn in_sheet(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    changed(bytes, |name, text| if name == "xl/worksheets/sheet1.xml" { change(text) } else { text })
}

const CSV: &str = "\u{FEFF}ID,Start time,Completion time,Email,Name,Stars,How was it?\r\n\
    1,7/27/26 14:00:00,7/27/26 14:03:22,secret@example.org,A. Secret,5,secretly good\r\n\
    \r\n\
    2,10/9/26 8:00:00,10/9/26 8:03:22,anonymous,,4,\"a secret,\r\nin two lines\"\r\n\
    3,soon,later,anonymous,,,\r\n";

#[test]
fn only_what_is_wanted_is_there() {
    let file = file("form.csv", CSV.as_bytes());
    let mut opened = open(&file.path).expect("an export");
    let columns = opened.columns.clone();
    let stars = question(&columns, "stars");
    let sent = question(&columns, "completion time");
    let wanted = Wanted::default().answers(stars).expect("a question");
    let wanted = wanted.completed(sent, Some(DateOrder::MonthFirst));
    let mut rows = opened.answers.rows(&wanted).expect("rows");
    let mut read = Vec::new();
    while let Some(row) = rows.next_row().expect("a row") {
        let sent = row.completed().expect("it was wanted").map(|moment| moment.to_string());
        read.push((row.number, row.cell(stars).text().into_owned(), sent));
    }
    assert_eq!(
        read,
        [
            (2, "5".to_owned(), Ok("2026-07-27T14:03:22".to_owned())),
            // As a spreadsheet counts: the empty line is row 3.
            (4, "4".to_owned(), Ok("2026-10-09T08:03:22".to_owned())),
            (5, String::new(), Err(NoMoment::NotADate)),
        ]
    );
    for header in ["ID", "Start time", "Completion time", "Email", "Name"] {
        let refused = Wanted::default().answers(question(&columns, header)).expect_err("a refusal");
        assert!(refused.to_string().contains("never read as an answer"), "{refused}");
    }
    drop(rows);
    // Again from the start, and without the time.
    let mut rows = opened.answers.rows(&Wanted::default().answers(stars).expect("a question")).expect("rows");
    let row = rows.next_row().expect("a row").expect("one");
    assert_eq!((row.number, row.completed()), (2, None));
}

#[test]
fn dates_that_are_texts_need_their_order() {
    let file = file("form.csv", CSV.as_bytes());
    let mut opened = open(&file.path).expect("an export");
    let sent = question(&opened.columns, "completion time").clone();
    let mut first = |order| {
        let mut rows = opened.answers.rows(&Wanted::default().completed(&sent, order)).expect("rows");
        rows.next_row().expect("a row").expect("one").completed().expect("wanted")
    };
    assert_eq!(first(None), Err(NoMoment::OrderUnknown));
    assert_eq!(first(Some(DateOrder::DayFirst)), Err(NoMoment::NotADate));
    assert!(first(Some(DateOrder::MonthFirst)).is_ok());
}

#[test]
fn a_workbook_gives_the_same_rows() {
    let bytes = workbook(|sheet| {
        answered(sheet, 1);
        answered(sheet, 3);
    });
    let good = vec!["secretly good".to_owned(), "a secret".to_owned()];
    assert_eq!(read("form.xlsx", &bytes), Ok(vec![(2, good.clone()), (4, good)]));
    let file = file("form.xlsx", &bytes);
    let mut opened = open(&file.path).expect("an export");
    let wanted = Wanted::default().completed(question(&opened.columns, "completion time"), None);
    let mut rows = opened.answers.rows(&wanted).expect("rows");
    let sent = rows.next_row().expect("a row").expect("one").completed().expect("wanted");
    assert_eq!(sent.map(|moment| moment.to_string()), Ok("2026-07-27T14:03:22".to_owned()));
}

#[test]
fn columns_are_found_and_what_is_missing_is_suggested() {
    let file = file("form.csv", b"ID,How was it?,When,When2,When2\n1,a,b,c,d\n");
    let opened = open(&file.path).expect("an export");
    assert!(matches!(opened.columns.find("How  was\u{A0}it?"), Found::One(column) if column.at == 1));
    assert!(matches!(opened.columns.find("When2"), Found::Several(..)));
    assert!(matches!(opened.columns.find("How is it?"), Found::None));
    assert_eq!(opened.columns.suggest("How is it?"), "did you mean \"How was it?\"?");
    assert_eq!(question(&opened.columns, "How was it?").place(), "column B (\"How was it?\")");
}

/// Where the first row was deleted, answers stand in the place of headers.
#[test]
fn headers_that_look_like_somebody_s_are_not_repeated() {
    let long = format!("secret {}", "word ".repeat(40));
    for header in [
        "secret.person@example.org",
        "secret@",
        "secret: 07700 900123",
        "secret +44 (0)20 7946 0958",
        "secret 0000-0002-1825-0097",
        "secret 1234567",
        long.as_str(),
    ] {
        assert!(!may_be_repeated(header), "{header}");
        let file = file("form.csv", format!("ID,{header}\n1,a\n").as_bytes());
        let opened = open(&file.path).expect("an export");
        let column = &opened.columns[1];
        let said = format!(
            "{} {:?} {}",
            column.place(),
            column,
            opened.columns.suggest(&header[..20.min(header.len())])
        );
        assert!(said.contains("column B") && !said.contains("secret"), "{said}");
    }
    for header in
        ["From 0 to 10, how sure are you?", "What did you do in 2021-2022?", "Aged 16/17, 18-24 or 25+?"]
    {
        assert!(may_be_repeated(header), "{header}");
    }
}

#[test]
fn csv_in_every_encoding_says_the_same() {
    let text = "ID;Wie war’s?\r\n1;secret café – gut\r\n";
    let expected = Ok(vec![(2, vec!["secret café – gut".to_owned()])]);
    let little: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let old: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            '–' => 0x96,
            c => c as u8,
        })
        .collect();
    for (bytes, notes) in [
        (text.as_bytes().to_vec(), 0),
        (format!("\u{FEFF}{text}").into_bytes(), 0),
        (little, 0),
        (big, 0),
        (old, 1),
    ] {
        assert_eq!(read("form.csv", &bytes), expected);
        let file = file("form.csv", &bytes);
        let opened = open(&file.path).expect("an export");
        assert_eq!(opened.notes.len(), notes);
        assert!(opened.notes.iter().all(|note| note.contains("Windows-1252")), "{:?}", opened.notes);
    }
}

/// Pieces of 64 KiB are read: no letter and no line end may be lost between two.
#[test]
fn letters_across_pieces_are_whole() {
    for shift in 0..6 {
        let mut text = format!("ID,Why?\r\n{}", "x".repeat(shift));
        let mut count = 0;
        while text.len() < 300_000 {
            text.push_str(&format!("{count},\"é’🙂\r\nsecret\"\r\n"));
            count += 1;
        }
        let utf16: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.into_bytes(), utf16] {
            let rows = read("form.csv", &bytes).expect("rows");
            assert_eq!(rows.len(), count);
            assert!(rows.iter().all(|(_, texts)| texts[0] == "é’🙂\nsecret"));
            let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, (2..count + 2).collect::<Vec<_>>());
        }
    }
}

#[test]
fn characters_that_are_none_become_marks_and_are_told() {
    // Half a surrogate pair, and control characters.
    let mut wide: Vec<u8> = "\u{FEFF}ID,Why?\n1,a\u{1}b".encode_utf16().flat_map(u16::to_le_bytes).collect();
    wide.extend(0xD800_u16.to_le_bytes());
    wide.extend("c\n".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read("form.csv", &wide), Ok(vec![(2, vec!["ab\u{FFFD}c".to_owned()])]));
    let file = file("form.csv", &wide);
    assert!(open(&file.path).expect("an export").notes[0].contains("cannot be read"));
    assert_eq!(
        read("form.csv", b"ID,Why?\n1,a\x08\x1B[31mb\x7F\n"),
        Ok(vec![(2, vec!["a[31mb".to_owned()])])
    );
    refusal("form.csv", b"I\0D\0,\0W\0h\0y\0?\0\n\0", "is not a text");
}

/// A letter that stops in its middle is the end of a file that was cut off, and not an older encoding, unless it is the
/// only one.
#[test]
fn a_file_that_ends_within_a_letter_was_cut_off() {
    let text = "ID,Why?\n1,café secret\n2,café";
    refusal("form.csv", &text.as_bytes()[..text.len() - 1], "ends within a letter");
    assert_eq!(read("form.csv", b"ID,Why?\n1,caf\xE9"), Ok(vec![(2, vec!["café".to_owned()])]));
}

#[test]
fn csv_that_is_broken_is_refused_by_its_row() {
    refusal(
        "form.csv",
        b"ID,Why?\n1,a secret\n2,\"a secret\n3,a secret\n",
        "in row 3 a quotation mark is not closed",
    );
    refusal("form.csv", b"ID,Why?,How?\n1,a secret,b\n2,a sec", "row 3, the last, has 2 of 3 values");
    refusal("form.csv", b"ID,Why?\n1,a\n2,b,a secret\n", "row 3 has 3 values, and there are 2 headers");
    refusal(
        "form.csv",
        b"ID,,Why?\n1,a secret,b\n",
        "column B of form.csv has no header, and an answer in row 2",
    );
    refusal("form.csv", b"", "form.csv is empty");
    refusal("form.csv", b"\n\n , \n", "form.csv is empty");
    let long = format!("ID,Why?\n1,{}\n", "secret".repeat(30_000));
    refusal("form.csv", long.as_bytes(), "row 2 has a value of 180000 characters");
    // A quotation mark before megabytes of rows, which are never in memory at once.
    let endless = format!("ID,Why?\n1,\"{}", "2,a secret\n".repeat(2_000_000));
    refusal("form.csv", endless.as_bytes(), "in row 2 a quotation mark is not closed");
    let wide: Vec<String> = (0..16_384).map(|at| format!("Q{at}")).collect();
    refusal("form.csv", format!("{}\n1,a secret\n", wide.join(",")).as_bytes(), "more than 1000 columns");
    // What stands behind the text as a mark may stand in it.
    assert_eq!(read("form.csv", b"Why?\na\n\x04\nb\n").map(|rows| rows.len()), Ok(2));
    refusal("form.csv", b"Why?\na secret\n\x04\n\"a secret", "in row 4 a quotation mark is not closed");
}

#[test]
fn workbooks_that_are_broken_are_refused() {
    let good = workbook(|sheet| answered(sheet, 1));
    for end in [good.len() - 1, good.len() - 100, good.len() * 9 / 10] {
        refusal("form.xlsx", &good[..end], "is damaged");
    }
    for end in (4..good.len()).step_by(101) {
        refusal("form.xlsx", &good[..end], "form.xlsx is");
    }
    let mut empty = Workbook::new();
    empty.add_worksheet();
    refusal("form.xlsx", &empty.save_to_buffer().expect("a workbook"), "form.xlsx is empty");
    let wide = workbook(|sheet| {
        for column in 5..16_384 {
            sheet.write(0, column, format!("Q{column}")).expect("a header");
        }
        answered(sheet, 1);
    });
    refusal("form.xlsx", &wide, "more than 1000 columns");
    let far = workbook(|sheet| {
        answered(sheet, 1);
        sheet.write(1, 16_383, "a secret").expect("an answer");
    });
    refusal("form.xlsx", &far, "more than 1000 columns");
    let more = workbook(|sheet| {
        answered(sheet, 1);
        sheet.write(1, 5, "a secret").expect("an answer");
    });
    refusal("form.xlsx", &more, "column F of form.xlsx has no header, and an answer in row 2");
    let backwards = in_sheet(&good, |text| {
        text.replace("</sheetData>", "<row r=\"9\"><c r=\"D9\"><v>1</v></c></row><row r=\"5\"><c r=\"D5\"><v>1</v></c></row></sheetData>")
    });
    refusal("form.xlsx", &backwards, "are not in their order");
    // Written by hand: no spreadsheet program saves so much in a cell.
    let long = in_sheet(&good, |text| {
        let cell = format!("<c r=\"D3\" t=\"inlineStr\"><is><t>{}</t></is></c>", "secret ".repeat(20_000));
        text.replace("</sheetData>", &format!("<row r=\"3\">{cell}</row></sheetData>"))
    });
    refusal("form.xlsx", &long, "column D of row 3 holds too much");
}

#[test]
fn merged_answers_and_several_sheets_are_refused() {
    let merged = workbook(|sheet| {
        answered(sheet, 1);
        answered(sheet, 2);
        sheet.merge_range(3, 3, 5, 3, "a secret", &Format::new()).expect("merged");
    });
    refusal("form.xlsx", &merged, "the cells D4 to D6 of form.xlsx are merged");
    let mut two = Workbook::new();
    for name in ["Form1", "secret.person@example.org"] {
        let sheet = two.add_worksheet();
        sheet.set_name(name).expect("a name");
        sheet.write_row(0, 0, ["ID", "Why?"]).expect("headers");
        sheet.write_row(1, 0, ["1", "a secret"]).expect("answers");
    }
    refusal(
        "form.xlsx",
        &two.save_to_buffer().expect("a workbook"),
        "2 sheets with something in them: \"Form1\", number 2",
    );
    two.worksheet_from_index(1).expect("a sheet").set_hidden(true);
    let hidden = file("form.xlsx", &two.save_to_buffer().expect("a workbook"));
    assert_eq!(open(&hidden.path).expect("an export").notes, ["the hidden sheet number 2 was not read"]);
}

#[test]
fn formulas_and_faults_are_what_they_are() {
    let bytes = workbook(|sheet| {
        answered(sheet, 1);
        sheet.write(1, 3, Formula::new("=\"secret\"").set_result("secret")).expect("a formula");
        sheet.write(1, 4, 4.5).expect("a number");
    });
    let bytes = in_sheet(&bytes, |text| {
        text.replace("</sheetData>", "<row r=\"3\"><c r=\"D3\" t=\"e\"><v>#N/A</v></c></row></sheetData>")
    });
    let file = file("form.xlsx", &bytes);
    let mut opened = open(&file.path).expect("an export");
    let columns = opened.columns.clone();
    let [how, why] = ["How was it?", "Why?"].map(|header| question(&columns, header));
    let wanted = Wanted::default().answers(why).and_then(|wanted| wanted.answers(how)).expect("questions");
    let mut rows = opened.answers.rows(&wanted).expect("rows");
    let row = rows.next_row().expect("a row").expect("one");
    assert_eq!([how, why].map(|column| row.cell(column).content()), [Content::Formula, Content::Number]);
    assert_eq!((row.cell(how).text(), row.cell(why).number()), ("".into(), Some(4.5)));
    assert_eq!(row.place(how), "row 2, column D (\"How was it?\")");
    let row = rows.next_row().expect("a row").expect("one");
    assert_eq!([how, why].map(|column| row.cell(column).content()), [Content::Fault, Content::Empty]);
}

/// The sizes that an archive says, wherever it says them, put to a lie.
fn lying(bytes: &[u8], size: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, four)| *four == mark).map(|(place, _)| place).collect();
        for place in places {
            bytes[place + at..place + at + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    bytes
}

#[test]
fn what_grows_without_end_is_refused() {
    let good = workbook(|sheet| answered(sheet, 1));
    // In a part that has to be in memory, as it says and as it does not say.
    let texts = changed(&good, |name, text| match name {
        "xl/sharedStrings.xml" => {
            text.replace("</sst>", &format!("<si><t>{}</t></si></sst>", "secret ".repeat(20 << 20)))
        }
        _ => text,
    });
    assert!(texts.len() < 4 << 20);
    refusal("form.xlsx", &texts, "unpacks to more than the answers of any form");
    let message = read("form.xlsx", &lying(&texts, 1_000)).expect_err("a refusal");
    assert!(message.contains("unpacks to more") || message.contains("is damaged"), "{message}");
    // Texts that are counted and not there: whoever makes room for them has no memory left.
    let counted = changed(&good, |name, text| match name {
        "xl/sharedStrings.xml" => {
            let at = text.find("uniqueCount=\"").expect("a count") + 13;
            format!("{}9999999999{}", &text[..at], &text[at..])
        }
        _ => text,
    });
    refusal("form.xlsx", &counted, "unpacks to more than the answers of any form");
    // One cell as large as a sheet may be.
    let cell = in_sheet(&good, |text| {
        let cell =
            format!("<row r=\"3\"><c r=\"D3\" t=\"str\"><v>{}</v></c></row>", "secret ".repeat(10 << 20));
        text.replace("</sheetData>", &format!("{cell}</sheetData>"))
    });
    refusal("form.xlsx", &cell, "unpacks to more than the answers of any form");
}

#[test]
fn what_is_no_export_is_refused_by_what_it_is() {
    let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 secret".to_vec();
    old.resize(300_000, 0);
    refusal("form.xls", &old, "the old kind (.xls)");
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    refusal("form.xlsx", &old, "is protected with a password");
    refusal("form.xlsx", b"\xEF\xBB\xBF <!DOCTYPE html><p>secret", "is a web page");
    refusal("form.csv", b"<?xml version='1.0'?><secret/>", "is XML");
    refusal("form.csv", b"%PDF-1.7 secret", "is a PDF file");
    let document = archive::pack(&[("word/document.xml", "secret".to_owned())]).expect("an archive");
    refusal("form.xlsx", &document, "a Word document");
}

#[test]
fn what_the_system_refuses_is_said() {
    let folder = Site::empty("answers");
    let path = folder.root().join("form.csv");
    let message = |path: &PathBuf| open(path).expect_err("a refusal").to_string();
    assert!(message(&path).contains("cannot read"), "{}", message(&path));
    fs::create_dir(&path).expect("a folder");
    assert!(message(&path).contains("form.csv is a folder"), "{}", message(&path));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.root().join("closed.csv");
        fs::write(&path, CSV).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("rights");
        // Whoever may do everything may read it.
        if fs::read(&path).is_err() {
            assert!(message(&path).contains("cannot read"), "{}", message(&path));
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    for (name, bytes) in
        [("form.csv", CSV.as_bytes().to_vec()), ("form.xlsx", workbook(|sheet| answered(sheet, 1)))]
    {
        let file = file(name, &bytes);
        let mut opened = open(&file.path).expect("an export");
        // As long as before, and saved in the same moment.
        let before = fs::metadata(&file.path).and_then(|metadata| metadata.modified()).expect("a time");
        let mut other = bytes.clone();
        if name == "form.csv" {
            let at = other.windows(6).position(|six| six == b"secret").expect("an answer");
            other[at] = b'S';
        } else {
            other.push(0);
        }
        fs::write(&file.path, &other).expect("a file");
        let again = fs::File::options().write(true).open(&file.path).expect("a file");
        again.set_modified(before).expect("a time");
        let message = answers(&mut opened).expect_err("a refusal");
        assert!(message.contains("changed while it was read"), "{message}");
        // Another file that takes its name is not read, and the one that was opened is whole.
        fs::write(&file.path, &bytes).expect("a file");
        let mut opened = open(&file.path).expect("an export");
        fs::remove_file(&file.path).expect("gone");
        fs::write(&file.path, "Another?\nanswer\n").expect("another");
        assert!(answers(&mut opened).is_ok_and(|rows| rows[0].1.len() == 2), "{name}");
    }
}

const LONG: &str = "question,answer,respondent\n\
    How was it?,secretly good,9\n\
    What helped?,Networks;,9\n\
    What helped?,Advice,9\n\
    Why?,,10\n\
    How  was it?,bad,10\n\
    Email,secret@example.org,10\n";

#[test]
fn the_long_form_is_read_like_any_other() {
    let file = file("long.csv", LONG.as_bytes());
    let mut opened = open(&file.path).expect("an export");
    let headers: Vec<&str> = opened.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["How was it?", "What helped?", "Why?", "Email"]);
    let columns = opened.columns.clone();
    assert!(Wanted::default().answers(question(&columns, "Email")).is_err());
    let [how, what, why] = ["how was it?", "What helped?", "Why?"].map(|header| question(&columns, header));
    assert_eq!(what.place(), "the question \"What helped?\" (first in row 3)");
    let wanted =
        [how, what, why].into_iter().try_fold(Wanted::default(), Wanted::answers).expect("questions");
    let mut rows = opened.answers.rows(&wanted).expect("rows");
    let row = rows.next_row().expect("a row").expect("one");
    assert_eq!((row.number, row.cell(what).parts()), (2, vec!["Networks".to_owned(), "Advice".to_owned()]));
    assert_eq!(row.cell(how).text(), "secretly good");
    assert_eq!(row.place(what), "row 4, the question \"What helped?\" (first in row 3)");
    let row = rows.next_row().expect("a row").expect("one");
    assert_eq!((row.number, row.cell(how).text(), row.cell(why)), (5, "bad".into(), &Cell::default()));
    assert!(row.cell(what).is_empty());
    assert_eq!(row.place(how), "row 6, the question \"How was it?\" (first in row 2)");
    assert!(rows.next_row().expect("the end").is_none());
}

#[test]
fn a_workbook_may_be_in_the_long_form() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["respondent", "question", "answer"]).expect("headers");
    sheet.write_row(1, 0, ["b", "Why?", "a secret"]).expect("an answer");
    sheet.write_row(2, 0, ["a", "Stars"]).expect("a question");
    sheet.write(2, 2, 5).expect("an answer");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let [first, second] = [["a secret", ""], ["", "5"]].map(|texts| texts.map(str::to_owned).to_vec());
    assert_eq!(read("long.xlsx", &bytes), Ok(vec![(2, first), (3, second)]));
    let sheet = workbook.worksheet_from_index(0).expect("the sheet");
    sheet.write(3, 0, Formula::new("=A2")).expect("a formula");
    sheet.write_row(3, 1, ["Why?", "a secret"]).expect("an answer");
    refusal(
        "long.xlsx",
        &workbook.save_to_buffer().expect("a workbook"),
        "row 4 of long.xlsx has no respondent",
    );
}

#[test]
fn the_long_form_has_to_stand_together() {
    refusal(
        "long.csv",
        b"respondent,question,answer\nsecret-b,Q,x\nsecret-a,Q,x\nsecret-a,R,x\nsecret-b,R,x\n",
        "the respondent of row 5 of long.csv was there before, from row 2 on",
    );
    // In any order, as long as nobody comes twice.
    let rows = read("long.csv", b"Respondent;QUESTION;Answer \nb;Q;x\na;Q;y\n");
    assert_eq!(rows, Ok(vec![(2, vec!["x".to_owned()]), (3, vec!["y".to_owned()])]));
    refusal(
        "long.csv",
        b"respondent,question,answer\n1,Q,x\n,Q,a secret\n",
        "row 3 of long.csv has no respondent",
    );
    refusal(
        "long.csv",
        b"respondent,question,answer\n1,Q,x\n2,,a secret\n",
        "row 3 of long.csv has no question",
    );
    let many: String = (0..1_001).map(|at| format!("1,secret {at},x\n")).collect();
    refusal(
        "long.csv",
        format!("respondent,question,answer\n{many}").as_bytes(),
        "more than 1000 questions by row 1002",
    );
    let long = format!("respondent,question,answer\n{}", "1,Q,secret and secret\n".repeat(10_000));
    refusal("long.csv", long.as_bytes(), "too much for one answer by row");
    // With a fourth column it is an export like any other.
    let wide = read("wide.csv", b"respondent,question,answer,remark\n1,Q,x,y\n").expect("rows");
    assert_eq!(wide[0].1.len(), 4);
}
