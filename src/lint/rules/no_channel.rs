//! `no-channel`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::contingency::Act;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-channel",
    summary: "a notice that does not say by which way it travels",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("no_channel.md"),
};

/// More channels than this are no help.
const MOST_NAMED: usize = 12;

fn notice_without_channel(span: Span, channels: &[String]) -> Diagnostic {
    let out = Diagnostic::error(RULE.name, "this notice does not say by which channel it goes")
        .at(span, "no `via`")
        .note("A notice that is sent nowhere in particular is one that nobody can be expected to have read.");
    match channels {
        [] => out.help(
            "Declare a channel, such as `channel alerts { by slack \"#alerts\" }`, and add `via alerts`.",
        ),
        some => out.help(format!("Add `via` with one of {}.", crate::diagnostic::join(some, "or"))),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let channels: Vec<String> =
        model.channels.values().take(MOST_NAMED).map(|c| format!("`{}`", c.head.name)).collect();
    for contingency in model.contingencies.values() {
        for step in &contingency.steps {
            let tells = match step.act {
                Act::Remind(_) | Act::Notify(_) | Act::Escalate(_) => true,
                // The item itself moves; who gets it sees it in the CRM.
                Act::Reassign(_) | Act::Return(_) | Act::Set(..) => false,
            };
            if tells && step.via.is_none() {
                out.push(notice_without_channel(step.span, &channels));
            }
        }
    }
    if model.channels.is_empty()
        && model.contingencies.is_empty()
        && !model.commitments.is_empty()
        && context.whole == Wholeness::Whole
    {
        let name = &model.agreement.head.name;
        out.push(
            Diagnostic::warning(
                RULE.name,
                format!("agreement `{name}` does not say how the parties reach one another"),
            )
            .at(name.span, "no `channel`")
            .help("Add a block such as `channel lead_alerts { by slack \"#lead-alerts\"  reaches sdr }`."),
        );
    }
}
