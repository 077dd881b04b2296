//! A [`Tally`] and a policy -> [`Figures`]: the only door out of private counts.
//!
//! Which display a question gets depends on what `show` declares, the policy and the numbers who answered. Only then is a
//! count looked at, and only to choose the symbol that stands for it. Nothing is tried until it fits: that would leak.

use super::codes;
use super::edition::Chosen;
use super::figures::{Base, Figures, Given, Shape};
use super::sector;
use super::shown::Shown;
use super::tally::Tally;
use super::themes;
use crate::evaluation::disclosure::PolicyName;
use crate::evaluation::{Display, EVERYONE, Question, Unit, When};

/// What may be published of an edition.
pub(super) fn release(chosen: &Chosen, tally: &Tally, is_coded: bool) -> Figures {
    let mut figures =
        Figures { respondents: respondents(chosen, tally), answers: Vec::new(), themes: Vec::new() };
    for question in chosen.questions() {
        for wave in waves(question) {
            for (group, displays) in groups(chosen, question) {
                if !displays.is_empty() {
                    figures.answers.push(given(chosen, tally, question, wave, group, displays));
                }
            }
        }
    }
    if is_coded {
        for question in codes::coded(chosen) {
            for wave in waves(question) {
                for group in themes::shown_of(chosen, question) {
                    let given = themes::themes(chosen, tally, &figures, question, wave, group);
                    figures.themes.push(given);
                }
            }
        }
    }
    figures
}

/// The waves of a question; one without name where the survey has none.
fn waves(question: &Question) -> Vec<&str> {
    if question.waves.is_empty() { vec![""] } else { question.waves.iter().map(String::as_str).collect() }
}

/// What is shown of each group, in the order of the survey's groups; everyone comes last.
fn groups<'q>(chosen: &Chosen, question: &'q Question) -> Vec<(&'q str, &'q [Display])> {
    let order = |group: &str| chosen.survey().groups.iter().position(|known| known.id == group);
    let mut groups: Vec<(&str, &[Display])> =
        question.show.iter().map(|(group, displays)| (group.as_str(), displays.as_slice())).collect();
    groups.sort_by_key(|(group, _)| order(group).unwrap_or(usize::MAX));
    groups
}

/// Wave and group of all who were asked anything.
fn respondents(chosen: &Chosen, tally: &Tally) -> Vec<(String, String, Base)> {
    let survey = chosen.survey();
    let waves: Vec<&str> = match &survey.waves[..] {
        [] => vec![""],
        waves => waves.iter().map(|wave| wave.id.as_str()).collect(),
    };
    let mut all = Vec::new();
    for wave in waves {
        for group in survey.strata() {
            let is_asked = |question: &Question| {
                question.asks(group)
                    && (question.waves.is_empty() || question.waves.iter().any(|of| of == wave))
            };
            if chosen.questions().any(is_asked) {
                all.push((
                    wave.to_owned(),
                    group.to_owned(),
                    sector::base(chosen.policy, tally.respondents(wave, group)),
                ));
            }
        }
    }
    all
}

fn given(
    chosen: &Chosen,
    tally: &Tally,
    question: &Question,
    wave: &str,
    group: &str,
    displays: &[Display],
) -> Given {
    let strata: Vec<&str> =
        chosen.survey().strata_of(group).into_iter().filter(|stratum| question.asks(stratum)).collect();
    let counted = tally.counted(&question.id, wave, &strata);
    let whole: u32 = strata.iter().map(|stratum| tally.respondents(wave, stratum)).sum();
    // Of everyone, and of pairs, a release says nowhere else how many they are.
    let is_told = question.asked_if.is_none()
        && group != EVERYONE
        && strata == [group]
        && question.unit == Unit::People
        && counted.answered == whole;
    let policy = chosen.policy;
    let is_exempt = policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
    let mut shown = Shown { policy, question, group, counted: &counted, why: Vec::new() };
    let named = |answered, why, shape| Given {
        question: question.id.clone(),
        wave: (question.waves.len() > 1).then(|| wave.to_owned()),
        group: group.to_owned(),
        answered,
        why,
        shape,
    };
    if policy.name == PolicyName::SmallSurvey
        && !is_exempt
        && let Some(when) = &question.asked_if
        && !is_asked_openly(chosen, tally, when, wave, &strata, counted.answered)
    {
        let why = format!(
            "how many answered is how many gave `{}.{}`, and that is a range",
            when.question.value, when.option.value
        );
        return named(None, vec![why], Shape::Withheld);
    }
    let shape = match policy.name {
        PolicyName::SmallSurvey if !is_exempt => shown.held(displays),
        PolicyName::Hesa | PolicyName::Ofs if !is_exempt => shown.by_sector(displays),
        _ => shown.whole(displays),
    };
    named((!is_told).then(|| sector::base(policy, counted.answered)), shown.why, shape)
}

/// Whether the number who answered what only some were asked is one that may be told: it is a count of those who gave the
/// answer on which they were asked, and that count is no range.
fn is_asked_openly(
    chosen: &Chosen,
    tally: &Tally,
    when: &When,
    wave: &str,
    strata: &[&str],
    answered: u32,
) -> bool {
    let Some(before) = chosen.questions().find(|question| question.id == when.question.value) else {
        return false;
    };
    let Some(at) = before.options.iter().position(|option| option.id == when.option.value) else {
        return false;
    };
    let counted = tally.counted(&before.id, wave, strata);
    let band = chosen.policy.band;
    let is_open = |count: u32| count >= band && count <= counted.answered.saturating_sub(band);
    is_open(counted.option(at)) && is_open(answered)
}
