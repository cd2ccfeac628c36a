//! How people write what recurs: `every monday`, `on the 15th`, `every other week`.

use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::Token;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ORDINALS: [(&str, &str); 6] = [
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("tenth", "10th"),
];

/// Guesses at the days on which something is due.
pub(in crate::syntax::explain) fn recurring(broken: &Broken<'_>) -> Vec<Repair> {
    let index = broken.index();
    let guesses = [index, index.saturating_sub(1)].into_iter().flat_map(|at| {
        [weekday(broken, at), other(broken, at), ordinal(broken, at), day(broken, at), of_each(broken, at)]
    });
    guesses.chain([time_last(broken), dotted(broken), after_end(broken)]).flatten().collect()
}

fn before<'b>(broken: &'b Broken<'_>, at: usize, back: usize) -> Option<&'b Token<'b>> {
    broken.token(at.checked_sub(back)?)
}

/// `every monday`, `every week monday`.
fn weekday(broken: &Broken<'_>, at: usize) -> Option<Repair> {
    let day = broken.token(at)?;
    let name = day.text.to_lowercase();
    if !WEEKDAYS.contains(&name.trim_end_matches('s')) {
        return None;
    }
    let ahead = before(broken, at, 1)?;
    if ahead.text == "every" {
        let right = format!("week on {}", name.trim_end_matches('s'));
        let message = format!("`every {}` is written `every {right}`", day.text);
        return Some(
            Repair::replace(day.range.clone(), message, right.clone())
                .label(format!("write `{right}`"))
                .title(format!("write `every {right}`")),
        );
    }
    let periods = ["week", "weeks", "month", "quarter"];
    periods.contains(&ahead.text).then(|| {
        Repair::insert(day.range.clone(), "`on` is missing", day.range.start, "on ").title("write `on`")
    })
}

/// `every other week`.
fn other(broken: &Broken<'_>, at: usize) -> Option<Repair> {
    let (other, period) = (broken.token(at)?, broken.token(at + 1)?);
    if other.text != "other" || before(broken, at, 1)?.text != "every" {
        return None;
    }
    let right = format!("2 {}s", period.text.trim_end_matches('s'));
    let message = format!("`every other {}` is written `every {right}`", period.text);
    Some(
        Repair::replace(other.range.start..period.range.end, message, right)
            .help("Say behind it from which day they are counted: `from 2026-01-05`."),
    )
}

/// `the second business day`.
fn ordinal(broken: &Broken<'_>, at: usize) -> Option<Repair> {
    let word = broken.token(at)?;
    let (_, right) = ORDINALS.iter().find(|(other, _)| *other == word.text)?;
    let message = format!("`{}` is written `{right}` here", word.text);
    Some(Repair::replace(word.range.clone(), message, *right).label(format!("write `{right}`")))
}

/// `on 15`, `on the 15th`.
fn day(broken: &Broken<'_>, at: usize) -> Option<Repair> {
    let day = broken.token(at)?;
    let digits = day.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.is_empty() || digits.len() > 2 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let first = match before(broken, at, 1)? {
        the if the.text == "the" => {
            matches!(before(broken, at, 2)?.text, "on" | "by").then_some(the.range.start)?
        }
        word if matches!(word.text, "on" | "by") => day.range.start,
        _ => return None,
    };
    let right = format!("day {digits}");
    let message = "a day of the month is written with its number".to_owned();
    let place = first..day.range.end;
    Some(Repair::replace(place, message, right.clone()).label(format!("write `{right}`")))
}

/// `by the 2nd business day of each month`, behind `every month`.
fn of_each(broken: &Broken<'_>, at: usize) -> Option<Repair> {
    let (of, each, period) = (broken.token(at)?, broken.token(at + 1)?, broken.token(at + 2)?);
    if of.text != "of" || !matches!(each.text, "each" | "every" | "the" | "a") {
        return None;
    }
    if !matches!(period.text, "week" | "month" | "quarter" | "year") {
        return None;
    }
    let message = format!("`of {} {}` is said by `every {}`", each.text, period.text, period.text);
    Some(
        Repair::delete(of.range.start..period.range.end, message)
            .widened(broken.removal(at, at + 2))
            .title("delete it"),
    )
}

/// `on wednesday or the next business day at 09:30`: the time is that of the day in front of it.
fn time_last(broken: &Broken<'_>) -> Option<Repair> {
    const NEXT: [&str; 5] = ["or", "the", "next", "business", "day"];
    let words: Vec<&str> = broken.tokens.iter().map(|t| t.text).collect();
    let or = words.windows(NEXT.len()).position(|window| window == NEXT)?;
    let (at, time) = (broken.token(or + NEXT.len())?, broken.token(or + NEXT.len() + 1)?);
    if at.text != "at" {
        return None;
    }
    let place = broken.token(or)?.range.start..time.range.end;
    let right = format!("at {} {}", time.text, NEXT.join(" "));
    let message = "the time stands in front of `or the next business day`";
    Some(Repair::replace(place, message, right.clone()).label(format!("write `{right}`")))
}

/// `by 10 business days after its end`.
fn after_end(broken: &Broken<'_>) -> Option<Repair> {
    let by = broken
        .tokens
        .windows(2)
        .position(|pair| pair[0].text == "by" && pair[1].text.chars().all(|c| c.is_ascii_digit()))?;
    let behind = broken.tokens.iter().skip(by).position(|t| t.text == "after")? + by;
    let tail: Vec<&str> = broken.tokens.iter().skip(behind).take(3).map(|t| t.text).collect();
    if tail != ["after", "its", "end"] {
        return None;
    }
    let (by, after) = (broken.token(by)?, broken.token(behind)?);
    let message = "a time behind the end of a period is written `within .. of its end`";
    Some(
        Repair::replace(by.range.clone(), message, "within")
            .and(after.range.clone(), "of")
            .label("write `within`")
            .title("write `within .. of its end`"),
    )
}

/// `recorded in meeting.held_on`.
fn dotted(broken: &Broken<'_>) -> Option<Repair> {
    if broken.token(0)?.text != "recorded" {
        return None;
    }
    let (_, path) = broken.near().find(|(_, token)| token.text.contains('.'))?;
    let (record, field) = path.text.split_once('.')?;
    let right = format!("{record} at {field}");
    let message = format!("`{}` is written `{right}` here", path.text);
    Some(Repair::replace(path.range.clone(), message, right.clone()).label(format!("write `{right}`")))
}
