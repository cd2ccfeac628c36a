//! `different-targets`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::meetings::{Meeting, Meetings};
use crate::lint::promises::{limits, may_give_way, same_when_done, works};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, Target};
use crate::model::{Commitment, Id, Slot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "different-targets",
    summary: "two promises of the same work in the same time, with different targets",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("different_targets.md"),
};

fn differ(
    context: &Context<'_>,
    first: (&Commitment, &Target),
    second: (&Commitment, &Target),
    words: [String; 2],
    both: Option<String>,
) -> Diagnostic {
    let (a, b) = (context.called(&first.0.head), context.called(&second.0.head));
    let [one, other] = words;
    let mut out =
        Diagnostic::warning(RULE.name, format!("{a} and {b} aim at different numbers for the same work"))
            .at(second.1.span, other)
            .also(first.1.span, one);
    out.notes.extend(both);
    out.notes.extend(context.assumption([first.0, second.0]));
    out.note("One report can be green while the other one is red, about the same items.")
        .help("Keep one of the two.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut meetings = Meetings::new(context);
    let mut known: BTreeMap<Option<Subject>, Vec<Id<Commitment>>> = BTreeMap::new();
    for (id, commitment) in model.commitments.iter() {
        if commitment.target.is_none() || works(model, commitment).is_empty() {
            continue;
        }
        let seen = known.entry(commitment.subject()).or_default();
        let other = seen.iter().find_map(|other| {
            let words = conflict(context, *other, id)?;
            Some((*other, words, one_item(context, &mut meetings, *other, id)?))
        });
        if let Some((other, words, meeting)) = other {
            let with_target = |id| {
                let commitment = &model.commitments[id];
                commitment.target.as_ref().map(|target| (commitment, target))
            };
            if let (Some(first), Some(second)) = (with_target(other), with_target(id)) {
                out.push(differ(context, first, second, words, meeting.note(context)));
            }
        }
        seen.push(id);
    }
}

/// What each of two promises aims at, if they say the same and aim at different numbers of one kind.
fn conflict(context: &Context<'_>, a: Id<Commitment>, b: Id<Commitment>) -> Option<[String; 2]> {
    let model = context.model;
    let (first, second) = (&model.commitments[a], &model.commitments[b]);
    // A higher aim for some of the items is another promise, and so is what should be beside what must.
    let same = context.compares(&first.head, &second.head)
        && first.subject == second.subject
        && first.strength == second.strength
        && works(model, first) == works(model, second)
        && same_when_done(model, a, b)
        && times(context, a) == times(context, b);
    if !same || may_give_way(model, a, b) {
        return None;
    }
    let (one, other) = (first.target.as_ref()?, second.target.as_ref()?);
    let (Slot::Set(this), Slot::Set(that)) = (&one.aim, &other.aim) else { return None };
    let comparable = match (this, that) {
        (Aim::Attainment(_), Aim::Attainment(_)) => true,
        (Aim::Percentile { percent: p, .. }, Aim::Percentile { percent: q, .. }) => p == q,
        _ => false,
    };
    (comparable && this != that && one.per == other.per).then(|| [words(one, this), words(other, that)])
}

/// Why one item may be under both, at the same time allowed.
fn one_item(
    context: &Context<'_>,
    meetings: &mut Meetings<'_>,
    a: Id<Commitment>,
    b: Id<Commitment>,
) -> Option<Meeting> {
    limits(context, a).iter().zip(&limits(context, b)).find_map(|(x, y)| meetings.of(x, y))
}

fn times(
    context: &Context<'_>,
    id: Id<Commitment>,
) -> Vec<(crate::model::Duration, Option<Id<crate::model::Calendar>>)> {
    limits(context, id).iter().map(|limit| (limit.limit, limit.clock.0)).collect()
}

fn words(target: &Target, aim: &Aim) -> String {
    let per = target.per;
    match aim {
        Aim::Attainment(percent) => format!("{}% per {per}", percent.normalize()),
        Aim::Percentile { percent: 50, under } => format!("a median under {under} per {per}"),
        Aim::Percentile { percent, under } => format!("p{percent} under {under} per {per}"),
    }
}
