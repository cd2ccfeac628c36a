//! Very many conditions, and conditions made to be hard: answered, or given up after the same steps everywhere.

use clausal::evaluate::Evaluator;
use clausal::lint::prove;
use clausal::logic::{Answer, Formula, Space};
use clausal::model::Model;
use clausal::worktime::Instant;

use crate::support::{agreement, lead, now};

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
