//! Every example: it reads, it is in canonical form, it holds, or it is wrong as it should be.

use clausal::diagnostic::Severity;
use clausal::lint;
use clausal::source::FileId;
use clausal::syntax;

use crate::example::{Example, Kind, examples, pages};

#[test]
fn they_read_and_are_in_canonical_form() {
    for example in examples(&pages()).iter().filter(|e| e.error != Some("syntax")) {
        let texts = match example.kind {
            Kind::Blocks | Kind::Clauses(_) => vec![example.in_file()],
            Kind::Conditions => example.conditions(),
        };
        for text in texts {
            let (tree, said) = syntax::parse(FileId(0), &text);
            assert!(said.is_empty(), "{example}: {said:?}");
            let canonical = syntax::format(&tree, &text);
            // One clause may share the line of its block; on a page it is clearer without.
            let alike = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let same = match example.kind {
                Kind::Blocks => canonical == text,
                Kind::Clauses(_) | Kind::Conditions if canonical.lines().count() == 1 => {
                    alike(&canonical) == alike(&text)
                }
                Kind::Clauses(_) | Kind::Conditions => canonical == text,
            };
            assert!(same, "{example} is written\n{canonical}");
        }
    }
}

#[test]
fn they_hold() {
    let mut scenarios = 0;
    let pages = pages();
    let checked =
        |e: &&Example<'_>| e.error.is_none() && !e.parse && matches!(e.kind, Kind::Blocks | Kind::Conditions);
    for example in examples(&pages).iter().filter(checked) {
        let found = example.findings();
        let errors = found.diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert!(!errors, "{example}:\n{}", found.messages.join("\n"));
        scenarios += example.fence.text.matches("scenario \"").count();
    }
    assert!(scenarios >= 8, "only {scenarios} scenarios were run");
}

#[test]
fn wrong_ones_are_wrong_as_they_should_be() {
    for example in examples(&pages()) {
        let Some(rule) = example.error else { continue };
        assert!(lint::rule(rule).is_some(), "{example}: there is no rule `{rule}`");
        let found = example.findings();
        let mut errors: Vec<&str> =
            found.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| d.rule).collect();
        errors.dedup();
        assert_eq!(errors, [rule], "{example}:\n{}", found.messages.join("\n"));
    }
}
