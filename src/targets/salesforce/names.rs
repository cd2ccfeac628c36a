//! API names: what things are called in Salesforce.
//!
//! A plain `snake_case` name becomes words with capitals behind the prefix: `mql_at` is `SLA_MQL_At`. A name that cannot
//! be kept as it is (letters beyond A to Z, or too long) is transliterated and shortened, and ends in a short hash of the
//! whole name. So a name depends on nothing but what it stands for, and no other change renames it.

use sha2::{Digest, Sha256};

use crate::model::humanise;

/// Longest name of a field, a value set or a rule, without `__c`.
pub const NAME: usize = 40;
/// Digits of a hash that stand in a name.
const DIGITS: usize = 5;

/// The name of something that one or several names of the agreement stand for.
pub fn api(prefix: &str, parts: &[&str]) -> String {
    let name = joined(prefix, parts);
    if name.len() <= NAME && parts.iter().all(|part| is_plain(part)) {
        name
    } else {
        hashed(&name, &parts.join("."))
    }
}

/// The same with a hash in any case: for things that have many parts, which could be told apart in several ways.
pub fn unique(prefix: &str, parts: &[&str], identity: &str) -> String {
    hashed(&joined(prefix, parts), identity)
}

/// A text of at most so many UTF-16 units, which is how Salesforce counts; a shortened one ends in `…`.
pub fn shortened(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let mut left = limit.saturating_sub(1);
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let start: String = text.chars().take_while(fits).collect();
    format!("{}…", start.trim_end())
}

/// The length of a text as Salesforce counts it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The name of a thing that has a label instead of an API name, such as business hours.
pub fn display(prefix: &str, name: &str, limit: usize) -> String {
    let whole = format!("{prefix} {name}");
    if units(&whole) <= limit {
        return whole;
    }
    format!("{} {}", shortened(&whole, limit - DIGITS - 1), hash(name))
}

/// Whether a name given in the settings can be an API name, with or without `__c` and a namespace.
pub fn is_api_name(name: &str) -> bool {
    let mut chars = name.chars();
    name.len() <= 80
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.ends_with('_')
}

/// True for names that the name in Salesforce gives back, letter by letter.
fn is_plain(name: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('_').all(word)
}

fn joined(prefix: &str, parts: &[&str]) -> String {
    let mut out = prefix.to_owned();
    for word in parts.iter().flat_map(|part| words(part)) {
        out.push('_');
        out.push_str(&word);
    }
    out
}

/// The words of a name in letters and digits, each with a capital.
fn words(name: &str) -> Vec<String> {
    let text = if is_plain(name) { humanise(name) } else { deunicode::deunicode_with_tofu(name, " ") };
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(word).collect()
}

fn hashed(name: &str, identity: &str) -> String {
    let start: String = name.chars().take(NAME - DIGITS - 1).collect();
    format!("{}_{}", start.trim_end_matches('_'), hash(identity))
}

fn hash(identity: &str) -> String {
    let digest = Sha256::digest(identity.as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_become_words() {
        assert_eq!(api("SLA", &["mql_at"]), "SLA_MQL_At");
        assert_eq!(api("SLA", &["lead", "status"]), "SLA_Lead_Status");
        assert_eq!(api("SLA", &["q1_2026"]), "SLA_Q1_2026");
    }

    #[test]
    fn other_names_end_in_a_hash_and_are_never_taken_for_another() {
        let names =
            ["größe", "grosse", "größe_", "gr__osse", "_grosse", "北京", "北亰", "İstanbul", "_", "🚀"];
        let made: std::collections::BTreeSet<String> = names.iter().map(|n| api("SLA", &[n])).collect();
        assert_eq!(made.len(), names.len(), "{made:?}");
        for name in made {
            assert!(is_api_name(&name) && name.len() <= NAME && !name.contains("__"), "{name}");
        }
        let long = "a_very_long_name_that_goes_on_and_on_for_ever";
        assert!(api("SLA", &[long]).len() <= NAME);
        assert_ne!(api("SLA", &[long]), api("SLA", &[&format!("{long}_1")]));
    }

    #[test]
    fn texts_are_shortened_by_units_and_never_within_a_character() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "ab…");
        assert_eq!(shortened("🚀🚀🚀", 4), "🚀…");
        assert_eq!(shortened("ab cd", 4), "ab…");
    }

    #[test]
    fn names_in_the_settings_are_checked() {
        for good in ["Lead", "Deal__c", "ns__Deal__c", "NumberOfEmployees"] {
            assert!(is_api_name(good), "{good}");
        }
        for bad in ["", "1x", "Lead ", "Owner.Name", "a\"b", "x_", "größe", "../x", &"x".repeat(81)] {
            assert!(!is_api_name(bad), "{bad}");
        }
    }
}
