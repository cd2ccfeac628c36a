//! Names, texts, numbers, dates and the small phrases made of them.

use proptest::collection::vec;
use proptest::prelude::*;

use super::pieces::*;
use super::{Kind, S, Token};

// ------------------------------------------------------------------------------------------------------------- phrases

pub(super) fn note() -> S {
    seq(vec![w("note"), any_of(vec![title(), prose()])])
}

pub(super) fn prose() -> S {
    vec(
        pick_text(&[
            "",
            "One line.",
            "  - a list, # not a comment",
            "\"quotes\" and {braces",
            "| a | table |",
            "naïve — “curly”",
        ]),
        1..4,
    )
    .prop_map(|lines| {
        lines
            .into_iter()
            .map(|text| {
                let line = format!("| {text}");
                Token { canonical: line.trim_end().to_owned(), written: line, kind: Kind::Line }
            })
            .collect()
    })
    .boxed()
}

pub(super) fn zone() -> S {
    let zones = pick(&["America/New_York", "Europe/Berlin", "\"Europe/Paris\"", "Etc/GMT+5", "UTC"]);
    seq(vec![w("zone"), any_of(vec![zones, tbd()])])
}

pub(super) fn within() -> S {
    seq(vec![w("within"), duration_or_tbd()])
}

pub(super) fn hours() -> S {
    list(seq(vec![time(), dash(), time()]))
}

pub(super) fn dash() -> S {
    any_of(vec![sign("-"), signed("–", "-")])
}

pub(super) fn modal() -> S {
    any_of(vec![duty(), w("may")])
}

/// What is owed: no permission.
pub(super) fn duty() -> S {
    any_of(vec![w("must"), w("should"), seq(vec![w("must"), w("not")])])
}

pub(super) fn verb() -> S {
    any_of(vec![pick(&["contact", "deliver", "accept", "disqualify"]), title()])
}

pub(super) fn per() -> S {
    let words = ["day", "week", "month", "quarter", "year"];
    let word = prop::sample::select(words.to_vec())
        .prop_flat_map(|w| prop_oneof![3 => spelled(w, w), 1 => spelled_owned(&format!("{w}s"), w)]);
    seq(vec![w("per"), word.boxed()])
}

pub(super) fn cadence() -> S {
    seq(vec![
        w("every"),
        any_of(vec![
            spelled_any(&["week", "weeks"], "week"),
            pick(&["day", "month", "quarter", "year"]),
            seq(vec![w("1"), spelled_any(&["month", "months"], "month")]),
            seq(vec![w("2"), spelled_any(&["week", "weeks"], "weeks")]),
        ]),
    ])
}

/// A duration outside a condition; a bare `days` is read and kept.
pub fn duration() -> S {
    duration_with("days")
}

/// A duration in a condition, where a bare `days` means calendar days.
pub(super) fn condition_duration() -> S {
    any_of(vec![duration_with("calendar days"), tbd()])
}

pub(super) fn duration_with(bare_days: &'static str) -> S {
    let of = prop::sample::select(vec!["", "business", "calendar"]);
    let base = prop::sample::select(vec!["minute", "hour", "day", "week", "month"]);
    let amount = prop::sample::select(vec!["1", "2", "30", "1.5", "10k", "1_000"]);
    (amount, of, base, any::<prop::sample::Index>())
        .prop_map(move |(amount, of, base, written)| {
            let ending = if amount == "1" { "" } else { "s" };
            let written = format!("{base}{}", ["", "s"][written.index(2)]);
            let canonical = match (of, base) {
                ("", "day") => format!("{}{}", bare_days.trim_end_matches('s'), ending),
                _ => format!("{base}{ending}"),
            };
            let mut tokens = vec![word(amount, amount)];
            if !of.is_empty() {
                tokens.push(word(of, of));
            }
            tokens.push(word(&written, &canonical));
            tokens
        })
        .boxed()
}

// -------------------------------------------------------------------------------------------------------------- values

const NAMES: [&str; 16] = [
    "sdr",
    "revops",
    "mql",
    "lead",
    "icp",
    "first_touch",
    "rating",
    "status",
    "touched_at",
    "mql_at",
    "employees",
    "us_office",
    "alerts",
    "target",
    "x1",
    "_private",
];

pub(super) fn name() -> S {
    pick(&NAMES)
}

pub(super) fn name_or_tbd() -> S {
    prop_oneof![5 => name(), 1 => tbd()].boxed()
}

pub(super) fn names() -> S {
    list(name_or_tbd())
}

pub(super) fn value() -> S {
    any_of(vec![pick(&["US", "web", "Closed_Won", "größe", "new", "any"]), title()])
}

pub(super) fn title() -> S {
    let texts = [
        "",
        "Marketing",
        "Closed Won",
        "a \\\"quoted\\\" \\\\ word",
        "# no comment",
        "{ ( [",
        "Ünïcode 漢字 🙂",
        "tab\there",
    ];
    prop::sample::select(texts.to_vec())
        .prop_map(|t| vec![word(&format!("\"{t}\""), &format!("\"{t}\""))])
        .boxed()
}

pub(super) fn tbd() -> S {
    any_of(vec![seq(vec![w("tbd"), title()]), w("tbd")])
}

pub(super) fn number() -> S {
    pick(&["0", "1", "42", "1_000", "10k", "2.5M", "3.14"])
}

/// Points of a score, with their sign.
pub(super) fn points() -> S {
    any_of(vec![
        pick(&["+20", "-50", "+2.5", "-10k", "+1_000"]),
        spelled("+ 20", "+20"),
        spelled("-  5", "-5"),
    ])
}

pub(super) fn percent() -> S {
    any_of(vec![pick(&["95%", "99.5%", "0%"]), spelled("60 %", "60%"), spelled("60\u{a0}%", "60%")])
}

pub(super) fn money() -> S {
    any_of(vec![
        pick(&["$4M", "€10k", "£1_000", "EUR 2.5M", "USD 5"]),
        spelled("EUR   7", "EUR 7"),
        spelled("EUR\u{a0}7", "EUR 7"),
    ])
}

pub(super) fn date() -> S {
    any_of(vec![
        pick(&["2026-03-31", "2026-12-24"]),
        spelled("2026-3-1", "2026-03-01"),
        spelled("2026-03-9", "2026-03-09"),
    ])
}

pub(super) fn datetime() -> S {
    any_of(vec![
        w("2026-03-06 17:55"),
        spelled("2026-03-06   9:05", "2026-03-06 09:05"),
        spelled("2026-3-6T09:05:30", "2026-03-06 09:05:30"),
    ])
}

pub(super) fn time() -> S {
    any_of(vec![pick(&["09:00", "17:30", "24:00"]), spelled("9:00", "09:00")])
}

pub(super) fn weekday() -> S {
    any_of(vec![
        spelled_any(&["mon", "Monday", "monday", "MON"], "mon"),
        spelled_any(&["tue", "Tuesday"], "tue"),
        spelled_any(&["sat", "saturday"], "sat"),
    ])
}

/// The end of a range of days; never the day it begins with, for such a range is spelled as one day.
pub(super) fn weekday_after() -> S {
    any_of(vec![spelled_any(&["fri", "Friday"], "fri"), spelled_any(&["sun", "Sunday"], "sun")])
}

pub(super) fn month() -> S {
    any_of(vec![pick(&["april", "october"]), spelled("July", "july"), spelled("MAY", "may")])
}

pub(super) fn number_or_tbd() -> S {
    prop_oneof![4 => number(), 1 => tbd()].boxed()
}

pub(super) fn date_or_tbd() -> S {
    prop_oneof![4 => date(), 1 => tbd()].boxed()
}

pub(super) fn duration_or_tbd() -> S {
    prop_oneof![4 => duration(), 1 => tbd()].boxed()
}

pub(super) fn comment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        " why",
        " \"open",
        " { [ (",
        "| bar",
        "# twice",
        " clausal: allow(vague-word)",
        " 漢字\u{a0}🙂",
    ])
}
