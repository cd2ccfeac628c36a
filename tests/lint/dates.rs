//! What depends on the present day, around the days on which it changes.

use crate::common::Memory;
use crate::support::check;

/// The rules that speak of an agreement on some days.
fn spoken(agreement: &str, days: &[&str]) -> Vec<Vec<&'static str>> {
    let text =
        format!("use \"duties.clause\"\nagreement handoff {{ parties marketing, sales  {agreement} }}\n");
    let mut files = Memory::folder("tests/lint");
    files.0.retain(|path, _| path.components().count() == 1);
    files.0.insert("a.clause".into(), text.into_bytes());
    days.iter().map(|day| check(&files, "a.clause", day).rules()).collect()
}

#[test]
fn the_last_day_belongs_to_the_term() {
    let days = ["2025-12-31", "2026-12-31", "2027-01-01", "2028-02-29"];
    let rules = spoken("effective 2026-01-01 to 2026-12-31  review every year", &days);
    assert_eq!(rules, [vec![], vec![], vec!["agreement-expired"], vec!["agreement-expired"]]);
}

#[test]
fn a_leap_day_can_be_the_last_day() {
    let rules =
        spoken("effective 2026-01-01 to 2028-02-29  review every year", &["2028-02-29", "2028-03-01"]);
    assert_eq!(rules, [vec!["calendar-too-short"], vec!["agreement-expired"]]);
}

#[test]
fn without_an_end_the_calendar_must_reach_to_today() {
    let days = ["2025-06-01", "2026-12-31", "2027-01-01"];
    let rules = spoken("effective 2026-01-01  review every year", &days);
    assert_eq!(rules, [vec![], vec![], vec!["calendar-too-short"]]);
}

#[test]
fn a_review_is_overdue_on_the_day_after() {
    let days = ["2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01"];
    let rules = spoken("effective 2026-01-01 to 2026-12-31  review every quarter next 2026-03-31", &days);
    assert_eq!(rules, [vec![], vec!["review-overdue"], vec!["review-overdue"], vec!["agreement-expired"]]);
    let endless =
        spoken("effective 2026-01-01 to tbd  review every quarter next 2026-03-31", &["2026-04-01"]);
    assert_eq!(endless, [vec!["placeholder-left", "review-overdue"]]);
}

#[test]
fn an_open_point_is_an_error_while_the_agreement_is_in_force() {
    let levels = |agreement: &str| -> Vec<&'static str> {
        let text = format!("agreement a {{ parties p, q  {agreement}  review every year led by tbd }}\n");
        let text = text + "party p { }\nparty q { }\n";
        let files = Memory::new([("a.clause", text.as_str())]);
        let level = |day: &&str| {
            let checked = check(&files, "a.clause", day);
            let open = checked.found.iter().filter(|d| d.rule == "placeholder-left");
            open.map(|d| d.severity.word()).min().unwrap()
        };
        ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"].iter().map(level).collect()
    };
    assert_eq!(levels("effective 2026-01-01 to 2026-12-31"), ["warning", "error", "error", "warning"]);
    assert_eq!(levels("effective 2026-01-01"), ["warning", "error", "error", "error"]);
    // An end that is open does not make the agreement less binding.
    assert_eq!(levels("effective 2026-01-01 to tbd"), ["warning", "error", "error", "error"]);
    assert_eq!(levels("effective tbd to 2026-12-31"), ["warning", "warning", "warning", "warning"]);
    assert_eq!(levels("effective tbd"), ["warning", "warning", "warning", "warning"]);
}
