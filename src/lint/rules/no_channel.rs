//! `no-channel`.

use crate::diagnostic::{Applicability, Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::contingency::Act;
use crate::model::{Channel, Model, Name};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-channel",
    summary: "a notice that does not say by which way it travels",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("no_channel.md"),
};

fn notice_without_channel(span: Span, channels: &Channels<'_>) -> Diagnostic {
    let out = Diagnostic::error(RULE.name, "this notice does not say by which channel it goes")
        .at(span, "no `via`")
        .note("A notice that is sent nowhere in particular is one that nobody can be expected to have read.");
    match (&channels.fitting[..], &channels.all[..]) {
        ([one], _) => out.help(format!("`{one}` reaches everybody it is for: add `via {one}`.")).fix(
            format!("add `via {one}`"),
            Applicability::Suggested,
            span.end_point(),
            format!(" via {one}"),
        ),
        ([], []) => out.help(
            "Declare a channel, such as `channel alerts { by slack \"#alerts\" }`, and add `via alerts`.",
        ),
        ([], all) => out.help(format!("Add `via` with one of {}.", names(all, "or"))),
        (some, _) => out.help(format!(
            "Add `via` with one of those that reach everybody it is for: {}.",
            names(some, "or")
        )),
    }
}

/// Channels that a notice could go by.
struct Channels<'m> {
    all: Vec<&'m str>,
    /// Those that reach everybody the notice is for.
    fitting: Vec<&'m str>,
}

impl<'m> Channels<'m> {
    fn of(model: &'m Model, act: &Act) -> Self {
        let name = |c: &'m Channel| c.head.name.text.as_str();
        let fits = |c: &&Channel| act.roles().iter().all(|role| role.is_set() && c.reaches.contains(role));
        Channels {
            all: model.channels.values().map(name).collect(),
            fitting: model.channels.values().filter(fits).map(name).collect(),
        }
    }
}

fn nothing_at_all(name: &Name) -> Diagnostic {
    Diagnostic::warning(
        RULE.name,
        format!("agreement `{name}` does not say how the parties reach one another"),
    )
    .at(name.span, "no `channel`")
    .note("What has to be told is then told by whatever way, to whoever happens to be there.")
    .help("Add a block such as `channel lead_alerts { by slack \"#lead-alerts\"  reaches sdr }`.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for step in model.contingencies.values().flat_map(|c| &c.steps) {
        let tells = match step.act {
            Act::Remind(_) | Act::Notify(_) | Act::Escalate(_) => true,
            // The item itself moves; who gets it sees it in the CRM.
            Act::Reassign(_) | Act::Return(_) | Act::Set(..) => false,
        };
        if tells && step.via.is_none() {
            out.push(notice_without_channel(step.span, &Channels::of(model, &step.act)));
        }
    }
    if model.channels.is_empty()
        && model.contingencies.is_empty()
        && !model.commitments.is_empty()
        && context.whole == Wholeness::Whole
    {
        out.push(nothing_at_all(&model.agreement.head.name));
    }
}
