//! Clauses of `score`.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::syntax::ast::{Cap, OrTbd, ScoreClause, Spanned, WordValue};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn score(&mut self, pair: &Pair<'_, Rule>) -> Option<ScoreClause> {
        Some(match pair.as_rule() {
            Rule::when_row => {
                let when = child(pair, Rule::when)?;
                ScoreClause::When(self.points(pair)?, self.condition(&child(&when, Rule::condition)?)?)
            }
            Rule::child_row => {
                let record = self.name(&child(pair, Rule::name)?);
                ScoreClause::EachChild(self.points(pair)?, self.which(record, pair)?, self.caps(pair)?)
            }
            Rule::time_row => {
                let every = self.duration_value(pair)?;
                let since = self.reference(&child(pair, Rule::since)?)?;
                ScoreClause::EachTime(self.points(pair)?, every, since, self.caps(pair)?)
            }
            Rule::add_row => ScoreClause::Add {
                least: child(pair, Rule::least).and_then(|b| self.level(&b)),
                most: child(pair, Rule::most).and_then(|b| self.level(&b)),
                of: self.name(&child(pair, Rule::name)?),
            },
            Rule::total => ScoreClause::Total {
                least: child(pair, Rule::least).and_then(|b| self.level(&b)),
                most: child(pair, Rule::most).and_then(|b| self.level(&b)),
            },
            Rule::note => ScoreClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn points(&self, pair: &Pair<'_, Rule>) -> Option<WordValue> {
        let points = child(pair, Rule::points)?;
        self.value(&points, Rule::signed)
    }

    fn level(&self, pair: &Pair<'_, Rule>) -> Option<WordValue> {
        self.value(pair, Rule::level)
    }

    fn caps(&self, pair: &Pair<'_, Rule>) -> Option<Vec<Spanned<Cap>>> {
        let caps = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::cap);
        caps.map(|cap| self.cap(&cap)).collect()
    }

    /// `at most once per day`.
    pub(super) fn cap(&self, cap: &Pair<'_, Rule>) -> Option<Spanned<Cap>> {
        let times = self.how_often(cap)?;
        let per = child(cap, Rule::period).and_then(|p| self.period(&p));
        Some(Spanned::new(Cap { times, per }, self.span(cap)))
    }

    /// `once`, `6 times`.
    pub(super) fn how_often(&self, pair: &Pair<'_, Rule>) -> Option<WordValue> {
        match child(pair, Rule::kw_once) {
            Some(once) => Some(OrTbd::Known(self.word(&once))),
            None => self.value(pair, Rule::number),
        }
    }
}
