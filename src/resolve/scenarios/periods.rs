//! Expectations of a period: how much of it is kept, and what is paid for it.

use crate::diagnostic::Diagnostic;
use crate::model::scenario::ExpectedLevel;
use crate::model::{Commitment, Credit, Form, Id, LevelLimit, Record, ScenarioStep, Slot};
use crate::resolve::Resolver;
use crate::resolve::condition::TYPE;
use crate::resolve::values::INVALID;
use crate::source::Span;
use crate::syntax::ast::{self, Spanned, Word};

/// The verdict that only levels have.
const MISSED: &str = "missed";

impl Resolver<'_> {
    /// Whether `expect uptime met` is about a period, and not about one record.
    pub(super) fn is_of_period(&self, name: &Word, verdict: &Word, period: Option<&Word>) -> bool {
        let is_level = self.known_commitment(name).is_some_and(|id| self.is_level(id));
        is_level || verdict.node == MISSED || period.is_some()
    }

    fn is_level(&self, id: Id<Commitment>) -> bool {
        matches!(self.commitments[id].form, Form::Level(_))
    }

    /// `expect uptime missed in 2026-06`.
    pub(super) fn expect_kept(
        &mut self,
        record: Option<Id<Record>>,
        name: &Word,
        (verdict, by): (&Word, Option<&Spanned<ast::Duration>>),
        period: Option<&Word>,
        span: Span,
    ) -> Option<ScenarioStep> {
        let commitment: Id<Commitment> = self.find(name)?;
        if self.commitments[commitment].actor == Slot::Broken {
            return None;
        }
        if !self.is_level(commitment) {
            let declared = self.commitments[commitment].head.name.span;
            let out = match period {
                Some(period) => Diagnostic::error(INVALID, "a verdict on one record has no period")
                    .at(period.span, "the record says when")
                    .help("Remove `in ..`; only levels of time are met or missed in a period."),
                None => Diagnostic::error(TYPE, format!("`{}` is not about a level of time", name.node))
                    .at(verdict.span, "missed by how much of which period?")
                    .also(declared, "not a level of time")
                    .help("Of one record say `late`, `overdue` or another verdict."),
            };
            self.diagnostics.push(out);
            return None;
        }
        if !matches!(verdict.node.as_str(), "met" | MISSED) || by.is_some() {
            let out = Diagnostic::error(INVALID, format!("a level is met or missed, not `{}`", verdict.node))
                .at(verdict.span, "said of one record")
                .help(format!("Write `expect {} met`, or such as `expect {} 99.5%`.", name.node, name.node));
            self.diagnostics.push(out);
            return None;
        }
        self.same_record(record, commitment, name)?;
        let met = verdict.node == "met";
        Some(ScenarioStep::Kept { commitment, met, period: period.map(|p| p.node.clone()), span })
    }

    /// `expect uptime 99.8981% in 2026-06`, `expect maintenance 3 hours`.
    pub(super) fn expect_level(
        &mut self,
        record: Option<Id<Record>>,
        name: &Word,
        level: &ast::ExpectedLevel,
        period: Option<&Word>,
        span: Span,
    ) -> Option<ScenarioStep> {
        let commitment: Id<Commitment> = self.find(name)?;
        if self.commitments[commitment].actor == Slot::Broken {
            return None;
        }
        let of_time = match &self.commitments[commitment].form {
            Form::Level(level) => Some(matches!(level.limit, LevelLimit::Time(_))),
            _ => None,
        };
        let expected = match level {
            ast::ExpectedLevel::Percent(percent) => {
                let is_share = of_time == Some(false) || self.has_attainment(commitment).is_ok();
                if !is_share {
                    return self.odd_level(commitment, name, percent.span, "a share");
                }
                let value = self.share(percent)?;
                let digits = percent.node.trim_end_matches('%').trim_end();
                let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
                if places > MOST_PLACES {
                    let text = format!("at most {MOST_PLACES} decimal places can be compared");
                    self.invalid(percent.span, text, "too exact", Some("Write fewer places.".into()));
                    return None;
                }
                ExpectedLevel::Percent { value, places: u32::try_from(places).ok()? }
            }
            ast::ExpectedLevel::Time(time) => {
                if of_time.is_none() {
                    return self.odd_level(commitment, name, time.span, "a length of time");
                }
                ExpectedLevel::Time(self.wall_time(time)?)
            }
        };
        self.same_record(record, commitment, name)?;
        Some(ScenarioStep::Level { commitment, expected, period: period.map(|p| p.node.clone()), span })
    }

    fn odd_level(
        &mut self,
        commitment: Id<Commitment>,
        name: &Word,
        span: Span,
        what: &str,
    ) -> Option<ScenarioStep> {
        let head = &self.commitments[commitment].head.name;
        let out = Diagnostic::error(TYPE, format!("`{}` does not come to {what}", name.node))
            .at(span, format!("{what} of what?"))
            .also(head.span, "what it promises is measured otherwise")
            .help("Expect what the promise is about: a share, a length of time, or a verdict.");
        self.diagnostics.push(out);
        None
    }

    /// `expect service_credits pays 5% of "the monthly fee" in 2026-06`.
    pub(super) fn expect_pays(
        &mut self,
        record: Option<Id<Record>>,
        name: &Word,
        paid: Option<&ast::Payment>,
        period: Option<&Word>,
        span: Span,
    ) -> Option<ScenarioStep> {
        let credit: Id<Credit> = self.find(name)?;
        let expected = paid.map(|paid| self.payment(paid));
        if expected.as_ref().is_some_and(|expected| expected.amount().is_none()) {
            return None;
        }
        let commitment = *self.credits[credit].of.get()?;
        self.same_record(record, commitment, name)?;
        Some(ScenarioStep::Pays { credit, expected, period: period.map(|p| p.node.clone()), span })
    }

    /// Reports a commitment about another record than the scenario's.
    fn same_record(&mut self, record: Option<Id<Record>>, id: Id<Commitment>, name: &Word) -> Option<()> {
        match (self.record_of_items(id), record) {
            (Some(of), Some(record)) if of != record => {
                self.of_another_record(name, of, record);
                None
            }
            _ => Some(()),
        }
    }
}

/// More places than anybody agrees on.
const MOST_PLACES: usize = 9;
