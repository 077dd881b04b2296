//! A report's published [`Values`](crate::evaluation::Values) -> JSON, as `docs/formats.md` describes it.

use super::Download;

pub(super) fn json(download: &Download) -> Result<Vec<u8>, String> {
    let Download { site, report, interface, .. } = download;
    let first = site.project.first_language();
    let values = report.published.values(report.survey, &report.title, interface, first);
    let mut bytes = serde_json::to_vec_pretty(&values).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}
