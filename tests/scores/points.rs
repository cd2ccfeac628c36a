//! What scores come to.

use clausal::evaluate::Evaluator;
use rust_decimal::Decimal;

use crate::common::Compiled;
use crate::support::{at, compile, lead};

const NOW: &str = "2026-03-20 12:00";

/// What the score `it` with these rows comes to.
fn score(rows: &str, json: &str, now: &str) -> Decimal {
    of(&compile(&format!("score it of lead {{\n{rows}\n}}\n")), json, now)
}

fn of(compiled: &Compiled, json: &str, now: &str) -> Decimal {
    let model = compiled.model();
    let (id, _) = model.scores.iter().find(|(_, s)| s.head.name.text == "it").expect("it");
    let evaluator = Evaluator::new(model, at(now));
    assert_eq!(evaluator.score_gap(id), None);
    let item = lead(model, json);
    let rows = evaluator.score_rows(id, &item);
    assert_eq!(rows.len(), model.scores[id].rows.len());
    evaluator.score(id, &item).normalize()
}

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[test]
fn rows_add_up_in_any_order() {
    let rows = [
        "+20 when employees >= 200",
        "-50 when competitor",
        "+2.5 when mql_at is set",
        "+1k when employees is blank",
    ];
    for (json, expected) in [
        (r#"{ "employees": 200 }"#, "20"),
        (r#"{ "employees": 200, "competitor": true }"#, "-30"),
        (r#"{ "employees": 10, "mql_at": "2026-03-06 09:00" }"#, "2.5"),
        ("{}", "1000"),
    ] {
        let mut turned = rows;
        for _ in 0..rows.len() {
            turned.rotate_left(1);
            assert_eq!(score(&turned.join("\n"), json, NOW), number(expected), "{json}");
            // A row begins wherever it stands: the sign is not taken for a calculation of the row before.
            assert_eq!(score(&turned.join(" "), json, NOW), number(expected), "{json}");
        }
    }
}

#[test]
fn the_whole_is_bounded() {
    for (json, expected) in [
        (r#"{ "base": 30 }"#, "30"),
        (r#"{ "base": 130 }"#, "100"),
        (r#"{ "base": -130 }"#, "-10"),
        (r#"{ "base": 99.999999 }"#, "99.999999"),
        ("{}", "0"),
    ] {
        assert_eq!(
            score("add base total at least -10 total at most 100", json, NOW),
            number(expected),
            "{json}"
        );
    }
}

#[test]
fn each_child_gives_points_up_to_a_cap() {
    let calls = |n: usize| format!(r#"{{ "activity": [{}] }}"#, vec![r#"{ "kind": "call" }"#; n].join(", "));
    for (n, expected) in [(0, "0"), (1, "10"), (3, "30"), (4, "30"), (50, "30")] {
        let row = "+10 for each activity where kind = call at most 3 times";
        assert_eq!(score(row, &calls(n), NOW), number(expected), "{n}");
    }
    assert_eq!(score("+10 for each activity where kind = email", &calls(9), NOW), number("0"));
    assert_eq!(score("-0.5 for each activity", &calls(9), NOW), number("-4.5"));
    assert_eq!(score("+7 for each activity at most once", &calls(9), NOW), number("7"));
}

#[test]
fn periods_are_those_of_the_agreements_zone() {
    let json = r#"{ "activity": [
        { "kind": "email", "done_at": "2026-03-09T03:59:00Z" },
        { "kind": "email", "done_at": "2026-03-09T04:01:00Z" },
        { "kind": "email", "done_at": "2026-03-09 09:00" },
        { "kind": "email", "done_at": "2026-03-09 10:00" },
        { "kind": "email", "done_at": "2026-03-15 23:59:59" },
        { "kind": "email", "done_at": "2026-03-16 00:00" },
        { "kind": "email", "done_at": "2026-04-01 00:00" },
        { "kind": "email" }
    ] }"#;
    for (cap, expected) in [
        // 8, 9, 15, 16 March, 1 April; an e-mail without a moment lies in no period.
        ("at most once per day", "5"),
        ("at most 2 times per day", "6"),
        ("at most 9 times per day", "7"),
        // Weeks from Monday: to the 8th, to the 15th, to the 22nd, that of 1 April.
        ("at most once per week", "4"),
        ("at most once per month", "2"),
        ("at most once per quarter", "2"),
        ("at most once per year", "1"),
        ("at most once per day at most 4 times", "4"),
        ("at most 4 times at most once per day", "4"),
        ("at most 100 times", "8"),
        ("", "8"),
    ] {
        let row = format!("+1 for each activity where kind = email {cap}");
        assert_eq!(score(&row, json, NOW), number(expected), "{cap}");
    }
    let visits = r#"{ "visit": [{ "page": "a", "day": "2026-03-08" }, { "page": "b", "day": "2026-03-08" }, { "page": "c" }] }"#;
    assert_eq!(score("+1 for each visit at most once per day", visits, NOW), number("1"));
}

#[test]
fn points_are_lost_for_every_time_that_is_used_up() {
    let since = |at: &str| format!(r#"{{ "active_at": "{at}", "signed_on": "2026-01-31" }}"#);
    let days = "-10 for each 30 calendar days since active_at";
    for (row, at, now, expected) in [
        // Used up after 24:00 of the 30th day, as `older than` has it.
        (days, "2026-01-01 09:00", "2026-01-31 23:59", "0"),
        (days, "2026-01-01 09:00", "2026-02-01 00:00", "0"),
        (days, "2026-01-01 09:00", "2026-02-01 00:00:01", "-10"),
        (days, "2026-01-01 09:00", "2026-03-02 23:59", "-10"),
        (days, "2026-01-01 09:00", "2026-03-03 00:01", "-20"),
        // Not yet begun.
        (days, "2026-05-01 09:00", "2026-03-03 00:01", "0"),
        // Months are counted from the start, not from one another: 28 February, then 31 March.
        ("-1 for each 1 month since active_at", "2026-01-31 09:00", "2026-03-01 00:01", "-1"),
        ("-1 for each 1 month since active_at", "2026-01-31 09:00", "2026-03-31 23:59", "-1"),
        ("-1 for each 1 month since active_at", "2026-01-31 09:00", "2026-04-01 00:01", "-2"),
        ("-1 for each 1 month since signed_on", "2026-01-31 09:00", "2026-02-28 23:59", "0"),
        ("-1 for each 1 month since signed_on", "2026-01-31 09:00", "2026-03-01 00:00", "-1"),
        ("-1 for each 90 minutes since active_at", "2026-03-08 01:30", "2026-03-08 04:00", "-0"),
        ("-1 for each 90 minutes since active_at", "2026-03-08 01:30", "2026-03-08 04:00:01", "-1"),
        ("-10 for each 30 calendar days since active_at at most 6 times", "2000-01-01 09:00", NOW, "-60"),
        ("-1 for each 1 minute since active_at", "2000-01-01 00:00", "2026-01-01 00:00:01", "-13675680"),
    ] {
        assert_eq!(score(row, &since(at), now), number(expected), "{row} {at} {now}");
    }
    assert_eq!(score(days, "{}", NOW), number("0"));
}

#[test]
fn times_passed_agree_with_older_than() {
    for days in [1, 3, 7, 30] {
        for now in [
            "2026-01-01 09:00",
            "2026-01-08 00:00",
            "2026-01-08 00:00:01",
            "2026-03-20 12:00",
            "2027-02-01 12:00",
        ] {
            let json = r#"{ "active_at": "2026-01-01 09:00" }"#;
            let row = format!("+1 for each {days} calendar days since active_at");
            let by_score = score(&row, json, now);
            let older =
                |n: u32| crate::support::holds(&format!("active_at older than {} days", n * days), json, now);
            let by_condition = (1..1_000).take_while(|n| older(*n)).count();
            assert_eq!(by_score, Decimal::from(by_condition), "{days} {now}");
        }
    }
}

#[test]
fn scores_build_on_one_another() {
    let compiled = compile(
        "score fit of lead { +50 when employees >= 50  +50 when good }\n\
         score it \"Lead score\" of lead { add at most 70 from fit  add at least 5 from base  +1 when fit > 50 }\n\
         definition good { means lead where employees >= 200 }\n\
         definition hot { means lead where it >= 71 and it between fit - 30 and 200 }\n",
    );
    for (json, expected, hot) in [
        ("{}", "5", false),
        (r#"{ "employees": 60 }"#, "55", false),
        (r#"{ "employees": 200 }"#, "76", true),
        (r#"{ "employees": 200, "base": 3 }"#, "76", true),
        (r#"{ "employees": 200, "base": 30.5 }"#, "101.5", true),
    ] {
        assert_eq!(of(&compiled, json, NOW), number(expected), "{json}");
        let model = compiled.model();
        let (id, _) = model.definitions.iter().find(|(_, d)| d.head.name.text == "hot").expect("hot");
        assert_eq!(Evaluator::new(model, at(NOW)).is(id, &lead(model, json)), hot, "{json}");
    }
}

#[test]
fn what_is_open_in_a_score_is_a_gap() {
    for row in [
        "tbd \"how many\" when competitor",
        "+5 when tbd",
        "+5 for each activity at most tbd times",
        "+5 for each activity at most tbd times per day",
        "+5 for each activity where (tbd)",
        "+5 for each tbd \"how long\" since active_at",
        "+5 for each 30 days since tbd",
        "add at most tbd from base",
        "add open_one",
        "+5 when competitor total at most tbd \"the cap\"",
    ] {
        let compiled = compile(&format!(
            "score open_one of lead {{ +5 when tbd }}\nscore it of lead {{ {row} }}\ndefinition d {{ means lead where it > 5 }}\n"
        ));
        let model = compiled.model();
        let evaluator = Evaluator::new(model, at(NOW));
        let (id, _) = model.scores.iter().find(|(_, s)| s.head.name.text == "it").expect("it");
        assert!(evaluator.score_gap(id).is_some(), "{row}");
        let (d, _) = model.definitions.iter().find(|(_, d)| d.head.name.text == "d").expect("d");
        assert!(evaluator.definition_gap(d).is_some(), "{row}");
        // It can be asked all the same, and nothing is guessed too high.
        assert!(evaluator.score(id, &lead(model, r#"{ "competitor": true }"#)) <= number("5"), "{row}");
    }
}

#[test]
fn a_scenario_may_expect_a_score() {
    let compiled = compile(
        "score it of lead { +20 when employees >= 200  +10 for each activity where kind = call at most 3 times }\n\
         scenario \"s\" {\n  given lead { employees: 300 }\n  expect it = 20\n  with activity { kind: call }\n\
         with activity { kind: call }\n  expect it = 40\n  with activity { kind: email }\n  expect it = 50\n\
         when employees: 5\n  expect it = -0.5\n}\n",
    );
    let model = compiled.model();
    let scenario = model.scenarios.values().next().expect("a scenario");
    assert_eq!(clausal::scenario::expectations(scenario), 4);
    let failures = clausal::scenario::run(&Evaluator::new(model, at(NOW)), scenario);
    let said: Vec<_> =
        failures.iter().map(|f| (f.message.as_str(), f.because.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        said,
        [
            ("`it` is 40, not 50", "It has 20 by row 1 and 20 by row 2 (2 times)."),
            ("`it` is 20, not -0.5", "It has 20 by row 2 (2 times)."),
        ]
    );
}

#[test]
fn huge_scores_do_not_overflow() {
    // Each adds the two before it, up to the weight that is allowed.
    let scores = (2..14).map(|i| format!("score s{i} of lead {{ add s{} add s{} }}\n", i - 1, i - 2));
    let source = format!(
        "score s0 of lead {{ add base }}\nscore s1 of lead {{ add base add s0 }}\n{}\
         score it of lead {{ add s13  +999_999_999_999_999 for each activity }}\n",
        scores.collect::<String>()
    );
    let rows = vec!["{}"; 2_000].join(",");
    let compiled = compile(&source);
    assert!(
        of(&compiled, &format!(r#"{{ "base": 999999999999999, "activity": [{rows}] }}"#), NOW)
            > number("1e0")
    );
}
