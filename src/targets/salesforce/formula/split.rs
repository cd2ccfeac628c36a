//! Splitting formulas that are too long, where that changes nothing.

use super::print::inline;
use super::{BYTES, CHARACTERS, Formula};

/// More rules than this for one clause are not a way out any more.
const MOST: usize = 20;

/// How a formula can be deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// As these formulas: the record is refused when one of them is true.
    Into(Vec<Formula>),
    /// Not at all: a part of it that cannot be split has this many characters.
    TooLong(usize),
}

/// True if Salesforce takes a formula of this length.
pub fn is_short_enough(text: &str) -> bool {
    text.len() <= BYTES && text.encode_utf16().count() <= CHARACTERS
}

/// Splits a formula into as few as needed.
pub fn split(formula: &Formula) -> Split {
    let text = inline(formula);
    if is_short_enough(&text) {
        return Split::Into(vec![formula.clone()]);
    }
    let Some((alternatives, rest)) = alternatives(formula) else {
        return Split::TooLong(text.encode_utf16().count());
    };
    let whole =
        |part: &[Formula]| Formula::all(rest.iter().cloned().chain([Formula::any(part.iter().cloned())]));
    let mut out = Vec::new();
    let mut group: Vec<Formula> = Vec::new();
    for alternative in alternatives {
        group.push(alternative);
        if is_short_enough(&inline(&whole(&group))) {
            continue;
        }
        let last = group.split_off(group.len() - 1);
        if !group.is_empty() {
            out.push(whole(&group));
            group.clear();
        }
        match split(&whole(&last)) {
            Split::TooLong(length) => return Split::TooLong(length),
            // It may take up what follows.
            Split::Into(parts) if parts.len() == 1 => group = last,
            Split::Into(parts) => out.extend(parts),
        }
    }
    if !group.is_empty() {
        out.push(whole(&group));
    }
    if out.len() > MOST { Split::TooLong(text.encode_utf16().count()) } else { Split::Into(out) }
}

/// The formula as "one of these, and all of the rest". The rest keeps its order, in front.
fn alternatives(formula: &Formula) -> Option<(Vec<Formula>, Vec<Formula>)> {
    match formula {
        Formula::Any(parts) => Some((parts.clone(), Vec::new())),
        Formula::Not(inner) => match &**inner {
            Formula::All(parts) => Some((parts.iter().cloned().map(Formula::negated).collect(), Vec::new())),
            _ => None,
        },
        Formula::All(parts) => {
            // The longest part that is an alternative.
            let (at, (choices, inner)) = parts
                .iter()
                .enumerate()
                .filter_map(|(i, part)| Some((i, alternatives(part)?)))
                .max_by_key(|(i, _)| inline(&parts[*i]).len())?;
            let mut rest: Vec<Formula> = parts.clone();
            rest.remove(at);
            rest.extend(inner);
            Some((choices, rest))
        }
        Formula::Constant(_) | Formula::Test(_) | Formula::AtLeast(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(name: &str, length: usize) -> Formula {
        Formula::test(format!("{name}{}", "x".repeat(length)))
    }

    #[test]
    fn a_short_formula_stays_whole() {
        let formula = Formula::all([test("a", 10), test("b", 10)]);
        assert_eq!(split(&formula), Split::Into(vec![formula.clone()]));
    }

    #[test]
    fn an_alternative_becomes_several_rules() {
        let parts: Vec<Formula> = ('a'..='f').map(|c| test(&c.to_string(), 1_500)).collect();
        let formula = Formula::all([test("scope", 1), Formula::all(parts.clone()).negated()]);
        let Split::Into(made) = split(&formula) else { panic!() };
        assert_eq!(made.len(), 3);
        for part in &made {
            assert!(is_short_enough(&inline(part)));
            assert!(inline(part).starts_with("AND(scopex, OR(NOT("));
        }
    }

    #[test]
    fn what_must_hold_together_cannot_be_split() {
        let parts: Vec<Formula> = ('a'..='f').map(|c| test(&c.to_string(), 1_000)).collect();
        assert!(matches!(split(&Formula::all(parts)), Split::TooLong(n) if n > 6_000));
    }
}
