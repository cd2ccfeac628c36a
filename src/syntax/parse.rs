//! The entry: a file's text in, its tree and its faults out.

use std::borrow::Cow;

use pest::Parser as _;

use super::ast::{File, Spanned};
use super::build::Builder;
use super::explain::{self, Budget};
use super::faults::{Fault, FaultKind, FaultState};
use super::grammar::{Grammar, Rule};
use super::scan::{self, Block, Scan};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// The rule name of everything that cannot be read.
pub const SYNTAX: &str = "syntax";

/// After so many findings in one file the rest of its blocks is not read.
const MOST_FINDINGS: usize = 100_000;

/// Reads a file. The text must not begin with a byte-order mark.
pub fn parse(file: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    let Scan { text: mended, blocks, comments, faults } = scan::scan(file, text);
    let mut diagnostics: Vec<Diagnostic> = faults.iter().map(|f| f.diagnostic(text)).collect();
    let comment = |span: &Span| Spanned::new(text[span.range()].trim_end().to_owned(), *span);
    let mut out = File { comments: comments.iter().map(comment).collect(), ..File::default() };
    let mut budget = Budget::of_a_file();
    for block in &blocks {
        let faults = open_faults(&faults, block.span);
        let fragment = fragment(&mended, block);
        if faults.iter().any(|f| f.kind == FaultKind::TooDeep) {
            out.lost_names.extend(explain::block_name(&fragment));
            continue;
        }
        if diagnostics.len() >= MOST_FINDINGS {
            out.lost_names.extend(explain::block_name(&fragment));
            continue;
        }
        if fragment.trim().is_empty() {
            // Nothing but faults that have been mended.
            continue;
        }
        match Grammar::parse(Rule::block_only, &fragment) {
            Ok(pairs) => {
                let (found, budget) = (&mut diagnostics, &mut budget);
                let mut builder =
                    Builder::new(block, [text, &fragment], &faults, &out.comments, found, budget);
                out.items.extend(builder.block(pairs));
            }
            Err(error) => {
                out.lost_names.extend(explain::block_name(&fragment));
                if !faults.is_empty() {
                    continue;
                }
                diagnostics.push(if budget.allows(&fragment) {
                    explain::bad_block(block.span, &fragment, error)
                } else {
                    explain::not_explained(block.span, &fragment)
                });
            }
        }
    }
    for span in diagnostics.iter_mut().flat_map(spans) {
        *span = whole_characters(text, *span);
    }
    (out, diagnostics)
}

/// Every place that a diagnostic names.
fn spans(diagnostic: &mut Diagnostic) -> impl Iterator<Item = &mut Span> {
    let Diagnostic { primary, secondary, fixes, .. } = diagnostic;
    let labels = primary.iter_mut().chain(secondary).map(|label| &mut label.span);
    labels.chain(fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span))
}

/// A span, widened to whole characters: where a fault was mended, the parser saw shorter ones.
pub(super) fn whole_characters(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.range().start, span.range().end);
    while !text.is_char_boundary(start) && start > 0 {
        start -= 1;
    }
    while !text.is_char_boundary(end) && end < text.len() {
        end += 1;
    }
    Span::new(span.file, start, end)
}

/// The faults within a block that nobody could mend.
fn open_faults(faults: &[Fault], block: Span) -> Vec<Fault> {
    let from = faults.partition_point(|f| f.span.start < block.start);
    let inside = faults.iter().skip(from).take_while(|f| f.span.start < block.end.max(block.start + 1));
    inside.filter(|f| f.state == FaultState::Open).copied().collect()
}

/// The text of a block. Blocks that stand inside it are blanked out: they are read on their own.
fn fragment<'t>(text: &'t str, block: &Block) -> Cow<'t, str> {
    let own = text.get(block.span.range()).unwrap_or("");
    if block.inner.is_empty() {
        return Cow::Borrowed(own);
    }
    let base = block.span.range().start;
    let mut out = String::with_capacity(own.len());
    let mut last = 0;
    for inner in &block.inner {
        let (start, end) = (inner.range().start.saturating_sub(base), inner.range().end.saturating_sub(base));
        out.push_str(own.get(last..start).unwrap_or(""));
        let blanked = own.get(start..end).unwrap_or("");
        out.extend(blanked.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        last = end;
    }
    out.push_str(own.get(last..).unwrap_or(""));
    Cow::Owned(out)
}
