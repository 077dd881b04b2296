//! A released report -> its facts, its method, its tables and its figures as templates see them.

use super::{Renderer, Voice};
use crate::config::Author;
use crate::path::Address;
use crate::render::{chart, view};
use crate::site::{Format, Part, Report, ReportFigure, ReportTable, download_address, prefixed};

impl<'s> Renderer<'s> {
    pub(super) fn report<'a>(
        &'a self,
        report: &'a Report,
        address: &Address,
        voice: Voice,
    ) -> view::Report<'a> {
        let facts = report.published.facts();
        let policy = report.published.policy();
        let source = policy.source.as_deref().map(|text| {
            let doi = text.strip_prefix("doi:").map(|doi| format!("https://doi.org/{doi}"));
            let href = doi.or_else(|| text.starts_with("https://").then(|| text.to_owned()));
            view::Source { text, href }
        });
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
            method: view::Method {
                policy: policy.name.name(),
                sentence: voice.interface.say(report.published.policy_key(), &[]),
                source,
                reason: policy.reason.as_deref(),
                approved_by: policy.approved_by.as_deref(),
                exceptions: policy
                    .exceptions
                    .iter()
                    .map(|exception| {
                        let cells = exception.cells();
                        let places = [
                            ("cells", cells.as_str()),
                            ("reason", &exception.reason),
                            ("approved_by", &exception.approved_by),
                        ];
                        voice.interface.say("report.exception", &places)
                    })
                    .collect(),
                checks: report
                    .published
                    .checks()
                    .into_iter()
                    .map(|key| voice.interface.say(key, &[]))
                    .collect(),
            },
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
            notes: figure
                .figure
                .absences
                .iter()
                .map(|absence| voice.interface.say(absence.note(), &[]))
                .collect(),
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
        let link = |part: &Part| view::Link { label: "CSV", href: self.href(&part.csv) };
        // Lists are one beside the other, and what is downloaded stands once below them.
        let has_list = table.parts.iter().any(|part| part.table.is_list());
        let mut csv: Vec<view::Link> = Vec::new();
        for link in table.parts.iter().filter(|_| has_list).map(link) {
            if csv.iter().all(|other| other.href != link.href) {
                csv.push(link);
            }
        }
        let part = |part: &'a Part| view::Part {
            id: &part.id,
            label: part.label.as_deref(),
            title: several.then_some(part.table.title.as_str()),
            row_header: &part.table.row_header,
            columns: part
                .table
                .columns
                .iter()
                .map(|column| view::Column { label: &column.label, n: column.n.as_ref() })
                .collect(),
            rows: part
                .table
                .rows
                .iter()
                .map(|row| view::Row {
                    label: &row.label,
                    cells: row
                        .cells
                        .iter()
                        .map(|(text, number)| view::Cell {
                            text,
                            kind: if *number { "number" } else { "words" },
                        })
                        .collect(),
                })
                .collect(),
            csv: if has_list { Vec::new() } else { vec![link(part)] },
            notes: part
                .table
                .absences
                .iter()
                .map(|absence| voice.interface.say(absence.note(), &[]))
                .collect(),
        };
        view::Table {
            id: &table.id,
            label: &table.label,
            caption: &table.caption,
            parts: table.parts.iter().map(part).collect(),
            lists: table.parts.iter().all(|part| part.table.is_list()),
            csv,
        }
    }
}
