//! `calendar-file`. Found by `ics`, while a project is read.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "calendar-file",
    summary: "a file of holidays of which not everything could be taken",
    severity: Severity::Warning,
    stage: Stage::Reading,
    page: include_str!("calendar_file.md"),
};
