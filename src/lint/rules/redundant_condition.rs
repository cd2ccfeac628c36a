//! `redundant-condition`.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Definition, Id, Predicate, PredicateKind, Record};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "redundant-condition",
    summary: "a part of a definition that the rest of it says already",
    severity: Severity::Info,
    stage: Stage::Checking(check),
    page: include_str!("redundant_condition.md"),
};

/// As long as ` and `: between two conditions with nothing else between them.
const AND: u32 = 5;

fn said_already(definition: &Definition, parts: &[Predicate], place: usize, because: &[usize]) -> Diagnostic {
    let name = &definition.head.name;
    let part = &parts[place];
    let mut out =
        Diagnostic::new(RULE.name, Severity::Info, format!("a condition of `{name}` changes nothing"));
    out = out.at(part.span, "could be left out");
    for other in because {
        out = out.also(parts[*other].span, "says it already");
    }
    out = out.note("Whoever reads it believes that it matters, and will change it one day and wonder.");
    match without(parts, place) {
        Some(span) => out.fix("delete the condition", Applicability::Suggested, span, ""),
        None => out.help("Delete it, or make the other one wider if this one was meant."),
    }
}

/// What to delete to leave a part out, if it stands beside another with nothing between them.
fn without(parts: &[Predicate], place: usize) -> Option<Span> {
    let span = parts[place].span;
    let near =
        |left: Span, right: Span| left.file == right.file && right.start.checked_sub(left.end) == Some(AND);
    let before = place.checked_sub(1).map(|before| parts[before].span).filter(|before| near(*before, span));
    let after = parts.get(place + 1).map(|after| after.span).filter(|after| near(span, *after));
    match (before, after) {
        (Some(before), _) => Some(Span { start: before.end, ..span }),
        (None, Some(after)) if place == 0 => Some(Span { end: after.start, ..span }),
        _ => None,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for (id, definition) in context.model.definitions.iter() {
        let Some(record) = definition.record.get() else { continue };
        let PredicateKind::And(parts) = &definition.condition.kind else { continue };
        if context.evaluator.definition_gap(id).is_none() {
            redundant(&mut prover, *record, definition, parts, out);
        }
    }
}

fn redundant(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    definition: &Definition,
    parts: &[Predicate],
    out: &mut Vec<Diagnostic>,
) {
    let formulas: Vec<Formula> = parts.iter().map(|part| prover.space(record).condition(part)).collect();
    // A contradiction says everything; that is another mistake.
    if prover.never(record, &formulas) {
        return;
    }
    let mut left: Vec<usize> = (0..parts.len()).collect();
    for place in (0..parts.len()).rev() {
        // That a field is filled is often said for clarity, and a name says what is meant to hold however it is defined.
        if matches!(parts[place].kind, PredicateKind::Set(_) | PredicateKind::Is(_) | PredicateKind::Always) {
            continue;
        }
        let others: Vec<usize> = left.iter().copied().filter(|other| *other != place).collect();
        let not = prover.space(record).not(formulas[place]);
        let all: Vec<Formula> = others.iter().map(|other| formulas[*other]).chain([not]).collect();
        // What every record meets by itself is found where the definition is nothing else.
        if prover.never(record, &all) {
            let core = prover.space(record).core(&all).unwrap_or_default();
            let because: Vec<usize> = core.into_iter().filter_map(|part| others.get(part).copied()).collect();
            if !because.is_empty() {
                out.push(said_already(definition, parts, place, &because));
                left = others;
            }
        }
    }
}
