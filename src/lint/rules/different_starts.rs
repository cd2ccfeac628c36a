//! `different-starts`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::meetings::{Meeting, Meetings};
use crate::lint::promises::{Timed, actor, limits, may_give_way, same_when_done};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Field, Form, Id};

/// The rule.
pub static RULE: Rule = Rule {
    name: "different-starts",
    summary: "one time for the same work, counted from two moments",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("different_starts.md"),
};

fn differ(
    context: &Context<'_>,
    first: (Timed<'_>, Id<Field>),
    second: (Timed<'_>, Id<Field>),
    meeting: &Meeting,
) -> Diagnostic {
    let (a, b) = (context.called(&first.0.commitment.head), context.called(&second.0.commitment.head));
    let field = |of: Id<Field>| {
        let subject = first.0.commitment.subject().and_then(|s| context.model.record_of(s));
        subject.map(|record| context.model.records[record].fields[of].name.to_string()).unwrap_or_default()
    };
    let limit = first.0.limit;
    let (one, other) = (field(first.1), field(second.1));
    let mut out =
        Diagnostic::warning(RULE.name, format!("{a} and {b} count the same {limit} from two moments"));
    out.notes.extend(meeting.note(context));
    out.notes.extend(context.assumption([first.0.commitment, second.0.commitment]));
    out.at(second.0.tier.span, format!("from `{other}`"))
        .also(first.0.tier.span, format!("from `{one}`"))
        .note(format!(
            "What lies between `{one}` and `{other}` is in the time of one and not of the other: it belongs to nobody."
        ))
        .help("Count both from the same moment and keep one of the two; or promise what lies between, with its own time.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut meetings = Meetings::new(context);
    let mut known: BTreeMap<&str, Vec<Id<Commitment>>> = BTreeMap::new();
    for (id, commitment) in context.model.commitments.iter() {
        if !matches!(commitment.form, Form::Turnaround(_)) || commitment.met_at.is_empty() {
            continue;
        }
        let seen = known.entry(&commitment.verb).or_default();
        out.extend(seen.iter().find_map(|other| conflict(context, &mut meetings, *other, id)));
        seen.push(id);
    }
}

fn conflict(
    context: &Context<'_>,
    meetings: &mut Meetings<'_>,
    a: Id<Commitment>,
    b: Id<Commitment>,
) -> Option<Diagnostic> {
    let model = context.model;
    let (first, second) = (&model.commitments[a], &model.commitments[b]);
    let start = |commitment: &Commitment| commitment.counts_from().and_then(|from| from.get().copied());
    let (from, other_from) = (start(first)?, start(second)?);
    let same = context.compares(&first.head, &second.head)
        && actor(model, first) == actor(model, second)
        && first.verb == second.verb
        && first.strength == second.strength
        && first.met_at == second.met_at
        && same_when_done(model, a, b)
        && from != other_from;
    if !same || may_give_way(model, a, b) {
        return None;
    }
    let (mine, theirs) = (limits(context, a), limits(context, b));
    let pairs = mine.iter().flat_map(|x| theirs.iter().map(move |y| (*x, *y)));
    let mut same_time = pairs.filter(|(x, y)| x.limit == y.limit && x.clock.0 == y.clock.0);
    same_time.find_map(|(x, y)| {
        meetings.of(&x, &y).map(|meeting| differ(context, (x, from), (y, other_from), &meeting))
    })
}
