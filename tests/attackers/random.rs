//! A seed -> a survey of a few questions, answers of a few people, and what is published of them: ordinary displays, and
//! such as an attacker would like to see.

/// Numbers that look random, the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below`, without it.
    pub fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % below as u64).expect("small")
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(usize::try_from(to - from + 1).expect("rising")) as i64
    }
}

/// The numbers of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    pub is_audited: bool,
    pub band: i64,
    pub width: i64,
    pub insider: i64,
    pub coalition: usize,
    pub min_group: i64,
    pub mean_base: i64,
    pub percentage_base: i64,
}

#[derive(Clone, Debug)]
pub struct Attack {
    pub id: String,
    pub survey: String,
    pub release: String,
    pub policy: Policy,
    pub questions: Vec<Question>,
}

/// One question with what is published of it.
#[derive(Clone, Debug)]
pub struct Question {
    pub id: String,
    pub one: bool,
    pub options: usize,
    pub required: bool,
    pub most: Option<usize>,
    /// The last option stands alone.
    pub exclusive: bool,
    /// The first number, of a scale of numbers.
    pub from: Option<i64>,
    /// How many of each group answered.
    pub sizes: Vec<i64>,
    /// Of all groups together, or of each.
    pub everyone: bool,
    /// What is published of each group, or of everyone.
    pub shown: Vec<Shown>,
}

impl Question {
    pub fn option(&self, place: usize) -> String {
        self.from.map_or_else(|| format!("o{place}"), |from| (from + place as i64).to_string())
    }
}

/// What is published of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Withheld,
    Cells(Vec<(Cell, Word)>),
}

/// A cell: the sum of some options, or the mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    Option(usize),
    /// From this option on.
    Top(usize),
    Mean,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Word {
    Count(i64),
    Few,
    NearlyAll,
    Percent(i64),
    /// Tenths.
    Mean(i64),
    MeanWithheld,
    Hidden,
}

/// Half rounded up, by whole numbers alone.
pub fn rounded(times: i64, sum: i64, n: i64) -> i64 {
    let (whole, rest) = (times * sum / n, times * sum % n);
    if 2 * rest >= n { whole + 1 } else { whole }
}

impl Policy {
    /// How a count is published.
    pub fn word(self, count: i64, n: i64, percent: bool) -> Word {
        let shown = if percent { Word::Percent(rounded(100, count, n)) } else { Word::Count(count) };
        if !self.is_audited {
            return shown;
        }
        if count < self.band {
            Word::Few
        } else if count > n - self.band {
            Word::NearlyAll
        } else {
            shown
        }
    }

    /// Whether a mean may be shown: whether all sums that look like this one may.
    pub fn shows_mean(self, sum: i64, n: i64, from: i64, to: i64) -> bool {
        let k = self.coalition as i64;
        let spread = to - from;
        let (low, high) = (k * to + (n - k) * from + spread, k * from + (n - k) * to - spread);
        let like = (n * from..=n * to).filter(|other| rounded(10, *other, n) == rounded(10, sum, n));
        spread >= 2 && like.into_iter().all(|sum| low <= sum && sum <= high)
    }
}

fn policy(random: &mut Random) -> Policy {
    let is_audited = !random.one_in(4);
    let coalition = [0, 1, 1, 1, 1, 2][random.below(6)];
    let insider = [0, 1, 1][random.below(3)];
    let width = [1, 2, 2][random.below(3)];
    let least = (width + 1).max(insider + 1 + coalition as i64);
    let band = if random.one_in(4) { least + 1 } else { least };
    let min_group = 2 * band - 1 + i64::from(random.one_in(2));
    Policy { is_audited, band, width, insider, coalition, min_group, mean_base: 3, percentage_base: 4 }
}

/// A random survey with its release.
pub fn attack(random: &mut Random, seed: u64) -> Attack {
    let policy = policy(random);
    let groups = if random.one_in(3) { 2 } else { 1 };
    let mut sizes: Vec<i64> = (0..groups).map(|_| random.between(2, 8)).collect();
    if groups == 2 {
        sizes = vec![random.between(1, 5), random.between(1, 4)];
    } else if policy.is_audited && !random.one_in(6) {
        sizes[0] = sizes[0].max(policy.min_group.min(8));
    }
    let count = 1 + random.below(2);
    let questions: Vec<Question> = (0..count).map(|place| question(random, &policy, &sizes, place)).collect();
    let id = format!("s{seed}");
    Attack {
        survey: survey(&policy, &questions, groups),
        release: release(&policy, &questions, &sizes),
        id,
        policy,
        questions,
    }
}

fn question(random: &mut Random, policy: &Policy, sizes: &[i64], place: usize) -> Question {
    let kind = random.below(5);
    let most_people = sizes.iter().max().copied().unwrap_or(0);
    let one = kind >= 2;
    let is_scale = kind >= 3;
    let options = match kind {
        _ if sizes.len() == 2 => 2 + random.below(2),
        0 | 1 => {
            if most_people <= 4 {
                2 + random.below(3)
            } else {
                2 + random.below(2)
            }
        }
        2 => 2 + random.below(3),
        _ => 2 + random.below(4),
    };
    let mut question = Question {
        id: format!("q{place}"),
        one,
        options,
        required: !one && !random.one_in(3),
        most: (!one && random.one_in(3)).then(|| 1 + random.below(2)),
        exclusive: !one && random.one_in(4),
        from: is_scale.then(|| random.between(0, 1)),
        sizes: sizes.to_vec(),
        everyone: sizes.len() == 2 && random.one_in(2),
        shown: Vec::new(),
    };
    let skew = random.below(4);
    let counts: Vec<Vec<i64>> = sizes.iter().map(|n| answers(random, &question, *n, skew)).collect();
    let places: Vec<(Vec<i64>, i64)> = if question.everyone {
        let sum = (0..options).map(|option| counts.iter().map(|counts| counts[option]).sum()).collect();
        vec![(sum, sizes.iter().sum())]
    } else {
        counts.into_iter().zip(sizes.iter().copied()).collect()
    };
    let display = display(random, policy, &question);
    for (counts, n) in places {
        let shown = shown(random, policy, &question, &display, &counts, n);
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
        if question.one || (question.exclusive && random.one_in(4)) {
            let last = question.options - 1;
            counts[if question.one { option } else { last }] += 1;
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
fn display(random: &mut Random, policy: &Policy, question: &Question) -> Vec<Cell> {
    let all: Vec<Cell> = (0..question.options).map(Cell::Option).collect();
    if !question.one {
        return all;
    }
    let top = Cell::Top(1 + random.below(question.options - 1));
    let can_count = question.from.is_none();
    if policy.is_audited {
        return match (can_count, random.below(2)) {
            (true, _) if question.options == 2 => all,
            (true, _) => vec![top],
            (false, 0) => vec![top],
            (false, _) => vec![Cell::Mean],
        };
    }
    match (can_count, random.below(3)) {
        (true, 0) => vec![top],
        (true, 1) => all,
        (true, _) => all.into_iter().chain([top]).collect(),
        (false, 0) => vec![Cell::Mean],
        (false, 1) => vec![top, Cell::Mean],
        (false, _) => vec![top],
    }
}

fn shown(
    random: &mut Random,
    policy: &Policy,
    question: &Question,
    display: &[Cell],
    counts: &[i64],
    n: i64,
) -> Shown {
    if (policy.is_audited && n < policy.min_group) || random.one_in(12) {
        return Shown::Withheld;
    }
    let percent = random.one_in(4) && (!policy.is_audited || n >= policy.percentage_base);
    let hides = random.one_in(4);
    let dares = random.one_in(2);
    let mut cells = Vec::new();
    for cell in display {
        let is_last = matches!(cell, Cell::Option(option) if option + 1 == question.options);
        let word = match cell {
            Cell::Option(_) if hides && is_last && !question.one => Word::Hidden,
            Cell::Option(_) if !policy.is_audited && random.one_in(5) => Word::Hidden,
            Cell::Option(_) | Cell::Top(_) => policy.word(sum(cell, counts, question), n, percent),
            Cell::Mean => {
                let from = question.from.unwrap_or(0);
                let to = from + question.options as i64 - 1;
                let total = sum(cell, counts, question);
                let may = policy.shows_mean(total, n, from, to);
                if n >= policy.mean_base && (may || dares || !policy.is_audited) {
                    Word::Mean(rounded(10, total, n))
                } else {
                    Word::MeanWithheld
                }
            }
        };
        cells.push((cell.clone(), word));
    }
    Shown::Cells(cells)
}

/// What a cell is the sum of.
pub fn sum(cell: &Cell, counts: &[i64], question: &Question) -> i64 {
    match cell {
        Cell::Option(option) => counts[*option],
        Cell::Top(from) => counts[*from..].iter().sum(),
        Cell::Mean => {
            let from = question.from.unwrap_or(0);
            counts.iter().zip(from..).map(|(count, value)| count * value).sum()
        }
    }
}

fn disclosure(policy: &Policy) -> String {
    let name = if policy.is_audited {
        "policy: small-survey".to_owned()
    } else {
        "policy: as-published, source: x, reason: y, approved_by: z".to_owned()
    };
    format!(
        "{{{name}, band: {}, min_width: {}, min_width_insider: {}, coalition: {}, min_group: {}, percentages: {{min_base: {}}}, means: {{min_n: {}, decimals: 1}}}}",
        policy.band,
        policy.width,
        policy.insider,
        policy.coalition,
        policy.min_group,
        policy.percentage_base,
        policy.mean_base
    )
}

const GROUPS: [&str; 2] = ["a", "b"];

fn survey(policy: &Policy, questions: &[Question], groups: usize) -> String {
    let labels: Vec<String> =
        GROUPS[..groups].iter().map(|group| format!("{group}: Group {group}")).collect();
    let mut text = format!("title: A survey\ngroups: {{{}}}\nquestions:\n", labels.join(", "));
    for question in questions {
        let last = question.options - 1;
        let kind = match (question.one, question.from) {
            (true, None) => "choose-one",
            (true, Some(_)) => "score",
            (false, _) => "choose-all",
        };
        text.push_str(&format!("  - id: {}\n    ask: What?\n    type: {kind}\n", question.id));
        if let Some(from) = question.from {
            text.push_str(&format!("    from: {from}\n    to: {}\n", from + last as i64));
        } else {
            text.push_str("    options:\n");
            for option in 0..question.options {
                let alone = if question.exclusive && option == last { ", exclusive: true" } else { "" };
                text.push_str(&format!("      - {{id: o{option}, label: Option {option}{alone}}}\n"));
            }
        }
        let cells: Vec<Cell> = question
            .shown
            .iter()
            .find_map(|shown| match shown {
                Shown::Cells(cells) => Some(cells.iter().map(|(cell, _)| cell.clone()).collect()),
                Shown::Withheld => None,
            })
            .unwrap_or_default();
        if let Some(Cell::Top(from)) = cells.iter().find(|cell| matches!(cell, Cell::Top(_))) {
            let of = match question.from {
                Some(first) => format!("{}, {}", first + *from as i64, first + last as i64),
                None => (*from..=last).map(|option| format!("o{option}")).collect::<Vec<_>>().join(", "),
            };
            text.push_str(&format!("    tops: {{top: [{of}]}}\n"));
        }
        if question.required {
            text.push_str("    required: true\n");
        }
        if let Some(most) = question.most {
            text.push_str(&format!("    max_choices: {most}\n"));
        }
        let mut shows: Vec<&str> = Vec::new();
        for (wanted, name) in [
            (cells.iter().any(|cell| matches!(cell, Cell::Option(_))), "counts"),
            (cells.iter().any(|cell| matches!(cell, Cell::Top(_))), "top"),
            (cells.contains(&Cell::Mean), "mean"),
        ] {
            if wanted {
                shows.push(name);
            }
        }
        if shows.is_empty() {
            // Nothing is shown of any group: then it matters little what would be.
            shows.push(if question.from.is_some() { "mean" } else { "counts" });
        }
        let list = format!("[{}]", shows.join(", "));
        let of: Vec<String> = if question.everyone {
            vec![format!("everyone: {list}")]
        } else {
            GROUPS[..groups].iter().map(|group| format!("{group}: {list}")).collect()
        };
        text.push_str(&format!("    show: {{{}}}\n", of.join(", ")));
    }
    text.push_str(&format!("disclosure: {}\n", disclosure(policy)));
    text
}

fn release(policy: &Policy, questions: &[Question], sizes: &[i64]) -> String {
    let mut respondents: Vec<String> =
        GROUPS.iter().zip(sizes).map(|(group, n)| format!("{group}: {{answered: {n}}}")).collect();
    if sizes.len() == 2 {
        respondents.push(format!("everyone: {{answered: {}}}", sizes.iter().sum::<i64>()));
    }
    let mut text = format!(
        "edition: \"2025\"\ncollected: 2025-06\nincludes: none\ndisclosure: {}\nrespondents: {{{}}}\nanswers:\n",
        disclosure(policy),
        respondents.join(", ")
    );
    for question in questions {
        text.push_str(&format!("  {}:\n", question.id));
        for (place, shown) in question.shown.iter().enumerate() {
            let group = if question.everyone { "everyone" } else { GROUPS[place] };
            let Shown::Cells(cells) = shown else {
                text.push_str(&format!("    {group}: withheld\n"));
                continue;
            };
            let said = |wanted: fn(&Cell) -> bool| -> Vec<String> {
                let of = cells.iter().filter(|(cell, _)| wanted(cell));
                of.map(|(cell, word)| match cell {
                    Cell::Option(option) => format!("{}: {}", question.option(*option), yaml(word)),
                    Cell::Top(_) => format!("top: {}", yaml(word)),
                    Cell::Mean => yaml(word),
                })
                .collect()
            };
            let mut parts = Vec::new();
            for (key, list) in [
                ("counts", said(|cell| matches!(cell, Cell::Option(_)))),
                ("tops", said(|cell| matches!(cell, Cell::Top(_)))),
            ] {
                if !list.is_empty() {
                    parts.push(format!("{key}: {{{}}}", list.join(", ")));
                }
            }
            parts.extend(said(|cell| *cell == Cell::Mean).into_iter().map(|mean| format!("mean: {mean}")));
            text.push_str(&format!("    {group}: {{{}}}\n", parts.join(", ")));
        }
    }
    text
}

fn yaml(word: &Word) -> String {
    match word {
        Word::Count(count) => count.to_string(),
        Word::Few => "few".to_owned(),
        Word::NearlyAll => "nearly-all".to_owned(),
        Word::Percent(percent) => format!("{{percent: {percent}}}"),
        Word::Mean(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        Word::MeanWithheld | Word::Hidden => "withheld".to_owned(),
    }
}
