//! Levels of time: for how much of a period something is so.
//!
//! A period is whole: from 00:00 of its first day to 24:00 of its last in the agreement's zone, so that a month in which
//! the clocks change is an hour shorter or longer. What has not happened yet shows nothing.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::gap::known;
use super::{Evaluator, Gap, Item, Outlook, Ratio, Value};
use crate::model::level::{AmountUnit, Counts, EvidenceTime};
use crate::model::{Bound, Commitment, Date, Field, Form, Id, Level, LevelLimit};
use crate::worktime::{Day, Instant, Interval, PeriodSpan};

/// A level in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelResult {
    /// The period.
    pub period: PeriodSpan,
    /// The seconds in which it is so, of those of the period; as if nothing more happened in a period that goes on. `None`:
    /// nobody has reported it, or what was reported cannot be.
    pub kept: Option<Ratio>,
    /// How it stands. [`Outlook::NoItems`]: the period has ended without a report.
    pub outlook: Outlook,
}

/// What the rows show.
enum Shown {
    /// Stretches of time in order, none of which touches another.
    Time(Vec<Interval>),
    /// By the first day of the period: what was reported.
    Reports(BTreeMap<Date, Report>),
}

/// What was reported of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    Seconds(Decimal),
    Percent(Decimal),
    /// It is missing in a row, or several rows say a share.
    Unclear,
}

impl Evaluator<'_> {
    /// A level by period, in order, over every period that has begun.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn level(&self, id: Id<Commitment>, items: &[Item]) -> Result<Vec<LevelResult>, Gap> {
        let level = self.level_of(id)?;
        let rows = self.rows(id, level, items);
        let moments: Vec<Instant> = rows.iter().filter_map(|row| self.moment_of_row(level, row)).collect();
        let shown = self.shown(level, &rows)?;
        let failed = self.failed(id, items)?;
        let result = |period: PeriodSpan| {
            let kept = self.kept(level, &shown, &period);
            let outlook = if self.has_failed(&failed, period.first) {
                Outlook::Excused
            } else {
                self.level_outlook(level, kept, &period)
            };
            LevelResult { period, kept, outlook }
        };
        Ok(self.begun(level.per, &moments).into_iter().map(result).collect())
    }

    /// A level in one period, whether it has begun or not.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn level_in(
        &self,
        id: Id<Commitment>,
        items: &[Item],
        period: &PeriodSpan,
    ) -> Result<Option<Ratio>, Gap> {
        let level = self.level_of(id)?;
        let shown = self.shown(level, &self.rows(id, level, items))?;
        Ok(self.kept(level, &shown, period))
    }

    /// Whether a level is reached.
    pub fn reaches_level(&self, level: &Level, kept: Ratio) -> bool {
        match level.bound {
            Bound::AtLeast => compare(level, kept).is_ge(),
            Bound::AtMost => compare(level, kept).is_le(),
        }
    }

    /// The period that a row of a level begins in or reports.
    pub fn period_of_row(&self, id: Id<Commitment>, row: &Item) -> Option<PeriodSpan> {
        let level = self.level_of(id).ok()?;
        let date = self.zone.as_ref()?.date(self.moment_of_row(level, row)?);
        self.periods(level.per).containing(date).ok()
    }

    fn level_of(&self, id: Id<Commitment>) -> Result<&Level, Gap> {
        let Form::Level(level) = &self.model.commitments[id].form else {
            return Err(Gap::new("it is no level of time"));
        };
        self.gap(id).map_or(Ok(level), Err)
    }

    /// What is missing before a level can be measured.
    pub(super) fn level_gap(&self, level: &Level) -> Option<Gap> {
        let limit = match &level.limit {
            LevelLimit::Share(percent) => known(percent, "the share").err(),
            LevelLimit::Time(time) => known(time, "the time").err(),
        };
        let Some(evidence) = &level.evidence else {
            return limit.or_else(|| Some(Gap::new("nothing says how it is measured")));
        };
        let length = match &evidence.time {
            EvidenceTime::Lasting { time, .. } => known(time, "how long a record lasts").err(),
            EvidenceTime::Between { .. } | EvidenceTime::Reported { .. } => None,
        };
        let fields = || evidence.time.fields().into_iter().find_map(|f| known(f, "a field").err());
        let condition = || evidence.condition.as_ref().and_then(|c| self.condition_gap(c));
        let zone = || self.zone.is_none().then(|| Gap::new("the time zone is not known"));
        limit.or(length).or_else(fields).or_else(condition).or_else(zone)
    }

    /// The rows that count.
    fn rows<'i>(&self, id: Id<Commitment>, level: &Level, items: &'i [Item]) -> Vec<&'i Item> {
        let commitment = &self.model.commitments[id];
        let Some(subject) = commitment.subject() else { return Vec::new() };
        let Some(record) = self.model.record_of(subject) else { return Vec::new() };
        let record = &self.model.records[record];
        let condition = level.evidence.as_ref().and_then(|evidence| evidence.condition.as_ref());
        let counts = |item: &&Item| {
            self.is_of(subject, item)
                && condition.is_none_or(|condition| self.holds(condition, record, item))
                && !commitment.excused_when.as_ref().is_some_and(|excused| self.holds(excused, record, item))
        };
        items.iter().filter(counts).collect()
    }

    /// The moment of a row: when its time begins, or a moment of the day it is dated.
    fn moment_of_row(&self, level: &Level, row: &Item) -> Option<Instant> {
        let field = match &level.evidence.as_ref()?.time {
            EvidenceTime::Between { from, .. } | EvidenceTime::Lasting { from, .. } => from.get()?,
            EvidenceTime::Reported { on, .. } => on.get()?,
        };
        match row.get(*field) {
            Value::Moment(moment) => Some(*moment),
            Value::Date(date) => self.zone.as_ref()?.start_of(Day::of(*date)).ok(),
            _ => None,
        }
    }

    fn shown(&self, level: &Level, rows: &[&Item]) -> Result<Shown, Gap> {
        let evidence = level.evidence.as_ref().ok_or_else(|| Gap::new("nothing says how it is measured"))?;
        Ok(match &evidence.time {
            EvidenceTime::Between { from, to } => {
                let (from, to) = (*known(from, "a field")?, *known(to, "a field")?);
                Shown::Time(merged(rows.iter().filter_map(|row| self.stretch(row, from, to)).collect()))
            }
            EvidenceTime::Lasting { time, from } => {
                let (from, time) = (*known(from, "a field")?, known(time, "how long a record lasts")?);
                let seconds = time.seconds().unwrap_or(0);
                let stretch = |row: &&Item| {
                    let from = row.get(from).moment().filter(|from| *from <= self.now)?;
                    Some(Interval { from, to: from.plus(seconds).ok()? })
                };
                Shown::Time(merged(rows.iter().filter_map(stretch).collect()))
            }
            EvidenceTime::Reported { amount, unit, .. } => {
                let amount = *known(amount, "a field")?;
                Shown::Reports(self.reports(level, (amount, *unit), rows))
            }
        })
    }

    /// The time of a row that has passed by now. A row that ends before it begins shows nothing.
    fn stretch(&self, row: &Item, from: Id<Field>, to: Id<Field>) -> Option<Interval> {
        let from = row.get(from).moment()?;
        let to = row.get(to).moment().map_or(self.now, |to| to.min(self.now));
        (from < to).then_some(Interval { from, to })
    }

    fn reports(
        &self,
        level: &Level,
        (amount, unit): (Id<Field>, AmountUnit),
        rows: &[&Item],
    ) -> BTreeMap<Date, Report> {
        let mut out: BTreeMap<Date, Report> = BTreeMap::new();
        let periods = self.periods(level.per);
        for row in rows {
            let date = self.moment_of_row(level, row).zip(self.zone.as_ref()).map(|(at, zone)| zone.date(at));
            let Some(period) = date.and_then(|date| periods.containing(date).ok()) else { continue };
            let said = row.get(amount).number().filter(|n| !n.is_sign_negative());
            let report = match (said, unit.seconds()) {
                (None, _) => Report::Unclear,
                (Some(percent), None) => Report::Percent(percent),
                (Some(n), Some(seconds)) => Report::Seconds(n.saturating_mul(Decimal::from(seconds))),
            };
            let sum = |before: &mut Report| {
                *before = match (*before, report) {
                    (Report::Seconds(a), Report::Seconds(b)) => Report::Seconds(a.saturating_add(b)),
                    _ => Report::Unclear,
                };
            };
            out.entry(period.first).and_modify(sum).or_insert(report);
        }
        out
    }

    /// The seconds of a period in which it is so. `None` where nothing possible was reported.
    fn kept(&self, level: &Level, shown: &Shown, period: &PeriodSpan) -> Option<Ratio> {
        let interval = period.interval(self.zone.as_ref()?).ok()?;
        let whole = Decimal::from(interval.seconds());
        let counted = match shown {
            Shown::Time(stretches) => Decimal::from(overlap(stretches, interval)),
            Shown::Reports(reports) => match reports.get(&period.first)? {
                Report::Seconds(seconds) => *seconds,
                Report::Percent(percent) => percent.checked_mul(whole)? / Decimal::ONE_HUNDRED,
                Report::Unclear => return None,
            },
        };
        let part = match level.evidence.as_ref()?.counts {
            Counts::Kept => counted,
            Counts::Missing => whole - counted,
        };
        let possible = part >= Decimal::ZERO && part <= whole;
        Ratio::new(part, whole).filter(|_| possible)
    }

    fn level_outlook(&self, level: &Level, kept: Option<Ratio>, period: &PeriodSpan) -> Outlook {
        let Some(kept) = kept else {
            return if self.has_ended(period) { Outlook::NoItems } else { Outlook::Open };
        };
        let reached = self.reaches_level(level, kept);
        if self.has_ended(period) {
            return if reached { Outlook::Met } else { Outlook::Missed };
        }
        let evidence = level.evidence.as_ref();
        // A share is reported of the whole period; only its last report counts.
        let is_final =
            |time: &EvidenceTime| !matches!(time, EvidenceTime::Reported { unit: AmountUnit::Percent, .. });
        if !evidence.is_some_and(|evidence| is_final(&evidence.time)) {
            return Outlook::Open;
        }
        // What is counted can only grow, so what is left can only shrink.
        let grows = evidence.is_some_and(|evidence| evidence.counts == Counts::Kept);
        match (level.bound, grows, reached) {
            (Bound::AtLeast, true, true) => Outlook::Met,
            (Bound::AtLeast, false, false) | (Bound::AtMost, true, false) => Outlook::Missed,
            _ => Outlook::Open,
        }
    }
}

fn compare(level: &Level, kept: Ratio) -> Ordering {
    match &level.limit {
        LevelLimit::Share(percent) => percent.get().map_or(Ordering::Equal, |percent| kept.compare(*percent)),
        LevelLimit::Time(time) => {
            let seconds = time.get().and_then(|time| time.seconds());
            seconds.map_or(Ordering::Equal, |seconds| kept.part.cmp(&Decimal::from(seconds)))
        }
    }
}

/// The same time in order, without overlaps.
fn merged(mut stretches: Vec<Interval>) -> Vec<Interval> {
    stretches.sort_by_key(|stretch| (stretch.from, stretch.to));
    let mut out: Vec<Interval> = Vec::new();
    for stretch in stretches {
        match out.last_mut() {
            Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
            _ => out.push(stretch),
        }
    }
    out
}

/// The seconds that stretches of time have in common with another one.
fn overlap(stretches: &[Interval], of: Interval) -> i64 {
    let first = stretches.partition_point(|stretch| stretch.to <= of.from);
    let inside = stretches[first..].iter().take_while(|stretch| stretch.from < of.to);
    inside.map(|stretch| stretch.to.min(of.to).since(stretch.from.max(of.from))).sum()
}
