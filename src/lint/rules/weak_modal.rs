//! `weak-modal`.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::lint::words::{Hit, by_sentence};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Strength};

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
    let hits = context.words.of(RULE.name).filter(|hit| hit.promises() && !asks(hit));
    for sentence in by_sentence(hits) {
        let Some(hit) = sentence.first() else { continue };
        let Some(beside) = hit.commitment(context.model) else { continue };
        if matches!(beside.strength, Strength::Must | Strength::MustNot) {
            out.push(two_readings(hit, &sentence, beside));
        }
    }
}

/// `Should a lead be lost, ..`: at the beginning it is a condition.
fn asks(hit: &Hit<'_>) -> bool {
    hit.words() == "Should" && hit.before().trim().is_empty()
}
