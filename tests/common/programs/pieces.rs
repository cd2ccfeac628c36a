//! Tokens, and how strategies for them are put together.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Kind, S, Token};

pub(super) fn word(written: &str, canonical: &str) -> Token {
    Token { written: written.to_owned(), canonical: canonical.to_owned(), kind: Kind::Word }
}

/// A word that is spelled as it is.
pub(super) fn w(text: &'static str) -> S {
    spelled(text, text)
}

pub(super) fn spelled(written: &'static str, canonical: &'static str) -> S {
    Just(vec![word(written, canonical)]).boxed()
}

pub(super) fn spelled_owned(written: &str, canonical: &str) -> S {
    Just(vec![word(written, canonical)]).boxed()
}

/// One of several spellings of the same.
pub(super) fn spelled_any(written: &[&'static str], canonical: &'static str) -> S {
    prop::sample::select(written.to_vec()).prop_map(move |t| vec![word(t, canonical)]).boxed()
}

/// A word that the formatter leaves out.
pub(super) fn dropped(text: &'static str) -> S {
    spelled(text, "")
}

/// A word that the formatter adds.
pub(super) fn added(text: &'static str) -> S {
    Just(vec![Token { written: String::new(), canonical: text.to_owned(), kind: Kind::Word }]).boxed()
}

pub(super) fn sign(text: &'static str) -> S {
    signed(text, text)
}

pub(super) fn signed(written: &'static str, canonical: &'static str) -> S {
    let token = Token { written: written.to_owned(), canonical: canonical.to_owned(), kind: Kind::Sign };
    Just(vec![token]).boxed()
}

pub(super) fn pick(texts: &[&'static str]) -> S {
    pick_text(texts).prop_map(|t| vec![word(t, t)]).boxed()
}

pub(super) fn pick_text(texts: &[&'static str]) -> impl Strategy<Value = &'static str> + use<> {
    prop::sample::select(texts.to_vec())
}

pub(super) fn seq(parts: Vec<S>) -> S {
    parts.prop_map(|tokens| tokens.concat()).boxed()
}

pub(super) fn any_of(parts: Vec<S>) -> S {
    proptest::strategy::Union::new(parts).boxed()
}

pub(super) fn opt(part: S) -> S {
    prop_oneof![Just(Vec::new()), part].boxed()
}

pub(super) fn many(part: S, least: usize, most: usize) -> S {
    vec(part, least..=most).prop_map(|tokens| tokens.concat()).boxed()
}

/// One to four of something, with commas between them.
pub(super) fn list(part: S) -> S {
    let more = seq(vec![sign(","), part.clone()]);
    seq(vec![part, many(more, 0, 3)])
}
