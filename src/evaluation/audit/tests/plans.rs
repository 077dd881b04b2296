//! Nine mentees and four mentors, and four plans to publish what they gained. Goal setting: 4 mentees and 1 mentor;
//! listening: asked of mentors, 2; self-confidence: 4 and none; negotiating: 2 and none.

use super::by_hand::{BAND, OPTIONAL, Plan, USUAL};

const MENTEE: [&str; 3] = ["goals", "confidence", "negotiating"];
const MENTOR: [&str; 4] = ["goals", "confidence", "negotiating", "listening"];

#[test]
fn raw_counts_are_refused() {
    let mut plan = Plan::new();
    let mentees = plan.unit("mentee", 9, OPTIONAL, &MENTEE);
    let mentors = plan.unit("mentor", 4, OPTIONAL, &MENTOR);
    for (var, count) in mentees.into_iter().zip([4, 4, 2]).chain(mentors.into_iter().zip([1, 0, 0, 2])) {
        plan.exact(&format!("count {var}"), &[var], count);
    }
    let leaks = plan.leaks(&USUAL, BAND);
    for leak in ["determined mentor goals", "determined mentor confidence", "determined mentor negotiating"] {
        assert!(leaks.contains(&leak.to_owned()), "{leaks:?}");
    }
    // No mentor gained confidence: that is what each of them said.
    let nobody = "\
error[disclosure-determined]: `confidence` of `mentor` to `gained`: how many gave it is determined by what is published
 --> releases/2025.yaml:5:10
  |
5 | count 4: 0
  |          ^ `count 4`: 0
  |
  = note: rule: what is determined lies from 3 to the number who answered less 3, and 4 answered (policy small-survey)
  = help: withhold the option that is declared last | write `mentor: withheld`
";
    assert!(plan.printed().contains(nobody), "{}", plan.printed());
}

#[test]
fn a_column_for_everyone_tells_of_the_group_that_is_withheld() {
    let mut plan = Plan::new();
    let mentees = plan.unit("mentee", 9, OPTIONAL, &MENTEE);
    let mentors = plan.unit("mentor", 4, OPTIONAL, &MENTOR);
    plan.everyone();
    plan.exact("mentee.goals", &mentees[..1], 4);
    plan.exact("mentee.confidence", &mentees[1..2], 4);
    plan.few("mentee.negotiating", &mentees[2..3]);
    plan.exact("everyone.goals", &[mentees[0], mentors[0]], 5);
    assert_eq!(plan.leaks(&USUAL, BAND), ["determined mentor goals"]);
    let expected = "\
error[disclosure-determined]: `goals` of `mentor` to `gained`: how many gave it is determined by what is published
 --> releases/2025.yaml:4:17
  |
4 | everyone.goals: 5
  |                 ^ `everyone.goals`: 5
  |
 ::: releases/2025.yaml:1:15
  |
1 | mentee.goals: 4
  |               - `mentee.goals`: 4
  |
  = note: = 5 (everyone) - 4 (mentee); rule: what is determined lies from 3 to the number who answered less 3, and 4 answered (policy small-survey)
  = help: leave out `everyone` | withhold the option that is declared last | write `mentor: withheld`

";
    assert_eq!(plan.printed(), expected);
}

#[test]
fn mentees_alone_pass_and_everyone_alone_passes() {
    let mut mentees_alone = Plan::new();
    let mentees = mentees_alone.unit("mentee", 9, OPTIONAL, &MENTEE);
    mentees_alone.unit("mentor", 4, OPTIONAL, &MENTOR);
    mentees_alone.exact("mentee.goals", &mentees[..1], 4);
    mentees_alone.exact("mentee.confidence", &mentees[1..2], 4);
    mentees_alone.few("mentee.negotiating", &mentees[2..3]);
    assert_eq!(mentees_alone.leaks(&USUAL, BAND), [""; 0]);

    let mut everyone_alone = Plan::new();
    let mentees = everyone_alone.unit("mentee", 9, OPTIONAL, &MENTEE);
    let mentors = everyone_alone.unit("mentor", 4, OPTIONAL, &MENTOR);
    everyone_alone.everyone();
    everyone_alone.exact("everyone.goals", &[mentees[0], mentors[0]], 5);
    everyone_alone.exact("everyone.confidence", &[mentees[1], mentors[1]], 4);
    everyone_alone.few("everyone.negotiating", &[mentees[2], mentors[2]]);
    assert_eq!(everyone_alone.leaks(&USUAL, BAND), [""; 0]);
}
