//! What came of suggestions, and the questions of a survey -> a table and a list of the document.

use super::Download;
use super::story::Story;
use crate::html::escape;
use crate::site::{Actions, Questionnaire};

pub(super) fn actions(download: &Download, actions: &Actions, story: &mut Story) {
    let caption = format!("{}. {}", actions.label, actions.caption);
    story.mark(&actions.id);
    story.plain("Caption", &caption);
    let dated = actions.has_dates();
    let mut header = vec!["actions.suggestion", "actions.came"];
    header.extend(dated.then_some("actions.when"));
    let header = header.into_iter().map(|key| story.cell(&download.say(key), true, false, None)).collect();
    let mut rows = vec![header];
    for row in &actions.rows {
        let came = match &row.what {
            Some(what) => {
                let places = [("status", row.status.as_str()), ("what", what.as_str())];
                download.interface.say("actions.told", &places)
            }
            None => row.status.clone(),
        };
        let mut cells =
            vec![story.cell(&row.suggestion, false, false, None), story.cell(&came, false, false, None)];
        if dated {
            let date = row.date.clone().unwrap_or_else(|| download.say("actions.undated"));
            cells.push(story.cell(&date, false, false, None));
        }
        rows.push(cells);
    }
    story.rows(&caption, rows);
}

pub(super) fn questionnaire(questionnaire: &Questionnaire, story: &mut Story) {
    let only = |only: &Option<String>| only.as_ref().map(|only| format!(" ({only})")).unwrap_or_default();
    let mut html = String::from("<ol>");
    for question in &questionnaire.questions {
        html += &format!(
            "<li><p><strong>{}</strong>{}</p><p>{}</p>",
            escape(&question.ask),
            escape(&only(&question.only)),
            escape(&question.how)
        );
        if !question.options.is_empty() {
            let option = |(label, groups): &(String, Option<String>)| {
                format!("<li>{}{}</li>", escape(label), escape(&only(groups)))
            };
            html += &format!("<ul>{}</ul>", question.options.iter().map(option).collect::<String>());
        }
        html += "</li>";
    }
    story.html(&(html + "</ol>"));
}
