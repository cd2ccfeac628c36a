//! What could have stood where a text breaks, in words.

use super::repair::Broken;
use super::tokens::{Look, first_char, part, shown};
use crate::diagnostic::{Diagnostic, join};
use crate::source::Span;
use crate::syntax::grammar::{END, Rule, human};
use crate::syntax::parse::SYNTAX;

/// The message of last resort: what was expected, and what was found. `span` is the place of the text.
pub(super) fn explain(broken: &Broken<'_>, span: Span) -> Diagnostic {
    let text = broken.text;
    let found = broken.token(broken.index());
    let (place, found_words) = match found {
        Some(token) => (part(span, token.range.clone()), format!("found `{}`", shown(token.text))),
        None => {
            // The end of the text: point at what stands there.
            let end = text.trim_end().len();
            let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
            (part(span, end - last..end), "but it ends here".to_owned())
        }
    };
    if broken.expected.is_empty() && found.is_none() {
        return Diagnostic::error(SYNTAX, "this is nested too deeply to be read").at(place, "here");
    }
    if let Some(out) = remark(broken, span) {
        return out;
    }
    let expected = expectations(&broken.expected);
    if expected.iter().any(|e| CLOSERS.contains(&e.as_str()))
        && let Some((open, bracket)) = open_bracket(text, broken.at)
        && (expected.len() > 2 || found.is_none())
    {
        return Diagnostic::error(SYNTAX, format!("this `{bracket}` is never closed"))
            .at(part(span, open..open + 1), "opens here")
            .also(place, "still open here");
    }
    let stray = found.map_or("", |t| t.text);
    match expected.len() {
        0 => Diagnostic::error(SYNTAX, format!("`{}` does not fit here", shown(stray)))
            .at(place, "the clause is complete before this"),
        1..=4 => {
            let label = if found.is_some() { "here" } else { "more is expected behind this" };
            let message = format!("expected {}, {found_words}", join(&expected, "or"));
            Diagnostic::error(SYNTAX, message).at(place, label)
        }
        // With so much possible, only the shape of the sentence helps.
        _ if found.is_none() => {
            Diagnostic::error(SYNTAX, "this clause is not finished").at(place, "more is expected behind this")
        }
        _ => Diagnostic::error(SYNTAX, format!("`{}` does not fit here", shown(stray)))
            .at(place, "up to here the clause can be read"),
    }
}

const CLOSERS: [&str; 3] = ["`)`", "`]`", "`}`"];

/// Mistakes for which no change is certain, but more can be said than what was expected.
fn remark(broken: &Broken<'_>, span: Span) -> Option<Diagnostic> {
    let found = broken.token(broken.index());
    let word = found.map_or(String::new(), |t| t.text.to_lowercase());
    let at = |range: std::ops::Range<usize>| part(span, range);
    let wants = |rules: &[Rule]| broken.expected.iter().any(|r| rules.contains(r));
    let previous = broken.previous();
    if wants(&[Rule::unit, Rule::time_word]) {
        let units = "Write `minutes`, `hours`, `business hours`, `business days`, `calendar days`, `weeks` or `months`.";
        let number = previous?;
        return Some(match word.trim_end_matches('s') {
            "second" | "sec" => Diagnostic::error(SYNTAX, "no duration is counted in seconds")
                .at(at(found?.range.clone()), "the smallest unit is a minute")
                .help(units),
            "year" | "quarter" => Diagnostic::error(SYNTAX, format!("no duration is counted in {word}"))
                .at(at(found?.range.clone()), "the largest unit is a month")
                .help(units),
            _ => Diagnostic::error(SYNTAX, "a unit of time is missing")
                .at(at(number.range.clone()), format!("{} what?", number.text))
                .help(units),
        });
    }
    if let Some(out) = child_question(broken, span) {
        return Some(out);
    }
    let found = found?;
    let here = at(found.range.clone());
    if broken.text.starts_with("counting") && matches!(found.text, "and" | "or") {
        return Some(
            Diagnostic::error(SYNTAX, "a condition of several parts about child records stands in brackets")
                .at(here, "the condition ends before this")
                .help("For example: `counting activity where (kind = call and answered)`."),
        );
    }
    if matches!(found.text, "/" | "%" | "^" | "**") && wants(&[Rule::plus]) {
        return Some(
            Diagnostic::error(SYNTAX, format!("a condition cannot contain `{}`", found.text))
                .at(here, "not among `+`, `-` and `*`")
                .help("Let the CRM compute the value in a field of its own and compare that field."),
        );
    }
    if wants(&[Rule::kw_within]) && matches!(word.as_str(), "by" | "before" | "until" | "on") {
        return Some(
            Diagnostic::error(SYNTAX, "a promise is due some time after an event, not on a fixed date")
                .at(here, "a time limit belongs here")
                .help("For example: `within 4 business hours of mql_at`."),
        );
    }
    if wants(&[Rule::kw_from])
        && broken.text.starts_with("paused")
        && matches!(word.as_str(), "while" | "when")
    {
        return Some(
            Diagnostic::error(SYNTAX, "a record says only in moments since when its clock stands still")
                .at(here, "from when, and until when?")
                .help(
                    "Name the two moments of the record: `paused from asked_at to answered_at`. Where one may wait several \
                     times, keep each wait as a child record: `paused from asked_at to answered_at of each wait`.",
                ),
        );
    }
    if wants(&[Rule::kw_requires]) && matches!(found.text, "," | "->") && previous.is_some() {
        return Some(
            Diagnostic::error(SYNTAX, "a transition has one target")
                .at(here, "a second one?")
                .help("Write a line for each: `mql -> working`, and below it `mql -> qualified`."),
        );
    }
    if broken.text.starts_with("->") {
        return Some(
            Diagnostic::error(SYNTAX, "this transition has no source")
                .at(at(0..2), "from which stage?")
                .help("For example: `new -> working`; `any` stands for every stage that is not an end."),
        );
    }
    if wants(&[Rule::verdict]) && found.kind == Look::Word {
        return Some(
            Diagnostic::error(SYNTAX, format!("`{}` says no outcome that can be expected", shown(found.text)))
                .at(here, "not one of the words for it")
                .help("A promise is `met`, `late`, `overdue`, `open`, `at risk`, `excused`, `not started`, `outside term`, `not covered`, `data error`, `too early`, `used`, `exceeded` or `lapsed`."),
        );
    }
    if wants(&[Rule::datetime]) && iso_date(found.text) {
        return Some(
            Diagnostic::error(SYNTAX, format!("the time of day is missing behind `{}`", found.text))
                .at(here, "at what time?")
                .help("For example: `2026-03-09 13:00`."),
        );
    }
    if wants(&[Rule::name, Rule::word])
        && found.text.starts_with(|c: char| c.is_ascii_digit())
        && found.text.contains(char::is_alphabetic)
        && first_char(found.text) == 1
        && !found.text.contains(['-', ':', '.', '/'])
    {
        return Some(
            Diagnostic::error(SYNTAX, format!("`{}` cannot be a name", shown(found.text)))
                .at(here, "a name begins with a letter"),
        );
    }
    None
}

/// `latest activity`, `where` with nothing behind it: a question about child records that is not finished.
fn child_question(broken: &Broken<'_>, span: Span) -> Option<Diagnostic> {
    let index = broken.index();
    let before = |n: usize| index.checked_sub(n).and_then(|i| broken.token(i));
    let here = |n: usize| before(n).map(|t| (t.text, part(span, t.range.clone())));
    // The place is the record itself where it could have been a word of another kind.
    let asks = [0, 1, 2].into_iter().find_map(|n| {
        let (word, place) = here(n)?;
        matches!(word, "latest" | "earliest").then_some((n, word, place))
    });
    if let Some((n, word, _)) = asks
        && let Some((record, place)) = n.checked_sub(1).and_then(here)
        && !broken.expects(&[Rule::kw_where])
    {
        return Some(
            Diagnostic::error(SYNTAX, format!("the {word} `{record}` by which of its moments?"))
                .at(place, "a field is missing behind this")
                .help(format!("For example: `{word} {record}.done_at`.")),
        );
    }
    let (word, place) = here(1)?;
    if word == "where" && before(0).is_none() {
        return Some(
            Diagnostic::error(SYNTAX, "a condition is missing behind `where`")
                .at(place, "which of them?")
                .help("For example: `any activity where kind = call`."),
        );
    }
    None
}

fn iso_date(text: &str) -> bool {
    let digits = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == 3 && parts.iter().all(|p| digits(p)) && parts.first().is_some_and(|y| y.len() == 4)
}

/// What was expected, in words, without what another expectation covers.
fn expectations(positives: &[Rule]) -> Vec<String> {
    let any_value = positives.iter().any(|r| matches!(r, Rule::operand));
    let covered = |r: &Rule| {
        any_value
            && matches!(
                r,
                Rule::literal
                    | Rule::number
                    | Rule::percent
                    | Rule::money
                    | Rule::date
                    | Rule::datetime
                    | Rule::string
                    | Rule::paren
                    | Rule::l_paren
                    | Rule::arithmetic_paren
                    | Rule::not
                    | Rule::kw_at
            )
    };
    // Every clause of a commitment could still turn out to be a sentence with a role of that name.
    let modal = |r: &Rule| matches!(r, Rule::modal | Rule::kw_must | Rule::kw_should | Rule::kw_may);
    let only_modal = positives.iter().all(modal);
    let kept = positives.iter().filter(|r| !covered(r) && (only_modal || !modal(r)));
    let mut expected: Vec<String> = kept.filter_map(|r| human(*r)).collect();
    expected.sort();
    expected.dedup();
    expected.retain(|e| e != END);
    expected
}

/// The last bracket before a place that is still open there.
fn open_bracket(text: &str, at: usize) -> Option<(usize, char)> {
    let mut open = Vec::new();
    let mut quoted = false;
    for (i, c) in text.char_indices().take_while(|(i, _)| *i < at) {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => open.push((i, c)),
            ')' | ']' | '}' if !quoted => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}
