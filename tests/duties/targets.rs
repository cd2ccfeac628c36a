//! What the queries and the CRM rules do not know they say, for every commitment that has it, and make nothing of it.

use clausal::targets::{Output, salesforce, sql};

use crate::compiled;

/// The remarks of an output, in order.
fn remarks(output: &Output) -> Vec<&str> {
    output.diagnostics.iter().filter(|d| d.rule == "not-enforced").map(|d| d.message.as_str()).collect()
}

fn text(output: &Output) -> String {
    output.artifacts.iter().map(|a| String::from_utf8_lossy(&a.bytes).into_owned()).collect()
}

fn of_sql(source: &str) -> Output {
    let compiled = compiled(source);
    sql::generate(compiled.model(), &compiled.config)
}

fn of_salesforce(source: &str) -> Output {
    let compiled = compiled(source);
    salesforce::generate(compiled.model(), &compiled.config)
}

/// Whether some remark is about a commitment, and gives this reason.
fn says(output: &Output, name: &str, why: &str) -> bool {
    let named = format!("`{name}`");
    remarks(output).iter().any(|remark| remark.contains(&named) && remark.contains(why))
}

#[test]
fn queries_list_the_forms_they_do_not_count() {
    let output = of_sql(include_str!("forms.clause"));
    for (name, why) in [
        ("briefing", "lead time"),
        ("setup", "lead time"),
        ("patience", "for a time"),
        ("rejection", "permission"),
        ("cleaning", "permission"),
    ] {
        assert!(says(&output, name, why), "{name}: {:#?}", remarks(&output));
        assert!(!text(&output).contains(&format!("commitment_{name}")), "{name}");
    }
}

#[test]
fn attempts_and_what_recurs_are_listed() {
    let source = include_str!("recurring.clause");
    let output = of_sql(source);
    for (name, why) in [
        ("high_touch", "counts attempts"),
        ("light_touch", "counts attempts"),
        ("pipeline_review", "about no record"),
        ("quarterly", "about no record"),
    ] {
        assert!(says(&output, name, why), "{name}: {:#?}", remarks(&output));
        assert!(!text(&output).contains(&format!("commitment_{name}")), "{name}");
    }
    let output = of_salesforce(source);
    assert!(says(&output, "high_touch", "does not count") && says(&output, "standup", "about no record"));
}

#[test]
fn queries_list_the_clauses_they_do_not_count() {
    let output = of_sql(include_str!("links.clause"));
    for (name, why) in [
        ("by_region", "clock depends"),
        ("by_source", "clock depends"),
        ("by_person", "clock depends"),
        ("assigned", "starts when"),
        ("web_later", "`events_first` has priority"),
        ("hold", "`spring` has priority"),
    ] {
        assert!(says(&output, name, why), "{name}: {:#?}", remarks(&output));
        assert!(!text(&output).contains(&format!("commitment_{name}")), "{name}");
    }
    // What takes precedence is counted as it stands.
    assert!(text(&output).contains("commitment_events_first"));
    let output = of_sql(include_str!("pauses.clause"));
    assert!(says(&output, "reply", "paused from") && says(&output, "decision", "paused from"));
    let provided = "commitment volume { manager must deliver at least 2 mql per month }\n\
        commitment part { sdr must accept at least 60% of mql per month  met when status = working  provided volume is met }\n\
        commitment other { manager must deliver at least 2 mql per week }\n\
        exception spring { excuses other  until 2026-03-31 }";
    let output = of_sql(provided);
    assert!(says(&output, "part", "provided") && says(&output, "other", "exception `spring`"));
    assert!(text(&output).contains("commitment_volume"));
}

#[test]
fn rules_refuse_nothing_that_a_right_allows() {
    let output = of_salesforce(include_str!("links.clause"));
    assert!(says(&output, "hold", "`spring` has priority"), "{:#?}", remarks(&output));
    assert!(says(&output, "spring", "right"));
    let of_hold = |output: &Output| {
        output
            .artifacts
            .iter()
            .any(|a| a.path.contains("validationRules") && a.path.to_lowercase().contains("hold"))
    };
    assert!(!of_hold(&output));
    let without = include_str!("links.clause").replace("  priority over hold\n", "");
    let output = of_salesforce(&without);
    assert!(of_hold(&output));
}

#[test]
fn rules_list_the_forms_and_the_exceptions() {
    let output = of_salesforce(include_str!("forms.clause"));
    for name in ["briefing", "setup", "patience", "rejection", "cleaning"] {
        assert!(says(&output, name, ""), "{name}: {:#?}", remarks(&output));
    }
    assert!(says(&of_salesforce(include_str!("pauses.clause")), "fair", "leave"));
}
