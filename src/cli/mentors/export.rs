//! `mentorpress mentors export`.

use super::{Place, print};
use crate::committee;
use crate::failure::Failure;
use std::path::PathBuf;

/// Options of `export`.
#[derive(clap::Args, Debug)]
pub(super) struct Export {
    /// Whose data
    id: String,
    /// The folder to make [default: private/exports/ID-DATE in the site's folder]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Where the website is, which is searched for her [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(super) fn run(self) -> Result<u8, Failure> {
        let order = committee::Export {
            out: self.out.unwrap_or_else(|| self.place.site.join("public")),
            date: self.place.date(),
            site: self.place.site,
            id: self.id,
            to: self.to,
        };
        let exported = committee::export(&order)?;
        let mut text = format!("{}\n", exported.folder.display());
        for file in &exported.files {
            text.push_str(&format!("  {file}\n"));
        }
        text.push_str("Read about.md before you send it: it quotes lines that others wrote, and you know better why you hold what you hold.\n");
        text.push_str(&match exported.address {
            Some(address) => format!("Send the folder to {address} and to no other address, then delete it here.\n"),
            None => "Make sure that whoever asks is the person herself. Send the folder to her alone, then delete it here.\n".to_owned(),
        });
        text.push_str("The law gives you a month from her request. Not in the folder, since the program cannot look there: mailboxes, minutes and paper, the form and exports of it, answers to surveys, the website on its host, backups, older versions in git, and what stands in PDF files and pictures. The letter says that you look there yourselves: do, or change it.\n");
        Ok(print(&text))
    }
}
