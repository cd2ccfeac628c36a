//! Names with hyphens, with blanks, with the record in front of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::syntax::build::snake_case;
use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token, is_word};
use crate::syntax::grammar::Rule;

/// Names with hyphens, with blanks, with the record in front of them.
pub(in crate::syntax::explain) fn names(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    for (index, token) in broken.near().filter(|(_, t)| t.kind == Look::Word) {
        let snake = snake_case(&token.text.replace('-', "_"));
        if token.text.contains('-') && !snake.is_empty() {
            let words = token.text.replace('-', " ");
            out.push(Repair::spelling(token, words).bold());
            let message = format!("`{}` is not a name in snake_case", token.text);
            out.push(
                Repair::replace(token.range.clone(), message, snake)
                    .label("a hyphen cannot be part of a name"),
            );
        }
        if let Some((record, field)) = token.text.rsplit_once('.') {
            let message = format!("a field is named without its record: `{field}`");
            if record.starts_with(char::is_alphabetic) {
                out.push(Repair::replace(token.range.clone(), message, field).bold());
            }
        }
        let before = index.checked_sub(1).and_then(|i| broken.token(i));
        let is_plain = |t: &Token<'_>| t.text.chars().all(is_word) && t.text.starts_with(char::is_lowercase);
        let is_verdict = broken.expects(&[Rule::verdict]);
        if let Some(before) = before.filter(|b| is_plain(b) && is_plain(token) && !is_verdict)
            && !is_keyword(before.text)
            && !is_keyword(token.text)
        {
            let place = before.range.start..token.range.end;
            let joined = snake_case(&format!("{}_{}", before.text, token.text));
            let message = format!("a name is one word: `{joined}`");
            out.push(Repair::replace(place, message, joined).label("two words").bold());
        }
    }
    out
}

/// Words of the language that people name things with as well.
const ORDINARY: [&str; 6] = ["first", "match", "turn", "credit", "down", "remedy"];

/// Is this one of the words of the language?
fn is_keyword(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let names = Rule::all_rules().iter().map(|rule| format!("{rule:?}"));
        let words = names.filter_map(|name| name.strip_prefix("kw_").map(str::to_owned));
        words.filter(|word| !ORDINARY.contains(&word.as_str())).collect()
    });
    WORDS.contains(word) || matches!(word, "and" | "or" | "not" | "each" | "a" | "an" | "all" | "any")
}
