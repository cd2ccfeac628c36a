//! Routings: who gets an item, what scenarios expect, what is refused, and what the documents say.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use clausal::evaluate::{Answer, Evaluator, Item, Value};
use clausal::worktime::Instant;
use common::{compile_text, findings_beside, section};
use proptest::prelude::*;

const BASE: &str = "\
agreement handoff {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  zone       America/New_York
  review     every quarter
}
party marketing {}
party sales {}
role sdr       \"SDR\"       { party sales }
role strategic \"Strategic\" { party sales }
role field     \"Field\"     { party sales }
role ops       \"Operations\" { party marketing }
record lead {
  id         key
  company    text     optional
  country    text     optional
  employees  integer  optional
  customer   boolean
}
record deal {
  id  key
}
definition mql {
  means  lead where employees > 0
}
";

const TABLE: &str = "\
routing lead_routing \"Who gets which lead\" of mql {
  first match
  to strategic when employees >= 500
  to field in turn when country in [US, CA]
  otherwise to sdr
  sticky by company for 4 months
}
";

fn findings(text: &str) -> Vec<String> {
    findings_beside(text, &["no-contingency", "no-channel", "unused-name"])
}

/// The rows that match and the answer, for an item; `None`: it is not an mql.
fn route(table: &str, employees: Option<i64>, country: &str) -> Option<(Vec<usize>, Answer)> {
    let compiled = compile_text(&format!("{BASE}{table}"));
    let model = compiled.model();
    let record = model.records.values().next().unwrap();
    let field = |name: &str| record.field(name).unwrap();
    let employees = employees.map_or(Value::Blank, |n| Value::Number(n.into()));
    let item = Item::blank(record)
        .with(field("employees"), employees)
        .with(field("country"), Value::Text(country.to_owned()));
    let routing = model.routings.ids().next().unwrap();
    let routed = Evaluator::new(model, Instant::MIN).route(routing, &item).unwrap();
    routed.map(|r| (r.rows, r.answer))
}

#[test]
fn the_first_row_that_matches_decides() {
    assert_eq!(route(TABLE, Some(500), "US"), Some((vec![0, 1], Answer::Row(0))));
    assert_eq!(route(TABLE, Some(499), "US"), Some((vec![1], Answer::Row(1))));
    assert_eq!(route(TABLE, Some(499), "DE"), Some((vec![2], Answer::Row(2))));
    assert_eq!(route(TABLE, Some(499), ""), Some((vec![2], Answer::Row(2))));
    // Not an mql: the routing has nothing to say.
    assert_eq!(route(TABLE, Some(0), "US"), None);
    assert_eq!(route(TABLE, None, "US"), None);
    let table = TABLE.replace("  otherwise to sdr\n", "");
    assert_eq!(route(&table, Some(1), "DE"), Some((vec![], Answer::Nobody)));
}

#[test]
fn exactly_one_row_may_match() {
    let table = TABLE.replace("first match", "exactly one");
    assert_eq!(route(&table, Some(500), "US"), Some((vec![0, 1], Answer::Ambiguous)));
    assert_eq!(route(&table, Some(500), "DE"), Some((vec![0], Answer::Row(0))));
    assert_eq!(route(&table, Some(1), "DE"), Some((vec![2], Answer::Row(2))));
    assert_eq!(
        route(&table.replace("  otherwise to sdr\n", ""), Some(1), "DE"),
        Some((vec![], Answer::Nobody))
    );
}

fn scenario(table: &str, given: &str, expect: &str) -> Vec<String> {
    let scenario =
        format!("scenario \"s\" {{\n  given lead {{ {given} }}\n  expect lead_routing {expect}\n}}\n");
    findings(&format!("{BASE}{table}{scenario}"))
        .into_iter()
        .filter(|f| f.contains("scenario-fails"))
        .collect()
}

#[test]
fn scenarios_expect_who_gets_it() {
    let exactly = TABLE.replace("first match", "exactly one");
    let exactly = exactly.replace("  otherwise to sdr\n", "");
    for (table, given, expect, wanted) in [
        (TABLE, "employees: 500, customer: false", "to strategic", None),
        (TABLE, "employees: 5, customer: false", "to sdr", None),
        (TABLE, "employees: 500", "to sdr", Some("`lead_routing` gives this to `strategic`")),
        (TABLE, "employees: 500", "nobody", Some("`lead_routing` gives this to `strategic`")),
        (TABLE, "employees: 0", "to sdr", Some("`lead_routing` is not about this record")),
        (&exactly, "employees: 500, country: US", "ambiguous", None),
        (&exactly, "employees: 5, country: DE", "nobody", None),
        (&exactly, "employees: 500, country: US", "to strategic", Some("`lead_routing` is ambiguous here")),
        (&exactly, "employees: 5, country: DE", "to sdr", Some("`lead_routing` gives this to nobody")),
    ] {
        let found = scenario(table, given, expect);
        match wanted {
            None => assert_eq!(found, Vec::<String>::new(), "{given} {expect}"),
            Some(wanted) => {
                assert!(found.len() == 1 && found[0].ends_with(wanted), "{given} {expect}: {found:?}");
            }
        }
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (from, to, wanted) in [
        ("of mql", "of mqll", "undefined-name: there is no definition or record called `mqll`"),
        ("to strategic", "to sales", "undefined-name: `sales` is a party, but a role is needed here"),
        (
            "first match",
            "",
            "missing-clause: routing `lead_routing` does not say what holds when several rows match",
        ),
        ("first match", "first match\n  exactly one", "duplicate-clause: `first match` stands here twice"),
        ("by company", "by employees", "type-mismatch: `employees` is declared as `integer`"),
        (
            "4 months",
            "4 business days",
            "unit-mismatch: an owner is kept by the calendar, not by working hours",
        ),
        ("4 months", "4 days", "bare-days: `4 days` can be read in two ways"),
        (
            "country in [US, CA]",
            "employees >= 500",
            "unreachable-route: no `mql` gets to this row: earlier rows take them all",
        ),
        ("country in [US, CA]", "contry = US", "undefined-name: `lead` has no field `contry`"),
        ("  otherwise to sdr\n", "", "route-to-nobody: what no row of `lead_routing` is for goes to nobody"),
        ("of mql {", "{", "syntax: a routing says what it gives out"),
    ] {
        let found = findings(&format!("{BASE}{}", TABLE.replace(from, to)));
        assert!(found.iter().any(|f| f.ends_with(wanted)), "{to}: {found:#?}");
    }
    let other =
        format!("{BASE}{TABLE}scenario \"s\" {{\n  given deal {{}}\n  expect lead_routing to sdr\n}}\n");
    let found = findings(&other);
    assert!(
        found.iter().any(|f| f.contains("is about a `lead`, but the scenario is about a `deal`")),
        "{found:#?}"
    );
}

#[test]
fn what_is_open_is_not_decided() {
    let compiled = compile_text(&format!("{BASE}{}", TABLE.replace("employees >= 500", "tbd \"how large\"")));
    let model = compiled.model.as_ref().unwrap();
    let id = model.routings.ids().next().unwrap();
    assert!(Evaluator::new(model, Instant::MIN).routing_gap(id).is_some());
    assert_eq!(model.open_points.len(), 1);
}

#[test]
fn the_documents_show_the_rows_in_order() {
    let compiled = compile_text(&format!("{BASE}{TABLE}"));
    insta::assert_snapshot!(section(&compiled, "Who gets what"));
}

proptest! {
    /// Under `first match` the answer is the first row that matches; under `exactly one` it is the same wherever one row
    /// alone matches, and both say nobody to the same items.
    #[test]
    fn both_ways_agree_where_one_row_matches(
        bounds in prop::collection::vec(0_i64..6, 1..4), employees in 1_i64..6, rest in any::<bool>()
    ) {
        let rows: Vec<String> = bounds.iter().enumerate().map(|(i, b)| {
            let role = ["sdr", "strategic", "field"][i % 3];
            format!("  to {role} when employees = {b} and customer != {}\n", ["true", "false"][i % 2])
        }).collect();
        let rows = rows.concat();
        let otherwise = if rest { "  otherwise to ops\n" } else { "" };
        let table = |how: &str| format!("routing r of mql {{\n  {how}\n{rows}{otherwise}}}\n");
        prop_assume!(compile_text(&format!("{BASE}{}", table("first match"))).diagnostics.is_empty());
        let first = route(&table("first match"), Some(employees), "").unwrap();
        let one = route(&table("exactly one"), Some(employees), "").unwrap();
        prop_assert_eq!(&first.0, &one.0);
        match first.0.as_slice() {
            [] => prop_assert_eq!((first.1, one.1), (Answer::Nobody, Answer::Nobody)),
            [only] => prop_assert_eq!((first.1, one.1), (Answer::Row(*only), Answer::Row(*only))),
            [row, ..] => prop_assert_eq!((first.1, one.1), (Answer::Row(*row), Answer::Ambiguous)),
        }
    }
}
