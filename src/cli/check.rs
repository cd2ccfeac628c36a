//! `clausal check`.

use super::Exit;
use super::args::{CheckArgs, Format};
use super::files::Disk;
use super::term::{Term, plural};
use crate::check::{self, Checked};
use crate::diagnostic::{Diagnostic, Severity, json};
use crate::project::{self, UNREADABLE, Workspace};

pub(super) fn run(args: &CheckArgs, term: &Term) -> Exit {
    let workspace = project::load(&Disk, &args.paths);
    let (checked, found) = check::check(&workspace, args.today.get());
    match args.format {
        Format::Human => {
            term.print(&term.findings(&found, &workspace.sources));
            term.say(&Term::summary(&found, &extent(&workspace, &checked)));
        }
        Format::Json => match json::render(&found, &workspace.sources) {
            Ok(text) => term.print(&text),
            Err(error) => {
                term.complain(&format!("the findings cannot be written as JSON: {error}\n"));
                return Exit::Trouble;
            }
        },
    }
    let least = if args.strict { Severity::Warning } else { Severity::Error };
    exit(&found, least)
}

/// `2 files (1 agreement)`.
pub(super) fn extent(workspace: &Workspace, checked: &[Checked<'_>]) -> String {
    let agreements = checked.iter().map(|c| c.agreements.len()).sum();
    format!("{} ({})", plural(workspace.sources.iter().count(), "file"), plural(agreements, "agreement"))
}

/// What findings come to, when those at least so bad count.
pub(super) fn exit(found: &[Diagnostic], least: Severity) -> Exit {
    let counts = |d: &&Diagnostic| d.severity <= least;
    found
        .iter()
        .filter(counts)
        .map(|d| if d.rule == UNREADABLE { Exit::Trouble } else { Exit::Findings })
        .max()
        .unwrap_or(Exit::Fine)
}
