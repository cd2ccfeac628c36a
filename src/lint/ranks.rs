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
const LEVELS: [&[&str]; 4] = [
    &["critical", "urgent", "highest", "emergency", "blocker"],
    &["high", "major"],
    &["medium", "normal", "moderate"],
    &["low", "lowest", "minor", "trivial"],
];

/// Words in the name of a field whose levels say what is to be done first.
const URGENT_FIELDS: [&str; 8] =
    ["priority", "prio", "severity", "sev", "urgency", "impact", "criticality", "tier"];

/// Values that speak of nothing but urgency, whatever their field is called.
const URGENT_VALUES: [&str; 3] = ["urgent", "emergency", "blocker"];

/// What is paid for, the best first.
const SERVICES: [&str; 4] = ["platinum", "gold", "silver", "bronze"];

/// Words in the name of a field that says what somebody pays for.
const SERVICE_FIELDS: [&str; 9] =
    ["plan", "tier", "package", "subscription", "support", "service", "sla", "contract", "entitlement"];

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

/// Who is to be served first, as the names of values say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ladder {
    /// `p1`, `sev2`.
    Numbers,
    /// `critical`, `high`, of a priority.
    Levels,
    /// `gold`, `silver`, of a plan.
    Services,
}

/// The place of a value on a ladder of a field, of which these are all the values: 0 is first. The same words may order
/// sizes or risks, so that the field or a value must say that they are about urgency.
pub(super) fn rung(field: &str, values: &[&str], value: &str) -> Option<(Ladder, u32)> {
    let lower = value.to_ascii_lowercase();
    let name = field.to_ascii_lowercase();
    let is_about = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
    if let Some(place) = SERVICES.iter().position(|service| *service == lower) {
        return is_about(&SERVICE_FIELDS).then_some((Ladder::Services, u32::try_from(place).ok()?));
    }
    let urgent = is_about(&URGENT_FIELDS)
        || values.iter().any(|value| URGENT_VALUES.contains(&value.to_ascii_lowercase().as_str()));
    match rank(value)? {
        // `s1` may be a size or a step.
        (Ranking::Urgency, place) => (urgent || !lower.starts_with(['s', 'S']) || lower.starts_with("sev"))
            .then_some((Ladder::Numbers, place)),
        (Ranking::Levels, place) => urgent.then_some((Ladder::Levels, place)),
        (Ranking::Letters, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ladder, Ranking, rank, rung};

    #[test]
    fn only_what_is_about_urgency_is_a_ladder() {
        for (field, value, expected) in [
            ("priority", "high", Some((Ladder::Levels, 1))),
            ("Case_Severity", "minor", Some((Ladder::Levels, 3))),
            ("effort", "low", None),
            ("risk", "critical", None),
            ("kind", "p2", Some((Ladder::Numbers, 2))),
            ("kind", "sev2", Some((Ladder::Numbers, 2))),
            ("size", "s1", None),
            ("severity", "S1", Some((Ladder::Numbers, 1))),
            ("plan", "Gold", Some((Ladder::Services, 1))),
            ("medal", "gold", None),
            ("priority", "A", None),
        ] {
            assert_eq!(rung(field, &[], value), expected, "{field} {value}");
        }
        assert_eq!(rung("kind", &["urgent", "low"], "low"), Some((Ladder::Levels, 3)));
    }

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
