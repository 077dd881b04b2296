//! `mentorpress mentors list`.

use super::{Place, complain, complain_of_doubt, count, print, read_date};
use crate::committee::{Older, Row, Scheme, Wanted, list};
use crate::diagnostic::one_of;
use crate::directory::{STANDINGS, Standing};
use crate::failure::Failure;
use crate::output::csv_field;
use jiff::civil::Date;

/// Options of `list`.
#[derive(clap::Args, Debug)]
pub(super) struct List {
    /// Only who is due for review on this day or before it
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    due: Option<Date>,
    /// Only who is in this state: registered, listed, full, due, paused, overdue, without-consent, withdrawn, not-shown
    #[arg(long, value_name = "STATE", value_parser = read_state)]
    state: Option<Standing>,
    /// Only who agreed to an older wording than the one in force, and to which
    #[arg(long)]
    ask_again: bool,
    /// With e-mail addresses, from private/addresses.yaml
    #[arg(long)]
    addresses: bool,
    /// As CSV, with everything
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    place: Place,
}

fn read_state(typed: &str) -> Result<Standing, String> {
    // Nobody is left out of a list because of a build.
    let states = || STANDINGS.iter().filter(|meaning| meaning.standing != Standing::LeftOut);
    let short = |word: &str| if word.starts_with("due") { "due".to_owned() } else { word.replace(' ', "-") };
    let wanted = typed.to_lowercase().replace([' ', '_'], "-");
    let found = states().find(|meaning| {
        let word = meaning.word.replace(' ', "-");
        word == wanted || short(meaning.word) == wanted
    });
    found.map(|meaning| meaning.standing).ok_or_else(|| {
        let words: Vec<String> = states().map(|meaning| short(meaning.word)).collect();
        one_of(typed, words.iter().map(String::as_str))
    })
}

impl List {
    pub(super) fn run(self) -> Result<u8, Failure> {
        let scheme = Scheme::read(&self.place.site, self.place.date())?;
        let wanted =
            Wanted { due: self.due, state: self.state, ask_again: self.ask_again, addresses: self.addresses };
        complain_of_doubt(&scheme);
        let list = list(&scheme, &wanted)?;
        if self.csv {
            print(&csv(&list.rows, self.addresses));
        } else {
            let place = if scheme.is_complete() { "" } else { " in content/mentors" };
            print(&self.table(&list.rows, place));
        }
        if !list.unread.is_empty() {
            complain(&format!(
                "{} cannot be read and {} not in the list (mentorpress check says why): {}\n",
                count(list.unread.len(), "record", "records"),
                if list.unread.len() == 1 { "is" } else { "are" },
                list.unread.join(", ")
            ));
        }
        Ok(u8::from(!scheme.is_complete()))
    }

    fn table(&self, rows: &[Row], place: &str) -> String {
        let mut columns: Vec<Column> = vec![
            Column::new("Id", rows, |row| row.id.clone()),
            Column::new("Name", rows, |row| row.name.clone()),
            Column::new("State", rows, state),
        ];
        if self.ask_again {
            columns.push(Column::new("Ask again about", rows, |row| agreed(&row.ask_again)));
        }
        if self.addresses {
            let address = |row: &Row| row.address.clone().unwrap_or_else(|| "not known".to_owned());
            columns.push(Column::new("Address", rows, address));
        }
        if !self.ask_again && !self.addresses {
            columns.push(Column::new("Taken", rows, |row| {
                row.places.map_or(String::new(), |(taken, places)| format!("{taken} of {places}"))
            }));
            columns.push(Column::new("Review by", rows, |row| {
                row.review_by.map_or(String::new(), |day| day.to_string())
            }));
        }
        let mut text = if rows.is_empty() { String::new() } else { lines(columns) };
        text.push_str(&match rows.len() {
            0 => format!("Nobody{place}.\n"),
            n => format!("{}{place}.\n", count(n, "person", "people")),
        });
        text
    }
}

/// A cell without what would change the terminal: control characters and those that turn the direction of a text.
fn harmless(cell: &str) -> String {
    let is_harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    cell.chars().map(|c| if is_harmful(c) { '\u{FFFD}' } else { c }).collect()
}

fn state(row: &Row) -> String {
    match row.until {
        Some(until) => format!("{} until {until}", row.state),
        None => row.state.clone(),
    }
}

fn agreed(older: &[Older]) -> String {
    let words = older.iter().map(|older| {
        let agreed = older.agreed.as_deref().unwrap_or("no wording noted");
        format!("{} ({agreed}, now {})", older.purpose, older.current)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// So many characters a line.
const WIDTH: usize = 100;
/// No column is made narrower than this.
const NARROWEST: usize = 10;
const GAP: usize = 2;

/// A column of a table: its head, then its cells.
struct Column {
    cells: Vec<String>,
    width: usize,
}

impl Column {
    fn new(head: &str, rows: &[Row], cell: impl Fn(&Row) -> String) -> Column {
        let cells: Vec<String> =
            std::iter::once(head.to_owned()).chain(rows.iter().map(|row| harmless(&cell(row)))).collect();
        let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
        Column { cells, width }
    }
}

/// The widest columns give way until a line fits.
fn lines(mut columns: Vec<Column>) -> String {
    loop {
        let total = columns.iter().map(|column| column.width).sum::<usize>() + GAP * (columns.len() - 1);
        // Whoever must be written to needs the whole address: the last column gives way last.
        let last = columns.len() - 1;
        let widest = columns[..last].iter_mut().max_by_key(|column| column.width);
        match widest {
            Some(column) if total > WIDTH && column.width > NARROWEST => column.width -= 1,
            _ => break,
        }
    }
    let mut text = String::new();
    for at in 0..columns.first().map_or(0, |column| column.cells.len()) {
        let mut line = String::new();
        for (number, column) in columns.iter().enumerate() {
            let cell = &column.cells[at];
            let length = cell.chars().count();
            let is_last = number + 1 == columns.len();
            if length > column.width && !is_last {
                line.extend(cell.chars().take(column.width - 1).chain(['…']));
                line.push_str("  ");
            } else {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', (column.width + GAP).saturating_sub(length)));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn csv(rows: &[Row], addresses: bool) -> String {
    let mut head = vec!["id", "name", "state", "until", "taken", "capacity", "review_by", "ask_again"];
    if addresses {
        head.push("address");
    }
    let mut text = format!("{}\r\n", head.join(","));
    for row in rows {
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let number =
            |pick: fn((u32, u32)) -> u32| row.places.map_or(String::new(), |both| pick(both).to_string());
        let mut cells = vec![
            row.id.clone(),
            row.name.clone(),
            row.state.clone(),
            day(row.until),
            number(|(taken, _)| taken),
            number(|(_, capacity)| capacity),
            day(row.review_by),
            agreed(&row.ask_again),
        ];
        if addresses {
            cells.push(row.address.clone().unwrap_or_default());
        }
        let cells: Vec<String> = cells.iter().map(|cell| csv_field(cell)).collect();
        text.push_str(&format!("{}\r\n", cells.join(",")));
    }
    text
}
