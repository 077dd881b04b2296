//! The first row -> [`Column`]s, each known by its header's text.

use super::{Cell, plain, tidy};
use crate::diagnostic::nearest;
use std::fmt;
use std::ops::Deref;

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

impl Kind {
    /// Whether a column of this kind tells who sent an answer, or when: never an answer itself.
    pub fn identifies(self) -> bool {
        matches!(self, Kind::Id | Kind::Started | Kind::Completed | Kind::Email | Kind::Name | Kind::Modified)
    }
}

/// A column; in an export in the long form, a question.
#[derive(Clone)]
pub struct Column {
    /// Where it stands, from 0.
    pub at: usize,
    /// Its header, on one line.
    pub header: String,
    /// What it holds.
    pub kind: Kind,
    /// In the long form, the row in which it is first asked.
    pub(super) asked: Option<usize>,
    key: String,
}

/// The columns of an export that have a header, in their order.
#[derive(Clone, Debug, Default)]
pub struct Columns(pub(super) Vec<Column>);

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
    /// The column in words: `column F ("What can you help with?")`. The letter is always there; the header only where it
    /// may be [repeated](may_be_repeated).
    pub fn place(&self) -> String {
        match (self.shown(), self.asked) {
            (Some(header), None) => format!("column {} (\"{header}\")", letters(self.at)),
            (None, None) => format!("column {} (its header is not repeated here)", letters(self.at)),
            (Some(header), Some(row)) => format!("the question \"{header}\" (first in row {row})"),
            (None, Some(row)) => format!("the question in row {row} (not repeated here)"),
        }
    }

    /// Its header as it may be repeated in a message, cut where it is long.
    fn shown(&self) -> Option<String> {
        if !may_be_repeated(&self.header) {
            return None;
        }
        Some(if self.header.chars().count() > 60 {
            format!("{}…", self.header.chars().take(59).collect::<String>())
        } else {
            self.header.clone()
        })
    }

    /// The form in which headers are compared.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// A question of the long form.
    pub(super) fn question(at: usize, text: &str, row: usize) -> Column {
        let header = tidy(text);
        let key = plain(&header);
        Column { at, kind: known(&key).unwrap_or(Kind::Question), asked: Some(row), header, key }
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} in {}", self.kind, self.place())
    }
}

impl Deref for Columns {
    type Target = [Column];

    fn deref(&self) -> &[Column] {
        &self.0
    }
}

impl<'c> IntoIterator for &'c Columns {
    type Item = &'c Column;
    type IntoIter = std::slice::Iter<'c, Column>;

    fn into_iter(self) -> std::slice::Iter<'c, Column> {
        self.0.iter()
    }
}

impl Columns {
    /// The column that a header typed by hand means: the same after [`plain`], else the only one that is the same but
    /// for the digit that Forms puts after a title it has used before.
    pub fn find(&self, typed: &str) -> Found<'_> {
        find(self, typed)
    }

    /// The first column of a kind.
    pub fn first(&self, kind: Kind) -> Option<&Column> {
        self.iter().find(|column| column.kind == kind)
    }

    /// The column whose header is nearest to one that is not there.
    pub fn nearest(&self, typed: &str) -> Option<&Column> {
        let near = nearest(typed, self.iter().map(|column| column.header.as_str()))?;
        self.iter().find(|column| column.header == near)
    }

    /// What to do about a header that is not there.
    pub fn suggest(&self, typed: &str) -> String {
        match self.nearest(typed) {
            Some(column) if may_be_repeated(&column.header) => format!("did you mean \"{}\"?", column.header),
            Some(column) => format!("did you mean {}?", column.place()),
            None => "copy the question from the first row of the export".to_owned(),
        }
    }
}

/// Whether a header, or the name of a sheet, may be repeated in a message. Where somebody deleted the first row, the first
/// answers stand in its place; so what looks like a person's is not repeated: more than 120 characters, an e-mail address,
/// or a number as long as a telephone number or an ORCID iD (seven digits on end, nine with separators between them).
pub fn may_be_repeated(text: &str) -> bool {
    const LONGEST: usize = 120;
    let text = plain(text);
    let (mut on_end, mut in_all, mut is_long) = (0, 0, false);
    for c in text.chars() {
        match c {
            c if c.is_numeric() => (on_end, in_all) = (on_end + 1, in_all + 1),
            ' ' | '.' | '-' | '/' | '(' | ')' | '+' => on_end = 0,
            _ => (on_end, in_all) = (0, 0),
        }
        is_long |= on_end >= 7 || in_all >= 9;
    }
    text.chars().count() <= LONGEST && !text.contains('@') && !is_long
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
pub(super) fn read(cells: &[Cell]) -> Columns {
    let mut columns: Vec<Column> = Vec::new();
    let mut is_leading = true;
    for (at, cell) in cells.iter().enumerate() {
        let header = tidy(&cell.text());
        let key = plain(&header);
        if key.is_empty() {
            continue;
        }
        let known = known(&key);
        is_leading &= known.is_some();
        let kind = match known {
            // A question with such a title comes after other questions, or has a digit.
            Some(kind) if is_leading => kind,
            _ if is_quiz(&key, &columns) => Kind::Quiz,
            _ => Kind::Question,
        };
        columns.push(Column { at, header, kind, asked: None, key });
    }
    Columns(columns)
}

/// What a column of Forms' own holds, by the key of its header.
fn known(key: &str) -> Option<Kind> {
    LEADING.iter().find(|(name, _)| *name == key).map(|(_, kind)| *kind)
}

/// `Points - Q` and `Feedback - Q` follow the question Q.
fn is_quiz(key: &str, before: &[Column]) -> bool {
    ["points - ", "feedback - "]
        .iter()
        .filter_map(|prefix| key.strip_prefix(prefix))
        .any(|question| before.iter().any(|column| column.key == question))
}

/// The column of a header typed by hand.
fn find<'e>(columns: &'e [Column], typed: &str) -> Found<'e> {
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
