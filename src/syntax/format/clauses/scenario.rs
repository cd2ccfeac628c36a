//! Clauses of `scenario`.

use super::{Kind, Row, credit, prose, text};
use crate::syntax::ast::{Assignment, ExpectedRoute, ScenarioClause, Word};
use crate::syntax::format::words::{Doc, list, literal};

pub(super) fn scenario(clause: &ScenarioClause) -> Row<'_> {
    let row = |word: &str, doc| Row::new(Kind::Scenario).column(word).cell(doc);
    match clause {
        ScenarioClause::Given(record, values) => row("given", filled(record, values)),
        ScenarioClause::With(record, values) => row("with", filled(record, values)),
        ScenarioClause::When(values) => row("when", assignments(values)),
        ScenarioClause::Now(at) => row("now", text(at.node.as_str())),
        ScenarioClause::Expect(definition) => row("expect", text(definition.node.as_str())),
        ScenarioClause::ExpectNot(definition) => row("expect", text(format!("not {}", definition.node))),
        ScenarioClause::ExpectScore(score, number) => {
            row("expect", text(format!("{} = {}", score.node, number.node)))
        }
        ScenarioClause::ExpectDue(commitment, due) => {
            row("expect", text(format!("{} due {}", commitment.node, due.node)))
        }
        ScenarioClause::ExpectVerdict(commitment, verdict, by, period) => {
            let by = by.as_ref().map(|by| format!(" by {}", by.node.words())).unwrap_or_default();
            let period = credit::in_period(period.as_ref());
            row("expect", text(format!("{} {}{by}{period}", commitment.node, verdict.node)))
        }
        ScenarioClause::ExpectLevel(commitment, level, period) => {
            let (level, period) = (credit::expected_level(level), credit::in_period(period.as_ref()));
            row("expect", text(format!("{} {level}{period}", commitment.node)))
        }
        ScenarioClause::ExpectPays(name, paid, period) => {
            let paid = paid.as_ref().map_or("nothing".to_owned(), credit::payment);
            let period = credit::in_period(period.as_ref());
            row("expect", text(format!("{} pays {paid}{period}", name.node)))
        }
        ScenarioClause::ExpectRoute(routing, expected) => {
            let expected = match expected {
                ExpectedRoute::To(role) => format!("to {}", role.node),
                ExpectedRoute::Ambiguous => "ambiguous".to_owned(),
                ExpectedRoute::Nobody => "nobody".to_owned(),
            };
            row("expect", text(format!("{} {expected}", routing.node)))
        }
        ScenarioClause::Note(note) => prose(Kind::Scenario, "note", note),
    }
}

/// `lead { country: US }`.
fn filled<'a>(record: &Word, values: &[Assignment]) -> Doc<'a> {
    if values.is_empty() {
        return text(format!("{} {{}}", record.node));
    }
    text(format!("{} {{ ", record.node)).append(assignments(values)).append(" }")
}

/// `country: US, mql_at: 2026-03-06 16:30`.
fn assignments<'a>(assignments: &[Assignment]) -> Doc<'a> {
    list(assignments.iter().map(|a| match &a.value {
        Some(value) => format!("{}: {}", a.field.node, literal(&value.node)),
        None => format!("{}: blank", a.field.node),
    }))
}
