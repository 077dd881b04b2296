//! `contact` of `site.yaml` -> how to reach the scheme: its e-mail address, and its form with the fields that a
//! shortlist fills in.

use super::keys::{CONTACT, FORM, FORM_FIELDS};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Spanned;
use crate::yaml::{self, Kind, Node};

/// How to reach the scheme.
#[derive(Debug)]
pub struct Contact {
    /// Its e-mail address.
    pub email: String,
    /// Addresses of offices that its pages may name besides.
    pub others: Vec<String>,
    /// Its form.
    pub form: Option<Form>,
}

/// A form of another host.
#[derive(Debug)]
pub struct Form {
    /// Its whole address.
    pub link: String,
    /// Names of its fields that take the mentors somebody chose.
    pub fields: FormFields,
}

/// Each the name of a field in the form's address (`r0123abc`, `entry.42`), where it has one.
#[derive(Default, Debug)]
pub struct FormFields {
    /// The first choice.
    pub first: Option<String>,
    /// The second.
    pub second: Option<String>,
    /// The third.
    pub third: Option<String>,
    /// All of them in one text.
    pub all: Option<String>,
}

impl Contact {
    /// Stands in where there is none, or none that can be read.
    pub(super) fn absent() -> Contact {
        Contact { email: String::new(), others: Vec::new(), form: None }
    }

    pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Contact {
        let Some(contact) = CONTACT.read(node, found) else { return Contact::absent() };
        let email = contact.need("email", found).and_then(|node| yaml::text(node, found));
        let others = contact.get("also").map(|node| yaml::items(node, found)).unwrap_or_default();
        let others: Vec<Spanned<String>> = others.iter().filter_map(|node| yaml::text(node, found)).collect();
        let mut address = |email: Spanned<String>, help: &str| {
            if !is_email(&email.value) {
                let message = format!("`{}` is not an e-mail address", email.value);
                found.push(Diagnostic::new(Code::BadAddress, email.span, message).help(help));
            }
            email.value
        };
        let email =
            email.map(|email| address(email, "write the scheme's own address, as in scheme@example.org"));
        let others = others
            .into_iter()
            .map(|email| address(email, "write the address of an office, as in dpo@example.org"))
            .collect();
        let form = contact.get("form").and_then(|node| form(node, found));
        Contact { email: email.unwrap_or_default(), others, form }
    }
}

/// An address alone, or `{link, fields}`.
fn form(node: &Node, found: &mut Diagnostics) -> Option<Form> {
    let mut fields = FormFields::default();
    let mut link = node;
    if matches!(node.kind, Kind::Map(_)) {
        let form = FORM.read(node, found)?;
        if let Some(node) = form.get("fields") {
            fields = form_fields(node, found);
        }
        link = form.need("link", found)?;
    }
    let link = yaml::text(link, found)?;
    if !link.value.starts_with("https://") {
        found.push(
            Diagnostic::new(
                Code::BadAddress,
                link.span,
                format!("`{}` is not the address of a form", link.value),
            )
            .help("copy the whole address of the form, beginning with https://"),
        );
    }
    Some(Form { link: link.value, fields })
}

fn form_fields(node: &Node, found: &mut Diagnostics) -> FormFields {
    let Some(fields) = FORM_FIELDS.read(node, found) else { return FormFields::default() };
    let mut name = |key: &str| {
        let name = fields.get(key).and_then(|node| yaml::text(node, found))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if name.value.is_empty() || !name.value.chars().all(plain) {
            found.push(
                Diagnostic::new(
                    Code::BadAddress,
                    name.span,
                    format!("`{}` is not the name of a field in the address of a form", name.value),
                )
                .help("copy it from a filled-in link to the form: what stands between `&` and `=`"),
            );
        }
        Some(name.value)
    };
    FormFields { first: name("first"), second: name("second"), third: name("third"), all: name("all") }
}

/// Whether a text is an e-mail address.
pub fn is_email(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b))
    };
    text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host) && host.contains('.'))
}
