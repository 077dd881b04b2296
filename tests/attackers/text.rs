//! Questions and what is published of them -> the files that an office would write.

use crate::model::{Base, Cell, Kind, Policy, Question, Rule, Shown, Word};

const GROUPS: [&str; 2] = ["a", "b"];

/// The name of a group.
pub fn group(place: usize) -> &'static str {
    GROUPS[place]
}

fn disclosure(policy: Policy) -> String {
    let name = match policy.rule {
        Rule::SmallSurvey => "policy: small-survey",
        Rule::AsPublished => "policy: as-published, source: x, reason: y, approved_by: z",
        Rule::Hesa => "policy: hesa",
        Rule::Ofs => "policy: ofs",
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

pub fn survey(policy: Policy, questions: &[Question]) -> String {
    let groups = &GROUPS[..questions[0].bases.len()];
    let names: Vec<String> = groups.iter().map(|group| format!("{group}: Group {group}")).collect();
    let mut text = format!("title: A survey\ngroups: {{{}}}\nquestions:\n", names.join(", "));
    for question in questions {
        let kind = match question.kind {
            Kind::One => "choose-one",
            Kind::Scale(_) => "score",
            Kind::Many => "choose-all",
            Kind::Text => "text",
        };
        text.push_str(&format!("  - id: {0}\n    ask: Question {0}?\n    type: {kind}\n", question.id));
        let (from, to) = question.ends();
        match question.kind {
            Kind::Scale(_) => text.push_str(&format!("    from: {from}\n    to: {to}\n")),
            Kind::Text => text.push_str("    themes:\n"),
            Kind::One | Kind::Many => text.push_str("    options:\n"),
        }
        for option in (0..question.options).filter(|_| !matches!(question.kind, Kind::Scale(_))) {
            let alone =
                if question.exclusive && option + 1 == question.options { ", exclusive: true" } else { "" };
            let is_other = question.other.as_ref().is_some_and(|(other, _)| *other == option);
            let other = if is_other { ", other: true" } else { "" };
            text.push_str(&format!("      - {{id: o{option}, label: Option {option}{alone}{other}}}\n"));
        }
        text.push_str(&splits(question));
        if question.required {
            text.push_str("    required: true\n");
        }
        if let Some(most) = question.most {
            text.push_str(&format!("    max_choices: {most}\n"));
        }
        let list = shows(question);
        let of: Vec<String> = match question.everyone {
            true => vec![format!("everyone: {list}")],
            false => groups.iter().map(|group| format!("{group}: {list}")).collect(),
        };
        text.push_str(&format!("    show: {{{}}}\n", of.join(", ")));
    }
    text.push_str(&format!("disclosure: {}\n", disclosure(policy)));
    text
}

/// The cells of a question, where some group has any.
fn cells(question: &Question) -> Vec<&Cell> {
    for shown in &question.shown {
        if let Shown::Cells(cells) = shown {
            return cells.iter().map(|(cell, _)| cell).collect();
        }
    }
    Vec::new()
}

/// Declared tops and ranges.
fn splits(question: &Question) -> String {
    let from = question.ends().0;
    let range = |first: usize, last: usize| format!("[{}, {}]", from + first as i64, from + last as i64);
    let mut text = String::new();
    let is_top = |cell: &&Cell| match **cell {
        Cell::Top(top) => Some(top),
        _ => None,
    };
    if let Some(top) = cells(question).iter().find_map(is_top) {
        let of = match question.kind {
            Kind::Scale(_) => range(top, question.options - 1),
            _ => {
                let options: Vec<String> =
                    (top..question.options).map(|option| format!("o{option}")).collect();
                format!("[{}]", options.join(", "))
            }
        };
        text.push_str(&format!("    tops: {{top: {of}}}\n"));
    }
    if !question.bins.is_empty() {
        let bins = question.bins.iter().enumerate();
        let bins: Vec<String> =
            bins.map(|(place, (first, last))| format!("b{place}: {}", range(*first, *last))).collect();
        text.push_str(&format!("    bins: {{{}}}\n", bins.join(", ")));
    }
    text
}

/// What `show` says of each group.
fn shows(question: &Question) -> String {
    let name = |cell: &&Cell| match cell {
        Cell::Option(_) => "counts",
        Cell::Top(_) => "top",
        Cell::Bin(_) | Cell::Most => "bins",
        Cell::Mean => "mean",
        Cell::Min | Cell::Max => "range",
    };
    if question.kind == Kind::Text {
        return "counts".to_owned();
    }
    let mut names: Vec<&str> = cells(question).iter().map(name).collect();
    names.dedup();
    if names.is_empty() {
        // Nothing is shown of any group: then it matters little what would be.
        names.push(if matches!(question.kind, Kind::Scale(_)) { "mean" } else { "counts" });
    }
    format!("[{}]", names.join(", "))
}

fn base(base: Base) -> String {
    match base {
        Base::Known(n) => n.to_string(),
        Base::Rounded { value, to } => format!("{{rounded: {value}, to: {to}}}"),
        Base::Low => "low".to_owned(),
    }
}

pub fn release(policy: Policy, questions: &[Question], bases: &[Base]) -> String {
    let mut respondents: Vec<String> =
        GROUPS.iter().zip(bases).map(|(group, n)| format!("{group}: {{answered: {}}}", base(*n))).collect();
    if let [Base::Known(one), Base::Known(other)] = bases {
        respondents.push(format!("everyone: {{answered: {}}}", one + other));
    }
    let mut text = format!(
        "edition: \"2025\"\ncollected: 2025-06\nincludes: none\ndisclosure: {}\nrespondents: {{{}}}\n",
        disclosure(policy),
        respondents.join(", ")
    );
    let mut themes = String::new();
    let mut answers = String::new();
    for question in questions {
        let is_text = question.kind == Kind::Text;
        let part = if is_text { &mut themes } else { &mut answers };
        part.push_str(&format!("  {}:\n", question.id));
        for (place, shown) in question.shown.iter().enumerate() {
            let group = if question.everyone { "everyone" } else { GROUPS[place] };
            let of = match shown {
                Shown::Withheld => "withheld".to_owned(),
                Shown::Cells(cells) if is_text => format!("{{{}}}", values(question, cells).join(", ")),
                Shown::Cells(cells) => format!("{{{}}}", parts(question, cells).join(", ")),
            };
            part.push_str(&format!("    {group}: {of}\n"));
        }
    }
    if !themes.is_empty() {
        text.push_str(&format!("themes:\n{themes}"));
    }
    // The last, so that more can be added.
    match answers.is_empty() {
        true => text.push_str("answers: {}\n"),
        false => text.push_str(&format!("answers:\n{answers}")),
    }
    text
}

/// `o0: 4`, of cells that count.
fn values(question: &Question, cells: &[(Cell, Word)]) -> Vec<String> {
    let value = |(cell, word): &(Cell, Word)| match cell {
        Cell::Option(option) => Some(format!("{}: {}", question.option(*option), yaml(word))),
        Cell::Top(_) => Some(format!("top: {}", yaml(word))),
        Cell::Bin(bin) => Some(format!("b{bin}: {}", yaml(word))),
        _ => None,
    };
    cells.iter().filter_map(value).collect()
}

/// Where a cell stands in a release.
fn key(cell: &Cell) -> &'static str {
    match cell {
        Cell::Option(_) => "counts",
        Cell::Top(_) => "tops",
        Cell::Bin(_) => "bins",
        Cell::Most => "most",
        Cell::Mean => "mean",
        Cell::Min => "min",
        Cell::Max => "max",
    }
}

/// `counts: {...}`, `mean: 3.4`.
fn parts(question: &Question, cells: &[(Cell, Word)]) -> Vec<String> {
    let mut parts = Vec::new();
    for list in ["counts", "tops", "bins"] {
        let meant: Vec<(Cell, Word)> = cells.iter().filter(|(cell, _)| key(cell) == list).cloned().collect();
        if !meant.is_empty() {
            parts.push(format!("{list}: {{{}}}", values(question, &meant).join(", ")));
        }
    }
    let single =
        cells.iter().filter(|(cell, _)| matches!(cell, Cell::Most | Cell::Mean | Cell::Min | Cell::Max));
    parts.extend(single.map(|(cell, word)| format!("{}: {}", key(cell), yaml(word))));
    parts
}

fn yaml(word: &Word) -> String {
    match word {
        Word::Count(count) => count.to_string(),
        Word::Few => "few".to_owned(),
        Word::NearlyAll => "nearly-all".to_owned(),
        Word::Mentioned => "mentioned".to_owned(),
        Word::Percent(percent) => format!("{{percent: {percent}}}"),
        Word::Rounded { value, to } => format!("{{rounded: {value}, to: {to}}}"),
        Word::Mean(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        Word::End(end) => end.to_string(),
        Word::Bin(bin) => format!("b{bin}"),
        Word::MeanWithheld | Word::Hidden => "withheld".to_owned(),
        Word::Unpublished => "unpublished".to_owned(),
    }
}

/// The quotations of those who chose the option for words of their own.
pub fn quotes(questions: &[Question]) -> String {
    let mut text = String::new();
    for question in questions {
        let Some((_, quoted)) = &question.other else { continue };
        for (group, many) in GROUPS.iter().zip(quoted) {
            for place in 0..*many {
                let id = format!("{}-{group}{place}", question.id);
                let of = format!("question: {}, group: {group}", question.id);
                text.push_str(&format!(
                    "- {{id: {id}, {of}, text: \"It [the visit] helped.\", consent: true}}\n"
                ));
            }
        }
    }
    text
}
