//! Clauses of `goal`.

use super::{Kind, Row, prose, text, then};
use crate::syntax::ast::GoalClause;
use crate::syntax::format::words::{known, list, literal, value};

const KEY: Kind = Kind::Key { least: 0 };

pub(super) fn goal(clause: &GoalClause) -> Row<'_> {
    match clause {
        GoalClause::Shared { parties, bound, amount, of, per } => {
            let amount = known(amount, |a| literal(&a.node));
            let of = of.as_ref().map(|of| format!(" {}", of.node)).unwrap_or_default();
            let deal = format!("share {} {amount}{of} per {}", bound.words(), per.node);
            let parties = list(parties.iter().map(|p| p.node.clone()));
            Row::alone(parties.append(then(text(deal))))
        }
        GoalClause::Funnel { first, steps, worth } => {
            let mut doc = text(first.node.clone());
            for (rate, stage) in steps {
                doc = doc.append(then(text(format!("-> {} {}", value(rate), stage.node))));
            }
            if let Some(worth) = worth {
                doc = doc.append(then(text(format!("worth {}", value(worth)))));
            }
            Row::new(KEY).column("funnel").cell(doc)
        }
        GoalClause::Note(note) => prose(KEY, "note", note),
    }
}
