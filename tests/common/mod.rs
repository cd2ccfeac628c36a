//! What the integration tests share.

#![allow(dead_code, missing_docs, reason = "each test binary uses a part of it")]

pub mod complete;
pub mod data;
pub mod fences;
mod memory;

use std::path::PathBuf;

use clausal::check;
use clausal::config::Config;
use clausal::diagnostic::{self, Diagnostic};
use clausal::model::{Date, Model};
use clausal::project::{self, Workspace};

pub use memory::Memory;

/// A compiled agreement with its settings and everything that was found.
#[derive(Debug)]
pub struct Compiled {
    pub workspace: Workspace,
    pub model: Option<Model>,
    pub config: Config,
    pub diagnostics: Vec<Diagnostic>,
}

impl Compiled {
    /// The model of an agreement that must be free of errors.
    pub fn model(&self) -> &Model {
        assert!(self.diagnostics.is_empty(), "{}", self.messages().join("\n"));
        self.model.as_ref().expect("an agreement")
    }

    /// Findings as `path:line:col rule: message`.
    pub fn messages(&self) -> Vec<String> {
        self.diagnostics.iter().map(|d| message(d, &self.workspace)).collect()
    }
}

pub fn message(d: &Diagnostic, workspace: &Workspace) -> String {
    let place = d.primary.as_ref().map(|label| {
        let position = workspace.sources.position(label.span);
        let path = workspace.sources.file(label.span.file).display_path();
        format!("{path}:{}:{}", position.line, position.column)
    });
    let path = d.path.as_ref().map(|p| p.display().to_string());
    format!("{} {}: {}", place.or(path).unwrap_or_default(), d.rule, d.message)
}

/// Compiles the first agreement of some files (syntax and names; no lint rules).
pub fn compile(files: &Memory) -> Compiled {
    let workspace = project::load(files, &[PathBuf::from(".")]);
    let mut diagnostics = workspace.diagnostics.clone();
    let mut model = None;
    let mut config = Config::default();
    if let Some(project) = workspace.projects.first() {
        config = project.config.clone();
        for entry in &project.entries {
            let resolution = project.resolve(*entry);
            diagnostics.extend(resolution.diagnostics);
            if model.is_none() {
                model = resolution.model;
            }
        }
    }
    diagnostic::sort(&mut diagnostics, &workspace.sources);
    Compiled { workspace, model, config, diagnostics }
}

/// Compiles one file.
pub fn compile_text(text: &str) -> Compiled {
    compile(&Memory::new([("test.clause", text)]))
}

/// What is found in one file, as on 2 March 2026.
pub fn check_text(text: &str) -> (Workspace, Vec<Diagnostic>) {
    let workspace = project::load(&Memory::new([("a.clause", text)]), &[PathBuf::from(".")]);
    let (_, found) = check::check(&workspace, Date { year: 2026, month: 3, day: 2 });
    (workspace, found)
}

/// The findings of one file but those of rules that a test is not about.
pub fn findings_beside(text: &str, others: &[&str]) -> Vec<String> {
    let (workspace, found) = check_text(text);
    let found = found.iter().filter(|d| !others.contains(&d.rule));
    found.map(|d| message(d, &workspace)).collect()
}

/// A section of the Markdown document, by its heading.
pub fn section(compiled: &Compiled, heading: &str) -> String {
    let output = clausal::targets::docs::generate(compiled.model(), &compiled.config);
    let path = format!("{}.md", compiled.model().agreement.head.name.text);
    let markdown = output.artifacts.iter().find(|a| a.path == path).unwrap();
    let markdown = String::from_utf8(markdown.bytes.clone()).unwrap();
    let mut sections = markdown.split("\n## ");
    sections.find(|s| s.lines().next().unwrap().contains(heading)).unwrap_or_default().to_owned()
}
