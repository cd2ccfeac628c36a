//! What the words mean: definitions, and the records with their fields.

use std::collections::BTreeMap;

use super::super::book::{Book, Place};
use super::super::condition::{exact, phrase};
use super::super::document::{Block, Clause, Fact, Inline, Row, Say, Table, Text, listed};
use super::super::words;
use super::{clause, notes};
use crate::model::commitment::Pause;
use crate::model::record::{Case, Openness, Presence, Range};
use crate::model::score::{Addend, RowKind};
use crate::model::{
    Children, ClockRule, Definition, Field, FieldType, Form, Id, Predicate, PredicateKind, Record,
};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let mut out: Vec<Block> = book
        .model
        .definitions
        .iter()
        .map(|(id, d)| clause(book, id, &d.head, definition(book, id, d)))
        .collect();
    out.extend(super::scores::blocks(book));
    if !book.model.records.is_empty() {
        let used = uses(book);
        out.extend(book.model.records.iter().map(|(id, r)| record(book, id, r, &used)));
    }
    if !book.model.definitions.is_empty() || !book.model.scores.is_empty() {
        out.insert(0, Block::Paragraph(blank_rule()));
    }
    out
}

/// Stated once, for every condition of the document.
fn blank_rule() -> Text {
    Say::new("Linked terms, underlined in print, are used in exactly the sense given here. A comparison with an empty field does not hold: a country that is not filled in neither is “US” nor differs from “US”. Where that matters, the words say so.").end()
}

fn definition(book: &Book<'_>, id: Id<Definition>, definition: &Definition) -> Vec<Block> {
    let label = definition.head.label();
    let Some(record) = definition.record.get().copied() else {
        let lead = Say::default().strong(label).words(": ").and(words::open(&definition.record));
        return vec![lead.paragraph()];
    };
    let article = words::capital(words::article(&book.model.records[record].head.label()));
    let lead = Say::new(format!("{article} ")).and(book.record(record));
    let always = definition.condition.kind == PredicateKind::Always;
    let mut out = if always {
        vec![
            Say::new("Every ")
                .and(book.record(record))
                .words(" counts as ")
                .words(one(&label))
                .strong(label)
                .words(".")
                .paragraph(),
        ]
    } else {
        let lead = lead.words(" counts as ").words(one(&label)).strong(label).words(" when");
        phrase(book, record, &definition.condition).blocks(lead)
    };
    let mut facts = Vec::new();
    if let Some(since) = &definition.since {
        let since = Say::default()
            .and(book.field_slot(Some(record), since))
            .words(" holds the moment at which it became one.");
        facts.push(Fact::new("Since", since.end()));
    }
    if !definition.excludes.is_empty() {
        let others = definition.excludes.iter().map(|other| vec![book.definition(*other)]).collect();
        facts.push(Fact::new("Never also", listed(others, "or")));
    }
    if let Some(group) = &definition.one_of {
        facts.push(Fact::new("One of", group_of(book, id, group)));
    }
    let source = exact(book.model, record, &definition.condition);
    let source = if always { String::new() } else { format!(" where {source}") };
    let name = &book.model.records[record].head.name;
    facts.push(Fact::new("Exactly", Say::default().code(format!("{name}{source}")).end()));
    out.push(Block::Facts(facts));
    out
}

/// The article of a title, if it is the name of a single thing.
fn one(label: &str) -> String {
    if words::plural(label) == label { String::new() } else { format!("{} ", words::article(label)) }
}

fn group_of(book: &Book<'_>, id: Id<Definition>, group: &str) -> Text {
    let others: Vec<Text> = book
        .model
        .definitions
        .iter()
        .filter(|(other, d)| *other != id && d.one_of.as_deref() == Some(group))
        .map(|(other, _)| vec![book.definition(other)])
        .collect();
    let say = Say::new("each is exactly one of the group ").code(group);
    if others.is_empty() { say.end() } else { say.words(", with ").text(listed(others, "and")).end() }
}

fn record(book: &Book<'_>, id: Id<Record>, record: &Record, used: &Uses) -> Block {
    let place = Place::Record(id.index());
    let mut blocks = vec![
        Say::new("The data that this agreement reads from ")
            .words(format!("{} ", words::article(&record.head.label())))
            .strong(record.head.label())
            .words(".")
            .paragraph(),
    ];
    if let Some(parent) = record.parent() {
        let parent_label = book.model.records[parent].head.label();
        let say = Say::new("Each belongs to one ").and(book.record(parent)).words(format!(
            "; {} {parent_label} may have any number of them.",
            words::article(&parent_label)
        ));
        blocks.push(say.paragraph());
    }
    if let Some(happens_at) = &record.happens_at {
        let at = Say::default().and(book.field_slot(Some(id), happens_at)).words(" says when one happened.");
        blocks.push(at.paragraph());
    }
    if !record.fields.is_empty() {
        blocks.push(Block::Table(Table::new(
            format!("Fields of {}", record.head.label()),
            vec!["Field", "Holds", "May be empty", "Used in"],
            record.fields.iter().map(|(field, f)| field_row(book, (id, field), f, used)).collect(),
        )));
    }
    blocks.extend(notes(&record.head.notes));
    Block::Clause(Clause {
        id: book.anchor(place),
        number: book.number_of(place),
        title: record.head.label(),
        name: record.head.name.text.clone(),
        blocks,
    })
}

fn field_row(book: &Book<'_>, (record, id): (Id<Record>, Id<Field>), field: &Field, used: &Uses) -> Row {
    let empty = match field.presence {
        Presence::Required => "no",
        Presence::Optional => "yes",
    };
    let used: Vec<Text> =
        used.get(&(record, id)).into_iter().flatten().map(|inline| vec![inline.clone()]).collect();
    let used = if used.is_empty() { words::dash() } else { listed(used, "and") };
    Row {
        id: Some(book.anchor(Place::Field(record.index(), id.index()))),
        cells: vec![
            Say::default().strong(field.label()).words(" ").code(field.name.text.clone()).end(),
            holds(book, field),
            Say::new(empty).end(),
            used,
        ],
    }
}

/// What a field holds, in words.
fn holds(book: &Book<'_>, field: &Field) -> Text {
    let values = |lead: &str| {
        let Some(values) = field.ty.values() else { return Say::new(lead).end() };
        let names = values.names.iter().map(|n| Say::default().code(n.text.clone()).end()).collect();
        let say = Say::new(lead).text(listed(names, "or"));
        match values.openness {
            Openness::Closed => say.end(),
            Openness::Open => say.words(", or another value").end(),
        }
    };
    let say = match &field.ty {
        FieldType::Key => Say::new("the key, different for every record"),
        FieldType::Text => Say::new("text"),
        FieldType::Integer => Say::new("a whole number"),
        FieldType::Number => Say::new("a number"),
        FieldType::Percent => Say::new("a percentage"),
        FieldType::Money(currency) => Say::new(format!("an amount in {currency}")),
        FieldType::Boolean => Say::new("yes or no"),
        FieldType::Date => Say::new("a date"),
        FieldType::DateTime => Say::new("a date and time"),
        FieldType::Choice(_) => Say::default().text(values("one of ")),
        FieldType::Choices(_) => Say::default().text(values("any of ")),
        FieldType::User => Say::new("a person"),
        FieldType::Reference(record) => Say::new("a link to another record: ").and(book.record(*record)),
    };
    let say = say.words(range(&field.range));
    match field.case {
        Case::Sensitive => say.end(),
        Case::Ignored => say.words("; capital and small letters A to Z are the same").end(),
    }
}

fn range(range: &Range) -> String {
    match (range.min, range.max) {
        (None, None) => String::new(),
        (Some(min), None) => format!(", {} or more", words::number(min)),
        (None, Some(max)) => format!(", {} or less", words::number(max)),
        (Some(min), Some(max)) => format!(" from {} to {}", words::number(min), words::number(max)),
    }
}

/// Where every field is used.
type Uses = BTreeMap<(Id<Record>, Id<Field>), Vec<Inline>>;

fn uses(book: &Book<'_>) -> Uses {
    let mut uses = Uses::new();
    let mut add = |record: Id<Record>, field: Id<Field>, by: Inline| {
        let places = uses.entry((record, field)).or_default();
        if !places.contains(&by) {
            places.push(by);
        }
    };
    for (id, definition) in book.model.definitions.iter() {
        let Some(record) = definition.record.get().copied() else { continue };
        let since = definition.since.iter().filter_map(|s| s.get().copied());
        for field in definition.condition.fields().into_iter().chain(since) {
            add(record, field, book.definition(id));
        }
        for (child, field) in child_fields(&definition.condition) {
            add(child, field, book.definition(id));
        }
    }
    for (id, score) in book.model.scores.iter() {
        let Some(record) = score.record.get().copied() else { continue };
        for (record, field) in score.rows.iter().flat_map(|row| row_fields(record, row)) {
            add(record, field, book.score(id));
        }
    }
    for (id, commitment) in book.model.commitments.iter() {
        if let Some(record) = book.record_of(commitment) {
            for field in commitment_fields(commitment) {
                add(record, field, book.commitment(id));
            }
        }
        for (child, field) in other_fields(commitment) {
            add(child, field, book.commitment(id));
        }
    }
    for (id, lifecycle) in book.model.lifecycles.iter() {
        let Some(record) = lifecycle.record.get().copied() else { continue };
        let by = Inline::Link(book.anchor_of(id), vec![Inline::Plain(lifecycle.head.label())]);
        let mut fields: Vec<Id<Field>> = lifecycle.field.get().into_iter().copied().collect();
        for t in &lifecycle.transitions {
            fields.extend(t.when.iter().flat_map(Predicate::fields));
            fields.extend(t.requires.iter().chain(&t.sets).filter_map(|f| f.get().copied()));
            fields.extend(t.reasons.iter().filter_map(|r| r.field.get().copied()));
        }
        fields.extend(lifecycle.terms.iter().filter_map(|t| t.since.as_ref()?.get().copied()));
        fields.extend(lifecycle.effects.iter().filter_map(|e| e.field.get().copied()));
        for field in fields {
            add(record, field, by.clone());
        }
        for (child, field) in
            lifecycle.transitions.iter().filter_map(|t| t.when.as_ref()).flat_map(child_fields)
        {
            add(child, field, by.clone());
        }
    }
    for (id, routing) in book.model.routings.iter() {
        let Some(record) = routing.subject.get().and_then(|s| book.model.record_of(*s)) else { continue };
        let conditions = routing.routes.iter().filter_map(|r| r.when.as_ref());
        let sticky = routing.sticky.iter().filter_map(|s| s.by.get().copied());
        for field in conditions.flat_map(crate::model::Predicate::fields).chain(sticky) {
            add(record, field, book.routing(id));
        }
        for (child, field) in routing.routes.iter().filter_map(|r| r.when.as_ref()).flat_map(child_fields) {
            add(child, field, book.routing(id));
        }
    }
    uses
}

/// Every field that a row of a score about a record reads.
fn row_fields(record: Id<Record>, row: &crate::model::score::Row) -> Vec<(Id<Record>, Id<Field>)> {
    let own = |fields: Vec<Id<Field>>| fields.into_iter().map(|field| (record, field)).collect::<Vec<_>>();
    match &row.kind {
        RowKind::When { when, .. } => [own(when.fields()), child_fields(when)].concat(),
        RowKind::EachChild { of, per_period, .. } => {
            let at = per_period.iter().map(|per| (of.record, per.at));
            own(of.parent_fields().into_iter().collect()).into_iter().chain(fields_of(of)).chain(at).collect()
        }
        RowKind::EachTime { since, .. } => own(since.get().copied().into_iter().collect()),
        RowKind::Add { of: Addend::Field(field), .. } => own(vec![*field]),
        RowKind::Add { of: Addend::Score(_), .. } | RowKind::Unknown => Vec::new(),
    }
}

fn fields_of(children: &Children) -> Vec<(Id<Record>, Id<Field>)> {
    let own = children.child_fields().into_iter().map(|field| (children.record, field));
    own.chain(children.condition.iter().flat_map(|inner| child_fields(inner))).collect()
}

/// Every field of child records, and of theirs, that a condition reads.
fn child_fields(condition: &Predicate) -> Vec<(Id<Record>, Id<Field>)> {
    let mut out: Vec<(Id<Record>, Id<Field>)> =
        condition.child_records().into_iter().flat_map(fields_of).collect();
    condition.walk(&mut |part| {
        let aggregates = part.terms().into_iter().flat_map(crate::model::Term::aggregates);
        let moment = match &part.kind {
            PredicateKind::Moment(aggregate, _) => Some(&**aggregate),
            _ => None,
        };
        out.extend(aggregates.chain(moment).filter_map(|a| Some((a.of.record, a.kind.field()?))));
    });
    out
}

/// Every field a commitment reads.
pub fn commitment_fields(commitment: &crate::model::Commitment) -> Vec<Id<Field>> {
    let mut out: Vec<Id<Field>> = Vec::new();
    if let ClockRule::Member(field) = &commitment.clock {
        out.extend(field.get());
    }
    match &commitment.form {
        Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => {
            out.extend(commitment.counts_from().and_then(|from| from.get()));
        }
        Form::Permission(permission) => {
            out.extend(commitment.counts_from().and_then(|from| from.get()));
            out.extend(permission.with.iter().filter_map(|f| f.get().copied()));
        }
        Form::Quota(quota) => {
            out.extend(quota.at.get());
            if let Some(crate::model::commitment::QuotaAmount::Worth { field, .. }) = quota.amount.get() {
                out.push(*field);
            }
        }
        Form::Share(share) => out.extend(share.at.get()),
        Form::Level(level) => {
            let fields = level.evidence.iter().flat_map(|evidence| evidence.time.fields());
            out.extend(fields.filter_map(|f| f.get().copied()));
        }
        Form::Prohibition(prohibition) => {
            out.extend(prohibition.without.iter().filter_map(|f| f.get().copied()));
        }
        // It is about no record; what shows it is another one's.
        Form::Recurring(_) => {}
    }
    out.extend(commitment.met_at.iter().filter_map(|f| f.get().copied()));
    let pauses = commitment.pauses.iter().filter(|pause| pause.of.is_none());
    out.extend(pauses.flat_map(|pause| [&pause.from, &pause.to]).filter_map(|f| f.get()));
    out.extend(commitment_conditions(commitment).into_iter().flat_map(Predicate::fields));
    out
}

/// Every field of other records that a commitment reads: of child records, and of what shows that it was done.
pub fn other_fields(commitment: &crate::model::Commitment) -> Vec<(Id<Record>, Id<Field>)> {
    let of_form = match &commitment.form {
        Form::Attempts(attempts) => match attempts.counting.get() {
            Some(counting) => {
                fields_of(&counting.of).into_iter().chain([(counting.of.record, counting.at)]).collect()
            }
            None => Vec::new(),
        },
        Form::Recurring(recurring) => evidence_fields(recurring),
        _ => Vec::new(),
    };
    let of_pauses = commitment.pauses.iter().flat_map(pause_fields);
    let of_conditions = commitment_conditions(commitment).into_iter().flat_map(child_fields);
    of_conditions.chain(of_form).chain(of_pauses).collect()
}

/// Every field of the child records that say when a clock stands still.
fn pause_fields(pause: &Pause) -> Vec<(Id<Record>, Id<Field>)> {
    let Some(rows) = pause.of.as_ref().and_then(|rows| rows.get()) else { return Vec::new() };
    let ends = [&pause.from, &pause.to].into_iter().filter_map(|f| f.get());
    fields_of(rows).into_iter().chain(ends.map(|field| (rows.record, *field))).collect()
}

/// Every field of the record that shows that a duty was done.
fn evidence_fields(recurring: &crate::model::Recurring) -> Vec<(Id<Record>, Id<Field>)> {
    let Some((evidence, record)) = recurring.evidence.as_ref().and_then(|e| Some((e, *e.record.get()?)))
    else {
        return Vec::new();
    };
    let asked = evidence.condition.iter().flat_map(Predicate::fields);
    let own = asked.chain(evidence.at.get().copied()).map(|field| (record, field));
    own.chain(evidence.condition.iter().flat_map(child_fields)).collect()
}

fn commitment_conditions(commitment: &crate::model::Commitment) -> Vec<&Predicate> {
    let mut out: Vec<&Predicate> =
        commitment.met_when.iter().chain(&commitment.excused_when).chain(&commitment.starts_when).collect();
    if let ClockRule::Table(rows) = &commitment.clock {
        out.extend(rows.iter().filter_map(|row| row.when.as_ref()));
    }
    match &commitment.form {
        Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => {
            out.extend(commitment.tiers().iter().filter_map(|t| t.when.as_ref()));
        }
        Form::Permission(permission) => out.extend(&permission.when),
        Form::Prohibition(prohibition) => out.extend(&prohibition.when),
        Form::Level(level) => out.extend(level.evidence.iter().filter_map(|e| e.condition.as_ref())),
        Form::Quota(_) | Form::Share(_) | Form::Recurring(_) => {}
    }
    out
}
