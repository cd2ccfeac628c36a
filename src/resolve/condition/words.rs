//! A word on its own, and fields that are needed in a place.

use super::{Conditions, TYPE, Type};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::{Field, FieldType, Id, PredicateKind, Slot};
use crate::resolve::names::UNDEFINED;
use crate::resolve::parties::word_at;
use crate::source::Span;
use crate::syntax::ast::{Asks, Expr, ExprKind};

impl Conditions<'_, '_> {
    /// A word on its own: a yes/no field, or a definition.
    pub(super) fn yes_or_no(&mut self, name: &str, span: Span) -> Option<PredicateKind> {
        if let Some(definition) = self.resolver.known_definition(name, span.file) {
            let word = word_at(name, span);
            self.resolver.find::<crate::model::Definition>(&word)?;
            return self.same_record(definition, span);
        }
        if let Some(score) = self.resolver.known_score(name, span.file) {
            self.resolver.score_of(self.record, score, span)?;
            self.say(
                Diagnostic::error(TYPE, format!("`{name}` alone is not a condition"))
                    .at(span, "a score is a number")
                    .help(format!("Compare it, such as `{name} >= 65`.")),
            );
            return None;
        }
        if let Some(field) = self.field(name, span) {
            let declared = &self.resolver.records[self.record].fields[field];
            if declared.ty == FieldType::Boolean {
                return Some(PredicateKind::Flag(field));
            }
            let example = match &declared.ty {
                FieldType::Choice(values) | FieldType::Choices(values) => {
                    values.names.first().map_or("..", |n| n.text.as_str())
                }
                FieldType::Integer | FieldType::Number => "100",
                FieldType::Percent => "50%",
                FieldType::Date => "2026-03-31",
                _ => "..",
            };
            let out = Diagnostic::error(TYPE, format!("`{name}` alone is not a condition"))
                .at(span, format!("a field of type {}", declared.ty.words()))
                .also(declared.name.span, "declared here")
                .help(format!("Compare it, such as `{name} = {example}`, or ask whether it `is set`."));
            self.say(out);
            return None;
        }
        if self.meant_for_child(name, span) {
            return None;
        }
        let hidden = self.resolver.is_lost(name, span.file)
            || self.resolver.record_has_hole(self.record)
            || self.resolver.misses_a_file(span.file);
        if hidden {
            return None;
        }
        let definitions = self.resolver.definitions.values().map(|d| d.head.name.text.as_str());
        let record = &self.resolver.records[self.record];
        let flags =
            record.fields.values().filter(|f| f.ty == FieldType::Boolean).map(|f| f.name.text.as_str());
        let near = self.resolver.suggest(name, definitions.chain(flags));
        let out = Diagnostic::error(UNDEFINED, format!("nothing is called `{name}`"));
        let out = match near {
            Some(near) => out.at(span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                span,
                near,
            ),
            None => out
                .at(span, format!("neither a definition nor a yes/no field of `{}`", record.head.name))
                .help(format!("Declare it: `definition {name} {{ means {} where .. }}`.", record.head.name)),
        };
        self.say(out);
        None
    }

    fn same_record(&mut self, definition: Id<crate::model::Definition>, span: Span) -> Option<PredicateKind> {
        let other = &self.resolver.definitions[definition];
        let Slot::Set(record) = other.record else { return None };
        if record == self.record {
            return Some(PredicateKind::Is(definition));
        }
        let name = other.head.name.text.clone();
        if self.meant_for_child(&name, span) {
            return None;
        }
        let other = &self.resolver.definitions[definition];
        let out = Diagnostic::error(
            TYPE,
            format!(
                "`{}` is about a `{}`, but this condition is about a `{}`",
                other.head.name,
                self.resolver.records[record].head.name,
                self.resolver.records[self.record].head.name
            ),
        )
        .at(span, "of another record")
        .also(other.head.name.span, "declared here")
        .help(format!("Ask about fields of `{}` here.", self.resolver.records[self.record].head.name));
        self.say(out);
        None
    }

    /// Any field, for `is blank` and `is set`.
    pub(super) fn any_field(&mut self, expr: &Expr) -> Option<Id<Field>> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.any_field(inner),
            ExprKind::Name(name) => {
                if let Some(field) = self.field(name, expr.span) {
                    Some(field)
                } else if self.resolver.known_score(name, expr.span.file).is_some() {
                    self.say(
                        Diagnostic::error(TYPE, format!("`{name}` is a score: never blank, old or a text"))
                            .at(expr.span, "always a number")
                            .help("Without points it is 0: compare it with a number."),
                    );
                    None
                } else {
                    self.no_field(name, expr.span);
                    None
                }
            }
            ExprKind::Children(asked) if matches!(asked.asks, Asks::Count | Asks::Sum(_)) => {
                self.say(
                    Diagnostic::error(TYPE, "a count or a sum is never blank, old or a text")
                        .at(expr.span, "always a number")
                        .help("Where there are no child records it is 0: compare it with a number."),
                );
                None
            }
            _ => {
                self.say(
                    Diagnostic::error(TYPE, "a field is needed here")
                        .at(expr.span, "this is no field")
                        .help("Only fields of a record can be blank, old, or begin with something."),
                );
                None
            }
        }
    }

    pub(super) fn no_field(&mut self, name: &str, span: Span) {
        if self.meant_for_child(name, span)
            || self.resolver.record_has_hole(self.record)
            || self.resolver.is_lost(name, span.file)
        {
            return;
        }
        let word = word_at(name, span);
        let out = self.resolver.no_field(self.record, &word, &[]);
        self.say(out);
    }

    pub(super) fn text_field(&mut self, expr: &Expr) -> Option<Id<Field>> {
        let field = self.any_field(expr)?;
        if self.type_of(field) == Type::Text {
            return Some(field);
        }
        self.wrong_field(field, expr.span, "a text");
        None
    }

    pub(super) fn wrong_field(&mut self, field: Id<Field>, span: Span, wanted: &str) {
        let declared = &self.resolver.records[self.record].fields[field];
        let out = Diagnostic::error(TYPE, format!("`{}` is not {wanted}", declared.name))
            .at(span, format!("{wanted} is needed here"))
            .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
            .help("Name another field, or declare this one otherwise.");
        self.say(out);
    }
}
