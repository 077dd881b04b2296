//! How far the exports have been read -> whoever waits for it: files and numbers of rows, and never what stands in them.

use crate::failure::Failure;
use crate::forms::{Row, Rows};

/// So many rows are read before it is said again how far it is.
const STEP: u64 = 1024;

/// How far an export has been read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress<'p> {
    /// Its name as survey.yaml has it.
    pub file: &'p str,
    /// Rows read; none while the file is looked at as a whole.
    pub rows: u64,
    /// Bytes read and bytes there are, where that is known: of text files.
    pub bytes: Option<(u64, u64)>,
}

/// Reads every row of an export, and says from time to time how far it is.
///
/// # Errors
/// Those of [`Rows::next_row`].
pub(super) fn each(
    file: &str,
    rows: &mut Rows,
    watch: &mut dyn FnMut(Progress),
    see: &mut dyn FnMut(&Row),
) -> Result<(), Failure> {
    let mut count = 0;
    while let Some(row) = rows.next_row()? {
        see(row);
        count += 1;
        if count % STEP == 0 {
            watch(Progress { file, rows: count, bytes: rows.bytes() });
        }
    }
    Ok(())
}
