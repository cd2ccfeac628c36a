//! Calendars: zones, weekly hours, closures.

use std::collections::BTreeMap;

use super::Resolver;
use super::clauses::Once;
use super::names::Entry;
use super::values::INVALID;
use crate::diagnostic::Diagnostic;
use crate::model::calendar::{Covers, Season};
use crate::model::{Calendar, Closure, Date, Exception, Hours, Slot, TimeOfDay, Weekday};
use crate::source::Span;
use crate::syntax::ast::{self, CalendarClause, OpenTimes, TimeRange, Word};
use crate::worktime::civil;

/// Rule: hours without a zone, or an agreement whose calendars are in several.
pub(super) const TIMEZONE: &str = "timezone-missing";

/// Opening hours by weekday, Monday first, each with its clause.
type Week = [Vec<(Hours, Span)>; 7];

/// Hours of times of the year, by their first and last day, each with its first clause.
type Seasons = BTreeMap<(Date, Option<Date>), (Span, Week)>;

impl Resolver<'_> {
    pub(super) fn calendars(&mut self) {
        for entry in self.blocks.calendars.clone() {
            let calendar = self.calendar(entry);
            self.calendars.push(calendar);
        }
    }

    fn calendar(&mut self, entry: Entry<'_, CalendarClause>) -> Calendar {
        let head = self.head(entry, |c| match c {
            CalendarClause::Note(prose) => Some(prose),
            _ => None,
        });
        let mut zone = Once::new("zone");
        let mut cutoff = Once::new("cutoff");
        let mut covers = Once::new("covers");
        let mut weekly = Week::default();
        let mut seasons: Seasons = BTreeMap::new();
        let (mut closures, mut exceptions) = (Vec::new(), Vec::<Exception>::new());
        let mut imports = Vec::new();
        // Days with an exception, with its place.
        let mut dates = BTreeMap::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                CalendarClause::Zone(value) => {
                    let value = self.slot(value, Self::zone);
                    zone.set(self, span, value);
                }
                CalendarClause::Open(days, times, None) => self.open(days, times, span, &mut weekly),
                CalendarClause::Open(days, times, Some((from, to))) => {
                    if let Some(dates) = self.season(from, to.as_ref()) {
                        let (_, week) = seasons.entry(dates).or_insert_with(|| (span, Week::default()));
                        self.open(days, times, span, week);
                    }
                }
                CalendarClause::Closed(from, to, title) => {
                    if let Some((from, to)) = self.date_range(from, to.as_ref()) {
                        closures.push(Closure {
                            from,
                            to,
                            title: title.as_ref().map(|t| t.node.clone()),
                            span,
                        });
                    }
                }
                CalendarClause::ClosedFrom(path) => imports.push((path, span)),
                CalendarClause::Except(date, hours, title) => {
                    let title = title.as_ref().map(|t| t.node.clone());
                    if let Some(exception) = self.exception(date, hours, title, span) {
                        self.exception_twice(&mut dates, &exception);
                        exceptions.push(exception);
                    }
                }
                CalendarClause::Cutoff(time) => {
                    if let Some(time) = self.time(time) {
                        cutoff.set(self, span, time);
                    }
                }
                CalendarClause::Covers(from, to) => {
                    if let Some((from, to)) = self.covered(from, to.as_ref()) {
                        covers.set(self, span, Covers { from, to, span });
                    }
                }
                CalendarClause::Note(_) => {}
            }
        }
        if !zone.is_set() && entry.state == ast::State::Complete {
            let first = weekly.iter().flatten().map(|(hours, _)| hours.open).min();
            self.no_zone(&head.name, first);
        }
        let opens = |c: &ast::Spanned<CalendarClause>| {
            matches!(c.node, CalendarClause::Open(..) | CalendarClause::Except(..))
        };
        if !entry.block.clauses.iter().any(opens) {
            self.missing(
                entry.state,
                head.name.span,
                format!("calendar `{}` does not say when it is open", head.name),
                "Add `open` with days and hours, such as `open mon-fri 09:00-17:00`, or `open all day`.",
            );
        }
        let covers = covers.get();
        for (path, span) in imports {
            let bounds = covers.as_ref().map(|c: &Covers| (c.from, c.to)).or_else(|| self.stated_term());
            closures.extend(self.imported(path, span, bounds));
        }
        closures.sort_by_key(|c| (c.from, c.to));
        exceptions.sort_by_key(|e| e.date);
        Calendar {
            zone: zone.get().unwrap_or(Slot::Broken),
            weekly: weekly.map(|day| self.merged(day)),
            seasons: self.seasons(seasons),
            closures,
            exceptions,
            cutoff: cutoff.get(),
            covers,
            head,
        }
    }

    /// The closures of a calendar file. What recurs every year is laid out over the days that the calendar covers, else
    /// over the term of the agreement.
    fn imported(&self, path: &Word, span: Span, bounds: Option<(Date, Date)>) -> Vec<Closure> {
        let unit = self.units.iter().find(|u| u.file == span.file);
        let events = unit.and_then(|u| u.events.get(&path.node)).map(Vec::as_slice).unwrap_or_default();
        let days = events.iter().flat_map(|event| event.days(bounds).into_iter().map(move |d| (d, event)));
        days.map(|((from, to), event)| Closure { from, to, title: event.title.clone(), span }).collect()
    }

    /// First and last day of the agreement, where both are stated.
    fn stated_term(&mut self) -> Option<(Date, Date)> {
        let clauses = self.blocks.agreements.first()?.block.clauses.iter();
        let (from, to) = clauses.clone().find_map(|clause| match &clause.node {
            ast::AgreementClause::Effective(ast::OrTbd::Known(from), Some(ast::OrTbd::Known(to))) => {
                Some((from.node.clone(), to.node.clone()))
            }
            _ => None,
        })?;
        Some((civil::parse_date(&from)?, civil::parse_date(&to)?))
    }

    fn no_zone(&mut self, name: &crate::model::Name, first: Option<TimeOfDay>) {
        self.diagnostics.push(
            Diagnostic::error(TIMEZONE, format!("calendar `{name}` does not say in which time zone its hours are"))
                .at(name.span, first.map_or("whose time?".to_owned(), |open| format!("{open} where?")))
                .note("The same deadline falls hours apart in New York and in Berlin, and moves with daylight saving.")
                .help("Add a `zone` clause with a place, such as `zone America/New_York`."),
        );
    }

    fn open(&mut self, days: &[ast::WeekdayRange], times: &OpenTimes, span: Span, weekly: &mut Week) {
        let hours = match times {
            OpenTimes::AllDay => vec![Hours { open: TimeOfDay::START, close: TimeOfDay::END }],
            OpenTimes::Hours(ranges) => ranges.iter().filter_map(|r| self.hours(r)).collect(),
        };
        let every_day = [ast::WeekdayRange { from: Weekday::Monday, to: Weekday::Sunday }];
        let days = if days.is_empty() { &every_day[..] } else { days };
        for day in days.iter().flat_map(|range| weekdays(*range)) {
            weekly[day.index()].extend(hours.iter().map(|h| (*h, span)));
        }
    }

    /// The days of a season; the last one unless it has no end.
    fn season(&mut self, from: &Word, to: Option<&Word>) -> Option<(Date, Option<Date>)> {
        let Some(to) = to else { return Some((self.date(from)?, None)) };
        self.date_range(from, Some(to)).map(|(from, to)| (from, Some(to)))
    }

    /// The seasons in order; reports those that have a day in common.
    fn seasons(&mut self, found: Seasons) -> Vec<Season> {
        let season = |((from, to), (span, week)): (_, (Span, Week))| Season {
            from,
            to,
            weekly: week.map(|day| self.merged(day)),
            span,
        };
        let out: Vec<Season> = found.into_iter().map(season).collect();
        for (earlier, later) in out.iter().zip(out.iter().skip(1)) {
            if earlier.to.is_none_or(|to| later.from <= to) {
                let until =
                    earlier.to.map_or_else(|| "and without an end".to_owned(), |to| format!("until {to}"));
                self.diagnostics.push(
                    Diagnostic::error(INVALID, format!("two seasons have {} in common", later.from))
                        .at(later.span, format!("from {}", later.from))
                        .also(earlier.span, until)
                        .note("On a day of a season its hours hold instead of the usual ones, so a day can be in one only.")
                        .help("End the earlier one on the day before, or give hours of one season the same dates."),
                );
            }
        }
        out
    }

    fn hours(&mut self, range: &TimeRange) -> Option<Hours> {
        let (open, close) = (self.time(&range.from)?, self.time(&range.to)?);
        if open < close {
            return Some(Hours { open, close });
        }
        let span = range.from.span.to(range.to.span);
        let help = if close == TimeOfDay::START {
            format!("The end of the day is `24:00`: write `{open}-24:00`.")
        } else {
            format!(
                "Hours lie within one day, so that it is clear which day they belong to. For a night shift write \
                 `{open}-24:00` on the first day and `00:00-{close}` on the next."
            )
        };
        self.invalid(span, "these hours end before they begin".into(), "within one day", Some(help));
        None
    }

    /// Sorted hours of one day, with those that touch joined; reports those that overlap.
    fn merged(&mut self, mut day: Vec<(Hours, Span)>) -> Vec<Hours> {
        day.sort();
        let mut out: Vec<(Hours, Span)> = Vec::new();
        for (hours, span) in day {
            match out.last_mut() {
                Some((last, first)) if hours.open < last.close => {
                    self.diagnostics.push(
                        Diagnostic::error(INVALID, "two opening hours of one day overlap")
                            .at(span, format!("{}-{}", hours.open, hours.close))
                            .also(*first, format!("{}-{}", last.open, last.close))
                            .help("Change one of them, so that it is clear when the day begins and ends."),
                    );
                    last.close = last.close.max(hours.close);
                }
                Some((last, _)) if hours.open == last.close => last.close = hours.close,
                _ => out.push((hours, span)),
            }
        }
        out.into_iter().map(|(hours, _)| hours).collect()
    }

    fn exception(
        &mut self,
        date: &Word,
        hours: &[TimeRange],
        title: Option<String>,
        span: Span,
    ) -> Option<Exception> {
        let date = self.date(date)?;
        let hours: Vec<_> = hours.iter().filter_map(|r| self.hours(r)).map(|h| (h, span)).collect();
        let hours = self.merged(hours);
        (!hours.is_empty()).then_some(Exception { date, hours, title, span })
    }

    fn exception_twice(&mut self, known: &mut BTreeMap<Date, Span>, new: &Exception) {
        let first = *known.entry(new.date).or_insert(new.span);
        if first != new.span {
            self.diagnostics.push(
                Diagnostic::error(
                    super::clauses::DUPLICATE_CLAUSE,
                    format!("{} has two exceptions", new.date),
                )
                .at(new.span, "again here")
                .also(first, "first here")
                .help("Keep one of them; one clause may list several hours."),
            );
        }
    }

    fn date_range(&mut self, from: &Word, to: Option<&Word>) -> Option<(Date, Date)> {
        let first = self.date(from)?;
        let last = match to {
            Some(to) => self.date(to)?,
            None => first,
        };
        self.ordered(first, last, from.span.to(to.map_or(from.span, |t| t.span)))
    }

    /// Reports a range of dates that ends before it begins.
    pub(super) fn ordered(&mut self, first: Date, last: Date, span: Span) -> Option<(Date, Date)> {
        if first <= last {
            return Some((first, last));
        }
        self.invalid(
            span,
            format!("{last} is before {first}"),
            "ends before it begins",
            Some("Write the earlier day first; or perhaps the year is another one.".into()),
        );
        None
    }

    /// `covers 2026 to 2027`: a year stands for all its days.
    fn covered(&mut self, from: &Word, to: Option<&Word>) -> Option<(Date, Date)> {
        let (first, _) = self.cover_point(from)?;
        let (_, last) = self.cover_point(to.unwrap_or(from))?;
        self.ordered(first, last, from.span.to(to.map_or(from.span, |t| t.span)))
    }

    fn cover_point(&mut self, word: &Word) -> Option<(Date, Date)> {
        if word.node.contains('-') {
            let date = self.date(word)?;
            return Some((date, date));
        }
        let year = |suffix: &str| Word::new(format!("{}-{suffix}", word.node), word.span);
        Some((self.date(&year("01-01"))?, self.date(&year("12-31"))?))
    }
}

/// The days of a range, in order; `sat-mon` goes over the end of the week.
fn weekdays(range: ast::WeekdayRange) -> Vec<Weekday> {
    let (from, to) = (range.from.index(), range.to.index());
    let count = (to + 7 - from) % 7 + 1;
    (0..count).map(|i| Weekday::ALL[(from + i) % 7]).collect()
}
