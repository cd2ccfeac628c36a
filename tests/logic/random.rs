//! Random conditions and random items: what the engines say is what the evaluator says.

use clausal::evaluate::Evaluator;
use clausal::lint::prove;
use clausal::logic::{Answer, Space};
use proptest::prelude::*;

use crate::support::{agreement, any_condition, condition, exact, is_all, lead, none_is_found, now};

/// Tries that an item is found that satisfies a definition.
const TRIES: usize = 60;

fn check(conditions: &[String], exact: bool) -> Result<(), TestCaseError> {
    let model = agreement(conditions);
    let record = lead(&model);
    let mut space = Space::new(&model, record, now());
    let all: Vec<_> = model.definitions.ids().map(|id| space.definition(id)).collect();
    let evaluator = Evaluator::new(&model, now());
    let answer = space.decide(&all);
    match &answer {
        Answer::Possible(example) => {
            let shown = prove::item(&model, record, example);
            let holds = is_all(&evaluator.at(example.now), &shown, all.len());
            prop_assert!(holds || example.doubt.is_some() || !exact, "{example:?}");
            prop_assert!(!space.confirm_impossible(&all), "the engines disagree: {example:?}");
        }
        Answer::Impossible => {
            prop_assert!(space.confirm_impossible(&all), "the engines disagree: possible");
            let core = space.core(&all).unwrap();
            let few: Vec<_> = core.iter().map(|root| all[*root]).collect();
            prop_assert!(space.decide(&few).is_impossible());
        }
        Answer::NotAnalysed(reason) => prop_assert!(!exact, "{reason}"),
    }
    none_is_found(&evaluator, all.len(), &answer, TRIES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn exact_conditions_are_decided(conditions in prop::collection::vec(condition(exact()), 1..4)) {
        check(&conditions, true)?;
    }

    #[test]
    fn no_condition_is_called_impossible_that_an_item_satisfies(
        conditions in prop::collection::vec(any_condition(), 1..4)
    ) {
        check(&conditions, false)?;
    }

    #[test]
    fn a_condition_and_its_opposite_meet_never_and_cover_everything(text in any_condition()) {
        let model = agreement(&[text]);
        let mut space = Space::new(&model, lead(&model), now());
        let yes = space.definition(model.definitions.ids().next().unwrap());
        let no = space.not(yes);
        prop_assert!(space.decide(&[yes, no]).is_impossible());
        prop_assert!(space.confirm_impossible(&[yes, no]));
        let either = space.any([yes, no]);
        prop_assert!(!space.decide(&[either]).is_impossible());
        prop_assert!(!(space.decide(&[yes]).is_impossible() && space.decide(&[no]).is_impossible()));
    }
}
