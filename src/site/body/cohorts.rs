//! `::cohorts` -> when the scheme's cohorts run, and whether one can still apply: a list that changes with the day.

use super::Resolver;
use crate::config::Cohort;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::escape;
use crate::markdown::Directive;
use std::cmp::Reverse;

impl Resolver<'_, '_, '_> {
    /// The list as HTML: those to come first, the next before the others, then those that are over.
    pub(super) fn cohorts(&mut self, directive: &Directive) -> Option<String> {
        self.keys(directive, &[]);
        let project = self.context.project;
        let cohorts =
            project.site.scheme.as_ref().map(|scheme| scheme.cohorts.as_slice()).unwrap_or_default();
        if cohorts.is_empty() {
            self.push(
                Diagnostic::new(Code::MissingKey, directive.span, "site.yaml names no cohorts")
                    .help("add to `scheme` in site.yaml: cohorts: [{start: 2027-02, end: 2027-07, apply_by: 2027-01-15}]"),
            );
            return None;
        }
        let is_over = |cohort: &Cohort| cohort.last_day().is_some_and(|day| day < project.date);
        let mut list: Vec<&Cohort> = cohorts.iter().collect();
        list.sort_by_key(|cohort| match is_over(cohort) {
            false => (false, cohort.first_day(), Reverse(None)),
            true => (true, None, Reverse(cohort.first_day())),
        });
        let items: String =
            list.into_iter().map(|cohort| format!("<li>{}</li>\n", escape(&self.cohort(cohort)))).collect();
        Some(format!("<ul class=\"cohorts\">\n{items}</ul>\n"))
    }

    /// "February 2027 to July 2027: applications until 15 January 2027."
    fn cohort(&self, cohort: &Cohort) -> String {
        let (today, interface) = (self.context.project.date, self.interface);
        let when = |written: &str| interface.day_or_month(written);
        let run = match &cohort.end {
            Some(end) => interface.say("event.range", &[("from", &when(&cohort.start)), ("to", &when(end))]),
            None => interface.say("cohort.from", &[("start", &when(&cohort.start))]),
        };
        let state = match (cohort.first_day(), cohort.last_day(), cohort.last_call()) {
            (_, Some(last), _) if last < today => Some(interface.say("cohort.over", &[])),
            (_, _, Some(call)) if call >= today => {
                let day = cohort.apply_by.as_deref().map(when).unwrap_or_default();
                Some(interface.say("cohort.apply", &[("day", &day)]))
            }
            (Some(first), ..) if first <= today => Some(interface.say("cohort.running", &[])),
            (_, _, Some(_)) => Some(interface.say("cohort.closed", &[])),
            _ => None,
        };
        let pairs = cohort.pairs.map(|pairs| interface.count("cohort.pairs", pairs, &[]));
        let next = cohort.next.as_deref().map(|next| interface.say("cohort.next", &[("start", &when(next))]));
        let said: Vec<String> = state.into_iter().chain(pairs).chain(next).collect();
        match said.is_empty() {
            true => run,
            false => interface.say("cohort.said", &[("run", &run), ("what", &said.join("; "))]),
        }
    }
}
