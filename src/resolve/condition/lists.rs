//! Texts and lists: what is contained in a field, listed, or holds for so many.

use std::collections::BTreeMap;

use super::{Conditions, TYPE, Type, field_span};
use crate::diagnostic::Diagnostic;
use crate::model::{Constant, Field, Id, Predicate, PredicateKind};
use crate::resolve::values::INVALID;
use crate::source::Span;
use crate::syntax::ast::{self, Expr, Word};

impl Conditions<'_, '_> {
    pub(super) fn not_empty(&mut self, text: &str, span: Span) -> Option<()> {
        if !text.is_empty() {
            return Some(());
        }
        self.say(
            Diagnostic::error(INVALID, "every text contains nothing")
                .at(span, "empty")
                .help("To ask whether a field is filled, write `is set`."),
        );
        None
    }

    pub(super) fn contains(
        &mut self,
        of: &Expr,
        value: &ast::Spanned<ast::Literal>,
    ) -> Option<PredicateKind> {
        let field = self.any_field(of)?;
        match self.type_of(field) {
            Type::Choices(_) => {
                let declared = field_span(self.resolver, self.record, field);
                let constant = self.constant(&value.node, value.span, &Type::Choice(field), declared)?;
                let Constant::Choice(value) = constant else { return None };
                Some(PredicateKind::Has(field, value))
            }
            Type::Text => {
                self.not_empty(&value.node.text, value.span)?;
                Some(PredicateKind::Contains(field, value.node.text.clone()))
            }
            _ => {
                self.wrong_field(field, of.span, "a text or a list of choices");
                None
            }
        }
    }

    pub(super) fn in_list(
        &mut self,
        of: &Expr,
        values: &[ast::Spanned<ast::Literal>],
    ) -> Option<PredicateKind> {
        let left = self.value(of, None)?;
        if let Type::Choices(field) = left.ty {
            self.use_contains(field, of.span);
            return None;
        }
        let declared = self.declared(&left, of.span);
        let constants: Vec<Option<Constant>> =
            values.iter().map(|v| self.constant(&v.node, v.span, &left.ty, declared)).collect();
        let mut listed = BTreeMap::new();
        for value in values {
            let first = *listed.entry((value.node.kind, value.node.text.as_str())).or_insert(value.span);
            if first != value.span {
                self.say(
                    Diagnostic::warning("duplicate-name", format!("`{}` is listed twice", value.node.text))
                        .at(value.span, "again here")
                        .also(first, "first here")
                        .help("Keep one of them, or write the value that was meant."),
                );
            }
        }
        let values = constants.into_iter().collect::<Option<Vec<_>>>()?;
        Some(PredicateKind::In { term: left.term, values })
    }

    pub(super) fn use_contains(&mut self, field: Id<Field>, span: Span) {
        let name = self.resolver.records[self.record].fields[field].name.clone();
        self.say(
            Diagnostic::error(TYPE, format!("`{name}` may hold several values at once"))
                .at(span, "not one value")
                .also(name.span, "declared as `choices`")
                .help(format!("Ask for one of them: `{name} contains ..`.")),
        );
    }

    pub(super) fn at_least(&mut self, count: &Word, parts: &[Expr]) -> Option<PredicateKind> {
        let parts: Vec<Predicate> = parts.iter().map(|p| self.nested(p)).collect();
        let n = self.resolver.count(count)?;
        if n as usize > parts.len() {
            self.say(
                Diagnostic::error(INVALID, format!("at least {n} of {} can never hold", parts.len()))
                    .at(count.span, format!("{} in the list", parts.len()))
                    .help("Lower the number, or add the condition that is missing."),
            );
            return None;
        }
        Some(PredicateKind::AtLeast(n, parts))
    }
}
