//! When somebody is reminded of an item, before it is late.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::layers::{Direction, Layer, Layers, P, positive};
use super::tree::{Expr, Type, col, int, when};
use super::turnaround::{Class, Turnaround, amount, class};
use crate::model::contingency::Anchor;
use crate::model::{Duration, Slot, Unit};

impl Turnaround<'_> {
    /// Adds the moments at which reminders are due; their columns.
    pub(super) fn reminders(&self, layers: &mut Layers) -> Vec<Expr> {
        let mut out = Vec::new();
        let anchors: Vec<Anchor> = self.steps().cloned().collect();
        for anchor in anchors {
            let name = format!("reminder_{}", out.len() + 1);
            let known = match &anchor {
                Anchor::BeforeDeadline(Slot::Set(by)) => self.before_deadline(layers, &name, *by),
                Anchor::AfterStart(Slot::Set(by)) => {
                    let possible = self.calendar.is_some() || !by.unit.is_business();
                    if possible {
                        let parts = vec![(class(by.unit), amount(*by))];
                        self.due(layers, &name, parts, "a reminder, counted from the start");
                    }
                    possible
                }
                Anchor::Elapsed(Slot::Set(percent)) => {
                    self.elapsed(layers, &name, *percent);
                    true
                }
                Anchor::BeforeDeadline(_)
                | Anchor::AfterStart(_)
                | Anchor::Elapsed(_)
                | Anchor::AfterDeadline(_) => false,
            };
            if known {
                out.push(col(P, &format!("{name}_s")));
            }
        }
        out
    }

    /// Adds a reminder that is counted back from the deadline; false if it has no moment.
    fn before_deadline(&self, layers: &mut Layers, name: &str, by: Duration) -> bool {
        let deadline = col(P, "deadline_s");
        let (mut days, mut numbers, mut moments) =
            (Layer::new(self.names), Layer::new(self.names), Layer::new(self.names));
        let (day, number) = (format!("{name}_day"), format!("{name}_number"));
        let moment = match (class(by.unit), self.calendar) {
            (Class::Plain, _) => deadline.minus(amount(by)),
            (Class::Open, Some(calendar)) => {
                numbers.column(&number, col(P, "deadline_cum").minus(amount(by)));
                moments.until_open(calendar, &col(P, &number))
            }
            (Class::OpenDays, Some(calendar)) => {
                let last_day = days.local_day(self.zone, deadline.minus(int(1)));
                days.column(&day, last_day);
                let before = numbers.open_days_before(calendar, col(P, &day));
                numbers.column(&number, before.minus(amount(by)).plus(int(1)));
                moments.open_day(calendar, col(P, &number), "open_s")
            }
            (Class::Days | Class::Months, _) => {
                let last_day = days.local_day(self.zone, deadline.minus(int(1)));
                days.column(&day, last_day);
                let unit = if by.unit == Unit::Months { Unit::Months } else { Unit::CalendarDays };
                let earlier = numbers.moved_day(&col(P, &day), unit, amount(by), Direction::Backward);
                numbers.column(&number, earlier);
                moments.start_of(self.zone, col(P, &number))
            }
            (Class::Open | Class::OpenDays, None) => return false,
        };
        moments.column(&format!("{name}_s"), moment);
        layers.add("a reminder: the day its deadline belongs to", days);
        layers.add("a reminder: the number of its moment", numbers);
        layers.add("a reminder, counted back from the deadline", moments);
        true
    }

    /// Adds a reminder at a part of the allowed time.
    fn elapsed(&self, layers: &mut Layers, name: &str, percent: Decimal) {
        let percent = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(6);
        let part = (percent * Decimal::from(1_000_000)).to_i128().unwrap_or_default();
        // Parts of a second count as a whole one.
        let share =
            |total: Expr| positive(total).times(Expr::Int(part)).plus(int(99_999_999)).quotient(100_000_000);
        let (seconds, target) = (format!("{name}_seconds"), format!("{name}_target"));
        let mut layer = Layer::new(self.names);
        let value = self.by_tier(|limit| {
            let total = if limit.unit.is_business() {
                col(P, "deadline_cum").minus(col(P, "from_cum"))
            } else {
                col(P, "deadline_s").minus(col(P, "from_s"))
            };
            Some(share(total))
        });
        layer.column(&seconds, value);
        layers.add("a reminder: the part of the allowed time", layer);
        let seconds = col(P, &seconds);
        let mut targets = Layer::new(self.names);
        if self.any_open() {
            targets.column(&target, col(P, "from_cum").plus(seconds.clone()));
        }
        layers.add("a reminder: open seconds up to it", targets);
        let mut layer = Layer::new(self.names);
        let plain = col(P, "from_s").plus(seconds.clone());
        let open = match self.calendar.filter(|_| self.any_open()) {
            Some(calendar) => {
                let found = layer.after_open(calendar, &col(P, &target));
                when([(seconds.is(int(0)), col(P, "from_s"))], found)
            }
            None => Expr::Null(Type::Integer),
        };
        let moment =
            self.by_tier(|limit| Some(if limit.unit.is_business() { open.clone() } else { plain.clone() }));
        layer.column(&format!("{name}_s"), moment);
        layers.add("a reminder at a part of the allowed time", layer);
    }
}
