//! `uncapped-loop`.

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Diagnostic, Severity, names};
use crate::lint::graph::{circles, lap, reached};
use crate::lint::prove::Prover;
use crate::lint::stages::{lifecycles, steps};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Lifecycle, Model};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "uncapped-loop",
    summary: "stages through which a record can go round without end",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("uncapped_loop.md"),
};

fn without_end(model: &Model, lifecycle: &Lifecycle, circle: &Circle<'_>) -> Diagnostic {
    let name = |stage: StageId| format!("`{}`", lifecycle.stages[stage].text);
    let way: Vec<String> = circle.lap.iter().chain(circle.lap.first()).map(|s| name(*s)).collect();
    let back = circle.back;
    let mut out =
        Diagnostic::warning(RULE.name, format!("a record can go round for ever: {}", way.join(" → ")))
            .at(back.span, "back again, any number of times");
    for other in circle.transitions.iter().filter(|t| t.span != back.span).take(MOST_SHOWN) {
        out = out.also(other.span, "and on");
    }
    out = out.note(
        "Whoever cannot or will not decide sends it round once more. Such records never show up as lost, and each of \
         them is counted anew.",
    );
    let clocks = restarted(model, lifecycle, &circle.transitions);
    if !clocks.is_empty() {
        out = out.note(format!(
            "Each lap starts the clock of {} anew, and the time of the laps before is forgotten.",
            names(&clocks, "and")
        ));
    }
    out = out.help(
        "Say how often one record may come back, such as `at most 2 times`, and where it goes after that.",
    );
    if circle.ends_with_back {
        out = out.fix(
            "limit how often",
            Applicability::Suggested,
            back.span.end_point(),
            " at most tbd \"how often?\" times",
        );
    }
    out
}

/// So many transitions of a lap are shown.
const MOST_SHOWN: usize = 7;

/// Stages that lead to one another.
struct Circle<'m> {
    /// A lap, from the first of the stages.
    lap: Vec<StageId>,
    /// The transitions of the lap, in order.
    transitions: Vec<&'m Transition>,
    /// The one that leads back.
    back: &'m Transition,
    /// Whether a limit on that one would be enough.
    ends_with_back: bool,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for lifecycle in lifecycles(context.model) {
        let never = never_made(&mut prover, lifecycle);
        let is_open = |t: &Transition| !is_bounded(t) && !never.contains(&t.span);
        let (all, open) = (steps(lifecycle, |_| true), steps(lifecycle, is_open));
        let from_start = reached(&all, lifecycle.start.iter().copied());
        for group in circles(&open) {
            let Some(first) = group.first().copied().filter(|first| from_start.contains(first)) else {
                continue;
            };
            // A circle without a way out is a dead end, of which another rule speaks.
            let ends = reached(&all, [first]).into_iter().any(|stage| lifecycle.end.contains(&stage));
            if (ends || lifecycle.end.is_empty())
                && let Some(circle) = circle(lifecycle, &group, lap(&open, &group, first), is_open)
            {
                out.push(without_end(context.model, lifecycle, &circle));
            }
        }
    }
}

/// Whether something keeps one record from making a transition again and again: a number, its age, how often something
/// was done.
fn is_bounded(transition: &Transition) -> bool {
    let by_condition = |when: &crate::model::Predicate| {
        !when.is_complete() || when.counts_time() || !when.child_records().is_empty()
    };
    transition.at_most.is_some() || transition.when.as_ref().is_some_and(by_condition)
}

/// The transitions whose condition never holds: nothing goes round by them.
fn never_made(prover: &mut Prover<'_>, lifecycle: &Lifecycle) -> BTreeSet<Span> {
    let Some(record) = lifecycle.record.get() else { return BTreeSet::new() };
    let never = |transition: &&Transition| {
        transition.when.as_ref().is_some_and(|when| {
            let when = prover.space(*record).condition(when);
            !prover.may_hold(*record, &[when])
        })
    };
    lifecycle.transitions.iter().filter(never).map(|transition| transition.span).collect()
}

fn circle<'m>(
    lifecycle: &'m Lifecycle,
    group: &BTreeSet<StageId>,
    lap: Vec<StageId>,
    is_open: impl Fn(&Transition) -> bool,
) -> Option<Circle<'m>> {
    let pairs = lap.iter().zip(lap.iter().cycle().skip(1));
    let step = |(from, to): (&StageId, &StageId)| lifecycle.between(*from, *to).find(|t| is_open(t));
    let transitions: Vec<&Transition> = pairs.map(step).collect::<Option<_>>()?;
    // A lap begins with the first of its stages, so the last step leads back.
    let back = *transitions.last()?;
    let rest = steps(lifecycle, |t| is_open(t) && t.span != back.span);
    let ends_with_back = circles(&rest).iter().all(|other| other.is_disjoint(group));
    Some(Circle { lap, transitions, back, ends_with_back })
}

/// The commitments whose clock one of the transitions starts.
fn restarted<'m>(model: &'m Model, lifecycle: &Lifecycle, transitions: &[&Transition]) -> Vec<&'m str> {
    let stamped: BTreeSet<_> = transitions.iter().flat_map(|t| &t.sets).filter_map(|s| s.get()).collect();
    let restarts = |c: &&crate::model::Commitment| {
        let record = c.subject().and_then(|subject| model.record_of(subject));
        let start = c.counts_from().and_then(|start| start.get());
        record.is_some()
            && record == lifecycle.record.get().copied()
            && start.is_some_and(|start| stamped.contains(start))
    };
    model.commitments.values().filter(restarts).map(|c| c.head.name.text.as_str()).collect()
}
