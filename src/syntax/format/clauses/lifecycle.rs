//! Clauses of `lifecycle`.

use super::{Kind, Row, key, prose, references, text, when};
use crate::syntax::ast::{LifecycleClause, Transition, TransitionPart};
use crate::syntax::format::words::{duration_value, literal, literals, times, value_list};

pub(super) fn lifecycle(clause: &LifecycleClause) -> Row<'_> {
    match clause {
        LifecycleClause::Start(stages) => key("start", literals(stages)),
        LifecycleClause::End(stages) => key("end", literals(stages)),
        LifecycleClause::Never(from, to) => {
            key("never", text(format!("{} -> {}", literal(&from.node), literal(&to.node))))
        }
        LifecycleClause::Transition(transition) => self::transition(transition),
        LifecycleClause::Note(note) => prose(Kind::Key { least: 0 }, "note", note),
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
            TransitionPart::AtMost(count) => text(format!("at most {}", times(count))),
            TransitionPart::Within(within) => text(format!("within {}", duration_value(within))),
            TransitionPart::Sets(fields) => text("sets ").append(references(fields)),
        })
    })
}
