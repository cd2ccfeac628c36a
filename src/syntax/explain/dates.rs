//! Dates, times of day and days of the week as people write them elsewhere.

use std::ops::Range;

use super::repair::{Broken, Repair};
use super::tokens::Token;
use crate::syntax::grammar::Rule;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn date(broken: &Broken<'_>, index: usize, token: &Token<'_>) -> Vec<Repair> {
    numeric_date(token).into_iter().chain(date_in_words(broken, index)).chain(month(token)).collect()
}

/// `03/06/2026`, `31.12.2026`, `2026/01/01`.
fn numeric_date(token: &Token<'_>) -> Option<Repair> {
    let parts: Vec<&str> = token.text.split(['/', '.', '-']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (place, said) = (token.range.clone(), token.text);
    if a.len() == 4 {
        return Some(dated(place, said, iso(a, b, c)?).safe());
    }
    if c.len() != 4 && c.len() != 2 {
        return None;
    }
    let year = if c.len() == 2 { format!("20{c}") } else { (*c).to_owned() };
    let (day_first, month_first) = (iso(&year, b, a), iso(&year, a, b));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one == other => Some(dated(place, said, one)),
        // A full stop is the sign of those who write the day first.
        (Some(one), _) if said.contains('.') => Some(dated(place, said, one)),
        (Some(day_first), Some(month_first)) => {
            let label = format!("{month_first} or {day_first}?");
            Some(
                Repair::replace(place.clone(), format!("`{said}` can mean two days"), month_first)
                    .or(format!("write `{day_first}`"), place, day_first)
                    .label(label)
                    .help("Write the year first, then the month, then the day."),
            )
        }
        (Some(one), None) | (None, Some(one)) => Some(dated(place, said, one)),
        (None, None) => None,
    }
}

/// `effective 2026`: a whole year.
pub(super) fn year(broken: &Broken<'_>, token: &Token<'_>) -> Option<Repair> {
    let year: u16 = token.text.parse().ok().filter(|y| (1900..=2999).contains(y))?;
    let is_term = broken.token(0).is_some_and(|t| t.text == "effective");
    let right = format!("{year}-01-01 to {year}-12-31");
    is_term
        .then(|| Repair::replace(token.range.clone(), "a term is written with its first and last day", right))
}

/// `open 09:00-17:30`: on which days?
pub(super) fn days(broken: &Broken<'_>) -> Option<Repair> {
    let hours = broken.token(broken.index())?;
    let wanted =
        broken.expected.iter().any(|r| matches!(r, Rule::weekday | Rule::weekdays | Rule::weekday_range));
    if !wanted || !hours.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = hours.range.start;
    Some(
        Repair::insert(hours.range.clone(), "the days are missing", at, "mon-fri ")
            .or("write `mon-sun`", at..at, "mon-sun ")
            .label("on which days?"),
    )
}

fn dated(place: Range<usize>, said: &str, date: String) -> Repair {
    Repair::replace(place, format!("the date `{said}` is written `{date}`"), date)
}

fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1900..=2999).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d))
        .then(|| format!("{y:04}-{m:02}-{d:02}"))
}

/// `March 3, 2026`, `3rd March 2026`, `25-Dec-2026`.
fn date_in_words(broken: &Broken<'_>, index: usize) -> Option<Repair> {
    let first = broken.token(index)?;
    if let [day, month, year] = first.text.split('-').collect::<Vec<_>>().as_slice() {
        let date = iso(year, &month_number(month)?.to_string(), ordinal(day))?;
        return Some(dated(first.range.clone(), first.text, date));
    }
    let mut parts = Vec::new();
    let mut end = first.range.end;
    let mut next = index;
    while parts.len() < 3 {
        let token = broken.token(next)?;
        next += 1;
        if token.text == "," {
            continue;
        }
        end = token.range.end;
        parts.push(token.text);
    }
    let [a, b, year] = parts.as_slice() else { return None };
    let date = match (month_number(a), month_number(b)) {
        (Some(month), None) => iso(year, &month.to_string(), ordinal(b))?,
        (None, Some(month)) => iso(year, &month.to_string(), ordinal(a))?,
        _ => return None,
    };
    let place = first.range.start..end;
    let said = broken.text.get(place.clone())?;
    Some(dated(place, said, date))
}

fn ordinal(day: &str) -> &str {
    day.trim_end_matches(|c: char| c.is_ascii_alphabetic())
}

fn month_number(word: &str) -> Option<usize> {
    let start: String = word.to_lowercase().chars().take(3).collect();
    let is_word = word.len() >= 3 && word.chars().all(char::is_alphabetic);
    MONTHS.iter().position(|m| is_word && *m == start).map(|i| i + 1)
}

/// `Apr`, `4`: a month alone.
fn month(token: &Token<'_>) -> Option<Repair> {
    let by_number = token.text.parse::<usize>().ok().filter(|n| (1..=12).contains(n));
    let number = by_number.or_else(|| month_number(token.text))?;
    let name = crate::syntax::keywords::month_name(u8::try_from(number).ok()?);
    Some(Repair::spelling(token, name))
}

/// `9-17`, `9am-5pm`, `09.00-17.30`.
pub(super) fn hours(token: &Token<'_>) -> Option<Repair> {
    let (from, to) = token.text.split_once('-')?;
    let (from, to) = (clock(from)?, clock(to)?);
    Some(Repair::spelling(token, format!("{from}-{to}")))
}

/// `4pm`, `10:00 am`, `9.30`, `9`.
pub(super) fn time(broken: &Broken<'_>, index: usize, token: &Token<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    if let Some(half) = broken.token(index + 1).filter(|t| matches!(t.lower().as_str(), "am" | "pm")) {
        let place = token.range.start..half.range.end;
        if let Some(time) = clock(&format!("{}{}", token.text, half.text)) {
            let said = broken.text.get(place.clone()).unwrap_or("");
            out.push(Repair::replace(place, format!("the time `{said}` is written `{time}`"), time));
        }
    }
    if let Some(time) = clock(token.text) {
        out.push(Repair::spelling(token, time));
    }
    out
}

/// A time of day: `9`, `9.30`, `930am`, `5pm`.
fn clock(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some("am")),
        (_, Some(digits)) => (digits, Some("pm")),
        _ => (text.trim_end_matches('h'), None),
    };
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour, minute),
        None if digits.len() >= 3 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "00"),
    };
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some("am") if hour == 12 => 0,
        Some("pm") if hour < 12 => hour + 12,
        _ => hour,
    };
    (hour <= 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}
