//! A record with a field of every type, random conditions on it, and random records.

use clausal::evaluate::{Item, Value};
use clausal::model::{FieldType, Model};
use clausal::worktime::{Instant, civil};
use proptest::prelude::*;

use crate::engine::{Record, V};

/// The moment at which everything is saved: 2026-03-10 09:00 in UTC.
pub const NOW: i64 = 1_773_133_200;

/// An agreement around some blocks.
pub fn agreement(blocks: &str) -> String {
    format!(
        "agreement fuzz {{ parties p  effective 2026-01-01  zone Europe/Berlin }}\nparty p {{}}\n\
         role rep {{}}\n\
         record deal {{\n  title text optional\n  code text optional ignoring case\n  score integer optional\n  \
         fit number optional\n  rate percent optional\n  price money(EUR) optional\n  vip boolean optional\n  \
         born date optional\n  due date optional\n  opened datetime optional\n  closed datetime optional\n  \
         kind choice of a, b, \"c \\\"d\\\"\" optional\n  other choice of a, b, \"x\\\\y\" optional\n  \
         tags choices of one, \"two 2\" optional\n  stage choice of s0, s1, s2, s3, s4 optional\n}}\n{blocks}\n"
    )
}

/// Single tests on the record, of every kind.
pub fn leaf() -> impl Strategy<Value = String> {
    let sign = || prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let equality = || prop::sample::select(vec!["=", "!="]);
    prop_oneof![
        (equality(), prop::sample::select(vec!["US", "us", "x \\\"y\\\" \\\\", "z"]))
            .prop_map(|(sign, text)| format!("title {sign} \"{text}\"")),
        Just("title in [US, z]".to_owned()),
        Just("title not in [US, z]".to_owned()),
        Just("title starts with \"U\"".to_owned()),
        Just("title contains \"S\"".to_owned()),
        (equality(), prop::sample::select(vec!["OK", "i", "z"]))
            .prop_map(|(sign, text)| format!("code {sign} \"{text}\"")),
        prop::sample::select(vec!["K", "i", "o"]).prop_map(|t| format!("code starts with \"{t}\"")),
        prop::sample::select(vec!["K", "i", "ki"]).prop_map(|t| format!("code contains \"{t}\"")),
        (sign(), -1..4).prop_map(|(sign, n)| format!("score {sign} {n}")),
        (sign(), 0..4).prop_map(|(sign, n)| format!("{n} {sign} score")),
        (sign(), 0..4).prop_map(|(sign, n)| format!("score + score * fit - 1 {sign} {n}")),
        sign().prop_map(|sign| format!("fit {sign} score")),
        sign().prop_map(|sign| format!("fit {sign} 1.5")),
        Just("score between 0 and 2".to_owned()),
        Just("score in [0, 2]".to_owned()),
        (sign(), prop::sample::select(vec!["0%", "57%", "99.5%"])).prop_map(|(s, n)| format!("rate {s} {n}")),
        Just("rate between 0% and 57%".to_owned()),
        sign().prop_map(|sign| format!("price {sign} EUR 10.5")),
        sign().prop_map(|sign| format!("price * 2 {sign} EUR 21")),
        prop::sample::select(vec!["vip", "vip = false", "vip != true"]).prop_map(str::to_owned),
        sign().prop_map(|sign| format!("born {sign} 2026-03-31")),
        sign().prop_map(|sign| format!("born {sign} due")),
        prop::sample::select(vec!["3 calendar days", "2 weeks"])
            .prop_map(|d| format!("due within {d} of born")),
        sign().prop_map(|sign| format!("opened {sign} now")),
        sign().prop_map(|sign| format!("opened {sign} 2026-03-29 02:30")),
        sign().prop_map(|sign| format!("closed {sign} opened")),
        prop::sample::select(vec!["2 hours", "90 minutes"])
            .prop_map(|d| format!("closed within {d} of opened")),
        prop::sample::select(vec!["2 hours", "1 minute"]).prop_map(|d| format!("opened older than {d}")),
        (equality(), prop::sample::select(vec!["a", "\"c \\\"d\\\"\""]))
            .prop_map(|(sign, value)| format!("kind {sign} {value}")),
        Just("kind in [a, \"c \\\"d\\\"\"]".to_owned()),
        equality().prop_map(|sign| format!("kind {sign} other")),
        prop::sample::select(vec!["one", "\"two 2\""]).prop_map(|v| format!("tags contains {v}")),
        (prop::sample::select(FIELDS.to_vec()), prop::sample::select(vec!["blank", "set"]))
            .prop_map(|(field, is)| format!("{field} is {is}")),
    ]
}

/// Conditions on the record.
pub fn condition() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let some = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            some.clone().prop_map(|parts| format!("({})", parts.join(" and "))),
            some.clone().prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|inner| format!("not ({inner})")),
            (1..4_usize, some).prop_map(|(n, parts)| format!(
                "at least {} of ({})",
                n.min(parts.len()),
                parts.join(", ")
            )),
        ]
    })
}

/// The fields, without the stage.
pub const FIELDS: [&str; 14] = [
    "title", "code", "score", "fit", "rate", "price", "vip", "born", "due", "opened", "closed", "kind",
    "other", "tags",
];

/// Values of every field, as indices into what each can hold.
pub type Picks = Vec<usize>;

pub fn picks() -> impl Strategy<Value = Picks> {
    prop::collection::vec(0..6_usize, FIELDS.len() + 1)
}

/// A record with these values.
pub fn item(model: &Model, picks: &Picks) -> Item {
    let record = model.records.values().next().unwrap();
    let mut item = Item::blank(record);
    for ((id, field), pick) in record.fields.iter().zip(picks) {
        item.set(id, held(&field.name.text, &field.ty, *pick));
    }
    item
}

fn held(name: &str, ty: &FieldType, pick: usize) -> Value {
    let text = |values: [&str; 6]| Value::Text(values[pick].to_owned());
    let number = |values: [&str; 5]| match values.get(pick) {
        Some(n) => Value::Number(n.parse().unwrap()),
        None => Value::Blank,
    };
    let moment = |seconds: [i64; 5]| match seconds.get(pick) {
        Some(s) => Value::Moment(Instant::from_epoch(*s).unwrap()),
        None => Value::Blank,
    };
    match (name, ty) {
        ("title", _) => text(["", "US", "us", "x \"y\" \\", "Ux", "z"]),
        ("code", _) => text(["", "ok", "OK", "o\u{212a}", "\u{130}", "kIx"]),
        (_, FieldType::Integer) => number(["0", "1", "2", "3", "-1"]),
        (_, FieldType::Number) => number(["0", "1.5", "0.25", "-1", "2"]),
        (_, FieldType::Percent) => number(["0", "57", "99.5", "100", "12"]),
        (_, FieldType::Money(_)) => number(["0", "10.5", "10.49", "100", "11"]),
        // A checkbox is never blank.
        (_, FieldType::Boolean) => Value::Boolean(pick.is_multiple_of(2)),
        (_, FieldType::Date) => {
            let date = |text| Value::Date(civil::parse_date(text).unwrap());
            match pick {
                0 => date("2026-03-31"),
                1 => date("2026-03-28"),
                2 => date("2026-04-13"),
                3 => date("2026-04-14"),
                _ => Value::Blank,
            }
        }
        // Among them the hour that clocks skip in the zone of the agreement.
        (_, FieldType::DateTime) => {
            moment([NOW, NOW - 7_200, NOW - 7_201, 1_774_746_000, 1_774_746_000 - 5_400])
        }
        (_, FieldType::Choice(values)) => match values.names.get(pick) {
            Some(name) => Value::Choice(name.text.clone()),
            None => Value::Blank,
        },
        (_, FieldType::Choices(values)) => {
            let some = values.names.iter().enumerate().filter(|(i, _)| pick & (1 << i) != 0);
            Value::Choices(some.map(|(_, name)| name.text.clone()).collect())
        }
        other => panic!("{other:?}"),
    }
}

/// The name by the convention.
pub fn api(field: &str) -> String {
    let (first, rest) = field.split_at(1);
    format!("SLA_{}{rest}__c", first.to_uppercase())
}

/// The same record as Salesforce holds it.
pub fn stored(model: &Model, item: &Item) -> Record {
    let record = model.records.values().next().unwrap();
    let of = |ty: &FieldType, value: &Value| match (value, ty) {
        (Value::Blank, FieldType::Choice(_)) => V::Picklist(None),
        (Value::Blank, FieldType::Text) => V::Text(String::new()),
        (Value::Blank, _) => V::Null,
        (Value::Text(text), _) => V::Text(text.clone()),
        (Value::Number(n), FieldType::Percent) => V::Number(n / rust_decimal::Decimal::ONE_HUNDRED),
        (Value::Number(n), _) => V::Number(*n),
        (Value::Boolean(b), _) => V::Bool(*b),
        (Value::Date(date), _) => V::Date(civil::days_between(civil::date(1970, 1, 1).unwrap(), *date)),
        (Value::Moment(moment), _) => V::Moment(moment.epoch()),
        (Value::Choice(value), _) => V::Picklist(Some(value.clone())),
        (Value::Choices(values), _) => V::Several(values.clone()),
    };
    let fields = record.fields.iter().map(|(id, f)| (api(&f.name.text), of(&f.ty, item.get(id))));
    fields.collect()
}
