//! Guesses at what was meant, and the proof of each: a change is offered only if the text can be read with it, or at
//! least much farther.
//!
//! That proof is what lets the guesses be bold. Those who guess (`habits`, `phrases`, `values`) need not know in which
//! sentence a word may stand; the grammar does.

use std::ops::Range;

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::tokens::{Token, part, skip_blanks, tokens};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::parse::SYNTAX;

/// A text that cannot be read, and how far it could.
pub(super) struct Broken<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// What it set out to be.
    pub(super) rule: Rule,
    /// The furthest place the parser reached.
    pub(super) at: usize,
    /// What could have stood there.
    pub(super) expected: Vec<Rule>,
    /// The pieces of the text.
    pub(super) tokens: Vec<Token<'t>>,
}

impl<'t> Broken<'t> {
    /// Reads a text; `None` if it can be read.
    pub(super) fn new(rule: Rule, text: &'t str) -> Option<Self> {
        let error = Grammar::parse(rule, text).err()?;
        Some(Broken::from_error(rule, text, error))
    }

    /// From the error of a text that has been read.
    pub(super) fn from_error(rule: Rule, text: &'t str, error: Error<Rule>) -> Self {
        let at = skip_blanks(text, reached(&error).min(text.len()));
        let expected = match error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives,
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Broken { text, rule, at, expected, tokens: tokens(text) }
    }

    /// The index of the piece at the place, or behind it.
    pub(super) fn index(&self) -> usize {
        self.tokens.partition_point(|t| t.range.end <= self.at)
    }

    /// The piece with an index.
    pub(super) fn token(&self, index: usize) -> Option<&Token<'t>> {
        self.tokens.get(index)
    }

    /// Whether one of some rules could have stood at the place.
    pub(super) fn expects(&self, rules: &[Rule]) -> bool {
        self.expected.iter().any(|r| rules.contains(r))
    }

    /// The pieces at the place and right before it.
    pub(super) fn near(&self) -> impl Iterator<Item = (usize, &Token<'t>)> {
        let index = self.index();
        let near = [Some(index), index.checked_sub(1)].into_iter().flatten();
        near.filter_map(|i| Some((i, self.token(i)?)))
    }

    /// A piece with the blanks in front of it.
    pub(super) fn with_blanks(&self, index: usize) -> Option<Range<usize>> {
        let token = self.token(index)?;
        let before = index.checked_sub(1).and_then(|i| self.token(i));
        Some(before.map_or(token.range.start, |t| t.range.end)..token.range.end)
    }

    /// What to take out of the text so that the pieces from one index to another are gone and no blank too many stays.
    pub(super) fn removal(&self, first: usize, last: usize) -> Range<usize> {
        let place =
            self.token(first).map_or(0, |t| t.range.start)..self.token(last).map_or(0, |t| t.range.end);
        let before = first.checked_sub(1).and_then(|i| self.token(i)).map(|t| t.range.end);
        let behind = self.token(last + 1).map(|t| t.range.start);
        match (before, behind) {
            (None, Some(behind)) => place.start..behind,
            (Some(before), behind) if before < place.start && behind != Some(place.end) => before..place.end,
            _ => place,
        }
    }

    /// The piece before the place.
    pub(super) fn previous(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.index().checked_sub(1)?)
    }
}

fn reached(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// How much a guess must prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// Likely enough to be said even if the text has other mistakes behind it.
    Sober,
    /// Worth saying only if the whole text can be read with it.
    Bold,
}

/// A guess at what was meant.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    /// How much it must prove.
    pub(super) kind: Guess,
    /// What is wrong.
    pub(super) message: String,
    /// Where it is wrong.
    pub(super) place: Range<usize>,
    /// What is to be seen there.
    pub(super) label: String,
    /// What to do, if the change does not say it all.
    pub(super) help: Option<String>,
    /// Ways out, best first.
    pub(super) ways: Vec<Way>,
}

/// One way out.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) title: String,
    pub(super) applicability: Applicability,
    /// The changes, in order.
    pub(super) edits: Vec<(Range<usize>, String)>,
}

impl Repair {
    /// A guess that replaces one place.
    pub(super) fn replace(place: Range<usize>, message: impl Into<String>, right: impl Into<String>) -> Self {
        let right = right.into();
        let title = format!("write `{}`", right.trim());
        Repair {
            kind: Guess::Sober,
            message: message.into(),
            label: title.clone(),
            help: None,
            ways: vec![Way {
                title,
                applicability: Applicability::Suggested,
                edits: vec![(place.clone(), right)],
            }],
            place,
        }
    }

    /// `wrong` is written `right`.
    pub(super) fn spelling(token: &Token<'_>, right: impl Into<String>) -> Self {
        let right = right.into();
        Repair::replace(token.range.clone(), format!("`{}` is written `{right}`", token.text), right)
    }

    /// A guess that leaves something out.
    pub(super) fn delete(place: Range<usize>, message: impl Into<String>) -> Self {
        Repair {
            kind: Guess::Sober,
            message: message.into(),
            label: "leave it out".to_owned(),
            help: None,
            ways: vec![Way {
                title: "leave it out".to_owned(),
                applicability: Applicability::Suggested,
                edits: vec![(place.clone(), String::new())],
            }],
            place,
        }
    }

    /// A guess that adds something at a place; `seen` is the piece of text to point at.
    pub(super) fn insert(
        seen: Range<usize>,
        message: impl Into<String>,
        at: usize,
        missing: impl Into<String>,
    ) -> Self {
        let missing = missing.into();
        let title = format!("write `{}`", missing.trim());
        Repair {
            kind: Guess::Sober,
            message: message.into(),
            label: if seen.start >= at { "in front of this" } else { "behind this" }.to_owned(),
            help: None,
            ways: vec![Way {
                title,
                applicability: Applicability::Suggested,
                edits: vec![(at..at, missing)],
            }],
            place: seen,
        }
    }

    /// Must let the whole text be read.
    #[must_use]
    pub(super) fn bold(mut self) -> Self {
        self.kind = Guess::Bold;
        self
    }

    #[must_use]
    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub(super) fn title(mut self, title: impl Into<String>) -> Self {
        if let Some(way) = self.ways.last_mut() {
            way.title = title.into();
        }
        self
    }

    /// Changes more than the place it points at.
    #[must_use]
    pub(super) fn widened(mut self, place: Range<usize>) -> Self {
        if let Some((first, _)) = self.ways.last_mut().and_then(|way| way.edits.first_mut()) {
            *first = place;
        }
        self
    }

    /// Points at another place than the one it changes.
    #[must_use]
    pub(super) fn at_place(mut self, place: Range<usize>) -> Self {
        self.place = place;
        self
    }

    /// Certain to be what was meant.
    #[must_use]
    pub(super) fn safe(mut self) -> Self {
        for way in &mut self.ways {
            way.applicability = Applicability::Safe;
        }
        self
    }

    /// Adds another change to the way out.
    #[must_use]
    pub(super) fn and(mut self, place: Range<usize>, text: impl Into<String>) -> Self {
        if let Some(way) = self.ways.last_mut() {
            way.edits.push((place, text.into()));
            way.edits.sort_by_key(|(place, _)| place.start);
        }
        self
    }

    /// Adds another way out.
    #[must_use]
    pub(super) fn or(
        mut self,
        title: impl Into<String>,
        place: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        self.ways.push(Way {
            title: title.into(),
            applicability: Applicability::Suggested,
            edits: vec![(place, text.into())],
        });
        self
    }

    /// As a finding about the fragment at `span`.
    pub(super) fn diagnostic(self, span: Span) -> Diagnostic {
        let mut out = Diagnostic::error(SYNTAX, self.message).at(part(span, self.place), self.label);
        out.help = self.help;
        out.fixes = self.ways.into_iter().map(|way| way.fix(span)).collect();
        out
    }
}

impl Way {
    fn fix(self, span: Span) -> Fix {
        let edits =
            self.edits.into_iter().map(|(place, text)| Edit { span: part(span, place), text }).collect();
        Fix { title: self.title, applicability: self.applicability, edits }
    }

    /// The text with the changes made; `None` if they do not fit it.
    fn applied(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len() + 16);
        let mut last = 0;
        for (place, with) in &self.edits {
            out.push_str(text.get(last..place.start)?);
            out.push_str(with);
            last = place.end;
        }
        out.push_str(text.get(last..)?);
        Some(out)
    }

    /// What becomes of the text with the changes made.
    fn outcome(&self, broken: &Broken<'_>) -> Outcome {
        let Some(text) = self.applied(broken.text) else { return Outcome::Reached(0) };
        let Err(error) = Grammar::parse(broken.rule, &text) else { return Outcome::Read };
        let at = skip_blanks(&text, reached(&error).min(text.len()));
        let mut grown = 0_isize;
        for (place, with) in &self.edits {
            let now = place.start.saturating_add_signed(grown);
            if at < now + with.len() {
                return Outcome::Reached(place.start);
            }
            grown += isize::try_from(with.len()).unwrap_or(0) - isize::try_from(place.len()).unwrap_or(0);
        }
        Outcome::Reached(at.saturating_add_signed(-grown))
    }
}

/// What becomes of a text with a change.
enum Outcome {
    /// It can be read.
    Read,
    /// It can be read up to a place of the text as it was.
    Reached(usize),
}

/// The first guess with which all of the text can be read.
pub(super) fn certain(broken: &Broken<'_>, guesses: impl IntoIterator<Item = Repair>) -> Option<Repair> {
    let mut guesses = guesses.into_iter();
    guesses.find(|g| g.ways.first().is_some_and(|way| matches!(way.outcome(broken), Outcome::Read)))
}

/// The first guess with which all of the text can be read; else the one that gets farthest beyond the place where the text
/// breaks, if it is a sober one: a text may have several mistakes, and the first of them is said.
pub(super) fn choose(broken: &Broken<'_>, guesses: impl IntoIterator<Item = Repair>) -> Option<Repair> {
    let mut best: Option<(usize, Repair)> = None;
    for guess in guesses {
        let Some(way) = guess.ways.first() else { continue };
        let changed = way.edits.last().map_or(0, |(place, _)| place.end);
        match way.outcome(broken) {
            Outcome::Read => return Some(guess),
            Outcome::Reached(at) if guess.kind == Guess::Sober && at > broken.at.max(changed) => {
                if best.as_ref().is_none_or(|(farthest, _)| at > *farthest) {
                    best = Some((at, guess));
                }
            }
            Outcome::Reached(_) => {}
        }
    }
    best.map(|(_, guess)| guess)
}
