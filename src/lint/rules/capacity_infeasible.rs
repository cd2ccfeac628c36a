//! `capacity-infeasible`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::overlap::is_part_of;
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::agreement::Capacity;
use crate::model::commitment::{Quota, QuotaAmount};
use crate::model::time::Plurality;
use crate::model::{Bound, Commitment, Date, Form, Period, Role, Slot, Strength, Subject, words::number};
use crate::worktime::{Day, PeriodSpan, Periods, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "capacity-infeasible",
    summary: "a promised volume that is more than the people who get it can handle",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("capacity_infeasible.md"),
};

/// A promise of at least so many items per period.
#[derive(Clone, Copy)]
struct Volume<'a> {
    commitment: &'a Commitment,
    subject: Subject,
    quota: &'a Quota,
    count: u64,
    per: Period,
}

/// What the people of a role can handle.
struct Staff<'a> {
    role: &'a Role,
    capacity: &'a Capacity,
    people: u64,
    each: u64,
}

/// Some whole periods of a promise in which it is more than can be handled.
struct Overload<'a> {
    volume: Volume<'a>,
    first: Date,
    last: Date,
    /// Periods of the promise.
    periods: u64,
    /// What is promised in all of them.
    promised: u64,
    /// The staff, each with the periods of its own in which it works.
    staff: Vec<(Staff<'a>, u64)>,
}

impl Overload<'_> {
    fn handled(&self) -> u64 {
        let of = |(staff, periods): &(Staff<'_>, u64)| {
            staff.people.saturating_mul(staff.each).saturating_mul(*periods)
        };
        self.staff.iter().map(of).fold(0, u64::saturating_add)
    }
}

fn too_much(context: &Context<'_>, over: &Overload<'_>) -> Diagnostic {
    let volume = &over.volume;
    let item = &context.model.subject_head(volume.subject).name;
    let (promised, handled) = (count(over.promised), count(over.handled()));
    let names: Vec<&str> = over.staff.iter().map(|(staff, _)| staff.role.head.name.text.as_str()).collect();
    let names = crate::diagnostic::names(&names, "and");
    let span = times(over.periods, volume.per);
    let message =
        format!("{promised} `{item}` are promised in {span}, but {names} can handle {handled} at most");
    let mut out = Diagnostic::warning(RULE.name, message)
        .at(volume.commitment.sentence, format!("at least {} per {}", count(volume.count), volume.per));
    for (staff, _) in over.staff.iter().take(MOST_PLACES) {
        let all = count(staff.people.saturating_mul(staff.each));
        out = out.also(
            staff.capacity.span,
            format!("{all} per {} with {}", staff.capacity.per, people(staff.people)),
        );
    }
    let enough = over.handled() / over.periods.max(1);
    out.witness(sum(over))
        .note("What cannot be handled waits, and what is promised about it will be missed, whatever anybody does.")
        .help(format!(
            "Promise at most {} per {}, or find more people for it.",
            count(enough),
            volume.per
        ))
}

/// Places that a finding points at, beside its own.
const MOST_PLACES: usize = 6;

fn sum(over: &Overload<'_>) -> Witness {
    let volume = &over.volume;
    let spans = times(over.periods, volume.per);
    let promised = if volume.quota.changes.is_empty() {
        format!("{} × {spans} = {}", count(volume.count), count(over.promised))
    } else {
        format!("{} in {spans}, by the amount of each", count(over.promised))
    };
    let mut rows = vec![("promised".to_owned(), promised)];
    for (staff, periods) in &over.staff {
        let all = staff.people.saturating_mul(staff.each).saturating_mul(*periods);
        let (people, each) = (people(staff.people), count(staff.each));
        let text = format!("{people} × {each} × {} = {}", times(*periods, staff.capacity.per), count(all));
        rows.push((format!("`{}`", staff.role.head.name), text));
    }
    let title =
        format!("{}; a period that is only begun counts in full", words::dates(over.first, over.last));
    Witness { title, rows }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let commitments = context.model.commitments.values();
    for volume in commitments.filter_map(volume) {
        if let Some(over) = overload(context, &volume) {
            out.push(too_much(context, &over));
        }
    }
}

fn volume(commitment: &Commitment) -> Option<Volume<'_>> {
    let Form::Quota(quota) = &commitment.form else { return None };
    let Some(QuotaAmount::Count(count)) = quota.amount.get() else { return None };
    let owed = commitment.strength == Strength::Must && quota.bound == Bound::AtLeast;
    let subject = commitment.subject().filter(|_| owed)?;
    Some(Volume { commitment, subject, quota, count: *count, per: quota.per })
}

/// The whole term if it is too much there, else the period in which it is most too much.
fn overload<'a>(context: &'a Context<'a>, volume: &Volume<'a>) -> Option<Overload<'a>> {
    let whole = volumes::whole_periods(context, volume.per);
    let load = |of: &[PeriodSpan]| {
        let (first, last) = (of.first()?.first, of.last()?.last);
        let staff = staff(context, volume.subject, (first, last))?;
        let periods = u64::try_from(of.len()).ok()?;
        let promised = of.iter().map(|p| volumes::count(volume.quota, p)).sum::<Option<u64>>()?;
        let load = Overload { volume: *volume, first, last, periods, promised, staff };
        (load.handled() < load.promised).then_some(load)
    };
    load(&whole).or_else(|| {
        let each = whole.iter().filter_map(|p| load(std::slice::from_ref(p)));
        let missing = |load: &Overload<'_>| load.promised.saturating_sub(load.handled());
        each.reduce(|worst, next| if missing(&next) > missing(&worst) { next } else { worst })
    })
}

/// Everybody who handles the items of a subject, each with the periods of some days in which they work. `None` while it is
/// open how many they are, or if nobody is said to handle them.
fn staff<'a>(
    context: &'a Context<'a>,
    subject: Subject,
    (first, last): (Date, Date),
) -> Option<Vec<(Staff<'a>, u64)>> {
    let model = context.model;
    let mut out = Vec::new();
    for role in model.roles.values() {
        let Some(capacity) = &role.handles else { continue };
        let of = *capacity.of.get()?;
        if !is_part_of(model, subject, of) && !is_part_of(model, of, subject) {
            continue;
        }
        let people = u64::from(*role.headcount.as_ref()?.get()?);
        let staff = Staff { role, capacity, people, each: *capacity.amount.get()? };
        let periods =
            Periods::new(capacity.per, model.agreement.fiscal_year_starts).between(first, last).ok()?;
        let hours = role.works.as_ref().and_then(Slot::get).and_then(|id| context.evaluator.hours(*id));
        let works = |from: Date, to: Date| {
            let before = Day::of(from).plus(-1);
            let next = hours.zip(before.ok()).map(|(hours, before)| hours.open_days_after(before).next());
            next.is_none_or(|day| day.is_some_and(|day| day.day <= Day::of(to)))
        };
        let at_work = periods.iter().filter(|p| works(p.first.max(first), p.last.min(last))).count();
        out.push((staff, u64::try_from(at_work).ok()?));
    }
    (!out.is_empty()).then_some(out)
}

/// `12 months`.
fn times(periods: u64, per: Period) -> String {
    let plurality = if periods == 1 { Plurality::One } else { Plurality::Many };
    format!("{} {}", count(periods), per.words(plurality))
}

fn people(heads: u64) -> String {
    if heads == 1 { "1 person".to_owned() } else { format!("{} people", count(heads)) }
}

fn count(number_of: u64) -> String {
    number(Decimal::from(number_of))
}
