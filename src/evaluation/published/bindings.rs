//! What is published -> the directives that would print it: what to write instead of a number typed by hand.

use super::{Published, Tongue, Words};
use crate::evaluation::disclosure::{Cell, Row, wave_names};
use crate::evaluation::release::{Base, Statistic, Value};
use crate::evaluation::survey::TopOf;
use crate::language::Language;
use crate::theme::Interface;
use std::collections::BTreeSet;

/// A number that may be shown, with the directive that shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Binding {
    /// `:n[wanted.advice]{group=mentee}`.
    pub directive: String,
    /// What it prints.
    pub prints: Words,
    /// The group's label, where it is of one.
    pub group: Option<String>,
    /// What it is about: labels of the option, question and wave.
    pub about: String,
}

impl Published {
    /// Every exact number that a directive would print.
    pub fn bindings(&self, interface: &Interface, first: &Language) -> Vec<Binding> {
        let tongue = Tongue { interface, first };
        let mut bindings = Vec::new();
        let mut push = |directive: String, prints: String, group: Option<String>, about: String| {
            bindings.push(Binding { directive, prints: Words(prints), group, about });
        };
        let group_of = |id: &str| self.groups.iter().any(|group| group.id == id);
        for (wave, group, base) in self.judged.bases() {
            let Base::Known(n) = base else { continue };
            let about = self.waves.iter().find(|known| known.id == wave);
            let about = about.map(|wave| tongue.text(&wave.label)).unwrap_or_default();
            let label = group_of(group).then(|| self.group_label(group, tongue));
            push(format!(":respondents[{wave}]{{group={group}}}"), n.to_string(), label, about);
        }
        for (unit, step, count) in &self.judged.release().flow {
            let about = format!("{} {}", super::words_of(unit), super::words_of(step));
            push(format!(":flow[{unit}.{step}]"), count.value.to_string(), None, about);
        }
        for (thing, count) in &self.judged.release().tallies {
            push(format!(":tally[{thing}]"), count.value.to_string(), None, super::words_of(thing));
        }
        for question in &self.questions {
            let waves = wave_names(question);
            for wave in &waves {
                for group in self.columns(question) {
                    let Some(answer) = self.judged.answer(&question.id, wave, group) else { continue };
                    let mut keys = Vec::new();
                    if question.show.len() > 1 {
                        keys.push(format!("group={group}"));
                    }
                    if waves.len() > 1 {
                        keys.push(format!("wave={wave}"));
                    }
                    let keys =
                        if keys.is_empty() { String::new() } else { format!("{{{}}}", keys.join(" ")) };
                    for (row, cell) in &answer.cells {
                        let number = match cell {
                            Cell::Value(Value::Count(count)) => count.to_string(),
                            Cell::Statistic(Statistic::Number(number)) => number.text.clone(),
                            _ => continue,
                        };
                        let id = &question.id;
                        let directive = match row {
                            Row::Option(option) | Row::Theme(option) | Row::Bin(option) => {
                                format!(":n[{id}.{option}]{keys}")
                            }
                            Row::Top(top) => format!(":n[{id}:{top}]{keys}"),
                            Row::Mean => format!(":mean[{id}]{keys}"),
                            Row::Min | Row::Max => format!(":range[{id}]{keys}"),
                            Row::Most => continue,
                        };
                        let about = format!(
                            "{} {}",
                            self.row_label(question, row, tongue),
                            tongue.text(&question.ask)
                        );
                        let label = group_of(group).then(|| self.group_label(group, tongue));
                        push(directive, number, label, about);
                    }
                }
            }
        }
        self.theme_bindings(tongue, &mut bindings);
        bindings
    }

    /// Numbers that belong to the scales and not to the answers: their ends, and where declared splits begin.
    pub fn scale_numbers(&self) -> BTreeSet<u32> {
        let mut numbers = BTreeSet::new();
        for question in &self.questions {
            numbers.extend(question.bounds.iter().flat_map(|(from, to)| [*from, *to]));
            for top in &question.tops {
                if let TopOf::Numbers(from, to) = top.of {
                    numbers.extend([from, to]);
                }
            }
        }
        numbers
    }
}
