//! `mentorpress mentors …`.

mod import;

use clap::{Args, Subcommand};

/// What is to be done.
#[derive(Args, Debug)]
pub(super) struct Mentors {
    #[command(subcommand)]
    command: Order,
}

#[derive(Subcommand, Debug)]
enum Order {
    /// Take registrations from the export of a form; shows what would change, and writes only with --write
    Import(import::Import),
}

impl Mentors {
    pub(super) fn run(self) -> u8 {
        match self.command {
            Order::Import(import) => import.run(),
        }
    }
}
