//! A report's tables -> a workbook: cover, notes, one table a sheet, data dictionary. `contents` says what stands where,
//! `sheet` what a cell may hold, `workbook` writes the bytes.
//!
//! Set out as the Analysis Function of the UK government advises for people who listen to a workbook or read it
//! enlarged: one table a sheet with one header row, no merged cells, no cell without a word.

mod contents;
mod sheet;
mod workbook;

use super::Download;
use contents::Contents;

pub(super) fn xlsx(download: &Download) -> Result<Vec<u8>, String> {
    workbook::write(download, &Contents::of(download)).map_err(|error| error.to_string())
}
