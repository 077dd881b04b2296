//! People and their photos -> who is shown with which portrait.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::Photo;
use crate::photo::{Key, Squares};
use crate::site::Project;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Portraits by id.
pub type Portraits<'p> = BTreeMap<&'p str, &'p Arc<Squares>>;

/// Everybody's portrait. A photo that is also of somebody whose photo must not be shown is left out, since nobody can
/// tell which of the two it shows; whether it is the same file or another with the same bytes makes no difference.
pub(super) fn portraits<'p>(project: &'p Project, found: &mut Diagnostics) -> Portraits<'p> {
    let key = |photo: &Photo| project.photos.key(photo.file?);
    let mut kept_back: BTreeMap<Key, (&str, &Photo, &str)> = BTreeMap::new();
    for kept in project.directory.photos_kept_back() {
        if let Some(key) = key(kept.photo) {
            kept_back.entry(key).or_insert((kept.id, kept.photo, kept.why.word()));
        }
    }
    let mut seen: BTreeMap<Key, (&str, &Photo)> = BTreeMap::new();
    let mut portraits = Portraits::new();
    for (id, photo) in project.directory.photos() {
        let Some(key) = key(photo) else { continue };
        if let Some((other, same, why)) = kept_back.get(&key) {
            let message =
                format!("the photo of `{id}` is left out: it is also that of `{other}`, who is {why}");
            found.push(shared(photo, same, message));
            continue;
        }
        if let Some((other, same)) = seen.insert(key, (id, photo)) {
            found.push(shared(photo, same, format!("`{id}` and `{other}` are shown with the same photo")));
        }
        if let Some(squares) = photo.file.and_then(|file| project.photos.squares(file)) {
            portraits.insert(id, squares);
        }
    }
    portraits
}

fn shared(photo: &Photo, same: &Photo, message: String) -> Diagnostic {
    Diagnostic::new(Code::PhotoShared, photo.span, message)
        .related(same.span, "the same photo")
        .help("give each a photo of her own: look which of the two it shows")
}
