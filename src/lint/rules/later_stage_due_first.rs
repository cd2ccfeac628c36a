//! `later-stage-due-first`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::graph::reached;
use crate::lint::meetings::{Meeting, Meetings};
use crate::lint::promises::{Timed, limits, may_give_way};
use crate::lint::stages::{lifecycles, steps};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::Transition;
use crate::model::{Commitment, Field, Form, Id, Lifecycle, Slot};
use crate::worktime::Instant;
use crate::worktime::compare::Difference;

/// The rule.
pub static RULE: Rule = Rule {
    name: "later-stage-due-first",
    summary: "a promise that is due before the one whose stage must come first",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("later_stage_due_first.md"),
};

/// Two promises and an item for which the second is due before the first.
struct Inverted<'a> {
    first: Timed<'a>,
    second: Timed<'a>,
    start: Instant,
    /// The deadlines of that item.
    ends: (Instant, Instant),
    often: Often,
    /// Why one item has both.
    meeting: Meeting,
}

/// One stage that always comes before another: the moments that show it, and the step that stamps the second.
struct Order<'a> {
    first: Id<Field>,
    second: Id<Field>,
    step: &'a Transition,
    lifecycle: &'a Lifecycle,
}

fn due_first(context: &Context<'_>, order: &Order<'_>, found: &Inverted<'_>) -> Option<Diagnostic> {
    let model = context.model;
    let (first, second) = (found.first, found.second);
    let (a, b) = (context.called(&first.commitment.head), context.called(&second.commitment.head));
    let fields = &model.records[*order.lifecycle.record.get()?].fields;
    let (before, after) = (&fields[order.first].name, &fields[order.second].name);
    let mut out = Diagnostic::warning(RULE.name, format!("{b} can be due before {a}, which comes first"));
    out.notes.extend(found.meeting.note(context));
    let often = match &found.often {
        Often::Always => "It happens to every item that has both.".to_owned(),
        Often::At(when) => format!("It happens to what arrives {when}."),
    };
    let out = out
        .at(second.tier.span, second.words(model, first))
        .also(first.tier.span, first.words(model, second))
        .also(order.step.span, format!("`{after}` only after `{before}`"))
        .note("Nobody gets to the later stage without the earlier one: who keeps the shorter time has kept the longer one long before, which then limits nothing.")
        .note(often)
        .help("Give the stage that comes first the shorter time, or the later one more.");
    Some(out.witness(timeline(context, found)))
}

fn timeline(context: &Context<'_>, found: &Inverted<'_>) -> Witness {
    let (first, second) = (found.first, found.second);
    let zone = second.clock.1.zone();
    let row = |at, limit: Timed<'_>, beside| {
        let text = format!(
            "deadline of {} ({})",
            context.called(&limit.commitment.head),
            limit.words(context.model, beside)
        );
        (context.deadline(at, zone), text)
    };
    let start = context.moment(found.start, zone);
    let item = second.commitment.subject().map(|s| context.model.subject_head(s).label()).unwrap_or_default();
    Witness {
        title: format!("{item}, {start}"),
        rows: vec![
            (start.clone(), "the clock starts".to_owned()),
            row(found.ends.1, second, first),
            row(found.ends.0, first, second),
        ],
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut meetings = Meetings::new(context);
    for lifecycle in lifecycles(context.model) {
        let promises: Vec<_> = promises(context, lifecycle).collect();
        if promises.len() < 2 {
            continue;
        }
        let stages = Stages::new(lifecycle);
        for (a, first) in &promises {
            for (b, second) in &promises {
                if a == b
                    || first.counts_from() != second.counts_from()
                    || may_give_way(context.model, *a, *b)
                {
                    continue;
                }
                let Some(order) = stages.order(first, second) else { continue };
                let found = inverted(context, &mut meetings, *a, *b);
                out.extend(found.and_then(|found| due_first(context, &order, &found)));
            }
        }
    }
}

/// The promises in time about the records of a lifecycle.
fn promises<'a>(
    context: &'a Context<'a>,
    lifecycle: &Lifecycle,
) -> impl Iterator<Item = (Id<Commitment>, &'a Commitment)> {
    let model = context.model;
    let record = lifecycle.record.get().copied();
    model.commitments.iter().filter(move |(_, commitment)| {
        let of = commitment.subject().and_then(|subject| model.record_of(subject));
        let owed = commitment.strength.is_duty();
        let known =
            commitment.counts_from().is_some_and(Slot::is_set) && commitment.met_at.iter().all(Slot::is_set);
        owed && known && of.is_some() && of == record && matches!(commitment.form, Form::Turnaround(_))
    })
}

/// Which stages of a lifecycle come before which.
struct Stages<'a> {
    lifecycle: &'a Lifecycle,
    stamps: BTreeMap<Id<Field>, Vec<&'a Transition>>,
}

impl<'a> Stages<'a> {
    fn new(lifecycle: &'a Lifecycle) -> Stages<'a> {
        let mut stamps: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for transition in &lifecycle.transitions {
            for field in transition.sets.iter().filter_map(Slot::get) {
                stamps.entry(*field).or_default().push(transition);
            }
        }
        Stages { lifecycle, stamps }
    }

    /// Why the second promise is kept only after the first one has been.
    fn order(&self, first: &Commitment, second: &Commitment) -> Option<Order<'a>> {
        // What is done may not be enough for the first one.
        if first.met_when.is_some() {
            return None;
        }
        let ends: Vec<(Id<Field>, &'a Transition)> = second
            .met_at
            .iter()
            .filter_map(|field| {
                let field = *field.get()?;
                Some((field, *self.stamps.get(&field)?.first()?))
            })
            .collect();
        let (end, step) = *ends.first()?;
        first.met_at.iter().filter_map(Slot::get).find_map(|before| {
            let always = ends.iter().all(|(after, _)| self.comes_before(*before, *after));
            always.then_some(Order { first: *before, second: end, step, lifecycle: self.lifecycle })
        })
    }

    /// Whether no way from a start leads to a step that stamps the second moment without an earlier one that stamps the
    /// first.
    fn comes_before(&self, first: Id<Field>, second: Id<Field>) -> bool {
        let (Some(firsts), Some(seconds)) = (self.stamps.get(&first), self.stamps.get(&second)) else {
            return false;
        };
        let without =
            steps(self.lifecycle, |transition| !firsts.iter().any(|other| other.span == transition.span));
        let early: BTreeSet<usize> = reached(&without, self.lifecycle.start.iter().copied());
        let possible = !self.lifecycle.start.is_empty();
        possible
            && seconds
                .iter()
                .all(|step| self.lifecycle.sources(step).iter().all(|from| !early.contains(from)))
    }
}

fn inverted<'a>(
    context: &'a Context<'a>,
    meetings: &mut Meetings<'_>,
    a: Id<Commitment>,
    b: Id<Commitment>,
) -> Option<Inverted<'a>> {
    let firsts = limits(context, a);
    limits(context, b).into_iter().find_map(|second| {
        firsts.iter().find_map(|first| {
            let found = compare(context, *first, second)?;
            Some(Inverted { meeting: meetings.of(first, &second)?, ..found })
        })
    })
}

/// The starts from which the second limit is over before the first.
fn compare<'a>(context: &'a Context<'a>, first: Timed<'a>, second: Timed<'a>) -> Option<Inverted<'a>> {
    let zone = second.clock.1.zone();
    let whole = context.lines.whole(zone)?;
    context.questions.borrow_mut().compared();
    let (early, late) = (first.line(context)?, second.line(context)?);
    let when = When::of(Difference::of(&late, &early, whole).below(0), whole, zone)?;
    let start = when.example(&context.lines.open(first.clock, whole), zone)?;
    let ends = (early.moment(start)?, late.moment(start)?);
    Some(Inverted { first, second, start, ends, often: when.often(context, zone), meeting: Meeting::ByText })
}
