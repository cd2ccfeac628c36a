//! Documents as a whole, reviewed line by line.

use clausal::worktime::TimeZone;

use crate::support::{empty, example, torture};

/// A new edition of the time zone database changes no document but its last line.
fn without_edition(document: &str) -> String {
    document.replace(TimeZone::edition(), "[edition]")
}

#[test]
fn the_example_in_markdown() {
    insta::assert_snapshot!("example.md", without_edition(&example().markdown));
}

#[test]
fn the_example_in_html() {
    insta::assert_snapshot!("example.html", without_edition(&example().html));
}

#[test]
fn torture_in_markdown() {
    insta::assert_snapshot!("torture.md", without_edition(&torture().markdown));
}

#[test]
fn nothing_but_a_name() {
    insta::assert_snapshot!("empty.md", without_edition(&empty().markdown));
}
