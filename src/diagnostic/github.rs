//! Findings -> workflow commands, by which GitHub's runner shows each at its line.
//!
//! `::error file=…,line=…,col=…,title=…::message`. The runner cuts a command at its signs and reads `%25`, `%0D`, `%0A` as what
//! they stand for, in values also `%3A` and `%2C` (`@actions/core`, `command.ts`). A text that held them raw could begin a command
//! of its own.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};

/// How much a command says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Something stands in the way.
    Error,
    /// Something to know.
    Warning,
    /// What came of it.
    Notice,
}

/// Findings as commands, a line each. `folder` is the site's, from the repository's own, with a slash at its end.
pub fn github(found: &Diagnostics, sources: &Sources, folder: &str) -> String {
    found.iter().map(|finding| one(finding, sources, folder)).collect()
}

fn one(finding: &Diagnostic, sources: &Sources, folder: &str) -> String {
    let level = match finding.code.severity() {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let place = |span: Span| {
        let (line, column) = sources.line_column(span);
        (format!("{folder}{}", sources.file(span.file).path), line.to_string(), column.to_string())
    };
    let mut message = finding.message.clone();
    for (span, words) in &finding.related {
        let (file, line, column) = place(*span);
        message.push_str(&format!("\n{words}: {file}:{line}:{column}"));
    }
    for (name, text) in [("note", &finding.note), ("help", &finding.help)] {
        if let Some(text) = text {
            message.push_str(&format!("\n{name}: {text}"));
        }
    }
    let (file, line, column) = place(finding.span);
    let properties = [("file", &*file), ("line", &*line), ("col", &*column), ("title", finding.code.name())];
    command(level, &properties, &message)
}

/// One command, with the end of its line.
pub fn command(level: Level, properties: &[(&str, &str)], message: &str) -> String {
    let name = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    let blank = if properties.is_empty() { "" } else { " " };
    format!("::{name}{blank}{}::{}\n", properties.join(","), data(message.trim_end()))
}

/// A message. Control characters are no words, and whoever reads the log in a terminal is not to obey them.
fn data(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\n' | '\r') { '\u{FFFD}' } else { c })
        .collect();
    plain.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the message: a file's name must stay what it is.
fn property(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_command_or_begins_another() {
        let name = "content/100%\r\n::error::,a:b.md";
        let line =
            command(Level::Error, &[("file", name), ("line", "3")], "50%25\n::set-env name=A::b\r\u{1b}[31m");
        assert_eq!(
            line,
            "::error file=content/100%25%0D%0A%3A%3Aerror%3A%3A%2Ca%3Ab.md,line=3::50%2525%0A::set-env name=A::b%0D\u{FFFD}[31m\n"
        );
        assert_eq!(command(Level::Notice, &[], "Fine.\n"), "::notice::Fine.\n");
    }
}
