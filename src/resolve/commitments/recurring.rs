//! Duties that recur: on which days, and where it shows that they were done.

use super::Promise;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::recurrence::{DayKind, DayOfPeriod, Evidence, Occasion};
use crate::model::{
    Cadence, ClockRule, FieldType, Form, Id, Period, Record, Recurrence, Recurring, Slot, Strength, Weekday,
};
use crate::resolve::Resolver;
use crate::resolve::clauses::MISSING_CLAUSE;
use crate::resolve::condition::TYPE;
use crate::resolve::values::{DurationUse, INVALID};
use crate::source::Span;
use crate::syntax::ast::{self, DayOf, Expr, OrTbd, Reference, Spanned, Word};

/// The words of a rule, from `every` on.
fn whole_of(rule: &ast::Recurrence) -> Span {
    let mark = |mark: ast::Mark| match mark {
        ast::Mark::Present(span) => Some(span),
        ast::Mark::Absent => None,
    };
    let parts = [
        rule.occasion.as_ref().map(|occasion| occasion.span),
        rule.at.as_ref().map(|at| at.span),
        mark(rule.or_next),
        rule.from.as_ref().map(|from| from.span),
    ];
    parts.into_iter().flatten().fold(rule.every.span, Span::to)
}

impl Resolver<'_> {
    pub(super) fn recurring(
        &mut self,
        promise: &Promise<'_>,
        (object, recurrence, via): (Option<&Word>, &OrTbd<Box<ast::Recurrence>>, Option<&Reference>),
        evidence: Option<Evidence>,
        clock: &ClockRule,
    ) -> Form {
        self.only_owed(promise);
        self.one_clock(promise, clock);
        Form::Recurring(Recurring {
            object: object.map(|word| word.node.clone()),
            recurrence: self.slot(recurrence, |this, rule| this.recurrence(rule)),
            via: via.map(|name| self.find_slot(name)),
            evidence,
        })
    }

    /// What is forbidden or allowed has no days on which it is due.
    fn only_owed(&mut self, promise: &Promise<'_>) {
        let sentence = promise.sentence;
        let what = match sentence.strength {
            Strength::Must | Strength::Should => return,
            Strength::MustNot => "a prohibition",
            Strength::May => "a permission",
        };
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("{what} does not recur"))
                .at(sentence.actor.span.to(sentence.verb.span), "nothing is due here")
                .also(promise.place, "these days have no meaning")
                .help(format!(
                    "What is owed again and again says `must` or `should`: `{} must {} ..`.",
                    sentence.actor.node, sentence.verb.node.text
                )),
        );
    }

    /// There is no record that could say which clock it is.
    fn one_clock(&mut self, promise: &Promise<'_>, clock: &ClockRule) {
        let place = match clock {
            ClockRule::Role | ClockRule::Calendar(_) => return,
            ClockRule::Table(rows) => rows.first().map(|row| row.span),
            ClockRule::Member(_) => None,
        };
        self.invalid(
            place.unwrap_or(promise.place),
            "a duty that recurs has one clock".into(),
            "no record says which one",
            Some("Write `clock` with one calendar, or make a commitment of each.".into()),
        );
    }

    /// `recorded in meeting at held_on where kind = review`.
    pub(super) fn recorded(
        &mut self,
        record: &Word,
        at: &Reference,
        condition: Option<&Expr>,
        span: Span,
    ) -> Evidence {
        let found: Option<Id<Record>> = self.find(record);
        Evidence {
            record: found.map_or(Slot::Broken, Slot::Set),
            at: match at {
                OrTbd::Known(word) => self.day_or_moment_slot(found, word),
                OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
            },
            condition: condition.map(|condition| self.condition_of(found, condition)),
            span,
        }
    }

    fn recurrence(&mut self, rule: &ast::Recurrence) -> Option<Recurrence> {
        let every = self.cadence(&rule.every.node);
        let occasion = match &rule.occasion {
            Some(occasion) => every.and_then(|every| self.occasion(rule, every.period, occasion)),
            None => Some(Occasion::Whole),
        };
        let at = rule.at.as_ref().map(|word| self.time(word));
        let from = rule.from.as_ref().map(|word| self.date(word));
        let (every, occasion) = (every?, occasion?);
        let mut whole = self.begins_somewhere(rule, every);
        whole &= self.business_day(rule, every);
        whole &= self.time_of_a_day(rule, every, occasion);
        whole &= self.may_be_closed(rule, occasion);
        whole.then_some(())?;
        Some(Recurrence {
            every,
            business: rule.business.is_present(),
            occasion,
            at: match at {
                Some(time) => Some(time?),
                None => None,
            },
            or_next: rule.or_next.is_present(),
            from: match from {
                Some(date) => Some(date?),
                None => None,
            },
            span: whole_of(rule),
        })
    }

    /// `every 2 weeks`: which of them?
    fn begins_somewhere(&mut self, rule: &ast::Recurrence, every: Cadence) -> bool {
        if every.count == 1 || rule.from.is_some() {
            return true;
        }
        let periods = every.period.words(crate::model::time::Plurality::Many);
        self.diagnostics.push(
            Diagnostic::error(MISSING_CLAUSE, format!("`{every}` does not say which {periods}"))
                .at(rule.every.span, "counted from when?")
                .help(format!("Add the day from which they are counted: `{every} .. from 2026-01-05`.")),
        );
        false
    }

    /// `every business day`, and no business weeks.
    fn business_day(&mut self, rule: &ast::Recurrence, every: Cadence) -> bool {
        let ast::Mark::Present(span) = rule.business else { return true };
        if every.period == Period::Day && every.count == 1 {
            return true;
        }
        let help = "Write `every business day`, or leave `business` out.";
        let message = format!("there is no business {}", every.period);
        let message = if every.period == Period::Day {
            "business days are not counted from one to another".into()
        } else {
            message
        };
        self.invalid(span, message, "only of days", Some(help.into()));
        false
    }

    /// `at 10:00` needs a day.
    fn time_of_a_day(&mut self, rule: &ast::Recurrence, every: Cadence, occasion: Occasion) -> bool {
        let Some(at) = &rule.at else { return true };
        let has_day = match occasion {
            Occasion::On(_) | Occasion::By(_) => true,
            Occasion::Whole => every.period == Period::Day,
            Occasion::AfterEnd(_) => false,
        };
        if !has_day {
            let text = format!("`at {}` does not say on which day", at.node);
            let help = "Name the day, such as `on the 1st monday` or `by the last business day`.";
            self.invalid(at.span, text, "on which day?", Some(help.into()));
        }
        has_day
    }

    /// `or the next business day` for a day that is never closed.
    fn may_be_closed(&mut self, rule: &ast::Recurrence, occasion: Occasion) -> bool {
        let ast::Mark::Present(span) = rule.or_next else { return true };
        let why = match occasion {
            Occasion::AfterEnd(_) | Occasion::Whole => "no single day",
            Occasion::On(day) | Occasion::By(day) if day.of == DayKind::Business => "it is one already",
            Occasion::On(_) | Occasion::By(_) => return true,
        };
        let help = "Leave it out.";
        self.invalid(span, "`or the next business day` has no meaning here".into(), why, Some(help.into()));
        false
    }

    fn occasion(
        &mut self,
        rule: &ast::Recurrence,
        period: Period,
        occasion: &Spanned<ast::Occasion>,
    ) -> Option<Occasion> {
        match &occasion.node {
            ast::Occasion::On(day) => self.day_of(rule, period, day, occasion.span).map(Occasion::On),
            ast::Occasion::By(day) => self.day_of(rule, period, day, occasion.span).map(Occasion::By),
            ast::Occasion::AfterEnd(time) => {
                let OrTbd::Known(time) = time else {
                    let help = "Leave the whole open: `every .. tbd` is written `tbd \"how often\"`.";
                    self.invalid(
                        occasion.span,
                        "this time cannot be left open alone".into(),
                        "still open",
                        Some(help.into()),
                    );
                    return None;
                };
                self.duration(time, DurationUse::Duty).map(Occasion::AfterEnd)
            }
        }
    }

    fn day_of(
        &mut self,
        rule: &ast::Recurrence,
        period: Period,
        day: &DayOf,
        span: Span,
    ) -> Option<DayOfPeriod> {
        if period == Period::Day {
            let help = "Write `every week on monday`, or `every business day` with a time: `at 09:00`.";
            self.invalid(span, "a day has no days of its own".into(), "of which day?", Some(help.into()));
            return None;
        }
        match day {
            DayOf::Weekday(weekday) if period == Period::Week => {
                Some(DayOfPeriod { nth: Some(1), of: DayKind::Weekday(*weekday) })
            }
            DayOf::Weekday(weekday) => {
                self.which_weekday(*weekday, period, span);
                None
            }
            DayOf::Number(word) => {
                let nth = self.place_in(period, DayKind::Any, word)?;
                Some(DayOfPeriod { nth: Some(nth), of: DayKind::Any })
            }
            DayOf::The(nth, kind) => {
                let of = match kind {
                    ast::DayKind::Any => DayKind::Any,
                    ast::DayKind::Business => DayKind::Business,
                    ast::DayKind::Weekday(weekday) => DayKind::Weekday(*weekday),
                };
                if let (DayKind::Weekday(weekday), Period::Week) = (of, period) {
                    self.only_weekday(rule, weekday, span);
                    return None;
                }
                let nth = match nth {
                    Some(word) => {
                        let digits = word.node.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                        let number = Word::new(digits.to_owned(), word.span);
                        Some(self.place_in(period, of, &number)?)
                    }
                    None => None,
                };
                Some(DayOfPeriod { nth, of })
            }
        }
    }

    /// The number of a day that a period can have. A weekday must be one that every period has.
    fn place_in(&mut self, period: Period, of: DayKind, word: &Word) -> Option<u16> {
        let number = self.count(word)?;
        let most: u32 = match (of, period) {
            (DayKind::Any | DayKind::Business, Period::Week) => 7,
            (DayKind::Any | DayKind::Business, Period::Month) => 31,
            (DayKind::Any | DayKind::Business, Period::Quarter) => 92,
            (DayKind::Any | DayKind::Business, Period::Year) => 366,
            (DayKind::Weekday(_), Period::Month) => 4,
            (DayKind::Weekday(_), Period::Quarter) => 12,
            (DayKind::Weekday(_), Period::Year) => 52,
            (_, Period::Day) | (DayKind::Weekday(_), Period::Week) => 1,
        };
        if number <= most {
            return u16::try_from(number).ok();
        }
        let ordinal = |n: u32| crate::model::words::ordinal(u16::try_from(n).unwrap_or(u16::MAX));
        let out = match of {
            DayKind::Weekday(weekday) => Diagnostic::error(
                INVALID,
                format!("not every {period} has a {} {}", ordinal(number), weekday.name()),
            )
            .at(word.span, format!("at most {}", ordinal(most)))
            .help(format!("For the last one write `the last {}`.", weekday.name().to_lowercase())),
            DayKind::Any | DayKind::Business => {
                Diagnostic::error(INVALID, format!("no {period} has a {} day", ordinal(number)))
                    .at(word.span, format!("at most {most}"))
                    .help("For the last one write `the last day` or `the last business day`.")
            }
        };
        self.diagnostics.push(out);
        None
    }

    /// `every month on monday`.
    fn which_weekday(&mut self, weekday: Weekday, period: Period, span: Span) {
        let day = weekday.name().to_lowercase();
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("a {period} has several {}s", weekday.name()))
                .at(span, "which of them?")
                .help(format!("Write `the 1st {day}` or `the last {day}`, or `every week on {day}`.")),
        );
    }

    /// `every week on the 1st monday`.
    fn only_weekday(&mut self, rule: &ast::Recurrence, weekday: Weekday, span: Span) {
        let day = weekday.name().to_lowercase();
        let word = match rule.occasion.as_ref().map(|occasion| &occasion.node) {
            Some(ast::Occasion::By(_)) => "by",
            _ => "on",
        };
        let right = format!("{word} {day}");
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("a week has one {}", weekday.name()))
                .at(span, format!("write `{right}`"))
                .fix(format!("write `{right}`"), Applicability::Suggested, span, right),
        );
    }

    /// A child that counts as an attempt needs a moment: a day alone does not say which one was the last in time.
    pub(super) fn moment_of_attempts(
        &mut self,
        child: Id<Record>,
        asked: Span,
    ) -> Option<Id<crate::model::Field>> {
        let at = self.happened_at(child, asked)?;
        let field = &self.records[child].fields[at];
        if field.ty == FieldType::DateTime {
            return Some(at);
        }
        let (field, record) = (field.name.clone(), self.records[child].head.name.clone());
        self.diagnostics.push(
            Diagnostic::error(TYPE, format!("`{record}` happens on a date, but attempts count by the moment"))
                .at(asked, "when on that day?")
                .also(field.span, "a date has no time of day")
                .help(format!(
                    "Let `{record}` say `happens at` with a field of type `datetime`; without a time nobody can tell whether it came before the deadline."
                )),
        );
        None
    }
}
