//! Levels of time, and the rows that show them.

use super::UNMEASURABLE;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::level::{AmountUnit, Counts, Evidence, EvidenceTime};
use crate::model::{Bound, Duration, Field, FieldType, Id, Level, LevelLimit, Period, Record, Slot, Subject};
use crate::resolve::Resolver;
use crate::resolve::condition::TYPE;
use crate::resolve::names::Entry;
use crate::resolve::values::{INVALID, UNIT};
use crate::source::Span;
use crate::syntax::ast::{self, CommitmentClause, KeptLevel, OrTbd, Reference, Spanned, Word};
use rust_decimal::Decimal;

impl Resolver<'_> {
    /// The rows that show a level.
    pub(super) fn measured_subject(
        &mut self,
        entry: Entry<'_, CommitmentClause>,
        place: Span,
    ) -> Slot<Subject> {
        let evidence = entry.block.clauses.iter().find_map(|clause| match &clause.node {
            CommitmentClause::Evidence(evidence) => Some(evidence),
            _ => None,
        });
        if let Some(evidence) = evidence {
            return self.find_subject(&evidence.of);
        }
        if entry.state == ast::State::Complete {
            let name = &entry.block.name.node;
            self.diagnostics.push(
                Diagnostic::error(UNMEASURABLE, format!("nothing shows how `{name}` is measured"))
                    .at(place, "by which records?")
                    .note("What cannot be seen in the data cannot be reported, and will be argued about.")
                    .help(
                        "Add a clause such as `down from started_at to ended_at of each outage`, or `down for downtime \
                         minutes of each service_month dated ends_on`.",
                    ),
            );
        }
        Slot::Broken
    }

    /// `"the service available" at least 99.9% of each month`, once the evidence is known.
    pub(super) fn level_of_time(
        &mut self,
        (what, bound, per): (&Word, Bound, Period),
        level: &KeptLevel,
        evidence: Option<Evidence>,
    ) -> Level {
        if what.node.trim().is_empty() {
            let help = "Say it in quotes, such as `\"the service available\"`.";
            self.invalid(what.span, "this does not say what is kept".into(), "nothing", Some(help.into()));
        }
        let limit = match level {
            KeptLevel::Share(percent) => LevelLimit::Share(self.slot(percent, |this, word| {
                let percent = this.share(word)?;
                let all = if bound == Bound::AtLeast { Decimal::ZERO } else { Decimal::ONE_HUNDRED };
                this.always_kept(word, percent == all);
                Some(percent)
            })),
            KeptLevel::Time(time) => LevelLimit::Time(self.slot(time, Self::wall_time)),
        };
        if let Some(evidence) = &evidence {
            self.side_fits(evidence, bound, &limit);
        }
        Level { what: what.node.clone(), bound, limit, per, evidence }
    }

    /// `down` is the rest of the time, which only `at least` so much of a period is about.
    fn side_fits(&mut self, evidence: &Evidence, bound: Bound, limit: &LevelLimit) {
        let is_share = matches!(limit, LevelLimit::Share(_));
        if evidence.counts == Counts::Kept || (bound == Bound::AtLeast && is_share) {
            return;
        }
        let start = evidence.span.start as usize;
        let word = Span::new(evidence.span.file, start, start + Counts::Missing.word().len());
        let text = "`down` is time in which it is not so";
        self.diagnostics.push(
            Diagnostic::error(INVALID, text)
                .at(word, "this promise limits the time in which it is so")
                .note("`down` belongs to a promise of at least so many per cent of each period: the rest of the time counts.")
                .fix("write `counted`", Applicability::Suggested, word, Counts::Kept.word()),
        );
    }

    /// A time of the wall clock: working hours have no place in all the time of a period.
    pub(in crate::resolve) fn wall_time(&mut self, time: &Spanned<ast::Duration>) -> Option<Duration> {
        let duration = self.fixed_time(time)?;
        if !duration.unit.is_business() {
            return Some(duration);
        }
        self.diagnostics.push(
            Diagnostic::error(UNIT, "a level is measured in all the time of a period, not in working hours")
                .at(time.span, "business time")
                .help("Use `minutes` or `hours`."),
        );
        None
    }

    fn fixed_time(&mut self, time: &Spanned<ast::Duration>) -> Option<Duration> {
        let duration = self.duration(time, crate::resolve::values::DurationUse::Duty)?;
        if duration.seconds().is_some() {
            return Some(duration);
        }
        self.diagnostics.push(
            Diagnostic::error(UNIT, format!("`{duration}` is not always the same length of time"))
                .at(time.span, "minutes or hours are needed here")
                .note("A day on which the clocks change has 23 hours or 25.")
                .help("Use `minutes` or `hours`."),
        );
        None
    }

    /// `down from started_at to ended_at of each outage where planned = false`.
    pub(super) fn evidence(
        &mut self,
        record: Option<Id<Record>>,
        evidence: &ast::Evidence,
        span: Span,
    ) -> Evidence {
        let time = match &evidence.time {
            ast::EvidenceTime::Lasting(time, from) => EvidenceTime::Lasting {
                time: self.slot(time, Self::wall_time),
                from: self.moment_slot(record, from),
            },
            ast::EvidenceTime::Between(from, to) => {
                let (from, to) = (self.moment_slot(record, from), self.moment_slot(record, to));
                if from.is_set() && from == to {
                    self.invalid(span, "this time ends when it begins".into(), "one moment", None);
                }
                EvidenceTime::Between { from, to }
            }
            ast::EvidenceTime::Reported(amount, unit, on) => EvidenceTime::Reported {
                amount: self.amount_slot(record, amount, *unit),
                unit: unit.node,
                on: match on {
                    OrTbd::Known(word) => self.day_or_moment_slot(record, word),
                    OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
                },
            },
        };
        let condition = evidence.condition.as_ref().map(|c| self.condition_of(record, c));
        Evidence { counts: evidence.counts, time, condition, span }
    }

    /// A field that holds an amount of the unit: a percentage for `percent`, a number for times.
    fn amount_slot(
        &mut self,
        record: Option<Id<Record>>,
        field: &Reference,
        unit: Spanned<AmountUnit>,
    ) -> Slot<Id<Field>> {
        let slot = self.field_slot(record, field);
        let (Slot::Set(id), Some(record), OrTbd::Known(word)) = (&slot, record, field) else { return slot };
        let declared = &self.records[record].fields[*id];
        let is_share = matches!(declared.ty, FieldType::Percent);
        let is_number = matches!(declared.ty, FieldType::Integer | FieldType::Number);
        if if unit.node == AmountUnit::Percent { is_share } else { is_number } {
            return slot;
        }
        let (wanted, help) = match unit.node {
            AmountUnit::Percent => ("a percentage", "Name a field of type `percent`."),
            _ if is_share => {
                ("an amount of time", "Write `percent` behind it, or name a field of type `number`.")
            }
            _ => ("an amount of time", "Name a field of type `integer` or `number`."),
        };
        let out = Diagnostic::error(TYPE, format!("`{}` does not hold {wanted}", word.node))
            .at(word.span, format!("{} are read here", unit.node.word()))
            .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
            .help(help);
        self.diagnostics.push(out);
        Slot::Broken
    }
}
