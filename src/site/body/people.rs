//! `:person` and `::people` -> names of people who are public today, and words for those who are not.

use super::{Resolver, Segment};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::directory::{Profile, Role, Standing};
use crate::html::escape;
use crate::markdown::Directive;
use crate::output::WrittenLink;
use crate::site::directory;
use crate::source::Spanned;

impl Resolver<'_, '_, '_> {
    pub(super) fn person(&mut self, directive: &Directive, label: &Spanned<String>) {
        self.keys(directive, &[]);
        let project = self.context.project;
        let id = label.value.trim();
        if let Some(profile) = project.directory.people.get(id) {
            let name = escape(profile.name()).into_owned();
            if profile.has_role(Role::Mentor) {
                let address = directory::profile_address(self.language, self.context.first(), id);
                let href = project.site.base.href(&address);
                self.html(&format!("<a href=\"{}\">{name}</a>", escape(&href)));
                self.body.links.push(WrittenLink { href, span: label.span });
            } else {
                self.html(&name);
            }
            return;
        }
        let withheld = project.directory.withheld.get(id);
        let unread = self.context.left_out.people.contains_key(id);
        if withheld.is_none() && !unread {
            let help = one_of(id, project.directory.ids());
            self.push(
                Diagnostic::new(Code::UnknownPerson, label.span, format!("nobody has the id `{id}`"))
                    .help(help),
            );
            return;
        }
        let committee = withheld.is_some_and(|withheld| withheld.committee_only);
        let words = self
            .interface
            .say(if committee { "person.former-committee" } else { "person.former-mentor" }, &[]);
        let why = withheld.map_or(Standing::LeftOut, |withheld| withheld.why);
        self.push(
            Diagnostic::new(
                Code::PersonNotPublic,
                directive.span,
                format!("`{id}` is not public today ({}): the page says \"{words}\"", why.word()),
            )
            .help("nothing need be done; take the mention out if she is gone for good"),
        );
        self.html(&format!("<span class=\"absent\">{}</span>", escape(&words)));
    }

    pub(super) fn people(&mut self, directive: &Directive) {
        self.keys(directive, &["role"]);
        let role = match directive.get("role") {
            None => Some(Role::Committee),
            Some(typed) => match Role::find(&typed.value).filter(|role| *role != Role::Mentee) {
                Some(role) => Some(role),
                None => {
                    self.push(
                        Diagnostic::new(
                            Code::UnknownValue,
                            typed.span,
                            format!("`{}` is not a role that is shown", typed.value),
                        )
                        .help(one_of(&typed.value, ["committee", "mentor"])),
                    );
                    None
                }
            },
        };
        let Some(role) = role else { return };
        let collator = directory::collator(self.language);
        let mut people: Vec<&Profile> =
            self.context.project.directory.people.values().filter(|profile| profile.has_role(role)).collect();
        people.sort_by(|a, b| {
            let by_name = collator.as_ref().map_or_else(
                || a.sort_name().cmp(b.sort_name()),
                |collator| collator.compare(a.sort_name(), b.sort_name()),
            );
            by_name.then_with(|| a.id().cmp(b.id()))
        });
        self.body.segments.push(Segment::People(people));
    }
}
