//! `timezone-missing`. Found by `resolve`, in calendars and for the agreement as a whole.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "timezone-missing",
    summary: "hours, days or months without a time zone",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("timezone_missing.md"),
};
