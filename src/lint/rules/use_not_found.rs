//! `use-not-found`. Found by `project`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "use-not-found",
    summary: "a `use` line that leads nowhere, or out of the project",
    severity: Severity::Error,
    stage: Stage::Reading,
    page: include_str!("use_not_found.md"),
};
