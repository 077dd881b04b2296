//! `mentorpress`, the command: everything is in the library.

use std::process::ExitCode;

/// Thousands of pages are rendered from small values: the system's allocator would take a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mentorpress::cli::main()
}
