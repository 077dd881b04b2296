//! What can be told of a survey, in the words of both attackers.

use std::collections::{BTreeMap, BTreeSet};

/// Question, group and answer.
pub type Of = (String, String, String);

/// What can be told of a survey.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Found {
    /// By question, group and answer.
    pub counts: BTreeMap<Of, Count>,
    /// Sets of answers, without the first, whose counts together are determined.
    pub sums: BTreeMap<(String, String, BTreeSet<String>), i64>,
    /// A mean is shown that may not be.
    pub mean: bool,
}

/// What can be told of one count.
#[derive(PartialEq, Eq, Debug)]
pub struct Count {
    pub determined: Option<i64>,
    /// How many people it is of, where that is known.
    pub base: Option<i64>,
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
        let is_outside =
            |value: i64, base: Option<i64>| value < band || base.is_some_and(|base| value > base - band);
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
            let of = |key: &&Of| key.0 == *question && key.1 == *group;
            let base = self.counts.iter().find(|(key, _)| of(key)).and_then(|(_, count)| count.base);
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
