//! One record with a field of every kind, random conditions over it, and random items of it.

use std::fmt::Write as _;

use clausal::evaluate::{Evaluator, Item, Value};
use clausal::logic::Answer;
use clausal::model::{Field, FieldType, Id, Model, Record};
use clausal::worktime::{Day, Instant};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::common::compile_text;

pub const FIELDS: &str = "\
record lead {
  id      key
  n       integer 0..9 optional
  m       integer
  x       number optional
  fee     money(USD)
  ok      boolean
  maybe   boolean optional
  stage   choice of new, open, closed
  source  choice of web, event, ... optional
  tags    choices of hot, cold, big optional
  needs   choices of help, call
  name    text optional ignoring case
  code    text
  born    date optional
  died    date
  seen    datetime optional
  called  datetime
}
record call of lead {
  id      key
  kind    choice of phone, video
  length  integer 0..100
  cost    money(USD) 0.. optional
  done    datetime optional
  happens at done
}
record note of call {
  id      key
  long    boolean
}
score fit of lead {
  +20  when n >= 5
  +30  when stage = open and ok
  -15  when source = web
  add  at least -5 at most 10 from m
  total at least 0
  total at most 50
}
";

/// A moment in the middle of a day, in New York.
pub fn now() -> Instant {
    Instant::from_epoch(
        Day::of(clausal::model::Date { year: 2026, month: 3, day: 2 }).number() * 86_400 + 17 * 3_600,
    )
    .unwrap()
}

/// An agreement with these definitions of leads.
pub fn agreement(definitions: &[String]) -> Model {
    agreement_and(definitions, "")
}

/// The same, and something more behind them.
pub fn agreement_and(definitions: &[String], more: &str) -> Model {
    let mut text = String::from(
        "agreement test { parties a, b  effective 2026-01-01 to 2026-12-31  zone America/New_York  review every year }\n\
         party a {}\nparty b {}\n",
    );
    text.push_str(FIELDS);
    for (number, condition) in definitions.iter().enumerate() {
        writeln!(text, "definition d{number} {{ means lead where {condition} }}").unwrap();
    }
    text.push_str(more);
    let compiled = compile_text(&text);
    let messages = compiled.messages();
    assert!(messages.is_empty(), "{text}\n{}", messages.join("\n"));
    compiled.model.unwrap()
}

pub fn lead(model: &Model) -> Id<Record> {
    model.records.iter().find(|(_, r)| r.head.name.text == "lead").unwrap().0
}

/// Simple conditions whose answers are exact.
pub fn exact() -> BoxedStrategy<String> {
    let op = || prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let equal = || prop::sample::select(vec!["=", "!="]);
    prop_oneof![
        (op(), -1..11_i32).prop_map(|(op, n)| format!("n {op} {n}")),
        (op(), 0..4_i32).prop_map(|(op, n)| format!("m {op} {n}")),
        (op(), prop::sample::select(vec!["0", "0.5", "1", "1.5", "-2"]))
            .prop_map(|(op, n)| format!("x {op} {n}")),
        (op(), 1..3_i32).prop_map(|(op, n)| format!("fee {op} ${n}k")),
        (0..9_i32, 0..9_i32).prop_map(|(a, b)| format!("n between {a} and {b}")),
        Just("n = m".into()),
        (op(), -2..3_i32).prop_map(|(op, k)| format!("n + m {op} {k}")),
        (op(), -2..3_i32).prop_map(|(op, k)| format!("n - m {op} {k}")),
        op().prop_map(|op| format!("n {op} m")),
        Just("ok".into()),
        Just("maybe".into()),
        Just("not maybe".into()),
        (equal(), prop::sample::select(vec!["new", "open", "closed"]))
            .prop_map(|(op, v)| format!("stage {op} {v}")),
        (equal(), prop::sample::select(vec!["web", "event"])).prop_map(|(op, v)| format!("source {op} {v}")),
        Just("stage in [new, open]".into()),
        prop::sample::select(vec!["hot", "cold", "big"]).prop_map(|v| format!("tags contains {v}")),
        prop::sample::select(vec!["help", "call"]).prop_map(|v| format!("needs contains {v}")),
        prop::sample::select(vec!["n", "x", "maybe", "source", "tags", "name", "born", "seen"])
            .prop_map(|f| format!("{f} is blank")),
        (equal(), prop::sample::select(vec!["Ann", "ann", "Anna", "Bo"]))
            .prop_map(|(op, v)| format!("name {op} \"{v}\"")),
        prop::sample::select(vec!["an", "ANN", "b"]).prop_map(|v| format!("name starts with \"{v}\"")),
        prop::sample::select(vec!["a", "ab", "c"]).prop_map(|v| format!("code starts with \"{v}\"")),
        (equal(), prop::sample::select(vec!["a", "ab", "abc"]))
            .prop_map(|(op, v)| format!("code {op} \"{v}\"")),
        (op(), 1..5_i32).prop_map(|(op, d)| format!("born {op} 2026-03-0{d}")),
        (op(), 1..5_i32).prop_map(|(op, d)| format!("died {op} 2026-03-0{d}")),
        op().prop_map(|op| format!("born {op} died")),
        (1..4_i32).prop_map(|d| format!("died within {d} calendar days of born")),
        op().prop_map(|op| format!("born {op} today")),
        (1..3_i32).prop_map(|d| format!("died older than {d} calendar days")),
        (op(), 9..12_i32).prop_map(|(op, h)| format!("seen {op} 2026-03-02 {h:02}:00")),
        op().prop_map(|op| format!("seen {op} called")),
        op().prop_map(|op| format!("called {op} now")),
        (1..4_i32).prop_map(|h| format!("seen within {h} hours of called")),
        (1..4_i32).prop_map(|h| format!("called older than {h} hours")),
        (-1..56_i32).prop_map(|k| format!("fit >= {k}")),
        (op(), 0..11_i32).prop_map(|(op, k)| format!("fit {op} {}", 5 * k)),
    ]
    .boxed()
}

/// Conditions that are partly guessed.
fn rough() -> BoxedStrategy<String> {
    prop_oneof![
        prop::sample::select(vec!["an", "bo", "n"]).prop_map(|v| format!("name contains \"{v}\"")),
        prop::sample::select(vec!["a", "b", "bc"]).prop_map(|v| format!("code contains \"{v}\"")),
        (1..3_i32).prop_map(|d| format!("called older than {d} calendar days")),
        (1..3_i32).prop_map(|d| format!("seen within {d} calendar days of called")),
        Just("born older than 1 month".into()),
        (0..3_i32).prop_map(|n| format!("n * m > {n}")),
        (0..3_i32).prop_map(|n| format!("m * 0.5 < {n}")),
        Just("name = code".into()),
        (0..3_i32).prop_map(|n| format!("count of call >= {n}")),
        (0..3_i32).prop_map(|n| format!("count of call where kind = phone < {n}")),
        Just("any call where kind = phone".into()),
        Just("no call".into()),
        (0..3_i32).prop_map(|n| format!("sum of call.length > {n}")),
        Just("latest call.done is blank".into()),
        Just("latest call.done older than 2 hours".into()),
    ]
    .boxed()
}

/// Conditions of several parts.
pub fn condition(parts: BoxedStrategy<String>) -> BoxedStrategy<String> {
    parts
        .prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(|p| format!("({})", p.join(" and "))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|p| format!("({})", p.join(" or "))),
                inner.clone().prop_map(|p| format!("not ({p})")),
                prop::collection::vec(inner, 3..5).prop_map(|p| format!("at least 2 of ({})", p.join(", "))),
            ]
        })
        .boxed()
}

pub fn any_condition() -> BoxedStrategy<String> {
    condition(prop_oneof![3 => exact(), 1 => rough()].boxed())
}

/// A value that a field may hold, out of a few near the boundaries of the conditions.
fn value(field: &Field) -> BoxedStrategy<Value> {
    let number = |all: &[&str]| {
        let all: Vec<Value> = all.iter().map(|n| Value::Number(n.parse().unwrap())).collect();
        prop::sample::select(all).boxed()
    };
    let texts = |all: &[&str]| {
        prop::sample::select(all.iter().map(|t| Value::Text((*t).to_owned())).collect::<Vec<_>>()).boxed()
    };
    let filled = match (&field.ty, field.name.text.as_str()) {
        (FieldType::Integer, "n") => (0..10_i64).prop_map(|n| Value::Number(n.into())).boxed(),
        (FieldType::Integer, "length") => {
            prop::sample::select(vec![0_i64, 9, 10, 60, 100]).prop_map(|n| Value::Number(n.into())).boxed()
        }
        (FieldType::Integer, _) => (-3..6_i64).prop_map(|n| Value::Number(n.into())).boxed(),
        (FieldType::Number, _) => {
            number(&["-2", "-1.999999", "0", "0.4", "0.5", "0.500001", "1", "1.5", "7"])
        }
        (FieldType::Money(_), _) => number(&["0", "999.99", "1000", "1000.01", "2000", "5000"]),
        (FieldType::Boolean, _) => any::<bool>().prop_map(Value::Boolean).boxed(),
        (FieldType::Choice(values), name) => {
            let mut all: Vec<Value> = values.names.iter().map(|n| Value::Choice(n.text.clone())).collect();
            if name == "source" {
                all.push(Value::Choice("fair".into()));
            }
            prop::sample::select(all).boxed()
        }
        (FieldType::Choices(values), _) => {
            let all: Vec<String> = values.names.iter().map(|n| n.text.clone()).collect();
            let most = all.len();
            prop::sample::subsequence(all, 1..=most)
                .prop_map(|v| Value::Choices(v.into_iter().collect()))
                .boxed()
        }
        (_, "name") => texts(&["Ann", "ann", "ANNA", "an", "Bo", "b", "Nan", "zed"]),
        (FieldType::Date, _) => {
            (1..6_u8).prop_map(|day| Value::Date(clausal::model::Date { year: 2026, month: 3, day })).boxed()
        }
        (FieldType::DateTime, _) => prop_oneof![
            (-5..5_i64).prop_map(|h| Value::Moment(now().plus(h * 3600).unwrap())),
            (-4..2_i64, -1..2_i64).prop_map(|(h, s)| Value::Moment(now().plus(h * 86_400 + s).unwrap())),
        ]
        .boxed(),
        _ => texts(&["a", "ab", "abc", "b", "c", "cab", "xbc"]),
    };
    match field.presence {
        clausal::model::record::Presence::Optional => {
            prop_oneof![1 => Just(Value::Blank), 3 => filled].boxed()
        }
        clausal::model::record::Presence::Required => filled,
    }
}

fn item_of(record: &Record) -> BoxedStrategy<Item> {
    let values: Vec<BoxedStrategy<Value>> = record.fields.values().map(value).collect();
    let record = record.clone();
    values
        .prop_map(move |values| {
            record
                .fields
                .ids()
                .zip(values)
                .fold(Item::blank(&record), |item, (id, value)| item.with(id, value))
        })
        .boxed()
}

/// An item of the record `lead`, with children.
pub fn item(model: &Model) -> BoxedStrategy<Item> {
    let find = |name: &str| model.records.iter().find(|(_, r)| r.head.name.text == name).unwrap();
    let ((call, calls), (note, notes)) = (find("call"), find("note"));
    let with = |parent: BoxedStrategy<Item>, record: Id<Record>, child: BoxedStrategy<Item>| {
        (parent, prop::collection::vec(child, 0..4))
            .prop_map(move |(item, all)| all.into_iter().fold(item, |item, one| item.with_child(record, one)))
            .boxed()
    };
    with(item_of(find("lead").1), call, with(item_of(calls), note, item_of(notes)))
}

/// Whether an item is one of each of some definitions.
pub fn is_all(evaluator: &Evaluator<'_>, item: &Item, count: usize) -> bool {
    let model = evaluator.model();
    model.definitions.ids().take(count).all(|id| evaluator.is(id, item))
}

/// An item that is found by chance must have been thought possible.
pub fn none_is_found(
    evaluator: &Evaluator<'_>,
    count: usize,
    answer: &Answer,
    tries: usize,
) -> Result<(), TestCaseError> {
    let mut runner = TestRunner::deterministic();
    let items = item(evaluator.model());
    for _ in 0..tries {
        let item = items.new_tree(&mut runner).unwrap().current();
        if is_all(evaluator, &item, count) {
            prop_assert!(!answer.is_impossible(), "{item:?}");
            break;
        }
    }
    Ok(())
}
