//! The first row -> [`Column`]s, each known by its header's text.

use super::{Cell, plain, tidy};

/// What a column holds by its header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The number of the submission.
    Id,
    /// When it was begun.
    Started,
    /// When it was sent.
    Completed,
    /// The address of the account that sent it; `anonymous` where the form does not ask for one.
    Email,
    /// The name of that account.
    Name,
    /// When it was last changed.
    Modified,
    /// The language in which the form was shown.
    Language,
    /// Points of a quiz and remarks on them.
    Quiz,
    /// A question of the form.
    Question,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Where it stands, from 0.
    pub at: usize,
    /// Its header, on one line.
    pub header: String,
    /// What it holds.
    pub kind: Kind,
    key: String,
}

/// What came of looking for a header.
#[derive(Clone, Copy, Debug)]
pub enum Found<'e> {
    /// This column.
    One(&'e Column),
    /// None.
    None,
    /// Two or more that are the same.
    Several(&'e Column, &'e Column),
}

impl Column {
    /// The column in words: `column F ("What can you help with?")`.
    pub fn place(&self) -> String {
        let header = if self.header.chars().count() > 60 {
            format!("{}…", self.header.chars().take(59).collect::<String>())
        } else {
            self.header.clone()
        };
        format!("column {} (\"{header}\")", letters(self.at))
    }
}

/// Headers of the columns that Forms puts before the questions, by the language of whoever exports: English, German,
/// Spanish, French, Dutch. In other languages they are columns like any other, and named in what reads the export.
const LEADING: [(&str, Kind); 33] = [
    ("id", Kind::Id),
    ("start time", Kind::Started),
    ("completion time", Kind::Completed),
    ("email", Kind::Email),
    ("name", Kind::Name),
    ("last modified time", Kind::Modified),
    ("language", Kind::Language),
    ("total points", Kind::Quiz),
    ("quiz feedback", Kind::Quiz),
    ("grade posted time", Kind::Quiz),
    ("startzeit", Kind::Started),
    ("fertigstellungszeit", Kind::Completed),
    ("e-mail", Kind::Email),
    ("zeitpunkt der letzten änderung", Kind::Modified),
    ("sprache", Kind::Language),
    ("hora de inicio", Kind::Started),
    ("hora de finalización", Kind::Completed),
    ("correo electrónico", Kind::Email),
    ("nombre", Kind::Name),
    ("hora de la última modificación", Kind::Modified),
    ("idioma", Kind::Language),
    ("heure de début", Kind::Started),
    ("heure de fin", Kind::Completed),
    ("adresse de messagerie", Kind::Email),
    ("nom", Kind::Name),
    ("heure de la dernière modification", Kind::Modified),
    ("langue", Kind::Language),
    ("begintijd", Kind::Started),
    ("tijd van voltooien", Kind::Completed),
    ("naam", Kind::Name),
    ("tijd van laatste wijziging", Kind::Modified),
    ("taal", Kind::Language),
    ("timestamp", Kind::Completed),
];

/// Reads the headers; columns without one are left out.
pub(super) fn read(cells: &[Cell]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut is_leading = true;
    for (at, cell) in cells.iter().enumerate() {
        let header = tidy(&cell.text());
        let key = plain(&header);
        if key.is_empty() {
            continue;
        }
        let known = LEADING.iter().find(|(name, _)| *name == key).map(|(_, kind)| *kind);
        is_leading &= known.is_some();
        let kind = match known {
            // A question with such a title comes after other questions, or has a digit.
            Some(kind) if is_leading => kind,
            _ if is_quiz(&key, &columns) => Kind::Quiz,
            _ => Kind::Question,
        };
        columns.push(Column { at, header, kind, key });
    }
    columns
}

/// `Points - Q` and `Feedback - Q` follow the question Q.
fn is_quiz(key: &str, before: &[Column]) -> bool {
    ["points - ", "feedback - "]
        .iter()
        .filter_map(|prefix| key.strip_prefix(prefix))
        .any(|question| before.iter().any(|column| column.key == question))
}

/// The column of a header typed by hand.
pub(super) fn find<'e>(columns: &'e [Column], typed: &str) -> Found<'e> {
    let wanted = plain(typed);
    let one = |same: &dyn Fn(&Column) -> bool| {
        let mut all = columns.iter().filter(|column| same(column));
        match (all.next(), all.next()) {
            (Some(first), Some(second)) => Found::Several(first, second),
            (Some(only), None) => Found::One(only),
            (None, _) => Found::None,
        }
    };
    match one(&|column| column.key == wanted) {
        Found::None if !wanted.is_empty() => one(&|column| {
            column.kind == Kind::Question
                && (without_digits(&column.key) == wanted || column.key == without_digits(&wanted))
        }),
        found => found,
    }
}

/// `when2` is `when`. A title that ends in a digit of its own keeps it where a space stands before.
fn without_digits(key: &str) -> &str {
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() || bare.ends_with(' ') { key } else { bare }
}

/// The letters of a column: 0 is A, 26 is AA.
pub(super) fn letters(at: usize) -> String {
    let mut letters = String::new();
    let mut rest = at + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}
