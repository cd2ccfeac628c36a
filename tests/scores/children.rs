//! What questions about child records mean.

use crate::support::{at, compile, holds, it, lead};
use clausal::evaluate::Evaluator;

const NOW: &str = "2026-03-20 12:00";

#[test]
fn counting_looks_at_each_child_alone() {
    let three = r#"{ "activity": [
        { "kind": "call", "minutes": 6, "answered": true },
        { "kind": "call", "minutes": 2 },
        { "kind": "email", "minutes": 9 },
        {}
    ] }"#;
    for (condition, expected) in [
        ("count of activity = 4", true),
        ("count of activity where kind = call = 2", true),
        ("count of activity where kind = call >= 3", false),
        ("3 > count of activity where kind = call", true),
        ("count of activity where (kind = call and minutes >= 5) = 1", true),
        ("count of activity where (kind = call or minutes >= 5) = 3", true),
        ("count of activity where not kind = call = 2", true),
        ("count of activity where kind is blank = 1", true),
        ("count of activity where (answered) between 1 and 1", true),
        ("count of activity where (not answered) = 3", true),
        ("(count of activity) * 2 - (count of activity where kind = email) = 7", true),
        ("any activity where kind = meeting", false),
        ("no activity where kind = meeting", true),
        ("not any activity where kind = meeting", true),
        ("any activity where kind = call and any activity where minutes = 9", true),
        ("any activity where (kind = call and minutes = 9)", false),
        ("sum of activity.minutes = 17", true),
        ("sum of activity.minutes where kind = meeting = 0", true),
        ("sum of activity.cost < $1", true),
        ("no visit", true),
    ] {
        assert_eq!(holds(condition, three, NOW), expected, "{condition}");
    }
}

#[test]
fn a_lead_without_children_has_none_of_them() {
    for (condition, expected) in [
        ("count of activity = 0", true),
        ("any activity", false),
        ("no activity", true),
        ("sum of activity.minutes = 0", true),
        ("latest activity.done_at is blank", true),
        ("latest activity.done_at is set", false),
        // A comparison with a blank does not hold, and `not` of it does.
        ("latest activity.done_at <= now", false),
        ("not latest activity.done_at <= now", true),
        ("latest activity.done_at older than 3 calendar days", false),
        ("latest activity.done_at within 2 hours of mql_at", false),
    ] {
        assert_eq!(holds(condition, r#"{ "mql_at": "2026-03-06 16:30" }"#, NOW), expected, "{condition}");
    }
}

#[test]
fn looking_back_counts_neither_the_future_nor_what_has_no_moment() {
    let call = |done_at: &str| format!(r#"{{ "activity": [{{ "kind": "call", "done_at": {done_at} }}] }}"#);
    let last_30 = "any activity in the last 30 calendar days";
    for (done_at, now, expected) in [
        // 30 calendar days end at 24:00 of the local day 30 days later; at that moment they are not over yet.
        ("\"2026-03-06 17:00\"", "2026-04-05 23:59:59", true),
        ("\"2026-03-06 17:00\"", "2026-04-06 00:00:00", true),
        ("\"2026-03-06 17:00\"", "2026-04-06 00:00:01", false),
        ("\"2026-03-06 17:00\"", "2026-03-06 17:00:00", true),
        ("\"2026-03-06 17:00\"", "2026-03-06 16:59:59", false),
        ("null", "2026-03-06 17:00", false),
    ] {
        assert_eq!(holds(last_30, &call(done_at), now), expected, "{done_at} {now}");
    }
    // The clocks go forward on 8 March: 2 hours are 2 hours.
    let last_2 = "any activity in the last 2 hours";
    assert!(holds(last_2, &call("\"2026-03-08 01:30\""), "2026-03-08 04:30"));
    assert!(!holds(last_2, &call("\"2026-03-08 01:30\""), "2026-03-08 04:30:01"));
    // A month after the 31st of January ends on the last of February.
    let month = "any activity in the last 1 month";
    assert!(holds(month, &call("\"2026-01-31 09:00\""), "2026-02-28 23:59"));
    assert!(!holds(month, &call("\"2026-01-31 09:00\""), "2026-03-01 00:01"));
}

#[test]
fn windows_go_by_fields_of_the_parent() {
    let json = |mql_at: &str| {
        format!(
            r#"{{ "mql_at": {mql_at}, "activity": [
                {{ "done_at": "2026-03-06 16:00" }}, {{ "done_at": "2026-03-06 17:00" }},
                {{ "done_at": "2026-03-06 18:00" }}, {{}} ] }}"#
        )
    };
    for (condition, with, without) in [
        ("count of activity after mql_at = 1", true, false),
        ("count of activity before mql_at = 1", true, false),
        ("count of activity within 1 hour of mql_at = 2", true, false),
        ("count of activity within 0.5 hours of mql_at = 1", true, false),
        // A blank moment of the parent: none is counted.
        ("no activity after mql_at", false, true),
        ("no activity before mql_at", false, true),
        ("no activity within 1 hour of mql_at", false, true),
    ] {
        assert_eq!(holds(condition, &json("\"2026-03-06 17:00\""), NOW), with, "{condition}");
        assert_eq!(holds(condition, &json("null"), NOW), without, "{condition} of a blank");
    }
}

#[test]
fn children_may_happen_on_days() {
    let json = r#"{ "signed_on": "2026-03-06", "visit": [
        { "page": "/price", "day": "2026-03-05" }, { "page": "/price", "day": "2026-03-06" },
        { "page": "/price", "day": "2026-04-05" }, { "page": "/price" } ] }"#;
    for (condition, now, expected) in [
        ("count of visit in the last 30 days = 2", "2026-04-04 23:59", true),
        ("count of visit in the last 30 days = 2", "2026-04-05 00:00", true),
        ("count of visit in the last 30 days = 1", "2026-04-06 00:00", true),
        ("count of visit after signed_on = 1", NOW, true),
        ("count of visit before signed_on = 1", NOW, true),
        ("count of visit within 30 days of signed_on = 2", NOW, true),
        ("latest visit.day = 2026-04-05", NOW, true),
        ("earliest visit.day < signed_on", NOW, true),
        ("latest visit.day older than 14 days", "2026-04-19 12:00", false),
        ("latest visit.day older than 14 days", "2026-04-20 00:00", true),
    ] {
        assert_eq!(holds(condition, json, now), expected, "{condition} {now}");
    }
}

#[test]
fn the_latest_and_the_earliest_skip_blanks() {
    let json = r#"{ "mql_at": "2026-03-06 16:30", "activity": [
        { "kind": "call", "done_at": "2026-03-06 17:00" }, { "kind": "email", "done_at": "2026-03-09 09:00" },
        { "kind": "call" } ] }"#;
    for (condition, expected) in [
        ("latest activity.done_at = 2026-03-09 09:00", true),
        ("earliest activity.done_at = 2026-03-06 17:00", true),
        ("latest activity.done_at where kind = call = 2026-03-06 17:00", true),
        ("latest activity.done_at where kind = call within 30 minutes of mql_at", true),
        ("latest activity.done_at where kind = call within 29 minutes of mql_at", false),
        ("latest activity.done_at older than 14 calendar days", false),
        ("earliest activity.done_at older than 13 calendar days", true),
        ("latest activity.done_at between 2026-03-09 00:00 and now", true),
        ("latest activity.done_at where kind = meeting is blank", true),
    ] {
        assert_eq!(holds(condition, json, NOW), expected, "{condition}");
    }
}

#[test]
fn children_have_children() {
    let json = r#"{ "activity": [
        { "kind": "call", "reply": [{ "text": "yes", "sent_at": "2026-03-06 18:00" }] }, { "kind": "email" } ] }"#;
    for (condition, expected) in [
        ("count of activity where (any reply) = 1", true),
        ("count of activity where (no reply where text = yes) = 1", true),
        ("any activity where (kind = email and any reply)", false),
        ("any activity where (latest reply.sent_at < now)", true),
    ] {
        assert_eq!(holds(condition, json, NOW), expected, "{condition}");
    }
}

#[test]
fn what_is_open_about_children_is_a_gap() {
    for (condition, gap) in [
        ("any activity where (tbd \"which\")", true),
        ("count of activity where kind = call >= tbd", true),
        ("any activity in the last tbd", true),
        ("any activity where (odd)", true),
        ("any activity in the last 3 days", false),
    ] {
        let more = format!(
            "definition odd {{ means activity where tbd }}\ndefinition it {{ means lead where {condition} }}\n"
        );
        let compiled = compile(&more);
        let model = compiled.model();
        let evaluator = Evaluator::new(model, at(NOW));
        let (id, _) = model.definitions.iter().find(|(_, d)| d.head.name.text == "it").expect("it");
        assert_eq!(evaluator.definition_gap(id).is_some(), gap, "{condition}");
        assert!(!evaluator.is(id, &lead(model, "{}")), "{condition}");
    }
}

#[test]
fn both_orders_of_the_parts_mean_the_same() {
    let meaning = |condition: &str| {
        let compiled = it(condition);
        let model = compiled.model();
        clausal::targets::docs::generate(model, &compiled.config).artifacts
    };
    let usual = meaning("count of activity where kind = call in the last 30 calendar days >= 3");
    assert_eq!(meaning("count of activity in the last 30 days where kind = call >= 3"), usual);
}
