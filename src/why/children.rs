//! The child records behind a condition: each with what it holds, and whether it counts.

use super::{Condition, Tracer};
use crate::evaluate::{Attempt, Item, Outcome};
use crate::model::score::{Addend, Row, RowKind};
use crate::model::{AggregateKind, Children, Commitment, Form, Id, Predicate, PredicateKind, Score, Term};
use rust_decimal::Decimal;

/// More child records than this, counted or not, are not read one by one.
const MOST_ROWS: usize = 12;

impl Tracer<'_, '_> {
    /// The child records that a condition asks about, a row each.
    pub(super) fn rows(&self, predicate: &Predicate) -> Vec<Condition> {
        let asked = predicate.child_records();
        let counted = asked.into_iter().flat_map(|children| self.counted(children));
        counted.chain(predicate.scores().into_iter().flat_map(|score| self.score_rows(score))).collect()
    }

    /// Every child of a kind: whether it is one of those that are meant.
    pub(super) fn counted(&self, children: &Children) -> Vec<Condition> {
        let meant = self.evaluator.children(children, self.item);
        let is_meant = |child: &&Item| meant.iter().any(|counted| std::ptr::eq(*counted, *child));
        let (yes, no): (Vec<&Item>, Vec<&Item>) =
            self.item.children(children.record).iter().partition(is_meant);
        [(yes, true), (no, false)]
            .into_iter()
            .flat_map(|(rows, holds)| self.some(children, &rows, holds))
            .collect()
    }

    /// The attempts at the record, in order of time, and then the child records that are none.
    pub(super) fn attempts(&self, commitment: &Commitment, outcome: &Outcome) -> Vec<Condition> {
        let Form::Attempts(attempts) = &commitment.form else { return Vec::new() };
        let (Some(counting), Some(start)) = (attempts.counting.get(), outcome.start) else {
            return Vec::new();
        };
        let wanted = attempts.times.get().copied().unwrap_or_default();
        let made = self.evaluator.attempts(counting, self.item, start);
        let row = |attempt: &Attempt<'_>| Condition {
            text: self.row(&counting.of, attempt.child),
            holds: attempt.number.is_some(),
            found: Some(match attempt.number {
                Some(number) if number == wanted => format!("{number} of {wanted}: the one that decides"),
                Some(number) if number < wanted => format!("{number} of {wanted}"),
                Some(_) => "more than are asked for".to_owned(),
                None => "too many in its period".to_owned(),
            }),
            parts: Vec::new(),
        };
        let all = self.item.children(counting.of.record).iter();
        let others = all.filter(|child| made.iter().all(|a| !std::ptr::eq(a.child, *child)));
        let other = |child: &Item| {
            let before = child.get(counting.at).moment().is_some_and(|at| at < start);
            let why = if before { "before the clock started" } else { "no attempt" };
            Condition {
                text: self.row(&counting.of, child),
                holds: false,
                found: Some(why.to_owned()),
                parts: Vec::new(),
            }
        };
        made.iter().map(row).chain(others.map(other)).collect()
    }

    /// The first of some children, and how many there are more.
    fn some(&self, children: &Children, rows: &[&Item], holds: bool) -> Vec<Condition> {
        let row = |text| Condition { text, holds, found: None, parts: Vec::new() };
        let shown = rows.iter().take(MOST_ROWS).map(|child| row(self.row(children, child)));
        let more = rows.len().saturating_sub(MOST_ROWS);
        let name = &self.evaluator.model().records[children.record].head.name;
        shown.chain((more > 0).then(|| row(format!("{name}: {more} more")))).collect()
    }

    /// `activity: kind is call, done_at is Friday 6 March 2026, 17:00`.
    fn row(&self, children: &Children, child: &Item) -> String {
        let record = &self.evaluator.model().records[children.record];
        let filled = record.fields.iter().filter(|(id, _)| !child.get(*id).is_blank());
        let said: Vec<String> = filled
            .map(|(id, field)| format!("{} is {}", field.name, child.get(id).words(self.zone)))
            .collect();
        let name = &record.head.name;
        if said.is_empty() { format!("{name}: all blank") } else { format!("{name}: {}", said.join(", ")) }
    }

    /// What comes out of the questions about child records: `the count is 2`.
    pub(super) fn asked_of_children(&self, predicate: &Predicate) -> Vec<String> {
        let moment = match &predicate.kind {
            PredicateKind::Moment(aggregate, _) => Some(&**aggregate),
            _ => None,
        };
        let values = predicate.terms().into_iter().flat_map(Term::aggregates).chain(moment);
        let said = values.map(|aggregate| {
            let value = self.evaluator.aggregate(aggregate, self.item).words(self.zone);
            match aggregate.kind {
                AggregateKind::Count => format!("the count is {value}"),
                AggregateKind::Sum(_) => format!("the sum is {value}"),
                AggregateKind::Latest(_) => format!("the latest is {value}"),
                AggregateKind::Earliest(_) => format!("the earliest is {value}"),
            }
        });
        let scores = predicate.scores().into_iter().map(|id| {
            let score = self.evaluator.score(id, self.item).normalize();
            format!("{} is {score}", self.evaluator.model().scores[id].head.name)
        });
        said.chain(scores).collect()
    }

    /// The rows of a score, each with the points it gives.
    fn score_rows(&self, id: Id<Score>) -> Vec<Condition> {
        let score = &self.evaluator.model().scores[id];
        let given = self.evaluator.score_rows(id, self.item);
        let rows = score.rows.iter().zip(given).map(|(row, given)| {
            let points = given.points.normalize();
            let times = if given.times > 1 { format!(", {} times", given.times) } else { String::new() };
            let sign = if given.points > Decimal::ZERO { "+" } else { "" };
            Condition {
                text: self.text(row.span),
                holds: !given.points.is_zero(),
                found: Some(format!("{sign}{points}{times}")),
                parts: self.row_parts(score, row),
            }
        });
        rows.collect()
    }

    /// What stands behind the points of a row.
    fn row_parts(&self, score: &Score, row: &Row) -> Vec<Condition> {
        match (&row.kind, score.record.get()) {
            (RowKind::When { when, .. }, Some(record)) => {
                vec![self.condition(when, &self.evaluator.model().records[*record])]
            }
            (RowKind::EachChild { of, .. }, _) => self.counted(of),
            (RowKind::Add { of: Addend::Score(score), .. }, _) => self.score_rows(*score),
            _ => Vec::new(),
        }
    }
}
