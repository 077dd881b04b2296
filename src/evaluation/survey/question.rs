//! One question: its options, whom it was asked of, and what is shown of its answers.

use super::asked;
use super::id::check_id;
use super::in_flow;
use super::reader::Reader;
use super::scale::{Scale, bounds, range};
use super::theme::{self, levels, themes, when};
use super::{Bin, Choice, Display, EVERYONE, Question, QuestionKind, Unit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::keys;
use crate::source::{Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

/// Types of question.
pub(in crate::evaluation) const KINDS: [(&str, QuestionKind); 9] = [
    ("choose-one", QuestionKind::ChooseOne),
    ("choose-all", QuestionKind::ChooseAll),
    ("scale", QuestionKind::Scale),
    ("stars", QuestionKind::Stars),
    ("score", QuestionKind::Score),
    ("number", QuestionKind::Number),
    ("text", QuestionKind::Text),
    ("about", QuestionKind::About),
    ("gathered", QuestionKind::Gathered),
];

impl Question {
    /// Holds the name of an option against those that there are.
    pub(super) fn check_option(&self, option: &Spanned<String>, found: &mut Diagnostics) {
        if self.options.iter().any(|known| known.id == option.value) {
            return;
        }
        let known = self.options.iter().map(|known| known.id.as_str());
        found.push(
            Diagnostic::new(
                Code::UnknownOption,
                option.span,
                format!("`{}` has no option `{}`", self.id, option.value),
            )
            .related(self.span, "asked here")
            .help(one_of(&option.value, known)),
        );
    }
}

impl Reader<'_> {
    pub(super) fn question(&self, node: &Node, found: &mut Diagnostics) -> Option<Question> {
        let fields = keys::QUESTION.read(node, found)?;
        let id = fields.need("id", found).and_then(|node| yaml::text(node, found));
        let ask = fields.need("ask", found).and_then(|node| yaml::localised(node, found));
        let kind =
            fields.need("type", found).and_then(|node| yaml::word(node, "a type of question", &KINDS, found));
        let (id, ask, kind) = (id?, ask?, kind?);
        check_id(&id, found);
        let scale = fields.get("scale").and_then(|node| yaml::text(node, found)).and_then(|name| {
            let scale = self.scales.get(&name.value);
            if scale.is_none() {
                found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        name.span,
                        format!("there is no scale `{}`", name.value),
                    )
                    .help(one_of(&name.value, self.scales.keys().map(String::as_str))),
                );
            }
            scale
        });
        let own_bounds = bounds(&fields, found);
        let bounds = own_bounds.or(scale.and_then(|scale| scale.bounds));
        let options = self.options(&fields, scale, found);
        let points: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        let mut tops = scale.map(|scale| scale.tops.clone()).unwrap_or_default();
        if let Some(node) = fields.get("tops") {
            tops = super::scale::tops(node, &points, bounds, found);
        }
        let asked_of = match fields.get("asked_of") {
            Some(node) => self.strata(node, found),
            None => self.survey.strata().map(str::to_owned).collect(),
        };
        let unions = self.survey.unions_of(&asked_of);
        let waves = match kind {
            // Gathered over the whole time, from more than one occasion.
            QuestionKind::Gathered if fields.get("waves").is_none() => Vec::new(),
            _ => self.waves(&fields, &id, found),
        };
        let levels = levels(&fields, found);
        let themes = themes(&fields, &levels, found);
        let show_themes = match kind.is_free_text() {
            true => theme::shown(&fields, self, &asked_of, !themes.is_empty(), found),
            false => BTreeMap::new(),
        };
        let coded = fields
            .get("coded")
            .and_then(|node| yaml::word(node, "a way of coding", &[("one", true), ("all", false)], found));
        let pairs_from = fields.get("pairs_from").and_then(|node| yaml::text(node, found));
        let pairs_from = pairs_from.filter(|group| self.is_group(group, false, found));
        let mut question = Question {
            span: id.span,
            id: id.value,
            waves,
            ask,
            kind,
            unit: fields
                .get("unit")
                .and_then(|node| {
                    yaml::word(node, "a unit", &[("people", Unit::People), ("pairs", Unit::Pairs)], found)
                })
                .unwrap_or(Unit::People),
            pairs_from,
            headers: self.headers(&fields, found),
            asked_if: fields.get("asked_if").and_then(|node| when(node, "asked_if", found)),
            in_flow: in_flow::read(&fields, found),
            options,
            bounds,
            middle: scale.and_then(|scale| scale.middle.clone()),
            tops,
            asked: asked::read(&fields, found),
            bins: fields.get("bins").map(|node| bins(node, found)).unwrap_or_default(),
            asked_of,
            unions,
            show: BTreeMap::new(),
            max_choices: fields.get("max_choices").and_then(|node| yaml::number(node, found)),
            required: fields.get("required").and_then(|node| yaml::boolean(node, found)).unwrap_or(false),
            themes,
            show_themes,
            has_one_theme: coded.unwrap_or(false),
            levels,
        };
        if !kind.is_free_text() {
            question.show = self.show(&fields, &question, found);
        }
        self.fits(&question, found);
        Some(question)
    }

    /// What a type of question must have.
    fn fits(&self, question: &Question, found: &mut Diagnostics) {
        use QuestionKind::{About, ChooseAll, ChooseOne, Gathered, Scale, Score, Stars};
        let missing = match question.kind {
            ChooseOne | ChooseAll | About if question.options.is_empty() => {
                Some(("options", "options: [{id: …, label: …}]"))
            }
            Scale if question.options.is_empty() => {
                Some(("scale", "scale: and the name of a scale with points"))
            }
            Stars | Score if question.bounds.is_none() => {
                Some(("from` and `to", "from: 1 and to: 5, or the name of a scale that has them"))
            }
            Gathered if question.themes.is_empty() => {
                Some(("themes", "themes: [{id: …, label: …}], the list of what was gathered"))
            }
            _ => None,
        };
        if let Some((key, line)) = missing {
            found.push(
                Diagnostic::new(
                    Code::MissingKey,
                    question.span,
                    format!("the question `{}` needs `{key}`", question.id),
                )
                .help(format!("add {line}")),
            );
        }
    }

    fn waves(&self, fields: &Fields, id: &Spanned<String>, found: &mut Diagnostics) -> Vec<String> {
        let known: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        let Some(node) = fields.get("waves") else {
            if known.len() > 1 {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        id.span,
                        format!("the question `{}` does not say in which wave it was asked", id.value),
                    )
                    .help(format!(
                        "add `waves: [{}]`, or those of them that it was asked in",
                        known.join(", ")
                    )),
                );
            }
            return known.first().map(|wave| vec![(*wave).to_owned()]).unwrap_or_default();
        };
        let mut waves = Vec::new();
        for item in yaml::items(node, found) {
            let Some(wave) = yaml::text(item, found) else { continue };
            if known.contains(&wave.value.as_str()) {
                waves.push(wave.value);
            } else {
                found.push(
                    Diagnostic::new(
                        Code::UnknownWave,
                        wave.span,
                        format!("there is no wave `{}`", wave.value),
                    )
                    .help(one_of(&wave.value, known.iter().copied())),
                );
            }
        }
        waves
    }

    fn options(&self, fields: &Fields, scale: Option<&Scale>, found: &mut Diagnostics) -> Vec<Choice> {
        let Some(node) = fields.get("options") else {
            return scale
                .map(|scale| {
                    let points = scale.points.iter();
                    points
                        .map(|point| Choice {
                            id: point.id.clone(),
                            label: point.label.clone(),
                            asked_of: None,
                            exclusive: false,
                            is_other: false,
                            in_form: point.in_form.clone(),
                        })
                        .collect()
                })
                .unwrap_or_default();
        };
        let mut options: Vec<Choice> = Vec::new();
        for item in yaml::items(node, found) {
            let Some(option) = keys::OPTION.read(item, found) else { continue };
            let id = option.need("id", found).and_then(|node| yaml::text(node, found));
            let label = option.need("label", found).and_then(|node| yaml::localised(node, found));
            let asked_of = option.get("asked_of").map(|node| {
                let mut groups = self.strata(node, found);
                groups.extend(self.survey.unions_of(&groups));
                groups
            });
            let exclusive =
                option.get("exclusive").and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
            let is_other = option.get("other").and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
            let in_form =
                option.get("in_form").map(|node| yaml::one_or_more(node, found)).unwrap_or_default();
            let (Some(id), Some(label)) = (id, label) else { continue };
            check_id(&id, found);
            if options.iter().any(|other| other.id == id.value) {
                found.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        id.span,
                        format!("two options have the id `{}`", id.value),
                    )
                    .help("rename one of the two"),
                );
                continue;
            }
            options.push(Choice { id: id.value, label, asked_of, exclusive, is_other, in_form });
        }
        options
    }

    /// `show: counts`, `show: {mentee: agreed, mentor: [mean, range]}` or `show: {everyone: counts}`.
    fn show(
        &self,
        fields: &Fields,
        question: &Question,
        found: &mut Diagnostics,
    ) -> BTreeMap<String, Vec<Display>> {
        let usual = if question.options.is_empty() { Vec::new() } else { vec![Display::Counts] };
        let for_all = |displays: &Vec<Display>| {
            question.asked_of.iter().map(|group| (group.clone(), displays.clone())).collect()
        };
        let Some(node) = fields.get("show") else {
            if usual.is_empty() {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        question.span,
                        format!("the question `{}` does not say what is shown of its answers", question.id),
                    )
                    .help("add `show:` with counts, a top's name, mean, range, bins or nothing"),
                );
            }
            return for_all(&usual);
        };
        let Kind::Map(entries) = &node.kind else {
            let displays = self.displays(node, question, found);
            return for_all(&displays);
        };
        let mut show = BTreeMap::new();
        for entry in entries {
            if !self.is_group(&entry.key, true, found) {
                continue;
            }
            if !question.asks(&entry.key.value) {
                found.push(
                    Diagnostic::new(
                        Code::NotAsked,
                        entry.key.span,
                        format!("`{}` was not asked `{}`", entry.key.value, question.id),
                    )
                    .help("take it out of `show`, or add the group to `asked_of`"),
                );
            }
            show.insert(entry.key.value.clone(), self.displays(&entry.value, question, found));
        }
        let has_both = show.contains_key(EVERYONE) && show.len() > 1;
        if has_both {
            self.everyone_beside_groups(question, node.span, found);
        }
        if has_both || !show.contains_key(EVERYONE) {
            for group in question.asked_of.iter().filter(|group| !show.contains_key(*group)) {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        node.span,
                        format!("`show` does not say what is shown of `{group}`"),
                    )
                    .help(format!("add `{group}: counts`, another display, or `{group}: nothing`")),
                );
            }
        }
        show
    }

    /// Everyone beside groups: a total, which has to be asked for.
    fn everyone_beside_groups(&self, question: &Question, place: Span, found: &mut Diagnostics) {
        let both = "`show` names everyone and a group";
        if question.unit == Unit::Pairs {
            found.push(
                Diagnostic::new(Code::UnknownValue, place, both)
                    .note("a pair is of both groups, so that everyone is not the groups together")
                    .help("name either `everyone` or each group"),
            );
        } else if self.survey.policy.as_ref().is_some_and(|policy| !policy.has_totals) {
            found.push(
                Diagnostic::new(Code::UnknownValue, place, both)
                    .note("the other group could be had by taking one from the other: to leave the total out protects more than to hide cells")
                    .help("name either `everyone` or each group; or ask for totals, which the audit looks at with the rest: disclosure: {…, totals: show}"),
            );
        }
    }

    fn displays(&self, node: &Node, question: &Question, found: &mut Diagnostics) -> Vec<Display> {
        let one = std::slice::from_ref(node);
        let items = if matches!(node.kind, Kind::List(_)) { yaml::items(node, found) } else { one };
        let mut displays = Vec::new();
        for item in items {
            let Some(typed) = yaml::text(item, found) else { continue };
            let display = match typed.value.as_str() {
                "nothing" => continue,
                "counts" if !question.options.is_empty() => Some(Display::Counts),
                "mean" if question.kind.has_numbers() => Some(Display::Mean),
                "range" if question.options.is_empty() && question.kind.has_numbers() => Some(Display::Range),
                "bins" if !question.bins.is_empty() => Some(Display::Bins),
                name => {
                    question.tops.iter().find(|top| top.id == name).map(|top| Display::Top(top.id.clone()))
                }
            };
            match display {
                Some(display) => displays.push(display),
                None => {
                    let tops = question.tops.iter().map(|top| top.id.as_str());
                    let mut known: Vec<&str> = tops.collect();
                    if question.options.is_empty() && question.kind.has_numbers() {
                        known.extend(["mean", "range"]);
                    } else if !question.options.is_empty() {
                        known.push("counts");
                    }
                    known.push("nothing");
                    found.push(
                        Diagnostic::new(
                            Code::UnknownValue,
                            typed.span,
                            format!("`{}` cannot be shown of `{}`", typed.value, question.id),
                        )
                        .help(one_of(&typed.value, known.iter().copied())),
                    );
                }
            }
        }
        displays
    }
}

fn bins(node: &Node, found: &mut Diagnostics) -> Vec<Bin> {
    let mut bins = Vec::new();
    for entry in yaml::pairs(node, "bins", found).unwrap_or_default() {
        check_id(&entry.key, found);
        let items = yaml::items(&entry.value, found);
        if let Some((from, to)) = range(&entry.value, items, found) {
            bins.push(Bin { id: entry.key.value.clone(), from, to });
        }
    }
    bins
}
