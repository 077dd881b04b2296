//! Numbers of people -> how they stand under a policy: `hesa` rounds, `ofs` gives percentages.

use super::figures::{Base, Figure};
use crate::evaluation::disclosure::{Policy, PolicyName, rounded};

/// How many answered.
pub(super) fn base(policy: &Policy, n: u32) -> Base {
    match policy.name {
        PolicyName::Hesa => Base::Rounded { value: rounded(n, 5), to: 5 },
        PolicyName::Ofs if n < policy.percentage_base => Base::Low,
        PolicyName::Ofs => Base::Rounded { value: rounded(n, 10), to: 10 },
        _ => Base::Known(n),
    }
}

/// How many gave an answer, of those who answered.
pub(super) fn count(policy: &Policy, count: u32, n: u32) -> Figure {
    match policy.name {
        PolicyName::Hesa => match rounded(count, 5) {
            value if value > rounded(n, 5) => Figure::Withheld,
            value => Figure::Rounded { value, to: 5 },
        },
        PolicyName::Ofs if n < policy.percentage_base || count <= 2 || count + 2 >= n => Figure::Withheld,
        PolicyName::Ofs => Figure::Percent(percent(count, n, policy.percentage_decimals)),
        _ => Figure::Count(count),
    }
}

/// The smallest number of people of whom a mean is shown.
pub(super) fn least_of_mean(policy: &Policy) -> u32 {
    if policy.name == PolicyName::Ofs { policy.percentage_base } else { policy.mean_base }
}

/// A step of people on their way into the scheme, if it may be shown; as it is where somebody approved that.
pub(super) fn people(policy: &Policy, n: u32) -> Option<u32> {
    match policy.name {
        _ if policy.approved_by.is_some() => Some(n),
        PolicyName::SmallSurvey => Some(n).filter(|n| *n >= policy.band),
        PolicyName::Hesa => Some(rounded(n, 5)),
        PolicyName::Ofs => Some(rounded(n, 10)),
        PolicyName::AsPublished | PolicyName::AsApproved => Some(n),
    }
}

/// How many answered, in words that say no more than the release does.
pub(super) fn told(policy: &Policy, n: u32) -> String {
    match base(policy, n) {
        Base::Known(n) => format!("{n} answered"),
        Base::Rounded { value, to } => format!("{value} answered, to {to}"),
        Base::Low => "too few answered to say how many".to_owned(),
    }
}

/// A share in per cent, halves up.
fn percent(count: u32, n: u32, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (count, n) = (u64::from(count), u64::from(n.max(1)));
    let value = (2 * count * 100 * unit + n) / (2 * n);
    match places {
        0 => value.to_string(),
        places => format!("{}.{:0>width$}", value / unit, value % unit, width = places as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded_once() {
        assert_eq!(
            [percent(1, 3, 0), percent(1, 3, 1), percent(1, 8, 0), percent(30, 30, 2)],
            ["33", "33.3", "13", "100.00"]
        );
    }
}
