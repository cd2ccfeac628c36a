//! Broken text as a person sees it: words, numbers, texts, signs. Coarser than the grammar, and never at a loss.

use std::ops::Range;

use crate::source::Span;

/// A piece of broken text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it says.
    pub(super) text: &'t str,
    /// What it looks like.
    pub(super) kind: Look,
}

impl Token<'_> {
    /// In small letters.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

/// What a piece of broken text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Letters: `mql_at`, `first-touch`, `10:00am`, `03/06/2026`.
    Word,
    /// `"..."`.
    Text,
    /// `'...'`.
    SingleQuoted,
    /// `( ) [ ] { }`.
    Bracket,
    /// `=>`, `,`, `//`.
    Sign,
}

/// The pieces of a text, comments left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let (kind, length) = match first {
            '#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' => (Look::Text, quoted_length(rest)),
            '\'' => match rest[1..].find(['\'', '\n']).map(|n| &rest[..n + 2]) {
                Some(text) if text.ends_with('\'') => (Look::SingleQuoted, text.len()),
                _ => (Look::Sign, 1),
            },
            '(' | ')' | '[' | ']' | '{' | '}' => (Look::Bracket, 1),
            c if begins_word(c, rest) => (Look::Word, word_length(rest)),
            _ => (Look::Sign, sign_length(rest)),
        };
        out.push(Token { range: at..at + length, text: &rest[..length], kind });
        at += length;
    }
    out
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn begins_word(c: char, rest: &str) -> bool {
    // `$4M`, and `.5`.
    let digit_behind = || rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    is_word(c) || matches!(c, '$' | '€' | '£' | '.') && digit_behind()
}

fn quoted_length(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '"' => return i + 1,
            '\n' => return i,
            _ => {}
        }
    }
    text.len()
}

/// A word with what people put inside words: hyphens, slashes, colons, dots, commas between digits.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((i, c)) = chars.next() {
        let behind = chars.peek().map_or(' ', |(_, c)| *c);
        let inside = match c {
            '-' | '/' | '.' | ':' | '@' | '\'' | '’' => is_word(before) && is_word(behind),
            ',' => before.is_ascii_digit() && behind.is_ascii_digit(),
            '%' | '$' | '€' | '£' => true,
            c => is_word(c),
        };
        if !inside && i > 0 {
            return i;
        }
        before = c;
    }
    text.len()
}

/// Signs that belong together: `=>`, `&&`, `-->`; a comma, a semicolon and a full stop stand alone.
fn sign_length(text: &str) -> usize {
    let joins = |c: char| matches!(c, '=' | '<' | '>' | '!' | '&' | '|' | '-' | '~' | '/' | '*' | '+' | '.');
    let length = text.find(|c| !joins(c)).unwrap_or(text.len());
    if length == 0 { text.chars().next().map_or(0, char::len_utf8) } else { length }
}

/// A part of a fragment's span.
pub(super) fn part(span: Span, range: Range<usize>) -> Span {
    Span::new(span.file, span.start as usize + range.start, span.start as usize + range.end)
}

/// The word that a text begins with.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !is_word(c) && c != '-').unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}

/// Length of the first character.
pub(super) fn first_char(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The first place from `at` on that is neither blank nor a comment.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let mut rest = text.get(at..).unwrap_or("");
    loop {
        let trimmed = rest.trim_start();
        rest = match trimmed.strip_prefix('#') {
            Some(comment) => &comment[comment.find('\n').unwrap_or(comment.len())..],
            None => return text.len() - trimmed.len(),
        };
    }
}

/// What is shown of an author's word: all of it, unless it is endless.
pub(super) fn shown(word: &str) -> String {
    const MOST: usize = 40;
    if word.chars().count() <= MOST {
        return word.to_owned();
    }
    word.chars().take(MOST).chain(std::iter::once('…')).collect()
}

/// With a capital at the start.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn pieces_are_what_a_person_sees() {
        assert_eq!(
            texts("open mon-fri 10:00am-5pm, 1,000 $4M .5"),
            ["open", "mon-fri", "10:00am-5pm", ",", "1,000", "$4M", ".5"]
        );
        assert_eq!(texts("a>=5 && b=>c // x"), ["a", ">=", "5", "&&", "b", "=>", "c", "//", "x"]);
        assert_eq!(
            texts("x in (US,CA). 'it' \"a \\\" b\" # c"),
            ["x", "in", "(", "US", ",", "CA", ")", ".", "'it'", "\"a \\\" b\""]
        );
        assert_eq!(texts("95% sdr’s 03/06/2026; \"open"), ["95%", "sdr’s", "03/06/2026", ";", "\"open"]);
    }
}
