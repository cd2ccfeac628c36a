//! Lifecycles: a change of stage that is not allowed is refused, as `evaluate::refusals` says.
//!
//! For each lifecycle: one rule on how a record begins, one for each stage on where it leads, one on stages that the
//! agreement does not know; and for each transition one rule on its condition, on every field it requires and on its
//! reasons. Where several transitions lead from one stage to another, one of them must allow it: one rule for all.

use super::{Builder, Draft, explained};
use crate::diagnostic::join;
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Constant, Field, Id, Lifecycle, Predicate, Record};
use crate::source::Span;
use crate::targets::salesforce::formula::{Conditions, Formula, Unsupported};
use crate::targets::salesforce::org::value_labels;

pub(super) fn rules(builder: &mut Builder<'_>) {
    for lifecycle in builder.model().lifecycles.values() {
        let (Some(record), Some(field)) = (lifecycle.record.get(), lifecycle.field.get()) else { continue };
        let stages = Stages::new(builder, lifecycle, *record, *field);
        let drafts = stages.movements().into_iter().chain(stages.demands(builder));
        for draft in drafts.collect::<Vec<_>>() {
            builder.rule(draft);
        }
        beyond_rules(builder, lifecycle);
    }
}

/// One lifecycle with what its rules need.
struct Stages<'a> {
    lifecycle: &'a Lifecycle,
    record: Id<Record>,
    field: Id<Field>,
    conditions: Conditions<'a>,
    /// The API name of the field.
    api: String,
    /// What users see, by stage.
    labels: Vec<String>,
    object: String,
    owner: &'a str,
}

/// Transitions that lead from the same stages to the same one.
struct Group<'a> {
    from: Vec<StageId>,
    to: StageId,
    transitions: Vec<(usize, &'a Transition)>,
}

impl<'a> Stages<'a> {
    fn new(builder: &Builder<'a>, lifecycle: &'a Lifecycle, record: Id<Record>, field: Id<Field>) -> Self {
        let column = builder.org.column(record, field);
        Stages {
            lifecycle,
            record,
            field,
            conditions: builder.conditions(record),
            api: column.api.clone(),
            labels: value_labels(&column.values),
            object: builder.model().records[record].head.label(),
            owner: builder.owner(&lifecycle.head),
        }
    }

    fn label(&self, stage: StageId) -> String {
        self.labels.get(stage).cloned().unwrap_or_else(|| self.lifecycle.stages[stage].text.clone())
    }

    fn listed(&self, stages: &[StageId], word: &str) -> String {
        join(&stages.iter().map(|s| self.label(*s)).collect::<Vec<_>>(), word)
    }

    fn name(&self, stage: StageId) -> &str {
        &self.lifecycle.stages[stage].text
    }

    fn all(&self) -> std::ops::Range<StageId> {
        0..self.lifecycle.stages.len()
    }

    fn is(&self, stages: impl IntoIterator<Item = StageId>) -> Formula {
        Formula::any(stages.into_iter().map(|s| self.conditions.is_value(self.field, self.name(s))))
    }

    fn was(&self, stages: impl IntoIterator<Item = StageId>) -> Formula {
        Formula::any(stages.into_iter().map(|s| self.conditions.was_value(self.field, self.name(s))))
    }

    fn was_blank(&self) -> Formula {
        Formula::test(format!("ISBLANK(TEXT(PRIORVALUE({})))", self.api))
    }

    fn is_changed(&self) -> [Formula; 2] {
        [Formula::test("ISNEW()").negated(), Formula::test(format!("ISCHANGED({})", self.api))]
    }

    fn draft(&self, parts: &[&str], words: (String, String), refused: Vec<Formula>, span: Span) -> Draft {
        let name = &self.lifecycle.head.name.text;
        let parts: Vec<String> = [name.as_str()].iter().chain(parts).map(|p| (*p).to_owned()).collect();
        Draft {
            record: self.record,
            // Quoted, so that no two lists of parts read the same.
            identity: format!("lifecycle {} {parts:?}", self.owner),
            parts,
            clause: format!("lifecycle {name}"),
            sentence: words.0,
            message: words.1,
            display: Some(self.field),
            refused,
            span,
        }
    }

    // -------------------------------------------------------------------------------------------------- declared steps

    fn movements(&self) -> Vec<Draft> {
        let mut out = vec![self.beginning()];
        out.extend(self.all().map(|stage| self.leaving(stage)));
        out.push(self.unknown());
        out
    }

    /// A new record, or one that had no stage, gets a start stage (or none yet).
    fn beginning(&self) -> Draft {
        let start = &self.lifecycle.start;
        let [old, changed] = self.is_changed();
        let had_none = Formula::all([old, changed, self.was_blank()]);
        let refused = vec![
            Formula::any([Formula::test("ISNEW()"), had_none]),
            self.conditions.blank(self.field).negated(),
            self.is(start.iter().copied()).negated(),
        ];
        let words = match start.as_slice() {
            [] => format!("No stage is declared in which a {} begins.", self.object),
            _ => format!("A {} begins as {}.", self.object, self.listed(start, "or")),
        };
        self.draft(&["start"], (words.clone(), words), refused, self.lifecycle.head.name.span)
    }

    /// Where a stage leads.
    fn leaving(&self, stage: StageId) -> Draft {
        let lifecycle = self.lifecycle;
        let targets: Vec<StageId> =
            self.all().filter(|to| lifecycle.between(stage, *to).next().is_some()).collect();
        let refused = self
            .is_changed()
            .into_iter()
            .chain([self.was([stage]), self.is(targets.iter().copied()).negated()])
            .collect();
        let (object, from) = (&self.object, self.label(stage));
        let words = match targets.as_slice() {
            [] => format!("A {object} that is {from} stays {from}: no step leads on."),
            _ => format!("From {from}, a {object} can only become {}.", self.listed(&targets, "or")),
        };
        let span = lifecycle.stages[stage].span;
        self.draft(&["from", self.name(stage)], (words.clone(), words), refused, span)
    }

    /// A stage that the agreement does not know leads nowhere.
    fn unknown(&self) -> Draft {
        let refused = self
            .is_changed()
            .into_iter()
            .chain([self.was_blank().negated(), self.was(self.all()).negated()])
            .collect();
        let words = format!(
            "The stage this {} had is not one of the agreement, so no step leads on from it.",
            self.object
        );
        self.draft(&["from other"], (words.clone(), words), refused, self.lifecycle.head.name.span)
    }

    // ----------------------------------------------------------------------------------------- what a transition demands

    fn demands(&self, builder: &mut Builder<'_>) -> Vec<Draft> {
        let mut out = Vec::new();
        for group in self.groups() {
            if let [(_, transition)] = group.transitions.as_slice() {
                out.extend(self.of_one(builder, &group, transition));
            } else {
                out.extend(self.of_several(builder, &group));
            }
        }
        out
    }

    /// Steps by target, put together where the same transitions allow them.
    fn groups(&self) -> Vec<Group<'a>> {
        let mut out: Vec<Group<'a>> = Vec::new();
        for (to, from) in self.all().flat_map(|to| self.all().map(move |from| (to, from))) {
            let all = self.lifecycle.transitions.iter().enumerate();
            let transitions: Vec<(usize, &Transition)> =
                all.filter(|(_, t)| t.to == to && self.lifecycle.sources(t).contains(&from)).collect();
            if transitions.is_empty() {
                continue;
            }
            let same = |g: &&mut Group<'_>| {
                g.to == to && g.transitions.iter().map(|(i, _)| i).eq(transitions.iter().map(|(i, _)| i))
            };
            match out.iter_mut().find(same) {
                Some(group) => group.from.push(from),
                None => out.push(Group { from: vec![from], to, transitions }),
            }
        }
        out
    }

    fn step(&self, group: &Group<'_>, refused: Formula) -> Vec<Formula> {
        let step = [self.was(group.from.iter().copied()), self.is([group.to]), refused];
        self.is_changed().into_iter().chain(step).collect()
    }

    fn step_in_words(&self, group: &Group<'_>) -> String {
        format!("From {} to {}", self.listed(&group.from, "or"), self.label(group.to))
    }

    /// One rule for each thing that the transition asks for, so that the message can name it.
    fn of_one(&self, builder: &mut Builder<'_>, group: &Group<'_>, transition: &Transition) -> Vec<Draft> {
        let mut out = Vec::new();
        let (model, step) = (builder.model(), self.step_in_words(group));
        let named = self.group_name(group);
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let parts = |last: &'static str| [named.as_slice(), &[last]].concat();
        if let Some(guard) = &transition.when
            && let Some(holds) = self.guard(builder, guard, &step)
        {
            let words = format!("{step} only when {}.", explained(model, self.record, guard));
            let refused = self.step(group, holds.negated());
            out.push(self.draft(&parts("when"), (words.clone(), words), refused, transition.span));
        }
        for field in transition.requires.iter().filter_map(|f| f.get()) {
            let declared = &model.records[self.record].fields[*field];
            let words = format!("{step} needs {}.", declared.label());
            let refused = self.step(group, self.conditions.blank(*field));
            let parts = [parts("needs"), vec![declared.name.text.as_str()]].concat();
            let draft = self.draft(&parts, (words.clone(), words), refused, transition.span);
            out.push(Draft { display: Some(*field), ..draft });
        }
        if let Some(reasons) = &transition.reasons
            && let Some(field) = reasons.field.get()
        {
            let label = model.records[self.record].fields[*field].label();
            let listed = values_in_words(&reasons.values);
            let words = format!("{step} needs {label}: {listed}.");
            let allowed = self.reason(*field, &reasons.values);
            let refused = self.step(group, allowed.negated());
            let draft = self.draft(&parts("reason"), (words.clone(), words), refused, transition.span);
            out.push(Draft { display: Some(*field), ..draft });
        }
        out
    }

    /// One rule: none of the transitions allows it.
    fn of_several(&self, builder: &mut Builder<'_>, group: &Group<'_>) -> Option<Draft> {
        let (mut allowed, mut words) = (Vec::new(), Vec::new());
        let step = self.step_in_words(group);
        for (_, transition) in &group.transitions {
            let mut parts = Vec::new();
            let mut said = Vec::new();
            if let Some(guard) = &transition.when
                && let Some(holds) = self.guard(builder, guard, &step)
            {
                parts.push(holds);
                said.push(explained(builder.model(), self.record, guard));
            }
            let fields = &builder.model().records[self.record].fields;
            for field in transition.requires.iter().filter_map(|f| f.get()) {
                parts.push(self.conditions.blank(*field).negated());
                said.push(format!("{} is set", fields[*field].name));
            }
            if let Some(reasons) = &transition.reasons
                && let Some(field) = reasons.field.get()
            {
                parts.push(self.reason(*field, &reasons.values));
                said.push(format!("{} is {}", fields[*field].name, values_in_words(&reasons.values)));
            }
            allowed.push(Formula::all(parts));
            words.push(if said.is_empty() { "always".to_owned() } else { said.join(" and ") });
        }
        let refused = Formula::any(allowed).negated();
        if refused == Formula::Constant(false) {
            return None;
        }
        let words = format!("{step} only in one of these cases: {}.", words.join("; "));
        let name = self.group_name(group);
        let parts: Vec<&str> = name.iter().map(String::as_str).chain(["cases"]).collect();
        let span = group.transitions.first().map_or(self.lifecycle.head.span, |(_, t)| t.span);
        Some(self.draft(&parts, (words.clone(), words), self.step(group, refused), span))
    }

    /// The names of the step. Its first source stands for all of them: no two groups to one stage have a source in common.
    fn group_name(&self, group: &Group<'_>) -> Vec<String> {
        let first = group.from.first().map_or("", |s| self.name(*s));
        let others: &[&str] = if group.from.len() > 1 { &["and others"] } else { &[] };
        let parts = [&[first], others, &["to", self.name(group.to)]].concat();
        parts.into_iter().map(str::to_owned).collect()
    }

    /// `None` when no formula says it: then the step is not refused for it.
    fn guard(&self, builder: &mut Builder<'_>, guard: &Predicate, step: &str) -> Option<Formula> {
        let name = &self.lifecycle.head.name;
        let gap = builder.evaluator.condition_gap(guard);
        let gap = gap.map(|gap| Unsupported { why: gap.to_string(), span: guard.span });
        match gap.map_or_else(|| self.conditions.translate(guard), Err) {
            Ok(formula) => Some(formula),
            Err(unsupported) => {
                builder.unsupported(&format!("the condition of a step in `{name}` ({step})"), &unsupported);
                None
            }
        }
    }

    fn reason(&self, field: Id<Field>, values: &[String]) -> Formula {
        Formula::any(values.iter().map(|v| self.conditions.is_value(field, v)))
    }
}

fn values_in_words(values: &[String]) -> String {
    let words =
        |v: &String| crate::targets::docs::condition::constant_in_source(&Constant::Choice(v.clone()));
    join(&values.iter().map(words).collect::<Vec<_>>(), "or")
}

/// What of a lifecycle no rule can say, each once with the first place.
fn beyond_rules(builder: &mut Builder<'_>, lifecycle: &Lifecycle) {
    type Aspect = (fn(&Transition) -> bool, &'static str, &'static str);
    const ASPECTS: [Aspect; 4] = [
        (
            |t| !t.by.is_empty(),
            "who makes a step of `{}` (`by`): roles of the agreement are not known to Salesforce",
            "Give the right to edit the field to those who may.",
        ),
        (
            |t| t.at_most.is_some(),
            "how often a record makes a step of `{}` (`at most`): a rule does not know the history of a record",
            "Count it with a flow, or watch it in the queries.",
        ),
        (
            |t| t.within.is_some(),
            "how long a record waits in a stage of `{}` (`within`): no rule is asked while nobody saves it",
            "It needs a scheduled automation.",
        ),
        (
            |t| !t.sets.is_empty(),
            "that a step of `{}` stamps a moment (`sets`): a rule refuses and never writes",
            "Stamp it with a flow when the stage changes.",
        ),
    ];
    let name = &lifecycle.head.name;
    for (has, what, help) in ASPECTS {
        if let Some(first) = lifecycle.transitions.iter().find(|t| has(t)) {
            builder.omit(what.replace("{}", &name.text), first.span, help);
        }
    }
    if let Some(terms) = lifecycle.terms.iter().find(|t| t.owner.is_some()) {
        let what =
            format!("who owns what is in a stage of `{name}` (`owned by`): a rule never gives a record away");
        builder.omit(what, terms.span, "Give it out with an assignment rule or a flow.");
    }
    if let Some(terms) = lifecycle.terms.iter().find(|t| t.at_most.is_some()) {
        let what = format!(
            "how long a record may stay in a stage of `{name}` (`at most`): no rule is asked while nobody saves it"
        );
        builder.omit(what, terms.span, "It needs a scheduled automation.");
    }
    if let Some(reason) = lifecycle.effects.first() {
        let what = format!("what follows from a reason in `{name}`: a rule refuses and never acts");
        builder.omit(what, reason.span, "Make it a flow, or leave it to the team.");
    }
    for transition in &lifecycle.transitions {
        let open = transition.requires.iter().any(|f| !f.is_set())
            || transition.reasons.as_ref().is_some_and(|r| !r.field.is_set());
        if open {
            let what = format!("what a step of `{name}` requires: it is still open");
            builder.omit(what, transition.span, "Decide what is still open.");
        }
    }
}
