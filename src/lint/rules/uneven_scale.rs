//! `uneven-scale`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::ranks::{Ranking, rank};
use crate::lint::{Context, Rule, Stage};
use crate::model::predicate::Comparison;
use crate::model::score::RowKind;
use crate::model::{Constant, Field, Id, Predicate, PredicateKind, Score, Term, words};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "uneven-scale",
    summary: "points of a score that rise and fall along a scale",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("uneven_scale.md"),
};

fn out_of_step(score: &Score, field: &Field, grades: &[&Grade<'_>], turn: usize) -> Option<Diagnostic> {
    let (before, at) = (grades.get(turn.checked_sub(1)?)?, grades.get(turn)?);
    let points = |grade: &Grade<'_>| words::points(grade.points);
    let (name, worse, better) = (&field.name, at.value, before.value);
    Some(
        Diagnostic::warning(
            RULE.name,
            format!(
                "the score `{}` breaks the scale of `{name}`: `{worse}` gets {}, `{better}` {}",
                score.head.name,
                points(at),
                points(before)
            ),
        )
        .at(at.span, format!("{} for `{worse}`", points(at)))
        .also(before.span, format!("{} for `{better}`", points(before)))
        .witness(Witness {
            title: format!("the points along `{name}`"),
            rows: grades.iter().map(|grade| (grade.value.to_owned(), points(grade))).collect(),
        })
        .note("The names are those of a scale, and the points do not follow it: of two records the worse one may win.")
        .help("Put the points in the order of the scale, or say in a `note` why they differ and allow it."),
    )
}

/// A value of a scale with its points.
struct Grade<'m> {
    value: &'m str,
    points: Decimal,
    span: Span,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for score in context.model.scores.values() {
        let Some(record) = score.record.get().map(|record| &context.model.records[*record]) else { continue };
        for (field, grades) in scales(score) {
            let grades: Vec<&Grade<'_>> = grades.values().collect();
            if let Some(turn) = first_turn(&grades) {
                out.extend(out_of_step(score, &record.fields[field], &grades, turn));
            }
        }
    }
}

/// The place at which points stop to fall and rise, or stop to rise and fall.
fn first_turn(grades: &[&Grade<'_>]) -> Option<usize> {
    let mut direction = None;
    for (i, pair) in grades.windows(2).enumerate() {
        let step = pair[1].points.cmp(&pair[0].points);
        if step.is_ne() && direction.is_some_and(|before| before != step) {
            return Some(i + 1);
        }
        if step.is_ne() {
            direction = Some(step);
        }
    }
    None
}

type Scale<'m> = BTreeMap<u32, Grade<'m>>;

/// The rows that give points for single values of a scale, by field, in the order of the scale. A field with several
/// rows for one value, or with values of no scale or of two, is left out.
fn scales(score: &Score) -> BTreeMap<Id<Field>, Scale<'_>> {
    let mut out: BTreeMap<Id<Field>, Option<(Ranking, Scale<'_>)>> = BTreeMap::new();
    for row in &score.rows {
        let RowKind::When { points, when } = &row.kind else { continue };
        let Some((field, values)) = values(when) else { continue };
        for value in values {
            let grade = points.get().map(|points| Grade { value, points: *points, span: row.span });
            let (Some((ranking, place)), Some(grade)) = (rank(value), grade) else {
                out.insert(field, None);
                continue;
            };
            match out.entry(field).or_insert_with(|| Some((ranking, BTreeMap::new()))) {
                Some((same, scale)) if *same == ranking && !scale.contains_key(&place) => {
                    scale.insert(place, grade);
                }
                other => *other = None,
            }
        }
    }
    out.into_iter().filter_map(|(field, scale)| Some((field, scale?.1))).collect()
}

/// The field and the values of `grade = A` and `grade in [A, B]`.
fn values(when: &Predicate) -> Option<(Id<Field>, Vec<&str>)> {
    fn choice(constant: &Constant) -> Option<&str> {
        match constant {
            Constant::Choice(value) => Some(value),
            _ => None,
        }
    }
    match &when.kind {
        PredicateKind::Compare {
            left: Term::Field(field),
            op: Comparison::Equal,
            right: Term::Constant(value),
        } => Some((*field, vec![choice(value)?])),
        PredicateKind::In { term: Term::Field(field), values } => {
            Some((*field, values.iter().map(choice).collect::<Option<_>>()?))
        }
        _ => None,
    }
}
