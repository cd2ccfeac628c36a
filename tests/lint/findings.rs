//! What must hold for every finding, whatever it says.

use clausal::diagnostic::Diagnostic;
use clausal::lint;
use clausal::project::Workspace;
use clausal::source::Span;

use crate::cases::cases;
use crate::support::Checked;

/// Holds every finding of a check against what must hold for all.
pub fn sound(checked: &Checked) {
    for finding in &checked.found {
        assert!(lint::rule(finding.rule).is_some(), "{} is no rule", finding.rule);
        places(finding).for_each(|span| inside(&checked.workspace, span, finding));
        assert!(finding.primary.is_some() || finding.path.is_some(), "no place: {finding:#?}");
        worded(finding);
    }
    let mut sorted = checked.found.clone();
    clausal::diagnostic::sort(&mut sorted, &checked.workspace.sources);
    assert_eq!(sorted, checked.found);
}

fn places(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let labels = finding.primary.iter().chain(&finding.secondary).map(|l| l.span);
    let edits = finding.fixes.iter().flat_map(|f| &f.edits).map(|e| e.span);
    labels.chain(edits)
}

fn inside(workspace: &Workspace, span: Span, finding: &Diagnostic) {
    let file = workspace.sources.iter().find(|(id, _)| *id == span.file);
    let (_, file) = file.unwrap_or_else(|| panic!("no such file: {finding:#?}"));
    assert!(file.text().get(span.range()).is_some(), "{span:?} is no place: {finding:#?}");
}

/// The form of the house: a message in lower case without a final period, notes and help as sentences, no lists without end.
fn worded(finding: &Diagnostic) {
    let message = &finding.message;
    assert!(!message.is_empty() && !message.contains('\n'), "{message}");
    assert!(!message.ends_with('.'), "ends like a sentence: {message}");
    assert!(!message.starts_with(|c: char| c.is_uppercase()), "begins like a sentence: {message}");
    assert!(finding.secondary.len() <= 8, "too many places: {message}");
    // The author's own words may be long; those around them may not.
    let own: usize = message.split('`').step_by(2).map(str::len).sum();
    assert!(own <= 160, "too long: {message}");
    let labels = finding.primary.iter().chain(&finding.secondary);
    for label in labels {
        assert!(!label.text.ends_with('.'), "a label ends like a sentence: {}", label.text);
    }
    for sentence in finding.notes.iter().chain(&finding.help) {
        assert!(sentence.ends_with(['.', '?', '`', ')', '"']), "not a sentence: {sentence}");
        let start = sentence.chars().next().unwrap();
        assert!(!start.is_lowercase(), "not a sentence: {sentence}");
    }
    for fix in &finding.fixes {
        assert!(fix.title.starts_with(char::is_lowercase), "not a command: {}", fix.title);
        assert!(!fix.edits.is_empty(), "a fix without an edit: {}", fix.title);
    }
}

#[test]
fn findings_of_the_cases_are_sound() {
    for (_, checked) in cases() {
        sound(checked);
    }
}

/// Whoever reads a finding knows what to do about it, or is offered to have it done.
#[test]
fn every_finding_shows_a_way_out() {
    for (case, checked) in cases() {
        for finding in &checked.found {
            let near = finding.primary.as_ref().is_some_and(|l| l.text.starts_with("did you mean"));
            let way_out = finding.help.is_some() || !finding.fixes.is_empty() || near;
            assert!(way_out, "{} {}: no way out of: {}", case.rule, case.name, finding.message);
        }
    }
}
