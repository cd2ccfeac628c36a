//! The settings, as the schema for editors describes them and as the program reads them: one and the same.

use std::fmt::Write as _;

use clausal::config;
use clausal::source::FileId;
use serde_json::Value;

const SCHEMA: &str = include_str!("../editors/clausal.schema.json");

/// The names of settings that the program knows at a place, in its own words: it lists them when it meets another one.
fn known_at(path: &[&str]) -> Vec<String> {
    let mut yaml = String::new();
    for (depth, key) in path.iter().enumerate() {
        let _ = writeln!(yaml, "{}{key}:", "  ".repeat(depth));
    }
    let _ = writeln!(yaml, "{}zzzzzzzzzzzz: 1", "  ".repeat(path.len()));
    let (_, diagnostics) = config::read(FileId(0), &yaml);
    let help = diagnostics.first().and_then(|d| d.help.clone()).unwrap_or_default();
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn properties(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn the_schema_and_the_program_know_the_same_settings() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let record = &schema["$defs"]["record"];
    let places: [(&[&str], &Value); 7] = [
        (&[], &schema),
        (&["salesforce"], &schema["properties"]["salesforce"]),
        (&["sql"], &schema["properties"]["sql"]),
        (&["docs"], &schema["properties"]["docs"]),
        (&["records", "lead"], record),
        (&["records", "lead", "salesforce"], &record["properties"]["salesforce"]),
        (&["records", "lead", "sql"], &record["properties"]["sql"]),
    ];
    for (path, part) in places {
        let (mut ours, mut theirs) = (known_at(path), properties(part));
        ours.sort();
        theirs.sort();
        assert!(!ours.is_empty());
        assert_eq!(ours, theirs, "at {path:?}");
        assert_eq!(part["additionalProperties"], Value::Bool(false), "at {path:?}");
    }
}

#[test]
fn the_schema_lists_every_target_dialect_and_level() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let listed = |v: &Value| -> Vec<String> {
        v.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    let targets: Vec<&str> = config::Target::ALL.iter().map(|t| t.name()).collect();
    assert_eq!(listed(&schema["properties"]["targets"]["items"]["enum"]), targets);
    assert_eq!(listed(&schema["properties"]["targets"]["default"]), targets);
    let dialects: Vec<&str> = config::Dialect::ALL.iter().map(|d| d.name()).collect();
    assert_eq!(listed(&schema["properties"]["sql"]["properties"]["dialects"]["items"]["enum"]), dialects);
    for level in listed(&schema["properties"]["rules"]["additionalProperties"]["enum"]) {
        let (_, diagnostics) = config::read(FileId(0), &format!("rules:\n  syntax: {level}\n"));
        assert_eq!(diagnostics, vec![], "{level}");
    }
}

#[test]
fn the_defaults_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let default = config::Config::default();
    let text = |path: &[&str]| {
        let mut at = &schema["properties"];
        for key in path {
            at = &at[*key];
        }
        at["default"].as_str().unwrap().to_owned()
    };
    assert_eq!(text(&["out"]), default.out);
    assert_eq!(text(&["salesforce", "properties", "prefix"]), default.salesforce.prefix.value);
    assert_eq!(text(&["salesforce", "properties", "api_version"]), default.salesforce.api_version);
}
