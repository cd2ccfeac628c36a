//! The formatter: on random programs, and on examples that are read line by line.

use clausal::syntax::{format, format_checked, parse};
use proptest::prelude::*;

use crate::checks::{FILE, bare, files};
use crate::{EXAMPLE, generate, programs};

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

#[test]
fn large_agreements_are_written_as_the_formatter_writes_them() {
    let text = generate::agreement(2_000);
    assert_eq!(format_checked(FILE, &text), Ok(text));
}

#[test]
fn the_example_is_written_as_the_formatter_writes_it() {
    assert_eq!(format_checked(FILE, EXAMPLE).as_deref(), Ok(EXAMPLE));
}

/// `layouts/*.clause` are written anyhow; beside each is its one layout.
#[test]
fn layouts() {
    for (name, text) in files("layouts") {
        let out = format_checked(FILE, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        insta::with_settings!({ snapshot_path => "layouts", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, out);
        });
    }
}
