//! A value of a workbook -> a [`Cell`].

use super::cell::{self, Cell, Value};
use super::moment;
use calamine::DataRef;
use std::borrow::Cow;

/// Whether a value shows nothing.
pub(super) fn is_blank(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            cell::is_blank(&unescape(text))
        }
        DataRef::SharedString(text) => cell::is_blank(&unescape(text)),
        _ => false,
    }
}

/// Puts a value into a cell.
pub(super) fn set(cell: &mut Cell, value: &DataRef<'_>, is_formula: bool, is_1904: bool) {
    if is_formula {
        cell.0 = Value::Formula;
        return;
    }
    match value {
        DataRef::Empty => cell.clear(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            cell.set_text(&unescape(text));
        }
        DataRef::SharedString(text) => cell.set_text(&unescape(text)),
        DataRef::Int(number) => cell.0 = Value::Number(*number as f64),
        DataRef::Float(number) => cell.0 = Value::Number(*number),
        DataRef::Bool(value) => cell.set_text(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(serial) => {
            // Workbooks of old Macs count from 1904.
            let days = serial.as_f64() + if is_1904 { 1_462.0 } else { 0.0 };
            cell.0 = moment::from_serial(days).map_or(Value::Number(days), Value::Moment);
        }
        DataRef::Error(error) => cell.0 = Value::Fault(error.to_string()),
    }
}

/// `_x000D_` is how a workbook writes a character that XML cannot hold.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
