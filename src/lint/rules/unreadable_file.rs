//! `unreadable-file`. Found by `project`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreadable-file",
    summary: "a file or folder that cannot be read",
    severity: Severity::Error,
    stage: Stage::Reading,
    page: include_str!("unreadable_file.md"),
};
