//! Clauses of `goal`.

use pest::iterators::Pair;

use super::{Builder, child, has};
use crate::model::Bound;
use crate::syntax::ast::{GoalClause, Word};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn goal(&mut self, pair: &Pair<'_, Rule>) -> Option<GoalClause> {
        Some(match pair.as_rule() {
            Rule::shared => {
                // Names stand before `share`; one may stand behind the number.
                let share = child(pair, Rule::kw_share)?.as_span().start();
                let names = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::name);
                let (before, behind): (Vec<_>, Vec<_>) = names.partition(|n| n.as_span().start() < share);
                let parties: Vec<Word> = before.iter().map(|n| self.name(n)).collect();
                let least = has(&child(pair, Rule::bound)?, Rule::kw_least);
                GoalClause::Shared {
                    parties,
                    bound: if least { Bound::AtLeast } else { Bound::AtMost },
                    amount: self.constant(pair)?,
                    of: behind.first().map(|n| self.name(n)),
                    per: self.period(&child(pair, Rule::period)?)?,
                }
            }
            Rule::funnel => {
                let first = self.name(&child(pair, Rule::name)?);
                let parts = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::funnel_step);
                let mut steps = Vec::new();
                for step in parts {
                    let rate = self.value(&step, Rule::percent)?;
                    steps.push((rate, self.name(&child(&step, Rule::name)?)));
                }
                let worth = match child(pair, Rule::funnel_worth) {
                    Some(worth) => Some(self.value(&worth, Rule::money)?),
                    None => None,
                };
                GoalClause::Funnel { first, steps, worth }
            }
            Rule::note => GoalClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }
}
