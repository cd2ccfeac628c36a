//! Numbers, money, percentages, durations and periods as people write them elsewhere.

use std::ops::Range;

use super::repair::{Broken, Repair};
use super::tokens::Token;
use crate::syntax::grammar::Rule;

/// `1,000`, `10K`, `.5`, `six`, `6+`.
pub(super) fn number(token: &Token<'_>) -> Option<Repair> {
    if let Some(digits) = digits(&token.lower()) {
        return Some(Repair::replace(
            token.range.clone(),
            format!("the number `{}` is written in digits", token.text),
            digits,
        ));
    }
    if let Some(plain) = thousands(token.text) {
        return Some(
            Repair::spelling(token, plain).help("A comma separates the parts of a list; `_` groups digits."),
        );
    }
    // `3rd`
    let ordinal = ["st", "nd", "rd", "th"].into_iter().find_map(|end| token.text.strip_suffix(end));
    if let Some(digits) = ordinal.filter(|d| d.chars().all(|c| c.is_ascii_digit())) {
        return Some(Repair::spelling(token, digits));
    }
    let plain = token.text.replace('K', "k");
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
    (plain != token.text && plain.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| Repair::spelling(token, plain))
}

/// `1,000,000` with `_` for commas.
fn thousands(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['$', '€', '£']);
    let mut groups = digits.trim_end_matches(['k', 'M']).split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !first.is_empty() && !rest.is_empty() && rest.iter().all(|g| g.len() == 3);
    let plain = text.replace(',', "_");
    (grouped && first.chars().chain(rest.concat().chars()).all(|c| c.is_ascii_digit())).then_some(plain)
}

fn digits(word: &str) -> Option<&'static str> {
    let words = [
        ("an", "1"),
        ("a", "1"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("twelve", "12"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("hundred", "100"),
    ];
    words.iter().find(|(w, _)| *w == word).map(|(_, digits)| *digits)
}

const SIGNS: [(&str, &str); 3] = [("$", "$"), ("€", "€"), ("£", "£")];

/// `$2 million`, `EUR2M`, `2M EUR`, `2M$`, `$2m`, `$ 2M`.
pub(super) fn money(broken: &Broken<'_>, index: usize, token: &Token<'_>) -> Vec<Repair> {
    let next = broken.token(index + 1);
    let pair = |next: &Token<'_>| token.range.start..next.range.end;
    let mut out = Vec::new();
    let mut unmarked = None;
    let mut add = |place: Range<usize>, right: String| {
        if let Some(said) = broken.text.get(place.clone()) {
            out.push(Repair::replace(place, format!("the amount `{said}` is written `{right}`"), right));
        }
    };
    if let Some(plain) = amount(token.text) {
        add(token.range.clone(), plain);
    }
    let wanted = broken.expected.contains(&Rule::money) && !broken.expected.contains(&Rule::operand);
    if wanted && token.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.' | 'k' | 'M')) {
        let message = format!("the currency of `{}` is missing", token.text);
        let right = format!("${}", token.text);
        unmarked = Some(
            Repair::replace(token.range.clone(), message, right)
                .label("in which currency?")
                .help("For example: `$2M`, `EUR 2.5M`."),
        );
    }
    if let Some(next) = next {
        let scale = match next.lower().as_str() {
            "million" | "millions" | "mio" | "mn" | "m" => Some("M"),
            "thousand" | "k" => Some("k"),
            _ => None,
        };
        if let Some(scale) = scale {
            add(pair(next), format!("{}{scale}", token.text));
        }
        if SIGNS.iter().any(|(sign, _)| *sign == token.text) {
            add(pair(next), format!("{}{}", token.text, next.text));
        }
        if is_currency(next.text) && token.text.starts_with(|c: char| c.is_ascii_digit()) {
            add(pair(next), format!("{} {}", next.text, token.text));
        }
    }
    out.extend(unmarked);
    out
}

/// One word that says an amount of money: `EUR2M`, `2M$`, `$2m`, `$1,000`.
fn amount(text: &str) -> Option<String> {
    if let Some(plain) = thousands(text).filter(|_| text.starts_with(['$', '€', '£'])) {
        return Some(plain);
    }
    let starts_with_digit = |t: &str| t.starts_with(|c: char| c.is_ascii_digit());
    if let Some(number) = text.get(3..).filter(|n| starts_with_digit(n))
        && let Some(currency) = text.get(..3).filter(|c| is_currency(c))
    {
        return Some(format!("{currency} {}", scaled(number)));
    }
    if let Some(number) = text.strip_suffix(['$', '€', '£']).filter(|n| starts_with_digit(n)) {
        let sign = text.get(number.len()..)?;
        return Some(format!("{sign}{}", scaled(number)));
    }
    let number = text.strip_prefix(['$', '€', '£'])?;
    let sign = text.get(..text.len() - number.len())?;
    let right = format!("{sign}{}", scaled(number));
    (right != text).then_some(right)
}

/// `2m` as `2M`, `2K` as `2k`.
fn scaled(number: &str) -> String {
    match (number.strip_suffix('m'), number.strip_suffix('K')) {
        (Some(digits), _) => format!("{digits}M"),
        (_, Some(digits)) => format!("{digits}k"),
        _ => number.to_owned(),
    }
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase())
}

/// `budget money`, `budget money USD`: which currency?
pub(super) fn currency(broken: &Broken<'_>) -> Option<Repair> {
    let money = broken.previous().filter(|t| t.text == "money")?;
    let next = broken.token(broken.index()).filter(|t| is_currency(t.text));
    Some(match next {
        Some(currency) => {
            let (place, right) = (money.range.start..currency.range.end, format!("money({})", currency.text));
            Repair::replace(place, "a currency stands in brackets", right)
        }
        None => Repair::insert(money.range.clone(), "the currency is missing", money.range.end, "(USD)")
            .label("in which currency?")
            .title("write `money(USD)`"),
    })
}

/// `95 percent`, `95,5%`, and a number where a percentage must stand.
pub(super) fn percent(broken: &Broken<'_>, index: usize, token: &Token<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    let number = token.text.trim_end_matches('%');
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return out;
    }
    if let Some(word) = broken.token(index + 1)
        && matches!(word.lower().as_str(), "percent" | "pct" | "per-cent")
    {
        let (place, right) = (token.range.start..word.range.end, format!("{number}%"));
        let said = broken.text.get(place.clone()).unwrap_or("");
        out.push(Repair::replace(place, format!("`{said}` is written `{right}`"), right));
    }
    if let Some((whole, part)) = number.split_once(',').filter(|_| number != token.text) {
        out.push(Repair::spelling(token, format!("{whole}.{part}%")));
    }
    // `expect lead_score 75`: what a score comes to is a whole number more often than not.
    let expects = broken.token(0).is_some_and(|first| first.text == "expect") && index == 2;
    if expects && number == token.text && !number.contains('.') && broken.token(3).is_none() {
        let (range, at) = (token.range.clone(), token.range.start);
        out.push(Repair::insert(range, "`=` is missing".to_owned(), at, "= "));
        return out;
    }
    let any_value = broken.expected.contains(&Rule::operand);
    if number == token.text && !any_value {
        let share =
            number.strip_prefix("0.").filter(|d| d.len() <= 2 && d.chars().all(|c| c.is_ascii_digit()));
        let right = match share.and_then(|d| format!("{d:0<2}").parse::<u8>().ok()) {
            Some(hundredths) => format!("{hundredths}%"),
            None => format!("{number}%"),
        };
        let message = format!("`{number}` is not a percentage");
        out.push(Repair::replace(token.range.clone(), message, right));
    }
    out
}

/// `4h`, `4 hrs`, `30min`, `2d`.
pub(super) fn duration(broken: &Broken<'_>, index: usize, token: &Token<'_>) -> Option<Repair> {
    let text = token.lower();
    let letters = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(letters)?;
    if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let next = broken.token(index + 1).filter(|_| unit.is_empty());
    let place = token.range.start..next.map_or(token.range.end, |t| t.range.end);
    let unit = next.map_or(unit.to_owned(), Token::lower);
    let ending = if number == "1" { "" } else { "s" };
    let spelled = |unit: &str| format!("{number} {unit}{ending}");
    let said = broken.text.get(place.clone())?;
    let message = |right: &str| format!("`{said}` is written `{right}`");
    let either = |one: &str, other: &str, label: &str| {
        let (one, other) = (spelled(one), spelled(other));
        let message = format!("`{said}` is written `{one}` or `{other}`");
        Repair::replace(place.clone(), message, one)
            .or(format!("write `{other}`"), place.clone(), other)
            .label(label)
    };
    let unit = match unit.as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" => {
            return Some(
                either("hour", "business hour", "on the clock, or only while the office is open?")
                    .help("`hours` run day and night; `business hours` run while the calendar is open."),
            );
        }
        "d" | "day" | "days" => {
            return Some(either("business day", "calendar day", "business days or calendar days?"));
        }
        "m" | "min" | "mins" => "minute",
        "bh" => "business hour",
        "bd" => "business day",
        "w" | "wk" | "wks" => "week",
        "mo" | "mth" | "mths" => "month",
        _ => return None,
    };
    let right = spelled(unit);
    Some(Repair::replace(place.clone(), message(&right), right))
}

/// `monthly`, `every month`, `/ month`, or no period at all.
pub(super) fn period(broken: &Broken<'_>, index: usize) -> Vec<Repair> {
    let mut out = Vec::new();
    let per = broken.expected.iter().any(|r| matches!(r, Rule::kw_per | Rule::period));
    let every = broken.expected.iter().any(|r| matches!(r, Rule::kw_every | Rule::cadence));
    let word = match (per, every) {
        (true, _) => "per",
        (false, true) => "every",
        (false, false) => return out,
    };
    let token = broken.token(index);
    if let Some(token) = token {
        let text = token.lower();
        let adverb = [
            ("daily", "day"),
            ("weekly", "week"),
            ("monthly", "month"),
            ("quarterly", "quarter"),
            ("yearly", "year"),
            ("annually", "year"),
        ];
        if let Some((_, period)) = adverb.iter().find(|(adverb, _)| *adverb == text) {
            out.push(Repair::spelling(token, format!("{word} {period}")));
        }
        // `every month`, `each month`, `a month`, `/ month`, `in a month`, `once a quarter`.
        let opens = ["every", "each", "a", "/", "in", "once", "by", "any", "per"].contains(&text.as_str());
        for words in (1..=3).filter(|_| opens) {
            let Some(last) = broken.token(index + words) else { break };
            let period = last.lower();
            if matches!(period.as_str(), "day" | "week" | "month" | "quarter" | "year") {
                let place = token.range.start..last.range.end;
                let said = broken.text.get(place.clone()).unwrap_or("");
                let right = format!("{word} {period}");
                out.push(Repair::replace(place, format!("`{said}` is written `{right}` here"), right));
                break;
            }
        }
    }
    if per && let Some(previous) = broken.previous() {
        out.push(
            Repair::insert(previous.range.clone(), "the period is missing", previous.range.end, " per month")
                .label("per what?")
                .help("Add `per day`, `per week`, `per month`, `per quarter` or `per year`."),
        );
    }
    out
}
