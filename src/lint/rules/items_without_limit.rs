//! `items-without-limit`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Evaluator, Item, Verdict};
use crate::lint::meetings::bound;
use crate::lint::promises::works;
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Commitment, Field, Form, Id, Model, PredicateKind, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "items-without-limit",
    summary: "limits by kind of item, and an item that has none of them",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("items_without_limit.md"),
};

fn left_out(context: &Context<'_>, promise: &Commitment, shown: &Shown) -> Diagnostic {
    let model = context.model;
    let name = &promise.head.name;
    let items = promise.subject().map(|s| model.subject_head(s).name.to_string()).unwrap_or_default();
    let record = &model.records[shown.record].head.name;
    let mut out =
        Diagnostic::warning(RULE.name, format!("`{name}` is about each `{items}`, and some have no limit"))
            .at(promise.sentence, "each of them");
    for tier in promise.tiers().iter().take(MOST_SHOWN) {
        out = out.also(tier.span, "not for it");
    }
    let out = out
        .note(format!("{} with {} has none of these limits.", capital(&a(record)), shown.said(context)))
        .note("What has no limit is never late: it is in no report, and nobody is told.")
        .help("Add a last row such as `within 5 business days otherwise`, or name a definition of the items that are meant.");
    match shown.witness(context, format!("{} without a limit", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

/// So many limits are pointed at.
const MOST_SHOWN: usize = 6;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    for (id, promise) in model.commitments.iter() {
        if is_graded(promise)
            && !by_group(model, promise)
            && context.evaluator.gap(id).is_none()
            && let Some(shown) = without_limit(context, &mut prover, id)
        {
            out.push(left_out(context, promise, &shown));
        }
    }
}

/// Whether a promise has limits for several kinds of items, and none for the rest. One condition alone says which items
/// are meant.
fn is_graded(promise: &Commitment) -> bool {
    let tiers = promise.tiers();
    matches!(promise.form, Form::Turnaround(_))
        && tiers.len() > 1
        && tiers.iter().all(|tier| tier.when.is_some())
}

/// Whether the limits are those of a group of definitions: then a gap in the group is said of the group.
fn by_group(model: &Model, promise: &Commitment) -> bool {
    promise.tiers().iter().any(|tier| match tier.when.as_ref().map(|when| &when.kind) {
        Some(PredicateKind::Is(definition)) => model.definitions[*definition].one_of.is_some(),
        _ => false,
    })
}

fn without_limit(context: &Context<'_>, prover: &mut Prover<'_>, id: Id<Commitment>) -> Option<Shown> {
    let promise = &context.model.commitments[id];
    let record = context.model.record_of(promise.subject()?)?;
    let mut all = vec![bound_by(context, prover, record, id)?, none_of_its_limits(prover, record, promise)];
    // Another promise of the same work may be for the rest.
    let own = works(context.model, promise);
    for (other, beside) in context.model.commitments.iter() {
        let same = works(context.model, beside);
        if other == id || !same.iter().any(|work| own.contains(work)) {
            continue;
        }
        let items = bound_by(context, prover, record, other)?;
        let none = none_of_its_limits(prover, record, beside);
        let space = prover.space(record);
        let outside = space.not(items);
        all.push(space.any([outside, none]));
    }
    let has_none = |evaluator: &Evaluator<'_>, item: &Item| {
        evaluator
            .outcome(id, item)
            .ok()
            .flatten()
            .is_some_and(|outcome| outcome.verdict == Verdict::NotCovered)
    };
    let from: Vec<Id<Field>> =
        promise.counts_from().and_then(|from| from.get().copied()).into_iter().collect();
    let limited = [all[0], prover.space(record).not(all[1])];
    for _ in 0..TRIES {
        let shown = plainest(prover, record, &mut all.clone(), has_none)?.without(&from);
        let Some(named) = never_limited(prover, &shown, &limited) else {
            // An item of which nothing is known shows nothing.
            return (!shown.example.fields.is_empty()).then_some(shown);
        };
        // A kind of items that no limit names at all was left out on purpose: is there anything else?
        all.push(prover.space(record).not(named));
    }
    None
}

/// So many kinds that were left out on purpose are looked past.
const TRIES: usize = 8;

/// An item for which all of these hold, with its fields filled if there is such a one.
fn plainest(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    all: &mut Vec<Formula>,
    test: impl Fn(&Evaluator<'_>, &Item) -> bool + Copy,
) -> Option<Shown> {
    let shown = prover.find(record, all, test)?;
    let blank = shown.blank_fields();
    if blank.is_empty() {
        return Some(shown);
    }
    all.extend(blank.iter().map(|field| prover.space(record).filled(*field)));
    Some(prover.find(record, all, test).unwrap_or(shown))
}

/// What an item holds in one field, if no item that holds it has a limit.
fn never_limited(prover: &mut Prover<'_>, shown: &Shown, limited: &[Formula]) -> Option<Formula> {
    shown.example.fields.iter().find_map(|(field, content)| {
        let same = prover.space(shown.record).holds(*field, content);
        let all = [limited, &[same]].concat();
        (!prover.may_hold(shown.record, &all)).then_some(same)
    })
}

/// The items that a promise binds.
fn bound_by(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    record: Id<Record>,
    id: Id<Commitment>,
) -> Option<Formula> {
    let all = bound(context.model, prover, record, id)?;
    Some(prover.space(record).all(all))
}

fn none_of_its_limits(prover: &mut Prover<'_>, record: Id<Record>, promise: &Commitment) -> Formula {
    let space = prover.space(record);
    let rows: Vec<Formula> =
        promise.tiers().iter().map(|tier| space.condition_or_always(tier.when.as_ref())).collect();
    let any = space.any(rows);
    space.not(any)
}
