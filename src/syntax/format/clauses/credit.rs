//! Clauses of `credit`, and of the promises they go by.

use super::{Kind, Row, key, prose, prose_or_tbd, text, then};
use crate::syntax::ast::{
    Claim, CreditClause, Evidence, EvidenceTime, ExpectedLevel, KeptLevel, Payment, Word,
};
use crate::syntax::format::condition::condition;
use crate::syntax::format::words::{Doc, duration_value, list, quoted, value};

const KEY: Kind = Kind::Key { least: 0 };

pub(super) fn credit(clause: &CreditClause) -> Row<'_> {
    match clause {
        CreditClause::Below(bound, pays) => {
            let column = format!("below {}", value(bound));
            Row::new(Kind::Tier).column(column).cell(text(format!("pays {}", payment(pays))))
        }
        CreditClause::Cap(most, per) => key("at most", text(format!("{} per {}", payment(most), per.node))),
        CreditClause::Claimed(claim) => key("claimed", self::claim(claim)),
        CreditClause::Settled(how) => prose_or_tbd(KEY, "settled", how),
        CreditClause::SoleRemedy => Row::alone(text("sole remedy")),
        CreditClause::OnlyFor(subject) => key("only for", text(subject.node.as_str())),
        CreditClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn payment(payment: &Payment) -> String {
    match payment {
        Payment::Percent(percent, of) => format!("{} of {}", value(percent), quoted(&of.node)),
        Payment::Money(amount) => value(amount),
    }
}

fn claim(claim: &Claim) -> Doc<'_> {
    let by = claim.by.as_ref().map(|by| format!("by {} ", value(by))).unwrap_or_default();
    let end = claim.end_of.as_ref().map(|per| format!(" of the end of the {}", per.node));
    let within = format!("{by}within {}{}", duration_value(&claim.within), end.unwrap_or_default());
    let mut doc = text(within);
    if let Some(via) = &claim.via {
        doc = doc.append(then(text(format!("via {}", value(via)))));
    }
    if !claim.stating.is_empty() {
        let stating = list(claim.stating.iter().map(|what| quoted(&what.node)));
        doc = doc.append(then(text("stating ").append(stating)));
    }
    doc
}

/// `99.9% of each month`, `4 hours per week`.
pub(super) fn level(level: &KeptLevel, per: crate::model::Period) -> String {
    match level {
        KeptLevel::Share(percent) => format!("{} of each {per}", value(percent)),
        KeptLevel::Time(time) => format!("{} per {per}", duration_value(time)),
    }
}

/// What stands behind `down` or `counted`.
pub(super) fn evidence(evidence: &Evidence) -> Doc<'_> {
    let of = format!("of each {}", evidence.of.node);
    let words = match &evidence.time {
        EvidenceTime::Lasting(time, from) => {
            format!("for {} from {} {of}", duration_value(time), value(from))
        }
        EvidenceTime::Reported(amount, unit, on) => {
            format!("for {} {} {of} dated {}", value(amount), unit.node.word(), value(on))
        }
        EvidenceTime::Between(from, to) => format!("from {} to {} {of}", value(from), value(to)),
    };
    match &evidence.condition {
        Some(expr) => text(words).append(then(text("where ").append(condition(expr)))),
        None => text(words),
    }
}

pub(super) fn expected_level(level: &ExpectedLevel) -> String {
    match level {
        ExpectedLevel::Percent(percent) => percent.node.clone(),
        ExpectedLevel::Time(time) => time.node.words(),
    }
}

/// ` in 2026-06`.
pub(super) fn in_period(label: Option<&Word>) -> String {
    label.map(|label| format!(" in {}", label.node)).unwrap_or_default()
}
