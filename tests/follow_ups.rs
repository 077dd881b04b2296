//! Questions that only some were asked, groups that are part of others, and themes of which an answer has one: what numbers
//! say of each other, as the committee's authors meet it.

mod support;

use support::{Run, Site};

const FOLDER: &str = "content/evaluations/aimms";
const RULE: &str = "how many answered is how many gave that answer, a count like any other";

const SURVEY: &str = "\
title: An evaluation
groups: {mentee: Mentees}
questions:
  - {id: helped, ask: Did it help?, type: choose-one, options: [{id: yes, label: Yes}, {id: no, label: No}]}
  - id: how
    ask: How did it help?
    type: choose-all
    asked_if: {helped: yes}
    options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}, {id: plan, label: A plan}]
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

fn release(answered: u32, answers: &str) -> String {
    format!(
        "edition: \"2023\"\ncollected: 2023-07\nincludes: none\ndisclosure: {{policy: small-survey}}\nrespondents: {{mentee: {{answered: {answered}}}}}\n{answers}"
    )
}

fn site(name: &str, survey: &str, release: &str) -> Site {
    Site::with_survey(name)
        .file(&format!("{FOLDER}/survey.yaml"), survey)
        .file(&format!("{FOLDER}/releases/2023.yaml"), release)
        .file(
            &format!("{FOLDER}/reports/2023.md"),
            "---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\nWords.\n",
        )
}

fn audit(name: &str, survey: &str, release: &str) -> Run {
    site(name, survey, release).run(&["audit"])
}

#[test]
fn how_many_were_asked_is_a_count() {
    let answers = |helped: &str, how: &str| {
        release(
            12,
            &format!("answers:\n  helped:\n    mentee: {{counts: {helped}}}\n  how:\n    mentee: {how}\n"),
        )
    };
    let seven = "{answered: 7, counts: {advice: 4, contacts: few, plan: withheld}}";
    audit("asked", SURVEY, &answers("{yes: 8, no: 4}", seven))
        .expect_code(0)
        .expect("how, mentee (7 answered): passes");
    // Two of twelve said no, and no more than two did not answer.
    let nearly = "{yes: nearly-all, no: few}";
    audit("asked-nearly", SURVEY, &answers(nearly, seven))
        .expect_code(3)
        .expect("error[policy-band]: `how` of `mentee` was asked if `helped.yes`, and that is `nearly-all`")
        .expect(RULE)
        .expect("write `mentee: withheld`, without `answered`");
    audit("asked-withheld", SURVEY, &answers(nearly, "withheld")).expect_code(0);
    audit(
        "asked-number",
        SURVEY,
        &answers(nearly, "{answered: 10, counts: {advice: 4, contacts: few, plan: few}}"),
    )
    .expect_code(3)
    .expect("and that is `nearly-all`");
    let ten = "{answered: 10, counts: {advice: 4, contacts: few, plan: withheld}}";
    audit("asked-ten", SURVEY, &answers("withheld", ten))
        .expect_code(3)
        .expect("error[policy-band]: 10 of 12 of `mentee` answered `how`, asked if `helped.yes`")
        .expect(RULE);
    // Nobody says how many were asked: that is not the number of all who answered.
    audit(
        "asked-unsaid",
        SURVEY,
        &answers("{yes: 8, no: 4}", "{counts: {advice: 4, contacts: few, plan: few}}"),
    )
    .expect_code(3)
    .expect("`how` of `mentee` is shown, and a number that is not reported answered");
    // More answered than gave the answer on which they were asked.
    audit("asked-more", SURVEY, &answers("{yes: 6, no: 6}", seven))
        .expect_code(3)
        .expect("error[disclosure-impossible]: no answers give the figures of `helped` of `mentee` and `how` of `mentee`")
        .expect("who answered `how` of `mentee`, asked if `helped.yes`: 7");
}

#[test]
fn what_nobody_could_pass_over_has_as_many_answers_as_were_asked() {
    let survey = SURVEY.replace("    type: choose-all\n", "    type: choose-all\n    required: true\n");
    let answers = release(
        12,
        "answers:\n  helped:\n    mentee: {counts: {yes: 8, no: 4}}\n  how:\n    mentee: {answered: 7, counts: {advice: 4, contacts: nearly-all, plan: withheld}}\n",
    );
    audit("compulsory", &survey, &answers)
        .expect_code(3)
        .expect("error[disclosure-impossible]: no answers give the figures of `helped` of `mentee` and `how` of `mentee`")
        .expect("if somebody who was asked could pass `how` over, take `required` out in survey.yaml");
    audit("compulsory-not", SURVEY, &answers).expect_code(0);
}

/// What is left of three answers, where two of them led to a question that nobody could pass over.
#[test]
fn two_follow_ups_leave_the_third_answer() {
    let survey = SURVEY
        .replace("{id: no, label: No}]}", "{id: no, label: No}, {id: unsure, label: Not sure}], show: nothing}")
        .replace("    type: choose-all\n", "    type: choose-all\n    required: true\n")
        .replace(
            "disclosure:",
            "  - {id: why, ask: Why not?, type: choose-one, required: true, asked_if: {helped: no}, options: [{id: time, label: Time}, {id: place, label: The place}]}\ndisclosure:",
        );
    let answers = |why: u32| {
        release(
            14,
            &format!(
                "answers:\n  how:\n    mentee: {{answered: 6, counts: {{advice: few, contacts: few, plan: withheld}}}}\n  why:\n    mentee: {{answered: {why}, counts: {{time: 3, place: {}}}}}\n",
                why - 3
            ),
        )
    };
    let numbers =
        |release: String| release.replace("respondents:", "# helped was answered by all\nrespondents:");
    // How many answered `helped` is told nowhere: some of the fourteen may have passed it over.
    audit("two", &survey, &numbers(answers(6))).expect_code(0);
    let helped = survey.replace("show: nothing}", "show: {mentee: sure}, tops: {sure: [yes, no]}}");
    let with = answers(6).replace("answers:\n", "answers:\n  helped: {mentee: {tops: {sure: nearly-all}}}\n");
    audit("two-and-all", &helped, &with)
        .expect_code(3)
        .expect("error[disclosure-determined]: `unsure` of `mentee` to `helped`: how many gave it is determined by what is published")
        .expect("withhold `how`, and how many answered it")
        .expect("who answered `why` of `mentee`, asked if `helped.no`: 6");
}

#[test]
fn a_group_and_the_group_that_it_is_part_of_are_set_against_each_other() {
    let survey = "\
title: An evaluation
groups: {women: Women, clinical: {label: In clinical years, part_of: women}, early: {label: Before, part_of: women}}
questions:
  - id: gained
    ask: What have you gained?
    type: choose-all
    options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}]
    show: {women: counts, clinical: counts, early: nothing}
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";
    let release = |advice: u32| {
        format!(
            "edition: \"2023\"\ncollected: 2023-07\nincludes: none\ndisclosure: {{policy: small-survey}}\nrespondents: {{clinical: {{answered: 9}}, early: {{answered: 8}}}}\nanswers:\n  gained:\n    women: {{answered: 17, counts: {{advice: {advice}, contacts: withheld}}}}\n    clinical: {{counts: {{advice: 5, contacts: withheld}}}}\n"
        )
    };
    audit("parts", survey, &release(9)).expect_code(0);
    audit("parts-one", survey, &release(6))
        .expect_code(3)
        .expect("error[disclosure-determined]: `advice` of `early` to `gained`: how many gave it is determined by what is published")
        .expect("= 6 (women) - 5 (clinical)")
        .expect("leave out `women`");
}

#[test]
fn a_step_on_the_way_bounds_an_answer() {
    let survey = "\
title: An evaluation
groups: {mentee: Mentees}
questions:
  - id: status
    ask: Does your pair still meet?
    type: choose-one
    unit: pairs
    pairs_from: mentee
    options: [{id: meets, label: It meets}, {id: ended, label: It has ended}]
    in_flow: {ended: pairs.ended_early}
    show: {everyone: counts}
editions: {2023: {collected: 2023-07, flow: {pairs: {begun: 9, ended_early: 1}}}}
disclosure: {policy: small-survey, approved_by: committee}
report: {authors: [{family: Sample, given: Author}]}
";
    let release = release(
        9,
        "flow: {pairs: {begun: 9, ended_early: 1}}\nanswers:\n  status:\n    everyone: {answered: 9, counts: {meets: nearly-all, ended: few}}\n",
    )
    .replace("{policy: small-survey}", "{policy: small-survey, approved_by: committee}");
    audit("flow", survey, &release)
        .expect_code(3)
        .expect("error[disclosure-certain]: `ended` of `everyone` to `status`: it is certain for somebody of `everyone` who answered `ended` that none of the others gave it")
        .expect("help: leave the step out of `flow` | show one declared split, or a mean | write `everyone: withheld`")
        .expect("`flow.pairs.ended_early`: 1");
    let unsaid = survey.replace("    in_flow: {ended: pairs.ended_early}\n", "");
    audit("flow-unsaid", &unsaid, &release).expect_code(0);
    let wrong = survey.replace("pairs.ended_early}", "pairs.ended-early}");
    audit("flow-wrong", &wrong, &release)
        .expect_code(1)
        .expect("error[unknown-value]: no edition has a step `pairs.ended-early`")
        .expect("did you mean `pairs.ended_early`?");
    let option = survey.replace("in_flow: {ended:", "in_flow: {endd:");
    audit("flow-option", &option, &release)
        .expect_code(1)
        .expect("error[unknown-option]: `status` has no option `endd`")
        .expect("did you mean `ended`?");
}

#[test]
fn where_an_answer_has_one_theme_the_themes_add_up() {
    let survey = |coded: &str| {
        format!(
            "title: An evaluation\ngroups: {{mentee: Mentees}}\nquestions:\n  - {{id: why, ask: Why?, type: text, coded: {coded}, themes: [{{id: time, label: Time}}, {{id: money, label: Money}}, {{id: place, label: Place}}], show: counts}}\ndisclosure: {{policy: small-survey}}\nreport: {{authors: [{{family: Sample, given: Author}}]}}\n"
        )
    };
    let themes = release(12, "answers: {}\nthemes:\n  why:\n    mentee: {time: 5, money: 6, place: few}\n");
    audit("themes-all", &survey("all"), &themes).expect_code(0);
    // Eleven of twelve are told of: the one who is left has the third theme, or none.
    audit("themes-one", &survey("one"), &themes)
        .expect_code(3)
        .expect("error[disclosure-determined]: `place` and `no theme` together of `mentee` to `why`: how many gave it is determined")
        .expect("show its themes as `mentioned`");
}

#[test]
fn the_question_before_is_put_to_the_same_people() {
    let circle = SURVEY
        .replace("id: helped, ask: Did it help?, ", "id: helped, asked_if: {how: plan}, ask: Did it help?, ");
    let nothing = release(12, "answers: {}\n");
    audit("circle", &circle, &nothing)
        .expect_code(1)
        .expect("error[unknown-question]: `helped` would be asked on an answer to itself")
        .expect("name the question that decided in the form whether it was asked");
    let others = SURVEY
        .replace("{mentee: Mentees}", "{mentee: Mentees, mentor: Mentors}")
        .replace("id: helped, ", "id: helped, asked_of: [mentor], ");
    audit("others", &others, &nothing)
        .expect_code(1)
        .expect("error[not-asked]: `how` was asked of `mentee`, and `helped` was not")
        .expect("whoever was asked `how` was asked `helped` before, in the same form");
    let waves = SURVEY
        .replace("questions:", "waves: {before: Before, after: After}\nquestions:")
        .replace("id: helped, ", "id: helped, waves: [before], ")
        .replace("    asked_if", "    waves: [after]\n    asked_if");
    audit("waves", &waves, &nothing)
        .expect_code(1)
        .expect("error[unknown-wave]: `how` was asked in `after`, and `helped` was not");
}

/// From an export: who was not asked is not counted, and a number that gives an answer away is not written.
#[test]
fn protect_tells_how_many_were_asked_where_that_may_be_told() {
    let survey = SURVEY.replace("disclosure:", "editions: {2023: {collected: not-reported}}\nforms: [{file: answers.csv, group: mentee}]\ndisclosure:");
    let export = |yes: usize, no: usize| {
        let mut rows = String::from("ID,Did it help?,How did it help?\n");
        for row in 0..yes {
            let how = if row == 0 { "" } else { "Advice;Contacts;" };
            rows.push_str(&format!("{},Yes,{how}\n", row + 1));
        }
        (0..no).for_each(|row| rows.push_str(&format!("{},No,\n", yes + row + 1)));
        rows
    };
    let made = |name: &str, yes: usize, no: usize| {
        let site = site(name, &survey, "").file("private/evaluations/aimms/answers.csv", &export(yes, no));
        site.remove(&format!("{FOLDER}/releases/2023.yaml"));
        let run = site.run(&["protect", "--survey", "aimms", "--edition", "2023", "--date", "2023-07-01"]);
        let written = std::fs::read_to_string(site.root().join(format!("{FOLDER}/releases/2023.yaml")));
        (site, run, written.unwrap_or_default())
    };
    let (site, run, written) = made("from-export", 8, 4);
    assert!(written.contains("answered: 7"), "{}\n{written}", run.console());
    site.run(&["audit"]).expect_code(0);
    let (site, run, written) = made("from-export-nearly", 10, 2);
    run.expect("how many answered is how many gave `helped.yes`, and that is a range");
    assert!(!written.contains("answered: 9") && written.contains("withheld"), "{written}");
    site.run(&["audit"]).expect_code(0);
}
