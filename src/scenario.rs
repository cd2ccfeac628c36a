//! Scenarios: runs the agreement's examples and compares what it says with what they expect.

mod excuse;
mod period;

use crate::evaluate::{Answer, Evaluator, Gap, Item, Outcome, Routed, Value, Verdict};
use crate::model::scenario::ExpectedRoute;
use crate::model::{
    Commitment, Constant, Duration, Field, Id, LocalDateTime, Model, Routing, Scenario, ScenarioStep, Score,
    Slot,
};
use crate::source::Span;
use crate::worktime::{Instant, words};
use rust_decimal::Decimal;

/// An expectation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whether the agreement says otherwise, or nothing yet.
    pub kind: FailureKind,
    /// What was expected and what is, in one sentence.
    pub message: String,
    /// The reason, where one is known.
    pub because: Option<String>,
    /// The expectation.
    pub span: Span,
}

/// How many expectations a scenario has.
pub fn expectations(scenario: &Scenario) -> usize {
    let expects = |step: &&ScenarioStep| match step {
        ScenarioStep::Fill(_) | ScenarioStep::Child(..) | ScenarioStep::Now(..) => false,
        ScenarioStep::Holds { .. }
        | ScenarioStep::Score { .. }
        | ScenarioStep::Due { .. }
        | ScenarioStep::NextDue { .. }
        | ScenarioStep::Verdict { .. }
        | ScenarioStep::Level { .. }
        | ScenarioStep::Kept { .. }
        | ScenarioStep::Pays { .. }
        | ScenarioStep::Route { .. } => true,
    };
    scenario.steps.iter().filter(expects).count()
}

/// Why an expectation does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The agreement says something else.
    Contradicted,
    /// What the agreement says cannot be told: something is open, missing or broken, and has been reported as that.
    Undecided,
}

/// Runs a scenario. Empty: everything it expects holds. For which moment the evaluator was made is of no meaning here.
///
/// Its lines are taken in order: each `given` and `when` fills fields, each `now` moves the present moment, each `expect`
/// looks at what there is by then. Without a `now`, the present is the latest moment among the filled fields.
pub fn run(evaluator: &Evaluator<'_>, scenario: &Scenario) -> Vec<Failure> {
    let model = evaluator.model();
    let item = match &scenario.record {
        Some(Slot::Set(record)) => Item::blank(&model.records[*record]),
        Some(_) => return Vec::new(),
        None => Item::none(),
    };
    let mut run = Run { model, evaluator, item, now: None, failures: Vec::new() };
    if evaluator.zone().is_none() && scenario.tells_moments() {
        run.undecided(
            "the agreement's time zone is not known, and so no moment of this example is".into(),
            scenario.span,
        );
        return run.failures;
    }
    for step in &scenario.steps {
        run.step(step);
    }
    run.failures
}

/// How far an explanation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// To the deadline.
    Due,
    /// To what was done by then.
    Done,
}

struct Run<'m> {
    model: &'m Model,
    evaluator: &'m Evaluator<'m>,
    item: Item,
    /// The present, once a `now` has said it.
    now: Option<Instant>,
    failures: Vec<Failure>,
}

impl Run<'_> {
    fn step(&mut self, step: &ScenarioStep) {
        match step {
            ScenarioStep::Fill(values) => {
                for (field, value) in self.values(values) {
                    self.item.set(field, value);
                }
            }
            ScenarioStep::Child(record, values) => {
                let mut child = Item::blank(&self.model.records[*record]);
                for (field, value) in self.values(values) {
                    child.set(field, value);
                }
                self.item.add_child(*record, child);
            }
            ScenarioStep::Now(local, span) => match self.instant(*local) {
                Some(now) => self.now = Some(now),
                None => self.undecided("the agreement's time zone is not known".into(), *span),
            },
            ScenarioStep::Holds { definition, expected, span } => self.holds(*definition, *expected, *span),
            ScenarioStep::Score { score, expected, span } => self.score(*score, *expected, *span),
            ScenarioStep::Due { commitment, expected, span } => self.due(*commitment, *expected, *span),
            ScenarioStep::NextDue { commitment, expected, span } => {
                self.next_due(*commitment, *expected, *span);
            }
            ScenarioStep::Verdict { commitment, expected, by, span } => {
                self.verdict(*commitment, expected, *by, *span);
            }
            ScenarioStep::Level { commitment, expected, period, span } => {
                self.level(*commitment, *expected, period.as_deref(), *span);
            }
            ScenarioStep::Kept { commitment, met, period, span } => {
                self.outlook(*commitment, *met, period.as_deref(), *span);
            }
            ScenarioStep::Pays { credit, expected, period, span } => {
                self.pays(*credit, expected.as_ref(), period.as_deref(), *span);
            }
            ScenarioStep::Route { routing, expected, span } => self.routed(*routing, *expected, *span),
        }
    }

    fn values(&self, values: &[(Id<Field>, Option<Constant>)]) -> Vec<(Id<Field>, Value)> {
        let value = |constant: &Constant| self.evaluator.constant(constant);
        values.iter().map(|(field, c)| (*field, c.as_ref().map_or(Value::Blank, value))).collect()
    }

    fn fail(&mut self, message: String, because: Option<String>, span: Span) {
        self.failures.push(Failure { kind: FailureKind::Contradicted, message, because, span });
    }

    fn undecided(&mut self, message: String, span: Span) {
        self.failures.push(Failure { kind: FailureKind::Undecided, message, because: None, span });
    }

    fn instant(&self, local: LocalDateTime) -> Option<Instant> {
        self.evaluator.zone()?.instant(local).ok()
    }

    /// The evaluator at the scenario's present moment.
    fn at_present(&self) -> Evaluator<'_> {
        let now = self.now.or_else(|| self.item.latest_moment()).unwrap_or(Instant::MIN);
        self.evaluator.at(now)
    }

    fn holds(&mut self, definition: Id<crate::model::Definition>, expected: bool, span: Span) {
        let evaluator = self.at_present();
        let name = self.model.definitions[definition].head.name.text.clone();
        if let Some(gap) = evaluator.definition_gap(definition) {
            return self.undecided(format!("whether it is `{name}` cannot be told: {gap}"), span);
        }
        if evaluator.is(definition, &self.item) != expected {
            let message = if expected {
                format!("this record is not `{name}`")
            } else {
                format!("this record is `{name}`")
            };
            self.fail(message, None, span);
        }
    }

    fn score(&mut self, id: Id<Score>, expected: Decimal, span: Span) {
        let evaluator = self.at_present();
        let score = &self.model.scores[id];
        let name = score.head.name.text.clone();
        if let Some(gap) = evaluator.score_gap(id) {
            return self.undecided(format!("what `{name}` comes to cannot be told: {gap}"), span);
        }
        let found = evaluator.score(id, &self.item);
        if found == expected {
            return;
        }
        let rows = evaluator.score_rows(id, &self.item).into_iter().zip(1..);
        let given = rows.filter(|(row, _)| !row.points.is_zero()).map(|(row, number)| {
            let often = if row.times > 1 { format!(" ({} times)", row.times) } else { String::new() };
            format!("{} by row {number}{often}", row.points.normalize())
        });
        let given: Vec<String> = given.collect();
        let because = match given.as_slice() {
            [] => "No row gives it points.".to_owned(),
            given => format!("It has {}.", crate::diagnostic::join(given, "and")),
        };
        let (found, expected) = (found.normalize(), expected.normalize());
        self.fail(format!("`{name}` is {found}, not {expected}"), Some(because), span);
    }

    fn routed(&mut self, id: Id<Routing>, expected: ExpectedRoute, span: Span) {
        let routing = &self.model.routings[id];
        let name = &routing.head.name;
        let result = self.at_present().route(id, &self.item);
        let routed = match result {
            Ok(Some(routed)) => routed,
            Ok(None) => {
                let subject = routing.subject.get().map(|s| &self.model.subject_head(*s).name);
                let because =
                    subject.map(|s| format!("It gives out each `{s}`, and this record is not one."));
                return self.fail(format!("`{name}` is not about this record"), because, span);
            }
            Err(gap) => {
                return self.undecided(format!("who gets it by `{name}` cannot be told: {gap}"), span);
            }
        };
        let role = match routed.answer {
            Answer::Row(row) => match routing.routes[row].to.get() {
                Some(role) => Some(*role),
                None => {
                    let message = format!("who gets it by `{name}` cannot be told: the role is not known");
                    return self.undecided(message, span);
                }
            },
            Answer::Nobody | Answer::Ambiguous => None,
        };
        let same = match (expected, routed.answer) {
            (ExpectedRoute::To(expected), Answer::Row(_)) => role == Some(expected),
            (ExpectedRoute::Ambiguous, Answer::Ambiguous) | (ExpectedRoute::Nobody, Answer::Nobody) => true,
            _ => false,
        };
        if !same {
            let is = match (routed.answer, role) {
                (Answer::Ambiguous, _) => "is ambiguous here".to_owned(),
                (_, Some(role)) => format!("gives this to `{}`", self.model.roles[role].head.name),
                (_, None) => "gives this to nobody".to_owned(),
            };
            let because = self.rows_that_match(id, &routed);
            self.fail(format!("`{name}` {is}"), Some(because), span);
        }
    }

    /// Which rows match, for the reader who wonders.
    fn rows_that_match(&self, id: Id<Routing>, routed: &Routed) -> String {
        let routes = &self.model.routings[id].routes;
        let row = |i: &usize| match &routes[*i].when {
            Some(_) => format!("row {}", i + 1),
            None => "`otherwise`".to_owned(),
        };
        let rows: Vec<String> = routed.rows.iter().map(row).collect();
        match rows.as_slice() {
            [] => "No row matches.".to_owned(),
            [one] => format!("What matches is {one}."),
            _ => format!("These match: {}.", crate::diagnostic::join(&rows, "and")),
        }
    }

    /// The outcome of a commitment for the item; reports why there is none.
    fn outcome(&mut self, id: Id<Commitment>, span: Span) -> Option<Outcome> {
        let name = self.model.commitments[id].head.name.text.clone();
        let evaluator = self.at_present();
        // A condition that is open would be taken not to hold.
        let result: Result<Option<Outcome>, Gap> = match evaluator.gap_for(id, &self.item) {
            Some(gap) => Err(gap),
            None => evaluator.outcome(id, &self.item),
        };
        match result {
            Ok(Some(outcome)) => Some(outcome),
            Ok(None) => {
                let subject = self.model.commitments[id].subject();
                let because = subject.map(|subject| {
                    let subject = &self.model.subject_head(subject).name;
                    format!("It is about each `{subject}`, and this record is not one.")
                });
                self.fail(format!("`{name}` is not about this record"), because, span);
                None
            }
            Err(gap) => {
                self.undecided(format!("`{name}` cannot be judged: {gap}"), span);
                None
            }
        }
    }

    fn due(&mut self, id: Id<Commitment>, expected: LocalDateTime, span: Span) {
        let Some(outcome) = self.outcome(id, span) else { return };
        let name = self.model.commitments[id].head.name.text.clone();
        let expected_at = self.instant(expected);
        let Some(deadline) = outcome.deadline else {
            let verdict = outcome.verdict.word();
            return self.fail(
                format!("`{name}` has no deadline for this record: it is {verdict}"),
                None,
                span,
            );
        };
        if Some(deadline) == expected_at {
            return;
        }
        let Some(zone) = self.evaluator.zone() else { return };
        let message =
            format!("`{name}` is due {}, not {}", words::deadline(deadline, zone), words::local(expected));
        let because = self.because(&outcome, When::Due);
        self.fail(message, because, span);
    }

    /// When a duty that recurs is due next.
    fn next_due(&mut self, id: Id<Commitment>, expected: LocalDateTime, span: Span) {
        let evaluator = self.at_present();
        let name = self.model.commitments[id].head.name.text.clone();
        let next = match evaluator.next_due(id) {
            Ok(next) => next,
            Err(gap) => {
                return self.undecided(format!("when `{name}` is due cannot be told: {gap}"), span);
            }
        };
        let expected_at = self.instant(expected);
        if next.as_ref().is_some_and(|next| Some(next.due) == expected_at) {
            return;
        }
        let Some(zone) = self.evaluator.zone() else { return };
        let now = words::moment(evaluator.now(), zone);
        let message = match &next {
            Some(next) => {
                let due = words::deadline(next.due, zone);
                format!("`{name}` is due {due}, not {}", words::local(expected))
            }
            None => format!("`{name}` is not due any more, and not {}", words::local(expected)),
        };
        let because = match next {
            Some(_) => format!("That is the first time from {now} on."),
            None => format!("From {now} on nothing is due in the term of the agreement."),
        };
        self.fail(message, Some(because), span);
    }

    fn verdict(&mut self, id: Id<Commitment>, expected: &str, by: Option<Duration>, span: Span) {
        let Some(outcome) = self.outcome(id, span) else { return };
        let name = self.model.commitments[id].head.name.text.clone();
        let verdict = outcome.verdict;
        // An item at risk is open too.
        let same = verdict.word() == expected || (expected == "open" && verdict == Verdict::AtRisk);
        if !same {
            let because = self.excuse(id, &outcome, expected).or_else(|| self.because(&outcome, When::Done));
            return self.fail(format!("`{name}` is {}, not {expected}", verdict.word()), because, span);
        }
        let Some(by) = by else { return };
        let missed_by = self.missed_by(&outcome, by);
        if missed_by != by.seconds() {
            let which = words::Seconds::of(by.unit);
            let is = missed_by.map_or("by an unknown time".to_owned(), |s| words::length(s, which));
            let because = self.because(&outcome, When::Done);
            self.fail(format!("`{name}` is {expected} by {is}, not by {by}"), because, span);
        }
    }

    /// How late or how early the item is, on the clock that a duration runs on.
    fn missed_by(&self, outcome: &Outcome, by: Duration) -> Option<i64> {
        let evaluator = self.at_present();
        let measure = evaluator.clock_by(outcome).ok()?.measure(by.unit).ok()?;
        let (deadline, done) = (outcome.deadline?, outcome.done.unwrap_or(evaluator.now()));
        match outcome.verdict {
            Verdict::TooEarly => Some(measure.elapsed(done, deadline).max(0)),
            _ => Some(outcome.pauses.running(measure, deadline, done).max(0)),
        }
    }

    /// When the clock started and ran out, for the reader who wonders.
    fn because(&self, outcome: &Outcome, until: When) -> Option<String> {
        let evaluator = self.at_present();
        let clock = evaluator.clock_by(outcome).ok()?;
        let zone = clock.zone();
        // What the example says is in the agreement's zone; the clock may run in another one.
        let moment = |at| words::labelled_moment(at, zone, evaluator.zone());
        let from = match (outcome.start, outcome.anchor) {
            (Some(start), _) => format!("The clock started {}", moment(start)),
            (None, Some(anchor)) => format!("It leads up to {}", moment(anchor)),
            (None, None) => return None,
        };
        let due = outcome.deadline.map(|at| match outcome.anchor {
            Some(_) => format!("the latest moment for it is {}", moment(at)),
            None => {
                let at = words::labelled_deadline(at, zone, evaluator.zone());
                format!("the time is used up {at}")
            }
        });
        let mut parts: Vec<String> = std::iter::once(from).chain(due).collect();
        if until == When::Due {
            return Some(format!("{}.", crate::diagnostic::join(&parts, "and")));
        }
        match outcome.done {
            Some(done) => parts.push(format!("and it was done {}", moment(done))),
            None => parts.push(format!("and it is not done by {}", moment(evaluator.now()))),
        }
        Some(format!("{}.", parts.join(", ")))
    }
}
