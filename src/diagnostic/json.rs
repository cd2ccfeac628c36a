//! Findings for programs: one JSON document with a version of its own.

use serde::Serialize;

use super::{Applicability, Diagnostic, Label, Severity};
use crate::source::{SourceMap, Span};

/// Rises when a field changes its meaning or goes away; new fields do not raise it.
pub const FORMAT_VERSION: u32 = 1;

/// The document.
///
/// # Errors
/// None in practice: every part of it can be written as JSON.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap) -> serde_json::Result<String> {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let document = Document {
        version: FORMAT_VERSION,
        findings: diagnostics.iter().map(|d| finding(d, sources)).collect(),
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            files: sources.iter().count(),
        },
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    files: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    /// The file, where the finding has one.
    path: Option<String>,
    /// The place, where there is one in a text.
    place: Option<Place>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    witness: Option<WitnessFormat<'a>>,
    why: &'a [String],
    help: Option<&'a str>,
    fixes: Vec<FixFormat<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: String,
    place: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Place {
    start: Point,
    end: Point,
}

/// Line and column from 1 (columns count characters), offset in bytes from 0.
#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: u32,
}

#[derive(Serialize)]
struct WitnessFormat<'a> {
    title: &'a str,
    rows: Vec<[&'a str; 2]>,
}

#[derive(Serialize)]
struct FixFormat<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditFormat<'a>>,
}

#[derive(Serialize)]
struct EditFormat<'a> {
    path: String,
    place: Place,
    text: &'a str,
}

fn finding<'a>(d: &'a Diagnostic, sources: &SourceMap) -> Finding<'a> {
    let primary = d.primary.as_ref();
    let own_path = d.path.as_ref().map(|p| p.to_string_lossy().replace('\\', "/"));
    Finding {
        rule: d.rule,
        severity: d.severity.word(),
        message: &d.message,
        path: primary.map(|l| path(l.span, sources)).or(own_path),
        place: primary.map(|l| place(l.span, sources)),
        label: primary.map(|l| l.text.as_str()),
        related: d.secondary.iter().map(|l| related(l, sources)).collect(),
        witness: d.witness.as_ref().map(|w| WitnessFormat {
            title: &w.title,
            rows: w.rows.iter().map(|(a, b)| [a.as_str(), b.as_str()]).collect(),
        }),
        why: &d.notes,
        help: d.help.as_deref(),
        fixes: d
            .fixes
            .iter()
            .map(|f| FixFormat {
                title: &f.title,
                safe: f.applicability == Applicability::Safe,
                edits: f
                    .edits
                    .iter()
                    .map(|e| EditFormat {
                        path: path(e.span, sources),
                        place: place(e.span, sources),
                        text: &e.text,
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn related<'a>(label: &'a Label, sources: &SourceMap) -> Related<'a> {
    Related { path: path(label.span, sources), place: place(label.span, sources), message: &label.text }
}

fn path(span: Span, sources: &SourceMap) -> String {
    sources.file(span.file).display_path()
}

fn place(span: Span, sources: &SourceMap) -> Place {
    let point = |offset: u32| {
        let position = sources.file(span.file).position(offset);
        Point { line: position.line, column: position.column, offset }
    };
    Place { start: point(span.start), end: point(span.end) }
}
