//! Very many conditions, and conditions made to be hard: answered, or given up after the same steps everywhere.

use std::fmt::Write as _;

use clausal::evaluate::Evaluator;
use clausal::lint::prove;
use clausal::logic::{Answer, Formula, Space};
use clausal::model::Model;
use clausal::worktime::Instant;

use crate::common::compile_text;
use crate::support::{agreement, is_all, lead, now};

fn nothing_of(space: &mut Space<'_>, model: &Model) -> Vec<Formula> {
    let all: Vec<_> = model.definitions.ids().collect();
    all.into_iter()
        .map(|id| {
            let one = space.definition(id);
            space.not(one)
        })
        .collect()
}

/// Boxes of two numbers that together are everything.
fn boxes(side: i64) -> Vec<String> {
    let range = |field: &str, at: i64| match at {
        0 => format!("{field} < 1"),
        at if at == side - 1 => format!("{field} >= {at}"),
        at => format!("{field} >= {at} and {field} < {}", at + 1),
    };
    (0..side)
        .flat_map(|a| (0..side).map(move |b| format!("{} and {}", range("m", a), range("fee_", b))))
        .collect()
}

#[test]
fn a_partition_is_whole_until_a_piece_is_taken_out() {
    let mut all: Vec<String> = boxes(15)
        .into_iter()
        .map(|text| text.replace("fee_ <", "fee < $").replace("fee_ >=", "fee >= $").replace("$ ", "$"))
        .collect();
    let model = agreement(&all);
    let mut space = Space::new(&model, lead(&model), now());
    let none = nothing_of(&mut space, &model);
    assert!(space.decide(&none).is_impossible());
    all.remove(100);
    let model = agreement(&all);
    let mut space = Space::new(&model, lead(&model), now());
    let none = nothing_of(&mut space, &model);
    let Answer::Possible(example) = space.decide(&none) else { panic!("the missing piece is not found") };
    let item = prove::item(&model, lead(&model), &example);
    let evaluator = Evaluator::new(&model, now());
    assert!(!model.definitions.ids().any(|id| evaluator.is(id, &item)));
    assert_eq!(example.fields.len(), 2);
}

#[test]
fn only_neighbours_of_a_long_list_are_compared() {
    let all: Vec<String> =
        (0..500).map(|n| format!("m >= {n} and m < {}", n + 1 + i64::from(n == 77))).collect();
    let model = agreement(&all);
    let mut space = Space::new(&model, lead(&model), now());
    let formulas: Vec<_> = model.definitions.ids().map(|id| space.definition(id)).collect();
    assert_eq!(space.pairs_that_may_meet(&formulas), [(77, 78)]);
}

#[test]
fn what_is_too_hard_is_given_up() {
    let atoms: Vec<String> = (0..12).map(|n| format!("m + {n} * n > {}", n * n)).collect();
    let all = atoms.join(", ");
    let model = agreement(&[
        format!("at least 6 of ({all}) and not (at least 7 of ({all}))"),
        "n * m > 3 and x * x < 2 and not (n * m > 3)".to_owned(),
    ]);
    let mut space = Space::new(&model, lead(&model), now());
    let formulas: Vec<_> = model.definitions.ids().map(|id| space.definition(id)).collect();
    let first = space.decide(&formulas[..1]);
    assert_eq!(first, Space::new(&model, lead(&model), now()).decide_again(&model));
    assert!(!first.is_impossible());
    assert!(space.decide(&formulas[1..]).is_impossible());
}

/// Scores of forty rows over eight choices, with thresholds.
#[test]
fn scores_of_many_rows_are_decided() {
    let choices = ["a", "b", "c", "d", "e"];
    let mut text = String::from(
        "agreement test { parties a, b  effective 2026-01-01 to 2026-12-31  zone UTC  review every year }\n\
         party a {}\nparty b {}\nrecord lead {\n  id key\n",
    );
    for field in 0..8 {
        writeln!(text, "  f{field}  choice of a, b, c, d, e").unwrap();
    }
    text.push_str("}\nscore heat of lead {\n");
    for field in 0..8 {
        for (place, value) in choices.iter().enumerate() {
            writeln!(text, "  +{} when f{field} = {value}", 5 * (place + field) + 5).unwrap();
        }
    }
    // At most 25, 30, .. 60 of each, together 340; at least 5, 10, .. 40, together 180.
    text.push_str("}\n");
    for (condition, possible) in [
        ("heat >= 340", true),
        ("heat > 340", false),
        ("heat < 180", false),
        ("heat <= 180", true),
        ("heat >= 325 and not (f0 in [d, e]) and f7 in [a, b, c, d] and f6 != e", false),
        ("heat >= 325 and not (f0 in [d, e])", true),
        ("heat > 200 and heat < 205", false),
        ("heat > 200 and heat < 210 and f7 = e and f6 = b", true),
        ("heat > 200 and heat < 210 and f7 = e and f6 = c", false),
        ("heat between 250 and 255 and f1 = f2 and f3 = f4 and f5 = f6 and not (f0 = c)", true),
        ("heat >= 330 and at least 3 of (f0 = a, f1 = b, f2 = c, f3 = d, f4 = d, f5 = d)", false),
        ("heat >= 325 and at least 3 of (f0 = a, f1 = b, f2 = c, f3 = d, f4 = d, f5 = d)", true),
    ] {
        let text = format!("{text}definition hot {{ means lead where {condition} }}\n");
        let compiled = compile_text(&text);
        let model = compiled.model();
        let mut space = Space::new(model, lead(model), now());
        let hot = space.definition(model.definitions.ids().next().unwrap());
        match space.decide(&[hot]) {
            Answer::Possible(example) => {
                let item = prove::item(model, lead(model), &example);
                assert!(possible && is_all(&Evaluator::new(model, now()), &item, 1), "{condition}");
            }
            Answer::Impossible => assert!(!possible && space.confirm_impossible(&[hot]), "{condition}"),
            Answer::NotAnalysed(reason) => panic!("{condition}: {reason}"),
        }
    }
}

/// Asks the first definition of a fresh space.
trait Again {
    fn decide_again(self, model: &Model) -> Answer;
}

impl Again for Space<'_> {
    fn decide_again(mut self, model: &Model) -> Answer {
        let first = self.definition(model.definitions.ids().next().unwrap());
        self.decide(&[first])
    }
}

#[test]
fn the_present_is_another_day_if_it_must_be() {
    let model = agreement(&["called > now and called < 2020-01-01 00:00".to_owned()]);
    let mut space = Space::new(&model, lead(&model), now());
    let one = space.definition(model.definitions.ids().next().unwrap());
    let Answer::Possible(example) = space.decide(&[one]) else { panic!() };
    assert!(example.timed && example.now < Instant::from_epoch(1_577_900_000).unwrap());
}
