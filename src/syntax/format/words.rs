//! The small parts of clauses as the language spells them.

use std::borrow::Cow;

use pretty::RcDoc;

use crate::model::time::Plurality;
use crate::syntax::ast::{
    Cadence, DurationValue, Literal, LiteralKind, OrTbd, Reference, Spanned, Tbd, Word, WordValue,
};

/// A text with the places where it may break.
pub(super) type Doc<'a> = RcDoc<'a, ()>;

/// A piece of text that never breaks.
pub(super) fn text<'a>(words: impl Into<Cow<'a, str>>) -> Doc<'a> {
    RcDoc::text(words)
}

/// A text in quotes. `\"` and `\\` are the only escapes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn tbd(tbd: &Tbd) -> String {
    match &tbd.what {
        Some(what) => format!("tbd {}", quoted(what)),
        None => "tbd".to_owned(),
    }
}

/// A name, a number or a date as written, or `tbd`.
pub(super) fn value(value: &WordValue) -> String {
    known(value, |word| word.node.clone())
}

/// A text in quotes, or `tbd`.
pub(super) fn text_value(value: &WordValue) -> String {
    known(value, |word| quoted(&word.node))
}

/// What is known in the language's spelling, or `tbd`.
pub(super) fn known<T>(value: &OrTbd<T>, spell: impl FnOnce(&T) -> String) -> String {
    match value {
        OrTbd::Known(value) => spell(value),
        OrTbd::Tbd(open) => tbd(open),
    }
}

/// Joins texts by commas; a line may end after each.
pub(super) fn list<'a>(parts: impl IntoIterator<Item = String>) -> Doc<'a> {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else { return RcDoc::nil() };
    let rest: Vec<Doc<'a>> =
        parts.map(|part| text(",").append(RcDoc::softline()).append(text(part))).collect();
    text(first).append(concat(&rest))
}

/// Documents in a row. A balanced tree, so that the longest list needs no deep stack.
fn concat<'a>(docs: &[Doc<'a>]) -> Doc<'a> {
    match docs {
        [] => RcDoc::nil(),
        [one] => one.clone(),
        _ => {
            let (left, right) = docs.split_at(docs.len() / 2);
            concat(left).append(concat(right))
        }
    }
}

pub(super) fn references<'a>(references: &[Reference]) -> Doc<'a> {
    list(references.iter().map(value))
}

pub(super) fn literals<'a>(literals: &[Spanned<Literal>]) -> Doc<'a> {
    list(literals.iter().map(|l| literal(&l.node)))
}

/// `[US, CA]`.
pub(super) fn value_list<'a>(values: &[Spanned<Literal>]) -> Doc<'a> {
    text("[").append(literals(values)).append("]")
}

pub(super) fn literal(literal: &Literal) -> String {
    match literal.kind {
        LiteralKind::Text => quoted(&literal.text),
        LiteralKind::Number
        | LiteralKind::Percent
        | LiteralKind::Money
        | LiteralKind::Date
        | LiteralKind::DateTime
        | LiteralKind::Boolean
        | LiteralKind::Word => literal.text.clone(),
    }
}

pub(super) fn duration_value(value: &DurationValue) -> String {
    known(value, |d| d.node.words())
}

/// `every quarter`, `every 2 weeks`.
pub(super) fn cadence(cadence: &Cadence) -> String {
    match &cadence.count {
        Some(count) => format!("every {} {}", count.node, cadence.period.node.words(plurality(count))),
        None => format!("every {}", cadence.period.node),
    }
}

/// Whether a number, as written, stands for one thing.
pub(super) fn plurality(amount: &Word) -> Plurality {
    if amount.node == "1" { Plurality::One } else { Plurality::Many }
}

/// `once`, `6 times`.
pub(super) fn how_often(often: &WordValue) -> String {
    match often {
        OrTbd::Known(once) if once.node == "once" => once.node.clone(),
        many => times(many),
    }
}

/// `3 times`, `1 time`.
pub(super) fn times(count: &WordValue) -> String {
    match count {
        OrTbd::Known(count) if plurality(count) == Plurality::One => format!("{} time", count.node),
        OrTbd::Known(_) | OrTbd::Tbd(_) => format!("{} times", value(count)),
    }
}
