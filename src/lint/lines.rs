//! The lines of one agreement: deadlines and the moments around them as functions of the start, over its whole term.
//!
//! What two rules ask is made once. A table reaches as far beyond the term as the longest time needs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::evaluate::{CalendarClock, Evaluator};
use crate::model::{Calendar, Date, Duration, Effective, Form, Id, Unit};
use crate::worktime::compare::{Line, Moments};
use crate::worktime::{Day, Instant, Interval, Table, TimeZone, civil};

/// Days of the term that are looked at while it has no end: a year has every closure and both changes of the clock.
const HORIZON: i64 = 400;

/// Days of the longest term that is looked at: some twenty years.
const LONGEST: i64 = 7_400;

/// Days by which a table is longer than the time that is looked at, on both sides. The first that is enough is taken.
const MARGINS: [i64; 4] = [40, 160, 800, 4_000];

/// What a line gives for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The deadline of what starts there.
    Due,
    /// The moment so long before it.
    Before,
    /// The moment so long ahead of an event.
    Ahead,
    /// The open seconds up to there.
    Open,
}

/// A line by what it depends on.
type LineKey = (Option<Id<Calendar>>, Kind, Decimal, Unit);
/// A table by what it depends on: calendar and margin.
type TableKey = (Option<Id<Calendar>>, i64);

/// Lines of one agreement, made when they are asked for.
#[derive(Debug)]
pub struct Lines<'a> {
    evaluator: &'a Evaluator<'a>,
    today: Date,
    tables: RefCell<BTreeMap<TableKey, Option<Rc<Table>>>>,
    known: RefCell<BTreeMap<LineKey, Option<Rc<Line>>>>,
}

impl<'a> Lines<'a> {
    /// The lines of an agreement. The present day matters only while it runs until further notice.
    pub fn new(evaluator: &'a Evaluator<'a>, today: Date) -> Self {
        Lines { evaluator, today, tables: RefCell::default(), known: RefCell::default() }
    }

    /// The days that are looked at: the term, or the time from its start to some time after today.
    pub(super) fn days(&self) -> (Date, Date) {
        let term = self.evaluator.model().agreement.effective.as_ref().and_then(Effective::term);
        let from = term.map_or(self.today, |(from, _)| from);
        let after = |day: Date, days| civil::add_days(day, days).unwrap_or(day);
        let to = match term.and_then(|(_, to)| to) {
            Some(to) => to.min(after(from, LONGEST)),
            None => after(from.max(self.today), HORIZON),
        };
        (from.max(after(to, -LONGEST)).min(to), to)
    }

    /// The time that is looked at, as a zone has it.
    pub(super) fn whole(&self, zone: &TimeZone) -> Option<Interval> {
        let (from, to) = self.days();
        let whole = Interval { from: zone.start_of(Day::of(from)).ok()?, to: zone.end_of(Day::of(to)).ok()? };
        (whole.from < whole.to).then_some(whole)
    }

    /// The deadlines of the items of a form, by the moments that their limit counts from. `None`: they cannot be told.
    pub(super) fn deadline(&self, form: &Form, clock: CalendarClock<'_>, limit: Duration) -> Option<Line> {
        let kind = if let Form::LeadTime(_) = form { Kind::Ahead } else { Kind::Due };
        let whole = self.whole(clock.1.zone())?;
        self.line(clock, kind, limit, whole)?.within(whole)
    }

    /// The deadlines of what starts at the moments that are looked at.
    pub(super) fn due(&self, clock: CalendarClock<'_>, time: Duration) -> Option<Line> {
        let whole = self.whole(clock.1.zone())?;
        self.line(clock, Kind::Due, time, whole)?.within(whole)
    }

    /// So much time after the values of a line.
    pub(super) fn after(&self, line: &Line, clock: CalendarClock<'_>, time: Duration) -> Option<Line> {
        line.then(&*self.line(clock, Kind::Due, time, values(line)?)?)
    }

    /// So much time before the values of a line.
    pub(super) fn before(&self, line: &Line, clock: CalendarClock<'_>, time: Duration) -> Option<Line> {
        line.then(&*self.line(clock, Kind::Before, time, values(line)?)?)
    }

    /// The seconds in which a calendar has been open, up to the moments of an interval; counted from some moment before it.
    pub(super) fn opened(&self, clock: CalendarClock<'_>, at: Interval) -> Option<Rc<Line>> {
        // The time does not matter.
        let none = Duration { amount: Decimal::ZERO, unit: Unit::BusinessMinutes };
        self.line(clock, Kind::Open, none, at)
    }

    /// The moments of an interval at which a clock is open; every one for a zone alone.
    pub(super) fn open(&self, clock: CalendarClock<'_>, at: Interval) -> Moments {
        match self.opened(clock, at) {
            Some(line) => line.running().within(at),
            None => Moments::new([at]),
        }
    }

    fn line(&self, clock: CalendarClock<'_>, kind: Kind, time: Duration, at: Interval) -> Option<Rc<Line>> {
        let key = (clock.0, kind, time.amount, time.unit);
        if let Some(known) = self.known.borrow().get(&key)
            && known.as_ref().is_none_or(|line| line.covers(at))
        {
            return known.clone();
        }
        let made = MARGINS.iter().find_map(|margin| {
            let table = self.table(clock, *margin)?;
            let line = match kind {
                Kind::Due => table.due_line(time).ok()?,
                Kind::Before => table.before_line(time).ok()?,
                Kind::Ahead => table.ahead_line(time).ok()?,
                Kind::Open => table.open_line(),
            };
            line.filter(|line| line.covers(at)).map(Rc::new)
        });
        let mut known = self.known.borrow_mut();
        if made.is_some() || !known.contains_key(&key) {
            known.insert(key, made.clone());
        }
        made
    }

    fn table(&self, clock: CalendarClock<'_>, margin: i64) -> Option<Rc<Table>> {
        let (first, last) = self.days();
        let first = civil::add_days(first, -margin).unwrap_or(EARLIEST).max(EARLIEST);
        let last = civil::add_days(last, margin).unwrap_or(LATEST).min(LATEST);
        let make = || Table::new(clock.1, first, last).ok().map(Rc::new);
        self.tables.borrow_mut().entry((clock.0, margin)).or_insert_with(make).clone()
    }
}

/// The first and the last day that a table can have, in every zone.
const EARLIEST: Date = Date { year: 1900, month: 1, day: 4 };
const LATEST: Date = Date { year: 2200, month: 12, day: 28 };

/// From the least to the largest value of a line that does not decrease.
fn values(line: &Line) -> Option<Interval> {
    let span = line.span();
    let (from, to) = (line.moment(span.from)?, line.moment(span.to.just_before())?);
    // The last one is needed, too.
    Some(Interval { from, to: Instant::from_epoch(to.epoch().saturating_add(1)).ok()? })
}
