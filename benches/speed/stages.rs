//! The stages of a run, each from what the one before it left.

use std::cell::RefCell;
use std::path::PathBuf;

use clausal::check;
use clausal::config::{Config, Target};
use clausal::diagnostic::json;
use clausal::evaluate::Evaluator;
use clausal::lint::{self, Context, Wholeness, Words};
use clausal::model::{Date, Model};
use clausal::project::{self, Workspace};
use clausal::resolve::Resolution;
use clausal::source::FileId;
use clausal::syntax;
use clausal::targets;
use clausal::worktime::Instant;

use crate::common::Memory;

/// A stage: what is timed. It returns some measure of its result.
pub type Stage = fn(&Subject) -> usize;

/// The stages in the order of a run, then whole runs.
pub const STAGES: [(&str, Stage); 7] = [
    ("scan", scan),
    ("parse (with scan)", parse),
    ("resolve", resolve),
    ("lint", lint),
    ("docs", docs),
    ("format", format),
    ("check, all of it", check),
];

const TODAY: Date = Date { year: 2026, month: 3, day: 2 };

/// An agreement, as each stage finds it.
pub struct Subject {
    files: Memory,
    workspace: Workspace,
    /// Of the first agreement.
    resolution: Option<Resolution>,
}

impl Subject {
    /// Takes files through every stage once.
    pub fn new(files: Memory) -> Subject {
        let workspace = load(&files);
        let project = workspace.projects.first();
        let resolution = project.and_then(|p| Some(p.resolve(*p.entries.first()?)));
        Subject { files, workspace, resolution }
    }

    fn model(&self) -> Option<&Model> {
        self.resolution.as_ref()?.model.as_ref()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.0.values().filter_map(|bytes| std::str::from_utf8(bytes).ok())
    }
}

fn load(files: &Memory) -> Workspace {
    project::load(files, &[PathBuf::from(".")])
}

fn scan(subject: &Subject) -> usize {
    subject.texts().map(|text| syntax::scan(FileId(0), text).blocks.len()).sum()
}

fn parse(subject: &Subject) -> usize {
    subject.texts().map(|text| syntax::parse(FileId(0), text).0.items.len()).sum()
}

fn resolve(subject: &Subject) -> usize {
    let projects = subject.workspace.projects.iter();
    projects.flat_map(|p| p.entries.iter().map(|e| p.resolve(*e).references.len())).sum()
}

fn lint(subject: &Subject) -> usize {
    in_context(subject, |context| lint::check(context).len()).unwrap_or_default()
}

/// Does something with what the rules may know of a subject.
pub fn in_context<T>(subject: &Subject, work: impl FnOnce(&Context<'_>) -> T) -> Option<T> {
    let resolution = subject.resolution.as_ref()?;
    let model = resolution.model.as_ref()?;
    let evaluator = Evaluator::new(model, Instant::MIN);
    let (words, lines, questions) =
        (Words::find(model), lint::Lines::new(&evaluator, TODAY), RefCell::default());
    Some(work(&Context {
        model,
        evaluator: &evaluator,
        lines: &lines,
        references: Some(&resolution.references),
        whole: Wholeness::Whole,
        words: &words,
        today: TODAY,
        questions: &questions,
        across: None,
    }))
}

fn docs(subject: &Subject) -> usize {
    let Some(model) = subject.model() else { return 0 };
    let output = targets::generate(Target::Docs, model, &Config::default());
    output.artifacts.iter().map(|a| a.bytes.len()).sum()
}

/// `clausal fmt`: reads, lays out, and proves that the result says the same.
pub fn format(subject: &Subject) -> usize {
    subject.texts().filter_map(|text| syntax::format_checked(FileId(0), text).ok()).map(|out| out.len()).sum()
}

/// `clausal check`: from texts to findings as JSON. Returns the number of findings.
pub fn check(subject: &Subject) -> usize {
    let workspace = load(&subject.files);
    let (_, found) = check::check(&workspace, TODAY);
    let shown = json::render(&found, &workspace.sources).map_or(0, |text| text.len());
    std::hint::black_box(shown);
    found.len()
}
