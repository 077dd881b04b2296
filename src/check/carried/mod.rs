//! What is published as it lies (`files/`, `root/`, a theme's assets) and what pages say -> findings about what they give away:
//! metadata of pictures, names in the properties of documents, scripts that remember, e-mail addresses of others.
//!
//! `picture` and `document` read the files, `script` what runs, `address` the pages.

mod address;
mod document;
mod picture;
mod script;

pub use address::addresses;

use crate::archive::Budget;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::output::{Origin, Output};
use crate::path::{file_name, folder};
use crate::site::Project;

/// Looks at every file that is published as it lies.
pub fn carried(output: &Output, project: &Project, found: &mut Diagnostics) {
    let mut budget = Budget::default();
    for (path, file) in output.iter() {
        let Origin::Copy(Some(span)) = &file.origin else { continue };
        let bytes = file.bytes.whole();
        let name = file_name(path);
        let told = |code, message: String, help: &str| Diagnostic::new(code, *span, message).help(help);
        let metadata = picture::metadata(&bytes);
        if !metadata.is_empty() {
            let message =
                format!("the picture {name} carries more than the picture: {}", metadata.join(", "));
            let help = "save it without: in Windows, Properties, Details, \"Remove Properties and Personal Information\"; on a Mac, Preview, Tools, Show Inspector; or exiftool -all= with the file's name";
            let mut finding = told(Code::PictureMetadata, message, help);
            if metadata.contains(&picture::PLACE) {
                finding = finding.note("the place where it was taken is in it: GPS");
            }
            found.push(finding);
        }
        let own = [&project.site.title, &project.site.organisation];
        let is_own = |person: &str| {
            project.site.languages.iter().any(|language| {
                own.iter().any(|text| text.get(language, project.first_language()).value.trim() == person)
            })
        };
        for (property, person) in document::people(name, &bytes, &mut budget) {
            if !is_own(&person) {
                let message = format!("the properties of {name} name somebody: {property} is \"{person}\"");
                let help = "take the name out (Word, Excel: File, Info, Inspect Document, Document Properties and Personal Information, Remove All; LibreOffice: File, Properties, Reset), or put the scheme's name there";
                found.push(told(Code::DocumentNames, message, help));
            }
        }
        if let Ok(text) = std::str::from_utf8(&bytes) {
            for what in script::remembers(name, text) {
                let message = format!("{name} uses `{what}`: pages set no cookies and remember nothing");
                found.push(told(
                    Code::OutputStorage,
                    message,
                    "keep what is chosen in the address of the page, as the directory does",
                ));
            }
            for what in script::asks(name, text) {
                let message = format!("{name} would ask another host for `{what}`");
                let help = format!(
                    "put the file into {}/ and name it from there; a page asks nobody else for anything",
                    folder(path)
                );
                found.push(told(Code::OutputRequest, message, &help));
            }
        }
    }
}
