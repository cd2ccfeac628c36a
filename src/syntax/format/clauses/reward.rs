//! Clauses of `dispute` and `incentive`.

use super::{Kind, Row, key, prose, references, text, then};
use crate::model::time::Plurality;
use crate::syntax::ast::{DisputeClause, IncentiveClause, OrTbd, RewardWhen};
use crate::syntax::format::words::{Doc, cadence, duration_value, known, plurality, quoted, value};

const KEY: Kind = Kind::Key { least: 0 };

pub(super) fn dispute(clause: &DisputeClause) -> Row<'_> {
    match clause {
        DisputeClause::About(commitments) => key("about", references(commitments)),
        DisputeClause::Raised(roles, within) => {
            key("raised by", with(references(roles), "within", within.as_ref().map(duration_value)))
        }
        DisputeClause::Decided(role, within, via) => {
            let doc = with(text(value(role)), "within", within.as_ref().map(duration_value));
            key("decided by", with(doc, "via", via.as_ref().map(value)))
        }
        DisputeClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn incentive(clause: &IncentiveClause) -> Row<'_> {
    match clause {
        IncentiveClause::Earns(points, commitment) => {
            let one = matches!(points, OrTbd::Known(n) if plurality(n) == Plurality::One);
            let noun = if one { "point" } else { "points" };
            key("earns", text(format!("{} {noun} for {} met", value(points), commitment.node)))
        }
        IncentiveClause::Badge(title, when) => {
            key("badge", text(quoted(&title.node)).append(then(reward_when(when))))
        }
        IncentiveClause::Pays(amount, per, when) => {
            let pays = format!("{} per {}", value(amount), per.node);
            key("pays", text(pays).append(then(reward_when(when))))
        }
        IncentiveClause::Leaderboard(every) => key("leaderboard", text(known(every, cadence))),
        IncentiveClause::Note(note) => prose(KEY, "note", note),
    }
}

fn reward_when(when: &RewardWhen) -> Doc<'_> {
    let name = &when.commitment.node;
    let doc = match &when.at_least {
        Some(share) => text(format!("when {name} at least {}", value(share))),
        None => text(format!("when {name} met")),
    };
    match &when.in_a_row {
        Some(row) => {
            let consecutive = if row.consecutive.is_present() { "consecutive " } else { "" };
            let periods = row.period.node.words(plurality(&row.count));
            doc.append(then(text(format!("for {} {consecutive}{periods}", row.count.node))))
        }
        None => doc,
    }
}

fn with<'a>(doc: Doc<'a>, word: &str, part: Option<String>) -> Doc<'a> {
    match part {
        Some(part) => doc.append(then(text(format!("{word} {part}")))),
        None => doc,
    }
}
