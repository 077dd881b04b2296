//! Parts that were looked at -> findings: what is given away, by which published numbers, against which rule, and ways out
//! that look at no answers.

use super::evidence::Leak;
use super::measure::{Certainty, Quantity, Sight, Undecided};
use super::model::{Answers, Block, Population};
use super::points::NO_THEME;
use super::words::{listed, named, people};
use super::{Outcome, Part, means};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::evaluation::disclosure::{Judged, Policy};
use crate::evaluation::survey::Survey;
use crate::source::Span;
use std::collections::BTreeMap;

/// Everything that is found in an edition.
pub(super) fn all(survey: &Survey, judged: &Judged, parts: &[Part]) -> Diagnostics {
    let mut found = means::find(survey, judged);
    let of_mean: Vec<Span> = found.iter().map(|diagnostic| diagnostic.span).collect();
    for part in parts {
        // What a mean gives away is told once, by its own rule.
        if part.block.statements.iter().any(|statement| of_mean.contains(&statement.span)) {
            continue;
        }
        of_part(part, judged.policy(), place(judged, &part.block), &mut found);
    }
    found
}

/// What is found in one part; `place` is where it is told if nothing published is to be pointed at.
pub(super) fn of_part(part: &Part, policy: &Policy, place: Span, found: &mut Diagnostics) {
    let scene = Scene { policy, place, block: &part.block };
    match &part.outcome {
        Outcome::Measured(_) => scene.leaks(part, found),
        Outcome::Impossible => found.push(scene.impossible()),
        Outcome::Undecided(undecided) => found.push(scene.undecided(*undecided)),
    }
}

/// Where a part is told of: its first statement, or where its answers are given.
fn place(judged: &Judged, block: &Block) -> Span {
    let release = judged.release();
    let given = release.answers.iter().find(|given| {
        block
            .units
            .iter()
            .any(|unit| unit.question == given.question.value && unit.group == given.group.value)
    });
    let own =
        block.statements.iter().map(|statement| statement.span).find(|span| span.file == release.span.file);
    own.or(given.map(|given| given.group.span)).unwrap_or(release.span)
}

/// What is given away by a part that was measured, the gravest of each count.
pub(super) fn leaks(part: &Part, band: i64) -> Vec<Leak> {
    let Outcome::Measured(measured) = &part.outcome else { return Vec::new() };
    let is_outside =
        |value: i64, base: Option<i64>| value < band || base.is_some_and(|base| value > base - band);
    let quantities = measured.quantities.iter();
    let mut leaks: Vec<Leak> =
        quantities.filter_map(|quantity| leak(&part.block, quantity, &is_outside)).collect();
    for together in &measured.together {
        let size = part.block.size(together.population);
        let items = part.block.sums(together.population).len();
        // One answer, or all but one, is a count of its own.
        let is_new = together.items.len() > 1 && together.items.len() + 1 < items;
        if is_new && is_outside(together.value, size) {
            leaks.push(Leak::together(together));
        }
    }
    leaks
}

fn leak(block: &Block, quantity: &Quantity, is_outside: &impl Fn(i64, Option<i64>) -> bool) -> Option<Leak> {
    let Quantity { population, item, base, determined, values, needed, insider, certain } = quantity;
    let (population, item) = (*population, item.clone());
    if let Some(value) = determined.filter(|value| is_outside(*value, *base)) {
        return Some(Leak::Determined { population, items: vec![item], value });
    }
    if let Some(Certainty { coalition, all }) = certain {
        return Some(Leak::Certain { population, item, all: *all, coalition: coalition.clone() });
    }
    if determined.is_some() {
        return None;
    }
    if values < needed {
        let coalition = super::Coalition::nobody(block);
        return Some(Leak::Narrow { population, item, values: *values, needed: *needed, coalition });
    }
    let Sight { values, needed, coalition: Some(coalition) } = insider else { return None };
    let coalition = coalition.clone();
    (values < needed).then_some(Leak::Narrow {
        population,
        item,
        values: *values,
        needed: *needed,
        coalition,
    })
}

struct Scene<'a> {
    policy: &'a Policy,
    place: Span,
    block: &'a Block,
}

impl Scene<'_> {
    /// One finding for what is alike of one group: its answers are named together.
    fn leaks(&self, part: &Part, found: &mut Diagnostics) {
        let mut alike: BTreeMap<(Population, &'static str, String, bool), Vec<Leak>> = BTreeMap::new();
        for leak in leaks(part, self.policy.band.into()) {
            let all = matches!(leak, Leak::Certain { all: true, .. });
            let key = (leak.population(), self.code(&leak).name(), self.knows(&leak), all);
            alike.entry(key).or_default().push(leak);
        }
        for leaks in alike.into_values() {
            found.push(self.finding(&leaks));
        }
    }

    fn code(&self, leak: &Leak) -> Code {
        match leak {
            Leak::Determined { .. } => Code::DisclosureDetermined,
            Leak::Narrow { .. } => Code::DisclosureNarrow,
            Leak::Certain { .. } => Code::DisclosureCertain,
        }
    }

    fn finding(&self, leaks: &[Leak]) -> Diagnostic {
        let leak = &leaks[0];
        let population = leak.population();
        let unit = &self.block.units[self.block.members(population)[0]];
        let group = self.block.group(population);
        let answers = self.named_answers(leaks);
        let of = format!("of `{group}` to `{}`", unit.question);
        let message = match leak {
            Leak::Determined { .. } => {
                format!("{answers} {of}: how many gave it is determined by what is published")
            }
            Leak::Narrow { values, needed, .. } => format!(
                "{answers} {of}: {} for {}, and {needed} are promised",
                if *values == 1 {
                    "one value is left".to_owned()
                } else {
                    format!("{values} values are left")
                },
                self.knows(leak)
            ),
            Leak::Certain { all, .. } => {
                let others = if *all { "all of the others gave it" } else { "none of the others gave it" };
                format!("{answers} {of}: it is certain for {} that {others}", self.knows(leak))
            }
        };
        let evidence = leak.rests_on(self.block);
        let mut spans: Vec<(Span, String)> = evidence
            .iter()
            .map(|place| {
                let statement = &self.block.statements[*place];
                (statement.span, format!("{}: {}", statement.of, statement.says))
            })
            .collect();
        // The release is what has to be changed, or left out, whatever else is among the evidence.
        let own = spans.iter().rposition(|(span, _)| span.file == self.place.file);
        let first = own.or(spans.len().checked_sub(1)).map(|place| spans.remove(place));
        let mut diagnostic = match first {
            Some((span, words)) => Diagnostic::new(self.code(leak), span, message).label(words),
            None => Diagnostic::new(self.code(leak), self.place, message),
        };
        for (span, words) in spans {
            diagnostic = diagnostic.related(span, words);
        }
        diagnostic.note(self.rule(leak, &evidence)).help(self.ways_out(population, &evidence))
    }

    /// "`a`, `b` and `c`"; sums of several answers each in brackets.
    fn named_answers(&self, leaks: &[Leak]) -> String {
        let name = |leak: &Leak| match leak {
            Leak::Determined { items, .. } if items.len() > 1 => {
                let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
                format!("{} together", listed(&items))
            }
            Leak::Determined { items, .. } => format!("`{}`", items[0]),
            Leak::Narrow { item, .. } | Leak::Certain { item, .. } => format!("`{item}`"),
        };
        let mut names: Vec<String> = leaks.iter().map(name).collect();
        names.dedup();
        listed(&names)
    }

    /// Who can tell.
    fn knows(&self, leak: &Leak) -> String {
        match leak {
            Leak::Determined { .. } => "any reader".to_owned(),
            Leak::Narrow { coalition, .. } | Leak::Certain { coalition, .. } => who(self.block, coalition),
        }
    }

    fn rule(&self, leak: &Leak, evidence: &[usize]) -> String {
        let policy = self.policy;
        let population = leak.population();
        let base = self.block.size(population).map_or("an unknown number".to_owned(), |n| n.to_string());
        let rule = match leak {
            Leak::Determined { .. } => format!(
                "what is determined lies from {} to the number who answered less {}, and {base} answered",
                policy.band, policy.band
            ),
            Leak::Narrow { coalition, .. } => {
                let (key, width) = if coalition.people.iter().sum::<i64>() == 0 {
                    ("min_width", policy.min_width)
                } else {
                    ("min_width_insider", policy.min_width_insider)
                };
                format!("{key} {width}: besides the true value so many others stay possible")
            }
            Leak::Certain { .. } => format!(
                "nobody else's answer is certain, for a reader and for {} who took part",
                people(i64::from(policy.coalition))
            ),
        };
        match self.difference(leak, evidence) {
            Some(difference) => format!("= {difference}; rule: {rule} ({})", named(policy)),
            None if evidence.is_empty() => {
                format!("it follows from the number who answered alone; rule: {rule} ({})", named(policy))
            }
            None => format!("rule: {rule} ({})", named(policy)),
        }
    }

    /// "5 (everyone) - 4 (mentee)", where one number less others is all there is to it.
    fn difference(&self, leak: &Leak, evidence: &[usize]) -> Option<String> {
        let Leak::Determined { population: Population::Unit(unit), items, .. } = leak else { return None };
        let [item] = &items[..] else { return None };
        let own = self.block.units[*unit].items.iter().find(|known| known.id == *item)?.var;
        let mut whole = None;
        let mut less = Vec::new();
        for place in evidence {
            let displays = self.block.displays.iter().filter(|display| display.statement == *place);
            let exact = displays
                .map(|display| &display.linear)
                .find(|linear| matches!(linear.allowed[..], [(low, high)] if low == high))?;
            let group = |var: usize| {
                self.block.units.iter().find(|unit| unit.items.iter().any(|item| item.var == var))
            };
            let whole_of = |statement: usize| {
                let of = &self.block.statements[statement].of;
                let mut unions = self.block.unions.iter().map(|union| union.group.as_str());
                unions.find(|union| of.ends_with(&format!("`{union}`"))).unwrap_or("everyone")
            };
            let value = exact.allowed[0].0;
            match &exact.terms[..] {
                [(var, 1)] => less.push(format!("{value} ({})", group(*var)?.group)),
                terms if terms.iter().any(|(var, _)| *var == own) => {
                    whole = Some(format!("{value} ({})", whole_of(*place)));
                }
                _ => return None,
            }
        }
        let whole = whole.filter(|_| !less.is_empty())?;
        Some(format!("{whole} - {}", less.join(" - ")))
    }

    /// Ways out that look at no answers.
    fn ways_out(&self, population: Population, evidence: &[usize]) -> String {
        let unit = &self.block.units[self.block.members(population)[0]];
        let mut ways = Vec::new();
        if evidence.iter().any(|place| self.block.statements[*place].of.starts_with("`flow.")) {
            ways.push("leave the step out of `flow`".to_owned());
        }
        let mut unions: Vec<&str> = self.block.unions.iter().map(|union| union.group.as_str()).collect();
        unions.sort_unstable();
        unions.dedup();
        ways.extend(unions.into_iter().map(|union| format!("leave out `{union}`")));
        let follows = self.block.units.iter().filter(|unit| unit.routed.is_some());
        let mut follows: Vec<&str> = follows.map(|unit| unit.question.as_str()).collect();
        follows.dedup();
        ways.extend(
            follows.into_iter().map(|question| format!("withhold `{question}`, and how many answered it")),
        );
        match unit.answers {
            Answers::One if unit.items.iter().any(|item| item.id == NO_THEME) => {
                ways.push("show its themes as `mentioned`".to_owned());
            }
            Answers::One => ways.push("show one declared split, or a mean".to_owned()),
            Answers::Many(_) => ways.push("withhold the option that is declared last".to_owned()),
        }
        ways.push(format!("write `{}: withheld`", unit.group));
        ways.join(" | ")
    }

    fn names(&self) -> String {
        let mut names: Vec<String> =
            self.block.units.iter().map(|unit| format!("`{}` of `{}`", unit.question, unit.group)).collect();
        names.dedup();
        listed(&names)
    }

    fn impossible(&self) -> Diagnostic {
        let message = format!("no answers give the figures of {}", self.names());
        let diagnostic = Diagnostic::new(Code::DisclosureImpossible, self.place, message)
            .note("every set of answers that the survey allows was looked for: no counts of whole people give all of these figures together")
            .help(self.corrections());
        let at_place = self.block.statements.iter().find(|statement| statement.span == self.place);
        let diagnostic = match at_place {
            Some(statement) => diagnostic.label(format!("{}: {}", statement.of, statement.says)),
            None => diagnostic,
        };
        let others = self.block.statements.iter().filter(|statement| statement.span != self.place);
        others.fold(diagnostic, |diagnostic, statement| {
            diagnostic.related(statement.span, format!("{}: {}", statement.of, statement.says))
        })
    }

    /// What may be wrong where no answers give the figures.
    fn corrections(&self) -> String {
        let mut ways = "correct the figure that is wrong, or the number who answered".to_owned();
        let compulsory = self.block.units.iter().filter(|unit| unit.routed.is_some_and(|routed| routed.all));
        let mut compulsory: Vec<String> = compulsory.map(|unit| format!("`{}`", unit.question)).collect();
        compulsory.dedup();
        if !compulsory.is_empty() {
            ways.push_str(&format!(
                "; if somebody who was asked could pass {} over, take `required` out in survey.yaml",
                listed(&compulsory)
            ));
        }
        ways
    }

    fn undecided(&self, undecided: Undecided) -> Diagnostic {
        let note = match (self.block.unreadable(), undecided) {
            (Some(of), _) => format!("{of} has too many possible answers to be searched, or no end"),
            (None, Undecided::Exhausted) => {
                "the search has a fixed number of steps, the same on every machine, and it was not enough".to_owned()
            }
            (None, Undecided::Disagreement) => {
                "the audit computes everything twice, and here the two disagree: this is a fault of the program, please report it".to_owned()
            }
        };
        Diagnostic::new(
            Code::DisclosureUndecided,
            self.place,
            format!("what is published of {} could not be audited", self.names()),
        )
        .note(note)
        .help("what is not decided is not published: show less of it, or withhold it")
    }
}

/// Who puts answers together: "any reader", "somebody of `mentee` who answered `yes`".
pub(super) fn who(block: &Block, coalition: &super::Coalition) -> String {
    if coalition.people.iter().sum::<i64>() == 0 {
        return "any reader".to_owned();
    }
    let mut parts = Vec::new();
    let taken = || block.units.iter().zip(&coalition.people).filter(|(_, people)| **people > 0);
    for (unit, people) in taken().filter(|(unit, _)| !unit.items.is_empty()) {
        let answers = unit.items.iter().filter(|item| coalition.answers[item.var] > 0);
        let answers: Vec<String> = answers.map(|item| format!("`{}`", item.id)).collect();
        let said = match (&answers[..], unit.answers) {
            ([], _) => "did not tick it".to_owned(),
            (_, Answers::One) => format!("answered {}", listed(&answers)),
            (_, Answers::Many(_)) => format!("ticked {}", listed(&answers)),
        };
        let who = if *people == 1 { "somebody".to_owned() } else { format!("{people} people") };
        // The same person, who was asked one question more.
        let more = taken().filter(|(more, _)| more.items.is_empty() && more.group == unit.group);
        let more: Vec<String> = more.map(|(more, _)| format!(" and answered `{}`", more.question)).collect();
        parts.push(format!("{who} of `{}` who {said}{}", unit.group, more.concat()));
    }
    listed(&parts)
}
