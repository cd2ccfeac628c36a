//! What is said about mistakes: `errors/*.clause` are files full of them, and beside each is what its author is told.

use std::fmt::Write as _;

use clausal::diagnostic::{Applicability, Diagnostic, Fix};
use clausal::source::{SourceFile, Span};
use clausal::syntax::ast::{ItemKind, State};
use clausal::syntax::parse;

use crate::checks::{FILE, files, read};

/// The findings of a text in the order of their places.
fn findings(text: &str) -> Vec<Diagnostic> {
    let (_, mut diagnostics) = read(text);
    diagnostics.sort_by_key(|d| d.primary.as_ref().map(|l| l.span));
    diagnostics
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    edits.iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.span.range(), &edit.text);
        text
    })
}

/// Diagnostics as a page that can be read aloud: the line, where in it, what is said, and the line as a fix leaves it.
fn page(text: &str) -> String {
    let file = SourceFile::new("page.clause", text);
    let line = |text: &str, number: usize| text.lines().nth(number - 1).unwrap_or("").replace('\t', " ");
    let mut out = String::new();
    for diagnostic in findings(text) {
        let label = diagnostic.primary.clone().expect("a place");
        let mark = |span: Span, remark: &str| {
            let at = file.position(span.start);
            let shown = &text[span.range()];
            let width = shown.lines().next().unwrap_or("").chars().count().max(1);
            let more = if shown.contains('\n') { " .." } else { "" };
            format!(
                "    {:>3} | {}\n        | {}{}{more} {remark}\n",
                at.line,
                line(text, at.line),
                " ".repeat(at.column - 1),
                "^".repeat(width)
            )
        };
        let at = file.position(label.span.start);
        let _ = writeln!(out, "{}:{} {}", at.line, at.column, diagnostic.message);
        out += &mark(label.span, &label.text);
        for other in &diagnostic.secondary {
            out += &mark(other.span, &other.text);
        }
        for note in &diagnostic.notes {
            let _ = writeln!(out, "    note: {note}");
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "    help: {help}");
        }
        for fix in &diagnostic.fixes {
            let kind = match fix.applicability {
                Applicability::Safe => "fix",
                Applicability::Suggested => "perhaps",
            };
            let first = fix.edits.iter().map(|e| e.span.start).min().unwrap_or(0);
            let fixed = applied(text, fix);
            let at = file.position(first).line;
            let _ = writeln!(out, "    {kind}: {}\n        | {}", fix.title, line(&fixed, at).trim_start());
        }
        out.push('\n');
    }
    out
}

#[test]
fn mistakes_are_explained() {
    for (name, text) in files("errors") {
        insta::with_settings!({ snapshot_path => "errors", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, page(&text));
        });
    }
}

/// How often something is said of a text.
fn said(text: &str, what: &Diagnostic) -> usize {
    let (_, diagnostics) = parse(FILE, text);
    diagnostics.iter().filter(|d| d.message == what.message).count()
}

#[test]
fn a_fix_removes_what_it_was_offered_for() {
    for (name, text) in files("errors") {
        for diagnostic in findings(&text) {
            for fix in &diagnostic.fixes {
                let fixed = applied(&text, fix);
                let before = said(&text, &diagnostic);
                let after = said(&fixed, &diagnostic);
                assert!(after < before, "{name}: `{}` does not help: {}", fix.title, diagnostic.message);
            }
        }
    }
}

#[test]
fn three_mistakes_are_three_findings_and_nothing_else_is_lost() {
    let text = include_str!("errors/three.clause");
    let (file, mut diagnostics) = read(text);
    diagnostics.sort_by_key(|d| d.primary.as_ref().map(|l| l.span));
    let lines = |d: &Diagnostic| {
        let start = d.primary.as_ref().map_or(0, |l| l.span.range().start);
        text[..start].matches('\n').count() + 1
    };
    assert_eq!(diagnostics.iter().map(lines).collect::<Vec<_>>(), [5, 10, 15]);
    assert_eq!(file.comments.len(), 1);
    assert_eq!(file.lost_names, [""; 0]);
    let kept: Vec<(usize, State)> = file
        .items
        .iter()
        .map(|item| {
            let clauses = match &item.kind {
                ItemKind::Party(block) => block.clauses.len(),
                ItemKind::Role(block) => block.clauses.len(),
                ItemKind::Definition(block) => block.clauses.len(),
                ItemKind::Commitment(block) => block.clauses.len(),
                other => panic!("{other:?}"),
            };
            (clauses, item.state)
        })
        .collect();
    // The condition took `since` for its own end, so both lines of the definition are gone; and of the commitment the
    // promise, for what can be read of it is not what was promised.
    let incomplete = State::Incomplete;
    assert_eq!(kept, [(1, State::Complete), (2, incomplete), (0, incomplete), (1, incomplete)]);
}
