//! A judged release -> [`Audited`], if what it publishes gives nobody away; or findings.
//!
//! The judge looks at each display by itself. This room asks what all of them say together: it puts everything that is
//! published of an edition into one system of whole numbers (`statements`, `cells`, `themes`), takes it apart (`model`), and searches the
//! worlds that would have been published in the same way (`search`, `pool`): how many values each count has in them, for a
//! reader and for people who took part and put their answers together (`measure`, `coalition`, `robust`), and which sums of
//! answers have one value only (`subsets`). Every world that it relies on is published again in a second way and
//! compared (`republish`). What is given away is told with the fewest statements that give it away (`evidence`, `findings`).
//!
//! It works from the release alone, and imports nothing that makes one from answers.

mod cells;
mod coalition;
mod evidence;
mod findings;
mod flow;
mod mean;
mod means;
mod measure;
mod model;
mod points;
mod pool;
mod report;
mod republish;
mod robust;
mod routes;
mod search;
mod shape;
mod statements;
mod subsets;
mod target;
mod themes;
mod words;

#[cfg(test)]
mod tests;

pub use report::{Count, Looked, Report, Sums};

use super::disclosure::{Judged, Policy};
use super::quotes::Quotation;
use super::survey::Survey;
use crate::diagnostic::Diagnostics;
use measure::{Measured, Promise, Undecided, measure};
use model::{Answers, Block, Filled, Size, Ticks};
use rayon::prelude::*;
use shape::Coalition;

/// A release that passed the judge and, where its policy is audited, the audit. Made by the audit and nowhere else:
///
/// ```compile_fail,E0451
/// fn passed(audited: mentorpress::evaluation::Audited) -> mentorpress::evaluation::Audited {
///     mentorpress::evaluation::Audited { is_exempt: false, ..audited }
/// }
/// ```
///
/// One that was made can be handed on:
///
/// ```
/// fn passed(audited: mentorpress::evaluation::Audited) -> mentorpress::evaluation::Audited {
///     audited
/// }
/// ```
pub struct Audited {
    judged: Judged,
    /// Somebody decided that the policy does not bind for some of it.
    is_exempt: bool,
}

impl Audited {
    pub(super) fn judged(&self) -> &Judged {
        &self.judged
    }

    pub(super) fn into_judged(self) -> Judged {
        self.judged
    }

    /// Whether all of it keeps what its policy promises: the policy is audited, and binds everywhere.
    pub(super) fn keeps_promise(&self) -> bool {
        self.judged.policy().is_audited() && !self.is_exempt
    }
}

impl std::fmt::Debug for Audited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Audited")
    }
}

impl Promise {
    fn of(policy: &Policy) -> Promise {
        Promise {
            coalition: policy.coalition.into(),
            width: policy.min_width.into(),
            insider: policy.min_width_insider.into(),
        }
    }
}

/// One part of what is published, and what came of looking at it.
#[derive(Debug)]
struct Part {
    block: Block,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    Measured(Measured),
    /// No answers could have been published in this way.
    Impossible,
    Undecided(Undecided),
}

/// Audits a release of an edition that people were quoted in. Under a policy that is not audited nothing is refused, and
/// nothing is looked at before somebody asks for the report.
pub(super) fn audit(
    survey: &Survey,
    edition: &str,
    judged: Judged,
    quotes: &[Quotation],
    found: &mut Diagnostics,
) -> Option<Audited> {
    let is_audited = judged.policy().is_audited();
    let mut is_exempt = false;
    if is_audited {
        let parts = parts(survey, edition, &judged, quotes);
        let is_bound = |part: &Part| part.block.units.iter().all(|unit| unit.is_protected);
        is_exempt = !parts.iter().all(is_bound);
        let more = findings::all(survey, &judged, &parts);
        let is_sound = !more.has_errors();
        found.extend(more);
        if !is_sound {
            return None;
        }
    }
    Some(Audited { judged, is_exempt })
}

/// What an audit finds, told for people: also under policies that it does not refuse anything under.
pub(super) fn report(survey: &Survey, edition: &str, judged: &Judged, quotes: &[Quotation]) -> Report {
    let parts = parts(survey, edition, judged, quotes);
    let means = means::find(survey, judged);
    report::of(survey, judged, &parts, means.iter().map(|diagnostic| diagnostic.message.clone()).collect())
}

/// Everything that is published, part by part, each looked at.
fn parts(survey: &Survey, edition: &str, judged: &Judged, quotes: &[Quotation]) -> Vec<Part> {
    let promise = Promise::of(judged.policy());
    let witness = |block: &Block, world: &[i64]| republish::agrees(survey, judged, block, world);
    let whole = statements::read(survey, edition, judged, quotes);
    looked_at(&whole, &promise, &witness)
}

/// Takes a block apart and measures each part.
fn looked_at(whole: &Block, promise: &Promise, witness: measure::Witness) -> Vec<Part> {
    let blocks: Vec<Block> = whole.split();
    let parts: Vec<Vec<Part>> = blocks
        .into_par_iter()
        .map(|block| {
            let Some(block) = sensible(block) else { return Vec::new() };
            let block = match block {
                Ok(block) => block,
                Err(part) => return vec![part],
            };
            let parts = block.loosened(promise.coalition).split();
            parts
                .into_iter()
                .map(|block| Part { outcome: outcome(&block, promise, witness), block })
                .collect()
        })
        .collect();
    parts.into_iter().flatten().collect()
}

/// A block without assumptions that the figures speak against; the finished part where they cannot be at all.
fn sensible(mut block: Block) -> Option<Result<Block, Part>> {
    let mut budget = search::Budget::new(measure::NODES);
    let opened = pool::Pool::open(block.system(&Coalition::nobody(&block), &[]), &mut budget);
    let is_there = match opened {
        Err(exhausted) => {
            let outcome = Outcome::Undecided(exhausted.into());
            return Some(Err(Part { block, outcome }));
        }
        Ok(pool) => pool.is_some(),
    };
    if !is_there {
        let mut assumed = false;
        for unit in &mut block.units {
            if let Answers::Many(ticks @ Ticks { filled: Filled::Assumed, .. }) = unit.answers {
                unit.answers = Answers::Many(Ticks { filled: Filled::No, ..ticks });
                assumed = true;
            }
        }
        if !assumed {
            return Some(Err(Part { block, outcome: Outcome::Impossible }));
        }
        // Tried once more without.
        return sensible(block);
    }
    settle(&mut block);
    (!block.units.is_empty()).then_some(Ok(block))
}

/// Numbers of people that follow from others are known.
fn settle(block: &mut Block) {
    let Some(domains) = block.system(&Coalition::nobody(block), &[]).narrowed() else { return };
    for unit in &mut block.units {
        if let Size::Unknown(var) = unit.base
            && domains[var].0 == domains[var].1
        {
            unit.base = Size::Known(domains[var].0);
            block.vars[var] = domains[var];
        }
    }
    block.part_from_numbers();
}

fn outcome(block: &Block, promise: &Promise, witness: measure::Witness) -> Outcome {
    if block.unreadable().is_some() {
        return Outcome::Undecided(Undecided::Exhausted);
    }
    match measure(block, promise, witness) {
        Ok(Some(measured)) => Outcome::Measured(measured),
        Ok(None) => Outcome::Impossible,
        Err(undecided) => Outcome::Undecided(undecided),
    }
}
