//! `mentorpress`, the command: the process is made ready, and everything else is in the library.

use std::process::ExitCode;

/// Thousands of pages are rendered from small values: the system's allocator would take a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    prefer_small_memory();
    mentorpress::cli::main()
}

/// Small values spread over huge pages would take a sixth more memory, for a twentieth of the time.
fn prefer_small_memory() {
    #[cfg(target_os = "linux")]
    // Where a system has no such switch, it is as fast and a little larger.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
