//! The view of a turnaround: every item of it with its verdict, step by step as `evaluate` judges it.

use super::binding::Binding;
use super::calendar::{CalendarNo, Clocks, ZoneNo};
use super::condition::{Conditions, N};
use super::layers::{Layer, Layers, P, earliest, positive, timestamp};
use super::names::Names;
use super::record::Shape;
use super::tree::{Expr, Join, Query, Select, Source, Type, all, any, col, first_of, flag, int, text, when};
use crate::evaluate::{Evaluator, Verdict, is_reminder};
use crate::model::commitment::{Aim, CountedBy};
use crate::model::contingency::Anchor;
use crate::model::{Commitment, Duration, Form, Id, Slot, Subject, Unit};

/// The word for an item whose verdict depends on opening hours that the tables do not reach. `evaluate` has no such word:
/// it walks as far as it must.
pub(super) const OUTSIDE_CALENDAR: &str = "outside calendar";
/// The short name of the record's view.
pub(super) const R: &str = "r";

/// The columns of the view, in order.
pub(super) const COLUMNS: [&str; 22] = [
    "commitment",
    "role",
    "item",
    "owner",
    "verdict",
    "start_utc",
    "deadline_utc",
    "done_utc",
    "allowed",
    "taken_s",
    "late_s",
    "counted_as",
    "tier",
    "reminder_utc",
    "start_s",
    "deadline_s",
    "done_s",
    "reminder_s",
    "counted_day",
    "target_taken_s",
    "now_s",
    "strength",
];

/// How a limit is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Plain,
    Open,
    OpenDays,
    Days,
    Months,
}

/// What everything about one turnaround needs.
pub(super) struct Turnaround<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) id: Id<Commitment>,
    pub(super) binding: &'a Binding<'a>,
    pub(super) shape: &'a Shape,
    pub(super) clocks: &'a Clocks<'a>,
    pub(super) names: &'a Names,
    /// Its opening hours, if it has any.
    pub(super) calendar: Option<CalendarNo>,
    /// The zone of its clock.
    pub(super) zone: ZoneNo,
}

impl Turnaround<'_> {
    fn commitment(&self) -> &Commitment {
        &self.evaluator.model().commitments[self.id]
    }

    fn limits(&self) -> Vec<Duration> {
        self.commitment().tiers().iter().filter_map(|tier| tier.limit.get().copied()).collect()
    }

    pub(super) fn any_open(&self) -> bool {
        self.limits().iter().any(|limit| limit.unit.is_business())
    }

    /// For each tier a value.
    pub(super) fn by_tier(&self, value: impl Fn(Duration) -> Option<Expr>) -> Expr {
        let values: Vec<Option<Expr>> = self.limits().into_iter().map(value).collect();
        if let [Some(only)] = values.as_slice() {
            // Blank without a tier, as the start is.
            return only.clone();
        }
        let cases =
            (1_i64..).zip(values).filter_map(|(no, value)| Some((col(P, "tier").is(int(no)), value?)));
        when(cases, Expr::Null(Type::Integer))
    }

    /// The view.
    pub(super) fn view(&self) -> Query {
        let mut layers = Layers::new(
            "its items: when the clock started, when it was done, which limit applies",
            self.items(),
        );
        let mut layer = Layer::new(self.names);
        let covered =
            all([col(P, "tier").filled(), col(P, "start_s").filled(), col(P, "in_term").is(int(1))]);
        layer.column("from_s", when([(covered, col(P, "start_s"))], Expr::Null(Type::Integer)));
        layer.column("end_s", first_of([col(P, "done_s"), col(P, "now_s")]));
        layers.add("items that are timed", layer);

        let parts = self.limit_parts();
        self.anchor(&mut layers, &parts);
        self.due(&mut layers, "deadline", parts, "when the allowed time is used up");
        self.measure(&mut layers);
        self.count(&mut layers);
        let reminders = self.reminders(&mut layers);
        self.judge(&mut layers, &reminders);
        let rows = self.rows(&layers);
        layers.finish(rows)
    }

    /// The items with what the verdict is made of.
    fn items(&self) -> Select {
        let model = self.evaluator.model();
        let commitment = self.commitment();
        let record = self.shape.record(model);
        let conditions =
            Conditions { evaluator: self.evaluator, binding: self.binding, shape: self.shape, alias: R };
        let column = |field| col(R, self.shape.column(field));
        let optional = |field: Option<_>| field.map_or(Expr::Null(Type::Text), column);
        let Form::Turnaround(turnaround) = &commitment.form else { return Select::default() };
        let start = turnaround.start.get().map_or(Expr::Null(Type::Integer), |f| column(*f));
        let done: Vec<Expr> = commitment.met_at.iter().filter_map(|f| f.get()).map(|f| column(*f)).collect();
        let done = earliest(&done);
        let done = match &commitment.met_when {
            Some(met) => when([(conditions.holds(met), done)], Expr::Null(Type::Integer)),
            None => done,
        };
        let tiers = (1_i64..).zip(&turnaround.tiers);
        let tiers = tiers.map(|(no, tier)| {
            let holds = tier.when.as_ref().map_or(Expr::All(Vec::new()), |w| conditions.holds(w));
            (holds, int(no))
        });
        let excused = commitment.excused_when.as_ref().map_or(Expr::Any(Vec::new()), |e| conditions.holds(e));
        let (from, to) = self.evaluator.term();
        let in_term = [
            from.map(|from| start.clone().at_least(int(from.epoch()))),
            to.map(|to| start.clone().less_than(int(to.epoch()))),
        ];
        let select = Select::from(Source::of(&self.names.record(&record.head.name), R))
            .join(Join::Cross(Source::of(&self.names.object("clock"), N)))
            .column("item", optional(record.key()))
            .column("owner", optional(record.owner()))
            .column("start_s", start)
            .column("done_s", done)
            .column("tier", when(tiers, Expr::Null(Type::Integer)))
            .column("is_excused", flag(excused))
            .column("in_term", flag(all(in_term.into_iter().flatten())))
            .columns_of(N, &["now_s"]);
        match commitment.subject() {
            Some(Subject::Definition(id)) => match self.shape.definition(id) {
                Some(column) => select.only(col(R, column).is(int(1))),
                None => select.only(Expr::Any(Vec::new())),
            },
            Some(Subject::Record(_)) | None => select,
        }
    }

    /// The limits by the way they are looked up, each amount blank for items of other limits.
    fn limit_parts(&self) -> Vec<(Class, Expr)> {
        let mut classes: Vec<Class> = self.limits().iter().map(|limit| class(limit.unit)).collect();
        classes.sort_unstable();
        classes.dedup();
        let parts = classes.into_iter().map(|wanted| {
            let amount = self.by_tier(|limit| (class(limit.unit) == wanted).then(|| amount(limit)));
            (wanted, amount)
        });
        parts.collect()
    }

    /// Where the start lies in opening hours and in local days.
    fn anchor(&self, layers: &mut Layers, parts: &[(Class, Expr)]) {
        let mut layer = Layer::new(self.names);
        // What is done before the start needs no look into the opening hours.
        let later = col(P, "end_s").more_than(col(P, "from_s"));
        layer.column("later_end_s", when([(later, col(P, "end_s"))], Expr::Null(Type::Integer)));
        let after_start = self.steps().filter_map(|anchor| match anchor {
            Anchor::AfterStart(Slot::Set(by)) => Some(class(by.unit)),
            _ => None,
        });
        let classes: Vec<Class> = parts.iter().map(|(class, _)| *class).chain(after_start).collect();
        let open = classes.iter().any(|c| matches!(c, Class::Open | Class::OpenDays));
        if let Some(calendar) = self.calendar.filter(|_| open || self.open_target()) {
            let counted = layer.counted(calendar, &col(P, "from_s"));
            layer.column("from_cum", counted.cum);
            layer.column("from_bday", counted.bday);
        }
        if classes.iter().any(|c| matches!(c, Class::Days | Class::Months)) {
            let day = layer.local_day(self.zone, col(P, "from_s"));
            layer.column("from_day", day);
        }
        layers.add("where the start lies", layer);
    }

    /// Adds the moment at which a time that begins with the item is used up, as `<name>_s`.
    pub(super) fn due(&self, layers: &mut Layers, name: &str, parts: Vec<(Class, Expr)>, comment: &str) {
        let (mut targets, mut moments) = (Layer::new(self.names), Layer::new(self.names));
        let mut found = Vec::new();
        for (class, amount) in parts {
            let target = format!("{name}_target_{}", found.len() + 1);
            let wanted = match class {
                Class::Plain => col(P, "from_s").plus(amount),
                Class::Open => col(P, "from_cum").plus(amount),
                Class::OpenDays => col(P, "from_bday").plus(amount),
                Class::Days => col(P, "from_day").plus(amount),
                Class::Months => targets.add_months(&col(P, "from_day"), amount),
            };
            targets.column(&target, wanted);
            let target = col(P, &target);
            let moment = match (class, self.calendar) {
                (Class::Plain, _) => target,
                (Class::Open, Some(calendar)) => moments.after_open(calendar, &target),
                (Class::OpenDays, Some(calendar)) => moments.open_day(calendar, target, "close_s"),
                (Class::Days | Class::Months, _) => moments.end_of(self.zone, target),
                (Class::Open | Class::OpenDays, None) => Expr::Null(Type::Integer),
            };
            found.push(moment);
        }
        let moment = if found.len() == 1 { found.pop() } else { Some(Expr::Coalesce(found)) };
        moments.column(&format!("{name}_s"), moment.unwrap_or(Expr::Null(Type::Integer)));
        layers.add(&format!("{comment}: the number of it"), targets);
        layers.add(comment, moments);
    }

    /// Seconds taken and seconds late, by the measure of the limit.
    fn measure(&self, layers: &mut Layers) {
        let (start, deadline, end) = (col(P, "from_s"), col(P, "deadline_s"), col(P, "end_s"));
        let wants_deadline = self.any_open()
            || self.steps().any(|anchor| {
                matches!(anchor, Anchor::BeforeDeadline(Slot::Set(by)) if class(by.unit) == Class::Open)
            });
        if let Some(calendar) = self.calendar.filter(|_| wants_deadline || self.open_target()) {
            let mut layer = Layer::new(self.names);
            let at_end = layer.counted(calendar, &col(P, "later_end_s"));
            layer.column("end_cum", at_end.cum);
            if wants_deadline {
                let at_deadline = layer.counted(calendar, &deadline);
                layer.column("deadline_cum", at_deadline.cum);
            }
            layers.add("open seconds up to the end and up to the deadline", layer);
        }
        let nothing = || Expr::Null(Type::Integer);
        let timed = |seconds: Expr| when([(deadline.clone().filled(), seconds)], nothing());
        let open_taken = || {
            let open = col(P, "end_cum").minus(col(P, "from_cum"));
            timed(when([(end.clone().at_most(start.clone()), int(0))], open))
        };
        let plain_taken = || timed(positive(end.clone().minus(start.clone())));
        let mut layer = Layer::new(self.names);
        let taken =
            self.by_tier(|limit| Some(if limit.unit.is_business() { open_taken() } else { plain_taken() }));
        layer.column("taken_s", taken);
        let late = self.by_tier(|limit| {
            Some(if limit.unit.is_business() {
                let open = col(P, "end_cum").minus(col(P, "deadline_cum"));
                timed(when([(end.clone().at_most(deadline.clone()), int(0))], open))
            } else {
                timed(positive(end.clone().minus(deadline.clone())))
            })
        });
        layer.column("late_s", late);
        let target = match self.percentile_unit() {
            Some(unit) if unit.is_business() && self.calendar.is_some() => open_taken(),
            Some(unit) if unit.is_business() => nothing(),
            Some(_) => plain_taken(),
            None => nothing(),
        };
        layer.column("target_taken_s", target);
        layers.add("how long it took, and by how much it was late", layer);
    }

    /// The day that puts an item into a period, in the agreement's zone.
    fn count(&self, layers: &mut Layers) {
        let mut layer = Layer::new(self.names);
        let day = match self.evaluator.zone() {
            Some(zone) => {
                let moment = match self.commitment().counted_by {
                    // Up to 24:00 a deadline belongs to the day that ends.
                    CountedBy::DueDate => col(P, "deadline_s").minus(int(1)),
                    CountedBy::StartDate => col(P, "from_s"),
                };
                layer.local_day(self.clocks.zone(zone), moment)
            }
            None => Expr::Null(Type::Integer),
        };
        layer.column("counted_day", day);
        layers.add("the day that puts it into a period", layer);
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = &Anchor> {
        self.evaluator.steps(self.id).filter(|step| is_reminder(step)).map(|step| &step.anchor)
    }

    fn judge(&self, layers: &mut Layers, reminders: &[Expr]) {
        let word = |verdict: Verdict| text(verdict.word());
        let outside = || text(OUTSIDE_CALENDAR);
        let is_done = col(P, "done_s").filled();
        let late = col(P, "late_s").more_than(int(0));
        let mut cases = vec![
            (col(P, "tier").blank(), word(Verdict::NotCovered)),
            (all([col(P, "start_s").filled(), col(P, "in_term").is(int(0))]), word(Verdict::OutsideTerm)),
            (col(P, "is_excused").is(int(1)), word(Verdict::Excused)),
            (col(P, "start_s").blank(), word(Verdict::NotStarted)),
            (col(P, "deadline_s").blank(), outside()),
            (all([is_done.clone(), col(P, "done_s").less_than(col(P, "start_s"))]), word(Verdict::DataError)),
            (any([col(P, "late_s").blank(), col(P, "taken_s").blank()]), outside()),
            (all([is_done.clone(), late.clone()]), word(Verdict::Late)),
            (is_done, word(Verdict::Met)),
            (late, word(Verdict::Overdue)),
        ];
        if !reminders.is_empty() {
            let due = reminders.iter().map(|r| r.clone().at_most(col(P, "now_s")));
            cases.push((any(due), word(Verdict::AtRisk)));
            cases.push((any(reminders.iter().map(|r| r.clone().blank())), outside()));
        }
        let mut layer = Layer::new(self.names);
        layer.column("verdict", when(cases, word(Verdict::Open)));
        let reminder = if reminders.is_empty() { Expr::Null(Type::Integer) } else { earliest(reminders) };
        layer.column("reminder_s", reminder);
        layers.add("the verdict", layer);
    }

    /// The columns in their order.
    fn rows(&self, layers: &Layers) -> Select {
        let model = self.evaluator.model();
        let commitment = self.commitment();
        let role = commitment.actor.get().map(|role| model.roles[*role].head.name.text.clone());
        let words = |words: &dyn Fn(Duration) -> String| {
            let cases = (1_i64..).zip(self.limits());
            when(
                cases.map(|(no, limit)| (col(P, "tier").is(int(no)), text(words(limit)))),
                Expr::Null(Type::Text),
            )
        };
        let allowed = words(&|limit| limit.to_string());
        let counted_as = words(&|limit| {
            if limit.unit.is_business() { "business seconds".into() } else { "seconds".into() }
        });
        let value = |name: &str| match name {
            "commitment" => text(commitment.head.name.text.as_str()),
            "strength" => text(commitment.strength.word()),
            "role" => role.clone().map_or(Expr::Null(Type::Text), text),
            "start_utc" => timestamp(col(P, "start_s")),
            "deadline_utc" => timestamp(col(P, "deadline_s")),
            "done_utc" => timestamp(col(P, "done_s")),
            "reminder_utc" => timestamp(col(P, "reminder_s")),
            "allowed" => allowed.clone(),
            "counted_as" => counted_as.clone(),
            // Nothing is late before it has a deadline.
            "late_s" => first_of([
                col(P, "late_s"),
                when([(col(P, "from_s").blank(), int(0))], Expr::Null(Type::Integer)),
            ]),
            other => col(P, other),
        };
        COLUMNS.iter().fold(layers.read(), |rows, name| rows.column(name, value(name)))
    }

    fn percentile_unit(&self) -> Option<Unit> {
        match self.commitment().target.as_ref()?.aim.get()? {
            Aim::Percentile { under, .. } => Some(under.unit),
            Aim::Attainment(_) => None,
        }
    }

    fn open_target(&self) -> bool {
        self.any_open() || self.percentile_unit().is_some_and(Unit::is_business)
    }
}

pub(super) fn class(unit: Unit) -> Class {
    match unit {
        Unit::Minutes | Unit::Hours => Class::Plain,
        Unit::BusinessMinutes | Unit::BusinessHours => Class::Open,
        Unit::BusinessDays => Class::OpenDays,
        Unit::CalendarDays | Unit::Weeks => Class::Days,
        Unit::Months => Class::Months,
    }
}

/// An amount in what its class counts: seconds, days or months.
pub(super) fn amount(duration: Duration) -> Expr {
    match duration.unit {
        Unit::Weeks => int(duration.count().saturating_mul(7)),
        Unit::BusinessDays | Unit::CalendarDays | Unit::Months => int(duration.count()),
        Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours => {
            int(duration.seconds().unwrap_or(i64::MAX))
        }
    }
}
