//! What lifecycles say of single stages and reasons.

use super::Resolver;
use super::clauses::{DUPLICATE_CLAUSE, Once};
use super::values::DurationUse;
use crate::diagnostic::Diagnostic;
use crate::model::lifecycle::{Effect, ReasonEffect, StageId, StageTerms};
use crate::model::{Duration, Field, Id, Record, Role, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, Spanned, StagePart, Word};

/// What the clauses about one stage come to.
pub(super) struct Terms {
    stage: StageId,
    owner: Once<Slot<Id<Role>>>,
    since: Once<Slot<Id<Field>>>,
    at_most: Once<Slot<Duration>>,
    span: Span,
}

impl Terms {
    fn new(stage: StageId, span: Span) -> Self {
        let (owner, since, at_most) = (Once::new("owned by"), Once::new("since"), Once::new("at most"));
        Terms { stage, owner, since, at_most, span }
    }

    pub(super) fn finish(self) -> StageTerms {
        let Terms { stage, owner, since, at_most, span } = self;
        StageTerms { stage, owner: owner.get(), since: since.get(), at_most: at_most.get(), span }
    }
}

impl Resolver<'_> {
    /// Takes in a clause about a stage; several about one stage add up.
    pub(super) fn stage_parts(
        &mut self,
        all: &mut Vec<Terms>,
        stage: StageId,
        record: Option<Id<Record>>,
        parts: &[Spanned<StagePart>],
        span: Span,
    ) {
        let known = all.iter().position(|t| t.stage == stage);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(Terms::new(stage, span));
        }
        let Some(terms) = all.get_mut(at) else { return };
        for part in parts {
            match &part.node {
                StagePart::OwnedBy(role) => {
                    let slot = self.find_slot(role);
                    terms.owner.set(self, part.span, slot);
                }
                StagePart::Since(field) => {
                    let slot = self.moment_slot(record, field);
                    terms.since.set(self, part.span, slot);
                }
                StagePart::AtMost(limit) => {
                    let slot = self.duration_slot(limit, DurationUse::Duty);
                    terms.at_most.set(self, part.span, slot);
                }
            }
        }
    }

    pub(super) fn reason_effect(
        &mut self,
        record: Option<Id<Record>>,
        (field, values): (&Word, &[Spanned<Literal>]),
        effect: &ast::ReasonEffect,
        span: Span,
    ) -> ReasonEffect {
        let reasons = self.reasons(record, field, values);
        let effect = match effect {
            ast::ReasonEffect::End => Effect::End,
            ast::ReasonEffect::ReturnTo(to, after) => Effect::Return {
                to: self.find_slot(to),
                after: after.as_ref().map(|after| self.duration_slot(after, DurationUse::Duty)),
            },
        };
        ReasonEffect { field: reasons.field, values: reasons.values, effect, span }
    }

    /// One reason with two effects leaves open which one holds.
    pub(super) fn one_effect_per_reason(&mut self, effects: &[ReasonEffect]) {
        for (i, later) in effects.iter().enumerate() {
            let shared = |earlier: &ReasonEffect| {
                let same = later.field.is_set() && earlier.field == later.field;
                later.values.iter().find(|v| same && earlier.values.contains(v)).cloned()
            };
            let found = effects[..i].iter().find_map(|earlier| Some((earlier.span, shared(earlier)?)));
            if let Some((first, value)) = found {
                let out =
                    Diagnostic::error(DUPLICATE_CLAUSE, format!("the reason `{value}` has two effects"))
                        .at(later.span, "again here")
                        .also(first, "first here")
                        .note("Two answers to one question leave the reader to guess which one holds.")
                        .help("Keep one of them.");
                self.diagnostics.push(out);
            }
        }
    }
}
