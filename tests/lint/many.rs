//! Thousands of clauses, thousands of findings: still readable, still the same every time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clausal::lint;

use crate::common::Memory;
use crate::findings::sound;
use crate::generate::scale;
use crate::support::{Checked, TODAY, check};

fn checked(text: &str) -> Checked {
    check(&Memory::new([("many.clause", text)]), "many.clause", TODAY)
}

fn by_rule(checked: &Checked) -> BTreeMap<&'static str, usize> {
    let mut out = BTreeMap::new();
    for rule in checked.rules() {
        *out.entry(rule).or_default() += 1;
    }
    out
}

#[test]
fn nothing_is_wrong_with_what_is_measured() {
    let checked = checked(&scale::agreement(30));
    let conflicts: Vec<_> = checked.rules().into_iter().filter(|rule| lint::is_conflict(rule)).collect();
    assert!(conflicts.is_empty(), "{conflicts:?}\n{}", checked.shown());
}

#[test]
fn a_large_careful_agreement_has_no_findings() {
    let mut text = String::from(
        "agreement many { parties a, b  effective 2026-01-01 to 2026-12-31  review every year }\n\
         party a { }\nparty b { }\n\
         calendar office { zone Europe/London  open mon-fri 09:00-17:00  covers 2026 }\n\
         role team { party a  works office }\nrole lead { party b  works office }\n\
         channel mail { by email  reaches team, lead }\n\
         record ticket { id key  opened datetime  closed datetime optional  priority integer }\n",
    );
    for n in 0..500 {
        writeln!(
            text,
            "definition p{n} {{ means ticket where priority = {n}  since opened }}\n\
             commitment c{n} {{ {} must answer each p{n} within {} business hours of opened  met at closed }}\n\
             contingency l{n} {{ for c{n}  before deadline by 1 business hour remind team via mail\n\
             after deadline by {} business hours notify lead via mail }}",
            // Both sides owe something.
            if n % 2 == 0 { "team" } else { "lead" },
            n % 40 + 2,
            n % 40 + 1,
        )
        .unwrap();
    }
    let checked = checked(&text);
    assert!(checked.found.is_empty(), "{:?}\n{}", by_rule(&checked), checked.shown());
}

#[test]
fn each_of_a_thousand_mistakes_is_said_once_and_briefly() {
    let mut text = String::from(
        "agreement many { parties a, b  effective 2026-01-01 to 2026-12-31  review every year  zone Europe/London }\n\
         party a { }\nparty b { }\n\
         role team { party a }\nrole other { party b }\n\
         record ticket { id key  opened datetime  closed datetime optional  state choice of new, done }\n",
    );
    for n in 0..1_000 {
        let sentence = match n % 5 {
            0 => "team must answer each ticket within 2 days of opened\n  met at closed",
            1 => "team must answer each ticket within 4 business hours of opened\n  met at closed",
            2 => "tema must answer each ticket within 4 hours of opened\n  met at closed",
            3 => "team must answer each ticket within 4 hours of opened",
            _ => "other must answer each ticket within 4 hours of opened\n  met at closd",
        };
        writeln!(text, "commitment c{n} {{\n  {sentence}\n}}").unwrap();
    }
    let first = checked(&text);
    let expected = [
        ("bare-days", 200),
        // One role without hours is one fault.
        ("calendar-missing", 1),
        ("no-channel", 1),
        ("no-contingency", 1),
        ("undefined-name", 400),
        ("unmeasurable-commitment", 200),
    ];
    assert_eq!(by_rule(&first), BTreeMap::from(expected));
    sound(&first);
    let shown = first.shown();
    let mean = shown.lines().count() / first.found.len();
    assert!(mean <= 16, "{mean} lines for each finding");
    assert_eq!(shown, checked(&text).shown());
}

#[test]
fn a_circle_of_a_thousand_is_one_short_finding() {
    let mut text = String::from(
        "agreement many { parties a, b  effective 2026-01-01 to 2026-12-31  review every year }\n\
         party a { }\nparty b { }\nrecord lead { score integer }\n",
    );
    for n in 0..1_000 {
        let next = (n + 1) % 1_000;
        writeln!(text, "role r{n} {{ party a  reports to r{next} }}").unwrap();
        writeln!(text, "definition d{n} {{ means lead where d{next} and score > {n} }}").unwrap();
    }
    writeln!(text, "role s {{ party b }}").unwrap();
    let checked = checked(&text);
    assert_eq!(by_rule(&checked), BTreeMap::from([("definition-cycle", 1), ("reporting-circle", 1)]));
    sound(&checked);
}
