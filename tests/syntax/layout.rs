//! The formatter: on random programs, and on examples that are read line by line.

use clausal::source::FileId;
use clausal::syntax::{format, format_checked, parse};
use proptest::prelude::*;

use crate::programs;

const FILE: FileId = FileId(0);

/// A text without comments and white space.
fn bare(text: &str) -> String {
    let (file, _) = parse(FILE, text);
    let mut out = String::new();
    let mut from = 0;
    for comment in &file.comments {
        out.push_str(&text[from..comment.span.range().start]);
        from = comment.span.range().end;
    }
    out.push_str(&text[from..]);
    out.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_program_keeps_its_meaning_its_comments_and_its_layout(program in programs::program()) {
        let text = program.text();
        let (before, diagnostics) = parse(FILE, &text);
        prop_assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{text}");
        prop_assert_eq!(before.items.len(), program.blocks.len(), "{}", text);

        let out = match format_checked(FILE, &text) {
            Ok(out) => out,
            Err(error) => return Err(TestCaseError::fail(format!("{error}\n{text}\n{}", format(&before, &text)))),
        };
        let (after, _) = parse(FILE, &out);
        prop_assert_eq!(&before.comments, &after.comments, "{}\n{}", text, out);
        prop_assert_eq!(bare(&out), program.canonical(), "{}\n{}", text, out);
        prop_assert_eq!(&format(&after, &out), &out, "{}", text);

        prop_assert!(out.is_empty() || out.ends_with('\n') && !out.ends_with("\n\n") && !out.starts_with('\n'));
        prop_assert!(!out.contains("\n\n\n") && !out.contains('\r'), "{out}");
        for line in out.lines() {
            prop_assert_eq!(line.trim_end(), line);
        }
    }
}
