//! `links` of a person -> the keys of their labels, and addresses.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::yaml::{self, Fields};

/// Whether a text has the shape of an ORCID iD: four groups of four digits, the last of which may be an X.
fn is_orcid(text: &str) -> bool {
    text.len() == 19
        && text.bytes().enumerate().all(|(at, b)| {
            if at % 5 == 4 { b == b'-' } else { b.is_ascii_digit() || (at == 18 && b == b'X') }
        })
}

/// `{orcid: …, profile: https://…}`: the label's key and the address.
pub(super) fn links(fields: &Fields, found: &mut Diagnostics) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if let Some(orcid) = fields.get("orcid").and_then(|node| yaml::text(node, found)) {
        if is_orcid(&orcid.value) {
            links.push(("orcid".to_owned(), format!("https://orcid.org/{}", orcid.value)));
        } else {
            let typed = orcid.value.trim_end_matches('/').rsplit('/').next().filter(|typed| is_orcid(typed));
            let help = match typed {
                Some(typed) => format!("write it without the address before it: {typed}"),
                None => "write its four groups of four digits, with hyphens between, without an address before them".to_owned(),
            };
            let message = format!("`{}` is not an ORCID iD", orcid.value);
            found.push(Diagnostic::new(Code::BadAddress, orcid.span, message).help(help));
        }
    }
    if let Some(profile) = fields.get("profile").and_then(|node| yaml::text(node, found)) {
        if profile.value.starts_with("https://") || profile.value.starts_with("http://") {
            links.push(("profile".to_owned(), profile.value));
        } else {
            found.push(
                Diagnostic::new(
                    Code::BadAddress,
                    profile.span,
                    format!("`{}` is not the address of a web page", profile.value),
                )
                .help("write it in full, beginning with https://"),
            );
        }
    }
    links
}
