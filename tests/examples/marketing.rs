//! What the template behind `examples/marketing-sales` is known to say, and where it contradicts itself.

use clausal::check;
use clausal::project;
use clausal::worktime::civil;

use crate::common::{Memory, compile};

fn example() -> Memory {
    Memory::folder("examples/marketing-sales")
}

#[test]
fn what_the_template_leaves_open_and_where_it_contradicts_itself_is_found() {
    let files = example();
    let workspace = project::load(&files, &[".".into()]);
    let (checked, found) = check::check(&workspace, civil::parse_date("2026-03-02").unwrap());
    let rules: Vec<&str> = found.iter().map(|d| d.rule).filter(|rule| *rule != "placeholder-left").collect();
    // Companies of unknown size that nobody gets, rows without an order, two medians, an answer in a week beside two weeks of patience, and leads that may come back
    // for ever.
    let expected =
        ["route-to-nobody", "ambiguous-route", "different-targets", "wait-past-deadline", "uncapped-loop"];
    assert_eq!(rules, expected);
    let mut open: Vec<&str> =
        checked[0].agreements[0].1.open_points.iter().map(|tbd| tbd.what.as_str()).collect();
    open.sort_unstable();
    open.dedup();
    assert_eq!(
        open,
        [
            "24 hours: from the deadline, or from when the breach is seen?",
            "48 hours: from the deadline, or from when the breach is seen?",
            "N, computed from the funnel",
            "the right team: which one?",
            "the template has a blank date",
            "the template names no tool",
            "working hours of Marketing",
            "working hours of RevOps",
            "working hours of Sales",
        ]
    );
}

/// "funnel: default" of the template: 40 deals, 160 opportunities, 320 SQLs, 534 MQLs a quarter, 178 a month.
#[test]
fn the_funnel_needs_what_the_template_computes() {
    let compiled = compile(&example());
    let model = compiled.model.as_ref().unwrap();
    let goal = model.goals.values().next().unwrap();
    let needed = clausal::evaluate::funnel::needed(goal).unwrap();
    assert_eq!(needed, [534, 320, 160, 40]);
    assert_eq!(needed[0].div_ceil(3), 178);
    // With the number filled in, a promise of one less is found to fall short.
    for (volume, findings) in [("178", 0), ("177", 1)] {
        let mut files = example();
        let text = files.0.values_mut().next().unwrap();
        let open = "tbd \"N, computed from the funnel\"";
        *text = String::from_utf8(text.clone()).unwrap().replace(open, volume).into_bytes();
        let workspace = project::load(&files, &[".".into()]);
        let today = civil::parse_date("2026-03-02").unwrap();
        let (_, found) = check::check(&workspace, today);
        assert_eq!(found.iter().filter(|d| d.rule == "quota-below-goal").count(), findings, "{volume}");
    }
}
