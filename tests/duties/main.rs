//! Duties, prohibitions and permissions of every form: what they say of records, and what is said of those that make no
//! sense. The agreement in `forms.clause` tests itself by its scenarios.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
mod counts;
mod documents;
mod recurring;
mod refusals;
mod targets;

use clausal::evaluate::Evaluator;
use clausal::model::Model;
use clausal::scenario;
use clausal::worktime::Instant;
use common::{Compiled, compile_text};

/// What every test here builds on: calendars, roles, records.
const BASE: &str = include_str!("base.clause");

fn compiled(text: &str) -> Compiled {
    compile_text(&format!("{BASE}\n{text}"))
}

/// What fails of the scenarios of an agreement.
fn failures(model: &Model) -> Vec<String> {
    let evaluator = Evaluator::new(model, Instant::MIN);
    let run = |s| scenario::run(&evaluator, s).into_iter().map(|f| format!("{}: {}", s.title, f.message));
    model.scenarios.values().flat_map(run).collect()
}

#[test]
fn the_forms_say_what_their_scenarios_expect() {
    let compiled = compiled(include_str!("forms.clause"));
    assert_eq!(failures(compiled.model()), Vec::<String>::new());
    assert!(compiled.model().scenarios.len() > 10);
}

#[test]
fn clocks_and_priorities_say_what_their_scenarios_expect() {
    let compiled = compiled(include_str!("links.clause"));
    assert_eq!(failures(compiled.model()), Vec::<String>::new());
    assert!(compiled.model().scenarios.len() > 4);
}

#[test]
fn seasons_say_what_their_scenarios_expect() {
    let compiled = compiled(include_str!("seasons.clause"));
    assert_eq!(failures(compiled.model()), Vec::<String>::new());
}

#[test]
fn pauses_and_exceptions_say_what_their_scenarios_expect() {
    let compiled = compiled(include_str!("pauses.clause"));
    assert_eq!(failures(compiled.model()), Vec::<String>::new());
}
