//! Rows of scores whose words are all there, but in another form.

use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token};
use crate::syntax::grammar::Rule;

/// Guesses at a row of a score.
pub(in crate::syntax::explain) fn score(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    out.extend(no_sign(broken));
    out.extend(bounds_behind_name(broken));
    out.extend(each(broken));
    out.extend(one_unit(broken));
    out.extend(once(broken));
    out.extend(total_sign(broken));
    out
}

/// `20 when employees >= 200`.
fn no_sign(broken: &Broken<'_>) -> Option<Repair> {
    let points = broken.token(0).filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit()))?;
    let message = format!("are {} points given or taken?", points.text);
    Some(
        Repair::insert(points.range.clone(), message, points.range.start, "+")
            .title(format!("write `+{}`", points.text))
            .or(format!("write `-{}`", points.text), points.range.start..points.range.start, "-")
            .label("points have a sign"),
    )
}

/// `add fit at most 70`: of `fit`, or of everything?
fn bounds_behind_name(broken: &Broken<'_>) -> Option<Repair> {
    let (add, name, bound) = (broken.token(0)?, broken.token(1)?, broken.token(2)?);
    if add.text != "add" || name.kind != Look::Word || bound.text != "at" {
        return None;
    }
    let end = broken.text.trim_end().len();
    let bounds = broken.text.get(bound.range.start..end)?;
    let right = format!("{bounds} from {}", name.text);
    let message = format!("`{bounds}` of `{}`, or of the whole score?", name.text);
    Some(
        Repair::replace(name.range.start..end, message, right)
            .or(format!("write `total {bounds}`"), bound.range.start..bound.range.start, "\n  total ")
            .label("a bound stands in front of what it bounds"),
    )
}

/// `+10 per activity`, `-10 every 30 calendar days since ..`, `+5 for every ..`.
fn each(broken: &Broken<'_>) -> Option<Repair> {
    let row = behind_points(broken)?;
    let first = broken.token(row)?;
    let last = match (first.text, broken.token(row + 1).map(|t| t.text)) {
        ("for", Some("every" | "any" | "all")) => broken.token(row + 1)?,
        ("per" | "every" | "each", _) => first,
        _ => return None,
    };
    let place = first.range.start..last.range.end;
    let said = broken.text.get(place.clone())?;
    Some(
        Repair::replace(place, format!("`{said}` is written `for each` here"), "for each")
            .label("write `for each`"),
    )
}

/// `-10 for each month since last_active_at`.
fn one_unit(broken: &Broken<'_>) -> Option<Repair> {
    let row = behind_points(broken)?;
    broken.token(row + 1).filter(|each| each.text == "each")?;
    let unit = broken.token(row + 2).filter(|t| is_unit(t.text))?;
    let right = if unit.text == "day" { "1 calendar " } else { "1 " };
    let message = format!("how many {}s?", unit.text);
    Some(
        Repair::insert(unit.range.clone(), message, unit.range.start, right)
            .label("a number is missing in front of this"),
    )
}

/// The index of the piece behind the points of a row.
fn behind_points(broken: &Broken<'_>) -> Option<usize> {
    let number =
        |t: &Token<'_>| t.text.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit());
    Some(broken.tokens.iter().take(2).position(number)? + 1)
}

fn is_unit(word: &str) -> bool {
    matches!(word, "minute" | "hour" | "day" | "week" | "month")
}

/// `once per day`, without `at most`.
fn once(broken: &Broken<'_>) -> Option<Repair> {
    let (_, once) = broken.near().find(|(_, t)| t.text == "once")?;
    Some(Repair::insert(once.range.clone(), "`at most` is missing", once.range.start, "at most "))
}

/// `total <= 100`.
fn total_sign(broken: &Broken<'_>) -> Option<Repair> {
    let sign = broken.token(1).filter(|_| broken.token(0).is_some_and(|t| t.text == "total"))?;
    let right = match sign.text {
        "<=" | "<" | "max" => "at most",
        ">=" | ">" | "min" => "at least",
        _ => return None,
    };
    Some(Repair::replace(sign.range.clone(), format!("`{}` is written `{right}` here", sign.text), right))
}

/// `expect lead_score 75`, `expect lead_score >= 75`.
pub(in crate::syntax::explain) fn expected_number(broken: &Broken<'_>) -> Option<Repair> {
    if let [expect, _, sign, _] = broken.tokens.as_slice()
        && expect.text == "expect"
        && matches!(sign.text, ">=" | "<=" | ">" | "<" | "!=")
    {
        let message = "an example says what a score comes to, not between what";
        return Some(Repair::replace(sign.range.clone(), message, "=").label("write `=`"));
    }
    let number = broken.token(2).filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
    if broken.token(0).is_none_or(|t| t.text != "expect") || !broken.expects(&[Rule::equal, Rule::verdict]) {
        return None;
    }
    Some(Repair::insert(number.range.clone(), "`=` is missing", number.range.start, "= "))
}
