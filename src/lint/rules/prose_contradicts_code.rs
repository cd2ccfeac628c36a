//! `prose-contradicts-code`.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diagnostic::{Applicability, Diagnostic, Severity, Witness, join};
use crate::lint::when::When;
use crate::lint::words::{self, Block, Duty};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Aim;
use crate::model::contingency::{Anchor, PatternKind};
use crate::model::words::{number, percent};
use crate::model::{Bound, Commitment, Duration, Form, Id, Model, Passage, PassageKind, PredicateKind, Slot};
use crate::source::Span;
use crate::worktime::compare::Difference;
use crate::worktime::{Instant, words as clock};

/// The rule.
pub static RULE: Rule = Rule {
    name: "prose-contradicts-code",
    summary: "a text says `within 24 hours`, and the clause it explains another time",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("prose_contradicts_code.md"),
};

/// So many clauses are shown at most.
const PLACES: usize = 3;

/// What a clause says, with its place.
type Stated<T> = Vec<(T, Span)>;

fn differs(passage: &Passage, part: Range<usize>, own: &Stated<String>, phrase: &str) -> Diagnostic {
    let span = passage.place(part.clone());
    let what = match passage.kind {
        PassageKind::Title => "title",
        _ => "note",
    };
    let words = passage.text[part].split_whitespace().collect::<Vec<_>>().join(" ");
    let said: Vec<String> = own.iter().map(|(said, _)| said.clone()).collect();
    let said = join(&said, "or");
    let out = Diagnostic::warning(RULE.name, format!("the {what} says `{words}`, the clause says {said}"))
        .at(span, format!("the {what}"))
        .note("People read the text and tools follow the clause: each side will be right.")
        .help("Correct the one that is wrong. If it is another promise, make it a commitment of its own.");
    let out = own.iter().take(PLACES).fold(out, |out, (_, place)| out.also(*place, "the clause"));
    match &own[..] {
        [(said, _)] => {
            let said = format!("{phrase}{said}");
            out.fix(format!("write `{said}`"), Applicability::Suggested, span, said)
        }
        _ => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let elsewhere = Elsewhere::new(context.model);
    for passage in &context.model.passages {
        let Block::Commitment(id) = context.words.block(passage) else { continue };
        if !matches!(passage.kind, PassageKind::Title | PassageKind::Note) {
            continue;
        }
        let commitment = &context.model.commitments[id];
        // A note may speak of what another clause says, and of much else; a title names the promise.
        let note = (passage.kind == PassageKind::Note)
            .then(|| Note { elsewhere: &elsewhere, duty: Duty::new(context.model, commitment) });
        times(context, (commitment, id), passage, note.as_ref(), out);
        percents(commitment, passage, note.as_ref(), out);
        counts(context.model, commitment, passage, note.as_ref(), out);
    }
}

fn times(
    context: &Context<'_>,
    (commitment, id): (&Commitment, Id<Commitment>),
    passage: &Passage,
    note: Option<&Note<'_>>,
    out: &mut Vec<Diagnostic>,
) {
    let Some(limits) = limits(commitment) else { return };
    let own: Stated<String> = limits.iter().map(|(limit, span)| (limit.to_string(), *span)).collect();
    for said in words::limits(&passage.text) {
        let mentioned = note.into_iter().flat_map(|note| &note.elsewhere.times).copied();
        let agrees = mentioned.chain(times_of(commitment)).any(|time| said.agrees(time));
        if agrees || note.is_some_and(|note| !note.duty.has_time(&passage.text, &said.part)) {
            continue;
        }
        let witness = match limits[..] {
            [(limit, _)] => said.duration().and_then(|said| two_deadlines(context, id, limit, said)),
            _ => None,
        };
        let phrase = if said.with_phrase { "within " } else { "" };
        out.push(Diagnostic { witness, ..differs(passage, said.part.clone(), &own, phrase) });
    }
}

fn percents(commitment: &Commitment, passage: &Passage, note: Option<&Note<'_>>, out: &mut Vec<Diagnostic>) {
    let stated = percents_of(commitment);
    let own: Stated<String> = stated.iter().map(|(share, span)| (percent(*share), *span)).collect();
    if own.is_empty() {
        return;
    }
    for (said, part) in words::shares(&passage.text) {
        let mentioned = note.into_iter().flat_map(|note| &note.elsewhere.percents);
        let agrees = mentioned.chain(stated.iter().map(|(share, _)| share)).any(|share| *share == said);
        if !agrees && note.is_none_or(|note| note.duty.has_number(&passage.text, &part)) {
            out.push(differs(passage, part, &own, ""));
        }
    }
}

/// How often something is tried, and how many items are promised.
fn counts(
    model: &Model,
    commitment: &Commitment,
    passage: &Passage,
    note: Option<&Note<'_>>,
    out: &mut Vec<Diagnostic>,
) {
    let all = counts_of(commitment);
    let Some(stated) = all.first() else { return };
    for (said, of, part) in words::counts(&passage.text) {
        let counted = match &commitment.form {
            Form::Attempts(_) => matches!(of.as_str(), "times" | "attempts" | "tries"),
            _ => is_named(model, commitment, &of),
        };
        let mentioned = note.into_iter().flat_map(|note| &note.elsewhere.counts);
        if !counted || mentioned.chain(&all).any(|count| *count == said) {
            continue;
        }
        if note.is_none_or(|note| note.duty.has_number(&passage.text, &part)) {
            let items = passage.text[part.clone()].split_whitespace().next_back().unwrap_or_default();
            let own = vec![(format!("{} {items}", number((*stated).into())), commitment.sentence)];
            out.push(differs(passage, part, &own, ""));
        }
    }
}

/// The numbers of tries, or of items, that a commitment promises at least; that of its sentence first.
fn counts_of(commitment: &Commitment) -> Vec<u64> {
    match &commitment.form {
        Form::Attempts(attempts) => attempts.times.get().map(|times| u64::from(*times)).into_iter().collect(),
        Form::Quota(quota) if quota.bound == Bound::AtLeast => {
            quota.amounts().filter_map(|amount| amount.get()?.count()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a word is the name or the title of what a commitment is about, or its plural.
fn is_named(model: &Model, commitment: &Commitment, word: &str) -> bool {
    commitment.subject().is_some_and(|subject| {
        let head = model.subject_head(subject);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let names = head.title.iter().map(String::as_str).chain([head.name.text.as_str()]);
        names.into_iter().any(|name| [word, singular].iter().any(|word| name.eq_ignore_ascii_case(word)))
    })
}

/// An item that is due at one moment by the clause, and at another by its text.
fn two_deadlines(
    context: &Context<'_>,
    id: Id<Commitment>,
    limit: Duration,
    other: Duration,
) -> Option<Witness> {
    let commitment = &context.model.commitments[id];
    let runs = context.evaluator.clocks(id).ok()?.into_iter().next()?;
    let zone = runs.1.zone();
    let whole = context.lines.whole(zone)?;
    let due = |limit| context.lines.deadline(&commitment.form, runs, limit);
    let (clause, text) = (due(limit)?, due(other)?);
    let apart = Difference::of(&clause, &text, whole);
    let when = When::of(apart.below(0).or(&apart.above(0)), whole, zone)?;
    let start = when.example(&context.lines.open(runs, whole), zone)?;
    let row = |at: Instant, limit: Duration, by: &str| (at, format!("due, by {by} ({limit})"));
    let mut rows =
        [row(clause.moment(start)?, limit, "the clause"), row(text.moment(start)?, other, "the text")];
    rows.sort_by_key(|(at, _)| *at);
    let item = commitment.subject().map(|s| context.model.subject_head(s).label()).unwrap_or_default();
    Some(Witness {
        title: format!("{item}, {}", clock::moment(start, zone)),
        rows: rows.into_iter().map(|(at, due)| (clock::deadline(at, zone), due)).collect(),
    })
}

/// The limits of a turnaround or of tries, if each of them is known.
fn limits(commitment: &Commitment) -> Option<Stated<Duration>> {
    let tiers = match &commitment.form {
        Form::Turnaround(turnaround) => &turnaround.tiers,
        Form::Attempts(attempts) => &attempts.tiers,
        _ => return None,
    };
    tiers.iter().map(|tier| Some((*tier.limit.get()?, tier.span))).collect()
}

/// The shares that the clauses of a commitment say.
fn percents_of(commitment: &Commitment) -> Stated<Decimal> {
    let target = commitment.target.as_ref().and_then(|target| match target.aim.get()? {
        Aim::Attainment(percent) => Some((*percent, target.span)),
        Aim::Percentile { .. } => None,
    });
    let share = match &commitment.form {
        Form::Share(share) => share.percent.get().map(|percent| (*percent, commitment.sentence)),
        _ => None,
    };
    share.into_iter().chain(target).collect()
}

/// The times that the clauses of a commitment say.
fn times_of(commitment: &Commitment) -> Vec<Duration> {
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

/// What a note may speak of.
struct Note<'a> {
    elsewhere: &'a Elsewhere,
    duty: Duty,
}

/// What the clauses of an agreement say.
struct Elsewhere {
    times: Vec<Duration>,
    percents: Vec<Decimal>,
    counts: Vec<u64>,
}

impl Elsewhere {
    fn new(model: &Model) -> Self {
        let percents = model.commitments.values().flat_map(percents_of).map(|(share, _)| share);
        let watched = model.contingencies.values().flat_map(|c| &c.patterns).filter_map(|pattern| {
            match &pattern.kind {
                PatternKind::Below { percent, .. } => percent.get().copied(),
                PatternKind::Missed { .. } => None,
            }
        });
        let counts = once(model.commitments.values().flat_map(counts_of));
        Elsewhere { times: once(everywhere(model)), percents: once(percents.chain(watched)), counts }
    }
}

/// Each once.
fn once<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for one in all {
        if !out.contains(&one) {
            out.push(one);
        }
    }
    out
}

/// The times that the clauses of an agreement say.
fn everywhere(model: &Model) -> Vec<Duration> {
    let mut out: Vec<Duration> = model.commitments.values().flat_map(times_of).collect();
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
    out
}
