//! What can be wrong with characters and lines, before any grammar looks at them.
//!
//! Most of it comes along when text is pasted from a word processor, a web page or a formula. What was meant is plain, so
//! the parser goes on with that; every replacement is as long as what it replaces, so that places stay what they are.

use std::borrow::Cow;

use super::parse::SYNTAX;
use super::scan::MAX_DEPTH;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::source::{FileId, Span};

/// Something wrong on the level of characters or lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// Whether the parser reads what was meant.
    pub state: FaultState,
}

/// Whether the parser reads what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultState {
    /// It does.
    Mended,
    /// It cannot; nothing more is said about the lines of this fault.
    Open,
}

/// What can be wrong on the level of characters and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A bracket opened deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A text that does not end on its line.
    OpenText,
    /// A text that ends on a line below.
    SpanningText,
    /// A text between quotes from a word processor.
    CurlyQuotes,
    /// One such quote, without a partner.
    CurlyQuote,
    /// One such quote at the end of a text that begins with a straight one.
    ClosingQuote,
    /// A sign from a word processor or a formula (`≥`), with the spelling of the language.
    ForeignSign(&'static str),
    /// A blank that is neither a space, a tab nor a no-break space.
    OddBlank,
    /// A character that nobody can see, such as a NUL.
    Invisible,
    /// A character that changes the direction in which a line is shown.
    Direction,
    /// A line that ends in a carriage return alone.
    CarriageReturn,
    /// A block that does not begin in the first column.
    Indented,
    /// A block that stands inside another.
    InnerBlock,
}

impl Fault {
    /// A fault that nobody has mended yet.
    pub fn new(kind: FaultKind, span: Span) -> Fault {
        Fault { kind, span, state: FaultState::Open }
    }

    /// What to say about it. `text` is the text as the author wrote it.
    pub fn diagnostic(self, text: &str) -> Diagnostic {
        let Fault { kind, span, .. } = self;
        let shown = text.get(span.range()).unwrap_or("");
        let code = shown.chars().next().map_or(0, u32::from);
        match kind {
            FaultKind::TooDeep => Diagnostic::error(SYNTAX, "brackets are nested too deeply")
                .at(span, format!("this is the {}th bracket open at once", MAX_DEPTH + 1))
                .help("Give parts of the condition names of their own with `definition`."),
            FaultKind::OpenText => open_text(span, shown),
            FaultKind::SpanningText => spanning_text(span, shown),
            FaultKind::CurlyQuotes => straight_quotes(span, shown),
            FaultKind::CurlyQuote => Diagnostic::error(SYNTAX, format!("`{shown}` is a typographic quote"))
                .at(span, "from a word processor?")
                .help("Write straight quotes: `\"`.")
                .fix("write a straight quote", Applicability::Suggested, span, "\""),
            FaultKind::ClosingQuote => Diagnostic::error(SYNTAX, "this text is closed by a typographic quote")
                .at(span, "from a word processor?")
                .help("Write straight quotes: `\"`.")
                .fix("write a straight quote", Applicability::Safe, span, "\""),
            FaultKind::ForeignSign(sign) => Diagnostic::error(SYNTAX, format!("`{shown}` is written `{sign}`"))
                .at(span, format!("write `{sign}`"))
                .fix(format!("write `{sign}`"), Applicability::Safe, span, sign),
            FaultKind::OddBlank => Diagnostic::error(SYNTAX, "this blank is not an ordinary one")
                .at(span, format!("character U+{code:04X}"))
                .help("Replace it by a space; it often comes along with pasted text.")
                .fix("write a space", Applicability::Safe, span, " "),
            FaultKind::Invisible => Diagnostic::error(SYNTAX, "there is a character here that cannot be seen")
                .at(span, format!("character U+{code:04X}"))
                .help("Delete it; it often comes along with text copied from a web page.")
                .fix("delete it", Applicability::Safe, span, ""),
            FaultKind::Direction => {
                Diagnostic::error(SYNTAX, "there is a character here that changes the direction of the text")
                    .at(span, format!("character U+{code:04X}"))
                    .note("It cannot be seen, and it can make a line show something else than it says.")
                    .help("Delete it.")
                    .fix("delete it", Applicability::Safe, span, "")
            }
            FaultKind::CarriageReturn => carriage_returns(span, text),
            FaultKind::Indented => {
                Diagnostic::error(SYNTAX, "a block begins in the first column")
                    .at(span, "blanks stand before it")
                    .note("That is how the next block is found when a brace is missing in the one before.")
                    .fix("move it to the first column", Applicability::Safe, span, "")
            }
            FaultKind::InnerBlock => {
                Diagnostic::error(SYNTAX, format!("`{shown}` begins a block inside another block"))
                    .at(span, "the block above is still open")
                    .help("Blocks stand one below the other and refer to each other by name: close the one above with `}` first.")
            }
        }
    }
}

fn open_text(span: Span, shown: &str) -> Diagnostic {
    let out = Diagnostic::error(SYNTAX, "this text is not closed on its line")
        .at(span, "opens here")
        .note("A text in quotes never spans lines, so that one missing quote cannot swallow the rest of the file.")
        .help(
            "Close it with `\"`. For a longer text write `note`, `purpose` or `rationale` and begin each line below with `|`.",
        );
    // Where it ends is plain if nothing but a brace could stand behind it.
    let text = shown.trim_end_matches(['{', '}', ' ']);
    if text.len() < 2 || text.contains('{') {
        return out;
    }
    let end = Span::new(span.file, span.start as usize + text.len(), span.start as usize + text.len());
    out.fix("close it here", Applicability::Suggested, end, "\"")
}

fn spanning_text(span: Span, shown: &str) -> Diagnostic {
    let line = shown.lines().next().map_or(1, |l| l.trim_end().len());
    let start = span.start as usize;
    let mut out = Diagnostic::error(SYNTAX, "this text goes on below its line")
        .at(Span::new(span.file, start, start + line), "opens here")
        .note("A text in quotes never spans lines, so that one missing quote cannot swallow the rest of the file.")
        .help("Write it on one line; or write `note`, `purpose` or `rationale` alone, and begin each line below with `|`.");
    // Every line break, with the blanks around it.
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(end) = shown.get(at..).and_then(|t| t.find('\n')).map(|n| at + n) {
        let before = shown.get(..end).unwrap_or("").trim_end().len();
        let behind = shown.get(end..).unwrap_or("");
        at = end + behind.len() - behind.trim_start().len();
        edits.push(Edit { span: Span::new(span.file, start + before, start + at), text: " ".to_owned() });
    }
    out.fixes.push(Fix {
        title: "write it on one line".to_owned(),
        applicability: Applicability::Suggested,
        edits,
    });
    out
}

fn straight_quotes(span: Span, shown: &str) -> Diagnostic {
    let first = shown.chars().next().map_or(0, char::len_utf8);
    let last = shown.chars().next_back().map_or(0, char::len_utf8);
    let (start, end) = (span.start as usize, span.end as usize);
    let quote = |start, end| Edit { span: Span::new(span.file, start, end), text: "\"".to_owned() };
    let mut out = Diagnostic::error(SYNTAX, "these quotes are typographic ones")
        .at(span, "from a word processor?")
        .help("Write straight quotes: `\"`.");
    out.fixes.push(Fix {
        title: "write straight quotes".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![quote(start, start + first), quote(end - last, end)],
    });
    out
}

fn carriage_returns(span: Span, text: &str) -> Diagnostic {
    let edits = lone_returns(text)
        .map(|at| Edit { span: Span::new(span.file, at, at + 1), text: "\n".to_owned() })
        .collect();
    let mut out = Diagnostic::error(SYNTAX, "this line ends in a carriage return alone")
        .at(span, "character U+000D, and no line feed behind it")
        .help("Save the file with line feeds, as editors do today.");
    out.fixes.push(Fix {
        title: "end lines with line feeds".to_owned(),
        applicability: Applicability::Safe,
        edits,
    });
    out
}

// ------------------------------------------------------------------------------------------------------------- finding

/// What is wrong with a character beyond ASCII, and how long that is. `closing` finds the next quote behind it that may
/// close a text: how far behind, and how long.
pub(super) fn foreign(
    c: char,
    closing: impl FnOnce() -> Option<(usize, usize)>,
) -> Option<(FaultKind, usize)> {
    let length = c.len_utf8();
    let sign = match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' => {
            return Some(match closing() {
                Some((at, last)) => (FaultKind::CurlyQuotes, length + at + last),
                None => (FaultKind::CurlyQuote, length),
            });
        }
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '×' => "*",
        '—' | '−' | '‑' | '‒' => "-",
        '⇒' | '➔' | '➡' => "->",
        '…' => "...",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}' => {
            return Some((FaultKind::Invisible, length));
        }
        c if c.is_whitespace() && c != '\u{a0}' => return Some((FaultKind::OddBlank, length)),
        _ => return None,
    };
    Some((FaultKind::ForeignSign(sign), length))
}

/// Where the first quote that may close a text stands on a line, and how long it is.
pub(super) fn closing_quote(text: &str) -> Option<(usize, usize)> {
    // What opens a quotation in English closes one in German, and the other way round.
    let found =
        text.char_indices().find(|(_, c)| matches!(c, '”' | '“' | '»' | '«' | '’' | '‘' | '"' | '\n'));
    found.filter(|(_, c)| *c != '\n').map(|(at, c)| (at, c.len_utf8()))
}

/// Characters that have no place anywhere, not even in texts and comments.
pub(super) fn everywhere(file: FileId, text: &str) -> impl Iterator<Item = Fault> {
    text.char_indices().filter_map(move |(at, c)| {
        let kind = match c {
            '\n' | '\r' | '\t' => return None,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => FaultKind::Direction,
            '\u{feff}' | '\u{2028}' | '\u{2029}' => FaultKind::Invisible,
            c if c.is_control() => FaultKind::Invisible,
            _ => return None,
        };
        Some(Fault::new(kind, Span::new(file, at, at + c.len_utf8())))
    })
}

/// The first line that ends in a carriage return alone; one is enough to say so.
pub(super) fn carriage_return(file: FileId, text: &str) -> Option<Fault> {
    let at = lone_returns(text).next()?;
    Some(Fault {
        state: FaultState::Mended,
        ..Fault::new(FaultKind::CarriageReturn, Span::new(file, at, at + 1))
    })
}

/// The places of carriage returns without a line feed behind them.
fn lone_returns(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    text.match_indices('\r').map(|(at, _)| at).filter(|at| bytes.get(at + 1) != Some(&b'\n'))
}

// ------------------------------------------------------------------------------------------------------------- mending

/// The text with every line ended by a line feed.
pub(super) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if lone_returns(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(out)
}

/// Writes what was meant where that is plain, and marks those faults. `faults` are in order.
pub(super) fn mend<'t>(text: Cow<'t, str>, faults: &mut [Fault]) -> Cow<'t, str> {
    let mut out = String::new();
    let mut last = 0;
    for fault in faults {
        let range = fault.span.range();
        if range.start < last {
            // Inside a text that has been mended.
            fault.state = FaultState::Mended;
        } else if let Some(meant) = meant(fault.kind, &text, fault.span) {
            fault.state = FaultState::Mended;
            if !meant.is_empty() {
                out.push_str(text.get(last..range.start).unwrap_or(""));
                out.push_str(&meant);
                last = range.end;
            }
        }
    }
    if last == 0 {
        return text;
    }
    out.push_str(text.get(last..).unwrap_or(""));
    Cow::Owned(out)
}

/// What was meant, filled up with blanks to the same length; empty if nothing needs to change.
fn meant(kind: FaultKind, text: &str, span: Span) -> Option<String> {
    let shown = text.get(span.range())?;
    let blanks = |n: usize| " ".repeat(n);
    let padded = |sign: &str| sign.to_owned() + &blanks(shown.len().saturating_sub(sign.len()));
    match kind {
        FaultKind::TooDeep | FaultKind::OpenText | FaultKind::SpanningText | FaultKind::CurlyQuote => None,
        FaultKind::CurlyQuotes => {
            let mut chars = shown.chars();
            let (first, last) = (chars.next()?, chars.next_back()?);
            let inside = chars.as_str();
            if inside.contains(['"', '\\']) {
                return None;
            }
            let (before, behind) = (blanks(first.len_utf8() - 1), blanks(last.len_utf8() - 1));
            Some(format!("{before}\"{inside}\"{behind}"))
        }
        FaultKind::ClosingQuote => Some(padded("\"")),
        FaultKind::ForeignSign(sign) => Some(padded(sign)),
        FaultKind::OddBlank => Some(padded("")),
        FaultKind::Invisible | FaultKind::Direction => {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let before = text.get(..span.range().start).and_then(|t| t.chars().next_back());
            let behind = text.get(span.range().end..).and_then(|t| t.chars().next());
            // In the middle of a word a blank would make two of it.
            if before.is_some_and(is_word) && behind.is_some_and(is_word) { None } else { Some(padded("")) }
        }
        FaultKind::CarriageReturn | FaultKind::Indented | FaultKind::InnerBlock => Some(String::new()),
    }
}
