//! Expectations of a period.

use super::State;
use crate::evaluate::Ratio;
use crate::model::credit::Payment;
use crate::model::scenario::ExpectedLevel;
use crate::model::words as model_words;
use crate::model::{Commitment, Credit, Form, Id};
use crate::targets::docs::document::{Say, Text};
use crate::targets::docs::words;
use crate::worktime::PeriodSpan;

impl State<'_, '_> {
    pub(super) fn level(&self, id: Id<Commitment>, expected: ExpectedLevel, period: Option<&str>) -> Text {
        let kept = self.kept_by_one(id, period);
        let what = match expected {
            ExpectedLevel::Percent { value, places } => {
                let mut value = value;
                value.rescale(places);
                format!("{value}%")
            }
            ExpectedLevel::Time(time) => words::duration(time),
        };
        let say = Say::default().and(self.book.commitment(id)).words(" comes to ").strong(what);
        let say = within(say, kept.as_ref(), period);
        let found = match (&kept, expected) {
            (None, _) => "it cannot be told".to_owned(),
            (Some((_, kept)), ExpectedLevel::Percent { places, .. }) => {
                format!("it is {}", words::percent(kept.percent(places)))
            }
            (Some((_, kept)), ExpectedLevel::Time(_)) => {
                format!("it is {} seconds", words::number(kept.part))
            }
        };
        let agrees = kept.is_some_and(|(_, kept)| kept.shows(expected));
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    pub(super) fn kept(&self, id: Id<Commitment>, met: bool, period: Option<&str>) -> Text {
        let kept = self.kept_by_one(id, period);
        let word = |met| if met { "met" } else { "missed" };
        let say = Say::default().and(self.book.commitment(id)).words(" is ").strong(word(met));
        let say = within(say, kept.as_ref(), period);
        let is_met = kept.and_then(|(_, kept)| match &self.book.model.commitments[id].form {
            Form::Level(level) => Some(self.evaluator.reaches_level(level, kept)),
            _ => None,
        });
        let found = is_met.map_or("it cannot be told".to_owned(), |met| format!("it is {}", word(met)));
        self.checked(say, (is_met != Some(met)).then_some(found.as_str()))
    }

    pub(super) fn pays(&self, id: Id<Credit>, expected: Option<&Payment>, period: Option<&str>) -> Text {
        let credit = &self.book.model.credits[id];
        let kept = credit.of.get().and_then(|of| self.kept_by_one(*of, period));
        let paid = |payment: &Payment| payment.amount().map(|(n, _)| model_words::payment(payment, n));
        let nothing = || "nothing".to_owned();
        let what = expected.map_or_else(nothing, |payment| paid(payment).unwrap_or_default());
        let say = Say::default().and(self.book.credit(id)).words(" pays ").strong(what.clone());
        let say = within(say, kept.as_ref(), period);
        let row = kept.as_ref().and_then(|(_, kept)| self.evaluator.credit_row(id, *kept));
        let is = row.map_or_else(nothing, |row| {
            model_words::payment(&credit.rows[row].pays, self.evaluator.payment_of(id, row))
        });
        let agrees = kept.is_some() && is == what && self.book.evaluator.credit_gap(id).is_none();
        let found = format!("it pays {is}");
        self.checked(say, (!agrees).then_some(found.as_str()))
    }

    fn kept_by_one(&self, id: Id<Commitment>, period: Option<&str>) -> Option<(PeriodSpan, Ratio)> {
        self.evaluator.kept_by_one(id, &self.item, period).ok()?.ok()
    }
}

/// ` in 2026-06`.
fn within(say: Say, kept: Option<&(PeriodSpan, Ratio)>, written: Option<&str>) -> Say {
    match kept.map(|(period, _)| period.label.as_str()).or(written) {
        Some(label) => say.words(format!(" in {label}")),
        None => say,
    }
}
