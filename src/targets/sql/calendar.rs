//! Which clocks the tables of time are about, and how far they reach.
//!
//! Wall clocks are laid out from 1970 to 2099: few rows. Opening hours take a row for every opening, so they are laid out
//! for the term alone, with room for what comes before and after ([`BEFORE`], [`AFTER`]).

use crate::config::{Config, Times};
use crate::evaluate::{Course, Evaluator, StepMoment};
use crate::model::{Calendar, Commitment, Date, Form, Id, Record};
use crate::worktime::{Clock, Day, Instant, OpenHours, TimeZone, civil};

/// Days laid out before the first day of the term.
const BEFORE: i64 = 31;
/// Days laid out after the last deadline of the term: so late may something be done, and so late be asked.
const AFTER: i64 = 366;
/// Years laid out for an agreement without an end whose calendars do not say what they cover.
const YEARS: i16 = 10;
/// The first day for an agreement that does not say when it takes effect.
const NO_START: Date = Date { year: 2020, month: 1, day: 1 };
/// The years of wall clocks and months.
pub(super) const FIRST_YEAR: i16 = 1970;
pub(super) const LAST_YEAR: i16 = 2099;

/// Which clocks the queries of an agreement look at, and for which days.
#[derive(Debug)]
pub(super) struct Clocks<'m> {
    pub(super) zones: Vec<TimeZone>,
    pub(super) calendars: Vec<(Id<Calendar>, &'m Calendar)>,
    /// First and last day of opening hours and periods.
    pub(super) span: (Date, Date),
    pub(super) fiscal_year_starts: u8,
    pub(super) agreement_zone: Option<TimeZone>,
}

/// The number of a zone in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ZoneNo(pub(super) i64);

/// The number of a calendar in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CalendarNo(pub(super) i64);

impl<'m> Clocks<'m> {
    pub(super) fn new(
        evaluator: &Evaluator<'m>,
        config: &Config,
        commitments: &[Id<Commitment>],
        records: &[Id<Record>],
    ) -> Clocks<'m> {
        let model = evaluator.model();
        let mut times = Clocks {
            zones: Vec::new(),
            calendars: Vec::new(),
            span: (NO_START, NO_START),
            fiscal_year_starts: model.agreement.fiscal_year_starts,
            agreement_zone: evaluator.zone().cloned(),
        };
        times.add_zone(evaluator.zone());
        for id in commitments {
            let commitment = &model.commitments[*id];
            if !matches!(commitment.form, Form::Turnaround(_)) {
                continue;
            }
            if let Ok(clock) = evaluator.clock(*id) {
                times.add_zone(Some(clock.zone()));
                if let (Clock::Business(_), Some(calendar)) = (clock, model.clock(commitment).calendar())
                    && !times.calendars.iter().any(|(known, _)| *known == calendar)
                {
                    times.calendars.push((calendar, &model.calendars[calendar]));
                }
            }
        }
        for id in records {
            let binding = config.records.get(&model.records[*id].head.name.text);
            if let Some(Times::Zone(zone)) = binding.map(|b| &b.value.sql.times) {
                times.add_zone(TimeZone::find(&zone.value).as_ref());
            }
        }
        times.span = span(evaluator, commitments, &times.calendars);
        times
    }

    fn add_zone(&mut self, zone: Option<&TimeZone>) {
        if let Some(zone) = zone.filter(|zone| !self.zones.contains(zone)) {
            self.zones.push(zone.clone());
        }
    }

    /// The number of a zone.
    pub(super) fn zone(&self, zone: &TimeZone) -> ZoneNo {
        number(self.zones.iter().position(|known| known == zone)).map_or(ZoneNo(0), ZoneNo)
    }

    /// The number of a calendar.
    pub(super) fn calendar(&self, calendar: Id<Calendar>) -> CalendarNo {
        number(self.calendars.iter().position(|(known, _)| *known == calendar))
            .map_or(CalendarNo(0), CalendarNo)
    }

    /// First moment of the opening hours that are laid out, and first moment after them; by calendar.
    pub(super) fn spans(&self) -> Vec<(CalendarNo, &str, Instant, Instant)> {
        let mut out = Vec::new();
        for (id, calendar) in &self.calendars {
            if let Ok(hours) = OpenHours::of(calendar)
                && let Ok(from) = hours.zone().start_of(Day::of(self.span.0))
                && let Ok(to) = hours.zone().end_of(Day::of(self.span.1))
            {
                out.push((self.calendar(*id), calendar.head.name.text.as_str(), from, to));
            }
        }
        out
    }
}

fn number(position: Option<usize>) -> Option<i64> {
    i64::try_from(position? + 1).ok()
}

/// The days that are laid out.
fn span(
    evaluator: &Evaluator<'_>,
    commitments: &[Id<Commitment>],
    calendars: &[(Id<Calendar>, &Calendar)],
) -> (Date, Date) {
    let model = evaluator.model();
    let term = model.agreement.effective.as_ref().and_then(crate::model::Effective::term);
    let covers = |date: fn(&crate::model::calendar::Covers) -> Date| {
        calendars.iter().filter_map(move |(_, c)| c.covers.as_ref().map(date))
    };
    let from = term.map(|(from, _)| from).or_else(|| covers(|c| c.from).min()).unwrap_or(NO_START);
    let stated = term.and_then(|(_, to)| to);
    let horizon = || {
        let covered = covers(|c| c.to).max().filter(|to| *to > from);
        covered.unwrap_or(Date { year: from.year.saturating_add(YEARS), month: 12, day: 31 })
    };
    let to = stated.unwrap_or_else(horizon);
    let (mut first, mut last) = (from, to);
    for id in commitments {
        for moment in moments_around(evaluator, *id, from, to) {
            let day = evaluator.zone().unwrap_or(&TimeZone::UTC).date(moment);
            first = first.min(day);
            last = last.max(day);
        }
    }
    let clamp = |date: Result<Date, _>, edge: Date| date.unwrap_or(edge);
    (clamp(civil::add_days(first, -BEFORE), first), clamp(civil::add_days(last, AFTER), last))
}

/// Deadlines and steps of items that start at the edges of the term.
fn moments_around(evaluator: &Evaluator<'_>, id: Id<Commitment>, from: Date, to: Date) -> Vec<Instant> {
    let Ok(clock) = evaluator.clock(id) else { return Vec::new() };
    let edges = [clock.zone().start_of(Day::of(from)), clock.zone().end_of(Day::of(to))];
    let mut out = Vec::new();
    for edge in edges.into_iter().flatten() {
        for tier in evaluator.model().commitments[id].tiers() {
            let Some(limit) = tier.limit.get() else { continue };
            let form = &evaluator.model().commitments[id].form;
            let Ok(course) = Course::of(form, edge, *limit, clock) else { continue };
            out.push(course.deadline);
            let steps = evaluator.step_moments(id, &course);
            out.extend(steps.iter().filter_map(|StepMoment { moment, .. }| *moment));
        }
    }
    out
}
