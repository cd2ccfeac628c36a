//! `equivalent-definitions`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Item;
use crate::lint::overlap::is_part_of;
use crate::lint::prove::{Prover, item};
use crate::lint::{Context, Rule, Stage};
use crate::logic::{Answer, Formula};
use crate::model::{Commitment, Definition, Field, Id, Record, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "equivalent-definitions",
    summary: "two words of different promises that mean the same items",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("equivalent_definitions.md"),
};

/// A definition that promises are about.
struct Word<'m> {
    id: Id<Definition>,
    definition: &'m Definition,
    promise: &'m Commitment,
    formula: Formula,
    /// One of its items.
    example: Item,
}

fn same(context: &Context<'_>, record: Id<Record>, first: &Word<'_>, second: &Word<'_>) -> Diagnostic {
    let record = &context.model.records[record].head.name;
    let (one, other) = (&first.definition.head.name, &second.definition.head.name);
    Diagnostic::warning(
        RULE.name,
        format!("`{one}` and `{other}` are two words for the same {record} records"),
    )
    .at(second.definition.condition.span, "holds whenever the other one does")
    .also(first.definition.condition.span, "and this whenever that one does")
    .also(first.promise.sentence, format!("says `{one}`"))
    .also(second.promise.sentence, format!("says `{other}`"))
    .note("People will look for the difference; and once one of the two is changed, there is one.")
    .help(format!("Use one word, or write `{other} means {record} where {one}` if both are wanted."))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for ((record, _), words) in words(context, &mut prover) {
        for (place, second) in words.iter().enumerate() {
            let first =
                words[..place].iter().find(|first| equal(context, &mut prover, record, first, second));
            out.extend(first.map(|first| same(context, record, first, second)));
        }
    }
}

type Since = Option<Id<Field>>;

/// The definitions that promises are about, by record and moment: two that begin at different moments differ.
fn words<'m>(context: &Context<'m>, prover: &mut Prover<'_>) -> BTreeMap<(Id<Record>, Since), Vec<Word<'m>>> {
    let model = context.model;
    let mut promises: BTreeMap<Id<Definition>, &Commitment> = BTreeMap::new();
    for commitment in model.commitments.values() {
        if let Some(Subject::Definition(definition)) = commitment.subject() {
            promises.entry(definition).or_insert(commitment);
        }
    }
    let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, promise) in promises {
        let definition = &model.definitions[id];
        let (Some(record), None) = (definition.record.get(), context.evaluator.definition_gap(id)) else {
            continue;
        };
        let formula = prover.space(*record).definition(id);
        // What is never or always one is another mistake.
        let Answer::Possible(example) = prover.space(*record).decide(&[formula]) else { continue };
        if formula == Formula::TRUE {
            continue;
        }
        let since = definition.since.as_ref().and_then(|since| since.get().copied());
        let example = item(model, *record, &example);
        out.entry((*record, since)).or_default().push(Word { id, definition, promise, formula, example });
    }
    out
}

fn equal(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    record: Id<Record>,
    first: &Word<'_>,
    second: &Word<'_>,
) -> bool {
    let model = context.model;
    let (a, b) = (Subject::Definition(first.id), Subject::Definition(second.id));
    if is_part_of(model, a, b) || is_part_of(model, b, a) {
        return false;
    }
    let told_apart = first.formula != second.formula
        && !(context.evaluator.is(first.id, &second.example)
            && context.evaluator.is(second.id, &first.example));
    if told_apart {
        return false;
    }
    let space = prover.space(record);
    let (not_first, not_second) = (space.not(first.formula), space.not(second.formula));
    prover.never(record, &[first.formula, not_second]) && prover.never(record, &[second.formula, not_first])
}
