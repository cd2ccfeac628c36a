//! `counted-twice`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::{Prover, Shown};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::score::{Addend, PerPeriod, RowKind};
use crate::model::{Duration, Field, Id, Model, Predicate, Record, Score, Slot, words};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "counted-twice",
    summary: "two rows of a score that give points for the same thing",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("counted_twice.md"),
};

fn twice(
    context: &Context<'_>,
    score: &Score,
    first: &Counted<'_>,
    second: &Counted<'_>,
    shown: Option<&Shown>,
) -> Diagnostic {
    let record = score.record.get().map_or("record", |record| &context.model.records[*record].head.name.text);
    let (one, other) = (first.said(), second.said());
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("the score `{}` gives points twice for the same thing", score.head.name),
    )
    .at(second.span, format!("again: {other}"))
    .also(first.span, format!("here: {one}"));
    if let Some(witness) =
        shown.and_then(|shown| shown.witness(context, format!("a {record} that gets both")))
    {
        out = out.witness(witness);
    }
    out = if one == other {
        out.note("Rows are added up: whatever gets the points of one gets those of the other as well.")
    } else {
        out.note(format!("Rows are added up: both count, {one} and {other}."))
    };
    out.help("Keep the one that was agreed. If both were meant, say so in one row.")
}

/// A row that gives points.
struct Counted<'m> {
    points: Decimal,
    what: What,
    limits: Limits<'m>,
    span: Span,
    /// The score in which it stands.
    score: Id<Score>,
}

type Limits<'m> = (Option<&'m PerPeriod>, Option<&'m Slot<u32>>);

/// What a row gives points for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    /// A condition.
    When(Formula),
    /// Each child record of those that this formula says there are.
    Each(Formula),
    /// Each time that has passed since a field.
    Time(Duration, Id<Field>),
}

impl Counted<'_> {
    fn said(&self) -> String {
        let mut out = words::points(self.points);
        if matches!(self.what, What::Each(_) | What::Time(..)) {
            out += " each time";
        }
        let mut limits = Vec::new();
        if let Some(per_period) = self.limits.0
            && let Some(times) = per_period.times.get()
        {
            limits.push(format!("at most {} per {}", often(*times), per_period.period));
        }
        if let Some(most) = self.limits.1.and_then(Slot::get) {
            limits.push(format!("at most {} in all", often(*most)));
        }
        if !limits.is_empty() {
            out = format!("{out} ({})", limits.join(", "));
        }
        out
    }
}

fn often(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    let mut told = BTreeSet::new();
    for (id, score) in context.model.scores.iter() {
        let Some(record) = score.record.get() else { continue };
        let rows = rows(context, &mut prover, *record, id);
        for (place, second) in rows.iter().enumerate() {
            // A score may well add something of its own to what another one gives for it.
            let is_same = |first: &&Counted<'_>| {
                first.what == second.what && (first.score == second.score || first.points == second.points)
            };
            let Some(first) = rows[..place].iter().find(is_same) else { continue };
            // What a score adds is told where it stands.
            if !told.insert((first.span, second.span)) {
                continue;
            }
            let shown = match second.what {
                What::When(formula) => match shown(&mut prover, context.model, *record, formula, second) {
                    Some(shown) => Some(shown),
                    // No record gets either.
                    None => continue,
                },
                What::Each(_) | What::Time(..) => None,
            };
            out.push(twice(context, score, first, second, shown.as_ref()));
        }
    }
}

/// A record that gets the points of a row.
fn shown(
    prover: &mut Prover<'_>,
    model: &Model,
    record: Id<Record>,
    formula: Formula,
    row: &Counted<'_>,
) -> Option<Shown> {
    let when = condition(model, row)?;
    prover.find(record, &[formula], |evaluator, item| evaluator.holds(when, &model.records[record], item))
}

fn condition<'m>(model: &'m Model, row: &Counted<'_>) -> Option<&'m Predicate> {
    model.scores[row.score].rows.iter().find_map(|other| match &other.kind {
        RowKind::When { when, .. } if other.span == row.span => Some(when),
        _ => None,
    })
}

/// The rows that are added up in a score: its own, and those of the scores that it adds.
fn rows<'m>(
    context: &Context<'m>,
    prover: &mut Prover<'_>,
    record: Id<Record>,
    id: Id<Score>,
) -> Vec<Counted<'m>> {
    let (mut out, mut scores) = (Vec::new(), vec![id]);
    let mut place = 0;
    while let Some(id) = scores.get(place).copied() {
        place += 1;
        for row in &context.model.scores[id].rows {
            let (points, what, limits) = match &row.kind {
                RowKind::Add { of: Addend::Score(added), .. } => {
                    if !scores.contains(added) {
                        scores.push(*added);
                    }
                    continue;
                }
                RowKind::Add { .. } | RowKind::Unknown => continue,
                RowKind::When { points, when } => {
                    if context.evaluator.condition_gap(when).is_some() {
                        continue;
                    }
                    (points, What::When(prover.space(record).condition(when)), (None, None))
                }
                RowKind::EachChild { points, of, per_period, at_most } => {
                    let is_open =
                        of.condition.as_ref().is_some_and(|c| context.evaluator.condition_gap(c).is_some());
                    if is_open {
                        continue;
                    }
                    let each = What::Each(prover.space(record).exists(of));
                    (points, each, (per_period.as_ref(), at_most.as_ref()))
                }
                RowKind::EachTime { points, every, since, at_most } => {
                    let (Some(every), Some(since)) = (every.get(), since.get()) else { continue };
                    (points, What::Time(*every, *since), (None, at_most.as_ref()))
                }
            };
            // A row of no points is a row of a table, and gives nobody too much.
            if let Some(points) = points.get().filter(|points| !points.is_zero()) {
                out.push(Counted { points: *points, what, limits, span: row.span, score: id });
            }
        }
    }
    out
}
