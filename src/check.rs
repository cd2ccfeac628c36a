//! The whole way from a project's files to its models and findings: what `check`, `build` and an editor all ask.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::allow::Allows;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::lint::{self, Context, Questions, Wholeness, Words};
use crate::model::{Date, Model};
use crate::project::{Project, Workspace};
use crate::source::FileId;
use crate::worktime::Instant;

/// A project that was checked.
#[derive(Debug)]
pub struct Checked<'w> {
    /// The project.
    pub project: &'w Project,
    /// Its agreements, in order of their files.
    pub agreements: Vec<(FileId, Model)>,
    /// Errors that leave a hole in what an agreement says, whatever the settings make of them: with one of them nothing
    /// can be built.
    pub unresolved: Vec<Diagnostic>,
    /// What was asked about its conditions, and how much of it could be answered.
    pub questions: Questions,
}

/// Checks every project of a workspace. All findings at once, sorted, with the levels of each project's settings.
pub fn check(workspace: &Workspace, today: Date) -> (Vec<Checked<'_>>, Vec<Diagnostic>) {
    let mut found = workspace.diagnostics.clone();
    let mut checked = Vec::new();
    for project in &workspace.projects {
        let (result, diagnostics) = check_project(project, today);
        let mut allows = allows(workspace, project, today);
        let mut diagnostics = allows.filter(diagnostics);
        // With something unread nobody knows what a remark would hide.
        if !workspace.diagnostics.iter().any(|d| d.severity == Severity::Error) {
            diagnostics.extend(allows.remarks());
        }
        found.extend(lint::apply_levels(diagnostics, &project.config));
        checked.push(result);
    }
    diagnostic::sort(&mut found, &workspace.sources);
    (checked, found)
}

/// The findings of a build that the authors do not live with.
pub fn unallowed(
    workspace: &Workspace,
    project: &Project,
    today: Date,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    allows(workspace, project, today).filter(found)
}

fn allows(workspace: &Workspace, project: &Project, today: Date) -> Allows {
    let mut allows = Allows::default();
    for (file, tree) in project.trees() {
        allows.read(tree, workspace.sources.file(file), today);
    }
    allows
}

fn check_project(project: &Project, today: Date) -> (Checked<'_>, Vec<Diagnostic>) {
    let mut found = project.config.unknown_rules(&lint::ALL.iter().map(|r| r.name).collect::<Vec<_>>());
    let (mut agreements, mut unresolved) = (Vec::new(), Vec::new());
    let questions = RefCell::default();
    for entry in &project.entries {
        let resolution = project.resolve(*entry);
        let errors = resolution.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let before = unresolved.len();
        unresolved.extend(errors.cloned());
        let broken = unresolved.len() > before;
        found.extend(resolution.diagnostics);
        let Some(model) = resolution.model else { continue };
        let whole = if project.is_complete(*entry) { Wholeness::Whole } else { Wholeness::Partial };
        let evaluator = Evaluator::new(&model, Instant::MIN);
        let references = (!broken).then_some(resolution.references.as_slice());
        let words = Words::find(&model);
        let lines = lint::Lines::new(&evaluator, today);
        let context = Context {
            model: &model,
            evaluator: &evaluator,
            lines: &lines,
            references,
            whole,
            words: &words,
            today,
            questions: &questions,
        };
        found.extend(lint::check(&context));
        agreements.push((*entry, model));
    }
    found.extend(same_names(&agreements));
    let models: Vec<&Model> = agreements.iter().map(|(_, model)| model).collect();
    found.extend(lint::check_bindings(&project.config, &models));
    (Checked { project, agreements, unresolved, questions: questions.into_inner() }, found)
}

/// Agreements of one project that have the same name: their outputs would be the same files.
fn same_names(agreements: &[(FileId, Model)]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&str, &Model> = BTreeMap::new();
    let mut out = Vec::new();
    for (_, model) in agreements {
        let name = &model.agreement.head.name;
        match seen.get(name.text.as_str()) {
            Some(first) => out.push(
                Diagnostic::error("duplicate-name", format!("two agreements of this project are called `{name}`"))
                    .at(name.span, "again here")
                    .also(first.agreement.head.name.span, "first here")
                    .note("Documents, CRM components and views are named after their agreement: one would replace the other.")
                    .help("Rename one of them."),
            ),
            None => {
                seen.insert(&name.text, model);
            }
        }
    }
    out
}
