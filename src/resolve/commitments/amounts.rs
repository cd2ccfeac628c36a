//! Amounts, shares and targets.

use super::UNMEASURABLE;
use crate::diagnostic::Diagnostic;
use crate::model::commitment::{Aim, QuotaAmount};
use crate::model::record::Currency;
use crate::model::{Bound, Field, FieldType, Id, Record, Slot, Strength};
use crate::resolve::Resolver;
use crate::resolve::condition::TYPE;
use crate::resolve::values::{DurationUse, INVALID, UNIT};
use crate::source::Span;
use crate::syntax::ast::{self, Sentence, Word};

impl Resolver<'_> {
    pub(super) fn aim(&mut self, target: &ast::Target) -> Slot<Aim> {
        match target {
            ast::Target::Attainment(percent) => self.slot(percent, |this, word| {
                let percent = this.share(word)?;
                this.always_kept(word, percent.is_zero());
                Some(Aim::Attainment(percent))
            }),
            ast::Target::Statistic(word, under) => {
                let percent = match word.node.strip_prefix('p') {
                    Some(digits) => digits.parse().ok(),
                    None => Some(50),
                };
                let under = self.slot(under, Self::fixed_length);
                match percent {
                    Some(percent) if percent > 0 => under.map(|under| Aim::Percentile { percent, under }),
                    _ => {
                        let text = format!("there is no percentile `{}`", word.node);
                        let help = "Write `median`, or such as `p90`.";
                        self.invalid(word.span, text, "from p1 to p99", Some(help.into()));
                        Slot::Broken
                    }
                }
            }
        }
    }

    /// A time that another one can be under: minutes and hours. A day has no fixed length.
    pub(in crate::resolve) fn fixed_length(
        &mut self,
        under: &ast::Spanned<ast::Duration>,
    ) -> Option<crate::model::Duration> {
        let duration = self.duration(under, DurationUse::Duty)?;
        if duration.seconds().is_some() {
            return Some(duration);
        }
        self.diagnostics.push(
            Diagnostic::error(UNIT, format!("`{duration}` is not always the same length of time"))
                .at(under.span, "minutes or hours are needed here")
                .note("One business day may be three hours long or eight.")
                .help("Use minutes or hours of either kind, such as `median under 4 business hours`."),
        );
        None
    }

    /// A promise that nobody can break is none.
    pub(super) fn always_kept(&mut self, word: &Word, always: bool) {
        if always {
            self.invalid(
                word.span,
                "this is always kept".into(),
                "whatever happens",
                Some("Write the amount that was agreed, or `tbd` if it is still open.".into()),
            );
        }
    }

    /// `must not deliver at least 5` can be read in two ways.
    pub(super) fn no_must_not(&mut self, sentence: &Sentence, bound: Bound) {
        if sentence.strength != Strength::MustNot {
            return;
        }
        let (write, bound) = match bound {
            Bound::AtLeast => ("at most", "at least"),
            Bound::AtMost => ("at least", "at most"),
        };
        let verb = &sentence.verb;
        self.diagnostics.push(
            Diagnostic::error(
                INVALID,
                format!("`must not {} {bound} ..` can be read in two ways", verb.node.text),
            )
            .at(sentence.actor.span.to(verb.span), "forbidden, or a limit?")
            .help(format!(
                "Say what is allowed: `{} must {} {write} ..`.",
                sentence.actor.node, verb.node.text
            )),
        );
    }

    /// An amount of money, in the currency of the field that is summed.
    pub(super) fn worth(
        &mut self,
        word: &Word,
        field: Option<&(Id<Field>, Currency)>,
        record: Option<Id<Record>>,
    ) -> Option<QuotaAmount> {
        if word.node.starts_with(|c: char| c.is_ascii_digit()) {
            self.unlike_the_sentence(word, "an amount of money", "$2M");
            return None;
        }
        let (amount, currency) = self.money(&word.node, word.span)?;
        let (field, own) = field?;
        if *own == currency {
            return Some(QuotaAmount::Worth { amount, currency, field: *field });
        }
        let name = self.records[record?].fields[*field].name.clone();
        self.diagnostics.push(
            Diagnostic::error(UNIT, format!("`{name}` is in {own}, but the amount is in {currency}"))
                .at(word.span, format!("in {currency}"))
                .also(name.span, format!("in {own}"))
                .help(format!("Write the amount in {own}; Clausal knows no rates of exchange.")),
        );
        None
    }

    /// The money field that is summed: the one named, else the only one there is.
    pub(super) fn worth_field(
        &mut self,
        named: Option<&Word>,
        record: Option<Id<Record>>,
        place: Span,
    ) -> Option<(Id<Field>, Currency)> {
        let record = record?;
        if let Some(word) = named {
            let field = self.find_field(record, word)?;
            let declared = &self.records[record].fields[field];
            if let FieldType::Money(currency) = &declared.ty {
                return Some((field, currency.clone()));
            }
            let out = Diagnostic::error(TYPE, format!("`{}` is not an amount of money", word.node))
                .at(word.span, "money is summed here")
                .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
                .help("Name a field of type `money`.");
            self.diagnostics.push(out);
            return None;
        }
        let of_money = |(id, field): (Id<Field>, &Field)| match &field.ty {
            FieldType::Money(currency) => Some((id, currency.clone())),
            _ => None,
        };
        let mut fields = self.records[record].fields.iter().filter_map(of_money);
        match (fields.next(), fields.next()) {
            (Some(field), None) => Some(field),
            (first, _) => {
                let name = self.records[record].head.name.clone();
                let what = if first.is_some() { "has several" } else { "has no" };
                self.diagnostics.push(
                    Diagnostic::error(UNMEASURABLE, "this promise does not say which amount is summed")
                        .at(place, "worth in which field?")
                        .also(name.span, format!("`{name}` {what} fields of type `money`"))
                        .help("Name the field: `worth at least $2M in amount per quarter`."),
                );
                None
            }
        }
    }
}
