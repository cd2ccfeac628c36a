//! Goals: the funnel's arithmetic, what is refused, and promises that fall short.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use clausal::evaluate::funnel;
use common::{check_text, compile_text, findings_beside};
use proptest::prelude::*;

const BASE: &str = "agreement growth {\n  parties    marketing, sales\n  effective  2026-01-01 to 2026-12-31\n  \
    zone       America/New_York\n  review     every quarter\n}\n\nparty marketing {}\nparty sales {}\n\
    role demand_gen { party marketing }\n\nrecord lead {\n  id      key\n  score   integer\n  mql_at  datetime  optional\n}\n\n\
    definition mql {\n  means  lead where score >= 50\n  since  mql_at\n}\n";

const GOAL: &str = "goal revenue {\n  marketing, sales share at least $1M per quarter\n  \
    funnel mql -> 60% sql -> 50% opportunity -> 25% won worth $25k\n}\n";

fn quota(sentence: &str) -> String {
    format!("commitment volume {{\n  demand_gen must deliver {sentence}\n}}\n")
}

fn findings(text: &str) -> Vec<String> {
    findings_beside(text, &["no-contingency", "no-channel"])
}

#[test]
fn the_funnel_is_counted_back_and_rounded_up() {
    let compiled = compile_text(&format!("{BASE}{GOAL}"));
    let goal = compiled.model().goals.values().next().unwrap();
    assert_eq!(funnel::needed(goal), Some(vec![534, 320, 160, 40]));
    // In whole deals: 1,000,000 / 30,000 is 34 of them.
    let compiled = compile_text(&format!("{BASE}{}", GOAL.replace("$25k", "$30k")));
    assert_eq!(
        funnel::needed(compiled.model().goals.values().next().unwrap()),
        Some(vec![454, 272, 136, 34])
    );
    let counted = GOAL.replace("$1M", "40 won").replace(" worth $25k", "");
    let compiled = compile_text(&format!("{BASE}{counted}"));
    assert_eq!(
        funnel::needed(compiled.model().goals.values().next().unwrap()),
        Some(vec![534, 320, 160, 40])
    );
}

#[test]
fn promises_below_the_goal_are_found() {
    for (sentence, wanted) in [
        (
            "at least 177 mql per month",
            Some("531 `mql` per quarter are promised, but the goal `revenue` needs 534"),
        ),
        ("at least 178 mql per month", None),
        (
            "at least 533 mql per quarter",
            Some("533 `mql` per quarter are promised, but the goal `revenue` needs 534"),
        ),
        (
            "at least 2_000 mql per year",
            Some("2,000 `mql` per year are promised, but the goal `revenue` needs 2,136"),
        ),
        ("at least 2_136 mql per year", None),
        // No whole number of weeks is a quarter; at most is no promise of so many.
        ("at least 1 mql per week", None),
        ("at most 1 mql per month", None),
        ("at least tbd mql per month", None),
    ] {
        let found = findings(&format!("{BASE}{}{GOAL}", quota(sentence)));
        let found: Vec<_> =
            found.iter().filter_map(|f| f.split_once("quota-below-goal: ")).map(|f| f.1).collect();
        assert_eq!(found, wanted.into_iter().collect::<Vec<_>>(), "{sentence}");
    }
    // Promises of several add up.
    let two =
        quota("at least 100 mql per month") + &quota("at least 78 mql per month").replace("volume", "more");
    assert_eq!(findings(&format!("{BASE}{two}{GOAL}")), Vec::<String>::new());
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (from, to, wanted) in [
        ("$25k", "€25k", "unit-mismatch: the goal is in USD, its funnel in EUR"),
        (" worth $25k", "", "missing-clause: the funnel does not say what one `won` is worth"),
        ("$25k", "$0", "invalid-value: this must be more than nothing"),
        ("60%", "0%", "invalid-value: nothing would ever reach `sql`"),
        ("60%", "101%", "invalid-value: `101%` is more than all of it"),
        ("opportunity", "mql", "invalid-value: the funnel passes `mql` twice"),
        ("$1M", "40 won", "unit-mismatch: the goal is a number, so nothing is said by what one is worth"),
        ("$1M", "40 deals", "unit-mismatch: the goal counts `deals`, but its funnel ends with `won`"),
        ("at least", "at most", "unit-mismatch: a funnel leads to at least so much, not to at most so much"),
        ("marketing, sales", "marketing, salse", "undefined-name: there is no party called `salse`"),
        ("marketing, sales share", "funnel mql -> 5% won #", "duplicate-clause: `funnel` stands here twice"),
        ("1M per quarter", "1M", "syntax: the period is missing"),
    ] {
        let found = findings(&format!("{BASE}{}", GOAL.replace(from, to)));
        assert!(found.iter().any(|f| f.ends_with(wanted)), "{to}: {found:?}");
    }
}

#[test]
fn a_finding_shows_the_sum() {
    let text = format!("{BASE}{}{GOAL}", quota("at least 100 mql per month"));
    let (workspace, found) = check_text(&text);
    let found: Vec<_> = found.into_iter().filter(|d| d.rule == "quota-below-goal").collect();
    let style = clausal::diagnostic::human::Style {
        width: 100,
        colour: clausal::diagnostic::human::Colour::Never,
        characters: clausal::diagnostic::human::Characters::Unicode,
    };
    insta::assert_snapshot!(clausal::diagnostic::human::render(&found, &workspace.sources, style));
}

proptest! {
    /// What is needed is enough, and one less at the first stage is not.
    #[test]
    fn what_is_needed_is_enough_and_not_more(
        amount in 1_u64..5_000_000, worth in 1_u64..90_000, rates in prop::collection::vec(1_u64..=100, 1..5)
    ) {
        let names = ["b", "c", "d", "e"];
        let steps: Vec<String> = rates.iter().zip(names).map(|(r, n)| format!(" -> {r}% {n}")).collect();
        let steps = steps.concat();
        let goal = format!("goal g {{\n  marketing share at least ${amount} per year\n  funnel a{steps} worth ${worth}\n}}\n");
        let compiled = compile_text(&format!("{BASE}{goal}"));
        let needed = funnel::needed(compiled.model().goals.values().next().unwrap()).unwrap();
        prop_assert!(needed.last().unwrap() * worth >= amount);
        for ((pair, rate), _) in needed.windows(2).zip(&rates).zip(names) {
            prop_assert!(pair[0] * rate >= pair[1] * 100);
            prop_assert!((pair[0] - 1) * rate < pair[1] * 100);
        }
    }
}
