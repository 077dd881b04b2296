//! [`Output`] -> the same with compressed files beside its texts, for servers that send those instead.

use super::{Origin, Output, OutputFile};
use crate::compression::Coding;
use crate::failure::Failure;
use rayon::prelude::*;

/// Endings of files that are text. Pictures, workbooks and documents are compressed within.
const TEXT: [&str; 12] =
    ["html", "css", "js", "mjs", "json", "xml", "svg", "txt", "csv", "bib", "ris", "ics"];

impl Output {
    /// Puts `about/index.html.gz` and `.br` beside `about/index.html`, each only where it is the smaller.
    ///
    /// # Errors
    /// What the packages say.
    pub fn compress(&mut self) -> Result<(), Failure> {
        let texts: Vec<(&str, &OutputFile)> = self.iter().filter(|(path, _)| is_text(path)).collect();
        let packed: Vec<(String, Vec<u8>)> = texts
            .par_iter()
            .with_max_len(4)
            .flat_map_iter(|(path, file)| {
                let bytes = file.bytes.whole();
                Coding::ALL.map(|(_, ending, coding)| {
                    coding.pack(&bytes).map(|packed| {
                        (packed.len() < bytes.len()).then(|| (format!("{path}.{ending}"), packed))
                    })
                })
            })
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()
            .map_err(|error| {
                Failure::refused(
                    format!("the pages cannot be compressed: {error}"),
                    "build without --compress",
                )
            })?;
        for (path, bytes) in packed {
            self.add(path, OutputFile { bytes: bytes.into(), origin: Origin::Program });
        }
        Ok(())
    }
}

/// Whether a file is a text that servers send compressed.
fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| TEXT.contains(&ending))
}
