//! Numbers, dates, durations: from the author's spelling to values.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Resolver;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::record::Currency;
use crate::model::{Cadence, Date, Duration, LocalDateTime, Slot, TimeOfDay, Unit, Zone};
use crate::source::Span;
use crate::syntax::ast::{self, OrTbd, TimeWord, UnitKind, Word, WordValue};
use crate::worktime::{self, TimeZone};

/// Rule: a value that cannot be, such as 30 February.
pub(super) const INVALID: &str = "invalid-value";
/// Rule: `days` without saying which.
pub(super) const BARE_DAYS: &str = "bare-days";
/// Rule: units that do not go together.
pub(super) const UNIT: &str = "unit-mismatch";

/// Digits a number may have: what every database and the CRM hold exactly.
const MAX_DIGITS: usize = 15;
/// Decimal places a number may have.
const MAX_PLACES: u32 = 6;
/// The longest duration, in years: far beyond any promise, and small enough to compute with.
const MAX_YEARS: i64 = 20;

/// Letters that people write for a zone, the places they may mean, and what is wrong with them. The database of zones
/// has some of them, without daylight saving or for what is no place at all.
const SHORT_ZONES: [(&str, &[&str], &str); 22] = [
    ("EST", &["America/New_York"], "five hours behind UTC all year round, without daylight saving"),
    ("EDT", &["America/New_York"], "the summer half of a zone"),
    ("ET", &["America/New_York"], "no zone of that name"),
    ("EST5EDT", &["America/New_York"], "no place, only a rule"),
    ("CST", &["America/Chicago", "Asia/Shanghai"], "Central time in America, or China's"),
    ("CDT", &["America/Chicago"], "the summer half of a zone"),
    ("CT", &["America/Chicago"], "no zone of that name"),
    ("CST6CDT", &["America/Chicago"], "no place, only a rule"),
    ("MST", &["America/Denver", "America/Phoenix"], "seven hours behind UTC all year round, as in Arizona"),
    ("MDT", &["America/Denver"], "the summer half of a zone"),
    ("MT", &["America/Denver", "America/Phoenix"], "no zone of that name"),
    ("MST7MDT", &["America/Denver"], "no place, only a rule"),
    ("PST", &["America/Los_Angeles"], "the winter half of a zone"),
    ("PDT", &["America/Los_Angeles"], "the summer half of a zone"),
    ("PT", &["America/Los_Angeles"], "no zone of that name"),
    ("PST8PDT", &["America/Los_Angeles"], "no place, only a rule"),
    ("HST", &["Pacific/Honolulu"], "no place, only a rule"),
    ("BST", &["Europe/London"], "the summer half of a zone"),
    ("IST", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"], "India's time, Ireland's or Israel's"),
    ("CET", &["Europe/Berlin", "Europe/Paris"], "no place, only a rule"),
    ("CEST", &["Europe/Berlin", "Europe/Paris"], "the summer half of a zone"),
    ("EET", &["Europe/Helsinki", "Europe/Athens"], "no place, only a rule"),
];

const TIMES: &str = "Times of day go from `00:00` to `24:00`.";

/// Where a duration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DurationUse {
    /// In a duty: a bare `days` is an error, business time runs by the calendar of the role.
    Duty,
    /// In a condition: there is no calendar, so `days` can only be calendar days and business time has no meaning.
    Condition,
}

impl Resolver<'_> {
    pub(super) fn invalid(&mut self, span: Span, message: String, label: &str, help: Option<String>) {
        let mut out = Diagnostic::error(INVALID, message).at(span, label);
        out.help = help;
        self.diagnostics.push(out);
    }

    /// A value that may be `tbd`; `read` returns `None` after it has reported what is wrong.
    pub(super) fn slot<A, T>(
        &mut self,
        value: &OrTbd<A>,
        read: impl FnOnce(&mut Self, &A) -> Option<T>,
    ) -> Slot<T> {
        match value {
            OrTbd::Known(known) => read(self, known).map_or(Slot::Broken, Slot::Set),
            OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
        }
    }

    /// `1_000`, `10k`, `2.5M`, `-5`.
    pub(super) fn number(&mut self, text: &str, span: Span) -> Option<Decimal> {
        let value = parse_number(text);
        let too_long = |v: &Decimal| {
            v.scale() > MAX_PLACES || v.mantissa().unsigned_abs().to_string().len() > MAX_DIGITS
        };
        if let Some(value) = value
            && !too_long(&value)
        {
            return Some(value);
        }
        self.invalid(
            span,
            format!("`{text}` has more digits than can be computed with exactly"),
            "too many digits",
            Some(format!("Use at most {MAX_DIGITS} digits, {MAX_PLACES} of them behind the point.")),
        );
        None
    }

    /// A whole number from 0.
    pub(super) fn whole(&mut self, word: &Word) -> Option<u64> {
        let value = self.number(&word.node, word.span)?;
        if value.fract().is_zero()
            && let Some(whole) = value.to_u64()
        {
            return Some(whole);
        }
        self.invalid(
            word.span,
            format!("`{}` is not a whole number", word.node),
            "a whole number is needed",
            Some("Write a number without a decimal point.".into()),
        );
        None
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, word: &Word) -> Option<u32> {
        let value = self.whole(word)?;
        match u32::try_from(value) {
            Ok(0) => {
                self.invalid(
                    word.span,
                    "this must be at least 1".into(),
                    "nothing at all",
                    Some("Write a whole number from 1, or leave the clause out.".into()),
                );
                None
            }
            Ok(count) if count <= 1_000_000 => Some(count),
            _ => {
                self.invalid(
                    word.span,
                    format!("`{}` is too large", word.node),
                    "at most 1,000,000",
                    Some("Write a smaller number.".into()),
                );
                None
            }
        }
    }

    /// `95%`, from 0 to 100.
    pub(super) fn share(&mut self, word: &Word) -> Option<Decimal> {
        let value = self.percent(&word.node, word.span)?;
        if value > Decimal::ONE_HUNDRED {
            self.invalid(
                word.span,
                format!("`{}` is more than all of it", word.node),
                "at most 100%",
                Some("Write a share from 0% to 100%.".into()),
            );
            return None;
        }
        Some(value)
    }

    /// `95%`, as the number 95.
    pub(super) fn percent(&mut self, text: &str, span: Span) -> Option<Decimal> {
        self.number(text.trim_end_matches('%').trim_end(), span)
    }

    /// `$4M`, `EUR 2.5M`.
    pub(super) fn money(&mut self, text: &str, span: Span) -> Option<(Decimal, Currency)> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let symbol = rest.chars().next()?;
        let (code, amount) = match symbol {
            '$' => ("USD", &rest[1..]),
            '€' => ("EUR", &rest['€'.len_utf8()..]),
            '£' => ("GBP", &rest['£'.len_utf8()..]),
            _ => rest.split_at_checked(3)?,
        };
        let amount = self.number(&format!("{sign}{}", amount.trim()), span)?;
        Some((amount, Currency(code.to_owned())))
    }

    /// `2026-03-31`.
    pub(super) fn date(&mut self, word: &Word) -> Option<Date> {
        let mut parts = word.node.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        let (month, day): (u8, u8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let date = worktime::civil::date(year, month, day);
        if date.is_none() {
            let help = if (1..=12).contains(&month) && (1..=31).contains(&day) {
                let last = (28..=31).rev().find(|d| worktime::civil::date(year, month, *d).is_some());
                last.map(|last| format!("That month has {last} days."))
            } else {
                Some("A date is written year, month, day: `2026-03-31`.".to_owned())
            };
            self.invalid(word.span, format!("there is no day {}", word.node), "not in the calendar", help);
        }
        date
    }

    /// `2026-03-06 17:55`.
    pub(super) fn date_time(&mut self, word: &Word) -> Option<LocalDateTime> {
        let (date, time) = word.node.split_once([' ', 'T'])?;
        let date = self.date(&Word::new(date.to_owned(), word.span))?;
        let parts: Vec<u32> = time.trim().split(':').filter_map(|p| p.parse().ok()).collect();
        let (hour, minute, second) = match parts[..] {
            [hour, minute] => (hour, minute, 0),
            [hour, minute, second] => (hour, minute, second),
            _ => return None,
        };
        let seconds = hour * 3600 + minute * 60 + second;
        if minute > 59 || second > 59 || seconds > 86_400 {
            self.invalid(
                word.span,
                format!("there is no time {}", time.trim()),
                "not a time of day",
                Some(TIMES.into()),
            );
            return None;
        }
        Some(LocalDateTime { date, seconds })
    }

    /// `09:00`.
    pub(super) fn time(&mut self, word: &Word) -> Option<TimeOfDay> {
        let (hour, minute) = word.node.split_once(':')?;
        let time = TimeOfDay::new(hour.parse().ok()?, minute.parse().ok()?);
        if time.is_none() {
            self.invalid(
                word.span,
                format!("there is no time {}", word.node),
                "not a time of day",
                Some(TIMES.into()),
            );
        }
        time
    }

    /// An IANA time zone.
    pub(super) fn zone(&mut self, word: &Word) -> Option<Zone> {
        if let Some((_, places, why)) = SHORT_ZONES.iter().find(|(short, ..)| *short == word.node) {
            self.short_zone(word, places, why);
            return None;
        }
        let zone = TimeZone::find(&word.node).map(|z| Zone(z.name().to_owned()));
        if zone.is_none() {
            let near = self.suggest(&word.node, TimeZone::names());
            let out = Diagnostic::error(INVALID, format!("there is no time zone `{}`", word.node));
            let out = match near {
                Some(near) => out.at(word.span, format!("did you mean `{near}`?")).fix(
                    format!("write `{near}`"),
                    Applicability::Suggested,
                    word.span,
                    near,
                ),
                None => out
                    .at(word.span, "not known")
                    .help("Zones are named after a place, such as `America/New_York` or `Europe/Berlin`."),
            };
            self.diagnostics.push(out);
        }
        zone
    }

    /// Letters that people take for a zone and that are none, or another one than they think.
    fn short_zone(&mut self, word: &Word, places: &[&str], why: &str) {
        let mut out = Diagnostic::error(
            INVALID,
            format!("`{}` does not say which place's time is meant", word.node),
        )
        .at(word.span, why)
        .note("Only a place says when its clocks change; an hour too many or too few moves every deadline.")
        .help(format!("Name a place, such as {}.", crate::diagnostic::names(places, "or")));
        for place in places {
            out = out.fix(format!("write `{place}`"), Applicability::Suggested, word.span, *place);
        }
        self.diagnostics.push(out);
    }

    pub(super) fn cadence(&mut self, cadence: &ast::Cadence) -> Option<Cadence> {
        let count = match &cadence.count {
            Some(word) => self.count(word)?,
            None => 1,
        };
        Some(Cadence { count, period: cadence.period.node })
    }

    pub(super) fn duration_slot(&mut self, value: &ast::DurationValue, place: DurationUse) -> Slot<Duration> {
        self.slot(value, |this, duration| this.duration(duration, place))
    }

    pub(super) fn duration(
        &mut self,
        duration: &ast::Spanned<ast::Duration>,
        place: DurationUse,
    ) -> Option<Duration> {
        let words = duration.node.unit;
        let unit = self.unit(duration, place)?;
        let amount = self.number(&duration.node.amount.node, duration.node.amount.span)?;
        if amount.is_zero() || amount.is_sign_negative() {
            self.invalid(
                duration.span,
                "a time must be longer than nothing".into(),
                "no time at all",
                Some("Write the time that was agreed, or `tbd` if it is still open.".into()),
            );
            return None;
        }
        let whole = match unit.seconds() {
            Some(seconds) => (amount * Decimal::from(seconds)).fract().is_zero(),
            None => amount.fract().is_zero(),
        };
        if !whole {
            let help = match unit.seconds() {
                Some(_) => "It must come to whole seconds.",
                None => "Use hours for a part of a day.",
            };
            self.invalid(
                duration.span,
                format!("{} cannot be divided like this", unit.words(crate::model::time::Plurality::Many)),
                "not a whole amount",
                Some(help.into()),
            );
            return None;
        }
        if amount > Decimal::from(longest(unit)) {
            self.invalid(
                words.span.to(duration.span),
                format!("this is longer than {MAX_YEARS} years"),
                "too long",
                Some("Write a shorter time.".into()),
            );
            return None;
        }
        Some(Duration { amount, unit })
    }

    fn unit(&mut self, duration: &ast::Spanned<ast::Duration>, place: DurationUse) -> Option<Unit> {
        use TimeWord as T;
        let ast::Spanned { node: words, span } = duration.node.unit;
        let unit = match (words.of, words.base) {
            (UnitKind::Plain, T::Minutes) => Unit::Minutes,
            (UnitKind::Plain, T::Hours) => Unit::Hours,
            (UnitKind::Plain | UnitKind::Calendar, T::Weeks) => Unit::Weeks,
            (UnitKind::Plain | UnitKind::Calendar, T::Months) => Unit::Months,
            (UnitKind::Calendar, T::Days) => Unit::CalendarDays,
            (UnitKind::Plain, T::Days) if place == DurationUse::Condition => Unit::CalendarDays,
            (UnitKind::Plain, T::Days) => {
                self.bare_days(duration);
                return None;
            }
            (UnitKind::Business, T::Minutes) => Unit::BusinessMinutes,
            (UnitKind::Business, T::Hours) => Unit::BusinessHours,
            (UnitKind::Business, T::Days) => Unit::BusinessDays,
            (UnitKind::Calendar, T::Minutes | T::Hours) => {
                let base = if words.base == T::Hours { "hours" } else { "minutes" };
                self.diagnostics.push(
                    Diagnostic::error(INVALID, format!("there are no calendar {base}"))
                        .at(span, "here")
                        .help(format!(
                            "`{base}` run on the wall clock, `business {base}` while the team is at work."
                        ))
                        .fix(format!("write `{base}`"), Applicability::Suggested, span, base),
                );
                return None;
            }
            (UnitKind::Business, T::Weeks | T::Months) => {
                let base = if words.base == T::Weeks { "weeks" } else { "months" };
                self.invalid(
                    span,
                    format!("there are no business {base}"),
                    "here",
                    Some(format!("Count `business days`, or write `{base}` for calendar {base}.")),
                );
                return None;
            }
        };
        if place == DurationUse::Condition && unit.is_business() {
            self.diagnostics.push(
                Diagnostic::error(UNIT, "business time has no meaning in a condition")
                    .at(span, "whose working hours?")
                    .note("Business time runs by the calendar of the role that owes a duty. A condition belongs to no role.")
                    .help("Use `hours` or `calendar days` here, or make it a commitment."),
            );
            return None;
        }
        Some(unit)
    }

    fn bare_days(&mut self, duration: &ast::Spanned<ast::Duration>) {
        let amount = &duration.node.amount.node;
        let span = duration.node.unit.span;
        let s = if amount == "1" { "" } else { "s" };
        let mut out = Diagnostic::error(BARE_DAYS, format!("`{amount} day{s}` can be read in two ways"))
            .at(span, "business days or calendar days?")
            .note(both_readings(amount))
            .help(format!("Write `{amount} business day{s}` or `{amount} calendar day{s}`."));
        for words in ["business", "calendar"] {
            let text = format!("{words} day{s}");
            out = out.fix(format!("write `{amount} {text}`"), Applicability::Suggested, span, text);
        }
        self.diagnostics.push(out);
    }

    /// A share, a count or the like that may be `tbd`.
    pub(super) fn share_slot(&mut self, value: &WordValue) -> Slot<Decimal> {
        self.slot(value, Self::share)
    }

    pub(super) fn date_slot(&mut self, value: &WordValue) -> Slot<Date> {
        self.slot(value, Self::date)
    }

    pub(super) fn count_slot(&mut self, value: &WordValue) -> Slot<u32> {
        self.slot(value, Self::count)
    }
}

/// What a number of days from a Friday on comes to, read in both ways.
fn both_readings(amount: &str) -> String {
    let (amount, s, business, calendar) = match amount {
        "1" => ("1", "", "Monday", "Saturday"),
        "3" => ("3", "s", "Wednesday", "Monday"),
        "4" => ("4", "s", "Thursday", "Tuesday"),
        // Of others the difference is the same; two show it best.
        _ => ("2", "s", "Tuesday", "Sunday"),
    };
    let end = if s.is_empty() { "ends" } else { "end" };
    format!(
        "From a Friday, {amount} business day{s} {end} on {business}; {amount} calendar day{s} {end} on {calendar} night."
    )
}

/// The largest amount of a unit.
fn longest(unit: Unit) -> i64 {
    match unit {
        Unit::Minutes | Unit::BusinessMinutes => MAX_YEARS * 366 * 24 * 60,
        Unit::Hours | Unit::BusinessHours => MAX_YEARS * 366 * 24,
        Unit::BusinessDays | Unit::CalendarDays => MAX_YEARS * 366,
        Unit::Weeks => MAX_YEARS * 53,
        Unit::Months => MAX_YEARS * 12,
    }
}

/// The value of a number as written. `None` if it is beyond what a `Decimal` holds.
fn parse_number(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| *c != '_').collect();
    let (digits, factor) = match plain.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => match plain.strip_suffix('M') {
            Some(digits) => (digits, 1_000_000),
            None => (plain.as_str(), 1),
        },
    };
    let value = Decimal::from_str_exact(digits).ok()?;
    value.checked_mul(Decimal::from(factor)).map(|v| v.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let read = |t: &str| parse_number(t).map(|d| d.to_string());
        assert_eq!(read("1_000").as_deref(), Some("1000"));
        assert_eq!(read("10k").as_deref(), Some("10000"));
        assert_eq!(read("2.5M").as_deref(), Some("2500000"));
        assert_eq!(read("-5").as_deref(), Some("-5"));
        assert_eq!(read("0.10").as_deref(), Some("0.1"));
        assert_eq!(read(&"9".repeat(60)), None);
    }
}
