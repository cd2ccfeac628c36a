//! `definition-group-gap`, and `blank-unhandled` where only a blank makes the gap.

use super::blank_unhandled;
use super::definitions_overlap::groups;
use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Definition, Field, Id, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "definition-group-gap",
    summary: "a group of definitions, and a record that is none of them",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("definition_group_gap.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for ((record, group), members) in groups(context.model) {
        if let Some(gap) = gap(&mut prover, record, &members) {
            out.push(match gap.only_blank.as_slice() {
                [] => falls_through(context, &gap, group, &members),
                blank => blank_unhandled::falls_through(context, &gap.shown, group, &members, blank),
            });
        }
    }
}

/// What no member of a group is.
struct Gap {
    shown: Shown,
    /// Fields that must be blank for it; without any, there is a gap among filled fields.
    only_blank: Vec<Id<Field>>,
    /// Whether one value of one field makes it.
    only_value: bool,
    /// Which others fall into it as well.
    range: Option<String>,
}

fn gap(prover: &mut Prover<'_>, record: Id<Record>, members: &[Id<Definition>]) -> Option<Gap> {
    let space = prover.space(record);
    let mut none: Vec<Formula> = Vec::with_capacity(members.len());
    for member in members {
        let one = space.definition(*member);
        none.push(space.not(one));
    }
    let is_none = |evaluator: &crate::evaluate::Evaluator<'_>, item: &crate::evaluate::Item| {
        !members.iter().any(|member| evaluator.is(*member, item))
    };
    let mut shown = prover.find(record, &none, is_none)?;
    let mut filled = none.clone();
    // A gap among filled fields is the one to tell, if there is one.
    loop {
        let blank = shown.blank_fields();
        if blank.is_empty() {
            break;
        }
        for field in &blank {
            filled.push(prover.space(record).filled(*field));
        }
        match prover.find(record, &filled, is_none) {
            Some(other) => shown = other,
            None => return Some(Gap { shown, only_blank: blank, only_value: false, range: None }),
        }
    }
    let only_value = prover.only_value(&shown, &filled, None).is_some();
    let range = if only_value { None } else { prover.range_around(&shown, &filled) };
    Some(Gap { shown, only_blank: Vec::new(), only_value, range })
}

fn falls_through(context: &Context<'_>, gap: &Gap, group: &str, members: &[Id<Definition>]) -> Diagnostic {
    let record = &context.model.records[gap.shown.record].head.name;
    let example = match (gap.shown.said(context).as_str(), gap.only_value) {
        ("", _) => format!("None of them is for any {record} at all."),
        (said, true) => {
            format!("Only {} with {said} is none of them: a boundary that both sides leave out.", a(record))
        }
        (said, false) => format!("{} with {said} is none of them.", capital(&a(record))),
    };
    let range = gap.range.as_ref().map(|range| format!("The same goes for every {record} with {range}."));
    let help = if gap.only_value {
        "Let one of the two take in the boundary: write `<=` for `<`, or `>=` for `>`."
    } else {
        "Widen one of them, or add a definition of the group for what is left."
    };
    let out =
        listed(context, Diagnostic::error(RULE.name, message(context, &gap.shown, group, members)), members)
            .note([Some(example), range].into_iter().flatten().collect::<Vec<_>>().join(" "))
            .note("What is nothing is in no report and belongs to nobody.")
            .help(help);
    match gap.shown.witness(context, format!("{} that is none of them", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

/// What is wrong, in one line.
pub(super) fn message(
    context: &Context<'_>,
    shown: &Shown,
    group: &str,
    members: &[Id<Definition>],
) -> String {
    let record = &context.model.records[shown.record].head.name;
    let all: Vec<&str> =
        members.iter().map(|id| context.model.definitions[*id].head.name.text.as_str()).collect();
    format!("{} must be one of group `{group}`, but can be none of {}", a(record), names(&all, "and"))
}

/// So many members are pointed at.
const POINTED_AT: usize = 4;

/// Points at the members of a group.
pub(super) fn listed(context: &Context<'_>, mut out: Diagnostic, members: &[Id<Definition>]) -> Diagnostic {
    for (place, member) in members.iter().take(POINTED_AT).enumerate() {
        let span = context.model.definitions[*member].head.name.span;
        out = if place == 0 { out.at(span, "not this") } else { out.also(span, "nor this") };
    }
    out
}
