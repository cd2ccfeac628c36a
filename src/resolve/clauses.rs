//! Clauses that stand once in a block, and clauses that must stand there.

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast;

/// Rule: a clause given twice in one block.
pub(super) const DUPLICATE_CLAUSE: &str = "duplicate-clause";
/// Rule: a block without a clause that it needs.
pub(super) const MISSING_CLAUSE: &str = "missing-clause";

/// A clause that may stand once in a block.
#[derive(Debug)]
pub(super) struct Once<T> {
    /// The words it begins with, for messages.
    words: &'static str,
    value: Option<(T, Span)>,
}

impl<T> Once<T> {
    pub(super) fn new(words: &'static str) -> Self {
        Once { words, value: None }
    }

    /// Takes the first value; reports a second one.
    pub(super) fn set(&mut self, resolver: &mut Resolver<'_>, span: Span, value: T) {
        match &self.value {
            None => self.value = Some((value, span)),
            Some((_, first)) => resolver.diagnostics.push(
                Diagnostic::error(DUPLICATE_CLAUSE, format!("`{}` stands here twice", self.words))
                    .at(span, "again here")
                    .also(*first, "first here")
                    .note("Two answers to one question leave the reader to guess which one holds.")
                    .help("Keep one of them."),
            ),
        }
    }

    pub(super) fn peek(&self) -> Option<&T> {
        self.value.as_ref().map(|(value, _)| value)
    }

    pub(super) fn get(self) -> Option<T> {
        self.value.map(|(value, _)| value)
    }

    pub(super) fn with_span(self) -> Option<(T, Span)> {
        self.value
    }

    pub(super) fn is_set(&self) -> bool {
        self.value.is_some()
    }
}

impl Resolver<'_> {
    /// Reports a block that lacks a clause, unless part of it could not be read: it may have been there.
    pub(super) fn missing(&mut self, state: ast::State, place: Span, message: String, help: &str) {
        self.missing_at(state, (place, "in this block"), message, help);
    }

    /// The same at a clause that needs another one, with a remark.
    pub(super) fn missing_at(
        &mut self,
        state: ast::State,
        (place, remark): (Span, &str),
        message: String,
        help: &str,
    ) {
        if state == ast::State::Complete {
            self.diagnostics.push(Diagnostic::error(MISSING_CLAUSE, message).at(place, remark).help(help));
        }
    }
}
