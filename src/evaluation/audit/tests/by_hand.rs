//! Blocks made by hand, without a survey and a release -> what they give away.

use super::super::evidence::Leak;
use super::super::findings;
use super::super::measure::Promise;
use super::super::model::{
    Answers, Block, Display, Filled, Item, Routed, Size, Statement, Ticks, Union, Unit,
};
use super::super::search::{Linear, Var};
use super::super::{Outcome, Part, looked_at};
use crate::diagnostic::{Diagnostics, human};
use crate::evaluation::disclosure::{Policy, read};
use crate::source::{Sources, Span};

/// One person who took part, three values for readers, two for her.
pub(super) const USUAL: Promise = Promise { coalition: 1, width: 2, insider: 1 };
pub(super) const BAND: i64 = 3;

/// What is published, line by line; each statement points at its line.
pub(super) struct Plan {
    pub(super) block: Block,
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Plan {
    pub(super) fn new() -> Plan {
        Plan { block: Block::default(), text: String::new(), spans: Vec::new() }
    }

    /// A group's answers to a question.
    pub(super) fn unit(&mut self, group: &str, n: i64, answers: Answers, items: &[&str]) -> Vec<Var> {
        self.unit_of(group, Size::Known(n), n, answers, items)
    }

    pub(super) fn unit_of(
        &mut self,
        group: &str,
        base: Size,
        most: i64,
        answers: Answers,
        items: &[&str],
    ) -> Vec<Var> {
        let first = self.block.vars.len();
        self.block.vars.extend(items.iter().map(|_| (0, most)));
        let item = |(place, id): (usize, &&str)| Item {
            id: (*id).to_owned(),
            var: first + place,
            exclusive: matches!(*id, "none" | "nil"),
            values: (i64::try_from(place).expect("few") + 1, i64::try_from(place).expect("few") + 1),
        };
        self.block.units.push(Unit {
            question: "gained".to_owned(),
            wave: String::new(),
            group: group.to_owned(),
            base,
            answers,
            items: items.iter().enumerate().map(item).collect(),
            routed: None,
            is_protected: true,
            unreadable: None,
        });
        (first..self.block.vars.len()).collect()
    }

    pub(super) fn everyone(&mut self) {
        let units = (0..self.block.units.len()).collect();
        self.block.unions.push(Union { group: "everyone".to_owned(), n: None, units });
    }

    /// So many were asked, if they gave an answer of the first unit, and answered: `all` of them, or some.
    pub(super) fn asked_if(&mut self, var: Var, answered: i64, all: bool) {
        self.say("who answered more", answered.to_string(), Vec::new());
        let statement = self.block.statements.len() - 1;
        let more = Unit {
            question: "more".to_owned(),
            base: Size::Known(answered),
            answers: Answers::Many(Ticks::FREE),
            items: Vec::new(),
            routed: Some(Routed { unit: 0, var, all, statement }),
            ..self.block.units[0].clone()
        };
        self.block.units.push(more);
    }

    fn say(&mut self, of: &str, says: String, linears: Vec<Linear>) {
        let statement = self.block.statements.len();
        let line = format!("{of}: ");
        let start = self.text.len() + line.len();
        self.spans.push((start, start + says.len()));
        self.text.push_str(&format!("{line}{says}\n"));
        let mut sources = Sources::default();
        sources.add_builtin("releases/2025.yaml", &self.text);
        let (file, _) = sources.iter().next().expect("a file");
        let span = Span::new(file, start..start + says.len());
        self.block.statements.push(Statement { span, of: format!("`{of}`"), says });
        self.block.displays.extend(linears.into_iter().map(|linear| Display { linear, statement }));
    }

    /// An exact number, shown because it is within the band.
    pub(super) fn exact(&mut self, of: &str, vars: &[Var], value: i64) {
        self.say(of, value.to_string(), vec![Linear::exactly(vars.iter().map(|var| (*var, 1)), value)]);
    }

    pub(super) fn few(&mut self, of: &str, vars: &[Var]) {
        self.say(of, "few".to_owned(), vec![Linear::at_most(vars.iter().map(|var| (*var, 1)), BAND - 1)]);
    }

    pub(super) fn nearly_all(&mut self, of: &str, vars: &[Var], n: i64) {
        let least = n - BAND + 1;
        self.say(
            of,
            "nearly-all".to_owned(),
            vec![Linear::at_least(vars.iter().map(|var| (*var, 1)), least)],
        );
    }

    pub(super) fn at_least(&mut self, of: &str, vars: &[Var], least: i64) {
        let linear = Linear::at_least(vars.iter().map(|var| (*var, 1)), least);
        self.say(of, format!("{least} or more"), vec![linear]);
    }

    pub(super) fn linear(&mut self, of: &str, says: &str, linears: Vec<Linear>) {
        self.say(of, says.to_owned(), linears);
    }

    pub(super) fn parts(&self, promise: &Promise) -> Vec<Part> {
        looked_at(&self.block, promise, &|_, _| true)
    }

    /// What is given away, as `determined a`, `together c d`, `narrow b`, `certain b`.
    pub(super) fn leaks(&self, promise: &Promise, band: i64) -> Vec<String> {
        told(&self.parts(promise), band)
    }

    /// The findings as they are printed.
    pub(super) fn printed(&self) -> String {
        let mut sources = Sources::default();
        sources.add_builtin("releases/2025.yaml", &self.text);
        sources.add_builtin("rules.yaml", "{policy: small-survey}\n");
        let (file, _) = sources.find("releases/2025.yaml").expect("a release");
        let policy = policy(&sources);
        let mut found = Diagnostics::new();
        for part in self.parts(&USUAL) {
            findings::of_part(&part, &policy, sources.whole(file), &mut found);
        }
        human(&found, &sources, false)
    }
}

/// What parts that were looked at give away.
pub(super) fn told(parts: &[Part], band: i64) -> Vec<String> {
    let mut said = Vec::new();
    for part in parts {
        match &part.outcome {
            Outcome::Measured(_) => {}
            Outcome::Impossible => said.push("impossible".to_owned()),
            Outcome::Undecided(_) => said.push("undecided".to_owned()),
        }
        for leak in findings::leaks(part, band) {
            let group = part.block.group(leak.population()).to_owned();
            said.push(match leak {
                Leak::Determined { items, .. } => format!("determined {group} {}", items.join(" ")),
                Leak::Narrow { item, .. } => format!("narrow {group} {item}"),
                Leak::Certain { item, .. } => format!("certain {group} {item}"),
            });
        }
    }
    said
}

fn policy(sources: &Sources) -> Policy {
    let (file, source) = sources.find("rules.yaml").expect("a policy");
    let mut found = Diagnostics::new();
    let node = crate::yaml::parse(sources, file, 0..source.text.len(), &mut found).expect("YAML");
    read(&node, &mut found).expect("a policy")
}

/// Ticks of people who each ticked something.
pub(super) const FILLED: Answers = Answers::Many(Ticks { filled: Filled::Yes, most: None, excludes: true });
/// Ticks of people who may have left the question blank.
pub(super) const OPTIONAL: Answers = Answers::Many(Ticks { filled: Filled::No, most: None, excludes: true });
