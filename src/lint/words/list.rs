//! The list of words, and where they stand in a text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

/// A phrase of the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The phrase; in capitals if it is one only so.
    pub phrase: &'static str,
    /// The rule that speaks of it.
    pub rule: &'static str,
    /// Why it matters, or how it is read: each rule has words of its own around it.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
}

/// Stands for a rule where a phrase keeps a shorter one inside it from being found.
pub const HARMLESS: &str = "-";

/// The list, sorted by rule and phrase.
pub static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let lines = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(entry).collect()
});

fn entry(line: &'static str) -> Option<Entry> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Entry { phrase: next()?, rule: next()?, why: next()?, instead: next()? })
}

static AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    // It could only be too large.
    builder.build(ENTRIES.iter().map(|e| e.phrase)).ok()
});

/// The phrases in a text, as whole words, the longest first.
pub fn find(text: &str) -> impl Iterator<Item = (&'static Entry, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let automaton = AUTOMATON.as_ref()?;
        loop {
            let found = automaton.find(Input::new(text).range(at.min(text.len())..))?;
            let (entry, part) = (&ENTRIES[found.pattern().as_usize()], found.range());
            if is_meant(text, &part, entry) {
                at = part.end;
                return Some((entry, part));
            }
            at = part.start + 1;
        }
    })
}

fn is_meant(text: &str, part: &Range<usize>, entry: &Entry) -> bool {
    let phrase = entry.phrase;
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let begins = !phrase.starts_with(char::is_alphanumeric) || !text[..part.start].ends_with(joins);
    // `Promptly.io` is a name.
    let dotted =
        |rest: &str| rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let after = &text[part.end..];
    let ends = !phrase.ends_with(char::is_alphanumeric) || !(after.starts_with(joins) || dotted(after));
    let only_in_capitals = phrase.bytes().all(|b| b.is_ascii_uppercase());
    begins && ends && (!only_in_capitals || text[part.clone()] == *phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        find(text).map(|(entry, _)| entry.phrase).collect()
    }

    #[test]
    fn the_list_is_in_order_and_complete() {
        assert!(AUTOMATON.is_some());
        let lines = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.clone().count(), ENTRIES.len());
        for line in lines {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
        let keys: Vec<(&str, String)> = ENTRIES.iter().map(|e| (e.rule, e.phrase.to_lowercase())).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        let mut phrases: Vec<String> = keys.into_iter().map(|(_, phrase)| phrase).collect();
        phrases.sort();
        for pair in phrases.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn phrases_are_plain_and_their_rules_exist() {
        for Entry { phrase, rule, .. } in ENTRIES.iter() {
            let lower = phrase.to_lowercase() == **phrase;
            assert!(lower || phrase.bytes().all(|b| b.is_ascii_uppercase()), "{phrase}");
            assert!(phrase.is_ascii() && phrase.trim() == *phrase && !phrase.contains("  "), "{phrase}");
            assert!(*rule == HARMLESS || crate::lint::rule(rule).is_some(), "{rule}");
        }
    }

    #[test]
    fn whole_words_in_any_case_the_longest_first() {
        assert_eq!(found("As Soon As Possible, or soon"), ["as soon as possible", "soon"]);
        assert_eq!(found("sooner, monsoon, soon-to-be, soon_at, Übersoon, soonß"), [""; 0]);
        assert_eq!(found("as soon as possibly soon"), ["as soon as", "soon"]);
        assert_eq!(found("it is EST, est and Est"), ["EST"]);
        assert_eq!(found("calls, mails, etc. And so on"), ["etc.", "and so on"]);
        assert_eq!(found("(soon)"), ["soon"]);
        assert_eq!(found("Promptly.io; soon.2; soon. Then"), ["soon"]);
        assert_eq!(found("[Insert the date]"), ["[insert"]);
        assert_eq!(found("ünsoon soon\u{2019}s"), ["soon"]);
    }
}
