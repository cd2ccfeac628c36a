//! Which comment belongs to what.
//!
//! A comment on a line of its own belongs to the block or clause below it; a comment behind something belongs to that; a
//! comment in the middle of a clause that runs over several lines moves in front of it. Comments keep their order.

use crate::source::Span;
use crate::syntax::ast::Word;

/// Whether a blank line stands above something in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    BlankLine,
}

/// A comment on a line of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own<'a> {
    pub(super) gap: Gap,
    pub(super) text: &'a str,
}

/// What stands around one block or clause.
#[derive(Debug, Clone)]
pub(super) struct Around<'a> {
    /// Comments above it.
    pub(super) above: Vec<Own<'a>>,
    /// The gap right above it, below those comments.
    pub(super) gap: Gap,
    /// Comments inside it.
    pub(super) inside: &'a [Word],
    /// The comment behind it on its last line.
    pub(super) behind: Option<&'a str>,
}

/// Blocks or clauses with their comments.
#[derive(Debug, Clone)]
pub(super) struct Attached<'a> {
    /// One for each block or clause.
    pub(super) around: Vec<Around<'a>>,
    /// Comments on the line where the region begins: behind an opening brace.
    pub(super) opening: Option<&'a str>,
    /// Comments below the last block or clause.
    pub(super) below: Vec<Own<'a>>,
}

/// Distributes the comments of a region of the text, which begins at `start`, over what stands in it.
pub(super) fn attach<'a>(text: &str, start: usize, spans: &[Span], comments: &'a [Word]) -> Attached<'a> {
    let mut walk = Walk { text, last: start };
    let mut out = Attached { around: Vec::with_capacity(spans.len()), opening: None, below: Vec::new() };
    let mut rest = comments;
    for span in spans {
        let (before, others) = split(rest, span.start);
        let (inside, others) = split(others, span.end);
        rest = others;
        let above = walk.own(before, &mut out);
        let gap = walk.step(*span);
        out.around.push(Around { above, gap, inside, behind: None });
    }
    out.below = walk.own(rest, &mut out);
    out
}

/// The comments in front of a place, and the others.
pub(super) fn split(comments: &[Word], place: u32) -> (&[Word], &[Word]) {
    comments.split_at(comments.partition_point(|c| c.span.start < place))
}

/// Where the brace of a block stands, if it has one.
pub(super) fn brace(text: &str, block: Span) -> Option<usize> {
    let start = block.range().start;
    let mut chars = text.get(block.range())?.char_indices();
    let mut quoted = false;
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' if quoted => {
                chars.next();
            }
            '"' => quoted = !quoted,
            '#' if !quoted => {
                chars.find(|(_, c)| *c == '\n');
            }
            '{' if !quoted => return Some(start + i),
            _ => {}
        }
    }
    None
}

/// Goes through a text from one thing to the next.
struct Walk<'t> {
    text: &'t str,
    /// Where the last thing ended.
    last: usize,
}

impl Walk<'_> {
    /// Takes a thing; says whether a blank line stands above it.
    fn step(&mut self, span: Span) -> Gap {
        let lines = self.lines_to(span);
        self.last = span.range().end;
        if lines > 1 { Gap::BlankLine } else { Gap::None }
    }

    /// Line ends between the last thing and this one.
    fn lines_to(&self, span: Span) -> usize {
        let between = self.text.get(self.last..span.range().start).unwrap_or("");
        between.bytes().filter(|b| *b == b'\n').count()
    }

    /// Takes comments: one on the line of the thing before it is that thing's, the others are returned.
    fn own<'a>(&mut self, comments: &'a [Word], out: &mut Attached<'a>) -> Vec<Own<'a>> {
        let mut own = Vec::new();
        for comment in comments {
            let first_line = self.lines_to(comment.span) == 0 && own.is_empty();
            let gap = self.step(comment.span);
            let text = comment.node.as_str();
            match out.around.last_mut() {
                Some(previous) if first_line && previous.behind.is_none() => previous.behind = Some(text),
                None if first_line && self.has_opening(comment) && out.opening.is_none() => {
                    out.opening = Some(text);
                }
                _ => own.push(Own { gap, text }),
            }
        }
        own
    }

    /// A comment at the very start of a file is not behind anything.
    fn has_opening(&self, comment: &Word) -> bool {
        let line = self.text.get(..comment.span.range().start).unwrap_or("");
        !line[line.rfind('\n').map_or(0, |i| i + 1)..].trim().is_empty()
    }
}
