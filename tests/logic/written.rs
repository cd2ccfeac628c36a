//! Conditions as people write them.

use clausal::logic::{Answer, Content, Space};
use clausal::model::Model;

use crate::support::{agreement, lead, now};

fn answer(conditions: &[&str]) -> (Model, Answer) {
    let conditions: Vec<String> = conditions.iter().map(|c| (*c).to_owned()).collect();
    let model = agreement(&conditions);
    let mut space = Space::new(&model, lead(&model), now());
    let all: Vec<_> = model.definitions.ids().map(|id| space.definition(id)).collect();
    let answer = space.decide(&all);
    drop(space);
    (model, answer)
}

/// The fields of the example, as `field value`.
fn example(conditions: &[&str]) -> Vec<String> {
    let (model, answer) = answer(conditions);
    let Answer::Possible(example) = answer else { panic!("{answer:?}") };
    let fields = &model.records[lead(&model)].fields;
    let shown = |content: &Content| match content {
        Content::Value(clausal::model::Constant::Number(n)) => n.to_string(),
        Content::Value(clausal::model::Constant::Text(t) | clausal::model::Constant::Choice(t)) => t.clone(),
        Content::Value(clausal::model::Constant::Date(d)) => d.to_string(),
        other => format!("{other:?}"),
    };
    example
        .fields
        .iter()
        .map(|(id, content)| format!("{} {}", fields[*id].name.text, shown(content)))
        .collect()
}

#[test]
fn examples_show_boundaries_and_only_what_matters() {
    assert_eq!(example(&["n >= 3", "n <= 3 or m > 5"]), ["n 3"]);
    assert_eq!(example(&["m > 60 and stage = open", "m > 40"]), ["m 70", "stage open"]);
    assert_eq!(example(&["not (n > 3)", "not (n <= 3)"]), ["n Blank"]);
    assert_eq!(example(&["source not in [web, event]", "source is set"]), ["source other"]);
    assert_eq!(example(&["name = \"Ann\"", "name starts with \"an\""]), ["name Ann"]);
    assert_eq!(example(&["name contains \"corp\" and name starts with \"Acme\""]), ["name Acme corp"]);
    assert_eq!(example(&["born > 2026-05-01"]), ["born 2026-05-02"]);
}

/// What is said of the children in the example.
fn children(conditions: &[&str]) -> Vec<String> {
    let (model, answer) = answer(conditions);
    let Answer::Possible(example) = answer else { panic!("{answer:?}") };
    let alike = example.children.iter().map(|alike| {
        let record = &model.records[alike.record];
        let fields = alike.fields.iter().map(|(id, content)| match content {
            Content::Value(value) => format!("{} {value:?}", record.fields[*id].name.text),
            Content::Moment(at) => {
                format!("{} {}h", record.fields[*id].name.text, (at.epoch() - now().epoch()) / 3600)
            }
            other => format!("{} {other:?}", record.fields[*id].name.text),
        });
        let all: Vec<String> =
            [format!("{} {}", alike.count, record.head.name)].into_iter().chain(fields).collect();
        all.join(", ")
    });
    let none = example.without.iter().map(|record| format!("no {}", model.records[*record].head.name));
    alike.chain(none).collect()
}

#[test]
fn examples_have_as_few_children_as_will_do() {
    assert_eq!(children(&["no call where kind = phone"]), ["no call"]);
    assert_eq!(children(&["any call", "count of call <= 6"]), ["1 call"]);
    assert_eq!(children(&["count of call > 12"]), ["13 call"]);
    assert_eq!(
        children(&["count of call >= 2", "no call where kind = phone"]),
        ["2 call, kind Choice(\"video\")"]
    );
    assert_eq!(
        children(&["any call where length >= 10", "count of call where length < 10 >= 2"]),
        ["1 call, length Number(10)", "2 call, length Number(0)"]
    );
    assert_eq!(children(&["count of call in the last 2 hours >= 3"]), ["3 call, done 0h"]);
    assert_eq!(children(&["latest call.done older than 2 hours"]), ["1 call, done -3h"]);
    assert_eq!(children(&["sum of call.length = 201"]), ["3 call, length Number(67)"]);
}

#[test]
fn numbers_are_as_round_as_they_can_be() {
    assert_eq!(example(&["x > 0"]), ["x 1"]);
    assert_eq!(example(&["x > 1.5"]), ["x 2"]);
    assert_eq!(example(&["x > 0.2 and x < 0.42"]), ["x 0.3"]);
    assert_eq!(example(&["x < -61.5"]), ["x -70"]);
    assert_eq!(example(&["x > 1 and x < 1.000002"]), ["x 1.000001"]);
}

#[test]
fn of_a_score_only_the_rows_are_shown_that_it_takes() {
    let few = example(&["fit >= 20 and m = 0 and source = event"]);
    assert_eq!(few, ["n 5", "m 0", "source event"]);
    let few = example(&["fit > 20 and m = 1 and ok and source = event"]);
    assert_eq!(few, ["n 5", "m 1", "ok Value(Boolean(true))", "source event"]);
}

#[test]
fn what_the_record_promises_is_taken_into_account() {
    for impossible in [
        "n > 9",
        "m is blank",
        "stage not in [new, open, closed]",
        "not (needs contains help) and not (needs contains call)",
        "m > 1 and m < 2",
        "code starts with \"ab\" and code = \"b\"",
        "code contains \"b\" and code = \"a\"",
        "code starts with \"abc\" and not (code contains \"bc\")",
        "born < died and died < born",
        "n > m and m > n",
        "called older than 2 hours and not (called older than 1 hour)",
        "called older than 60 calendar days and not (called older than 30 calendar days)",
        "seen within 2 hours of called and seen < called",
        "no call and (any call where kind = phone)",
        "count of call where kind = phone > count of call",
        "sum of call.length < 0",
        "no call and latest call.done is set",
        "no call and earliest call.done <= now",
        "any call where (kind = phone and kind = video)",
        "any call where length > 100",
        "count of call where length >= 10 < count of call where length >= 20",
        "any call and (no call where kind = phone) and (no call where kind = video)",
        "count of call where kind = phone >= 2 and count of call where kind = video >= 2 and count of call < 4",
        "(any call where length > 10) and sum of call.length <= 10",
        "count of call < 3 and sum of call.length > 200",
        "latest call.done < earliest call.done",
        "(any call after seen) and seen is blank",
        "any call where (no note) and (no call where (count of note < 2))",
        "fit > 50",
        "fit < 0",
        "fit >= 45 and n < 5",
        "fit >= 40 and stage = new",
        "fit > 20 and not ok and m <= 0",
        "fit > 45 and source = web",
        "not (fit >= 0)",
    ] {
        assert!(answer(&[impossible]).1.is_impossible(), "{impossible}: {:?}", answer(&[impossible]).1);
    }
    for possible in ["x > 1 and x < 2", "m > 1 and m < 3", "n is blank", "not (maybe) and maybe is set"] {
        assert!(matches!(answer(&[possible]).1, Answer::Possible(_)), "{possible}");
    }
}
