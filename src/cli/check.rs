//! `clausal check`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Exit;
use super::args::{CheckArgs, Format};
use super::files::Disk;
use super::term::{Term, plural};
use crate::check::{self, Checked};
use crate::diagnostic::{Diagnostic, Severity, json};
use crate::lint::{self, Stage};
use crate::project::{self, UNREADABLE, Workspace};

pub(super) fn run(args: &CheckArgs, term: &Term) -> Exit {
    let workspace = project::load(&Disk, &args.paths);
    let (checked, found) = check::check(&workspace, args.today.get());
    match args.format {
        Format::Human => {
            let (conflicts, others) = by_importance(&found);
            if !conflicts.is_empty() && !others.is_empty() {
                term.print(&format!("{}, most important first:\n\n", plural(conflicts.len(), "conflict")));
            }
            term.print(&term.findings(&conflicts, &workspace.sources));
            if !conflicts.is_empty() && !others.is_empty() {
                term.print(&format!("{}:\n\n", plural(others.len(), "other finding")));
            }
            term.print(&term.findings(&others, &workspace.sources));
            term.say(&Term::summary(&found, &extent(&workspace, &checked)));
            let unread = found.iter().any(is_unread);
            term.say(&questions(&checked, conflicts.len(), unread));
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

/// Whether a finding means that a part was not understood, so that no rule looked at it.
fn is_unread(found: &Diagnostic) -> bool {
    let stage = lint::rule(found.rule).map(|rule| rule.stage);
    found.severity == Severity::Error && matches!(stage, Some(Stage::Reading | Stage::Resolving))
}

/// The conflicts, errors first, and the other findings, each in the order of their places.
fn by_importance(found: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (mut conflicts, others): (Vec<_>, Vec<_>) =
        found.iter().cloned().partition(|d| lint::is_conflict(d.rule));
    conflicts.sort_by_key(|d| d.severity);
    (conflicts, others)
}

/// What was asked of agreements that could be read: how much of it was decided, and why the rest was not.
fn questions(checked: &[Checked<'_>], conflicts: usize, unread: bool) -> String {
    if checked.iter().all(|c| c.agreements.is_empty()) {
        return String::new();
    }
    let decided: usize = checked.iter().map(|c| c.questions.decided).sum();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, count) in checked.iter().flat_map(|c| &c.questions.not_analysed) {
        *open.entry(reason).or_default() += count;
    }
    let none = match (conflicts, unread) {
        (0, false) => "No conflict found: ",
        // Where something could not be read, nothing can be said of it.
        (_, true) => "Not everything could be looked at until the errors are mended: ",
        _ => "",
    };
    let mut out = format!(
        "{none}{} decided, {} not analysed.\n",
        plural(decided, "question"),
        open.values().sum::<usize>()
    );
    for (reason, count) in open {
        let _ = writeln!(out, "  not analysed: {reason} ({count})");
    }
    out
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

/// True for a rule about what an agreement says, once it could be read and resolved.
pub(super) fn is_judgement(rule: &str) -> bool {
    lint::rule(rule).is_some_and(|rule| matches!(rule.stage, Stage::Checking(_) | Stage::Comparing(_)))
}

/// A line for a command that answers although an agreement contradicts itself.
pub(super) fn errors_in_what_is_agreed(count: usize) -> String {
    let errors = if count == 1 { "an error".to_owned() } else { format!("{count} errors") };
    format!("`clausal check` finds {errors} in what is agreed.\n")
}
