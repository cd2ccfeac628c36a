//! `priority-inversion`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::promises::{Timed, limits};
use crate::lint::ranks::{Ladder, rung};
use crate::lint::when::When;
use crate::lint::{Context, Rule, Stage};
use crate::model::predicate::Comparison;
use crate::model::record::Openness;
use crate::model::{
    ClockOf, Commitment, Constant, Field, Form, Id, Model, Predicate, PredicateKind, Record, Subject, Term,
};
use crate::source::Span;
use crate::worktime::compare::Difference;
use crate::worktime::words;

/// The rule.
pub static RULE: Rule = Rule {
    name: "priority-inversion",
    summary: "what is more urgent is promised later than what is less",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("priority_inversion.md"),
};

fn later_than_less(
    context: &Context<'_>,
    group: &Group<'_>,
    first: &Allowed<'_>,
    second: &Allowed<'_>,
) -> Diagnostic {
    let model = context.model;
    let (above, below) = (first.value, second.value);
    let times = [first.limit.words(model, second.limit), second.limit.words(model, first.limit)];
    let is_more = match group.ladder {
        Ladder::Services => "stands above",
        Ladder::Numbers | Ladder::Levels => "is more urgent than",
    };
    let out = Diagnostic::warning(
        RULE.name,
        format!("`{above}` {is_more} `{below}`, but has {} where that has {}", times[0], times[1]),
    )
    .at(first.span, format!("`{above}`: {}", times[0]))
    .also(second.span, format!("`{below}`: {}", times[1]))
    .note(format!("Whoever works by due date does `{below}` first, and keeps the agreement by it."))
    .help("Swap the two times, or use names that do not say which comes first.");
    match witness(context, group, first, second) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

/// Two items of one moment.
fn witness(
    context: &Context<'_>,
    group: &Group<'_>,
    first: &Allowed<'_>,
    second: &Allowed<'_>,
) -> Option<Witness> {
    let zone = first.limit.clock.1.zone();
    let whole = context.lines.whole(zone)?;
    let (late, soon) = (first.limit.line(context)?, second.limit.line(context)?);
    let when = When::of(Difference::of(&late, &soon, whole).above(0), whole, zone)?;
    let start = when.example(&context.lines.open(first.limit.clock, whole), zone)?;
    let row = |value: &str, at, limit| (words::deadline(at, zone), format!("`{value}` is due ({limit})"));
    Some(Witness {
        title: format!("two items to {}, {}", group.verb, words::moment(start, zone)),
        rows: vec![
            (words::moment(start, zone), "both clocks start".to_owned()),
            row(second.value, soon.moment(start)?, second.limit.limit),
            row(first.value, late.moment(start)?, first.limit.limit),
        ],
    })
}

/// The time allowed for the items with one value of a field.
struct Allowed<'m> {
    value: &'m str,
    limit: Timed<'m>,
    span: Span,
}

/// What can be compared: the same act on the same record from the same moment, by the same ladder.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group<'m> {
    record: Id<Record>,
    verb: &'m str,
    field: Id<Field>,
    start: Id<Field>,
    ladder: Ladder,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<Group<'_>, BTreeMap<u32, Vec<Allowed<'_>>>> = BTreeMap::new();
    for id in context.model.commitments.ids() {
        for (group, place, allowed) in all_allowed(context, id) {
            groups.entry(group).or_default().entry(place).or_default().push(allowed);
        }
    }
    for (group, ladder) in &groups {
        let mut said = BTreeSet::new();
        for (place, below) in ladder {
            // The nearest one above says it all.
            let inverted = ladder.range(..place).rev().find_map(|(above, rung)| {
                let (first, second) = inverted(context, rung, below)?;
                Some((*above, first, second))
            });
            if let Some((above, first, second)) = inverted
                && said.insert(above)
            {
                out.push(later_than_less(context, group, first, second));
            }
        }
    }
}

/// A time for the one that comes first, and a shorter one for the other. Of several promises for one value the strictest
/// counts, so that each of them must be later.
fn inverted<'l, 'm>(
    context: &Context<'_>,
    above: &'l [Allowed<'m>],
    below: &'l [Allowed<'m>],
) -> Option<(&'l Allowed<'m>, &'l Allowed<'m>)> {
    let second = below
        .iter()
        .find(|second| above.iter().all(|first| is_later(context, &first.limit, &second.limit)))?;
    let strictest = above.iter().reduce(|a, b| if is_later(context, &a.limit, &b.limit) { b } else { a })?;
    Some((strictest, second))
}

/// Whether one limit ends later than the other on ordinary days, and never earlier.
fn is_later(context: &Context<'_>, a: &Timed<'_>, b: &Timed<'_>) -> bool {
    if a.limit.unit == b.limit.unit && (!a.limit.unit.is_business() || a.clock.0 == b.clock.0) {
        return a.limit.amount > b.limit.amount;
    }
    let later = || {
        let zone = a.clock.1.zone();
        let whole = context.lines.whole(zone)?;
        let apart = Difference::of(&a.line(context)?, &b.line(context)?, whole);
        context.questions.borrow_mut().compared();
        let when = When::of(apart.above(0), whole, zone)?;
        Some(when.is_regular() && apart.below(0).is_empty())
    };
    later().unwrap_or(false)
}

/// The limits of a commitment that are for values of a ladder.
fn all_allowed<'m>(context: &'m Context<'m>, id: Id<Commitment>) -> Vec<(Group<'m>, u32, Allowed<'m>)> {
    let model = context.model;
    let commitment = &model.commitments[id];
    // Times by the hours of whoever has the item are not compared.
    let (Form::Turnaround(turnaround), ClockOf::EveryItem(_)) = (&commitment.form, model.clock(commitment))
    else {
        return Vec::new();
    };
    let record = commitment.subject().and_then(|subject| Some((subject, model.record_of(subject)?)));
    let (Some((subject, record)), Some(start)) = (record, turnaround.start.get()) else { return Vec::new() };
    let mut out = Vec::new();
    for (row, (field, values)) in rows(model, commitment, subject, record) {
        let declared = &model.records[record].fields[field];
        let all: Vec<&str> = declared.ty.values().into_iter().flat_map(names).collect();
        let Some(limit) = limits(context, id).into_iter().find(|limit| limit.row == row) else { continue };
        let span = if turnaround.tiers.len() == 1 { commitment.sentence } else { limit.tier.span };
        for value in values {
            if let Some((ladder, place)) = rung(&declared.name.text, &all, value) {
                let group = Group { record, verb: &commitment.verb, field, start: *start, ladder };
                out.push((group, place, Allowed { value, limit, span }));
            }
        }
    }
    out
}

/// Values of one field.
type OfField<'m> = (Id<Field>, Vec<&'m str>);

/// The values that each row of limits is for; rows that are for something else are left out.
fn rows<'m>(
    model: &'m Model,
    commitment: &'m Commitment,
    subject: Subject,
    record: Id<Record>,
) -> Vec<(usize, OfField<'m>)> {
    let by_definition = match subject {
        Subject::Definition(definition) => values_of(model, &model.definitions[definition].condition),
        Subject::Record(_) => None,
    };
    let mut out: Vec<(usize, OfField<'m>)> = Vec::new();
    for (row, tier) in commitment.tiers().iter().enumerate() {
        let here = match (&tier.when, &by_definition) {
            (Some(when), None) => values_of(model, when),
            (None, Some(values)) if row == 0 => Some(values.clone()),
            (None, None) => rest(model, record, &out),
            _ => None,
        };
        // The first row that is for a value takes it.
        let Some((field, mut values)) = here else { continue };
        values.retain(|value| !out.iter().any(|(_, (of, taken))| *of == field && taken.contains(value)));
        out.push((row, (field, values)));
    }
    out
}

/// What `otherwise` is for, below rows that are all for values of one field.
fn rest<'m>(model: &'m Model, record: Id<Record>, above: &[(usize, OfField<'m>)]) -> Option<OfField<'m>> {
    let (_, (field, _)) = above.first()?;
    let values = model.records[record].fields[*field].ty.values()?;
    let whole = values.openness == Openness::Closed && above.iter().all(|(_, (of, _))| of == field);
    whole.then(|| (*field, names(values).collect()))
}

fn names(values: &crate::model::record::Values) -> impl Iterator<Item = &str> {
    values.names.iter().map(|name| name.text.as_str())
}

/// The field and the values of `priority = p1` and `priority in [p1, p2]`, also by the name of a definition that says no
/// more than that.
fn values_of<'m>(model: &'m Model, when: &'m Predicate) -> Option<OfField<'m>> {
    match &when.kind {
        PredicateKind::Compare {
            left: Term::Field(field),
            op: Comparison::Equal,
            right: Term::Constant(Constant::Choice(value)),
        } => Some((*field, vec![value])),
        PredicateKind::In { term: Term::Field(field), values } => {
            let value = |constant: &'m Constant| match constant {
                Constant::Choice(value) => Some(value.as_str()),
                _ => None,
            };
            Some((*field, values.iter().map(value).collect::<Option<_>>()?))
        }
        PredicateKind::Is(definition) => values_of(model, &model.definitions[*definition].condition),
        _ => None,
    }
}
