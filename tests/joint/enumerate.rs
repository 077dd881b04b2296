//! A survey and what is published -> what is given away, by going through every sheet of every person.

use crate::Open;
use crate::random::{Of, Sheet, Shown, Survey, Word};
use std::collections::BTreeSet;

/// The sums of each group's sheets.
type World = Vec<Sheet>;

pub fn enumerate(survey: &Survey) -> Open {
    let scene = Scene::open(survey);
    let mut open = Open::new();
    for of in [Of::First, Of::More] {
        if of == Of::More && survey.more.is_none() {
            continue;
        }
        for members in scene.populations(of) {
            scene.look(of, &members, &mut open);
        }
    }
    open
}

/// People who put their answers together, and what the others can have answered.
struct Coalition {
    people: Vec<usize>,
    own: World,
    worlds: Vec<World>,
}

struct Scene<'s> {
    survey: &'s Survey,
    worlds: Vec<World>,
    coalitions: Vec<Coalition>,
}

/// How many people a population has: known, or what can be found.
#[derive(Clone, Copy)]
struct Base {
    most: i64,
    is_known: bool,
}

impl Scene<'_> {
    fn open(survey: &Survey) -> Scene<'_> {
        let sheets = survey.sheets();
        let most = survey.sizes.iter().max().copied().unwrap_or(0);
        let mut sums: Vec<BTreeSet<Sheet>> = vec![BTreeSet::from([vec![0; sheets[0].len()]])];
        for _ in 0..most {
            let before = sums.last().expect("the first");
            let with = |sum: &Sheet, sheet: &Sheet| sum.iter().zip(sheet).map(|(a, b)| a + b).collect();
            let next = before.iter().flat_map(|sum| sheets.iter().map(move |sheet| with(sum, sheet)));
            sums.push(next.collect());
        }
        let nobody: World = survey.sizes.iter().map(|_| vec![0; sheets[0].len()]).collect();
        let worlds = worlds(survey, &sums, &vec![0; survey.sizes.len()], &nobody);
        let mut coalitions = Vec::new();
        // One person at the most: of some group, with some sheet.
        if survey.policy.coalition > 0 {
            for group in 0..survey.sizes.len() {
                let mut people = vec![0; survey.sizes.len()];
                people[group] = 1;
                for sheet in &sheets {
                    let mut own = nobody.clone();
                    own[group].clone_from(sheet);
                    let worlds = self::worlds(survey, &sums, &people, &own);
                    if !worlds.is_empty() {
                        coalitions.push(Coalition { people: people.clone(), own, worlds });
                    }
                }
            }
        }
        let own = nobody.clone();
        coalitions.push(Coalition { people: vec![0; survey.sizes.len()], own, worlds: worlds.clone() });
        Scene { survey, worlds, coalitions }
    }

    /// Groups that something is published of, and what they are shown as together.
    fn populations(&self, of: Of) -> BTreeSet<Vec<usize>> {
        let mut all: BTreeSet<Vec<usize>> = BTreeSet::new();
        for shown in &self.survey.shown {
            // The number who answered the second question speaks of the first.
            if shown.of == of || of == Of::First {
                all.extend(shown.members.iter().map(|group| vec![*group]));
            }
            if shown.of == of {
                all.insert(shown.members.clone());
            }
        }
        all
    }

    /// The number of those who answered, in a population.
    fn base(&self, of: Of, members: &[usize]) -> Base {
        if of == Of::First {
            let most = members.iter().map(|group| self.survey.sizes[*group]).sum();
            return Base { most, is_known: true };
        }
        let shown = self.survey.shown.iter().find(|shown| shown.of == of && shown.members == members);
        let in_world = |world: &World| answered(self.survey, world, members);
        let most = self.worlds.iter().map(in_world).max().unwrap_or(0);
        Base { most, is_known: shown.is_some() }
    }

    fn look(&self, of: Of, members: &[usize], open: &mut Open) {
        let base = self.base(of, members);
        let key = |answer: &str| {
            let question = if of == Of::First { "q" } else { "more" };
            (question.to_owned(), self.survey.name(members).to_owned(), answer.to_owned())
        };
        let letter = if of == Of::First { 'o' } else { 'm' };
        for answer in 0..self.survey.answers(of) {
            if base.most > 0 && self.is_open(of, members, answer, base) {
                open.insert(key(&format!("{letter}{answer}")));
            }
        }
        if (of == Of::More || self.survey.one) && base.is_known && self.sums_are_open(of, members, base) {
            open.insert(key(""));
        }
    }

    fn is_open(&self, of: Of, members: &[usize], answer: usize, base: Base) -> bool {
        let policy = self.survey.policy;
        let place = self.survey.first(of) + answer;
        let values = values(&self.worlds, members, place);
        let determined = (values.len() == 1).then(|| *values.first().expect("one"));
        if let Some(value) = determined
            && (value < policy.band || base.is_known && value > base.most - policy.band)
        {
            return true;
        }
        let is_narrow = |values: &BTreeSet<i64>, width: i64, people: i64| {
            (values.len() as i64) < (width + 1).min(people + 1)
        };
        if determined.is_none() && is_narrow(&values, policy.width, base.most) {
            return true;
        }
        self.coalitions.iter().any(|coalition| {
            let taken = match of {
                Of::First => members.iter().map(|group| coalition.people[*group] as i64).sum(),
                Of::More => answered(self.survey, &coalition.own, members),
            };
            let others = base.most - taken;
            let values = self::values(&coalition.worlds, members, place);
            let is_nobody = coalition.people.iter().all(|people| *people == 0);
            let is_short = determined.is_none() && !is_nobody && is_narrow(&values, policy.insider, others);
            let is_alike = |certain: i64| values.iter().all(|value| *value == certain);
            let is_certain =
                members.len() == 1 && base.is_known && others >= 1 && (is_alike(0) || is_alike(others));
            is_short || is_certain
        })
    }

    /// Whether several answers, of which each gave one, have one sum only, near to nobody or everybody.
    fn sums_are_open(&self, of: Of, members: &[usize], base: Base) -> bool {
        let (answers, band) = (self.survey.answers(of), self.survey.policy.band);
        let sets = (1..1_usize << answers)
            .filter(|set| set.count_ones() > 1 && (set.count_ones() as usize) + 1 < answers);
        let sum_in = |set: usize, world: &World| -> i64 {
            let places = (0..answers).filter(|answer| set >> answer & 1 == 1);
            places.map(|answer| count(world, members, self.survey.first(of) + answer)).sum()
        };
        sets.into_iter().any(|set| {
            let sums: BTreeSet<i64> = self.worlds.iter().map(|world| sum_in(set, world)).collect();
            matches!(sums.iter().collect::<Vec<_>>()[..], [only] if *only < band || *only > base.most - band)
        })
    }
}

fn count(world: &World, members: &[usize], place: usize) -> i64 {
    members.iter().map(|group| world[*group][place]).sum()
}

fn answered(survey: &Survey, world: &World, members: &[usize]) -> i64 {
    count(world, members, survey.options)
}

fn values(worlds: &[World], members: &[usize], place: usize) -> BTreeSet<i64> {
    worlds.iter().map(|world| count(world, members, place)).collect()
}

/// What the others can have answered, where `people` of each group answered `own`.
fn worlds(survey: &Survey, sums: &[BTreeSet<Sheet>], people: &[usize], own: &World) -> Vec<World> {
    let mut all: Vec<World> = vec![Vec::new()];
    for (group, taken) in people.iter().enumerate() {
        let left = usize::try_from(survey.sizes[group]).expect("small") - taken;
        let with = |before: World| {
            sums[left].iter().map(move |sum| before.iter().cloned().chain([sum.clone()]).collect::<World>())
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all.retain(|others| {
        let whole = |group: usize, place: usize| others[group][place] + own[group][place];
        survey.shown.iter().all(|shown| is_like(survey, shown, &whole))
    });
    all
}

/// Whether one display would have been the same.
fn is_like(survey: &Survey, shown: &Shown, whole: &impl Fn(usize, usize) -> i64) -> bool {
    let sum = |place: usize| -> i64 { shown.members.iter().map(|group| whole(*group, place)).sum() };
    if shown.of == Of::More && sum(survey.options) != shown.base {
        return false;
    }
    let (band, n) = (survey.policy.band, shown.base);
    shown.cells.iter().enumerate().all(|(answer, word)| {
        let count = sum(survey.first(shown.of) + answer);
        match word {
            Word::Count(shown) => count == *shown && count >= band && count <= n - band,
            Word::Few => count < band,
            Word::NearlyAll => count > n - band,
            Word::Hidden => true,
        }
    })
}
