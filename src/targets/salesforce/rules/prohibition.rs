//! Prohibitions: a record that breaks one is refused, as `Evaluator::breaks` says.

use std::collections::BTreeSet;

use super::{Builder, Draft, explained};
use crate::model::commitment::Prohibition;
use crate::model::{Commitment, Field, Form, Id, Model, Predicate, PredicateKind, Record, Subject};
use crate::targets::salesforce::formula::{Formula, Unsupported};

pub(super) fn rules(builder: &mut Builder<'_>) {
    let model = builder.model();
    for (id, commitment) in model.commitments.iter() {
        if let Form::Prohibition(prohibition) = &commitment.form {
            rule(builder, id, commitment, prohibition);
        }
    }
}

fn rule(builder: &mut Builder<'_>, id: Id<Commitment>, commitment: &Commitment, form: &Prohibition) {
    let model = builder.model();
    let name = &commitment.head.name;
    let clause = format!("commitment {name}");
    if let Some(gap) = builder.evaluator.gap(id) {
        let what = format!("`{name}`: {gap}");
        let help =
            if gap.open_point().is_some() { "Decide what is still open." } else { "Add what is missing." };
        return builder.omit(what, name.span, help);
    }
    if let Some(above) = model.priorities_over(id).next() {
        let above = &model.commitments[above].head.name;
        let what =
            format!("`{name}`: `{above}` has priority over it, and a rule does not know when that applies");
        return builder.omit(
            what,
            name.span,
            "Write `excused when` with the cases, if they show in the record.",
        );
    }
    let Some(subject) = commitment.subject() else { return };
    let Some(record) = model.record_of(subject) else { return };
    let refused = match refused(builder, record, subject, commitment, form) {
        Ok(refused) => refused,
        Err(unsupported) => return builder.unsupported(&format!("`{name}`"), &unsupported),
    };
    if refused == Formula::Constant(true) {
        let what =
            format!("`{name}`: nothing in the data shows that it was done, so every record would be refused");
        return builder.omit(what, name.span, "Say with `when` what a record looks like once it was done.");
    }
    let sentence = sentence(model, record, commitment, form);
    let display = form.without.first().and_then(|f| f.get()).copied();
    let owner = builder.owner(&commitment.head);
    builder.rule(Draft {
        record,
        parts: vec![name.text.clone()],
        identity: format!("commitment {owner}.{name}"),
        clause,
        message: format!("{}. {sentence}", commitment.head.label().trim_end_matches('.')),
        sentence,
        display,
        refused: vec![scope(builder, record, subject, commitment, form), refused],
        span: commitment.sentence,
    });
}

/// The item breaks the prohibition.
fn refused(
    builder: &Builder<'_>,
    record: Id<Record>,
    subject: Subject,
    commitment: &Commitment,
    form: &Prohibition,
) -> Result<Formula, Unsupported> {
    let conditions = builder.conditions(record);
    let mut parts = Vec::new();
    if let Subject::Definition(definition) = subject {
        parts.push(
            conditions
                .translate(&Predicate { kind: PredicateKind::Is(definition), span: commitment.sentence })?,
        );
    }
    if let Some(excused) = &commitment.excused_when {
        parts.push(conditions.translate(excused)?.negated());
    }
    if let Some(when) = &form.when {
        parts.push(conditions.translate(when)?);
    }
    if !form.without.is_empty() {
        let fields = form.without.iter().filter_map(|f| f.get());
        parts.push(Formula::any(fields.map(|f| conditions.blank(*f))));
    }
    Ok(Formula::all(parts))
}

/// A new record, or a change to a field on which the prohibition depends: old records stay editable.
fn scope(
    builder: &Builder<'_>,
    record: Id<Record>,
    subject: Subject,
    commitment: &Commitment,
    form: &Prohibition,
) -> Formula {
    let model = builder.model();
    let mut fields: BTreeSet<Id<Field>> = form.without.iter().filter_map(|f| f.get().copied()).collect();
    if let Subject::Definition(definition) = subject {
        read(model, &model.definitions[definition].condition, &mut fields, &mut BTreeSet::new());
    }
    for condition in commitment.excused_when.iter().chain(&form.when) {
        read(model, condition, &mut fields, &mut BTreeSet::new());
    }
    let columns = fields.into_iter().map(|f| builder.org.column(record, f)).filter(|c| !c.is_system());
    let changed = columns.map(|c| Formula::test(format!("ISCHANGED({})", c.api)));
    Formula::any([Formula::test("ISNEW()")].into_iter().chain(changed))
}

/// Every field that a condition reads, through the definitions it names.
fn read(
    model: &Model,
    condition: &Predicate,
    out: &mut BTreeSet<Id<Field>>,
    seen: &mut BTreeSet<Id<crate::model::Definition>>,
) {
    out.extend(condition.fields());
    for definition in condition.definitions() {
        if seen.insert(definition) {
            read(model, &model.definitions[definition].condition, out, seen);
        }
    }
}

/// The prohibition as a sentence.
fn sentence(model: &Model, record: Id<Record>, commitment: &Commitment, form: &Prohibition) -> String {
    let actor = commitment.actor.get().map_or_else(|| "Nobody".to_owned(), |r| model.roles[*r].head.label());
    let item = commitment.subject().map_or_else(String::new, |s| model.subject_head(s).label());
    let verb = &commitment.verb;
    let mut out = format!("{actor} {} {verb} any {item}", commitment.strength.word());
    let without: Vec<String> = form
        .without
        .iter()
        .filter_map(|f| f.get())
        .map(|f| model.records[record].fields[*f].label())
        .collect();
    if !without.is_empty() {
        out = format!("{out} without {}", crate::diagnostic::join(&without, "and"));
    }
    if let Some(when) = &form.when {
        out = format!("{out}, when {}", explained(model, record, when));
    }
    if let Some(excused) = &commitment.excused_when {
        out = format!("{out}; excused when {}", explained(model, record, excused));
    }
    format!("{out}.")
}
