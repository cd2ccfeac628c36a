//! Single things the documents must say.

use crate::common::{Memory, compile, compile_text};
use crate::support::{documents, empty, example, of_text, remarks, torture};

#[test]
fn the_example_of_the_first_commitment_is_instructive() {
    let markdown = example().markdown;
    for line in [
        "**Example.** A Marketing-qualified lead of Friday 6 March 2026 16:30 is due **Monday 9 March 2026 12:00**.",
        "| Friday 6 March 2026 | 16:30 to 17:30 | 1 hour |",
        "| Saturday 7 to Sunday 8 March 2026 | closed | does not count |",
        "| Monday 9 March 2026 | 09:00 to 12:00 | 3 hours |",
        "On Sunday 8 March 2026 the clocks go forward by 1 hour. That happens while the calendar is closed, so it neither \
         adds nor takes time.",
        "- Done Monday 9 March 2026 13:00: **late** by 1 business hour.",
    ] {
        assert!(markdown.contains(line), "{line}");
    }
}

/// An agreement with one commitment of the limit given, in Berlin.
fn with_limit(limit: &str) -> String {
    format!(
        "agreement a {{ parties p  effective 2026-01-01 to 2026-12-31 }}\nparty p {{ }}\nrole r {{ party p  works cal }}\n\
         calendar cal {{ zone Europe/Berlin  open mon-fri 09:00-17:00  closed 2026-12-24 to 2026-12-26 }}\n\
         record rec {{ id key  start datetime  stop datetime optional }}\n\
         commitment c {{ r must do each rec within {limit} of start  met at stop }}\n"
    )
}

#[test]
fn every_unit_has_an_example() {
    for (limit, line) in [
        ("45 minutes", "A Rec of Thursday 1 January 2026 23:45 is due **Friday 2 January 2026 00:30**."),
        ("24 hours", "A Rec of Saturday 28 March 2026 16:30 is due **Sunday 29 March 2026 17:30**."),
        ("20 business minutes", "A Rec of Friday 27 March 2026 16:55 is due **Monday 30 March 2026 09:15**."),
        ("12 business hours", "A Rec of Thursday 26 March 2026 15:00 is due **Monday 30 March 2026 11:00**."),
        (
            "2 business days",
            "A Rec of Tuesday 22 December 2026 16:30 is due **Monday 28 December 2026 17:00**.",
        ),
        ("10 calendar days", "A Rec of Thursday 19 March 2026 16:30 is due **Sunday 29 March 2026 24:00**."),
        ("2 weeks", "A Rec of Sunday 15 March 2026 16:30 is due **Sunday 29 March 2026 24:00**."),
        ("1 month", "A Rec of Thursday 29 January 2026 16:30 is due **Saturday 28 February 2026 24:00**."),
    ] {
        let markdown = of_text(&with_limit(limit)).markdown;
        let found = markdown.lines().find(|l| l.starts_with("**Example.**")).unwrap_or_default();
        assert_eq!(found, format!("**Example.** {line}"), "{limit}");
    }
}

#[test]
fn a_limit_longer_than_the_term_has_no_example() {
    let markdown = of_text(&with_limit("400 calendar days")).markdown;
    assert!(
        markdown.contains("No item that starts in the term reaches a deadline of 400 calendar days in it.")
    );
    assert!(!markdown.contains("**Example.**"));
}

#[test]
fn what_is_open_is_said_where_it_stands() {
    let documents = torture();
    for html in [
        "<strong>Not ready to be signed.</strong> 11 points are still to be decided.",
        "within <mark>To be decided: how fast?</mark>",
        "because the time limit is still to be decided (how fast?).",
    ] {
        assert!(documents.html.contains(html), "{html}");
    }
    let clause =
        documents.markdown.split("<a id=\"commitment-undecided_limit\">").nth(1).expect("the clause");
    let clause = clause.split("<a id=").next().expect("its text");
    assert!(!clause.contains("**Example.**"), "nothing to compute: {clause}");
    assert!(!example().html.contains("Not ready to be signed"));
    assert!(!empty().html.contains("Not ready to be signed"));
}

#[test]
fn remarks_are_few() {
    assert_eq!(remarks(&compile(&Memory::folder("examples/lead-handoff"))), Vec::<String>::new());
    let open = compile_text(include_str!("torture.clause"));
    assert_eq!(
        remarks(&open),
        ["the document is marked as not ready to be signed: 11 points are still to be decided"]
    );
    let gap = compile_text(&with_limit("2 hours").replace("  met at stop", ""));
    assert_eq!(
        remarks(&gap),
        ["the document marks `c` as not measurable: nothing says when it is met (`met at`)"]
    );
    assert!(documents(&gap).html.contains("1 commitment cannot be measured yet. It says why."));
}

#[test]
fn an_example_of_the_authors_that_fails_is_marked() {
    let html = torture().html;
    assert!(html.contains("<mark>By the clauses of this document, it has no deadline.</mark>"));
    assert!(!example().html.contains("By the clauses of this document"));
}

#[test]
fn the_language_is_that_of_the_settings() {
    let mut compiled = compile_text("agreement a { }\n");
    compiled.config.docs.language = Some("fr\"><script>".to_owned());
    let html = documents(&compiled).html;
    assert!(html.contains("<html lang=\"fr&#34;&gt;&lt;script&gt;\""));
}

#[test]
fn long_words_may_break() {
    let word = "Wörd".repeat(20);
    let html = of_text(&format!("agreement a \"{word}\" {{ }}\n")).html;
    assert!(html.contains(&format!("<title>{word}</title>")), "whole where nothing breaks");
    let broken = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading");
    assert!(broken.split("<wbr/>").all(|part| part.chars().count() <= 24), "{broken}");
    assert_eq!(broken.replace("<wbr/>", ""), word);
}

#[test]
fn nothing_is_said_of_moments_in_a_zone_that_nobody_knows() {
    let text = "
agreement handoff { parties sales  effective 2026-01-01 to 2026-12-31  zone tbd \"which one\" }
party sales {}
role sdr { party sales }
record deal { id key  made_at datetime  won_at datetime optional }
definition quick { means deal where won_at within 2 hours of made_at }
commitment touch { sdr must close each deal within 4 hours of made_at  met at won_at }
scenario \"In time\" {
  given deal { made_at: 2026-03-02 10:00, won_at: 2026-03-02 11:00 }
  expect quick
  expect touch due 2026-03-02 14:00
  expect touch met
}
";
    let open = of_text(text).markdown;
    assert!(!open.contains("By the clauses of this document"), "{open}");
    assert_eq!(open.matches("because the time zone is not known.**").count(), 1, "{open}");
    let known = of_text(&text.replace("tbd \"which one\"", "Europe/Berlin")).markdown;
    assert!(!known.contains("⚠️"), "{known}");
}
