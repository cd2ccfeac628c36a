//! Quotes: single ones, missing ones, ones too many.

use std::ops::Range;

use crate::syntax::build::snake_case;
use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token};
use crate::syntax::grammar::Rule;

/// Single quotes, quotes around names, quotes and backslashes inside texts.
pub(in crate::syntax::explain) fn quotes(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    for (_, token) in broken.near() {
        let inner = match token.kind {
            Look::SingleQuoted => token.text.trim_matches('\''),
            Look::Text => token.text.trim_matches('"'),
            Look::Word | Look::Bracket | Look::Sign => continue,
        };
        if token.kind == Look::SingleQuoted {
            let right = format!("\"{inner}\"");
            out.push(Repair::replace(token.range.clone(), "a text stands in double quotes", right).safe());
        }
        if !inner.is_empty() {
            let message = "a name is written without quotes";
            out.push(Repair::replace(
                token.range.clone(),
                message,
                snake_case(&inner.replace([' ', '-'], "_")),
            ));
        }
        if token.kind == Look::Text && inner.contains('\\') {
            let right = format!("\"{}\"", inner.replace('\\', "\\\\"));
            out.push(
                Repair::replace(token.range.clone(), "a backslash in a text is written `\\\\`", right)
                    .label("a single backslash")
                    .title("write `\\\\`"),
            );
        }
    }
    out.extend(quotes_in_text(broken));
    out
}

/// `"He said "yes" twice."`
fn quotes_in_text(broken: &Broken<'_>) -> Option<Repair> {
    let previous = broken.previous().filter(|t| t.kind == Look::Text)?;
    let rest = broken.text.get(previous.range.end..)?;
    let line = rest.find('\n').unwrap_or(rest.len());
    let close = rest.get(..line)?.rfind('"')?;
    let inside = previous.range.start + 1..previous.range.end + close;
    let text = broken.text.get(inside.clone())?;
    let message = "a quote inside a text is written `\\\"`";
    let first = previous.range.end - 1;
    Some(
        Repair::replace(first..first + 1, message, text.replace('"', "\\\""))
            .widened(inside)
            .label("this one ends the text")
            .title("write `\\\"` inside the text"),
    )
}

/// `purpose` and then lines of words: prose without its bars.
pub(in crate::syntax::explain) fn bare_prose(broken: &Broken<'_>) -> Option<Repair> {
    let token = broken.token(broken.index()).filter(|t| t.kind == Look::Word)?;
    if !broken.expects(&[Rule::prose, Rule::prose_line]) {
        return None;
    }
    let lines = broken.text.get(token.range.start..)?.trim_end();
    if !lines.contains('\n') {
        return None;
    }
    let prose: Vec<String> = lines.lines().map(|line| format!("    | {}", line.trim())).collect();
    let place = token.range.start..token.range.start + lines.len();
    Some(
        Repair::replace(
            place,
            "a text of several lines begins each of them with `|`",
            format!("\n{}", prose.join("\n")),
        )
        .label("put `|` in front of each line")
        .title("write it as `|` lines")
        .at_place(token.range.start..token.range.start + lines.lines().next().map_or(0, str::len)),
    )
}

/// Words where a text in quotes must stand: to the end of the line, or one of them.
pub(in crate::syntax::explain) fn bare_text(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    let index = broken.index();
    let Some(token) = broken.token(index) else { return out };
    let message = "a text stands in quotes";
    let mut wrap = |range: Range<usize>| {
        let text = broken.text.get(range.clone()).unwrap_or("");
        if !text.contains(['"', '\n']) && !text.is_empty() {
            let title = if text.chars().count() < 40 {
                format!("write `\"{text}\"`")
            } else {
                "put it in quotes".into()
            };
            out.push(
                Repair::replace(range, message, format!("\"{text}\""))
                    .label("put it in quotes")
                    .title(title)
                    .bold(),
            );
        }
    };
    if broken.expects(&[Rule::string]) && token.kind == Look::Word {
        wrap(token.range.clone());
        // Up to the word that the clause goes on with.
        let next = broken.tokens.iter().skip(index + 1).take(8);
        for end in next.filter(|t| t.kind == Look::Word).map(|t| t.range.start) {
            let text = broken.text.get(token.range.start..end).unwrap_or("").trim_end();
            wrap(token.range.start..token.range.start + text.len());
        }
        let rest = broken.text.get(token.range.start..).unwrap_or("");
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or("").trim_end();
        wrap(token.range.start..token.range.start + line.len());
    }
    // `= Closed Won`: a value of two words.
    let capital = |t: &Token<'_>| t.kind == Look::Word && t.text.starts_with(char::is_uppercase);
    let from = index.saturating_sub(2);
    for pair in broken.tokens.get(from..=index).unwrap_or_default().windows(2) {
        if let [first, last] = pair
            && capital(first)
            && capital(last)
        {
            wrap(first.range.start..last.range.end);
        }
    }
    out
}
