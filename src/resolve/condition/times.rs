//! How old a date is, and how far from another.

use super::{Conditions, TYPE, Type};
use crate::diagnostic::Diagnostic;
use crate::model::children::MomentTest;
use crate::model::{Duration, Field, Id, PredicateKind, Unit};
use crate::resolve::values::{DurationUse, UNIT};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, Word};

impl Conditions<'_, '_> {
    pub(super) fn older_than(&mut self, of: &Expr, duration: &ast::DurationValue) -> Option<PredicateKind> {
        let of_children = self.moment_of_children(of, |this, ty| {
            let duration = *this.resolver.duration_slot(duration, DurationUse::Condition).get()?;
            if *ty == Type::Date {
                this.day_unit(duration.unit, of.span)?;
            }
            Some(MomentTest::OlderThan(duration))
        });
        if let Some(kind) = of_children {
            return kind;
        }
        let field = self.any_field(of)?;
        let duration = self.resolver.duration_slot(duration, DurationUse::Condition);
        let span = of.span;
        let duration = *duration.get()?;
        match self.type_of(field) {
            Type::Moment => {}
            Type::Date => self.day_unit(duration.unit, span)?,
            _ => {
                self.wrong_field(field, span, "a date");
                return None;
            }
        }
        Some(PredicateKind::OlderThan(field, duration))
    }

    pub(super) fn within(
        &mut self,
        of: &Expr,
        duration: &ast::DurationValue,
        anchor: &Word,
    ) -> Option<PredicateKind> {
        let of_children = self.moment_of_children(of, |this, ty| {
            let (from, duration) = this.distance(ty, of.span, duration, anchor)?;
            Some(MomentTest::Within(duration, from))
        });
        if let Some(kind) = of_children {
            return kind;
        }
        let field = self.any_field(of)?;
        if !matches!(self.type_of(field), Type::Date | Type::Moment) {
            self.wrong_field(field, of.span, "a date");
            return None;
        }
        let (from, duration) = self.distance(&self.type_of(field), of.span, duration, anchor)?;
        Some(PredicateKind::Within { field, duration, of: from })
    }

    /// How far a date or moment may lie behind a field, and that field.
    fn distance(
        &mut self,
        ty: &Type,
        span: Span,
        duration: &ast::DurationValue,
        anchor: &Word,
    ) -> Option<(Id<Field>, Duration)> {
        let Some(from) = self.field(&anchor.node, anchor.span) else {
            self.no_field(&anchor.node, anchor.span);
            return None;
        };
        let duration = *self.resolver.duration_slot(duration, DurationUse::Condition).get()?;
        match (ty, self.type_of(from)) {
            (Type::Moment, Type::Moment) => {}
            (Type::Date, Type::Date) => self.day_unit(duration.unit, span)?,
            (_, Type::Date | Type::Moment) => {
                let text = "a date and a date with time cannot be compared";
                self.say(
                    Diagnostic::error(TYPE, text)
                        .at(span, "one has a time of day")
                        .also(anchor.span, "the other has not, or the other way round")
                        .help("Name two fields of one type, `date` or `datetime`."),
                );
                return None;
            }
            _ => {
                self.wrong_field(from, anchor.span, "a date");
                return None;
            }
        }
        Some((from, duration))
    }

    /// Dates are counted in days, weeks and months.
    pub(super) fn day_unit(&mut self, unit: Unit, span: Span) -> Option<()> {
        if unit.seconds().is_none() {
            return Some(());
        }
        self.say(
            Diagnostic::error(UNIT, "a date has no hours")
                .at(span, "a field of type `date`")
                .help("Count in calendar days, weeks or months."),
        );
        None
    }
}
