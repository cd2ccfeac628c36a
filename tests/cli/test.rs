use serde_json::Value;

use super::{SMALL, Sandbox};

/// Three scenarios: one as expected, one with another answer, one whose title needs every kind of care.
fn with_scenarios() -> String {
    format!(
        "{SMALL}\nscenario \"In the morning\" {{\n  given  ticket {{ opened: 2026-03-02 10:00 }}\n  \
         expect answer due 2026-03-02 14:00\n}}\n\n\
         scenario \"In the afternoon\" {{\n  given  ticket {{ opened: 2026-03-02 16:00 }}\n  \
         expect answer due 2026-03-02 20:00\n}}\n\n\
         scenario \"<script>&amp; ]]> é\" {{\n  given  ticket {{ opened: 2026-03-02 10:00 }}\n}}\n"
    )
}

#[test]
fn results_are_shown_with_their_reasons() {
    let sandbox = Sandbox::with(&[("a.clause", &with_scenarios())]);
    let ran = sandbox.run(&["test", "--today", "2026-03-02"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out);
    let one = sandbox.run(&["test", "--only", "morning"]);
    assert_eq!((one.code, one.out.ends_with("1 scenario: all as expected.\n")), (0, true), "{}", one.out);
    assert_eq!(sandbox.run(&["test", "--only", "evening"]).code, 2);
    let none = Sandbox::with(&[("a.clause", SMALL)]).run(&["test"]);
    assert_eq!((none.code, none.out.starts_with("No scenarios.")), (0, true));
}

#[test]
fn programs_get_json() {
    let sandbox = Sandbox::with(&[("a.clause", &with_scenarios())]);
    let ran = sandbox.run(&["test", "--format", "json", "--quiet"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["summary"], serde_json::json!({ "scenarios": 3, "passed": 2, "failed": 1 }));
    let failed = &document["agreements"][0]["scenarios"][1];
    assert_eq!((&failed["passed"], &failed["failures"][0]["line"]), (&false.into(), &42.into()));
    assert_eq!(failed["failures"][0]["answered"], true);
}

#[test]
fn ci_gets_junit() {
    let sandbox = Sandbox::with(&[("a.clause", &with_scenarios())]);
    let ran = sandbox.run(&["test", "--format", "junit"]);
    assert_eq!(ran.code, 1);
    let document = roxmltree::Document::parse(&ran.out).unwrap();
    let cases: Vec<_> = document.descendants().filter(|n| n.has_tag_name("testcase")).collect();
    let names: Vec<_> = cases.iter().map(|c| c.attribute("name").unwrap()).collect();
    assert_eq!(names, ["In the morning", "In the afternoon", "<script>&amp; ]]> é"]);
    assert_eq!(document.root_element().attribute("failures"), Some("1"));
    let failure = cases[1].first_element_child().unwrap();
    assert_eq!(
        failure.attribute("message"),
        Some("`answer` is due Tuesday 3 March 2026 12:00, not Monday 2 March 2026 20:00")
    );
}

#[test]
fn nothing_is_run_while_the_agreement_has_errors() {
    let text = with_scenarios().replace("4 business hours", "4 days");
    let ran = Sandbox::with(&[("a.clause", &text)]).run(&["test"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("bare-days") && ran.err.contains("No scenario was run."), "{}", ran.err);
    // What follows from a fault that has been named is not a fault of its own.
    assert!(!ran.err.contains("scenario-fails"), "{}", ran.err);
}

/// What is agreed may be wrong in itself: scenarios show it.
#[test]
fn scenarios_run_although_a_rule_finds_fault() {
    let scenario = "scenario \"Over the weekend\" {\n  given  ticket { opened: 2026-03-06 18:00 }\n  \
                    expect answer due 2026-03-07 18:00\n}\n";
    let text = format!("{}\n{scenario}", SMALL.replace("4 business hours", "24 hours"));
    let ran = Sandbox::with(&[("a.clause", &text)]).run(&["test", "--today", "2026-03-02"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "`clausal check` finds an error in what is agreed.\n"));
    assert!(ran.out.ends_with("1 scenario: all as expected.\n"), "{}", ran.out);
}

/// That is the reason, and not what follows from moments that are no moments.
#[test]
fn without_a_zone_no_moment_is_told() {
    let text = with_scenarios().replace("  review ", "  zone       tbd \"whose days\"\n  review ");
    let ran = Sandbox::with(&[("a.clause", &text)]).run(&["test", "--today", "2025-03-02"]);
    assert_eq!(ran.code, 1);
    let reason = "the agreement's time zone is not known, and so no moment of this example is";
    assert_eq!(ran.out.matches(reason).count(), 3, "{}", ran.out);
    assert!(!ran.out.contains("is not about this record"), "{}", ran.out);
}
