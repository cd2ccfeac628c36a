//! Conditions about child records: what is called impossible never is, and what is called possible is shown.

use clausal::evaluate::Evaluator;
use clausal::lint::prove;
use clausal::logic::{Answer, Space};
use clausal::model::Model;
use proptest::prelude::*;

use crate::support::{agreement_and, condition, is_all, lead, none_is_found, now};

/// Tries that an item is found that satisfies all definitions.
const TRIES: usize = 80;

const MORE: &str = "definition good_call { means call where kind = video and length >= 10 }";

fn agreement(conditions: &[String]) -> Model {
    agreement_and(conditions, MORE)
}

/// Which calls are meant.
fn meant() -> BoxedStrategy<String> {
    let about = prop::sample::select(vec![
        "",
        "",
        " where kind = phone",
        " where kind = video",
        " where length >= 10",
        " where length < 10",
        " where (kind = phone and length >= 10)",
        " where (kind = phone or cost is blank)",
        " where cost > $1000",
        " where (good_call)",
        " where not (good_call)",
        " where (no note)",
        " where (count of note where (long) >= 2)",
    ]);
    let when = prop::sample::select(vec![
        "",
        "",
        "",
        " in the last 2 hours",
        " in the last 1 hour",
        " after called",
        " before called",
        " after seen",
        " within 2 hours of called",
    ]);
    (about, when).prop_map(|(about, when)| format!("{about}{when}")).boxed()
}

fn of_children() -> BoxedStrategy<String> {
    let op = || prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let end = || prop::sample::select(vec!["latest", "earliest"]);
    let some = || prop::sample::select(vec!["", " where (kind = phone)", " where (length >= 10)"]);
    prop_oneof![
        3 => (prop::sample::select(vec!["any", "no"]), meant()).prop_map(|(any, m)| format!("{any} call{m}")),
        4 => (meant(), op(), 0..5_i32).prop_map(|(m, op, n)| format!("count of call{m} {op} {n}")),
        1 => (end(), some(), prop::sample::select(vec![
            "is blank",
            "is set",
            "older than 2 hours",
            "within 2 hours of called",
        ])).prop_map(|(end, some, test)| format!("{end} call.done{some} {test}")),
        1 => (end(), some(), op(), prop::sample::select(vec!["called", "seen", "now"]))
            .prop_map(|(end, some, op, other)| format!("{end} call.done{some} {op} {other}")),
        1 => Just("n >= 5".into()),
        1 => Just("stage = open".into()),
        1 => Just("called older than 1 hour".into()),
    ]
    .boxed()
}

fn sums() -> BoxedStrategy<String> {
    let op = || prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    prop_oneof![
        (meant(), op(), prop::sample::select(vec![0, 9, 10, 60, 100, 150, 201]))
            .prop_map(|(m, op, n)| format!("sum of call.length{m} {op} {n}")),
        (meant(), op(), 0..4_i32).prop_map(|(m, op, n)| format!("sum of call.cost{m} {op} ${n}k")),
    ]
    .boxed()
}

fn check(conditions: &[String], exact: bool) -> Result<(), TestCaseError> {
    let model = agreement(conditions);
    let record = lead(&model);
    let mut space = Space::new(&model, record, now());
    let ids: Vec<_> = model.definitions.ids().take(conditions.len()).collect();
    let all: Vec<_> = ids.into_iter().map(|id| space.definition(id)).collect();
    let evaluator = Evaluator::new(&model, now());
    let answer = space.decide(&all);
    match &answer {
        Answer::Possible(example) => {
            let shown = prove::item(&model, record, example);
            let holds = is_all(&evaluator.at(example.now), &shown, all.len());
            prop_assert!(holds || !exact, "{example:#?}");
            prop_assert!(!space.confirm_impossible(&all), "the engines disagree: {example:?}");
        }
        Answer::Impossible => {
            prop_assert!(!exact || space.confirm_impossible(&all), "it is not confirmed");
        }
        Answer::NotAnalysed(reason) => prop_assert!(!exact, "{reason}"),
    }
    none_is_found(&evaluator, all.len(), &answer, TRIES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_is_possible_of_children_is_shown(conditions in prop::collection::vec(of_children(), 1..4)) {
        check(&conditions, true)?;
    }

    #[test]
    fn sums_of_children_are_never_wrong(conditions in prop::collection::vec(sums(), 1..3)) {
        check(&conditions, false)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 15, ..ProptestConfig::default() })]

    #[test]
    fn no_children_are_called_impossible_that_somebody_has(
        conditions in prop::collection::vec(condition(prop_oneof![2 => of_children(), 1 => sums()].boxed()), 1..3)
    ) {
        check(&conditions, false)?;
    }
}
