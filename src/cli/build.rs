//! `clausal build`.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::Exit;
use super::args::BuildArgs;
use super::check::{exit, extent};
use super::files::Disk;
use super::output::{self, Outputs, Plan};
use super::term::{Term, plural};
use crate::check::{self, Checked};
use crate::config::Target;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::lint;
use crate::model::Model;
use crate::project::{self, Workspace};
use crate::targets::{self, Output};

pub(super) fn run(args: &BuildArgs, term: &Term) -> Exit {
    let workspace = project::load(&Disk, &args.paths);
    let (checked, mut found) = check::check(&workspace, args.today.get());
    if found.iter().any(|d| d.severity == Severity::Error) {
        return stop(&workspace, &checked, &found, term);
    }
    // Settings and remarks may quieten such an error, but not fill the hole.
    let holes: Vec<Diagnostic> = checked.iter().flat_map(|c| &c.unresolved).cloned().collect();
    if !holes.is_empty() {
        return stop(&workspace, &checked, &holes, term);
    }
    let mut plans = Vec::new();
    for project in &checked {
        let (outputs, diagnostics) = make(project, args);
        let diagnostics = check::unallowed(&workspace, project.project, args.today.get(), diagnostics);
        found.extend(lint::apply_levels(diagnostics, &project.project.config));
        let folder = args.out.clone().unwrap_or_else(|| default_folder(project));
        match output::plan(&folder, &outputs) {
            Ok(plan) => {
                found.extend(plan.conflicts.iter().cloned());
                plans.push((folder, plan));
            }
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if args.out.is_some() && checked.len() > 1 {
        term.complain("several projects cannot share one `--out` folder: build them one by one\n");
        return Exit::Trouble;
    }
    diagnostic::sort(&mut found, &workspace.sources);
    if found.iter().any(|d| d.severity == Severity::Error) {
        return stop(&workspace, &checked, &found, term);
    }
    let remarks = if args.remarks { 0 } else { fold_remarks(&mut found) };
    term.complain(&term.findings(&found, &workspace.sources));
    if args.check { compare(&plans, term) } else { write(&plans, remarks, term) }
}

/// Takes out what is known of every build, and says how much it is: that no output enforces everything is no news, and
/// each lists what it leaves out.
fn fold_remarks(found: &mut Vec<Diagnostic>) -> usize {
    let before = found.len();
    found.retain(|d| d.severity != Severity::Info || d.rule != "not-enforced");
    before - found.len()
}

/// Shows why nothing is written.
fn stop(workspace: &Workspace, checked: &[Checked<'_>], found: &[Diagnostic], term: &Term) -> Exit {
    term.complain(&term.findings(found, &workspace.sources));
    let summary = Term::summary(found, &extent(workspace, checked));
    term.complain(&format!("{} Nothing was written.\n", summary.trim_end()));
    exit(found, Severity::Error)
}

fn default_folder(project: &Checked<'_>) -> PathBuf {
    let root = &project.project.root;
    let out = &project.project.config.out;
    if root == std::path::Path::new(".") { PathBuf::from(out) } else { root.join(out) }
}

/// Makes the outputs of a project.
fn make(project: &Checked<'_>, args: &BuildArgs) -> (Outputs, Vec<Diagnostic>) {
    let config = &project.project.config;
    let mut wanted: Vec<Target> = args.target.iter().copied().map(Target::from).collect();
    if wanted.is_empty() {
        wanted.clone_from(&config.targets);
    }
    wanted.sort_unstable();
    wanted.dedup();
    let mut diagnostics = Vec::new();
    let mut outputs = Outputs::new();
    for target in wanted {
        let agreements = || project.agreements.iter().map(|(_, model)| model);
        let made: Vec<Output> = agreements().map(|model| targets::generate(target, model, config)).collect();
        let pairs: Vec<(&Model, &Output)> = agreements().zip(&made).collect();
        diagnostics.extend(targets::clashes(target, &pairs));
        let mut artifacts = Vec::new();
        for output in made {
            diagnostics.extend(output.diagnostics);
            artifacts.extend(output.artifacts);
        }
        outputs.push((target, artifacts));
    }
    (outputs, diagnostics)
}

fn compare(plans: &[(PathBuf, Plan)], term: &Term) -> Exit {
    let mut stale = String::new();
    for (folder, plan) in plans {
        for change in &plan.changes {
            let (_, path) = change.words();
            let what = match change {
                output::Change::Create(_) => "missing",
                output::Change::Update(_) => "out of date",
                output::Change::Remove(_) => "no longer made",
            };
            let _ = writeln!(stale, "{what}: {}", folder.join(path).display());
        }
    }
    if stale.is_empty() {
        term.say("The outputs are up to date.\n");
        return Exit::Fine;
    }
    term.print(&stale);
    term.complain("The outputs are not up to date: run `clausal build`.\n");
    Exit::Findings
}

fn write(plans: &[(PathBuf, Plan)], remarks: usize, term: &Term) -> Exit {
    let mut done = String::new();
    let mut count = 0;
    for (folder, plan) in plans {
        if let Err(diagnostic) = plan.carry_out() {
            term.say(&done);
            let path = diagnostic.path.clone().unwrap_or_default();
            term.complain(&format!("{}: {}\n", path.display(), diagnostic.message));
            if let Some(help) = diagnostic.help {
                term.complain(&format!("{help}\n"));
            }
            return Exit::Trouble;
        }
        for change in &plan.changes {
            let (verb, path) = change.words();
            let _ = writeln!(done, "{verb} {}", folder.join(path).display());
            count += 1;
        }
    }
    term.say(&done);
    if count == 0 {
        term.say("Nothing to do: the outputs are up to date.\n");
    } else {
        term.say(&format!("{} done.\n", plural(count, "change")));
        if remarks > 0 {
            let many = plural(remarks, "remark");
            term.say(&format!(
                "{many} on what an output cannot enforce: each lists its own, and `--remarks` shows them all.\n"
            ));
        }
    }
    Exit::Fine
}
