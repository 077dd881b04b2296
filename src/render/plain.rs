//! A page's resolved text -> plain HTML for those who read it away from the page: tables and quotations without the
//! theme, figures as what they say, people by name.

use super::chart;
use crate::html::{escape, escape_into};
use crate::site::{
    Actions, Body, Part, Questionnaire, Quotes, ReportFigure, ReportTable, Segment, TableNote,
};
use crate::theme::Interface;
use std::fmt::Write;

/// The text of a body in the language of `interface`.
pub(super) fn plain(body: &Body, interface: &Interface) -> String {
    let mut html = String::new();
    for segment in &body.segments {
        match segment {
            Segment::Html(text) => html.push_str(text),
            Segment::Table(table) => write_table(table, interface, &mut html),
            Segment::Figure(figure) => write_figure(figure, interface, &mut html),
            Segment::Quotes(quotes) => write_quotes(quotes, interface, &mut html),
            Segment::Actions(actions) => write_actions(actions, interface, &mut html),
            Segment::Questionnaire(questionnaire) => write_questionnaire(questionnaire, &mut html),
            Segment::People(people) => {
                html.push_str("<ul>\n");
                for profile in people {
                    element("li", profile.name(), &mut html);
                }
                html.push_str("</ul>\n");
            }
        }
    }
    html
}

fn element(name: &str, text: &str, html: &mut String) {
    let _ = write!(html, "<{name}>");
    escape_into(text, html);
    let _ = writeln!(html, "</{name}>");
}

fn write_table(table: &ReportTable, interface: &Interface, html: &mut String) {
    let caption = table.name();
    if table.parts.len() > 1 {
        let _ = writeln!(html, "<p><strong>{}</strong></p>", escape(&caption));
    }
    for part in &table.parts {
        if part.table.is_list() {
            let title = part.label.as_ref().map_or(&caption, |_| &part.table.title);
            element("p", title, html);
            html.push_str("<ul>\n");
            part.table.rows.iter().for_each(|row| element("li", &row.label, html));
            html.push_str("</ul>\n");
            continue;
        }
        html.push_str("<table>\n");
        element("caption", part.name().as_ref().unwrap_or(&caption), html);
        write_head(table, part, html);
        write_rows(table, part, html);
        html.push_str("</table>\n");
    }
    for TableNote { letter, key, .. } in &table.notes {
        let _ = writeln!(html, "<p><sup>{letter}</sup> {}</p>", escape(&interface.say(key, &[])));
    }
}

fn write_head(table: &ReportTable, part: &Part, html: &mut String) {
    let _ = write!(html, "<thead>\n<tr><th scope=\"col\">{}</th>", escape(&part.table.row_header));
    for (column, note) in table.columns(part) {
        let n = column.n.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
        let note = letter(note);
        let _ = write!(html, "<th scope=\"col\">{}{}{note}</th>", escape(&column.label), escape(&n));
    }
    html.push_str("</tr>\n</thead>\n");
}

fn write_rows(table: &ReportTable, part: &Part, html: &mut String) {
    html.push_str("<tbody>\n");
    for (label, cells) in table.rows(part) {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escape(label));
        for (cell, note) in cells {
            let _ = write!(html, "<td>{}{}</td>", escape(cell.words.as_str()), letter(note));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n");
}

/// The letter of a note, apart from the word before it.
fn letter(note: Option<&TableNote>) -> String {
    note.map(|note| format!("\u{A0}<sup>{}</sup>", note.letter)).unwrap_or_default()
}

fn write_figure(figure: &ReportFigure, interface: &Interface, html: &mut String) {
    let _ = writeln!(html, "<p><strong>{}. {}</strong></p>", escape(&figure.label), escape(&figure.caption));
    element("p", &chart::description(&figure.figure, interface), html);
}

fn write_actions(actions: &Actions, interface: &Interface, html: &mut String) {
    let Actions { label, caption, rows, .. } = actions;
    let _ = writeln!(html, "<p><strong>{}. {}</strong></p>\n<ul>", escape(label), escape(caption));
    for row in rows {
        let what = row.what.as_deref().unwrap_or_default();
        let came = match what {
            "" => row.status.clone(),
            what => interface.say("actions.told", &[("status", &row.status), ("what", what)]),
        };
        let date = row.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
        element("li", &format!("{}. {came}{date}", row.suggestion), html);
    }
    html.push_str("</ul>\n");
}

fn write_questionnaire(questionnaire: &Questionnaire, html: &mut String) {
    html.push_str("<ol>\n");
    for asked in &questionnaire.questions {
        let only = |only: &Option<String>| only.as_ref().map(|only| format!(" ({only})")).unwrap_or_default();
        let _ =
            write!(html, "<li>{}{} {}", escape(&asked.ask), escape(&only(&asked.only)), escape(&asked.how));
        if !asked.options.is_empty() {
            html.push_str("<ul>\n");
            for (label, groups) in &asked.options {
                element("li", &format!("{label}{}", only(groups)), html);
            }
            html.push_str("</ul>\n");
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n");
}

fn write_quotes(quotes: &Quotes, interface: &Interface, html: &mut String) {
    if let Some((_, label, caption)) = &quotes.frame {
        let _ = writeln!(html, "<p><strong>{}. {}</strong></p>", escape(label), escape(caption));
    }
    for quote in &quotes.quotes {
        html.push_str("<blockquote>\n");
        element("p", &interface.say("quote.marks", &[("text", &quote.text)]), html);
        let edited = if quote.edited { interface.say("quote.edited", &[]) } else { String::new() };
        let credit = format!("{} {edited}", quote.credit);
        if !credit.trim().is_empty() {
            element("p", credit.trim(), html);
        }
        html.push_str("</blockquote>\n");
    }
}
