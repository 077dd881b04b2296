//! Coded themes -> what a policy lets be said of them: which came up, or how many spoke of each.

use super::edition::Chosen;
use super::figures::{Figure, Figures, Given, GivenThemes, Part, Shape};
use super::sector;
use super::tally::Tally;
use crate::evaluation::{EVERYONE, Question, ThemesShown, When};

/// The groups whose themes are shown, in the order of the survey's groups; everyone comes last.
pub(super) fn shown_of<'q>(chosen: &Chosen, question: &'q Question) -> Vec<&'q str> {
    let order = |group: &str| chosen.survey().groups.iter().position(|known| known.id == group);
    let mut groups: Vec<&str> = question.show_themes.keys().map(String::as_str).collect();
    groups.sort_by_key(|group| order(group).unwrap_or(usize::MAX));
    groups
}

/// What may be published of the themes of a question, wave and group.
pub(super) fn themes(
    chosen: &Chosen,
    tally: &Tally,
    figures: &Figures,
    question: &Question,
    wave: &str,
    group: &str,
) -> GivenThemes {
    let survey = chosen.survey();
    let strata: Vec<&str> =
        survey.strata_of(group).into_iter().filter(|stratum| question.asks(stratum)).collect();
    let n: u32 = strata.iter().map(|stratum| tally.respondents(wave, stratum)).sum();
    let policy = chosen.policy;
    let is_exempt = policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
    let is_held = policy.is_judged() && !is_exempt;
    let is_of_sector = is_held && !policy.is_audited();
    let mut why = Vec::new();
    let mut values = Vec::new();
    for (at, theme) in question.themes.iter().enumerate() {
        let count = tally.theme(&question.id, wave, &strata, at);
        if !is_held {
            match question.show_themes[group] {
                ThemesShown::Counts => values.push((theme.id.clone(), Figure::Count(count))),
                ThemesShown::Mentioned if count > 0 => values.push((theme.id.clone(), Figure::Mentioned)),
                ThemesShown::Mentioned => {}
            }
            continue;
        }
        // That a theme is not listed would say that nobody spoke of it: so under a judged policy all of them are, with ranges.
        let base = match &theme.when {
            None => Some(n),
            Some(when) => givers(chosen, figures, when, wave, group),
        };
        if is_of_sector {
            let figure =
                if theme.when.is_some() { Figure::Withheld } else { sector::count(policy, count, n) };
            values.push((theme.id.clone(), figure));
            continue;
        }
        let figure = match base.filter(|base| *base >= policy.min_group) {
            None => Figure::Withheld,
            Some(_) if count < policy.band => Figure::Few,
            Some(base) if count > base.saturating_sub(policy.band) => Figure::NearlyAll,
            Some(_) => Figure::Count(count),
        };
        if figure == Figure::Withheld {
            why.push(match (&theme.when, base) {
                (Some(when), None) => format!(
                    "{} belongs to the answer `{}` to `{}`, of which no exact count is shown",
                    theme.id, when.option.value, when.question.value
                ),
                (_, base) => {
                    format!("{} is of {}, and min_group is {}", theme.id, base.unwrap_or(0), policy.min_group)
                }
            });
        }
        values.push((theme.id.clone(), figure));
    }
    let is_shown = values.iter().any(|(_, figure)| *figure != Figure::Withheld) || values.is_empty();
    GivenThemes {
        question: question.id.clone(),
        wave: (question.waves.len() > 1).then(|| wave.to_owned()),
        group: group.to_owned(),
        values: is_shown.then_some(values),
        why,
    }
}

/// How many gave an answer, where the release shows just that; of everyone, where it does of each group.
fn givers(chosen: &Chosen, figures: &Figures, when: &When, wave: &str, group: &str) -> Option<u32> {
    let exact = |group: &str| {
        let is_meant = |given: &&Given| {
            given.question == when.question.value
                && given.group == group
                && given.wave.as_deref().is_none_or(|of| of == wave)
        };
        let Shape::Parts(parts) = &figures.answers.iter().find(is_meant)?.shape else { return None };
        parts.iter().find_map(|part| match part {
            Part::Values("counts", values) => values.iter().find_map(|(id, figure)| match figure {
                Figure::Count(count) if *id == when.option.value => Some(*count),
                _ => None,
            }),
            _ => None,
        })
    };
    if let Some(count) = exact(group) {
        return Some(count);
    }
    let asked = chosen.questions().find(|question| question.id == when.question.value)?;
    if group != EVERYONE {
        return None;
    }
    let option = asked.options.iter().find(|option| option.id == when.option.value)?;
    let offered = asked.asked_of.iter().filter(|group| option.is_offered_to(group));
    offered.map(|group| exact(group)).sum()
}
