//! `unit-mismatch`. Found by `resolve`, in conditions and durations.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unit-mismatch",
    summary: "units or currencies that do not go together",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("unit_mismatch.md"),
};
