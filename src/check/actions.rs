//! What came of suggestions -> findings about e-mail addresses in it: contact goes through the scheme.

use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::e_mail_addresses;
use crate::site::Project;

/// Looks at every `actions.yaml` of the site.
pub fn actions(project: &Project, found: &mut Diagnostics) {
    for (_, evaluation) in project.evaluations.iter() {
        for action in &evaluation.actions {
            look(&action.suggestion, "suggestion", found);
            action.what.iter().for_each(|what| look(what, "what", found));
        }
    }
}

fn look(text: &Text, key: &str, found: &mut Diagnostics) {
    for value in text.values() {
        for (start, end) in e_mail_addresses(&value.value) {
            found.push(
                Diagnostic::new(
                    Code::EmailInAction,
                    value.part(start..end),
                    format!("an e-mail address in `{key}`"),
                )
                .note("personal addresses are not published: contact goes through the scheme")
                .help("take it out, and name the scheme instead"),
            );
        }
    }
}
