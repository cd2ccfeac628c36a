//! Standard output and standard error: colours, width, and silence.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};

use anstream::ColorChoice;

use super::args::ColorWhen;
use crate::diagnostic::human::{self, Characters, Colour, Style};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;
/// Wider than this, paragraphs are hard to read.
const WIDEST: usize = 120;

/// Nobody reads more findings than this at once.
const MOST_SHOWN: usize = 200;

/// Columns of the terminal, if there is one.
pub(super) fn columns() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    Some(usize::from(width.0).min(WIDEST))
}

/// How to talk to the user.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    choice: ColorChoice,
    quiet: bool,
}

impl Term {
    pub(super) fn new(color: ColorWhen, quiet: bool) -> Term {
        let choice = match color {
            ColorWhen::Auto => ColorChoice::Auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        Term { choice, quiet }
    }

    /// Writes the result of a command. Whoever closed the pipe has read enough.
    pub(super) fn print(self, text: &str) {
        let mut out = anstream::AutoStream::new(std::io::stdout(), self.choice);
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Says what was done, unless silence was asked for.
    pub(super) fn say(self, text: &str) {
        if !self.quiet {
            self.print(text);
        }
    }

    /// Says what is wrong.
    pub(super) fn complain(self, text: &str) {
        let mut out = anstream::AutoStream::new(std::io::stderr(), self.choice);
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Findings as a person reads them, for standard output.
    pub(super) fn findings(self, diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
        let out = std::io::stdout();
        let colour = match self.choice {
            ColorChoice::Auto => match anstream::AutoStream::choice(&out) {
                ColorChoice::Never => Colour::Never,
                _ => Colour::Always,
            },
            ColorChoice::Never => Colour::Never,
            _ => Colour::Always,
        };
        let characters = if !out.is_terminal() || supports_unicode::on(supports_unicode::Stream::Stdout) {
            Characters::Unicode
        } else {
            Characters::Ascii
        };
        let width = columns().unwrap_or(WIDTH);
        let shown = diagnostics.len().min(MOST_SHOWN);
        let mut text = human::render(&diagnostics[..shown], sources, Style { width, colour, characters });
        if diagnostics.len() > shown {
            let more = diagnostics.len() - shown;
            let _ = write!(text, "... and {more} more. `clausal check --format json` lists them all.\n\n");
        }
        text
    }

    /// The line under the findings: how many of which kind.
    pub(super) fn summary(diagnostics: &[Diagnostic], what: &str) -> String {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        let words = |n: usize, word: &str| (n > 0).then(|| plural(n, word));
        let parts: Vec<String> = [
            words(count(Severity::Error), "error"),
            words(count(Severity::Warning), "warning"),
            words(count(Severity::Info), "remark"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            format!("No findings in {what}.\n")
        } else {
            format!("{} in {what}.\n", crate::diagnostic::join(&parts, "and"))
        }
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
