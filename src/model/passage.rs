//! Texts in words: what an agreement says beside its clauses, with the place of every word.

use std::ops::Range;

use crate::source::Span;

/// A text in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The name of the block it stands in.
    pub block: Span,
    /// The text as it is meant, without quotes, escapes and bars.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Where stretches of the text begin: in the text, and in the file. Ascending; the first begins at 0. Empty when
    /// that is not known.
    pub stretches: Vec<(usize, usize)>,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassageKind {
    /// The title of a block.
    Title,
    /// A `note`.
    Note,
    /// The `purpose` of the agreement.
    Purpose,
    /// The `rationale` of a commitment.
    Rationale,
    /// What somebody is to do, in words: `must present "a recovery plan"`.
    Act,
}

impl Passage {
    /// The place of a part of the text that is not empty.
    pub fn place(&self, part: Range<usize>) -> Span {
        match (self.byte(part.start), self.byte(part.end.saturating_sub(1))) {
            (Some(first), Some(last)) => Span::new(self.span.file, first, last + 1),
            _ => self.span,
        }
    }

    /// Where a byte of the text stands in the file.
    fn byte(&self, at: usize) -> Option<usize> {
        let after = self.stretches.partition_point(|(start, _)| *start <= at);
        let (start, byte) = self.stretches[..after].last()?;
        Some(byte + (at - start))
    }
}
