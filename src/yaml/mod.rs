//! YAML text -> a tree whose every node knows its place -> typed values.
//!
//! [`tree::parse`] is the only code that knows the YAML package. It never guesses types: a scalar stays the text
//! that was written, with the knowledge whether it was quoted, so that `2022-23`, `4.60` and `no` remain what
//! the author typed, and a number or a boolean is only looked for where one is due. Duplicate keys, anchors and
//! texts that YAML would cut are findings here; keys, types and values are read by [`Fields`] and the functions
//! beside it. A [`Format`] describes the keys of a map, for its reader and for editors. Only a syntax error ends a
//! file early; everything else is collected.

mod day;
pub mod edit;
mod fields;
mod format;
mod line;
mod owner;
mod read;
mod slips;
mod syntax;
mod tree;

pub use fields::{Fields, fields, keyed, pairs};
pub use format::{
    DRAFT, Described, Form, Format, Holds, definitions, key, map_schema, reference, required, schema, words,
};
pub use line::Line;
pub use owner::{Blank, Key};
pub use read::{
    bad_id, boolean, date, day_or_month, id, items, localised, number, one_or_more, scalar, text, texts, word,
};
pub use tree::{Entry, Kind, Node, parse};
