//! Times and shares that prose promises: `within 24 hours`, `at least 95%`.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::text::Folded;
use crate::model::{Duration, Unit};

/// A time said in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How many.
    amount: Decimal,
    /// `business`, `calendar`, or neither.
    clock: Clock,
    base: Base,
    /// Where it stands in the text.
    pub part: Range<usize>,
    /// Whether the part begins with the words before the time, as in `by the next business day`.
    pub with_phrase: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Unsaid,
    Business,
    Calendar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

impl Said {
    /// Whether somebody who states this limit can mean that time. Who leaves out `business` or `calendar` can mean either.
    pub fn agrees(&self, limit: Duration) -> bool {
        let (base, clock) = match limit.unit {
            Unit::Minutes => (Base::Minutes, Clock::Calendar),
            Unit::Hours => (Base::Hours, Clock::Calendar),
            Unit::BusinessMinutes => (Base::Minutes, Clock::Business),
            Unit::BusinessHours => (Base::Hours, Clock::Business),
            Unit::BusinessDays => (Base::Days, Clock::Business),
            Unit::CalendarDays => (Base::Days, Clock::Calendar),
            Unit::Weeks => (Base::Weeks, Clock::Calendar),
            Unit::Months => (Base::Months, Clock::Calendar),
        };
        let same_clock = self.clock == Clock::Unsaid || self.clock == clock;
        // A working week is a week to whoever says so.
        let week = if clock == Clock::Business { 5 } else { 7 };
        let in_base = |amount: Decimal, base: Base| match base {
            Base::Minutes => (0, Some(amount)),
            Base::Hours => (0, amount.checked_mul(60.into())),
            Base::Days => (1, Some(amount)),
            Base::Weeks => (1, amount.checked_mul(week.into())),
            Base::Months => (2, Some(amount)),
        };
        same_clock && in_base(self.amount, self.base) == in_base(limit.amount, base)
    }

    /// The limit that it would be in a clause, if it can only be one.
    pub fn duration(&self) -> Option<Duration> {
        let unit = match (self.base, self.clock) {
            (Base::Minutes, Clock::Unsaid) => Unit::Minutes,
            (Base::Minutes, Clock::Business) => Unit::BusinessMinutes,
            (Base::Hours, Clock::Unsaid) => Unit::Hours,
            (Base::Hours, Clock::Business) => Unit::BusinessHours,
            (Base::Days, Clock::Business) => Unit::BusinessDays,
            (Base::Days, Clock::Calendar) => Unit::CalendarDays,
            (Base::Weeks, Clock::Unsaid) => Unit::Weeks,
            (Base::Months, Clock::Unsaid) => Unit::Months,
            _ => return None,
        };
        Some(Duration { amount: self.amount, unit })
    }
}

/// The words before a time that make it a limit.
const LIMITS: [&str; 12] = [
    "within",
    "inside",
    "in under",
    "in less than",
    "in at most",
    "no later than",
    "not later than",
    "at most",
    "no more than",
    "not more than",
    "a maximum of",
    "in no more than",
];

/// The words before the next business day that make it a limit.
const NEXT: [&str; 4] = ["by the", "by the end of the", "no later than the", "not later than the"];

/// The words before a share that make it a promise.
const BOUNDS: [&str; 8] = [
    "at least",
    "at most",
    "no less than",
    "not less than",
    "no more than",
    "more than",
    "less than",
    "a target of",
];

/// The limits that a text states.
pub fn limits(text: &str) -> Vec<Said> {
    let read = |folded: &str, words: &[Range<usize>]| {
        let (said, taken) = time(folded, words)?;
        Some((said, words[taken - 1].end))
    };
    let mut out: Vec<Said> =
        behind(text, &LIMITS, read).into_iter().map(|(said, part)| Said { part, ..said }).collect();
    out.extend(next_days(text));
    out.sort_by_key(|said| said.part.start);
    out
}

/// `by the next business day`: a limit of one.
fn next_days(text: &str) -> impl Iterator<Item = Said> {
    let read = |folded: &str, words: &[Range<usize>]| {
        let word = |at: usize| Some(folded[words.get(at)?.clone()].to_ascii_lowercase());
        let is_day = matches!(word(1)?.as_str(), "business" | "working") && word(2)? == "day";
        (word(0)? == "next" && is_day).then(|| ((), words[2].end))
    };
    let day = |(phrase, part): (&str, Range<usize>)| Said {
        amount: Decimal::ONE,
        clock: Clock::Business,
        base: Base::Days,
        part: part.start - phrase.len() - 1..part.end,
        with_phrase: true,
    };
    let found = NEXT.iter().flat_map(|phrase| {
        let after = behind(text, &[phrase], read);
        after.into_iter().map(move |((), part)| (*phrase, part)).collect::<Vec<_>>()
    });
    let plain = |(phrase, part): &(&str, Range<usize>)| {
        part.start
            .checked_sub(phrase.len() + 1)
            .and_then(|at| text.get(at..part.start))
            .is_some_and(|before| before.trim_end().eq_ignore_ascii_case(phrase))
    };
    found.filter(plain).map(day).collect::<Vec<_>>().into_iter()
}

/// So many items, or so many times, that a text promises: the number, the word behind it, and where both stand.
pub fn counts(text: &str) -> Vec<(u64, String, Range<usize>)> {
    let read = |folded: &str, words: &[Range<usize>]| {
        let (number, of) = (words.first()?, words.get(1)?);
        let together = folded[number.end..of.start] == *" ";
        let count = number_of(&folded[number.clone()].to_ascii_lowercase())?.to_u64()?;
        together.then(|| ((count, folded[of.clone()].to_lowercase()), of.end))
    };
    let at_least = ["at least", "no less than", "not less than", "no fewer than", "a minimum of"];
    behind(text, &at_least, read).into_iter().map(|((count, of), part)| (count, of, part)).collect()
}

/// The shares that a text states, in per cent, each with its place.
pub fn shares(text: &str) -> Vec<(Decimal, Range<usize>)> {
    behind(text, &BOUNDS, |folded, words| {
        let number = words.first()?.clone();
        let percent = number_of(&folded[number.clone()])?;
        folded[number.end..].starts_with('%').then_some((percent, number.end + 1))
    })
}

/// What `read` reads behind one of some phrases: it is given the text, and its words from each on, and says where what it
/// read ends. Nothing in code, quotes and addresses.
fn behind<T>(
    text: &str,
    phrases: &[&str],
    read: impl Fn(&str, &[Range<usize>]) -> Option<(T, usize)>,
) -> Vec<(T, Range<usize>)> {
    let folded = Folded::new(text);
    let skipped = folded.skipped();
    let words = words(&folded.text);
    let mut out = Vec::new();
    for at in 0..words.len() {
        let Some((found, end)) = read(&folded.text, &words[at..]) else { continue };
        let start = words[at].start;
        let before = folded.text[..start].trim_end().to_ascii_lowercase();
        let hidden = skipped.iter().any(|s| s.start < end && start < s.end);
        if !hidden && phrases.iter().any(|phrase| ends_in_words(&before, phrase)) {
            out.push((found, folded.at(start)..folded.at(end)));
        }
    }
    out
}

fn ends_in_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// The words of a text, without the signs around them. `24-hour` is two words, `24h` too.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut kind = Kind::Other;
    for (at, c) in text.char_indices() {
        let next = match c {
            '0'..='9' => Kind::Digit,
            // A point or comma inside a number.
            '.' | ',' if kind == Kind::Digit && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => {
                Kind::Digit
            }
            c if c.is_alphabetic() => Kind::Letter,
            _ => Kind::Other,
        };
        match (out.last_mut(), next) {
            (_, Kind::Other) => {}
            (Some(word), next) if next == kind => word.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
        kind = next;
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Other,
}

/// The time that some words begin with, and how many words it takes.
fn time(text: &str, words: &[Range<usize>]) -> Option<(Said, usize)> {
    let word = |at: usize| words.get(at).map(|part| text[part.clone()].to_ascii_lowercase());
    // Words of one time stand side by side.
    let beside = |at: usize| matches!(&text[words[at - 1].end..words[at].start], "" | " " | "-");
    let amount = number_of(&word(0)?)?;
    let (clock, taken) = match word(1)?.as_str() {
        "business" | "working" | "work" | "open" => (Clock::Business, 2),
        "calendar" => (Clock::Calendar, 2),
        _ => (Clock::Unsaid, 1),
    };
    let base = match word(taken)?.as_str() {
        "minute" | "minutes" | "min" | "mins" => Base::Minutes,
        "hour" | "hours" | "hr" | "hrs" | "h" => Base::Hours,
        "day" | "days" => Base::Days,
        "week" | "weeks" => Base::Weeks,
        "month" | "months" => Base::Months,
        _ => return None,
    };
    let together = (1..=taken).all(beside);
    let said = Said { amount, clock, base, part: 0..0, with_phrase: false };
    together.then_some((said, taken + 1))
}

fn number_of(word: &str) -> Option<Decimal> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(Decimal::ONE);
    }
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(Decimal::from(at));
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    word.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<&str> {
        limits(text).into_iter().map(|said| &text[said.part]).collect()
    }

    fn agrees(text: &str, amount: i64, unit: Unit) -> bool {
        let limit = Duration { amount: amount.into(), unit };
        limits(&format!("within {text}"))[0].agrees(limit)
    }

    #[test]
    fn limits_are_found_and_other_times_are_not() {
        assert_eq!(
            said("Called within 24 hours, or at most 2 business days later."),
            ["24 hours", "2 business days"]
        );
        assert_eq!(
            said("within one working\nday; within 1,000 minutes; within 24h"),
            ["one working\nday", "1,000 minutes", "24h"]
        );
        assert_eq!(
            said("Open 24 hours. After 3 days. Within reach of 2 days. `within 2 days` \"within 3 days\""),
            [""; 0]
        );
        assert_eq!(said("within 4, hours; within 2 of 3 days"), [""; 0]);
        assert_eq!(said("therewithin 4 hours"), [""; 0]);
        assert_eq!(said("innerhalb, within 30 Tagen; within 5 h\u{00e9}"), [""; 0]);
    }

    #[test]
    fn the_next_business_day_is_a_limit() {
        assert_eq!(
            said("Called by the next working day. The next business day. By the next day."),
            ["by the next working day"]
        );
        assert!(
            limits("By the next business day.")[0]
                .agrees(Duration { amount: 1.into(), unit: Unit::BusinessDays })
        );
    }

    #[test]
    fn counts_have_a_word_behind_them() {
        assert_eq!(
            counts("At least 200 MQLs, at least six times; at least 5%, at least 7, in all; 9 times"),
            [(200, "mqls".into(), 9..17), (6, "times".into(), 28..37)]
        );
    }

    #[test]
    fn shares_are_found_where_they_are_bounds() {
        let said =
            |text: &'static str| -> Vec<&str> { shares(text).into_iter().map(|(_, at)| &text[at]).collect() };
        assert_eq!(said("At least 99.5% of them, or more than\n 60%."), ["99.5%", "60%"]);
        assert_eq!(said("About 5%; \"at least 6%\"; `at most 7%`; at least 8; at least 9 or 10%"), [""; 0]);
        assert_eq!(shares("at most 12.50%")[0].0, Decimal::new(125, 1));
    }

    #[test]
    fn who_leaves_out_the_clock_can_mean_either() {
        assert!(agrees("4 hours", 4, Unit::BusinessHours));
        assert!(agrees("4 hours", 240, Unit::Minutes));
        assert!(agrees("4.0 business hours", 4, Unit::BusinessHours));
        assert!(agrees("a week", 5, Unit::BusinessDays));
        assert!(agrees("1 week", 7, Unit::CalendarDays));
        assert!(!agrees("4 business hours", 4, Unit::Hours));
        assert!(!agrees("24 hours", 1, Unit::BusinessDays));
        assert!(!agrees("2 calendar days", 2, Unit::BusinessDays));
        assert!(!agrees("24 hours", 4, Unit::BusinessHours));
    }
}
