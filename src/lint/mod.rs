//! The linter: an explicit list of rules, and the checks that run on a resolved agreement.
//!
//! A rule is one file in `rules/` with its page beside it. Some rules are found while a file is read or resolved; their
//! files hold the page and the name, and say where the finding is made. Everything that must know the rules (`explain`,
//! the settings, the documentation, the tests) reads [`ALL`].

pub mod across;
mod amounts;
mod bands;
mod bindings;
mod cadence;
mod closed;
mod graph;
mod lines;
mod meetings;
mod moments;
mod overlap;
mod promises;
pub mod prove;
mod ranks;
mod rules;
mod simplex;
mod stages;
mod volumes;
mod waits;
mod when;
mod words;

use std::cell::RefCell;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::model::{Commitment, Date, Head, Model, Name};
use crate::resolve::Reference;
use crate::source::Span;
use crate::worktime::{Instant, TimeZone, words as time};

pub use across::Across;
pub use bindings::check_bindings;
pub use lines::Lines;
pub use prove::Questions;
pub use rules::ALL;
pub use words::Words;

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, in words joined by hyphens. Reads well after "allow".
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// How loudly it speaks unless the settings say otherwise.
    pub severity: Severity,
    /// Where it is found.
    pub stage: Stage,
    /// Its page.
    pub page: &'static str,
}

/// Where a rule is found.
#[derive(Debug, Clone, Copy)]
pub enum Stage {
    /// While files are read: what cannot be read or found.
    Reading,
    /// While names, types and units are resolved.
    Resolving,
    /// On the resolved agreement.
    Checking(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// On two agreements of one project, side by side.
    Comparing(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// While outputs are made and written.
    Building,
    /// When the remarks of the authors to Clausal are followed.
    Remarks,
}

/// What a check may know.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The agreement.
    pub model: &'a Model,
    /// Its meaning.
    pub evaluator: &'a Evaluator<'a>,
    /// Its deadlines as functions of the start.
    pub lines: &'a Lines<'a>,
    /// Every use of a name; `None` when something could not be resolved, for it may have been a use.
    pub references: Option<&'a [Reference]>,
    /// Whether every file could be read in whole. If not, something missing may have been in the unread part.
    pub whole: Wholeness,
    /// The words of its texts that leave something open.
    pub words: &'a Words<'a>,
    /// The present day.
    pub today: Date,
    /// What was asked about conditions, and how much of it could be answered.
    pub questions: &'a RefCell<Questions>,
    /// The two agreements that are held against each other, if it is not about one alone.
    pub across: Option<&'a Across<'a>>,
}

impl Context<'_> {
    /// A moment in a message, with its zone where that is not the agreement's.
    fn moment(&self, at: Instant, zone: &TimeZone) -> String {
        time::moment(at, zone) + &self.zone_label(at, zone)
    }

    /// The end of a time in a message, with its zone where that is not the agreement's.
    fn deadline(&self, at: Instant, zone: &TimeZone) -> String {
        time::deadline(at, zone) + &self.zone_label(at, zone)
    }

    /// Two agreements of different zones have none together: then every moment says which it is of.
    fn zone_label(&self, at: Instant, zone: &TimeZone) -> String {
        match self.evaluator.zone() {
            None if self.across.is_some() => format!(" {}", time::zone(at, zone)),
            usual => time::label(at, zone, usual),
        }
    }

    /// Whether two things are to be compared: any two of one agreement; of two agreements, one of each.
    fn compares(&self, a: &Head, b: &Head) -> bool {
        self.across.is_none_or(|across| across.parts(a, b))
    }

    /// A name as a message has it: with its agreement where there are two.
    fn called(&self, head: &Head) -> String {
        self.across.map_or_else(|| format!("`{}`", head.name), |across| across.called(head))
    }

    /// What a finding about two promises rests on beside the text, if they are of two agreements.
    fn assumption(&self, promises: [&Commitment; 2]) -> Option<String> {
        self.across?.assumption(self.model, promises)
    }

    /// Where a part of the text uses a name for the last time; the whole part if that is not known.
    fn mention(&self, name: &Name, part: Span) -> Span {
        let inside = |used: &Span| used.file == part.file && part.start <= used.start && used.end <= part.end;
        let used = self.references.into_iter().flatten().filter(|r| r.declared == name.span).map(|r| r.used);
        used.filter(inside).max().unwrap_or(part)
    }
}

/// Whether every file of an agreement could be read in whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wholeness {
    /// Yes.
    Whole,
    /// No.
    Partial,
}

/// The rule of that name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|r| r.name == name)
}

/// The rules that find a conflict: two things that cannot both hold, or a promise that cannot be kept.
const CONFLICTS: &[&str] = &[
    "allowed-and-forbidden",
    "ambiguous-route",
    "attempts-do-not-fit",
    "capacity-infeasible",
    "channel-too-slow",
    "circular-waiting",
    "counted-twice",
    "deadline-outside-hours",
    "definition-group-gap",
    "definitions-overlap",
    "different-levels",
    "different-starts",
    "different-targets",
    "duty-beside-meeting",
    "duty-on-closed-day",
    "duty-vs-prohibition",
    "end-to-end-too-short",
    "escalation-before-breach",
    "exception-swallows-rule",
    "exclusive-duties",
    "impossible-definition",
    "impossible-stage-change",
    "impossible-trigger",
    "incompatible-deadlines",
    "later-stage-due-first",
    "missing-exit",
    "never-met",
    "off-by-one-band",
    "overlapping-exits",
    "priority-inversion",
    "promise-never-binds",
    "prose-contradicts-code",
    "quota-below-goal",
    "quotas-do-not-add-up",
    "reminder-after-deadline",
    "reminder-before-start",
    "scenario-fails",
    "self-escalation",
    "several-owners",
    "stage-limit-below-step",
    "stages-outlast-promise",
    "step-out-of-order",
    "target-unreachable",
    "two-meanings",
    "unreachable-route",
    "wait-past-deadline",
];

/// True for a rule that finds a conflict.
pub fn is_conflict(name: &str) -> bool {
    CONFLICTS.binary_search(&name).is_ok()
}

/// Runs every check.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for rule in ALL {
        if let Stage::Checking(check) = rule.stage {
            check(context, &mut out);
        }
    }
    out
}

/// Applies the levels that the settings give to rules. A rule that is `off` says nothing; what cannot be read at all
/// stays an error.
pub fn apply_levels(diagnostics: Vec<Diagnostic>, config: &Config) -> Vec<Diagnostic> {
    diagnostics
        .into_iter()
        .filter_map(|d| {
            let reading = rule(d.rule).is_some_and(|r| matches!(r.stage, Stage::Reading));
            match config.rules.get(d.rule) {
                Some(level) if !reading => level.value.map(|severity| Diagnostic { severity, ..d }),
                _ => Some(d),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CONFLICTS, rule};

    #[test]
    fn conflicts_are_rules_in_order() {
        assert!(CONFLICTS.is_sorted());
        for name in CONFLICTS {
            assert!(rule(name).is_some(), "{name}");
        }
    }
}
