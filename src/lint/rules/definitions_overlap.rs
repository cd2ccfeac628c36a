//! `definitions-overlap`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::{self, Prover, Shown, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Definition, Id, Model, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "definitions-overlap",
    summary: "definitions that exclude each other, and a record that is both",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("definitions_overlap.md"),
};

/// So many findings about one group say enough: its members divide the records by another idea.
const MOST: usize = 3;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    let mut seen: BTreeSet<(Id<Definition>, Id<Definition>)> = BTreeSet::new();
    for ((record, group), members) in groups(context.model) {
        let space = prover.space(record);
        let formulas: Vec<_> = members.iter().map(|id| space.definition(*id)).collect();
        let mut found = 0;
        let mut pairs = space.pairs_that_may_meet(&formulas).into_iter();
        while found < MOST
            && let Some((a, b)) = pairs.next()
        {
            let (a, b) = (members[a], members[b]);
            if seen.insert((a, b))
                && let Some(mut both) = overlap(context, &mut prover, record, (a, b), &Reason::Group(group))
            {
                found += 1;
                if found == MOST && pairs.len() > 0 {
                    both.notes.push(format!(
                        "More of group `{group}` may overlap: these are enough to begin with."
                    ));
                }
                out.push(both);
            }
        }
    }
    for (id, definition) in context.model.definitions.iter() {
        for other in &definition.excludes {
            let pair = (id.min(*other), id.max(*other));
            let (Some(record), true) = (definition.record.get(), id != *other && seen.insert(pair)) else {
                continue;
            };
            if context.model.definitions[*other].record.get() == Some(record) {
                out.extend(overlap(context, &mut prover, *record, (id, *other), &Reason::Excludes));
            }
        }
    }
}

/// Why two definitions may not hold together.
enum Reason<'a> {
    Group(&'a str),
    Excludes,
}

/// The members of each group, by record.
pub(super) fn groups(model: &Model) -> BTreeMap<(Id<Record>, &str), Vec<Id<Definition>>> {
    let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, definition) in model.definitions.iter() {
        if let (Some(record), Some(group)) = (definition.record.get(), &definition.one_of) {
            out.entry((*record, group.as_str())).or_default().push(id);
        }
    }
    out.retain(|_, members| members.len() > 1);
    out
}

fn overlap(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    record: Id<Record>,
    (a, b): (Id<Definition>, Id<Definition>),
    reason: &Reason<'_>,
) -> Option<Diagnostic> {
    let space = prover.space(record);
    let both = [space.definition(a), space.definition(b)];
    let shown =
        prover.find(record, &both, |evaluator, item| evaluator.is(a, item) && evaluator.is(b, item))?;
    let only = prover.only_value(&shown, &both, None).is_some();
    Some(is_both(context, &shown, (a, b), reason, only))
}

fn is_both(
    context: &Context<'_>,
    shown: &Shown,
    (a, b): (Id<Definition>, Id<Definition>),
    reason: &Reason<'_>,
    only: bool,
) -> Diagnostic {
    let model = context.model;
    let (first, second) = (&model.definitions[a].head.name, &model.definitions[b].head.name);
    let record = &model.records[shown.record].head.name;
    let one = prove::a(record);
    let said = shown.said(context);
    let example = match (said.as_str(), only) {
        ("", _) => format!("Every {record} that is one of them may be both."),
        (said, true) => format!("Only {one} with {said} is both: the two meet at this boundary."),
        (said, false) => format!("{} with {said} is both.", capital(&one)),
    };
    let why = match reason {
        Reason::Group(group) => format!("{one} is exactly one of group `{group}`"),
        Reason::Excludes => format!("`{first}` excludes `{second}`"),
    };
    let help = if only {
        "Let one of the two leave out the boundary: write `<` for `<=`, or `>` for `>=`.".to_owned()
    } else {
        format!("Narrow one of them, for example with `and not {second}` in `{first}`.")
    };
    let out =
        Diagnostic::error(RULE.name, format!("{one} can be `{first}` and `{second}` at once, but {why}"))
            .at(first.span, "this")
            .also(second.span, "and this")
            .note(example)
            .note("It is counted twice, and two teams can each say that it is theirs.")
            .help(help);
    match shown.witness(context, format!("{one} that is both")) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}
