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

const TOUCH: &str = "sdr must contact each mql within 1 business hour of mql_at  met at touched_at";

#[test]
fn clocks_that_contradict_one_another() {
    let two = format!("commitment x {{ {TOUCH}  clock us_office  clock emea_office when region = emea }}");
    assert_eq!(found(&two), ["duplicate-clause: `clock` stands here twice"]);
    let mixed = format!("commitment x {{ {TOUCH}  clock emea_office when region = emea  clock of owner }}");
    assert_eq!(found(&mixed), ["duplicate-clause: `clock` stands here twice"]);
    let late = format!(
        "commitment x {{ {TOUCH}  clock us_office otherwise  clock emea_office when region = emea }}"
    );
    assert_eq!(found(&late), ["invalid-value: this clock is never used"]);
    let alone = format!("commitment x {{ {TOUCH}  clock us_office otherwise }}");
    assert_eq!(found(&alone), ["invalid-value: `otherwise` follows other cases"]);
    let nobody = format!("commitment x {{ {TOUCH}  clock of owner }}");
    assert_eq!(found(&nobody), ["invalid-value: nobody in `sdr` has hours of their own"]);
    let reason = format!(
        "role team {{ member \"A\" works us_office  member \"A\" works emea_office  member \" \" works us_office }}\ncommitment x {{ {} clock of reason }}",
        TOUCH.replace("sdr", "team")
    );
    assert_eq!(
        found(&reason),
        [
            "duplicate-clause: the hours of `A` stand here twice",
            "invalid-value: this member has no name",
            "type-mismatch: `reason` is a text, but a person is needed here",
        ]
    );
}

#[test]
fn circles_are_shown() {
    let two = format!(
        "commitment x {{ {TOUCH}  provided y is met }}\ncommitment y {{ {TOUCH}  provided x is met  priority over y }}"
    );
    assert_eq!(
        found(&two),
        [
            "commitment-circle: `x` and `y` depend on one another in a circle",
            "commitment-circle: `y` has priority over itself",
        ]
    );
    let three = format!(
        "commitment x {{ {TOUCH}  priority over y, z }}\ncommitment y {{ {TOUCH}  priority over z }}\ncommitment z {{ {TOUCH}  priority over x }}"
    );
    assert_eq!(
        found(&three),
        [
            "commitment-circle: `x` and `z` have priority over one another in a circle",
            "commitment-circle: `x`, `y` and `z` have priority over one another in a circle",
        ]
    );
}

#[test]
fn links_that_mean_nothing() {
    let others = format!(
        "commitment amount {{ manager must deliver at least 5 mql per quarter }}\n\
         commitment ban {{ sdr must not drop any lead when status = disqualified }}\n\
         commitment setup {{ field must request each event at least 2 hours before opens_at  met at requested_at }}\n\
         commitment x {{ {TOUCH}  provided ban is met  provided setup is met  priority over amount, setup }}\n\
         commitment share {{ sdr must accept at least 5% of mql per month  met when status = working  provided amount is met }}"
    );
    assert_eq!(
        found(&others),
        [
            "type-mismatch: `ban` is not met over a period",
            "type-mismatch: this is about a `lead`, but the condition is about a `event`",
            "type-mismatch: `amount` is not about each item",
            "type-mismatch: this is about a `lead`, but the other commitment is about a `event`",
            "invalid-value: this counts by month, its condition by quarter",
        ]
    );
    let may = "commitment x { sdr may reject a mql  done at rejected_at  starts when region = us  provided y is met }\n\
        commitment y { manager must deliver at least 5 mql per quarter }";
    let of = "has no meaning in a permission without a time limit";
    assert_eq!(
        found(may),
        ["`starts when`", "`provided`"].map(|clause| format!("invalid-value: {clause} {of}"))
    );
}

#[test]
fn exceptions_that_mean_nothing() {
    let text = "commitment ban { sdr must not drop any lead when status = disqualified }\n\
        commitment setup { field must request each event at least 2 hours before opens_at  met at requested_at }\n\
        commitment x { sdr must contact each mql within 1 hour of mql_at  met at touched_at }\n\
        exception a { excuses ban }\n\
        exception b { excuses x, setup when source = web  from 2026-03-31 until 2026-03-01 }\n\
        exception c { at most 3 per month }\n\
        exception d { excuses y  approved by us_office }";
    assert_eq!(
        found(text),
        [
            "type-mismatch: `ban` has no items that start",
            "type-mismatch: one exception is about one record, not a `lead` and a `event`",
            "invalid-value: 2026-03-01 is before 2026-03-31",
            "missing-clause: exception `c` does not say what it excuses",
            "undefined-name: there is no commitment called `y`",
            "undefined-name: `us_office` is a calendar, but a role is needed here",
        ]
    );
}

#[test]
fn pauses_that_mean_nothing() {
    let same = format!("commitment x {{ {TOUCH}  paused from blocked_at to blocked_at }}");
    assert_eq!(found(&same), ["invalid-value: this pause ends when it begins"]);
    let wait = "commitment x { sdr must not disqualify each mql sooner than 1 hour after mql_at  done at disqualified_at  paused from blocked_at to unblocked_at }";
    assert_eq!(found(wait), ["invalid-value: `paused from` has no meaning in a prohibition for a time"]);
    let no_moment = format!("commitment x {{ {TOUCH}  paused from reason to unblocked_at }}");
    assert_eq!(found(&no_moment), ["type-mismatch: `reason` is a text, but a moment is needed here"]);
}
