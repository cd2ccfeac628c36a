//! `prose-contradicts-code`.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lint::moments::two_deadlines;
use crate::lint::words::{self, Block, Said};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, Tier};
use crate::model::contingency::Anchor;
use crate::model::{Commitment, Duration, Form, Model, Passage, PassageKind, PredicateKind, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "prose-contradicts-code",
    summary: "a text says `within 24 hours`, and the clause it explains another time",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("prose_contradicts_code.md"),
};

/// A time in the text of a commitment that is none of its own.
struct Contradiction<'a> {
    passage: &'a Passage,
    said: Said,
    limits: Vec<(&'a Tier, Duration)>,
}

fn differs(found: &Contradiction<'_>) -> Diagnostic {
    let Contradiction { passage, said, limits } = found;
    let span = passage.place(said.part.clone());
    let what = match passage.kind {
        PassageKind::Title => "title",
        _ => "note",
    };
    let words = passage.text[said.part.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let own: Vec<String> = limits.iter().map(|(_, limit)| limit.to_string()).collect();
    let own = crate::diagnostic::join(&own, "or");
    let mut out = Diagnostic::warning(RULE.name, format!("the {what} says `{words}`, the clause says {own}"))
        .at(span, format!("the {what}"))
        .note("People read the text and tools follow the clause: each side will be right.")
        .help("Correct the one that is wrong. If it is another promise, make it a commitment of its own.");
    for (tier, _) in limits.iter().take(3) {
        out = out.also(tier.span, "the clause");
    }
    match limits[..] {
        [(_, limit)] => {
            out.fix(format!("write `{limit}`"), Applicability::Suggested, span, limit.to_string())
        }
        _ => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut elsewhere = None;
    for passage in &model.passages {
        let Block::Commitment(id) = context.words.block(passage) else { continue };
        if !matches!(passage.kind, PassageKind::Title | PassageKind::Note) {
            continue;
        }
        let commitment = &model.commitments[id];
        let Some(limits) = limits(commitment) else { continue };
        for said in words::limits(&passage.text) {
            let mentioned = elsewhere.get_or_insert_with(|| everywhere(model)).iter();
            // A note may speak of what another clause says.
            let other = passage.kind == PassageKind::Note && mentioned.copied().any(|d| said.agrees(d));
            if other || own(commitment).into_iter().any(|own| said.agrees(own)) {
                continue;
            }
            let both = |limit: Duration| two_deadlines(context, id, limit, said.duration()?);
            let witness = match limits[..] {
                [(_, limit)] => both(limit),
                _ => None,
            };
            let found = differs(&Contradiction { passage, said, limits: limits.clone() });
            out.push(Diagnostic { witness, ..found });
        }
    }
}

/// The limits of a turnaround, if each of them is known.
fn limits(commitment: &Commitment) -> Option<Vec<(&Tier, Duration)>> {
    let Form::Turnaround(turnaround) = &commitment.form else { return None };
    turnaround.tiers.iter().map(|tier| Some((tier, *tier.limit.get()?))).collect()
}

/// The times that the clauses of a commitment say.
fn own(commitment: &Commitment) -> Vec<Duration> {
    let target = commitment.target.as_ref().and_then(|target| target.aim.get());
    let under = target.and_then(|aim| match aim {
        Aim::Percentile { under, .. } => Some(*under),
        Aim::Attainment(_) => None,
    });
    let permitted = match &commitment.form {
        Form::Permission(permission) => permission.limit.as_ref().and_then(|limit| limit.time.get()),
        _ => None,
    };
    let tiers = commitment.tiers().iter().filter_map(|tier| tier.limit.get());
    tiers.chain(permitted).copied().chain(under).collect()
}

/// The times that the clauses of an agreement say, each once.
fn everywhere(model: &Model) -> Vec<Duration> {
    let mut out: Vec<Duration> = model.commitments.values().flat_map(own).collect();
    for contingency in model.contingencies.values() {
        let steps = contingency.steps.iter().filter_map(|step| match &step.anchor {
            Anchor::BeforeDeadline(by) | Anchor::AfterStart(by) | Anchor::AfterDeadline(Some(by)) => by.get(),
            Anchor::AfterDeadline(None) | Anchor::Elapsed(_) => None,
        });
        out.extend(steps.chain(contingency.follow_ups.iter().filter_map(|f| f.within.get())));
    }
    let answers = model.channels.values().filter_map(|channel| channel.answered.as_ref());
    let settled = model.agreement.settlement.iter().filter_map(|s| s.within.as_ref());
    let raised = model.disputes.values().filter_map(|d| d.raised.as_ref()).filter_map(|r| r.within.as_ref());
    let decided =
        model.disputes.values().filter_map(|d| d.decided.as_ref()).filter_map(|d| d.within.as_ref());
    out.extend(answers.chain(settled).chain(raised).chain(decided).filter_map(Slot::get));
    for definition in model.definitions.values() {
        definition.condition.walk(&mut |p| match &p.kind {
            PredicateKind::OlderThan(_, time) | PredicateKind::Within { duration: time, .. } => {
                out.push(*time);
            }
            _ => {}
        });
    }
    let mut once: Vec<Duration> = Vec::new();
    for time in out {
        if !once.contains(&time) {
            once.push(time);
        }
    }
    once
}
