//! Questions asked from outside: `tests/z3/run` writes agreements and compares the answers with those of another solver.

use std::fmt::Write as _;

use clausal::evaluate::Evaluator;
use clausal::lint::prove;
use clausal::logic::{Answer, Space};

use crate::common::compile_text;
use crate::support::{is_all, lead, now};

/// What Clausal would tell somebody: `possible` only with an example that the evaluator confirms, `impossible` only
/// if both engines say so.
fn answer(text: &str) -> String {
    let compiled = compile_text(text);
    let messages = compiled.messages();
    assert!(messages.is_empty(), "{text}\n{}", messages.join("\n"));
    let model = compiled.model.unwrap();
    let record = lead(&model);
    let mut space = Space::new(&model, record, now());
    let all: Vec<_> = model.definitions.ids().map(|id| space.definition(id)).collect();
    match space.decide(&all) {
        Answer::NotAnalysed(reason) => format!("open {reason}"),
        Answer::Impossible if space.confirm_impossible(&all) => "impossible".to_owned(),
        Answer::Impossible => "open it could not be confirmed".to_owned(),
        Answer::Possible(example) => {
            let item = prove::item(&model, record, &example);
            let evaluator = Evaluator::new(&model, now());
            match example.doubt {
                _ if is_all(&evaluator.at(example.now), &item, all.len()) => "possible".to_owned(),
                Some(doubt) => format!("open {doubt}"),
                None => "open no example of it could be made".to_owned(),
            }
        }
    }
}

#[test]
#[ignore = "run by tests/z3/run"]
#[allow(clippy::disallowed_methods, reason = "questions and answers are files")]
fn asked_from_outside() {
    let path = |name: &str| std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set"));
    let questions = std::fs::read_to_string(path("CLAUSAL_QUESTIONS")).unwrap();
    let mut out = String::new();
    for question in questions.split('\u{c}') {
        writeln!(out, "{}", answer(question)).unwrap();
    }
    std::fs::write(path("CLAUSAL_ANSWERS"), out).unwrap();
}
