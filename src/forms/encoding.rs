//! Bytes of a text file -> what it is written in ([`Encoding`]), found out by reading all of it once, and then its text,
//! in pieces: UTF-8 whose lines end in `\n`, and behind it a mark by which an open quotation is known.

use super::file::Source;
use crate::compression::Checksum;
use crate::failure::Failure;
use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};
use std::io::{self, Read};

/// How much is read at a time.
const PIECE: usize = 64 << 10;
/// What one record may have: more comes of a quotation mark that is never closed.
const MOST_IN_A_RECORD: usize = 16 << 20;
/// Stands behind the text. What cannot be typed into a form cannot be the whole of a row either.
pub(super) const MARK: &[u8] = b"\x04";

/// What a whole file was when it was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Seal {
    length: u64,
    checksum: u32,
}

/// Length and checksum of what was read so far.
#[derive(Default)]
struct Sealing {
    length: u64,
    checksum: Checksum,
}

impl Sealing {
    fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.checksum.add(bytes);
    }

    fn seal(&self) -> Seal {
        Seal { length: self.length, checksum: self.checksum.value() }
    }
}

/// What a file is written in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    encoding: &'static Encoding,
    /// How long the byte-order mark is.
    mark: usize,
    /// Whether it has to be decoded.
    is_decoded: bool,
    /// Whether it is in an older encoding, which nothing in it says.
    pub(super) is_old: bool,
    /// Whether it has bytes that are nothing in the encoding that it says it has.
    pub(super) is_broken: bool,
    seal: Seal,
}

impl Written {
    /// Reads all of a file. A byte-order mark says what it is written in; without one it is UTF-8 if all of it is.
    pub(super) fn find(source: &Source, most: u64) -> Result<Written, Failure> {
        let mut reader = source.start()?;
        let mut sealing = Sealing::default();
        let mut piece = vec![0; PIECE];
        let mut count = fill(&mut reader, &mut piece).map_err(source.unread())?;
        let (encoding, mark) = Encoding::for_bom(&piece[..count]).unwrap_or((UTF_8, 0));
        if mark == 0 && piece[..count.min(512)].contains(&0) {
            return Err(Failure::refused(
                format!("{} is not a text", source.name),
                "save it as CSV UTF-8, or export the form again",
            ));
        }
        let mut validity = Validity::of(encoding);
        let mut skip = mark;
        loop {
            let bytes = &piece[..count];
            sealing.add(bytes);
            if sealing.length > most {
                return Err(source.too_large(most));
            }
            validity.add(&bytes[skip.min(count)..], count == 0);
            skip = 0;
            if count == 0 {
                break;
            }
            count = fill(&mut reader, &mut piece).map_err(source.unread())?;
        }
        if validity.is_cut {
            return Err(Failure::refused(
                format!("{} ends within a letter: it was cut off", source.name),
                "export the form again",
            ));
        }
        let is_broken = validity.is_broken;
        let is_old = is_broken && mark == 0;
        let encoding = if is_old { WINDOWS_1252 } else { encoding };
        let is_decoded = is_broken || encoding != UTF_8;
        let seal = sealing.seal();
        Ok(Written { encoding, mark, is_decoded, is_old, is_broken: is_broken && !is_old, seal })
    }

    /// The text of a file from its start.
    pub(super) fn text<'s>(&self, source: &'s Source) -> Result<Text<'s>, Failure> {
        Ok(Text {
            reader: source.start()?,
            written: *self,
            decoder: self.is_decoded.then(|| self.encoding.new_decoder_without_bom_handling()),
            skip: self.mark,
            sealing: Sealing::default(),
            piece: vec![0; PIECE],
            text: Vec::new(),
            at: 0,
            is_over: false,
            has_return: false,
            last: None,
            in_record: 0,
        })
    }
}

/// Whether all pieces of a file are what their encoding allows.
struct Validity {
    is_broken: bool,
    /// Of an encoding other than UTF-8, and room for what it decodes.
    decoder: Option<(Decoder, Vec<u8>)>,
    /// The beginning of a letter of UTF-8 that goes on in the next piece.
    begun: Vec<u8>,
    /// Whether there were such letters, so that it can be no older encoding.
    has_letters: bool,
    /// Whether the last of them stops in its middle, and nothing else is wrong.
    is_cut: bool,
}

impl Validity {
    fn of(encoding: &'static Encoding) -> Validity {
        let decoder = (encoding != UTF_8)
            .then(|| (encoding.new_decoder_without_bom_handling(), vec![0; PIECE * 3 + 16]));
        Validity { is_broken: false, decoder, begun: Vec::new(), has_letters: false, is_cut: false }
    }

    fn add(&mut self, mut bytes: &[u8], is_last: bool) {
        if let Some((decoder, room)) = &mut self.decoder {
            self.is_broken |= decoder.decode_to_utf8(bytes, room, is_last).3;
            return;
        }
        if self.is_broken {
            return;
        }
        // At most three bytes complete a letter.
        while let (false, [next, rest @ ..]) = (self.begun.is_empty(), bytes) {
            self.begun.push(*next);
            bytes = rest;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => {
                    self.has_letters = true;
                    self.begun.clear();
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.is_broken = true;
                    return;
                }
            }
        }
        let mut valid = bytes.len();
        if let Err(error) = std::str::from_utf8(bytes) {
            self.is_broken = error.error_len().is_some();
            valid = error.valid_up_to();
            if !self.is_broken {
                self.begun.extend_from_slice(&bytes[valid..]);
            }
        }
        self.has_letters |= !bytes[..valid].is_ascii();
        if is_last && !self.begun.is_empty() {
            self.is_cut = self.has_letters;
            self.is_broken = true;
        }
    }
}

/// Fills a buffer as far as there is something to fill it with.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < buffer.len() {
        match reader.read(&mut buffer[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// The text of a file in UTF-8, of which one piece is in memory at a time.
pub(super) struct Text<'s> {
    reader: Box<dyn Read + 's>,
    written: Written,
    decoder: Option<Decoder>,
    /// How much of a byte-order mark is still ahead.
    skip: usize,
    sealing: Sealing,
    piece: Vec<u8>,
    text: Vec<u8>,
    /// What of `text` was handed out.
    at: usize,
    is_over: bool,
    /// Whether a carriage return waits for what follows it.
    has_return: bool,
    /// The last byte of the text.
    last: Option<u8>,
    /// How much was handed out since a record began.
    in_record: usize,
}

impl Text<'_> {
    /// A new record is begun.
    pub(super) fn begin_record(&mut self) {
        self.in_record = 0;
    }

    /// Whether a record is longer than any.
    pub(super) fn is_endless(&self) -> bool {
        self.in_record > MOST_IN_A_RECORD
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.sealing.length
    }

    /// Whether all was handed out.
    pub(super) fn is_over(&self) -> bool {
        self.is_over && self.at == self.text.len()
    }

    /// Whether what was read now is what was read first.
    pub(super) fn is_same(&self) -> bool {
        self.sealing.seal() == self.written.seal
    }

    /// Whether the last line has an end.
    pub(super) fn ends_with_a_line(&self) -> bool {
        self.last.is_none_or(|last| last == b'\n' || last == b'\r')
    }

    /// Leaves out the first line.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = self.text[self.at..].iter().position(|byte| *byte == b'\n') {
                self.at += end + 1;
                return Ok(());
            }
            self.at = self.text.len();
            if self.is_over {
                return Ok(());
            }
            self.next_piece()?;
        }
    }

    /// Its first characters.
    pub(super) fn head(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(most);
        while head.len() < most && !self.is_over {
            self.next_piece()?;
            head.extend_from_slice(&self.text[..self.text.len().min(most - head.len())]);
        }
        Ok(head)
    }

    /// The next piece takes the place of the one before.
    fn next_piece(&mut self) -> io::Result<()> {
        self.piece.resize(PIECE, 0);
        let count = fill(&mut self.reader, &mut self.piece)?;
        self.piece.truncate(count);
        self.sealing.add(&self.piece);
        let skip = std::mem::take(&mut self.skip).min(count);
        self.at = 0;
        match &mut self.decoder {
            None => {
                // Hardly ever is there a byte-order mark to be moved away.
                self.piece.drain(..skip);
                std::mem::swap(&mut self.piece, &mut self.text);
            }
            Some(decoder) => {
                let bytes = &self.piece[skip..];
                // Three bytes for each is the most that any encoding needs.
                self.text.resize(bytes.len() * 3 + 16, 0);
                let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut self.text, count == 0);
                self.text.truncate(written);
            }
        }
        if let Some(last) = self.text.last() {
            self.last = Some(*last);
        }
        self.end_lines(count == 0);
        if count == 0 {
            self.is_over = true;
            self.text.push(b'\n');
            self.text.extend_from_slice(MARK);
            self.text.push(b'\n');
        }
        Ok(())
    }

    /// `\r\n` becomes `\n`, so that rows can be counted by it.
    fn end_lines(&mut self, is_last: bool) {
        if self.has_return {
            self.has_return = false;
            if self.text.first() != Some(&b'\n') {
                self.text.insert(0, b'\r');
            }
        }
        if !is_last && self.text.last() == Some(&b'\r') {
            self.text.pop();
            self.has_return = true;
        }
        // What lies between two of them moves in one piece.
        let (mut kept, mut from) = (0, 0);
        while let Some(found) = memchr::memchr(b'\r', &self.text[from..]) {
            let at = from + found;
            let end = if self.text.get(at + 1) == Some(&b'\n') { at } else { at + 1 };
            self.text.copy_within(from..end, kept);
            kept += end - from;
            from = at + 1;
        }
        self.text.copy_within(from.., kept);
        self.text.truncate(kept + self.text.len() - from);
    }
}

impl Read for Text<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if self.is_over {
                return Ok(0);
            }
            self.next_piece()?;
        }
        if self.is_endless() {
            return Err(io::Error::other("a record without an end"));
        }
        let count = buffer.len().min(self.text.len() - self.at);
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        self.in_record += count;
        Ok(count)
    }
}
