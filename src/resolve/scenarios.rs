//! Scenarios: examples with expected results.

mod periods;

use std::collections::{BTreeMap, BTreeSet};

use super::Resolver;
use super::clauses::{DUPLICATE_CLAUSE, Once};
use super::condition::record_of;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::scenario::ExpectedRoute;
use crate::model::{
    Commitment, Constant, Field, Form, Id, Record, Routing, Scenario, ScenarioStep, Score, Slot,
};
use crate::source::Span;
use crate::syntax::ast::{self, Assignment, ScenarioClause, Spanned, Word};

impl Resolver<'_> {
    pub(super) fn scenarios(&mut self) {
        for (title, clauses, span) in self.blocks.scenarios.clone() {
            let scenario = self.scenario(title, clauses, span);
            self.scenarios.push(scenario);
        }
    }

    /// A record of another one is given with it.
    fn is_given_with(&mut self, parent: Id<Record>, word: &Word, clause: Span) {
        let (parent, child) = (&self.records[parent].head.name, &word.node);
        let given = Span { end: clause.start + 5, ..clause };
        self.diagnostics.push(
            Diagnostic::error(
                DUPLICATE_CLAUSE,
                format!("each `{child}` is of a `{parent}`, and given with it"),
            )
            .at(given, "write `with`")
            .note("A scenario is about one record; what belongs to it is given with it.")
            .fix(format!("write `with {child}`"), Applicability::Safe, given, "with"),
        );
    }

    fn scenario(&mut self, title: &Word, clauses: &[Spanned<ScenarioClause>], span: Span) -> Scenario {
        let mut record = Once::new("given");
        let mut children = BTreeMap::new();
        let mut steps = Vec::new();
        let mut notes = Vec::new();
        for clause in clauses {
            if let ScenarioClause::Given(word, _) = &clause.node {
                let id = self.find::<Record>(word);
                match (record.peek().copied().flatten(), id) {
                    (Some(parent), Some(child)) if self.records[child].parent() == Some(parent) => {
                        self.is_given_with(parent, word, clause.span);
                        children.insert(clause.span, child);
                    }
                    _ => record.set(self, clause.span, id),
                }
            }
        }
        // What recurs is about no record, and needs none.
        let needs_none = !record.is_set() && self.expects_only_what_recurs(clauses);
        if !record.is_set() && !needs_none {
            self.missing(
                ast::State::Complete,
                title.span,
                "this scenario does not say what is given".into(),
                "Begin with a record, such as `given lead { country: US, score: 80 }`.",
            );
        }
        let record = record.get().flatten();
        for clause in clauses {
            if let Some(child) = children.get(&clause.span)
                && let ScenarioClause::Given(_, values) = &clause.node
            {
                steps.push(ScenarioStep::Child(*child, self.assignments(*child, values)));
                continue;
            }
            match &clause.node {
                ScenarioClause::Given(_, values) | ScenarioClause::When(values) => {
                    steps.extend(record.map(|r| ScenarioStep::Fill(self.assignments(r, values))));
                }
                ScenarioClause::With(name, values) => {
                    let child = record.and_then(|parent| self.find_child(parent, name));
                    steps.extend(child.map(|c| ScenarioStep::Child(c, self.assignments(c, values))));
                }
                ScenarioClause::Now(word) => {
                    steps.extend(self.date_time(word).map(|moment| ScenarioStep::Now(moment, clause.span)));
                }
                ScenarioClause::Expect(name) => {
                    steps.extend(self.expect_holds(record, name, true, clause.span));
                }
                ScenarioClause::ExpectNot(name) => {
                    steps.extend(self.expect_holds(record, name, false, clause.span));
                }
                ScenarioClause::ExpectScore(name, number) => {
                    let score = self.find::<Score>(name);
                    let score = score.zip(record).and_then(|(s, record)| self.score_of(record, s, name.span));
                    let expected = self.number(&number.node, number.span);
                    if let (Some(score), Some(expected)) = (score, expected) {
                        steps.push(ScenarioStep::Score { score, expected, span: clause.span });
                    }
                }
                ScenarioClause::ExpectDue(name, moment) if self.recurs(&name.node) => {
                    let next = self.expect_next(name, moment, &steps, clause.span);
                    steps.extend(next);
                }
                ScenarioClause::ExpectDue(name, moment) => {
                    let commitment = self.expected_turnaround(record, name);
                    let expected = self.date_time(moment);
                    if let (Some(commitment), Some(expected)) = (commitment, expected) {
                        steps.push(ScenarioStep::Due { commitment, expected, span: clause.span });
                    }
                }
                ScenarioClause::ExpectLevel(name, level, period) => {
                    steps.extend(self.expect_level(record, name, level, period.as_ref(), clause.span));
                }
                ScenarioClause::ExpectPays(name, paid, period) => {
                    steps.extend(self.expect_pays(record, name, paid.as_ref(), period.as_ref(), clause.span));
                }
                ScenarioClause::ExpectVerdict(name, verdict, by, period)
                    if self.is_of_period(name, verdict, period.as_ref()) =>
                {
                    steps.extend(self.expect_kept(
                        record,
                        name,
                        (verdict, by.as_ref()),
                        period.as_ref(),
                        clause.span,
                    ));
                }
                ScenarioClause::ExpectVerdict(name, verdict, by, _) => {
                    let commitment = self.expected_turnaround(record, name);
                    let by = match by {
                        Some(by) => match self.fixed_length(by) {
                            Some(by) => Some(by),
                            None => continue,
                        },
                        None => None,
                    };
                    if let Some(commitment) = commitment {
                        let expected = verdict.node.clone();
                        steps.push(ScenarioStep::Verdict { commitment, expected, by, span: clause.span });
                    }
                }
                ScenarioClause::ExpectRoute(name, expected) => {
                    steps.extend(self.expect_route(record, name, expected, clause.span));
                }
                ScenarioClause::Note(prose) => notes.push(prose.text()),
            }
        }
        let record = (!needs_none).then(|| record.map_or(Slot::Broken, Slot::Set));
        Scenario { title: title.node.clone(), record, steps, notes, span }
    }

    /// Whether every expectation is about a duty that recurs, and there is one.
    fn expects_only_what_recurs(&self, clauses: &[Spanned<ScenarioClause>]) -> bool {
        let mut expected = clauses.iter().filter_map(|clause| match &clause.node {
            ScenarioClause::ExpectDue(name, _) => Some(self.recurs(&name.node)),
            ScenarioClause::Now(_) | ScenarioClause::Note(_) => None,
            _ => Some(false),
        });
        expected.next() == Some(true) && expected.all(|recurs| recurs)
    }

    fn recurs(&self, name: &str) -> bool {
        let of_name = |c: &Commitment| c.head.name.text == name;
        self.commitments.values().any(|c| of_name(c) && matches!(c.form, Form::Recurring(_)))
    }

    /// `expect pipeline_review due 2026-03-09 10:00`: the next one, so there must be a present moment.
    fn expect_next(
        &mut self,
        name: &Word,
        moment: &Word,
        before: &[ScenarioStep],
        span: Span,
    ) -> Option<ScenarioStep> {
        let commitment = self.find(name);
        let expected = self.date_time(moment);
        if !before.iter().any(|step| matches!(step, ScenarioStep::Now(..))) {
            let out = Diagnostic::error(
                super::clauses::MISSING_CLAUSE,
                format!("`{}` recurs: this does not say after which moment", name.node),
            )
            .at(span, "the next one after when?")
            .help("Put a line above it that says what time it is, such as `now 2026-03-06 12:00`.");
            self.diagnostics.push(out);
            return None;
        }
        Some(ScenarioStep::NextDue { commitment: commitment?, expected: expected?, span })
    }

    fn assignments(
        &mut self,
        record: Id<Record>,
        values: &[Assignment],
    ) -> Vec<(Id<Field>, Option<Constant>)> {
        let mut out: Vec<(Id<Field>, Option<Constant>)> = Vec::new();
        let mut filled = BTreeSet::new();
        for assignment in values {
            let Some(field) = self.find_field(record, &assignment.field) else { continue };
            if filled.contains(&field) {
                let text = format!("`{}` is given two values at once", assignment.field.node);
                self.invalid(assignment.field.span, text, "again here", Some("Keep one of them.".into()));
                continue;
            }
            match &assignment.value {
                None => {
                    filled.insert(field);
                    out.push((field, None));
                }
                Some(literal) => {
                    if let Some(constant) = self.constant_for(record, field, literal) {
                        filled.insert(field);
                        out.push((field, Some(constant)));
                    }
                }
            }
        }
        out
    }

    /// The commitment of `expect first_touch due ..`: one with a deadline for each record like the scenario's.
    fn expected_turnaround(&mut self, record: Option<Id<Record>>, name: &Word) -> Option<Id<Commitment>> {
        let commitment = self.find(name)?;
        if self.judges_no_item(commitment) {
            let out = self.no_deadline(commitment, name.span, "what is it for one record?");
            self.diagnostics
                .push(out.help("Only a promise with a time limit is met or late for a single record."));
            return None;
        }
        let of = self.record_of_items(commitment);
        if let (Some(of), Some(record)) = (of, record)
            && of != record
        {
            self.of_another_record(name, of, record);
            return None;
        }
        Some(commitment)
    }

    /// `expect lead_routing to sdr`, where the routing gives out records like the scenario's.
    fn expect_route(
        &mut self,
        record: Option<Id<Record>>,
        name: &Word,
        expected: &ast::ExpectedRoute,
        span: Span,
    ) -> Option<ScenarioStep> {
        let routing = self.find::<Routing>(name);
        let expected = match expected {
            ast::ExpectedRoute::To(role) => self.find(role).map(ExpectedRoute::To),
            ast::ExpectedRoute::Ambiguous => Some(ExpectedRoute::Ambiguous),
            ast::ExpectedRoute::Nobody => Some(ExpectedRoute::Nobody),
        };
        let (routing, expected) = (routing?, expected?);
        if let (Some(of), Some(record)) = (record_of(self, &self.routings[routing].subject), record)
            && of != record
        {
            self.of_another_record(name, of, record);
            return None;
        }
        Some(ScenarioStep::Route { routing, expected, span })
    }

    fn of_another_record(&mut self, name: &Word, of: Id<Record>, record: Id<Record>) {
        let out = Diagnostic::error(
            super::condition::TYPE,
            format!(
                "`{}` is about a `{}`, but the scenario is about a `{}`",
                name.node, self.records[of].head.name, self.records[record].head.name
            ),
        )
        .at(name.span, "of another record")
        .also(self.records[of].head.name.span, "the one it is about")
        .help("Make an example of its own for each record.");
        self.diagnostics.push(out);
    }

    /// `expect mql`, where the definition is about the record of the scenario.
    fn expect_holds(
        &mut self,
        record: Option<Id<Record>>,
        name: &Word,
        expected: bool,
        span: Span,
    ) -> Option<ScenarioStep> {
        let definition = self.find(name)?;
        let of = self.definitions[definition].record.get().copied();
        if let (Some(of), Some(record)) = (of, record)
            && of != record
        {
            self.of_another_record(name, of, record);
            return None;
        }
        Some(ScenarioStep::Holds { definition, expected, span })
    }
}
