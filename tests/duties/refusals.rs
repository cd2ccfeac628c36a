//! What makes no sense is refused, with a way out.

use crate::compiled;

/// The rules and messages of what is found.
fn found(text: &str) -> Vec<String> {
    compiled(text).diagnostics.iter().map(|d| format!("{}: {}", d.rule, d.message)).collect()
}

/// The text that the first fix of the first finding puts in.
fn fix(text: &str) -> String {
    let compiled = compiled(text);
    let fix = &compiled.diagnostics[0].fixes[0];
    fix.edits[0].text.clone()
}

#[test]
fn a_limit_on_the_wrong_side_of_its_moment() {
    let wait = "commitment x { sdr must not disqualify each mql within 5 business days of mql_at }";
    assert_eq!(found(wait), ["invalid-value: `within ..` has no meaning in a prohibition for a time"]);
    assert_eq!(fix(wait), "sooner than 5 business days after mql_at");
    let duty = "commitment x { sdr must contact each mql sooner than 1 business day after mql_at met at touched_at }";
    assert_eq!(found(duty), ["invalid-value: `sooner than ..` has no meaning in a duty"]);
    assert_eq!(fix(duty), "within 1 business day of mql_at");
    let may = "commitment x { sdr may reject a mql at least 2 hours before mql_at done at rejected_at }";
    assert_eq!(found(may), ["invalid-value: `at least ..` has no meaning in a permission"]);
    let mixed = "commitment x { field must request each event\n\
        at least 2 hours before opens_at when size = small\n within 2 hours of opens_at otherwise\n met at requested_at }";
    assert_eq!(found(mixed), ["invalid-value: `within ..` has no meaning in a lead time"]);
}

#[test]
fn the_words_for_what_is_met_and_what_is_done() {
    let wait = "commitment x { sdr must not disqualify each mql sooner than 1 hour after mql_at  met at disqualified_at }";
    assert_eq!(found(wait), ["invalid-value: `met at` is written `done at` in a prohibition for a time"]);
    assert_eq!(fix(wait), "done");
    let duty = "commitment x { sdr must contact each mql within 1 hour of mql_at  done  at touched_at }";
    assert_eq!(found(duty), ["invalid-value: `done at` is written `met at` in a duty with a time limit"]);
    assert_eq!(fix(duty), "met");
}

#[test]
fn clauses_without_effect() {
    let lead = "commitment x { field must request each event at least 2 hours before opens_at  met at requested_at  counted by start date }";
    assert_eq!(found(lead), ["invalid-value: `counted by` has no meaning in a lead time"]);
    let may = "commitment x { sdr may reject a mql  done at rejected_at  target 95% per month  excused when source = web  clock us_office }";
    let of = "has no meaning in a permission without a time limit";
    assert_eq!(
        found(may),
        ["`target`", "`excused when`", "`clock`"].map(|clause| format!("invalid-value: {clause} {of}"))
    );
    let with =
        "commitment x { sdr must contact each mql within 1 hour of mql_at with reason  met at touched_at }";
    assert_eq!(found(with), ["invalid-value: `with` has no meaning in a duty"]);
    let without = "commitment x { sdr may reject a mql without reason  done at rejected_at }";
    assert_eq!(found(without), ["invalid-value: `without` has no meaning in a permission"]);
    let quota = "commitment x { sdr may reject at most 5 mql per month }";
    assert_eq!(found(quota), ["invalid-value: a permission is about each item, not about an amount"]);
    let two = "commitment x { sdr may reject a mql\n within 1 hour of mql_at when source = web\n within 2 hours of mql_at otherwise\n done at rejected_at }";
    assert_eq!(found(two), ["invalid-value: a permission has one time limit"]);
}

#[test]
fn moments_that_are_none() {
    let lead =
        "commitment x { field must request each event at least 2 hours before size  met at requested_at }";
    assert_eq!(found(lead), ["type-mismatch: `size` is a choice, but a moment is needed here"]);
    let wait = "commitment x { field must not move each event sooner than 2 hours after starts_on  done at requested_at }";
    assert_eq!(found(wait), ["type-mismatch: `starts_on` is a date, but a moment is needed here"]);
    let two = "commitment x { field must request each event\n\
        at least 2 hours before opens_at when size = small\n at least 2 hours before starts_on otherwise\n met at requested_at }";
    assert_eq!(found(two), ["invalid-value: one promise leads up to one moment"]);
}

#[test]
fn steps_need_a_deadline_and_a_start() {
    let lead = "commitment x { field must request each event at least 2 hours before opens_at  met at requested_at }\n\
        contingency y { for x  after start by 1 hour remind field  when 75% elapsed remind field  before deadline by 1 hour remind field }";
    assert_eq!(found(lead), ["type-mismatch: `x` has no start", "type-mismatch: `x` has no start"]);
    let may = "commitment x { sdr may reject a mql within 1 hour of mql_at  done at rejected_at }\n\
        contingency y { for x  after deadline notify manager }";
    assert_eq!(found(may), ["type-mismatch: `x` has no deadline for each item"]);
}
