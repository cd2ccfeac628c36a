//! Whether the names in `clausal.yaml` are names of the agreements.

use std::collections::BTreeMap;

use crate::config::{Bindings, Config};
use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::model::{Field, Model, Record};
use crate::source::Span;
use crate::yaml::{CONFIG, Placed};

/// Reports records, fields and values in the settings that no agreement of the project has.
pub fn check_bindings(config: &Config, models: &[&Model]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    // Without an agreement there is nothing to compare with.
    if models.is_empty() {
        return out;
    }
    for (name, binding) in &config.records {
        let of_name = |model: &&Model| {
            let found = model.records.values().find(|r| r.head.name.text == *name);
            found.cloned()
        };
        let records: Vec<Record> = models.iter().filter_map(of_name).collect();
        if records.is_empty() {
            let known: Vec<&str> =
                models.iter().flat_map(|m| m.records.values()).map(|r| r.head.name.text.as_str()).collect();
            out.push(unknown("record", name, binding.span, &known));
            continue;
        }
        let salesforce = &binding.value.salesforce;
        let sql = &binding.value.sql;
        for bindings in [&salesforce.fields, &sql.columns] {
            fields(&records, bindings, &mut out);
        }
        for bindings in [&salesforce.values, &sql.values] {
            values(&records, bindings, &mut out);
        }
    }
    out
}

fn field_names(records: &[Record]) -> Vec<&str> {
    records.iter().flat_map(|r| r.fields.values()).map(|f| f.name.text.as_str()).collect()
}

fn fields(records: &[Record], bindings: &Bindings, out: &mut Vec<Diagnostic>) {
    let known = field_names(records);
    for (name, bound) in bindings {
        if !known.contains(&name.as_str()) {
            out.push(unknown("field", name, bound.key, &known));
        }
    }
}

fn values(records: &[Record], bindings: &BTreeMap<String, Placed<Bindings>>, out: &mut Vec<Diagnostic>) {
    for (name, bound) in bindings {
        let of_name: Vec<&Field> =
            records.iter().flat_map(|r| r.fields.values()).filter(|f| f.name.text == *name).collect();
        if of_name.is_empty() {
            out.push(unknown("field", name, bound.span, &field_names(records)));
            continue;
        }
        let lists: Vec<_> = of_name.iter().filter_map(|f| f.ty.values()).collect();
        if lists.is_empty() {
            out.push(
                Diagnostic::error(CONFIG, format!("the field `{name}` has no list of values"))
                    .at(bound.span, "not a choice")
                    .also(of_name[0].name.span, format!("declared as `{}`", of_name[0].ty.words()))
                    .help(
                        "Only the values of a choice are called something else outside. Remove these lines.",
                    ),
            );
            continue;
        }
        let known: Vec<&str> = lists.iter().flat_map(|v| &v.names).map(|n| n.text.as_str()).collect();
        for (value, place) in &bound.value {
            if !known.contains(&value.as_str()) {
                out.push(unknown("value", value, place.key, &known));
            }
        }
    }
}

fn unknown(kind: &str, name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let out = Diagnostic::error(CONFIG, format!("no agreement of this project has a {kind} `{name}`"));
    match nearest(name, known.iter().copied()) {
        Some(near) => out.at(span, format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            Applicability::Suggested,
            span,
            near,
        ),
        None => out.at(span, "not known").help(format!("Remove it, or declare the {kind} in the agreement.")),
    }
}
