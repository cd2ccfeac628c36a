//! Several agreements in one project: held against each other, and what they share checked once.

use std::path::PathBuf;

use crate::common::Memory;
use crate::support::{Checked, TODAY, check};

const SHARED: &str = "\
party marketing { signatory \"CMO\" }
party sales { signatory \"CRO\" }
calendar office { zone Europe/London  open mon-fri 09:00-17:00  covers 2026 to 2027 }
role sdr { party sales  works office }
record account { id key  size integer }
record lead { id key  score integer  mql_at datetime optional  touched_at datetime optional }
definition mql { means lead where score >= 65  since mql_at }
";

fn agreement(name: &str, term: &str) -> String {
    format!(
        "use \"shared.clause\"\nagreement {name} {{ parties marketing, sales  effective {term}  review every quarter }}\n"
    )
}

fn duty(name: &str, time: &str) -> String {
    format!(
        "commitment {name} {{\n  sdr must contact each mql within {time} of mql_at\n  met at touched_at\n}}\n"
    )
}

fn project(files: &[(&str, String)]) -> Memory {
    Memory::new(files.iter().map(|(path, text)| (*path, text.as_str())))
}

fn of_rule<'c>(checked: &'c Checked, rule: &str) -> Vec<&'c str> {
    checked.found.iter().filter(|d| d.rule == rule).map(|d| d.message.as_str()).collect()
}

const YEAR: &str = "2026-01-01 to 2026-12-31";

#[test]
fn a_finding_in_a_shared_file_is_said_once() {
    let shared =
        [SHARED.to_owned(), duty("soon", "2 business hours"), duty("later", "8 business hours")].concat();
    // The examples lie in two terms.
    let files = project(&[
        ("shared.clause", shared),
        ("a.clause", agreement("a", YEAR)),
        ("b.clause", agreement("b", "2026-06-01 to 2027-12-31")),
    ]);
    let checked = check(&files, ".", TODAY);
    let said = of_rule(&checked, "incompatible-deadlines");
    assert_eq!(said, ["`soon` and `later` give different times for the same work"], "{}", checked.shown());
}

#[test]
fn of_many_pages_each_is_compared_and_each_place_is_said_once() {
    let page = |name: &str, hours: &str| agreement(name, YEAR) + &duty("touch", hours);
    let files = project(&[
        ("shared.clause", SHARED.to_owned()),
        ("a.clause", page("a", "2 business hours")),
        ("b.clause", page("b", "4 business hours")),
        ("c.clause", page("c", "8 business hours")),
    ]);
    let checked = check(&files, ".", TODAY);
    let between = |one: &str, other: &str| {
        format!("`touch` of `{one}` and `touch` of `{other}` give different times for the same work")
    };
    assert_eq!(
        of_rule(&checked, "incompatible-deadlines"),
        [between("a", "b"), between("a", "c")],
        "{}",
        checked.shown()
    );
}

/// Records that list other fields are one record; so are their children and those that they refer to.
#[test]
fn pages_may_list_the_fields_that_they_need() {
    let shared = SHARED.lines().filter(|l| !l.starts_with("record") && !l.starts_with("definition"));
    let shared: String = shared.flat_map(|line| [line, "\n"]).collect();
    let records = |extra: &str, size: &str| {
        format!(
            "record account {{ id key  size {size} }}\n\
             record lead {{ id key  account reference to account  mql_at datetime optional  touched_at datetime optional  {extra} }}\n\
             record activity of lead {{ done_at datetime  kind choice of call, mail  happens at done_at }}\n\
             definition mql {{ means lead where any activity where kind = call  since mql_at }}\n"
        )
    };
    let checked = |size: &str| {
        let files = project(&[
            ("shared.clause", shared.clone()),
            ("a.clause", agreement("a", YEAR) + &records("", "integer") + &duty("touch", "2 business hours")),
            (
                "b.clause",
                agreement("b", YEAR) + &records("score integer", size) + &duty("touch", "4 business hours"),
            ),
        ]);
        check(&files, ".", TODAY)
    };
    let alike = checked("integer");
    assert_eq!(of_rule(&alike, "incompatible-deadlines").len(), 1, "{}", alike.shown());
    assert_eq!(of_rule(&alike, "two-meanings"), [""; 0], "{}", alike.shown());
    // The lead is about another account: which of the two is meant must be settled first.
    let other = checked("text");
    assert_eq!(of_rule(&other, "incompatible-deadlines"), [""; 0], "{}", other.shown());
    assert_eq!(
        of_rule(&other, "two-meanings"),
        ["`account.size` is one thing in `b` and another in `a`"],
        "{}",
        other.shown()
    );
}

/// What has priority over a promise has it over the promise of that name on another page.
#[test]
fn priority_reaches_the_repeated_promise() {
    let special = duty("urgent", "1 business hour").replace("}\n", "  priority over touch\n}\n");
    let page = |name: &str, rest: &str| agreement(name, YEAR) + &duty("touch", "4 business hours") + rest;
    let said = |special: &str| {
        let files = project(&[
            ("shared.clause", SHARED.to_owned()),
            ("a.clause", page("a", special)),
            ("b.clause", page("b", "")),
        ]);
        of_rule(&check(&files, ".", TODAY), "incompatible-deadlines").len()
    };
    assert_eq!(said(&special), 0);
    // On its own page, and against the other one.
    assert_eq!(said(&special.replace("  priority over touch\n", "")), 2);
}

#[test]
fn a_page_with_an_error_waits() {
    let page = |name: &str, hours: &str| agreement(name, YEAR) + &duty("touch", hours);
    let files = project(&[
        ("shared.clause", SHARED.to_owned()),
        ("a.clause", page("a", "2 business hours")),
        ("b.clause", page("b", "4 business hours") + "role nobody { works nowhere }\n"),
    ]);
    let checked = check(&files, ".", TODAY);
    assert_eq!(of_rule(&checked, "undefined-name").len(), 1, "{}", checked.shown());
    assert_eq!(of_rule(&checked, "incompatible-deadlines"), [""; 0], "{}", checked.shown());
}

#[test]
fn a_remark_about_another_page_is_needed_while_that_page_is_not_read() {
    let shared = SHARED.replace("definition mql { means lead where score >= 65  since mql_at }\n", "");
    let page = |name: &str, score: u32| {
        agreement(name, YEAR)
            + "# clausal: allow(two-meanings) because \"partners count otherwise\"\n"
            + &format!("definition mql {{ means lead where score >= {score}  since mql_at }}\n")
            + &duty("touch", "2 business hours")
    };
    let files = |other| {
        project(&[
            ("shared.clause", shared.clone()),
            ("a.clause", page("a", 65).replace("# clausal", "# not: clausal")),
            ("b.clause", page("b", other)),
        ])
    };
    let unused = |files: &Memory, path: &str| of_rule(&check(files, path, TODAY), "unused-allow").len();
    assert_eq!(unused(&files(31), "."), 0);
    assert_eq!(unused(&files(31), "b.clause"), 0);
    assert_eq!(unused(&files(65), "."), 1);
    assert_eq!(of_rule(&check(&files(31), ".", TODAY), "two-meanings"), [""; 0]);
}

/// Whatever an agreement says, a copy of it under another name says the same.
#[test]
fn a_copy_contradicts_nothing() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut compared = 0;
    for folder in std::fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()) {
        let mut files = Memory::folder(&format!("examples/{folder}"));
        let mut copies = Vec::new();
        for (path, bytes) in &files.0 {
            let text = String::from_utf8_lossy(bytes);
            if let Some(at) =
                text.find("\nagreement ").map(|at| at + 1).or(text.starts_with("agreement ").then_some(0))
            {
                let (before, after) = text.split_at(at);
                let copy = format!("{before}{}", after.replacen("agreement ", "agreement copy_of_", 1));
                copies.push((path.with_file_name("copy.clause"), copy.into_bytes()));
            }
        }
        compared += copies.len();
        files.0.extend(copies);
        let checked = check(&files, ".", TODAY);
        // Two promises of one page may contradict each other, and then each contradicts the copy of the other one.
        let of_one_name = |message: &str| {
            let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
            matches!(names[..], [one, _, other, copy, ..] if one == other && copy.starts_with("copy_of_"))
        };
        let across: Vec<&str> = checked
            .found
            .iter()
            .filter(|d| d.rule == "two-meanings" || of_one_name(&d.message))
            .map(|d| d.message.as_str())
            .collect();
        assert_eq!(across, [""; 0], "{folder}");
    }
    assert!(compared >= 5, "{compared}");
}
