//! Commas and brackets.

use crate::syntax::explain::phrases::is_noise;
use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token, is_word};
use crate::syntax::grammar::Rule;

/// Commas: too few, too many, or other signs in their place.
pub(in crate::syntax::explain) fn list(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    let index = broken.index();
    let previous = broken.previous();
    for (index, token) in broken.near() {
        let joint = matches!(token.text.to_lowercase().as_str(), "and" | "or" | "&" | ";" | "|" | "/" | "+");
        if joint && let Some(place) = broken.with_blanks(index) {
            let message = format!("commas stand between the parts of a list, not `{}`", token.text);
            out.push(Repair::replace(place, message, ",").at_place(token.range.clone()).bold());
        }
    }
    if let Some(token) = broken.token(index) {
        if token.text == "," && broken.expects(&[Rule::or]) && !broken.expects(&[Rule::and]) {
            let message = "these are joined by `or`: the earliest one counts";
            out.push(Repair::replace(token.range.clone(), message, " or"));
        }
        if token.text == "," && broken.expects(&[Rule::and, Rule::or]) {
            let message = "conditions are joined by `and` or `or`, not by a comma";
            let place = token.range.clone();
            out.push(
                Repair::replace(place.clone(), message, " and")
                    .or("write `or`", place, " or")
                    .label("do both hold, or one of them?"),
            );
        }
        if token.text.eq_ignore_ascii_case("and/or") {
            let place = token.range.clone();
            out.push(
                Repair::replace(place.clone(), "`and/or` can be read in two ways", "or")
                    .or("write `and`", place, "and")
                    .label("`and`, or `or`?")
                    .help("`or` also holds when both sides do."),
            );
        }
        if broken.expects(&[Rule::comma])
            && matches!(token.kind, Look::Word | Look::Text)
            && let Some(previous) = previous.filter(|p| !is_noise(p.text))
        {
            let message = format!("a comma is missing between `{}` and `{}`", previous.text, token.text);
            out.push(Repair::insert(token.range.clone(), message, previous.range.end, ","));
        }
    }
    // `US, CA,]` and `sdr,, manager`.
    if let Some(comma) = previous.filter(|t| t.text == ",")
        && let Some(place) = index.checked_sub(1).and_then(|i| broken.with_blanks(i))
    {
        let again = broken.token(index).is_some_and(|t| t.text == ",");
        let message = if again { "one comma is enough" } else { "nothing follows this comma" };
        out.push(Repair::delete(comma.range.clone(), message).widened(place).bold());
    }
    out
}

/// Round brackets for square ones, brackets where none belong, none where some do.
pub(in crate::syntax::explain) fn brackets(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out: Vec<Repair> = never_closed(broken).into_iter().collect();
    let index = broken.index();
    let Some(token) = broken.token(index) else { return out };
    if matches!(token.text, "(" | "[" | "{") {
        let close = broken.tokens.iter().skip(index).find(|t| t.text == closing(token.text));
        if let Some(close) = close {
            let wanted = [
                (Rule::l_bracket, "[", "]", "a list of values stands"),
                (Rule::l_brace, "{", "}", "the values of a record stand"),
                (Rule::l_paren, "(", ")", "this stands"),
            ];
            for (_, left, right, what) in wanted.into_iter().filter(|(rule, ..)| broken.expects(&[*rule])) {
                let message = format!("{what} in `{left} {right}`, not in `{} {}`", token.text, close.text);
                out.push(
                    Repair::replace(token.range.clone(), message, left)
                        .and(close.range.clone(), right)
                        .title(format!("write `{left} {right}`")),
                );
            }
            let message = "no brackets stand around this";
            let place = token.range.start..close.range.end;
            let inside = broken.text.get(token.range.end..close.range.start).unwrap_or("").trim();
            let joined = broken.text.get(..place.start).is_some_and(|t| t.ends_with(is_word));
            let inside = if joined { format!(" {inside}") } else { inside.to_owned() };
            out.push(
                Repair::replace(place, message, inside)
                    .label("leave them out")
                    .title("leave them out")
                    .bold(),
            );
        }
        return out;
    }
    if broken.expects(&[Rule::l_bracket, Rule::value_list]) && token.kind != Look::Sign {
        let last = broken.tokens.iter().enumerate().skip(index).take_while(|(i, t)| {
            let comma = |i: usize| broken.token(i).is_some_and(|t| t.text == ",");
            *i == index || t.text == "," || comma(i - 1)
        });
        if let Some((_, last)) = last.last() {
            out.push(
                Repair::insert(
                    token.range.start..last.range.end,
                    "a list of values stands in `[ ]`",
                    token.range.start,
                    "[",
                )
                .and(last.range.end..last.range.end, "]")
                .label("put it in brackets")
                .title("write `[ ]`"),
            );
        }
    }
    out
}

/// A bracket that is open at the end.
fn never_closed(broken: &Broken<'_>) -> Option<Repair> {
    let mut open: Vec<&Token<'_>> = Vec::new();
    for token in broken.tokens.iter().filter(|t| t.kind == Look::Bracket) {
        match token.text {
            "(" | "[" | "{" => open.push(token),
            _ => drop(open.pop()),
        }
    }
    let bracket = open.pop()?;
    let (right, end) = (closing(bracket.text), broken.text.trim_end().len());
    let message = format!("this `{}` is never closed", bracket.text);
    let right = if right == "}" { " }" } else { right };
    Some(
        Repair::insert(bracket.range.clone(), message, end, right)
            .label("opens here")
            .title("close it at the end")
            .bold(),
    )
}

fn closing(bracket: &str) -> &'static str {
    match bracket {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}
