//! The folder of a site that stands, and the site that was made -> what should be gone and is still there.

use crate::path::Address;
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Addresses of the site that stands which this build would not make any more, although it could not be written.
pub(super) fn find(out: &Path, site: &Site) -> Vec<(String, String)> {
    let register = &site.register;
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for (address, why) in register.not_public() {
        if out.join(address.output_path()).is_file() {
            shown.insert(address.to_string(), why.to_owned());
        }
    }
    for entry in std::fs::read_dir(out.join("mentors")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let address = Address::page(["mentors", &name]);
        let is_profile = entry.path().join("index.html").is_file();
        if is_profile && !register.is_public(&address) && !shown.contains_key(address.as_str()) {
            shown.insert(address.to_string(), "no longer in the directory".to_owned());
        }
    }
    let portraits: BTreeSet<String> =
        site.portraits.values().flat_map(|squares| squares.addresses()).map(|at| at.to_string()).collect();
    for entry in std::fs::read_dir(out.join("photos")).into_iter().flatten().flatten() {
        let address = format!("/photos/{}", entry.file_name().to_string_lossy());
        if address.ends_with(".jpg") && !portraits.contains(&address) {
            shown.insert(address, "a photo that is not shown any more".to_owned());
        }
    }
    shown.into_iter().collect()
}
