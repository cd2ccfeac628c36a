//! Random programs: every production of the grammar, every spelling it allows, with white space and comments wherever
//! they may stand.
//!
//! A program is a list of tokens per block and a stream of noise that says what stands between them, so that a failing
//! case shrinks to few tokens and single blanks. Each token knows how the author wrote it and how the formatter spells
//! it; [`Program::canonical`] is therefore an oracle that owes nothing to the formatter. Names come from a small pool, so
//! that references often meet.

mod blocks;
mod conditions;
mod pieces;
mod values;

use proptest::collection::vec;
use proptest::prelude::*;

use blocks::block;

/// A piece of a program that no white space may divide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// As the author wrote it.
    pub written: String,
    /// As the formatter spells it.
    pub canonical: String,
    /// What must stand around it.
    pub kind: Kind,
}

/// What must stand around a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// White space between it and the next word.
    Word,
    /// Nothing: it is a sign.
    Sign,
    /// It is a whole line of its own.
    Line,
}

/// A random program.
#[derive(Clone)]
pub struct Program {
    /// The tokens of each block.
    pub blocks: Vec<Vec<Token>>,
    /// What stands between them.
    pub noise: Vec<Noise>,
    /// How lines end.
    pub line_end: &'static str,
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// As little as possible.
    Nothing,
    Blank,
    Blanks,
    Tab,
    NoBreakSpace,
    Line,
    BlankLine,
    /// A comment to the end of the line.
    Comment(&'static str),
    /// A comment on a line of its own.
    OwnComment(&'static str),
    /// The same, with a blank line above and below.
    FreeComment(&'static str),
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.text())
    }
}

impl Program {
    /// The program as its author wrote it.
    pub fn text(&self) -> String {
        let mut noise = self.noise.iter().copied().cycle();
        let mut next = || noise.next().unwrap_or(Noise::Blank);
        let mut out = String::new();
        for block in &self.blocks {
            // Between blocks: each begins in the first column.
            out.push_str(&separator(next(), ""));
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            let mut before: Option<&Token> = None;
            for token in block {
                if let Some(before) = before {
                    between(&mut out, before, token, next());
                }
                out.push_str(&token.written);
                before = Some(token);
            }
            out.push_str(&separator(next(), ""));
        }
        out.replace('\n', self.line_end)
    }

    /// The program as short as it can be written: what the formatter's output is without white space and comments.
    #[allow(dead_code, reason = "not every test binary asks for it")]
    pub fn canonical(&self) -> String {
        let tokens = self.blocks.iter().flatten().map(|t| t.canonical.as_str());
        tokens.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
    }
}

fn between(out: &mut String, before: &Token, after: &Token, noise: Noise) {
    let mut space = separator(noise, "  ");
    if before.kind == Kind::Word && after.kind == Kind::Word && space.is_empty() {
        space.push(' ');
    }
    if before.kind == Kind::Line && !space.starts_with('\n') {
        // A comment behind a `|` line would be part of it.
        space.insert_str(0, "\n  ");
    }
    if after.kind == Kind::Line {
        let line = space.rfind('\n');
        if !line.is_some_and(|i| space[i..].trim().is_empty()) {
            space.push_str("\n    ");
        }
    }
    out.push_str(&space);
}

fn separator(noise: Noise, indent: &str) -> String {
    match noise {
        Noise::Nothing => String::new(),
        Noise::Blank => " ".to_owned(),
        Noise::Blanks => "    ".to_owned(),
        Noise::Tab => "\t".to_owned(),
        Noise::NoBreakSpace => " \u{a0}".to_owned(),
        Noise::Line => format!("\n{indent}"),
        Noise::BlankLine => format!("\n\n\n{indent}"),
        Noise::Comment(text) => format!(" #{text}\n{indent}"),
        Noise::OwnComment(text) => format!("\n{indent}#{text}\n{indent}"),
        Noise::FreeComment(text) => format!("\n \n{indent}#{text}\n\n{indent}"),
    }
}

// ------------------------------------------------------------------------------------------------------------ programs

type Tokens = Vec<Token>;
/// A strategy for a few tokens.
type S = BoxedStrategy<Tokens>;

/// Programs of a few blocks.
pub fn program() -> impl Strategy<Value = Program> {
    let noise = prop_oneof![
        6 => Just(Noise::Nothing),
        12 => Just(Noise::Blank),
        2 => Just(Noise::Blanks),
        1 => Just(Noise::Tab),
        1 => Just(Noise::NoBreakSpace),
        4 => Just(Noise::Line),
        1 => Just(Noise::BlankLine),
        1 => values::comment().prop_map(Noise::Comment),
        1 => values::comment().prop_map(Noise::OwnComment),
        1 => values::comment().prop_map(Noise::FreeComment),
    ];
    let line_end = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
    (vec(block(), 0..5), vec(noise, 0..40), line_end).prop_map(|(blocks, noise, line_end)| Program {
        blocks,
        noise,
        line_end,
    })
}
