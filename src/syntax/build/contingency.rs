//! Clauses of `contingency`.

use pest::iterators::Pair;

use super::commitment::strength;
use super::{Builder, child};
use crate::syntax::ast::{Act, ContingencyClause, Mark, Reference, StepAnchor};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn contingency(&mut self, pair: &Pair<'_, Rule>) -> Option<ContingencyClause> {
        Some(match pair.as_rule() {
            Rule::for_commitment => ContingencyClause::For(self.references(pair)),
            Rule::step => self.step(pair)?,
            Rule::pattern => self.pattern(pair)?,
            Rule::follow_up => ContingencyClause::FollowUp {
                actor: self.name(&child(pair, Rule::name)?),
                strength: strength(&child(pair, Rule::duty)?),
                verb: self.verb(pair)?,
                object: child(pair, Rule::string).map(|s| self.string(&s)),
                within: self.duration_value(&child(pair, Rule::within)?)?,
                via: self.via(pair),
            },
            Rule::note => ContingencyClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn step(&mut self, pair: &Pair<'_, Rule>) -> Option<ContingencyClause> {
        let (mut anchor, mut act) = (None, None);
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::before_deadline => {
                    anchor = Some(StepAnchor::BeforeDeadline(self.duration_value(&part)?));
                }
                Rule::after_start => anchor = Some(StepAnchor::AfterStart(self.duration_value(&part)?)),
                Rule::after_deadline => anchor = Some(StepAnchor::AfterDeadline(self.duration_value(&part))),
                Rule::elapsed => anchor = Some(StepAnchor::Elapsed(self.value(&part, Rule::percent)?)),
                Rule::remind => act = Some(Act::Remind(self.references(&part))),
                Rule::notify => act = Some(Act::Notify(self.references(&part))),
                Rule::escalate => act = Some(Act::Escalate(self.reference(&part)?)),
                Rule::reassign => act = Some(Act::Reassign(self.reference(&part)?)),
                Rule::return_to => act = Some(Act::Return(self.reference(&part)?)),
                Rule::set => {
                    act = Some(Act::Set(self.name(&child(&part, Rule::name)?), self.constant(&part)?));
                }
                _ => {}
            }
        }
        Some(ContingencyClause::Step(anchor?, act?, self.via(pair)))
    }

    pub(super) fn via(&mut self, pair: &Pair<'_, Rule>) -> Option<Reference> {
        child(pair, Rule::via).and_then(|via| self.reference(&via))
    }

    fn pattern(&mut self, pair: &Pair<'_, Rule>) -> Option<ContingencyClause> {
        let commitment = self.name(&child(pair, Rule::name)?);
        let mark = |builder: &Self, pair: &Pair<'_, Rule>, rule| match child(pair, rule) {
            Some(p) => Mark::Present(builder.span(&p)),
            None => Mark::Absent,
        };
        if let Some(below) = child(pair, Rule::below) {
            return Some(ContingencyClause::Below {
                commitment,
                percent: self.value(&below, Rule::percent)?,
                count: self.word(&child(&below, Rule::number)?),
                consecutive: mark(self, &below, Rule::kw_consecutive),
                period: self.period(&below)?,
            });
        }
        let missed = child(pair, Rule::missed)?;
        Some(ContingencyClause::Missed {
            commitment,
            times: self.value(&missed, Rule::number)?,
            period: self.period(&missed)?,
            same_owner: mark(self, &missed, Rule::same_owner),
        })
    }
}
