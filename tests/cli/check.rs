use serde_json::Value;

use super::{SMALL, Sandbox};

const DAY: &str = "2026-03-02";

#[test]
fn a_clean_agreement_is_said_to_be_clean() {
    let sandbox = Sandbox::with(&[("a.clause", SMALL)]);
    let ran = sandbox.run(&["check", "--today", DAY]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            0,
            "No findings in 1 file (1 agreement).\nNo conflict found: 0 questions decided, 0 not analysed.\n"
        )
    );
    assert_eq!(sandbox.run(&["check", "--quiet", "--today", DAY, "a.clause"]).out, "");
}

#[test]
fn errors_fail_and_warnings_only_when_asked_to() {
    let sandbox = Sandbox::with(&[("a.clause", &SMALL.replace("  review     every year\n", ""))]);
    let ran = sandbox.run(&["check", "--today", DAY]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("warning[no-review] at a.clause:1:11"), "{}", ran.out);
    assert!(ran.out.contains("1 warning in 1 file (1 agreement).\n"));
    assert_eq!(sandbox.run(&["check", "--strict", "--today", DAY]).code, 1);
    sandbox.edit("a.clause", "4 business hours", "4 days");
    assert_eq!(sandbox.run(&["check", "--today", DAY]).code, 1);
}

#[test]
fn three_mistakes_are_three_findings_and_the_rest_is_still_checked() {
    let text = SMALL
        .replace("  review     every year\n", "  revew every year\n")
        .replace("zone  Europe/Berlin", "zone  Europe/Berlni")
        .replace("met at    answered", "met at    anwered");
    let sandbox = Sandbox::with(&[("a.clause", &text)]);
    let ran = sandbox.run(&["check", "--today", DAY]);
    assert!(ran.out.contains("[syntax] at a.clause:4:3"), "{}", ran.out);
    assert!(ran.out.contains("[invalid-value] at a.clause:13:9"), "{}", ran.out);
    assert!(ran.out.contains("[undefined-name] at a.clause:27:13"), "{}", ran.out);
    assert!(ran.out.contains("3 errors in 1 file (1 agreement).\n"), "{}", ran.out);
}

#[test]
fn json_is_one_document_whatever_happens() {
    let sandbox = Sandbox::with(&[("a.clause", &SMALL.replace("4 business hours", "4 days"))]);
    let ran = sandbox.run(&["check", "--format", "json", "--today", DAY]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["version"], 1);
    assert_eq!(document["summary"]["errors"], 1);
    let finding = &document["findings"][0];
    assert_eq!(finding["rule"], "bare-days");
    assert_eq!(finding["path"], "a.clause");
    assert_eq!(finding["place"]["start"]["line"], 26);
    assert_eq!(finding["fixes"].as_array().unwrap().len(), 2);
    // The offsets are those of the text to be replaced.
    let edit = &finding["fixes"][0]["edits"][0];
    let at = |point: &str| usize::try_from(edit["place"][point]["offset"].as_u64().unwrap()).unwrap();
    assert_eq!(&sandbox.read("a.clause")[at("start")..at("end")], "days");
    let clean = Sandbox::with(&[("a.clause", SMALL)]).run(&["check", "--format", "json", "--today", DAY]);
    assert_eq!(serde_json::from_str::<Value>(&clean.out).unwrap()["findings"], Value::Array(vec![]));
    let nowhere = sandbox.run(&["check", "--format", "json", "nowhere"]);
    assert_eq!(nowhere.code, 2);
    assert_eq!(
        serde_json::from_str::<Value>(&nowhere.out).unwrap()["findings"][0]["rule"],
        "unreadable-file"
    );
}

#[test]
fn colours_are_for_those_who_ask() {
    let sandbox = Sandbox::with(&[("a.clause", &SMALL.replace("4 business hours", "4 days"))]);
    let escape = "\u{1b}[";
    assert!(!sandbox.run(&["check"]).out.contains(escape));
    assert!(sandbox.run(&["check", "--color", "always"]).out.contains(escape));
    assert!(!sandbox.run(&["check", "--color", "never"]).out.contains(escape));
    let forced = sandbox.run_with(&["check"], "", &[("CLICOLOR_FORCE", "1")]);
    assert!(forced.out.contains(escape));
    let never = sandbox.run_with(&["check"], "", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]);
    assert!(!never.out.contains(escape));
}

#[test]
fn what_cannot_be_read_is_named() {
    let sandbox = Sandbox::with(&[("notes.txt", "hello"), ("empty/readme.md", "x")]);
    let of = |args: &[&str]| {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.out);
        ran.out
    };
    assert!(of(&["check", "nowhere"]).contains("there is no such file or folder"));
    assert!(of(&["check", "notes.txt"]).contains("this is not an agreement file"));
    assert!(of(&["check", "empty"]).contains("there is no agreement in this folder"));
    std::fs::write(sandbox.at("latin.clause"), b"# \xe9\n").unwrap();
    assert!(of(&["check", "latin.clause"]).contains("line 1 is not UTF-8 text"));
    std::fs::write(sandbox.at("huge.clause"), vec![b'#'; 9 * 1024 * 1024]).unwrap();
    assert!(of(&["check", "huge.clause"]).contains("this file is too large"));
}

#[test]
fn a_project_is_found_from_below_and_nested_ones_stand_for_themselves() {
    let sandbox = Sandbox::with(&[
        ("clausal.yaml", "rules:\n  no-review: off\n"),
        ("deep/a.clause", &SMALL.replace("  review     every year\n", "")),
        ("other/clausal.yaml", "rules:\n  no-review: error\n"),
        ("other/b.clause", &SMALL.replace("  review     every year\n", "")),
    ]);
    assert_eq!(sandbox.run(&["check", "deep/a.clause", "--today", DAY]).code, 0);
    let both = sandbox.run(&["check", "--today", DAY]);
    assert_eq!(both.code, 1);
    assert!(both.out.contains("error[no-review] at other/b.clause"), "{}", both.out);
    assert!(!both.out.contains("deep/a.clause"), "{}", both.out);
}

#[test]
fn files_are_used_within_the_project_only() {
    let library = "calendar office {\n  zone  Europe/Berlin\n  open  mon-fri 09:00-17:00\n}\n";
    let without: String = {
        let start = SMALL.find("calendar office").unwrap();
        let end = start + SMALL[start..].find("}\n").unwrap() + 2;
        format!("use \"../shared/office.clause\"\n\n{}{}", &SMALL[..start], &SMALL[end..])
    };
    let sandbox = Sandbox::with(&[
        ("clausal.yaml", ""),
        ("deals/a.clause", &without),
        ("shared/office.clause", library),
    ]);
    assert!(
        sandbox.run(&["check", "--today", DAY]).out.starts_with("No findings in 3 files (1 agreement).\n")
    );
    // Without the settings file the project is the folder that was named, and the other one lies outside.
    std::fs::remove_file(sandbox.at("clausal.yaml")).unwrap();
    let ran = sandbox.run(&["check", "deals"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("this file lies outside the project"), "{}", ran.out);
    sandbox.edit("deals/a.clause", "../shared/office", "../shared/ofice");
    let ran = sandbox.run(&["check"]);
    assert!(ran.out.contains("[use-not-found] at deals/a.clause:1:5"), "{}", ran.out);
    // One mistake, one finding: names that the missing file may declare are not reported.
    assert!(!ran.out.contains("undefined-name"), "{}", ran.out);
}

#[test]
fn the_days_that_matter_are_those_of_the_day_given() {
    let sandbox = Sandbox::with(&[("a.clause", &SMALL.replace("every year", "every year next 2026-06-30"))]);
    let rules = |today: &str| -> Vec<String> {
        let ran = sandbox.run(&["check", "--format", "json", "--today", today]);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        let findings = document["findings"].as_array().unwrap();
        findings.iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules("2026-06-30"), Vec::<String>::new());
    assert_eq!(rules("2026-07-01"), ["review-overdue"]);
    assert_eq!(rules("2026-12-31"), ["review-overdue"]);
    assert_eq!(rules("2027-01-01"), ["agreement-expired"]);
    let wrong = sandbox.run(&["check", "--today", "31.12.2026"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("2026-03-31"), "{}", wrong.err);
}

#[test]
fn unknown_settings_are_errors_with_a_place() {
    let sandbox = Sandbox::with(&[
        ("a.clause", SMALL),
        (
            "clausal.yaml",
            "rules:\n  no-reviw: off\nrecords:\n  tiket: {}\n  ticket:\n    sql:\n      columns:\n        opend: x\n",
        ),
    ]);
    let ran = sandbox.run(&["check", "--today", DAY]);
    for place in ["clausal.yaml:2:3", "clausal.yaml:4:3", "clausal.yaml:8:9"] {
        assert!(ran.out.contains(&format!("error[config] at {place}")), "{place}: {}", ran.out);
    }
    for near in ["did you mean `no-review`?", "did you mean `ticket`?", "did you mean `opened`?"] {
        assert!(ran.out.contains(near), "{near}: {}", ran.out);
    }
}
