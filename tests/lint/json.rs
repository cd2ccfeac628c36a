//! Findings for programs, held against the schema that describes them.

use clausal::diagnostic::json::{self, FORMAT_VERSION};
use serde_json::Value;

use crate::cases::cases;
use crate::support::Checked;

const SCHEMA: &str = include_str!("../../editors/findings.schema.json");

/// What is wrong with a value, where. Knows the words of JSON Schema that the schema uses, and refuses every other one; what
/// the schema does not list is wrong here, so that no field goes without a description.
fn faults(schema: &Value, value: &Value, root: &Value, at: &str, out: &mut Vec<String>) {
    let mut say = |text: String| out.push(format!("{at}: {text}"));
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a part of the schema");
        return faults(target, value, root, at, out);
    }
    for (word, asked) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "properties" | "items" => {}
            "type" => {
                let types: Vec<&str> = match asked {
                    Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
                    one => one.as_str().into_iter().collect(),
                };
                if !types.iter().any(|ty| is_of_type(value, ty)) {
                    say(format!("{value} is no {types:?}"));
                }
            }
            "const" if value != asked => say(format!("{value} is not {asked}")),
            "enum" if !asked.as_array().unwrap().contains(value) => {
                say(format!("{value} is none of {asked}"));
            }
            "const" | "enum" => {}
            "minimum" if value.as_u64() < asked.as_u64() => say(format!("{value} is too small")),
            "minItems" if (value.as_array().unwrap().len() as u64) < asked.as_u64().unwrap() => {
                say("too few".into());
            }
            "maxItems" if (value.as_array().unwrap().len() as u64) > asked.as_u64().unwrap() => {
                say("too many".into());
            }
            "minimum" | "minItems" | "maxItems" => {}
            // The one pattern there is.
            "pattern" => {
                let text = value.as_str().unwrap();
                if text.is_empty() || !text.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                    say(format!("{value} does not look like a rule"));
                }
            }
            "required" => {
                for name in asked.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.get(name).is_none() {
                        say(format!("has no `{name}`"));
                    }
                }
            }
            "oneOf" => {
                let fits = |part: &&Value| {
                    let mut wrong = Vec::new();
                    faults(part, value, root, at, &mut wrong);
                    wrong.is_empty()
                };
                if asked.as_array().unwrap().iter().filter(fits).count() != 1 {
                    say(format!("{value} is not one of the two"));
                }
            }
            other => panic!("the schema says `{other}`, which this test does not know"),
        }
    }
    if let (Some(fields), Some(listed)) = (value.as_object(), schema["properties"].as_object()) {
        for (name, field) in fields {
            match listed.get(name) {
                Some(part) => faults(part, field, root, &format!("{at}.{name}"), out),
                None => out.push(format!("{at}: `{name}` is not described")),
            }
        }
    }
    if let (Some(values), Some(part)) = (value.as_array(), schema.get("items")) {
        for (i, item) in values.iter().enumerate() {
            faults(part, item, root, &format!("{at}[{i}]"), out);
        }
    }
}

fn is_of_type(value: &Value, ty: &str) -> bool {
    match ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no type {other}"),
    }
}

/// The findings as JSON, after it was held against the schema.
fn document(checked: &Checked) -> Value {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let text = json::render(&checked.found, &checked.workspace.sources).unwrap();
    assert!(text.ends_with("}\n"));
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut out = Vec::new();
    faults(&schema, &document, &schema, "", &mut out);
    assert!(out.is_empty(), "{out:#?}");
    document
}

#[test]
fn findings_are_as_the_schema_says() {
    let mut seen = [false; 4];
    for (_, checked) in cases() {
        let document = document(checked);
        let findings = document["findings"].as_array().unwrap();
        assert_eq!(findings.len(), checked.found.len());
        for finding in findings {
            let some = |name: &str| !finding[name].is_null() && finding[name] != Value::Array(Vec::new());
            for (seen, name) in seen.iter_mut().zip(["witness", "fixes", "related", "why"]) {
                *seen |= some(name);
            }
        }
    }
    assert_eq!(seen, [true; 4], "every part is there in some case");
}

#[test]
fn the_schema_is_that_of_this_version() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["properties"]["version"]["const"], FORMAT_VERSION);
}

#[test]
fn places_are_those_of_the_text() {
    for (case, checked) in cases() {
        for finding in document(checked)["findings"].as_array().unwrap() {
            let Some(path) = finding["path"].as_str() else { continue };
            let Some((_, file)) = checked.workspace.sources.iter().find(|(_, f)| f.display_path() == path)
            else {
                continue;
            };
            for end in ["start", "end"] {
                let point = &finding["place"][end];
                let number = |name: &str| usize::try_from(point[name].as_u64().unwrap()).unwrap();
                let before: String = file.line(number("line")).chars().take(number("column") - 1).collect();
                let offset = file.line_start(number("line")) + before.len();
                assert_eq!(offset, number("offset"), "{} {}: {finding}", case.rule, case.name);
            }
        }
    }
}
