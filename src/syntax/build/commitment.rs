//! Clauses of `commitment`.

use pest::iterators::Pair;

use super::{Builder, child, has};
use crate::model::commitment::CountedBy;
use crate::model::{Bound, Strength};
use crate::syntax::ast::{
    ClockCase, CommitmentClause, Deal, Limit, LimitKind, Literal, OrTbd, Sentence, SpanIgnored, Spanned,
    Target, WordValue,
};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn commitment(&mut self, pair: &Pair<'_, Rule>) -> Option<CommitmentClause> {
        Some(match pair.as_rule() {
            Rule::sentence => CommitmentClause::Sentence(Box::new(self.sentence(pair)?)),
            Rule::tier => {
                let limit = self.limit(&child(pair, Rule::limit)?)?;
                CommitmentClause::Tier(limit, self.when(pair)?)
            }
            Rule::met_at => CommitmentClause::MetAt(self.references(pair)),
            Rule::met_when => CommitmentClause::MetWhen(self.condition(&child(pair, Rule::condition)?)?),
            Rule::done_at => CommitmentClause::DoneAt(self.references(pair)),
            Rule::done_when => CommitmentClause::DoneWhen(self.condition(&child(pair, Rule::condition)?)?),
            Rule::counting => {
                let record = self.name(&child(pair, Rule::name)?);
                let spaced = child(pair, Rule::spaced);
                let spacing = match &spaced {
                    Some(spaced) => Some(self.cap(spaced)?),
                    None => None,
                };
                CommitmentClause::Counting(self.which(record, pair)?, spacing)
            }
            Rule::recorded => self.recorded(pair)?,
            Rule::clock => self.clock(pair)?,
            Rule::starts_when => {
                CommitmentClause::StartsWhen(self.condition(&child(pair, Rule::condition)?)?)
            }
            Rule::paused => {
                let mut moments = self.references(pair).into_iter();
                let of = match child(pair, Rule::of_each) {
                    Some(each) => {
                        let record = self.name(&child(&each, Rule::name)?);
                        Some(self.which(record, pair)?)
                    }
                    None => None,
                };
                CommitmentClause::Paused { from: moments.next()?, to: moments.next()?, of }
            }
            Rule::provided => self.provided(pair)?,
            Rule::priority => CommitmentClause::Priority(self.references(pair)),
            Rule::excused => CommitmentClause::Excused(self.condition(&child(pair, Rule::condition)?)?),
            Rule::target => {
                let target = match child(pair, Rule::statistic) {
                    Some(word) => Target::Statistic(self.word(&word), self.duration_value(pair)?),
                    None => Target::Attainment(self.value(pair, Rule::percent)?),
                };
                CommitmentClause::Target(target, self.period(&child(pair, Rule::period)?)?)
            }
            Rule::counted => CommitmentClause::Counted(if has(pair, Rule::kw_start) {
                CountedBy::StartDate
            } else {
                CountedBy::DueDate
            }),
            Rule::evidence => CommitmentClause::Evidence(Box::new(self.evidence(pair)?)),
            Rule::instead => CommitmentClause::Instead {
                amount: match (child(pair, Rule::tbd), child(pair, Rule::money)) {
                    (Some(tbd), _) => OrTbd::Tbd(self.tbd(&tbd)),
                    (None, Some(money)) => OrTbd::Known(self.word(&money)),
                    (None, None) => OrTbd::Known(self.word(&child(pair, Rule::number)?)),
                },
                from: self.word(&child(&child(pair, Rule::from_date)?, Rule::date)?),
                to: child(pair, Rule::date).map(|date| self.word(&date)),
            },
            Rule::rationale => CommitmentClause::Rationale(self.text_value(pair)?),
            Rule::note => CommitmentClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn clock(&mut self, pair: &Pair<'_, Rule>) -> Option<CommitmentClause> {
        if let Some(of) = child(pair, Rule::clock_of) {
            return Some(CommitmentClause::ClockOf(self.name(&child(&of, Rule::name)?)));
        }
        let case = match self.when(pair)? {
            Some(condition) => ClockCase::When(condition),
            None if has(pair, Rule::otherwise) => ClockCase::Otherwise,
            None => ClockCase::Always,
        };
        Some(CommitmentClause::Clock(self.reference(pair)?, case))
    }

    fn recorded(&mut self, pair: &Pair<'_, Rule>) -> Option<CommitmentClause> {
        let mut references = self.references(pair).into_iter();
        let OrTbd::Known(record) = references.next()? else { return None };
        let at = references.next()?;
        let condition = match child(pair, Rule::condition) {
            Some(condition) => Some(self.condition(&condition)?),
            None => None,
        };
        Some(CommitmentClause::Recorded { record, at, condition })
    }

    fn provided(&mut self, pair: &Pair<'_, Rule>) -> Option<CommitmentClause> {
        let Some(amount) = child(pair, Rule::provided_amount) else {
            return Some(CommitmentClause::ProvidedMet(self.reference(pair)?));
        };
        Some(CommitmentClause::ProvidedAmount {
            bound: bound(&child(&amount, Rule::bound)?),
            amount: self.value(&amount, Rule::number)?,
            subject: self.name(&child(&amount, Rule::name)?),
            per: self.period(&child(&amount, Rule::period)?)?,
        })
    }

    fn sentence(&mut self, pair: &Pair<'_, Rule>) -> Option<Sentence> {
        let deals = [Rule::share, Rule::quota, Rule::worth, Rule::recurring, Rule::item, Rule::kept];
        let deal = pair.clone().into_inner().find(|p| deals.contains(&p.as_rule()))?;
        Some(Sentence {
            actor: self.name(&child(pair, Rule::name)?),
            strength: strength(&child(pair, Rule::modal)?),
            verb: self.verb(pair)?,
            deal: if deal.as_rule() == Rule::kept { self.kept(&deal)? } else { self.deal(&deal)? },
        })
    }

    pub(super) fn verb(&self, pair: &Pair<'_, Rule>) -> Option<Spanned<Literal>> {
        let verb = child(pair, Rule::verb)?;
        self.literals(&verb).into_iter().next()
    }

    fn deal(&mut self, pair: &Pair<'_, Rule>) -> Option<Deal> {
        if pair.as_rule() == Rule::recurring {
            return self.recurring(pair);
        }
        let article = child(pair, Rule::article).map(|a| a.as_str().to_owned());
        let mut names = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::name);
        let subject = names.next()?;
        let subject = self.name(&subject);
        let bound = child(pair, Rule::bound).map(|b| bound(&b));
        let per = child(pair, Rule::period).and_then(|p| self.period(&p));
        Some(match pair.as_rule() {
            Rule::item => Deal::Item {
                article: article?,
                subject,
                often: child(pair, Rule::often).and_then(|often| self.how_often(&often)),
                limit: match child(pair, Rule::limit) {
                    Some(limit) => Some(self.limit(&limit)?),
                    None => None,
                },
                without: child(pair, Rule::without).map(|w| self.references(&w)).unwrap_or_default(),
                with: child(pair, Rule::with_fields).map(|w| self.references(&w)).unwrap_or_default(),
                when: self.when(pair)?,
            },
            Rule::quota => {
                Deal::Quota { bound: bound?, amount: self.value(pair, Rule::number)?, subject, per: per? }
            }
            Rule::worth => {
                let amount: WordValue = match child(pair, Rule::tbd) {
                    Some(tbd) => OrTbd::Tbd(self.tbd(&tbd)),
                    None => OrTbd::Known(self.word(&child(pair, Rule::money)?)),
                };
                let field = names.next().map(|n| self.name(&n));
                Deal::Worth { article, subject, bound: bound?, amount, field, per: per? }
            }
            Rule::share => Deal::Share {
                bound: bound?,
                percent: self.value(pair, Rule::percent)?,
                article,
                subject,
                per: per?,
            },
            _ => return None,
        })
    }

    fn limit(&mut self, pair: &Pair<'_, Rule>) -> Option<Limit> {
        let span = SpanIgnored(self.span(pair));
        for (rule, kind) in [(Rule::ahead, LimitKind::Ahead), (Rule::sooner, LimitKind::Sooner)] {
            if let Some(limit) = child(pair, rule) {
                let of = Some(self.name(&child(&limit, Rule::name)?));
                return Some(Limit { kind, duration: self.duration_value(&limit)?, of, span });
            }
        }
        let of = match child(pair, Rule::anchor_of) {
            Some(of) => Some(self.name(&child(&of, Rule::name)?)),
            None => None,
        };
        Some(Limit { kind: LimitKind::Within, duration: self.duration_value(pair)?, of, span })
    }
}

/// `at least`, `at most`.
pub(super) fn bound(pair: &Pair<'_, Rule>) -> Bound {
    if has(pair, Rule::kw_most) { Bound::AtMost } else { Bound::AtLeast }
}

/// `must`, `must not`, `should`, `may`.
pub(super) fn strength(pair: &Pair<'_, Rule>) -> Strength {
    if has(pair, Rule::not) {
        Strength::MustNot
    } else if has(pair, Rule::kw_may) {
        Strength::May
    } else if has(pair, Rule::kw_should) {
        Strength::Should
    } else {
        Strength::Must
    }
}
