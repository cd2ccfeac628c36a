//! Conditions in the notation of the source mean what was read.

use proptest::prelude::*;

use clausal::model::Predicate;
use clausal::targets::docs::{self, document::Block, document::Section};

use crate::common::{Compiled, compile_text};

fn agreement(condition: &str) -> String {
    format!(
        "agreement a {{ parties p  zone Europe/Berlin }}\nparty p {{ }}\n\
         record r {{ id key  n integer optional  m number optional  t text optional  b boolean optional  d date optional  \
         s datetime optional  e datetime optional  c choice of x, y, \"in\" optional  k choices of p, \"q r\" optional  \
         u money(EUR) optional  v percent optional }}\n\
         definition other {{ means r where n > 0 }}\n\
         definition it {{ means r where {condition} }}\n"
    )
}

fn condition(compiled: &Compiled) -> Predicate {
    let model = compiled.model();
    model.definitions.values().find(|d| d.head.name.text == "it").expect("it").condition.clone()
}

/// The words behind `Exactly` in the clause about `it`.
fn exactly(compiled: &Compiled) -> String {
    let document = docs::document(compiled.model(), &compiled.config);
    let clause = document.sections.iter().flat_map(Section::clauses).find(|c| c.name == "it").expect("it");
    let facts = clause.blocks.iter().find_map(|b| match b {
        Block::Facts(facts) => facts.iter().find(|f| f.label == "Exactly"),
        _ => None,
    });
    let text = format!("{:?}", facts.expect("exact words").blocks);
    let code = text.split("Code(").nth(1).expect("code").trim_end_matches([')', ']']);
    let code: String = serde_json::from_str(code).expect("a text");
    code.strip_prefix("r where ").unwrap_or("true").to_owned()
}

/// A condition without its places.
fn meaning(condition: &Predicate) -> String {
    let text = format!("{condition:?}");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("span: Span {") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

fn leaf() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "n >= 5",
        "n < -3",
        "n + m * 2 <= 10.5",
        "(n + m) * 2 != n - (m - 1)",
        "t = \"a \\\"b\\\" \\\\c\"",
        "t != plain",
        "t in [a, \"in\", \"not\"]",
        "t not in [a]",
        "t is blank",
        "t is set",
        "t starts with \"x\"",
        "t contains \"y z\"",
        "b",
        "b = false",
        "other",
        "d < 2026-03-31",
        "d between 2026-01-01 and 2026-02-01",
        "s >= 2026-03-31 12:30",
        "s older than 30 calendar days",
        "e within 2.5 hours of s",
        "c = x",
        "c in [x, \"in\"]",
        "k contains \"q r\"",
        "u > EUR 2.5",
        "v between 10% and 20.5%",
        "s < now",
        "d = today",
        "true",
        "m = 1.5",
    ])
    .prop_map(str::to_owned)
}

fn source() -> impl Strategy<Value = String> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|p| format!("({})", p.join(" and "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|p| format!("({})", p.join(" or "))),
            inner.clone().prop_map(|p| format!("not ({p})")),
            prop::collection::vec(inner, 2..4).prop_map(|p| format!("at least 2 of ({})", p.join(", "))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn exact_words_mean_what_was_read(source in source()) {
        let first = compile_text(&agreement(&source));
        let printed = exactly(&first);
        let second = compile_text(&agreement(&printed));
        prop_assert_eq!(meaning(&condition(&first)), meaning(&condition(&second)), "{} printed as {}", source, printed);
    }
}

/// The words of the clause about `it`, as plain text.
fn in_words(source: &str) -> String {
    let compiled = compile_text(&agreement(source));
    compiled.model();
    let documents = crate::support::documents(&compiled);
    let text = crate::markdown::text(&documents.markdown);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lead = "counts as an It when";
    let from = text.find(lead).expect("a sentence");
    let words = &text[from + lead.len()..];
    let end = words.find("Exactly").expect("exact words");
    words[..end].trim().to_owned()
}

#[test]
fn words_say_what_happens_with_blanks() {
    for (source, words) in [
        ("n >= 5", "N is at least 5."),
        ("t != a", "T is filled and is not a."),
        ("not t = a", "T is not a (or is empty)."),
        ("t not in [a, b]", "T is none of a or b (or is empty)."),
        ("not b", "B is not yes (no, or empty)."),
        ("b = false", "B is no."),
        ("not t is blank", "T is filled."),
        ("not n < 5", "it is not so that N is less than 5 (which also covers empty fields)."),
        ("n = 1 and b", "N is 1, and B is yes."),
        (
            "n = 1 and (b or other)",
            "all of these hold: N is 1 at least one of these holds: B is yes it is an Other",
        ),
        ("not (n = 1 or b)", "none of these holds: N is 1 B is yes"),
        ("not (n = 1 and b)", "not all of these hold: N is 1 B is yes"),
        ("at least 2 of (n = 1, b, other)", "at least 2 of these hold: N is 1 B is yes it is an Other"),
        ("s older than 30 calendar days", "more than 30 calendar days have passed since S."),
        ("e within 2 hours of s", "E is not before S and at most 2 hours after it."),
        ("d <= 2026-03-31", "D is not after 31 March 2026 (and is filled)."),
        ("n != m", "N and M are filled and differ."),
        ("u >= EUR 2.5M", "U is at least EUR 2,500,000."),
        ("c in [x, \"in\"] or v < 5%", "either C is one of x or in, or V is less than 5%."),
    ] {
        assert_eq!(in_words(source), words, "{source}");
    }
}
