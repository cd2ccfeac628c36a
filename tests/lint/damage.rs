//! Damaged agreements through the whole check: whatever is typed, there is an answer, with every place inside the files.

use clausal::diagnostic::json;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::Memory;
use crate::findings::sound;
use crate::programs::program;
use crate::support::{TODAY, check};

const EXAMPLE: &str = include_str!("../../examples/lead-handoff/lead-handoff.clause");
const CALENDARS: &str = include_str!("../../examples/lead-handoff/shared/calendars.clause");
const TWO_SIDED: &str = include_str!("../../examples/marketing-sales/agreement.clause");

/// What can happen to a text.
#[derive(Debug, Clone)]
enum Damage {
    /// A word takes the place of another one of the text.
    Word(Index, Index),
    /// A line goes.
    Cut(Index),
    /// A line is there twice.
    Twice(Index),
    /// Two lines change places.
    Swap(Index, Index),
    /// A few characters go.
    Hole(Index, usize),
    /// Something is written somewhere.
    Typed(Index, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let typed = prop::sample::select(vec![
        "tbd",
        "tbd \"später\"",
        "0",
        "-1",
        "99999999999999999999",
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "24:00",
        "within 20 business days of",
        "0.000001 minutes",
        "7305 business days",
        "{",
        "}",
        "\"",
        "(",
        "é",
        "\u{301}",
        "名前",
        " # ",
        "\n",
        "any",
        "not ",
        "100%",
        "$1",
        "EUR 1",
        "every 1000000 years",
    ]);
    prop_oneof![
        6 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Word(a, b)),
        2 => any::<Index>().prop_map(Damage::Cut),
        2 => any::<Index>().prop_map(Damage::Twice),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Swap(a, b)),
        1 => (any::<Index>(), 1_usize..12).prop_map(|(at, n)| Damage::Hole(at, n)),
        3 => (any::<Index>(), typed).prop_map(|(at, text)| Damage::Typed(at, text)),
    ]
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_-:.%$".contains(c)
}

/// The places of the words of a text.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_word(*c)) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

fn damaged(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let places = words(text);
    if lines.is_empty() || places.is_empty() {
        return text.to_owned();
    }
    match damage {
        Damage::Word(from, to) => {
            let (from, to) = (from.get(&places).clone(), to.get(&places).clone());
            format!("{}{}{}", &text[..to.start], &text[from], &text[to.end..])
        }
        Damage::Cut(at) => {
            lines.remove(at.index(lines.len()));
            lines.concat()
        }
        Damage::Twice(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
            lines.concat()
        }
        Damage::Swap(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
            lines.concat()
        }
        Damage::Hole(at, n) => {
            let at = at.index(text.chars().count());
            text.chars().take(at).chain(text.chars().skip(at + n)).collect()
        }
        Damage::Typed(at, typed) => {
            let place = at.get(&places).start;
            format!("{}{typed} {}", &text[..place], &text[place..])
        }
    }
}

/// Checks files and holds what is said against what must hold for all findings.
fn survive(files: &Memory) {
    let checked = check(files, ".", TODAY);
    sound(&checked);
    assert!(json::render(&checked.found, &checked.workspace.sources).is_ok());
    let again = check(files, ".", TODAY);
    assert_eq!(checked.shown(), again.shown());
}

fn all(text: &str, damages: &[Damage]) -> String {
    damages.iter().fold(text.to_owned(), |text, damage| damaged(&text, damage))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn random_programs(program in program(), damages in prop::collection::vec(damage(), 0..4)) {
        let text = format!("agreement a {{ parties p, q  zone UTC }}\n{}", program.text());
        survive(&Memory::new([("a.clause", all(&text, &damages).as_str())]));
    }

    #[test]
    fn damaged_examples(
        which in any::<bool>(),
        damages in prop::collection::vec(damage(), 1..6),
        library in prop::collection::vec(damage(), 0..2),
    ) {
        let agreement = all(if which { EXAMPLE } else { TWO_SIDED }, &damages);
        let calendars = all(CALENDARS, &library);
        survive(&Memory::new([
            ("a.clause", agreement.as_str()),
            ("shared/calendars.clause", calendars.as_str()),
        ]));
    }
}

/// Every cut of a line out of the example: one thing is missing, and the rest still makes sense.
#[test]
fn any_line_may_be_missing() {
    for at in 0..EXAMPLE.lines().count() {
        let lines = EXAMPLE.lines().enumerate().filter(|(i, _)| *i != at).map(|(_, l)| l);
        let text: String = lines.flat_map(|l| [l, "\n"]).collect();
        survive(&Memory::new([("a.clause", text.as_str()), ("shared/calendars.clause", CALENDARS)]));
    }
}
