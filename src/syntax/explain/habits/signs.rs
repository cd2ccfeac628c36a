//! Signs that people bring along from other languages, from YAML and from e-mails.

use crate::syntax::explain::repair::{Broken, Guess, Repair};
use crate::syntax::explain::tokens::Look;
use crate::syntax::grammar::Rule;

/// `// a comment`, `/* a comment */`, `-- a comment`.
pub(in crate::syntax::explain) fn comment(broken: &Broken<'_>) -> Option<Repair> {
    let (_, token) = broken.near().find(|(_, t)| matches!(t.text, "//" | "/*" | "--" | "///" | "/**"))?;
    Some(Repair::replace(
        token.range.clone(),
        format!("a comment begins with `#`, not with `{}`", token.text),
        "#",
    ))
}

/// `2026–12–25`: the dash of a word processor.
pub(in crate::syntax::explain) fn dashes(broken: &Broken<'_>) -> Option<Repair> {
    let mut dashes = broken.tokens.iter().filter(|t| t.text == "–").map(|t| t.range.clone());
    let first = dashes.next()?;
    let out = Repair::replace(first, "`–` is written `-`", "-").safe().bold();
    Some(dashes.fold(out, |out, dash| out.and(dash, "-")))
}

/// `America / New_York`: one word with blanks in it.
pub(in crate::syntax::explain) fn spaced(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    for (index, token) in broken.near().filter(|(_, t)| matches!(t.text, "/" | "-" | "." | ":")) {
        let before = index.checked_sub(1).and_then(|i| broken.token(i));
        if let (Some(before), Some(behind)) = (before, broken.token(index + 1)) {
            let joined = format!("{}{}{}", before.text, token.text, behind.text);
            let place = before.range.start..behind.range.end;
            out.push(
                Repair::replace(place, format!("no blanks stand around this `{}`", token.text), joined)
                    .bold(),
            );
        }
    }
    out
}

/// `party: sales`, `works = us_office`, `country = US` in a scenario.
pub(in crate::syntax::explain) fn sign_behind_word(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    for (index, token) in broken.near() {
        if let Some((word, value)) = token.text.split_once(':').filter(|_| token.kind == Look::Word) {
            let place = token.range.start + word.len()..token.range.start + word.len() + 1;
            if !value.is_empty() {
                out.push(
                    Repair::replace(place, format!("no `:` stands behind `{word}`"), " ")
                        .label("leave it out"),
                );
            }
        }
        if matches!(token.text, ":" | "=" | ":=")
            && let Some(before) = index.checked_sub(1).and_then(|i| broken.token(i))
            && before.kind == Look::Word
        {
            let message = format!("no `{}` stands behind `{}`", token.text, before.text);
            out.push(
                Repair::delete(token.range.clone(), message).widened(broken.removal(index, index)).bold(),
            );
            // Sure if it is the first word of a clause.
            if index == 1 {
                out.extend(out.last().cloned().map(|guess| Repair { kind: Guess::Sober, ..guess }));
            }
        }
    }
    out
}

/// A sign that has no place here: a full stop at the end, a bullet at the start.
pub(in crate::syntax::explain) fn stray_sign(broken: &Broken<'_>) -> Vec<Repair> {
    let last = broken.tokens.len().saturating_sub(1);
    let signs = broken.near().filter(|(_, t)| t.kind == Look::Sign || matches!(t.text, ")" | "]"));
    let guesses = signs.map(|(index, token)| {
        let message = match token.text {
            "." if index == last => "a clause ends without a full stop".to_owned(),
            ";" if index == last => "a clause ends without `;`".to_owned(),
            "," if index == last => "nothing follows this comma".to_owned(),
            "-" | "*" | "•" if index == 0 => format!("no `{}` begins a clause", token.text),
            ")" | "]" => format!("this `{}` closes nothing", token.text),
            other => format!("`{other}` is not needed here"),
        };
        let wide = broken.removal(index, index);
        Repair::delete(token.range.clone(), message).widened(wide).bold()
    });
    guesses.collect()
}

/// `new > mql`, `new => mql`, `new to mql`.
pub(in crate::syntax::explain) fn arrow(broken: &Broken<'_>) -> Vec<Repair> {
    if !broken.expects(&[Rule::arrow]) {
        return Vec::new();
    }
    // `from new to mql`
    let sign = broken.near().find(|(_, t)| matches!(t.text, "to" | ">" | "=>"));
    if let (Some(from), Some((_, sign))) = (broken.token(0).filter(|t| t.text == "from"), sign) {
        let wide = broken.removal(0, 0);
        return vec![
            Repair::delete(from.range.clone(), "a transition is written `new -> mql`")
                .widened(wide)
                .and(sign.range.clone(), "->")
                .label("leave it out")
                .title("write it with `->`"),
        ];
    }
    let arrows = broken.near().filter(|(_, t)| {
        t.kind == Look::Sign && t.text.contains(['>', '-'])
            || matches!(t.text.to_lowercase().as_str(), "to" | "into")
    });
    arrows.map(|(_, token)| Repair::spelling(token, "->")).collect()
}

/// `0-200`, `0 to 200`.
pub(in crate::syntax::explain) fn range(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    let number = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || c == '_');
    for (index, token) in broken.near() {
        let dashed = token.text.split_once(['-', '–']).filter(|(a, b)| number(a) && number(b));
        if let Some((low, high)) = dashed {
            let right = format!("{low}..{high}");
            out.push(Repair::replace(token.range.clone(), "a range is written with two dots", right).safe());
        }
        let between = broken.token(index + 1).filter(|t| matches!(t.text, "-" | "to" | "..." | "–"));
        if let (Some(_), Some(high)) = (between, broken.token(index + 2))
            && number(token.text)
            && number(high.text)
        {
            let right = format!("{}..{}", token.text, high.text);
            let place = token.range.start..high.range.end;
            out.push(Repair::replace(place, "a range is written with two dots", right).safe());
        }
    }
    out
}
