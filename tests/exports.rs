//! Files that people take for the export of a form, read as they are: what office programs make of them, and what somebody
//! may have made to do harm.

use mentorpress::archive;
use mentorpress::forms::{Cell, Content, Export, Found};
use rust_xlsxwriter::{DocProperties, Format, Workbook};
use std::time::{Duration, Instant};

fn read(bytes: &[u8]) -> Export {
    Export::read("form.xlsx", bytes).expect("an export")
}

fn refusal(bytes: &[u8]) -> String {
    Export::read("form.xlsx", bytes).expect_err("a refusal").to_string()
}

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook")
}

/// A sheet of two questions and one answer to each.
fn sheet(workbook: &mut Workbook, name: &str) {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).expect("a name");
    sheet.write_row(0, 0, ["ID", "Question"]).expect("headers");
    sheet.write_row(1, 0, ["1", "Answer"]).expect("answers");
}

/// A workbook whose parts are changed as texts.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let members: Vec<(String, String)> = archive::members(bytes)
        .into_iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes).expect("a part in UTF-8");
            let text = change(&name, text);
            (name, text)
        })
        .collect();
    let files: Vec<(&str, String)> =
        members.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    archive::pack(&files).expect("an archive")
}

#[test]
fn one_sheet_with_answers_is_read_and_a_second_refused() {
    let two = workbook(|workbook| {
        sheet(workbook, "Form1");
        sheet(workbook, "Copy of Form1");
    });
    assert!(refusal(&two).contains("2 sheets with something in them: \"Form1\", \"Copy of Form1\""));
    let empty = workbook(|workbook| {
        sheet(workbook, "Form1");
        workbook.add_worksheet();
    });
    assert_eq!(read(&empty).rows.len(), 1);
    let hidden = workbook(|workbook| {
        sheet(workbook, "Form1");
        sheet(workbook, "Old");
        workbook.worksheet_from_name("Old").expect("a sheet").set_hidden(true);
    });
    let export = read(&hidden);
    assert_eq!(
        (export.rows.len(), export.notes.as_slice()),
        (1, &["the hidden sheet \"Old\" was not read".to_owned()][..])
    );
    assert!(
        refusal(&workbook(|workbook| {
            workbook.add_worksheet();
        }))
        .contains("is empty")
    );
}

#[test]
fn hidden_rows_numbers_formulas_and_empty_rows_are_what_they_are() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["ID", "Question", "Sum", "Box"]).expect("headers");
        sheet.write(1, 0, 1).expect("a number");
        sheet.write(1, 1, "2021").expect("a text");
        sheet.write_formula(1, 2, "=1+1").expect("a formula");
        sheet.write(1, 3, true).expect("a box");
        sheet.write(3, 1, 2.5).expect("a number");
        sheet.write(3, 2, "=1+1").expect("a text");
        sheet.set_row_hidden(3).expect("a hidden row");
        sheet.write_with_format(4, 1, " \u{A0} ", &Format::new()).expect("a space");
        sheet.write(5, 1, "line one_x000D_\nline two\u{B}").expect("a text");
    });
    let export = read(&bytes);
    let column = |header: &str| match export.find(header) {
        Found::One(column) => column,
        _ => panic!("no column {header}"),
    };
    let rows: Vec<usize> = export.rows.iter().map(|row| row.number).collect();
    assert_eq!(rows, [2, 4, 6]);
    assert_eq!(export.rows[0].cell(column("id")).text(), "1");
    assert_eq!(export.rows[0].cell(column("question")).text(), "2021");
    assert_eq!(export.rows[0].cell(column("sum")).content(), Content::Formula);
    assert_eq!(export.rows[0].cell(column("box")).text(), "TRUE");
    assert_eq!(export.rows[1].cell(column("question")).text(), "2.5");
    assert_eq!(*export.rows[1].cell(column("sum")), Cell::of_text("=1+1"));
    assert_eq!(export.rows[2].cell(column("question")).text(), "line one\nline two");
    assert!(export.notes[0].contains("1 hidden row of form.xlsx"), "{:?}", export.notes);
    assert_eq!(export.place(&export.rows[1], column("sum")), "row 4, column C (\"Sum\")");
}

#[test]
fn a_merged_header_and_a_sheet_without_headers_are_refused() {
    let merged = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.merge_range(0, 1, 0, 2, "Two questions", &Format::new()).expect("merged");
        sheet.write_row(1, 0, ["1", "a", "b"]).expect("answers");
    });
    let refusal = refusal(&merged);
    assert!(
        refusal.contains("has no header, and an answer in row 2") && refusal.contains("merged"),
        "{refusal}"
    );
}

#[test]
fn whose_workbook_it_is_is_never_read() {
    let bytes = workbook(|workbook| {
        workbook
            .set_properties(&DocProperties::new().set_author("Exporter Realname").set_company("Somewhere"));
        sheet(workbook, "Form1");
    });
    assert!(!format!("{:?}", read(&bytes)).contains("Realname"));
}

#[test]
fn other_files_are_refused_by_what_they_are() {
    let packed = |name: &str, text: &str| archive::pack(&[(name, text.to_owned())]).expect("an archive");
    assert!(refusal(&packed("word/document.xml", "x")).contains("a Word document"));
    assert!(refusal(&packed("Index/Document.iwa", "x")).contains("Numbers"));
    assert!(refusal(&packed("xl/workbook.bin", "x")).contains("binary workbook"));
    assert!(refusal(&packed("holiday.jpg", "x")).contains("an archive (.zip) and not a workbook"));
    assert!(refusal(&packed("xl/workbook.xml", "<workbook/>")).contains("not a whole workbook"));
    let stored = b"PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    assert!(refusal(stored).contains("an OpenDocument file"));
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend([0; 512]);
    assert!(refusal(&locked).contains("the old kind (.xls)"));
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refusal(&locked).contains("a password"));
}

#[test]
fn what_grows_without_end_is_refused_in_little_time() {
    let start = Instant::now();
    let good = workbook(|workbook| sheet(workbook, "Form1"));
    let bomb = changed(&good, |name, text| match name {
        "docProps/app.xml" => "0".repeat((64 << 20) + 1),
        _ => text,
    });
    assert!(bomb.len() < 1 << 20);
    assert!(refusal(&bomb).contains("unpacks to more than the answers of any form"));
    // Two cells at opposite ends of the largest sheet there is.
    let sparse = changed(&good, |name, text| match name {
        "xl/worksheets/sheet1.xml" => text
            .replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>"),
        _ => text,
    });
    assert!(refusal(&sparse).contains("larger than the answers of any form"));
    // Rows that reach far to the right, with one value each: without headers there, and with them.
    let wide: String =
        (3..60_000).map(|row| format!("<row r=\"{row}\"><c r=\"ALK{row}\"><v>1</v></c></row>")).collect();
    let wide = changed(&good, |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", &format!("{wide}</sheetData>")),
        _ => text,
    });
    assert!(refusal(&wide).contains("column ALK of form.xlsx has no header, and an answer in row 3"));
    let headed = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, (0..1_000).map(|at| format!("Question {at}"))).expect("headers");
        for row in 1..10_000 {
            sheet.write(row, 998, 1).expect("an answer");
        }
    });
    assert!(refusal(&headed).contains("larger than the answers of any form"));
    // One long text in thousands of cells.
    let cells: String = (3..5_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let shared = changed(&good, |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", &format!("{cells}</sheetData>")),
        "xl/sharedStrings.xml" => text.replacen("<t>ID</t>", &format!("<t>{}</t>", "x".repeat(32_000)), 1),
        _ => text,
    });
    assert!(refusal(&shared).contains("larger than the answers of any form"));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn damaged_workbooks_are_refused_and_never_end_the_program() {
    let good = workbook(|workbook| sheet(workbook, "Form1"));
    for end in (0..good.len()).step_by(97) {
        drop(Export::read("form.xlsx", &good[..end]));
    }
    // A simple generator, so that a failure can be repeated.
    let mut state = 12_345_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for _ in 0..150 {
        let mut bytes = good.clone();
        let at = next() % bytes.len();
        bytes[at] = next().to_le_bytes()[0];
        drop(Export::read("form.xlsx", &bytes));
    }
    // Damage inside the parts, which compression hides from the above.
    for _ in 0..150 {
        let (at, letter) = (next(), char::from(32 + (next() % 95) as u8));
        let bytes = changed(&good, |name, text| {
            if !name.ends_with(".xml") || (name.len() + at) % 3 != 0 {
                return text;
            }
            let at = (at % text.len()..).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let rest = text[at..].chars().skip(1).collect::<String>();
            format!("{}{letter}{rest}", &text[..at])
        });
        drop(Export::read("form.xlsx", &bytes));
    }
}
