//! The entry: a file's text in, its tree and its faults out.

use pest::Parser as _;

use super::ast::File;
use super::build::Builder;
use super::explain;
use super::grammar::{Grammar, Rule};
use super::scan::{self, Fault, FaultKind, Scan};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::source::{FileId, Span};

/// The rule name of everything that cannot be read.
pub const SYNTAX: &str = "syntax";

/// Reads a file. The text must not begin with a byte-order mark.
pub fn parse(file: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    let Scan { blocks, comments, faults } = scan::scan(file, text);
    let mut out = File::default();
    let mut diagnostics: Vec<Diagnostic> = faults.iter().map(|f| fault(*f, text)).collect();
    out.comments
        .extend(comments.iter().map(|s| super::ast::Spanned::new(text[s.range()].trim_end().to_owned(), *s)));
    for span in blocks {
        let too_deep = faults.iter().any(|f| f.kind == FaultKind::TooDeep && within(f.span, span));
        let fragment = &text[span.range()];
        if too_deep {
            out.lost_names.extend(explain::block_name(fragment));
            continue;
        }
        match Grammar::parse(Rule::block_only, fragment) {
            Ok(pairs) => {
                let mut builder = Builder::new(span, fragment, &faults, &mut diagnostics);
                out.items.extend(builder.block(pairs));
            }
            Err(error) => {
                out.lost_names.extend(explain::block_name(fragment));
                if !faults.iter().any(|f| within(f.span, span)) {
                    diagnostics.push(explain::bad_block(span, fragment, error));
                }
            }
        }
    }
    (out, diagnostics)
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.start < outer.end.max(outer.start + 1)
}

fn fault(fault: Fault, text: &str) -> Diagnostic {
    let Fault { kind, span } = fault;
    let shown = text.get(span.range()).unwrap_or("");
    match kind {
        FaultKind::TooDeep => Diagnostic::error(SYNTAX, "brackets are nested too deeply")
            .at(span, format!("this is the {}th bracket open at once", scan::MAX_DEPTH + 1))
            .help("Give parts of the condition names of their own with `definition`."),
        FaultKind::OpenText => Diagnostic::error(SYNTAX, "this text is not closed on its line")
            .at(span, "opens here")
            .note("A text in quotes never spans lines, so that one missing quote cannot swallow the rest of the file.")
            .help(
                "Close it with `\"`. For a longer text write `note`, `purpose` or `rationale` and begin each line below with `|`.",
            ),
        FaultKind::CurlyQuote => Diagnostic::error(SYNTAX, format!("`{shown}` is a typographic quote"))
            .at(span, "from a word processor?")
            .help("Write straight quotes: `\"`.")
            .fix("write a straight quote", Applicability::Safe, span, "\""),
        FaultKind::ForeignSign(sign) => Diagnostic::error(SYNTAX, format!("`{shown}` is written `{sign}`"))
            .at(span, "here")
            .fix(format!("write `{sign}`"), Applicability::Safe, span, sign),
        FaultKind::Invisible => Diagnostic::error(SYNTAX, "there is a character here that cannot be seen")
            .at(span, format!("character U+{:04X}", shown.chars().next().map_or(0, u32::from)))
            .help("Delete it; it often comes along with text copied from a web page.")
            .fix("delete it", Applicability::Safe, span, ""),
    }
}
