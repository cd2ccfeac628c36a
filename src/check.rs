//! The whole way from a project's files to its models and findings: what `check`, `build` and an editor all ask.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::allow::Allows;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::lint::{self, Across, Context, Questions, Wholeness, Words};
use crate::model::{Date, Model};
use crate::project::{Joined, Project, Workspace};
use crate::resolve::Reference;
use crate::source::{FileId, Span};
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
            diagnostics.extend(allows.remarks(result.agreements.len()));
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
    let mut said = Said::default();
    // Those of which everything is known, so that they can be held against each other.
    let mut whole_ones = Vec::new();
    let questions = RefCell::default();
    for entry in &project.entries {
        let resolution = project.resolve(*entry);
        let errors = resolution.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let before = unresolved.len();
        unresolved.extend(errors.cloned());
        let broken = unresolved.len() > before;
        let mut of_entry = resolution.diagnostics;
        if let Some(model) = resolution.model {
            let whole = if project.is_complete(*entry) { Wholeness::Whole } else { Wholeness::Partial };
            let references = (!broken).then_some(resolution.references.as_slice());
            let view = View { model: &model, references, whole, across: None };
            of_entry.extend(view.run(today, &questions, lint::check));
            if !broken && whole == Wholeness::Whole {
                whole_ones.push(agreements.len());
            }
            agreements.push((*entry, model));
        }
        found.extend(said.news(of_entry));
    }
    found.extend(same_names(&agreements));
    let compared: Vec<_> = whole_ones.into_iter().filter_map(|at| agreements.get(at)).collect();
    found.extend(across(project, &compared, today, &questions));
    let models: Vec<&Model> = agreements.iter().map(|(_, model)| model).collect();
    found.extend(lint::check_bindings(&project.config, &models));
    (Checked { project, agreements, unresolved, questions: questions.into_inner() }, found)
}

/// What is looked at: one agreement, or two as one.
struct View<'a> {
    model: &'a Model,
    references: Option<&'a [Reference]>,
    whole: Wholeness,
    across: Option<&'a Across<'a>>,
}

impl View<'_> {
    fn run(
        &self,
        today: Date,
        questions: &RefCell<Questions>,
        check: fn(&Context<'_>) -> Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let evaluator = Evaluator::new(self.model, Instant::MIN);
        check(&Context {
            model: self.model,
            evaluator: &evaluator,
            lines: &lint::Lines::new(&evaluator, today),
            references: self.references,
            whole: self.whole,
            words: &Words::find(self.model),
            today,
            questions,
            across: self.across,
        })
    }
}

/// What was said already. A file that several agreements use is checked with each of them, and a finding in it is one
/// finding, even where an example of it lies in another term.
#[derive(Default)]
struct Said(BTreeSet<(&'static str, Span, String)>);

impl Said {
    /// The findings that are new; they count as said from now on.
    fn news(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| Some((d.rule, d.primary.as_ref()?.span, d.message.clone()));
        let new: Vec<Diagnostic> =
            found.into_iter().filter(|d| key(d).is_none_or(|key| !self.0.contains(&key))).collect();
        self.0.extend(new.iter().filter_map(key));
        new
    }
}

/// So many pairs of agreements are compared: every two of some sixty.
const MOST_PAIRS: usize = 2_000;

/// What each agreement says against those before it; of one place the first contradiction is enough.
fn across(
    project: &Project,
    agreements: &[&(FileId, Model)],
    today: Date,
    questions: &RefCell<Questions>,
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut said: BTreeSet<(&'static str, Option<Span>)> = BTreeSet::new();
    let mut left = MOST_PAIRS;
    for (place, second) in agreements.iter().enumerate() {
        for first in &agreements[..place] {
            if left == 0 {
                questions.borrow_mut().leave("the project has too many agreements to compare all of them");
                continue;
            }
            left -= 1;
            for finding in between(project, first, second, today, questions) {
                if said.insert((finding.rule, finding.primary.as_ref().map(|label| label.span))) {
                    out.push(finding);
                }
            }
        }
    }
    out
}

fn between(
    project: &Project,
    (first, one): &(FileId, Model),
    (second, other): &(FileId, Model),
    today: Date,
    questions: &RefCell<Questions>,
) -> Vec<Diagnostic> {
    let agreements = [&one.agreement, &other.agreement];
    let Some(term) = lint::across::common_term(agreements) else { return Vec::new() };
    let Some(joined) = project.join(*first, *second) else { return Vec::new() };
    let Joined { mut model, references, own, records } = joined;
    lint::across::unite(&mut model, &own, term);
    let across = Across::new(&own, &records, agreements);
    let view =
        View { model: &model, references: Some(&references), whole: Wholeness::Whole, across: Some(&across) };
    view.run(today, questions, lint::across::check)
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
