//! `always-true-definition`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::model::{Definition, Id, PredicateKind, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "always-true-definition",
    summary: "a definition with a condition that leaves nothing out",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("always_true_definition.md"),
};

fn filters_nothing(context: &Context<'_>, record: Id<Record>, definition: &Definition) -> Diagnostic {
    let (name, record) = (&definition.head.name, &context.model.records[record].head.name);
    Diagnostic::warning(RULE.name, format!("every {record} is `{name}`: its condition leaves nothing out"))
        .at(definition.condition.span, format!("true of every {record} as it is declared"))
        .note(
            "Whoever reads it believes that some are left out, and every number about it counts all of them.",
        )
        .help(format!(
            "Look for `or` where `and` was meant, or for a field that may be blank and is not `optional`. \
             If all are meant, write `means {record}`."
        ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    let mut always: BTreeSet<Id<Definition>> = BTreeSet::new();
    for (id, definition) in context.model.definitions.iter() {
        let Some(record) = definition.record.get() else { continue };
        let space = prover.space(*record);
        let whole = space.definition(id);
        let not = space.not(whole);
        if definition.condition.kind != PredicateKind::Always && prover.never(*record, &[not]) {
            always.insert(id);
        }
    }
    for id in &always {
        let definition = &context.model.definitions[*id];
        let Some(record) = definition.record.get() else { continue };
        // Another name for all of them, or for one of which is told already.
        let named = definition.condition.definitions();
        let by_name = matches!(definition.condition.kind, PredicateKind::Is(_));
        if !by_name && !named.iter().any(|other| always.contains(other)) {
            out.push(filters_nothing(context, *record, definition));
        }
    }
}
