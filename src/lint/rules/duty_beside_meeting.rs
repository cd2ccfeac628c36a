//! `duty-beside-meeting`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::channel::Meeting;
use crate::model::recurrence::{DayKind, Occasion};
use crate::model::{Channel, Commitment, Form, Recurrence};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-beside-meeting",
    summary: "a duty in a meeting that meets on another day, at another time or less often",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("duty_beside_meeting.md"),
};

fn beside(commitment: &Commitment, channel: &Channel, rule: &Recurrence, meeting: &Meeting) -> Diagnostic {
    let (duty, name) = (&commitment.head.name, &channel.head.name);
    Diagnostic::warning(RULE.name, format!("`{duty}` is due when `{name}` does not meet"))
        .at(rule.span, rule.to_string())
        .also(name.span, format!("meets {meeting}"))
        .note("The same meeting stands in two calendars. Whoever goes by the other one is not there.")
        .help("Give both the same days and time, or name another channel.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for commitment in context.model.commitments.values() {
        let Form::Recurring(recurring) = &commitment.form else { continue };
        let via = recurring.via.as_ref().and_then(|via| via.get());
        let (Some(rule), Some(via)) = (recurring.recurrence.get(), via) else { continue };
        let channel = &context.model.channels[*via];
        if let Some(meeting) = channel.meets.as_ref().filter(|meeting| differs(rule, meeting)) {
            out.push(beside(commitment, channel, rule, meeting));
        }
    }
}

/// Whether a duty is due at times at which a meeting surely does not take place.
fn differs(rule: &Recurrence, meeting: &Meeting) -> bool {
    let day = match &rule.occasion {
        Occasion::On(day) => match day.of {
            DayKind::Weekday(weekday) => Some(weekday),
            DayKind::Any | DayKind::Business => None,
        },
        // By then, or some time in the period: the meeting before it will do.
        Occasion::Whole | Occasion::By(_) | Occasion::AfterEnd(_) => return false,
    };
    let both = |a: Option<_>, b: Option<_>| a.zip(b).is_some_and(|(a, b)| a != b);
    let other_day = day.zip(meeting.on).is_some_and(|(a, b)| a != b);
    // In a weekly meeting something may be due every other week; not the other way round.
    let more_often = rule.every.period == meeting.every.period
        && !rule.every.count.is_multiple_of(meeting.every.count.max(1));
    other_day || both(rule.at, meeting.at) || more_often
}
