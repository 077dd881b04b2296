//! Pieces of a workbook's part, as they are unpacked -> whether it can be read in little memory ([`Scan`]), and what of it
//! has to be known before its cells are read: hidden rows, merged cells, how many texts it says it has.

/// What one text or tag of a large part, and one cell, may have. The longest text of a cell is 32,767 characters.
const MOST_AT_ONCE: usize = 1 << 20;
/// Parts of up to this size fit into memory whatever they hold.
const SMALL: u64 = 64 << 20;
/// So much of a tag is looked at.
const MOST_OF_A_TAG: usize = 4 << 10;

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Within {
    #[default]
    Text,
    Tag,
    /// A value in a tag, within these quotation marks.
    Quoted(u8),
}

/// What was seen of a part.
#[derive(Default)]
pub(super) struct Scan {
    within: Within,
    tag: Vec<u8>,
    /// Since the last text or tag began.
    length: usize,
    /// Since the last cell began.
    in_cell: usize,
    size: u64,
    is_strange: bool,
    /// Rows that are hidden.
    pub(super) hidden: usize,
    /// Whether cells are merged.
    pub(super) has_merged: bool,
    /// How many shared texts it says it has.
    texts: u64,
}

impl Scan {
    pub(super) fn add(&mut self, mut piece: &[u8]) {
        self.size += piece.len() as u64;
        while !piece.is_empty() {
            let end = match self.within {
                Within::Text => memchr::memchr(b'<', piece),
                Within::Tag => memchr::memchr3(b'>', b'"', b'\'', piece),
                Within::Quoted(mark) => memchr::memchr(mark, piece),
            };
            let count = end.map_or(piece.len(), |end| end + 1);
            self.length += count;
            self.in_cell += count;
            self.is_strange |= self.length > MOST_AT_ONCE || self.in_cell > MOST_AT_ONCE;
            if self.within != Within::Text && self.tag.len() < MOST_OF_A_TAG {
                self.tag.extend_from_slice(&piece[..count]);
            }
            if end.is_some() {
                self.turn(piece[count - 1]);
            }
            piece = &piece[count..];
        }
    }

    fn turn(&mut self, mark: u8) {
        self.within = match (self.within, mark) {
            (Within::Text, _) => {
                self.length = 0;
                self.tag.clear();
                Within::Tag
            }
            (Within::Tag, b'>') => {
                self.length = 0;
                self.note();
                Within::Text
            }
            (Within::Tag, mark) => Within::Quoted(mark),
            (Within::Quoted(_), _) => Within::Tag,
        };
    }

    /// Takes note of a tag that has ended.
    fn note(&mut self) {
        let is_end = self.tag.first() == Some(&b'/');
        let tag = if is_end { &self.tag[1..] } else { &self.tag[..] };
        let end = tag.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(0);
        let name = tag[..end].rsplit(|b| *b == b':').next().unwrap_or_default();
        match name {
            b"c" | b"si" => self.in_cell = 0,
            b"row" => {
                self.in_cell = 0;
                let says = |text: &[u8]| memchr::memmem::find(tag, text).is_some();
                self.hidden += usize::from(!is_end && (says(b"hidden=\"1\"") || says(b"hidden=\"true\"")));
            }
            b"mergeCell" => (self.in_cell, self.has_merged) = (0, true),
            b"sst" if !is_end => self.texts = number(tag, b"uniqueCount=\""),
            // Between the cells and beside them nothing is kept.
            b"t" | b"v" | b"f" | b"is" | b"r" | b"rPh" | b"rPr" => {}
            _ => {
                // A remark is read in one piece, whatever seems to be tags in it; so is all that begins like one.
                let is_declaration =
                    name == b"?xml" && memchr::memmem::find(tag, b"?>") == Some(tag.len() - 2);
                let is_plain = name.first().is_some_and(u8::is_ascii_alphabetic);
                self.is_strange |= !is_plain && !is_declaration;
                self.in_cell = 0;
            }
        }
    }

    /// Whether the part can be read in little memory.
    pub(super) fn is_bounded(&self) -> bool {
        self.is_bounded_above(SMALL)
    }

    fn is_bounded_above(&self, small: u64) -> bool {
        (self.size <= small || !self.is_strange) && self.texts <= self.size
    }
}

/// The number behind a key of a tag.
fn number(tag: &[u8], key: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, key) else { return 0 };
    let digits = tag[at + key.len()..].iter().take_while(|b| b.is_ascii_digit());
    digits.fold(0, |number: u64, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str, piece: usize) -> Scan {
        let mut scan = Scan::default();
        text.as_bytes().chunks(piece).for_each(|piece| scan.add(piece));
        scan
    }

    #[test]
    fn hidden_rows_and_merged_cells_are_seen_wherever_a_piece_ends() {
        let text = r#"<?xml version="1.0"?><x:sheetData><x:row r="1" hidden="1"><c r="A1" t='>"<'><v>1</v></c></x:row>
            <row hidden="true"/><row r="3" a="hidden='1'">hidden="1"</row></x:sheetData><mergeCell ref="A1:B2"/>"#;
        for piece in 1..40 {
            let scan = scan(text, piece);
            assert_eq!((scan.hidden, scan.has_merged, scan.is_bounded()), (2, true, true), "{piece}");
        }
    }

    #[test]
    fn what_would_be_read_in_one_piece_is_not_bounded() {
        assert!(!scan("<sst uniqueCount=\"99999999999999999999999\"><si/></sst>", 7).is_bounded());
        assert!(scan("<sst count=\"9\" uniqueCount=\"1\"><si/></sst>", 7).is_bounded());
        let long = "x".repeat(MOST_AT_ONCE / 2);
        for (text, is_bounded) in [
            (format!("<c><v>{long}</v></c>"), true),
            (format!("<c><v>{long}{long}</v></c>"), false),
            (format!("<c><is><r><t>{long}</t></r><r><t>{long}</t></r></is></c>"), false),
            (format!("<c r=\"{long}>{long}\"/>"), false),
            ("<?xml version=\"1.0\"?>".to_owned(), true),
            ("<?xml version=\"?>\"?>".to_owned(), false),
            ("<!-- <a> -->".to_owned(), false),
            ("<![CDATA[ <a> ]]>".to_owned(), false),
        ] {
            let scan = scan(&format!("<row><c><v>1</v></c></row>{text}"), 1 << 16);
            assert!(scan.is_bounded());
            assert_eq!(scan.is_bounded_above(0), is_bounded, "{text:.20}");
        }
    }
}
