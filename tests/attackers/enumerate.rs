//! A survey and what is published -> what can be told, by going through every sheet of every person.

use crate::random::{Attack, Cell, Policy, Question, Shown, Word, rounded, sum};
use std::collections::{BTreeMap, BTreeSet};

/// What can be told of a survey.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Found {
    /// By question, group and answer.
    pub counts: BTreeMap<(String, String, String), Count>,
    /// Sets of answers, without the first, whose counts together are determined.
    pub sums: BTreeMap<(String, String, BTreeSet<String>), i64>,
    /// A mean is shown that may not be.
    pub mean: bool,
}

/// What can be told of one count.
#[derive(PartialEq, Eq, Debug)]
pub struct Count {
    pub determined: Option<i64>,
    pub base: i64,
    pub is_narrow: bool,
    pub values: i64,
    /// Whether too few are left for people who took part, and how many.
    pub insider: Option<(bool, i64)>,
    pub certain: bool,
}

impl Found {
    /// Whether a count or a sum of counts is given away.
    pub fn leaks(&self, band: i64) -> bool {
        self.kinds(band).iter().any(|kind| *kind != "mean")
    }

    pub fn is_open(&self, band: i64) -> bool {
        !self.kinds(band).is_empty()
    }

    /// The ways in which something is given away.
    pub fn kinds(&self, band: i64) -> BTreeSet<&'static str> {
        let is_outside = |value: i64, base: i64| value < band || value > base - band;
        let mut kinds = BTreeSet::new();
        for count in self.counts.values() {
            match count.determined {
                Some(value) if is_outside(value, count.base) => {
                    kinds.insert("determined");
                }
                Some(_) => {}
                None if count.is_narrow => {
                    kinds.insert("narrow");
                }
                None if count.insider.is_some_and(|(is_short, _)| is_short) => {
                    kinds.insert("insider");
                }
                None => {}
            }
            if count.certain {
                kinds.insert("certain");
            }
        }
        for ((question, group, _), value) in &self.sums {
            let of = |key: &&(String, String, String)| key.0 == *question && key.1 == *group;
            let base = self.counts.iter().find(|(key, _)| of(key)).map_or(0, |(_, count)| count.base);
            if is_outside(*value, base) {
                kinds.insert("together");
            }
        }
        if self.mean {
            kinds.insert("mean");
        }
        kinds
    }
}

/// Goes through everything.
pub fn enumerate(attack: &Attack) -> Found {
    let mut found = Found::default();
    for question in &attack.questions {
        let groups: Vec<Vec<usize>> = if question.everyone {
            vec![(0..question.sizes.len()).collect()]
        } else {
            (0..question.sizes.len()).map(|group| vec![group]).collect()
        };
        for (members, shown) in groups.iter().zip(&question.shown) {
            found.mean |= mean_is_open(attack.policy, question, members, shown);
            Scene::open(attack.policy, question, members, shown).look(&mut found);
        }
    }
    found
}

fn mean_is_open(policy: Policy, question: &Question, members: &[usize], shown: &Shown) -> bool {
    let Shown::Cells(cells) = shown else { return false };
    let n: i64 = members.iter().map(|group| question.sizes[*group]).sum();
    let from = question.from.unwrap_or(0);
    let to = from + question.options as i64 - 1;
    cells.iter().any(|(_, word)| match word {
        Word::Mean(tenths) => {
            let beside = cells.len() > 1;
            let like = (n * from..=n * to).find(|sum| rounded(10, *sum, n) == *tenths);
            beside || !like.is_some_and(|sum| policy.shows_mean(sum, n, from, to))
        }
        _ => false,
    })
}

/// What each of some people answered, added up; every combination there is.
type Counts = BTreeSet<Vec<i64>>;

/// One display, with all that can be behind it.
struct Scene<'a> {
    policy: Policy,
    question: &'a Question,
    members: &'a [usize],
    shown: &'a Shown,
    /// By number of people: every sum of their sheets.
    sums: Vec<Counts>,
}

impl<'a> Scene<'a> {
    fn open(policy: Policy, question: &'a Question, members: &'a [usize], shown: &'a Shown) -> Scene<'a> {
        let most = members.iter().map(|group| question.sizes[*group]).max().unwrap_or(0);
        let with = |blank: bool| Scene {
            policy,
            question,
            members,
            shown,
            sums: sums(&sheets(question, blank), question.options, most),
        };
        // A reader takes it that everybody ticked something, where that can be.
        let scene = with(false);
        if question.one
            || question.required
            || !scene.worlds(&vec![0; members.len()], &scene.nothing()).is_empty()
        {
            scene
        } else {
            with(true)
        }
    }

    fn nothing(&self) -> Vec<Vec<i64>> {
        vec![vec![0; self.question.options]; self.members.len()]
    }

    fn size(&self, member: usize) -> i64 {
        self.question.sizes[self.members[member]]
    }

    /// What the others can have answered, by group, where `people` of each group answered `own`.
    fn worlds(&self, people: &[usize], own: &[Vec<i64>]) -> Vec<Vec<Vec<i64>>> {
        let mut all: Vec<Vec<Vec<i64>>> = vec![Vec::new()];
        for (member, taken) in people.iter().enumerate() {
            let left = usize::try_from(self.size(member)).expect("small") - taken;
            let others = &self.sums[left];
            all = all
                .into_iter()
                .flat_map(|before| {
                    others.iter().map(move |counts| before.iter().cloned().chain([counts.clone()]).collect())
                })
                .collect();
        }
        all.retain(|others| self.is_like(others, own));
        all
    }

    /// Whether it would have been published in the same way.
    fn is_like(&self, others: &[Vec<i64>], own: &[Vec<i64>]) -> bool {
        let n: i64 = (0..self.members.len()).map(|member| self.size(member)).sum();
        let total = |option: usize| -> i64 {
            others.iter().zip(own).map(|(others, own)| others[option] + own[option]).sum()
        };
        let counts: Vec<i64> = (0..self.question.options).map(total).collect();
        let (policy, question) = (self.policy, self.question);
        let from = question.from.unwrap_or(0);
        let to = from + question.options as i64 - 1;
        let is_due = policy.is_audited && n >= policy.min_group && n >= policy.mean_base;
        let mean_is_hidden =
            |counts: &[i64]| !policy.shows_mean(sum(&Cell::Mean, counts, question), n, from, to);
        let Shown::Cells(cells) = self.shown else {
            // The survey would have shown a mean: that it is withheld although enough answered says why.
            return !(is_due && self.would_show_mean()) || mean_is_hidden(&counts);
        };
        cells.iter().all(|(cell, word)| {
            let sum = sum(cell, &counts, question);
            match word {
                Word::Hidden => true,
                Word::MeanWithheld => !is_due || mean_is_hidden(&counts),
                Word::Mean(tenths) => rounded(10, sum, n) == *tenths,
                Word::Percent(_) => policy.word(sum, n, true) == *word,
                Word::Few => sum < policy.band,
                Word::NearlyAll => sum > n - policy.band,
                Word::Count(_) => policy.word(sum, n, false) == *word,
            }
        })
    }

    /// Whether `show` declares a mean: where some group has cells they are of them, else of all scales of numbers.
    fn would_show_mean(&self) -> bool {
        let cells = self.question.shown.iter().find_map(|shown| match shown {
            Shown::Cells(cells) => Some(cells.iter().any(|(cell, _)| *cell == Cell::Mean)),
            Shown::Withheld => None,
        });
        cells.unwrap_or(self.question.from.is_some())
    }

    fn look(&self, found: &mut Found) {
        let mut populations: Vec<(String, Vec<usize>)> = (0..self.members.len())
            .map(|member| (["a", "b"][self.members[member]].to_owned(), vec![member]))
            .collect();
        if self.question.everyone {
            populations.push(("everyone".to_owned(), (0..self.members.len()).collect()));
        }
        let nobody = vec![0; self.members.len()];
        let worlds = self.worlds(&nobody, &self.nothing());
        let coalitions = self.coalitions();
        for (group, members) in &populations {
            let base: i64 = members.iter().map(|member| self.size(*member)).sum();
            for option in 0..self.question.options {
                let values = values(&worlds, members, option);
                let needed = (self.policy.width + 1).min(base + 1);
                let determined = (values.len() == 1).then(|| *values.first().expect("one"));
                let mut count = Count {
                    determined,
                    base,
                    is_narrow: (values.len() as i64) < needed,
                    values: (values.len() as i64).min(needed),
                    insider: None,
                    certain: members.len() == 1 && base >= 1 && is_certain(&values, base),
                };
                for (people, worlds) in &coalitions {
                    let taken: i64 = members.iter().map(|member| people[*member] as i64).sum();
                    let values = self::values(worlds, members, option);
                    let needed = (self.policy.insider + 1).min(base - taken + 1);
                    let left = (values.len() as i64).min(needed);
                    let sight = (left < needed, left);
                    if determined.is_none()
                        && count.insider.is_none_or(|known| (!sight.0, sight.1) < (!known.0, known.1))
                    {
                        count.insider = Some(sight);
                    }
                    count.certain |=
                        members.len() == 1 && base - taken >= 1 && is_certain(&values, base - taken);
                }
                found
                    .counts
                    .insert((self.question.id.clone(), group.clone(), self.question.option(option)), count);
            }
            if self.question.one {
                self.together(&worlds, group, members, found);
            }
        }
    }

    /// Sets of answers whose sum is the same in every world.
    fn together(&self, worlds: &[Vec<Vec<i64>>], group: &str, members: &[usize], found: &mut Found) {
        for set in 1..1_usize << self.question.options {
            if set & 1 == 1 {
                continue;
            }
            let chosen: Vec<usize> =
                (0..self.question.options).filter(|option| set >> option & 1 == 1).collect();
            let sums: BTreeSet<i64> = worlds
                .iter()
                .map(|world| {
                    members
                        .iter()
                        .flat_map(|member| chosen.iter().map(|option| world[*member][*option]))
                        .sum()
                })
                .collect();
            if sums.len() == 1 {
                let answers = chosen.iter().map(|option| self.question.option(*option)).collect();
                let key = (self.question.id.clone(), group.to_owned(), answers);
                found.sums.insert(key, *sums.first().expect("one"));
            }
        }
    }

    /// Every coalition, with every combination of its answers for which there is a world.
    #[expect(clippy::type_complexity, reason = "people by group, with the worlds of the others by group")]
    fn coalitions(&self) -> Vec<(Vec<usize>, Vec<Vec<Vec<i64>>>)> {
        let mut all = Vec::new();
        let most = self.policy.coalition;
        let mut takes: Vec<Vec<usize>> = vec![Vec::new()];
        for member in 0..self.members.len() {
            let size = usize::try_from(self.size(member)).expect("small");
            takes = takes
                .into_iter()
                .flat_map(|before: Vec<usize>| {
                    let left = (most - before.iter().sum::<usize>()).min(size);
                    (0..=left).map(move |people| before.iter().copied().chain([people]).collect())
                })
                .collect();
        }
        for people in takes {
            let mut answers: Vec<Vec<Vec<i64>>> = vec![Vec::new()];
            for taken in &people {
                let own = &self.sums[*taken];
                answers = answers
                    .into_iter()
                    .flat_map(|before| {
                        own.iter().map(move |counts| before.iter().cloned().chain([counts.clone()]).collect())
                    })
                    .collect();
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

fn values(worlds: &[Vec<Vec<i64>>], members: &[usize], option: usize) -> BTreeSet<i64> {
    worlds.iter().map(|world| members.iter().map(|member| world[*member][option]).sum()).collect()
}

/// Whether in every world none of the others gave an answer, or in every world all did.
fn is_certain(values: &BTreeSet<i64>, others: i64) -> bool {
    values.iter().all(|value| *value == 0) || values.iter().all(|value| *value == others)
}

/// Every sheet that a person can hand in.
fn sheets(question: &Question, blank: bool) -> Vec<Vec<i64>> {
    let all = (0..1_usize << question.options).filter(|sheet| {
        let ticks = sheet.count_ones() as usize;
        let last = sheet >> (question.options - 1) & 1 == 1;
        if question.one {
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
