//! Clauses of `contingency`.

use super::{Kind, Row, prose, references, text, then};
use crate::syntax::ast::{Act, ContingencyClause, Reference, StepAnchor};
use crate::syntax::format::words::{Doc, duration_value, known, literal, plurality, quoted, times, value};

pub(super) fn contingency(clause: &ContingencyClause) -> Row<'_> {
    match clause {
        ContingencyClause::For(commitments) => Row::alone(text("for ").append(references(commitments))),
        ContingencyClause::Step(anchor, act, via) => {
            let (word, rest) = step_anchor(anchor);
            Row::new(Kind::Step).column(word).cell(text(rest)).cell(by_channel(self::act(act), via.as_ref()))
        }
        ContingencyClause::Below { commitment, percent, count, consecutive, period } => {
            let consecutive = if consecutive.is_present() { "consecutive " } else { "" };
            let period = period.node.words(plurality(count));
            let watched = format!("when {} below {}", commitment.node, value(percent));
            let how_long = format!("for {} {consecutive}{period}", count.node);
            Row::alone(text(watched).append(then(text(how_long))))
        }
        ContingencyClause::Missed { commitment, times: count, period, same_owner } => {
            let watched = format!("when {} missed {}", commitment.node, times(count));
            let mut doc = text(watched).append(then(text(format!("in a {}", period.node))));
            if same_owner.is_present() {
                doc = doc.append(then(text("by the same owner")));
            }
            Row::alone(doc)
        }
        ContingencyClause::FollowUp { actor, strength, verb, object, within, via } => {
            let mut duty = format!("then {} {} {}", actor.node, strength.word(), literal(&verb.node));
            if let Some(object) = object {
                duty = format!("{duty} {}", quoted(&object.node));
            }
            let doc = text(duty).append(then(text(format!("within {}", duration_value(within)))));
            Row::alone(by_channel(doc, via.as_ref()))
        }
        ContingencyClause::Note(note) => prose(Kind::Alone, "note", note),
    }
}

fn step_anchor(anchor: &StepAnchor) -> (&'static str, String) {
    match anchor {
        StepAnchor::BeforeDeadline(by) => ("before", format!("deadline by {}", duration_value(by))),
        StepAnchor::AfterStart(by) => ("after", format!("start by {}", duration_value(by))),
        StepAnchor::AfterDeadline(None) => ("after", "deadline".to_owned()),
        StepAnchor::AfterDeadline(Some(by)) => ("after", format!("deadline by {}", duration_value(by))),
        StepAnchor::Elapsed(percent) => ("when", format!("{} elapsed", value(percent))),
    }
}

fn act(act: &Act) -> Doc<'_> {
    match act {
        Act::Remind(roles) => text("remind ").append(references(roles)),
        Act::Notify(roles) => text("notify ").append(references(roles)),
        Act::Escalate(role) => text(format!("escalate to {}", value(role))),
        Act::Reassign(role) => text(format!("reassign to {}", value(role))),
        Act::Return(role) => text(format!("return to {}", value(role))),
        Act::Set(field, to) => text(format!("set {} to {}", field.node, known(to, |v| literal(&v.node)))),
    }
}

pub(super) fn by_channel<'a>(doc: Doc<'a>, via: Option<&Reference>) -> Doc<'a> {
    match via {
        Some(channel) => doc.append(then(text(format!("via {}", value(channel))))),
        None => doc,
    }
}
