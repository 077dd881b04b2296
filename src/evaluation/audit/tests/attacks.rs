//! Attacks by name. Some of them the plain rules stop before the audit: here it stands alone.

use super::super::model::{Answers, Filled, Size, Ticks};
use super::super::search::Linear;
use super::by_hand::{BAND, FILLED, OPTIONAL, Plan, USUAL};

#[test]
fn two_ranges_of_a_full_distribution_add_up_to_an_exact_number() {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 8, Answers::One, &["a", "b", "c", "d"]);
    plan.exact("a", &vars[..1], 3);
    plan.exact("b", &vars[1..2], 3);
    plan.few("c", &vars[2..3]);
    plan.few("d", &vars[3..4]);
    assert_eq!(plan.leaks(&USUAL, BAND), ["determined mentee c d"]);
}

/// Of nine people and four options, each distribution shown whole with bands.
#[test]
fn of_128_distributions_that_pass_otherwise_36_determine_a_sum() {
    let (mut passing, mut determining) = (0, 0);
    for a in 0..=9 {
        for b in 0..=9 - a {
            for c in 0..=9 - a - b {
                let mut plan = Plan::new();
                let vars = plan.unit("mentee", 9, Answers::One, &["a", "b", "c", "d"]);
                for (var, count) in vars.iter().zip([a, b, c, 9 - a - b - c]) {
                    match count {
                        0..BAND => plan.few("few", &[*var]),
                        count if count > 9 - BAND => plan.nearly_all("all", &[*var], 9),
                        count => plan.exact("exact", &[*var], count),
                    }
                }
                let leaks = plan.leaks(&USUAL, BAND);
                let (sums, others): (Vec<_>, Vec<_>) =
                    leaks.iter().partition(|leak| leak.matches(' ').count() > 2);
                passing += usize::from(others.is_empty());
                determining += usize::from(others.is_empty() && !sums.is_empty());
            }
        }
    }
    assert_eq!((passing, determining), (128, 36));
}

#[test]
fn two_tops_of_one_scale_give_the_point_between() {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 12, Answers::One, &["1", "2", "3", "4", "5"]);
    plan.exact("high", &vars[3..], 6);
    plan.exact("full", &vars[4..], 5);
    assert!(plan.leaks(&USUAL, BAND).contains(&"determined mentee 4".to_owned()));
}

#[test]
fn where_each_must_tick_something_three_ranges_are_three_numbers() {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 6, FILLED, &["a", "b", "c"]);
    for var in &vars {
        plan.few("few", &[*var]);
    }
    assert_eq!(
        plan.leaks(&USUAL, BAND),
        ["determined mentee a", "determined mentee b", "determined mentee c"]
    );
    let mut optional = Plan::new();
    let vars = optional.unit("mentee", 6, OPTIONAL, &["a", "b", "c"]);
    for var in &vars {
        optional.few("few", &[*var]);
    }
    assert_eq!(optional.leaks(&USUAL, BAND), [""; 0]);
    // One that is never shown may be what somebody ticked.
    let mut hidden = Plan::new();
    let vars = hidden.unit("mentee", 6, FILLED, &["a", "b", "c", "d"]);
    for var in &vars[..3] {
        hidden.few("few", &[*var]);
    }
    assert_eq!(hidden.leaks(&USUAL, BAND), [""; 0]);
}

/// Three of six chose none of these, and three the first option: nobody is left for a second answer that stands alone.
#[test]
fn of_two_answers_that_stand_alone_one_gives_the_other() {
    for (last, expected) in [("nil", &["determined mentee nil"][..]), ("plan", &[])] {
        let mut plan = Plan::new();
        let vars = plan.unit("mentee", 6, FILLED, &["a", "none", last]);
        plan.exact("a", &vars[..1], 3);
        plan.exact("none", &vars[1..2], 3);
        plan.few(last, &vars[2..]);
        assert_eq!(plan.leaks(&USUAL, BAND), expected, "{last}");
    }
}

#[test]
fn a_quotation_beside_few_says_that_somebody_did() {
    for (quoted, leak) in [(1, "narrow mentee other"), (2, "determined mentee other")] {
        let mut plan = Plan::new();
        let vars = plan.unit("mentee", 9, OPTIONAL, &["a", "other"]);
        plan.few("other", &vars[1..]);
        plan.at_least("quotations", &vars[1..], quoted);
        assert!(plan.leaks(&USUAL, BAND).contains(&leak.to_owned()), "{quoted}");
    }
}

#[test]
fn how_many_answered_what_only_some_were_asked_is_a_count() {
    let parent = |answered: i64, all: bool| {
        let mut plan = Plan::new();
        let parent = plan.unit("mentee", 9, Answers::One, &["yes", "no", "unsure"]);
        plan.asked_if(parent[0], answered, all);
        plan.leaks(&USUAL, BAND)
    };
    // Those who said yes were asked more: six of them, or more, said yes.
    assert_eq!(parent(6, false), [""; 0]);
    assert_eq!(parent(7, false), [""; 0]);
    // Eight leave one, and whoever said something else knows that it is herself.
    assert_eq!(parent(8, false), ["certain mentee yes", "certain mentee no", "certain mentee unsure"]);
    assert_eq!(
        parent(9, false),
        ["determined mentee yes", "determined mentee no", "determined mentee unsure"]
    );
    // Where nobody can pass it over it is the count itself.
    assert_eq!(parent(5, true), [""; 0]);
    assert!(parent(8, true).contains(&"determined mentee yes".to_owned()));
}

/// Two answers of three led to a question each: what is left is how many gave the third.
#[test]
fn two_follow_ups_give_the_answer_that_had_none() {
    for (all, expected) in [(true, &["determined mentee unsure"][..]), (false, &[])] {
        let mut plan = Plan::new();
        let parent = plan.unit("mentee", 14, Answers::One, &["yes", "no", "unsure"]);
        plan.asked_if(parent[0], 6, all);
        plan.asked_if(parent[1], 6, all);
        assert_eq!(plan.leaks(&USUAL, BAND), expected, "{all}");
    }
}

/// Who was not asked, and said so before, is among those of whom somebody can tell.
#[test]
fn whoever_passed_it_over_knows_one_more_who_gave_the_answer() {
    let mut plan = Plan::new();
    let parent = plan.unit("mentee", 8, Answers::One, &["yes", "no"]);
    plan.few("no", &parent[1..]);
    plan.asked_if(parent[0], 7, false);
    // She said yes and passed it over: seven others said yes, and that is everybody.
    let leaks = plan.leaks(&USUAL, BAND);
    assert!(leaks.contains(&"certain mentee yes".to_owned()), "{leaks:?}");
}

#[test]
fn shares_of_an_unknown_base_share_it() {
    let mut plan = Plan::new();
    plan.block.vars.push((1, 10));
    let vars = plan.unit_of("mentee", Size::Unknown(0), 10, Answers::Many(Ticks::FREE), &["a", "b"]);
    for (var, percent) in vars.iter().zip([33, 11]) {
        let bounds = [
            Linear::at_least([(*var, 200), (0, 1 - 2 * percent)], 0),
            Linear::at_most([(*var, 200), (0, -1 - 2 * percent)], -1),
        ];
        plan.linear("share", &format!("{percent} %"), bounds.to_vec());
    }
    // A third alone is 1 of 3, 2 of 6 or 3 of 9; with a ninth beside it it is 3 of 9.
    let leaks = plan.leaks(&USUAL, 4);
    assert_eq!(leaks, ["determined mentee a", "determined mentee b"]);
    let mut alone = Plan::new();
    alone.block.vars.push((1, 10));
    let vars = alone.unit_of("mentee", Size::Unknown(0), 10, Answers::Many(Ticks::FREE), &["a"]);
    let bounds =
        [Linear::at_least([(vars[0], 200), (0, -65)], 0), Linear::at_most([(vars[0], 200), (0, -67)], -1)];
    alone.linear("share", "33 %", bounds.to_vec());
    assert_eq!(alone.leaks(&USUAL, 4), [""; 0]);
}

#[test]
fn a_high_mean_tells_whoever_gave_little_what_the_others_gave() {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 9, Answers::One, &["1", "2", "3", "4", "5"]);
    plan.linear("mean", "4.6", vec![Linear::exactly(vars.iter().copied().zip(1..), 41)]);
    assert!(
        plan.leaks(&USUAL, BAND).contains(&"certain mentee 1".to_owned()),
        "{:?}",
        plan.leaks(&USUAL, BAND)
    );
}

#[test]
fn figures_that_nobody_can_have_given_are_no_pass() {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 6, FILLED, &["a", "b"]);
    plan.few("a", &vars[..1]);
    plan.few("b", &vars[1..]);
    assert_eq!(plan.leaks(&USUAL, BAND), ["impossible"]);
    // Where it is only assumed that nobody left it blank, the figures say that somebody did.
    let assumed = Answers::Many(Ticks { filled: Filled::Assumed, most: None, excludes: true });
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", 6, assumed, &["a", "b"]);
    plan.few("a", &vars[..1]);
    plan.few("b", &vars[1..]);
    assert_eq!(plan.leaks(&USUAL, BAND), [""; 0]);
}

#[test]
fn what_the_form_alone_says_is_nobodys_secret() {
    for answers in [Answers::One, FILLED] {
        let mut plan = Plan::new();
        let vars = plan.unit("mentee", 9, answers, &["yes"]);
        plan.nearly_all("yes", &vars, 9);
        assert_eq!(plan.leaks(&USUAL, BAND), [""; 0]);
    }
}

/// Sixteen options with sixteen numbers, tied to each other: not every one of 65,535 sheets is gone through.
#[test]
fn a_long_list_of_options_is_fast() {
    let items: Vec<String> = (0..16).map(|place| format!("o{place}")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let mut plan = Plan::new();
    let mentees = plan.unit("mentee", 30, FILLED, &items);
    let mentors = plan.unit("mentor", 12, FILLED, &items);
    plan.everyone();
    for (place, (mentee, mentor)) in mentees.iter().zip(&mentors).enumerate() {
        match place % 4 {
            0 => plan.few("few", &[*mentee, *mentor]),
            _ => plan.exact("exact", &[*mentee, *mentor], 3 + i64::try_from(place).expect("few")),
        }
    }
    assert_eq!(plan.leaks(&USUAL, BAND), [""; 0]);
}
