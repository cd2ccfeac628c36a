//! Clauses of `scenario`.

use pest::iterators::Pair;

use super::{Builder, child, has};
use crate::syntax::ast::{Assignment, ExpectedRoute, ScenarioClause, Spanned};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn scenario(&mut self, pair: &Pair<'_, Rule>) -> Option<ScenarioClause> {
        Some(match pair.as_rule() {
            Rule::given => {
                ScenarioClause::Given(self.name(&child(pair, Rule::name)?), self.assignments(pair)?)
            }
            Rule::with_child => {
                ScenarioClause::With(self.name(&child(pair, Rule::name)?), self.assignments(pair)?)
            }
            Rule::changes => ScenarioClause::When(self.assignments(pair)?),
            Rule::moment => ScenarioClause::Now(self.word(&child(pair, Rule::datetime)?)),
            Rule::expect_not => ScenarioClause::ExpectNot(self.name(&child(pair, Rule::name)?)),
            Rule::expect_holds => ScenarioClause::Expect(self.name(&child(pair, Rule::name)?)),
            Rule::expect_score => ScenarioClause::ExpectScore(
                self.name(&child(pair, Rule::name)?),
                self.word(&child(pair, Rule::level)?),
            ),
            Rule::expect_due => ScenarioClause::ExpectDue(
                self.name(&child(pair, Rule::name)?),
                self.word(&child(pair, Rule::datetime)?),
            ),
            Rule::expect_route => {
                let mut names = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::name);
                let routing = self.name(&names.next()?);
                let expected = match names.next() {
                    Some(role) => ExpectedRoute::To(self.name(&role)),
                    None if has(pair, Rule::kw_ambiguous) => ExpectedRoute::Ambiguous,
                    None => ExpectedRoute::Nobody,
                };
                ScenarioClause::ExpectRoute(routing, expected)
            }
            Rule::expect_verdict => {
                let by = match child(pair, Rule::late_by) {
                    Some(by) => Some(self.duration(&child(&by, Rule::duration)?)?),
                    None => None,
                };
                let verdict = self.word(&child(pair, Rule::verdict)?);
                let words = verdict.node.split_whitespace().collect::<Vec<_>>().join(" ");
                ScenarioClause::ExpectVerdict(
                    self.name(&child(pair, Rule::name)?),
                    Spanned::new(words, verdict.span),
                    by,
                    self.in_period(pair),
                )
            }
            Rule::expect_level => ScenarioClause::ExpectLevel(
                self.name(&child(pair, Rule::name)?),
                self.expected_level(pair)?,
                self.in_period(pair),
            ),
            Rule::expect_pays => {
                let paid =
                    if has(pair, Rule::kw_nothing) { None } else { Some(self.payment(pair, Rule::paid)?) };
                ScenarioClause::ExpectPays(self.name(&child(pair, Rule::name)?), paid, self.in_period(pair))
            }
            Rule::note => ScenarioClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn assignments(&mut self, pair: &Pair<'_, Rule>) -> Option<Vec<Assignment>> {
        let assignments = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::assignment);
        assignments
            .map(|a| {
                let field = self.name(&child(&a, Rule::name)?);
                if has(&a, Rule::blank) {
                    return Some(Assignment { field, value: None });
                }
                let value = self.literals(&a).into_iter().next()?;
                Some(Assignment { field, value: Some(value) })
            })
            .collect()
    }
}
