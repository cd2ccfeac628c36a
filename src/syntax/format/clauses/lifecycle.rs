//! Clauses of `lifecycle`.

use super::{Kind, Row, key, prose, references, text, then, when};
use crate::syntax::ast::{LifecycleClause, ReasonEffect, StagePart, Transition, TransitionPart};
use crate::syntax::format::words::{Doc, duration_value, how_often, literal, literals, value, value_list};

pub(super) fn lifecycle(clause: &LifecycleClause) -> Row<'_> {
    match clause {
        LifecycleClause::Start(stages) => key("start", literals(stages)),
        LifecycleClause::End(stages) => key("end", literals(stages)),
        LifecycleClause::Never(from, to) => {
            key("never", text(format!("{} -> {}", literal(&from.node), literal(&to.node))))
        }
        LifecycleClause::Transition(transition) => self::transition(transition),
        LifecycleClause::Stage(stage, parts) => {
            let parts = parts.iter().map(|part| text(stage_part(&part.node)));
            Row::new(Kind::Tier).column(literal(&stage.node)).cell(Doc::intersperse(parts, Doc::line()))
        }
        LifecycleClause::Reason { field, values, effect } => {
            let reason = text(format!("{} ", field.node)).append(literals(values));
            Row::alone(match effect {
                ReasonEffect::End => reason.append(then(text("-> end"))),
                ReasonEffect::ReturnTo(role, after) => {
                    let doc = reason.append(then(text(format!("-> return to {}", value(role)))));
                    match after {
                        Some(after) => doc.append(then(text(format!("after {}", duration_value(after))))),
                        None => doc,
                    }
                }
            })
        }
        LifecycleClause::Note(note) => prose(Kind::Key { least: 0 }, "note", note),
    }
}

fn stage_part(part: &StagePart) -> String {
    match part {
        StagePart::OwnedBy(role) => format!("owned by {}", value(role)),
        StagePart::Since(field) => format!("since {}", value(field)),
        StagePart::AtMost(limit) => format!("at most {}", duration_value(limit)),
    }
}

fn transition(transition: &Transition) -> Row<'_> {
    let row = Row::new(Kind::Transition)
        .column(literal(&transition.from.node))
        .column(format!("-> {}", literal(&transition.to.node)));
    transition.parts.iter().fold(row, |row, part| {
        row.cell(match &part.node {
            TransitionPart::When(condition) => when(condition),
            TransitionPart::By(roles) => text("by ").append(references(roles)),
            TransitionPart::Requires(fields) => text("requires ").append(references(fields)),
            TransitionPart::Reasons(field, values) => {
                text(format!("{} in ", field.node)).append(value_list(values))
            }
            TransitionPart::AtMost(count) => text(format!("at most {}", how_often(count))),
            TransitionPart::Within(within) => text(format!("within {}", duration_value(within))),
            TransitionPart::Sets(fields) => text("sets ").append(references(fields)),
        })
    })
}
