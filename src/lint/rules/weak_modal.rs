//! `weak-modal`.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::lint::words::{Hit, by_sentence};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Head, Model, Strength};

/// The rule.
pub static RULE: Rule = Rule {
    name: "weak-modal",
    summary: "`should` or `may not` in the text beside a promise",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("weak_modal.md"),
};

fn two_readings(hit: &Hit<'_>, sentence: &[Hit<'_>], beside: &Commitment) -> Diagnostic {
    let (words, why, instead) = (hit.words(), hit.entry.why, hit.entry.instead);
    let strength = beside.strength.word();
    let edit = |hit: &Hit<'_>| Edit { span: hit.span(), text: hit.entry.instead.to_owned() };
    let fix = Fix {
        title: format!("write `{instead}`"),
        applicability: Applicability::Suggested,
        edits: sentence.iter().map(edit).collect(),
    };
    let out = Diagnostic::warning(RULE.name, format!("`{words}` can be read {why}"))
        .at(hit.span(), "which of them?")
        .also(beside.sentence, format!("the clause says `{strength}`"))
        .note("The clause is one, its text seems to be the other: who misses it quotes the text.")
        .help(format!("Write `{instead}`, or say plainly what is only advice."));
    Diagnostic { fixes: vec![fix], ..out }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let hits = context
        .words
        .of(RULE.name)
        .filter(|hit| hit.promises() && !asks(hit) && !is_of_others(context.model, hit));
    for sentence in by_sentence(hits) {
        let Some(hit) = sentence.first() else { continue };
        let Some(beside) = hit.commitment(context.model) else { continue };
        if matches!(beside.strength, Strength::Must | Strength::MustNot) {
            out.push(two_readings(hit, &sentence, beside));
        }
    }
}

/// `The customer may not speak English`: who is no party owes nothing, and what it may not do is what may happen.
fn is_of_others(model: &Model, hit: &Hit<'_>) -> bool {
    const OTHERS: [&str; 16] = [
        "buyer",
        "buyers",
        "client",
        "clients",
        "contact",
        "contacts",
        "customer",
        "customers",
        "it",
        "people",
        "prospect",
        "prospects",
        "that",
        "there",
        "this",
        "which",
    ];
    let before = hit.before().to_ascii_lowercase();
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let is_called = |head: &Head| {
        let title = head.title.as_deref().unwrap_or_default().to_ascii_lowercase();
        let singular = word.strip_suffix('s').unwrap_or(word);
        [word, singular].iter().any(|word| head.name.text.eq_ignore_ascii_case(word) || title == *word)
    };
    let bound = model.parties.values().map(|p| &p.head).chain(model.roles.values().map(|r| &r.head));
    let mut items =
        model.records.values().map(|r| &r.head).chain(model.definitions.values().map(|d| &d.head));
    let words = hit.words().to_ascii_lowercase();
    // A part of many is expected to be so; nobody is.
    let counted = words.ends_with("expected to") && before.contains('%');
    counted
        || words == "may not"
            && !bound.into_iter().any(is_called)
            && (OTHERS.contains(&word) || items.any(is_called))
}

/// `Should a lead be lost, ..`: at the beginning it is a condition.
fn asks(hit: &Hit<'_>) -> bool {
    hit.words() == "Should" && hit.before().trim().is_empty()
}
