//! Documents as a whole, reviewed line by line.

use crate::support::{empty, example, torture};

#[test]
fn the_example_in_markdown() {
    insta::assert_snapshot!("example.md", example().markdown);
}

#[test]
fn the_example_in_html() {
    insta::assert_snapshot!("example.html", example().html);
}

#[test]
fn torture_in_markdown() {
    insta::assert_snapshot!("torture.md", torture().markdown);
}

#[test]
fn nothing_but_a_name() {
    insta::assert_snapshot!("empty.md", empty().markdown);
}
