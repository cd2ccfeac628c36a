//! Pest's pairs to the typed tree, one function per rule.
//!
//! Every function takes the pair of its rule and looks its parts up by rule, never by counting. The grammar guarantees
//! that the parts are there; where one is missing all the same, `None` travels up and the clause is reported as unread,
//! so that no input can make the program panic.

mod agreement;
mod calendar;
mod children;
mod commitment;
mod condition;
mod contingency;
mod credit;
mod exception;
mod goal;
mod habits;
mod lifecycle;
mod record;
mod recurrence;
mod reward;
mod routing;
mod scenario;
mod score;
mod values;

pub(super) use values::snake_case;

use pest::iterators::{Pair, Pairs};

use super::ast::{Block, Item, ItemKind, Layout, Spanned, State, Word};
use super::explain::{self, Blame, Budget};
use super::faults::Fault;
use super::grammar::Rule;
use super::keywords::BlockWord;
use super::parse::{SYNTAX, whole_characters};
use super::scan;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::source::Span;

/// Builds the tree of one block.
pub(super) struct Builder<'a> {
    /// Where the block lies in its file.
    block: Span,
    /// Whether other blocks stand inside it: then its missing brace has been reported.
    inner: &'a [Span],
    /// Its text as the parser reads it.
    text: &'a str,
    /// The whole file as the author wrote it.
    written: &'a str,
    /// Faults of the block: what is wrong on their lines has been said.
    faults: &'a [Fault],
    /// Comments of the file, in order.
    comments: &'a [Word],
    diagnostics: &'a mut Vec<Diagnostic>,
    budget: &'a mut Budget,
}

/// The first part of a pair that matches a rule.
fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().find(|p| p.as_rule() == rule)
}

/// Whether a pair has a part of a rule.
fn has(pair: &Pair<'_, Rule>, rule: Rule) -> bool {
    child(pair, rule).is_some()
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        block: &'a scan::Block,
        [written, text]: [&'a str; 2],
        faults: &'a [Fault],
        comments: &'a [Word],
        diagnostics: &'a mut Vec<Diagnostic>,
        budget: &'a mut Budget,
    ) -> Self {
        let inner = block.inner.as_slice();
        Builder { block: block.span, inner, text, written, faults, comments, diagnostics, budget }
    }

    /// The item that a parsed block holds.
    pub(super) fn block(&mut self, pairs: Pairs<'_, Rule>) -> Option<Item> {
        let mut item = None;
        for pair in pairs {
            match pair.as_rule() {
                Rule::EOI => {}
                Rule::trailing => self.trailing(&pair),
                _ => item = self.item(&pair),
            }
        }
        item
    }

    fn trailing(&mut self, pair: &Pair<'_, Rule>) {
        let span = self.span(pair);
        let first_line = pair.as_str().lines().next().unwrap_or("").trim_end().len();
        let place = Span::new(span.file, span.start as usize, span.start as usize + first_line.max(1));
        if self.is_faulty(place) {
            return;
        }
        let line = pair.as_str().lines().next().unwrap_or("");
        let out = explain::behind_block(place, line);
        self.diagnostics.push(out);
    }

    fn item(&mut self, pair: &Pair<'_, Rule>) -> Option<Item> {
        use BlockWord as W;
        let mut state = State::Complete;
        let s = &mut state;
        let kind = match pair.as_rule() {
            Rule::use_file => ItemKind::Use(self.string(&child(pair, Rule::string)?)),
            Rule::agreement => ItemKind::Agreement(self.named(pair, W::Agreement, Self::agreement, s)?),
            Rule::party => ItemKind::Party(self.named(pair, W::Party, Self::party, s)?),
            Rule::role => ItemKind::Role(self.named(pair, W::Role, Self::role, s)?),
            Rule::calendar => ItemKind::Calendar(self.named(pair, W::Calendar, Self::calendar, s)?),
            Rule::channel => ItemKind::Channel(self.named(pair, W::Channel, Self::channel, s)?),
            Rule::record => {
                let parent = child(pair, Rule::of_record).and_then(|of| child(&of, Rule::name));
                let parent = parent.map(|parent| self.name(&parent));
                ItemKind::Record(parent, self.named(pair, W::Record, Self::record, s)?)
            }
            Rule::score => {
                let record = self.name(&child(&child(pair, Rule::of_record)?, Rule::name)?);
                ItemKind::Score(record, self.named(pair, W::Score, Self::score, s)?)
            }
            Rule::definition => ItemKind::Definition(self.named(pair, W::Definition, Self::definition, s)?),
            Rule::commitment => ItemKind::Commitment(self.named(pair, W::Commitment, Self::commitment, s)?),
            Rule::contingency => {
                ItemKind::Contingency(self.named(pair, W::Contingency, Self::contingency, s)?)
            }
            Rule::exception => ItemKind::Exception(self.named(pair, W::Exception, Self::exception, s)?),
            Rule::lifecycle => {
                let path = self.field_path(&child(pair, Rule::field_path)?)?;
                ItemKind::Lifecycle(path, self.named(pair, W::Lifecycle, Self::lifecycle, s)?)
            }
            Rule::scenario => {
                let title = self.string(&child(pair, Rule::string)?);
                ItemKind::Scenario(title, self.body(pair, W::Scenario, Self::scenario, s))
            }
            Rule::routing => {
                let subject = self.name(&child(&child(pair, Rule::of_subject)?, Rule::name)?);
                ItemKind::Routing(subject, self.named(pair, W::Routing, Self::routing, s)?)
            }
            Rule::dispute => ItemKind::Dispute(self.named(pair, W::Dispute, Self::dispute, s)?),
            Rule::incentive => ItemKind::Incentive(self.named(pair, W::Incentive, Self::incentive, s)?),
            Rule::credit => {
                let promise = self.name(&child(&child(pair, Rule::for_promise)?, Rule::name)?);
                ItemKind::Credit(promise, self.named(pair, W::Credit, Self::credit, s)?)
            }
            Rule::goal => ItemKind::Goal(self.named(pair, W::Goal, Self::goal, s)?),
            _ => return None,
        };
        Some(Item { kind, span: self.span(pair), layout: layout(pair), state })
    }

    fn named<C>(
        &mut self,
        pair: &Pair<'_, Rule>,
        word: BlockWord,
        clause: fn(&mut Self, &Pair<'_, Rule>) -> Option<C>,
        state: &mut State,
    ) -> Option<Block<C>> {
        let name = self.name(&child(pair, Rule::name)?);
        let title = child(pair, Rule::title).and_then(|t| child(&t, Rule::string)).map(|t| self.string(&t));
        Some(Block { name, title, clauses: self.body(pair, word, clause, state) })
    }

    /// The clauses of a block; reports those that cannot be read.
    fn body<C>(
        &mut self,
        pair: &Pair<'_, Rule>,
        word: BlockWord,
        clause: fn(&mut Self, &Pair<'_, Rule>) -> Option<C>,
        state: &mut State,
    ) -> Vec<Spanned<C>> {
        let mut out: Vec<Spanned<C>> = Vec::new();
        let mut bad: Vec<Span> = Vec::new();
        let mut opened = None;
        let mut closed = false;
        for part in pair.clone().into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::l_brace => opened = Some(span),
                _ if opened.is_none() => {}
                Rule::r_brace => closed = true,
                Rule::bad_clause => self.collect_bad(&mut bad, span),
                _ => {
                    self.explain_bad(word, &mut bad, &mut out, state);
                    match clause(self, &part) {
                        Some(node) => out.push(Spanned::new(node, span)),
                        None => bad.push(span),
                    }
                }
            }
        }
        self.explain_bad(word, &mut bad, &mut out, state);
        if let Some(brace) = opened
            && !closed
        {
            *state = State::Incomplete;
            if self.inner.is_empty() {
                self.missing_brace(brace);
            }
        }
        out
    }

    /// A line that cannot be read and is indented deeper than the bad one above it continues that one.
    fn collect_bad(&self, bad: &mut Vec<Span>, span: Span) {
        if let Some(last) = bad.last_mut()
            && let Some(own) = self.indent(span)
            && own > self.line_indent(*last)
        {
            *last = last.to(span);
            return;
        }
        bad.push(span);
    }

    /// Says what is wrong with clauses that cannot be read. Takes back the clause before one if that is part of it.
    fn explain_bad<C>(
        &mut self,
        word: BlockWord,
        bad: &mut Vec<Span>,
        before: &mut Vec<Spanned<C>>,
        state: &mut State,
    ) {
        for span in bad.drain(..) {
            *state = State::Incomplete;
            let span = self.trimmed(span);
            if self.is_faulty(span) {
                continue;
            }
            // What stands behind a clause, or further in below it, may be the rest of it.
            let own_line =
                |c: &&Spanned<C>| self.indent(span).is_none_or(|own| own > self.line_indent(c.span));
            let previous = before.last().filter(own_line).map(|c| {
                let both = c.span.to(span);
                (both, self.slice(both))
            });
            let read = previous.map_or(self.slice(span), |(_, both)| both);
            if !self.budget.allows(read) {
                self.diagnostics.push(explain::not_explained(span, self.slice(span)));
                continue;
            }
            let (diagnostic, blame) = explain::bad_clause(word, span, self.slice(span), previous);
            self.diagnostics.push(diagnostic);
            match blame {
                Blame::ClauseBefore => drop(before.pop()),
                Blame::Junk => {}
            }
        }
    }

    fn missing_brace(&mut self, brace: Span) {
        let end = self.block.end_point();
        self.diagnostics.push(Diagnostic {
            fixes: vec![Fix {
                title: "close it here".into(),
                applicability: Applicability::Suggested,
                edits: vec![Edit { span: end, text: "\n}".into() }],
            }],
            ..Diagnostic::error(SYNTAX, "this block is never closed")
                .at(brace, "opens here")
                .also(end, "a `}` is missing here, before the next block")
        });
    }

    // ------------------------------------------------------------------------------------------------------- places

    /// The place of a pair in its file.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let base = self.block.start as usize;
        let span = Span::new(self.block.file, base + pair.as_span().start(), base + end(pair));
        whole_characters(self.written, span)
    }

    /// The text under a span of this block.
    fn slice(&self, span: Span) -> &'a str {
        let base = self.block.start;
        let range = span.start.saturating_sub(base) as usize..span.end.saturating_sub(base) as usize;
        self.text.get(range).unwrap_or("")
    }

    /// A span without the comment at its end, which is not part of a broken clause.
    fn trimmed(&self, span: Span) -> Span {
        let next = self.comments.partition_point(|c| c.span.start < span.start);
        let comment = self.comments.get(next).map(|c| c.span.start).filter(|at| *at < span.end);
        let end = comment.unwrap_or(span.end);
        let text = self.slice(Span { end, ..span }).trim_end();
        Span::new(span.file, span.start as usize, span.start as usize + text.len().max(1))
    }

    /// How far a place is indented, if nothing stands before it on its line.
    fn indent(&self, span: Span) -> Option<usize> {
        let before = self.text.get(..span.start.saturating_sub(self.block.start) as usize)?;
        let line = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
        (line.trim().is_empty() && line.len() < before.len()).then_some(line.len())
    }

    /// Whether nothing stands before a place on its line.
    fn begins_line(&self, span: Span) -> bool {
        let before = self.text.get(..span.start.saturating_sub(self.block.start) as usize).unwrap_or("");
        before[before.rfind('\n').map_or(0, |i| i + 1)..].trim().is_empty()
    }

    /// How far the line of a place is indented.
    fn line_indent(&self, span: Span) -> usize {
        let before = self.text.get(..span.start.saturating_sub(self.block.start) as usize).unwrap_or("");
        let line = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
        line.len() - line.trim_start().len()
    }

    /// Whether a fault has been reported on one of the lines of a place.
    fn is_faulty(&self, span: Span) -> bool {
        let from = (span.start.saturating_sub(self.block.start) as usize).min(self.text.len());
        let to = (span.end.saturating_sub(self.block.start) as usize).min(self.text.len());
        let start = self.text.get(..from).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let end = self.text.get(to..).and_then(|t| t.find('\n')).map_or(self.text.len(), |i| to + i);
        let base = self.block.start as usize;
        let after = self.faults.partition_point(|f| (f.span.start as usize) < base + start);
        let before = after.checked_sub(1).and_then(|i| self.faults.get(i));
        self.faults.get(after).is_some_and(|f| f.span.start as usize <= base + end)
            || before.is_some_and(|f| f.span.end as usize > base + start)
    }

    fn word(&self, pair: &Pair<'_, Rule>) -> Word {
        Spanned::new(pair.as_str().trim_end().to_owned(), self.span(pair))
    }
}

/// Where a pair really ends. Pest counts the white space and comments in front of an optional part that did not come as
/// part of the pair; the last visible part inside does not.
fn end(pair: &Pair<'_, Rule>) -> usize {
    match pair.clone().into_inner().next_back() {
        Some(last) => end(&last),
        None => pair.as_span().start() + pair.as_str().trim_end().len(),
    }
}

/// A block is on one line if its first clause stands on the line of the brace.
fn layout(pair: &Pair<'_, Rule>) -> Layout {
    let text = pair.as_str();
    match text.find('{') {
        Some(brace) if !text[brace..].contains('\n') => Layout::OneLine,
        _ => Layout::Lines,
    }
}
