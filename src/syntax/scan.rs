//! A first, cheap look at a file: where its blocks begin, its comments, and what no grammar needs to see.
//!
//! One pass over the characters, no recursion. It knows only what a text, a comment and a bracket look like, and that
//! blocks begin in the first column. What it finds wrong here is reported once, at its place; where the right spelling is
//! plain, the parser is given that one instead ([`Scan::text`]), so that nothing else is lost on account of it.

use std::borrow::Cow;

use super::faults::{self, Fault, FaultKind};
use crate::source::{FileId, Span};

/// Words that begin a block.
pub const BLOCK_WORDS: [&str; 19] = [
    "use",
    "agreement",
    "party",
    "role",
    "calendar",
    "channel",
    "record",
    "score",
    "definition",
    "commitment",
    "contingency",
    "exception",
    "lifecycle",
    "scenario",
    "goal",
    "routing",
    "dispute",
    "incentive",
    "credit",
];

/// Brackets may nest this deep. Far more than any agreement needs, far less than any stack holds.
pub const MAX_DEPTH: usize = 64;

/// So many faults of one file are noted. Whoever has more has opened the wrong file.
const MOST_FAULTS: usize = 100_000;

/// What the scan found.
#[derive(Debug)]
pub struct Scan<'t> {
    /// The text with its plain faults mended. Every character stands at the place where it stood.
    pub text: Cow<'t, str>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// Comments, each with its `#`.
    pub comments: Vec<Span>,
    /// What is wrong on the level of characters and lines, in order.
    pub faults: Vec<Fault>,
}

/// A block as far as the scan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// From its first word to its last character that is neither blank nor a comment.
    pub span: Span,
    /// Blocks that stand inside it, where none may. They are blocks of their own.
    pub inner: Vec<Span>,
}

/// A text that was not closed may go on for this many lines; beyond that nobody could mean it.
const MOST_LINES_OF_TEXT: usize = 20;

/// Scans a file.
pub fn scan(file: FileId, text: &str) -> Scan<'_> {
    let carriage_return = faults::carriage_return(file, text);
    let text = faults::with_line_feeds(text);
    let mut scanner = Scanner {
        file,
        text: &text,
        out: Found::default(),
        open: Vec::new(),
        depth: 0,
        last: 0,
        resume: 0,
        unquoted: 0,
    };
    scanner.run();
    let Found { mut blocks, comments, mut faults } = scanner.out;
    blocks.sort_by_key(|b| b.span.start);
    faults.extend(faults::everywhere(file, &text).take(MOST_FAULTS));
    faults.extend(carriage_return);
    faults.sort_by_key(|f| f.span);
    faults.dedup_by_key(|f| f.span.start);
    let text = faults::mend(text, &mut faults);
    Scan { text, blocks, comments, faults }
}

#[derive(Default)]
struct Found {
    blocks: Vec<Block>,
    comments: Vec<Span>,
    faults: Vec<Fault>,
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    out: Found,
    /// The block that is being read, and those it stands in.
    open: Vec<Open>,
    /// Open brackets at this point.
    depth: usize,
    /// One past the last character that is neither blank nor a comment.
    last: usize,
    /// Where to go on, if a text went beyond its line.
    resume: usize,
    /// Up to here no quote follows that could close a text.
    unquoted: usize,
}

/// A block whose end has not been seen.
struct Open {
    start: usize,
    /// Brackets that were open where it began.
    depth: usize,
    /// Whether its brace has been seen.
    brace: Brace,
    inner: Vec<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Brace {
    Seen,
    Missing,
}

/// What a line begins.
enum Begins {
    Nothing,
    /// The next block.
    Block,
    /// A block inside the one that is open.
    Inner,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let end = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n + 1);
            if at > self.resume || at == 0 {
                self.line(at, end);
            } else {
                self.characters(at, end);
            }
            at = end.max(self.resume);
        }
        self.close_all();
    }

    fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let first = start + line.len() - line.trim_start().len();
        let rest = &self.text[first..end];
        match self.begins(line) {
            Begins::Nothing => {}
            Begins::Block => {
                self.close_all();
                self.open.push(Open { start: first, depth: 0, brace: Brace::Missing, inner: Vec::new() });
                self.depth = 0;
                if first > start && is_head(rest) {
                    self.fault(FaultKind::Indented, start, first);
                }
            }
            Begins::Inner => {
                self.open.push(Open {
                    start: first,
                    depth: self.depth,
                    brace: Brace::Missing,
                    inner: Vec::new(),
                });
                let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
                self.fault(FaultKind::InnerBlock, first, first + word);
            }
        }
        if rest.starts_with('|') {
            // Prose: nothing in it has a meaning of its own.
            self.last = start + line.trim_end().len();
            return;
        }
        self.characters(start, end);
    }

    fn characters(&mut self, start: usize, end: usize) {
        let mut at = start;
        while let Some(c) = self.text[at..end].chars().next() {
            let next = at + c.len_utf8();
            match c {
                '#' => {
                    let stop = start + self.text[start..end].trim_end_matches(['\n', '\r']).len();
                    self.out.comments.push(Span::new(self.file, at, stop));
                    return;
                }
                '"' => {
                    at = self.string(at, end);
                    self.last = at.max(self.resume);
                    continue;
                }
                '(' | '[' | '{' => {
                    if c == '{'
                        && let Some(open) = self.open.last_mut()
                    {
                        open.brace = Brace::Seen;
                    }
                    self.open_bracket(at);
                }
                ')' | ']' | '}' => {
                    self.last = next;
                    self.close_bracket();
                }
                c if !c.is_ascii() => {
                    if let Some((kind, length)) = faults::foreign(c, || self.closing_quote(next, end)) {
                        self.fault(kind, at, at + length);
                        at += length;
                        self.last = at;
                        continue;
                    }
                }
                _ => {}
            }
            if !c.is_whitespace() {
                self.last = next;
            }
            at = next;
        }
    }

    /// The first quote that may close a text which begins at `start`, as seen from there. Where a line has none, it is
    /// searched once.
    fn closing_quote(&mut self, start: usize, end: usize) -> Option<(usize, usize)> {
        if start < self.unquoted {
            return None;
        }
        let found = faults::closing_quote(&self.text[start..end]);
        if found.is_none() {
            self.unquoted = end;
        }
        found
    }

    /// Skips a text. Returns where it ends.
    fn string(&mut self, start: usize, line_end: usize) -> usize {
        let mut chars = self.text[start + 1..line_end].char_indices();
        while let Some((i, c)) = chars.next() {
            match c {
                '\\' => {
                    chars.next();
                }
                '"' => return start + 1 + i + 1,
                '\n' => break,
                _ => {}
            }
        }
        let stop = start + self.text[start..line_end].trim_end().len();
        // Closed after all, but by a word processor.
        let inside = self.text.get(start + 1..stop).unwrap_or("");
        if let Some((at, quote)) = faults::closing_quote(inside)
            && !inside[at..].starts_with('"')
        {
            let at = start + 1 + at;
            self.fault(FaultKind::ClosingQuote, at, at + quote);
            return at + quote;
        }
        if let Some(end) = self.end_of_open_text(line_end) {
            self.fault(FaultKind::SpanningText, start, end);
            self.resume = end;
            return line_end;
        }
        self.fault(FaultKind::OpenText, start, stop.max(start + 1));
        line_end
    }

    /// Where a text that was not closed on its line ends after all: behind the one quote of a line below that nothing but
    /// a brace follows, with nothing in between that looks like anything else.
    fn end_of_open_text(&self, line_end: usize) -> Option<usize> {
        let mut at = line_end;
        for line in self.text.get(line_end..)?.split_inclusive('\n').take(MOST_LINES_OF_TEXT) {
            let trimmed = line.trim();
            if trimmed.starts_with(['}', '#', '|']) || is_head(trimmed) {
                return None;
            }
            if let Some(quote) = line.find('"') {
                let behind = line.get(quote + 1..)?.trim();
                return matches!(behind, "" | "}").then_some(at + quote + 1);
            }
            at += line.len();
        }
        None
    }

    fn open_bracket(&mut self, at: usize) {
        self.depth += 1;
        if self.depth == MAX_DEPTH + 1 {
            self.fault(FaultKind::TooDeep, at, at + 1);
        }
    }

    fn close_bracket(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        // The end of a block that stands inside another.
        if self.open.len() > 1 && self.open.last().is_some_and(|o| o.depth == self.depth) {
            self.close();
        }
    }

    fn fault(&mut self, kind: FaultKind, start: usize, end: usize) {
        if self.out.faults.len() == MOST_FAULTS {
            return;
        }
        self.out.faults.push(Fault::new(kind, Span::new(self.file, start, end)));
    }

    /// Does a block begin on this line? Where none is open, with any word, so that no word is lost. Otherwise in the first
    /// column; but between open brackets only with what looks like the head of the next block, for then the closing brace
    /// was forgotten. Further in, what is plainly the head of a block stands where it must not.
    fn begins(&self, line: &str) -> Begins {
        let rest = line.trim_start();
        let Some(first) = rest.chars().next() else { return Begins::Nothing };
        if first == '#' {
            return Begins::Nothing;
        }
        if self.open.is_empty() {
            return Begins::Block;
        }
        let first_column = rest.len() == line.len();
        match (first_column, self.depth) {
            _ if first == '|' => Begins::Nothing,
            // A line that continues the head of a block: `{` alone, for those who like it there.
            (true, 0) if matches!(first, '{' | ',' | ')' | ']') => Begins::Nothing,
            // The end of a block whose opening brace was forgotten.
            (true, 0) if first == '}' && self.open.last().is_some_and(|o| o.brace == Brace::Missing) => {
                Begins::Nothing
            }
            (true, 0) => Begins::Block,
            (true, _) | (false, 0) if is_head(rest) => Begins::Block,
            // Below that depth nothing is read.
            (false, _) if self.depth <= MAX_DEPTH && is_plain_head(rest) => Begins::Inner,
            _ => Begins::Nothing,
        }
    }

    fn close(&mut self) {
        let Some(Open { start, inner, .. }) = self.open.pop() else { return };
        let span = Span::new(self.file, start, self.last.max(start));
        if let Some(outer) = self.open.last_mut() {
            outer.inner.push(span);
        }
        self.out.blocks.push(Block { span, inner });
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }
}

/// Is this the head of a block: its word, and on the same line a text to use or an opening brace?
fn is_head(line: &str) -> bool {
    let (word, rest) =
        line.split_at(line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len()));
    if word == "use" {
        return rest.trim_start().starts_with('"');
    }
    let mut quoted = false;
    let code = rest.chars().take_while(|c| {
        quoted ^= *c == '"';
        quoted || *c != '#'
    });
    BLOCK_WORDS.contains(&word) && code.collect::<String>().contains('{')
}

/// Is this without any doubt the head of a block: `role sdr "SDR" {`?
fn is_plain_head(line: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut words = 0;
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        if let Some(text) = rest.strip_prefix('"') {
            let Some((_, behind)) = text.split_once('"') else { return false };
            rest = behind;
            continue;
        }
        let (word, behind) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        match (words, word) {
            (_, "") => break,
            (0, word) if !BLOCK_WORDS.contains(&word) => return false,
            (2, word) if word != "of" => return false,
            (4, _) => return false,
            _ => words += 1,
        }
        rest = behind;
    }
    rest.starts_with('{') && words > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        scan(FileId(0), text).blocks.iter().map(|b| &text[b.span.range()]).collect()
    }

    fn faults(text: &str) -> Vec<FaultKind> {
        scan(FileId(0), text).faults.iter().map(|f| f.kind).collect()
    }

    #[test]
    fn blocks_begin_in_the_first_column() {
        let text = "# hello\nuse \"a.clause\"\n\nparty a { } # tail\nparty b\n{\n  signatory \"x\"\n}\n\nprty c { }\n";
        assert_eq!(
            blocks(text),
            ["use \"a.clause\"", "party a { }", "party b\n{\n  signatory \"x\"\n}", "prty c { }"]
        );
    }

    #[test]
    fn a_forgotten_brace_does_not_swallow_the_next_block() {
        assert_eq!(
            blocks("role a {\n  party x\nrole b {\n}\nuse \"x\"\n"),
            ["role a {\n  party x", "role b {\n}", "use \"x\""]
        );
        // A clause in the first column is no block.
        assert_eq!(blocks("role a {\nparty x\nworks y\n}\n"), ["role a {\nparty x\nworks y\n}"]);
    }

    #[test]
    fn a_block_in_the_wrong_place_is_a_block_all_the_same() {
        let text = "role a {\n  party x\n  role b {\n    party y\n  }\n  works z\n}\n\n  party x { }\n";
        let outer = text.find("\n\n").map(|end| &text[..end]);
        assert_eq!(blocks(text), [outer.unwrap(), "role b {\n    party y\n  }", "party x { }"]);
        assert_eq!(faults(text), [FaultKind::InnerBlock, FaultKind::Indented]);
        // A clause that begins with the word of a block is none.
        assert_eq!(blocks("role a {\n  party x # {\n}\n").len(), 1);
    }

    #[test]
    fn no_word_is_lost() {
        assert_eq!(blocks("  works x\nparty a { }\n"), ["works x", "party a { }"]);
        assert_eq!(blocks("| prose"), ["| prose"]);
        assert_eq!(blocks("party a { }\n  | prose\n"), ["party a { }\n  | prose"]);
    }

    #[test]
    fn texts_comments_and_prose_hide_brackets() {
        let text =
            "a { # {{{ \"\n note \"{{{ \\\" # no comment\"\n | prose {{{ \" # no comment\n}\nb { }\r\n";
        let scan = scan(FileId(0), text);
        assert_eq!(scan.blocks.len(), 2);
        assert_eq!(scan.comments.len(), 1);
        assert_eq!(scan.faults, []);
    }

    #[test]
    fn faults_are_found_at_their_place() {
        assert_eq!(faults("party a “x” {\n note \"open\n}\n"), [FaultKind::CurlyQuotes, FaultKind::OpenText]);
        assert_eq!(faults("a \"open\r\n"), [FaultKind::OpenText]);
        assert_eq!(faults("a\u{0}b"), [FaultKind::Invisible]);
        assert_eq!(faults(&format!("{}{}", "(".repeat(64), ")".repeat(64))), []);
        let deep = "(".repeat(100_000);
        assert_eq!(faults(&deep), [FaultKind::TooDeep]);
        assert_eq!(scan(FileId(0), &deep).faults[0].span.start, 64);
        assert_eq!(faults("a \"x\\"), [FaultKind::OpenText]);
    }
}
