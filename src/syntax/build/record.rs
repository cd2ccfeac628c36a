//! Clauses of `record` and `definition`.

use pest::iterators::Pair;

use super::{Builder, child, has};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::record::Openness;
use crate::syntax::ast::{
    ChoiceValues, DefinitionClause, Field, FieldPath, FieldType, Mark, RecordClause, Spanned,
};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::SYNTAX;

impl Builder<'_> {
    pub(super) fn record(&mut self, pair: &Pair<'_, Rule>) -> Option<RecordClause> {
        match pair.as_rule() {
            Rule::note => Some(RecordClause::Note(self.prose(pair)?)),
            Rule::happens => Some(RecordClause::HappensAt(self.reference(pair)?)),
            Rule::field => Some(RecordClause::Field(self.field(pair)?)),
            _ => None,
        }
    }

    fn field(&mut self, pair: &Pair<'_, Rule>) -> Option<Field> {
        let mark = |builder: &Self, rule| match child(pair, rule) {
            Some(p) => Mark::Present(builder.span(&p)),
            None => Mark::Absent,
        };
        let ty = child(pair, Rule::field_type)?;
        for rule in [Rule::range, Rule::optional, Rule::ignoring_case] {
            self.once(pair, rule);
        }
        Some(Field {
            name: self.name(&child(pair, Rule::name)?),
            title: child(pair, Rule::title).and_then(|t| child(&t, Rule::string)).map(|t| self.string(&t)),
            range: child(pair, Rule::range).map(|r| self.word(&r)),
            optional: mark(self, Rule::optional),
            ignoring_case: mark(self, Rule::ignoring_case),
            ty: Spanned::new(self.field_type(&ty)?, self.span(&ty)),
        })
    }

    /// Reports what a field says a second time.
    fn once(&mut self, pair: &Pair<'_, Rule>, rule: Rule) {
        let again = pair.clone().into_inner().filter(|p| p.as_rule() == rule).skip(1);
        for again in again {
            let (span, said) = (self.span(&again), again.as_str().trim_end());
            let out = match rule {
                Rule::range => Diagnostic::error(SYNTAX, "a field has one range")
                    .at(span, "a second one")
                    .help("Write both bounds in one: `0..100`."),
                _ => Diagnostic::error(SYNTAX, format!("`{said}` is written twice"))
                    .at(span, "the second time")
                    .fix("delete it", Applicability::Safe, span, ""),
            };
            self.diagnostics.push(out);
        }
    }

    fn field_type(&mut self, pair: &Pair<'_, Rule>) -> Option<FieldType> {
        let inner = pair.clone().into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::ty_simple => match inner.as_str() {
                "key" => FieldType::Key,
                "text" => FieldType::Text,
                "integer" => FieldType::Integer,
                "number" => FieldType::Number,
                "percent" => FieldType::Percent,
                "boolean" => FieldType::Boolean,
                "date" => FieldType::Date,
                "datetime" => FieldType::DateTime,
                "user" => FieldType::User,
                _ => return None,
            },
            Rule::ty_money => FieldType::Money(self.word(&child(&inner, Rule::currency)?)),
            Rule::ty_choice => FieldType::Choice(self.choice_values(&child(&inner, Rule::values)?)),
            Rule::ty_choices => FieldType::Choices(self.choice_values(&child(&inner, Rule::values)?)),
            Rule::ty_reference => FieldType::Reference(self.name(&child(&inner, Rule::name)?)),
            _ => return None,
        })
    }

    fn choice_values(&self, pair: &Pair<'_, Rule>) -> ChoiceValues {
        let openness = if has(pair, Rule::ellipsis) { Openness::Open } else { Openness::Closed };
        ChoiceValues { values: self.literals(pair), openness }
    }

    pub(super) fn field_path(&mut self, pair: &Pair<'_, Rule>) -> Option<FieldPath> {
        let mut names = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::name);
        let (record, field) = (names.next()?, names.next()?);
        Some(FieldPath { record: self.name(&record), field: self.name(&field) })
    }

    pub(super) fn definition(&mut self, pair: &Pair<'_, Rule>) -> Option<DefinitionClause> {
        Some(match pair.as_rule() {
            Rule::means => {
                let record = self.name(&child(pair, Rule::name)?);
                let condition = match child(pair, Rule::condition) {
                    Some(condition) => Some(self.condition(&condition)?),
                    None => None,
                };
                DefinitionClause::Means(record, condition)
            }
            Rule::since => DefinitionClause::Since(self.reference(pair)?),
            Rule::excludes => DefinitionClause::Excludes(self.references(pair)),
            Rule::one_of => DefinitionClause::OneOf(self.name(&child(pair, Rule::name)?)),
            Rule::note => DefinitionClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }
}
