//! The authors' examples, with what the agreement makes of them.

mod periods;

use super::super::book::{Book, Place};
use super::super::condition::constant;
use super::super::document::{Block, Clause, Inline, Say, Text, listed};
use super::super::words;
use super::notes;
use crate::evaluate::{Answer, Evaluator, Item, Value};
use crate::model::scenario::ExpectedRoute;
use crate::model::{
    Commitment, Constant, Definition, Duration, Field, Id, LocalDateTime, Record, Routing, Scenario,
    ScenarioStep, Score,
};
use crate::worktime::{Instant, words as time};
use rust_decimal::Decimal;

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    if book.model.scenarios.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Block::words(
        "The authors wrote these examples. Each expectation was compared with the clauses of this document; one that \
         does not agree with them is marked.",
    )];
    out.extend(book.model.scenarios.iter().map(|(id, scenario)| {
        let place = Place::Scenario(id.index());
        let mut blocks = steps(book, scenario);
        blocks.extend(notes(&scenario.notes));
        Block::Clause(Clause {
            id: book.anchor(place),
            number: book.number_of(place),
            title: scenario.title.clone(),
            name: String::new(),
            blocks,
        })
    }));
    out
}

/// What a scenario has come to at one of its lines.
pub(super) struct State<'b, 'm> {
    book: &'b Book<'m>,
    pub(super) evaluator: Evaluator<'m>,
    /// `None` in an example about what recurs.
    record: Option<Id<Record>>,
    pub(super) item: Item,
    filled: bool,
    moments: Moments,
}

/// Whether the moments of an example are moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moments {
    Known,
    /// They stand on the wall clock of an unknown zone.
    Unknown,
}

/// The first example that says what a score comes to, at that line.
pub(super) fn example_of<'b, 'm>(
    book: &'b Book<'m>,
    score: Id<Score>,
) -> Option<(Id<Scenario>, State<'b, 'm>)> {
    let asks = |step: &ScenarioStep| matches!(step, ScenarioStep::Score { score: of, .. } if *of == score);
    let (id, scenario) = book.model.scenarios.iter().find(|(_, s)| s.steps.iter().any(asks))?;
    let mut state = State::new(book, Some(scenario.record.as_ref()?.get().copied()?));
    for step in scenario.steps.iter().take_while(|step| !asks(step)) {
        state.line(step);
    }
    Some((id, state))
}

fn steps(book: &Book<'_>, scenario: &Scenario) -> Vec<Block> {
    let record = match &scenario.record {
        Some(slot) if !slot.is_set() => return vec![Say::default().and(Inline::Unknown).paragraph()],
        record => record.as_ref().and_then(|slot| slot.get().copied()),
    };
    let mut state = State::new(book, record);
    if book.zone().is_none() && scenario.tells_moments() {
        state.moments = Moments::Unknown;
    }
    let items = scenario.steps.iter().map(|step| vec![Block::Paragraph(state.line(step))]).collect();
    let mut out = vec![Block::Numbered(items)];
    if state.moments == Moments::Unknown {
        let open = "It cannot be compared with the clauses of this document yet, because the time zone is not known.";
        out.push(Say::default().and(Inline::Marked(open.to_owned())).paragraph());
    }
    out
}

impl<'b, 'm> State<'b, 'm> {
    fn new(book: &'b Book<'m>, record: Option<Id<Record>>) -> Self {
        let item = record.map_or_else(Item::none, |record| Item::blank(&book.model.records[record]));
        State {
            book,
            evaluator: book.evaluator.at(Instant::MIN),
            record,
            item,
            filled: false,
            moments: Moments::Known,
        }
    }
}

impl State<'_, '_> {
    fn line(&mut self, step: &ScenarioStep) -> Text {
        match step {
            ScenarioStep::Fill(values) => self.fill(values),
            ScenarioStep::Child(record, values) => self.child(*record, values),
            ScenarioStep::Now(at, _) => self.now(*at),
            ScenarioStep::Holds { definition, expected, .. } => self.holds(*definition, *expected),
            ScenarioStep::Score { score, expected, .. } => self.score(*score, *expected),
            ScenarioStep::Due { commitment, expected, .. } => self.due(*commitment, *expected),
            ScenarioStep::NextDue { commitment, expected, .. } => self.next_due(*commitment, *expected),
            ScenarioStep::Verdict { commitment, expected, by, .. } => {
                self.verdict(*commitment, expected, *by)
            }
            ScenarioStep::Level { commitment, expected, period, .. } => {
                self.level(*commitment, *expected, period.as_deref())
            }
            ScenarioStep::Kept { commitment, met, period, .. } => {
                self.kept(*commitment, *met, period.as_deref())
            }
            ScenarioStep::Pays { credit, expected, period, .. } => {
                self.pays(*credit, expected.as_ref(), period.as_deref())
            }
            ScenarioStep::Route { routing, expected, .. } => self.routed(*routing, *expected),
        }
    }

    fn fill(&mut self, values: &[(Id<Field>, Option<Constant>)]) -> Text {
        let Some(record) = self.record else { return Text::new() };
        let is = if self.filled { " is " } else { " " };
        let mut item = std::mem::replace(&mut self.item, Item::none());
        let parts = self.values(&mut item, record, values, is);
        self.item = item;
        let label = self.book.model.records[record].head.label();
        let first = !std::mem::replace(&mut self.filled, true);
        let say = if first {
            Say::new(format!("Given {} ", words::article(&label)))
                .and(self.book.record(record))
                .words(" with ")
        } else {
            Say::new("Then ")
        };
        if parts.is_empty() {
            return Say::new(format!("Given {} {label}.", words::article(&label))).end();
        }
        say.text(listed(parts, "and")).words(".").end()
    }

    /// Fills the fields of an item, and says so.
    fn values(
        &mut self,
        item: &mut Item,
        record: Id<Record>,
        values: &[(Id<Field>, Option<Constant>)],
        is: &str,
    ) -> Vec<Text> {
        let mut parts = Vec::new();
        for (field, value) in values {
            let name = self.book.field(record, *field);
            let (words, held) = match value {
                Some(value) => (constant(value), self.evaluator.constant(value)),
                None => (Inline::Plain("empty".to_owned()), Value::Blank),
            };
            parts.push(Say::default().and(name).words(is).and(words).end());
            // A moment that becomes known has come, until the example says what time it is.
            if let Some(moment) = held.moment().filter(|m| *m > self.evaluator.now()) {
                self.evaluator = self.evaluator.at(moment);
            }
            item.set(*field, held);
        }
        parts
    }

    fn child(&mut self, record: Id<Record>, values: &[(Id<Field>, Option<Constant>)]) -> Text {
        let mut child = Item::blank(&self.book.model.records[record]);
        let parts = self.values(&mut child, record, values, " ");
        self.item.add_child(record, child);
        let label = self.book.model.records[record].head.label();
        let say = Say::new(format!("It has {} ", words::article(&label))).and(self.book.record(record));
        if parts.is_empty() {
            return say.words(".").end();
        }
        say.words(" with ").text(listed(parts, "and")).words(".").end()
    }

    fn now(&mut self, at: LocalDateTime) -> Text {
        if let Some(now) = self.book.zone().and_then(|zone| zone.instant(at).ok()) {
            self.evaluator = self.evaluator.at(now);
        }
        Say::new(format!("It is {}.", time::local(at))).end()
    }

    fn holds(&self, definition: Id<Definition>, expected: bool) -> Text {
        let label = self.book.model.definitions[definition].head.label();
        let not = if expected { "" } else { "not " };
        let say =
            Say::new(format!("It is {not}{} ", words::article(&label))).and(self.book.definition(definition));
        let agrees = self.book.evaluator.definition_gap(definition).is_none()
            && self.evaluator.is(definition, &self.item) == expected;
        let found = if expected { "it is not" } else { "it is" };
        self.checked(say, (!agrees).then_some(found))
    }

    fn score(&self, id: Id<Score>, expected: Decimal) -> Text {
        let say = Say::default().and(self.book.score(id)).words(" is ").strong(words::number(expected));
        let found = self.evaluator.score(id, &self.item);
        let agrees = self.book.evaluator.score_gap(id).is_none() && found == expected;
        let found = format!("it is {}", words::number(found));
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    fn due(&self, commitment: Id<Commitment>, expected: LocalDateTime) -> Text {
        let say = Say::default()
            .and(self.book.commitment(commitment))
            .words(" is due ")
            .strong(time::local(expected));
        let zone = self.book.zone();
        let deadline = self.outcome(commitment).and_then(|o| o.deadline);
        let agrees = zone.and_then(|z| z.instant(expected).ok()).is_some_and(|at| deadline == Some(at));
        let found = match (deadline, zone) {
            (Some(deadline), Some(zone)) => format!("it is due {}", time::deadline(deadline, zone)),
            _ => self.unjudged(commitment).unwrap_or("it has no deadline").to_owned(),
        };
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    fn next_due(&self, commitment: Id<Commitment>, expected: LocalDateTime) -> Text {
        let say = Say::default()
            .and(self.book.commitment(commitment))
            .words(" is due next ")
            .strong(time::local(expected));
        let next = self.evaluator.next_due(commitment).ok().flatten();
        let zone = self.book.zone();
        let at = zone.and_then(|zone| zone.instant(expected).ok());
        let agrees = next.as_ref().is_some_and(|next| at == Some(next.due));
        let found = match (next, zone) {
            (Some(next), Some(zone)) => format!("it is due {}", time::deadline(next.due, zone)),
            _ => "it is not due any more".to_owned(),
        };
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    fn verdict(&self, commitment: Id<Commitment>, expected: &str, by: Option<Duration>) -> Text {
        let say = Say::default().and(self.book.commitment(commitment)).words(" is ").strong(expected);
        let say = match by {
            Some(by) => say.words(format!(" by {}", words::duration(by))),
            None => say,
        };
        let outcome = self.outcome(commitment);
        let late = outcome.as_ref().map(|o| o.late_by.max(o.early_by));
        let agrees = outcome.as_ref().is_some_and(|o| o.verdict.word() == expected)
            && by.is_none_or(|by| by.seconds().is_none_or(|seconds| late == Some(seconds)));
        let found = match outcome {
            Some(outcome) => format!("it is {}", outcome.verdict.word()),
            None => self.unjudged(commitment).unwrap_or("it is not an item of it").to_owned(),
        };
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    fn routed(&self, id: Id<Routing>, expected: ExpectedRoute) -> Text {
        let routing = &self.book.model.routings[id];
        let say = Say::new("By ").and(self.book.routing(id));
        let say = match expected {
            ExpectedRoute::To(role) => say.words(", it goes to ").and(self.book.role(role)),
            ExpectedRoute::Nobody => say.words(", it goes to ").strong("nobody"),
            ExpectedRoute::Ambiguous => say.words(", it is ").strong("ambiguous").words(" who gets it"),
        };
        let routed = self.evaluator.route(id, &self.item).ok().flatten();
        let role = |row: usize| routing.routes[row].to.get().copied();
        let agrees = match (expected, routed.as_ref().map(|r| r.answer)) {
            (ExpectedRoute::To(expected), Some(Answer::Row(row))) => role(row) == Some(expected),
            (ExpectedRoute::Nobody, Some(Answer::Nobody)) => true,
            (ExpectedRoute::Ambiguous, Some(Answer::Ambiguous)) => true,
            _ => false,
        };
        let found = match routed.map(|r| r.answer) {
            Some(Answer::Row(row)) => match role(row) {
                Some(role) => format!("it goes to {}", self.book.model.roles[role].head.label()),
                None => "it is not known who gets it".to_owned(),
            },
            Some(Answer::Nobody) => "it goes to nobody".to_owned(),
            Some(Answer::Ambiguous) => "several rows are for it".to_owned(),
            None => "it is not given out by it".to_owned(),
        };
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    /// What is to be said of an item of a commitment that is not complete.
    fn unjudged(&self, commitment: Id<Commitment>) -> Option<&'static str> {
        self.evaluator.gap_for(commitment, &self.item).map(|_| "it cannot be judged yet")
    }

    fn outcome(&self, commitment: Id<Commitment>) -> Option<crate::evaluate::Outcome> {
        self.evaluator.outcome(commitment, &self.item).ok().flatten()
    }

    /// An expectation, with what was found instead. Where no moment is known nothing was found.
    fn checked(&self, say: Say, instead: Option<&str>) -> Text {
        match instead.filter(|_| self.moments == Moments::Known) {
            None => say.words(".").end(),
            Some(found) => {
                let found = format!("By the clauses of this document, {found}.");
                say.words(". ").and(Inline::Marked(found)).end()
            }
        }
    }
}
