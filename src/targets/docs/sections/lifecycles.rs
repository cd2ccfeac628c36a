//! The stages of a record: which step is allowed, who makes it, and what it needs.

use super::super::book::{Book, slug};
use super::super::condition::{constant, phrase};
use super::super::diagram::stages;
use super::super::document::{Block, Figure, Inline, Row, Say, Table, Text, listed};
use super::super::words;
use super::clause;
use crate::model::lifecycle::{Effect, From, ReasonEffect, StageId, StageTerms, Transition};
use crate::model::{Constant, Id, Lifecycle, Record, Slot};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    book.model
        .lifecycles
        .iter()
        .map(|(id, lifecycle)| clause(book, id, &lifecycle.head, lifecycle_blocks(book, id, lifecycle)))
        .collect()
}

fn lifecycle_blocks(book: &Book<'_>, id: Id<Lifecycle>, lifecycle: &Lifecycle) -> Vec<Block> {
    let record = lifecycle.record.get().copied();
    let mut out = vec![lead(book, record, lifecycle).paragraph()];
    if !lifecycle.stages.is_empty() && !lifecycle.transitions.is_empty() {
        out.extend(steps(book, record, id, lifecycle));
    }
    out.extend(terms(book, record, lifecycle));
    out.extend(effects(book, record, lifecycle));
    out
}

/// The drawing, the table and what is never allowed.
fn steps(
    book: &Book<'_>,
    record: Option<Id<Record>>,
    id: Id<Lifecycle>,
    lifecycle: &Lifecycle,
) -> Vec<Block> {
    let mut out = Vec::new();
    let anchor = book.anchor_of(id);
    out.push(Block::Figure(Figure {
        id: format!("{anchor}-drawing"),
        caption: format!("{}: the steps that are allowed", lifecycle.head.label()),
        svg: stages::svg(lifecycle, &anchor),
        mermaid: Some(stages::mermaid(lifecycle)),
        legend: Say::new("The numbers are those of the table. A full line is a step that somebody makes, a broken line one that happens by itself.").end(),
    }));
    out.push(Block::Table(Table::new(
        format!("Steps of {}", lifecycle.head.label()),
        vec!["Step", "From", "To", "How", "Needs", "Limits"],
        rows(book, record, lifecycle, &anchor),
    )));
    if !lifecycle.never.is_empty() {
        let never = lifecycle.never.iter().map(|n| {
            let say = Say::default().text(from(lifecycle, n.from)).words(" to ").text(stage(lifecycle, n.to));
            vec![say.paragraph()]
        });
        out.push(Block::words("Never allowed, whatever the table says:"));
        out.push(Block::List(never.collect()));
    }
    out
}

/// Who owns what is in a stage, and for how long it may stay.
fn terms(book: &Book<'_>, record: Option<Id<Record>>, lifecycle: &Lifecycle) -> Vec<Block> {
    if lifecycle.terms.is_empty() {
        return Vec::new();
    }
    let row = |t: &StageTerms| {
        let owner = t.owner.as_ref().map_or_else(words::dash, |role| vec![book.role_slot(role)]);
        let since = t.since.as_ref().map_or_else(words::dash, |f| vec![book.field_slot(record, f)]);
        let at_most = t.at_most.as_ref().map_or_else(words::dash, |d| {
            Say::new("at most ").text(words::slot(d, |d| words::duration(*d))).end()
        });
        Row::new(vec![stage(lifecycle, t.stage), owner, at_most, since])
    };
    let caption = format!("Stages of {}", lifecycle.head.label());
    let heads = vec!["Stage", "Owned by", "May stay", "Counted from"];
    let mut out = vec![Block::Table(Table::new(caption, heads, lifecycle.terms.iter().map(row).collect()))];
    let business =
        |t: &StageTerms| t.at_most.as_ref().and_then(Slot::get).is_some_and(|limit| limit.unit.is_business());
    if lifecycle.terms.iter().any(business) {
        let remark = "Business time in a stage runs by the working hours of its owner.";
        out.push(Block::Remark(Say::new(remark).end()));
    }
    out
}

/// What follows from a reason.
fn effects(book: &Book<'_>, record: Option<Id<Record>>, lifecycle: &Lifecycle) -> Vec<Block> {
    if lifecycle.effects.is_empty() {
        return Vec::new();
    }
    let line = |reason: &ReasonEffect| {
        let values = reason.values.iter().map(|v| vec![constant(&Constant::Choice(v.clone()))]).collect();
        let say =
            Say::default().and(book.field_slot(record, &reason.field)).words(" ").text(listed(values, "or"));
        let say = match &reason.effect {
            Effect::End => say.words(": it ends here; nothing more is done with it."),
            Effect::Return { to, after } => {
                let say = say.words(": it goes back to ").and(book.role_slot(to));
                match after {
                    Some(after) => say.words(" after ").text(words::slot(after, |d| words::duration(*d))),
                    None => say.words(" at once"),
                }
                .words(".")
            }
        };
        vec![say.paragraph()]
    };
    let list = lifecycle.effects.iter().map(line).collect();
    vec![Block::words("What follows from a reason:"), Block::List(list)]
}

fn lead(book: &Book<'_>, record: Option<Id<Record>>, lifecycle: &Lifecycle) -> Say {
    let Some(record) = record else { return Say::default().and(Inline::Unknown) };
    let label = book.model.records[record].head.label();
    let stages = |ids: &[StageId]| listed(ids.iter().map(|s| stage(lifecycle, *s)).collect(), "or");
    let say = Say::new(format!("The stage of {} ", words::article(&label)))
        .and(book.record(record))
        .words(" is its ")
        .and(book.field_slot(Some(record), &lifecycle.field))
        .words(".");
    let say = match lifecycle.start.as_slice() {
        [] => say,
        start => say.words(" A new one starts as ").text(stages(start)).words("."),
    };
    let say = match lifecycle.end.as_slice() {
        [] => say,
        end => say.words(" It may end as ").text(stages(end)).words("."),
    };
    say.words(" A step that is not listed in this clause is not allowed.")
}

fn stage(lifecycle: &Lifecycle, id: StageId) -> Text {
    match lifecycle.stages.get(id) {
        Some(name) => Say::default().code(name.text.clone()).end(),
        None => vec![Inline::Unknown],
    }
}

fn from(lifecycle: &Lifecycle, from: From) -> Text {
    match from {
        From::Any => Say::new("any stage").end(),
        From::Stage(id) => stage(lifecycle, id),
    }
}

fn rows(book: &Book<'_>, record: Option<Id<Record>>, lifecycle: &Lifecycle, anchor: &str) -> Vec<Row> {
    let mut given = super::super::book::Anchors::default();
    let name = |id: StageId| lifecycle.stages.get(id).map_or("", |n| n.text.as_str());
    let row = |(i, t): (usize, &Transition)| {
        let from_name = match t.from {
            From::Any => "any",
            From::Stage(id) => name(id),
        };
        let wanted = format!("{anchor}-{}-{}", slug(from_name), slug(name(t.to)));
        Row {
            id: Some(given.unique(&wanted)),
            cells: vec![
                Say::default().strong((i + 1).to_string()).end(),
                from(lifecycle, t.from),
                stage(lifecycle, t.to),
                how(book, record, t),
                needs(book, record, t),
                limits(book, record, t),
            ],
        }
    };
    lifecycle.transitions.iter().enumerate().map(row).collect()
}

fn how(book: &Book<'_>, record: Option<Id<Record>>, transition: &Transition) -> Text {
    let when = match (&transition.when, record) {
        (Some(when), Some(record)) => Some(phrase(book, record, when).inline()),
        (Some(_), None) => Some(vec![Inline::Unknown]),
        (None, _) => None,
    };
    let by = (!transition.by.is_empty()).then(|| book.roles(&transition.by, "or"));
    match (by, when) {
        (Some(by), Some(when)) => Say::new("by ").text(by).words(", if ").text(when).end(),
        (Some(by), None) => Say::new("by ").text(by).end(),
        (None, Some(when)) => Say::new("by itself, when ").text(when).end(),
        (None, None) => Say::new("by anybody").end(),
    }
}

fn needs(book: &Book<'_>, record: Option<Id<Record>>, transition: &Transition) -> Text {
    // What holds one of some values is filled.
    let is_reason = |f: &Slot<_>| transition.reasons.as_ref().is_some_and(|reasons| reasons.field == *f);
    let required = transition.requires.iter().filter(|f| !is_reason(f));
    let mut parts: Vec<Text> = required.map(|f| vec![book.field_slot(record, f)]).collect();
    if let Some(reasons) = &transition.reasons {
        let values = reasons.values.iter().map(|v| vec![constant(&Constant::Choice(v.clone()))]).collect();
        let field = book.field_slot(record, &reasons.field);
        parts.push(Say::default().and(field).words(": ").text(listed(values, "or")).end());
    }
    if parts.is_empty() { words::dash() } else { listed(parts, "and") }
}

fn limits(book: &Book<'_>, record: Option<Id<Record>>, transition: &Transition) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    if let Some(at_most) = &transition.at_most {
        let times = words::slot(at_most, |n| words::count(*n as usize, "time"));
        parts.push(Say::new("at most ").text(times).end());
    }
    if let Some(within) = &transition.within {
        let within = words::slot(within, |d| words::duration(*d));
        parts.push(Say::new("within ").text(within).words(" of entering the stage").end());
    }
    if !transition.sets.is_empty() {
        let set = |f: &Slot<_>| vec![book.field_slot(record, f)];
        parts.push(Say::new("sets ").text(listed(transition.sets.iter().map(set).collect(), "and")).end());
    }
    if parts.is_empty() { words::dash() } else { listed(parts, "and") }
}
