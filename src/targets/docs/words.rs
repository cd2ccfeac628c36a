//! Small words: plurals, articles, numbers, lengths of time.

use super::document::{Inline, Say, Text};
use crate::model::commitment::Aim;
use crate::model::time::Plurality;
use crate::model::words::ordinal;
use crate::model::{Cadence, Date, Duration, Period, Slot};
use crate::worktime::{Day, words as time};

pub use crate::model::words::{article, money, number, percent};

/// Prepositions after which a title goes on describing its noun: `Leads in onboarding`.
const LINKS: [&str; 14] = [
    " in ",
    " of ",
    " with ",
    " without ",
    " from ",
    " for ",
    " on ",
    " at ",
    " by ",
    " to ",
    " that ",
    " who ",
    " which ",
    " under ",
];

/// The plural of a title: `Marketing-qualified leads`, `Opportunities`, `Leads in onboarding`.
pub fn plural(title: &str) -> String {
    let noun_end = LINKS.iter().filter_map(|link| title.find(link)).min().unwrap_or(title.len());
    let (noun, rest) = title.split_at(noun_end);
    format!("{}{rest}", plural_noun(noun))
}

fn plural_noun(noun: &str) -> String {
    let lower = noun.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|e| lower.ends_with(e));
    if !lower.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return noun.to_owned();
    }
    if ends(&["ss", "us", "is", "x", "z", "ch", "sh"]) {
        return format!("{noun}es");
    }
    if ends(&["s"]) {
        return noun.to_owned();
    }
    if ends(&["y"]) && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        return format!("{}ies", &noun[..noun.len() - 1]);
    }
    format!("{noun}s")
}

/// `4 business hours`.
pub fn duration(duration: Duration) -> String {
    let words = duration.unit.words(Plurality::of(duration.amount));
    format!("{} {words}", number(duration.amount))
}

/// The days from `first` to `last`, each with its day of the week: `Thursday 26 to Friday 27 November 2026`.
pub fn days(first: Date, last: Date) -> String {
    if first == last {
        return time::day(first);
    }
    let weekday = |date: Date| Day::of(date).weekday().name();
    let from = match (first.year == last.year, first.month == last.month) {
        (true, true) => first.day.to_string(),
        (true, false) => format!("{} {}", first.day, time::month(first.month)),
        (false, _) => time::date(first),
    };
    format!("{} {from} to {}", weekday(first), time::day(last))
}

/// Opening hours as they are printed: `09:00–17:30`.
pub fn en_dashes(hours: &str) -> String {
    let mut out = String::with_capacity(hours.len());
    let mut chars = hours.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let between_digits = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if c == '-' && between_digits { '–' } else { c });
        before = c;
    }
    out
}

/// `1 item`, `3 items`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {}", plural(noun)) }
}

/// `every quarter`, `every 2 weeks`.
pub fn cadence(cadence: Cadence) -> String {
    cadence.to_string()
}

/// `month` or `months`.
pub fn periods(count: u32, period: Period) -> String {
    match count {
        1 => format!("1 {period}"),
        n => format!("{n} {}", period.words(Plurality::Many)),
    }
}

/// What a target aims at, in a few words.
pub fn aim(aim: &Aim) -> String {
    match aim {
        Aim::Attainment(share) => percent(*share),
        Aim::Percentile { percent: 50, under } => format!("median under {}", duration(*under)),
        Aim::Percentile { percent, under } => {
            format!("{} percentile under {}", ordinal(u16::from(*percent)), duration(*under))
        }
    }
}

/// A value in words, or what is open about it.
pub fn slot<T>(slot: &Slot<T>, words: impl FnOnce(&T) -> String) -> Text {
    match slot {
        Slot::Set(value) => vec![Inline::Plain(words(value))],
        other => vec![open(other)],
    }
}

/// What is open about a value that is not known.
pub fn open<T>(slot: &Slot<T>) -> Inline {
    match slot {
        Slot::Tbd(tbd) => Inline::Open(tbd.what.clone()),
        Slot::Set(_) | Slot::Broken => Inline::Unknown,
    }
}

/// Nothing is stated.
pub fn dash() -> Text {
    Say::new("–").end()
}

/// The first letter in upper case.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_formed() {
        for (one, many) in [
            ("Marketing-qualified lead", "Marketing-qualified leads"),
            ("Opportunity", "Opportunities"),
            ("Lead in onboarding", "Leads in onboarding"),
            ("Status", "Statuses"),
            ("Hot leads", "Hot leads"),
            ("Day", "Days"),
            ("見込み客", "見込み客"),
            ("", ""),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn articles_and_ordinals_are_formed() {
        assert_eq!(
            [article("MQL"), article("Lead"), article("opportunity"), article("")],
            ["an", "a", "an", "a"]
        );
        assert_eq!([ordinal(1), ordinal(11), ordinal(92), ordinal(95)], ["1st", "11th", "92nd", "95th"]);
    }
}
