//! `show=` of a `::table` -> what its cells show of counts, where the policy allows it.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Published, Show, TooFew};
use crate::markdown::Directive;

impl Resolver<'_, '_, '_> {
    /// What a table of these questions shows. Whatever keeps it from showing percentages is a finding, and counts stand.
    pub(super) fn show(&mut self, directive: &Directive, published: &Published, questions: &[&str]) -> Show {
        let Some(typed) = directive.get("show") else { return Show::default() };
        let Some(show) = Show::find(&typed.value) else {
            self.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    typed.span,
                    format!("a table cannot show `{}`", typed.value),
                )
                .help(one_of(&typed.value, Show::ALL.map(Show::name))),
            );
            return Show::default();
        };
        let known = published.table_ids();
        let without = questions.iter().find(|id| known.contains(id) && !published.has_shares(id));
        if let Some(id) = without {
            self.push(
                Diagnostic::new(Code::UnknownKey, typed.span, format!("`{id}` has nothing for `show`"))
                    .note("a percentage is of those who answered a question")
                    .help("take `show` out, or give this table a directive of its own"),
            );
            return Show::default();
        }
        let mut few: Vec<TooFew> = Vec::new();
        for id in questions.iter().filter(|_| show != Show::Count) {
            few.extend(published.too_few(id));
        }
        if few.is_empty() {
            return show;
        }
        let mut groups: Vec<String> = few.into_iter().map(in_words).collect();
        groups.dedup();
        let policy = published.policy();
        let rule = if policy.is_judged() {
            format!("the policy allows percentages of {} people or more: ", policy.percentage_base)
        } else {
            String::new()
        };
        self.push(
            Diagnostic::new(Code::NotPublished, typed.span, "this table cannot show percentages")
                .note(format!("{rule}{}", groups.join(", ")))
                .help("take `show` out: a reader sees the count, and how many answered"),
        );
        Show::default()
    }
}

fn in_words((group, answered): TooFew) -> String {
    match answered {
        Some(n) => format!("{n} of `{group}` answered"),
        None => format!("how many of `{group}` answered is not reported"),
    }
}
