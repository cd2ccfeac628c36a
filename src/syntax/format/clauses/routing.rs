//! Clauses of `routing`.

use super::{Kind, Row, prose, text, when};
use crate::model::routing::Turn;
use crate::syntax::ast::RoutingClause;
use crate::syntax::format::words::{duration_value, value};

pub(super) fn routing(clause: &RoutingClause) -> Row<'_> {
    match clause {
        RoutingClause::Matching(matching) => Row::alone(text(matching.words())),
        RoutingClause::Route { to, turn, when: condition } => {
            let turn = match turn {
                Turn::InTurn => " in turn",
                Turn::Unsaid => "",
            };
            let to = format!("to {}{turn}", value(to));
            match condition {
                Some(condition) => Row::new(Kind::Tier).column(to).cell(when(condition)),
                None => Row::alone(text(format!("otherwise {to}"))),
            }
        }
        RoutingClause::Sticky(field, time) => {
            Row::alone(text(format!("sticky by {} for {}", value(field), duration_value(time))))
        }
        RoutingClause::Note(note) => prose(Kind::Alone, "note", note),
    }
}
