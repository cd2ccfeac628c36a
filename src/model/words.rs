//! Numbers in English, for documents and messages. Always the same words, in every locale.

use rust_decimal::Decimal;

use super::credit::Payment;
use super::record::Currency;

/// A number with its digits in groups of three: `2,000,000`, `0.5`.
pub fn number(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// `a` or `an`, by the sound with which a name or a title most likely begins.
pub fn article(name: &str) -> &'static str {
    if begins_with_vowel(name) { "an" } else { "a" }
}

/// Whether a name is said with a vowel first.
fn begins_with_vowel(name: &str) -> bool {
    const SILENT: [&str; 5] = ["heir", "honest", "honor", "honour", "hour"];
    const LIKE_YOU: [&str; 9] = ["eu", "ewe", "one", "once", "uni", "usa", "use", "usu", "uti"];
    const UN: [&str; 2] = ["unim", "unin"];
    let lower = name.to_ascii_lowercase();
    let word = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let starts = |with: &[&str]| with.iter().any(|start| word.starts_with(start));
    let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let capitals = first.len() > 1 && first.chars().all(|c| c.is_ascii_uppercase());
    // Said letter by letter: an abbreviation, or nothing in it could be a syllable.
    let spelled = capitals || word.len() == 1 || !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if spelled {
        return word.starts_with(['a', 'e', 'f', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 'x', '8']);
    }
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']) && (starts(&UN) || !starts(&LIKE_YOU));
    vowel || starts(&SILENT)
}

/// `95%`.
pub fn percent(value: Decimal) -> String {
    format!("{}%", value.normalize())
}

/// Points of a score, with their sign: `+20`.
pub fn points(points: Decimal) -> String {
    let sign = if points.is_sign_negative() { "" } else { "+" };
    format!("{sign}{}", number(points))
}

/// `1st`, `2nd`, `11th`.
pub fn ordinal(n: u16) -> String {
    let ending = match (n % 10, n % 100) {
        (1, not_11) if not_11 != 11 => "st",
        (2, not_12) if not_12 != 12 => "nd",
        (3, not_13) if not_13 != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// `USD 2,000,000`.
pub fn money(amount: Decimal, currency: &Currency) -> String {
    format!("{currency} {}", number(amount))
}

/// An amount as a payment has it: `5% of “the monthly fee”`, `USD 500`.
pub fn payment(like: &Payment, amount: Decimal) -> String {
    match like {
        Payment::Percent { of, .. } => format!("{} of “{of}”", percent(amount)),
        Payment::Money(money_of) => match money_of.get() {
            Some((_, currency)) => money(amount, currency),
            None => number(amount),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (value, words) in
            [("200", "200"), ("2000000", "2,000,000"), ("-1234.50", "-1,234.5"), ("0.5", "0.5")]
        {
            assert_eq!(number(value.parse().unwrap()), words);
        }
    }

    #[test]
    fn names_and_titles_are_said_as_they_sound() {
        for name in [
            "account",
            "x",
            "mql",
            "SLA",
            "MQL of the week",
            "hour_log",
            "uninvited",
            "Unqualified lead",
            "f1",
        ] {
            assert_eq!(article(name), "an", "{name}");
        }
        for name in ["lead", "Lead", "user", "unit", "one_pager", "ticket", "b", "crm", "house", "europe", ""]
        {
            assert_eq!(article(name), "a", "{name}");
        }
    }
}
