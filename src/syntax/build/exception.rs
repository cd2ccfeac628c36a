//! Clauses of `exception`.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::syntax::ast::ExceptionClause;
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn exception(&mut self, pair: &Pair<'_, Rule>) -> Option<ExceptionClause> {
        Some(match pair.as_rule() {
            Rule::excuses => ExceptionClause::Excuses(self.references(pair), self.when(pair)?),
            Rule::approved => ExceptionClause::Approved(self.reference(pair)?),
            Rule::at_most_per => ExceptionClause::AtMost(
                self.value(pair, Rule::number)?,
                self.period(&child(pair, Rule::period)?)?,
            ),
            Rule::in_force => {
                let date = |rule| child(pair, rule).and_then(|part| self.value(&part, Rule::date));
                ExceptionClause::Window(date(Rule::in_force_from), date(Rule::in_force_until))
            }
            Rule::note => ExceptionClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }
}
