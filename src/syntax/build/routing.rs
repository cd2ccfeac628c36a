//! Clauses of `routing`.

use pest::iterators::Pair;

use super::{Builder, has};
use crate::model::routing::{Matching, Turn};
use crate::syntax::ast::RoutingClause;
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn routing(&mut self, pair: &Pair<'_, Rule>) -> Option<RoutingClause> {
        Some(match pair.as_rule() {
            Rule::matching if has(pair, Rule::kw_first) => RoutingClause::Matching(Matching::First),
            Rule::matching => RoutingClause::Matching(Matching::ExactlyOne),
            Rule::route | Rule::route_otherwise => RoutingClause::Route {
                to: self.reference(pair)?,
                turn: if has(pair, Rule::in_turn) { Turn::InTurn } else { Turn::Unsaid },
                when: self.when(pair)?,
            },
            Rule::sticky => RoutingClause::Sticky(self.reference(pair)?, self.sticky_time(pair)?),
            Rule::note => RoutingClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    /// Both the field and the time may be `tbd`: the time stands last.
    fn sticky_time(&self, pair: &Pair<'_, Rule>) -> Option<crate::syntax::ast::DurationValue> {
        use crate::syntax::ast::OrTbd;
        let last = pair.clone().into_inner().next_back()?;
        match last.as_rule() {
            Rule::tbd => Some(OrTbd::Tbd(self.tbd(&last))),
            _ => self.duration(&last).map(OrTbd::Known),
        }
    }
}
