//! Conditions: truth tables by hand. The left column is a condition, the middle one fills fields (all others are blank).

use std::fmt::Write as _;

use clausal::evaluate::Evaluator;

use crate::support::{agreement, at, item, record, rows};

const THING: &str = r#"
record thing {
  id      key
  whole   integer                     optional
  ratio   number                      optional
  part    percent                     optional
  price   money(USD)                  optional
  paid    money(USD)                  optional
  word    text                        optional
  other   text                        optional
  loose   text                        optional  ignoring case
  stage   choice of open, won, "Closed Lost"  optional
  next    choice of open, won, lost   optional
  odd     choice of a, b, ...         optional
  tags    choices of red, green, blue optional
  flag    boolean                     optional
  day     date                        optional
  other_day date                      optional
  moment  datetime                    optional
  later   datetime                    optional
  person  user                        optional
}
definition big { means thing where whole >= 100 }
definition big_and_won { means thing where big and stage = won }
"#;

/// Checks a table at a moment: `condition | fields | yes or no`.
fn check(now: &str, table: &str) {
    let rows = rows::<3>(table);
    let mut text = String::from(THING);
    for (i, [condition, ..]) in rows.iter().enumerate() {
        let _ = writeln!(text, "definition probe_{i} {{ means thing where {condition} }}");
    }
    let compiled = agreement(&text);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let record = record(model, "thing");
    let mut wrong = Vec::new();
    for (i, [condition, fields, expected]) in rows.iter().enumerate() {
        let name = format!("probe_{i}");
        let probe = model.definitions.iter().find(|(_, d)| d.head.name.text == name).unwrap().0;
        assert!(["yes", "no"].contains(expected), "{expected}");
        assert_eq!(evaluator.definition_gap(probe), None);
        if evaluator.is(probe, &item(record, fields)) != (*expected == "yes") {
            wrong.push(format!("`{condition}` with `{fields}` should be {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NOON: &str = "2026-06-10 12:00";

#[test]
fn numbers() {
    check(
        NOON,
        "whole = 5              | whole: 5   | yes
         whole = 5              | whole: 6   | no
         whole = 5              |            | no
         whole != 5             | whole: 6   | yes
         whole != 5             | whole: 5   | no
         whole != 5             |            | no
         whole < 5              | whole: 4   | yes
         whole < 5              | whole: 5   | no
         whole < 5              |            | no
         whole <= 5             | whole: 5   | yes
         whole <= 5             | whole: 6   | no
         whole <= 5             |            | no
         whole > 5              | whole: 6   | yes
         whole > 5              | whole: 5   | no
         whole > 5              |            | no
         whole >= 5             | whole: 5   | yes
         whole >= 5             | whole: 4   | no
         whole >= 5             |            | no
         whole > -1             | whole: 0   | yes
         whole = 0              |            | no
         5 <= whole             | whole: 5   | yes
         whole between 5 and 7  | whole: 5   | yes
         whole between 5 and 7  | whole: 7   | yes
         whole between 5 and 7  | whole: 8   | no
         whole between 5 and 7  | whole: 4   | no
         whole between 7 and 5  | whole: 6   | no
         whole between 5 and 7  |            | no
         whole in [1, 5]        | whole: 5   | yes
         whole in [1, 5]        | whole: 2   | no
         whole in [1, 5]        |            | no
         whole not in [1, 5]    | whole: 2   | yes
         whole not in [1, 5]    | whole: 5   | no
         whole not in [1, 5]    |            | yes
         whole is blank         |            | yes
         whole is blank         | whole: 0   | no
         whole is set           | whole: 0   | yes
         whole is set           |            | no
         part >= 95%            | part: 95   | yes
         part >= 95%            | part: 94.9 | no
         part >= 95%            |            | no
         price > $1k            | price: 1000.01 | yes
         price > $1k            | price: 1000    | no
         price > USD 1k         |                | no
         price != $5            |                | no",
    );
}

#[test]
fn numbers_to_six_places() {
    check(
        NOON,
        "ratio = 0.1            | ratio: 0.1000001  | yes
         ratio = 0.1            | ratio: 0.1000006  | no
         ratio > 0.1            | ratio: 0.1000004  | no
         ratio > 0.1            | ratio: 0.100001   | yes
         ratio >= 0.333333      | ratio: 0.33333299999 | yes
         ratio between 1 and 2  | ratio: 0.9999999  | yes
         ratio between 1 and 2  | ratio: 0.9999994  | no
         ratio in [0.5]         | ratio: 0.50000049 | yes
         ratio = 1.50           | ratio: 1.5        | yes
         ratio * 3 = 1          | ratio: 0.3333333333 | yes
         ratio * 3 = 1          | ratio: 0.333333     | no",
    );
}

#[test]
fn arithmetic() {
    check(
        NOON,
        "whole + 1 = 6          | whole: 5               | yes
         whole + 1 = 6          |                        | no
         not whole + 1 = 6      |                        | yes
         whole - ratio > 1      | whole: 5; ratio: 3.5   | yes
         whole - ratio > 1      | whole: 5               | no
         whole - ratio > 1      | ratio: 3.5             | no
         2 * whole = 10         | whole: 5               | yes
         1 + 2 * whole = 11     | whole: 5               | yes
         (1 + 2) * whole = 15   | whole: 5               | yes
         10 - 3 - 2 = whole     | whole: 5               | yes
         -whole = 5             | whole: -5              | yes
         -whole = 5             |                        | no
         price - paid > $0      | price: 10; paid: 9.99  | yes
         price - paid > $0      | price: 10              | no
         price * 2 = $20        | price: 10              | yes
         price * ratio = $5     | price: 10; ratio: 0.5  | yes
         whole between 2 + 3 and 2 * 3 | whole: 6        | yes
         # What no number can hold is blank.
         ratio * ratio > 0      | ratio: 79000000000000000000000000000 | no
         not ratio * ratio > 0  | ratio: 79000000000000000000000000000 | yes",
    );
}

#[test]
fn texts() {
    check(
        NOON,
        r#"word = "US"             | word: US       | yes
           word = US               | word: US       | yes
           word = "US"             | word: us       | no
           word = "US"             | word: USA      | no
           word = "US"             |                | no
           word = "US"             | word: ''       | no
           word != "US"            | word: CA       | yes
           word != "US"            | word: US       | no
           word != "US"            |                | no
           word != "US"            | word: ''       | no
           not word = "US"         |                | yes
           word in [US, "C A"]     | word: C A      | yes
           word in [US, CA]        | word: us       | no
           word in [US, CA]        |                | no
           word not in [US, CA]    |                | yes
           word not in [US, CA]    | word: ''       | yes
           word = other            | word: x; other: x | yes
           word = other            | word: x; other: X | no
           word = other            |                | no
           word != other           | word: x        | no
           word is blank           |                | yes
           word is blank           | word: ''       | yes
           word is set             | word: ''       | no
           word is set             | word: x        | yes
           word starts with "ab"   | word: abc      | yes
           word starts with "ab"   | word: Abc      | no
           word starts with "ab"   | word: xab      | no
           word starts with "ab"   |                | no
           not word starts with "ab" |              | yes
           word contains "b%_"     | word: ab%_c    | yes
           word contains "b%_"     | word: abxxc    | no
           word contains "b"       | word: ''       | no
           word contains "b"       |                | no
           person = "Ana"          | person: Ana    | yes
           person = "Ana"          | person: ana    | no
           person != "Ana"         |                | no
           person is blank         |                | yes"#,
    );
}

#[test]
fn texts_ignoring_case() {
    check(
        NOON,
        r#"loose = "straße"          | loose: STRAßE   | yes
           loose = "US"              | loose: uS       | yes
           loose != "US"             | loose: us       | no
           loose != "US"             |                 | no
           loose in [us, ca]         | loose: CA       | yes
           loose starts with "AB"    | loose: abc      | yes
           loose contains "BC"       | loose: abcd     | yes
           loose contains "BC"       |                 | no
           # A to Z alone: other letters are compared exactly.
           loose = "é"               | loose: É        | no
           loose = "strasse"         | loose: straße   | no
           # One field that ignores case is enough.
           loose = word              | loose: X; word: x | yes
           word = loose              | loose: X; word: x | yes
           word = other              | word: X; other: x | no"#,
    );
}

#[test]
fn choices() {
    check(
        NOON,
        r#"stage = won                | stage: won         | yes
           stage = won                | stage: open        | no
           stage = won                |                    | no
           stage = won                | stage: ''          | no
           stage != won               | stage: open        | yes
           stage != won               | stage: won         | no
           stage != won               |                    | no
           stage != won               | stage: ''          | no
           not stage = won            |                    | yes
           stage = "Closed Lost"      | stage: Closed Lost | yes
           stage in [open, won]       | stage: open        | yes
           stage in [open, won]       | stage: Closed Lost | no
           stage in [open, won]       |                    | no
           stage not in [open, won]   |                    | yes
           stage not in [open, won]   | stage: won         | no
           stage = next               | stage: won; next: won  | yes
           stage = next               | stage: won; next: open | no
           stage = next               | stage: won         | no
           stage is blank             | stage: ''          | yes
           stage is set               | stage: won         | yes
           odd = a                    | odd: a             | yes
           odd != a                   | odd: unheard of    | yes
           tags contains red          | tags: red          | yes
           tags contains red          | tags: blue+red     | yes
           tags contains red          | tags: green+blue   | no
           tags contains red          |                    | no
           not tags contains red      |                    | yes
           tags is blank              |                    | yes
           tags is set                | tags: blue         | yes"#,
    );
}

#[test]
fn yes_and_no() {
    check(
        NOON,
        "flag               | flag: true   | yes
         flag               | flag: false  | no
         flag               |              | no
         not flag           | flag: false  | yes
         not flag           |              | yes
         flag = true        | flag: true   | yes
         flag = true        |              | no
         flag = false       | flag: false  | yes
         flag = false       |              | no
         flag != true       |              | no
         flag is blank      |              | yes
         flag is set        | flag: false  | yes
         true               |              | yes
         false              |              | no",
    );
}

#[test]
fn joined() {
    check(
        NOON,
        "flag and whole = 1             | flag: true; whole: 1  | yes
         flag and whole = 1             | flag: true            | no
         flag or whole = 1              | whole: 1              | yes
         flag or whole = 1              |                       | no
         not (flag or whole = 1)        |                       | yes
         not (flag and whole = 1)       | flag: true            | yes
         # `and` binds closer than `or`, `not` closer than both.
         flag or whole = 1 and whole = 2  | flag: true          | yes
         (flag or whole = 1) and whole = 2 | flag: true         | no
         not flag and whole = 1         | whole: 1              | yes
         not flag or whole = 1          |                       | yes
         at least 2 of (flag, whole = 1, word is set) | flag: true; word: x | yes
         at least 2 of (flag, whole = 1, word is set) | flag: true          | no
         at least 2 of (flag, not flag, word is set)  | word: x             | yes
         at least 1 of (flag, whole = 1)              |                     | no
         big                            | whole: 100            | yes
         big                            | whole: 99             | no
         big                            |                       | no
         not big                        |                       | yes
         big_and_won                    | whole: 100; stage: won | yes
         big_and_won                    | whole: 100             | no
         big and not big_and_won        | whole: 100             | yes",
    );
}

#[test]
fn dates() {
    check(
        NOON,
        "day = 2026-06-10           | day: 2026-06-10  | yes
         day = today                | day: 2026-06-10  | yes
         day < today                | day: 2026-06-09  | yes
         day < today                | day: 2026-06-10  | no
         day < today                |                  | no
         day != today               |                  | no
         not day = today            |                  | yes
         day between 2026-06-01 and 2026-06-30 | day: 2026-06-30 | yes
         day between 2026-06-01 and 2026-06-30 | day: 2026-07-01 | no
         day = other_day            | day: 2026-06-10  | no
         day <= other_day           | day: 2026-06-10; other_day: 2026-06-10 | yes
         moment < now               | moment: 2026-06-10 11:59:59 | yes
         moment < now               | moment: 2026-06-10 12:00    | no
         moment <= now              | moment: 2026-06-10 12:00    | yes
         moment < now               |                             | no
         moment >= 2026-06-10 12:00 | moment: 2026-06-10 16:00:00Z | yes
         moment >= 2026-06-10 12:00 | moment: 2026-06-10 15:59:59Z | no
         moment < later             | moment: 2026-06-10 12:00; later: 2026-06-10 12:00:01 | yes
         moment < later             | later: 2026-06-10 12:00:01   | no
         moment is blank            |                              | yes",
    );
    // The day of the agreement's zone, not of UTC: on 10 June until 24:00 in New York, 04:00 in UTC.
    check("2026-06-11 03:59:59Z", "day = today | day: 2026-06-10 | yes");
    check("2026-06-11 04:00:00Z", "day = today | day: 2026-06-11 | yes");
}

#[test]
fn older_than() {
    // Wall-clock units run by the second, calendar units to the end of a day.
    check(
        NOON,
        "moment older than 2 hours           | moment: 2026-06-10 10:00     | no
         moment older than 2 hours           | moment: 2026-06-10 09:59:59  | yes
         moment older than 2 hours           |                              | no
         not moment older than 2 hours       |                              | yes
         moment older than 30 minutes        | moment: 2026-06-10 11:29:59  | yes
         moment older than 1 calendar day    | moment: 2026-06-09 00:00     | no
         moment older than 1 calendar day    | moment: 2026-06-08 23:59:59  | yes
         moment older than 1 week            | moment: 2026-06-03 00:00     | no
         moment older than 1 week            | moment: 2026-06-02 23:59:59  | yes
         moment older than 1 week            | moment: 2026-07-01 00:00     | no
         day older than 1 calendar day       | day: 2026-06-09              | no
         day older than 1 calendar day       | day: 2026-06-08              | yes
         day older than 1 calendar day       |                              | no",
    );
    // One month after 31 January is 28 February: not older on that day, older on the next.
    let table = |expected| {
        format!(
            "day older than 1 month     | day: 2026-01-31          | {expected}
             moment older than 1 month  | moment: 2026-01-31 08:00 | {expected}
             day older than 1 month     | day: 2026-01-28          | {expected}"
        )
    };
    check("2026-02-28 12:00", &table("no"));
    check("2026-03-01 12:00", &table("yes"));
    // 8 March has 23 hours, 1 November 25: hours are hours, days are days.
    check(
        "2026-03-09 01:30",
        "moment older than 24 hours         | moment: 2026-03-08 01:30    | no
         moment older than 24 hours         | moment: 2026-03-08 00:30    | no
         moment older than 24 hours         | moment: 2026-03-08 00:29:59 | yes
         moment older than 1 calendar day   | moment: 2026-03-08 00:00    | no",
    );
    check(
        "2026-11-02 00:30",
        "moment older than 24 hours         | moment: 2026-11-01 05:30:00Z | no
         moment older than 24 hours         | moment: 2026-11-01 05:29:59Z | yes
         moment older than 1 calendar day   | moment: 2026-11-01 00:00     | no
         moment older than 1 calendar day   | moment: 2026-10-31 23:59:59  | yes",
    );
}

#[test]
fn within() {
    check(
        NOON,
        "later within 2 hours of moment | moment: 2026-06-10 10:00; later: 2026-06-10 12:00    | yes
         later within 2 hours of moment | moment: 2026-06-10 10:00; later: 2026-06-10 12:00:01 | no
         later within 2 hours of moment | moment: 2026-06-10 10:00; later: 2026-06-10 10:00    | yes
         later within 2 hours of moment | moment: 2026-06-10 10:00; later: 2026-06-10 09:59:59 | no
         later within 2 hours of moment | moment: 2026-06-10 10:00                             | no
         later within 2 hours of moment | later: 2026-06-10 10:00                              | no
         not later within 2 hours of moment |                                                  | yes
         # To the end of the day, 24:00.
         later within 1 calendar day of moment | moment: 2026-06-10 10:00; later: 2026-06-11 23:59:59 | yes
         later within 1 calendar day of moment | moment: 2026-06-10 10:00; later: 2026-06-12 00:00    | yes
         later within 1 calendar day of moment | moment: 2026-06-10 10:00; later: 2026-06-12 00:00:01 | no
         # Month ends clamp.
         later within 1 month of moment | moment: 2026-01-31 10:00; later: 2026-02-28 23:00 | yes
         later within 1 month of moment | moment: 2026-01-31 10:00; later: 2026-03-01 01:00 | no
         other_day within 1 month of day | day: 2026-01-31; other_day: 2026-02-28 | yes
         other_day within 1 month of day | day: 2026-01-31; other_day: 2026-03-01 | no
         other_day within 1 month of day | day: 2028-01-31; other_day: 2028-02-29 | yes
         other_day within 2 weeks of day | day: 2026-06-10; other_day: 2026-06-24 | yes
         other_day within 2 weeks of day | day: 2026-06-10; other_day: 2026-06-25 | no
         other_day within 2 weeks of day | day: 2026-06-10; other_day: 2026-06-09 | no
         other_day within 2 weeks of day | day: 2026-06-10                        | no
         # Over the changes of the clocks: hours are hours, days are days.
         later within 2 hours of moment | moment: 2026-03-08 01:00; later: 2026-03-08 04:00    | yes
         later within 2 hours of moment | moment: 2026-03-08 01:00; later: 2026-03-08 04:00:01 | no
         later within 2 hours of moment | moment: 2026-11-01 00:30; later: 2026-11-01 06:30:00Z | yes
         later within 2 hours of moment | moment: 2026-11-01 00:30; later: 2026-11-01 06:30:01Z | no",
    );
}
