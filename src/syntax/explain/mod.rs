//! What to say about text that cannot be read.
//!
//! The grammar only swallows a broken clause. To say what is wrong, the text is parsed again as the one thing it set out
//! to be. The furthest point the parser reaches is the place; around it the mistakes people make are looked for
//! (`habits`, `phrases`, `values`), and a correction is offered if the text can be read with it (`repair`). If none can,
//! the rules that were tried at that point are what was expected (`expected`).

mod amounts;
mod blocks;
mod dates;
mod expected;
mod habits;
mod phrases;
mod repair;
mod tokens;
mod unsayable;
mod values;
mod vocabulary;

pub(super) use blocks::{bad_block, behind_block, block_name};

use self::repair::{Broken, Repair, certain, choose};
use self::tokens::{capital, first_char, first_word, part, shown};
use super::grammar::clause_rule;
use super::keywords::{self, BlockWord};
use super::parse::SYNTAX;
use super::scan::BLOCK_WORDS;
use crate::diagnostic::{Applicability, Diagnostic, join, nearest};
use crate::source::Span;

/// Longer words are no slips of the pen; comparing them would only take time.
const LONGEST_WORD: usize = 40;

/// How much broken text of one file is explained, in bytes: some thousand clauses. To find out what was meant the text is
/// read again with every change that comes to mind.
const MOST_EXPLAINED: usize = 256 * 1024;

/// What is left of the time that goes into explanations.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// The budget of one file.
    pub(super) fn of_a_file() -> Budget {
        Budget(MOST_EXPLAINED)
    }

    /// Whether a broken text is still to be explained.
    pub(super) fn allows(&mut self, text: &str) -> bool {
        let allows = self.0 > 0;
        self.0 = self.0.saturating_sub(text.len());
        allows
    }
}

/// What to say of broken text when so much of it has been explained that nobody reads more.
pub(super) fn not_explained(span: Span, text: &str) -> Diagnostic {
    let line = text.lines().next().unwrap_or("").trim_end().len();
    Diagnostic::error(SYNTAX, "this cannot be read")
        .at(part(span, 0..line), "here")
        .help("Mend what is reported above it; then this is explained as well.")
}

/// What a finding about a broken clause is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blame {
    /// The broken text alone.
    Junk,
    /// The clause before it, of which it is a part.
    ClauseBefore,
}

/// A clause that cannot be read. `before` is the clause in front of it on the same line, if any, together with it: junk in
/// mid-line most often belongs to that one.
pub(super) fn bad_clause(
    block: BlockWord,
    span: Span,
    fragment: &str,
    before: Option<(Span, &str)>,
) -> (Diagnostic, Blame) {
    if let Some(out) = unsayable::unsayable(block, span, fragment) {
        let blame = if before.is_some() { Blame::ClauseBefore } else { Blame::Junk };
        return (out, blame);
    }
    if block == BlockWord::Lifecycle
        && let Some(broken) = Broken::new(clause_rule(block), fragment)
        && let Some(repair) = choose(&broken, habits::reason_of_field(&broken))
    {
        return (repair.diagnostic(span), Blame::Junk);
    }
    if let Some(out) = before.and_then(|(from, text)| with_clause_before(block, fragment, from, text)) {
        return (out, Blame::ClauseBefore);
    }
    (clause_alone(block, span, fragment), Blame::Junk)
}

/// Junk behind a clause: is it the rest of that clause?
fn with_clause_before(block: BlockWord, fragment: &str, from: Span, text: &str) -> Option<Diagnostic> {
    let word = first_word(fragment);
    let words = keywords::clause_words(block);
    // `at 10am` and `at least twice` belong to the promise in front of them.
    if block == BlockWord::Commitment
        && word == "at"
        && let Some(out) = rest_of_clause(block, from, text)
    {
        return Some(out);
    }
    if words.contains(&word) {
        return None;
    }
    if let Some(out) = sign_between_clauses(block, fragment, from, text) {
        return Some(out);
    }
    let may_be_slip = near(word, &words).is_some() || phrases::begins_clause(fragment, block);
    if may_be_slip { rest_of_clause(block, from, text) } else { unfinished(block, from, text) }
}

/// `party sales; works us_office`.
fn sign_between_clauses(block: BlockWord, fragment: &str, from: Span, text: &str) -> Option<Diagnostic> {
    let sign = fragment.chars().next().filter(|c| matches!(c, ',' | ';' | '/' | '|' | '&'))?;
    let rest = fragment.get(sign.len_utf8()..)?.trim_start();
    let known = keywords::clause_words(block).contains(&first_word(rest));
    if !known && Broken::new(clause_rule(block), rest).is_some() {
        return None;
    }
    let at = text.len() - fragment.len();
    let out = Repair::delete(at..at + sign.len_utf8(), format!("no `{sign}` stands between two clauses"));
    Some(out.help("Two blanks do, or a new line.").diagnostic(from))
}

fn clause_alone(block: BlockWord, span: Span, fragment: &str) -> Diagnostic {
    let word = first_word(fragment);
    let place = part(span, 0..word.len().max(first_char(fragment)));
    if block == BlockWord::Lifecycle && word == "owner" {
        return Diagnostic::error(SYNTAX, "who owns a stage is said behind the stage")
            .at(place, "no clause of a lifecycle")
            .help("For example: `working owned by sdr`.");
    }
    let known = keywords::clause_words(block).contains(&word);
    if known || looks_like_own_form(block, fragment) {
        return second_look(block, span, fragment).unwrap_or_else(|| {
            // It can be read alone, so what surrounds it is at fault.
            Diagnostic::error(SYNTAX, "this clause cannot be read here").at(place, "here")
        });
    }
    unknown_clause(block, span, place, fragment)
}

/// A clause with junk behind it. When the clause runs over several lines and its first line alone is not finished, then
/// that line is at fault: it took the start of the next one for its own end.
fn unfinished(block: BlockWord, span: Span, text: &str) -> Option<Diagnostic> {
    let line = text.lines().next().unwrap_or("");
    let next = text.lines().skip(1).map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'));
    let begins_clause = |line: &str| {
        keywords::clause_words(block).contains(&first_word(line)) || looks_like_own_form(block, line)
    };
    if next.is_some_and(begins_clause)
        && let Some(out) = second_look(block, part(span, 0..line.len()), line)
    {
        return Some(out);
    }
    second_look(block, span, text)
}

/// A clause with junk behind it that could be a misspelled clause of its own: only if the two are one for certain.
fn rest_of_clause(block: BlockWord, span: Span, text: &str) -> Option<Diagnostic> {
    let broken = Broken::new(clause_rule(block), text)?;
    certain(&broken, guesses(&broken, block)).map(|repair| repair.diagnostic(span))
}

/// Parses a clause alone, to see what is wrong with it.
fn second_look(block: BlockWord, span: Span, fragment: &str) -> Option<Diagnostic> {
    let broken = Broken::new(clause_rule(block), fragment)?;
    if let Some(repair) = choose(&broken, guesses(&broken, block)) {
        return Some(repair.diagnostic(span));
    }
    let out = expected::explain(&broken, span);
    if out.help.is_some() {
        return Some(out);
    }
    match example(block, fragment) {
        Some(example) => Some(out.help(format!("For example: `{example}`."))),
        None => Some(out),
    }
}

/// Everything that the author of a clause may have meant, likelier things first.
fn guesses(broken: &Broken<'_>, block: BlockWord) -> Vec<Repair> {
    let mut out = Vec::new();
    match block {
        BlockWord::Score => out.extend(habits::score(broken)),
        BlockWord::Incentive => out.extend(habits::met_in_a_row(broken)),
        _ => {}
    }
    out.extend(habits::likely(broken));
    if block == BlockWord::Commitment {
        out.extend(habits::recurring(broken));
        out.extend(habits::promise(broken));
    }
    out.extend(values::guesses(broken));
    out.extend(phrases::guesses(broken, block));
    out.extend(habits::possible(broken));
    out
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
    let mut words = fragment.split_whitespace();
    match block {
        BlockWord::Commitment => words.skip(1).take(4).any(|word| MODALS.contains(&word)),
        BlockWord::Lifecycle => {
            let is_stage = |word| matches!(word, "to" | "owned" | "since" | "at");
            fragment.contains("->") || fragment.contains('>') || words.nth(1).is_some_and(is_stage)
        }
        BlockWord::Record => !first_word(fragment).is_empty(),
        BlockWord::Contingency => starts_with_number(fragment),
        BlockWord::Agreement
        | BlockWord::Party
        | BlockWord::Role
        | BlockWord::Calendar
        | BlockWord::Channel
        | BlockWord::Definition
        | BlockWord::Exception
        | BlockWord::Scenario
        | BlockWord::Routing
        | BlockWord::Dispute
        | BlockWord::Incentive
        | BlockWord::Credit => false,
        BlockWord::Score => fragment.starts_with(['+', '-', '−']) || starts_with_number(fragment),
        BlockWord::Goal => words.skip(1).take(8).any(|word| word == "share"),
    }
}

fn starts_with_number(fragment: &str) -> bool {
    fragment.starts_with(|c: char| c.is_ascii_digit())
}

const MODALS: [&str; 9] = ["must", "should", "may", "shall", "will", "can", "has", "needs", "cannot"];

/// A clause that begins with a word the block does not know.
fn unknown_clause(block: BlockWord, span: Span, place: Span, fragment: &str) -> Diagnostic {
    let word = first_word(fragment);
    let said = if word.is_empty() { &fragment[..first_char(fragment)] } else { word };
    let words = keywords::clause_words(block);
    let kind = block.with_article();
    let message = format!("`{}` does not begin a clause of {kind}", shown(said));
    if (block, word) == (BlockWord::Contingency, "exception") {
        return Diagnostic::error(SYNTAX, "an exception is a block of its own")
            .at(place, "not a clause of a contingency")
            .help(
                "Write it below this block: `exception fair { excuses first_touch when source = event }`.",
            );
    }
    let out = Diagnostic::error(SYNTAX, message.clone());
    let broken = Broken::new(clause_rule(block), fragment);
    if let Some(broken) = &broken {
        if let Some((count, right)) = phrases::clause_for(broken, block)
            && let Some(last) = count.checked_sub(1).and_then(|i| broken.token(i))
        {
            let range = 0..last.range.end;
            let message = format!("`{}` does not begin a clause of {kind}", &fragment[range.clone()]);
            let repair = Repair::replace(range, message, right).label(format!("did you mean `{right}`?"));
            return repair.diagnostic(span);
        }
        if let Some(near) = near(word, &words) {
            let title = format!("write `{near}`");
            return out.at(place, format!("did you mean `{near}`?")).fix(
                title,
                Applicability::Suggested,
                place,
                near,
            );
        }
        let first = missing_word(broken, block).into_iter().chain(guesses(broken, block));
        if let Some(repair) = choose(broken, first) {
            return repair.diagnostic(span);
        }
    }
    if BLOCK_WORDS.contains(&word) && fragment.contains('{') || word == "use" {
        return Diagnostic::error(SYNTAX, format!("`{word}` begins a block inside another block"))
            .at(place, "the block around it is still open")
            .help("Blocks stand one below the other and refer to each other by name.");
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

/// A clause whose first word was forgotten, if only one word can be meant.
fn missing_word(broken: &Broken<'_>, block: BlockWord) -> Option<Repair> {
    let first = broken.token(0)?;
    let guesses = keywords::clause_openings(block).into_iter().filter_map(|word| {
        let guess =
            Repair::insert(first.range.clone(), format!("`{word}` is missing"), 0, format!("{word} "));
        certain(broken, [guess])
    });
    let guesses: Vec<Repair> = guesses.collect();
    match guesses.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The one of several words that a misspelled one is nearest to.
fn near<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    nearest(word, words.iter().copied())
}
