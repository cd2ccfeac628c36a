//! Constants of a known type: amounts, dates, values of a choice.

use rust_decimal::Decimal;

use super::{Conditions, TYPE, Type, Typed, VALUE, field_span};
use crate::diagnostic::{Applicability, Diagnostic, names};
use crate::model::record::Openness;
use crate::model::{Constant, Field, Id, Term};
use crate::resolve::parties::word_at;
use crate::resolve::values::UNIT;
use crate::source::Span;
use crate::syntax::ast::{self, LiteralKind};

impl Conditions<'_, '_> {
    /// Where the type of a value was declared, for messages.
    pub(super) fn declared(&self, value: &Typed, otherwise: Span) -> Span {
        match &value.term {
            Term::Field(field) => field_span(self.resolver, self.record, *field),
            _ => otherwise,
        }
    }

    /// A constant of a type. `declared` is where the type comes from.
    pub(super) fn constant(
        &mut self,
        literal: &ast::Literal,
        span: Span,
        ty: &Type,
        declared: Span,
    ) -> Option<Constant> {
        let text = &literal.text;
        let word = || word_at(text, span);
        match (ty, literal.kind) {
            (Type::Choice(field), LiteralKind::Word | LiteralKind::Text | LiteralKind::Boolean) => {
                self.choice(*field, text, span)
            }
            // A choice may have values such as `2026` or `10`.
            (Type::Choice(field), LiteralKind::Number | LiteralKind::Date) => self.choice(*field, text, span),
            (Type::Text, LiteralKind::Word | LiteralKind::Text) => Some(Constant::Text(text.clone())),
            (Type::Number, LiteralKind::Number) => self.resolver.number(text, span).map(Constant::Number),
            (Type::Percent, LiteralKind::Percent) => self.resolver.percent(text, span).map(Constant::Percent),
            (Type::Money(currency), LiteralKind::Money) => {
                let (amount, own) = self.resolver.money(text, span)?;
                if own == *currency {
                    return Some(Constant::Money(amount, own));
                }
                self.say(
                    Diagnostic::error(
                        UNIT,
                        format!("an amount in {currency} and one in {own} cannot be compared"),
                    )
                    .at(span, format!("in {own}"))
                    .also(declared, format!("in {currency}"))
                    .help(format!("Write the amount in {currency}; Clausal knows no rates of exchange.")),
                );
                None
            }
            (Type::Boolean, LiteralKind::Boolean) => Some(Constant::Boolean(text == "true")),
            (Type::Date, LiteralKind::Date) => self.resolver.date(&word()).map(Constant::Date),
            (Type::Moment, LiteralKind::DateTime) => self.resolver.date_time(&word()).map(Constant::DateTime),
            _ => {
                self.wrong_constant(literal, span, ty, declared);
                None
            }
        }
    }

    fn wrong_constant(&mut self, literal: &ast::Literal, span: Span, ty: &Type, declared: Span) {
        let text = &literal.text;
        let message = match (ty, text.as_str()) {
            (Type::Boolean, "yes") => "`yes` is written `true` here".to_owned(),
            (Type::Boolean, "no") => "`no` is written `false` here".to_owned(),
            _ => format!("`{text}` is not {}", ty.words()),
        };
        let mut out = Diagnostic::error(TYPE, message).at(span, format!("{} is needed here", ty.words()));
        if declared != span {
            out = out.also(declared, "because of this");
        }
        let write = match (ty, literal.kind) {
            (Type::Percent, LiteralKind::Number) => Some(format!("{text}%")),
            (Type::Money(currency), LiteralKind::Number) => Some(format!("{currency} {text}")),
            (Type::Moment, LiteralKind::Date) => Some(format!("{text} 00:00")),
            (Type::Text, _) => Some(format!("\"{text}\"")),
            (Type::Number, LiteralKind::Text) if text.parse::<Decimal>().is_ok() => Some(text.clone()),
            (Type::Boolean, _) if text == "yes" => Some("true".into()),
            (Type::Boolean, _) if text == "no" => Some("false".into()),
            _ => None,
        };
        self.say(match write {
            Some(write) => out.fix(format!("write `{write}`"), Applicability::Suggested, span, write),
            None => out.help("Write a value of that type, or name another field."),
        });
    }

    fn choice(&mut self, field: Id<Field>, text: &str, span: Span) -> Option<Constant> {
        let declared = &self.resolver.records[self.record].fields[field];
        let values = declared.ty.values()?;
        if values.lists(text) {
            return Some(Constant::Choice(text.to_owned()));
        }
        if values.openness == Openness::Open {
            return Some(Constant::Choice(text.to_owned()));
        }
        let name = declared.name.clone();
        let known = || values.names.iter().map(|n| n.text.as_str());
        let out = Diagnostic::error(VALUE, format!("`{name}` has no value `{text}`"));
        let out = match self.resolver.suggest(text, known()) {
            Some(near) => {
                let written = if is_bare(near) { near.to_owned() } else { format!("\"{near}\"") };
                out.at(span, format!("did you mean `{near}`?")).fix(
                    format!("write `{written}`"),
                    Applicability::Suggested,
                    span,
                    written,
                )
            }
            None => out.at(span, "not one of its values"),
        };
        let help = format!(
            "Its values are {}. Add this one to the record if it exists.",
            names(&known().collect::<Vec<_>>(), "and")
        );
        self.say(out.also(name.span, "its values are declared here").help(help));
        None
    }
}

/// True if a value can stand without quotes.
fn is_bare(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_')
}
