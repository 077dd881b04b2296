//! A released report -> its facts, its method, its tables and its figures as templates see them.

use super::{Renderer, Voice};
use crate::config::Author;
use crate::evaluation::{Column, TableCell};
use crate::path::Address;
use crate::render::{chart, correction, method, view};
use crate::site::{
    Format, Part, Report, ReportFigure, ReportTable, SitePage, TableNote, download_address, prefixed,
};

impl<'s> Renderer<'s> {
    pub(super) fn report<'a>(
        &'a self,
        page: &SitePage,
        report: &'a Report,
        voice: Voice,
    ) -> view::Report<'a> {
        let address = &page.page.address;
        let facts = report.published.facts();
        view::Report {
            survey: &report.title,
            survey_href: self.href(&prefixed(voice.language, voice.first, &["reports", report.survey])),
            edition: report.published.edition(),
            authors: facts.authors.iter().map(Author::name).collect(),
            institution: facts.institution.as_deref(),
            number: facts.number.as_deref(),
            ethics: facts.ethics.as_deref(),
            funding: facts.funding.as_deref(),
            interests: facts.interests.as_deref(),
            licence: facts.licence.as_deref(),
            doi: facts.doi.as_deref(),
            collected: report.published.collected(voice.interface),
            related: &facts.related,
            downloads: self.downloads(report, address, voice),
            corrections: correction::notices(report.published, &page.body, voice.interface, voice.first),
            method: method::method(report.published, &report.title, voice.interface, voice.first),
        }
    }

    pub(super) fn figure<'a>(&self, figure: &'a ReportFigure, voice: Voice) -> view::Figure<'a> {
        let table = |(label, href): &'a (String, String)| view::OwnedLink {
            label: label.clone(),
            href: href.as_str(),
        };
        view::Figure {
            id: &figure.id,
            label: &figure.label,
            caption: &figure.caption,
            svg: chart::draw(&figure.figure, &figure.id, &figure.caption, voice.interface),
            kind: figure.figure.kind.name(),
            tables: figure.tables.iter().map(table).collect(),
            notes: chart::notes(&figure.figure, voice.interface),
        }
    }

    fn downloads(&self, report: &Report, address: &Address, voice: Voice) -> Vec<view::Download> {
        let download = |format: Format| {
            let name = format.extension();
            let address = download_address(address, report.survey, report.published.edition(), format);
            view::Download {
                format: name,
                label: voice.interface.say(&format!("download.{name}"), &[]),
                purpose: voice.interface.say(&format!("download.{name}-for"), &[]),
                href: self.href(&address),
                media_type: format.media_type(),
            }
        };
        Format::ALL.into_iter().map(download).collect()
    }

    pub(super) fn table<'a>(&'a self, table: &'a ReportTable, voice: Voice) -> view::Table<'a> {
        let several = table.parts.len() > 1;
        let link = |part: &Part| {
            let address = part.csv.as_ref()?;
            Some(view::Link { label: "CSV", href: self.href(address) })
        };
        // Lists are one beside the other, and what is downloaded stands once below them.
        let has_list = table.parts.iter().any(|part| part.table.is_list());
        let mut csv: Vec<view::Link> = Vec::new();
        for link in table.parts.iter().filter(|_| has_list).filter_map(link) {
            if csv.iter().all(|other| other.href != link.href) {
                csv.push(link);
            }
        }
        let part = |part: &'a Part| view::Part {
            id: &part.id,
            label: part.label.as_deref(),
            title: several.then_some(part.table.title.as_str()),
            row_header: &part.table.row_header,
            columns: table.columns(part).map(column).collect(),
            rows: table.rows(part).map(row).collect(),
            csv: if has_list { Vec::new() } else { link(part).into_iter().collect() },
        };
        view::Table {
            id: &table.id,
            label: &table.label,
            caption: &table.caption,
            parts: table.parts.iter().map(part).collect(),
            notes: table
                .notes
                .iter()
                .map(|note| view::Note { text: Some(voice.interface.say(note.key, &[])), ..named(note) })
                .collect(),
            remarks: &[],
            lists: table.parts.iter().all(|part| part.table.is_list()),
            csv,
        }
    }
}

fn column<'a>((column, note): (&'a Column, Option<&'a TableNote>)) -> view::Column<'a> {
    view::Column { label: &column.label, n: column.n.as_ref(), note: note.map(named) }
}

fn row<'a>((label, cells): (&'a str, Vec<(&'a TableCell, Option<&'a TableNote>)>)) -> view::Row<'a> {
    let cell = |(cell, note): (&'a TableCell, Option<&'a TableNote>)| view::Cell {
        text: &cell.words,
        kind: if cell.is_number { "number" } else { "words" },
        note: note.map(named),
    };
    view::Row { label, cells: cells.into_iter().map(cell).collect() }
}

/// A note where its letter stands.
fn named(note: &TableNote) -> view::Note<'_> {
    view::Note { id: &note.id, letter: &note.letter, text: None }
}
