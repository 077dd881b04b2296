//! A finished report -> a Word document, for those who review in Word: `story` writes the text, `styles` holds the
//! look.
//!
//! The document is made from what the page is made from: the resolved text and the judged tables. Nothing in it is
//! looked up again, and nothing of the machine or the hour is in it.

mod instrument;
mod story;
mod styles;

use super::Download;
use crate::archive;
use crate::evaluation::FigureKind;
use crate::html::escape;
use crate::render::chart;
use crate::render::citation::Citation;
use crate::render::xml::allowed;
use crate::render::{correction, view};
use crate::site::{Part, Quotes, ReportFigure, ReportTable, Segment, TableNote, prefixed};
use story::Story;

pub(super) fn docx(download: &Download) -> Result<Vec<u8>, String> {
    let host = download.site.project.site.base.host();
    let right_to_left = download.is_right_to_left();
    let mut story = Story::new(host, right_to_left);
    head(download, &mut story);
    for segment in &download.page.body.segments {
        match segment {
            Segment::Html(html) => story.html(html),
            Segment::Table(table) => report_table(download, table, &mut story),
            Segment::Figure(figure) => report_figure(download, figure, &mut story),
            Segment::Quotes(quotes) => quotations(download, quotes, &mut story),
            Segment::Actions(table) => instrument::actions(download, table, &mut story),
            Segment::Questionnaire(questionnaire) => instrument::questionnaire(questionnaire, &mut story),
            Segment::People(people) => {
                for profile in people {
                    story.item(profile.name());
                }
            }
        }
    }
    method(download, &mut story);
    about(download, &mut story);
    let (text, links, starts) = story.finish();
    let language = download.page.page.language.code();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{text}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let title = allowed(download.title()).into_owned();
    let authors = allowed(&download.authors()).into_owned();
    archive::pack(&[
        ("[Content_Types].xml", styles::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", styles::RELATIONS.to_owned()),
        ("docProps/core.xml", styles::core(&title, &authors, language, download.day())),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", styles::document_relations(&links)),
        ("word/styles.xml", styles::styles(language, right_to_left)),
        ("word/numbering.xml", styles::numbering(&starts)),
        ("word/settings.xml", styles::settings()),
        ("word/footer1.xml", styles::footer()),
    ])
}

fn head(download: &Download, story: &mut Story) {
    story.plain("Title", download.title());
    story.plain("Subtitle", &download.authors());
    let edition = download.report.published.edition();
    let edition = download.interface.say("report.edition", &[("edition", edition)]);
    story.plain("Subtitle", &format!("{} · {edition}", download.publisher()));
    story.plain("Summary", download.page.page.front.summary().unwrap_or_default());
    corrections(download, story);
}

/// A figure: the words of its drawing, its caption, and where its numbers are.
fn report_figure(download: &Download, figure: &ReportFigure, story: &mut Story) {
    let drawing = chart::draw(&figure.figure, &figure.id, &figure.caption, download.interface);
    let (id, label, caption) = (&figure.id, escape(&figure.label), escape(&figure.caption));
    story.html(&format!("<figure id=\"{id}\">{drawing}<figcaption>{label}. {caption}</figcaption></figure>"));
    let tables: Vec<String> = figure
        .tables
        .iter()
        .map(|(label, href)| format!("<a href=\"{}\">{}</a>", escape(href), escape(label)))
        .collect();
    if !tables.is_empty() {
        let is_list = figure.figure.kind == FigureKind::Themes;
        let numbers = download.say(if is_list { "figure.listed" } else { "figure.numbers" });
        let numbers = escape(&numbers).into_owned();
        story.html(&format!("<p>{numbers} {}.</p>", tables.join(", ")));
    }
    let notes = chart::notes(&figure.figure, download.interface);
    if !notes.is_empty() {
        story.html(&format!("<p>{}</p>", escape(&notes.join(" "))));
    }
}

/// A released table: its caption, a table a part, and once what the words in it mean.
fn report_table(download: &Download, table: &ReportTable, story: &mut Story) {
    let several = table.parts.len() > 1;
    let caption = table.name();
    story.mark(&table.id);
    if several {
        story.plain("Caption", &caption);
    }
    for part in &table.parts {
        if several {
            story.mark(&part.id);
        }
        let caption = part.name().unwrap_or_else(|| caption.clone());
        story.plain("Caption", &caption);
        if part.table.is_list() {
            for row in &part.table.rows {
                story.item(&row.label);
            }
        } else {
            let rows = part_rows(table, part, story);
            story.rows(&caption, rows);
        }
    }
    for note in &table.notes {
        story.note(&note.letter, &download.say(note.key));
    }
}

fn part_rows<'t>(table: &'t ReportTable, part: &'t Part, story: &mut Story) -> Vec<Vec<story::Cell>> {
    let letter = |note: Option<&'t TableNote>| note.map(|note| note.letter.as_str());
    let mut header = vec![story.cell(&part.table.row_header, true, false, None)];
    for (column, note) in table.columns(part) {
        let label = match &column.n {
            // "(n = 9)" stays on one line.
            Some(n) => format!("{} ({})", column.label, n.as_str().replace(" = ", "\u{A0}=\u{A0}")),
            None => column.label.clone(),
        };
        header.push(story.cell(&label, true, true, letter(note)));
    }
    let mut rows = vec![header];
    for (label, cells) in table.rows(part) {
        let mut row = vec![story.cell(label, false, false, None)];
        for (cell, note) in cells {
            row.push(story.cell(cell.words.as_str(), false, true, letter(note)));
        }
        rows.push(row);
    }
    rows
}

/// Quotations, with the words that say whose they are.
fn quotations(download: &Download, quotes: &Quotes, story: &mut Story) {
    if let Some((id, label, caption)) = &quotes.frame {
        story.mark(id);
        story.plain("Caption", &format!("{label}. {caption}"));
    }
    for quote in &quotes.quotes {
        story.plain("Quote", &download.interface.say("quote.marks", &[("text", &quote.text)]));
        let edited = if quote.edited { download.say("quote.edited") } else { String::new() };
        let credit = format!("{} {edited}", quote.credit);
        if !credit.trim().is_empty() {
            story.plain("Credit", credit.trim());
        }
    }
}

/// What was corrected since the report was first published, as at the top of the page.
fn corrections(download: &Download, story: &mut Story) {
    let (published, body) = (download.report.published, &download.page.body);
    let first = download.site.project.first_language();
    for notice in correction::notices(published, body, download.interface, first) {
        story.html(&format!(
            "<p><strong>{}</strong> {}</p>",
            escape(&notice.sentence),
            escape(notice.reason)
        ));
        if !notice.changed.is_empty() {
            story.plain("Normal", &download.say("correction.changed"));
        }
        for view::Changed { name, table } in &notice.changed {
            let name = escape(name);
            let item = match table {
                Some(table) => {
                    format!("{name} (<a href=\"{}\">{}</a>)", escape(&table.href), escape(&table.label))
                }
                None => name.into_owned(),
            };
            story.html(&format!("<ul><li>{item}</li></ul>"));
        }
    }
}

/// How the figures were protected, as below the page's text.
fn method(download: &Download, story: &mut Story) {
    let method = download.method();
    let list = |story: &mut Story, heading: &str, items: &[String]| {
        if !items.is_empty() {
            story.plain("Heading2", &download.say(heading));
        }
        for item in items {
            story.item(item);
        }
    };
    story.mark("report-method");
    story.plain("Heading1", &download.say("report.method"));
    story.plain("Normal", &method.sentence);
    if let Some(promise) = &method.promise {
        story.plain("Normal", promise);
    }
    list(story, "report.rules", &method.rules);
    story.fact(&download.say("report.policy"), method.policy, None);
    if let Some(source) = &method.source {
        story.fact(&download.say("report.source"), source.text, source.href.as_deref());
    }
    for (key, text) in [("report.reason", method.reason), ("report.approved", method.approved_by)] {
        if let Some(text) = text {
            story.fact(&download.say(key), text, None);
        }
    }
    for note in &method.notes {
        story.plain("Normal", note);
    }
    list(story, "report.exceptions", &method.exceptions);
    list(story, "report.limits", &method.limits);
    list(story, "report.checks", &method.checks);
    story.plain("Heading2", &download.say("report.provenance"));
    for fact in &method.provenance {
        story.fact(&fact.label, &fact.text, None);
    }
}

/// The facts about the report, and how to cite it.
fn about(download: &Download, story: &mut Story) {
    let published = download.report.published;
    let facts = published.facts();
    let page = &download.page.page;
    story.mark("report-about");
    story.plain("Heading1", &download.say("report.about"));
    let editions = prefixed(
        &page.language,
        download.site.project.first_language(),
        &["reports", download.report.survey],
    );
    let editions = download.absolute(&editions);
    story.fact(&download.say("report.survey"), &download.report.title, Some(&editions));
    let given = [
        ("report.ethics", &facts.ethics),
        ("report.funding", &facts.funding),
        ("report.interests", &facts.interests),
        ("report.licence", &facts.licence),
    ];
    for (key, text) in given {
        if let Some(text) = text {
            story.fact(&download.say(key), text, None);
        }
    }
    for text in &facts.related {
        story.fact(&download.say("report.related"), text, None);
    }
    let Some(citation) = Citation::of(download.site, download.page) else { return };
    story.mark("report-cite");
    story.plain("Heading1", &download.say("report.cite"));
    let mut parts = vec![citation.byline(), citation.title.clone(), citation.source(download.interface)];
    parts.retain(|part| !part.is_empty());
    story.html(&format!(
        "<p>{}. <a href=\"{1}\">{1}</a></p>",
        escape(&parts.join(". ")),
        escape(&citation.link())
    ));
}
