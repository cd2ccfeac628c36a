//! Blocks whose head cannot be read, and what stands outside of blocks.

use pest::error::Error;

use super::repair::{Broken, choose};
use super::tokens::{first_char, first_word, is_word, part, shown};
use super::{expected, habits, near, phrases};
use crate::diagnostic::{Applicability, Diagnostic, join};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords::{self, BlockWord};
use crate::syntax::parse::SYNTAX;
use crate::syntax::scan::BLOCK_WORDS;

/// The name of a block that cannot be read, if one can be made out.
pub(in crate::syntax) fn block_name(fragment: &str) -> Option<String> {
    // Only a word on the first line, and not one inside quotes, is the name.
    let head = fragment.lines().next()?;
    let head = head.split('"').next()?;
    let mut words = head.split(|c: char| !is_word(c)).filter(|w| !w.is_empty());
    words.next()?;
    words.next().map(str::to_owned)
}

/// A block whose head cannot be read.
pub(in crate::syntax) fn bad_block(span: Span, fragment: &str, error: Error<Rule>) -> Diagnostic {
    let word = first_word(fragment);
    let place = part(span, 0..word.len().max(first_char(fragment)));
    if !BLOCK_WORDS.contains(&word) {
        return unknown_block(place, fragment, word);
    }
    let head = head(fragment);
    let Some(broken) = Broken::new(Rule::block_only, head) else {
        return expected::explain(&Broken::from_error(Rule::block_only, fragment, error), span);
    };
    let guesses =
        habits::head(&broken).into_iter().chain(habits::likely(&broken)).chain(habits::possible(&broken));
    if let Some(out) = head_without_part(&broken, span, word) {
        return out;
    }
    match choose(&broken, guesses) {
        Some(repair) => repair.diagnostic(span),
        None => with_head_example(expected::explain(&broken, span), word),
    }
}

/// The head of a block: up to its brace, or the first line.
fn head(fragment: &str) -> &str {
    let line = fragment.lines().next().unwrap_or("");
    let brace = |text: &str| {
        let mut quoted = false;
        text.find(|c| {
            quoted ^= c == '"';
            !quoted && c == '{'
        })
    };
    if let Some(brace) = brace(line) {
        return &fragment[..=brace];
    }
    let behind = &fragment[line.len()..];
    if behind.trim_start().starts_with('{') {
        let brace = fragment.len() - behind.trim_start().len();
        return &fragment[..=brace];
    }
    line
}

/// A head that lacks what every block of its kind must say.
fn head_without_part(broken: &Broken<'_>, span: Span, word: &str) -> Option<Diagnostic> {
    let brace = broken.tokens.iter().position(|t| t.text == "{")?;
    let at = |index: usize| broken.token(index).map(|t| part(span, t.range.clone()));
    if brace == 1 {
        let (message, label) = match word {
            "scenario" => ("a title is missing", "in front of this"),
            _ => ("a name is missing", "in front of this"),
        };
        return Some(with_head_example(Diagnostic::error(SYNTAX, message).at(at(1)?, label), word));
    }
    if word == "record"
        && let Some(of) = brace.checked_sub(1).filter(|of| broken.token(*of).is_some_and(|t| t.text == "of"))
    {
        let out = Diagnostic::error(SYNTAX, "a child record says of which record it is a child");
        return Some(out.at(at(of)?, "of which?").help("For example: `record activity of lead {`."));
    }
    if word == "score" && !broken.tokens.iter().any(|t| t.text == "of") {
        let out = Diagnostic::error(SYNTAX, "a score says which record it is about")
            .at(at(brace)?, "`of RECORD` is missing in front of this");
        return Some(with_head_example(out, word));
    }
    if word == "routing" && !broken.tokens.iter().any(|t| t.text == "of") {
        let out = Diagnostic::error(SYNTAX, "a routing says what it gives out")
            .at(at(brace)?, "`of` and a definition or a record are missing in front of this");
        return Some(with_head_example(out, word));
    }
    if word == "credit" && !broken.tokens.iter().any(|t| t.text == "for") {
        let out = Diagnostic::error(SYNTAX, "a credit says for which promise it is paid")
            .at(at(brace)?, "`for` and a commitment are missing in front of this");
        return Some(with_head_example(out, word));
    }
    if word != "lifecycle" {
        return None;
    }
    let out = match broken.tokens.iter().position(|t| t.text == "of") {
        None => Diagnostic::error(SYNTAX, "a lifecycle says which field it is about")
            .at(at(brace)?, "`of RECORD.FIELD` is missing in front of this"),
        Some(of) if of + 2 == brace && broken.token(of + 1).is_some_and(|t| !t.text.contains('.')) => {
            let field = broken.token(of + 1)?;
            Diagnostic::error(SYNTAX, format!("`{}` does not say of which record", field.text))
                .at(at(of + 1)?, "RECORD.FIELD")
        }
        Some(_) => return None,
    };
    Some(with_head_example(out, word))
}

fn with_head_example(out: Diagnostic, word: &str) -> Diagnostic {
    let example = match word {
        "use" => "use \"shared/calendars.clause\"".to_owned(),
        "lifecycle" => "lifecycle lead_status of lead.status {".to_owned(),
        "routing" => "routing lead_routing of mql {".to_owned(),
        "credit" => "credit service_credits for uptime {".to_owned(),
        "scenario" => "scenario \"A lead that arrives on Friday evening\" {".to_owned(),
        "agreement" => "agreement lead_handoff \"Lead handoff\" {".to_owned(),
        "record" => "record lead \"Lead\" {".to_owned(),
        "score" => "score lead_score \"Lead score\" of lead {".to_owned(),
        "calendar" => "calendar us_office \"US office hours\" {".to_owned(),
        _ => format!("{word} sales \"Sales\" {{"),
    };
    if out.help.is_some() { out } else { out.help(format!("For example: `{example}`.")) }
}

fn unknown_block(place: Span, fragment: &str, word: &str) -> Diagnostic {
    let said = if word.is_empty() { &fragment[..first_char(fragment)] } else { word };
    match said {
        "}" => {
            return Diagnostic::error(SYNTAX, "this `}` closes nothing")
                .at(place, "no block is open here")
                .help("Delete it, or look for a `}` too many above.");
        }
        "/" | "-" | ";" | "*" | "<" if !fragment.starts_with("- ") => {
            let sign = fragment.split(char::is_whitespace).next().unwrap_or(said);
            let sign = sign.get(..sign.find(is_word).unwrap_or(sign.len())).unwrap_or(sign);
            let place = Span { end: place.start, ..place }.to(part(place, 0..sign.len()));
            return Diagnostic::error(SYNTAX, format!("a comment begins with `#`, not with `{sign}`"))
                .at(place, "write `#`")
                .fix("write `#`", Applicability::Suggested, place, "#");
        }
        _ => {}
    }
    let out = Diagnostic::error(SYNTAX, format!("`{}` does not begin a block", shown(said)));
    if let Some(near) = near(word, &BLOCK_WORDS).or_else(|| phrases::block_for(word)) {
        let is_capital = word.to_lowercase() == near;
        let kind = if is_capital { Applicability::Safe } else { Applicability::Suggested };
        let label = if is_capital { "with a small letter" } else { &format!("did you mean `{near}`?") };
        return out.at(place, label).fix(format!("write `{near}`"), kind, place, near);
    }
    let clause_of: Vec<String> = BlockWord::ALL
        .into_iter()
        .filter(|b| keywords::clause_words(*b).contains(&said))
        .map(BlockWord::with_article)
        .collect();
    if !clause_of.is_empty() {
        return out.at(place, "no block is open here").help(format!(
            "`{said}` is a clause of {}: move it between the braces of one.",
            join(&clause_of, "or")
        ));
    }
    if Broken::new(Rule::one_commitment_clause, fragment.lines().next().unwrap_or("")).is_none() {
        return out
            .at(place, "a promise stands in a commitment")
            .help("Put it between the braces of one: `commitment first_touch { .. }`.");
    }
    let kinds: Vec<String> = BLOCK_WORDS.iter().map(|w| format!("`{w}`")).collect();
    out.at(place, "not a word that begins a block")
        .help(format!("A block begins with {}.", join(&kinds, "or")))
}

/// What stands behind the closing brace of a block. `line` is the first line of it.
pub(in crate::syntax) fn behind_block(place: Span, line: &str) -> Diagnostic {
    if line.starts_with('}') {
        return Diagnostic::error(SYNTAX, "this `}` closes nothing")
            .at(place, "the block is closed already")
            .help("Delete it, or look for a `}` too many above.");
    }
    if BLOCK_WORDS.contains(&first_word(line)) && line.contains('{') {
        return Diagnostic::error(SYNTAX, "a block begins on a line of its own")
            .at(place, "this stands behind another block")
            .fix("move it to the next line", Applicability::Safe, place.start_point(), "\n");
    }
    Diagnostic::error(SYNTAX, "this stands behind the end of the block")
        .at(place, "not part of any block")
        .help("Move it in front of the closing `}`, or begin a new block in the first column.")
}
