//! What people ask for and no clause can promise: a time of day, the same day, again and again until something holds. The
//! words are fine; what is missing is a way to measure them, so the nearest one is told.

use std::ops::Range;

use super::repair::Broken;
use super::tokens::{Token, part, tokens};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::clause_rule;
use crate::syntax::keywords::BlockWord;
use crate::syntax::parse::SYNTAX;

/// Something that cannot be said, and what can.
struct Asked {
    place: Range<usize>,
    message: String,
    label: &'static str,
    help: &'static str,
}

/// What to say of a broken text that asks for something like that.
pub(super) fn unsayable(block: BlockWord, span: Span, text: &str) -> Option<Diagnostic> {
    let words = tokens(text);
    let items = words.iter().position(|word| matches!(word.text, "each" | "any"));
    let asked = |at: usize| {
        let rest = words.get(at..)?;
        match block {
            BlockWord::Commitment => same_day(text, rest)
                .or_else(|| time_of_day(text, rest))
                .or_else(|| item_again(text, rest).filter(|_| at == 0 || items.is_some_and(|i| i < at))),
            BlockWord::Contingency => step_again(text, rest),
            _ => None,
        }
    };
    let asked = (0..words.len()).find_map(asked)?;
    // A text that breaks elsewhere has another mistake.
    let starts = words.first().is_some_and(|first| first.range.start == asked.place.start);
    let breaks =
        || Broken::new(clause_rule(block), text).is_some_and(|broken| asked.place.contains(&broken.at));
    (starts || breaks()).then(|| {
        Diagnostic::error(SYNTAX, asked.message).at(part(span, asked.place), asked.label).help(asked.help)
    })
}

/// `update each mql every 1 hour until touched_at is set`.
fn item_again(text: &str, words: &[Token<'_>]) -> Option<Asked> {
    let place = again(text, words)?;
    Some(Asked {
        message: format!("`{}` is promised of no single item", said(text, &place)),
        place,
        label: "how often, and within which time?",
        help: "Say how many times: `at least 6 times within 10 business days of mql_at`, with `counting` for what counts.",
    })
}

/// `notify ops via mail every 1 hour`.
fn step_again(text: &str, words: &[Token<'_>]) -> Option<Asked> {
    let place = again(text, words)?;
    Some(Asked {
        message: format!("a step is taken once, not `{}`", said(text, &place)),
        place,
        label: "again and again?",
        help: "Write a line for each time: `after deadline by 1 hour ..`, and below it `after deadline by 2 hours ..`.",
    })
}

fn said<'t>(text: &'t str, place: &Range<usize>) -> &'t str {
    text.get(place.clone()).unwrap_or_default()
}

/// From the first of some words to the one at an index.
fn place(words: &[Token<'_>], last: usize) -> Option<Range<usize>> {
    Some(words.first()?.range.start..words.get(last)?.range.end)
}

/// `within the same business day`, `on the same day`.
fn same_day(text: &str, words: &[Token<'_>]) -> Option<Asked> {
    let all: Vec<&str> = words.iter().take(5).map(|word| word.text).collect();
    let last = match all.as_slice() {
        ["within" | "on" | "by", "the", "same", "day", ..] => 3,
        ["within" | "on" | "by", "the", "same", "business" | "working" | "calendar", "day", ..] => 4,
        _ => return None,
    };
    let place = place(words, last)?;
    Some(Asked {
        message: format!("`{}` is no length of time", said(text, &place)),
        place,
        label: "how much time is that at least?",
        help: "Say how much time there is, such as `within 4 business hours of mql_at`; `within 1 business day` ends when the next business day closes.",
    })
}

/// `by 12:00 on the next business day`, `by noon`.
fn time_of_day(text: &str, words: &[Token<'_>]) -> Option<Asked> {
    let is_time = |word: &Token<'_>| {
        let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        matches!(word.text, "noon" | "midnight")
            || word.text.split_once(':').is_some_and(|(h, m)| digits(h) && digits(m))
    };
    let by = words.first().filter(|word| matches!(word.text, "by" | "before" | "until"))?;
    words.get(1).filter(|word| is_time(word))?;
    let tail = ["on", "of", "the", "next", "same", "following", "business", "working", "calendar", "day"];
    let more = words.iter().skip(2).take_while(|word| tail.contains(&word.text)).count();
    let place = by.range.start..words.get(1 + more)?.range.end;
    Some(Asked {
        message: format!("no promise about an item ends `{}`", said(text, &place)),
        place,
        label: "how much time is there from the start?",
        help: "Count the time instead: `within 1 business day of mql_at` ends when the next business day closes. For another hour, name a calendar that closes then (`clock`).",
    })
}

/// `every 1 hour until touched_at is set`.
fn again(text: &str, words: &[Token<'_>]) -> Option<Range<usize>> {
    let every = words.first().filter(|word| word.text == "every")?;
    let counted = usize::from(words.get(1)?.text.chars().all(|c| c.is_ascii_digit()));
    let business = usize::from(matches!(words.get(1 + counted)?.text, "business" | "calendar"));
    let unit = words.get(1 + counted + business)?;
    let units = ["minute", "hour", "day", "week", "month"];
    if !units.contains(&unit.text.trim_end_matches('s')) {
        return None;
    }
    let until = words.get(2 + counted + business).is_some_and(|word| matches!(word.text, "until" | "till"));
    let end = if until { text.trim_end().len() } else { unit.range.end };
    Some(every.range.start..end)
}
