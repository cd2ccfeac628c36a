//! Words are pointed at where they stand, however their text is written.

use std::fmt::Write as _;
use std::path::PathBuf;

use clausal::model::PassageKind;
use clausal::project;
use proptest::prelude::*;

use crate::common::Memory;
use crate::support::{check, date};

/// A text in quotes, with its escapes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as lines with bars.
fn lines(text: &str, end: &str) -> String {
    text.split('\n').fold(String::new(), |mut out, line| {
        write!(out, "{end}    | {line}").unwrap();
        out
    })
}

fn agreement(note: &str) -> String {
    format!(
        "agreement a {{\n  parties    p, q\n  effective  2026-01-01\n  review     every month\n  note {note}\n}}\n\
         party p {{ signatory \"P\" }}\nparty q {{ signatory \"Q\" }}\n"
    )
}

/// Every character of the note stands where the passage says.
fn in_place(note: &str, text: &str) {
    let files = Memory::new([("a.clause", agreement(note).as_str())]);
    let workspace = project::load(&files, &[PathBuf::from("a.clause")]);
    let (checked, found) = clausal::check::check(&workspace, date("2026-03-02"));
    let (_, model) = checked[0].agreements.first().unwrap_or_else(|| panic!("{found:#?}"));
    let passage = model.passages.iter().find(|p| p.kind == PassageKind::Note).unwrap();
    assert_eq!(passage.text, text);
    for (at, c) in passage.text.char_indices().filter(|(_, c)| *c != '\n') {
        let span = passage.place(at..at + c.len_utf8());
        assert_eq!(workspace.sources.file(span.file).text().get(span.range()), Some(c.to_string().as_str()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_character_stands_where_it_is_said_to(text in "[ab\"\\\\ \u{e9}\u{1f600}|#{}.`-]{0,30}") {
        in_place(&quoted(&text), &text);
    }

    #[test]
    fn and_in_lines_too(words in prop::collection::vec("[ab\"\\\\\u{e9}\u{1f600}|#{}`-]{1,9}( [a\u{df}]{1,3}){0,2}", 1..5)) {
        let text = words.join("\n");
        in_place(&lines(&text, "\n"), &text);
        in_place(&lines(&text, "\r\n"), &text);
    }
}

/// Ten thousand notes with a finding each are ten thousand findings, in order.
#[test]
fn many_notes() {
    let note = "\n  note \"The list is sent promptly.\"";
    let text = agreement(&format!("\"First.\"{}", note.repeat(10_000)));
    let checked = check(&Memory::new([("a.clause", text.as_str())]), "a.clause", "2026-03-02");
    assert_eq!(checked.rules().iter().filter(|rule| **rule == "vague-time").count(), 10_000);
}
