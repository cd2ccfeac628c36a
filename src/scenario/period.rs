//! Expectations of a period: for how much of it a promise was kept, and what is paid for it.

use super::Run;
use crate::evaluate::Ratio;
use crate::model::credit::Payment;
use crate::model::scenario::ExpectedLevel;
use crate::model::words;
use crate::model::{Commitment, Credit, Form, Id};
use crate::source::Span;
use crate::worktime::PeriodSpan;
use rust_decimal::Decimal;

impl Run<'_> {
    /// `expect uptime 99.8981% in 2026-06`.
    pub(super) fn level(
        &mut self,
        id: Id<Commitment>,
        expected: ExpectedLevel,
        period: Option<&str>,
        span: Span,
    ) {
        let Some((period, kept)) = self.kept(id, period, span) else { return };
        if kept.shows(expected) {
            return;
        }
        let name = &self.model.commitments[id].head.name;
        let (is, not) = match expected {
            ExpectedLevel::Percent { value, places } => {
                (words::percent(kept.percent(places)), format!("{}%", with_places(value, places)))
            }
            ExpectedLevel::Time(time) => (length(kept.part), time.to_string()),
        };
        let message = format!("`{name}` is {is} in {}, not {not}", period.label);
        let because = self.measured(id, kept);
        self.fail(message, because, span);
    }

    /// `expect uptime missed`.
    pub(super) fn outlook(&mut self, id: Id<Commitment>, met: bool, period: Option<&str>, span: Span) {
        let Some((period, kept)) = self.kept(id, period, span) else { return };
        let Form::Level(level) = &self.model.commitments[id].form else { return };
        let is_met = self.evaluator.reaches_level(level, kept);
        if is_met != met {
            let word = |met| if met { "met" } else { "missed" };
            let name = &self.model.commitments[id].head.name;
            let message = format!("`{name}` is {} in {}, not {}", word(is_met), period.label, word(met));
            let because = self.measured(id, kept);
            self.fail(message, because, span);
        }
    }

    /// `expect service_credits pays 5% of "the monthly fee"`.
    pub(super) fn pays(
        &mut self,
        id: Id<Credit>,
        expected: Option<&Payment>,
        period: Option<&str>,
        span: Span,
    ) {
        let credit = &self.model.credits[id];
        let name = credit.head.name.clone();
        if let Some(gap) = self.evaluator.credit_gap(id) {
            return self.undecided(format!("what `{name}` pays cannot be told: {gap}"), span);
        }
        let Some(of) = credit.of.get().copied() else { return };
        let Some((period, kept)) = self.kept(of, period, span) else { return };
        let row = self.evaluator.credit_row(id, kept);
        let paid = row.map(|row| (self.evaluator.payment_of(id, row), &credit.rows[row].pays));
        let same = match (expected.and_then(Payment::amount), &paid) {
            (None, None) => true,
            (Some((amount, of)), Some((paid, as_row))) => {
                amount == *paid && as_row.amount().is_some_and(|(_, same)| same == of)
            }
            _ => false,
        };
        if same {
            return;
        }
        let is = paid.map_or("nothing".to_owned(), |(amount, as_row)| words::payment(as_row, amount));
        let not = expected.and_then(|expected| Some(words::payment(expected, expected.amount()?.0)));
        let not = not.unwrap_or_else(|| "nothing".to_owned());
        let because = self.measured(of, kept);
        self.fail(format!("`{name}` pays {is} for {}, not {not}", period.label), because, span);
    }

    /// How much of a period was kept by the one record, and which period is meant; reports why it cannot be told.
    fn kept(&mut self, id: Id<Commitment>, period: Option<&str>, span: Span) -> Option<(PeriodSpan, Ratio)> {
        let name = self.model.commitments[id].head.name.clone();
        match self.at_present().kept_by_one(id, &self.item, period) {
            Ok(Ok(kept)) => Some(kept),
            Ok(Err(message)) => {
                self.fail(format!("`{name}` {message}"), None, span);
                None
            }
            Err(gap) => {
                self.undecided(format!("`{name}` cannot be judged: {gap}"), span);
                None
            }
        }
    }

    /// Of how many minutes it was so, for the reader who wonders.
    fn measured(&self, id: Id<Commitment>, kept: Ratio) -> Option<String> {
        let Form::Level(_) = &self.model.commitments[id].form else { return None };
        Some(format!("It is so for {} of {}.", length(kept.part), length(kept.whole)))
    }
}

/// `43,156 minutes`.
fn length(seconds: Decimal) -> String {
    let minutes = seconds / Decimal::from(60);
    let noun = if minutes == Decimal::ONE { "minute" } else { "minutes" };
    format!("{} {noun}", words::number(minutes.normalize()))
}

fn with_places(value: Decimal, places: u32) -> Decimal {
    let mut value = value;
    value.rescale(places);
    value
}
