//! The document people sign: one Markdown file and one self-contained HTML file for each agreement.
//!
//! The `sections` say everything once, as a [`document::Document`]; `html` and `markdown` print that tree. Dates in it
//! are computed by `worktime`, verdicts by `evaluate`; nothing here knows how either is done.

mod book;
pub(super) mod condition;
mod diagram;
pub mod document;
pub mod escape;
mod example;
mod html;
pub(super) mod markdown;
mod prose;
mod sections;
pub(super) mod words;

use super::{Artifact, NOT_ENFORCED, Output};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::model::Model;
use crate::worktime::Instant;

/// Makes the documents of an agreement.
pub fn generate(model: &Model, config: &Config) -> Output {
    let document = document(model, config);
    let name = &model.agreement.head.name.text;
    let html = Artifact::text(format!("{name}.html"), html::print(&document));
    let markdown = Artifact::text(format!("{name}.md"), markdown::print(&document));
    Output { artifacts: vec![html, markdown], diagnostics: remarks(model) }
}

/// The document as a tree, before it is printed.
pub fn document(model: &Model, config: &Config) -> document::Document {
    sections::document(model, config)
}

/// A document leaves nothing out; but one with something open should not be signed by accident.
fn remarks(model: &Model) -> Vec<Diagnostic> {
    match model.open_points.len() {
        0 => unmeasured(model),
        1 => vec![not_ready(model, "1 point is", "it")],
        n => vec![not_ready(model, &format!("{n} points are"), "each of them")],
    }
}

fn not_ready(model: &Model, points: &str, each: &str) -> Diagnostic {
    let message = format!("the document is marked as not ready to be signed: {points} still to be decided");
    Diagnostic::new(NOT_ENFORCED, Severity::Info, message)
        .at(model.agreement.head.name.span, "this agreement")
        .help(format!("Replace the `tbd`. The document shows {each} in its place."))
}

/// Commitments that cannot be measured although nothing is left open.
fn unmeasured(model: &Model) -> Vec<Diagnostic> {
    let evaluator = Evaluator::new(model, Instant::MIN);
    let gaps = model.commitments.iter().filter_map(|(id, c)| Some((c, evaluator.gap(id)?)));
    gaps.map(|(commitment, gap)| {
        let name = &commitment.head.name;
        Diagnostic::warning(NOT_ENFORCED, format!("the document marks `{name}` as not measurable: {gap}"))
            .at(name.span, "has no worked example")
            .help("Add what is missing. Until then the document should not be signed.")
    })
    .collect()
}
