//! Comments that speak to Clausal: `# clausal: allow(rule) because "reason" until 2026-06-30`.

use pest::Parser as _;
use pest::error::InputLocation;
use pest::iterators::Pair;

use super::ast::{Allow, SpanIgnored, Spanned, Word};
use super::grammar::{Grammar, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Rule: a remark to Clausal that it cannot follow.
pub const INVALID: &str = "invalid-allow";

const EXAMPLE: &str = "Write `# clausal: allow(bare-days) because \"the reason\"`, with `until 2026-06-30` behind it if it is for a time.";

/// What a comment (with its `#`) allows. `None`: it does not speak to Clausal.
///
/// # Errors
/// What is wrong with a remark that cannot be read.
pub fn allow(comment: &Word) -> Option<Result<Allow, Box<Diagnostic>>> {
    let said = comment.node.trim_start_matches('#');
    let rest = said.trim_start().strip_prefix("clausal")?;
    let Some(remark) = rest.trim_start().strip_prefix(':') else {
        // "clausal allow(..)" was meant for us; "clausal is great" was not.
        let meant = rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with("allow");
        return meant.then(|| Err(Box::new(unread(comment.span, "a `:` is missing behind `clausal`"))));
    };
    let base = comment.span.start as usize + (comment.node.len() - remark.len());
    let place = |start: usize, end: usize| Span::new(comment.span.file, base + start, base + end);
    Some(match Grammar::parse(Rule::allow, remark) {
        Ok(pairs) => {
            let word = |pair: &Pair<'_, Rule>| {
                let text = pair.as_str().trim();
                let start = pair.as_span().start();
                Spanned::new(text.to_owned(), place(start, start + text.len()))
            };
            let mut out =
                Allow { rules: Vec::new(), because: None, until: None, span: SpanIgnored(comment.span) };
            for pair in pairs {
                let inner = pair.clone().into_inner().last();
                match (pair.as_rule(), inner) {
                    (Rule::rule_name, _) => out.rules.push(word(&pair)),
                    (Rule::because, Some(text)) => {
                        let quoted = word(&text);
                        let said = quoted.node.trim_matches('"').trim().to_owned();
                        out.because = Some(Spanned::new(said, quoted.span));
                    }
                    (Rule::until, Some(date)) => out.until = Some(word(&date)),
                    _ => {}
                }
            }
            Ok(out)
        }
        Err(error) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            let length = remark[at..].chars().next().map_or(0, char::len_utf8);
            Err(Box::new(unread(place(at, at + length), "not understood from here on")))
        }
    })
}

fn unread(place: Span, label: &str) -> Diagnostic {
    Diagnostic::error(INVALID, "this remark to Clausal cannot be read").at(place, label).help(EXAMPLE)
}
