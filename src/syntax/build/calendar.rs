//! Clauses of `calendar`.

use pest::iterators::Pair;

use super::values::weekday;
use super::{Builder, child, has};
use crate::syntax::ast::{CalendarClause, OpenTimes, TimeRange, WeekdayRange, Word};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn calendar(&mut self, pair: &Pair<'_, Rule>) -> Option<CalendarClause> {
        let title = child(pair, Rule::string).map(|s| self.string(&s));
        Some(match pair.as_rule() {
            Rule::zone => CalendarClause::Zone(self.value(pair, Rule::zone_name)?),
            Rule::open => {
                let days = child(pair, Rule::weekdays).map(|d| weekdays(&d)).unwrap_or_default();
                let times = if has(pair, Rule::all_day) {
                    OpenTimes::AllDay
                } else {
                    OpenTimes::Hours(self.hours(&child(pair, Rule::hours)?))
                };
                let season = match child(pair, Rule::season) {
                    Some(season) => {
                        let first = self.word(&child(&child(&season, Rule::from_date)?, Rule::date)?);
                        Some((first, child(&season, Rule::date).map(|last| self.word(&last))))
                    }
                    None => None,
                };
                CalendarClause::Open(days, times, season)
            }
            Rule::closed_from => CalendarClause::ClosedFrom(title?),
            Rule::closed => {
                let mut dates = self.words(pair, Rule::date).into_iter();
                CalendarClause::Closed(dates.next()?, dates.next(), title)
            }
            Rule::except => {
                let date = self.word(&child(pair, Rule::date)?);
                CalendarClause::Except(date, self.hours(&child(pair, Rule::hours)?), title)
            }
            Rule::cutoff => CalendarClause::Cutoff(self.word(&child(pair, Rule::time)?)),
            Rule::covers => {
                let points = pair.clone().into_inner();
                let mut points = points.filter(|p| matches!(p.as_rule(), Rule::date | Rule::year));
                let from = self.word(&points.next()?);
                CalendarClause::Covers(from, points.next().map(|p| self.word(&p)))
            }
            Rule::note => CalendarClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn hours(&self, pair: &Pair<'_, Rule>) -> Vec<TimeRange> {
        let ranges = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::time_range);
        ranges
            .filter_map(|range| {
                let mut times = self.words(&range, Rule::time).into_iter();
                Some(TimeRange { from: times.next()?, to: times.next()? })
            })
            .collect()
    }

    /// Every part of a rule, as written.
    pub(super) fn words(&self, pair: &Pair<'_, Rule>, rule: Rule) -> Vec<Word> {
        pair.clone().into_inner().filter(|p| p.as_rule() == rule).map(|p| self.word(&p)).collect()
    }
}

fn weekdays(pair: &Pair<'_, Rule>) -> Vec<WeekdayRange> {
    let ranges = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::weekday_range);
    ranges
        .filter_map(|range| {
            let mut days = range.into_inner().filter(|p| p.as_rule() == Rule::weekday);
            let from = weekday(days.next()?.as_str())?;
            let to = match days.next() {
                Some(day) => weekday(day.as_str())?,
                None => from,
            };
            Some(WeekdayRange { from, to })
        })
        .collect()
}
