//! Validation rules: what the agreement forbids, one rule for each clause.
//!
//! Each file makes the rules of one kind of clause and lists what of it no rule can say. What is listed is printed on the
//! admin's page and reported; so nothing gets lost between the two.

mod duties;
mod fields;
mod lifecycle;
mod prohibition;

use std::collections::BTreeSet;

use super::formula::{self, Conditions, Formula, Split, Unsupported};
use super::names;
use super::org::Org;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::model::{Field, Head, Id, Model, Predicate, Record};
use crate::source::Span;
use crate::targets::NOT_ENFORCED;
use crate::targets::docs::condition::exact;
use crate::worktime::Instant;

/// Longest message and description of a rule.
const MESSAGE: usize = 255;

/// A validation rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The record.
    pub record: Id<Record>,
    /// Its API name.
    pub name: String,
    /// The clause it comes from, as a phrase: ``lifecycle `lead_status` ``.
    pub clause: String,
    /// What the agreement says.
    pub sentence: String,
    /// True for a record that is refused.
    pub formula: String,
    /// What the user reads.
    pub message: String,
    /// The field beside which the message stands.
    pub display: Option<String>,
    /// Where the clause stands.
    pub span: Span,
}

/// Something that no rule enforces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// What is not enforced, and why.
    pub what: String,
    /// Where it stands, with a remark.
    pub span: Span,
    /// What to do about it.
    pub help: String,
    /// A warning where a rule would have been expected.
    pub severity: Severity,
}

/// All rules of an agreement, and what they leave out.
#[derive(Debug, Default)]
pub struct Rules {
    /// In the order of the agreement.
    pub rules: Vec<Rule>,
    /// In the order of the agreement.
    pub omissions: Vec<Omission>,
}

impl Rules {
    /// Makes them.
    pub fn of(org: &Org<'_>) -> Rules {
        let evaluator = Evaluator::new(org.model, Instant::MIN);
        let mut builder = Builder { org, evaluator: &evaluator, out: Rules::default() };
        fields::rules(&mut builder);
        prohibition::rules(&mut builder);
        lifecycle::rules(&mut builder);
        duties::omissions(&mut builder);
        builder.out
    }

    /// What is reported of them.
    pub fn diagnostics(&self, org: &Org<'_>) -> Vec<Diagnostic> {
        let remark = |left: &Omission| {
            Diagnostic::new(NOT_ENFORCED, left.severity, format!("Salesforce does not enforce {}", left.what))
                .at(left.span, "not a validation rule")
                .help(left.help.clone())
        };
        self.omissions.iter().map(remark).chain(self.too_many(org)).collect()
    }

    /// Salesforce takes so many active rules on one object.
    fn too_many(&self, org: &Org<'_>) -> Vec<Diagnostic> {
        const MOST: usize = 500;
        const USUAL: usize = 100;
        let mut out = Vec::new();
        for (id, record) in org.model.records.iter() {
            let count = self.rules.iter().filter(|r| r.record == id).count();
            if count > USUAL {
                let limit = if count > MOST { MOST } else { USUAL };
                let message = format!("`{}` has {count} validation rules in Salesforce", record.head.name);
                out.push(
                    Diagnostic::warning(NOT_ENFORCED, message)
                        .at(record.head.name.span, format!("more than {limit}"))
                        .note("An object takes 100 active rules in most editions, and 500 in the largest.")
                        .help("Ask for the limit of your edition; or declare fewer stages and fewer required fields."),
                );
            }
        }
        out
    }
}

/// A rule before it is checked against the limits.
struct Draft {
    record: Id<Record>,
    /// Names it is called after.
    parts: Vec<String>,
    /// What the name stands for, in whole.
    identity: String,
    /// The clause, as a phrase.
    clause: String,
    sentence: String,
    message: String,
    display: Option<Id<Field>>,
    /// When it is asked, and what it refuses.
    refused: Vec<Formula>,
    span: Span,
}

struct Builder<'a> {
    org: &'a Org<'a>,
    evaluator: &'a Evaluator<'a>,
    out: Rules,
}

impl<'a> Builder<'a> {
    fn model(&self) -> &'a Model {
        self.org.model
    }

    fn conditions(&self, record: Id<Record>) -> Conditions<'a> {
        Conditions::new(self.org, self.evaluator, record)
    }

    /// Who a clause belongs to: the agreement, or nobody if it comes from a file that other agreements use as well. Then
    /// its rules are the same in every agreement, and are deployed once.
    fn owner(&self, head: &Head) -> &'a str {
        let agreement = &self.model().agreement.head;
        if head.span.file == agreement.span.file { &agreement.name.text } else { "" }
    }

    /// Takes a rule in, in as many parts as its length asks for.
    fn rule(&mut self, draft: Draft) {
        let bypass = Formula::test(format!("NOT($Permission.{})", self.org.bypass()));
        let formula = Formula::all([bypass].into_iter().chain(draft.refused));
        if formula == Formula::Constant(false) {
            return;
        }
        match formula::split(&formula) {
            Split::Into(parts) => {
                let count = parts.len();
                for (i, part) in parts.iter().enumerate() {
                    let numbered = if count == 1 { draft.identity.clone() } else { format!("{} {i}", draft.identity) };
                    let parts: Vec<&str> = draft.parts.iter().map(String::as_str).collect();
                    let display = draft.display.map(|f| self.org.column(draft.record, f).api.clone());
                    self.out.rules.push(Rule {
                        record: draft.record,
                        name: names::unique(self.org.prefix, &parts, &numbered),
                        clause: draft.clause.clone(),
                        sentence: draft.sentence.clone(),
                        formula: formula::print(part),
                        message: message(&draft.message, &draft.clause),
                        display,
                        span: draft.span,
                    });
                }
            }
            Split::TooLong(length) => self.out.omissions.push(Omission {
                what: format!("{}: its formula has {length} characters, and Salesforce takes 3,900", draft.clause),
                span: draft.span,
                help: "Write a shorter condition: several clauses, or a field of its own that says whether it holds."
                    .to_owned(),
                severity: Severity::Warning,
            }),
        }
    }

    fn omit(&mut self, what: impl Into<String>, span: Span, help: impl Into<String>) {
        let (what, help) = (what.into(), help.into());
        self.out.omissions.push(Omission { what, span, help, severity: Severity::Info });
    }

    /// A condition that no formula says.
    fn unsupported(&mut self, subject: &str, unsupported: &Unsupported) {
        self.out.omissions.push(Omission {
            what: format!("{subject}: {}", unsupported.why),
            span: unsupported.span,
            help: "To have it enforced, ask for a field that says whether it holds.".to_owned(),
            severity: Severity::Warning,
        });
    }
}

/// A condition as it stands in the agreement, with what the definitions in it mean.
fn explained(model: &Model, record: Id<Record>, condition: &Predicate) -> String {
    let mut waiting = condition.definitions();
    let mut seen = BTreeSet::new();
    let mut meanings = Vec::new();
    while let Some(id) = (!waiting.is_empty()).then(|| waiting.remove(0)) {
        if seen.insert(id) {
            let definition = &model.definitions[id];
            let meaning = exact(model, record, &definition.condition);
            meanings.push(format!("{} means {meaning}", definition.head.name));
            waiting.extend(definition.condition.definitions());
        }
    }
    let text = exact(model, record, condition);
    if meanings.is_empty() { text } else { format!("{text} ({})", meanings.join("; ")) }
}

/// The message a user reads: what is wrong, and which clause says so.
fn message(sentence: &str, clause: &str) -> String {
    let clause = names::shortened(&format!(" (Agreement: {clause})"), MESSAGE / 2);
    format!("{}{clause}", names::shortened(sentence, MESSAGE - names::units(&clause)))
}

/// What a rule says of itself in Setup.
pub fn description(rule: &Rule) -> String {
    names::shortened(&format!("{}: {}", rule.clause, rule.sentence), MESSAGE)
}
