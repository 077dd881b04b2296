//! Parts that were looked at -> a [`Report`]: question by question, what is published, what it leaves open, and to whom.

use super::evidence::sum;
use super::findings::{leaks, who};
use super::measure::{NODES, Quantity, Undecided};
use super::model::{Block, Population};
use super::pool::Pool;
use super::search::Budget;
use super::shape::Coalition;
use super::target::Together;
use super::words::listed;
use super::{Outcome, Part};
use crate::evaluation::disclosure::Judged;
use crate::evaluation::survey::{Survey, words_of};

/// As many possible values of a count are told.
const TOLD: usize = 41;

/// What an audit of one release found.
#[derive(Debug)]
pub struct Report {
    /// The policy's name.
    pub policy: &'static str,
    /// Whether anything that it finds keeps the release from being published.
    pub refuses: bool,
    /// How many people may put their answers together.
    pub coalition: u32,
    /// Counts outside `band .. n - band` are ranges.
    pub band: u32,
    /// Values besides the true one that are promised to any reader, and to people who took part.
    pub widths: (u32, u32),
    /// Means that come too near to the ends of their scale, in words.
    pub means: Vec<String>,
    /// What was looked at, in the order of the survey.
    pub looked: Vec<Looked>,
}

/// What was found of one question, wave and group, or of everyone.
#[derive(Debug)]
pub struct Looked {
    /// The question.
    pub question: String,
    /// Empty where the survey has none.
    pub wave: String,
    /// The group, or `everyone`.
    pub group: String,
    /// How many answered, where that is known.
    pub base: Option<i64>,
    /// Everything published that was looked at with it: what, and what it says.
    pub published: Vec<(String, String)>,
    /// The counts of its answers.
    pub counts: Vec<Count>,
    /// Answers whose counts together have one value only.
    pub sums: Vec<Sums>,
    /// Why it could not be looked at, in words.
    pub trouble: Option<&'static str>,
}

impl Looked {
    /// Whether something of it is given away, or could not be looked at.
    pub fn is_open(&self) -> bool {
        self.trouble.is_some()
            || self.counts.iter().any(|count| count.given_away.is_some())
            || self.sums.iter().any(|sums| sums.is_given_away)
    }
}

/// How many gave one answer, as far as it can be told.
#[derive(Debug)]
pub struct Count {
    /// The answer.
    pub answer: String,
    /// How many people it is of, where that is known: of themes that belong to an answer those who gave it.
    pub base: Option<i64>,
    /// Its value, where there is only one possible.
    pub determined: Option<i64>,
    /// Values that a reader finds possible, as far as they were looked for: never more than are needed.
    pub values: i64,
    /// Values that are needed.
    pub needed: i64,
    /// The same for people who took part, among the others, where they find fewest; nothing where every reader knows it.
    pub insider: Option<(i64, i64)>,
    /// Whether somebody is certain of what each of the others answered.
    pub certain: bool,
    /// All values that a reader finds possible, up to a number of them.
    pub possible: Vec<i64>,
    /// What is given away, in words.
    pub given_away: Option<String>,
}

/// Answers whose counts together are determined.
#[derive(Debug)]
pub struct Sums {
    /// The answers.
    pub answers: Vec<String>,
    /// What they add up to.
    pub value: i64,
    /// Whether that is too near to nobody or everybody.
    pub is_given_away: bool,
}

/// The report on some parts.
pub(super) fn of(survey: &Survey, judged: &Judged, parts: &[Part], means: Vec<String>) -> Report {
    let policy = judged.policy();
    let mut looked: Vec<Looked> = Vec::new();
    for part in parts {
        let block = &part.block;
        let has_answers = |unit: &usize| !block.units[*unit].items.is_empty();
        let units = (0..block.units.len()).filter(has_answers).map(Population::Unit);
        let unions = (0..block.unions.len()).map(Population::Union);
        for population in units.chain(unions) {
            let mut own = part_of(part, population, judged);
            let same = looked.iter_mut().find(|known| {
                known.question == own.question && known.wave == own.wave && known.group == own.group
            });
            match same {
                Some(known) => {
                    known.published.append(&mut own.published);
                    known.counts.append(&mut own.counts);
                    known.sums.append(&mut own.sums);
                    known.trouble = known.trouble.or(own.trouble);
                }
                None => looked.push(own),
            }
        }
    }
    let place = |looked: &Looked| survey.questions.iter().position(|question| question.id == looked.question);
    looked.sort_by_key(place);
    for looked in &mut looked {
        let question = survey.questions.iter().find(|question| question.id == looked.question);
        let options = question.map(|question| &question.options[..]).unwrap_or_default();
        looked.counts.sort_by_key(|count| options.iter().position(|option| option.id == count.answer));
    }
    Report {
        policy: policy.name.name(),
        refuses: policy.is_audited(),
        coalition: policy.coalition,
        band: policy.band,
        widths: (policy.min_width, policy.min_width_insider),
        means,
        looked,
    }
}

fn part_of(part: &Part, population: Population, judged: &Judged) -> Looked {
    let block = &part.block;
    let unit = &block.units[block.members(population)[0]];
    let mut looked = Looked {
        question: unit.question.clone(),
        wave: unit.wave.clone(),
        group: block.group(population).to_owned(),
        base: block.size(population),
        published: block.statements.iter().map(|said| (said.of.clone(), said.says.clone())).collect(),
        counts: Vec::new(),
        sums: Vec::new(),
        trouble: None,
    };
    match &part.outcome {
        Outcome::Impossible => looked.trouble = Some("no answers give these figures"),
        Outcome::Undecided(Undecided::Exhausted) => {
            looked.trouble = Some("there are too many possibilities to search");
        }
        Outcome::Undecided(Undecided::Disagreement) => {
            looked.trouble = Some("the two computations disagree: a fault of the program");
        }
        Outcome::Measured(measured) => {
            let leaks = leaks(part, judged.policy().band.into());
            let own = measured.quantities.iter().filter(|quantity| quantity.population == population);
            looked.counts = own.map(|quantity| count(block, quantity, &leaks)).collect();
            let sums = measured.together.iter().filter(|together| together.population == population);
            looked.sums = sums.map(|together| sums_of(together, &leaks)).collect();
        }
    }
    looked
}

fn count(block: &Block, quantity: &Quantity, leaks: &[super::evidence::Leak]) -> Count {
    use super::evidence::Leak;
    let given_away = leaks.iter().find_map(|leak| match leak {
        Leak::Determined { population, items, .. }
            if *population == quantity.population && items[..] == [quantity.item.clone()] =>
        {
            Some("what is published determines it".to_owned())
        }
        Leak::Narrow { population, item, coalition, values, needed }
            if *population == quantity.population && *item == quantity.item =>
        {
            Some(format!(
                "{} finds {values} possible values, and {needed} are promised",
                who(block, coalition)
            ))
        }
        Leak::Certain { population, item, all, coalition }
            if *population == quantity.population && *item == quantity.item =>
        {
            let others = if *all { "all of the others gave it" } else { "none of the others gave it" };
            Some(format!("it is certain for {} that {others}", who(block, coalition)))
        }
        _ => None,
    });
    let insider = quantity.determined.is_none().then_some((quantity.insider.values, quantity.insider.needed));
    Count {
        answer: quantity.item.clone(),
        base: quantity.base,
        determined: quantity.determined,
        values: quantity.values,
        needed: quantity.needed,
        insider: insider.filter(|(values, _)| *values < i64::MAX),
        certain: quantity.certain.is_some(),
        possible: possible(block, quantity),
        given_away,
    }
}

/// Every value that a reader finds possible, as far as they are told.
fn possible(block: &Block, quantity: &Quantity) -> Vec<i64> {
    let mut budget = Budget::new(NODES);
    let system = block.system(&Coalition::nobody(block), &[]);
    let sum = sum(block, quantity.population, std::slice::from_ref(&quantity.item));
    let Ok(Some(mut pool)) = Pool::open(system, &mut budget) else { return Vec::new() };
    pool.values(&sum, TOLD, &mut budget).map(|values| values.into_iter().collect()).unwrap_or_default()
}

fn sums_of(together: &Together, leaks: &[super::evidence::Leak]) -> Sums {
    use super::evidence::Leak;
    let is_given_away = leaks.iter().any(|leak| match leak {
        Leak::Determined { population, items, .. } => {
            // One answer by itself is a count, and told there.
            items.len() > 1 && *population == together.population && *items == together.items
        }
        _ => false,
    });
    Sums { answers: together.items.clone(), value: together.value, is_given_away }
}

impl Report {
    /// A paragraph in plain words on a question, or on one of its answers, for each group; nothing where there is none.
    pub fn explain(&self, question: &str, answer: Option<&str>) -> Vec<String> {
        let mut paragraphs = Vec::new();
        for looked in self.looked.iter().filter(|looked| looked.question == question) {
            let counts =
                looked.counts.iter().filter(|count| answer.is_none_or(|answer| count.answer == answer));
            for count in counts {
                paragraphs.push(self.paragraph(looked, count));
            }
            if let (Some(trouble), None) = (looked.trouble, answer) {
                paragraphs.push(format!("{}: {trouble}.", looked.group));
            }
        }
        paragraphs
    }

    fn paragraph(&self, looked: &Looked, count: &Count) -> String {
        let wave =
            if looked.wave.is_empty() { String::new() } else { format!(" ({})", words_of(&looked.wave)) };
        let base = count.base.map_or("an unknown number of people".to_owned(), |n| format!("{n} people"));
        let name = format!("`{}.{}` of `{}`", looked.question, count.answer, looked.group);
        let shown = looked.published.iter().find(|(of, _)| *of == name).map(|(_, says)| says.as_str());
        let mut text = match shown {
            Some(says) => {
                format!("{name}{wave}: what is published is `{says}`, and {base} answered the question.")
            }
            None => format!("{name}{wave}: no number of its own is published; {base} answered the question."),
        };
        let others: Vec<String> = looked
            .published
            .iter()
            .filter(|(of, _)| *of != name)
            .map(|(of, says)| format!("{of} ({says})"))
            .collect();
        if !others.is_empty() {
            let more =
                if others.len() > 6 { format!(" and {} more", others.len() - 6) } else { String::new() };
            text.push_str(&format!(
                " It was looked at together with {}{more}.",
                listed(&others[..others.len().min(6)])
            ));
        }
        text.push_str(&match count.determined {
            Some(value) => format!(" Any reader can tell that it is {value}."),
            None => format!(
                " For a reader it can be {}: {} possible values.",
                ranges(&count.possible),
                if count.possible.len() >= TOLD {
                    format!("{TOLD} or more")
                } else {
                    count.possible.len().to_string()
                }
            ),
        });
        if let Some((values, _)) = count.insider {
            let took_part = match self.coalition {
                1 => "somebody who took part and knows her own answer".to_owned(),
                k => format!("{k} people who took part and compare their answers"),
            };
            text.push_str(&format!(
                " For {took_part}, at least {values} {} left for how many of the others gave it.",
                if values == 1 { "value is" } else { "values are" }
            ));
        }
        text.push_str(&self.judgement(count));
        text
    }

    fn judgement(&self, count: &Count) -> String {
        let (reader, insider) = (self.widths.0 + 1, self.widths.1 + 1);
        match (&count.given_away, self.refuses) {
            (Some(words), true) => format!(" This is refused: {words}."),
            (Some(words), false) => {
                format!(" The policy {} refuses nothing; this is left open: {words}.", self.policy)
            }
            (None, _) if count.determined.is_some() => format!(
                " That is allowed: it lies {} or more away from nobody and from everybody (band {}).",
                self.band, self.band
            ),
            (None, _) => format!(
                " That is allowed: {reader} values are needed for a reader (min_width {}) and {insider} for those who took part (min_width_insider {}), or as many as there can be among so few.",
                self.widths.0, self.widths.1
            ),
        }
    }
}

/// "0 to 2", "0, 2 and 4 to 9".
fn ranges(values: &[i64]) -> String {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for value in values {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *value => *last = *value,
            _ => ranges.push((*value, *value)),
        }
    }
    let words =
        |(from, to): &(i64, i64)| if from == to { from.to_string() } else { format!("{from} to {to}") };
    listed(&ranges.iter().map(words).collect::<Vec<_>>())
}
