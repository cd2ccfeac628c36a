//! Values that say by their names in which order they stand: grades, priorities, levels.

/// What the names of values say of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ranking {
    /// `a`, `b`, `c`: grades, the best first.
    Letters,
    /// `p1`, `sev2`: the most urgent first.
    Urgency,
    /// `low`, `medium`, `high`, from the highest.
    Levels,
}

/// Words before a number that count from the most urgent.
const URGENCY: [&str; 6] = ["p", "prio", "priority", "s", "sev", "severity"];

/// Levels, the highest first. Words of one row mean the same.
const LEVELS: [&[&str]; 4] =
    [&["critical", "urgent", "highest"], &["high"], &["medium", "normal"], &["low", "lowest"]];

/// The place of a value in the order that its name speaks of: 0 is first.
pub(super) fn rank(value: &str) -> Option<(Ranking, u32)> {
    let lower = value.to_ascii_lowercase();
    if let [letter @ b'a'..=b'f'] = lower.as_bytes() {
        return Some((Ranking::Letters, u32::from(letter - b'a')));
    }
    if let Some(level) = LEVELS.iter().position(|words| words.contains(&lower.as_str())) {
        return Some((Ranking::Levels, u32::try_from(level).ok()?));
    }
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = lower[word.len()..].parse().ok()?;
    let word = word.trim_end_matches([' ', '_', '-']);
    URGENCY.contains(&word).then_some((Ranking::Urgency, number))
}

#[cfg(test)]
mod tests {
    use super::{Ranking, rank};

    #[test]
    fn names_of_values_tell_their_order() {
        for (value, expected) in [
            ("A", Some((Ranking::Letters, 0))),
            ("d", Some((Ranking::Letters, 3))),
            ("P1", Some((Ranking::Urgency, 1))),
            ("Sev 2", Some((Ranking::Urgency, 2))),
            ("priority_10", Some((Ranking::Urgency, 10))),
            ("high", Some((Ranking::Levels, 1))),
            ("Medium", Some((Ranking::Levels, 2))),
            ("p", None),
            ("us", None),
            ("tier1", None),
            ("2", None),
            ("p99999999999", None),
            ("é1", None),
            ("", None),
        ] {
            assert_eq!(rank(value), expected, "{value}");
        }
    }
}
