//! Words that people write where the language has others.

mod blocks;
mod phrases;

use crate::syntax::grammar::Rule;

pub(super) use blocks::{BLOCKS, CLAUSES, NOTES};
pub(super) use phrases::PHRASES;

/// Types of fields under the names that other systems give them.
pub(super) const TYPES: &[(&str, &str)] = &[
    ("multi select of", "choices of"),
    ("multi-select of", "choices of"),
    ("multiselect of", "choices of"),
    ("pick list of", "choice of"),
    ("picklist of", "choice of"),
    ("dropdown of", "choice of"),
    ("select of", "choice of"),
    ("enum of", "choice of"),
    ("list of", "choice of"),
    ("one of", "choice of"),
    ("picklist", "choice of"),
    ("dropdown", "choice of"),
    ("enum", "choice of"),
    ("lookup to", "reference to"),
    ("lookup", "reference to"),
    ("link to", "reference to"),
    ("ref to", "reference to"),
    ("date/time", "datetime"),
    ("date time", "datetime"),
    ("timestamp", "datetime"),
    ("string", "text"),
    ("str", "text"),
    ("varchar", "text"),
    ("char", "text"),
    ("phone", "text"),
    ("url", "text"),
    ("int", "integer"),
    ("whole number", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("numeric", "number"),
    ("bool", "boolean"),
    ("checkbox", "boolean"),
    ("yes/no", "boolean"),
    ("percentage", "percent"),
    ("currency", "money(USD)"),
    ("person", "user"),
    ("mandatory", ""),
    ("required", ""),
    ("not null", ""),
    ("nullable", "optional"),
    ("not required", "optional"),
];

/// Small words that nothing hangs on.
pub(super) const NOISE: &[&str] = &[
    "the", "a", "an", "to", "is", "on", "for", "of", "from", "also", "then", "that", "please", "always",
    "at", "by", "time", "people",
];

/// Words that may have been forgotten, each with the piece that tells it from a mere slip.
pub(super) const SMALL: &[&str] = &[
    "of", "by", "to", "at", "when", "within", "where", "with", "than", "for", "times", "date", "due", "each",
    "dated", "elapsed", "deadline", "starts", "under", "and", "means", "in", "is", "over", "before", "after",
];

/// Words that are not rules of their own, by the rule they belong to.
pub(super) const WORDS_OF_RULES: &[(Rule, &[&str])] = &[
    (Rule::time_word, &["minutes", "hours", "days", "weeks", "months", "business", "calendar"]),
    (Rule::unit, &["minutes", "hours", "days", "weeks", "months", "business", "calendar"]),
    (Rule::period_word, &["day", "week", "month", "quarter", "year"]),
    (
        Rule::ty_simple,
        &["key", "text", "integer", "number", "percent", "boolean", "datetime", "date", "user", "choice of"],
    ),
    (
        Rule::month_name,
        &[
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
    ),
    (Rule::weekday, &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    (
        Rule::verdict,
        &[
            "met",
            "missed",
            "late",
            "overdue",
            "open",
            "at risk",
            "excused",
            "not started",
            "too early",
            "used",
            "exceeded",
            "lapsed",
        ],
    ),
    (Rule::amount_unit, &["minutes", "hours", "seconds", "percent"]),
    (Rule::article, &["each"]),
    (Rule::statistic, &["median"]),
    (Rule::and, &["and"]),
    (Rule::or, &["or"]),
];
