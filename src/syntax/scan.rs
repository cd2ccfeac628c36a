//! A first, cheap look at a file: where its blocks begin, its comments, and what no grammar needs to see.
//!
//! One pass over the characters, no recursion. It knows only what a text, a comment and a bracket look like, and that
//! blocks begin in the first column. What it finds wrong here (brackets nested without end, typographic quotes) is
//! reported once, at its place, and the parser is spared the rest.

use crate::source::{FileId, Span};

/// Words that begin a block.
pub const BLOCK_WORDS: [&str; 12] = [
    "use",
    "agreement",
    "party",
    "role",
    "calendar",
    "channel",
    "record",
    "definition",
    "commitment",
    "contingency",
    "lifecycle",
    "scenario",
];

/// Brackets may nest this deep. Far more than any agreement needs, far less than any stack holds.
pub const MAX_DEPTH: usize = 64;

/// What the scan found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The blocks, in order: from the first column to the last character that is not blank.
    pub blocks: Vec<Span>,
    /// Comments, each with its `#`.
    pub comments: Vec<Span>,
    /// What is wrong on the level of characters.
    pub faults: Vec<Fault>,
}

/// Something wrong on the level of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong on the level of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A bracket opened deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A text that does not end on its line.
    OpenText,
    /// A quote from a word processor, where a straight one must stand.
    CurlyQuote,
    /// A sign from a word processor or a formula (`≥`), with the spelling of the language.
    ForeignSign(&'static str),
    /// A character that nobody can see, such as a NUL.
    Invisible,
}

/// Scans a file.
pub fn scan(file: FileId, text: &str) -> Scan {
    let mut scanner = Scanner { file, text, out: Scan::default(), depth: 0, block: None, last: 0 };
    scanner.run();
    scanner.out
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    out: Scan,
    /// Open brackets at this point.
    depth: usize,
    /// Where the current block began.
    block: Option<usize>,
    /// One past the last character of the current block that is neither blank nor a comment.
    last: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let end = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n + 1);
            self.line(at, end);
            at = end;
        }
        self.close_block();
    }

    fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        if self.begins_block(line) {
            self.close_block();
            self.block = Some(start);
            self.depth = 0;
        }
        let blank = line.len() - line.trim_start().len();
        if line[blank..].starts_with('|') {
            // Prose: nothing in it has a meaning of its own.
            self.last = start + line.trim_end().len();
            return;
        }
        let mut at = start;
        while let Some(c) = self.text[at..end].chars().next() {
            let next = at + c.len_utf8();
            match c {
                '#' => {
                    let stop = start + line.trim_end_matches(['\n', '\r']).len();
                    self.out.comments.push(Span::new(self.file, at, stop));
                    return;
                }
                '"' => {
                    at = self.string(at, end);
                    self.last = at;
                    continue;
                }
                '(' | '[' | '{' => self.open(at),
                ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
                '“' | '”' | '„' | '‟' | '«' | '»' => self.fault(FaultKind::CurlyQuote, at, next),
                '≥' => self.fault(FaultKind::ForeignSign(">="), at, next),
                '≤' => self.fault(FaultKind::ForeignSign("<="), at, next),
                '≠' => self.fault(FaultKind::ForeignSign("!="), at, next),
                c if is_invisible(c) => self.fault(FaultKind::Invisible, at, next),
                _ => {}
            }
            if !c.is_whitespace() {
                self.last = next;
            }
            at = next;
        }
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
        self.fault(FaultKind::OpenText, start, stop.max(start + 1));
        line_end
    }

    fn open(&mut self, at: usize) {
        self.depth += 1;
        if self.depth == MAX_DEPTH + 1 {
            self.fault(FaultKind::TooDeep, at, at + 1);
        }
    }

    fn fault(&mut self, kind: FaultKind, start: usize, end: usize) {
        self.out.faults.push(Fault { kind, span: Span::new(self.file, start, end) });
    }

    /// Does a block begin on this line? In the first column: any word when nothing is open; inside an open block only
    /// what looks like the head of the next one, for then the closing brace was forgotten.
    fn begins_block(&self, line: &str) -> bool {
        let Some(first) = line.chars().next() else { return false };
        if first.is_whitespace() || first == '#' || first == '|' {
            return false;
        }
        if self.depth == 0 {
            // A line that continues the head of a block: `{` alone, for those who like it there.
            let continues = matches!(first, '{' | ',' | ')' | ']');
            return !(continues && self.block.is_some());
        }
        let word = line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
        match word {
            "use" => line[3..].trim_start().starts_with('"'),
            _ => BLOCK_WORDS.contains(&word) && line.contains('{'),
        }
    }

    fn close_block(&mut self) {
        if let Some(start) = self.block.take() {
            self.out.blocks.push(Span::new(self.file, start, self.last.max(start)));
        }
    }
}

/// Control characters, and the marks of width zero that come along when text is copied from a web page.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        scan(FileId(0), text).blocks.iter().map(|s| &text[s.range()]).collect()
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
        assert_eq!(faults("party a “x” {\n note \"open\n}\n").len(), 3);
        assert_eq!(faults("a \"open\r\n"), [FaultKind::OpenText]);
        assert_eq!(faults("a\u{0}b"), [FaultKind::Invisible]);
        assert_eq!(faults(&format!("{}{}", "(".repeat(64), ")".repeat(64))), []);
        let deep = "(".repeat(100_000);
        assert_eq!(faults(&deep), [FaultKind::TooDeep]);
        assert_eq!(scan(FileId(0), &deep).faults[0].span.start, 64);
        assert_eq!(faults("a \"x\\"), [FaultKind::OpenText]);
    }
}
