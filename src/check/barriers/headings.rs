//! What authors wrote -> findings about the order of their headings, at the line that breaks it.

use crate::content::Visibility;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Project;

/// Looks at the headings of every public page: the title is of level one, and no level is left out on the way down.
pub fn headings(project: &Project, found: &mut Diagnostics) {
    for page in project.pages.iter().filter(|page| page.visibility == Visibility::Public) {
        let mut before = 1;
        for heading in &page.body.headings {
            if heading.level > before + 1 {
                let (marks, level) = ("#".repeat(usize::from(heading.level)), before + 1);
                let message = match before {
                    1 => format!("the first heading is of level {}", heading.level),
                    _ => format!("a heading of level {} follows one of level {before}", heading.level),
                };
                found.push(
                    Diagnostic::new(Code::HeadingOrder, heading.span, message)
                        .note("readers of screen readers go from heading to heading, and would look for what is left out")
                        .help(format!(
                            "write `{}` in the place of `{marks}`",
                            "#".repeat(usize::from(level))
                        )),
                );
            }
            before = heading.level;
        }
    }
}
