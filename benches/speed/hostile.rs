//! Agreements that nobody writes, each with one thing far beyond measure.

use std::fmt::Write as _;

/// Each with a name.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("10,000 misspelled names", many(10_000, |i| format!("role r{i} {{ party salles  works day }}\n"))),
        (
            "10,000 broken clauses",
            many(10_000, |i| format!("role r{i} {{\n  party sales\n  wroks day\n}}\n")),
        ),
        ("10,000 unused definitions", many(10_000, |i| definition(i, &format!("score > {i}")))),
        ("250 conditions in one", many(1, |i| definition(i, &row(250, " or ")))),
        ("1,000 conditions in one", many(1, |i| definition(i, &row(1_000, " or ")))),
        ("brackets 60 deep, 100 times", many(100, |i| definition(i, &nested(60)))),
        ("brackets 100,000 deep", many(1, |i| definition(i, &nested(100_000)))),
        ("a list of 10,000 values", many(1, |i| definition(i, &format!("city in [{}]", values(10_000))))),
        ("definitions that double 63 times", doubling()),
        ("10 calendars with 2,000 closures", many(10, calendar)),
        ("1,000 stages in a lifecycle", lifecycle(1_000)),
        ("one line of 1,000,000 words", format!("{HEAD}party x {{ {} }}\n", "word ".repeat(1_000_000))),
        ("4 MB of quotes", HEAD.to_owned() + &"\"".repeat(4_000_000)),
    ]
}

const HEAD: &str = r#"agreement hard "Hard to read" {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  zone       Europe/Berlin
}

party marketing "Marketing" { signatory "CMO" }
party sales     "Sales"     { signatory "VP Sales" }

calendar day {
  zone    Europe/Berlin
  open    mon-fri 09:00-17:00
  covers  2026 to 2027
}

record lead {
  id     key
  score  integer
  city   text
  hot    boolean
}

"#;

fn many(times: usize, block: impl Fn(usize) -> String) -> String {
    let mut out = HEAD.to_owned();
    out.extend((0..times).map(block));
    out
}

fn definition(i: usize, condition: &str) -> String {
    format!("definition d{i} {{\n  means lead where {condition}\n}}\n")
}

fn row(count: usize, joint: &str) -> String {
    (0..count).map(|i| format!("score = {i}")).collect::<Vec<_>>().join(joint)
}

fn nested(depth: usize) -> String {
    format!("{}hot{}", "(".repeat(depth), ")".repeat(depth))
}

fn values(count: usize) -> String {
    (0..count).map(|i| format!("v{i}")).collect::<Vec<_>>().join(", ")
}

fn doubling() -> String {
    many(64, |i| match i.checked_sub(1) {
        None => definition(i, "hot"),
        Some(below) => definition(i, &format!("d{below} and d{below}")),
    })
}

fn calendar(i: usize) -> String {
    let mut out = format!("calendar c{i} {{\n  zone  Europe/Berlin\n  open  mon-fri 09:00-17:00\n");
    for day in 0..2_000 {
        let (year, month, day) = (2026 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        let _ = writeln!(out, "  closed {year}-{month:02}-{day:02} \"Closed\"");
    }
    out + "  covers 2026 to 2032\n}\n"
}

fn lifecycle(stages: usize) -> String {
    let mut out = HEAD.to_owned();
    let _ = writeln!(out, "record deal {{\n  id key\n  stage choice of {}\n}}\n", values(stages));
    let _ =
        writeln!(out, "role rep {{ party sales  works day }}\n\nlifecycle l of deal.stage {{\n  start v0");
    for i in 1..stages {
        let _ = writeln!(out, "  v{} -> v{i} by rep\n  any -> v{i} by rep", i - 1);
    }
    out + "  end v1\n}\n"
}
