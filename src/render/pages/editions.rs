//! The reports of a survey and what they have in common -> the page that lists them.

use super::{Renderer, Voice};
use crate::diagnostic::Diagnostics;
use crate::render::{correction, view};
use crate::site::{Compared, Question, ReportTable};

impl<'s> Renderer<'s> {
    pub(super) fn editions(
        &self,
        page: view::Page<'s>,
        reports: &[usize],
        compared: Option<&'s Compared>,
        voice: Voice,
    ) -> Result<view::Reports<'s>, Diagnostics> {
        let table = |table: &'s ReportTable, notes: &'s [String]| {
            let mut view = self.table(table, voice);
            view.remarks = notes;
            self.html("table.html", voice, &view::TableView { table: view }, None)
        };
        let questions = compared.map(|compared| &compared.questions[..]).unwrap_or_default();
        let tables = questions.iter().filter_map(|one| Some(table(one.table.as_ref()?, &one.notes)));
        let apart = questions.iter().filter(|one| one.table.is_none());
        Ok(view::Reports {
            page,
            editions: reports.iter().filter_map(|at| self.edition(*at, voice)).collect(),
            asked: compared.map(|compared| table(&compared.asked, &[])).transpose()?,
            tables: tables.collect::<Result<_, Diagnostics>>()?,
            apart: apart.map(|Question { title, notes, .. }| view::Apart { title, notes }).collect(),
        })
    }

    fn edition(&self, at: usize, voice: Voice) -> Option<view::Edition<'s>> {
        let site = self.site;
        let page = &site.pages[at];
        let report = page.report.as_ref()?;
        let includes = report.published.includes();
        Some(view::Edition {
            title: &page.page.front.title.value,
            href: self.href(&page.page.address),
            edition: report.published.edition(),
            collected: report.published.collected(voice.interface),
            date: page.page.front.date.map(|date| voice.day(date)),
            summary: page.page.front.summary(),
            includes: (!includes.is_empty())
                .then(|| voice.interface.say("editions.includes", &[("editions", &includes.join(", "))])),
            corrections: correction::notices(report.published, &page.body, voice.interface, voice.first),
        })
    }
}
