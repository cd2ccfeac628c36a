//! Trees as a whole, reviewed line by line.

use std::fmt::Write as _;

use crate::support::{Tree, generate, of_folder, of_text, rules, torture, tree};

/// All files, one after the other.
fn whole(tree: &Tree) -> String {
    let mut out = String::new();
    for (path, text) in tree {
        let _ = write!(out, "==== {path}\n{text}\n");
    }
    out
}

/// The rules alone.
fn formulas(tree: &Tree) -> String {
    let mut out = String::new();
    for rule in rules(tree) {
        let _ = writeln!(out, "==== {}.{}\n{}\n{}\n", rule.object, rule.name, rule.message, rule.formula);
    }
    out
}

#[test]
fn the_example() {
    insta::assert_snapshot!("example", whole(&of_folder("examples/lead-handoff")));
}

#[test]
fn torture_in_whole() {
    insta::assert_snapshot!("torture", whole(&tree(&generate(&torture()))));
}

#[test]
fn conditions_as_formulas() {
    let conditions = [
        "title = \"US\" or title != \"O\\\"Neil \\\\\"",
        "title not in [US, z]",
        "code = \"Ok\" or code starts with \"I\" or code contains \"z\"",
        "score between 0 and 10 and score in [1, 2]",
        "score * fit + 1 > 2.5 or -1 < score",
        "rate >= 57% or price < EUR 10.5",
        "vip and vip = false",
        "born <= 2026-03-31 or due within 2 weeks of born",
        "opened > now or opened >= 2026-03-29 02:30 or opened older than 90 minutes or closed within 2 hours of opened",
        "kind != a or kind = other or kind is blank or tags contains \"two 2\" or tags is blank",
        "at least 2 of (vip, score > 1, kind = a)",
        "not (score > 1 and title is set)",
    ];
    let mut blocks = String::new();
    for (i, condition) in conditions.iter().enumerate() {
        let _ = writeln!(blocks, "commitment c{i} {{ rep must not keep a deal when {condition} }}");
    }
    insta::assert_snapshot!("conditions", formulas(&of_text(&crate::conditions::agreement(&blocks))));
}
