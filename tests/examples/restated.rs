//! Public agreements, restated: every example in them holds, and what is found in them is what careful readers found.

use std::path::PathBuf;

use clausal::model::Date;
use clausal::syntax::format_checked;
use clausal::{check, project};

use crate::common::Memory;

/// The rules that find something, once each, in the order of their names; open points aside.
fn found(example: &str) -> Vec<&'static str> {
    let files = Memory::folder(&format!("examples/{example}"));
    let workspace = project::load(&files, &[PathBuf::from(".")]);
    let day = Date { year: 2026, month: 6, day: 1 };
    let (checked, found) = check::check(&workspace, day);
    assert!(checked.iter().all(|c| c.unresolved.is_empty()), "{found:#?}");
    for (id, file) in workspace.sources.iter() {
        if file.path().extension().is_some_and(|e| e == "clause") {
            assert_eq!(format_checked(id, file.text()).unwrap(), file.text(), "{}", file.display_path());
        }
    }
    let mut rules: Vec<_> = found.iter().map(|d| d.rule).filter(|rule| *rule != "placeholder-left").collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn inbound_leads() {
    // Hours without a calendar, views that contradict one another, laps without an end, and nothing about what follows.
    // With 70 points at most for who somebody is, nobody has 100 whose behaviour gives 0.
    assert_eq!(
        found("inbound-mql"),
        [
            "deadline-outside-hours",
            "incompatible-deadlines",
            "no-channel",
            "no-contingency",
            "one-sided-agreement",
            "redundant-condition",
            "stage-without-owner",
            "uncapped-loop",
        ]
    );
}

#[test]
fn lead_routing() {
    // Bands that share their ends, an exception without one, and a word that nobody defines.
    assert_eq!(
        found("lead-routing"),
        [
            "exception-without-limit",
            "off-by-one-band",
            "route-to-nobody",
            "subjective-quality",
            "uncapped-loop"
        ]
    );
}

#[test]
fn a_help_desk() {
    // Four times for one ticket, a clock from two moments, and what is less urgent sooner.
    assert_eq!(
        found("help-desk"),
        [
            "agreement-expired",
            "different-starts",
            "incompatible-deadlines",
            "no-review",
            "one-sided-agreement",
            "priority-inversion",
        ]
    );
}
