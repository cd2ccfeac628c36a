//! Trees with saves and what is expected of them, for checking with other tools.

use serde_json::{Value as Json, json};

use crate::conditions::NOW;
use crate::engine::{Record, V};
use crate::support::Tree;

/// Where to write, if a folder was named when the tests were compiled.
pub const FOLDER: Option<&str> = option_env!("CLAUSAL_SHOW_SALESFORCE");

/// A save, and the names of the rules that refuse it.
pub type Expected<'a> = (Option<Record>, Record, Vec<&'a str>);

pub fn show(folder: &str, name: &str, tree: &Tree, object: &str, saves: &[Expected<'_>]) {
    let records: Vec<Json> = saves.iter().enumerate().map(|(i, save)| record(i, save)).collect();
    let now = moment(NOW);
    let all = json!({ "object": object, "now": now, "timezone": "UTC", "records": records });
    let mut files: Vec<(String, String)> =
        tree.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    files.push(("records.json".to_owned(), format!("{all:#}")));
    for (path, text) in files {
        let path = std::path::Path::new(folder).join(name).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a person asked to see it")]
        std::fs::write(path, text).unwrap();
    }
}

fn record(i: usize, (before, after, fired): &Expected<'_>) -> Json {
    let fields: serde_json::Map<_, _> =
        after.iter().map(|(name, v)| (name.clone(), value(name, v))).collect();
    let mut out = json!({ "name": format!("save {i}"), "fields": fields, "expect": fired });
    match before {
        None => out["new"] = json!(true),
        Some(before) => {
            let changed = before.iter().filter(|(name, v)| after[*name] != **v);
            out["prior"] = changed.map(|(name, v)| (name.clone(), value(name, v))).collect();
        }
    }
    out
}

/// Percentages are written as people read them.
fn value(name: &str, v: &V) -> Json {
    match v {
        V::Null | V::Picklist(None) => Json::Null,
        V::Number(n) => {
            let n = if name == "SLA_Rate__c" { n * rust_decimal::Decimal::ONE_HUNDRED } else { *n };
            json!(n.to_string().parse::<f64>().unwrap())
        }
        V::Text(text) | V::Picklist(Some(text)) => json!(text),
        V::Bool(b) => json!(b),
        V::Date(day) => json!(moment(day * 86_400).split('T').next()),
        V::Moment(seconds) => json!(moment(*seconds)),
        V::Several(values) if values.is_empty() => Json::Null,
        V::Several(values) => json!(values.iter().cloned().collect::<Vec<_>>().join(";")),
    }
}

fn moment(seconds: i64) -> String {
    clausal::worktime::Instant::from_epoch(seconds).unwrap().to_string()
}
