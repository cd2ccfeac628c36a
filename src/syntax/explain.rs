//! What to say about text that cannot be read.
//!
//! The grammar only swallows a broken clause. To say what is wrong, the text is parsed again as the one thing it set out
//! to be; the furthest point the parser reached is the place, and the rules it tried there are what was expected.

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::grammar::{END, Grammar, Rule, clause_rule, human};
use super::keywords::{self, BlockWord};
use super::parse::SYNTAX;
use super::scan::BLOCK_WORDS;
use crate::diagnostic::{Applicability, Diagnostic, join, nearest};
use crate::source::Span;

/// The name of a block that cannot be read, if one can be made out.
pub(super) fn block_name(fragment: &str) -> Option<String> {
    let mut words = fragment.split(|c: char| !is_word(c)).filter(|w| !w.is_empty());
    words.next()?;
    let name = words.next()?;
    // Only a word on the first line, and not one inside quotes, is the name.
    let head = fragment.lines().next()?;
    let quote = head.find('"').unwrap_or(head.len());
    head[..quote].contains(name).then(|| name.to_owned())
}

/// A block whose head cannot be read.
pub(super) fn bad_block(span: Span, fragment: &str, error: Error<Rule>) -> Diagnostic {
    let word = first_word(fragment);
    let place = part(span, 0, word.len().max(first_char(fragment)));
    if keywords::PLANNED_BLOCKS.contains(&word) {
        return planned(place, word);
    }
    if !BLOCK_WORDS.contains(&word) {
        return unknown_block(place, fragment, word);
    }
    let mut out = from_pest(span, fragment, error);
    if word == "record" && fragment.lines().next().is_some_and(|l| l.contains(" of ")) {
        out = planned(place, "record .. of ..");
    }
    out
}

fn unknown_block(place: Span, fragment: &str, word: &str) -> Diagnostic {
    let shown = if word.is_empty() { &fragment[..first_char(fragment)] } else { word };
    if shown == "}" {
        return Diagnostic::error(SYNTAX, "this `}` closes nothing")
            .at(place, "no block is open here")
            .help("Delete it, or look for a `}` too many above.");
    }
    let kinds: Vec<String> = BLOCK_WORDS.iter().map(|w| format!("`{w}`")).collect();
    let out = Diagnostic::error(SYNTAX, format!("`{shown}` does not begin a block"));
    if let Some(near) = nearest(word, BLOCK_WORDS) {
        out.at(place, format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            Applicability::Suggested,
            place,
            near,
        )
    } else {
        let clause_of: Vec<String> = BlockWord::ALL
            .into_iter()
            .filter(|b| keywords::clause_words(*b).contains(&shown))
            .map(BlockWord::with_article)
            .collect();
        let out = out.at(place, "not a word that begins a block");
        if clause_of.is_empty() {
            out.help(format!("A block begins with {}.", join(&kinds, "or")))
        } else {
            out.help(format!(
                "`{shown}` is a clause of {}: move it between the braces of one.",
                join(&clause_of, "or")
            ))
        }
    }
}

fn planned(place: Span, word: &str) -> Diagnostic {
    Diagnostic::error(SYNTAX, format!("this version of Clausal cannot read `{word}` yet"))
        .at(place, "part of the language, but not of this version")
        .help("Put a `#` in front of these lines to keep them as a comment for now.")
}

/// A clause that cannot be read. `before` is the clause in front of it on the same line, if any, together with it: junk in
/// mid-line most often belongs to that one.
pub(super) fn bad_clause(
    block: BlockWord,
    span: Span,
    fragment: &str,
    before: Option<(Span, &str)>,
) -> Diagnostic {
    let word = first_word(fragment);
    let place = part(span, 0, word.len().max(first_char(fragment)));
    if let Some((_, words)) =
        keywords::PLANNED_CLAUSES.iter().find(|(b, words)| *b == block && starts_with_words(fragment, words))
    {
        return planned(place, words);
    }
    let words = keywords::clause_words(block);
    let known = words.contains(&word);
    if let Some((from, text)) = before
        && !known
        && nearest(word, words.iter().copied()).is_none()
        && let Some(out) = unfinished(block, from, text)
    {
        return out;
    }
    if known || looks_like_own_form(block, fragment) {
        return special(block, span, fragment).unwrap_or_else(|| {
            second_look(block, span, fragment)
                // It can be read alone, so what surrounds it is at fault.
                .unwrap_or_else(|| {
                    Diagnostic::error(SYNTAX, "this clause cannot be read here").at(place, "here")
                })
        });
    }
    unknown_clause(block, place, fragment, word)
}

/// A clause with junk behind it. When the clause runs over several lines and its first line alone is not finished, then
/// that line is at fault: it took the start of the next one for its own end.
fn unfinished(block: BlockWord, span: Span, text: &str) -> Option<Diagnostic> {
    let line = text.lines().next().unwrap_or("");
    if line.len() < text.len()
        && let Some(out) = second_look(block, part(span, 0, line.len()), line)
    {
        return Some(out);
    }
    special(block, span, text).or_else(|| second_look(block, span, text))
}

/// Parses a clause alone, to see what is wrong with it.
fn second_look(block: BlockWord, span: Span, fragment: &str) -> Option<Diagnostic> {
    let error = Grammar::parse(clause_rule(block), fragment).err()?;
    let out = from_pest(span, fragment, error);
    if out.help.is_some() {
        return Some(out);
    }
    match example(block, fragment) {
        Some(example) => Some(out.help(format!("For example: `{example}`."))),
        None => Some(out),
    }
}

/// The example that has most in common with a text.
fn example(block: BlockWord, fragment: &str) -> Option<&'static str> {
    let word = first_word(fragment);
    let of_word = |word: &str| keywords::clauses(block).filter(|f| f.word == word).collect::<Vec<_>>();
    let mut forms = of_word(word);
    if forms.is_empty() {
        forms = of_word("");
    }
    let shared = |example: &str| {
        let mut found: Vec<&str> =
            fragment.split_whitespace().filter(|w| example.split(' ').any(|e| e == *w)).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    };
    // The first of the best: `max_by_key` would take the last.
    forms.iter().rev().max_by_key(|f| shared(f.example)).map(|f| f.example)
}

/// Does a clause that begins with a name of the author's look like one? (`sdr must ..`, `a -> b`, `email text`)
fn looks_like_own_form(block: BlockWord, fragment: &str) -> bool {
    match block {
        BlockWord::Commitment => {
            fragment.split_whitespace().nth(1).is_some_and(|second| MODALS.contains(&second))
        }
        BlockWord::Lifecycle => fragment.contains("->") || fragment.contains("=>"),
        BlockWord::Record => !first_word(fragment).is_empty(),
        _ => false,
    }
}

const MODALS: [&str; 5] = ["must", "should", "may", "shall", "will"];

/// Mistakes worth a message of their own.
fn special(block: BlockWord, span: Span, fragment: &str) -> Option<Diagnostic> {
    match block {
        BlockWord::Commitment => special_sentence(span, fragment),
        BlockWord::Lifecycle => {
            let at = part(span, fragment.find("=>")?, 2);
            Some(Diagnostic::error(SYNTAX, "`=>` is written `->`").at(at, "here").fix(
                "write `->`",
                Applicability::Safe,
                at,
                "->",
            ))
        }
        BlockWord::Record => {
            let (at, len, range) = dashed_range(fragment)?;
            let at = part(span, at, len);
            Some(Diagnostic::error(SYNTAX, "a range is written with two dots").at(at, "here").fix(
                format!("write `{range}`"),
                Applicability::Safe,
                at,
                range,
            ))
        }
        _ => None,
    }
}

fn special_sentence(span: Span, fragment: &str) -> Option<Diagnostic> {
    let mut words = words_with_places(fragment);
    let (_, actor) = words.next()?;
    let (at, modal) = words.next()?;
    let place = part(span, at, modal.len());
    match modal {
        "may" => return Some(planned(place, "may")),
        "shall" | "will" => {
            return Some(
                Diagnostic::error(
                    SYNTAX,
                    format!("`{actor} {modal}` does not say how strongly `{actor}` is bound"),
                )
                .at(place, "write `must` or `should`")
                .help(
                    "`must` is owed and reported as a breach; `should` is aimed at and reported as a target.",
                )
                .fix("write `must`", Applicability::Suggested, place, "must"),
            );
        }
        "must" | "should" => {}
        _ => return None,
    }
    // A verb of several words, up to the items it is about.
    let verb: Vec<(usize, &str)> = words
        .skip_while(|(_, w)| *w == "not")
        .take_while(|(_, w)| !matches!(*w, "each" | "every" | "a" | "an" | "any" | "all" | "at"))
        .collect();
    let (first, last) = (verb.first()?, verb.last()?);
    let plain = verb.iter().all(|(_, w)| w.chars().all(|c| c.is_alphanumeric() || c == '-'));
    if verb.len() < 2 || verb.len() > 5 || !plain {
        return None;
    }
    let phrase = fragment.get(first.0..last.0 + last.1.len())?;
    let place = part(span, first.0, phrase.len());
    Some(Diagnostic::error(SYNTAX, "a verb of several words is written in quotes").at(place, "here").fix(
        format!("write `\"{phrase}\"`"),
        Applicability::Suggested,
        place,
        format!("\"{phrase}\""),
    ))
}

/// `0-200` somewhere in a text: where, how long, and how it is written.
fn dashed_range(text: &str) -> Option<(usize, usize, String)> {
    let number = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || c == '_');
    words_with_places(text).find_map(|(at, word)| {
        let (low, high) = word.split_once(['-', '–'])?;
        (number(low) && number(high)).then(|| (at, word.len(), format!("{low}..{high}")))
    })
}

fn words_with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // `split_whitespace` gives slices of `text`, so their distance from its start is their place.
    text.split_whitespace().scan(0, move |from, word| {
        let at = *from + text.get(*from..)?.find(word)?;
        *from = at + word.len();
        Some((at, word))
    })
}

fn unknown_clause(block: BlockWord, place: Span, fragment: &str, word: &str) -> Diagnostic {
    let shown = if word.is_empty() { &fragment[..first_char(fragment)] } else { word };
    let words = keywords::clause_words(block);
    let kind = block.with_article();
    let out = Diagnostic::error(SYNTAX, format!("`{shown}` does not begin a clause of {kind}"));
    if let Some(near) = nearest(word, words.iter().copied()) {
        return out.at(place, format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            Applicability::Suggested,
            place,
            near,
        );
    }
    let mut forms: Vec<String> = keywords::clause_openings(block).iter().map(|w| format!("`{w}`")).collect();
    match block {
        BlockWord::Commitment => forms.insert(0, "a promise such as `sdr must contact each mql ..`".into()),
        BlockWord::Lifecycle => forms.insert(0, "a transition such as `new -> working`".into()),
        BlockWord::Record => forms.insert(0, "a field such as `email text`".into()),
        _ => {}
    }
    let elsewhere = BlockWord::ALL
        .into_iter()
        .find(|b| *b != block && !word.is_empty() && keywords::clause_words(*b).contains(&word));
    let out = out.at(place, "not known here");
    match elsewhere {
        Some(other) => out.help(format!(
            "`{word}` is a clause of {}. {} knows {}.",
            other.with_article(),
            capital(&kind),
            join(&forms, "and")
        )),
        None => out.help(format!("{} knows {}.", capital(&kind), join(&forms, "and"))),
    }
}

/// Turns pest's furthest failure into a message. `span` and `fragment` are the text that was parsed.
fn from_pest(span: Span, fragment: &str, error: Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(fragment.len()),
    };
    let at = skip_blanks(fragment, at);
    let found = token(fragment.get(at..).unwrap_or(""));
    let (place, found_words) = if found.is_empty() {
        // The end of the text: point at what stands there.
        let end = fragment.trim_end().len();
        let last = fragment[..end].chars().next_back().map_or(0, char::len_utf8);
        (part(span, end - last, last), "but it ends here".to_owned())
    } else {
        (part(span, at, found.len()), format!("found `{found}`"))
    };
    let ErrorVariant::ParsingError { positives, .. } = error.variant else {
        return Diagnostic::error(SYNTAX, "this block is nested too deeply to be read").at(place, "here");
    };
    if let Some(out) = hyphenated(span, fragment, at) {
        return out;
    }
    let expected = expectations(positives);
    if expected.iter().any(|e| CLOSERS.contains(&e.as_str()))
        && expected.len() > 2
        && let Some((open, bracket)) = open_bracket(fragment, at)
    {
        return Diagnostic::error(SYNTAX, format!("this `{bracket}` is never closed"))
            .at(part(span, open, 1), "opens here")
            .also(place, "still open here");
    }
    match expected.len() {
        0 => Diagnostic::error(SYNTAX, format!("`{found}` does not fit here"))
            .at(place, "the clause is complete before this"),
        1..=4 => Diagnostic::error(SYNTAX, format!("expected {}, {found_words}", join(&expected, "or")))
            .at(place, "here"),
        // With so much possible, only the shape of the sentence helps.
        _ if found.is_empty() => {
            Diagnostic::error(SYNTAX, "this clause is not finished").at(place, "more is expected here")
        }
        _ => Diagnostic::error(SYNTAX, format!("`{found}` does not fit here"))
            .at(place, "this is where it stops making sense"),
    }
}

const CLOSERS: [&str; 3] = ["`)`", "`]`", "`}`"];

/// What was expected, in words, without what another expectation covers.
fn expectations(positives: Vec<Rule>) -> Vec<String> {
    let any_value = positives.iter().any(|r| matches!(r, Rule::operand));
    let covered = |r: &Rule| {
        any_value
            && matches!(
                r,
                Rule::literal
                    | Rule::number
                    | Rule::percent
                    | Rule::money
                    | Rule::date
                    | Rule::datetime
                    | Rule::string
                    | Rule::paren
                    | Rule::l_paren
                    | Rule::arithmetic_paren
                    | Rule::not
                    | Rule::kw_at
            )
    };
    // Every clause of a commitment could still turn out to be a sentence with a role of that name.
    let modal = |r: &Rule| matches!(r, Rule::modal | Rule::kw_must | Rule::kw_should);
    let only_modal = positives.iter().all(modal);
    let kept = positives.into_iter().filter(|r| !covered(r) && (only_modal || !modal(r)));
    let mut expected: Vec<String> = kept.filter_map(human).collect();
    expected.sort();
    expected.dedup();
    expected.retain(|e| e != END);
    expected
}

/// A name with a hyphen in it: `first-touch`.
fn hyphenated(span: Span, fragment: &str, at: usize) -> Option<Diagnostic> {
    let rest = fragment.get(at..)?.strip_prefix('-')?;
    let before = fragment.get(..at)?;
    let head =
        before.len() - before.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let tail = rest.find(|c: char| !is_word(c) && c != '-').unwrap_or(rest.len());
    let name = fragment.get(head..at + 1 + tail)?;
    if head == at || tail == 0 || !name.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let (place, snake) = (part(span, head, name.len()), name.to_lowercase().replace('-', "_"));
    Some(
        Diagnostic::error(SYNTAX, format!("`{name}` is not a name in snake_case"))
            .at(place, "a hyphen cannot be part of a name")
            .fix(format!("write `{snake}`"), Applicability::Suggested, place, snake),
    )
}

/// The last bracket before a place that is still open there.
fn open_bracket(text: &str, at: usize) -> Option<(usize, char)> {
    let mut open = Vec::new();
    let mut quoted = false;
    for (i, c) in text.char_indices().take_while(|(i, _)| *i < at) {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => open.push((i, c)),
            ')' | ']' | '}' if !quoted => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// A part of a fragment's span.
fn part(span: Span, start: usize, len: usize) -> Span {
    Span::new(span.file, span.start as usize + start, span.start as usize + start + len)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !is_word(c) && c != '-').unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}

fn first_char(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The word, number, text or sign at the start of a text.
fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let end = if first == '"' {
        text[1..].find(['"', '\n']).map_or(text.len(), |i| i + 2)
    } else if is_word(first) {
        text.find(|c: char| !(is_word(c) || matches!(c, '-' | ':' | '.' | '%'))).unwrap_or(text.len())
    } else {
        first.len_utf8()
    };
    text.get(..end).unwrap_or(text).trim_end()
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let mut rest = &text[at..];
    loop {
        let trimmed = rest.trim_start();
        rest = match trimmed.strip_prefix('#') {
            Some(comment) => &comment[comment.find('\n').unwrap_or(comment.len())..],
            None => return text.len() - trimmed.len(),
        };
    }
}

fn starts_with_words(text: &str, words: &str) -> bool {
    let mut found = text.split_whitespace();
    words.split(' ').all(|w| found.next() == Some(w))
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
