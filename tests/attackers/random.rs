//! A seed -> a survey of a few questions, answers of a few people, and what is published of them: ordinary displays, and
//! such as an attacker would like to see.

use crate::chance::Random;
use crate::model::{Attack, Base, Cell, Kind, Policy, Question, Rule, Shown, Word, nearest, rounded};
use crate::text;

fn policy(random: &mut Random) -> Policy {
    let rule = match random.below(16) {
        0..12 => Rule::SmallSurvey,
        12..14 => Rule::AsPublished,
        14 => Rule::Hesa,
        _ => Rule::Ofs,
    };
    let coalition = [0, 1, 1, 1, 1, 2][random.below(6)];
    let insider = [0, 1, 1][random.below(3)];
    let width = [1, 2, 2][random.below(3)];
    let least = (width + 1).max(insider + 1 + coalition as i64);
    let band = if random.one_in(4) { least + 1 } else { least };
    let min_group = 2 * band - 1 + i64::from(random.one_in(2));
    Policy { rule, band, width, insider, coalition, min_group, mean_base: 3, percentage_base: 4 }
}

/// How many answered of each group, and what is published of it.
fn sizes(random: &mut Random, policy: Policy) -> (Vec<i64>, Vec<Base>) {
    let sector = |random: &mut Random| {
        let n = random.between(1, 7);
        let base = match policy.rule {
            Rule::Ofs if n < policy.percentage_base => Base::Low,
            Rule::Ofs => Base::Rounded { value: nearest(n, 10), to: 10 },
            _ => Base::Rounded { value: nearest(n, 5), to: 5 },
        };
        (vec![n], vec![base])
    };
    let mut sizes: Vec<i64> = match policy.rule {
        Rule::Hesa | Rule::Ofs => return sector(random),
        _ if random.one_in(3) => vec![random.between(1, 5), random.between(1, 4)],
        _ => vec![random.between(2, 8)],
    };
    if sizes.len() == 1 && policy.is_audited() && !random.one_in(6) {
        sizes[0] = sizes[0].max(policy.min_group.min(8));
    }
    let to = random.between(2, 3);
    let is_rounded = policy.rule == Rule::AsPublished && random.one_in(4);
    let base = |n: &i64| match is_rounded {
        true => Base::Rounded { value: nearest(*n, to), to },
        false => Base::Known(*n),
    };
    let bases = sizes.iter().map(base).collect();
    (sizes, bases)
}

/// A random survey with its release.
pub fn attack(random: &mut Random, seed: u64) -> Attack {
    let policy = policy(random);
    let (sizes, bases) = sizes(random, policy);
    let count = 1 + random.below(2);
    let questions: Vec<Question> =
        (0..count).map(|place| question(random, policy, &sizes, &bases, place)).collect();
    Attack {
        id: format!("s{seed}"),
        survey: text::survey(policy, &questions),
        release: text::release(policy, &questions, &bases),
        quotes: text::quotes(&questions),
        policy,
        questions,
    }
}

fn question(random: &mut Random, policy: Policy, sizes: &[i64], bases: &[Base], place: usize) -> Question {
    let kind = match random.below(8) {
        0..3 => Kind::Many,
        3 => Kind::Text,
        4 => Kind::One,
        _ => Kind::Scale(random.between(0, 1)),
    };
    let is_many = kind == Kind::Many;
    let is_known = bases.iter().all(|base| matches!(base, Base::Known(_)));
    let most_people = sizes.iter().max().copied().unwrap_or(0);
    let options = match kind {
        _ if policy.rule == Rule::Ofs => 2,
        // The sheets of two groups are many.
        Kind::Many if sizes.len() == 2 => 2 + usize::from(random.one_in(4)),
        _ if sizes.len() == 2 || !is_known => 2 + random.below(2),
        Kind::Many if most_people <= 4 => 2 + random.below(3),
        Kind::Many => 2 + random.below(2),
        Kind::Text => 1 + random.below(2),
        Kind::One => 2 + random.below(3),
        Kind::Scale(_) => 2 + random.below(4),
    };
    let mut question = Question {
        id: format!("q{place}"),
        kind,
        options,
        required: is_many && !random.one_in(3),
        most: (is_many && random.one_in(2)).then(|| 1 + random.below(2)),
        exclusive: is_many && random.one_in(4),
        other: None,
        bins: Vec::new(),
        bases: bases.to_vec(),
        everyone: is_known && sizes.len() == 2 && !random.one_in(if policy.is_audited() { 8 } else { 2 }),
        shown: Vec::new(),
    };
    let skew = random.below(4);
    let counts: Vec<Vec<i64>> = sizes.iter().map(|n| answers(random, &question, *n, skew)).collect();
    if matches!(kind, Kind::One | Kind::Many) && random.one_in(2) {
        let other = random.below(options - usize::from(question.exclusive));
        let quoted =
            counts.iter().map(|counts| random.between(counts[other].min(1), counts[other].min(3))).collect();
        question.other = Some((other, quoted));
    }
    let display = display(random, policy, &mut question);
    let places: Vec<(Vec<i64>, i64)> = if question.everyone {
        let sum = (0..options).map(|option| counts.iter().map(|counts| counts[option]).sum()).collect();
        vec![(sum, sizes.iter().sum())]
    } else {
        counts.into_iter().zip(sizes.iter().copied()).collect()
    };
    for (place, (counts, n)) in places.iter().enumerate() {
        let whole = Whole { policy, question: &question, counts, n: *n, base: bases[place] };
        let shown = whole.shown(random, &display);
        question.shown.push(shown);
    }
    question
}

/// Random answers of some people, as counts.
fn answers(random: &mut Random, question: &Question, n: i64, skew: usize) -> Vec<i64> {
    let mut counts = vec![0; question.options];
    for _ in 0..n {
        let mut option = random.below(question.options);
        if skew == 0 {
            option = option.max(random.below(question.options));
        }
        if question.one() {
            counts[option] += 1;
            continue;
        }
        // Some leave out what they may.
        let is_text = question.kind == Kind::Text;
        if !question.required && (is_text || skew == 3) && random.one_in(if is_text { 2 } else { 4 }) {
            continue;
        }
        if question.exclusive && random.one_in(4) {
            counts[question.options - 1] += 1;
            continue;
        }
        let open = question.options - usize::from(question.exclusive);
        let most = question.most.unwrap_or(open).min(open);
        let mut ticked = vec![option % open];
        for other in 0..open {
            if ticked.len() < most && !ticked.contains(&other) && random.one_in(if skew == 1 { 4 } else { 2 })
            {
                ticked.push(other);
            }
        }
        ticked.into_iter().for_each(|option| counts[option] += 1);
    }
    counts
}

/// The cells that are shown: of one answer one thing under an audited policy, else whatever an attacker likes.
fn display(random: &mut Random, policy: Policy, question: &mut Question) -> Vec<Cell> {
    let all: Vec<Cell> = (0..question.options).map(Cell::Option).collect();
    if !question.one() {
        return all;
    }
    let top = Cell::Top(1 + random.below(question.options - 1));
    if question.kind == Kind::One {
        let ways = match policy.is_audited() {
            true if question.options == 2 => 1..2,
            true => 0..1,
            false => 0..3,
        };
        return match ways.start + random.below(ways.len()) {
            0 => vec![top],
            1 => all,
            _ => all.into_iter().chain([top]).collect(),
        };
    }
    let bins = |random: &mut Random, question: &mut Question, many: usize| -> Vec<Cell> {
        question.bins = (0..many)
            .map(|_| {
                let from = random.below(question.options);
                (from, from + random.below(question.options - from))
            })
            .collect();
        (0..many).map(Cell::Bin).collect()
    };
    if policy.is_audited() {
        return match random.below(6) {
            0 => vec![top],
            1..4 => vec![Cell::Mean],
            // The first is shown.
            4 if random.one_in(2) => vec![top, Cell::Mean],
            4 => vec![Cell::Mean, top],
            _ => bins(random, question, 1),
        };
    }
    let mut cells = Vec::new();
    if random.one_in(2) {
        cells.push(Cell::Mean);
    }
    if random.one_in(2) {
        cells.push(top);
    }
    let has_extremes = policy.rule == Rule::AsPublished;
    if has_extremes && random.one_in(3) {
        cells.extend([Cell::Min, Cell::Max]);
    }
    if cells.is_empty() || random.one_in(3) {
        let many = 1 + random.below(3);
        cells.extend(bins(random, question, many));
        if has_extremes && random.one_in(2) {
            cells.push(Cell::Most);
        }
    }
    cells
}

/// How the counts of one group are published.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Count,
    Percent,
    Rounded(i64),
    Ranges,
}

/// What some people answered, on its way to a release.
struct Whole<'q> {
    policy: Policy,
    question: &'q Question,
    counts: &'q [i64],
    n: i64,
    base: Base,
}

impl Whole<'_> {
    fn shown(&self, random: &mut Random, display: &[Cell]) -> Shown {
        let policy = self.policy;
        if (policy.is_audited() && self.n < policy.min_group) || random.one_in(12) {
            return Shown::Withheld;
        }
        let style = self.style(random);
        let hides = random.one_in(4);
        let dares = !random.one_in(3);
        let mut cells = Vec::new();
        for (place, cell) in display.iter().enumerate() {
            let is_second = policy.is_audited() && self.question.one() && place > 0;
            let is_last = matches!(cell, Cell::Option(option) if option + 1 == self.question.options);
            let word = match cell {
                Cell::Mean if is_second => Word::MeanWithheld,
                Cell::Top(_) if is_second => Word::Hidden,
                Cell::Mean => self.mean(random, dares),
                Cell::Min | Cell::Max => self.end(random, *cell == Cell::Min),
                Cell::Most => self.most(),
                _ if hides && is_last && !self.question.one() => Word::Hidden,
                _ if !policy.is_audited() && random.one_in(5) => Word::Hidden,
                _ if random.one_in(24) => Word::Unpublished,
                _ => self.word(random, cell, style, dares),
            };
            cells.push((cell.clone(), word));
        }
        Shown::Cells(cells)
    }

    fn style(&self, random: &mut Random) -> Style {
        let is_known = matches!(self.base, Base::Known(_));
        match (self.policy.rule, random.below(8)) {
            (Rule::SmallSurvey, 0 | 1) if self.n >= self.policy.percentage_base => Style::Percent,
            (Rule::SmallSurvey, _) => Style::Ranges,
            (Rule::AsPublished, 0..3) => Style::Count,
            (Rule::AsPublished, 3 | 4) => Style::Percent,
            (Rule::AsPublished, 5 | 6) => Style::Rounded(random.between(2, 5)),
            (Rule::AsPublished, _) if is_known => Style::Ranges,
            (Rule::AsPublished, _) => Style::Count,
            (Rule::Hesa, 0 | 1) if self.n >= 3 => Style::Percent,
            (Rule::Hesa, _) => Style::Rounded(5),
            (Rule::Ofs, _) => Style::Percent,
        }
    }

    fn word(&self, random: &mut Random, cell: &Cell, style: Style, dares: bool) -> Word {
        let (policy, n) = (self.policy, self.n);
        let count = self.question.count(cell, self.counts);
        let is_sector = matches!(policy.rule, Rule::Hesa | Rule::Ofs);
        if count > 0 && !is_sector && random.one_in(if self.question.kind == Kind::Text { 3 } else { 8 }) {
            return Word::Mentioned;
        }
        let range = if policy.is_audited() || style == Style::Ranges { policy.range(count, n) } else { None };
        let is_few = count <= 2 || count + 2 >= n;
        match (range, style) {
            (Some(range), _) => range,
            (None, _) if self.base == Base::Low => Word::Hidden,
            (None, _) if policy.rule == Rule::Ofs && is_few && !dares => Word::Hidden,
            (None, Style::Percent) => Word::Percent(rounded(100, count, n)),
            (None, Style::Rounded(to)) => {
                let value = nearest(count, to);
                // Under a sector's rule nothing rounds above its base.
                let is_above = is_sector && value > nearest(n, to);
                if is_above { Word::Hidden } else { Word::Rounded { value, to } }
            }
            (None, Style::Count | Style::Ranges) => Word::Count(count),
        }
    }

    fn mean(&self, random: &mut Random, dares: bool) -> Word {
        let (policy, n) = (self.policy, self.n);
        let total = self.question.sum(self.counts);
        let least = if policy.rule == Rule::Ofs { policy.percentage_base } else { policy.mean_base };
        let may = match policy.rule {
            Rule::SmallSurvey => n >= least && (dares || policy.shows_mean(total, n, self.question.ends())),
            Rule::AsPublished => !random.one_in(6),
            Rule::Hesa | Rule::Ofs => n >= least,
        };
        if may { Word::Mean(rounded(10, total, n)) } else { Word::MeanWithheld }
    }

    fn end(&self, random: &mut Random, is_min: bool) -> Word {
        let end = self.question.end(is_min, self.counts).expect("somebody answered");
        match random.below(6) {
            0 => Word::Hidden,
            1 => Word::Unpublished,
            _ => Word::End(end),
        }
    }

    /// The first of the most common ranges.
    fn most(&self) -> Word {
        let count = |bin: usize| self.question.count(&Cell::Bin(bin), self.counts);
        let bins = 0..self.question.bins.len();
        let most = bins.clone().map(count).max().expect("a range");
        Word::Bin(bins.into_iter().find(|bin| count(*bin) == most).expect("one of them"))
    }
}
