//! A seed -> a survey of one question, perhaps one more that only some were asked, and what is published of them.

use crate::chance::Random;

/// The numbers of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    pub band: i64,
    pub width: i64,
    pub insider: i64,
    pub coalition: usize,
    pub min_group: i64,
}

/// The first question, and one that those were asked who gave its first answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    First,
    More,
}

/// What is published of one question and some groups together.
#[derive(Clone, Debug)]
pub struct Shown {
    pub of: Of,
    pub members: Vec<usize>,
    /// How many answered.
    pub base: i64,
    pub cells: Vec<Word>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    Count(i64),
    Few,
    NearlyAll,
    Hidden,
}

/// Names of populations: groups, all of them as a group, or as everyone.
const GROUPS: [&str; 2] = ["a", "b"];

#[derive(Clone, Debug)]
pub struct Survey {
    pub policy: Policy,
    /// Each gives one answer to the first question; else each ticks what applies, something at least.
    pub one: bool,
    pub options: usize,
    /// Answers to the second question, if there is one.
    pub more: Option<usize>,
    /// Nobody could pass the second question over.
    pub required: bool,
    /// How many of each group answered the first question.
    pub sizes: Vec<i64>,
    /// The groups together are a group of their own; else they are everyone.
    pub is_union: bool,
    pub shown: Vec<Shown>,
    /// What is declared and withheld.
    withheld: Vec<(Of, Vec<usize>)>,
}

/// One person's answers: how often she gave each to the first question, whether she answered the second, and how.
pub type Sheet = Vec<i64>;

impl Survey {
    /// Every sheet that can be handed in.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        for chosen in 1..1_usize << self.options {
            if self.one && chosen.count_ones() != 1 {
                continue;
            }
            let first: Vec<i64> =
                (0..self.options).map(|option| i64::from(chosen >> option & 1 == 1)).collect();
            let Some(more) = self.more else {
                sheets.push(first);
                continue;
            };
            let with = |answer: Option<usize>| {
                let second = (0..more).map(|other| i64::from(answer == Some(other)));
                first.iter().copied().chain([i64::from(answer.is_some())]).chain(second).collect::<Sheet>()
            };
            let was_asked = first[0] == 1;
            if !was_asked || !self.required {
                sheets.push(with(None));
            }
            if was_asked {
                sheets.extend((0..more).map(|answer| with(Some(answer))));
            }
        }
        sheets
    }

    /// The place of a question's first answer on a sheet.
    pub fn first(&self, of: Of) -> usize {
        if of == Of::First { 0 } else { self.options + 1 }
    }

    pub fn answers(&self, of: Of) -> usize {
        if of == Of::First { self.options } else { self.more.unwrap_or(0) }
    }

    pub fn name(&self, members: &[usize]) -> &'static str {
        match members {
            [only] => GROUPS[*only],
            _ if self.is_union => "both",
            _ => "everyone",
        }
    }

    /// Nothing is said at all.
    pub fn is_silent(&self) -> bool {
        self.shown.is_empty() && self.withheld.is_empty()
    }

    pub fn is_followed(&self) -> bool {
        self.shown.iter().any(|shown| shown.of == Of::More)
    }

    pub fn is_differenced(&self) -> bool {
        let of = |question: Of| self.shown.iter().filter(move |shown| shown.of == question);
        [Of::First, Of::More].into_iter().any(|question| {
            of(question).any(|shown| shown.members.len() == 1)
                && of(question).any(|shown| shown.members.len() == 2)
        })
    }

    /// Whether the second question is shown of groups together alone.
    pub fn tells_all_numbers(&self) -> bool {
        let together = self.shown.iter().filter(|shown| shown.members.len() > 1 && shown.of == Of::More);
        together.count() == 0
    }

    pub fn text(&self) -> String {
        let groups = match (self.sizes.len(), self.is_union) {
            (1, _) => "{a: A}",
            (_, false) => "{a: A, b: B}",
            (_, true) => "{both: Both, a: {label: A, part_of: both}, b: {label: B, part_of: both}}",
        };
        let mut text = format!("title: A survey\ngroups: {groups}\nquestions:\n");
        let show = |of: Of| {
            let shown = self.shown.iter().filter(|shown| shown.of == of).map(|shown| &shown.members);
            let withheld = self.withheld.iter().filter(|(known, _)| *known == of).map(|(_, members)| members);
            // Of one answer a split is shown: two answers are a split, of more the first against the others.
            let what = if of == Of::First && self.one && self.options > 2 { "[first]" } else { "[counts]" };
            let told: Vec<&Vec<usize>> = shown.chain(withheld).collect();
            let mut groups: Vec<String> =
                told.iter().map(|members| format!("{}: {what}", self.name(members))).collect();
            let silent = (0..self.sizes.len()).filter(|group| !told.contains(&&vec![*group]));
            groups.extend(silent.map(|group| format!("{}: nothing", GROUPS[group])));
            format!("{{{}}}", groups.join(", "))
        };
        let options = |id: &str, count: usize| {
            let list: Vec<String> =
                (0..count).map(|option| format!("{{id: {id}{option}, label: {id}{option}}}")).collect();
            list.join(", ")
        };
        let kind = if self.one { "choose-one" } else { "choose-all" };
        let tops = if self.one && self.options > 2 { ", tops: {first: [o0]}" } else { "" };
        let required = if self.one { "" } else { ", required: true" };
        text.push_str(&format!(
            "  - {{id: q, ask: What?, type: {kind}{required}{tops}, options: [{}], show: {}}}\n",
            options("o", self.options),
            show(Of::First)
        ));
        if let Some(more) = self.more {
            text.push_str(&format!(
                "  - {{id: more, ask: Why?, type: choose-one, required: {}, asked_if: {{q: o0}}, options: [{}], show: {}}}\n",
                self.required,
                options("m", more),
                show(Of::More)
            ));
        }
        text.push_str(&format!("disclosure: {}\n", self.disclosure()));
        text
    }

    fn disclosure(&self) -> String {
        let Policy { band, width, insider, coalition, min_group } = self.policy;
        format!(
            "{{policy: small-survey, totals: show, band: {band}, min_width: {width}, min_width_insider: {insider}, coalition: {coalition}, min_group: {min_group}}}"
        )
    }

    pub fn release(&self) -> String {
        let respondents: Vec<String> =
            GROUPS.iter().zip(&self.sizes).map(|(group, n)| format!("{group}: {{answered: {n}}}")).collect();
        let mut text = format!(
            "edition: \"2025\"\ncollected: 2025-06\nincludes: none\ndisclosure: {}\nrespondents: {{{}}}\nanswers:\n",
            self.disclosure(),
            respondents.join(", ")
        );
        for (of, id) in [(Of::First, "q"), (Of::More, "more")] {
            let mut lines = Vec::new();
            for shown in self.shown.iter().filter(|shown| shown.of == of) {
                lines.push(format!("    {}: {}\n", self.name(&shown.members), self.cells(shown)));
            }
            for (_, members) in self.withheld.iter().filter(|(known, _)| *known == of) {
                lines.push(format!("    {}: withheld\n", self.name(members)));
            }
            if !lines.is_empty() {
                text.push_str(&format!("  {id}:\n{}", lines.concat()));
            }
        }
        text
    }

    fn cells(&self, shown: &Shown) -> String {
        let word = |word: &Word| match word {
            Word::Count(count) => count.to_string(),
            Word::Few => "few".to_owned(),
            Word::NearlyAll => "nearly-all".to_owned(),
            Word::Hidden => "withheld".to_owned(),
        };
        let letter = if shown.of == Of::First { 'o' } else { 'm' };
        let is_told = shown.of == Of::More || shown.members.len() > 1;
        let answered = if is_told { format!("answered: {}, ", shown.base) } else { String::new() };
        if shown.of == Of::First && self.one && self.options > 2 {
            return format!("{{{answered}tops: {{first: {}}}}}", word(&shown.cells[0]));
        }
        let cells: Vec<String> = shown
            .cells
            .iter()
            .enumerate()
            .map(|(place, cell)| format!("{letter}{place}: {}", word(cell)))
            .collect();
        format!("{{{answered}counts: {{{}}}}}", cells.join(", "))
    }
}

/// A random survey with what is published of it.
pub fn survey(random: &mut Random) -> Survey {
    let coalition = [0, 1][random.below(2)];
    let (width, insider) = ([1, 1, 2][random.below(3)], [0, 1][random.below(2)]);
    let band = (width + 1).max(insider + 1 + coalition as i64);
    let policy = Policy { band, width, insider, coalition, min_group: 2 * band - 1 };
    let groups = 1 + random.below(2);
    let one = random.one_in(2);
    let most = match (groups, one) {
        (1, _) => 8,
        (_, true) => 5,
        (_, false) => 4,
    };
    let sizes: Vec<i64> = (0..groups).map(|_| random.between(most - 1, most)).collect();
    let mut survey = Survey {
        policy,
        one,
        options: if one { 2 + random.below(3) } else { 2 + random.below(if groups == 1 { 2 } else { 1 }) },
        more: (!random.one_in(8)).then_some(2),
        required: random.one_in(2),
        sizes,
        is_union: !random.one_in(4),
        shown: Vec::new(),
        withheld: Vec::new(),
    };
    let answers = answers(random, &survey);
    let mut populations: Vec<Vec<usize>> = (0..groups).map(|group| vec![group]).collect();
    if groups == 2 {
        populations.push(vec![0, 1]);
    }
    for of in [Of::First, Of::More].into_iter().take(1 + usize::from(survey.more.is_some())) {
        for members in &populations {
            // How many answered the first question is told in any case, at least with "withheld".
            let is_needed = of == Of::First && members.len() == 1;
            if !is_needed && random.one_in(if members.len() == 1 { 4 } else { 3 }) {
                continue;
            }
            match shown(random, &survey, of, members, &answers) {
                Some(shown) => survey.shown.push(shown),
                None => survey.withheld.push((of, members.clone())),
            }
        }
    }
    survey
}

/// Sums of each group's sheets.
fn answers(random: &mut Random, survey: &Survey) -> Vec<Sheet> {
    let sheets = survey.sheets();
    let asked: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet[0] == 1).collect();
    let often = 1 + random.below(2);
    let of_group = |n: &i64| {
        let mut sum = vec![0; sheets[0].len()];
        for _ in 0..*n {
            let sheet = if random.below(3) < often {
                asked[random.below(asked.len())]
            } else {
                &sheets[random.below(sheets.len())]
            };
            sum.iter_mut().zip(sheet).for_each(|(sum, own)| *sum += own);
        }
        sum
    };
    survey.sizes.iter().map(of_group).collect()
}

fn shown(
    random: &mut Random,
    survey: &Survey,
    of: Of,
    members: &[usize],
    answers: &[Sheet],
) -> Option<Shown> {
    let sum = |place: usize| -> i64 { members.iter().map(|group| answers[*group][place]).sum() };
    let whole: i64 = members.iter().map(|group| survey.sizes[*group]).sum();
    let base = if of == Of::First { whole } else { sum(survey.options) };
    let band = survey.policy.band;
    if base < survey.policy.min_group || random.one_in(10) {
        return None;
    }
    // That a number who answered is within the band is a plain rule; now and then it is broken.
    if of == Of::More && base > whole - band && !random.one_in(8) {
        return None;
    }
    let hides = random.one_in(3);
    let answers = survey.answers(of);
    let is_top = of == Of::First && survey.one && answers > 2;
    let cells = (0..answers).take(if is_top { 1 } else { answers }).map(|answer| {
        let count = sum(survey.first(of) + answer);
        match count {
            _ if hides && answer + 1 == answers => Word::Hidden,
            count if count < band => Word::Few,
            count if count > base - band => Word::NearlyAll,
            count => Word::Count(count),
        }
    });
    Some(Shown { of, members: members.to_vec(), base, cells: cells.collect() })
}
