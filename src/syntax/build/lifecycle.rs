//! Clauses of `lifecycle`.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::syntax::ast::{LifecycleClause, ReasonEffect, Spanned, StagePart, Transition, TransitionPart};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn lifecycle(&mut self, pair: &Pair<'_, Rule>) -> Option<LifecycleClause> {
        Some(match pair.as_rule() {
            Rule::start => LifecycleClause::Start(self.literals(pair)),
            Rule::end => LifecycleClause::End(self.literals(pair)),
            Rule::never => {
                let (from, to) = self.ends(pair)?;
                LifecycleClause::Never(from, to)
            }
            Rule::transition => {
                let (from, to) = self.ends(pair)?;
                let mut parts = Vec::new();
                for part in pair.clone().into_inner() {
                    if let Some(node) = self.transition_part(&part)? {
                        parts.push(Spanned::new(node, self.span(&part)));
                    }
                }
                LifecycleClause::Transition(Transition { from, to, parts })
            }
            Rule::stage_terms => {
                let stage = self.literal(&child(&child(pair, Rule::stage)?, Rule::value)?)?;
                let mut parts = Vec::new();
                for part in pair.clone().into_inner() {
                    let node = match part.as_rule() {
                        Rule::owned => StagePart::OwnedBy(self.reference(&part)?),
                        Rule::since => StagePart::Since(self.reference(&part)?),
                        Rule::stage_limit => StagePart::AtMost(self.duration_value(&part)?),
                        _ => continue,
                    };
                    parts.push(Spanned::new(node, self.span(&part)));
                }
                LifecycleClause::Stage(stage, parts)
            }
            Rule::reason_effect => LifecycleClause::Reason {
                field: self.name(&child(pair, Rule::name)?),
                values: self.literals(pair),
                effect: match child(pair, Rule::returns) {
                    Some(returns) => {
                        let after =
                            child(&returns, Rule::after).and_then(|after| self.duration_value(&after));
                        ReasonEffect::ReturnTo(self.reference(&returns)?, after)
                    }
                    None => ReasonEffect::End,
                },
            },
            Rule::note => LifecycleClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn ends(
        &self,
        pair: &Pair<'_, Rule>,
    ) -> Option<(Spanned<crate::syntax::ast::Literal>, Spanned<crate::syntax::ast::Literal>)> {
        let from = child(&child(pair, Rule::stage)?, Rule::value)?;
        let to = child(pair, Rule::value)?;
        Some((self.literal(&from)?, self.literal(&to)?))
    }

    /// `Some(None)` for a pair that is no part of its own.
    fn transition_part(&mut self, pair: &Pair<'_, Rule>) -> Option<Option<TransitionPart>> {
        Some(Some(match pair.as_rule() {
            Rule::when => TransitionPart::When(self.condition(&child(pair, Rule::condition)?)?),
            Rule::by_roles => TransitionPart::By(self.references(pair)),
            Rule::requires => TransitionPart::Requires(self.references(pair)),
            Rule::reasons => {
                let values = self.literals(&child(pair, Rule::value_list)?);
                TransitionPart::Reasons(self.name(&child(pair, Rule::name)?), values)
            }
            Rule::at_most => TransitionPart::AtMost(self.how_often(pair)?),
            Rule::within => TransitionPart::Within(self.duration_value(pair)?),
            Rule::sets => TransitionPart::Sets(self.references(pair)),
            _ => return Some(None),
        }))
    }
}
