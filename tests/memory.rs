//! What reading an export takes of memory: no more for a million rows than for ten thousand. Every allocation is counted,
//! so there is one test here and nothing beside it; no clock is asked.

use mentorpress::forms::{Found, Wanted, open_stream};
use peak_alloc::PeakAlloc;
use std::io::Read;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Rows that are made while they are read.
struct Made {
    head: &'static str,
    row: fn(usize, &mut Vec<u8>),
    count: usize,
    next: usize,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.piece.len() {
            self.piece.clear();
            self.at = 0;
            if self.next == 0 {
                self.piece.extend_from_slice(self.head.as_bytes());
            }
            while self.piece.len() < 4096 && self.next < self.count {
                (self.row)(self.next, &mut self.piece);
                self.next += 1;
            }
        }
        let count = buffer.len().min(self.piece.len() - self.at);
        buffer[..count].copy_from_slice(&self.piece[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn push(piece: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    use std::io::Write;
    piece.write_fmt(text).expect("memory");
}

fn wide(at: usize, piece: &mut Vec<u8>) {
    let stars = at % 5 + 1;
    push(piece, format_args!("{at},person{at}@example.org,{stars},\"A; B\nand {at}\",x\n"));
}

/// Two lines of a respondent, whose numbers are 12 digits long.
fn long(at: usize, piece: &mut Vec<u8>) {
    let (respondent, stars) = (at / 2 + 100_000_000_000, at / 2 % 5 + 1);
    match at % 2 {
        0 => push(piece, format_args!("{respondent},Stars,{stars}\n")),
        _ => push(piece, format_args!("{respondent},Why?,because {at}\n")),
    }
}

/// Reads a stream; returns how many rows have five stars, and the most memory that was taken at once.
fn peak(head: &'static str, row: fn(usize, &mut Vec<u8>), count: usize) -> (usize, usize) {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let start = move || -> std::io::Result<Box<dyn Read>> {
        Ok(Box::new(Made { head, row, count, next: 0, piece: Vec::new(), at: 0 }))
    };
    let mut opened = open_stream("form.csv", start).expect("an export");
    let [Found::One(stars), Found::One(why)] = ["Stars", "Why?"].map(|header| opened.columns.find(header))
    else {
        panic!("no such columns");
    };
    let wanted = Wanted::default().answers(stars).and_then(|wanted| wanted.answers(why)).expect("questions");
    let mut rows = opened.answers.rows(&wanted).expect("rows");
    let mut five = 0;
    while let Some(row) = rows.next_row().expect("a row") {
        assert!(!row.cell(why).is_empty());
        five += usize::from(row.cell(stars).text() == "5");
    }
    (five, ALLOCATED.peak_usage() - before)
}

#[test]
fn a_million_rows_take_no_more_memory_than_ten_thousand() {
    let (few, many) = (10_000, 1_000_000);
    for (head, row, share) in [
        ("ID,Email,Stars,Why?,Else\n", wide as fn(usize, &mut Vec<u8>), 5),
        ("respondent,question,answer\n", long, 10),
    ] {
        let (five, small) = peak(head, row, few);
        assert_eq!(five, few / share);
        let (five, large) = peak(head, row, many);
        assert_eq!(five, many / share);
        assert_eq!(large, small, "bytes for {many} rows and for {few}");
        assert!(large < 1 << 20, "{large} bytes");
    }
}
