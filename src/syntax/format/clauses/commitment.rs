//! Clauses of `commitment`.

use super::contingency::by_channel;
use super::score::capped;
use super::{Kind, Row, condition, credit, prose, prose_or_tbd, references, text, then, when};
use crate::model::commitment::CountedBy;
use crate::syntax::ast::{
    ClockCase, CommitmentClause, DayKind, DayOf, Deal, Limit, Occasion, Recurrence, Reference, Sentence,
    Target,
};
use crate::syntax::format::condition::which;
use crate::syntax::format::words::{Doc, cadence, duration_value, how_often, known, literal, quoted, value};

/// Values begin behind `met when`, the longest of the common words, so that all commitments of a file look alike.
const KEY: Kind = Kind::Key { least: 10 };

pub(super) fn commitment(clause: &CommitmentClause) -> Row<'_> {
    let key = |word: &str, value| Row::new(KEY).column(word).cell(value);
    match clause {
        CommitmentClause::Sentence(sentence) => Row::alone(self::sentence(sentence)),
        CommitmentClause::Tier(limit, condition) => {
            let row = Row::new(Kind::Tier).column(self::limit(limit));
            match condition {
                Some(condition) => row.cell(when(condition)),
                None => row.cell(text("otherwise")),
            }
        }
        CommitmentClause::MetAt(fields) => key("met at", met_at(fields)),
        CommitmentClause::MetWhen(expr) => key("met when", condition(expr)),
        CommitmentClause::DoneAt(fields) => key("done at", met_at(fields)),
        CommitmentClause::DoneWhen(expr) => key("done when", condition(expr)),
        CommitmentClause::Counting(children, spacing) => {
            let which = which(text(children.record.node.clone()), children);
            key("counting", capped(which, spacing.as_slice()))
        }
        CommitmentClause::Recorded { record, at, condition: rows } => {
            let doc = text(format!("in {} at {}", record.node, value(at)));
            key(
                "recorded",
                match rows {
                    Some(rows) => doc.append(then(text("where ").append(condition(rows)))),
                    None => doc,
                },
            )
        }
        CommitmentClause::Clock(calendar, case) => {
            let calendar = text(value(calendar));
            key(
                "clock",
                match case {
                    ClockCase::Always => calendar,
                    ClockCase::When(condition) => calendar.append(then(when(condition))),
                    ClockCase::Otherwise => calendar.append(" otherwise"),
                },
            )
        }
        CommitmentClause::ClockOf(field) => key("clock", text(format!("of {}", field.node))),
        CommitmentClause::StartsWhen(expr) => key("starts when", condition(expr)),
        CommitmentClause::Paused { from, to, of } => {
            let moments = format!("{} to {}", value(from), value(to));
            let doc = match of {
                Some(of) => which(text(format!("{moments} of each {}", of.record.node)), of),
                None => text(moments),
            };
            key("paused from", doc)
        }
        CommitmentClause::ProvidedMet(commitment) => {
            key("provided", text(format!("{} is met", value(commitment))))
        }
        CommitmentClause::ProvidedAmount { bound, amount, subject, per } => {
            let amount = format!("{} {} {} per {}", bound.words(), value(amount), subject.node, per.node);
            key("provided", text(amount))
        }
        CommitmentClause::Priority(others) => key("priority over", references(others)),
        CommitmentClause::Excused(expr) => key("excused", when(expr)),
        CommitmentClause::Target(target, per) => {
            let target = match target {
                Target::Attainment(percent) => value(percent),
                Target::Statistic(which, limit) => format!("{} under {}", which.node, duration_value(limit)),
            };
            key("target", text(format!("{target} per {}", per.node)))
        }
        CommitmentClause::Counted(by) => {
            let date = match by {
                CountedBy::DueDate => "by due date",
                CountedBy::StartDate => "by start date",
            };
            key("counted", text(date))
        }
        CommitmentClause::Evidence(evidence) => key(evidence.counts.word(), credit::evidence(evidence)),
        CommitmentClause::Instead { amount, from, to } => {
            let to = to.as_ref().map(|to| format!(" to {}", to.node)).unwrap_or_default();
            key("instead", text(format!("{} from {}{to}", value(amount), from.node)))
        }
        CommitmentClause::Rationale(why) => prose_or_tbd(KEY, "rationale", why),
        CommitmentClause::Note(note) => prose(KEY, "note", note),
    }
}

/// `touched_at or called_at`.
fn met_at<'a>(fields: &[Reference]) -> Doc<'a> {
    let mut fields = fields.iter().map(value);
    let first = text(fields.next().unwrap_or_default());
    fields.fold(first, |doc, field| doc.append(Doc::softline()).append(format!("or {field}")))
}

/// `within 4 business hours of mql_at`.
fn limit(limit: &Limit) -> String {
    let (before, behind) = limit.kind.words();
    let of = limit.of.as_ref().map(|of| format!(" {behind} {}", of.node)).unwrap_or_default();
    format!("{before} {}{of}", duration_value(&limit.duration))
}

fn sentence(sentence: &Sentence) -> Doc<'_> {
    let opening =
        format!("{} {} {}", sentence.actor.node, sentence.strength.word(), literal(&sentence.verb.node));
    let opening = text(opening);
    let article = |article: &Option<String>| article.as_ref().map(|a| format!("{a} ")).unwrap_or_default();
    match &sentence.deal {
        Deal::Item { article, subject, often, limit, without, with, when } => {
            let mut doc = opening.append(format!(" {article} {}", subject.node));
            if let Some(often) = often {
                doc = doc.append(then(text(format!("at least {}", how_often(often)))));
            }
            if let Some(limit) = limit {
                doc = doc.append(then(text(self::limit(limit))));
            }
            if !without.is_empty() {
                doc = doc.append(then(text("without ").append(references(without))));
            }
            if !with.is_empty() {
                doc = doc.append(then(text("with ").append(references(with))));
            }
            if let Some(condition) = when {
                doc = doc.append(then(super::when(condition)));
            }
            doc
        }
        Deal::Quota { bound, amount, subject, per } => opening
            .append(format!(" {} {} {}", bound.words(), value(amount), subject.node))
            .append(then(text(format!("per {}", per.node)))),
        Deal::Worth { article: each, subject, bound, amount, field, per } => {
            let sum = field.as_ref().map(|f| format!(" in {}", f.node)).unwrap_or_default();
            opening
                .append(format!(" {}{}", article(each), subject.node))
                .append(then(text(format!("worth {} {}{sum}", bound.words(), value(amount)))))
                .append(then(text(format!("per {}", per.node))))
        }
        Deal::Kept { what, bound, level, per } => {
            let level = format!("{} {}", bound.words(), credit::level(level, per.node));
            opening.append(format!(" {}", quoted(&what.node))).append(then(text(level)))
        }
        Deal::Share { bound, percent, article: all, subject, per } => opening
            .append(format!(" {} {} of {}{}", bound.words(), value(percent), article(all), subject.node))
            .append(then(text(format!("per {}", per.node)))),
        Deal::Recurring { object, recurrence, via } => {
            let object = object.as_ref().map(|o| format!(" {}", quoted(&o.node))).unwrap_or_default();
            let when = known(recurrence, |recurrence| self::recurrence(recurrence));
            by_channel(opening.append(object).append(then(text(when))), via.as_ref())
        }
    }
}

/// `every month by the 2nd business day at 17:00`.
fn recurrence(recurrence: &Recurrence) -> String {
    let mut words = cadence(&recurrence.every.node);
    if recurrence.business.is_present() {
        words = words.replacen(" day", " business day", 1);
    }
    match recurrence.occasion.as_ref().map(|occasion| &occasion.node) {
        Some(Occasion::On(day)) => words = format!("{words} on {}", day_of(day)),
        Some(Occasion::By(day)) => words = format!("{words} by {}", day_of(day)),
        Some(Occasion::AfterEnd(time)) => {
            words = format!("{words} within {} of its end", duration_value(time));
        }
        None => {}
    }
    if let Some(at) = &recurrence.at {
        words = format!("{words} at {}", at.node);
    }
    if recurrence.or_next.is_present() {
        words.push_str(" or the next business day");
    }
    match &recurrence.from {
        Some(from) => format!("{words} from {}", from.node),
        None => words,
    }
}

/// `monday`, `day 15`, `the 2nd business day`.
fn day_of(day: &DayOf) -> String {
    let weekday = |day: crate::model::Weekday| day.name().to_lowercase();
    match day {
        DayOf::Weekday(day) => weekday(*day),
        DayOf::Number(number) => format!("day {}", number.node),
        DayOf::The(which, kind) => {
            let which = which.as_ref().map_or("last", |nth| nth.node.as_str());
            let kind = match kind {
                DayKind::Any => "day".to_owned(),
                DayKind::Business => "business day".to_owned(),
                DayKind::Weekday(day) => weekday(*day),
            };
            format!("the {which} {kind}")
        }
    }
}
