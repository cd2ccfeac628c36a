//! Habits that people bring along from other languages, from YAML and from e-mails: signs, lists, quotes, names, sentences.

mod heads;
mod lists;
mod names;
mod recurring;
mod scores;
mod sentences;
mod signs;
mod texts;

pub(super) use heads::head;
pub(super) use recurring::recurring;
pub(super) use scores::score;
pub(super) use sentences::{met_in_a_row, promise, reason_of_field};

use super::repair::{Broken, Repair};

/// Guesses at signs and small forms around the place where a text breaks.
pub(super) fn likely(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    out.extend(signs::comment(broken));
    out.extend(signs::dashes(broken));
    out.extend(sentences::expected_truth(broken));
    out.extend(scores::expected_number(broken));
    out.extend(sentences::anchor_behind_duration(broken));
    out.extend(sentences::no_strength(broken));
    out.extend(signs::sign_behind_word(broken));
    out.extend(sentences::presence(broken));
    out.extend(sentences::called(broken));
    out.extend(lists::brackets(broken));
    out.extend(texts::quotes(broken));
    out.extend(texts::bare_prose(broken));
    out.extend(signs::arrow(broken));
    out.extend(signs::range(broken));
    out.extend(lists::list(broken));
    out
}

/// Bolder guesses around the place where a text breaks.
pub(super) fn possible(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    out.extend(signs::spaced(broken));
    out.extend(names::names(broken));
    out.extend(texts::bare_text(broken));
    out.extend(signs::stray_sign(broken));
    out
}
