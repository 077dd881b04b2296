//! One display -> everything that can be behind it: every sheet of every person, one person after the other.

use crate::model::{Cell, Kind, Policy, Question, Shown, Word, nearest, rounded};
use std::collections::BTreeSet;

/// A group.
pub struct Member {
    pub name: String,
    /// How many of it may have answered.
    pub sizes: Vec<i64>,
    /// How many are quoted with an answer in their own words.
    pub quoted: i64,
}

impl Member {
    /// How many answered, where that is published.
    pub fn size(&self) -> Option<i64> {
        (self.sizes.len() == 1).then(|| self.sizes[0])
    }

    pub fn most(&self) -> i64 {
        *self.sizes.iter().max().expect("a size")
    }
}

/// What the others can have answered, by group.
#[derive(Clone, Default)]
pub struct World<'s> {
    /// How many others there are.
    pub left: Vec<i64>,
    pub counts: Vec<&'s [i64]>,
}

/// What some people answered, added up; every combination there is.
type Counts = BTreeSet<Vec<i64>>;

/// One display, with all that can be behind it.
pub struct Scene<'a> {
    pub policy: Policy,
    pub question: &'a Question,
    pub members: Vec<Member>,
    shown: &'a Shown,
    /// By number of people: every sum of their sheets.
    sums: Vec<Counts>,
}

impl<'a> Scene<'a> {
    pub fn open(policy: Policy, question: &'a Question, members: Vec<Member>, shown: &'a Shown) -> Scene<'a> {
        let most = members.iter().map(Member::most).max().unwrap_or(0);
        let sums = |blank: bool| sums(&sheets(question, blank), question.options, most);
        // Nobody has to write something.
        let may_be_blank = question.kind == Kind::Text;
        let mut scene = Scene { policy, question, members, shown, sums: sums(may_be_blank) };
        // A reader takes it that everybody ticked something, where that can be.
        if !question.one() && !question.required && !may_be_blank && scene.worlds_of_all().is_empty() {
            scene.sums = sums(true);
        }
        scene
    }

    /// What a reader without answers of her own finds possible.
    pub fn worlds_of_all(&self) -> Vec<World<'_>> {
        let nothing = vec![vec![0; self.question.options]; self.members.len()];
        self.worlds(&vec![0; self.members.len()], &nothing)
    }

    /// What the others can have answered, where `people` of each group answered `own`.
    fn worlds(&self, people: &[i64], own: &[Vec<i64>]) -> Vec<World<'_>> {
        let mut all = vec![World::default()];
        for (member, taken) in self.members.iter().zip(people) {
            let lefts = member.sizes.iter().filter(|size| *size >= taken).map(|size| size - taken);
            let others =
                lefts.flat_map(|left| self.sums[place(left)].iter().map(move |counts| (left, counts)));
            let others: Vec<(i64, &Vec<i64>)> = others.collect();
            let mut longer = Vec::new();
            for before in &all {
                for (left, counts) in &others {
                    let mut world: World<'_> = before.clone();
                    world.left.push(*left);
                    world.counts.push(counts);
                    longer.push(world);
                }
            }
            all = longer;
        }
        all.retain(|others| self.is_like(others, people, own));
        all
    }

    /// Whether it would have been published in the same way.
    fn is_like(&self, others: &World<'_>, people: &[i64], own: &[Vec<i64>]) -> bool {
        let n: i64 = others.left.iter().chain(people).sum();
        let whole = |member: usize, option: usize| others.counts[member][option] + own[member][option];
        let members = 0..self.members.len();
        let total = |option: usize| -> i64 { members.clone().map(|member| whole(member, option)).sum() };
        let counts: Vec<i64> = (0..self.question.options).map(total).collect();
        let (policy, question) = (self.policy, self.question);
        if let Some((other, _)) = question.other
            && members.clone().any(|member| whole(member, other) < self.members[member].quoted)
        {
            return false;
        }
        let is_due = policy.is_audited() && n >= policy.min_group && n >= policy.mean_base;
        let mean_is_hidden = || !policy.shows_mean(question.sum(&counts), n, question.ends());
        let Shown::Cells(cells) = self.shown else {
            // The survey would have shown a mean: that it is withheld although enough answered says why.
            return !(is_due && self.would_show_mean()) || mean_is_hidden();
        };
        // What is shown in its place is why a mean is withheld.
        let is_replaced = cells.iter().any(|(_, word)| word.counts_any());
        cells.iter().all(|(cell, word)| {
            let count = question.count(cell, &counts);
            match *word {
                Word::Hidden | Word::Unpublished => true,
                Word::MeanWithheld => !is_due || is_replaced || mean_is_hidden(),
                Word::Mean(tenths) => n > 0 && rounded(10, question.sum(&counts), n) == tenths,
                Word::Percent(percent) => {
                    n > 0 && self.is_in_band(count, n) && rounded(100, count, n) == percent
                }
                Word::Count(shown) => self.is_in_band(count, n) && count == shown,
                Word::Few => count < policy.band,
                Word::NearlyAll => count > n - policy.band,
                Word::Mentioned => count >= 1,
                Word::Rounded { value, to } => nearest(count, to) == value,
                Word::End(end) => question.end(*cell == Cell::Min, &counts) == Some(end),
                Word::Bin(most) => {
                    let of = |bin: usize| question.count(&Cell::Bin(bin), &counts);
                    (0..question.bins.len()).all(|bin| of(bin) <= of(most))
                }
            }
        })
    }

    /// What an audited policy shows exactly lies within the band.
    fn is_in_band(&self, count: i64, n: i64) -> bool {
        !self.policy.is_audited() || self.policy.range(count, n).is_none()
    }

    /// Whether `show` declares a mean: where some group has cells they are of them, else of all scales of numbers.
    fn would_show_mean(&self) -> bool {
        let cells = self.question.shown.iter().find_map(|shown| match shown {
            Shown::Cells(cells) => Some(cells.iter().any(|(cell, _)| *cell == Cell::Mean)),
            Shown::Withheld => None,
        });
        cells.unwrap_or(matches!(self.question.kind, Kind::Scale(_)))
    }

    /// Every coalition, with every combination of its answers for which there is a world.
    pub fn coalitions(&self) -> Vec<(Vec<i64>, Vec<World<'_>>)> {
        let mut all = Vec::new();
        let most = self.policy.coalition as i64;
        let mut takes: Vec<Vec<i64>> = vec![Vec::new()];
        for member in &self.members {
            let with = |before: Vec<i64>| {
                let left = (most - before.iter().sum::<i64>()).min(member.most());
                (0..=left).map(move |people| before.iter().copied().chain([people]).collect())
            };
            takes = takes.into_iter().flat_map(with).collect();
        }
        for people in takes {
            let mut answers: Vec<Vec<Vec<i64>>> = vec![Vec::new()];
            for taken in &people {
                let own = &self.sums[place(*taken)];
                let with = |before: Vec<Vec<i64>>| {
                    own.iter().map(move |counts| before.iter().cloned().chain([counts.clone()]).collect())
                };
                answers = answers.into_iter().flat_map(with).collect();
            }
            for own in answers {
                let worlds = self.worlds(&people, &own);
                if !worlds.is_empty() {
                    all.push((people.clone(), worlds));
                }
            }
        }
        all
    }
}

fn place(people: i64) -> usize {
    usize::try_from(people).expect("small")
}

/// Every sheet that a person can hand in.
fn sheets(question: &Question, blank: bool) -> Vec<Vec<i64>> {
    let all = (0..1_usize << question.options).filter(|sheet| {
        let ticks = sheet.count_ones() as usize;
        let last = sheet >> (question.options - 1) & 1 == 1;
        if question.one() {
            return ticks == 1;
        }
        (ticks > 0 || blank)
            && question.most.is_none_or(|most| ticks <= most)
            && !(question.exclusive && last && ticks > 1)
    });
    all.map(|sheet| (0..question.options).map(|option| i64::from(sheet >> option & 1 == 1)).collect())
        .collect()
}

/// By number of people: every sum of their sheets, one person after the other.
fn sums(sheets: &[Vec<i64>], options: usize, most: i64) -> Vec<Counts> {
    let mut all: Vec<Counts> = vec![BTreeSet::from([vec![0; options]])];
    for _ in 0..most {
        let before = all.last().expect("the first");
        let with =
            |counts: &Vec<i64>, sheet: &Vec<i64>| counts.iter().zip(sheet).map(|(a, b)| a + b).collect();
        let next =
            before.iter().flat_map(|counts| sheets.iter().map(move |sheet| with(counts, sheet))).collect();
        all.push(next);
    }
    all
}
