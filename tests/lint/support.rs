//! Checking files in memory, as `clausal check` does with files on disk.

use std::path::PathBuf;

use clausal::check;
use clausal::diagnostic::human::{self, Characters, Colour, Style};
use clausal::diagnostic::{Diagnostic, Fix};
use clausal::model::Date;
use clausal::project::{self, Workspace};
use clausal::targets;

use crate::common::Memory;

/// The present day of every case that does not name one.
pub const TODAY: &str = "2026-03-02";

/// What came of a check.
#[derive(Debug)]
pub struct Checked {
    pub workspace: Workspace,
    pub found: Vec<Diagnostic>,
}

impl Checked {
    /// The findings as a person sees them.
    pub fn shown(&self) -> String {
        let style = Style { width: 100, colour: Colour::Never, characters: Characters::Unicode };
        human::render(&self.found, &self.workspace.sources, style)
    }

    pub fn rules(&self) -> Vec<&'static str> {
        self.found.iter().map(|d| d.rule).collect()
    }
}

pub fn date(text: &str) -> Date {
    let parts: Vec<i16> = text.split('-').map(|p| p.parse().unwrap()).collect();
    let [year, month, day] = parts[..] else { panic!("{text}") };
    Date { year, month: u8::try_from(month).unwrap(), day: u8::try_from(day).unwrap() }
}

/// Checks the projects behind a path. With outputs: what is said while they are made, too.
pub fn check(files: &Memory, path: &str, today: &str) -> Checked {
    let workspace = project::load(files, &[PathBuf::from(path)]);
    let (_, found) = check::check(&workspace, date(today));
    Checked { workspace, found }
}

/// What is said while the outputs of a checked workspace are made.
pub fn remarks(files: &Memory, path: &str, today: &str) -> Checked {
    let workspace = project::load(files, &[PathBuf::from(path)]);
    let (checked, _) = check::check(&workspace, date(today));
    let mut found = Vec::new();
    for project in &checked {
        for (_, model) in &project.agreements {
            for target in &project.project.config.targets {
                found.extend(targets::generate(*target, model, &project.project.config).diagnostics);
            }
        }
    }
    clausal::diagnostic::sort(&mut found, &workspace.sources);
    Checked { workspace, found }
}

/// Some files after a fix.
pub fn applied(files: &Memory, workspace: &Workspace, fix: &Fix) -> Memory {
    let mut out = files.clone();
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    for edit in edits {
        let path = workspace.sources.file(edit.span.file).path();
        let bytes = out.0.get_mut(path).expect("an edit of one of the files");
        // Places count without the byte-order mark.
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let range = edit.span.range().start + mark..edit.span.range().end + mark;
        bytes.splice(range, edit.text.bytes());
    }
    out
}
