//! Clauses of `exception`.

use super::{Kind, Row, key, prose, references, text, then, when};
use crate::syntax::ast::ExceptionClause;
use crate::syntax::format::words::value;

pub(super) fn exception(clause: &ExceptionClause) -> Row<'_> {
    match clause {
        ExceptionClause::Excuses(commitments, condition) => {
            let commitments = references(commitments);
            key(
                "excuses",
                match condition {
                    Some(condition) => commitments.append(then(when(condition))),
                    None => commitments,
                },
            )
        }
        ExceptionClause::Approved(role) => key("approved", text(format!("by {}", value(role)))),
        ExceptionClause::AtMost(number, per) => {
            key("at most", text(format!("{} per {}", value(number), per.node)))
        }
        ExceptionClause::Window(Some(from), until) => {
            let until = until.as_ref().map(|until| format!(" until {}", value(until))).unwrap_or_default();
            key("from", text(value(from) + &until))
        }
        ExceptionClause::Window(None, until) => {
            key("until", text(until.as_ref().map(value).unwrap_or_default()))
        }
        ExceptionClause::Note(note) => prose(Kind::Key { least: 0 }, "note", note),
    }
}
