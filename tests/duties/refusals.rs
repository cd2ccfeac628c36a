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
fn amounts_that_hold_for_no_period() {
    let of = |per: &str, rows: &str| {
        found(&format!("commitment x {{ sdr must deliver at least 300 mql per {per}  {rows} }}"))
    };
    assert_eq!(
        of("month", "instead 350 from 2026-04-01 to 2026-06-30  instead 250 from 2026-07-01"),
        [""; 0]
    );
    assert_eq!(
        of("month", "instead 350 from 2026-04-02 to 2026-06-29"),
        [
            "invalid-value: 2026-04-02 lies within a month (2026-04)",
            "invalid-value: 2026-06-29 lies within a month (2026-06)"
        ]
    );
    assert_eq!(
        of("quarter", "instead 350 from 2026-04-01  instead 250 from 2026-07-01"),
        ["invalid-value: two amounts are given for 2026-07-01"]
    );
    assert_eq!(
        of("month", "instead 350 from 2026-06-01 to 2026-04-30"),
        ["invalid-value: 2026-04-30 is before 2026-06-01"]
    );
    assert_eq!(
        of("month", "instead $350 from 2026-06-01"),
        ["unit-mismatch: `$350` is not a number of items, which is promised"]
    );
    assert_eq!(of("month", "instead 0 from 2026-06-01"), ["invalid-value: this is always kept"]);
    let share = "commitment x { sdr must accept at least 60% of mql per month  met when reason is blank  instead 70 from 2026-06-01 }";
    assert_eq!(found(share), ["invalid-value: `instead` has no meaning in a share per period"]);
}

#[test]
fn seasons_that_share_a_day() {
    let of = |rows: &str| {
        found(&format!("calendar other {{ zone UTC  open mon-fri 09:00-17:00  {rows}  covers 2026 }}"))
    };
    let summer = "open mon-fri 09:00-12:00 from 2026-06-01 to 2026-08-31";
    assert_eq!(of(&format!("{summer}  open sat 09:00-12:00 from 2026-06-01 to 2026-08-31")), [""; 0]);
    assert_eq!(
        of(&format!("{summer}  open mon-fri 10:00-12:00 from 2026-08-31")),
        ["invalid-value: two seasons have 2026-08-31 in common"]
    );
    assert_eq!(
        of(&format!("open mon-fri 10:00-12:00 from 2026-03-01  {summer}")),
        ["invalid-value: two seasons have 2026-06-01 in common"]
    );
    assert_eq!(
        of(&format!("{summer}  open mon 11:00-13:00 from 2026-06-01 to 2026-08-31")),
        ["invalid-value: two opening hours of one day overlap"]
    );
    assert_eq!(
        of("open mon-fri 09:00-12:00 from 2026-08-31 to 2026-06-01"),
        ["invalid-value: 2026-06-01 is before 2026-08-31"]
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
    let of_child = |moments: &str| {
        found(&format!("{CHILD}commitment x {{ {TOUCH}  paused from {moments} of each activity }}"))
    };
    assert_eq!(of_child("done_at to done_at"), ["invalid-value: this pause ends when it begins"]);
    assert_eq!(
        of_child("on_day to done_at"),
        ["type-mismatch: `on_day` is a date, but a moment is needed here"]
    );
    // The moments are those of the child, not of the lead.
    assert_eq!(of_child("blocked_at to done_at").len(), 1);
    let no_child = format!("commitment x {{ {TOUCH}  paused from begins_at to ends_at of each event }}");
    assert_eq!(
        found(&no_child).first().map(String::as_str),
        Some("undefined-name: `event` is no child record of `lead`")
    );
}

const CHILD: &str = "record activity of lead { id key  kind choice of call, email  on_day date optional  done_at datetime optional  happens at done_at }
";

#[test]
fn attempts_that_cannot_be_counted() {
    let found = |text: &str| found(&format!("{CHILD}{text}"));
    let sentence = "sdr must attempt each mql at least 6 times within 2 hours of mql_at";
    let plain = format!("commitment x {{ {sentence} }}");
    assert_eq!(found(&plain), ["unmeasurable-commitment: this promise does not say what an attempt is"]);
    let met = format!("commitment x {{ {sentence}  counting activity  met at touched_at }}");
    assert_eq!(found(&met), ["invalid-value: `met at` has no meaning in a duty to try several times"]);
    let no_number = "commitment x { sdr must contact each mql within 2 hours of mql_at  met at touched_at  counting activity }";
    assert_eq!(found(no_number), ["invalid-value: this does not say how many of them"]);
    let no_time = "commitment x { sdr must attempt each mql at least 6 times  counting activity }";
    assert_eq!(found(no_time), ["unmeasurable-commitment: this promise does not say by when"]);
    let none = "commitment x { sdr must attempt each mql at least 0 times within 2 hours of mql_at  counting activity }";
    assert_eq!(found(none), ["invalid-value: this must be at least 1"]);
    let forbidden = "commitment x { sdr must not attempt each mql at least 6 times within 2 hours of mql_at  counting activity }";
    assert_eq!(found(forbidden), ["invalid-value: `at least .. times` has no meaning in a prohibition"]);
    let ahead = "commitment x { sdr must attempt each mql at least 6 times at least 2 hours before mql_at  counting activity }";
    assert_eq!(found(ahead), ["invalid-value: `at least ..` has no meaning in a duty"]);
    let no_child = format!("commitment x {{ {sentence}  counting event }}");
    assert_eq!(found(&no_child), ["undefined-name: `event` is no child record of `lead`"]);
}

#[test]
fn attempts_need_a_moment() {
    let sentence = "sdr must attempt each mql at least 6 times within 2 hours of mql_at  counting activity";
    let dated = CHILD.replace("happens at done_at", "happens at on_day");
    let text = format!("{dated}commitment x {{ {sentence} }}");
    assert_eq!(
        found(&text),
        ["type-mismatch: `activity` happens on a date, but attempts count by the moment"]
    );
    let never = CHILD.replace("happens at done_at", "");
    let text = format!("{never}commitment x {{ {sentence} }}");
    assert_eq!(found(&text), ["missing-clause: `activity` does not say when it happens"]);
}

#[test]
fn days_that_do_not_fit() {
    let of = |when: &str| found(&format!("commitment x {{ manager must hold \"review\" {when} }}"));
    for (when, message) in [
        ("every 2 weeks on monday", "missing-clause: `every 2 weeks` does not say which weeks"),
        ("every month on monday", "invalid-value: a month has several Mondays"),
        ("every week on the 1st monday", "invalid-value: a week has one Monday"),
        ("every month on the 5th friday", "invalid-value: not every month has a 5th Friday"),
        ("every month on day 32", "invalid-value: no month has a 32nd day"),
        ("every month on day 0", "invalid-value: this must be at least 1"),
        ("every month by the 40th business day", "invalid-value: no month has a 40th day"),
        ("every day on monday", "invalid-value: a day has no days of its own"),
        ("every business week", "invalid-value: there is no business week"),
        ("every month at 10:00", "invalid-value: `at 10:00` does not say on which day"),
        ("every quarter within 10 days of its end", "bare-days: `days` can mean two things"),
        (
            "every week or the next business day",
            "invalid-value: `or the next business day` has no meaning here",
        ),
        (
            "every month on the 2nd business day or the next business day",
            "invalid-value: `or the next business day` has no meaning here",
        ),
        ("every week on monday at 25:00", "invalid-value: there is no time 25:00"),
        ("every week on monday from 2026-02-30", "invalid-value: there is no day 2026-02-30"),
    ] {
        let found = of(when);
        assert_eq!(found.len(), 1, "{when}: {found:#?}");
        assert!(
            found[0] == message || message.starts_with("bare-days") && found[0].starts_with("bare-days"),
            "{when}: {found:#?}"
        );
    }
    for when in [
        "every week on monday at 10:00",
        "every month on the 4th friday",
        "every month on day 31",
        "every 2 weeks on monday from 2026-01-05",
        "every day at 24:00",
        "every year by the last business day",
        "every quarter within 2 weeks of its end",
        "every week by friday at 17:00 or the next business day",
    ] {
        assert_eq!(of(when), [""; 0], "{when}");
    }
}

#[test]
fn what_recurs_has_no_items() {
    let review = "commitment review { manager must hold \"review\" every week on monday }
";
    let with = |text: &str| found(&format!("{review}{text}"));
    let may = "commitment x { manager may hold \"review\" every week on monday }";
    assert_eq!(found(may), ["invalid-value: a permission does not recur"]);
    let clauses = "commitment x { manager must hold \"review\" every week on monday  met at touched_at  excused when status = new  counted by due date }";
    let of = "has no meaning in a duty that recurs";
    assert_eq!(
        found(clauses),
        ["`met at`", "`excused when`", "`counted by`"].map(|clause| format!("invalid-value: {clause} {of}"))
    );
    let clock = "commitment x { manager must hold \"review\" every week on monday  clock us_office when status = new  clock emea_office otherwise }";
    assert_eq!(found(clock), ["invalid-value: a duty that recurs has one clock"]);
    let limit = "commitment x { manager must hold \"review\" every week on monday
 within 2 hours of mql_at when source = web }";
    assert_eq!(found(limit), ["invalid-value: a time limit has no meaning in a duty that recurs"]);
    let steps = "contingency y { for review  after deadline notify manager }";
    assert_eq!(with(steps), ["type-mismatch: `review` has no deadline for each item"]);
    let excused = "exception y { excuses review  until 2026-03-31 }";
    assert_eq!(with(excused), ["type-mismatch: `review` has no items that start"]);
    let provided = "commitment x { sdr must contact each mql within 1 hour of mql_at  met at touched_at  provided review is met }";
    assert_eq!(with(provided), ["type-mismatch: `review` is not met over a period"]);
    let above = "commitment x { sdr must contact each mql within 1 hour of mql_at  met at touched_at  priority over review }";
    assert_eq!(with(above), ["type-mismatch: `review` is not about each item"]);
    let expected = "scenario \"z\" { now 2026-03-06 12:00  given lead { status: new }  expect review met }";
    assert_eq!(with(expected), ["type-mismatch: `review` has no deadline for each item"]);
    let no_now = "scenario \"z\" { expect review due 2026-03-09 24:00 }";
    assert_eq!(with(no_now), ["missing-clause: `review` recurs: this does not say after which moment"]);
    let shown = "commitment x { manager must hold \"review\" every week  recorded in lead at status }";
    assert_eq!(found(shown).len(), 1);
    let met = "commitment x { sdr must contact each mql within 1 hour of mql_at  met at touched_at  recorded in lead at mql_at }";
    assert_eq!(found(met), ["invalid-value: `recorded in` has no meaning in a duty with a time limit"]);
}
