//! Texts that are no programs: damaged ones, token soup, byte soup. Nothing may panic, nothing may be lost in silence.

use clausal::syntax::format_checked;
use clausal::syntax::keywords::{BlockWord, CLAUSES};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::checks::{FILE, read, uncommented};
use crate::programs::{self, Kind, Program, Token};
use crate::{EXAMPLE, generate};

/// Words and signs of the language, and some that it does not know.
const TOKENS: &[&str] = &[
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
    "routing",
    "otherwise",
    "sticky",
    "credit",
    "below",
    "pays",
    "claimed",
    "down",
    "counted",
    "dated",
    "minutes",
    "parties",
    "effective",
    "purpose",
    "review",
    "note",
    "works",
    "reports",
    "to",
    "handles",
    "open",
    "closed",
    "means",
    "where",
    "since",
    "met",
    "at",
    "when",
    "within",
    "of",
    "otherwise",
    "target",
    "median",
    "under",
    "per",
    "month",
    "must",
    "not",
    "should",
    "each",
    "a",
    "least",
    "most",
    "worth",
    "for",
    "before",
    "after",
    "deadline",
    "by",
    "remind",
    "via",
    "then",
    "start",
    "end",
    "never",
    "given",
    "expect",
    "now",
    "today",
    "blank",
    "is",
    "set",
    "in",
    "and",
    "or",
    "between",
    "older",
    "than",
    "starts",
    "with",
    "contains",
    "tbd",
    "optional",
    "ignoring",
    "case",
    "text",
    "choice",
    "money",
    "sdr",
    "mql",
    "lead",
    "score",
    "routing",
    "shall",
    "Sales",
    "first-touch",
    "5",
    "10k",
    "95%",
    "$4M",
    "EUR",
    "2026-03-31",
    "2026-03-06 17:55",
    "09:00",
    "mon",
    "fri",
    "days",
    "business",
    "hours",
    "\"text\"",
    "\"open",
    "“curly”",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    ".",
    "...",
    "..",
    "-",
    "->",
    "=>",
    "=",
    "==",
    "!=",
    "<>",
    "<",
    "<=",
    "≥",
    "+",
    "*",
    "/",
    "//",
    "/*",
    "*/",
    "%",
    "&&",
    "||",
    "|",
    "#",
    ";",
    "'",
    "\\",
    "\u{0}",
    "\u{200b}",
    "é",
    "🙂",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_programs_are_read_without_a_silent_loss(program in programs::program(), damage in vec(damage(), 1..4)) {
        let program = damaged(program, &damage);
        let text = program.text();
        let (_, diagnostics) = read(&text);
        if diagnostics.is_empty()
            && let Ok(out) = format_checked(FILE, &text)
        {
            // Every word arrived: nothing was dropped on the way into the tree.
            prop_assert_eq!(words(&text), words(&out), "{}\n{}", text, out);
        }
    }

    #[test]
    fn token_soup_is_read(
        tokens in vec(select(TOKENS), 0..60),
        spaces in vec(select(&[" ", " ", " ", "", "\n", "\n  ", "\r\n"][..]), 60),
    ) {
        let text: String = tokens.iter().zip(spaces).flat_map(|(token, space)| [*token, space]).collect();
        read(&text);
    }

    #[test]
    fn soup_inside_a_block_is_read(
        block in select(BlockWord::ALL.to_vec()),
        tokens in vec(select(TOKENS), 0..30),
        spaces in vec(select(&[" ", " ", " ", "\n  "][..]), 30),
    ) {
        let body: String = tokens.iter().zip(spaces).flat_map(|(token, space)| [*token, space]).collect();
        let text = match block {
            BlockWord::Lifecycle => format!("lifecycle x of lead.status {{\n  {body}\n}}\n"),
            BlockWord::Routing => format!("routing x of lead {{\n  {body}\n}}\n"),
            BlockWord::Credit => format!("credit x for first_touch {{\n  {body}\n}}\n"),
            BlockWord::Scenario => format!("scenario \"x\" {{\n  {body}\n}}\n"),
            _ => format!("{} x {{\n  {body}\n}}\n", block.word()),
        };
        read(&text);
    }

    #[test]
    fn byte_soup_is_read(text in "\\PC*", lines in vec("[ -~\\n\\r\\t\"#|{}\\[\\]()]{0,40}", 0..8)) {
        read(&text);
        read(&lines.join("\n"));
    }

    #[test]
    fn any_bytes_that_are_a_text_are_read(bytes in vec(any::<u8>(), 0..200)) {
        read(&String::from_utf8_lossy(&bytes));
    }
}

/// The words of a text in alphabetical order, without those that the formatter may add or leave out, and without the
/// differences between spellings of the same.
fn words(text: &str) -> Vec<String> {
    let text = uncommented(text)
        .replace("<>", "!=")
        .replace("cut-off", "cutoff")
        .replace(['→', '–'], "-")
        .replace("->", "-");
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '"') {
        let lower = word.to_lowercase();
        let date_and_time = lower.split_once('t').filter(|(day, hour)| {
            !day.is_empty()
                && !hour.is_empty()
                && [day, hour].iter().all(|d| d.chars().all(|c| c.is_ascii_digit()))
        });
        match date_and_time {
            Some((day, hour)) => words.extend([day.to_owned(), hour.to_owned()]),
            None => words.push(lower),
        }
    }
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    for word in &mut words {
        if let Some(day) = weekdays.iter().find(|d| word.starts_with(**d) && word.ends_with("day")) {
            *word = (*day).to_owned();
        }
        *word = word.trim_end_matches('s').trim_start_matches('0').to_owned();
    }
    let optional = ["", "from", "at", "calendar", "a", "an", "each", "every", "any", "all"];
    words.retain(|w| !optional.contains(&w.as_str()));
    words.sort_unstable();
    words
}

/// One change to the tokens of a program.
#[derive(Debug, Clone)]
enum Damage {
    Delete(Index, Index),
    Repeat(Index, Index),
    Swap(Index, Index),
    Replace(Index, Index, &'static str),
    Insert(Index, Index, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = || (any::<Index>(), any::<Index>());
    prop_oneof![
        place().prop_map(|(b, t)| Damage::Delete(b, t)),
        place().prop_map(|(b, t)| Damage::Repeat(b, t)),
        place().prop_map(|(b, t)| Damage::Swap(b, t)),
        (place(), word()).prop_map(|((b, t), word)| Damage::Replace(b, t, word)),
        (place(), word()).prop_map(|((b, t), word)| Damage::Insert(b, t, word)),
    ]
}

/// A word that does not turn what stands behind it into a comment or into prose.
fn word() -> impl Strategy<Value = &'static str> {
    select(TOKENS).prop_filter("a word alone", |token| !matches!(*token, "#" | "|" | "||"))
}

fn damaged(mut program: Program, damage: &[Damage]) -> Program {
    for change in damage {
        let (Damage::Delete(block, at)
        | Damage::Repeat(block, at)
        | Damage::Swap(block, at)
        | Damage::Replace(block, at, _)
        | Damage::Insert(block, at, _)) = change;
        if program.blocks.is_empty() {
            break;
        }
        let index = block.index(program.blocks.len());
        let tokens = &mut program.blocks[index];
        if tokens.is_empty() {
            continue;
        }
        let at = at.index(tokens.len());
        match change {
            Damage::Delete(..) => drop(tokens.remove(at)),
            Damage::Repeat(..) => tokens.insert(at, tokens[at].clone()),
            Damage::Swap(..) if at > 0 => tokens.swap(at - 1, at),
            Damage::Swap(..) => {}
            Damage::Replace(_, _, word) => tokens[at] = token(word),
            Damage::Insert(_, _, word) => tokens.insert(at, token(word)),
        }
    }
    program
}

fn token(word: &str) -> Token {
    Token { written: word.to_owned(), canonical: word.to_owned(), kind: Kind::Word }
}

/// A block of each kind with every clause that it knows, from the examples of the messages.
pub fn every_clause() -> Vec<String> {
    let body = |block: BlockWord| {
        let clauses = CLAUSES.iter().filter(|c| c.block == block);
        clauses.flat_map(|c| ["  ", c.example, "\n"]).collect::<String>()
    };
    let head = |block: BlockWord| match block {
        BlockWord::Lifecycle => "lifecycle x \"X\" of lead.status".to_owned(),
        BlockWord::Score => "score x \"X\" of lead".to_owned(),
        BlockWord::Routing => "routing x \"X\" of lead".to_owned(),
        BlockWord::Credit => "credit x \"X\" for first_touch".to_owned(),
        BlockWord::Scenario => "scenario \"X\"".to_owned(),
        _ => format!("{} x \"X\"", block.word()),
    };
    BlockWord::ALL.into_iter().map(|b| format!("{} {{\n{}}}\n", head(b), body(b))).collect()
}

#[test]
fn every_example_of_a_clause_is_read() {
    for block in every_clause() {
        let (file, diagnostics) = read(&block);
        assert_eq!(diagnostics, [], "{block}");
        assert_eq!(file.items.len(), 1);
    }
}

#[test]
fn programs_cut_off_anywhere_are_read() {
    for block in every_clause() {
        for (end, _) in block.char_indices() {
            read(&block[..end]);
        }
        // And with another block behind, which must not suffer.
        for (end, _) in block.char_indices().filter(|(_, c)| *c == '\n') {
            let (file, _) = read(&format!("{}\nparty sales {{ }}\n", &block[..end]));
            assert!(
                file.items.last().is_some_and(|i| i.span.range().len() == "party sales { }".len()),
                "{block}"
            );
        }
    }
}

#[test]
fn programs_with_a_line_missing_or_twice_are_read() {
    for text in [EXAMPLE, &generate::agreement(140)] {
        let lines: Vec<&str> = text.lines().collect();
        for i in 0..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(i);
            read(&fewer.join("\n"));
            let mut more = lines.clone();
            more.insert(i, lines[i]);
            read(&more.join("\n"));
        }
    }
}

/// What the fuzzer of the parser starts from, and what it once found.
#[test]
fn the_corpus_of_the_fuzzer_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/parse");
    let mut read_some = false;
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
        let bytes = std::fs::read(entry.expect("a file").path()).expect("a file that can be read");
        read(&String::from_utf8_lossy(&bytes));
        read_some = true;
    }
    assert!(read_some, "an empty corpus proves nothing");
}
