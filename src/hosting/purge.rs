//! What a build changed and removed -> addresses that caches before a host have to forget.

use crate::failure::Failure;
use crate::output::Receipt;
use crate::path::{Address, Base};
use crate::source::{Access, read_text, write_whole};
use std::collections::BTreeSet;
use std::path::Path;

/// Adds what a build changed and removed to a list of whole addresses, one a line. What an earlier build put there stays
/// until whoever has purged it deletes the file, so that no address is lost between two uploads. Returns how many there are.
///
/// # Errors
/// The system refuses; then the list is as it was.
pub fn remember(file: &Path, receipt: &Receipt, base: &Base) -> Result<usize, Failure> {
    let before = read_text(file)?.unwrap_or_default();
    let mut all: BTreeSet<String> =
        before.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    for path in receipt.changed.iter().chain(&receipt.removed) {
        // A compressed file is sent at the address of the file that it lies beside.
        if path.ends_with(".gz") || path.ends_with(".br") || !super::is_served(path) {
            continue;
        }
        let address = Address::file(path);
        let folder = base.permanent(&address);
        if folder.ends_with('/') {
            all.insert(format!("{folder}index.html"));
        }
        all.insert(folder);
    }
    let text: String = all.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    if text != before || !file.exists() {
        write_whole(file, text.as_bytes(), Access::AsItIs)?;
    }
    Ok(all.len())
}
