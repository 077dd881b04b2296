//! What is known of a survey while its questions are read: its groups, waves and scales.

use super::scale::Scale;
use super::{EVERYONE, Survey};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::Spanned;
use crate::yaml::{self, Node};
use std::collections::BTreeMap;

/// Reads questions of a survey whose groups, waves and scales are known.
pub(super) struct Reader<'a> {
    pub(super) survey: &'a Survey,
    pub(super) scales: &'a BTreeMap<String, Scale>,
}

impl Reader<'_> {
    /// Groups as typed; of one that has parts, these.
    pub(super) fn strata(&self, node: &Node, found: &mut Diagnostics) -> Vec<String> {
        let mut groups: Vec<String> = Vec::new();
        for item in yaml::items(node, found) {
            let Some(group) = yaml::text(item, found) else { continue };
            if self.is_group(&group, false, found) {
                let strata = self.survey.strata_of(&group.value).into_iter().map(str::to_owned);
                groups.extend(strata.filter(|stratum| !groups.contains(stratum)).collect::<Vec<_>>());
            }
        }
        groups
    }

    pub(super) fn is_group(&self, typed: &Spanned<String>, everyone: bool, found: &mut Diagnostics) -> bool {
        let known = self.survey.groups.iter().any(|group| group.id == typed.value)
            || (everyone && typed.value == EVERYONE);
        if !known {
            found.push(
                Diagnostic::new(
                    Code::UnknownGroup,
                    typed.span,
                    format!("there is no group `{}`", typed.value),
                )
                .help(one_of(&typed.value, self.survey.groups.iter().map(|group| group.id.as_str()))),
            );
        }
        known
    }
}
