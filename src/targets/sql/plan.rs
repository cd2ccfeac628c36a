//! What is measured, from which tables, and the views in the order in which they build on one another.

use std::collections::BTreeMap;

use super::binding::Binding;
use super::calendar::Clocks;
use super::names::Names;
use super::promise::Promise;
use super::record::{self, Shape};
use super::report::{Reports, Scope};
use super::tables::Rows;
use super::tree::{Query, Select, Source};
use super::turnaround::{COLUMNS, Turnaround};
use super::{clock, condition, quality, words};
use crate::config::{Config, Dialect};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Evaluator;
use crate::model::{ClockOf, Commitment, Definition, Form, Id, Model, Predicate, Record};
use crate::worktime::Clock;

/// A view, ready to be printed.
pub(super) struct View {
    pub(super) name: String,
    /// What it answers, and from which clause it comes.
    pub(super) comment: Vec<String>,
    pub(super) query: Query,
    /// Whether people read it; otherwise other views do.
    pub(super) audience: Audience,
}

/// For whom a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// It answers a question.
    People,
    /// It is a step to others.
    Views,
}

/// What is made of one agreement.
pub(super) struct Plan<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) names: Names,
    pub(super) clocks: Clocks<'a>,
    /// Commitments that are measured, in order.
    pub(super) measured: Vec<Id<Commitment>>,
    /// Commitments that are not, and why.
    pub(super) unmeasured: Vec<(Id<Commitment>, String)>,
    records: BTreeMap<Id<Record>, (Binding<'a>, Shape)>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(evaluator: &'a Evaluator<'a>, config: &Config) -> Plan<'a> {
        let model = evaluator.model();
        let (mut measured, mut unmeasured) = (Vec::new(), Vec::new());
        for id in model.commitments.iter().map(|(id, _)| id) {
            match gap(evaluator, id) {
                Some(why) => unmeasured.push((id, why)),
                None => measured.push(id),
            }
        }
        let mut records: Vec<Id<Record>> = measured.iter().filter_map(|id| record_of(model, *id)).collect();
        records.sort_unstable();
        records.dedup();
        let clocks = Clocks::new(evaluator, config, &measured, &records);
        let shapes = records.into_iter().map(|id| {
            let definitions = definitions(evaluator, id);
            let conditions: Vec<&Predicate> = measured
                .iter()
                .filter(|c| record_of(model, **c) == Some(id))
                .flat_map(|c| conditions(&model.commitments[*c]))
                .collect();
            let shape = Shape::new(model, id, &definitions, &conditions);
            (id, (Binding::new(&model.records[id], config), shape))
        });
        let records = shapes.collect();
        let names = Names::new(&model.agreement.head.name.text);
        Plan { evaluator, names, clocks, measured, unmeasured, records }
    }

    pub(super) fn model(&self) -> &'a Model {
        self.evaluator.model()
    }

    /// What in the settings cannot be used.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        self.records.values().flat_map(|(binding, _)| binding.faults()).collect()
    }

    /// The tables that hold the data.
    pub(super) fn source_tables(&self) -> Vec<Vec<String>> {
        self.records.values().map(|(binding, _)| binding.table()).collect()
    }

    /// Records with where their data are.
    pub(super) fn bindings(&self) -> impl Iterator<Item = (&'a Record, &Binding<'a>)> {
        self.records.iter().map(|(id, (binding, _))| (&self.model().records[*id], binding))
    }

    /// The tables of time.
    pub(super) fn tables(&self) -> Vec<Rows> {
        self.clocks.tables(&self.names)
    }

    fn head(&self, id: Id<Commitment>) -> &'a crate::model::Head {
        &self.model().commitments[id].head
    }

    fn of_form(&self, wanted: IsForm) -> Vec<Id<Commitment>> {
        let of_form = |id: &&Id<Commitment>| wanted(&self.model().commitments[**id].form);
        self.measured.iter().filter(of_form).copied().collect()
    }

    fn parts(&self, id: Id<Commitment>) -> Option<&(Binding<'a>, Shape)> {
        self.records.get(&record_of(self.model(), id)?)
    }

    fn promise(&self, id: Id<Commitment>) -> Option<Promise<'_>> {
        let (binding, shape) = self.parts(id)?;
        let (evaluator, clocks, names) = (self.evaluator, &self.clocks, &self.names);
        Some(Promise { evaluator, id, binding, shape, clocks, names })
    }

    fn turnaround(&self, id: Id<Commitment>) -> Option<Query> {
        let (binding, shape) = self.parts(id)?;
        let clock = self.evaluator.clock(id).ok()?;
        let calendar = match clock {
            Clock::Business(_) => self.model().clock(&self.model().commitments[id]).calendar(),
            Clock::Wall(_) => None,
        };
        let turnaround = Turnaround {
            evaluator: self.evaluator,
            id,
            binding,
            shape,
            clocks: &self.clocks,
            names: &self.names,
            calendar: calendar.map(|c| self.clocks.calendar(c)),
            zone: self.clocks.zone(clock.zone()),
        };
        Some(turnaround.view())
    }

    /// Every view, each after those it reads.
    pub(super) fn views(&self, dialect: Dialect) -> Vec<View> {
        if self.measured.is_empty() {
            return Vec::new();
        }
        let mut views = Views { plan: self, out: Vec::new() };
        views.data();
        views.commitments();
        views.reports();
        views.quality(dialect);
        views.out
    }
}

/// Whether a promise is of a kind.
type IsForm = fn(&Form) -> bool;

struct Views<'p, 'a> {
    plan: &'p Plan<'a>,
    out: Vec<View>,
}

impl Views<'_, '_> {
    fn add(&mut self, what: &str, audience: Audience, comment: Vec<String>, query: Query) {
        self.out.push(View { name: self.plan.names.object(what), comment, query, audience });
    }

    fn for_people(&mut self, what: &str, answers: &str, query: Query) {
        self.add(what, Audience::People, vec![answers.to_owned()], query);
    }

    /// The clock and the records.
    fn data(&mut self) {
        let plan = self.plan;
        let conditions = plan.records.keys().flat_map(|id| {
            let record = &plan.model().records[*id];
            let of_definitions = definitions(plan.evaluator, *id).into_iter();
            let of_definitions = of_definitions.map(|d| &plan.model().definitions[d].condition);
            let commitments = plan.measured.iter().filter(|c| record_of(plan.model(), **c) == Some(*id));
            let of_commitments = commitments.flat_map(|c| conditions(&plan.model().commitments[*c]));
            of_definitions.chain(of_commitments).map(move |c| (c, record)).collect::<Vec<_>>()
        });
        let conditions: Vec<(&Predicate, &Record)> = conditions.collect();
        let clock = clock::view(plan.evaluator, &plan.clocks, &plan.names, &conditions);
        let words = vec!["The present moment, and what follows from it alone.".to_owned()];
        self.add("clock", Audience::Views, words, clock);
        for (id, (binding, shape)) in &plan.records {
            let record = &plan.model().records[*id];
            let query = record::view(plan.evaluator, binding, shape, &plan.clocks, &plan.names);
            let comment = vec![format!(
                "From the {}: its data as the other views read them, and which definitions hold.",
                words::clause("record", &record.head)
            )];
            self.add(&format!("record_{}", record.head.name), Audience::Views, comment, query);
        }
    }

    /// One view for each commitment, and one for each kind of them.
    fn commitments(&mut self) {
        let plan = self.plan;
        let kinds: [(&str, &str, IsForm); 4] = [
            (
                "items",
                "How did each item come out? One row for each item of each commitment with a deadline.",
                |f| matches!(f, Form::Turnaround(_)),
            ),
            ("quotas", "How much is there of what was promised for each period, and is it enough?", |f| {
                matches!(f, Form::Quota(_))
            }),
            ("shares", "How large a part of the items is as promised, in each period?", |f| {
                matches!(f, Form::Share(_))
            }),
            (
                "prohibitions",
                "Which items break what is forbidden (is_broken = 1), and which keep it?",
                |f| matches!(f, Form::Prohibition(_)),
            ),
        ];
        for (all, answers, of_form) in kinds {
            let mut parts = Vec::new();
            for id in plan.of_form(of_form) {
                let promise = plan.promise(id);
                let query = match &plan.model().commitments[id].form {
                    Form::Turnaround(_) => plan.turnaround(id),
                    Form::Quota(_) => promise.and_then(|p| p.quota()),
                    Form::Share(_) => promise.and_then(|p| p.share()),
                    Form::Prohibition(_) => promise.and_then(|p| p.prohibition()),
                    // Not measured (see `beyond`).
                    Form::Attempts(_)
                    | Form::Recurring(_)
                    | Form::LeadTime(_)
                    | Form::NotBefore(_)
                    | Form::Level(_)
                    | Form::Permission(_) => None,
                };
                let Some(query) = query else { continue };
                let what = format!("commitment_{}", plan.head(id).name);
                let comment = vec![
                    format!("From the {}:", words::clause("commitment", plan.head(id))),
                    format!("{}.", words::sentence(plan.model(), &plan.model().commitments[id])),
                ];
                let columns: Vec<String> = query
                    .rows
                    .first()
                    .map(|r| r.columns.iter().map(|(_, name)| name.clone()).collect())
                    .unwrap_or_default();
                self.add(&what, Audience::Views, comment, query);
                let names: Vec<&str> = columns.iter().map(String::as_str).collect();
                parts.push(Select::from(Source::of(&plan.names.object(&what), "c")).columns_of("c", &names));
            }
            if !parts.is_empty() {
                debug_assert!(all != "items" || parts.iter().all(|p| p.columns.len() == COLUMNS.len()));
                self.for_people(all, answers, Query { steps: Vec::new(), rows: parts });
            }
        }
    }

    fn reports(&mut self) {
        let plan = self.plan;
        let turnarounds = plan.of_form(|f| matches!(f, Form::Turnaround(_)));
        let prohibitions = !plan.of_form(|f| matches!(f, Form::Prohibition(_))).is_empty();
        let reports = Reports { evaluator: plan.evaluator, names: &plan.names, turnarounds: &turnarounds };
        if !turnarounds.is_empty() {
            let scopes = [
                (
                    Scope::Commitment,
                    "How much of each commitment was met in each period, and is it on target?",
                ),
                (Scope::Owner, "How much of each commitment was met by each owner of items?"),
                (Scope::Role, "How much of all that a role owes was met in each month?"),
                (Scope::Agreement, "How much of the whole agreement was met in each month?"),
            ];
            for (scope, answers) in scopes {
                self.for_people(scope.view(), answers, reports.attainment(scope));
            }
            let answers = "How long does it take? Half, three quarters, 90% and 95% of the decided items took no longer than this.";
            self.for_people("response_times", answers, reports.response_times());
            let answers = "What is open, when is it due, and when is somebody reminded?";
            self.for_people("open_items", answers, reports.open_items());
        }
        if !turnarounds.is_empty() || prohibitions {
            self.for_people(
                "breaches",
                "What was late, is overdue, or was forbidden?",
                reports.breaches(prohibitions),
            );
        }
        if let Some(query) = reports.patterns() {
            self.for_people(
                "patterns",
                "Which patterns that set off a contingency show, and in which period?",
                query,
            );
        }
    }

    fn quality(&mut self, dialect: Dialect) {
        let plan = self.plan;
        let mut rows = Vec::new();
        for (binding, shape) in plan.records.values() {
            rows.extend(quality::of_record(plan.model(), binding, shape, &plan.names, dialect));
        }
        if !plan.of_form(|f| matches!(f, Form::Turnaround(_))).is_empty() {
            rows.extend(quality::of_items(&plan.names));
        }
        rows.extend(quality::of_now(plan.evaluator, &plan.clocks, &plan.names));
        for id in &plan.measured {
            rows.extend(plan.promise(*id).iter().flat_map(quality::of_promise));
        }
        if !rows.is_empty() {
            let answers = "What in the data, or in these tables, would make an answer wrong? Best empty.";
            self.for_people("data_quality", answers, quality::view(rows));
            self.for_people(
                "data_quality_summary",
                "How many rows of each kind are in it?",
                quality::summary(&plan.names),
            );
        }
    }
}

/// The conditions that a commitment states itself.
fn conditions(commitment: &Commitment) -> Vec<&Predicate> {
    let of_form: Vec<&Predicate> = match &commitment.form {
        Form::Turnaround(turnaround) => turnaround.tiers.iter().filter_map(|t| t.when.as_ref()).collect(),
        Form::Prohibition(prohibition) => prohibition.when.iter().collect(),
        Form::Quota(_) | Form::Share(_) => Vec::new(),
        // Not measured (see `beyond`).
        Form::Attempts(_)
        | Form::Recurring(_)
        | Form::LeadTime(_)
        | Form::NotBefore(_)
        | Form::Level(_)
        | Form::Permission(_) => Vec::new(),
    };
    commitment.met_when.iter().chain(&commitment.excused_when).chain(of_form).collect()
}

fn record_of(model: &Model, id: Id<Commitment>) -> Option<Id<Record>> {
    model.record_of(model.commitments[id].subject()?)
}

/// The definitions of a record that can be decided.
fn definitions(evaluator: &Evaluator<'_>, record: Id<Record>) -> Vec<Id<Definition>> {
    let model = evaluator.model();
    let of_record = model.definitions.iter().filter(|(_, d)| d.record.get() == Some(&record));
    let decided = of_record.filter(|(id, d)| {
        evaluator.definition_gap(*id).is_none() && limit(model, &d.condition, record).is_none()
    });
    decided.map(|(id, _)| id).collect()
}

/// What keeps a commitment from being measured.
fn gap(evaluator: &Evaluator<'_>, id: Id<Commitment>) -> Option<String> {
    if let Some(gap) = evaluator.gap(id) {
        return Some(gap.to_string());
    }
    let model = evaluator.model();
    let commitment = &model.commitments[id];
    if let Some(why) = beyond(model, id) {
        return Some(why);
    }
    let record = record_of(model, id)?;
    let subject = match commitment.subject() {
        Some(crate::model::Subject::Definition(definition)) => {
            limit(model, &model.definitions[definition].condition, record)
        }
        Some(crate::model::Subject::Record(_)) | None => None,
    };
    let own = conditions(commitment).into_iter().find_map(|c| limit(model, c, record));
    subject.or(own).map(str::to_owned)
}

/// What of a commitment these queries do not know: counted without it, items would come out otherwise than agreed.
fn beyond(model: &Model, id: Id<Commitment>) -> Option<String> {
    let commitment = &model.commitments[id];
    let of_form = match &commitment.form {
        Form::Turnaround(_) | Form::Quota(_) | Form::Share(_) | Form::Prohibition(_) => None,
        Form::Attempts(_) => Some("it counts attempts, which these queries do not count yet"),
        Form::Recurring(_) => Some("it is due on days and about no record, and these queries judge records"),
        Form::LeadTime(_) => Some("it is a lead time, which these queries do not count back yet"),
        Form::NotBefore(_) => Some("it forbids something for a time, which these queries do not judge yet"),
        Form::Level(_) => Some("it is about all the time of a period, which these queries do not add up yet"),
        Form::Permission(_) => Some("it is a permission, and these queries judge what is owed or forbidden"),
    };
    let of_clauses = || {
        if matches!(model.clock(commitment), ClockOf::ByItem(_)) {
            return Some("its clock depends on the item");
        }
        if commitment.starts_when.is_some() {
            return Some("its clock starts under a condition (`starts when`)");
        }
        if !commitment.pauses.is_empty() {
            return Some("its clock can stand still (`paused from`)");
        }
        (!commitment.provided.is_empty()).then_some("its periods count under a condition (`provided`)")
    };
    let of_others = || {
        let name = |head: &crate::model::Head| head.name.text.clone();
        let above = model.priorities_over(id).next();
        let above = above.map(|a| format!("`{}` has priority over it", name(&model.commitments[a].head)));
        let waiver = || model.waivers_of(id).next();
        above.or_else(|| {
            waiver().map(|(_, w)| format!("the exception `{}` excuses some of its items", name(&w.head)))
        })
    };
    of_form.or_else(of_clauses).map(str::to_owned).or_else(of_others)
}

/// What keeps a condition, or a definition that it names, from being a query.
fn limit(model: &Model, condition: &Predicate, record: Id<Record>) -> Option<&'static str> {
    condition::limit(condition, &model.records[record]).or_else(|| {
        let below = condition.definitions();
        below.into_iter().find_map(|d| limit(model, &model.definitions[d].condition, record))
    })
}
