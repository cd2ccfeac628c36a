//! The escapers: whatever an author wrote is shown in a document, and never acts in it.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// For HTML, in texts and in attributes with double quotes; what it writes is well-formed XML too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Html;

/// For GitHub-flavoured Markdown, in running text, headings, link texts and cells of tables.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markdown;

impl Escaper for Html {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        for c in text.chars() {
            match visible(c) {
                Shown::Char('&') => out.write_str("&amp;")?,
                Shown::Char('<') => out.write_str("&lt;")?,
                Shown::Char('>') => out.write_str("&gt;")?,
                Shown::Char('"') => out.write_str("&#34;")?,
                Shown::Char('\'') => out.write_str("&#39;")?,
                Shown::Char(c) => out.write_char(c)?,
                Shown::Named(code) => write!(out, "[U+{code:04X}]")?,
            }
        }
        Ok(())
    }
}

impl Escaper for Markdown {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        for c in text.chars() {
            match visible(c) {
                Shown::Char('&') => out.write_str("&amp;")?,
                Shown::Char('<') => out.write_str("&lt;")?,
                Shown::Char('>') => out.write_str("&gt;")?,
                Shown::Char('\n') => out.write_char(' ')?,
                // Braces too: some sites run a template language over Markdown before they read it.
                Shown::Char(c @ ('\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' | '#')) => {
                    out.write_char('\\')?;
                    out.write_char(c)?;
                }
                Shown::Char(c) => out.write_char(c)?,
                Shown::Named(code) => write!(out, "\\[U+{code:04X}\\]")?,
            }
        }
        Ok(())
    }
}

/// How a character is shown.
enum Shown {
    Char(char),
    /// By its number: it is invisible, and could change how the text around it reads.
    Named(u32),
}

/// Control characters are not allowed in documents, and marks that turn the direction of the text around can make it
/// read as something it is not.
fn visible(c: char) -> Shown {
    match c {
        '\n' | '\t' => Shown::Char(c),
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}' => Shown::Named(c.into()),
        c if c.is_control() => Shown::Named(c.into()),
        c => Shown::Char(c),
    }
}

/// The text, escaped.
pub fn escaped<E: Escaper>(text: &str, escaper: E) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escaper.write_escaped_str(&mut out, text);
    out
}

/// True if a part of the text runs from right to left, so that it must be kept from turning its surroundings around.
pub fn runs_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' | '\u{200f}')
    })
}

/// A string of a style sheet, with its quotes. Everything but letters and digits is written as its number.
pub fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match visible(c) {
            Shown::Char(c) if c.is_ascii_alphanumeric() || c == ' ' => out.push(c),
            Shown::Char(c) => {
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
            Shown::Named(_) => {}
        }
    }
    out.push('"');
    out
}

/// Text in Markdown that begins a line: also safe from being read as a list or another mark.
pub fn line_start(markdown: &str) -> String {
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = markdown.split_at(digits);
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => format!("{number}\\{rest}"),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{markdown}"),
        _ => markdown.to_owned(),
    }
}
