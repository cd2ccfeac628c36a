//! Clauses of `agreement`, `party`, `role`, `calendar` and `channel`: a word and its value.

use super::{Source, key, prose, prose_or_tbd, then};
use crate::model::Weekday;
use crate::syntax::ast::{
    AgreementClause, CalendarClause, ChannelClause, OpenTimes, PartyClause, RoleClause, TimeRange,
    WeekdayRange, Word, WordValue,
};
use crate::syntax::format::row::{Kind, Row};
use crate::syntax::format::words::{
    cadence, duration_value, known, list, quoted, references, text, text_value, value,
};
use crate::syntax::keywords::month_name;

const KEY: Kind = Kind::Key { least: 0 };

pub(super) fn agreement<'a>(clause: &'a AgreementClause, source: Source<'a>) -> Row<'a> {
    match clause {
        AgreementClause::Parties(parties) => key("parties", references(parties)),
        AgreementClause::Effective(from, to) => {
            let to = to.as_ref().map(|to| format!(" to {}", value(to))).unwrap_or_default();
            key("effective", text(value(from) + &to))
        }
        AgreementClause::Purpose(purpose) => prose_or_tbd(KEY, "purpose", purpose),
        AgreementClause::Review(every, led_by, next) => {
            let mut doc = text(known(every, cadence));
            if let Some(role) = led_by {
                doc = doc.append(then(text(format!("led by {}", value(role)))));
            }
            if let Some(next) = next {
                doc = doc.append(then(text(format!("next {}", value(next)))));
            }
            key("review", doc)
        }
        AgreementClause::Settled(by, within) => {
            let mut doc = text(value(by));
            if let Some(within) = within {
                doc = doc.append(then(text(format!("within {}", duration_value(within)))));
            }
            key("settled by", doc)
        }
        AgreementClause::Version(version) => key("version", text(source.as_quoted(version))),
        AgreementClause::Zone(zone) => zone_row(zone, source),
        // A sentence of its own: as a key it would push every value far to the right.
        AgreementClause::FiscalYear(month) => {
            Row::alone(text(format!("fiscal year starts {}", month_name(*month))))
        }
        AgreementClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn party(clause: &PartyClause) -> Row<'_> {
    match clause {
        PartyClause::Signatory(who) => key("signatory", text(text_value(who))),
        PartyClause::Contact(contact) => key("contact", text(quoted(&contact.node))),
        PartyClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn role(clause: &RoleClause) -> Row<'_> {
    match clause {
        RoleClause::Party(party) => key("party", text(value(party))),
        RoleClause::Works(calendar) => key("works", text(value(calendar))),
        RoleClause::Member(who, works) => {
            key("member", text(format!("{} works {}", quoted(&who.node), value(works))))
        }
        RoleClause::ReportsTo(role) => key("reports to", text(value(role))),
        RoleClause::Headcount(number) => key("headcount", text(value(number))),
        RoleClause::Handles(number, of, per) => {
            key("handles", text(format!("{} {} per {}", value(number), value(of), per.node)))
        }
        RoleClause::OnCall(calendar) => key("on call", text(value(calendar))),
        RoleClause::Contact(contact) => key("contact", text(quoted(&contact.node))),
        RoleClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn channel(clause: &ChannelClause) -> Row<'_> {
    match clause {
        ChannelClause::By(medium, address) => {
            let address = address.as_ref().map(|a| format!(" {}", quoted(&a.node))).unwrap_or_default();
            key("by", text(value(medium) + &address))
        }
        ChannelClause::Reaches(roles) => key("reaches", references(roles)),
        ChannelClause::Answered(within) => {
            key("answered", text(format!("within {}", duration_value(within))))
        }
        ChannelClause::Meets(every, on, at) => {
            let on = on.map(|day| format!(" on {}", short(day))).unwrap_or_default();
            let at = at.as_ref().map(|time| format!(" at {}", time.node)).unwrap_or_default();
            key("meets", text(cadence(every) + &on + &at))
        }
        ChannelClause::Note(note) => prose(KEY, "note", note),
    }
}

pub(super) fn calendar<'a>(clause: &'a CalendarClause, source: Source<'a>) -> Row<'a> {
    match clause {
        CalendarClause::Zone(zone) => zone_row(zone, source),
        CalendarClause::Open(days, times, season) => {
            let times = match times {
                OpenTimes::AllDay => text("all day"),
                OpenTimes::Hours(ranges) => hours(ranges),
            };
            let times = match season {
                Some((from, to)) => times.append(format!(" from {}", period(from, to.as_ref()))),
                None => times,
            };
            if days.is_empty() {
                return key("open", times);
            }
            key("open", list(days.iter().copied().map(day_range)).append(" ").append(times))
        }
        CalendarClause::Closed(from, to, why) => {
            titled(key("closed", text(period(from, to.as_ref()))), why.as_ref())
        }
        CalendarClause::ClosedFrom(path) => key("closed", text(format!("from {}", quoted(&path.node)))),
        CalendarClause::Except(date, ranges, why) => {
            titled(key("except", text(format!("{} ", date.node)).append(hours(ranges))), why.as_ref())
        }
        CalendarClause::Cutoff(time) => key("cutoff", text(time.node.as_str())),
        CalendarClause::Covers(from, to) => key("covers", text(period(from, to.as_ref()))),
        CalendarClause::Note(note) => prose(KEY, "note", note),
    }
}

fn zone_row<'a>(zone: &WordValue, source: Source<'a>) -> Row<'a> {
    key("zone", text(known(zone, |zone| source.as_quoted(zone))))
}

fn titled<'a>(row: Row<'a>, title: Option<&Word>) -> Row<'a> {
    match title {
        Some(title) => row.cell(text(quoted(&title.node))),
        None => row,
    }
}

fn period(from: &Word, to: Option<&Word>) -> String {
    match to {
        Some(to) => format!("{} to {}", from.node, to.node),
        None => from.node.clone(),
    }
}

fn hours<'a>(ranges: &[TimeRange]) -> crate::syntax::format::words::Doc<'a> {
    list(ranges.iter().map(|r| format!("{}-{}", r.from.node, r.to.node)))
}

/// `mon-fri`, `sat`.
fn day_range(range: WeekdayRange) -> String {
    if range.from == range.to {
        short(range.from)
    } else {
        format!("{}-{}", short(range.from), short(range.to))
    }
}

/// `mon`.
fn short(day: Weekday) -> String {
    day.name().to_lowercase().chars().take(3).collect()
}
