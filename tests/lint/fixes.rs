//! Fixes: what is offered does what it says.

use clausal::diagnostic::{Applicability, Diagnostic};

use crate::cases::{Case, cases};
use crate::common::Memory;
use crate::support::{Checked, applied};

/// How often something is said.
fn said(checked: &Checked, what: &Diagnostic) -> usize {
    checked.found.iter().filter(|d| d.rule == what.rule && d.message == what.message).count()
}

fn unreadable(checked: &Checked) -> usize {
    checked.found.iter().filter(|d| d.rule == "syntax").count()
}

fn each_fix(
    kind: Applicability,
    mut look: impl FnMut(&Case, &Checked, &Diagnostic, &Checked, &str),
) -> usize {
    let mut count = 0;
    for (case, before) in cases() {
        for finding in &before.found {
            for fix in finding.fixes.iter().filter(|f| f.applicability == kind) {
                let fixed = applied(&case.files, &before.workspace, fix);
                look(case, before, finding, &case.run_with(&fixed), &fix.title);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn a_fix_removes_what_it_was_offered_for() {
    for kind in [Applicability::Safe, Applicability::Suggested] {
        let count = each_fix(kind, |case, before, finding, after, title| {
            let less = said(after, finding) < said(before, finding);
            assert!(less, "{} {}: `{title}` does not help:\n{}", case.rule, case.name, after.shown());
        });
        assert!(count > 0, "no {kind:?} fix among the cases");
    }
}

#[test]
fn what_was_fixed_can_be_read() {
    for kind in [Applicability::Safe, Applicability::Suggested] {
        each_fix(kind, |case, before, _, after, title| {
            let worse = unreadable(after) > unreadable(before);
            assert!(!worse, "{} {}: `{title}` breaks the text:\n{}", case.rule, case.name, after.shown());
        });
    }
}

/// Every safe fix at once, as an editor applies them on saving, as often as there are any.
#[test]
fn safe_fixes_can_all_be_applied() {
    for (case, checked) in cases() {
        if !checked.found.iter().flat_map(|d| &d.fixes).any(|f| f.applicability == Applicability::Safe) {
            continue;
        }
        let mut files = case.files.clone();
        for _ in 0..20 {
            let checked = case.run_with(&files);
            let safe =
                checked.found.iter().flat_map(|d| &d.fixes).find(|f| f.applicability == Applicability::Safe);
            let Some(fix) = safe else { break };
            let next: Memory = applied(&files, &checked.workspace, fix);
            assert_ne!(next.0, files.0, "{} {}: `{}` changes nothing", case.rule, case.name, fix.title);
            files = next;
        }
        let left = case.run_with(&files);
        let safe =
            left.found.iter().flat_map(|d| &d.fixes).filter(|f| f.applicability == Applicability::Safe);
        assert_eq!(safe.count(), 0, "{} {}\n{}", case.rule, case.name, left.shown());
    }
}
