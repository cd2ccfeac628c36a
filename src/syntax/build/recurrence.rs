//! What happens again and again: `every month by the 2nd business day`.

use pest::iterators::Pair;

use super::values::weekday;
use super::{Builder, child, has};
use crate::syntax::ast::{DayKind, DayOf, Deal, Mark, Occasion, OrTbd, Recurrence, Spanned, Word};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn recurring(&mut self, pair: &Pair<'_, Rule>) -> Option<Deal> {
        let recurrence = match child(pair, Rule::tbd) {
            Some(tbd) => OrTbd::Tbd(self.tbd(&tbd)),
            None => OrTbd::Known(Box::new(self.recurrence(&child(pair, Rule::recurrence)?)?)),
        };
        let object = child(pair, Rule::string).map(|s| self.string(&s));
        Some(Deal::Recurring { object, recurrence, via: self.via(pair) })
    }

    fn recurrence(&self, pair: &Pair<'_, Rule>) -> Option<Recurrence> {
        let mark = |rule| match child(pair, rule) {
            Some(p) => Mark::Present(self.span(&p)),
            None => Mark::Absent,
        };
        let inside = |outer, inner| -> Option<Word> {
            let word = child(pair, outer).and_then(|p| child(&p, inner))?;
            Some(self.word(&word))
        };
        let every = child(pair, Rule::kw_every)?;
        let period = child(pair, Rule::period_word)?;
        let occasion = match self.occasion(pair) {
            Some((span, occasion)) => Some(Spanned::new(occasion?, span)),
            None => None,
        };
        Some(Recurrence {
            every: Spanned::new(self.cadence(pair)?, self.span(&every).to(self.span(&period))),
            business: mark(Rule::kw_business),
            occasion,
            at: inside(Rule::at_time, Rule::time),
            or_next: mark(Rule::or_next),
            from: inside(Rule::from_date, Rule::date),
        })
    }

    /// The place of the occasion, if one is written, and the occasion, if it can be made.
    fn occasion(&self, pair: &Pair<'_, Rule>) -> Option<(crate::source::Span, Option<Occasion>)> {
        let day = |rule| child(pair, rule).map(|p| (self.span(&p), self.day_of(&p)));
        if let Some((span, day)) = day(Rule::on_day) {
            return Some((span, day.map(Occasion::On)));
        }
        if let Some((span, day)) = day(Rule::by_day) {
            return Some((span, day.map(Occasion::By)));
        }
        let after = child(pair, Rule::after_end)?;
        Some((self.span(&after), self.duration_value(&after).map(Occasion::AfterEnd)))
    }

    fn day_of(&self, pair: &Pair<'_, Rule>) -> Option<DayOf> {
        if let Some(day) = child(pair, Rule::weekday) {
            return weekday(day.as_str()).map(DayOf::Weekday);
        }
        if let Some(day) = child(pair, Rule::numbered_day) {
            return Some(DayOf::Number(self.word(&child(&day, Rule::number)?)));
        }
        let day = child(pair, Rule::the_day)?;
        let kind = match child(&day, Rule::weekday) {
            Some(word) => DayKind::Weekday(weekday(word.as_str())?),
            None if has(&day, Rule::kw_business) => DayKind::Business,
            None => DayKind::Any,
        };
        Some(DayOf::The(child(&day, Rule::ordinal).map(|n| self.word(&n)), kind))
    }
}
