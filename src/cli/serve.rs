//! `mentorpress serve`.

use super::{read_date, report, today};
use crate::diagnostic::Severity;
use crate::failure::Failure;
use crate::pipeline::{Changed, Outcome, Request, Workshop};
use crate::serve::{Change, Finding, Preview, Watch};
use jiff::civil::Date;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Options of `serve`.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Drafts are shown, and marked. Nothing is written to public/. Only this computer can see the \
preview. Ctrl-C ends it."
)]
pub(super) struct Serve {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Show the website of this day (YYYY-MM-DD) instead of today in UTC; it decides what is public
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
    /// The port of the address; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Open the website in a browser
    #[arg(long)]
    open: bool,
    /// Look at the folders twice a second instead of waiting for the system to tell what has changed (for network drives and
    /// containers)
    #[arg(long)]
    poll: bool,
}

impl Serve {
    pub(super) fn run(self) -> u8 {
        self.serve().unwrap_or_else(|failure| report::failure(&failure))
    }

    /// Returns only where the preview cannot begin: it ends with the program.
    fn serve(self) -> Result<u8, Failure> {
        let mut preview = Preview::bind(self.port)?;
        let request = Request { drafts: true, ..Request::look(self.site.clone(), self.date()) };
        let mut builder = Builder { workshop: Workshop::new(request), has_site: false };
        let mut watch = Watch::new(!self.poll);
        // Before the first build, so that nothing is missed meanwhile.
        look_after(&mut watch, &builder);
        let start = Instant::now();
        builder.build(self.date(), &Changed::Something, &preview)?;
        let mut took = start.elapsed();
        look_after(&mut watch, &builder);
        preview.start(|| {
            report::print("\n");
            std::process::exit(0)
        })?;
        let address = preview.address();
        report::print(&format!("The preview is at {address} and follows every change. Ctrl-C ends it.\n"));
        if self.open && open::that_detached(&address).is_err() {
            report::complain(&format!("No browser could be opened here. Open {address} yourself.\n"));
        }
        let mut last = None;
        loop {
            let changed = match watch.wait(took) {
                Change::At(places) => Changed::Files(places),
                Change::Something => Changed::Something,
                Change::Anything => Changed::Anything,
            };
            let start = Instant::now();
            let trouble = builder.build(self.date(), &changed, &preview).err();
            // The same trouble is told once, however often it is met.
            if let Some(failure) =
                trouble.as_ref().filter(|failure| last.as_ref() != Some(&failure.to_string()))
            {
                report::failure(failure);
                preview.show_findings(vec![finding_of(failure)]);
            }
            last = trouble.map(|failure| failure.to_string());
            took = start.elapsed();
            look_after(&mut watch, &builder);
        }
    }

    fn date(&self) -> Date {
        self.date.unwrap_or_else(today)
    }
}

/// How long a browser is left to itself with a page that is ready before the others: it needs the processors to show it.
const LEAVE: Duration = Duration::from_millis(60);

/// Builds, and hands on what comes of it.
struct Builder {
    workshop: Workshop,
    has_site: bool,
}

impl Builder {
    /// Builds if anything has changed, and shows it.
    fn build(&mut self, date: Date, changed: &Changed, preview: &Preview) -> Result<(), Failure> {
        let start = Instant::now();
        let wanted = preview.looked_at();
        let mut ahead = |pages| {
            preview.show_ahead(pages);
            std::thread::sleep(LEAVE);
        };
        let built = self.workshop.build(date, changed, &wanted, &mut ahead)?;
        let Some(built) = built else { return Ok(()) };
        let findings = findings(built.outcome);
        match built.output {
            Some(output) => {
                preview.show(output, &built.base, findings);
                self.has_site = true;
            }
            None => preview.show_findings(findings),
        }
        let what = if self.has_site {
            "the last site that could be built is shown"
        } else {
            "there is nothing to show yet"
        };
        report::preview(built.outcome, start.elapsed(), what);
        Ok(())
    }
}

/// Watches the folders that the site is made of now.
fn look_after(watch: &mut Watch, builder: &Builder) {
    if let Some(why) = watch.folders(&builder.workshop.folders()) {
        report::complain(&format!("{why}. So the folders are looked at again and again, as with --poll.\n"));
    }
}

/// Findings as pages show them.
fn findings(outcome: &Outcome) -> Vec<Finding> {
    let finding = |diagnostic: &crate::diagnostic::Diagnostic| {
        let (line, column) = outcome.sources.line_column(diagnostic.span);
        Finding {
            is_error: diagnostic.code.severity() == Severity::Error,
            code: diagnostic.code.name().to_owned(),
            message: diagnostic.message.clone(),
            place: format!("{}:{line}:{column}", outcome.sources.file(diagnostic.span.file).path),
            note: diagnostic.note.clone(),
            help: diagnostic.help.clone(),
        }
    };
    outcome.found.iter().map(finding).collect()
}

/// The machine's trouble as pages show it.
fn finding_of(failure: &Failure) -> Finding {
    let (message, help) = match failure {
        Failure::Refused { what, help } => (what.clone(), Some(help.clone())),
        Failure::System { .. } => (failure.to_string(), None),
    };
    Finding { is_error: true, code: String::new(), message, place: String::new(), note: None, help }
}
