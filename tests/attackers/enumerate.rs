//! A survey and what is published -> what can be told, by going through every sheet of every person.

use crate::found::{Count, Found, Of};
use crate::model::{Attack, Base, Kind, Policy, Question, Shown, Word, rounded};
use crate::scene::{Member, Scene, World};
use crate::text::group;
use std::collections::{BTreeMap, BTreeSet};

/// Goes through everything. `told` is the number who answered as the audit has it: where only a rounded number is published
/// it may follow from the others, and then it has to be right. That it follows from bounds is all that the audit looks at, so
/// it may not have it although there is only one.
pub fn enumerate(attack: &Attack, told: &BTreeMap<Of, Option<i64>>) -> Found {
    let mut found = Found::default();
    for question in &attack.questions {
        for (place, shown) in question.shown.iter().enumerate() {
            let members = || shares(attack.policy, question).swap_remove(place);
            found.mean |= mean_is_open(attack.policy, question, &members(), shown);
            // Of a free text of which nothing is told there is nothing to be looked at.
            if question.kind == Kind::Text && *shown == Shown::Withheld {
                continue;
            }
            let answers = (0..question.options).map(|option| question.option(option)).collect();
            let scene = Scene::open(attack.policy, question, members(), shown);
            Looking { scene, answers, told }.look(&mut found);
        }
    }
    found
}

/// The groups that were asked.
fn groups(policy: Policy, question: &Question) -> Vec<Member> {
    let quoted = |place: usize| question.other.as_ref().map_or(0, |(_, quoted)| quoted[place]);
    let member = |(place, base): (usize, &Base)| Member {
        name: group(place).to_owned(),
        sizes: policy.sizes(*base),
        quoted: quoted(place),
    };
    question.bases.iter().enumerate().map(member).collect()
}

/// Whose answers each display is of.
fn shares(policy: Policy, question: &Question) -> Vec<Vec<Member>> {
    let groups = groups(policy, question);
    match question.everyone {
        true => vec![groups],
        false => groups.into_iter().map(|group| vec![group]).collect(),
    }
}

fn mean_is_open(policy: Policy, question: &Question, members: &[Member], shown: &Shown) -> bool {
    let Shown::Cells(cells) = shown else { return false };
    let n: Option<i64> = members.iter().map(Member::size).sum();
    let (from, to) = question.ends();
    // The lowest and the highest answer are shown under no policy that holds a mean to its rule.
    let beside = cells.iter().any(|(_, word)| word.counts_any());
    cells.iter().any(|(_, word)| match (word, n) {
        (Word::Mean(tenths), Some(n)) => {
            let like = (n * from..=n * to).find(|sum| rounded(10, *sum, n) == *tenths);
            beside || !like.is_some_and(|sum| policy.shows_mean(sum, n, (from, to)))
        }
        // Of a number of people that nobody is told it cannot be said.
        (Word::Mean(_), None) => true,
        _ => false,
    })
}

/// One display, looked at.
struct Looking<'a> {
    scene: Scene<'a>,
    /// By the places of options.
    answers: Vec<String>,
    told: &'a BTreeMap<Of, Option<i64>>,
}

/// Groups that are looked at together, by their places.
struct Population {
    name: String,
    members: Vec<usize>,
    /// How many they are, where that is known.
    base: Option<i64>,
    /// How many they may be at most.
    most: i64,
}

impl Looking<'_> {
    fn look(&self, found: &mut Found) {
        let worlds = self.scene.worlds_of_all();
        let coalitions = self.scene.coalitions();
        for population in self.populations(&worlds) {
            self.counts(&population, &worlds, &coalitions, found);
            if self.scene.question.one() && population.base.is_some() {
                self.together(&population, &worlds, found);
            }
        }
    }

    fn populations(&self, worlds: &[World<'_>]) -> Vec<Population> {
        let members = &self.scene.members;
        let mut named: Vec<(String, Vec<usize>)> =
            members.iter().enumerate().map(|(place, member)| (member.name.clone(), vec![place])).collect();
        if members.len() > 1 {
            named.push(("everyone".to_owned(), (0..members.len()).collect()));
        }
        let population = |(name, places): (String, Vec<usize>)| {
            let known: Option<i64> = places.iter().map(|place| members[*place].size()).sum();
            let most: i64 = places.iter().map(|place| members[*place].most()).sum();
            let base = known.or_else(|| self.told_base(&name, &places, worlds));
            Population { name, members: places, base, most: base.unwrap_or(most) }
        };
        // Of nobody there is nothing to be told.
        named.into_iter().map(population).filter(|population| population.base != Some(0)).collect()
    }

    /// The number that the audit has, if it is the only one there can be.
    fn told_base(&self, name: &str, places: &[usize], worlds: &[World<'_>]) -> Option<i64> {
        let question = self.scene.question;
        let of = (question.id.clone(), name.to_owned(), self.answers[0].clone());
        let told = self.told.get(&of).copied().unwrap_or(Some(0))?;
        for world in worlds {
            let n: i64 = places.iter().map(|place| world.left[*place]).sum();
            assert_eq!(n, told, "not the only number of people: {name} {:?}", self.scene.question);
        }
        Some(told)
    }

    fn counts(
        &self,
        population: &Population,
        worlds: &[World<'_>],
        coalitions: &[(Vec<i64>, Vec<World<'_>>)],
        found: &mut Found,
    ) {
        let (policy, question) = (self.scene.policy, self.scene.question);
        let Population { name, members, base, most } = population;
        // What is certain of a whole is certain of its parts, and of nobody knows how many nothing is said.
        let may_be_certain = members.len() == 1 && base.is_some();
        for (option, answer) in self.answers.iter().enumerate() {
            let values = values(worlds, members, option);
            let needed = (policy.width + 1).min(most + 1);
            let determined = (values.len() == 1).then(|| *values.first().expect("one"));
            let mut count = Count {
                determined,
                base: *base,
                is_narrow: (values.len() as i64) < needed,
                values: (values.len() as i64).min(needed),
                insider: None,
                certain: may_be_certain && *most >= 1 && is_certain(&values, *most),
            };
            for (people, worlds) in coalitions {
                let taken: i64 = members.iter().map(|member| people[*member]).sum();
                let values = self::values(worlds, members, option);
                let needed = (policy.insider + 1).min(most - taken + 1);
                let left = (values.len() as i64).min(needed);
                let sight = (left < needed, left);
                if determined.is_none()
                    && count.insider.is_none_or(|known| (!sight.0, sight.1) < (!known.0, known.1))
                {
                    count.insider = Some(sight);
                }
                count.certain |= may_be_certain && most - taken >= 1 && is_certain(&values, most - taken);
            }
            found.counts.insert((question.id.clone(), name.clone(), answer.clone()), count);
        }
    }

    /// Sets of answers whose sum is the same in every world.
    fn together(&self, population: &Population, worlds: &[World<'_>], found: &mut Found) {
        let question = self.scene.question;
        for set in 1..1_usize << question.options {
            if set & 1 == 1 {
                continue;
            }
            let chosen: Vec<usize> = (0..question.options).filter(|option| set >> option & 1 == 1).collect();
            let sum = |world: &World<'_>| -> i64 {
                let members = population.members.iter();
                members.flat_map(|member| chosen.iter().map(|option| world.counts[*member][*option])).sum()
            };
            let sums: BTreeSet<i64> = worlds.iter().map(sum).collect();
            if sums.len() == 1 {
                let answers = chosen.iter().map(|option| question.option(*option)).collect();
                let key = (question.id.clone(), population.name.clone(), answers);
                found.sums.insert(key, *sums.first().expect("one"));
            }
        }
    }
}

fn values(worlds: &[World<'_>], members: &[usize], option: usize) -> BTreeSet<i64> {
    worlds.iter().map(|world| members.iter().map(|member| world.counts[*member][option]).sum()).collect()
}

/// Whether in every world none of the others gave an answer, or in every world all did.
fn is_certain(values: &BTreeSet<i64>, others: i64) -> bool {
    values.iter().all(|value| *value == 0) || values.iter().all(|value| *value == others)
}
