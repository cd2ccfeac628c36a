//! Clauses of `dispute` and `incentive`.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::syntax::ast::{DisputeClause, InARow, IncentiveClause, Mark, OrTbd, RewardWhen};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn dispute(&mut self, pair: &Pair<'_, Rule>) -> Option<DisputeClause> {
        let within = child(pair, Rule::within).and_then(|within| self.duration_value(&within));
        Some(match pair.as_rule() {
            Rule::about => DisputeClause::About(self.references(pair)),
            Rule::raised => DisputeClause::Raised(self.references(pair), within),
            Rule::decided => DisputeClause::Decided(self.reference(pair)?, within, self.via(pair)),
            Rule::note => DisputeClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    pub(super) fn incentive(&mut self, pair: &Pair<'_, Rule>) -> Option<IncentiveClause> {
        Some(match pair.as_rule() {
            Rule::earns => {
                IncentiveClause::Earns(self.value(pair, Rule::number)?, self.name(&child(pair, Rule::name)?))
            }
            Rule::badge => {
                IncentiveClause::Badge(self.string(&child(pair, Rule::string)?), self.reward_when(pair)?)
            }
            Rule::pays => IncentiveClause::Pays(
                self.value(pair, Rule::money)?,
                self.period(&child(pair, Rule::period)?)?,
                self.reward_when(pair)?,
            ),
            Rule::leaderboard => IncentiveClause::Leaderboard(match child(pair, Rule::tbd) {
                Some(tbd) => OrTbd::Tbd(self.tbd(&tbd)),
                None => OrTbd::Known(self.cadence(&child(pair, Rule::cadence)?)?),
            }),
            Rule::note => IncentiveClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn reward_when(&mut self, pair: &Pair<'_, Rule>) -> Option<RewardWhen> {
        let when = child(pair, Rule::reward_when)?;
        let in_a_row = match child(&when, Rule::in_a_row) {
            Some(row) => Some(InARow {
                count: self.word(&child(&row, Rule::number)?),
                consecutive: match child(&row, Rule::kw_consecutive) {
                    Some(word) => Mark::Present(self.span(&word)),
                    None => Mark::Absent,
                },
                period: self.period(&row)?,
            }),
            None => None,
        };
        Some(RewardWhen {
            commitment: self.name(&child(&when, Rule::name)?),
            at_least: self.value(&when, Rule::percent),
            in_a_row,
        })
    }
}
