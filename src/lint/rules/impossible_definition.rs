//! `impossible-definition`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::{Prover, a};
use crate::lint::{Context, Rule, Stage};
use crate::logic::{Conjunct, Formula};
use crate::model::{Definition, Id, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "impossible-definition",
    summary: "a definition that no record can ever meet",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("impossible_definition.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    let mut impossible: BTreeSet<Id<Definition>> = BTreeSet::new();
    for (id, definition) in context.model.definitions.iter() {
        let Some(record) = definition.record.get() else { continue };
        let whole = prover.space(*record).definition(id);
        if prover.never(*record, &[whole]) {
            impossible.insert(id);
        }
    }
    for id in &impossible {
        let definition = &context.model.definitions[*id];
        let Some(record) = definition.record.get() else { continue };
        let core = clash(&mut prover, *record, definition);
        // What stands on an impossible definition is impossible because of that one, of which is told already.
        if !core.iter().any(|part| part.is.is_some_and(|other| impossible.contains(&other))) {
            out.push(never(context, *record, definition, &core));
        }
    }
}

/// A few conditions of a definition that already cannot hold together.
fn clash(prover: &mut Prover<'_>, record: Id<Record>, definition: &Definition) -> Vec<Conjunct> {
    let space = prover.space(record);
    let parts = space.conjuncts(&definition.condition);
    let formulas: Vec<Formula> = parts.iter().map(|part| part.formula).collect();
    let core = space.core(&formulas).unwrap_or_default();
    core.into_iter().map(|place| parts[place]).collect()
}

fn never(
    context: &Context<'_>,
    record: Id<Record>,
    definition: &Definition,
    core: &[Conjunct],
) -> Diagnostic {
    let (name, record) = (&definition.head.name, &context.model.records[record].head.name);
    let mut out = Diagnostic::error(RULE.name, format!("no {record} can ever be `{name}`"));
    match core {
        [] => out = out.at(name.span, "its conditions contradict each other"),
        [only] => out = out.at(only.span, format!("never true of {} as it is declared", a(record))),
        [first, between @ .., last] => {
            out = out.at(first.span, "this");
            for part in between {
                out = out.also(part.span, "this");
            }
            out = out.also(last.span, "and this are never true together");
        }
    }
    out.note("A promise about it can be neither kept nor broken, and a report about it is always empty.")
        .help("Look for a wrong number, or for `and` where `or` was meant.")
}
