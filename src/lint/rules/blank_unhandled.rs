//! `blank-unhandled`. Found with `definition-group-gap`: a gap that only a blank makes.

use super::definition_group_gap::{listed, message};
use crate::diagnostic::{Diagnostic, Severity, Witness, names};
use crate::lint::prove::{Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Definition, Field, Id};

/// The rule.
pub static RULE: Rule = Rule {
    name: "blank-unhandled",
    summary: "a group of definitions that forgets records with a blank field",
    severity: Severity::Warning,
    // With `definition-group-gap`.
    stage: Stage::Checking(|_, _| {}),
    page: include_str!("blank_unhandled.md"),
};

/// A record that is none of a group, only because of blank fields.
pub(super) fn falls_through(
    context: &Context<'_>,
    shown: &Shown,
    group: &str,
    members: &[Id<Definition>],
    blank: &[Id<Field>],
) -> Diagnostic {
    let record = &context.model.records[shown.record];
    let fields: Vec<&str> = blank.iter().map(|field| record.fields[*field].name.text.as_str()).collect();
    let (name, all) = (&record.head.name, names(&fields, "and"));
    let first = blank.first().map(|field| &record.fields[*field]);
    let out = Diagnostic::warning(RULE.name, message(context, shown, group, members));
    let out = listed(context, out, members);
    let out = match first {
        Some(field) => out.also(field.name.span, "may be blank"),
        None => out,
    };
    let witness = shown.witness(context, format!("{} that is none of them", a(name)));
    let out = out
        .note(format!("{} with {} is none of them: every comparison with a blank is false.", capital(&a(name)), shown.said(context)))
        .note("Records whose data is not complete yet are the ones that get lost first.")
        .help(format!(
            "Say where they belong with `{} is blank`, or declare {all} without `optional` if it is always filled.",
            fields.first().unwrap_or(&"field")
        ));
    match witness {
        Some(Witness { title, rows }) => out.witness(Witness { title, rows }),
        None => out,
    }
}
