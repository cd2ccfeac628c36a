//! Lifecycles: stages and transitions.

use std::collections::BTreeMap;

use super::Resolver;
use super::clauses::Once;
use super::names::Entry;
use super::stages::Terms;
use super::values::DurationUse;
use crate::diagnostic::{Applicability, Diagnostic, names};
use crate::model::lifecycle::{From, Never, Reasons, StageId, Transition};
use crate::model::record::Openness;
use crate::model::{Completeness, Field, FieldType, Id, Lifecycle, Name, Record, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, FieldPath, LifecycleClause, Literal, LiteralKind, Spanned, TransitionPart};

/// Rule: a stage that the field does not have.
const UNKNOWN_STAGE: &str = "unknown-stage";

impl Resolver<'_> {
    pub(super) fn lifecycles(&mut self) {
        for (path, entry) in self.blocks.lifecycles.clone() {
            let lifecycle = self.lifecycle(path, entry);
            self.lifecycles.push(lifecycle);
        }
        self.one_lifecycle_per_field();
    }

    fn lifecycle(&mut self, path: &FieldPath, entry: Entry<'_, LifecycleClause>) -> Lifecycle {
        let record = self.find::<Record>(&path.record);
        let field = record.and_then(|r| self.find_field(r, &path.field));
        let stages = match (record, field) {
            (Some(record), Some(field)) => self.stages(record, field, path),
            _ => None,
        };
        let head = self.head(entry, |c| match c {
            LifecycleClause::Note(prose) => Some(prose),
            _ => None,
        });
        let mut out = Lifecycle {
            head,
            record: record.map_or(Slot::Broken, Slot::Set),
            field: if stages.is_some() { field.map_or(Slot::Broken, Slot::Set) } else { Slot::Broken },
            stages: stages.unwrap_or_default(),
            start: Vec::new(),
            end: Vec::new(),
            transitions: Vec::new(),
            never: Vec::new(),
            terms: Vec::new(),
            effects: Vec::new(),
            completeness: Completeness::Whole,
        };
        let known = out.field.is_set();
        if !known || entry.state == ast::State::Incomplete {
            out.completeness = Completeness::Holed;
        }
        let (mut start, mut end) = (Once::new("start"), Once::new("end"));
        let mut terms = Vec::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                LifecycleClause::Note(_) => {}
                LifecycleClause::Start(stages) => {
                    let ids = self.stage_list(&mut out, known, stages);
                    start.set(self, span, ids);
                }
                LifecycleClause::End(stages) => {
                    let ids = self.stage_list(&mut out, known, stages);
                    end.set(self, span, ids);
                }
                LifecycleClause::Never(from, to) => {
                    let from = self.source(&out, known, from);
                    let to = self.stage(&out, known, to);
                    if let (Some(from), Some(to)) = (from, to) {
                        out.never.push(Never { from, to, span });
                    }
                }
                LifecycleClause::Stage(stage, parts) => {
                    // What is said of an unknown stage is still looked at: its names are used.
                    let mut unknown = Vec::new();
                    match self.stage(&out, known, stage) {
                        Some(stage) => self.stage_parts(&mut terms, stage, record, parts, span),
                        None => self.stage_parts(&mut unknown, 0, record, parts, span),
                    }
                }
                LifecycleClause::Reason { field, values, effect } => {
                    let effect = self.reason_effect(record, (field, values), effect, span);
                    out.effects.push(effect);
                }
                LifecycleClause::Transition(transition) => {
                    match self.transition(&out, known, record, transition, span) {
                        Some(transition) => out.transitions.push(transition),
                        None => out.completeness = Completeness::Holed,
                    }
                }
            }
        }
        if out.transitions.is_empty() && out.completeness == Completeness::Whole {
            out.completeness = Completeness::Holed;
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("lifecycle `{}` has no transitions", entry.block.name.node),
                "Say how a record gets from stage to stage, such as `new -> working by sdr`.",
            );
        }
        if !start.is_set() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("lifecycle `{}` does not say where a record begins", entry.block.name.node),
                "Add a `start` clause with a stage, such as `start new`.",
            );
        }
        out.start = start.get().unwrap_or_default();
        out.end = end.get().unwrap_or_default();
        out.terms = terms.into_iter().map(Terms::finish).collect();
        self.one_effect_per_reason(&out.effects);
        self.repeated(&out);
        out
    }

    /// The stages are the values of a closed choice.
    fn stages(&mut self, record: Id<Record>, field: Id<Field>, path: &FieldPath) -> Option<Vec<Name>> {
        let declared = &self.records[record].fields[field];
        match &declared.ty {
            FieldType::Choice(values) if values.openness == Openness::Closed => Some(values.names.clone()),
            FieldType::Choice(_) => {
                let name = declared.name.clone();
                self.diagnostics.push(
                    Diagnostic::error(
                        super::condition::TYPE,
                        format!("`{name}` may have values that are not listed"),
                    )
                    .at(path.field.span, "its stages are not known")
                    .also(name.span, "open because of `...`")
                    .help("List every stage, and remove the `...`."),
                );
                None
            }
            other => {
                let out =
                    Diagnostic::error(super::condition::TYPE, format!("`{}` has no stages", declared.name))
                        .at(path.field.span, "a field of type `choice` is needed")
                        .also(declared.name.span, format!("declared as `{}`", other.words()))
                        .help("Stages are the values of a `choice`: name such a field.");
                self.diagnostics.push(out);
                None
            }
        }
    }

    fn stage_list(&mut self, of: &mut Lifecycle, known: bool, stages: &[Spanned<Literal>]) -> Vec<StageId> {
        let ids: Vec<StageId> = stages.iter().filter_map(|s| self.stage(of, known, s)).collect();
        if ids.len() < stages.len() {
            of.completeness = Completeness::Holed;
        }
        ids
    }

    /// A stage by its value. `known` is false when the stages themselves could not be resolved.
    fn stage(&mut self, of: &Lifecycle, known: bool, literal: &Spanned<Literal>) -> Option<StageId> {
        let text = &literal.node.text;
        if let Some(stage) = of.stages.iter().position(|s| s.text == *text) {
            self.refer(of.stages[stage].span, literal.span);
            return Some(stage);
        }
        if !known {
            return None;
        }
        let stages = || of.stages.iter().map(|s| s.text.as_str());
        let out = Diagnostic::error(UNKNOWN_STAGE, format!("there is no stage `{text}`"));
        let out = match self.suggest(text, stages()) {
            Some(near) => out.at(literal.span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                literal.span,
                near,
            ),
            None => out.at(literal.span, "not a value of the field"),
        };
        let out = match of.stages.first() {
            Some(first) => out.also(first.span, "the stages are declared here"),
            None => out,
        };
        self.diagnostics.push(out.help(format!(
            "The stages are {}. Add this one to the field if it exists.",
            names(&stages().collect::<Vec<_>>(), "and")
        )));
        None
    }

    fn source(&mut self, of: &Lifecycle, known: bool, literal: &Spanned<Literal>) -> Option<From> {
        let is_any = literal.node.kind == LiteralKind::Word && literal.node.text == "any";
        if is_any && !of.stages.iter().any(|s| s.text == "any") {
            return Some(From::Any);
        }
        self.stage(of, known, literal).map(From::Stage)
    }

    fn transition(
        &mut self,
        of: &Lifecycle,
        known: bool,
        record: Option<Id<Record>>,
        transition: &ast::Transition,
        span: Span,
    ) -> Option<Transition> {
        let from = self.source(of, known, &transition.from);
        let to = self.stage(of, known, &transition.to);
        let (mut when, mut by, mut requires) = (Once::new("when"), Once::new("by"), Once::new("requires"));
        let (mut reasons, mut at_most) = (Once::new("in"), Once::new("at most"));
        let (mut within, mut sets) = (Once::new("within"), Once::new("sets"));
        for part in &transition.parts {
            let span = part.span;
            match &part.node {
                TransitionPart::When(condition) => {
                    let condition = self.condition_of(record, condition);
                    when.set(self, span, condition);
                }
                TransitionPart::By(names) => {
                    let slots = self.find_slots(names);
                    by.set(self, span, slots);
                }
                TransitionPart::Requires(names) => {
                    let slots = self.field_slots(record, names);
                    requires.set(self, span, slots);
                }
                TransitionPart::Reasons(field, values) => {
                    let value = self.reasons(record, field, values);
                    reasons.set(self, span, value);
                }
                TransitionPart::AtMost(times) => {
                    let slot = self.how_many(times);
                    at_most.set(self, span, slot);
                }
                TransitionPart::Within(duration) => {
                    let slot = self.duration_slot(duration, DurationUse::Duty);
                    within.set(self, span, slot);
                }
                TransitionPart::Sets(names) => {
                    let slots = names.iter().map(|n| self.moment_slot(record, n)).collect();
                    sets.set(self, span, slots);
                }
            }
        }
        let (from, to) = (from?, to?);
        if from == From::Stage(to) {
            self.invalid(
                span,
                format!("`{}` leads to itself", of.stages[to].text),
                "nothing changes here",
                Some("Remove it: a record may always stay where it is.".into()),
            );
            return None;
        }
        Some(Transition {
            from,
            to,
            when: when.get(),
            by: by.get().unwrap_or_default(),
            requires: requires.get().unwrap_or_default(),
            reasons: reasons.get(),
            at_most: at_most.get(),
            within: within.get(),
            sets: sets.get().unwrap_or_default(),
            span,
        })
    }

    pub(super) fn reasons(
        &mut self,
        record: Option<Id<Record>>,
        field: &ast::Word,
        values: &[Spanned<Literal>],
    ) -> Reasons {
        let id = record.and_then(|r| self.find_field(r, field));
        let (Some(record), Some(id)) = (record, id) else {
            return Reasons { field: Slot::Broken, values: Vec::new() };
        };
        let declared = &self.records[record].fields[id];
        if !matches!(declared.ty, FieldType::Choice(_)) {
            let out = Diagnostic::error(super::condition::TYPE, format!("`{}` is not a choice", field.node))
                .at(field.span, "a field of type `choice` is needed here")
                .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
                .help("Name the field that holds the reason.");
            self.diagnostics.push(out);
            return Reasons { field: Slot::Broken, values: Vec::new() };
        }
        let mut out = Vec::new();
        for value in values {
            if let Some(crate::model::Constant::Choice(value)) = self.constant_for(record, id, value) {
                out.push(value);
            }
        }
        Reasons { field: Slot::Set(id), values: out }
    }

    /// The same step declared twice, by the same actors under the same condition.
    fn repeated(&mut self, of: &Lifecycle) {
        let mut steps = BTreeMap::new();
        for later in of.transitions.iter().filter(|t| t.when.is_none()) {
            let first = *steps.entry((later.from, later.to)).or_insert(later.span);
            if first != later.span {
                self.diagnostics.push(
                    Diagnostic::error(super::clauses::DUPLICATE_CLAUSE, "this transition is declared twice")
                        .at(later.span, "again here")
                        .also(first, "first here")
                        .help("Make one of them; a transition may name several roles."),
                );
            }
        }
    }

    fn one_lifecycle_per_field(&mut self) {
        let (mut said, mut again) = (Vec::new(), Vec::new());
        let mut fields = BTreeMap::new();
        for (id, later) in self.lifecycles.iter() {
            let Some(field) = later.record.get().zip(later.field.get()) else { continue };
            let first = *fields.entry(field).or_insert(later.head.name.span);
            if first != later.head.name.span {
                again.push(id);
                said.push(
                    Diagnostic::error(super::clauses::DUPLICATE_CLAUSE, "one field has two lifecycles")
                        .at(later.head.name.span, "the second")
                        .also(first, "the first")
                        .note("What one allows the other forbids: what is not declared is not allowed.")
                        .help("Make one lifecycle of them."),
                );
            }
        }
        self.diagnostics.extend(said);
        // Of the second ones nothing more is said.
        for id in again {
            self.lifecycles[id].completeness = Completeness::Holed;
        }
    }
}
